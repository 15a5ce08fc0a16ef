"""Max-cut: divide the units of a graph into two camps, with as many edges as possible between them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from hopfield_edu import _check
from hopfield_edu._types import Array
from hopfield_edu.problems._base import ATTRIBUTES, Best, Problem
from hopfield_edu.problems._terms import LARGE, MOST_UNITS, size

EXACT = 20  # units, of which all states are looked at


class MaxCut(Problem):
    """What `max_cut` returns; a state is the camp, -1 or +1, of every unit."""

    _fixed = ATTRIBUTES | {"edges"}

    def __init__(self, edges: Sequence[Any], N: int):
        N = size(N, "N")
        self.edges = _edges(edges, N)
        A = np.zeros((N, N))
        for i, j, w in self.edges:
            A[i, j] += w
            A[j, i] += w
        self.weights, self.bias, self.constant = -A / 2, np.zeros(N), float(A.sum() / 4)
        self.N, self.coding, self.groups, self.side, self.moved = N, "binary", (), None, np.zeros(N)

    def _costs(self, V: Array) -> Array:
        return self._energies(V)

    def _broken(self, V: Array) -> Array:
        return np.zeros(len(V))

    def _read(self, V: Array) -> tuple[list[int], list[int]]:
        return np.flatnonzero(V > 0).tolist(), np.flatnonzero(V < 0).tolist()

    def _best(self) -> Best | None:
        if self.N > EXACT:
            return None
        count = 1 << (self.N - 1)  # the last unit may stay: an inverse cuts the same
        least, state = np.inf, None
        for first in range(0, count, 1 << 14):
            codes = np.arange(first, min(first + (1 << 14), count))
            V = 2 * (codes[:, None] >> np.arange(self.N) & 1) - 1
            E = self._energies(V)
            if E.min() < least:
                least, state = float(E.min()), V[int(E.argmin())]
        assert state is not None
        return Best(least, state, f"all 2^{self.N - 1} cuts")


def _edges(edges: Any, N: int) -> tuple[tuple[int, int, float], ...]:
    """Edges (i, j, weight)."""
    found = []
    for k, edge in enumerate(_check.listed(edges, "edges", "edges", high=MOST_UNITS**2)):
        parts = _check.listed(edge, f"edges[{k}]", "numbers", high=3)
        if len(parts) < 2:
            raise ValueError(f"edges[{k}] is {_check.shown(edge)}; (i, j) or (i, j, weight) is wanted")
        i, j = (_check.count(unit, f"a unit of edges[{k}]", high=N - 1) for unit in parts[:2])
        if i == j:
            raise ValueError(f"edges[{k}] joins unit {i} to itself; two different units are wanted")
        weight = parts[2] if len(parts) == 3 else 1
        found.append((i, j, _check.number(weight, f"the weight of edges[{k}]", low=-LARGE, high=LARGE)))
    return tuple(found)


def max_cut(edges: Sequence[Any], N: int) -> MaxCut:
    """Two camps, so that the edges within a camp weigh as little as possible, and those between most.

    E = sum over edges of w (1 + y_i y_j) / 2, the weight that is not cut: w_ij = -w/2, no bias.

    Parameters
    ----------
    edges : list of (i, j) or (i, j, weight)
        Units from 0; a weight is 1 if not given.
    N : int
        Number of units.

    Returns
    -------
    MaxCut
        Units are -1 or +1. `read` gives the two camps, `cost` the weight that is not cut, `best` looks at all
        cuts of up to 20 units.

    Examples
    --------
    >>> triangle = max_cut([(0, 1), (1, 2), (0, 2)], 3)
    >>> triangle.read([1, -1, -1]), triangle.cost([1, -1, -1]), triangle.best().cost
    (([0], [1, 2]), 1.0, 1.0)
    """
    return MaxCut(edges, N)
