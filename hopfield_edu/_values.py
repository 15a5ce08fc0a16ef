"""Reading, comparing and showing what a learner hands in, whatever it is: for feedback and predictions."""

from __future__ import annotations

import re
from array import array
from collections import deque
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from numbers import Number, Rational
from typing import Any

import numpy as np


class Listing(list[Any]):
    """A list whose length is part of the answer: too many entries are no matter of shape."""


def same(a: Any, b: Any, real: float = 1e-9) -> bool:
    """Whether two results agree; lists and arrays alike if their shapes agree.

    Numbers to 1e-9, or where neither side is made of whole numbers, to `real` times the largest; single
    precision is as good as it can be. Whole numbers and fractions of any length are compared exactly.
    """
    if isinstance(a, Mapping) or isinstance(b, Mapping):
        both = isinstance(a, Mapping) and isinstance(b, Mapping)
        return both and a.keys() == b.keys() and all(same(a[k], b[k], real) for k in a)
    if isinstance(a, (set, frozenset)) and isinstance(b, (set, frozenset)):
        return a == b
    x, y = numbers(a), numbers(b)
    if x is not None and y is not None:
        return _alike(a, b, x, y, real)
    a, b = _row(a), _row(b)
    if _complex(a) and _complex(b):
        return all(same(part(a), part(b), real) for part in (np.real, np.imag))
    if isinstance(a, (list, tuple)) and isinstance(b, (list, tuple)):
        return len(a) == len(b) and all(same(p, q, real) for p, q in zip(a, b, strict=True))
    if isinstance(a, str) and isinstance(b, str):
        return bool(fold(a) == fold(b))
    try:
        return type(a) is type(b) and bool(np.array_equal(a, b) if isinstance(a, np.ndarray) else a == b)
    except Exception:  # what comes from a learner may not even be compared
        return False


def _row(value: Any) -> Any:
    """An array of unlike things as the tuple that it stands for; anything else as it is."""
    packed = isinstance(value, np.ndarray) and value.dtype.kind == "O" and value.ndim == 1
    return tuple(value) if packed else value


def _complex(value: Any) -> bool:
    return isinstance(value, complex) or (isinstance(value, np.ndarray) and value.dtype.kind == "c")


def agree(guess: Any, outcome: Any) -> bool:
    """Whether a guess is right; yes and no may be True and False or y and n, "about 4" may be 4."""
    if isinstance(outcome, str) and fold(outcome) in ("yes", "no"):
        meant = {True: "yes", False: "no"}.get(guess) if isinstance(guess, (bool, np.bool_)) else guess
        return bool(same({"y": "yes", "n": "no"}.get(fold(meant), meant), outcome))
    plain = [re.sub(r"^\s*about\b", "", x, flags=re.I) if isinstance(x, str) else x for x in (guess, outcome)]
    try:
        return bool(same(*map(fold, plain)))
    except (TypeError, ValueError):  # things that cannot be compared are not equal
        return False


def _alike(a: Any, b: Any, x: np.ndarray, y: np.ndarray, real: float) -> bool:
    """Whether the numbers x of `a` and y of `b` agree."""
    if x.shape != y.shape:
        rows = isinstance(a, np.matrix) or isinstance(b, np.matrix)  # which always have two dimensions
        if not rows or x.size != y.size or min(x.ndim, y.ndim) > 1:
            return False
        x, y = x.ravel(), y.ravel()
    if isinstance(a, Rational) and isinstance(b, Rational) and (a == b or np.isinf(x) or np.isinf(y)):
        return a == b  # longer than any float
    kinds = [_array(value).dtype for value in (a, b)]
    whole = any(kind.kind in "biu" for kind in kinds)
    real = max(real, *(_PRECISION.get(kind.name, 0) for kind in kinds))
    largest = np.abs(y[np.isfinite(y)]).max(initial=0)
    near = 1e-9 + (0 if whole else (real - 1e-9) * largest)
    return np.array_equal(x, y) or bool(np.allclose(x, y, 1e-9, near, equal_nan=True))


_PRECISION = {"float32": 1e-6, "float16": 2e-3, "complex64": 1e-6}  # what they leave of a real number


def numbers(value: Any) -> np.ndarray | None:
    """`value` as an array of floats, or None if it is not made of numbers, or a listing.

    Numbers of any kind will do: fractions, decimals, sparse matrices, whole numbers beyond the floats
    (infinite here), complex numbers without an imaginary part, arrays of other libraries.
    """
    if value is None or isinstance(value, (Listing, str, bytes, Mapping, set, frozenset)):
        return None
    try:
        found = _array(value)
        if found.dtype.kind == "c":
            rest = np.abs(found.imag).max(initial=0)
            return found.real.astype(float) if rest <= 1e-12 * (1 + np.abs(found).max(initial=0)) else None
        if found.dtype.kind == "O":
            flat = [_float(entry) for entry in found.ravel().tolist()]
            return np.array(flat, float).reshape(found.shape)
        return found.astype(float) if found.dtype.kind in "biuf" else None
    except Exception:  # what comes from a learner may do anything when it is looked at
        return None


def _array(value: Any) -> np.ndarray:
    """`value` as an array of whatever it is made of; TypeError if it is no number and no row of numbers."""
    if callable(getattr(type(value), "toarray", None)) and hasattr(type(value), "nnz"):
        value = value.toarray()  # a sparse matrix
    if isinstance(value, (list, tuple, np.ndarray, np.generic, range, Number)):
        return np.asarray(value)
    if hasattr(type(value), "__array__") or isinstance(value, (array, deque)):
        return np.asarray(value)
    raise TypeError(f"a {type(value).__name__} is not made of numbers")


def _float(entry: Any) -> float:
    """A number as a float, infinite beyond their range; an array that is a single number counts as one."""
    if not isinstance(entry, (Number, np.bool_, np.ndarray)) or (
        isinstance(entry, np.ndarray) and entry.ndim
    ):
        raise TypeError(f"a {type(entry).__name__} is no number")
    try:
        return float(entry)  # type: ignore[arg-type]
    except OverflowError:
        return float("inf") if entry > 0 else float("-inf")  # type: ignore[operator]


def show(value: Any, limit: int = 300, digits: int = 6) -> str:
    """A value as short text that is the same on every machine."""
    try:
        text = _show(value, digits)
    except Exception:  # a learner's object may do anything when it is looked at
        text = f"a {type(value).__name__}"
    return text if len(text) <= limit else text[: limit - 2] + " …"


def _show(value: Any, digits: int) -> str:
    if isinstance(value, np.ndarray) or hasattr(type(value), "toarray"):
        value = np.asarray(_array(value)).tolist()
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, (list, tuple)):
        left, right = "[]" if isinstance(value, list) else "()"
        return left + ", ".join(_show(v, digits) for v in value) + right
    if isinstance(value, float) and np.isfinite(value):
        return f"{int(value)}" if value == int(value) and abs(value) < 1e15 else f"{value:.{digits}g}"
    if isinstance(value, complex):
        return f"{value.real:.{digits}g}{value.imag:+.{digits}g}j"
    if isinstance(value, (Fraction, Decimal)):
        return str(value)
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
    if _complex(value):
        return "a complex number" if np.ndim(value) == 0 else "an array of complex numbers"
    if isinstance(value, str):
        return "a text"
    if isinstance(value, list):
        return "a list"
    if callable(value):
        return "a function"
    return f"a {type(value).__name__}"


def size(args: tuple[Any, ...]) -> tuple[int, int, float]:
    """How big an input is: the number of its numbers, how long it takes to write them, their magnitude."""
    arrays = [a.ravel() for a in map(numbers, args) if a is not None]
    count = sum(a.size for a in arrays)
    few = [number for a in arrays for number in a.tolist()] if count <= 40 else []
    magnitude = float(sum(np.abs(a).sum() for a in arrays))
    return count, sum(len(f"{number:g}") for number in few), magnitude


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
