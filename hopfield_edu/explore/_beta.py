"""What beta does: eight faces, a query, the attention it pays to them, and where its steps end."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

import ipywidgets as widgets
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from hopfield_edu import _check, datasets, modern, plots
from hopfield_edu.explore import _gallery
from hopfield_edu.explore._base import Explorer, _sized, dropdown, fit, row, slider
from hopfield_edu.trajectory import Trajectory

FACES = (16, 20, 19, 23, 40, 44, 43, 47)  # two families, in each two mouths, with each two kinds of eyes
SIDE = 24
LOW, HIGH = 1e-3, 3.0
RIDGE = 1 + 1e-9  # a deviation from an end that grows faster than this leaves it
SIDES = ("from the top", "from the bottom", "from the left")
Array = NDArray[np.float64]


@lru_cache(maxsize=1)
def stored() -> Array:
    """The eight faces as patterns (8, 576)."""
    return datasets.faces(FACES).astype(float)


@lru_cache(maxsize=1)
def branches() -> Array:
    """All stable states over beta: rows of (log10 beta, mean number of the faces that they average)."""
    points = []
    for beta in np.geomspace(LOW, HIGH, 140):
        states, _ = modern.fixed_points(stored(), beta)
        points += [(np.log10(beta), place(p)) for p in modern.Network(stored(), beta).attention(states)]
    return np.array(points)


def place(p: Array) -> float:
    """The mean number of a face, 0 to 7, with attention p."""
    return float(p @ np.arange(len(p)))


def query(who: int, hidden: int, side: str = SIDES[0]) -> Array:
    """Face number `who` (from 1), of which so many rows or columns are unknown: zero."""
    face = stored()[who - 1].reshape(SIDE, SIDE).copy()
    if side == "from the left":
        face[:, :hidden] = 0
    else:
        face[slice(hidden) if side == "from the top" else slice(SIDE - hidden, SIDE)] = 0
    return face.ravel()


class Retrieval(NamedTuple):
    """The way of one query: its trajectory, the attention at its ends, and the growth at its end."""

    run: Trajectory
    first: Array
    last: Array
    growth: float


@lru_cache(maxsize=512)
def retrieve(beta: float, who: int, hidden: int, side: str) -> Retrieval:
    """Steps from the query until nothing moves."""
    net = modern.Network(stored(), beta)
    run = net.recall(query(who, hidden, side), max_steps=1000)
    return Retrieval(run, net.attention(run.initial), net.attention(run.final), net.growth(run.final))


def draw_beta(
    fig: Figure, beta: float = 0.1, who: int = 2, hidden: int = 8, side: str = "from the top"
) -> str:
    """A query, its first step and its end; its attention to eight faces; the stable states over beta.

    Parameters
    ----------
    fig : Figure
    beta : float
        Inverse temperature.
    who : int
        The face behind the query, 1 to 8.
    hidden : int
        Rows (or columns) of the query that are unknown, 0 to 24.
    side : str
        ``"from the top"``, ``"from the bottom"`` or ``"from the left"``.

    Returns
    -------
    str
        What the query attends to, and the kind of state it ends in.
    """
    found = retrieve(beta, who, hidden, side)
    start = found.run.initial
    pictures = [start, modern.Network(stored(), beta).step(start), found.run.final]
    names = ["query", "after 1 step", "at rest" if found.run.converged else "still moving"]
    _gallery.column(fig.add_axes((0, 0.01, 0.19, 0.98)), [p.reshape(SIDE, SIDE) for p in pictures], names, 5)
    _strip(fig.add_axes((0.47, 0.1, 0.07, 0.83)))
    _bars(fig.add_axes((0.2, 0.1, 0.265, 0.83)), found)
    _tree(fig.add_axes((0.555, 0.1, 0.435, 0.83)), beta, found)
    return _told(beta, found)


def _strip(ax: Axes) -> None:
    """The eight faces, one above the other, which label the bars and the tree."""
    column = stored().reshape(-1, SIDE)
    ax.imshow(column, cmap="gray_r", vmin=-1, vmax=1.3, aspect="auto", interpolation="nearest")
    ax.hlines(np.arange(1, 8) * SIDE - 0.5, -0.5, SIDE - 0.5, color="white", lw=3)
    ax.set_axis_off()
    ax.alt_text = "The eight faces, numbered from the top: two families of four."


def _bars(ax: Axes, found: Retrieval) -> None:
    """Attention of the query (open) and at the end (full), growing to the left."""
    at = np.arange(len(found.last))
    ax.barh(at, found.last, 0.62, color=plots.EXCITATORY, label="at rest", gid="last")
    look = {"fill": False, "ec": plots.INK, "ls": "--", "lw": 1.1}
    ax.barh(at, found.first, 0.82, label="query", gid="first", **look)
    ax.set(xlim=(1.02, 0), ylim=(7.5, -0.5), xticks=[0.5, 1], yticks=[])
    ax.spines[["top", "left", "right"]].set_visible(False)
    ax.set_title("attention", fontsize=11, color=plots.INK)
    ax.legend(fontsize=8.5, frameon=False, loc="upper left", handlelength=1.2, borderaxespad=0)
    shares = ", ".join(f"{share:.2f}" for share in found.last)
    ax.alt_text = f"Attention to faces 1 to 8 at rest: {shares}."


def _tree(ax: Axes, beta: float, found: Retrieval) -> None:
    """The stable states over beta, by the mean number of the faces in them, and where this query goes."""
    at = np.log10(beta)  # drawn on a plain axis: a logarithmic one takes 50 ms more
    ax.plot(*branches().T, ".", ms=2.6, color="#5d6875", gid="branches")
    ax.axvline(at, color=plots.HIGHLIGHT, lw=2.2, zorder=1)
    start, end = place(found.first), place(found.last)
    ax.plot([at, at], [start, end], "-", color=plots.INK, lw=1.4)
    ax.plot(at, start, "o", ms=6, mfc="white", mec=plots.INK, gid="start")
    ridge = found.growth > RIDGE  # such an end may cover the branch of a face that has no part in it
    look = ("X", 10, plots.INHIBITORY) if ridge else ("o", 8, plots.EXCITATORY)
    ax.plot(at, end, look[0], ms=look[1], color=look[2], mec=plots.INK, gid="end")
    ax.set(xlim=np.log10([LOW, HIGH]), ylim=(7.5, -0.5), yticks=[])
    ax.set_xticks([-3, -2, -1, 0], ["0.001", "0.01", "0.1", "1"])
    ax.spines[["top", "right"]].set_visible(False)
    ax.set_title("stable states over β", fontsize=11, color=plots.INK)
    ax.alt_text = (
        "Stable states against beta: one branch, the average of all faces, splits into two families near "
        "0.008, into mouths near 0.06 and into single faces near 0.25. "
        f"The query ends {'on a ridge ' if ridge else ''}at height {end + 1:.1f}."
    )


KINDS = {
    "single": "a single face",
    "global average": "the global average",
    "metastable": "a metastable state",
}


def _told(beta: float, found: Retrieval) -> str:
    first, last = (modern.effective_number(p) for p in (found.first, found.last))
    steps = int(found.run.sweeps)
    T = np.format_float_positional(1 / beta, 2, fractional=False, trim="-")  # 1000, not 1e+03
    told = f"β = {beta:.3g}, T = {T}: the query spreads its attention over {first:.1f} of 8 faces. "
    if not found.run.converged:
        return f"{told}After {steps} steps it still moves: close to a branching, steps become tiny."
    what = modern.kind(found.last)
    told += f"After {steps} step{'s'[: steps != 1]} it rests in {KINDS[what]}"
    if found.growth > RIDGE:
        told += f", an average of {last:.1f} faces, balanced on a ridge"
        return f"{told}: nothing in the query tells them apart."
    if what == "single":
        # no other face agrees with a part of this one in more cells
        return f"{told}, number {int(found.last.argmax()) + 1}: the right one."
    return f"{told}, an average of {last:.1f} faces." + (
        " Too hot to tell them apart." if what == "global average" else ""
    )


def log_slider(label: str, value: float, low: float, high: float, **width: str) -> widgets.FloatLogSlider:
    """A number above zero on a logarithmic scale."""
    ends = {"min": float(np.log10(low)), "max": float(np.log10(high)), "step": 0.02}
    control = widgets.FloatLogSlider(value, base=10, description=label, readout_format=".3g", **ends)
    return _sized(control, **width)


class Beta(Explorer):
    """What `beta` returns."""

    def __init__(self, **start: Any) -> None:
        controls = {
            "beta": log_slider("β", start["beta"], LOW, HIGH, **fit("330px")),
            "who": slider("Face", start["who"], 1, len(FACES), **fit("230px")),
            "hidden": slider("Hidden lines", start["hidden"], 0, SIDE, **fit("270px")),
            "side": dropdown("hidden", SIDES, start["side"], **fit("190px")),
        }
        super().__init__(
            draw_beta,
            controls,
            name="beta",
            suggestion=(
                "cool down slowly: move β from left to right and watch hair, mouth and eyes appear one "
                "after the other. Then hide the mouth (8 rows from the bottom): which question stays open, "
                "however large β is?"
            ),
            size=(8.6, 4.7),
        )

    def arrange(self) -> list[Any]:
        return [row(*self.controls.values()), self.image]


def beta(beta: float = 0.1, who: int = 2, hidden: int = 8, side: str = "from the top") -> Beta:
    """How sharply does a query choose? Move beta, hide a part of the face, see where the steps end.

    Parameters
    ----------
    beta : float
        Inverse temperature, 0.001 to 3.
    who : int
        The face behind the query, 1 to 8.
    hidden : int
        Rows (or columns) of the query that are unknown, 0 to 24.
    side : str
        ``"from the top"``, ``"from the bottom"`` or ``"from the left"``.

    Returns
    -------
    Beta

    Examples
    --------
    >>> beta(beta=1).caption.split(": ")[1][:51]
    'the query spreads its attention over 1.0 of 8 faces'
    """
    value = _check.positive(beta, "beta")
    if not LOW <= value <= HIGH:
        raise ValueError(f"beta is {value:g}; a number from {LOW:g} to {HIGH:g} is wanted")
    return Beta(
        beta=value,
        who=_check.count(who, "who", low=1, high=len(FACES)),
        hidden=_check.count(hidden, "hidden", high=SIDE),
        side=_check.one_of(side, "side", SIDES),
    )
