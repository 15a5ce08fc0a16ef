"""Exercises of chapter 09: the checks against definitions written down here, and the glass in many draws."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import product

import numpy as np
import pytest

from hopfield_edu import binary, feedback, state_space, thermal
from hopfield_edu.feedback import _chapter09 as chapter09

STATES = list(product((1, -1), repeat=2))


def energy(W, b, y):
    N = len(y)
    return -sum(W[i][j] * y[i] * y[j] for i in range(N) for j in range(i)) - sum(
        b[i] * y[i] for i in range(N)
    )


def test_the_tables_by_fractions():
    """With exp(2/T) = 2 everything is a fraction; as much goes as comes."""
    name = {y: "".join("+" if x > 0 else "-" for x in y) for y in STATES}
    E = {name[y]: energy([[0, 1], [1, 0]], [1, 0], y) for y in STATES}
    weight = {s: Fraction(2) ** (-e // 2) for s, e in E.items()}
    p = {s: w / sum(weight.values()) for s, w in weight.items()}
    for state, row in feedback.CHECKS["boltzmann_by_hand"].solution.items():
        assert row == pytest.approx([E[state], float(weight[state]), float(p[state])])
    flows = {}
    for move, (h, chance, flow) in feedback.CHECKS["traffic"].solution.items():
        old, new = move.split(" > ")
        (unit,) = [i for i in range(2) if old[i] != new[i]]
        other = 1 if old[1 - unit] == "+" else -1
        assert h == other + (unit == 0)
        P = 1 / (1 + Fraction(1, 2) ** (int(h) if new[unit] == "+" else -int(h)))
        assert chance == pytest.approx(float(P)) and flow == pytest.approx(float(p[old] * P))
        flows[old, new] = p[old] * P
    assert all(flows[b, a] == flow for (a, b), flow in flows.items())


def test_the_limits_by_small_and_large_temperatures():
    limits = {**feedback.CHECKS["cold_limits"].solution, **feedback.CHECKS["cold_triangle"].solution}
    chance = feedback.CHECKS["chance"].solution
    assert [chance(2, 1e-6), chance(-0.001, 1e-6), chance(0, 1e-6)] == [limits[k] for k in "abc"]
    assert chance(2, 1e9) == pytest.approx(limits["d"])
    assert chance(math.log(3) / 2 * 1e-6, 1e-6) == pytest.approx(limits["e"])
    net = thermal.Network(np.eye(3) - 1)
    E = net.energy(state_space.all_states(3))
    assert (E == E.min()).sum() == limits["f"]
    start, top = state_space.encode([1, 1, -1]), state_space.encode([1, 1, 1])
    cold, hot = thermal.boltzmann(net, 0.01), thermal.boltzmann(net, 1e9)
    assert [cold[start], cold[top], hot[top]] == pytest.approx([limits[k] for k in "ghi"])
    assert 1 - net.chance([1, 1, -1], 0.01)[0] == limits["j"]
    for schedule in ("ordered", "random-unit"):
        P = np.linalg.matrix_power(thermal.transitions(net, 0.01, schedule), 10_000)
        assert P[start, start] == pytest.approx(limits["l"])
    assert net.cold.is_fixed_point([1, 1, -1]) and (limits["k"], limits["m"]) == (0, 1)


def test_no_number_lies_near_its_chance(seeds=5):
    """So single precision decides every coin as the exact chance does."""
    for seed in range(seeds):
        for W, b, state, T, u in feedback.warm_sweep.trials(feedback.warm_sweep.generator(seed)):
            y = state.copy()
            for i in range(len(y)):
                P = (1 + math.tanh((W[i] @ y + b[i]) / T)) / 2
                assert abs(u[i] - P) > 0.003 or P in (0, 1)  # no rounding in the cold
                y[i] = 1 if u[i] < P else -1


@pytest.mark.slow
def test_no_number_lies_near_its_chance_with_every_seed():
    test_no_number_lies_near_its_chance(seeds=40)


def test_shares_all_at_once_are_those_of_the_matrix():
    rng = np.random.default_rng(0)
    for N in (2, 3, 4) * 4:
        W = np.triu(rng.normal(size=(N, N)), 1)
        W, b = W + W.T, rng.normal(size=N)
        net = thermal.Network(W, b)
        P = np.linalg.matrix_power(thermal.transitions(net, 1.0, "synchronous"), 2000)
        together, single = chapter09._at_once(W, b)
        assert P[0] == pytest.approx(together, abs=1e-6)
        assert thermal.boltzmann(net, 1.0) == pytest.approx(single)
        lowest = single > single.max() - 1e-9
        verdict = feedback.synchronous_favourite(W, b)
        assert verdict.correct == (P[0].max() >= 1.1 * P[0][lowest].max())


def test_who_hunts_finds_other_networks():
    rng, found = np.random.default_rng(1), 0
    for _ in range(300):
        w, b = rng.integers(-6, 7) / 4, rng.integers(-6, 7, 2) / 4
        found += feedback.synchronous_favourite([[0, w], [w, 0]], b).correct
    assert found > 5


def test_four_units_are_too_few_and_five_are_enough():
    """The strongest weights that are allowed, in all signs: no other network of four holds longer."""
    for N, held in ((3, False), (4, False), (5, True), (6, True)):
        W = np.ones((N, N)) - np.eye(N)
        assert (chapter09._distance(W, np.ones(N)) >= 0.4) == held
        assert feedback.frozen(W, np.ones(N)).correct == held
    rng = np.random.default_rng(2)
    for _ in range(40):
        W = np.triu(rng.uniform(-1, 1, (4, 4)), 1)
        assert max(chapter09._distance(W + W.T, y) for y in state_space.all_states(4)) < 0.4


def test_the_glass_is_that_of_the_exercise():
    draw = np.random.default_rng(30).choice([-1, 1], (200, 200))
    assert (np.triu(draw, 1) + np.triu(draw, 1).T == chapter09.glass()).all()


def test_good_lists_pass_and_bad_ones_fail_by_far():
    """Ten runs or more lie between them and the number that is asked for."""
    good = [np.geomspace(a, b, 100) for a, b in ((14, 2), (10, 1), (10, 3), (20, 2), (7, 2))]
    good += [np.linspace(14, 0, 100), np.linspace(10, 0, 100)]
    bad = [np.zeros(100), np.geomspace(1, 0.1, 100), np.geomspace(2, 14, 100), np.full(100, 20.0)]
    bad += [np.full(100, 1.0), 14 / np.arange(1, 101), np.geomspace(12, 2, 10), np.linspace(100, 0, 100)]
    counts = chapter09.below(*(tuple(T.tolist()) for T in [*good, *bad]))
    assert min(counts[: len(good)]) >= chapter09.ENOUGH + 8
    assert max(counts[len(good) :]) <= chapter09.ENOUGH - 10


@pytest.mark.slow
def test_the_library_counts_alike_from_other_starts():
    """So a list is judged by what it is, not by the numbers of the check."""
    net = thermal.Network(chapter09.glass())
    for T, least, most in ((np.geomspace(14, 2, 100), 40, 50), (np.geomspace(1, 0.1, 100), 0, 15)):
        for seed in range(20):
            y = np.random.default_rng(seed).choice([-1, 1], (50, 200))
            ends = net.cold.recall(net.recall(y, T, rng=seed).final).final
            assert least <= (net.energy(ends) < chapter09.BAR).sum() <= most


@pytest.mark.slow
def test_the_best_of_twenty_descents_lies_below_the_bar_in_half_of_the_cases():
    net = binary.Network(chapter09.glass())
    starts = np.random.default_rng(77).choice([-1, 1], (8000, 200))
    run = net.recall(starts)
    best = net.energy(run.final).reshape(-1, 20).min(axis=1)
    assert 0.4 < (best < chapter09.BAR).mean() < 0.55 and 7 < np.mean(run.sweeps) < 9


@pytest.mark.parametrize(
    "exp, mistake", [(math.exp, "math.exp too large"), (np.exp, "infinity over infinity")]
)
def test_an_overlap_made_of_exponentials_fails_in_the_cold(exp, mistake):
    def of_exponentials(T):
        m = 1.0
        for _ in range(2000):
            x = exp(2 * m / T)
            m = (x - 1) / (x + 1)
        return m

    with np.errstate(all="ignore"):
        assert feedback.noisy_overlap(of_exponentials).mistake == mistake


@pytest.mark.parametrize("low", [0.3, 0.1, 0.01, 0.001])
def test_a_search_that_cannot_come_to_zero(low):
    def search(T):
        lower, upper = low, 1.0
        while upper - lower > 1e-9:
            m = (lower + upper) / 2
            lower, upper = (m, upper) if math.tanh(m / T) > m else (lower, m)
        return lower

    assert feedback.noisy_overlap(search).mistake == "the same m at all high temperatures"


@pytest.mark.parametrize("apart", [False, True])
def test_a_bisection_that_begins_where_the_difference_has_no_sign(apart):
    def search(T):
        lower, upper = 0.0, 1.0
        while upper - lower > 1e-6 and not (apart and T > 1):
            m = (lower + upper) / 2
            ends = [np.tanh(x / T) - x for x in (lower, m)]
            lower, upper = (lower, m) if np.prod(ends) < 0 else (m, upper)
        return lower

    assert feedback.noisy_overlap(search).mistake == "lower half thrown away"


def test_a_unit_hears_itself_in_a_warm_sweep():
    def sweep(weights, bias, state, T, u):
        y = list(state)
        for i in range(len(y)):
            h = bias[i] + sum(weights[i][j] * y[j] for j in range(len(y)) if j != i)
            y[i] = 1 if u[i] < (1 + math.tanh(h / T)) / 2 else -1
        return y

    assert feedback.warm_sweep(sweep).mistake == "self-connection left out"
