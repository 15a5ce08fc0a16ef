"""The command `hopfield-edu slides`: a deck of a chapter's core, for a browser without a network."""

from __future__ import annotations

import argparse
import re
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from hopfield_edu._cards import FOLDED
from hopfield_edu._handout.chapters import HEADING, LICENCE, Wrong, caption, chapters, folder, plain, read

EPILOG = """\
example:
  npm install reveal.js@5 mathjax@3
  hopfield-edu slides 03 --reveal node_modules/reveal.js --mathjax node_modules/mathjax

  writes slides/03_energy.html, with what it needs beside it: open it in a browser, no network is needed. The
  space bar goes on, S opens the speaker's view; to print a page for each slide, open it with ?print-pdf
  behind its address. A deck holds the core of a chapter: the pictures, what is said about them, each
  prediction and, one slide later, its outcome.

Pictures that move need the notebook. Text and figures are under CC BY 4.0: name the authors.
"""
REVEAL, MATHJAX = "reveal.js", "tex-svg.js"
MARK = f"{REVEAL}/LICENSE"  # by which the command knows a folder of its own
LAST = re.compile(r"^## (Recap|Quick quiz|Sources|Exercises)\b")
ASIDE = re.compile(r"(?ms)^\*\*(?:Prerequisites|Try this)\b.*?(?:\n\n|\Z)")  # for readers
STYLE = """
.reveal .slides section { text-align: left; }
.reveal .slides section > section { max-height: 720px; overflow-y: auto; }
.reveal h1 { font-size: 1.9em !important; text-transform: none !important; }
.reveal h2 { font-size: 1.5em !important; text-transform: none !important; }
.reveal img { max-height: 370px !important; width: auto !important; }
.reveal img { margin: 0 auto !important; display: block; }
.jp-RenderedHTMLCommon { font-size: 22px; }
.jp-Cell { padding: 0; }
mjx-container g { stroke: none; } /* as wide as a hair would be a line on paper */
@media print {
  @page { size: 960px 720px; margin: 30px; }
  .reveal .slides section > section { max-height: none; overflow: visible; }
  .reveal pre { white-space: pre-wrap !important; overflow: visible !important; font-size: 15px; }
  .reveal img, .reveal mjx-container, .reveal tr { break-inside: avoid; }
}
"""
FIT = """
// What is higher than the screen is made smaller, step by step; what would be too small to read scrolls.
const PRINTED = location.search.includes("print"); // then all are there at once, and nothing scrolls
function shrink(slide) {
  for (let size = 1; size >= (PRINTED ? 0.3 : 0.5); size -= 0.05) {
    for (const part of slide.children) part.style.zoom = size;
    if (slide.scrollHeight <= slide.clientHeight + 1 && slide.scrollHeight <= 720) return;
  }
}
function fit() {
  for (const slide of PRINTED ? Reveal.getSlides() : [Reveal.getCurrentSlide()]) if (slide) shrink(slide);
}
for (const moment of ["ready", "slidechanged", "pdf-ready"]) Reveal.on(moment, fit);
window.addEventListener("load", fit);
if (window.MathJax && MathJax.startup) MathJax.startup.promise.then(fit); // set formulas are higher
"""
TEMPLATE = """\
{%- extends 'reveal/index.html.j2' -%}
{%- block html_head_js -%}{%- endblock html_head_js -%}
{%- block html_head_js_mathjax -%}
{%- if resources.mathjax_url -%}
<script>
MathJax = {tex: {inlineMath: [["$", "$"]], displayMath: [["$$", "$$"]], processEscapes: true}};
</script>
<script src="{{ resources.mathjax_url }}"></script>
{%- endif -%}
{%- endblock html_head_js_mathjax -%}
{%- block html_head_css -%}<style>STYLE</style>{%- endblock html_head_css -%}
{%- block footer -%}
<script src="reveal.js/dist/reveal.js"></script>
<script src="reveal.js/plugin/notes/notes.js"></script>
<script>
Reveal.initialize({
  hash: true, slideNumber: "c/t", width: 960, height: 720, center: false, pdfMaxPagesPerSlide: 1,
  plugins: [RevealNotes]
});
FIT
</script>
</html>
{%- endblock footer -%}
"""


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        prog="hopfield-edu slides",
        description="Write the core of a chapter as slides, for a browser without a network.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("chapter", nargs="+", metavar="NN", help="number or name of a chapter")
    parser.add_argument(
        "--reveal",
        metavar="FOLDER",
        default="node_modules/reveal.js",
        help="npm package (default: %(default)s)",
    )
    parser.add_argument(
        "--mathjax", metavar="FOLDER", help="npm package mathjax 3; without it formulas stay TeX"
    )
    parser.add_argument("--out", default="slides", help="folder for the slides (default: ./slides)")
    parser.add_argument("--code", action="store_true", help="show the code, too")
    return parser.parse_args(argv)


# ------------------------------------------------------------------------------ what is on the slides


def cells(notebook: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The core of a chapter, cut into slides.

    A heading begins a slide. Below it a picture stands with the text before it and the caption after it; what
    follows comes on the next one. So does the outcome of a prediction.
    """
    plus, shown, first = False, False, True
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            if "quiz.show(" in cell["source"]:
                return
            if not plus and (outputs := _outputs(cell)):
                hidden = cell["metadata"].get("jupyter", {}).get("outputs_hidden")
                yield _code(cell, outputs, "subslide" if hidden else "-")
                shown = True
            continue
        for piece in HEADING.split(ASIDE.sub("", plain(cell["source"])).strip()):
            said, rest = caption(piece) if shown and not piece.startswith("#") else ("", piece)
            if said and not plus:
                yield _text(f"*{said}*", "-")
            if LAST.match(rest):
                return
            if rest.startswith("## "):
                plus = rest.split("\n")[0].rstrip().endswith(" +")
            if rest and not plus:
                head = rest.startswith("## ") or first
                yield _text(rest, "slide" if head else "subslide" if shown else "-")
                first = shown = False


def _outputs(cell: dict[str, Any]) -> list[dict[str, Any]]:
    """What a cell shows: pictures, texts and tables; not the line that stands for what is folded."""
    kept = []
    for output in cell["outputs"]:
        text = output.get("data", {}).get("text/plain", "")
        if text.strip() != FOLDED and output["output_type"] != "error":
            kept.append(output)
    return kept


def _code(cell: dict[str, Any], outputs: list[dict[str, Any]], kind: str) -> dict[str, Any]:
    about = {"slideshow": {"slide_type": kind}}
    return {**cell, "outputs": outputs, "metadata": about}


def _text(source: str, kind: str) -> dict[str, Any]:
    about = {"slideshow": {"slide_type": kind}}
    return {"cell_type": "markdown", "id": "", "metadata": about, "source": source}


def deck(path: Path, *, mathjax: bool, code: bool) -> str:
    """A chapter as a page of slides."""
    import nbformat
    from nbconvert import SlidesExporter

    notebook = read(path)
    made = list(cells(notebook))
    made.append(_text(f"Text and figures: {LICENCE}", "slide"))
    for number, cell in enumerate(made):
        cell["id"] = f"slide-{number}"
    exporter = SlidesExporter(
        raw_template=TEMPLATE.replace("STYLE", STYLE).replace("FIT", FIT), reveal_url_prefix=REVEAL
    )
    exporter.reveal_theme, exporter.mathjax_url = "white", MATHJAX if mathjax else ""
    exporter.exclude_input, exporter.exclude_input_prompt = not code, True
    exporter.exclude_output_prompt = True
    whole = nbformat.from_dict({**notebook, "cells": made})
    return exporter.from_notebook_node(whole, resources={"metadata": {"name": path.stem}})[0]


# ------------------------------------------------------------------------------ what lies beside them


def reveal_in(name: str) -> Path:
    """The npm package reveal.js.

    Raises
    ------
    Wrong
        When it is not there; with what to do.
    """
    place = Path(name).expanduser().resolve()
    if not (place / "dist" / "reveal.js").is_file():
        advice = f"run `npm install {REVEAL}@5` in this folder, or name the package's folder with --reveal"
        raise Wrong(f"there is no reveal.js in {place} (dist/reveal.js): {advice}")
    return place


def notes_in(reveal: Path) -> Path:
    """The speaker's view: it lies in `plugin` up to version 5, and in `dist/plugin` from 6 on."""
    places = [reveal / "plugin" / "notes" / "notes.js", reveal / "dist" / "plugin" / "notes.js"]
    found = [file for file in places if file.is_file()]
    if not found:
        raise Wrong(f"there is no notes.js in {reveal}: run `npm install {REVEAL}@5` in this folder")
    return found[0]


def mathjax_in(name: str) -> Path:
    """The one file of the npm package mathjax that is needed."""
    place = Path(name).expanduser().resolve()
    found = [file for file in (place / "es5" / MATHJAX, place / MATHJAX) if file.is_file()]
    if not found:
        raise Wrong(
            f"there is no MathJax in {place} (es5/{MATHJAX}): run `npm install mathjax@3` in this folder"
        )
    return found[0]


def put_beside(out: Path, reveal: Path, mathjax: Path | None) -> None:
    """Copy what the slides load, and no more: 5 MB at most."""
    target = out / REVEAL
    (target / "plugin" / "notes").mkdir(parents=True)
    shutil.copyfile(notes_in(reveal), target / "plugin" / "notes" / "notes.js")
    ignored = shutil.ignore_patterns("*.map", "*.esm.js", "*.mjs", "*.d.ts", "plugin", "utils")
    shutil.copytree(reveal / "dist", target / "dist", ignore=ignored)
    if mathjax is not None:
        shutil.copyfile(mathjax, out / MATHJAX)
    licence = reveal / "LICENSE"
    (out / MARK).write_text(licence.read_text("utf-8") if licence.is_file() else "MIT\n", encoding="utf-8")


def run(arguments: argparse.Namespace) -> None:
    """Write the decks that were asked for."""
    wanted, reveal = chapters(arguments.chapter), reveal_in(arguments.reveal)
    mathjax = None if arguments.mathjax is None else mathjax_in(arguments.mathjax)
    out = folder(arguments.out, MARK)
    with tempfile.TemporaryDirectory() as name:  # a failure leaves nothing half-made in `out`
        made = Path(name)
        put_beside(made, reveal, mathjax)
        for path in wanted:
            page = deck(path, mathjax=mathjax is not None, code=arguments.code)
            (made / f"{path.stem}.html").write_text(page, encoding="utf-8")
        (out / MARK).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(made / MARK, out / MARK)  # first: what follows is known as ours
        shutil.copytree(made, out, dirs_exist_ok=True)
    print(*(out / f"{path.stem}.html" for path in wanted), sep="\n")
    if mathjax is None:
        print("Formulas stand there as TeX: --mathjax FOLDER, after `npm install mathjax@3`, sets them.")


def main(argv: Sequence[str]) -> None:
    """Run the command."""
    try:
        run(parse(argv))
    except Wrong as error:
        raise SystemExit(f"hopfield-edu slides: {error}") from None
    except OSError as error:
        raise SystemExit(f"hopfield-edu slides: cannot read or write: {error}") from None
