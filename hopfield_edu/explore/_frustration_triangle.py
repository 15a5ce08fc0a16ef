"""Three units and three signs: which wishes come true, where the network rests, where its arrows point."""

from __future__ import annotations

from typing import Any

import ipywidgets as widgets
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from numpy.typing import NDArray

from hopfield_edu import _check, binary, frustration, patterns, plots, state_space
from hopfield_edu.explore import _networks, _walk
from hopfield_edu.explore._base import Explorer, drawing_on, dropdown, fit, row

WEIGHTS = {"w12": (0, 1), "w23": (1, 2), "w13": (0, 2)}
SIGNS = {"+1": 1, "0": 0, "−1": -1}
TIES = {"keep their value": "keep", "become +1": 1, "become −1": -1}


def build(w12: int, w23: int, w13: int) -> NDArray[np.int_]:
    """The symmetric weights of the triangle."""
    return np.array([[0, w12, w13], [w12, 0, w23], [w13, w23, 0]])


def draw_frustration_triangle(
    fig: Figure, w12: int = 1, w23: int = 1, w13: int = -1, ties: Any = "keep", state: str = "+++"
) -> str:
    """The triangle in a state, its transition graph, and the unsatisfied weights of all eight states.

    Parameters
    ----------
    fig : Figure
    w12, w23, w13 : {+1, 0, -1}
        The weights, each in both directions.
    ties : {"keep", 1, -1}
        The value of a unit whose total input is zero.
    state : str
        The state shown, such as "+-+" (unit 1 first).

    Returns
    -------
    str
        The sign of the loop, what is unsatisfied in this state, and the fixed points.

    Notes
    -----
    Wiskott, *Hopfield Networks*, section 1.5 and figure 1.4.
    """
    drawing_on(fig)
    _checked(w12, w23, w13, ties, state)
    W, y = build(w12, w23, w13), patterns.from_label(state)
    net = binary.Network(W)
    fixed = state_space.fixed_points(net, ties)
    here = state_space.encode(y)
    left = fig.add_axes((0.0, 0.36, 0.42, 0.62))
    plots.network(W, y, highlight=frustration.satisfaction(W, y) < 0, ax=left)
    graph = fig.add_axes((0.46, 0.0, 0.54, 1.0))
    plots.transition_graph(state_space.successors(net, ties), highlight=here, ax=graph)
    _ledger(fig.add_axes((0.03, 0.1, 0.39, 0.17)), W, here)
    return f"{_loop(w12, w23, w13)} {_here(W, y)} {_rest(fixed)}"


def _checked(w12: int, w23: int, w13: int, ties: Any, state: str) -> None:
    """Refuse what cannot be drawn."""
    for key, value in zip(WEIGHTS, (w12, w23, w13), strict=True):
        _check.one_of(value, key, tuple(SIGNS.values()))
    _check.ties(ties)
    _check.one_of(state, "state", tuple(_networks.starts(3).values()))


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
    return f"The loop has the sign {factors} = {_walk.signed(sign)}: {verdict}."


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

    def __init__(self, **start: Any) -> None:
        _checked(**start)
        signs = {
            key: widgets.ToggleButtons(
                options=SIGNS,
                value=start[key],
                description=f"w{_walk.sub(*units)}",
                tooltips=["units want to agree", "no connection", "units want to differ"],
                style={"button_width": "48px", "description_width": "30px"},
                layout={"width": "168px"},
            )
            for key, units in WEIGHTS.items()
        }
        others = {
            "ties": dropdown("Ties", TIES, start["ties"], **fit("190px")),
            "state": dropdown("State", _networks.starts(3), start["state"], **fit("130px")),
        }
        super().__init__(
            draw_frustration_triangle,
            signs | others,
            name="frustration_triangle",
            suggestion=(
                "press “Turn all signs” and watch the arrows. Then go through the eight choices of three "
                "signs: which of them give six fixed points? Last, let ties become +1."
            ),
            size=(7.8, 4.0),
        )

    def arrange(self) -> list[widgets.Widget]:
        signs = [self.controls[key] for key in WEIGHTS]
        turn = self.button("Turn all signs", "Every weight changes its sign", self.turn)
        return [row(*signs, turn), row(self.controls["ties"], self.controls["state"]), self.image]

    def turn(self) -> None:
        """Change the sign of every weight."""
        with self.together():
            for key in WEIGHTS:
                self.controls[key].value = -self.controls[key].value


def frustration_triangle(
    w12: int = 1, w23: int = 1, w13: int = -1, *, ties: Any = "keep", state: str = "+++"
) -> FrustrationTriangle:
    """Three units: toggle the signs of the weights, watch wishes, fixed points and arrows (Wiskott fig. 1.4).

    Parameters
    ----------
    w12, w23, w13 : {+1, 0, -1}
        The weights, each in both directions; by default network 1 of the lecture.
    ties : {"keep", 1, -1}
        The value of a unit whose total input is zero.
    state : str
        The state shown, such as "+-+" (unit 1 first).

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
    return FrustrationTriangle(w12=w12, w23=w23, w13=w13, ties=ties, state=state)
