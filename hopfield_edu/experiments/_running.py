"""Sums that run along: count, mean and spread of numbers, in a memory that does not grow with them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from hopfield_edu import _check

LARGEST = 1e150  # the square of a larger number might overflow
VALUE = "value"  # the name of a result that has none


class Running(NamedTuple):
    """How many, mean and sum of squared deviations from the mean of the numbers seen so far.

    `followed_by` is the step of Welford (1962), `joined` that of Chan, Golub and LeVeque (1979). In floating
    point the order of the numbers matters for the last bits: who wants the same bits joins in the same order.

    Examples
    --------
    >>> few, more = Running.of([1.0, 2.0]), Running.of([6.0])
    >>> few.joined(more)
    Running(repeats=3, mean=3.0, squares=14.0)
    """

    repeats: int = 0
    mean: float = 0.0
    squares: float = 0.0

    @classmethod
    def of(cls, numbers: Iterable[float]) -> Running:
        """The sums of some numbers, one after the other."""
        kept = cls()
        for x in numbers:
            kept = kept.followed_by(x)
        return kept

    def followed_by(self, x: float) -> Running:
        """The sums with one number more."""
        count, apart = self.repeats + 1, x - self.mean
        mean = self.mean + apart / count
        return Running(count, mean, self.squares + apart * (x - mean))

    def joined(self, other: Running) -> Running:
        """The sums of these numbers and then of the others."""
        if not self.repeats:
            return other
        count, apart = self.repeats + other.repeats, other.mean - self.mean
        mean = self.mean + apart * other.repeats / count
        squares = self.squares + other.squares + apart**2 * self.repeats * other.repeats / count
        return Running(count, mean, squares)

    @property
    def error(self) -> float:
        """The standard error of the mean; NaN for a single number, of which no spread is known."""
        if self.repeats < 2:
            return math.nan
        return math.sqrt(self.squares / (self.repeats - 1) / self.repeats)


def numbers_of(result: Any) -> dict[str, float]:
    """What a function has returned, as numbers by name; a single number is called "value".

    Examples
    --------
    >>> numbers_of(True), numbers_of({"m": 0.5})
    ({'value': 1.0}, {'m': 0.5})
    """
    if not isinstance(result, Mapping):
        return {VALUE: _number(result, "the result")}
    if not result or not all(isinstance(name, str) and name for name in result):
        raise ValueError(f"the result is {_check.shown(result)}; numbers by their names are wanted")
    return {name: _number(value, f"the result {name!r}") for name, value in result.items()}


def _number(value: Any, name: str) -> float:
    """A number, or a flag as 0 or 1."""
    if getattr(value, "ndim", None) == 0:  # one of NumPy's
        value = value.item()
    if isinstance(value, bool):
        return float(value)
    return _check.number(value, name, low=-LARGEST, high=LARGEST)
