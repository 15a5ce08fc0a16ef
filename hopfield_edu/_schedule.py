"""Who moves when: the one source of the order of updates, for every recall and for every explorer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hopfield_edu import _check, _types

Units = NDArray[np.intp]


@dataclass(frozen=True)
class Schedule:
    """A schedule for N units.

    Attributes
    ----------
    kind : {"synchronous", "ordered", "random", "random-unit"}
    order : (N,) array, optional
        The fixed order of ``"ordered"``, if it is not 0, 1, ..., N-1.
    draw : function, optional
        Of the random kinds: rows of a batch -> an order (N,) for each, drawn from the row's own stream, so
        that its course does not depend on the other rows.
    """

    kind: _types.Schedule
    N: int
    order: Units | None = None
    draw: Callable[[NDArray[Any]], Units] | None = None

    @classmethod
    def of(
        cls,
        N: int,
        kind: Any,
        order: ArrayLike | None = None,
        rng: Any = None,
        B: int = 1,
        choices: tuple[_types.Schedule, ...] = _types.SCHEDULES,
        streams: list[np.random.Generator] | None = None,
    ) -> Schedule:
        """The schedule that a caller's arguments ask for, for a batch of B states.

        `streams`, one for each row, are those that the caller has spawned from `rng` for more than orders.
        """
        kind = _check.schedule(kind, choices)
        if order is not None:
            if kind != "ordered":
                raise ValueError(f'order belongs to schedule "ordered", not to "{kind}"')
            return cls(kind, N, order=_check.permutation(order, "order", N))
        if kind in ("synchronous", "ordered"):
            return cls(kind, N)
        if streams is None:
            streams = _check.generator(rng, f'schedule "{kind}"').spawn(B)
        if kind == "random":
            return cls(kind, N, draw=lambda rows: np.array([streams[b].permutation(N) for b in rows]))
        return cls(kind, N, draw=lambda rows: np.array([streams[b].integers(N, size=N) for b in rows]))

    @property
    def repeats(self) -> bool:
        """Whether every sweep is like the one before, so that a state that is met again means a cycle."""
        return self.draw is None

    def sweep(self, rows: NDArray[Any]) -> Units:
        """The units in the order of the next sweep: (N,) for all rows, or (rows, N), to each its own."""
        if self.draw is not None:
            return self.draw(rows)
        return np.arange(self.N) if self.order is None else self.order

    def steps(self, row: int = 0) -> Iterator[Units]:
        """The units of one row that are updated together, step after step, without end."""
        rows = np.array([row])
        while True:
            units = np.ravel(self.sweep(rows))
            yield from [units] if self.kind == "synchronous" else units[:, None]


def visits(
    N: int, schedule: _types.Schedule = "ordered", *, order: ArrayLike | None = None, rng: Any = None
) -> Iterator[Units]:
    """Who moves when in ``net.recall(state, schedule, order=order, rng=rng)`` of one state: without end, the
    units (from 0) that are updated together.

    All units in a step of ``"synchronous"``, otherwise a single one; N of these are a sweep. Nothing else may
    draw orders: whoever walks a network step by step takes the steps from here.

    Examples
    --------
    >>> from itertools import islice
    >>> [units.tolist() for units in islice(visits(2), 4)]
    [[0], [1], [0], [1]]
    >>> [units.tolist() for units in islice(visits(3, "synchronous"), 2)]
    [[0, 1, 2], [0, 1, 2]]
    """
    return Schedule.of(N, schedule, order, rng).steps()
