"""One dial, the temperature: a network alive, its way out of a mixture, and how often it is where."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import ipywidgets as widgets
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from hopfield_edu import datasets, learning, plots, state_space, thermal
from hopfield_edu import patterns as library
from hopfield_edu._frozen import frozen
from hopfield_edu.explore import _gallery
from hopfield_edu.explore._base import Explorer, narrow, row
from hopfield_edu.explore._controls import choice, declared, drawing, real, seed, whole
from hopfield_edu.explore._svg import Target, field, offer
from hopfield_edu.plots._greys import GREYS

NAMES = ("note", "cross", "cup")  # little alike, so that their mixture is at rest when nothing trembles
STARTS = {"mixture of all three": "mixture", **{name: name for name in NAMES}, "random": "random"}
SWEEPS = 40
COPIES, ROUNDS = 400, 50  # of the small network, and sweeps of each from a random start: enough at T = 0.2
HOTTEST = 1.5
SMALL = thermal.Network(
    [[0, 2, -1, 1], [2, 0, 1, 2], [-1, 1, 0, -2], [1, 2, -2, 0]], [1, 0, 0, 0], scale=0.125
)
WIDE = ((0.0, 0.3, 0.27, 0.62), (0.0, 0.0, 0.27, 0.26), (0.335, 0.15, 0.28, 0.76), (0.68, 0.2, 0.315, 0.71))
TIGHT = (
    (0.02, 0.73, 0.46, 0.22),
    (0.51, 0.76, 0.48, 0.16),
    (0.13, 0.42, 0.85, 0.24),
    (0.13, 0.08, 0.85, 0.25),
)
LOOKS = ((plots.INK, "-"), (plots.INHIBITORY, "--"), (plots.EXCITATORY, "-."))

CONTROLS = {
    "temperature": real(
        "Temperature T",
        "Temperature, in units of the field of a memory; 0 is the network of chapter 01",
        0.2,
        0,
        HOTTEST,
        step=0.05,
    ),
    "start": choice("Start in", "Where the network of pictures starts", "mixture", STARTS),
    "sweeps": whole("Sweep", "Sweeps done", SWEEPS, 0, SWEEPS),
    "rng": seed("Chance", "Seed of all coins", 1, folded=True),
}


@lru_cache(maxsize=1)
def pictures() -> tuple[thermal.Network, NDArray[np.int_], dict[str, NDArray[np.int_]]]:
    """The network, its memories (3, 100), and where it may start."""
    s = datasets.icons(NAMES)
    starts = {"mixture": np.sign(s.sum(axis=0)), **dict(zip(NAMES, s, strict=True))}
    return thermal.Network(learning.hebb(s), scale=1 / s.shape[1]), s, starts


@lru_cache(maxsize=64)
def course(temperature: float, start: str, rng: int) -> NDArray[np.int_]:
    """The states of the network of pictures after 0, 1, ..., SWEEPS sweeps: (SWEEPS + 1, 100)."""
    net, s, starts = pictures()
    chance = np.random.default_rng(rng)
    y = library.random(1, s.shape[1], chance)[0] if start == "random" else starts[start]
    way = net.sample(y, temperature, "random", sweeps=SWEEPS, rng=chance)
    return frozen(np.vstack([y, way]))


@lru_cache(maxsize=64)
def shares(temperature: float, rng: int) -> NDArray[np.float64]:
    """How many of the copies of the small network end in each state: (16,), as `state_space.all_states`."""
    starts = library.random(COPIES, SMALL.N, rng)
    ends = SMALL.recall(starts, temperature, "ordered", sweeps=ROUNDS, rng=rng).final  # the fastest
    return frozen(np.bincount(state_space.encode(ends), minlength=2**SMALL.N) / COPIES)


def expected_distance(p: NDArray[np.float64]) -> float:
    """Total variation between p and as many independent draws as there are copies, on average."""
    return float(np.sqrt(2 * p * (1 - p) / (np.pi * COPIES)).sum() / 2)


@drawing(CONTROLS)
def draw_temperature(fig: Figure, temperature: float, start: str, sweeps: int, rng: int) -> str:
    """A network of pictures at a temperature, its overlaps so far, and a small network against Boltzmann.

    Returns
    -------
    str
        Where the pictures have got to, and how close the small network is to the Boltzmann distribution.

    Notes
    -----
    Glauber 1963: a unit becomes +1 with the chance 1 / (1 + exp(-2h/T)).
    """
    boxes = TIGHT if narrow(fig) else WIDE
    now, shelf, traces, bars = (fig.add_axes(box) for box in boxes)
    way, p, seen = (
        course(temperature, start, rng),
        thermal.boltzmann(SMALL, temperature),
        shares(temperature, rng),
    )
    _state(now, way[sweeps], sweeps)
    _starts(shelf, start)
    m = library.overlap(way, pictures()[1])
    _overlaps(traces, m, sweeps)
    _histogram(bars, p, seen)
    offer(
        fig,
        {f"start {k}": Target(f"start in the {k}", {"start": k, "sweeps": 0}) for k in (*NAMES, "mixture")},
    )
    offer(
        fig, {f"sweep {t}": Target(f"sweep {t}: look at it", {"sweeps": t}) for t in range(0, SWEEPS + 1, 5)}
    )
    return f"{_where(temperature, start, m, sweeps)} {_how_close(p, seen)}"


def _state(ax: Axes, y: NDArray[np.int_], sweeps: int) -> None:
    _gallery.grey(ax, y.reshape(10, 10))
    ax.set_title(f"100 units after {sweeps} sweep{'s'[: sweeps != 1]}", fontsize=10.5, color=plots.INK)
    ax.alt_text = f"Picture of 10 by 10 cells after {sweeps} sweeps, {(y > 0).sum()} dark."


def _starts(ax: Axes, start: str) -> None:
    """The memories and their mixture, small, to be chosen."""
    starts = pictures()[2]
    names = (*NAMES, "mixture")
    for k, name in enumerate(names):
        weight = "bold" if name == start else "normal"
        ax.text(13 * k + 4.5, 10.5, name, ha="center", va="top", fontsize=9, weight=weight, color=plots.INK)
        field(ax, f"start {name}", (13 * k - 1.5, -1.5), 12, 16)
    _gallery.grey(ax, _gallery.mosaic([starts[name].reshape(10, 10) for name in names], 4, 3))
    ax.set(xlim=(-2, 50), ylim=(15.5, -1.5))
    ax.alt_text = f"Memories: {', '.join(NAMES)}; and their mixture. Start: {start}."


def _overlaps(ax: Axes, m: NDArray[np.float64], sweeps: int) -> None:
    """The overlaps with the memories up to now, and the rest of the way in grey."""
    for k, (colour, dashes) in enumerate(LOOKS):
        ax.plot(range(sweeps, SWEEPS + 1), m[sweeps:, k], color="#c3c8cf", lw=1, ls=dashes)
        ax.plot(range(sweeps + 1), m[: sweeps + 1, k], color=colour, ls=dashes, lw=1.8, label=NAMES[k])
        ax.plot(sweeps, m[sweeps, k], "o", ms=6, color=colour)
    ax.set(xlim=(-1, SWEEPS + 1), ylim=(-1.08, 1.08), xticks=range(0, SWEEPS + 1, 10), yticks=(-1, 0, 1))
    ax.axhline(0, color="#c3c8cf", lw=0.8, zorder=0)
    ax.set_title("overlap with each memory", fontsize=10.5, color=plots.INK)
    ax.set_xlabel("sweeps", fontsize=9.5, labelpad=1)
    ax.tick_params(labelsize=9, length=2)
    for side in ("top", "right"):
        ax.spines[side].set_visible(False)
    ax.legend(fontsize=9, frameon=False, ncols=3, loc="lower center", handlelength=1.8, columnspacing=1)
    for t in range(0, SWEEPS + 1, 5):
        field(ax, f"sweep {t}", (t - 2.5, -1.08), 5, 2.16)
    told = ", ".join(f"{name} {value:.2f}" for name, value in zip(NAMES, m[sweeps], strict=True))
    ax.alt_text = f"Overlaps after {sweeps} sweeps: {told.replace('-', '−')}."


def _histogram(ax: Axes, p: NDArray[np.float64], seen: NDArray[np.float64]) -> None:
    """The probability of each state of the small network, by energy, and the share of the copies in it."""
    E = state_space.energies(SMALL.cold)
    order = np.argsort(E, kind="stable")
    x = np.arange(E.size)
    look = {"fc": "#c9d6e2", "ec": plots.INK, "lw": 0.7, "label": "exp(−E/T) / Z"}
    _gallery.boxes(ax, [(k - 0.4, 0, 0.8, p[j]) for k, j in enumerate(order)], **look)
    ax.plot(
        x, seen[order], "o", ms=5, color=plots.HIGHLIGHT, mec=plots.INK, mew=0.7, label=f"{COPIES} copies"
    )
    labels = [name.replace("-", "−") for name in state_space.label(order, SMALL.N)]
    top = 1.25 * max(float(p.max()), float(seen.max()))
    middle = next(y for y in (0.5, 0.2, 0.1, 0.05) if y < top)
    _columns(ax, state_space.decode(order, SMALL.N), top)
    ax.set(
        xlim=(-0.8, E.size - 0.2),
        ylim=(-0.34 * top, top),
        xticks=(),
        yticks=(0, middle),
    )
    ax.tick_params(axis="y", labelsize=9)
    ax.tick_params(length=0)
    ax.set_xlabel("states, lowest energy first; dark: +1", fontsize=9.5)
    ax.xaxis.set_label_coords(0.5, -0.01)
    ax.spines.left.set_bounds(0, top)
    ax.spines.bottom.set_position(("data", 0))
    for side in ("top", "right"):
        ax.spines[side].set_visible(False)
    ax.set_title("share of each state, 4 units", fontsize=10.5, color=plots.INK)
    ax.legend(fontsize=9, frameon=False, loc="upper right", handlelength=1.2)
    lowest = labels[0]
    ax.alt_text = (
        f"16 states of a small network, from the lowest energy, {lowest}, up. Boltzmann: {p[order[0]]:.2f}, "
        f"{p[order[1]]:.2f}, {p[order[2]]:.2f}, ...; copies: {seen[order[0]]:.2f}, {seen[order[1]]:.2f}, "
        f"{seen[order[2]]:.2f}, ..."
    )


def _columns(ax: Axes, states: NDArray[np.int_], top: float) -> None:
    """Under each bar its state, unit 1 above the others."""
    low, high, B = -0.31 * top, -0.05 * top, len(states)
    look = {"cmap": GREYS, "vmin": -1, "vmax": 1, "interpolation": "none", "aspect": "auto"}
    ax.imshow(states.T, extent=(-0.5, B - 0.5, low, high), **look)
    ax.vlines(np.arange(B + 1) - 0.5, low, high, color="white", lw=4)


def _where(T: float, start: str, m: NDArray[np.float64], sweeps: int) -> str:
    """What has become of the pictures."""
    here = m[sweeps]
    k = int(abs(here).argmax())
    whose = NAMES[k] if here[k] > 0 else f"inverse of the {NAMES[k]}"
    before = f"T = {T:.2f}, sweep {sweeps}"
    close = abs(here[k])
    if start == "mixture" and np.allclose(here, m[0]):
        return f"{before}: still in the mixture of all three."
    if close > 0.6 and close - np.sort(abs(here))[-2] > 0.2:
        shaking = "" if close == 1 else ", trembling"
        return f"{before}: near the {whose}, overlap {close:.2f}{shaking}."
    if abs(here).min() > 0.3:
        return f"{before}: in a mixture, with overlaps from {abs(here).min():.2f} to {close:.2f}."
    return f"{before}: no memory is recognised, the largest overlap is {close:.2f}."


def _how_close(p: NDArray[np.float64], seen: NDArray[np.float64]) -> str:
    """The small network against Boltzmann, and what independent draws would reach."""
    off, chance = abs(seen - p).sum() / 2, expected_distance(p)
    told = f"Small network: {100 * off:.0f} % of the copies are out of place"
    stuck = ": some are stuck in other valleys" if off > 2.4 * chance else ""  # draws: once in a thousand
    return f"{told} (by chance alone {100 * chance:.0f} %){stuck}."


class Temperature(Explorer):
    """What `temperature` returns; `run` and `reset` are its buttons."""

    def arrange(self) -> list[widgets.Widget]:
        for name in self.controls.keys() - {"sweeps"}:
            self.controls[name].observe(lambda _: self.stop(), "value")
        steering = row(
            self.controls["sweeps"],
            self.button("Run", "Watch it from here on", self.run, "primary"),
            self.button("Reset", "Back to the start", self.reset),
        )
        return [*self.bars(without=["sweeps"]), self.image, steering]

    def run(self) -> None:
        """Go on to the last sweep; from there, begin again."""
        self.stop()
        slider = self.controls["sweeps"]
        if slider.value == SWEEPS:
            slider.value = 0
        self.play(slider, SWEEPS, SWEEPS, 0.25)

    def reset(self) -> None:
        """Back to the start."""
        self.stop()
        self.controls["sweeps"].value = 0


@declared(CONTROLS)
def temperature(**given: Any) -> Temperature:
    """A dial for chance: watch a network tremble, leave a mixture, or forget.

    Returns
    -------
    Temperature

    Examples
    --------
    >>> temperature(0).caption.split(". ")[0]
    'T = 0.00, sweep 40: still in the mixture of all three'
    """
    return Temperature(
        draw_temperature,
        CONTROLS,
        given,
        name="temperature",
        suggestion=(
            "put T to 0, then raise it step by step. From where on does the network leave the mixture? "
            "And from where on does it forget what it has found? Press Run to watch; click a picture to "
            "start there."
        ),
        size=(8.6, 3.6),
        stacked=(4.4, 8.0),
        themed=True,
    )
