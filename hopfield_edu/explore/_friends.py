"""A memory of 250 friends: tell it a few properties of one, some of them wrong. Who is it?"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import ipywidgets as widgets
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from hopfield_edu import _check, plots
from hopfield_edu import friends as library
from hopfield_edu.explore import _gallery
from hopfield_edu.explore._base import Explorer, narrow
from hopfield_edu.explore._controls import choice, declared, drawing, given, seed, whole
from hopfield_edu.explore._light import Words
from hopfield_edu.explore._svg import Target, field, offer
from hopfield_edu.friends import BLANK, PROPERTIES, VALUES
from hopfield_edu.trajectory import Trajectory

C, V = len(PROPERTIES), len(VALUES[0])
MOST_KNOWN, MOST_UPDATES = 20, 250
COUNTS = (50, 100, 250, 500, 1000)
SYNAPSES = {"on or off": False, "counted": True}
Told = tuple[tuple[int, int], ...]
Array = NDArray[Any]


def _told(value: Any, name: str) -> Told:
    """What is told by hand, {"eyes": "blue"}, as pairs of numbers; "" is a property that is not told."""
    found = _check.instance(value, name, Mapping, 'a mapping such as {"eyes": "blue"}')
    pairs = {}
    for key, word in found.items():
        if not isinstance(key, str) or key not in PROPERTIES:
            raise ValueError(f"{name} has {_check.shown(key)}; that is none of the fifty properties")
        c = PROPERTIES.index(key)
        if not isinstance(word, str) or word not in ("", *VALUES[c]):
            raise ValueError(f"{name} has {_check.shown(word)} for {key!r}; that is none of its values")
        pairs[c] = VALUES[c].index(word) if word else BLANK
    return tuple(sorted(pairs.items()))


def _property(value: Any, name: str) -> str:
    if not isinstance(value, str) or value not in PROPERTIES:
        wanted = f"one of the fifty properties, such as {PROPERTIES[0]!r}, is wanted"
        raise ValueError(f"{name} is {_check.shown(value)}; {wanted}")
    return value


CONTROLS = {
    "known": whole("Properties told", "How many properties are told", 7, 0, MOST_KNOWN),
    "wrong": whole(
        "of these wrong",
        "How many of these are wrong; by default one, if any is told",
        lambda now: min(1, now["known"]),
        0,
        lambda now: now["known"],
    ),
    "rng": seed("Friend no.", "Seed of the friend who is meant, and of what is told"),
    "updates": whole(
        "Updates made", "How far the recall has come; 250 means to its end", MOST_UPDATES, 0, MOST_UPDATES
    ),
    "look": choice(
        "Property", "Whose twenty values are listed", "first name", PROPERTIES, check=_property, kind="str"
    ),
    "M": choice("Friends stored", "Number of friends in the memory", 250, COUNTS, folded=True, kind="int"),
    "counts": choice(
        "Synapses",
        "Count how many friends share two values, instead of whether any does",
        False,
        SYNAPSES,
        check=_check.flag,
        kind="bool",
        folded=True,
    ),
    "told": given(
        'What you tell yourself: a mapping such as ``{"eyes": "blue", "pet": "cat"}``, where an empty text '
        "takes a property back",
        check=lambda value, name: dict(value) if _told(value, name) else {},
    ),
}


@lru_cache(maxsize=4)
def memory(M: int, counts: bool) -> library.Network:
    """The network and its friends, always the same ones."""
    return library.Network(library.people(M, rng=0), counts=counts)


@lru_cache(maxsize=64)
def asked(known: int, wrong: int, rng: int, M: int, told: Told) -> tuple[int, tuple[int, ...]]:
    """Which friend is meant, and what is told."""
    chance = np.random.default_rng(rng)
    k = int(chance.integers(M))
    clue = library.clue(library.people(M, rng=0)[k], chance, known=known, wrong=wrong)
    for c, v in told:
        clue[c] = v
    return k, tuple(clue.tolist())


@lru_cache(maxsize=32)
def course(clue: tuple[int, ...], rng: int, M: int, counts: bool) -> Trajectory:
    """The recall, in a random order."""
    return memory(M, counts).recall(clue, "random", rng=rng, max_sweeps=100, record=True)


@drawing(CONTROLS)
def draw_friends(
    fig: Figure,
    known: int,
    wrong: int,
    rng: int,
    updates: int,
    look: str,
    M: int,
    counts: bool,
    told: Mapping[str, str] | None,
) -> str:
    """What is told and what is recalled, the energy on the way, and the inputs of the values of a property.

    Returns
    -------
    str
        Who it is.

    Notes
    -----
    In the spirit of Hopfield, Scholarpedia, fig. 3.
    """
    by_hand = _told(told or {}, "told")
    meant, clue = asked(known, wrong, rng, M, by_hand)
    run, c = course(clue, rng, M, counts), PROPERTIES.index(look)
    way, at = run.states, _reached(run, updates)
    boxes = _narrow_boxes() if narrow(fig) else _wide_boxes()
    _grid(fig, fig.add_axes(boxes[0]), np.array(clue), way[at], c)
    _energy(fig, fig.add_axes(boxes[1]), run, at)
    h = memory(M, counts).field(way[at])[c]
    _values(fig, [fig.add_axes(box) for box in boxes[2:]], c, clue[c], int(way[at][c]), h, told or {})
    return _said(run, at, np.array(clue), memory(M, counts).people, meant)


def _wide_boxes() -> list[tuple[float, float, float, float]]:
    return [(0.045, 0.37, 0.645, 0.53), (0.066, 0.125, 0.624, 0.155), (0.725, 0.015, 0.27, 0.9)]


def _narrow_boxes() -> list[tuple[float, float, float, float]]:
    return [
        (0.06, 0.625, 0.92, 0.32),
        (0.12, 0.455, 0.86, 0.095),
        (0.01, 0.01, 0.48, 0.355),
        (0.51, 0.01, 0.48, 0.355),
    ]


def _reached(run: Trajectory, updates: int) -> int:
    """Which of the states is that after so many updates; the last number means the end."""
    if updates == MOST_UPDATES:
        return len(run.times) - 1
    return int(np.searchsorted(run.times, updates, side="right")) - 1


def _grid(fig: Figure, ax: Axes, clue: Array, now: Array, c: int) -> None:
    """A column for each property, a row for each value: rings are told, squares recalled."""
    ax.set(xlim=(-0.5, C - 0.5), ylim=(V - 0.5, -0.5))
    ax.axvspan(c - 0.5, c + 0.5, color=plots.HIGHLIGHT, alpha=0.2, lw=0)
    size = 0.6 * min(ax.bbox.width / C, ax.bbox.height / V) * 72 / fig.dpi
    is_set, is_told = np.flatnonzero(now != BLANK), np.flatnonzero(clue != BLANK)
    ax.plot(is_set, now[is_set], "s", ms=size, color=plots.INK, mew=0, gid="recalled")
    ring = {"ms": 2.3 * size, "mfc": "none", "mec": plots.INHIBITORY, "mew": 1.4, "gid": "told"}
    ax.plot(is_told, clue[is_told], "o", clip_on=False, **ring)
    ax.set(xticks=[0, 9, 19, 29, 39, 49], yticks=[])
    ax.set_xticklabels(["1", "10", "20", "30", "40", "50"], fontsize=9, color=plots.INK)
    ax.tick_params(length=0, pad=2)
    ax.spines[:].set_color("#c9cdd3")
    ax.set_xlabel("property", fontsize=9.5, color=plots.INK, labelpad=1)
    ax.set_ylabel("value", fontsize=9.5, color=plots.INK, labelpad=2)
    ax.set_title("rings: told; squares: what the network holds", fontsize=10.5, color=plots.INK)
    for k in range(C):
        field(ax, f"property {k + 1}", (k - 0.5, -0.5), 1, V)
    looks = enumerate(PROPERTIES, start=1)
    offer(fig, {f"property {k}": Target(f"look at {name}", {"look": name}) for k, name in looks})
    same = int((now[is_told] == clue[is_told]).sum())
    ax.alt_text = (
        f"Grid of {C} properties by {V} values: {len(is_told)} rings for what is told, {len(is_set)} "
        f"squares for what the network holds, {same} of them in a ring."
    )


def _energy(fig: Figure, ax: Axes, run: Trajectory, at: int) -> None:
    """The energy against time, and where the recall is now."""
    times, E = run.times, run.energies
    end = max(int(times[-1]), 1)
    ax.step([*times, end], [*E, E[-1]], where="post", color=plots.INK, lw=1.2)
    ax.plot(times, E, "o", ms=3.6, color=plots.INK, mew=0, gid="energy")
    ax.plot(times[at], E[at], "o", ms=8, mfc=plots.HIGHLIGHT, mec=plots.INK, mew=1)
    ax.set(xlim=(-0.02 * end, 1.02 * end), ylim=(1.25 * min(E[-1], -1), 0.12 * max(-E[-1], 1)))
    ax.set_yticks([0, E[-1]] if E[-1] else [0])
    ax.tick_params(labelsize=9, color=plots.INK, labelcolor=plots.INK)
    ax.spines[["top", "right"]].set_visible(False)
    ax.spines[:].set_color(plots.INK)
    ax.set_xlabel("updates", fontsize=9.5, color=plots.INK, labelpad=1)
    ax.text(0.99, 0.95, "energy", fontsize=9.5, color=plots.INK, ha="right", va="top", transform=ax.transAxes)
    stops = [min(int(t), MOST_UPDATES) for t in times]
    names = [f"after {t} updates, E = {e:.0f}".replace("-", "−") for t, e in zip(times, E, strict=True)]
    offer(fig, {"energy": Target(names, [{"updates": t} for t in stops])})
    ax.alt_text = f"The energy falls from {E[0]:.0f} to {E[-1]:.0f} in {len(E) - 1} changes.".replace(
        "-", "−"
    )


def _values(
    fig: Figure, axes: list[Axes], c: int, told: int, now: int, h: Array, by_hand: Mapping[str, str]
) -> None:
    """The twenty values of a property, in one list or two, each with a bar for its input."""
    name, words = PROPERTIES[c], VALUES[c]
    most, part = max(float(h.max()), 1.0), V // len(axes)
    for k, ax in enumerate(axes):
        rows = range(k * part, (k + 1) * part)
        ax.set(xlim=(0, 1), ylim=(rows[-1] + 0.6, rows[0] - 0.6))
        ax.set_axis_off()
        bars = [(0.18, v - 0.41, 0.82 * h[v] / most, 0.82) for v in rows]
        edges = [plots.HIGHLIGHT if v == now else "none" for v in rows]
        _gallery.boxes(ax, bars, fc="#dde1e6", ec=edges, lw=2)
        look: dict[str, Any] = {"va": "center", "fontsize": 9, "color": plots.INK}
        ax.add_artist(Words([(0.2, v, words[v]) for v in rows if v != now], **look))
        ax.add_artist(Words([(0.2, v, words[v]) for v in rows if v == now], fontweight="bold", **look))
        ax.add_artist(Words([(0.99, v, f"{h[v]:.0f}") for v in rows], ha="right", **look))
        for v in rows:
            field(ax, f"value {v + 1}", (0, v - 0.5), 1, 1)
            what = f"{name}: take {words[v]} back" if v == told else f"{name}: tell {words[v]}"
            changed = {**by_hand, name: "" if v == told else words[v]}
            offer(fig, {f"value {v + 1}": Target(what, {"told": changed})})
        if now in rows:
            ax.plot(0.115, now, "s", ms=6, color=plots.INK, mew=0)
        if told in rows:
            ax.plot(0.045, told, "o", ms=7.5, mfc="none", mec=plots.INHIBITORY, mew=1.4)
        ax.alt_text = ""
    axes[0].set_title(f"{name}: inputs", fontsize=10.5, color=plots.INK, loc="left")
    leader = "no value" if h.max() <= 0 else f"{words[int(h.argmax())]} with {h.max():.0f}"
    axes[0].alt_text = f"The values of {name}; the largest input has {leader}."


# the sentence


def _said(run: Trajectory, at: int, clue: Array, people: Array, meant: int) -> str:
    now, done = run.states[at], at == len(run.times) - 1
    is_told = clue != BLANK
    if not is_told.any():
        return "Nothing is told, so nothing is recalled: every property stays blank. Tell something."
    false = np.flatnonzero(is_told & (clue != people[meant]))
    start = f"{is_told.sum()} of {C} properties are told, {len(false) or 'none'} of them wrong."
    equal = (people == now).sum(axis=1)
    best = int(equal.argmax())
    if not done:
        held = int((now != BLANK).sum())
        most = f"{equal[best]} of them fit friend {best + 1} best"
        return f"{start} On the way, the network holds {held} properties; {most}."
    if equal[best] == C:
        return f"{start} {_found(now, clue, best, meant)}"
    blank = int((now == BLANK).sum())
    rest = f", and {blank} stay blank" if blank else ""
    whom = "who was meant" if best == meant else f"but friend {meant + 1} was meant"
    return (
        f"{start} The network rests at nobody: {equal[best]} of {C} properties are those of friend "
        f"{best + 1}, {whom}{rest}."
    )


def _found(now: Array, clue: Array, best: int, meant: int) -> str:
    """All properties are those of a friend."""
    name, town = VALUES[0][now[0]], VALUES[PROPERTIES.index("town")][now[PROPERTIES.index("town")]]
    who = "as was meant" if best == meant else f"but friend {meant + 1} was meant"
    put_right = np.flatnonzero((clue != BLANK) & (clue != now))
    end = f"It is friend {best + 1}, {name} from {town}, {who}"
    if not put_right.size:
        return f"{end}."
    named = [
        f"{PROPERTIES[c]}: told {VALUES[c][clue[c]]}, has {VALUES[c][now[c]]}" for c in put_right[:3].tolist()
    ]
    more = f" and {put_right.size - 3} more" if put_right.size > 3 else ""
    return f"{end}. Not all that was told fits ({'; '.join(named)}{more})."


class Friends(Explorer):
    """What `friends` returns."""

    def arrange(self) -> list[widgets.Widget]:
        empty = self.button("Tell nothing", "Take back all that is told", self._empty)
        return [*self.bars(empty), self.image]

    def _empty(self) -> None:
        self.set(known=0, told={})

    def _moved(self, change: Any) -> None:
        """Another friend: what was told of the last one is forgotten."""
        if not self._held and isinstance(change, Mapping) and change.get("owner") is self.controls["rng"]:
            self.given["told"] = {}
        super()._moved(change)


@declared(CONTROLS, keyword="look")
def friends(**given: Any) -> Friends:
    """Tell seven of fifty properties of a friend, one of them wrong: who is it?

    Returns
    -------
    Friends

    Examples
    --------
    >>> friends().caption.split(". ")[0]
    '7 of 50 properties are told, 1 of them wrong'
    """
    return Friends(
        draw_friends,
        CONTROLS,
        given,
        name="friends",
        suggestion=(
            "click the column of a ring, then another word in the list: one more wrong property. How many "
            "does the memory forgive? Move the updates back, and watch. Take all back, and describe a friend "
            "of your own. At last let the synapses count."
        ),
        size=(8.6, 4.0),
        stacked=(4.4, 6.9),
        themed=True,
    )
