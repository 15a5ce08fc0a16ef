"""Moves that keep a rule, for whole batches of states: the winner of a group, and the swap of two rows.

Each takes states (B, N), a temperature for every sweep and a generator, and returns the states at the end.
Inputs h = W V + I are kept, and corrected where something moved.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from hopfield_edu._types import Array, Reals
from hopfield_edu.problems._base import Problem


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
    groups, real = _padded(problem)
    B, rows = len(V), np.arange(len(V))
    W, now = problem.weights, np.stack([V[:, list(g)].argmax(axis=1) for g in problem.groups], axis=1)
    now = groups[np.arange(len(groups)), now]  # the unit that is on, of each row and group
    h = V @ W + problem.bias
    for T in heat:
        order = rng.permuted(np.tile(np.arange(len(groups)), (B, 1)), axis=1)
        for g in order.T:
            units, old = groups[g], now[rows, g]
            inputs = h[rows[:, None], units] - W[old[:, None], units]  # without the group's own winner
            new = units[rows, _drawn(np.where(real[g], inputs, -np.inf), T, rng)]
            moved = np.flatnonzero(new != old)
            h[moved] += W[new[moved]] - W[old[moved]]
            now[rows, g] = new
    end = np.zeros_like(V)
    end[rows[:, None], now] = 1
    return end


def _padded(problem: Problem) -> tuple[Array, Array]:
    """Groups as a rectangle (G, largest), and which of its places are real."""
    widest = max(map(len, problem.groups))
    groups = np.array([[*g, *[g[0]] * (widest - len(g))] for g in problem.groups])
    real = np.array([[k < len(g) for k in range(widest)] for g in problem.groups])
    return groups, real


def _drawn(inputs: Array, T: float, rng: np.random.Generator) -> Array:
    """Which column wins in each row: the largest of h / T + Gumbel noise has the chance e^(h/T) / sum."""
    noise = rng.gumbel(size=inputs.shape)
    return np.asarray((inputs + (T if T else 1e-9) * noise).argmax(axis=1))


def swaps(problem: Problem, V: Array, heat: Reals, rng: np.random.Generator) -> Array:
    """Two rows of a board exchange their columns, n proposals in a sweep (Metropolis)."""
    n, B, rows = problem.side or 1, len(V), np.arange(len(V))
    W, order = problem.weights, V.reshape(B, n, n).argmax(axis=2)
    h = V @ W + problem.bias
    for T in np.repeat(heat, n if n > 1 else 0):
        a = rng.integers(n, size=B)
        b = (a + rng.integers(1, n, size=B)) % n
        p, q = order[rows, a], order[rows, b]
        off, on = (n * a + p, n * b + q), (n * a + q, n * b + p)
        rise = _rise(W, h, rows, off, on)
        go = np.flatnonzero(rise <= (T * rng.exponential(size=B) if T else 0))
        order[go, a[go]], order[go, b[go]] = q[go], p[go]
        h[go] += (W[on[0]] + W[on[1]] - W[off[0]] - W[off[1]])[go]
    return on_board(order)


def _rise(W: Array, h: Array, rows: Array, off: tuple[Array, Array], on: tuple[Array, Array]) -> Array:
    """What the energy rises by if two units go off and two go on: -d'h - 1/2 d'Wd."""
    straight = h[rows, on[0]] + h[rows, on[1]] - h[rows, off[0]] - h[rows, off[1]]
    bent = W[on[0], on[1]] + W[off[0], off[1]] - sum(W[i, j] for i in on for j in off)
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
