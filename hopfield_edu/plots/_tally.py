"""How often each whole number has come up."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator
from numpy.typing import ArrayLike

from hopfield_edu import _check
from hopfield_edu.plots import _canvas, _given, _style

WIDEST = 1000  # bars
SPELLED = 6  # different numbers that the description names one by one


def tally(
    numbers: ArrayLike,
    *,
    low: int | None = None,
    high: int | None = None,
    xlabel: str = "",
    ylabel: str = "",
    ax: Axes | None = None,
) -> Axes:
    """Bars: how often each whole number has come up.

    Parameters
    ----------
    numbers : (K,) array of whole numbers
        What was counted, zero or more, once for each of K cases.
    low, high : int, optional
        The ends of the axis, so that several pictures can be compared; the smallest and the largest number if
        not given.
    xlabel : str, optional
        What the numbers count, such as "states in a cycle".
    ylabel : str, optional
        What the cases are, such as "cycles".
    ax : Axes, optional

    Returns
    -------
    ax : Axes
        With a description in ``ax.alt_text``.

    Raises
    ------
    ValueError, TypeError
        If there are no numbers, some are fractions or negative, or they do not lie between `low` and `high`.

    Examples
    --------
    >>> tally([1, 2, 2, 2], xlabel="states in a cycle", ylabel="cycles").alt_text
    'States in a cycle, of 4 cycles: 1 (1 time), 2 (3 times).'
    """
    values = _check.real_array(numbers, "numbers", largest=1e9)
    if values.ndim != 1 or values.size == 0:
        raise ValueError(f"numbers has shape {values.shape}; (K,) is wanted, with K at least 1")
    if (values != values.round()).any():
        raise TypeError("numbers holds fractions; whole numbers are wanted")
    values = values.astype(int)
    if values.min() < 0:
        raise ValueError(f"numbers holds {values.min()}; counts are wanted, zero or more")
    low, high = _ends(values, low, high)
    xlabel, ylabel = _given.text(xlabel, "xlabel"), _given.text(ylabel, "ylabel")
    ax = _style.chart(ax, (_style.PAGE, 2.4), xlabel, ylabel)
    times = np.bincount(values - low, minlength=high - low + 1)
    ax.bar(np.arange(low, high + 1), times, width=0.8, color=_canvas.EXCITATORY, gid="times")
    ax.set(xlim=(low - 0.6, high + 0.6), ylim=(0, 1.05 * times.max()))
    ax.xaxis.set_major_locator(MaxNLocator(integer=True, min_n_ticks=1, steps=_style.STEPS))
    ax.yaxis.set_major_locator(MaxNLocator(integer=True, nbins=4, steps=_style.STEPS))
    ax.alt_text = _describe(values, xlabel, ylabel)
    return ax


def _ends(values: np.ndarray, low: int | None, high: int | None) -> tuple[int, int]:
    """The ends of the axis, checked."""
    least, most = int(values.min()), int(values.max())
    low = least if low is None else _check.count(low, "low")
    high = most if high is None else _check.count(high, "high")
    if least < low or most > high:
        raise ValueError(
            f"numbers reach from {least} to {most}, but the axis from low = {low} to high = {high}"
        )
    if high - low >= WIDEST:
        raise ValueError(f"the axis reaches from {low} to {high}; at most {WIDEST} bars are drawn")
    return low, high


def _describe(values: np.ndarray, what: str, cases: str) -> str:
    found, times = np.unique(values, return_counts=True)
    what = what[:1].upper() + what[1:] if what else "Numbers"
    text = f"{what}, of {len(values)} {cases or 'cases'}: "
    if len(found) <= SPELLED:
        return (
            text
            + ", ".join(f"{n} ({_canvas.counted(t, 'time')})" for n, t in zip(found, times, strict=True))
            + "."
        )
    most = found[times.argmax()]
    return (
        f"{text}from {found[0]} to {found[-1]}, {_canvas.plain(values.mean(), 3)} on average, "
        f"most often {most} ({_canvas.counted(int(times.max()), 'time')})."
    )
