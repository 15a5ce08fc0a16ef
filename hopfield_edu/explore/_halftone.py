"""A picture made of dots: threshold, error diffusion, descent and cooling, and what an eye makes of them."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from hopfield_edu import _check, plots, problems, thermal
from hopfield_edu._frozen import frozen
from hopfield_edu.explore._base import Explorer, narrow
from hopfield_edu.explore._controls import choice, declared, drawing, given, seed, whole
from hopfield_edu.plots._greys import GREYS
from hopfield_edu.problems._half_tone import blurred

MOST = 96  # cells in a row or column
HEAT = (0.3, 0.01)
HOWS = {
    "threshold": "threshold",
    "error diffusion": "diffusion",
    "descent from random dots": "descent",
    "descent from error diffusion": "improved",
    "cooling": "cooling",
}
WIDE = ((0.0, 0.04, 0.32, 0.84), (0.34, 0.04, 0.32, 0.84), (0.68, 0.04, 0.32, 0.84))
TIGHT = ((0.01, 0.5, 0.48, 0.44), (0.51, 0.5, 0.48, 0.44), (0.26, 0.0, 0.48, 0.44))


class Photo:
    """A picture that a learner has brought; two are equal only if they are the same."""

    def __init__(self, greys: NDArray[np.float64]) -> None:
        self.greys = frozen(np.array(greys, float))

    def __repr__(self) -> str:
        return f"a picture of {self.greys.shape[0]} x {self.greys.shape[1]} greys"


def _brought(value: Any, name: str) -> Photo | None:
    """Greys between -1 (white) and 1 (black)."""
    if value is None or isinstance(value, Photo):
        return value
    grey = _check.real_array(value, name).astype(float)
    if grey.ndim != 2 or not all(3 <= side <= MOST for side in grey.shape):
        raise ValueError(f"{name} has shape {grey.shape}; (rows, columns), 3 to {MOST} each, is wanted")
    if abs(grey).max() > 1:
        far = f"{name} goes up to {abs(grey).max():g}"
        raise ValueError(f"{far}; greys from -1 (white) to 1 (black) are wanted")
    return Photo(grey)


CONTROLS = {
    "how": choice("Dots by", "How the dots are made", "improved", HOWS),
    "eye": whole("Eye blurs", "How often the eye of the third picture blurs", 2, 1, 6),
    "sweeps": whole("Sweeps", "Sweeps of cooling", 60, 5, 120, when=lambda now: now["how"] == "cooling"),
    "rng": seed("Start no.", "Seed of the first dots", when=lambda now: now["how"] in ("descent", "cooling")),
    "picture": given(
        "A picture of your own, (rows, columns) of greys from -1 (white) to 1; by default a photograph",
        None,
        check=_brought,
    ),
}


@lru_cache(maxsize=4)
def problem(picture: Photo | None) -> problems.HalfTone:
    """The problem of a picture."""
    return problems.half_tone(problems.photograph() if picture is None else picture.greys)


@lru_cache(maxsize=64)
def dots(how: str, sweeps: int, rng: int, picture: Photo | None) -> tuple[NDArray[np.int_], int]:
    """Dots (rows, columns), and the sweeps that they took."""
    task = problem(picture)
    if how == "threshold":
        return problems.threshold(task.picture), 0
    if how == "diffusion":
        return problems.error_diffusion(task.picture), 0
    starts: Any = problems.error_diffusion(task.picture).ravel() if how == "improved" else 1
    heat = thermal.anneal(*HEAT, sweeps) if how == "cooling" else None
    found = problems.solve(task, starts, heat, rng)
    return task.read(found.states[0]), int(found.sweeps[0])


@drawing(CONTROLS)
def draw_halftone(fig: Figure, how: str, eye: int, sweeps: int, rng: int, picture: Photo | None) -> str:
    """A picture, its dots, and the dots as an eye sees them.

    Returns
    -------
    str
        The energy of the dots beside that of the other ways.
    """
    task = problem(picture)
    made, spent = dots(how, sweeps, rng, picture)
    seen = made.astype(float)
    for _ in range(eye):
        seen = blurred(seen)
    label = {value: key for key, value in HOWS.items()}[how]
    boxes = [fig.add_axes(box) for box in (TIGHT if narrow(fig) else WIDE)]
    _shown(boxes[0], task.picture, "the picture")
    _shown(boxes[1], made, label)
    _shown(boxes[2], seen, "dots, as the eye sees them")
    others = {name: task.energy(dots(way, sweeps, rng, picture)[0].ravel()) for name, way in HOWS.items()}
    rows = ", ".join(f"{name} {E:.1f}" for name, E in others.items() if name != label)
    effort = f" after {spent} sweep{'s'[: spent != 1]}" if spent else ""
    return f"Energy of {label}: {others[label]:.1f}{effort}. The others: {rows}."


def _shown(ax: Axes, greys: NDArray[Any], title: str) -> None:
    ax.imshow(greys, cmap=GREYS, vmin=-1, vmax=1, interpolation="none")
    ax.set_axis_off()
    ax.set_title(title, fontsize=10.5, color=plots.INK)
    rows, columns = greys.shape
    name = f"{title[0].upper()}{title[1:]}"
    ax.alt_text = f"{name}, {rows} x {columns} cells, mean grey {greys.mean():.2f}."


class Halftone(Explorer):
    """What `halftone` returns."""


@declared(CONTROLS)
def halftone(**given: Any) -> Halftone:
    """Greys made of black and white dots, by five ways; bring a picture of your own.

    Returns
    -------
    Halftone

    Examples
    --------
    >>> halftone("threshold").caption.startswith("Energy of threshold: ")
    True
    """
    return Halftone(
        draw_halftone,
        CONTROLS,
        given,
        name="halftone",
        suggestion=(
            "step back and look at the dots with your own eyes. Which way is best where it is smooth, and "
            "which at an edge? Let the eye blur more: does the order change?"
        ),
        themed=True,
        size=(8.8, 3.3),
        stacked=(4.6, 5.0),
    )
