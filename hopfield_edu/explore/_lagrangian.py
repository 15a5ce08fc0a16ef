"""A laboratory of Lagrangians: choose L of either layer; output, energy and flow follow."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from hopfield_edu import layered, plots
from hopfield_edu.explore import _gallery
from hopfield_edu.explore._base import Explorer, narrow
from hopfield_edu.explore._controls import choice, declared, drawing, logarithmic, real
from hopfield_edu.explore._svg import Drag, Target, field, offer

Array = NDArray[np.float64]
PATTERNS = np.array([[1.2, 0.5], [-0.9, 0.9], [0.1, -1.3]])  # three memories of two features
REACH, POINTS = 3.0, 57
LAST, FAR = 12.0, 40.0  # time constants of the features; a current beyond has run away
PLACES = np.linspace(-2.4, 2.4, 7)  # along each axis, to be clicked
FEATURES = ("linear", "tanh", "logistic", "rectified", "sphere", "divisive")
MEMORIES = ("softmax", "power 3", "linear", "tanh", "rectified", "falling")
# the two Lagrangians, the plane of the features, the energy over time
WIDE = ((0.03, 0.57, 0.25, 0.35), (0.03, 0.06, 0.25, 0.35), (0.35, 0.1, 0.36, 0.82), (0.77, 0.1, 0.22, 0.82))
TIGHT = ((0.04, 0.75, 0.43, 0.2), (0.55, 0.75, 0.43, 0.2), (0.1, 0.24, 0.86, 0.42), (0.1, 0.04, 0.86, 0.13))
LOOKS = (("L", plots.INK, "--"), ("output", plots.EXCITATORY, "-"), ("z·g − L", plots.INHIBITORY, ":"))


def _falling(z: Array) -> Array:
    return -z


def _hill(z: Array) -> Array:
    return np.asarray(-(z**2).sum(axis=-1) / 2)


def layer(name: str, beta: float) -> layered.Layer:
    """The layer of this name; `beta` is the steepness of those that have one."""
    steep = {"tanh": layered.tanh, "logistic": layered.logistic, "softmax": layered.softmax}
    plain = {"linear": layered.linear, "rectified": layered.rectified, "sphere": layered.spherical}
    if name in steep:
        return steep[name](beta)
    if name in plain:
        return plain[name]()
    if name == "divisive":
        return layered.divisive()
    return layered.power(3) if name == "power 3" else layered.Layer("-z", _hill, _falling)


@lru_cache(maxsize=64)
def network(features: str, memories: str, beta: float, tau_memory: float) -> layered.Network:
    """Two features and three memories."""
    return layered.Network(PATTERNS, layer(features, beta), layer(memories, beta), tau_memory=tau_memory)


class Way(NamedTuple):
    """A course: times (T,), states (T, 5), energies (T,), the highest dE/dt, and whether it ran away."""

    times: Array
    states: Array
    energies: Array
    steepest: float
    away: bool


def follow(net: layered.Network, start: Array) -> Way:
    """The flow by Heun's method, until LAST or until a current has run away. The memories begin at zero."""
    dt = min(1.0, net.tau_memory) / 4
    x = np.concatenate([start, np.zeros(len(PATTERNS))])
    states = [x]
    while len(states) * dt <= LAST and np.abs(x).max() <= FAR:
        v = net.velocity(x)
        x = x + dt / 2 * (v + net.velocity(x + dt * v))
        states.append(x)
    way = np.array(states)
    return Way(
        dt * np.arange(len(way)),
        way,
        net.energy(way),
        float(net.energy_rate(way).max()),
        bool(np.abs(way[-1]).max() > FAR),
    )


def _steep(now: Any) -> bool:
    return bool({now["features"], now["memories"]} & {"tanh", "logistic", "softmax"})


CONTROLS = {
    "features": choice("L of the features", "Lagrangian of the two features", "tanh", FEATURES),
    "memories": choice("L of the memories", "Lagrangian of the three memories", "softmax", MEMORIES),
    "beta": logarithmic("β", "Steepness of tanh, logistic and softmax", 3.0, 0.2, 20.0, when=_steep),
    "tau_memory": logarithmic("τ of memories", "In units of the τ of the features", 0.1, 0.1, 10.0),
    "x1": real("Start y₁", "Current of feature 1 at the start", 0.4, -3, 3, step=0.1, folded=True),
    "x2": real("Start y₂", "Current of feature 2 at the start", 2.0, -3, 3, step=0.1, folded=True),
}


@drawing(CONTROLS)
def draw_lagrangian(
    fig: Figure,
    features: str,
    memories: str,
    beta: float,
    tau_memory: float,
    x1: float,
    x2: float,
) -> str:
    """The Lagrangians with output and Legendre transform; the energy of the features, and a way down it.

    Returns
    -------
    str
        What becomes of the energy, and where the way ends.

    Notes
    -----
    Krotov and Hopfield 2021; Hopfield, *Hopfield network*, Scholarpedia, equations 1 to 4.
    """
    net = network(features, memories, beta, tau_memory)
    way = follow(net, np.array([x1, x2]))
    boxes = TIGHT if narrow(fig) else WIDE
    _curves(fig.add_axes(boxes[0]), net.features, f"features: {features}", legend=True)
    _curves(fig.add_axes(boxes[1]), net.memories, f"memories: {memories}")
    _plane(fig.add_axes(boxes[2]), net, way)
    _falls(fig.add_axes(boxes[3]), way)
    return _told(net, way, features, memories)


def _curves(ax: Axes, kind: layered.Layer, title: str, *, legend: bool = False) -> None:
    """L, the output and z·g - L of a layer of two units with currents z and 0."""
    z = np.linspace(-2.5, 2.5, 81)
    both = np.column_stack([z, np.zeros_like(z)])
    curves = (kind.lagrangian(both), kind.output(both)[:, 0], kind.legendre(both))
    _gallery.bare(ax, (-2.5, 2.5), (-1.6, 2.6), title)
    for (name, colour, dash), y in zip(LOOKS, curves, strict=True):
        ax.plot(z, np.where(np.abs(y - 0.5) < 2.1, y, np.nan), dash, color=colour, lw=1.8, label=name)
    if legend:
        look = {"fontsize": 9, "frameon": False, "ncols": 3, "handlelength": 1.4, "columnspacing": 0.9}
        ax.legend(loc="upper left", bbox_to_anchor=(-0.05, -0.03), labelcolor=plots.INK, **look)
    at = [20, 40, 60]
    told = ", ".join(f"{curves[1][k]:.2f} at {z[k]:+.2f}" for k in at)
    ax.alt_text = f"{title}: L dashed, its slope, the output, solid ({told}), z g - L dotted."


def _plane(ax: Axes, net: layered.Network, way: Way) -> None:
    """Contours of the energy if the memories are fast, and the way of the two features."""
    line = np.linspace(-REACH, REACH, POINTS)
    x, y = np.meshgrid(line, line)
    E = net.energy(net.start(np.column_stack([x.ravel(), y.ravel()]))).reshape(x.shape)
    levels = np.unique(np.quantile(E, np.linspace(0.02, 0.98, 13)))
    if len(levels) > 1:
        # neither the palest yellow nor the darkest blue: one is lost on a light page, one on a dark one
        heights = colormaps["cividis"](np.linspace(0.25, 0.85, len(levels)))
        ax.contour(x, y, E, levels=levels, colors=heights, linewidths=1.1, linestyles="solid")
    inside = np.abs(way.states[:, :2]).max(axis=1) <= REACH * 1.3
    ax.plot(*way.states[inside, :2].T, color=plots.EXCITATORY, lw=2, gid="way")
    ax.plot(*way.states[0, :2], "o", ms=9, mfc="white", mec=plots.INK, zorder=3, gid="start")
    if not way.away:
        ax.plot(*way.states[-1, :2], "o", ms=8, color=plots.EXCITATORY, mec=plots.INK, gid="end")
    ax.plot(*PATTERNS.T, "*", ms=12, color=plots.HIGHLIGHT, mec=plots.INK, gid="patterns")
    ax.set(xlim=(-REACH, REACH), ylim=(-REACH, REACH), xticks=[-2, 0, 2], yticks=[-2, 0, 2])
    ax.set_title("energy over y₁, y₂ (yellow: high)", fontsize=10.5, color=plots.INK)
    ax.set_aspect("equal")
    half = (PLACES[1] - PLACES[0]) / 2
    for i, j in np.ndindex(len(PLACES), len(PLACES)):
        one, two = (round(float(PLACES[k]), 1) for k in (i, j))
        field(ax, f"place {i},{j}", (PLACES[i] - half, PLACES[j] - half), 2 * half, 2 * half)
        words = f"start at y₁ = {one:g}, y₂ = {two:g}"
        offer(ax.figure, {f"place {i},{j}": Target(words, {"x1": one, "x2": two})})
    first, last = way.states[0], way.states[-1]
    at = (float(first[0]), float(first[1]))
    field(ax, "plane", (-REACH, -REACH), 2 * REACH, 2 * REACH)
    words = f"start at {at[0]:.1f}, {at[1]:.1f}: drag it"
    drag = Drag(_moved, at, (-REACH, -REACH, REACH, REACH), "plane", 0.1)
    offer(ax.figure, {"start": Target(words, drag=drag)})
    ax.alt_text = (
        "Energy over the two features as contours, three stored patterns as stars, and the way from "
        f"({first[0]:.1f}, {first[1]:.1f}) to ({last[0]:.1f}, {last[1]:.1f})."
    )


def _moved(y1: float, y2: float) -> dict[str, Any]:
    """Another start: as near as the controls have it."""
    return {"x1": round(y1, 1), "x2": round(y2, 1)}


def _falls(ax: Axes, way: Way) -> None:
    """The energy over time."""
    low, high = float(way.energies.min()), float(way.energies.max())
    room = max(high - low, 1e-3) * 0.08
    _gallery.bare(ax, (0, float(way.times[-1])), (low - room, high + room), "energy over time")
    ax.plot(way.times, way.energies, color=plots.INK, lw=1.8, gid="energy")
    words = {"ha": "right", "fontsize": 9, "color": plots.INK}
    for value in (high, low):
        at = (0.97, value + room / 4)
        ax.text(*at, _number(value), va="bottom", transform=ax.get_yaxis_transform(), **words)
    ax.text(1, -0.02, f"{way.times[-1]:.0f} τ", va="top", transform=ax.transAxes, **words)
    ax.alt_text = f"The energy goes from {way.energies[0]:.2f} to {way.energies[-1]:.2f}."


def _number(value: float) -> str:
    return f"{round(value, 2) + 0.0:.2f}".replace("-", "−")


def _told(net: layered.Network, way: Way, features: str, memories: str) -> str:
    first, last = _number(way.energies[0]), _number(way.energies[-1])
    if way.steepest > 1e-6:
        falls = f"E goes from {first} to {last}, and rises on the way"
        falls += ": the L of these memories is not convex." if memories == "falling" else "."
    else:
        falls = f"E falls from {first} to {last} and never rises."
    y = way.states[-1, :2]
    if way.away:
        end = "The currents run away: this energy has no lower bound."
    elif np.abs(net.velocity(way.states[-1])).max() > 1e-2:
        end = f"After {LAST:g} time constants they still move, at y = ({_number(y[0])}, {_number(y[1])})."
    else:
        end = f"The currents rest at y = ({_number(y[0])}, {_number(y[1])})."
    known = {
        ("linear", "softmax"): " This is model B, attention.",
        ("tanh", "power 3"): " This is model A, a dense memory.",
        ("sphere", "power 3"): " This is model C.",
        ("tanh", "linear"): " This is the graded network of chapter 10, with W = X'X.",
    }
    return f"{falls} {end}{known.get((features, memories), '')}"


class Lagrangian(Explorer):
    """What `lagrangian` returns."""


@declared(CONTROLS, keyword="x1")
def lagrangian(**given: Any) -> Lagrangian:
    """Choose a Lagrangian for either layer of a small network, and see its outputs, its energy, its flow.

    Returns
    -------
    Lagrangian

    Examples
    --------
    >>> lagrangian("linear", "softmax").caption.split(". ")[-1]
    'This is model B, attention.'
    """
    return Lagrangian(
        draw_lagrangian,
        CONTROLS,
        given,
        name="lagrangian",
        suggestion=(
            "make models A, B and C: tanh with power 3, linear with softmax, sphere with power 3. Slow the "
            "memories down: does the energy still fall? Then find two choices whose energy has no floor, and "
            "one whose energy rises. Drag the start in the plane, or click where it is to be."
        ),
        themed=True,
        size=(8.6, 3.9),
        stacked=(4.4, 7.6),
    )
