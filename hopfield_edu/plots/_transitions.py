"""Transition graphs: an arrow for every update, from the state it finds to the state it leaves."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike, NDArray

from hopfield_edu import _check
from hopfield_edu.plots import _canvas, _levels, _space
from hopfield_edu.plots._canvas import Points
from hopfield_edu.plots._space import Board

MAX_UNITS = 6
LOOP = 1.45  # length of a loop in radii
Moves = dict[tuple[int, int], list[int]]  # (from, to) -> the units (from 1) whose update does it
Curves = dict[tuple[int, int], Points]


def transition_graph(
    successors: ArrayLike,
    *,
    synchronous: bool = False,
    energies: ArrayLike | None = None,
    highlight: Any = None,
    path: Any = None,
    ax: Axes | None = None,
) -> Axes:
    """Every state and where the updates lead from it.

    A table of single-unit updates is drawn with an arrow for each of them, labelled with the number
    (from 1) of the updated unit; updates that change nothing are loops. A map, one successor for
    each state, is drawn with dotted arrows. Fixed points have a second ring.

    Parameters
    ----------
    successors : (2^N, N) or (2^N,) array of codes
        Entry (c, i): the state reached from c when unit i is updated; or entry c: the state reached
        by a synchronous step or by an ordered sweep. A code has bit i set if unit i is +1. N <= 6.
    synchronous : bool
        Draw the synchronous step: a map is one already, a table is turned into it.
    energies : (2^N,) array, optional
        Printed in the states; from four units on they order the states in rows instead.
    highlight : code(s), label(s) such as "+-", or state(s), optional
        States to light up. By default the end of `path`.
    path : (T,) sequence of codes or labels, or (T, N) array of ±1, optional
        States visited one after the other, marked as if with a highlighter pen; the first one has a
        rim of the same colour.
    ax : Axes, optional

    Returns
    -------
    ax : Axes
        With a description in ``ax.alt_text``.

    Raises
    ------
    ValueError, TypeError
        If the table is none of a network, or has more than 6 units.

    Notes
    -----
    Wiskott, *Hopfield Networks*, figures 1.3 and 1.4. One to three units are drawn as line, square
    and cube, four as the shadow of a four-dimensional cube. Larger graphs are in rows, by energy or
    by the number of units at +1, without loops and unit numbers.

    Examples
    --------
    >>> print(transition_graph([3, 1, 2, 0], synchronous=True).alt_text)
    Transition graph of 2 units, synchronous steps. −− to ++; ++ to −−. Fixed points: +− and −+.
    """
    table, synchronous = _table(successors), _check.flag(synchronous, "synchronous")
    N = len(table).bit_length() - 1
    if synchronous and table.ndim == 2:
        table = together(table)
    level = None if energies is None else _check.vector(energies, "energies", 2**N)
    way = [] if path is None else _space.codes(path, "path", N)
    lit = [] if highlight is None else _space.codes(highlight, "highlight", N)
    ax = _canvas.axes(ax, _space.SIZES[N], _space.RECT)
    in_rows = N > 4 or (N == 4 and level is not None)
    margin = 0.6 if table.ndim == 1 else 0.7  # loops with unit numbers need more
    board = _rows(N, level, ax) if in_rows else _space.cube_board(N, ax, margin)
    moves, fixed = collect(table), fixed_points(table)
    rims = np.full(2**N, board.radius)
    rims[fixed] = _space.ring(board.radius)
    curves = _curves(board, moves, rims, in_rows)
    _draw_arrows(board, curves, dotted=table.ndim == 1, thin=in_rows)
    if not in_rows:
        _draw_guides(board, curves)
        loops = _draw_loops(board, moves, curves, rims, dotted=table.ndim == 1)
        if table.ndim == 2:
            _draw_units(board, moves, curves, loops)
    _space.draw_path(board, way, curves)
    _space.draw_states(
        board,
        lit or way[-1:],
        fixed=fixed,
        start=way[:1],
        named={*fixed, *lit, *way} if N == 6 else range(2**N),
        notes=None if level is None or in_rows else [_canvas.plain(E) for E in level],
    )
    ax.alt_text = _describe(table, moves, fixed, synchronous, board.names)
    ax.alt_text += _space.tell_path(way, board.names) + _space.tell_lit(lit, board.names)
    return ax


def together(table: NDArray[np.int_]) -> NDArray[np.int_]:
    """(2^N,) map: all updates of the table at once, each of which flips its own bit or none."""
    codes = np.arange(len(table))
    return codes ^ np.bitwise_xor.reduce(table ^ codes[:, None], axis=1)


def collect(table: NDArray[np.int_]) -> Moves:
    """The arrows of the graph, and for each of them the units whose update it stands for."""
    moves: Moves = {}
    for code, row in enumerate(table.reshape(len(table), -1)):
        for i, target in enumerate(row.tolist()):
            moves.setdefault((code, target), []).append(i + 1)
    return moves


def fixed_points(table: NDArray[np.int_]) -> list[int]:
    """The states that no update leaves."""
    stays = table.reshape(len(table), -1) == np.arange(len(table))[:, None]
    return np.flatnonzero(stays.all(axis=1)).tolist()


def _table(successors: ArrayLike) -> NDArray[np.int_]:
    table = _check.real_array(successors, "successors")
    if table.ndim not in (1, 2) or table.size == 0:
        raise ValueError(f"successors has shape {table.shape}; (2^N, N) or (2^N,) is wanted")
    N = len(table).bit_length() - 1
    if len(table) != 2**N or N < 1 or (table.ndim == 2 and table.shape[1] != N):
        raise ValueError(f"successors has shape {table.shape}; (2^N, N) or (2^N,) is wanted")
    if N > MAX_UNITS:
        raise ValueError(
            f"successors has {2**N} states of {N} units; at most {MAX_UNITS} units can be drawn. "
            "Count with state_space.cycles, state_space.basins or state_space.fixed_points instead"
        )
    if table.dtype.kind == "f" and (table != table.round()).any():
        raise TypeError("successors holds fractions; integer codes of states are wanted")
    if table.min() < 0 or table.max() >= 2**N:
        raise ValueError(f"successors holds codes outside 0..{2**N - 1}, the states of {N} units")
    table = table.astype(int)
    if table.ndim == 2 and (changed := (table ^ np.arange(2**N)[:, None]) & ~(1 << np.arange(N))).any():
        code, i = np.argwhere(changed)[0]
        raise ValueError(
            f"successors[{code}, {i}] is {table[code, i]}, but the update of unit {i} can only "
            f"keep {code} or lead to {code ^ 1 << i}"
        )
    return table


def _rows(N: int, level: NDArray[np.float64] | None, ax: Axes) -> Board:
    """States in rows, the lowest energy (or the fewest units at +1) at the bottom."""
    value = (_space.signs(N) > 0).sum(axis=1) if level is None else level.round(9)
    where, widest = _levels.spread(value, N)
    heights, row = np.unique(value, return_inverse=True)
    box = ax.get_window_extent()
    step = 0.8 * (widest + 2) * box.height / box.width / max(1, len(heights) - 1)
    where[:, 1] = step * row
    radius = min(0.36, 0.33 * step) if N < 6 else min(0.22, 0.24 * step)
    unit = _canvas.frame(ax, where, (2.2, 0.8, 0.8, 0.8))
    for k, height in enumerate(heights):
        text = f"{height} × +1" if level is None else f"E = {_canvas.plain(height)}"
        point = (where[:, 0].min() - 0.9, step * k)
        _canvas.write(ax, point, text, 11 if N == 4 else 9, ha="right")
    return Board(ax, where, radius, _space._label_size(radius, unit, N), _space.names(N))


def _curves(board: Board, moves: Moves, rims: NDArray[np.float64], in_rows: bool) -> Curves:
    """A curve for every arrow, bent away from its opposite and from states on its way."""
    bends = _space.SLIGHT if in_rows else _space.STRAIGHT
    return {
        (a, b): _space.route(board, a, b, _space.BENT if (b, a) in moves else bends, (rims[a], rims[b]))
        for a, b in moves
        if a != b
    }


def _draw_arrows(board: Board, curves: Curves, dotted: bool, thin: bool = False) -> None:
    how = {"ls": _canvas.DOTTED, "lw": 2.2} if dotted else {"lw": 1.5}
    if thin:
        how |= {"lw": 1.6 if dotted else 0.9, "color": _canvas.QUIET}
    for (a, b), curve in curves.items():
        gid = f"{board.names[a]} to {board.names[b]}"
        _canvas.arrow(board.ax, curve, head=min(0.5 * board.radius, 0.2), gid=gid, **how)


def _draw_units(board: Board, moves: Moves, curves: Curves, loops: Curves) -> None:
    """The number of the updated unit on its arrow, those of a loop at its top."""
    tops = []
    for (a, b), curve in loops.items():
        way = curve[12] - board.where[a]
        way /= np.hypot(*way)
        wide = 0.07 * len(moves[a, b]) * abs(way[0])  # longer labels keep off at the sides
        tops.append(curve[12] + (0.0 if len(board.names) > 8 else 0.15 + wide) * way)
        _tag(board, tops[-1], moves[a, b])
    if not curves:
        return
    taken = np.vstack([board.where, *tops])
    spots = _canvas.label_spots(list(curves.values()), taken, 0.3)  # off the lines that cross
    for key, spot in zip(curves, spots, strict=True):
        _tag(board, spot, moves[key])


def _tag(board: Board, spot: Points, units: list[int]) -> None:
    text = _canvas.tag(board.ax, spot, ",".join(map(str, units)), float(np.clip(0.85 * board.size, 8, 11)))
    text.set_gid("units")


def _draw_guides(board: Board, curves: Curves) -> None:
    """Edges of the cube that no arrow follows, faintly."""
    for a, b in _space.edges(len(board.names).bit_length() - 1):
        if (a, b) not in curves and (b, a) not in curves:
            _canvas.stroke(board.ax, board.where[[a, b]], color=_canvas.FAINT, lw=1, zorder=1)


def _draw_loops(board: Board, moves: Moves, curves: Curves, rims: NDArray[Any], dotted: bool) -> Curves:
    """Loops of the updates that change nothing, in the widest gaps between the other lines."""
    loops = {}
    for a in (a for a, b in moves if a == b):
        out = _free_direction(board, a, curves)
        loops[a, a] = _canvas.loop(board.where[a], out, rims[a], LOOP * board.radius)
    _draw_arrows(board, loops, dotted)
    return loops


def _free_direction(board: Board, a: int, curves: Curves) -> float:
    """The middle of the widest gap between the lines at state a, of the cube and of the arrows."""
    ends = [*_space.edges(len(board.names).bit_length() - 1), *curves]
    others = {c for pair in ends if a in pair for c in pair} - {a}
    x, y = (board.where[sorted(others)] - board.where[a]).T
    outward = board.where[a] - board.where.mean(axis=0)
    return _canvas.free_direction(np.arctan2(y, x), np.arctan2(outward[1], outward[0]))


def _describe(
    table: NDArray[Any], moves: Moves, fixed: list[int], synchronous: bool, label: list[str]
) -> str:
    N = len(label).bit_length() - 1
    kind = "synchronous steps" if synchronous else "one step or sweep per state"
    kind = "updates of single units" if table.ndim == 2 else kind
    text = f"Transition graph of {_canvas.counted(N, 'unit')}, {kind}."
    changes = [(a, b, units) for (a, b), units in moves.items() if a != b]
    if N > 3:
        text += f" {len(label)} states, {_canvas.counted(len(changes), 'arrow')} between them."
    else:
        by = ["" if table.ndim == 1 else f" by unit {units[0]}" for _, _, units in changes]
        parts = [f"{label[a]} to {label[b]}{u}" for (a, b, _), u in zip(changes, by, strict=True)]
        stay = any(a == b for a, b in moves) and table.ndim == 2 and parts
        text += f" {'; '.join(parts) or 'Nothing changes'}"
        text += "; all other updates change nothing." if stay else "."
    if not fixed:
        return text + " No fixed points."
    points = "Fixed point" if len(fixed) == 1 else "Fixed points"
    return text + f" {points}: {_canvas.listing((label[c] for c in fixed), 16)}."
