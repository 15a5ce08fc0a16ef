"""The energy along one unit, as if its value could slide from -1 to +1."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from hopfield_edu import _check
from hopfield_edu.plots import _canvas, _given, _style


def energy_along(net: Any, state: ArrayLike, i: int, *, ax: Axes | None = None) -> Axes:
    """The energy while unit i slides from -1 to +1 and the others stay; an arrow for its update.

    With y_i free, E = -1/2 w_ii y_i^2 - g_i y_i + const, where g_i is the field without the
    self-connection: a straight line for w_ii = 0, a bulging curve for w_ii > 0, a sagging one for w_ii < 0.
    An update looks at the slope where the unit stands, dE/dy_i = -h_i, and jumps to the end that the slope
    points down to.

    Parameters
    ----------
    net : Network
        Anything with symmetric `weights`, `scale`, `field`, `energy` and `update`.
    state : (N,) array of ±1
    i : int
        The unit, counted from 0.
    ax : Axes, optional

    Returns
    -------
    ax : Axes
        With a description in ``ax.alt_text``.

    Raises
    ------
    ValueError, TypeError
        If the weights are not symmetric, or the state or the unit does not exist.

    Examples
    --------
    >>> from hopfield_edu import binary
    >>> energy_along(binary.Network([[-1]]), [1], 0).alt_text.split(". ")[1]
    'An update takes it from +1 to −1.'
    """
    _given.having(net, "net", "weights scale field energy update", "a network of ±1 units, symmetric,")
    W = _check.weights(net.weights, "net.weights", symmetric=True)
    y = _check.bipolar(state, "state", ndim=(1,), units=len(W))
    i = _check.count(i, "i (the unit)", high=len(W) - 1)
    ax = _canvas.axes(ax, (3.4, 2.8), (0.2, 0.18, 0.76, 0.72))
    self_connection = net.scale * W[i, i]
    slope = net.field(y)[i] - self_connection * y[i]
    rest = net.energy(y) + self_connection / 2 + slope * y[i]
    values = np.linspace(-1, 1, 101)
    curve = rest - self_connection * values**2 / 2 - slope * values
    ends = {-1: curve[0], 1: curve[-1]}
    after = int(net.update(y, i)[i])
    _canvas.stroke(ax, np.column_stack([values, curve]), color=_canvas.INK, lw=1.6, zorder=2)
    _draw_ends(ax, ends, int(y[i]), after)
    room = 0.25 * max(np.ptp(curve), 0.5)
    ax.set(xlim=(-1.35, 1.35), ylim=(curve.min() - room, curve.max() + 2 * room), xticks=[-1, 0, 1])
    ax.set_xticklabels(["−1", "0", "+1"])
    _style.dress(ax, f"value of unit {i + 1}", "energy E")
    ax.alt_text = _describe(i, ends, self_connection, int(y[i]), after)
    return ax


def _draw_ends(ax: Axes, ends: dict[int, float], now: int, after: int) -> None:
    """The two values that the unit can have, the present one lit up, and an arrow to the next one."""
    for value, energy in ends.items():
        face = _canvas.HIGHLIGHT if value == now else "white"
        how = {"marker": "o", "ms": 10, "mfc": face, "mec": _canvas.INK, "mew": 1.3}
        _canvas.stroke(ax, [(value, energy)], zorder=4, **how)
    if after != now:
        bend = f"arc3,rad={0.35 * now}"
        head = {"arrowstyle": "-|>", "color": _canvas.INK, "lw": 1.5, "connectionstyle": bend}
        head |= {"shrinkA": 8, "shrinkB": 8, "mutation_scale": 14}
        ax.annotate("", (after, ends[after]), (now, ends[now]), arrowprops=head, zorder=3)


def _describe(i: int, ends: dict[int, float], self_connection: float, now: int, after: int) -> str:
    shape = "a straight line" if self_connection == 0 else "a sagging curve"
    shape = "a bulging curve" if self_connection > 0 else shape
    low, high = _canvas.plain(ends[-1]), _canvas.plain(ends[1])
    turn = f"takes it from {_canvas.signed(now)} to {_canvas.signed(after)}"
    keep = f"leaves it at {_canvas.signed(now)}"
    return (
        f"Energy as unit {i + 1} slides from −1, at {low}, along {shape} to +1, at {high}. "
        f"An update {keep if after == now else turn}."
    )
