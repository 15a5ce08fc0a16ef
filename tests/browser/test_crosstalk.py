"""The explorer of cross-talk in a real JupyterLab: sliders by keyboard, choices, a burst of moves."""

from collections.abc import Callable
from pathlib import Path

import nbformat
from browser import Notebook
from playwright.sync_api import expect

from notebooks import KERNEL

SECONDS = 20_000  # for a kernel on a busy machine


def test_crosstalk(open_notebook: Callable[[Path], Notebook], tmp_path: Path) -> None:
    source = "from hopfield_edu import explore\n\nexplore.crosstalk()"
    path = tmp_path / "crosstalk.ipynb"
    cells = [nbformat.v4.new_code_cell(source)]
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=KERNEL), path)
    notebook = open_notebook(path)
    notebook.run_all()
    found = notebook.page.locator(".hopfield-crosstalk")
    found.wait_for()
    caption, image = found.locator(".hopfield-caption"), found.locator("img")

    def says(text: str) -> None:
        expect(caption).to_contain_text(text, timeout=SECONDS)

    says("15 of 2000 units fail (0.75 %). Theory expects 21")
    inside = found.evaluate("""host => {
        const right = host.getBoundingClientRect().right;
        return [...host.querySelectorAll('*')].every(e => e.getBoundingClientRect().right <= right + 1);
    }""")
    assert inside, "wider than its frame"

    before = notebook.image_hash(image)
    found.locator(".hopfield-control-M .noUi-handle").focus()
    for key in ["ArrowLeft"] * 25 + ["ArrowRight"]:  # a burst down to one pattern, and one up
        notebook.page.keyboard.press(key)
    says("None of the 200 units fails. With one or two patterns none can.")
    before = notebook.wait_for_new_image(image, before)
    notebook.page.keyboard.press("End")
    says("of 4000 units fail")
    found.locator(".hopfield-control-overlap select").select_option("0.5")
    says("all those that deviate from what the patterns have in common (15 % of the units)")
    found.locator(".hopfield-control-overlap select").select_option("unrelated")
    found.locator(".hopfield-control-self-connections select").select_option("M/N each")
    says("of the 40 patterns are still fixed points")
    notebook.wait_for_new_image(image, before)
    found.locator(".hopfield-control-N .noUi-handle").focus()
    notebook.page.keyboard.press("Home")
    says("None of the 400 units fails.")
    before = notebook.image_hash(image)
    found.locator(".hopfield-control-rng .noUi-handle").focus()
    notebook.page.keyboard.press("ArrowRight")
    notebook.wait_for_new_image(image, before)
    assert not found.locator(".hopfield-error:visible").count()
