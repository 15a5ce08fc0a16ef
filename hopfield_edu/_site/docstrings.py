"""Docstrings as the reference shows them: plain text that reads well in `help()`, made reStructuredText.

In it a bar is a bar, an initial is no item of a list, a Markdown table is a table, and several attributes
may share a line, as numpydoc allows.
"""

from __future__ import annotations

import ast
import itertools
import re
import textwrap
from collections.abc import Sequence
from typing import Any

#: How napoleon reads them: "weights, bias : array" stays one entry, with one text.
NAPOLEON = {
    "napoleon_google_docstring": False,
    "napoleon_use_param": False,
    "napoleon_use_rtype": False,
    "napoleon_custom_sections": [("Attributes", "params_style")],
}
FIELD = "Alias for field number"  # what Python says of a field that nobody has described
COLON = "\ue000"
INITIAL = re.compile(r"^(\s*)([A-Za-z]\.)(?=\s|$)")
RULE = re.compile(r"\|[-:| ]+\|")


def setup(app: Any) -> None:
    """Sphinx calls it."""
    app.connect("autodoc-process-docstring", before_napoleon, priority=100)
    app.connect("autodoc-process-docstring", after_napoleon, priority=900)
    app.connect("autodoc-skip-member", says_nothing)


def before_napoleon(_app: Any, kind: str, _name: str, _thing: Any, _options: Any, lines: list[str]) -> None:
    """Make reStructuredText of a docstring, line by line in place."""
    if kind in ("property", "attribute") and lines:
        lines[0] = lines[0].replace(":", COLON)  # or else what stands before it would be taken for a type
    lines[:] = [line for kind, part in _parts(lines) for line in _MAKE[kind](part)]


def after_napoleon(_app: Any, _kind: str, _name: str, _thing: Any, _options: Any, lines: list[str]) -> None:
    """Put back what was hidden from napoleon."""
    lines[:] = [line.replace(COLON, ":") for line in lines]


def says_nothing(_app: Any, _kind: str, _name: str, thing: Any, skip: bool, _options: Any) -> bool | None:
    """Leave out the fields of a named tuple without a text of their own: its signature names them."""
    return True if (getattr(thing, "__doc__", None) or "").startswith(FIELD) else None


def _parts(lines: Sequence[str]) -> list[tuple[str, list[str]]]:
    """A docstring in parts: tables, indented blocks before the first section, and text."""
    kinds, told = [], next((k for k, line in enumerate(lines) if set(line.strip()) == {"-"}), len(lines) + 1)
    for k, line in enumerate(lines):
        before, kind = (lines[k - 1].strip(), kinds[-1]) if k else ("", "text")
        if line.startswith("|") and (kind == "table" or RULE.fullmatch("".join(lines[k + 1 : k + 2]))):
            kinds.append("table")
        elif k < told - 1 and line.startswith("    ") and (kind == "block" or _apart(lines[:k], before)):
            kinds.append("block")
        else:
            kinds.append("text")
    pairs = itertools.groupby(zip(kinds, lines, strict=True), key=lambda pair: pair[0])
    return [(kind, [line for _, line in part]) for kind, part in pairs]


def _apart(above: Sequence[str], before: str) -> bool:
    """Whether an indented line begins a block that nothing has announced as one."""
    return not before and not "".join(above).rstrip().endswith("::")


def _text(lines: list[str]) -> list[str]:
    def plain(line: str) -> str:
        if line.lstrip().startswith(">>>"):
            return line
        line = re.sub(r"(``.*?``)|\|", lambda found: found[1] or r"\|", line)
        return INITIAL.sub(r"\1\\\2", line)

    return [plain(line) for line in lines]


def _block(lines: list[str]) -> list[str]:
    """Code or a formula, in colours only if it is code."""
    return [f".. code-block:: {'python' if _is_code(lines) else 'text'}", "", *lines, ""]


def _is_code(lines: list[str]) -> bool:
    try:
        parsed = ast.parse(textwrap.dedent("\n".join(lines)))
    except SyntaxError:
        return False
    return any(isinstance(node, ast.Call) for node in ast.walk(parsed))


def _table(lines: list[str]) -> list[str]:
    """A Markdown table as a list of rows."""
    made = [".. list-table::", "   :header-rows: 1", ""]
    for line in (line for line in lines if not RULE.fullmatch(line)):
        first, *rest = (cell.strip() for cell in line.strip().strip("|").split("|"))
        made += [f"   * - {first}", *(f"     - {cell}" for cell in rest)]
    return [*made, ""]


_MAKE = {"text": _text, "block": _block, "table": _table}
