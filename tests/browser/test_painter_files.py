"""Picture files for the painter in a real JupyterLab: chosen with the button, dropped onto the sheet."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Locator, expect

from hopfield_edu import datasets
from notebooks import KERNEL

DROP = """([sheet, name, bytes]) => {
    const carried = new DataTransfer();
    carried.items.add(new File([new Uint8Array(bytes)], name));
    const send = kind => sheet.dispatchEvent(
        new DragEvent(kind, {dataTransfer: carried, bubbles: true, cancelable: true}));
    const taken = !send("dragover");  // else the browser would open the file instead
    const marked = sheet.classList.contains("hopfield-drop");
    const caught = !send("drop");
    return taken && marked && caught && !sheet.classList.contains("hopfield-drop");
}"""


def photograph() -> bytes:
    """A large coloured PNG whose left third is dark."""
    cells = np.full((300, 240, 3), (250, 240, 90), np.uint8)
    cells[:, :80] = (30, 20, 60)
    buffer = io.BytesIO()
    Image.fromarray(cells).save(buffer, "PNG")
    return buffer.getvalue()


def drop(sheet: Locator, name: str, content: bytes | int) -> None:
    """Drop a file of this content, or of so many zeros."""
    given = content if isinstance(content, int) else list(content)
    assert sheet.page.evaluate(DROP, [sheet.element_handle(), name, given])


def has_ink(sheet: Locator, columns: range, rows: int) -> None:
    """Wait until the ink fills these columns and nothing else."""
    expect(sheet).to_have_attribute("data-on", str(rows * len(columns)))
    assert sheet.locator('[data-value="1"]').evaluate_all(
        "(cells, columns) => cells.every(cell => columns.includes(Number(cell.dataset.col)))", [*columns]
    )


@pytest.mark.slow
def test_a_file_is_uploaded_and_dropped(open_explorer: Callable[..., Any], tmp_path: Path) -> None:
    source = "from hopfield_edu import datasets, explore\n\nexplore.painter(datasets.faces([1, 20, 33]))"
    path = tmp_path / "painter.ipynb"
    cells = [nbformat.v4.new_code_cell(source)]
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=KERNEL), path)
    painter = open_explorer("painter", path)
    sheet = painter.found.locator(".hopfield-grid[role=grid]")
    assert sheet.get_attribute("aria-label") == "Picture, 24 rows, 24 columns"
    thumbnail = painter.found.locator('.hopfield-thumbnail[aria-label="Put memory 1 on the sheet"]')
    assert thumbnail.get_attribute("data-on") == str((datasets.faces([1]) > 0).sum())

    with painter.page.expect_file_chooser() as chooser:
        painter.found.locator(".hopfield-upload").click()
    chooser.value.set_files({"name": "wall.png", "mimeType": "image/png", "buffer": photograph()})
    has_ink(sheet, range(8), 24)  # the middle of the picture, as high as it is wide
    painter.says("This picture agrees with memory")

    drop(sheet, "stripe.txt", "\n".join(["#####" + 19 * "."] * 24).encode())
    has_ink(sheet, range(5), 24)
    drop(sheet, "wall.png", photograph())
    has_ink(sheet, range(8), 24)
    painter.button("recall").click()
    painter.says("each of them downhill")  # some 270 flips, drawn one after the other

    alarm = painter.found.locator(".hopfield-error")
    drop(sheet, "tune.mp3", b"la la la")
    expect(alarm).to_contain_text("The file 'tune.mp3' is some bytes, which is no picture")
    drop(sheet, "huge.png", 8_000_001)
    expect(alarm).to_contain_text("is empty, or larger than 8 MB")
    painter.found.locator(".hopfield-button-store").click()
    expect(alarm).to_be_hidden()
    drop(sheet, "wall.png", photograph())
    has_ink(sheet, range(8), 24)
