"""Chapter 10, recomputed: tables by hand, numbers of the notebook, other good answers of the exercises."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest
from scipy.integrate import quad

from hopfield_edu import feedback, graded
from hopfield_edu.feedback import _chapter10 as chapter10

NOTEBOOK = Path(__file__).resolve().parents[1] / "notebooks" / "10_continuous_networks.ipynb"


def printed(text):
    """The output of the notebook that holds `text`."""
    cells = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    every = [o for c in cells for o in c.get("outputs", [])]
    outputs = ["".join(o.get("text", o.get("data", {}).get("text/plain", []))) for o in every]
    (found,) = [output for output in outputs if text in output]
    return found


# --- the tables and numbers ---------------------------------------------------------------------


def middle(kind, beta, x=0.0):
    """Output and slope at a potential, written out."""
    if kind == "tanh":
        return math.tanh(beta * x), beta / math.cosh(beta * x) ** 2
    V = 1 / (1 + math.exp(-beta * x))
    return V, beta * V * (1 - V)


def test_the_table_of_critical_gains():
    for name, (kind, w, b) in chapter10._CASES.items():
        V, slope, critical = feedback.critical_gain.solution[name]
        assert middle(kind, 1.0) == (V, slope)
        for beta, stable in ((0.98 * critical, True), (1.02 * critical, False)):
            output, rate = middle(kind, beta)
            assert w * output + b == 0  # x = 0 is a fixed point for every gain
            J = np.array([[-1, w * rate], [w * rate, -1]])
            assert (np.linalg.eigvalsh(J).max() < 0) == stable


def test_the_flip_flop_by_small_steps():
    """The prediction of the notebook: unit 1 wins, and ends at 0.98."""
    x = [math.log(V / (1 - V)) / 8 for V in (0.30, 0.22)]
    for _ in range(4000):
        V = [1 / (1 + math.exp(-8 * v)) for v in x]
        x = [x[0] + 0.01 * (-x[0] - V[1] + 0.5), x[1] + 0.01 * (-x[1] - V[0] + 0.5)]
    assert [round(1 / (1 + math.exp(-8 * v)), 2) for v in x] == [0.98, 0.02]


def test_a_euler_step_of_tau_is_a_synchronous_update():
    assert "“steps of 1.0” 1 at 0, 1 at 2, 1 at 4, 0 at 7, 0 at 9." in printed("“steps of 0.1”")
    net = graded.Network([[0, -4], [-4, 0]], [2, 2], graded.logistic(8))
    x = np.array([1.0, 0.9])
    assert x + net.velocity(x) == pytest.approx(net.weights @ net.output(x) + net.bias)


def test_numbers_that_the_prose_rests_on():
    assert "β = 2 13, β = 5 17, β = 100 20" in printed("networks of 20 that agree")
    assert "E 20, E, weighted 0" in printed("E, weighted")
    assert "E − F rises by 0.0\n" in printed("E + F") and "E + F rises by 2.82" in printed("E + F")
    assert printed("never rises:") == "never rises: True  outcome: fixed point\n"


def test_when_the_fast_unit_is_fast_enough():
    """Along V1 = V2 the trace of the Jacobian is -1 + slope - 1/delay: 0.1 damps, 2 does not."""
    net = graded.Network([[0, 1], [1, 0]], [0.2, 0.2], graded.logistic(8))
    f, F = (lambda u: -20 * np.maximum(u - 1, 0)), (lambda u: -10 * np.maximum(u - 1, 0) ** 2)
    for delay in (0.1, 2.0):
        (point,) = graded.WithFastUnit(net, [1, 1], f, F, delay=delay).fixed_points(rng=0)
        V = point.V[0]
        trace = -1 + 8 * V * (1 - V) - 1 / delay
        assert point.stable == (trace < 0) == (delay < 1)


@pytest.mark.slow
def test_the_plain_energy_rises_in_most_other_draws():
    """The fold's "in 46 of 49 other draws of the network"; the weighted energy never rises."""
    rises = 0
    for seed in set(range(50)) - {9}:
        rng = np.random.default_rng(seed)
        A, gain = rng.normal(size=(5, 5)), graded.tanh(1)
        scaled = graded.Scaled(A + A.T, *rng.uniform(0.2, 3, (2, 5)), gain=gain)
        plain = graded.Network(scaled.weights, gain=gain)
        ways = scaled.recall(rng.normal(size=(40, 5)), 20, record=True, points=401)
        rises += any(np.diff(plain.energy(way.states)).max() > 1e-9 for way in ways)
        assert all(np.diff(scaled.energy(way.states)).max() < 1e-9 for way in ways)
    assert rises == 46


def test_the_limit_cycle_has_one_unstable_fixed_point():
    """Jacobian at 0: eigenvalues 1/2 plus and minus i; both later trajectories meet."""
    net = graded.Network([[1.5, -1], [1, 1.5]])
    (rest,) = net.fixed_points(rng=0)
    assert not rest.stable and sorted(rest.eigenvalues.imag) == pytest.approx([-1, 1])
    far = net.output(net.recall([[0.1, 0], [2, -2]], 200, record=True, points=2001)[0].states[1500:])
    near = net.output(net.recall([2.0, -2.0], 200, record=True, points=2001).states[1500:])
    gaps = np.sqrt(((far[:, None] - near) ** 2).sum(axis=2)).min(axis=1)
    assert gaps.max() < 0.05


# --- the exercises ------------------------------------------------------------------------------


def test_examples_in_the_exercises():
    assert chapter10._graded_velocity(np.zeros(1), np.ones((1, 1)), np.array([3.0]), 2) == pytest.approx(
        [1.5]
    )
    V, zero = np.array([0.5]), np.zeros((1, 1))
    assert round(chapter10._graded_energy(V, zero, np.zeros(1), 1), 4) == 0.1308
    W = np.array([[0.0, -1.0], [-1.0, 0.0]])
    assert chapter10._growth_rate(np.zeros(2), W, 3, 2) == pytest.approx(1)
    assert chapter10._energy_shares(np.array([[1, 3], [0.5, 1]])) == pytest.approx([1, 6])


def test_other_ways_to_be_right():
    def graded_velocity(x, weights, bias, tau):
        return graded.Network(weights, bias, graded.tanh(), tau).velocity(x)

    def graded_energy(V, weights, bias, beta):
        price = sum(quad(lambda z: math.atanh(z) / beta, 0, v, epsabs=1e-13, epsrel=1e-13)[0] for v in V)
        return -np.einsum("i,ij,j", V, weights, V) / 2 - V @ bias + price

    def growth_rate(x, weights, beta, tau):
        net = graded.Network(weights, gain=graded.tanh(beta), tau=tau)
        return max(np.linalg.eigvals(net.jacobian(x)).real)

    def energy_shares(weights):
        return np.array([weights[0, j] / weights[j, 0] for j in range(len(weights))])

    for seed in range(5):
        assert feedback.graded_velocity(graded_velocity, seed=seed)
        assert feedback.graded_energy(graded_energy, seed=seed)
        assert feedback.growth_rate(growth_rate, seed=seed)
        assert feedback.energy_shares(energy_shares, seed=seed)


def test_the_shares_are_those_of_the_generalised_network():
    for (W,) in chapter10._share_trials(np.random.default_rng(0)):
        weighed = chapter10._energy_shares(W)[:, None] * W
        assert weighed == pytest.approx(weighed.T)


@pytest.mark.parametrize(
    "W",
    [
        [[1.5, -1.5], [1, 1.5]],
        [[1.05, -1], [1, 1.05]],
        [[2, 3], [-3, 2]],
        [[0, 0, -4], [-4, 0, 0], [0, -4, 0]],  # a ring of three that inhibit
        [[0, 0, -5], [5, 0, 0], [0, 5, 0]],
    ],
)
def test_other_oscillators_are_accepted(W):
    assert feedback.oscillator(W), feedback.oscillator(W)


@pytest.mark.parametrize(
    ("W", "mistake"),
    [
        ([[0, 1], [-1, 0]], "spirals in"),
        ([[0, 2], [3, 0]], "symmetric in disguise"),
        ([[3, -0.5], [0.5, 3]], "comes to rest elsewhere"),
        ([[0.99, -1], [1, 0.99]], "spirals in"),  # slowly
        ([[0.999, -1], [1, 0.999]], "spirals in"),
        ([[1, -1], [1, 1]], "spirals in"),  # the rounds shrink like one over the root of the time
        ([[1.001, -1], [1, 1.001]], "hardly leaves zero"),
        ([[1.5, -1], [1, 1.5]], "the chapter's network"),
        ([[1.5, 1], [-1, 1.5]], "the chapter's network"),
        ([[1.5, -4], [0.25, 1.5]], "the chapter's network"),
        ([[1.5, 0, -1], [0, 3, 0], [1, 0, 1.5]], "the chapter's network"),  # and one that looks on
        ([[0, 0, 3], [3, 0, 0], [0, 3, 0]], "nobody contradicts"),  # a ring of three that excite
        ([[0, 0, 3], [-3, 0, 0], [0, -3, 0]], "nobody contradicts"),
        ([[2, 0], [1, 2]], "nobody contradicts"),  # no loop at all
        ([[0, 3, 1], [3, 0, -1], [1, 1, 0]], "confirmed more than contradicted"),
        (np.zeros((2, 2)), "symmetric"),
        (np.full((3, 3), -2.0), "symmetric"),
    ],
)
def test_networks_that_rest_are_not(W, mistake):
    assert feedback.oscillator(W).mistake == mistake
