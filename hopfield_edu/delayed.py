"""Networks that walk through their memories: a second set of weights acts with a delay.

    h_i(t) = sum_j w_ij y_j(t) + strength * sum_j v_ij y_j(t - delay)          y_i <- sgn(h_i)

Time is counted in sweeps. The symmetric weights w hold a pattern, the others, v, lead to the next. When all
has been at rest for a while, v speaks of the present pattern, outvotes w, and the network moves on. There is
no energy: what was downhill a moment ago need not be so now.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from hopfield_edu import _check, binary
from hopfield_edu._frozen import Frozen
from hopfield_edu._types import ONE_BY_ONE, OneByOne, Rng
from hopfield_edu.trajectory import Trajectory


class Network(Frozen):
    """A network of N units with immediate and with delayed weights.

    Parameters
    ----------
    weights : (N, N) array
        w_ij from unit j to unit i, which act at once.
    transitions : (N, N) array
        v_ij, which act `delay` sweeps later; see `learning.sequence`.
    strength : float
        A factor on the transitions, above 0. Take it well above 1 for weights of the same rule: nearly
        every walk is right at 2, and some stumble at 1.2.
    delay : int
        In sweeps, at least 1. From 3 on a pattern is complete before it is left.

    Attributes
    ----------
    weights, transitions, strength, delay
        As given; read-only copies.
    N : int
        Number of units.

    Notes
    -----
    H. Sompolinsky, I. Kanter, Physical Review Letters 57 (1986) 2861; D. Kleinfeld, PNAS 83 (1986) 9469.

    Examples
    --------
    >>> from hopfield_edu import learning, patterns
    >>> s = patterns.random(4, 100, rng=0)
    >>> net = Network(learning.hebb(s), learning.sequence(s))
    >>> run = net.recall(s[0], sweeps=20)
    >>> patterns.overlap(run.states, s).argmax(axis=1)
    array([0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 0])
    """

    _fixed = frozenset({"weights", "transitions", "strength", "delay", "N"})

    def __init__(self, weights: ArrayLike, transitions: ArrayLike, strength: float = 2.0, delay: int = 4):
        self.weights = np.array(_check.weights(weights), dtype=float)
        self.transitions = np.array(_check.weights(transitions, "transitions"), dtype=float)
        self.N = len(self.weights)
        if len(self.transitions) != self.N:
            given = f"{self.transitions.shape}, but weights has {self.weights.shape}"
            raise ValueError(f"transitions has shape {given}; the same for both is wanted")
        self.strength = _check.positive(strength, "strength", high=1e6)
        self.delay = _check.count(delay, "delay", low=1, high=10**4)
        _check.real_array(self.transitions, "transitions", largest=_check.LARGEST / (self.strength * self.N))

    def __repr__(self) -> str:
        return f"Network of {self.N} units, transitions after {self.delay} sweeps"

    def recall(
        self,
        state: ArrayLike,
        sweeps: int,
        schedule: OneByOne = "ordered",
        *,
        rng: Rng | None = None,
    ) -> Trajectory:
        """The state after each of so many sweeps; in the first `delay` of them only `weights` act.

        So a spoilt cue is put right before the walk begins.

        Parameters
        ----------
        state : (N,) array of ±1
        sweeps : int
        schedule : {"ordered", "random", "random-unit"}
            Who is updated when within a sweep; see `binary.Network.recall`.
        rng : int or numpy.random.Generator
            Needed by the random schedules.

        Returns
        -------
        Trajectory
            ``states`` (sweeps + 1, N), one for each sweep; there are no energies.

        Examples
        --------
        >>> Network([[0.0]], [[-1.0]], delay=2).recall([1], sweeps=6).states.ravel()
        array([ 1,  1,  1, -1, -1, -1,  1])
        """
        y = _check.bipolar(state, "state", ndim=(1,), units=self.N)
        sweeps = _check.sweeps(sweeps, "sweeps")
        _check.schedule(schedule, ONE_BY_ONE)
        if schedule != "ordered":
            rng = _check.generator(rng, f"the schedule {schedule!r}")
        _check.budget(numbers=sweeps * self.N, steps=sweeps * self.N**2, sweeps=sweeps)
        states = [y]
        for t in range(sweeps):
            then = states[t - self.delay] if t >= self.delay else np.zeros(self.N)
            drive = self.strength * (self.transitions @ then)
            states.append(binary.Network(self.weights, drive).sweep(states[-1], schedule, rng=rng))
        return Trajectory.from_states(states)
