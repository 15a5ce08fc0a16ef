"""The terms of the course in English and German, with a plain sentence and a link to their section.

Three ways to look at them:

    glossary.terms()                 # every term, in the order of the chapters
    glossary.table()                 # from A to Z, in English
    glossary.table(by_german=True)   # from A to Z, in German
"""

from __future__ import annotations

import functools
import html
import re
import tomllib
from importlib.resources import files
from typing import NamedTuple

from hopfield_edu import _check, paths

_STYLE = """<style>
table.hopfield-terms.hopfield-terms { border-collapse: collapse; font-size: 14px; margin: 4px 0; }
table.hopfield-terms.hopfield-terms :is(th, td) { text-align: left; padding: 4px 8px; line-height: 1.4;
  vertical-align: top; white-space: normal; }
table.hopfield-terms.hopfield-terms :is(th, td):last-child { width: 50%; }
@media (max-width: 1100px) { /* the two names below one another: German words are long */
  table.hopfield-terms.hopfield-terms, table.hopfield-terms :is(thead, tbody) { display: block; }
  table.hopfield-terms.hopfield-terms tr { display: grid; grid-template: auto 1fr / 2fr 3fr; }
  table.hopfield-terms.hopfield-terms :is(th, td):last-child { grid-area: 1 / 2 / span 2; width: auto; }
}
</style>"""
_SIGNS = {r"$F$": "F", r"$\beta$": "β"}


class Term(NamedTuple):
    """A term: in English, in German, the number of the chapter that introduces it, and what it means.

    Attributes
    ----------
    section : str
        The heading in that chapter below which the term is met, or nothing where it is met before the first.
    """

    english: str
    german: str
    chapter: str
    meaning: str
    section: str = ""

    @property
    def anchor(self) -> str:
        """The address of the term's row in the table from A to Z in English."""
        return _anchor(self, "english")


@functools.cache
def terms() -> tuple[Term, ...]:
    """Every term of the course, in the order of the chapters that introduce them.

    Returns
    -------
    tuple of Term
        Formulas in names are in TeX, as the chapters write them.

    Examples
    --------
    >>> terms()[0].german
    'Assoziativspeicher'
    """
    text = (files("hopfield_edu") / "data" / "glossary.toml").read_text(encoding="utf-8")
    return tuple(Term(**entry) for entry in tomllib.loads(text)["term"])


def table(*, by_german: bool = False) -> paths.Table:
    """All terms from A to Z, with links to the sections that introduce them.

    Parameters
    ----------
    by_german : bool
        Sorted by the German term, which then comes first.

    Returns
    -------
    Table
        Shows itself at the end of a cell.

    Raises
    ------
    TypeError
        If `by_german` is neither True nor False.

    Examples
    --------
    >>> str(table(by_german=True)).splitlines()[0]
    'Abruf (recall), 00: The walk from a cue, update by update, until nothing changes any more.'
    """
    by_german = _check.flag(by_german, "by_german")
    names = ("german", "english") if by_german else ("english", "german")
    lines, rows = [], []
    for term in sorted(terms(), key=lambda term: [_letters(getattr(term, name)) for name in names]):
        first, second = (_plain(getattr(term, name)) for name in names)
        lines.append(f"{first} ({second}), {term.chapter}: {term.meaning}")
        cells = [f"<b>{html.escape(first)}</b>", html.escape(second)]
        cells.append(f"{html.escape(term.meaning)}&nbsp;{_link(term)}")
        rows.append(f'<tr id="{_anchor(term, names[0])}"><td>{"</td><td>".join(cells)}</td></tr>')
    heads = "".join(f"<th>{name.capitalize()}</th>" for name in names)
    head = f"<thead><tr>{heads}<th>meaning and chapter</th></tr></thead>"
    page = f'{_STYLE}<table class="hopfield-terms">{head}<tbody>{"".join(rows)}</tbody></table>'
    return paths.Table("\n".join(lines), page)


def _link(term: Term) -> str:
    """A link to where a term is introduced, as the number of its chapter."""
    (name,) = (chapter.name for chapter in paths.CHAPTERS if chapter.name.startswith(term.chapter))
    section = paths._anchor(term.section) if term.section else ""
    return f'<a href="{name}.ipynb{html.escape(section)}">{term.chapter}</a>'


def _anchor(term: Term, language: str) -> str:
    """The address of a term's row, by its English name; a page may hold both tables."""
    return f"{language}-{re.sub(r'[^a-z0-9]+', '-', _letters(term.english)).strip('-')}"


def _letters(name: str) -> str:
    """A name as it is sorted: small letters, umlauts as the vowel they come from."""
    return _plain(name).lower().translate(str.maketrans("äöüβ", "aoub", ""))


def _plain(name: str) -> str:
    """A name with its formula in plain letters."""
    for formula, sign in _SIGNS.items():
        name = name.replace(formula, sign)
    return name
