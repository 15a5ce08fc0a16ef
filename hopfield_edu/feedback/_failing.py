"""How a wrong answer fails its cell in an nbgrader run: with its card, and without a traceback of ours."""

from __future__ import annotations

import os

from hopfield_edu.feedback._cards import Verdict


class NotCorrect(AssertionError):
    """An answer is not correct; a notebook shows the card of the verdict in place of a traceback."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(str(verdict))
        self.verdict = verdict

    def _render_traceback_(self) -> list[str]:
        """What IPython prints for the error: a line below the card, or where only text is read, its text."""
        if os.environ.get("NBGRADER_EXECUTION") != "autograde":
            return [str(self.verdict)]
        self.verdict._ipython_display_()
        return [f"{self.verdict.exercise}: {self.verdict.status}"]
