"""Ways through the course: one lecture of 90 minutes, a block of two weeks, or all of it.

Two tables show them:

    paths.chapters()  # every chapter, its question, and the paths that lead through it
    paths.lecture()   # the stops of one lecture, section by section
"""

from __future__ import annotations

import html
from dataclasses import dataclass
from typing import NamedTuple

PATHS = {"90 minutes": "#0b6e99", "two weeks": "#c8553d", "all": "#7a7a7a"}  # and their colours

_STYLE = """<style>
table.hopfield-paths.hopfield-paths { border-collapse: collapse; font-size: 14px; margin: 4px 0; }
table.hopfield-paths.hopfield-paths :is(th, td) { text-align: left; padding: 4px 10px; border: none;
  line-height: 1.4; vertical-align: middle; }
table.hopfield-paths.hopfield-paths .hopfield-stop { text-align: center; font-size: 17px; padding: 4px 12px; }
table.hopfield-paths.hopfield-paths td.hopfield-day { font-size: 14px; white-space: nowrap; }
table.hopfield-paths.hopfield-paths .hopfield-short { white-space: nowrap; }
.hopfield-paths small { font-size: 12.5px; opacity: 0.85; }
</style>"""


class Chapter(NamedTuple):
    """A chapter that can be read: its notebook, a short title, and what it asks."""

    name: str
    title: str
    question: str


class Stop(NamedTuple):
    """Minutes of a lecture for some sections of a chapter, by their headings."""

    chapter: str
    minutes: int
    sections: tuple[str, ...]


CHAPTERS = (
    Chapter("00_start_here", "Start here", "What does an associative memory do?"),
    Chapter("01_meet_the_network", "Meet the network", "What is a unit, and who goes first?"),
    Chapter("02_two_unit_dynamics", "Two-unit dynamics", "What can two units do?"),
    Chapter("03_energy", "Energy", "Why does recall come to an end?"),
    Chapter("04_frustration", "Frustration", "What if not all wishes can come true?"),
    Chapter("05_storing_one_pattern", "Storing one pattern", "Which weights make a pattern stable?"),
    Chapter("06_storing_many_patterns", "Storing many patterns", "How do memories disturb each other?"),
    Chapter("07_capacity_and_spurious_states", "Capacity", "How many memories fit in?"),
    Chapter("08_better_learning_rules", "Better learning rules", "How to store what looks alike?"),
    Chapter("09_temperature", "Temperature", "What is a little noise good for?"),
    Chapter("10_continuous_networks", "Continuous networks", "What if a unit may be half convinced?"),
    Chapter("11_optimization", "Optimization", "Can a network solve problems?"),
    Chapter("12_dense_associative_memory", "Dense associative memory", "What do sharper energies buy?"),
    Chapter("13_modern_networks_and_attention", "Modern networks", "What has this to do with transformers?"),
    Chapter("14_energy_architectures", "Energy architectures", "How to build an energy?"),
    Chapter("15_memory_and_imagination", "Memory and imagination", "Can a memory make something new?"),
)

#: Each stop begins with the opening of its chapter, so its cells run in order without any others.
LECTURE = (
    Stop("00_start_here", 9, ("Start here: spoil a picture and watch it come back", "Frame by frame")),
    Stop(
        "02_two_unit_dynamics",
        14,
        (
            "Follow two units through every state",
            "Two networks",
            "One unit at a time",
            "All single updates in one picture",
            "Both units at once",
        ),
    ),
    Stop(
        "03_energy",
        17,
        (
            "Go downhill: the energy",
            "One number for a whole state",
            "What one flip adds",
            "An update follows the field, and the energy falls",
            "So every recall ends",
            "What the proof needs",
        ),
    ),
    Stop(
        "05_storing_one_pattern",
        13,
        (
            "Store one pattern",
            "Hebb's idea",
            "The pattern stays",
            "The pattern comes back",
            "Two kinds of units, two fields",
        ),
    ),
    Stop(
        "06_storing_many_patterns",
        19,
        (
            "Store many patterns: when memories talk over each other",
            "Add the effects",
            "How many letters does A survive?",
            "Signal and cross-talk",
            "Who pushes, and where?",
        ),
    ),
    Stop(
        "13_modern_networks_and_attention",
        18,
        (
            "How does a network pay attention?",
            "An energy and a step",
            r"What $\beta$ does",
            "The same formula, as attention",
        ),
    ),
)

#: What a learner on this path needs to know.
ADVICE = (
    "Run the cells of these sections, in the order of the links.",
    "Pass over the lines Prerequisites, and what is said of parts that you skip.",
    "(D: ...) marks a German term. It comes from L. Wiskott's lecture notes, which the course follows.",
    "If Python misses a name: Run, Run All Above Selected Cell.",
)

#: What a learner can answer at the end of the lecture.
QUESTIONS = (
    "Why does a recall end?",
    "Why do memories disturb each other?",
    "What does attention share with a recall?",
)

#: The chapters of each of the ten days of two weeks, by their numbers.
DAYS = (
    ("00", "01"),
    ("02", "03"),
    ("04", "05"),
    ("06",),
    ("07",),
    ("08",),
    ("09",),
    ("10", "11"),
    ("12", "13"),
    ("14", "15"),
)

#: The exercises of each chapter that make up these days' afternoons, of about an hour each.
EXERCISES = {
    "01": (1, 2, 3, 4, 5, 6, 7),
    "02": (1, 2),
    "03": (1, 2, 3, 4),
    "04": (1, 2, 4),
    "05": (1, 2, 3, 4),
    "06": (1, 2, 3, 4, 5),
    "07": (1, 2, 4),
    "08": (1, 2, 4),
    "09": (1, 2, 4),
    "10": (1, 2, 3),
    "11": (1, 2, 5),
    "12": (1, 2),
    "13": (1, 3, 5),
    "14": (1, 2),
    "15": (1, 2),
}


@dataclass(frozen=True)
class Table:
    """A table that shows itself, as HTML with links or as plain text."""

    text: str
    page: str

    def __repr__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        return self.page


def chapters() -> Table:
    """Every chapter with its question, and the paths that stop there; of two weeks, day and exercises.

    Returns
    -------
    Table
        Shows itself at the end of a cell, with links to the chapters.
    """
    lines, rows = [], []
    for chapter in CHAPTERS:
        through = [path for path in PATHS if chapter.name in _leads_through(path)]
        day = next(k for k, read in enumerate(DAYS, 1) if chapter.name[:2] in read)
        exercises = _numbered(EXERCISES.get(chapter.name[:2], ()))
        days = {"two weeks": f"day {day}, {exercises}".removesuffix(", ")}
        told = [f"{path}: {days[path]}" if path in days else path for path in through]
        lines.append(f"{chapter.name[:2]} {chapter.title}: {chapter.question} ({'; '.join(told)})")
        dots = "".join(_day(days[path]) if path in days else _dot(path, path in through) for path in PATHS)
        named = f"{chapter.name[:2]} {_link(f'{chapter.name}.ipynb', chapter.title)}"
        rows.append(f"<tr>{dots}<td>{named}<br><small>{html.escape(chapter.question)}</small></td></tr>")
    heads = "".join(f'<th class="hopfield-stop"><small>{path}</small></th>' for path in PATHS)
    return Table("\n".join(lines), _table(f"<tr>{heads}<th>chapter and its question</th></tr>", rows))


def lecture() -> Table:
    """The stops of one lecture of 90 minutes, section by section, with advice and closing questions.

    Returns
    -------
    Table
        Shows itself at the end of a cell, with links to the sections.

    Examples
    --------
    >>> print(str(lecture()).splitlines()[0])
     9 min  00 Start here: spoil a picture and watch it come back; Frame by frame
    """
    lines, rows = [], []
    for stop in LECTURE:
        number = stop.chapter[:2]
        lines.append(f"{stop.minutes:2} min  {number} {'; '.join(map(_plain, stop.sections))}")
        links = " · ".join(_link(f"{stop.chapter}.ipynb{_anchor(s)}", _plain(s)) for s in stop.sections)
        rows.append(
            f'<tr><td class="hopfield-short">{stop.minutes} min</td><td>{number}</td><td>{links}</td></tr>'
        )
    for when, told in {"on the way": " ".join(ADVICE), "in the end": " ".join(QUESTIONS)}.items():
        lines.append(f"{when}: {told}")
        rows.append(f'<tr><td class="hopfield-short">{when}</td><td></td><td>{html.escape(told)}</td></tr>')
    head = "<tr><th>time</th><th>chapter</th><th>sections</th></tr>"
    return Table("\n".join(lines), _table(head, rows))


def _numbered(exercises: tuple[int, ...]) -> str:
    """Exercises by their numbers, in words; nothing for none.

    Examples
    --------
    >>> _numbered((1, 2)), _numbered((1, 2, 4)), _numbered((1, 2, 3))
    ('exercises 1 and 2', 'exercises 1, 2 and 4', 'exercises 1 to 3')
    """
    if not exercises:
        return ""
    *rest, last = exercises
    if len(rest) > 1 and exercises == tuple(range(exercises[0], last + 1)):
        return f"exercises {exercises[0]} to {last}"
    return f"exercises {', '.join(map(str, rest))} and {last}"


def _leads_through(path: str) -> list[str]:
    """The notebooks that a path visits, in order."""
    stops = [stop.chapter for stop in LECTURE]
    return stops if path == "90 minutes" else [chapter.name for chapter in CHAPTERS]


def _anchor(heading: str) -> str:
    """The address of a heading within its notebook, as JupyterLab makes it."""
    return "#" + heading.replace(" ", "-")


def _dot(path: str, stops: bool) -> str:
    """A stop of a path, in its colour, or a dash."""
    mark, told = ("●", "yes") if stops else ("–", "no")
    colour = f' style="color:{PATHS[path]}"' if stops else ""
    return f'<td class="hopfield-stop"{colour} aria-label="{path}: {told}">{mark}</td>'


def _day(day: str) -> str:
    """A stop that names the day, and below it the exercises: in ink, for small coloured letters are pale."""
    shown = "<br>".join(f"<small>{part}</small>" if k else part for k, part in enumerate(day.split(", ", 1)))
    return f'<td class="hopfield-stop hopfield-day">{shown}</td>'


def _table(head: str, rows: list[str]) -> str:
    body = "".join(rows)
    return f'{_STYLE}<table class="hopfield-paths"><thead>{head}</thead><tbody>{body}</tbody></table>'


def _link(address: str, text: str) -> str:
    return f'<a href="{html.escape(address, quote=True)}">{html.escape(text)}</a>'


def _plain(heading: str) -> str:
    """A heading without the marks of its formulas."""
    return heading.replace(r"$\beta$", "β").removesuffix(" +")
