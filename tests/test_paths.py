"""The paths through the course lead to notebooks and sections that exist, and hold as they are written."""

import ast
import builtins
import html
import re
from collections.abc import Callable
from pathlib import Path

import pytest

import notebooks as tool
from hopfield_edu import feedback, paths

ROOT = Path(__file__).resolve().parents[1]
GUIDE = (ROOT / "GUIDE.md").read_text(encoding="utf-8")
NOTEBOOKS = {path.stem: path for path in ROOT.glob("notebooks/*.ipynb")}


def headings(name: str) -> list[str]:
    """All headings of a notebook, as they are written."""
    cells = [cell.source for cell in tool.read(NOTEBOOKS[name]).cells if cell.cell_type == "markdown"]
    return re.findall(r"^#+ (.+)$", "\n".join(cells), re.MULTILINE)


def test_every_chapter_that_exists_is_on_the_map_and_no_other() -> None:
    chapters = sorted(name for name, path in NOTEBOOKS.items() if not tool.is_appendix(path))
    assert [chapter.name for chapter in paths.CHAPTERS] == chapters


each_stop = pytest.mark.parametrize("stop", paths.LECTURE, ids=[stop.chapter for stop in paths.LECTURE])


def code(stop: paths.Stop) -> list[str]:
    """The code that a learner on the path runs at a stop: that of its sections, and no other."""
    cells = tool.sections(tool.read(NOTEBOOKS[stop.chapter]))
    return [cell.source for section in stop.sections for cell in cells[section]]


@each_stop
def test_the_stops_of_the_lecture_are_sections_in_order_from_the_opening_on(stop: paths.Stop) -> None:
    there = headings(stop.chapter)
    assert list(stop.sections) == [section for section in there if section in stop.sections]
    assert stop.sections[0] == there[0]


def names(source: str) -> tuple[set[str], set[str]]:
    """The names that code reads, and those that it gives a meaning, wherever in it."""
    read, bound = set(), set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Name):
            (read if isinstance(node.ctx, ast.Load) else bound).add(node.id)
        elif isinstance(node, ast.alias):
            bound.add(node.asname or node.name)
        elif isinstance(node, ast.FunctionDef):
            bound.add(node.name)
        elif isinstance(node, ast.arg):
            bound.add(node.arg)
    return read, bound


@each_stop
def test_a_stop_needs_no_name_from_the_sections_between(stop: paths.Stop) -> None:
    known = set(dir(builtins))
    for source in code(stop):
        read, bound = names(source)
        known |= bound
        assert read <= known, f"{sorted(read - known)} in\n{source}"


@pytest.mark.slow
@each_stop
def test_a_stop_runs_without_the_sections_between(
    stop: paths.Stop, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    space: dict[str, object] = {"__name__": "__main__"}
    for source in code(stop):
        exec(compile(source, stop.chapter, "exec"), space)


def test_the_lecture_takes_90_minutes() -> None:
    assert sum(stop.minutes for stop in paths.LECTURE) == 90


def test_the_lecture_is_an_hour_to_read_and_half_an_hour_to_think() -> None:
    """By the clock of the sections; the further on the path, the more there is to think."""
    clock = []
    for stop in paths.LECTURE:
        minutes = tool.section_minutes(tool.read(NOTEBOOKS[stop.chapter]))
        clock.append(sum(minutes[section] for section in stop.sections))
    assert 55 <= sum(clock) <= 62
    assert all(1.3 <= stop.minutes / read <= 1.9 for stop, read in zip(paths.LECTURE, clock, strict=True))


def test_the_lecture_says_what_to_know_on_the_way_and_to_ask_in_the_end() -> None:
    *stops, way, end = str(paths.lecture()).splitlines()
    assert len(stops) == len(paths.LECTURE)
    page = html.unescape(paths.lecture()._repr_html_())
    assert all(told in way and told in page for told in paths.ADVICE)
    assert all(asked in end and asked in page for asked in paths.QUESTIONS)


def test_the_map_shows_which_path_stops_where() -> None:
    shown = paths.chapters()
    assert len(str(shown).splitlines()) == len(paths.CHAPTERS)
    assert (
        "04 Frustration: What if not all wishes can come true? (two weeks: day 3, exercises 1, 2 and 4; all)"
        in str(shown)
    )
    assert "What does an associative memory do? (90 minutes; two weeks: day 1; all)" in str(shown)
    page = shown._repr_html_()
    dots = [path for path in paths.PATHS if path != "two weeks"]
    assert page.count("●") == sum(len(paths._leads_through(path)) for path in dots)
    assert page.count(">day ") == page.count("<a href=") == len(paths.CHAPTERS)
    assert page.count("<small>exercises ") == len(paths.EXERCISES) == len(paths.CHAPTERS) - 1


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
    assert [row[:2] for row in block()] == [(str(k), ", ".join(day)) for k, day in enumerate(paths.DAYS, 1)]


def block() -> list[tuple[str, ...]]:
    """The rows of the guide's plan for two weeks: day, chapters, exercises, checks."""
    text = GUIDE.split("## A block of two weeks")[1].split("\n## ")[0]
    return re.findall(r"^\| (\d+) \| ([\d, ]+) \| (.*) \| (.*) \|$", text, re.MULTILINE)


def exercises(number: str) -> dict[int, tuple[float, str]]:
    """Of each exercise in the core of a chapter: its minutes, and its source."""
    (path,) = ROOT.glob(f"solutions/{number}_*/*.ipynb")
    notebook, found = tool.read(path), {}
    cells = tool.sections(notebook)
    for heading, minutes in tool.section_minutes(notebook).items():
        if (named := re.match(r"Exercise (\d+)\b", heading)) and not heading.endswith(" +"):
            found[int(named[1])] = minutes, "\n".join(cell.source for cell in cells[heading])
    return found


def test_two_weeks_have_an_hour_of_exercises_each_day_and_the_guide_has_the_same() -> None:
    """Those that chapter 00 names, from the cores; what nobody should miss is among them."""
    assert list(paths.EXERCISES) == [chapter.name[:2] for chapter in paths.CHAPTERS[1:]]
    for day, (_, _, told, checks) in zip(paths.DAYS, block(), strict=True):
        chosen = {number: paths.EXERCISES[number] for number in day if number in paths.EXERCISES}
        shown = [f"{n}: {paths._numbered(which)}".replace("exercises ", "") for n, which in chosen.items()]
        assert told == "; ".join(shown)
        parts = [exercises(number)[k] for number, which in chosen.items() for k in which]
        assert 45 <= sum(minutes for minutes, _ in parts) <= 72, day
        named = re.findall(r"`feedback\.(\w+)`", checks)
        assert 2 <= len(named) <= 3 and set(named) <= set(feedback.CHECKS)
        assert all(any(f"feedback.{check}(" in source for _, source in parts) for check in named), day


@pytest.mark.parametrize("table", [paths.chapters, paths.lecture])
def test_links_lead_to_headings(table: Callable[[], paths.Table]) -> None:
    for target in re.findall(r'href="([^"]+)"', table()._repr_html_()):
        file, _, place = html.unescape(target).partition("#")
        name = file.removesuffix(".ipynb")
        assert name in NOTEBOOKS
        assert not place or f"#{place}" in map(paths._anchor, headings(name))
