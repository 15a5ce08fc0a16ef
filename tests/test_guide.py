"""What GUIDE.md names exists: headings, explorers, predictions, checks, and their mistakes."""

import functools
import json
import re
import textwrap
import tomllib
from pathlib import Path

import notebooks as tool
from hopfield_edu import explore, feedback, paths
from hopfield_edu._grade.command import SEED_FILE
from hopfield_edu.feedback import _own, _sealed

ROOT = Path(__file__).resolve().parents[1]
GUIDE = (ROOT / "GUIDE.md").read_text(encoding="utf-8")
CHAPTERS = dict(re.findall(r"^## (\d\d) .*?\n(.*?)(?=^#)", GUIDE, re.MULTILINE | re.DOTALL))


@functools.cache
def headings(chapter: str) -> frozenset[str]:
    """The headings of a chapter, its title among them, without the mark of what goes beyond the core."""
    (path,) = ROOT.glob(f"notebooks/{chapter}_*.ipynb")
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    text = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
    return frozenset(re.findall(r"^##? (.*?)(?: \+)?$", text, re.MULTILINE))


def lecture() -> list[list[str]]:
    """The rows of the lecture's plan: minutes, chapter, sections, what to show, what to ask."""
    rows = re.findall(r"^\| (\d+) to (\d+) \| (\d\d) \| (.*?) \| (.*?) \| (.*?) \|$", GUIDE, re.MULTILINE)
    return [list(row) for row in rows]


def test_every_chapter_is_there_and_no_section_that_is_not() -> None:
    assert list(CHAPTERS) == [chapter.name[:2] for chapter in paths.CHAPTERS]
    for chapter, text in CHAPTERS.items():
        (skipped,) = re.findall(r"^Skip: .*$", text, re.MULTILINE)
        named = set(re.findall(r"\*([^*]+)\*", skipped))
        assert named and named <= headings(chapter), (chapter, named - headings(chapter))
        assert "\nWhere they get stuck: " in text


def test_the_lecture_is_that_of_the_paths_and_lasts_90_minutes() -> None:
    rows, told, minutes = lecture(), {}, {}
    assert [row[0] for row in rows] == ["0", *(row[1] for row in rows[:-1])] and rows[-1][1] == "90"
    for start, end, chapter, sections, *_ in rows:
        told.setdefault(chapter, set()).update(re.findall(r"\*([^*]+)\*", sections))
        minutes[chapter] = minutes.get(chapter, 0) + int(end) - int(start)
    for stop in paths.LECTURE:
        assert told.pop(stop.chapter[:2]) == set(stop.sections) <= headings(stop.chapter[:2])
        assert minutes[stop.chapter[:2]] == stop.minutes
    assert not told


def test_a_lecture_on_one_chapter_has_the_minutes_and_the_explorers_that_are_told() -> None:
    stops = {stop.chapter: stop.sections for stop in paths.LECTURE}
    read, skipped = 0.0, []
    for path in sorted(ROOT.glob("notebooks/[0-9]*.ipynb")):
        minutes, number = tool.section_minutes(tool.read(path)), path.stem[:2]
        core = {name: value for name, value in minutes.items() if not name.endswith(" +")}
        assert 20 <= sum(core.values()) - core["Quick quiz"] - core["Recap"] <= 25.5, number
        read += sum(minutes[section] for section in stops.get(path.stem, ()))
        first = next(cell for cell in tool.read(path).cells if cell.cell_type == "code")
        assert ("explore." in first.source) == (number != "01"), number
        for line in re.findall(r"^Skip: (.*?)(?:Keep|with them|$)", CHAPTERS[number], re.MULTILINE):
            skipped += [f"{name} +" in minutes for name in re.findall(r"\*(.+?)\*", line)]
    assert 1.4 <= 90 / read <= 1.65  # "one and a half times as long as the clock"
    assert sum(skipped) >= 0.8 * len(skipped) > 20  # "nearly all of it"


def test_the_lecture_shows_and_asks_only_what_stands_in_its_sections() -> None:
    for start, _, chapter, sections, show, ask in lecture():
        (stop,) = (stop for stop in paths.LECTURE if stop.chapter[:2] == chapter)
        cells = tool.sections(tool.read(ROOT / "notebooks" / f"{stop.chapter}.ipynb"))
        here = "\n".join(c.source for s in re.findall(r"\*([^*]+)\*", sections) for c in cells[s])
        there = "\n".join(c.source for s in stop.sections for c in cells[s])
        for explorer in re.findall(r"`explore\.(\w+)`", show):  # one that was shown may be shown again
            assert f"explore.{explorer}(" in there, (start, explorer)
        for prediction in re.findall(r"`(\d\d/\w+)`", ask):
            assert f'"{prediction}"' in here, (start, prediction)


def test_every_explorer_prediction_and_check_exists() -> None:
    shown = set(re.findall(r"`explore\.(\w+)`", GUIDE))
    assert shown and all(hasattr(explore, name) for name in shown)
    asked = {
        f"{file.name[:2]}/{one}"
        for file in ROOT.glob("hopfield_edu/predictions/*.toml")
        for one in tomllib.loads(file.read_text(encoding="utf-8"))
    }
    assert set(re.findall(r"`(\d\d/\w+)`", GUIDE)) <= asked
    assert set(re.findall(r"`feedback\.(\w+)`", GUIDE)) <= set(feedback.CHECKS)


def test_each_table_names_mistakes_that_its_chapter_knows() -> None:
    for chapter, text in CHAPTERS.items():
        rows = re.findall(r"^\|.*\|.*\|(.*)\|$", text, re.MULTILINE)[2:]
        assert 2 <= len(rows) and all("`" in row for row in rows), chapter
        told = re.findall(r"`feedback\.(\w+)`: ([^;]*)", "\n;".join(rows))
        assert told, chapter
        for check, mistakes in told:
            named = set(re.findall(r"\*([^*]+)\*", mistakes))
            known = set(feedback.CHECKS[check].mistakes)
            assert feedback._CHAPTER[check] == chapter
            assert named and named <= known, (check, named - known)


def test_the_own_exercise_is_the_one_that_the_tool_writes(tmp_path: Path) -> None:
    (code,) = re.findall(r"```python\n(.*?)^ *```", GUIDE, re.DOTALL | re.MULTILINE)
    assert textwrap.dedent(code) == tool.CHECKS.format(name="own_week")
    (tmp_path / "checks.py").write_text(textwrap.dedent(code))
    kept = _own.read(tmp_path)["kept"]
    sealed = _sealed.Sealed(_sealed.seal(kept, "secret"))
    for answer, mistake in [(kept.solution, None), *((m.wrong, m.name) for m in kept._mistakes)]:
        assert [check(answer).mistake for check in (kept, sealed)] == [mistake, mistake]
        assert sealed(answer).correct == (mistake is None)
    assert len(kept.mistakes) == len(kept.hints) == 2


def test_the_commands_for_own_exercises_are_those_of_the_tool() -> None:
    told = re.findall(r"`python tools/notebooks\.py (\w+) (\S+)?", GUIDE)
    assert [command for command, _ in told] == ["new", "build", "release", "new"]
    files = re.findall(r"^\| `(\S+)` \| (?:you|students)", GUIDE, re.MULTILINE)
    assert [name.rpartition("/")[2] for name in files] == [
        "own_week.ipynb",
        _own.WHOLE,
        SEED_FILE,
        "own_week.ipynb",
        _own.SEALED,
    ]
