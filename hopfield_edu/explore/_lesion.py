"""Damage done by hand: cut weights or units of a network that has stored pictures, and watch its recall."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from numpy.typing import NDArray

from hopfield_edu import _check, binary, datasets, learning, plots, thermal
from hopfield_edu import patterns as library
from hopfield_edu._frozen import frozen
from hopfield_edu.explore._base import Explorer, narrow
from hopfield_edu.explore._controls import choice, declared, drawing, given, real, seed, whole
from hopfield_edu.explore._svg import Target, field, offer
from hopfield_edu.plots._greys import GREYS

NAMES = ("note", "cross", "cup")
N = 100
SHARES = tuple(k / 10 for k in range(10))
DRAWS = 6  # of a lesion, behind every point of the curve
KINDS = {"weights, both ways": "weights", "weights, one way": "one way", "units": "units"}
DEAD = plots.HIGHLIGHT
WIDE = ((0.0, 0.1, 0.3, 0.8), (0.33, 0.1, 0.3, 0.8), (0.7, 0.16, 0.29, 0.74))
TIGHT = ((0.01, 0.55, 0.48, 0.4), (0.51, 0.55, 0.48, 0.4), (0.14, 0.08, 0.84, 0.36))


def _cells(value: Any, name: str) -> tuple[int, ...]:
    """Units that were cut by hand, as numbers from 0."""
    cells = _check.listed(value, name, "units", high=N)
    return tuple(sorted({_check.count(i, f"an entry of {name}", high=N - 1) for i in cells}))


CONTROLS = {
    "share": real("Share cut", "The share of what is cut at random", 0.5, 0, 0.9, step=0.1),
    "of": choice("Cut", "Pairs of units apart, single directions, or whole units", "weights", KINDS),
    "wrong": whole("Wrong cells", "Cells of the cue that are wrong, of 100", 10, 0, 40),
    "rng": seed("Draw no.", "Seed of the lesion and of the cue", 1),
    "cut": given(
        "Units, numbered from 0, that are cut off by hand, besides those drawn at random; a click on a cell "
        "of the cue cuts it off, or joins it again",
        (),
        check=_cells,
    ),
}


class Recall(NamedTuple):
    """Who is dead (N,), how many directed weights are left, the cue and the state recalled (N,)."""

    dead: NDArray[np.bool_]
    left: int
    cue: NDArray[np.int_]
    end: NDArray[np.int_]


@lru_cache(maxsize=1)
def memories() -> tuple[NDArray[np.int_], NDArray[Any]]:
    """The pictures (3, N) and their weights."""
    s = datasets.icons(NAMES)
    return frozen(s), frozen(learning.hebb(s))


@lru_cache(maxsize=128)
def damaged(share: float, of: str, cut: tuple[int, ...], rng: int) -> binary.Network:
    """The network after the lesion that the controls stand for."""
    how: dict[str, Any] = {"of": "units"} if of == "units" else {"one_way": of == "one way"}
    W = np.array(thermal.lesion(memories()[1], share, rng, **how))
    W[list(cut)] = W[:, list(cut)] = 0
    return binary.Network(W)


@lru_cache(maxsize=256)
def recalled(share: float, of: str, wrong: int, cut: tuple[int, ...], rng: int) -> Recall:
    """The first picture with wrong cells, and what the damaged network makes of it."""
    network, s = damaged(share, of, cut, rng), memories()[0]
    cue = library.flip(s[0], count=wrong, rng=rng) if wrong else s[0].copy()
    end = network.recall(cue, "random", rng=rng, max_sweeps=100).final
    W = network.weights
    return Recall(~W.any(axis=1), int(np.count_nonzero(W)), cue, end)


def overlap(recall: Recall) -> float:
    """The overlap with the memory, of the living units; NaN if there are none."""
    alive = ~recall.dead
    return float((recall.end * memories()[0][0])[alive].mean()) if alive.any() else float("nan")


@lru_cache(maxsize=256)
def curve(of: str, wrong: int, cut: tuple[int, ...]) -> NDArray[np.float64]:
    """Overlaps at every share, of some draws each: (shares, draws)."""
    rows = [[overlap(recalled(share, of, wrong, cut, 100 + k)) for k in range(DRAWS)] for share in SHARES]
    return frozen(np.array(rows))


@drawing(CONTROLS)
def draw_lesion(fig: Figure, share: float, of: str, wrong: int, rng: int, cut: tuple[int, ...]) -> str:
    """Cue and recall of a damaged network, and the overlap against the share that is cut.

    Returns
    -------
    str
        How much is gone, and what is left of the memory.
    """
    boxes = TIGHT if narrow(fig) else WIDE
    before, after, line = (fig.add_axes(box) for box in boxes)
    share = round(share, 10)
    found, m = recalled(share, of, wrong, cut, rng), curve(of, wrong, cut)
    _picture(before, found.cue, found.dead, f"cue: {NAMES[0]}, {wrong} cells wrong")
    _picture(after, found.end, found.dead, f"recalled, overlap {overlap(found):.2f}".replace("-", "−"))
    for i in range(N):
        field(before, f"cell {i}", (i % 10, i // 10), 1, 1)
    _curve(line, m, share, overlap(found))
    offer(fig, {f"cell {i}": _toggle(i, cut) for i in range(N)})
    offer(fig, {f"share {k}": Target(f"cut {10 * k} %", {"share": x}) for k, x in enumerate(SHARES)})
    return _told(found, share, of, cut, m)


def _toggle(i: int, cut: tuple[int, ...]) -> Target:
    """What a click on a cell does: it cuts its unit off, or joins it again."""
    after = tuple(k for k in cut if k != i) if i in cut else tuple(sorted((*cut, i)))
    verb = "join it again" if i in cut else "cut it off"
    return Target(f"unit in row {i // 10 + 1}, column {i % 10 + 1}: {verb}", {"cut": after})


def _picture(ax: Axes, y: NDArray[np.int_], dead: NDArray[np.bool_], title: str) -> None:
    """A state as cells; a cross where the unit is dead."""
    look = {"cmap": GREYS, "vmin": -1, "vmax": 1, "interpolation": "none", "aspect": "equal"}
    ax.imshow(y.reshape(10, 10), extent=(0, 10, 10, 0), **look)
    rows, columns = np.nonzero(dead.reshape(10, 10))
    ax.plot(columns + 0.5, rows + 0.5, "x", ms=9, mew=2.6, color=DEAD)
    ax.add_artist(Rectangle((0, 0), 10, 10, fc="none", ec=plots.INK, lw=0.8, clip_on=False))
    ax.set(xlim=(0, 10), ylim=(10, 0))
    ax.set_axis_off()
    ax.set_title(title, fontsize=10.5, color=plots.INK)
    ax.alt_text = f"{title}: {(y > 0).sum()} of 100 cells dark, {int(dead.sum())} units cut off."


def _curve(ax: Axes, m: NDArray[np.float64], share: float, here: float) -> None:
    """The mean overlap and its range against the share that is cut, and where we are."""
    x = 100 * np.array(SHARES)
    good = ~np.isnan(m).any(axis=1)
    mean, low, high = m[good].mean(axis=1), m[good].min(axis=1), m[good].max(axis=1)
    ax.vlines(x[good], low, high, color="#8a94a1", lw=2)
    ax.plot(x[good], mean, "-o", color=plots.INK, ms=4, lw=1.4)
    if not np.isnan(here):
        ax.plot(100 * share, here, "o", ms=9, color=plots.HIGHLIGHT, mec=plots.INK)
    ax.axhline(0, color="#c3c8cf", lw=0.8, zorder=0)
    floor = min(-0.1, np.nanmin([low.min() if low.size else 0, here])) - 0.05
    ax.set(xlim=(-4, 94), ylim=(floor, 1.08), xticks=range(0, 91, 20), yticks=(0, 0.5, 1))
    ax.set_xlabel("% cut at random", fontsize=9.5, labelpad=1)
    ax.set_title("overlap after recall", fontsize=10.5, color=plots.INK)
    ax.tick_params(labelsize=9, length=2)
    for side in ("top", "right"):
        ax.spines[side].set_visible(False)
    for k in range(len(SHARES)):
        field(ax, f"share {k}", (10 * k - 5, floor), 10, 1.08 - floor)
    told = ", ".join(f"{value:.2f}" for value in mean).replace("-", "−")
    ax.alt_text = f"Mean overlap of {DRAWS} draws, from 0 to 90 % cut: {told}."


def _told(found: Recall, share: float, of: str, cut: tuple[int, ...], m: NDArray[np.float64]) -> str:
    full = int(np.count_nonzero(memories()[1]))
    gone = f"{100 * (1 - found.left / full):.0f} % of all weights are gone"
    who = {"weights": "pairs cut apart", "one way": "directions cut", "units": "units cut off"}[of]
    hand = f", {len(cut)} unit{'s'[: len(cut) != 1]} by hand" if cut else ""
    if found.dead.all():
        return f"{100 * share:.0f} % of the {who}{hand}: nobody hears anybody any more."
    k = SHARES.index(share) if share in SHARES else 0
    end = f"The living units reach an overlap of {overlap(found):.2f} with the {NAMES[0]}"
    others = f"in {DRAWS} other draws {np.nanmin(m[k]):.2f} to {np.nanmax(m[k]):.2f}"
    return f"{100 * share:.0f} % of the {who}{hand}: {gone}. {end}; {others}.".replace("-", "−")


class Lesion(Explorer):
    """What `lesion` returns."""


@declared(CONTROLS)
def lesion(**given: Any) -> Lesion:
    """How much of a network may be cut before it forgets? Cut weights at random, and units by hand.

    Returns
    -------
    Lesion

    Examples
    --------
    >>> lesion(0).caption.split(". ")[0]
    '0 % of the pairs cut apart: 0 % of all weights are gone'
    """
    return Lesion(
        draw_lesion,
        CONTROLS,
        given,
        name="lesion",
        suggestion=(
            "guess first: what if half of all weights are cut? And nine tenths? Then click cells of the cue: "
            "which units can the note do without?"
        ),
        size=(8.6, 3.4),
        stacked=(4.4, 5.4),
        themed=True,
    )
