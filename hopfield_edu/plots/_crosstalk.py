"""How the cross-talk is distributed, and how much of it is too much."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from hopfield_edu import _check
from hopfield_edu.plots import _canvas, _given, _style

BINS = 40  # at most about so many


def crosstalk(fields: Any, expected: Any = None, *, gaussian: bool = False, ax: Axes | None = None) -> Axes:
    """Histogram of the cross-talk of all units in all patterns, against theory.

    The cross-talk of a unit counts as positive where it supports the pattern's value. To the left of the
    line, at minus the signal, it turns the unit over.

    Parameters
    ----------
    fields : Fields
        Anything with `signal` and `crosstalk` (M, N), in units of 1/N, as from ``theory.fields``.
    expected : Distribution, optional
        Anything with `values` and `probabilities`, as from ``theory.crosstalk``.
    gaussian : bool
        Draw the Gaussian of the mean and variance of `expected`, too.
    ax : Axes, optional

    Returns
    -------
    ax : Axes
        With a description in ``ax.alt_text``. The axis shows the lecture's numbers, with the factor 1/N.

    Examples
    --------
    >>> from hopfield_edu import theory
    >>> found = theory.fields([[1, 1, 1, 1], [1, 1, 1, -1], [1, 1, -1, 1]])
    >>> crosstalk(found).alt_text
    'Histogram of the cross-talk of 12 units, from −1 to 0.5; 2 of them (16.7 %) lie below −0.75 and fail.'
    """
    C, signal = _measured(fields)
    N, expected = C.shape[1], None if expected is None else _expected(expected)
    if _check.flag(gaussian, "gaussian") and expected is None:
        raise ValueError("gaussian is True, but expected is None; a distribution is wanted")
    edges = _edges(C, expected, signal)
    ax = _style.chart(ax, (_style.PAGE, 3.2), "cross-talk C / N", "share of units")
    shares = np.histogram(C, edges)[0] / C.size
    _bars(ax, shares, edges, signal, N)
    if expected is not None:
        _theory(ax, expected, edges, N, gaussian)
    limit = -signal / N
    told = f"fails below {_canvas.plain(limit, 3)}"
    ax.axvline(limit, color=_canvas.INHIBITORY, lw=1.3, ls="--", zorder=3, label=told)
    ax.set(xlim=(edges[0] / N, edges[-1] / N), ylim=(0, None))
    _style.legend(ax)
    ax.alt_text = _describe(C, signal, expected)
    return ax


def _measured(fields: Any) -> tuple[NDArray[Any], float]:
    """Cross-talk and signal of what `theory.fields` returns."""
    _given.having(fields, "fields", "signal crosstalk", "what theory.fields returns")
    C = _check.real_array(fields.crosstalk, "fields.crosstalk")
    if C.ndim != 2 or C.size == 0:
        raise ValueError(f"fields.crosstalk has shape {C.shape}; (M, N) is wanted")
    return C, _check.number(fields.signal, "fields.signal")


def _expected(expected: Any) -> Any:
    """What `theory.crosstalk` returns, or the like."""
    _given.having(expected, "expected", "values probabilities", "what theory.crosstalk returns")
    values = _check.real_array(expected.values, "expected.values")
    if values.ndim != 1 or values.size == 0:
        raise ValueError(f"expected.values has shape {values.shape}; (K,) is wanted")
    _check.vector(expected.probabilities, "expected.probabilities", len(values))
    return expected


def _edges(C: NDArray[Any], expected: Any, signal: float) -> NDArray[np.float64]:
    """Bins of equally many possible values; one edge separates those that fail from those that do not."""
    low, high = C.min(), C.max()
    if expected is not None:
        seen = expected.values[expected.probabilities > 1e-4]
        low, high = min(low, seen.min()), max(high, seen.max())
    low = min(low, -signal - 2)
    step = 2 if high - low < 2 * BINS else 4 * max(1, round((high - low) / 4 / BINS))
    # in a single set of patterns the cross-talk moves in steps of 2, often of 4
    border = -signal - 0.5
    below, above = np.ceil((border - low) / step), np.ceil((high - border) / step)
    return border + step * np.arange(-below, above + 1)


def _bars(ax: Axes, shares: Any, edges: Any, signal: float, N: int) -> None:
    fails = edges[1:] < -signal
    look = {"fill": True, "lw": 0, "zorder": 2}
    for kind, colour, gid in [(~fails, _canvas.FAINT, "stable"), (fails, _canvas.INHIBITORY, "failing")]:
        ax.stairs(np.where(kind, shares, 0), edges / N, color=colour, gid=gid, **look)


def _theory(ax: Axes, expected: Any, edges: Any, N: int, gaussian: bool) -> None:
    values, p = expected.values, expected.probabilities
    weights = np.histogram(values, edges, weights=p)[0]
    middles = (edges[:-1] + edges[1:]) / 2 / N
    ax.plot(middles, weights, "o", ms=3.6, color=_canvas.INK, label="theory, exact", zorder=5)
    if gaussian:
        mean = values @ p
        sigma = np.sqrt((values - mean) ** 2 @ p)
        x = np.linspace(edges[0], edges[-1], 300)
        density = np.exp(-(((x - mean) / sigma) ** 2) / 2) / (sigma * np.sqrt(2 * np.pi))
        scale = edges[1] - edges[0]
        ax.plot(x / N, scale * density, color=_canvas.EXCITATORY, lw=1.4, label="Gaussian", zorder=4)


def _describe(C: NDArray[Any], signal: float, expected: Any) -> str:
    N, fails = C.shape[1], int((C < -signal).sum())
    text = (
        f"Histogram of the cross-talk of {C.size} units, from {_canvas.plain(C.min() / N, 3)} to "
        f"{_canvas.plain(C.max() / N, 3)}; {fails} of them ({100 * fails / C.size:.3g} %) lie below "
        f"{_canvas.plain(-signal / N, 3)} and fail."
    )
    if expected is not None:
        P = expected.probabilities[expected.values < -signal].sum()
        text += f" Theory expects {100 * P:.3g} %."
    return text
