"""What every recall returns: where it began and ended, what it converged to, and the way there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from numbers import Integral
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hopfield_edu import _check
from hopfield_edu import patterns as _patterns


class Record(NamedTuple):
    """The way of one state: it changed at `times`, when `units` flipped; energies as far as known."""

    times: NDArray[Any]
    units: list[NDArray[np.intp]]
    energies: NDArray[np.float64] | None = None
    states: NDArray[Any] | None = None

    def replay(self, initial: NDArray[Any]) -> NDArray[Any]:
        """(T + 1, N) array: the states as kept, or `initial` with the flips made one after the other."""
        if self.states is not None:
            return self.states
        signs = np.ones((len(self.units) + 1, len(initial)), initial.dtype)
        for k, flipped in enumerate(self.units):
            signs[k + 1, flipped] = -1
        return initial * signs.cumprod(axis=0)


@dataclass(frozen=True, eq=False)
class Trajectory:
    """The course of a recall, of one state (N,) or of a batch (B, N).

    Attributes
    ----------
    initial, final : (N,) or (B, N) array
        The cue and where it ended.
    outcome : str or (B,) array of str
        ``"fixed point"``, ``"cycle"`` or ``"step limit"`` (neither was reached before `max_sweeps`).
    cycle_length : int or (B,) array
        1 for a fixed point, the number of sweeps (synchronous: steps) for a cycle, 0 at the limit.
    sweeps : int or (B,) array
        Sweeps until the last change; for a cycle or at the limit, all sweeps done.
    flips : int or (B,) array
        Number of times a unit changed its value.
    """

    initial: NDArray[Any]
    final: NDArray[Any]
    outcome: Any
    cycle_length: Any
    sweeps: Any
    flips: Any
    _replay: Callable[[int], Record] | None = field(default=None, repr=False)

    @property
    def converged(self) -> Any:
        """Whether a fixed point was reached: bool, or (B,) array of bool."""
        settled = np.asarray(self.outcome) == "fixed point"
        return settled if settled.ndim else bool(settled)

    def __len__(self) -> int:
        if self.initial.ndim == 1:
            raise TypeError("a trajectory of one state has no length; a batch has")
        return len(self.initial)

    def __getitem__(self, b: int) -> Trajectory:
        """The trajectory of row b of a batch."""
        rows = len(self)
        if not isinstance(b, Integral):
            raise TypeError(f"the index is {b!r}; a whole number, the row of one state, is wanted")
        if not -rows <= b < rows:
            raise IndexError(f"the index is {b}; a row of a batch of {rows} is wanted")
        b = range(rows)[b]
        replay = self._replay
        return Trajectory(
            self.initial[b],
            self.final[b],
            str(self.outcome[b]),
            int(self.cycle_length[b]),
            int(self.sweeps[b]),
            int(self.flips[b]),
            None if replay is None else lambda _: replay(b),
        )

    def _record(self) -> Record:
        if self._replay is None:
            raise ValueError("the way was not recorded; call recall(..., record=True)")
        if self.initial.ndim > 1:
            raise ValueError("this is a batch; choose a row first, as in trajectory[0].states")
        if "_cached" not in self.__dict__:
            object.__setattr__(self, "_cached", self._replay(0))
        return self.__dict__["_cached"]

    @property
    def states(self) -> NDArray[Any]:
        """(T + 1, N) array: the cue and every changed state after it, in order."""
        return self._record().replay(self.initial)

    @property
    def energies(self) -> NDArray[np.float64]:
        """(T + 1,) array: the energy of each of `states`."""
        return self._record().energies

    @property
    def times(self) -> NDArray[Any]:
        """(T + 1,) array: unit updates (synchronous: steps) done when the state appeared; first 0."""
        return self._record().times

    @property
    def units(self) -> list[NDArray[np.intp]]:
        """T arrays: the units (from 0) that flipped at each change."""
        return self._record().units

    def overlaps(self, patterns: ArrayLike) -> NDArray[np.float64]:
        """(T + 1, M) array: overlap of each of `states` with each pattern."""
        states = self.states
        if states.dtype.kind == "f":  # a continuous network
            s = np.atleast_2d(_check.real_array(patterns, "patterns"))
            return states @ s.T / states.shape[1]
        m = np.asarray(_patterns.overlap(states, patterns))
        return m[:, None] if m.ndim == 1 else m

    def __repr__(self) -> str:
        if self.initial.ndim == 1:
            length = f" of length {self.cycle_length}" if self.outcome == "cycle" else ""
            return f"Trajectory: {self.outcome}{length}; sweeps: {self.sweeps}, flips: {self.flips}"
        found = Counter(map(str, self.outcome))
        parts = ", ".join(f"{number} {outcome}" for outcome, number in sorted(found.items()))
        return f"Trajectory of {len(self)} states: {parts}"
