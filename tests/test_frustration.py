"""Frustration, against a recomputation in whole Python numbers that shares nothing with the library."""

from __future__ import annotations

import doctest
from itertools import combinations, permutations, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hopfield_edu import binary, frustration, learning, patterns, state_space

NETWORK_1 = [[0, 1, -1], [1, 0, 1], [-1, 1, 0]]  # Wiskott fig. 1.4, top
NETWORK_2 = [[0, -1, 1], [-1, 0, -1], [1, -1, 0]]  # bottom
FRUSTRATED_SQUARE = [[0, 1, 0, -1], [1, 0, 1, 0], [0, 1, 0, 1], [-1, 0, 1, 0]]


# --- the same by hand ---------------------------------------------------------------------------


def pairs(W):
    return list(combinations(range(len(W)), 2))


def naive_unsatisfied(W, y):
    """Pairs whose weight wants what the state does not give."""
    count = 0
    for i, j in pairs(W):
        wants_equal, wants_different = W[i][j] > 0, W[i][j] < 0
        count += (wants_equal and y[i] != y[j]) or (wants_different and y[i] == y[j])
    return count


def naive_strength(W, y):
    return sum(abs(W[i][j]) for i, j in pairs(W) if W[i][j] * y[i] * y[j] < 0)


def naive_frustrated(W):
    """No state satisfies every weight."""
    return all(naive_unsatisfied(W, y) for y in product((-1, 1), repeat=len(W)))


def has_negative_loop(W):
    """Whether any loop, of any length, has the sign -1."""
    for length in range(3, len(W) + 1):
        for loop in permutations(range(len(W)), length):
            sign = 1
            for a, b in zip(loop, loop[1:] + loop[:1], strict=True):
                sign *= (W[a][b] > 0) - (W[a][b] < 0)
            if sign < 0:
                return True
    return False


def fixed(W, y):
    """No unit moves; a tie keeps its value. The weights may have a diagonal."""
    return all(y[i] * sum(w * v for w, v in zip(W[i], y, strict=True)) >= 0 for i in range(len(W)))


@st.composite
def symmetric(draw, low=1, high=6, values=(-2, -1, 0, 0, 1, 2), diagonal=False):
    """Symmetric whole-number weights as lists; about a third of them missing."""
    N = draw(st.integers(low, high))
    W = [[0] * N for _ in range(N)]
    for i in range(N):
        for j in range(i):
            W[i][j] = W[j][i] = draw(st.sampled_from(values))
        if diagonal:
            W[i][i] = draw(st.integers(-3, 3))
    return W


@st.composite
def weights_and_state(draw, **how):
    W = draw(symmetric(**how))
    return W, draw(st.lists(st.sampled_from((-1, 1)), min_size=len(W), max_size=len(W)))


# --- one state ----------------------------------------------------------------------------------


@given(weights_and_state(diagonal=True))
def test_unsatisfied_weights_of_a_state(case):
    W, y = case
    S = frustration.satisfaction(W, y)
    assert frustration.unsatisfied(W, y) == naive_unsatisfied(W, y)
    assert S.dtype.kind == "i" and (S == S.T).all() and not S.diagonal().any()
    for i, j in pairs(W):
        product_ = W[i][j] * y[i] * y[j]
        assert S[i, j] == (product_ > 0) - (product_ < 0)


@given(weights_and_state(diagonal=True), st.integers(1, 7))
def test_neither_the_inverse_nor_the_strength_nor_the_diagonal_matters(case, factor):
    W, y = case
    count = frustration.unsatisfied(W, y)
    assert frustration.unsatisfied(W, [-v for v in y]) == count
    assert frustration.unsatisfied(factor * np.array(W) / 3, y) == count
    assert frustration.unsatisfied(np.array(W) - np.diag(np.diag(W)), y) == count


@given(weights_and_state())
def test_energy_is_unsatisfied_minus_satisfied_strength(case):
    W, y = case
    bad = naive_strength(W, y)
    total = sum(abs(W[i][j]) for i, j in pairs(W))
    assert binary.Network(W).energy(y) == bad - (total - bad)


def test_the_two_triangles_of_the_lecture():
    counts = [
        [frustration.unsatisfied(W, y) for y in state_space.all_states(3)] for W in (NETWORK_1, NETWORK_2)
    ]
    assert counts == [[1, 1, 3, 1, 1, 3, 1, 1], [2, 2, 0, 2, 2, 0, 2, 2]]
    assert [frustration.loop_sign(W, [0, 1, 2]) for W in (NETWORK_1, NETWORK_2)] == [-1, 1]
    assert frustration.unsatisfied(NETWORK_2, [1, -1, 1]) == 0  # the lecture's example


# --- loops --------------------------------------------------------------------------------------


@given(symmetric(low=3, high=6), st.data())
def test_loop_sign(W, data):
    loop = data.draw(st.permutations(range(len(W))))[: data.draw(st.integers(3, len(W)))]
    sign = 1
    for k in range(len(loop)):
        w = W[loop[k - 1]][loop[k]]
        sign *= (w > 0) - (w < 0)
    assert frustration.loop_sign(W, loop) == sign
    assert frustration.loop_sign(W, loop[::-1]) == sign
    assert frustration.loop_sign(W, loop[1:] + loop[:1]) == sign


@given(weights_and_state(low=3))
def test_a_loop_is_unsatisfied_an_odd_number_of_times_iff_its_sign_is_negative(case):
    W, y = case
    S = frustration.satisfaction(W, y)
    for loop in permutations(range(len(W)), 3):
        sign = frustration.loop_sign(W, loop)
        if sign:
            around = [S[loop[k - 1], loop[k]] for k in range(3)]
            assert (-1) ** around.count(-1) == sign


@given(symmetric())
def test_frustrated_triangles(W):
    expected = [(i, j, k) for i, j, k in combinations(range(len(W)), 3) if W[i][j] * W[j][k] * W[k][i] < 0]
    assert frustration.frustrated_triangles(W) == expected


@given(symmetric(high=5, diagonal=True))
def test_three_ways_to_say_frustrated(W):
    """No state satisfies all weights; some loop has the sign -1; the walk finds a contradiction."""
    frustrated = naive_frustrated(W)
    assert has_negative_loop(W) == frustrated
    y = frustration.satisfying_state(W)
    assert (y is None) == frustrated
    if y is not None:
        assert set(y.tolist()) <= {-1, 1} and naive_unsatisfied(W, y.tolist()) == 0
    assert (frustration.ground_states(W)[0] > 0) == frustrated


def test_a_frustrated_network_without_a_frustrated_triangle():
    assert frustration.frustrated_triangles(FRUSTRATED_SQUARE) == []
    assert frustration.loop_sign(FRUSTRATED_SQUARE, [0, 1, 2, 3]) == -1
    assert frustration.satisfying_state(FRUSTRATED_SQUARE) is None
    assert frustration.loop_sign(FRUSTRATED_SQUARE, [0, 1, 2]) == 0  # there is no such loop


def test_satisfying_state_of_a_large_network_in_pieces():
    s = patterns.random(1, 400, rng=0)[0]
    W = learning.hebb(s)
    W[:200, 200:] = W[200:, :200] = 0
    y = frustration.satisfying_state(W)
    assert abs(y[:200] @ s[:200]) == 200 and abs(y[200:] @ s[200:]) == 200
    W[0, 1] = W[1, 0] = -W[0, 1]
    assert frustration.satisfying_state(W) is None


# --- all states ---------------------------------------------------------------------------------


@given(symmetric(diagonal=True))
def test_ground_states(W):
    strength = {y: naive_strength(W, y) for y in product((-1, 1), repeat=len(W))}
    best = min(strength.values())
    found, codes = frustration.ground_states(W)
    assert found == best
    expected = sorted(state_space.encode(y) for y, bad in strength.items() if bad == best)
    assert codes.tolist() == expected


def test_ground_states_of_fractions():
    """Rounding must neither split equal energies nor leave a rest of frustration."""
    rng = np.random.default_rng(0)
    for _ in range(20):
        s, size = patterns.random(1, 7, rng)[0], rng.random((7, 7))
        W = np.outer(s, s) * (size + size.T)
        strength, codes = frustration.ground_states(W)
        assert strength == 0 and sorted(codes) == sorted(state_space.encode([s, -s]))
    third = np.array(NETWORK_1) / 3
    strength, codes = frustration.ground_states(third)
    assert strength == pytest.approx(1 / 3) and len(codes) == 6
    assert frustration.ground_states(1e-9 * third)[1].size == 6
    assert frustration.ground_states(1e9 * third)[1].size == 6


@given(weights_and_state(diagonal=True), st.data())
def test_gauge(case, data):
    W, y = case
    g = data.draw(st.lists(st.sampled_from((-1, 1)), min_size=len(W), max_size=len(W)))
    turned = frustration.gauge(W, g)
    gy = [a * b for a, b in zip(g, y, strict=True)]
    assert naive_unsatisfied(turned.tolist(), gy) == naive_unsatisfied(W, y)
    assert fixed(turned.tolist(), gy) == fixed(W, y)
    assert binary.Network(turned).energy(gy) == binary.Network(W).energy(y)
    assert frustration.frustrated_triangles(turned) == frustration.frustrated_triangles(W)
    assert (frustration.gauge(turned, g) == W).all()
    assert (turned.diagonal() == np.diagonal(W)).all()


def test_an_unfrustrated_network_is_a_stored_pattern_in_disguise():
    """Mattis: with all pairs connected alike, w_ij = s_i s_j, and s is found by the walk."""
    for seed in range(20):
        s = patterns.random(1, 9, seed)[0]
        W = learning.hebb(s)
        assert (frustration.gauge(np.ones((9, 9)) - np.eye(9), s) == W).all()
        found = frustration.satisfying_state(W)
        assert abs(found @ s) == 9 and (learning.hebb(found) == W).all()


@given(weights_and_state(high=4, diagonal=True), st.sampled_from(("keep", 1, -1)))
def test_arrows_turn_as_those_of_a_naive_graph_do(case, ties):
    W, bias = case  # a state will do as a bias

    def arrows(W):
        found = set()
        for y in product((-1, 1), repeat=len(W)):
            for i, row in enumerate(W):
                h = bias[i] + sum(w * v for w, v in zip(row, y, strict=True))
                value = (h > 0) - (h < 0) or (y[i] if ties == "keep" else ties)
                found |= {(y, (*y[:i], value, *y[i + 1 :]))} if value != y[i] else set()
        return found

    one, two = arrows(W), arrows([[-w for w in row] for row in W])
    assert frustration.arrows_turn(W, bias, ties=ties) == ({(b, a) for a, b in one} == two)


# --- random networks ----------------------------------------------------------------------------


def test_random_weights_have_the_share_of_rivals_that_is_asked_for():
    rng = np.random.default_rng(0)
    for negative in (0, 0.2, 1):
        W = frustration.random_weights(60, negative, rng=rng)
        share = (W[np.triu_indices(60, 1)] < 0).mean()
        assert (W == W.T).all() and not W.diagonal().any() and set(np.unique(W)) <= {-1, 0, 1}
        assert share == pytest.approx(negative, abs=0.05)


def test_study_counts_what_one_counts_by_hand():
    found = frustration.study(5, [0, 0.3, 0.5, 0.7, 1] * 4, rng=3)
    rng = np.random.default_rng(3)
    for k, p in enumerate([0, 0.3, 0.5, 0.7, 1] * 4):
        W = frustration.random_weights(5, p, rng=rng).tolist()
        states = list(product((-1, 1), repeat=5))
        resting = [y for y in states if fixed(W, y)]
        tied = [y for y in resting if any(sum(w * v for w, v in zip(row, y, strict=True)) == 0 for row in W)]
        assert found.index[k] == min(naive_unsatisfied(W, y) for y in states)
        assert (found.fixed_points[k], found.without_ties[k]) == (len(resting), len(resting) - len(tied))


@pytest.mark.parametrize("negative", [[], 0.5, [[0.5]], [1.5], [np.nan]])
def test_study_wants_a_list_of_shares(negative):
    with pytest.raises(ValueError, match="negative"):
        frustration.study(4, negative, rng=0)


# --- the smallest networks, and what is refused -------------------------------------------------


@pytest.mark.parametrize("w", [0, 3, -3])
def test_a_single_unit_has_no_wishes(w):
    assert frustration.satisfaction([[w]], [1]).tolist() == [[0]]
    assert frustration.unsatisfied([[w]], [-1]) == 0
    assert frustration.frustrated_triangles([[w]]) == []
    assert frustration.satisfying_state([[w]]).tolist() == [1]
    strength, codes = frustration.ground_states([[w]])
    assert strength == 0 and codes.tolist() == [0, 1]
    assert frustration.gauge([[w]], [-1]).tolist() == [[w]]


def test_missing_weights_wish_for_nothing():
    W = np.zeros((4, 4))
    assert frustration.unsatisfied(W, [1, -1, 1, -1]) == 0
    assert frustration.frustrated_triangles(W) == []
    assert frustration.satisfying_state(W).tolist() == [1, 1, 1, 1]
    strength, codes = frustration.ground_states(W)
    assert strength == 0 and codes.tolist() == list(range(16))
    assert str(frustration.gauge(W, [1, -1, 1, -1])).count("-") == 0


def test_arguments_are_left_alone():
    W, y = np.array(NETWORK_1, float) + np.eye(3), np.array([1, 1, -1])
    before = W.copy(), y.copy()
    frustration.satisfaction(W, y), frustration.unsatisfied(W, y), frustration.ground_states(W)
    frustration.frustrated_triangles(W), frustration.satisfying_state(W)
    assert frustration.gauge(W, y) is not W
    assert (before[0] == W).all() and (before[1] == y).all()


@pytest.mark.parametrize(
    "ask",
    [
        lambda W: frustration.satisfaction(W, [1, 1]),
        lambda W: frustration.unsatisfied(W, [1, 1]),
        lambda W: frustration.loop_sign(W, [0, 1, 2]),
        frustration.frustrated_triangles,
        frustration.satisfying_state,
        frustration.ground_states,
        lambda W: frustration.gauge(W, [1, 1]),
    ],
)
@pytest.mark.parametrize(
    ("weights", "error", "message"),
    [
        ([[0, 1], [2, 0]], ValueError, "not symmetric"),
        ([[0, 1]], ValueError, "square"),
        (np.zeros((0, 0)), ValueError, "empty"),
        ([[0, np.nan], [np.nan, 0]], ValueError, "NaN"),
        ([[0, 1], [1]], ValueError, "rows of different lengths"),
        ([["0", "1"], ["1", "0"]], TypeError, "weights"),
    ],
)
def test_bad_weights(ask, weights, error, message):
    with pytest.raises(error, match=message):
        ask(weights)


@pytest.mark.parametrize("ask", [frustration.satisfaction, frustration.unsatisfied, frustration.gauge])
@pytest.mark.parametrize(
    ("state", "message"),
    [([0, 1, 1], "to_bipolar"), ([1, 1], "N = 3"), ([[1, 1, 1]], r"\(N,\) is wanted"), ([2, 1, 1], "±1")],
)
def test_bad_states(ask, state, message):
    with pytest.raises(ValueError, match=message):
        ask(NETWORK_1, state)


@pytest.mark.parametrize(
    ("loop", "message"),
    [
        ([0, 1], "at least three different units"),
        ([0, 1, 1], "at least three different units"),
        ([[0, 1, 2]], "at least three different units"),
        ([0, [1], 2], "rows of different lengths"),
        ([1, 2, 3], r"whole numbers 0\.\.2"),
        ([0, 1, -1], r"whole numbers 0\.\.2"),
        ([0.0, 1.0, 2.0], r"whole numbers 0\.\.2"),
        ("abc", "loop is 'abc'"),
        (None, "loop is None"),
    ],
)
def test_bad_loops(loop, message):
    with pytest.raises((ValueError, TypeError), match=message):
        frustration.loop_sign(NETWORK_1, loop)


def test_too_many_states_to_look_at():
    with pytest.raises(ValueError, match="only up to 20 units"):
        frustration.ground_states(np.zeros((21, 21)))


def test_examples_in_docstrings():
    assert doctest.testmod(frustration).failed == 0


def test_weights_that_rounding_has_set_apart_are_symmetric():
    """W = S'(SS')^-1 S is symmetric on paper; a product in another order is not, to the last bit."""
    rng = np.random.default_rng(0)
    S = rng.choice([-1.0, 1.0], (3, 8))
    W = S.T @ np.linalg.inv(S @ S.T) @ S
    np.fill_diagonal(W, 0)
    W[0, 5] = np.nextafter(W[5, 0], 1)
    y = S[0].astype(int)
    assert not np.array_equal(W, W.T)
    assert frustration.unsatisfied(W, y) == frustration.unsatisfied(np.triu(W) + np.triu(W).T, y)
    assert np.abs(learning.hebb_add(W, y) - W - learning.hebb(y)).max() < 1e-15
    assert frustration.gauge(W, y).shape == (8, 8) and frustration.ground_states(W)[0] >= 0
    W[0, 5] += 1e-6
    with pytest.raises(ValueError, match="weights is not symmetric"):
        frustration.unsatisfied(W, y)


def test_what_would_take_too_long_is_refused_under_its_name():
    with pytest.raises(ValueError, match=r"weights = an array of shape \(2000, 2000\): .* the limit is"):
        frustration.frustrated_triangles(np.zeros((2000, 2000)))
    with pytest.raises(ValueError, match="weights: 21 units"):
        frustration.ground_states(np.zeros((21, 21)))
