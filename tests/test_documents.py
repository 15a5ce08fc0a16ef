"""README.md and its companions say what is so."""

import re
import subprocess
import sys
import tomllib
from itertools import pairwise
from pathlib import Path

import nbformat
import pytest

import hopfield_edu

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = sorted(ROOT.glob("*.md"))


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_ci_runs_the_test_command_of_the_readme() -> None:
    (command,) = re.findall(r"^python3 -m venv .*pytest$", text(".ci/run"), re.MULTILINE)
    assert f"```\n{command}\n```" in text("README.md")
    assert command in text("CONTRIBUTING.md")
    workflow = text(".github/workflows/test.yml")
    assert command in workflow
    assert command.replace("python3", "python").replace("/bin/", "/Scripts/") in workflow
    assert "bash .ci/run" in workflow


def test_the_version_is_the_same_everywhere() -> None:
    assert f"\nversion: {hopfield_edu.__version__}\n" in text("CITATION.cff")
    assert f"\n## {hopfield_edu.__version__} " in text("CHANGELOG.md")


def test_the_example_in_the_readme_runs(capsys: pytest.CaptureFixture[str]) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", text("README.md"), re.DOTALL)
    exec(code, {})
    assert capsys.readouterr().out.strip() == code.rsplit("# ", 1)[1].strip()


@pytest.mark.parametrize("path", DOCUMENTS, ids=[path.name for path in DOCUMENTS])
def test_links_lead_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", path.read_text(encoding="utf-8")):
        if ":" not in target:
            assert (path.parent / target).exists(), f"{path.name} links to {target}"


def test_every_extra_is_within_the_test_extra() -> None:
    extras = tomllib.loads(text("pyproject.toml"))["project"]["optional-dependencies"]
    assert all(set(extras[name]) <= set(extras["test"]) for name in ("instructor", "cluster"))


def test_everything_that_the_sources_hold_is_taught_where_the_table_says() -> None:
    """Each topic, example and erratum has its sections, which exist."""
    titles = set()
    for path in (ROOT / "notebooks").glob("*.ipynb"):
        cells = nbformat.read(path, as_version=4).cells
        prose = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
        found = re.findall(r"^##+ (.*?)(?: \+)?$", prose, re.MULTILINE)
        titles |= {f"{path.name.partition('_')[0]} *{title}*" for title in found}
    rows = re.findall(r"^\| (\d+) \|.*\| (.*) \|$", text("TOPICS.md"), re.MULTILINE)
    ends = [k for k, (number, _) in enumerate(rows) if number == "1"] + [len(rows)]
    assert [b - a for a, b in pairwise(ends)] == [57, 67, 46]
    said = [place for _, places in rows for place in re.split(r", (?=A?\d+ \*)", places)]
    assert set(said) <= titles


def test_the_steps_of_a_release_name_what_exists() -> None:
    said = text("RELEASE.md")
    scripts = re.findall(r"(?:python|bash) ((?:tools|\.ci)/\w+(?:\.py)?)", said)
    assert len(scripts) >= 5 and all((ROOT / script).is_file() for script in scripts), scripts
    told = {words for words in re.findall(r"hopfield-edu (--?[a-z-]+|[a-z]+)", said)}
    options = subprocess.run(
        [sys.executable, "-m", "hopfield_edu.course", "--help"], capture_output=True, text=True, check=True
    ).stdout
    assert {"site", "doctor", "--copy-only"} <= told
    assert all(f"hopfield-edu {word}" in options or f"{word} " in options for word in told)
    for name in ("hopfield_edu/__init__.py", "CITATION.cff", "CHANGELOG.md"):
        assert f"`{name}`" in said and hopfield_edu.__version__ in text(name)
