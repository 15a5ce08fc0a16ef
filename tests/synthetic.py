"""Synthetic students: right answers, named mistakes, blanks and disasters, and what is true of each.

Nothing is executed by Jupyter. An answer's code is run here, its check is asked, and the card is put into the
cell's outputs as Jupyter leaves it.
"""

from __future__ import annotations

import ast
import functools
import inspect
import linecache
import os
import re
import textwrap
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import classroom
import nbformat
import numpy as np
from answers import RIGHT, TABLES, WRONG

import notebooks as tool
from hopfield_edu import feedback
from hopfield_edu.feedback._core import ExampleCheck

ASSIGNMENT = "03_energy"
SEED = "spring"

#: Misconceptions that several students have.
PLANTED = (
    ("energy", "self-connections left out"),
    ("energy", "bias in the double sum"),
    ("energy_change", "old minus new"),
    ("energy_change", "changes its input"),
    ("zero_one_map", "diagonal left out"),
    ("two_step_energy", "sum of two energies"),
    ("energy_derivation", "minus signs lost"),
)

#: What becomes of a notebook after its last cell: how, and what can then be read from it.
Change = Callable[[nbformat.NotebookNode], None]


@dataclass
class Truth:
    """What is true of a class.

    Attributes
    ----------
    verdicts : dict
        (student, check) -> what the report must say.
    mistakes : dict
        (check, mistake) -> the students who make it.
    unread : set
        Students whose notebook cannot be read.
    """

    verdicts: dict[tuple[str, str], str] = field(default_factory=dict)
    mistakes: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)


@functools.cache
def solutions() -> dict[str, str]:
    """The source of each right answer, by its check; examples as they come out, without a search for them."""
    sources = dict(_pairs(classroom.solved(ASSIGNMENT)))
    for check in sources:
        asked = getattr(feedback, check)
        if isinstance(asked, ExampleCheck):
            parts = zip(asked.parts, asked.solution, strict=True)
            sources[check] = "\n".join(f"{name} = {np.asarray(value).tolist()}" for name, value in parts)
    return sources


def _pairs(notebook: nbformat.NotebookNode) -> list[tuple[str, str]]:
    """Each check with the source of the answer above it."""
    found, source = [], ""
    for cell in notebook.cells:
        if classroom.is_answer(cell):
            source = cell.source
        if classroom.is_check(cell):
            found.append((check_of(cell), source))
    return found


def check_of(cell: nbformat.NotebookNode) -> str:
    return re.search(r"^feedback\.(\w+)\(", cell.source, re.MULTILINE)[1]


@functools.cache
def variants(check: str) -> list[str]:
    """Right answers to a check, as different students write them."""
    written = [_written(answer.function, check) for answer in RIGHT if answer.check == check]
    return [solutions()[check], *(source for source in written if "Fraction" not in source)]  # not imported


@functools.cache
def mistaken(check: str) -> dict[str, list[str]]:
    """Wrong answers to a check, by the one name of their mistake."""
    found: dict[str, list[str]] = {}
    for answer in WRONG:
        if answer.check == check and len(answer.names) == 1:
            found.setdefault(answer.names[0], []).append(_written(answer.function, check))
    for name, table, mistake in TABLES:
        if name == check and mistake and not callable(table):
            plain = {row: entry for row, entry in table.items()}
            found.setdefault(mistake, []).append(f"{_table_name(check)} = {plain!r}")
    return found


def _written(function: Callable[..., Any], check: str) -> str:
    source = textwrap.dedent(inspect.getsource(function))
    lines = [line for line in source.split("\n") if not line.startswith("@")]
    return re.sub(r"^def \w+", f"def {check}", "\n".join(lines).strip())


def _table_name(check: str) -> str:
    return solutions()[check].split(" =")[0]


# ------------------------------------------------------------------------------ running


def run(notebook: nbformat.NotebookNode, seed: str = SEED) -> nbformat.NotebookNode:
    """Give every check's cell the card that it shows after *Run all*."""
    source = ""
    for cell in notebook.cells:
        if classroom.is_answer(cell):
            source = cell.source
        if classroom.is_check(cell):
            cell.outputs = [nbformat.from_dict(_card(cell.source, source, seed))]
            cell.execution_count = 1
    return notebook


@functools.cache
def _card(call: str, answer: str, seed: str) -> dict[str, Any]:
    space = _names()
    file = f"<answer {abs(hash((answer, seed)))}>"
    linecache.cache[file] = (len(answer), None, answer.splitlines(keepends=True), file)
    os.environ["HOPFIELD_EDU_SEED"] = seed
    try:
        exec(compile(answer, file, "exec"), space)
        verdict = eval(ast.unparse(ast.parse(call).body[-1]), space)
    finally:
        del os.environ["HOPFIELD_EDU_SEED"]
    data = {"text/html": verdict._repr_html_(), "text/plain": repr(verdict)}
    return {"output_type": "display_data", "data": data, "metadata": {"hopfield_edu": dict(verdict.record)}}


def _names() -> dict[str, Any]:
    from fractions import Fraction

    from hopfield_edu import binary, state_space

    return {
        "np": np,
        "binary": binary,
        "state_space": state_space,
        "feedback": feedback,
        "Fraction": Fraction,
    }


# ------------------------------------------------------------------------------ students


def answered(choices: dict[str, str]) -> nbformat.NotebookNode:
    """The exercises with these answers, by check; the others are as they were handed out."""
    notebook = classroom.handed_out(ASSIGNMENT)
    for cell, check in zip(filter(classroom.is_answer, notebook.cells), checks(), strict=True):
        cell.source = choices.get(check, cell.source)
    return notebook


@functools.cache
def checks() -> tuple[str, ...]:
    return tuple(solutions())


def choose(rng: np.random.Generator, mistakes: dict[str, str], various: bool) -> dict[str, str]:
    """What a student writes: the mistakes that are given, else a right answer or, at times, nothing."""
    chosen = {}
    for check in checks():
        if check in mistakes:
            options = mistaken(check)[mistakes[check]][: None if various else 1]
            chosen[check] = options[rng.integers(len(options))]
        elif rng.random() < 0.8:
            options = variants(check)[: None if various else 1]
            chosen[check] = options[rng.integers(len(options))]
    return chosen


def signed(chosen: dict[str, str], student: str) -> dict[str, str]:
    """The same functions with a name in them, as people leave it: in a comment, a docstring, a variable."""
    made = {}
    for check, source in chosen.items():
        lines = [f"# {student}'s own work"]
        for line in source.split("\n"):
            lines.append(line)
            if line.startswith("def ") and line.endswith(":"):
                lines += [
                    f'    """Written by {student}."""',
                    f'    _{student.replace(" ", "_")} = "{student}"',
                ]
        made[check] = "\n".join(lines)
    return made


def students(
    count: int, seed: int = 0, various: bool = True
) -> tuple[dict[str, nbformat.NotebookNode | bytes], Truth]:
    """A class, the notebooks by name, and what is true of it; the last sixth of it are disasters.

    Where they are not various, right answers to an exercise are the same, and only one mistake is signed.
    """
    rng, truth = np.random.default_rng(seed), Truth()
    handed_in: dict[str, nbformat.NotebookNode | bytes] = {}
    disasters = list(DISASTERS)[: max(1, count // 6)]
    for k in range(count - len(disasters)):
        name = f"student{k:03d}"
        mistakes = {}
        if k % 3:  # two thirds have misconceptions
            for check, mistake in (PLANTED[k % len(PLANTED)], PLANTED[(k + 3) % len(PLANTED)]):
                mistakes[check] = mistake
        chosen = choose(rng, mistakes, various)
        own = signed({check: chosen[check] for check in list(mistakes)[: None if various else 1]}, name)
        handed_in[name] = run(answered(chosen | own))
        for check in checks():
            told = "not yet" if check in mistakes else "right" if check in chosen else "not attempted"
            truth.verdicts[name, check] = told
        for check, mistake in mistakes.items():
            truth.mistakes.setdefault((check, mistake), set()).add(name)
    for name in disasters:
        handed_in[name], told = DISASTERS[name]()
        truth.verdicts |= {(name, check): told for check in checks()}
        if isinstance(handed_in[name], bytes):
            truth.unread.add(name)
    return handed_in, truth


def _after(change: Change, told: str) -> Callable[[], tuple[nbformat.NotebookNode, str]]:
    def make() -> tuple[nbformat.NotebookNode, str]:
        notebook = run(answered(solutions()))
        change(notebook)
        return notebook, told

    return make


def cleared(notebook: nbformat.NotebookNode) -> None:
    for cell in filter(classroom.is_check, notebook.cells):
        cell.outputs = []


def changed_after(notebook: nbformat.NotebookNode) -> None:
    """Every answer was changed after its check had run: to one that the record knows nothing of."""
    for cell, check in zip(filter(classroom.is_answer, notebook.cells), checks(), strict=True):
        if cell.source.startswith("def "):
            cell.source = f"def {check}(*anything):\n    return 0"


def forged(notebook: nbformat.NotebookNode) -> None:
    """Outputs that no check has made."""
    nonsense = [
        {"hopfield_edu": "text"},
        {"hopfield_edu": {"check": ["x"], "status": 3}},
        {"hopfield_edu": {"check": None, "status": "<script>alert(1)</script>"}},
    ]
    for cell in filter(classroom.is_check, notebook.cells):
        cell.outputs = [
            nbformat.v4.new_output("display_data", {"text/plain": "x"}, metadata=wrong) for wrong in nonsense
        ]


def _whole() -> bytes:
    return tool.as_bytes(run(answered(solutions())))


DISASTERS: dict[str, Callable[[], tuple[Any, str]]] = {
    "blank": lambda: (classroom.handed_out(ASSIGNMENT), "not attempted"),
    "truncated": lambda: (_whole()[:-4000], "unknown"),
    "cleared": _after(cleared, "unknown"),
    "empty": lambda: (b"", "unknown"),
    "without checks": _after(classroom.without_checks, "unknown"),
    "without marks": _after(classroom.without_marks, "right"),
    "forged": _after(forged, "unknown"),
    "copied cells": _after(classroom.with_copies, "right"),
    "no text": lambda: (b"\xff\xfe\x00\xff", "unknown"),
    "no notebook": lambda: (b"[1, 2]", "unknown"),
}


def hand_in(course: Path, handed_in: dict[str, nbformat.NotebookNode | bytes]) -> Path:
    """Put a class's notebooks where they are collected."""
    for student, content in handed_in.items():
        path = course / "submitted" / student / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else tool.as_bytes(content))
    return course / "submitted"
