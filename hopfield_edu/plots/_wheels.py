"""Where a rule leads in the long run: every cycle as a wheel, with the states that run into it around."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike, NDArray

from hopfield_edu.plots import _canvas
from hopfield_edu.plots._canvas import Points
from hopfield_edu.plots._flow import find_cycles, read_map

RADIUS = 0.2  # of a state; neighbours on a wheel are 1 apart
SLOT = 0.5  # room for an outermost state
GAP = 0.5  # round a wheel
SHAPE = 2.0  # width by height of a new picture, about


class Wheel(NamedTuple):
    """A cycle and all that runs into it: codes, places from the lower left corner, and width and height."""

    cycle: list[int]
    codes: list[int]
    where: Points
    size: Points


def wheels(next_state: ArrayLike, *, ax: Axes | None = None) -> Axes:
    """Every cycle as a wheel, and outside it the states that run into it.

    States of a cycle of two or more are filled in the colour of the highlighter; a fixed point is a large
    dark disc in the middle of the states that lead to it. All other states are small.

    Parameters
    ----------
    next_state : (K,) array of codes
        The state that follows each of the states 0..K-1, as from `state_space.synchronous_map` or
        `state_space.ordered_map`. K is at most 512.
    ax : Axes, optional

    Returns
    -------
    ax : Axes
        With a description in ``ax.alt_text``.

    Raises
    ------
    ValueError, TypeError
        If a code does not exist.

    Examples
    --------
    >>> wheels([1, 3, 0, 2]).alt_text
    '4 states in motion: 1 cycle of length 4. Every state is on a cycle.'
    """
    step = read_map(next_state)
    parts = [_arranged(step, cycle) for cycle in find_cycles(step)]
    parts.sort(key=lambda part: -part.size[1])  # the highest first
    corners, size = _shelves([part.size for part in parts], SHAPE if ax is None else _shape(ax))
    scale = min(0.34, 9 / size[0])
    ax = _canvas.axes(ax, (scale * size[0], scale * size[1]), (0.01, 0.01, 0.98, 0.98))
    where = np.zeros((len(step), 2))
    for part, corner in zip(parts, corners, strict=True):
        where[part.codes] = part.where + corner
    _canvas.frame(ax, np.array([[0.0, 0.0], size]), 0.0)
    _draw_steps(ax, where, step, parts)
    _draw_states(ax, where, step, parts)
    ax.alt_text = _describe(step, parts)
    return ax


def _arranged(step: NDArray[np.int_], cycle: list[int]) -> Wheel:
    """The places of one cycle, clockwise, and of all that runs into it, further out the later it comes."""
    order, before = _outwards(step, cycle)
    room = _rooms(step, order, cycle)
    inner = 0.0 if len(cycle) == 1 else 0.5 / np.sin(np.pi / len(cycle))
    radius, sector = dict.fromkeys(cycle, inner), _sectors(room, cycle)
    wanted = max(SLOT * room[code] / (high - low) for code, (low, high) in sector.items())
    first = max(0.85, wanted - inner)  # the nearest states are as far out as the most crowded sector asks
    for code in order:
        low, high = sector[code]
        slot = (high - low) / room[code]
        out = radius[code] + (first if code in cycle else 0.85)
        for other in before[code]:
            radius[other], sector[other] = out, (low, low + slot * room[other])
            low += slot * room[other]
    angle = np.array([sum(sector[code]) / 2 for code in order])
    where = np.array([radius[code] for code in order])[:, None] * np.column_stack(
        [np.sin(angle), np.cos(angle)]
    )
    where += GAP - where.min(axis=0)
    return Wheel(cycle, order, where, where.max(axis=0) + GAP)


def _outwards(step: NDArray[np.int_], cycle: list[int]) -> tuple[list[int], dict[int, list[int]]]:
    """The states of a cycle, then those one step before it, and so on; and who comes just before each."""
    order, before = list(cycle), {}
    for code in order:  # which grows meanwhile
        before[code] = [c for c in np.flatnonzero(step == code).tolist() if c not in cycle]
        order += before[code]
    return order, before


def _rooms(step: NDArray[np.int_], order: list[int], cycle: list[int]) -> dict[int, int]:
    """How many outermost states stand beyond each state, itself included if it is one."""
    room = dict.fromkeys(order, 0)
    for code in reversed(order):
        room[code] = max(1, room[code])
        if code not in cycle:
            room[int(step[code])] += room[code]
    return room


def _sectors(room: dict[int, int], cycle: list[int]) -> dict[int, tuple[float, float]]:
    """The angle of each state of a cycle: a third shared out equally, the rest by what it carries."""
    carried = np.array([room[code] for code in cycle])
    ends = 2 * np.pi * np.cumsum((1 / len(cycle) + 2 * carried / carried.sum()) / 3)
    return dict(zip(cycle, zip([0.0, *ends[:-1].tolist()], ends.tolist(), strict=True), strict=True))


def _shape(ax: Any) -> float:
    """Width by height of the axes."""
    box = _canvas.axes(ax, (1, 1), (0, 0, 1, 1)).get_window_extent()
    return box.width / box.height


def _shelves(sizes: list[Points], shape: float) -> tuple[Points, Points]:
    """Lower left corners of boxes in rows from the top, and the size of it all, of about this shape."""
    area = sum(width * height for width, height in sizes)
    widest = max(1.2 * np.sqrt(shape * area), *(width for width, _ in sizes))
    corners, row, x, y, right = [], 0.0, 0.0, 0.0, 0.0
    for width, height in sizes:
        if x + width > widest:
            x, y, row = 0.0, y - row, 0.0
        row = max(row, height)
        corners.append((x, y - (row + height) / 2))
        x += width
        right = max(right, x)
    return np.array(corners) + [0, row - y], np.array([right, row - y])


def _draw_steps(ax: Axes, where: Points, step: NDArray[np.int_], parts: list[Wheel]) -> None:
    on = {code for part in parts for code in part.cycle}
    for code, target in enumerate(step.tolist()):
        if code == target:
            continue
        bend, how = 0.0, {"color": _canvas.QUIET, "lw": 0.8}  # type: tuple[float, dict[str, Any]]
        if code in on:
            bend, how = (-0.5 if step[target] == code else -0.12), {"color": _canvas.INK, "lw": 1.7}
        gaps = (RADIUS if code in on else 0.12, 1.6 * RADIUS if step[target] == target else RADIUS)
        curve = _canvas.arc(where[code], where[target], bend, gaps)
        _canvas.arrow(ax, curve, head=0.24, gid="cycle" if code in on else "step", **how)


def _draw_states(ax: Axes, where: Points, step: NDArray[np.int_], parts: list[Wheel]) -> None:
    on = {code for part in parts for code in part.cycle}
    for code, place in enumerate(where):
        if step[code] == code:
            _canvas.disc(ax, place, 1.6 * RADIUS, fc=_canvas.INK, gid="fixed point")
        elif code in on:
            _canvas.disc(ax, place, RADIUS, fc=_canvas.HIGHLIGHT, lw=1.0, gid="on a cycle")
        else:
            _canvas.disc(ax, place, 0.12, fc="white", ec=_canvas.QUIET, lw=0.8, gid="on the way")


def _describe(step: NDArray[np.int_], parts: list[Wheel]) -> str:
    lengths = sorted(len(part.cycle) for part in parts)
    kinds = []
    for length in sorted(set(lengths)):
        many = lengths.count(length)
        one = "fixed point" if length == 1 else "cycle"
        kinds.append(_canvas.counted(many, one) + (f" of length {length}" if length > 1 else ""))
    on = sum(lengths)
    rest = (
        f"The other {len(step) - on} states run into them."
        if on < len(step)
        else "Every state is on a cycle."
    )
    if on == len(step) - 1:
        rest = "The other state runs into one of them."
    return f"{_canvas.counted(len(step), 'state')} in motion: {_canvas.listing(kinds)}. {rest}"
