"""Names that the models share: who moves when, what a tie does, where chance comes from."""

from __future__ import annotations

from typing import Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray

Schedule = Literal["synchronous", "ordered", "random", "random-unit"]
OneByOne = Literal["ordered", "random", "random-unit"]
Ties = Literal["keep", 1, -1]
Rng = np.random.Generator | int

SCHEDULES: tuple[Schedule, ...] = get_args(Schedule)
ONE_BY_ONE: tuple[OneByOne, ...] = get_args(OneByOne)
TIES: tuple[Ties, ...] = get_args(Ties)

Reals = NDArray[np.float64]
States = NDArray[np.int_]
Array = NDArray[Any]
