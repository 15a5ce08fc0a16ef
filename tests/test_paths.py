"""The paths through the course lead to notebooks and sections that exist."""

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
    assert "04 Frustration: What if not all wishes can come true? (two weeks, all)" in str(shown)
    assert "05 Storing one pattern: Which weights make a pattern stable? (90 minutes, two weeks, all)" in str(
        shown
    )
    page = shown._repr_html_()
    assert page.count("●") == sum(len(paths._leads_through(path)) for path in paths.PATHS)
    assert page.count("<a href=") == len(paths.CHAPTERS)


@pytest.mark.parametrize("table", [paths.chapters, paths.lecture])
def test_links_lead_to_headings(table: Callable[[], paths.Table]) -> None:
    for target in re.findall(r'href="([^"]+)"', table()._repr_html_()):
        file, _, place = target.partition("#")
        name = file.removesuffix(".ipynb")
        assert name in NOTEBOOKS
        assert not place or f"#{place}" in map(paths._anchor, headings(name))
