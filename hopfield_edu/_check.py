"""Checks of what a caller hands in: every refusal names the argument, what was given and what is wanted.

No message prints an array or a long list (`shown`), and what would take too much memory or time is refused
before anything is allocated (`budget`). Checks of arrays make no temporary array of the same size.
"""

from __future__ import annotations

import inspect
import math
import reprlib
from collections.abc import Callable, Iterable, Sized
from itertools import islice
from numbers import Integral, Real
from typing import Any, TypeVar, cast

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hopfield_edu._types import SCHEDULES, TIES, Schedule, Ties

T = TypeVar("T")
LARGEST = 1e300  # sums of larger numbers might overflow
BIPOLAR = "±1"
MEMORY = 2**31  # bytes that one call may ask for
STEPS = 10**9  # steps of arithmetic that one call may ask for: some seconds
SWEEPS = 10**6  # sweeps of one recall
ENTRIES = 2**29  # of an array: a view can have any number of them, and no memory of its own
ROUNDING = 2.0**-30  # of symmetric weights, relative to the largest
_ROWS = 64  # looked at together, so that a check of large weights needs little memory
_KINDS = {"b": "booleans", "c": "complex numbers", "U": "text", "S": "bytes"}
_CONVERTERS = {"b": "; convert with patterns.to_bipolar", "U": "; convert with patterns.from_label"}
_OURS = {  # what others call so
    "async": '"random" (a new order in every sweep), "ordered" or "random-unit"',
    "sequential": '"ordered" (always the same order) or "random" (a new one in every sweep)',
    "sync": '"synchronous"',
    "parallel": '"synchronous"',
}

_brief = reprlib.Repr()
_brief.maxstring = _brief.maxother = 60
_brief.maxlist = _brief.maxtuple = _brief.maxdict = _brief.maxset = 8


def shown(value: Any) -> str:
    """`value` for a message: one short line, and never an array.

    Examples
    --------
    >>> shown(np.zeros((3, 4))), shown(list(range(100))), shown("async"), shown(np.float64(0.5))
    ('an array of shape (3, 4)', 'a list of 100 items', "'async'", '0.5')
    """
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape}"
    if isinstance(value, int) and value.bit_length() > 200:
        return f"a whole number of {int(value.bit_length() * math.log10(2)) + 1} digits"
    try:
        text = _brief.repr(value)
    except Exception:  # somebody else's repr
        text = ""
    if 0 < len(text) <= 64 and not any(sign in text for sign in ("\n", " at 0x", "array(", "...")):
        return text
    if isinstance(value, str):
        return f"{value[:40]!r}..."
    if callable(value) and isinstance(name := getattr(value, "__name__", None), str):
        return f"the {'class' if isinstance(value, type) else 'function'} {name[:40]}"
    if isinstance(value, Sized) and isinstance(value, (list, tuple, set, dict, frozenset)):
        return f"a {type(value).__name__} of {len(value)} items"
    return f"a value of type {type(value).__name__}"


def budget(*, numbers: float = 0, steps: float = 0, most: float = STEPS, **given: Any) -> None:
    """Refuse what would take more than `MEMORY` (8 bytes for each of `numbers`) or more than `most` steps.

    `given` are the arguments to blame, under the caller's names. Call this before anything is allocated.

    Examples
    --------
    >>> budget(numbers=2 * 10**12, points=10**12)
    Traceback (most recent call last):
    ValueError: points = 1000000000000: that would take 1.5e+04 GiB of memory; the limit is 2 GiB
    """
    if 8 * numbers > MEMORY:
        need, limit, what = _scaled(8 * numbers, 2**30), f"{MEMORY / 2**30:g} GiB", " GiB of memory"
    elif steps > most:
        need, limit, what = _scaled(steps, 1), f"{most:.2g}", " steps of arithmetic"
    else:
        return
    blamed = ", ".join(f"{name} = {shown(value)}" for name, value in given.items())
    raise ValueError(f"{blamed}: that would take {need}{what}; the limit is {limit}")


def _scaled(number: float, unit: float) -> str:
    return f"{number / unit:.2g}" if number < LARGEST else "more than 1e300"


def flag(value: Any, name: str) -> bool:
    """`value` if it is True or False: a number or a text is no flag.

    Examples
    --------
    >>> flag("no", "record")
    Traceback (most recent call last):
    TypeError: record is 'no'; True or False is wanted
    """
    if not isinstance(value, (bool, np.bool_)):
        raise TypeError(f"{name} is {shown(value)}; True or False is wanted")
    return bool(value)


def instance(value: Any, name: str, kind: type[T] | tuple[type[T], ...], wanted: str) -> T:
    """`value` if it is of a `kind`; `wanted` says in words what that is."""
    if not isinstance(value, kind):
        raise TypeError(f"{name} is {shown(value)}; {wanted} is wanted")
    return value


def listed(values: Any, name: str, things: str, *, high: int) -> list[Any]:
    """`values` as a list of at most `high` things; a text is none, though one can walk through it.

    Examples
    --------
    >>> listed("heart", "names", "names", high=5)
    Traceback (most recent call last):
    TypeError: names is 'heart'; give a list of names, such as ['heart']
    """
    if isinstance(values, (str, bytes)):
        raise TypeError(f"{name} is {shown(values)}; give a list of {things}, such as [{shown(values)}]")
    try:
        found = list(islice(iter(values), high + 1))
    except TypeError:
        raise TypeError(f"{name} is {shown(values)}; a list of {things} is wanted") from None
    if len(found) > high:
        raise ValueError(f"{name} holds more than {high} {things}; at most so many are wanted")
    return found


def function(value: Any, name: str, wanted: str = "a function") -> Callable[..., Any]:
    """`value` if it can be called."""
    if not callable(value) or isinstance(value, type):
        raise TypeError(f"{name} is {shown(value)}; {wanted} is wanted")
    return cast(Callable[..., Any], value)


def called_with(value: Any, name: str, *arguments: Any, wanted: str) -> Callable[..., Any]:
    """`value` if it is a function that takes these arguments."""
    function(value, name, wanted)
    try:
        inspect.signature(value).bind(*arguments)
    except ValueError:  # of some functions that are written in C nothing is known
        pass
    except TypeError:
        raise TypeError(f"{name} does not take {len(arguments)} arguments; {wanted} is wanted") from None
    return cast(Callable[..., Any], value)


def array_of(values: ArrayLike, name: str) -> NDArray[Any]:
    """`values` as an array of whatever it holds, of at most `ENTRIES` entries."""
    if isinstance(values, range):  # NumPy would count it number by number
        given: dict[str, Any] = {name: values}
        budget(numbers=len(values), **given)
        values = np.arange(values.start, values.stop, values.step)
    try:
        array = np.asarray(values)
    except ValueError as error:
        raise ValueError(f"{name} has rows of different lengths; a rectangular array is wanted") from error
    except Exception as error:  # an object whose own conversion fails
        raise TypeError(f"{name} is {shown(values)}, which cannot be made an array") from error
    if array.size > ENTRIES:
        raise ValueError(f"{name} has shape {array.shape}; at most {ENTRIES} entries are wanted")
    return array


def real_array(
    values: ArrayLike, name: str, wanted: str = "an array of real numbers", largest: float = LARGEST
) -> NDArray[Any]:
    """`values` as an array of finite real numbers, none beyond ±`largest`."""
    array = array_of(values, name)
    kind = array.dtype.kind
    if kind not in "iuf":
        hint = _CONVERTERS.get(kind, "") if wanted == BIPOLAR else ""
        raise TypeError(
            f"{name} {'is' if array.ndim == 0 else 'holds'} {_held(array)}, but {wanted} is wanted{hint}"
        )
    if kind == "f" and array.size:
        extreme = float(np.maximum(array.max(), -array.min()))  # NaN if there is one
        if not extreme <= largest:
            bad = {np.inf: "infinity"}.get(extreme, f"{extreme:g}".replace("nan", "NaN"))
            limit = f"{largest:g}".replace("+", "")
            raise ValueError(f"{name} contains {bad}; every entry must be a finite number, at most {limit}")
    return array


def _held(array: NDArray[Any]) -> str:
    """What an array holds that is no real number."""
    if array.ndim == 0:
        return shown(array.item())
    if array.dtype.kind != "O":
        return _KINDS.get(array.dtype.kind, f"values of type {array.dtype}")
    first = next((x for x in array.ravel() if not isinstance(x, (int, float))), array.flat[0])
    if isinstance(first, int):
        return "whole numbers beyond 64 bits"
    return "None" if first is None else f"values of type {type(first).__name__}"


def bipolar(
    values: ArrayLike, name: str, *, ndim: Iterable[int] = (1, 2), units: int | None = None
) -> NDArray[np.int_]:
    """`values` as an integer array of ±1 with an allowed number of axes and `units` columns."""
    array, allowed = real_array(values, name, BIPOLAR), tuple(ndim)
    if array.ndim not in allowed:
        shapes = {1: "(N,)", 2: "(B, N)" if name.startswith(("state", "cue")) else "(M, N)"}
        wanted = " or ".join(shapes[n] for n in allowed)
        hint = remedy(array.shape, name, units, allowed)
        raise ValueError(f"{name} has shape {array.shape}; {wanted} is wanted{hint}")
    if array.size == 0:
        raise ValueError(f"{name} is empty (shape {array.shape}); at least one is needed")
    if not (np.abs(array) == 1).all():
        raise ValueError(_not_bipolar(array, name))
    if units is not None and array.shape[-1] != units:
        hint = remedy(array.shape, name, units, allowed)
        raise ValueError(f"{name} has {array.shape[-1]} units, but the network has N = {units}{hint}")
    return array.astype(int, copy=False)


def remedy(shape: tuple[int, ...], name: str, units: int | None, ndim: Iterable[int] = (1, 2)) -> str:
    """What would put a wrong shape right, as the end of a sentence: pictures come flat, one per row.

    Examples
    --------
    >>> remedy((100, 3), "patterns", 100)
    '; one pattern per row: transpose it, patterns.T'
    >>> remedy((10, 10), "state", 100)
    '; a picture comes flat: state.ravel()'
    >>> remedy((5, 10, 10), "state", None)
    '; pictures come flat, one per row: state.reshape(5, -1)'
    """
    size, several = math.prod(shape), 2 in tuple(ndim)
    if len(shape) == 2 and (size == units or (units is None and not several and size)):
        if 1 in shape:
            return f"; make it one row of numbers: {name}.ravel()"
        return f"; a picture comes flat: {name}.ravel()"
    if len(shape) == 2 and several and shape[0] == units:
        one = "state" if name.startswith(("state", "cue")) else "pattern"
        return f"; one {one} per row: transpose it, {name}.T"
    if len(shape) == 3 and several and units in (None, size // max(shape[0], 1)):
        return f"; pictures come flat, one per row: {name}.reshape({shape[0]}, -1)"
    return ""


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
    others = array[~np.isin(array, allowed)][:1000]
    return ", ".join(f"{value:g}" for value in np.unique(others)[:3])


def weights(values: ArrayLike, name: str = "weights", *, symmetric: bool = False) -> NDArray[Any]:
    """`values` as a square matrix (N, N) of finite numbers.

    If `symmetric` weights are asked for, so are those that are returned, exactly: where rounding has set
    w_ij and w_ji apart, both become their mean.
    """
    array = real_array(values, name)
    if array.ndim != 2 or array.shape[0] != array.shape[1]:
        raise ValueError(f"{name} has shape {array.shape}; a square matrix (N, N) is wanted")
    if array.size == 0:
        raise ValueError(f"{name} is empty; a network needs at least one unit")
    if not symmetric:
        return array
    apart = asymmetry(array)
    if apart > _tolerance(array):
        i, j = _most_apart(array, apart)
        raise ValueError(
            f"{name} is not symmetric (w[{i}, {j}] = {array[i, j]:g}, w[{j}, {i}] = {array[j, i]:g}); "
            "symmetric weights are wanted here"
        )
    return array if apart == 0 else array / 2 + array.T / 2


def is_symmetric(array: NDArray[Any], eps: float | None = None) -> bool:
    """Whether w_ij = w_ji up to rounding: `ROUNDING` times the largest weight, for single precision more.

    `eps` is the relative rounding of a number, if the array has been converted since.

    Examples
    --------
    >>> is_symmetric(np.array([[0, 0.1 + 0.2], [0.3, 0]])), is_symmetric(np.array([[0, 1], [1.001, 0]]))
    (True, False)
    """
    return bool(asymmetry(array) <= _tolerance(array, eps))


def asymmetry(array: NDArray[Any]) -> float:
    """max |w_ij - w_ji|."""
    return max(float(_apart(array, rows).max()) for rows in _parts(len(array)))


def _apart(array: NDArray[Any], rows: slice) -> NDArray[Any]:
    """|w_ij - w_ji| of some rows, in double precision: unsigned numbers may have no difference."""
    return np.abs(array[rows].astype(float) - array[:, rows].T)


def _tolerance(array: NDArray[Any], eps: float | None = None) -> float:
    if eps is None:
        eps = float(np.finfo(array.dtype).eps) if array.dtype.kind == "f" else 0.0
    return max(ROUNDING, 64 * eps) * max(abs(float(array.max())), abs(float(array.min())))


def _most_apart(array: NDArray[Any], apart: float) -> tuple[int, int]:
    """The first pair of weights that are `apart`."""
    for rows in _parts(len(array)):
        found = np.argwhere(_apart(array, rows) == apart)
        if found.size:
            return rows.start + int(found[0, 0]), int(found[0, 1])
    raise AssertionError("some pair is apart")


def _parts(N: int) -> Iterable[slice]:
    return (slice(start, start + _ROWS) for start in range(0, N, _ROWS))


def vector(values: ArrayLike, name: str, units: int) -> NDArray[np.float64]:
    """`values` as a float vector of length `units`."""
    array = real_array(values, name)
    if array.shape != (units,):
        hint = remedy(array.shape, name, units, (1,))
        raise ValueError(f"{name} has shape {array.shape}; ({units},) is wanted, one number per unit{hint}")
    return array.astype(float)


def states(
    values: ArrayLike, name: str, units: int, more: str = "", largest: float = LARGEST
) -> NDArray[np.float64]:
    """`values` as (N,) or (B, N) real numbers; `more` is said of the shape that is wanted."""
    array = real_array(values, name, largest=largest)
    if array.ndim not in (1, 2) or array.shape[-1] != units or array.size == 0:
        hint = more or remedy(array.shape, name, units)
        raise ValueError(f"{name} has shape {array.shape}; ({units},) or (B, {units}) is wanted{hint}")
    return array.astype(float, copy=False)


def count(value: Any, name: str, *, low: int = 0, high: int | None = None) -> int:
    """`value` as an integer within [low, high]."""
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, Integral):
        raise TypeError(f"{name} is {shown(value)}; an integer is wanted")
    number = int(value)
    if number < low or (high is not None and number > high):
        far = high is None or (number < low and high >= 1000)  # then the upper limit is beside the point
        bounds = f"at least {low}" if far else f"between {low} and {high}"
        raise ValueError(f"{name} is {shown(number)}; it must be {bounds}")
    return number


def sweeps(value: Any, name: str = "max_sweeps") -> int:
    """`value` as a number of sweeps or steps: at least one, and not for ever."""
    number = count(value, name, low=1)
    if number > SWEEPS:
        raise ValueError(f"{name} is {shown(value)}; the limit is {SWEEPS}")
    return number


def number(
    value: Any, name: str, *, low: float = -LARGEST, high: float = LARGEST, wanted: str | None = None
) -> float:
    """`value` as a finite number within [low, high]; `wanted` says in words what that is."""
    real = _real(value, name)
    if not low <= real <= high:
        raise ValueError(f"{name} is {_figure(real)}; {wanted or f'it must lie in [{low:g}, {high:g}]'}")
    return float(real)


def _real(value: Any, name: str) -> Any:
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, Real):
        raise TypeError(f"{name} is {shown(value)}; a number is wanted")
    return value


def _figure(value: Any) -> str:
    """A number for a message, also one that no float can hold."""
    try:
        return f"{float(value):g}"
    except OverflowError:
        return shown(value)


def fraction(value: Any, name: str) -> float:
    """`value` as a number within [0, 1]."""
    return number(value, name, low=0, high=1, wanted="a fraction must lie in [0, 1]")


def positive(value: Any, name: str, *, zero: bool = False, high: float = LARGEST) -> float:
    """`value` as a number above zero, or at least zero if that is allowed, and at most `high`."""
    real = _real(value, name)
    if not (0 <= real if zero else 0 < real) or real > high:
        limit = f", at most {high:g}," if real > high and high < LARGEST else ""
        wanted = "a number at least 0" if zero else "a positive number"
        raise ValueError(f"{name} is {_figure(real)}; {wanted}{limit} is wanted")
    return float(real)


def one_of(value: Any, name: str, choices: tuple[Any, ...]) -> Any:
    """`value` if it is one of `choices`."""
    for choice in choices:
        if _same(value, choice):
            return choice
    some = [repr(choice) for choice in choices]
    while len(", ".join(some)) > 300:
        some.pop()
    more = f" and {len(choices) - len(some)} more" if len(some) < len(choices) else ""
    raise ValueError(f"{name} is {shown(value)}; choose one of {', '.join(some)}{more}")


def _same(value: Any, choice: Any) -> bool:
    """Whether two things are equal; an array equals nothing, and True is no 1."""
    if isinstance(value, (bool, np.bool_)) != isinstance(choice, (bool, np.bool_)):
        return False
    try:
        return bool(value == choice) and not isinstance(value, np.ndarray)
    except Exception:  # "the truth value of an array is ambiguous", and whatever else == may raise
        return False


def schedule(value: Any, choices: tuple[Schedule, ...] = SCHEDULES, name: str = "schedule") -> Schedule:
    """`value` if it is a schedule; what others call "async" or "sync" gets a pointer to our names."""
    if isinstance(value, str) and value not in choices:
        for start, ours in _OURS.items():
            if value.lower().startswith(start) and any(f'"{choice}"' in ours for choice in choices):
                names = ", ".join(map(repr, choices))
                raise ValueError(f"{name} is {shown(value)}; choose one of {names}; {start} is {ours} here")
    return cast(Schedule, one_of(value, name, choices))


def ties(value: Any, name: str = "ties") -> Ties:
    """`value` if it says what a tie does."""
    return cast(Ties, one_of(value, name, TIES))


def permutation(values: ArrayLike, name: str, units: int) -> NDArray[np.intp]:
    """`values` as an order in which each of the units 0..units-1 occurs once."""
    array = real_array(values, name)
    if array.shape != (units,) or not np.array_equal(np.sort(array), np.arange(units)):
        missing = np.setdiff1d(np.arange(units), array)
        which = f" (unit {missing[0]} is missing)" if missing.size and array.ndim == 1 else ""
        raise ValueError(f"{name} is {shown(values)}{which}; each unit 0..{units - 1} is wanted exactly once")
    return array.astype(np.intp)


def generator(rng: Any, purpose: str) -> np.random.Generator:
    """`rng` as a Generator; a seed is accepted, silence is not."""
    if rng is None:
        raise ValueError(f"{purpose} draws random numbers: pass rng=, a seed or a numpy Generator")
    if isinstance(rng, np.random.Generator):
        return rng
    if isinstance(rng, (bool, np.bool_)) or not isinstance(rng, Integral):
        raise TypeError(f"rng is {shown(rng)}; a seed (a whole number) or a numpy Generator is wanted")
    return np.random.default_rng(count(rng, "rng (the seed)"))
