"""Exactness: weights and biases as whole numbers, and products with them that no rounding touches.

Decisions of a binary network rest on sums w_ij y_j. As whole numbers, small enough for single precision,
these are exact whatever the order of summation, so a tie is a tie. `Matrix` holds the weights themselves,
`Outer` only the patterns that Hebb's rule has made them from; the kernels ask both the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
LIMIT = 2**24  # up to here single precision holds every whole number
ROWS = 64  # of a matrix, handled together: no second matrix is made on the way


class Products(Protocol):
    """W and b times a `factor` that makes them whole, if there is one, and products with them.

    Units are numbers, arrays of numbers or slices; states come as rows y (B, N).
    """

    N: int
    dtype: np.dtype[Any]
    b: Array
    factor: int

    @property
    def diagonal(self) -> Array:
        """w_ii, (N,)."""

    @property
    def is_symmetric(self) -> bool:
        """Whether w_ij = w_ji to the last bit, so that energies may be followed flip by flip."""

    def product(self, y: Array, out: Array | None = None) -> Array:
        """sum_j w_ij y_j of every row."""

    def back(self, y: Array) -> Array:
        """sum_j w_ji y_j of every row."""

    def sent(self, units: Any) -> Array:
        """The weights w_ij from one unit j to all i, (N,), or from several, a new array (K, N)."""

    def heard(self, unit: int) -> Array:
        """The weights w_ij to one unit i from all j, (N,)."""

    def fields(self, part: slice, y: Array) -> Array:
        """sum_j w_ij y_j of the units i of a `part` only; a new array (B, units)."""

    def block(self, part: slice) -> Array:
        """The weights within a `part` of the units: [j, i] is that from j to i."""

    def matrix(self) -> Array:
        """All weights: [j, i] is that from j to i."""

    def renumbered(self, order: Array) -> Products:
        """The same with the units in another order."""


class Matrix:
    """The weights as an array: whole numbers in single precision where that is exact.

    Multiples of 1/N, as in ``hebb(s) / N``, and decimal fractions are multiplied first, so that ties stay
    ties. `eps` is the rounding of the numbers that were given, which may be that of a shorter format.
    """

    def __init__(self, weights: Array, bias: Array, eps: float):
        self.N = len(weights)
        for factor in (1, self.N, 10, 100, 1000):
            b = whole(factor * bias)
            if b is not None and _fits(weights, factor, eps, b):
                self.factor, self.b = factor, b.astype(np.float32)
                self.Wt = _single(weights, factor)
                break
        else:
            self.factor, self.b = 1, bias
            self.Wt = _turned(weights.astype(float, copy=False))
        self.dtype = self.Wt.dtype

    @cached_property
    def diagonal(self) -> Array:
        return np.diagonal(self.Wt)

    @cached_property
    def is_symmetric(self) -> bool:
        return _same_as_turned(self.Wt)

    def product(self, y: Array, out: Array | None = None) -> Array:
        return np.matmul(y, self.Wt, out=out)

    def back(self, y: Array) -> Array:
        return y @ self.Wt.T

    def sent(self, units: Any) -> Array:
        return self.Wt[units]

    def heard(self, unit: int) -> Array:
        return self.Wt[:, unit]

    def fields(self, part: slice, y: Array) -> Array:
        return y @ self.Wt[:, part]

    def block(self, part: slice) -> Array:
        return self.Wt[part, part]

    def matrix(self) -> Array:
        return self.Wt

    def renumbered(self, order: Array) -> Matrix:
        other = object.__new__(Matrix)
        other.N, other.dtype, other.factor = self.N, self.dtype, self.factor
        other.Wt, other.b = self.Wt[np.ix_(order, order)], self.b[order]
        return other


class Outer:
    """S'S minus `removed` on the diagonal, without the (N, N) array: 2 M N multiplications instead of N^2."""

    factor, is_symmetric = 1, True

    def __init__(self, patterns: Array, removed: int):
        self.dtype = np.dtype(np.float32 if 3 * patterns.size < LIMIT else float)
        self.S, self.removed = patterns.astype(self.dtype), self.dtype.type(removed)
        self.N = self.S.shape[1]
        self.b = np.zeros(self.N, self.dtype)
        self._parts: dict[int, list[tuple[slice, Array, Array]]] = {}

    def __getstate__(self) -> dict[str, Any]:
        return {**vars(self), "_parts": {}}  # which are made again where they are needed

    @property
    def diagonal(self) -> Array:
        return np.full(self.N, len(self.S) - self.removed)

    def product(self, y: Array, out: Array | None = None) -> Array:
        done = np.matmul(y @ self.S.T, self.S, out=out)
        done -= self.removed * y
        return done

    back = product

    def sent(self, units: Any) -> Array:
        rows = self.S[:, units].T @ self.S
        np.put_along_axis(rows, np.asarray(units)[..., None], len(self.S) - self.removed, axis=-1)
        return rows

    heard = sent

    def fields(self, part: slice, y: Array) -> Array:
        return y @ self.sent(np.arange(self.N)[part]).T

    def block(self, part: slice) -> Array:
        block = self.S[:, part].T @ self.S[:, part]
        np.fill_diagonal(block, len(self.S) - self.removed)
        return block

    def matrix(self) -> Array:
        return self.block(slice(None))

    def parts(self, size: int) -> list[tuple[slice, Array, Array]]:
        """So many units at a time: their patterns, and their weights to later ones of the same part."""
        if size not in self._parts:
            self._parts[size] = in_parts(self.S, size)
        return self._parts[size]

    def renumbered(self, order: Array) -> Outer:
        return Outer(self.S[:, order], int(self.removed))


def in_parts(S: Array, size: int) -> list[tuple[slice, Array, Array]]:
    """So many units at a time, of one network (M, N) or of several: part, its patterns, and the weights S'S
    within it from each unit to later ones."""
    slices = (slice(first, first + size) for first in range(0, S.shape[-1], size))
    owned = ((part, S[..., part]) for part in slices)
    return [(part, own, np.triu(own.swapaxes(-1, -2) @ own, 1)) for part, own in owned]


def whole(values: Array, eps: float = float(np.finfo(float).eps)) -> Array | None:
    """`values` as the whole numbers that they are up to a few times their relative rounding, or None.

    Examples
    --------
    >>> whole(np.array([3 * (0.1 + 0.2) / 0.3, 2])), whole(np.array([0.5])) is None
    (array([3., 2.]), True)
    """
    rounded = np.rint(values)
    near = np.minimum(4 * eps * np.abs(rounded), 0.01)
    return rounded if (np.abs(values - rounded) <= near).all() else None


def _parts(N: int) -> Iterator[slice]:
    return (slice(start, start + ROWS) for start in range(0, N, ROWS))


def _fits(weights: Array, factor: int, eps: float, b: Array) -> bool:
    """Whether the weights times a factor are whole, and every sum exact in single precision."""
    for rows in _parts(len(weights)):
        W = whole(factor * weights[rows].astype(float), eps)
        if W is None or not 3 * (np.abs(W).sum(axis=1) + np.abs(b[rows])).max() < LIMIT:
            return False  # thrice: a field and twice a change of it
    return True


def _single(weights: Array, factor: int) -> Array:
    """W' times the factor, rounded, in single precision; `weights` themselves if nothing is to be done."""
    if factor == 1 and weights.dtype == np.float32 and _same_as_turned(weights, rounded=True):
        return weights
    Wt = np.empty(weights.shape, np.float32)
    for rows in _parts(len(weights)):
        Wt[:, rows] = np.rint(factor * weights[rows].astype(float)).T
    return Wt


def _turned(weights: Array) -> Array:
    """W' with its rows in one piece; `weights` themselves if they are symmetric."""
    return weights if _same_as_turned(weights) else np.ascontiguousarray(weights.T)


def _same_as_turned(W: Array, rounded: bool = False) -> bool:
    """Whether W = W' to the last bit, and if asked for whether it holds whole numbers."""
    return all(
        np.array_equal(W[rows], W[:, rows].T) and (not rounded or np.array_equal(W[rows], np.rint(W[rows])))
        for rows in _parts(len(W))
    )
