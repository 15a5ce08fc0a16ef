"""The command `hopfield-edu site`: build the course's site into a folder."""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path

NEEDED = (  # distributions of the extra `site`, and pip
    "hatchling",
    "jupyterlite-core",
    "jupyterlite-pyodide-kernel",
    "myst-nb",
    "pip",
    "sphinx-book-theme",
)
EPILOG = """\
example:
  hopfield-edu site public

The folder works below any address, on any host of plain files that speaks HTTPS (or on this machine:
`python -m http.server --directory OUT`, then open the address that it prints).

By default MathJax and Pyodide's core come from the npm registry and lie in the site; NumPy, SciPy and
Matplotlib are loaded from where Pyodide keeps them. With --mathjax and --pyodide a visitor's browser asks no
other host for anything.
"""


def parse(words: Sequence[str]) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        prog="hopfield-edu site",
        description="Build the course as a folder for any static host: a book, and the course live in it.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("out", type=Path, metavar="OUT", help="folder to build; new, or one built before")
    parser.add_argument("--mathjax", type=Path, metavar="FOLDER", help="the npm package mathjax 3, unpacked")
    parser.add_argument(
        "--pyodide",
        type=Path,
        metavar="FOLDER",
        help="a distribution of Pyodide with NumPy, Matplotlib and IPython; all of it goes into the site",
    )
    parser.add_argument(
        "--only",
        choices=["book", "live", "links", "learners"],
        help="build one part alone, or look up the links to elsewhere, or write the learner's notebooks for "
        "Colab and nbgitpuller, each with a first cell that installs the course in Colab",
    )
    return parser.parse_args(words)


def missing() -> list[str]:
    """What the site needs and this environment lacks.

    Nothing is looked for by importing: where `pip` was, setuptools (which nbgrader imports) no longer loads.
    """
    lacking = []
    for name in NEEDED:
        try:
            metadata.distribution(name)
        except metadata.PackageNotFoundError:
            lacking.append(name)
    return lacking


def build(arguments: argparse.Namespace) -> None:
    """Build the site in a folder of its own, and put it in place when it is whole."""
    from hopfield_edu._site import book, learners, lite
    from hopfield_edu.course import clone

    root, out = clone(), arguments.out.resolve()
    if root is None:
        raise ValueError("the site is built from a clone of the repository, and this is none")
    if out.exists() and not out.is_dir():
        raise ValueError(f"{out} is a file; name a folder")
    if out.exists() and any(out.iterdir()) and not (out / ".nojekyll").exists():
        raise ValueError(f"{out} holds something other than a site; name another folder")
    lacking = missing()
    if lacking and arguments.only != "learners":
        raise ValueError(
            f"not installed: {', '.join(lacking)}. Try: pip install -c constraints.txt -e '.[site]'"
        )
    if arguments.only == "links":
        return book.build(root, out, out / ".work", builder="linkcheck")
    if arguments.only == "learners":
        return learners.build(root, out)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        work, site = Path(name), Path(name, "site")
        if arguments.only != "live":
            book.build(root, site, work / "book", arguments.mathjax)
        if arguments.only != "book":
            lite.build(root, site / "lite", work / "live", arguments.pyodide)
        (site / ".nojekyll").touch()  # or else GitHub's pages leave out what begins with _
        shutil.rmtree(out, ignore_errors=True)
        shutil.copytree(site, out)
    size = sum(path.stat().st_size for path in out.rglob("*") if path.is_file())
    print(f"The site is in {out}, {size / 1e6:.0f} MB")


def main(words: Sequence[str]) -> None:
    """Run the command."""
    try:
        build(parse(words))
    except (OSError, RuntimeError, ValueError, subprocess.CalledProcessError) as error:
        sys.exit(f"hopfield-edu site: {error}")
