"""The exercises of an assignment as they were handed out, and the solutions that were not."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat

from hopfield_edu._grade.submission import Exercise, is_answer, is_check, with_checks
from hopfield_edu.feedback import _own

SOLUTION = re.compile(r"^([ \t]*)### BEGIN SOLUTION\n.*?### END SOLUTION\n?", re.MULTILINE | re.DOTALL)
HIDDEN = re.compile(r"^### BEGIN HIDDEN TESTS\n.*?### END HIDDEN TESTS\n", re.MULTILINE | re.DOTALL)
STUB = "# your code here"  # as in nbgrader_config.py


@dataclass(frozen=True)
class Assignment:
    """The exercises of one notebook.

    Attributes
    ----------
    name : str
        Such as ``"03_energy"``.
    release : NotebookNode
        The notebook as it was handed out.
    exercises : list of Exercise
        Its checks, in order.
    titles : dict
        The heading above each check, by the id of the check's cell.
    solved : dict
        The source of each exercise's solution, by the same id; empty where the course has none.
    own : tuple of str
        Names of the checks that lie beside the notebook, and are not the course's.
    """

    name: str
    release: Any
    exercises: list[Exercise]
    titles: dict[str, str]
    solved: dict[str, str] = field(default_factory=dict)
    own: tuple[str, ...] = ()

    def stub(self, exercise: Exercise) -> str:
        """The answer's cell as it was handed out."""
        return answers(self.release).get(exercise.id, "")


def load(course: Path, name: str) -> Assignment | None:
    """An assignment by the name of its folder; None if the course has none of this name.

    Its checks must be known: to this library, or by a file of one's own beside them (`checks.py`, or
    `checks.json` as it is handed out). Others cannot be explained.
    """
    places = [course / part / name for part in ("solutions", "exercises")]
    own = next((_own.read(place) for place in places if _own.there(place)), {})
    given, solution = (_read(course / part / name / f"{name}.ipynb") for part in ("exercises", "solutions"))
    release = given or (None if solution is None else released(solution))
    if release is None:
        return None
    try:
        known = with_checks(release, own, "beside the notebook")
    except ValueError as error:  # exercises of one's own
        raise ValueError(f"the exercises {name} in {course} cannot be read: {error}") from None
    solved = {} if solution is None else answers(solution)
    return Assignment(name, release, known, _titles(release), solved, tuple(own))


def names(course: Path) -> list[str]:
    """The assignments that a course has."""
    found = {
        path.parent.name for part in ("exercises", "solutions") for path in (course / part).glob("*/*.ipynb")
    }
    return sorted(found)


def released(solution: Any) -> Any:
    """A solution notebook as it would be handed out: no solutions, no hidden tests."""
    release = nbformat.from_dict(solution)
    for cell in release.cells:
        if is_answer(cell):
            cell.source = SOLUTION.sub(lambda found: f"{found[1]}{STUB}\n", cell.source + "\n").rstrip("\n")
        if is_check(cell):
            cell.source = HIDDEN.sub("", cell.source)
    return release


def answers(notebook: Any) -> dict[str, str]:
    """The code of each exercise, by the id of its check's cell: answer cells and a student's own."""
    found, lines = {}, []
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        if is_check(cell):
            found[cell.id], lines = "\n\n".join(lines), []
        elif is_answer(cell) or str(cell.get("id", "")).startswith("own-"):
            lines.append(cell.source)
    return found


def _read(path: Path) -> Any:
    try:
        return nbformat.read(path, as_version=4) if path.is_file() else None
    except Exception as error:  # not one of ours, whatever is wrong with it
        raise ValueError(f"{path} cannot be read as a notebook ({type(error).__name__})") from None


def _titles(release: Any) -> dict[str, str]:
    """The heading above each check, without the word *Exercise* and the mark of what goes beyond the core."""
    found, heading = {}, ""
    for cell in release.cells:
        if cell.cell_type == "markdown":
            for line in re.findall(r"^## (.*?)(?: \+)?$", cell.source, re.MULTILINE):
                heading = line
        if is_check(cell):
            found[cell.id] = heading
    return found
