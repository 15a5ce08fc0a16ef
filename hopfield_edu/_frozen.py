"""What a model is made of stays as it is: read-only arrays, also after a copy or a journey by pickle."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, TypeVar

import numpy as np
from numpy.typing import NDArray

A = TypeVar("A", bound=NDArray[Any])


def frozen(array: A) -> A:
    """The same array, read-only from now on; so it must not be the caller's own."""
    array.flags.writeable = False
    return array


class Frozen:
    """Objects with `_fixed` attributes, which are set once, and whose arrays are read-only.

    What is derived from them is kept as `cached_property`, so it must never get stale. A copy and a pickle
    leave it behind, and make the arrays read-only again, which NumPy does not.
    """

    _fixed: ClassVar[frozenset[str]] = frozenset()

    def __setattr__(self, name: str, value: Any) -> None:
        if name in self._fixed:
            if name in self.__dict__ or hasattr(type(self), name):
                self.__delattr__(name)
            if isinstance(value, np.ndarray):
                frozen(value)
        super().__setattr__(name, value)

    def __delattr__(self, name: str) -> None:
        if name in self._fixed:
            raise AttributeError(f"{name} is fixed: make a new {type(self).__name__} instead")
        super().__delattr__(name)

    def __getstate__(self) -> dict[str, Any]:
        kinds = {name: getattr(type(self), name, None) for name in self.__dict__}
        return {k: v for k, v in self.__dict__.items() if not isinstance(kinds[k], cached_property)}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        for name in self._fixed & state.keys():
            if isinstance(state[name], np.ndarray):
                frozen(state[name])


@dataclass(frozen=True)
class Curve:
    """A function of arrays with its parameter: unlike a closure it compares, and can be pickled.

    Examples
    --------
    >>> twice = Curve(np.multiply, 2)
    >>> twice(np.array([1, 2])), twice == Curve(np.multiply, 2)
    (array([2, 4]), True)
    """

    function: Callable[[NDArray[Any], Any], Any]
    parameter: float

    def __call__(self, x: NDArray[Any]) -> Any:
        return self.function(x, self.parameter)
