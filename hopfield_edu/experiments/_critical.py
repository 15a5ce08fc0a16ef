"""The load that a network of finite size can bear, and where it leads to as the network grows."""

from __future__ import annotations

import numpy as np

from hopfield_edu import binary, learning, patterns
from hopfield_edu._types import Reals, States

KEPT = 0.9  # the overlap from which on a memory counts as kept
HALVINGS = 8


def bracket(N: int) -> tuple[float, float]:
    """Loads between which the critical one of N units is looked for: generous, and narrower for large N."""
    return 0.12, 0.14 + 3 / N**0.5


def each_overlap(a: States, b: States) -> Reals:
    """The overlap of each row of one with the same row of the other."""
    return (a * b).mean(axis=1)


def share_kept(stored: States, cues: int) -> float:
    """The share of the first `cues` memories that keep an overlap above 0.9 when recall starts at them."""
    start = stored[:cues]
    end = binary.Network(learning.hebb(stored)).recall(start).final
    return float(np.mean(each_overlap(start, end) > KEPT))


def load_of_half(N: int, cues: int, rng: np.random.Generator) -> float:
    """The load at which one growing set of patterns has lost half of its first memories.

    Found by halving the interval `bracket` eight times. Where the share goes up and down again, this is one
    of the places where it passes one half.
    """
    low, high = bracket(N)
    stored = patterns.random(round(high * N), N, rng)
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        if share_kept(stored[: round(middle * N)], cues) >= 0.5:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def critical_load(N: int, sets: int, cues: int, rng: np.random.Generator) -> dict[str, float]:
    """The mean of `load_of_half` over some sets of patterns."""
    return {"critical_load": float(np.mean([load_of_half(N, cues, rng) for _ in range(sets)]))}
