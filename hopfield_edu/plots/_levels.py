"""The energy of every state, and the single flips that go down."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from numpy.typing import NDArray

from hopfield_edu import _check
from hopfield_edu.plots import _canvas, _given, _space
from hopfield_edu.plots._canvas import Points

MAX_UNITS = 8


def energy_levels(net: Any, *, path: Any = None, ax: Axes | None = None) -> Axes:
    """All states by their energy, joined where they differ in one unit, with the minima marked.

    Lines lead downhill, dotted arcs between states of equal energy. A minimum is a state in which no
    single flip lowers the energy.

    Parameters
    ----------
    net : Network
        Anything with symmetric `weights` (N, N), N <= 8, and ``energy(states)``.
    path : (T,) sequence of codes or labels, or (T, N) array of ±1, optional
        States visited one after the other. The lines of the last one are dark.
    ax : Axes, optional

    Returns
    -------
    ax : Axes
        With a description in ``ax.alt_text``.

    Raises
    ------
    ValueError, TypeError
        If the weights are not symmetric (there is no energy then), or N > 8.

    Notes
    -----
    The horizontal position only spreads the states: for up to four units by the number of units at +1,
    unless too many states have the same energy. All names are printed where there is room, else those
    of the minima and of the path.
    """
    N, E = _energies(net)
    way = [] if path is None else _space.codes(path, "path", N)
    ax = _canvas.axes(ax, (6.4, 4.6), (0.11, 0.05, 0.87, 0.85))
    low, high = E.min(), E.max()
    pad = 0.12 * (high - low) or 1.0
    near = 0.6 * pad if N <= 4 else 0.2 * pad  # the height of a name, or of a dot
    where, widest = columns(E, N, near) if N <= 4 else spread(E, N, near)
    ax.set(xlim=(-0.5 * widest, 0.5 * widest), ylim=(low - pad, high + pad), xticks=[])
    minima, names = find_minima(E, N), _space.names(N)
    lowest = _draw_flips(ax, where, N, 0.5 * pad, way[-1:])
    ax.set_ylim(bottom=min(low - pad, lowest - 0.2 * pad))
    _draw_way(ax, where, way, 0.5 * pad)
    shown, size = _readable(ax, where, {*minima, *way}, N, 0.5 * pad)
    for code in range(2**N):
        name = names[code] if code in shown else ""
        _draw_state(ax, where[code], name, size, code in minima, code in way[-1:])
    ax.set_ylabel("energy E", color=_canvas.INK)
    ax.spines[["top", "right", "bottom"]].set_visible(False)
    ax.alt_text = _describe(E, minima, names) + _space.tell_path(way, names)
    return ax


def find_minima(E: NDArray[np.float64], N: int) -> list[int]:
    """The codes of the states in which no single flip lowers the energy."""
    flipped = np.arange(2**N)[:, None] ^ 1 << np.arange(N)
    return np.flatnonzero((E[flipped] >= E[:, None]).all(axis=1)).tolist()


def spread(E: NDArray[Any], N: int, near: float = 0.0) -> tuple[Points, int]:
    """Where the states are drawn, and how many stand in the most crowded row.

    States whose energies follow one another at no more than `near` share a row and stand side by side,
    in the order of the mean position of the states one flip away.
    """
    row = _rows(E, near)
    flipped = np.arange(2**N)[:, None] ^ 1 << np.arange(N)
    widest, x = int(np.bincount(row).max()), np.zeros(2**N)
    for turn in range(8):
        wish = x[flipped].mean(axis=1) if turn else np.arange(2**N) / 2**N
        for k in range(row.max() + 1):
            members = np.flatnonzero(row == k)
            members = members[np.argsort(wish[members], kind="stable")]
            gap = min(0.9 * widest / len(members), max(1.0, 0.35 * widest))
            x[members] = (np.arange(len(members)) - (len(members) - 1) / 2) * gap
    return np.column_stack([x, E]), widest


def columns(E: NDArray[Any], N: int, near: float = 0.0) -> tuple[Points, int]:
    """Where the states are drawn: a column for each number of units at +1, so lines lead to the next.

    What would touch in its row moves aside; `widest` names have room side by side. Where more states
    than there are columns share an energy, columns would only tangle the lines.
    """
    row, ones = _rows(E, near), (_space.signs(N) > 0).sum(axis=1)
    if np.unique(E, return_counts=True)[1].max() > N + 1:
        return spread(E, N, near)
    widest = max(N + 1, int(np.bincount(row).max()))
    x = wish = (ones - N / 2) * (widest - 1) / N + 0.4 * _above(E, 2 * ones == N, 2 * near)
    around = np.arange(2**N)[:, None] ^ 1 << np.arange(N)
    for _ in range(3):
        x = _apart(wish, x[around].mean(axis=1), row, widest)
    return np.column_stack([x, E]), widest


def _above(E: NDArray[Any], column: NDArray[np.bool_], close: float) -> NDArray[np.bool_]:
    """Which states stand close above another in the column: of a stack of them every second."""
    found = np.zeros(len(E), bool)
    members = np.flatnonzero(column)
    members = members[np.argsort(E[members], kind="stable")]
    for lower, upper in pairwise(members.tolist()):
        found[upper] = 0 < E[upper] - E[lower] < close and not found[lower]
    return found


def _apart(wish: NDArray[Any], order: NDArray[Any], row: NDArray[np.intp], widest: int) -> NDArray[Any]:
    """Near their wishes, but in each row at least 1 apart and inside; `order` decides among equals."""
    x = wish.copy()
    for k in range(row.max() + 1):
        members = np.flatnonzero(row == k)
        members = members[np.lexsort([order[members], wish[members]])]
        place = np.arange(len(members))
        free = wish[members] - place
        pushed = np.maximum.accumulate(free) + np.minimum.accumulate(free[::-1])[::-1]
        edge = (widest - 1) / 2
        x[members] = place + np.clip(pushed / 2, -edge, edge - len(members) + 1)
    return x


def _rows(E: NDArray[Any], near: float) -> NDArray[np.intp]:
    """The number of the row of every state: a new one where the energy jumps by more than `near`."""
    order, row = np.argsort(E, kind="stable"), np.zeros(len(E), int)
    row[order[1:]] = np.cumsum(np.diff(E[order]) > near)
    return row


def _energies(net: Any) -> tuple[int, NDArray[np.float64]]:
    _given.having(net, "net", "weights energy", "a network with weights and energy")
    N = len(_check.weights(net.weights, "net.weights", symmetric=True))
    if N > MAX_UNITS:
        raise ValueError(
            f"net has {N} units, {2**N} states; at most {MAX_UNITS} units can be drawn. "
            "Use state_space.energies and a histogram instead"
        )
    return N, np.asarray(_given.asked("net", net.energy, _space.signs(N)), float).round(9)


def _curve(where: Points, a: int, b: int, sag: float) -> Points:
    """A straight line between two states; if both have the same energy one that sags, deeper below others."""
    (left, level), (right, height) = sorted([where[a].tolist(), where[b].tolist()])
    t = np.linspace(-1, 1, 21)[:, None]
    line = (where[a] + where[b]) / 2 + t * (where[b] - where[a]) / 2
    if level != height:
        return line
    passed = (where[:, 1] == level) & (left < where[:, 0]) & (where[:, 0] < right)
    return line - (1 - t**2) * np.array([0, sag * (1 + 2 * passed.sum())])


def _draw_flips(ax: Axes, where: Points, N: int, sag: float, here: list[int]) -> float:
    """All flips; returns the height of the lowest."""
    edges = np.array(_space.edges(N))
    dark = np.isin(edges, here).any(axis=1)
    flat = where[edges[:, 0], 1] == where[edges[:, 1], 1]
    arcs = [_curve(where, a, b, sag) for a, b in edges[flat].tolist()]
    wide = 1.1 if N <= 4 else 0.6
    for which, lines, ls, gid in (
        (~flat, list(where[edges[~flat]]), "-", "downhill"),
        (flat, arcs, ":", "level"),
    ):
        colours = np.where(dark[which], _canvas.INK, "#9aa3ae").tolist()
        widths = np.where(dark[which], wide + 0.5, wide)
        ax.add_artist(LineCollection(lines, colors=colours, linewidths=widths, ls=ls, gid=gid, zorder=1))
    return min((arc[:, 1].min() for arc in arcs), default=np.inf)


def _draw_way(ax: Axes, where: Points, way: list[int], sag: float) -> None:
    for a, b in dict.fromkeys((a, b) for a, b in pairwise(way) if a != b):
        curve = _curve(where, a, b, sag)
        _canvas.band(ax, curve)
        _canvas.stroke(ax, curve, color=_canvas.INK, lw=1.3, zorder=2.5)
        head = {"arrowstyle": "-|>", "color": _canvas.INK, "shrinkA": 0, "shrinkB": 9}
        ax.annotate("", curve[-1], curve[-6], arrowprops=head, zorder=3)


def _readable(ax: Axes, where: Points, marked: set[int], N: int, near: float) -> tuple[set[int], float]:
    """Which states get their names, all or those marked, and in which size these do not touch."""
    unit = 72 / ax.figure.dpi * ax.get_window_extent().width / np.ptp(ax.get_xlim())
    for shown in (set(range(2**N)), marked):
        points = where[sorted(shown)]
        apart = np.abs(points[:, None] - points)
        apart[np.diag_indices(len(points))] = np.inf
        room = unit * apart[..., 0][apart[..., 1] <= near].min(initial=np.inf)
        size = (room - 6) / (0.84 * N + 0.6)
        if size >= 8:
            break
    return shown, float(np.clip(size, 6, 9))


def _draw_state(ax: Axes, point: Any, name: str, size: float, minimum: bool, lit: bool) -> None:
    face = _canvas.HIGHLIGHT if lit else _canvas.INK if minimum else "white"
    colour = _canvas.ON_PAPER if lit else "white" if minimum else _canvas.INK
    if not name:
        how = {"marker": "o", "ms": 4, "mfc": face, "mec": _canvas.INK, "mew": 0.8}
        _canvas.stroke(ax, [point], zorder=4, **how)
        return
    box = {"boxstyle": "round,pad=0.3", "fc": face, "ec": _canvas.INK, "lw": 1.2}
    weight = "bold" if minimum or lit else "normal"
    text = _canvas.write(ax, point, name, size, bbox=box, color=colour, weight=weight)
    text.set_gid(f"minimum {name}" if minimum else f"state {name}")


def _describe(E: NDArray[np.float64], minima: list[int], names: list[str]) -> str:
    low, high = _canvas.plain(E.min()), _canvas.plain(E.max())
    found = "; ".join(
        f"{_canvas.listing(names[c] for c in minima if E[c] == e)} at {_canvas.plain(e)}"
        for e in np.unique(E[minima])
    )
    return (
        f"Energies of the {len(E)} states of {_canvas.counted(len(names[0]), 'unit')}, from {low} "
        f"to {high} on {_canvas.counted(len(np.unique(E)), 'level')}. Minima: {found}."
    )
