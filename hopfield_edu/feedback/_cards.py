"""The cards that a learner sees: verdicts, hints, predictions. Colour, symbol and word say the same."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from hopfield_edu import _check
from hopfield_edu.feedback._values import blank, fold, same, show

CORRECT, NOT_YET, NOT_ATTEMPTED = "correct", "not yet", "not attempted"

_LOOK = {  # colour and symbol; the word says the same again
    CORRECT: ("#1b8a6b", "✔"),
    NOT_YET: ("#c8553d", "✘"),
    NOT_ATTEMPTED: ("#6b7a90", "○"),
    "hint": ("#d19900", "➜"),
    "guess": ("#0b6e99", "?"),
}


def card(look: str, title: str, message: str, details: str = "") -> str:
    """A card as HTML: colour, symbol and word; it inherits the theme's text colour, light or dark."""
    colour, symbol = _LOOK[look]
    rgb = ", ".join(str(int(colour[k : k + 2], 16)) for k in (1, 3, 5))
    code = re.sub(r"`([^`]+)`", r"<code>\1</code>", html.escape(message))
    body = "".join(f'<div style="margin-top:.3em">{line}</div>' for line in code.split("\n") if line)
    if details:
        body += (
            '<pre style="margin:.5em 0 0;padding:.4em .6em;background:rgba(128,128,128,.12);'
            f'color:inherit;white-space:pre-wrap">{html.escape(details)}</pre>'
        )
    return (
        f'<div role="note" aria-label="{html.escape(title, quote=True)}" '
        f'style="border-left:6px solid {colour};background:rgba({rgb}, .12);color:inherit;'
        'padding:.5em .9em;margin:.4em 0;border-radius:0 6px 6px 0;max-width:52em">'
        f'<div><span aria-hidden="true" style="color:{colour};font-weight:bold">{symbol}</span> '
        f"<strong>{html.escape(title)}</strong></div>{body}</div>"
    )


def as_text(title: str, message: str, details: str = "") -> str:
    """The same card as plain text, for logs and for comparison."""
    lines = [title, *message.split("\n"), *details.split("\n")]
    return "\n  ".join(line for line in lines if line)


class _Card:
    """Something shown as a card in a notebook and as text elsewhere."""

    def _card(self) -> tuple[str, str, str, str]:
        raise NotImplementedError

    def _repr_html_(self) -> str:
        return card(*self._card())

    def __repr__(self) -> str:
        return as_text(*self._card()[1:])

    def _ipython_display_(self) -> None:
        # A display, not a result: nbgrader tries to read a grade cell's result as a partial mark.
        from IPython.display import display

        data = {"text/html": self._repr_html_(), "text/plain": repr(self)}
        display(data, metadata=self._metadata(), raw=True)

    def _metadata(self) -> dict[str, Any]:
        """What stands beside the output, unseen."""
        return {}


@dataclass(frozen=True, repr=False)
class Verdict(_Card):
    """The answer of a check.

    Attributes
    ----------
    exercise : str
        Name of the check.
    status : str
        "correct", "not yet" or "not attempted".
    message : str
        What was seen and which idea to think about.
    mistake : str or None
        Name of the recognised mistake.
    details : str
        Input and result that show the difference.
    record : dict
        The same for machines: check, status, mistake, seed, version of the course, and a fingerprint of the
        answer. It is kept beside the card in a notebook; :func:`hopfield_edu.feedback.records` reads it.
    """

    exercise: str
    status: str
    message: str
    mistake: str | None = None
    details: str = ""
    record: Mapping[str, Any] = field(default_factory=dict, compare=False)

    @property
    def correct(self) -> bool:
        """True if the answer passed."""
        return self.status == CORRECT

    def __bool__(self) -> bool:
        return self.correct

    def _card(self) -> tuple[str, str, str, str]:
        mistake = f" ({self.mistake})" if self.mistake else ""
        title = f"{self.exercise}: {self.status}{mistake}"
        return self.status, title, self.message, self.details

    def _metadata(self) -> dict[str, Any]:
        return {"hopfield_edu": dict(self.record)} if self.record else {}


@dataclass(frozen=True, repr=False)
class Hint(_Card):
    """One step of a hint ladder."""

    title: str
    message: str

    def _card(self) -> tuple[str, str, str, str]:
        return "hint", self.title, self.message, ""


@dataclass(frozen=True, repr=False)
class Prediction(_Card):
    """A guess beside what really happened."""

    title: str
    message: str
    right: bool | None

    def _card(self) -> tuple[str, str, str, str]:
        look = {True: CORRECT, False: "guess", None: NOT_ATTEMPTED}[self.right]
        return look, self.title, self.message, ""


def _agree(guess: Any, outcome: Any) -> bool:
    """Whether a guess is right; yes and no may be True and False or y and n, "about 4" may be 4."""
    if isinstance(outcome, str) and fold(outcome) in ("yes", "no"):
        meant = {True: "yes", False: "no"}.get(guess) if isinstance(guess, (bool, np.bool_)) else guess
        return bool(same({"y": "yes", "n": "no"}.get(fold(meant), meant), outcome))
    plain = [re.sub(r"^\s*about\b", "", x, flags=re.I) if isinstance(x, str) else x for x in (guess, outcome)]
    try:
        return bool(same(*map(fold, plain)))
    except (TypeError, ValueError):  # things that cannot be compared are not equal
        return False


MOST = 10**6  # entries of a guess


def prediction(guess: Any, outcome: Any, why: str = "") -> Prediction:
    """Confront a recorded guess with what happened.

    Parameters
    ----------
    guess : object
        The learner's guess; None or "" means that there is none yet, and nothing is given away.
    outcome : object
        What happened: a number, a text, a state.
    why : str
        One or two sentences of explanation.

    Returns
    -------
    Prediction
        A card; ``.right`` is True, False, or None without a guess.

    Examples
    --------
    >>> prediction(4, 6, "Two of them are inverses.")
    Your guess was 4, it turned out to be 6
      Two of them are inverses.
    >>> prediction(None, 6).right is None
    True
    """
    for name, value in (("guess", guess), ("outcome", outcome)):
        if isinstance(value, np.ndarray) and value.size > MOST:
            raise ValueError(f"{name} has shape {value.shape}; at most {MOST} entries are compared")
    if not isinstance(why, str):
        raise TypeError(f"why is {_check.shown(why)}; a text is wanted")
    if blank(guess):
        text = "Write your guess into the cell above, run it, then run this cell again."
        return Prediction("No guess recorded yet", text, None)
    right = _agree(guess, outcome)
    if right:
        return Prediction(f"Your guess was {show(guess)}, and so it is", why, True)
    title = f"Your guess was {show(guess)}, it turned out to be {show(outcome)}"
    return Prediction(title, why, False)
