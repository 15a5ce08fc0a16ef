"""Two graded units that inhibit each other: gain and inputs decide whether they remember."""

from __future__ import annotations

from typing import Any

import ipywidgets as widgets
import numpy as np
from matplotlib.figure import Figure

from hopfield_edu import graded, plots
from hopfield_edu.explore._base import Explorer, narrow
from hopfield_edu.explore._controls import Control, declared, drawing, real
from hopfield_edu.explore._svg import Drag, Target, field, offer

WIDE = ((0.08, 0.13, 0.4, 0.78), (0.58, 0.13, 0.4, 0.78))
TIGHT = ((0.13, 0.57, 0.85, 0.38), (0.13, 0.07, 0.85, 0.38))
LEAST, MOST = 0.02, 0.98  # outputs to start from
PLACES = 0.08 + 0.12 * np.arange(8)  # along each axis, to be clicked


def _start(unit: str, default: float) -> Control:
    meaning = "Output of the unit at the start of the trajectory"
    return real(f"Start V{unit}", meaning, default, LEAST, MOST, step=0.02, folded=True)


CONTROLS = {
    "gain": real("Gain β", "beta of the logistic gain functions", 8.0, 1.0, 12.0, step=0.5, readout=".1f"),
    "input_1": real("Input b₁", "The constant input of unit 1", 0.5, 0.0, 1.0, step=0.05),
    "input_2": real("Input b₂", "The constant input of unit 2", 0.5, 0.0, 1.0, step=0.05),
    "start_1": _start("₁", 0.3),
    "start_2": _start("₂", 0.22),
}


def build(gain: float = 8.0, input_1: float = 0.5, input_2: float = 0.5) -> graded.Network:
    """The flip-flop: weights of -1 in both directions, logistic units."""
    return graded.Network([[0, -1], [-1, 0]], [input_1, input_2], graded.logistic(gain))


@drawing(CONTROLS)
def draw_flip_flop(
    fig: Figure, gain: float, input_1: float, input_2: float, start_1: float, start_2: float
) -> str:
    """Phase portrait with nullclines, and energy contours, of two units that inhibit each other.

    Returns
    -------
    str
        What rests where, where the trajectory ends, and how far the energy falls.

    Notes
    -----
    Hopfield, *Hopfield network*, Scholarpedia, figure 2.
    """
    net, start = build(gain, input_1, input_2), np.array([start_1, start_2])
    left, right = (fig.add_axes(box) for box in (TIGHT if narrow(fig) else WIDE))
    way = net.recall(net.gain.inverse(start), 30.0, record=True, rtol=1e-6, points=481)
    plots.phase_portrait(net, starts=[way], ax=left)
    beside = {"loc": "lower left", "bbox_to_anchor": (0.03, 1), "ncols": 2, "frameon": False}
    left.legend(fontsize=9, labelcolor=plots.INK, borderaxespad=0.2, **beside)
    plots.energy_contours(net, starts=[way], points=41, levels=12, ax=right)
    for i, j in np.ndindex(len(PLACES), len(PLACES)):
        field(left, f"place {i},{j}", (PLACES[i] - 0.06, PLACES[j] - 0.06), 0.12, 0.12)
        one, two = (round(float(PLACES[k]), 2) for k in (i, j))
        words = f"start at V₁ = {one:.2f}, V₂ = {two:.2f}"
        offer(fig, {f"place {i},{j}": Target(words, {"start_1": one, "start_2": two})})
    left.plot(*start, "o", ms=8, color=plots.INK, gid="start")  # full: open ones are unstable
    field(left, "outputs", (LEAST, LEAST), MOST - LEAST, MOST - LEAST)
    words = f"start at {start_1:.2f}, {start_2:.2f}: drag it"
    drag = Drag(_moved, (start_1, start_2), (LEAST, LEAST, MOST, MOST), "outputs", 0.02)
    offer(fig, {"start": Target(words, drag=drag)})
    before, after = (net.energy(x) for x in (way.initial, way.final))
    end = " and ".join(_number(v) for v in net.output(way.final))
    energy = f"falls from {_number(before, 3)} to {_number(after, 3)}"
    if _number(before, 3) == _number(after, 3):
        energy = f"stays at {_number(after, 3)}"
    return (
        f"{_rest(net)} From V₁ = {_number(start_1)}, V₂ = {_number(start_2)} the outputs go to {end}; "
        f"the energy {energy}."
    )


def _moved(V1: float, V2: float) -> dict[str, Any]:
    """Another start: as near as the controls have it."""
    return {"start_1": round(V1, 2), "start_2": round(V2, 2)}


def _rest(net: graded.Network) -> str:
    """What kind of device this is."""
    points = graded.crossings(net)
    if any(abs(point.eigenvalues.real.max()) < 1e-6 for point in points):
        return "At the edge: the gain is the critical one, and two sides are just about to appear."
    stable = [point.V for point in points if point.stable]
    if len(stable) == 2:
        return "Two stable fixed points: a flip-flop that remembers which side it was on."
    V = stable[0]
    if abs(V[0] - V[1]) < 0.02:
        return "One stable fixed point, with both units alike: it remembers nothing."
    return f"One stable fixed point, in favour of unit {1 if V[0] > V[1] else 2}: the inputs decide."


def _number(value: float, digits: int = 2) -> str:
    return f"{round(value, digits) + 0.0:.{digits}f}".replace("-", "−")


class FlipFlop(Explorer):
    """What `flip_flop` returns; `mirror` is its button."""

    def arrange(self) -> list[widgets.Widget]:
        first, *others = self.bars()
        swap = self.button("Exchange start", "V₁ and V₂ of the start change places", self.mirror)
        first.children = (*first.children, swap)
        return [first, *others, self.image]

    def mirror(self) -> None:
        """Let the trajectory start on the other side of the diagonal."""
        self.set(start_1=self.controls["start_2"].value, start_2=self.controls["start_1"].value)


@declared(CONTROLS, keyword="start_1")
def flip_flop(**given: Any) -> FlipFlop:
    """Two units that inhibit each other: phase portrait and energy (Scholarpedia fig. 2).

    Returns
    -------
    FlipFlop

    Examples
    --------
    >>> explorer = flip_flop(gain=3)
    >>> explorer.caption.split(":")[0]
    'One stable fixed point, with both units alike'
    """
    return FlipFlop(
        draw_flip_flop,
        CONTROLS,
        given,
        name="flip_flop",
        suggestion=(
            "lower the gain until the star in one corner meets the one in the other: at which value? "
            "Back at 8, raise input b₁ step by step. When does the trajectory change sides, and when is "
            "there only one side left? Last, exchange the start. Drag the start in the first picture, or "
            "click where it is to be."
        ),
        size=(7.8, 3.9),
        stacked=(4.2, 7.2),
        themed=True,
    )
