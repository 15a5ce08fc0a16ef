"""The commands `hopfield-edu progress` and `hopfield-edu review`."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path

from hopfield_edu import _record
from hopfield_edu._learner import items, progress, review

PROGRESS = """\
example:
  hopfield-edu progress

  03 Energy: 5 of 11 exercises right, 4 of 6 predictions came true, 3 of 5 quiz questions right
     not yet: zero_one_map
     open: two_step_energy, uneven_two_cycle, long_way_down

It reads record.jsonl in your copy of the course, where predictions, verdicts and quiz answers are kept, and
what the checks left in your exercises. An exercise counts as right if it was so at some time; of a prediction
and of a quiz question the first answer counts. Nothing is sent anywhere.
"""
REVIEW = """\
example:
  hopfield-edu review

  writes review/2026-03-14.ipynb into your copy of the course: the quiz questions and the small exercises that
  are due today. Open it in JupyterLab and answer from memory.

A question comes back 1 day after you first answered it; then, as long as you are right, after 3, 7, 16 and 35
days. A wrong answer brings it back after 1 day. (S. Leitner, So lernt man lernen, 1972.) An exercise enters
when it is right for the first time. What you answer is kept in record.jsonl, and sent nowhere.
"""


class Wrong(Exception):
    """The command cannot do what it was asked; the text is for the learner."""


def _parser(name: str, description: str, epilog: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=f"hopfield-edu {name}",
        description=description,
        epilog=epilog,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument(
        "folder", nargs="?", help="your copy of the course (default: the one you are in, or the usual)"
    )
    return parser


def parse_progress(argv: Sequence[str]) -> argparse.Namespace:
    """Read the command line of `progress`."""
    return _parser(
        "progress", "Say what is right, what is open, and what you predicted well.", PROGRESS
    ).parse_args(argv)


def parse_review(argv: Sequence[str]) -> argparse.Namespace:
    """Read the command line of `review`."""
    parser = _parser("review", "Bring back what you have learnt before you forget it.", REVIEW)
    parser.add_argument(
        "--questions", type=_whole, default=review.QUESTIONS, metavar="N", help="at most (default: 10)"
    )
    parser.add_argument(
        "--exercises", type=_whole, default=review.EXERCISES, metavar="N", help="at most (default: 2)"
    )
    parser.add_argument("--on", type=_date, metavar="DATE", help="as if it were this day, such as 2026-03-14")
    return parser.parse_args(argv)


def _whole(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is no number of 0 or more")
    return int(text)


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no date such as 2026-03-14") from None


def copy(folder: str | None) -> Path:
    """The learner's copy; :class:`Wrong` where there is none."""
    from hopfield_edu.course import place

    found = place(folder)
    if found.exists() and not found.is_dir():
        raise Wrong(f"{found} is a file; your copy of the course is a folder")
    if not (found / _record.MARK).is_file():
        start = "hopfield-edu" if folder is None else f"hopfield-edu {folder}"
        raise Wrong(f"there is no copy of the course in {found}; name yours, or start one with `{start}`")
    return found


def mended(folder: Path) -> None:
    """Keep a damaged record aside, and say so."""
    try:
        damage = _record.mend(folder)
    except OSError as error:
        raise Wrong(
            f"{folder / _record.FILE} cannot be read or mended: {error.strerror}. Nothing was changed"
        ) from None
    if damage is not None:
        aside, lost = damage
        lines = f"{lost} line{'s' * (lost != 1)}"
        print(
            f"{lines} of {_record.FILE} cannot be read. The file is kept as {aside.name}; the rest goes on."
        )


def tell_progress(argv: Sequence[str]) -> None:
    """Run `hopfield-edu progress`."""
    folder = copy(parse_progress(argv).folder)
    mended(folder)
    found = progress.standings(_record.entries(place=folder), progress.left_in_notebooks(folder))
    if not any(one.begun for one in found):
        print(f"Nothing is recorded in {folder} yet: answer a prediction, a question or an exercise.")
        return
    print(progress.told(found))
    ready = items.due(items.cards(_record.entries(place=folder)), datetime.now().astimezone().date())
    if ready:
        print(f"{len(ready)} due for review: hopfield-edu review")


def make_review(argv: Sequence[str], today: date | None = None) -> None:
    """Run `hopfield-edu review`; `today` is the day, where `--on` does not say another."""
    arguments = parse_review(argv)
    folder = copy(arguments.folder)
    mended(folder)
    today = arguments.on or today or datetime.now().astimezone().date()
    cards = items.cards(_record.entries(place=folder))
    ready = items.due(cards, today)
    chosen = review.choose(ready, arguments.questions, arguments.exercises)
    if chosen:
        path, new = review.write(folder, chosen, today)
        quiz = sum(item.kind == "quiz" for item in chosen)
        parts = [_counted(quiz, "quiz question"), _counted(len(chosen) - quiz, "exercise")]
        print(f"Due: {' and '.join(filter(None, parts))}", end="")
        print(f"; {len(ready) - len(chosen)} more can wait" * (len(ready) > len(chosen)))
        print(f"{'They are' if new else 'They wait'} in {path}: open it in JupyterLab.")
    elif ready:
        print(f"{len(ready)} are due, and you asked for none of them.")
    elif not cards:
        print("Nothing to review yet: questions and exercises enter when you answer them.")
    else:
        print("Nothing is due.")
    if (after := items.following(cards, today)) is not None:
        print(f"Next: {after[0].isoformat()}, {after[1]} due.")


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'s' * (number != 1)}" if number else ""


def main_progress(argv: Sequence[str]) -> None:
    """`hopfield-edu progress`, with errors for a learner."""
    _guarded("progress", tell_progress, argv)


def main_review(argv: Sequence[str]) -> None:
    """`hopfield-edu review`, with errors for a learner."""
    _guarded("review", make_review, argv)


def _guarded(name: str, run: Callable[[Sequence[str]], None], argv: Sequence[str]) -> None:
    try:
        run(argv)
    except Wrong as error:
        raise SystemExit(f"hopfield-edu {name}: {error}") from None
    except OSError as error:
        raise SystemExit(f"hopfield-edu {name}: cannot read or write: {error}") from None
