"""Checks of what a caller hands in: every refusal names the argument, what was given and what is wanted."""

from __future__ import annotations

from collections.abc import Iterable
from numbers import Integral, Real
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

TIES = ("keep", 1, -1)
SCHEDULES = ("synchronous", "ordered", "random", "random-unit")


def real_array(values: ArrayLike, name: str) -> NDArray[Any]:
    """`values` as an array of finite real numbers."""
    try:
        array = np.asarray(values)
    except ValueError as error:
        raise ValueError(f"{name} has rows of different lengths; give a rectangular array") from error
    if array.dtype == bool:
        raise TypeError(f"{name} holds booleans; convert them with patterns.to_bipolar")
    if array.dtype.kind not in "iuf":
        raise TypeError(f"{name} holds {_kind(array)}; give real numbers")
    if array.dtype.kind == "f" and not np.isfinite(array).all():
        bad = "NaN" if np.isnan(array).any() else "infinity"
        raise ValueError(f"{name} contains {bad}; every entry must be a finite number")
    return array


def bipolar(
    values: ArrayLike, name: str, *, ndim: Iterable[int] = (1, 2), units: int | None = None
) -> NDArray[np.int_]:
    """`values` as an integer array of ±1 with an allowed number of axes and `units` columns."""
    array = real_array(values, name)
    shapes = {1: "(N,)", 2: "(B, N)" if name.startswith(("state", "cue")) else "(M, N)"}
    if array.ndim not in tuple(ndim):
        wanted = " or ".join(shapes[n] for n in ndim)
        raise ValueError(f"{name} has shape {array.shape}; {wanted} is wanted")
    if array.size == 0:
        raise ValueError(f"{name} is empty (shape {array.shape}); at least one is needed")
    if not (np.abs(array) == 1).all():
        raise ValueError(_not_bipolar(array, name))
    if units is not None and array.shape[-1] != units:
        raise ValueError(f"{name} has {array.shape[-1]} units, but the network has N = {units}")
    return array.astype(int, copy=False)


def _not_bipolar(array: NDArray[Any], name: str) -> str:
    found = np.unique(array)
    if np.isin(found, (0, 1)).all():
        return f"{name} holds 0/1 values, but ±1 is wanted; convert with patterns.to_bipolar({name})"
    shown = ", ".join(f"{value:g}" for value in found[np.abs(found) != 1][:3])
    return f"{name} holds values other than ±1 (such as {shown}); every unit must be +1 or -1"


def weights(values: ArrayLike, name: str = "weights", *, symmetric: bool = False) -> NDArray[Any]:
    """`values` as a square matrix (N, N) of finite numbers, symmetric if that is asked for."""
    array = real_array(values, name)
    if array.ndim != 2 or array.shape[0] != array.shape[1]:
        raise ValueError(f"{name} has shape {array.shape}; a square matrix (N, N) is wanted")
    if array.size == 0:
        raise ValueError(f"{name} is empty; a network needs at least one unit")
    if symmetric and not np.array_equal(array, array.T):
        i, j = np.argwhere(array != array.T)[0]
        raise ValueError(
            f"{name} is not symmetric (w[{i}, {j}] = {array[i, j]:g}, w[{j}, {i}] = {array[j, i]:g}); "
            "symmetric weights are wanted here"
        )
    return array


def vector(values: ArrayLike, name: str, units: int) -> NDArray[np.float64]:
    """`values` as a float vector of length `units`."""
    array = real_array(values, name)
    if array.shape != (units,):
        raise ValueError(f"{name} has shape {array.shape}; ({units},) is wanted, one number per unit")
    return array.astype(float)


def count(value: Any, name: str, *, low: int = 0, high: int | None = None) -> int:
    """`value` as an integer within [low, high]."""
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, Integral):
        raise TypeError(f"{name} is {value!r}; an integer is wanted")
    if value < low or (high is not None and value > high):
        bounds = f"at least {low}" if high is None else f"between {low} and {high}"
        raise ValueError(f"{name} is {value}; it must be {bounds}")
    return int(value)


def fraction(value: Any, name: str) -> float:
    """`value` as a number within [0, 1]."""
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, Real):
        raise TypeError(f"{name} is {value!r}; a number is wanted")
    if not 0 <= value <= 1:
        raise ValueError(f"{name} is {value:g}; a fraction must lie in [0, 1]")
    return float(value)


def one_of(value: Any, name: str, choices: tuple[Any, ...]) -> Any:
    """`value` if it is one of `choices`."""
    if isinstance(value, (bool, np.ndarray)) or value not in choices:
        raise ValueError(f"{name} is {value!r}; choose one of {', '.join(map(repr, choices))}")
    return value


def permutation(values: ArrayLike, name: str, units: int) -> NDArray[np.intp]:
    """`values` as an order in which each of the units 0..units-1 occurs once."""
    array = real_array(values, name)
    if array.shape != (units,) or not np.array_equal(np.sort(array), np.arange(units)):
        raise ValueError(f"{name} must hold each unit 0..{units - 1} exactly once; got {array.tolist()}")
    return array.astype(np.intp)


def generator(rng: Any, purpose: str) -> np.random.Generator:
    """`rng` as a Generator; a seed is accepted, silence is not."""
    if rng is None:
        raise ValueError(f"{purpose} draws random numbers: pass rng=, a seed or a numpy Generator")
    if isinstance(rng, np.random.Generator):
        return rng
    return np.random.default_rng(count(rng, "rng (the seed)"))


def _kind(array: NDArray[Any]) -> str:
    names = {"c": "complex numbers", "O": "Python objects", "U": "text", "S": "bytes"}
    return names.get(array.dtype.kind, f"values of type {array.dtype}")
