"""What a student handed in, put into the shape of what was handed out.

The skeleton is our own release: its cells, its checks. A submission contributes its answers, and the
cells that it adds. So a check cell that was deleted, copied or changed does no harm; an answer whose
cell lost its metadata is looked for by its id, its text, or by the names that it makes.
"""

import ast
import json
import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from hopfield_edu import feedback
from hopfield_edu._grade import files
from hopfield_edu.feedback._core import Check


class Ungradable(Exception):
    """A submission from which nothing can be read; the text says why."""


@dataclass(frozen=True)
class Exercise:
    """A check that gives points, and the answer cell above it."""

    id: str
    grade_id: str
    check: str
    arguments: list[str]
    points: float


@dataclass
class Submission:
    """A submission in the shape of the release.

    Attributes
    ----------
    notebook : NotebookNode
        Our release with the student's answers, and with the cells that the student added.
    notes : list of str
        What was mended, and what looks odd.
    claims : dict
        What each check cell showed when the notebook was handed in: the grade cell's id and a status.
    records : dict
        The records that stand behind these claims, of those checks that have one.
    untouched : set of str
        Ids of the grade cells whose answer is as it was handed out.
    """

    notebook: NotebookNode
    notes: list[str] = field(default_factory=list)
    claims: dict[str, str] = field(default_factory=dict)
    records: dict[str, dict[str, Any]] = field(default_factory=dict)
    untouched: set[str] = field(default_factory=set)


def is_answer(cell: NotebookNode) -> bool:
    """Whether a released cell waits for an answer."""
    return bool(cell.metadata.get("nbgrader", {}).get("solution"))


def is_check(cell: NotebookNode) -> bool:
    """Whether a released cell checks an answer and gives points."""
    marks = cell.metadata.get("nbgrader", {})
    return bool(marks.get("grade")) and not marks.get("solution") and cell.cell_type == "code"


def exercises(release: NotebookNode) -> list[Exercise]:
    """The checks of a release: ``feedback.NAME(answer, ...)`` as the last line of each grade cell.

    Raises
    ------
    ValueError
        Where the last line of such a cell is something else, such as an assertion.
    """
    found = []
    for cell in filter(is_check, release.cells):
        marks = cell.metadata.nbgrader
        check, arguments = _asked(cell, str(marks.get("grade_id", "")))
        found.append(Exercise(cell.id, marks.grade_id, check, arguments, float(marks.points)))
    return found


def with_checks(release: NotebookNode, own: Mapping[str, Check], place: str) -> list[Exercise]:
    """The exercises of a release; checks of one's own are known from now on.

    Raises
    ------
    ValueError
        As `exercises`, and where one asks a check that is neither the course's nor at this place.
    """
    found = exercises(release)
    for exercise in found:
        if exercise.check not in own and exercise.check not in feedback._CHAPTER:
            text = f"there is no check called {exercise.check!r}, neither in the course nor {place}"
            raise ValueError(text)
    feedback._own.loaded.update(own)  # `records`, and whoever explains a mistake, look there
    return found


def _asked(cell: NotebookNode, name: str) -> tuple[str, list[str]]:
    """The check that a cell asks in its last line, and the names that it hands over."""
    try:
        call = ast.parse(cell.source).body[-1].value  # type: ignore[attr-defined]
        if call.func.value.id == "feedback":
            return call.func.attr, [argument.id for argument in call.args]
    except (AttributeError, SyntaxError, ValueError, IndexError):  # a print, an assertion, no line at all
        pass
    text = "the last line of a cell that gives points must be feedback.NAME(answer)"
    raise ValueError(f"{text}, and that of the cell {name!r} is not")


def pick(folder: Path, name: str) -> tuple[Path, list[str]]:
    """The notebook in a student's folder, and what was odd about its name."""
    found = files.notebooks(folder)
    if not found:
        raise Ungradable("there is no notebook in it")
    exact = [path for path in found if path.name == name]
    chosen = exact[0] if exact else max(found, key=lambda path: (path.stat().st_mtime, path.name))
    others = ", ".join(repr(path.name) for path in found if path != chosen)
    notes = [] if exact else [f"the notebook is called {chosen.name!r} instead of {name!r}; it was taken"]
    if others:
        notes.append(f"there are other notebooks, which nobody read: {others}; {chosen.name!r} was taken")
    return chosen, notes


def read(path: Path) -> NotebookNode:
    """Read a notebook of any version; :class:`Ungradable` says what is wrong with the file."""
    if path.stat().st_size > files.NOTEBOOK:
        raise Ungradable(f"{path.name} is larger than {files.NOTEBOOK // 2**20} MB")
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise Ungradable(f"{path.name} is not a text file") from None
    if not text.strip():
        raise Ungradable(f"{path.name} is empty")
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        cut = "" if text.rstrip().endswith("}") else ", it ends in the middle"
        raise Ungradable(f"{path.name} is no whole notebook{cut}") from None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            notebook = nbformat.reads(text, as_version=4)
        cells = [_plain(cell) for cell in notebook.cells]
    except Exception as error:  # JSON of any other kind fails in many ways
        raise Ungradable(f"{path.name} is no notebook: {type(error).__name__}") from None
    return nbformat.from_dict({"cells": cells, "metadata": {}})


def _plain(cell: NotebookNode) -> NotebookNode:
    """A cell with all that is used later: a type, a source, metadata, outputs, an id or none."""
    source = cell.get("source", "")
    marks = cell.get("metadata", {}).get("nbgrader", {})
    return nbformat.from_dict(
        {
            "id": str(cell.get("id", "")),
            "cell_type": cell.cell_type,
            "source": source if isinstance(source, str) else "".join(source),
            "metadata": {"nbgrader": marks if isinstance(marks, dict) else {}},
            "outputs": list(cell.get("outputs", [])),
        }
    )


# ------------------------------------------------------------------------------ who is who


def match(release: list[NotebookNode], given: list[NotebookNode]) -> dict[int, int]:
    """Which cell that was handed in belongs to which cell of the release, by position.

    By cell id, by nbgrader's id, by the same text, and at last, between its neighbours, by the names
    that an answer makes: `weights = ...` belongs to the cell that was handed out with `weights = None`.
    """
    found: dict[int, int] = {}
    for key in (_by_id, _by_grade_id, _by_text):
        _match_by(key, release, given, found)
    for k, cell in enumerate(release):
        if k not in found and is_answer(cell):
            low = max((found[j] for j in found if j < k), default=-1)
            high = min((found[j] for j in found if j > k and found[j] > low), default=len(given))
            for n in range(low + 1, high):
                if n not in found.values() and makes(cell.source) & makes(given[n].source):
                    found[k] = n
                    break
    return found


def _by_id(cell: NotebookNode) -> str:
    return cell.id


def _by_grade_id(cell: NotebookNode) -> str:
    return str(cell.metadata.get("nbgrader", {}).get("grade_id", ""))


def _by_text(cell: NotebookNode) -> str:
    return "" if is_answer(cell) else cell.source.strip()


def _match_by(
    key: Callable[[NotebookNode], str],
    release: list[NotebookNode],
    given: list[NotebookNode],
    found: dict[int, int],
) -> None:
    taken = set(found.values())
    places: dict[str, int] = {}
    for n, cell in enumerate(given):
        if n not in taken and key(cell):
            places.setdefault(key(cell), n)
    for k, cell in enumerate(release):
        if k not in found and key(cell) in places:
            found[k] = places.pop(key(cell))


def makes(source: str) -> set[str]:
    """The names that a cell makes at its outermost level; none when it cannot be read."""
    try:
        statements = ast.parse(source).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return set()
    return set(_names(statements))


def _names(statements: list[ast.stmt]) -> Iterator[str]:
    for statement in statements:
        if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            yield statement.name
        elif isinstance(statement, ast.Assign):
            targets = [node for target in statement.targets for node in ast.walk(target)]
            yield from (node.id for node in targets if isinstance(node, ast.Name))


# ------------------------------------------------------------------------------ put together


def compose(release: NotebookNode, given: NotebookNode) -> Submission:
    """Put a student's answers and own cells into our release."""
    found = match(release.cells, given.cells)
    answers = {k for k, cell in enumerate(release.cells) if is_answer(cell)}
    if not answers & found.keys():
        raise Ungradable("it holds none of the exercise's answer cells: is it another notebook?")
    result = Submission(nbformat.from_dict({**release, "cells": []}))
    strangers = [n for n in range(len(given.cells)) if n not in found.values()]
    _note_oddities(release, given, found, result)
    result.notebook.cells += _own(given, [n for n in strangers if not _place(n, found)], 0)
    for k, cell in enumerate(release.cells):
        new = nbformat.from_dict(cell)
        if k in answers and k in found:
            new.source = given.cells[found[k]].source
        result.notebook.cells.append(new)
        if k in found:
            here = [n for n in strangers if _place(n, found) == found[k] + 1]
            result.notebook.cells += _own(given, here, found[k] + 1)
    result.records = records(release, given, found)
    result.claims = {
        cell.id: str(result.records.get(cell.id, {}).get("status", "unknown"))
        for cell in filter(is_check, release.cells)
    }
    result.untouched = _untouched(release, given, found)
    return result


def _place(stranger: int, found: dict[int, int]) -> int:
    """One more than the position of the last known cell before a cell that the student added."""
    return max((n + 1 for n in found.values() if n < stranger), default=0)


def _own(given: NotebookNode, numbers: list[int], place: int) -> list[NotebookNode]:
    """The cells that a student added, with ids of ours and without marks; their HTML is text."""
    cells = []
    for number in numbers:
        cell = given.cells[number]
        if cell.cell_type == "code":
            new = nbformat.v4.new_code_cell(cell.source)
        elif cell.cell_type == "markdown":
            new = nbformat.v4.new_markdown_cell(cell.source.replace("<", "&lt;"))
        else:
            continue
        new.id = f"own-{place}-{number}"
        cells.append(new)
    return cells


def _untouched(release: NotebookNode, given: NotebookNode, found: dict[int, int]) -> set[str]:
    """The grade cells above which every answer, back to the grade cell before, is as it was handed out."""
    untouched, same = set(), True
    for k, cell in enumerate(release.cells):
        if is_answer(cell):
            same &= k not in found or given.cells[found[k]].source.strip() == cell.source.strip()
        if is_check(cell):
            if same:
                untouched.add(cell.id)
            same = True
    return untouched


def _note_oddities(
    release: NotebookNode, given: NotebookNode, found: dict[int, int], result: Submission
) -> None:
    """Say what was mended, many cells of a kind in one line."""
    odd: dict[str, list[str]] = {}
    for k, cell in enumerate(release.cells):
        name = _by_grade_id(cell)
        if name and k in found:
            for what in _oddities(cell, given.cells[found[k]], given.cells):
                odd.setdefault(what, []).append(name)
        elif name:
            what = "missing, no points for it" if is_answer(cell) else "missing, put back"
            odd.setdefault(what, []).append(name)
    result.notes += [f"{what}: {', '.join(names)}" for what, names in odd.items()]


def _oddities(ours: NotebookNode, theirs: NotebookNode, cells: list[NotebookNode]) -> Iterator[str]:
    if not theirs.metadata.nbgrader:
        yield "metadata lost, put back"
    if is_check(ours) and theirs.source.strip() != ours.source.strip():
        yield "check changed, ours was asked"
    if is_answer(ours) and theirs.cell_type != ours.cell_type:
        yield f"answer had become {theirs.cell_type}, read as {ours.cell_type}"
    name = _by_grade_id(ours)
    if any(cell is not theirs and _by_grade_id(cell) == name for cell in cells):
        yield "there more than once, the first taken and the others run where they stand"


def records(release: NotebookNode, given: NotebookNode, found: dict[int, int]) -> dict[str, dict[str, Any]]:
    """What each check said in the notebook as it was handed in, by the grade cell's id.

    The status is "unknown" where the output was cleared, or is stale; a check that is gone has no record.
    """
    numbered = [{**cell, "id": str(n)} for n, cell in enumerate(given.cells)]
    try:
        said = {entry["cell"]: entry for entry in feedback.records({"cells": numbered})}
    except Exception:  # a notebook that was handed in may hold anything
        said = {}
    checks = {k: cell.id for k, cell in enumerate(release.cells) if is_check(cell)}
    return {name: said[str(found[k])] for k, name in checks.items() if str(found.get(k)) in said}
