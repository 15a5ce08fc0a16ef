"""Which cases of a long list the default tier takes; the slow one takes the others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest


def every(step: int, cases: Sequence[Any], label: Callable[[Any], str]) -> list[Any]:
    """Cases as parameters: one in `step` for the default tier, those between are slow.

    A step without a common divisor with the lengths of a product's factors meets all of their values.
    """
    return [
        pytest.param(case, id=label(case), marks=[pytest.mark.slow] if k % step else [])
        for k, case in enumerate(cases)
    ]
