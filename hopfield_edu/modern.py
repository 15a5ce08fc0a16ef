"""The continuous modern network: real-valued states, a log-sum-exp energy, and a softmax step down it.

    E = -lse(beta, X y) + 1/2 y'y + const            lse(beta, z) = 1/beta log sum_mu exp(beta z_mu)
    y <- X' softmax(beta X y)

(Ramsauer et al. 2021, eqs. 2 and 3; X holds one pattern per row, y is the state.) One step is the scaled
dot-product attention of a transformer with the query y, the keys and values X, and beta = 1/sqrt(d_k).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hopfield_edu import _check
from hopfield_edu._frozen import Frozen
from hopfield_edu.trajectory import Record, Trajectory

Array = NDArray[np.float64]
LARGEST = 1e100  # so that squares, and these times beta, do not overflow


class Network(Frozen):
    """A modern Hopfield network that stores M patterns of N real numbers.

    Parameters
    ----------
    patterns : (M, N) array
        The stored patterns x^mu, one per row.
    beta : float
        Inverse temperature, at least 0: how sharply the step prefers the most similar pattern.

    Examples
    --------
    >>> net = Network([[1, 0], [0, 1]], beta=8)
    >>> net.step([0.9, 0.2]).round(2)
    array([1., 0.])
    """

    _fixed = frozenset({"patterns", "M", "N", "beta"})

    def __init__(self, patterns: ArrayLike, beta: float = 1.0):
        self.patterns = _matrix(patterns, "patterns").copy()
        self.M, self.N = self.patterns.shape
        self.beta = _beta(beta)

    def __repr__(self) -> str:
        return f"Network of {self.N} features that stores {self.M} patterns, beta = {self.beta:g}"

    def energy(self, state: ArrayLike) -> Any:
        """E = -lse(beta, X y) + 1/2 y'y + 1/beta log M + 1/2 max_mu |x^mu|^2, never negative.

        At beta = 0 the limit is taken: the lse less its constant 1/beta log M is the mean of X y.

        Parameters
        ----------
        state : (N,) or (B, N) array

        Returns
        -------
        E : float or (B,) array

        Examples
        --------
        >>> net = Network([[1, 0], [0, 1]], beta=8)
        >>> net.energy([1, 0]) < net.energy([0, 0])
        True
        """
        y = self._states(state)
        z = y @ self.patterns.T
        top = z.max(axis=-1)
        if self.beta >= np.finfo(float).tiny:
            mean = np.expm1(self.beta * (z - top[..., None])).mean(axis=-1)
            lse = top + np.log1p(mean) / self.beta  # exp and log alone would lose all digits if beta is small
        else:
            lse = z.mean(axis=-1)
        largest = (self.patterns**2).sum(axis=1).max()
        E = (y**2).sum(axis=-1) / 2 - lse + largest / 2
        return float(E) if E.ndim == 0 else E

    def attention(self, state: ArrayLike) -> Array:
        """softmax(beta X y): how much each pattern counts in the next step.

        Returns
        -------
        p : (M,) or (B, M) array
            Not negative, with sum 1.

        Examples
        --------
        >>> Network([[1, 0], [0, 1]], beta=0).attention([3, 1])
        array([0.5, 0.5])
        """
        p = _softmax((self.beta * self._states(state)) @ self.patterns.T)
        return p / p.sum(axis=-1, keepdims=True)

    def step(self, state: ArrayLike) -> Array:
        """One update y <- X' softmax(beta X y), of one state (N,) or a batch (B, N)."""
        return self._step(self._states(state))

    def _step(self, y: Array) -> Array:
        """Two matrix products and a softmax in place, divided where the array is small."""
        p = _softmax((self.beta * y) @ self.patterns.T)
        return (p @ self.patterns) / p.sum(axis=-1, keepdims=True)

    def growth(self, state: ArrayLike) -> float:
        """By how much one step stretches, at most, a small deviation from this state: below 1, it dies out.

        The largest eigenvalue of the Jacobian J = beta X' (diag p - p p') X with p = softmax(beta X y)
        (Ramsauer et al. 2021, appendix). At a fixed point below 1 means stable.

        Examples
        --------
        >>> net = Network([[1.0], [-1]], beta=2)  # the step is y <- tanh(2 y)
        >>> [round(net.growth([y]), 2) for y in (0, 0.96)]
        [2.0, 0.16]
        """
        p = self.attention(state := _check.vector(state, "state", self.N))
        S = np.sqrt(p)[:, None] * (self.patterns - p @ self.patterns)  # J = beta S'S
        return self.beta * float(np.linalg.norm(S, 2)) ** 2

    def recall(
        self, state: ArrayLike, *, tol: float = 1e-10, max_steps: int = 1000, record: bool = False
    ) -> Trajectory:
        """Step until the state moves by no more than `tol` (largest change of a feature, relative to X).

        Parameters
        ----------
        state : (N,) or (B, N) array
            The cue, or a batch of cues.
        tol : float
            Times the largest absolute entry of the patterns.
        max_steps : int
        record : bool
            Keep the states and energies of every step.

        Returns
        -------
        Trajectory
            Its ``sweeps`` are steps; ``flips`` counts nothing here and is 0.

        Examples
        --------
        >>> net = Network([[1.0, 0], [0, 1]], beta=8)
        >>> net.recall([0.9, 0.2]).final.round(3)
        array([1., 0.])
        """
        cue = self._states(state)
        _check.sweeps(max_steps, "max_steps")
        record = _check.flag(record, "record")
        y = np.atleast_2d(cue).astype(float)
        enough = _positive(tol, "tol") * max(np.abs(self.patterns).max(), np.finfo(float).tiny)
        live, steps = np.arange(len(y)), np.zeros(len(y), int)
        kept = [(live, y.copy())]  # which rows have moved in each step, and where to
        outcome = np.full(len(y), "step limit", "<U11")
        for done in range(1, max_steps + 1):
            new = self._step(y[live])
            moved = np.abs(new - y[live]).max(axis=1) > enough
            outcome[live[~moved]] = "fixed point"
            live, new = live[moved], new[moved]
            y[live], steps[live] = new, done
            if record:
                kept.append((live, new))
            if live.size == 0:
                break

        def replay(b: int) -> Record:
            moves = kept[: steps[b] + 1]
            return self._record(np.array([new[np.searchsorted(rows, b)] for rows, new in moves]))

        return Trajectory.of(np.array(cue, float), y, outcome, steps, replay=replay if record else None)

    def _record(self, states: Array) -> Record:
        moves = [np.arange(self.N)] * (len(states) - 1)
        return Record(np.arange(len(states)), moves, self.energy(states), states)

    def _states(self, state: ArrayLike) -> Array:
        return _check.states(state, "state", self.N, largest=LARGEST)


def separation(patterns: ArrayLike) -> Array:
    """Delta_mu = x^mu x^mu - max_(nu != mu) x^mu x^nu: how far each pattern stands out.

    Ramsauer et al. 2021, definition before theorem 4. A single pattern stands out infinitely.

    Returns
    -------
    delta : (M,) array

    Examples
    --------
    >>> separation([[2, 0], [0, 2], [1, 1]])
    array([2., 2., 0.])
    """
    G = (X := _matrix(patterns, "patterns")) @ X.T
    others = np.where(np.eye(len(G), dtype=bool), -np.inf, G).max(axis=1)
    return np.diagonal(G) - others


def retrieval_bound(patterns: ArrayLike, beta: float, distance: float = 0.0) -> Array:
    """A bound on the error |step(y) - x^mu| after one step from a state y with |y - x^mu| <= distance.

    The step gives x^mu plus the others with their share of the attention, at most
    (M - 1) exp(-beta (Delta_mu - 2 R distance)) with R the largest norm; two patterns are at most 2 R apart:

        |step(y) - x^mu| <= 2 R (M - 1) exp(-beta (Delta_mu - 2 R distance)),  and never more than 2 R.

    Without the cut at 2 R this is theorem 5 of Ramsauer et al. 2021 (in their notation N patterns, the
    largest norm M); their max{|y - x|, |x* - x|}, x* the fixed point, may be replaced by |y - x|, as here.

    Returns
    -------
    bound : (M,) array

    Examples
    --------
    >>> retrieval_bound([[2, 0], [0, 2]], beta=4).round(6)
    array([0., 0.])
    """
    X, beta = _matrix(patterns, "patterns"), _beta(beta)
    R = np.linalg.norm(X, axis=1).max()
    others = len(X) - 1
    if others == 0:
        return np.zeros(1)
    exponent = -beta * (separation(X) - 2 * R * _positive(distance, "distance", zero=True))
    return 2 * R * np.minimum(1, others * np.exp(np.minimum(exponent, 0)))


def fixed_points(patterns: ArrayLike, beta: float, *, tol: float = 1e-6) -> tuple[Array, list[str]]:
    """The stable states at which steps from every pattern, and from their mean, arrive; and their kind.

    Parameters
    ----------
    patterns : (M, N) array
    beta : float
    tol : float
        States closer than this (times the largest norm) count as one.

    Returns
    -------
    states : (K, N) array
    kinds : list of str
        ``"global average"`` where all patterns count (nearly) alike, ``"single"`` where one has more than
        0.99 of the attention, ``"metastable"`` between: an average over some of the patterns.

    Notes
    -----
    After Ramsauer et al. 2021, section 2. The kinds shade into one another; the limits are ours. Steps that
    begin on a ridge may end on it: such unstable fixed points are left out. Other stable states, which no
    pattern leads to, may exist.

    Examples
    --------
    >>> [fixed_points([[1.0, 0], [0, 1]], beta)[1] for beta in (0.5, 12)]
    [['global average'], ['single', 'single']]
    """
    net = Network(patterns, beta)
    X = net.patterns
    ends = net.recall(np.vstack([X, X.mean(axis=0)]), tol=1e-12, max_steps=100_000).final
    near = _positive(tol, "tol") * np.linalg.norm(X, axis=1).max()
    found: list[Array] = []
    for end in ends:
        if all(np.linalg.norm(end - other) > near for other in found) and net.growth(end) <= 1:
            found.append(end)
    return np.array(found).reshape(-1, net.N), [kind(net.attention(end)) for end in found]


def kind(p: ArrayLike) -> str:
    """What attention p (M,) makes of the patterns: one of the kinds of `fixed_points`.

    Examples
    --------
    >>> kind([0.995, 0.005]), kind([0.5, 0.5]), kind([0.4, 0.4, 0.1, 0.1])
    ('single', 'global average', 'metastable')
    """
    p = _shares(p)
    if p.ndim != 1:
        raise ValueError(f"p has shape {p.shape}; the attention (M,) of one state is wanted")
    if p.size == 1 or p.max() > 0.99:
        return "single"
    return "global average" if p.max() < 1.5 / p.size else "metastable"


def effective_number(p: ArrayLike) -> Any:
    """exp(-sum_mu p_mu log p_mu): how many patterns share the attention; M if all alike, 1 if one has it.

    Parameters
    ----------
    p : (M,) or (B, M) array
        Not negative, with sum 1.

    Returns
    -------
    number : float or (B,) array

    Examples
    --------
    >>> round(effective_number([0.5, 0.5, 0.0, 0.0]), 6)
    2.0
    """
    p = _shares(p)
    terms = p * np.log(np.where(p > 0, p, 1))
    number = np.exp(-terms.sum(axis=-1))
    return number if number.ndim else float(number)


def _shares(p: ArrayLike) -> Array:
    array = _check.real_array(p, "p")
    if array.ndim not in (1, 2) or array.size == 0:
        raise ValueError(f"p has shape {array.shape}; (M,) or (B, M) is wanted")
    if array.min() < 0 or not np.allclose(array.sum(axis=-1), 1):
        raise ValueError("p does not hold shares: every row must be non-negative and sum to 1")
    return array.astype(float, copy=False)


def attention(queries: ArrayLike, keys: ArrayLike, values: ArrayLike, beta: float | None = None) -> Array:
    """Scaled dot-product attention softmax(beta Q K') V (Vaswani et al. 2017, eq. 1).

    Parameters
    ----------
    queries : (B, d) array
    keys : (M, d) array
    values : (M, D) array
    beta : float, optional
        1/sqrt(d) if not given.

    Returns
    -------
    out : (B, D) array

    Notes
    -----
    Association (queries and keys from different sets), pooling (fixed queries) and lookup (fixed keys and
    values) are this one function with different things held constant (Ramsauer et al. 2021, section 3).

    Examples
    --------
    >>> attention([[10.0, 0]], [[1.0, 0], [0, 1]], [[1.0], [2]], beta=1).round(3)
    array([[1.]])
    """
    Q, K, V = (_matrix(x, name) for x, name in ((queries, "queries"), (keys, "keys"), (values, "values")))
    if Q.shape[1] != K.shape[1]:
        raise ValueError(f"queries have {Q.shape[1]} features, keys {K.shape[1]}; as many are wanted")
    if len(K) != len(V):
        raise ValueError(f"there are {len(K)} keys and {len(V)} values; as many are wanted")
    p = _softmax((Q * (Q.shape[1] ** -0.5 if beta is None else _beta(beta))) @ K.T)
    return (p @ V) / p.sum(axis=-1, keepdims=True)


def multi_head(
    states: ArrayLike,
    stored: ArrayLike,
    heads: Sequence[tuple[ArrayLike, ArrayLike, ArrayLike]],
    mix: ArrayLike | None = None,
) -> Array:
    """Several attentions side by side, each with projections of its own (Vaswani et al. 2017, section 3.2.2).

    Parameters
    ----------
    states : (B, N) array
        What asks: queries are ``states @ W_Q``.
    stored : (M, N') array
        What is asked: keys are ``stored @ W_K``, values ``stored @ W_V``.
    heads : list of (W_Q, W_K, W_V)
        Arrays (N, d), (N', d) and (N', D).
    mix : (sum of D, N'') array, optional
        W_O, applied to the outputs of all heads side by side.

    Returns
    -------
    out : (B, N'') array, or (B, sum of D) without `mix`
    """
    Y, X = _matrix(states, "states"), _matrix(stored, "stored")
    if not isinstance(heads, Sequence | np.ndarray) or not _length(heads):
        raise ValueError("heads is empty or no list; at least one triple (W_Q, W_K, W_V) is wanted")
    outs = []
    for number, head in enumerate(heads):
        if not isinstance(head, Sequence | np.ndarray) or _length(head) != 3:
            raise ValueError(f"heads[{number}] is no triple; (W_Q, W_K, W_V) is wanted")
        names = (f"heads[{number}] ({W})" for W in ("W_Q", "W_K", "W_V"))
        queries, keys, values = map(_projected, (Y, X, X), head, names)
        outs.append(attention(queries, keys, values))
    out = np.concatenate(outs, axis=1)
    return out if mix is None else _projected(out, mix, "mix")


def _length(heads: Any) -> int:
    """Of a sequence; an array of a single number has none."""
    return 0 if isinstance(heads, np.ndarray) and heads.ndim == 0 else len(heads)


def _projected(rows: Array, W: ArrayLike, name: str) -> Array:
    W = _matrix(W, name)
    if len(W) != rows.shape[1]:
        raise ValueError(f"{name} has shape {W.shape}; ({rows.shape[1]}, ...) is wanted, a row per feature")
    return rows @ W


def _softmax(z: Array) -> Array:
    """exp(z - max z) in place: the softmax before its division."""
    z -= z.max(axis=-1, keepdims=True)
    return np.exp(z, out=z)


def _matrix(values: ArrayLike, name: str) -> Array:
    array = _check.real_array(values, name, largest=LARGEST)
    if array.ndim != 2 or array.size == 0:
        raise ValueError(f"{name} has shape {array.shape}; a matrix with at least one row is wanted")
    return array.astype(float, copy=False)


def _beta(beta: Any) -> float:
    return _positive(beta, "beta", zero=True)


def _positive(value: Any, name: str, zero: bool = False) -> float:
    array = _check.real_array(value, name, "a number", LARGEST)
    if array.ndim or isinstance(value, np.ndarray):  # as everywhere, an array of one number is no number
        raise ValueError(f"{name} has shape {array.shape}; a single number is wanted")
    number = float(array)
    if number < 0 or (number == 0 and not zero):
        raise ValueError(f"{name} is {number:g}; a number {'at least' if zero else 'above'} 0 is wanted")
    return number
