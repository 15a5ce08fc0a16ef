"""Predictions in a real JupyterLab: nothing after Run All tells the outcome; a click or a skip does."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import browser
import nbformat
import pytest
import spoilers
from playwright.sync_api import expect

from notebooks import KERNEL, as_bytes, execute, normalise

SOURCES = [
    'from hopfield_edu import patterns, plots, predict\nguess = predict.ask("01/deaf_unit")\nguess',
    'guess.reveal("unit 3", plots.grey(patterns.named("heart")), "line one", "  line two")',
    'guess.then("and so on")',
    'other = predict.ask("01/first_field")\nother',
    "other.reveal(-2)",
]
WHY = "no arrow leads to unit 3"
SECRETS = (WHY, "Outcome", "line one", "and so on", "Picture of 10 by 10", "one term for each other unit")


@pytest.fixture
def opened(open_notebook: Callable[[Path], browser.Notebook], tmp_path: Path) -> browser.Notebook:
    """A notebook with two predictions, as it is committed: with outcomes, collapsed, and all cells run."""
    cells = [nbformat.v4.new_code_cell(source) for source in SOURCES]
    built = execute(nbformat.v4.new_notebook(cells=cells, metadata=KERNEL), tmp_path)
    assert WHY in built.cells[1].outputs[1].data["text/plain"]
    path = tmp_path / "predictions.ipynb"
    path.write_bytes(as_bytes(normalise(built)))
    notebook = open_notebook(path)
    assert not secrets(notebook)  # collapsed, before anything is run
    notebook.run_all()
    return notebook


def secrets(notebook: browser.Notebook) -> list[str]:
    """What the outputs give away: texts, descriptions and all else that their HTML holds."""
    outputs = notebook.page.locator(".jp-Cell-outputWrapper").evaluate_all("all => all.map(o => o.outerHTML)")
    return [secret for secret in SECRETS if any(secret in output for output in outputs)]


def widget(notebook: browser.Notebook, kind: str, number: int) -> Any:
    return notebook.page.locator(f".hopfield-{kind}").nth(number)


def test_nothing_is_in_the_page_before_the_choice_and_all_after_a_click(opened: browser.Notebook) -> None:
    first, more, other = (widget(opened, "reveal", k) for k in range(3))
    for reveal in (first, more, other):
        expect(reveal).to_have_text("Choose above, or skip: then the outcome appears here.")
    assert not secrets(opened)
    widget(opened, "predict", 0).get_by_role("button", name="unit 1").click()
    expect(first).to_contain_text("Outcome: unit 3 (you predicted unit 1)")
    expect(first).to_contain_text(WHY)
    expect(first).to_contain_text("line one")
    expect(first.locator("img")).to_have_attribute("alt", "Picture of 10 by 10 cells, values from −1 to 1.")
    expect(more).to_have_text("and so on")
    expect(other).to_contain_text("Choose above")
    assert widget(opened, "predict", 0).get_by_role("button", name="unit 3").is_disabled()


@pytest.mark.slow
def test_a_skip_reveals_by_keyboard(opened: browser.Notebook) -> None:
    skip = widget(opened, "predict", 0).get_by_role("button", name="skip")
    skip.focus()
    opened.page.keyboard.press("Enter")
    expect(widget(opened, "reveal", 0)).to_contain_text(WHY)
    expect(widget(opened, "predict", 0)).to_contain_text("Skipped.")


@pytest.mark.slow
def test_a_number_is_sent_with_enter(opened: browser.Notebook) -> None:
    field = widget(opened, "predict", 1).locator("input")
    field.fill("many")
    field.press("Enter")
    expect(widget(opened, "predict", 1)).to_contain_text("Write a number")
    assert not secrets(opened)
    field.fill("−2")
    field.press("Enter")
    expect(widget(opened, "reveal", 2)).to_contain_text("Outcome: −2, as you predicted")


ROOT = Path(__file__).resolve().parents[2]
CHAPTERS = [
    path for path in sorted(ROOT.glob("notebooks/*.ipynb")) if "predict.ask(" in path.read_text("utf-8")
]


@pytest.mark.slow
@pytest.mark.parametrize(
    "path",
    CHAPTERS,
    ids=[path.stem for path in CHAPTERS],
)
def test_no_chapter_tells_an_outcome_after_run_all(
    open_notebook: Callable[[Path], browser.Notebook], path: Path
) -> None:
    asked = spoilers.questions(ROOT / "hopfield_edu" / "predictions", path.stem)
    notebook = open_notebook(path)
    notebook.run_all()
    reveals = notebook.page.locator(".hopfield-reveal")
    wanted = sum(bool(spoilers.REVEAL.search(cell["source"])) for cell in notebook.cells())
    expect(reveals).to_have_count(wanted)
    assert set(reveals.all_inner_texts()) == {"Choose above, or skip: then the outcome appears here."}
    skips = notebook.page.locator(".hopfield-predict .hopfield-skip")
    expect(skips).to_have_count(len(asked))
    for number in range(len(asked)):
        skips.nth(number).click()
    expect(notebook.page.locator(".hopfield-reveal", has_text="Choose above")).to_have_count(0)
    told = " ".join(reveals.all_inner_texts())
    assert told.count("Outcome: ") == len(asked)
