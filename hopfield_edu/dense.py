"""Dense associative memory: units of ±1 and an energy that is steep around the memories.

    E = -sum_mu F(sum_i s_i^mu y_i)        y_i <- the sign with the lower energy, the others as they are

(Krotov and Hopfield 2016, eqs. 2 to 4; Scholarpedia, "Discrete variables".) With F(x) = x^2 this is the
classical network of Hebb's weights: E = -(y'Wy) - MN = 2 E_classical - MN with a zero diagonal.

How many random patterns fit, `capacity`, `bit_error` and `exponential_rate` say, each with its criterion.
"""

from __future__ import annotations

from collections.abc import Callable
from math import log, prod
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hopfield_edu import _check, _types
from hopfield_edu import patterns as _patterns
from hopfield_edu._schedule import Schedule
from hopfield_edu.trajectory import Record, Trajectory

Array = NDArray[np.float64]
Interaction = Callable[[Array], Array]
TOLERANCE = 1e-13  # far above the rounding of a sum; without it, a tie might flip for ever


def power(n: int) -> Interaction:
    """F(x) = x^n. Even n treat a pattern and its inverse alike, odd n tell them apart.

    Examples
    --------
    >>> power(3)(np.array([-2.0, 3]))
    array([-8., 27.])
    """
    n = _check.count(n, "n", low=1)

    def F(x: Array) -> Array:
        return x**n

    F.__name__ = f"x^{n}"
    return F


def rectified(n: int) -> Interaction:
    """F(x) = x^n for x > 0, else 0: only patterns that agree with the state count.

    Examples
    --------
    >>> rectified(2)(np.array([-2.0, 3]))
    array([0., 9.])
    """
    n = _check.count(n, "n", low=1)

    def F(x: Array) -> Array:
        return np.maximum(x, 0) ** n

    F.__name__ = f"max(x, 0)^{n}"
    return F


def exponential(beta: float = 1.0) -> Interaction:
    """F(x) = e^(beta x) (Demircigil et al. 2017 with beta = 1).

    Examples
    --------
    >>> exponential()(np.array([0.0]))
    array([1.])
    """
    rate = _check.positive(beta, "beta")

    def F(x: Array) -> Array:
        return np.exp(rate * x)

    F.__name__ = f"e^({rate:g} x)" if rate != 1 else "e^x"
    F.rate = rate  # lets the kernel scale the exponential before it overflows
    return F


class Network:
    """A dense associative memory of M patterns on N units.

    Parameters
    ----------
    patterns : (M, N) array of ±1
        The stored patterns s^mu, one per row.
    F : callable
        The interaction function, from overlaps x = -N, -N + 2, ..., N (an array of floats) to numbers:
        `power`, `rectified`, `exponential`, or your own.

    Notes
    -----
    Overlaps are whole numbers, so F is tabulated once. While all sums are whole numbers below 2^52, as for
    powers with M N^n < 2^52, the recall is exact, and ties are ties. Otherwise two energies count as equal
    if they differ by less than `TOLERANCE` times the largest sum that occurs. A tie keeps the unit's value.

    Examples
    --------
    >>> net = Network([[1, 1, 1, 1], [-1, -1, 1, 1]], power(3))
    >>> net.recall([1, 1, 1, -1]).final
    array([1, 1, 1, 1])
    """

    def __init__(self, patterns: ArrayLike, F: Interaction):
        self.patterns = np.atleast_2d(_check.bipolar(patterns, "patterns")).copy()
        self.M, self.N = self.patterns.shape
        if not callable(F):
            raise TypeError(f"F is {F!r}; a function of the overlaps is wanted, such as dense.power(3)")
        self.F = F
        self._by_unit = np.ascontiguousarray(self.patterns.T, dtype=float)
        self._tolerance = TOLERANCE
        self._rate = getattr(F, "rate", None)
        if self._rate is not None:
            # F of x + 2 is e^(2 beta) times F of x. Once this is above M + 1, all patterns with a smaller
            # overlap together are outvoted by one, and a larger beta changes no decision, only the rounding.
            self._rate = min(self._rate, log(4 * self.M + 4) / 2)
        else:
            f = self._tabulated(F)
            self._A, self._B = (f[4:] + f[:-4]) / 2 - f[2:-2], (f[4:] - f[:-4]) / 2
            whole = (2 * self._A % 1 == 0).all() and (2 * self._B % 1 == 0).all()
            if whole and self.M * (np.abs(self._A) + np.abs(self._B)).max() < 2**52:
                self._tolerance = 0.0
        self.patterns.flags.writeable = False

    def _tabulated(self, F: Interaction) -> Array:
        """F at -N - 2, ..., N + 2; beyond ±N, where no overlap lies, the end values are repeated."""
        with np.errstate(over="ignore", invalid="ignore"):
            f = np.asarray(F(np.arange(-self.N, self.N + 1, dtype=float)), dtype=float)
        if f.shape != (2 * self.N + 1,) or not np.isfinite(f).all():
            raise ValueError("F must give one finite number for every overlap from -N to N")
        return np.pad(f, 2, mode="edge")

    def __repr__(self) -> str:
        name = getattr(self.F, "__name__", "F")
        return f"Network of {self.N} units that stores {self.M} patterns, F = {name}"

    def energy(self, state: ArrayLike) -> Any:
        """E = -sum_mu F(sum_i s_i^mu y_i); -inf where an exponential overflows.

        Parameters
        ----------
        state : (N,) or (B, N) array of ±1

        Returns
        -------
        E : float or (B,) array

        Examples
        --------
        >>> Network([[1, 1, 1], [1, -1, 1]], power(2)).energy([1, 1, 1])
        -10.0
        """
        y = _check.bipolar(state, "state", units=self.N)
        with np.errstate(over="ignore"):
            E = 0 - self.F((y @ self.patterns.T).astype(float)).sum(axis=-1)
        return E if E.ndim else float(E)

    def wants_flip(self, state: ArrayLike) -> NDArray[np.bool_]:
        """Whether a flip of each unit, alone, would lower the energy: (N,) or (B, N) array of bool."""
        y = np.atleast_2d(_check.bipolar(state, "state", units=self.N)).astype(float)
        lower = self._lower(y, *self._sides(np.rint(y @ self._by_unit)))
        return lower if np.ndim(state) == 2 else lower[0]

    def is_fixed_point(self, state: ArrayLike) -> Any:
        """Whether no single flip lowers the energy: bool, or (B,) array for a batch.

        Examples
        --------
        >>> Network([[1, 1, 1, 1], [1, -1, 1, -1]], power(3)).is_fixed_point([1, 1, 1, 1])
        True
        """
        stable = ~self.wants_flip(state).any(axis=-1)
        return stable if stable.ndim else bool(stable)

    def update(self, state: ArrayLike, i: int) -> NDArray[np.int_]:
        """The state after unit i (from 0) has taken the sign with the lower energy; a tie keeps.

        Examples
        --------
        >>> Network([[1, 1, 1, 1]], power(3)).update([1, 1, 1, -1], 3)
        array([1, 1, 1, 1])
        """
        y = _check.bipolar(state, "state", ndim=(1,), units=self.N).copy()
        i = _check.count(i, "i (the unit)", high=self.N - 1)
        y[i] *= -1 if self.wants_flip(y)[i] else 1
        return y

    def recall(
        self,
        state: ArrayLike,
        schedule: str = "ordered",
        *,
        order: ArrayLike | None = None,
        rng: np.random.Generator | int | None = None,
        max_sweeps: int = 1000,
        record: bool = False,
    ) -> Trajectory:
        """Update one unit after the other until none wants to flip. Arguments as for `binary.Network.recall`.

        Every flip lowers the energy, so a fixed point is always reached. The schedule ``"synchronous"`` has
        no such guarantee and is not offered.

        Examples
        --------
        >>> Network([[1, 1, 1, 1], [1, -1, 1, -1]], power(3)).recall([1, 1, 1, -1])
        Trajectory: fixed point; sweeps: 1, flips: 1
        """
        cue = np.atleast_2d(_check.bipolar(state, "state", units=self.N)).copy()
        if isinstance(schedule, str) and schedule == "synchronous":
            raise ValueError('schedule is "synchronous"; dense memories update one unit at a time')
        who = Schedule.of(self.N, schedule, order, rng, len(cue), _types.ONE_BY_ONE)
        _check.count(max_sweeps, "max_sweeps", low=1)
        B = len(cue)
        outcome, sweeps, flips = np.full(B, "step limit", "<U11"), np.zeros(B, int), np.zeros(B, int)
        y, log, live = cue.astype(float), ([] if record else None), np.arange(B)
        for done in range(max_sweeps):
            sweep = self._one if len(live) == 1 else self._sweep
            moved, settled = sweep(y, live, who.sweep(live), done * self.N, log)
            flips[live] += moved
            sweeps[live[moved > 0]] = done + 1
            outcome[live[settled]] = "fixed point"
            live = live[~settled]
            if live.size == 0:
                break
        sweeps[live] = max_sweeps
        final, length = y.astype(int), (outcome == "fixed point").astype(int)
        replay = (lambda b: self._record(cue[b], log, b)) if record else None
        batch = Trajectory(cue, final, outcome, length, sweeps, flips, replay)
        return batch if np.ndim(state) == 2 else batch[0]

    def _sweep(
        self, y: Array, live: NDArray[Any], orders: NDArray[Any], time: int, log: list[Any] | None
    ) -> tuple[NDArray[np.int_], NDArray[np.bool_]]:
        """One sweep of the rows `live` of y, in place: all rows visit their k-th unit together.

        Returns how many units of each row have flipped, and whether the row is a fixed point now.
        """
        Y, S = y[live], self._by_unit
        m = np.rint(Y @ S)
        (a, B), rows, moved = self._sides(m), np.arange(len(live)), np.zeros(len(live), int)
        for k in range(self.N):
            i = orders[k] if orders.ndim == 1 else orders[:, k]
            against = B @ S[i] if orders.ndim == 1 else np.einsum("bm,bm->b", B, S[i])
            r = np.flatnonzero(a - Y[rows, i] * against > 0)
            if r.size:
                unit = np.broadcast_to(i, live.shape)[r]
                m[r] -= 2 * Y[r, unit, None] * S[unit]
                Y[r, unit] *= -1
                a[r], B[r] = self._sides(m[r])
                moved[r] += 1
                if log is not None:
                    log += [(live[b], time + k + 1, u) for b, u in zip(r, unit, strict=True)]
        y[live] = Y
        return moved, ~self._lower(Y, a, B).any(axis=1)

    def _one(
        self, y: Array, live: NDArray[Any], orders: NDArray[Any], time: int, log: list[Any] | None
    ) -> tuple[NDArray[np.int_], NDArray[np.bool_]]:
        """The same for a single row, with less ado."""
        b, S, moved = live[0], self._by_unit, 0
        row = y[b]
        m = np.rint(row @ S)[None]
        a, B = self._sides(m)
        for k, i in enumerate(np.ravel(orders).tolist()):
            if a[0] - row[i] * (B[0] @ S[i]) > 0:
                m -= (2 * row[i]) * S[i]
                row[i] = -row[i]
                a, B = self._sides(m)
                moved += 1
                if log is not None:
                    log.append((b, time + k + 1, i))
        return np.array([moved]), ~self._lower(row, a, B).any(axis=1)

    def _sides(self, m: Array) -> tuple[Array, Array]:
        """A flip of unit i raises sum F by a - y_i sum_mu s_i^mu B_mu; for overlaps m (L, M):
        a (L,), B (L, M).

        F(m - 2 s) - F(m) = A(m) - s B(m) for s = ±1, with A(m) = (F(m+2) + F(m-2))/2 - F(m) and
        B(m) = (F(m+2) - F(m-2))/2. For e^(beta x), A/B = tanh(beta), and a common factor is free to choose.
        What counts as a tie is taken off a.
        """
        if self._rate is not None:
            B = np.exp(self._rate * (m - m.max(axis=-1, keepdims=True)))
            return (np.tanh(self._rate) - self._tolerance) * B.sum(axis=-1), B
        at = (m + self.N).astype(np.intp)  # from 0 to 2N: clipping does nothing but save a test
        A, B = self._A.take(at, mode="clip"), self._B.take(at, mode="clip")
        a = A.sum(axis=-1)
        if self._tolerance:
            a -= self._tolerance * (np.abs(A) + np.abs(B)).sum(axis=-1)
        return a, B

    def _lower(self, y: Array, a: Array, B: Array) -> NDArray[np.bool_]:
        """Which single flips of the states y (L, N) would lower the energy, with a and B from `_sides`."""
        return a[:, None] - y * (B @ self._by_unit.T) > 0

    def _record(self, cue: NDArray[np.int_], log: list[Any], b: int) -> Record:
        mine = [(time, unit) for row, time, unit in log if row == b]
        record = Record(np.array([0, *(t for t, _ in mine)]), [np.array([u]) for _, u in mine])
        return record._replace(energies=self.energy(record.replay(cue)))


def path(start: ArrayLike, end: ArrayLike, rng: np.random.Generator | int | None = None) -> NDArray[np.int_]:
    """States from `start` to `end`, each with one more unit of `end`: a walk through the landscape.

    Parameters
    ----------
    start, end : (N,) array of ±1
    rng : int or numpy.random.Generator, optional
        Shuffles the units in which the two differ; without, they change in their order.

    Returns
    -------
    states : (d + 1, N) array of ±1
        d is the number of units in which `start` and `end` differ.

    Examples
    --------
    >>> path([1, 1, 1], [-1, 1, -1])
    array([[ 1,  1,  1],
           [-1,  1,  1],
           [-1,  1, -1]])
    """
    start = _check.bipolar(start, "start", ndim=(1,))
    end = _check.bipolar(end, "end", ndim=(1,), units=len(start))
    units = np.flatnonzero(start != end)
    if rng is not None:
        units = _check.generator(rng, "dense.path").permutation(units)
    changed = np.zeros((len(units) + 1, len(start)), bool)
    for k, i in enumerate(units):
        changed[k + 1 :, i] = True
    return np.where(changed, end, start)


def double_factorial(k: int) -> int:
    """k!! = k (k - 2) (k - 4) ... down to 2 or 1; 1 for k = 0 and for k = -1.

    Examples
    --------
    >>> [double_factorial(k) for k in (-1, 1, 3, 5, 7)]
    [1, 1, 3, 15, 105]
    """
    k = _check.count(k, "k", low=-1)
    return prod(range(k, 0, -2))


def capacity(N: int, n: int, *, error: float | None = None, every: bool = False) -> float:
    """How many random patterns fit into a dense memory with F(x) = x^n, by one of three criteria.

    Leading order in N, with the cross-talk of the other patterns taken as Gaussian (Krotov and Hopfield 2016,
    section 2). A given unit of a given pattern is unstable with the probability 1/2 erfc(z / sqrt 2), where
    z^2 = N^(n-1) / ((2n-3)!! M). The three criteria ask for different z.

    Parameters
    ----------
    N : int
        Number of units, at least 2.
    n : int
        Power, at least 2. n = 2 is the classical network.
    error : float, optional
        Tolerated probability, between 0 and 1/2, that a given unit of a stored pattern is unstable. Then
        M = alpha_n N^(n-1) with alpha_n = 1 / ((2n-3)!! z^2). Only first flips are counted: what they set off
        is not.
    every : bool
        Ask for all M patterns at once instead of one that was chosen beforehand.

    Returns
    -------
    M : float
        Without `error`: N^(n-1) / (2 (2n-3)!! ln N), below which a GIVEN pattern is a fixed point with a
        probability that tends to 1. (It does so slowly: at this very M, the mean number of its unstable
        units is 1/sqrt(4 pi ln N).) With `every`: 1/n of that, below which ALL patterns are. For n = 2
        these are N/(2 ln N) and N/(4 ln N). Both are theorems (Demircigil et al. 2017).

    Raises
    ------
    TypeError, ValueError
        If N, n or `error` are out of range, or `error` and `every` are both given.

    Examples
    --------
    >>> [round(capacity(100, n)) for n in (2, 3, 4)]
    [11, 362, 7238]
    >>> round(capacity(100, 2, every=True), 1), round(capacity(1000, 2, error=0.0036))
    (5.4, 138)
    """
    N, n = _check.count(N, "N", low=2), _check.count(n, "n", low=2)
    if error is None:
        return N ** (n - 1) / (2 * double_factorial(2 * n - 3) * log(N)) / (n if every else 1)
    if every:
        raise ValueError("error and every are both given; choose one criterion")
    if not 0 < _check.fraction(error, "error") < 0.5:
        raise ValueError(f"error is {error:g}; a probability between 0 and 1/2 is wanted")
    from scipy.special import erfcinv

    return float(N ** (n - 1) / (double_factorial(2 * n - 3) * 2 * erfcinv(2 * error) ** 2))


def bit_error(M: int, N: int, F: Interaction) -> float:
    """The probability that a given unit of a given stored random pattern is unstable, for any F.

    The flip of a unit raises the energy by F(N) - F(N-2) for the pattern itself; each other pattern adds
    ±(F(r+1) - F(r-1)), where r is the overlap of the other N - 1 units, and the sign is random. The sum is
    taken as Gaussian with its exact variance. That needs many patterns that matter: for steep F it fails.

    Parameters
    ----------
    M, N : int
        Number of patterns and of units.
    F : callable

    Returns
    -------
    P : float

    Examples
    --------
    >>> round(bit_error(362, 100, power(3)), 4)
    0.0013
    """
    from scipy.special import erfc
    from scipy.stats import binom

    M, N = _check.count(M, "M", low=1), _check.count(N, "N", low=2)
    r = np.arange(1 - N, N, 2, dtype=float)
    signal = F(np.array([N])) - F(np.array([N - 2]))
    variance = (M - 1) * binom.pmf((r + N - 1) / 2, N - 1, 0.5) @ (F(r + 1) - F(r - 1)) ** 2
    return float(erfc(signal / np.sqrt(2 * variance))[0] / 2) if variance else float(signal[0] < 0)


def fixed_share(
    M: int, N: int, F: Interaction, rng: np.random.Generator | int, *, count: int = 1000
) -> float:
    """The share of M stored random patterns that are fixed points, measured.

    Parameters
    ----------
    M, N : int
        Number of patterns and of units.
    F : callable
    rng : int or numpy.random.Generator
    count : int
        Patterns looked at, at least; so many sets of M are drawn as it takes. Of a large set only the
        first `count` are looked at.

    Returns
    -------
    share : float

    Examples
    --------
    >>> fixed_share(3, 50, power(2), rng=0)
    1.0
    """
    M, count = _check.count(M, "M", low=1), _check.count(count, "count", low=1)
    rng = _check.generator(rng, "dense.fixed_share")
    shares = []
    for _ in range(-(-count // M)):
        s = _patterns.random(M, N, rng)
        shares.append(Network(s, F).is_fixed_point(s[:count]).mean())
    return float(np.mean(shares))


def exponential_rate(rho: float) -> float:
    """The growth rate below which F(x) = e^x stores exp(rate N) patterns that survive rho N errors.

    I(1 - 2 rho) / 2 with I(a) = 1/2 ((1 + a) ln(1 + a) + (1 - a) ln(1 - a)).

    The theorem (Demircigil et al. 2017): store M = exp(alpha N) + 1 random patterns, and let a cue
    differ from one of them in rho N units, chosen at random, 0 <= rho < 1/2. If alpha < I(1 - 2 rho)/2, one
    synchronous sweep corrects all errors with a probability that tends to 1 as N grows, for all the patterns
    at once. For rho -> 0 the rate tends to ln(2)/2, hence "2^(N/2) patterns": that is the value WITHOUT a
    radius of attraction. The more errors, the fewer patterns.

    Parameters
    ----------
    rho : float
        Share of wrong units in the cue, at least 0 and below 1/2.

    Returns
    -------
    rate : float

    Examples
    --------
    >>> [round(exponential_rate(rho), 3) for rho in (0, 0.1, 0.25)]
    [0.347, 0.184, 0.065]
    """
    if _check.fraction(rho, "rho") >= 0.5:
        raise ValueError(f"rho is {rho:g}; a share of wrong units below 1/2 is wanted")
    a = 1 - 2 * rho
    return float(((1 + a) * np.log1p(a) + (1 - a) * np.log(1 - a if a < 1 else 1)) / 4)
