"""State space: where its states are drawn, how they are named, and the plain hypercube."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from numbers import Integral
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike, NDArray

from hopfield_edu import _check
from hopfield_edu.plots import _canvas, _given
from hopfield_edu.plots._canvas import Points

# Row i is the axis of unit i+1, half an edge long. For N = 4 a search found the projection that
# keeps corners far from one another and from edges that are not theirs.
PROJECTIONS = {
    1: np.array([[1.0, 0.0]]),
    2: np.array([[1.0, 0.0], [0.0, 1.0]]),
    3: np.array([[1.05, 0.0], [0.0, 1.05], [0.6, 0.48]]),
    4: np.array([[2.2, 0.0], [0.27, 1.87], [0.53, 0.81], [0.87, -0.41]]),
}
# How far an arrow may bend to keep off the states on its way; the first is tried first.
STRAIGHT = (0.0, 0.25, -0.25, 0.4, -0.4)
BENT = (0.3, 0.2, 0.12, 0.45)  # one of two opposite arrows
SLIGHT = (0.0, 0.12, -0.12, 0.2, -0.2)
SHAPES = {1: "line", 2: "square", 3: "cube", 4: "four-dimensional cube"}
RECT = (0.01, 0.01, 0.98, 0.91)  # leaves room for a title
SIZES = {1: (4.2, 2.3), 2: (4.6, 4.4), 3: (5.8, 5.2), 4: (8.0, 6.4), 5: (10.0, 7.2), 6: (11.0, 8.0)}


class Board(NamedTuple):
    """Axes prepared for the states of N units."""

    ax: Axes
    where: Points  # (2^N, 2) centres of the states
    radius: float
    size: float  # of the labels, in points
    names: list[str]


def hypercube(
    N: int,
    *,
    path: ArrayLike | None = None,
    state: ArrayLike | int | None = None,
    ax: Axes | None = None,
) -> Axes:
    """The states of N units as the corners of a hypercube; each edge is the flip of one unit.

    Parameters
    ----------
    N : int
        1 to 4 units: a line, a square, a cube, or the shadow of a four-dimensional cube.
    path : (T,) sequence of codes or (T, N) array of ±1, optional
        States visited one after the other, joined by arrows; the first has a coloured rim, the last
        is lit up unless `state` is given.
    state : code or (N,) array of ±1, optional
        A corner to light up.
    ax : Axes, optional

    Returns
    -------
    ax : Axes
        With a description in ``ax.alt_text``.

    Raises
    ------
    ValueError, TypeError
        If N is not within 1..4, or a state does not exist.

    Notes
    -----
    Wiskott, *Hopfield Networks*, figure 1.2. A code has bit i set if unit i+1 is +1.

    Examples
    --------
    >>> hypercube(2, path=["--", "+-", "++"]).alt_text
    'Hypercube of 2 units, a square with 4 corners: −−, +−, −+, ++. Path: −− to +− to ++.'
    """
    N = _check.count(N, "N", low=1, high=4)
    way = [] if path is None else codes(path, "path", N)
    lit = [] if state is None else codes([state], "state", N)
    board = cube_board(N, _canvas.axes(ax, SIZES[N], RECT), margin=0.5)
    for a, b in edges(N):
        edge = _canvas.arc(board.where[a], board.where[b], 0, (board.radius, board.radius))
        _canvas.stroke(board.ax, edge, color="#8a94a1", lw=1.3, zorder=1)
    draw_path(board, way, {})
    draw_states(board, lit or way[-1:], start=way[:1])
    board.ax.alt_text = _describe(N, way, lit, board.names)
    return board.ax


def names(N: int) -> list[str]:
    """The names of the 2^N states as they are printed, with a real minus; '+−' has code 1."""
    return ["".join("+" if code >> i & 1 else "−" for i in range(N)) for code in range(2**N)]


def signs(N: int) -> NDArray[np.int_]:
    """(2^N, N) array: row c is the state of code c."""
    return 2 * (np.arange(2**N)[:, None] >> np.arange(N) & 1) - 1


def codes(values: Any, argument: str, N: int) -> list[int]:
    """States given as codes, as labels such as '+-', or as rows of ±1: all of them as codes."""
    alone = isinstance(values, (str, Integral)) or (isinstance(values, np.ndarray) and values.ndim == 0)
    rows = [values] if alone else _check.listed(values, argument, "states", high=_given.MOST)
    return [_code(row, argument, N) for row in rows]


def _code(value: Any, argument: str, N: int) -> int:
    if isinstance(value, str):
        text = value.replace("−", "-")
        if len(text) != N or set(text) - set("+-"):
            raise ValueError(f"{argument} holds {_check.shown(value)}; a label of {N} signs + or - is wanted")
        value = [1 if sign == "+" else -1 for sign in text]
    if _check.array_of(value, argument).ndim:
        state = _check.bipolar(value, argument, ndim=(1,))
        if len(state) != N:
            raise ValueError(f"{argument} holds a state of {len(state)} units; N is {N}")
        return int((state > 0) @ 2 ** np.arange(N))
    return _check.count(value, argument, high=2**N - 1)


def edges(N: int) -> list[tuple[int, int]]:
    """Pairs of codes that differ in one unit."""
    return [(c, c | 1 << i) for i in range(N) for c in range(2**N) if not c >> i & 1]


def cube_board(N: int, ax: Axes, margin: float) -> Board:
    """Axes with room for a hypercube, and with the axes of its units drawn."""
    where, radius = signs(N) @ PROJECTIONS[N], {1: 0.28, 2: 0.28, 3: 0.29, 4: 0.4}[N]
    room = margin + radius
    low, right = where[:, 1].min() - room, where[:, 0].max() + room
    more = 0.3 if N <= 2 else 0.0  # for the names of the axes
    unit = _canvas.frame(ax, where, (room + more * (N == 2), room, room + more, room))
    if N <= 2:
        _sign_axes(ax, N, low)
    else:
        _compass(ax, N, np.array([right, low]), radius)
    return Board(ax, where, radius, _label_size(radius, unit, N), names(N))


def _label_size(radius: float, unit: float, N: int) -> float:
    """Letters that fill four fifths of the circle; a sign is 0.84 of its size wide."""
    return float(np.clip(1.6 * radius * unit / (0.84 * max(N, 2)), 7 if N < 5 else 4, 15))


def _sign_axes(ax: Axes, N: int, low: float) -> None:
    """The axes of units 1 and 2, below and left of the states, from −1 to +1."""
    for position, text in ((-1, "−1"), (0, "y"), (1, "+1")):
        size = 12 if text == "y" else 10
        unit = ("₁", "₂") if text == "y" else ("", "")
        _canvas.write(ax, (position, low - 0.08), text + unit[0], size, va="top")
        if N == 2:
            _canvas.write(ax, (low - 0.08, position), text + unit[1], size, ha="right")


def _compass(ax: Axes, N: int, corner: Points, size: float) -> None:
    """Small arrows in a corner: which way each unit turns to +1."""
    steps = PROJECTIONS[N] * (1.6 * size / np.hypot(*PROJECTIONS[N].T).max())
    origin = corner + [-2.6 * size, 0.7 * size - min(0, steps[:, 1].min())]
    for i, step in enumerate(steps):
        length = np.hypot(*step)
        step = step * max(1, 0.9 * size / length)
        curve = _canvas.arc(origin, origin + step, 0)
        _canvas.arrow(ax, curve, head=0.45 * size, color=_canvas.QUIET, lw=1.2)
        tip = origin + step * (1 + 0.42 * size / np.hypot(*step))
        _canvas.write(ax, tip, f"y{'₁₂₃₄'[i]}", 10, color=_canvas.QUIET)


def draw_states(
    board: Board,
    lit: Iterable[int],
    *,
    fixed: Iterable[int] = (),
    start: Iterable[int] = (),
    named: Iterable[int] | None = None,
    notes: list[str] | None = None,
) -> None:
    """Circles with the names of the states: lit up, with a second ring if fixed."""
    lit, fixed, start = set(lit), set(fixed), set(start)
    shown = range(len(board.names)) if named is None else set(named)
    for code, (point, name) in enumerate(zip(board.where, board.names, strict=True)):
        how: dict[str, Any] = {"fc": _canvas.HIGHLIGHT} if code in lit else {}
        if code in start:
            how |= {"ec": _canvas.HIGHLIGHT, "lw": 3.5}
        if code in fixed:
            _canvas.disc(board.ax, point, ring(board.radius), zorder=4.5).set_gid(f"fixed {name}")
        _canvas.disc(board.ax, point, board.radius, **how).set_gid(f"state {name}")
        if code in shown:
            _name_state(board, point, name, notes and notes[code], code in lit)


def _name_state(board: Board, point: Any, name: str, note: str | None, lit: bool) -> None:
    """The name in its circle, with its energy below; under the circle if it has no room in it."""
    weight, (x, y) = "bold" if lit else "normal", point
    if len(name) == 6:
        _canvas.tag(board.ax, (x, y - 2.1 * board.radius), name, 8, weight=weight)
        return
    up, color = 0.3 * board.radius if note else 0, _canvas.ON_PAPER if lit else _canvas.INK
    _canvas.write(board.ax, (x, y + up), name, board.size, weight=weight, color=color)
    if note:
        _canvas.write(board.ax, (x, y - 1.4 * up), note, 0.8 * board.size, color=color)


def ring(radius: float) -> float:
    """Radius of the second ring of a fixed point."""
    return 1.24 * radius


def draw_path(board: Board, way: list[int], curves: dict[tuple[int, int], Points]) -> None:
    """A highlighter stroke along every change of state; an arrow too where `curves` has none."""
    for a, b in dict.fromkeys((a, b) for a, b in pairwise(way) if a != b):
        curve = curves.get((a, b))
        if curve is None:
            bends = BENT if (b, a) in pairwise(way) else STRAIGHT
            curve = route(board, a, b, bends, (1.1 * board.radius, 1.1 * board.radius))
            _canvas.arrow(board.ax, curve, head=0.55 * board.radius, lw=1.8, gid="step")
        _canvas.band(board.ax, curve)


def route(board: Board, a: int, b: int, bends: Iterable[float], gaps: tuple[float, float]) -> Points:
    """The curve from state a to state b with the first of `bends` that keeps clear of the others."""
    options = [_canvas.arc(*board.where[[a, b]], bend, gaps) for bend in bends]
    others = np.delete(board.where, [a, b], axis=0)
    room = [np.hypot(*(curve[:, None] - others).transpose(2, 0, 1)).min(initial=np.inf) for curve in options]
    clear = [k for k, free in enumerate(room) if free > 1.3 * board.radius]
    return options[clear[0] if clear else int(np.argmax(room))]


def _describe(N: int, way: list[int], lit: list[int], label: list[str]) -> str:
    text = f"Hypercube of {_canvas.counted(N, 'unit')}, a {SHAPES[N]} with {2**N} corners"
    text += f": {', '.join(label)}." if N <= 3 else ", labelled from −−−− to ++++."
    return text + tell_path(way, label) + tell_lit(lit, label)


def tell_path(way: list[int], label: list[str]) -> str:
    """The path in words, without the steps at which nothing changed."""
    changes = way[:1] + [b for a, b in pairwise(way) if a != b]
    return f" Path: {' to '.join(label[c] for c in changes)}." if changes else ""


def tell_lit(lit: list[int], label: list[str]) -> str:
    """The highlighted states in words."""
    return f" Highlighted: {_canvas.listing(label[c] for c in lit)}." if lit else ""
