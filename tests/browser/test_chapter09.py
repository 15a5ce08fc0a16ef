"""The explorers of chapter 09 in a real JupyterLab: the dial, the button Run, and clicks in the pictures."""

from collections.abc import Callable
from typing import Any

import pytest


@pytest.mark.slow
def test_temperature(open_explorer: Callable[[str], Any]) -> None:
    temperature = open_explorer("temperature")
    temperature.says("T = 0.20, sweep 40: near the cup")
    temperature.slide("temperature", "Home")
    temperature.says("still in the mixture of all three")
    temperature.redrawn()
    temperature.found.locator('.hopfield-picture [aria-label="start in the note"]').click()
    temperature.says("T = 0.00, sweep 0: near the note, overlap 1.00.")
    temperature.redrawn()
    temperature.slide("temperature", "End")
    temperature.button("run").click()
    temperature.says("T = 1.50, sweep 40: no memory is recognised")  # forty pictures, one after the other
    temperature.redrawn()
    temperature.button("reset").click()
    temperature.says("T = 1.50, sweep 0: near the note")


@pytest.mark.slow
def test_lesion(open_explorer: Callable[[str], Any]) -> None:
    lesion = open_explorer("lesion")
    lesion.says("50 % of all weights are gone")
    lesion.found.locator('.hopfield-picture [aria-label="cut 0 %"]').click()
    lesion.says("0 % of all weights are gone")
    lesion.redrawn()
    cell = lesion.found.locator('.hopfield-picture [aria-label="unit in row 2, column 3: cut it off"]')
    cell.click()
    lesion.says("1 unit by hand: 2 % of all weights are gone")
    lesion.redrawn()
    joined = lesion.found.locator('.hopfield-picture [aria-label="unit in row 2, column 3: join it again"]')
    joined.focus()
    lesion.page.keyboard.press("Enter")
    lesion.says("0 % of the pairs cut apart: 0 % of all weights are gone")
    lesion.choose("of", "units")
    lesion.says("0 % of the units cut off")
