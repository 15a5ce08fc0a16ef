"""Answers that are more alike than the exercise makes them: a hint to ask about, never a verdict.

Two answers are compared by their runs of six tokens, as Schleimer, Wilkerson and Aiken (SIGMOD 2003) do in
Moss with fingerprints of such runs. A run says nothing if it stands in the stub, in the solution or in a
wrong answer that the check knows, or if many students have it: the exercise makes it, not the student.
"""

from __future__ import annotations

import inspect
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from hopfield_edu import feedback
from hopfield_edu._class.anonymous import tokens
from hopfield_edu._class.course import Assignment
from hopfield_edu._class.standing import Standing

RUN = 6  # tokens
MANY, FEW = 0.1, 5  # what more than a tenth of the students write, and more than five, is nobody's own
LEAST, SHARE = 30, 0.6  # so many runs in common, and so large a part of the shorter one

Runs = frozenset[tuple[str, ...]]


@dataclass(frozen=True)
class Pair:
    """Two students whose answers to some exercises are alike.

    Attributes
    ----------
    assignment : str
    students : tuple of str
    common : int
        Runs of six tokens that both have, and that the exercise does not explain.
    share : float
        The same as a part of all such runs of the student who has fewer.
    checks : tuple of str
        The exercises in which they are.
    """

    assignment: str
    students: tuple[str, str]
    common: int
    share: float
    checks: tuple[str, ...]


def runs(source: str) -> Runs:
    """All runs of six tokens of a source, comments included; none of an answer that is shorter."""
    words = [word for _, word in tokens(source)]
    return frozenset(tuple(words[k : k + RUN]) for k in range(len(words) - RUN + 1))


def pairs(found: Sequence[Standing], assignment: Assignment) -> list[Pair]:
    """The pairs of students whose answers to an assignment are alike, the most alike first."""
    own = {check: _own(found, assignment, check) for check in (e.check for e in assignment.exercises)}
    common: dict[tuple[str, str], Counter[str]] = {}
    for check, answers in own.items():
        for one, other, count in _shared(answers):
            common.setdefault((one, other), Counter())[check] = count
    whole = Counter({s: sum(len(answers.get(s, ())) for answers in own.values()) for s in _everybody(own)})
    made = []
    for students, counts in common.items():
        total, smaller = counts.total(), min(whole[s] for s in students)
        if total >= LEAST and total >= SHARE * smaller:
            checks = tuple(check for check in own if counts[check])
            made.append(Pair(assignment.name, students, total, total / smaller, checks))
    return sorted(made, key=lambda pair: (-pair.common, pair.students))


def _everybody(own: Mapping[str, Mapping[str, Any]]) -> set[str]:
    return {student for answers in own.values() for student in answers}


def _own(found: Sequence[Standing], assignment: Assignment, check: str) -> dict[str, Runs]:
    """What each student wrote that the exercise, or half of the class, does not explain."""
    exercise = next(e for e in assignment.exercises if e.check == check)
    forced = _forced(assignment.stub(exercise), assignment.solved.get(exercise.id, ""), *known(check))
    answers = {one.student: runs(one.source) - forced for one in found if one.check == check}
    counts = Counter(run for answer in answers.values() for run in answer)
    most = max(FEW, MANY * len(answers))
    return {s: frozenset(run for run in answer if counts[run] <= most) for s, answer in answers.items()}


def _forced(*sources: str) -> Runs:
    return frozenset().union(*(runs(source) for source in sources))


def known(check: str) -> list[str]:
    """The sources of the right and wrong answers that a check knows: two students may come to each alone."""
    asked = getattr(feedback, check)
    answers: Iterable[Any] = (
        asked.solution,
        *getattr(asked, "also", ()),
        *(mistake.wrong for mistake in asked._mistakes),
    )
    return [source for answer in answers if callable(answer) and (source := _source(answer))]


def _source(function: Any) -> str:
    try:
        return inspect.getsource(function)
    except (OSError, TypeError):
        return ""


def _shared(answers: Mapping[str, Runs]) -> Iterable[tuple[str, str, int]]:
    """All pairs that have a run in common, with how many."""
    holders: dict[tuple[str, ...], list[str]] = {}
    for student in sorted(answers):
        for run in answers[student]:
            holders.setdefault(run, []).append(student)
    count: Counter[tuple[str, str]] = Counter()
    for students in holders.values():
        count.update(combinations(students, 2))
    return [(one, other, n) for (one, other), n in sorted(count.items())]
