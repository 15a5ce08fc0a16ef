"""Small random networks of whole numbers, kept in every way that the library has, for several tests."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

from hopfield_edu import binary

TIES = ("keep", 1, -1)
STORED = ("whole numbers", "divided by N", "whole numbers and a scale")


def integer_network(rng, N, symmetric, with_bias, high=3):
    """Small whole-number weights (self-connections of either sign) and bias: ties are frequent."""
    W = rng.integers(-high, high + 1, (N, N))
    if symmetric:
        W = np.triu(W) + np.triu(W, 1).T
    return W, rng.integers(-2, 3, N) if with_bias else np.zeros(N, int)


def network(W, b, stored):
    """The same integer network, kept in one of three ways, and the factor in its energies."""
    N = len(W)
    if stored == "divided by N":
        return binary.Network(W / N, b / N), lambda E: E / N
    if stored == "whole numbers and a scale":
        return binary.Network(W, b, scale=1 / N), lambda E: 1 / N * E
    return binary.Network(W, b), lambda E: 1.0 * E


def seed_for(schedule, rng):
    return int(rng.integers(2**32)) if schedule.startswith("random") else None


@st.composite
def recalls(draw):
    N = draw(st.integers(1, 6))
    entry = st.integers(-2, 2)
    W = np.array(draw(st.lists(st.lists(entry, min_size=N, max_size=N), min_size=N, max_size=N)))
    b = np.array(draw(st.lists(entry, min_size=N, max_size=N)))
    cue = np.array(draw(st.lists(st.sampled_from([-1, 1]), min_size=N, max_size=N)))
    return W, b, cue
