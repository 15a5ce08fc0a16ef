"""Right and wrong answers to the exercises of chapter 05: one pattern."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction

import numpy as np

from answers import column, right, wrong
from hopfield_edu import binary, feedback, learning, state_space
from hopfield_edu.feedback._chapter05 import _kept

# store_one


@right("store_one")
def fractions_in_lists(pattern):
    N = len(pattern)
    return [
        [Fraction(int(a * b), N) * (i != j) for j, b in enumerate(pattern)] for i, a in enumerate(pattern)
    ]


@right("store_one")
def single_precision(pattern):
    p = np.asarray(pattern, dtype=np.float32)
    weights = p[:, None] * p[None, :] / np.float32(len(p))
    weights[np.diag_indices(len(p))] = 0
    return weights


@right("store_one")
def by_the_library(pattern):
    return learning.hebb(pattern) / len(pattern)


@wrong("store_one", "all weights are zero")
def buffer_of_whole_numbers(pattern):
    weights = np.zeros_like(np.outer(pattern, pattern))
    for i in range(len(pattern)):
        for j in range(len(pattern)):
            if i != j:
                weights[i, j] = pattern[i] * pattern[j] / len(pattern)
    return weights


@wrong("store_one", "one list for all rows")
def list_repeated(pattern):
    N = len(pattern)
    weights = [[0] * N] * N
    for i in range(N):
        for j in range(N):
            if i != j:
                weights[i][j] = pattern[i] * pattern[j] / N
    return weights


@wrong("store_one", "not symmetric: lower triangle only")
def one_direction(pattern):
    N = len(pattern)
    weights = np.zeros((N, N))
    for i in range(N):
        for j in range(i):
            weights[i, j] = pattern[i] * pattern[j] / N
    return weights


@wrong("store_one", "return inside the loop")
def returns_early(pattern):
    N = len(pattern)
    weights = np.zeros((N, N))
    for i in range(N):
        for j in range(N):
            if i != j:
                weights[i, j] = pattern[i] * pattern[j] / N
        return weights


# fields_of_a_cue


@right("fields_of_a_cue")
def exact_fractions(N, k):
    return Fraction(N - 1 - 2 * k, N), Fraction(N + 1 - 2 * k, N)


@right("fields_of_a_cue")
def decimals(N, k):
    return Decimal(N - 1 - 2 * k) / Decimal(N), Decimal(N + 1 - 2 * k) / Decimal(N)


@right("fields_of_a_cue")
def a_network_asked(N, k):
    s = np.ones(N, int)
    y = np.where(np.arange(N) < k, -1, 1)
    h = (np.outer(s, s) - np.eye(N)) / N @ y
    return [h[-1], h[0]]


@wrong("fields_of_a_cue", "brackets missing")
def two_k_divided_alone(N, k):
    return N - 1 - 2 * k / N, N + 1 - 2 * k / N


@wrong("fields_of_a_cue", "the wrong unit is miscounted")
def both_leave_out_a_right_unit(N, k):
    return (N - 1 - k - k) / N, (N - 1 - k - (k - 1)) / N


@wrong("fields_of_a_cue", "negative fields cut off")
def never_negative(N, k):
    return max(0, (N - 1 - 2 * k) / N), max(0, (N + 1 - 2 * k) / N)


# count_with_self_connections


@right("count_with_self_connections")
def all_states_tried(N):
    net = binary.Network(np.ones((N, N)))
    return len(state_space.fixed_points(net))


@right("count_with_self_connections")
def factorials(N):
    return 2.0 if N % 2 else 2 + math.factorial(N) / math.factorial(N // 2) ** 2


@wrong("count_with_self_connections", "always two")
def ties_that_move(N):
    fields = [N - 2 * k for k in range(N + 1)]
    return sum(math.comb(N, k) for k in range(N + 1) if fields[k] and k in (0, N))


@wrong("count_with_self_connections", "twice as many as units, for even N")
def fitted_to_the_example(N):
    return 2 * N if N % 2 == 0 else 2


# chance_of


@right("chance_of")
def a_power_of_the_matrix(moves, target):
    P = np.zeros((len(moves), len(moves)))
    for c, row in enumerate(moves):
        for d in row:
            P[c, d] += 1 / len(row)
    return np.linalg.matrix_power(P, 1024)[:, target]


@right("chance_of")
def linear_equations(moves, target):
    n, N = moves.shape
    A, b = np.eye(n), np.zeros(n)
    for c in range(n):
        if all(moves[c] == c):
            b[c] = c == target
        else:
            for d in moves[c]:
                A[c, d] -= 1 / N
    return np.linalg.solve(A, b)


@right("chance_of")
def until_numpy_sees_no_change(moves, target):
    before = np.zeros(len(moves))
    before[target] = 1
    while True:
        chance = before[moves].mean(axis=1)
        if np.allclose(chance, before):
            return chance
        before = chance


@right("chance_of")
def by_recursion(moves, target):
    known = {}

    def chance(c):
        if c not in known:
            after = [d for d in moves[c] if d != c]
            known[c] = (
                sum(map(chance, after), Fraction(0)) / len(after) if after else Fraction(int(c == target))
            )
        return known[c]

    return [chance(c) for c in range(len(moves))]


@wrong("chance_of", "all ends equally likely")
def _(moves, target):
    chance = np.zeros(len(moves))
    for c in range(len(moves)):
        reach, todo = {c}, [c]
        while todo:
            for d in moves[todo.pop()].tolist():
                if d not in reach:
                    reach.add(d)
                    todo.append(d)
        ends = [x for x in reach if (moves[x] == x).all()]
        chance[c] = (target in ends) / len(ends)
    return chance


@wrong("chance_of", "all paths alike")
def _(moves, target):
    def count(c, to):
        return 1 if c == to else sum(count(d, to) for d in moves[c] if d != c)

    ends = [c for c in range(len(moves)) if (moves[c] == c).all()]
    return np.array([count(c, target) / sum(count(c, e) for e in ends) for c in range(len(moves))])


@wrong("chance_of", "one step only")
def a_single_look_ahead(moves, target):
    return (moves == target).mean(axis=1)


@wrong("chance_of", "not repeated often enough")
def stops_at_a_hundredth(moves, target):
    chance = np.zeros(len(moves))
    chance[target] = 1
    while True:
        new = chance[moves].mean(axis=1)
        if np.abs(new - chance).max() < 0.01:
            return new
        chance = new


@wrong("chance_of", "an estimate")
def a_few_seeded_runs(moves, target):
    rng, share = np.random.default_rng(1), []
    for c in range(len(moves)):
        ends = np.full(30, c)
        for _ in range(30):
            ends = moves[ends, rng.integers(moves.shape[1], size=30)]
        share.append((ends == target).mean())
    return share


@wrong("chance_of", "the target alone")
def chances_of_whole_numbers(moves, target):
    chance = np.zeros_like(moves[:, 0])
    chance[target] = 1
    for _ in range(100):
        for c in range(len(moves)):
            chance[c] = chance[moves[c]].mean()
    return chance


@wrong("chance_of", "where a random start ends")
def forwards(moves, target):
    share = np.ones(len(moves)) / len(moves)
    for _ in range(200):
        after = np.zeros(len(moves))
        for c in range(len(moves)):
            for d in moves[c]:
                after[d] += share[c] / moves.shape[1]
        share = after
    return share


# tables and examples

STEPS, DISTANCES = feedback.stays_step_by_step.solution, feedback.fixed_by_distance.solution

TABLES = [
    ("stays_step_by_step", STEPS | {"d": 0, "e": 1}, "the unit counts itself"),  # e follows from d
    ("stays_step_by_step", STEPS | {"d": 0}, "the unit counts itself"),
    ("stays_step_by_step", STEPS | {"e": 1}, "eight terms for eight units"),
    ("stays_step_by_step", STEPS | {"c": -1, "e": -7 / 8, "f": -1}, "the square keeps the sign"),
    ("stays_step_by_step", STEPS | {"e": "7/8", "f": 0.875}, "the sign keeps the size"),
    (
        "fixed_by_distance",
        column(DISTANCES, 1, [0.75, 0.25, -0.25, -0.75, -1.25]),
        "the unit does not count itself",
    ),
    ("fixed_by_distance", column(DISTANCES, 2, [1, 0, 1, 0, 1]), "one of each kind"),
    ("fixed_by_distance", column(DISTANCES, 2, [1, 0, 5, 0, 1]), "a single entry"),
    (
        "fixed_by_distance",
        column(column(DISTANCES, 0, [1, 4, 4, 4, 1]), 2, [1, 0, 4, 0, 1]),
        "four states in the middle",
    ),
    (
        "fixed_by_distance",
        column(DISTANCES, 1, [4, 2, 0, -2, -1]),
        "a constant factor",
    ),  # the last entry has its 1/N
]

CUBE = [(i, i ^ bit) for i in range(8) for bit in (1, 2, 4) if i < i ^ bit]

EXAMPLES = [
    *(
        ("majority_is_lost", ([s], [y], t), "a single unit")
        for s, y, t in ((1, 1, -1), (-1, -1, 1), (1, -1, 1))
    ),
    ("majority_is_lost", ([1, 1, -1], [1, -1, -1], "+"), None),  # signs are tie rules
    ("majority_is_lost", ([-1, -1, 1], [-1, 1, 1], "-"), None),
    ("fewest_weights", (np.array(_kept(CUBE)) / 8,), "1/N kept"),
    ("fewest_weights", (np.abs(_kept(CUBE)),), "the signs are missing"),
    ("fewest_weights", (-np.array(_kept(CUBE)),), "not Hebb's weights"),
]


# found by examiners who knew the texts alone


@wrong("count_with_self_connections", "factorials too large for their type")
def factorials_in_32_bits(N):
    if N % 2:
        return 2
    f = np.cumprod(np.arange(1, N + 1), dtype=np.int32)
    return int(2 + f[N - 1] // (f[N // 2 - 1] * f[N // 2 - 1]))


@wrong("count_with_self_connections", "an approximation")
def stirling(N):
    return 2 if N % 2 else 2 + int(2**N / math.sqrt(math.pi * N / 2))


@wrong("count_with_self_connections", "the two middle rows for odd N")
def nearly_half(N):
    return sum(math.comb(N, k) for k in range(N + 1) if abs(N - 2 * k) <= 1) + 2


@wrong("chance_of", "one half where the order decides")
def even_odds(moves, target):
    chance = np.zeros(len(moves))
    chance[target] = 1
    for _ in range(500):
        chance = chance[moves].mean(axis=1)
    return np.where(chance > 1 - 1e-9, 1, np.where(chance > 1e-9, 0.5, 0))
