"""Checks of what a caller hands in: every refusal names the argument, what was given and what is wanted."""

from __future__ import annotations

from collections.abc import Iterable
from numbers import Integral, Real
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

TIES = ("keep", 1, -1)
SCHEDULES = ("synchronous", "ordered", "random", "random-unit")
LARGEST = 1e300  # sums of larger numbers might overflow
BIPOLAR = "±1"
_KINDS = {"b": "booleans", "c": "complex numbers", "O": "None or other objects", "U": "text", "S": "bytes"}
_CONVERTERS = {"b": "; convert with patterns.to_bipolar", "U": "; convert with patterns.from_label"}


def array_of(values: ArrayLike, name: str) -> NDArray[Any]:
    """`values` as an array of whatever it holds."""
    try:
        return np.asarray(values)
    except ValueError as error:
        raise ValueError(f"{name} has rows of different lengths; a rectangular array is wanted") from error


def real_array(values: ArrayLike, name: str, wanted: str = "an array of real numbers") -> NDArray[Any]:
    """`values` as an array of finite real numbers."""
    array = array_of(values, name)
    kind = array.dtype.kind
    if kind not in "iuf":
        given = repr(array.item()) if array.ndim == 0 else _KINDS.get(kind, f"values of type {array.dtype}")
        hint = _CONVERTERS.get(kind, "") if wanted == BIPOLAR else ""
        raise TypeError(
            f"{name} {'is' if array.ndim == 0 else 'holds'} {given}, but {wanted} is wanted{hint}"
        )
    if kind == "f" and array.size:
        largest = float(np.abs(array).max())  # NaN if there is one
        if not largest <= LARGEST:
            bad = {np.inf: "infinity"}.get(largest, f"{largest:g}".replace("nan", "NaN"))
            raise ValueError(f"{name} contains {bad}; every entry must be a finite number, at most 1e300")
    return array


def bipolar(
    values: ArrayLike, name: str, *, ndim: Iterable[int] = (1, 2), units: int | None = None
) -> NDArray[np.int_]:
    """`values` as an integer array of ±1 with an allowed number of axes and `units` columns."""
    array = real_array(values, name, BIPOLAR)
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
    if np.isin(array, (0, 1)).all():
        return f"{name} holds 0/1 values, but ±1 is wanted; convert with patterns.to_bipolar({name})"
    return (
        f"{name} holds values other than ±1 (such as {_others(array, (-1, 1))}); every unit must be +1 or -1"
    )


def two_valued(values: ArrayLike, name: str, allowed: tuple[int, int]) -> NDArray[np.int_]:
    """`values`, of any shape, as an integer array of the two values `allowed`; booleans may stand for 0/1."""
    array = array_of(values, name)
    array = array.astype(int) if array.dtype == bool and allowed == (0, 1) else real_array(array, name)
    if array.size == 0 or not np.isin(array, allowed).all():
        given = f"holds {_others(array, allowed)}" if array.size else "is empty"
        raise ValueError(f"{name} {given}; only the values {allowed[0]} and {allowed[1]} are wanted")
    return array.astype(int)


def _others(array: NDArray[Any], allowed: tuple[int, int]) -> str:
    """Some values of `array` that are not allowed."""
    return ", ".join(f"{value:g}" for value in np.unique(array[~np.isin(array, allowed)])[:3])


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


def states(values: ArrayLike, name: str, units: int, more: str = "") -> NDArray[np.float64]:
    """`values` as (N,) or (B, N) real numbers; `more` is said of the shape that is wanted."""
    array = real_array(values, name)
    if array.ndim not in (1, 2) or array.shape[-1] != units or array.size == 0:
        raise ValueError(f"{name} has shape {array.shape}; ({units},) or (B, {units}) is wanted{more}")
    return array.astype(float, copy=False)


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


def positive(value: Any, name: str) -> float:
    """`value` as a number above zero."""
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, Real):
        raise TypeError(f"{name} is {value!r}; a number is wanted")
    if not 0 < value <= LARGEST:
        raise ValueError(f"{name} is {value:g}; a positive number is wanted")
    return float(value)


def one_of(value: Any, name: str, choices: tuple[Any, ...]) -> Any:
    """`value` if it is one of `choices`."""
    if isinstance(value, (bool, np.bool_, np.ndarray)) or value not in choices:
        raise ValueError(f"{name} is {value!r}; choose one of {', '.join(map(repr, choices))}")
    return value


def permutation(values: ArrayLike, name: str, units: int) -> NDArray[np.intp]:
    """`values` as an order in which each of the units 0..units-1 occurs once."""
    array = real_array(values, name)
    if array.shape != (units,) or not np.array_equal(np.sort(array), np.arange(units)):
        raise ValueError(f"{name} is {values!r}; each unit 0..{units - 1} is wanted exactly once")
    return array.astype(np.intp)


def generator(rng: Any, purpose: str) -> np.random.Generator:
    """`rng` as a Generator; a seed is accepted, silence is not."""
    if rng is None:
        raise ValueError(f"{purpose} draws random numbers: pass rng=, a seed or a numpy Generator")
    if isinstance(rng, np.random.Generator):
        return rng
    if isinstance(rng, (bool, np.bool_)) or not isinstance(rng, Integral):
        raise TypeError(f"rng is {rng!r}; a seed (a whole number) or a numpy Generator is wanted")
    return np.random.default_rng(count(rng, "rng (the seed)"))
