"""Checks of the exercises, one per task: hand over your answer, read the card.

>>> from hopfield_edu import feedback
>>> feedback.update
feedback.update: knows 13 mistakes, has 3 hints
>>> feedback.prediction(guess=4, outcome=6)
Your guess was 4, it turned out to be 6
"""

import difflib
import pkgutil
from importlib import import_module

from hopfield_edu.feedback._cards import Verdict, prediction
from hopfield_edu.feedback._core import Check

__all__ = ["CHECKS", "Verdict", "prediction"]

#: Every check of every chapter, by name; each is an attribute of this package, too.
CHECKS: dict[str, Check] = {
    check.name: check
    for module in pkgutil.iter_modules(__path__, f"{__name__}.")
    if "._chapter" in module.name
    for check in vars(import_module(module.name)).values()
    if isinstance(check, Check)
}


def __getattr__(name: str) -> Check:
    if name in CHECKS:
        return CHECKS[name]
    near = "".join(
        f"; did you mean feedback.{other}?" for other in difflib.get_close_matches(name, CHECKS, 1)
    )
    raise AttributeError(f"there is no check called {name!r}{near}")


def __dir__() -> list[str]:
    return sorted([*__all__, *CHECKS])
