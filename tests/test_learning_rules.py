"""The rules beyond Hebb's, each against its definition, written without any of our short cuts."""

from __future__ import annotations

import copy
import pickle

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hopfield_edu import binary, datasets, delayed, learning, patterns, zero_one

sizes = given(M=st.integers(1, 6), N=st.integers(2, 9), seed=st.integers(0, 99))


# ------------------------------------------------------------------ Storkey


def storkey_by_definition(s):
    """Four loops; the field of i leaves out i and j."""
    N = len(s[0])
    w = [[0.0] * N for _ in range(N)]
    for x in s.tolist():
        h = [[sum(w[i][k] * x[k] for k in range(N) if k not in (i, j)) for j in range(N)] for i in range(N)]
        w = [
            [
                w[i][j] + (x[i] * x[j] - x[i] * h[j][i] - h[i][j] * x[j]) / N if i != j else 0.0
                for j in range(N)
            ]
            for i in range(N)
        ]
    return np.array(w)


@sizes
def test_storkey(M, N, seed):
    s = patterns.random(M, N, seed)
    W = learning.storkey(s)
    assert np.allclose(W, storkey_by_definition(s), atol=1e-12)
    assert (W == W.T).all() and not np.diagonal(W).any()
    before = learning.storkey(s[:-1]) if M > 1 else np.zeros((N, N))
    kept = before.copy()
    assert (learning.storkey_add(before, s[-1]) == W).all() and (before == kept).all()
    assert np.allclose(learning.storkey(s[0]) * N, learning.hebb(s[0]))  # nothing was known before


def test_storkey_wants_its_own_kind_of_weights():
    with pytest.raises(ValueError, match="weights has a diagonal"):
        learning.storkey_add(np.eye(3), [1, 1, -1])


# ------------------------------------------------------------------ pseudo-inverse


def basis(s):
    """Gram and Schmidt, in the order of the patterns; what is new below 1e-6 of a pattern is nothing."""
    found = []
    for x in s.astype(float):
        for e in found + found:  # twice, against rounding
            x = x - (x @ e) * e
        if np.linalg.norm(x) > 1e-6 * len(x) ** 0.5:
            found.append(x / np.linalg.norm(x))
    return found


@sizes
def test_pseudo_inverse(M, N, seed):
    s = patterns.random(M, N, seed)
    W = sum(np.outer(e, e) for e in basis(s))
    full = learning.pseudo_inverse(s, self_connections=True)
    assert np.allclose(full, W, atol=1e-10) and np.allclose(full @ s.T, s.T)
    without = learning.pseudo_inverse(s)
    assert np.allclose(without, W - np.diag(np.diagonal(W)), atol=1e-10) and not np.diagonal(without).any()
    assert binary.Network(without).is_fixed_point(s).all() and binary.Network(full).is_fixed_point(s).all()
    one_by_one = np.zeros((N, N))
    for x in s:
        one_by_one = learning.pseudo_inverse_add(one_by_one, x)
    assert np.allclose(one_by_one, W, atol=1e-9)


def test_as_many_patterns_as_units_leave_no_weights_but_ties():
    s = patterns.orthogonal(8, 8)
    assert not learning.pseudo_inverse(s).any()
    assert (learning.pseudo_inverse(s, self_connections=True) == np.eye(8)).all()


def test_the_faces_depend_on_each_other():
    """Rank 12: without a cut-off rounding passes for directions; one pattern at a time holds, too."""
    faces = datasets.faces()
    W = learning.pseudo_inverse(faces, self_connections=True)
    assert round(np.trace(W), 9) == 12 == np.linalg.matrix_rank(faces)
    assert np.allclose(W @ faces.T, faces.T) and np.diagonal(W).max() < 0.26
    added = np.zeros_like(W)
    for face in faces:
        added = learning.pseudo_inverse_add(added, face)
    assert np.allclose(added, W, atol=1e-9)
    for weights in (W, added, learning.pseudo_inverse(faces)):
        assert binary.Network(weights).is_fixed_point(faces).all()
    unlimited = learning.pseudo_inverse(faces, self_connections=True, rcond=0)
    assert round(np.trace(unlimited)) == 64  # what the cut-off is for


# ------------------------------------------------------------------ perceptron


def perceptron_by_definition(s, margin, symmetric, max_epochs):
    """Unit by unit, pattern by pattern, in whole numbers."""
    s = s.tolist()
    N = len(s[0])
    w = [[0 if i == j else sum(x[i] * x[j] for x in s) for j in range(N)] for i in range(N)]
    for epoch in range(max_epochs + 1):
        wrong = [
            (i, x)
            for i in range(N)
            for x in s
            if x[i] * sum(w[i][j] * x[j] for j in range(N)) <= margin * sum(v * v for v in w[i]) ** 0.5
        ]
        if not wrong or epoch == max_epochs:
            return w, epoch, not wrong
        for i, x in wrong:
            for j in range(N):
                if i != j:
                    w[i][j] += x[i] * x[j]
                    w[j][i] += x[i] * x[j] if symmetric else 0


@given(
    M=st.integers(1, 5),
    N=st.integers(3, 7),
    seed=st.integers(0, 99),
    margin=st.sampled_from([0, 0.45, 1.1]),
    symmetric=st.booleans(),
)
def test_perceptron(M, N, seed, margin, symmetric):
    s = patterns.random(M, N, seed)
    W, epochs, converged = perceptron_by_definition(s, margin, symmetric, 9)
    learned = learning.perceptron(s, margin=margin, symmetric=symmetric, max_epochs=9)
    assert learned.weights.tolist() == W
    assert (learned.epochs, learned.converged) == (epochs, converged)
    if symmetric:
        assert (learned.weights == learned.weights.T).all()


def test_the_perceptron_says_whether_it_converged():
    s = patterns.random(30, 100, 0)
    learned = learning.perceptron(s, margin=0.9)
    aligned = s * (s @ learned.weights.T) / np.linalg.norm(learned.weights, axis=1)
    assert learned.converged and aligned.min() > 0.9 and 1 < learned.epochs < 100
    hopeless = learning.perceptron([[1, 1, 1], [1, 1, -1]], max_epochs=20)  # differ in one unit
    assert not hopeless.converged and hopeless.epochs == 20
    assert learning.perceptron(s[:2]).epochs == 0  # Hebb's rule was enough


# ------------------------------------------------------------------ rules that forget


@given(M=st.integers(1, 9), N=st.integers(1, 6), seed=st.integers(0, 99), bound=st.sampled_from([1, 2, 2.5]))
def test_bounded(M, N, seed, bound):
    s = patterns.random(M, N, seed)
    w = [[0.0] * N for _ in range(N)]
    for x in s.tolist():
        for i in range(N):
            for j in range(N):
                w[i][j] = min(bound, max(-bound, w[i][j] + x[i] * x[j])) if i != j else 0
    assert learning.bounded(s, bound).tolist() == w
    assert (learning.bounded(s, M) == learning.hebb(s)).all()


def test_unlearning_takes_away_what_its_dreams_find():
    s = patterns.random(4, 20, 0)
    W = learning.hebb(s)
    kept = W.copy()
    rng = np.random.default_rng(5)
    by_hand = W.astype(float)
    for count in (3, 3, 1):  # 7 dreams in batches of 3
        ends = binary.Network(by_hand).recall(patterns.random(count, 20, rng)).final
        by_hand = by_hand - 0.05 * learning.hebb(ends)
    found = learning.unlearn(W, 7, 5, rate=0.05, batch=3)
    assert np.allclose(found, by_hand, atol=1e-12) and (W == kept).all()
    assert (found == found.T).all() and not np.diagonal(found).any()
    assert (learning.unlearn(W, 7, 5) == learning.unlearn(W, 7, 5, rate=0.01, batch=50)).all()
    assert (learning.unlearn(learning.hebb(s, self_connections=True), 0, 5) == W).all()
    for tired in (learning.unlearn(W, 500, 5), learning.unlearn(learning.unlearn(W, 250, 5), 250, 5)):
        assert (tired == 0.01 * np.rint(100 * tired)).all()  # whole numbers of steps: ties stay ties


@pytest.mark.slow
def test_unlearning_rescues_what_hebb_loses_and_too_much_of_it_loses_all():
    for seed in range(3):
        s = patterns.random(30, 100, seed)
        W = learning.hebb(s)
        stable = {
            dreams: binary.Network(learning.unlearn(W, dreams, seed)).is_fixed_point(s).mean()
            for dreams in (0, 1500, 4000)
        }
        assert stable[0] < 0.3 and stable[1500] > 0.9 and stable[4000] < 0.2


# ------------------------------------------------------------------ sparse


@given(M=st.integers(1, 6), N=st.integers(1, 6), seed=st.integers(0, 99), f=st.sampled_from([0.1, 0.5, 0.7]))
def test_covariance(M, N, seed, f):
    V = (np.random.default_rng(seed).random((M, N)) < f).astype(int)
    w = [
        [0.0 if i == j else sum((x[i] - f) * (x[j] - f) for x in V) / (N * f * (1 - f)) for j in range(N)]
        for i in range(N)
    ]
    assert np.allclose(learning.covariance(V, f), w, atol=1e-12)
    assert np.allclose(learning.covariance(V[0] == 1, f), learning.covariance(V[:1], f))
    assert np.isclose(learning.threshold(f), 0.5 - f)


def test_half_active_covariance_is_hebb():
    V = (np.random.default_rng(0).random((5, 30)) < 0.5).astype(int)
    assert np.allclose(30 * learning.covariance(V, 0.5), learning.hebb(2 * V - 1))
    assert learning.threshold(0.5) == 0


def test_the_covariance_rule_holds_more_sparse_patterns_than_hebb():
    """In 0/1 units with the threshold, M = N/4 patterns of 5 % active units: most are stable."""
    N, f = 200, 0.05
    for seed in range(3):
        rng = np.random.default_rng(seed)
        V = patterns.sparse(50, N, round(f * N), rng)
        net = zero_one.Network(learning.covariance(V, f), np.full(N, -learning.threshold(f)))
        stable = net.bipolar.is_fixed_point(2 * V - 1)
        plain = binary.Network(learning.hebb(2 * V - 1)).is_fixed_point(2 * V - 1)
        assert stable.mean() > 0.7 and not plain.any()


# ------------------------------------------------------------------ sequences


@given(M=st.integers(2, 5), seed=st.integers(0, 99), closed=st.booleans())
def test_sequence(M, seed, closed):
    s = patterns.random(M, 16, seed)
    steps = [(k, (k + 1) % M) for k in range(M if closed else M - 1)]
    w = [[sum(s[b][i] * s[a][j] for a, b in steps) for j in range(16)] for i in range(16)]
    assert learning.sequence(s, closed=closed).tolist() == w
    exact = learning.sequence(s, closed=closed, rule="pseudo-inverse")
    if np.linalg.matrix_rank(s) == M:
        assert all(np.allclose(exact @ s[a], s[b]) for a, b in steps)


def test_a_sequence_is_walked_through_at_once_and_with_a_delay():
    s = patterns.random(8, 200, 3)
    V = learning.sequence(s)
    run = binary.Network(V).recall(s[0], "synchronous")
    assert run.outcome == "cycle" and run.cycle_length == 8
    net = delayed.Network(learning.hebb(s), V)
    for seed in range(3):
        walk = net.recall(patterns.flip(s[0], fraction=0.1, rng=seed), 60, "random", rng=seed)
        m = patterns.overlap(walk.states, s)
        order = [k for k, before in zip(m.argmax(axis=1)[1:], m.argmax(axis=1), strict=False) if k != before]
        assert m[4].argmax() == 0 and m[4, 0] == 1  # first it is put right
        assert order == [k % 8 for k in range(1, len(order) + 1)] and len(order) > 8
        assert m.max(axis=1)[1:].min() > 0.6


def test_a_delayed_network_is_its_textbook_loop():
    rng = np.random.default_rng(0)
    W, V = rng.integers(-2, 3, (6, 6)), rng.integers(-2, 3, (6, 6))
    for delay in (1, 3):
        way = [patterns.random(1, 6, rng)[0]]
        for t in range(12):
            y, past = way[-1].copy(), way[t - delay] if t >= delay else np.zeros(6)
            for i in range(6):
                h = W[i] @ y + 1.5 * V[i] @ past
                y[i] = np.sign(h) if h else y[i]
            way.append(y)
        run = delayed.Network(W, V, 1.5, delay).recall(way[0], 12)
        assert run.states.tolist() == np.array(way).tolist()


def test_a_delayed_network_is_read_only_and_travels():
    s = patterns.random(3, 30, 0)
    net = delayed.Network(learning.hebb(s), learning.sequence(s), delay=2)
    for other in (copy.copy(net), copy.deepcopy(net), pickle.loads(pickle.dumps(net))):
        assert repr(other) == repr(net) == "Network of 30 units, transitions after 2 sweeps"
        assert (other.recall(s[0], 9).states == net.recall(s[0], 9).states).all()
        with pytest.raises(ValueError, match="read-only"):
            other.transitions[0] = 1
        with pytest.raises(AttributeError, match="delay is fixed"):
            other.delay = 3


# ------------------------------------------------------------------ all of them

RULES = {
    "storkey": learning.storkey,
    "pseudo_inverse": learning.pseudo_inverse,
    "perceptron": learning.perceptron,
    "bounded": lambda s: learning.bounded(s, 3),
    "sequence": learning.sequence,
    "covariance": lambda s: learning.covariance((np.asarray(s) + 1) // 2, 0.5),
}


@pytest.mark.parametrize("name", RULES)
def test_any_kind_of_array_will_do_and_none_is_changed(name):
    rule, s = RULES[name], patterns.random(3, 8, 0)
    wanted = np.asarray(getattr(rule(s), "weights", rule(s)))
    for given_as in (s.tolist(), s.astype(np.int8), s.astype(np.float32), np.asfortranarray(s)):
        found = rule(given_as)
        assert (getattr(found, "weights", found) == wanted).all()
    s.flags.writeable = False
    rule(s)


WRONG = {
    "0/1 for storkey": (lambda: learning.storkey([[0, 1]]), "^patterns holds 0/1 values"),
    "±1 for covariance": (
        lambda: learning.covariance([[1, -1]], 0.1),
        r"^patterns holds -1; only the values",
    ),
    "flat activity": (
        lambda: learning.covariance([[1, 0]], 1),
        "^activity is 1; a fraction above 0 and below",
    ),
    "activity": (lambda: learning.threshold(1.5), "^activity is 1.5; a fraction must"),
    "rcond": (lambda: learning.pseudo_inverse([[1, -1]], rcond=-1), r"^rcond is -1; it must lie in \[0, 1\]"),
    "margin": (lambda: learning.perceptron([[1, -1]], margin=-0.5), "^margin is -0.5; a number at least 0"),
    "epochs": (
        lambda: learning.perceptron([[1, -1]], max_epochs=0),
        "^max_epochs is 0; it must be at least 1",
    ),
    "bound": (lambda: learning.bounded([[1, -1]], 0), "^bound is 0; a positive number is wanted"),
    "dreams": (lambda: learning.unlearn(np.eye(2), -1, 0), "^dreams is -1; it must be at least 0"),
    "rate": (lambda: learning.unlearn(np.eye(2), 1, 0, rate=0), "^rate is 0; a positive number is wanted"),
    "batch": (lambda: learning.unlearn(np.eye(2), 1, 0, batch=0), "^batch is 0; it must be at least 1"),
    "much to dream": (lambda: learning.unlearn(np.eye(2000), 10**6, 0), "^weights = .*, dreams = 1000000: "),
    "one of a sequence": (lambda: learning.sequence([[1, -1]]), "^patterns holds only one pattern"),
    "twice in a sequence": (lambda: learning.sequence([[1, -1], [1, -1]]), "^patterns holds a pattern twice"),
    "rule": (
        lambda: learning.sequence([[1, -1], [1, 1]], rule="Hebb"),
        "^rule is 'Hebb'; choose one of 'hebb'",
    ),
    "units": (lambda: learning.pseudo_inverse_add(np.eye(3), [1, 1]), "^pattern has 2 units"),
    "transitions": (lambda: delayed.Network(np.eye(3), np.eye(2)), r"^transitions has shape \(2, 2\), but"),
    "delay": (lambda: delayed.Network(np.eye(2), np.eye(2), delay=0), "^delay is 0; it must be"),
    "strength": (lambda: delayed.Network(np.eye(2), np.eye(2), strength=0), "^strength is 0; a positive"),
    "sweeps": (lambda: delayed.Network(np.eye(2), np.eye(2)).recall([1, 1], 0), "^sweeps is 0; it must be"),
}


@pytest.mark.parametrize("name", WRONG)
def test_errors_bear_the_callers_names(name):
    call, words = WRONG[name]
    with pytest.raises(ValueError, match=words):
        call()


def test_flags_are_no_numbers():
    s = [[1, 1, -1], [1, -1, 1]]
    for call in (
        lambda: learning.pseudo_inverse(s, self_connections=1),
        lambda: learning.perceptron(s, symmetric=1),
        lambda: learning.sequence(s, closed=1),
    ):
        with pytest.raises(TypeError, match="is 1; True or False is wanted"):
            call()
