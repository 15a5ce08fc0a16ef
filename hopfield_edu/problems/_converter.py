"""A/D conversion: a voltage becomes a binary number."""

from __future__ import annotations

import numpy as np

from hopfield_edu import _check
from hopfield_edu._types import Array
from hopfield_edu.problems._base import ATTRIBUTES, Best, Problem
from hopfield_edu.problems._terms import squares

MOST = 20


class Converter(Problem):
    """What `converter` returns; unit k is the bit of value 2^k."""

    _fixed = ATTRIBUTES | {"bits", "value"}

    def __init__(self, bits: int, value: float):
        self.bits = _check.count(bits, "bits", low=1, high=MOST)
        self.value = _check.number(value, "value", low=-1e9, high=1e9)
        self._take(squares(2.0 ** np.arange(self.bits)[None], [self.value]), None)

    def _costs(self, V: Array) -> Array:
        return np.abs(V @ 2 ** np.arange(self.bits) - self.value)

    def _broken(self, V: Array) -> Array:
        return np.zeros(len(V))

    def _read(self, V: Array) -> int:
        return int(V @ 2 ** np.arange(self.bits))

    def _best(self) -> Best:
        number = int(np.clip(np.rint(self.value), 0, 2**self.bits - 1))
        return Best(abs(number - self.value), number >> np.arange(self.bits) & 1, "rounding")


def converter(bits: int = 4, value: float = 0.0) -> Converter:
    """A number between 0 and 2^bits - 1 as bits: E = 1/2 (value - sum_k 2^k V_k)^2.

    (Tank and Hopfield 1986.) The weights are -2^(j+k), the inputs 2^k value - 2^(2k-1).

    Parameters
    ----------
    bits : int
        Unit k stands for 2^k; at most 20.
    value : float
        The voltage.

    Returns
    -------
    Converter
        `read` gives the number, `cost` how far it is from the voltage, `best` rounds.

    Examples
    --------
    >>> problem = converter(4, 5.2)
    >>> problem.read([1, 0, 1, 0]), round(problem.cost([1, 0, 1, 0]), 9)
    (5, 0.2)
    >>> converter(4, 8.3).network().recall([0, 0, 0, 0], order=[3, 2, 1, 0]).final
    array([0, 0, 0, 1])
    """
    return Converter(bits, value)
