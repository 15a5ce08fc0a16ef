"""Learners' answers, a module for each chapter, written from the texts of the exercises alone.

RIGHT     functions that every card must accept: loops, lists, fractions, single precision, SciPy, the library
WRONG     functions that no card may accept, each with the names under which a card may know its mistake
TABLES    wrong tables: the check, the table, and the name of its mistake, or None if it has none
EXAMPLES  examples: the check, its parts, and the name of the mistake, or None if the example is right

The functions are kept as learners write them. `_` is the name of those whose check and mistake say enough.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple


class Answer(NamedTuple):
    check: str
    function: Callable[..., Any]
    names: tuple[str, ...] = ()


RIGHT: list[Answer] = []
WRONG: list[Answer] = []


def right(check: str) -> Callable[..., Any]:
    """Register a right answer."""
    return lambda function: RIGHT.append(Answer(check, function)) or function


def wrong(check: str, *names: str) -> Callable[..., Any]:
    """Register a wrong answer with the names that its mistake may be given."""
    return lambda function: WRONG.append(Answer(check, function, names)) or function


def changed(table: Mapping[Any, Iterable[Any]], *cells: tuple[Any, int, Any]) -> dict[Any, list[Any]]:
    """A table with some entries replaced: (row, column, entry)."""
    new = {row: list(entries) for row, entries in table.items()}
    for row, column, entry in cells:
        new[row][column] = entry
    return new


def rows(table: Mapping[Any, Iterable[Any]], change: Callable[..., Any]) -> dict[Any, Any]:
    """A table with every row changed."""
    return {row: change(row, list(entries)) for row, entries in table.items()}


def column(table: Mapping[Any, Iterable[Any]], k: int, entries: Iterable[Any]) -> dict[Any, list[Any]]:
    """A table with another column `k`."""
    return changed(table, *((row, k, entry) for row, entry in zip(table, entries, strict=True)))


def _gathered(name: str) -> list[tuple[Any, ...]]:
    """The lists of this name of all chapters, in one."""
    chapters = [
        importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__)
    ]
    return [case for chapter in chapters for case in getattr(chapter, name, ())]


TABLES, EXAMPLES = _gathered("TABLES"), _gathered("EXAMPLES")
