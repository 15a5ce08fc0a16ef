"""Sudoku: the givens are held, and all other units find their places."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import resources
from itertools import islice
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from hopfield_edu import _check
from hopfield_edu._frozen import frozen
from hopfield_edu._types import Array, States
from hopfield_edu.problems._base import ATTRIBUTES, Best, Problem
from hopfield_edu.problems._cover import covers
from hopfield_edu.problems._terms import exactly

SIDES = {4: 2, 9: 3}  # of a board and of its boxes
LEVELS = (44, 40, 38, 36, 34, 32, 30, 29, 28, 27, 26, 25)  # givens of the puzzles that travel along
FILE = "sudoku.txt"


class Sudoku(Problem):
    """What `sudoku` returns; there is a unit for every digit that an empty cell may still have.

    Attributes
    ----------
    board : (n, n) array
        The givens; 0 is empty.
    units : (N, 3) array
        Row, column (from 0) and digit of each unit.
    """

    _fixed = ATTRIBUTES | {"board", "units", "targets", "rules", "exclude"}

    def __init__(self, board: ArrayLike | str, exclude: bool):
        self.board, self.exclude = _board(board), _check.flag(exclude, "exclude")
        may = possible(self.board) if self.exclude else np.ones(3 * (len(self.board),), bool)
        self.units = np.argwhere((self.board == 0)[..., None] & may) + [0, 0, 1]
        self._check_cells()
        wanted, members = self._open_rules()
        self.targets = np.array(wanted, int)
        rules = np.zeros((len(members), len(self.units)), int)
        for k, units in enumerate(members):
            rules[k, units] = 1
        self.rules = rules
        cells = members[: int((self.board == 0).sum())]
        self._take(exactly(members, len(self.units), self.targets), cells)

    def _check_cells(self) -> None:
        """Refuse a board that is full, and one with a cell for which nothing is left."""
        lonely = self.board == 0
        if not lonely.any():
            raise ValueError("board has no empty cell; there is nothing to solve")
        lonely[tuple(self.units.T[:2])] = False
        if lonely.any():
            r, c = np.argwhere(lonely)[0]
            raise ValueError(f"board leaves no digit for row {r + 1}, column {c + 1}")

    def _open_rules(self) -> tuple[list[int], list[list[int]]]:
        """For each rule how many units are to be on, and which may: empty cells first."""
        n = len(self.board)
        found: dict[tuple[str, int, int], tuple[int, list[int]]] = {}
        for r, c in zip(*np.nonzero(self.board == 0), strict=True):
            found[("cell", int(r), int(c))] = (1, [])
        for kind, k in ((kind, k) for kind in ("row", "column", "box") for k in range(n)):
            for d in range(1, n + 1):
                given = bool((_house(self.board, kind, k) == d).any())
                found[(kind, k, d)] = (int(not given), [])
        for i, (r, c, d) in enumerate(self.units.tolist()):
            for rule in _rules_of(r, c, d, n):
                found[rule][1].append(i)
        open_rules = [rule for rule in found.values() if rule[1] or rule[0]]
        return [count for count, _ in open_rules], [units for _, units in open_rules]

    def __repr__(self) -> str:
        return f"Sudoku with {int((self.board > 0).sum())} givens, {self.N} units"

    def _costs(self, V: Array) -> Array:
        return np.zeros(len(V))

    def _broken(self, V: Array) -> Array:
        return np.abs(V @ self.rules.T - self.targets).sum(axis=1)

    def _read(self, V: Array) -> States:
        full = self.board.copy()
        for cell in self.groups:
            on = [i for i in cell if V[i]]
            if len(on) == 1:
                r, c, d = self.units[on[0]]
                full[r, c] = d
        return full

    def _best(self) -> Best | None:
        full = next(solutions(self.board), None)
        if full is None:
            return None
        r, c, d = self.units.T
        return Best(0.0, (full[r, c] == d).astype(int), "exact cover (Knuth 2000)")

    def wrong(self, state: ArrayLike) -> Array:
        """(n, n) array of booleans: cells without a digit, or whose digit occurs twice in a house.

        Examples
        --------
        >>> problem = sudoku("12.. 34.. 21.. 43..")
        >>> int(problem.wrong(problem.best().state).sum())
        0
        """
        return clashes(self.read(state))


def sudoku(board: ArrayLike | str, *, exclude: bool = True) -> Sudoku:
    """A Sudoku of 4 x 4 or 9 x 9 cells: E = 1/2 sum over rules (units on - 1)^2, with all strengths one.

    A unit is a digit in a cell. The rules: one digit in each cell; each digit once in each row, column and
    box. Givens are held: their units are on for good, and have gone into the targets of the rules.

    Parameters
    ----------
    board : (n, n) array, or a text
        0 is empty. As text: digits row by row, with "." or "0" for empty; spaces and line ends do not count.
    exclude : bool
        Hold off also what a given in the same row, column or box forbids. It leaves fewer units and the same
        solutions.

    Returns
    -------
    Sudoku
        `read` gives the board (0: no digit, or several), `violations` the rules that are broken.

    Examples
    --------
    >>> problem = sudoku("1... ..3. .2.. ...4")
    >>> problem
    Sudoku with 4 givens, 20 units
    >>> problem.energy(problem.best().state), problem.read(problem.best().state)[0]
    (0.0, array([1, 3, 4, 2]))
    """
    return Sudoku(board, exclude)


def _board(board: Any) -> States:
    if isinstance(board, str):
        signs = [sign for sign in board if not sign.isspace()]
        if len(signs) not in (16, 81) or any(sign not in ".0123456789" for sign in signs):
            raise ValueError(
                f"board is {_check.shown(board)}; 16 or 81 digits, with '.' for empty cells, are wanted"
            )
        side = int(len(signs) ** 0.5)
        values = np.array([0 if sign == "." else int(sign) for sign in signs]).reshape(side, side)
    else:
        values = np.array(_check.real_array(board, "board"))
    if values.shape not in ((4, 4), (9, 9)):
        raise ValueError(f"board has shape {values.shape}; (4, 4) or (9, 9) is wanted")
    n = len(values)
    if not np.isin(values, range(n + 1)).all():
        raise ValueError(f"board holds something else than 0 (empty) and the digits 1 to {n}")
    values = values.astype(int)
    if (values[clashes(values)] > 0).any():
        r, c = np.argwhere(clashes(values) & (values > 0))[0]
        raise ValueError(
            f"board has {values[r, c]} twice in a row, column or box (see row {r + 1}, column {c + 1})"
        )
    return values


def _rules_of(r: int, c: int, d: int, n: int) -> tuple[tuple[str, int, int], ...]:
    """The four rules that a digit in a cell obeys."""
    s = SIDES[n]
    return ("cell", r, c), ("row", r, d), ("column", c, d), ("box", r // s * s + c // s, d)


def _house(board: States, kind: str, k: int) -> States:
    """The cells of a row, column or box."""
    s = SIDES[len(board)]
    if kind == "box":
        r, c = k // s * s, k % s * s
        return board[r : r + s, c : c + s]
    return board[k] if kind == "row" else board[:, k]


def _in_houses(board: States) -> tuple[Array, Array, Array, Array]:
    """Whether a cell has a digit, (n, n, n), and how often its row, column and box have it."""
    n, s = len(board), SIDES[len(board)]
    has = board[:, :, None] == np.arange(1, n + 1)
    boxes = has.reshape(s, s, s, s, n).sum(axis=(1, 3)).repeat(s, axis=0).repeat(s, axis=1)
    return has, has.sum(axis=1)[:, None], has.sum(axis=0)[None], boxes


def possible(board: States) -> Array:
    """(n, n, n) booleans: the digits that the row, column and box of a cell do not have yet."""
    _, rows, columns, boxes = _in_houses(board)
    return np.asarray(rows + columns + boxes == 0)


def clashes(board: States) -> Array:
    """(n, n) booleans: cells that are empty, or whose digit occurs again in the same house."""
    has, rows, columns, boxes = _in_houses(board)
    twice = (rows > 1) | (columns > 1) | (boxes > 1)
    return np.asarray((board == 0) | (has & twice).any(axis=2))


def solutions(board: ArrayLike | str, rng: Any = None) -> Iterator[States]:
    """All solutions of a Sudoku, found by exact cover; with `rng`, in an order of its own.

    Examples
    --------
    >>> len(list(solutions("1... ..3. .2.. ...4")))
    1
    """
    given = _board(board)
    n = len(given)
    units = [(r, c, d) for r in range(n) for c in range(n) for d in range(1, n + 1) if given[r, c] in (0, d)]
    if rng is not None:
        _check.generator(rng, "solutions").shuffle(units)
    numbers: dict[Any, int] = {}
    for r, c, d in [(r, c, d) for r in range(n) for c in range(n) for d in range(1, n + 1)]:
        for rule in _rules_of(r, c, d, n):
            numbers.setdefault(rule, len(numbers))
    rows = [[numbers[rule] for rule in _rules_of(*unit, n)] for unit in units]
    for chosen in covers(rows, len(numbers)):
        full = np.zeros((n, n), int)
        for r, c, d in (units[k] for k in chosen):
            full[r, c] = d
        yield full


def generate(givens: int, rng: Any, *, n: int = 9) -> States:
    """A Sudoku of one solution only, with as many givens: cells are emptied while it stays unique.

    Parameters
    ----------
    givens : int
        From 24 to 80 (9 x 9) or 5 to 15 (4 x 4).
    rng : int or numpy.random.Generator
    n : int
        9 or 4.

    Returns
    -------
    board : (n, n) array

    Examples
    --------
    >>> board = generate(6, rng=0, n=4)
    >>> int((board > 0).sum()), len(list(solutions(board)))
    (6, 1)
    """
    n = _check.one_of(n, "n", tuple(SIDES))
    givens = _check.count(givens, "givens", low=24 if n == 9 else 5, high=n * n - 1)
    generator = _check.generator(rng, "generate")
    for _ in range(200):  # not every full board can be emptied so far
        board = next(solutions(np.zeros((n, n), int), generator))
        left = n * n
        for cell in generator.permutation(n * n):
            if left == givens:
                return board
            kept, board.flat[cell] = board.flat[cell], 0
            if len(list(islice(solutions(board), 2))) == 1:
                left -= 1
            else:
                board.flat[cell] = kept
        if left == givens:
            return board
    raise ValueError(f"givens is {givens}; no such puzzle was found in 200 attempts")


class Puzzle(NamedTuple):
    """A puzzle that travels with the course: its `name`, the number of `givens` and the `board` (9, 9)."""

    name: str
    givens: int
    board: States


@cache
def puzzles() -> tuple[Puzzle, ...]:
    """Twelve Sudokus of our own making, each with one solution, from many givens to few.

    Examples
    --------
    >>> [puzzle.givens for puzzle in puzzles()]
    [44, 40, 38, 36, 34, 32, 30, 29, 28, 27, 26, 25]
    """
    text = (resources.files("hopfield_edu") / "data" / FILE).read_text(encoding="utf-8")
    rows = [line.split() for line in text.splitlines() if line and not line.startswith("#")]
    return tuple(Puzzle(name, int(givens), frozen(_board(board))) for name, givens, board in rows)


def as_text(board: States) -> str:
    """A board as a line of digits, with "." for empty."""
    return "".join(map(str, board.ravel().tolist())).replace("0", ".")
