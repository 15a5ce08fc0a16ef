"""Answers to the exercises of chapters 05 and 06, from their texts: right in many ways, wrong by cause.

Every right answer passes and every wrong one is rejected for every seed, by the name of what was really done.
"""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from hopfield_edu import binary, datasets, feedback, learning, patterns, state_space, theory
from hopfield_edu.feedback import _chapter05 as chapter05
from hopfield_edu.feedback._core import FunctionCheck

RIGHT, WRONG = [], []
FUNCTIONS = [
    check
    for name, check in feedback.CHECKS.items()
    if feedback._CHAPTER[name] in ("05", "06") and isinstance(check, FunctionCheck)
]


def right(name):
    return lambda answer: RIGHT.append((name, answer)) or answer


def wrong(name, mistake):
    return lambda answer: WRONG.append((name, mistake, answer)) or answer


# --- right: Hebb's rule ------------------------------------------------------------------------------------


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


@right("replace_pattern")
def with_whole_numbers(weights, old, new):
    N = len(old)
    return learning.hebb_add(learning.hebb_remove(np.rint(weights * N), old), new) / N


@right("replace_pattern")
def lists_of_numbers(weights, old, new):
    N = len(old)
    return [[weights[i][j] + (new[i] * new[j] - old[i] * old[j]) / N for j in range(N)] for i in range(N)]


# --- right: counting ---------------------------------------------------------------------------------------


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


@right("count_with_self_connections")
def all_states_tried(N):
    net = binary.Network(np.ones((N, N)))
    return len(state_space.fixed_points(net))


@right("count_with_self_connections")
def factorials(N):
    return 2.0 if N % 2 else 2 + math.factorial(N) / math.factorial(N // 2) ** 2


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


# --- right: chances ----------------------------------------------------------------------------------------


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


# --- right: failing units ----------------------------------------------------------------------------------


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


# --- wrong -------------------------------------------------------------------------------------------------


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


@wrong("fields_of_a_cue", "brackets missing")
def two_k_divided_alone(N, k):
    return N - 1 - 2 * k / N, N + 1 - 2 * k / N


@wrong("fields_of_a_cue", "the wrong unit is miscounted")
def both_leave_out_a_right_unit(N, k):
    return (N - 1 - k - k) / N, (N - 1 - k - (k - 1)) / N


@wrong("fields_of_a_cue", "negative fields cut off")
def never_negative(N, k):
    return max(0, (N - 1 - 2 * k) / N), max(0, (N + 1 - 2 * k) / N)


@wrong("count_with_self_connections", "always two")
def ties_that_move(N):
    fields = [N - 2 * k for k in range(N + 1)]
    return sum(math.comb(N, k) for k in range(N + 1) if fields[k] and k in (0, N))


@wrong("count_with_self_connections", "twice as many as units, for even N")
def fitted_to_the_example(N):
    return 2 * N if N % 2 == 0 else 2


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


@wrong("bit_error", "overwritten instead of added up")
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


def label(value):
    return getattr(value, "__name__", None)


@pytest.mark.parametrize(("name", "answer"), RIGHT, ids=label)
def test_right_answers_pass(name, answer, seeds=2):
    for seed in range(seeds):
        verdict = feedback.CHECKS[name](answer, seed=seed)
        assert verdict.correct, verdict


@pytest.mark.parametrize(("name", "mistake", "answer"), WRONG, ids=label)
def test_wrong_answers_are_named(name, mistake, answer, seeds=2):
    for seed in range(seeds):
        verdict = feedback.CHECKS[name](answer, seed=seed)
        assert (verdict.status, verdict.mistake) == ("not yet", mistake), verdict


@pytest.mark.slow
@pytest.mark.parametrize(("name", "answer"), RIGHT, ids=label)
def test_right_answers_pass_with_every_seed(name, answer):
    test_right_answers_pass(name, answer, seeds=40)


@pytest.mark.slow
@pytest.mark.parametrize(("name", "mistake", "answer"), WRONG, ids=label)
def test_wrong_answers_are_named_with_every_seed(name, mistake, answer):
    test_wrong_answers_are_named(name, mistake, answer, seeds=40)


# --- no luck: the solution, spoilt in general ways ---------------------------------------------------------

SPOILT = {
    "clipped below": lambda x: np.maximum(x, 0),
    "clipped above": lambda x: np.minimum(x, 0),
    "kept within one": lambda x: np.clip(x, -1, 1),
    "absolute": np.abs,
    "rounded": np.round,
    "to two decimals": lambda x: np.round(x, 2),
    "truncated": np.trunc,
    "sign": np.sign,
    "first entry": lambda x: np.ravel(x)[0],
    "transposed": np.transpose,
    "reversed": lambda x: np.flip(x) if np.ndim(x) else x,
}


@pytest.mark.parametrize("check", FUNCTIONS, ids=lambda check: check.name)
@pytest.mark.parametrize("spoil", SPOILT)
def test_no_luck_with_the_seed(check, spoil, seeds=4):
    """A spoilt solution is rejected for every seed or, where nothing is spoilt, for none."""
    verdicts = set()
    for seed in range(seeds):
        trials = check.trials(check.generator(seed))
        wanted, _ = check.outcomes(check.solution, trials)
        seen, _ = check.outcomes(lambda *args: SPOILT[spoil](check.solution(*args)), trials)
        verdicts.add(seen == wanted)
    assert len(verdicts) == 1


@pytest.mark.slow
@pytest.mark.parametrize("check", FUNCTIONS, ids=lambda check: check.name)
@pytest.mark.parametrize("spoil", SPOILT)
def test_no_luck_with_any_seed(check, spoil):
    test_no_luck_with_the_seed(check, spoil, seeds=40)


# --- tables: what a message says holds for every cell that it speaks of -----------------------------------

STEPS, DISTANCES = feedback.stays_step_by_step.solution, feedback.fixed_by_distance.solution
CROSSTALK, GAPS = feedback.crosstalk_by_hand.solution, feedback.two_patterns.solution


def column(table, k, entries):
    return {
        row: [*old[:k], new, *old[k + 1 :]] for (row, old), new in zip(table.items(), entries, strict=True)
    }


@pytest.mark.parametrize(
    ("check", "table", "mistake"),
    [
        ("stays_step_by_step", STEPS | {"d": 0, "e": 1}, "the unit counts itself"),  # e follows from d
        ("stays_step_by_step", STEPS | {"d": 0}, "the unit counts itself"),
        ("stays_step_by_step", STEPS | {"e": 1}, "eight terms for eight units"),
        ("stays_step_by_step", STEPS | {"c": -1, "e": -7 / 8, "f": -1}, "the square keeps the sign"),
        ("stays_step_by_step", STEPS | {"e": "7/8", "f": 0.875}, "the sign keeps the size"),
        ("two_patterns", GAPS | {"b": -2, "d": -6, "g": -2}, "differing units repel"),
        ("two_patterns", GAPS | {"b": 0}, "differing units cancel"),
        ("two_patterns", GAPS | {"d": 8}, "the unit hears itself in D"),
        ("two_patterns", GAPS | {"d": 8, "e": 12}, "the unit hears itself"),
        (
            "fixed_by_distance",
            column(DISTANCES, 1, [0.75, 0.25, -0.25, -0.75, -1.25]),
            "the unit does not count itself",
        ),
        ("fixed_by_distance", column(DISTANCES, 2, [1, 0, 1, 0, 1]), "one of each kind"),
        ("fixed_by_distance", column(DISTANCES, 2, [1, 0, 5, 0, 1]), None),
        (
            "fixed_by_distance",
            column(column(DISTANCES, 0, [1, 4, 4, 4, 1]), 2, [1, 0, 4, 0, 1]),
            "four states in the middle",
        ),
        ("fixed_by_distance", column(DISTANCES, 1, [4, 2, 0, -2, -1]), None),  # the last entry has its 1/N
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
        ("crosstalk_by_hand", column(CROSSTALK, 0, [1, 1, 2, -3]), None),
    ],
)
def test_tables_are_judged_by_what_is_really_wrong(check, table, mistake):
    verdict = feedback.CHECKS[check](table)
    assert (verdict.status, verdict.mistake) == ("not yet", mistake), verdict


def test_tables_take_numbers_of_every_kind():
    assert feedback.fixed_by_distance(column(DISTANCES, 1, [1, Fraction(1, 2), "0", "-1/2", np.float32(-1)]))
    assert feedback.stays_step_by_step({row: str(entry) for row, entry in STEPS.items()})
    assert feedback.crosstalk_by_hand(
        {str(row): np.array(entries, float) for row, entries in CROSSTALK.items()}
    )


# --- examples ----------------------------------------------------------------------------------------------


def test_a_single_unit_is_a_counterexample_that_the_exercise_excludes():
    for s, y, ties in ((1, 1, -1), (-1, -1, 1), (1, -1, 1)):
        verdict = feedback.majority_is_lost([s], [y], ties)
        assert verdict.mistake == "a single unit" and "no input" in verdict.message
    assert not binary.Network([[0.0]]).sweep([1], "synchronous", ties=-1).tolist() == [1]


def test_signs_are_tie_rules():
    assert feedback.majority_is_lost([1, 1, -1], [1, -1, -1], "+")
    assert feedback.majority_is_lost([-1, -1, 1], [-1, 1, 1], "-")


RING = [(i, (i + 1) % 8) for i in range(8)]
CUBE = [(i, i ^ bit) for i in range(8) for bit in (1, 2, 4) if i < i ^ bit]


def test_the_card_of_the_open_exercise_says_what_happens_and_shows_no_network():
    cube = feedback.fewest_weights(chapter05._kept(CUBE))  # no two wrong units hold each other there
    assert cube.mistake == "two wrong units are too much" and "unit 1 and unit 4 wrong" in cube.message
    assert "unit 2, which is right, sees more wrong neighbours" in cube.message
    ring = feedback.fewest_weights(chapter05._kept(RING))
    assert "unit 1 and unit 2 wrong" in ring.message and "no order helps" in ring.message
    chain = feedback.fewest_weights(chapter05._kept(RING[:-1]))
    assert chain.mistake == "one wrong unit is too much" and "unit 2 wrong" in chain.message
    said = " ".join(m.message for m in feedback.fewest_weights._mistakes)
    assert "TWO neighbours" not in said and "next two" not in said.casefold()


@pytest.mark.parametrize("seed", range(5))
def test_what_the_card_says_happens(seed):
    """A right unit named on the card really has more wrong neighbours than right ones, and leads astray."""
    rng = np.random.default_rng(seed)
    for _ in range(20):
        chosen = [RING[k] for k in range(8)] + [tuple(rng.permutation(8)[:2]) for _ in range(5)]
        W = np.array(chapter05._kept(chosen))
        verdict = feedback.fewest_weights(W)
        if verdict.mistake != "two wrong units are too much":
            continue
        units = [int(word) - 1 for word in verdict.message.replace(",", " ").split() if word.isdigit()]
        a, b, _, *followers = units  # and "counted from 1"
        y = chapter05.OPEN_PATTERN.copy()
        y[[a, b]] *= -1
        field = W @ y * chapter05.OPEN_PATTERN
        if followers:
            assert followers[0] not in (a, b) and field[followers[0]] < 0
        else:
            assert (field[[a, b]] <= 0).all() and "no order helps" in verdict.message


@pytest.mark.parametrize(
    ("weights", "mistake"),
    [
        (np.array(chapter05._kept(CUBE)) / 8, "1/N kept"),
        (np.abs(chapter05._kept(CUBE)), "the signs are missing"),
        (-np.array(chapter05._kept(CUBE)), "not Hebb's weights"),
    ],
)
def test_kept_weights_that_are_not_hebbs(weights, mistake):
    assert feedback.fewest_weights(weights).mistake == mistake


def test_a_cue_between_two_patterns_is_excluded_and_others_are_judged_by_their_own_pattern():
    two = patterns.orthogonal(2, 4)
    verdict = feedback.stable_not_attracting(two, [1, 1, 1, -1])
    assert verdict.mistake == "one unit away from two patterns"
    for cue in ([-1, 1, 1, 1], [1, 1, -1, 1]):
        near = [s for s in two if (s != cue).sum() == 1]
        assert len(near) == 1
        back = (binary.Network(learning.hebb(two)).recall(cue).final == near[0]).all()
        assert feedback.stable_not_attracting(two, cue).correct == (not back)
    assert feedback.stable_not_attracting([[1, 1]], [1, -1])  # a single pattern of two units


def test_patterns_in_columns_are_counted():
    three = np.array([patterns.from_label(x) for x in ("++++", "+++-", "++-+")])
    assert feedback.lost_pattern(three)
    assert "Your matrix has 4." in feedback.lost_pattern(three.T).message
    assert feedback.many_letters(datasets.letters("UVWXYZ").reshape(6, -1).tolist())


def test_ties_are_there_to_be_broken():
    """In the fixed trials of `failing_units` ties on 5 and 9 units can break, those on 4 cannot."""
    sizes = set()
    for (p,) in feedback.failing_units.trials(np.random.default_rng(0)):
        found = theory.fields(p)
        if (found.signal + found.crosstalk == 0).any():
            sizes.add(p.shape[1])
    assert sizes >= {4, 5, 9}
