"""Small networks worth looking at, by name."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from hopfield_edu import _check, binary, state_space

RANDOM = {"random, symmetric": True, "random, not symmetric": False}
NAMED = {
    2: {
        "network 1 (fig. 1.3)": [[0, -1], [1, 0]],
        "network 2 (fig. 1.3)": [[0, -1], [-1, 0]],
        "friends": [[0, 1], [1, 0]],
    },
    3: {
        "three rivals": [[0, -1, -1], [-1, 0, -1], [-1, -1, 0]],
        "frustrated triangle (fig. 1.4)": [[0, 1, -1], [1, 0, 1], [-1, 1, 0]],
        "satisfied triangle (fig. 1.4)": [[0, -1, 1], [-1, 0, -1], [1, -1, 0]],
        "one-way ring": [[0, 0, 1], [1, 0, 0], [0, 1, 0]],
        "ring with a twist": [[0, 0, -1], [1, 0, 0], [0, 1, 0]],
    },
    4: {
        "four rivals": [[0, -1, -1, -1], [-1, 0, -1, -1], [-1, -1, 0, -1], [-1, -1, -1, 0]],
        "two couples": [[0, 2, -1, -1], [2, 0, -1, -1], [-1, -1, 0, 2], [-1, -1, 2, 0]],
        "twisted ring of four": [[0, 0, 0, -1], [1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0]],
    },
}


def names(N: int) -> tuple[str, ...]:
    """The networks of N units that there are."""
    return (*NAMED[N], *RANDOM)


def weights(name: str, N: int, seed: int) -> NDArray[np.int_]:
    """A named network, or random weights from -2, -1, 1, 2 without self-connections."""
    _check.one_of(name, "network", names(N))
    if name in NAMED[N]:
        return np.array(NAMED[N][name])
    W = np.random.default_rng(seed).choice([-2, -1, 1, 2], (N, N))
    W = np.triu(W, 1) + np.triu(W, 1).T if RANDOM[name] else W
    return W * (1 - np.eye(N, dtype=int))


def build(name: str, N: int, seed: int) -> binary.Network:
    """The network of that name."""
    return binary.Network(weights(name, N, seed))


def starts(N: int) -> dict[str, str]:
    """All states of N units: what is printed, and the label that stands for it."""
    return {label.replace("-", "−"): label for label in state_space.label(np.arange(2**N), N)}
