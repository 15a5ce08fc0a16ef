"""Predictions: first the learner chooses, and only then sees what happens.

    guess = predict.ask("02/first_step")
    guess

and in the next cell, when the outcome has been computed in sight of everybody,

    guess.reveal(patterns.label(after), plots.network(weights, after))

Question, choices and reason stand in ``predictions/NN_name.toml``, so that no cell gives them away. Where
authors build and test (HOPFIELD_EDU_AUTHOR=1), every prediction is skipped: outcome and reason are printed.
"""

from __future__ import annotations

import html
import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import ipywidgets as widgets
import numpy as np

from hopfield_edu import _check, _record
from hopfield_edu._cards import BELOW_FOLDS, CORRECT, FOLDED, GUESS, NOT_ATTEMPTED, as_text, card, marked
from hopfield_edu._values import agree, fold, show

WAITING = "Choose above, or skip: then the outcome appears here."
RICH = ("_repr_html_", "_repr_mimebundle_", "_repr_svg_", "_repr_png_", "_repr_markdown_", "_repr_latex_")

_STYLE = (
    """<style>
.hopfield-predict { max-width: 760px; padding: 6px 14px 8px; border-left: 6px solid #0b6e99; }
.hopfield-predict .jupyter-widgets.widget-html, .hopfield-predict .widget-html-content {
  height: auto; line-height: 1.45; overflow-wrap: break-word; }
.hopfield-predict button { height: auto; min-height: 30px; width: auto; white-space: normal;
  line-height: 1.4; padding: 3px 14px; margin: 3px 8px 3px 0; border-radius: 5px; }
.hopfield-predict button:focus-visible { outline: 3px solid #f2a900; outline-offset: 1px; }
.hopfield-predict button.hopfield-skip { background: none; box-shadow: none; text-decoration: underline; }
.hopfield-predict button.hopfield-chosen { border: 2px solid #0b6e99; font-weight: bold; opacity: 1; }
"""
    + BELOW_FOLDS
    + "</style>"
)


# ------------------------------------------------------------------ the questions


@dataclass(frozen=True)
class Prediction:
    """One question of a chapter: with choices, or with a number to be written."""

    name: str
    ask: str
    why: str
    choices: tuple[str, ...] = ()
    near: tuple[float, ...] = ()  # the number that each choice stands for, so that a cell needs no words
    number: bool = False
    tolerance: float = 0.0

    def right(self, answer: str, outcome: str | float) -> bool:
        """Whether an answer is what happened; a number may be off by the tolerance."""
        if not self.number:
            return agree(answer, outcome)
        given, aim = _number(answer), _number(outcome)
        return agree(given, aim) or abs(given - aim) <= self.tolerance * (1 + 1e-9)

    def chosen(self, outcome: str | float) -> str | float:
        """A number in the words of the choice that is nearest to it, where choices stand for numbers."""
        if not self.near or isinstance(outcome, str):
            return outcome
        return min(zip(self.near, self.choices, strict=True), key=lambda pair: abs(pair[0] - outcome))[1]

    def said(self, outcome: str | float) -> str:
        """The outcome in the words of the choices, or as it is."""
        same = (choice for choice in self.choices if agree(choice, outcome))
        return next(same, outcome if isinstance(outcome, str) else show(outcome).replace("-", "−"))

    @property
    def options(self) -> tuple[str, ...]:
        """What stands below the question where nothing can be clicked."""
        return ("(write a number)",) if self.number else self.choices


@cache
def _all() -> dict[str, Prediction]:
    """Every prediction of the course, as "NN/name", in order."""
    place = files("hopfield_edu").joinpath("predictions")
    texts = sorted((entry.name, entry) for entry in place.iterdir() if entry.name.endswith(".toml"))
    return {p.name: p for file, entry in texts for p in _read(file[:2], entry.read_text(encoding="utf-8"))}


def _read(number: str, text: str) -> Iterator[Prediction]:
    for key, table in tomllib.loads(text).items():
        lists = {name: tuple(table.get(name, ())) for name in ("choices", "near")}
        yield Prediction(f"{number}/{key}", **{**table, **lists})


def names(chapter: str | None = None) -> list[str]:
    """The names of all predictions, or of those of a chapter such as "02".

    Parameters
    ----------
    chapter : str, optional
        The chapter's number, or the name of its notebook.
    """
    number = None if chapter is None else _chapter(chapter)
    return [name for name in _all() if number in (None, name[:2])]


def _chapter(chapter: Any) -> str:
    known = sorted({name[:2] for name in _all()})
    number = chapter[:2] if isinstance(chapter, str) and re.fullmatch(r"\d\d(_\w*)?", chapter) else None
    if number not in known:
        wanted = f"the chapters with predictions are {', '.join(known)}"
        raise ValueError(f"chapter is {_check.shown(chapter)}; {wanted}")
    return number


def ask(name: str) -> Guess:
    """Ask for a prediction.

    Parameters
    ----------
    name : str
        The chapter's number and the question's name, such as ``"02/first_step"``.

    Returns
    -------
    Guess
        A widget; the last line of a cell shows it.
    """
    if not isinstance(name, str):
        raise TypeError(f'name is {_check.shown(name)}; a text such as "02/first_step" is wanted')
    if name not in _all():
        known = [other for other in _all() if other[:3] == name[:3]]
        listed = ", ".join(known or dict.fromkeys(f"{other[:3]}..." for other in _all()))
        raise ValueError(f"name is {_check.shown(name)}; there are {listed}")
    return Guess(_all()[name])


def score(chapter: str | None = None) -> str:
    """How many predictions came true, by the learner's own record; of each the first answer counts.

    Parameters
    ----------
    chapter : str, optional
        Only those of a chapter, such as "02".

    Returns
    -------
    str
        Such as "You predicted 5 of 7."; empty without a record.
    """
    asked = names(chapter)
    first: dict[str, bool] = {}
    for entry in _record.entries("prediction"):
        if entry.get("name") in asked and isinstance(entry.get("right"), bool):
            first.setdefault(entry["name"], entry["right"])
    return f"You predicted {sum(first.values())} of {len(first)}." if first else ""


# ------------------------------------------------------------------ choosing


class Guess(widgets.VBox):
    """A question with a button for each choice, or a field for a number, and one to skip it.

    Attributes
    ----------
    prediction : Prediction
        Question, choices and reason.
    made : bool
        Whether the learner has chosen or skipped. Then the buttons are frozen.
    answer : str or None
        What was chosen; None before, and for one who skipped.
    """

    def __init__(self, prediction: Prediction) -> None:
        self.prediction = _check.instance(prediction, "prediction", Prediction, "a question of a chapter")
        self.made, self.answer, self._noted = _record.author(), None, False
        self._reveals: list[Reveal] = []
        self._said = widgets.HTML()
        self._field = widgets.Text(placeholder="a number", layout={"width": "9em"})
        self._buttons = {text: widgets.Button(description=text) for text in prediction.choices}
        parts = [self._field, self._button("Guess", self._written)] if prediction.number else []
        for text, button in self._buttons.items():
            button.on_click(lambda _clicked, text=text: self.choose(text))
            parts.append(button)
        self._field.on_msg(self._entered)
        row = widgets.HBox([*parts, self._button("skip", self._skipped)], layout={"flex_flow": "row wrap"})
        super().__init__([widgets.HTML(_STYLE + _question(prediction)), row, self._said])
        self._row = row
        self.add_class("hopfield-predict")

    def _button(self, text: str, action: Any) -> widgets.Button:
        button = widgets.Button(description=text).add_class(f"hopfield-{text.lower()}")
        button.on_click(action)
        return button

    def _entered(self, _field: object, content: dict[str, Any], _buffers: object) -> None:
        if content.get("event") == "submit":  # the Enter key
            self._written()

    def _written(self, _clicked: object = None) -> None:
        if _number(self._field.value) is None:
            self._said.value = "Write a number, such as 3, -0.5 or 2/3."
        else:
            self.choose(self._field.value.strip())

    def _skipped(self, _clicked: object = None) -> None:
        self.skip()

    def choose(self, answer: str | float) -> None:
        """Choose from code, as a click does; the first choice counts.

        Parameters
        ----------
        answer : str or number
            One of the choices, or the number.
        """
        if isinstance(answer, (bool, np.bool_)):
            answer = "yes" if answer else "no"
        if self.prediction.number:
            if _number(answer) is None:
                raise ValueError(f"answer is {_check.shown(answer)}; a number is wanted")
            self._finish(answer if isinstance(answer, str) else show(answer))
            return
        alike = [choice for choice in self.prediction.choices if agree(_plain(answer, "answer"), choice)]
        if not alike:
            known = ", ".join(map(repr, self.prediction.choices))
            raise ValueError(f"answer is {_check.shown(answer)}; one of {known} is wanted")
        self._finish(alike[0])

    def skip(self) -> None:
        """See the outcome without a guess."""
        self._finish(None)

    def _finish(self, answer: str | None) -> None:
        if self.made:
            return
        self.made, self.answer = True, answer
        for control in self._row.children:
            control.disabled = True
        if answer in self._buttons:
            self._buttons[answer].add_class("hopfield-chosen")
        said = "Skipped." if answer is None else f"You predicted <b>{html.escape(answer)}</b>."
        then = "The outcome stands below." if self._reveals else "Now run the next cell."
        self._said.value = f'<span role="status">{said} {then}</span>'
        while self._reveals:
            self._reveals.pop(0)._unveil()

    # -------------------------------------------------------------- showing

    def reveal(self, outcome: str | float | bool, *shown: Any) -> Reveal:
        """Show what happened, as soon as the learner has chosen or skipped.

        Parameters
        ----------
        outcome : str, number or bool
            What happened; True and False are "yes" and "no". Where each choice stands for a number (`near` in
            the file of the questions), a number is told as the choice that is nearest to it.
        *shown : Axes, array of Axes, Figure, str, widget, or an object with a rich representation
            What else is to be seen then, from top to bottom. Figures are closed, as by `plots.show`.

        Returns
        -------
        Reveal
            A widget; it must be the last line of the cell, and nothing before it may give the outcome away.
        """
        happened = self.prediction.chosen(_plain(outcome, "outcome"))
        if self.prediction.number and _number(happened) is None:
            raise TypeError(f"outcome is {_check.shown(outcome)}; the question asks for a number")
        return self._confronted(Reveal(self, happened, _readied(shown)))

    def then(self, *shown: Any) -> Reveal:
        """Show more that would give the answer away, in a later cell: also only after the choice.

        Parameters
        ----------
        *shown : Axes, array of Axes, Figure, str, widget, or an object with a rich representation
            As in :meth:`reveal`.
        """
        return self._confronted(Reveal(self, None, _readied(shown)))

    def _confronted(self, made: Reveal) -> Reveal:
        if self.made:
            made._unveil()
        else:
            self._reveals.append(made)
        return made

    def __str__(self) -> str:
        return "\n  ".join([f"Predict. {_bare(self.prediction.ask)}", *self.prediction.options])

    __repr__ = __str__

    def as_html(self) -> str:
        """The question for a page without a kernel; nothing there tells the answer."""
        items = "".join(f"<li>{html.escape(text)}</li>" for text in self.prediction.options)
        return f"{_question(self.prediction)}<ul>{items}</ul>"

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        return _bundle(super()._repr_mimebundle_(**kwargs), str(self), self.as_html())


class Reveal(widgets.VBox):
    """What happened, empty until the learner has chosen; made by :meth:`Guess.reveal` and :meth:`Guess.then`.

    The outcome is None in what only shows more.
    """

    def __init__(self, guess: Guess, outcome: str | float | None, shown: list[_Shown]) -> None:
        self.guess, self.outcome, self._shown = guess, outcome, shown
        self.opened = False
        super().__init__([widgets.HTML(f"<i>{WAITING}</i>")])
        self.add_class("hopfield-reveal")

    @property
    def right(self) -> bool | None:
        """Whether the prediction came true; None without one."""
        answer = self.guess.answer
        if answer is None or self.outcome is None:
            return None
        return self.guess.prediction.right(answer, self.outcome)

    def _unveil(self) -> None:
        """Show the outcome, and remember how the prediction went."""
        self.opened = True
        if _record.author():
            return
        parts = [shown.as_widget() for shown in self._shown]
        if self.outcome is not None:
            self._note()
            told = widgets.HTML(f'<div role="status">{self._told()}</div>')
            parts = [told, *parts, widgets.HTML(f"<small>{score()}</small>")]
        self.children = parts

    def _note(self) -> None:
        if not self.guess._noted:
            self.guess._noted = True
            fields = {"answer": self.guess.answer, "outcome": self.outcome, "right": self.right}
            _record.note("prediction", name=self.guess.prediction.name, **fields)

    def _card(self) -> tuple[str, str, str]:
        asked = self.guess.prediction
        title = f"Outcome: {asked.said(self.outcome)}"
        if self.right is None:
            return NOT_ATTEMPTED, title, asked.why
        if self.right:
            exact = not asked.number or agree(_number(self.guess.answer), _number(self.outcome))
            near = "" if exact else f" ({self.guess.answer}, which is near enough)"
            return CORRECT, f"{title}, as you predicted{near}", asked.why
        return GUESS, f"{title} (you predicted {self.guess.answer})", asked.why

    def _told(self) -> str:
        return "" if self.outcome is None else card(*self._card())

    def __str__(self) -> str:
        if not self.opened:
            return WAITING
        return "" if self.outcome is None else as_text(*map(_bare, self._card()[1:]))

    __repr__ = __str__

    def as_html(self) -> str:
        """Card and pictures for a page without a kernel; empty as long as nothing has been chosen."""
        if not self.opened:
            return f"<p><i>{WAITING}</i></p>"
        return self._told() + "".join(shown.html for shown in self._shown)

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        return _bundle(super()._repr_mimebundle_(**kwargs), str(self), self.as_html())

    def _ipython_display_(self) -> None:
        from IPython.display import display

        if not _record.author():
            data, metadata = self._repr_mimebundle_()
            display(data, metadata=metadata, raw=True)
            return
        display(
            {"text/plain": FOLDED}, raw=True
        )  # what JupyterLab shows of a collapsed output is its first line
        if self.outcome is not None:
            display({"text/plain": str(self), "text/html": self._told()}, raw=True)
        for shown in self._shown:
            shown.display()


def _readied(things: tuple[Any, ...]) -> list[_Shown]:
    """What is to be shown; texts that follow each other are lines of one text."""
    ready: list[_Shown] = []
    for k, thing in enumerate(things):
        if isinstance(thing, str) and ready and isinstance(ready[-1].thing, str):
            thing = f"{ready.pop().thing}\n{thing}"
        ready.append(_Shown(thing, f"shown[{k}]"))
    return ready


class _Shown:
    """A thing shown with the outcome: as HTML once it may be seen, as an output where authors build."""

    def __init__(self, thing: Any, name: str) -> None:
        self.thing, self.html = thing, ""
        if isinstance(thing, widgets.Widget):
            return
        drawn = _drawn(thing)
        if drawn:
            self.thing = drawn
            self.html = "" if _record.author() else "".join(map(_img, drawn))
            _close(drawn)  # or else Jupyter would show them at the end of the cell, whatever was chosen
        elif isinstance(thing, str):
            self.html = f'<pre style="white-space:pre-wrap;color:inherit">{html.escape(thing)}</pre>'
        elif any(callable(getattr(type(thing), method, None)) for method in RICH):
            self.html = "" if _record.author() else _rich(thing)
        else:
            wanted = "Axes, a Figure, a text, a widget or an object that shows itself is wanted"
            raise TypeError(f"{name} is {_check.shown(thing)}; {wanted}")

    def as_widget(self) -> widgets.Widget:
        return self.thing if isinstance(self.thing, widgets.Widget) else widgets.HTML(self.html)

    def display(self) -> None:
        from IPython.display import display

        from hopfield_edu import plots

        if isinstance(self.thing, str):
            print(self.thing)
        elif isinstance(self.thing, list):
            for figure in self.thing:
                plots.show(figure)
        else:
            display(self.thing)


def _drawn(thing: Any) -> list[Any]:
    """The figures of Axes, of an array or list of Axes, or of a Figure; none for anything else."""
    if "matplotlib" not in sys.modules or isinstance(thing, str):
        return []
    from hopfield_edu.plots._show import _figures

    try:
        return _figures(thing)
    except TypeError:
        return []


def _close(drawn: list[Any]) -> None:
    if "matplotlib.pyplot" in sys.modules:
        for figure in drawn:
            sys.modules["matplotlib.pyplot"].close(figure)


def _img(figure: Any) -> str:
    """A figure as HTML, with what it says about itself as its description."""
    from hopfield_edu import plots
    from hopfield_edu.plots._show import describe

    return plots.mimebundle(figure, describe(figure))[0]["text/html"]


def _rich(thing: Any) -> str:
    """An object that shows itself, as HTML."""
    from IPython.core.formatters import DisplayFormatter

    data, _ = DisplayFormatter().format(thing)
    for kind in ("text/html", "image/svg+xml"):
        if kind in data:
            return str(data[kind])
    text = html.escape(str(data.get("text/plain", "")), quote=True)
    if "image/png" in data:
        return f'<img src="data:image/png;base64,{data["image/png"]}" alt="{text}" style="max-width:100%">'
    return f'<pre style="white-space:pre-wrap;color:inherit">{text}</pre>'


# ------------------------------------------------------------------ texts


def _question(prediction: Prediction) -> str:
    return f"<p><b>Predict.</b> {marked(prediction.ask)}</p>"


def _bare(text: str) -> str:
    """A text without the marks of code."""
    return text.replace("`", "")


def _bundle(made: Any, text: str, page: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Data and metadata of a widget, with what is read where there is no kernel."""
    data, metadata = made if isinstance(made, tuple) else (made, {})
    return {**(data or {}), "text/plain": text, "text/html": page}, metadata


def _plain(value: Any, name: str) -> str | float:
    """A text or a number; True and False as yes and no."""
    if isinstance(value, np.ndarray) and value.ndim == 0:
        value = value[()]
    if isinstance(value, (bool, np.bool_)):
        return "yes" if value else "no"
    if isinstance(value, str):
        return str(value)
    if isinstance(value, (int, float, np.integer, np.floating)):
        return value.item() if isinstance(value, np.generic) else value
    raise TypeError(f"{name} is {_check.shown(value)}; a text, a number, True or False is wanted")


def _number(text: Any) -> float | None:
    """The number that a learner means: with a comma or a point, as a fraction, with any minus sign."""
    value = text
    if isinstance(text, str):
        value = fold(re.sub(r"^\s*about\b", "", text, flags=re.I).replace(",", "."))
    plain = isinstance(value, (int, float, np.integer, np.floating)) and not isinstance(value, bool)
    return float(value) if plain and np.isfinite(value) else None
