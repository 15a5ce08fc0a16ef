"""Exercise sheets as the site shows them: with what their given cells draw.

A released sheet carries no outputs. Those of its solutions fit where a cell is the same in both and uses
nothing that an answer has made, so that nothing is given away.
"""

from __future__ import annotations

import ast
from typing import Any

NOTE = (
    "The sheet as it is given, to be read or worked out on paper. "
    "What your own answers draw, and what the checks say of them, appears where it runs."
)


def show_given(sheet: dict[str, Any], solutions: dict[str, Any]) -> None:
    """Give those cells of a sheet that need no answer the pictures that they draw."""
    solved = {cell["id"]: cell for cell in solutions["cells"] if cell["cell_type"] == "code"}
    answers: set[str] = set()
    for cell in sheet["cells"]:
        if cell["cell_type"] != "code":
            continue
        made, used = names("".join(cell["source"]))
        if _is_answer(cell) or used & answers:
            answers |= made
        elif "".join(solved[cell["id"]]["source"]) == "".join(cell["source"]):
            answers -= made
            cell["outputs"] = [o for o in solved[cell["id"]]["outputs"] if "image/png" in o.get("data", {})]


def names(source: str) -> tuple[set[str], set[str]]:
    """The names that a cell makes, and those that it uses."""
    made, used = set(), set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Name):
            (used if isinstance(node.ctx, ast.Load) else made).add(node.id)
        elif isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            made.add(node.name)
        elif isinstance(node, ast.alias):
            made.add((node.asname or node.name).partition(".")[0])
    return made, used


def _is_answer(cell: dict[str, Any]) -> bool:
    return bool(cell["metadata"].get("nbgrader", {}).get("solution"))
