"""The energy of every state of a small network, and a ball that rolls through them along a recall."""

from __future__ import annotations

from typing import Any

import ipywidgets as widgets
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from numpy.typing import NDArray

from hopfield_edu import binary, learning, patterns, plots, state_space
from hopfield_edu.explore import _networks, _walk
from hopfield_edu.explore._base import narrow
from hopfield_edu.explore._controls import chance, declared, drawing, schedule, seed, whole
from hopfield_edu.explore._svg import offer

FIXED = {
    "frustrated (fig. 1.4)": [[0, 1, -1], [1, 0, 1], [-1, 1, 0]],
    "satisfied (fig. 1.4)": [[0, -1, 1], [-1, 0, -1], [1, -1, 0]],
    "four rivals": -np.ones((4, 4), int),
}
STORED = {"one stored pattern": 1, "two stored patterns": 2}
STRONGEST = 4  # self-connection
RANDOM = ("random weights", "random weights and bias")
NETWORKS = {3: (*list(FIXED)[:2], *list(STORED)[:1], *RANDOM), 4: (*list(FIXED)[2:], *STORED, *RANDOM)}
WIDE = ((0.08, 0.02, 0.58, 0.96), (0.7, 0.4, 0.29, 0.58), (0.76, 0.06, 0.16, 0.2))  # levels, network, energy
TIGHT = ((0.155, 0.34, 0.835, 0.65), (0.03, 0.0, 0.48, 0.32), (0.62, 0.05, 0.26, 0.17))

CONTROLS = {
    "network": _networks.network_control(lambda N: NETWORKS[N], lambda N: RANDOM[1]),
    "N": _networks.size_control(4, tuple(NETWORKS)),
    "weights_rng": seed(
        "Draw no.", "Seed of random weights and patterns", when=lambda now: now["network"] not in FIXED
    ),
    "self_connection": whole(
        "All wᵢᵢ", "The weight w_ii of every unit", 0, -STRONGEST, STRONGEST, folded=True
    ),
    "schedule": schedule("ordered"),
    "start": _networks.start_control(folded=True),
    "steps": whole("Step", "Steps done (synchronous: of all units)", 2, 0, _walk.STEPS),
    "rng": chance("Chance"),
}


def build(network: str, N: int, seed: int, self_connection: int) -> binary.Network:
    """A symmetric network of N units by name, each with the same self-connection."""
    rng, bias = np.random.default_rng(seed), np.zeros(N)
    if network in FIXED:
        W = np.array(FIXED[network])
    elif network in STORED:
        W = learning.hebb(patterns.random(STORED[network], N, rng))
    else:
        W = np.triu(rng.choice([-3, -2, -1, 1, 2, 3], (N, N)), 1)
        W = W + W.T
        bias = rng.integers(-2, 3, N) if network == RANDOM[1] else bias
    W = W * (1 - np.eye(N, dtype=int)) + self_connection * np.eye(N, dtype=int)
    return binary.Network(W, bias)


@drawing(CONTROLS)
def draw_energy_landscape(
    fig: Figure,
    network: str,
    N: int,
    weights_rng: int,
    self_connection: int,
    schedule: str,
    start: str,
    steps: int,
    rng: int,
) -> str:
    """All states by their energy with a ball on the present one, the network, and the energy so far.

    Returns
    -------
    str
        What the last step did to the energy, why, and where the ball is now.
    """
    net = build(network, N, weights_rng, self_connection)
    course = _walk.walk(net, patterns.from_label(start), schedule, steps, "keep", rng)
    E, boxes = np.array(net.energy(course.states)), TIGHT if narrow(fig) else WIDE
    levels = plots.energy_levels(net, path=course.states, ax=fig.add_axes(boxes[0]))
    _ball(levels, course.states[-1])
    plots.network(net.weights, course.states[-1], net.bias, ax=fig.add_axes(boxes[1]))
    if steps:
        _trace(fig, boxes[2], E)
    levels.alt_text += f" Energies so far: {', '.join(_number(e) for e in E)}."
    offer(fig, _walk.units_on_offer(course.states[-1], steps=0))
    shown = {text.get_gid().split()[-1]: text.get_gid() for text in levels.texts if text.get_gid()}
    states = _walk.states_on_offer(N, steps=0)
    offer(fig, {gid: states[f"state {name}"] for name, gid in shown.items()})
    return f"{_what_happened(net, course, E)} {_what_it_means(net, course, schedule)}"


def _ball(ax: Axes, state: NDArray[Any]) -> None:
    """A ball beside the name of a state."""
    names = {text.get_gid().split()[1]: text.get_position() for text in ax.texts if text.get_gid()}
    here = names.pop(_walk.name(state))
    wide = 4.6 * len(state) + 10  # half of a name and half of a ball, in points
    unit = 72 / ax.figure.dpi
    there, others = (unit * ax.transData.transform(list(place)) for place in ([here], names.values()))
    sides = np.array([(-wide, 0), (wide, 0), (0, 16), (0, -16)])
    gaps = np.abs(there + sides[:, None] - others) / (wide, 16)
    side = sides[gaps.max(axis=2).min(axis=1).clip(max=1).argmax()]  # the first with no name in the way
    how = {"textcoords": "offset points", "ha": "center", "va": "center", "fontsize": 9, "zorder": 7}
    ball = {"boxstyle": "circle,pad=0.4", "fc": plots.HIGHLIGHT, "ec": plots.INK, "lw": 1.4}
    ax.annotate(" ", here, xytext=side, bbox=ball, **how)


def _trace(fig: Figure, box: tuple[float, float, float, float], E: NDArray[np.float64]) -> None:
    """The energy after every update, in a box of the figure: axes would take as long as all the rest."""
    left, low, width, height = box
    x = left + width * np.arange(len(E)) / max(8, len(E) - 1)
    y = low + height * (E - E.min()) / max(np.ptp(E), 1e-9)
    how = {"color": plots.INK, "lw": 1.4, "marker": "o", "ms": 3, "drawstyle": "steps-post"}
    fig.add_artist(Line2D(x, y, **how))
    fig.add_artist(Line2D(x[-1:], y[-1:], marker="o", ms=8, mfc=plots.HIGHLIGHT, mec=plots.INK))
    words = {"fontsize": 9, "va": "center", "color": plots.INK}
    fig.text(left + width / 2, low + height + 0.06, "energy after each update", ha="center", **words)
    fig.text(x[0] - 0.02, y[0], _number(E[0]), ha="right", **words)
    fig.text(x[-1] + 0.02, y[-1], _number(E[-1]), ha="left", **words)


def _number(value: float) -> str:
    return f"{value:g}".replace("-", "−")


def _what_happened(net: binary.Network, course: _walk.Walk, E: NDArray[np.float64]) -> str:
    """The last step: who was updated, what its field said, what became of the energy."""
    t = len(course.updated)
    if t == 0:
        return f"Start in {_walk.name(course.states[0])}, at energy {_number(E[0])}."
    before, after = course.states[-2:]
    units = course.updated[-1]
    i = units[0]
    if len(units) > 1:
        flips = np.flatnonzero(before != after)
        who = f"all units at once, {len(flips) or 'none'} of them flip{'s'[: len(flips) < 2]}"
    else:
        h = net.field(before)[i]
        verb = "it flips" if before[i] != after[i] else "it stays" if h else "a tie, it stays"
        y = f"y{_walk.sub(i)} = {_walk.signed(before[i])}"
        who = f"unit {i + 1}: {y} and h{_walk.sub(i)} = {_walk.signed(h)}, {'so ' if h else ''}{verb}"
    return f"Step {t}, {who}. {_change(E[-2], E[-1])}"


def _change(before: float, after: float) -> str:
    if before == after:
        return f"The energy stays at {_number(after)}."
    verb = "falls" if after < before else "RISES"
    return f"The energy {verb} from {_number(before)} to {_number(after)}."


def _what_it_means(net: binary.Network, course: _walk.Walk, schedule: str) -> str:
    """Whether the ball has come to rest, and whether that is the deepest place there is."""
    state, steps = course.states[-1], len(course.updated)
    name, E = _walk.name(state), net.energy(state)
    if net.is_fixed_point(state):
        lower = np.flatnonzero(net.energy_change(state) < 0)
        if lower.size:
            return (
                f"At rest in {name}, though not in a valley: a flip of unit {lower[0] + 1} would lower the "
                "energy, but its self-connection holds it."
            )
        all_E = state_space.energies(net)
        if all_E.min() == E:
            return f"At rest in {name}: no state lies deeper."
        deepest = _walk.name(state_space.decode(int(all_E.argmin()), net.N))
        return (
            f"At rest in {name}, a local minimum: no single flip leads down. "
            f"{deepest} lies deeper, at {_number(all_E.min())}, but every way to it first leads up."
        )
    length = _walk.cycle_length(course, schedule, steps)
    if length:
        visited = " → ".join(dict.fromkeys(map(_walk.name, course.states[-length - 1 :])))
        return f"A cycle has closed, {visited} and back: this never comes to rest."
    if schedule.startswith("random") and (wandering := _walk.wandering(net, state, "keep")):
        return f"This never comes to rest: updates lead on and on through {len(wandering)} states."
    wants = [i for i in range(net.N) if net.update(state, i)[i] != state[i]]
    changes = ", ".join(f"unit {i + 1} ({_walk.signed(net.energy_change(state)[i])})" for i in wants)
    return f"What an update would flip, and the change of energy: {changes}."


class EnergyLandscape(_walk.Walker):
    """What `energy_landscape` returns; `step`, `run` and `reset` are its buttons."""

    def arrange(self) -> list[widgets.Widget]:
        for name in self.controls.keys() - {"steps"}:
            self.controls[name].observe(lambda _: self.stop(), "value")
        return [*self.bars(without=["steps"]), self.image, self.steering()]

    def network(self) -> binary.Network:
        now = self.parameters
        return build(now["network"], now["N"], now["weights_rng"], now["self_connection"])


@declared(CONTROLS, keyword="weights_rng")
def energy_landscape(**given: Any) -> EnergyLandscape:
    """The energy of every state, and a ball that rolls along a recall.

    The networks are symmetric: "frustrated (fig. 1.4)" with N = 3, "one stored pattern", "random weights",
    "random weights and bias" and others.

    Returns
    -------
    EnergyLandscape

    Examples
    --------
    >>> explorer = energy_landscape("satisfied (fig. 1.4)", 3, steps=0)
    >>> explorer.run()
    >>> explorer.caption.endswith("no state lies deeper.")
    True
    """
    return EnergyLandscape(
        draw_energy_landscape,
        CONTROLS,
        given,
        name="energy_landscape",
        suggestion=(
            "run from several starts: which of them reach the deepest valley? Click a state to start there."
        ),
        size=(8.6, 4.8),
        stacked=(4.4, 7.0),
        themed=True,
    )
