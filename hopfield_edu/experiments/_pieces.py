"""What is done in one go: some repeats of one point, each with random numbers of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from hopfield_edu.experiments._running import Running, numbers_of

MOST_BLOCKS = 32  # of a point, unless the caller says how long a block is


class Task(NamedTuple):
    """Repeats `start` to `stop` - 1 of point number `point`: block number `block` of it."""

    function: Callable[..., Any]
    given: tuple[Any, ...]
    named: dict[str, Any]
    chance: str  # by which name the function takes its generator; it comes last if by none
    seed: int
    point: int
    block: int
    start: int
    stop: int

    def run(self) -> Piece:
        """Do it. This is what travels to another process."""
        kept: dict[str, Running] = {}
        names: list[str] | None = None
        for repeat in range(self.start, self.stop):
            try:
                found = numbers_of(self._once(repeat))
                if names is not None and sorted(found) != sorted(names):
                    raise ValueError(f"function returns {list(found)} here and {names} before")
            except Exception as error:
                error.add_note(f"in the sweep: point {self.point}, repeat {repeat}, seed {self.seed}")
                raise
            names = list(found)
            for name, x in found.items():
                kept[name] = kept.get(name, Running()).followed_by(x)
        return Piece(self.point, self.block, kept)

    def _once(self, repeat: int) -> Any:
        rng = generator(self.seed, self.point, repeat)
        if self.chance:
            return self.function(*self.given, **self.named, **{self.chance: rng})
        return self.function(*self.given, rng, **self.named)


class Piece(NamedTuple):
    """What came of a task: the sums of each result, by its name."""

    point: int
    block: int
    sums: dict[str, Running]


def generator(seed: int, point: int, repeat: int) -> np.random.Generator:
    """The random numbers of one repeat of one point: they depend on nothing else.

    Examples
    --------
    >>> a, b = generator(0, 3, 7), generator(0, 3, 8)
    >>> bool(a.random() == generator(0, 3, 7).random()), bool(a.random() == b.random())
    (True, False)
    """
    return np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(point, repeat)))
