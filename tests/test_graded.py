"""Graded units: the flow, its energy and its fixed points, against the formulas written out naively."""

from __future__ import annotations

import doctest
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad

from hopfield_edu import binary, graded, state_space

TOLERANCE = 1e-7  # of the integrator, relative to the energies of these networks
GAINS = {
    "tanh": graded.tanh(1.7),
    "logistic": graded.logistic(3.0),
    "steep": graded.tanh(40),
    "custom": graded.custom(lambda x: np.arctan(x) * 2 / np.pi),
}


def random_network(seed, *, symmetric=True, gain=None, N=None, tau=1.0):
    """Weights with a diagonal of either sign, bias, and a generator for starts."""
    rng = np.random.default_rng(seed)
    N = N or int(rng.integers(1, 7))
    A = rng.normal(size=(N, N))
    W = (A + A.T) / 2 if symmetric else A
    kind = gain or list(GAINS.values())[seed % 2]
    return graded.Network(W, rng.normal(size=N), kind, tau), rng


def naive_velocity(W, b, g, tau, x):
    V = [g(v) for v in x]
    N = len(x)
    return [(-x[i] + sum(W[i][j] * V[j] for j in range(N)) + b[i]) / tau for i in range(N)]


# --- gain functions -----------------------------------------------------------------------------


@pytest.mark.parametrize("gain", GAINS.values(), ids=GAINS)
def test_inverse_slope_and_integrals_belong_together(gain):
    """Slope and primitive by differences, the cost by quadrature, Legendre's equality."""
    rough = 1e-3 if gain is GAINS["custom"] else 1e-7
    edge = 0.05 if gain is GAINS["steep"] else 1.5
    x = np.linspace(-edge, edge, 11)
    V, h = gain.g(x), 1e-5
    assert gain.inverse(V) == pytest.approx(x, abs=rough)
    assert (gain.g(x + h) - gain.g(x - h)) / (2 * h) == pytest.approx(gain.slope(x), rel=1e-2, abs=rough)
    assert (gain.primitive(x + h) - gain.primitive(x - h)) / (2 * h) == pytest.approx(V, abs=1e-3)
    assert gain.cost(V) == pytest.approx(x * V - gain.primitive(x), abs=rough)
    middle = float(gain.g(np.array(0.0)))
    for v in V[::5]:
        area = quad(lambda z: float(gain.inverse(np.array(z))), middle, v, epsabs=1e-5, epsrel=1e-5)[0]
        assert float(gain.cost(v) - gain.cost(middle)) == pytest.approx(area, abs=max(rough, 1e-4))


def test_closed_forms():
    """tanh: [V artanh V + ln(1 - V^2)/2]/beta; logistic: an entropy."""
    for V in (-0.9, -0.2, 0.0, 0.5):
        by_hand = (V * math.atanh(V) + math.log(1 - V * V) / 2) / 2.5
        assert float(graded.tanh(2.5).cost(np.array(V))) == pytest.approx(by_hand, abs=1e-14)
    for V in (0.1, 0.5, 0.8):
        by_hand = (V * math.log(V) + (1 - V) * math.log(1 - V)) / 2.5
        assert float(graded.logistic(2.5).cost(np.array(V))) == pytest.approx(by_hand, abs=1e-14)


def test_far_potentials_do_not_overflow():
    x = np.array([-1e6, -1e3, 1e3, 1e6])
    with np.errstate(all="raise", under="ignore"):
        for gain in (graded.tanh(50), graded.logistic(50)):
            assert np.isfinite(gain.g(x)).all() and np.isfinite(gain.primitive(x)).all()
            assert np.isfinite(gain.slope(x)).all()
            assert np.isfinite(gain.cost(np.array([gain.low, gain.high]))).all()


def test_the_logistic_unit_is_the_tanh_unit_in_other_units():
    x = np.linspace(-3, 3, 13)
    assert 2 * graded.logistic(2.0).g(x) - 1 == pytest.approx(graded.tanh(1.0).g(x), abs=1e-14)


# --- the flow and its energy --------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(20))
def test_velocity_and_energy_written_out(seed):
    net, rng = random_network(seed, tau=0.5 + seed % 3)
    x = rng.normal(size=net.N)
    gain = net.gain
    wanted = naive_velocity(
        net.weights.tolist(), net.bias.tolist(), lambda v: float(gain.g(np.array(v))), net.tau, x
    )
    assert net.velocity(x) == pytest.approx(wanted, abs=1e-12)
    V = gain.g(x)
    E = -sum(net.weights[i, j] * V[i] * V[j] for i in range(net.N) for j in range(net.N)) / 2
    E -= sum(net.bias[i] * V[i] for i in range(net.N))
    E += sum(x[i] * V[i] - float(gain.primitive(np.array(x[i]))) for i in range(net.N))
    assert net.energy(x) == pytest.approx(E, abs=1e-11)
    assert net.energy_of_output(V) == pytest.approx(E, abs=1e-9)  # S eqs 6 and 9
    batch = np.vstack([x, -x])
    assert net.energy(batch) == pytest.approx([net.energy(x), net.energy(-x)], abs=1e-12)
    assert net.velocity(batch)[1] == pytest.approx(net.velocity(-x), abs=1e-12)


@pytest.mark.parametrize("seed", range(20))
def test_the_derivative_of_the_energy(seed):
    """dE/dt = -tau sum g'(x) (dx/dt)^2, also with self-connections of any sign."""
    net, rng = random_network(seed, tau=1.5)
    x, h = rng.normal(size=net.N), 1e-5
    v = net.velocity(x)
    measured = (net.energy(x + h * v) - net.energy(x - h * v)) / (2 * h)
    formula = -net.tau * float((net.gain.slope(x) * v**2).sum())
    assert measured == pytest.approx(formula, rel=1e-5, abs=1e-8) and formula <= 0


@given(st.integers(0, 10**6), st.sampled_from(sorted(GAINS)))
@settings(max_examples=25, derandomize=True, deadline=None)
def test_the_energy_never_rises(seed, name):
    net, rng = random_network(seed, gain=GAINS[name])
    ways = net.recall(2 * rng.normal(size=(3, net.N)), 15, record=True)
    for way in ways:
        rough = 1e-4 if name == "custom" else TOLERANCE  # its integrals come from a table
        assert np.diff(way.energies).max() <= rough * (1 + np.abs(way.energies).max())


@pytest.mark.parametrize("seed", range(5))
def test_without_symmetry_it_may_rise(seed):
    net = graded.Network([[1.5, -1], [1, 1.5]], gain=graded.tanh())
    start = np.random.default_rng(seed).normal(size=2)
    way = net.recall(start, 60, record=True)
    assert way.outcome == "step limit" and np.diff(way.energies).max() > 1e-3


@pytest.mark.parametrize("seed", range(6))
def test_both_conventions_are_one_flow(seed):
    """x = W v + b maps dv/dt = (-v + g(W v + b))/tau on the equation of the potentials."""
    net, rng = random_network(seed, symmetric=False, tau=2.0)
    v = rng.normal(size=net.N)
    x = net.weights @ v + net.bias
    assert net.weights @ net.output_velocity(v) == pytest.approx(net.velocity(x), abs=1e-12)


def test_tau_sets_the_pace_only():
    slow, _ = random_network(3, N=4, tau=5.0)
    fast = graded.Network(slow.weights, slow.bias, slow.gain)
    start = np.array([0.3, -0.2, 0.5, 0.1])
    one, two = (net.recall(start, 3, record=True, points=4) for net in (slow, fast))
    assert one.states == pytest.approx(two.states, abs=1e-7)
    assert one.times == pytest.approx(5 * two.times)


def test_recall_agrees_with_many_small_steps():
    net, rng = random_network(8, N=3)
    start = rng.normal(size=3)
    x = start.copy()
    for _ in range(20000):
        x = x + 1e-4 * net.velocity(x)
    assert net.recall(start, 2).final == pytest.approx(x, abs=1e-3)


def test_smaller_rtol_smaller_error():
    net = graded.Network([[0, -4], [-4, 0]], [2, 2], graded.logistic(8))
    exact = net.recall([0.3, 0.2], 2, rtol=1e-12).final
    errors = [np.abs(net.recall([0.3, 0.2], 2, rtol=r).final - exact).max() for r in (1e-3, 1e-6, 1e-9)]
    assert errors[0] > errors[1] > errors[2] and errors[2] < 1e-9


def test_a_batch_is_its_rows():
    net, rng = random_network(4, N=3)
    starts = rng.normal(size=(5, 3))
    batch = net.recall(starts, 20)
    for start, final in zip(starts, batch.final, strict=True):
        assert net.recall(start, 20).final == pytest.approx(final, abs=1e-5)
    assert len(batch) == 5 and (batch.initial == starts).all()


# --- fixed points -------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(10))
def test_fixed_points_are_at_rest_and_attract_as_they_say(seed):
    net, _ = random_network(seed, N=3)
    points = net.fixed_points(rng=seed)
    assert points and any(p.stable for p in points)
    for p in points:
        assert np.abs(net.velocity(p.x)).max() < 1e-7
        near = p.x + 1e-4 * np.array([1, -1, 0.5])
        back = np.abs(net.recall(near, 200).final - p.x).max() < 1e-3
        assert back or not p.stable


def test_jacobian_by_differences():
    net, rng = random_network(1, N=4, symmetric=False, tau=3.0)
    x, h = rng.normal(size=4), 1e-6
    measured = np.array([(net.velocity(x + e) - net.velocity(x - e)) / (2 * h) for e in h * np.eye(4)]).T
    assert net.jacobian(x) == pytest.approx(measured, abs=1e-8)


@pytest.mark.parametrize("gain", np.arange(1.25, 14, 0.5))
def test_crossings_of_the_flip_flop(gain):
    """1 = beta |w| g'(0) with the logistic slope 1/4: one fixed point below 4, three above."""
    net = graded.Network([[0, -1], [-1, 0]], [0.5, 0.5], graded.logistic(gain))
    assert [p.stable for p in graded.crossings(net)] == ([True] if gain < 4 else [True, False, True])


@pytest.mark.parametrize("seed", range(30))
def test_crossings_are_what_newton_finds(seed):
    rng = np.random.default_rng(seed)
    gain = graded.tanh(rng.uniform(0.5, 4))
    net = graded.Network(rng.normal(size=(2, 2)), rng.normal(size=2) / 4, gain)
    found = [p.x for p in graded.crossings(net)]
    others = [p.x for p in net.fixed_points(rng=seed)]
    assert len(found) == len(others)
    assert np.array(found) == pytest.approx(np.array(others), abs=1e-6)


def test_nullclines_stand_still():
    for gain in (graded.tanh(0.7), graded.logistic(9)):
        net = graded.Network([[0.4, -1.2], [0.9, -0.3]], [0.1, 0.2], gain)
        for unit, (V_1, V_2) in enumerate(graded.nullclines(net)):
            V = np.column_stack([V_1, V_2])[np.isfinite(V_1) & np.isfinite(V_2)]
            V = V[((V > gain.low + 1e-6) & (V < gain.high - 1e-6)).all(axis=1)]
            assert len(V) > 20
            assert np.abs(net.velocity(gain.inverse(V))[:, unit]).max() < 1e-6


# --- steep gain ---------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(6))
def test_steep_gain_is_the_binary_network_if_the_diagonal_is_zero(seed):
    A = np.random.default_rng(seed).normal(size=(5, 5))
    W = (A + A.T) * (1 - np.eye(5))
    corners = state_space.all_states(5)
    x = graded.Network(W, gain=graded.tanh(100)).recall(corners @ W, 40).final
    rests = set(state_space.encode(np.where(x > 0, 1, -1)).tolist())
    assert rests == set(state_space.fixed_points(binary.Network(W)).tolist())


def test_and_not_otherwise():
    W = np.array([[-2.0, -1.0], [-1.0, -2.0]])
    (rest,) = graded.crossings(graded.Network(W, gain=graded.tanh(200)))
    assert rest.stable and np.abs(rest.V).max() < 1e-9
    assert not len(state_space.fixed_points(binary.Network(W)))


# --- generalised networks -----------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(8))
def test_scaled_networks_have_an_energy(seed):
    rng = np.random.default_rng(seed)
    A = rng.normal(size=(4, 4))
    T, lam, mu = A + A.T, rng.uniform(0.2, 3, 4), rng.uniform(0.2, 3, 4)
    net = graded.Scaled(T, lam, mu, rng.normal(size=4), graded.tanh(1.3))
    assert net.weights == pytest.approx(lam[:, None] * T * mu[None, :])
    way = net.recall(rng.normal(size=4), 15, record=True)
    assert np.diff(way.energies).max() < TOLERANCE
    x, h = rng.normal(size=4), 1e-5
    v = net.velocity(x)
    measured = (net.energy(x + h * v) - net.energy(x - h * v)) / (2 * h)
    assert measured == pytest.approx(-(mu / lam * net.gain.slope(x) * v**2).sum(), rel=1e-5, abs=1e-8)
    assert net.energy_of_output(net.output(x)) == pytest.approx(net.energy(x))


def inhibition(k=20.0, B=1.0):
    return (lambda u: -k * np.maximum(u - B, 0)), (lambda u: -k * np.maximum(u - B, 0) ** 2 / 2)


def held(delay=0.0):
    net = graded.Network([[0, 1], [1, 0]], [0.2, 0.2], graded.logistic(8))
    return graded.WithFastUnit(net, [1, 1], *inhibition(), delay=delay)


def test_the_sign_of_the_fast_unit():
    """With the current +A f the energy has -F; with +F it rises. And the plane holds."""
    net = held()
    starts = net.gain.inverse(np.array([[0.1, 0.3], [0.4, 0.05], [0.9, 0.6]]))
    rises = []
    for way in net.recall(starts, 30, record=True, points=601):
        assert np.diff(way.energies).max() < TOLERANCE
        V = net.output(way.states)
        wrong = net.net.energy(way.states) + net.F(V @ net.A)
        assert V[-1].sum() < 1.05
        assert net.energy_of_output(V[-1]) == pytest.approx(way.energies[-1], abs=1e-9)
        rises.append(np.diff(wrong).max())
    assert max(rises) > 0.1
    assert net.net.output(net.net.recall(starts, 30).final).sum(axis=1).min() > 1.9


def test_fast_enough():
    quick, late = held(0.01), held(2.0)
    swings = []
    for net in (quick, late):
        way = net.recall([-1.0, 0.0, 0.0], 60, record=True, points=601)
        swings.append(np.ptp(net.output(way.states[-200:]).sum(axis=1)))
    assert swings[0] < 1e-6 and swings[1] > 0.3
    same = held().recall([-1.0, 0.0], 60).final
    assert quick.recall([-1.0, 0.0, 0.0], 60).final[:2] == pytest.approx(same, abs=1e-4)


def test_fixed_points_with_a_fast_unit():
    """The delay moves no fixed point, only their stability."""
    slow, instant = held(2.0).fixed_points(rng=0), held().fixed_points(rng=0)
    assert [p.x[:2].round(5).tolist() for p in slow] == [p.x.round(5).tolist() for p in instant]
    assert any(p.stable for p in instant) and not any(p.stable for p in slow)


# --- refused ------------------------------------------------------------------------------------

NET = graded.Network([[0, -1], [-1, 0]], gain=graded.tanh(3))
THREE = graded.Network(np.zeros((3, 3)))
ONES = np.ones((2, 2))
f, F = inhibition()

BAD = {
    "no gain": (lambda: graded.tanh(0), ValueError, "beta"),
    "negative gain": (lambda: graded.logistic(-1), ValueError, "beta is -1"),
    "text as gain": (lambda: graded.tanh("2"), TypeError, "beta"),
    "infinite gain": (lambda: graded.logistic(np.inf), ValueError, "beta"),
    "custom: no function": (lambda: graded.custom(3), TypeError, "function of arrays"),
    "custom: falling": (lambda: graded.custom(lambda x: -np.tanh(x)), ValueError, "increase strictly"),
    "custom: a step": (lambda: graded.custom(np.sign), ValueError, "increase strictly"),
    "custom: one number": (lambda: graded.custom(lambda x: 1.0), ValueError, "one finite number"),
    "custom: NaN": (lambda: graded.custom(lambda x: x * np.nan), ValueError, "one finite number"),
    "custom: reach": (lambda: graded.custom(np.tanh, reach=0), ValueError, "reach"),
    "custom: points": (lambda: graded.custom(np.tanh, points=1), ValueError, "points"),
    "weights not square": (lambda: graded.Network([[1, 2]]), ValueError, "weights"),
    "weights with NaN": (lambda: graded.Network([[np.nan]]), ValueError, "weights"),
    "bias of another size": (lambda: graded.Network(ONES, [1]), ValueError, "bias"),
    "gain is a function": (lambda: graded.Network(ONES, gain=np.tanh), TypeError, "graded.tanh"),
    "tau": (lambda: graded.Network(ONES, tau=0), ValueError, "tau"),
    "state of another size": (lambda: NET.velocity([1, 2, 3]), ValueError, "state has shape"),
    "state with NaN": (lambda: NET.energy([1, np.nan]), ValueError, "NaN"),
    "empty batch": (lambda: NET.output(np.zeros((0, 2))), ValueError, "state"),
    "text as state": (lambda: NET.recall("+-"), TypeError, "state"),
    "output out of range": (lambda: NET.energy_of_output([2, 0]), ValueError, "between -1 and 1"),
    "output of another size": (lambda: NET.output_velocity([1]), ValueError, "shape"),
    "duration": (lambda: NET.recall([1, 2], 0), ValueError, "duration"),
    "one point": (lambda: NET.recall([1, 2], points=1), ValueError, "points"),
    "tol": (lambda: NET.recall([1, 2], tol=0), ValueError, "tol"),
    "rtol": (lambda: NET.recall([1, 2], rtol=1e-20), ValueError, "rtol"),
    "jacobian of a batch": (lambda: NET.jacobian(ONES), ValueError, "wanted"),
    "fixed points without rng": (lambda: NET.fixed_points(), (TypeError, ValueError), "rng"),
    "fixed points tol": (lambda: NET.fixed_points(rng=0, tol=-1), ValueError, "tol"),
    "starts of another size": (lambda: NET.fixed_points([[1, 2, 3]]), ValueError, "shape"),
    "nullclines of three": (lambda: graded.nullclines(THREE), ValueError, "3 units"),
    "nullclines unconnected": (lambda: graded.nullclines(graded.Network(np.eye(2))), ValueError, "w_12"),
    "nullclines points": (lambda: graded.nullclines(NET, 2), ValueError, "points"),
    "nullclines, fast unit": (lambda: graded.nullclines(held()), TypeError, "fast unit"),
    "crossings of three": (lambda: graded.crossings(THREE), ValueError, "3 units"),
    "couplings not symmetric": (lambda: graded.Scaled([[0, 1], [2, 0]], [1, 1], [1, 1]), ValueError, "symm"),
    "lam not positive": (lambda: graded.Scaled(ONES, [1, 0], [1, 1]), ValueError, "positive"),
    "mu of another size": (lambda: graded.Scaled(ONES, [1, 1], [1]), ValueError, "mu"),
    "fast: A": (lambda: graded.WithFastUnit(NET, [1], f, F), ValueError, "A has shape"),
    "fast: delay": (lambda: graded.WithFastUnit(NET, [1, 1], f, F, -1), ValueError, "delay"),
    "fast: no function": (lambda: graded.WithFastUnit(NET, [1, 1], 1, F), TypeError, "^f is 1; a function"),
    "fast: no network": (
        lambda: graded.WithFastUnit(ONES, [1, 1], f, F),
        TypeError,
        "^net is an array of shape",
    ),
    "fast: twice": (lambda: graded.WithFastUnit(held(), [1, 1], f, F), TypeError, "without a fast"),
    "fast: outputs": (lambda: held().output_velocity([0, 0]), NotImplementedError, "velocity"),
    "fast: jacobian": (lambda: held().jacobian(ONES), ValueError, "wanted"),
    "fast: range": (lambda: held().energy_of_output([2, 0]), ValueError, "between 0 and 1"),
}


@pytest.mark.parametrize(("call", "error", "words"), BAD.values(), ids=BAD)
def test_bad_input(call, error, words):
    with pytest.raises(error, match=words):
        call()


def test_arguments_stay_as_they_are():
    W, b, x = np.array([[0.0, 1.0], [1.0, 0.0]]), np.array([0.1, 0.2]), np.array([0.3, 0.4])
    net = graded.Network(W, b)
    net.recall(x), net.energy(x), net.fixed_points(rng=0)
    W[0, 1] = b[0] = 7
    assert net.weights[0, 1] == 1 and net.bias[0] == 0.1
    W[0, 1], b[0] = 1, 0.1
    with pytest.raises(ValueError, match="read-only"):
        net.weights[0, 1] = 7
    assert W[0, 1] == 1 and (b == [0.1, 0.2]).all() and (x == [0.3, 0.4]).all()


def test_examples_in_docstrings():
    assert doctest.testmod(graded).failed == 0
