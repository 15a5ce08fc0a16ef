"""Quick quizzes: choose an answer, read at once why it is right or wrong.

    quiz.show("02_two_unit_dynamics")

The questions of a chapter stand in ``quizzes/NN_name.toml``. A saved notebook shows them without a kernel
too, the answers folded away.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import ipywidgets as widgets

from hopfield_edu import _check, _record
from hopfield_edu._cards import marked

LETTERS = "abcdef"
RIGHT, WRONG = "#2e7d32", "#b23a1e"

_STYLE = """<style>
.hopfield-quiz { max-width: 760px; }
.hopfield-quiz .widget-html-content, .hopfield-quiz .jupyter-widgets.widget-html {
  height: auto; line-height: 1.45; overflow-wrap: break-word; }
.hopfield-quiz button { height: auto; min-height: 30px; width: 100%; text-align: left; white-space: normal;
  line-height: 1.4; padding: 4px 12px; margin: 2px 0; border-radius: 5px; }
.hopfield-quiz button:focus-visible { outline: 3px solid #f2a900; outline-offset: 1px; }
.hopfield-quiz button.hopfield-right { border-left: 6px solid #2e7d32; }
.hopfield-quiz button.hopfield-wrong { border-left: 6px dashed #b23a1e; }
</style>"""


@dataclass(frozen=True)
class Choice:
    text: str
    why: str
    right: bool = False


@dataclass(frozen=True)
class Question:
    """One question; `objective` is the number of the chapter's objective, or "NN.k" of an earlier one."""

    ask: str
    objective: int | str
    choices: tuple[Choice, ...]


def chapters() -> list[str]:
    """The names of the chapters that have a quiz, in order."""
    found = (entry.name for entry in files("hopfield_edu").joinpath("quizzes").iterdir())
    return sorted(name.removesuffix(".toml") for name in found if name.endswith(".toml"))


def questions(chapter: str) -> list[Question]:
    """The questions of a chapter, by the name of its notebook.

    Examples
    --------
    >>> len(questions("02_two_unit_dynamics")) in range(3, 7)
    True
    """
    _check.one_of(chapter, "chapter", tuple(chapters()))
    text = files("hopfield_edu").joinpath("quizzes", f"{chapter}.toml").read_text(encoding="utf-8")
    return [
        Question(q["ask"], q["objective"], tuple(Choice(**choice) for choice in q["choice"]))
        for q in tomllib.loads(text)["question"]
    ]


def show(chapter: str) -> Quiz:
    """The quiz of a chapter, by the name of its notebook.

    Parameters
    ----------
    chapter : str
        Such as ``"02_two_unit_dynamics"``.

    Returns
    -------
    Quiz
        A widget; the last line of a cell shows it.

    Examples
    --------
    >>> print(str(show("02_two_unit_dynamics")).splitlines()[0])
    Quick quiz
    """
    return Quiz(questions(chapter), chapter)


def again(*names: str) -> Quiz:
    """Questions of several chapters, as `hopfield-edu review` brings them back.

    Parameters
    ----------
    *names : str
        Such as ``"02_two_unit_dynamics/1"``: the chapter's notebook, and the question's number in its quiz.

    Returns
    -------
    Quiz
        A widget; the last line of a cell shows it.

    Examples
    --------
    >>> len(again("02_two_unit_dynamics/1", "03_energy/2").asked)
    2
    """
    places = [_place(name) for name in names]
    return Quiz([questions(chapter)[number - 1] for chapter, number in places], places=places)


def _place(name: Any) -> tuple[str, int]:
    """Chapter and number of a question."""
    found = re.fullmatch(r"(\w+)/([1-9])", name) if isinstance(name, str) else None
    if found is None:
        wanted = 'a chapter and a number such as "03_energy/2" is wanted'
        raise (ValueError if isinstance(name, str) else TypeError)(
            f"names holds {_check.shown(name)}; {wanted}"
        )
    chapter, number = _check.one_of(found[1], "names", tuple(chapters())), int(found[2])
    if number > (count := len(questions(chapter))):
        raise ValueError(f"names holds {_check.shown(name)}; the quiz of this chapter has {count} questions")
    return chapter, number


class Quiz(widgets.VBox):
    """Questions with a button for each choice; a click explains it. The first click on a question counts.

    `places` tells where each question comes from; by default they are those of `chapter`, in order.
    """

    def __init__(
        self, asked: list[Question], chapter: str = "", places: Sequence[tuple[str, int]] | None = None
    ):
        self.asked, self.chapter = asked, chapter
        self.places = places or [(chapter, number) for number in range(1, len(asked) + 1)]
        self.first: dict[int, bool] = {}
        self._score = widgets.HTML(self._standing())
        parts = [part for number, question in enumerate(asked) for part in self._question(number, question)]
        super().__init__([widgets.HTML(_STYLE), *parts, self._score])
        self.add_class("hopfield-quiz")

    def _question(self, number: int, question: Question) -> list[widgets.Widget]:
        answer = widgets.HTML()
        buttons = []
        for k, choice in enumerate(question.choices):
            button = widgets.Button(description=f"{LETTERS[k]})  {choice.text}", tooltip=choice.text)
            button.on_click(lambda clicked, choice=choice: self._answer(number, choice, clicked, answer))
            buttons.append(button)
        return [widgets.HTML(f"<b>{number + 1}.</b> {marked(question.ask)}"), *buttons, answer]

    def _answer(self, number: int, choice: Choice, button: widgets.Button, reply: widgets.HTML) -> None:
        if number not in self.first:
            self.first[number] = choice.right
            answer = LETTERS[self.asked[number].choices.index(choice)]
            chapter, question = self.places[number]
            _record.note("quiz", chapter=chapter, question=question, answer=answer, right=choice.right)
        button.add_class("hopfield-right" if choice.right else "hopfield-wrong")
        reply.value = _verdict(choice)
        self._score.value = self._standing()

    def _standing(self) -> str:
        done = f"{sum(self.first.values())} of {len(self.asked)} right at the first try"
        return f"<small>{done}, {len(self.asked) - len(self.first)} to go.</small>" if self.first else ""

    def __str__(self) -> str:
        lines = ["Quick quiz"]
        for number, question in enumerate(self.asked, start=1):
            lines.append(f"{number}. {question.ask}")
            lines += [f"   {LETTERS[k]}) {choice.text}" for k, choice in enumerate(question.choices)]
        return "\n".join(lines)

    def as_html(self) -> str:
        """The quiz for a page without a kernel: questions, choices, and the answers folded away."""
        parts = []
        for number, question in enumerate(self.asked, start=1):
            choices = "<br>".join(f"{LETTERS[k]}) {marked(c.text)}" for k, c in enumerate(question.choices))
            reasons = "".join(
                f"<p>{LETTERS[k]}) {_verdict(choice)}</p>" for k, choice in enumerate(question.choices)
            )
            parts.append(
                f"<p><b>{number}.</b> {marked(question.ask)}<br>{choices}</p>"
                f"<details><summary>Answer</summary>{reasons}</details>"
            )
        return "".join(parts)

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        bundle = super()._repr_mimebundle_(**kwargs)
        data, metadata = bundle if isinstance(bundle, tuple) else (bundle, {})
        return data | {"text/plain": str(self), "text/html": self.as_html()}, metadata


def _verdict(choice: Choice) -> str:
    """Symbol, word and reason; colour is not all that tells right from wrong."""
    mark, colour = ("✓ Right.", RIGHT) if choice.right else ("✗ Not quite.", WRONG)
    return f"<span style='color:{colour}'><b>{mark}</b></span> {marked(choice.why)}"
