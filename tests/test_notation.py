"""Appendix A2 sends a reader to chapters for the meanings of a letter; it stands in their formulas."""

import re
from functools import cache
from pathlib import Path

import nbformat
import pytest

NOTEBOOKS = Path(__file__).resolve().parents[1] / "notebooks"

FORMULA = re.compile(r"\$\$.*?\$\$|\$[^$]+\$", re.DOTALL)
WORDS = re.compile(r"\\(?:text|operatorname|mathrm|tag)\*?\s*\{[^}]*\}")
LOOKS = re.compile(r"\\(?:mathbf|mathcal|boldsymbol|tilde|hat|bar|dot|sqrt|t?frac|partial|in|to)(?![a-zA-Z])")
NUMBER = re.compile(r"\b(?:0\d|1[0-5])\b")  # of a chapter


def prose(path: Path) -> str:
    cells = nbformat.read(path, as_version=4).cells
    return "\n\n".join(cell.source for cell in cells if cell.cell_type == "markdown")


def letters(text: str) -> set[str]:
    """The letters in the formulas of a text, Latin ones and names of Greek ones, without words and marks."""
    formulas = " ".join(FORMULA.findall(text))
    return set(re.findall(r"\\[a-zA-Z]+|[A-Za-z]", LOOKS.sub(" ", WORDS.sub(" ", formulas))))


@cache
def used(chapter: str) -> frozenset[str]:
    (path,) = NOTEBOOKS.glob(f"{chapter}_*.ipynb")
    return frozenset(letters(prose(path)))


def rows(heading: str) -> list[list[str]]:
    """The cells of the rows of a section of A2 whose letters are formulas."""
    _, section = prose(NOTEBOOKS / "A2_notation.ipynb").split(f"## {heading}\n")
    lines = section.split("\n## ")[0].split("\nAnd between the texts")[0].splitlines()
    cells = ([cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|"))
    return [row for row in cells if FORMULA.search(" ".join(row[:2]))]


def without_their_letters(first: str, meanings: str) -> list[str]:
    """The chapters named in a row of false friends that have none of its letters."""
    amiss = []
    for part in re.split(r"(?<=[.;])\s", meanings):
        wanted = letters(first) & letters(part) or letters(first)
        named = NUMBER.findall(FORMULA.sub("", part))
        amiss += [f"{first} in {chapter}" for chapter in named if not wanted & used(chapter)]
    return amiss


def test_a_row_with_a_chapter_that_lacks_the_letter_is_found() -> None:
    """As it stood for a while: chapter 13 has no f, and 15 no temperature T."""
    assert without_their_letters("$f$", "10: an output. 13, 14: that of a hidden unit") == ["$f$ in 13"]
    assert without_their_letters("$q$, $Q$", "09: $q$ is a chance. 13: $q$ is none") == ["$q$, $Q$ in 13"]
    assert letters(r"$\operatorname{sgn}(h)$ and $\mathbf{d} \cdot \alpha_c$, no x") >= {"h", "d", r"\alpha"}
    assert "s" not in letters(r"$\operatorname{sgn}(h)$")


def test_false_friends_stand_where_the_notation_page_says() -> None:
    found = rows("False friends")
    assert len(found) > 20
    assert [line for row in found for line in without_their_letters(*row)] == []


@pytest.mark.parametrize("chapter", [f"{number:02}" for number in range(3, 16)])
def test_letters_that_come_later_come(chapter: str) -> None:
    mine = [letters(row[1]) for row in rows("Letters that come later") if row[0] == chapter]
    assert mine and [wanted - used(chapter) for wanted in mine if wanted - used(chapter)] == []
