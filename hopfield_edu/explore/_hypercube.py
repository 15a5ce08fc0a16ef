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
from hopfield_edu.explore._base import SEEDS, Explorer, drawing_on, dropdown, fit, row, slider

MOST_MOVES = 1000  # that are followed


def draw_hypercube(
    fig: Figure,
    N: int = 3,
    network: str = "ring with a twist",
    rng: int = 0,
    start: str = "---",
    moves: Sequence[int] = (0, 1, 2),
) -> str:
    """The way of a network over the hypercube of its states, and the total inputs where it stands.

    Parameters
    ----------
    fig : Figure
    N : int
        Number of units, 2 to 4.
    network : str
        A network of N units, by name; the random ones depend on `rng`.
    rng : int
        Seed of random weights.
    start : str
        The first state, such as "+-+".
    moves : sequence of int
        The units, from 0, that have been updated one after the other.

    Returns
    -------
    str
        What the last update did and why, and what could happen next.

    Notes
    -----
    Wiskott, *Hopfield Networks*, section 1.1 and figure 1.2.
    """
    drawing_on(fig)
    moves = _checked(N, network, rng, start, moves)
    net = _networks.build(network, N, rng)
    states = [patterns.from_label(start)]
    for i in moves:
        states.append(net.update(states[-1], i))
    plots.hypercube(N, path=np.array(states), ax=fig.add_axes((0.0, 0.0, 0.62, 1.0)))
    plots.network(net.weights, states[-1], ax=fig.add_axes((0.66, 0.47, 0.34, 0.53)))
    _inputs(fig.add_axes((0.76, 0.03, 0.13, 0.4)), net, states[-1])
    return f"{_last_update(net, states, moves)} {_next_updates(net, states[-1])}"


def _checked(N: int, network: str, rng: int, start: str, moves: Sequence[int]) -> tuple[int, ...]:
    """The moves; what cannot be drawn is refused."""
    _check.one_of(network, "network", _networks.names(_check.count(N, "N", low=2, high=4)))
    _check.count(rng, "rng")
    _check.one_of(start, "start", tuple(_networks.starts(N).values()))
    _check.instance(moves, "moves", (list, tuple, range, np.ndarray), "a list of units, from 0,")
    if isinstance(moves, np.ndarray) and moves.ndim != 1:
        raise ValueError(f"moves has shape {moves.shape}; a list of units, from 0, is wanted")
    if len(moves) > MOST_MOVES:
        raise ValueError(f"moves has {len(moves)} updates; at most {MOST_MOVES} are followed: start over")
    return tuple(_check.count(i, "moves (units from 0)", high=N - 1) for i in moves)


def _inputs(ax: Axes, net: binary.Network, state: NDArray[Any]) -> None:
    """For every unit its total input, as a bar that pulls to either side, and what that will do."""
    h = [_walk.field(net, state, i) for i in range(net.N)]
    reach = max(2, np.abs(net.weights).sum(axis=1).max())
    ax.set_axis_off()
    ax.set(xlim=(-reach, reach), ylim=(net.N - 0.4, -0.9))
    ax.vlines(0, -0.5, net.N - 0.5, color=plots.INK, lw=1)
    write = {"va": "center", "fontsize": 10, "color": plots.INK}
    ax.text(0, -0.6, "total input", **write | {"ha": "center", "va": "bottom"})
    colours = [plots.INK if pull > 0 else plots.PAPER for pull in h]
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

    def __init__(self, N: int, network: str, start: str, moves: Sequence[int], rng: int) -> None:
        self.moves = _checked(N, network, _check.count(rng, "rng", high=SEEDS), start, moves)
        size = dropdown("Units", [2, 3, 4], N, **fit("105px"))
        size.observe(lambda change: self._change_size(change["new"]), "value")
        controls = {
            "N": size,
            "network": dropdown("Network", _networks.names(N), network, **fit("265px")),
            "start": dropdown("Start at", _networks.starts(N), start, **fit("140px")),
            "rng": slider("Seed", rng, 0, SEEDS, **fit("190px")),
        }
        for control in controls.values():  # before the frame listens: a new network starts anew
            control.observe(lambda _: self._forget(), "value")
        super().__init__(
            draw_hypercube,
            controls,
            name="hypercube",
            suggestion=(
                "update the units in different orders. Which corners are fixed points, and from how many "
                "corners can you reach each of them?"
            ),
            size=(8.6, 4.3),
        )

    def arrange(self) -> list[widgets.Widget]:
        self._updates = [
            self.button(f"Update unit {i + 1}", f"y{i + 1} takes the sign of h{i + 1}", self._updater(i))
            for i in range(4)
        ]
        others = [
            self.button("Back", "Take the last update back", self.back),
            self.button("Start over", "Back to the first corner", self.restart),
        ]
        self._show_buttons(self.controls["N"].value)
        return [row(*self.controls.values()), self.image, row(*self._updates, *others)]

    @property
    def parameters(self) -> dict[str, Any]:
        return {**super().parameters, "moves": self.moves}

    def update(self, i: int) -> None:
        """Update unit i, counted from 0."""
        self.moves = (*self.moves, _check.count(i, "i (the unit)", high=self.controls["N"].value - 1))
        self.refresh()

    def back(self) -> None:
        """Take the last update back."""
        self.moves = self.moves[:-1]
        self.refresh()

    def restart(self) -> None:
        """Back to the first corner."""
        self.moves = ()
        self.refresh()

    def _updater(self, i: int) -> Any:
        return lambda: self.update(i)

    def _forget(self) -> None:
        self.moves = ()

    def _change_size(self, N: int) -> None:
        """Offer the networks, starts and units of another size."""
        with self.together():
            self.controls["network"].options = _networks.names(N)
            self.controls["start"].options = _networks.starts(N)
            self._show_buttons(N)

    def _show_buttons(self, N: int) -> None:
        for i, button in enumerate(self._updates):
            button.layout.display = None if i < N else "none"


def hypercube(
    N: int = 3,
    network: str | None = None,
    *,
    start: str | None = None,
    moves: Sequence[int] | None = None,
    rng: int = 0,
) -> Hypercube:
    """Walk over the corners of state space: one update, one edge (Wiskott fig. 1.2).

    Parameters
    ----------
    N : int
        2, 3 or 4 units: a square, a cube, or the shadow of a four-dimensional cube.
    network : str, optional
        One of the networks of `N` units in the list; by default one that goes round.
    start : str, optional
        The first corner, such as "+-+"; by default all units at -1.
    moves : sequence of int, optional
        Units, from 0, that are already updated in the first view; by default each of them once.
    rng : int
        Seed of random weights, 0..20.

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
    N = _check.count(N, "N", low=2, high=4)
    network = _networks.names(N)[0 if N == 2 else -3] if network is None else network
    start, moves = "-" * N if start is None else start, range(N) if moves is None else moves
    return Hypercube(N, network, start, moves, rng)
