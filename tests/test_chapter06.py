"""Chapter 06, recomputed: two patterns, three patterns, orthogonal ones, self-connections, ties, letters.

Fields are summed here in plain Python or written down from the definition; the library is asked last.
"""

from __future__ import annotations

from itertools import combinations, permutations, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hopfield_edu import binary, datasets, feedback, learning, patterns, state_space, theory, zero_one

SIGNS = (1, -1)


def field(stored, y, i, own=False):
    """N h_i by the definition."""
    return sum(s[i] * s[j] * y[j] for s in stored for j in range(len(y)) if own or j != i)


def loses(stored, own=False):
    """Whether some unit of some stored pattern turns over; a tie keeps."""
    return any(s[i] * field(stored, s, i, own) < 0 for s in stored for i in range(len(s)))


def states(N):
    return list(product(SIGNS, repeat=N))


@st.composite
def pattern_sets(draw, most=5, units=8):
    M, N = draw(st.integers(1, most)), draw(st.integers(2, units))
    row = st.lists(st.sampled_from(SIGNS), min_size=N, max_size=N)
    return np.array(draw(st.lists(row, min_size=M, max_size=M)))


# ------------------------------------------------------------------ two patterns


@given(pattern_sets(most=2))
def test_two_patterns_are_two_networks(s):
    s, t = s[0], s[-1]
    N, agree = len(s), s == t
    W = learning.hebb([s, t])
    for i, j in product(range(N), repeat=2):
        wanted = 2 * s[i] * s[j] if agree[i] == agree[j] and i != j else 0
        assert W[i, j] == wanted
    for i in range(N):
        group = int((agree == agree[i]).sum())
        assert s[i] * field([s, t], s, i) == 2 * (group - 1) >= 0
        assert s[i] * field([s, t], s, i, own=True) == 2 * group > 0


@given(pattern_sets(most=2, units=7), st.integers(0, 5))
def test_majorities_in_both_groups_bring_the_pattern_back(two, seed):
    s, t = two[0], two[-1]
    net, agree = binary.Network(learning.hebb([s, t])), s == t
    for cue in states(len(s)):
        right = np.array(cue) == s
        won = all(2 * right[g].sum() > g.sum() for g in (agree, ~agree) if g.any())
        if won:
            assert (net.recall(cue, "random", rng=seed).final == s).all()


def test_the_tight_case_is_a_tie():
    s, t = [1, 1, 1, 1], [1, 1, 1, -1]
    assert field([s, t], s, 3) == 0
    net = binary.Network(learning.hebb([s, t]))
    assert net.is_fixed_point([s, t]).tolist() == [True, True]
    assert net.is_fixed_point([s, t], ties=1).tolist() == [True, False]
    assert not loses([s, t], own=True)


def test_pairs_with_a_tie_counted_by_hand():
    """N 2^N / 2 pairs differ in one unit, as many agree in one; for two units these are the same."""
    printed = {2: (6, 4), 3: (28, 24), 4: (120, 64), 5: (496, 160), 6: (2016, 384)}
    for N, (pairs, tied) in printed.items():
        assert pairs == 2**N * (2**N - 1) // 2
        assert tied == N * 2**N // 2 * (1 if N == 2 else 2)
        assert not any(loses(pair) for pair in combinations(states(N), 2) if N < 6)
        found = [theory.fields(pair) for pair in combinations(states(N), 2)]
        assert all(f.stable.all() for f in found)
        assert sum((f.signal + f.crosstalk == 0).any() for f in found) == tied


# ------------------------------------------------------------------ three patterns


@pytest.mark.parametrize("own", [True, False])
def test_how_many_sets_of_three_lose_a_pattern(own):
    printed = {True: {2: 0, 3: 0, 4: 0, 5: 15, 6: 18}, False: {2: 3, 3: 9, 4: 84, 5: 135, 6: 1203}}
    without_inverses = {True: {5: 0, 6: 0}, False: {2: 0, 3: 0, 4: 72, 5: 120, 6: 1140}}
    for N in range(2, 6):
        first = (1,) * N
        sets = [(first, *two) for two in combinations(states(N)[1:], 2)]
        lost = [X for X in sets if loses(X, own)]
        assert len(lost) == printed[own][N]
        apart = [X for X in lost if not any(np.dot(a, b) == -N for a, b in combinations(X, 2))]
        assert len(apart) == without_inverses[own].get(N, 0)


def test_seven_units_lose_one_of_three_with_the_diagonal_and_no_inverses():
    X = [(1,) * 7, (1,) * 6 + (-1,), (1,) * 5 + (-1, -1)]
    assert any(
        loses([*pair, X[0]], own=True)
        for pair in combinations(states(7)[1:], 2)
        if -7 not in (np.dot(pair[0], pair[1]), np.dot(pair[0], X[0]), np.dot(pair[1], X[0]))
    )


def test_the_smallest_counterexample_to_x_transposed_x():
    X = np.array([patterns.from_label(x) for x in ("+++++", "-----", "+----")])
    W = X.T @ X
    assert (X[2] @ W).tolist() == [-1, -11, -11, -11, -11]
    assert loses(X.tolist(), own=True)


@given(pattern_sets())
def test_flipping_a_unit_or_inverting_a_pattern_changes_no_stability(s):
    wanted = loses(s.tolist())
    gauge = np.where(np.arange(s.shape[1]) % 2, 1, -1)
    assert loses((s * gauge).tolist()) == wanted
    assert loses((s * np.where(np.arange(len(s)) % 2, 1, -1)[:, None]).tolist()) == wanted


# ------------------------------------------------------------------ when is cross-talk small?


@given(pattern_sets(most=6, units=9))
def test_small_overlaps_are_safe(s):
    """No unit fails while the sum of |m| over the others is at most 1 - M/N."""
    M, N = s.shape
    q = np.abs(s @ s.T)
    safe = q.sum(axis=1) - N <= N - M
    assert theory.fields(s).stable.all(axis=1)[safe].all()


@given(pattern_sets(most=6, units=9))
def test_the_limit_of_the_lecture_and_the_one_without_diagonal(s):
    M, N = s.shape
    W_cross = theory.fields(s, self_connections=True).crosstalk / N
    stable = np.array([[s[n][i] * field(s, s[n], i) >= 0 for i in range(N)] for n in range(M)])
    assert ((W_cross >= -1 + M / N - 1e-12) == stable).all()
    stable = np.array([[s[n][i] * field(s, s[n], i, True) >= 0 for i in range(N)] for n in range(M)])
    assert ((W_cross >= -1) == stable).all()
    assert stable[np.abs(W_cross) < 1].all()  # "less than one in magnitude"


def test_zero_one_products_turn_everything_on():
    V = patterns.to_binary(patterns.random(5, 100, rng=0))
    T = V.T @ V * (1 - np.eye(100))
    net = zero_one.Network(T).bipolar
    assert T.min() == 0
    covered = V.any(axis=0)  # a unit that is on in no pattern has no weights at all
    ends = patterns.to_binary(net.recall(patterns.to_bipolar(V)).final)
    assert (ends == covered).all()


def test_zero_one_units_have_half_the_ratio_of_signal_to_noise():
    """x_i = sum_j T_ij V_j: signal N/2 instead of N, noise MN/2 instead of MN, so S^2/N^2 halves."""
    rng, M, N = np.random.default_rng(0), 20, 200
    ratios = np.zeros(2)
    for _ in range(40):
        s = patterns.random(M, N, rng)
        W = learning.hebb(s)
        for k, y in enumerate((s, (s + 1) / 2)):
            h = s * (y @ W)
            ratios[k] += h.mean() ** 2 / h.var() / 40
    assert ratios[0] == pytest.approx(N / M, rel=0.1)
    assert ratios[1] / ratios[0] == pytest.approx(0.5, abs=0.05)


# ------------------------------------------------------------------ orthogonal patterns


@pytest.mark.parametrize("N", [2, 4, 8, 16])
def test_orthogonal_patterns_are_stable_up_to_n_and_correct_with_self_connections_below_half(N):
    rows = np.random.default_rng(N).permutation(patterns.orthogonal(N, N))
    for M in range(1, N + 1):
        s = rows[:M]
        assert not loses(s.tolist()) and not loses(s.tolist(), own=True)
        wrong = s[0] * np.where(np.arange(N) == N - 1, -1, 1)
        assert s[0][-1] * field(s, wrong, N - 1, own=True) == N - 2 * M
        assert s[0][-1] * field(s, wrong, N - 1) == N - M
        net = binary.Network(learning.hebb(s, self_connections=True))
        cues = s[0] * (1 - 2 * np.eye(N, dtype=int))
        for schedule in ("ordered", "random", "synchronous"):
            rng = 0 if schedule == "random" else None
            back = (net.recall(cues, schedule, rng=rng).final == s[0]).all(axis=1)
            assert back.all() if 2 * M < N else not back.any()


def test_as_many_orthogonal_patterns_as_units_make_no_network():
    H = patterns.orthogonal(16, 16)
    assert (learning.hebb(H, self_connections=True) == 16 * np.eye(16)).all()
    assert not learning.hebb(H).any()


def test_twins():
    """In the first six rows of sixteen, units i and i + 8 are equal: N - 3M < 0 lets the twin follow."""
    s = patterns.orthogonal(6, 16)
    assert (s[:, :8] == s[:, 8:]).all()
    wrong = s[0] * np.where(np.arange(16) == 11, -1, 1)
    assert s[0][3] * field(s, wrong, 3) == 16 - 6 - 12
    assert not (binary.Network(learning.hebb(s)).recall(wrong).final == s[0]).all()


# ------------------------------------------------------------------ self-connections and ties


@given(pattern_sets(most=4, units=7), st.sampled_from([1, -1, "keep"]))
def test_a_tiny_self_connection_is_a_tie_that_keeps(s, ties):
    W, Y = learning.hebb(s), state_space.all_states(s.shape[1])
    tiny, keeps = binary.Network(2 * W + np.eye(len(W))), binary.Network(W)
    assert (tiny.recall(Y, ties=ties).final == keeps.recall(Y).final).all()


@given(pattern_sets(most=4, units=7))
def test_self_connections_only_add_fixed_points(s):
    Y = state_space.all_states(s.shape[1])
    before = binary.Network(learning.hebb(s)).is_fixed_point(Y)
    after = binary.Network(learning.hebb(s, self_connections=True)).is_fixed_point(Y)
    assert (after | ~before).all()
    assert (np.diag(learning.hebb(s, self_connections=True)) == len(s)).all()


# ------------------------------------------------------------------ letters


def letters(text):
    return datasets.letters(text)


def test_a_survives_until_r_comes():
    A = letters("A")[0]
    cues = patterns.flip(np.repeat([A], 20, axis=0), 10, rng=0)
    for k in range(1, 8):
        s = letters("AFGHLVR"[:k])
        back = (binary.Network(learning.hebb(s)).recall(cues).final == A).all(axis=1).sum()
        failing = [i for i in range(100) if A[i] * field(s, A, i) < 0]
        assert (back, len(failing)) == ((20, 0) if k < 7 else (0, 1))
        assert (np.abs(s[1:] @ A).sum() <= 100 - k) == (k < 7)


def test_the_avalanche_of_a():
    """One unit gives way, all six others push against it, and 29 flips lead to what nobody has stored."""
    s = letters("AFGHLVR")
    A, net = s[0], binary.Network(learning.hebb(s))
    (i,) = [i for i in range(100) if A[i] * field(s, A, i) < 0]
    assert all(A[i] * field([other], A, i) < 0 for other in s[1:])
    run = net.recall(A)
    assert run.flips == 29 and np.abs(patterns.overlap(run.final, letters(datasets.LETTERS))).max() < 0.7


def test_the_letter_that_is_one_too_many_over_orders():
    """The chapter draws 200 orders: A is lost at the fifth letter at the earliest. Others are alike."""
    L, first = letters(datasets.LETTERS), []
    for k in range(1000, 1100):
        order, M = [0, *np.random.default_rng(k).permutation(np.arange(1, 26))], 1
        while theory.fields(L[order[:M]]).stable[0].all():
            M += 1
        first.append(M)
    assert 4 <= min(first) <= 5 and 7 <= np.mean(first) <= 8.5 and max(first) >= 11


def test_pairs_of_letters_vote_in_the_cells_that_differ():
    """Measured over many cues: the share of wrong letters is the chance that these cells are outvoted."""
    for text in ("FP", "DO", "MN", "AT"):
        s = letters(text)
        d = int((s[0] != s[1]).sum())
        cues = patterns.flip(np.repeat(s[:1], 800, axis=0), 40, rng=0)
        ends = binary.Network(learning.hebb(s)).recall(cues, "random", rng=0).final
        differ = s[0] != s[1]
        wrong = (ends[:, differ] == s[1, differ]).all(axis=1).mean()
        P = theory.outvoted(d, 100, 40)
        assert abs(wrong - P) < 4 * np.sqrt(P * (1 - P) / 800) + 0.005


def test_no_three_letters_lose_one_while_all_overlaps_are_below_one_half():
    L = letters(datasets.LETTERS)
    q = np.abs(L @ L.T)
    for three in combinations(range(26), 3):
        if max(q[a, b] for a, b in combinations(three, 2)) < 50:
            assert theory.fields(L[list(three)]).stable.all()


def all_sets_of_stable_letters(least):
    """Every set of at least so many letters that are all stable, letter by letter, with pruning.

    A partial set is given up when some unit of a letter in it would fail even with the support of all letters
    still to come that support it.
    """
    L = letters(datasets.LETTERS)
    q = (L @ L.T).astype(np.float32)
    adds = L[:, None] * L[None] * q[:, :, None] - 1  # [mu, nu, i]: what mu adds to unit i of nu
    adds[np.arange(26), np.arange(26)] = 0
    order = np.argsort(-np.abs(q).sum(axis=1))  # those in most conflict first
    adds = adds[order][:, order]
    hope = np.zeros((27, 26, 100), np.float32)
    hope[:26] = np.maximum(adds, 0)[::-1].cumsum(axis=0)[::-1]
    found, ahead = [], [(0, np.zeros((1, 26), np.float32))]
    while ahead:
        k, chosen = ahead.pop()
        if k == 26:
            found += [{int(order[j]) for j in np.flatnonzero(row)} for row in chosen]
            continue
        taken = chosen.copy()
        taken[:, k] = 1
        both = np.concatenate([taken, chosen])
        both = both[both.sum(axis=1) + 25 - k >= least]
        for nu in range(k + 1):
            field = 99 + both @ adds[:, nu] + hope[k + 1, nu]
            both = both[(both[:, nu] == 0) | (field >= 0).all(axis=1)]
        ahead += [(k + 1, both[c : c + 4000]) for c in range(0, len(both), 4000)]
    return found


@pytest.mark.slow  # a search through millions of sets
def test_nine_letters_are_the_record():
    found = all_sets_of_stable_letters(9)
    assert len(found) == 53 and {len(s) for s in found} == {9}
    for chosen in found:
        text = "".join(datasets.LETTERS[k] for k in sorted(chosen))
        verdict = feedback.many_letters(datasets.letters(text))
        assert verdict.correct and "the record" in verdict.message
    assert not loses(letters("NQRSTUVXZ").tolist())
    fewer = (feedback.many_letters(datasets.letters("NQRSTUVXZ".replace(x, ""))) for x in "NQRSTUVXZ")
    assert any(
        eight.correct and "8 letters" in eight.message and "1 more" in eight.message for eight in fewer
    )


def test_the_card_says_which_letters_are_lost():
    lost = feedback.many_letters(datasets.letters("AFGHLVR"))
    assert lost.mistake == "a letter is lost" and "A, F, H and R are lost" in lost.message
    several = feedback.many_letters(datasets.letters("ABCDEF").tolist())
    named = several.message.split(" are lost")[0].replace(" and ", ", ").split(", ")
    assert named == [
        x for k, x in enumerate("ABCDEF") if not theory.fields(letters("ABCDEF")).stable[k].all()
    ]
    assert "datasets.letters('AFGHLV')" in feedback.many_letters("AFGHLV").message


def test_the_alphabet_is_too_much():
    L = letters(datasets.LETTERS)
    net = binary.Network(learning.hebb(L))
    assert not net.is_fixed_point(L).any()
    assert len(np.unique(net.recall(L).final, axis=0)) == 13


def test_of_26_random_patterns_few_are_stable():
    """The chapter prints 1 to 9 for its twenty draws; others are alike, and theory expects about three."""
    stable = [
        theory.fields(patterns.random(26, 100, rng=900 + k)).stable.all(axis=1).sum() for k in range(60)
    ]
    assert max(stable) <= 10 and 2.5 < np.mean(stable) < 4.5
    assert 26 * (1 - theory.pattern_error(26, 100)) == pytest.approx(2.75, abs=0.01)


@pytest.mark.slow
@pytest.mark.parametrize("k", [50, 51])
def test_single_errors_of_orthogonal_patterns_over_shuffles(k):
    """Without self-connections all are corrected up to M = 32 at least, and no longer at M = 56."""
    rows = np.random.default_rng(k).permutation(patterns.orthogonal(64, 64))
    for M, all_back in ((24, True), (32, True), (56, False)):
        goal = np.repeat(rows[:M], 64, axis=0)
        cues = goal * np.tile(1 - 2 * np.eye(64, dtype=int), (M, 1))
        ends = binary.Network(learning.hebb(rows[:M])).recall(cues, "random", rng=k).final
        assert (ends == goal).all() == all_back


# ------------------------------------------------------------------ the exercises


def test_the_table_by_hand():
    three = [patterns.from_label(x).tolist() for x in ("+-+-", "+-++", "+--+")]
    for unit, (second, third, h, with_own) in feedback.CHECKS["crosstalk_by_hand"].solution.items():
        i, s = unit - 1, three[0]
        for other, share in ((three[1], second), (three[2], third)):
            assert share == s[i] * field([other], s, i)
        assert h == s[i] * field(three, s, i) and with_own == s[i] * field(three, s, i, own=True)


def test_the_numbers_of_the_proof():
    gaps = feedback.CHECKS["two_patterns"].solution
    s = [1] * 10
    t = [1] * 6 + [-1] * 4
    assert field([s, t], s, 9) == gaps["d"] and field([s, t], s, 0) == gaps["e"]
    assert field([s, [1] * 9 + [-1]], s, 9) == 0
    assert field([s, [1] * 9 + [-1]], s, 9, own=True) == gaps["g"]
    wide = np.array([[1] * 12, [1] * 5 + [-1] * 7])
    net = binary.Network(learning.hebb(wide))
    for k in (gaps["h"], gaps["h"] + 1):
        cues = np.ones((35, 12), int)
        for row, chosen in zip(cues, combinations(range(5, 12), k), strict=True):
            row[list(chosen)] = -1
        back = [(net.recall(cues, "random", rng=r).final == 1).all() for r in range(5)]
        assert all(back) if k == gaps["h"] else not any(back)


@pytest.mark.parametrize("seed", range(5))
def test_hunters_may_find_other_examples(seed):
    """The checks of the two hunts agree with the definitions, computed here."""
    rng, found = np.random.default_rng(seed), 0
    for _ in range(200):
        N = int(rng.integers(3, 7))
        s = rng.choice(SIGNS, (3, N))
        different = all(abs(a @ b) < N for a, b in combinations(s, 2))
        good = different and loses(s.tolist())
        assert feedback.lost_pattern(s).correct == good
        found += good
    assert found > 5
    H = patterns.orthogonal(8, 8)
    for M, i in product(range(2, 8), range(8)):
        s = rng.permutation(H)[:M]
        cue = s[0] * np.where(np.arange(8) == i, -1, 1)
        y = cue.tolist()
        while True:
            before = list(y)
            for j in range(8):
                h = field(s.tolist(), y, j)
                y[j] = int(np.sign(h)) or y[j]
            if y == before:
                break
        near = [row.tolist() for row in s if (row != cue).sum() == 1]
        returned = y in near
        assert feedback.stable_not_attracting(s, cue).correct == (not returned)


def test_fewer_than_four_units_keep_three_patterns():
    for N in (2, 3):
        for X in combinations(states(N), 3):
            if not any(abs(np.dot(a, b)) == N for a, b in combinations(X, 2)):
                assert not loses(X)


def test_the_order_of_learning_does_not_matter():
    s = patterns.random(4, 9, rng=0)
    wanted = [[sum(p[i] * p[j] for p in s.tolist()) * (i != j) for j in range(9)] for i in range(9)]
    for order in permutations(range(4)):
        W = np.zeros((9, 9))
        for mu in order:
            W = learning.hebb_add(W, s[mu])
        assert W.tolist() == wanted
        for mu in order[:2]:
            W = learning.hebb_remove(W, s[mu])
        assert (W == learning.hebb(s[list(order[2:])])).all()


@pytest.mark.parametrize(
    ("answer", "name"),
    [
        (lambda p: p.T @ p, "diagonal kept, 1/N forgotten"),
        (lambda p: p.T @ p / p.shape[1], "diagonal kept"),
        (lambda p: (p.T @ p - len(p) * np.eye(p.shape[1])) / len(p), "divided by M instead of N"),
        (lambda p: (p.T @ p / len(p) - np.eye(p.shape[1])) / p.shape[1], "mean instead of sum"),
        (lambda p: p @ p.T / p.shape[1], "overlaps instead of weights"),
        (lambda p: np.full((p.shape[1],) * 2, len(p) / p.shape[1]), "each unit with itself"),
        (lambda p: np.full((p.shape[1],) * 2, len(p)), "a number instead of a matrix"),
        (lambda p: p.T @ p / p.shape[1] - len(p) * np.eye(p.shape[1]), "the identity taken off"),
    ],
)
def test_mistakes_are_known_however_they_are_written(answer, name):
    assert feedback.store_many(lambda patterns: answer(patterns)).mistake == name


def test_other_right_answers_pass():
    def replace_pattern(weights, old, new):
        N = len(old)
        return learning.hebb_add(learning.hebb_remove(N * weights, old), new) / N

    def bit_error(M, N):
        from scipy.stats import binom

        n = (M - 1) * (N - 1)
        return binom.cdf((n - N) // 2, n, 0.5)

    assert feedback.replace_pattern(replace_pattern).correct
    assert feedback.replace_pattern(
        lambda weights, old, new: np.float32(replace_pattern(weights, old, new))
    ).correct
    assert feedback.store_many(lambda p: (learning.hebb(p) / p.shape[1]).astype(np.float32)).correct
    assert feedback.bit_error(lambda M, N: np.float32(bit_error(M, N))).correct
    assert feedback.bit_error(bit_error).correct
    assert feedback.failing_units(lambda patterns: ~theory.fields(patterns).stable).correct


def test_the_patterns_of_exercise_1_are_no_find():
    three = np.array([patterns.from_label(x) for x in ("+-+-", "+-++", "+--+")])
    for order in permutations(range(3)):
        assert feedback.lost_pattern(three[list(order)]).mistake == "the patterns of exercise 1"
    assert (
        feedback.stable_not_attracting([1, 1, -1, 1], patterns.orthogonal(2, 4)).mistake
        == "arguments exchanged"
    )


def test_fill_diagonal_as_a_value_in_the_loop():
    def store_many(patterns):
        N = patterns.shape[1]
        W = np.zeros((N, N))
        for pattern in patterns:
            more = np.fill_diagonal(W + np.outer(pattern, pattern) / N, 0)
            W = more
        return W

    assert feedback.store_many(store_many).mistake == "fill_diagonal used as a value"
