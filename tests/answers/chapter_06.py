"""Right and wrong answers to the exercises of chapter 06: many patterns."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np

from answers import column, right, wrong
from hopfield_edu import binary, feedback, learning

# store_many


@right("store_many")
def in_one_line(patterns):
    return patterns.T @ patterns / patterns.shape[1] * (1 - np.eye(patterns.shape[1]))


@right("store_many")
def identity_off_in_every_turn(patterns):
    N = patterns.shape[1]
    W = np.zeros((N, N))
    for pattern in patterns:
        more = W + np.outer(pattern, pattern) / N - np.eye(N) / N
        W = more
    return W


@wrong("store_many", "last pattern only")
def overwritten(patterns):
    N = patterns.shape[1]
    W = np.zeros((N, N))
    for pattern in patterns:
        more = np.outer(pattern, pattern) / N
        np.fill_diagonal(more, 0)
        W = more
    return W


@wrong("store_many", "weights so far divided again")
def brackets_around_too_much(patterns):
    N = patterns.shape[1]
    W = np.zeros((N, N))
    for pattern in patterns:
        more = (W + np.outer(pattern, pattern)) / N
        np.fill_diagonal(more, 0)
        W = more
    return W


@wrong("store_many", "weights held within ±1")
def clipped(patterns):
    N = patterns.shape[1]
    return np.clip(patterns.T @ patterns / N * (1 - np.eye(N)), -1, 1)


# replace_pattern


@right("replace_pattern")
def with_whole_numbers(weights, old, new):
    N = len(old)
    return learning.hebb_add(learning.hebb_remove(np.rint(weights * N), old), new) / N


@right("replace_pattern")
def lists_of_numbers(weights, old, new):
    N = len(old)
    return [[weights[i][j] + (new[i] * new[j] - old[i] * old[j]) / N for j in range(N)] for i in range(N)]


@wrong("replace_pattern", "changes its input")
def in_place(weights, old, new):
    weights += (np.outer(new, new) - np.outer(old, old)) / len(old)
    return weights


@wrong("replace_pattern", "1/N for the old pattern alone")
def brackets_missing(weights, old, new):
    return weights + np.outer(new, new) - np.outer(old, old) / len(old)


@wrong("replace_pattern", "nothing changed")
def numbers_for_matrices(weights, old, new):
    return weights + (new @ new - old @ old) / len(old)


# failing_units


@right("failing_units")
def rounded_after_the_division(patterns):
    N = patterns.shape[1]
    W = patterns.T @ patterns / N * (1 - np.eye(N))
    return np.round(patterns * (patterns @ W), 9) < 0


@right("failing_units")
def by_overlaps(patterns):
    return patterns * (patterns @ patterns.T @ patterns) < len(patterns)


@right("failing_units")
def a_synchronous_step(patterns):
    return binary.Network(learning.hebb(patterns)).sweep(patterns, "synchronous") != patterns


@right("failing_units")
def marked_with_ones(patterns):
    failing, W = np.zeros_like(patterns), learning.hebb(patterns)
    for m, s in enumerate(patterns):
        for i in range(len(s)):
            if W[i] @ s * s[i] < 0:
                failing[m, i] = 1
    return failing


@wrong("failing_units", "ties broken by rounding")
def divided_first(patterns):
    N = patterns.shape[1]
    W = patterns.T @ patterns / N
    np.fill_diagonal(W, 0)
    return patterns * (patterns @ W) < 0


@wrong("failing_units", "ties broken by rounding")
def divided_first_in_loops(patterns):
    M, N = patterns.shape
    failing = np.zeros((M, N), bool)
    for m in range(M):
        for i in range(N):
            h = 0
            for s in patterns:
                for j in range(N):
                    if j != i:
                        h += s[i] * s[j] / N * patterns[m, j]
            failing[m, i] = h * patterns[m, i] < 0
    return failing


@wrong("failing_units", "a tie counted as failure")
def signs_compared(patterns):
    W = patterns.T @ patterns
    np.fill_diagonal(W, 0)
    return np.sign(patterns @ W) != patterns


@wrong("failing_units", "one after the other")
def a_sweep_of_each_pattern(patterns):
    W, failing = learning.hebb(patterns), np.zeros(patterns.shape, bool)
    for m, s in enumerate(patterns):
        y = s.copy()
        for i in range(len(y)):
            if W[i] @ y * y[i] < 0:
                y[i], failing[m, i] = -y[i], True
    return failing


# bit_error


@right("bit_error")
def a_fraction(M, N):
    n = (M - 1) * (N - 1)
    return Fraction(sum(math.comb(n, k) for k in range(n + 1) if 2 * k - n < -(N - 1)), 2**n)


@right("bit_error")
def small_terms(M, N):
    n = (M - 1) * (N - 1)
    return sum(math.comb(n, k) * 0.5**n for k in range(n + 1) if k - (n - k) <= -N)


@right("bit_error")
def the_other_tail(M, N):
    from scipy.stats import binom

    n = (M - 1) * (N - 1)
    return binom.sf((n + N - 1) // 2, n, 0.5)


@wrong("bit_error", "a tie counted as failure")
def loop_one_step_too_far(M, N):
    n = (M - 1) * (N - 1)
    return sum(math.comb(n, k) for k in range((n - (N - 1)) // 2 + 1)) / 2**n


@wrong("bit_error", "cross-talk of -N left out")
def loop_one_step_too_short(M, N):
    n = (M - 1) * (N - 1)
    return sum(math.comb(n, k) for k in range((n - (N - 1)) // 2)) / 2**n


@wrong("bit_error", "twice as large")
def half_of_the_cases(M, N):
    n = (M - 1) * (N - 1)
    return sum(math.comb(n, k) for k in range(n + 1) if 2 * k - n < -(N - 1)) / 2 ** (n - 1)


@wrong("bit_error", "never fails")
def number_of_plus_compared(M, N):
    n = (M - 1) * (N - 1)
    return sum(math.comb(n, k) for k in range(n + 1) if k < -(N - 1)) / 2**n


@wrong("bit_error", "overwritten instead of added up", "the largest term alone")
def the_last_term(M, N):
    n = (M - 1) * (N - 1)
    P = 0
    for k in range(n + 1):
        if 2 * k - n < -(N - 1):
            P = math.comb(n, k) / 2**n
    return P


@wrong("bit_error", "an estimate")
def two_thousand_cases(M, N):
    rng = np.random.default_rng(0)
    return (rng.choice([-1, 1], (2000, (M - 1) * (N - 1))).sum(axis=1) < -(N - 1)).mean()


# tables

CROSSTALK, GAPS = feedback.crosstalk_by_hand.solution, feedback.two_patterns.solution

TABLES = [
    ("two_patterns", GAPS | {"b": -2, "d": -6, "g": -2}, "differing units repel"),
    ("two_patterns", GAPS | {"b": 0}, "differing units cancel"),
    ("two_patterns", GAPS | {"d": 8}, "the unit hears itself in D"),
    ("two_patterns", GAPS | {"d": 8, "e": 12}, "the unit hears itself"),
    (
        "crosstalk_by_hand",
        {1: [2, 0, 5, 8], 2: [2, 0, 5, 8], 3: [2, 0, 5, 8], 4: [-2, 0, 1, 4]},
        "own term not left out",
    ),
    ("crosstalk_by_hand", column(CROSSTALK, 3, [4, 4, 4, 0]), "one self-connection only"),
    (
        "crosstalk_by_hand",
        column(CROSSTALK, 0, [1, 1, 1, -1]),
        "own term multiplied with the sign, pattern 2",
    ),
    ("crosstalk_by_hand", column(CROSSTALK, 0, [1, 1, 2, -3]), "a single entry"),
]


# found by examiners who knew the texts alone


@wrong("failing_units", "fields too large for their type")
def eight_bits(patterns):
    P = patterns.astype(np.int8)
    W = P.T @ P
    np.fill_diagonal(W, 0)
    return (P @ W) * P < 0


@wrong("replace_pattern", "signs turned round")
def signs(weights, old, new):
    return weights * np.outer(old, old) * np.outer(new, new)


@wrong("replace_pattern", "new times old")
def mixed_product(weights, old, new):
    return weights + np.outer(new, old) / len(old) - np.outer(old, old) / len(old)


@wrong("bit_error", "one half to the power k, twice")
def one_exponent(M, N):
    n = (N - 1) * (M - 1)
    return sum(math.comb(n, k) * 0.5**k * 0.5**k for k in range(n + 1) if 2 * k - n < -(N - 1))


@wrong("bit_error", "terms added instead of multiplied")
def sum_of_terms(M, N):
    n = (M - 1) + (N - 1)
    return sum(math.comb(n, k) for k in range(n + 1) if 2 * k - n < -(N - 1)) / 2**n
