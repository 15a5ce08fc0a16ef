"""The command `hopfield-edu figures`: every figure of the course as SVG and PDF, with caption and licence."""

from __future__ import annotations

import argparse
import html
import json
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from hopfield_edu._cards import marked
from hopfield_edu._handout.chapters import LICENCE, Wrong, caption, chapters, folder, plain, read

EPILOG = """\
example:
  hopfield-edu figures my-figures --only 03

  runs the chapter and writes my-figures/03_energy/03_energy-01.svg and .pdf, 02 ..., and a page
  my-figures/index.html with all of them and their captions. Without --only: all chapters, in some minutes.

The figures are under CC BY 4.0: use and change them, and name the authors. The licence stands in each file.
"""
INDEX = "index.html"
STYLE = """
body { margin: 0 auto; padding: 1rem; max-width: 60rem; font: 16px/1.5 system-ui, sans-serif; color: #1c2733;
  background: #fff; }
figure { margin: 1.5rem 0; } img { max-width: 100%; background: #fff; border: 1px solid #d3dae2; }
details { color: #55616f; }
"""


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        prog="hopfield-edu figures",
        description="Write every figure of the course as SVG and PDF, for slides of your own.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("out", metavar="OUT", help="folder for the figures; new, or one of this command's")
    parser.add_argument(
        "--only", action="append", metavar="NN", help="this chapter; may be given several times"
    )
    return parser.parse_args(argv)


def draw(path: Path, place: Path) -> list[dict[str, Any]]:
    """The figures of a chapter, drawn into a folder; what is known about each."""
    place.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "hopfield_edu._handout.draw", str(path), str(place)]
    root = str(Path(__file__).resolve().parents[2])
    paths = os.pathsep.join(filter(None, [root, os.environ.get("PYTHONPATH", "")]))
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env=os.environ | {"PYTHONPATH": paths},
    )
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
        raise Wrong(f"{path.name} does not run: {last}")
    found = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    said = captions(path)
    return [one | said.get(one["cell"], {"caption": "", "heading": ""}) for one in found]


def captions(path: Path) -> dict[str, dict[str, str]]:
    """The caption below each cell of code, and the heading above it, by the cell's id."""
    found: dict[str, dict[str, str]] = {}
    heading, last = "", None
    for cell in read(path)["cells"]:
        if cell["cell_type"] == "code":
            found[cell["id"]], last = {"caption": "", "heading": heading}, cell["id"]
            continue
        text = plain(cell["source"])
        if last is not None:
            found[last]["caption"], last = caption(text)[0], None
        heads = re.findall(r"^#+ (.*?)(?: \+)?$", text, re.MULTILINE)
        heading = heads[-1] if heads else heading
    return found


def index(figures: dict[str, list[dict[str, Any]]]) -> str:
    """A page with all figures, by chapter."""
    parts = [f"<h1>Figures of hopfield_edu</h1><p>{html.escape(LICENCE)}</p>"]
    for chapter, found in figures.items():
        parts.append(f"<h2>{chapter}</h2>")
        parts += [_figure(chapter, one) for one in found]
    head = f'<meta charset="utf-8"><title>Figures of hopfield_edu</title><style>{STYLE}</style>'
    body = "\n".join(parts)
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head>{head}</head>\n<body><main>\n{body}\n</main></body></html>\n'
    )


def _figure(chapter: str, one: dict[str, Any]) -> str:
    from hopfield_edu.plots._show import spoken

    file, text = f"{chapter}/{one['name']}", html.escape(one["text"], quote=True)
    links = f'<a href="{file}.svg">{one["name"]}.svg</a>, <a href="{file}.pdf">.pdf</a>'
    said = f"{marked(spoken(one['caption']))} <em>{html.escape(one['heading'])}.</em> {links}"
    described = f"<details><summary>Description</summary>{text}</details>"
    return f'<figure><img src="{file}.svg" alt="{text}"><figcaption>{said}{described}</figcaption></figure>'


def run(arguments: argparse.Namespace) -> None:
    """Draw the chapters that were asked for, and write the page."""
    from tqdm.auto import tqdm

    wanted, out = chapters(arguments.only), folder(arguments.out, INDEX)
    figures = {
        path.stem: draw(path, out / path.stem) for path in tqdm(wanted, desc="figures", unit="chapter")
    }
    (out / INDEX).write_text(index(figures), encoding="utf-8")
    print(f"{sum(map(len, figures.values()))} figures, as SVG and PDF, are in {out}; look at {out / INDEX}")
    print(f"Licence: {LICENCE}")


def main(argv: Sequence[str]) -> None:
    """Run the command."""
    try:
        run(parse(argv))
    except Wrong as error:
        raise SystemExit(f"hopfield-edu figures: {error}") from None
    except OSError as error:
        raise SystemExit(f"hopfield-edu figures: cannot read or write: {error}") from None
    except KeyboardInterrupt:
        raise SystemExit("\nhopfield-edu figures: stopped; the chapters before are finished") from None
