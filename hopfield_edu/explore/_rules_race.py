"""One cue, five learning rules: what each recalls, and how much each has kept of all that was stored."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from numpy.typing import NDArray

from hopfield_edu import _check, binary, datasets, learning, plots
from hopfield_edu import patterns as library
from hopfield_edu.explore import _gallery
from hopfield_edu.explore._base import Explorer, narrow
from hopfield_edu.explore._controls import choice, declared, drawing, real, seed, whole
from hopfield_edu.explore._svg import Target, offer

DATA = {"digits": "digits", "letters": "letters", "faces": "faces", "random, alike": "random"}
NOUNS = {"digits": "digit", "letters": "letter", "faces": "face", "random": "pattern"}
MOST = {"digits": 10, "letters": 26, "faces": 24, "random": 40}
RULES = ("Hebb", "Storkey", "pseudo-inverse", "perceptron", "with margin")
SHORT = ["Hebb", "Storkey", "pseudo-\ninverse", "percep-\ntron", "… with\nmargin"]
MARGIN, EPOCHS = 1.0, 100
RANDOM = 100  # units of random patterns
Array = NDArray[Any]


def _drawn_from(data: str, overlap: float, rng: int) -> tuple[float, int]:
    """What random patterns depend on; pictures are always the same."""
    return (overlap, rng) if data == "random" else (0.0, 0)


@lru_cache(maxsize=16)
def stored(data: str, M: int, overlap: float, rng: int) -> Array:
    """The patterns (M, N), read-only."""
    if data == "random":
        s = library.correlated(M, RANDOM, overlap, rng)
    elif data == "faces":
        s = datasets.faces(np.random.default_rng(0).permutation(64)[:M])
    else:
        s = (datasets.digits() if data == "digits" else datasets.letters())[:M]
    s.flags.writeable = False
    return s


@lru_cache(maxsize=16)
def networks(data: str, M: int, overlap: float, rng: int) -> dict[str, binary.Network]:
    """The same patterns, stored by each of the rules."""
    s = stored(data, M, overlap, rng)
    weights = {
        "Hebb": learning.hebb(s),
        "Storkey": learning.storkey(s),
        "pseudo-inverse": learning.pseudo_inverse(s),
        "perceptron": learning.perceptron(s, max_epochs=EPOCHS).weights,
        "with margin": learning.perceptron(s, margin=MARGIN, max_epochs=EPOCHS).weights,
    }
    return {rule: binary.Network(W) for rule, W in weights.items()}


class Race(NamedTuple):
    """The cue, what became of it, and how many of all patterns are stable and come back from such cues."""

    wanted: Array
    cue: Array
    ends: dict[str, Array]
    stable: dict[str, int]
    back: dict[str, int]


@lru_cache(maxsize=64)
def _all_recalls(
    data: str, M: int, overlap: float, wrong: int, rng: int
) -> tuple[Array, dict[str, Array], dict[str, int], dict[str, int]]:
    """A cue for every pattern, and where each ends under each rule."""
    drawn = _drawn_from(data, overlap, rng)
    s, nets = stored(data, M, *drawn), networks(data, M, *drawn)
    cues = library.flip(s, fraction=wrong / 100, rng=rng)
    ends = {rule: net.recall(cues).final for rule, net in nets.items()}
    stable = {rule: int(net.is_fixed_point(s).sum()) for rule, net in nets.items()}
    back = {rule: int((end == s).all(axis=1).sum()) for rule, end in ends.items()}
    return cues, ends, stable, back


def raced(data: str, M: int, overlap: float, which: int, wrong: int, rng: int) -> Race:
    """The race for pattern number `which`, counted round."""
    cues, ends, stable, back = _all_recalls(data, M, overlap, wrong, rng)
    k = (which - 1) % M
    chosen = {rule: end[k] for rule, end in ends.items()}
    wanted = stored(data, M, *_drawn_from(data, overlap, rng))[k]
    return Race(wanted, cues[k], chosen, stable, back)


def _most(now: Any) -> int:
    return MOST[now["data"]]


def _plural(data: str, M: int) -> str:
    return NOUNS[data] + "s"[: M != 1]


CONTROLS = {
    "data": choice(
        "Store",
        '"digits", "letters", "faces" (24 of the 64), or "random" patterns that resemble each other',
        "digits",
        DATA,
    ),
    "M": whole(
        lambda now: f"{_plural(now['data'], 2).capitalize()} stored",
        "Number of stored patterns; by default 10, of faces 16",
        lambda now: 16 if now["data"] == "faces" else 10,
        1,
        _most,
    ),
    "overlap": real(
        "Overlap of two",
        "Expected overlap of any two of the random patterns",
        0.3,
        0.0,
        0.8,
        step=0.05,
        when=lambda now: now["data"] == "random",
    ),
    "wrong": whole("% wrong", "Per cent of the cells of a cue that are flipped", 10, 0, 50),
    "which": whole(
        "Asked for: number",
        "The pattern that is asked for, from 1 on",
        4,
        1,
        lambda now: now["M"],
        check=lambda value, name: _check.count(value, name, low=1, high=max(MOST.values())),
        folded=True,
    ),
    "rng": seed("Draw no.", "Seed of the wrong cells, and of random patterns", folded=True),
}


@drawing(CONTROLS)
def draw_rules_race(fig: Figure, data: str, M: int, overlap: float, wrong: int, which: int, rng: int) -> str:
    """A pattern, a spoilt cue, and what it becomes in five networks that learnt the same by different rules.

    Returns
    -------
    str
        How many patterns are stable by each rule, and how many of such cues come back.
    """
    found = raced(data, M, overlap, which, wrong, rng)
    rows, columns = datasets.shape_of(found.wanted.size)
    given = [found.wanted.reshape(rows, columns), found.cue.reshape(rows, columns)]
    ends = [end.reshape(rows, columns) for end in found.ends.values()]
    if narrow(fig):
        boxes, high = [(0.004, 0.66, 0.386, 0.33), (0.004, 0.255, 0.992, 0.425)], 0.2
    else:
        boxes, high = [(0.004, 0.26, 0.268, 0.73), (0.3, 0.26, 0.696, 0.73)], 0.22
    left, right = (fig.add_axes(box) for box in boxes)
    _line(left, given, ["stored", "cue"])
    _line(right, ends, SHORT if narrow(fig) else list(RULES))
    _wrong(right, ends, given[0])
    _lanes(right, rows, columns, found, M)
    s = stored(data, M, *_drawn_from(data, overlap, rng)).reshape(M, rows, columns)
    box = (0.992 * fig.bbox.width, high * fig.bbox.height)
    _gallery.shelf(fig.add_axes((0.004, 0.005, 0.992, high)), s, (which - 1) % M, box)
    noun = NOUNS[data]
    offer(fig, {f"memory {k}": Target(f"{noun} {k}: ask for it", {"which": k}) for k in range(1, M + 1)})
    return _told(data, M, wrong, found)


def _line(ax: Axes, pictures: list[Array], titles: list[str]) -> None:
    """Pictures side by side, as high up as their titles allow."""
    (R, C), gap = pictures[0].shape, _gap(pictures[0].shape[1])
    _gallery.line(ax, pictures, titles, gap)
    high = 0.4 if any("\n" in title for title in titles) else 0.2
    ax.set(ylim=(R - 0.3, -0.5 - high * R), xlim=(-0.8, len(pictures) * (C + gap) - gap - 0.2))
    ax.set_anchor("NW")


def _wrong(ax: Axes, pictures: list[Array], wanted: Array) -> None:
    """A dot in each cell that has not come back."""
    C = wanted.shape[1]
    places = [np.argwhere(picture != wanted) + (0, k * (C + _gap(C))) for k, picture in enumerate(pictures)]
    y, x = np.concatenate(places).T
    cell = ax.get_position().width * ax.figure.bbox.width / len(pictures) / (C + _gap(C))  # in dots
    size = 0.4 * cell * 72 / ax.figure.dpi
    ax.plot(x, y, ".", ms=size, color=plots.INHIBITORY, gid="wrong")


def _gap(C: int) -> int:
    return max(1, round(C / 7))


def _lanes(ax: Axes, R: int, C: int, found: Race, M: int) -> None:
    """Below what each rule recalls two bars: how many are stable, and how many come back."""
    low = 0.16 * R
    for k, rule in enumerate(RULES):
        left = k * (C + _gap(C)) - 0.5
        if (found.ends[rule] == found.wanted).all():
            look = {"fc": "none", "ec": plots.HIGHLIGHT, "lw": 2.5, "clip_on": False}
            ax.add_artist(Rectangle((left, -0.5), C, R, **look))
        numbers = (("stable", found.stable[rule], plots.INK), ("back", found.back[rule], plots.HIGHLIGHT))
        for line, (name, number, colour) in enumerate(numbers):
            top = R - 0.5 + low * (0.6 + 2.1 * line)
            ax.text(left, top + 0.95 * low, f"{name} {number}", va="bottom", fontsize=10, color=plots.INK)
            for width, shade in ((C, "#e2e5e9"), (C * number / M, colour)):
                ax.add_artist(Rectangle((left, top + low), width, 0.55 * low, fc=shade, ec="none"))
    ax.set_ylim(R - 0.5 + 4.6 * low, ax.get_ylim()[1])
    counted = (f"{rule} {found.stable[rule]} stable, {found.back[rule]} back" for rule in RULES)
    wrong = ", ".join(str((found.ends[rule] != found.wanted).sum()) for rule in RULES)
    ax.alt_text = f"Five pictures, one for each rule; cells wrong: {wrong}. Of {M}: {'; '.join(counted)}."


def _told(data: str, M: int, wrong: int, found: Race) -> str:
    """What came of all cues of this kind, and who has the one in the picture."""
    has = [rule for rule in RULES if (found.ends[rule] == found.wanted).all()]
    who = "no rule" if not has else "all five" if len(has) == 5 else ", ".join(has)
    stable = ", ".join(f"{rule} {found.stable[rule]}" for rule in RULES)
    back = ", ".join(str(found.back[rule]) for rule in RULES)
    return (
        f"{M} {_plural(data, M)} stored. Stable: {stable}. Back from {wrong} % wrong cells: {back}. "
        f"The cue in the picture comes back: {who}."
    )


class RulesRace(Explorer):
    """What `rules_race` returns."""

    def __init__(self, given: dict[str, Any]) -> None:
        super().__init__(
            draw_rules_race,
            CONTROLS,
            given,
            name="rules_race",
            suggestion=(
                "which digits can Hebb's rule bring back? Click them one after the other. Then make more "
                "cells wrong: who gives up first, and who last? Store random patterns, and let them "
                "resemble each other more and more."
            ),
            size=(8.6, 3.1),
            stacked=(4.4, 3.7),
            themed=True,
        )


@declared(CONTROLS)
def rules_race(**given: Any) -> RulesRace:
    """One cue for five networks that learnt the same pictures by five rules: who has it?

    Returns
    -------
    RulesRace

    Examples
    --------
    >>> rules_race().caption.split(". ")[1]
    'Stable: Hebb 2, Storkey 8, pseudo-inverse 10, perceptron 10, with margin 10'
    """
    return RulesRace(given | {"which": (given["which"] - 1) % given["M"] + 1})
