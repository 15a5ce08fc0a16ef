"""Right and wrong answers to the exercises of chapter 15: memory and imagination."""

from __future__ import annotations

import math
from collections import Counter

import numpy as np

from answers import changed, column, right, wrong
from hopfield_edu import diffusion, feedback

# best_guess


@right("best_guess")
def as_a_softmax_of_products(patterns, noisy, sigma):
    z = (patterns @ noisy - (patterns**2).sum(axis=1) / 2) / sigma**2
    p = np.exp(z - z.max())
    return (p / p.sum()) @ patterns


@right("best_guess")
def with_scipy_softmax(patterns, noisy, sigma):
    from scipy.special import softmax

    return softmax(-(np.linalg.norm(patterns - noisy, axis=1) ** 2) / (2 * sigma**2)) @ patterns


@right("best_guess")
def by_logsumexp(patterns, noisy, sigma):
    from scipy.special import logsumexp

    z = -((patterns - noisy) ** 2).sum(axis=1) / 2 / sigma**2
    return np.exp(z - logsumexp(z)) @ patterns


@right("best_guess")
def in_lists_of_floats(patterns, noisy, sigma):
    gaps = [sum((float(a) - float(b)) ** 2 for a, b in zip(x, noisy, strict=True)) for x in patterns]
    weights = [math.exp(-(gap - min(gaps)) / (2 * sigma**2)) for gap in gaps]
    cells = range(len(noisy))
    return [
        sum(w * float(x[i]) for w, x in zip(weights, patterns, strict=True)) / sum(weights) for i in cells
    ]


@right("best_guess")
def from_the_library(patterns, noisy, sigma):
    return diffusion.denoise(noisy, patterns, sigma)


@wrong("best_guess", "norm term forgotten")
def softmax_step_of_chapter_13(patterns, noisy, sigma):
    z = patterns @ noisy / sigma**2
    p = np.exp(z - z.max())
    return p / p.sum() @ patterns


@wrong("best_guess", "overflow")
def formula_as_it_stands(patterns, noisy, sigma):
    p = np.exp(-((patterns - noisy) ** 2).sum(axis=1) / (2 * sigma**2))
    return p / p.sum() @ patterns


@wrong("best_guess", "noise not squared")
def sigma_alone(patterns, noisy, sigma):
    gaps = ((patterns - noisy) ** 2).sum(axis=1)
    p = np.exp(-(gaps - gaps.min()) / (2 * sigma))
    return p / p.sum() @ patterns


@wrong("best_guess", "two forgotten")
def without_the_two(patterns, noisy, sigma):
    gaps = ((patterns - noisy) ** 2).sum(axis=1)
    p = np.exp(-(gaps - gaps.min()) / sigma**2)
    return p / p.sum() @ patterns


@wrong("best_guess", "nearest picture")
def nearest(patterns, noisy, sigma):
    return patterns[((patterns - noisy) ** 2).sum(axis=1).argmin()]


@wrong("best_guess", "chances returned")
def shares_only(patterns, noisy, sigma):
    gaps = ((patterns - noisy) ** 2).sum(axis=1)
    p = np.exp(-(gaps - gaps.min()) / (2 * sigma**2))
    return p / p.sum()


@wrong("best_guess", "distance not squared")
def norm_not_squared(patterns, noisy, sigma):
    gaps = np.linalg.norm(patterns - noisy, axis=1)
    p = np.exp(-(gaps - gaps.min()) / (2 * sigma**2))
    return p / p.sum() @ patterns


# noise_score


@right("noise_score")
def row_by_row(patterns, noisy, sigma):
    return [(as_a_softmax_of_products(patterns, y, sigma) - y) / sigma**2 for y in noisy]


@right("noise_score")
def by_products_of_matrices(patterns, noisy, sigma):
    z = (noisy @ patterns.T - (patterns**2).sum(axis=1) / 2) / sigma**2
    p = np.exp(z - z.max(axis=1, keepdims=True))
    return (p @ patterns / p.sum(axis=1, keepdims=True) - noisy) / sigma**2


@right("noise_score")
def as_a_mean_of_differences(patterns, noisy, sigma):
    away = patterns - noisy[:, None, :]
    z = -(away**2).sum(axis=2) / (2 * sigma**2)
    p = np.exp(z - z.max(axis=1)[:, None])
    return np.einsum("bm,bmn->bn", p / p.sum(axis=1)[:, None], away) / sigma**2


@wrong("noise_score", "norm term forgotten")
def score_of_the_step(patterns, noisy, sigma):
    z = noisy @ patterns.T / sigma**2
    p = np.exp(z - z.max(axis=1, keepdims=True))
    return (p @ patterns / p.sum(axis=1, keepdims=True) - noisy) / sigma**2


@wrong("noise_score", "divided by sigma")
def over_sigma(patterns, noisy, sigma):
    return by_products_of_matrices(patterns, noisy, sigma) * sigma


@wrong("noise_score", "not divided")
def difference(patterns, noisy, sigma):
    return by_products_of_matrices(patterns, noisy, sigma) * sigma**2


@wrong("noise_score", "uphill and downhill exchanged")
def away_from_the_guess(patterns, noisy, sigma):
    return -by_products_of_matrices(patterns, noisy, sigma)


@wrong("noise_score", "guess alone")
def only_the_guess(patterns, noisy, sigma):
    return np.array([as_a_softmax_of_products(patterns, y, sigma) for y in noisy])


# honest_count


@right("honest_count")
def with_numpy(samples, stored, valid):
    old = (samples[:, None] == stored).all(axis=2).any(axis=1)
    fine = (samples[:, None] == valid).all(axis=2).any(axis=1)
    fresh = samples[fine & ~old]
    return old.sum(), len(fresh), (~old & ~fine).sum(), len(np.unique(fresh, axis=0))


@right("honest_count")
def with_a_counter_of_bytes(samples, stored, valid):
    known, fine = ({bytes(row.astype(np.int8)) for row in part} for part in (stored, valid))
    drawn = Counter(bytes(row.astype(np.int8)) for row in samples)
    fresh = {key: times for key, times in drawn.items() if key in fine and key not in known}
    old = sum(times for key, times in drawn.items() if key in known)
    return [old, sum(fresh.values()), len(samples) - old - sum(fresh.values()), len(fresh)]


@right("honest_count")
def with_the_library(samples, stored, valid):
    found = diffusion.judge(samples, stored, valid)
    return found.stored, found.new, found.wrong, found.found


@wrong("honest_count", "all that is not stored is new")
def anything_else_is_new(samples, stored, valid):
    known = {tuple(x) for x in stored}
    fresh = [tuple(y) for y in samples if tuple(y) not in known]
    return len(samples) - len(fresh), len(fresh), 0, len(set(fresh))


@wrong("honest_count", "repeats counted as different")
def not_in_a_set(samples, stored, valid):
    old, new, spoilt, _ = with_numpy(samples, stored, valid)
    return old, new, spoilt, new


@wrong("honest_count", "labels counted")
def by_the_last_name(samples, stored, valid):
    names = {tuple(x): k for k, x in enumerate(valid)}  # a twin overwrites the name
    known = {tuple(x) for x in stored}
    kinds, fresh = [], set()
    for y in map(tuple, samples):
        if y not in names:
            kinds.append("old" if y in known else "wrong")
        elif names[y] < len(stored):
            kinds.append("old")
        else:
            kinds.append("new")
            fresh.add(y)
    return kinds.count("old"), kinds.count("new"), kinds.count("wrong"), len(fresh)


@wrong("honest_count", "all that is valid is new")
def valid_first(samples, stored, valid):
    known, fine = ({tuple(x) for x in part} for part in (stored, valid))
    drawn = [tuple(y) for y in samples]
    fresh = [y for y in drawn if y in fine]
    old = sum(y in known and y not in fine for y in drawn)
    return old, len(fresh), len(drawn) - old - len(fresh), len(set(fresh))


# tables and examples

GAPS = feedback.denoiser_derivation.solution
FROZEN = feedback.freezing_order.solution
ROWS = list(FROZEN)

TABLES = [
    ("denoiser_derivation", {**GAPS, "a": -1, "b": 2, "c": -1}, "half forgotten"),
    ("denoiser_derivation", {**GAPS, "f": 2}, "inner derivative forgotten"),
    ("denoiser_derivation", {**GAPS, "i": 1}, "uphill"),
    ("denoiser_derivation", {**GAPS, "e": 2}, "norms always cancel"),
    (
        "freezing_order",
        {row: [n, n**0.5, k] for row, n, k in zip(ROWS, (25, 16, 36, 4), (2, 3, 1, 4), strict=True)},
        "cells counted",
    ),
    ("freezing_order", column(FROZEN, 2, [4, 3, 2, 1]), "order turned round"),
    ("freezing_order", changed(FROZEN, *((row, 1, 2 * FROZEN[row][1]) for row in ROWS)), "half forgotten"),
]

EXAMPLES = [
    ("longer_wins", ([[0], [1]], [0.2]), None),
    ("longer_wins", ([[1, 1, 1], [1, 0, 0]], [0.9, 0.3, 0.1]), None),
    ("longer_wins", ([[1, 0], [1, 1]], [1, 0.8]), "the nearer one wins"),
    ("longer_wins", ([[1, -1], [1, 1]], [1, 0.8]), "coded with ±1"),
    ("longer_wins", ([[1, 0], [0, 1]], [1, 0.8]), "equal norms"),
    ("longer_wins", ([[0], [1]], [0.5]), "equally near"),
    ("longer_wins", ([[0], [1]], [-0.2]), "the nearer one wins"),
]
