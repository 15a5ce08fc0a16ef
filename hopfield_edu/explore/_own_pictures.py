"""Pictures that a learner brings along, in whatever form, as patterns with a shape and names."""

from __future__ import annotations

from collections.abc import Mapping, Sized
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hopfield_edu import _check, datasets
from hopfield_edu import patterns as library
from hopfield_edu.explore._controls import Control

CELLS = 1024  # of a picture, at most: 32 x 32
MOST = 64  # pictures


class Pictures:
    """M pictures of ±1, flat (M, N), with the rows and columns of each and their names.

    An explorer keeps one such object and hands it to its drawing. Two of them are equal only if they are the
    same, so that what was computed for them can be remembered.
    """

    def __init__(self, states: NDArray[np.int_], shape: tuple[int, int], names: tuple[str, ...]) -> None:
        self.states, self.shape, self.names = states, shape, names
        self.states.flags.writeable = False

    def __len__(self) -> int:
        return len(self.states)

    def __repr__(self) -> str:
        return f"{len(self)} pictures of {self.shape[0]} x {self.shape[1]} cells"


def pictures(
    patterns: Any, shape: Any = None, *, fewest: int = 1, most: int = MOST, noun: str = "picture"
) -> Pictures:
    """Whatever stands for pictures: arrays (M, N) or (M, rows, columns), names, or a mapping from names.

    Parameters
    ----------
    patterns : array, list of names, or mapping
        As a learner gave it; `Pictures` are returned as they are.
    shape : (rows, columns), optional
        Of flat pictures; by default that of `datasets.shape_of`.
    fewest, most : int
        How many there may be.
    noun : str
        What pictures without names are called: "picture 1", "picture 2", ...
    """
    if isinstance(patterns, Pictures):
        return patterns
    values, names = _taken_apart(patterns, most)
    array = _cells(values)
    M, size = len(array), array[0].size
    if not fewest <= M <= most:
        raise ValueError(f"patterns holds {_number_of(M)}; {_wanted(fewest, most)}{_alone(array.shape)}")
    if size > CELLS:
        raise ValueError(
            f"patterns holds pictures of {size} cells; at most {CELLS} (32 x 32) are shown. "
            "datasets.picture(..., size=32) makes smaller ones"
        )
    states = _bipolar(array).reshape(M, size)
    where = _shape(array.shape[1:], shape)
    return Pictures(states, where, names or tuple(f"{noun} {k}" for k in range(1, M + 1)))


def own(patterns: Any, shape: Any = None, **limits: Any) -> Pictures | None:
    """`pictures`, or None where a learner has brought none."""
    if patterns is None:
        if shape is not None:
            raise ValueError(f"shape is {_check.shown(shape)}, but there are no patterns that have it")
        return None
    return pictures(patterns, shape, **limits)


@dataclass(frozen=True)
class Brought(Control):
    """The argument `patterns`, which becomes `Pictures`, or `shape`, which only they can have."""

    fewest: int = 1
    most: int = MOST

    def proper(self, value: Any, name: str, values: Mapping[str, Any]) -> Any:
        found = own(values["patterns"], values.get("shape"), fewest=self.fewest, most=self.most)
        return found if name == "patterns" else value


def brought(meaning: str, **limits: int) -> dict[str, Control]:
    """Declarations of the arguments `patterns` and `shape`."""
    text = f"{meaning}, a list of pictures (rows, cols), or a mapping from names to pictures"
    of = "Rows and columns of flat pictures that are not square"
    return {
        "patterns": Brought("", text, None, **limits),
        "shape": Brought("", of, None, kind="(int, int)", **limits),
    }


def _taken_apart(patterns: Any, most: int) -> tuple[Any, tuple[str, ...] | None]:
    """The pictures, and their names if they have any."""
    alone = isinstance(patterns, np.ndarray) and patterns.ndim == 0
    if alone or isinstance(patterns, str) or not isinstance(patterns, Sized):
        raise TypeError(
            f"patterns is {_check.shown(patterns)}; an array (M, N) of ±1, a list of pictures or of names, "
            "or a mapping from names to pictures is wanted"
        )
    if not isinstance(patterns, np.ndarray) and len(patterns) > max(most, CELLS):
        raise ValueError(f"patterns holds {_number_of(len(patterns))}; at most {most} are shown")
    if isinstance(patterns, Mapping):
        return list(patterns.values()), tuple(map(str, patterns))
    if len(patterns) and all(isinstance(name, str) for name in patterns):
        for name in patterns:
            _check.one_of(name, "a name in patterns", library.NAMES)
        return [library.named(name) for name in patterns], tuple(patterns)
    return patterns, None


def _cells(values: Any) -> NDArray[Any]:
    """(M, N) or (M, rows, columns); a single flat picture becomes a set of one."""
    if isinstance(values, (list, tuple)):
        values = [_check.array_of(value, "patterns") for value in values]
        if len({value.shape for value in values}) > 1:
            raise ValueError("patterns holds pictures of different sizes; all must have the same")
    array = _check.array_of(values, "patterns")
    if array.size == 0:
        raise ValueError("patterns is empty; at least one picture is wanted")
    if array.ndim == 1 and array.dtype.kind != "O":
        array = array[None]
    if array.ndim not in (2, 3):
        raise ValueError(
            f"patterns has shape {array.shape}; (M, N), a flat picture in each row, "
            "or (M, rows, columns) is wanted"
        )
    return array


def _bipolar(array: NDArray[Any]) -> NDArray[np.int_]:
    if array.dtype.kind in "uif" and not np.isin(array, (-1, 0, 1)).all():
        lowest, highest = float(array.min()), float(array.max())
        raise ValueError(
            f"patterns holds values from {lowest:g} to {highest:g}; every cell must be +1 or -1. "
            "datasets.picture makes such a picture of a photograph or of shades of grey"
        )
    return np.array(_check.bipolar(array, "patterns", ndim=(2, 3)))


def _shape(given: tuple[int, ...], shape: Any) -> tuple[int, int]:
    """Rows and columns of pictures that came as `given`."""
    size = int(np.prod(given))
    if shape is None:
        return (given[0], given[1]) if len(given) == 2 else datasets.shape_of(size)
    rows, columns = sides(shape)
    if rows * columns != size or (len(given) == 2 and given != (rows, columns)):
        had = f"{given[0]} x {given[1]}" if len(given) == 2 else str(size)
        raise ValueError(f"shape is {rows} x {columns}, but patterns holds pictures of {had} cells")
    return rows, columns


def sides(shape: Any, longest: int = CELLS) -> tuple[int, int]:
    """`shape` as two whole numbers."""
    listed = isinstance(shape, (tuple, list)) or (isinstance(shape, np.ndarray) and shape.ndim == 1)
    if not listed or len(shape) != 2:
        raise TypeError(f"shape is {_check.shown(shape)}; (rows, columns) is wanted")
    rows, columns = (_check.count(side, "a side of shape", low=1, high=longest) for side in shape)
    return rows, columns


def _number_of(M: int) -> str:
    return f"{M} picture{'s'[: M != 1]}"


def _wanted(fewest: int, most: int) -> str:
    return f"at most {most} are shown" if fewest <= 1 else f"{fewest} to {most} are wanted"


def _alone(given: tuple[int, ...]) -> str:
    """A hint where somebody may have given one picture as an array of rows."""
    if len(given) == 2 and 1 < given[0] <= 32 and given[1] <= 32:
        return "; for a single picture of these rows write [picture]"
    return ""
