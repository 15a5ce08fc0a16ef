"""Excitation and inhibition: the energy against plain Python, Dale's law, and what such a network recalls."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from hopfield_edu import dale, friends, zero_one
from hopfield_edu.patterns import sparse


class Naive:
    """Plain Python with fractions: an inhibitory unit that is computed, sent, and taken off."""

    def __init__(self, patterns, g, theta):
        N = len(patterns[0])
        self.T = [[int(i != j and any(p[i] and p[j] for p in patterns)) for j in range(N)] for i in range(N)]
        self.g, self.theta = Fraction(str(g)), Fraction(str(theta))

    def field(self, V, i, A=None):
        A = sum(V) if A is None else A
        return sum(t * v for t, v in zip(self.T[i], V, strict=True)) - self.theta - self.g * (A - V[i])

    def energy(self, V):
        A, N = sum(V), len(V)
        pairs = sum(self.T[i][j] * V[i] * V[j] for i in range(N) for j in range(N))
        return -Fraction(pairs, 2) + self.theta * A + self.g / 2 * (A * A - A)

    def recall(self, V, refresh, sweeps):
        V, states, times, A = list(map(int, V)), [], [0], 0
        states.append(tuple(V))
        for time in range(sweeps * len(V)):
            A = sum(V) if time % refresh == 0 else A
            i = time % len(V)
            h = self.field(V, i, A)
            new = V[i] if h == 0 else int(h > 0)
            if new != V[i]:
                V[i] = new
                states.append(tuple(V))
                times.append(time + 1)
        return states, times


@pytest.mark.parametrize(("g", "theta"), [(0.9, 0.5), (0.85, 0.5), (0.5, 0.0), (0, 2.5)])
def test_fields_energies_and_recalls_are_those_of_a_naive_network(g, theta):
    s = sparse(4, 12, 4, rng=1)
    naive, net = Naive(s.tolist(), g, theta), dale.Network(s, g, threshold=theta)
    Y = np.concatenate([np.random.default_rng(2).integers(0, 2, (20, 12)), s, np.zeros((1, 12), int)])
    assert net.excitation.tolist() == naive.T
    assert np.allclose(net.energy(Y), [float(naive.energy(V)) for V in Y.tolist()], atol=1e-12)
    assert np.allclose(net.field(Y), [[float(naive.field(V, i)) for i in range(12)] for V in Y.tolist()])
    for refresh in (1, 3, 12):
        runs = net.recall(Y, refresh=refresh, max_sweeps=6, record=True)
        for run, V in zip(runs, Y, strict=True):
            states, times = naive.recall(V, refresh, 6)
            assert [tuple(x) for x in run.states.tolist()] == states and run.times.tolist() == times
            assert (run.final == states[-1]).all() and run.flips == len(times) - 1
            assert np.allclose(run.energies, [float(naive.energy(x)) for x in states], atol=1e-12)
            if refresh == 1:
                assert (np.diff(run.energies) < 0).all() and run.converged
            if run.converged:
                assert net.is_fixed_point(run.final)


def test_it_is_a_network_with_dales_law_and_one_without():
    s = sparse(5, 30, 5, rng=0)
    net = dale.Network(s, 0.6)
    W, V = net.weights, np.random.default_rng(1).integers(0, 2, 30)
    assert dale.obeys(W) and W.shape == (31, 31)
    A = W[-1, :-1] @ V  # what the inhibitory unit hears
    assert A == V.sum()
    assert np.allclose(W[:-1, :-1] @ V + W[:-1, -1] * A - net.threshold, net.field(V))
    assert not dale.obeys(net.direct.weights)
    assert isinstance(net.direct, zero_one.Network) and np.allclose(net.direct.energy(V), net.energy(V))
    assert dale.obeys([[-1, 2], [0, 2]]) and not dale.obeys([[1, 0], [-1, 0]])


def test_synapses_are_switched_on_once():
    s = sparse(30, 40, 6, rng=2)
    counted = s.T @ s
    np.fill_diagonal(counted, 0)
    assert (dale.willshaw(s) == (counted > 0)).all() and counted.max() > 1
    summed = dale.Network.of(counted, 0.9)
    assert (summed.excitation == counted).all() and not (dale.Network(s).excitation == counted).all()
    assert dale.Network.of(counted + np.eye(40)).excitation.diagonal().max() == 0


def test_memories_are_recalled_from_half_and_inhibition_must_be_fast():
    s = sparse(60, 200, 10, rng=0)
    net = dale.Network(s, 0.85)
    half = s * (np.cumsum(s, axis=1) <= 5)
    found = [
        int((net.recall(half, "random", rng=1, refresh=r, max_sweeps=30).final == s).all(axis=1).sum())
        for r in (1, 20, 200)
    ]
    assert net.is_fixed_point(s).all() and found[0] >= 55 and found[1] >= 50 and found[2] < 50


def test_a_clue_ignites_only_if_it_is_large_enough():
    """(1 - g) (A - 1) >= theta: with g = 0.9 and theta = 1/2 that is six units or more."""
    s = (np.arange(60) < 20).astype(int)
    for g, least in ((0.9, 6), (0.8, 4)):
        net = dale.Network(s, g)
        for A in (least - 1, least):
            final = net.recall((np.arange(60) < A).astype(int)).final
            assert (final == s).all() == (A == least)


@pytest.mark.slow
def test_friends_without_a_winner():
    for seed in range(4):
        people = friends.people(250, rng=seed)
        s = friends.units(people)
        net = dale.Network(s)
        assert net.is_fixed_point(s).all()
        for known, wrong, least in ((10, 0, 247), (10, 1, 235), (7, 0, 240), (7, 1, 190)):
            clues = friends.units(friends.clue(people, rng=seed, known=known, wrong=wrong))
            assert (net.recall(clues).final == s).all(axis=1).sum() >= least
            few = net.recall(clues[::25], "random", rng=seed, record=True)
            assert all((np.diff(row.energies) < 1e-9).all() for row in few)


NET = dale.Network([[1, 1, 0], [0, 1, 1]])


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: dale.Network([[1, -1, 1]]), "^patterns holds -1; only the values 0 and 1"),
        (lambda: dale.Network([]), "^patterns is empty"),
        (lambda: dale.Network(np.zeros((2, 3, 3), int)), r"^patterns has shape \(2, 3, 3\); .* flat"),
        (lambda: dale.Network([[1, 1]], -0.1), "^inhibition is -0.1"),
        (lambda: dale.Network([[1, 1]], np.nan), "^inhibition is nan"),
        (lambda: dale.Network([[1, 1]], threshold="low"), "^threshold is 'low'"),
        (lambda: dale.Network.of([[0, 1], [2, 0]]), "^excitation is not symmetric"),
        (lambda: dale.Network.of([[0, -1], [-1, 0]]), r"^excitation holds -1 at \[0, 1\]"),
        (lambda: dale.Network.of([[0, 1e200], [1e200, 0]]), r"^excitation contains 1e\+200"),
        (lambda: dale.Network.of([0, 1]), r"^excitation has shape \(2,\)"),
        (lambda: dale.obeys([1, 2]), r"^weights has shape \(2,\)"),
        (lambda: NET.recall([1, 1]), "^state has 2 units, but the network has N = 3"),
        (lambda: NET.recall([1, -1, 1]), "^state holds -1"),
        (lambda: NET.recall([1, 0, 1], refresh=0), "^refresh is 0"),
        (lambda: NET.recall([1, 0, 1], "synchronous"), "^schedule is 'synchronous'"),
        (lambda: NET.recall([1, 0, 1], refresh=2, record=1), "^record is 1"),
    ],
)
def test_bad_input(call, words):
    with pytest.raises((ValueError, TypeError), match=words):
        call()
