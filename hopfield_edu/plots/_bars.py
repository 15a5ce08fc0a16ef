"""A few numbers to be compared: a bar for each, with its spread if it was measured several times."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike, NDArray

from hopfield_edu import _check
from hopfield_edu.plots import _canvas, _given, _style

MOST = 40  # bars
HEIGHT, MANY = 0.42, 8  # of a bar with its gap, in inches, or less of it when there are many
LETTER = 0.085  # width of a letter of a name, in inches


def bars(
    values: Mapping[str, ArrayLike],
    *,
    xlabel: str = "",
    digits: int = 4,
    means: bool = False,
    ax: Axes | None = None,
) -> Axes:
    """A bar for each number, written out at its end; a line from the least to the largest of several.

    Parameters
    ----------
    values : mapping of str to a number or to (D,) numbers
        By the name that stands beside the bar. Of several numbers, as from several draws, the bar shows
        the mean.
    xlabel : str, optional
        What is measured, with its unit.
    digits : int
        How many digits are written.
    means : bool
        Write the mean of several numbers, too: "328 (312 to 344)".
    ax : Axes, optional

    Returns
    -------
    ax : Axes
        With a description in ``ax.alt_text``.

    Raises
    ------
    TypeError, ValueError
        If `values` is no mapping, holds none or too many, or holds something other than finite numbers.

    Examples
    --------
    >>> bars({"found": [312, 344], "lost": [88, 56]}, xlabel="starts").alt_text
    'Bars, starts: found 312 to 344, lost 56 to 88.'
    """
    drawn, digits = _drawn(values), _check.count(digits, "digits", low=1, high=12)
    xlabel, means = _given.text(xlabel, "xlabel"), _check.flag(means, "means")
    own = ax is None
    ax = _own_axes(ax, list(drawn), xlabel)
    told = {name: _told(each, digits, means) for name, each in drawn.items()}
    for place, (name, each) in enumerate(drawn.items()):
        mean = each.mean()
        ax.barh(place, mean, 0.62, color=_canvas.EXCITATORY if mean >= 0 else _canvas.INHIBITORY, gid=name)
        if np.ptp(each):
            for colour, lw in (("white", 4.6), (_canvas.INK, 2.2)):
                _canvas.stroke(ax, [(each.min(), place), (each.max(), place)], color=colour, lw=lw)
        _write(ax, place, each, told[name])
    ax.axvline(0, color=_canvas.INK, lw=1)
    ax.set_yticks(range(len(drawn)), map(_style.printed, drawn))
    ax.set(ylim=(len(drawn) - 0.4, -0.6), xlim=_limits(drawn, told, ax, own))
    _style.dress(ax, xlabel).spines["left"].set_visible(False)
    _end_axis(ax, drawn)
    ax.tick_params(axis="y", length=0)
    of = f"Bars, {xlabel}" if xlabel else "Bars"
    ax.alt_text = f"{of}: {', '.join(f'{name} {text}' for name, text in told.items())}."
    return ax


def _drawn(values: Any) -> dict[str, NDArray[np.float64]]:
    """What stands beside the bars, and the numbers of each."""
    if not isinstance(values, Mapping) or not 1 <= len(values) <= MOST:
        raise ValueError(
            f"values is {_check.shown(values)}; a mapping of 1 to {MOST} names to numbers is wanted"
        )
    found = {}
    for name, each in values.items():
        name = _given.text(name, "a name in values")
        numbers = np.atleast_1d(_check.real_array(each, f"values[{_check.shown(name)}]")).astype(float)
        if numbers.ndim > 1 or not numbers.size:
            raise ValueError(
                f"values[{_check.shown(name)}] has shape {numbers.shape}; (D,) numbers are wanted"
            )
        found[name] = numbers
    return found


def _own_axes(ax: Axes | None, names: list[str], xlabel: str) -> Axes:
    """Axes of a size that fits the names and the number of bars."""
    left, below = 0.25 + LETTER * max(map(len, names)), 0.6 if xlabel else 0.4
    tall = (HEIGHT if len(names) <= MANY else 0.6 * HEIGHT) * len(names)
    width, height = left + 4.1, 0.15 + below + tall
    rect = (left / width, below / height, 3.9 / width, tall / height)
    return _canvas.axes(ax, (width, height), rect)


def _told(numbers: NDArray[np.float64], digits: int, means: bool) -> str:
    """The number, or the least and the largest of several, behind their mean if that is wanted."""
    each = (_canvas.plain(value, digits) for value in (numbers.min(), numbers.mean(), numbers.max()))
    low, mean, high = each
    if low == high:
        return low
    return f"{mean} ({low} to {high})" if means else f"{low} to {high}"


def _write(ax: Axes, place: int, numbers: NDArray[np.float64], text: str) -> None:
    """The number to the right of its bar; the names stand to the left."""
    end = (max(0.0, numbers.max()), place)
    how = {"xytext": (5, 0), "textcoords": "offset points", "va": "center", "color": _canvas.INK}
    ax.annotate(text, end, fontsize=10, **how)


def _end_axis(ax: Axes, drawn: dict[str, NDArray[np.float64]]) -> None:
    """The axis as far as the bars: numbers that stand beyond, such as 300 of 250, would be none."""
    low = min(0.0, *(each.min() for each in drawn.values()))
    high = max(0.0, *(each.max() for each in drawn.values()))
    ax.locator_params(axis="x", steps=_style.STEPS)
    near = 1e-9 * (high - low)
    ax.set_xticks([x for x in ax.get_xticks() if low - near <= x <= high + near])
    ax.spines["bottom"].set_bounds(low, high)


def _limits(
    drawn: dict[str, NDArray[np.float64]], told: dict[str, str], ax: Axes, own: bool
) -> tuple[float, float]:
    """Room for the bars and for what is written to the right of each."""
    low = min(0.0, *(each.min() for each in drawn.values()))
    ends = {name: max(0.0, each.max()) for name, each in drawn.items()}
    inches = ax.get_window_extent().width / ax.figure.dpi - (0 if own else LETTER * max(map(len, drawn)))
    unit = (max(ends.values()) - low or 1.0) / max(1.0, inches - LETTER * max(map(len, told.values())))
    high = max(ends[name] + unit * (LETTER * len(text) + 0.15) for name, text in told.items())
    return low - 0.05 * unit, high
