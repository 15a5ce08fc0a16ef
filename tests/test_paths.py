"""The paths through the course lead to notebooks and sections that exist."""

import html
import re
from collections.abc import Callable
from pathlib import Path

import pytest

import notebooks as tool
from hopfield_edu import paths

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = {path.stem: path for path in ROOT.glob("notebooks/*.ipynb")}


def headings(name: str) -> list[str]:
    """All headings of a notebook, as they are written."""
    cells = [cell.source for cell in tool.read(NOTEBOOKS[name]).cells if cell.cell_type == "markdown"]
    return re.findall(r"^#+ (.+)$", "\n".join(cells), re.MULTILINE)


def test_every_chapter_that_exists_is_on_the_map_and_no_other() -> None:
    chapters = sorted(name for name, path in NOTEBOOKS.items() if not tool.is_appendix(path))
    assert [chapter.name for chapter in paths.CHAPTERS] == chapters


@pytest.mark.parametrize("stop", paths.LECTURE, ids=[stop.chapter for stop in paths.LECTURE])
def test_the_stops_of_the_lecture_are_sections(stop: paths.Stop) -> None:
    assert set(stop.sections) <= set(headings(stop.chapter))


def test_the_lecture_takes_90_minutes() -> None:
    assert sum(stop.minutes for stop in paths.LECTURE) == 90


def test_the_map_shows_which_path_stops_where() -> None:
    shown = paths.chapters()
    assert len(str(shown).splitlines()) == len(paths.CHAPTERS)
    assert "04 Frustration: What if not all wishes can come true? (two weeks: day 3, all)" in str(shown)
    assert "Which weights make a pattern stable? (90 minutes, two weeks: day 3, all)" in str(shown)
    page = shown._repr_html_()
    dots = [path for path in paths.PATHS if path != "two weeks"]
    assert page.count("●") == sum(len(paths._leads_through(path)) for path in dots)
    assert page.count(">day ") == page.count("<a href=") == len(paths.CHAPTERS)


def core(number: str) -> int:
    """Minutes of the core of a chapter, as it says itself."""
    (name,) = (name for name in NOTEBOOKS if name.startswith(number))
    prose = "\n".join(cell.source for cell in tool.read(NOTEBOOKS[name]).cells)
    return int(re.search(r"\(core: (\d+) min\)", prose)[1])


def test_two_weeks_have_ten_days_of_an_hour_at_most_and_the_guide_has_the_same() -> None:
    """Chapter 00 says so: ten days, the cores of one or two chapters, an hour of reading at most."""
    assert len(paths.DAYS) == 10 and {len(day) for day in paths.DAYS} == {1, 2}
    assert [number for day in paths.DAYS for number in day] == [c.name[:2] for c in paths.CHAPTERS]
    assert all(sum(map(core, day)) <= 60 for day in paths.DAYS)
    block = (
        (ROOT / "GUIDE.md").read_text(encoding="utf-8").split("## A block of two weeks")[1].split("\n## ")[0]
    )
    told = re.findall(r"^\| (\d+) \| ([\d, ]+) \| (.*) \|$", block, re.MULTILINE)
    assert [(str(k), ", ".join(day)) for k, day in enumerate(paths.DAYS, 1)] == [row[:2] for row in told]
    assert all(2 <= row[2].count("`feedback.") <= 3 for row in told)


@pytest.mark.parametrize("table", [paths.chapters, paths.lecture])
def test_links_lead_to_headings(table: Callable[[], paths.Table]) -> None:
    for target in re.findall(r'href="([^"]+)"', table()._repr_html_()):
        file, _, place = html.unescape(target).partition("#")
        name = file.removesuffix(".ipynb")
        assert name in NOTEBOOKS
        assert not place or f"#{place}" in map(paths._anchor, headings(name))
