"""The record that a check leaves beside its card: written, kept by `build`, read without running anything."""

from __future__ import annotations

import copy
import json

import nbformat
import pytest

import hopfield_edu
import notebooks as tool
from hopfield_edu import feedback
from hopfield_edu.feedback import _records as records_module

ANSWER = "def new_value(h, y):\n    return {}\n"
TABLE = "hypercube = {{2: [4, 2, {}], 3: [8, 3, 12], 4: [16, 4, 32]}}\n"


def notebook(*sources: str) -> nbformat.NotebookNode:
    cells = [nbformat.v4.new_code_cell(source, id=f"cell-{k}") for k, source in enumerate(sources)]
    return nbformat.v4.new_notebook(cells=cells, metadata=tool.KERNEL)


@pytest.fixture(scope="module")
def executed(tmp_path_factory):
    """A learner's notebook after a run of all its cells."""
    return tool.execute(
        notebook(
            "from hopfield_edu import feedback",
            ANSWER.format("1 if h >= 0 else -1"),
            "feedback.new_value(new_value, seed='Ada')",
            TABLE.format(4),
            "feedback.hypercube(hypercube)",
            "feedback.local_field(None)",
        ),
        tmp_path_factory.mktemp("run"),
    )


def test_records_are_read_without_running(executed):
    first, second, third = feedback.records(executed)
    assert first["cell"] == "cell-2" and first["check"] == "new_value" and first["seed"] == "Ada"
    assert first["status"] == "not yet" and first["mistake"] == "sgn(0) = +1"
    assert first["version"] == hopfield_edu.__version__ and first["stale"] is False
    assert (second["check"], second["status"], second["stale"]) == ("hypercube", "correct", False)
    assert (third["status"], third["stale"]) == ("not attempted", None)


def test_a_build_keeps_records_and_a_file_holds_them(executed, tmp_path):
    kept = tool.normalise(copy.deepcopy(executed))
    path = tmp_path / "exercise.ipynb"
    path.write_bytes(tool.as_bytes(kept))
    assert feedback.records(path) == feedback.records(str(path)) == feedback.records(executed)
    assert feedback.records(json.loads(path.read_text())) == feedback.records(executed)


def test_a_table_that_is_filled_in_afterwards_is_not_stale(tmp_path):
    filled = ["hypercube[2] = [4, 2, 4]", "hypercube[2][2] = 4", "hypercube[2][2] += 3"]
    filled += ["hypercube.update({2: [4, 2, 4]})", "del hypercube[2]\nhypercube |= {2: [4, 2, 4]}"]
    cells = [text for how in filled for text in (TABLE.format(1) + how, "feedback.hypercube(hypercube)")]
    run = tool.execute(notebook("from hopfield_edu import feedback", *cells), tmp_path)
    assert [(e["status"], e["stale"]) for e in feedback.records(run)] == [("correct", None)] * len(filled)


def test_cleared_or_stale_is_unknown(executed):
    cleared, edited = copy.deepcopy(executed), copy.deepcopy(executed)
    for cell in cleared.cells:
        cell.outputs = []
    assert [entry["status"] for entry in feedback.records(cleared)] == ["unknown"] * 3
    edited.cells[1].source = ANSWER.format("1 if h > 0 else -1")
    edited.cells[3].source = TABLE.format(5)
    first, second, _ = feedback.records(edited)
    assert (first["status"], first["mistake"], first["stale"]) == ("unknown", None, True)
    assert (second["status"], second["stale"]) == ("unknown", True)
    edited.cells[1].source = "# mine\n" + ANSWER.format("1 if h >= 0   else -1  # so")
    assert feedback.records(edited)[0]["status"] == "not yet"  # comments and layout do not count


def test_odd_notebooks_are_read():
    odd = notebook(
        "%matplotlib inline\nx = 1", "not python (", "feedback.update(update)", "feedback.nothing(1)"
    )
    odd.cells.append(nbformat.v4.new_markdown_cell("feedback.update(update)"))
    assert [entry["check"] for entry in feedback.records(odd)] == ["update"]
    assert feedback.records({}) == []


def test_the_record_is_plain_data():
    verdict = feedback.new_value(lambda h, y: 1, seed=3)
    assert json.loads(json.dumps(verdict.record)) == verdict.record
    assert verdict.record["seed"] == "3" and verdict == feedback.new_value(lambda h, y: 1, seed=3)


def test_fingerprints_change_with_the_answer():
    def one(x):
        return x + 1

    def two(x):
        return x + 2

    marks = [records_module.fingerprint(answer) for answer in (one, two, 1, 2, [1, 2], {"a": 1})]
    assert None not in marks and len(set(marks)) == 6
    assert records_module.fingerprint(len) is None
