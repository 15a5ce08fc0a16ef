"""Two layers: the energy falls, and with fast memories the network is each of those it is said to be."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hopfield_edu import graded, layered, modern

KINDS = {
    "modern": (layered.linear(), layered.softmax(3)),
    "dense": (layered.tanh(4), layered.power(3)),
    "sphere": (layered.spherical(), layered.power(2)),
    "graded": (layered.tanh(2), layered.linear()),
    "two heads of attention": (layered.softmax(2), layered.softmax(0.5)),
}


def figure_4(kind="modern", **more):
    """Five feature and eleven memory units, as drawn by Scholarpedia."""
    xi = np.random.default_rng(4).normal(size=(11, 5)) / 2
    return layered.Network(xi, *KINDS[kind], **more)


# --- Scholarpedia's equations, as loops --------------------------------------------------------------------


def test_figure_4_has_55_synapses_and_none_inside_a_layer():
    net = figure_4()
    W = net.weights
    assert (net.N, net.M) == (5, 11) and np.count_nonzero(W) == 2 * 55 and (W == W.T).all()
    assert not W[:5, :5].any() and not W[5:, 5:].any()
    assert all(W[5 + mu, i] == net.patterns[mu, i] for mu in range(11) for i in range(5))


def test_equation_1_unit_by_unit():
    rng = np.random.default_rng(0)
    xi, bias, state = rng.normal(size=(11, 5)), rng.normal(size=5), rng.normal(size=16)
    net = layered.Network(xi, layered.tanh(2), layered.softmax(0.7), bias=bias, tau=3, tau_memory=0.4)
    x, h = state[:5], state[5:]
    total = sum(math.exp(0.7 * h[mu]) for mu in range(11))
    f = [math.exp(0.7 * h[mu]) / total for mu in range(11)]
    g = [math.tanh(2 * x[i]) for i in range(5)]
    for i in range(5):
        heard = sum(xi[mu, i] * f[mu] for mu in range(11))
        assert net.velocity(state)[i] == pytest.approx((heard - x[i] + bias[i]) / 3, abs=1e-14)
    for mu in range(11):
        heard = sum(xi[mu, i] * g[i] for i in range(5))
        assert net.velocity(state)[5 + mu] == pytest.approx((heard - h[mu]) / 0.4, abs=1e-14)
    # equation 3
    L_x = sum(math.log(math.cosh(2 * x[i])) / 2 for i in range(5))
    L_h = math.log(total) / 0.7
    E = sum((x[i] - bias[i]) * g[i] for i in range(5)) - L_x + sum(h[mu] * f[mu] for mu in range(11)) - L_h
    E -= sum(f[mu] * xi[mu, i] * g[i] for mu in range(11) for i in range(5))
    assert net.energy(state) == pytest.approx(E, abs=1e-12)


@pytest.mark.parametrize("layer", [layer for pair in KINDS.values() for layer in pair], ids=lambda y: y.name)
def test_outputs_are_slopes_of_convex_lagrangians(layer):
    rng = np.random.default_rng(1)
    a, b = rng.normal(size=(2, 40, 6))
    for j in range(6):
        e = np.eye(6)[j] * 1e-6
        slope = (layer.lagrangian(a + e) - layer.lagrangian(a - e)) / 2e-6
        assert slope == pytest.approx(layer.output(a)[:, j], abs=1e-6)
    between = layer.lagrangian((a + b) / 2) - (layer.lagrangian(a) + layer.lagrangian(b)) / 2
    assert (between <= 1e-12).all()
    assert layer.lagrangian(a[0]).shape == () and layer.output(a[0]).shape == (6,)


# --- the energy falls --------------------------------------------------------------------------------------


@pytest.mark.every(2)
@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=20)
@given(st.integers(0, 10**6), st.sampled_from([0.01, 1.0, 30.0]), st.integers(1, 5), st.integers(1, 4))
def test_the_energy_never_rises(kind, seed, slowness, N, M):
    """However slow the memory units are: equation 4 holds for all time constants."""
    rng = np.random.default_rng(seed)
    bias, xi = rng.normal(size=N), rng.normal(size=(M, N)) / np.sqrt(N * M)
    net = layered.Network(xi, *KINDS[kind], bias=bias, tau_memory=slowness)
    way = net.recall(rng.normal(size=(2, N + M)), 5, record=True, points=41)
    for run in way:
        assert np.diff(run.energies).max() <= 1e-7 * (1 + np.ptp(run.energies))


@pytest.mark.parametrize("kind", KINDS)
def test_equation_4_is_the_slope_of_the_energy(kind):
    net, rng = figure_4(kind, tau=2.0, tau_memory=0.3), np.random.default_rng(2)
    z = rng.normal(size=16)
    v, eps = net.velocity(z), 1e-5
    measured = (net.energy(z + eps * v) - net.energy(z - eps * v)) / (2 * eps)
    formula = 0.0
    for part, layer, tau in ((slice(0, 5), net.features, 2.0), (slice(5, 16), net.memories, 0.3)):
        move = eps * v[part]
        change = (layer.output(z[part] + move) - layer.output(z[part] - move)) / (2 * eps)  # L'' times v
        formula -= tau * v[part] @ change
    assert measured == pytest.approx(formula, rel=1e-5) and formula < 0


# --- fast memory units: the networks that one knows --------------------------------------------------------


def test_with_softmax_it_is_the_modern_network():
    rng = np.random.default_rng(3)
    X, y = rng.normal(size=(11, 5)), rng.normal(size=(30, 5))
    two, one = layered.Network(X, memories=layered.softmax(2)), modern.Network(X, 2)
    assert np.abs(two.step(y) - one.step(y)).max() < 1e-12
    apart = one.energy(y) - two.energy(two.start(y))
    assert apart == pytest.approx(np.log(11) / 2 + (X**2).sum(axis=1).max() / 2, abs=1e-12)
    for slow in (0.01, 0.1, 1, 10):
        two = layered.Network(X, memories=layered.softmax(2), tau_memory=slow)
        end = two.recall(two.start(y), 100 * max(slow, 1))
        rest = end.outcome == "fixed point"
        x = end.final[rest, :5]
        assert rest.mean() > 0.9 and np.abs(one.step(x) - x).max() < 1e-5  # and there the other rests, too


def test_an_euler_step_of_tau_with_instant_memories_is_the_step():
    net = figure_4(tau=0.7, tau_memory=0.2)
    x = np.random.default_rng(5).normal(size=5)
    z = net.start(x)
    assert np.abs(z[:5] + 0.7 * net.velocity(z)[:5] - net.step(x)).max() < 1e-14
    z = np.concatenate([x, np.zeros(11)])  # memories that have heard nothing take one step of tau_memory
    assert np.abs(z[5:] + 0.2 * net.velocity(z)[5:] - net.start(x)[5:]).max() < 1e-14


def test_with_linear_memories_it_is_the_graded_network():
    """Scholarpedia eqs. 5 to 9: T = xi'xi, and the energies are equal."""
    net = figure_4("graded", bias=np.arange(5) / 10)
    plain = graded.Network(net.patterns.T @ net.patterns, np.arange(5) / 10, graded.tanh(2))
    x = np.random.default_rng(6).normal(size=(20, 5))
    assert net.velocity(net.start(x))[:, :5] == pytest.approx(plain.velocity(x), abs=1e-12)
    assert net.energy(net.start(x)) == pytest.approx(plain.energy(x), abs=1e-12)
    assert net.step(x) == pytest.approx(x + plain.velocity(x), abs=1e-12)


def test_with_a_power_it_is_a_dense_memory():
    """Model A, in the limit of steep outputs: patterns rest, and what is left of the energy is -sum F."""
    rng = np.random.default_rng(7)
    s = rng.choice([-1.0, 1.0], (6, 60))
    net = layered.Network(s, layered.tanh(50), layered.power(3))
    assert (np.sign(net.step(s)) == s).all()
    spoilt = s.copy()
    spoilt[:, :6] *= -1
    assert (np.sign(net.step(spoilt)) == s).all()
    F = (np.maximum(s @ s.T, 0) ** 3).sum(axis=1)
    cost = 60 * np.log(2) / 50  # x'g - L_x of units that are sure
    assert net.energy(net.start(10 * s)) == pytest.approx(cost - F)  # for h = Xi g: h'f - f'Xi g = 0


def test_on_the_sphere_only_directions_count():
    """Model C: a step does not feel the length of x, and a lone pattern is found from its half space."""
    net = layered.Network([[3.0, 4.0]], layered.spherical(), layered.power(2))
    assert net.step([0.1, 0.2]) == pytest.approx(net.step([10, 20]))
    assert layered.spherical().output(net.step([1, -0.7])) == pytest.approx([0.6, 0.8])
    assert (layered.spherical().output(np.zeros(2)) == 0).all()


def test_one_of_each_and_equal_patterns():
    single = layered.Network([[2.0]], memories=layered.softmax(5))
    assert single.recall(single.start([0.3]), 60).final == pytest.approx([2, 4], abs=1e-5)
    same = layered.Network(np.ones((3, 2)))
    assert same.recall(same.start([0, 0]), 60).final == pytest.approx([1, 1, 2, 2, 2], abs=1e-5)


@pytest.mark.parametrize("beta", [1e-3, 1e3, 1e6])
def test_extreme_temperatures(beta):
    net = layered.Network([[30.0, 0], [0, 30]], memories=layered.softmax(beta))
    y = net.step([[1, 0.5], [-100, -200], [0, 0]])
    assert np.isfinite(y).all() and y[2] == pytest.approx([15, 15])
    assert np.isfinite(net.energy(net.start(y))).all()


def test_inputs_are_left_alone():
    xi, x = np.eye(3), np.ones(3)
    net = layered.Network(xi)
    z = net.start(x)
    kept = z.copy()
    net.velocity(z), net.energy(z), net.step(x), net.recall(z, 1)
    xi[0, 0] = 7
    assert (z == kept).all() and (x == 1).all() and net.patterns[0, 0] == 1


# --- bad input ---------------------------------------------------------------------------------------------

NET = layered.Network(np.eye(2))
BAD = {
    "flat patterns": (lambda: layered.Network([1, 2]), ValueError, "one pattern per row"),
    "no patterns": (lambda: layered.Network(np.zeros((0, 3))), ValueError, "(M, N) is wanted"),
    "NaN": (lambda: layered.Network([[np.nan, 1]]), ValueError, "patterns"),
    "text": (lambda: layered.Network([["a"]]), TypeError, "patterns"),
    "a name for a layer": (lambda: layered.Network(np.eye(2), "tanh"), TypeError, "features is 'tanh'"),
    "a layer not called": (
        lambda: layered.Network(np.eye(2), memories=layered.softmax),
        TypeError,
        "memories is the function softmax; a Layer, such as layered.softmax(2), is wanted",
    ),
    "a long bias": (lambda: layered.Network(np.eye(2), bias=[1, 2, 3]), ValueError, "bias"),
    "no time": (lambda: layered.Network(np.eye(2), tau=0), ValueError, "tau"),
    "time backwards": (lambda: layered.Network(np.eye(2), tau_memory=-1), ValueError, "tau_memory"),
    "features only": (lambda: NET.velocity([1, 0]), ValueError, "as `start` makes it"),
    "a state of text": (lambda: NET.energy(["a"] * 4), TypeError, "state"),
    "a short cue": (lambda: NET.start([1]), ValueError, "(2,) or (B, 2) is wanted"),
    "a cube of cues": (lambda: NET.step(np.zeros((1, 1, 2))), ValueError, "features has shape (1, 1, 2)"),
    "no cues": (lambda: NET.step(np.zeros((0, 2))), ValueError, "features has shape (0, 2)"),
    "no duration": (lambda: NET.recall(NET.start([1, 0]), 0), ValueError, "duration"),
    "beta 0": (lambda: layered.softmax(0), ValueError, "beta"),
    "steepness NaN": (lambda: layered.tanh(np.nan), ValueError, "beta"),
    "power 1": (lambda: layered.power(1), ValueError, "n is 1"),
    "half a power": (lambda: layered.power(2.5), (TypeError, ValueError), "n"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input(case):
    call, error, words = BAD[case]
    with pytest.raises(error) as raised:
        call()
    assert words in str(raised.value)
