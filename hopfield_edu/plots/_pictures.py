"""States as pictures: dark cells for +1, light ones for -1."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Sequence
from math import ceil
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import ListedColormap
from matplotlib.figure import Figure
from numpy.typing import ArrayLike, NDArray

from hopfield_edu import _check, datasets
from hopfield_edu.plots import _canvas, _given, _style

COLOURS = ListedColormap([_canvas.PAPER, _canvas.INK])
RULED = 8  # pixels on the page from which on cells are ruled: between smaller ones, lines drown the picture
WIDE = 6.6  # inches of a row: its titles are read at half the width of a screen, too
LINE = 0.18  # inches for a line of a title
MAX_SPELLED = 25  # units up to which the description spells the rows


def grid(
    state: ArrayLike,
    shape: tuple[int, int] | None = None,
    *,
    marked: ArrayLike | None = None,
    ax: Axes | None = None,
    title: str | None = None,
) -> Axes:
    """One state as a picture, +1 dark and -1 light.

    Parameters
    ----------
    state : (N,) or (rows, columns) array of ±1
    shape : (rows, columns), optional
        By default the shape of `state`; for a flat one that of the library's own pictures, else a square
        if N is one, else a single row (`datasets.shape_of`).
    marked : array of bool, of the shape of `state`, optional
        Cells that get a dot, such as those that are wrong.
    ax : Axes, optional
    title : str, optional

    Returns
    -------
    ax : Axes
        With a description in ``ax.alt_text``.

    Raises
    ------
    ValueError, TypeError
        If the entries are not ±1, or do not fit `shape`, or `marked` does not fit them.

    Examples
    --------
    >>> grid([1, 1, 1, -1]).alt_text
    'Picture of 2 by 2 cells, 3 of 4 dark (+1); rows from the top: ++, +−.'
    """
    cells = np.asarray(_check.bipolar(state, "state"))
    rows, columns = picture_shape(cells.shape, shape)
    cells = cells.reshape(rows, columns)
    long = max(rows, columns)
    size = (3.2 * max(0.3, columns / long), 3.2 * max(0.3, rows / long) + 0.3)
    ax = _canvas.axes(ax, size, (0.03, 0.03, 0.94, 0.94 - 0.3 / size[1]))
    draw_cells(ax, cells)
    ax.alt_text = _describe(cells)
    if marked is not None:
        dots = _given.marked(marked, np.shape(state)).reshape(cells.shape)
        _draw_dots(ax, dots)
        ax.alt_text += f" Marked: {dots.sum()}."
    if title is not None:
        _style.title(ax, _given.text(title, "title"))
    return ax


def grids(
    states: ArrayLike,
    shape: tuple[int, int] | None = None,
    *,
    marked: ArrayLike | None = None,
    titles: Sequence[str] | None = None,
    columns: int | None = None,
) -> NDArray[np.object_]:
    """Several states as pictures side by side.

    Parameters
    ----------
    states : (B, N) array or sequence of B states, ±1
    shape : (rows, columns), optional
        Of each picture, as in `grid`.
    marked : array of bool, of the shape of `states`, optional
        Cells that get a dot, such as those that are wrong.
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
        As in `grid`, or if the numbers of titles and states differ.
    """
    given = _check.array_of(states, "states")
    if given.ndim not in (1, 2, 3):
        raise ValueError(f"states has shape {given.shape}; (B, N) or (B, rows, columns) is wanted")
    if given.size == 0:
        raise ValueError(f"states is empty (shape {given.shape}); at least one state is wanted")
    pictures = given[None] if given.ndim == 1 else given
    cells = picture_shape(pictures.shape[1:], shape)
    pictures = _check.bipolar(pictures.reshape(len(pictures), -1), "states")

    dots = None if marked is None else _given.marked(marked, given.shape).reshape(pictures.shape)

    def draw(k: int, ax: Axes) -> None:
        grid(pictures[k], cells, marked=None if dots is None else dots[k], ax=ax)

    return side_by_side(draw, range(len(pictures)), max(0.4, cells[0] / cells[1]), titles, columns)


def side_by_side(
    draw: Callable[[Any, Axes], object],
    states: Sequence[Any],
    height: float,
    titles: Sequence[str] | None,
    columns: int | None,
) -> NDArray[np.object_]:
    """`draw(state, ax)` for every state, in rows of pictures that are `height` times as high as wide."""
    B = len(states)
    if B > _given.MOST:
        raise ValueError(f"states holds {B} pictures; at most {_given.MOST} are drawn")
    if titles is not None:
        titles = _given.texts(titles, "titles", B, "state")
    across = min(B, 6) if columns is None else _check.count(columns, "columns", low=1, high=_given.MOST)
    down, cell = ceil(B / across), min(2.0, WIDE / across)
    heads = None if titles is None else [_wrapped(title, 0.95 * cell) for title in titles]
    above = 0.03 if heads is None else 0.12 + LINE * max(head.count("\n") + 1 for head in heads)
    tall = cell * min(2.0, height) + above + 0.03
    head = above / tall
    fig = Figure(figsize=(across * cell, down * tall), facecolor="white")
    found = np.empty(B, object)
    for k, state in enumerate(states):
        low = 1 - (k // across + 1) / down
        box = ((k % across + 0.05) / across, low + 0.02 / down, 0.9 / across, (0.98 - head) / down)
        draw(state, fig.add_axes(box))
        found[k] = fig.axes[-1]
        if heads is not None:
            _style.title(found[k], heads[k], size=_style.LABEL)
    return found


def _wrapped(title: str, width: float) -> str:
    """A title in lines that are no wider than so many inches, as far as its words allow."""
    letters = max(1, int(72 * width / (_style.LETTER * _style.LABEL)))
    lines = (textwrap.wrap(line, letters, break_long_words=False) for line in title.split("\n"))
    return "\n".join("\n".join(line) for line in lines)


def draw_cells(ax: Axes, cells: NDArray[np.int_]) -> None:
    """The cells of a picture, ruled if they are large enough, in a thin frame."""
    rows, columns = cells.shape
    ax.imshow(cells, cmap=COLOURS, vmin=-1, vmax=1, interpolation="nearest")
    ax.set(xticks=[], yticks=[])
    box = ax.get_window_extent()
    if min(box.width / columns, box.height / rows) * 96 / ax.figure.dpi >= RULED:
        how = {"color": _canvas.FAINT, "lw": 0.6}
        ax.vlines(np.arange(1, columns) - 0.5, -0.5, rows - 0.5, **how)
        ax.hlines(np.arange(1, rows) - 0.5, -0.5, columns - 0.5, **how)
    ax.spines[:].set(visible=True, color="#8a94a1", linewidth=0.8)


def _draw_dots(ax: Axes, dots: NDArray[np.bool_]) -> None:
    """A dot in each of these cells, a third as wide."""
    box, (rows, columns) = ax.get_window_extent(), dots.shape
    size = 0.36 * min(box.width / columns, box.height / rows) * 72 / ax.figure.dpi
    down, across = np.nonzero(dots)
    look = {"ms": size, "mfc": _canvas.HIGHLIGHT, "mec": _canvas.INK, "mew": 0.12 * size}
    ax.plot(across, down, "o", gid="marked", **look)


def picture_shape(given: tuple[int, ...], shape: tuple[int, int] | None) -> tuple[int, int]:
    """Rows and columns of a picture of an array of shape `given`."""
    N = int(np.prod(given))
    if shape is None:
        return (given[0], given[1]) if len(given) == 2 else datasets.shape_of(N)
    if not isinstance(shape, (tuple, list)) or len(shape) != 2:
        raise ValueError(f"shape is {_check.shown(shape)}; (rows, columns) is wanted")
    rows, columns = (_check.count(n, "shape", low=1) for n in shape)
    if rows * columns != N:
        raise ValueError(f"shape is {rows} x {columns} = {rows * columns} cells, but state has {N} units")
    return rows, columns


def _describe(cells: NDArray[np.int_]) -> str:
    rows, columns = cells.shape
    text = f"Picture of {rows} by {columns} cells, {(cells > 0).sum()} of {cells.size} dark (+1)"
    if cells.size > MAX_SPELLED:
        return text + "."
    spelled = ("".join("+" if y > 0 else "−" for y in row) for row in cells)
    return text + f"; rows from the top: {', '.join(spelled)}."
