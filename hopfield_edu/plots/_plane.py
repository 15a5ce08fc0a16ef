"""The energy over the plane of two real-valued units, and ways down it."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from hopfield_edu import _check
from hopfield_edu.plots import _canvas, _given, _style


def energy_plane(
    net: Any,
    cues: ArrayLike | None = None,
    *,
    patterns: ArrayLike | None = None,
    reach: float = 3.0,
    points: int = 81,
    ax: Axes | None = None,
) -> Axes:
    """Lines of equal energy over the states (y₁, y₂) of two units, the patterns, and recalls from cues.

    Parameters
    ----------
    net : Network
        Anything with ``energy(states)`` for a batch of real states and ``recall(cue, record=True)``, such as
        `modern.Network`.
    cues : (K, 2) array, optional
        Where recalls begin; a dot for every step of them.
    patterns : (M, 2) array, optional
        Drawn as stars.
    reach : float
        Both axes run from -reach to reach.
    points : int
        The energy is evaluated at so many points per axis.
    ax : Axes, optional

    Returns
    -------
    ax : Axes
        With a description in ``ax.alt_text``.

    Raises
    ------
    TypeError, ValueError
        If `net` has no energy or recall, or a cue or a pattern is no pair of numbers.

    Examples
    --------
    >>> from hopfield_edu import modern
    >>> net = modern.Network([[1, 0], [0, 1]], beta=9)
    >>> energy_plane(net, [[1, 0.2]], reach=1.5).alt_text
    'Energy over the plane, from 0.0771 to 4.25. Recall from (1, 0.2) to (1, 0).'
    """
    net = _given.having(net, "net", "energy recall", "a network with energy and recall")
    starts, stars = _pairs(cues, "cues"), _pairs(patterns, "patterns")
    reach = _check.positive(reach, "reach")
    points = _check.count(points, "points", low=3, high=1000)
    axis = np.linspace(-reach, reach, points)
    plane = np.stack(np.meshgrid(axis, axis), axis=-1)
    E = np.asarray(_given.asked("net", net.energy, plane.reshape(-1, 2))).reshape(points, points)
    ax = _style.chart(ax, (3.4, 3.4), "y₁", "y₂")
    ax.contour(axis, axis, E, 18, colors=_canvas.FAINT, linewidths=0.8, zorder=1)
    ways = [np.asarray(_given.asked("net", lambda y: net.recall(y, record=True), y).states) for y in starts]
    for way in ways:
        ax.plot(*way.T, "-", marker="o", ms=3, lw=1.3, color=_canvas.INK, gid="recall")
    how = {"ms": 12, "mfc": _canvas.HIGHLIGHT, "mec": _canvas.INK, "mew": 0.9, "zorder": 4}
    ax.plot(*stars.T, "*", gid="patterns", **how)
    ax.set(xlim=(-reach, reach), ylim=(-reach, reach))
    ax.set_aspect("equal")
    ax.alt_text = _describe(E, ways, len(stars))
    return ax


def _pairs(given: ArrayLike | None, name: str) -> Any:
    """So many points of the plane."""
    if given is None:
        return np.empty((0, 2))
    found = _check.real_array(given, name)
    if found.ndim != 2 or found.shape[1] != 2 or len(found) > _given.MOST:
        raise ValueError(f"{name} has shape {found.shape}; (K, 2), points of the plane, is wanted")
    return found.astype(float)


def _describe(E: Any, ways: list[Any], stars: int) -> str:
    span = " to ".join(_canvas.plain(edge, 3) for edge in (E.min(), E.max()))
    text = f"Energy over the plane, from {span}."
    if stars:
        text += f" {_canvas.counted(stars, 'star')} for the patterns."
    told = [f"from {_point(way[0])} to {_point(way[-1])}" for way in ways]
    if told:
        text += f" Recall{'s'[: len(told) != 1]} {_canvas.listing(told)}."
    return text


def _point(y: Any) -> str:
    return "(" + ", ".join(_canvas.plain(round(float(value), 2) + 0.0, 3) for value in y) + ")"
