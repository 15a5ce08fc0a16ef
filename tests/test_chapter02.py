"""Chapter 02, recomputed: every transition of two units, and what holds for networks of any size.

States are tuples of ±1 and weights lists, updated by the rule of the chapter and by nothing of the library.
"""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from hopfield_edu import binary, frustration, patterns, predict, state_space

NETWORK_1 = ((0, -1), (1, 0))
NETWORK_2 = ((0, -1), (-1, 0))
STATES = [(-1, -1), (1, -1), (-1, 1), (1, 1)]  # by code
RULES = ("keep", 1, -1)
DRAWS = (0, 2, 3, 4, 5)  # other seeds than those of the chapter


def updated(W, y, i, ties="keep", bias=None):
    h = sum(w * v for w, v in zip(W[i], y, strict=True)) + (bias[i] if bias else 0)
    new = (y[i] if ties == "keep" else ties) if h == 0 else (1 if h > 0 else -1)
    return (*y[:i], new, *y[i + 1 :])


def together(W, y, ties="keep", bias=None):
    return tuple(updated(W, y, i, ties, bias)[i] for i in range(len(y)))


def in_order(W, y, order):
    for i in order:
        y = updated(W, y, i)
    return y


def inverse(y):
    return tuple(-v for v in y)


def name(y):
    return "".join("+" if v > 0 else "-" for v in y)


def cycle(step, y):
    """Where a map leads in the long run, as a set."""
    for _ in range(2 ** len(y)):
        y = step(y)
    found = [y]
    while (y := step(y)) != found[0]:
        found.append(y)
    return frozenset(map(name, found))


def symmetric(rng, N, diagonal=(0, 1)):
    """Whole-number weights, with self-connections from a half-open range."""
    W = np.triu(rng.integers(-3, 4, (N, N)), 1)
    return W + W.T + np.diag(rng.integers(*diagonal, N))


# ------------------------------------------------------------------ two units, by hand


def test_single_updates_of_network_1():
    moves = {name(y): tuple(name(updated(NETWORK_1, y, i)) for i in (0, 1)) for y in STATES}
    assert moves == {"--": ("+-", "--"), "+-": ("+-", "++"), "-+": ("-+", "--"), "++": ("-+", "++")}


@pytest.mark.parametrize("W", [NETWORK_1, NETWORK_2], ids=["network 1", "network 2"])
def test_the_graphs_of_the_chapter_are_those_of_the_rule(W):
    net = binary.Network(W)
    table = state_space.successors(net).tolist()
    assert table == [[STATES.index(updated(W, y, i)) for i in (0, 1)] for y in STATES]
    assert state_space.synchronous_map(net).tolist() == [STATES.index(together(W, y)) for y in STATES]
    for order in ([0, 1], [1, 0]):
        swept = state_space.ordered_map(net, order=order).tolist()
        assert swept == [STATES.index(in_order(W, y, order)) for y in STATES]


def test_an_ordered_sweep_is_two_look_ups():
    table = state_space.successors(binary.Network(NETWORK_1))
    swept = table[table[:, 0], 1]
    assert state_space.label(swept, 2) == ["++", "++", "--", "--"]
    assert state_space.label(table[:, 0], 2) == ["+-", "+-", "-+", "-+"]


@pytest.mark.parametrize(
    ("W", "ends"),
    [
        (
            NETWORK_1,
            {"synchronous": [{"--", "+-", "++", "-+"}], "1, 2": [{"--", "++"}], "2, 1": [{"+-", "-+"}]},
        ),
        (
            NETWORK_2,
            {
                "synchronous": [{"--", "++"}, {"+-"}, {"-+"}],
                "1, 2": [{"+-"}, {"-+"}],
                "2, 1": [{"+-"}, {"-+"}],
            },
        ),
    ],
    ids=["network 1", "network 2"],
)
def test_the_long_run_of_every_schedule_without_chance(W, ends):
    maps = {
        "synchronous": lambda y: together(W, y),
        "1, 2": lambda y: in_order(W, y, (0, 1)),
        "2, 1": lambda y: in_order(W, y, (1, 0)),
    }
    for schedule, step in maps.items():
        assert {cycle(step, y) for y in STATES} == set(map(frozenset, ends[schedule])), schedule


def test_with_chance_network_1_wanders_and_network_2_comes_to_rest():
    wander = [
        state_space.recurrent_classes(state_space.successors(binary.Network(W)))
        for W in (NETWORK_1, NETWORK_2)
    ]
    assert [[c.tolist() for c in classes] for classes in wander] == [[[0, 1, 2, 3]], [[1], [2]]]


# ------------------------------------------------------------------ chance


def test_chance_decides_only_when_network_1_moves():
    for y in STATES:
        assert sum(updated(NETWORK_1, y, i) != y for i in (0, 1)) == 1
    times = set()
    for seed in range(40):
        run = binary.Network(NETWORK_1).recall([-1, -1], "random-unit", rng=seed, max_sweeps=10, record=True)
        way = [patterns.label(y) for y in run.states]
        assert way == (["--", "+-", "++", "-+"] * 6)[: len(way)]
        times.add(tuple(run.times[:6]))
    assert len(times) > 20


def test_seen_once_per_sweep_chance_decides_what_network_1_does_next():
    after = [name(in_order(NETWORK_1, (-1, -1), order)) for order in ((0, 1), (1, 0))]
    assert after == ["++", "+-"]
    net = binary.Network(NETWORK_1)
    seen = {patterns.label(net.sweep([-1, -1], "random", rng=seed)) for seed in range(20)}
    assert seen == set(after)


def test_chance_decides_where_network_2_ends():
    net = binary.Network(NETWORK_2)
    chances = state_space.chances(state_space.successors(net))
    np.testing.assert_allclose(chances[[0, 3]], 0.5)
    np.testing.assert_array_equal(chances[[1, 2]], np.eye(2))
    for schedule in ("random", "random-unit"):
        ends = net.recall(np.ones((1000, 2), int), schedule, rng=0).final
        assert (ends[:, 0] == -ends[:, 1]).all()
        assert abs((ends[:, 0] == 1).mean() - 0.5) < 5 * 0.5 / np.sqrt(1000)


# ------------------------------------------------------------------ property 1: cycles of many lengths


def cycle_lengths(seed):
    rng = np.random.default_rng(seed)
    nets = (binary.Network(W) for W in rng.integers(-3, 4, (200, 8, 8)))
    return [len(c) for net in nets for c in state_space.cycles(state_space.synchronous_map(net))]


def test_without_symmetry_there_are_long_cycles():
    lengths = cycle_lengths(2)
    assert max(lengths) == 30
    assert set(range(1, 9)) <= set(lengths)


@pytest.mark.slow
def test_the_longest_cycle_in_other_draws():
    longest = [max(cycle_lengths(seed)) for seed in range(23)]
    assert sorted(longest)[11] == longest.pop(2) == 30  # the chapter shows the median draw
    assert (min(longest), max(longest)) == (22, 50)


def test_the_six_units_of_the_wheels():
    W = np.random.default_rng(8).integers(-3, 4, (6, 6))
    np.fill_diagonal(W, 0)
    lengths = [
        sorted(len(c) for c in state_space.cycles(state_space.synchronous_map(binary.Network(weights))))
        for weights in (W, np.triu(W) + np.triu(W).T)
    ]
    assert lengths == [[1, 1, 2, 5, 5], [1] * 4 + [2] * 7]


# ------------------------------------------------------------------ property 2: symmetry and rest


def drawn(seed):
    """The symmetric networks, the others and the cues of the chapter, or of another draw."""
    rng = np.random.default_rng(seed)
    others = rng.integers(-3, 4, (200, 8, 8)) * (1 - np.eye(8, dtype=int))
    alike = np.triu(others) + np.triu(others).swapaxes(1, 2)
    return alike, others, patterns.random(20, 8, rng)


def rest(weights, cues):
    """How many of the cues come to rest in each network."""
    return np.array([binary.Network(W).recall(cues).converged.sum() for W in weights])


def test_symmetric_networks_come_to_rest_and_others_need_not():
    alike, others, cues = drawn(1)
    assert rest(alike[:60], cues).tolist() == [20] * 60
    found = rest(others[:60], cues)
    assert min((found == 0).sum(), (found == 20).sum(), ((found > 0) & (found < 20)).sum()) >= 10


def test_a_negative_self_connection_undoes_it():
    alike, _, cues = drawn(1)
    assert rest(alike[:20] - 6 * np.eye(8), cues).mean() < 0.02 * 20
    run = binary.Network([[-1]]).recall([1])
    assert (run.outcome, run.cycle_length) == ("cycle", 2)


def test_the_conditions_are_sufficient_but_not_necessary():
    always = ((-1, 3), (3, -1))  # a negative self-connection, and yet it comes to rest
    for order in ((0, 1), (1, 0)):
        assert all(len(cycle(lambda y, o=order: in_order(always, y, o), y)) == 1 for y in STATES)
    ends = state_space.recurrent_classes(state_space.successors(binary.Network(always)))
    assert [c.tolist() for c in ends] == [[0], [3]]


@pytest.mark.slow
def test_the_rest_of_other_draws_is_that_of_the_prediction():
    found = [rest(others, cues).sum() for _, others, cues in map(drawn, range(23))]
    assert found.pop(1) == 1566
    assert (min(found), max(found)) == (1358, 1844)


@pytest.mark.slow
@pytest.mark.parametrize("seed", DRAWS)
def test_rest_in_other_draws(seed):
    alike, others, cues = drawn(seed)
    assert rest(alike, cues).min() == 20
    found = rest(others, cues)
    assert 0.3 < found.mean() / 20 < 0.6
    assert min((found == 0).sum(), (found == 20).sum(), ((found > 0) & (found < 20)).sum()) > 30
    assert rest(alike - 6 * np.eye(8), cues).mean() < 0.02 * 20


@pytest.mark.parametrize("ties", RULES)
@pytest.mark.parametrize("seed", range(5))
def test_symmetry_without_negative_self_connections_brings_rest_under_any_rule_for_ties(seed, ties):
    rng = np.random.default_rng(seed)
    for N in (2, 3, 5, 8):
        W = symmetric(rng, N, (0, 4))
        for schedule in ("ordered", "random", "random-unit"):
            cues = patterns.random(10, N, rng)
            assert (
                binary.Network(W).recall(cues, schedule, ties=ties, rng=rng, max_sweeps=500).converged.all()
            )


def test_a_positive_self_connection_breaks_the_circle_of_network_1():
    W = ((2, -1), (1, 0))
    assert {cycle(lambda y: in_order(W, y, (0, 1)), y) for y in STATES} == {
        frozenset({"--"}),
        frozenset({"++"}),
    }
    assert all(updated(W, y, 0) == y for y in STATES)


# ------------------------------------------------------------------ property 3: at most two


@pytest.mark.parametrize("seed", range(5))
def test_symmetric_networks_have_synchronous_cycles_of_at_most_two(seed):
    rng = np.random.default_rng(seed)
    seen = set()
    for _ in range(30):
        W = symmetric(rng, 6, (-6, 7)).tolist()
        for y in patterns.random(4, 6, rng).tolist():
            seen.add(len(cycle(lambda y, W=W: together(W, y), tuple(y))))
    assert seen == {1, 2}


# ------------------------------------------------------------------ property 4: all signs turned round


def follows_its_inverse(W, ties="keep", bias=None):
    """Whether the successors of inverse states are inverse, for single updates and for all at once."""
    return all(
        inverse(together(W, y, ties, bias)) == together(W, inverse(y), ties, bias)
        and all(
            inverse(updated(W, y, i, ties, bias)) == updated(W, inverse(y), i, ties, bias)
            for i in range(len(W))
        )
        for y in product((-1, 1), repeat=len(W))
    )


@pytest.mark.parametrize("seed", range(5))
def test_any_weights_treat_both_signs_alike_unless_a_bias_or_ties_take_sides(seed):
    rng = np.random.default_rng(seed)
    W = rng.integers(-3, 4, (6, 6)).tolist()
    assert follows_its_inverse(W)
    assert not follows_its_inverse(W, bias=[5, 0, 0, 0, 0, 0])
    W[0] = [0, 1, -1, 0, 0, 0]  # in half of the states the inputs of unit 1 cancel
    assert not follows_its_inverse(W, ties=1)
    assert not follows_its_inverse(W, ties=-1)


def test_the_three_units_of_the_picture():
    W = [[0, 2, -1], [-1, 0, 2], [2, 1, 0]]
    assert follows_its_inverse(W)
    assert not follows_its_inverse(W, bias=[4, 0, 0])
    for y in product((-1, 1), repeat=3):  # the arrows of unit 1 all point to +1
        assert updated(W, y, 0, bias=[4, 0, 0])[0] == 1


# ------------------------------------------------------------------ property 5: weights are wishes


def granted(W, y):
    N = range(len(y))
    return [sum(W[i][j] * y[i] * y[j] > 0 for j in N if j != i) for i in N]


def test_the_six_units_of_the_picture():
    rng = np.random.default_rng(4)
    W = np.triu(rng.choice([-1, 1], (6, 6)), 1)
    W, cue = W + W.T, patterns.random(1, 6, rng)[0]
    end = binary.Network(W).recall(cue).final
    assert [frustration.unsatisfied(W, y) for y in (cue, end)] == [9, 2]
    assert [15 - sum(granted(W, y)) // 2 for y in (cue, end)] == [9, 2]


@pytest.mark.parametrize("seed", [0, 1, 2, pytest.param(range(3, 25), marks=pytest.mark.slow)], ids=str)
def test_at_rest_every_unit_has_at_least_half_of_its_wishes(seed):
    for each in [seed] if isinstance(seed, int) else seed:
        rng = np.random.default_rng(each)
        before, after = [], []
        for cue in patterns.random(200, 8, rng):
            W = np.triu(rng.choice([-1, 1], (8, 8)), 1)
            W = W + W.T
            end = binary.Network(W).recall(cue).final
            assert min(granted(W, end)) >= 4
            before.append(sum(granted(W, cue)) // 2)
            after.append(sum(granted(W, end)) // 2)
        assert min(after) >= 16
        assert 13 < np.mean(before) < 15
        assert 19.5 < np.mean(after) < 21


def test_at_rest_most_weights_may_be_denied():
    ring = [[1 if (i - j) % 5 in (1, 4) else -1 if i != j else 0 for j in range(5)] for i in range(5)]
    pairs = [[0 if i == j else 5 if {i, j} in ({0, 1}, {2, 3}) else -1 for j in range(4)] for i in range(4)]
    for W, satisfied in [(ring, 5), (pairs, 2)]:
        y = (1,) * len(W)
        assert binary.Network(W).is_fixed_point(y)
        assert sum(granted(W, y)) // 2 == satisfied
        assert (
            min(sum(w * a * b for w, b in zip(row, y, strict=True)) for row, a in zip(W, y, strict=True)) >= 0
        )


# ------------------------------------------------------------------ the predictions


@pytest.mark.parametrize(
    ("question", "outcome"),
    [
        ("02/first_step", name(together(NETWORK_1, (-1, -1)))),
        ("02/other_order", name(in_order(NETWORK_1, (-1, -1), (1, 0)))),
        ("02/two_runs", True),
        ("02/rest", "less than half"),
    ],
)
def test_every_prediction_can_come_true(question, outcome):
    guess = predict.ask(question)
    assert guess.prediction.number or any(
        guess.prediction.right(c, "yes" if outcome is True else outcome) for c in guess.prediction.choices
    )


def test_no_prediction_is_left_out():
    assert predict.names("02") == ["02/first_step", "02/other_order", "02/two_runs", "02/rest"]
