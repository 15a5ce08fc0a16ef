"""Boltzmann machines: exact sums by hand, gradients by finite differences, what a hidden unit is for."""

from __future__ import annotations

import copy
import pickle
from itertools import product
from math import exp, log

import numpy as np
import pytest

from hopfield_edu import boltzmann, datasets, patterns, state_space, thermal

PARITY = (state_space.all_states(4).prod(axis=1) == 1) / 8  # an even number of -1


def naive(W, b, visible):
    """The probability of every visible state, summed by hand over the hidden ones."""
    N, weight = len(b), {}
    for y in product([-1, 1], repeat=N):
        pairs = sum(W[i][j] * y[i] * y[j] for i in range(N) for j in range(i))
        weight[y[:visible]] = weight.get(y[:visible], 0) + exp(
            pairs + sum(map(float.__mul__, b, map(float, y)))
        )
    Z = sum(weight.values())
    return [weight[tuple(v)] / Z for v in state_space.all_states(visible).tolist()]


def some_machine(rng, visible, hidden):
    W = np.triu(rng.normal(0, 1, (visible + hidden,) * 2), 1)
    return boltzmann.Machine(W + W.T, rng.normal(0, 1, visible + hidden), visible=visible)


def test_the_distribution_is_the_sum_over_hidden_states():
    rng = np.random.default_rng(0)
    for visible, hidden in ((1, 0), (3, 0), (2, 2), (3, 3)):
        machine = some_machine(rng, visible, hidden)
        q = machine.distribution()
        assert np.allclose(q, naive(machine.weights.tolist(), machine.bias.tolist(), visible), rtol=1e-12)
        p = rng.dirichlet(np.ones(2**visible))
        by_hand = sum(a * log(a / c) for a, c in zip(p, q, strict=True))
        assert machine.divergence(p) == pytest.approx(by_hand) and machine.divergence(q) < 1e-12
    net = thermal.Network(machine.weights, machine.bias)
    assert np.allclose(thermal.boltzmann(net, 1).reshape(8, 8).sum(axis=0), q)


def test_the_gradient_is_that_of_finite_differences():
    rng, step = np.random.default_rng(1), 1e-5
    for visible, hidden in ((3, 0), (2, 2), (3, 1)):
        machine, N = some_machine(rng, visible, hidden), visible + hidden
        p = rng.dirichlet(np.ones(2**visible))
        found = machine.gradient(p)

        def likelihood(dW, db, machine=machine, p=p):
            moved = boltzmann.Machine(machine.weights + dW, machine.bias + db, visible=machine.visible)
            return p @ np.log(moved.distribution())

        for i in range(N):
            db = step * np.eye(N)[i]
            slope = (likelihood(0, db) - likelihood(0, -db)) / (2 * step)
            assert found.bias[i] == pytest.approx(slope, abs=1e-8)
            for j in range(i):
                dW = np.zeros((N, N))
                dW[i, j] = dW[j, i] = step
                slope = (likelihood(dW, 0) - likelihood(-dW, 0)) / (2 * step)
                assert found.weights[i, j] == found.weights[j, i] == pytest.approx(slope, abs=1e-8)
        assert not np.diagonal(found.weights).any()


def test_even_parity_needs_one_hidden_unit():
    for seed in range(3):
        alone = boltzmann.Machine.random(4, 0, rng=seed).learn(PARITY, steps=200)
        assert alone.divergence[-1] == pytest.approx(log(2), abs=1e-6)
        machine, way = boltzmann.Machine.random(4, 1, rng=seed).learn(PARITY)
        assert way[-1] < 0.02 and way.shape == (1501,)
        assert machine.divergence(PARITY) == pytest.approx(way[-1])
        assert machine.distribution()[PARITY > 0].sum() > 0.98


def test_learning_without_hidden_units_finds_the_correlations():
    rng = np.random.default_rng(2)
    goal = some_machine(rng, 3, 0)
    found = boltzmann.Machine.random(3, 0, rng=0).learn(goal.distribution(), steps=2000)
    assert found.divergence[-1] < 1e-5
    assert np.allclose(found.machine.weights, goal.weights, atol=0.02)


def test_the_free_energy_sums_over_hidden_states():
    rng = np.random.default_rng(3)
    machine = boltzmann.Restricted(rng.normal(size=(3, 2)), rng.normal(size=3), rng.normal(size=2))
    states = state_space.all_states(3)
    for y, F in zip(states, machine.free_energy(states), strict=True):
        v = (y + 1) / 2
        total = sum(
            exp(v @ machine.weights @ h + machine.visible_bias @ v + machine.hidden_bias @ h)
            for h in np.array(list(product([0, 1], repeat=2)))
        )
        assert pytest.approx(-log(total)) == F == machine.free_energy(y)
    p = np.exp(-machine.free_energy(states))
    p /= p.sum()
    drawn = machine.sample(patterns.random(4000, 3, 0), sweeps=30, rng=1)
    seen = np.bincount(state_space.encode(drawn), minlength=8) / 4000
    assert abs(seen - p).max() < 0.03  # a whole layer at once, and yet Boltzmann


def test_the_contrast_of_one_step_is_zero_where_the_data_are_its_own():
    rng = np.random.default_rng(4)
    machine = boltzmann.Restricted(rng.normal(size=(3, 2)), rng.normal(size=3))
    own = machine.sample(patterns.random(40000, 3, 0), sweeps=25, rng=1)
    for gain in machine._contrast((own + 1) / 2, rng):
        assert abs(gain).max() < 0.02
    other = patterns.random(40000, 3, 5)
    assert max(abs(gain).max() for gain in machine._contrast((other + 1) / 2, rng)) > 0.05


def test_letters_are_completed_from_a_half():
    letters = datasets.letters("ABCDEFGH")
    machine = boltzmann.Restricted.train(letters, rng=0)
    known = np.arange(100) < 50
    noise = np.where(known, letters, patterns.random(8, 100, 1))
    done = machine.complete(noise, known, rng=2)
    assert (done[:, known] == letters[:, known]).all()
    assert (done == letters).all(axis=1).sum() >= 7
    assert (machine.complete(noise, known, rng=2) == done).all()
    again = boltzmann.Restricted.train(letters, rng=0)
    assert (again.weights == machine.weights).all()
    kept = machine.sample(noise, sweeps=5, known=known, rng=3)
    assert (kept[:, known] == noise[:, known]).all() and (kept != noise).any()


def test_machines_are_fixed_and_travel():
    machines = [
        (boltzmann.Machine.random(2, 1, rng=0), ("weights", "bias", "visible", "hidden", "N")),
        (boltzmann.Restricted(np.eye(3)), ("weights", "visible_bias", "hidden_bias", "V", "H")),
    ]
    for machine, names in machines:
        for other in (
            machine,
            copy.copy(machine),
            copy.deepcopy(machine),
            pickle.loads(pickle.dumps(machine)),
        ):
            assert repr(other) == repr(machine) and "oltzmann machine of" in repr(machine)
            for name in names:
                with pytest.raises(AttributeError, match=name):
                    setattr(other, name, 1)
            with pytest.raises(ValueError, match="read-only"):
                other.weights[0] = 7


WRONG = [
    (lambda: boltzmann.Machine([[1, 0], [0, 0]], visible=1), "self-connections"),
    (lambda: boltzmann.Machine([[0, 1], [2, 0]], visible=1), "weights is not symmetric"),
    (lambda: boltzmann.Machine(np.zeros((15, 15)), visible=1), "at most 14"),
    (lambda: boltzmann.Machine(np.zeros((2, 2)), visible=3), "visible is 3"),
    (lambda: boltzmann.Machine.random(10, 5, rng=0), "hidden is 5"),
    (lambda: boltzmann.Machine.random(2, 0, rng=0).divergence([1, 1, 0, 0]), "target adds up to 2"),
    (lambda: boltzmann.Machine.random(2, 0, rng=0).gradient([0.5, 0.5]), "target has shape"),
    (lambda: boltzmann.Machine.random(2, 0, rng=0).learn([1, 0, 0, 0], momentum=2), "momentum is 2"),
    (lambda: boltzmann.Restricted([1, 2]), "weights has shape"),
    (lambda: boltzmann.Restricted.train([0, 1], rng=0), "patterns holds 0/1"),
    (lambda: boltzmann.Restricted.train([1, -1], 0, rng=0), "hidden is 0"),
    (lambda: boltzmann.Restricted(np.eye(2)).complete([1, 1], [1, 0], rng=0), "known is"),
    (lambda: boltzmann.Restricted(np.eye(2)).complete([1, 1], [True, False], rng=0, last=200), "last is 200"),
    (lambda: boltzmann.Restricted(np.eye(2)).sample([1, 1, 1], sweeps=1, rng=0), "state has 3 units"),
]


def test_wrong_arguments_are_named():
    for call, message in WRONG:
        with pytest.raises((ValueError, TypeError), match=message):
            call()
