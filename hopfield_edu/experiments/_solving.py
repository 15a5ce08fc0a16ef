"""The ready experiment of optimisation: problems solved from many starts, valid and optimal ends counted."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from typing import Any

import numpy as np

from hopfield_edu import _check, problems, thermal
from hopfield_edu._types import Rng
from hopfield_edu.experiments._results import Sweep
from hopfield_edu.experiments._sweep import sweep

COSTS = ((18, 12, 13, 18), (11, 15, 16, 5), (2, 6, 6, 17), (18, 1, 10, 16))  # of the chapter's assignment
RANGES: dict[str, tuple[float, float]] = {  # first and last temperature
    "assignment": (20, 0.5),
    "queens": (1, 0.1),
    "sudoku": (1, 0.15),
    "tour": (1, 0.05),
    "max-cut": (3, 0.2),
}
WINNERS, SWAPS, MEAN = (0.7, 0.2), (1.0, 0.02), (2.0, 0.1)  # where steps keep a rule
PENALTY = 1.25  # of tours, where distances are those of a square of side 1


def _assignment(size: float, rng: np.random.Generator) -> problems.Problem:
    return problems.assignment(COSTS, size)


def _queens(size: float, rng: np.random.Generator) -> problems.Problem:
    return problems.queens(int(size))


def _sudoku(size: float, rng: np.random.Generator) -> problems.Problem:
    return problems.sudoku(problems.puzzles()[int(size) - 1].board)


def _tour(size: float, rng: np.random.Generator) -> problems.Problem:
    return problems.tour(rng.random((int(size), 2)), PENALTY)


def _max_cut(size: float, rng: np.random.Generator) -> problems.Problem:
    i, j = np.nonzero(np.triu(rng.random((int(size), int(size))) < 0.5, 1))
    return problems.max_cut(list(zip(i.tolist(), j.tolist(), strict=True)), int(size))


MADE: dict[str, Callable[[float, np.random.Generator], problems.Problem]] = {
    **{"assignment": _assignment, "queens": _queens, "sudoku": _sudoku},
    **{"tour": _tour, "max-cut": _max_cut},
}


def plan(names: Sequence[str]) -> list[tuple[str, float, str, int]]:
    """What is measured of each problem: (problem, size, how, sweeps)."""
    found: dict[str, list[tuple[float, str, int]]] = {name: [] for name in MADE}
    for penalty in (5, 8, 10, 12, 15, 17, 20, 25, 30, 50, 100, 300):
        found["assignment"] += [(penalty, "descent", 0), (penalty, "annealing", 100)]
    for n in (6, 8, 12, 16, 20):
        found["queens"] += [(n, "descent", 0), (n, "annealing", 100), (n, "winners", 100), (n, "swaps", 100)]
    found["queens"] += [(8, "annealing", sweeps) for sweeps in (30, 300, 1000)]
    for number in range(1, len(problems.puzzles()) + 1):
        found["sudoku"] += [(number, "descent", 0), (number, "annealing", 200), (number, "winners", 200)]
        found["sudoku"] += [(number, "winners", 1000), (number, "mean field", 120)]
    for n in (5, 6, 7, 8, 9, 10):
        found["tour"] += [(n, "graded", 0), (n, "annealing", 300), (n, "swaps", 50)]
    for n in (12, 16, 20):
        found["max-cut"] += [(n, "descent", 0), (n, "annealing", 50)]
    return [(name, *row) for name in names for row in found[name]]


def temperatures(problem: str, how: str, sweeps: int) -> Any:
    """The schedule of a way to solve a problem, or None."""
    if how in ("descent", "graded"):
        return None
    if how == "mean field":  # three sweeps at each temperature
        return np.repeat(thermal.anneal(MEAN[0], MEAN[1], -(-sweeps // 3)), 3)[:sweeps]
    ends = RANGES[problem]
    if problem != "queens":
        ends = {"winners": WINNERS, "swaps": SWAPS}.get(how, ends)
    return thermal.anneal(ends[0], ends[1], sweeps)


def solved(
    problem: str, size: float, how: str, sweeps: int, starts: int, rng: np.random.Generator
) -> dict[str, float]:
    """Some starts on one problem; tours and graphs are drawn anew each time."""
    made = MADE[problem](size, rng)
    if how == "graded" and isinstance(made, problems.Tour):
        made = problems.hopfield_tank(made.cities)
    moves: Any = how if how in ("winners", "swaps", "mean field") else None
    found = problems.solve(made, starts, temperatures(problem, how, sweeps), rng, moves=moves)
    return {
        "valid": found.valid_share,
        "optimal": found.optimal_share,
        "effort": float(found.sweeps.mean()),
    }


def solving(
    names: Sequence[str] = tuple(MADE),
    *,
    starts: int = 20,
    repeats: int | Sequence[int] = 10,
    rng: Rng = 0,
    executor: Executor | int | None = None,
    store: str | os.PathLike[str] | None = None,
    progress: bool = True,
) -> Sweep:
    """Problems as energies, solved from many starts: how many ends are valid, and how many optimal.

    Parameters
    ----------
    names : sequence of str
        Of "assignment" (the size is the penalty), "queens", "sudoku" (the number of a puzzle of
        `problems.puzzles`), "tour" (cities; graded: Hopfield and Tank's network) and "max-cut" (random
        graphs). Cities and graphs are new in every repeat.
    starts : int
        In each repeat: all in all there are starts times repeats of them.
    repeats, rng, executor, store, progress
        As for `sweep`.

    Returns
    -------
    Sweep
        Points (problem, size, how, sweeps, starts); ``valid`` and ``optimal``, shares of the starts, and
        ``effort``, the sweeps of one start.

    Examples
    --------
    >>> found = solving(["max-cut"], starts=5, repeats=2).where(how="annealing", size=12)
    >>> bool(found.column("optimal") > 0.5)
    True
    """
    known = tuple(MADE)
    chosen = _check.listed([names] if isinstance(names, str) else names, "names", "names", high=len(known))
    if not chosen:
        raise ValueError("names is empty; at least one is wanted")
    chosen = [_check.one_of(name, "names (one of them)", known) for name in chosen]
    starts = _check.count(starts, "starts", low=1, high=10_000)
    points = [
        {"problem": name, "size": size, "how": how, "sweeps": sweeps, "starts": starts}
        for name, size, how, sweeps in plan(chosen)
    ]
    return sweep(solved, points, repeats, rng, executor, store, progress=progress)
