"""Build, check and release the notebooks of the course.

    python tools/notebooks.py new 03_energy   # an empty chapter and its exercises (A7_word: an appendix)
    python tools/notebooks.py build [PATH]    # execute, format, normalise, set the clock, in place
    python tools/notebooks.py check [PATH]    # what would `build`, `release` change? (runs no code)
    python tools/notebooks.py sentences [PATH]  # the ten longest of each notebook, for an editor
    python tools/notebooks.py release         # make exercises/ from solutions/ with nbgrader

Exercises of your own, in a private folder outside of this repository (GUIDE.md):

    python tools/notebooks.py new own_week --private ../exam
    python tools/notebooks.py build ../exam/solutions/own_week/own_week.ipynb
    python tools/notebooks.py release --private ../exam

`build` writes the same bytes on every run, on every machine with the versions in constraints.txt,
so that a difference in git is a difference in the course.
"""

import argparse
import hashlib
import json
import math
import os
import re
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import form
import nbformat
import spoilers
from nbformat import NotebookNode

from hopfield_edu._grade.command import SEED_FILE
from hopfield_edu.feedback import _own, _sealed

ROOT = Path(__file__).resolve().parents[1]

KERNEL = {
    "kernelspec": {
        "display_name": "Python 3 (ipykernel)",
        "language": "python",
        "name": "python3",
    },
    "language_info": {"name": "python"},
}
KEPT_METADATA = {"nbgrader", "tags", "jupyter", "deletable", "editable"}
KEPT_JUPYTER = {"source_hidden", "outputs_hidden"}  # the latter marks an output that spoils a prediction
WIDGET_TYPES = {
    "application/vnd.jupyter.widget-view+json",
    "application/vnd.jupyter.widget-state+json",
}
NEEDED = {  # what each command cannot do without
    "new": ("ruff", "nbclient", "ipykernel"),
    "build": ("ruff", "nbclient", "ipykernel"),
    "check": ("ruff",),
    "release": ("nbgrader",),
}
CELL_TIMEOUT = 120  # seconds, as for nbval

# The clock: how long a learner is busy with what, in seconds. Run time is a constant per cell, as
# a measured one would differ from machine to machine; a test holds the real one below it. What is
# folded counts nowhere, neither under a heading nor in the core nor in the whole: it may be left closed.
PER_WORD = 60 / 180  # 180 words a minute: prose with formulas in it
PER_CODE_LINE = 6  # of as many characters as fit in one, however the code is broken into lines
PER_FIGURE = 20
LINE = 58  # characters of code: one full line
PER_RUN = 1
PER_PREDICTION = 45
PER_EXPLORER = 120
PER_QUESTION = 40
PER_EXERCISE = 300  # unless its cell has a tag such as `about-15-min`
STATED = re.compile(r"about-(\d+)-min")

HIDDEN = re.compile(r"^### BEGIN HIDDEN TESTS$.*?^### END HIDDEN TESTS$", re.MULTILINE | re.DOTALL)
TIME_LINE = re.compile(r"^\*\*Time:\*\* about .*? min(?: \(core: \d+ min\))?", re.MULTILINE)
CLOCK = re.compile(r"(?:\n[ \t]*)*\n<small>\d+ min in</small>")  # with the blank line above it
CHAPTERS = re.compile(r"(<!-- chapters -->\n).*?(<!-- /chapters -->)", re.DOTALL)


# ------------------------------------------------------------------------------ files


def chapter_notebooks() -> list[Path]:
    """The notebooks that are written by hand: the chapters, then the solutions."""
    return sorted(ROOT.glob("notebooks/*.ipynb")) + sorted(ROOT.glob("solutions/*/*.ipynb"))


def is_appendix(path: Path) -> bool:
    """Whether a notebook is an appendix: pages to look things up, without clock, quiz and exercises."""
    return re.match(r"A\d", path.stem) is not None


def read(path: Path) -> NotebookNode:
    """Read a notebook as it stands (nbformat itself would give missing ids random values)."""
    notebook = nbformat.from_dict(json.loads(path.read_text(encoding="utf-8")))
    for cell in notebook.cells:  # on disk, a text is a list of lines
        cell.source = _joined(cell.source)
        for output in cell.get("outputs", []):
            if "text" in output:
                output.text = _joined(output.text)
            for kind, value in output.get("data", {}).items():
                if kind != "application/json" and not kind.endswith("+json"):
                    output.data[kind] = _joined(value)
    return notebook


def _joined(text: str | list[str]) -> str:
    return text if isinstance(text, str) else "".join(text)


def as_bytes(notebook: NotebookNode) -> bytes:
    """The notebook as the file holds it."""
    return (nbformat.writes(notebook, version=4).rstrip("\n") + "\n").encode("utf-8")


# ------------------------------------------------------------------------------ normal form


def normalise(notebook: NotebookNode) -> NotebookNode:
    """Keep what a learner reads and git should see; drop what changes from run to run."""
    notebook.metadata = nbformat.from_dict(KERNEL)
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    used: set[str] = set()
    for cell in notebook.cells:
        cell.source = cell.source.rstrip()
        cell.metadata = _cell_metadata(cell)
        cell.id = _cell_id(cell, used)
        cell.pop("attachments", None)
        if cell.cell_type == "code":
            cell.outputs = list(_outputs(cell.get("outputs", [])))
            cell.setdefault("execution_count", None)
    return notebook


def _cell_metadata(cell: NotebookNode) -> NotebookNode:
    kept = {key: value for key, value in cell.metadata.items() if key in KEPT_METADATA}
    if "jupyter" in kept:
        kept["jupyter"] = {k: v for k, v in kept["jupyter"].items() if k in KEPT_JUPYTER}
    if cell.cell_type == "code" and spoilers.REVEAL.search(
        cell.source
    ):  # its output tells what is to be predicted
        kept["jupyter"] = kept.get("jupyter", {}) | {"outputs_hidden": True}
    return nbformat.from_dict({key: value for key, value in kept.items() if value not in ({}, [])})


def _cell_id(cell: NotebookNode, used: set[str]) -> str:
    """Its own id while that is unique, or else one that follows from its source."""
    new, copy = cell.get("id", ""), 0
    while not new or new in used:
        new = hashlib.sha256(f"{copy or ''}{cell.source}".encode()).hexdigest()[:8]
        copy += 1
    used.add(new)
    return new


def _outputs(outputs: list[NotebookNode]) -> Iterator[NotebookNode]:
    """The outputs without live widgets, with the pieces of one printed text joined."""
    stream = None
    for output in outputs:
        output.get("metadata", {}).pop("execution", None)
        if output.output_type == "stream":
            if stream is not None and stream.name == output.name:
                stream.text += output.text
                continue
            stream = output
        else:
            stream = None
        if "data" in output:
            for kind in WIDGET_TYPES & output.data.keys():
                del output.data[kind]
            if not output.data:
                continue
        yield output


def formatted(notebook: NotebookNode) -> NotebookNode:
    """The notebook with its code cells as ruff writes them."""
    command = [sys.executable, "-m", "ruff", "format", "--config", str(ROOT / "pyproject.toml")]
    done = subprocess.run(
        [*command, "--stdin-filename", "notebook.ipynb", "-"],
        input=as_bytes(notebook),
        capture_output=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(done.stderr.decode())
    sources = json.loads(done.stdout)["cells"]
    for cell, new in zip(notebook.cells, sources, strict=True):
        if cell.cell_type == "code":
            cell.source = _joined(new["source"])
    return notebook


# ------------------------------------------------------------------------------ the clock


def reading_seconds(text: str) -> float:
    """How long a learner reads a piece of Markdown, pictures included."""
    pictures = len(re.findall(r"!\[|<img\b", text))
    prose = re.sub(r"\]\([^)]*\)|<[^>]*>|https?://\S+", " ", text)
    return PER_WORD * len(re.findall(r"\w+", prose)) + PER_FIGURE * pictures


def code_seconds(cell: NotebookNode) -> float:
    """How long a learner is busy with a code cell: reads it, runs it, looks at what comes out."""
    if cell.metadata.get("nbgrader", {}).get("solution"):
        return exercise_seconds(cell)
    hidden = cell.metadata.get("jupyter", {}).get("source_hidden", False)
    seconds = PER_RUN + (0 if hidden else PER_CODE_LINE * code_lines(HIDDEN.sub("", cell.source)))
    explorers = len(re.findall(r"\bexplore\.[a-z]\w*\(", cell.source))
    predictions = len(re.findall(r"\.reveal\(", cell.source))
    if explorers:
        seconds += PER_EXPLORER * explorers
    else:
        shown = [o.get("data", {}) for o in cell.outputs]
        seconds += PER_FIGURE * sum("image/png" in d or "<table" in d.get("text/html", "") for d in shown)
    return seconds + PER_PREDICTION * predictions + PER_QUESTION * questions(cell)


def code_lines(source: str) -> float:
    """How many full lines of code there are to read, whether they are broken into many or few."""
    return sum(len(line.strip()) for line in source.splitlines()) / LINE


def exercise_seconds(cell: NotebookNode) -> float:
    """How long a student works on an answer: what the cell's tag states, or five minutes."""
    stated = [STATED.fullmatch(tag) for tag in cell.metadata.get("tags", [])]
    return next((60.0 * int(found[1]) for found in stated if found), PER_EXERCISE)


def questions(cell: NotebookNode) -> int:
    """How many quiz questions a cell asks: the numbered lines of what it shows."""
    if not re.search(r"\bquiz\.[a-z]\w*\(", cell.source):
        return 0
    shown = "\n".join(o.get("data", {}).get("text/plain", "") for o in cell.outputs)
    return max(1, len(re.findall(r"^\s*(?:Question )?\d+[.):] ", shown, re.MULTILINE)))


def set_clock(notebook: NotebookNode) -> NotebookNode:
    """Write the time into its line near the top, and, if there are several, under every `## ` heading."""
    seconds = 0.0
    for cell in notebook.cells:
        if is_read(cell):
            cell.source, seconds = _with_clock(cell.source, seconds)
        else:
            seconds += busy_seconds(cell)
    clocks = [cell for cell in notebook.cells if is_read(cell) for _ in CLOCK.finditer(cell.source)]
    if len(clocks) == 1:  # of one part all is said by the line near the top
        clocks[0].source = CLOCK.sub("", clocks[0].source)
    line = f"**Time:** about {math.ceil(seconds / 60)} min"
    if further := plus_seconds(notebook):
        line += f" (core: {math.ceil((seconds - further) / 60)} min)"
    if place := _time_cell(notebook):
        place.source = TIME_LINE.sub(line, place.source, count=1)
    elif notebook.cells and notebook.cells[0].cell_type == "markdown":
        notebook.cells[0].source = notebook.cells[0].source.rstrip() + "\n\n" + line
    return notebook


def is_read(cell: NotebookNode) -> bool:
    """Whether a cell is Markdown that a learner reads, not one that a student writes as an answer."""
    return cell.cell_type == "markdown" and not cell.metadata.get("nbgrader", {}).get("solution")


def busy_seconds(cell: NotebookNode) -> float:
    """How long a learner is busy with a cell that is not read: runs its code, or writes the answer."""
    return {"code": code_seconds, "markdown": exercise_seconds}.get(cell.cell_type, lambda raw: 0.0)(cell)


def plus_seconds(notebook: NotebookNode) -> float:
    """How long a learner is busy with sections `## Title +`, or with exercises `## Exercise 3: title +`."""
    seconds, plus = 0.0, False
    for cell in notebook.cells:
        if not is_read(cell):
            seconds += busy_seconds(cell) if plus else 0
            continue
        for line in unfolded(CLOCK.sub("", cell.source)):
            plus = form.is_plus(line) if line.startswith("## ") else plus
            seconds += reading_seconds(line) if plus else 0
    return seconds


def section_minutes(notebook: NotebookNode) -> dict[str, float]:
    """The minutes of each section, by its heading; what comes before the first `## ` goes by the title."""
    section, seconds = "", dict[str, float]()
    for cell in notebook.cells:
        if not is_read(cell):
            seconds[section] = seconds.get(section, 0) + busy_seconds(cell)
            continue
        for line in unfolded(CLOCK.sub("", cell.source)):
            section = line.lstrip("# ") if line.startswith(("# ", "## ")) else section
            seconds[section] = seconds.get(section, 0) + reading_seconds(line)
    return {name: value / 60 for name, value in seconds.items()}


def sections(notebook: NotebookNode) -> dict[str, list[NotebookNode]]:
    """The code cells of each section, by its heading; those before the first `## ` by the title."""
    section, found = "", dict[str, list[NotebookNode]]()
    for cell in notebook.cells:
        if cell.cell_type == "code":
            found[section].append(cell)
            continue
        for line in unfolded(cell.source):
            if line.startswith(("# ", "## ")):
                section = line.lstrip("# ")
                found[section] = []
    return found


def unfolded(source: str) -> list[str]:
    """The lines of a cell of Markdown, as many as it has, with those empty that are folded."""
    return form.FOLDED.sub(lambda folded: "\n" * folded[0].count("\n"), source).split("\n")


def _time_cell(notebook: NotebookNode) -> NotebookNode | None:
    """The first cell that states the time: what moves may come before it."""
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and TIME_LINE.search(cell.source):
            return cell
    return None


def _with_clock(source: str, seconds: float) -> tuple[str, float]:
    """The source with a clock line after each `## ` heading, and the seconds at its end."""
    lines, fenced, bare = [], False, CLOCK.sub("", source)
    for line, read in zip(bare.split("\n"), unfolded(bare), strict=True):
        lines.append(line)
        fenced ^= line.lstrip().startswith("```")
        if line.startswith("## ") and not fenced:
            lines += ["", f"<small>{int(seconds / 60 + 0.5)} min in</small>"]
        if not TIME_LINE.match(line):
            seconds += reading_seconds(read)
    return "\n".join(lines), seconds


# ------------------------------------------------------------------------------ build


def execute(notebook: NotebookNode, folder: Path) -> NotebookNode:
    """Run all cells in a fresh kernel in `folder`, as their author, with no trace of when it ran."""
    from nbclient import NotebookClient

    client = NotebookClient(
        notebook,
        timeout=CELL_TIMEOUT,
        iopub_timeout=CELL_TIMEOUT,  # on a busy machine outputs come late; after 4 seconds they would be lost
        kernel_name="python3",
        record_timing=False,
        store_widget_state=False,
        extra_arguments=["--IPKernelApp.log_level=ERROR"],
        resources={"metadata": {"path": str(folder)}},
    )
    return client.execute(env=os.environ | {"HOPFIELD_EDU_AUTHOR": "1"})


def finished(notebook: NotebookNode, path: Path) -> NotebookNode:
    """All of `build` but the execution."""
    notebook = formatted(normalise(notebook))
    return notebook if is_appendix(path) else set_clock(notebook)


def build(paths: list[Path]) -> list[str]:
    """Execute and rewrite notebooks; return what went wrong."""
    from nbclient.exceptions import CellExecutionError

    wrong = []
    for path in paths:
        notebook = formatted(normalise(read(path)))
        try:
            execute(notebook, path.parent)
        except CellExecutionError as error:
            wrong.append(f"{shown(path)}: a cell fails, the file stays as it was\n{error}")
            continue
        new = as_bytes(finished(notebook, path))
        changed = new != path.read_bytes()
        if changed:
            path.write_bytes(new)
        print(f"{shown(path)}: {'written' if changed else 'unchanged'}")
        wrong += output_problems(path, notebook)
    return wrong


def shown(path: Path) -> str:
    """The path as a reader knows it."""
    path = path.resolve()
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else str(path)


# ------------------------------------------------------------------------------ check


def problems(path: Path) -> list[str]:
    """What is wrong with a notebook that should be built; runs none of its code."""
    found = output_problems(path, read(path))
    if path.parent.name == "notebooks":
        asked = spoilers.questions(ROOT / "hopfield_edu" / "predictions", path.stem)
        found += [f"{shown(path)}: {line}" for line in spoilers.problems(read(path), asked)]
    found += [f"{shown(path)}: {line}" for line in form.wide_code(read(path))]
    if path.stem in form.RE_EDITED and path.parent.name == "notebooks":
        found += [f"{shown(path)}: {line}" for line in form.problems(read(path))]
    elif "solutions" in path.resolve().parts:
        found += [f"{shown(path)}: {line}" for line in form.sections(read(path))]
    if as_bytes(finished(read(path), path)) != path.read_bytes():
        found.append(f"{shown(path)}: not as `tools/notebooks.py build` writes it")
    return found


def output_problems(path: Path, notebook: NotebookNode) -> list[str]:
    """Cells that were not run in order, that failed, or that warned."""
    found = []
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    for number, cell in enumerate(code, start=1):
        where = f"{shown(path)}: code cell {number} ({cell.source.strip()[:40]!r})"
        if not cell.source.strip():
            found.append(f"{where} is empty")
        elif cell.execution_count is None:
            found.append(f"{where} was never executed, so nothing compares its output")
        elif cell.execution_count != number:
            found.append(f"{where} was executed as number {cell.execution_count}")
        for output in cell.outputs:
            if output.output_type == "error":
                found.append(f"{where} holds an error: {output.ename}")
            elif output.get("name") == "stderr":
                found.append(f"{where} holds a warning: {output.text.strip()[:80]!r}")
    return found


def list_sentences(path: Path) -> None:
    """Print the longest sentences of a notebook, for an editor to read aloud."""
    print(shown(path))
    for length, sentence in form.longest_sentences(read(path)):
        print(f"  {length:3} words: {sentence}")


# ------------------------------------------------------------------------------ release


def release(target: Path, source: Path | None = None, secret: str = "") -> list[Path]:
    """Make the exercises in `target` from the solutions in `source` with nbgrader; return their files.

    Checks of one's own (`checks.py`) stay where they are: without their answers they become `checks.json`.
    """
    source = source or ROOT
    with tempfile.TemporaryDirectory() as name:
        course = Path(name).resolve()
        shutil.copytree(
            source / "solutions",
            course / "solutions",
            ignore=shutil.ignore_patterns(".*", "__pycache__", _own.WHOLE),
        )
        config = source / "nbgrader_config.py"
        shutil.copy(config if config.exists() else ROOT / config.name, course)
        assignments = sorted(p.name for p in (course / "solutions").iterdir() if p.is_dir())
        for assignment in assignments:
            _generate_assignment(course, assignment)
            if (source / "solutions" / assignment / _own.WHOLE).exists():
                sealed = sealed_checks(source / "solutions" / assignment, secret)
                (course / "exercises" / assignment / _own.SEALED).write_bytes(sealed)
        files = []
        for made in sorted(p for p in course.glob("exercises/**/*") if p.is_file()):
            path = target / made.relative_to(course / "exercises")
            path.parent.mkdir(parents=True, exist_ok=True)
            if made.suffix == ".ipynb":
                path.write_bytes(as_bytes(normalise(read(made))))
            else:
                shutil.copyfile(made, path)
            files.append(path)
        return files


def sealed_checks(folder: Path, secret: str) -> bytes:
    """The checks of a folder as they are handed out; SystemExit says why they cannot be."""
    checks = []
    try:
        for check in _own.read(folder).values():
            try:
                checks.append(_sealed.seal(check, secret))
            except _sealed.CannotSeal as error:
                print(f"{error}: only `hopfield-edu grade` judges it, and a learner is told so")
                checks.append(_sealed.without(check))
    except ValueError as error:
        raise SystemExit(f"{shown(folder / _own.WHOLE)}: {error}") from None
    content = {"format": _sealed.FORMAT, "checks": checks}
    return (json.dumps(content, ensure_ascii=False) + "\n").encode("utf-8")


def secret_of(folder: Path) -> str:
    """What chooses the inputs of a private folder's checks; made where it is missing."""
    path = folder / SEED_FILE
    if not path.exists():
        path.write_text(f"{secrets.token_hex(12)} {{student}}\n", encoding="utf-8")
        print(f"{shown(path)}: made; it chooses the inputs with which you grade, so show it to nobody")
    return path.read_text(encoding="utf-8").strip()


def release_private(folder: Path) -> list[Path]:
    """Make the exercises of a private folder."""
    if not (folder / "solutions").is_dir():
        raise SystemExit(f"{folder} has no folder solutions: `new NAME --private {folder}` makes one")
    return release(folder / "exercises", folder, secret_of(folder))


def _generate_assignment(course: Path, assignment: str) -> None:
    """What `nbgrader generate_assignment` does, without a gradebook."""
    from nbgrader.converters import GenerateAssignment
    from nbgrader.coursedir import CourseDirectory
    from nbgrader.preprocessors import SaveCells
    from traitlets.config import PyFileConfigLoader

    config = PyFileConfigLoader("nbgrader_config.py", path=str(course)).load_config()
    config.CourseDirectory.root = str(course)
    config.CourseDirectory.assignment_id = assignment
    converter = GenerateAssignment(coursedir=CourseDirectory(config=config), config=config)
    converter.no_database = True
    converter.preprocessors = [step for step in converter.preprocessors if step is not SaveCells]
    converter.start()


def release_problems() -> list[str]:
    """How exercises/ differs from what `release` would write."""
    if not (ROOT / "solutions").exists():
        return []
    with tempfile.TemporaryDirectory() as name:
        fresh = Path(name)
        wanted = {p.relative_to(fresh).as_posix(): p.read_bytes() for p in release(fresh)}
    exercises = ROOT / "exercises"
    present = {
        p.relative_to(exercises).as_posix(): p.read_bytes()
        for p in exercises.glob("*/**/*")
        if p.is_file() and ".ipynb_checkpoints" not in p.parts
    }
    return [
        f"exercises/{name}: not what `tools/notebooks.py release` makes of solutions/"
        for name in sorted(wanted.keys() | present.keys())
        if wanted.get(name) != present.get(name)
    ]


# ------------------------------------------------------------------------------ the chapter list


def title(notebook: NotebookNode) -> str:
    """The text of the notebook's `# ` heading."""
    return re.search(r"^# (.+)$", notebook.cells[0].source, re.MULTILINE)[1].strip()


def minutes(notebook: NotebookNode) -> str:
    """The time that the notebook states."""
    cell = _time_cell(notebook)
    return TIME_LINE.search(cell.source)[0].removeprefix("**Time:** about ") if cell else ""


def chapter_list() -> str:
    """The table of the chapters for README.md, and the appendices below it."""
    rows = ["", "| chapter | time | exercises |", "|---|---|---|"]
    paths = sorted(ROOT.glob("notebooks/*.ipynb"))
    for path in (path for path in paths if not is_appendix(path)):
        chapter, number = read(path), path.stem.split("_")[0]
        row = f"| {number} [{title(chapter)}]({shown(path)}) | {minutes(chapter)} |"
        for exercise in sorted(ROOT.glob(f"exercises/{path.stem}/*.ipynb")):
            row += f" [exercises]({shown(exercise)}), {minutes(read(exercise))}"
        rows.append(f"{row} |".replace("  |", " |"))
    to_look_up = [f"[{title(read(path))}]({shown(path)})" for path in paths if is_appendix(path)]
    if to_look_up:
        rows += ["", f"To look things up: {', '.join(to_look_up)}."]
    return "\n".join(rows) + "\n\n"


def readme_with_chapters() -> str:
    """README.md with its chapter list up to date."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    return CHAPTERS.sub(lambda found: found[1] + chapter_list() + found[2], text)


def readme_problems() -> list[str]:
    """Whether the chapter list in README.md is the one of the notebooks."""
    if readme_with_chapters() != (ROOT / "README.md").read_text(encoding="utf-8"):
        return ["README.md: its chapter list is not as `tools/notebooks.py build` writes it"]
    return []


# ------------------------------------------------------------------------------ a new chapter

CHAPTER = """\
md
# {title}: what happens when ...?

Two or three sentences that make the reader want to know, and say what to do with the next cell.
code
from hopfield_edu import explore

explore.two_units()
md
What moved, and which question it leaves open, in one sentence.

<details><summary>Objectives</summary>

After this chapter you can

1. compute ...;
2. predict ...;
3. explain why ... fails when ...

</details>

**Prerequisites:** the chapter before.

**Time:** about 0 min
md
## One idea

Show, then say, then (if it pays) print. Before a surprise, ask for a prediction,
`predict.ask("{number:02}/name")`, and show the outcome in the next cell with `guess.reveal(outcome)`.
code
from hopfield_edu import predict

guess = predict.ask("{name:.2}/surprise")
guess
code
import numpy as np

rng = np.random.default_rng({number})
guess.reveal(rng.random() > 0.5, f"{{rng.random():.3f}}")
md
What it shows, in one sentence.

<details><summary>Where the sources differ</summary>

...

</details>
md
## A second look +

What goes beyond the core: its heading ends in a plus sign, and no later core section needs it.
code
print(f"{{rng.random():.3f}}")
md
## Where it breaks

The failure, on purpose, that makes the next idea necessary.
md
## Quick quiz

Three to six questions, one or two of them from earlier chapters.
md
## Recap

**You can now** ...

**Key formulas:** ...

**Terms:** ...

**Exercises:** [{name}](../exercises/{name}/{name}.ipynb)

**Sources:** ...
"""

PREDICTIONS = """\
# Predictions of chapter {name:.2}: question, choices (or number = true), reason (shown afterwards).

[surprise]
ask = "Will it be more than one half?"
choices = ["yes", "no"]
why = "One or two plain sentences."
"""

APPENDIX = """\
md
# {title}

One sentence on what one finds here.

**Sources:** ...
"""

EXERCISES = """\
md
# Exercises: {title}

**One idea:** the one thing that all exercises here train.

{about}Write your code where it says so, then run the check below it; `hint(1)`, `hint(2)` ... help
step by step.

Do not change an array that your function is given; change a copy, as in `new = state.copy()`.
(`new = state` is only a second name.)

**Time:** about 0 min
code
import numpy as np

from hopfield_edu import feedback

feedback.load()
md
## Exercise 1: what stays

Write `kept(before, after)`: how many units have the same value in both states? Both are arrays of
the same length, with entries +1 and −1.
solution
def kept(before, after):
    n = None  # how many units have kept their value
    ### BEGIN SOLUTION
    n = int(np.sum(before == after))
    ### END SOLUTION
    return n
check
### BEGIN HIDDEN TESTS
assert feedback.kept(kept, seed="the instructor's")
### END HIDDEN TESTS
feedback.kept(kept)
"""

ABOUT = "For chapter [{name}](../../notebooks/{name}.ipynb). "

CHECKS = '''\
"""The checks of {name}. `feedback.load()` finds them here; a learner gets them without their answers."""

import numpy as np

from hopfield_edu.feedback.making import FunctionCheck, Mistake


def _kept(before, after):  # the right answer; its name and its arguments are those of the exercise
    return int(np.sum(before == after))


def those_that_changed(before, after):
    """You counted the units that changed. The others were asked for."""
    return int(np.sum(before != after))


def a_share(before, after):
    """That is a share between 0 and 1. How many units are they?"""
    return float(np.mean(before == after))


def _states(rng):
    """The inputs on which answers are compared: enough of them to tell all mistakes apart."""
    return [tuple(rng.choice([-1, 1], size=(2, n))) for n in rng.integers(2, 30, size=8)]


kept = FunctionCheck(
    _kept,
    _states,
    [Mistake.of(those_that_changed), Mistake.of(a_share)],
    ["Compare the two arrays: what does `before == after` hold?", "How do you count what is True?"],
)
'''


def skeleton(name: str, template: str) -> NotebookNode:
    """A notebook with the sections that every chapter has."""
    number, words = re.fullmatch(r"(?:A?(\d+)_)?(.*)", name).groups()
    about = ABOUT.format(name=name) if number else ""
    title = words.replace("_", " ").capitalize()
    text = template.format(name=name, number=int(number or 0), title=title, about=about)
    cells, grades = [], {"solution": 0, "check": 0}
    for kind, source in re.findall(
        r"^(md|code|solution|check)\n(.*?)(?=^(?:md|code|solution|check)\n|\Z)", text, re.M | re.S
    ):
        if kind == "md":
            cells.append(nbformat.v4.new_markdown_cell(source.strip()))
            continue
        cell = nbformat.v4.new_code_cell(source.strip())
        if kind in grades:
            grades[kind] += 1
            cell.metadata["nbgrader"] = nbgrader_metadata(f"{kind}-{grades[kind]}", kind == "check")
        cells.append(cell)
    for cell in cells:
        del cell["id"]  # a random one; `normalise` gives one that follows from the source
    return nbformat.from_dict({"metadata": KERNEL, "cells": cells})


def nbgrader_metadata(grade_id: str, check: bool, points: int = 1) -> dict[str, object]:
    """What nbgrader wants to know of a cell: an answer, or a check that gives points."""
    metadata = {"grade": check, "grade_id": grade_id, "locked": check, "schema_version": 3}
    metadata |= {"solution": not check, "task": False}
    return metadata | ({"points": points} if check else {})


def new(name: str) -> list[Path]:
    """Make an empty chapter and its exercises, or an empty appendix; return the files."""
    if not re.fullmatch(r"(\d\d|A\d)_[a-z0-9_]+", name):
        raise SystemExit(f"{name!r}: a chapter is named like 03_energy, an appendix like A2_notation")
    chapter = ROOT / "notebooks" / f"{name}.ipynb"
    files = {chapter: CHAPTER, ROOT / "solutions" / name / f"{name}.ipynb": EXERCISES}
    if is_appendix(chapter):
        files = {chapter: APPENDIX}
    for path in files:
        if path.exists():
            raise SystemExit(f"{shown(path)} exists: nothing written")
    if not is_appendix(chapter):
        asked = ROOT / "hopfield_edu" / "predictions" / f"{name}.toml"
        if not asked.exists():
            asked.write_text(PREDICTIONS.format(name=name), encoding="utf-8", newline="\n")
        write_new(ROOT / "solutions" / name / _own.WHOLE, CHECKS.format(name=name))
    for path, template in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(as_bytes(finished(skeleton(name, template), path)))
        print(f"{shown(path)}: made")
    return list(files)


def new_private(name: str, folder: Path) -> list[Path]:
    """Make an exercise with its check in a folder outside of this repository; return the notebook."""
    if not re.fullmatch(r"[a-z0-9_]+", name):
        raise SystemExit(f"{name!r}: exercises are named with a to z, 0 to 9 and _, like own_week")
    if folder.resolve().is_relative_to(ROOT):
        raise SystemExit(f"{folder} is inside of the repository: a private folder lies outside")
    path = folder / "solutions" / name / f"{name}.ipynb"
    if path.exists():
        raise SystemExit(f"{shown(path)} exists: nothing written")
    write_new(path.with_name(_own.WHOLE), CHECKS.format(name=name))
    write_new(folder / "nbgrader_config.py", (ROOT / "nbgrader_config.py").read_text(encoding="utf-8"))
    secret_of(folder)
    path.write_bytes(as_bytes(finished(skeleton(name, EXERCISES), path)))
    print(f"{shown(path)}: made")
    return [path]


def write_new(path: Path, text: str) -> None:
    """Write a file unless it is there."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
        print(f"{shown(path)}: made")


# ------------------------------------------------------------------------------ command line


def look_first(command: str, paths: list[Path], private: Path | None) -> None:
    """Before anything is written: SystemExit says which package is missing, or which path is wrong."""
    if missing := [name for name in NEEDED.get(command, ()) if find_spec(name) is None]:
        advice = 'pip install -c constraints.txt -e ".[instructor]"'
        raise SystemExit(f"{command} needs {', '.join(missing)}: {advice}; nothing written")
    for path in paths:
        if not path.is_file():
            raise SystemExit(f"{path} is {'a folder' if path.is_dir() else 'not there'}: name a notebook")
        try:
            read(path)
        except (ValueError, TypeError, AttributeError, KeyError):
            raise SystemExit(f"{path} is not a notebook that can be read") from None
    if private is not None and private.exists() and not private.is_dir():
        raise SystemExit(f"{private} is a file: --private wants a folder")


def main(argv: list[str] | None = None) -> int:
    """Run one subcommand; 1 when something is wrong."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, text in {
        "build": "execute and rewrite notebooks (all, or those given)",
        "check": "say what is not as it should be",
        "sentences": "list the ten longest sentences of each notebook",
    }.items():
        commands.add_parser(name, help=text).add_argument("paths", nargs="*", type=Path)
    releasing = commands.add_parser("release", help="make exercises/ from solutions/")
    making = commands.add_parser("new", help="make an empty chapter or appendix, or an exercise of your own")
    making.add_argument("name")
    for private in (releasing, making):
        text = "a folder of your own exercises, outside of the repository"
        private.add_argument("--private", metavar="FOLDER", type=Path, help=text)
    arguments = parser.parse_args(argv)
    private = getattr(arguments, "private", None)
    look_first(arguments.command, getattr(arguments, "paths", []), private)
    wrong: list[str] = []
    if arguments.command == "new":
        name = arguments.name
        wrong = build(new_private(name, private) if private is not None else new(name))
    elif private is not None:
        for path in release_private(private):
            print(f"{shown(path)}: made")
    elif arguments.command == "build":
        wrong = build(arguments.paths or chapter_notebooks())
    elif arguments.command == "sentences":
        for path in arguments.paths or chapter_notebooks():
            list_sentences(path)
    elif arguments.command == "check":
        for path in arguments.paths or chapter_notebooks():
            wrong += problems(path)
        wrong += [] if arguments.paths else release_problems() + readme_problems()
    else:
        for path in release(ROOT / "exercises"):
            print(f"{shown(path)}: made")
        wrong = release_problems()  # a file that no solution makes any more
    if arguments.command not in ("check", "sentences"):
        (ROOT / "README.md").write_text(readme_with_chapters(), encoding="utf-8", newline="\n")
    for line in wrong:
        print(line, file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
