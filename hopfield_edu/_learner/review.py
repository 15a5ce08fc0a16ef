"""A review: a notebook with what is due, in the folder `review` of the learner's copy."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

import nbformat

from hopfield_edu._learner.items import REVIEW, Item, tasks

QUESTIONS, EXERCISES = 10, 2  # at a time, unless asked otherwise
CLOCK = re.compile(r"(?m)^<small>\d+ min in</small>\n+")  # which runs from the first exercise of a chapter
KEY = "hopfield_review"  # in a notebook's metadata: what it asks


def choose(ready: Sequence[Item], questions: int = QUESTIONS, most: int = EXERCISES) -> list[Item]:
    """Of what is due, as much as fits into a quarter of an hour: the longest overdue."""
    quiz = [item for item in ready if item.kind == "quiz"][:questions]
    return quiz + [item for item in ready if item.kind == "exercise"][:most]


def notebook(items: Sequence[Item], today: date) -> Any:
    """The notebook of a review: quiz questions in one widget, then the exercises as they were handed out."""
    new = nbformat.v4.new_notebook()
    new.metadata = nbformat.from_dict({KEY: [f"{item.kind} {item.name}" for item in items]})
    new.metadata["kernelspec"] = {"display_name": "Python 3", "language": "python", "name": "python3"}
    names = [item.name for item in items if item.kind == "quiz"]
    said = [
        f"# Review of {today.isoformat()}",
        "What is due today. Answer without looking anything up: it is the effort that helps.",
    ]
    cells = [nbformat.v4.new_markdown_cell("\n\n".join(said))]
    if names:
        listed = "".join(f'    "{name}",\n' for name in names)
        cells.append(nbformat.v4.new_code_cell(f"from hopfield_edu import quiz\n\nquiz.again(\n{listed})"))
    for item in items:
        if item.kind == "exercise":
            cells += _exercise(item)
    for number, cell in enumerate(cells):
        cell.id = f"review-{number}"
    new.cells = cells
    return new


def _exercise(item: Item) -> list[Any]:
    """The cells of an exercise, with its imports; links lead on from the folder of reviews."""
    task = tasks()[item.name]
    made = [nbformat.v4.new_code_cell(task.first.source)]
    for cell in task.cells:
        text = CLOCK.sub("", cell.source).replace("](../../", "](../")
        new = nbformat.v4.new_markdown_cell if cell.cell_type == "markdown" else nbformat.v4.new_code_cell
        made.append(new(text))
    chapter = f"*From the exercises of chapter [{task.chapter[:2]}](../notebooks/{task.chapter}.ipynb).*"
    return [nbformat.v4.new_markdown_cell(chapter), *made]


def write(folder: Path, items: Sequence[Item], today: date) -> tuple[Path, bool]:
    """Put a review into a learner's copy; where it is, and whether it is new.

    A review of the same day that asks all of this already stays as it is. Nothing is overwritten.

    Raises
    ------
    OSError
        When the folder of reviews cannot be made or written.
    """
    place = folder / REVIEW
    place.mkdir(exist_ok=True)
    wanted = {f"{item.kind} {item.name}" for item in items}
    for number in count(1):
        path = place / f"{today.isoformat()}{f' ({number})' * (number > 1)}.ipynb"
        if not path.exists():
            break
        if wanted <= _asks(path):
            return path, False
    with path.open("x", encoding="utf-8") as file:
        file.write(nbformat.writes(notebook(items, today)) + "\n")
    return path, True


def _asks(path: Path) -> set[str]:
    """What a review asks; nothing, where it cannot be read."""
    try:
        asked = json.loads(path.read_text(encoding="utf-8"))["metadata"][KEY]
        return {one for one in asked if isinstance(one, str)}
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return set()
