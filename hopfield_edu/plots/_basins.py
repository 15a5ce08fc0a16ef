"""A stored pattern and all states around it: fields, and where they lead, by the number of wrong units."""

from __future__ import annotations

from math import isclose
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike, NDArray

from hopfield_edu import _check
from hopfield_edu.plots import _canvas, _given, _space, _style

MAX_UNITS = 12
NEAR = 1e-9  # of a probability that is 0 or 1


def fields_by_distance(net: Any, pattern: ArrayLike, *, ax: Axes | None = None) -> Axes:
    """The field of every unit in every state, towards the pattern, against the number of wrong units.

    Upwards is h_i s_i / scale, in which one other unit of a single stored pattern counts 1. Above zero an
    update makes the unit right, below zero wrong. Right units are discs, wrong ones diamonds.

    Parameters
    ----------
    net : Network
        Anything with N units, N <= 12, `scale` and ``field(states)``.
    pattern : (N,) array of ±1
    ax : Axes, optional

    Returns
    -------
    ax : Axes
        With a description in ``ax.alt_text``.

    Raises
    ------
    ValueError, TypeError
        If the pattern is not one of the network, or N > 12.

    Notes
    -----
    For one stored pattern these are two straight lines, N - 1 - 2k and N + 1 - 2k (Wiskott eqs. 1.9 to 1.13
    with a zero diagonal).
    """
    net = _given.having(net, "net", "field scale", "a network with field and scale")
    s, wrong = _wrong(pattern)
    if getattr(net, "N", len(s)) != len(s):
        raise ValueError(f"pattern has {len(s)} units, but net has N = {net.N}")
    towards = np.asarray(_given.asked("net", net.field, _space.signs(len(s))) / net.scale * s)
    k = np.broadcast_to(wrong.sum(axis=1)[:, None], wrong.shape)
    ax = _axes(ax, f"field towards the pattern, × {_times(net.scale)}", len(s))
    ax.axhline(0, lw=1, color=_canvas.QUIET, zorder=1)
    told = []
    looks = {"a right unit": (~wrong, "o", _canvas.INK), "a wrong unit": (wrong, "D", _canvas.HIGHLIGHT)}
    for name, (which, marker, colour) in looks.items():
        points = np.unique(np.column_stack([k[which], towards[which]]), axis=0)
        ax.plot(*points.T, marker, ms=8, color=colour, mec=_canvas.INK, label=name)
        ends = f"from {_canvas.signed(points[0, 1])} at k = {points[0, 0]:.0f}"
        told.append(f"{name} {ends} to {_canvas.signed(points[-1, 1])} at k = {points[-1, 0]:.0f}")
    _style.legend(ax)
    ax.alt_text = f"Field towards the pattern against the number k of wrong units: {'; '.join(told)}."
    return ax


def basin(chance: ArrayLike, pattern: ArrayLike, *, ax: Axes | None = None) -> Axes:
    """How many states there are with k wrong units, and how many of them lead to the pattern.

    Parameters
    ----------
    chance : (2^N,) array of numbers in [0, 1]
        For the state of each code, the probability of ending in the pattern; N <= 12.
    pattern : (N,) array of ±1
    ax : Axes, optional

    Returns
    -------
    ax : Axes
        Dark bars: states that end in the pattern for sure; hatched: those that may; light: those that never
        do. With a description in ``ax.alt_text``.

    Raises
    ------
    ValueError, TypeError
        If the sizes do not fit, or N > 12.
    """
    s, wrong = _wrong(pattern)
    home = _check.vector(chance, "chance", len(wrong))
    if home.min() < 0 or home.max() > 1:
        raise ValueError(f"chance reaches from {home.min():g} to {home.max():g}; probabilities are wanted")
    k = wrong.sum(axis=1)
    states, lead = np.bincount(k), np.bincount(k, weights=home)
    ax = _axes(ax, "number of states", len(s))
    sure, never = home > 1 - NEAR, home < NEAR
    kinds = {"to the pattern: always": sure, "sometimes": ~sure & ~never, "never": never}
    looks = ({"color": _canvas.INK}, {"color": _canvas.PAPER, "hatch": "////"}, {"color": _canvas.PAPER})
    below = np.zeros(len(states))
    for (name, which), look in zip(kinds.items(), looks, strict=True):
        count = np.bincount(k[which], minlength=len(states))
        if count.any():
            ax.bar(range(len(states)), count, bottom=below, ec=_canvas.INK, label=name, **look)
        below = below + count
    _style.legend(ax)
    shares = ", ".join(f"{a / b:.3g} of {b}" for a, b in zip(lead, states, strict=True))
    ax.alt_text = f"Share of the states that end in the pattern, by number of wrong units from 0: {shares}."
    return ax


def _wrong(pattern: ArrayLike) -> tuple[NDArray[np.int_], NDArray[np.bool_]]:
    """The pattern, and for every state which units are wrong (2^N, N)."""
    s = _check.bipolar(pattern, "pattern", ndim=(1,))
    if len(s) > MAX_UNITS:
        raise ValueError(
            f"pattern has {len(s)} units, {2 ** len(s)} states; at most {MAX_UNITS} units can be drawn"
        )
    return s, _space.signs(len(s)) != s


def _times(scale: float) -> str:
    """What the fields were multiplied with: 9 for a scale of 1/9."""
    whole = round(1 / scale)
    return str(whole) if isclose(whole * scale, 1) else f"{1 / scale:.3g}"


def _axes(ax: Axes | None, ylabel: str, N: int) -> Axes:
    ax = _style.chart(ax, (5.0, 3.6), "wrong units k", ylabel)
    ax.set(xlim=(-0.7, N + 0.7), xticks=range(N + 1))
    return ax
