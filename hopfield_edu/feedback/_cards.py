"""The cards that a learner sees: verdicts and hints. Colour, symbol and word say the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from hopfield_edu import _record
from hopfield_edu._cards import CORRECT, as_text, card


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

    def _ipython_display_(self) -> None:
        super()._ipython_display_()
        if self.record:  # only what a learner gets to read: a script may call a check many times
            _record.note("verdict", **self.record)

    def _metadata(self) -> dict[str, Any]:
        return {"hopfield_edu": dict(self.record)} if self.record else {}


@dataclass(frozen=True, repr=False)
class Hint(_Card):
    """One step of a hint ladder."""

    title: str
    message: str

    def _card(self) -> tuple[str, str, str, str]:
        return "hint", self.title, self.message, ""
