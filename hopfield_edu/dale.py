"""Excitation and inhibition: every unit sends one kind of signal only (Dale's law); still an energy falls.

    V_i <- 1 if sum_j T_ij V_j - theta > g (A - V_i), 0 if < (a tie keeps)     A = sum_j V_j
    E = -1/2 V'TV + theta A + g/2 (A^2 - A)

N excitatory units are connected by synapses T_ij that are 1 where a stored pattern has both units active
(Willshaw), and 0 elsewhere. One fast inhibitory unit hears the total activity A and sends it to all, with the
strength g. Hopfield (Scholarpedia, "Associative memory") describes such a network and does not give its
details; these are ours. What the fast unit does is a symmetric negative weight between any two others, so
this is a Hopfield network, after all.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike

from hopfield_edu import _check, _schedule, zero_one
from hopfield_edu._frozen import Frozen
from hopfield_edu._sweeps import Entries, collect
from hopfield_edu._types import ONE_BY_ONE, Array, OneByOne, Reals, Rng, States
from hopfield_edu.trajectory import Record, Trajectory

LARGEST = 1e6  # of a synapse, of the inhibition, of a threshold


def willshaw(patterns: ArrayLike) -> Reals:
    """The synapses T_ij = 1 between units that are active together in some pattern, otherwise 0.

    Hebb's rule with synapses that can only be switched on, and once. Local; costs M N^2 at most.

    Parameters
    ----------
    patterns : (M, N) array of 0/1

    Returns
    -------
    excitation : (N, N) array of 0/1, symmetric, zero diagonal
        In single precision.

    Examples
    --------
    >>> print(willshaw([[1, 1, 0], [0, 1, 1]]))
    [[0. 1. 0.]
     [1. 0. 1.]
     [0. 1. 0.]]
    """
    s = _patterns(patterns)
    M, N = s.shape
    _check.budget(numbers=N**2 / 2 + M * N, steps=N**2 * M, most=1e11, patterns=patterns)
    V = s.astype(np.float32)
    T = np.minimum(V.T @ V, 1)
    np.fill_diagonal(T, 0)
    return T


def _patterns(patterns: ArrayLike) -> States:
    s = _check.two_valued(patterns, "patterns", (0, 1))
    if s.ndim not in (1, 2):
        hint = _check.remedy(s.shape, "patterns", None)
        raise ValueError(f"patterns has shape {s.shape}; (N,) or (M, N) is wanted{hint}")
    return np.atleast_2d(s)


def obeys(weights: ArrayLike) -> bool:
    """Dale's law: whether what each unit sends is all excitation or all inhibition.

    Parameters
    ----------
    weights : (N, N) array
        w_ij from unit j to unit i, so that what a unit sends is a column.

    Examples
    --------
    >>> obeys([[0, -1], [2, 0]]), obeys([[0, 1, 1], [1, 0, -1], [1, -1, 0]])
    (True, False)
    """
    W = _check.weights(weights)
    return not ((W > 0).any(axis=0) & (W < 0).any(axis=0)).any()


class Network(Frozen):
    """N excitatory units of 0 or 1, and one fast inhibitory unit that holds their activity down.

    Parameters
    ----------
    patterns : (M, N) array of 0/1
        What to store, by `willshaw`. For synapses of your own see `Network.of`.
    inhibition : float
        The strength g of the inhibitory unit. A clue of A units, all of one memory, is sure of itself only if
        (1 - g) (A - 1) >= theta; then the others of that memory fire, too.
    threshold : float
        theta: a unit that hears nothing does not fire.

    Attributes
    ----------
    excitation : (N, N) array
        T_ij.
    inhibition, threshold : float
    N : int
        Number of excitatory units.
    direct : zero_one.Network
        The same network without the inhibitory unit: the weights are T_ij - g, the inputs -theta.

    Examples
    --------
    >>> net = Network([[1, 1, 1, 0, 0, 0], [0, 0, 0, 1, 1, 1]], inhibition=0.5)
    >>> net.recall([1, 1, 0, 0, 0, 0]).final
    array([1, 1, 1, 0, 0, 0])
    """

    _fixed = frozenset({"excitation", "inhibition", "threshold", "N", "direct"})

    def __init__(self, patterns: ArrayLike, inhibition: float = 0.9, *, threshold: float = 0.5):
        self._build(willshaw(patterns), inhibition, threshold)

    @classmethod
    def of(cls, excitation: ArrayLike, inhibition: float = 0.9, *, threshold: float = 0.5) -> Self:
        """The network with synapses of your own: counted, or with some of them cut.

        Parameters
        ----------
        excitation : (N, N) array, symmetric, none negative
            Its diagonal is left out.
        inhibition, threshold : float

        Examples
        --------
        >>> Network.of([[0, 2], [2, 0]], 0.5)
        Network of 2 excitatory units and 1 inhibitory unit, inhibition 0.5
        """
        T = np.array(
            _check.real_array(_check.weights(excitation, "excitation"), "excitation", largest=LARGEST)
        )
        T = np.array(_check.weights(T, "excitation", symmetric=True))
        if (T < 0).any():
            i, j = np.argwhere(T < 0)[0]
            raise ValueError(f"excitation holds {T[i, j]:g} at [{i}, {j}]; no synapse may be negative here")
        np.fill_diagonal(T, 0)
        net = object.__new__(cls)
        net._build(T, inhibition, threshold)
        return net

    def _build(self, T: Array, inhibition: float, threshold: float) -> None:
        self.excitation, self.N = T, len(T)
        self.inhibition = _check.positive(inhibition, "inhibition", zero=True, high=LARGEST)
        self.threshold = _check.positive(threshold, "threshold", zero=True, high=LARGEST)
        _check.budget(numbers=4 * self.N**2, N=self.N)
        W = T.astype(float) - self.inhibition
        np.fill_diagonal(W, 0)
        self.direct = zero_one.Network(W, np.full(self.N, -self.threshold))

    def __repr__(self) -> str:
        return f"Network of {self.N} excitatory units and 1 inhibitory unit, inhibition {self.inhibition:g}"

    @property
    def weights(self) -> Reals:
        """(N + 1, N + 1) array: every weight, from j to i, the inhibitory unit last.

        It sends -g to all. That no unit is inhibited on its own account is a weight g to itself.
        """
        _check.budget(numbers=(self.N + 1) ** 2, N=self.N)
        W = np.zeros((self.N + 1, self.N + 1))
        W[:-1, :-1] = self.excitation
        np.fill_diagonal(W[:-1, :-1], self.inhibition)
        W[:-1, -1], W[-1, :-1] = -self.inhibition, 1
        return W

    def field(self, state: ArrayLike) -> Reals:
        """What unit i hears: sum_j T_ij V_j - g (A - V_i) - theta, for a state (N,) or a batch (B, N)."""
        return self.direct.field(state)

    def energy(self, state: ArrayLike) -> Any:
        """E = -1/2 V'TV + theta A + g/2 (A^2 - A): float, or (B,) array for a batch. It never rises.

        Examples
        --------
        >>> Network([[1, 1, 0], [0, 1, 1]], 0.5).energy([[1, 1, 0], [1, 1, 1], [0, 0, 0]])
        array([0.5, 1. , 0. ])
        """
        return self.direct.energy(state)

    def update(self, state: ArrayLike, i: int) -> States:
        """The state after unit i (from 0) has been updated; a tie keeps."""
        return self.direct.update(state, i)

    def is_fixed_point(self, state: ArrayLike) -> Any:
        """Whether no unit would change if it were updated: bool, or (B,) array for a batch.

        Examples
        --------
        >>> Network([[1, 1, 1, 0]], 0.5).is_fixed_point([[1, 1, 1, 0], [1, 1, 1, 1]])
        array([ True, False])
        """
        V = self.direct._states(state)
        return self.direct.bipolar.is_fixed_point(2 * V - 1)

    def recall(
        self,
        state: ArrayLike,
        schedule: OneByOne = "ordered",
        *,
        rng: Rng | None = None,
        refresh: int = 1,
        max_sweeps: int = 1000,
        record: bool = False,
    ) -> Trajectory:
        """One unit after the other, from a clue of 0/1, until nothing changes any more.

        Parameters
        ----------
        state : (N,) or (B, N) array of 0/1
        schedule : {"ordered", "random", "random-unit"}
        rng : int or numpy.random.Generator
            Needed by the random schedules.
        refresh : int
            After how many updates the inhibitory unit looks at the activity anew. 1 is a fast unit, with
            which the energy falls and a fixed point is certain; N is one that sleeps for a sweep, and then
            the network may do anything.
        max_sweeps : int
        record : bool

        Returns
        -------
        Trajectory

        Examples
        --------
        >>> net = Network([[1, 1, 1, 0, 0, 0], [0, 0, 0, 1, 1, 1]], inhibition=0.5)
        >>> net.recall([[1, 1, 0, 0, 0, 0], [0, 0, 0, 1, 0, 1]]).final
        array([[1, 1, 1, 0, 0, 0],
               [0, 0, 0, 1, 1, 1]])
        """
        _check.schedule(schedule, ONE_BY_ONE)
        refresh = _check.count(refresh, "refresh", low=1)
        if refresh == 1:
            return self.direct.recall(state, schedule, rng=rng, max_sweeps=max_sweeps, record=record)
        return self._slow(self.direct._states(state), schedule, rng, refresh, max_sweeps, record)

    def _slow(
        self, given: States, schedule: OneByOne, rng: Rng | None, refresh: int, max_sweeps: int, record: bool
    ) -> Trajectory:
        """The recall with an inhibitory unit that looks at the activity now and then."""
        _check.sweeps(max_sweeps)
        entries: Entries = [] if _check.flag(record, "record") else None
        cue = np.atleast_2d(given)
        who = _schedule.Schedule.of(self.N, schedule, None, rng, len(cue), ONE_BY_ONE)
        V, B = cue.astype(float), len(cue)
        x, A = V @ self.excitation - self.threshold, V.sum(axis=1)
        outcome, sweeps, flips = np.full(B, "step limit", "<U11"), np.zeros(B, int), np.zeros(B, int)
        live, time = np.arange(B), 0
        for done in range(max_sweeps):
            rest = self.is_fixed_point(V[live].astype(int))
            rest &= A[live] == V[live].sum(axis=1)  # what the inhibitory unit has heard is true
            outcome[live[rest]] = "fixed point"
            live = live[~rest]
            if live.size == 0:
                break
            for i in np.broadcast_to(who.sweep(live), (live.size, self.N)).T:
                if time % refresh == 0:
                    A[live] = V[live].sum(axis=1)
                time += 1
                moved = self._step(V, x, A, live, i)
                if entries is not None and moved.any():
                    rows = live[moved]
                    entries.append((rows, np.full(rows.size, time), i[moved], np.full(rows.size, np.nan)))
                flips[live[moved]] += 1
                sweeps[live[moved]] = done + 1
        sweeps[live] = max_sweeps
        logs = cache(lambda: collect(entries).by_row(B))

        def replay(b: int) -> Record:
            way = logs()[b].record()
            states = (way.replay(2 * cue[b] - 1) + 1) // 2
            return way._replace(energies=self.energy(states), states=states)

        told = V.astype(int), outcome, sweeps, flips
        kept = replay if record else None
        return Trajectory.of(cue if given.ndim == 2 else cue[0], *told, replay=kept, values=(0, 1))

    def _step(self, V: Array, x: Array, A: Array, rows: Array, i: Array) -> Array:
        """Unit i of each of the rows is updated, in place; which of them have changed."""
        old = V[rows, i]
        h = x[rows, i] - self.inhibition * (A[rows] - old)
        h[np.abs(h) < 1e-9 * (1 + np.abs(x[rows, i]))] = 0  # a tie, but for rounding
        new = np.where(h == 0, old, h > 0)
        moved = new != old
        V[rows[moved], i[moved]] = new[moved]
        x[rows[moved]] += (new - old)[moved, None] * self.excitation[i[moved]]
        return np.asarray(moved)
