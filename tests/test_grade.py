"""`hopfield-edu grade`: what is mended, who judges, what a submission can reach, what the tables say."""

import csv
import inspect
import io
import json
import os
import pickle
import signal
import subprocess
import sys
import time
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import classroom
import nbformat
import numpy as np
import pytest
from classroom import ASSIGNMENT

import notebooks as tool
from hopfield_edu import binary, course, feedback
from hopfield_edu._grade import command, judge, sandbox, submission, tables, wire, worker
from hopfield_edu._grade.scan import scan
from hopfield_edu.feedback._core import FunctionCheck

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def bubblewrap() -> None:
    """Skips a test where bubblewrap is missing or cannot start a container."""
    if not judge.trial(sandboxed=True):
        pytest.skip("bubblewrap does not work here (apt install bubblewrap)")


def table(course: Path, name: str) -> list[dict[str, str]]:
    with (course / "grades" / ASSIGNMENT / name).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def marks(course: Path) -> dict[str, float]:
    return {row["student_id"]: float(row["score"]) for row in table(course, "nbgrader.csv")}


def remarks(course: Path, student: str) -> list[str]:
    rows = [row for row in table(course, "remarks.csv") if row["student"] == student]
    return [f"{row['kind']}: {row['text']}" for row in rows]


def grade(folder: Path, *options: str) -> None:
    sandboxed = [] if judge.trial(sandboxed=True) else ["--unsandboxed"]
    course.main(["grade", ASSIGNMENT, f"--course={folder}", *sandboxed, *options])


# ------------------------------------------------------------------------------ what comes from a submission


@pytest.mark.parametrize(
    "value",
    [
        None,
        ...,
        True,
        3,
        10**40,
        0.5,
        float("inf"),
        1j,
        "a text",
        [1, [2.0, "x"], None],
        (1, (2,)),
        {"a": [1], 2: None},
        {1, 2},
        Fraction(1, 3),
        Decimal("0.1"),
        np.float32(0.5),
        np.int64(3),
        np.bool_(True),
        np.arange(6.0).reshape(2, 3),
        np.array([[1, -1]], dtype=np.int8),
        np.array([], dtype=int),
        np.array([Fraction(1, 2), 10**30], dtype=object),
    ],
    ids=repr,
)
def test_plain_values_come_through(value: Any) -> None:
    stream = io.BytesIO()
    wire.send(stream, wire.encode(value))
    stream.seek(0)
    back = wire.decode(wire.receive(stream))
    assert type(back) is type(value)
    if isinstance(value, np.ndarray):
        assert back.dtype == value.dtype
        assert back.shape == value.shape
        assert back.tolist() == value.tolist()
    else:
        assert back == value


def test_what_is_not_plain_keeps_its_name_only() -> None:
    holds_itself: list[Any] = []
    holds_itself.append(holds_itself)
    assert type(wire.decode(wire.encode(io.StringIO()))).__name__ == "StringIO"
    assert callable(wire.decode(wire.encode(len)))
    assert wire.decode(wire.encode(Fraction)).__name__ == "Fraction"
    assert isinstance(wire.decode(wire.encode(holds_itself)), list)


class Bomb:
    def __reduce__(self) -> Any:
        return (os.system, ("echo the judge runs code",))


@pytest.mark.parametrize(
    "body", [pickle.dumps(Bomb()), pickle.dumps(np.ones(2)), b"nonsense", pickle.dumps(Path)]
)
def test_a_forged_message_is_refused(body: bytes) -> None:
    with pytest.raises(ValueError, match="not plain"):
        wire.receive(io.BytesIO(len(body).to_bytes(8) + body))


def test_a_message_without_end_is_refused() -> None:
    with pytest.raises(ValueError, match="too long"):
        wire.receive(io.BytesIO((2**40).to_bytes(8)))
    with pytest.raises(EOFError):
        wire.receive(io.BytesIO((100).to_bytes(8) + b"short"))


@pytest.mark.parametrize(
    "message",
    [
        None,
        (),
        ("nothing",),
        ("plain",),
        ("array", "O", (1,), b"12345678", False),
        ("array", "f8", (9,), b"", 0),
    ],
    ids=repr,
)
def test_a_forged_value_is_refused(message: Any) -> None:
    with pytest.raises(ValueError):
        wire.decode(message)


def test_only_harmless_outputs_are_shown() -> None:
    script = "<script>alert(1)</script>"
    forged = [
        {
            "output_type": "display_data",
            "data": {"text/html": script, "text/plain": "x", "image/png": script},
        },
        {"output_type": "display_data", "data": {"image/png": "iVBORw0KGgo="}},
        {"output_type": "execute_result", "data": {"text/plain": "99"}},
        {"output_type": "stream", "name": script, "text": 3},
        {"output_type": "error", "ename": "E", "evalue": "v", "trace": "t", "traceback": [script]},
        "nonsense",
    ]
    kept = judge.clean(forged)
    assert script not in json.dumps(kept)
    assert [output["output_type"] for output in kept] == ["display_data", "display_data", "stream", "error"]
    assert "text/html" not in kept[0]["data"]
    assert kept[1]["data"]["image/png"] == "iVBORw0KGgo="
    assert judge.clean({"a": 1}) == []


def test_a_picture_that_is_shown_says_what_it_shows() -> None:
    data = {"text/plain": 'a "line" <b>', "text/html": "<script>", "image/png": "iVBOR\nw0KGgo="}
    (output,) = judge.clean([{"output_type": "display_data", "data": data}])
    assert output["data"]["text/html"] == (
        '<img alt="a &quot;line&quot; &lt;b&gt;" style="max-width: 100%" '
        'src="data:image/png;base64,iVBORw0KGgo=">'
    )


# ------------------------------------------------------------------------------ reading and mending


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "is empty"),
        (b"\xff\xfe\x00nonsense\xff", "not a text file"),
        (b'{"cells": [', "ends in the middle"),
        (b"{nonsense}", "no whole notebook"),
        (b"[1, 2]", "no notebook"),
        (b'{"cells": 3, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}', "no notebook"),
    ],
)
def test_a_file_that_is_no_notebook_is_named(content: bytes, why: str, tmp_path: Path) -> None:
    (tmp_path / "x.ipynb").write_bytes(content)
    with pytest.raises(submission.Ungradable, match=rf"x\.ipynb.*{why}"):
        submission.read(tmp_path / "x.ipynb")


def test_old_notebooks_are_read(tmp_path: Path) -> None:
    old = nbformat.v3.new_notebook(worksheets=[nbformat.v3.new_worksheet()])
    old.worksheets[0].cells.append(nbformat.v3.new_code_cell("x = 1"))
    (tmp_path / "x.ipynb").write_text(nbformat.v3.writes_json(old))
    assert [cell.source for cell in submission.read(tmp_path / "x.ipynb").cells] == ["x = 1"]


def test_the_notebook_is_found_under_other_names(tmp_path: Path) -> None:
    with pytest.raises(submission.Ungradable, match="no notebook"):
        submission.pick(tmp_path, "a.ipynb")
    (tmp_path / "a (1).ipynb").touch()
    path, notes = submission.pick(tmp_path, "a.ipynb")
    assert path.name == "a (1).ipynb"
    assert "instead of 'a.ipynb'" in notes[0]
    (tmp_path / "a.ipynb").touch()
    path, notes = submission.pick(tmp_path, "a.ipynb")
    assert path.name == "a.ipynb"
    assert "'a (1).ipynb'" in notes[0]


def test_a_link_to_anothers_work_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "ada").mkdir()
    (tmp_path / "ada" / "a.ipynb").touch()
    (tmp_path / "eve").mkdir()
    (tmp_path / "eve" / "a.ipynb").symlink_to(tmp_path / "ada" / "a.ipynb")
    with pytest.raises(submission.Ungradable, match="no notebook"):
        submission.pick(tmp_path / "eve", "a.ipynb")


def composed(given: nbformat.NotebookNode, tmp_path: Path) -> submission.Submission:
    (tmp_path / "x.ipynb").write_bytes(tool.as_bytes(given))
    return submission.compose(classroom.handed_out(), submission.read(tmp_path / "x.ipynb"))


def sources(notebook: nbformat.NotebookNode) -> list[str]:
    return [cell.source for cell in notebook.cells]


@pytest.mark.parametrize(
    ("change", "note"),
    [
        (classroom.without_checks, "missing, put back"),
        (classroom.without_marks, "metadata lost"),
        (lambda notebook: notebook.cells.reverse(), ""),
        (lambda notebook: classroom.answer(notebook).update(cell_type="raw"), "had become raw"),
    ],
    ids=["checks deleted", "marks lost", "order reversed", "an answer is raw text"],
)
def test_every_answer_finds_its_place_again(change: Any, note: str, tmp_path: Path) -> None:
    mended = composed(classroom.changed(change), tmp_path)
    assert sources(mended.notebook) == sources(classroom.solved())
    assert [cell.id for cell in mended.notebook.cells] == [cell.id for cell in classroom.handed_out().cells]
    assert note in " ".join(mended.notes)
    assert not mended.untouched


def test_copies_run_where_they_stand_and_count_once(tmp_path: Path) -> None:
    mended = composed(classroom.changed(classroom.with_copies), tmp_path)
    checks = [cell for cell in mended.notebook.cells if classroom.is_check(cell)]
    assert len(checks) == len(submission.exercises(classroom.handed_out()))
    assert "more than once" in mended.notes[0]
    own = [cell for cell in mended.notebook.cells if cell.id.startswith("own-")]
    assert own
    assert not any(cell.metadata for cell in own)


def test_own_cells_stay_between_their_neighbours(tmp_path: Path) -> None:
    given = classroom.changed(classroom.with_cell("helper = 1", place=0))
    given.cells.insert(6, nbformat.v4.new_markdown_cell("a <b>note</b>"))
    given.cells.append(nbformat.v4.new_code_cell("last = 1"))
    mended = composed(given, tmp_path)
    texts = sources(mended.notebook)
    assert texts[0] == "helper = 1"
    assert texts[6] == "a &lt;b>note&lt;/b>"  # no HTML of theirs in a page that others open
    assert texts[-1] == "last = 1"


def test_another_notebook_is_not_graded(tmp_path: Path) -> None:
    with pytest.raises(submission.Ungradable, match="another notebook"):
        composed(classroom.solved("13_modern_networks_and_attention"), tmp_path)


def test_a_missing_answer_and_an_untouched_one_are_seen(tmp_path: Path) -> None:
    given = classroom.handed_out()
    given.cells.remove(classroom.answer(given))
    mended = composed(given, tmp_path)
    assert "missing, no points for it" in mended.notes[0]
    assert len(mended.untouched) == len(submission.exercises(given))


def test_what_the_notebook_says_is_read_and_not_believed(tmp_path: Path) -> None:
    said = composed(classroom.changed(classroom.claiming, right=False), tmp_path).claims
    assert set(said.values()) == {"correct"}
    assert set(composed(classroom.handed_out(), tmp_path).claims.values()) == {"unknown"}


def test_exercises_are_those_of_the_release() -> None:
    for path in sorted(ROOT.glob("exercises/*/*.ipynb")):
        found = submission.exercises(tool.read(path))
        assert {exercise.check for exercise in found} <= set(feedback.CHECKS)
        assert all(exercise.points > 0 and exercise.arguments for exercise in found)


# ------------------------------------------------------------------------------ signs of tampering


@pytest.mark.parametrize(
    "code",
    [
        "feedback.update.solution = mine",
        "feedback = Mine()",
        "def feedback(x): pass",
        "x = feedback.update.solution",
        "from hopfield_edu.feedback import update",
        "import hopfield_edu.feedback as f\nf.update = 3",
        "from hopfield_edu.feedback import _core",
        "np.array_equal = lambda *a: True",
        "import os\nos.environ['NBGRADER_EXECUTION'] = ''",
        "setattr(x, 'y', 1)",
        "eval('1')",
        "check._judge = None",
        "import sys",
        "open('x', 'w')",
    ],
)
def test_tampering_leaves_signs(code: str) -> None:
    assert scan([(3, "import numpy as np"), (4, code)])[0].startswith("cell 4, line ")


@pytest.mark.parametrize(
    "code",
    [
        "class A:\n    def __init__(self):\n        self._x = 1",
        "weights[0, 1] = 2",
        "%matplotlib inline\nnet = binary.Network(w)\nnet.energy(y)",
        "not python at all (",
        "feedback.update(update)\nfeedback.update.hint(1)",
        "import matplotlib.pyplot as plt",
    ],
)
def test_ordinary_code_leaves_none(code: str) -> None:
    assert scan([(1, "import numpy as np\nfrom hopfield_edu import binary, feedback"), (2, code)]) == []


def test_no_solution_looks_like_tampering() -> None:
    for path in sorted(ROOT.glob("solutions/*/*.ipynb")):
        cells = [cell for cell in tool.read(path).cells if cell.cell_type == "code"]
        assert scan((n, c.source) for n, c in enumerate(cells) if not classroom.is_check(c)) == []


# ------------------------------------------------------------------------------ the judge


def job(*steps: tuple[str, ...], **settings: Any) -> dict[str, Any]:
    """Steps of ("cell", source) and ("check", name, argument ...)."""
    made = []
    for number, (kind, *rest) in enumerate(steps):
        step: dict[str, Any] = {"id": f"s{number}", "check": None, "source": rest[0]}
        if kind == "check":
            step |= {"check": rest[0], "arguments": rest[1:], "untouched": False}
        made.append(step)
    settings = {"seed": "1", "seconds": 20.0, "sandboxed": False, "folder": "nowhere"} | settings
    return {"steps": made, **settings}


RIGHT = "def new_value(h, y):\n    return y if h == 0 else 1 if h > 0 else -1"


def verdict(result: dict[str, Any], number: int) -> tuple[str, str | None]:
    said = result["verdicts"][f"s{number}"]
    return said["status"], said["mistake"]


def test_answers_are_judged_in_the_order_of_the_notebook() -> None:
    result = judge.decide(
        job(
            ("cell", RIGHT),
            ("check", "new_value", "new_value"),
            ("cell", "print('seen')\nnew_value = 1 / 0"),
            ("check", "new_value", "new_value"),
            ("cell", "def new_value(h, y):\n    raise KeyError('mine')"),
            ("check", "new_value", "new_value"),
            ("check", "new_value", "nobody"),
            ("cell", "del new_value"),
            ("check", "new_value", "new_value"),
        )
    )
    assert verdict(result, 1) == ("correct", None)
    assert verdict(result, 3) == ("correct", None)  # the cell failed: the old function is still there
    assert verdict(result, 5) == ("not yet", "raises an error")
    assert "KeyError" in result["verdicts"]["s5"]["text"]
    assert verdict(result, 6) == verdict(result, 8) == ("not yet", "no answer")
    assert [output["output_type"] for output in result["outputs"]["s2"]] == ["stream", "error"]


def test_the_judge_is_out_of_reach() -> None:
    steps = [("cell", classroom.THIEF), ("check", "update", "update"), ("check", "new_value", "new_value")]
    steps += [("cell", RIGHT), ("check", "new_value", "new_value")]
    steps += [("cell", "from hopfield_edu import feedback\nfeedback.progress('01')")]
    result = judge.decide(job(*steps))
    assert [verdict(result, n)[0] for n in (1, 2, 4)] == ["not yet", "not yet", "correct"]
    assert result["outputs"]["s5"] == []  # a learner's card has nothing to say here


def test_a_function_that_changes_its_input_is_found_out() -> None:
    source = "import numpy as np\ndef ordered_sweep(weights, state):\n    for i in range(len(state)):\n"
    source += (
        "        h = weights[i] @ state\n        if h:\n            state[i] = np.sign(h)\n    return state"
    )
    result = judge.decide(job(("cell", source), ("check", "ordered_sweep", "ordered_sweep")))
    assert verdict(result, 1) == ("not yet", "changes its input")


@pytest.mark.slow
def test_deadly_and_endless_code_costs_its_own_points() -> None:
    result = judge.decide(
        job(
            ("cell", RIGHT),
            ("cell", "import os\nos._exit(0)"),
            ("cell", "while True: pass"),
            ("check", "new_value", "new_value"),
            ("cell", "def new_value(h, y):\n    while True: pass"),
            ("check", "new_value", "new_value"),
            ("cell", "def new_value(h, y):\n    import os\n    os._exit(0)"),
            ("check", "new_value", "new_value"),
            ("cell", RIGHT),
            ("check", "new_value", "new_value"),
            seconds=6.0,
        )
    )
    assert [result["outputs"][name][-1]["ename"] for name in ("s1", "s2")] == [
        "DeadKernelError",
        "CellTimeoutError",
    ]
    assert verdict(result, 3) == ("correct", None)
    assert verdict(result, 5) == ("not yet", "never ends")
    assert verdict(result, 7) == ("not yet", "kernel died")
    assert verdict(result, 9) == ("correct", None)


HOSTILE = """
import os, struct
class Odd:
    @property
    def __class__(self):
        raise RuntimeError("do not look")
new_value = Odd()
update = lambda weights, state, i: "x" * 10**8
class Wide:
    def __call__(self, *args, **more):
        raise SystemExit
ordered_sweep = Wide()
"""
FORGED = """
import os
for fd in range(3, 64):
    try:
        os.write(fd, (10).to_bytes(8, "big") + b"0123456789")
    except OSError:
        pass
"""


def test_hostile_answers_are_not_yet_right() -> None:
    steps = [("cell", HOSTILE)]
    steps += [("check", name, name) for name in ("new_value", "ordered_sweep", "update")]
    steps += [("cell", FORGED), ("cell", RIGHT), ("check", "new_value", "new_value")]
    result = judge.decide(job(*steps, seconds=60.0))
    assert [verdict(result, n)[0] for n in (1, 2, 3)] == ["not yet"] * 3
    assert verdict(result, 6) == ("correct", None)


def test_an_answer_that_nobody_touched_was_not_attempted() -> None:
    steps = job(("cell", "def new_value(h, y):\n    return None"), ("check", "new_value", "new_value"))
    steps["steps"][1]["untouched"] = True
    assert verdict(judge.decide(steps), 1) == ("not attempted", None)


PROBE = """
import os, socket
def reaches(attempt):
    try:
        attempt()
        return True
    except Exception:
        return False
import hopfield_edu
package = os.path.dirname(hopfield_edu.__file__)
def connect():
    socket.create_connection(("192.0.2.1", 9), timeout=1)
answer = {
    "checks": os.listdir(f"{package}/feedback"),
    "library": reaches(lambda: open(f"{package}/new.py", "w")),
    "course": os.path.exists(COURSE),
    "home": os.path.exists(HOME),
    "network": sorted(name for _, name in socket.if_nameindex()),
    "processes": len([n for n in os.listdir("/proc") if n.isdigit()]) < 5,
    "desk": reaches(lambda: open("mine.txt", "w").close()),
    "user": os.getuid(),
}
"""


def test_in_the_sandbox_there_is_nothing_of_ours(bubblewrap: None, tmp_path: Path) -> None:
    folder, home = tmp_path / "desk", tmp_path / "home"
    folder.mkdir()
    home.mkdir()
    worker = judge.Worker(folder, sandboxed=True)
    worker.ask(("run", PROBE.replace("COURSE", repr(str(tmp_path))).replace("HOME", repr(str(home)))), 60)
    seen = wire.decode(worker.ask(("get", "answer"), 60)[1])
    worker.stop()
    assert seen == {
        "checks": [],
        "library": False,
        "course": False,
        "home": False,
        "network": ["lo"],
        "processes": True,
        "desk": True,
        "user": 1000,
    }
    assert (folder / "mine.txt").exists()


def test_without_bubblewrap_nothing_runs_unless_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sandbox.shutil, "which", lambda name: None)
    folder = classroom.small_course(tmp_path)
    classroom.submit(folder, "ada", classroom.solved())
    with pytest.raises(SystemExit, match=r"apt install bubblewrap(.|\n)*--unsandboxed"):
        course.main(["grade", ASSIGNMENT, f"--course={folder}"])
    assert not (folder / "grades").exists()


def test_python_is_found_behind_every_link(tmp_path: Path) -> None:
    real, alias, environment = tmp_path / "python-3.12.8", tmp_path / "python-3.12", tmp_path / "venv"
    for folder in (real, environment):
        (folder / "bin").mkdir(parents=True)
    (real / "bin" / "python3").touch()
    (real / "bin" / "python").symlink_to("python3")
    alias.symlink_to(real)
    (environment / "bin" / "python").symlink_to(alias / "bin" / "python")
    assert sandbox.homes(str(environment / "bin" / "python")) == [str(alias), str(alias)]
    assert sandbox.homes(str(real / "bin" / "python3")) == []


def test_bubblewrap_is_asked_why_it_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "bwrap"
    program.write_text("#!/bin/sh\necho 'bwrap: No permission to create new namespace' >&2\nexit 1\n")
    program.chmod(0o755)
    monkeypatch.setattr(sandbox.shutil, "which", lambda name: str(program))
    folder = classroom.small_course(tmp_path / "course")
    classroom.submit(folder, "ada", classroom.solved())
    with pytest.raises(SystemExit, match=r"It says: bwrap: No permission"):
        course.main(["grade", ASSIGNMENT, f"--course={folder}"])


def test_a_wrong_answer_shows_its_card_and_no_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("NBGRADER_EXECUTION", "validate")  # there only text is read
    with pytest.raises(AssertionError, match="new_value: not yet") as failed:
        feedback.new_value(lambda h, y: 7)
    assert failed.value._render_traceback_() == [str(failed.value)]
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    assert failed.value._render_traceback_() == ["new_value: not yet"]
    assert "new_value: not yet" in capsys.readouterr().out


@pytest.mark.slow
@pytest.mark.parametrize("assignment", sorted(path.name for path in ROOT.glob("solutions/*/")))
def test_every_solution_is_right_for_the_judge(assignment: str) -> None:
    steps = []
    for cell in classroom.solved(assignment).cells:
        if classroom.is_check(cell):
            name, arguments = cell.source.removeprefix("feedback.")[:-1].split("(")
            steps.append(("check", name, *arguments.split(", ")))
        elif cell.cell_type == "code":
            steps.append(("cell", cell.source))
    said = judge.decide(job(*steps))["verdicts"].values()
    assert [entry["text"] for entry in said if entry["status"] != "correct"] == []


# ------------------------------------------------------------------------------ the command


def test_help_shows_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        course.main(["grade", "--help"])
    text = capsys.readouterr().out
    for word in (
        f"hopfield-edu grade {ASSIGNMENT}",
        "submitted/STUDENT/",
        "--unsandboxed",
        "--seed",
        "--again",
    ):
        assert word in text


def test_a_folder_called_grade_can_still_be_opened() -> None:
    assert course.parse(["./grade"]).folder == "./grade"


def says_of_student(folder: Path, student: str) -> str:
    task = command.Task(folder, ASSIGNMENT, "", 30.0, False, False)
    with pytest.raises(submission.Ungradable) as told:
        command.grade(task, None, None, student)
    return str(told.value)


def test_wrong_paths_are_named(tmp_path: Path) -> None:
    def says(*arguments: str) -> str:
        with pytest.raises(SystemExit) as told:
            course.main(["grade", *arguments, f"--course={tmp_path}"])
        return str(told.value)

    assert "no folder solutions" in says(ASSIGNMENT)
    classroom.small_course(tmp_path)
    assert says("99_none").endswith(f"there are {ASSIGNMENT}")
    assert "there is no folder" in says(ASSIGNMENT)
    assert "submitted/STUDENT/" in says(ASSIGNMENT)
    (tmp_path / "submitted").mkdir()
    assert "nobody has handed in" in says(ASSIGNMENT)
    (tmp_path / "submitted" / "ada" / ASSIGNMENT).mkdir(parents=True)
    assert "there is no " in says(ASSIGNMENT, "--student=bob")
    assert "rename it" in says_of_student(tmp_path, "x[1]")
    assert "above 0" in says(ASSIGNMENT, "--time-limit=0")
    assert "{student}" in says(ASSIGNMENT, "--seed={name}")
    (tmp_path / "grades").write_text("in the way")
    assert "is a file; a folder is wanted" in says(ASSIGNMENT)
    with pytest.raises(SystemExit, match="is a file; a folder is wanted"):
        course.main(["grade", ASSIGNMENT, f"--course={tmp_path / 'grades'}"])
    with pytest.raises(SystemExit, match="there is no folder"):
        course.main(["grade", ASSIGNMENT, f"--course={tmp_path / 'nowhere'}"])


def test_another_seed_than_that_of_the_marks_is_told(tmp_path: Path) -> None:
    old = command.Task(tmp_path, ASSIGNMENT, "spring {student}", 30.0, False, False)
    for student in ("ada", "bob"):
        command.keep(old, student, {"lines": [{"seed": f"spring {student}"}]})
    command.keep(old, "cut", {"ungraded": "nothing could be read"})
    everybody = ["ada", "bob", "cut", "new"]
    assert command.another_seed(old, everybody) == ""
    new = command.Task(tmp_path, ASSIGNMENT, command.SEED, 30.0, False, False)
    said = command.another_seed(new, everybody)
    assert "for ada it was 'spring ada', and is \"the instructor's\"" in said
    assert "2 of 4 are graded anew" in said and str(tmp_path / "seed.txt") in said
    assert command.another_seed(new, ["cut", "new"]) == ""


def test_tables_have_the_columns_of_each_platform(tmp_path: Path) -> None:
    from nbgrader.plugins.export import CsvExportPlugin

    line = dict.fromkeys(tables.NBGRADER, "")
    line |= {"student_id": "ada", "score": 3.0, "max_score": 4.0, "last_name": "=1+1"}
    people = {"ada": {"first_name": "Ada", "last_name": "L, the", "email": "a@b", "lms_user_id": "7"}}
    tables.nbgrader(tmp_path / "n.csv", [line])
    tables.moodle(tmp_path / "m.csv", "x", [line], people)
    tables.canvas(tmp_path / "c.csv", "x", [line], people)
    header = (tmp_path / "n.csv").read_text().splitlines()[0].split(",")
    assert header == [k for k in header if f'"{k}"' in inspect.getsource(CsvExportPlugin)]
    assert "'=1+1" in (tmp_path / "n.csv").read_text()  # no formula in a spreadsheet
    assert (tmp_path / "m.csv").read_text().splitlines() == [
        "Username,ID number,First name,Last name,Email address,x",
        'ada,7,Ada,"L, the",a@b,3.0',
    ]
    assert (tmp_path / "c.csv").read_text().splitlines() == [
        "Student,ID,SIS User ID,SIS Login ID,Section,x",
        "    Points Possible,,,,,4.0",
        '"L, the, Ada",7,,ada,,3.0',
    ]
    tables.canvas(tmp_path / "c.csv", "x", [], {})
    assert (tmp_path / "c.csv").read_text() == "Student,ID,SIS User ID,SIS Login ID,Section,x\n"


def test_a_small_class(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = classroom.small_course(tmp_path)
    classroom.submit(folder, "ada", classroom.changed(classroom.claiming))
    thief = classroom.changed(classroom.with_cell(classroom.THIEF), right=False)
    classroom.claiming(thief)
    classroom.submit(folder, "bob", thief)
    classroom.submit(folder, "cut", tool.as_bytes(classroom.solved())[:5000])
    grade(folder, "--seed=spring {student}")

    assert marks(folder) == {"ada": 18.0, "bob": 0.0}
    assert [row["Username"] for row in table(folder, "moodle.csv")] == ["ada", "bob"]
    assert {row["seed"] for row in table(folder, "report.csv")} == {"spring ada", "spring bob"}
    assert remarks(folder, "ada") == []
    assert sum(text.startswith("different: ") for text in remarks(folder, "bob")) == 14
    assert any(text.startswith("tampering?: ") for text in remarks(folder, "bob"))
    assert remarks(folder, "cut") == [
        f"ungraded: {ASSIGNMENT}.ipynb is no whole notebook, it ends in the middle"
    ]
    assert "not graded: cut" in capsys.readouterr().out

    page = (folder / "feedback" / "bob" / ASSIGNMENT / f"{ASSIGNMENT}.html").read_text(encoding="utf-8")
    assert 'role="note"' in page
    assert "sweep: not attempted" in page
    assert "Traceback (most" not in page
    assert "hopfield_edu/" not in page
    assert "HIDDEN TESTS" not in page

    before = (folder / "feedback" / "ada" / ASSIGNMENT / f"{ASSIGNMENT}.html").stat().st_mtime_ns
    classroom.submit(folder, "cut", classroom.solved())
    grade(folder, "--seed=spring {student}")
    assert marks(folder) == {"ada": 18.0, "bob": 0.0, "cut": 18.0}
    assert (folder / "feedback" / "ada" / ASSIGNMENT / f"{ASSIGNMENT}.html").stat().st_mtime_ns == before
    assert "2 are as they were the last time" in capsys.readouterr().out


ENVIRONMENT = 'import os\nos.environ["NBGRADER_EXECUTION"] = ""'


def everything(folder: Path) -> dict[str, float | None]:
    """A class with every disaster; the marks that each should get, None where there can be none."""
    put, changed, first = classroom.submit, classroom.changed, classroom.first_answer
    put(folder, "right", classroom.solved())
    put(folder, "blank", classroom.handed_out())
    put(folder, "deleted", changed(classroom.without_checks))
    put(folder, "copied", changed(classroom.with_copies))
    put(folder, "marks lost", changed(classroom.without_marks))
    put(folder, "renamed", classroom.solved(), name=f"{ASSIGNMENT} (1).ipynb")
    put(folder, "dead", changed(first("import os\nos.kill(os.getpid(), 9)")))
    put(folder, "endless", changed(first("while True: pass")))
    put(folder, "full", changed(first("x = []\nwhile True:\n    x.append(bytearray(10**8))")))
    put(folder, "loud", changed(first("while True: print('x' * 10**6)")))
    put(folder, "broken", changed(first("this is no Python (")))
    put(
        folder, "environment", changed(first('import os\nos.environ["NBGRADER_EXECUTION"] = ""'), right=False)
    )
    put(folder, "thief", changed(classroom.with_cell(classroom.THIEF), right=False))
    put(folder, "exit", changed(first("import sys\nsys.exit()"), right=False))
    put(folder, "truncated", tool.as_bytes(classroom.solved())[:-4000])
    put(folder, "empty", b"")
    put(folder, "other", classroom.solved("13_modern_networks_and_attention"))
    (folder / "submitted" / "nothing" / ASSIGNMENT).mkdir(parents=True)
    (folder / "submitted" / "notes.txt").write_text("not a student")
    (folder / "submitted" / "elsewhere").mkdir()
    full = dict.fromkeys(("right", "deleted", "copied", "marks lost", "renamed"), 18.0)
    one_lost = dict.fromkeys(("dead", "endless", "full", "loud", "broken"), 16.0)
    nothing = dict.fromkeys(("blank", "environment", "thief", "exit"), 0.0)
    return full | one_lost | nothing | dict.fromkeys(("truncated", "empty", "other", "nothing"))


@pytest.mark.slow
def test_a_class_with_every_disaster(tmp_path: Path) -> None:
    folder = classroom.small_course(tmp_path)
    wanted = everything(folder)
    handed_in = {p: p.read_bytes() for p in folder.glob("submitted/**/*.ipynb")}
    grade(folder, "--time-limit=15")
    assert marks(folder) == {name: mark for name, mark in wanted.items() if mark is not None}
    for name, mark in wanted.items():
        kinds = [text.split(":")[0] for text in remarks(folder, name)]
        assert ("ungraded" in kinds) == (mark is None)
        if name != "full":  # an error, the kernel's death or the limit, whichever comes first
            assert ("stopped" in kinds) == (name in ("dead", "endless", "loud"))
        assert ("repaired" in kinds) == (name in ("deleted", "copied", "marks lost", "renamed"))
    assert {p: p.read_bytes() for p in folder.glob("submitted/**/*.ipynb")} == handed_in
    assert not list(folder.glob("grades/*/.work/checked"))


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "killpg"), reason="no signals of this kind")
def test_stopped_in_the_middle_it_goes_on_where_it_was(tmp_path: Path) -> None:
    folder = classroom.small_course(tmp_path)
    for name in ("ada", "bob"):
        classroom.submit(folder, name, classroom.solved())
    classroom.submit(folder, "zoe", classroom.changed(classroom.first_answer("while True: pass")))
    words = [ASSIGNMENT, f"--course={folder}", "--time-limit=300"]
    words += [] if judge.trial(sandboxed=True) else ["--unsandboxed"]
    running = subprocess.Popen(
        [sys.executable, "-m", "hopfield_edu.course", "grade", *words],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    kept = folder / "grades" / ASSIGNMENT / ".work" / "students"
    while not (kept / "bob.json").exists():
        assert running.poll() is None, running.stdout.read()
        time.sleep(0.1)
    running.send_signal(signal.SIGINT)
    out, _ = running.communicate()
    assert running.returncode != 0
    assert "start it again to go on" in out
    assert marks(folder) == {"ada": 18.0, "bob": 18.0}
    assert remarks(folder, "zoe") == ["ungraded: not graded yet"]
    before = (kept / "ada.json").stat().st_mtime_ns
    classroom.submit(folder, "zoe", classroom.solved())
    course.main(["grade", *words])
    assert marks(folder) == {"ada": 18.0, "bob": 18.0, "zoe": 18.0}
    assert (kept / "ada.json").stat().st_mtime_ns == before


def test_one_students_fault_is_no_fault_of_the_class(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Book:
        forgotten: list[str] = []  # noqa: RUF012

        def knows(self, student: str) -> bool:
            return True

        def forget(self, student: str) -> None:
            self.forgotten.append(student)

    def fails(*arguments: Any) -> Any:
        raise ZeroDivisionError("a fault of ours")

    monkeypatch.setattr(command, "grade", fails)
    classroom.small_course(tmp_path)
    classroom.submit(tmp_path, "ada", classroom.solved())
    task = command.prepare(command.parse([ASSIGNMENT, f"--course={tmp_path}"]))
    assert command.one(task, Book(), None, "ada")
    assert command.kept(task, "ada")["ungraded"] == "ZeroDivisionError: a fault of ours"
    assert Book.forgotten == ["ada"]
    assert command.one(task, Book(), None, "ada")  # tried again: it was no fault of the student's


class Here:
    """Holds a function as the process of a submission does, and answers through the same wire."""

    def __init__(self, function: Any) -> None:
        self.cells = worker.Cells.__new__(worker.Cells)
        self.cells.wire, self.cells.functions = wire, [function]

    def ask(self, order: tuple[Any, ...], seconds: float) -> Any:
        stream = io.BytesIO()
        wire.send(stream, self.cells.call(order[1], pickle.loads(pickle.dumps(order[2]))))
        stream.seek(0)
        return wire.receive(stream)


def asked(function: Any) -> judge.Answer:
    return judge.Answer(Here(function), "answer", 0, worker._parameters(function), 300.0)


def test_the_library_is_a_right_answer_from_afar_too() -> None:
    """It draws from a child of the generator that it is given."""

    def sweep(weights, state, schedule, rng):
        return binary.Network(weights).sweep(state, schedule, rng=rng)

    assert feedback.sweep(sweep).correct and feedback.sweep(asked(sweep)).correct


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(feedback.CHECKS))
def test_asking_from_afar_changes_no_verdict(name: str) -> None:
    check = feedback.CHECKS[name]
    answers = [check.solution, *(mistake.wrong for mistake in check._mistakes)]
    for answer in answers:
        if isinstance(check, FunctionCheck):
            near, far = check(answer), check(asked(answer))
        else:
            parts = answer if isinstance(answer, tuple) else (answer,)
            near, far = check(*parts), check(*(wire.decode(wire.encode(part)) for part in parts))
        assert (far.status, far.mistake, far.message) == (near.status, near.mistake, near.message)
