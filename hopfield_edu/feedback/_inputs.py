"""Random inputs and the few formulas that the checks of several chapters share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hopfield_edu.patterns import from_label

Array = NDArray[Any]


def state(rng: np.random.Generator, N: int) -> Array:
    """A random state (N,) of ±1."""
    return rng.choice([-1, 1], N)


def patterns(labels: str) -> Array:
    """Patterns (M, N) from their labels, such as "++- +--"."""
    return np.array([from_label(label) for label in labels.split()])


def shares(z: Array, axis: int | None = -1) -> Array:
    """The softmax of z along an axis, or of all of it."""
    e = np.exp(z - z.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


def weights(rng: np.random.Generator, N: int, *, symmetric: bool = False, diagonal: bool = False) -> Array:
    """Random small whole numbers (N, N), so that ties occur; without self-connections as a rule."""
    W = rng.integers(-2, 3, (N, N))
    if symmetric:
        W = np.tril(W) + np.tril(W, -1).T
    if not diagonal:
        np.fill_diagonal(W, 0)
    return W


def sign(h: Any, y: Any, tie: int | None = None) -> Array:
    """sgn(h) where h is not zero, else `tie`, or y where that is None (a tie keeps the value)."""
    return np.where(np.asarray(h) == 0, y if tie is None else tie, np.sign(h)).astype(int)


def put(y: Array, i: int, value: Any) -> Array:
    """A copy of y in which unit i has another value."""
    new = np.array(y)
    new[i] = value
    return new


def update(W: Array, y: Array, i: int, tie: int | None = None) -> Array:
    """A copy of y with unit i updated (Wiskott eq. 1.2)."""
    h = W[i] @ y
    return put(y, i, np.sign(h) if h else y[i] if tie is None else tie)


def step(W: Array, y: Array, tie: int | None = None) -> Array:
    """y after all its units were updated at once."""
    return sign(W @ y, y, tie)


def sweep(W: Array, y: Array, order: Any = None, tie: int | None = None) -> Array:
    """y after its units were updated one after the other."""
    for i in range(len(y)) if order is None else order:
        y = update(W, y, i, tie)
    return y


def without_diagonal(W: Array) -> Array:
    """W without its self-connections."""
    return W - np.diag(np.diag(W))


#: What the weights between units are, whatever the patterns: for the properties of a check.
SYMMETRIC = ("The weights must be symmetric.", lambda W, *_: np.allclose(W, np.transpose(W)))
NO_DIAGONAL = ("There are no self-connections here.", lambda W, *_: not np.diag(W).any())
#: Of checks that ask for weights first, and for other results after them.
FIRST_GIVEN = (
    "Your weights are None: `np.fill_diagonal` changes its argument, and returns nothing.",
    lambda v, *_: v[0] is not None,
)
FIRST_SYMMETRIC, FIRST_NO_DIAGONAL = (
    (sentence, lambda v, *_, holds=holds: holds(v[0])) for sentence, holds in (SYMMETRIC, NO_DIAGONAL)
)
OF_PATTERNS = [
    (
        "The weights are a matrix with a row and a column per unit.",
        lambda W, s, *_: np.shape(W) == (s.shape[1],) * 2,
    ),
    SYMMETRIC,
    NO_DIAGONAL,
]


def quietly(function: Callable[..., Any]) -> Callable[..., Any]:
    """The same function; NaN, infinities and overflows that belong to a mistake raise no warning."""

    def quiet(*args: Any) -> Any:
        with np.errstate(all="ignore"):
            return function(*args)

    return quiet


def in_columns(p: Array, y: Array) -> bool:
    """Whether a state y has a value for each row of the patterns, and not for each column."""
    return p.ndim == 2 and y.ndim == 1 and len(p) == len(y) != p.shape[1]


def square(W: Array, *sizes: int) -> bool:
    """Whether W is a square matrix, of one of the given sizes."""
    return W.ndim == 2 and W.shape[0] == W.shape[1] and (not sizes or len(W) in sizes)


def bipolar(y: Array) -> bool:
    """Whether all entries are +1 or -1."""
    return bool((np.abs(y) == 1).all())


def reals(rng: np.random.Generator, N: int) -> Array:
    """Random weights (N, N) that leave most fields below one: an array of whole numbers cuts them off."""
    W = rng.normal(0, 0.3, (N, N)).round(2)
    np.fill_diagonal(W, 0)
    return W


#: Networks and states for every branch of an update: real fields below one of either sign, ties and isolated
#: units in the first and the last place, a single unit with and without a self-connection.
BRANCHES = [
    (np.array(W), np.array(y))
    for W, y in [
        ([[0, 0.4], [-0.4, 0]], [1, 1]),
        ([[0, 0.4], [-0.4, 0]], [1, -1]),
        ([[0, 0.4], [-0.4, 0]], [-1, 1]),
        ([[0, 1, 1], [1, 0, 1], [1, 1, 0]], [1, 1, -1]),
        ([[0, 1, 1], [1, 0, 1], [1, 1, 0]], [-1, 1, -1]),
        ([[0, 1, 1], [1, 0, 1], [1, 1, 0]], [1, -1, -1]),
        ([[0, 0, 0], [0.5, 0, 0.25], [0, 0, 0]], [-1, 1, -1]),
        ([[0, 0, 0], [0.5, 0, 0.25], [0, 0, 0]], [1, -1, 1]),
        ([[0]], [1]),
        ([[0]], [-1]),
        ([[-1]], [1]),
        ([[0.5]], [-1]),
    ]
]


def cut_off(W: Array, y: Array, i: int) -> Array:
    """Unit i updated by its field without decimals, as in an array of whole numbers."""
    return put(y, i, sign(np.trunc(W[i] @ y), y[i]))
