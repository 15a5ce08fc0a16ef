"""A grid of cells to draw on, with mouse, finger or keyboard: the one widget with JavaScript of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import ipywidgets as widgets
import numpy as np
import traitlets
from numpy.typing import ArrayLike, NDArray

from hopfield_edu import _check
from hopfield_edu.explore._svg import anywidget

_HERE = Path(__file__).parent


class Grid(anywidget.AnyWidget if anywidget else widgets.DOMWidget):  # type: ignore[misc]
    """A ±1 picture that can be drawn on.

    Parameters
    ----------
    picture : (rows, cols) array of ±1
    label : str
        What a screen reader calls it.
    cell_size : int
        Side of a cell in pixels of the page.
    thumbnail : bool
        A small button that shows the picture instead of a sheet to draw on.

    Attributes
    ----------
    cells : bytes
        One signed byte per cell, row by row: what travels between page and kernel.
    marked : list of int
        Cells, counted row by row from 0, that get a ring.

    Examples
    --------
    >>> grid = Grid([[1, -1], [-1, 1]])
    >>> grid.picture = [[1, 1], [1, 1]]
    >>> int(grid.picture.sum())
    4
    """

    _esm = _HERE / "grid.js"
    _css = _HERE / "grid.css"
    rows = traitlets.Int().tag(sync=True)
    cols = traitlets.Int().tag(sync=True)
    cells = traitlets.CBytes().tag(sync=True)
    marked = traitlets.List(traitlets.Int()).tag(sync=True)
    label = traitlets.Unicode("Picture").tag(sync=True)
    cell_size = traitlets.Int(28).tag(sync=True)
    thumbnail = traitlets.Bool(False).tag(sync=True)
    revision = traitlets.Int(0).tag(sync=True)  # of the picture that the kernel has shown
    stroke = traitlets.List(traitlets.Int()).tag(sync=True)  # the revision drawn on, a running number

    def __init__(self, picture: ArrayLike, **traits: Any) -> None:
        if anywidget is None:
            raise ImportError("To draw on a grid needs the package anywidget: pip install anywidget")
        picture = _check.bipolar(picture, "picture", ndim=(2,))
        rows, cols = picture.shape
        super().__init__(rows=rows, cols=cols, cells=_to_bytes(picture), **traits)

    @traitlets.validate("cells")
    def _whole_picture(self, proposal: Any) -> bytes:
        cells = bytes(proposal["value"])
        if len(cells) != self.rows * self.cols or set(cells) - {1, 255}:
            raise traitlets.TraitError(
                f"cells must hold {self.rows} x {self.cols} signed bytes, each +1 or -1"
            )
        return cells

    @property
    def picture(self) -> NDArray[np.int_]:
        """The cells as a (rows, cols) array of ±1; assign to it to show another picture."""
        return np.frombuffer(self.cells, np.int8).astype(int).reshape(self.rows, self.cols)

    @picture.setter
    def picture(self, picture: ArrayLike) -> None:
        self.show(picture)

    def show(self, picture: ArrayLike, marked: Iterable[int] = ()) -> None:
        """Show a picture, (rows, cols) or (rows * cols,), and ring the `marked` cells."""
        given = _check.bipolar(picture, "picture")
        if given.shape not in ((self.rows, self.cols), (self.rows * self.cols,)):
            wanted = f"({self.rows}, {self.cols}) or ({self.rows * self.cols},)"
            raise ValueError(f"picture has shape {given.shape}; {wanted} is wanted")
        cells = _to_bytes(given)
        with self.hold_sync():
            self.revision += cells != self.cells  # a stroke on the same picture is not too late
            self.cells = cells
            self.marked = [int(k) for k in marked]

    def set_state(self, sync_data: dict[str, Any]) -> None:
        """What the page sends. A stroke on a picture that has gone since comes too late and is dropped.

        The new picture is on its way to the page already; to send it again would wipe out what is drawn there
        meanwhile.
        """
        stroke = sync_data.get("stroke")
        if not stroke or stroke[0] == self.revision:
            super().set_state(sync_data)

    def on_drop(self, callback: Callable[[str, bytes], object]) -> None:
        """Call `callback(name, content)` for a file that is dropped; no content if it is too large."""

        def dropped(_widget: object, content: Any, buffers: list[Any]) -> None:
            if isinstance(content, dict) and "file" in content:
                callback(str(content["file"]), bytes(buffers[0]) if buffers else b"")

        self.on_msg(dropped)

    def on_press(self, callback: Callable[[], object]) -> None:
        """Call `callback` whenever a thumbnail is pressed."""
        self.on_msg(lambda _widget, content, _buffers: callback() if content == "press" else None)


def _to_bytes(picture: ArrayLike) -> bytes:
    return np.asarray(picture, np.int8).tobytes()
