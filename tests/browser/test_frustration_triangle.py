"""The frustration triangle in a real JupyterLab: signs toggled by mouse and keyboard."""

from collections.abc import Callable
from pathlib import Path

import nbformat
from browser import Notebook
from playwright.sync_api import expect

from notebooks import KERNEL

SECONDS = 20_000  # for a kernel on a busy machine


def test_frustration_triangle(open_notebook: Callable[[Path], Notebook], tmp_path: Path) -> None:
    source = "from hopfield_edu import explore\n\nexplore.frustration_triangle()"
    path = tmp_path / "triangle.ipynb"
    cells = [nbformat.v4.new_code_cell(source)]
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=KERNEL), path)
    notebook = open_notebook(path)
    notebook.run_all()
    found = notebook.page.locator(".hopfield-frustration-triangle")
    found.wait_for()
    caption, image = found.locator(".hopfield-caption"), found.locator("img")

    def says(text: str) -> None:
        expect(caption).to_contain_text(text, timeout=SECONDS)

    says("= −1: frustrated")
    says("6 fixed points: −−−, +−−, ++−, −−+, −++, +++.")
    inside = found.evaluate("""host => {
        const right = host.getBoundingClientRect().right;
        return [...host.querySelectorAll('*')].every(e => e.getBoundingClientRect().right <= right + 1);
    }""")
    assert inside, "wider than its frame"

    before = notebook.image_hash(image)
    found.locator(".hopfield-button-turn-all-signs").click()
    says("2 fixed points: −+−, +−+.")
    before = notebook.wait_for_new_image(image, before)
    found.locator(".hopfield-button-turn-all-signs").click()
    says("6 fixed points")

    signs = found.locator(".hopfield-control-w13 button")
    expect(signs).to_have_count(3)
    signs.nth(1).click()  # no connection
    says("A weight is missing: there is no loop")
    signs.nth(0).focus()
    notebook.page.keyboard.press("Enter")
    says("= +1: not frustrated")
    signs.nth(2).focus()
    notebook.page.keyboard.press("Space")
    says("= −1: frustrated")

    found.locator(".hopfield-control-ties select").select_option("become +1")
    says("1 fixed point: +++.")
    found.locator(".hopfield-control-state select").select_option("+−+")
    says("In +−+, w₁₂, w₂₃ and w₁₃ are unsatisfied.")
    assert not found.locator(".hopfield-error:visible").count()
