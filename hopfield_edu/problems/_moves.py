"""Moves that keep a rule, for whole batches of states: the winner of a group, and the swap of two rows.

Each takes states (B, N), a temperature for every sweep and a generator, and returns the states at the end.
Inputs h = W V + I are kept, and corrected where something moved.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import numpy as np

from hopfield_edu._types import Array, Reals
from hopfield_edu.problems._base import Problem

FROM, TO = np.array([[0, 2, 0, 0, 1, 1], [1, 3, 2, 3, 2, 3]])  # pairs of the units of a swap


def one_hot(problem: Problem, count: int, rng: np.random.Generator) -> Array:
    """States in which one unit of each group, drawn by chance, is on."""
    V = np.zeros((count, problem.N), int)
    for group in problem.groups:
        V[np.arange(count), rng.choice(group, size=count)] = 1
    return V


def boards(problem: Problem, count: int, rng: np.random.Generator) -> Array:
    """Random permutations, as boards row by row."""
    n = problem.side or 1
    order = rng.permuted(np.tile(np.arange(n), (count, 1)), axis=1)
    return on_board(order)


def on_board(order: Array) -> Array:
    """States (B, n * n) of permutations (B, n): row r has its unit on in column order[r]."""
    B, n = order.shape
    V = np.zeros((B, n, n), int)
    V[np.arange(B)[:, None], np.arange(n), order] = 1
    return V.reshape(B, -1)


def winners(problem: Problem, V: Array, heat: Reals, rng: np.random.Generator) -> Array:
    """One group after the other draws its winner: with the chance e^(h/T) / sum, the largest h at T = 0."""
    for V in winning(problem, V, heat, rng):  # noqa: B007, B020
        pass
    return V


def winning(problem: Problem, V: Array, heat: Reals, rng: np.random.Generator) -> Iterator[Array]:
    """The states of `winners` after every sweep.

    The largest of h / T + Gumbel noise has the chance e^(h/T) / sum.
    """
    groups, rows = [np.array(g) for g in problem.groups], np.arange(len(V))
    now = np.stack([g[V[:, g].argmax(axis=1)] for g in groups], axis=1)  # the unit that is on: (B, G)
    h = V @ problem.weights + problem.bias
    sweep = partial(_sweep_of_one, groups) if len(V) == 1 else partial(_sweep, *_padded(groups))
    for T in heat:
        order = rng.permuted(np.tile(np.arange(len(groups)), (len(V), 1)), axis=1)
        noise = rng.gumbel(scale=T or 1e-9, size=(len(groups), len(V), max(map(len, groups))))
        sweep(problem.weights, h, now, order, noise)
        V = np.zeros_like(V)
        V[rows[:, None], now] = 1
        yield V


def _sweep(padded: Array, closed: Reals, W: Array, h: Reals, now: Array, order: Array, noise: Reals) -> None:
    """Each row draws the winners of all groups in its own order; `h` and `now` follow."""
    rows = np.arange(len(h))
    for g, shake in zip(order.T, noise, strict=True):
        units, old = padded[g], now[rows, g]
        inputs = h[rows[:, None], units] - W[old[:, None], units]  # without the group's own winner
        new = units[rows, (inputs + closed[g] + shake).argmax(axis=1)]
        moved = np.flatnonzero(new != old)
        h[moved] += W[new[moved]] - W[old[moved]]
        now[rows, g] = new


def _sweep_of_one(groups: list[Array], W: Array, h: Reals, now: Array, order: Array, noise: Reals) -> None:
    """The same for a single row, in a fifth of the time."""
    field, on = h[0], now[0]
    for g, shake in zip(order[0], noise[:, 0], strict=True):
        units, old = groups[g], on[g]
        new = units[(field[units] - W[old][units] + shake[: len(units)]).argmax()]
        if new != old:
            field += W[new] - W[old]
            on[g] = new


def _padded(groups: list[Array]) -> tuple[Array, Reals]:
    """Groups as a rectangle (G, largest), and what keeps the places beyond their ends from winning."""
    widest = max(map(len, groups))
    padded = np.array([[*g, *[g[0]] * (widest - len(g))] for g in groups])
    return padded, np.array([[0 if k < len(g) else -np.inf for k in range(widest)] for g in groups])


def swaps(problem: Problem, V: Array, heat: Reals, rng: np.random.Generator) -> Array:
    """Two rows of a board exchange their columns, n proposals in a sweep (Metropolis)."""
    n, B, rows = problem.side or 1, len(V), np.arange(len(V))
    W, order = problem.weights, V.reshape(B, n, n).argmax(axis=2)
    h = V @ W + problem.bias
    for T in np.repeat(heat, n if n > 1 else 0):
        a = rng.integers(n, size=B)
        b = (a + rng.integers(1, n, size=B)) % n
        p, q = order[rows, a], order[rows, b]
        units = n * np.array([a, b, a, b]) + np.array([q, p, p, q])  # two that go on, two that go off
        rise = _rise(W, h, units)
        go = np.flatnonzero(rise <= (T * rng.exponential(size=B) if T else 0))
        order[go, a[go]], order[go, b[go]] = q[go], p[go]
        on, also_on, off, also_off = W.take(units[:, go], axis=0)
        h[go] += on + also_on - off - also_off
    return on_board(order)


def _rise(W: Array, h: Array, units: Array) -> Array:
    """What the energy rises by if two units go on and two off, (4, B): -d'h - 1/2 d'Wd."""
    fields = h.take(units + h.shape[1] * np.arange(len(h)))
    within = W.take(len(W) * units[FROM] + units[TO])
    straight = fields[0] + fields[1] - fields[2] - fields[3]
    bent = within[0] + within[1] - (within[2] + within[3] + within[4] + within[5])
    return np.asarray(-straight - bent)


def mean_field(problem: Problem, v: Reals, heat: Reals, rng: np.random.Generator) -> Reals:
    """Shares instead of winners: v = softmax(h / T) in one group after the other."""
    W, groups = problem.weights, [np.array(g) for g in problem.groups]
    v = v.astype(float)
    h = v @ W + problem.bias
    for T in heat:
        for g in rng.permutation(len(groups)):
            units = groups[g]
            inputs = h[:, units] - v[:, units] @ W[np.ix_(units, units)]
            new = np.exp((inputs - inputs.max(axis=1, keepdims=True)) / max(T, 1e-9))
            new /= new.sum(axis=1, keepdims=True)
            h += (new - v[:, units]) @ W[units]
            v[:, units] = new
    return v


def shares(problem: Problem, count: int, rng: np.random.Generator) -> Reals:
    """Nearly equal shares in every group, to start from."""
    v = np.zeros((count, problem.N))
    for group in problem.groups:
        part = 1 + 0.1 * rng.random((count, len(group)))
        v[:, list(group)] = part / part.sum(axis=1, keepdims=True)
    return v


def decided(problem: Problem, v: Any) -> Array:
    """0/1 from shares or outputs: the largest of each group; without groups whatever is above one half."""
    V = np.zeros(v.shape, int)
    if not problem.groups:
        V[v > 0.5] = 1
    for group in problem.groups:
        units = np.array(group)
        V[np.arange(len(v)), units[v[:, units].argmax(axis=1)]] = 1
    return V
