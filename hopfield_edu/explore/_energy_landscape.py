"""The energy of every state of a small network, and a ball that rolls through them along a recall."""

from __future__ import annotations

from typing import Any

import ipywidgets as widgets
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from numpy.typing import NDArray

from hopfield_edu import _check, binary, learning, patterns, plots, state_space
from hopfield_edu.explore import _networks, _walk
from hopfield_edu.explore._base import SEEDS, drawing_on, dropdown, slider

FIXED = {
    "frustrated (fig. 1.4)": [[0, 1, -1], [1, 0, 1], [-1, 1, 0]],
    "satisfied (fig. 1.4)": [[0, -1, 1], [-1, 0, -1], [1, -1, 0]],
    "four rivals": -np.ones((4, 4), int),
}
STORED = {"one stored pattern": 1, "two stored patterns": 2}
STRONGEST = 4  # self-connection
RANDOM = ("random weights", "random weights and bias")
NETWORKS = {3: (*list(FIXED)[:2], *list(STORED)[:1], *RANDOM), 4: (*list(FIXED)[2:], *STORED, *RANDOM)}
SCHEDULES = {
    "ordered (1, 2, 3, ...)": "ordered",
    "random order in each sweep": "random",
    "one random unit per step": "random-unit",
    "synchronous": "synchronous",
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


def draw_energy_landscape(
    fig: Figure,
    network: str = "random weights and bias",
    N: int = 4,
    weights_rng: int = 0,
    self_connection: int = 0,
    schedule: str = "ordered",
    start: str = "----",
    steps: int = 2,
    rng: int = 0,
) -> str:
    """All states by their energy with a ball on the present one, the network, and the energy so far.

    Parameters
    ----------
    fig : Figure
    network : str
        A symmetric network of N units, by name (`NETWORKS`).
    N : int
        Number of units, 3 or 4.
    weights_rng : int
        Seed of its random weights or patterns.
    self_connection : int
        The weight w_ii of every unit.
    schedule : {"ordered", "random", "random-unit", "synchronous"}
    start : str
        The first state, such as "+-+".
    steps : int
        How many updates (synchronous: of all units) have been done.
    rng : int
        Seed of the random schedules.

    Returns
    -------
    str
        What the last step did to the energy, why, and where the ball is now.
    """
    drawing_on(fig)
    _checked(network, N, weights_rng, self_connection, schedule, start, steps, rng)
    net = build(network, N, weights_rng, self_connection)
    course = _walk.walk(net, patterns.from_label(start), schedule, steps, "keep", rng)
    E = np.array(net.energy(course.states))
    levels = plots.energy_levels(net, path=course.states, ax=fig.add_axes((0.105, 0.02, 0.535, 0.96)))
    _ball(levels, course.states[-1])
    plots.network(net.weights, course.states[-1], net.bias, ax=fig.add_axes((0.67, 0.42, 0.3, 0.56)))
    _trace(fig, (0.74, 0.06, 0.17, 0.2), E)
    levels.alt_text += f" Energies so far: {', '.join(_number(e) for e in E)}."
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
    if len(E) > 1:
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
            f"{deepest} lies deeper, at {_number(all_E.min())}, but no way down leads there from here."
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


def _checked(
    network: str,
    N: int,
    weights_rng: int,
    self_connection: int,
    schedule: str,
    start: str,
    steps: int,
    rng: int,
) -> None:
    """Refuse what cannot be drawn."""
    _check.one_of(network, "network", NETWORKS[_check.one_of(N, "N", tuple(NETWORKS))])
    _check.count(weights_rng, "weights_rng")
    _check.count(self_connection, "self_connection", low=-STRONGEST, high=STRONGEST)
    _check.schedule(schedule)
    _check.one_of(start, "start", tuple(_networks.starts(N).values()))
    _check.count(steps, "steps", high=_walk.STEPS)
    _check.count(rng, "rng")


class EnergyLandscape(_walk.Walker):
    """What `energy_landscape` returns; `step`, `run` and `reset` are its buttons."""

    def __init__(self, **start: Any) -> None:
        _checked(**start)
        for key in ("weights_rng", "rng"):
            _check.count(start[key], key, high=SEEDS)
        N = start["N"]
        size = dropdown("Units", [3, 4], N)
        size.observe(lambda change: self._change_size(change["new"]), "value")  # before the picture follows
        controls = {
            "N": size,
            "network": dropdown("Network", NETWORKS[N], start["network"]),
            "weights_rng": slider("Weights", start["weights_rng"], 0, SEEDS),
            "self_connection": slider("All wᵢᵢ", start["self_connection"], -STRONGEST, STRONGEST),
            "schedule": dropdown("Schedule", SCHEDULES, start["schedule"]),
            "start": dropdown("Start in", _networks.starts(N), start["start"]),
            "rng": slider("Chance", start["rng"], 0, SEEDS),
            "steps": slider("Step", start["steps"], 0, _walk.STEPS),
        }
        super().__init__(
            draw_energy_landscape,
            controls,
            name="energy_landscape",
            suggestion=(
                "run from several starts: which of them reach the deepest valley? Then make the ball climb, "
                "once with the schedule and once with the self-connections."
            ),
            size=(5.9, 5.0),
        )
        for key in ("network", "schedule"):
            controls[key].observe(lambda _: self._need_seeds(), "value")
        for key, control in controls.items():
            if key != "steps":
                control.observe(lambda _: self.stop(), "value")
        self._need_seeds()

    def arrange(self) -> list[widgets.Widget]:
        moved = [control for name, control in self.controls.items() if name != "steps"]
        left = widgets.VBox(moved, layout={"width": "280px", "flex": "0 0 auto"})
        right = widgets.VBox([self.image, self.steering()], layout={"min_width": "0"})
        return [widgets.HBox([left, right], layout={"grid_gap": "8px"})]

    def network(self) -> binary.Network:
        now = self.parameters
        return build(now["network"], now["N"], now["weights_rng"], now["self_connection"])

    def _need_seeds(self) -> None:
        self.controls["weights_rng"].disabled = self.controls["network"].value in FIXED
        self.controls["rng"].disabled = not self.controls["schedule"].value.startswith("random")

    def _change_size(self, N: int) -> None:
        """Offer the networks and starts of another size; keep the kind of network where it exists."""
        network, start = self.controls["network"], self.controls["start"]
        old, signs = network.value, start.value
        with self.together():
            network.options = NETWORKS[N]
            network.value = old if old in NETWORKS[N] else RANDOM[0]
            start.options = _networks.starts(N)
            start.value = (signs + "-")[:N]


def energy_landscape(
    network: str = "random weights and bias",
    N: int = 4,
    *,
    weights_rng: int = 0,
    self_connection: int = 0,
    schedule: str = "ordered",
    start: str | None = None,
    steps: int = 2,
    rng: int = 0,
) -> EnergyLandscape:
    """The energy of every state, and a ball that rolls along a recall.

    Parameters
    ----------
    network : str
        A symmetric network by name, such as "frustrated (fig. 1.4)" with N = 3, "one stored
        pattern", "random weights", "random weights and bias".
    N : int
        Number of units, 3 or 4.
    weights_rng : int
        Seed of random weights and patterns, 0..20.
    self_connection : int
        The weight w_ii of every unit, -4..4.
    schedule : {"ordered", "random", "random-unit", "synchronous"}
        Who is updated when.
    start : str, optional
        The first state, such as "+-+-" (unit 1 first); by default all units at -1.
    steps : int
        Steps done in the first view, 0..24.
    rng : int
        Seed of the random schedules, 0..20.

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
    N = _check.one_of(N, "N", tuple(NETWORKS))
    return EnergyLandscape(
        network=network,
        N=N,
        weights_rng=weights_rng,
        self_connection=self_connection,
        schedule=schedule,
        start="-" * N if start is None else start,
        steps=steps,
        rng=rng,
    )
