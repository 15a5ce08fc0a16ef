"""The whole state space of small networks, against naive enumeration in plain Python."""

from __future__ import annotations

from itertools import combinations, permutations, product

import numpy as np
import pytest
import reference
from hypothesis import given
from hypothesis import strategies as st
from small_networks import STORED, TIES, network, recalls

from hopfield_edu import binary, learning, patterns, state_space


def naive_state(code, N):
    return [1 if code >> i & 1 else -1 for i in range(N)]


def naive_code(y):
    return sum(1 << i for i, v in enumerate(y) if v == 1)


def naive_successor(truth, code, units):
    """Update the units one after the other."""
    y = naive_state(code, truth.N)
    for i in units:
        y[i] = truth.value(y, i)
    return naive_code(y)


def reachable(edges, start):
    found, waiting = {start}, [start]
    while waiting:
        for code in edges[waiting.pop()]:
            if code not in found:
                found.add(code), waiting.append(code)
    return found


def as_lists(arrays):
    return [array.tolist() for array in arrays]


@pytest.mark.parametrize("N", range(1, 7))
def test_states_and_codes(N):
    states = state_space.all_states(N)
    assert states.tolist() == [naive_state(code, N) for code in range(2**N)]
    assert state_space.encode(states).tolist() == list(range(2**N))
    for code, state in enumerate(states):
        assert state_space.encode(state) == code
        assert state_space.decode(code, N).tolist() == state.tolist()
        assert state_space.label(code, N) == patterns.label(state)
    labels = state_space.label(np.arange(2**N, dtype=np.uint64), N)
    assert labels == [patterns.label(state) for state in states]


@given(recalls(), st.sampled_from(TIES), st.sampled_from(STORED))
def test_tables_and_maps(case, ties, stored):
    W, b, _ = case
    net, factor = network(W, b, stored)
    truth, N = reference.Network(W, b, ties), len(W)
    codes = range(2**N)
    table = state_space.successors(net, ties)
    assert table.tolist() == [[naive_successor(truth, c, [i]) for i in range(N)] for c in codes]
    at_once = [[truth.value(naive_state(c, N), i) for i in range(N)] for c in codes]
    assert state_space.synchronous_map(net, ties).tolist() == [naive_code(y) for y in at_once]
    backwards = list(range(N))[::-1]
    ordered = [naive_successor(truth, c, range(N)) for c in codes]
    assert state_space.ordered_map(net, ties=ties).tolist() == ordered
    other = [naive_successor(truth, c, backwards) for c in codes]
    assert state_space.ordered_map(net, backwards, ties).tolist() == other
    rest = [c for c in codes if truth.is_fixed(naive_state(c, N))]
    assert state_space.fixed_points(net, ties).tolist() == rest
    energies = [factor(truth.twice_energy(naive_state(c, N)) / 2) for c in codes]
    assert state_space.energies(net).tolist() == energies
    assert state_space.energies(net).tolist() == net.energy(state_space.all_states(N)).tolist()


@given(recalls(), st.sampled_from(TIES))
def test_recurrent_classes(case, ties):
    W, b, _ = case
    table = state_space.successors(binary.Network(W, b), ties)
    found = [reachable(table.tolist(), c) for c in range(len(table))]
    closed = {frozenset(r) for r in found if all(found[c] == r for c in r)}
    classes = as_lists(state_space.recurrent_classes(table))
    assert classes == sorted(map(sorted, closed))


@given(st.integers(1, 20).flatmap(lambda K: st.lists(st.integers(0, K - 1), min_size=K, max_size=K)))
def test_cycles_basins_and_transients_of_any_map(step):
    cycles = as_lists(state_space.cycles(step))
    assert [cycle[0] for cycle in cycles] == sorted(min(cycle) for cycle in cycles)
    basins, transients = state_space.basins(step), state_space.transients(step)
    for code in range(len(step)):
        path = [code]
        while (following := step[path[-1]]) not in path:
            path.append(following)
        tail = path.index(following)
        cycle = path[tail:]
        first = cycle.index(min(cycle))
        assert cycles[basins[code]] == cycle[first:] + cycle[:first]
        assert transients[code] == tail
    assert sorted(set(basins.tolist())) == list(range(len(cycles)))


@pytest.mark.parametrize("schedule", ["synchronous", "ordered"])
@given(recalls(), st.sampled_from(TIES))
def test_recall_and_map_tell_the_same_cycles(schedule, case, ties):
    """Brent's way, along one course, and the map of all states."""
    W, b, _ = case
    net = binary.Network(W, b)
    find = state_space.synchronous_map if schedule == "synchronous" else state_space.ordered_map
    step = find(net, ties=ties)
    cycles, basins = state_space.cycles(step), state_space.basins(step)
    run = net.recall(state_space.all_states(net.N), schedule, ties=ties)
    assert run.cycle_length.tolist() == [len(cycles[k]) for k in basins]
    assert all(code in cycles[k] for code, k in zip(state_space.encode(run.final), basins, strict=True))
    settled = run.converged
    assert (run.sweeps[settled] == state_space.transients(step)[settled]).all()


@given(recalls(), st.sampled_from(TIES))
def test_chances_of_random_updates(case, ties):
    """They solve P_c = mean over the units of P, with P = 1 or 0 where nothing is open."""
    W, b, _ = case
    table = state_space.successors(binary.Network(W, b), ties)
    P, classes = state_space.chances(table), state_space.recurrent_classes(table)
    assert P.shape == (len(table), len(classes)) and (P >= 0).all()
    assert np.allclose(P, P[table].mean(axis=1), atol=1e-12) and np.allclose(P.sum(axis=1), 1)
    for k, codes in enumerate(classes):
        assert (P[codes] == np.eye(len(classes))[k]).all()
    edges = table.tolist()
    for code in range(len(table)):
        reached = reachable(edges, code)
        assert [p > 1e-12 for p in P[code]] == [int(codes[0]) in reached for codes in classes]


@pytest.mark.parametrize("seed", range(3))
def test_few_states_are_walked_and_many_left_to_scipy(seed, monkeypatch):
    rng = np.random.default_rng(seed)
    W = rng.integers(-2, 3, (7, 7)) * (rng.random((7, 7)) < 0.3)
    for weights in (np.triu(W, 1) - np.triu(W, 1).T, np.triu(W, 1) + np.tril(W, -1), np.diag([3] * 7)):
        table = state_space.successors(binary.Network(weights))
        walked, solved = state_space.recurrent_classes(table), state_space.chances(table)
        with monkeypatch.context() as patch:
            patch.setattr(state_space, "PLAIN", 0)
            assert as_lists(state_space.recurrent_classes(table)) == as_lists(walked)
            assert state_space.chances(table) == pytest.approx(solved, abs=1e-12)


def test_chances_by_hand():
    """Three states in a row between two ends: from the n-th, n quarters end at the upper end."""
    line = [[0, 0], [0, 2], [1, 3], [2, 4], [4, 4], [5, 5], [6, 6], [7, 7]]
    assert np.allclose(state_space.chances(line)[:5, :2], [[1 - n / 4, n / 4] for n in range(5)])


def test_every_order_of_three_units():
    W, b = np.array([[1, -2, 1], [0, -1, 2], [2, 1, 0]]), [0, 1, -1]
    net, truth = binary.Network(W, b), reference.Network(W, b, "keep")
    for order in permutations(range(3)):
        expected = [naive_successor(truth, c, order) for c in range(8)]
        assert state_space.ordered_map(net, order).tolist() == expected


def test_as_many_units_as_are_allowed():
    N = state_space.MAX_UNITS
    s = patterns.random(2, N, rng=0)
    net = binary.Network(learning.hebb(s))
    fixed = state_space.fixed_points(net)
    assert set(state_space.encode(np.concatenate([s, -s]))) <= set(fixed.tolist())
    assert net.is_fixed_point(state_space.decode(fixed, N)).all()
    sample = np.random.default_rng(0).integers(0, 2**N, 200)
    states = state_space.decode(sample, N)
    assert (state_space.energies(net)[sample] == net.energy(states)).all()
    swept = net.recall(states, max_sweeps=1).final
    assert (state_space.ordered_map(net)[sample] == state_space.encode(swept)).all()


def test_a_network_without_a_weight_matrix():
    s = patterns.random(3, 6, rng=1)
    for self_connections in (False, True):
        implicit = binary.PatternNetwork(s, self_connections=self_connections)
        explicit = binary.Network(learning.hebb(s, self_connections=self_connections), scale=1 / 6)
        assert (state_space.successors(implicit) == state_space.successors(explicit)).all()
        assert (state_space.energies(implicit) == state_space.energies(explicit)).all()


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: state_space.all_states(10**30), "N: 10+ units have"),
        (
            lambda: state_space.successors(binary.Network(np.zeros((21, 21)))),
            "net: 21 units have 2.21 states",
        ),
        (lambda: state_space.encode(np.ones(25, int)), "state: 25 units"),
        (
            lambda: state_space.decode(np.zeros((2, 2), int), 3),
            r"code has shape \(2, 2\); one code or \(B,\)",
        ),
        (
            lambda: state_space.decode(np.broadcast_to(0, 10**8), 20),
            "code = an array of shape .* the limit is",
        ),
        (
            lambda: state_space.cycles(np.broadcast_to(0, 10**8)),
            "next_state = an array of shape .* the limit is",
        ),
        (lambda: state_space.recurrent_classes(np.broadcast_to(0, (10**5, 10**3))), "successors = an array"),
        (lambda: state_space.chances(np.r_[0, np.arange(20_000)][:, None]), "at most 8192 equations"),
    ],
)
def test_what_is_too_large_is_refused_at_once_under_its_name(call, words):
    with pytest.raises(ValueError, match=words):
        call()


# ------------------------------------------------------------------ what a state is made of


def naive_kind(state, patterns, most=7):
    """By trying all odd sets of signed patterns, the smallest and then the first of them."""
    numbers = range(1, len(patterns) + 1)
    for size in range(1, min(most, len(patterns)) + 1, 2):
        for chosen in combinations(numbers, size):
            for signs in product((1, -1), repeat=size):
                of = tuple(sign * k for sign, k in zip(signs, chosen, strict=True))
                sums = [sum(sign * patterns[k - 1][i] for sign, k in zip(signs, chosen, strict=True))
                        for i in range(len(state))]  # fmt: skip
                if all(y * total > 0 for y, total in zip(state, sums, strict=True)):
                    names = {1: "stored" if of[0] > 0 else "inverse"}
                    return names.get(size, "mixture"), of
    return "other", ()


def test_classify_by_trying_everything():
    for M, N, overlap in [(1, 4, 0), (2, 5, 0), (3, 5, 0), (4, 6, 0.3), (5, 5, 0), (7, 4, 0)]:
        s = patterns.correlated(M, N, overlap, rng=M)
        every = state_space.all_states(N)
        kinds = state_space.classify(every, s)
        assert [tuple(kind) for kind in kinds] == [naive_kind(y, s.tolist()) for y in every.tolist()]
        assert state_space.classify(every[3], s) == kinds[3]


@pytest.mark.slow
def test_classify_larger_sets_by_trying_everything():
    for seed in range(12):
        s = patterns.random(7, 7, rng=seed)
        every = state_space.all_states(7)[::3]
        for most in (1, 3, 5, 7):
            found = [tuple(kind) for kind in state_space.classify(every, s, most=most)]
            assert found == [naive_kind(y, s.tolist(), most) for y in every.tolist()]


def test_classify_many_units():
    s = patterns.random(30, 200, rng=0)
    of = [(4,), (-9,), (4, 8, -21), (-2, 3, 11, 12, 30), (4, 8, 21, 22, 23, 26, 30)]
    made = np.array([np.sign(sum(np.sign(k) * s[abs(k) - 1] for k in chosen)) for chosen in of])
    kinds = state_space.classify(made, s)
    assert [kind.of for kind in kinds] == of
    assert [kind.name for kind in kinds] == ["stored", "inverse", "mixture", "mixture", "mixture"]
    made[2, 0] *= -1  # exact: one unit is enough to be another state
    assert state_space.classify(made[2], s) == state_space.Kind("other", ())


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: state_space.classify([1, -1, 1], [[1, -1]]), ValueError, "states has 3 units"),
        (lambda: state_space.classify([1, 0], [[1, -1]]), ValueError, "states holds 0/1"),
        (lambda: state_space.classify([1, -1], [1, -1]), ValueError, "patterns has shape"),
        (lambda: state_space.classify([1, -1], [[1, -1]], most=8), ValueError, "most is 8"),
        (lambda: state_space.classify([1, 1], [[1, 1]], most=True), TypeError, "most is True"),
        (
            lambda: state_space.classify(patterns.random(1, 99, 1), patterns.random(200, 99, 0)),
            ValueError,
            "patterns: among 200 there are too many mixtures of 5; give a smaller most",
        ),
    ],
)
def test_bad_input_to_classify(call, error, words):
    with pytest.raises(error, match=words):
        call()
