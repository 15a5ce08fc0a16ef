"""What a learner did and what is due: the schedule, a simulated month, reviews, damaged files."""

from __future__ import annotations

import json
import linecache
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import nbformat
import pytest

from hopfield_edu import _record, course, feedback, quiz
from hopfield_edu._learner import command, items, progress, review
from hopfield_edu._learner.items import Item
from hopfield_edu._learner.schedule import DAYS, Card, card

ROOT = Path(__file__).resolve().parents[1]
START = date(2026, 3, 1)


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A learner's copy of the course, with the learner at home in it."""
    (tmp_path / _record.MARK).write_text("{}")
    (tmp_path / review.REVIEW).mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(_record.AUTHOR, raising=False)
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
    return tmp_path


def at(monkeypatch: pytest.MonkeyPatch, day: date) -> None:
    """Let the learner's clock say noon of a day."""
    noon = datetime(day.year, day.month, day.day, 12).astimezone(UTC)
    monkeypatch.setattr(_record, "_now", lambda: {"course": "0", "time": noon.isoformat(timespec="seconds")})


def answer(name: str, right: bool) -> None:
    chapter, number = name.split("/")
    _record.note("quiz", chapter=chapter, question=int(number), answer="a", right=right)


# ------------------------------------------------------------------------------ the schedule


def test_right_answers_come_back_after_1_3_7_16_and_35_days() -> None:
    now, days = card([(START, True)]), []
    while now.due is not None:
        days.append((now.due - START).days)
        now = now.after(now.due, True)
    assert days == [1, 4, 11, 27, 62] and DAYS == (1, 3, 7, 16, 35)
    assert card([]) == Card() and card([]).due is None


def test_a_wrong_answer_starts_anew_and_an_early_one_changes_nothing() -> None:
    given = [(START + timedelta(k), True) for k in (0, 1, 4)]
    assert card(given).due == START + timedelta(11)
    assert card([*given, (START + timedelta(6), True)]) == card(given)
    wrong = card([*given, (START + timedelta(6), False)])
    assert wrong == Card(0, START + timedelta(7)) == card([(START + timedelta(6), False)])
    assert wrong.after(START + timedelta(7), True).due == START + timedelta(10)
    assert card([(START, False), (START, True)]) == Card(0, START + timedelta(1))  # the first of a day counts
    resting = Card(len(DAYS), None)
    assert resting.after(START, True) == resting and resting.after(START, False).due == START + timedelta(1)


def test_a_month_brings_back_the_right_questions_on_the_right_days(
    copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three questions, looked at every day: one known, one forgotten on day 4, one answered late."""
    known, forgotten, late = "03_energy/1", "03_energy/2", "05_storing_one_pattern/1"
    seen: dict[str, list[int]] = {known: [], forgotten: [], late: []}
    at(monkeypatch, START)
    for name in seen:
        answer(name, True)
    for number in range(1, 32):
        day = START + timedelta(number)
        at(monkeypatch, day)
        for item in items.due(items.cards(_record.entries()), day):
            seen[item.name].append(number)
            if item.name != late or number % 10 == 0:
                answer(item.name, not (item.name == forgotten and number == 4))
    assert seen[known] == [1, 4, 11, 27]
    assert seen[forgotten] == [1, 4, 5, 8, 15, 31]
    assert seen[late] == [*range(1, 11), *range(13, 21), *range(27, 31)]


def test_an_exercise_enters_when_it_is_right_and_only_a_review_counts_then(
    copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def verdict(day: int, status: str, check: str = "energy") -> dict[str, Any]:
        at(monkeypatch, START + timedelta(day))
        _record.note("verdict", check=check, status=status)
        return {item.name: now.due for item, now in items.cards(_record.entries()).items()}

    assert verdict(0, "not yet") == verdict(0, "not attempted") == {}
    assert verdict(0, "correct", "cooling") == {}  # 25 minutes: too long for a review
    assert verdict(0, "correct", "nobody knows it") == {}
    assert verdict(0, "correct") == {"energy": START + timedelta(1)}
    assert verdict(5, "correct") == {"energy": START + timedelta(1)}  # the finished notebook, run once more
    monkeypatch.chdir(copy / review.REVIEW)
    assert verdict(6, "correct") == {"energy": START + timedelta(9)}
    assert verdict(9, "not yet") == {"energy": START + timedelta(10)}


def test_what_nobody_can_have_answered_is_passed_over() -> None:
    odd = [
        {"kind": "quiz", "chapter": chapter, "question": number, "right": right, "time": time}
        for chapter, number, right, time in [
            ("99_none", 1, True, "2026-03-01T00:00:00+00:00"),
            (["03_energy"], 1, True, "2026-03-01T00:00:00+00:00"),
            ("03_energy", 99, True, "2026-03-01T00:00:00+00:00"),
            ("03_energy", "1", True, "2026-03-01T00:00:00+00:00"),
            ("03_energy", 1, "yes", "2026-03-01T00:00:00+00:00"),
            ("03_energy", 1, True, "tomorrow"),
            ("03_energy", 1, True, None),
        ]
    ]
    assert items.cards([*odd, {}, {"kind": "verdict", "check": {}, "status": "correct"}]) == {}


def test_all_small_exercises_have_their_text_their_answer_and_their_check() -> None:
    small = [task for task in items.tasks().values() if task.minutes <= items.SMALL]
    assert set(items.tasks()) == set(feedback._CHAPTER) - {"wrong_cells"}
    assert len(small) > 60 and not {"cooling", "half_load", "longest_cycle", "long_way_down"} & {
        task.check for task in small
    }
    for task in small:
        kinds = [cell.cell_type for cell in task.cells]
        assert kinds[0] == "markdown" and kinds[-2:] == ["code", "code"], task.check
        assert task.cells[0].source.startswith("## ") and f"feedback.{task.check}(" in task.cells[-1].source


# ------------------------------------------------------------------------------ the review's notebook


def test_a_review_asks_what_is_due_and_runs(
    copy: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    at(monkeypatch, START)
    answer("03_energy/2", False)
    answer("05_storing_one_pattern/1", True)
    _record.note("verdict", check="energy", status="correct")
    command.make_review([], START)
    assert "Nothing is due.\nNext: 2026-03-02, 3 due.\n" in capsys.readouterr().out
    day = START + timedelta(1)
    command.make_review([], day)
    path = copy / "review" / "2026-03-02.ipynb"
    assert str(path) in (said := capsys.readouterr().out) and "2 quiz questions and 1 exercise" in said
    made = nbformat.read(path, as_version=4)
    nbformat.validate(made)
    space: dict[str, Any] = {}
    monkeypatch.chdir(path.parent)
    at(monkeypatch, day)
    for cell in made.cells:
        source = cell.source.replace("E = None", "E = -state @ weights @ state / 2 - bias @ state")
        if cell.cell_type == "code":
            linecache.cache["cell"] = (len(source), None, source.splitlines(keepends=True), "cell")
            exec(compile(source, "cell", "exec"), space)
        if "feedback.energy(" in source:
            verdict = eval(source, space)
            _record.note("verdict", **verdict.record)
        if "quiz.again(" in source:
            shown = eval(source.partition("\n\n")[2], space)
            right = [[choice.right for choice in question.choices].index(True) for question in shown.asked]
            buttons = [part for part in shown.children if isinstance(part, quiz.widgets.Button)]
            for first, k in zip((0, len(shown.asked[0].choices)), right, strict=True):
                buttons[first + k].click()
        elif cell.cell_type == "markdown":
            assert "](../../" not in source and "min in</small>" not in source
    found = {item.name: now.due for item, now in items.cards(_record.entries(place=copy)).items()}
    assert found == dict.fromkeys(("03_energy/2", "05_storing_one_pattern/1", "energy"), START + timedelta(4))


def test_a_review_of_the_day_is_never_overwritten(copy: Path) -> None:
    one, two = Item("quiz", "03_energy/1", "03_energy"), Item("exercise", "energy", "03_energy")
    path, new = review.write(copy, [one, two], START)
    assert new and path.name == "2026-03-01.ipynb"
    content = path.read_bytes()
    assert review.write(copy, [two], START) == (path, False)
    more = [one, Item("quiz", "03_energy/2", "03_energy")]
    second, new = review.write(copy, more, START)
    assert new and second.name == "2026-03-01 (2).ipynb" and path.read_bytes() == content
    second.write_text("{")  # damaged: it stays, and a third one is made
    assert review.write(copy, more, START)[0].name == "2026-03-01 (3).ipynb"
    assert second.read_text() == "{"


def test_no_more_is_asked_than_fits_into_a_quarter_of_an_hour(copy: Path, monkeypatch, capsys) -> None:
    questions = [Item("quiz", f"03_energy/{k}", "03_energy") for k in range(30)]
    exercises = [Item("exercise", f"e{k}", "03_energy") for k in range(9)]
    assert review.choose(exercises + questions) == questions[:10] + exercises[:2]
    assert review.choose(exercises + questions, 0, 1) == exercises[:1]
    at(monkeypatch, START)
    for number in (1, 2, 3):
        answer(f"03_energy/{number}", True)
    command.make_review(["--on=2026-03-05", "--questions=2"])
    assert "1 more can wait" in capsys.readouterr().out
    command.make_review(["--on=2026-03-05", "--questions=0"])
    assert "you asked for none of them" in capsys.readouterr().out


# ------------------------------------------------------------------------------ damaged files


def test_a_damaged_record_is_kept_aside_and_said_so(
    copy: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    at(monkeypatch, START)
    answer("03_energy/1", True)
    path = copy / _record.FILE
    damaged = path.read_bytes() + b'{"format": 9, "kept": 1}\n\xff\xfe\x00 nonsense\n[1]\n{"format": 1, "ki'
    path.write_bytes(damaged)
    _record.note("prediction", name="03/flip", right=True)  # what was cut off costs nothing that follows
    assert len(_record.entries()) == 2
    damaged = path.read_bytes()
    command.tell_progress([])
    said = capsys.readouterr().out
    assert "3 lines of record.jsonl cannot be read. The file is kept as record (damaged).jsonl" in said
    assert (copy / "record (damaged).jsonl").read_bytes() == damaged
    assert len(_record.entries()) == 2 and b'"kept": 1' in path.read_bytes()
    command.tell_progress([])
    assert "cannot be read" not in capsys.readouterr().out
    path.write_bytes(path.read_bytes() + b"again")
    command.make_review([], START)
    assert "kept as record (damaged 2).jsonl" in capsys.readouterr().out
    assert (copy / "record (damaged).jsonl").read_bytes() == damaged


def test_a_record_that_cannot_be_read_stays_as_it_is(copy: Path) -> None:
    (copy / _record.FILE).mkdir()
    for name in ("progress", "review"):
        with pytest.raises(SystemExit, match=r"record\.jsonl cannot be read or mended.*Nothing was changed"):
            course.main([name])
    assert (copy / _record.FILE).is_dir()


# ------------------------------------------------------------------------------ progress


def test_progress_says_what_is_right_and_what_is_open(
    copy: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    command.tell_progress([])
    assert "Nothing is recorded" in capsys.readouterr().out
    at(monkeypatch, START)
    for check, status in [("energy", "correct"), ("energy", "not yet"), ("zero_one_map", "not yet")]:
        _record.note("verdict", check=check, status=status)
    for right in (False, True):  # the first answer counts
        _record.note("prediction", name="03/one_flip", right=right)
        answer("03_energy/1", not right)
    exercise = copy / "exercises" / "05_storing_one_pattern" / "x.ipynb"
    exercise.parent.mkdir(parents=True)
    kept = {"check": "store_one", "status": "correct", "answer": [None]}
    output = {"output_type": "display_data", "data": {}, "metadata": {"hopfield_edu": kept}}
    cell = {"cell_type": "code", "id": "a", "source": "feedback.store_one(store_one)", "outputs": [output]}
    exercise.write_text(json.dumps({"cells": [cell]}))
    (exercise.parent / "half saved.ipynb").write_text("{")
    command.tell_progress([str(copy)])
    said = capsys.readouterr().out
    assert "03 Energy: 1 of 11 exercises right, " in said and "1 of 1 quiz questions right" in said
    assert "not yet: zero_one_map\n" in said and "open: energy_derivation, " in said
    assert "05 Storing one pattern: 1 of 8 exercises right" in said
    assert "Not begun: 00, 01, 02, 04, 06, " in said and "In all: 2 of " in said
    assert "due for review" in said  # by today's clock, all of it is long overdue
    standing = next(one for one in progress.standings(_record.entries()) if one.name == "03_energy")
    assert standing.quizzed[:2] == (1, 1) and standing.right == ("energy",)

    shown = feedback.progress("03")
    assert "03 Energy: 1 of 11 exercises right" in repr(shown) and "`zero_one_map`" in shown.message
    assert 'role="note"' in shown._repr_html_() and not shown.done
    with pytest.raises(ValueError, match="chapter is '3'; choose one of '00', '01'"):
        feedback.progress("3")


def test_the_card_says_nothing_where_nobody_learns(
    copy: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert repr(feedback.progress("03")).startswith("03 Energy: 0 of 11")

    def silent() -> bool:
        shown = feedback.progress("03")
        shown._ipython_display_()
        return (repr(shown), shown._repr_html_(), capsys.readouterr().out) == ("", "", "")

    for variable, value in [(_record.AUTHOR, "1"), ("NBGRADER_EXECUTION", "autograde")]:
        monkeypatch.setenv(variable, value)
        assert silent()
        monkeypatch.delenv(variable)
    monkeypatch.chdir(copy.parent)
    assert repr(feedback.progress("03")).startswith("No record here") and not silent()


def test_all_exercises_end_with_the_card_of_their_chapter() -> None:
    for path in sorted(ROOT.glob("exercises/*/*.ipynb")):
        code = [cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
        assert code[-1].startswith(f'feedback.progress("{path.name[:2]}")'), path.name


# ------------------------------------------------------------------------------ the commands


@pytest.mark.parametrize("name", ["progress", "review"])
def test_wrong_paths_and_help(name: str, copy: Path, tmp_path: Path, capsys, monkeypatch) -> None:
    def says(*words: str) -> str:
        with pytest.raises(SystemExit) as told:
            course.main([name, *words])
        return str(told.value)

    assert "there is no copy of the course in" in says(str(tmp_path / "nowhere"))
    (tmp_path / "file").touch()
    assert "is a file; your copy of the course is a folder" in says(str(tmp_path / "file"))
    (tmp_path / "empty").mkdir()
    assert "start one with `hopfield-edu " in says(str(tmp_path / "empty"))
    assert says("--help") == "0"
    text = capsys.readouterr().out
    assert f"example:\n  hopfield-edu {name}\n" in text and "sent" in text and "record.jsonl" in text
    assert f"hopfield-edu {name}" in course.EPILOG


def test_a_file_in_the_way_of_reviews_is_named(copy: Path, monkeypatch) -> None:
    at(monkeypatch, START)
    answer("03_energy/1", True)
    (copy / "review").rmdir()
    (copy / "review").write_text("mine")
    with pytest.raises(SystemExit, match=r"cannot read or write.*review"):
        course.main(["review", "--on=2026-03-09"])
    assert (copy / "review").read_text() == "mine"
    for wrong in ("--on=soon", "--questions=-1"):
        with pytest.raises(SystemExit, match="2"):
            course.main(["review", wrong])
