"""What may be amiss with a network that is handed over as an example, each fault with a name of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import numpy as np

from hopfield_edu.feedback._core import Mistake

Array = Any
Net = dict[str, Any]  # name of a part -> its array
Told = bool | str  # False, or what was seen

LARGEST = 1e6  # magnitude above which rounding would decide
ROUNDING = 1e-9  # relative: what is smaller than this part of the largest number is none


def misfits(parts: Sequence[str], low: int, high: int, largest: float = LARGEST) -> list[Mistake]:
    """Faults of shape and size of a network of `low` to `high` units, in the order in which they are met.

    Parameters
    ----------
    parts : sequence of str
        What is handed over: weights under any name, and perhaps a ``"bias"`` and a ``"state"``.
    low, high : int
        How many units the network may have; the exercise says so, too.
    largest : float
        How large a number may be; infinity where only signs count.
    """
    matrices = [part for part in parts if part not in ("bias", "state")]
    N, alone = max(low, 2), len(matrices) == 1
    sound = _zeros(matrices, N)

    def fault(name: str, wrong: Net, found: Callable[[Net], Told], text: str) -> Mistake:
        example = tuple((sound | wrong)[part] for part in parts)
        return Mistake(name, example, text, lambda *arrays: found(dict(zip(parts, arrays, strict=True))))

    faults = []
    for part in matrices:
        oblong, more = {part: np.zeros((N - 1, N))}, _zeros([part], high + 1)
        number = "wrong number of units" + ("" if alone else f" in {part}")
        faults += [
            fault(f"{part} not square", oblong, partial(_not_square, part), f"`{part}` {_SQUARE}"),
            fault(number, more, partial(_number, part, low, high), f"`{part}` {_UNITS}"),
        ]
    for part in parts:
        if part not in matrices:
            name, short = f"{part} of another length", {part: np.ones(N - 1)}
            faults.append(fault(name, short, partial(_length, part, matrices[0]), f"`{part}` {_LENGTH}"))
    if "state" in parts:
        zeros, twos = {"state": np.zeros(N)}, {"state": np.full(N, 2)}
        faults.append(fault("0/1 instead of ±1", zeros, _zero_one, _ZERO_ONE))
        faults.append(fault("state not ±1", twos, _not_bipolar, _BIPOLAR))
    if np.isfinite(largest):
        huge = {matrices[0]: np.full((N, N), 2 * largest)}
        text = f"Numbers of ordinary size, please: up to {largest:,.0f}. Beyond that, rounding would decide."
        if largest < LARGEST:
            text = f"The exercise allows no number beyond {largest:g} or below {-largest:g}."
        faults.append(fault("numbers too large", huge, partial(_too_large, largest), text))
    return faults


_SQUARE = "must be a square matrix: one row and one column for each unit."
_UNITS = "has another number of units than is asked for."
_LENGTH = "needs one number for each unit, in a plain list."
_ZERO_ONE = "Units here are +1 or -1; your state is coded with 0 and 1."
_BIPOLAR = "Every unit of the state must be +1 or -1."


def _zeros(matrices: Sequence[str], N: int) -> Net:
    """A network that fits, and nothing more."""
    return {name: np.zeros((N, N)) for name in matrices} | {"bias": np.zeros(N), "state": np.ones(N)}


def _not_square(part: str, net: Net) -> Told:
    W = net[part]
    return False if W.ndim == 2 and W.shape[0] == W.shape[1] else f"Yours has the shape {W.shape}."


def _number(part: str, low: int, high: int, net: Net) -> Told:
    N = len(net[part])
    limits = f"may have {low} to {high}" if low < high else f"must have {low}"
    return False if low <= N <= high else f"It {limits}; yours has {N}."


def _length(part: str, matrix: str, net: Net) -> Told:
    shape, N = net[part].shape, len(net[matrix])
    if shape == (N,):
        return False
    yours = f"{shape[0]} numbers" if len(shape) == 1 else f"the shape {shape}"
    return f"There are {N} units; yours has {yours}."


def _zero_one(net: Net) -> Told:
    return bool((net["state"] == 0).any() and np.isin(net["state"], (0, 1)).all())


def _not_bipolar(net: Net) -> Told:
    return bool((np.abs(net["state"]) != 1).any())


def _too_large(largest: float, net: Net) -> Told:
    return any(bool(np.abs(array).max() > largest) for array in net.values())


def symmetric(W: Array) -> bool:
    """Whether w_ij = w_ji, up to rounding."""
    return not nonzero(W - W.T, W).any()


def nonzero(values: Array, W: Array) -> Array:
    """Which values are not zero up to rounding, where they were made of the numbers in W."""
    return np.abs(values) > ROUNDING * np.abs(W).max(initial=0)
