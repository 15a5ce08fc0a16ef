"""Predictions: nothing gives the answer away before the choice; after a click or a skip all is there."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pytest

from hopfield_edu import _record, plots, predict
from hopfield_edu._values import agree

ROOT = Path(__file__).resolve().parents[1]
FILES = sorted((ROOT / "hopfield_edu" / "predictions").glob("*.toml"))
CHOICES, NUMBER = "01/deaf_unit", "01/first_field"
WHY = "no arrow leads to unit 3"


@pytest.fixture(autouse=True)
def learner(monkeypatch: pytest.MonkeyPatch) -> None:
    """The suite runs as authors do; here a learner sits at the kernel."""
    monkeypatch.delenv(_record.AUTHOR, raising=False)


@pytest.fixture
def displayed(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What is displayed in the notebook, output by output."""
    outputs: list[Any] = []
    monkeypatch.setattr("IPython.display.display", lambda data, **named: outputs.append(data))
    return outputs


def state(widget: Any) -> str:
    """All that the page knows of a widget and of its parts, whether it is seen or not."""
    return json.dumps(
        [part.get_state() for part in [widget, *_parts(widget)]], default=lambda thing: f"a {type(thing)}"
    )


def _parts(widget: Any) -> list[Any]:
    parts = list(getattr(widget, "children", ()))
    return parts + [deeper for part in parts for deeper in _parts(part)]


def button(guess: predict.Guess, text: str) -> Any:
    return next(part for part in _parts(guess) if getattr(part, "description", None) == text)


# ------------------------------------------------------------------ the texts of all chapters


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_the_questions_are_complete(path: Path) -> None:
    """Plain texts, as a button and a card show them; choices or a number, never both."""
    assert list(ROOT.glob(f"notebooks/{path.stem[:2]}_*.ipynb")) == [
        ROOT / "notebooks" / f"{path.stem}.ipynb"
    ]
    for name, entry in tomllib.loads(path.read_text(encoding="utf-8")).items():
        assert re.fullmatch("[a-z][a-z0-9_]*", name)
        assert entry.keys() <= {"ask", "why", "choices", "near", "number", "tolerance"}
        assert entry["ask"].endswith(("?", ".")) and entry["why"].endswith((".", "!"))
        assert ("choices" in entry) != (entry.get("number") is True), name
        assert "tolerance" not in entry or (entry["tolerance"] > 0 and entry.get("number"))
        choices = entry.get("choices", ["yes", "no"])
        assert 2 <= len(choices) <= 6 and len(set(choices)) == len(choices)
        if "near" in entry:
            assert len(set(entry["near"])) == len(entry["near"]) == len(entry["choices"])
            assert sorted(entry["near"]) in (entry["near"], entry["near"][::-1])
        for text in (entry["ask"], entry["why"], *choices):
            assert "$" not in text and "\\" not in text, f"{text}: no TeX, the signs themselves"
            assert text.count("`") % 2 == 0
        assert not any("`" in choice or "_" in choice for choice in choices)


def test_every_choice_is_told_from_the_others() -> None:
    for name in predict.names():
        choices = predict.ask(name).prediction.choices
        for choice in choices:
            asked = predict.ask(name)
            asked.choose(choice)
            assert asked.answer == choice


# ------------------------------------------------------------------ before and after the choice


def confronted(outcome: Any = "unit 3") -> tuple[predict.Guess, predict.Reveal]:
    guess = predict.ask(CHOICES)
    ax = plots.network(np.eye(3) - 1)
    return guess, guess.reveal(outcome, ax, "a table\n  of numbers")


def given_away(widget: Any) -> str:
    data, _ = widget._repr_mimebundle_()
    return data["text/plain"] + data["text/html"] + state(widget)


def test_nothing_is_given_away_before_the_choice() -> None:
    guess, reveal = confronted()
    for told in (given_away(guess), given_away(reveal)):
        for secret in (WHY, "a table", "data:image", "Network of 3 units", "Outcome"):
            assert secret not in told
    assert "unit 3" not in given_away(reveal)
    assert "Choose above, or skip" in given_away(reveal)


def test_figures_are_closed_whatever_is_chosen() -> None:
    before = plt.get_fignums()
    confronted()
    assert plt.get_fignums() == before


@pytest.mark.parametrize(
    ("click", "said"),
    [
        ("unit 3", "Outcome: unit 3, as you predicted"),
        ("unit 1", "(you predicted unit 1)"),
        ("skip", "Outcome: unit 3"),
    ],
)
def test_after_a_click_all_is_there(click: str, said: str) -> None:
    guess, reveal = confronted()
    button(guess, click).click()
    told = given_away(reveal)
    for part in (said, WHY, "a table\\n  of numbers", "data:image/png;base64,", 'alt=\\"Network of 3 units'):
        assert part in told
    assert str(reveal).startswith(
        f"Outcome: unit 3{said.removeprefix('Outcome: unit 3')}" if click != "unit 1" else ""
    )
    assert reveal.right is {"unit 3": True, "unit 1": False, "skip": None}[click]


def test_the_first_choice_counts_and_the_buttons_freeze() -> None:
    guess, _ = confronted()
    button(guess, "unit 1").click()
    guess.choose("unit 3")
    guess.skip()
    assert guess.answer == "unit 1"
    assert all(button(guess, text).disabled for text in ("unit 1", "unit 3", "skip"))
    assert "You predicted <b>unit 1</b>" in state(guess).replace("\\", "")


def test_who_chooses_first_sees_the_outcome_at_once() -> None:
    guess = predict.ask(CHOICES)
    guess.choose("unit 3")
    assert "Now run the next cell" in state(guess)
    assert "as you predicted" in str(guess.reveal("unit 3"))
    assert "Outcome: unit 2" in str(guess.reveal("unit 2"))  # the cell is run again, with other weights


@pytest.mark.parametrize(
    ("written", "right"), [("-2", True), ("−2", True), (" -4/2 ", True), ("-2,0", True), ("2", False)]
)
def test_a_number_is_written_with_the_enter_key(written: str, right: bool) -> None:
    guess = predict.ask(NUMBER)
    reveal = guess.reveal(np.int64(-2))
    guess._field.value = written
    guess._field._handle_custom_msg({"event": "submit"}, [])
    assert reveal.right is right
    assert "Outcome: −2" in str(reveal)


def test_a_word_is_no_number_and_nothing_happens() -> None:
    guess = predict.ask(NUMBER)
    for written in ("", "many", "nan", "inf"):
        guess._field.value = written
        button(guess, "Guess").click()
        assert not guess.made and "Write a number" in state(guess)


def test_a_number_may_be_off_by_the_tolerance() -> None:
    about = predict.Prediction("x", "How many?", "So.", number=True, tolerance=0.1)
    exact = predict.Prediction("x", "How many?", "So.", number=True)
    assert about.right("0.6", 0.5) and about.right("0.4", 0.5) and not about.right("0.61", 0.5)
    assert exact.right("0.5", 0.5) and not exact.right("0.6", 0.5)


class _Hostile:
    def __eq__(self, other: object) -> bool:
        raise RuntimeError("not to be compared")


def test_answers_agree_in_whatever_form_they_come() -> None:
    right = {3: (3.0, "3"), "yes": (" Yes", "y", "YES", True), "no": ("n", "N", "No ", False, np.False_)}
    right |= {"− +": ("-+",), "about 4": (4, "4", "About  4", 4.0)}
    wrong = {3: (2, _Hostile()), "no": (True, "y", 0, "none"), "about 4": (40, "about 40", "about")}
    for outcome, guesses in right.items():
        assert all(agree(guess, outcome) for guess in guesses), outcome
    for outcome, guesses in wrong.items():
        assert not any(agree(guess, outcome) for guess in guesses), outcome


def test_a_near_miss_is_called_one() -> None:
    guess = predict.Guess(predict.Prediction("x", "How many?", "So.", number=True, tolerance=0.1))
    reveal = guess.reveal(0.5)
    guess.choose("0,55")
    assert str(reveal).startswith("Outcome: 0.5, as you predicted (0,55, which is near enough)")


def test_yes_and_no_may_be_true_and_false() -> None:
    asked = predict.Prediction("x", "Does it?", "So.", choices=("yes", "no"))
    guess = predict.Guess(asked)
    reveal = guess.reveal(np.bool_(True))
    guess.choose(False)
    assert guess.answer == "no" and reveal.right is False and "Outcome: yes" in str(reveal)


# ------------------------------------------------------------------ what may be shown


class _Own:
    def _repr_html_(self) -> str:
        return "<b>its own page</b>"


class _Picture:
    def _repr_png_(self) -> bytes:
        return b"\x89PNG\r\n"


def test_all_kinds_of_things_can_be_shown() -> None:
    guess = predict.ask(CHOICES)
    figure, axes = plt.subplots(1, 2)
    child = predict.ask(NUMBER)
    guess.skip()
    reveal = guess.reveal("unit 3", axes, figure, "a < b", _Own(), _Picture(), child)
    page = reveal.as_html()
    assert page.count("<img") == 3 and "a &lt; b" in page and "<b>its own page</b>" in page
    assert child in reveal.children


def test_texts_that_follow_each_other_are_lines_of_one() -> None:
    guess = predict.ask(CHOICES)
    guess.skip()
    assert guess.reveal("unit 3", "a", "b", plt.figure(), "c").as_html().count("<pre") == 2


def test_more_is_shown_in_a_later_cell_but_not_before_the_choice() -> None:
    guess, _ = confronted()
    more = guess.then("the answer is three", plots.network(np.eye(2)))
    assert "three" not in given_away(more) and "image" not in given_away(more)
    guess.choose("unit 3")
    assert "the answer is three" in state(more) and "Network of 2 units" in state(more)
    assert "Outcome" not in state(more) and str(more) == ""


@pytest.mark.parametrize(
    "thing", [None, np.eye(2), 3, [1, 2], object(), print], ids=lambda thing: type(thing).__name__
)
def test_what_cannot_be_shown_is_refused_by_name(thing: Any) -> None:
    with pytest.raises(TypeError, match=r"^shown\[1\] is .*Axes"):
        predict.ask(CHOICES).reveal("unit 3", "a text", thing)


def test_a_number_is_told_as_the_choice_nearest_to_it() -> None:
    """So no cell needs the words of a choice, which would give it away."""
    asked = predict.Prediction("01/some", "How many?", "So.", ("few", "half", "all"), near=(0.0, 0.5, 1.0))
    for share, words in [
        (0, "few"),
        (0.2, "few"),
        (0.3, "half"),
        (0.76, "all"),
        (1.7, "all"),
        ("half", "half"),
    ]:
        assert asked.chosen(share) == words
    guess = predict.Guess(asked)
    guess.choose("half")
    assert guess.reveal(np.float64(0.4)).right
    assert predict.Prediction("01/none", "How?", "So.", ("few", "all")).chosen(0.2) == 0.2


def test_names_are_refused_with_those_that_exist() -> None:
    with pytest.raises(ValueError, match=r"name is '01/nothing'; there are 01/deaf_unit, 01/first_field"):
        predict.ask("01/nothing")
    with pytest.raises(ValueError, match=r"name is '99/nothing'; there are .*01/\.\.\."):
        predict.ask("99/nothing")
    with pytest.raises(TypeError, match="name is 3"):
        predict.ask(3)
    with pytest.raises(ValueError, match="chapter is '99'"):
        predict.names("99")
    with pytest.raises(ValueError, match="answer is 'unit 9'; one of 'unit 1'"):
        predict.ask(CHOICES).choose("unit 9")
    with pytest.raises(ValueError, match="answer is 'few'; a number"):
        predict.ask(NUMBER).choose("few")
    with pytest.raises(TypeError, match=r"outcome is an array of shape \(2,\)"):
        predict.ask(CHOICES).reveal(np.ones(2))
    with pytest.raises(TypeError, match="outcome is 'few'; the question asks for a number"):
        predict.ask(NUMBER).reveal("few")


# ------------------------------------------------------------------ authors, and the record


def test_authors_skip_and_see_the_outcome(
    monkeypatch: pytest.MonkeyPatch, displayed: list[Any], capsys: Any
) -> None:
    monkeypatch.setenv(_record.AUTHOR, "1")
    guess, reveal = confronted()
    assert "skip" not in str(guess) and str(guess).splitlines()[1:] == [f"  unit {k}" for k in (1, 2, 3, 4)]
    reveal._ipython_display_()
    folded, card, picture = displayed
    assert folded == {"text/plain": predict.FOLDED}  # of a collapsed output, JupyterLab shows the first line
    assert card["text/plain"] == f"Outcome: unit 3\n  {guess.prediction.why}"
    assert WHY in card["text/html"]
    assert picture["text/plain"].startswith("Network of 3 units") and "image/png" in picture
    assert capsys.readouterr().out == "a table\n  of numbers\n"
    assert not plt.get_fignums()


def test_a_learner_gets_one_output(displayed: list[Any]) -> None:
    _, reveal = confronted()
    reveal._ipython_display_()
    (data,) = displayed
    assert data["text/plain"] == predict.WAITING
    assert "application/vnd.jupyter.widget-view+json" in data


def test_the_record_and_the_score(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / _record.MARK).write_text("{}")
    monkeypatch.chdir(tmp_path)
    assert predict.score() == ""
    for name, answer, outcome in [
        (CHOICES, "unit 1", "unit 3"),
        (CHOICES, "unit 3", "unit 3"),
        (NUMBER, "-2", -2),
    ]:
        guess = predict.ask(name)
        reveal = guess.reveal(outcome)
        guess.choose(answer)
        guess.reveal(outcome)  # the cell is run once more, and that is no second prediction
    skipped = predict.ask(NUMBER)
    skipped.reveal(-2)
    skipped.skip()
    assert [(e["name"], e["answer"], e["right"]) for e in _record.entries("prediction")] == [
        (CHOICES, "unit 1", False),
        (CHOICES, "unit 3", True),
        (NUMBER, "-2", True),
        (NUMBER, None, None),
    ]
    assert [entry["outcome"] for entry in _record.entries()] == ["unit 3", "unit 3", -2, -2]
    assert (
        predict.score()
        == predict.score("01")
        == predict.score("01_meet_the_network")
        == "You predicted 1 of 2."
    )
    assert "You predicted 1 of 2." in state(reveal)
    assert "You predicted" not in str(reveal) + reveal.as_html()
