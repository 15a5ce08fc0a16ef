"""Chapter 05, one stored pattern: its theorems as properties, its numbers by plain enumeration, its plots."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from itertools import combinations, permutations, product
from math import comb

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hopfield_edu import binary, feedback, learning, patterns, plots, state_space, theory
from hopfield_edu.feedback import _chapter05 as chapter05


@st.composite
def spoiled(draw, most=14):
    """A pattern of at least two units, and a cue."""
    N = draw(st.integers(2, most))
    signs = st.lists(st.sampled_from([-1, 1]), min_size=N, max_size=N)
    return np.array(draw(signs)), np.array(draw(signs))


# --- plain Python: a state is a tuple, nothing is shared with the library ----------------------------------


def states(N):
    return list(product((-1, 1), repeat=N))


def votes(s, y, i, itself=False):
    """N h_i."""
    return sum(s[i] * s[j] * y[j] for j in range(len(s)) if itself or j != i)


def updated(s, y, i, ties="keep", itself=False):
    h = votes(s, y, i, itself)
    new = (1 if h > 0 else -1) if h else (y[i] if ties == "keep" else ties)
    return (*y[:i], new, *y[i + 1 :])


def distance(s, y):
    return sum(a != b for a, b in zip(s, y, strict=True))


def chance(s, start, ties="keep"):
    """The exact probability of ending in s if random units are updated; every flip lowers (energy, rest)."""

    @cache
    def from_here(y):
        after = [z for z in (updated(s, y, i, ties) for i in range(len(s))) if z != y]
        if not after:
            return Fraction(int(y == s))
        return sum(map(from_here, after), Fraction(0)) / len(after)  # loops only cost time

    return from_here(start)


# --- the theorems -------------------------------------------------------------------------------------------


@given(spoiled())
def test_the_field_of_every_unit(case):
    s, y = case
    N, k = len(s), int((s != y).sum())
    net = binary.Network(learning.hebb(s), scale=1 / N)
    own = binary.Network(learning.hebb(s, self_connections=True), scale=1 / N)
    m = patterns.overlap(y, s)
    assert np.isclose(m, 1 - 2 * k / N)
    assert np.allclose(net.field(y), m * s - y / N) and np.allclose(own.field(y), m * s)
    towards = {True: (N - 1 - 2 * k) / N, False: (N + 1 - 2 * k) / N}
    assert np.allclose(net.field(y) * s, [towards[bool(right)] for right in y == s])
    assert np.isclose(net.energy(y), -N * m**2 / 2 + 1 / 2) and np.isclose(own.energy(y), -N * m**2 / 2)


@given(spoiled(), st.sampled_from(["ordered", "random", "random-unit", "synchronous"]), st.integers(0, 9))
def test_more_than_half_right_comes_back_and_less_gives_the_inverse(case, schedule, seed):
    """W eqs. 1.9 to 1.13 with a zero diagonal; a tie keeps its value. One sweep is enough, one step if all
    units move at once; with units drawn at random it takes until all of them have been drawn."""
    s, y = case
    k, N = int((s != y).sum()), len(s)
    rng = seed if schedule.startswith("random") else None
    run = binary.Network(learning.hebb(s)).recall(y, schedule, rng=rng)
    if 2 * k == N:
        if schedule == "synchronous":
            assert run.outcome == "cycle" and run.cycle_length == 2
            return
        aim = s if (run.final == s).all() else -s
        assert run.flips == N // 2
    else:
        aim = s if 2 * k < N else -s
        assert run.flips == min(k, N - k)
    assert run.converged and (run.final == aim).all()
    assert schedule == "random-unit" or run.sweeps <= 1


@given(spoiled(), st.permutations(range(14)))
def test_on_the_ridge_the_first_unit_decides(case, order):
    s, y = case
    N = len(s) - len(s) % 2  # an even number of units, half of them wrong
    s, y, order = s[:N], np.where(np.arange(N) < N // 2, -s[:N], s[:N]), [i for i in order if i < N]
    net = binary.Network(learning.hebb(s))
    first = order[0]
    final = net.recall(y, order=order).final
    assert (final == (s if y[first] != s[first] else -s)).all()


@pytest.mark.parametrize("N", range(2, 9))
def test_the_number_of_fixed_points(N):
    """Exactly two with a zero diagonal; with self-connections the ridge as well (the sources disagree)."""
    s = tuple(patterns.random(1, N, rng=N)[0].tolist())
    for itself in (False, True):
        fixed = [y for y in states(N) if all(updated(s, y, i, itself=itself) == y for i in range(N))]
        net = binary.Network(learning.hebb(s, self_connections=itself))
        assert set(map(tuple, state_space.decode(state_space.fixed_points(net), N).tolist())) == set(fixed)
        ridge = comb(N, N // 2) if itself and N % 2 == 0 else 0
        assert len(fixed) == 2 + ridge == (chapter05._count_with_self_connections(N) if itself else 2)


def test_fixed_points_on_the_ridge_are_maxima():
    net = binary.Network(learning.hebb([1, 1, -1, 1], self_connections=True), scale=1 / 4)
    for code in state_space.fixed_points(net):
        y = state_space.decode(code, 4)
        falls = net.energy_change(y) < 0
        assert falls.all() if patterns.overlap(y, [1, 1, -1, 1]) == 0 else not falls.any()


@given(spoiled(most=7))
def test_every_pattern_is_the_same_pattern(case):
    """The transition graph, seen from the pattern, is that of the magnet."""
    s, _ = case
    graph, turn = state_space.successors(binary.Network(learning.hebb(s))), state_space.encode(-s)
    magnet = state_space.successors(binary.Network(np.ones((len(s), len(s))) - np.eye(len(s))))
    assert (graph[np.arange(len(graph)) ^ turn] ^ turn == magnet).all()


def test_hebb_is_one_step_down_the_gradient_of_a_straight_line():
    """M's gradient descent: the energy of s is linear in the weights, so that one step says it all."""
    s = patterns.random(1, 5, rng=3)[0]
    E = [binary.Network(c * learning.hebb(s)).energy(s) for c in (0, 1, 2, 3)]
    assert np.allclose(np.diff(E), -10)  # one for each of the ten pairs, every time


def test_further_steps_only_make_the_valley_deeper():
    s = patterns.from_label("++-+-")
    rest = [
        state_space.fixed_points(binary.Network(steps * learning.hebb(s))).tolist() for steps in (1, 2, 10)
    ]
    assert rest[0] == rest[1] == rest[2] and len(rest[0]) == 2


def test_basins_and_ridge_of_ten_units():
    """The chapter says 386 states in each basin, and a quarter of all on the ridge."""
    s = tuple(patterns.random(1, 10, rng=0)[0].tolist())
    near = [2 * distance(s, y) for y in states(10)]
    assert [sum(k < 10 for k in near), sum(k > 10 for k in near), sum(k == 10 for k in near)] == [
        386,
        386,
        252,
    ]
    P = state_space.chances(state_space.successors(binary.Network(learning.hebb(s))))
    home = P @ P[state_space.encode(s)]
    assert np.allclose(sorted(home), [0] * 386 + [0.5] * 252 + [1] * 386)


def test_which_of_eight_pictures_stay():
    pictures = np.array([patterns.named(name) for name in patterns.NAMES])
    fixed = binary.Network(learning.hebb(pictures)).is_fixed_point(pictures)
    kept = {name for name, stays in zip(patterns.NAMES, fixed, strict=True) if stays}
    assert kept == {"house", "note", "boat", "ring", "face"} and len(patterns.NAMES) == 8


# --- at the border ------------------------------------------------------------------------------------------


@pytest.mark.every(5)
@pytest.mark.parametrize("ties", [1, -1])
@pytest.mark.parametrize("N", [3, 5, 7])
def test_a_rule_that_takes_sides_loses_majorities(N, ties):
    """In one synchronous step, only for odd N and a majority of one, and only where s has the other sign."""
    for s in states(N):
        for y in states(N):
            if 2 * distance(s, y) < N:
                after = tuple(updated(s, y, i, ties)[i] for i in range(N))
                tied = [i for i in range(N) if votes(s, y, i) == 0]
                assert (after == s) == all(s[i] == ties for i in tied)
                assert bool(tied) == (2 * distance(s, y) == N - 1)
                how = {"state": y, "schedule": "synchronous", "ties": ties}
                assert tuple(binary.Network(learning.hebb(s)).sweep(**how).tolist()) == after


@pytest.mark.parametrize("ties", ["keep", 1, -1])
def test_no_majority_is_lost_for_even_numbers(ties):
    for s, y in product(states(4), repeat=2):
        if distance(s, y) < 2:
            assert tuple(updated(s, y, i, ties)[i] for i in range(4)) == s


def test_the_chances_that_the_chapter_prints():
    s, cue = (1, 1, -1, 1, -1), (1, -1, 1, 1, -1)
    net = binary.Network(learning.hebb(s))
    for ties, exact in (("keep", Fraction(1)), (1, Fraction(7, 9)), (-1, Fraction(11, 18))):
        assert chance(s, cue, ties) == exact
        P = state_space.chances(state_space.successors(net, ties))
        assert np.isclose(P[state_space.encode(cue)] @ P[state_space.encode(s)], float(exact))


# --- theory.recovery ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("N", range(1, 9))
def test_recovery_if_random_units_are_drawn(N):
    s = tuple(patterns.random(1, N, rng=N)[0].tolist())
    exact = {y: chance(s, y) for y in states(N)}
    for k, stated in enumerate(theory.recovery(N)):
        assert {p for y, p in exact.items() if distance(s, y) == k} == {Fraction(stated)}


@pytest.mark.parametrize("N", range(1, 6))
def test_recovery_in_every_order(N):
    """The share of all orders of a sweep that lead to s."""
    s = tuple(patterns.random(1, N, rng=N)[0].tolist())
    orders = list(permutations(range(N)))
    for y in states(N):
        back = 0
        for order in orders:
            z = y
            for i in order:
                z = updated(s, z, i)
            assert all(updated(s, z, i) == z for i in range(N))
            back += z == s
        assert Fraction(back, len(orders)) == Fraction(theory.recovery(N)[distance(s, y)])


def test_recovery_is_what_recalls_do():
    """Within four standard deviations of a fair coin on the ridge, exactly elsewhere."""
    s, cues = patterns.random(1, 30, rng=0)[0], 400
    net = binary.Network(learning.hebb(s))
    for k, stated in enumerate(theory.recovery(30)):
        starts = patterns.flip(np.tile(s, (cues, 1)), k, rng=k)
        back = (net.recall(starts, "random", rng=k).final == s).all(axis=1).mean()
        assert abs(back - stated) <= (4 * 0.5 / cues**0.5 if stated == 0.5 else 0)


@pytest.mark.parametrize("N", range(1, 40))
def test_recovery_is_a_curve(N):
    P = theory.recovery(N)
    assert P.shape == (N + 1,) and P.dtype == float
    assert (P + P[::-1] == 1).all() and (np.diff(P) <= 0).all()  # flip symmetry
    assert (P == 0.5).sum() == (N % 2 == 0)


@pytest.mark.parametrize("N", [0, -3, 2.5, "3", None, True])
def test_recovery_refuses(N):
    with pytest.raises((ValueError, TypeError), match="N"):
        theory.recovery(N)


# --- the open exercise --------------------------------------------------------------------------------------


def comes_home(pairs, N, errors):
    """Whether no order of updates fails to repair so many errors; a state is the set of its wrong units."""
    near = [[j for pair in pairs if i in pair for j in pair if j != i] for i in range(N)]
    waiting = [frozenset(wrong) for wrong in combinations(range(N), errors)]
    seen = set(waiting)
    while waiting:
        wrong = waiting.pop()
        against = [sum(1 if j in wrong else -1 for j in near[i]) for i in range(N)]
        movers = [
            i for i in range(N) if (against[i] > 0 and i not in wrong) or (against[i] < 0 and i in wrong)
        ]
        if not movers and wrong:
            return False
        for after in (wrong ^ {i} for i in movers):
            if after not in seen:
                seen.add(after)
                waiting.append(after)
    return True


@pytest.mark.parametrize("N", [3, 4, 5, 6])
def test_single_errors_need_as_many_weights_as_units(N):
    """What the solution proves: a ring does it, and one weight less never does."""
    pairs = list(combinations(range(N), 2))
    ring = [(i, i + 1) for i in range(N - 1)] + [(0, N - 1)]
    assert comes_home(ring, N, 1)
    assert not any(comes_home(chosen, N, 1) for chosen in combinations(pairs, N - 1))


def test_the_open_check_agrees_with_plain_search():
    rng = np.random.default_rng(0)
    pairs = list(combinations(range(8), 2))
    found = set()
    for count in [8, 10, 13, 16, 20] * 6:
        chosen = [pairs[k] for k in rng.choice(28, count, replace=False)]
        W = chapter05._kept(chosen)
        naive = [comes_home(chosen, 8, errors) for errors in (1, 2)]
        assert [chapter05._recovers(np.array(W), errors) for errors in (1, 2)] == naive
        assert feedback.fewest_weights(W).correct == (all(naive) and count <= 16)
        found.add(tuple(naive))
    assert found >= {(False, False), (True, False), (True, True)}


def test_the_networks_that_the_open_exercise_speaks_of():
    known = [(i, j) for i, j in combinations(range(8), 2) if chapter05.fewest_weights.solution[0][i][j]]
    assert len(known) == chapter05.FEWEST and comes_home(known, 8, 1) and comes_home(known, 8, 2)
    double_ring = [(i, (i + step) % 8) for i in range(8) for step in (1, 2)]
    assert comes_home(double_ring, 8, 2) and feedback.fewest_weights(chapter05._kept(double_ring)).correct
    praise = feedback.fewest_weights(chapter05._kept(known)).message
    assert praise.startswith("12 of 28 weights") and "prove it without one" in praise
    assert feedback.fewest_weights(chapter05._kept(double_ring)).message.endswith("Can you do with fewer?")


def alike(lines, orders):
    """A number that graphs of 8 points share if they differ in nothing but the names of their points."""
    degree = np.bincount(np.ravel(lines), minlength=8)
    orders = orders[(np.diff(degree[orders], axis=1) >= 0).all(axis=1)]  # points by their degrees, all ways
    i, j = np.argsort(orders, axis=1)[:, np.transpose(lines)].swapaxes(0, 1)
    return int((1 << (8 * np.minimum(i, j) + np.maximum(i, j))).sum(axis=1).min())


@pytest.mark.slow
def test_eleven_weights_are_too_few():
    """All graphs of 8 points, grown line by line."""
    orders, pairs = np.array(list(permutations(range(8)))), list(combinations(range(8), 2))
    graphs = [frozenset()]
    for _ in range(chapter05.FEWEST - 1):
        grown = {lines | {new} for lines in graphs for new in pairs if new not in lines}
        graphs = list({alike(list(lines), orders): lines for lines in grown}.values())
    assert len(graphs) == 980  # of 11 lines, as is known
    assert not any(comes_home(lines, 8, 1) and comes_home(lines, 8, 2) for lines in graphs)


# --- other ways to be right ---------------------------------------------------------------------------------


def test_other_right_answers_pass():
    assert feedback.store_one(
        lambda pattern: (np.outer(pattern, pattern) - np.eye(len(pattern))) / len(pattern)
    )
    assert feedback.fields_of_a_cue(lambda N, k: [(N - 2 * k - 1) / N, (N - 2 * k + 1) / N])
    assert feedback.majority_is_lost([1, 1, -1], [1, -1, -1], 1)
    assert feedback.majority_is_lost([1, 1, -1], [-1, 1, -1], np.int64(1))
    assert feedback.majority_is_lost([-1, -1, 1, 1, -1], [-1, 1, -1, 1, -1], -1)
    assert feedback.count_with_self_connections(lambda N: 2 + (N % 2 == 0) * comb(N, N // 2))

    def with_patience(moves, target):
        chance, before = (np.arange(len(moves)) == target) * 1.0, None
        while before is None or np.abs(chance - before).max() > 1e-9:
            before, chance = chance, chance[moves].mean(axis=1)
        return chance

    assert feedback.chance_of(with_patience)


def test_single_precision_is_right_as_well():
    assert feedback.store_one(
        lambda s: np.float32(1 / len(s)) * (np.outer(s, s) - np.eye(len(s), dtype="f4"))
    )
    assert feedback.fields_of_a_cue(
        lambda N, k: np.array([N - 2 * k - 1, N - 2 * k + 1], np.float32) / np.float32(N)
    )
    assert (
        feedback.store_one(lambda s: (np.outer(s, s) - np.eye(len(s))) / len(s) * 1.001).mistake
        == "a constant factor"
    )


@pytest.mark.parametrize("times", [2, 3, 7, 10, 30, 40])
def test_an_iteration_cut_short_is_named(times):
    def chance_of(moves, target):
        chance = (np.arange(len(moves)) == target) * 1.0
        for _ in range(times):
            chance = chance[moves].mean(axis=1)
        return chance

    assert feedback.chance_of(chance_of).mistake == "not repeated often enough"


@pytest.mark.parametrize("start", [1, None])
def test_a_simulation_is_an_estimate(start):
    rng = np.random.default_rng(start)

    def chance_of(moves, target):
        ends = np.repeat(np.arange(len(moves)), 200)
        for _ in range(60):
            ends = moves[ends, rng.integers(moves.shape[1], size=len(ends))]
        return (ends == target).reshape(-1, 200).mean(axis=1)

    assert feedback.chance_of(chance_of).mistake == "an estimate"
    assert feedback.chance_of(lambda m, t: np.full(len(m), 0.5)).mistake != "an estimate"


def test_a_tie_rule_in_words():
    assert feedback.majority_is_lost([1, 1, -1], [1, -1, -1], "+1")
    keep = feedback.majority_is_lost([1, 1, -1], [1, -1, -1], "keep")
    assert keep.mistake == "not a tie rule" and "no such example" in keep.message
    text = feedback.majority_is_lost("++-+-", "+-++-", 1)
    assert "patterns.from_label('++-+-')" in text.message


def test_three_units_are_the_smallest_counterexample():
    found = {n: 0 for n in (2, 3)}
    for n in found:
        for s, y, ties in product(states(n), states(n), (1, -1)):
            found[n] += feedback.majority_is_lost(s, y, ties).correct
    assert found[2] == 0 and found[3] > 0


# --- plots --------------------------------------------------------------------------------------------------


def test_fields_by_distance():
    s = patterns.random(1, 6, rng=0)[0]
    for itself in (False, True):
        net = binary.Network(learning.hebb(s, self_connections=itself), scale=1 / 6)
        ax = plots.fields_by_distance(net, s)
        seen = {line.get_label(): set(map(tuple, line.get_xydata().tolist())) for line in ax.lines[1:]}
        assert seen["a right unit"] == {(k, 5 - 2 * k + itself) for k in range(6)}
        assert seen["a wrong unit"] == {(k, 7 - 2 * k - itself) for k in range(1, 7)}
        assert ax.get_ylabel().endswith("× 6")
    assert "a right unit from +6 at k = 0 to −4 at k = 5" in ax.alt_text


def test_basin():
    s = patterns.random(1, 5, rng=1)[0]
    distances = (state_space.all_states(5) != s).sum(axis=1)
    home = np.where(distances == 2, 0.25, distances < 2)
    ax = plots.basin(home, s)
    heights = [bar.get_height() for bar in ax.patches]
    assert np.allclose(heights, [1, 5, 0, 0, 0, 0, 0, 0, 10, 0, 0, 0, 0, 0, 0, 10, 5, 1])
    assert [bars.get_label() for bars in ax.containers] == ["to the pattern: always", "sometimes", "never"]
    assert len(plots.basin(np.round(home), s).containers) == 2
    assert ax.alt_text.endswith("1 of 1, 1 of 5, 0.25 of 10, 0 of 10, 0 of 5, 0 of 1.")


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: plots.basin(np.zeros(8), [1, -1]), "chance"),
        (lambda: plots.basin([0, 0, 2, 0], [1, -1]), "probabilities"),
        (lambda: plots.basin(np.zeros(4), [1, 0]), "pattern"),
        (lambda: plots.basin(np.zeros(2), np.ones(13, int)), "at most 12"),
        (lambda: plots.fields_by_distance(binary.Network([[0, 1], [1, 0]]), [1, 1, 1]), "units"),
        (lambda: plots.fields_by_distance(binary.Network([[0, 1], [1, 0]]), np.ones(13, int)), "at most 12"),
    ],
)
def test_plots_refuse(call, said):
    with pytest.raises(ValueError, match=said):
        call()
