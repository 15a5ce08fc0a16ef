"""Every quiz: one right answer, every choice explained, objectives that exist, and a widget that answers."""

import json
import re
from pathlib import Path

import pytest

from hopfield_edu import quiz

ROOT = Path(__file__).resolve().parents[1]
QUIZZES = quiz.chapters()


def objectives(chapter: str) -> list[str]:
    """The numbered objectives that a notebook lists, in the first cell that speaks of them."""
    cells = json.loads((ROOT / "notebooks" / f"{chapter}.ipynb").read_text(encoding="utf-8"))["cells"]
    prose = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"]
    first = next(text for text in prose if re.search("objectives", text, re.IGNORECASE))
    return re.findall(r"^\d+\. (.*(?:\n +.*)*)", first, re.MULTILINE)


def test_every_chapter_has_a_quiz_and_shows_it() -> None:
    notebooks = sorted((ROOT / "notebooks").glob("[0-9]*.ipynb"))  # an appendix has none
    assert {path.stem for path in notebooks} <= set(QUIZZES)
    for path in notebooks:
        assert f'quiz.show(\\"{path.stem}\\")' in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("chapter", QUIZZES)
def test_the_questions_are_complete(chapter: str) -> None:
    asked = quiz.questions(chapter)
    assert 3 <= len(asked) <= 6
    for question in asked:
        texts = [choice.text for choice in question.choices]
        assert 3 <= len(texts) <= len(quiz.LETTERS)
        assert len(set(texts)) == len(texts)
        assert sum(choice.right for choice in question.choices) == 1
        assert all(choice.why.endswith((".", "?", "!")) for choice in question.choices)
        assert question.ask.endswith(("?", "."))


@pytest.mark.parametrize("chapter", QUIZZES)
def test_the_objectives_exist_and_an_earlier_one_returns(chapter: str) -> None:
    if not (ROOT / "notebooks" / f"{chapter}.ipynb").exists():
        pytest.skip("the chapter is not written yet")
    number = int(chapter[:2])
    earlier = 0
    for question in quiz.questions(chapter):
        if isinstance(question.objective, int):
            assert 1 <= question.objective <= len(objectives(chapter))
            continue
        before, k = map(int, question.objective.split("."))
        assert before < number
        for notebook in (ROOT / "notebooks").glob(f"{before:02}_*.ipynb"):
            assert 1 <= k <= len(objectives(notebook.stem))
        earlier += 1
    assert earlier <= 2
    assert earlier >= 1 or number <= 1


@pytest.mark.parametrize("chapter", QUIZZES)
def test_a_question_beyond_the_core_is_marked(chapter: str) -> None:
    """As is its objective, "(a section marked +)". Of a part that says "(the map: a section marked +)"."""
    ends = [re.search(r"\((?:a )?sections? marked \+\)[;.]$", goal) for goal in objectives(chapter)]
    for question in quiz.questions(chapter):
        if isinstance(question.objective, int) and ends[question.objective - 1]:
            assert question.ask.startswith("(+) "), question.ask


def test_questions_are_plain_text() -> None:
    """A button shows no formulas: $x$ would stand there as it is written."""
    for path in sorted(Path(quiz.__file__).with_name("quizzes").glob("*.toml")):
        assert "$" not in path.read_text(encoding="utf-8"), path.name


def test_a_click_explains_and_the_first_one_counts() -> None:
    shown = quiz.show("02_two_unit_dynamics")
    right = [choice.right for choice in shown.asked[0].choices].index(True)
    buttons = [part for part in shown.children if isinstance(part, quiz.widgets.Button)]
    answers = [k for k, part in enumerate(shown.children) if isinstance(part, quiz.widgets.Button)]
    below = shown.children[answers[0] + len(shown.asked[0].choices)]
    buttons[(right + 1) % 3].click()
    assert "Not quite" in below.value
    buttons[right].click()
    assert "Right" in below.value and shown.asked[0].choices[right].why[:10] in below.value
    assert f"0 of {len(shown.asked)} right" in shown.children[-1].value


def test_without_a_kernel_the_questions_stand_there_and_the_answers_are_folded() -> None:
    data, _ = quiz.show("02_two_unit_dynamics")._repr_mimebundle_()
    assert data["text/plain"].count("\n1. ") == 1
    assert "Right" not in data["text/plain"]
    assert data["text/html"].count("<details>") == data["text/html"].count("</details>") == 5
    again, _ = quiz.show("02_two_unit_dynamics")._repr_mimebundle_()
    assert again["text/plain"] == data["text/plain"] and again["text/html"] == data["text/html"]


def test_an_unknown_chapter_is_refused() -> None:
    with pytest.raises(ValueError, match=r"99_nowhere.*02_two_unit_dynamics"):
        quiz.show("99_nowhere")
