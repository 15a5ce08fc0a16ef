"""Pictures in the page: what can be clicked, by mouse, keyboard and finger, in wide and in narrow windows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from browser import box_of
from playwright.sync_api import Locator, expect

from notebooks import KERNEL

FOCUSED = "() => document.activeElement.getAttribute('aria-label')"
SMALLEST = """svg => Math.min(...[...svg.querySelectorAll('text')].filter(t => t.textContent.trim())
    .map(t => parseFloat(getComputedStyle(t).fontSize) * t.getScreenCTM().a))"""

CLOSE = """() => {
    window.frames_shown = [...document.querySelectorAll('.hopfield-picture')];
    const [first, ...others] = [...window.jupyterapp.shell.widgets('main')];
    others.forEach(widget => widget.dispose());
    window.jupyterapp.shell.activateById(first.id);
}"""
EMPTIED = """() => {
    const closed = window.frames_shown.filter(frame => !frame.isConnected);
    return closed.length === 1 && !closed[0].childElementCount;
}"""
STACKED = "() => document.querySelector('.hopfield-picture svg').getBoundingClientRect().height > 500"


def mark(explorer: Any, name: str) -> Locator:
    """What a screen reader calls so, or so at the beginning."""
    return explorer.found.locator(f'.hopfield-picture [role="button"][aria-label^="{name}"]')


@pytest.mark.slow
def test_two_units(open_explorer: Callable[[str], Any]) -> None:
    """One test, since most of its time goes into starting the notebook."""
    units = open_explorer("two_units")
    page = units.page
    units.says("Step 3, unit 1")
    for check in (
        with_the_mouse,
        with_the_keyboard,
        with_a_finger,
        two_views_of_one_explorer,
        in_narrow_windows,
    ):
        check(units, page)


def with_the_mouse(units: Any, page: Any) -> None:
    mark(units, "unit 2, +1").click()
    units.says("Start in −−.")  # from -+, where the run had come
    mark(units, "start in ++").click()  # through the letters on it
    units.says("Start in ++.")
    weight = mark(units, "weight from unit 1 to unit 2, +1: make it +2")
    box = box_of(weight.locator(".hopfield-broad"))
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] - 3)  # beside the thin line
    expect(mark(units, "weight from unit 1 to unit 2, +2")).to_have_count(1)
    assert units.found.locator(".hopfield-control-preset select").input_value() == "your own"
    mark(units, "weight from unit 1 to unit 1, 0").click()
    expect(mark(units, "weight from unit 1 to unit 1, +1")).to_have_count(1)


def with_the_keyboard(units: Any, page: Any) -> None:
    mark(units, "unit 1, +1").focus()
    page.keyboard.press("Enter")
    units.says("Start in −+.")
    expect(mark(units, "unit 1, −1")).to_be_focused()  # the focus survives the new picture
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED) == "unit 2, +1: flip it"
    page.keyboard.press(" ")
    units.says("Start in −−.")
    assert (
        units.notebook.page.locator(".jp-Notebook.jp-mod-commandMode").count() == 1
    )  # no key went elsewhere
    assert len(units.notebook.cells()) == 1


def with_a_finger(units: Any, page: Any) -> None:
    finger = page.context.new_cdp_session(page)
    box = box_of(mark(units, "unit 1, −1"))
    points = [{"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}]
    finger.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": points})
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    units.says("Start in +−.")


def two_views_of_one_explorer(units: Any, page: Any) -> None:
    """No id occurs twice in the page, the description is there, and a closed view leaves nothing behind."""
    units.notebook.command("notebook:create-output-view")
    pictures = page.locator(".hopfield-two-units .hopfield-picture svg")
    expect(pictures).to_have_count(2)
    ids = page.evaluate("() => [...document.querySelectorAll('.hopfield-picture [id]')].map(e => e.id)")
    assert len(ids) == len(set(ids)) > 100
    assert not page.locator(".hopfield-picture style").count()
    assert pictures.first.get_attribute("role") == "group"
    assert pictures.first.get_attribute("aria-label").startswith("Network of 2 units.")
    page.evaluate(CLOSE)
    expect(pictures).to_have_count(1)
    page.wait_for_function(EMPTIED)  # JupyterLab keeps closed views


def in_narrow_windows(units: Any, page: Any) -> None:
    for width in (566, 480):
        page.add_style_tag(content=f".hopfield-explorer {{ width: {width}px; }}")
        page.wait_for_function(STACKED)
        assert units.found.locator(".hopfield-picture svg").evaluate(SMALLEST) >= 9, width
        units.assert_well()


HOSTILE = """<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"
onload="hacked = 1"><script>hacked = 2</script><style>* { display: none }</style>
<foreignObject><p onclick="hacked = 3"/></foreignObject>
<image href="http://127.0.0.1:9/a.png" onerror="hacked = 4"/><use xlink:href="http://127.0.0.1:9/b.svg#c"/>
<a xlink:href="javascript:hacked = 5"><path id="w1" d="M0 0L9 9" style="fill: url(http://127.0.0.1:9/c)"/></a></svg>"""


@pytest.mark.slow
def test_nothing_in_a_picture_runs_or_is_fetched(open_explorer: Callable[..., Any], tmp_path: Path) -> None:
    cells = [
        "from hopfield_edu import explore\n\nexplorer = explore.crosstalk(3)\nexplorer",
        f"explorer.image.svg = {HOSTILE!r}",
    ]
    path = tmp_path / "hostile.ipynb"
    new = nbformat.v4.new_notebook(cells=list(map(nbformat.v4.new_code_cell, cells)), metadata=KERNEL)
    nbformat.write(new, path)
    crosstalk = open_explorer("crosstalk", path)
    drawing = crosstalk.found.locator(".hopfield-picture svg")
    expect(drawing.locator("use")).to_have_count(1)
    assert (
        drawing.evaluate("svg => svg.outerHTML.match(/127|hacked|script|style>|foreign|onload|<a /g)") is None
    )
    assert crosstalk.page.evaluate("() => window.hacked") is None  # and the page has asked for nothing else


@pytest.mark.slow
def test_crosstalk(open_explorer: Callable[[str], Any]) -> None:
    """Twenty rows: one stop of the Tab key, and arrow keys from row to row; stacked where it is narrow."""
    crosstalk = open_explorer("crosstalk")
    page = crosstalk.page
    crosstalk.says("15 of 2000 units fail")
    assert crosstalk.found.locator('.hopfield-picture [tabindex="0"]').count() == 1
    mark(crosstalk, "pattern 1 of").focus()
    for key in ("ArrowDown", "ArrowDown", "ArrowUp", "End", "Home", "ArrowRight"):
        page.keyboard.press(key)
    assert page.evaluate(FOCUSED) == "pattern 2 of 20: store 2"
    page.keyboard.press("Enter")
    crosstalk.says("None of the 200 units fails.")
    drawing = crosstalk.found.locator(".hopfield-picture svg")
    before = box_of(drawing)
    assert before["width"] > 1.5 * before["height"]
    for width in (566, 480):
        page.add_style_tag(content=f".hopfield-explorer {{ width: {width}px; }}")
        page.wait_for_function(STACKED)
        assert drawing.evaluate(SMALLEST) >= 9, width
        crosstalk.assert_well()
