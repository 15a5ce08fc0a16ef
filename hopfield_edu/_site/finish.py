"""What the theme leaves to be done on a page: names for what is pressed, and good places to break a line."""

from __future__ import annotations

import re

UNFOLD = '<summary aria-label="Unfold its pages">'
NAME = re.compile(r"(<h1>)([\w.]{12,})(?=<)")
WAY = '<p class="prev-next-title">'
SIGNATURE = re.compile(
    r'(<span class="sig-prename descclassname">.*?</span></span>|<span class="sig-paren">\(</span>)'
)
PARAMETERS = re.compile(r'<dl>\s*((?:<dd><em class="sig-param">.*?</dd>\s*)+)</dl>')
CODE = re.compile(r'<span class="pre">([^<]{12,})</span>')  # in a cell, which may be narrow
LONG_CODE = re.compile(r'<span class="pre">([^<]{25,})</span>')
CELL = re.compile(r"<td\b.*?</td>", re.DOTALL)
FIELD = re.compile(r"(</em>|</strong>|\)) -- ")  # of a parameter, before what it is
FORMULA = re.compile(r'([(\[]?)(<span class="math [^<]*</span>)([.,;:?!)\]’]*)')
PLUS = re.compile(r" \+(?=</a>|<a class=\"headerlink\")")


def finished(page: str) -> str:
    """A page with names for all that can be pressed: those that it shows, and no others; and with places to
    break long code, as the name of a state may not be broken.
    """
    page = page.replace('<summary aria-label="Toggle hidden content">', "<summary>")
    page = FIELD.sub(r"\1 – ", PARAMETERS.sub(_one_each, page))
    page = page.replace('<table class="table">', '<table class="table" tabindex="0">')  # arrows scroll it
    page = re.sub(r'(<button class="btn search-button-field[^>]*) aria-label="Search"', r"\1", page)
    page = page.replace('<summary><span class="toctree-toggle"', f'{UNFOLD}<span class="toctree-toggle"')
    return broken_well(page)


def broken_well(page: str) -> str:
    """A page whose long names may be broken after a dot, a line or a slash, and whose formulas keep their
    full stops.
    """
    page = NAME.sub(lambda found: found[1] + breakable(found[2]), page)
    page = page.replace(f"{WAY}hopfield_edu.", WAY)
    page = SIGNATURE.sub(r"\1<wbr>", page)
    page = CELL.sub(lambda cell: CODE.sub(_code, cell[0]), page)
    page = LONG_CODE.sub(_code, page)
    page = FORMULA.sub(_together, page)
    return PLUS.sub("&#160;+", page)


def breakable(words: str) -> str:
    """A long name that may be broken between its parts."""
    return re.sub(r"(?<=[._/])(?=\w)", "<wbr>", words)


def _one_each(found: re.Match[str]) -> str:
    """The parameters of a long signature, one in each line; Sphinx makes them definitions without terms."""
    return found[1].replace("<dd>", '<span class="hopfield-parameter">').replace("</dd>", "</span>")


def _code(found: re.Match[str]) -> str:
    return f'<span class="pre hopfield-long">{breakable(found[1])}</span>'


def _together(found: re.Match[str]) -> str:
    """A formula with what belongs to it: no line begins with a full stop."""
    before, formula, after = found.groups()
    whole = f"{before}{formula}{after}"
    return f'<span class="hopfield-together">{whole}</span>' if before or after else whole
