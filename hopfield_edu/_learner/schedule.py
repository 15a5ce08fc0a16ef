"""When something learnt is to be seen again.

A question comes back 1 day after it was first answered. Answered right when it is due, it comes back after 3
days, then after 7, 16 and 35; answered right once more, it rests. A wrong answer brings it back after 1 day.
An early right answer changes nothing, and of several answers on one day the first counts.

These are the boxes of S. Leitner, *So lernt man lernen* (Herder, 1972): a right answer moves a card to a box
that is opened less often, a wrong one moves it to the first. The days 1, 7, 16 and 35 are those that
P. Wozniak found for himself in 1985 (*Optimization of Learning*, 1990, section 3.1), with 3 put between the
first two. That learning lasts longer when it is spread out is shown in hundreds of experiments: N. J. Cepeda
and others, Psychological Bulletin 132 (2006) 354.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

DAYS = (1, 3, 7, 16, 35)


@dataclass(frozen=True)
class Card:
    """Where a question stands: its box, counted from 0, and the day on which it is due.

    The day is None for one that rests, or has never been answered.
    """

    box: int = -1
    due: date | None = None

    def after(self, day: date, right: bool) -> Card:
        """The card after an answer on a day."""
        if self.box < 0 or not right:
            return Card(0, day + timedelta(DAYS[0]))
        if self.due is None or day < self.due:
            return self
        box = self.box + 1
        return Card(box, day + timedelta(DAYS[box]) if box < len(DAYS) else None)


def card(answers: Iterable[tuple[date, bool]]) -> Card:
    """The card of a question after all answers, each with its day, in the order in which they were given.

    Examples
    --------
    >>> from datetime import date
    >>> card([(date(2026, 3, 1), True), (date(2026, 3, 2), True)]).due
    datetime.date(2026, 3, 5)
    """
    now, last = Card(), None
    for day, right in sorted(answers, key=lambda answer: answer[0]):
        if day != last:
            now, last = now.after(day, right), day
    return now
