"""Room for several pictures side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from hopfield_edu import _check
from hopfield_edu.plots import _given, _style

MOST = 100  # pictures in one figure
WIDEST = 500.0  # inches of a figure: matplotlib draws at most 65,535 dots


def panels(
    count: int,
    *,
    titles: Sequence[str] | None = None,
    columns: int | None = None,
    size: float = 3.2,
    height: float | None = None,
) -> NDArray[Any]:
    """Axes for `count` pictures in one figure.

    Parameters
    ----------
    count : int
        Number of pictures.
    titles : sequence of str, optional
        A title for each.
    columns : int, optional
        Pictures per row; all in one row if not given.
    size : float
        Width of a picture in inches, and its height if that is not given.
    height : float, optional
        Height of a picture in inches.

    Returns
    -------
    axes : (count,) array of Axes
        Fill them through ``ax=`` and hand any of them, or all, to `show`.

    Examples
    --------
    >>> left, right = panels(2, titles=["before", "after"])
    >>> left.get_title()
    'before'
    """
    count = _check.count(count, "count", low=1, high=MOST)
    columns = count if columns is None else _check.count(columns, "columns", low=1, high=MOST)
    titles = None if titles is None else _given.texts(titles, "titles", count, "picture")
    size = _check.positive(size, "size", high=WIDEST)
    height = size if height is None else _check.positive(height, "height", high=WIDEST)
    rows = -(-count // columns)
    if max(size * columns, height * rows) > WIDEST:
        inches = f"{size * columns:g} by {height * rows:g} inches"
        raise ValueError(f"size is {size:g}: the figure would have {inches}; at most {WIDEST:g} can be drawn")
    fig = Figure(figsize=(size * columns, height * rows), layout="constrained")
    axes = np.array([_style.dress(fig.add_subplot(rows, columns, k + 1)) for k in range(count)])
    for ax, title in zip(axes, titles or [], strict=False):
        _style.title(ax, title)
    # Nothing touches the edge of a card, and a title belongs to the picture below it.
    fig.get_layout_engine().set(w_pad=0.08, h_pad=0.12 if titles else 0.08)
    return axes
