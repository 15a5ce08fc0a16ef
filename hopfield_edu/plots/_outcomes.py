"""How often many runs ended where, against what was changed from one set of runs to the next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike, NDArray

from hopfield_edu import _check
from hopfield_edu.plots import _canvas, _given

# From dark to light, so that neighbours differ in grey; hatched where two are alike.
LOOKS = [
    (_canvas.INK, ""),
    (_canvas.HIGHLIGHT, ""),
    (_canvas.EXCITATORY, "///"),
    (_canvas.FAINT, ""),
    (_canvas.INHIBITORY, "..."),
    (_canvas.PAPER, ""),
]
MOST = 60  # columns
LEAST = 0.06  # of the height, for a number inside


def outcomes(
    values: Sequence[Any], shares: ArrayLike, names: Sequence[str], *, ax: Axes | None = None
) -> Axes:
    """One column for each set of runs, divided by how the runs ended.

    Parameters
    ----------
    values : K numbers or strings
        What was changed from one set of runs to the next; they name the columns.
    shares : (K, C) array
        The share of each of the C ends in each set: not negative, with the sum 1 in every row.
    names : C strings
        The ends, at most six; the first stands at the bottom of a column.
    ax : Axes, optional

    Returns
    -------
    ax : Axes
        With a description in ``ax.alt_text``. Set its labels as you like.

    Raises
    ------
    TypeError, ValueError
        If a share is negative, a row does not sum to 1, or the numbers of values and names do not fit.

    Examples
    --------
    >>> ax = outcomes([10, 20], [[1, 0], [0.25, 0.75]], ["recalled", "lost"])
    >>> ax.alt_text
    'Share of the runs. 10: recalled 100 %. 20: recalled 25 %, lost 75 %.'
    """
    shares = _shares(shares)
    K, C = shares.shape
    values = _given.texts(values, "values", K, "row of shares")
    names = _given.texts(names, "names", C, "column of shares")
    ax = _canvas.axes(ax, (6.2, 3.4), (0.1, 0.15, 0.88, 0.68))
    below = np.zeros(K)
    for c in range(C):
        colour, hatch = LOOKS[c]
        how = {"color": colour, "hatch": hatch, "edgecolor": "white", "linewidth": 0.8}
        ax.bar(range(K), shares[:, c], 0.82, below, label=names[c], **how)
        below = below + shares[:, c]
    _number_them(ax, shares)
    ax.set_xticks(range(K), values)
    ax.set(ylim=(0, 1), yticks=[0, 0.5, 1], yticklabels=["0", "50 %", "100 %"])
    ax.spines[["top", "right", "left"]].set_visible(False)
    _name_them(ax, names)
    ax.alt_text = _describe(shares, values, names)
    return ax


def _shares(shares: ArrayLike) -> NDArray[np.float64]:
    found = _check.real_array(shares, "shares")
    if found.ndim != 2 or not 1 <= len(found) <= MOST or not 1 <= found.shape[1] <= len(LOOKS):
        wanted = f"at most {MOST} rows and {len(LOOKS)} columns are wanted, one column per end"
        raise ValueError(f"shares has the shape {found.shape}; {wanted}")
    if (found < 0).any() or not np.allclose(found.sum(axis=1), 1):
        raise ValueError("shares must not be negative, and every row must have the sum 1")
    return np.asarray(found, dtype=float)


def _number_them(ax: Axes, shares: NDArray[np.float64]) -> None:
    """Percentages inside the columns where there is room for them."""
    for k, row in enumerate(shares):
        middles = np.cumsum(row) - row / 2
        for c, (share, height) in enumerate(zip(row, middles, strict=True)):
            if share >= LEAST and len(shares) <= 12:
                box = {"facecolor": "white", "edgecolor": "none", "pad": 1.2, "alpha": 0.9}
                text = ax.text(k, height, f"{share:.0%}"[:-1], ha="center", va="center", fontsize=9, bbox=box)
                text.set_gid(f"share {k} {c}")


def _name_them(ax: Axes, names: list[str]) -> None:
    """A legend above the columns, in the order in which they are stacked; in two rows if it is long."""
    columns = len(names) if sum(map(len, names)) + 7 * len(names) < 84 else -(-len(names) // 2)
    place = {"loc": "lower left", "bbox_to_anchor": (-0.03, 1.0), "borderaxespad": 0.3}
    ax.legend(ncols=columns, frameon=False, fontsize=10, handlelength=1.5, columnspacing=1.3, **place)


def _percent(share: float) -> str:
    return f"{round(100 * float(share), 1):g} %"


def _describe(shares: NDArray[np.float64], values: list[str], names: list[str]) -> str:
    rows = []
    for value, row in zip(values, shares, strict=True):
        told = [f"{name} {_percent(share)}" for name, share in zip(names, row, strict=True) if share > 0]
        rows.append(f"{_spoken(value)}: {', '.join(told)}.")
    return " ".join(["Share of the runs.", *rows])


def _spoken(text: str) -> str:
    """A minus sign that is read as one."""
    return text.replace("-", "−")
