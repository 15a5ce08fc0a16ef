"""Terms of an energy: what a problem wants, written as wishes and rules, and turned into weights.

    E = -1/2 sum_ij T_ij V_i V_j - sum_i I_i V_i + constant           V_i is 0 or 1

A rule "so many of these units are on" is a square, 1/2 (sum V_i - count)^2. Multiplied out, its products of
two different units are weights. Its squares V_i^2 equal V_i, so they are inputs: no unit speaks to itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from hopfield_edu import _check
from hopfield_edu._frozen import Frozen
from hopfield_edu._types import Array, Reals

MOST_UNITS = 5000
LARGE = 1e100  # costs and strengths: their products must not overflow

Groups = Sequence[Sequence[int]]


class Terms(Frozen):
    """An energy of N units that are 0 or 1: add terms, and multiply them by a strength.

    Parameters
    ----------
    weights : (N, N) array
        T_ij, symmetric. What stands on the diagonal goes to the inputs, for V_i^2 = V_i.
    bias : (N,) array, optional
        I_i; zero if not given.
    constant : float
        What the energy is when all units are off.

    Attributes
    ----------
    weights : (N, N) array
        Symmetric, with a zero diagonal.
    bias, constant, N
        As given, with the diagonal moved.
    moved : (N,) array
        The diagonal that was moved to `bias`. Graded units need it back (`Problem.graded`).

    Examples
    --------
    >>> one = exactly([[0, 1, 2]], 3)  # one of three units is on
    >>> two = linear([5, 3, 4])  # and it is better a cheap one
    >>> (2 * one + two).energy([[0, 0, 0], [0, 1, 0], [1, 1, 0]])
    array([1., 3., 9.])
    """

    _fixed = frozenset({"weights", "bias", "constant", "moved", "N"})

    def __init__(self, weights: ArrayLike, bias: ArrayLike | None = None, constant: float = 0.0):
        W = np.array(_check.weights(weights, symmetric=True), float)
        _check.real_array(W, "weights", largest=LARGE)
        given = np.zeros(len(W)) if bias is None else _check.vector(bias, "bias", len(W))
        _check.real_array(given, "bias", largest=LARGE)
        number = _check.number(constant, "constant", low=-LARGE, high=LARGE)
        self._set(W, np.array(given), number, np.diag(W).copy())

    def _set(
        self, W: Array, bias: Array, constant: float, diagonal: Array, moved: Array | None = None
    ) -> None:
        np.fill_diagonal(W, 0)
        self.weights, self.bias, self.constant = W, bias + diagonal / 2, float(constant)
        self.moved, self.N = diagonal if moved is None else moved, len(W)

    @classmethod
    def _made(cls, W: Array, bias: Array, constant: float, moved: Array) -> Terms:
        new = cls.__new__(cls)
        new._set(W, bias, constant, np.zeros(len(W)), moved)
        return new

    def __repr__(self) -> str:
        return f"Terms of {self.N} units, {np.count_nonzero(self.weights) // 2} weights"

    def __add__(self, other: Any) -> Terms:
        if not isinstance(other, Terms):
            return NotImplemented
        if other.N != self.N:
            raise ValueError(
                f"terms of {self.N} and of {other.N} units cannot be added; give both the same N"
            )
        W, bias = self.weights + other.weights, self.bias + other.bias
        return self._made(W, bias, self.constant + other.constant, self.moved + other.moved)

    def __mul__(self, strength: Any) -> Terms:
        if not np.isscalar(strength) or isinstance(strength, str):
            return NotImplemented
        a = _check.number(strength, "strength", low=-LARGE, high=LARGE)
        return self._made(a * self.weights, a * self.bias, a * self.constant, a * self.moved)

    __rmul__ = __mul__

    def energy(self, state: ArrayLike) -> Any:
        """E of a state of 0/1, (N,) or (B, N): float, or (B,) array."""
        V = _check.two_valued(state, "state", (0, 1))
        if V.ndim not in (1, 2) or V.shape[-1] != self.N:
            hint = _check.remedy(V.shape, "state", self.N)
            raise ValueError(f"state has shape {V.shape}; ({self.N},) or (B, {self.N}) is wanted{hint}")
        E = self.constant - ((V @ self.weights / 2 + self.bias) * V).sum(axis=-1)
        return float(E) + 0.0 if E.ndim == 0 else E + 0.0


def squares(rows: ArrayLike, targets: ArrayLike, strengths: ArrayLike = 1.0) -> Terms:
    """1/2 sum_k A_k (sum_i C_ki V_i - t_k)^2: sums that are to hit their targets.

    Parameters
    ----------
    rows : (K, N) array
        C: in each row the coefficients of one sum.
    targets : (K,) array or float
        t_k.
    strengths : (K,) array or float
        A_k.

    Returns
    -------
    Terms
        T = -C'AC without its diagonal, and the inputs C'A t - diagonal / 2.

    Examples
    --------
    >>> squares([[1, 2]], [3]).energy([[0, 0], [1, 1]])
    array([4.5, 0. ])
    """
    C = _check.real_array(rows, "rows", largest=LARGE).astype(float)
    if C.ndim != 2 or C.size == 0:
        raise ValueError(
            f"rows has shape {C.shape}; (K, N) is wanted, the coefficients of one sum in each row"
        )
    size(C.shape[1], "the number of columns of rows")
    t, A = _each(targets, "targets", len(C)), _each(strengths, "strengths", len(C))
    W = -(C.T * A) @ C
    return Terms(W, (A * t) @ C, float(A @ t**2) / 2)


def exactly(groups: Groups, N: int, count: ArrayLike = 1) -> Terms:
    """1/2 sum over groups of (number of units on - count)^2: in each group just so many are to be on.

    Parameters
    ----------
    groups : list of lists of int
        Units, from 0. Each list is a group.
    N : int
        Number of units altogether.
    count : int, or one for each group

    Examples
    --------
    >>> exactly([[0, 1], [1, 2]], 3).energy([[0, 1, 0], [1, 1, 0]])
    array([0. , 0.5])
    """
    C = membership(groups, N)
    return squares(C, _each(count, "count", len(C)))


def at_most_one(groups: Groups, N: int) -> Terms:
    """The number of pairs that are both on: in each group not more than one unit is to be on.

    Examples
    --------
    >>> at_most_one([[0, 1, 2]], 3).energy([[0, 0, 0], [0, 1, 0], [1, 1, 1]])
    array([0., 0., 3.])
    """
    C = membership(groups, N)
    together = C.T @ C
    np.fill_diagonal(together, 0)
    return Terms(-together)


def linear(costs: ArrayLike) -> Terms:
    """sum_i c_i V_i: what it costs that a unit is on.

    Examples
    --------
    >>> linear([5, 3]).energy([1, 1])
    8.0
    """
    c = _check.real_array(costs, "costs", largest=LARGE).astype(float)
    if c.ndim != 1 or c.size == 0:
        raise ValueError(
            f"costs has shape {c.shape}; (N,) is wanted{_check.remedy(c.shape, 'costs', c.size)}"
        )
    N = size(c.size, "the length of costs")
    return Terms(np.zeros((N, N)), -c)


def pairs(costs: ArrayLike) -> Terms:
    """sum over pairs of Q_ij V_i V_j, each pair once: what it costs that two units are both on.

    Parameters
    ----------
    costs : (N, N) array
        Q, symmetric, with a zero diagonal.

    Examples
    --------
    >>> pairs([[0, 3], [3, 0]]).energy([[1, 0], [1, 1]])
    array([0., 3.])
    """
    Q = _check.weights(costs, "costs", symmetric=True)
    if np.diag(Q).any():
        raise ValueError("costs has a diagonal; what a single unit costs goes into linear(costs)")
    return Terms(-Q.astype(float))


def membership(groups: Any, N: Any) -> Reals:
    """(K, N) array of 0/1: which units are in which group."""
    N = size(N, "N")
    lists = _check.listed(groups, "groups", "groups", high=MOST_UNITS)
    if not lists:
        raise ValueError("groups is empty; at least one group is wanted")
    C = np.zeros((len(lists), N))
    for k, group in enumerate(lists):
        members = _check.listed(group, f"groups[{k}]", "units", high=N)
        for i in members:
            C[k, _check.count(i, f"a unit of groups[{k}]", high=N - 1)] += 1
    if (C > 1).any():
        raise ValueError(f"groups[{int(np.argwhere(C > 1)[0, 0])}] holds a unit twice")
    return C


def size(value: Any, name: str) -> int:
    """A number of units, with the memory of their weights."""
    return _check.count(value, name, low=1, high=MOST_UNITS)


def _each(values: Any, name: str, K: int) -> Reals:
    """One number for each of K rows, also if one is given for all."""
    array = _check.real_array(values, name, largest=LARGE).astype(float)
    if array.ndim > 1 or (array.ndim == 1 and array.shape != (K,)):
        raise ValueError(
            f"{name} has shape {array.shape}; one number, or one for each of {K} rows, is wanted"
        )
    return np.broadcast_to(array, (K,))
