"""State space as a hypercube: pick a unit, update it, and go along one edge or nowhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import ipywidgets as widgets
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from hopfield_edu import _check, binary, patterns, plots
from hopfield_edu.explore import _networks, _walk
from hopfield_edu.explore._base import Explorer, narrow, row
from hopfield_edu.explore._controls import declared, drawing, given, seed
from hopfield_edu.explore._svg import Target, field, offer

MOST_MOVES = 1000  # that are followed
WIDE = ((0.0, 0.0, 0.62, 1.0), (0.66, 0.47, 0.34, 0.53), (0.76, 0.03, 0.13, 0.4))  # cube, network, inputs
TIGHT = ((0.0, 0.36, 1.0, 0.64), (0.0, 0.01, 0.43, 0.36), (0.63, 0.02, 0.17, 0.3))

CONTROLS = {
    "N": _networks.size_control(3),
    "network": _networks.network_control(_networks.names, lambda N: _networks.names(N)[0 if N == 2 else -3]),
    "start": _networks.start_control(folded=True),
    "moves": given(
        "Units, from 0, that are updated one after the other; by default each of them once",
        lambda now: tuple(range(now["N"])),
        check=lambda moves, name: _units(moves),
        kind="sequence of int",
    ),
    "rng": seed("Seed", "Seed of random weights", when=lambda now: now["network"] in _networks.RANDOM),
}


def _units(moves: Any) -> tuple[Any, ...]:
    """A list of updates that is not too long."""
    _check.instance(moves, "moves", (list, tuple, range, np.ndarray), "a list of units, from 0,")
    if isinstance(moves, np.ndarray) and moves.ndim != 1:
        raise ValueError(f"moves has shape {moves.shape}; a list of units, from 0, is wanted")
    if len(moves) > MOST_MOVES:
        raise ValueError(f"moves has {len(moves)} updates; at most {MOST_MOVES} are followed: start over")
    return tuple(moves)


@drawing({name: CONTROLS[name] for name in ("N", "network", "rng", "start", "moves")})
def draw_hypercube(fig: Figure, N: int, network: str, rng: int, start: str, moves: tuple[int, ...]) -> str:
    """The way of a network over the hypercube of its states, and the total inputs where it stands.

    Returns
    -------
    str
        What the last update did and why, and what could happen next.

    Notes
    -----
    Wiskott, *Hopfield Networks*, section 1.1 and figure 1.2.
    """
    moves = tuple(_check.count(i, "moves (units from 0)", high=N - 1) for i in moves)
    net = _networks.build(network, N, rng)
    states = [patterns.from_label(start)]
    for i in moves:
        states.append(net.update(states[-1], i))
    boxes = TIGHT if narrow(fig) else WIDE
    plots.hypercube(N, path=np.array(states), ax=fig.add_axes(boxes[0]))
    plots.network(net.weights, states[-1], ax=fig.add_axes(boxes[1]))
    _inputs(fig.add_axes(boxes[2]), net, states[-1])
    offer(fig, _on_offer(states[-1], moves))
    return f"{_last_update(net, states, moves)} {_next_updates(net, states[-1])}"


def _on_offer(state: NDArray[Any], moves: tuple[int, ...]) -> dict[str, Target]:
    """A click on a corner starts there; one on a unit, or on its total input, updates it."""
    found = _walk.states_on_offer(len(state), "start at", moves=())
    for i in range(len(state)):
        then = {"moves": (*moves, i)}
        found[f"unit {i + 1}"] = Target(f"unit {i + 1}, {_walk.signed(state[i])}: update it", then)
        found[f"input {i + 1}"] = Target(f"total input of unit {i + 1}: update it", then)
    return found


def _inputs(ax: Axes, net: binary.Network, state: NDArray[Any]) -> None:
    """For every unit its total input, as a bar that pulls to either side, and what that will do."""
    h = [_walk.field(net, state, i) for i in range(net.N)]
    reach = max(2, np.abs(net.weights).sum(axis=1).max())
    ax.set_axis_off()
    ax.set(xlim=(-reach, reach), ylim=(net.N - 0.4, -0.9))
    ax.vlines(0, -0.5, net.N - 0.5, color=plots.INK, lw=1)
    write = {"va": "center", "fontsize": 10, "color": plots.INK}
    ax.text(0, -0.6, "total input", **write | {"ha": "center", "va": "bottom"})
    colours = [
        plots._canvas.ON_PAPER if pull > 0 else plots.PAPER for pull in h
    ]  # as the states that they want
    ax.barh(range(net.N), h, height=0.5, color=colours, ec=plots.INK, lw=1.2)
    beside = write | {"transform": ax.get_yaxis_transform()}
    for i in range(net.N):
        ax.text(-0.28, i, f"unit {i + 1}", ha="right", **beside)
        end = {"x": 0.05 * reach, "ha": "left"} if h[i] <= 0 else {"x": -0.05 * reach, "ha": "right"}
        ax.text(y=i, s=_walk.signed(h[i]), **write | end)
        wants = net.update(state, i)[i] != state[i]
        verdict = "flips" if wants else "stays" if h[i] else "a tie: stays"
        weight = {"color": "#9a6700", "weight": "bold"} if wants else {}
        ax.text(1.1, i, verdict, ha="left", **beside | weight)
        field(ax, f"input {i + 1}", (-reach, i - 0.5), 2 * reach, 1)
    told = ", ".join(f"h{_walk.sub(i)} = {_walk.signed(h[i])}" for i in range(net.N))
    ax.alt_text = f"Total inputs: {told}."


def _last_update(net: binary.Network, states: Sequence[NDArray[Any]], moves: Sequence[int]) -> str:
    if not moves:
        return f"Start at the corner {_walk.name(states[0])}."
    i, (before, after) = moves[-1], states[-2:]
    what = f"{_walk.total_input(net, before, i)}: {_walk.effect(net, before, after, i, 'keep')}"
    moved = (before != after).any()
    where = (
        f"along one edge to {_walk.name(after)}" if moved else f"nowhere, and stays at {_walk.name(after)}"
    )
    return f"Unit {i + 1}: {what}. The network goes {where}."


def _next_updates(net: binary.Network, state: NDArray[Any]) -> str:
    wants = [str(i + 1) for i in range(net.N) if net.update(state, i)[i] != state[i]]
    if not wants:
        return "This corner is a fixed point: no update leads away from it."
    if len(wants) == 1:
        return f"Only unit {wants[0]} would flip now."
    return f"Units {', '.join(wants[:-1])} and {wants[-1]} would flip now."


class Hypercube(Explorer):
    """What `hypercube` returns.

    Attributes
    ----------
    moves : tuple of int
        The units, from 0, updated since the start.
    """

    @property
    def moves(self) -> tuple[int, ...]:
        return self.given["moves"]

    def arrange(self) -> list[widgets.Widget]:
        for control in self.controls.values():  # before the frame listens: a new network starts anew
            control.observe(lambda _: self.given.update(moves=()), "value")
        self._updates = [
            self.button(f"Update unit {i + 1}", f"y{i + 1} takes the sign of h{i + 1}", self._updater(i))
            for i in range(4)
        ]
        back = self.button("Back", "Take the last update back", self.back)
        again = self.button("Start over", "Back to the first corner", self.restart)
        return [*self.bars(), self.image, row(*self._updates, back, again)]

    def _settle(self) -> None:
        super()._settle()
        for i, button in enumerate(self._updates):
            button.layout.display = None if i < self.controls["N"].value else "none"

    def update(self, i: int) -> None:
        """Update unit i, counted from 0."""
        self.set(moves=(*self.moves, _check.count(i, "i (the unit)", high=self.controls["N"].value - 1)))

    def back(self) -> None:
        """Take the last update back."""
        self.set(moves=self.moves[:-1])

    def restart(self) -> None:
        """Back to the first corner."""
        self.set(moves=())

    def _updater(self, i: int) -> Any:
        return lambda: self.update(i)


@declared(CONTROLS, keyword="start")
def hypercube(**given: Any) -> Hypercube:
    """Walk over the corners of state space: one update, one edge (Wiskott fig. 1.2).

    Two units make a square, three a cube, four the shadow of a four-dimensional cube. The network is by
    default one that goes round.

    Returns
    -------
    Hypercube

    Examples
    --------
    >>> explorer = hypercube(2, "friends", start="-+", moves=[])
    >>> explorer.update(0)
    >>> print(explorer.caption.split(". ")[0])
    Unit 1: h₁ = w₁₂y₂ = (+1)(+1) = +1: it turns to +1
    """
    return Hypercube(
        draw_hypercube,
        CONTROLS,
        given,
        name="hypercube",
        suggestion=(
            "update the units in different orders. In which corners does nobody flip, and from how many "
            "corners can you reach each of them? Click a unit to update it, a corner to start there."
        ),
        size=(8.6, 4.3),
        stacked=(4.2, 6.4),
        themed=True,
    )
