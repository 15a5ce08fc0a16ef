"""The cliff of capacity: how much of a memory is left, against the load, and a heart that falls over it."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import ListedColormap
from matplotlib.figure import Figure
from numpy.typing import NDArray

from hopfield_edu import patterns as library
from hopfield_edu import plots, theory
from hopfield_edu._exact import in_parts
from hopfield_edu._frozen import frozen
from hopfield_edu._sweeps import BLOCK, in_turn
from hopfield_edu.explore import _gallery
from hopfield_edu.explore._base import Explorer, narrow
from hopfield_edu.explore._controls import choice, declared, drawing, real, seed, whole
from hopfield_edu.explore._svg import Target, offer

SIZES = {"100": 100, "400": 400, "900": 900}  # squares: the heart of 10 by 10 cells, each once, 4 or 9 times
DRAWS, OTHERS = 4, 4  # sets of patterns, and memories of each that are asked for besides the heart
LOWEST, HIGHEST = 0.02, 0.24
LOADS = tuple(round(0.02 * k, 2) for k in range(1, 13))  # that are measured for the curve
WRONG = ListedColormap([plots.PAPER, plots.INK, plots.HIGHLIGHT])
WIDE = ((0.08, 0.16, 0.5, 0.74), (0.615, 0.02, 0.38, 0.88))
TIGHT = ((0.11, 0.5, 0.86, 0.41), (0.02, 0.0, 0.96, 0.4))

CONTROLS = {
    "load": real("Load M/N", "Patterns per unit", 0.1, LOWEST, HIGHEST),
    "N": choice("Units N", "Number of units", 400, SIZES, kind="int"),
    "rng": seed("Draw no.", "Seed of the four sets of patterns"),
    "wrong": whole(
        "% of the cue wrong", "Per cent of the cells of each cue that are flipped", 0, 0, 40, folded=True
    ),
}


class Recalled(NamedTuple):
    """What came back in each of the draws: `overlaps` (DRAWS,), their means over the memories asked for, and
    the `hearts` (DRAWS, N)."""

    overlaps: NDArray[np.float64]
    hearts: NDArray[np.int_]


def heart(N: int) -> NDArray[np.int_]:
    """The heart on N = 100, 400 or 900 units: every cell becomes a square of them."""
    times = round((N / 100) ** 0.5)
    return np.kron(library.named("heart").reshape(10, 10), np.ones((times, times), int)).ravel()


@lru_cache(maxsize=16)
def stored(N: int, rng: int, draw: int) -> NDArray[np.int_]:
    """The heart and random patterns, as many as are ever stored: a larger M adds to them."""
    others = library.random(round(HIGHEST * N), N, np.random.default_rng([rng, draw]))
    return frozen(np.concatenate([heart(N)[None], others]))


@lru_cache(maxsize=512)
def recalled(M: int, N: int, rng: int, wrong: int) -> Recalled:
    """The heart and some other memories, asked for in every draw, from cues with some per cent wrong."""
    s = np.array([stored(N, rng, draw)[:M] for draw in range(DRAWS)])
    asked = s[:, : 1 + OTHERS]
    cues = [library.flip(some, fraction=wrong / 100, rng=draw) for draw, some in enumerate(asked)]
    ends = together(s, np.array(cues))
    return Recalled((ends * asked).mean(axis=(1, 2)), ends[:, 0])


def together(stored: NDArray[np.int_], cues: NDArray[np.int_]) -> NDArray[np.int_]:
    """Where the recalls of several networks end: patterns (draws, M, N), cues and ends (draws, cues, N).

    What `binary.PatternNetwork` does with each, for all at once: a few cues of one alone leave NumPy idle.
    """
    s, y = stored.astype(np.float32), cues.astype(np.float32)
    M = s.shape[1]
    m, parts = y @ s.swapaxes(1, 2), in_parts(s, BLOCK)
    moved = True
    while moved:
        moved = False
        for part, own, within in parts:
            before = y[..., part].copy()
            after = in_turn(m @ own - (M - np.float32(0.5)) * before, before, within)  # half: a tie keeps
            if (change := after - before).any():
                m += change @ own.swapaxes(1, 2)
                y[..., part], moved = after, True
    return y.astype(int)


def count(load: float, N: int) -> int:
    """The number of patterns."""
    return max(1, round(load * N))


@drawing(CONTROLS)
def draw_cliff(fig: Figure, load: float, N: int, rng: int, wrong: int) -> str:
    """The overlap after recall against the load beside theory, and the heart that comes back at one load.

    Returns
    -------
    str
        How much is recalled at this load in networks of this size, and what rests in an endless one.

    Notes
    -----
    The theory is `theory.overlap`: Amit, Gutfreund and Sompolinsky 1985.
    """
    boxes = TIGHT if narrow(fig) else WIDE
    here = recalled(count(load, N), N, rng, wrong)
    _curve(fig.add_axes(boxes[0]), load, N, rng, wrong, here)
    _hearts(fig.add_axes(boxes[1]), here.hearts, N, columns=4 if narrow(fig) else 2)
    offer(
        fig,
        {"measured": Target([f"load {x:.2f}: go there" for x in LOADS], [{"load": x} for x in LOADS])},
    )
    return _told(load, N, wrong, here)


def _curve(ax: Axes, load: float, N: int, rng: int, wrong: int, here: Recalled) -> None:
    """Measured overlaps, each draw a thin dot and their mean a thick one, and the theory."""
    _gallery.bare(ax, (0, 0.25), (-0.02, 1.04), "overlap after recall, against load M/N")
    x = np.linspace(0, theory.critical_load(), 60)
    y = theory.overlap(x)
    ax.plot(x, y, color=plots.INHIBITORY, lw=1.8, ls="--", gid="theory")
    ax.axvline(x[-1], color=plots.INHIBITORY, lw=1, ls=":", zorder=0)  # beyond it, no solution
    draws = np.array([recalled(count(a, N), N, rng, wrong).overlaps for a in LOADS])
    ax.plot(np.repeat(LOADS, DRAWS), draws.ravel(), "o", ms=3.2, color="#8a94a1", gid="draws")
    ax.plot(LOADS, draws.mean(axis=1), color=plots.INK, lw=1.6)
    ax.plot(LOADS, draws.mean(axis=1), "o", ms=7, color=plots.INK, gid="measured")
    ax.axvline(load, color=plots.HIGHLIGHT, lw=2, zorder=0)
    ax.plot([load], [here.overlaps.mean()], "o", ms=10, mfc=plots.HIGHLIGHT, mec=plots.INK, gid="cursor")
    words = {"fontsize": 9, "color": plots.INK}
    for tick in (0.05, 0.1, 0.15, 0.2):
        across = ax.get_xaxis_transform()
        ax.text(tick, -0.03, f"{tick:g}", ha="center", va="top", transform=across, **words)
    for tick in (0, 0.5, 1):
        ax.text(-0.003, tick, f"{tick:g}", ha="right", va="center", **words)
    ax.text(0.004, 0.27, f"● N = {N}, mean of {DRAWS}", **words)
    ax.plot([0.004, 0.014], [0.13, 0.13], color=plots.INHIBITORY, lw=1.8, ls=(0, (2.5, 1.5)))
    ax.text(0.018, 0.13, "endless (theory)", va="center", **words)
    ax.text(x[-1] + 0.002, 0.02, f"{x[-1]:.3f}", **words)
    told = ", ".join(f"{m:.2f} at {a:g}" for a, m in zip(LOADS, draws.mean(axis=1), strict=True))
    ax.alt_text = (
        f"Overlap after recall against load, {N} units: {told}. The theory for endless networks falls to "
        f"{y[-1]:.3f} at {x[-1]:.3f}, and ends there."
    )


def _hearts(ax: Axes, hearts: NDArray[np.int_], N: int, columns: int) -> None:
    """What the heart has become in each draw; cells that are wrong light up."""
    side, wrong = round(N**0.5), hearts != heart(N)
    cells = np.where(wrong, 2, hearts > 0).reshape(-1, side, side).astype(float)
    gap, rows = side * 0.18, DRAWS // columns
    for k, picture in enumerate(cells):
        row, column = divmod(k, columns)
        left, top = column * (side + gap), row * (side + 2 * gap)
        look = {"cmap": WRONG, "vmin": 0, "vmax": 2, "interpolation": "none"}
        ax.imshow(picture, extent=(left, left + side, top + side, top), **look)
        look = {"ha": "center", "va": "bottom", "fontsize": 10, "color": plots.INK}
        ax.text(left + side / 2, top - gap / 5, f"{wrong[k].sum()} wrong", **look)
    ax.set(xlim=(0, columns * (side + gap) - gap), ylim=(rows * (side + 2 * gap) - gap, -1.6 * gap))
    ax.set_aspect("equal")
    ax.set_axis_off()
    counts = ", ".join(str(number) for number in wrong.sum(axis=1))
    ax.alt_text = f"The heart as it came back in {DRAWS} draws; wrong cells: {counts} of {N}."


def _told(load: float, N: int, wrong: int, here: Recalled) -> str:
    M, m = count(load, N), here.overlaps
    cue = f"cues with {wrong} % wrong cells" if wrong else "the memories themselves as cues"
    endless = theory.overlap(load)
    near = f"a state with overlap {endless:.3f}" if endless else "no state"
    least, most = f"{m.min():.2f}", f"{m.max():.2f}"
    spread = f"{least} in every draw" if least == most else f"{least} to {most}, by draw"
    return (
        f"{M} memories on {N} units, load {M / N:.3f}, {cue}: overlap after recall {spread}. "
        f"In an endless network {near} rests near a memory."
    )


class Cliff(Explorer):
    """What `cliff` returns."""


@declared(CONTROLS)
def cliff(**given: Any) -> Cliff:
    """How many memories are too many? The overlap after recall against the load, and a heart at one load.

    Returns
    -------
    Cliff

    Examples
    --------
    >>> cliff(0.06, 100).caption.split(". ")[1]
    'In an endless network a state with overlap 1.000 rests near a memory.'
    """
    return Cliff(
        draw_cliff,
        CONTROLS,
        given,
        name="cliff",
        suggestion=(
            "move the load from left to right, or click a dot: where does the heart begin to dissolve? Then "
            "take fewer units, and more: in which networks does it last longer?"
        ),
        size=(8.6, 3.6),
        stacked=(4.4, 4.2),
        themed=True,
    )
