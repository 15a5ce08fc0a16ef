"""Figures as vectors and slides: what is written, what is left out, and what stands in the way."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from hopfield_edu import course
from hopfield_edu._handout import chapters, figures, slides

ROOT = Path(__file__).resolve().parents[1]


def code(source: str, *outputs: dict[str, Any], **metadata: Any) -> dict[str, Any]:
    shown = [{"output_type": "display_data", "metadata": {}, "data": data} for data in outputs]
    name = f"c{abs(hash(source)) % 10**6}"
    return {
        "cell_type": "code",
        "id": name,
        "source": source,
        "metadata": metadata,
        "outputs": shown,
        "execution_count": 1,
    }


def text(source: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "id": f"m{len(source)}", "source": source, "metadata": {}}


def chapter(path: Path, *cells: dict[str, Any]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    notebook = {"cells": list(cells), "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    path.write_text(json.dumps(notebook), encoding="utf-8")
    return path


def small(path: Path) -> Path:
    """A chapter with a picture, a prediction, a section beyond the core, and a quiz."""
    shown, outcome = {"text/plain": ["picture"]}, {"text/plain": "the outcome"}
    return chapter(
        path,
        text(
            "# Title\n\nHook, see [02](02_x.ipynb) and [there](https://x.org).\n\n"
            "**Prerequisites:** none.\n\n**Time:** about 3 min\n\n<details>aims</details>"
        ),
        code("plots.show(ax)", shown),
        text("*A caption.* More.\n\n## First\n\n<small>1 min in</small>\n\nText $x$."),
        code('predict.ask("x")', {"text/plain": "the question"}),
        code(
            "guess.reveal(1)",
            {"text/plain": slides.FOLDED},
            outcome,
            jupyter={"outputs_hidden": True},
        ),
        text("*Seen.*\n\n## Beyond +\n\nNot in the core."),
        code("plots.show(bx)", {"text/plain": "beyond"}),
        text("*Nor this.*\n\n## Second\n\nAgain in the core."),
        code("x = 1"),
        code('quiz.show("03")', {"text/plain": "the quiz"}),
        text("## Recap\n\nYou can."),
    )


def test_a_deck_is_the_core_cut_into_slides(tmp_path: Path) -> None:
    cut = [
        (cell["metadata"]["slideshow"]["slide_type"], cell["source"])
        for cell in slides.cells(chapters.read(small(tmp_path / "03_x.ipynb")))
    ]
    assert cut == [
        ("slide", "# Title\n\nHook, see 02 and [there](https://x.org)."),
        ("-", "plots.show(ax)"),
        ("-", "*A caption.*"),
        ("subslide", "More."),
        ("slide", "## First\n\n\nText $x$."),
        ("-", 'predict.ask("x")'),
        ("subslide", "guess.reveal(1)"),
        ("-", "*Seen.*"),
        ("slide", "## Second\n\nAgain in the core."),
    ]


def packages(folder: Path) -> tuple[Path, Path]:
    """What npm unpacks, as far as it is used."""
    reveal, mathjax = folder / "reveal.js", folder / "mathjax"
    for name in ("dist/reveal.js", "dist/reveal.css", "dist/theme/white.css", "dist/reveal.js.map"):
        (reveal / name).parent.mkdir(parents=True, exist_ok=True)
        (reveal / name).write_text(name)
    (reveal / "plugin" / "notes").mkdir(parents=True)
    (reveal / "plugin" / "notes" / "notes.js").write_text("notes")
    (mathjax / "es5").mkdir(parents=True)
    (mathjax / "es5" / "tex-svg.js").write_text("mathjax")
    return reveal, mathjax


def test_slides_load_nothing_from_elsewhere(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    reveal, mathjax = packages(tmp_path / "npm")
    out = tmp_path / "out"
    words = ["slides", "03", f"--reveal={reveal}", f"--out={out}"]
    course.main([*words, f"--mathjax={mathjax}"])
    page = (out / "03_energy.html").read_text(encoding="utf-8")
    loaded = re.findall(r'(?:src|href)="(?!data:)([^"#]*)"', re.sub(r"<a [^>]*>", "", page))
    local = [name for name in loaded if not name.startswith(("http:", "https:", "//"))]
    assert local == loaded and len(loaded) >= 5
    assert all((out / name).is_file() for name in loaded)
    assert not (out / "reveal.js" / "dist" / "reveal.js.map").exists()
    assert slides.FIT in page
    assert "One number for a whole state" in page and "Recap" not in page and "import numpy" not in page
    assert page.count("<section") > 20 and "CC BY 4.0" in page and "['" not in page
    assert "formulas" not in capsys.readouterr().out.lower()


@pytest.mark.slow
def test_slides_with_code_and_without_mathjax(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    reveal, _ = packages(tmp_path / "npm")
    words = ["slides", "03", "05", f"--reveal={reveal}", f"--out={tmp_path / 'out'}"]
    for options in ([], ["--code"]):  # its own folder is written again
        course.main([*words, *options])
        assert "Formulas stand there as TeX" in capsys.readouterr().out
        for name in ("03_energy", "05_storing_one_pattern"):
            page = (tmp_path / "out" / f"{name}.html").read_text(encoding="utf-8")
            assert ("jp-InputArea-editor" in page.partition("<body")[2]) == bool(options)


def test_what_is_in_the_way_or_missing_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def says(*words: Any) -> str:
        with pytest.raises(SystemExit) as told:
            course.main([*map(str, words)])
        return str(told.value)

    monkeypatch.chdir(tmp_path)
    reveal, _ = packages(tmp_path / "npm")
    notes, newer = reveal / "plugin" / "notes" / "notes.js", reveal / "dist" / "plugin" / "notes.js"
    newer.parent.mkdir()
    notes.rename(newer)  # as in reveal.js 6
    assert slides.notes_in(reveal) == newer
    newer.unlink()
    assert "there is no notes.js in" in says("slides", "03", f"--reveal={reveal}")
    assert not (tmp_path / "slides").exists()
    notes.write_text("notes")
    assert "run `npm install reveal.js@5`" in says("slides", "03")
    assert "run `npm install mathjax@3`" in says("slides", "03", f"--reveal={reveal}", f"--mathjax={reveal}")
    assert "there is no chapter '99'; there are 00, 01" in says("slides", "99", f"--reveal={reveal}")
    assert "there is no chapter '99'" in says("figures", "out", "--only=99")
    (tmp_path / "file").touch()
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "work.txt").write_text("mine")
    for name, told in (("file", "is a file"), ("mine", "holds something else")):
        assert told in says("figures", name, "--only=03")
        assert told in says("slides", "03", f"--reveal={reveal}", f"--out={name}")
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["work.txt"]
    for command, example in (("figures", "figures my-figures --only 03"), ("slides", "slides 03 --reveal")):
        assert says(command, "--help") == "0"
        assert f"hopfield-edu {example}" in capsys.readouterr().out


PICTURE = """
from hopfield_edu import explore, plots
ax = plots.curves({"a line": ([0, 1], [0, 1])})
plots.show(ax)
"""


def test_every_figure_becomes_svg_and_pdf_with_its_caption(tmp_path: Path) -> None:
    path = chapter(
        tmp_path / "03_x.ipynb",
        text("# Title\n\n## A section +"),
        code(PICTURE),
        text("*What $x_1$ shows.* More."),
        code("explore.two_units()"),
    )
    first, second = figures.draw(path, tmp_path / "out")
    assert (first["name"], first["heading"]) == ("03_x-01", "A section")
    assert first["caption"] == "What $x_1$ shows." and second["caption"] == "" and second["text"]
    svg = (tmp_path / "out" / "03_x-01.svg").read_text(encoding="utf-8")
    assert "creativecommons.org/licenses/by/4.0" in svg and "a line" in svg and "<image" not in svg
    assert (tmp_path / "out" / "03_x-02.pdf").read_bytes().startswith(b"%PDF")
    page = figures.index({"03_x": [first, second]})
    assert page.count("<figure>") == 2 and "What x₁ shows." in page and 'alt="' in page


@pytest.mark.slow
def test_a_figure_is_the_same_every_time_and_an_error_is_told(tmp_path: Path) -> None:
    path = chapter(tmp_path / "03_x.ipynb", code(PICTURE))
    for name in ("once", "again"):
        figures.draw(path, tmp_path / name)
    for end in ("svg", "pdf"):
        once, again = (tmp_path / name / f"03_x-01.{end}" for name in ("once", "again"))
        assert once.read_bytes() == again.read_bytes()
    bad = chapter(tmp_path / "04_x.ipynb", code("1 / 0"))
    with pytest.raises(chapters.Wrong, match=r"04_x\.ipynb does not run: ZeroDivisionError"):
        figures.draw(bad, tmp_path / "out")


@pytest.mark.slow
def test_as_many_figures_as_the_chapters_show(tmp_path: Path) -> None:
    for path in chapters.chapters(["00", "12"]):
        shown = [
            output
            for cell in chapters.read(path)["cells"]
            for output in cell.get("outputs", [])
            if "image/png" in output.get("data", {})
        ]
        assert len(figures.draw(path, tmp_path / path.stem)) == len(shown) > 5
