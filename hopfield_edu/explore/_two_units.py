"""Two units in motion, step by step: the network, its transition graph, the states visited."""

from __future__ import annotations

from typing import Any

import ipywidgets as widgets
import numpy as np
from matplotlib.figure import Figure

from hopfield_edu import _check, binary, patterns, plots, state_space
from hopfield_edu.explore import _networks, _walk
from hopfield_edu.explore._base import SEEDS, drawing_on, dropdown, row, slider

WEIGHTS = ("w11", "w12", "w21", "w22")
HEAVIEST = 1e6  # weight that is drawn
PRESETS = {
    "network 1 (fig. 1.3)": (0, -1, 1, 0),
    "network 2 (fig. 1.3)": (0, -1, -1, 0),
    "friends": (0, 1, 1, 0),
    "one way: 2 follows 1": (0, 0, 1, 0),
    "stubborn": (2, -1, -1, 2),
    "restless": (-2, 1, 1, -2),
    "no connections": (0, 0, 0, 0),
}
OWN = "your own"
SCHEDULES = {
    "synchronous": "synchronous",
    "ordered (1, 2, 1, 2, ...)": "ordered",
    "random order in each sweep": "random",
    "one random unit per step": "random-unit",
}
TIES = {"keeps its value": "keep", "becomes +1": 1, "becomes −1": -1}


def draw_two_units(
    fig: Figure,
    w11: float = 0,
    w12: float = -1,
    w21: float = 1,
    w22: float = 0,
    schedule: str = "ordered",
    ties: Any = "keep",
    start: str = "--",
    steps: int = 3,
    rng: int = 0,
) -> str:
    """Two units: the network, its transition graph, and the states visited.

    Parameters
    ----------
    fig : Figure
    w11, w12, w21, w22 : float
        Weights; w12 leads from unit 2 to unit 1.
    schedule : {"synchronous", "ordered", "random", "random-unit"}
    ties : {"keep", 1, -1}
        The value of a unit whose total input is zero.
    start : str
        The first state, such as "+-" (unit 1 first).
    steps : int
        How many updates (synchronous: of both units) have been done.
    rng : int
        Seed of the random schedules.

    Returns
    -------
    str
        What the last step did, why, and what the run has come to.

    Notes
    -----
    Wiskott, *Hopfield Networks*, section 1.2 and figure 1.3.
    """
    drawing_on(fig)
    for key, value in zip(WEIGHTS, (w11, w12, w21, w22), strict=True):
        _check.number(value, key, low=-HEAVIEST, high=HEAVIEST)
    _checked(schedule, ties, start, steps, rng)
    net = binary.Network([[w11, w12], [w21, w22]])
    course = _walk.walk(net, patterns.from_label(start), schedule, steps, ties, rng)
    space = {"synchronous": schedule == "synchronous", "path": course.states[-2:]}
    plots.network(net.weights, course.states[-1], ax=fig.add_axes((0.0, 0.45, 0.38, 0.45)))
    graph = fig.add_axes((0.44, 0.25, 0.56, 0.75))
    plots.transition_graph(state_space.successors(net, ties), ax=graph, **space)
    strip = _walk.strip_axes(fig, (0.09, 0.01, 0.9, 0.2), _walk.STEPS, 2.7)
    _walk.strip(strip, course, _walk.STEPS)
    for time in range(0, _walk.STEPS + 1, 4):
        strip.text(time, 2.1, str(time), ha="center", va="top", fontsize=9.5)
    strip.alt_text = _walk.visited(course)
    return f"{_what_happened(net, course, ties)} {_what_it_means(net, course, schedule, ties)}"


def _what_happened(net: binary.Network, course: _walk.Walk, ties: Any) -> str:
    """The last step, told with its numbers."""
    t = len(course.updated)
    if t == 0:
        return f"Start in {_walk.name(course.states[0])}."
    before, after = course.states[-2:]
    parts = [
        f"{_walk.total_input(net, before, i)}: {_walk.effect(net, before, after, i, ties)}"
        for i in course.updated[-1]
    ]
    who = f"unit {course.updated[-1][0] + 1}" if len(parts) == 1 else "all units at once"
    return f"Step {t}, {who}: {'; '.join(parts)}. {_walk.name(before)} → {_walk.name(after)}."


def _what_it_means(net: binary.Network, course: _walk.Walk, schedule: str, ties: Any) -> str:
    """Fixed point, cycle, endless wandering, or not known yet."""
    state = course.states[-1]
    if net.is_fixed_point(state, ties):
        return f"Now {_walk.name(state)} is a fixed point: no unit wants to change."
    length = _walk.cycle_length(course, schedule, len(course.updated))
    if length:
        visited = " → ".join(map(_walk.name, course.states[-length - 1 :]))
        if schedule == "synchronous":
            return f"A cycle of length {length} has closed: {visited}."
        sweeps = length // net.N
        return f"A cycle has closed, {length} updates or {sweeps} sweep{'s'[: sweeps > 1]} long: {visited}."
    wandering = _walk.wandering(net, state, ties) if schedule.startswith("random") else []
    if wandering:
        return f"This never settles: updates lead on and on through {_listed(net, wandering, ties)}"
    wants = [str(i + 1) for i in range(net.N) if net.update(state, i, ties)[i] != state[i]]
    return f"Unit{'s'[: len(wants) > 1]} {' and '.join(wants)} would change if updated."


def _listed(net: binary.Network, codes: list[int], ties: Any) -> str:
    """States in which random updates wander; with a remark where only the waiting times are random."""
    names = ", ".join(_walk.name(state_space.decode(code, net.N)) for code in codes)
    table = state_space.successors(net, ties)[codes]
    if ((table != np.array(codes)[:, None]).sum(axis=1) == 1).all():
        return (
            f"{names}. In each of these states exactly one unit wants to change, so their order is "
            "fixed and only the waiting times are random."
        )
    return f"{names}."


def _checked(schedule: str, ties: Any, start: str, steps: int, rng: int) -> None:
    """Refuse what cannot be drawn."""
    _check.schedule(schedule)
    _check.ties(ties)
    _check.one_of(start, "start", tuple(_networks.starts(2).values()))
    _check.count(steps, "steps", high=_walk.STEPS)
    _check.count(rng, "rng")


class TwoUnits(_walk.Walker):
    """What `two_units` returns; `step`, `run` and `reset` are its buttons."""

    def __init__(self, *, schedule: str, ties: Any, start: str, steps: int, rng: int, **given: int) -> None:
        _checked(schedule, ties, start, steps, _check.count(rng, "rng", high=SEEDS))
        for key in WEIGHTS:
            _check.count(given[key], key, low=-2, high=2)
        weights = {
            key: slider(f"w{_walk.sub(i, j)}, {j + 1} → {i + 1}", given[key], -2, 2)
            for key, i, j in (("w11", 0, 0), ("w12", 0, 1), ("w21", 1, 0), ("w22", 1, 1))
        }
        others = {
            "schedule": dropdown("Schedule", SCHEDULES, schedule),
            "ties": dropdown("At a tie", TIES, ties),
            "start": dropdown("Start in", _networks.starts(2), start),
            "rng": slider("Seed", rng, 0, SEEDS),
            "steps": slider("Step", steps, 0, _walk.STEPS),
        }
        self.preset = dropdown("Network", [*PRESETS, OWN], OWN).add_class("hopfield-control-preset")
        super().__init__(
            draw_two_units,
            weights | others,
            name="two_units",
            suggestion=(
                "keep the network and change only the schedule. Which networks go round in circles with "
                "one schedule and come to rest with another?"
            ),
            size=(5.7, 4.3),
        )
        self._name_network()
        self._need_a_seed()
        self.controls["schedule"].observe(lambda _: self._need_a_seed(), "value")
        self.preset.observe(lambda _: self._choose_network(), "value")
        for weight in weights.values():
            weight.observe(lambda _: self._name_network(), "value")

    def arrange(self) -> list[widgets.Widget]:
        moved = {name: control for name, control in self.controls.items() if name != "steps"}
        left = widgets.VBox([self.preset, *moved.values()], layout={"width": "280px", "flex": "0 0 auto"})
        right = widgets.VBox([self.image, self.steering()], layout={"flex": "1 1 420px"})
        return [row(left, right, align_items="flex-start", grid_gap="8px")]

    def network(self) -> binary.Network:
        w11, w12, w21, w22 = self._weights()
        return binary.Network([[w11, w12], [w21, w22]])

    def _need_a_seed(self) -> None:
        self.controls["rng"].disabled = not self.controls["schedule"].value.startswith("random")

    def _choose_network(self) -> None:
        if PRESETS.get(self.preset.value, self._weights()) != self._weights():
            chosen = zip(WEIGHTS, PRESETS[self.preset.value], strict=True)
            with self.together():
                for key, value in chosen:
                    self.controls[key].value = value

    def _name_network(self) -> None:
        """Show in the list of networks which of them this is."""
        if not self._held:
            known = {weights: name for name, weights in PRESETS.items()}
            self.preset.value = known.get(self._weights(), OWN)

    def _weights(self) -> tuple[int, ...]:
        return tuple(self.controls[key].value for key in WEIGHTS)


def two_units(
    w11: int = 0,
    w12: int = -1,
    w21: int = 1,
    w22: int = 0,
    *,
    schedule: str = "ordered",
    ties: Any = "keep",
    start: str = "--",
    steps: int = 3,
    rng: int = 0,
) -> TwoUnits:
    """Any network of two units under any schedule, step by step (Wiskott fig. 1.3).

    Parameters
    ----------
    w11, w12, w21, w22 : int
        Weights within -2..2; w12 leads from unit 2 to unit 1. By default network 1 of the lecture.
    schedule : {"synchronous", "ordered", "random", "random-unit"}
        Who is updated when.
    ties : {"keep", 1, -1}
        The value of a unit whose total input is zero.
    start : str
        The first state, such as "+-" (unit 1 first).
    steps : int
        Steps done in the first view, 0..24.
    rng : int
        Seed of the random schedules, 0..20.

    Returns
    -------
    TwoUnits

    Examples
    --------
    >>> explorer = two_units(w12=-1, w21=-1, steps=0)
    >>> explorer.run()
    >>> explorer.caption.endswith("Now +− is a fixed point: no unit wants to change.")
    True
    """
    return TwoUnits(
        w11=w11, w12=w12, w21=w21, w22=w22, schedule=schedule, ties=ties, start=start, steps=steps, rng=rng
    )
