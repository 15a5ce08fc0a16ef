"""Networks at a temperature: the textbook loop, exact sums over all states, detailed balance, lesions."""

from __future__ import annotations

import copy
import pickle
from itertools import permutations, product
from math import exp, fsum

import numpy as np
import pytest
from small_networks import integer_network

from hopfield_edu import _glauber, binary, learning, patterns, state_space, thermal
from hopfield_edu._types import SCHEDULES


def textbook(net, y, heat, schedule, ties, stream):
    """One unit after the other, each with a uniform chance of its own; plain Python."""
    y, N = [int(v) for v in y], net.N
    W, b = net.weights.tolist(), net.bias.tolist()
    coins = stream.spawn(1)[0] if schedule.startswith("random") else stream
    states, flips = [list(y)], 0
    for T in heat:
        order = range(N)
        if schedule == "random":
            order = stream.permutation(N).tolist()
        elif schedule == "random-unit":
            order = stream.integers(N, size=N).tolist()
        draws = [0.0] * N if T == 0 and ties == "keep" else coins.logistic(size=N).tolist()
        old = list(y)
        for i, log_odds in zip(order, draws, strict=True):
            seen = old if schedule == "synchronous" else y
            h = net.scale * (sum(w * v for w, v in zip(W[i], seen, strict=True)) + b[i])
            bar = T / 2 * log_odds
            new = (1 if h > bar else -1) if h != bar or T else y[i]
            if h == 0 == T and ties == "coin":
                new = 1 if log_odds < 0 else -1
            if new != y[i]:
                y[i], flips = new, flips + 1
                if schedule != "synchronous":
                    states.append(list(y))
        if schedule == "synchronous" and y != old:
            states.append(list(y))
    return states, flips


@pytest.mark.parametrize("schedule", [*SCHEDULES, "random, in stretches"])
def test_every_schedule_is_the_textbook_loop(schedule, monkeypatch):
    if schedule.endswith("stretches"):  # as many rows are run, several at a time
        for name, value in {"MANY": 1, "STRETCH": 3, "TOGETHER": 2}.items():
            monkeypatch.setattr(_glauber, name, value)
        schedule = "random"
    rng, ties_met = np.random.default_rng(5), 0
    for case in range(30):
        N, B = int(rng.integers(1, 7)), int(rng.choice([1, 3, 9]))
        W, b = integer_network(rng, N, symmetric=case % 2 == 0, with_bias=case % 3 == 0)
        net = thermal.Network(W, b, scale=[1, 1 / N, 0.5][case % 3])
        cues, seed = patterns.random(B, N, rng), int(rng.integers(2**32))
        heat = rng.choice([0, 0, 0.3, 2.0], size=6) if case % 2 else np.zeros(6)
        ties = ["coin", "keep"][case // 2 % 2]
        run = net.recall(cues, heat, schedule, ties=ties, rng=seed, record=True)
        ties_met += (net.field(cues) == 0).sum()
        for row, cue, stream in zip(run, cues, np.random.default_rng(seed).spawn(B), strict=True):
            states, flips = textbook(net, cue, heat, schedule, ties, stream)
            assert row.states.tolist() == states and row.flips == flips
            assert np.allclose(row.energies, net.energy(row.states))
    assert ties_met > 20


def test_many_rows_in_random_order_make_every_flip_of_single_ones():
    N, B = 150, 2**15 // 150 + 60  # more rows than are handled together
    rng = np.random.default_rng(3)
    W = rng.integers(-9, 10, (N, N))  # neither symmetric nor without self-connections
    net, cues = thermal.Network(W, rng.integers(-20, 21, N), scale=1 / N), patterns.random(B, N, rng)
    many = net.recall(cues, [0.9, 0.2, 0], "random", rng=4, record=True)
    assert many.final.size > _glauber.MANY and B > _glauber.TOGETHER
    streams = np.random.default_rng(4).spawn(B)
    for row in (0, 1, 255, 256, B - 1):
        states, flips = textbook(net, cues[row], [0.9, 0.2, 0], "random", "coin", streams[row])
        assert many[row].states.tolist() == states and many[row].flips == flips


def test_a_row_does_not_depend_on_the_others():
    net = thermal.Network(learning.hebb(patterns.random(4, 30, 0)), scale=1 / 30)
    cues = patterns.random(12, 30, 1)
    for schedule in SCHEDULES:
        whole = net.recall(cues, 0.7, schedule, sweeps=8, rng=2).final
        assert (whole[:3] == net.recall(cues[:3], 0.7, schedule, sweeps=8, rng=2).final).all()
        assert (whole[0] == net.recall(cues[0], 0.7, schedule, sweeps=8, rng=2).final).all()
        assert (whole != net.recall(cues, 0.7, schedule, sweeps=8, rng=3).final).any()
    order = np.arange(30)[::-1]
    backwards = net.recall(cues, 0.7, order=order, sweeps=8, rng=2)
    turned = thermal.Network(net.weights[::-1, ::-1], scale=1 / 30)
    assert (backwards.final == turned.recall(cues[:, ::-1], 0.7, sweeps=8, rng=2).final[:, ::-1]).all()


def test_at_zero_with_ties_kept_it_is_the_binary_network():
    rng = np.random.default_rng(0)
    for case in range(24):
        W, b = integer_network(rng, 9, symmetric=case % 2 == 0, with_bias=True)
        net, cues = thermal.Network(W, b), patterns.random(10, 9, rng)
        for schedule in SCHEDULES:
            mine = net.recall(cues, 0, schedule, sweeps=7, ties="keep", rng=case, record=True)
            cold = net.cold.recall(cues, schedule, max_sweeps=7, rng=case, record=True)
            for b_, row in enumerate(mine):
                if cold.outcome[b_] != "cycle":  # where the binary network stops
                    assert (row.final == cold.final[b_]).all() and row.outcome == cold.outcome[b_]
                    assert (row.states == cold[b_].states).all() and (row.times == cold[b_].times).all()
                    assert row.sweeps == cold.sweeps[b_] or row.outcome == "step limit"


def test_at_zero_a_tie_is_a_coin_as_at_low_temperatures():
    triangle = thermal.Network([[0, 1, -1], [1, 0, 1], [-1, 1, 0]])
    start = np.ones((4000, 3), int)
    for T in (0, 0.01):
        once = triangle.recall(start, T, sweeps=1, rng=1).final
        shares = [np.mean(once[:, i] == 1) for i in range(3)]
        # unit 1 has no field: a coin. Then units 2 and 3 follow, or have no field themselves
        assert np.allclose(shares, [1 / 2, 3 / 4, 5 / 8], atol=0.04)
    run = triangle.recall(start[0], 0, sweeps=50, rng=1, record=True)
    assert run.outcome == "step limit" and np.unique(run.states, axis=0).shape == (6, 3)
    assert set(run.energies) == {-1.0}  # it wanders, but never uphill
    kept = triangle.recall(start[0], 0, sweeps=50, ties="keep", rng=1)
    assert kept.converged and kept.flips == 0


def naive_boltzmann(W, b, scale, T):
    """All states by hand, unit 1 changing fastest."""
    weight = {}
    for turned in product([-1, 1], repeat=len(b)):
        y = turned[::-1]
        pairs = sum(W[i][j] * y[i] * y[j] for i in range(len(b)) for j in range(len(b)))
        E = scale * (-pairs / 2 - sum(b_ * v for b_, v in zip(b, y, strict=True)))
        weight[y] = exp(-E / T)
    Z = fsum(weight.values())
    return [value / Z for value in weight.values()]


def test_the_boltzmann_distribution_is_the_sum_over_all_states():
    rng = np.random.default_rng(1)
    for N in range(1, 7):
        W, b = integer_network(rng, N, symmetric=True, with_bias=True)
        for T in (0.4, 3.0):
            p = thermal.boltzmann(thermal.Network(W, b, scale=0.3), T)
            assert np.allclose(p, naive_boltzmann(W.tolist(), b.tolist(), 0.3, T), rtol=1e-12)
        assert (p == thermal.boltzmann(binary.Network(W, b, scale=0.3), 3.0)).all()
        cold, E = thermal.boltzmann(binary.Network(W, b), 0), state_space.energies(binary.Network(W, b))
        assert np.allclose(cold, (E.min() == E) / (E.min() == E).sum())
        assert np.allclose(cold, thermal.boltzmann(binary.Network(W, b), 0.01))
    huge = thermal.boltzmann(binary.Network([[0, 1e300], [1e300, 0]]), 1e-300)
    assert huge.tolist() == [0.5, 0, 0, 0.5]


def test_chances_of_units_and_of_states():
    rng = np.random.default_rng(2)
    W, b = integer_network(rng, 3, symmetric=False, with_bias=True)
    net = thermal.Network(W, b, scale=0.5)
    states = state_space.all_states(3)
    chance = np.array([[1 / (1 + exp(-2 * 0.5 * (W[i] @ y + b[i]) / 1.5)) for i in range(3)] for y in states])
    assert np.allclose(net.chance(states, 1.5), chance)
    assert net.chance(states, 1e-320).tolist() == net.chance(states, 0).tolist()

    def step(a, c, units):  # all of `units` at once, from the old state
        odds = [chance[a, i] if states[c, i] > 0 else 1 - chance[a, i] for i in units]
        same = all(states[a, i] == states[c, i] for i in range(3) if i not in units)
        return np.prod(odds) if same else 0.0

    def table(units):
        return np.array([[step(a, c, units) for c in range(8)] for a in range(8)])

    ones = [table([i]) for i in range(3)]
    orders = [ones[i] @ ones[j] @ ones[k] for i, j, k in permutations(range(3))]
    expected = {
        "synchronous": table([0, 1, 2]),
        "ordered": ones[0] @ ones[1] @ ones[2],
        "random": np.mean(orders, axis=0),
        "random-unit": np.mean(ones, axis=0),
    }
    for schedule, P in expected.items():
        assert np.allclose(thermal.transitions(net, 1.5, schedule), P), schedule


def test_single_updates_leave_boltzmann_alone_and_synchronous_ones_do_not():
    rng = np.random.default_rng(3)
    for N in (2, 4, 5):
        W, b = integer_network(rng, N, symmetric=True, with_bias=True)
        np.fill_diagonal(W, 0)
        net = thermal.Network(W, b, scale=0.5)
        p = thermal.boltzmann(net, 1.3)
        flow = p[:, None] * thermal.transitions(net, 1.3)
        assert np.allclose(flow, flow.T)  # detailed balance
        for schedule in ("ordered", "random"):
            assert np.allclose(p @ thermal.transitions(net, 1.3, schedule), p)
        P = thermal.transitions(net, 1.3, "synchronous")
        assert abs(p @ P - p).max() > 1e-3
        states = state_space.all_states(N)  # its own distribution: Peretto 1984
        h = net.field(states)
        q = np.exp(states @ (0.5 * b) / 1.3) * np.prod(2 * np.cosh(h / 1.3), axis=1)
        assert np.allclose(q / q.sum() @ P, q / q.sum())
    W = W + np.diag([2] * N)  # a self-connection spoils it
    own = thermal.Network(W, b, scale=0.5)
    assert abs(p @ thermal.transitions(own, 1.3) - p).max() > 1e-3


def test_samples_are_as_good_as_independent_draws():
    W, _ = integer_network(np.random.default_rng(4), 6, symmetric=True, with_bias=False)
    np.fill_diagonal(W, 0)
    net, rng = thermal.Network(W, scale=0.5), np.random.default_rng(0)
    p, R = thermal.boltzmann(net, 3.0), 1000
    draws = (state_space.decode(rng.choice(p.size, R, p=p), 6) for _ in range(40))
    drawn = [thermal.distance(states, p) for states in draws]
    assert np.mean(drawn) == pytest.approx(np.sqrt(p * (1 - p) / (2 * np.pi * R)).sum(), rel=0.1)
    for schedule in ("ordered", "random", "random-unit"):
        run = net.recall(patterns.random(R, 6, rng), 3.0, schedule, sweeps=30, rng=rng)
        assert thermal.distance(run.final, p) < np.mean(drawn) + 4 * np.std(drawn)
    run = net.recall(patterns.random(R, 6, rng), 3.0, "synchronous", sweeps=30, rng=rng)
    assert thermal.distance(run.final, p) > np.mean(drawn) + 6 * np.std(drawn)
    pooled = net.sample(patterns.random(50, 6, 0), 3.0, rng=1, sweeps=200, burn=40, every=2)
    assert pooled.shape == (100, 50, 6)
    assert thermal.distance(pooled.reshape(-1, 6), p) < np.mean(drawn)
    # kept states are those of one run
    kept = net.sample(np.ones(6, int), 1.5, rng=1, sweeps=3, every=3)
    assert (kept[0] == net.recall(np.ones(6, int), 1.5, sweeps=3, rng=1).final).all()


def test_one_memory_follows_the_mean_field():
    N, means = 2000, []
    for T, expected in ((0.5, 0.9575), (0.7, 0.8286)):  # solutions of m = tanh(m / T)
        assert abs(np.tanh(expected / T) - expected) < 1e-4
        s = patterns.random(1, N, 1)
        net = thermal.Network(learning.hebb(s), scale=1 / N)
        end = net.recall(np.repeat(s, 8, axis=0), T, sweeps=20, rng=2).final
        means.append(abs(patterns.overlap(end, s[0]).mean() - expected))
    assert max(means) < 0.02


def test_slow_cooling_beats_descent_on_a_glass():
    rng = np.random.default_rng(6)
    A = np.triu(rng.choice([-1, 1], (50, 50)), 1)
    net, starts = thermal.Network(A + A.T), patterns.random(60, 50, rng)
    descent = net.recall(starts, 0, sweeps=100, ties="keep", rng=0)
    cooled = net.recall(starts, np.append(thermal.anneal(7, 0.7, 100), [0] * 20), rng=0)
    assert descent.converged.all()
    low = net.energy(cooled.final).min()
    assert np.mean(net.energy(cooled.final) == low) > 2 * np.mean(net.energy(descent.final) == low)
    assert net.energy(cooled.final).mean() < net.energy(descent.final).mean()


def lowest_pass(E, a, b):
    """The smallest height, above a, of the top of any way from a to b through all states: by Prim's tree."""
    reached, top = {a}, E[a]
    border = {a ^ 1 << i for i in range(len(E).bit_length() - 1)}
    while b not in reached:
        c = min(border - reached, key=lambda code: E[code])
        top = max(top, E[c])
        reached.add(c)
        border |= {c ^ 1 << i for i in range(len(E).bit_length() - 1)}
    return top - E[a]


def test_a_barrier_is_no_lower_than_the_lowest_pass():
    rng, met = np.random.default_rng(8), 0
    for case in range(30):
        W, b = integer_network(rng, 6, symmetric=True, with_bias=case % 2 == 0)
        net = thermal.Network(W, b, scale=0.5)
        E, (start, end) = state_space.energies(net.cold), patterns.random(2, 6, rng)
        codes = state_space.encode([start, end])
        exact = lowest_pass(E, *map(int, codes))
        found = thermal.barrier(net, start, end)
        assert found >= max(exact, 0) - 1e-9 and found >= E[codes[1]] - E[codes[0]] - 1e-9
        met += found == pytest.approx(exact)
    assert met > 15  # and often it is just that
    assert thermal.barrier(net, start, start) == 0


def test_lesions_cut_as_many_as_they_say():
    rng = np.random.default_rng(7)
    W = rng.integers(1, 5, (20, 20))
    W = W + W.T
    pairs = 20 * 19 / 2
    for share in (0, 0.25, 0.5, 1):
        cut = thermal.lesion(W, share, 1)
        assert (cut == cut.T).all() and set(np.unique(cut[cut != W])) <= {0}
        assert (cut[np.triu_indices(20, 1)] == 0).sum() == round(share * pairs)
        assert (np.diagonal(cut) == np.diagonal(W)).all()
        one_way = thermal.lesion(W, share, 1, one_way=True)
        assert (one_way == 0).sum() == round(share * 2 * pairs)
        units = thermal.lesion(W, share, 1, of="units")
        dead = (units == 0).all(axis=1)
        assert dead.sum() == round(share * 20) and (units[:, dead] == 0).all()
        assert (units[np.ix_(~dead, ~dead)] == W[np.ix_(~dead, ~dead)]).all()
    assert not binary.Network(thermal.lesion(W, 0.5, 1, one_way=True)).is_symmetric
    assert (thermal.lesion(W, 0.5, 1) == thermal.lesion(W, 0.5, 1)).all()
    s = patterns.random(5, 100, 2)
    half = thermal.lesion(learning.hebb(s), 0.5, 3)
    end = binary.Network(half).recall(patterns.flip(s, fraction=0.1, rng=4)).final
    assert np.diagonal(patterns.overlap(end, s)).mean() > 0.95


def test_cooling_falls_from_the_first_to_the_last():
    for shape in ("geometric", "linear"):
        T = thermal.anneal(8, 0.5, 9, shape=shape)
        assert T[[0, -1]] == pytest.approx([8, 0.5]) and (np.diff(T) < 0).all()
        step = np.diff(T) if shape == "linear" else T[1:] / T[:-1]
        assert np.allclose(step, step[0])
    assert thermal.anneal(1, 0, 5, shape="linear")[-1] == 0


def test_a_thermal_network_is_fixed_and_travels():
    net = thermal.Network([[0, 2], [2, 0]], [1, 0], scale=0.5)
    for other in (net, copy.copy(net), copy.deepcopy(net), pickle.loads(pickle.dumps(net))):
        assert repr(other) == repr(net) == "thermal Network of 2 units, symmetric weights"
        for name in ("cold", "weights", "bias", "scale", "N", "is_symmetric"):
            with pytest.raises(AttributeError, match=name):
                setattr(other, name, 1)
        with pytest.raises(ValueError, match="read-only"):
            other.weights[0] = 7
        run = other.recall([[1, -1], [1, 1]], 1.0, sweeps=9, rng=3, record=True)
        assert (pickle.loads(pickle.dumps(run))[0].states == run[0].states).all()
    assert net.update([1, -1], 1, 0, rng=0).tolist() == [1, 1]


WRONG = [
    (lambda n: n.recall([1, 1], -1, sweeps=3, rng=0), "temperature is -1"),
    (lambda n: n.recall([1, 1], 1.0, rng=0), "sweeps is missing"),
    (lambda n: n.recall([1, 1], [1.0, -2], rng=0), "temperature contains -2"),
    (lambda n: n.recall([1, 1], [[1.0]], rng=0), r"temperature has shape \(1, 1\)"),
    (lambda n: n.recall([1, 1], [1.0, 2], sweeps=3, rng=0), "sweeps is 3"),
    (lambda n: n.recall([1, 1], 1.0, sweeps=3), "rng"),
    (lambda n: n.recall([1, 1], 1.0, sweeps=0, rng=0), "sweeps is 0"),
    (lambda n: n.recall([1, 1], 1.0, sweeps=3, rng=0, ties=1), "ties is 1"),
    (lambda n: n.recall([1, 1], 1.0, "async", sweeps=3, rng=0), "schedule"),
    (lambda n: n.recall([0, 1], 1.0, sweeps=3, rng=0), "state holds 0/1"),
    (lambda n: n.sample([1, 1], 1.0, sweeps=3, every=0, rng=0), "every is 0"),
    (lambda n: n.chance([1, 1], float("nan")), "temperature is nan"),
    (lambda n: thermal.boltzmann(np.eye(2), 1), "net is an array"),
    (lambda n: thermal.boltzmann(thermal.Network([[0, 1], [2, 0]]), 1), "net has weights that are not sym"),
    (lambda n: thermal.transitions(thermal.Network(np.zeros((11, 11))), 1), "N = 11"),
    (lambda n: thermal.transitions(thermal.Network(np.zeros((8, 8))), 1, "random"), "at most 7"),
    (lambda n: thermal.distance([[1, 1]], [0.5, 0.5]), "p has shape"),
    (lambda n: thermal.distance([[1, 1]], [1, 1, 0, 0]), "p adds up to 2"),
    (lambda n: thermal.barrier(n, [1, 1], [1, 0]), "end holds 0/1"),
    (lambda n: thermal.barrier(thermal.Network([[0, 1], [2, 0]]), [1, 1], [1, -1]), "net has weights"),
    (lambda n: thermal.anneal(1, 2, 5), "low is 2"),
    (lambda n: thermal.anneal(1, 0, 5), "low is 0"),
    (lambda n: thermal.lesion(np.eye(3), 1.5, 0), "share is 1.5"),
    (lambda n: thermal.lesion(np.eye(3), 0.5, 0, of="units", one_way=True), "one_way"),
    (lambda n: thermal.lesion(np.eye(3), 0.5, 0, of="cells"), "of is 'cells'"),
]


def test_wrong_arguments_are_named():
    net = thermal.Network([[0, 1], [1, 0]])
    for call, message in WRONG:
        with pytest.raises((ValueError, TypeError), match=message):
            call(net)
