"""An instructor's path with nbgrader: release, collect, autograde, give feedback, export marks."""

import ast
import csv
import os
import re
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import nbformat
import pytest

import notebooks as tool
from hopfield_edu import feedback

ROOT = Path(__file__).resolve().parents[1]
SOLUTIONS = sorted(ROOT.glob("solutions/*/*.ipynb"))
ASSIGNMENTS = [path.parent.name for path in sorted(ROOT.glob("solutions/02_*/*.ipynb"))]


def nbgrader(course: Path, *command: str) -> None:
    """Run an nbgrader command in the course's folder, as in an activated environment."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", *command],
        cwd=course,
        env=os.environ | {"PATH": path},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def is_answer(cell: nbformat.NotebookNode) -> bool:
    return cell.metadata.get("nbgrader", {}).get("solution", False)


def wrong(source: str) -> str:
    """The answer with its first solution region replaced by one that sets every name to 12345."""
    lines = source.split("\n")
    begin = next(n for n, line in enumerate(lines) if "BEGIN SOLUTION" in line)
    end = next(n for n, line in enumerate(lines) if "END SOLUTION" in line)
    region = lines[begin + 1 : end]
    indent = lines[begin][: len(lines[begin]) - len(lines[begin].lstrip())]
    body = textwrap.dedent("\n".join(region))
    tree = ast.parse(body if "return" not in body else "def f():\n" + textwrap.indent(body, " "))
    stored = [n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)]
    new = [f"{name} = 12345" for name in dict.fromkeys(stored)] + (["return 12345"] if indent else [])
    return "\n".join(lines[: begin + 1] + [indent + line for line in new] + lines[end:])


def submit(course: Path, assignment: str, student: str, right: bool) -> None:
    """Fill the released notebook with the solution's answers, the first of them spoilt if asked."""
    name = f"{assignment}.ipynb"
    notebook = tool.read(course / "exercises" / assignment / name)
    solution = tool.read(course / "solutions" / assignment / name)
    answers = {cell.id: cell.source for cell in solution.cells if is_answer(cell)}
    if not right:
        first = next(key for key, source in answers.items() if "BEGIN SOLUTION" in source)
        answers[first] = wrong(answers[first])
    for cell in notebook.cells:
        cell.source = answers.get(cell.id, cell.source)
    target = course / "submitted" / student / assignment / name
    target.parent.mkdir(parents=True)
    target.write_bytes(tool.as_bytes(notebook))


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_two_submissions_are_graded(assignment: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "solutions" / assignment, tmp_path / "solutions" / assignment)
    shutil.copy(ROOT / "nbgrader_config.py", tmp_path)
    nbgrader(tmp_path, "generate_assignment", assignment)

    released = tool.read(tmp_path / "exercises" / assignment / f"{assignment}.ipynb")
    committed = tool.read(ROOT / "exercises" / assignment / f"{assignment}.ipynb")
    assert [cell.source for cell in released.cells] == [cell.source for cell in committed.cells]

    submit(tmp_path, assignment, "ada", right=True)
    submit(tmp_path, assignment, "bob", right=False)
    nbgrader(tmp_path, "autograde", assignment)
    nbgrader(tmp_path, "generate_feedback", assignment)
    nbgrader(tmp_path, "export")

    with (tmp_path / "grades.csv").open(newline="") as file:
        marks = {row["student_id"]: row for row in csv.DictReader(file)}
    full = float(marks["ada"]["max_score"])
    assert full > 0
    assert float(marks["ada"]["score"]) == full
    assert float(marks["bob"]["score"]) < full
    for student in ("ada", "bob"):
        assert (tmp_path / "feedback" / student / assignment / f"{assignment}.html").stat().st_size


def grade_cells(path: Path) -> list[nbformat.NotebookNode]:
    return [cell for cell in tool.read(path).cells if cell.metadata.get("nbgrader", {}).get("grade", False)]


@pytest.mark.parametrize("path", SOLUTIONS, ids=lambda path: path.stem[:2])
def test_every_grade_cell_asserts_in_hiding(path: Path) -> None:
    for cell in grade_cells(path):
        first, hidden, last, shown = cell.source.split("\n")
        assert (first, last) == ("### BEGIN HIDDEN TESTS", "### END HIDDEN TESTS")
        assert hidden == f'assert {shown[:-1]}, seed="the instructor\'s")'  # the check that the learner sees
        assert re.match(r"feedback\.(\w+)\(", shown)[1] in feedback.CHECKS


@pytest.mark.parametrize("running", [None, "", "autograde"])
def test_a_wrong_answer_fails_its_cell_whatever_the_environment_says(
    running: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
    if running is not None:
        monkeypatch.setenv("NBGRADER_EXECUTION", running)
    for cell in (cell for path in SOLUTIONS for cell in grade_cells(path)):
        names = {node.id for node in ast.walk(ast.parse(cell.source)) if isinstance(node, ast.Name)}
        for wrong in (None, 12345, lambda *answer: 12345):
            with pytest.raises(AssertionError):
                exec(cell.source, dict.fromkeys(names, wrong) | {"feedback": feedback})


def test_a_spoilt_answer_is_still_python() -> None:
    source = (
        "def f(x):\n    y = None\n    ### BEGIN SOLUTION\n    y = 2 * x\n    ### END SOLUTION\n    return y"
    )
    spoilt = wrong(source)
    assert "y = 12345" in spoilt
    assert "2 * x" not in spoilt
    ast.parse(spoilt)
    assert wrong("a = None\n### BEGIN SOLUTION\na = 3\n### END SOLUTION").count("a = 12345") == 1
