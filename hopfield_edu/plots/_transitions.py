"""Transition graphs: an arrow for every update, from the state it finds to the state it leaves."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike, NDArray

from hopfield_edu import _check
from hopfield_edu.plots import _canvas, _space
from hopfield_edu.plots._canvas import Points
from hopfield_edu.plots._space import Board

MAX_UNITS = 6
LOOP = 0.45
Moves = dict[tuple[int, int], list[int]]  # (from, to) -> the units (from 1) whose update does it


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
        States visited one after the other, marked as if with a highlighter pen.
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
    Transition graph of 2 units, synchronous. −− to ++; ++ to −−. Fixed points: +− and −+.
    """
    table = _table(successors)
    N = len(table).bit_length() - 1
    if synchronous and table.ndim == 2:
        table = together(table)
    level = None if energies is None else _check.vector(energies, "energies", 2**N)
    way = [] if path is None else _space.codes(path, "path", N)
    lit = [] if highlight is None else _space.codes(_several(highlight, N), "highlight", N)
    ax = _canvas.axes(ax, _space.SIZES[N], _space._rect(N))
    board = (
        _space.cube_board(N, ax, margin=0.6 if table.ndim == 1 else 0.7)
        if N <= 3 or (N == 4 and level is None)
        else _rows(N, level, ax)
    )
    moves = collect(table)
    fixed = fixed_points(table)
    rims = np.full(2**N, board.radius)
    rims[fixed] = _space.ring(board.radius)
    curves = _curves(board, moves, rims)
    _draw_arrows(board, moves, curves, rims, dotted=table.ndim == 1)
    _space.draw_path(board, way, curves)
    notes = [_canvas.plain(E) for E in level] if level is not None and N <= 3 else None
    _space.draw_states(board, lit or way[-1:], fixed=fixed, start=way[:1], notes=notes)
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


def _several(highlight: Any, N: int) -> list[Any]:
    """One state given bare (a code, a label, a row of ±1) as a list of one."""
    if np.ndim(highlight) == 0:
        return [highlight]
    rows = list(highlight)
    single = len(rows) == N and all(np.ndim(y) == 0 and not isinstance(y, str) and y in (-1, 1) for y in rows)
    return [rows] if single and -1 in rows else rows


def _rows(N: int, level: NDArray[np.float64] | None, ax: Axes) -> Board:
    """States in rows, the lowest energy (or the fewest units at +1) at the bottom."""
    value = (_space.signs(N) > 0).sum(axis=1) if level is None else level.round(9)
    heights, row = np.unique(value, return_inverse=True)
    widest = np.bincount(row).max()
    where = np.zeros((2**N, 2))
    for k in range(len(heights)):
        members = np.flatnonzero(row == k)
        x = (np.arange(len(members)) - (len(members) - 1) / 2) * max(1, 0.7 * widest / len(members))
        where[members] = np.column_stack([x, np.full(len(members), 1.7 * k)])
    radius = 0.4 if N < 6 else 0.3
    unit = _canvas.frame(ax, where, (1.6, 0.7, 0.7, 0.7))
    for k, height in enumerate(heights):
        text = f"{height} × +1" if level is None else f"E = {_canvas.plain(height)}"
        _canvas.write(ax, (where[:, 0].min() - 0.9, 1.7 * k), text, 9, color="#5b6675", ha="right")
    return Board(ax, where, radius, _space._label_size(radius, unit, N), _space.names(N))


def _curves(board: Board, moves: Moves, rims: NDArray[np.float64]) -> dict[tuple[int, int], Points]:
    """A curve for every arrow, bent away from its opposite and from states on its way."""
    curves = {}
    for a, b in moves:
        if a == b:
            continue
        bends = (0.3, 0.2, 0.12, 0.45, 0.6) if (b, a) in moves else (0.0, 0.25, -0.25, 0.5, -0.5)
        others = np.delete(board.where, [a, b], axis=0)
        options = [_canvas.arc(board.where[a], board.where[b], k, (rims[a], rims[b])) for k in bends]
        room = [_distance(curve, others) for curve in options]
        clear = [k for k, free in enumerate(room) if free > 1.3 * board.radius]
        curves[a, b] = options[clear[0] if clear else int(np.argmax(room))]
    return curves


def _distance(curve: Points, others: Points) -> float:
    return np.hypot(*(curve[:, None] - others).transpose(2, 0, 1)).min(initial=np.inf)


def _draw_arrows(
    board: Board,
    moves: Moves,
    curves: dict[tuple[int, int], Points],
    rims: NDArray[Any],
    dotted: bool,
) -> None:
    N, name = len(board.names).bit_length() - 1, board.names
    how = {"ls": _canvas.DOTTED, "lw": 2.2} if dotted else {"lw": 1.5}
    head = 0.5 * board.radius
    if N <= 4:
        _draw_guides(board, curves)
        curves = curves | _loops(board, moves, curves, rims)
    for (a, b), curve in curves.items():
        _canvas.arrow(board.ax, curve, head=head, gid=f"{name[a]} to {name[b]}", **how)
    if dotted or N > 4:
        return
    steps = [key for key in curves if key[0] != key[1]]
    spots = _canvas.label_spots([curves[key] for key in steps], board.where, 0.2)
    for (a, b), spot in zip(steps, spots, strict=True):
        _tag(board, spot, moves[a, b])
    for a, b in curves.keys() - set(steps):
        top = curves[a, b][12]
        way = top - board.where[a]
        wide = 0.07 * len(moves[a, b]) * abs(way[0])  # longer labels keep off at the sides
        _tag(board, top + (0.15 + wide) * way / np.hypot(*way), moves[a, b])


def _tag(board: Board, spot: Points, units: list[int]) -> None:
    text = _canvas.tag(board.ax, spot, ",".join(map(str, units)), min(0.85 * board.size, 11))
    text.set_gid("units")


def _draw_guides(board: Board, curves: dict[tuple[int, int], Points]) -> None:
    """Edges of the cube that no arrow follows, faintly."""
    for a, b in _space.edges(len(board.names).bit_length() - 1):
        if (a, b) not in curves and (b, a) not in curves:
            board.ax.plot(
                *board.where[[a, b]].T,
                color=_canvas.FAINT,
                lw=1,
                zorder=1,
                scalex=False,
                scaley=False,
            )


def _loops(
    board: Board, moves: Moves, curves: dict[tuple[int, int], Points], rims: NDArray[Any]
) -> dict[tuple[int, int], Points]:
    """Loops of the updates that change nothing, in the widest gaps between the other lines."""
    centre, neighbours = board.where.mean(axis=0), {c: [] for c in range(len(board.names))}
    for a, b in [*_space.edges(len(board.names).bit_length() - 1), *curves]:
        neighbours[a].append(b)
        neighbours[b].append(a)
    loops = {}
    for a, b in moves:
        if a == b:
            away = board.where[neighbours[a]] - board.where[a]
            out = board.where[a] - centre
            angle = _canvas.free_direction(np.arctan2(away[:, 1], away[:, 0]), np.arctan2(*out[::-1]))
            loops[a, a] = _canvas.loop(board.where[a], angle, rims[a], LOOP)
    return loops


def _describe(
    table: NDArray[Any], moves: Moves, fixed: list[int], synchronous: bool, label: list[str]
) -> str:
    N = len(label).bit_length() - 1
    kind = "synchronous" if synchronous else "one step or sweep" if table.ndim == 1 else "single units"
    text = f"Transition graph of {_canvas.counted(N, 'unit')}, {kind}."
    changes = [(a, b, units) for (a, b), units in moves.items() if a != b]
    if N <= 3 and table.ndim == 1:
        parts = [f"{label[a]} to {label[b]}" for a, b, _ in changes]
        text += f" {'; '.join(parts) or 'Nothing changes'}."
    elif N <= 3:
        parts = [f"{label[a]} to {label[b]} by unit {units[0]}" for a, b, units in changes]
        text += f" {'; '.join(parts) or 'Nothing changes'}; all other updates change nothing."
    else:
        text += f" {len(label)} states, {_canvas.counted(len(changes), 'arrow')} between them."
    if not fixed:
        return text + " No fixed points."
    points = "Fixed point" if len(fixed) == 1 else "Fixed points"
    return text + f" {points}: {_canvas.listing((label[c] for c in fixed), 16)}."
