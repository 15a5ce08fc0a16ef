"""What beta does: eight pictures, a query, the attention it pays to them, and where its steps end."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from numpy.typing import NDArray

from hopfield_edu import datasets, modern, plots
from hopfield_edu.explore import _gallery, _own_pictures
from hopfield_edu.explore._base import Explorer, narrow
from hopfield_edu.explore._controls import choice, declared, drawing, logarithmic, whole
from hopfield_edu.explore._own_pictures import Pictures
from hopfield_edu.explore._svg import Target, field, offer
from hopfield_edu.plots._greys import GREYS
from hopfield_edu.trajectory import Trajectory

FACES = (16, 20, 19, 23, 40, 44, 43, 47)  # two families, in each two mouths, with each two kinds of eyes
MOST = 12  # pictures of one's own
LOW, HIGH = 1e-3, 3.0
PATIENCE = 4000  # steps
RIDGE = 1 + 1e-9  # a deviation from an end that grows faster than this leaves it
SIDES = ("from the top", "from the bottom", "from the left")
BETAS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 3)  # to be clicked
# pictures, the strip of small ones, bars on its left, branches on its right
WIDE = ((0, 0.01, 0.19, 0.98), (0.47, 0.13, 0.07, 0.8), (0.2, 0.13, 0.265, 0.8), (0.555, 0.13, 0.435, 0.8))
TIGHT = ((0.01, 0.68, 0.98, 0.28), (0.38, 0.09, 0.1, 0.5), (0.035, 0.09, 0.335, 0.5), (0.5, 0.09, 0.48, 0.5))
Array = NDArray[np.float64]


@lru_cache(maxsize=1)
def faces() -> Pictures:
    """The eight faces."""
    return _own_pictures.pictures(datasets.faces(FACES), noun="face")


@lru_cache(maxsize=8)
def branches(shown: Pictures) -> Array:
    """Stable states over beta: rows of (log10 beta, mean number of the pictures that they average).

    They are where steps from every picture, and from the mean of all, arrive. All that a step needs are the
    products of the pictures: p -> softmax(beta p S S').
    """
    s = shown.states.astype(float)
    M, products, betas = len(s), s @ s.T, np.geomspace(LOW, HIGH, 140)
    p = np.tile(np.vstack([np.eye(M), np.full(M, 1 / M)]), (len(betas), 1, 1))
    for _ in range(PATIENCE):
        before, p = p, _softmax(betas[:, None, None] * (p @ products))
        if np.abs(p - before).max() < 1e-13:
            break
    covariance = p[..., None] * (np.eye(M) - p[..., None, :])
    growth = betas[:, None] * np.abs(np.linalg.eigvals(covariance @ products)).max(axis=-1)
    which, _ = np.nonzero(stable := growth <= RIDGE)
    found = np.column_stack([np.log10(betas)[which], (p[stable] @ np.arange(M)).round(5)])
    return np.unique(found, axis=0)


def _softmax(z: Array) -> Array:
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def place(p: Array) -> float:
    """The mean number of a picture, 0 to M - 1, with attention p."""
    return float(p @ np.arange(len(p)))


def query(shown: Pictures, who: int, hidden: int, side: str = SIDES[0]) -> Array:
    """Picture number `who` (from 1), of which so many rows or columns are unknown: zero."""
    cells, rows = shown.states[who - 1].reshape(shown.shape).astype(float), shown.shape[0]
    if side == "from the left":
        cells[:, :hidden] = 0
    else:
        cells[slice(hidden) if side == "from the top" else slice(max(0, rows - hidden), rows)] = 0
    return cells.ravel()


class Retrieval(NamedTuple):
    """The way of one query: its trajectory, the attention at its ends, and the growth at its end."""

    run: Trajectory
    first: Array
    last: Array
    growth: float


@lru_cache(maxsize=512)
def retrieve(shown: Pictures, beta: float, who: int, hidden: int, side: str) -> Retrieval:
    """Steps from the query until nothing moves."""
    net = modern.Network(shown.states.astype(float), beta)
    run = net.recall(query(shown, who, hidden, side), max_steps=1000)
    return Retrieval(run, net.attention(run.initial), net.attention(run.final), net.growth(run.final))


def _shown(now: Any) -> Pictures:
    return now["patterns"] or faces()


def _lines(now: Any) -> int:
    """Rows or columns that can be hidden."""
    return _shown(now).shape[now["side"] == "from the left"]


CONTROLS = {
    "beta": logarithmic("β", "Inverse temperature", 0.1, LOW, HIGH),
    "who": whole(
        lambda now: _noun(_shown(now)).capitalize(),
        "The picture behind the query, from 1 (of eight faces)",
        2,
        1,
        lambda now: len(_shown(now)),
    ),
    "hidden": whole(
        lambda now: "Hidden columns" if now["side"] == "from the left" else "Hidden rows",
        "Rows (or columns) of the query that are unknown, 0 to 24 of the faces; by default a third",
        lambda now: _lines(now) // 3,
        0,
        _lines,
    ),
    "side": choice("Hide", "Where they are", "from the top", SIDES),
    **_own_pictures.brought(
        "Pictures of your own in place of the faces, 2 to 12 of up to 32 x 32 cells: an array (M, N) of ±1, "
        "such as ``datasets.digits()``",
        fewest=2,
        most=MOST,
    ),
}


@drawing(CONTROLS)
def draw_beta(
    fig: Figure, beta: float, who: int, hidden: int, side: str, patterns: Pictures | None, shape: Any
) -> str:
    """A query, its first step and its end; its attention to the pictures; the stable states over beta.

    Returns
    -------
    str
        What the query attends to, and the kind of state it ends in.
    """
    shown = patterns or faces()
    found = retrieve(shown, beta, who, hidden, side)
    start, s = found.run.initial, shown.states.astype(float)
    states = [start, modern.Network(s, beta).step(start), found.run.final]
    names = ["query", "after 1 step", "at rest" if found.run.converged else "still moving"]
    boxes = TIGHT if narrow(fig) else WIDE
    _pictures(fig.add_axes(boxes[0]), [p.reshape(shown.shape) for p in states], names, side)
    _strip(fig.add_axes(boxes[1]), shown, who)
    _bars(fig.add_axes(boxes[2]), found, _noun(shown))
    _tree(fig.add_axes(boxes[3]), beta, found, shown)
    return _told(beta, found, shown, who)


def _pictures(ax: Axes, pictures: list[Array], names: list[str], side: str) -> None:
    """The query and what becomes of it; a click on a line of the query hides it up to there."""
    rows, columns = pictures[0].shape
    if narrow(ax.figure):
        gap, top = max(1, round(columns / 6)), 0
        _gallery.line(ax, pictures, names, gap)
    else:
        gap = top = max(1, round(5 * rows / 24))
        _gallery.column(ax, pictures, names, gap)
    across = side == "from the left"
    for k in range(1, (columns if across else rows) + 1):
        row = rows - k if side == "from the bottom" else k - 1
        corner, size = (
            ((k - 1.5, top - 0.5), (1, rows)) if across else ((-0.5, top + row - 0.5), (columns, 1))
        )
        field(ax, f"line {k}", corner, *size)
        offer(ax.figure, {f"line {k}": Target(f"hide {k} {side}", {"hidden": k})})


def _strip(ax: Axes, shown: Pictures, who: int) -> None:
    """The pictures, one above the other, which label the bars and the tree."""
    rows, columns = shown.shape
    column, fine = shown.states.reshape(-1, columns), "smooth" if rows > 12 else None
    ax.imshow(column, cmap=GREYS, vmin=-1, vmax=1, aspect="auto", interpolation="none", gid=fine)
    ax.hlines(np.arange(1, len(shown)) * rows - 0.5, -0.5, columns - 0.5, color="white", lw=3)
    ax.set_axis_off()
    for k in range(1, len(shown) + 1):
        field(ax, f"picture {k}", (-0.5, (k - 1) * rows - 0.5), columns, rows)
        offer(ax.figure, {f"picture {k}": Target(f"{_noun(shown)} {k}: the query is of it", {"who": k})})
    look = {"fc": "none", "ec": plots.HIGHLIGHT, "lw": 2, "zorder": 3, "clip_on": False}
    ax.add_artist(Rectangle((-0.5, (who - 1) * rows - 0.5), columns, rows, **look))
    families = ": two families of four" if shown is faces() else ""
    ax.alt_text = f"The {len(shown)} {_noun(shown)}s, numbered from the top{families}."


def _noun(shown: Pictures) -> str:
    return "face" if shown is faces() else "picture"


def _bars(ax: Axes, found: Retrieval, noun: str) -> None:
    """Attention of the query (open) and at the end (full), growing to the left."""
    K = len(found.last)
    last, first = (
        [(0, k - height / 2, share, height) for k, share in enumerate(shares)]
        for shares, height in ((found.last, 0.62), (found.first, 0.82))
    )
    _gallery.boxes(ax, last, fc=plots.EXCITATORY, label="at rest", gid="last")
    look = {"fc": "none", "ec": plots.INK, "ls": "--", "lw": 1.1}
    _gallery.boxes(ax, first, label="query", gid="first", **look)
    ax.set(xlim=(1.02, 0), ylim=(K - 0.5, -0.5), xticks=[0.5, 1], yticks=[])
    ax.spines[["top", "left", "right"]].set_visible(False)
    ax.set_title("attention", fontsize=11, color=plots.INK)
    below = {"loc": "upper left", "bbox_to_anchor": (0, -0.07), "ncols": 2, "columnspacing": 1}
    ax.legend(fontsize=9, frameon=False, handlelength=1.2, borderaxespad=0, labelcolor=plots.INK, **below)
    shares = ", ".join(f"{share:.2f}" for share in found.last)
    ax.alt_text = f"Attention to {noun}s 1 to {K} at rest: {shares}."


def _tree(ax: Axes, beta: float, found: Retrieval, shown: Pictures) -> None:
    """The stable states over beta, by the mean number of the pictures in them, and where this query goes."""
    at = np.log10(beta)  # drawn on a plain axis: a logarithmic one takes 50 ms more
    ax.plot(*branches(shown).T, ".", ms=2.6, color="#5d6875", gid="branches", rasterized=True)
    ax.axvline(at, color=plots.HIGHLIGHT, lw=2.2, zorder=1)
    start, end = place(found.first), place(found.last)
    ax.plot([at, at], [start, end], "-", color=plots.INK, lw=1.4)
    ax.plot(at, start, "o", ms=6, mfc="white", mec=plots.INK, gid="start")
    ridge = found.growth > RIDGE  # such an end may cover the branch of a face that has no part in it
    look = ("X", 10, plots.INHIBITORY) if ridge else ("o", 8, plots.EXCITATORY)
    ax.plot(at, end, look[0], ms=look[1], color=look[2], mec=plots.INK, gid="end")
    ax.set(xlim=np.log10([LOW, HIGH]), ylim=(len(shown) - 0.5, -0.5), yticks=[])
    ax.set_xticks([-3, -2, -1, 0], ["0.001", "0.01", "0.1", "1"])
    ax.spines[["top", "right"]].set_visible(False)
    height = f"(mean {_noun(shown)} number)"
    title = f"stable states over β\n{height}" if narrow(ax.figure) else f"stable states {height} over β"
    ax.set_title(title, fontsize=11, color=plots.INK)
    ends = np.log10([LOW, *np.sqrt(np.multiply(BETAS[1:], BETAS[:-1])), HIGH])
    for value, left, right in zip(BETAS, ends, ends[1:], strict=False):
        field(ax, f"beta {value:g}", (left, -0.5), right - left, len(shown))
        offer(ax.figure, {f"beta {value:g}": Target(f"β = {value:g}", {"beta": value})})
    ax.alt_text = (
        f"Stable states against beta: {_splits(shown)}. "
        f"The query ends {'on a ridge ' if ridge else ''}at height {end + 1:.1f}."
    )


def _splits(shown: Pictures) -> str:
    if shown is faces():
        return (
            "one branch, the average of all faces, splits into two families near 0.008, into mouths near "
            "0.06 and into single faces near 0.25"
        )
    at = branches(shown)[:, 0]
    first, last = (int((at == end).sum()) for end in (at.min(), at.max()))
    return f"{first} at {LOW:g}, {last} at {HIGH:g}"


KINDS = {
    "single": "a single {noun}",
    "global average": "the global average",
    "metastable": "a metastable state",
}


def _told(beta: float, found: Retrieval, shown: Pictures, who: int) -> str:
    noun = _noun(shown)
    first, last = (modern.effective_number(p) for p in (found.first, found.last))
    steps = int(found.run.sweeps)
    T = np.format_float_positional(1 / beta, 2, fractional=False, trim="-")  # 1000, not 1e+03
    told = (
        f"β = {beta:.3g}, T = {T}: the query spreads its attention over {first:.1f} of {len(shown)} {noun}s. "
    )
    if not found.run.converged:
        return f"{told}After {steps} steps it still moves: close to a branching, steps become tiny."
    what = modern.kind(found.last)
    told += f"After {steps} step{'s'[: steps != 1]} it rests in {KINDS[what].format(noun=noun)}"
    if found.growth > RIDGE:
        told += f", an average of {last:.1f} {noun}s, balanced on a ridge"
        return f"{told}: nothing in the query tells them apart."
    if what == "single":
        number = int(found.last.argmax()) + 1
        return f"{told}, number {number}: {'the right one' if number == who else f'not number {who}'}."
    effect = "in effect " if what == "metastable" else ""
    return f"{told}, {effect}an average of {last:.1f} {noun}s." + (
        " Too hot to tell them apart." if what == "global average" else ""
    )


class Beta(Explorer):
    """What `beta` returns."""


@declared(CONTROLS, keyword="patterns")
def beta(**given: Any) -> Beta:
    """How sharply does a query choose? Move beta, hide a part of the picture, see where the steps end.

    Returns
    -------
    Beta

    Examples
    --------
    >>> beta(beta=1).caption.split(": ")[1][:51]
    'the query spreads its attention over 1.0 of 8 faces'
    """
    return Beta(
        draw_beta,
        CONTROLS,
        given,
        name="beta",
        suggestion=(
            "cool down slowly: move β from left to right and watch hair, mouth and eyes appear one "
            "after the other. Then hide the mouth (8 rows from the bottom): which question stays open, "
            "however large β is? Click a small picture to ask for it."
        ),
        size=(8.6, 4.7),
        stacked=(4.4, 6.2),
        themed=True,
    )
