"""Answers that a check once took for something else: wrong ones it passed, right ones it misread."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.integrate import quad

from hopfield_edu import feedback, modern
from hopfield_edu.feedback import _chapter13 as chapter13

# --- chapter 10 -----------------------------------------------------------------------------------


def test_an_oscillator_is_told_what_it_is():
    ring = -2.5 * np.roll(np.eye(3), 1, axis=1)
    assert feedback.oscillator(ring) and "Have you tried" not in feedback.oscillator(ring).message
    assert "Have you tried" in feedback.oscillator([[2, -1.5], [1, 1.5]]).message
    assert "too firmly" not in feedback.oscillator(-ring).message  # it holds on to nothing


def test_the_gain_inside_artanh():
    def graded_energy(V, weights, bias, beta):
        price = sum(quad(lambda z: np.arctanh(beta * z), 0, v)[0] for v in V)
        return -V @ weights @ V / 2 - bias @ V + price

    verdict = feedback.graded_energy(graded_energy)
    assert verdict.mistake == "gain inside artanh" and "NaN" in verdict.message
    assert feedback.graded_energy(lambda V, weights, bias, beta: np.nan).mistake == "NaN"


def test_eigenvalues_come_in_no_order():
    def growth_rate(x, weights, beta, tau):
        slope = beta / np.cosh(beta * x) ** 2
        return np.linalg.eig((weights * slope - np.eye(len(x))) / tau)[0][0].real

    assert feedback.growth_rate(growth_rate).mistake == "first eigenvalue"


def test_praise_leaves_the_next_question_open():
    verdict = feedback.energy_shares(feedback.energy_shares.solution)
    assert verdict and "w_12" not in verdict.message


# --- chapter 13 -----------------------------------------------------------------------------------


def shares(e):
    return e / e.sum(axis=-1, keepdims=True)


@pytest.mark.parametrize(
    ("weigh", "mistake"),
    [
        (lambda z: np.exp(np.clip(z, -700, 700)), "exponents clipped"),
        (lambda z: np.exp(np.clip(z, -500, 600)), "exponents clipped"),
        (lambda z: np.exp(np.clip(z, None, 700)), "exponents capped"),
        (lambda z: np.exp(np.minimum(z, 709)), "exponents capped"),
        (lambda z: np.exp(z - np.abs(z).max(-1, keepdims=True)), "largest size subtracted"),
        (lambda z: np.exp(z.min(-1, keepdims=True) - z), "the opposite sign in the exponent"),
    ],
)
def test_safe_for_some_numbers_is_not_safe(weigh, mistake):
    def softmax_step(patterns, states, beta):
        return shares(weigh(beta * (states @ patterns.T))) @ patterns

    def scaled_attention(queries, keys, values):
        return shares(weigh(queries @ keys.T / queries.shape[1] ** 0.5)) @ values

    for seed in range(5):
        assert feedback.softmax_step(softmax_step, seed=seed).mistake == mistake
        assert feedback.scaled_attention(scaled_attention, seed=seed).mistake == mistake


def test_safe_ways_are_accepted():
    """A loop over the rows; the logarithm of the sum; the library."""

    def softmax_step(patterns, states, beta):
        new = []
        for y in states:
            z = beta * (patterns @ y)
            new.append(np.exp(z - np.logaddexp.reduce(z)) @ patterns)
        return np.array(new)

    def lse_energy(patterns, state, beta):
        return -np.logaddexp.reduce(beta * (patterns @ state)) / beta + 0.5 * sum(state**2)

    for seed in range(5):
        assert feedback.softmax_step(softmax_step, seed=seed)
        assert feedback.softmax_step(lambda x, y, b: modern.Network(x, b).step(y), seed=seed).mistake is None
        assert feedback.lse_energy(lse_energy, seed=seed)
        assert feedback.scaled_attention(lambda q, k, v: modern.attention(q, k, v), seed=seed).mistake is None
    assert "without a loop" not in feedback.softmax_step(softmax_step).message


def test_the_energy_with_the_constants_of_the_library():
    def lse_energy(patterns, state, beta):
        return modern.Network(patterns, beta).energy(state)

    assert feedback.lse_energy(lse_energy).mistake == "constants of the library"


def test_rounded_shares_and_fractions_in_quotes():
    table = dict(chapter13._rows(chapter13._by_halves))
    text = table | {"a": ["2", "0", "0", "2/3", "1/6", "1/6", "4/3", "0"]}
    assert feedback.attention_table(text)
    rounded = table | {"a": [2, 0, 0, 0.666667, 0.166667, 0.166667, 1.333333, 0]}
    assert feedback.attention_table(rounded).mistake == "rounded"
    freezing = {"beta_c": ["1/50", "1/8", "1/2"], "separation": [4, 4, 4], "stable states": ["1", 2, 8]}
    assert feedback.freezing_table(freezing)
    assert feedback.freezing_table(freezing | {"beta_c": [0.02, 0.13, "0.5"]}).mistake == "rounded"
    assert "row stable states" in feedback.freezing_table(freezing | {"stable states": [1, 2, 7]}).details


@pytest.mark.parametrize(
    ("patterns", "query", "mistake"),
    [
        ([[1, 0], [3, 0]], [2, 0], "a tie of distances"),
        ([[3, 0], [1, 0]], [2, 0], "a tie of distances"),
        ([[1, 2], [5, 2], [90, 90]], [80, 80], "the nearest wins"),
        ([[0, 1], [0, 1e200]], [0, 1], "too large"),
        ([[0, 1], [0, 2]], [0, 1e7], "too large"),
        ([[0, 1], [0, 2]], [0, 1, 2], "query of another length"),
    ],
)
def test_no_counterexample_to_the_nearest(patterns, query, mistake):
    assert feedback.loudest(patterns, query).mistake == mistake


TRIANGLE = np.array(chapter13._TRIANGLE)


@pytest.mark.parametrize(
    ("beta", "mistake"),
    [
        (0, "beta not above zero"),
        (-1.9, "beta not above zero"),
        ([1.9], "beta is a list"),
        (1e5, "beta out of reach"),
    ],
)
def test_odd_betas_are_called_by_name(beta, mistake):
    assert feedback.more_states(TRIANGLE, beta).mistake == mistake
    assert feedback.more_states(1e200 * TRIANGLE, beta).mistake == "too large"


def test_two_more_than_patterns():
    """Two triangles, one high above the other: each has its corners and its middle."""
    assert "one more than were stored. Can you get two" in feedback.more_states(TRIANGLE, 1.95).message
    both = np.vstack([np.column_stack([TRIANGLE, np.full(3, h)]) for h in (-2, 2)])
    verdict = feedback.more_states(both, 1.95)
    assert verdict and verdict.message.startswith("8 stable states for 6 patterns: 2 more than")
    assert len(modern.fixed_points(both, 1.95)[0]) == 6 and "`modern.fixed_points` lists 6" in verdict.message
    net = modern.Network(both, 1.95)
    for state in (*both, both[:3].mean(axis=0), both[3:].mean(axis=0)):  # by small steps from each
        for _ in range(3000):
            state = net.step(state)
        assert net.growth(state) < 1 and np.abs(net.step(state) - state).max() < 1e-9


# --- chapter 12 -----------------------------------------------------------------------------------


def test_a_slope_is_not_a_difference():
    """F' at what the others agree to: wrong where it is zero, for odd n, and where many are weak."""

    def dense_update(patterns, state, i, n):
        r = patterns @ state - patterns[:, i] * state[i]
        slope = (patterns[:, i] * n * r ** (n - 1)).sum()
        new = state.copy()
        if slope != 0:
            new[i] = 1 if slope > 0 else -1
        return new

    def dense_sweep(patterns, state, n):
        for i in range(len(state)):
            state = dense_update(patterns, state, i, n)
        return state

    for seed in range(20):
        for check, answer in ((feedback.dense_update, dense_update), (feedback.dense_sweep, dense_sweep)):
            assert check(answer, seed=seed).mistake == "derivative at r instead of difference"


@pytest.mark.parametrize("tie", [1, -1])
def test_ties_that_fall_to_one_side(tie):
    def dense_update(patterns, state, i, n):
        up, down = state.copy(), state.copy()
        up[i], down[i] = 1, -1
        gain = np.sum((patterns @ up) ** n) - np.sum((patterns @ down) ** n)
        return up if gain > 0 or (gain == 0 and tie == 1) else down

    def dense_sweep(patterns, state, n):
        for i in range(len(state)):
            state = dense_update(patterns, state, i, n)
        return state

    for check, answer in ((feedback.dense_update, dense_update), (feedback.dense_sweep, dense_sweep)):
        assert check(answer).mistake == f"a tie becomes {tie:+d}"


def test_what_goes_wrong_with_a_double_factorial():
    def short(N, n):
        return N ** (n - 1) / (2 * np.prod(np.arange(1, 2 * n - 3, 2)) * np.log(N))

    def open_ended(N, n):
        return N ** (n - 1) / 2 * np.prod(np.arange(1, 2 * n - 2, 2)) * np.log(N)

    assert feedback.dense_capacity(short).mistake == "one odd number too few"
    assert feedback.dense_capacity(open_ended).mistake == "brackets forgotten"


def test_praise_holds_for_those_who_compute_anew_too():
    sweep = feedback.dense_sweep.solution
    assert "If you kept" in feedback.dense_sweep(sweep).message
    assert (
        "units 0, 1, ..., N-1"
        in feedback.dense_sweep(
            lambda patterns, state, n: sweep(patterns[:, ::-1], state[::-1], n)[::-1]
        ).message
    )
