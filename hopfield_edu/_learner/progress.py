"""Where a learner stands, chapter by chapter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hopfield_edu import feedback, paths, predict, quiz
from hopfield_edu._cards import CORRECT, NOT_YET


@dataclass(frozen=True)
class Standing:
    """One chapter.

    Attributes
    ----------
    name, title : str
    right, tried, open : tuple of str
        Checks that were right at some time, that were asked and are not right yet, and all others.
    predicted, quizzed : tuple of int
        How many came true, or were right, at the first try; how many were answered; how many there are.
    """

    name: str
    title: str
    right: tuple[str, ...]
    tried: tuple[str, ...]
    open: tuple[str, ...]
    predicted: tuple[int, int, int]
    quizzed: tuple[int, int, int]

    @property
    def begun(self) -> bool:
        """Whether anything was done in this chapter."""
        return bool(self.right or self.tried or self.predicted[1] or self.quizzed[1])


def standings(entries: Iterable[Mapping[str, Any]], seen: Sequence[Mapping[str, Any]] = ()) -> list[Standing]:
    """Where a learner stands in each chapter.

    Parameters
    ----------
    entries : iterable of mapping
        The lines of the record, oldest first.
    seen : sequence of mapping
        What the checks left in notebooks, as `feedback.records` reads it.
    """
    entries = list(entries)
    verdicts = [(str(entry.get("check")), entry.get("status")) for entry in (*entries, *seen)]
    right = {check for check, status in verdicts if status == CORRECT}
    tried = {check for check, status in verdicts if status == NOT_YET} - right
    true, answered = _firsts(entries)
    return [_standing(chapter, right, tried, true, answered) for chapter in paths.CHAPTERS]


def _standing(
    chapter: paths.Chapter,
    right: set[str],
    tried: set[str],
    true: Mapping[str, bool],
    answered: Mapping[str, bool],
) -> Standing:
    number = chapter.name[:2]
    checks = [check for check, where in feedback._CHAPTER.items() if where == number]
    asked = predict.names(number) if number in {name[:2] for name in predict.names()} else []
    questions = len(quiz.questions(chapter.name)) if chapter.name in quiz.chapters() else 0
    keys = [f"{chapter.name}/{k}" for k in range(1, questions + 1)]
    return Standing(
        chapter.name,
        chapter.title,
        tuple(check for check in checks if check in right),
        tuple(check for check in checks if check in tried),
        tuple(check for check in checks if check not in right | tried),
        _count(asked, true),
        _count(keys, answered),
    )


def _firsts(entries: Sequence[Mapping[str, Any]]) -> tuple[dict[str, bool], dict[str, bool]]:
    """The first answer to each prediction and to each quiz question."""
    true: dict[str, bool] = {}
    answered: dict[str, bool] = {}
    for entry in entries:
        if isinstance(entry.get("right"), bool):
            if entry.get("kind") == "prediction":
                true.setdefault(str(entry.get("name")), entry["right"])
            elif entry.get("kind") == "quiz":
                answered.setdefault(f"{entry.get('chapter')}/{entry.get('question')}", entry["right"])
    return true, answered


def _count(keys: Sequence[str], answers: Mapping[str, bool]) -> tuple[int, int, int]:
    given = [answers[key] for key in keys if key in answers]
    return sum(given), len(given), len(keys)


def left_in_notebooks(folder: Path) -> list[dict[str, Any]]:
    """What the checks left in the exercises of a learner's copy: a second witness, if the record was lost."""
    found = []
    for path in sorted((folder / "exercises").glob("*/*.ipynb")):
        try:
            found += feedback.records(path)
        except (ValueError, TypeError, AttributeError, KeyError):  # half saved, or another's
            continue
    return found


# ------------------------------------------------------------------------------ in words


def of(part: int, whole: int, what: str) -> str:
    """A count with its noun, or nothing of nothing."""
    return f"{part} of {whole} {what}" if whole else ""


def lines(one: Standing) -> list[str]:
    """A chapter in words: a line of counts, and what is open."""
    checks = len(one.right) + len(one.tried) + len(one.open)
    counts = [of(len(one.right), checks, "exercises right")]
    counts += [of(*one.predicted[:2], "predictions came true"), of(*one.quizzed[:2], "quiz questions right")]
    said = [f"{one.name[:2]} {one.title}: {', '.join(filter(None, counts)) or 'not begun'}"]
    if one.tried:
        said.append(f"   not yet: {', '.join(one.tried)}")
    if one.open and one.begun:
        said.append(f"   open: {', '.join(one.open)}")
    return said


def told(found: Sequence[Standing]) -> str:
    """All chapters in words: those that were begun, then the others in one line."""
    said = [line for one in found if one.begun for line in lines(one)]
    rest = [one.name[:2] for one in found if not one.begun]
    if rest and len(rest) < len(found):
        said.append(f"Not begun: {', '.join(rest)}")
    right = sum(len(one.right) for one in found)
    every = right + sum(len(one.tried) + len(one.open) for one in found)
    true, made = (sum(one.predicted[k] for one in found) for k in (0, 1))
    whole = ", ".join(
        filter(None, [of(right, every, "exercises right"), of(true, made, "predictions came true")])
    )
    return "\n".join([*said, f"In all: {whole}"])
