"""The binary network: bit for bit the textbook algorithm, whatever the path through the code."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
import reference
from hypothesis import given
from hypothesis import strategies as st
from small_networks import STORED, TIES, integer_network, network, recalls, seed_for

from hopfield_edu import binary, learning, patterns
from hopfield_edu._check import SCHEDULES
from hopfield_edu._sweeps import AHEAD, BLOCK, MANY, distinct, in_turn, tie_of


def order_of(schedule, N, order, stream):
    """The textbook's orders: a call gives the units of the next sweep."""
    if schedule == "synchronous":
        return None
    if schedule == "ordered":
        return lambda: range(N) if order is None else order
    if schedule == "random":
        return lambda: stream.permutation(N)
    return lambda: stream.integers(N, size=N)


def assert_same(trajectory, course, energies=None, *, recorded=False):
    """A trajectory of one state against the reference's course."""
    told = (trajectory.outcome, trajectory.cycle_length, trajectory.sweeps, trajectory.flips)
    assert told == (course.outcome, course.cycle_length, course.sweeps, course.flips)
    assert tuple(trajectory.final) == course.states[-1]
    assert trajectory.converged == (course.outcome == "fixed point")
    if recorded:
        assert [tuple(y) for y in trajectory.states] == course.states
        assert trajectory.times.tolist() == course.times
        assert [units.tolist() for units in trajectory.units] == course.units
    if energies is not None:
        assert trajectory.energies.tolist() == energies


def compare(net, truth, factor, Y, schedule, order=None, seed=None, max_sweeps=30, energies_of=None):
    """Recall a batch with and without a record, and its first state alone; returns the ties met.

    Energies from scratch take long in Python: `energies_of` may name the rows for which they are compared.
    """
    options = {"order": order, "ties": truth.tie_rule, "rng": seed, "max_sweeps": max_sweeps}
    recorded = net.recall(Y, schedule, **options, record=True)
    plain = net.recall(Y, schedule, **options)
    streams = itertools.repeat(None) if seed is None else np.random.default_rng(seed).spawn(len(Y))
    deterministic, met = schedule in ("synchronous", "ordered"), 0
    for b, stream in zip(range(len(Y)), streams, strict=False):
        how = order_of(schedule, net.N, order, stream)
        course = truth.recall(Y[b].tolist(), how, max_sweeps, deterministic)
        energies = None
        if energies_of is None or b in energies_of:
            energies = [factor(truth.twice_energy(y) / 2) for y in course.states]
        assert_same(recorded[b], course, energies, recorded=True)
        assert_same(plain[b], course)
        if b == 0:  # alone, it draws from the same stream as in the first row
            assert_same(net.recall(Y[0], schedule, **options, record=True), course, energies, recorded=True)
            assert_same(net.recall(Y[0], schedule, **options), course)
        met += course.ties
    return met


# --- at least 10,000 random recalls, a sixth of them in the default tier: 4 x 36 kinds x 18 networks x 4 ---


@pytest.mark.parametrize("networks", [3, pytest.param(18, marks=pytest.mark.slow)])
@pytest.mark.parametrize("schedule", SCHEDULES)
def test_recall_is_the_textbook_algorithm(schedule, networks):
    rng, recalls, ties_met = np.random.default_rng(SCHEDULES.index(schedule)), 0, 0
    for ties, symmetric, with_bias, stored in itertools.product(TIES, (True, False), (True, False), STORED):
        for _ in range(networks):
            N = int(rng.integers(1, 13))
            W, b = integer_network(rng, N, symmetric, with_bias)
            net, factor = network(W, b, stored)
            order = rng.permutation(N) if schedule == "ordered" and rng.random() < 0.5 else None
            Y, limit = patterns.random(4, N, rng), int(rng.integers(1, 20))
            truth, seed = reference.Network(W, b, ties), seed_for(schedule, rng)
            ties_met += compare(net, truth, factor, Y, schedule, order, seed, limit)
            recalls += len(Y)
    assert recalls == 36 * networks * 4
    assert ties_met >= 190 * networks


# --- the other paths: orders longer than a stretch, batches from which states drop out -----------------


@pytest.mark.every(9)
@pytest.mark.parametrize("schedule", SCHEDULES)
@pytest.mark.parametrize("symmetric", [True, False])
@pytest.mark.parametrize("ties", TIES)
def test_many_units(schedule, symmetric, ties):
    rng = np.random.default_rng(7)
    W, b = integer_network(rng, AHEAD + 9, symmetric, with_bias=ties == 1, high=1)
    net, factor = network(W, b, "whole numbers")
    seed, order = seed_for(schedule, rng), rng.permutation(len(W)) if schedule == "ordered" else None
    Y, truth = patterns.random(3, len(W), rng), reference.Network(W, b, ties)
    assert compare(net, truth, factor, Y, schedule, order, seed, 6, energies_of=[1]) > 0


BATCHES = [
    (40, 820, True, "keep", False, "whole numbers"),
    (40, 820, False, "keep", False, "divided by N"),
    (40, 820, True, 1, True, "whole numbers"),
    (40, 820, False, -1, True, "whole numbers and a scale"),
    (2 * BLOCK + 12, 240, True, "keep", True, "divided by N"),
    (2 * BLOCK + 12, 240, True, -1, False, "whole numbers"),
    (2 * BLOCK + 12, 240, False, 1, False, "whole numbers and a scale"),
]  # fmt: skip


@pytest.mark.every(4)
@pytest.mark.parametrize(("N", "B", "symmetric", "ties", "own_order", "stored"), BATCHES)
def test_large_batches(N, B, symmetric, ties, own_order, stored):
    assert B > MANY  # states that are right drop out of a block
    rng = np.random.default_rng(N)
    W, b = integer_network(rng, N, symmetric, with_bias=True, high=1)
    net, factor = network(W, b, stored)
    Y, truth = patterns.random(B, N, rng), reference.Network(W, b, ties)
    Y[0] = net.recall(Y[0], ties=ties, max_sweeps=50).final  # one that rests from the start, if it can
    order = rng.permutation(N) if own_order else None
    assert compare(net, truth, factor, Y, "ordered", order, None, 3, energies_of=range(0, B, 60)) > B


@pytest.mark.parametrize("make", [lambda s: binary.Network(learning.hebb(s)), binary.PatternNetwork])
def test_rows_that_meet_keep_the_ways_that_they_came(make):
    s = patterns.random(12, 60, rng=0)
    net, cues = make(s), np.concatenate([patterns.flip(np.tile(s, (20, 1)), 12, rng=1), s])
    told = net.recall(cues, record=True)
    met = [len(distinct(net.recall(cues, max_sweeps=k).final)[0]) for k in (1, 2, 1000)]
    assert len(cues) > met[0] > met[1] > met[2]
    for cue, row in zip(cues, told, strict=True):
        alone = net.recall(cue, record=True)
        assert (row.outcome, row.sweeps, row.flips) == (alone.outcome, alone.sweeps, alone.flips)
        for name in ("final", "times", "energies", "states"):
            np.testing.assert_array_equal(getattr(row, name), getattr(alone, name))


@pytest.mark.parametrize("ties", TIES)
def test_the_units_of_a_block_in_turn(ties):
    """All states, or only those still wrong, against whole numbers of Python; and eighths, also exact."""
    rng, met = np.random.default_rng(4), 0
    for states, dtype, unit in (
        (1, np.float32, 1),
        (30, np.float32, 1),
        (30, float, 1 / 8),
        (3 * MANY, float, 1),
    ):
        W, h = np.tril(rng.integers(-2, 3, (23, 23)), -1), rng.integers(-4, 5, (states, 23))
        Y = patterns.random(states, 23, rng)
        found, before = np.array(h * unit, dtype), Y.astype(dtype)
        after = in_turn(found, before, np.array(W.T * unit, dtype), tie_of(before, ties))
        assert (before == Y).all()
        for b in range(states):
            y = Y[b].tolist()
            for i in range(23):
                field = int(h[b, i]) + sum(int(W[i, j]) * (y[j] - int(Y[b, j])) for j in range(i))
                met += field == 0
                y[i] = (field > 0) - (field < 0) or (y[i] if ties == "keep" else ties)
                assert found[b, i] == field * unit
            assert after[b].tolist() == y
    assert met > 500


def test_long_chains_of_flips_in_a_block():
    """Each unit flips because the one before it has: as many guesses as there are units."""
    N = 2 * BLOCK
    W = np.eye(N, k=-1)  # unit i hears unit i - 1
    W[0, 0] = 1
    for B in (1, 2, MANY - 1, MANY + 1):
        cue = np.where((np.arange(N) + np.arange(B)[:, None]) % 2, 1, -1)
        run = binary.Network(W).recall(cue, max_sweeps=1)
        assert (run.final == cue[:, :1]).all() and (run.flips == N // 2).all()


def test_long_cycles_in_a_large_batch():
    """Units 0 to 8 hand their values round, in 8 sweeps (unit 8 is read last), while 31 others rest."""
    N, B = 40, 820
    W = np.eye(N, dtype=int)
    W[:9, :9] = np.roll(np.eye(9, dtype=int), 1, axis=0)
    Y, truth = patterns.random(B, N, rng=3), reference.Network(W, [0] * N, "keep")
    compare(binary.Network(W), truth, float, Y, "ordered", np.arange(N)[::-1].copy(), None, 40, [0])
    lengths = binary.Network(W).recall(Y, order=np.arange(N)[::-1]).cycle_length
    assert set(lengths.tolist()) == {1, 2, 4, 8}


@pytest.mark.every(3)
@pytest.mark.parametrize("schedule", SCHEDULES)
@pytest.mark.parametrize("self_connections", [True, False])
def test_a_network_without_a_weight_matrix(schedule, self_connections):
    rng = np.random.default_rng(8)
    for N, B in ((1, 2), (7, 5), (BLOCK + 6, 3), (BLOCK + 6, MANY + 9), (40, 820), (2 * BLOCK + 10, 125)):
        s = patterns.random(4, N, rng)
        W = learning.hebb(s, self_connections=self_connections).astype(int)
        net, Y = binary.PatternNetwork(s, self_connections=self_connections), patterns.random(B, N, rng)
        assert net.weights.tolist() == W.tolist() and net.scale == 1 / N
        order = rng.permutation(N) if schedule == "ordered" and N < 40 else None
        seed, explicit = seed_for(schedule, rng), binary.Network(W, scale=1 / N)
        if N < 40:
            truth = reference.Network(W, [0] * N, "keep")
            compare(net, truth, lambda E, N=N: 1 / N * E, Y, schedule, order, seed, 9)
        for ask in ("field", "energy", "energy_change", "is_fixed_point"):
            assert (getattr(net, ask)(Y) == getattr(explicit, ask)(Y)).all()
        run, same = (n.recall(Y, schedule, order=order, ties=1, rng=seed) for n in (net, explicit))
        assert (run.final == same.final).all() and (run.sweeps == same.sweeps).all()
        assert (run.flips == same.flips).all()
        run, same = (n.recall(Y, schedule, order=order, rng=seed, record=True) for n in (net, explicit))
        assert (run.outcome == same.outcome).all()
        for b in range(0, B, 1 + B // 40):
            assert run[b].energies.tolist() == same[b].energies.tolist()
            assert run[b].times.tolist() == same[b].times.tolist()
            assert [i.tolist() for i in run[b].units] == [i.tolist() for i in same[b].units]
        for limit in (1, 2):
            run, same = (n.recall(Y, schedule, rng=seed, max_sweeps=limit) for n in (net, explicit))
            assert (run.outcome == same.outcome).all() and (run.sweeps == same.sweeps).all()
        assert net.update(Y[0], 0).tolist() == explicit.update(Y[0], 0).tolist()


# --- hypothesis looks for the small network that differs ---------------------------------------------------


@given(
    recalls(), st.sampled_from(SCHEDULES), st.sampled_from(TIES), st.sampled_from(STORED), st.integers(1, 9)
)
def test_recall_of_any_small_network(case, schedule, ties, stored, max_sweeps):
    W, b, cue = case
    net, factor = network(W, b, stored)
    seed = 5 if schedule.startswith("random") else None
    compare(net, reference.Network(W, b, ties), factor, cue[None], schedule, None, seed, max_sweeps)


@given(recalls(), st.sampled_from(TIES), st.sampled_from(STORED))
def test_single_steps_of_any_small_network(case, ties, stored):
    """field, energy, update, is_fixed_point and sweep, against their definitions."""
    W, b, cue = case
    net, factor = network(W, b, stored)
    truth = reference.Network(W, b, ties)
    assert net.field(cue).tolist() == [factor(truth.field(cue, i)) for i in range(net.N)]
    assert net.energy(cue) == factor(truth.twice_energy(cue) / 2)
    for i, change in enumerate(net.energy_change(cue)):
        flipped = np.where(np.arange(net.N) == i, -cue, cue)
        difference = truth.twice_energy(flipped) - truth.twice_energy(cue)
        assert change == pytest.approx(factor(difference / 2), rel=1e-15)
    assert net.is_fixed_point(cue, ties) == truth.is_fixed(cue)
    swept = cue.copy()
    for i in range(net.N):
        assert net.update(swept, i, ties)[i] == truth.value(swept, i)
        swept = net.update(swept, i, ties)
    assert net.sweep(cue, ties=ties).tolist() == swept.tolist()
    at_once = [truth.value(cue, i) for i in range(net.N)]
    assert net.sweep(cue, "synchronous", ties=ties).tolist() == at_once


# --- numbers of every kind ---------------------------------------------------------------------------------


def test_a_network_of_one_unit():
    assert binary.Network([[0]]).recall([1]).final.tolist() == [1]
    assert binary.Network([[0]]).recall([1], ties=-1).final.tolist() == [-1]
    blinker = binary.Network([[-1]]).recall([1], record=True)
    assert (blinker.outcome, blinker.cycle_length) == ("cycle", 2)
    assert binary.Network([[-1]], bias=[2]).recall([[-1]]).final.tolist() == [[1]]


@pytest.mark.parametrize("ties", TIES)
@pytest.mark.parametrize("schedule", SCHEDULES)
def test_without_weights_every_update_is_a_tie(schedule, ties):
    cue = patterns.random(3, 5, rng=0)
    seed = 0 if schedule.startswith("random") else None
    end = binary.Network(np.zeros((5, 5))).recall(cue, schedule, ties=ties, rng=seed)
    assert end.converged.all()
    assert (end.final == (cue if ties == "keep" else ties)).all()


@pytest.mark.parametrize("size", [2**20, 2**22, 2**23, 2**24 + 1, 2**31 + 1, 2**40 + 1])
@pytest.mark.parametrize("symmetric", [True, False])
def test_huge_weights(size, symmetric):
    """Sums beyond 2^24 are not exact in single precision: one unit more or less decides here."""
    rng = np.random.default_rng(size % 1000)
    for ties in TIES:
        W, b = integer_network(rng, 9, symmetric, with_bias=True, high=2)
        W, b = W * size + rng.integers(-1, 2, W.shape) * (not symmetric), b * size
        truth = reference.Network(W, b, ties)
        compare(binary.Network(W, b), truth, float, patterns.random(20, 9, rng), "ordered")


def test_weights_at_the_limit_of_single_precision():
    """In the blocked sweep the field is a sum of a product and of twice the change of a block."""
    N, B, big = 65, 512, 2**24 // 66
    W = 4 * np.eye(N, dtype=int)
    W[-1, :-1] = W[:-1, -1] = big
    bias = np.where(
        np.arange(N) < N - 1, big + 9, 1
    )  # the first units turn to +1, and the last one after them
    Y = np.full((B, N), -1)
    Y[:, :3] = patterns.random(B, 3, rng=0)
    truth = reference.Network(W, bias, "keep")
    compare(binary.Network(W, bias), truth, float, Y, "ordered", energies_of=[0, 1])


@pytest.mark.parametrize("unit", [2.0**-60, 0.5, 0.1, 0.01, 1e-3, 1 / 3, 3.0**-7])
def test_fractions_are_ties_where_whole_numbers_are(unit):
    """A common factor changes nothing, not even the ties: 0.1 + 0.2 - 0.3 is a tie."""
    rng = np.random.default_rng(1)
    W, b = integer_network(rng, 9, symmetric=True, with_bias=True)
    net, Y = binary.Network(W * unit, b * unit), patterns.random(50, 9, rng)
    if unit == 3.0**-7:
        net = binary.Network(W, b, scale=unit)
    whole = binary.Network(W, b)
    for ties in TIES:
        assert (net.recall(Y, ties=ties).final == whole.recall(Y, ties=ties).final).all()
        assert (net.is_fixed_point(Y, ties) == whole.is_fixed_point(Y, ties)).all()
    assert ((net.field(Y) == 0) == (whole.field(Y) == 0)).all()
    assert np.allclose(net.energy(Y), unit * whole.energy(Y), rtol=1e-12)


def test_weights_that_are_not_whole():
    """Random real numbers: no ties to get wrong, and again the textbook's course."""
    rng = np.random.default_rng(2)
    W = rng.normal(size=(30, 30))
    W, b = W + W.T, rng.normal(size=30)
    net = binary.Network(W, b)
    for cue in patterns.random(20, 30, rng):
        run, y = net.recall(cue, record=True), cue.copy()
        for _ in range(run.sweeps):
            for i in range(30):
                y[i] = 1 if W[i] @ y + b[i] > 0 else -1
        assert run.final.tolist() == y.tolist()
        assert run.outcome == ("fixed point" if net._descends else run.outcome)
        assert np.allclose(run.energies, net.energy(run.states))


AS_GIVEN = {
    "lists": lambda a: a.tolist(),
    "tuples": lambda a: tuple(map(tuple, a)) if a.ndim > 1 else tuple(a),
    "int8": lambda a: a.astype(np.int8),
    "float32": lambda a: a.astype(np.float32),
    "Fortran order": np.asfortranarray,
    "not contiguous": lambda a: np.repeat(a, 2, axis=-1)[..., ::2],
    "backwards": lambda a: np.ascontiguousarray(a[..., ::-1])[..., ::-1],
    "big-endian": lambda a: a.astype(">i4"),
}


@pytest.mark.parametrize("kind", AS_GIVEN)
@pytest.mark.parametrize("schedule", SCHEDULES)
def test_any_kind_of_array_will_do(kind, schedule):
    rng, give = np.random.default_rng(4), AS_GIVEN[kind]
    W, b = integer_network(rng, 8, symmetric=False, with_bias=True)
    Y = patterns.random(6, 8, rng)
    seed = seed_for(schedule, rng)
    expected = binary.Network(W, b).recall(Y, schedule, rng=seed, max_sweeps=20)
    run = binary.Network(give(W), give(b)).recall(give(Y), schedule, rng=seed, max_sweeps=20)
    assert run.final.tolist() == expected.final.tolist()
    assert run.initial.tolist() == Y.tolist()
    assert run.final.dtype == run.initial.dtype == int


# --- what a recall promises --------------------------------------------------------------------------------


@pytest.fixture
def case():
    rng = np.random.default_rng(11)
    W, b = integer_network(rng, 10, symmetric=False, with_bias=True)
    return W, b, patterns.random(5, 10, rng)


@pytest.mark.parametrize("schedule", SCHEDULES)
@pytest.mark.parametrize("record", [True, False])
def test_arguments_are_left_alone_and_not_shared(case, schedule, record):
    W, b, Y = case
    before = [a.copy() for a in (W, b, Y)]
    order = np.arange(10)[::-1].copy() if schedule == "ordered" else None
    W_float, Y_read_only = W.astype(float), Y.copy()
    Y_read_only.flags.writeable = False
    net = binary.Network(W_float, b)
    seed = 0 if schedule.startswith("random") else None
    for cue in (Y, Y[0], Y_read_only):
        run = net.recall(cue, schedule, order=order, rng=seed, max_sweeps=9, record=record)
        assert not np.shares_memory(run.initial, cue)
        assert not np.shares_memory(run.final, cue)
    assert not any(np.shares_memory(net.weights, a) for a in (W, W_float))
    for after, was in zip((W, b, Y), before, strict=True):
        assert (after == was).all()
    assert order is None or order.tolist() == list(range(10))[::-1]


@pytest.mark.parametrize("schedule", SCHEDULES)
def test_a_trajectory_outlives_its_cue(case, schedule):
    """The record is worked out when it is asked for, and must not depend on what became of the array."""
    W, b, Y = case
    seed = 0 if schedule.startswith("random") else None
    for cue in (Y.copy(), Y[0].copy()):
        runs = [binary.Network(W, b).recall(cue, schedule, rng=seed, max_sweeps=4, record=True) for _ in "12"]
        first = [run if cue.ndim == 1 else run[2] for run in runs]
        expected = first[0].energies, first[0].states
        cue *= -1
        assert (first[1].energies == expected[0]).all() and (first[1].states == expected[1]).all()


@pytest.mark.parametrize("schedule", ["random", "random-unit"])
def test_the_same_seed_gives_the_same_course(case, schedule):
    W, b, Y = case
    net = binary.Network(W, b)

    def course(rng, cue=Y):
        run = net.recall(cue, schedule, rng=rng, max_sweeps=5, record=True)
        return [one.states.tolist() for one in (run if cue.ndim == 2 else [run])]

    assert course(3) == course(3) == course(np.random.default_rng(3))
    assert course(3) != course(4)
    assert course(3)[:1] == course(3, Y[0])
    assert course(3)[:2] == course(3, Y[:2])  # a row does not depend on the rows after it
    generator = np.random.default_rng(3)
    assert course(generator) != course(generator)  # a generator goes on


def test_no_global_random_state(case):
    W, b, Y = case
    before = np.random.get_state()[1].tolist()  # noqa: NPY002
    binary.Network(W, b).recall(Y, "random", rng=0, max_sweeps=3)
    patterns.flip(Y, 2, rng=0)
    assert np.random.get_state()[1].tolist() == before  # noqa: NPY002


def test_weights_cannot_be_changed_afterwards():
    net = binary.Network([[0, 1], [1, 0]], [1, 2])
    for array in (net.weights, net.bias):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 5
    assert repr(net) == "Network of 2 units, symmetric weights"
    assert repr(binary.Network([[0, 1], [0, 0]])) == "Network of 2 units, asymmetric weights"


def test_the_scale_is_seen_in_fields_and_energies_only():
    W = learning.hebb(patterns.random(3, 8, rng=0))
    whole, scaled = binary.Network(W), binary.Network(W, scale=1 / 8)
    Y = patterns.random(20, 8, rng=1)
    assert (whole.recall(Y).final == scaled.recall(Y).final).all()
    assert (scaled.field(Y) == whole.field(Y) / 8).all()
    assert (scaled.energy(Y) == whole.energy(Y) / 8).all()


def test_zero_is_never_minus_zero():
    net = binary.Network(np.zeros((2, 2)))
    run = net.recall([1, -1], record=True)
    assert not np.signbit([net.energy([1, -1]), *net.energy([[1, -1]]), *net.field([-1, -1])]).any()
    assert not np.signbit(run.energies).any()


def test_a_batch_of_one_is_a_batch():
    net = binary.Network([[0, -1], [-1, 0]])
    run = net.recall([[1, 1]])
    assert run.final.shape == (1, 2) and len(run) == 1 and run.sweeps.tolist() == [1]
    assert net.recall([1, 1]).final.shape == (2,)
    assert net.energy([[1, 1]]).shape == (1,) and isinstance(net.energy([1, 1]), float)
    assert net.is_fixed_point([[1, 1]]).tolist() == [False] and net.is_fixed_point([1, -1]) is True


def test_the_step_limit_is_told():
    net = binary.Network([[0, -1], [1, 0]])  # Wiskott fig. 1.3, network 1: never rests
    for schedule in ("random", "random-unit"):
        run = net.recall([-1, -1], schedule, rng=0, max_sweeps=7)
        assert (run.outcome, run.converged, run.cycle_length, run.sweeps) == ("step limit", False, 0, 7)
    assert net.recall([-1, -1], "synchronous", max_sweeps=3).outcome == "step limit"
    settled = binary.Network([[0, -1], [-1, 0]]).recall([1, 1], max_sweeps=1)
    assert settled.outcome == "fixed point"  # reached in the last sweep allowed
