"""The marks as tables: in nbgrader's layout, in Moodle's and in Canvas's."""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

NBGRADER = ("assignment", "duedate", "timestamp", "student_id", "last_name", "first_name", "email")
NBGRADER += ("raw_score", "late_submission_penalty", "score", "max_score")
REPORT = ("student", "exercise", "points", "max_points", "verdict", "mistake", "notebook_says", "seed")
REMARKS = ("student", "kind", "text")


def write(path: Path, header: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Write a table in one go: an interruption leaves the old one."""
    new = path.with_name(path.name + ".new")
    with new.open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(header)
        table.writerows([[_harmless(entry) for entry in row] for row in rows])
    new.replace(path)


def _harmless(entry: Any) -> Any:
    """A text that no spreadsheet takes for a formula: a student chooses some of what stands here."""
    if isinstance(entry, str) and entry[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return "'" + entry
    return entry


def nbgrader(path: Path, marks: list[dict[str, Any]]) -> None:
    """The columns of `nbgrader export`, with those only who have marks."""
    write(path, NBGRADER, [[line[name] for name in NBGRADER] for line in marks])


def moodle(
    path: Path, assignment: str, marks: list[dict[str, Any]], people: dict[str, dict[str, str]]
) -> None:
    """For Moodle's *Grades, Import, CSV file*: identify the students by one of the first columns."""
    header = ["Username", "ID number", "First name", "Last name", "Email address", assignment]
    rows = []
    for line in marks:
        person = people.get(line["student_id"], {})
        known = [person.get(k, "") for k in ("lms_user_id", "first_name", "last_name", "email")]
        rows.append([line["student_id"], *known, line["score"]])
    write(path, header, rows)


def canvas(
    path: Path, assignment: str, marks: list[dict[str, Any]], people: dict[str, dict[str, str]]
) -> None:
    """For Canvas's *Grades, Import*: its identity columns, the points possible in the second row."""
    header = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", assignment]
    rows: list[list[Any]] = [["    Points Possible", "", "", "", "", marks[0]["max_score"]]] if marks else []
    for line in marks:
        person, login = people.get(line["student_id"], {}), line["student_id"]
        name = ", ".join(filter(None, [person.get("last_name", ""), person.get("first_name", "")]))
        rows.append([name or login, person.get("lms_user_id", ""), "", login, "", line["score"]])
    write(path, header, rows)
