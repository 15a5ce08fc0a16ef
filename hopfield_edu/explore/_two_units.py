"""Two units in motion, step by step: the network, its transition graph, the states visited."""

from __future__ import annotations

from typing import Any

import ipywidgets as widgets
import numpy as np
from matplotlib.figure import Figure

from hopfield_edu import _check, binary, patterns, plots, state_space
from hopfield_edu.explore import _networks, _walk
from hopfield_edu.explore._base import narrow
from hopfield_edu.explore._controls import Control, chance, choice, declared, drawing, schedule, ties, whole
from hopfield_edu.explore._svg import Target, offer

WEIGHTS = ("w11", "w12", "w21", "w22")
STRONGEST = 2  # that a slider offers
HEAVIEST = 1e6  # that is drawn
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
PRESET = choice("Network", "A network by its name", OWN, [*PRESETS, OWN])
WIDE = ((0.0, 0.32, 0.44, 0.6), (0.48, 0.25, 0.52, 0.75), (0.08, 0.01, 0.9, 0.2))  # network, graph, strip
TIGHT = ((0.0, 0.7, 1.0, 0.3), (0.0, 0.17, 1.0, 0.53), (0.13, 0.01, 0.86, 0.14))


def _weight(i: int, j: int, default: int) -> Control:
    """The weight from unit j to unit i; a drawing takes any number."""
    return whole(
        f"w{_walk.sub(i, j)}, {j + 1} → {i + 1}",
        f"Weight from unit {j + 1} to unit {i + 1}",
        default,
        -STRONGEST,
        STRONGEST,
        drawn=lambda value, name: _check.number(value, name, low=-HEAVIEST, high=HEAVIEST),
        folded=True,
    )


CONTROLS = {
    "w11": _weight(0, 0, 0),
    "w12": _weight(0, 1, -1),
    "w21": _weight(1, 0, 1),
    "w22": _weight(1, 1, 0),
    "schedule": schedule("ordered"),
    "ties": ties(folded=True),
    "start": choice(
        "Start in", 'The first state, such as "+-" (unit 1 first)', "--", _networks.starts(2), folded=True
    ),
    "steps": whole("Step", "Steps done (synchronous: of both units)", 3, 0, _walk.STEPS),
    "rng": chance("Seed"),
}


@drawing(CONTROLS)
def draw_two_units(
    fig: Figure,
    w11: float,
    w12: float,
    w21: float,
    w22: float,
    schedule: str,
    ties: Any,
    start: str,
    steps: int,
    rng: int,
) -> str:
    """Two units: the network, its transition graph, and the states visited.

    Returns
    -------
    str
        What the last step did, why, and what the run has come to.

    Notes
    -----
    Wiskott, *Hopfield Networks*, section 1.2 and figure 1.3.
    """
    net = binary.Network([[w11, w12], [w21, w22]])
    course = _walk.walk(net, patterns.from_label(start), schedule, steps, ties, rng)
    space = {"synchronous": schedule == "synchronous", "path": course.states[-2:]}
    boxes = TIGHT if narrow(fig) else WIDE
    plots.network(net.weights, course.states[-1], every=True, ax=fig.add_axes(boxes[0]))
    plots.transition_graph(state_space.successors(net, ties), ax=fig.add_axes(boxes[1]), **space)
    strip = _walk.strip_axes(fig, boxes[2], _walk.STEPS, 2.7)
    _walk.strip(strip, course, _walk.STEPS)
    for time in range(0, _walk.STEPS + 1, 4):
        strip.text(time, 2.1, str(time), ha="center", va="top", fontsize=9.5)
    strip.alt_text = _walk.visited(course)
    offer(fig, _weights_on_offer(net) | _walk.units_on_offer(course.states[-1], steps=0))
    offer(fig, _walk.states_on_offer(2, steps=0))
    return f"{_what_happened(net, course, ties)} {_what_it_means(net, course, schedule, ties)}"


def _weights_on_offer(net: binary.Network) -> dict[str, Target]:
    """A click on an arrow makes its weight larger by one, and the largest the smallest."""
    found = {}
    for i, j in np.ndindex(2, 2):
        now = net.weights[i, j]
        then = now + 1 if now < STRONGEST else -STRONGEST
        words = f"weight from unit {j + 1} to unit {i + 1}, {_walk.signed(now)}: make it {_walk.signed(then)}"
        found[f"w{i + 1},{j + 1}"] = Target(words, {f"w{i + 1}{j + 1}": int(then)})
    return found


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


class TwoUnits(_walk.Walker):
    """What `two_units` returns; `step`, `run` and `reset` are its buttons."""

    def __init__(self, **given: Any) -> None:
        self.preset = PRESET.widget(OWN, {}).add_class("hopfield-control-preset")
        self.preset.observe(lambda change: self._choose_network(change["new"]), "value")
        super().__init__(
            draw_two_units,
            CONTROLS,
            given,
            name="two_units",
            suggestion=(
                "keep the network and change only the schedule. Which networks go round in circles with "
                "one schedule and come to rest with another? Click a unit to flip it, a state to start "
                "there, an arrow to change its weight."
            ),
            size=(7.6, 4.3),
            stacked=(4.0, 6.6),
            themed=True,
        )

    def arrange(self) -> list[widgets.Widget]:
        return [*self.bars(self.preset, without=["steps"]), self.image, self.steering()]

    def network(self) -> binary.Network:
        w11, w12, w21, w22 = self._weights()
        return binary.Network([[w11, w12], [w21, w22]])

    def _choose_network(self, name: str) -> None:
        if PRESETS.get(name, self._weights()) != self._weights():
            self.set(**dict(zip(WEIGHTS, PRESETS[name], strict=True)))

    def _settle(self) -> None:
        """Show in the list of networks which of them this is."""
        super()._settle()
        known = {weights: name for name, weights in PRESETS.items()}
        self.preset.value = known.get(self._weights(), OWN)

    def _weights(self) -> tuple[int, ...]:
        return tuple(self.controls[key].value for key in WEIGHTS)


@declared(CONTROLS, keyword="schedule")
def two_units(**given: Any) -> TwoUnits:
    """Any network of two units under any schedule, step by step (Wiskott fig. 1.3).

    By default it is network 1 of the lecture.

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
    return TwoUnits(**given)
