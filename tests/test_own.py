"""Exercises of one's own: their checks, what of them is handed out, and how they are graded."""

from __future__ import annotations

import csv
import itertools
import json
import os
import re
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
import pytest

import notebooks as tool
from hopfield_edu import course, feedback
from hopfield_edu._class import course as given
from hopfield_edu._grade import command, judge, submission
from hopfield_edu._learner.progress import standings
from hopfield_edu.feedback import _own, _sealed
from hopfield_edu.feedback.making import ExampleCheck, FunctionCheck, Mistake

ROOT = Path(__file__).resolve().parents[1]
NAME = "own_week"

#: A private exercise with real answers and three named mistakes.
CHECKS = '''
import numpy as np

from hopfield_edu.feedback.making import FunctionCheck, Mistake


def _mean_square(field, threshold):
    zq_secret = field - threshold
    return zq_secret @ zq_secret / zq_secret.size


def squared_first(field, threshold):
    """You squared before you took the threshold off. What is to be squared?"""
    return np.mean(field**2) - threshold


def a_sum(field, threshold):
    """That is the sum. The exercise asks for the mean."""
    return float(np.sum((field - threshold) ** 2))


def the_root(field, threshold):
    """You took the root. The exercise asks for the mean square itself."""
    return float(np.sqrt(np.mean((field - threshold) ** 2)))


def _inputs(rng):
    return [(rng.normal(size=n), float(rng.normal())) for n in (2, 3, 7, 40)]


mean_square = FunctionCheck(
    _mean_square,
    _inputs,
    [Mistake.of(squared_first), Mistake.of(a_sum), Mistake.of(the_root)],
    ["Take the threshold off first.", "Which function of NumPy gives a mean?"],
)
'''
STUB = """\
def mean_square(field, threshold):
    m = None
    ### BEGIN SOLUTION
    {}
    ### END SOLUTION
    return m"""
RIGHT = "m = np.mean((field - threshold) ** 2)"
WRONG = {
    "squared first": "m = (field * field).sum() / len(field) - threshold",
    "a sum": "m = sum((h - threshold) ** 2 for h in field)",
    "the root": "m = np.linalg.norm(field - threshold) / len(field) ** 0.5",
}


@pytest.fixture(autouse=True)
def forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a test makes known is forgotten after it."""
    monkeypatch.setattr(_own, "loaded", {})


def function(body: str) -> Any:
    """An answer as a learner writes it."""
    names: dict[str, Any] = {"np": np}
    exec(STUB.format(body), names)
    return names["mean_square"]


def private(folder: Path) -> Path:
    """A private folder with the exercise above, as somebody writes it into the template."""
    place = folder / "solutions" / NAME
    place.mkdir(parents=True)
    (place / _own.WHOLE).write_text(CHECKS)
    (folder / "seed.txt").write_text("a secret for {student}")
    notebook = tool.skeleton(NAME, tool.EXERCISES)
    for cell in notebook.cells:
        if "def kept" in cell.source:
            cell.source = STUB.format(RIGHT)
        cell.source = cell.source.replace("feedback.kept(kept", "feedback.mean_square(mean_square")
    (place / f"{NAME}.ipynb").write_bytes(tool.as_bytes(tool.finished(notebook, place)))
    return folder


def sealed(check: Any, secret: str = "x") -> Any:
    """A check as it comes out of the file that was handed out."""
    content = json.loads(json.dumps({"format": 1, "checks": [_sealed.seal(check, secret)]}))
    return _sealed.opened(content)[check.name]


# ------------------------------------------------------------------------------ what a sealed check says


def test_a_sealed_check_says_what_the_whole_one_says(tmp_path: Path) -> None:
    (tmp_path / _own.WHOLE).write_text(CHECKS)
    whole = _own.read(tmp_path)["mean_square"]
    handed_out = sealed(whole)
    assert handed_out.solution is None and handed_out.mistakes == whole.mistakes
    assert handed_out.hint(1).message == whole.hint(1).message
    others = ["m = (field - threshold) @ (field - threshold) / field.size"]
    others += ["m = -np.mean((field - threshold) ** 2)", "m = np.mean((field - threshold) ** 3)", "m = 1 / 0"]
    others += ["return", "field -= threshold; m = np.mean(field**2)", "m = np.random.random()"]
    for body in [
        RIGHT,
        *WRONG.values(),
        "m = (field - threshold) @ (field - threshold) / field.size",
        *others,
    ]:
        one, other = whole(function(body)), handed_out(function(body))
        assert (one.status, one.mistake) == (other.status, other.mistake), body
    assert [handed_out(function(body)).mistake for body in WRONG.values()] == list(WRONG)
    assert handed_out(function("pass")).status == "not attempted"
    assert "expected" not in str(handed_out(function("m = 0.0")))


ANSWERS: list[Any] = [
    3,
    True,
    "+-+",
    2.5,
    0.1 + 0.2,
    1e-12,
    12345678.9,
    10.0,
    np.pi * 1e-7,
    1.7e308,
    -1e-308,
    np.arange(5),
    np.linspace(-1, 1, 400),
    np.array([[0.5, np.inf], [np.nan, -2.0]]),
    (np.array([0.3, -0.7]), 4),
    {"a": 0.25, 3: [1, 2]},
    {(1, -1), (1, 1)},
    {frozenset({1, 2}), frozenset({3})},
    [],
    {},
    None,
]


def test_an_answer_is_known_again_and_another_is_not() -> None:
    """Over many grids: what a whole check forgives is forgiven, and a difference that it sees is seen."""
    for seed, answer in itertools.product(range(20), ANSWERS):
        mark = _sealed.Mark.of("key", _sealed.Outcome(answer), np.random.default_rng(seed))
        assert _sealed.Outcome(answer) == mark
        for other in alike(answer):
            assert _sealed.Outcome(other) == mark, other
        for other in unlike(answer):
            assert _sealed.Outcome(other) != mark, other


def alike(answer: Any) -> Iterator[Any]:
    """The same answer in other forms, and with what rounding leaves."""
    if isinstance(answer, (int, float)) and not isinstance(answer, bool):
        yield from (np.float64(answer), np.array(answer), answer * (1 + 4e-7), answer * (1 - 4e-7))
    if isinstance(answer, int):
        yield from (float(answer), Fraction(answer), np.int8(answer))
    if isinstance(answer, np.ndarray):
        yield from (answer.tolist(), tuple(answer.tolist()), answer.astype(np.float32))
    if isinstance(answer, tuple):
        yield [answer[0].tolist(), float(answer[1])]
    if isinstance(answer, str):
        yield " + - +"
    if isinstance(answer, dict) and answer:
        yield {3: (1.0, 2.0), "a": Fraction(1, 4)}


def unlike(answer: Any) -> Iterator[Any]:
    if isinstance(answer, (int, float)) and abs(answer) > 1e-9:
        yield from (-answer, answer * 1.001, [answer], 0, str(answer))
    if isinstance(answer, np.ndarray):
        more = np.where(np.arange(answer.size).reshape(answer.shape) == 1, answer + 0.01, answer)
        yield from (-answer, answer[::-1], answer[:-1], answer.ravel()[:, None])
        if np.isfinite(answer).all():
            yield more
    if isinstance(answer, tuple):
        yield from (answer[::-1], answer[:1], (*answer, 4), (answer[0], 5))
    if isinstance(answer, dict):
        yield from ({"a": 0.25}, {"a": 0.25, 3: [2, 1]}, {"b": 0.25, 3: [1, 2]})
    if isinstance(answer, (str, set)):
        yield from ("+++", {(1, -1)}, {frozenset({1}), frozenset({2, 3})}, None)
    yield from ("another", {"x": 1}, [{}], 1j, object())


@pytest.mark.slow
def test_the_checks_of_the_course_can_be_sealed() -> None:
    """Each names all of its mistakes (`seal` sees to that) and takes every right answer that it knows."""
    sealable, refused = [], []
    for check in feedback.CHECKS.values():
        if isinstance(check, FunctionCheck) and not check.observes:
            try:
                handed_out = sealed(check)
            except _sealed.CannotSeal as error:
                refused.append(str(error))
                continue
            sealable.append(check.name)
            for answer in (check.solution, *check.also):
                assert handed_out(answer).correct, (check.name, answer)
    assert len(sealable) >= 50 and not refused, refused


def test_what_cannot_be_sealed_is_refused() -> None:
    def _f(x: Any) -> Any:
        return x

    def same(x: Any) -> Any:
        """It is the same."""
        return x

    def refused(check: Any, error: type[Exception] = _sealed.CannotSeal) -> str:
        with pytest.raises(error) as told:
            _sealed.seal(check, "x")
        return str(told.value)

    numbers = lambda rng: [(1,), (2,)]  # noqa: E731
    alike = FunctionCheck(_f, numbers, [Mistake.of(same)], [])
    assert "do not tell 'same' from 'right'" in refused(alike, _sealed.NotTold)
    assert "observe=" in refused(FunctionCheck(_f, numbers, [], [], observe=lambda f, x: f(x)))
    generators = FunctionCheck(lambda x: 1, lambda rng: [(np.random.default_rng(0),)], [], [])
    assert "an input is a Generator" in refused(generators)
    for strange in (object(), [1, print], {"a": np.array([print])}):
        answering = FunctionCheck(lambda x, y=strange: y, numbers, [], [])
        assert "something else than numbers and texts" in refused(answering)
    assert "only a FunctionCheck" in refused(ExampleCheck("e", ("x",), (1,), [], []))


def test_a_mistake_may_return_complex_numbers() -> None:
    wrong = Mistake("no real part", lambda x: x + 2j, "Take the real part.")
    check = sealed(FunctionCheck(lambda x: x, lambda rng: [(rng.normal(size=3),)], [wrong], []))
    assert check(lambda x: x).correct
    told = [check(f).mistake for f in (lambda x: x + 2j, lambda x: x + 3j, lambda x: [*(x + 2j)])]
    assert told == ["no real part", None, "no real part"]


def test_a_check_that_is_kept_back_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kept = "\nkept = ExampleCheck('kept', ('zq_secret',), (1,), [], ['Try a small one.'])\n"
    (tmp_path / _own.WHOLE).write_text(
        CHECKS.replace("FunctionCheck, M", "ExampleCheck, FunctionCheck, M") + kept
    )
    assert _own.read(tmp_path)["kept"](1).correct
    written = tool.sealed_checks(tmp_path, "x")
    assert "kept (ExampleCheck): only a" in capsys.readouterr().out and b"zq_secret" not in written
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / _own.SEALED).write_bytes(written)
    checks = _own.read(tmp_path / "out")
    said = checks["kept"](1)
    assert not said and "judged after you have handed it in" in said.message and not said.record
    assert (
        checks["kept"].hint(1).message == "Try a small one."
        and checks["mean_square"](function(RIGHT)).correct
    )
    (tmp_path / _own.WHOLE).write_text(
        CHECKS.replace("float(np.sqrt(", "np.mean((field - threshold) ** 2) + 0 * ((")
    )
    with pytest.raises(SystemExit, match="do not tell 'the root' from 'right'"):
        tool.sealed_checks(tmp_path, "x")


def test_another_secret_gives_other_inputs_and_the_same_one_the_same_bytes(tmp_path: Path) -> None:
    (tmp_path / _own.WHOLE).write_text(CHECKS)
    check = _own.read(tmp_path)["mean_square"]
    one, again, other = (_sealed.seal(check, secret) for secret in ("a", "a", "b"))
    assert one == again and one["inputs"] != other["inputs"] and one["salt"] != other["salt"]


def test_few_possible_values_are_soon_tried() -> None:
    """What the guide says that digests do not protect: the right numbers, one by one, and no function."""
    names: dict[str, Any] = {}
    exec(tool.CHECKS.format(name=NAME), names)
    handed_out = sealed(names["kept"])
    for args, mark in zip(handed_out.inputs, handed_out._right_marks, strict=True):
        assert [n for n in range(31) if _sealed.Outcome(n) == mark] == [names["_kept"](*args)]


# ------------------------------------------------------------------------------ loading


def test_checks_are_found_beside_the_notebook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ValueError, match="handed out with this notebook"):
        feedback.load()
    for wrong in (3, None, np.eye(2), "a" * 10**5, "\0"):
        with pytest.raises((TypeError, ValueError)):
            feedback.load(wrong)
    Path(_own.WHOLE).write_text(CHECKS)
    feedback.load()
    assert feedback.mean_square(function(RIGHT)).correct and "mean_square" in dir(feedback)
    with pytest.raises(AttributeError, match=r"did you mean feedback\.mean_square"):
        _ = feedback.mean_squares
    assert os.listdir() == [_own.WHOLE]
    for text, why in {
        "x = 1 / 0": "ZeroDivisionError",
        "x = 1": "holds no check",
        CHECKS.replace("mean_square", "update"): "as the course does",
    }.items():
        Path(_own.WHOLE).write_text(text)
        with pytest.raises(ValueError, match=why):
            feedback.load()
    Path(_own.WHOLE).unlink()
    for text, why in {"{": "JSONDecodeError", '{"format": 2, "checks": []}': "of format 2"}.items():
        Path(_own.SEALED).write_text(text)
        with pytest.raises(ValueError, match=why):
            feedback.load()


def test_an_own_check_is_in_the_record_and_disturbs_no_progress(tmp_path: Path) -> None:
    (tmp_path / _own.WHOLE).write_text(CHECKS)
    feedback.load(tmp_path)
    verdict = feedback.mean_square(function(RIGHT))
    before, after = standings([]), standings([{"kind": "verdict", **verdict.record}])
    assert verdict.record["check"] == "mean_square" and before == after
    cell = nbformat.v4.new_code_cell("feedback.mean_square(mean_square)")
    cell.outputs = [nbformat.v4.new_output("display_data", {}, metadata={"hopfield_edu": verdict.record})]
    (read,) = feedback.records({"cells": [cell]})
    assert (read["check"], read["status"]) == ("mean_square", "correct")


# ------------------------------------------------------------------------------ from hand to hand


def test_the_template_is_a_whole_exercise(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "exam"
    (path,) = tool.new_private(NAME, folder)
    found = sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())
    place = f"solutions/{NAME}"
    assert found == ["nbgrader_config.py", "seed.txt", f"{place}/{_own.WHOLE}", f"{place}/{NAME}.ipynb"]
    assert tool.problems(path) and all("never executed" in line for line in tool.problems(path))
    (exercise,) = submission.exercises(given.released(tool.read(path)))
    assert (exercise.check, exercise.arguments, exercise.points) == ("kept", ["kept"], 1.0)
    assert "min in<" not in path.read_text(encoding="utf-8")  # of a single exercise
    monkeypatch.chdir(path.parent)
    names: dict[str, Any] = {}
    for cell in (cell for cell in tool.read(path).cells if cell.cell_type == "code"):
        exec(cell.source, names)
    assert feedback.kept(names["kept"]).correct
    secret = tool.secret_of(folder)
    assert secret.endswith(" {student}") and secret != tool.secret_of(tmp_path)

    for name, where, why in (
        (NAME, folder, "exists: nothing written"),
        ("Own week", folder, "are named with a to z"),
        (NAME, ROOT / "exam", "inside of the repository"),
    ):
        with pytest.raises(SystemExit, match=why):
            tool.new_private(name, where)
    with pytest.raises(SystemExit, match="has no folder solutions"):
        tool.release_private(tmp_path / "elsewhere")
    assert not (ROOT / "exam").exists()


def test_the_tool_looks_before_it_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, file = tmp_path / "exam", tmp_path / "file"
    file.write_text("[1]")
    for words, why in (
        (["new", NAME, "--private", file], "is a file: --private wants a folder"),
        (["release", "--private", file], "is a file: --private wants a folder"),
        (["build", tmp_path / "none.ipynb"], "is not there: name a notebook"),
        (["check", tmp_path], "is a folder: name a notebook"),
        (["build", file], "is not a notebook that can be read"),
    ):
        with pytest.raises(SystemExit, match=why):
            tool.main([*map(str, words)])
    monkeypatch.setattr(tool, "find_spec", lambda name: None if name == "ruff" else name)
    with pytest.raises(SystemExit, match=r"new needs ruff: pip install .*nothing written"):
        tool.main(["new", NAME, "--private", str(folder)])
    assert not folder.exists() and file.read_text() == "[1]"


def test_nbgrader_leaves_the_checks_where_they_are() -> None:
    """It copies what lies beside a solution into the folders from which students get their feedback."""
    from nbgrader.coursedir import CourseDirectory
    from traitlets.config import PyFileConfigLoader

    config = PyFileConfigLoader("nbgrader_config.py", path=str(ROOT)).load_config()
    assert config.CourseDirectory.ignore == [*CourseDirectory().ignore, _own.WHOLE]


def test_nothing_of_the_answer_is_handed_out(tmp_path: Path) -> None:
    folder = private(tmp_path)
    tool.release_private(folder)
    made = sorted(p for p in (folder / "exercises").rglob("*") if p.is_file())
    assert [path.name for path in made] == [_own.SEALED, f"{NAME}.ipynb"]
    for path in made:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"zq_secret|\bdef (?!mean_square)|np\.mean|HIDDEN|a secret", text), path
    _own.loaded.update(_own.read(folder / "exercises" / NAME))
    for name, body in {"": RIGHT, **WRONG}.items():
        assert (feedback.mean_square(function(body)).mistake or "") == name


def test_what_grade_cannot_read_it_says_at_once(tmp_path: Path) -> None:
    folder = private(tmp_path)
    path = folder / "solutions" / NAME / f"{NAME}.ipynb"

    def says(**change: str) -> str:
        task = command.Task(folder, NAME, "", 30.0, False, False)
        release = given.released(tool.read(path))
        for cell in filter(submission.is_check, release.cells):
            cell.source = change.get("line", cell.source)
        with pytest.raises(ValueError) as told:
            command.known(task, release)
        return str(told.value)

    for line in ("assert kept([1], [1]) == 1", "print(1 if 2 == 2 else 3)", "kept(kept)", "x = 1", "x =", ""):
        wanted = "must be feedback.NAME(answer), and that of the cell 'check-1' is not"
        assert wanted in says(line=line), line
    (path.parent / _own.WHOLE).rename(path.parent / "away.py")
    assert "there is no check called 'mean_square', neither in the course nor in" in says()
    (folder / "seed.txt").write_text("{who}")
    with pytest.raises(SystemExit, match=r"seed\.txt says '{who}'"):
        course.main(["grade", NAME, f"--course={folder}"])


def hand_in(folder: Path, student: str, body: str | None) -> Path:
    """What a student hands in: the notebook that was handed out, with an answer."""
    source = folder / "exercises" if (folder / "exercises").exists() else folder / "solutions"
    notebook = tool.read(source / NAME / f"{NAME}.ipynb")
    for cell in notebook.cells:
        if "def mean_square" in cell.source and body is not None:
            cell.source = STUB.format(body)
    place = folder / "submitted" / student / NAME
    place.mkdir(parents=True, exist_ok=True)
    (place / f"{NAME}.ipynb").write_bytes(tool.as_bytes(notebook))
    return place / f"{NAME}.ipynb"


def grade(folder: Path) -> None:
    sandboxed = [] if judge.trial(sandboxed=True) else ["--unsandboxed"]
    course.main(["grade", NAME, f"--course={folder}", *sandboxed])


def table(path: Path) -> dict[str, dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return {row["student"]: row for row in csv.DictReader(file)}


def by_heart(folder: Path) -> str:
    """An answer that knows the right values for the inputs that were handed out, and nothing else."""
    (content,) = json.loads((folder / "exercises" / NAME / _own.SEALED).read_text("utf-8"))["checks"]
    inputs = [tuple(map(_sealed.unpacked, trial)) for trial in content["inputs"]]
    return f"m = { ({float(f[0]): float(np.mean((f - t) ** 2)) for f, t in inputs}) }.get(field[0], 0.0)"


@pytest.mark.slow
def test_a_private_exercise_from_hand_to_hand(tmp_path: Path) -> None:
    """Made, handed out, answered, graded, read: the notebook names each mistake, and so does the judge."""
    folder = private(tmp_path)
    assert tool.build([folder / "solutions" / NAME / f"{NAME}.ipynb"]) == []
    tool.release_private(folder)
    answers = {"ada": RIGHT, "bob": WRONG["squared first"], "cid": WRONG["a sum"], "eve": WRONG["the root"]}
    answers |= {f"dan{k}": WRONG["a sum"] for k in range(2)}
    answers["kim"] = by_heart(folder)
    for student, body in {**answers, "sam": None}.items():
        path = hand_in(folder, student, body)
        (path.parent / _own.SEALED).write_bytes((folder / "exercises" / NAME / _own.SEALED).read_bytes())
        path.write_bytes(tool.as_bytes(tool.execute(tool.read(path), path.parent)))
    grade(folder)
    graded = table(folder / "grades" / NAME / "report.csv")
    names = {body: name for name, body in WRONG.items()}
    learnt = graded.pop("kim"), answers.pop("kim")
    assert (learnt[0]["notebook_says"], learnt[0]["points"]) == ("correct", "0.0")
    told = table(folder / "grades" / NAME / "remarks.csv")["kim"]
    assert told["kind"] == "different" and "the notebook says correct, the judge says not yet" in told["text"]
    for student, body in answers.items():
        row = graded[student]
        assert row["points"] == ("1.0" if body == RIGHT else "0.0")
        assert row["mistake"] == names.get(body, "")
        assert row["notebook_says"] == ("correct" if body == RIGHT else "not yet")
        assert row["seed"] == f"a secret for {student}"
    assert graded["sam"]["verdict"] == "not attempted"
    pages = [p for part in ("feedback", "autograded") for p in (folder / part).rglob("*") if p.is_file()]
    assert len(pages) >= 2 * len(graded)
    assert not [path for path in pages if b"zq_secret" in path.read_bytes() or path.name == _own.WHOLE]

    for part in ("submitted", "autograded"):
        course.main(["class", str(folder / part), f"--out={tmp_path / 'out'}"])
        rows = table(tmp_path / "out" / "class.csv")
        assert rows.pop("kim")["verdict"] == ("right" if part == "submitted" else "not yet")
        assert {s: row["mistake"] for s, row in rows.items() if row["mistake"]} == {
            student: names[body] for student, body in answers.items() if body != RIGHT
        }
        page = (tmp_path / "out" / "class.html").read_text(encoding="utf-8")
        assert "<strong>a sum</strong>, 3 students" in page and "That is the sum." in page
        assert re.search(r"sum\(+\w+ - threshold\) \*\* 2 for", page)
