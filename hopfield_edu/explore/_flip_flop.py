"""Two graded units that inhibit each other: gain and inputs decide whether they remember."""

from __future__ import annotations

import ipywidgets as widgets
import numpy as np
from matplotlib.figure import Figure

from hopfield_edu import _check, graded, plots
from hopfield_edu.explore._base import Explorer, drawing_on, row

LIMITS = {"gain": (1.0, 12.0), "input_1": (0.0, 1.0), "input_2": (0.0, 1.0)}
LIMITS |= {"start_1": (0.02, 0.98), "start_2": (0.02, 0.98)}
STEPS = {"gain": 0.5, "input_1": 0.05, "input_2": 0.05, "start_1": 0.04, "start_2": 0.04}
LABELS = {"gain": "Gain β", "input_1": "Input b₁", "input_2": "Input b₂"}
LABELS |= {"start_1": "Start V₁", "start_2": "Start V₂"}


def build(gain: float = 8.0, input_1: float = 0.5, input_2: float = 0.5) -> graded.Network:
    """The flip-flop: weights of -1 in both directions, logistic units."""
    return graded.Network([[0, -1], [-1, 0]], [input_1, input_2], graded.logistic(gain))


def draw_flip_flop(
    fig: Figure,
    gain: float = 8.0,
    input_1: float = 0.5,
    input_2: float = 0.5,
    start_1: float = 0.3,
    start_2: float = 0.22,
) -> str:
    """Phase portrait with nullclines, and energy contours, of two units that inhibit each other.

    Parameters
    ----------
    fig : Figure
    gain : float
        beta of the logistic gain functions.
    input_1, input_2 : float
        The constant inputs.
    start_1, start_2 : float
        Outputs at the start of the trajectory, between 0 and 1.

    Returns
    -------
    str
        What rests where, where the trajectory ends, and how far the energy falls.

    Notes
    -----
    Hopfield, *Hopfield network*, Scholarpedia, figure 2.
    """
    drawing_on(fig)
    _checked(gain, input_1, input_2, start_1, start_2)
    net, start = build(gain, input_1, input_2), np.array([start_1, start_2])
    left, right = fig.add_axes((0.08, 0.13, 0.4, 0.82)), fig.add_axes((0.58, 0.13, 0.4, 0.82))
    plots.phase_portrait(net, starts=[start], ax=left)
    left.legend(loc="upper right", fontsize=8, framealpha=0.85)
    plots.energy_contours(net, starts=[start], points=41, levels=12, ax=right)
    way = net.recall(net.gain.inverse(start), 30.0, rtol=1e-6)
    before, after = (net.energy(x) for x in (way.initial, way.final))
    end = " and ".join(_number(v) for v in net.output(way.final))
    energy = f"falls from {_number(before, 3)} to {_number(after, 3)}"
    if _number(before, 3) == _number(after, 3):
        energy = f"stays at {_number(after, 3)}"
    return (
        f"{_rest(net)} From V₁ = {_number(start_1)}, V₂ = {_number(start_2)} the outputs go to {end}; "
        f"the energy {energy}."
    )


def _checked(*values: float) -> dict[str, float]:
    """The values as numbers, by name, within their limits."""
    return {
        key: _check.number(value, key, low=low, high=high)
        for value, (key, (low, high)) in zip(values, LIMITS.items(), strict=True)
    }


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

    def __init__(self, **start: float) -> None:
        start = _checked(*(start[key] for key in LIMITS))
        sliders = {
            key: widgets.FloatSlider(
                value=value,
                min=LIMITS[key][0],
                max=LIMITS[key][1],
                step=STEPS[key],
                description=LABELS[key],
                readout_format=".1f" if key == "gain" else ".2f",
                style={"description_width": "62px"},
                layout={"width": "250px"},
            )
            for key, value in start.items()
        }
        super().__init__(
            draw_flip_flop,
            sliders,
            name="flip_flop",
            suggestion=(
                "lower the gain until the star in one corner meets the one in the other: at which value? "
                "Back at 8, raise input b₁ step by step. When does the trajectory change sides, and when is "
                "there only one side left? Last, exchange the start."
            ),
            size=(7.8, 3.8),
        )

    def arrange(self) -> list[widgets.Widget]:
        swap = self.button("Exchange start", "V₁ and V₂ of the start change places", self.mirror)
        one = [self.controls[key] for key in ("gain", "input_1", "input_2")]
        two = [self.controls[key] for key in ("start_1", "start_2")]
        return [row(*one), row(*two, swap), self.image]

    def mirror(self) -> None:
        """Let the trajectory start on the other side of the diagonal."""
        one, two = self.controls["start_1"], self.controls["start_2"]
        with self.together():
            one.value, two.value = two.value, one.value


def flip_flop(
    gain: float = 8.0,
    input_1: float = 0.5,
    input_2: float = 0.5,
    *,
    start_1: float = 0.3,
    start_2: float = 0.22,
) -> FlipFlop:
    """Two units that inhibit each other: phase portrait and energy (Scholarpedia fig. 2).

    Parameters
    ----------
    gain : float
        beta of the logistic gain functions, 1 to 12.
    input_1, input_2 : float
        The constant inputs, 0 to 1.
    start_1, start_2 : float
        Outputs at the start of the trajectory, 0.02 to 0.98.

    Returns
    -------
    FlipFlop

    Examples
    --------
    >>> explorer = flip_flop(gain=3)
    >>> explorer.caption.split(":")[0]
    'One stable fixed point, with both units alike'
    """
    return FlipFlop(gain=gain, input_1=input_1, input_2=input_2, start_1=start_1, start_2=start_2)
