"""The card at the end of the exercises: where the learner stands in this chapter."""

from __future__ import annotations

import os
from dataclasses import dataclass

from hopfield_edu import _check, _record
from hopfield_edu._cards import CORRECT, GUESS
from hopfield_edu.feedback._cards import _Card

NOWHERE = "What you do is kept in a copy of the course of your own, which `hopfield-edu` opens."


@dataclass(frozen=True, repr=False)
class Progress(_Card):
    """What is right, what is open, what was predicted well: by the learner's own record.

    It shows nothing where nobody learns: where authors build and test, and by nbgrader.
    """

    title: str = ""
    message: str = ""
    done: bool = False

    def _card(self) -> tuple[str, str, str, str]:
        return CORRECT if self.done else GUESS, self.title, self.message, ""

    def _repr_html_(self) -> str:
        return super()._repr_html_() if self.title else ""

    def __repr__(self) -> str:
        return super().__repr__() if self.title else ""

    def _ipython_display_(self) -> None:
        if self.title:
            super()._ipython_display_()


def progress(chapter: str) -> Progress:
    """Where you stand in a chapter: what is right, what is open, what you predicted well.

    Parameters
    ----------
    chapter : str
        The chapter's number, such as ``"03"``.

    Returns
    -------
    Progress
        A card, read from `record.jsonl` in the learner's copy of the course; where there is none it says so.

    Examples
    --------
    >>> card = progress("03")
    """
    from hopfield_edu import feedback

    _check.one_of(chapter, "chapter", tuple(dict.fromkeys(feedback._CHAPTER.values())))
    if _record.author() or os.environ.get("NBGRADER_EXECUTION"):
        return Progress()
    if _record.folder() is None:
        return Progress("No record here", NOWHERE)
    from hopfield_edu._learner.progress import lines, of, standings

    one = next(one for one in standings(_record.entries()) if one.name[:2] == chapter)
    checks = len(one.right) + len(one.tried) + len(one.open)
    title = f"{one.name[:2]} {one.title}: {of(len(one.right), checks, 'exercises right')}"
    said = [_sentence(*one.predicted[:2], "predictions came true")]
    said += [_sentence(*one.quizzed[:2], "quiz questions right")]
    said += [_marked(line) for line in lines(one)[1:]]
    said += ["`hopfield-edu progress` tells about all chapters, `hopfield-edu review` what is due."]
    return Progress(title, "\n".join(filter(None, said)), len(one.right) == checks)


def _sentence(part: int, whole: int, what: str) -> str:
    return f"{part} of {whole} {what}." if whole else ""


def _marked(line: str) -> str:
    """A list of checks, with their names as code."""
    what, _, names = line.strip().partition(": ")
    return f"{what}: {', '.join(f'`{name}`' for name in names.split(', '))}"
