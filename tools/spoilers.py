"""Whether the predictions of a chapter are asked, answered by what happens, and spoilt nowhere before.

`tools/notebooks.py check` asks `problems` about every chapter; the questions stand in
`hopfield_edu/predictions/`.
"""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

ASK = re.compile(r"\bpredict\.ask\(\s*[\"']([^\"']*)[\"']")
REVEAL = re.compile(r"\.(?:reveal|then)\(")  # what such a cell shows gives the answer away
OUTCOME = re.compile(r"\AOutcome: (.*)")
SHOWING = ("print", "display", "plots.show", "plt.show")


def questions(folder: Path, chapter: str) -> dict[str, dict[str, Any]]:
    """The predictions of a chapter, by "NN/name", from the texts in a folder."""
    path = folder / f"{chapter}.toml"
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    return {f"{chapter[:2]}/{name}": entry for name, entry in tomllib.loads(text).items()}


def problems(notebook: NotebookNode, asked: dict[str, dict[str, Any]]) -> Iterator[str]:
    """What is wrong with a chapter's predictions, one line each."""
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    found = [name for cell in code for name in ASK.findall(cell.source)]
    for name in sorted(set(found) - asked.keys()):
        yield f"prediction {name!r} is asked, but the library does not know it"
    for name, entry in asked.items():
        if found.count(name) != 1:
            yield f"prediction {name!r} is asked {found.count(name)} times"
        for cell in notebook.cells:
            if _plain(entry["why"]) in _plain(cell.source):
                yield f"prediction {name!r}: its reason stands in the cell {cell.source.strip()[:40]!r}"
    yield from _confrontations(code, asked)


def _confrontations(code: list[NotebookNode], asked: dict[str, dict[str, Any]]) -> Iterator[str]:
    """Questions that nothing answers, and cells that say something before they may."""
    waiting: list[str] = []
    for cell in code:
        where = f"code cell {cell.source.strip()[:40]!r}"
        if REVEAL.search(cell.source) and not _speaks_last(cell.source):
            yield f"{where} shows something before a choice: it goes through `reveal` or `then`, at the end"
        if ".reveal(" in cell.source:
            if not waiting:
                yield f"{where} reveals what nobody has asked for"
                continue
            name = waiting.pop()
            if (said := _unknown_outcome(cell, asked.get(name, {}))) is not None:
                yield f"{where}: {said!r} happened, which is none of the choices of {name!r}"
        waiting += ASK.findall(cell.source)
    for name in waiting:
        yield f"prediction {name!r} is asked, and nothing reveals what happens"


def _speaks_last(source: str) -> bool:
    """Whether a cell ends in what it reveals, and shows nothing else."""
    tree = ast.parse(source)
    calls = [ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)]
    last = tree.body[-1]
    ends = isinstance(last, ast.Expr) and REVEAL.search(ast.unparse(last))
    return bool(ends) and not any(call in SHOWING for call in calls)


def _unknown_outcome(cell: NotebookNode, entry: dict[str, Any]) -> str | None:
    """The outcome that a cell shows, if it is none of the choices."""
    choices = entry.get("choices")
    for output in cell.get("outputs", []):
        told = OUTCOME.match(output.get("data", {}).get("text/plain", ""))
        if told and choices and told[1] not in choices:
            return told[1]
    return None


def _plain(text: str) -> str:
    """A text without marks of code and without line breaks."""
    return " ".join(text.replace("`", "").split())
