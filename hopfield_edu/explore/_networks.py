"""Small networks worth looking at, by name."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from hopfield_edu import _check, binary, state_space
from hopfield_edu.explore._controls import Choice, choice

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


def size_control(default: int, sizes: tuple[int, ...] = (2, 3, 4)) -> Choice:
    """The control N, which the others here follow."""
    return choice("Units", "Number of units", default, sizes, kind="int")


def network_control(offered: Any, default: Any) -> Choice:
    """A network by name: `offered` and `default` are functions of N."""
    meaning = "One of the networks of `N` units in the list, by name"
    options = lambda now: offered(now["N"])  # noqa: E731
    return choice("Network", meaning, lambda now: default(now["N"]), options, kind="str")


def start_control(**how: Any) -> Choice:
    """The first state of a run of N units."""
    meaning = 'The first state, such as "+-+" (unit 1 first); by default all units at -1'
    how = {"kind": "str", **how}
    return choice("Start in", meaning, lambda now: "-" * now["N"], lambda now: starts(now["N"]), **how)
