"""Checks of the exercises, one per task: hand over your answer, read the card.

>>> from hopfield_edu import feedback
>>> feedback.prediction(guess=4, outcome=6)
Your guess was 4, it turned out to be 6
"""

from hopfield_edu.feedback.core import Check, Verdict, prediction

#: Every check of every chapter, by name.
CHECKS: dict[str, Check] = {n: check for n, check in list(globals().items()) if isinstance(check, Check)}

__all__ = ["CHECKS", "Verdict", "prediction", *CHECKS]
