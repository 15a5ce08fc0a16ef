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
from hopfield_edu._frozen import frozen
from hopfield_edu._types import Array


class Record(NamedTuple):
    """The way of one state: it changed at `times`, when `units` flipped (a (T, 1) array where it was one at a
    time); energies as far as known."""

    times: NDArray[Any]
    units: list[NDArray[np.intp]] | NDArray[np.intp]
    energies: NDArray[np.float64] | None = None
    states: NDArray[Any] | None = None

    def replay(self, initial: NDArray[Any]) -> NDArray[Any]:
        """(T + 1, N) array: the states as kept, or `initial` with the flips made one after the other."""
        if self.states is not None:
            return self.states
        signs = np.ones((len(self.units) + 1, len(initial)), np.int8)
        if isinstance(self.units, np.ndarray):
            np.put_along_axis(signs[1:], self.units, -1, axis=1)
        else:
            for k, flipped in enumerate(self.units):
                signs[k + 1, flipped] = -1
        return initial * signs.cumprod(axis=0, dtype=np.int8)


class _Kept(NamedTuple):
    """The ways of all rows, looked up: what a trajectory takes along when it is copied or pickled."""

    records: list[Record]

    def __call__(self, b: int) -> Record:
        return self.records[b]


@dataclass(frozen=True, eq=False)
class Trajectory:
    """The course of a recall, of one state (N,) or of a batch (B, N).

    Attributes
    ----------
    initial, final : (N,) or (B, N) array
        The cue (read-only) and where it ended.
    outcome : str or (B,) array of str
        ``"fixed point"``, ``"cycle"`` or ``"step limit"`` (neither was reached before `max_sweeps`).
    cycle_length : int or (B,) array
        1 for a fixed point, the number of sweeps (synchronous: steps) for a cycle, 0 at the limit.
    sweeps : int or (B,) array
        Sweeps until the last change; for a cycle or at the limit, all sweeps done.
    flips : int or (B,) array
        Number of times a unit changed its value.
    """

    initial: Array
    final: Array
    outcome: Any
    cycle_length: Any
    sweeps: Any
    flips: Any
    _replay: Callable[[int], Record] | None = field(default=None, repr=False)
    _values: tuple[int, int] = field(default=(-1, 1), repr=False)  # of a binary unit

    @classmethod
    def of(
        cls,
        cue: Array,
        final: Array,
        outcome: Array,
        sweeps: Array,
        flips: Array | None = None,
        cycle_length: Array | None = None,
        replay: Callable[[int], Record] | None = None,
        values: tuple[int, int] = (-1, 1),
    ) -> Trajectory:
        """What a model has found out about a batch, as its caller gave the cue: one state (N,), or (B, N).

        `cycle_length` is 1 for fixed points and else 0, and there are no flips, if not given. `replay` gives
        the recorded way of row b.
        """
        batch = np.atleast_2d(cue)
        if batch.flags.writeable:  # a model may hand over a read-only copy of its own
            batch = frozen(batch.copy())
        none = np.zeros(len(batch), int)
        if cycle_length is None:
            cycle_length = (outcome == "fixed point").astype(int)
        told = cycle_length, sweeps, none if flips is None else flips
        whole = cls(batch, final, outcome, *told, replay, values)
        return whole if np.ndim(cue) == 2 else whole[0]

    @classmethod
    def from_states(cls, states: ArrayLike, energies: ArrayLike | None = None) -> Trajectory:
        """The trajectory of a dynamics of your own, for every plot that takes one.

        Parameters
        ----------
        states : (T + 1, N) array
            Where it began, and the state after every step: of ±1, or real numbers.
        energies : (T + 1,) array, optional
            The energy of each state, if there is one.

        Returns
        -------
        Trajectory
            Its ``times`` are 0, 1, ..., T, its ``units`` those that changed in each step. If the last step
            changed nothing it is said to be at a fixed point, otherwise at the step limit.

        Examples
        --------
        >>> run = Trajectory.from_states([[1, 1], [1, -1], [1, -1]], energies=[1, -1, -1])
        >>> run, run.energies
        (Trajectory: fixed point; sweeps: 1, flips: 1, array([ 1., -1., -1.]))
        """
        given = _check.real_array(states, "states")
        if given.ndim != 2 or given.size == 0:
            hint = "; a picture comes flat, one state per row" if given.ndim == 3 else ""
            raise ValueError(
                f"states has shape {given.shape}; (T + 1, N), one state per row, is wanted{hint}"
            )
        kept = frozen(np.array(given, dtype=float if given.dtype.kind == "f" else int))
        if (np.abs(kept) == 1).all():
            kept = frozen(kept.astype(int))
        E = None if energies is None else frozen(np.array(_check.real_array(energies, "energies"), float))
        if E is not None and E.shape != (len(kept),):
            raise ValueError(f"energies has shape {E.shape}; ({len(kept)},), one for each state, is wanted")
        zero_one = kept.dtype == int and np.isin(kept, (0, 1)).all() and not kept.all()
        changed = kept[1:] != kept[:-1]
        units = [np.flatnonzero(row) for row in changed]
        moved = np.flatnonzero(changed.any(axis=1))
        rests = len(kept) > 1 and not changed[-1].any()
        return cls.of(
            kept[0],
            kept[-1:].copy(),
            np.array(["fixed point" if rests else "step limit"]),
            moved[-1:] + 1 if moved.size else np.zeros(1, int),
            changed.sum(keepdims=True)[0],
            replay=lambda _: Record(np.arange(len(kept)), units, E, kept),
            values=(0, 1) if zero_one else (-1, 1),
        )

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
            raise TypeError(
                f"the index is {_check.shown(b)}; a whole number, the row of one state, is wanted"
            )
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
            self._values,
        )

    def __getstate__(self) -> dict[str, Any]:
        """Everything, with the ways that have not been asked for yet; then no model need travel along."""
        state = {name: value for name, value in self.__dict__.items() if name != "_cached"}
        if self._replay is not None:
            rows = 1 if self.initial.ndim == 1 else len(self)
            state["_replay"] = _Kept([self._replay(b) for b in range(rows)])
        return state

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        frozen(self.initial)

    def _record(self) -> Record:
        if self._replay is None:
            raise ValueError("the way was not recorded; call recall(..., record=True)")
        if self.initial.ndim > 1:
            raise ValueError("this is a batch; choose a row first, as in trajectory[0].states")
        if "_cached" not in self.__dict__:
            object.__setattr__(self, "_cached", self._replay(0))
        found: Record = self.__dict__["_cached"]
        return found

    @property
    def states(self) -> NDArray[Any]:
        """(T + 1, N) array: the cue and every changed state after it, in order."""
        return self._record().replay(self.initial)

    @property
    def energies(self) -> NDArray[np.float64]:
        """(T + 1,) array: the energy of each of `states`."""
        known = self._record().energies
        if known is None:
            raise ValueError("no energies are known; give them: Trajectory.from_states(states, energies)")
        return known

    @property
    def times(self) -> NDArray[Any]:
        """(T + 1,) array: unit updates (synchronous: steps) done when the state appeared; first 0."""
        return self._record().times

    @property
    def units(self) -> list[NDArray[np.intp]]:
        """T arrays: the units (from 0) that flipped at each change."""
        record = self._record()
        units = record.units
        if not isinstance(units, list):  # a list is made once, and only if it is asked for
            units = list(units)
            object.__setattr__(self, "_cached", record._replace(units=units))
        return units

    def overlaps(self, patterns: ArrayLike) -> NDArray[np.float64]:
        """(T + 1, M) array: overlap of each of `states` with each pattern."""
        states = self.states
        if states.dtype.kind == "f":  # a continuous network
            s = np.atleast_2d(_check.real_array(patterns, "patterns"))
            return states @ s.T / states.shape[1]
        if self._values == (0, 1):
            states, patterns = 2 * states - 1, _patterns.to_bipolar(patterns)
        m = np.asarray(_patterns.overlap(states, patterns))
        return m[:, None] if m.ndim == 1 else m

    def __repr__(self) -> str:
        if self.initial.ndim == 1:
            length = f" of length {self.cycle_length}" if self.outcome == "cycle" else ""
            return f"Trajectory: {self.outcome}{length}; sweeps: {self.sweeps}, flips: {self.flips}"
        found = Counter(map(str, self.outcome))
        parts = ", ".join(f"{number} {outcome}" for outcome, number in sorted(found.items()))
        return f"Trajectory of {len(self)} states: {parts}"
