"""The memory of 250 friends, against a naive network in plain Python, and what it recalls."""

from __future__ import annotations

from itertools import islice

import numpy as np
import pytest

from hopfield_edu import friends
from hopfield_edu._schedule import visits

SMALL = friends.people(12, rng=3, properties=6, values=4)


class Naive:
    """Plain Python: pairs that friends have in common, counted anew for every input."""

    def __init__(self, people, values, counts):
        self.people, self.V, self.counts = people.tolist(), values, counts

    def weight(self, c, v, d, w):
        both = sum(p[c] == v and p[d] == w for p in self.people)
        return 0 if c == d else both if self.counts else min(both, 1)

    def inputs(self, x, c):
        told = [(d, w) for d, w in enumerate(x) if w >= 0]
        return [sum(self.weight(c, v, d, w) for d, w in told) for v in range(self.V)]

    def energy(self, x):
        told = [(d, w) for d, w in enumerate(x) if w >= 0]
        return -sum(self.weight(c, v, d, w) for c, v in told for d, w in told if c < d)

    def update(self, x, c):
        h = self.inputs(x, c)
        best = max(h)
        return h.index(best) if h.count(best) == 1 and best > 0 else x[c]

    def recall(self, x, steps, max_sweeps):
        """The states, the times of the changes, and whether it came to rest."""
        x, states, times = list(x), [tuple(x)], [0]
        for time, c in enumerate(islice(steps, max_sweeps * len(x)), start=1):
            v = self.update(x, c)
            if v != x[c]:
                x[c] = v
                states.append(tuple(x))
                times.append(time)
        return states, times, all(self.update(x, c) == x[c] for c in range(len(x)))


@pytest.mark.parametrize("counts", [False, True])
def test_fields_energies_and_recalls_are_those_of_a_naive_network(counts):
    naive, net = Naive(SMALL, 4, counts), friends.Network(SMALL, values=4, counts=counts)
    clues = np.concatenate([friends.clue(SMALL, rng=1, known=3, wrong=1, values=4), SMALL, [[-1] * 6]])
    assert net.energy(clues).tolist() == [naive.energy(x) for x in clues]
    assert net.field(clues).tolist() == [[naive.inputs(x, c) for c in range(6)] for x in clues]
    for schedule in ("ordered", "random", "random-unit"):
        whole = net.recall(clues, schedule, rng=5, max_sweeps=4, record=True)
        streams = np.random.default_rng(5).spawn(len(clues))
        for b, (x, stream) in enumerate(zip(clues, streams, strict=True)):
            steps = (int(u[0]) for u in visits(6, schedule, rng=stream))
            if schedule != "ordered":  # a single recall spawns a stream of its own
                steps = _orders(schedule, stream)
            states, times, rests = naive.recall(x.tolist(), steps, 4)
            run = whole[b]
            assert [tuple(s) for s in run.states.tolist()] == states and run.times.tolist() == times
            assert run.energies.tolist() == [naive.energy(s) for s in states]
            assert run.converged == rests == net.is_fixed_point(run.final) and run.flips == len(times) - 1
            assert (run.final == run.states[-1]).all() and (np.diff(run.energies) < 0).all()
            assert run.sweeps == (-(-times[-1] // 6) if rests else 4)
            changed = [int(np.flatnonzero(d)[0]) for d in np.diff(run.states, axis=0)]
            assert [int(u[0]) for u in run.units] == changed


def _orders(schedule, stream):
    while True:
        yield from (stream.permutation(6) if schedule == "random" else stream.integers(6, size=6)).tolist()


def test_one_update_and_a_tie_that_stays_blank():
    net = friends.Network([[0, 0], [0, 1], [1, 2]], values=3)
    assert net.update([0, -1], 1).tolist() == [0, -1]  # 0 and 1 fit as well
    assert net.update([1, -1], 1).tolist() == [1, 2]
    assert net.update([-1, -1], 1).tolist() == [-1, -1]
    assert net.is_fixed_point([[0, -1], [1, -1]]).tolist() == [True, False]
    assert (net.weights == net.weights.T).all() and net.weights.max() == 1
    assert friends.Network([[0, 0], [0, 0]], values=2, counts=True).weights.max() == 2


def test_clues_hold_what_was_asked_for():
    people = friends.people(100, rng=0)
    assert people.shape == (100, 50) and set(np.unique(people)) == set(range(20))
    for known, wrong in ((7, 0), (7, 1), (10, 10), (50, 0), (0, 0)):
        told = friends.clue(people, rng=2, known=known, wrong=wrong)
        assert ((told >= 0).sum(axis=1) == known).all() and told.max() < 20
        assert ((told == people).sum(axis=1) == known - wrong).all()
        assert np.allclose(friends.right(told, people[0])[0], (told[0] == people[0]).mean())
    drawn = friends.clue(np.zeros((4000, 5), int), rng=3, known=2, wrong=1, values=3)
    assert np.allclose((drawn >= 0).mean(axis=0), 0.4, atol=0.04)  # every property as often
    assert np.allclose([(drawn == v).sum() / 4000 for v in (0, 1, 2)], [1, 0.5, 0.5], atol=0.05)


def test_common_values_are_common():
    people = friends.people(2000, rng=0, properties=2, skew=1.0)
    share = np.bincount(people[:, 0], minlength=20) / 2000
    aim = 1 / np.arange(1, 21)
    assert np.allclose(share, aim / aim.sum(), atol=0.04)


def test_units_grids_words_and_shares():
    x = np.array([2, -1, 0])
    assert friends.units(x, values=3).tolist() == [0, 0, 1, 0, 0, 0, 1, 0, 0]
    assert friends.units([x, x], values=3).shape == (2, 9)
    assert friends.grid(x, values=3).tolist() == [[0, 0, 1], [0, 0, 0], [1, 0, 0]]
    assert friends.right(x, [2, 1, 1]) == pytest.approx(1 / 3)
    assert friends.right([x, x], [[2, 1, 0], [0, 0, 0]]).tolist() == [[2 / 3, 1 / 3]] * 2
    assert len(friends.PROPERTIES) == len(set(friends.PROPERTIES)) == len(friends.VALUES) == 50
    assert all(len(words) == len(set(words)) == 20 for words in friends.VALUES)
    friend = friends.people(1, rng=0)[0]
    words = friends.describe(friend)
    assert [friends.VALUES[c].index(words[name]) for c, name in enumerate(words)] == friend.tolist()


def test_one_bit_per_synapse_beats_counting():
    """What the chapter says of 250 friends and a clue of seven, one of them wrong; several seeds are slow."""
    people = friends.people(250, rng=0)
    clues = friends.clue(people, rng=1, known=7, wrong=1)
    once, counted = (friends.Network(people, counts=counts) for counts in (False, True))
    found, fewer = ((net.recall(clues).final == people).all(axis=1).sum() for net in (once, counted))
    assert found >= 235 and fewer <= 100 and once.is_fixed_point(people).all()


@pytest.mark.slow
def test_one_bit_per_synapse_beats_counting_whoever_the_friends_are():
    for seed in range(1, 9):
        people = friends.people(250, rng=seed)
        net = friends.Network(people)
        for known, wrong, least in ((10, 0, 250), (10, 1, 248), (7, 0, 247), (7, 1, 235), (5, 0, 245)):
            clues = friends.clue(people, rng=seed, known=known, wrong=wrong)
            assert (net.recall(clues).final == people).all(axis=1).sum() >= least


NET = friends.Network(SMALL, values=4)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: friends.people(5), r"^friends.people draws random numbers"),
        (lambda: friends.people(0, rng=0), "^count is 0"),
        (lambda: friends.people(10**9, rng=0), "^count = 1000000000, properties = 50: .* GiB"),
        (lambda: friends.people(5, rng=0, skew=-1), "^skew is -1"),
        (lambda: friends.clue(SMALL, rng=0, known=7), "^known is 7; it must be between 0 and 6"),
        (lambda: friends.clue(SMALL, rng=0, known=2, wrong=3), "^wrong is 3"),
        (lambda: friends.clue(SMALL - 1, rng=0), "^person holds -1; whole numbers from 0 to 19 are"),
        (lambda: friends.clue([0, 0], rng=0, known=1, wrong=1, values=1), "^wrong is not 0, but values is 1"),
        (lambda: friends.units([0, 20]), "^state holds 20; whole numbers from 0 to 19, or -1 for blank"),
        (lambda: friends.units([0.5]), "^state holds 0.5"),
        (lambda: friends.units([[[0]]]), r"^state has shape \(1, 1, 1\)"),
        (lambda: friends.units([]), r"^state has shape \(0,\)"),
        (lambda: friends.units([np.nan]), "^state contains NaN"),
        (lambda: friends.grid(SMALL), r"^state has shape \(12, 6\); \(C,\)"),
        (lambda: friends.describe([1, 2]), "^state has 2 properties; words are known for 50"),
        (lambda: friends.right([1, 2], [1, 2, 3]), "^state has 2 properties, but person has 3"),
        (lambda: friends.Network(SMALL, values=2), "^people holds"),
        (lambda: friends.Network([[-1, 0]]), "^people holds -1"),
        (lambda: friends.Network(SMALL, values=10**4), "^people = .* GiB"),
        (lambda: NET.recall([0, 1]), "^state has 2 properties, but the friends have 6"),
        (lambda: NET.recall(SMALL[:5].T), "^state has 5 properties, .* transpose it, state.T"),
        (lambda: NET.update(SMALL, 0), r"^state has shape \(12, 6\); \(C,\)"),
        (lambda: NET.update(SMALL[0], 6), r"^c \(the property\) is 6"),
        (lambda: NET.recall(SMALL, "synchronous"), "^schedule is 'synchronous'"),
    ],
)
def test_bad_input(call, words):
    with pytest.raises((ValueError, TypeError), match=words):
        call()
