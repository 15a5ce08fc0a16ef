"""The binary Hopfield network: units of ±1, an energy, and a step that goes down it.

    h_i = sum_j w_ij y_j + b_i          y_i <- sgn(h_i)          E = -1/2 y'Wy - b'y

(Wiskott eqs. 1.1 and 1.2.) A field of exactly zero is a tie; the unit then keeps its value unless `ties`
says otherwise. With whole-number weights every field is exact, so ties are ties.
"""

from __future__ import annotations

from functools import cache, cached_property
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from hopfield_edu import _check, _schedule, _sweeps
from hopfield_edu._exact import Matrix, Outer, Products
from hopfield_edu._frozen import Frozen, frozen
from hopfield_edu._types import Array, Reals, Rng, Schedule, States, Ties
from hopfield_edu.trajectory import Record, Trajectory


class Network(Frozen):
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
        As given, without the factor; read-only copies. Weights in single precision stay so.
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

    _fixed = frozenset({"weights", "bias", "scale", "N", "is_symmetric"})

    def __init__(self, weights: ArrayLike, bias: ArrayLike | None = None, scale: float = 1.0):
        given = _check.weights(weights)
        self._eps = float(np.finfo(given.dtype if given.dtype.kind == "f" else float).eps)
        self.weights = np.array(given, dtype=given.dtype if given.dtype == np.float32 else float)
        self.N = len(given)
        self.bias = np.zeros(self.N) if bias is None else _check.vector(bias, "bias", self.N)
        self.scale = _check.positive(scale, "scale")

    def __repr__(self) -> str:
        return f"Network of {self.N} units, {'' if self.is_symmetric else 'a'}symmetric weights"

    @cached_property
    def is_symmetric(self) -> bool:
        return _check.is_symmetric(self.weights, self._eps)

    @cached_property
    def _exact(self) -> Products:
        """Weights and biases as whole numbers where they are: what every decision rests on."""
        return Matrix(self.weights, self.bias, self._eps)

    @cached_property
    def _descends(self) -> bool:
        """Whether every single-unit update lowers the energy, so that a fixed point is certain."""
        return self._exact.is_symmetric and bool((self._exact.diagonal >= 0).all())

    def _inputs(self, y: Array) -> tuple[Array, Array]:
        """W y and b in double precision, times the factor in them: zero where a decision sees zero."""
        return self._exact.product(y.astype(self._exact.dtype)).astype(float), self._exact.b.astype(float)

    def field(self, state: ArrayLike) -> Reals:
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
        Wy, b = self._inputs(_check.bipolar(state, "state", units=self.N))
        return np.asarray(self.scale * ((Wy + b) / self._exact.factor))

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
        Wy, b = self._inputs(y)
        E = 0 - ((Wy / 2 + b) * y).sum(axis=-1)  # a mere minus would print zero as -0.0
        E = self.scale * (E / self._exact.factor)
        return float(E) if E.ndim == 0 else E

    def energy_change(self, state: ArrayLike) -> Reals:
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
        w, (Wy, b) = self._exact, self._inputs(y)
        if not w.is_symmetric:
            Wy = (Wy + w.back(y.astype(w.dtype)).astype(float)) / 2
        change = y * (Wy + b) - w.diagonal.astype(float)
        return np.asarray(2 * self.scale * (change / w.factor) + 0.0)  # + 0.0: no -0.0

    def update(self, state: ArrayLike, i: int, ties: Ties = "keep") -> States:
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
        tie = y[i] if _check.ties(ties) == "keep" else ties
        h = self._exact.heard(i) @ y + self._exact.b[i]
        y[i] = tie if h == 0 else np.sign(h)
        return y

    def sweep(
        self,
        state: ArrayLike,
        schedule: Schedule = "ordered",
        *,
        order: ArrayLike | None = None,
        ties: Ties = "keep",
        rng: Rng | None = None,
        rule: _sweeps.Rule | None = None,
    ) -> States:
        """The state after one sweep, in which N updates take place. See `recall` for the arguments.

        Examples
        --------
        >>> Network([[0, -1], [1, 0]]).sweep([-1, -1])
        array([1, 1])
        """
        how: dict[str, Any] = {"order": order, "ties": ties, "rng": rng, "rule": rule}
        return self.recall(state, schedule, **how, max_sweeps=1).final

    def is_fixed_point(self, state: ArrayLike, ties: Ties = "keep") -> Any:
        """Whether no unit would change if it were updated: bool, or (B,) array for a batch.

        Examples
        --------
        >>> Network([[0, -1], [-1, 0]]).is_fixed_point([[1, 1], [1, -1]])
        array([False,  True])
        """
        y = _check.bipolar(state, "state", units=self.N)
        Wy, b = self._inputs(y)
        stable = ~_sweeps.wants_flip(Wy + b, y, _check.ties(ties)).any(axis=-1)
        return stable if stable.ndim else bool(stable)

    def recall(
        self,
        state: ArrayLike,
        schedule: Schedule = "ordered",
        *,
        order: ArrayLike | None = None,
        ties: Ties = "keep",
        rng: Rng | None = None,
        rule: _sweeps.Rule | None = None,
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
        rule : function, optional
            An update rule of your own in place of sgn: called with the field h_i (a number, times `scale`)
            and the value y_i of a unit, it returns the new value, +1 or -1. It must depend on these two
            alone; for anything else see `Trajectory.from_states`. It runs as a loop of plain Python.
        max_sweeps : int
            Give up after so many sweeps, at most a million.
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

        All that the fast code does is this loop, the model from top to bottom:

        >>> def textbook(weights, state):
        ...     y, moved = np.array(state), True
        ...     while moved:
        ...         moved = False
        ...         for i in range(len(y)):
        ...             h = weights[i] @ y  # the total input of unit i
        ...             if h * y[i] < 0:  # a tie keeps
        ...                 y[i], moved = -y[i], True
        ...     return y
        >>> s = np.array([[1, 1, 1, 1, 1, 1], [1, -1, 1, -1, 1, 1]])
        >>> W, cue = s.T @ s, [-1, 1, 1, 1, 1, 1]
        >>> textbook(W, cue), Network(W).recall(cue).final
        (array([1, 1, 1, 1, 1, 1]), array([1, 1, 1, 1, 1, 1]))

        A rule of one's own: units that only move if they are pulled hard enough.

        >>> stubborn = lambda h, y: y if abs(h) < 5 else np.sign(h)
        >>> Network(W).recall(cue, rule=stubborn).final
        array([-1,  1,  1,  1,  1,  1])
        """
        cue, w = _check.bipolar(state, "state", units=self.N), self._exact
        batch = np.atleast_2d(cue)
        _check.ties(ties)
        _check.sweeps(max_sweeps)
        record = _check.flag(record, "record")
        who = _schedule.Schedule.of(self.N, schedule, order, rng, len(batch))
        if rule is None:
            certain = self._descends and ties == "keep" and who.kind != "synchronous"
            run = _sweeps.run(w, batch, _sweeps.How(who, ties, max_sweeps, record, cycles=not certain))
        else:
            _check.called_with(rule, "rule", 0.0, 1, wanted="a function of a field and a value")
            if ties != "keep":
                raise ValueError("rule and ties are both given; a rule of your own decides about ties, too")
            run = _sweeps.by_rule(w, batch, who, rule, self.scale, max_sweeps, record)
        return self._trajectory(cue, run, record)

    def _trajectory(self, cue: States, run: _sweeps.Run, record: bool) -> Trajectory:
        """What came of the cues; the way of each is put together when it is first asked for."""
        rows = frozen(np.array(np.atleast_2d(cue)))
        logs = cache(lambda: run.log.by_row(len(rows)))

        def replay(b: int) -> Record:
            return self._replay(rows[b], logs()[b], run.energy[b])

        told = run.final, run.outcome, run.sweeps, run.flips, run.length
        return Trajectory.of(rows if cue.ndim == 2 else rows[0], *told, replay if record else None)

    def _replay(self, cue: States, log: _sweeps.Log, final: float) -> Record:
        """The recorded way of one state, from its flips; the energies backwards from the `final` one."""
        record = log.record()
        if not self._exact.is_symmetric or np.isnan(log.changes).any():
            return record._replace(energies=self.energy(record.replay(cue)))
        ahead = np.concatenate([log.changes, [0]])[::-1].cumsum()[::-1]
        return record._replace(energies=self.scale * ((final - ahead) / self._exact.factor))


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

    def __init__(self, patterns: ArrayLike, *, self_connections: bool = False, scale: float | None = None):
        S = np.atleast_2d(_check.bipolar(patterns, "patterns"))
        M, self.N = S.shape
        self.scale = 1 / self.N if scale is None else _check.positive(scale, "scale")
        self.bias = np.zeros(self.N)
        removed = 0 if _check.flag(self_connections, "self_connections") else M
        self._outer = Outer(S, removed)

    is_symmetric = True

    @property
    def _exact(self) -> Products:
        return self._outer

    @cached_property
    def weights(self) -> Reals:  # type: ignore[override]
        """The matrix after all, made when it is asked for."""
        _check.budget(numbers=self.N**2, N=self.N)
        return frozen(self._outer.matrix().astype(float))
