"""n queens on a board, none of which attacks another."""

from __future__ import annotations

import numpy as np

from hopfield_edu import _check
from hopfield_edu._types import Array
from hopfield_edu.problems._assignment import off_by
from hopfield_edu.problems._base import ATTRIBUTES, Best, Problem, lines, picked
from hopfield_edu.problems._terms import LARGE, at_most_one, exactly

MOST = 40


class Queens(Problem):
    """What `queens` returns; a state is the board (n, n), row by row."""

    _fixed = ATTRIBUTES | {"n", "diagonals"}

    def __init__(self, n: int, line: float, diagonal: float):
        self.n = n = _check.count(n, "n", low=1, high=MOST)
        line = _check.positive(line, "line", zero=True, high=LARGE)
        diagonal = _check.positive(diagonal, "diagonal", zero=True, high=LARGE)
        rows, columns = lines(n)
        self.diagonals = tuple(tuple(cells) for cells in diagonals(n))
        terms = line * exactly(rows + columns, n * n)
        if self.diagonals:
            terms = terms + diagonal * at_most_one(self.diagonals, n * n)
        self._take(terms, rows, n)

    def _costs(self, V: Array) -> Array:
        return np.zeros(len(V))

    def _broken(self, V: Array) -> Array:
        crowded = sum(
            (np.maximum(V[:, list(d)].sum(axis=1) - 1, 0) for d in self.diagonals), np.zeros(len(V))
        )
        return off_by(V, self.n) + crowded

    def _read(self, V: Array) -> Array:
        return picked(V.reshape(self.n, self.n))

    def _best(self) -> Best | None:
        if self.n in (2, 3):
            return None
        V = np.zeros((self.n, self.n), int)
        V[np.arange(self.n), placed(self.n)] = 1
        return Best(0.0, V.ravel(), "a pattern known since 1874 (Pauls)")


def diagonals(n: int) -> list[list[int]]:
    """The diagonals of at least two squares, in both directions."""
    board = np.arange(n * n).reshape(n, n)
    both = [turned.diagonal(k).tolist() for turned in (board, board[:, ::-1]) for k in range(2 - n, n - 1)]
    return [cells for cells in both if len(cells) > 1]


def placed(n: int) -> list[int]:
    """The columns of n queens in peace, row by row: steps of a knight, mended for some n."""
    even, odd = list(range(2, n + 1, 2)), list(range(1, n + 1, 2))
    if n % 6 == 2:
        odd = [3, 1, *odd[3:], 5]
    elif n % 6 == 3:
        even, odd = [*even[1:], 2], [*odd[2:], 1, 3]
    return [column - 1 for column in even + odd]


def queens(n: int = 8, *, line: float = 1.0, diagonal: float = 1.0) -> Queens:
    """n queens: one in every row and column, at most one on every diagonal.

    E = line/2 [ sum over rows and columns (sum V - 1)^2 ] + diagonal * (pairs on a common diagonal).
    (Named in Hopfield, Scholarpedia, "Computation through optimization".)

    Parameters
    ----------
    n : int
        Rows and columns; at most 40.
    line, diagonal : float
        What it costs to break a rule of rows and columns, and of diagonals.

    Returns
    -------
    Queens
        `read` gives the column of the queen in every row (-1: none, or several). E = 0 is a solution.

    Examples
    --------
    >>> problem = queens(4)
    >>> board = [0, 1, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 1, 0]
    >>> problem.energy(board), problem.read(board)
    (0.0, array([1, 3, 0, 2]))
    """
    return Queens(n, line, diagonal)
