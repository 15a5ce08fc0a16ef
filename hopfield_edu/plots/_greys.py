"""Pictures of real numbers: grey where a cell is neither +1 nor -1."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from numpy.typing import ArrayLike, NDArray

from hopfield_edu import _check
from hopfield_edu.plots import _canvas, _given, _style
from hopfield_edu.plots._pictures import picture_shape, side_by_side

GREYS = LinearSegmentedColormap.from_list("paper to ink", [_canvas.PAPER, _canvas.INK])


def greys(
    states: ArrayLike,
    shape: tuple[int, int] | None = None,
    *,
    titles: Sequence[str] | None = None,
    columns: int | None = None,
) -> NDArray[np.object_]:
    """Several pictures of real numbers side by side, -1 and below light, +1 and above dark.

    Parameters
    ----------
    states : (B, N) or (B, rows, columns) array
    shape : (rows, columns), optional
        Of each picture, by default as in `grid`.
    titles : B strings, optional
    columns : int, optional
        Pictures in a row, by default at most 6.

    Returns
    -------
    axes : (B,) array of Axes
        Each with a description in its ``alt_text``; `show` takes the whole array.

    Raises
    ------
    ValueError, TypeError
        If the values are no finite numbers, do not fit `shape`, or titles and states differ in number.

    Examples
    --------
    >>> greys([[0.5, -1], [1, 1]], (1, 2))[0].alt_text
    'Picture of 1 by 2 cells, values from −1 to 0.5.'
    """
    pictures = _check.real_array(states, "states")
    if pictures.ndim not in (2, 3) or pictures.size == 0:
        raise ValueError(f"states has shape {pictures.shape}; (B, N) or (B, rows, columns) is wanted")
    cells = picture_shape(pictures.shape[1:], shape)

    def draw(picture: NDArray[Any], ax: Axes) -> None:
        grey(picture, cells, ax=ax)

    return side_by_side(draw, pictures, max(0.16, cells[0] / cells[1]), titles, columns)


def grey(
    state: ArrayLike,
    shape: tuple[int, int] | None = None,
    *,
    ax: Axes | None = None,
    title: str | None = None,
) -> Axes:
    """One picture of real numbers, -1 and below light, +1 and above dark; arguments as in `grid`.

    Examples
    --------
    >>> grey([0, 1, -1, 0.25]).alt_text
    'Picture of 2 by 2 cells, values from −1 to 1.'
    """
    values = _check.real_array(state, "state")
    if values.ndim not in (1, 2) or values.size == 0:
        raise ValueError(f"state has shape {values.shape}; (N,) or (rows, columns) is wanted")
    rows, columns = picture_shape(values.shape, shape)
    ax = _canvas.axes(ax, (2.6, 2.6), (0.03, 0.03, 0.94, 0.84))
    ax.imshow(values.reshape(rows, columns), cmap=GREYS, vmin=-1, vmax=1, interpolation="nearest")
    ax.set(xticks=[], yticks=[])
    ax.spines[:].set(visible=True, color="#8a94a1", linewidth=0.8)
    if title is not None:
        _style.title(ax, _given.text(title, "title"))
    low, high = (_canvas.plain(value, 2) for value in (values.min(), values.max()))
    ax.alt_text = f"Picture of {rows} by {columns} cells, values from {low} to {high}."
    return ax
