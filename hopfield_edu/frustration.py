"""Frustration: wishes of the weights that no state can all fulfil.

A positive weight is satisfied when its two units agree, a negative one when they differ: w_ij y_i y_j > 0.
The network is frustrated if no state satisfies every weight (Wiskott section 1.5). Weights are symmetric
here, each pair i < j counts once, and self-connections do not count, for no state can change them.
"""

from __future__ import annotations

from itertools import combinations
from math import comb
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hopfield_edu import _check, state_space
from hopfield_edu._types import Rng, Ties
from hopfield_edu.binary import Network


def satisfaction(weights: ArrayLike, state: ArrayLike) -> NDArray[np.int_]:
    """The sign of w_ij y_i y_j: +1 for a satisfied weight, -1 for an unsatisfied one, 0 for none.

    Parameters
    ----------
    weights : (N, N) array, symmetric up to rounding
    state : (N,) array of ±1

    Returns
    -------
    satisfaction : (N, N) array of -1, 0, +1, zero on the diagonal

    Examples
    --------
    >>> satisfaction([[0, 1], [1, 0]], [1, -1])
    array([[ 0, -1],
           [-1,  0]])
    """
    W = _couplings(weights)
    y = _check.bipolar(state, "state", ndim=(1,), units=len(W))
    return np.sign(W * np.outer(y, y)).astype(int)


def unsatisfied(weights: ArrayLike, state: ArrayLike) -> int:
    """The number of unsatisfied weights, each pair counted once.

    Examples
    --------
    >>> unsatisfied([[0, 1, -1], [1, 0, 1], [-1, 1, 0]], [1, 1, 1])
    1
    """
    return int((np.triu(satisfaction(weights, state)) < 0).sum())


def loop_sign(weights: ArrayLike, loop: ArrayLike) -> int:
    """The product of the signs of the weights around a closed loop of units (from 0).

    A loop of sign -1 cannot be satisfied: going round it, the wishes ask a unit to differ from itself. A
    network without such a loop is satisfied by some state (Harary 1953), so it is not frustrated.

    Parameters
    ----------
    weights : (N, N) array, symmetric
    loop : (L,) array of int
        At least three different units in the order of the round; the last is followed by the first.

    Returns
    -------
    sign : int
        +1, -1, or 0 if one of the weights is missing, so that there is no such loop.

    Examples
    --------
    >>> loop_sign([[0, 1, -1], [1, 0, 1], [-1, 1, 0]], [0, 1, 2])
    -1
    """
    W = _couplings(weights)
    units = _check.real_array(loop, "loop")
    if units.ndim != 1 or not 3 <= units.size <= len(W) or len(np.unique(units)) != units.size:
        raise ValueError(f"loop is {_check.shown(loop)}; at least three different units are wanted")
    if units.dtype.kind not in "iu" or units.min() < 0 or units.max() >= len(W):
        raise ValueError(f"loop is {_check.shown(loop)}; units are whole numbers 0..{len(W) - 1}")
    return int(np.prod(np.sign(W[units, np.roll(units, -1)])))


def frustrated_triangles(weights: ArrayLike) -> list[tuple[int, int, int]]:
    """All triples of units whose triangle of weights has the sign -1.

    There may be none although the network is frustrated: a longer loop can have the sign -1 too.

    Examples
    --------
    >>> frustrated_triangles([[0, 1, -1], [1, 0, 1], [-1, 1, 0]])
    [(0, 1, 2)]
    """
    W = np.sign(_couplings(weights))
    _check.budget(numbers=12 * comb(len(W), 3), steps=40 * comb(len(W), 3), weights=weights)
    return [(i, j, k) for i, j, k in combinations(range(len(W)), 3) if W[i, j] * W[j, k] * W[k, i] < 0]


def satisfying_state(weights: ArrayLike) -> NDArray[np.int_] | None:
    """A state that satisfies every weight, or None if the network is frustrated.

    Walk from unit to unit and give each the value that the weight asks for; a contradiction is a loop of
    sign -1. Takes O(N^2) steps for any N.

    Examples
    --------
    >>> satisfying_state([[0, -1, 1], [-1, 0, -1], [1, -1, 0]])
    array([ 1, -1,  1])
    >>> satisfying_state([[0, 1, -1], [1, 0, 1], [-1, 1, 0]]) is None
    True
    """
    W = np.sign(_couplings(weights)).astype(int)
    y = np.zeros(len(W), int)
    for start in range(len(W)):
        waiting = [] if y[start] else [start]
        y[start] = y[start] or 1
        while waiting:
            i = waiting.pop()
            fresh = (W[i] != 0) & (y == 0)
            y[fresh] = y[i] * W[i, fresh]
            waiting += np.flatnonzero(fresh).tolist()
    return y if (W * np.outer(y, y) >= 0).all() else None


def gauge(weights: ArrayLike, signs: ArrayLike) -> NDArray[np.float64]:
    """The same network with some units renamed: g_i w_ij g_j, where g_i = -1 turns unit i round.

    What was state y is now state g y. Every loop keeps its sign, every state its energy and its number of
    unsatisfied weights, and every fixed point stays one if a tie keeps its value (Toulouse 1977). With
    w_ij = 1 throughout the result is g_i g_j, the weights that store the pattern g (Mattis 1976; Wiskott
    eq. 1.3 times N).

    Parameters
    ----------
    weights : (N, N) array, symmetric
    signs : (N,) array of ±1

    Returns
    -------
    weights : (N, N) array
        A new array; self-connections are as they were.

    Examples
    --------
    >>> print(gauge([[0, 1, -1], [1, 0, 1], [-1, 1, 0]], [1, 1, -1]))
    [[ 0.  1.  1.]
     [ 1.  0. -1.]
     [ 1. -1.  0.]]
    """
    W = _check.weights(weights, symmetric=True).astype(float)
    g = _check.bipolar(signs, "signs", ndim=(1,), units=len(W))
    return W * np.outer(g, g) + 0.0  # + 0.0: no -0.0


def ground_states(weights: ArrayLike) -> tuple[float, NDArray[Any]]:
    """The smallest total strength of unsatisfied weights, and the states that reach it.

    Found by looking at all 2^N states, so N is at most `state_space.MAX_UNITS`. These are the states of
    lowest energy: E = (unsatisfied strength) - (satisfied strength).

    Parameters
    ----------
    weights : (N, N) array, symmetric

    Returns
    -------
    unsatisfied : float
        Sum of |w_ij| over the unsatisfied pairs; 0 if the network is not frustrated.
    codes : array of int
        The states, as codes of `state_space`.

    Examples
    --------
    >>> strength, codes = ground_states([[0, 1, -1], [1, 0, 1], [-1, 1, 0]])
    >>> strength, state_space.label(codes, 3)
    (1.0, ['---', '+--', '++-', '--+', '-++', '+++'])
    """
    W = _couplings(weights)
    state_space._units(len(W), "weights")
    E = state_space.energies(Network(W))
    total = np.abs(np.triu(W)).sum()
    codes = np.flatnonzero(E - E.min() <= 1e-12 * total)  # rounding
    open_wishes = np.triu(satisfaction(W, state_space.decode(codes[0], len(W))) < 0)
    return float(np.abs(W[open_wishes]).sum()), codes


def arrows_turn(weights: ArrayLike, bias: ArrayLike | None = None, *, ties: Ties = "keep") -> bool:
    """Whether all arrows of the transition graph turn round when all weights change their sign.

    They do without self-connections and bias, if a tie keeps its value (Wiskott section 1.5).

    Parameters
    ----------
    weights : (N, N) array
        They need not be symmetric.
    bias : (N,) array, optional
        The same with `weights` and with `-weights`.
    ties : "keep", 1 or -1

    Examples
    --------
    >>> arrows_turn([[0, 1], [3, 0]])
    True
    >>> arrows_turn([[0, 1], [3, 0]], [1, 1])
    False
    """
    W = _check.weights(weights).astype(float)
    one, two = (state_space.successors(Network(V, bias), ties) for V in (W, -W))
    codes, units = np.arange(len(one))[:, None], np.arange(len(W))
    neighbours = codes ^ (1 << units)  # the state in which this unit differs
    return bool(((one == neighbours) == (two[neighbours, units] == codes)).all())


class Study(NamedTuple):
    """What `study` finds, one entry for each network."""

    index: NDArray[np.int_]  #: the fewest weights that a state leaves unsatisfied
    fixed_points: NDArray[np.int_]  #: how many states rest, if a tie keeps its value
    without_ties: NDArray[np.int_]  #: in how many of them no unit faces a tie


def random_weights(N: int, negative: float = 0.5, *, rng: Rng) -> NDArray[np.int_]:
    """Symmetric weights of ±1 between all pairs of units, each negative with the same chance.

    Parameters
    ----------
    N : int
    negative : float
        The chance of -1, between 0 and 1.
    rng : int or numpy.random.Generator

    Returns
    -------
    weights : (N, N) array of -1 and +1, zero on the diagonal

    Examples
    --------
    >>> random_weights(3, 1, rng=0)
    array([[ 0, -1, -1],
           [-1,  0, -1],
           [-1, -1,  0]])
    """
    N, p = _check.count(N, "N", low=1), _check.fraction(negative, "negative")
    _check.budget(numbers=4 * N * N, N=N)
    drawn = _check.generator(rng, "frustration.random_weights").choice([1, -1], (N, N), p=[1 - p, p])
    W = np.triu(drawn, 1)
    return W + W.T


def study(N: int, negative: ArrayLike, *, rng: Rng) -> Study:
    """How frustrated random networks of weights ±1 are, and where they rest.

    Parameters
    ----------
    N : int
        Number of units; all 2^N states are looked at.
    negative : (K,) array
        For each of K networks the chance that a weight is -1: 0 for friends only, 1 for rivals only.
    rng : int or numpy.random.Generator

    Returns
    -------
    Study
        `index`, `fixed_points` and `without_ties`, each a (K,) array of int.

    Examples
    --------
    >>> study(8, [0, 1], rng=0).fixed_points
    array([ 2, 70])
    """
    N = state_space._units(N, "N")
    shares = _check.real_array(negative, "negative")
    if shares.ndim != 1 or not shares.size:
        raise ValueError(f"negative has shape {shares.shape}; (K,), one share for each network, is wanted")
    _check.budget(steps=60 * shares.size * 2**N * N, N=N, negative=negative)
    generator = _check.generator(rng, "frustration.study")
    found = [_measured(random_weights(N, p, rng=generator)) for p in shares]
    return Study(*np.array(found, int).T)


def _measured(W: NDArray[np.int_]) -> tuple[int, int, int]:
    """The entries of a `Study` for one network."""
    net = Network(W)
    resting = state_space.decode(state_space.fixed_points(net), len(W))
    return int(ground_states(W)[0]), len(resting), int((net.field(resting) != 0).all(axis=1).sum())


def _couplings(weights: ArrayLike) -> NDArray[np.float64]:
    """The weights between different units, as an array of its own."""
    W = np.array(_check.weights(weights, symmetric=True), float)
    np.fill_diagonal(W, 0)
    return W
