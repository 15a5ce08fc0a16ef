"""What all models share: they are read-only, travel by pickle, and refuse what nobody could want."""

from __future__ import annotations

import copy
import multiprocessing
import pickle
import sys
import tracemalloc
from concurrent.futures import ProcessPoolExecutor
from types import SimpleNamespace

import numpy as np
import pytest

import hopfield_edu
from hopfield_edu import (
    bidirectional,
    binary,
    dale,
    dense,
    friends,
    graded,
    layered,
    learning,
    modern,
    patterns,
    plots,
    zero_one,
)
from hopfield_edu.trajectory import Trajectory

S = patterns.random(3, 12, rng=0)
REAL = np.random.default_rng(0).normal(size=(3, 12))
W = learning.hebb(S)
PROJECTION = S.T @ np.linalg.inv(S @ S.T) @ S
GRADED = graded.Network([[0, -1], [-1, 0]], [0.1, 0], graded.tanh(3))


def gain(x):
    """A gain of one's own, which a module defines."""
    return np.arctan(2 * x)


def inhibit(u):
    return -2 * np.maximum(u - 0.5, 0)


def inhibited(u):
    return -(np.maximum(u - 0.5, 0) ** 2)


def interaction(x):
    return np.maximum(x, 0) ** 3 + x


def lazy(h, y):
    """An update rule: only a strong field turns a unit."""
    return y if abs(h) < 3 else np.sign(h)


MODELS = {
    "binary": (binary.Network(W, scale=1 / 12), S),
    "binary, asymmetric": (binary.Network(np.triu(W, -1), np.ones(12)), S),
    "binary, no whole numbers": (binary.Network(PROJECTION), S),
    "binary, patterns": (binary.PatternNetwork(S), S),
    "0/1": (zero_one.Network(W, np.ones(12)), (S + 1) // 2),
    "dense, power": (dense.Network(S, dense.power(3)), S),
    "dense, rectified": (dense.Network(S, dense.rectified(4)), S),
    "dense, exponential": (dense.Network(S, dense.exponential(0.5)), S),
    "dense, own": (dense.Network(S, interaction), S),
    "modern": (modern.Network(REAL, 2.0), REAL),
    "graded, tanh": (GRADED, REAL[:, :2]),
    "graded, logistic": (graded.Network([[0, -1], [-1, 0]], gain=graded.logistic(2)), REAL[:, :2]),
    "graded, own": (graded.Network([[0, -1], [-1, 0]], gain=graded.custom(gain)), REAL[:, :2]),
    "graded, scaled": (graded.Scaled([[0, -1], [-1, 0]], [1, 2], [2, 1]), REAL[:, :2]),
    "graded, fast unit": (graded.WithFastUnit(GRADED, [1, 1], inhibit, inhibited), REAL[:, :2]),
    "graded, slow unit": (graded.WithFastUnit(GRADED, [1, 1], inhibit, inhibited, 0.5), REAL[:, :3]),
    "bidirectional": (bidirectional.Network(S, S[:, :5]), S),
    "friends": (friends.Network((S + 1) // 2, values=3), (S + 1) // 2),
    "dale": (dale.Network((S + 1) // 2, 0.7), (S + 1) // 2),
    "layered": (layered.Network(REAL[:, :4]), REAL[:, :7]),
    "layered, dense": (layered.Network(REAL[:, :4], layered.tanh(2), layered.power(3)), REAL[:, :7]),
    "layered, sphere": (layered.Network(REAL[:, :4], layered.spherical(), layered.softmax(2)), REAL[:, :7]),
    "layered, units": (
        layered.Units([layered.tanh(), layered.divisive()], [1, 2], -np.ones((3, 3)), [1, 3, 3]),
        REAL[:, :3],
    ),
    "layered, graph": (
        layered.Graph([layered.tanh(), layered.softmax()], [4, 3], {(1, 0): REAL[:, :4]}),
        REAL[:, :7],
    ),
}
each_model = pytest.mark.parametrize("name", MODELS)


def ways(net):
    """Copies of a model, by all the ways that Python has."""
    return [copy.copy(net), copy.deepcopy(net), pickle.loads(pickle.dumps(net))]


def assert_same(run, other):
    assert repr(run) == repr(other) and (run.final == other.final).all()
    assert (run.initial == other.initial).all()
    for b in range(len(run)):
        assert (run[b].states == other[b].states).all() and (run[b].energies == other[b].energies).all()
        assert (run[b].times == other[b].times).all()
        assert all((x == y).all() for x, y in zip(run[b].units, other[b].units, strict=True))


@each_model
def test_a_copy_recalls_the_same(name):
    net, cues = MODELS[name]
    run = net.recall(cues, record=True)
    for other in ways(net):
        assert type(other) is type(net) and repr(other) == repr(net) and "0x" not in repr(net)
        assert_same(run, other.recall(cues, record=True))


@each_model
def test_arrays_stay_read_only_and_attributes_stay(name):
    net, cues = MODELS[name]
    net.recall(cues)
    for other in [net, *ways(net)]:
        public = [attribute for attribute in vars(other) if not attribute.startswith("_")]
        arrays = {
            a
            for a in ("weights", "taus", "bias", "patterns", "inputs", "lam", "mu", "A", "people")
            if hasattr(net, a)
        }
        if name.startswith(("layered", "dale")) and name != "layered, units":
            arrays.discard("weights")  # made anew whenever it is asked for
        for attribute in arrays:
            with pytest.raises(ValueError, match="read-only"):
                getattr(other, attribute)[0] = 7
        for attribute in {*public, *arrays}:
            before = getattr(other, attribute)
            with pytest.raises(AttributeError, match=attribute):
                setattr(other, attribute, before)
            with pytest.raises(AttributeError, match=attribute):
                delattr(other, attribute)
            assert getattr(other, attribute) is before


@each_model
def test_a_record_can_be_copied_and_pickled(name):
    net, cues = MODELS[name]
    run = net.recall(cues, record=True)
    for other in ways(run):
        assert_same(run, other)
        with pytest.raises(ValueError, match="read-only"):
            other.initial[0] = 7
    row = pickle.loads(pickle.dumps(run[1]))
    assert (row.states == run[1].states).all() and (row.energies == run[1].energies).all()
    assert not pickle.loads(pickle.dumps(net.recall(cues)))._replay


@each_model
def test_a_flag_is_no_text(name):
    net, cues = MODELS[name]
    for wrong in ("no", 1, None):
        with pytest.raises(TypeError, match=r"^record is "):
            net.recall(cues, record=wrong)


@pytest.fixture(scope="module")
def pool():
    start = "fork" if sys.platform == "linux" else "spawn"
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context(start)) as executor:
        yield executor


@each_model
def test_a_process_pool_recalls(name, pool):
    net, cues = MODELS[name]
    for cue, run in zip(cues, pool.map(net.recall, cues), strict=True):
        assert (run.final == net.recall(cue).final).all()


def test_a_network_is_not_pickled_with_what_it_has_worked_out():
    net = binary.PatternNetwork(patterns.random(50, 400, rng=0))
    fresh = len(pickle.dumps(net))
    net.recall(patterns.random(30, 400, rng=1))
    assert len(pickle.dumps(net)) < fresh + 100
    again = pickle.loads(pickle.dumps(net))
    cue = patterns.random(1, 400, rng=2)[0]
    assert (again.recall(cue).final == net.recall(cue).final).all()


def test_a_pickled_row_does_not_take_the_batch_along():
    s = patterns.random(40, 400, rng=0)
    run = binary.PatternNetwork(s).recall(patterns.flip(s, 80, rng=1), record=True)
    assert len(pickle.dumps(run[0])) < 80_000 < len(pickle.dumps(run))


def test_the_callers_arrays_stay_his():
    for net_of in (binary.Network, graded.Network, zero_one.Network):
        weights, bias = np.zeros((3, 3)), np.ones(3)
        net_of(weights, bias)
        weights[0], bias[0] = 1, 2
    for net_of in (modern.Network, layered.Network, lambda s: dense.Network(s, dense.power(2))):
        s = np.ones((2, 3), int)
        net_of(s)
        s[0] = 2


class Counting(binary.Network):
    """A learner's own subclass, with an attribute of its own."""

    def __init__(self, weights):
        super().__init__(weights)
        self.calls, self.history = 0, np.zeros(3)

    def energy(self, state):
        self.calls += 1
        self.history[0] += 1
        return super().energy(state)


def test_a_subclass_may_keep_books():
    net = Counting(W)
    net.energy(S[0]), net.energy(S[0])
    assert net.calls == 2 and net.history[0] == 2
    other = copy.deepcopy(net)
    other.energy(S[0])
    assert (net.calls, other.calls) == (2, 3)
    with pytest.raises(AttributeError, match="bias is fixed: make a new Counting"):
        net.bias = np.ones(12)


# --- binary -----------------------------------------------------------------------------------------------


def test_large_weights_are_not_copied_time_and_again():
    """At most three times the weights, the caller's own copy among them; as they come from Hebb's rule."""
    N = 1500
    weights = learning.hebb(patterns.random(5, N, rng=0))
    cue = patterns.random(1, N, rng=1)[0]
    tracemalloc.start()
    try:
        net = binary.Network(weights)
        net.recall(cue), net.energy(cue), net.is_symmetric
        peak = tracemalloc.get_traced_memory()[1]
        asymmetric = weights.copy()
        asymmetric[0] = 0
        tracemalloc.reset_peak()
        binary.Network(asymmetric).recall(cue)
        other = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 2 * weights.nbytes  # with the caller's, three times
    assert other - 2 * weights.nbytes < 2.5 * weights.nbytes  # one more, which may not be used as it is


def test_rounding_in_weights_does_not_spoil_ties_nor_descent():
    tilted = W / 12
    tilted[0, 1] = np.nextafter(tilted[0, 1], 1)
    net, exact = binary.Network(tilted), binary.Network(W)
    Y = patterns.random(50, 12, rng=3)
    assert net._exact.factor == 12 and net._exact.is_symmetric
    assert (net.recall(Y).final == exact.recall(Y).final).all()


def test_rounded_symmetric_weights_have_true_energies():
    tilted = PROJECTION.copy()
    tilted[0, 1] += 1e-13
    net = binary.Network(tilted)
    assert net.is_symmetric and not net._exact.is_symmetric
    run = net.recall(patterns.random(20, 12, rng=1), record=True)
    for row in run:
        assert np.allclose(row.energies, net.energy(row.states), rtol=1e-14, atol=0)


@pytest.mark.parametrize("schedule", ["ordered", "synchronous", "random", "random-unit"])
@pytest.mark.parametrize("kind", ["symmetric", "asymmetric", "patterns"])
def test_an_own_rule_takes_the_place_of_sgn(schedule, kind):
    def keep(h, y):
        return y if h == 0 else np.sign(h)

    rng = np.random.default_rng(5)
    given = {"symmetric": W, "asymmetric": rng.integers(-2, 3, (12, 12))}
    net = binary.PatternNetwork(S) if kind == "patterns" else binary.Network(given[kind])
    Y, how = patterns.random(6, 12, rng), {"rng": 3, "max_sweeps": 20, "record": True}
    assert_same(net.recall(Y, schedule, **how), net.recall(Y, schedule, rule=keep, **how))
    up = net.recall(Y, schedule, ties=1, **how)
    assert_same(up, net.recall(Y, schedule, rule=lambda h, y: 1 if h >= 0 else -1, **how))


def test_an_own_rule_sees_scaled_fields_and_plain_numbers():
    seen = []
    net = binary.Network(W, np.ones(12), scale=0.5)
    net.sweep(S[0], rule=lambda h, y: seen.append((h, y)) or y)
    assert [h for h, _ in seen[:12]] == net.field(S[0]).tolist() and [y for _, y in seen[:12]] == S[
        0
    ].tolist()
    assert {type(h) for h, _ in seen} == {float} and {type(y) for _, y in seen} == {int}


def test_what_an_own_rule_must_be():
    net = binary.Network(W)
    for wrong in (0, 0.5, None, "up", [1], np.array([1, 1])):
        with pytest.raises(ValueError, match=r"^rule gives .* for the field .*; \+1 or -1 is wanted"):
            net.recall(S[0], rule=lambda h, y, wrong=wrong: wrong)
    with pytest.raises(TypeError, match=r"^rule is 'sgn'; a function"):
        net.recall(S[0], rule="sgn")
    with pytest.raises(ValueError, match=r"^rule and ties are both given"):
        net.recall(S[0], rule=lazy, ties=1)


@pytest.mark.parametrize("name", ["binary", "binary, patterns", "0/1", "dense, power", "modern"])
def test_endless_recalls_are_refused(name):
    net, cues = MODELS[name]
    limit = "max_steps" if name == "modern" else "max_sweeps"
    with pytest.raises(ValueError, match=rf"^{limit} is 1000000000; the limit is 1000000$"):
        net.recall(cues, **{limit: 10**9})


# --- 0/1 --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("schedule", ["ordered", "synchronous", "random", "random-unit"])
@pytest.mark.parametrize("ties", ["keep", 1, 0])
@pytest.mark.parametrize("symmetric", [True, False])
def test_zero_one_recalls_as_its_updates_do(schedule, ties, symmetric):
    from itertools import islice

    from hopfield_edu._schedule import visits

    rng = np.random.default_rng(2)
    T = rng.integers(-2, 3, (6, 6))
    net = zero_one.Network(T + T.T if symmetric else T, rng.integers(-2, 3, 6))
    for V in rng.integers(0, 2, (5, 6)):
        run = net.recall(V, schedule, ties=ties, rng=4, max_sweeps=5, record=True)
        states = [V]
        for units in islice(visits(6, schedule, rng=4), 5 if schedule == "synchronous" else 30):
            after = states[-1].copy()
            for i in units:
                after[i] = net.update(states[-1], int(i), ties)[i]
            if (after != states[-1]).any():
                states.append(after)
        assert run.states.tolist() == np.array(states)[: len(run.states)].tolist()
        assert (run.final == run.states[-1]).all() and (run.energies == net.energy(run.states)).all()
        assert run.overlaps(V)[0, 0] == 1 and set(np.unique(run.states)) <= {0, 1}


def test_zero_one_recalls_a_batch_and_an_own_rule():
    net = zero_one.Network([[0, -2], [-2, 0]], [1, 1])
    run = net.recall([[1, 1], [0, 0]])
    assert run.final.tolist() == [[0, 1], [1, 0]] and len(run) == 2
    assert net.recall([1, 1], rule=lambda x, V: 1 if x >= -1 else 0).final.tolist() == [1, 1]
    with pytest.raises(ValueError, match=r"^rule gives -1 for the field -1; 0 or 1 is wanted"):
        net.recall([1, 1], rule=lambda x, V: -1)
    with pytest.raises(ValueError, match=r"^ties is -1; choose one of 'keep', 1, 0"):
        net.recall([1, 1], ties=-1)


# --- a dynamics of one's own ------------------------------------------------------------------------------


def test_own_states_feed_every_plot_of_a_trajectory():
    states = [S[0], S[0], S[1], S[1]]
    run = Trajectory.from_states(states, [0, 0, -1.5, -1.5])
    assert (run.states == states).all() and run.energies.tolist() == [0, 0, -1.5, -1.5]
    assert run.times.tolist() == [0, 1, 2, 3] and run.flips == (S[0] != S[1]).sum() and run.sweeps == 2
    assert run.outcome == "fixed point" and Trajectory.from_states(states[:3]).outcome == "step limit"
    drawn = [plots.energy_trace(run), plots.overlap_trace(run, S), plots.raster(run)]
    assert all(ax.alt_text for ax in drawn)
    assert run.overlaps(S)[0, 0] == 1
    assert_same_row(run, pickle.loads(pickle.dumps(run)))


def assert_same_row(run, other):
    assert (run.states == other.states).all() and (run.energies == other.energies).all()


def test_own_states_may_be_real_or_zero_one():
    real = Trajectory.from_states(REAL)
    assert (real.states == REAL).all() and np.allclose(real.overlaps(REAL[0])[0], (REAL[0] ** 2).mean())
    zeros = Trajectory.from_states((S + 1) // 2)
    assert np.allclose(zeros.overlaps((S + 1) // 2), patterns.overlap(S, S))
    with pytest.raises(ValueError, match=r"^no energies are known; give them"):
        zeros.energies  # noqa: B018


@pytest.mark.parametrize(
    ("states", "energies", "words"),
    [
        (S[0], None, r"^states has shape \(12,\)"),
        (np.zeros((2, 3, 3)), None, r"^states has shape \(2, 3, 3\)"),
        (np.zeros((0, 3)), None, r"^states has shape \(0, 3\)"),
        (S, [1, 2], r"^energies has shape \(2,\); \(3,\)"),
        (S, [1, 2, -np.inf], "^energies contains infinity"),
        ([[1, 1], [1]], None, "^states has rows of different lengths"),
    ],
)
def test_own_states_that_are_none(states, energies, words):
    with pytest.raises(ValueError, match=words):
        Trajectory.from_states(states, energies)


# --- dense ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("N", [700, 710, 2000])
def test_an_exponential_memory_has_finite_energies(N):
    s = patterns.random(5, N, rng=0)
    net = dense.Network(s, dense.exponential())
    run = net.recall(patterns.flip(s[0], 100, rng=1), record=True)
    assert np.isfinite(run.energies).all() and (np.diff(run.energies) < 0).all()
    assert net.form == ("log" if N > 700 else "sum") or N == 700
    log = dense.Network(s, dense.exponential(), form="log")
    assert log.energy(s[0]) == pytest.approx(-N) and (log.recall(run.initial).final == run.final).all()
    plots.energy_trace(run)


def test_a_trace_refuses_infinities():
    run = SimpleNamespace(times=np.arange(3), energies=np.array([0, -1, -np.inf]), outcome="fixed point")
    with pytest.raises(ValueError, match=r"^trajectory has energies that are no finite numbers"):
        plots.energy_trace(run)


@pytest.mark.parametrize("F", [dense.power(110), dense.rectified(110), dense.power(111), dense.power(10_000)])
def test_large_powers_work(F):
    s = patterns.random(20, 784, rng=0)
    net = dense.Network(s, F)
    run = net.recall(patterns.flip(s[0], 200, rng=1), record=True)
    assert (run.final == s[0]).all() and net.form == "relative"
    assert net.energy(s[0]) == pytest.approx(-1) and (np.diff(run.energies) <= 0).all()
    assert 0 <= dense.bit_error(10, 784, F) < 1e-6


def test_the_forms_of_an_energy_are_one_energy():
    s = patterns.random(4, 20, rng=0)
    Y = patterns.random(9, 20, rng=1)
    for F in (dense.exponential(0.3), dense.Power(4)):
        plain = dense.Network(s, F)
        assert plain.form == "sum"
        relative = dense.Network(s, F, form="relative").energy(Y)
        assert np.allclose(relative, plain.energy(Y) / float(F(20)))
    log = dense.Network(s, dense.exponential(0.3), form="log")
    assert np.allclose(log.energy(Y), -np.log(-dense.Network(s, dense.exponential(0.3)).energy(Y)))
    own = dense.Network(s, lambda x: x**2 + 1, form="log")
    assert np.allclose(own.energy(Y), -np.log(((Y @ s.T) ** 2 + 1).sum(axis=1)))
    for F, form, words in [
        (dense.power(3), "log", "not above zero"),
        (dense.power(110), "sum", "pass 1e300"),
        (lambda x: -(x**2), "relative", "above zero at N"),
        (dense.power(2), "logarithm", "choose one of 'sum', 'relative', 'log'"),
    ]:
        with pytest.raises(ValueError, match=words):
            dense.Network(np.ones((1, 784), int), F, form=form)


def test_a_dense_record_is_the_energy_of_its_states():
    s = patterns.random(30, 40, rng=0)
    Y = patterns.random(60, 40, rng=1)
    for F in (dense.power(3), dense.exponential(0.2), interaction):
        net = dense.Network(s, F)
        for row in net.recall(Y, "random", rng=2, record=True):
            assert np.allclose(row.energies, net.energy(row.states), rtol=1e-12)
            assert row.flips == len(row.units) and (row.states[-1] == row.final).all()


def test_interactions_are_small_frozen_callables():
    assert dense.power(3) == dense.power(3) != dense.rectified(3) and hash(dense.power(3))
    assert dense.exponential(2) != dense.exponential(3)
    assert graded.tanh(2) == graded.tanh(2) != graded.tanh(3) and graded.logistic() == graded.logistic()
    assert layered.softmax(2) == layered.softmax(2) != layered.softmax(3)
    for thing in (dense.power(3), graded.tanh(2), layered.power(3), graded.custom(gain)):
        assert pickle.loads(pickle.dumps(thing)) is not None
    with pytest.raises(AttributeError):
        dense.power(3).n = 4


# --- what would take too long or too much -----------------------------------------------------------------


TOO_MUCH = {
    "double_factorial": (lambda: dense.double_factorial(10**9), "k is 1000000000"),
    "capacity, n": (lambda: dense.capacity(100, 10**9), "n is 1000000000"),
    "capacity, N": (lambda: dense.capacity(10**30, 3), "N is 10"),
    "capacity, both": (lambda: dense.capacity(10**18, 900), "N is 10+, n is 900"),
    "bit_error": (lambda: dense.bit_error(3, 10**12, dense.power(2)), "N = 1000000000000: .* limit"),
    "fixed_share, size": (lambda: dense.fixed_share(10**6, 10**6, dense.power(2), 0), "M = .*, N = .* limit"),
    "fixed_share, count": (
        lambda: dense.fixed_share(10, 10, dense.power(2), 0, count=10**15),
        "count = .* steps",
    ),
    "power": (lambda: dense.power(10**30), "n is 10"),
    "duration": (lambda: GRADED.recall([0, 0], duration=1e9), "duration is 1e\\+09; .*at most 10000"),
    "points of a record": (lambda: GRADED.recall([0, 0], record=True, points=10**10), "points = .* GiB"),
    "points of a gain": (lambda: graded.custom(gain, points=10**10), "points = .* GiB"),
    "nullclines": (lambda: graded.nullclines(GRADED, points=10**9), "points = .* GiB"),
    "stiff": (
        lambda: layered.Network([[1, 1]], tau_memory=1e-9).recall([1, 0, 1], 100),
        "duration is too long for this flow: .* limit",
    ),
    "weights of patterns": (
        lambda: binary.PatternNetwork(np.ones((1, 10**5), np.int8)).weights,
        "N = 100000: .* GiB",
    ),
    "layered weights": (lambda: layered.Network(np.ones((1, 10**5))).weights, "N = 100000.* GiB"),
}


@pytest.mark.parametrize("name", TOO_MUCH)
def test_too_much_is_refused_before_it_is_begun(name, monkeypatch):
    monkeypatch.setattr("hopfield_edu._flow.EVALUATIONS", 2000)
    call, words = TOO_MUCH[name]
    with pytest.raises(ValueError, match=words):
        call()


# --- errors under the caller's name -----------------------------------------------------------------------

WRONG = {
    "crossings of weights": (lambda: graded.crossings(np.eye(2)), TypeError, "^net is an array"),
    "crossings of three": (
        lambda: graded.crossings(graded.Network(np.eye(3))),
        ValueError,
        "^net has 3 units",
    ),
    "crossings apart": (lambda: graded.crossings(graded.Network(np.eye(2))), ValueError, "^net: both w_12"),
    "nullclines of None": (lambda: graded.nullclines(None), TypeError, "^net is None"),
    "bit_error of a number": (lambda: dense.bit_error(3, 9, 3), TypeError, "^F is 3; a function"),
    "bit_error of a class": (lambda: dense.bit_error(3, 9, int), TypeError, "^F is <class 'int'>"),
    "bit_error, no numbers": (lambda: dense.bit_error(3, 9, lambda x: None), ValueError, "^F must give one"),
    "bit_error, one number": (lambda: dense.bit_error(3, 9, lambda x: 1), ValueError, "^F must give one"),
    "bit_error, fails": (lambda: dense.bit_error(3, 9, lambda: 1), ValueError, "^F fails for an array"),
    "every is no flag": (lambda: dense.capacity(9, 2, every=0.3), TypeError, "^every is 0.3; True or False"),
    "diagonal is no flag": (
        lambda: binary.PatternNetwork(S, self_connections=0.3),
        TypeError,
        "^self_connections is 0.3; True or False",
    ),
    "an output": (lambda: GRADED.energy_of_output([1, 2, 3]), ValueError, "^output has shape"),
    "an output's velocity": (lambda: GRADED.output_velocity([1, 2, 3]), ValueError, "^output has shape"),
    "lam": (lambda: graded.Scaled(np.eye(2), [0, 1], [1, 1]), ValueError, "^lam holds 0"),
    "mu": (lambda: graded.Scaled(np.eye(2), [1, 1], [1, -1]), ValueError, "^mu holds -1"),
    "delay": (lambda: graded.WithFastUnit(GRADED, [1, 1], inhibit, inhibited, [1]), TypeError, "^delay is"),
    "gain": (lambda: graded.Network(np.eye(2), gain=np.tanh), TypeError, "^gain is .*; a Gain, such as"),
    "own gain": (lambda: graded.custom(lambda x: 1 / 0), ValueError, "^g fails for an array: ZeroDivision"),
    "a rule of one argument": (
        lambda: binary.Network(W).recall(S[0], rule=lambda h: 1),
        TypeError,
        "^rule does not take 2 arguments",
    ),
    "a rule of 0/1": (
        lambda: zero_one.Network(W).recall([1] * 12, rule=len),
        TypeError,
        "^rule does not take",
    ),
    "starts": (lambda: GRADED.fixed_points([1, 2, 3]), ValueError, "^starts has shape"),
    "sums beyond numbers": (
        lambda: zero_one.Network(np.full((2, 2), 1e300)),
        ValueError,
        "^weights contains",
    ),
    "a long range": (lambda: binary.Network(W).energy(range(10**6)), ValueError, "^state holds values other"),
    "an endless range": (lambda: binary.Network(W).energy(range(10**12)), ValueError, "^state = range"),
    "transposed": (lambda: binary.Network(W).recall(S.T), ValueError, r"transpose it, state\.T"),
}


@pytest.mark.parametrize("name", WRONG)
def test_errors_bear_the_callers_names(name):
    call, error, words = WRONG[name]
    with pytest.raises(error, match=words) as caught:
        call()
    assert "array(" not in str(caught.value) and "truth value" not in str(caught.value)


def test_the_self_connections_are_keyword_only():
    with pytest.raises(TypeError):
        binary.PatternNetwork(S, True)


def test_the_package_points_to_its_models():
    with pytest.raises(AttributeError, match=r"hopfield_edu\.binary\.Network"):
        hopfield_edu.Network  # noqa: B018
    with pytest.raises(AttributeError, match=r"no attribute 'nothing'$"):
        hopfield_edu.nothing  # noqa: B018
    with pytest.raises(ImportError, match="cannot import name 'Network'"):
        from hopfield_edu import Network  # noqa: F401
