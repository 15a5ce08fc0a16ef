"""The glossary and the chapters name the same terms, in both languages."""

import re
from pathlib import Path

import nbformat
import pytest

from hopfield_edu import glossary, paths

ROOT = Path(__file__).resolve().parents[1]


def said(chapter: str) -> list[tuple[str, str, bool]]:
    """The terms of a recap: English, German (or nothing where the chapter gives none), marked (+) or not."""
    cells = nbformat.read(ROOT / "notebooks" / f"{chapter}.ipynb", as_version=4).cells
    prose = "\n\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    return parsed(prose)


def parsed(prose: str) -> list[tuple[str, str, bool]]:
    lines = re.findall(r"^\*\*(?:Terms|More terms)\.\*\* (.*?)(?=\n\n|\Z)", prose, re.MULTILINE | re.DOTALL)
    items = [item for line in lines for item in re.split(r" · |(?<=\)), ", " ".join(line.split()))]
    items = [item.strip(" ·").removesuffix(".") for item in items]
    found = []
    for item in items:
        plus = item.endswith(" (+)")
        english, german = re.fullmatch(r"(.*?)(?: \((.*)\))?", item.removesuffix(" (+)")).groups()
        german = (german or "").removeprefix("D: ")
        found.append((english, "" if german.startswith("in ") else german, plus))  # "(in three senses)"
    return found


def test_a_line_of_terms_is_read() -> None:
    prose = "**Terms.** one (D: eins), two (zwei) · a, b\n(x, y) (+) · four (+) · three (in\ntwo senses)."
    assert parsed(f"{prose}\n\nNo term · here") == [
        ("one", "eins", False),
        ("two", "zwei", False),
        ("a, b", "x, y", True),
        ("four", "", True),
        ("three", "", False),
    ]


@pytest.mark.parametrize("chapter", [chapter.name for chapter in paths.CHAPTERS])
def test_every_term_of_a_chapter_stands_in_the_glossary(chapter: str) -> None:
    known = {(term.english, term.german) for term in glossary.terms()}
    named = {english for english, _ in known}
    terms = said(chapter)
    assert len(terms) >= 5
    assert [term for term in terms if term[1] and term[:2] not in known] == []
    assert [english for english, *_ in terms if english not in named] == []


def test_every_term_is_named_first_by_its_chapter() -> None:
    first: dict[str, str] = {}
    for chapter in paths.CHAPTERS:
        for english, *_ in said(chapter.name):
            first.setdefault(english, chapter.name[:2])
    assert {term.english: term.chapter for term in glossary.terms()} == first


@pytest.mark.parametrize("chapter", [chapter.name for chapter in paths.CHAPTERS])
def test_a_recap_marks_what_is_met_only_beyond_the_core(chapter: str) -> None:
    here = [term for term in glossary.terms() if term.chapter == chapter[:2]]
    beyond = {term.english for term in here if term.section.endswith(" +")}
    assert {english for english, _, plus in said(chapter) if plus} == beyond


def test_every_term_has_german_and_one_plain_sentence() -> None:
    names = [term.english for term in glossary.terms()]
    assert len(set(names)) == len(names)
    for term in glossary.terms():
        assert term.german and re.fullmatch(r"[A-Z][^.!?]*(\. Also called \w+)?\.", term.meaning), term
        assert len(term.meaning.split()) < 25, term


def sections(chapter: str) -> dict[str, str]:
    """What a chapter says and computes below each of its headings, and before the first."""
    cells = nbformat.read(ROOT / "notebooks" / f"{chapter}.ipynb", as_version=4).cells
    text = "\n\n".join("> " * (c.cell_type == "code") + c.source for c in cells)
    before, *rest = re.split(r"^##+ (.*)$", text, flags=re.MULTILINE)
    return {"": before} | {head: head + below for head, below in zip(rest[::2], rest[1::2], strict=True)}


def test_every_term_is_met_in_the_section_that_the_glossary_names() -> None:
    """By the first letters of its words, or else by two words of its meaning."""
    below = {chapter.name[:2]: sections(chapter.name) for chapter in paths.CHAPTERS}
    for term in glossary.terms():
        assert term.section in below[term.chapter], f"glossary.toml: {term.english!r} has no such section"
        text = below[term.chapter][term.section].lower()
        own, others = (
            [word[:4] for word in re.findall(r"[a-z]{4,}", words.lower())]
            for words in (term.english, term.meaning)
        )
        own += ["tie"] * (term.english == "tie")
        assert any(word in text for word in own) or sum(word in text for word in others) >= 2, term


@pytest.mark.parametrize("by_german", [False, True])
def test_the_table_is_sorted_and_linked(by_german: bool) -> None:
    shown = glossary.table(by_german=by_german)
    page, lines = shown._repr_html_(), str(shown).splitlines()
    firsts = [glossary._letters(line.split(" (")[0]) for line in lines]
    assert firsts == sorted(firsts) and len(lines) == len(glossary.terms())
    links = re.findall(r'<a href="([^"]+)"', page)
    files = [ROOT / "notebooks" / link.partition("#")[0] for link in links]
    assert len(files) == len(lines) and all(file.exists() for file in files)
    anchors = re.findall(r'<tr id="([^"]+)"', page)
    assert len(set(anchors)) == len(lines)


def test_a_wrong_flag_is_refused() -> None:
    with pytest.raises(TypeError, match="by_german"):
        glossary.table(by_german="yes")
