"""Patterns of ±1: where they come from, how they are spoiled, and how alike two of them are."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hopfield_edu import _check

Rng = np.random.Generator | int


def random(M: int, N: int, rng: Rng) -> NDArray[np.int_]:
    """M random patterns: every unit of every pattern is +1 or -1 with equal probability.

    Parameters
    ----------
    M, N : int
        Number of patterns and of units, both at least 1.
    rng : int or numpy.random.Generator
        Seed or generator.

    Returns
    -------
    patterns : (M, N) array of ±1

    Examples
    --------
    >>> random(2, 5, rng=0).shape
    (2, 5)
    """
    M, N = _size(M, N)
    return 2 * _check.generator(rng, "patterns.random").integers(0, 2, (M, N)).astype(int) - 1


def _size(M: Any, N: Any) -> tuple[int, int]:
    """M and N, checked, for M patterns of N units, made by way of another array or two."""
    M, N = _check.count(M, "M", low=1), _check.count(N, "N", low=1)
    _check.budget(numbers=3 * M * N, M=M, N=N)
    return M, N


def sparse(M: int, N: int, active: int, rng: Rng) -> NDArray[np.int_]:
    """M random patterns of 0 and 1, each with the same number of active units (1) at random places.

    Parameters
    ----------
    M, N : int
        Number of patterns and of units, both at least 1.
    active : int
        How many units of a pattern are 1, from 0 to N.
    rng : int or numpy.random.Generator
        Seed or generator.

    Returns
    -------
    patterns : (M, N) array of 0 and 1

    Examples
    --------
    >>> sparse(3, 50, active=5, rng=0).sum(axis=1)
    array([5, 5, 5])
    """
    M, N = _size(M, N)
    active = _check.count(active, "active", high=N)
    places = _check.generator(rng, "patterns.sparse").random((M, N)).argsort(axis=1)
    return (places < active).astype(int)


def correlated(M: int, N: int, overlap: float, rng: Rng) -> NDArray[np.int_]:
    """M random patterns that resemble each other, because they all follow one random template.

    Every unit of every pattern takes the template's value with probability (1 + a) / 2 and the other one
    else, independently. Any two patterns then overlap by a^2 = `overlap` on average, and each of them
    overlaps with the template by a.

    Parameters
    ----------
    M, N : int
        Number of patterns and of units, both at least 1.
    overlap : float
        0 for unrelated patterns, 1 for M times the same.
    rng : int or numpy.random.Generator
        Seed or generator.

    Returns
    -------
    patterns : (M, N) array of ±1

    Examples
    --------
    >>> s = correlated(2, 10000, 0.3, rng=0)
    >>> abs(float(s[0] @ s[1]) / 10000 - 0.3) < 0.03
    True
    """
    M, N = _size(M, N)
    a = _check.fraction(overlap, "overlap") ** 0.5
    rng = _check.generator(rng, "patterns.correlated")
    follows = rng.random((M, N)) < (1 + a) / 2
    return random(1, N, rng) * np.where(follows, 1, -1)


def orthogonal(M: int, N: int) -> NDArray[np.int_]:
    """M mutually orthogonal patterns: rows of the Hadamard matrix of Sylvester's construction.

    H_1 = (1) and H_2N = ((H_N, H_N), (H_N, -H_N)), so N is a power of two and at most N patterns exist.

    Parameters
    ----------
    M, N : int
        Number of patterns, 1 <= M <= N, and of units, a power of two.

    Returns
    -------
    patterns : (M, N) array of ±1
        ``patterns @ patterns.T`` is N times the identity. The first pattern is all +1.

    Examples
    --------
    >>> orthogonal(2, 4)
    array([[ 1,  1,  1,  1],
           [ 1, -1,  1, -1]])
    """
    N = _check.count(N, "N", low=1)
    if N & (N - 1):
        raise ValueError(
            f"N is {_check.shown(N)}; orthogonal patterns are built for powers of two (1, 2, 4, 8, ...)"
        )
    M = _check.count(M, "M", low=1, high=N)
    _check.budget(numbers=2 * N**2, N=N)
    H = np.ones((1, 1), int)
    while len(H) < N:
        H = np.block([[H, H], [H, -H]])
    return H[:M]


def flip(
    state: ArrayLike, count: int | None = None, *, fraction: float | None = None, rng: Rng
) -> NDArray[np.int_]:
    """A copy of `state` in which exactly `count` units, chosen at random, have changed sign.

    Parameters
    ----------
    state : (N,) or (B, N) array of ±1
        One state, or a batch; each row is spoiled on its own.
    count : int, optional
        Number of units to flip in each state, 0..N.
    fraction : float, optional
        The same as a fraction of N in [0, 1], rounded to the nearest count. Give one of the two.
    rng : int or numpy.random.Generator
        Seed or generator.

    Returns
    -------
    spoiled : array of the same shape

    Examples
    --------
    >>> int((flip(np.ones(10, int), 3, rng=0) == -1).sum())
    3
    """
    state = _check.bipolar(state, "state")
    N = state.shape[-1]
    if (count is None) == (fraction is None):
        given = f"count is {_check.shown(count)}, fraction is {_check.shown(fraction)}"
        raise ValueError(f"{given}; either count or fraction is wanted")
    if count is None:
        count = round(_check.fraction(fraction, "fraction") * N)
    count = _check.count(count, "count", high=N)
    rng = _check.generator(rng, "patterns.flip")
    chosen = rng.random(state.shape).argsort(axis=-1) < count
    return np.where(chosen, -state, state)


def overlap(state: ArrayLike, patterns: ArrayLike) -> Any:
    """The overlap m = (1/N) sum_i s_i y_i: 1 for equal, -1 for inverse, 0 for unrelated states.

    Parameters
    ----------
    state : (N,) or (B, N) array of ±1
    patterns : (N,) or (M, N) array of ±1

    Returns
    -------
    m : float, (M,), (B,) or (B, M) array
        One axis for a batch of states, one for a set of patterns.

    Examples
    --------
    >>> overlap([1, 1, 1, -1], [1, 1, 1, 1])
    0.5
    """
    state = _check.bipolar(state, "state")
    patterns = _check.bipolar(patterns, "patterns")
    N, K = state.shape[-1], patterns.shape[-1]
    if K != N:
        hint = _check.remedy(patterns.shape, "patterns", N) or _check.remedy(state.shape, "state", K)
        raise ValueError(f"state has {N} units, but patterns has {K}{hint}")
    _check.budget(numbers=state.size // N * patterns.size // N, state=state, patterns=patterns)
    m = state @ patterns.T / N
    return float(m) if m.ndim == 0 else m


def to_bipolar(zero_one: ArrayLike) -> NDArray[np.int_]:
    """0/1 or booleans to ±1: y = 2 v - 1.

    Examples
    --------
    >>> to_bipolar([0, 1, 1])
    array([-1,  1,  1])
    """
    return 2 * _check.two_valued(zero_one, "zero_one", (0, 1)) - 1


def to_binary(bipolar: ArrayLike) -> NDArray[np.int_]:
    """±1 to 0/1: v = (y + 1) / 2.

    Examples
    --------
    >>> to_binary([-1, 1, 1])
    array([0, 1, 1])
    """
    return (_check.two_valued(bipolar, "bipolar", (-1, 1)) + 1) // 2


def label(state: ArrayLike) -> str:
    """A state as the lecture writes it, unit 1 first.

    Examples
    --------
    >>> label([1, -1])
    '+-'
    """
    return "".join("+" if y > 0 else "-" for y in _check.bipolar(state, "state", ndim=(1,)))


def from_label(text: str) -> NDArray[np.int_]:
    """The state that a label such as '+-' stands for.

    Examples
    --------
    >>> from_label("+-")
    array([ 1, -1])
    """
    if not isinstance(text, str) or not text or set(text) - set("+-"):
        raise ValueError(f"text is {_check.shown(text)}; a label of + and - such as '+-' is wanted")
    return np.array([1 if sign == "+" else -1 for sign in text])


def named(name: str) -> NDArray[np.int_]:
    """A small picture of 10 x 10 cells, ink +1 and paper -1, drawn for this course.

    The first three of `NAMES` overlap little enough for Hebb's rule to hold them together; the heart
    and the cup overlap by 0.58 and get confused.

    Parameters
    ----------
    name : str
        One of `NAMES`.

    Returns
    -------
    picture : (100,) array of ±1
        A state, row after row; the plots know that it has 10 x 10 cells.

    Examples
    --------
    >>> named("heart").shape
    (100,)
    """
    cells = "".join(_PICTURES[_check.one_of(name, "name", NAMES)].split())
    return np.array([1 if cell == "#" else -1 for cell in cells])


_PICTURES = {
    "heart": """
        ..........
        .###..###.
        ##########
        ##########
        ##########
        .########.
        ..######..
        ...####...
        ....##....
        ..........
    """,
    "house": """
        ....##....
        ...####...
        ..######..
        .########.
        ##########
        .#......#.
        .#.##...#.
        .#.##...#.
        .#.##...#.
        .########.
    """,
    "note": """
        ....######
        ....######
        ....##..##
        ....#....#
        ....#....#
        ....#....#
        .####.####
        ##########
        ####.####.
        .##...##..
    """,
    "boat": """
        .....#....
        ....##....
        ...###....
        ..####.#..
        .#####.##.
        ######.###
        .....#....
        ##########
        .########.
        ..######..
    """,
    "ring": """
        ..######..
        .########.
        ###....###
        ##......##
        ##......##
        ##......##
        ##......##
        ###....###
        .########.
        ..######..
    """,
    "cross": """
        ##......##
        ###....###
        .###..###.
        ..######..
        ...####...
        ...####...
        ..######..
        .###..###.
        ###....###
        ##......##
    """,
    "face": """
        ..######..
        .########.
        ##########
        ##..##..##
        ##..##..##
        ##########
        #.######.#
        ##......##
        .########.
        ..######..
    """,
    "cup": """
        ..........
        ########..
        ##########
        ########.#
        ########.#
        ########.#
        ##########
        ########..
        .######...
        ..........
    """,
}

NAMES = tuple(_PICTURES)
