"""The binary Hopfield network: units of ±1, an energy, and a step that goes down it.

    h_i = sum_j w_ij y_j + b_i          y_i <- sgn(h_i)          E = -1/2 y'Wy - b'y

(Wiskott eqs. 1.1 and 1.2.) A field of exactly zero is a tie; the unit then keeps its value unless `ties`
says otherwise. With whole-number weights every field is exact, so ties are ties.
"""

from __future__ import annotations

from functools import cache, cached_property
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hopfield_edu import _check, _sweeps
from hopfield_edu._schedule import Schedule
from hopfield_edu.trajectory import Record, Trajectory

Rng = np.random.Generator | int
Ties = Any  # "keep", +1 or -1


class Network:
    """A binary Hopfield network of N units.

    Parameters
    ----------
    weights : (N, N) array
        w_ij is the weight from unit j to unit i. Need not be symmetric.
    bias : (N,) array, optional
        Constant input b_i to each unit; zero if not given.
    scale : float
        A positive factor, such as Hebb's 1/N, on weights and bias. It enters fields and energies, never the
        dynamics: keep the weights whole numbers and put the fraction here.

    Attributes
    ----------
    weights, bias, scale
        As given, without the factor; read-only copies.
    N : int
        Number of units.
    is_symmetric : bool
        Whether w_ij = w_ji for all pairs, up to rounding.

    Examples
    --------
    >>> net = Network([[0, -1], [1, 0]])  # Wiskott fig. 1.3, network 1
    >>> net.update([-1, -1], 0)
    array([ 1, -1])
    >>> net.recall([-1, -1], "synchronous")
    Trajectory: cycle of length 4; sweeps: 7, flips: 7
    """

    def __init__(self, weights: ArrayLike, bias: ArrayLike | None = None, scale: float = 1.0):
        given = _check.weights(weights)
        self.weights, self.N = np.array(given, dtype=float), len(given)
        self._rounding = float(np.finfo(given.dtype if given.dtype.kind == "f" else float).eps)
        self.bias = np.zeros(self.N) if bias is None else _check.vector(bias, "bias", self.N)
        self.scale = _check.positive(scale, "scale")
        self._diagonal = np.diagonal(self.weights)
        self.weights.flags.writeable = self.bias.flags.writeable = False

    def __repr__(self) -> str:
        return f"Network of {self.N} units, {'' if self.is_symmetric else 'a'}symmetric weights"

    @cached_property
    def is_symmetric(self) -> bool:
        return _check.is_symmetric(self.weights, self._rounding)

    @cached_property
    def _descends(self) -> bool:
        """Whether every single-unit update lowers the energy, so that a fixed point is certain."""
        return self._is_exact and bool((self._diagonal >= 0).all())

    @cached_property
    def _is_exact(self) -> bool:
        """Whether they are symmetric to the last bit: then energies may be followed flip by flip."""
        return bool((self.weights == self.weights.T).all())

    @cached_property
    def _working(self) -> tuple[NDArray[Any], NDArray[Any], int]:
        """W', b and the factor in them: what every decision rests on.

        Whole numbers in single precision where that is exact. Multiples of 1/N, as in ``hebb(s) / N``, and
        decimal fractions are multiplied first, so that ties stay ties.
        """
        for factor in (1, self.N, 10, 100, 1000):
            W, b = _whole(factor * self.weights, self._rounding), _whole(factor * self.bias)
            if W is not None and b is not None:
                # thrice: a field and twice a change of it
                if 3 * (np.abs(W).sum(axis=1) + np.abs(b)).max() < 2**24:
                    return np.ascontiguousarray(W.T, np.float32), b.astype(np.float32), factor
        return np.ascontiguousarray(self.weights.T), self.bias, 1

    def _inputs(
        self, y: NDArray[np.int_], transposed: bool = False
    ) -> tuple[NDArray[np.float64], NDArray[np.float64], int]:
        """W y (or W'y) and b in double precision, and the factor in them: zero where a decision sees zero."""
        Wt, b, factor = self._working
        Wy = y.astype(Wt.dtype) @ (Wt.T if transposed else Wt)
        return Wy.astype(float), b.astype(float), factor

    def field(self, state: ArrayLike) -> NDArray[np.float64]:
        """The total input h_i = sum_j w_ij y_j + b_i into every unit, times `scale`.

        Parameters
        ----------
        state : (N,) or (B, N) array of ±1

        Returns
        -------
        h : array of the same shape

        Examples
        --------
        >>> Network([[0, -1], [1, 0]]).field([-1, -1])
        array([ 1., -1.])
        """
        Wy, b, factor = self._inputs(_check.bipolar(state, "state", units=self.N))
        return self.scale * ((Wy + b) / factor)

    def energy(self, state: ArrayLike) -> Any:
        """E = -1/2 sum_ij w_ij y_i y_j - sum_i b_i y_i, times `scale`.

        Falls with every update of a single unit if the weights are symmetric and w_ii >= 0. Self-connections
        shift it by a constant. For weights that are not symmetric it is a number like any other.

        Parameters
        ----------
        state : (N,) or (B, N) array of ±1

        Returns
        -------
        E : float or (B,) array

        Examples
        --------
        >>> Network([[0, -1], [-1, 0]]).energy([[1, 1], [1, -1]])
        array([ 1., -1.])
        """
        y = _check.bipolar(state, "state", units=self.N)
        Wy, b, factor = self._inputs(y)
        E = 0 - ((Wy / 2 + b) * y).sum(axis=-1)  # a mere minus would print zero as -0.0
        E = self.scale * (E / factor)
        return float(E) if E.ndim == 0 else E

    def energy_change(self, state: ArrayLike) -> NDArray[np.float64]:
        """What a flip of each unit, alone, would add to the energy: 2 y_i h_i - 2 w_ii, times `scale`.

        Here h_i is the field of the symmetric part (W + W')/2, which is all that the energy sees.

        Parameters
        ----------
        state : (N,) or (B, N) array of ±1

        Returns
        -------
        change : array of the same shape

        Examples
        --------
        >>> Network([[0, -1], [-1, 0]]).energy_change([1, 1])
        array([-2., -2.])
        """
        y = _check.bipolar(state, "state", units=self.N)
        Wy, b, factor = self._inputs(y)
        if not self._is_exact:
            Wy = (Wy + self._inputs(y, transposed=True)[0]) / 2
        return 2 * self.scale * ((y * (Wy + b) - factor * self._diagonal) / factor) + 0.0  # + 0.0: no -0.0

    def update(self, state: ArrayLike, i: int, ties: Ties = "keep") -> NDArray[np.int_]:
        """The state after unit i has been updated: y_i <- sgn(h_i), the others as they were.

        Parameters
        ----------
        state : (N,) array of ±1
        i : int
            The unit, counted from 0.
        ties : {"keep", 1, -1}
            The value of a unit whose field is exactly zero.

        Returns
        -------
        state : (N,) array
            A new array.

        Examples
        --------
        >>> Network([[0, -1], [1, 0]]).update([-1, -1], 0)
        array([ 1, -1])
        """
        y = _check.bipolar(state, "state", ndim=(1,), units=self.N).copy()
        i = _check.count(i, "i (the unit)", high=self.N - 1)
        tie = y[i] if _check.one_of(ties, "ties", _check.TIES) == "keep" else ties
        Wt, b, _ = self._working
        h = Wt[:, i] @ y + b[i]
        y[i] = tie if h == 0 else np.sign(h)
        return y

    def sweep(
        self,
        state: ArrayLike,
        schedule: str = "ordered",
        *,
        order: ArrayLike | None = None,
        ties: Ties = "keep",
        rng: Rng | None = None,
    ) -> NDArray[np.int_]:
        """The state after one sweep, in which N updates take place. See `recall` for the arguments.

        Examples
        --------
        >>> Network([[0, -1], [1, 0]]).sweep([-1, -1])
        array([1, 1])
        """
        return self.recall(state, schedule, order=order, ties=ties, rng=rng, max_sweeps=1).final

    def is_fixed_point(self, state: ArrayLike, ties: Ties = "keep") -> Any:
        """Whether no unit would change if it were updated: bool, or (B,) array for a batch.

        Examples
        --------
        >>> Network([[0, -1], [-1, 0]]).is_fixed_point([[1, 1], [1, -1]])
        array([False,  True])
        """
        y = _check.bipolar(state, "state", units=self.N)
        _check.one_of(ties, "ties", _check.TIES)
        Wt, b, _ = self._working
        stable = ~_sweeps.wants_flip(y.astype(Wt.dtype) @ Wt + b, y, ties).any(axis=-1)
        return stable if stable.ndim else bool(stable)

    def recall(
        self,
        state: ArrayLike,
        schedule: str = "ordered",
        *,
        order: ArrayLike | None = None,
        ties: Ties = "keep",
        rng: Rng | None = None,
        max_sweeps: int = 1000,
        record: bool = False,
    ) -> Trajectory:
        """Run the dynamics from a cue until nothing changes any more, or a cycle closes.

        Parameters
        ----------
        state : (N,) or (B, N) array of ±1
            One cue, or a batch of cues that run independently.
        schedule : {"ordered", "synchronous", "random", "random-unit"}
            Who is updated when (Wiskott section 1.2): one unit after the other in a fixed order; all units at
            once; one after the other in a new random order each sweep; or one unit drawn at random per step
            (Hopfield's own rule), N steps to a sweep.
        order : (N,) array, optional
            The fixed order of ``"ordered"``; 0, 1, ..., N-1 if not given.
        ties : {"keep", 1, -1}
            The value of a unit whose field is exactly zero.
        rng : int or numpy.random.Generator
            Needed by the random schedules. Each row of a batch draws from a stream of its own, so that its
            course does not depend on the other rows.
        max_sweeps : int
            Give up after so many sweeps.
        record : bool
            Keep the way, for `Trajectory.states`, `.energies`, `.times`, `.units` and `.overlaps`.

        Returns
        -------
        Trajectory

        Notes
        -----
        With symmetric weights, w_ii >= 0 and single-unit updates a fixed point is always reached; synchronous
        updates of symmetric weights end in a fixed point or a two-cycle. A cycle is recognised where the
        schedule is deterministic.

        Examples
        --------
        >>> Network([[0, -1], [-1, 0]]).recall([1, 1])
        Trajectory: fixed point; sweeps: 1, flips: 1
        """
        cue = _check.bipolar(state, "state", units=self.N)
        single, cue = cue.ndim == 1, np.atleast_2d(cue).copy()
        _check.one_of(ties, "ties", _check.TIES)
        _check.count(max_sweeps, "max_sweeps", low=1)
        who = Schedule.of(self.N, schedule, order, rng, len(cue))
        Wt, b, _ = self._working
        certain = self._descends and ties == "keep" and who.kind != "synchronous"
        run = _sweeps.run(Wt, b, cue, who, ties, max_sweeps, record, cycles=not certain)
        logs = cache(lambda: run.log.by_row(len(cue)))  # sorted when it is first asked for
        replay = (lambda b: self._replay(cue[b], logs()[b], run.energy[b])) if record else None
        batch = Trajectory(cue, run.final, run.outcome, run.length, run.sweeps, run.flips, replay)
        return batch[0] if single else batch

    def _replay(self, cue: NDArray[np.int_], log: _sweeps.Log, final: float) -> Record:
        """The recorded way of one state, from its flips; the energies backwards from the `final` one."""
        times, first = np.unique(log.times, return_index=True)
        if times.size == log.units.size:  # one unit at a time
            units = list(log.units[:, None])
        else:
            units = [log.units[k:end] for k, end in pairwise([*first.tolist(), log.units.size])]
        record = Record(np.concatenate([[0], times]), units)
        if not self._is_exact or np.isnan(log.changes).any():
            return record._replace(energies=self.energy(record.replay(cue)))
        ahead = np.concatenate([log.changes, [0]])[::-1].cumsum()[::-1]
        return record._replace(energies=self.scale * ((final - ahead) / self._working[2]))


class PatternNetwork(Network):
    """The network of `learning.hebb(patterns)`, without its weight matrix: for many units.

    All that a recall needs of W are products with it, and W y = S'(S y) - M y takes 2 M N multiplications
    where the matrix takes N^2, and the memory for it.

    Parameters
    ----------
    patterns : (M, N) array of ±1
    self_connections : bool
        Keep the diagonal w_ii = M instead of zero.
    scale : float, optional
        As for `Network`; 1/N if not given.

    Examples
    --------
    >>> from hopfield_edu.patterns import flip, random
    >>> s = random(3, 5000, rng=0)
    >>> PatternNetwork(s).recall(flip(s[0], fraction=0.3, rng=1)).final.tolist() == s[0].tolist()
    True
    """

    is_symmetric = _is_exact = True

    def __init__(self, patterns: ArrayLike, self_connections: bool = False, scale: float | None = None):
        S = np.atleast_2d(_check.bipolar(patterns, "patterns"))
        M, self.N = S.shape
        self.scale = 1 / self.N if scale is None else _check.positive(scale, "scale")
        self.bias = np.zeros(self.N)
        self._diagonal = np.full(self.N, float(M if self_connections else 0))
        self._outer = _sweeps.Outer(S, removed=0 if self_connections else M)

    @cached_property
    def weights(self) -> NDArray[np.float64]:
        """The matrix after all, made when it is asked for."""
        W = np.array(self._outer[:, :], dtype=float)
        W.flags.writeable = False
        return W

    @property
    def _working(self):
        return self._outer, self.bias.astype(self._outer.dtype), 1


def _whole(values: NDArray[np.float64], rounding: float = np.finfo(float).eps) -> NDArray[np.float64] | None:
    """`values` as the whole numbers that they are up to a few times their relative `rounding`, or None."""
    whole = np.rint(values)
    near = np.minimum(4 * rounding * np.abs(whole), 0.01)
    return whole if (np.abs(values - whole) <= near).all() else None
