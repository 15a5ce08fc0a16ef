"""The flow in state space of any machine that knows, for each of its states, the next one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike, NDArray

from hopfield_edu import _check
from hopfield_edu.plots import _canvas, _given

MAX_STATES = 512
WIDTH = 6.2  # inches at most, of a new figure: as wide as a page beside the file browser shows it


def flow(next_state: ArrayLike, *, names: Sequence[str] | None = None, ax: Axes | None = None) -> Axes:
    """All states as dots, each with an arrow to the state that follows it, flowing downwards.

    States that have no way out are large and red and stand at the bottom; above them everything that
    ends there, the higher the more steps it takes. The states of a longer cycle stand side by side.

    Parameters
    ----------
    next_state : (K,) array of codes
        The state that follows each of the states 0..K-1, as from `state_space.synchronous_map` or
        `state_space.ordered_map`, or of any other machine. K is at most 512.
    names : K strings, optional
        Printed at the states; an empty one is left out. Keep them short where the tree is dense.
    ax : Axes, optional

    Returns
    -------
    ax : Axes
        With a description in ``ax.alt_text``.

    Raises
    ------
    ValueError, TypeError
        If a code does not exist, or the number of names is not K.

    Notes
    -----
    Hopfield, *Hopfield network*, Scholarpedia, figure 1.

    Examples
    --------
    >>> flow([1, 2, 2, 2, 4]).alt_text
    '5 states in motion: 2 final states. 4 of the states end in the largest, after at most 2 steps.'
    """
    step = read_map(next_state)
    K = len(step)
    names = None if names is None else _given.texts(names, "names", K, "state")
    rings = find_cycles(step)
    where, home = _layout(step, rings, [len(name) for name in names or [""] * K])
    columns, rows = where.max(axis=0) + 1
    size = (float(np.clip(0.34 * columns, 3.2, WIDTH)), 0.62 * rows + 0.5)
    ax = _canvas.axes(ax, size, (0.01, 0.01, 0.98, 0.98))
    ax.set(xlim=(-0.8, columns - 0.2), ylim=(-0.75, rows - 0.45))
    ax.set_axis_off()
    for code in range(K):
        _draw_step(ax, where, code, step[code])
    _draw_states(ax, where, step, names)
    ax.alt_text = _describe(step, where, rings, home)
    return ax


def read_map(next_state: ArrayLike) -> NDArray[np.int_]:
    step = _check.real_array(next_state, "next_state")
    if step.ndim != 1 or not 1 <= step.size <= MAX_STATES:
        raise ValueError(f"next_state has shape {step.shape}; (K,) is wanted, with K from 1 to {MAX_STATES}")
    if step.dtype.kind == "f" and (step != step.round()).any():
        raise TypeError("next_state holds fractions; integer codes of states are wanted")
    if step.min() < 0 or step.max() >= len(step):
        raise ValueError(f"next_state holds codes outside 0..{len(step) - 1}, the states that it has")
    return step.astype(int)


def find_cycles(step: NDArray[np.int_]) -> list[list[int]]:
    """The cycles, each in the order in which it is visited; a final state is one of length 1."""
    far = step
    for _ in range(len(step).bit_length()):
        far = far[far]
    rings, seen = [], set()
    for start in np.unique(far).tolist():
        if start not in seen:
            ring = [start]
            while (code := int(step[ring[-1]])) != start:
                ring.append(code)
            rings.append(ring)
            seen.update(ring)
    return rings


def _layout(
    step: NDArray[np.int_], rings: list[list[int]], letters: Sequence[int]
) -> tuple[NDArray[np.float64], NDArray[np.int_]]:
    """Where the states stand, as high as they have steps to go, and the index of the ring they end in.

    No two arrows cross, and there is room at the bottom for names of so many letters.
    """
    on_ring = {code for ring in rings for code in ring}
    before: list[list[int]] = [[] for _ in step]
    for code, target in enumerate(step):
        if code not in on_ring:
            before[target].append(code)
    where, home = np.zeros((len(step), 2)), np.zeros(len(step), int)
    column = 0.0

    def place(code: int, height: int, index: int) -> None:
        nonlocal column
        home[code], first = index, column
        for other in before[code]:
            place(other, height + 1, index)
        room = max(1.0, 0.46 * letters[code]) if height == 0 else 1.0
        column = max(column, first + room)
        x = where[before[code], 0].mean() if before[code] else first + (room - 1) / 2
        where[code] = x, height

    for index, ring in enumerate(rings):
        for code in ring:
            place(code, 0, index)
    return where, home


def _draw_step(ax: Axes, where: NDArray[np.float64], code: int, target: int) -> None:
    if code == target:
        return
    level = where[code, 1] == where[target, 1]
    bend = -0.35 if level and where[code, 0] > where[target, 0] else 0.0  # the way back of a cycle
    how = {"arrowstyle": "-|>,head_width=0.16,head_length=0.34", "color": _canvas.QUIET, "lw": 0.9}
    how |= {"shrinkA": 3, "shrinkB": 4.5 if level else 7, "connectionstyle": f"arc3,rad={bend}"}
    ax.annotate("", where[target], where[code], arrowprops=how, zorder=2)


def _draw_states(
    ax: Axes, where: NDArray[np.float64], step: NDArray[np.int_], names: Sequence[str] | None
) -> None:
    codes = np.arange(len(step))
    moving, final = where[step != codes], where[step == codes]
    dot = {"ls": "", "marker": "o", "zorder": 4}
    ax.plot(*moving.T, ms=5, color=_canvas.EXCITATORY, gid="states", **dot)
    ax.plot(*final.T, ms=12, color=_canvas.INHIBITORY, mec=_canvas.INK, gid="final states", **dot)
    reached = np.isin(codes, step)
    for code, name in enumerate(names or []):
        how = {"xytext": (0, 4), "ha": "center", "va": "bottom", "fontsize": 8}
        if where[code, 1] == 0:  # a final state, or one of a cycle with its arrows to the sides
            bold = "bold" if step[code] == code else "normal"
            how = {"xytext": (0, -9), "ha": "center", "va": "top", "fontsize": 9, "weight": bold}
        elif reached[code]:  # arrows come from above
            how |= {"xytext": (5, 0), "ha": "left", "va": "center"}
        how |= {"textcoords": "offset points", "color": _canvas.INK, "family": _canvas.FONT}
        ax.annotate(name.replace("-", "−"), where[code], zorder=6, **how)


def _describe(
    step: NDArray[np.int_], where: NDArray[np.float64], rings: list[list[int]], home: NDArray[np.int_]
) -> str:
    final = sum(len(ring) == 1 for ring in rings)
    longer = [ring for ring in rings if len(ring) > 1]
    kinds = [_canvas.counted(final, "final state")] if final or not longer else []
    kinds += [_canvas.counted(len(longer), "longer cycle")] if longer else []
    largest = np.bincount(home).max()
    return (
        f"{_canvas.counted(len(step), 'state')} in motion: {' and '.join(kinds)}. {largest} of the states "
        f"end in the largest, after at most {_canvas.counted(int(where[:, 1].max()), 'step')}."
    )
