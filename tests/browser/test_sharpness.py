"""The explorer of chapter 12 in a real JupyterLab: lists, sliders of numbers and of choices, by keyboard."""

from collections.abc import Callable
from pathlib import Path

import nbformat
from browser import Notebook
from playwright.sync_api import expect

from notebooks import KERNEL

SECONDS = 20_000  # for a kernel on a busy machine


def test_sharpness(open_notebook: Callable[[Path], Notebook], tmp_path: Path) -> None:
    source = "from hopfield_edu import explore\n\nexplore.sharpness()"
    path = tmp_path / "sharpness.ipynb"
    cells = [nbformat.v4.new_code_cell(source)]
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=KERNEL), path)
    notebook = open_notebook(path)
    notebook.run_all()
    found = notebook.page.locator(".hopfield-sharpness")
    found.wait_for()
    caption, image = found.locator(".hopfield-caption"), found.locator("img")

    def says(text: str) -> None:
        expect(caption).to_contain_text(text, timeout=SECONDS)

    says("50 patterns stored, F(x) = x³. 30 of 30 cues")
    inside = found.evaluate("""host => {
        const right = host.getBoundingClientRect().right;
        return [...host.querySelectorAll('*')].every(e => e.getBoundingClientRect().right <= right + 1);
    }""")
    assert inside, "wider than its frame"

    before = notebook.image_hash(image)
    count = found.locator(".hopfield-control-M .noUi-handle")
    count.focus()
    count.press("End")
    says("1000 patterns stored, F(x) = x³. 0 of 30 cues")
    before = notebook.wait_for_new_image(image, before)
    power = found.locator(".hopfield-control-n .noUi-handle")
    power.focus()
    power.press("ArrowRight")
    says("1000 patterns stored, F(x) = x⁴. 30 of 30 cues")
    before = notebook.wait_for_new_image(image, before)

    found.locator(".hopfield-control-stored-as select").select_option("letters and digits")
    says("36 patterns stored, F(x) = x⁴.")
    before = notebook.wait_for_new_image(image, before)
    found.locator(".hopfield-control-kind select").select_option("eˣ")
    says("36 patterns stored, F(x) = eˣ. 30 of 30 cues")
    notebook.wait_for_new_image(image, before)
    found.screenshot(path=str(tmp_path / "sharpness.png"))
    assert not found.locator(".hopfield-error:visible").count()
