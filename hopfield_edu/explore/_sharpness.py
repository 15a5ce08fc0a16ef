"""How steep F is: the valleys along a walk through two memories, and how many cues come back."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from hopfield_edu import binary, datasets, dense, plots
from hopfield_edu import patterns as library
from hopfield_edu.explore import _gallery, _own_pictures
from hopfield_edu.explore._base import Explorer, narrow
from hopfield_edu.explore._controls import choice, declared, drawing, seed, whole
from hopfield_edu.explore._own_pictures import Pictures
from hopfield_edu.explore._svg import Target, offer

N = 100  # units of all patterns but a learner's own
CUES = 30
STEEPEST = 12
MOST_NOISE = 45  # wrong units of 100
KINDS = {"xⁿ": "power", "max(x, 0)ⁿ": "rectified", "eˣ": "exponential"}
STORED = ("random patterns", "letters and digits")
OWN = "own pictures"
COUNTS = {STORED[0]: (2, 5, 10, 14, 20, 50, 100, 200, 500, 1000), STORED[1]: (2, 5, 10, 14, 20, 26, 36)}
WIDE = ((0.075, 0.17, 0.42, 0.7), (0.60, 0.17, 0.385, 0.7))
TIGHT = ((0.09, 0.59, 0.89, 0.36), (0.09, 0.11, 0.89, 0.36))
SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def interaction(kind: str, n: int) -> dense.Interaction:
    """F by its kind; the exponential has no n."""
    return dense.exponential() if kind == "exponential" else getattr(dense, kind)(n)


def name_of(kind: str, n: int) -> str:
    """F as one writes it."""
    if kind == "exponential":
        return "eˣ"
    return ("x" if kind == "power" else "max(x, 0)") + str(n).translate(SUPERSCRIPTS)


def sets(own: Pictures | None) -> tuple[str, ...]:
    """What can be stored."""
    return STORED if own is None else (OWN, *STORED)


def counts(stored_as: str, own: Pictures | None = None) -> tuple[int, ...]:
    """The numbers of patterns on offer."""
    return COUNTS[stored_as] if own is None or stored_as != OWN else tuple(range(2, len(own) + 1))


def _nearest(now: Any) -> int:
    """As many patterns as before, if there are so many."""
    offered = counts(now["stored_as"], now["patterns"])
    return max(number for number in offered if number <= max(now["M"] or 64, offered[0]))


def _units(now: Any) -> int:
    own = now["patterns"]
    return N if own is None or now["stored_as"] != OWN else int(own.states.shape[1])


CONTROLS = {
    "kind": choice("F(x) =", "The interaction function F: x^n, max(x, 0)^n or e^x", "power", KINDS),
    "n": whole("n", "The power", 3, 2, STEEPEST, when=lambda now: now["kind"] != "exponential"),
    "stored_as": choice(
        "Stored",
        '"random patterns", "letters and digits" or "own pictures"; by default these if there are any, else '
        "random patterns",
        lambda now: sets(now["patterns"])[0],
        lambda now: sets(now["patterns"]),
        kind="str",
    ),
    "M": choice(
        "Patterns",
        "Number of patterns: 2, 5, 10, 14, 20, 50, 100, 200, 500 or 1000 random ones; 2, 5, 10, 14, 20, 26 "
        "or 36 letters and digits; any number of your own pictures from 2 on. By default 50, or all",
        _nearest,
        lambda now: counts(now["stored_as"], now["patterns"]),
        kind="int",
    ),
    "noise": whole(
        "Wrong units",
        "Wrong units in each of the 30 cues, at most 45 of 100; by default 10 of 100",
        lambda now: _units(now) // 10,
        0,
        lambda now: MOST_NOISE * _units(now) // 100,
        folded=True,
    ),
    "rng": seed("Chance no.", "Seed of random patterns and of the cues", folded=True),
    "patterns": _own_pictures.brought(
        "Pictures of your own, 2 to 64 of up to 1024 cells: an array (M, N) of ±1, such as "
        "``datasets.faces()``",
        fewest=2,
    )["patterns"],
}


@lru_cache(maxsize=64)
def stored(kind: str, M: int, seed: int, own: Pictures | None = None) -> NDArray[np.int_]:
    """The first M patterns (M, N) of that kind."""
    if own is not None and kind == OWN:
        return own.states[:M]
    if kind == STORED[0]:
        return library.random(M, N, seed)
    return np.concatenate([datasets.letters(), datasets.digits()])[:M]


class Recalls(NamedTuple):
    """Which pattern each cue was made of (B,), and how much of it came back, 1 for all (B,)."""

    targets: NDArray[np.int_]
    ends: NDArray[np.float64]

    @property
    def recovered(self) -> int:
        return int((self.ends == 1).sum())


@lru_cache(maxsize=256)
def recalls(
    stored_as: str, M: int, noise: int, seed: int, kind: str, n: int, own: Pictures | None = None
) -> Recalls:
    """Cues with `noise` wrong units, each recalled; `kind` "classical" is Hebb's network."""
    s, rng = stored(stored_as, M, seed, own), np.random.default_rng([seed, noise])
    targets = np.arange(CUES) % M
    cues = library.flip(s[targets], noise, rng=rng)
    net: Any = binary.PatternNetwork(s) if kind == "classical" else dense.Network(s, interaction(kind, n))
    ends = net.recall(cues).final
    return Recalls(targets, (ends * s[targets]).sum(axis=1) / s.shape[1])


class Walk(NamedTuple):
    """Energies along a walk, from that of the first memory on and in units of F(N), and where the two
    memories stand on it; how many flips lead down from the first."""

    heights: NDArray[np.float64]
    memories: tuple[int, int]
    down: int

    @property
    def ridge(self) -> float:
        """The highest place between the memories."""
        return float(self.heights[self.memories[0] : self.memories[1] + 1].max())


def walk(s: NDArray[np.int_], kind: str, n: int) -> Walk:
    """From a random state to the first memory, on to the second, and on to another random state."""
    N = s.shape[1]
    rng = np.random.default_rng(N)  # not the seed of a memory
    before, after = library.random(2, N, rng)
    legs = [dense.path(a, b, rng) for a, b in ((before, s[0]), (s[0], s[1]), (s[1], after))]
    first, second = len(legs[0]) - 1, len(legs[0]) + len(legs[1]) - 2
    states = np.concatenate([legs[0], legs[1][1:], legs[2][1:]])
    m = np.rint(states.astype(float) @ s.T).astype(int)
    x, F = np.arange(-N, N + 1.0), interaction(kind, n)
    f = np.exp(x - N) if kind == "exponential" else F(x / N)  # in units of F(N), for every overlap x
    depths = f[m + N].sum(axis=1)
    down = int(dense.Network(s, F).wants_flip(s[0]).sum())
    return Walk(depths[first] - depths, (first, second), down)


@drawing(CONTROLS)
def draw_sharpness(
    fig: Figure, kind: str, n: int, stored_as: str, M: int, noise: int, rng: int, patterns: Pictures | None
) -> str:
    """The energy along a walk through two memories, and the ends of a batch of recalls, sorted.

    Returns
    -------
    str
        How many cues came back, with this F and with the classical network, and how high the ridge is.

    Notes
    -----
    Krotov and Hopfield 2016, eqs. 2 and 3.
    """
    s = stored(stored_as, M, rng, patterns)
    name, ours = name_of(kind, n), recalls(stored_as, M, noise, rng, kind, n, patterns)
    classical = recalls(stored_as, M, noise, rng, "classical", 2, patterns)
    steep, flat = walk(s, kind, n), walk(s, "power", 2)
    boxes = TIGHT if narrow(fig) else WIDE
    _valleys(fig.add_axes(boxes[0]), steep, flat, name)
    _ends(fig.add_axes(boxes[1]), ours, classical, name)
    if name != "x²":
        offer(fig, {"classical": Target("the classical network: F(x) = x²", {"kind": "power", "n": 2})})
    if kind != "exponential":
        further = n + 1 if n < STEEPEST else 2
        offer(fig, {"curve": Target(f"energy with F(x) = {name}: n = {further}", {"n": further})})
    return _told(s, name, noise, ours, classical, steep, flat)


def _valleys(ax: Axes, steep: Walk, flat: Walk, name: str) -> None:
    """Both walks, the memories marked."""
    low = min(-0.25, steep.heights.min(), flat.heights.min())
    high = max(1.1, steep.heights.max(), flat.heights.max())
    end = len(steep.heights) - 1
    _gallery.bare(ax, (0, end), (low - 0.05 * (high - low), high), "energy / F(N) along a walk")
    near = steep.memories[1] - steep.memories[0] < 0.2 * end  # names beside each other
    names = {"memory 1": "right" if near else "center", "memory 2": "left" if near else "center"}
    for place, (label, side) in zip(steep.memories, names.items(), strict=True):
        ax.axvline(place, color="#c3c8cf", lw=1, zorder=0)
        ax.text(
            place,
            -0.03,
            label,
            ha=side,
            va="top",
            fontsize=9,
            color=plots.INK,
            transform=ax.get_xaxis_transform(),
        )
    ax.plot(flat.heights, color=plots.INHIBITORY, lw=1.6, ls="--", gid="classical")
    ax.plot(steep.heights, color=plots.INK, lw=2, gid="curve")
    for line, colour in ((flat, "white"), (steep, plots.HIGHLIGHT)):
        ax.plot(line.memories, line.heights[list(line.memories)], "o", ms=7, mfc=colour, mec=plots.INK)
    for height in (0, 1) if high - low < 14 else (0, int(high)):
        words = {"fontsize": 9, "color": plots.INK, "transform": ax.get_yaxis_transform()}
        ax.text(-0.02, height, str(height), ha="right", va="center", **words)
    memory = "; ".join(
        f"{name} at memory {k + 1}: {steep.heights[p]:.2f}" for k, p in enumerate(steep.memories)
    )
    ax.alt_text = (
        f"Energy along a walk through two memories, in units of F(N): {memory}; highest between them "
        f"{steep.ridge:.2f}, classical {flat.ridge:.2f}."
    )


def _ends(ax: Axes, ours: Recalls, classical: Recalls, name: str) -> None:
    """How much of its pattern each recall got back, best first."""
    lowest = min(0.0, ours.ends.min(), classical.ends.min()) - 0.06
    _gallery.bare(ax, (0, CUES), (lowest, 1.06), f"what came back of {CUES} cues, best first")
    looks = (
        (classical, "classical", plots.INHIBITORY, "--", 1.6),
        (ours, name, plots.INK, "-", 2.2),
    )
    for k, (runs, label, colour, dashes, width) in enumerate(looks):
        heights = np.sort(runs.ends)[::-1]
        ax.plot(
            np.repeat(np.arange(CUES + 1), 2)[1:-1], np.repeat(heights, 2), color=colour, ls=dashes, lw=width
        )
        text = f"{label}: {runs.recovered} of {CUES} in full"
        row = {"transform": ax.transAxes, "color": colour, "clip_on": False}
        ax.plot([0.0, 0.12], [0.1 * k - 0.18] * 2, ls=dashes, lw=width, **row)
        ax.text(0.15, 0.1 * k - 0.18, text, va="center", fontsize=10, **row | {"color": plots.INK})
    for height in (0, 0.5, 1):
        words = {"fontsize": 9, "color": plots.INK, "transform": ax.get_yaxis_transform()}
        ax.text(-0.02, height, f"{height:g}", ha="right", va="center", **words)
    ax.alt_text = (
        f"Overlap of each result with its pattern: {ours.recovered} of {CUES} in full with {name}, "
        f"on average {ours.ends.mean():.2f}; classical {classical.recovered}, {classical.ends.mean():.2f}."
    )


def _told(
    s: NDArray[np.int_], name: str, noise: int, ours: Recalls, classical: Recalls, steep: Walk, flat: Walk
) -> str:
    M, N = s.shape
    cues = f"{CUES} cues with {noise or 'no'} wrong unit{'s'[: noise != 1]} of {N}"
    if name == "x²":
        back = f"{ours.recovered} of {cues} come back in full. This IS the classical network."
    else:
        back = (
            f"{ours.recovered} of {cues} come back in full; in the classical network {classical.recovered}."
        )
    walks = {name: steep, "x²": flat} if name != "x²" else {name: steep}
    hills = "; ".join(_hill(walk, f"with {known}") for known, walk in walks.items())
    return f"{M} patterns stored, F(x) = {name}. {back} Between the memories: {hills}."


def _hill(walk: Walk, where: str) -> str:
    if walk.down:
        at = walk.memories[0]
        seen = walk.heights[[at - 1, at + 1]].min() < -1e-9  # the walk itself leads down
        flips = "1 flip leads down" if walk.down == 1 else f"{walk.down} flips lead down"
        if seen:
            return f"{where} memory 1 is no valley: {flips}"
        return f"{where} memory 1 only looks like a valley: {flips} from it, but not on this walk"
    return f"{where} memory 1 is a valley: the energy climbs by {walk.ridge:.2f} F(N) from it"


class Sharpness(Explorer):
    """What `sharpness` returns."""


@declared(CONTROLS, keyword="stored_as")
def sharpness(**given: Any) -> Sharpness:
    """Dense memories of 100 units beside the classical network: their valleys, and what comes back.

    Returns
    -------
    Sharpness

    Examples
    --------
    >>> sharpness().caption.split(". ")[1].split("; ")[0]
    '30 of 30 cues with 10 wrong units of 100 come back in full'
    """
    return Sharpness(
        draw_sharpness,
        CONTROLS,
        given,
        name="sharpness",
        suggestion=(
            "raise the number of patterns until the recall fails, then raise n until it works again, or "
            "click the solid curve. Then store letters and digits, all 36: which n is enough?"
        ),
        size=(8.6, 3.3),
        stacked=(4.4, 5.8),
        themed=True,
    )
