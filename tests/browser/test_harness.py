"""The browser harness itself, on a small notebook with a slider that redraws a picture."""

from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from browser import Notebook

from notebooks import KERNEL

SLIDER = """
import io

import ipywidgets as widgets
from matplotlib.figure import Figure

slider, image, text = widgets.IntSlider(3, 0, 9), widgets.Image(), widgets.Label()

def draw(change=None):
    figure, buffer = Figure(figsize=(2, 1)), io.BytesIO()
    figure.subplots().barh([0], slider.value)
    figure.savefig(buffer)
    image.value, text.value = buffer.getvalue(), f"value {slider.value}"

slider.observe(draw, "value")
draw()
widgets.VBox([slider, image, text]).add_class("self-test")
"""


def written(path: Path, *sources: str) -> Path:
    """A notebook of code cells in a file."""
    cells = [nbformat.v4.new_code_cell(source.strip()) for source in sources]
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=KERNEL), path)
    return path


@pytest.mark.slow
def test_a_slider_changes_the_picture(open_notebook: Callable[[Path], Notebook], tmp_path: Path) -> None:
    notebook = open_notebook(written(tmp_path / "slider.ipynb", "1 + 1", SLIDER))
    notebook.run_all()
    widget = notebook.page.locator(".self-test")
    image = widget.locator("img")
    image.wait_for()
    before = notebook.image_hash(image)
    widget.locator(".noUi-handle").focus()
    notebook.page.keyboard.press("ArrowRight")
    assert notebook.wait_for_new_image(image, before) != before
    assert widget.get_by_text("value 4").is_visible()
    assert notebook.code_cell("1 + 1").locator(".jp-OutputArea-output").inner_text() == "2"


@pytest.mark.slow
def test_a_failing_cell_is_noticed(open_notebook: Callable[[Path], Notebook], tmp_path: Path) -> None:
    notebook = open_notebook(written(tmp_path / "fails.ipynb", "1 / 0", "2"))
    with pytest.raises(AssertionError, match="division by zero"):
        notebook.run_all()
