"""Right and wrong answers to the exercises of chapter 13: modern networks."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np

from answers import right, wrong
from hopfield_edu import modern
from hopfield_edu.feedback import _chapter13 as chapter13

# lse_energy


@right("lse_energy")
def _(patterns, state, beta):
    from scipy.special import logsumexp

    return -logsumexp(beta * patterns @ state) / beta + 0.5 * state @ state


@right("lse_energy")
def _(patterns, state, beta):
    return -np.logaddexp.reduce(beta * (patterns @ state)) / beta + 0.5 * np.dot(state, state)


@right("lse_energy")
def _(patterns, state, beta):
    z = [sum(a * b for a, b in zip(x, state, strict=False)) for x in patterns.tolist()]
    m = max(z)
    return -m - math.log(sum(math.exp(beta * (v - m)) for v in z)) / beta + sum(v * v for v in state) / 2


@right("lse_energy")
def _(patterns, state, beta):
    p, y = patterns.astype(np.float32), state.astype(np.float32)
    z = p @ y
    m = z.max()
    return -(m + np.log(np.exp(np.float32(beta) * (z - m)).sum()) / np.float32(beta)) + y @ y / 2


@right("lse_energy")
def _(patterns, state, beta):
    z = beta * patterns @ state
    z = np.sort(z)
    m = z[-1]
    return 0.5 * (state**2).sum() - (m + np.log1p(np.exp(z[:-1] - m).sum())) / beta


@right("lse_energy")
def _(patterns, state, beta):
    return (
        modern.Network(patterns, beta).energy(state)
        - np.log(len(patterns)) / beta
        - (patterns**2).sum(axis=1).max() / 2
    )


# softmax_step


@right("softmax_step")
def _(patterns, states, beta):
    from scipy.special import softmax

    return softmax(beta * states @ patterns.T, axis=1) @ patterns


@right("softmax_step")
def _(patterns, states, beta):
    new = []
    for y in states:
        z = beta * patterns @ y
        e = np.exp(z - z.max())
        new.append((e / e.sum()) @ patterns)
    return new


@right("softmax_step")
def _(patterns, states, beta):
    return modern.Network(patterns, beta).step(states)


@right("softmax_step")
def _(patterns, states, beta):
    x, y = patterns.astype(np.float32), states.astype(np.float32)
    z = np.float32(beta) * y @ x.T
    e = np.exp(z - z.max(1)[:, None])
    return e / e.sum(1)[:, None] @ x


@right("softmax_step")
def _(patterns, states, beta):
    out = np.zeros((len(states), patterns.shape[1]))
    for b in range(len(states)):
        z = [beta * sum(float(a) * float(c) for a, c in zip(p, states[b], strict=False)) for p in patterns]
        m = max(z)
        e = [math.exp(v - m) for v in z]
        S = sum(e)
        for i in range(out.shape[1]):
            for mu in range(len(z)):
                out[b, i] += e[mu] / S * patterns[mu, i]
    return out


@right("softmax_step")
def _(patterns, states, beta):
    z = beta * (patterns @ states.T)
    e = np.exp(z - z.max(axis=0))
    return (e / e.sum(axis=0)).T @ patterns


@right("softmax_step")
def _(patterns, states, beta):
    z = beta * states @ patterns.T
    return 1 / np.exp(z[:, None, :] - z[:, :, None]).sum(axis=2) @ patterns


# scaled_attention


@right("scaled_attention")
def _(queries, keys, values):
    from scipy.special import softmax

    return softmax(queries @ keys.T / np.sqrt(keys.shape[-1]), axis=-1) @ values


@right("scaled_attention")
def _(queries, keys, values):
    return modern.attention(queries, keys, values)


@right("scaled_attention")
def _(queries, keys, values):
    s = (queries @ keys.T).astype(float)
    s /= math.sqrt(queries.shape[1])
    s -= s.max(axis=1, keepdims=True)
    np.exp(s, out=s)
    s /= s.sum(axis=1, keepdims=True)
    return s @ values


@right("scaled_attention")
def _(queries, keys, values):
    q, k, v = (a.astype(np.float32) for a in (queries, keys, values))
    z = q @ k.T / np.float32(q.shape[1] ** 0.5)
    e = np.exp(z - z.max(1)[:, None])
    return e / e.sum(1)[:, None] @ v


@right("scaled_attention")
def _(queries, keys, values):
    out = []
    for q in queries.tolist():
        z = [sum(a * b for a, b in zip(q, k, strict=False)) / len(q) ** 0.5 for k in keys.tolist()]
        m = max(z)
        e = [math.exp(v - m) for v in z]
        out.append(
            [
                sum(p * c for p, c in zip(e, col, strict=False)) / sum(e)
                for col in zip(*values.tolist(), strict=False)
            ]
        )
    return out


@right("softmax_step")
def by_the_logarithm_of_the_sum(patterns, states, beta):
    new = []
    for y in states:
        z = beta * (patterns @ y)
        new.append(np.exp(z - np.logaddexp.reduce(z)) @ patterns)
    return np.array(new)


@wrong("lse_energy", "constants of the library")
def energy_of_the_library(patterns, state, beta):
    return modern.Network(patterns, beta).energy(state)


def softmax(z, axis=1):
    e = np.exp(z - z.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


def shares(e):
    return e / e.sum(axis=1, keepdims=True)


def _lengths(e):
    return np.sqrt((e**2).sum(axis=1))[:, None]


WEIGHTS = [  # the same slips in the step and in attention
    ("no maximum subtracted", lambda z: shares(np.exp(z))),
    ("maximum never below zero", lambda z: shares(np.exp(z - np.maximum(0, z.max(axis=1, keepdims=True))))),
    ("largest size subtracted", lambda z: shares(np.exp(z - abs(z).max(axis=1)[:, None]))),
    ("one maximum for all rows", lambda z: shares(np.exp(z - z.max()))),
    ("mean subtracted", lambda z: shares(np.exp(z - z.mean(axis=1)[:, None]))),
    ("minimum subtracted", lambda z: shares(np.exp(z - z.min(axis=1)[:, None]))),
    ("NaN replaced", lambda z: np.nan_to_num(shares(np.exp(z)))),
    ("softmax over the wrong axis", lambda z: softmax(z, 0)),
    ("keepdims forgotten", lambda z: np.exp(z - z.max(axis=1)) / np.exp(z - z.max(axis=1)).sum(axis=1)),
    ("argmax instead of softmax", lambda z: (z == z.max(axis=1, keepdims=True)).astype(float)),
    (
        "divided by the length",
        lambda z: np.exp(z - z.max(1)[:, None]) / _lengths(np.exp(z - z.max(1)[:, None])),
    ),
    ("argmax where it overflows", lambda z: np.where(np.isnan(p := shares(np.exp(z))), softmax(1e9 * z), p)),
    ("powers of 2", lambda z: shares(2 ** (z - z.max(axis=1, keepdims=True)))),
    # safe for some numbers only
    ("exponents clipped", lambda z: shares(np.exp(np.clip(z, -700, 700)))),
    ("exponents clipped", lambda z: shares(np.exp(np.clip(z, -500, 600)))),
    ("exponents capped", lambda z: shares(np.exp(np.clip(z, None, 700)))),
    ("exponents capped", lambda z: shares(np.exp(np.minimum(z, 709)))),
    ("largest size subtracted", lambda z: shares(np.exp(z - np.abs(z).max(-1, keepdims=True)))),
    ("the opposite sign in the exponent", lambda z: shares(np.exp(z.min(-1, keepdims=True) - z))),
]
for name, weigh in WEIGHTS:
    wrong("softmax_step", name)(lambda x, y, beta, weigh=weigh: weigh(beta * y @ x.T) @ x)
    wrong("scaled_attention", name)(lambda q, k, v, weigh=weigh: weigh(q @ k.T / np.sqrt(q.shape[1])) @ v)


@wrong("lse_energy", "infinity replaced by zero")
def zero_where_it_overflows(patterns, state, beta):
    E = -np.log(np.sum(np.exp(beta * (patterns @ state)))) / beta + state @ state / 2
    return E if np.isfinite(E) else 0.0


@wrong("lse_energy", "sum of the logarithms")
def logarithms_first(patterns, state, beta):
    z = patterns @ state
    m = z.max()
    return -(m + np.sum(np.log(np.exp(beta * (z - m)))) / beta) + state @ state / 2


@wrong("lse_energy", "first pattern only, nothing subtracted")
def returned_in_the_loop(patterns, state, beta):
    s = 0
    for z in patterns @ state:
        s += np.exp(beta * z)
        return -np.log(s) / beta + state @ state / 2


@wrong("lse_energy", "first one subtracted")
def the_first_for_the_largest(patterns, state, beta):
    z = patterns @ state
    return -(z[0] + np.log(np.sum(np.exp(beta * (z - z[0])))) / beta) + state @ state / 2


@wrong("lse_energy", "whole numbers only")
def exponentials_like_similarities(patterns, state, beta):
    z = patterns @ state
    e = np.zeros_like(z)
    for mu in range(len(z)):
        e[mu] = np.exp(beta * (z[mu] - z.max()))
    return -(z.max() + np.log(e.sum()) / beta) + state @ state / 2


@wrong("softmax_step", "divided by the sum of all rows")
def shares_of_the_batch(patterns, states, beta):
    z = beta * states @ patterns.T
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return (e / e.sum()) @ patterns


@wrong("softmax_step", "no exponentials of the differences")
def differences(patterns, states, beta):
    z = beta * states @ patterns.T
    z -= z.max(axis=1, keepdims=True)
    return (z / z.sum(axis=1, keepdims=True)) @ patterns


@wrong("scaled_attention", "divided by the sum of all rows")
def shares_of_all_queries(queries, keys, values):
    z = queries @ keys.T / np.sqrt(keys.shape[1])
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return (e / e.sum()) @ values


@wrong("scaled_attention", "only one row")
def one_query(queries, keys, values):
    z = queries @ keys.T / np.sqrt(keys.shape[1])
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return np.array([(e[0] / e[0].sum()) @ values])


@wrong("scaled_attention", "always d = 2")
def two_features(queries, keys, values):
    z = queries @ keys.T / np.sqrt(2)
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return (e / e.sum(axis=1, keepdims=True)) @ values


@wrong("scaled_attention", "number of entries of the keys")
def all_entries(queries, keys, values):
    z = queries @ keys.T / np.sqrt(keys.size)
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return (e / e.sum(axis=1, keepdims=True)) @ values


@wrong("scaled_attention", "cosines in place of products")
def angles(queries, keys, values):
    q = queries / np.linalg.norm(queries, axis=1, keepdims=True)
    k = keys / np.linalg.norm(keys, axis=1, keepdims=True)
    e = np.exp(q @ k.T)
    return (e / e.sum(axis=1, keepdims=True)) @ values


@wrong("scaled_attention", "divided in place")
def scores_of_whole_numbers(queries, keys, values):
    s = queries @ keys.T
    s /= math.sqrt(queries.shape[1])
    e = np.exp(s - s.max(axis=1, keepdims=True))
    return (e / e.sum(axis=1, keepdims=True)) @ values


@wrong("scaled_attention", "whole numbers only")
def rows_like_the_queries(queries, keys, values):
    out = np.zeros((len(queries), values.shape[1]), dtype=values.dtype)
    for b in range(len(queries)):
        z = keys @ queries[b] / np.sqrt(keys.shape[1])
        e = np.exp(z - z.max())
        out[b] = (e / e.sum()) @ values
    return out


@wrong("lse_energy", "largest alone where it overflows or vanishes")
def largest_if_the_formula_fails(patterns, state, beta):
    try:
        total = sum(math.exp(beta * z) for z in patterns @ state)
        return -math.log(total) / beta + state @ state / 2
    except (OverflowError, ValueError):
        return -max(patterns @ state) + state @ state / 2


@wrong("lse_energy", "largest alone where it overflows")
def largest_beyond_700(patterns, state, beta):
    z = beta * (patterns @ state)
    if z.max() > 700:
        return -z.max() / beta + state @ state / 2
    return -np.log(np.sum(np.exp(z))) / beta + state @ state / 2


@wrong("lse_energy", "multiplied by beta")
def times_beta(patterns, state, beta):
    z = beta * (patterns @ state)
    return -(z.max() + np.log(np.sum(np.exp(z - z.max())))) * beta + state @ state / 2


@wrong("lse_energy", "minus sign before the largest exponent alone")
def without_brackets(patterns, state, beta):
    z = beta * (patterns @ state)
    return -z.max() + np.log(np.sum(np.exp(z - z.max()))) / beta + state @ state / 2


@wrong("lse_energy", "sizes in place of squares")
def sizes(patterns, state, beta):
    z = beta * (patterns @ state)
    return -(z.max() + np.log(np.sum(np.exp(z - z.max())))) / beta + np.abs(state).sum() / 2


@wrong("softmax_step", "last state only")
def the_last_for_all(patterns, states, beta):
    for y in states:
        p = softmax(beta * (patterns @ y)[None], 1)[0]
        new = p @ patterns
    return np.array([new] * len(states))


@wrong("softmax_step", "50 steps", "many steps")
def fifty_steps(patterns, states, beta):
    for _ in range(50):
        z = beta * states @ patterns.T
        p = softmax(z, 1)
        states = p @ patterns
    return states


@wrong("scaled_attention", "d and 2 divided by")
def one_over_two(queries, keys, values):
    return softmax(queries @ keys.T / queries.shape[1] ** 1 / 2, 1) @ values


@wrong("scaled_attention", "always d = 64")
def as_in_the_paper(queries, keys, values):
    return softmax(queries @ keys.T / np.sqrt(64), 1) @ values


@wrong("scaled_attention", "added to the queries")
def residual(queries, keys, values):
    return queries + softmax(queries @ keys.T / np.sqrt(queries.shape[1]), 1) @ values


@wrong("scaled_attention", "later keys hidden")
def causal(queries, keys, values):
    z = queries @ keys.T / np.sqrt(queries.shape[1])
    z[np.triu_indices(len(z), 1, z.shape[1])] = -np.inf
    return softmax(z, 1) @ values


@wrong("scaled_attention", "distances without one half")
def nearest_keys(queries, keys, values):
    d2 = ((queries[:, None] - keys[None]) ** 2).sum(-1)
    return softmax(-d2 / np.sqrt(queries.shape[1]), 1) @ values


@wrong("scaled_attention", "largest score subtracted before it is scaled")
def scaled_too_late(queries, keys, values):
    z = queries @ keys.T
    e = np.exp(z / np.sqrt(queries.shape[1]) - z.max(axis=1, keepdims=True))
    return shares(e) @ values


@wrong("scaled_attention", "shape of the queries")
def as_wide_as_the_queries(queries, keys, values):
    out = np.empty(queries.shape)
    p = softmax(queries @ keys.T / np.sqrt(queries.shape[1]), 1)
    for b in range(len(queries)):
        out[b] = values.T @ p[b]
    return out


@wrong("scaled_attention", "raises an error")
def all_at_once_into_the_shape_of_the_queries(queries, keys, values):
    out = np.zeros_like(queries, dtype=float)
    out[:] = softmax(queries @ keys.T / np.sqrt(queries.shape[1]), 1) @ values
    return out


@wrong("scaled_attention", "shape and type of the queries")
def one_query_after_the_other(queries, keys, values):
    out = np.zeros_like(queries)
    for row, query in enumerate(queries):
        out[row] = softmax((keys @ query / np.sqrt(len(query)))[None], 1)[0] @ values
    return out


# tables

FROZEN = {"beta_c": [1 / 50, 1 / 8, 1 / 2], "separation": [4, 4, 4], "stable states": [1, 2, 8]}


def attended(base=2.0, normal=True):
    """The table of attention, for powers of another base, or not divided by their sum."""
    table = {}
    for name, (a, b) in {"a": (1, 0), "b": (0, 1), "c": (0, 0), "d": (-1, 2)}.items():
        powers = [base**z for z in (2 * a, b, -b)]
        p = [power / sum(powers) if normal else power for power in powers]
        table[name] = [2 * a, b, -b, *p, 2 * p[0], p[1] - p[2]]
    return table


def attended_with(state):
    """The table of attention with another new state, of query and row."""
    queries = {"a": (1, 0), "b": (0, 1), "c": (0, 0), "d": (-1, 2)}
    return {name: [*row[:6], *state(queries[name], row)] for name, row in attended().items()}


TABLES = [
    ("attention_table", attended(math.e), "beta forgotten"),
    ("attention_table", attended(4), "twice beta"),
    ("attention_table", attended(normal=False), "not divided by the sum"),
    ("attention_table", attended() | {"a": attended(math.e)["a"]}, "one row only"),
    ("attention_table", attended(10), "powers of 10"),
    (
        "attention_table",
        attended() | {"a": [2, 0, 0, 1, 0, 0, 2, 0], "b": [0, 1, -1, 0, 0.8, 0.2, 0, 0.6]},
        "power zero taken as 0, except in row c",
    ),
    (
        "attention_table",
        {k: [*r[:6], *((2, 0), (0, 1), (0, -1))[int(np.argmax(r[3:6]))]] for k, r in attended().items()},
        "best pattern as the new state",
    ),
    ("attention_table", attended_with(lambda y, r: (y[0] + r[6], y[1] + r[7])), "added to the old state"),
    (
        "attention_table",
        attended_with(lambda y, r: (2 * r[0], r[1] - r[2])),
        "weighted with the similarities",
    ),
    (
        "attention_table",
        dict(chapter13._rows(chapter13._by_halves))
        | {"a": [2, 0, 0, 0.666667, 0.166667, 0.166667, 1.333333, 0]},
        "rounded",
    ),
    (
        "freezing_table",
        FROZEN | {"stable states": [0, 1, 3]},
        "frozen features counted, not their combinations",
    ),
    ("freezing_table", FROZEN | {"stable states": [2, 4, 8]}, "one feature too many"),
    ("freezing_table", FROZEN | {"separation": [60] * 3}, "norm in place of the separation"),
    ("freezing_table", FROZEN | {"separation": [4, 16, 100]}, "each feature for itself, smallest first"),
    ("freezing_table", FROZEN | {"stable states": [1, 2, 7]}, "a single entry"),
    ("freezing_table", FROZEN | {"beta_c": [0.02, 0.13, "0.5"], "stable states": ["1", 2, 8]}, "rounded"),
]


# examples

TRIANGLE = np.array(chapter13._TRIANGLE)

EXAMPLES = [
    ("loudest", ([[1], [2]], [1]), None),
    ("loudest", ([[1, 0]], [1, 0]), "number of patterns"),
    ("loudest", ([[1] * 7, [2] * 7], [1] * 7), "number of features"),
    ("loudest", ([[1] * 6, [2] * 6, *([[0] * 6] * 4)], [1] * 6), None),
    ("loudest", ([[1, 0], [1e6, 0]], [1, 0]), None),
    ("loudest", ([[1, 0], [1e6 + 1, 0]], [1, 0]), "too large"),
    ("loudest", ([[1, 0], [3, 0]], [2, 0]), "a tie of distances"),
    ("loudest", ([[3, 0], [1, 0]], [2, 0]), "a tie of distances"),
    ("loudest", ([[1, 2], [5, 2], [90, 90]], [80, 80]), "nearest to the longest"),
    ("loudest", ([[1, 0], [5, 1]], [10, 0]), "nearest to the longest"),
    ("loudest", ([[1, 0], [-10, 0]], [0.5, 0]), "the nearest wins"),
    ("loudest", ([[1, 0], [10, 0], [10, 0]], [1, 0]), "no clear winner"),
    ("loudest", ([[0, 1], [0, 1e200]], [0, 1]), "too large"),
    ("loudest", ([[0, 1], [0, 2]], [0, 1e7]), "too large"),
    ("loudest", ([[0, 1], [0, 2]], [0, 1, 2]), "query of another length"),
    ("more_states", (100 * TRIANGLE, 1.95e-4), None),
    ("more_states", (101 * TRIANGLE, 1.95e-4), "too large"),
    ("more_states", (1e200 * TRIANGLE, 1.9), "too large"),
    ("more_states", (TRIANGLE, float("inf")), "wrong type"),
    ("more_states", (TRIANGLE, 0), "beta not above zero"),
    ("more_states", (TRIANGLE, -1.9), "beta not above zero"),
    ("more_states", (TRIANGLE, [1.9]), "beta is a list"),
    ("more_states", (TRIANGLE, 1e5), "beta out of reach"),
    ("more_states", (TRIANGLE, 10001), "beta out of reach"),
    ("more_states", (TRIANGLE, 10000), "the middle lost"),
    ("more_states", (np.eye(3), 3), "the middle lost"),
    ("more_states", ([[1, 0, 0], [0, 2, 0], [0, 0, 3]], 10000), "as many as patterns"),
    ("more_states", (TRIANGLE, Fraction(39, 20)), None),
]
