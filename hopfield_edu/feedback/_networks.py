"""What may be amiss with a network that is handed over as an example, each fault with a name of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from hopfield_edu.feedback._core import Mistake

Array = Any
Told = bool | str  # False, or what was seen

LARGEST = 1e6  # magnitude above which rounding would decide
ROUNDING = 1e-9  # relative: what is smaller than this part of the largest number is none


def misfits(parts: Sequence[str], low: int, high: int) -> list[Mistake]:
    """Faults of shape and size of a network of `low` to `high` units, in the order in which they are met.

    Parameters
    ----------
    parts : sequence of str
        What is handed over: ``"weights"``, and perhaps a ``"bias"`` and a ``"state"``.
    low, high : int
        How many units the network may have; the exercise says so, too.
    """
    sound, more = _zeros(max(low, 2)), _zeros(high + 1)
    shape = sound["weights"].shape

    def fault(
        name: str, wrong: dict[str, Array], found: Callable[[dict[str, Array]], Told], text: str
    ) -> Mistake:
        example = tuple((sound | wrong)[part] for part in parts)
        return Mistake(name, example, text, lambda *arrays: found(dict(zip(parts, arrays, strict=True))))

    faults = [
        fault("weights not square", {"weights": np.zeros(shape)[1:]}, _not_square, _SQUARE),
        fault("wrong number of units", more, lambda net: _wrong_number(net, low, high), _NUMBER),
    ]
    for part in parts:
        if part != "weights":
            name, wrong = f"{part} of another length", {part: np.ones(high)[: shape[0] - 1]}
            faults.append(
                fault(name, wrong, lambda net, part=part: _length(net, part), f"`{part}` {_LENGTH}")
            )
    if "state" in parts:
        zeros, twos = {"state": np.zeros(shape[0])}, {"state": np.full(shape[0], 2)}
        faults.append(fault("0/1 instead of ±1", zeros, _zero_one, _ZERO_ONE))
        faults.append(fault("state not ±1", twos, _not_bipolar, _BIPOLAR))
    faults.append(fault("numbers too large", {"weights": np.full(shape, 2 * LARGEST)}, _too_large, _LARGE))
    return faults


_SQUARE = "The weights are a square matrix: one row and one column for each unit."
_NUMBER = "The network has another number of units than is asked for."
_LENGTH = "needs one number for each unit, in a plain list."
_ZERO_ONE = "Units here are +1 or -1; your state is coded with 0 and 1."
_BIPOLAR = "Every unit of the state must be +1 or -1."
_LARGE = f"Numbers of ordinary size, please: up to {LARGEST:,.0f}. Beyond that, rounding would decide."


def _zeros(N: int) -> dict[str, Array]:
    """A network that fits, and nothing more."""
    return {"weights": np.zeros((N, N)), "bias": np.zeros(N), "state": np.ones(N)}


def _not_square(net: dict[str, Array]) -> Told:
    W = net["weights"]
    return False if W.ndim == 2 and W.shape[0] == W.shape[1] else f"Yours have the shape {W.shape}."


def _wrong_number(net: dict[str, Array], low: int, high: int) -> Told:
    N = len(net["weights"])
    limits = f"{low} to {high}" if low < high else f"{low}"
    return False if low <= N <= high else f"It may have {limits}; yours has {N}."


def _length(net: dict[str, Array], part: str) -> Told:
    shape, N = net[part].shape, len(net["weights"])
    if shape == (N,):
        return False
    yours = f"{shape[0]} numbers" if len(shape) == 1 else f"the shape {shape}"
    return f"There are {N} units; yours has {yours}."


def _zero_one(net: dict[str, Array]) -> Told:
    return bool((net["state"] == 0).any() and np.isin(net["state"], (0, 1)).all())


def _not_bipolar(net: dict[str, Array]) -> Told:
    return bool((np.abs(net["state"]) != 1).any())


def _too_large(net: dict[str, Array]) -> Told:
    return any(np.abs(array).max() > LARGEST for array in net.values())


def symmetric(W: Array) -> bool:
    """Whether w_ij = w_ji, up to rounding."""
    return not nonzero(W - W.T, W).any()


def nonzero(values: Array, W: Array) -> Array:
    """Which values are not zero up to rounding, where they were made of the numbers in W."""
    return np.abs(values) > ROUNDING * np.abs(W).max(initial=0)
