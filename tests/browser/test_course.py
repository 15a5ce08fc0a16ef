"""The learner's copy in JupyterLab, as `hopfield-edu` opens it, with the course's own settings."""

import json
from collections.abc import Iterator
from pathlib import Path

import browser
import pytest
from playwright.sync_api import Page, expect

from hopfield_edu import course

OPENED = """() => {
    const shown = window.jupyterapp && window.jupyterapp.shell.currentWidget;
    return Boolean(shown && shown.context && shown.context.isReady);
}"""
# pixels below the last cell that are in view, pixels left to scroll, and cells that are not in the page yet
END = """() => {
    const panel = window.jupyterapp.shell.currentWidget.content.node;
    const view = panel.querySelector('.jp-WindowedPanel-outer');
    const cells = [...panel.querySelectorAll('.jp-Cell')];
    const below = view.getBoundingClientRect().bottom - cells.at(-1).getBoundingClientRect().bottom;
    const missing = window.jupyterapp.shell.currentWidget.content.widgets.length - cells.length;
    return {below, missing, left: view.scrollHeight - view.scrollTop - view.clientHeight};
}"""


@pytest.fixture(scope="module")
def copy(browser_or_skip: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """A learner's copy and the address at which `hopfield-edu` serves it."""
    folder = tmp_path_factory.mktemp("learner") / "mine"
    with browser.course(folder) as address:
        yield folder, address


@pytest.fixture
def page(copy: tuple[Path, str]) -> Iterator[Page]:
    """The page that a learner sees first."""
    with browser.chromium() as chromium:
        page = chromium.new_page(viewport={"width": 1280, "height": 800})
        page.set_default_timeout(180_000)
        page.goto(copy[1])  # the root of the server, which leads to where the course begins
        page.wait_for_function(OPENED)
        page.wait_for_function(browser.IDLE)
        yield page
        page.evaluate("() => window.jupyterapp.shell.currentWidget.sessionContext.shutdown()")


def test_it_opens_at_the_first_chapter(page: Page, copy: tuple[Path, str]) -> None:
    path = page.evaluate("() => window.jupyterapp.shell.currentWidget.context.path")
    assert path == course.START
    assert (copy[0] / ".hopfield-edu.json").exists()
    title = json.loads((copy[0] / path).read_text(encoding="utf-8"))["cells"][0]["source"][0]
    assert page.get_by_role("heading", level=1).first.inner_text().strip("¶ ") == title.strip("# \n")
    assert not page.get_by_text("Would you like to get notified").count()  # about news of Jupyter


@pytest.mark.slow
def test_no_blank_screen_follows_the_last_cell(page: Page) -> None:
    page.locator(".jp-Notebook .jp-Cell").first.hover()
    before = -1
    while (left := page.evaluate(END)["left"]) != before:
        before = left
        page.mouse.wheel(0, 3000)
        page.wait_for_timeout(300)
    end = page.evaluate(END)
    assert end["left"] < 2 and not end["missing"]
    assert 0 <= end["below"] < 100, f"{end['below']:.0f} px of nothing below the last cell"


def test_a_prediction_is_unspoilt_and_remembered(copy: tuple[Path, str]) -> None:
    """No outcome is in the page before the choice, also after *Run All*; the choice goes into the record."""
    chapter, record = "notebooks/02_two_unit_dynamics.ipynb", copy[0] / "record.jsonl"
    with browser.chromium() as chromium:
        notebook = browser.Notebook(chromium, copy[1], chapter)
        outcomes = [cell for cell in notebook.cells() if ".reveal(" in cell["source"]]
        assert outcomes and not any(cell["outputs"] or cell["count"] for cell in outcomes)
        notebook.run_all()
        place = notebook.code_cell(".reveal(")
        expect(place).to_contain_text("Choose above")
        assert not place.locator("img, svg").count() and not record.exists()
        notebook.code_cell("predict.ask(").get_by_role("button").first.click()
        expect(place).to_contain_text("Outcome")
        place.locator("img, svg").first.wait_for()
        (line,) = record.read_text(encoding="utf-8").splitlines()
        assert json.loads(line)["kind"] == "prediction"
        notebook.assert_clean()
        notebook.close()
