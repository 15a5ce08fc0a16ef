"""Units of 0 and 1: Hopfield's own formulas in plain Python, and the map to units of ±1 against them."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hopfield_edu import binary, learning, patterns, state_space, zero_one


@st.composite
def networks(draw, symmetric=True, low=-4, high=4):
    """Whole-number T and I of 1 to 5 units; self-connections of either sign."""
    N = draw(st.integers(1, 5))
    numbers = st.integers(low, high)
    T = draw(st.lists(st.lists(numbers, min_size=N, max_size=N), min_size=N, max_size=N))
    if symmetric:
        T = [[T[min(i, j)][max(i, j)] for j in range(N)] for i in range(N)]
    return T, draw(st.lists(numbers, min_size=N, max_size=N))


def field(T, I, V, i):
    """x_i as Scholarpedia has it."""
    return sum(T[i][k] * V[k] for k in range(len(V))) + I[i]


def energy(T, I, V):
    """E = -1/2 sum T_jk V_j V_k - sum I_j V_j, as an exact fraction."""
    N = range(len(V))
    pairs = sum(T[j][k] * V[j] * V[k] for j in N for k in N)
    return Fraction(-pairs, 2) - sum(I[j] * V[j] for j in N)


def updated(T, I, V, i, ties):
    """One unit at a time; x = 0 is a tie."""
    x, new = field(T, I, V, i), list(V)
    if x:
        new[i] = int(x > 0)
    elif ties != "keep":
        new[i] = ties
    return new


@given(networks(symmetric=False))
def test_fields_and_energies_are_hopfields(case):
    T, I = case
    net = zero_one.Network(T, I)
    states = [list(V) for V in product((0, 1), repeat=len(I))]
    for V in states:
        assert net.field(V).tolist() == [field(T, I, V, i) for i in range(len(I))]
        assert net.energy(V) == energy(T, I, V)
    assert net.energy(states).tolist() == [energy(T, I, V) for V in states]
    assert net.field(states).shape == (len(states), len(I))


@given(networks(symmetric=False))
def test_updates_are_hopfields_with_every_tie_rule(case):
    T, I = case
    net = zero_one.Network(T, I)
    for V in product((0, 1), repeat=len(I)):
        for i in range(len(I)):
            for ties in ("keep", 1, 0):
                assert net.update(V, i, ties).tolist() == updated(T, I, V, i, ties)


@given(networks(symmetric=False))
def test_the_map_gives_the_same_dynamics(case):
    """W = T/4, b = I/2 + T1/4, by hand: half the field, so the same sign and the same ties."""
    T, I = np.array(case[0]), np.array(case[1])
    by_hand = binary.Network(T / 4, I / 2 + T.sum(axis=1) / 4)
    net = zero_one.Network(T, I)
    Y = state_space.all_states(len(I))
    V = patterns.to_binary(Y)
    assert (net.bipolar.field(Y) == net.field(V) / 2).all()
    assert (by_hand.field(Y) == net.field(V) / 2).all()
    for ties, zero_one_ties in (("keep", "keep"), (1, 1), (-1, 0)):
        for y, v in zip(Y, V, strict=True):
            for i in range(len(I)):
                after = patterns.to_bipolar(net.update(v, i, zero_one_ties)).tolist()
                assert net.bipolar.update(y, i, ties).tolist() == after
                assert by_hand.update(y, i, ties).tolist() == after


@given(networks())
def test_with_symmetric_weights_the_energies_differ_by_one_constant(case):
    T, I = case
    net = zero_one.Network(T, I)
    Y = state_space.all_states(len(I))
    difference = net.energy(patterns.to_binary(Y)) - net.bipolar.energy(Y)
    assert (difference == net.offset).all()
    assert net.offset == Fraction(-sum(map(sum, T)), 8) - Fraction(sum(I), 2)


@given(networks(low=0))
def test_symmetric_networks_come_to_rest_downhill(case):
    """With T_ii >= 0, one at a time, every change lowers the energy; Scholarpedia sends ties to 0."""
    T, I = case
    net = zero_one.Network(T, I)
    for V in product((0, 1), repeat=len(I)):
        for i in range(len(I)):
            for ties in ("keep", 0):
                new = updated(T, I, V, i, ties)
                if new != list(V):
                    tie = field(T, I, V, i) == 0
                    change = net.energy(new) - net.energy(V)
                    assert change <= 0 if tie else change < 0


def test_an_asymmetric_network_has_no_such_constant():
    net = zero_one.Network([[0, 1], [0, 0]])
    Y = state_space.all_states(2)
    assert np.ptp(net.energy(patterns.to_binary(Y)) - net.bipolar.energy(Y)) > 0


@pytest.mark.parametrize(("ties", "after"), [("keep", 1), (1, 1), (0, 0)])
def test_a_tie(ties, after):
    assert zero_one.Network([[0]]).update([1], 0, ties).tolist() == [after]


def test_the_flip_flop_by_hand():
    """T_12 = -2, I = 1: one unit on, the other off, whichever."""
    net = zero_one.Network([[0, -2], [-2, 0]], [1, 1])
    assert net.energy([[0, 0], [1, 0], [0, 1], [1, 1]]).tolist() == [0, -1, -1, 0]
    assert state_space.label(state_space.fixed_points(net.bipolar), 2) == ["+-", "-+"]
    assert net.bipolar.bias.tolist() == [0, 0] and net.offset == -0.5


def test_hebbs_weights_need_inputs():
    """I = -T1/2 turns the 0/1 network into the ±1 network of the same weights without a bias."""
    s = patterns.random(3, 20, rng=0)
    T = learning.hebb(s)
    net = zero_one.Network(T, -T.sum(axis=1) / 2)
    assert not net.bipolar.bias.any()
    Y = patterns.random(50, 20, rng=1)
    assert (net.bipolar.recall(Y).final == binary.Network(T).recall(Y).final).all()


def test_zero_thresholds_halve_the_signal_to_noise_ratio():
    """Noise of the row sums, N M / 4, comes on top of that of the other patterns, N (M - 1) / 4."""
    rng, ratios = np.random.default_rng(3), []
    for _ in range(40):
        s = patterns.random(20, 200, rng)
        T, V = learning.hebb(s), patterns.to_binary(s)
        for inputs in (None, -T.sum(axis=1) / 2):
            x = s * zero_one.Network(T, inputs).field(V)
            ratios.append(x.mean() ** 2 / x.var())
    zero, right = np.mean(ratios[::2]), np.mean(ratios[1::2])
    assert right == pytest.approx(199 / 19, rel=0.03)  # signal 199/2, noise 199 * 19 / 4
    assert zero == pytest.approx(199 / 39, rel=0.05)  # noise of the row sums: 199 * 20 / 4 more


def test_it_keeps_whole_numbers_and_copies():
    T = np.array([[0.0, 1.0], [1.0, 0.0]])
    net = zero_one.Network(T, [1, 2])
    T[0, 1] = 7
    assert net.weights[0, 1] == 1
    assert net.bipolar.weights.tolist() == [[0, 1], [1, 0]] and net.bipolar.bias.tolist() == [3, 5]
    state = np.array([0, 0])
    net.update(state, 0)
    assert state.tolist() == [0, 0]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: zero_one.Network([[0, 1]]), "square"),
        (lambda: zero_one.Network([[0, np.nan], [1, 0]]), "NaN"),
        (lambda: zero_one.Network([[0]], [1, 2]), "inputs"),
        (lambda: zero_one.Network([[0]]).energy([-1]), "0 and 1"),
        (lambda: zero_one.Network([[0]]).field([0, 1]), "N = 1"),
        (lambda: zero_one.Network([[0]]).update([0], 1), "unit"),
        (lambda: zero_one.Network([[0]]).update([0], 0, ties=-1), "ties"),
    ],
)
def test_bad_input(call, message):
    with pytest.raises(ValueError, match=message):
        call()
