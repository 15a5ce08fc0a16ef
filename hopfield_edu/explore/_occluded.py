"""A face, partly hidden, in a memory of three levels: pixels, parts, people; with or without feedback."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from numpy.typing import NDArray

from hopfield_edu import datasets, layered, plots
from hopfield_edu.explore import _gallery
from hopfield_edu.explore._base import Explorer, narrow
from hopfield_edu.explore._controls import choice, declared, drawing, flag, logarithmic, real, seed, whole
from hopfield_edu.explore._svg import Target, field, offer
from hopfield_edu.plots._greys import GREYS

SIDE = 24
BANDS = {"top": (0, 8), "eyes": (8, 15), "mouth": (15, 24)}  # rows
HIDE = ("mouth", "eyes", "top", "nothing")
EYES = (0, 2, 4)  # open, glasses, sunglasses: what the nine people have
MOUTHS = {"their own": 0, "smile": 1, "flat": 2, "open": 3, "sad": 4}
INPUT, DT, LAST = 0.5, 0.2, 12.0  # input current of a visible cell; Euler step; time, in those of pixels
FAINT = 0.3  # of a unit that is silent: still to be told apart on a dark page
# what is seen and what the pixels say; parts; people
WIDE = ((0.0, 0.035, 0.24, 0.945), (0.27, 0.02, 0.37, 0.9), (0.67, 0.02, 0.33, 0.9))
TIGHT = ((0.02, 0.68, 0.96, 0.29), (0.02, 0.37, 0.96, 0.26), (0.16, 0.0, 0.68, 0.33))
Array = NDArray[np.float64]


class Memory(NamedTuple):
    """The templates of the parts by kind, the parts of each person, and their pictures (9, 576)."""

    parts: tuple[Array, ...]
    table: NDArray[np.int_]
    people: Array


@lru_cache(maxsize=1)
def memory() -> Memory:
    """Three tops by three pairs of eyes: nine people, each with a mouth that top and eyes tell."""
    faces = datasets.portraits().reshape(3, 5, 4, -1).astype(float)
    rows = np.arange(SIDE * SIDE) // SIDE
    inside = [(rows >= first) & (rows < last) for first, last in BANDS.values()]
    kinds = (faces[:, 0, 0], faces[0, :, 0], faces[0, 0])
    parts = tuple(np.where(band, kind, 0.0) for band, kind in zip(inside, kinds, strict=True))
    table = np.array([[top, eyes, (3 * top + k) % 4] for top in range(3) for k, eyes in enumerate(EYES)])
    return Memory(parts, table, faces[table[:, 0], table[:, 1], table[:, 2]])


@lru_cache(maxsize=16)
def network(weight: float, feedback: bool) -> layered.Graph:
    """The memory; without feedback no layer of parts hears the people."""
    known = memory()
    net = layered.hierarchy(known.parts, known.table, weight=weight)
    for kind in () if feedback else (1, 2, 3):
        net = net.cut(kind, 4)
    return net


def picture(who: int, mouth: int) -> Array:
    """Person `who`, from 1, perhaps with another mouth, from 1."""
    known = memory()
    face = known.people[who - 1]
    return face if mouth == 0 else np.where(known.parts[2][mouth - 1] != 0, known.parts[2][mouth - 1], face)


def cue(who: int, hide: str, wrong: int, mouth: int, rng: int) -> Array:
    """What is seen of it: some per cent of the cells turned over, zero where it is hidden."""
    face, rows = picture(who, mouth), np.arange(SIDE * SIDE) // SIDE
    turned = np.random.default_rng(rng).random(face.size) < wrong / 100
    first, last = BANDS.get(hide, (0, 0))
    return np.where((rows >= first) & (rows < last), 0.0, np.where(turned, -face, face))


@lru_cache(maxsize=64)
def course(
    who: int, hide: str, wrong: int, feedback: bool, mouth: int, weight: float, rng: int
) -> tuple[Array, Array]:
    """States (61, 600) and their energies: pixels begin with what is seen, and go on hearing it."""
    seen = cue(who, hide, wrong, mouth, rng)
    net = network(weight, feedback).with_bias({0: INPUT * seen})
    states = [net.start({0: seen})]
    for _ in range(round(LAST / DT)):
        states.append(net.step(states[-1], DT))
    way = np.array(states)
    return way, net.energy(way)


CONTROLS = {
    "who": whole("Person", "Who is shown, from 1", 4, 1, 9),
    "hide": choice("Hide", "The part that is not seen", "mouth", HIDE),
    "wrong": whole("% wrong", "Per cent of the visible cells that are turned over", 10, 0, 40),
    "feedback": flag("Parts hear the people", "Whether the feedback from people to parts is there", True),
    "time": real(
        "Time", "When to look, in time constants of the pixels", LAST, 0, LAST, step=DT, readout=".1f"
    ),
    "mouth": choice("Mouth", "A mouth that may not be their own", 0, MOUTHS, folded=True, kind="int"),
    "weight": logarithmic("Weight", "Between a person and their parts", 80.0, 5.0, 200.0, folded=True),
    "rng": seed("Draw no.", "Seed of the wrong cells", folded=True),
}


@drawing(CONTROLS)
def draw_occluded(
    fig: Figure,
    who: int,
    hide: str,
    wrong: int,
    feedback: bool,
    time: float,
    mouth: int,
    weight: float,
    rng: int,
) -> str:
    """What is seen and what the pixels make of it; how active the parts are, and the people.

    Returns
    -------
    str
        Which cells are wrong, whom the people layer sees, and whether the energy rose.

    Notes
    -----
    Krotov 2021; Hopfield, *Hopfield network*, Scholarpedia, figure 7.
    """
    way, energies = course(who, hide, wrong, feedback, mouth, weight, rng)
    now = round(time / DT)
    net = network(weight, feedback)
    parts = net.split(net.output(way[now]))
    boxes = TIGHT if narrow(fig) else WIDE
    seen = cue(who, hide, wrong, mouth, rng).reshape(SIDE, SIDE)
    shown, titles = [seen, parts[0].reshape(SIDE, SIDE)], ["what it sees", "what its pixels say"]
    if narrow(fig):
        _gallery.line(fig.add_axes(boxes[0]), shown, titles, 8)
    else:
        _gallery.column(fig.add_axes(boxes[0]), shown, titles, 5)
    _parts(fig.add_axes(boxes[1]), parts[1:4], feedback)
    _people(fig.add_axes(boxes[2]), parts[4], who)
    return _told(way[now], parts[4], energies[: now + 1], picture(who, mouth), who, hide, feedback)


def _small(ax: Axes, cells: Array, left: float, top: float, share: float) -> None:
    """A picture as strong as its unit is active, with the output under it."""
    R, C = cells.shape
    look = {"cmap": GREYS, "vmin": -1, "vmax": 1, "interpolation": "none"}
    ax.imshow(cells, extent=(left, left + C, top + R, top), alpha=max(FAINT, float(share)), **look)
    ax.text(left + C / 2, top + R + 1.9, f"{share:.2f}", ha="center", va="top", fontsize=9, color=plots.INK)


def _parts(ax: Axes, shares: tuple[Array, ...], feedback: bool) -> None:
    """The twelve templates, a column for each kind."""
    wide, high = SIDE + 5, 17
    told = []
    for kind, (name, (first, last)) in enumerate(BANDS.items()):
        for k, share in enumerate(shares[kind]):
            cells = memory().parts[kind][k].reshape(SIDE, SIDE)[first:last]
            _small(ax, cells, kind * wide, k * high + 9 - len(cells), share)  # all end on one line
        field(ax, f"part {name}", (kind * wide, 0), SIDE, len(shares[kind]) * high)
        offer(ax.figure, {f"part {name}": Target(f"hide the {name}", {"hide": name})})
        told.append(f"{name} {', '.join(f'{share:.2f}' for share in shares[kind])}")
    _frame(ax, 3 * wide - 5, 5 * high, "parts" if feedback else "parts, deaf to people")
    ax.alt_text = f"Outputs of the parts: {'; '.join(told)}."


def _people(ax: Axes, shares: Array, who: int) -> None:
    """The nine people, as dark as their units are active; the one who is shown is framed."""
    gap, low = 6, 9
    for k, share in enumerate(shares):
        row, column = divmod(k, 3)
        left, top = column * (SIDE + gap), row * (SIDE + low)
        _small(ax, memory().people[k].reshape(SIDE, SIDE), left, top, share)
        field(ax, f"person {k + 1}", (left, top), SIDE, SIDE)
        offer(ax.figure, {f"person {k + 1}": Target(f"show person {k + 1}", {"who": k + 1})})
        if k == who - 1:
            look = {"fc": "none", "ec": plots.HIGHLIGHT, "lw": 2.2, "clip_on": False}
            ax.add_artist(Rectangle((left - 0.8, top - 0.8), SIDE + 1.6, SIDE + 1.6, **look))
    _frame(ax, 3 * (SIDE + gap) - gap, 3 * (SIDE + low), "people")
    ax.alt_text = f"Outputs of people 1 to 9: {', '.join(f'{share:.2f}' for share in shares)}."


def _frame(ax: Axes, width: float, height: float, title: str) -> None:
    ax.set(xlim=(-1, width + 1), ylim=(height, -1))
    ax.set_aspect("equal")
    ax.set_axis_off()
    ax.set_title(title, fontsize=10.5, color=plots.INK, pad=3)


def _told(
    state: Array, shares: Array, energies: Array, face: Array, who: int, hide: str, feedback: bool
) -> str:
    missed = int((np.sign(state[: SIDE * SIDE]) != face).sum())
    first, steps = int(shares.argmax()) + 1, len(energies) - 1
    stranger = not (memory().people == face).all(axis=1).any()
    name = f"A stranger, person {who} with another mouth," if stranger else f"Person {who}"
    what = "in full view" if hide == "nothing" else f"with the {hide} hidden"
    cells = "every cell is right" if missed == 0 else f"{missed} of {SIDE * SIDE} cells are wrong"
    sees = f"it sees person {first} ({shares[first - 1]:.2f})"
    if shares.max() < 0.5:
        sees = f"it is not sure who it is (at most {shares.max():.2f})"
    rises = int((np.diff(energies) > 1e-6 * np.abs(energies).max()).sum())
    rose = "The energy never rose." if rises == 0 else f"The energy rose in {rises} of {steps} steps."
    cut = "" if feedback else " without feedback"
    return f"{name} {what}: after {steps * DT:.1f} time constants{cut} {cells}, and {sees}. {rose}"


class Occluded(Explorer):
    """What `occluded` returns."""


@declared(CONTROLS, keyword="mouth")
def occluded(**given: Any) -> Occluded:
    """A face with a part hidden, in a memory of pixels, parts and people: who fills it in?

    Returns
    -------
    Occluded

    Examples
    --------
    >>> occluded(who=4, wrong=0).caption[:83]
    'Person 4 with the mouth hidden: after 12.0 time constants every cell is right, and '
    """
    return Occluded(
        draw_occluded,
        CONTROLS,
        given,
        name="occluded",
        suggestion=(
            "move the time from 0 and watch who is sure first: parts, people or pixels. Then untick the "
            "feedback. Which parts do not need it? Last, show a stranger in full view: hide nothing, and "
            "choose another mouth."
        ),
        themed=True,
        size=(8.6, 4.4),
        stacked=(4.4, 8.2),
    )
