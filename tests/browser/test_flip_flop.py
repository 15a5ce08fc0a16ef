"""The flip-flop in a real JupyterLab: sliders by keyboard, the button by mouse."""

from collections.abc import Callable
from typing import Any

import pytest
from browser import box_of


@pytest.mark.slow
def test_flip_flop(open_explorer: Callable[[str], Any]) -> None:
    flip_flop = open_explorer("flip_flop")
    flip_flop.says("a flip-flop that remembers")
    flip_flop.says("go to 0.98 and 0.02")
    flip_flop.button("exchange-start").click()
    flip_flop.says("go to 0.02 and 0.98")
    flip_flop.redrawn()
    flip_flop.slide("gain", "Home")
    flip_flop.says("it remembers nothing")
    flip_flop.redrawn()
    flip_flop.slide("gain", "End")
    flip_flop.says("a flip-flop that remembers")
    flip_flop.redrawn()
    flip_flop.slide("input-1", "End")
    flip_flop.says("in favour of unit 1")


def test_the_start_is_dragged(open_explorer: Callable[[str], Any]) -> None:
    """By mouse, beyond the edge and back to what the controls have; and by keys."""
    flip_flop = open_explorer("flip_flop")
    page, picture = flip_flop.notebook.page, flip_flop.found.locator(".hopfield-picture")
    flip_flop.says("From V₁ = 0.30, V₂ = 0.22")
    mark = box_of(picture.locator('[aria-label="start at 0.30, 0.22: drag it"]'))
    plane = box_of(picture.locator('[id$="-outputs"]'))
    page.mouse.move(mark["x"] + mark["width"] / 2, mark["y"] + mark["height"] / 2)
    page.mouse.down()
    page.mouse.move(plane["x"] + 0.4 * plane["width"], plane["y"] - 20, steps=5)
    page.mouse.up()
    flip_flop.says("From V₁ = 0.40, V₂ = 0.98 the outputs go to 0.02 and 0.98")
    picture.locator('[aria-label="start at 0.40, 0.98: drag it"]').focus()
    for key in ("ArrowDown", "Shift+ArrowRight"):
        page.keyboard.press(key)
    flip_flop.says("From V₁ = 0.50, V₂ = 0.96")
