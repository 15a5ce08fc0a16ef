"""Three schedules side by side: the same network from the same start."""

from __future__ import annotations

from typing import Any

from matplotlib.figure import Figure

from hopfield_edu import _check, binary, patterns, plots
from hopfield_edu.explore import _networks, _walk
from hopfield_edu.explore._base import SEEDS, Explorer, drawing_on, dropdown, fit, slider

MOST_SWEEPS = 8
PATIENCE = 60  # sweeps after which a network is said not to have settled


def draw_schedules(
    fig: Figure,
    network: str = "three rivals",
    N: int = 3,
    start: str = "---",
    sweeps: int = 6,
    rng: int = 4,
) -> str:
    """The same network from the same start under three schedules, side by side.

    Parameters
    ----------
    fig : Figure
    network : str
        A network of N units, by name; the random ones depend on `rng`.
    N : int
        Number of units, 2 to 4.
    start : str
        The first state, such as "+-+".
    sweeps : int
        How far the runs are shown; a synchronous step takes the time of a sweep.
    rng : int
        Seed of random orders and random weights: the course is that of ``net.recall(..., rng=rng)``.

    Returns
    -------
    str
        Where each schedule leads.

    Notes
    -----
    Wiskott, *Hopfield Networks*, section 1.2.
    """
    drawing_on(fig)
    _checked(network, N, start, sweeps, rng)
    net = _networks.build(network, N, rng)
    plots.network(net.weights, patterns.from_label(start), ax=fig.add_axes((0.0, 0.05, 0.36, 0.86)))
    columns, gap = sweeps * N, 0.5 * N
    ax = _walk.strip_axes(fig, (0.46, 0.03, 0.53, 0.96), columns, 3 * (N + gap) + 0.2 * gap)
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
    legend = "time  (dot: updated, ring: changed)"
    ax.text(columns / 2, 3 * (N + gap) - 0.1 * gap, legend, ha="center", va="top", fontsize=9.5)
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


def _checked(network: str, N: int, start: str, sweeps: int, rng: int) -> None:
    """Refuse what cannot be drawn."""
    _check.one_of(network, "network", _networks.names(_check.count(N, "N", low=2, high=4)))
    _check.one_of(start, "start", tuple(_networks.starts(N).values()))
    _check.count(sweeps, "sweeps", low=1, high=MOST_SWEEPS)
    _check.count(rng, "rng")


class Schedules(Explorer):
    """What `schedules` returns."""

    def __init__(self, network: str, N: int, start: str, sweeps: int, rng: int) -> None:
        _checked(network, N, start, sweeps, _check.count(rng, "rng", high=SEEDS))
        self.sweeps = sweeps
        size = dropdown("Units", [2, 3, 4], N, **fit("105px"))
        size.observe(lambda change: self._change_size(change["new"]), "value")
        super().__init__(
            draw_schedules,
            {
                "N": size,
                "network": dropdown("Network", _networks.names(N), network, **fit("265px")),
                "start": dropdown("Start in", _networks.starts(N), start, **fit("140px")),
                "rng": slider("Seed", rng, 0, SEEDS, **fit("190px")),
            },
            name="schedules",
            suggestion=(
                "move the seed. Which of the three runs changes, and does it always end in the same state? "
                "Then look for a start from which all three agree."
            ),
            size=(8.6, 3.6),
        )

    @property
    def parameters(self) -> dict[str, Any]:
        return {**super().parameters, "sweeps": self.sweeps}

    def _change_size(self, N: int) -> None:
        """Offer the networks and starts of another size."""
        with self.together():
            self.controls["network"].options = _networks.names(N)
            self.controls["start"].options = _networks.starts(N)


def schedules(
    network: str | None = None,
    *,
    N: int = 3,
    start: str | None = None,
    sweeps: int = 6,
    rng: int = 4,
) -> Schedules:
    """Who influences whom first? One network, one start, three schedules side by side.

    Parameters
    ----------
    network : str, optional
        One of the networks of `N` units in the list; by default the first.
    N : int
        2, 3 or 4 units.
    start : str, optional
        The first state, such as "+-+"; by default all units at -1.
    sweeps : int
        How far the runs are shown, 1..8.
    rng : int
        Seed of random orders and random weights, 0..20.

    Returns
    -------
    Schedules

    Examples
    --------
    >>> schedules().caption.endswith("The order of updates decides where this ends.")
    True
    """
    N = _check.count(N, "N", low=2, high=4)
    network = _networks.names(N)[0] if network is None else network
    return Schedules(network, N, "-" * N if start is None else start, sweeps, rng)
