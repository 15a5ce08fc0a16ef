"""Room for several pictures side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from hopfield_edu import _check


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
    count = _check.count(count, "count", low=1)
    columns = count if columns is None else _check.count(columns, "columns", low=1)
    if titles is not None and len(titles) != count:
        raise ValueError(f"titles has {len(titles)} entries; {count} are wanted, one per picture")
    rows = -(-count // columns)
    fig = Figure(figsize=(size * columns, (height or size) * rows), layout="constrained")
    axes = np.array([fig.add_subplot(rows, columns, k + 1) for k in range(count)])
    for ax, title in zip(axes, titles or [], strict=False):
        ax.set_title(title, fontsize=11)
    return axes
