"""An instructor's path with nbgrader: release, collect, autograde, give feedback, export marks."""

import ast
import csv
import os
import re
import subprocess
import sys
import textwrap
from pathlib import Path

import classroom
import nbformat
import pytest

import notebooks as tool
from hopfield_edu import feedback
from hopfield_edu._grade import judge

ROOT = Path(__file__).resolve().parents[1]
SOLUTIONS = sorted(ROOT.glob("solutions/*/*.ipynb"))
ASSIGNMENT = classroom.ASSIGNMENT


def commands() -> list[list[str]]:
    """The commands that README.md gives to those who teach, in its order."""
    text = (ROOT / "README.md").read_text(encoding="utf-8").split("## If you teach")[1].split("\n## ")[0]
    blocks = re.findall(r"```\n(.*?)```", text, re.DOTALL)
    return [line.split() for block in blocks for line in block.splitlines()]


def run(course: Path, command: list[str]) -> None:
    """Run a command in the course's folder, as in an activated environment."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    done = subprocess.run(
        command,
        cwd=course,
        env=os.environ | {"PATH": path},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


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


def page(course: Path, student: str) -> str:
    return (course / "feedback" / student / ASSIGNMENT / f"{ASSIGNMENT}.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A full copy of the repository in which three have handed in their work."""
    course = classroom.clone(tmp_path_factory.mktemp("clone"))
    classroom.submit(course, "ada", classroom.changed(classroom.without_checks))
    spoilt = tool.read(ROOT / "solutions" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb")
    source = next(cell.source for cell in spoilt.cells if classroom.is_answer(cell))
    classroom.submit(course, "bob", classroom.changed(classroom.first_answer(wrong(source))))
    emptied = classroom.first_answer('import os\nos.environ["NBGRADER_EXECUTION"] = ""')
    classroom.submit(course, "eve", classroom.changed(emptied, right=False))
    return course


def test_the_readme_names_the_commands() -> None:
    assert [" ".join(command[:2]) for command in commands()] == [
        "hopfield-edu grade",
        "hopfield-edu class",
        "nbgrader generate_assignment",
        "nbgrader autograde",
        "nbgrader generate_feedback",
        "nbgrader export",
    ]


@pytest.mark.slow
def test_nbgrader_alone_works_in_a_clone_as_the_readme_says(clone: Path) -> None:
    for command in commands()[2:]:
        run(clone, command)
    for path in sorted(ROOT.glob(f"exercises/{ASSIGNMENT}/*")):  # written once more, byte for byte
        assert (clone / path.relative_to(ROOT)).read_bytes() == path.read_bytes()
    with (clone / "grades.csv").open(newline="") as file:
        marks = {row["student_id"]: (row["score"], row["max_score"]) for row in csv.DictReader(file)}
    assert marks == {"ada": ("18.0", "18.0"), "bob": ("16.0", "18.0"), "eve": ("0.0", "18.0")}
    assert "transitions_1: not yet" in page(clone, "bob")
    for student in marks:
        assert 'role="note"' in page(clone, student) or student == "eve"
        assert "hopfield_edu/feedback" not in page(clone, student)  # no traceback of ours


@pytest.mark.slow
def test_the_command_works_in_a_clone_as_the_readme_says(clone: Path) -> None:
    extra = [] if judge.trial(sandboxed=True) else ["--unsandboxed"]
    run(clone, commands()[0] + extra)
    with (clone / "grades" / ASSIGNMENT / "nbgrader.csv").open(newline="") as file:
        marks = {row["student_id"]: row["score"] for row in csv.DictReader(file)}
    assert marks == {"ada": "18.0", "bob": "16.0", "eve": "0.0"}
    for student in marks:
        assert 'role="note"' in page(clone, student)
        assert "Traceback (most" not in page(clone, student)


def grade_cells(path: Path) -> list[nbformat.NotebookNode]:
    return [cell for cell in tool.read(path).cells if cell.metadata.get("nbgrader", {}).get("grade", False)]


@pytest.mark.parametrize("path", SOLUTIONS, ids=lambda path: path.stem[:2])
def test_every_grade_cell_asserts_in_hiding(path: Path) -> None:
    for cell in grade_cells(path):
        first, hidden, last, shown = cell.source.split("\n")
        assert (first, last) == ("### BEGIN HIDDEN TESTS", "### END HIDDEN TESTS")
        assert hidden == f'assert {shown[:-1]}, seed="the instructor\'s")'  # the check that the learner sees
        assert re.match(r"feedback\.(\w+)\(", shown)[1] in feedback.CHECKS


@pytest.mark.every(3)
@pytest.mark.parametrize("running", ["", None, "autograde"])
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
