"""Checks of what is handed to a plot: titles, networks, figures; each refusal names the caller's argument."""

from __future__ import annotations

from collections.abc import Callable
from numbers import Real
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import ArrayLike, NDArray

from hopfield_edu import _check

MOST = 1000  # names, states on a path, pictures: more cannot be told apart


def text(value: Any, name: str, *, wanted: str = "a text") -> str:
    """`value` if it is a text."""
    if not isinstance(value, str):
        raise TypeError(f"{name} is {_check.shown(value)}; {wanted} is wanted")
    return value


def marked(marked: ArrayLike, shape: tuple[int, ...]) -> NDArray[np.bool_]:
    """Which cells are marked: a boolean for each cell of what is drawn."""
    found = _check.array_of(marked, "marked")
    if found.dtype != bool:
        raise TypeError(f"marked holds values of type {found.dtype}; booleans are wanted, one per cell")
    if found.shape != shape:
        raise ValueError(f"marked has shape {found.shape}; {shape} is wanted, a boolean per cell")
    return found


def texts(values: Any, name: str, number: int, per: str) -> list[str]:
    """`values` as so many texts, one per thing of a kind; numbers may stand for texts."""
    try:
        found = _check.listed(values, name, "texts", high=max(number, MOST))
    except (TypeError, ValueError):
        found = None
    if found is None or len(found) != number:
        given = f"{name} is {_check.shown(values)}"
        raise ValueError(f"{given}; a sequence of {number} strings is wanted, one per {per}")
    for value in found:
        if not isinstance(value, (str, Real)):
            raise TypeError(f"{name} holds {_check.shown(value)}; texts are wanted")
    return [str(value) for value in found]


def having(thing: Any, name: str, attributes: str, wanted: str) -> Any:
    """`thing` if it has all these `attributes`; a class or a module has none of its own."""
    if isinstance(thing, type) or not all(hasattr(thing, each) for each in attributes.split()):
        raise TypeError(f"{name} is {type(thing).__name__}; {wanted} is wanted")
    return thing


def figure(value: Any) -> Figure:
    """`value` if it is a figure."""
    if not isinstance(value, Figure):
        raise TypeError(f"fig is {type(value).__name__}; a matplotlib Figure is wanted")
    return value


def dots(fig: Figure, dpi: Any) -> float:
    """`dpi` if `fig` can be drawn with it."""
    dpi = _check.number(dpi, "dpi", low=10, high=1200)
    if max(fig.get_size_inches()) * dpi >= 2**16:
        raise ValueError(f"dpi is {dpi:g}; this figure would have more than 65535 dots a side")
    return dpi


def asked(name: str, call: Callable[..., Any], *arguments: Any) -> Any:
    """What somebody else's method returns; what it refuses is told of the argument `name`."""
    try:
        return call(*arguments)
    except (TypeError, ValueError) as error:
        raise type(error)(f"{name}: {error}") from None
