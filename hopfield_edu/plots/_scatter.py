"""Pairs of numbers as points, and which of them lie above a line."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike, NDArray

from hopfield_edu import _check
from hopfield_edu.plots import _canvas, _given, _style

MOST = 100_000  # points
FEW, MANY = 100, 3000  # up to which they are drawn large; beyond which they are drawn pale
NEAR = 1e-9  # what counts as on the line, as a share of the largest number


def scatter(
    x: ArrayLike,
    y: ArrayLike,
    *,
    slope: float = 0.0,
    xlabel: str = "x",
    ylabel: str = "y",
    ax: Axes | None = None,
) -> Axes:
    """A point for each pair of numbers, and the line y = slope x, to see who lies above it.

    Points above the line are larger and lit up.

    Parameters
    ----------
    x, y : (P,) arrays
    slope : float
        Of the line through the origin: 0 tells rises from falls, 1 tells whether y is x.
    xlabel, ylabel : str
        What the numbers are.
    ax : Axes, optional

    Returns
    -------
    ax : Axes
        With a description in ``ax.alt_text``, which counts the points above, on and below the line.

    Raises
    ------
    TypeError, ValueError
        If `x` and `y` are no finite numbers, are not equally many, or are too many.

    Examples
    --------
    >>> scatter([1, 2, 3], [0, -1, -4], xlabel="steps", ylabel="change").alt_text
    '3 points, steps from 1 to 3, change from −4 to 0: none above the line y = 0, 1 on it, 2 below.'
    """
    xs, ys = _points(x, "x"), _points(y, "y")
    if len(xs) != len(ys):
        raise ValueError(f"x has {len(xs)} numbers and y has {len(ys)}; as many are wanted")
    slope = _check.number(slope, "slope")
    names = _given.text(xlabel, "xlabel"), _given.text(ylabel, "ylabel")
    ax = _style.chart(ax, (5.6, 3.4), *names, grid="both")
    off = ys - slope * xs
    near = NEAR * max(np.abs(xs).max(), np.abs(ys).max())
    above = off > near
    line = np.linspace(min(0, xs.min()), max(0, xs.max()), 200)
    ax.plot(line, slope * line, color=_canvas.QUIET, lw=1.2, ls="--", zorder=1, gid="line")
    few = {"ms": 7, "alpha": 0.7} if len(xs) <= FEW else {"ms": 4, "alpha": 0.45 if len(xs) <= MANY else 0.15}
    ax.plot(xs[~above], ys[~above], "o", mfc=_canvas.INK, mec="none", **few)
    ax.plot(xs[above], ys[above], "o", ms=7, mfc=_canvas.HIGHLIGHT, mec=_canvas.INK, mew=0.9, gid="above")
    counts = int(above.sum()), int((np.abs(off) <= near).sum()), int((off < -near).sum())
    ax.alt_text = _describe(xs, ys, slope, names, counts)
    return ax


def _points(values: ArrayLike, name: str) -> NDArray[np.float64]:
    found = _check.real_array(values, name)
    if found.ndim != 1 or not 1 <= found.size <= MOST:
        raise ValueError(f"{name} has shape {found.shape}; (P,), 1 to {MOST} numbers, is wanted")
    return found.astype(float)


def _describe(
    xs: NDArray[np.float64],
    ys: NDArray[np.float64],
    slope: float,
    names: tuple[str, str],
    counts: tuple[int, int, int],
) -> str:
    times = {0.0: "0", 1.0: "x", -1.0: "−x"}.get(slope, f"{_canvas.plain(slope)} x")
    spans = ", ".join(
        f"{name} from {_canvas.plain(values.min())} to {_canvas.plain(values.max())}"
        for name, values in zip(names, (xs, ys), strict=True)
    )
    above, on, below = (str(count or "none") for count in counts)
    points = _canvas.counted(len(xs), "point")
    return f"{points}, {spans}: {above} above the line y = {times}, {on} on it, {below} below."
