"""Where each student stands, read from the notebooks: nothing in them is run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hopfield_edu import __version__
from hopfield_edu._class.collect import HandedIn
from hopfield_edu._class.course import Assignment, answers
from hopfield_edu._grade.submission import Submission, Ungradable, compose, read

RIGHT, NOT_YET, NOT_ATTEMPTED, UNKNOWN = "right", "not yet", "not attempted", "unknown"
VERDICTS = (RIGHT, NOT_YET, NOT_ATTEMPTED, UNKNOWN)
_SAID = {"correct": RIGHT, "not yet": NOT_YET, "not attempted": NOT_ATTEMPTED}
TEXT = 80  # characters kept of what a notebook says: it may say anything


@dataclass(frozen=True)
class Standing:
    """What is known about one student and one exercise.

    Attributes
    ----------
    student, assignment, check : str
    verdict : str
        One of `VERDICTS`.
    mistake : str or None
        Name of the recognised mistake.
    seed, version : str
        Of the check that gave the verdict; empty where nobody noted it.
    why : str
        Why a verdict is unknown, or what else is to be said.
    source : str
        The answer's code.
    """

    student: str
    assignment: str
    check: str
    verdict: str
    mistake: str | None = None
    seed: str = ""
    version: str = ""
    why: str = ""
    source: str = ""


def nothing(student: str, assignment: Assignment, verdict: str, why: str) -> list[Standing]:
    """The standings of a student of whom there is no notebook, or none that can be read."""
    return [Standing(student, assignment.name, e.check, verdict, why=why) for e in assignment.exercises]


def standings(given: HandedIn, assignment: Assignment) -> tuple[list[Standing], list[str]]:
    """The standings of one notebook, and what is odd about it.

    Raises
    ------
    Ungradable
        When the file is no notebook, or holds none of the answers.
    """
    if given.path is None:
        raise Ungradable(given.notes[0] if given.notes else "there is no notebook in it")
    try:
        submission = compose(assignment.release, read(given.path))
    except (Ungradable, OSError):
        raise
    except Exception as error:  # what was handed in may hold anything
        raise Ungradable(f"it cannot be read: {type(error).__name__}") from None
    sources = answers(submission.notebook)
    found = []
    for exercise in assignment.exercises:
        told = _told(submission, exercise.id)
        source = sources.get(exercise.id, "")
        found.append(Standing(given.student, assignment.name, exercise.check, source=source, **told))
    return found, [*given.notes, *submission.notes]


def _told(submission: Submission, name: str) -> dict[str, Any]:
    """Verdict, mistake, seed, version and remark of one check."""
    record = submission.records.get(name, {})
    verdict = _SAID.get(str(record.get("status")), UNKNOWN)
    if name in submission.untouched and verdict != RIGHT:
        return {"verdict": NOT_ATTEMPTED}
    if verdict == UNKNOWN:
        return {"verdict": UNKNOWN, "why": _why(record)}
    mistake = record.get("mistake") if verdict == NOT_YET else None
    seed, version = _text(record.get("seed")), _text(record.get("version"))
    other = f"judged by version {version} of the course" if version not in ("", __version__) else ""
    return {
        "verdict": verdict,
        "mistake": _text(mistake) or None,
        "seed": seed,
        "version": version,
        "why": other,
    }


def _why(record: dict[str, Any]) -> str:
    if record.get("stale"):
        return "stale: the answer was changed after the check had run"
    return "the check's output was cleared, or is not one of ours" if record else "the check is missing"


def _text(value: Any) -> str:
    return value[:TEXT] if isinstance(value, str) else ""
