"""Bad input is refused, with words that name the argument, what was given and what is wanted."""

from __future__ import annotations

import re
from functools import partial

import numpy as np
import pytest

from hopfield_edu import binary, learning, patterns, state_space

NET = binary.Network([[0, -1], [-1, 0]])
FOUR_CYCLE = binary.Network([[0, -1], [1, 0]])
S = np.array([[1, 1, -1, -1], [1, -1, 1, -1]])
PLAIN, RECORDED = NET.recall([[1, 1], [1, -1]]), NET.recall([[1, 1], [1, -1]], record=True)
recall, flip = partial(NET.recall, [1, 1]), partial(patterns.flip, S[0], rng=0)
weights, W2 = binary.Network, np.zeros((2, 2))

Value, Type, space = ValueError, TypeError, state_space

# What is wrong: (the call, the error, words of its message)
BAD = {
    # states and patterns
    "0/1 state": (lambda: NET.recall([0, 1]), Value, "state 0/1 ±1 patterns.to_bipolar(state)"),
    "0/1 patterns": (lambda: learning.hebb([[0, 1], [1, 1]]), Value, "patterns 0/1 ±1 to_bipolar"),
    "0/1 pattern": (lambda: learning.hebb_add(W2, [0, 1]), Value, "pattern 0/1 ±1 to_bipolar"),
    "other values": (lambda: NET.energy([1, 3]), Value, "state 3 +1 or -1"),
    "fractions as states": (lambda: NET.energy([1, 0.5]), Value, "state 0.5 +1 or -1"),
    "three values": (lambda: NET.field([1, 0]), Value, "state 0/1 ±1"),
    "zero among ±1": (lambda: weights(np.zeros((3, 3))).field([1, 0, -1]), Value, "state such as 0 +1 or -1"),
    "NaN in a state": (lambda: NET.recall([1, np.nan]), Value, "state NaN finite"),
    "infinity in a state": (lambda: NET.recall([1, -np.inf]), Value, "state infinity finite"),
    "None for a state": (lambda: NET.recall(None), Type, "state None ±1"),
    "None inside a state": (lambda: NET.recall([1, None]), Type, "state None ±1"),
    "a label for a state": (lambda: NET.recall("+-"), Type, "state '+-' ±1 patterns.from_label"),
    "labels in a state": (lambda: NET.recall(["+", "-"]), Type, "state text ±1 patterns.from_label"),
    "bytes in a state": (lambda: NET.recall([b"a", b"b"]), Type, "state bytes ±1"),
    "booleans": (lambda: NET.recall([True, False]), Type, "state booleans ±1 patterns.to_bipolar"),
    "complex state": (lambda: NET.recall([1, 1j]), Type, "state complex numbers ±1"),
    "dates": (lambda: NET.recall(np.array(["2020"] * 2, "M8[D]")), Type, "state datetime64 ±1"),
    "ragged patterns": (lambda: learning.hebb([[1, -1], [1]]), Value, "patterns different lengths"),
    "empty state": (lambda: NET.recall([]), Value, "state empty (0,)"),
    "empty batch": (lambda: NET.recall(np.zeros((0, 2))), Value, "state empty (0, 2)"),
    "no patterns": (lambda: learning.hebb(np.zeros((0, 4))), Value, "patterns empty"),
    "scalar state": (lambda: NET.recall(1), Value, "state () (N,) or (B, N)"),
    "3-d state": (lambda: NET.recall(np.ones((2, 2, 2))), Value, "state (2, 2, 2) (N,) or (B, N)"),
    "pictures as patterns": (lambda: learning.hebb(np.ones((3, 9, 9))), Value, "patterns (3, 9, 9) (M, N)"),
    "batch for one update": (lambda: NET.update([[1, 1]], 0), Value, "state (1, 2) (N,)"),
    "wrong N": (lambda: NET.recall([1, 1, 1]), Value, "state 3 units N = 2"),
    "wrong N in a batch": (lambda: NET.energy([[1, 1, 1]]), Value, "state 3 units N = 2"),
    "wrong N in is_fixed_point": (lambda: NET.is_fixed_point([1]), Value, "state 1 units N = 2"),
    "wrong N in energy_change": (lambda: NET.energy_change([1]), Value, "state 1 units N = 2"),
    "wrong N to add": (lambda: learning.hebb_add(W2, [1, 1, 1]), Value, "pattern 3 units N = 2"),
    "batch to add": (lambda: learning.hebb_add(W2, [[1, 1]]), Value, "pattern (1, 2) (N,)"),
    # weights, bias, scale
    "non-square weights": (lambda: weights(np.ones((2, 3))), Value, "weights (2, 3) square (N, N)"),
    "1-d weights": (lambda: weights([1, 2]), Value, "weights (2,) square (N, N)"),
    "no weights": (lambda: weights(np.zeros((0, 0))), Value, "weights empty at least one unit"),
    "NaN weights": (lambda: weights([[np.nan]]), Value, "weights NaN finite"),
    "infinite weights": (lambda: weights([[np.inf]]), Value, "weights infinity finite"),
    "overflowing weights": (lambda: weights([[1e308]]), Value, "weights 1e+308 at most 1e300"),
    "text weights": (lambda: weights([["1"]]), Type, "weights text real numbers"),
    "boolean weights": (lambda: weights([[True]]), Type, "weights booleans real numbers"),
    "complex weights": (lambda: weights([[1j]]), Type, "weights complex real numbers"),
    "None weights": (lambda: weights(None), Type, "weights None real numbers"),
    "ragged weights": (lambda: weights([[1, 2], [3]]), Value, "weights different lengths rectangular"),
    "a network as weights": (lambda: weights(NET), Type, "weights Network real numbers"),
    "asymmetric weights to learn on": (
        lambda: learning.hebb_add([[0, 1], [2, 0]], [1, 1]),
        Value,
        "weights not symmetric w[0, 1] = 1 w[1, 0] = 2",
    ),
    "asymmetric weights to unlearn on": (
        lambda: learning.hebb_remove([[0, 1], [2, 0]], [1, 1]),
        Value,
        "weights not symmetric",
    ),
    "bias of wrong length": (lambda: weights(W2, [1, 2, 3]), Value, "bias (3,) (2,) one number per unit"),
    "one bias for all": (lambda: weights(W2, 1), Value, "bias () (2,)"),
    "bias as a column": (lambda: weights(W2, [[1], [2]]), Value, "bias (2, 1) (2,)"),
    "NaN bias": (lambda: weights(W2, [0, np.nan]), Value, "bias NaN finite"),
    "text bias": (lambda: weights(W2, ["a", "b"]), Type, "bias text real numbers"),
    "scale zero": (lambda: weights(W2, scale=0), Value, "scale 0 positive"),
    "negative scale": (lambda: weights(W2, scale=-1.5), Value, "scale -1.5 positive"),
    "NaN scale": (lambda: weights(W2, scale=np.nan), Value, "scale nan positive"),
    "infinite scale": (lambda: weights(W2, scale=np.inf), Value, "scale inf positive"),
    "array scale": (lambda: weights(W2, scale=[1, 2]), Type, "scale [1, 2] number"),
    "text scale": (lambda: weights(W2, scale="1/N"), Type, "scale '1/N' number"),
    "boolean scale": (lambda: weights(W2, scale=True), Type, "scale True number"),
    "negative scale of patterns": (lambda: binary.PatternNetwork(S, scale=-1), Value, "scale -1 positive"),
    "0/1 patterns of a network": (lambda: binary.PatternNetwork([[0, 1]]), Value, "patterns 0/1 to_bipolar"),
    # how to recall
    "unknown schedule": (lambda: recall("async"), Value, "schedule 'async' 'synchronous' 'random-unit'"),
    "schedule None": (lambda: recall(None), Value, "schedule None 'ordered'"),
    "unknown ties": (lambda: recall(ties="up"), Value, "ties 'up' 'keep' 1 -1"),
    "ties to zero": (lambda: recall(ties=0), Value, "ties 0 'keep' 1 -1"),
    "boolean ties": (lambda: recall(ties=True), Value, "ties True 'keep' 1 -1"),
    "NumPy's booleans as ties": (lambda: recall(ties=np.True_), Value, "ties True 'keep' 1 -1"),
    "ties of update": (lambda: NET.update([1, 1], 0, ties=2), Value, "ties 2 'keep' 1 -1"),
    "ties of is_fixed_point": (lambda: NET.is_fixed_point([1, 1], 2), Value, "ties 2 'keep' 1 -1"),
    "ties of sweep": (lambda: NET.sweep([1, 1], ties=2), Value, "ties 2 'keep' 1 -1"),
    "order with a unit twice": (lambda: recall(order=[0, 0]), Value, "order [0, 0] 0..1 exactly once"),
    "order too short": (lambda: recall(order=[0]), Value, "order [0] 0..1 exactly once"),
    "order from 1": (lambda: recall(order=[1, 2]), Value, "order [1, 2] 0..1 exactly once"),
    "text order": (lambda: recall(order="ab"), Type, "order 'ab' real numbers"),
    "order and schedule": (lambda: recall("random", order=[0, 1], rng=0), Value, 'order "ordered" "random"'),
    "order and synchronous": (lambda: NET.sweep([1, 1], "synchronous", order=[0, 1]), Value, "order ordered"),
    "no rng": (lambda: recall("random"), Value, 'schedule "random" rng= seed Generator'),
    "no rng, single units": (lambda: recall("random-unit"), Value, 'schedule "random-unit" rng= seed'),
    "negative seed": (lambda: recall("random", rng=-1), Value, "rng seed -1 at least 0"),
    "seed as text": (lambda: recall("random", rng="0"), Type, "rng '0' seed Generator"),
    "seed as a fraction": (lambda: recall("random", rng=0.5), Type, "rng 0.5 seed Generator"),
    "boolean seed": (lambda: recall("random", rng=True), Type, "rng True seed Generator"),
    "legacy generator": (
        lambda: recall("random", rng=np.random.RandomState(0)),
        Type,
        "rng RandomState seed Generator",
    ),
    "no sweeps": (lambda: recall(max_sweeps=0), Value, "max_sweeps 0 at least 1"),
    "fractional sweeps": (lambda: recall(max_sweeps=2.5), Type, "max_sweeps 2.5 integer"),
    "sweeps None": (lambda: recall(max_sweeps=None), Type, "max_sweeps None integer"),
    "unit beyond N": (lambda: NET.update([1, 1], 2), Value, "i (the unit) 2 between 0 and 1"),
    "negative unit": (lambda: NET.update([1, 1], -1), Value, "i (the unit) -1 between 0 and 1"),
    "fractional unit": (lambda: NET.update([1, 1], 1.0), Type, "i (the unit) 1.0 integer"),
    "boolean unit": (lambda: NET.update([1, 1], True), Type, "i (the unit) True integer"),
    # making, spoiling, comparing patterns
    "no random patterns": (lambda: patterns.random(0, 5, 0), Value, "M 0 at least 1"),
    "no units": (lambda: patterns.random(5, 0, 0), Value, "N 0 at least 1"),
    "fractional N": (lambda: patterns.random(5, 2.0, 0), Type, "N 2.0 integer"),
    "rng None": (lambda: patterns.random(5, 5, None), Value, "patterns.random rng= seed Generator"),
    "more active than units": (lambda: patterns.sparse(5, 4, 5, 0), Value, "active 5 between 0 and 4"),
    "a share of active": (lambda: patterns.sparse(5, 40, 0.1, 0), Type, "active 0.1 integer"),
    "N no power of two": (lambda: patterns.orthogonal(2, 6), Value, "N 6 powers of two"),
    "more than N orthogonal": (lambda: patterns.orthogonal(5, 4), Value, "M 5 between 1 and 4"),
    "count and fraction": (lambda: flip(1, fraction=0.5), Value, "either count or fraction 1 0.5"),
    "neither": (lambda: flip(), Value, "either count or fraction None"),
    "count beyond N": (lambda: flip(5), Value, "count 5 between 0 and 4"),
    "negative count": (lambda: flip(-1), Value, "count -1 between 0 and 4"),
    "fractional count": (lambda: flip(0.5), Type, "count 0.5 integer"),
    "fraction beyond 1": (lambda: flip(fraction=15), Value, "fraction 15 [0, 1]"),
    "negative fraction": (lambda: flip(fraction=-0.1), Value, "fraction -0.1 [0, 1]"),
    "NaN fraction": (lambda: flip(fraction=np.nan), Value, "fraction nan [0, 1]"),
    "text fraction": (lambda: flip(fraction="15 %"), Type, "fraction '15 %' number"),
    "flip without rng": (lambda: patterns.flip(S[0], 1, rng=None), Value, "patterns.flip rng= seed"),
    "flip 0/1": (lambda: patterns.flip([0, 1], 1, rng=0), Value, "state 0/1 to_bipolar"),
    "overlap of unlike lengths": (lambda: patterns.overlap([1, 1], S), Value, "state 2 units patterns 4"),
    "overlap with 0/1": (lambda: patterns.overlap(S[0], [0, 0, 1, 1]), Value, "patterns 0/1 to_bipolar"),
    "±1 to bipolar": (lambda: patterns.to_bipolar([1, -1]), Value, "zero_one -1 0 and 1"),
    "0/1 to binary": (lambda: patterns.to_binary([1, 0]), Value, "bipolar 0 -1 and 1"),
    "booleans to binary": (lambda: patterns.to_binary([True]), Type, "bipolar booleans"),
    "nothing to bipolar": (lambda: patterns.to_bipolar([]), Value, "zero_one empty 0 and 1"),
    "ragged to bipolar": (lambda: patterns.to_bipolar([[0], [0, 1]]), Value, "zero_one different lengths"),
    "text to bipolar": (lambda: patterns.to_bipolar("01"), Type, "zero_one '01'"),
    "label of a batch": (lambda: patterns.label(S), Value, "state (2, 4) (N,)"),
    "no such label": (lambda: patterns.from_label("+0"), Value, "text '+0' '+-'"),
    "empty label": (lambda: patterns.from_label(""), Value, "text '' '+-'"),
    "label that is no text": (lambda: patterns.from_label([1, -1]), Value, "text [1, -1] '+-'"),
    "no such picture": (lambda: patterns.named("cat"), Value, "name 'cat' 'heart'"),
    # the state space
    "too many units": (lambda: space.all_states(21), Value, "21 units 2^21 20 recall"),
    "too large a network": (
        lambda: space.successors(binary.Network(np.zeros((21, 21)))),
        Value,
        "21 units 2^21 20 recall",
    ),
    "no units at all": (lambda: space.all_states(0), Value, "N 0 at least 1"),
    "units as text": (lambda: space.all_states("3"), Type, "N '3' integer"),
    "too long a state": (lambda: space.encode(np.ones(25)), Value, "25 units 20"),
    "0/1 to encode": (lambda: space.encode([0, 1]), Value, "state 0/1 to_bipolar"),
    "code too large": (lambda: space.decode(4, 2), Value, "code 0..3 4"),
    "negative code": (lambda: space.label([0, -1], 2), Value, "code 0..3 -1"),
    "fractional code": (lambda: space.decode(1.0, 2), Type, "code fractions whole numbers"),
    "text code": (lambda: space.decode("+-", 2), Type, "code '+-' real numbers"),
    "weights for a network": (lambda: space.successors(W2), Type, "net ndarray binary.Network"),
    "energies of weights": (lambda: space.energies([[0]]), Type, "net list binary.Network"),
    "ties of successors": (lambda: space.successors(NET, ties=0), Value, "ties 0 'keep'"),
    "ties of fixed_points": (lambda: space.fixed_points(NET, ties=0), Value, "ties 0 'keep'"),
    "order of a map": (lambda: space.ordered_map(NET, [1, 1]), Value, "order [1, 1] 0..1 exactly once"),
    "map out of range": (lambda: space.cycles([1, 2]), Value, "next_state 0..1 2"),
    "map of fractions": (lambda: space.basins([0.0, 1.0]), Type, "next_state fractions whole numbers"),
    "table for a map": (lambda: space.transients([[0, 1]]), Value, "next_state (1, 2) (2^N,)"),
    "empty map": (lambda: space.cycles(np.array([], int)), Value, "next_state (0,) (2^N,)"),
    "ragged map": (lambda: space.cycles([[0], [0, 1]]), Value, "next_state different lengths"),
    "map for a table": (lambda: space.recurrent_classes([0, 1]), Value, "successors (2,) (2^N, N)"),
    "table out of range": (lambda: space.recurrent_classes([[0], [2]]), Value, "successors 0..1 2"),
    # asking a trajectory
    "states not recorded": (lambda: PLAIN[0].states, Value, "not recorded record=True"),
    "energies not recorded": (lambda: recall().energies, Value, "not recorded record=True"),
    "overlaps not recorded": (lambda: recall().overlaps([1, 1]), Value, "not recorded record=True"),
    "times of a batch": (lambda: RECORDED.times, Value, "batch row trajectory[0]"),
    "units of a batch": (lambda: RECORDED.units, Value, "batch row trajectory[0]"),
    "row beyond a batch": (lambda: RECORDED[2], IndexError, "index 2 batch of 2"),
    "slice of a batch": (lambda: RECORDED[0:1], Type, "index slice whole number"),
    "length of one": (lambda: len(RECORDED[0]), Type, "one state no length batch"),
    "row of one": (lambda: RECORDED[0][0], Type, "one state no length batch"),
    "overlaps of wrong N": (lambda: RECORDED[0].overlaps([1, 1, 1]), Value, "state 2 units patterns 3"),
    "overlaps with ragged": (lambda: RECORDED[0].overlaps([[1], [1, 1]]), Value, "patterns different"),
}  # fmt: skip


@pytest.mark.every(2)
@pytest.mark.parametrize("kind", BAD)
def test_bad_input_is_refused_with_reasons(kind):
    call, error, words = BAD[kind]
    with pytest.raises(error) as caught:
        call()
    message = str(caught.value)
    for word in words.split():
        assert word in message, f"{word!r} is missing in: {message}"
    assert type(caught.value) is error
    assert not re.search(r"ufunc|dtype=|broadcast|0-dimensional|inhomogeneous", message), message


def test_enough_kinds():
    assert len(BAD) >= 30


def test_ties_and_seeds_that_are_fine():
    assert NET.recall([1, 1], ties=np.int64(-1)).converged
    assert NET.recall([1, 1], "random", rng=np.uint8(3)).converged
    assert FOUR_CYCLE.recall([1, 1], order=(1, 0)).outcome == "cycle"
