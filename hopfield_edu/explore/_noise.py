"""The noise dial: a memory of faces that begins with nothing but noise, and sees more and more in it."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from numpy.typing import NDArray

from hopfield_edu import datasets, diffusion, plots
from hopfield_edu.explore import _gallery
from hopfield_edu.explore._base import Explorer, narrow
from hopfield_edu.explore._controls import choice, declared, drawing, logarithmic, seed, whole
from hopfield_edu.explore._svg import Target, field, offer
from hopfield_edu.plots._greys import GREYS

SIDE, HIGH, LOW = 24, 30.0, 0.1
NOISES = diffusion.noises(HIGH, LOW, 80)
FRAMES = (30.0, 16.0, 8.0, 4.0, 2.0, 1.0, 0.5, LOW)  # of the film
DECIDED = 0.9  # share of one choice, from which on it counts as decided
OVER = 0.3  # below this noise a dream counts as finished
COVERING = (
    (0, 0, 0),
    (1, 1, 1),
    (2, 2, 2),
    (0, 3, 3),
    (1, 4, 0),
)  # five faces with all parts: top, eyes, mouth
PARTS = {
    "top": ("short hair", "a bald head", "a hat"),
    "eyes": ("open eyes", "narrow eyes", "glasses", "glasses on narrow eyes", "sunglasses"),
    "mouth": ("a smile", "a flat mouth", "an open mouth", "a sad mouth"),
}
MIDDLES = (4, 11, 19)  # a row in the middle of each part
LOOKS = ((plots.INK, "-"), (plots.INHIBITORY, "--"), (plots.EXCITATORY, "-."))  # as in `plots.curves`
LOCAL = {
    "the whole picture": "whole",
    "each of three bands": "bands",
    "rows nearby (7 of 24)": "rows",
}
WIDE = ((0.0, 0.64, 1.0, 0.355), (0.0, 0.0, 0.58, 0.57), (0.655, 0.145, 0.335, 0.36))
TIGHT = ((0.02, 0.58, 0.96, 0.4), (0.02, 0.335, 0.96, 0.212), (0.13, 0.08, 0.85, 0.17))

CONTROLS = {
    "sigma": logarithmic("Noise σ", "Where the dial stands", 8.0, LOW, HIGH),
    "local": choice("Guess from", "What the memory may look at", "whole", LOCAL),
    "rng": seed("Dream no.", "Seed of all noise"),
    "M": whole("Stored faces", "Number of stored faces, of sixty", 10, 5, 40, folded=True),
}


class Dream(NamedTuple):
    """The states (K, N) and best guesses (K, N) at all noises, and `shares` (K, 3): how sure the memory is of
    the top, the eyes and the mouth that the dream ends with, which are `choices` (3,)."""

    states: NDArray[np.float64]
    guesses: NDArray[np.float64]
    shares: NDArray[np.float64]
    choices: tuple[int, ...]


@lru_cache(maxsize=1)
def faces() -> NDArray[np.int_]:
    """All sixty."""
    return datasets.portraits()


@lru_cache(maxsize=64)
def numbers(M: int) -> tuple[int, ...]:
    """Which faces are stored: five in which every part occurs, then others, always in the same order."""
    first = [(top * 5 + eyes) * 4 + mouth for top, eyes, mouth in COVERING]
    rest = np.setdiff1d(np.random.default_rng(0).permutation(60), first, assume_unique=True)
    return tuple([*first, *rest.tolist()][:M])


@lru_cache(maxsize=3)
def windows(local: str) -> diffusion.Windows | None:
    """What each part of the picture is guessed from."""
    shape = (SIDE, SIDE)
    return {
        "whole": None,
        "bands": diffusion.bands(shape, [8, 15]),
        "rows": diffusion.windows(shape, 7),
    }[local]


@lru_cache(maxsize=128)
def dream(local: str, M: int, rng: int) -> Dream:
    """One dream from beginning to end, with fresh noise in every step."""
    stored, seen = faces()[list(numbers(M))], windows(local)
    how = {"windows": seen, "fresh_noise": True, "record": True}
    states = diffusion.sample(stored, 1, NOISES, rng, **how)[:, 0]
    parts = diffusion._parts(stored.astype(float), seen)  # checked once, not at every step
    shown = parts * 3 if seen is None else parts if local == "bands" else [parts[k] for k in MIDDLES]
    sigma = NOISES[:, None]  # all noises at once
    guess = diffusion._guess(states, parts, sigma)
    p = np.stack([diffusion._shares(part.affinity(states), sigma) for part in shown], axis=1)  # (K, 3, M)
    labels = np.unravel_index(numbers(M), (3, 5, 4))
    shares, choices = [], []
    for part, label in enumerate(labels):
        each = np.array([p[:, part, label == k].sum(axis=1) for k in range(label.max() + 1)])
        choices.append(int(each[:, -1].argmax()))
        shares.append(each[choices[-1]])
    return Dream(states, guess, np.transpose(shares), tuple(choices))


def place(sigma: float) -> int:
    """The step of the dream at which the noise is nearest to sigma."""
    return int(np.abs(np.log(NOISES / sigma)).argmin())


def decided(shares: NDArray[np.float64]) -> float | None:
    """The noise from which on a choice stays decided, if it ever does."""
    unsure = np.flatnonzero(shares <= DECIDED)
    first = 0 if unsure.size == 0 else unsure[-1] + 1
    return float(NOISES[first]) if first < len(NOISES) else None


@drawing(CONTROLS)
def draw_noise(fig: Figure, sigma: float, local: str, rng: int, M: int) -> str:
    """The film of a dream so far, what the memory sees and guesses now, and how sure it is of each part.

    Returns
    -------
    str
        What is decided at this noise, and what the dream has become at its end.

    Notes
    -----
    The dream is `diffusion.sample` with fresh noise; the guess is `diffusion.denoise`.
    """
    boxes, found, at = TIGHT if narrow(fig) else WIDE, dream(local, M, rng), place(sigma)
    _film(fig.add_axes(boxes[0]), found, at, columns=4 if narrow(fig) else 8)
    stored = faces()[list(numbers(M))]
    nearest = int(((stored - found.guesses[at]) ** 2).sum(axis=1).argmin())
    shown = [found.states[at] / (1 + NOISES[at]), found.guesses[at], stored[nearest] * 1.0]
    titles = [f"noisy, σ = {NOISES[at]:.2g}", "best guess", "nearest stored"]
    pictures = fig.add_axes(boxes[1])
    _gallery.line(pictures, [y.reshape(SIDE, SIDE) for y in shown], titles, gap=4)
    _shares(fig.add_axes(boxes[2]), found, at)
    return _told(found, at, M, stored)


def _film(ax: Axes, found: Dream, at: int, columns: int) -> None:
    """The best guesses at a few noises; those to come are blank."""
    gap, rows = 4, len(FRAMES) // columns
    for k, sigma in enumerate(FRAMES):
        row, column = divmod(k, columns)
        left, top = column * (SIDE + gap), row * (SIDE + 2 * gap)
        if (frame := place(sigma)) <= at:
            look = {"cmap": GREYS, "vmin": -1, "vmax": 1, "interpolation": "none"}
            picture = found.guesses[frame].reshape(SIDE, SIDE)
            ax.imshow(picture, extent=(left, left + SIDE, top + SIDE, top), **look)
        else:
            ax.add_artist(Rectangle((left, top), SIDE, SIDE, fc="#eef0f3", ec="#c3c8cf", lw=0.8))
        said = {"ha": "center", "va": "bottom", "fontsize": 10, "color": plots.INK}
        ax.text(left + SIDE / 2, top - 0.6, f"σ = {sigma:g}", **said)
        field(ax, f"noise {sigma:g}", (left, top), SIDE, SIDE)
        offer(ax.figure, {f"noise {sigma:g}": Target(f"noise {sigma:g}: go there", {"sigma": sigma})})
    ax.set(xlim=(-0.5, columns * (SIDE + gap) - gap + 0.5), ylim=(rows * (SIDE + 2 * gap) - gap, -1.2 * gap))
    ax.set_aspect("equal")
    ax.set_axis_off()
    done = [f"{sigma:g}" for sigma in FRAMES if place(sigma) <= at]
    ax.alt_text = f"Best guesses at the noises {', '.join(done)}; the others are still to come."


def _shares(ax: Axes, found: Dream, at: int) -> None:
    """How sure the memory has been so far of the parts that the dream ends with."""
    x = -np.log10(NOISES)  # drawn on a plain axis, noise falling to the right
    for part, name in enumerate(PARTS):
        colour, dashes = LOOKS[part]
        ax.plot(x[: at + 1], found.shares[: at + 1, part], color=colour, ls=dashes, lw=1.8, label=name)
        ax.plot(x[at], found.shares[at, part], "o", ms=6, color=colour)
    ax.axhline(DECIDED, color="#c3c8cf", lw=0.8, zorder=0)
    ax.axvline(x[at], color=plots.HIGHLIGHT, lw=2, zorder=0)
    ticks = (30, 10, 3, 1, 0.3, 0.1)
    ax.set(xlim=(x[0] - 0.05, x[-1] + 0.05), ylim=(-0.03, 1.06), yticks=(0, 0.5, 1))
    ax.set_xticks(-np.log10(ticks), [f"{t:g}" for t in ticks])
    ax.spines[["top", "right"]].set_visible(False)
    ax.tick_params(labelsize=9, length=2)
    ax.set_xlabel("noise σ", fontsize=9.5, labelpad=1)
    above = {"loc": "lower center", "bbox_to_anchor": (0.5, 0.98), "ncols": 3, "columnspacing": 1.2}
    ax.legend(fontsize=9, frameon=False, handlelength=1.7, borderaxespad=0.2, labelcolor=plots.INK, **above)
    ax.set_ylabel("how sure", fontsize=9.5, labelpad=2)
    told = ", ".join(f"{name} {found.shares[at, k]:.2f}" for k, name in enumerate(PARTS))
    ax.alt_text = f"How sure the memory is of the part that the dream will end with: {told}."


def _told(found: Dream, at: int, M: int, stored: NDArray[np.int_]) -> str:
    sure, open_ = [], []
    for part, (name, looks) in enumerate(PARTS.items()):
        since = decided(found.shares[:, part])
        if since is not None and since >= NOISES[at] * (1 - 1e-9):
            sure.append((since, f"{looks[found.choices[part]]} (since σ = {since:.2g})"))
        else:
            open_.append(name)
    known = ", then ".join(words for _, words in sorted(sure, reverse=True)) or "nothing yet"
    told = f"{M} stored faces, noise {NOISES[at]:.2g}. Decided: {known}."
    if open_:
        told += f" Still open: {', '.join(open_[:-2] + [' and '.join(open_[-2:])])}."
    if NOISES[at] <= OVER:
        judged = diffusion.judge(np.sign(found.guesses[at])[None], stored, faces())
        told += {
            "stored": " The dream is a stored face.",
            "new": " The dream is a face that nobody has stored.",
            "wrong": " The dream is no face.",
        }[str(judged.kinds[0])]
    return told


class Noise(Explorer):
    """What `noise` returns."""


@declared(CONTROLS)
def noise(**given: Any) -> Noise:
    """What does a memory see in noise? Turn the noise down and watch a face appear, part after part.

    Returns
    -------
    Noise

    Examples
    --------
    >>> noise(30).caption
    '10 stored faces, noise 30. Decided: nothing yet. Still open: top, eyes and mouth.'
    """
    return Noise(
        draw_noise,
        CONTROLS,
        given,
        name="noise",
        suggestion=(
            "turn the noise down, or click the next blank picture. What is decided first? Is the end a "
            "stored face? Then dream another dream, and let the memory guess from bands."
        ),
        size=(8.6, 3.5),
        stacked=(4.4, 6.8),
        themed=True,
    )
