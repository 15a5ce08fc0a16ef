"""All fixed points of a small network, by kind: choose one, and see of which memories it is made."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from numpy.typing import NDArray

from hopfield_edu import binary, learning, plots, state_space
from hopfield_edu import patterns as library
from hopfield_edu._frozen import frozen
from hopfield_edu.explore._base import Explorer, narrow
from hopfield_edu.explore._controls import choice, declared, drawing, seed, whole
from hopfield_edu.explore._svg import Target, field, offer
from hopfield_edu.plots._greys import GREYS

SHAPES = {9: (3, 3), 12: (3, 4), 16: (4, 4)}
MOST_PATTERNS = 7
NAMES = {"stored": "stored", "inverse": "inverses", "mixture": "mixtures", "other": "others"}
WIDE = ((0.0, 0.02, 0.54, 0.96), (0.57, 0.4, 0.425, 0.56), (0.6, 0.06, 0.385, 0.26))
TIGHT = ((0.0, 0.46, 1.0, 0.53), (0.02, 0.19, 0.96, 0.25), (0.07, 0.03, 0.9, 0.11))
LABEL = 84.0  # pixels at 96 to the inch, for the names of the kinds


class Found(NamedTuple):
    """The patterns (M, N), all fixed points (K, N) by kind and energy, their kinds and energies."""

    patterns: NDArray[np.int_]
    states: NDArray[np.int_]
    kinds: tuple[state_space.Kind, ...]
    energies: NDArray[np.float64]

    @property
    def first(self) -> int:
        """The number of the state to look at first, from 1: a mixture if there is one."""
        names = [kind.name for kind in self.kinds]
        return names.index("mixture") + 1 if "mixture" in names else 1


@lru_cache(maxsize=64)
def found(M: int, N: int, rng: int) -> Found:
    """Store M random patterns by Hebb's rule, and look through all 2^N states."""
    s = library.random(M, N, rng)
    net = binary.Network(learning.hebb(s), scale=1 / N)
    states = state_space.decode(state_space.fixed_points(net), N)
    kinds, E = state_space.classify(states, s), np.array(net.energy(states))
    names = list(NAMES)
    order = sorted(range(len(states)), key=lambda k: (names.index(kinds[k].name), _size(kinds[k]), E[k], k))
    return Found(frozen(s), frozen(states[order]), tuple(kinds[k] for k in order), frozen(E[order]))


def _size(kind: state_space.Kind) -> tuple[int, int]:
    """Mixtures of few patterns come first, memories by their number."""
    return len(kind.of), abs(kind.of[0]) if len(kind.of) == 1 else 0


def _of(now: Any) -> Found:
    return found(now["M"], now["N"], now["rng"])


CONTROLS = {
    "M": whole("Patterns M", "Number of stored patterns", 3, 1, MOST_PATTERNS),
    "N": choice("Units N", "Number of units", 16, list(SHAPES), kind="int"),
    "rng": seed("Draw no.", "Seed of the patterns", 1),
    "which": whole(
        "Fixed point no.",
        "The fixed point to look at, from 1 on: stored patterns, then inverses, mixtures and others. By "
        "default the first mixture, if there is one",
        lambda now: _of(now).first,
        1,
        lambda now: len(_of(now).states),
        folded=True,
    ),
}


@drawing(CONTROLS)
def draw_spurious(fig: Figure, M: int, N: int, rng: int, which: int) -> str:
    """All fixed points by kind, and of the chosen one what it is made of and its overlaps.

    Returns
    -------
    str
        How many there are of each kind, and what the chosen one is.

    Notes
    -----
    Kinds are those of `state_space.classify`; mixtures are described by Amit, Gutfreund and Sompolinsky 1985.
    """
    all_of, boxes = found(M, N, rng), TIGHT if narrow(fig) else WIDE
    left, right, below = (fig.add_axes(box) for box in boxes)
    _shelves(left, all_of, which - 1, SHAPES[N], fig.bbox.width * boxes[0][2], fig.bbox.height * boxes[0][3])
    _votes(right, all_of, which - 1, SHAPES[N])
    _overlaps(below, all_of, which - 1)
    for k, kind in enumerate(all_of.kinds, 1):
        offer(fig, {f"state {k}": Target(f"no. {k}, {_kind(kind)}: look at it", {"which": k})})
    return _told(all_of, which - 1)


def _signed(of: tuple[int, ...]) -> str:
    """Signed pattern numbers as a list: 1, 2 and −3."""
    words = [str(k).replace("-", "−") for k in of]
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))


def _kind(kind: state_space.Kind) -> str:
    if kind.name == "other":
        return "none of these kinds"
    if kind.name == "mixture":
        return f"the mixture of {_signed(kind.of)}"
    return f"{'memory' if kind.name == 'stored' else 'the inverse of memory'} {abs(kind.of[0])}"


def _shelves(
    ax: Axes, all_of: Found, chosen: int, shape: tuple[int, int], width: float, height: float
) -> None:
    """All fixed points as small pictures, one shelf or more for each kind, as large as there is room for."""
    R, C = shape
    groups = {name: [k for k, kind in enumerate(all_of.kinds) if kind.name == name] for name in NAMES}
    groups = {name: members for name, members in groups.items() if members}
    room, high = width - LABEL * ax.figure.dpi / 96, height

    def lines(across: int) -> int:
        return sum(-(-len(members) // across) for members in groups.values())

    def cell(across: int) -> float:
        return min(room / (across * (C + 1)), high / (lines(across) * (R + 1) + len(groups) - 1))

    across = max(range(3, 25), key=cell)
    size = min(cell(across), 0.14 * ax.figure.dpi)
    used = lines(across) * (R + 1) + len(groups) - 1
    slack = (high / size - used) / 2  # above and below: an empty strip on one side looks like a fault
    ax.set(xlim=(-(width - room) / size, room / size), ylim=(used + slack, -slack))
    ax.set_axis_off()
    top = 0.0
    for name, members in groups.items():
        _label(ax, f"{len(members)} {NAMES[name] if len(members) > 1 else name}", top + R / 2 + 0.5)
        for place, k in enumerate(members):
            row, column = divmod(place, across)
            x, y = column * (C + 1) + 0.5, top + row * (R + 1) + 0.5
            _picture(ax, all_of.states[k].reshape(shape), x, y)
            if k == chosen:
                frame = {"fc": "none", "ec": plots.HIGHLIGHT, "lw": 3, "clip_on": False}
                ax.add_artist(Rectangle((x - 0.35, y - 0.35), C + 0.7, R + 0.7, **frame))
            field(ax, f"state {k + 1}", (x - 0.5, y - 0.5), C + 1, R + 1)
        top += -(-len(members) // across) * (R + 1) + 1
    told = ", ".join(f"{len(members)} {NAMES[name]}" for name, members in groups.items())
    ax.alt_text = f"{len(all_of.states)} fixed points: {told}; number {chosen + 1} is framed."


def _label(ax: Axes, text: str, y: float) -> None:
    ax.text(-0.3, y, text, ha="right", va="center", fontsize=10, color=plots.INK)


def _picture(ax: Axes, cells: NDArray[np.int_], x: float, y: float) -> None:
    R, C = cells.shape
    look = {"cmap": GREYS, "vmin": -1, "vmax": 1, "interpolation": "none", "aspect": "equal"}
    box = ax.get_xlim(), ax.get_ylim()
    ax.imshow(cells, extent=(x, x + C, y + R, y), **look)
    ax.set(xlim=box[0], ylim=box[1])


def _votes(ax: Axes, all_of: Found, chosen: int, shape: tuple[int, int]) -> None:
    """The patterns that the chosen state is made of, as they vote, and the majority."""
    (R, C), kind, s = shape, all_of.kinds[chosen], all_of.patterns
    members = [(f"{'−' if k < 0 else ''}{abs(k)}", np.sign(k) * s[abs(k) - 1]) for k in kind.of]
    titles = [name if kind.name == "mixture" else f"memory {name}" for name, _ in members]
    titles = [f"inverse of {abs(kind.of[0])}"] if kind.name == "inverse" else titles
    drawn = [*zip(titles, (votes for _, votes in members), strict=True)]
    drawn += [("majority" if kind.name == "mixture" else "this state", all_of.states[chosen])]
    wide = len(drawn) * (C + 1.2) - 1.2
    ax.set(xlim=(0, max(wide, 4 * C)), ylim=(R + 0.2, -1.1))
    ax.set_axis_off()
    for place, (title, votes) in enumerate(drawn):
        x = place * (C + 1.2)
        _picture(ax, votes.reshape(shape), x, 0)
        ax.text(x + C / 2, -0.3, title, ha="center", va="bottom", fontsize=10, color=plots.INK)
        if place:
            sign = "=" if place == len(drawn) - 1 else "+"
            ax.text(x - 0.6, R / 2, sign, ha="center", va="center", fontsize=11, color=plots.INK)
    ax.alt_text = f"Fixed point {chosen + 1}: {_kind(kind)}."


def _overlaps(ax: Axes, all_of: Found, chosen: int) -> None:
    """The overlaps of the chosen state with all memories, as bars."""
    s, m = all_of.patterns, _with_memories(all_of, chosen)
    M = len(s)
    ax.set(xlim=(0.4, max(M, 5) + 0.6), ylim=(-1.05, 1.05), xticks=(), yticks=(-1, 0, 1))
    ax.tick_params(labelsize=9, length=2)
    for edge in ("top", "right", "bottom"):
        ax.spines[edge].set_visible(False)
    ax.axhline(0, color=plots.INK, lw=1)
    of = {abs(k) for k in all_of.kinds[chosen].of}
    colours = [plots.HIGHLIGHT if k + 1 in of else "#8a94a1" for k in range(M)]
    ax.bar(range(1, M + 1), m, 0.6, color=colours, ec=plots.INK, lw=0.8)
    for k in range(M):
        ax.text(k + 1, -1.08, str(k + 1), ha="center", va="top", fontsize=9.5, color=plots.INK)
    title = {"ha": "left", "va": "bottom", "transform": ax.transAxes, "fontsize": 10, "color": plots.INK}
    ax.text(0, 1.02, "overlap with each memory", **title)
    values = ", ".join(f"{value:.2f}" for value in m).replace("-", "−")
    ax.alt_text = f"Its overlaps with memories 1 to {M}: {values}."


def _with_memories(all_of: Found, chosen: int) -> NDArray[np.float64]:
    return np.atleast_1d(library.overlap(all_of.states[chosen], all_of.patterns))


def _told(all_of: Found, chosen: int) -> str:
    (M, N), kind = all_of.patterns.shape, all_of.kinds[chosen]
    counts = [(sum(k.name == name for k in all_of.kinds), name) for name in NAMES]
    parts = [f"{number} {NAMES[name] if number > 1 else name}" for number, name in counts if number]
    K = len(all_of.states)
    return (
        f"{M} random pattern{'s'[: M > 1]} on {N} units, {K} fixed points among {2**N} states: "
        f"{', '.join(parts)}. Number {chosen + 1} is {_kind(kind)}. {_why(all_of, chosen)}"
    )


def _why(all_of: Found, chosen: int) -> str:
    kind, m = all_of.kinds[chosen], _with_memories(all_of, chosen)
    if kind.name == "stored":
        return "It is what was stored."
    if kind.name == "inverse":
        return "All its units are turned over, and so are all their fields: it stays, too."
    E = f"{all_of.energies[chosen]:.2f}".replace("-", "−")
    if kind.name == "other":
        return f"It is no majority of up to {state_space.MAX_MIXED} memories. E = {E}."
    values = ", ".join(f"{m[abs(k) - 1]:.2f}" for k in kind.of).replace("-", "−")
    majority = f"In every unit the majority of {_signed(kind.of)} decides"
    return f"{majority}; its overlaps with these memories are {values}. E = {E}."


class Spurious(Explorer):
    """What `spurious` returns."""

    _shown: tuple[int, int, int] | None = None

    def _settle(self) -> None:
        """In another network one looks at the first mixture again."""
        super()._settle()
        now = self.parameters
        network = now["M"], now["N"], now["rng"]
        if self._shown not in (None, network):
            self.controls["which"].value = found(*network).first
        self._shown = network


@declared(CONTROLS)
def spurious(**given: Any) -> Spurious:
    """All states in which a small network rests. Choose one: which memories is it made of?

    Returns
    -------
    Spurious

    Examples
    --------
    >>> spurious(2, 9).caption.split(". ")[0]
    '2 random patterns on 9 units, 4 fixed points among 512 states: 2 stored, 2 inverses'
    """
    return Spurious(
        draw_spurious,
        CONTROLS,
        given,
        name="spurious",
        suggestion=(
            "click a mixture, and check the vote cell by cell. Then store a fourth and a fifth pattern: "
            "which kinds become more? Are there draws without any mixture?"
        ),
        size=(8.6, 3.8),
        stacked=(4.4, 6.6),
        themed=True,
    )
