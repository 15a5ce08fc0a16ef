"""One letter in a growing crowd: store more and more of the alphabet, and ask for A."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import ListedColormap
from matplotlib.figure import Figure
from numpy.typing import NDArray

from hopfield_edu import binary, datasets, learning, plots, theory
from hopfield_edu import patterns as library
from hopfield_edu.explore import _gallery
from hopfield_edu.explore._base import Explorer, narrow
from hopfield_edu.explore._controls import declared, drawing, seed, whole
from hopfield_edu.explore._light import Words
from hopfield_edu.explore._svg import Target, field, offer

MOST, CUES, SIDE = 14, 20, 10  # letters, cues of each network, cells along a side
STORY = "AFGHLVR"  # how the chapter's order begins
WAITING, GAP = "#c3c9d0", 3  # the colour of frames and of letters not stored; cells between them
CELLS = ListedColormap([plots.PAPER, plots.INK, plots.HIGHLIGHT, WAITING])
WIDE = ((0.0, 0.5, 0.56, 0.44), (0.0, 0.02, 0.56, 0.42), (0.66, 0.13, 0.33, 0.74))
TIGHT = ((0.0, 0.72, 1.0, 0.25), (0.0, 0.42, 1.0, 0.27), (0.13, 0.07, 0.84, 0.26))

CONTROLS = {
    "M": whole("Letters stored", "How many letters are stored", len(STORY), 1, MOST),
    "wrong": whole("Wrong cells", "Cells of each cue that are flipped, of 100", 10, 0, 40),
    "rng": seed("Order no.", "Seed of the order in which letters are stored after A; 0 is the chapter's"),
}


class Asked(NamedTuple):
    """What `asked` finds: cues and results (CUES, N), and how many units of A itself fail."""

    cues: NDArray[np.int_]
    ends: NDArray[np.int_]
    failing: int


def order(rng: int) -> str:
    """The first letters in the order in which they are stored, A before all others."""
    if rng == 0:
        return (STORY + "".join(x for x in datasets.LETTERS if x not in STORY))[:MOST]
    others = np.random.default_rng(rng).permutation(list(datasets.LETTERS[1:]))
    return "A" + "".join(others[: MOST - 1])


@lru_cache(maxsize=1024)
def asked(letters: str, wrong: int) -> Asked:
    """A is asked for by several cues, in a network that has stored these letters."""
    s = datasets.letters(letters)
    cues = library.flip(np.repeat(s[:1], CUES, axis=0), wrong, rng=0)
    ends = binary.Network(learning.hebb(s)).recall(cues).final
    return Asked(cues, ends, int((~theory.fields(s).stable[0]).sum()))


def back(letters: str, wrong: int) -> int:
    """How many of the cues bring A back, to the last cell."""
    return int((asked(letters, wrong).ends == datasets.letters("A")).all(axis=1).sum())


@drawing(CONTROLS)
def draw_crowd(fig: Figure, M: int, wrong: int, rng: int) -> str:
    """The letters that are stored, a cue of A and what becomes of it, and how many cues bring A back.

    Returns
    -------
    str
        How often A comes back, and whether it stays.

    Notes
    -----
    Wiskott, *Hopfield Networks*, section 1.3.2. Letters stored one by one: the exercises to
    W. Gerstner et al., *Neuronal Dynamics* (2014).
    """
    letters, boxes = order(rng), TIGHT if narrow(fig) else WIDE
    here = asked(letters[:M], wrong)
    _shelf(fig.add_axes(boxes[0]), letters, M)
    _recall(fig.add_axes(boxes[1]), here)
    _curve(fig.add_axes(boxes[2]), letters, M, wrong)
    offer(fig, {f"letter {k}": Target(f"store {letters[:k]}", {"M": k}) for k in range(1, MOST + 1)})
    return _told(letters, M, wrong, here)


def _shelf(ax: Axes, letters: str, M: int) -> None:
    """All letters in their order; those that are not stored yet are pale. A click stores up to there."""
    cells = (datasets.letters(letters).reshape(-1, SIDE, SIDE) > 0).astype(float)
    cells[M:] *= 3
    for k, (left, top) in enumerate(_show(ax, cells, MOST // 2, GAP)):
        field(ax, f"letter {k + 1}", (left - GAP / 2, top - GAP / 2), SIDE + GAP, SIDE + GAP)
    ax.text(0, -GAP / 2, f"stored: {M}", ha="left", va="bottom", fontsize=10.5, color=plots.INK)
    _frame(ax, MOST // 2 * (SIDE + GAP) - GAP, 2 * (SIDE + GAP) - GAP, 6)
    waiting = f"; not yet {letters[M:]}" if M < MOST else ""
    ax.alt_text = f"Letters in the order of storing: {letters[:M]} stored{waiting}."


def _recall(ax: Axes, here: Asked) -> None:
    """The first cue, and what the network makes of it; wrong cells light up."""
    A, told, cells = datasets.letters("A")[0], [], []
    words = {"fontsize": 10.5, "color": plots.INK}
    for k, (name, y) in enumerate({"a cue": here.cues[0], "result": here.ends[0]}.items()):
        wrong = y != A
        cells.append(np.where(wrong, 2, y > 0).astype(float).reshape(SIDE, SIDE))
        told.append(f"{name}: {f'{wrong.sum()} wrong' if wrong.any() else 'A in full'}")
        ax.text(k * 2 * SIDE + SIDE / 2, -0.6, told[-1], ha="center", va="bottom", **words)
    _show(ax, cells, 2, SIDE)
    how = {"ha": "center", "va": "center", "fontsize": 18, "color": plots.INK}
    ax.text(1.5 * SIDE, SIDE / 2, "→", **how)
    _frame(ax, 3 * SIDE, SIDE, 3)
    ax.alt_text = f"{'; '.join(told)}.".capitalize()


def _show(ax: Axes, pictures: Any, across: int, gap: int) -> list[tuple[int, int]]:
    """Pictures in rows, each in a frame: on a dark page the dark cells at its edge would have none.

    Returns the left upper corners.
    """
    cells = _gallery.mosaic(pictures, across, gap)
    look = {"cmap": CELLS, "vmin": 0, "vmax": 3, "interpolation": "none"}
    ax.imshow(cells, extent=(0, cells.shape[1], cells.shape[0], 0), **look)
    corners = [(k % across * (SIDE + gap), k // across * (SIDE + gap)) for k in range(len(pictures))]
    _gallery.boxes(ax, [(*corner, SIDE, SIDE) for corner in corners], fc="none", ec=WAITING, lw=0.8)
    return corners


def _frame(ax: Axes, width: float, height: float, above: float) -> None:
    """Axes as far as the pictures and the words above them."""
    ax.set(xlim=(-GAP / 2, width + GAP / 2), ylim=(height + 0.5, -above))
    ax.set_aspect("equal")
    ax.set_axis_off()


def _curve(ax: Axes, letters: str, M: int, wrong: int) -> None:
    """How many of the cues bring A back, against the number of letters."""
    counts = np.arange(1, MOST + 1)
    times = [back(letters[:k], wrong) for k in counts]
    _gallery.bare(ax, (0.3, MOST + 0.7), (-1, CUES + 1.5), f"A back, of {CUES} cues")
    ax.axvline(M, color=plots.HIGHLIGHT, lw=2, zorder=0)
    ax.plot(counts, times, "o-", ms=5, lw=1.4, color=plots.INK, gid="back")
    ax.plot([M], [times[M - 1]], "o", ms=10, mfc=plots.HIGHLIGHT, mec=plots.INK, gid="cursor")
    words = {"fontsize": 9, "color": plots.INK}
    below = [(k, -1.6, letter) for k, letter in zip(counts, letters, strict=True)]
    ax.add_artist(Words(below, ha="center", va="top", **words))
    ax.add_artist(Words([(0, k, str(k)) for k in (0, 10, 20)], ha="right", va="center", **words))
    told = ", ".join(f"{t} with {x}" for t, x in zip(times, letters, strict=True))
    ax.alt_text = f"Cues of {CUES} that bring A back, letter by letter: {told}."


# the sentence


def _told(letters: str, M: int, wrong: int, here: Asked) -> str:
    times = back(letters[:M], wrong)
    stored = f"{M} letter{'s'[: M != 1]} stored, {letters[:M]}"
    cues = f"{CUES} cues with {wrong} wrong cells" if wrong else f"{CUES} cues without an error"
    found = {0: "none", CUES: "all"}.get(times, str(times))
    itself = "does not stay" if here.failing else "stays"
    return f"{stored}: A comes back from {found} of {cues}. A itself {itself}."


class Crowd(Explorer):
    """What `crowd` returns."""


@declared(CONTROLS)
def crowd(**given: Any) -> Crowd:
    """How many other letters does A survive? Store one after the other, and ask for A.

    Returns
    -------
    Crowd

    Examples
    --------
    >>> crowd(6).caption.split(": ")[1]
    'A comes back from all of 20 cues with 10 wrong cells. A itself stays.'
    >>> crowd(7).caption.split(": ")[1]
    'A comes back from none of 20 cues with 10 wrong cells. A itself does not stay.'
    """
    return Crowd(
        draw_crowd,
        CONTROLS,
        given,
        name="crowd",
        suggestion=(
            "click a letter, or move the number of letters: who is one too many? Then take other orders. "
            "Does a cue without an error help?"
        ),
        size=(8.6, 3.5),
        stacked=(4.4, 6.0),
        themed=True,
    )
