"""How steep F is: the valleys along a walk through two memories, and how many cues come back."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

import ipywidgets as widgets
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from hopfield_edu import _check, binary, datasets, dense, plots
from hopfield_edu import patterns as library
from hopfield_edu.explore import _gallery, _own_pictures
from hopfield_edu.explore._base import SEEDS, Explorer, drawing_on, dropdown, slider
from hopfield_edu.explore._own_pictures import Pictures

N = 100  # units of all patterns but a learner's own
CUES = 30
STEEPEST = 12
MOST_NOISE = 45  # wrong units of 100
KINDS = {"xⁿ": "power", "max(x, 0)ⁿ": "rectified", "eˣ": "exponential"}
STORED = ("random patterns", "letters and digits")
OWN = "own pictures"
COUNTS = {STORED[0]: (2, 5, 10, 14, 20, 50, 100, 200, 500, 1000), STORED[1]: (2, 5, 10, 14, 20, 26, 36)}
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


def most_noise(stored_as: str, own: Pictures | None) -> int:
    """So many wrong units are on offer."""
    return MOST_NOISE if own is None or stored_as != OWN else MOST_NOISE * own.states.shape[1] // 100


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
    memories stand on it; whether the first one is a fixed point."""

    heights: NDArray[np.float64]
    memories: tuple[int, int]
    valley: bool

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
    valley = dense.Network(s, F).is_fixed_point(s[0])
    return Walk(depths[first] - depths, (first, second), valley)


def draw_sharpness(
    fig: Figure,
    kind: str = "power",
    n: int = 3,
    stored_as: str | None = None,
    M: int | None = None,
    noise: int = 10,
    rng: int = 0,
    patterns: Any = None,
) -> str:
    """The energy along a walk through two memories, and the ends of a batch of recalls, sorted.

    Parameters
    ----------
    fig : Figure
    kind : {"power", "rectified", "exponential"}
        The interaction function F.
    n : int
        Its power, 2..12.
    stored_as : str, optional
        What is stored, one of `STORED`, or "own pictures"; these by default if there are any.
    M : int, optional
        Number of patterns, one of those that `sharpness` lists; by default 50, or all of your own.
    noise : int
        Wrong units in each cue, up to 45 of 100.
    rng : int
        Seed of patterns and cues.
    patterns : optional
        Pictures of your own, as for `sharpness`.

    Returns
    -------
    str
        How many cues came back, with this F and with the classical network, and how high the ridge is.

    Notes
    -----
    Krotov and Hopfield 2016, eqs. 2 and 3.
    """
    drawing_on(fig)
    own = _own_pictures.own(patterns, fewest=2)
    stored_as, M = _defaults(stored_as, M, own)
    _checked(kind, n, stored_as, M, noise, rng, own)
    s = stored(stored_as, M, rng, own)
    name, ours = name_of(kind, n), recalls(stored_as, M, noise, rng, kind, n, own)
    classical = recalls(stored_as, M, noise, rng, "classical", 2, own)
    steep, flat = walk(s, kind, n), walk(s, "power", 2)
    _valleys(fig.add_axes((0.075, 0.13, 0.42, 0.74)), steep, flat, name)
    _ends(fig.add_axes((0.60, 0.13, 0.385, 0.74)), ours, classical, name)
    return _told(s, name, noise, ours, classical, steep, flat)


def _defaults(stored_as: Any, M: Any, own: Pictures | None) -> tuple[str, int]:
    """What is stored and how much of it, where None stands for them."""
    stored_as = sets(own)[0] if stored_as is None else _check.one_of(stored_as, "stored_as", sets(own))
    offered = counts(stored_as, own)
    return stored_as, max(number for number in offered if number <= 64) if M is None else M


def _checked(kind: str, n: int, stored_as: str, M: int, noise: int, rng: int, own: Pictures | None) -> None:
    """Refuse what cannot be drawn."""
    _check.one_of(kind, "kind", tuple(KINDS.values()))
    _check.count(n, "n", low=2, high=STEEPEST)
    _check.one_of(stored_as, "stored_as", sets(own))
    _check.one_of(M, "M", counts(stored_as, own))
    _check.count(noise, "noise", high=most_noise(stored_as, own))
    _check.count(rng, "rng")


def _valleys(ax: Axes, steep: Walk, flat: Walk, name: str) -> None:
    """Both walks, the memories marked."""
    low = min(-0.25, steep.heights.min(), flat.heights.min())
    high = max(1.1, steep.heights.max(), flat.heights.max())
    end = len(steep.heights) - 1
    _gallery.bare(ax, (0, end), (low - 0.05 * (high - low), high), "energy along a walk")
    near = steep.memories[1] - steep.memories[0] < 0.2 * end  # names beside each other
    names = {"memory 1": "right" if near else "center", "memory 2": "left" if near else "center"}
    for place, (label, side) in zip(steep.memories, names.items(), strict=True):
        ax.axvline(place, color="#c3c8cf", lw=1, zorder=0)
        ax.text(place, -0.03, label, ha=side, va="top", **_small(ax))
    ax.plot(flat.heights, color=plots.INHIBITORY, lw=1.6, ls="--")
    ax.plot(steep.heights, color=plots.INK, lw=2)
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
    _gallery.bare(ax, (0, CUES), (-0.28, 1.06), "what came back, best recall first")
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
        y = -0.12 * (2 - k) + 0.03
        ax.plot([0.8, 4.2], [y, y], color=colour, ls=dashes, lw=width)
        ax.text(5, y, text, ha="left", va="center", fontsize=10, color=plots.INK)
    for height in (0, 0.5, 1):
        words = {"fontsize": 9, "color": plots.INK, "transform": ax.get_yaxis_transform()}
        ax.text(-0.02, height, f"{height:g}", ha="right", va="center", **words)
    ax.text(0.5, -0.03, f"{CUES} cues", ha="center", va="top", **_small(ax, both=True))
    ax.alt_text = (
        f"Overlap of each result with its pattern: {ours.recovered} of {CUES} in full with {name}, "
        f"on average {ours.ends.mean():.2f}; classical {classical.recovered}, {classical.ends.mean():.2f}."
    )


def _small(ax: Axes, both: bool = False) -> dict[str, Any]:
    place = ax.transAxes if both else ax.get_xaxis_transform()
    return {"fontsize": 9, "color": plots.INK, "transform": place}


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
    if not walk.valley:
        return f"{where} memory 1 is no valley, some flips lead down from it"
    return f"{where} the energy climbs by {walk.ridge:.2f} F(N) from memory 1"


class Sharpness(Explorer):
    """What `sharpness` returns."""

    def __init__(self, *, own: Pictures | None = None, **start: Any) -> None:
        _checked(**start, own=own)
        _check.count(start["rng"], "rng", high=SEEDS)
        self._own = own
        most = most_noise(start["stored_as"], own)
        wide = {"width": "258px", "label_width": "84px"}
        count = widgets.SelectionSlider(
            options=counts(start["stored_as"], own), value=start["M"], description="Patterns"
        )
        count.layout.width, count.style.description_width = wide.values()
        controls = {
            "kind": dropdown("F(x) =", KINDS, start["kind"], **wide),
            "n": slider("n", start["n"], 2, STEEPEST, **wide),
            "stored_as": dropdown(
                "Stored", STORED if own is None else (OWN, *STORED), start["stored_as"], **wide
            ),
            "M": count,
            "noise": slider("Wrong units", start["noise"], 0, most, **wide),
            "rng": slider("Chance no.", start["rng"], 0, SEEDS, **wide),
        }
        controls["stored_as"].observe(lambda _: self._change_counts(), "value")  # before the picture follows
        super().__init__(
            draw_sharpness,
            controls,
            name="sharpness",
            suggestion=(
                "raise the number of patterns until the recall fails, then raise n until it works again. "
                "Then store letters and digits, all 36: which n is enough?"
            ),
            size=(8.6, 3.3),
        )
        controls["kind"].observe(lambda _: self._need_n(), "value")
        self._need_n()

    @property
    def parameters(self) -> dict[str, Any]:
        return {**super().parameters, "patterns": self._own}

    def _change_counts(self) -> None:
        """Offer as many patterns and wrong units as there are; keep the numbers as far as possible."""
        count, noise, kind = self.controls["M"], self.controls["noise"], self.controls["stored_as"].value
        options = counts(kind, self._own)
        near = max(number for number in options if number <= max(count.value, options[0]))
        with self.together():
            count.options = options
            count.value = near
            noise.max = most_noise(kind, self._own)

    def _need_n(self) -> None:
        self.controls["n"].disabled = self.controls["kind"].value == "exponential"


def sharpness(
    kind: str = "power",
    n: int = 3,
    *,
    stored_as: str | None = None,
    M: int | None = None,
    noise: int | None = None,
    rng: int = 0,
    patterns: Any = None,
) -> Sharpness:
    """Dense memories of 100 units beside the classical network: their valleys, and what comes back.

    Parameters
    ----------
    kind : {"power", "rectified", "exponential"}
        The interaction function: x^n, max(x, 0)^n or e^x.
    n : int
        The power, 2..12.
    stored_as : {"random patterns", "letters and digits", "own pictures"}, optional
        By default random patterns, or your own pictures if there are any.
    M : int, optional
        Number of patterns: 2, 5, 10, 14, 20, 50, 100, 200, 500 or 1000 random ones; 2, 5, 10, 14, 20, 26
        or 36 letters and digits; any number of your own pictures from 2 on. By default 50, or all.
    noise : int, optional
        Wrong units in each of the 30 cues, at most 45 of 100; by default 10 of 100.
    rng : int
        Seed of random patterns and of the cues, 0..20.
    patterns : optional
        Pictures of your own, 2 to 64 of up to 1024 cells: an array (M, N) of ±1, such as
        ``datasets.faces()``, a list of pictures, or a mapping from names to pictures.

    Returns
    -------
    Sharpness

    Examples
    --------
    >>> sharpness().caption.split(". ")[1]
    '30 of 30 cues with 10 wrong units of 100 come back in full; in the classical network 0'
    """
    own = _own_pictures.own(patterns, fewest=2)
    stored_as, M = _defaults(stored_as, M, own)
    if noise is None:
        noise = N // 10 if own is None or stored_as != OWN else own.states.shape[1] // 10
    return Sharpness(kind=kind, n=n, stored_as=stored_as, M=M, noise=noise, rng=rng, own=own)
