"""The textbook algorithm in whole Python numbers: nothing is rounded, cached or vectorised.

The library's recall must give the same states, times, flips and outcomes, whatever its shortcuts.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import mul
from typing import NamedTuple

Order = Callable[[], Sequence[int]]  # called once per sweep


class Course(NamedTuple):
    """What a recall did: T changes, each with its time, the units that flipped and the state after it."""

    states: list[tuple[int, ...]]  # T + 1, the cue first
    times: list[int]  # T + 1, the number of unit updates (synchronous: steps) done; 0 first
    units: list[list[int]]  # T
    outcome: str
    cycle_length: int
    sweeps: int
    ties: int  # fields of exactly zero among the updates made

    @property
    def flips(self) -> int:
        return sum(map(len, self.units))


class Network:
    """w_ij from j to i, b_i and a tie rule, all whole numbers."""

    def __init__(self, weights: Sequence[Sequence[int]], bias: Sequence[int], ties: str | int):
        self.weights = [[int(w) for w in row] for row in weights]
        self.bias = [int(b) for b in bias]
        self.tie_rule, self.ties = ties, 0
        self.N = len(self.weights)

    def field(self, y: Sequence[int], i: int) -> int:
        return sum(map(mul, self.weights[i], y)) + self.bias[i]

    def value(self, y: Sequence[int], i: int) -> int:
        """What an update makes of unit i."""
        h = self.field(y, i)
        self.ties += h == 0
        if h == 0:
            return y[i] if self.tie_rule == "keep" else self.tie_rule
        return 1 if h > 0 else -1

    def twice_energy(self, y: Sequence[int]) -> int:
        """2E = -y'Wy - 2b'y, which is whole."""
        return -sum((self.field(y, i) + self.bias[i]) * y[i] for i in range(self.N))

    def is_fixed(self, y: Sequence[int]) -> bool:
        ties = self.ties
        fixed = all(self.value(y, i) == y[i] for i in range(self.N))
        self.ties = ties  # a look is no update
        return fixed

    def recall(self, cue: Sequence[int], order: Order | None, max_sweeps: int, cycles: bool) -> Course:
        """Sweep after sweep; `order` None means all units at once. `cycles`: the schedule repeats itself,
        so a state met again after a sweep means a cycle."""
        y, time, last, self.ties = list(map(int, cue)), 0, 0, 0
        states, times, units = [tuple(y)], [0], []
        after, outcome, length, sweep = [tuple(y)], "step limit", 0, 0
        while True:
            if self.is_fixed(y):
                outcome, length = "fixed point", 1
                break
            if sweep == max_sweeps:
                break
            sweep += 1
            steps = [list(range(self.N))] if order is None else [[int(i)] for i in order()]
            for step in steps:
                time += 1
                values = [self.value(y, i) for i in step]  # of all units of this step, before any moves
                flipped = [i for i, value in zip(step, values, strict=True) if value != y[i]]
                if flipped:
                    last = sweep
                    for i in flipped:
                        y[i] = -y[i]
                    states.append(tuple(y)), times.append(time), units.append(flipped)
            after.append(tuple(y))
            if cycles and (length := period(after)):
                outcome = "cycle"
                break
        sweeps = last if outcome == "fixed point" else sweep
        return Course(states, times, units, outcome, length, sweeps, self.ties)


def period(after: list[tuple[int, ...]]) -> int:
    """The length of the cycle, or 0 if it is not yet recognised. The library compares with one remembered
    state only, the latest one after 2^k - 1 sweeps (Brent's way), and so must this."""
    sweep = len(after) - 1
    remembered = 2 ** (sweep.bit_length() - 1) - 1
    return sweep - remembered if after[-1] == after[remembered] else 0
