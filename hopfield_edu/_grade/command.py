"""The command `hopfield-edu grade`: check, repair, judge, mark, report, one student at a time."""

import argparse
import contextlib
import functools
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hopfield_edu import __version__
from hopfield_edu._grade import files, honesty, judge, sandbox, tables
from hopfield_edu._grade.scan import scan
from hopfield_edu._grade.submission import (
    Exercise,
    Submission,
    Ungradable,
    compose,
    exercises,
    is_check,
    pick,
    read,
    with_checks,
)
from hopfield_edu.feedback import _own

EPILOG = """\
example:
  hopfield-edu grade 02_two_unit_dynamics

  in the course's folder, with the notebooks collected as
  submitted/STUDENT/02_two_unit_dynamics/02_two_unit_dynamics.ipynb; afterwards

  grades/02_two_unit_dynamics/nbgrader.csv, moodle.csv, canvas.csv   the marks
  grades/02_two_unit_dynamics/report.csv       each exercise: verdict, mistake, what the notebook said
  grades/02_two_unit_dynamics/remarks.csv      what to look at: ungraded, repaired, different, tampered with?
  feedback/STUDENT/02_two_unit_dynamics/       a page for each student

The command can be stopped and started again: students who are finished are skipped until they hand in
something else. INSTRUCTORS.md in the repository says what all this protects, and what it does not.

Exercises of your own: solutions/NAME/checks.py beside the notebook holds their checks (GUIDE.md).
"""
SHARE = 20  # a student has so many times the limit of a cell
SEED, SEED_FILE = "the instructor's", "seed.txt"  # the second: of a private folder of exercises
GLOB = "[]*?"  # what nbgrader takes for a pattern in the name of a folder
NO_SANDBOX = """\
no sandbox: bubblewrap (the program bwrap) is not installed, or cannot start a container here.
Install it (apt install bubblewrap), or run the command in a container or an account that has nothing to
lose, with --unsandboxed: submissions can then read and write whatever this account can."""


class Wrong(Exception):
    """The command cannot do what it was asked; the text is for the instructor."""


@dataclass
class Task:
    """What the command was asked to do."""

    course: Path
    assignment: str
    seed: str
    seconds: float
    sandboxed: bool
    again: bool

    @property
    def source(self) -> Path:
        """Where the solutions are, and checks of one's own beside them."""
        return self.course / "solutions" / self.assignment

    @property
    def checks(self) -> Path | None:
        """The checks of one's own, where there are any."""
        path = self.source / _own.WHOLE
        return path if path.is_file() else None

    @property
    def grades(self) -> Path:
        """Where the tables go."""
        return self.course / "grades" / self.assignment

    @property
    def work(self) -> Path:
        """Where the command keeps what it knows between two runs."""
        return self.grades / ".work"

    def folder(self, student: str) -> Path:
        """What a student handed in."""
        return self.course / "submitted" / student / self.assignment


# ------------------------------------------------------------------------------ before the first student


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        prog="hopfield-edu grade",
        description="Grade the notebooks that a class has handed in, one student at a time, with nbgrader's "
        "gradebook and feedback pages.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("assignment", help="name of the exercises, for example 02_two_unit_dynamics")
    parser.add_argument("--course", default=".", help="folder with solutions/ and submitted/ (default: here)")
    parser.add_argument(
        "--student", action="append", default=[], help="only this one; may be given several times"
    )
    parser.add_argument(
        "--seed",
        help="chooses the random inputs of the checks, for the class; with {student} in it, for each student "
        "(default: what seed.txt in the course's folder says, or else the one of the released exercises)",
    )
    parser.add_argument(
        "--time-limit",
        type=float,
        default=30,
        metavar="SECONDS",
        help=f"for each cell, and for each check's calls; a student has {SHARE} times as much (default: 30)",
    )
    parser.add_argument("--unsandboxed", action="store_true", help="run submissions without bubblewrap")
    parser.add_argument("--again", action="store_true", help="grade finished students anew, too")
    return parser.parse_args(argv)


def prepare(arguments: argparse.Namespace) -> Task:
    """Look at folders and names before anything is written; :class:`Wrong` when something is amiss."""
    course = Path(arguments.course).expanduser().resolve()
    if not course.is_dir():
        raise Wrong(
            f"{course} is a file; a folder is wanted" if course.exists() else f"there is no folder {course}"
        )
    if set(str(course)) & set(GLOB):
        raise Wrong(f"nbgrader cannot work with {GLOB} in the name of a folder: {course}")
    _solutions(course, arguments.assignment)
    if not arguments.time_limit > 0:
        raise Wrong(f"--time-limit is {arguments.time_limit:g}; a number of seconds above 0 is wanted")
    seed = _seed(course, arguments.seed)
    for name in ("submitted", "grades", "autograded", "feedback", f"grades/{arguments.assignment}"):
        if (course / name).exists() and not (course / name).is_dir():
            raise Wrong(f"{course / name} is a file; a folder is wanted in its place")
    return Task(
        course,
        arguments.assignment,
        seed,
        arguments.time_limit,
        not arguments.unsandboxed,
        arguments.again,
    )


def _seed(course: Path, given: str | None) -> str:
    """The seed that was given, or that of a private folder, or the one of the course."""
    path = course / SEED_FILE
    kept = path.read_text(encoding="utf-8").strip() if path.is_file() else ""
    seed = given or kept or SEED
    try:
        seed.format(student="x")
    except (KeyError, IndexError, ValueError):
        where = f"{path} says" if given is None else "--seed is"
        raise Wrong(f"{where} {seed!r}; the only braces may be those of {{student}}") from None
    return seed


def _solutions(course: Path, assignment: str) -> None:
    if not (course / "solutions").is_dir():
        raise Wrong(f"{course} has no folder solutions: go to the course's folder, or name it with --course")
    names = sorted(path.parent.name for path in course.glob("solutions/*/*.ipynb"))
    if assignment not in names:
        known = ", ".join(dict.fromkeys(names)) or "none at all"
        raise Wrong(f"there are no exercises {assignment!r} in {course / 'solutions'}; there are {known}")
    if not (course / "solutions" / assignment / f"{assignment}.ipynb").is_file():
        raise Wrong(f"{course / 'solutions' / assignment} has no {assignment}.ipynb")


def students(task: Task, wanted: Sequence[str]) -> list[str]:
    """Who handed something in, in alphabetical order."""
    submitted = task.course / "submitted"
    where = f"collect them as submitted/STUDENT/{task.assignment}/{task.assignment}.ipynb"
    if not submitted.is_dir():
        raise Wrong(f"there is no folder {submitted}: {where}")
    found = [p.name for p in sorted(submitted.iterdir()) if p.is_dir() and p.name[0] not in "._"]
    found = [name for name in found if task.folder(name).is_dir()]
    if not found:
        raise Wrong(f"nobody has handed in {task.assignment} in {submitted}: {where}")
    for name in wanted:
        if name not in found:
            raise Wrong(f"there is no {task.folder(name)}")
    return [name for name in found if name in wanted] if wanted else found


# ------------------------------------------------------------------------------ one student


def prints(task: Task, student: str) -> str:
    """A fingerprint of all that a student's result depends on."""
    known = hashlib.sha256()
    own = sorted(
        path for path in task.source.iterdir() if path.name in (f"{task.assignment}.ipynb", _own.WHOLE)
    )
    handed_in = [*files.notebooks(task.folder(student)), *files.beside(task.folder(student))]
    for path in [*own, *handed_in]:
        known.update(repr((path.name, path.stat().st_size)).encode())
        known.update(hashlib.sha256(path.read_bytes()).digest())
    known.update(library_print())
    known.update(repr((__version__, task.seed, task.seconds, task.sandboxed)).encode())
    return known.hexdigest()


@functools.cache
def library_print() -> bytes:
    """A fingerprint of the library: a check that was mended judges everybody anew."""
    modules = sorted(sandbox.PACKAGE.rglob("*.py"))
    return hashlib.sha256(b"".join(path.read_bytes() for path in modules)).digest()


def hear(task: Task, submission: Submission, wanted: list[Exercise], folder: Path, seed: str) -> Any:
    """The judge's verdicts on a submission, from a fresh process with a limit of time."""
    checks = {exercise.id: exercise for exercise in wanted}
    steps = []
    for cell in submission.notebook.cells:
        if cell.cell_type == "code":
            exercise = checks.get(cell.id)
            step = {"id": cell.id, "source": cell.source, "check": None}
            if exercise is not None:
                step |= {"check": exercise.check, "arguments": exercise.arguments}
                step["untouched"] = cell.id in submission.untouched
            steps.append(step)
    job = {"steps": steps, "seed": seed, "seconds": task.seconds, "sandboxed": task.sandboxed}
    job |= {
        "folder": str(folder),
        "checks": str(task.source) if task.checks else None,
    }
    reply = _in_fresh_process(json.dumps(job), SHARE * task.seconds + judge.START_SECONDS)
    if set(reply["verdicts"]) != set(checks):
        raise Ungradable("the judge did not come to an end")
    return reply


# The library from where this one is, whatever the folder, the environment or the user's own packages say.
START_JUDGE = """\
import importlib.util, sys
from pathlib import Path
package = Path(sys.argv[1])
spec = importlib.util.spec_from_file_location(
    "hopfield_edu", package / "__init__.py", submodule_search_locations=[str(package)]
)
sys.modules["hopfield_edu"] = importlib.util.module_from_spec(spec)
spec.loader.exec_module(sys.modules["hopfield_edu"])
from hopfield_edu._grade import judge
judge.main()
"""


def _in_fresh_process(job: str, seconds: float) -> Any:
    clean = {
        k: v for k, v in os.environ.items() if not k.startswith(("NBGRADER_", "HOPFIELD_EDU_", "PYTHON"))
    }
    process = subprocess.Popen(
        [sys.executable, "-I", "-c", START_JUDGE, str(sandbox.PACKAGE)],
        env=clean,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        start_new_session=True,
    )
    try:
        out, err = process.communicate(job, timeout=seconds)
    except subprocess.TimeoutExpired:
        raise Ungradable(f"it took more than {seconds:g} seconds in all, and was stopped") from None
    finally:
        _end(process)
    try:
        return json.loads(out)
    except ValueError:
        last = (err.strip().splitlines() or ["it said nothing"])[-1]
        raise Ungradable(f"the judge gave up: {last[:200]}") from None


def _end(process: subprocess.Popen[str]) -> None:
    """End a process and what it has started."""
    with contextlib.suppress(OSError, AttributeError):
        os.killpg(process.pid, signal.SIGKILL)
    with contextlib.suppress(OSError):
        process.kill()
    process.wait()


def grade(task: Task, book: Any, release: Any, student: str) -> dict[str, Any]:
    """Grade one student; what is known afterwards, ready to be kept."""
    if set(student) & set(GLOB):
        raise Ungradable(f"nbgrader cannot work with {GLOB} in the name of a folder: rename it")
    folder, seed = task.folder(student), task.seed.format(student=student)
    path, notes = pick(folder, f"{task.assignment}.ipynb")
    given = read(path)
    submission = compose(release, given)
    wanted = exercises(release)
    reply = hear(task, submission, wanted, folder, seed)
    outputs = dict(reply["outputs"])
    for exercise in wanted:
        outputs[exercise.id] = shown(reply["verdicts"][exercise.id], exercise.points)
    book.grade(student, submission.notebook, outputs, lambda target: files.copy_beside(folder, target))
    lines = [line(exercise, reply, submission, seed) for exercise in wanted]
    remarks = [["repaired", note] for note in notes + submission.notes]
    remarks += [["different", text] for text in differences(lines)]
    remarks += [["tampering?", text] for text in suspicions(given)]
    remarks += [["stopped", text] for text in stopped(release, reply["outputs"])]
    return {"lines": lines, "remarks": remarks}


def shown(verdict: dict[str, Any], points: float) -> list[dict[str, Any]]:
    """The outputs of a check's cell: the card, and where it is not correct an error without a traceback.

    The error is what nbgrader reads: it gives no points for the cell.
    """
    record = {"check": verdict["check"], "status": verdict["status"], "mistake": verdict["mistake"]}
    card = {"text/html": verdict["html"], "text/plain": verdict["text"]}
    outputs: list[dict[str, Any]] = [
        {"output_type": "display_data", "data": card, "metadata": {"hopfield_edu": record}}
    ]
    if verdict["status"] != "correct":
        error = {"output_type": "error", "ename": "NotCorrect", "evalue": verdict["status"]}
        outputs.append(error | {"traceback": [f"{verdict['status']}: 0 of {points:g} points"]})
    return outputs


def line(exercise: Exercise, reply: dict[str, Any], submission: Submission, seed: str) -> dict[str, Any]:
    """One line of the report."""
    verdict = reply["verdicts"][exercise.id]
    return {
        "exercise": exercise.check,
        "points": exercise.points if verdict["status"] == "correct" else 0.0,
        "max_points": exercise.points,
        "verdict": verdict["status"],
        "mistake": verdict["mistake"] or "",
        "notebook_says": submission.claims.get(exercise.id, "unknown"),
        "seed": seed,
    }


def differences(lines: list[dict[str, Any]]) -> list[str]:
    """Where the notebook, as it was handed in, says something else than the judge."""
    return [
        f"{entry['exercise']}: the notebook says {entry['notebook_says']}, the judge says {entry['verdict']}"
        for entry in lines
        if (entry["notebook_says"] == "correct") != (entry["verdict"] == "correct")
        and entry["notebook_says"] != "unknown"
    ]


def suspicions(given: Any) -> list[str]:
    """What in a submission's code looks like tampering."""
    return scan(
        (number, cell.source)
        for number, cell in enumerate(given.cells, start=1)
        if cell.cell_type == "code" and not is_check(cell)
    )


def stopped(release: Any, outputs: dict[str, Any]) -> list[str]:
    """Cells that hung or took the kernel with them."""
    names = {cell.id: cell.metadata.get("nbgrader", {}).get("grade_id") for cell in release.cells}
    return [
        f"{names.get(name) or 'a cell of their own'}: {output['evalue']}"
        for name, cell in outputs.items()
        for output in cell
        if output.get("ename") in ("CellTimeoutError", "DeadKernelError")
    ]


# ------------------------------------------------------------------------------ the class


def kept(task: Task, student: str) -> dict[str, Any]:
    """What an earlier run knew about a student, or nothing."""
    try:
        return json.loads((task.work / "students" / f"{student}.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def keep(task: Task, student: str, result: dict[str, Any]) -> None:
    """Write down what is known about a student, in one go."""
    path = task.work / "students" / f"{student}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_suffix(".new")
    new.write_text(json.dumps(result), encoding="utf-8")
    new.replace(path)


def one(task: Task, book: Any, release: Any, student: str) -> bool:
    """Grade a student unless it is done; whether there was anything to do. No student stops the class."""
    from hopfield_edu._grade.book import BookError

    fingerprint = None
    try:
        fingerprint = prints(task, student)
        old = kept(task, student)
        done = old.get("print") == fingerprint and ("ungraded" in old or book.knows(student))
        if done and not task.again:
            return False
        result = {"print": fingerprint} | grade(task, book, release, student)
    except (Ungradable, BookError, OSError) as error:
        result = {"print": fingerprint, "ungraded": str(error)}
        book.forget(student)
    except Exception as error:
        result = {"print": None, "ungraded": f"{type(error).__name__}: {error}"}  # tried again next time
        book.forget(student)
    keep(task, student, result)
    return True


def another_seed(task: Task, chosen: Sequence[str]) -> str:
    """What to say where marks were made with another seed; nothing where they were not."""
    then = {student: line["seed"] for student in chosen for line in kept(task, student).get("lines", [])}
    changed = [student for student, seed in then.items() if seed != task.seed.format(student=student)]
    if not changed:
        return ""
    first = changed[0]
    now = task.seed.format(student=first)
    return (
        f"The seed differs from the one with which marks were made: for {first} it was {then[first]!r}, and "
        f"is {now!r}.\nWith the new one {len(changed)} of {len(chosen)} are graded anew. To keep a seed, "
        f"write it into {task.course / SEED_FILE}, or give the same --seed each time."
    )


def report(task: Task, book: Any, everybody: list[str]) -> tuple[int, list[list[str]]]:
    """Write the tables; how many were graded, and the remarks."""
    marks, lines, remarks = [], [], []
    for student in everybody:
        known = kept(task, student)
        if "ungraded" not in known and not (known and book.knows(student)):
            known["ungraded"] = "not graded yet"
        if "ungraded" in known:
            remarks.append([student, "ungraded", known["ungraded"]])
            continue
        marks.append(book.marks(student))
        lines += [[student, *entry.values()] for entry in known["lines"]]
        remarks += [[student, *remark] for remark in known["remarks"]]
    people = book.students()
    tables.nbgrader(task.grades / "nbgrader.csv", marks)
    tables.moodle(task.grades / "moodle.csv", task.assignment, marks, people)
    tables.canvas(task.grades / "canvas.csv", task.assignment, marks, people)
    tables.write(task.grades / "report.csv", tables.REPORT, lines)
    tables.write(task.grades / "remarks.csv", tables.REMARKS, remarks)
    return len(marks), remarks


def run(task: Task, wanted: Sequence[str]) -> None:
    """Grade a class and say what came of it."""
    from tqdm.auto import tqdm

    from hopfield_edu._grade.book import Book, BookError

    everybody = students(task, [])
    chosen = students(task, wanted)
    if not judge.trial(task.sandboxed):
        if not task.sandboxed:
            raise Wrong("the process in which submissions run does not start")
        said = sandbox.complaint()
        raise Wrong(NO_SANDBOX + (f"\nIt says: {said}" if said else ""))
    task.work.mkdir(parents=True, exist_ok=True)
    book = Book(task.course, task.assignment, task.work)
    try:
        release = read_release(book.release() / f"{task.assignment}.ipynb")
        known(task, release)
    except ValueError as error:
        raise Wrong(f"the exercises in {task.source} cannot be graded: {error}") from None
    except BookError as error:
        text = f"nbgrader cannot make the exercises from solutions/: {error}"
        raise Wrong(
            f"{text}\nIf the exercises have changed since they were graded, move gradebook.db away"
        ) from None
    fresh = 0
    if said := another_seed(task, chosen):
        print(said, flush=True)
    try:
        for student in tqdm(chosen, desc=task.assignment, unit="student"):
            fresh += one(task, book, release, student)
    finally:
        graded, remarks = report(task, book, everybody)
        shutil.rmtree(task.work / "checked", ignore_errors=True)
    tell(task, graded, len(chosen) - fresh, remarks)


def known(task: Task, release: Any) -> None:
    """Make the checks beside the solution known; ValueError says for which cell there is none anywhere."""
    own = _own.read(task.source) if task.checks else {}
    with_checks(release, own, f"in {task.source / _own.WHOLE}")


def read_release(path: Path) -> Any:
    """The exercises as they were handed out, with their cell ids and marks."""
    import nbformat

    return nbformat.read(path, as_version=4)


def tell(task: Task, graded: int, skipped: int, remarks: list[list[str]]) -> None:
    """A short summary; the tables hold the rest."""
    before = f"; {skipped} are as they were the last time, and were skipped" if skipped else ""
    print(f"{graded} graded{before}")
    ungraded = [remark for remark in remarks if remark[1] == "ungraded"]
    for student, _, text in ungraded:
        print(f"  not graded: {student}: {text}")
    others = len(remarks) - len(ungraded)
    if others:
        print(f"  {others} remarks to look at, in remarks.csv")
    print(honesty.CANNOT)
    print(f"The tables are in {task.grades}")


def main(argv: Sequence[str]) -> None:
    """Run the command."""
    arguments = parse(argv)
    try:
        run(prepare(arguments), arguments.student)
    except Wrong as error:
        raise SystemExit(f"hopfield-edu grade: {error}") from None
    except ImportError as error:
        if (error.name or "").split(".")[0] not in ("nbgrader", "nbconvert", "nbformat"):
            raise
        text = 'nbgrader is missing: pip install -c constraints.txt -e ".[instructor]"'
        raise SystemExit(f"hopfield-edu grade: {text}") from None
    except OSError as error:
        raise SystemExit(f"hopfield-edu grade: cannot write: {error}") from None
    except KeyboardInterrupt:
        raise SystemExit("\nhopfield-edu grade: stopped; start it again to go on where it was") from None
