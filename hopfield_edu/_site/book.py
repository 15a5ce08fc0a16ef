"""The pages that are read: chapters and exercises as committed, explorers, the library, made by Sphinx.

Sources are laid out as in the clone, so that links between notebooks stay what they are. Notebooks are not
run. A picture keeps the description that the library gave it, and moves from the notebook to a file.
"""

from __future__ import annotations

import html
import inspect
import json
import pkgutil
import re
import shutil
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import hopfield_edu
from hopfield_edu import glossary
from hopfield_edu._cards import FOLDED
from hopfield_edu._site import addresses, docstrings, finish, packages, pictures, sheets

HERE = Path(__file__).parent
SUMMARY = "Outcome of the prediction: choose first, then open"
LINK = re.compile(r'href="([\w./]+)\.ipynb(?:#([^"]*))?"')
TERMS = re.compile(r"^(\*\*(?:Terms|More terms)\.\*\*) (.*?)(?=\n\n|\Z)", re.MULTILINE | re.DOTALL)
BETWEEN_TERMS = re.compile(r"( · |(?<=\)), )")
GLOSSARY = "notebooks/A3_glossary"
TITLE = re.compile(r"^# .+$", re.MULTILINE)
DOCUMENTS = ("TOPICS.md", "GUIDE.md", "INSTRUCTORS.md", "HUB.md", "CLUSTER.md", "RELEASE.md")
MATHJAX = "mathjax@3.2.2"
MATHJAX_PARTS = ("tex-mml-chtml.js", "output/chtml/fonts/woff-v2", "input/tex/extensions")
#: Not for learners, or with members by the hundred that an exercise explains better.
NOT_IN_REFERENCE = {"course", "feedback"}

CONFIGURATION: dict[str, Any] = {
    "project": "Hopfield networks",
    "author": "The hopfield_edu authors",
    "copyright": "The hopfield_edu authors. Text and figures: CC BY 4.0. Code: BSD 3-Clause",
    "extensions": ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "sphinx.ext.mathjax"],
    "language": "en",
    "html_theme": "sphinx_book_theme",
    "html_title": "Hopfield networks",
    "html_static_path": ["_static"],
    "html_extra_path": ["_extra"],
    "html_css_files": ["site.css"],
    "html_js_files": [("site.js", {"defer": "defer"})],
    "html_context": {"default_mode": "auto"},
    "html_show_sourcelink": False,
    "html_copy_source": False,
    "html_domain_indices": False,
    "html_theme_options": {
        "use_download_button": False,
        "use_fullscreen_button": False,
        "home_page_in_toc": True,
        "show_toc_level": 2,
        "navbar_persistent": [],  # one field to search in is enough: the one in the side bar
    },
    "templates_path": [],
    "nb_execution_mode": "off",
    "nb_merge_streams": True,
    "myst_enable_extensions": ["amsmath", "dollarmath"],
    "smartquotes": False,  # --- is a state of three units, no dash
    "myst_dmath_double_inline": True,
    "myst_heading_anchors": 4,
    "myst_heading_slug_func": "hopfield_edu._site.book.slug",
    "mathjax_path": "../mathjax/tex-mml-chtml.js",
    **docstrings.NAPOLEON,
    "autodoc_typehints": "none",
    "maximum_signature_line_length": 60,
    "python_trailing_comma_in_multi_line_signatures": False,
    "autodoc_member_order": "bysource",
    "default_role": "literal",
    "linkcheck_anchors": False,  # many pages make theirs with JavaScript, which nobody runs there
    "linkcheck_retries": 3,
    "linkcheck_timeout": 20,
    "suppress_warnings": ["ref.python"],  # a letter such as N has a meaning in several models
}


def build(
    root: Path, target: Path, work: Path, mathjax: Path | None = None, *, builder: str = "html"
) -> None:
    """Build the book in `target`.

    Parameters
    ----------
    root : Path
        The clone.
    target, work : Path
        The folder of the site, and one for the sources; both new.
    mathjax : Path, optional
        The npm package mathjax 3, unpacked; by default it is fetched.
    builder : str
        "html", or "linkcheck", which looks up the links to elsewhere and tells of dead ones in `target`.
    """
    from sphinx.cmd.build import build_main

    source = work / "source"
    for name in ("_static", "_extra/pictures"):
        (source / name).mkdir(parents=True)
    chapters = _notebooks(root, source)
    _explorers(root, source)
    _reference(source)
    _documents(root, source)
    _landing(root, source, chapters)
    if builder == "html":
        _maths(mathjax or packages.npm(MATHJAX, work / "npm"), source / "_extra" / "mathjax")
    (source / "conf.py").write_text(
        "from hopfield_edu._site.book import CONFIGURATION\n"
        "from hopfield_edu._site.docstrings import setup\n\n"
        "globals().update(CONFIGURATION)\n",
        encoding="utf-8",
    )
    options = ["-q", "-b", builder, "-d", str(work / "doctrees"), "-w", str(work / "book.log")]
    if build_main([*options, str(source), str(target)]):
        raise RuntimeError("the book was not built:\n" + (work / "book.log").read_text(encoding="utf-8"))
    for path in target.rglob("*.html"):
        path.write_text(finish.finished(path.read_text(encoding="utf-8")), encoding="utf-8")


def slug(title: str) -> str:
    """The anchor of a heading, as JupyterLab makes it."""
    return title.replace(" ", "-")


def live(path: str, depth: int, words: str, elsewhere: dict[str, str] | None = None) -> str:
    """The links from a page, so many folders down, to a notebook in the live course, and to it elsewhere."""
    address = f"{'../' * depth}lite/lab/index.html?path={path}"
    others = "".join(
        f' <a class="hopfield-elsewhere" href="{html.escape(a)}">{w}</a>'
        for w, a in (elsewhere or {}).items()
    )
    return f'<p class="hopfield-live"><a href="{address}">{words}</a>{others}</p>'


def _notebooks(root: Path, source: Path) -> list[str]:
    """Chapters, appendices and exercises; returns the names of the chapters and appendices."""
    found, published = sorted(root.glob("notebooks/*.ipynb")), addresses.read(root)
    for path in [*found, *sorted(root.glob("exercises/*/*.ipynb"))]:
        name = path.relative_to(root)
        content = json.loads(path.read_text(encoding="utf-8"))
        depth, what = len(name.parts) - 1, "chapter" if name.parts[0] == "notebooks" else "exercise sheet"
        words = f"Open this {what} live, in your browser"
        links = live(name.as_posix(), depth, words, published.elsewhere(name.as_posix()))
        if what == "exercise sheet":
            solutions = root.joinpath("solutions", *name.parts[1:]).read_text(encoding="utf-8")
            sheets.show_given(content, json.loads(solutions))
            links += f"\n\n{sheets.NOTE}"
        readable(content, "../" * depth, source / "_extra" / "pictures")
        _after_title(content["cells"], links)
        for cell in content["cells"]:
            if cell["cell_type"] == "markdown":
                cell["source"] = to_glossary("".join(cell["source"]), "../" * depth)
        _write(source / name, json.dumps(content, ensure_ascii=False))
    for path in sorted(root.glob("exercises/*/*")):
        if path.suffix not in (".ipynb", ""):
            shutil.copyfile(path, source / path.relative_to(root))
    return [path.stem for path in found]


def to_glossary(words: str, up: str) -> str:
    """A cell in whose lines of terms each term leads to its row in the glossary; `up` leads to the root."""
    rows = _rows()

    def linked(item: str) -> str:
        english, _, german = item.partition(" (")
        rest = f" ({german}" if german else "." * english.endswith(".")
        name = english.removesuffix(".")
        return f'<a href="{up}{rows[name]}">{name}</a>{rest}' if name in rows else item

    def line(found: re.Match[str]) -> str:
        items = BETWEEN_TERMS.split(" ".join(found[2].split()))
        return f"{found[1]} {''.join(map(linked, items))}"

    return TERMS.sub(line, words)


@cache
def _rows() -> dict[str, str]:
    """The address of each term's row, from the root."""
    return {term.english: f"{GLOSSARY}.html#{term.anchor}" for term in glossary.terms()}


def readable(notebook: dict[str, Any], up: str, folder: Path) -> None:
    """Fold what would spoil a prediction, and take the pictures out; `up` leads to the root of the site."""
    for cell in notebook["cells"]:
        if cell["cell_type"] != "code":
            continue
        cell["outputs"] = [o for o in cell["outputs"] if _plain(o) != FOLDED]  # here the summary says it
        for output in cell["outputs"]:
            data = output.get("data", {})
            if "text/html" in data:
                data.pop("image/png", None)
                text = LINK.sub(_to_page, "".join(data["text/html"]))
                shown = pictures.outside(text, up, folder)
                data["text/html"] = _for_phone(cell, output, shown, up, folder)
        if cell["metadata"].get("jupyter", {}).get("outputs_hidden") and cell["outputs"]:
            cell["metadata"]["tags"] = [*cell["metadata"].get("tags", []), "hide-output"]
            cell["metadata"]["mystnb"] = {"code_prompt_show": SUMMARY, "code_prompt_hide": "Fold the outcome"}


def _for_phone(cell: dict[str, Any], output: dict[str, Any], shown: str, up: str, folder: Path) -> str:
    """A picture of an explorer, with its panels above one another on a phone."""
    if not (told := _plain(output)).startswith("explore."):
        return shown
    explorer = pictures.explorer_of("".join(cell["source"]), told)
    stacked = pictures.stacked(explorer) if explorer else None
    return pictures.for_phone(shown, stacked, up, folder) if stacked else shown


def _to_page(found: re.Match[str]) -> str:
    """A link of an output to a chapter, with the anchor that Sphinx makes of a heading."""
    anchor = re.sub(r"[^a-z0-9]+", "-", html.unescape(found[2] or "").lower()).strip("-")
    return f'href="{found[1]}.html' + (f'#{anchor}"' if anchor else '"')


def _plain(output: dict[str, Any]) -> str:
    return "".join(output.get("data", {}).get("text/plain", ""))


def _after_title(cells: list[dict[str, Any]], text: str) -> None:
    """Put a paragraph below the title of a notebook."""
    first = next(cell for cell in cells if cell["cell_type"] == "markdown")
    words = "".join(first["source"])
    first["source"] = TITLE.sub(lambda found: f"{found[0]}\n\n{text}\n", words, count=1)


def explorers() -> Iterator[str]:
    """The names of all explorers."""
    from hopfield_edu import explore

    names = (name for name in explore.__all__ if name.islower() and not name.startswith("draw_"))
    return (name for name in names if inspect.isfunction(getattr(explore, name)))


def _explorers(root: Path, source: Path) -> None:
    """A page for each explorer: a picture of it, what its arguments are, and the way to it live."""
    from hopfield_edu import explore

    texts = {path.stem: path.read_text(encoding="utf-8") for path in sorted(root.glob("notebooks/*.ipynb"))}
    names, told = list(explorers()), []
    for name in names:
        shown = _still(getattr(explore, name)(), source / "_extra" / "pictures")
        used = [stem for stem, text in texts.items() if f"explore.{name}(" in text]
        chapters = ", ".join(
            f"[{title(root / 'notebooks' / f'{s}.ipynb')}](../notebooks/{s}.ipynb)" for s in used
        )
        words = name.replace("_", " ")
        page = [
            f"# {words.capitalize()}",
            live(f"explorers/{name}.ipynb", 1, "Move its controls, in your browser"),
            shown,
            f"In the course: {chapters}." if chapters else "",
            f"```{{eval-rst}}\n.. autofunction:: hopfield_edu.explore.{name}\n```",
        ]
        _write(source / "explorers" / f"{name}.md", "\n\n".join(page))
        small = f'<img loading="lazy" alt="The explorer {words}" src="{pictures.source(shown)}">'
        told.append(f"- [{small} {words}]({name}.md): {_says(getattr(explore, name))}")
    intro = "Each is alive in the course: move a control, click into the picture, and read why it changes."
    gallery = ["````{container} hopfield-gallery", *told, "````"]
    _write(
        source / "explorers" / "index.md",
        "\n".join(["# Explorers", "", intro, "", *gallery, "", _tree(names, hidden=True)]),
    )


def _still(explorer: Any, folder: Path) -> str:
    """What the page of an explorer shows of it, with another picture on a phone."""
    from hopfield_edu.explore._base import Explorer

    shown = explorer.still()[0]["text/html"]
    if "<img" not in shown:  # a table to be filled in
        shown += Explorer.still(explorer)[0]["text/html"]
    shown, stacked = pictures.outside(shown, "../", folder), pictures.stacked(explorer)
    return pictures.for_phone(shown, stacked, "../", folder) if stacked else shown


def _says(thing: Any) -> str:
    """The first sentence of a docstring."""
    return (inspect.getdoc(thing) or "").split("\n\n")[0].replace("\n", " ")


def title(path: Path) -> str:
    """The title of a notebook."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    found = TITLE.search("\n".join("".join(c["source"]) for c in cells if c["cell_type"] == "markdown"))
    return found[0].removeprefix("# ") if found else path.stem


def _reference(source: Path) -> None:
    """A page for each public module, from its docstrings."""
    found = [info for info in pkgutil.iter_modules(hopfield_edu.__path__) if not info.name.startswith("_")]
    names = [info.name for info in found if info.name not in NOT_IN_REFERENCE]
    for name in names:
        module = import_module(f"hopfield_edu.{name}")
        packed = hasattr(module, "__path__")
        options = "   :members:\n" * (name != "explore") + "   :imported-members:\n" * packed
        text = (
            f"hopfield_edu.{name}\n{'=' * (len(name) + 13)}\n\n.. automodule:: hopfield_edu.{name}\n{options}"
        )
        _write(source / "reference" / f"{name}.rst", text)
    told = [f"- [{name}]({name}.rst): {_says(import_module(f'hopfield_edu.{name}'))}" for name in names]
    _write(
        source / "reference" / "index.md",
        "\n".join(["# The library", "", *told, "", _tree(names, hidden=True)]),
    )


def _documents(root: Path, source: Path) -> None:
    """The documents that are of use to readers of the site, and how the live course works."""
    for name in DOCUMENTS:
        _write(source / name, (root / name).read_text(encoding="utf-8"))
    shutil.copyfile(HERE / "live.md", source / "live.md")


def _landing(root: Path, source: Path, chapters: list[str]) -> None:
    """The first page: a network to play with, the chapters, and the ways in."""
    from hopfield_edu import datasets

    memories = {name: datasets.icons([name])[0].tolist() for name in ("heart", "house", "note")}
    given = html.escape(json.dumps(memories, separators=(",", ":")))
    readme = (root / "README.md").read_text(encoding="utf-8")
    table = readme.partition("<!-- chapters -->")[2].partition("<!-- /chapters -->")[0]
    text = (HERE / "index.md").read_text(encoding="utf-8")
    text = text.replace("MEMORIES", given).replace("CHAPTERS", _minutes(table.strip()))
    exercises = sorted(path.parent.name for path in root.glob("exercises/*/*.ipynb"))
    trees = [
        _tree([_numbered(root, f"notebooks/{name}") for name in chapters], "Chapters"),
        _tree([_numbered(root, f"exercises/{name}/{name}") for name in exercises], "Exercises"),
        _tree(["explorers/index", "reference/index", "live", *(Path(d).stem for d in DOCUMENTS)], "More"),
    ]
    _write(source / "index.md", "\n\n".join([text, *trees]))
    own = Path(hopfield_edu.__file__).parent / "explore"
    for path in (HERE / "landing.js", HERE / "site.js", own / "grid.js"):
        shutil.copyfile(path, source / "_static" / path.name)
    styles = [(HERE / "site.css"), own / "grid.css"]
    _write(source / "_static" / "site.css", "\n".join(p.read_text(encoding="utf-8") for p in styles))


def _minutes(table: str) -> str:
    """The table of chapters with times that stay in one line each."""
    return re.sub(r"(core: )?\d+ min", lambda time: time[0].replace(" ", "&nbsp;"), table)


def _numbered(root: Path, name: str) -> str:
    """An entry of the table of contents, with the number of the chapter."""
    words = title(root / f"{name}.ipynb").removeprefix("Exercises: ")
    return f"{Path(name).name.partition('_')[0]} {words[0].upper()}{words[1:]} <{name}>"


def _tree(names: list[str], caption: str = "", *, hidden: bool = True) -> str:
    options = f":caption: {caption}\n" * bool(caption) + ":hidden:\n" * hidden
    return "```{toctree}\n" + options + "\n" + "\n".join(names) + "\n```"


def _maths(package: Path, target: Path) -> None:
    """The parts of MathJax that the pages load."""
    origin = package / "es5" if (package / "es5").is_dir() else package
    target.mkdir(parents=True)
    for part in MATHJAX_PARTS:
        (target / part).parent.mkdir(parents=True, exist_ok=True)
        copy = shutil.copytree if (origin / part).is_dir() else shutil.copyfile
        copy(origin / part, target / part)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
