"""The explorer and the quiz of chapter 03 in its own notebook, in a real JupyterLab."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

CHAPTER = Path(__file__).resolve().parents[2] / "notebooks" / "03_energy.ipynb"


@pytest.mark.slow
def test_the_ball_rolls(open_explorer: Callable[[str, Path], Any]) -> None:
    landscape = open_explorer("energy_landscape", CHAPTER)
    landscape.says("Start in −−−−, at energy 6.")
    landscape.button("step").focus()
    landscape.page.keyboard.press("Enter")
    landscape.says("Step 1, unit 1: y₁ = −1 and h₁ = +1, so it flips. The energy falls from 6 to 4.")
    landscape.redrawn()
    landscape.button("run").click()
    landscape.says("The energy falls from 4 to −10. At rest in ++−−")
    landscape.redrawn()
    landscape.found.locator(".hopfield-more").click()
    landscape.slide("self-connection", *["ArrowLeft"] * 4)
    readout = landscape.found.locator(".hopfield-control-self-connection .widget-readout")
    expect(readout).to_have_text("−4")
    landscape.redrawn()
    landscape.choose("schedule", "synchronous")
    landscape.says("all units at once")
    landscape.button("reset").click()
    landscape.says("Start in −−−−, at energy 14.")
    landscape.found.locator('.hopfield-picture [aria-label="start in −−++"]').click()
    landscape.says("Start in −−++, at energy −4.")
    landscape.choose("N", "3")
    landscape.choose("network", "frustrated (fig. 1.4)")
    landscape.redrawn()

    quiz = landscape.page.locator(".hopfield-quiz")
    quiz.get_by_role("button", name="There are only finitely many states").click()
    expect(quiz).to_contain_text("A state that came back would have to lie below itself.")
    if folder := os.environ.get("HOPFIELD_EDU_SCREENSHOTS"):  # for a look with one's own eyes
        quiz.screenshot(path=f"{folder}/quiz_03.png")
