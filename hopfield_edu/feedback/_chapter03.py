"""Checks of chapter 03: the energy, what a flip adds to it, what the proof needs, 0/1 units, two-cycles."""

from __future__ import annotations

from typing import Any

import numpy as np

from hopfield_edu.feedback import _inputs as given
from hopfield_edu.feedback._core import ExampleCheck, FunctionCheck, Mistake, TableCheck
from hopfield_edu.feedback._networks import misfits, nonzero, symmetric

Trials = list[tuple[Any, ...]]


def _symmetric_trials(rng: np.random.Generator) -> list[tuple[Any, Any]]:
    """Symmetric weights with self-connections, and a bias without zeros."""
    sizes = (2, 2, 3, 3, 4, 4, 5, 6)
    return [
        (given.weights(rng, N, symmetric=True, diagonal=True), rng.choice([-3, -2, -1, 1, 2, 3], N))
        for N in sizes
    ]


# 1. the derivation, by hand: what a flip of unit i adds

_DERIVED = {1: -0.5, 2: -1, 3: -1, 4: 0, 5: -2, 6: -2, 7: 2, 8: 2, 9: -2}

energy_derivation = TableCheck(
    "energy_derivation",
    _DERIVED,
    ["number"],
    [
        Mistake(
            "each pair counted once",
            _DERIVED | {2: -0.5, 7: 1},
            "In the double sum a pair of units stands twice, once as w_ij y_i "
            "y_j and once as w_ji y_j y_i. What do two equal halves make?",
        ),
        Mistake(
            "the square flips",
            _DERIVED | {4: -2, 9: -1},
            "y_i is +1 or -1, before the flip and after it. What is its square then?",
        ),
        Mistake(
            "a flip taken for a step of one",
            _DERIVED | {5: -1, 6: -1, 7: 1, 8: 1, 9: -1},
            "From +1 to -1 it is not one step but two: new value minus old value.",
        ),
        Mistake(
            "self-connection forgotten",
            _DERIVED | {9: 0},
            "The field h_i holds w_ii y_i, but g_i does not. "
            "Replace g_i + b_i by h_i and see what is left over.",
        ),
        Mistake(
            "self-connection with the other sign",
            _DERIVED | {9: 2},
            "h_i holds w_ii y_i on top of what the flip feels. Too much must be taken away again.",
        ),
        Mistake(
            "self-connection taken off once",
            _DERIVED | {9: -1},
            "w_ii y_i stands inside h_i, and h_i carries the factor of gap 7. What happens to that factor?",
        ),
        Mistake(
            "self-connection added once",
            _DERIVED | {9: 1},
            "h_i holds w_ii y_i on top of what the flip feels, so it must be taken away again, and with the "
            "factor that stands before h_i.",
        ),
        Mistake(
            "bias with one half",
            _DERIVED | {3: -0.5, 8: 1},
            "The one half belongs to the double sum, in which "
            "every pair stands twice. A bias stands there once.",
        ),
        Mistake(
            "minus signs lost",
            _DERIVED | {1: 0.5, 2: 1, 3: 1, 7: -2, 8: -2, 9: 2},
            "The energy carries a minus sign before both of its sums: a satisfied wish lowers it.",
        ),
        Mistake(
            "old minus new",
            _DERIVED | {5: 2, 6: 2, 7: -2, 8: -2, 9: 2},
            "A change is the new value minus the old one, and the new value of unit i is -y_i.",
        ),
    ],
    [
        "Sort the double sum by how often it meets unit i: in j and k both, in one of them, in neither.",
        "Weights are symmetric, so the terms with j = i and those with k = i are the same numbers.",
        "Replace y_i by -y_i in each of the three terms: which change, and by what (new minus old)?",
        "In the last line h_i = g_i + b_i + w_ii y_i. Put g_i + b_i = h_i - w_ii y_i into the line above it.",
    ],
    praise="Every step is right: the flip adds 2 y_i h_i - 2 w_ii.",
)


# 2. the energy of a state


def _energy(weights, bias, state):
    return -(state @ weights @ state) / 2 - bias @ state


def _energy_trials(rng: np.random.Generator) -> Trials:
    return [(W, b, given.state(rng, len(W))) for W, b in _symmetric_trials(rng) for _ in range(3)]


energy = FunctionCheck(
    _energy,
    _energy_trials,
    [
        Mistake(
            "one half missing",
            lambda w, b, y: -(y @ w @ y) - b @ y,
            "The double sum meets every pair of units twice, as "
            "w_ij and as w_ji. Something must make up for that.",
        ),
        Mistake(
            "minus sign missing",
            lambda w, b, y: (y @ w @ y) / 2 - b @ y,
            "Your pairs count upwards: two units that a positive weight "
            "wants equal, and that are equal, must LOWER the energy.",
        ),
        Mistake(
            "both minus signs missing",
            lambda w, b, y: (y @ w @ y) / 2 + b @ y,
            "This is minus the energy: every update would raise it. Satisfied wishes lower the energy.",
        ),
        Mistake(
            "minus signs and one half missing",
            lambda w, b, y: y @ w @ y + b @ y,
            "This is the formula of the UvA note: no minus sign and "
            "no one half. The chapter shows what updates do to it.",
        ),
        Mistake(
            "bias missing",
            lambda w, b, y: -(y @ w @ y) / 2,
            "The pairs are right, but each unit also has a wish of its own, its bias.",
        ),
        Mistake(
            "bias halved",
            lambda w, b, y: -(y @ w @ y + b @ y) / 2,
            "The one half has caught the bias, too. Pairs stand "
            "twice in the double sum; a bias stands there once.",
        ),
        Mistake(
            "bias with the wrong sign",
            lambda w, b, y: -(y @ w @ y) / 2 + b @ y,
            "A positive bias wants its unit at +1. With that wish "
            "fulfilled, the energy must be lower, not higher.",
        ),
        Mistake(
            "bias multiplied by nothing",
            lambda w, b, y: -(y @ w @ y) / 2 - b.sum(),
            "You subtracted the sum of all biases. Each of them counts with the value of its unit.",
        ),
        Mistake(
            "self-connections left out",
            lambda w, b, y: -(y @ given.without_diagonal(w) @ y) / 2 - b @ y,
            "Your sum runs over different units only. Here the diagonal is not zero, and "
            "j = i belongs to the double sum. (It adds the same constant to every state.)",
        ),
        Mistake(
            "self-connections in full",
            lambda w, b, y: -(y @ np.triu(w) @ y) - b @ y,
            "Your sum over i <= j takes each pair once, which is fine, but the diagonal "
            "stands in the double sum once, not twice: there the one half remains.",
        ),
        Mistake(
            "each pair once, and halved",
            lambda w, b, y: -(y @ np.triu(w, 1) @ y) / 2 - b @ y,
            "Either a sum over all i and j with one half, or a sum over i "
            "< j without: you did both. (The diagonal is missing, too.)",
        ),
        Mistake(
            "state used once only",
            lambda w, b, y: -(w @ y).sum() / 2 - b @ y,
            "You added up the fields. Each field still has to meet the value of its own unit.",
        ),
        Mistake(
            "divided by N",
            lambda w, b, y: -(y @ w @ y) / 2 / len(y) - b @ y,
            "The factor 1/N belongs to Hebb's weights. The weights here are taken as they are.",
        ),
    ],
    [
        "Two sums: one over pairs of units, with their weight; one over single units, with their bias.",
        "`state @ weights @ state` is the double sum over all i and j. How often does it meet each pair?",
        "Which states should lie low? Those in which w_ij y_i y_j and b_i y_i are positive.",
    ],
    praise="Right: half of the double sum and the bias once, both with a minus sign.",
)


# 3. what a flip adds, in O(N)


def _energy_change(weights, bias, state, i):
    return 2 * state[i] * (weights[i] @ state + bias[i]) - 2 * weights[i, i]


def _only_unit(W, i):
    """W with NaN everywhere but in row i and column i."""
    hidden = np.full(W.shape, np.nan)
    hidden[i], hidden[:, i] = W[i], W[:, i]
    return hidden


def _change_trials(rng: np.random.Generator) -> Trials:
    trials = []
    for W, b in _symmetric_trials(rng):
        y = given.state(rng, len(W))
        trials += [(W, b, y, i) for i in range(len(W))]
        if len(W) > 3:  # what the flip of one unit changes stands in its row
            trials.append((_only_unit(W, 1), b, y, 1))
    return trials


def _twice(w, b, y, i):
    flipped = y.copy()
    flipped[i] = -y[i]
    return _energy(w, b, flipped) - _energy(w, b, y)


def _field(w, b, y, i):
    return w[i] @ y + b[i]


energy_change = FunctionCheck(
    _energy_change,
    _change_trials,
    [
        Mistake(
            "two whole energies",
            _twice,
            "The numbers are right, but your function reads all N x N weights, twice. A flip of unit i "
            "concerns row i alone: in one of the inputs all other weights are NaN, and there it fails.",
        ),
        Mistake(
            "self-connection ignored",
            lambda w, b, y, i: 2 * y[i] * _field(w, b, y, i),
            "2 y_i h_i is right without self-connections. The square of y_i does not "
            "change in a flip, so the part of the field that comes from w_ii must go.",
        ),
        Mistake(
            "self-connection added",
            lambda w, b, y, i: 2 * y[i] * _field(w, b, y, i) + 2 * w[i, i],
            "The self-connection comes in with the wrong sign: h_i holds too much of it, not too little.",
        ),
        Mistake(
            "self-connection taken off once",
            lambda w, b, y, i: 2 * y[i] * _field(w, b, y, i) - w[i, i],
            "Of the self-connection only half is gone: the field holds "
            "w_ii y_i, and it counts twice like everything in the field.",
        ),
        Mistake(
            "self-connection without its state",
            lambda w, b, y, i: 2 * y[i] * (_field(w, b, y, i) - w[i, i]),
            "The field holds w_ii y_i, not w_ii: right for a unit at +1, wrong for one at -1.",
        ),
        Mistake(
            "factor 2 missing",
            lambda w, b, y, i: y[i] * _field(w, b, y, i) - w[i, i],
            "Half of the change: from +1 to -1 a unit moves by two.",
        ),
        Mistake(
            "bias not doubled",
            lambda w, b, y, i: 2 * y[i] * (w[i] @ y) + b[i] * y[i] - 2 * w[i, i],
            "The bias belongs into the field: b_i y_i changes its sign in the flip, so it counts twice, too.",
        ),
        Mistake(
            "bias missing",
            lambda w, b, y, i: 2 * y[i] * (w[i] @ y) - 2 * w[i, i],
            "The field of unit i has two parts: what the others send, and its bias.",
        ),
        Mistake(
            "nothing where no update flips",
            lambda w, b, y, i: _energy_change(w, b, y, i) if y[i] * _field(w, b, y, i) < 0 else 0,
            "You return 0 where an update would leave the unit alone. The question is what a flip WOULD add, "
            "whether or not it comes to pass.",
        ),
        Mistake(
            "nothing where it leads up",
            lambda w, b, y, i: min(_energy_change(w, b, y, i), 0),
            "You return 0 where the flip would lead uphill. That is an answer, too: by how much?",
        ),
        Mistake(
            "old minus new",
            lambda w, b, y, i: -_energy_change(w, b, y, i),
            "This is the energy now minus the energy after the flip. A change is counted from now on.",
        ),
        Mistake(
            "value of the unit left out",
            lambda w, b, y, i: 2 * _field(w, b, y, i) - 2 * w[i, i],
            "Whether a flip goes up or down depends on where the unit stands: y_i is missing.",
        ),
        Mistake(
            "counted from 1",
            lambda w, b, y, i: _energy_change(w, b, y, i - 1),
            "You looked at unit i - 1. Indices in Python start at 0, and i is such an index.",
        ),
    ],
    [
        "The result of exercise 1 says it all: the value of the unit, its field, its self-connection.",
        "The field takes one row of the weights and the bias of that unit.",
        "Compare with your `energy` on a small network: flip "
        "the unit, subtract. Then throw that version away.",
    ],
    praise="Right, with N products instead of N²: this is why simulations never compute two whole energies.",
)


# 4. one counterexample for each condition that is missing


def _changes(W, y):
    """What a flip of each unit alone would add to -1/2 y'Wy, also for weights that are not symmetric."""
    S = (W + W.T) / 2
    return 2 * (y * (S @ y) - np.diag(W))


def _flips(W, y):
    """Which units an update would flip."""
    h = y * (W @ y)
    return (h < 0) & nonzero(h, W)


def _up(W, y):
    """Which flips would raise the energy."""
    change = _changes(W, y)
    return (change > 0) & nonzero(change, W)


def _climbs(W, y):
    return bool((_flips(W, y) & _up(W, y)).any())


def _diagonal(W):
    return bool(np.diag(W).any())


def _number(value):
    return f"{value:g}"


_NOT_SYMMETRIC = (
    "The weights shall be symmetric here: only ONE condition may be missing, and it is another one."
)
_DIAGONAL = "The diagonal shall be zero here: only ONE condition may be missing, and it is another one."


def _climb_told(W, y):
    i = int(np.argmax(np.where(_flips(W, y), _changes(W, y), -np.inf)))
    rise = _number(_changes(W, y)[i])
    return f"A counterexample: an update flips unit {i + 1}, and the energy rises by {rise}."


rises_without_symmetry = ExampleCheck(
    "rises_without_symmetry",
    ["weights", "state"],
    ([[0, -1], [3, 0]], [1, 1]),
    [
        *misfits(("weights", "state"), 1, 6),
        Mistake(
            "self-connections",
            ([[-1, 1], [0, 0]], [1, 1]),
            _DIAGONAL,
            lambda w, y: _diagonal(w),
        ),
        Mistake(
            "symmetric weights",
            ([[0, -1], [-1, 0]], [1, 1]),
            "These weights are symmetric, and then no single update climbs. Make w_ij and w_ji differ.",
            lambda w, y: symmetric(w),
        ),
        Mistake(
            "nothing flips",
            ([[0, 1], [3, 0]], [1, 1]),
            "In this state no update changes anything. Start where some unit disagrees with its field.",
            lambda w, y: not _flips(w, y).any(),
        ),
        Mistake(
            "only downhill",
            ([[0, -1], [0, 0]], [1, 1]),
            "Something flips, but the energy does not rise. It sees only the mean of w_ij "
            "and w_ji: what if unit i obeys one of them, and the mean has the other sign?",
            lambda w, y: not _climbs(w, y),
        ),
    ],
    [
        "Two units are enough. -1/2 y'Wy holds w_12 and w_21 only in the sum w_12 + w_21.",
        "Unit 1 obeys w_12 alone. Give w_12 one sign and the sum w_12 + w_21 the other.",
    ],
    praise=_climb_told,
)

rises_with_self_connections = ExampleCheck(
    "rises_with_self_connections",
    ["weights", "state"],
    ([[-3, 1], [1, 0]], [1, 1]),
    [
        *misfits(("weights", "state"), 1, 6),
        Mistake(
            "not symmetric",
            ([[-2, 1], [0, 0]], [1, 1]),
            _NOT_SYMMETRIC,
            lambda w, y: not symmetric(w),
        ),
        Mistake(
            "no negative self-connection",
            ([[1, -2], [-2, 0]], [1, 1]),
            "No entry of the diagonal is negative, and then no single update climbs.",
            lambda w, y: bool((np.diag(w) >= 0).all()),
        ),
        Mistake(
            "nothing flips",
            ([[-1, 2], [2, 0]], [1, 1]),
            "In this state no update changes anything: the other weights outvote the self-connection.",
            lambda w, y: not _flips(w, y).any(),
        ),
        Mistake(
            "the energy stays",
            ([[-1]], [1]),
            "A unit flips, but the energy stays the same: a unit on its own has the same "
            "energy at +1 and at -1. Let the self-connection work against other weights.",
            lambda w, y: not _climbs(w, y) and bool((_flips(w, y) & ~nonzero(_changes(w, y), w)).any()),
        ),
        Mistake(
            "only downhill",
            ([[-1, -2], [-2, 0]], [1, 1]),
            "Something flips, but downhill: here the other weights "
            "want the flip as well. Let them be against it.",
            lambda w, y: not _climbs(w, y),
        ),
    ],
    [
        "The change is 2 y_i h_i - 2 w_ii, and a flip needs y_i "
        "h_i < 0. When is the change positive all the same?",
        "A friendly weight to a second unit, weaker than the "
        "self-connection: the unit leaves a state that it should stay in.",
    ],
    praise=_climb_told,
)


def _together(W, y):
    """The state after all units are updated at once; a tie keeps its value."""
    return np.where(_flips(W, y), -y, y)


def _rise(W, y):
    """What updating all units at once adds to the energy; exactly 0 where only rounding is left."""
    rise = _energy(W, np.zeros(len(y)), _together(W, y)) - _energy(W, np.zeros(len(y)), y)
    return float(rise * nonzero(rise, W))


def _names(units):
    *first, last = [str(i + 1) for i in np.flatnonzero(units)]
    return f"{', '.join(first)} and {last}"


rises_all_at_once = ExampleCheck(
    "rises_all_at_once",
    ["weights", "state"],
    ([[0, -2, -1], [-2, 0, 0], [-1, 0, 0]], [1, 1, -1]),
    [
        *misfits(("weights", "state"), 1, 6),
        Mistake(
            "not symmetric",
            ([[0, -1, 0], [1, 0, 0], [0, 0, 0]], [1, 1, 1]),
            _NOT_SYMMETRIC,
            lambda w, y: not symmetric(w),
        ),
        Mistake(
            "self-connections",
            ([[-1, 0, 0], [0, -1, 0], [0, 0, 0]], [1, 1, 1]),
            _DIAGONAL,
            lambda w, y: _diagonal(w),
        ),
        Mistake(
            "two units",
            ([[0, -1], [-1, 0]], [1, 1]),
            "With one or two units and no bias this cannot succeed: if both of two flip, "
            "their product is what it was, and so is the energy. Take three.",
            lambda w, y: len(w) < 3,
        ),
        Mistake(
            "fewer than two flips",
            ([[0, 1, 0], [1, 0, 2], [0, 2, 0]], [1, -1, -1]),
            "In this state at most one unit flips, and here a single flip never "
            "climbs. Two units that want to flip at the same time are needed.",
            lambda w, y: _flips(w, y).sum() < 2,
        ),
        Mistake(
            "the energy stays",
            ([[0, -1, -1], [-1, 0, -1], [-1, -1, 0]], [1, 1, 1]),
            "All the units that flip leave the energy as it was. "
            "Let a third unit make the difference, one that stays.",
            lambda w, y: _rise(w, y) == 0,
        ),
        Mistake(
            "the energy falls",
            ([[0, 0, 1, 0], [0, 0, 0, 1], [1, 0, 0, 3], [0, 1, 3, 0]], [-1, -1, 1, 1]),
            "The units that flip do so together, but downhill. Look "
            "for two that want to flip each because of the other.",
            lambda w, y: _rise(w, y) < 0,
        ),
    ],
    [
        "Two units with a negative weight and the same value both "
        "want to flip. If both do, their pair gains nothing.",
        "So what they lose must come from somewhere else: a third unit that was content with one of them.",
        "Or let the machine look: three units, weights from -2 "
        "to 2, all eight states, `net.sweep(y, 'synchronous')`.",
    ],
    praise=lambda w, y: (
        f"A counterexample: units {_names(_flips(w, y))} flip together, and the energy rises by "
        f"{_number(_rise(w, y))}. Alone, each of them would lower it."
    ),
)


def _polite(W, y):
    """The states met under "flip unless the energy rises", and whether the rule comes to rest."""
    y, met = y.astype(int), {tuple(y)}
    for _ in range(2 ** len(y) + 1):  # after so many sweeps it rests, or goes round for ever
        before = y.copy()
        for i in range(len(y)):
            if not _up(W, y)[i]:
                y[i] = -y[i]
                met.add(tuple(y))
        if (y == before).all():  # each unit is asked once in a sweep, so none has flipped
            return met, True
    return met, False


wanders_on_ties = ExampleCheck(
    "wanders_on_ties",
    ["weights", "state"],
    ([[0, 1, -1], [1, 0, 1], [-1, 1, 0]], [1, 1, 1]),
    [
        *misfits(("weights", "state"), 2, 6),
        Mistake(
            "not symmetric",
            ([[0, -1], [1, 0]], [1, 1]),
            _NOT_SYMMETRIC,
            lambda w, y: not symmetric(w),
        ),
        Mistake(
            "self-connections",
            ([[-1, 1], [1, -1]], [1, 1]),
            _DIAGONAL,
            lambda w, y: _diagonal(w),
        ),
        Mistake(
            "a missing weight",
            ([[0, 0], [0, 0]], [1, 1]),
            "Units without a connection flip for ever, but that "
            "is too easy: no two units may have the weight zero.",
            lambda w, y: bool((w[~np.eye(len(w), dtype=bool)] == 0).any()),
        ),
        Mistake(
            "comes to rest",
            ([[0, 1, 1], [1, 0, 1], [1, 1, 0]], [1, 1, -1]),
            "After some sweeps no unit flips any more. Ties must come back again and "
            "again: the wishes at a unit must cancel, whatever the others have just done.",
            lambda w, y: _polite(w, y)[1],
        ),
    ],
    [
        "A unit with a field of zero may flip to and fro at no "
        "cost. With two inputs of the same strength this happens.",
        "If its flip lets the next unit have a tie, and so on "
        "round a loop, the flips never end. Three units will do.",
        "You know a triangle in which one wish is always left "
        "over: explore.energy_landscape has it in its list.",
    ],
    praise=lambda w, y: (
        f"A counterexample: it runs through {len(_polite(w, y)[0])} states, and there is no end. "
        "The energy never rises, but it need not fall either."
    ),
)


# 5. from 0/1 to ±1


def _zero_one_map(weights, inputs):
    bias = inputs / 2 + weights.sum(axis=1) / 4
    return weights / 4, bias, -weights.sum() / 8 - inputs.sum() / 2


def _with_bias(bias):
    """The right weights and offset with another bias: what a mistake in the bias hands over."""
    return lambda T, I: (T / 4, bias(T, I), _zero_one_map(T, I)[2])


zero_one_map = FunctionCheck(
    _zero_one_map,
    _symmetric_trials,
    [
        Mistake(
            "bias without the row sums",
            _with_bias(lambda T, I: I / 2),
            "You halved the inputs, but V = (y + 1)/2 has a constant part, too: each weight brings "
            "half of itself even when its unit is at y = 0. Collect what does not depend on y.",
        ),
        Mistake(
            "row sums halved only",
            _with_bias(lambda T, I: I / 2 + T.sum(axis=1) / 2),
            "Each row sum comes in with one half from V = (y + 1)/2. Compare the "
            "fields: in which proportion must T V + I and W y + b stand, if W = T/4?",
        ),
        Mistake(
            "row sums with the wrong sign",
            _with_bias(lambda T, I: I / 2 - T.sum(axis=1) / 4),
            "The constant part of V = (y + 1)/2 is plus one half, not minus.",
        ),
        Mistake(
            "sum over all weights in the bias",
            _with_bias(lambda T, I: I / 2 + T.sum() / 4),
            "Every unit gets the same number from you, the sum of ALL weights. Unit i has its own: which of "
            "the terms with a single y hold y_i?",
        ),
        Mistake(
            "inputs not halved",
            _with_bias(lambda T, I: I + T.sum(axis=1) / 4),
            "The step from V = 0 to V = 1 is half as wide as the one "
            "from y = -1 to y = +1: I V is I y / 2 plus a constant.",
        ),
        Mistake(
            "the same numbers for both",
            lambda T, I: (T, I, 0.0),
            "Weights and inputs cannot simply be kept: put V = (y + 1)/2 into "
            "the energy and sort the terms by the number of y's in them.",
        ),
        Mistake(
            "fields equal, energies not",
            lambda T, I: (T / 2, I + T.sum(axis=1) / 2, 2 * _zero_one_map(T, I)[2]),
            "With these numbers W y + b is T V + I itself, and the dynamics is "
            "right. But a flip of a unit of ±1 changes the energy by 2 h, that of "
            "a 0/1 unit by x: for equal energies the fields must be half of it.",
        ),
        Mistake(
            "four times too much",
            lambda T, I: (T, 2 * I + T.sum(axis=1), 4 * _zero_one_map(T, I)[2]),
            "All numbers are four times too large. The dynamics is the same, but the energies are not.",
        ),
        Mistake(
            "0 and 1 exchanged",
            lambda T, I: (T / 4, -I / 2 - T.sum(axis=1) / 4, _zero_one_map(T, I)[2]),
            "Your bias belongs to V = (1 - y)/2, where the unit at 0 is the one at +1.",
        ),
        Mistake(
            "offset forgotten",
            lambda T, I: (*_zero_one_map(T, I)[:2], 0.0),
            "Weights and bias are right. But the two energies "
            "differ by a constant: what is left without any y?",
        ),
        Mistake(
            "offset not handed back",
            lambda T, I: _zero_one_map(T, I)[:2],
            "Weights and bias are right, but three things are wanted: the offset is missing.",
        ),
        Mistake(
            "offset without the inputs",
            lambda T, I: (*_zero_one_map(T, I)[:2], -T.sum() / 8),
            "Weights and bias are right. The offset lacks the constant part of the inputs' term.",
        ),
        Mistake(
            "offset with too few halves",
            lambda T, I: (*_zero_one_map(T, I)[:2], -T.sum() / 4 - I.sum() / 2),
            "Weights and bias are right. Count the halves of the weights' part of the offset: one stands "
            "before the double sum, and each V brings one more.",
        ),
        Mistake(
            "diagonal moved into the offset",
            lambda T, I: (
                given.without_diagonal(T) / 4,
                _zero_one_map(T, I)[1],
                _zero_one_map(T, I)[2] - np.trace(T) / 8,
            ),
            "This is a right answer to a freer question: w_ii y_i^2 is a constant, and you moved it into the "
            "offset. Here W = T/4 is wanted, diagonal included.",
        ),
        Mistake(
            "offset with the wrong sign",
            lambda T, I: (*_zero_one_map(T, I)[:2], -_zero_one_map(T, I)[2]),
            "Weights and bias are right. The offset is what one ADDS to the ±1 energy to get the 0/1 energy.",
        ),
    ],
    [
        "Put V_i = (y_i + 1)/2 into -1/2 sum T_ij V_i V_j - sum I_i V_i and multiply out.",
        "Terms with two y's give the weights, terms with one y the bias, terms without y the offset.",
        "Terms with one y come from the inputs and twice from "
        "the double sum, once for each of its two factors.",
        "Test it on one unit pair: all four energies must come "
        "out, for example with T_12 = T_21 = -2 and I = (1, 1).",
    ],
    praise="Right: the same updates, and energies that differ by one constant.",
)


# 6. all units at once: the two-step energy, and a cycle in which the energy never finds rest


def _two_step_energy(weights, bias, before, after):
    return -(after @ weights @ before) - bias @ (before + after)


def _two_step_trials(rng: np.random.Generator) -> Trials:
    trials = []
    for W, b in _symmetric_trials(rng):
        y = given.state(rng, len(W))
        trials += [(W, b, y, given.state(rng, len(W))), (W, b, y, given.sign(W @ y + b, y))]
    return trials


two_step_energy = FunctionCheck(
    _two_step_energy,
    _two_step_trials,
    [
        Mistake(
            "one half kept",
            lambda w, b, x, y: -(y @ w @ x) / 2 - b @ (x + y),
            "There is no one half here: the pair of units i and j comes once with y_i from the "
            "later state and once from the earlier one, and these are two different terms.",
        ),
        Mistake(
            "minus sign missing",
            lambda w, b, x, y: y @ w @ x - b @ (x + y),
            "The pairs carry a minus sign, as in the energy.",
        ),
        Mistake(
            "both minus signs missing",
            lambda w, b, x, y: y @ w @ x + b @ (x + y),
            "This number never falls. Both sums carry a minus sign, as in the energy.",
        ),
        Mistake(
            "bias with the wrong sign",
            lambda w, b, x, y: -(y @ w @ x) + b @ (x + y),
            "The pairs are right. A positive bias wants its unit at +1: a granted wish lowers the energy.",
        ),
        Mistake(
            "bias of the later state only",
            lambda w, b, x, y: -(y @ w @ x) - b @ y,
            "The bias acts on both states, the earlier and the later.",
        ),
        Mistake(
            "bias halved",
            lambda w, b, x, y: -(y @ w @ x) - b @ (x + y) / 2,
            "Here the bias counts in full for each of the two states: "
            "if `before` and `after` are the same state, the two-step energy is twice the energy.",
        ),
        Mistake(
            "bias missing",
            lambda w, b, x, y: -(y @ w @ x),
            "The pairs are right, but the bias has a share in both states.",
        ),
        Mistake(
            "the later state on both sides",
            lambda w, b, x, y: -(y @ w @ y) - b @ (x + y),
            "Your pairs take both of their values from `after`. One of the two belongs to `before`.",
        ),
        Mistake(
            "the earlier state on both sides",
            lambda w, b, x, y: -(x @ w @ x) - b @ (x + y),
            "Your pairs take both of their values from `before`. One of the two belongs to `after`.",
        ),
        Mistake(
            "the later state alone",
            lambda w, b, x, y: 2 * _energy(w, b, y),
            "This is twice the energy of `after`. Where does `before` come in?",
        ),
        Mistake(
            "energy of the later state",
            lambda w, b, x, y: _energy(w, b, y),
            "This is the ordinary energy of `after`. The two-step energy couples `after` with `before`.",
        ),
        Mistake(
            "sum of two energies",
            lambda w, b, x, y: _energy(w, b, x) + _energy(w, b, y),
            "You added the energies of the two states. Each of them can "
            "rise; what never rises pairs one state with the other.",
        ),
        Mistake(
            "self-connections left out",
            lambda w, b, x, y: -(y @ given.without_diagonal(w) @ x) - b @ (x + y),
            "Here w_ii y_i(t) y_i(t-1) is no constant: the diagonal belongs to the sum.",
        ),
    ],
    [
        "Take the double sum of the energy, but let the two y's come from two states that follow each other.",
        "`after @ weights @ before` is that double sum. The bias meets both states.",
        "Check: if both states are the same, the result is twice the energy.",
    ],
    praise="Right. For a state at rest it is twice the energy.",
)


def _step(W, b, y):
    """The state after all units are updated at once; a tie keeps its value, up to rounding."""
    h = W @ y + b
    return given.sign(h * nonzero(h, np.append(W, b)), y)


def _energies_of_cycle(W, b, y):
    return _energy(W, b, y), _energy(W, b, _step(W, b, y))


def _uneven(W, b, y):
    """Whether the two energies differ, by more than rounding."""
    one, two = _energies_of_cycle(W, b, y)
    return bool(nonzero(one - two, np.append(W, b)))


uneven_two_cycle = ExampleCheck(
    "uneven_two_cycle",
    ["weights", "bias", "state"],
    ([[0, -3], [-3, 0]], [1, 1], [1, 1]),
    [
        *misfits(("weights", "bias", "state"), 1, 6),
        Mistake(
            "not symmetric",
            ([[0, -1], [1, 0]], [0, 0], [1, 1]),
            "The weights shall be symmetric: without symmetry the two-step energy need not stay where it is.",
            lambda w, b, y: not symmetric(w),
        ),
        Mistake(
            "at rest",
            ([[0, 1], [1, 0]], [0, 0], [1, 1]),
            "This state is a fixed point: when all units are updated at once, nothing changes.",
            lambda w, b, y: bool((_step(w, b, y) == y).all()),
        ),
        Mistake(
            "not on a cycle",
            ([[0, 1, 0], [1, 0, 1], [0, 1, 0]], [0, 0, 0], [1, 1, -1]),
            "Two synchronous steps do not lead back to this state. It "
            "may lead INTO a cycle; hand over a state that is on it.",
            lambda w, b, y: bool((_step(w, b, _step(w, b, y)) != y).any()),
        ),
        Mistake(
            "both at the same height",
            ([[0, -1], [-1, 0]], [0, 0], [1, 1]),
            "A two-cycle, but both of its states have the same energy. If all units flip "
            "to and fro, the pairs do not change: which other term of the energy does?",
            lambda w, b, y: not _uneven(w, b, y),
        ),
    ],
    [
        "Start from network 2 of chapter 02, whose states ++ and -- swap for ever.",
        "When all units flip, y_i y_j stays and b_i y_i changes "
        "its sign. But the bias must not stop the cycle.",
        "Without a bias it takes four units, of which some stay "
        "and some flip; a loop over random networks finds one.",
    ],
    praise=lambda w, b, y: (
        "A counterexample: the energy goes from {} to {} and "
        "back for ever, while the two-step energy stays at {}. "
        "An energy that rises again and again, and yet no cycle longer than two.".format(
            *map(_number, _energies_of_cycle(w, b, y)),
            _number(_two_step_energy(w, b, y, _step(w, b, y))),
        )
    ),
)


# 7. an open problem: the longest way down


def _longest(W, y):
    """The largest number of flips, each of which lowers the energy, on any way down from y."""
    code = 1 << np.arange(len(y))
    known: dict[int, int] = {}

    def flips(y):
        key = int((y > 0) @ code)
        if key not in known:
            change = _changes(W, y)
            down = np.flatnonzero((change < 0) & nonzero(change, W))
            known[key] = max((1 + flips(np.where(np.arange(len(y)) == i, -y, y)) for i in down), default=0)
        return known[key]

    return flips(y)


def _way_told(W, y):
    """What a state that is not high enough is told, or False."""
    flips = _longest(W, y)
    if flips > len(y):
        return False
    counted = "1 flip" if flips == 1 else f"{flips} flips"
    return (
        f"Yours has {counted} with {len(y)} units." if len(y) > 1 else f"Yours has {counted} with one unit."
    )


long_way_down = ExampleCheck(
    "long_way_down",
    ["weights", "state"],
    (
        [[0, 11, 2, 2, -5], [11, 0, 1, -12, 3], [2, 1, 0, -8, 6], [2, -12, -8, 0, -5], [-5, 3, 6, -5, 0]],
        [1, -1, -1, -1, 1],
    ),
    [
        *misfits(("weights", "state"), 1, 6),
        Mistake(
            "not symmetric",
            ([[0, -1], [1, 0]], [1, 1]),
            "The weights shall be symmetric. The energy sees only the mean of w_ij and w_ji: with that mean "
            "in both places it has the same ways down, and the updates follow them.",
            lambda w, y: not symmetric(w),
        ),
        Mistake(
            "self-connections",
            ([[1, -1], [-1, 0]], [1, 1]),
            "The diagonal shall be zero: an update is then a flip downhill, and nothing else.",
            lambda w, y: _diagonal(w),
        ),
        Mistake(
            "a valley",
            ([[0, 1], [1, 0]], [1, 1]),
            "From this state no single flip leads down: the longest way has 0 flips. Start higher.",
            lambda w, y: _longest(w, y) == 0,
        ),
        Mistake(
            "no unit flips twice",
            ([[0, 0, -1], [0, 0, -2], [-1, -2, 0]], [1, 1, 1]),
            "The longest way down from here has no more flips than there are units. It takes weights "
            "of different strength: a unit flips, others follow, and then they outvote it.",
            _way_told,
        ),
    ],
    [
        "Three units will not do. With four, let one unit flip first because of a weak "
        "weight and back again because of two stronger ones that have changed in between.",
        "Let the machine look: random symmetric whole numbers, all states; the longest "
        "way from a state is one more than the longest from its best lower neighbour.",
        "Then improve: change one weight at a time, keep what does not make the way shorter.",
    ],
    praise=lambda w, y: (
        f"{_longest(w, y)} flips with {len(y)} units, so some of them flip more than once. "
        "The longest ways that the authors know: 6 flips with four units, 14 with five, 23 with six."
    ),
)
