"""What can be reviewed: quiz questions, and exercises that take a few minutes; and how they were answered."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import nbformat

from hopfield_edu import quiz
from hopfield_edu._cards import CORRECT, NOT_YET
from hopfield_edu._grade.submission import exercises, is_answer, is_check
from hopfield_edu._learner.schedule import Card, card

REVIEW = "review"  # the folder of reviews in a learner's copy
SMALL = 8  # minutes; a longer exercise is not brought back
TAG = re.compile(r"about-(\d+)-min")
USUAL = 5  # minutes of an exercise without a tag, as in tools/notebooks.py
OPEN = re.compile(r"(?m)^(?:## .*\bopen\b|\*\*\w\. Open\b)")  # a question without a last answer is not small


@dataclass(frozen=True)
class Item:
    """A quiz question ("03_energy/2") or an exercise ("energy") of a chapter."""

    kind: str
    name: str
    chapter: str


@dataclass(frozen=True)
class Task:
    """An exercise as it was handed out, with what it needs.

    Attributes
    ----------
    check, chapter : str
    first : NotebookNode
        The first cell of code of its notebook: the imports.
    cells : tuple of NotebookNode
        Its text, the cell of the answer, and that of the check.
    minutes : int
    """

    check: str
    chapter: str
    first: Any
    cells: tuple[Any, ...]
    minutes: int


@cache
def tasks() -> dict[str, Task]:
    """All exercises of the course, by the names of their checks."""
    from hopfield_edu.course import originals

    found = sorted((originals() / "exercises").glob("*/*.ipynb"))
    return {task.check: task for path in found for task in _tasks(path)}


def _tasks(path: Path) -> list[Task]:
    """The exercises of a notebook: each has the cells since the check before it."""
    notebook = nbformat.from_dict(json.loads(path.read_text(encoding="utf-8")))
    for cell in notebook.cells:
        cell.source = "".join(cell.source)
    checks = {exercise.id: exercise.check for exercise in exercises(notebook)}
    first = next(cell for cell in notebook.cells if cell.cell_type == "code")
    made, cells = [], []
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and cell.source.startswith("## "):
            cells = []
        if cell.cell_type == "markdown" or is_answer(cell):
            cells.append(cell)
        if is_check(cell):
            minutes = max(SMALL + 1 if OPEN.search(one.source) else _minutes(one) for one in cells)
            made.append(Task(checks[cell.id], path.stem, first, (*cells, cell), minutes))
            cells = [one for one in cells if one.cell_type == "markdown"][:1]  # the text that they share
    return made


def _minutes(cell: Any) -> int:
    tags = " ".join(cell.metadata.get("tags", []))
    told = TAG.search(tags)
    return int(told[1]) if told else USUAL


# ------------------------------------------------------------------------------ answers


def cards(entries: Iterable[Mapping[str, Any]]) -> dict[Item, Card]:
    """Where each question and each small exercise stands, by the lines of a record.

    An exercise enters when it is right for the first time, and then only its answers in a review count: to
    run a finished notebook once more is no review.
    """
    answers: dict[Item, list[tuple[date, bool]]] = {}
    for entry in entries:
        item, day = _item(entry), _day(entry)
        if item is None or day is None:
            continue
        right = entry.get("right") is True or entry.get("status") == CORRECT
        begun = item in answers
        if item.kind == "quiz" or (right and not begun) or (begun and entry.get("place") == REVIEW):
            answers.setdefault(item, []).append((day, right))
    return {item: card(given) for item, given in answers.items()}


def _item(entry: Mapping[str, Any]) -> Item | None:
    """What an entry answers; None if it is nothing that can be reviewed, or no longer in the course."""
    if entry.get("kind") == "quiz":
        chapter, number = entry.get("chapter"), entry.get("question")
        known = chapter in quiz.chapters() and type(number) is int and isinstance(entry.get("right"), bool)
        if known and 1 <= number <= _questions(chapter):
            return Item("quiz", f"{chapter}/{number}", chapter)
    if entry.get("kind") == "verdict" and entry.get("status") in (CORRECT, NOT_YET):
        task = tasks().get(str(entry.get("check")))
        if task is not None and task.minutes <= SMALL:
            return Item("exercise", task.check, task.chapter)
    return None


@cache
def _questions(chapter: str) -> int:
    return len(quiz.questions(chapter))


def _day(entry: Mapping[str, Any]) -> date | None:
    """The day of an entry, where the learner is."""
    try:
        return datetime.fromisoformat(str(entry.get("time"))).astimezone().date()
    except (ValueError, OverflowError, OSError):
        return None


def due(found: Mapping[Item, Card], today: date) -> list[Item]:
    """What is due on a day, the longest overdue first."""
    ready = [
        (one.due, item.chapter, item.name, item)
        for item, one in found.items()
        if one.due and one.due <= today
    ]
    return [item for *_, item in sorted(ready, key=lambda entry: entry[:3])]


def following(found: Mapping[Item, Card], today: date) -> tuple[date, int] | None:
    """The next day on which something is due, and how much; None if nothing will be."""
    days = [one.due for one in found.values() if one.due and one.due > today]
    return (min(days), days.count(min(days))) if days else None
