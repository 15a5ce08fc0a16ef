"""Reading, comparing and showing what a learner hands in, whatever it is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import numpy as np


class Listing(list[Any]):
    """A list whose length is part of the answer: too many entries are no matter of shape."""


def same(a: Any, b: Any, real: float = 1e-9) -> bool:
    """Whether two results agree; lists and arrays alike if their shapes agree.

    Numbers to 1e-9, or where neither side is made of whole numbers, to `real` times the largest.
    """
    if isinstance(a, Mapping) or isinstance(b, Mapping):
        both = isinstance(a, Mapping) and isinstance(b, Mapping)
        return both and a.keys() == b.keys() and all(same(a[k], b[k], real) for k in a)
    if isinstance(a, (set, frozenset)) and isinstance(b, (set, frozenset)):
        return a == b
    x, y = numbers(a), numbers(b)
    if x is not None and y is not None:
        if x.shape != y.shape:
            return False
        whole = any(np.asarray(value).dtype.kind in "biu" for value in (a, b))
        largest = np.abs(y[np.isfinite(y)]).max(initial=0)
        near = 1e-9 + (0 if whole else (real - 1e-9) * largest)
        return np.array_equal(x, y) or bool(np.allclose(x, y, 1e-9, near, equal_nan=True))
    if isinstance(a, (list, tuple)) and isinstance(b, (list, tuple)):
        return len(a) == len(b) and all(same(p, q, real) for p, q in zip(a, b, strict=True))
    if isinstance(a, str) and isinstance(b, str):
        return bool(fold(a) == fold(b))
    return type(a) is type(b) and bool(a == b)


def numbers(value: Any) -> np.ndarray | None:
    """`value` as an array of floats, or None if it is not made of numbers, or a listing."""
    if isinstance(value, Listing) or not isinstance(
        value, (list, tuple, np.ndarray, np.generic, bool, int, float)
    ):
        return None
    try:
        array = np.asarray(value)
        return array.astype(float) if array.dtype.kind in "biuf" else None
    except (ValueError, TypeError, OverflowError):
        return None


def show(value: Any, limit: int = 300, digits: int = 6) -> str:
    """A value as short text that is the same on every machine."""
    try:
        text = _show(value, digits)
    except Exception:  # a learner's object may do anything when it is looked at
        text = f"a {type(value).__name__}"
    return text if len(text) <= limit else text[: limit - 2] + " …"


def _show(value: Any, digits: int) -> str:
    if isinstance(value, np.ndarray):
        value = value.tolist()
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, (list, tuple)):
        left, right = "[]" if isinstance(value, list) else "()"
        return left + ", ".join(_show(v, digits) for v in value) + right
    if isinstance(value, float) and np.isfinite(value):
        return f"{int(value)}" if value == int(value) and abs(value) < 1e15 else f"{value:.{digits}g}"
    if isinstance(value, (str, int, float)) or value is None:
        return repr(value)
    if isinstance(value, (dict, set, frozenset)):
        return re.sub(r"0x[0-9a-fA-F]+", "0x…", repr(value))
    return f"a {type(value).__name__}"


def kind(value: Any) -> str:
    """What a value is, in words."""
    if value is None:
        return "None"
    if isinstance(value, (bool, np.bool_)):
        return "True or False"
    array = numbers(value)
    if array is not None:
        return "a number" if array.ndim == 0 else f"an array of shape {array.shape}"
    if isinstance(value, str):
        return "a text"
    if isinstance(value, list):
        return "a list"
    if callable(value):
        return "a function"
    return f"a {type(value).__name__}"


def size(args: tuple[Any, ...]) -> tuple[int, float]:
    """How big an input is: the number of its numbers, then their magnitude."""
    arrays = [a for a in map(numbers, args) if a is not None]
    return sum(a.size for a in arrays), float(sum(np.abs(a).sum() for a in arrays))


def fold(value: Any) -> Any:
    """Text without case, spaces and typographic minus signs; that of a number or a fraction as a number."""
    if not isinstance(value, str):
        return value
    text = re.sub(r"\s+", "", value).casefold().translate(MINUS)
    try:
        above, slash, below = text.partition("/")
        return float(above) / float(below) if slash else float(text)
    except (ValueError, ZeroDivisionError):
        return text


def rounded(entry: Any, aim: Any) -> bool:
    """Whether `entry` is not `aim` but its first decimals, two or more of them, rounded or cut off."""
    exact = numbers(aim)
    if exact is None or exact.ndim or not isinstance(entry, (float, np.floating)) or not np.isfinite(entry):
        return False
    places = -int(Decimal(repr(float(entry))).as_tuple().exponent)
    return 2 <= places <= 15 and not same(entry, aim) and abs(float(entry) - float(exact)) < 10.0**-places


MINUS = str.maketrans({"−": "-", "–": "-", "\N{FULLWIDTH PLUS SIGN}": "+"})


def blank(value: Any) -> bool:
    """True for the placeholders that a released exercise holds."""
    if value is None or value is ... or value is NotImplemented:
        return True
    return isinstance(value, str) and value.strip(" ?.…_") == ""
