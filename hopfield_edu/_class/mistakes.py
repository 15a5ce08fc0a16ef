"""Which named mistakes a class makes, with the card's text and an example that tells nobody's name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from hopfield_edu import feedback
from hopfield_edu._class.anonymous import Vocabulary, anonymous
from hopfield_edu._class.standing import NOT_YET, Standing
from hopfield_edu.feedback import _slips, _tables

ENOUGH = 3  # so many students must have made a mistake before an example is shown
LINES = 30  # of an example; a longer one explains little

#: What the card says differs from answer to answer; this is what the name means.
GENERAL = {
    "not a function": "Something else than a function was handed over.",
    "called instead of passed": "The function was called, and its result was handed over.",
    "wrong arguments": "The function takes other arguments, or the check was given too many or too few.",
    "raises an error": "The function stops with an error.",
    "never ends": "The function does not come to an end.",
    "too slow": "The function needs more time than the check has.",
    "returns None": "The function computes something, but on some path nothing is returned.",
    "wrong type": "The result is of another kind than the exercise asks for.",
    "wrong shape": "The result has another shape than the exercise asks for.",
    "NaN": "The result contains NaN: something like 0/0 happened.",
    "random result": "Two calls with the same input gave two different results.",
    "changes its input": "The function changes its argument, which the caller still needs.",
    "0/1 instead of ±1": "The result is coded with 0 and 1. Units here are +1 or −1.",
    "opposite sign": "The result is right except for its sign, everywhere.",
    "incomplete": "What was filled in is right, and something is still open.",
    "not a table": "Something else than a table was handed over.",
    "wrong rows": "The table has other rows than the exercise.",
    "wrong columns": "A row has too many or too few entries.",
    "unreadable entry": "An entry cannot be read.",
    "rounded": "The numbers are right, and rounded where a fraction is wanted.",
    "unreadable answer": "The check could not read the answer.",
    "no answer": "The cell that makes the answer failed, or is not there.",
    "kernel died": "The kernel died while the function was running.",
}
NAMELESS = "something else"
UNEXPLAINED = (
    "The check knows no name for these answers. They may have nothing in common: look at one or two."
)
KNOWN_BY_NAME = "The name says what the check saw; its text differs from answer to answer."


@dataclass(frozen=True)
class Misconception:
    """A named mistake of one exercise, and who made it.

    Attributes
    ----------
    assignment, check, name : str
    students : tuple of str
    text : str
        What the card says; ` marks code.
    example : str
        One student's code without comments, texts and own names; empty where fewer than three made it.
    """

    assignment: str
    check: str
    name: str
    students: tuple[str, ...]
    text: str
    example: str = ""

    @property
    def named(self) -> bool:
        """Whether the check had a name for it."""
        return self.name != NAMELESS


def misconceptions(found: Sequence[Standing], vocabulary: Vocabulary) -> list[Misconception]:
    """The mistakes of a class in some exercises, the most common first, those without a name last.

    Parameters
    ----------
    found : sequence of Standing
    vocabulary : Vocabulary
        The words that an example may show.
    """
    groups: dict[tuple[str, str, str], list[Standing]] = {}
    for one in found:
        if one.verdict == NOT_YET:
            groups.setdefault((one.assignment, one.check, one.mistake or NAMELESS), []).append(one)
    made = [_misconception(key, group, vocabulary) for key, group in groups.items()]
    return sorted(made, key=lambda m: (not m.named, -len(m.students), m.assignment, m.check, m.name))


def _misconception(key: tuple[str, str, str], group: list[Standing], vocabulary: Vocabulary) -> Misconception:
    students = tuple(sorted({one.student for one in group}))
    enough = len(students) >= ENOUGH and key[2] != NAMELESS
    return Misconception(*key, students, text(key[1], key[2]), _example(group, vocabulary) if enough else "")


def _example(group: list[Standing], vocabulary: Vocabulary) -> str:
    """The shortest of the answers, which shows the mistake with the least beside it."""
    codes = [anonymous(one.source, vocabulary) for one in group]
    codes = [code for code in codes if code and code.count("\n") < LINES]
    return min(codes, key=lambda code: (len(code), code), default="")


def text(check: str, mistake: str) -> str:
    """What the card says about a mistake of a check; never anything that stands in a student's notebook."""
    if mistake == NAMELESS:
        return UNEXPLAINED
    own = {known.name: known.message for known in getattr(feedback, check)._mistakes}
    return own.get(mistake) or _slip_texts().get(mistake) or GENERAL.get(mistake) or KNOWN_BY_NAME


@cache
def _slip_texts() -> dict[str, str]:
    """The texts of the slips that any function or table may hold."""
    slips = [*_tables.SIZES, *_tables.PLAIN, *_slips.BLURS, *_slips.SLIPS]
    return {slip.name: slip.message for slip in slips if slip.name not in GENERAL}
