"""Chapter 03, recomputed: the energy and its differences, what the proof needs, the two-step energy.

Nothing here uses the library's formulas: states are tuples, weights lists, numbers exact fractions.
"""

from __future__ import annotations

import itertools
import json
from fractions import Fraction
from itertools import product
from math import comb
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hopfield_edu import binary, feedback, learning, patterns, plots, state_space

SIGNS = (-1, 1)


def matrices(draw, N, numbers):
    return draw(st.lists(st.lists(numbers, min_size=N, max_size=N), min_size=N, max_size=N))


@st.composite
def networks(draw, diagonal=(-3, 3), high=3, units=5):
    """Symmetric whole-number weights, with self-connections from a range, and a bias."""
    N = draw(st.integers(1, units))
    W = matrices(draw, N, st.integers(-high, high))
    own = draw(st.lists(st.integers(*diagonal), min_size=N, max_size=N))
    W = [[own[i] if i == j else W[min(i, j)][max(i, j)] for j in range(N)] for i in range(N)]
    return W, draw(st.lists(st.integers(-high, high), min_size=N, max_size=N))


def energy(W, b, y):
    """-1/2 sum over all ordered pairs - sum over units."""
    N = range(len(y))
    return Fraction(-sum(W[i][j] * y[i] * y[j] for i in N for j in N), 2) - sum(b[i] * y[i] for i in N)


def field(W, b, y, i):
    return sum(W[i][j] * y[j] for j in range(len(y))) + b[i]


def flip(y, i):
    return (*y[:i], -y[i], *y[i + 1 :])


def updated(W, b, y, i):
    """A tie keeps the value."""
    return flip(y, i) if field(W, b, y, i) * y[i] < 0 else y


def together(W, b, y):
    return tuple(-y[i] if field(W, b, y, i) * y[i] < 0 else y[i] for i in range(len(y)))


def two_step(W, b, before, after):
    N = range(len(before))
    pairs = sum(W[i][j] * after[i] * before[j] for i in N for j in N)
    return -pairs - sum(b[i] * (before[i] + after[i]) for i in N)


def states(b):
    return list(product(SIGNS, repeat=len(b)))


# ------------------------------------------------------------------ what a flip adds


@given(networks())
def test_energy_change_is_the_difference_of_two_energies(case):
    W, b = case
    net = binary.Network(W, b)
    for y in states(b):
        wanted = [energy(W, b, flip(y, i)) - energy(W, b, y) for i in range(len(b))]
        assert net.energy_change(y).tolist() == wanted
        assert wanted == [2 * y[i] * field(W, b, y, i) - 2 * W[i][i] for i in range(len(b))]
    assert (net.energy_change(states(b)) == [net.energy_change(y) for y in states(b)]).all()


@given(st.data())
def test_energy_change_also_where_weights_are_not_symmetric(data):
    N = data.draw(st.integers(1, 4))
    W, b = (
        matrices(data.draw, N, st.integers(-3, 3)),
        data.draw(st.lists(st.integers(-3, 3), min_size=N, max_size=N)),
    )
    net = binary.Network(W, b)
    for y in states(b):
        assert net.energy_change(y).tolist() == [energy(W, b, flip(y, i)) - energy(W, b, y) for i in range(N)]


def test_energy_change_with_a_scale_and_without_a_matrix():
    s = patterns.random(3, 30, rng=0)
    dense, lean = binary.Network(learning.hebb(s), scale=1 / 30), binary.PatternNetwork(s)
    Y = patterns.random(20, 30, rng=1)
    assert np.allclose(dense.energy_change(Y), lean.energy_change(Y), rtol=0, atol=1e-12)
    flipped = np.where(np.eye(30, dtype=bool), -Y[0], Y[0])
    assert np.allclose(dense.energy(flipped) - dense.energy(Y[0]), dense.energy_change(Y[0]), atol=1e-12)
    with pytest.raises(ValueError, match="N = 30"):
        dense.energy_change([1, -1])


@given(networks(diagonal=(0, 0)))
def test_an_update_flips_if_and_only_if_the_energy_falls(case):
    W, b = case
    for y in states(b):
        for i in range(len(b)):
            falls = energy(W, b, flip(y, i)) < energy(W, b, y)
            assert (updated(W, b, y, i) != y) == falls


@given(networks())
def test_with_self_connections_it_flips_only_below_minus_twice_w_ii(case):
    W, b = case
    for y in states(b):
        for i in range(len(b)):
            change = energy(W, b, flip(y, i)) - energy(W, b, y)
            assert (updated(W, b, y, i) != y) == (change < -2 * W[i][i])


@given(networks())
def test_several_flips_differ_by_the_quadratic_term(case):
    """E(y + d) - E(y) = -d.h - 1/2 d'Wd; for one flip the second part is -2 w_ii."""
    W, b = case
    N = range(len(b))
    for y in states(b):
        z = together(W, b, y)
        d = [z[i] - y[i] for i in N]
        hoped = -sum(d[i] * field(W, b, y, i) for i in N)
        surprise = Fraction(-sum(W[i][j] * d[i] * d[j] for i in N for j in N), 2)
        assert energy(W, b, z) - energy(W, b, y) == hoped + surprise


# ------------------------------------------------------------------ recall ends


@given(networks(diagonal=(0, 2), units=6), st.integers(0, 5))
def test_at_most_s_flips(case, seed):
    W, b = case
    N = len(b)
    S = sum(abs(W[i][j]) for i in range(N) for j in range(i)) + sum(map(abs, b))
    for schedule in ("ordered", "random", "random-unit"):
        run = binary.Network(W, b).recall(states(b), schedule, rng=None if schedule == "ordered" else seed)
        assert run.converged.all() and run.flips.max() <= S


def test_the_bound_is_reached():
    """A chain in which every wish is granted one after the other: as many flips as the bound allows."""
    assert binary.Network([[0]], [-1]).recall([1]).flips == 1  # S = 1
    run = binary.Network([[0, 1], [1, 0]]).recall([1, -1])
    assert run.flips == 1  # S = 1


def race(networks=300, seed=0):
    """How often each of four formulas is raised by a flip, counted with plain sums."""
    rng, ups, flips = np.random.default_rng(seed), np.zeros(4, int), 0
    for _ in range(networks):
        A = np.triu(rng.integers(-1, 2, (6, 6)), 1)
        W, b = (A + A.T).tolist(), rng.integers(-3, 4, 6).tolist()
        y = tuple(patterns.random(1, 6, rng)[0].tolist())
        while any(updated(W, b, y, i) != y for i in range(6)):
            new = updated(W, b, y, int(rng.integers(6)))
            if new != y:
                pairs = [sum(W[i][j] * z[i] * z[j] for i in range(6) for j in range(6)) for z in (y, new)]
                bias = [sum(b[i] * z[i] for i in range(6)) for z in (y, new)]
                p, q = pairs[1] - pairs[0], bias[1] - bias[0]
                ups += [-p / 2 - q > 0, p + q > 0, -p - q > 0, -p / 2 > 0]
                flips += 1
            y = new
    return ups, flips


def test_only_one_of_four_formulas_never_rises():
    ups, flips = race()
    assert ups[0] == 0 and flips > 500
    assert ups[1] > 0.7 * flips  # the plus signs of the UvA note
    assert (ups[2:] > 0.02 * flips).all()  # no one half; no bias


def test_without_the_one_half_a_flip_adds_something_else():
    """2 y_i (2 h_i - b_i) in place of 2 y_i h_i (zero diagonal)."""
    rng = np.random.default_rng(1)
    for _ in range(50):
        A = np.triu(rng.integers(-2, 3, (4, 4)), 1)
        W, b = (A + A.T).tolist(), rng.integers(-2, 3, 4).tolist()
        y = tuple(rng.choice(SIGNS, 4).tolist())
        for i in range(4):
            wrong = [2 * energy(W, b, z) + sum(b[k] * z[k] for k in range(4)) for z in (y, flip(y, i))]
            assert wrong[1] - wrong[0] == 2 * y[i] * (2 * field(W, b, y, i) - b[i])


# ------------------------------------------------------------------ all at once


@given(networks())
def test_the_two_step_energy_never_rises_and_cycles_have_at_most_two_states(case):
    """Whatever the self-connections, and with ties that keep."""
    W, b = case
    for y in states(b):
        path = [y, together(W, b, y)]
        for _ in range(2 ** len(b) + 1):
            path.append(together(W, b, path[-1]))
            x, y, z = path[-3:]
            change = two_step(W, b, y, z) - two_step(W, b, x, y)
            assert change == -sum((z[i] - x[i]) * field(W, b, y, i) for i in range(len(b))) <= 0
        assert path[-1] == path[-3]


@given(networks())
def test_a_tie_that_keeps_is_a_tiny_self_connection(case):
    W, b = case
    N, tiny = len(b), Fraction(1, 100)
    nudged = [[W[i][j] + tiny * (i == j) for j in range(N)] for i in range(N)]
    for y in states(b):
        assert together(W, b, y) == together(nudged, b, y)
        assert all(field(nudged, b, y, i) for i in range(N))


@given(networks())
def test_at_rest_the_two_step_energy_is_twice_the_energy(case):
    W, b = case
    for y in states(b):
        assert two_step(W, b, y, y) == 2 * energy(W, b, y)


def test_the_chapter_s_two_cycle():
    W, b = [[0, -2], [-2, 0]], [1, 1]
    assert together(W, b, (1, 1)) == (-1, -1) and together(W, b, (-1, -1)) == (1, 1)
    assert (energy(W, b, (1, 1)), energy(W, b, (-1, -1))) == (0, 4)
    assert two_step(W, b, (1, 1), (-1, -1)) == two_step(W, b, (-1, -1), (1, 1)) == -4
    assert [energy(W, b, flip((1, 1), i)) for i in range(2)] == [-2, -2]  # each flip alone


def test_two_units_without_bias_cannot_rise_all_at_once():
    """So the exercise asks for three."""
    for w in range(-5, 6):
        W = [[0, w], [w, 0]]
        assert all(energy(W, [0, 0], together(W, [0, 0], y)) <= energy(W, [0, 0], y) for y in states([0, 0]))


# ------------------------------------------------------------------ other claims of the chapter


def test_without_symmetry_the_energy_sees_the_mean_of_two_weights_only():
    rng = np.random.default_rng(0)
    W = rng.integers(-3, 4, (4, 4))
    Y = state_space.all_states(4)
    assert (binary.Network(W).energy(Y) == binary.Network((W + W.T) / 2).energy(Y)).all()
    assert not binary.Network([[0, -1], [1, 0]]).energy(state_space.all_states(2)).any()


def test_the_chapter_s_climber():
    """One update leads from -1/2 up to +1/2, although no unit acts on itself."""
    W, b = [[0, 2], [-1, 0]], [0, 0]
    assert updated(W, b, (-1, -1), 1) == (-1, 1)
    assert [energy(W, b, y) for y in [(-1, -1), (-1, 1)]] == [Fraction(-1, 2), Fraction(1, 2)]


def test_a_one_way_network_comes_to_rest_without_symmetry():
    for cue in states([0, 0]):
        assert binary.Network([[0, 0], [1, 0]]).recall(cue).converged


@pytest.mark.parametrize("ties", [1, -1])
@given(case=networks(diagonal=(0, 0), high=1))
def test_ties_that_always_go_one_way_come_to_rest(ties, case):
    W, b = case
    assert binary.Network(W, b).recall(states(b), ties=ties).converged.all()


def test_flipping_unless_the_energy_rises_wanders_in_the_frustrated_triangle():
    W, b, y, met = [[0, 1, -1], [1, 0, 1], [-1, 1, 0]], [0, 0, 0], (1, 1, 1), []
    for step in range(12):
        if energy(W, b, flip(y, step % 3)) <= energy(W, b, y):
            y = flip(y, step % 3)
            met.append(y)
    assert len(met) == 12 and len(set(met)) == 6 and {energy(W, b, z) for z in met} == {-1}


@given(networks(diagonal=(0, 0), units=4), st.data())
def test_the_lowest_point_of_the_cube_is_a_corner_without_self_connections(case, data):
    W, b = np.array(case[0]), np.array(case[1])
    inside = np.array(data.draw(st.lists(st.floats(-1, 1), min_size=len(b), max_size=len(b))))
    corners = binary.Network(W, b).energy(states(b))
    assert -(inside @ W @ inside) / 2 - b @ inside >= corners.min() - 1e-9


@given(networks(diagonal=(0, 0)))
def test_the_slope_along_a_unit_is_minus_its_field(case):
    W, b = case
    for y in states(b):
        for i in range(len(b)):
            up, down = ((*y[:i], value, *y[i + 1 :]) for value in (1, -1))
            assert (energy(W, b, up) - energy(W, b, down)) / 2 == -field(W, b, y, i)


def rises(seed, draws, own):
    """How many of 20 synchronous steps per draw raise the energy of five patterns on 20 units."""
    rng, count = np.random.default_rng(seed), 0
    for _ in range(draws):
        W = learning.hebb(patterns.random(5, 20, rng), self_connections=own)
        y = patterns.random(20, 20, rng)
        z = np.where(y * (y @ W) < 0, -y, y)
        count += int(((z @ W * z).sum(axis=1) < (y @ W * y).sum(axis=1)).sum())
    return count


def test_synchronous_steps_rise_only_without_the_diagonal_of_hebbs_rule():
    assert rises(0, 100, own=True) == 0 < rises(0, 100, own=False)


@pytest.mark.slow
def test_how_often_synchronous_steps_rise_in_other_draws():
    """The chapter says: never with the diagonal; without it 37 to 66 of 6000 in 22 other draws."""
    assert sum(rises(seed, 300, own=True) for seed in range(100, 122)) == 0
    assert all(30 <= rises(seed, 300, own=False) <= 75 for seed in range(100, 122))


def test_no_hebbian_matrix_without_its_diagonal_is_positive_semi_definite():
    """Its eigenvalues add up to zero."""
    for seed in range(20):
        s = patterns.random(3, 12, rng=seed)
        kept, zero = (
            np.linalg.eigvalsh(learning.hebb(s, self_connections=own).astype(float)) for own in (True, False)
        )
        assert kept.min() > -1e-9 and zero.min() < -1 and abs(zero.sum()) < 1e-9


def test_a_picture_that_nobody_stored_lies_deeper_than_a_stored_one():
    stored = [patterns.named(name).tolist() for name in ("heart", "house", "note")]
    W = [[sum(s[i] * s[j] for s in stored) if i != j else 0 for j in range(100)] for i in range(100)]
    mixture = tuple(1 if heart + house - note > 0 else -1 for heart, house, note in zip(*stored, strict=True))
    b = [0] * 100
    assert all(updated(W, b, mixture, i) == mixture for i in range(100))
    overlaps = [sum(a * c for a, c in zip(s, mixture, strict=True)) for s in stored]
    assert overlaps == [68, 48, -60]
    E = {name: energy(W, b, s) / 100 for name, s in zip("heart house note".split(), stored, strict=True)}
    assert float(energy(W, b, mixture)) / 100 == pytest.approx(-51.14)
    assert energy(W, b, mixture) / 100 < E["house"] and min(E.values()) == E["heart"]


# ------------------------------------------------------------------ the open exercise, and the hunts


def longest(W, y, known=None):
    """The most flips of any way strictly down from y: by looking at every way there is."""
    known = {} if known is None else known
    if y not in known:
        lower = [flip(y, i) for i in range(len(y)) if energy(W, [0] * 9, flip(y, i)) < energy(W, [0] * 9, y)]
        known[y] = max((1 + longest(W, z, known) for z in lower), default=0)
    return known[y]


SIX = [
    [0, -8, 6, -8, 0, 5],
    [-8, 0, 8, 8, -12, 11],
    [6, 8, 0, -8, -12, -3],
    [-8, 8, -8, 0, 10, -1],
    [0, -12, -12, 10, 0, -13],
    [5, 11, -3, -1, -13, 0],
]


def test_the_longest_ways_that_the_card_tells():
    W, y = feedback.CHECKS["long_way_down"].solution
    assert longest(W, tuple(y)) == 14 and "14 flips with 5 units" in str(feedback.long_way_down(W, y))
    four = [[0, 5, 6, 4], [5, 0, 5, -1], [6, 5, 0, 6], [4, -1, 6, 0]]
    assert max(longest(four, y) for y in product(SIGNS, repeat=4)) == 6
    assert longest(SIX, (1, 1, -1, 1, -1, -1)) == 23
    assert "6 flips with four units, 14 with five, 23 with six" in str(feedback.long_way_down(W, y))


def test_three_units_never_go_a_long_way():
    """What the hint says: with three units no way down is longer than three flips."""
    rng = np.random.default_rng(0)
    for _ in range(300):
        A = np.triu(rng.integers(-9, 10, (3, 3)), 1)
        W = (A + A.T).tolist()
        assert max(longest(W, y) for y in product(SIGNS, repeat=3)) <= 3


@pytest.mark.parametrize("seed", range(5))
def test_hunters_may_find_other_examples(seed):
    """Random networks: the checks agree with the definitions, computed here."""
    rng = np.random.default_rng(seed)
    found = 0
    for _ in range(300):
        W, y = rng.integers(-2, 3, (3, 3)), tuple(rng.choice(SIGNS, 3).tolist())
        np.fill_diagonal(W, 0)
        rises = any(energy(W, [0] * 3, updated(W, [0] * 3, y, i)) > energy(W, [0] * 3, y) for i in range(3))
        good = rises and (W != W.T).any() and np.count_nonzero(W) == 6
        assert feedback.rises_without_symmetry(W, y).correct == good
        S = np.triu(W, 1) + np.triu(W, 1).T
        rises = energy(S, [0] * 3, together(S, [0] * 3, y)) > energy(S, [0] * 3, y)
        assert feedback.rises_all_at_once(S, y).correct == rises
        D = S + np.diag(rng.integers(-2, 1, 3))
        rises = any(energy(D, [0] * 3, updated(D, [0] * 3, y, i)) > energy(D, [0] * 3, y) for i in range(3))
        assert feedback.rises_with_self_connections(D, y).correct == rises
        found += good + rises
    assert found > 20


# ------------------------------------------------------------------ the figure


@pytest.mark.parametrize("w", [-2, 0, 3])
@pytest.mark.parametrize("now", SIGNS)
def test_energy_along_a_unit(w, now):
    net = binary.Network([[w, 2], [2, 0]], [1, 0], scale=0.5)
    ax = plots.energy_along(net, [now, -1], 0)
    curve, *ends = (line.get_xydata() for line in ax.lines)
    assert len(ends) == 2
    for x, E in np.vstack([curve[[0, -1]], *ends]):
        assert E == pytest.approx(net.energy([int(x), -1]))
    slide = [0.5 * (-w * x * x / 2 - (2 * -1 + 1) * x) for x in curve[:, 0]]  # up to a constant
    assert np.ptp(curve[:, 1] - slide) < 1e-9
    after = net.update([now, -1], 0)[0]
    assert len(ax.texts) == (after != now)  # an arrow where the unit moves
    told = "takes it from" if after != now else "leaves it at"
    assert told in ax.alt_text


def test_energy_along_refuses():
    with pytest.raises(ValueError, match="symmetric"):
        plots.energy_along(binary.Network([[0, 1], [0, 0]]), [1, 1], 0)
    with pytest.raises(ValueError, match="unit"):
        plots.energy_along(binary.Network([[0]]), [1], 1)


# ------------------------------------------------------------------ examples: what is amiss, and rounding

FRIENDS = [[0, 1], [1, 0]]
FOUR = 1 - np.eye(4)
NETWORKS = (
    "rises_without_symmetry rises_with_self_connections rises_all_at_once wanders_on_ties long_way_down"
).split()


@pytest.mark.parametrize("name", NETWORKS)
@pytest.mark.parametrize(
    ("weights", "state", "mistake", "told"),
    [
        ([[0, 1], [1, 0], [0, 0]], [1, 1], "weights not square", "(3, 2)"),
        ([1, -1], [1, 1], "weights not square", "(2,)"),
        (np.zeros((7, 7)), [1] * 7, "wrong number of units", "yours has 7"),
        (FOUR, [1, 1, 1], "state of another length", "4 units; yours has 3"),
        (FOUR, [[1, 1, 1, 1]], "state of another length", "(1, 4)"),
        (FOUR, [0, 1, 1, 0], "0/1 instead of ±1", "0 and 1"),
        (FOUR, [1, 1.5, 1, 1], "state not ±1", "+1 or -1"),
        (1e9 * FOUR, [1, -1, 1, 1], "numbers too large", "1,000,000"),
    ],
)
def test_what_is_amiss_with_a_network_is_said(name, weights, state, mistake, told):
    verdict = feedback.CHECKS[name](weights, state)
    assert verdict.mistake == mistake and told in verdict.message


def test_a_bias_has_a_length_and_a_size():
    check = feedback.uneven_two_cycle
    assert check(FOUR, [1], [1] * 4).mistake == "bias of another length"
    assert check(FOUR, [1e9, 0, 0, 0], [1] * 4).mistake == "numbers too large"
    assert check(FOUR, [1, 0, 0, 0], [1]).mistake == "state of another length"


@pytest.mark.parametrize("name", [*NETWORKS, "uneven_two_cycle"])
@pytest.mark.parametrize("factor", [0.1, 1 / 3, 1e-7])
def test_examples_are_judged_up_to_rounding(name, factor):
    """What holds for whole numbers holds for tenths and thirds of them, in single precision, too."""
    check = feedback.CHECKS[name]
    for example in [check.solution, *[m.wrong for m in check._mistakes if m.name != "numbers too large"]]:
        verdict = check(*example)
        for kind in (float, np.float32):
            scaled = [
                part if name == "state" else (factor * np.asarray(part)).astype(kind)
                for name, part in zip(check.parts, example, strict=True)
            ]
            assert check(*scaled).mistake == verdict.mistake


def test_rounding_is_no_asymmetry():
    W, y = feedback.CHECKS["long_way_down"].solution
    nearly = np.array(W) / 7 * (1 + 1e-13 * np.triu(np.ones((5, 5))))
    assert feedback.long_way_down(nearly, y)
    assert (
        feedback.long_way_down(nearly * (1 + 1e-3 * np.triu(np.ones((5, 5)))), y).mistake == "not symmetric"
    )


@pytest.mark.parametrize(
    ("weights", "state", "flips"), [(FRIENDS, [1, -1], 1), ([[0]], [1], 0), (-np.array(FRIENDS), [1, -1], 0)]
)
def test_the_longest_way_is_told_to_a_rejected_answer_too(weights, state, flips):
    """As exercise 7 promises."""
    verdict = feedback.long_way_down(weights, state)
    assert not verdict and f"{flips} flip" in verdict.message


def test_a_hunt_tells_the_length_of_any_way():
    rng = np.random.default_rng(0)
    for _ in range(60):
        N = int(rng.integers(2, 5))
        A = np.triu(rng.integers(-9, 10, (N, N)), 1)
        W, y = (A + A.T).tolist(), tuple(rng.choice(SIGNS, N).tolist())
        flips = longest(W, y)
        assert f"{flips} flip" in feedback.long_way_down(W, y).message


def test_one_unit_on_its_own_is_too_easy():
    """All ties, and no other unit: exercise 4d asks for four units at least."""
    assert feedback.wanders_on_ties([[0]], [1]).mistake == "wrong number of units"
    assert feedback.rises_all_at_once([[0]], [1]).mistake == "wrong number of units"
    assert feedback.rises_all_at_once([[0, -1], [-1, 0]], [1, 1]).mistake == "two units"


def renumbered_and_turned(W, b):
    """The same network with its units in every order, and with the signs of any of them turned round."""
    for order in itertools.permutations(range(len(W))):
        for signs in product(SIGNS, repeat=len(W)):
            D = np.diag(signs)
            yield D @ np.array(W)[np.ix_(order, order)] @ D, D @ np.array(b)[list(order)]


@pytest.mark.parametrize(
    ("name", "weights", "bias"),
    [
        ("rises_without_symmetry", [[0, 2], [-1, 0]], None),
        ("wanders_on_ties", [[0, 1, -1], [1, 0, 1], [-1, 1, 0]], None),
        ("uneven_two_cycle", [[0, -2], [-2, 0]], [1, 1]),
        ("uneven_two_cycle", [[-2]], [1]),
    ],
)
def test_the_chapter_s_networks_are_not_handed_in(name, weights, bias):
    """Nor are they in another order, turned round, stronger, or beside a unit that hears nobody."""
    alone = np.zeros((len(weights) + 1, len(weights) + 1))
    alone[1:, 1:] = weights
    for net, b in (
        (np.array(weights), bias or [0] * len(weights)),
        (alone, [0, *(bias or [0] * len(weights))]),
    ):
        for W, turned in renumbered_and_turned(net, b):
            for factor in (1, 1 / 3, 1e-6, 1000):
                parts = [factor * W, *([factor * turned] if bias else []), [1] * len(W)]
                assert feedback.CHECKS[name](*parts).mistake == "the chapter's network"


@pytest.mark.parametrize(
    ("name", "example"),
    [
        ("rises_without_symmetry", ([[0, 3], [-1, 0]], [-1, -1])),
        ("rises_without_symmetry", ([[0, 2], [1, 0]], [-1, -1])),
        ("rises_without_symmetry", ([[0, 2], [0, 0]], [-1, -1])),
        ("wanders_on_ties", ([[0, 2, -1], [2, 0, 1], [-1, 1, 0]], [1, 1, 1])),
        ("wanders_on_ties", ([[0, 1, 1], [1, 0, 1], [1, 1, 0]], [1, 1, 1])),
        ("uneven_two_cycle", ([[0, -3], [-3, 0]], [1, 1], [1, 1])),
        ("uneven_two_cycle", ([[0, -2], [-2, 0]], [1, 0], [1, 1])),
        ("uneven_two_cycle", ([[0, -2], [-2, 0]], [1, -1], [1, 1])),
        ("uneven_two_cycle", ([[-3]], [1], [1])),
    ],
)
def test_other_small_networks_are_not_called_the_chapter_s(name, example):
    assert feedback.CHECKS[name](*example).mistake == "wrong number of units"


def test_five_units_that_want_to_differ_never_rest():
    """As the hint and the solution of exercise 4d say, from three against two."""
    W = np.eye(5, dtype=int) - 1
    for y in states([0] * 5):
        assert feedback.wanders_on_ties(W, y)


def exercise(name="03_energy"):
    """The text of the exercises as one line, without the answers."""
    path = Path(__file__).resolve().parents[1] / "exercises" / name / f"{name}.ipynb"
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return " ".join(" ".join("".join(cell["source"]) for cell in cells).split())


def test_limits_of_the_checks_stand_in_the_exercises():
    text = exercise()
    assert "Up to six units, no bias, and no number beyond a million." in text
    assert "Three units or more. Zero diagonal, and *no other* weight zero;" in text
    assert "Two units or more, symmetric weights." in text
    assert "Four units or more. Symmetric weights, zero diagonal, and *no other* weight zero." in text
    assert (
        "symmetric weights for three to six units (self-connections are allowed, no weight between two units "
        "is zero), a bias (no number beyond a million)" in text
    )
    assert "for up to six units, and a state from which one can go down" in text
    for name in [*NETWORKS, "uneven_two_cycle"]:
        check = feedback.CHECKS[name]
        example = dict(zip(check.parts, check.solution, strict=True))
        for units, fits in ((6, True), (7, False)):
            W = np.zeros((units, units))
            W[: len(example["weights"]), : len(example["weights"])] = example["weights"]
            larger = {"weights": W} | {
                part: np.append(example[part], [1] * (units - len(example[part])))
                for part in check.parts
                if part != "weights"
            }
            assert (check(*larger.values()).mistake != "wrong number of units") == fits
        largest = 1e6 / np.abs(example["weights"]).max()
        for factor in (largest, 1.1 * largest):
            scaled = [np.asarray(v) * (1 if p == "state" else factor) for p, v in example.items()]
            assert check(*scaled).mistake == ("numbers too large" if factor > largest else None)


def test_self_connections_add_ties_in_even_groups_only():
    """Two patterns are two networks, of the units in which they agree and of the rest (chapter 06)."""
    for k in range(20):
        pair = patterns.random(2, 12, rng=k)
        agree = int((pair[0] == pair[1]).sum())
        expected = 1
        for size in (agree, 12 - agree):
            expected *= 2 + (comb(size, size // 2) if size % 2 == 0 else 0)
        net = binary.Network(learning.hebb(pair, self_connections=True))
        assert len(state_space.fixed_points(net)) == expected


@pytest.mark.slow
def test_the_share_of_starts_that_end_in_a_stored_picture():
    """The chapter prints 312 to 344 of 400 for its twenty draws: others are alike."""
    stored = np.array([patterns.named(name) for name in ("heart", "house", "note")])
    net = binary.Network(learning.hebb(stored))
    ends = net.recall(patterns.random(8000, 100, rng=77), "random", rng=78).final
    good = (np.abs(patterns.overlap(ends, stored)).max(axis=1) == 1).reshape(20, 400).sum(axis=1)
    assert 300 <= good.min() <= good.max() <= 355


def test_the_picture_that_the_chapter_shows_is_the_most_frequent_end_elsewhere():
    stored = np.array([patterns.named(name) for name in ("heart", "house", "note")])
    net = binary.Network(learning.hebb(stored), scale=1 / 100)
    ends = net.recall(patterns.random(8000, 100, rng=0), "random", rng=1).final
    elsewhere = ends[np.abs(patterns.overlap(ends, stored)).max(axis=1) < 1]
    others, times = np.unique(elsewhere, axis=0, return_counts=True)
    assert len(others) == 8 and (others[times.argmax()] == elsewhere[2]).all()


def test_a_tie_is_not_called_outvoted():
    """Weights and self-connection balance here: both causes of a state that stays are named."""
    verdict = feedback.rises_with_self_connections([[-1, 1], [1, 0]], [1, 1])
    assert verdict.mistake == "nothing flips" and "or balance it" in verdict.message


def test_a_way_of_n_flips_is_not_said_to_flip_each_unit_once():
    W = np.array([[0, 0, 3, 5], [0, 0, 4, 5], [3, 4, 0, -1], [5, 5, -1, 0]])
    told = {str(feedback.long_way_down(W, y).mistake) for y in itertools.product([-1, 1], repeat=4)}
    assert "no more flips than units" in told and not any("twice" in name for name in told)
