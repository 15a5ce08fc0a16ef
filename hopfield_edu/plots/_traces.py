"""What happens during a recall: the energy, the overlaps and the units against time."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator
from numpy.typing import ArrayLike, NDArray

from hopfield_edu import _check
from hopfield_edu.plots import _canvas, _given, _style
from hopfield_edu.plots._pictures import COLOURS

LINES = [  # colour and dashes; the same pair comes back after 24 lines
    (colour, dashes)
    for dashes in ("-", (0, (5, 1.5)), (0, (1.2, 1.2)), (0, (5, 1.5, 1.2, 1.5)))
    for colour in ("#1b2a41", "#0b6e99", "#c8553d", "#2e7d4f", "#8e4585", "#7a5c00")
]
MAX_NAMED = 8
MOST = 1000  # lines


def energy_trace(trajectory: Any, *, ax: Axes | None = None) -> Axes:
    """The energy during a recall, a dot for every change of state.

    Parameters
    ----------
    trajectory : Trajectory
        Of one cue, recalled with ``record=True``: anything with `times` and `energies`.
    ax : Axes, optional

    Returns
    -------
    ax : Axes
        With a description in ``ax.alt_text``.

    Raises
    ------
    TypeError, ValueError
        If `trajectory` is no trajectory, was not recorded, is a batch, or an energy is not finite.

    Notes
    -----
    The horizontal axis counts updates of single units, or steps if all units update at once.
    """
    times, energies = _read(trajectory, "energies")
    if not np.isfinite(energies).all():
        raise ValueError("trajectory has energies that are no finite numbers: no line can be drawn to them")
    ax = _canvas.axes(ax, (5.6, 3.2), (0.13, 0.16, 0.84, 0.74))
    end = _end(times)
    ax.step([*times, end], [*energies, energies[-1]], where="post", color=_canvas.INK, lw=1.6)
    ax.plot(times, energies, "o", ms=4.5, mfc=_canvas.HIGHLIGHT, mec=_canvas.INK, mew=0.9)
    _dress(ax, "updates", "energy E", end)
    ax.alt_text = _describe_energies(times, energies) + _outcome(trajectory)
    return ax


def overlap_trace(
    trajectory: Any,
    patterns: ArrayLike,
    *,
    names: Sequence[str] | None = None,
    ax: Axes | None = None,
) -> Axes:
    """The overlaps with the stored patterns during a recall, 1 for a pattern, -1 for its inverse.

    Parameters
    ----------
    trajectory : Trajectory
        Of one cue, recalled with ``record=True``: anything with `times` and `overlaps`.
    patterns : (M, N) array of ±1
    names : M strings, optional
        By default "pattern 1" and so on. Of more than eight patterns only the three whose final
        overlaps are largest in magnitude get a name and a colour.
    ax : Axes, optional

    Returns
    -------
    ax : Axes
        With a description in ``ax.alt_text``.

    Raises
    ------
    TypeError, ValueError
        If `trajectory` is no trajectory, was not recorded, or is a batch, or if the number of names
        is not the number of patterns.
    """
    stored = np.atleast_2d(_check.bipolar(patterns, "patterns"))
    M = len(stored)
    if M > MOST:
        raise ValueError(f"patterns holds {M} patterns; at most {MOST} are drawn")
    if names is None:
        names = [f"pattern {mu + 1}" for mu in range(M)]
    names = _given.texts(names, "names", M, "pattern")
    times, overlaps = _read(trajectory, "overlaps", stored)
    ax = _canvas.axes(ax, (6.2, 3.4), (0.13, 0.15, 0.67, 0.76))
    end, ranked = _end(times), np.argsort(-np.abs(overlaps[-1]), kind="stable")
    named = ranked if M <= MAX_NAMED else ranked[:3]
    for mu in ranked[::-1]:
        colour, dashes = LINES[mu % len(LINES)] if mu in named else (_canvas.FAINT, "-")
        how = {"color": colour, "ls": dashes, "lw": 2.6 if mu == ranked[0] else 1.5}
        ax.step([*times, end], [*overlaps[:, mu], overlaps[-1, mu]], where="post", **how)
    _dress(ax, "updates", "overlap m", end)
    ax.set(ylim=(-1.08, 1.08), yticks=[-1, -0.5, 0, 0.5, 1])
    ax.axhline(0, color=_canvas.FAINT, lw=0.8, zorder=0)
    for mu, height in zip(named, _apart(overlaps[-1, named], 0.15), strict=True):
        _name_line(ax, names[mu], end, overlaps[-1, mu], height, LINES[mu % len(LINES)][0])
    ax.alt_text = _describe_overlaps(times, overlaps, ranked, names) + _outcome(trajectory)
    return ax


def raster(trajectory: Any, *, ax: Axes | None = None) -> Axes:
    """The states during a recall: a row for every unit, dark while it is +1, light while it is -1.

    Parameters
    ----------
    trajectory : Trajectory
        Of one cue, recalled with ``record=True``: anything with `times` and `states`.
    ax : Axes, optional

    Returns
    -------
    ax : Axes
        With a description in ``ax.alt_text``.

    Raises
    ------
    TypeError, ValueError
        If `trajectory` is no trajectory, was not recorded, or is a batch.
    """
    times, states = _read(trajectory, "states")
    N = states.shape[1]
    end = _end(times)
    height = min(4.5, 1.2 + 0.24 * N)
    ax = _canvas.axes(ax, (5.6, height), (0.11, 0.55 / height, 0.86, 1 - 0.9 / height))
    ax.pcolorfast([*times, end], np.arange(N + 1) + 0.5, states.T, cmap=COLOURS, vmin=-1, vmax=1)
    ax.set(xlim=(0, end), ylim=(N + 0.5, 0.5))
    _style.dress(ax, "updates", "unit").spines[:].set_visible(True)
    ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    ax.yaxis.set_major_locator(MaxNLocator(integer=True, nbins=min(N, 10), min_n_ticks=1))
    if N <= MAX_NAMED:
        ax.set_yticks(range(1, N + 1))
    if N <= 32:
        ax.hlines(np.arange(1, N) + 0.5, 0, end, color="white", lw=1.2)
    flips = int((np.diff(states, axis=0) != 0).sum())
    ax.alt_text = (
        f"States of {_canvas.counted(N, 'unit')} during a recall, {_canvas.counted(flips, 'flip')} in "
        f"{_canvas.plain(times[-1])} updates: from {(states[0] > 0).sum()} units at +1 to "
        f"{(states[-1] > 0).sum()}.{_outcome(trajectory)}"
    )
    return ax


def _read(trajectory: Any, what: str, *arguments: Any) -> tuple[NDArray[Any], NDArray[Any]]:
    """Times and one of the records of a trajectory."""
    try:
        times, record = trajectory.times, getattr(trajectory, what)
    except AttributeError:
        raise TypeError(
            f"trajectory is {type(trajectory).__name__}; what net.recall(..., record=True) returns is wanted"
        ) from None
    except ValueError as error:  # not recorded, or a batch
        raise ValueError(f"trajectory: {error}") from None
    record = record(*arguments) if callable(record) else record
    return np.asarray(times), np.asarray(record)


def _end(times: NDArray[Any]) -> float:
    """Where the picture ends: a little after the last change, so that the last state is seen."""
    return float(times[-1] + max(1.0, 0.06 * times[-1]))


def _dress(ax: Axes, x: str, y: str, end: float) -> None:
    """Names of the axes, and a frame of two sides."""
    _style.dress(ax, x, y, grid="y")
    ax.set_xlim(-0.015 * end, end)
    ax.xaxis.set_major_locator(MaxNLocator(integer=True))


def _apart(heights: NDArray[Any], gap: float) -> NDArray[np.float64]:
    """Heights moved as little as needed to be `gap` apart, within [-1, 1] as far as possible."""
    order, moved = np.argsort(heights, kind="stable"), np.array(heights, float)
    for below, above in pairwise(order):
        moved[above] = max(moved[above], moved[below] + gap)
    excess = max(0.0, moved[order[-1]] - 1.0)
    moved[order[-1]] -= excess
    for above, below in pairwise(order[::-1]):
        moved[below] = min(moved[below], moved[above] - gap)
    return moved


def _name_line(ax: Axes, name: str, end: float, value: float, height: float, colour: str) -> None:
    """The name of a line at its right end, led to it where it had to move."""
    room = ax.get_xlim()[1] - ax.get_xlim()[0]
    ax.plot(
        [end, end + 0.03 * room],
        [value, height],
        color=colour,
        lw=0.8,
        clip_on=False,
        scalex=False,
        scaley=False,
    )
    ax.text(end + 0.04 * room, height, name, color=colour, fontsize=10, va="center")


def _outcome(trajectory: Any) -> str:
    """How the recall ended, if the trajectory says so."""
    outcome, length = getattr(trajectory, "outcome", None), getattr(trajectory, "cycle_length", 0)
    if not isinstance(outcome, str):
        return ""
    return f" It ends in a {outcome}{f' of length {length}' if outcome == 'cycle' else ''}."


def _describe_energies(times: NDArray[Any], energies: NDArray[Any]) -> str:
    steps = np.diff(energies)
    if not len(steps):
        return f"Energy during a recall: {_canvas.plain(energies[0])} throughout."
    ups = int((steps > 0).sum())
    way = "falling at every change" if (steps < 0).all() else "never rising"
    if ups:
        way = f"rising at {ups} of {len(steps)} changes"
    return (
        f"Energy during a recall: from {_canvas.plain(energies[0])} to "
        f"{_canvas.plain(energies[-1])} in {_canvas.plain(times[-1])} updates, {way}."
    )


def _describe_overlaps(
    times: NDArray[Any], overlaps: NDArray[Any], ranked: NDArray[Any], names: Sequence[str]
) -> str:
    parts = [
        f"{names[mu]} from {_canvas.plain(overlaps[0, mu], 2)} to {_canvas.plain(overlaps[-1, mu], 2)}"
        for mu in ranked[: MAX_NAMED if len(names) <= MAX_NAMED else 3]
    ]
    rest = len(names) - len(parts)
    if rest:
        low = np.abs(overlaps[-1, ranked[len(parts) :]]).max()
        parts.append(f"the other {rest} within ±{_canvas.plain(low, 2)} at the end")
    return f"Overlaps in {_canvas.plain(times[-1])} updates: {', '.join(parts)}."
