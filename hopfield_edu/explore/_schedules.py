"""Three schedules side by side: the same network from the same start."""

from __future__ import annotations

from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from hopfield_edu import _check, binary, patterns, plots
from hopfield_edu.explore import _networks, _walk
from hopfield_edu.explore._base import Explorer, narrow
from hopfield_edu.explore._controls import declared, drawing, given, seed
from hopfield_edu.explore._svg import Target, field, offer

MOST_SWEEPS = 8
PATIENCE = 60  # sweeps after which a network is said not to have settled
WIDE = ((0.0, 0.05, 0.36, 0.86), (0.46, 0.03, 0.53, 0.96))  # network, runs
TIGHT = ((0.0, 0.63, 1.0, 0.36), (0.14, 0.01, 0.85, 0.6))

CONTROLS = {
    "network": _networks.network_control(_networks.names, lambda N: _networks.names(N)[0]),
    "N": _networks.size_control(3),
    "start": _networks.start_control(),
    "sweeps": given(
        f"How far the runs are shown, 1..{MOST_SWEEPS}; a synchronous step takes the time of a sweep",
        6,
        check=lambda value, name: _check.count(value, name, low=1, high=MOST_SWEEPS),
        kind="int",
    ),
    "rng": seed(
        "Seed",
        "Seed of random orders and random weights: the course is that of ``net.recall(..., rng=rng)``",
        4,
    ),
}


@drawing(CONTROLS)
def draw_schedules(fig: Figure, network: str, N: int, start: str, sweeps: int, rng: int) -> str:
    """The same network from the same start under three schedules, side by side.

    Returns
    -------
    str
        Where each schedule leads.

    Notes
    -----
    Wiskott, *Hopfield Networks*, section 1.2.
    """
    net, boxes = _networks.build(network, N, rng), TIGHT if narrow(fig) else WIDE
    plots.network(net.weights, patterns.from_label(start), ax=fig.add_axes(boxes[0]))
    columns, gap = sweeps * N, 0.5 * N
    ax = _walk.strip_axes(fig, boxes[1], columns, 3 * (N + gap) + 0.2 * gap)
    ends, ax.alt_text = {}, ""
    for k, schedule in enumerate(("synchronous", "ordered", "random")):
        wide = N if schedule == "synchronous" else 1
        course = _walk.walk(net, patterns.from_label(start), schedule, PATIENCE * N // wide, "keep", rng)
        ends[schedule] = _end_of(net, course, schedule)
        shown = _walk.Walk(course.states[: columns // wide + 1], course.updated[: columns // wide])
        top = k * (N + gap) + 0.8 * gap
        _walk.strip(ax, shown, columns, wide=wide, top=top)
        ax.text(-0.5, top - 0.12 * gap, f"{schedule}: {ends[schedule]}", va="bottom", fontsize=10)
        ax.alt_text += f"{schedule.capitalize()}: {_walk.visited(shown)} "
        offer(fig, _states_on_offer(ax, shown, schedule, wide, top))
    legend = "time  (dot: updated, ring: changed)"
    ax.text(columns / 2, 3 * (N + gap) - 0.1 * gap, legend, ha="center", va="top", fontsize=9.5)
    offer(fig, _walk.units_on_offer(course.states[0]))
    told = "; ".join(f"{schedule} updates lead to {end}" for schedule, end in ends.items())
    moral = (
        "The order of updates decides where this ends."
        if len(set(ends.values())) > 1
        else "Here the order makes no difference."
    )
    return f"From {_walk.name(patterns.from_label(start))}, {told}. {moral}"


def _end_of(net: binary.Network, course: _walk.Walk, schedule: str) -> str:
    """What a run comes to, in a few words."""
    sweep = 1 if schedule == "synchronous" else net.N
    fixed = net.is_fixed_point(course.states)
    for t, state in enumerate(course.states):
        if fixed[t]:
            return f"the fixed point {_walk.name(state)}"
        if length := _walk.cycle_length(course, schedule, t):
            return f"a cycle of {length // sweep} sweeps"
    if _walk.wandering(net, course.states[-1], "keep"):
        return "endless wandering"
    return f"no rest within {PATIENCE} sweeps"


def _states_on_offer(ax: Axes, course: _walk.Walk, schedule: str, wide: int, top: float) -> dict[str, Target]:
    """A click on a column of a strip starts all runs in its state."""
    found, N = {}, course.states.shape[1]
    for t, state in enumerate(course.states[1:]):
        field(ax, gid := f"column {schedule} {t + 1}", (0.5 + wide * t, top), wide, N)
        words = f"{schedule}, after {t + 1}: start in {_walk.name(state)}"
        found[gid] = Target(words, {"start": patterns.label(state)})
    return found


class Schedules(Explorer):
    """What `schedules` returns."""


@declared(CONTROLS, keyword="N")
def schedules(**given: Any) -> Schedules:
    """Who influences whom first? One network, one start, three schedules side by side.

    Returns
    -------
    Schedules

    Examples
    --------
    >>> schedules().caption.endswith("The order of updates decides where this ends.")
    True
    """
    return Schedules(
        draw_schedules,
        CONTROLS,
        given,
        name="schedules",
        suggestion=(
            "move the seed. Which of the three runs changes, and does it always end in the same state? "
            "Then look for a start from which all three agree: click a unit to flip it, or any column."
        ),
        size=(8.6, 3.6),
        stacked=(4.4, 6.4),
        themed=True,
    )
