"""Nothing tells the answer of a prediction before the choice: not in the sources, not in exported pages."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pages
import pytest
import spoilers
from nbformat import NotebookNode

import notebooks as tool
from hopfield_edu import predict

ROOT = Path(__file__).resolve().parents[1]
CHAPTERS = sorted(ROOT.glob("notebooks/*.ipynb"))
TEXTS = ROOT / "hopfield_edu" / "predictions"
ASKED = {
    "99/one": {"ask": "Up?", "choices": ["yes", "no"], "why": "Because `h` is\nlarge."},
    "99/two": {"ask": "How many?", "number": True, "why": "Count them."},
}
GOOD = [
    'g = predict.ask("99/one")\ng',
    "g.reveal(3 > 2)",
    "g = predict.ask('99/two')\ng",
    'g.reveal(3, "text")',
]


def a_chapter(*sources: str, outcome: str = "yes") -> NotebookNode:
    told = nbformat.v4.new_output("display_data", data={"text/plain": f"Outcome: {outcome}\n  Because."})
    cells = [
        nbformat.v4.new_code_cell(source, outputs=[told] if ".reveal(" in source else [])
        for source in sources
    ]
    return nbformat.v4.new_notebook(cells=cells)


def test_a_good_chapter_has_no_problems() -> None:
    assert list(spoilers.problems(a_chapter(*GOOD), ASKED)) == []
    assert list(spoilers.problems(a_chapter(*GOOD, "g.then('more')"), ASKED)) == []


@pytest.mark.parametrize(
    ("sources", "said"),
    [
        ([*GOOD, 'predict.ask("99/three")'], "'99/three' is asked, but the library"),
        (GOOD[:2], "'99/two' is asked 0 times"),
        ([*GOOD, *GOOD[:2]], "'99/one' is asked 2 times"),
        ([*GOOD[:3]], "'99/two' is asked, and nothing reveals"),
        ([*GOOD, "g.reveal(2)"], "reveals what nobody has asked for"),
        ([*GOOD, "# because h\n#   is large.".replace("b", "B").replace("#  ", "")], "its reason stands"),
        ([*GOOD[:3], "print(3)\ng.reveal(3)"], "shows something before a choice"),
        ([*GOOD[:3], "plots.show(ax)\ng.reveal(3)"], "shows something before a choice"),
        ([*GOOD[:3], "g.reveal(3)\nx = 1"], "shows something before a choice"),
        ([*GOOD, "g.then(3)\nprint(3)"], "shows something before a choice"),
    ],
)
def test_what_spoils_a_prediction_is_found(sources: list[str], said: str) -> None:
    found = list(spoilers.problems(a_chapter(*sources), ASKED))
    assert any(said in line for line in found), found


def test_a_reason_is_found_in_the_prose_too() -> None:
    notebook = a_chapter(*GOOD)
    notebook.cells.append(nbformat.v4.new_markdown_cell("It rises.  Because h is\nlarge. So what?"))
    assert any(
        "its reason stands in the cell 'It rises." in line for line in spoilers.problems(notebook, ASKED)
    )


def test_an_outcome_must_be_one_of_the_choices() -> None:
    found = list(spoilers.problems(a_chapter(*GOOD, outcome="perhaps"), ASKED))
    assert any("'perhaps' happened, which is none of the choices of '99/one'" in line for line in found)


@pytest.mark.parametrize("path", CHAPTERS, ids=[path.stem for path in CHAPTERS])
def test_no_chapter_spoils_a_prediction(path: Path) -> None:
    assert list(spoilers.problems(tool.read(path), spoilers.questions(TEXTS, path.stem))) == []


@pytest.mark.parametrize("path", CHAPTERS, ids=[path.stem for path in CHAPTERS])
def test_exactly_the_outputs_that_reveal_are_marked(path: Path) -> None:
    for cell in tool.read(path).cells:
        if cell.cell_type == "code":
            marked = cell.metadata.get("jupyter", {}).get("outputs_hidden", False)
            assert marked or not spoilers.REVEAL.search(cell.source), cell.source


def test_an_exported_page_folds_what_is_marked_and_nothing_else(tmp_path: Path) -> None:
    notebook = a_chapter(*GOOD)
    notebook.cells.append(
        nbformat.v4.new_code_cell("1", outputs=[nbformat.v4.new_output("stream", text="free")])
    )
    path = tmp_path / "page.ipynb"
    path.write_bytes(tool.as_bytes(tool.normalise(notebook)))
    assert pages.main([str(tmp_path / "site"), str(path)]) == 0
    page = (tmp_path / "site" / "page.html").read_text(encoding="utf-8")
    open_, *folded = page.split('<details class="hopfield-outcome">')
    assert len(folded) == 2
    assert "Outcome: yes" not in open_
    for part in folded:
        inside, after = part.split("</details>")
        assert (
            spoilers.OUTCOME.search("Outcome: yes") and "Outcome: yes" in inside and pages.SUMMARY in inside
        )
        assert "Outcome: yes" not in after
    assert "free" in folded[-1].split("</details>")[1]


def test_no_line_of_code_is_cut_off_in_an_exported_page(tmp_path: Path) -> None:
    path = tmp_path / "page.ipynb"
    path.write_bytes(tool.as_bytes(tool.normalise(a_chapter(*GOOD))))
    page = pages.page(path)
    assert page.index("</head>") > page.index(pages.WRAPPED) > page.rindex("jp-CodeMirrorEditor {")
    assert page.count(pages.WRAPPED) == 1


def test_a_label_of_a_state_is_not_broken_in_an_exported_page(tmp_path: Path) -> None:
    notebook = a_chapter(*GOOD)
    notebook.cells.append(nbformat.v4.new_markdown_cell("`-+++` and `hopfield-edu`"))
    path = tmp_path / "page.ipynb"
    path.write_bytes(tool.as_bytes(tool.normalise(notebook)))
    page = pages.page(path)
    assert "<code style='white-space: nowrap'>-+++</code> and <code>hopfield-edu</code>" in page


def test_an_outcome_that_is_open_does_not_say_that_it_is_folded(tmp_path: Path) -> None:
    notebook = a_chapter(*GOOD)
    for cell in notebook.cells:
        if cell.outputs:
            folded = nbformat.v4.new_output("display_data", data={"text/plain": predict.FOLDED})
            cell.outputs.insert(0, folded)
    path = tmp_path / "page.ipynb"
    path.write_bytes(tool.as_bytes(tool.normalise(notebook)))
    page = pages.page(path)
    assert predict.FOLDED not in page and "Outcome: yes" in page and "<title>page</title>" in page
