"""What a check leaves in a notebook for machines, and how to read it without running anything."""

from __future__ import annotations

import ast
import hashlib
import inspect
import json
import textwrap
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import hopfield_edu
from hopfield_edu import _check
from hopfield_edu._values import show
from hopfield_edu.feedback._cards import Verdict

UNKNOWN = "unknown"


def record(verdict: Verdict, seed: str, answer: tuple[Any, ...]) -> dict[str, Any]:
    """The record of a verdict; all of it is JSON."""
    return {
        "check": verdict.exercise,
        "status": verdict.status,
        "mistake": verdict.mistake,
        "seed": seed,
        "version": hopfield_edu.__version__,
        "answer": [fingerprint(part) for part in answer],
    }


def fingerprint(answer: Any) -> str | None:
    """Twelve digits that change with an answer: with a function's statements, or with a value.

    Comments and layout do not count. None where the source of a function is not at hand.
    """
    try:
        if not callable(answer):
            return _digits(show(answer, limit=10**6, digits=12))
        source = textwrap.dedent(inspect.getsource(inspect.unwrap(answer)))
        (tree,) = ast.parse(source).body
        return _of_definition(tree)
    except Exception:  # an answer may be anything; one that cannot be read has no fingerprint
        return None


def _of_definition(tree: ast.stmt) -> str | None:
    return _digits(ast.unparse(tree)) if isinstance(tree, (ast.FunctionDef, ast.AsyncFunctionDef)) else None


def _digits(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _content(notebook: Any) -> Mapping[str, Any]:
    """What a notebook's file holds."""
    told = f"notebook is {_check.shown(notebook)}"
    if not isinstance(notebook, (str, Path)):
        raise TypeError(f"{told}; the path of a notebook or its content is wanted")
    try:
        content = json.loads(Path(notebook).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ValueError(f"{told}, which cannot be read as a notebook ({type(error).__name__})") from None
    if not isinstance(content, Mapping):
        raise ValueError(f"{told}, which holds no notebook")
    return content


def records(notebook: str | Path | Mapping[str, Any]) -> list[dict[str, Any]]:
    """What the checks in a notebook said, one entry for each call of a check, in the order of the cells.

    Nothing is run. The outputs are the learner's own file, so this tells where somebody stands; it is no
    proof of anything.

    Parameters
    ----------
    notebook : path or mapping
        A notebook's file, or its content as ``json`` or ``nbformat`` reads it.

    Returns
    -------
    entries : list of dict
        Each with ``cell`` (id of the cell), ``check``, ``status``, ``mistake``, ``seed``, ``version``,
        ``answer`` and ``stale``. `stale` is True if the answer's cell no longer holds what was checked,
        None where that cannot be seen. The status is "unknown" for a cell without output or with a stale one.
    """
    if not isinstance(notebook, Mapping):
        notebook = _content(notebook)
    answers: dict[str, str | None] = {}
    found = []
    for cell in notebook.get("cells", []):
        if cell.get("cell_type") != "code":
            continue
        tree = _parsed(cell.get("source", ""))
        answers |= _definitions(tree)
        calls = list(_calls(tree))
        kept = {entry.get("check"): entry for entry in _kept(cell)}
        for name, arguments in calls:
            found.append({"cell": cell.get("id"), **_entry(name, arguments, kept.get(name), answers)})
    return found


def _entry(
    name: str, arguments: list[str], kept: Mapping[str, Any] | None, answers: Mapping[str, str | None]
) -> dict[str, Any]:
    blank = {"status": UNKNOWN, "mistake": None, "seed": None, "version": None, "answer": None, "stale": None}
    if kept is None:
        return {"check": name, **blank}
    then = kept.get("answer") or []
    now = [answers.get(argument) for argument in arguments]
    pairs = [(a, b) for a, b in zip(then, now, strict=False) if a and b]
    stale = any(a != b for a, b in pairs) if pairs else None
    entry = blank | {key: kept.get(key) for key in ("status", "mistake", "seed", "version", "answer")}
    if stale:
        entry |= {"status": UNKNOWN, "mistake": None}
    return {"check": name, **entry, "stale": stale}


def _parsed(source: str | list[str]) -> ast.Module:
    """A cell's statements; none if it is no Python, as with a line that begins with % or !."""
    text = source if isinstance(source, str) else "".join(source)
    lines = ["pass" if line.startswith(("%", "!")) else line for line in text.split("\n")]
    try:
        return ast.parse("\n".join(lines))
    except (SyntaxError, ValueError):
        return ast.Module([], [])


def _definitions(tree: ast.Module) -> dict[str, str | None]:
    """The fingerprints of the functions and literals that a cell gives names to; None for any other value."""
    found: dict[str, str | None] = {}
    for step in tree.body:
        if isinstance(step, (ast.FunctionDef, ast.AsyncFunctionDef)):
            found[step.name] = _of_definition(step)
            continue
        for node in ast.walk(step):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                found[node.id] = None
            elif changed := _changed(node):
                found[changed] = None
        if isinstance(step, ast.Assign) and len(step.targets) == 1 and isinstance(step.targets[0], ast.Name):
            try:
                found[step.targets[0].id] = fingerprint(ast.literal_eval(step.value))
            except ValueError:
                pass
    return found


def _changed(node: ast.AST) -> str:
    """The name of a value that a node may change: ``table[1] = 3``, ``table.update(x)``, ``del table[1]``."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        inner: ast.AST = node.func.value
    elif isinstance(node, (ast.Subscript, ast.Attribute)) and not isinstance(node.ctx, ast.Load):
        inner = node.value
    else:
        return ""
    while isinstance(inner, (ast.Subscript, ast.Attribute)):
        inner = inner.value
    return inner.id if isinstance(inner, ast.Name) else ""


def _calls(tree: ast.Module) -> Iterator[tuple[str, list[str]]]:
    """The checks that a cell calls as its statements, with the names that they are given."""
    for step in tree.body:
        call = step.value if isinstance(step, ast.Expr) else None
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute):
            owner = call.func.value
            if isinstance(owner, ast.Name) and owner.id == "feedback" and call.func.attr in _names():
                yield call.func.attr, [getattr(argument, "id", "") for argument in call.args]


def _names() -> Mapping[str, Any]:
    from hopfield_edu.feedback import _CHAPTER, _own

    return {**_CHAPTER, **_own.loaded}


def _kept(cell: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for output in cell.get("outputs", []):
        entry = output.get("metadata", {}).get("hopfield_edu")
        if isinstance(entry, Mapping):
            yield entry
