"""A table of numbers as squares: weights, overlaps, fields."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PatchCollection
from matplotlib.patches import Rectangle
from matplotlib.textpath import TextPath
from numpy.typing import ArrayLike, NDArray

from hopfield_edu import _check
from hopfield_edu.plots import _canvas, _given, _style

MAX_NUMBERS = 100  # cells up to which the numbers are printed
MOST_NUMBERS = 2500  # that are printed if asked for
MOST_SQUARES = 40_000
LABELS = 9  # points, and for many rows or columns ...
SMALL_LABELS, MANY = 7, 30
MAX_SPELLED = 36  # cells up to which the description spells them


def matrix(
    values: ArrayLike,
    *,
    rows: Sequence[Any] | None = None,
    columns: Sequence[Any] | None = None,
    numbers: bool | None = None,
    marked: ArrayLike | None = None,
    ax: Axes | None = None,
) -> Axes:
    """A matrix as squares: the area is the size of a number, full squares are positive, open ones negative.

    Parameters
    ----------
    values : (R, C) array
    rows, columns : sequence, optional
        Labels; 1, 2, ... if not given.
    numbers : bool, optional
        Print the numbers in tinted cells instead of squares; by default up to 100 cells.
    marked : (R, C) array of bool, optional
        Entries to frame.
    ax : Axes, optional

    Returns
    -------
    ax : Axes
        With a description in ``ax.alt_text``.

    Raises
    ------
    ValueError, TypeError
        If `values` is no matrix of finite numbers, or labels or marks do not fit.

    Examples
    --------
    >>> matrix([[0, 2], [-1, 0]]).alt_text
    'Matrix of 2 by 2; row 1: 0, 2; row 2: −1, 0.'
    """
    A = _check.real_array(values, "values")
    if A.ndim != 2 or A.size == 0:
        raise ValueError(f"values has shape {A.shape}; a matrix (R, C) is wanted")
    if max(A.shape) > _given.MOST:
        raise ValueError(f"values has shape {A.shape}; at most {_given.MOST} rows and columns are drawn")
    names = [_labels(given, n, what) for given, n, what in _sides(rows, columns, A.shape)]
    marks = np.zeros(A.shape, bool) if marked is None else _given.marked(marked, A.shape)
    printed = A.size <= MAX_NUMBERS if numbers is None else _check.flag(numbers, "numbers")
    if A.size > (limit := MOST_NUMBERS if printed else MOST_SQUARES):
        raise ValueError(
            f"values has {A.size} entries; at most {limit} are drawn as {'numbers' if printed else 'squares'}"
        )
    R, C = A.shape
    shown = [[*map(_style.printed, side)] for side in names]
    ax = _own_axes(ax, R, C, shown)
    (_numbers if printed else _squares)(ax, A)
    frame = {"fill": False, "ec": _canvas.HIGHLIGHT, "lw": 2.4, "zorder": 4, "gid": "marked"}
    for r, c in np.argwhere(marks):
        ax.add_artist(Rectangle((c - 0.46, r - 0.46), 0.92, 0.92, **frame))
    _dress(ax, R, C, shown)
    ax.alt_text = _describe(A, marks, names)
    return ax


def _own_axes(ax: Axes | None, R: int, C: int, names: list[list[str]]) -> Axes:
    """Axes of a size that fits the labels, in a figure of nine inches at most."""
    across, below = (max(map(_inches, side)) for side in names)
    left, top, rest = min(4.0, 0.14 + across), 0.34, 0.06
    side = min(max(0.42, below + 0.08), (9 - left - rest) / C, (9 - top - rest) / R)
    width, height = left + side * C + rest, top + side * R + rest
    return _canvas.axes(
        ax, (width, height), (left / width, rest / height, side * C / width, side * R / height)
    )


def _inches(label: str) -> float:
    """How wide a label is."""
    return float(TextPath((0, 0), label, size=LABELS).get_extents().x1 / 72) if label.strip() else 0.0


def _sides(rows: Any, columns: Any, shape: tuple[int, ...]) -> list[tuple[Any, int, str]]:
    return [(rows, shape[0], "rows"), (columns, shape[1], "columns")]


def _labels(given: Sequence[Any] | None, count: int, what: str) -> list[str]:
    if given is None:
        return [str(k + 1) for k in range(count)]
    return _given.texts(list(given) if isinstance(given, str) else given, what, count, what[:-1])


def _squares(ax: Axes, A: NDArray[Any]) -> None:
    largest = np.abs(A).max() or 1
    full, empty = [], []
    for (r, c), value in np.ndenumerate(A):
        if value:
            side = 0.92 * np.sqrt(abs(value) / largest)
            square = Rectangle((c - side / 2, r - side / 2), side, side)
            (full if value > 0 else empty).append(square)
    ax.add_collection(PatchCollection(full, fc=_canvas.INK, ec="none", zorder=2))
    look = {"fc": "white", "ec": _canvas.INHIBITORY, "lw": 1.1, "zorder": 2}
    ax.add_collection(PatchCollection(empty, **look))


def _numbers(ax: Axes, A: NDArray[Any]) -> None:
    largest = np.abs(A).max() or 1
    longest = max(len(_canvas.plain(value, 3)) for value in A.flat)
    size = 9.5 if longest < 4 else 8.6 if longest < 5 else 7.4 if longest < 7 else 6.4
    for (r, c), value in np.ndenumerate(A):
        colour = _canvas.EXCITATORY if value > 0 else _canvas.INHIBITORY
        ax.add_artist(
            Rectangle((c - 0.5, r - 0.5), 1, 1, fc=colour, ec="none", alpha=0.32 * abs(value) / largest)
        )
        _canvas.write(ax, (c, r), _canvas.plain(value, 3), size)


def _dress(ax: Axes, R: int, C: int, names: list[list[str]]) -> None:
    ax.set(xlim=(-0.5, C - 0.5), ylim=(R - 0.5, -0.5), aspect="equal")
    small = LABELS if max(R, C) <= MANY else SMALL_LABELS
    ax.set_xticks(range(C), names[1], fontsize=small, color=_canvas.INK)
    ax.set_yticks(range(R), names[0], fontsize=small, color=_canvas.INK)
    ax.xaxis.set_label_position("top")
    ax.tick_params(length=0, top=False, labeltop=True, bottom=False, labelbottom=False)
    rules = {"color": _canvas.FAINT, "lw": 0.5, "zorder": 1}
    ax.vlines(np.arange(1, C) - 0.5, -0.5, R - 0.5, **rules)
    ax.hlines(np.arange(1, R) - 0.5, -0.5, C - 0.5, **rules)
    ax.spines[:].set(color="#8a94a1", linewidth=0.8)


def _describe(A: NDArray[Any], marks: NDArray[np.bool_], names: list[list[str]]) -> str:
    R, C = A.shape
    told = [f"Matrix of {R} by {C}"]
    if A.size <= MAX_SPELLED:
        lines = (", ".join(_canvas.plain(v, 3) for v in row) for row in A)
        told += [f"row {name}: {line}" for name, line in zip(names[0], lines, strict=True)]
    else:
        told.append(f"values from {_canvas.plain(A.min(), 3)} to {_canvas.plain(A.max(), 3)}")
    if marks.any():
        places = [f"row {names[0][r]}, column {names[1][c]}" for r, c in np.argwhere(marks)]
        told.append("marked: " + _canvas.listing(places, 6))
    return "; ".join(told) + "."
