"""Where the notebooks of a class are: STUDENT/EXERCISES/*.ipynb, in `submitted`, `autograded`, or both."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from hopfield_edu._grade import files
from hopfield_edu._grade.submission import Ungradable, pick

ROOTS = ("submitted", "autograded")


@dataclass(frozen=True)
class HandedIn:
    """What one student handed in for one assignment: a notebook, or the reason why there is none to read."""

    student: str
    assignment: str
    path: Path | None
    notes: tuple[str, ...] = ()


def roots(folder: Path) -> list[Path]:
    """The folders whose children are students: those of a course folder, or the folder itself."""
    return [folder / name for name in ROOTS if (folder / name).is_dir()] or [folder]


def students(folder: Path) -> list[str]:
    """Everybody who has a folder, in alphabetical order."""
    return sorted({path.name for root in roots(folder) for path in _folders(root)})


def handed_in(folder: Path, wanted: list[str] | None = None) -> list[HandedIn]:
    """All that was handed in, by student and assignment; of a graded notebook and its original, one.

    Parameters
    ----------
    folder : Path
        A course's folder, or its `submitted` or `autograded`.
    wanted : list of str, optional
        Only these assignments.
    """
    places: dict[tuple[str, str], list[Path]] = {}
    for root in roots(folder):
        for student in _folders(root):
            for place in _folders(student):
                if wanted is None or place.name in wanted:
                    places.setdefault((student.name, place.name), []).append(place)
    return [_one(student, name, found) for (student, name), found in sorted(places.items())]


def astray(folder: Path) -> list[HandedIn]:
    """Notebooks that lie in a student's folder, and in none of an assignment: listed, and not read."""
    found = []
    for root in roots(folder):
        for student in _folders(root):
            for path in files.notebooks(student):
                why = "it lies in the student's folder; put it into one that is named after the exercises"
                found.append(HandedIn(student.name, path.name, None, (why,)))
    return found


def odd_names(folder: Path, everybody: list[str]) -> set[str]:
    """The names of notebooks that are not those of their folders: students may have put anything there."""
    places = (
        place
        for root in roots(folder)
        for student in everybody
        for place in [root / student]
        if place.is_dir()
    )
    found = (path for place in places for path in (*place.glob("*.ipynb"), *place.glob("*/*.ipynb")))
    return {path.name for path in found if path.stem != path.parent.name}


def _folders(root: Path) -> list[Path]:
    found = (path for path in root.iterdir() if path.name[0] not in "._")
    return sorted(path for path in found if path.is_dir() and not path.is_symlink())


def _one(student: str, assignment: str, places: list[Path]) -> HandedIn:
    """The graded notebook, unless the student has handed in a newer one since."""
    found, notes = [], ()
    for place in places:
        try:
            path, said = pick(place, f"{assignment}.ipynb")
        except Ungradable as error:
            notes = notes or (str(error),)
            continue
        found.append((path.stat().st_mtime, path, tuple(said)))
    if not found:
        return HandedIn(student, assignment, None, notes)
    _, path, said = max(found, key=lambda entry: entry[0])
    return HandedIn(student, assignment, path, said)
