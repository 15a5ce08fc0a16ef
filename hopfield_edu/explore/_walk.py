"""A network followed update by update, and what a learner wants to be told about it."""

from __future__ import annotations

from itertools import islice
from typing import Any, NamedTuple

import ipywidgets as widgets
import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import ListedColormap
from matplotlib.figure import Figure
from numpy.typing import ArrayLike, NDArray

from hopfield_edu import _check, _schedule, binary, patterns, plots, state_space
from hopfield_edu.explore import _networks
from hopfield_edu.explore._base import Explorer, row
from hopfield_edu.explore._svg import Target

SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
STATES = ListedColormap([plots.PAPER, plots.INK])
STEPS = 24  # that a run can be followed for


class Walk(NamedTuple):
    """Every update of a run: also those that change nothing."""

    states: NDArray[np.int_]  # (T + 1, N)
    updated: list[tuple[int, ...]]  # the units, from 0, that each of the T steps updated


def walk(net: binary.Network, start: ArrayLike, schedule: str, steps: int, ties: Any, rng: int) -> Walk:
    """Follow a network for `steps` steps: one unit a step, or all of them if synchronous.

    The same seed gives the same course as `binary.Network.recall`, of which fewer steps are the beginning.
    """
    table = state_space.successors(net, ties)
    codes = [state_space.encode(_check.bipolar(start, "start", ndim=(1,), units=net.N))]
    who = islice(_schedule.visits(net.N, schedule, rng=rng), steps)  # as `binary.Network.recall` would
    updated = [tuple(units.tolist()) for units in who]
    for units in updated:
        before = after = codes[-1]
        for i in units:  # all of them see the state before the step
            after ^= before ^ int(table[before, i])
        codes.append(after)
    return Walk(state_space.decode(codes, net.N), updated)


def cycle_length(course: Walk, schedule: str, time: int) -> int:
    """After how many steps the run has come back to the state at `time`; 0 if that cannot be said yet.

    Only a deterministic schedule that is at the same point of its sweep again is bound to repeat itself.
    """
    if schedule not in ("synchronous", "ordered"):
        return 0
    sweep = 1 if schedule == "synchronous" else course.states.shape[1]
    for before in range(time - sweep, -1, -sweep):
        if (course.states[before] == course.states[time]).all():
            return time - before
    return 0


def wandering(net: binary.Network, state: ArrayLike, ties: Any) -> list[int]:
    """The states that random updates visit for ever after, if they can also come back to this one."""
    table = state_space.successors(net, ties)
    here = state_space.encode(state)
    reached = _reachable(table, here)
    return reached if all(here in _reachable(table, code) for code in reached) else []


def _reachable(table: NDArray[Any], start: int) -> list[int]:
    found = {start}
    new = [start]
    while new:
        new = sorted({int(code) for code in table[new].ravel()} - found)
        found.update(new)
    return sorted(found)


def signed(value: float) -> str:
    """A number with its sign: '+1', '−2', '0'."""
    return f"{value:+g}".replace("-", "−") if value else "0"


def name(state: ArrayLike) -> str:
    """A state as it is printed, with real minus signs: '+−'."""
    return patterns.label(state).replace("-", "−")


def sub(*units: int) -> str:
    """Units, from 0, as an index: 'w' + sub(0, 1) is w₁₂."""
    return "".join(str(unit + 1) for unit in units).translate(SUBSCRIPTS)


def total_input(net: binary.Network, state: NDArray[Any], i: int) -> str:
    """The total input into unit i, with the numbers put in: 'h₁ = w₁₂y₂ = (−1)(−1) = +1'."""
    senders = np.flatnonzero(net.weights[i])
    if not len(senders):
        return f"h{sub(i)} = 0, for no weight leads to unit {i + 1}"
    terms = " + ".join(f"w{sub(i, j)}y{sub(j)}" for j in senders)
    numbers = " + ".join(f"({signed(net.weights[i, j])})({signed(state[j])})" for j in senders)
    return f"h{sub(i)} = {terms} = {numbers} = {signed(field(net, state, i))}"


def field(net: binary.Network, state: NDArray[Any], i: int) -> float:
    return float(net.weights[i] @ state + net.bias[i])


def effect(net: binary.Network, before: NDArray[Any], after: NDArray[Any], i: int, ties: Any) -> str:
    """What an update did to unit i: 'it turns to +1'."""
    tie = field(net, before, i) == 0
    if tie and ties == "keep":
        return f"a tie: it keeps {signed(before[i])}"
    because = f"a tie, which counts as {signed(ties)} here: " if tie else ""
    turns = before[i] != after[i]
    return f"{because}it {'turns to' if turns else 'stays at'} {signed(after[i])}"


def strip(ax: Axes, course: Walk, columns: int, *, wide: int = 1, top: float = 0.0) -> None:
    """States over time: a column for every step, ink for +1. Updated units have a dot, flips a ring.

    A step is `wide` columns wide, so that a synchronous step can take the time of a whole sweep. The
    strip hangs from y = `top`, a unit high for every unit, in `strip_axes`.
    """
    T, N = len(course.updated), course.states.shape[1]
    end = 0.5 + wide * T
    edges = np.array([-0.5, *(0.5 + wide * np.arange(T + 1))])
    bottom = top + N
    image = course.states.repeat([1, *[wide] * T], axis=0).T
    look = {"cmap": STATES, "vmin": -1, "vmax": 1, "aspect": "auto", "interpolation": "nearest"}
    ax.imshow(image, extent=(-0.5, end, bottom, top), **look)
    ax.hlines([top, bottom], -0.5, columns + 0.5, color="#e2e2e2", lw=0.8)  # what is still to come
    ax.vlines(edges, top, bottom, color="#a9a294", lw=0.8)
    ax.hlines(top + np.arange(N + 1), -0.5, end, color="#a9a294", lw=0.8)
    middle, units = (edges[1:-1] + edges[2:]) / 2, top + 0.5 + np.arange(N)
    dots = [(x, units[i]) for x, who in zip(middle, course.updated, strict=True) for i in who]
    when, which = np.nonzero(np.diff(course.states, axis=0))
    if dots:
        ax.plot(*zip(*dots, strict=True), "o", ms=3, color=plots.HIGHLIGHT, mew=0)
    ax.plot(middle[when], units[which], "o", ms=7.5, mfc="none", mec=plots.HIGHLIGHT, mew=1.8)
    for i, y in enumerate(units):
        how = {"ha": "right", "va": "center", "fontsize": 9.5}
        ax.annotate(f"unit {i + 1}", (-0.5, y), (-5, 0), textcoords="offset points", **how)


def strip_axes(fig: Figure, box: tuple[float, float, float, float], columns: int, rows: float) -> Axes:
    """Axes without frame or ticks, which take most of the time to draw, for strips under one another."""
    ax = fig.add_axes(box)
    ax.set_axis_off()
    ax.set(xlim=(-0.5, columns + 0.5), ylim=(rows, 0), autoscale_on=False)
    return ax


def visited(course: Walk) -> str:
    """The states of a strip in words."""
    return f"States visited: {', '.join(map(name, course.states))}."


def units_on_offer(state: NDArray[Any], key: str = "start", **also: Any) -> dict[str, Target]:
    """A click on a unit of `plots.network` flips it: the parameter `key` becomes that state."""
    found = {}
    for i in range(len(state)):
        flipped = patterns.label(np.where(np.arange(len(state)) == i, -state, state))
        words = f"unit {i + 1}, {signed(state[i])}: flip it"
        found[f"unit {i + 1}"] = Target(words, {key: flipped, **also})
    return found


def states_on_offer(N: int, words: str = "start in", key: str = "start", **also: Any) -> dict[str, Target]:
    """A click on a state of a transition graph or hypercube sets the parameter `key`."""
    return {
        f"state {shown}": Target(f"{words} {shown}", {key: start, **also})
        for shown, start in _networks.starts(N).items()
    }


class Walker(Explorer):
    """An explorer that follows a run: its control `steps` says how far, its buttons move that."""

    def network(self) -> binary.Network:
        """The network that the present controls stand for."""
        raise NotImplementedError

    def steering(self) -> widgets.HBox:
        """The slider `steps` and the buttons beside it."""
        return row(
            self.controls["steps"],
            self.button("Step", "One more update", self.step, "primary"),
            self.button("Run", "Go on until it is clear where this ends", self.run),
            self.button("Reset", "Back to the start", self.reset),
        )

    def step(self) -> None:
        """One more update."""
        self.stop()
        steps = self.controls["steps"]
        steps.value = min(steps.value + 1, STEPS)

    def run(self) -> None:
        """Go on until a fixed point is reached, a cycle has closed, or there is no more room."""
        self.stop()
        self.play(self.controls["steps"], self._end(), STEPS, 0.35)

    def reset(self) -> None:
        """Back to the start."""
        self.stop()
        self.controls["steps"].value = 0

    def _end(self) -> int:
        """The first step, from the present one on, at which the outcome is known."""
        net, now = self.network(), self.parameters
        ties = now.get("ties", "keep")
        course = walk(net, patterns.from_label(now["start"]), now["schedule"], STEPS, ties, now["rng"])
        for t in range(now["steps"], STEPS):
            if net.is_fixed_point(course.states[t], ties) or cycle_length(course, now["schedule"], t):
                return t
        return STEPS
