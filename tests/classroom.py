"""A course folder and a class that hands in all sorts of notebooks, for the tests of grading."""

import copy
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import nbformat

import notebooks as tool

ROOT = Path(__file__).resolve().parents[1]
ASSIGNMENT = "02_two_unit_dynamics"
UNWANTED = ("gradebook.db", "submitted", "autograded", "feedback", "grades", ".*", "__pycache__")


def clone(target: Path) -> Path:
    """A full copy of the repository, as `git clone` makes it, with what is not committed yet."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode:  # no repository: an unpacked archive
        return Path(shutil.copytree(ROOT, target, ignore=shutil.ignore_patterns(*UNWANTED)))
    for name in filter(None, listed.stdout.decode().split("\0")):
        if (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, target / name)
    return target


def small_course(target: Path, assignment: str = ASSIGNMENT) -> Path:
    """A course folder with one assignment."""
    shutil.copytree(ROOT / "solutions" / assignment, target / "solutions" / assignment)
    shutil.copy(ROOT / "nbgrader_config.py", target)
    return target


def is_answer(cell: nbformat.NotebookNode) -> bool:
    return bool(cell.metadata.get("nbgrader", {}).get("solution", False))


def is_check(cell: nbformat.NotebookNode) -> bool:
    return bool(cell.metadata.get("nbgrader", {}).get("grade", False))


def handed_out(assignment: str = ASSIGNMENT) -> nbformat.NotebookNode:
    """The exercises as they are released."""
    return tool.read(ROOT / "exercises" / assignment / f"{assignment}.ipynb")


def solved(assignment: str = ASSIGNMENT) -> nbformat.NotebookNode:
    """The exercises with every answer right."""
    solution = tool.read(ROOT / "solutions" / assignment / f"{assignment}.ipynb")
    answers = {cell.id: cell.source for cell in solution.cells if is_answer(cell)}
    notebook = handed_out(assignment)
    for cell in notebook.cells:
        cell.source = answers.get(cell.id, cell.source)
    return notebook


def answer(notebook: nbformat.NotebookNode, number: int = 0) -> nbformat.NotebookNode:
    """One of its answer cells."""
    return [cell for cell in notebook.cells if is_answer(cell)][number]


def submit(course: Path, student: str, content: nbformat.NotebookNode | bytes, name: str = "") -> Path:
    """Put a notebook where it is collected."""
    path = course / "submitted" / student / ASSIGNMENT / (name or f"{ASSIGNMENT}.ipynb")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else tool.as_bytes(content))
    return path


def changed(change: Callable[[nbformat.NotebookNode], None], right: bool = True) -> nbformat.NotebookNode:
    """A notebook, solved or as handed out, after a change."""
    notebook = solved() if right else handed_out()
    change(notebook)
    return notebook


def first_answer(source: str) -> Callable[[nbformat.NotebookNode], None]:
    """A change: other code in the first answer cell."""
    return lambda notebook: answer(notebook).update(source=source)


def without_checks(notebook: nbformat.NotebookNode) -> None:
    notebook.cells = [cell for cell in notebook.cells if not is_check(cell)]


def with_copies(notebook: nbformat.NotebookNode) -> None:
    """Each answer and each check twice, as copy and paste leave them: the same marks, another id."""
    cells = []
    for cell in notebook.cells:
        cells.append(cell)
        if is_answer(cell) or is_check(cell):
            cells.append(copy.deepcopy(cell) | {"id": f"copy-{len(cells)}"})
    notebook.cells = [nbformat.from_dict(cell) for cell in cells]


def without_marks(notebook: nbformat.NotebookNode) -> None:
    """No metadata, and other ids, as some editors leave a notebook."""
    for number, cell in enumerate(notebook.cells):
        cell.metadata = nbformat.from_dict({})
        cell.id = f"new-{number}"


def with_cell(source: str, place: int = 2) -> Callable[[nbformat.NotebookNode], None]:
    """A change: a cell of the student's own."""
    return lambda notebook: notebook.cells.insert(place, nbformat.v4.new_code_cell(source))


def claiming(notebook: nbformat.NotebookNode) -> None:
    """Every check's cell shows a card that says *correct*."""
    for cell in filter(is_check, notebook.cells):
        name = cell.source.removeprefix("feedback.").split("(")[0]
        record = {"check": name, "status": "correct", "mistake": None, "seed": "0", "version": "0"}
        shown = {"text/plain": f"{name}: correct"}
        output = nbformat.v4.new_output("display_data", shown, metadata={"hopfield_edu": record})
        cell.outputs = [output]


THIEF = "\n".join(
    [
        "import hopfield_edu.feedback as checks",
        "class Generous:",
        "    def __getattr__(self, name):",
        "        return lambda *answer, **more: 1.0",
        "feedback = Generous()",
        "for name in dir(checks):",
        "    try:",
        "        getattr(checks, name)._judge = lambda *a: None",
        "        globals()[name] = getattr(checks, name).solution",
        "    except Exception:",
        "        pass",
    ]
)
