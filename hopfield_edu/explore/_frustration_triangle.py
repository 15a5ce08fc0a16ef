"""Three units and three signs: which wishes come true, where the network rests, where its arrows point."""

from __future__ import annotations

from typing import Any

import ipywidgets as widgets
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from numpy.typing import NDArray

from hopfield_edu import binary, frustration, patterns, plots, state_space
from hopfield_edu.explore import _networks, _walk
from hopfield_edu.explore._base import Explorer, narrow
from hopfield_edu.explore._controls import Control, choice, declared, drawing, ties, toggles
from hopfield_edu.explore._svg import Target, field, offer

WEIGHTS = {"w12": (0, 1), "w23": (1, 2), "w13": (0, 2)}
PERSONS = ("Anna", "Ben", "Carla")  # units 1, 2 and 3
SIGNS = {"+1": 1, "0": 0, "−1": -1}
WISHES = ("units want to agree", "no connection", "units want to differ")
WIDE = ((0.0, 0.36, 0.42, 0.62), (0.46, 0.0, 0.54, 1.0), (0.03, 0.1, 0.39, 0.17))  # network, graph, ledger
TIGHT = ((0.0, 0.72, 1.0, 0.28), (0.0, 0.15, 1.0, 0.55), (0.02, 0.01, 0.96, 0.12))


def _sign(key: str, default: int) -> Control:
    i, j = WEIGHTS[key]
    meaning = f"The weight between units {i + 1} and {j + 1}, in both directions"
    return toggles(f"w{_walk.sub(i, j)}", meaning, default, SIGNS, WISHES)


CONTROLS = {
    "w12": _sign("w12", 1),
    "w23": _sign("w23", 1),
    "w13": _sign("w13", -1),
    "ties": ties(),
    "state": choice(
        "State", 'The state shown, such as "+-+" (unit 1 first)', "+++", _networks.starts(3), folded=True
    ),
}


def build(w12: int, w23: int, w13: int) -> NDArray[np.int_]:
    """The symmetric weights of the triangle."""
    return np.array([[0, w12, w13], [w12, 0, w23], [w13, w23, 0]])


@drawing(CONTROLS)
def draw_frustration_triangle(fig: Figure, w12: int, w23: int, w13: int, ties: Any, state: str) -> str:
    """The triangle in a state, its transition graph, and the unsatisfied weights of all eight states.

    Returns
    -------
    str
        The sign of the loop, what is unsatisfied in this state, and the fixed points.

    Notes
    -----
    Wiskott, *Hopfield Networks*, section 1.5 and figure 1.4.
    """
    W, y, boxes = build(w12, w23, w13), patterns.from_label(state), TIGHT if narrow(fig) else WIDE
    net = binary.Network(W)
    here = state_space.encode(y)
    network, graph = (fig.add_axes(box) for box in boxes[:2])
    plots.network(W, y, highlight=frustration.satisfaction(W, y) < 0, units=PERSONS, ax=network)
    plots.transition_graph(state_space.successors(net, ties), highlight=here, ax=graph)
    _ledger(fig.add_axes(boxes[2]), W, here)
    offer(fig, _weights_on_offer(network, W) | _walk.units_on_offer(y, "state"))
    states = _walk.states_on_offer(3, "show", "state")
    offer(
        fig, states | {f"column {gid}": Target(f"{t.name}, a column", t.changes) for gid, t in states.items()}
    )
    return f"{_loop(w12, w23, w13)} {_here(W, y)} {_rest(state_space.fixed_points(net, ties))}"


def _weights_on_offer(ax: Axes, W: NDArray[np.int_]) -> dict[str, Target]:
    """A click on a weight goes on to the next sign; one of zero gets a faint line to click."""
    found, where = {}, {disc.get_gid(): disc.get_center() for disc in ax.patches if disc.get_gid()}
    for key, (i, j) in WEIGHTS.items():
        gid, ends = f"w{i + 1},{j + 1}=w{j + 1},{i + 1}", [where[f"unit {k + 1}"] for k in (i, j)]
        if not W[i, j]:
            ax.plot(*zip(*ends, strict=True), ":", color="#c3c8cf", lw=1.6, zorder=0.5, gid=gid)
        now, then = _walk.signed(W[i, j]), {1: 0, 0: -1, -1: 1}[int(W[i, j])]
        words = f"weight w{_walk.sub(i, j)}, {now}: make it {_walk.signed(then)}"
        found[gid] = Target(words, {key: then})
    return found


def _ledger(ax: Axes, W: NDArray[np.int_], here: int) -> None:
    """For every state a stack of bricks, one for each unsatisfied weight."""
    counts = [frustration.unsatisfied(W, y) for y in state_space.all_states(3)]
    names = [_walk.name(y) for y in state_space.all_states(3)]
    ax.set(xlim=(-0.6, 7.6), ylim=(-0.6, 4.0))
    ax.set_axis_off()  # ticks take most of the time of a drawing
    ax.add_artist(Rectangle((here - 0.48, -0.6), 0.96, 3.9, fc=plots.HIGHLIGHT, alpha=0.35, lw=0))
    bricks = [(code, level + 0.5) for code, count in enumerate(counts) for level in range(count)]
    if bricks:
        ax.scatter(*zip(*bricks, strict=True), s=80, marker="s", color=plots.INHIBITORY, ec=plots.INK, lw=0.8)
    for code, name in enumerate(names):
        field(ax, f"column state {name}", (code - 0.48, -0.6), 0.96, 3.9)
        ax.text(code, -0.3, name, ha="center", va="center", fontsize=8.5, color=plots.INK)
    ax.text(3.5, 3.65, "unsatisfied weights in each state", ha="center", va="center", fontsize=9)
    told = ", ".join(f"{name} {count}" for name, count in zip(names, counts, strict=True))
    ax.alt_text = f"Unsatisfied weights by state: {told}."


def _loop(*weights: int) -> str:
    """What going round the triangle says."""
    if 0 in weights:
        return "A weight is missing: there is no loop, and nothing can be frustrated."
    factors = "".join(f"({_walk.signed(w)})" for w in weights)
    sign = int(np.prod(weights))
    verdict = (
        "frustrated, for no state satisfies all three weights"
        if sign < 0
        else "not frustrated, for some state satisfies all three weights"
    )
    return f"Round the triangle the signs multiply to {factors} = {_walk.signed(sign)}: {verdict}."


def _here(W: NDArray[np.int_], y: NDArray[np.int_]) -> str:
    """Which weights the present state leaves unsatisfied."""
    if not W.any():
        return "With no weights at all there is nothing to wish for."
    S = frustration.satisfaction(W, y)
    bad = [f"w{_walk.sub(i, j)}" for i, j in WEIGHTS.values() if S[i, j] < 0]
    if not bad:
        return f"In {_walk.name(y)} every weight is satisfied."
    if len(bad) == 1:
        return f"In {_walk.name(y)}, {bad[0]} is unsatisfied."
    return f"In {_walk.name(y)}, {', '.join(bad[:-1])} and {bad[-1]} are unsatisfied."


def _rest(fixed: NDArray[Any]) -> str:
    """The fixed points."""
    if len(fixed) == 8:
        return "All 8 states are fixed points."
    names = ", ".join(_walk.name(state_space.decode(int(code), 3)) for code in fixed)
    return f"{len(fixed)} fixed point{'s'[: len(fixed) != 1]}: {names}."


class FrustrationTriangle(Explorer):
    """What `frustration_triangle` returns; `turn` is its button."""

    def arrange(self) -> list[widgets.Widget]:
        first, *others = self.bars()
        first.children += (self.button("Turn all signs", "Every weight changes its sign", self.turn),)
        return [first, *others, self.image]

    def turn(self) -> None:
        """Change the sign of every weight."""
        self.set(**{key: -self.controls[key].value for key in WEIGHTS})


@declared(CONTROLS, keyword="ties")
def frustration_triangle(**given: Any) -> FrustrationTriangle:
    """Three units: toggle the signs of the weights, watch wishes, fixed points and arrows (Wiskott fig. 1.4).

    By default it is network 1 of the lecture.

    Returns
    -------
    FrustrationTriangle

    Examples
    --------
    >>> explorer = frustration_triangle()
    >>> explorer.turn()
    >>> explorer.caption.endswith("2 fixed points: −+−, +−+.")
    True
    """
    return FrustrationTriangle(
        draw_frustration_triangle,
        CONTROLS,
        given,
        name="frustration_triangle",
        suggestion=(
            "press “Turn all signs” and watch the arrows. Then go through the eight choices of three "
            "signs: which of them give six fixed points? Last, let ties become +1. Click a weight to change "
            "it, a unit to flip it, a state to see it."
        ),
        size=(7.8, 4.0),
        stacked=(4.4, 7.4),
        themed=True,
    )
