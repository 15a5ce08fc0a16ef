"""The explorers in a real JupyterLab: mouse, finger, keyboard and the kernel behind them."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import nbformat
import pytest
from browser import Notebook
from playwright.sync_api import Locator, expect

EXPLORERS = ("two_units", "schedules", "hypercube", "transition_table", "painter")
KERNEL = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}


@pytest.fixture
def notebook(open_notebook: Callable[[Path], Notebook], tmp_path: Path) -> Iterator[Notebook]:
    """All explorers of the first chapters, one in each cell."""
    sources = ["from hopfield_edu import explore", *(f"explore.{name}()" for name in EXPLORERS)]
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    path = tmp_path / "explorers.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=KERNEL), path)
    opened = open_notebook(path)
    opened.run_all()
    yield opened


def explorer(notebook: Notebook, name: str) -> Locator:
    found = notebook.page.locator(f".hopfield-{name.replace('_', '-')}")
    found.wait_for()
    return found


def caption(found: Locator) -> Locator:
    return found.locator(".hopfield-caption")


def picture(found: Locator) -> Locator:
    return found.locator(".hopfield-picture svg")


def says(found: Locator, text: str | re.Pattern[str]) -> None:
    expect(caption(found)).to_contain_text(text)


@pytest.mark.slow
def test_explorers(notebook: Notebook) -> None:
    """One test, since most of its time goes into starting the notebook."""
    for check in (
        every_picture_is_there_and_nothing_is_cut_off,
        two_units_with_the_keyboard,
        a_burst_of_slider_moves_ends_right,
        schedules_for_four_units,
        a_walk_over_the_hypercube,
        the_table_by_hand,
        painting_with_the_mouse,
        painting_with_a_finger,
        painting_with_the_keyboard,
        recall_before_the_eyes,
        memories_on_the_shelf,
        a_recall_wound_back,
    ):
        check(notebook)
    assert not notebook.page.locator(".hopfield-error:visible").count()


def every_picture_is_there_and_nothing_is_cut_off(notebook: Notebook) -> None:
    for name in EXPLORERS:
        found = explorer(notebook, name)
        image = picture(found)
        expect(image).to_have_count(1)
        assert image.bounding_box()["width"] > 300
        inside = found.evaluate("""host => {
            const right = host.getBoundingClientRect().right;
            return [...host.querySelectorAll('*')].every(
                e => e.getBoundingClientRect().right <= right + 1 && e.scrollHeight < 5000);
        }""")
        assert inside, f"{name} is wider than its frame"


def two_units_with_the_keyboard(notebook: Notebook) -> None:
    found = explorer(notebook, "two_units")
    image = picture(found)
    says(found, "Step 3, unit 1: h₁ = w₁₂y₂ = (−1)(+1) = −1: it turns to −1.")
    before = notebook.image_hash(image)
    found.locator(".hopfield-button-step").focus()
    notebook.page.keyboard.press("Enter")
    says(found, "A cycle has closed, 4 updates or 2 sweeps long")
    before = notebook.wait_for_new_image(image, before)
    found.locator(".hopfield-control-schedule select").select_option("synchronous")
    says(found, "A cycle of length 4 has closed")
    found.locator(".hopfield-more").click()
    handle = found.locator(".hopfield-control-w21 .noUi-handle")
    expect(handle).to_be_visible()
    handle.focus()
    expect(handle).to_be_focused()  # a slider that has just been unfolded takes it late
    notebook.page.keyboard.press("ArrowLeft")
    notebook.page.keyboard.press("ArrowLeft")
    expect(found.locator(".hopfield-control-preset select")).to_have_value("network 2 (fig. 1.3)")
    found.locator(".hopfield-button-reset").click()
    says(found, "Start in −−. Units 1 and 2 would change if updated.")
    found.locator(".hopfield-button-run").click()
    says(found, "A cycle of length 2 has closed: −− → ++ → −−.")
    notebook.wait_for_new_image(image, before)


def a_burst_of_slider_moves_ends_right(notebook: Notebook) -> None:
    found = explorer(notebook, "two_units")
    found.locator(".hopfield-control-steps .noUi-handle").focus()
    for key in ["ArrowRight"] * 18 + ["ArrowLeft"] * 7 + ["ArrowRight"] * 8:
        notebook.page.keyboard.press(key)
    shown = found.locator(".hopfield-control-steps .widget-readout").inner_text()
    says(found, f"Step {shown}, all units at once")


def schedules_for_four_units(notebook: Notebook) -> None:
    found = explorer(notebook, "schedules")
    says(found, "From −−−, synchronous updates lead to a cycle of 2 sweeps")
    before = notebook.image_hash(picture(found))
    found.locator(".hopfield-control-N select").select_option("4")
    says(found, "From −−−−, synchronous updates lead to a cycle of 2 sweeps")
    notebook.wait_for_new_image(picture(found), before)
    found.locator(".hopfield-control-network select").select_option("twisted ring of four")
    says(found, "random updates lead to endless wandering")


def a_walk_over_the_hypercube(notebook: Notebook) -> None:
    found = explorer(notebook, "hypercube")
    says(found, "The network goes along one edge to +++.")
    found.locator(".hopfield-button-update-unit-1").click()
    says(found, "The network goes along one edge to −++.")
    found.locator(".hopfield-button-update-unit-1").click()
    says(found, "The network goes nowhere, and stays at −++.")
    assert not found.locator(".hopfield-button-update-unit-4").is_visible()
    found.locator(".hopfield-button-start-over").click()
    says(found, "Start at the corner −−−.")


def the_table_by_hand(notebook: Notebook) -> None:
    found = explorer(notebook, "transition_table")
    says(found, "No entry of 8 yet.")
    entry = found.locator(".hopfield-entry-mm-1 select")
    assert entry.get_attribute("title") == "After −−: update unit 1"
    entry.select_option("−−")
    says(found, "not yet. Look at unit 1: h₁ = w₁₂y₂ = (−1)(−1) = +1.")
    expect(found.locator(".hopfield-mark-wrong")).to_have_count(1)
    entry.select_option("+−")
    says(found, "From −− to +−: right.")
    expect(found.locator(".hopfield-mark-right")).to_have_count(1)
    expect(found.locator(".hopfield-mark-wrong")).to_have_count(0)


def sheet(notebook: Notebook) -> Locator:
    return explorer(notebook, "painter").locator(".hopfield-grid[role=grid]")


def inked(notebook: Notebook) -> int:
    return int(sheet(notebook).get_attribute("data-on"))


def cell(notebook: Notebook, row: int, column: int) -> Locator:
    return sheet(notebook).locator(f'[data-row="{row}"][data-col="{column}"]')


def painting_with_the_mouse(notebook: Notebook) -> None:
    painter, page = explorer(notebook, "painter"), notebook.page
    says(painter, "This picture agrees with the heart in 75 of 100 cells")
    painter.locator(".hopfield-button-clear").click()
    expect(sheet(notebook)).to_have_attribute("data-on", "0")
    cell(notebook, 0, 0).click()
    assert inked(notebook) == 1
    start, end = (cell(notebook, r, c).bounding_box() for r, c in ((2, 1), (8, 7)))
    page.mouse.move(start["x"] + 5, start["y"] + 5)
    page.mouse.down()
    page.mouse.move(end["x"] + 5, end["y"] + 5, steps=2)  # faster than the cells are wide
    page.mouse.up()
    assert inked(notebook) == 8, "a fast stroke has left gaps"
    cell(notebook, 0, 0).click()
    assert inked(notebook) == 7
    says(painter, re.compile(r"agrees with the \w+ in \d+ of 100 cells"))


def painting_with_a_finger(notebook: Notebook) -> None:
    painter, page = explorer(notebook, "painter"), notebook.page
    painter.locator(".hopfield-button-clear").click()
    expect(sheet(notebook)).to_have_attribute("data-on", "0")
    finger, scrolled = page.context.new_cdp_session(page), page.evaluate("() => window.scrollY")
    for kind, column in (("touchStart", 1), ("touchMove", 3), ("touchMove", 6), ("touchEnd", None)):
        points = []
        if column is not None:
            box = cell(notebook, 5, column).bounding_box()
            points = [{"x": box["x"] + 5, "y": box["y"] + 5}]
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    expect(sheet(notebook)).to_have_attribute("data-on", "6")
    assert page.evaluate("() => window.scrollY") == scrolled


def painting_with_the_keyboard(notebook: Notebook) -> None:
    painter, page = explorer(notebook, "painter"), notebook.page
    painter.locator(".hopfield-button-clear").click()
    expect(sheet(notebook)).to_have_attribute("data-on", "0")
    sheet(notebook).locator('[tabindex="0"]').focus()
    for key in ("Home", "ArrowUp", *["ArrowDown"] * 2, "ArrowRight", " ", "ArrowRight", "Enter", "End"):
        page.keyboard.press(key)
    assert inked(notebook) == 2
    here = page.evaluate("() => document.activeElement.getAttribute('aria-label')")
    assert re.fullmatch(r"row \d+, column 10, paper", here), here
    label = sheet(notebook).locator('[data-value="1"]').first.get_attribute("aria-label")
    assert re.fullmatch(r"row \d+, column 2, ink", label), label
    assert sheet(notebook).get_attribute("aria-label") == "Picture, 10 rows, 10 columns"
    # the notebook has not taken the keys for itself
    assert notebook.page.locator(".jp-Notebook.jp-mod-commandMode").count() == 1
    assert len(notebook.cells()) == 1 + len(EXPLORERS)


def recall_before_the_eyes(notebook: Notebook) -> None:
    painter = explorer(notebook, "painter")
    painter.locator('.hopfield-thumbnail[aria-label="Put the heart on the sheet"]').click()
    says(painter, "agrees with the heart in 100 of 100 cells")
    painter.locator(".hopfield-button-spoil-anew").click()
    says(painter, "agrees with the heart in 75 of 100 cells")
    painter.locator(".hopfield-button-recall").click()
    expect(sheet(notebook).locator(".hopfield-marked")).to_have_count(1)
    says(painter, re.compile(r"After \d+ of 25 flips"))
    says(painter, "25 flips, each of them downhill")
    says(painter, "It is the heart, cell by cell: m = 1.")
    assert inked(notebook) == 56


def a_recall_wound_back(notebook: Notebook) -> None:
    painter = explorer(notebook, "painter")
    painter.locator('.hopfield-thumbnail[aria-label="Put the house on the sheet"]').click()
    says(painter, "agrees with the house in 100 of 100 cells")
    painter.locator(".hopfield-button-spoil-anew").click()
    says(painter, "agrees with the house in 75 of 100 cells")
    painter.locator(".hopfield-button-one-flip").click()
    says(painter, "After 1 of ")
    painter.locator(".hopfield-control-time .noUi-handle").focus()
    notebook.page.keyboard.press("ArrowRight")
    says(painter, "After 2 of ")
    for _ in range(2):
        notebook.page.keyboard.press("ArrowLeft")
    says(painter, "After 0 of ")
    picture(painter).locator('[aria-label="after 3 flips"]').click()
    says(painter, "After 3 of ")
    notebook.page.keyboard.press("ArrowRight")  # the focus has stayed, beyond a dozen marks arrows lead on
    notebook.page.keyboard.press(" ")
    says(painter, "After 4 of ")
    picture(painter).locator('[aria-label="the note: put it on the sheet"]').click()
    says(painter, "agrees with the note in 100 of 100 cells")
    expect(painter.locator(".hopfield-control-time")).to_be_hidden()


def memories_on_the_shelf(notebook: Notebook) -> None:
    painter = explorer(notebook, "painter")
    painter.locator(".hopfield-button-clear").click()
    expect(sheet(notebook)).to_have_attribute("data-on", "0")
    cell(notebook, 4, 4).click()
    painter.locator(".hopfield-button-store").click()
    mine = painter.locator('.hopfield-thumbnail[aria-label="Put drawing 1 on the sheet"]')
    expect(mine).to_have_attribute("data-on", "1")
    painter.locator(".hopfield-memory").last.locator(".hopfield-forget").click()
    expect(mine).to_have_count(0)
    expect(painter.locator(".hopfield-memory")).to_have_count(3)
