"""The explorer and the quiz of chapter 03 in its own notebook, in a real JupyterLab."""

import os
from collections.abc import Callable
from pathlib import Path

from browser import Notebook
from playwright.sync_api import expect

CHAPTER = Path(__file__).resolve().parents[2] / "notebooks" / "03_energy.ipynb"
SECONDS = 20_000  # for a kernel on a busy machine


def test_the_ball_rolls(open_notebook: Callable[[Path], Notebook]) -> None:
    notebook = open_notebook(CHAPTER)
    notebook.run_all()
    found = notebook.page.locator(".hopfield-energy-landscape")
    image, caption = found.locator("img"), found.locator(".hopfield-caption")

    def says(text: str) -> None:
        expect(caption).to_contain_text(text, timeout=SECONDS)

    says("At rest in ++−−, a local minimum")
    before = notebook.image_hash(image)
    found.locator(".hopfield-button-reset").click()
    says("Start in −−−−, at energy 6.")
    before = notebook.wait_for_new_image(image, before)
    found.locator(".hopfield-button-step").focus()
    notebook.page.keyboard.press("Enter")
    says("Step 1, unit 1: y₁ = −1 and h₁ = +1, so it flips. The energy falls from 6 to 4.")
    before = notebook.wait_for_new_image(image, before)
    found.locator(".hopfield-button-run").click()
    says("The energy falls from 4 to −10. At rest in ++−−")
    found.locator(".hopfield-control-self-connection .noUi-handle").focus()
    for _ in range(4):
        notebook.page.keyboard.press("ArrowLeft")
    expect(found.locator(".hopfield-control-self-connection .widget-readout")).to_have_text("−4")
    before = notebook.wait_for_new_image(image, before)
    found.locator(".hopfield-control-schedule select").select_option("synchronous")
    says("all units at once")
    found.locator(".hopfield-control-N select").select_option("3")
    found.locator(".hopfield-control-network select").select_option("frustrated (fig. 1.4)")
    notebook.wait_for_new_image(image, before)
    assert not found.locator(".hopfield-error:visible").count()

    quiz = notebook.page.locator(".hopfield-quiz")
    quiz.get_by_role("button", name="There are only finitely many states").click()
    expect(quiz).to_contain_text("A state that came back would have to lie below itself.", timeout=SECONDS)
    if folder := os.environ.get("HOPFIELD_EDU_SCREENSHOTS"):  # for a look with one's own eyes
        found.screenshot(path=f"{folder}/energy_landscape.png")
        quiz.screenshot(path=f"{folder}/quiz_03.png")
