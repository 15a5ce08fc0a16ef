"""What the lecture states about binary networks, as properties, and its small figures as literal tables.

W is Wiskott's lecture notes; "the sources disagree" refers to the list in the course's appendix.
"""

from __future__ import annotations

from math import comb

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_networks import TIES, recalls

from hopfield_edu import binary, learning, patterns, state_space

ASYNCHRONOUS = ("ordered", "random", "random-unit")


@st.composite
def symmetric_networks(draw, self_connections=(0, 2), bias=True):
    """Whole weights, w_ij = w_ji, w_ii from the given range; and a cue."""
    W, b, cue = draw(recalls())
    W = np.triu(W, 1) + np.triu(W, 1).T
    np.fill_diagonal(W, draw(st.lists(st.integers(*self_connections), min_size=len(W), max_size=len(W))))
    return binary.Network(W, b if bias else None), cue


def seed(schedule):
    return 0 if schedule.startswith("random") else None


def transitions(step, N):
    """A map of codes as a dictionary of labels."""
    return dict(zip(state_space.label(np.arange(2**N), N), state_space.label(step, N), strict=True))


# --- the figures by hand -----------------------------------------------------------------------------------
#
# Figure 1.3, network 1: w12 = -1 (from unit 2 to unit 1), w21 = +1. So unit 1 <- -y2 and unit 2 <- y1.
#   --  unit 1 <- +: +-    unit 2 <- -: stays       both at once: +-    1 then 2: +- ++    2 then 1: -- +-
#   +-  unit 1 <- +: stays unit 2 <- +: ++          both at once: ++    1 then 2: +- ++    2 then 1: ++ -+
#   -+  unit 1 <- -: stays unit 2 <- -: --          both at once: --    1 then 2: -+ --    2 then 1: -- +-
#   ++  unit 1 <- -: -+    unit 2 <- +: stays       both at once: -+    1 then 2: -+ --    2 then 1: ++ -+
# (The lecture's text sends -- to -+ in the synchronous step; its own rule gives +-, and only so is it a
# four-cycle.)
#
# Figure 1.3, network 2: w12 = w21 = -1. So unit 1 <- -y2 and unit 2 <- -y1.
#   --  unit 1 <- +: +-    unit 2 <- +: -+          both at once: ++    1 then 2: +- +-    2 then 1: -+ -+
#   +-  unit 1 <- +: stays unit 2 <- -: stays       both at once: +-    1 then 2: +-       2 then 1: +-
#   -+  unit 1 <- -: stays unit 2 <- +: stays       both at once: -+    1 then 2: -+       2 then 1: -+
#   ++  unit 1 <- -: -+    unit 2 <- -: +-          both at once: --    1 then 2: -+ -+    2 then 1: +- +-

FIGURE_1_3 = {
    "network 1": {
        "weights": [[0, -1], [1, 0]],
        "single units": {"--": ["+-", "--"], "+-": ["+-", "++"], "-+": ["-+", "--"], "++": ["-+", "++"]},
        "synchronous": {"--": "+-", "+-": "++", "-+": "--", "++": "-+"},
        "1-2": {"--": "++", "+-": "++", "-+": "--", "++": "--"},
        "2-1": {"--": "+-", "+-": "-+", "-+": "+-", "++": "-+"},
        "fixed points": [],
        "synchronous cycles": [["--", "+-", "++", "-+"]],
    },
    "network 2": {
        "weights": [[0, -1], [-1, 0]],
        "single units": {"--": ["+-", "-+"], "+-": ["+-", "+-"], "-+": ["-+", "-+"], "++": ["-+", "+-"]},
        "synchronous": {"--": "++", "+-": "+-", "-+": "-+", "++": "--"},
        "1-2": {"--": "+-", "+-": "+-", "-+": "-+", "++": "-+"},
        "2-1": {"--": "-+", "+-": "+-", "-+": "-+", "++": "+-"},
        "fixed points": ["+-", "-+"],
        "synchronous cycles": [["--", "++"], ["+-"], ["-+"]],
    },
}


@pytest.mark.parametrize("name", FIGURE_1_3)
def test_figure_1_3(name):
    figure = FIGURE_1_3[name]
    net = binary.Network(figure["weights"])
    table = state_space.successors(net)
    for i in range(2):
        by_hand = {state: after[i] for state, after in figure["single units"].items()}
        assert transitions(table[:, i], 2) == by_hand
        for state, after in by_hand.items():
            assert patterns.label(net.update(patterns.from_label(state), i)) == after
    orders = {"synchronous": ("synchronous", None), "1-2": ("ordered", [0, 1]), "2-1": ("ordered", [1, 0])}
    for key, (schedule, order) in orders.items():
        find = state_space.ordered_map(net, order) if order else state_space.synchronous_map(net)
        assert transitions(find, 2) == figure[key]
        for state, after in figure[key].items():
            swept = net.sweep(patterns.from_label(state), schedule, order=order)
            assert patterns.label(swept) == after
    assert state_space.label(state_space.fixed_points(net), 2) == figure["fixed points"]
    cycles = state_space.cycles(state_space.synchronous_map(net))
    assert [state_space.label(cycle, 2) for cycle in cycles] == figure["synchronous cycles"]


# Figure 1.4, network 1: w12 = w23 = +1, w13 = -1, both ways; a tie keeps the value.
# So h1 = y2 - y3, h2 = y1 + y3, h3 = y2 - y1 (0 is a tie):
#   ---  h = ( 0, -2,  0)  rests
#   +--  h = ( 0,  0, -2)  rests
#   -+-  h = (+2, -2, +2)  unit 1: ++-   unit 2: ---   unit 3: -++
#   ++-  h = (+2,  0,  0)  rests
#   --+  h = (-2,  0,  0)  rests
#   +-+  h = (-2, +2, -2)  unit 1: --+   unit 2: +++   unit 3: +--
#   -++  h = ( 0,  0, +2)  rests
#   +++  h = ( 0, +2,  0)  rests
# Network 2 has all weights negated, so h1 = y3 - y2, h2 = -y1 - y3, h3 = y1 - y2:
#   ---  h = ( 0, +2,  0)  unit 2: -+-
#   +--  h = ( 0,  0, +2)  unit 3: +-+
#   -+-  h = (-2, +2, -2)  rests
#   ++-  h = (-2,  0,  0)  unit 1: -+-
#   --+  h = (+2,  0,  0)  unit 1: +-+
#   +-+  h = (+2, -2, +2)  rests
#   -++  h = ( 0,  0, -2)  unit 3: -+-
#   +++  h = ( 0, -2,  0)  unit 2: +-+

FIGURE_1_4 = {
    "network 1": {
        "weights": [[0, 1, -1], [1, 0, 1], [-1, 1, 0]],
        "moves": {"-+-": {1: "++-", 2: "---", 3: "-++"}, "+-+": {1: "--+", 2: "+++", 3: "+--"}},
        "synchronous": {"-+-": "+-+", "+-+": "-+-"},
        "1-2-3": {"-+-": "++-", "+-+": "--+"},
        "fixed points": ["---", "+--", "++-", "--+", "-++", "+++"],
    },
    "network 2": {
        "weights": [[0, -1, 1], [-1, 0, -1], [1, -1, 0]],
        "moves": {
            **{"---": {2: "-+-"}, "+--": {3: "+-+"}, "++-": {1: "-+-"}},
            **{"--+": {1: "+-+"}, "-++": {3: "-+-"}, "+++": {2: "+-+"}},
        },
        "synchronous": {"---": "-+-", "+--": "+-+", "++-": "-+-", "--+": "+-+", "-++": "-+-", "+++": "+-+"},
        "1-2-3": {"---": "-+-", "+--": "+-+", "++-": "-+-", "--+": "+-+", "-++": "-+-", "+++": "+-+"},
        "fixed points": ["-+-", "+-+"],
    },
}


@pytest.mark.parametrize("name", FIGURE_1_4)
def test_figure_1_4(name):
    figure = FIGURE_1_4[name]
    net = binary.Network(figure["weights"])
    states = state_space.label(np.arange(8), 3)
    assert states == ["---", "+--", "-+-", "++-", "--+", "+-+", "-++", "+++"]
    for i in range(3):
        by_hand = {state: figure["moves"].get(state, {}).get(i + 1, state) for state in states}
        assert transitions(state_space.successors(net)[:, i], 3) == by_hand
    for key, step in (
        ("synchronous", state_space.synchronous_map(net)),
        ("1-2-3", state_space.ordered_map(net)),
    ):
        assert transitions(step, 3) == {state: figure[key].get(state, state) for state in states}
    assert state_space.label(state_space.fixed_points(net), 3) == figure["fixed points"]


def test_the_six_fixed_points_need_the_tie_rule():
    """With sgn(0) = +1, or -1, the first network has a single fixed point."""
    net = binary.Network(FIGURE_1_4["network 1"]["weights"])
    assert state_space.label(state_space.fixed_points(net, ties=1), 3) == ["+++"]
    assert state_space.label(state_space.fixed_points(net, ties=-1), 3) == ["---"]


def test_irregular_dynamics_is_irregular_in_time_only():
    """Network 1 of figure 1.3: in every state exactly one unit wants to flip, so the states follow in a fixed
    order whatever the draw; only the waiting times are random. It never rests."""
    net = binary.Network(FIGURE_1_3["network 1"]["weights"])
    table = state_space.successors(net)
    assert ((table != np.arange(4)[:, None]).sum(axis=1) == 1).all()
    assert [c.tolist() for c in state_space.recurrent_classes(table)] == [[0, 1, 2, 3]]
    courses = [net.recall([-1, -1], "random-unit", rng=k, max_sweeps=20, record=True) for k in range(5)]
    round_and_round = ["--", "+-", "++", "-+"]
    for run in courses:
        labels = [patterns.label(state) for state in run.states]
        assert labels == [round_and_round[k % 4] for k in range(len(labels))]
    assert len({tuple(run.times[:10]) for run in courses}) == 5


# --- energy and convergence --------------------------------------------------------------------------------


@given(symmetric_networks(), st.sampled_from(ASYNCHRONOUS), st.sampled_from(TIES))
def test_the_energy_never_rises(case, schedule, ties):
    net, cue = case
    run = net.recall(cue, schedule, ties=ties, rng=seed(schedule), record=True)
    assert (np.diff(run.energies) <= 0).all()
    for i in range(net.N):
        assert net.energy(net.update(cue, i, ties)) <= net.energy(cue)


@given(symmetric_networks(self_connections=(0, 0)), st.sampled_from(ASYNCHRONOUS))
def test_every_flip_costs_energy_without_self_connections(case, schedule):
    """and each update flips a unit exactly if that lowers the energy."""
    net, cue = case
    run = net.recall(cue, schedule, rng=seed(schedule), record=True)
    assert (np.diff(run.energies) < 0).all()
    flips = state_space.successors(net)[state_space.encode(cue)] != state_space.encode(cue)
    assert flips.tolist() == (net.energy_change(cue) < 0).tolist()


@given(symmetric_networks(), st.sampled_from(ASYNCHRONOUS), st.sampled_from(TIES))
def test_single_updates_of_symmetric_networks_end_in_a_fixed_point(case, schedule, ties):
    net, _ = case
    run = net.recall(state_space.all_states(net.N), schedule, ties=ties, rng=seed(schedule))
    assert run.converged.all()
    assert net.is_fixed_point(run.final, ties).all()
    rest = state_space.fixed_points(net, ties)
    assert set(state_space.encode(run.final)) == set(rest)
    assert [c.tolist() for c in state_space.recurrent_classes(state_space.successors(net, ties))] == [
        [code] for code in rest
    ]


@given(symmetric_networks(self_connections=(-2, 2)), st.sampled_from(TIES))
def test_synchronous_updates_of_symmetric_networks_end_in_cycles_of_at_most_two(case, ties):
    net, _ = case
    assert max(map(len, state_space.cycles(state_space.synchronous_map(net, ties)))) <= 2
    run = net.recall(state_space.all_states(net.N), "synchronous", ties=ties)
    assert set(run.cycle_length) <= {1, 2} and "step limit" not in run.outcome


def test_each_condition_is_needed():
    energies = binary.Network([[0, -1], [-1, 0]]).recall([1, 1], "synchronous", record=True).energies
    assert energies.tolist()[:2] == [1, 1]  # a two-cycle on top of the energy
    net = binary.Network([[0, -3, 0], [-3, 0, 1], [0, 1, 0]], bias=[1, 1, 0])
    raised = net.recall([-1, -1, 1], "synchronous", record=True).energies
    assert np.diff(raised).max() > 0  # units 1 and 2 flip together, there and back: 6, 2, 6
    asymmetric = binary.Network(FIGURE_1_3["network 1"]["weights"]).recall([1, 1])
    assert asymmetric.outcome == "cycle"
    negative = binary.Network([[-1]]).recall([1])
    assert negative.outcome == "cycle"  # a negative self-connection


# --- symmetries --------------------------------------------------------------------------------------------


@given(recalls(), st.sampled_from(("synchronous", *ASYNCHRONOUS)))
def test_flipping_all_units_changes_nothing_else(case, schedule):
    """Without bias, and with ties that keep; +1 and -1 swap roles otherwise."""
    W, _, cue = case
    net = binary.Network(W)
    for ties, mirrored in (("keep", "keep"), (1, -1)):
        run, mirror = (
            net.recall(y, schedule, ties=t, rng=seed(schedule), max_sweeps=9, record=True)
            for y, t in ((cue, ties), (-cue, mirrored))
        )
        assert (run.states == -mirror.states).all() and (run.times == mirror.times).all()
        assert (run.energies == mirror.energies).all()


@pytest.mark.parametrize("schedule", ("synchronous", *ASYNCHRONOUS))
def test_a_bias_or_a_tie_rule_breaks_that_symmetry(schedule):
    plus, minus = np.array([1, 1]), np.array([-1, -1])
    with_bias = binary.Network([[0, 1], [1, 0]], bias=[2, 2])
    ends = [with_bias.recall(y, schedule, rng=seed(schedule)).final.tolist() for y in (plus, minus)]
    assert ends == [[1, 1], [1, 1]]
    silent = binary.Network(np.zeros((2, 2)))
    ends = [silent.recall(y, schedule, ties=1, rng=seed(schedule)).final.tolist() for y in (plus, minus)]
    assert ends == [[1, 1], [1, 1]]


@given(symmetric_networks(self_connections=(0, 0), bias=False))
def test_negated_weights_reverse_the_arrows(case):
    """All arrows between different states; W section 1.5. Zero diagonal, ties keep."""
    net, _ = case

    def arrows(network):
        table = state_space.successors(network)
        return {(c, i, to) for (c, i), to in np.ndenumerate(table) if to != c}

    assert {(to, i, c) for c, i, to in arrows(net)} == arrows(binary.Network(-net.weights))


def test_other_tie_rules_or_self_connections_spoil_the_reversal():
    silent = state_space.successors(binary.Network(np.zeros((1, 1))), ties=1)
    assert silent.tolist() == [[1], [1]]  # an arrow, and negating zero does not turn it
    holding, driving = (state_space.successors(binary.Network([[w]])).tolist() for w in (1, -1))
    assert holding == [[0], [1]] and driving == [[1], [0]]


@given(recalls(), st.integers(1, 50))
def test_a_common_factor_changes_no_step(case, factor):
    W, b, _ = case
    for ties in TIES:
        tables = [state_space.successors(binary.Network(k * W, k * b), ties).tolist() for k in (1, factor)]
        assert tables[0] == tables[1]


# --- ties --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("schedule", ("synchronous", *ASYNCHRONOUS))
def test_a_tie_goes_where_the_rule_says(schedule):
    """Units 1 and 2 cancel each other's input to unit 3, and hold themselves."""
    net = binary.Network([[1, 0, 0], [0, 1, 0], [1, -1, 0]])
    for value in (1, -1):
        cue = np.array([1, 1, value])
        for ties, expected in (("keep", value), (1, 1), (-1, -1)):
            run = net.recall(cue, schedule, ties=ties, rng=seed(schedule))
            assert run.final.tolist() == [1, 1, expected] and run.converged
            assert net.update(cue, 2, ties).tolist() == [1, 1, expected]
            assert net.is_fixed_point(cue, ties) == (expected == value)


# --- stored patterns ---------------------------------------------------------------------------------------


@given(st.integers(2, 9), st.integers(0, 99))
def test_one_pattern_has_two_fixed_points_without_self_connections(N, seed):
    """W section 1.3.1. With self-connections and even N the states of zero overlap rest too."""
    s = patterns.random(1, N, seed)
    codes = {state_space.encode(s[0]), state_space.encode(-s[0])}
    assert set(state_space.fixed_points(binary.Network(learning.hebb(s)))) == codes
    more = state_space.fixed_points(binary.Network(learning.hebb(s, self_connections=True)))
    zero = comb(N, N // 2) if N % 2 == 0 else 0
    assert len(more) == 2 + zero and codes <= set(more)
    assert (patterns.overlap(state_space.decode(more, N), s[0]) == 0).sum() == zero


@given(st.integers(2, 9), st.integers(0, 99))
def test_more_than_half_right_recovers_at_once(N, seed):
    """W eqs. 1.9 to 1.13, in one synchronous step with zero diagonal; it needs ties that keep."""
    s = patterns.random(1, N, seed)
    net, cues = binary.Network(learning.hebb(s)), state_space.all_states(N)
    m = patterns.overlap(cues, s[0])
    after = net.sweep(cues, "synchronous")
    assert (after[m > 0] == s[0]).all() and (after[m < 0] == -s[0]).all()
    one_more_than_half = m == 1 / N  # N odd: the field of a right unit is zero
    if one_more_than_half.any():
        narrow = cues[one_more_than_half]
        assert (net.field(narrow)[narrow == s[0]] == 0).all()
        assert any((net.sweep(narrow, "synchronous", ties=t) != s[0]).any() for t in (1, -1))


@given(st.integers(1, 6), st.integers(2, 12), st.integers(0, 99))
def test_signal_and_cross_talk(M, N, seed):
    """s_i h_i = N - 1 + cross-talk of the other patterns, j = i left out: the limit shifts by 1/N."""
    s = patterns.random(M, N, seed)
    aligned = s * binary.Network(learning.hebb(s)).field(s)
    for nu, i in np.ndindex(M, N):
        others = [mu for mu in range(M) if mu != nu]
        crosstalk = (
            sum(s[mu, i] * s[mu, j] * s[nu, j] for mu in others for j in range(N) if j != i) * s[nu, i]
        )
        assert aligned[nu, i] == N - 1 + crosstalk


@pytest.mark.parametrize("N", [4, 8, 16])
def test_orthogonal_patterns_rest(N):
    """W section 1.3.2: no cross-talk. With self-connections for every M; with zero diagonal for M < N, and
    at M = N no weight is left."""
    for M in range(1, N + 1):
        s = patterns.orthogonal(M, N)
        with_self, without = (
            binary.Network(learning.hebb(s, self_connections=keep)) for keep in (True, False)
        )
        assert (with_self.field(s) == N * s).all()
        assert (without.field(s) == (N - M) * s).all()
        assert with_self.is_fixed_point(s).all() and without.is_fixed_point(s).all()


@pytest.mark.parametrize("N", [4, 8])
def test_orthogonal_patterns_attract_no_more_near_N(N):
    """At M = N with self-connections W is N times the identity, and every state rests."""
    full = binary.Network(learning.hebb(patterns.orthogonal(N, N), self_connections=True), scale=1 / N)
    assert (full.weights == N * np.eye(N)).all()
    assert len(state_space.fixed_points(full)) == 2**N
    assert len(state_space.fixed_points(binary.Network(learning.hebb(patterns.orthogonal(N, N))))) == 2**N
    one = binary.Network(learning.hebb(patterns.orthogonal(1, N)))
    cues = patterns.flip(np.tile(patterns.orthogonal(1, N), (20, 1)), 1, rng=0)
    assert (one.recall(cues).final == patterns.orthogonal(1, N)).all()


def test_self_connections_stop_the_correction_of_single_units():
    """8 orthogonal units, one of them wrong: its field pulls it back with N - 2M, plus M without
    self-connections. So they stop the correction at M = 4 already, instead of at M = 8."""
    N = 8
    for M in range(1, N + 1):
        s = patterns.orthogonal(M, N)
        for keep in (True, False):
            net = binary.Network(learning.hebb(s, self_connections=keep))
            cue = s[0].copy()
            cue[5] *= -1
            h = net.field(cue)[5] * s[0, 5]
            assert h == N - 2 * M + (0 if keep else M)
            assert (net.update(cue, 5) == s[0]).all() == (h > 0)


def test_random_order_and_random_units_are_different_schedules():
    """A fresh permutation updates every unit once per sweep; single draws leave some out."""
    N = 40
    net = binary.Network(np.zeros((N, N)), bias=np.ones(N))  # every update sets a unit to +1
    swept = net.sweep(-np.ones((50, N), int), "random", rng=0)
    drawn = net.sweep(-np.ones((50, N), int), "random-unit", rng=0)
    assert (swept == 1).all()
    assert 0.25 < (drawn == -1).mean() < 0.5  # (1 - 1/N)^N is about 1/e


def test_update_orders_are_drawn_evenly():
    """Two units that inhibit each other: who is first decides, and each is first half of the time."""
    net = binary.Network([[0, -1], [-1, 0]])
    for schedule in ("random", "random-unit"):
        ends = net.recall(np.ones((2000, 2), int), schedule, rng=0).final
        assert abs((ends[:, 0] == -1).mean() - 0.5) < 0.05


def test_large_networks_recall_what_they_store():
    """200 units, 10 patterns, 20 % of the units wrong."""
    s = patterns.random(10, 200, rng=0)
    net = binary.Network(learning.hebb(s), scale=1 / 200)
    for schedule in ("synchronous", *ASYNCHRONOUS):
        run = net.recall(patterns.flip(s, fraction=0.2, rng=1), schedule, rng=seed(schedule), record=True)
        assert (run.final == s).all()
