"""The salesman on a map: drag the cities; graded and cooled networks side by side, and the best tour."""

from __future__ import annotations

from functools import lru_cache, partial
from typing import Any, NamedTuple

import ipywidgets as widgets
import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from numpy.typing import NDArray

from hopfield_edu import _check, plots, problems, thermal
from hopfield_edu.explore._base import Explorer, narrow
from hopfield_edu.explore._controls import choice, declared, drawing, given, logarithmic, seed, whole
from hopfield_edu.explore._svg import Drag, Target, field, offer

STARTS = 20
SWEEPS = 100
GRID = 10  # places in a row, to which a city can be moved by clicks
STEP = 0.02  # of an arrow key
WAYS = {"Hopfield and Tank, 1985": "graded", "cooled": "annealing", "cooled by swaps": "swaps"}
TITLES = {"graded": "Hopfield and Tank", "annealing": "cooled, A = {}", "swaps": "cooled by swaps"}
WIDE = ((0.01, 0.05, 0.31, 0.82), (0.345, 0.05, 0.31, 0.82), (0.68, 0.05, 0.31, 0.82))
TIGHT = ((0.02, 0.53, 0.46, 0.41), (0.52, 0.53, 0.46, 0.41), (0.27, 0.03, 0.46, 0.41))

Cities = tuple[tuple[float, float], ...]


def _cities(value: Any, name: str) -> Cities:
    """Places on the map, or none."""
    if value is None or (isinstance(value, tuple) and not value):
        return ()
    xy = _check.real_array(value, name, largest=1.0)
    if xy.ndim != 2 or xy.shape[1] != 2 or not 3 <= len(xy) <= 10 or xy.min() < 0:
        raise ValueError(f"{name} has shape {xy.shape}; 3 to 10 places (x, y) between 0 and 1 are wanted")
    return tuple((float(x), float(y)) for x, y in xy)


def _city(value: Any, name: str) -> int:
    return _check.count(value, name, low=-1, high=9)


CONTROLS = {
    "n": whole("Cities", "Number of cities", 8, 5, 10, when=lambda now: not now["cities"]),
    "penalty": logarithmic(
        "Penalty A", "What a broken rule costs in the cooled network", 1.25, 0.25, 16, step=0.1
    ),
    "start": whole("Start shown", "Which of the starts is shown", 1, 1, STARTS),
    "rng": seed("Draw no.", "Seed of the cities, and of all starts", 2),
    "third": choice(
        "Third map",
        "What the third map shows",
        "best",
        {"the best tour": "best", "swaps": "swaps"},
        folded=True,
    ),
    "cities": given(
        "Places of the cities (n, 2), between 0 and 1, instead of those drawn", (), check=_cities
    ),
    "picked": given(
        "The city that is to be moved, from 0; -1 is none",
        -1,
        check=_city,
    ),
}


class Found(NamedTuple):
    """Of all starts of a way: cities by place (STARTS, n), lengths, and which are valid."""

    tours: NDArray[np.int_]
    lengths: NDArray[np.float64]
    valid: NDArray[np.bool_]


def places(n: int, rng: int) -> Cities:
    """Cities drawn at random, on the places of the grid."""
    cells = np.random.default_rng(rng).choice(GRID * GRID, n, replace=False)
    return tuple(((c % GRID + 0.5) / GRID, (c // GRID + 0.5) / GRID) for c in cells.tolist())


@lru_cache(maxsize=64)
def solved(cities: Cities, way: str, penalty: float, rng: int) -> Found:
    """All starts of a way to find a tour."""
    if way == "graded":
        found = problems.solve(problems.hopfield_tank(cities), STARTS, rng=rng)
    else:
        heat = thermal.anneal(1, 0.02 if way == "swaps" else 0.05, SWEEPS)
        moves: Any = "swaps" if way == "swaps" else None
        found = problems.solve(problems.tour(cities, penalty), STARTS, heat, rng, moves=moves)
    tours = np.array([found.problem.read(state) for state in found.states])
    return Found(tours, found.costs, found.valid)


@lru_cache(maxsize=64)
def best(cities: Cities) -> tuple[float, tuple[int, ...]]:
    """The shortest tour, and its length."""
    problem = problems.tour(cities)
    found = problem.best()
    assert found is not None
    return found.cost, tuple(problem.read(found.state).tolist())


@drawing(CONTROLS)
def draw_tour(
    fig: Figure, n: int, penalty: float, start: int, rng: int, third: str, cities: Cities, picked: int
) -> str:
    """Three maps: Hopfield and Tank's network, a cooled one with a penalty, and the best tour.

    Returns
    -------
    str
        How many of the starts are valid, and how long their tours are.
    """
    where = cities or places(n, rng)
    picked = picked if picked < len(where) else -1
    boxes = TIGHT if narrow(fig) else WIDE
    length, order = best(where)
    said = []
    for way, box in zip(("graded", "annealing", third), boxes, strict=True):
        ax = fig.add_axes(box)
        if way == "best":
            _map(ax, where, np.array(order), picked, f"the best: {length:.2f}")
        else:
            found = solved(where, way, penalty if way == "annealing" else 1.25, rng)
            k = start - 1
            title = f"valid: {found.lengths[k]:.2f}" if found.valid[k] else "not valid"
            name = TITLES[way].format(f"{penalty:.3g}")
            _map(ax, where, found.tours[k], picked, f"{name}: {title}")
            said.append(_way(name, found, length))
        _offered(fig, ax, way, where, picked)
    return f"{' '.join(said)} The best tour of these {len(where)} cities is {length:.2f} long."


def _map(ax: Axes, cities: Cities, tour: NDArray[np.int_], picked: int, title: str) -> None:
    """Cities, and the way between those that follow each other."""
    xy = np.array(cities)
    legs = [xy[[a, b]] for a, b in zip(tour, np.roll(tour, -1), strict=True) if a >= 0 and b >= 0]
    ax.add_collection(LineCollection(legs, color=plots.EXCITATORY, lw=2, zorder=2), autolim=False)
    times = np.array([(tour == k).sum() for k in range(len(xy))])
    colours = [plots.INHIBITORY if k != 1 else plots.INK for k in times]
    for k, (x, y) in enumerate(xy):
        edge = {"ec": plots.HIGHLIGHT, "lw": 3} if k == picked else {"ec": "white"}
        dot = {"boxstyle": "circle,pad=0.3", "fc": colours[k], **edge}
        ax.text(x, y, str(k + 1), color="white", fontsize=8, ha="center", va="center", zorder=4, bbox=dot)
    ax.set(xlim=(0, 1), ylim=(0, 1), xticks=[], yticks=[], aspect="equal")
    for spine in ax.spines.values():
        spine.set_color("#c3c8cf")
    ax.set_title(title, fontsize=10, color=plots.INK)
    missing = int((times != 1).sum())
    route = ", ".join(str(k + 1) if k >= 0 else "nobody" for k in tour)
    left = f" {missing} cities are left out or met twice." if missing else ""
    ax.alt_text = f"{title}. Cities by their place in the tour: {route}.{left}"


def _offered(fig: Figure, ax: Axes, way: str, cities: Cities, picked: int) -> None:
    """Drag a city, or pick it up and put it down; on one map only, that the Tab key has not thrice as far."""
    if way != "annealing":
        return
    targets = {}
    if picked >= 0:
        for cell in range(GRID * GRID):
            r, c = divmod(cell, GRID)
            spot = ((c + 0.5) / GRID, (r + 0.5) / GRID)
            if any(np.hypot(spot[0] - x, spot[1] - y) < 0.06 for x, y in cities):
                continue
            field(ax, f"place {cell}", (c / GRID, r / GRID), 1 / GRID, 1 / GRID)
            words = f"put city {picked + 1} at {spot[0]:.2f}, {spot[1]:.2f}"
            targets[f"place {cell}"] = Target(words, _moved(cities, picked, *spot))
    for k, (x, y) in enumerate(cities):
        ax.texts[k].set_gid(f"city {k}")
        after = -1 if k == picked else k
        words = f"city {k + 1} at {x:.2f}, {y:.2f}: {'leave it' if k == picked else 'drag it, or pick it up'}"
        drag = Drag(partial(_moved, cities, k), (x, y), (0, 0, 1, 1), "map", STEP)
        targets[f"city {k}"] = Target(words, {"picked": after, "cities": cities}, drag)
    field(ax, "map", (0, 0), 1, 1)
    offer(fig, targets)


def _moved(cities: Cities, k: int, x: float, y: float) -> dict[str, Any]:
    """Another place for a city; two digits are enough for a map."""
    there = (round(x, 2), round(y, 2))
    return {"cities": (*cities[:k], there, *cities[k + 1 :]), "picked": -1}


def _way(name: str, found: Found, best: float) -> str:
    count = int(found.valid.sum())
    if not count:
        return f"{name}: no start of {STARTS} gives a valid tour."
    ratio = found.lengths[found.valid] / best
    optimal = int((ratio < 1 + 1e-9).sum())
    told = f"{name}: {count} of {STARTS} starts give a valid tour, {ratio.mean():.2f} times the best length"
    return f"{told} on average; {optimal} give the best."


class Tour(Explorer):
    """What `tour` returns."""

    def arrange(self) -> list[widgets.Widget]:
        new = self.button("New cities", "Draw other cities", self.renew)
        return [*self.bars(new), self.image]

    def renew(self) -> None:
        """Cities from the next seed."""
        control = self.controls["rng"]
        self.set(rng=(control.value + 1) % (control.max + 1), cities=(), picked=-1)


@declared(CONTROLS)
def tour(**given: Any) -> Tour:
    """The travelling salesman by networks: move the cities, and the penalty between invalid and stuck.

    Returns
    -------
    Tour

    Examples
    --------
    >>> tour(penalty=0.25).caption.split(": ")[2].split(".")[0]
    'no start of 20 gives a valid tour'
    """
    return Tour(
        draw_tour,
        CONTROLS,
        given,
        name="tour",
        suggestion=(
            "move the penalty from left to right: first no tour is valid; at last all are, but long. "
            "Then drag a city on the cooled map, to the edge, or onto another."
        ),
        themed=True,
        size=(8.8, 3.4),
        stacked=(4.6, 5.2),
    )
