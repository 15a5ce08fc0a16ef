"""The flip-flop in a real JupyterLab: sliders by keyboard, the button by mouse."""

from collections.abc import Callable
from pathlib import Path

import nbformat
from browser import Notebook
from playwright.sync_api import expect

from notebooks import KERNEL

SECONDS = 20_000  # for a kernel on a busy machine


def test_flip_flop(open_notebook: Callable[[Path], Notebook], tmp_path: Path) -> None:
    source = "from hopfield_edu import explore\n\nexplore.flip_flop()"
    path = tmp_path / "flip_flop.ipynb"
    cells = [nbformat.v4.new_code_cell(source)]
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=KERNEL), path)
    notebook = open_notebook(path)
    notebook.run_all()
    found = notebook.page.locator(".hopfield-flip-flop")
    found.wait_for()
    caption, image = found.locator(".hopfield-caption"), found.locator("img")

    def says(text: str) -> None:
        expect(caption).to_contain_text(text, timeout=SECONDS)

    says("a flip-flop that remembers")
    says("go to 0.98 and 0.02")
    inside = found.evaluate("""host => {
        const right = host.getBoundingClientRect().right;
        return [...host.querySelectorAll('*')].every(e => e.getBoundingClientRect().right <= right + 1);
    }""")
    assert inside, "wider than its frame"

    before = notebook.image_hash(image)
    found.locator(".hopfield-button-exchange-start").click()
    says("go to 0.02 and 0.98")
    before = notebook.wait_for_new_image(image, before)

    gain = found.locator(".hopfield-control-gain .noUi-handle")
    gain.focus()
    gain.press("Home")
    says("it remembers nothing")
    gain.press("End")
    says("a flip-flop that remembers")
    notebook.wait_for_new_image(image, before)

    first = found.locator(".hopfield-control-input-1 .noUi-handle")
    first.focus()
    first.press("End")
    says("in favour of unit 1")
    assert not found.locator(".hopfield-error:visible").count()
