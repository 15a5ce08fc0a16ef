"""The learner's record: found by the folder's mark, one line at a time, silent where it has no business."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from hopfield_edu import __version__, _record, feedback, quiz


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A learner's folder, and a learner who works in its notebooks/."""
    (tmp_path / _record.MARK).write_text("{}")
    (tmp_path / "notebooks").mkdir()
    monkeypatch.chdir(tmp_path / "notebooks")
    monkeypatch.delenv(_record.AUTHOR, raising=False)
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
    return tmp_path


def test_the_folder_is_the_nearest_one_that_holds_a_copy(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert _record.folder() == copy
    (copy / "notebooks" / _record.MARK).write_text("{}")
    assert _record.folder() == copy / "notebooks"
    monkeypatch.chdir(copy.parent)
    assert _record.folder() is None


def test_lines_are_appended_and_read_again(copy: Path) -> None:
    _record.note("prediction", name="02/first_step", answer="−−", right=False)
    _record.note("quiz", chapter="02", question=1, right=True)
    lines = (copy / _record.FILE).read_text(encoding="utf-8").splitlines()
    assert len(lines) == 2 and "−−" in lines[0]  # readable for the learner, too
    first, second = _record.entries()
    assert first == json.loads(lines[0])
    assert {key: first[key] for key in ("format", "course", "kind", "name")} == {
        "format": _record.FORMAT,
        "course": __version__,
        "kind": "prediction",
        "name": "02/first_step",
    }
    assert first["time"].endswith("+00:00")
    assert _record.entries("quiz") == [second]


def test_what_cannot_be_read_is_left_out(copy: Path) -> None:
    _record.note("quiz", right=True)
    with (copy / _record.FILE).open("ab") as file:
        file.write(
            b'{"format": 1, "kind"\n[1]\n\xff\xfe\n{"format": 99, "kind": "quiz"}\n\n' + b"[" * 10**5 + b"\n"
        )
    _record.note("quiz", right=False)
    assert [entry["right"] for entry in _record.entries()] == [True, False]


@pytest.mark.parametrize("variable", [_record.AUTHOR, "NBGRADER_EXECUTION"])
def test_authors_and_nbgrader_leave_no_trace(
    copy: Path, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    monkeypatch.setenv(variable, "1")
    _record.note("quiz", right=True)
    assert not (copy / _record.FILE).exists()


def test_nothing_that_goes_wrong_stops_the_learner(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _record.note("quiz", right=object())  # no JSON
    (copy / _record.FILE).mkdir()  # cannot be opened
    _record.note("quiz", right=True)
    assert _record.entries() == []
    gone = copy / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    if not gone.exists() and os.name == "posix":  # elsewhere a working directory cannot be removed
        _record.note("quiz", right=True)
        assert _record.folder() is None and _record.entries() == []


def test_without_a_copy_nothing_is_written(copy: Path) -> None:
    (copy / _record.MARK).unlink()
    _record.note("quiz", right=True)
    assert not list(copy.rglob(_record.FILE)) and _record.entries() == []


def test_the_first_answer_to_a_question_is_noted(copy: Path) -> None:
    shown = quiz.show("02_two_unit_dynamics")
    right = [choice.right for choice in shown.asked[0].choices].index(True)
    buttons = [part for part in shown.children if isinstance(part, quiz.widgets.Button)]
    buttons[(right + 1) % 3].click()
    buttons[right].click()
    (entry,) = _record.entries("quiz")
    expected = {"chapter": "02_two_unit_dynamics", "question": 1, "right": False}
    assert entry.items() >= expected.items()
    assert entry["answer"] == quiz.LETTERS[(right + 1) % 3]


def test_a_verdict_is_noted_when_its_card_is_shown(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("IPython.display.display", lambda *given, **named: None)
    verdict = feedback.local_field(lambda weights, state, i: weights[i] @ state)
    assert _record.entries() == []
    verdict._ipython_display_()
    (entry,) = _record.entries("verdict")
    assert (entry["check"], entry["status"]) == ("local_field", verdict.status)
    feedback.local_field.hint(1)._ipython_display_()
    assert len(_record.entries()) == 1
