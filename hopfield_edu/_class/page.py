"""The report as one page of HTML: no scripts, no fonts and no pictures from elsewhere."""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from importlib.resources import files

from hopfield_edu import __version__
from hopfield_edu._cards import marked
from hopfield_edu._class.alike import Pair
from hopfield_edu._class.course import Assignment
from hopfield_edu._class.mistakes import Misconception
from hopfield_edu._class.standing import NOT_YET, RIGHT, UNKNOWN, VERDICTS, Standing
from hopfield_edu._grade import honesty

MARK = '<meta name="generator" content="hopfield-edu class">'  # by which the command knows a page of its own
MOST = 20  # pairs of answers that are listed


@dataclass
class Report:
    """All that the page and the table hold.

    Attributes
    ----------
    students : list of str
    assignments : list of Assignment
    standings : list of Standing
    misconceptions : list of Misconception
    pairs : list of Pair
    unread : list of (student, assignment, why)
    remarks : list of (student, assignment, text)
    notebooks : int
        How many were read.
    named : bool
        Whether students have their own names here.
    """

    students: list[str]
    assignments: list[Assignment]
    standings: list[Standing]
    misconceptions: list[Misconception]
    pairs: list[Pair]
    unread: list[tuple[str, str, str]] = field(default_factory=list)
    remarks: list[tuple[str, str, str]] = field(default_factory=list)
    notebooks: int = 0
    named: bool = True


def page(report: Report) -> str:
    """The report as HTML."""
    title = "What the class knows, and what it gets wrong"
    parts = [_top(report, title), _next(report)]
    for assignment in report.assignments:
        parts += [_exercises(report, assignment), _mistakes(report, assignment)]
    parts += [_students(report), _alike(report), _unread(report), _remarks(report)]
    style = files("hopfield_edu._class").joinpath("page.css").read_text(encoding="utf-8")
    head = ['<meta charset="utf-8">', MARK, f"<title>{title}</title>", f"<style>{style}</style>"]
    head.insert(2, '<meta name="viewport" content="width=device-width, initial-scale=1">')
    lines = ["<!DOCTYPE html>", '<html lang="en">', "<head>", *head, "</head>", "<body>", "<main>"]
    return "\n".join([*lines, *filter(None, parts), "</main>", "</body>", "</html>", ""])


def _top(report: Report, title: str) -> str:
    names = ", ".join(code(assignment.name) for assignment in report.assignments)
    said = (
        f"{counted(len(report.students), 'student')}, {counted(report.notebooks, 'notebook')} read of {names}"
    )
    said += f", {len(report.unread)} not read" * bool(report.unread)
    hidden = "" if report.named else " Names are left out; the numbers were drawn anew for this page."
    unknown = sum(one.verdict == UNKNOWN for one in report.standings)
    verb = "counts" if unknown == 1 else "count"
    doubt = f" {counted(unknown, 'answer')} of which the notebooks say nothing {verb} as unknown."
    doubt *= bool(unknown)
    lines = [
        f"<h1>{title}</h1>",
        f'<p class="dim">{said}. hopfield_edu {e(__version__)}.{hidden}</p>',
        '<div class="note"><p><strong>What this page can say, and what it cannot.</strong>',
        f"{marked(honesty.CAN)} {marked(honesty.CANNOT)}</p>",
        f"<p>{marked(honesty.UNJUDGED)}{doubt}</p></div>",
    ]
    return "\n".join(lines)


def _next(report: Report) -> str:
    """The mistakes of several students, the most common first."""
    many = [m for m in report.misconceptions if m.named and len(m.students) > 1][:8]
    if not many:
        single = " Those of single students stand below." * any(m.named for m in report.misconceptions)
        said = "No named mistake was made by more than one student."
        return f"<h2>What to explain next</h2>\n<p>{said}{single}</p>"
    links = ((f'<a href="#{anchor(m)}">{e(m.name)}</a>', m) for m in many)
    lines = [f"<li>{a} in {code(m.check)}: {counted(len(m.students), 'student')}</li>" for a, m in links]
    return "<h2>What to explain next</h2>\n<ol>\n" + "\n".join(lines) + "\n</ol>"


def _exercises(report: Report, assignment: Assignment) -> str:
    rows = []
    for exercise in assignment.exercises:
        here = [s for s in report.standings if (s.assignment, s.check) == (assignment.name, exercise.check)]
        counts = Counter(one.verdict for one in here)
        cells = "".join(f'<td class="n">{counts[verdict]}</td>' for verdict in VERDICTS)
        what = f"{e(assignment.titles.get(exercise.id, ''))}<br>{code(exercise.check)}"
        rows.append(f'<tr><th scope="row">{what}</th><td>{_bar(counts)}</td>{cells}</tr>')
    heads = "".join(
        f'<th scope="col" class="n"><span class="key {_class(v)}"></span>{v}</th>' for v in VERDICTS
    )
    head = f'<tr><th scope="col">exercise</th><th scope="col">share</th>{heads}</tr>'
    caption = f"Students by exercise. {_nothing(report, assignment)}"
    return f"<h2>{e(assignment.name)}</h2>\n" + table(caption, head, rows)


def _nothing(report: Report, assignment: Assignment) -> str:
    here = [s for s in report.standings if s.assignment == assignment.name]
    count = len({s.student for s in here if s.why == "nothing was handed in"})
    return f"{counted(count, 'student')} handed in nothing, and count as not attempted." if count else ""


def _bar(counts: Counter[str]) -> str:
    total = max(1, counts.total())
    parts = [
        f'<i class="{_class(v)}" style="width:{100 * counts[v] / total:.1f}%"></i>'
        for v in VERDICTS
        if counts[v]
    ]
    return f'<span class="bar" aria-hidden="true">{"".join(parts)}</span>'


def _class(verdict: str) -> str:
    return verdict.replace(" ", "-")


def _mistakes(report: Report, assignment: Assignment) -> str:
    parts = []
    for exercise in assignment.exercises:
        here = [
            m for m in report.misconceptions if (m.assignment, m.check) == (assignment.name, exercise.check)
        ]
        if here:
            title = assignment.titles.get(exercise.id, "")
            parts.append(f"<h4>{e(title)}: {code(exercise.check)}</h4>")
            parts += [_mistake(one) for one in here]
    head = f"<h3>Mistakes in {e(assignment.name)}</h3>"
    return "\n".join([head, *parts]) if parts else f"{head}\n<p>None.</p>"


def _mistake(made: Misconception) -> str:
    lines = [f"<p><strong>{e(made.name)}</strong>, {counted(len(made.students), 'student')}</p>"]
    lines += [f"<p>{marked(line)}</p>" for line in made.text.split("\n") if line]
    if made.example:
        shown = f"<pre><code>{e(made.example)}</code></pre>"
        lines.append(f"<details><summary>An answer with this mistake</summary>{shown}</details>")
    return f'<div class="mistake" id="{anchor(made)}">{"".join(lines)}</div>'


def _students(report: Report) -> str:
    each: dict[tuple[str, str], list[Standing]] = {}
    for one in report.standings:
        each.setdefault((one.student, one.assignment), []).append(one)
    many = len(report.assignments) > 1
    rows = [_student(*names, here, many) for names, here in sorted(each.items())]
    several = ["exercises of"] * (len(report.assignments) > 1)
    head = heads("student", *several, "#right", "open")
    return "<h2>Students</h2>\n" + table("What is right, and what is still open.", head, rows)


def _student(student: str, assignment: str, here: list[Standing], several: bool) -> str:
    right = sum(one.verdict == RIGHT for one in here)
    rest = [one for one in here if one.verdict != RIGHT]
    if not rest:
        text = '<span class="dim">none</span>'
    elif (
        len(rest) == len(here)
        and len({one.verdict for one in rest}) == 1
        and len({one.why for one in rest}) == 1
    ):
        why = f" ({e(rest[0].why)})" * bool(rest[0].why)
        text = f"all: {e(rest[0].verdict)}{why}"
    else:
        text = ", ".join(_open(one) for one in rest)
    which = f"<td>{e(assignment)}</td>" * several
    cells = f'{which}<td class="n">{right} of {len(here)}</td><td>{text}</td>'
    return f'<tr><th scope="row">{e(student)}</th>{cells}</tr>'


def _open(one: Standing) -> str:
    told = one.mistake or one.verdict if one.verdict == NOT_YET else one.verdict
    return f'{code(one.check)} <span class="dim">({e(told)})</span>'


HINT = (
    "A hint, never a verdict. These answers share more than the stub, the solution, the known mistakes and "
    "the habits of the class explain. People who learn together write alike, and so do people who ask the "
    "same machine. Talk with them, and let them explain their answers; take nothing off for a line in this "
    "table."
)


def _alike(report: Report) -> str:
    head = heads("students", "exercises", "#share")
    rows = [
        f'<tr><th scope="row">{e(pair.students[0])} and {e(pair.students[1])}</th>'
        f"<td>{', '.join(map(code, pair.checks))}</td><td class='n'>{pair.share:.0%}</td></tr>"
        for pair in report.pairs[:MOST]
    ]
    caption = "The share of what the shorter answer has of its own that stands in the other one, too."
    found = table(caption, head, rows) if rows else "<p>No two students, here.</p>"
    more = len(report.pairs) - MOST
    rest = f"<p>And {counted(more, 'more pair')}.</p>" if more > 0 else ""
    return f"<h2>Answers that are alike</h2>\n<p>{HINT}</p>\n{found}{rest}"


def _unread(report: Report) -> str:
    if not report.unread:
        return ""
    head = heads("student", "handed in as", "why")
    caption = "Their exercises count as unknown, and as nothing else."
    return "<h2>Not read</h2>\n" + table(caption, head, map(_line, report.unread))


def _remarks(report: Report) -> str:
    if not report.remarks:
        return ""
    head = heads("student", "exercises of", "what was odd")
    rows = table("None of this changes a count above.", head, map(_line, report.remarks))
    total = counted(len(report.remarks), "remark")
    summary = f"<summary>{total}: what was mended, what is unknown and why</summary>"
    return f"<h2>Remarks</h2>\n<details>{summary}\n{rows}</details>"


def _line(entry: Sequence[str]) -> str:
    first, *rest = map(e, entry)
    return f'<tr><th scope="row">{first}</th>' + "".join(f"<td>{cell}</td>" for cell in rest) + "</tr>"


def heads(*names: str) -> str:
    """The first row of a table; # before a name is for a column of numbers."""
    kinds = {True: ' class="n"', False: ""}
    cells = (f'<th scope="col"{kinds[name[0] == "#"]}>{name.lstrip("#")}</th>' for name in names)
    return f"<tr>{''.join(cells)}</tr>"


def table(caption: str, head: str, rows: Iterable[str]) -> str:
    """A table with a caption; wider than the page, it scrolls by itself."""
    lines = [f'<div class="scroll" role="region" aria-label="{e(caption)}" tabindex="0">', "<table>"]
    lines += [f"<caption>{e(caption)}</caption>", f"<thead>{head}</thead>", "<tbody>", *rows]
    return "\n".join([*lines, "</tbody>", "</table>", "</div>"])


def anchor(made: Misconception) -> str:
    """A place in the page: letters and digits only."""
    text = f"{made.assignment}-{made.check}-{made.name}"
    return "".join(sign if sign.isascii() and sign.isalnum() else "-" for sign in text)


def counted(number: int, what: str) -> str:
    """A number with its noun."""
    return f"{number} {what}" + "s" * (number != 1)


def code(text: str) -> str:
    """A name as code."""
    return f"<code>{e(text)}</code>"


def e(text: str) -> str:
    """A text in which no sign means anything to a browser."""
    return html.escape(text, quote=True)
