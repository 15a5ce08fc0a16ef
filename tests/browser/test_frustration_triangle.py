"""The frustration triangle in a real JupyterLab: signs toggled by mouse and keyboard."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect


@pytest.mark.slow
def test_frustration_triangle(open_explorer: Callable[[str], Any]) -> None:
    triangle = open_explorer("frustration_triangle")
    triangle.says("= −1: frustrated")
    triangle.says("6 fixed points: −−−, +−−, ++−, −−+, −++, +++.")
    triangle.button("turn-all-signs").click()
    triangle.says("2 fixed points: −+−, +−+.")
    triangle.redrawn()
    triangle.button("turn-all-signs").click()
    triangle.says("6 fixed points")

    signs = triangle.found.locator(".hopfield-control-w13 button")
    expect(signs).to_have_count(3)
    signs.nth(1).click()  # no connection
    triangle.says("A weight is missing: there is no loop")
    signs.nth(0).focus()
    triangle.page.keyboard.press("Enter")
    triangle.says("= +1: not frustrated")
    signs.nth(2).focus()
    triangle.page.keyboard.press("Space")
    triangle.says("= −1: frustrated")

    triangle.choose("ties", "becomes +1")
    triangle.says("1 fixed point: +++.")
    triangle.found.locator('.hopfield-picture [aria-label="show +−+"]').click()
    triangle.says("In +−+, w₁₂, w₂₃ and w₁₃ are unsatisfied.")
