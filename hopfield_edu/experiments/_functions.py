"""What a sweep calls, and with what: arguments of the points, and the marks of a function."""

from __future__ import annotations

import functools
import hashlib
import importlib
import inspect
import json
import pickle
import textwrap
from collections.abc import Callable, Mapping, Sequence
from itertools import product
from typing import Any, NamedTuple

import numpy as np

from hopfield_edu import _check

MOST_POINTS = 100_000
Scalar = bool | int | float | str | None


class Point(NamedTuple):
    """The arguments of one point, by position and by name."""

    given: tuple[Any, ...]
    named: dict[str, Any]


def grid(**values: Any) -> list[dict[str, Any]]:
    """Points for every combination of some values; the last name runs fastest.

    Parameters
    ----------
    **values
        Names of arguments and their values, or one value.

    Returns
    -------
    points : list of dict

    Examples
    --------
    >>> grid(N=[100, 200], load=0.1)
    [{'N': 100, 'load': 0.1}, {'N': 200, 'load': 0.1}]
    """
    axes = [_axis(given, name) for name, given in values.items()]
    if not axes or not all(axes):
        raise ValueError(f"values is {_check.shown(values)}; at least one value for each name is wanted")
    _check.budget(steps=float(np.prod([float(len(axis)) for axis in axes])), most=MOST_POINTS, values=values)
    return [dict(zip(values, each, strict=True)) for each in product(*axes)]


def _axis(given: Any, name: str) -> list[Any]:
    where = f"values ({name})"
    value = plain(list(given), where) if isinstance(given, (set, dict)) else plain(given, where)
    return list(value) if isinstance(value, tuple) else [value]


def plain(value: Any, name: str) -> Any:
    """`value` as numbers and texts that JSON keeps; a list or an array as a tuple of them."""
    if isinstance(value, (np.generic, np.ndarray)):
        value = value.tolist() if value.size <= MOST_POINTS else list(value.flat[: MOST_POINTS + 1])
    if isinstance(value, (list, tuple, range)):
        listed = _check.listed(value, name, "values", high=MOST_POINTS)
        return tuple(plain(each, name) for each in listed)
    if isinstance(value, float):
        return _check.number(value, name)
    if value is None or isinstance(value, (bool, int, str)):
        return value
    raise TypeError(f"{name} holds {_check.shown(value)}; numbers and texts are wanted")


def read_points(points: Any) -> list[Point]:
    """The arguments of each point: a number or text, a tuple of them, or a mapping by names."""
    if isinstance(points, Mapping):
        raise TypeError(f"points is {_check.shown(points)}; a list is wanted, such as grid(**points)")
    listed = _check.listed(points, "points", "points", high=MOST_POINTS)
    if not listed:
        raise ValueError("points is empty; at least one point is needed")
    return [_read_point(point, f"points[{k}]") for k, point in enumerate(listed)]


def _read_point(point: Any, name: str) -> Point:
    if isinstance(point, Mapping):
        if not all(isinstance(key, str) for key in point):
            raise TypeError(f"{name} is {_check.shown(point)}; names of arguments are wanted as its keys")
        return Point((), {key: plain(value, name) for key, value in point.items()})
    value = plain(point, name)
    return Point(value if isinstance(value, tuple) else (value,), {})


def names_of(function: Callable[..., Any], points: Sequence[Point]) -> tuple[str, ...]:
    """What the arguments of the points are called, after the function has been found to take them."""
    signature = _signature(function)
    chance, found = name_of_rng(function), []
    for k, point in enumerate(points):
        try:
            if signature is None:
                bound = {f"x{i}": value for i, value in enumerate(point.given)} | point.named
            elif chance:
                bound = signature.bind(*point.given, **point.named, **{chance: None}).arguments
            else:
                bound = signature.bind(*point.given, None, **point.named).arguments
        except TypeError:
            shown = _check.shown(point.named or point.given)
            takes = ", ".join(signature.parameters) if signature else ""
            raise TypeError(
                f"function takes ({takes}); it cannot be called with points[{k}], {shown}, and rng"
            ) from None
        own = {name: value for name, value in bound.items() if name != chance}
        found.append(_own_names(own, point, signature))
    if any(names != found[0] for names in found):
        raise ValueError("points name other arguments here and there; the same are wanted for all")
    return found[0]


def _own_names(bound: Mapping[str, Any], point: Point, signature: Any) -> tuple[str, ...]:
    """The names of what the point gives: by position in the order of the function, or its own names."""
    if point.named:
        return tuple(point.named)
    names = list(bound)[: len(point.given)]
    if len(names) < len(point.given) or (signature and _is_starred(signature, names[-1:])):
        return tuple(f"x{i}" for i in range(len(point.given)))
    return tuple(names)


def _is_starred(signature: inspect.Signature, names: Sequence[str]) -> bool:
    return any(signature.parameters[name].kind is inspect.Parameter.VAR_POSITIONAL for name in names)


def _signature(function: Callable[..., Any]) -> inspect.Signature | None:
    try:
        return inspect.signature(function)
    except (ValueError, TypeError):  # of some functions that are written in C nothing is known
        return None


def name_of_rng(function: Callable[..., Any]) -> str:
    """By which name a function takes its generator: rng, or that of its last argument; "" if by no name.

    Examples
    --------
    >>> name_of_rng(lambda load, rng, N=3: N), name_of_rng(lambda load, chance: load)
    ('rng', 'chance')
    """
    signature = _signature(function)
    if signature is None:
        return ""
    kinds = {name: p.kind for name, p in signature.parameters.items()}
    named = (inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY)
    if kinds.get("rng") in named or inspect.Parameter.VAR_KEYWORD in kinds.values():
        return "rng"
    needed = [name for name, p in signature.parameters.items() if p.default is p.empty]
    return needed[-1] if needed and kinds[needed[-1]] in named else ""


# ------------------------------------------------------------------ known again


def of_this_library(name: Any) -> Callable[..., Any]:
    """The function of an experiment, by the name that its table tells."""
    module, _, own = str(name).rpartition(".")
    if not module.startswith("hopfield_edu.experiments."):
        raise ValueError(f"found is of {_check.shown(name)}, which is no experiment of this library")
    return _check.function(getattr(importlib.import_module(module), own, None), "found (its function)")


def identity(function: Any) -> dict[str, Any]:
    """By what a store knows a function again: its name, a hash of its source, and what is fixed in it.

    Of what the function calls, nothing is known: a change there is not noticed.
    """
    fixed: dict[str, Any] = {}
    while isinstance(function, functools.partial):
        fixed = {f"{i}": mark(value) for i, value in enumerate(function.args)} | fixed
        fixed = {name: mark(value) for name, value in function.keywords.items()} | fixed
        function = function.func
    cells = getattr(function, "__closure__", None) or ()
    names = getattr(getattr(function, "__code__", None), "co_freevars", ())
    fixed |= {name: mark(cell.cell_contents) for name, cell in zip(names, cells, strict=True)}
    if not hasattr(function, "__qualname__"):  # an object that can be called
        return {"function": _name(type(function)), "source": mark(function), "fixed": fixed}
    return {"function": _name(function), "source": _source(function), "fixed": fixed}


def _name(function: Any) -> str:
    return f"{function.__module__}.{function.__qualname__}"


def _source(function: Any) -> str | None:
    """A hash of the source, wherever it stands; of the code, where there is no source."""
    try:
        text = textwrap.dedent(inspect.getsource(function)).encode()
    except (OSError, TypeError):
        code = getattr(function, "__code__", None)
        if code is None:
            return None
        text = code.co_code + repr((code.co_names, [c for c in code.co_consts if _is_scalar(c)])).encode()
    return _digest(text)


def mark(value: Any) -> Any:
    """`value` itself if JSON keeps it, otherwise a hash of its bytes."""
    if _is_scalar(value):
        return value
    if callable(value) and hasattr(value, "__qualname__"):
        return identity(value)
    if isinstance(value, (list, tuple)) and all(map(_is_scalar, value)):
        return list(value)
    try:
        return f"{type(value).__name__} {_digest(pickle.dumps(value, protocol=4))}"
    except Exception:
        shown = _check.shown(value)
        raise TypeError(f"function holds {shown}, by which a store cannot know it again") from None


def _is_scalar(value: Any) -> bool:
    return (
        value is None
        or isinstance(value, (bool, int, str))
        or (isinstance(value, float) and json.loads(json.dumps(value)) == value)
    )


def _digest(text: bytes) -> str:
    return hashlib.sha256(text).hexdigest()[:16]
