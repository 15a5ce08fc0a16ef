"""Checks of chapter 03: the energy, what a flip adds to it, what the proof needs, 0/1 units, two-cycles."""

from __future__ import annotations

from typing import Any

import numpy as np

from hopfield_edu import state_space
from hopfield_edu.feedback import _inputs as given
from hopfield_edu.feedback._core import ExampleCheck, FunctionCheck, Mistake, TableCheck
from hopfield_edu.feedback._networks import misfits, nonzero, symmetric

Trials = list[tuple[Any, ...]]


_SMALL: list[tuple[Any, Any]] = [  # one unit; numbers below 1, and of many digits; first and last unit alone
    ([[3]], [1]),
    ([[-1]], [-2]),
    ([[0, 1], [1, 0]], [0, 1]),
    ([[0, -1], [-1, 0]], [1, 0]),
    ([[1, 1], [1, 1]], [1, 1]),
    ([[0.25, -0.375], [-0.375, 0]], [0.25, 0.5]),
    ([[7 / 3, -22 / 7], [-22 / 7, 10 / 9]], [31 / 9, -25 / 11]),
    ([[0.25, 0.5, 0], [0.5, -0.75, 0.25], [0, 0.25, 0.5]], [-0.25, 0.5, 0.25]),
    ([[0, 0, 0, 0], [0, 1, 2, 0], [0, 2, -1, 0], [0, 0, 0, 0]], [1, -1, 2, -1]),
]


def _symmetric_trials(rng: np.random.Generator) -> list[tuple[Any, Any]]:
    """Symmetric weights with self-connections, and a bias; the random ones have no zeros in it."""
    fixed = [(np.array(W), np.array(b)) for W, b in _SMALL]
    sizes = (2, 2, 3, 3, 4, 4, 5, 6)
    return fixed + [
        (given.weights(rng, N, symmetric=True, diagonal=True), rng.choice([-3, -2, -1, 1, 2, 3], N))
        for N in sizes
    ]


def _states(rng: np.random.Generator, N: int) -> list[Any]:
    """Fixed states first, in which signs and places of the units tell; then random ones."""
    up, mixed = np.ones(N, int), np.where(np.arange(N) % 2, 1, -1)
    return [up, mixed, given.state(rng, N), given.state(rng, N)]


def _joined(one: Mistake, other: Mistake, wrong: Any) -> Mistake:
    """Two mistakes in one answer."""
    return Mistake(f"{one.name}, {other.name}", wrong, f"{one.message} And: {other.message}")


# 1. the derivation, by hand: what a flip of unit i adds

_DERIVED = {1: -0.5, 2: -1, 3: -1, 4: 0, 5: -2, 6: -2, 7: 2, 8: 2, 9: -2}


def _derived(**gaps: float) -> dict[int, float]:
    """The right numbers but for some gaps, and what follows from those."""
    e = _DERIVED | {int(gap[1:]): value for gap, value in gaps.items()}
    for gap in (7, 8, 9):
        if f"_{gap}" not in gaps:
            e[gap] = _follow(gap, e)
    return e


def _follow(gap: int, e: Any) -> Any:
    """Gaps 7, 8 and 9 by the right rule, from what stands above them."""
    if gap == 7:
        return e[2] * e[5]
    if gap == 8:
        return e[3] * e[6]
    return e[1] * e[4] - e[7] if gap == 9 else None


energy_derivation = TableCheck(
    "energy_derivation",
    _DERIVED,
    ["number"],
    [
        Mistake(
            "each pair counted once",
            _derived(_2=-0.5),
            "In the double sum a pair of units stands twice, once as w_ij y_i "
            "y_j and once as w_ji y_j y_i. What do two equal halves make?",
        ),
        Mistake(
            "pairs without the one half",
            _derived(_2=-2),
            "A pair of units stands twice in the double sum, and there is a one half before the sum.",
        ),
        Mistake(
            "self-connection without the one half",
            _derived(_1=-1),
            "w_ii y_i^2 stands once in the double sum, the term with j = k = i, and there is a one half "
            "before the sum.",
        ),
        Mistake(
            "one half forgotten",
            _derived(_1=-1, _2=-2),
            "There is a one half before the double sum. It holds for all of its terms.",
        ),
        Mistake(
            "the square flips",
            _derived(_4=-2),
            "y_i is +1 or -1, before the flip and after it. What is its square then?",
        ),
        Mistake(
            "new values instead of changes",
            _derived(_4=1, _5=-1, _6=-1),
            "You say what becomes of each term. Asked for is by how much it changes: new value minus old "
            "value.",
        ),
        Mistake(
            "what stays is multiplied by one",
            _derived(_4=1),
            "The square stays as it is. By how much has it changed, then?",
        ),
        Mistake(
            "a flip taken for a step of one",
            _derived(_5=-1, _6=-1),
            "From +1 to -1 it is not one step but two: new value minus old value.",
        ),
        Mistake(
            "self-connection forgotten",
            _DERIVED | {9: 0},
            "The field h_i holds w_ii y_i, but q_i does not. "
            "Replace q_i + b_i by h_i and see what is left over.",
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
            _derived(_3=-0.5),
            "The one half belongs to the double sum, in which "
            "every pair stands twice. A bias stands there once.",
        ),
        Mistake(
            "bias counted twice",
            _derived(_3=-2),
            "A pair stands twice in the double sum, for w_ij and for w_ji. A bias stands in its sum once.",
        ),
        Mistake(
            "minus signs lost",
            _derived(_1=0.5, _2=1, _3=1),
            "The energy carries a minus sign before both of its sums: a satisfied wish lowers it.",
        ),
        Mistake(
            "minus sign of the bias lost",
            _derived(_3=1),
            "The energy carries a minus sign before both of its sums, that of the biases, too.",
        ),
        Mistake(
            "minus sign of the double sum lost",
            _derived(_1=0.5, _2=1),
            "The energy carries a minus sign before both of its sums, the double sum, too.",
        ),
        Mistake(
            "old minus new",
            _derived(_5=2, _6=2),
            "A change is the new value minus the old one, and the new value of unit i is -y_i.",
        ),
        Mistake(
            "minus times minus",
            _derived(_7=-2, _8=-2),
            "Gaps 7 and 8 are products of two numbers that you have found above. What is the sign of "
            "such a product?",
        ),
        Mistake(
            "a factor left out",
            _derived(_7=-1, _8=-1),
            "Gaps 7 and 8 are products: the number before the term, times what the term changes by.",
        ),
    ],
    [
        "Sort the double sum by how often it meets unit i: in j and k both, in one of them, in neither.",
        "Weights are symmetric, so the terms with j = i and those with k = i are the same numbers.",
        "Replace y_i by -y_i in each of the three terms: which change, and by what (new minus old)?",
        "In the last line h_i = q_i + b_i + w_ii y_i. Put q_i + b_i = h_i - w_ii y_i into the line above it.",
    ],
    follow={"number": _follow},
    praise="Every step is right: the flip adds 2 y_i h_i - 2 w_ii.",
)


# 2. the energy of a state


def _energy(weights, bias, state):
    return -(state @ weights @ state) / 2 - bias @ state


def _energy_by_sums(weights, bias, state):
    total = 0
    for i in range(len(state)):
        for j in range(len(state)):
            total -= weights[i, j] * state[i] * state[j] / 2
        total -= bias[i] * state[i]
    return total


def _energy_trials(rng: np.random.Generator) -> Trials:
    return [(W, b, y) for W, b in _symmetric_trials(rng) for y in _states(rng, len(W))]


_PAIRS = [  # what may go wrong with the double sum; the bias is right
    Mistake(
        "one half missing",
        lambda w, b, y: -(y @ w @ y) - b @ y,
        "The double sum meets every pair of units twice, as w_ij and as w_ji. Something must make up for "
        "that.",
    ),
    Mistake(
        "minus sign missing",
        lambda w, b, y: (y @ w @ y) / 2 - b @ y,
        "Your pairs count upwards: two units that a positive weight wants equal, and that are equal, must "
        "LOWER the energy.",
    ),
    Mistake(
        "minus sign and one half missing",
        lambda w, b, y: y @ w @ y - b @ y,
        "The double sum lacks its minus sign and its one half: satisfied wishes lower the energy, and every "
        "pair of units stands twice in the sum.",
    ),
    Mistake(
        "self-connections left out",
        lambda w, b, y: -(y @ given.without_diagonal(w) @ y) / 2 - b @ y,
        "Your sum runs over different units only. Here the diagonal is not zero, and "
        "j = i belongs to the double sum. (It adds the same constant to every state.)",
    ),
    Mistake(
        "product of sums",
        lambda w, b, y: -w.sum() * y.sum() ** 2 / 2 - b @ y,
        "You multiplied the sum of the weights with the sums of the states. Each weight counts with the "
        "values of its own two units: first the products, then their sum.",
    ),
    Mistake(
        "state used once only",
        lambda w, b, y: -(w @ y).sum() / 2 - b @ y,
        "You added up the fields. Each field still has to meet the value of its own unit.",
    ),
]
_BIASES = [  # what may go wrong with the bias; added to what the pairs give with the right one
    Mistake(
        "bias missing",
        lambda b, y: b @ y,
        "The double sum is one part of the energy; each unit also has a wish of its own, its bias.",
    ),
    Mistake(
        "bias halved",
        lambda b, y: b @ y / 2,
        "The one half has caught the bias, too. Pairs stand twice in the double sum; a bias stands there "
        "once.",
    ),
    Mistake(
        "bias with the wrong sign",
        lambda b, y: 2 * (b @ y),
        "A positive bias wants its unit at +1. With that wish fulfilled, the energy must be lower, not "
        "higher.",
    ),
    Mistake(
        "bias multiplied by nothing",
        lambda b, y: b @ y - b.sum(),
        "You subtracted the sum of all biases. Each of them counts with the value of its unit.",
    ),
    Mistake(
        "bias in the double sum",
        lambda b, y: b @ y - len(y) * (b @ y),
        "Each bias stands in your double sum, and so comes N times. It has a sum of its own, over single "
        "units.",
    ),
    Mistake(
        "product of sums in the bias",
        lambda b, y: b @ y - b.sum() * y.sum(),
        "You multiplied the sum of the biases with the sum of the states. Each bias counts with the value of "
        "its own unit: first the products, then their sum.",
    ),
]


def _with_bias_mistakes(one: Mistake, other: Mistake) -> Mistake:
    return _joined(one, other, lambda w, b, y: one.wrong(w, b, y) + other.wrong(b, y))


energy = FunctionCheck(
    _energy,
    _energy_trials,
    [
        *_PAIRS,
        *[Mistake(m.name, lambda w, b, y, m=m: _energy(w, b, y) + m.wrong(b, y), m.message) for m in _BIASES],
        Mistake(
            "units taken for 0 and 1",
            lambda w, b, y: _energy(w, b, (y + 1) / 2),
            "You turned the units into 0 and 1. In this formula they are +1 and -1, as they are handed over.",
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
            "twice the energy",
            lambda w, b, y: 2 * _energy(w, b, y),
            "Everything is twice as large as it should be, the bias, too.",
        ),
        Mistake(
            "half the energy",
            lambda w, b, y: _energy(w, b, y) / 2,
            "Everything is half as large as it should be: in the double sum one half is enough, and the bias "
            "has none.",
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
            "each pair once, and halved, with self-connections",
            lambda w, b, y: -(y @ np.triu(w) @ y) / 2 - b @ y,
            "Either a sum over all i and j with one half, or a sum over i < j without: you did both.",
        ),
        Mistake(
            "state not used in the double sum",
            lambda w, b, y: -w.sum() / 2 - b @ y,
            "In the double sum each weight counts with the values of both of its units. You added up the "
            "weights alone, or took the same unit twice: the square of its value is 1.",
        ),
        Mistake(
            "divided by N",
            lambda w, b, y: -(y @ w @ y) / 2 / len(y) - b @ y,
            "The factor 1/N belongs to Hebb's weights. The weights here are taken as they are.",
        ),
        Mistake(
            "everything divided by N",
            lambda w, b, y: _energy(w, b, y) / len(y),
            "The factor 1/N belongs to Hebb's weights. Here the energy is a sum over all units, not their "
            "mean.",
        ),
        Mistake(
            "cut off to whole numbers",
            lambda w, b, y: int(_energy(w, b, y)),
            "The digits after the point are lost. Energies need not be whole numbers: where do `int`, `//` "
            "or "
            "an array of whole numbers cut them off?",
        ),
        Mistake(
            "rounded down to whole numbers",
            lambda w, b, y: np.floor(_energy(w, b, y)),
            "The digits after the point are lost. `//` divides and rounds down; `/` divides.",
        ),
        Mistake(
            "rounded to whole numbers",
            lambda w, b, y: np.round(_energy(w, b, y)),
            "The digits after the point are lost. Energies need not be whole numbers.",
        ),
        Mistake(
            "the last unit left out",
            lambda w, b, y: _energy(w[:-1, :-1], b[:-1], y[:-1]),
            "The last unit is missing from your sums. `range(a, b)` ends before b.",
        ),
        Mistake(
            "the first unit left out",
            lambda w, b, y: _energy(w[1:, 1:], b[1:], y[1:]),
            "The first unit is missing from your sums. Indices in Python start at 0.",
        ),
        Mistake(
            "without its sign",
            lambda w, b, y: abs(_energy(w, b, y)),
            "All of your energies are positive or zero. States that satisfy their weights have negative "
            "ones.",
        ),
        *[
            _with_bias_mistakes(one, other)
            for one in _PAIRS
            for other in _BIASES
            if not (one.name.startswith("minus sign") and other.name == "bias with the wrong sign")
        ],
    ],
    [
        "Two sums: one over pairs of units, with their weight; one over single units, with their bias.",
        "`state @ weights @ state` is the double sum over all i and j. How often does it meet each pair?",
        "Which states should lie low? Those in which w_ij y_i y_j and b_i y_i are positive.",
    ],
    also=[_energy_by_sums],
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
        if len(W) < 4:
            trials += [(W, b, fixed, i) for fixed in _states(rng, len(W))[:2] for i in range(len(W))]
        else:  # what the flip of one unit changes stands in its row
            trials.append((_only_unit(W, 1), b, y, 1))
    return trials


def _twice(w, b, y, i, energy=_energy):
    flipped = y.copy()
    flipped[i] = -y[i]
    return energy(w, b, flipped) - energy(w, b, y)


def _field(w, b, y, i):
    return w[i] @ y + b[i]


def _energy_change_by_sums(weights, bias, state, i):
    field = bias[i]
    for j in range(len(state)):
        field += weights[i, j] * state[j]
    return 2 * state[i] * field - 2 * weights[i, i]


def _energy_change_by_the_others(weights, bias, state, i):
    field = bias[i]
    for j in range(len(state)):
        if j != i:
            field += weights[i, j] * state[j]
    return 2 * state[i] * field


def _before(w, y, i):
    """What the units before unit i send to it."""
    return w[i, :i] @ y[:i]


def _behind(w, y, i):
    """What the units behind unit i send to it."""
    return w[i, i + 1 :] @ y[i + 1 :]


def _last_of_the_others(w, y, i):
    others = [j for j in range(len(y)) if j != i]
    return w[i, others[-1]] * y[others[-1]] if others else 0


_OWN = [  # what may go wrong with the self-connection: what is added to the right change
    Mistake(
        "self-connection ignored",
        lambda w, y, i: 2 * w[i, i],
        "2 y_i h_i is right without self-connections. The square of y_i does not "
        "change in a flip, so the part of the field that comes from w_ii must go.",
    ),
    Mistake(
        "self-connection added",
        lambda w, y, i: 4 * w[i, i],
        "The self-connection comes in with the wrong sign: h_i holds too much of it, not too little.",
    ),
    Mistake(
        "self-connection taken off once",
        lambda w, y, i: w[i, i],
        "Of the self-connection only half is gone: the field holds "
        "w_ii y_i, and it counts twice like everything in the field.",
    ),
    Mistake(
        "self-connection without its state",
        lambda w, y, i: 2 * w[i, i] - 2 * y[i] * w[i, i],
        "Your self-connection is right for a unit at +1, wrong for one at -1: a factor y_i is missing in the "
        "field, or one too much stands behind it.",
    ),
    Mistake(
        "self-connection taken off twice",
        lambda w, y, i: -2 * w[i, i],
        "The self-connection is taken off twice: once with the field of the others alone, and once more.",
    ),
]
_REST = [  # what may go wrong with the rest; the self-connection is right
    Mistake(
        "old minus new",
        lambda w, b, y, i: -2 * y[i] * _field(w, b, y, i) + 2 * w[i, i],
        "This is the energy now minus the energy after the flip. A change is counted from now on.",
    ),
    Mistake(
        "bias missing",
        lambda w, b, y, i: 2 * y[i] * (w[i] @ y) - 2 * w[i, i],
        "The field of unit i has two parts: what the others send, and its bias.",
    ),
    Mistake(
        "bias not doubled",
        lambda w, b, y, i: 2 * y[i] * (w[i] @ y) + b[i] * y[i] - 2 * w[i, i],
        "The bias belongs into the field: b_i y_i changes its sign in the flip, so it counts twice, too.",
    ),
    Mistake(
        "bias without the state",
        lambda w, b, y, i: 2 * y[i] * (w[i] @ y) + 2 * b[i] - 2 * w[i, i],
        "The bias belongs into the field, which is multiplied with the value of the unit as a whole.",
    ),
    Mistake(
        "bias with the wrong sign",
        lambda w, b, y, i: 2 * y[i] * (w[i] @ y - b[i]) - 2 * w[i, i],
        "The bias is added to the field, not taken off.",
    ),
    Mistake(
        "all biases added up",
        lambda w, b, y, i: 2 * y[i] * (w[i] @ y + b.sum()) - 2 * w[i, i],
        "You added up the biases of all units. Into the field of unit i goes its own.",
    ),
    Mistake(
        "factor 2 of the field missing",
        lambda w, b, y, i: y[i] * _field(w, b, y, i) - 2 * w[i, i],
        "From +1 to -1 a unit moves by two, so that its field counts twice.",
    ),
    Mistake(
        "value of the unit left out",
        lambda w, b, y, i: 2 * _field(w, b, y, i) - 2 * w[i, i],
        "Whether a flip goes up or down depends on where the unit stands: y_i is missing.",
    ),
    Mistake(
        "states of the others left out",
        lambda w, b, y, i: 2 * y[i] * (w[i].sum() + b[i]) - 2 * w[i, i],
        "Your field is a sum of weights alone. Each weight counts with the value of the unit that it comes "
        "from.",
    ),
]


def _with_own_mistake(one: Mistake, other: Mistake) -> Mistake:
    sign = -1 if one.name == "old minus new" else 1  # there the self-connection has the other sign, too
    return _joined(one, other, lambda w, b, y, i: one.wrong(w, b, y, i) + sign * other.wrong(w, y, i))


energy_change = FunctionCheck(
    _energy_change,
    _change_trials,
    [
        Mistake(
            "nothing where the field is zero",
            lambda w, b, y, i: _energy_change(w, b, y, i) if w[i] @ y + b[i] else 0,
            "Where the field is zero you return 0. An update would leave the unit alone there, but the "
            "question is what a flip would add, and a self-connection makes a difference.",
        ),
        Mistake(
            "more weights read than needed",
            _twice,
            "The numbers are right, but your function reads weights that do not concern unit i, as two whole "
            "energies or the fields of all units do. A flip of unit i concerns row i alone: in some of the "
            "inputs all other weights are NaN, and there it fails.",
        ),
        Mistake(
            "two whole energies, old minus new",
            lambda w, b, y, i: -_twice(w, b, y, i),
            "This is the energy now minus the energy after the flip; a change is counted from now on. "
            "Besides, "
            "your function reads all N x N weights, twice: a flip of unit i concerns row i alone.",
        ),
        *[
            Mistake(
                f"two whole energies, {m.name}",
                lambda w, b, y, i, m=m: _twice(w, b, y, i, m.wrong),
                f"Your function takes the difference of two energies, and these are not right. {m.message} "
                "Besides, it reads all N x N weights, twice: a flip of unit i concerns row i alone.",
            )
            for m in energy._mistakes
            if m.name in ("one half missing", "bias missing", "minus signs and one half missing")
        ],
        *[
            Mistake(m.name, lambda w, b, y, i, m=m: _energy_change(w, b, y, i) + m.wrong(w, y, i), m.message)
            for m in _OWN
        ],
        *_REST,
        Mistake(
            "each pair counted once",
            lambda w, b, y, i: _energy_change(w, b, y, i) - y[i] * (_before(w, y, i) + _behind(w, y, i)),
            "In your change each pair of units counts once. In the double sum it stands twice, as w_ij and "
            "as w_ji, and the flip turns both round. Your bias is right.",
        ),
        Mistake(
            "value of the unit left out of the field of the others",
            lambda w, b, y, i: 2 * (_before(w, y, i) + _behind(w, y, i) + b[i]),
            "Whether a flip goes up or down depends on where the unit stands: y_i is missing before the "
            "field.",
        ),
        Mistake(
            "only the units before",
            lambda w, b, y, i: 2 * y[i] * (_before(w, y, i) + b[i]),
            "In your field are the units before unit i only. All the others send something.",
        ),
        Mistake(
            "only the units behind",
            lambda w, b, y, i: 2 * y[i] * (_behind(w, y, i) + b[i]),
            "In your field are the units behind unit i only. All the others send something.",
        ),
        Mistake(
            "factor 2 missing",
            lambda w, b, y, i: y[i] * _field(w, b, y, i) - w[i, i],
            "Half of the change: from +1 to -1 a unit moves by two.",
        ),
        Mistake(
            "twice the change",
            lambda w, b, y, i: 2 * _energy_change(w, b, y, i),
            "Twice the change: from +1 to -1 a unit moves by two, not by four.",
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
            "nothing where it leads down",
            lambda w, b, y, i: max(_energy_change(w, b, y, i), 0),
            "You return 0 where the flip would lead downhill. A change may be negative.",
        ),
        Mistake(
            "without its sign",
            lambda w, b, y, i: abs(_energy_change(w, b, y, i)),
            "None of your changes is negative. Where a flip leads downhill, the change has a minus sign.",
        ),
        Mistake(
            "cut off to whole numbers",
            lambda w, b, y, i: int(_energy_change(w, b, y, i)),
            "The digits after the point are lost. Weights need not be whole numbers: where do `int`, `//` or "
            "an array of whole numbers cut them off?",
        ),
        Mistake(
            "rounded to whole numbers",
            lambda w, b, y, i: np.round(_energy_change(w, b, y, i)),
            "The digits after the point are lost. Weights need not be whole numbers.",
        ),
        Mistake(
            "counted from 1",
            lambda w, b, y, i: _energy_change(w, b, y, i - 1),
            "You looked at unit i - 1. Indices in Python start at 0, and i is such an index.",
        ),
        Mistake(
            "only the last of the others",
            lambda w, b, y, i: 2 * y[i] * (b[i] + _last_of_the_others(w, y, i)),
            "In your field there is the bias and one other unit, the last. What the others send must be "
            "added "
            "up.",
        ),
        Mistake(
            "always the first unit",
            lambda w, b, y, i: _energy_change(w, b, y, 0),
            "You looked at the first unit, whatever i is.",
        ),
        *[
            _with_own_mistake(one, other)
            for one in _REST
            for other in _OWN[:3]
            if (one.name, other.name) != ("factor 2 of the field missing", "self-connection taken off once")
        ],
    ],
    [
        "The result of exercise 1 says it all: the value of the unit, its field, its self-connection.",
        "The field takes one row of the weights and the bias of that unit.",
        "Compare with your `energy` on a small network: flip "
        "the unit, subtract. Then throw that version away.",
    ],
    also=[_energy_change_by_sums, _energy_change_by_the_others],
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


def _climbs_elsewhere(W):
    """Whether some state of the network has an update that climbs."""
    return any(_climbs(W, y) for y in state_space.all_states(len(W)))


def _climbed_alone(W, y):
    """Whether an update of a single unit that leads to y raises the energy."""
    before = y * (1 - 2 * np.eye(len(y), dtype=int))
    return any(_flips(W, x)[i] and _up(W, x)[i] for i, x in enumerate(before))


def _level(W, y):
    """Which flips of an update would leave the energy as it is."""
    return _flips(W, y) & ~nonzero(_changes(W, y), W)


def _still(W, y, most=0):
    """Whether at most so many units flip; where there is a tie, a word about it."""
    if _flips(W, y).sum() > most:
        return False
    tied = np.flatnonzero(~nonzero(W @ y, W))
    told = "(The field of unit {} is zero, and at a tie a unit keeps its value.)"
    return told.format(tied[0] + 1) if len(tied) else True


def _diagonal(W):
    return bool(np.diag(W).any())


def _unjoined(W):
    """Whether some weight between two units is zero."""
    return bool((W[~np.eye(len(W), dtype=bool)] == 0).any())


def _joined_units(W):
    """The units that a weight joins to another one, as indices; all of them where W is not square."""
    off = given.without_diagonal(W) != 0
    return np.flatnonzero(off.any(axis=0) | off.any(axis=1))


def _of_the_climber(W, y):
    """The chapter's climber, in whatever order and signs of its two units, and however strong."""
    if not given.square(W) or len(units := _joined_units(W)) != 2 or _diagonal(W):
        return False
    one, other = W[units[0], units[1]], W[units[1], units[0]]
    return bool(np.isclose(one, -2 * other, atol=0) or np.isclose(other, -2 * one, atol=0))


def _of_the_triangle(W, y):
    """The chapter's triangle, in whatever order and signs of its units, and however strong."""
    if not given.square(W) or len(units := _joined_units(W)) != 3 or _diagonal(W):
        return False
    W = W[np.ix_(units, units)]
    alike = np.allclose(np.abs(W), np.abs(W[0, 1]) * (1 - np.eye(3)), atol=0) and symmetric(W)
    return bool(alike and W[0, 1] * W[1, 2] * W[0, 2] < 0)


def _number(value):
    return f"{value:g}"


_LIMITS = ["Up to six units", "no number beyond a million"]
_NOT_SYMMETRIC = (
    "The weights shall be symmetric here: only ONE condition may be missing, and it is another one."
)
_DIAGONAL = "The diagonal shall be zero here: only ONE condition may be missing, and it is another one."
_LATE = (
    "From this state no update climbs, but an update that leads into it does. Hand over a state from which "
    "the energy rises, not the one after it."
)


def _climb_told(W, y):
    i = int(np.argmax(np.where(_flips(W, y), _changes(W, y), -np.inf)))
    rise = _number(_changes(W, y)[i])
    return f"A counterexample: an update flips unit {i + 1}, and the energy rises by {rise}."


rises_without_symmetry = ExampleCheck(
    "rises_without_symmetry",
    ["weights", "state"],
    ([[0, -1, -1], [3, 0, 1], [3, 1, 0]], [1, 1, 1]),
    [
        Mistake(
            "the chapter's network",
            ([[0, 2], [-1, 0]], [-1, -1]),
            "These are the weights of the chapter's climber, perhaps with its units in another order, or "
            "turned round, or all weights stronger. Find a network of your own, of three units or more.",
            _of_the_climber,
        ),
        *misfits(("weights", "state"), 3, 6),
        Mistake(
            "self-connections",
            ([[-1, 1, 1], [2, 0, 1], [2, 1, 0]], [1, 1, 1]),
            _DIAGONAL,
            lambda w, y: _diagonal(w),
        ),
        Mistake(
            "symmetric weights",
            ([[0, -1, -1], [-1, 0, -1], [-1, -1, 0]], [1, 1, 1]),
            "These weights are symmetric, and then no single update climbs. Make w_ij and w_ji differ.",
            lambda w, y: symmetric(w),
        ),
        Mistake(
            "a missing weight",
            ([[0, -1, 0], [3, 0, 0], [0, 0, 0]], [1, 1, 1]),
            "Some weight between two units is zero. The exercise asks for a network without gaps: each unit "
            "hears all the others.",
            lambda w, y: _unjoined(w),
        ),
        Mistake(
            "weights read by columns",
            ([[0, 1, 1], [1, 0, 1], [-2, -1, 0]], [-1, -1, 1]),
            "No update climbs from here; one would if units heard the columns of your weights. They hear the "
            "rows: w_ij leads from unit j to unit i.",
            lambda w, y: not _climbs(w, y) and _climbs(w.T, y),
        ),
        Mistake(
            "one step late",
            ([[0, 1, 1], [-2, 0, -3], [-3, -3, 0]], [1, 1, 1]),
            _LATE,
            lambda w, y: not _climbs(w, y) and _climbed_alone(w, y),
        ),
        Mistake(
            "nothing flips",
            ([[0, 1, 1], [3, 0, 1], [3, 1, 0]], [1, 1, 1]),
            "In this state no update changes anything. Start where some unit disagrees with its field.",
            lambda w, y: _still(w, y),
        ),
        Mistake(
            "another state climbs",
            ([[0, 1, -1], [-1, 0, 1], [2, -1, 0]], [-1, 1, 1]),
            "From this state no update climbs. But the weights will do: from another state one does.",
            lambda w, y: not _climbs(w, y) and _climbs_elsewhere(w),
        ),
        Mistake(
            "the energy stays",
            ([[0, 1, 1], [-1, 0, 1], [1, -1, 0]], [-1, -1, 1]),
            "A unit flips, but the energy stays the same. It sees only the mean of w_ij and w_ji, and by "
            "these means the flip is a tie. Let them be against the flip.",
            lambda w, y: not _climbs(w, y) and bool(_level(w, y).any()),
        ),
        Mistake(
            "only downhill",
            ([[0, -1, -1], [1, 0, 1], [1, 1, 0]], [1, 1, -1]),
            "Something flips, but the energy does not rise. It sees only the mean of w_ij "
            "and w_ji: what if unit i obeys one of them, and the mean has the other sign?",
            lambda w, y: not _climbs(w, y),
        ),
    ],
    [
        "-1/2 y'Wy holds w_12 and w_21 only in the sum w_12 + w_21, and so it is with every pair.",
        "Unit 1 obeys its row alone, w_12 and w_13. Give both of them one sign, and the sums w_12 + w_21 "
        "and w_13 + w_31 the other.",
    ],
    limits=[*_LIMITS, "Three units or more", "no other weight zero"],
    praise=_climb_told,
)

rises_with_self_connections = ExampleCheck(
    "rises_with_self_connections",
    ["weights", "state"],
    ([[-3, 1], [1, 0]], [1, 1]),
    [
        *misfits(("weights", "state"), 2, 6),
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
            "one step late",
            ([[-3, 1], [1, 0]], [-1, 1]),
            _LATE,
            lambda w, y: not _climbs(w, y) and _climbed_alone(w, y),
        ),
        Mistake(
            "nothing flips",
            ([[-1, 2], [2, 0]], [1, 1]),
            "In this state no update changes anything: the other weights outvote the self-connection, "
            "or balance it.",
            lambda w, y: _still(w, y),
        ),
        Mistake(
            "the energy stays",
            ([[-1, 0], [0, 0]], [1, 1]),
            "A unit flips, but the energy stays the same: with a self-connection alone a unit has the same "
            "energy at +1 and at -1. Let the self-connection work against other weights.",
            lambda w, y: not _climbs(w, y) and bool(_level(w, y).any()),
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
    limits=[*_LIMITS, "Two units or more"],
    praise=_climb_told,
)


def _together(W, y):
    """The state after all units are updated at once; a tie keeps its value."""
    return np.where(_flips(W, y), -y, y)


def _rise(W, y):
    """What updating all units at once adds to the energy; exactly 0 where only rounding is left."""
    rise = _energy(W, np.zeros(len(y)), _together(W, y)) - _energy(W, np.zeros(len(y)), y)
    return float(rise * nonzero(rise, W))


def _climbed_before(W, y):
    """Whether a synchronous step that leads to y raises the energy."""
    return any(_rise(W, x) > 0 and (_together(W, x) == y).all() for x in state_space.all_states(len(W)))


def _names(units):
    *first, last = [str(i + 1) for i in np.flatnonzero(units)]
    return f"{', '.join(first)} and {last}"


rises_all_at_once = ExampleCheck(
    "rises_all_at_once",
    ["weights", "state"],
    ([[0, -2, -1], [-2, 0, 0], [-1, 0, 0]], [1, 1, -1]),
    [
        *misfits(("weights", "state"), 2, 6),
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
            "With two units and no bias this cannot succeed: if both flip, "
            "their product is what it was, and so is the energy. Take three.",
            lambda w, y: len(w) < 3,
        ),
        Mistake(
            "one step late",
            ([[0, -2, -1], [-2, 0, 0], [-1, 0, 0]], [-1, -1, -1]),
            "From this state the step does not climb, but a step that leads into it does. Hand over a state "
            "from which the energy rises, not the one after it.",
            lambda w, y: _rise(w, y) <= 0 and _climbed_before(w, y),
        ),
        Mistake(
            "fewer than two flips",
            ([[0, 1, 0], [1, 0, 2], [0, 2, 0]], [1, -1, -1]),
            "In this state at most one unit flips, and here a single flip never "
            "climbs. Two units that want to flip at the same time are needed.",
            lambda w, y: _still(w, y, 1),
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
    limits=_LIMITS,
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


def _wanders_elsewhere(W):
    """Whether from some state of the network the flips never end."""
    return any(not _polite(W, y)[1] for y in state_space.all_states(len(W)))


def _tie_somewhere(W):
    """Whether some unit has a field of zero in some state."""
    return not nonzero(W @ state_space.all_states(len(W)).T, W).all()


def _all_granted(W):
    """Whether one state grants the wishes of all weights, none of them zero; those at unit 1 tell which."""
    y = np.where(W[0] < 0, -1, 1)
    return bool((given.without_diagonal(W * np.outer(y, y)) >= 0).all())


wanders_on_ties = ExampleCheck(
    "wanders_on_ties",
    ["weights", "state"],
    ([[0, 2, -1, -1], [2, 0, 3, 3], [-1, 3, 0, 3], [-1, 3, 3, 0]], [1, 1, 1, 1]),
    [
        Mistake(
            "the chapter's network",
            ([[0, 1, -1], [1, 0, 1], [-1, 1, 0]], [1, 1, 1]),
            "These are the weights of the chapter's triangle, perhaps with its units in another order, or "
            "turned round, or all weights stronger. Find a network of your own, of four units or more.",
            _of_the_triangle,
        ),
        *misfits(("weights", "state"), 4, 6),
        Mistake(
            "not symmetric",
            ([[0, -1, 1, 1], [1, 0, 1, 1], [1, 1, 0, 1], [1, 1, 1, 0]], [1, 1, 1, 1]),
            _NOT_SYMMETRIC,
            lambda w, y: not symmetric(w),
        ),
        Mistake(
            "self-connections",
            ([[-1, 1, 1, 1], [1, 0, 1, 1], [1, 1, 0, 1], [1, 1, 1, -1]], [1, 1, 1, 1]),
            _DIAGONAL,
            lambda w, y: _diagonal(w),
        ),
        Mistake(
            "a missing weight",
            (np.zeros((4, 4)), [1, 1, 1, 1]),
            "Units without a connection flip for ever, but that "
            "is too easy: no two units may have the weight zero.",
            lambda w, y: _unjoined(w),
        ),
        Mistake(
            "never a tie",
            ([[0, -1, 1, 1], [-1, 0, 1, 1], [1, 1, 0, 1], [1, 1, 1, 0]], [-1, 1, 1, 1]),
            "After some sweeps no unit flips any more: no unit of this network has a tie in any state. The "
            "wishes at a unit must be able to cancel. How strong are they?",
            lambda w, y: not _tie_somewhere(w) and _polite(w, y)[1],
        ),
        Mistake(
            "another state wanders",
            (
                [[0, 1, 1, 1, 1], [1, 0, -1, 1, 1], [1, -1, 0, 1, 1], [1, 1, 1, 0, -1], [1, 1, 1, -1, 0]],
                [1, 1, 1, -1, -1],
            ),
            "From this state the network comes to rest: sooner or later no unit flips. But the weights will "
            "do: from another state it never ends.",
            lambda w, y: _polite(w, y)[1] and _wanders_elsewhere(w),
        ),
        Mistake(
            "all wishes can be granted",
            ([[0, -1, -1, -1], [-1, 0, 1, 1], [-1, 1, 0, 2], [-1, 1, 2, 0]], [1, -1, 1, 1]),
            "After some sweeps no unit flips any more. There are ties, but one state grants the wishes of "
            "all your weights, and there every flip climbs. Let some wish always be left over.",
            lambda w, y: _all_granted(w) and _polite(w, y)[1],
        ),
        Mistake(
            "comes to rest",
            ([[0, -1, 1, -1], [-1, 0, 1, -1], [1, 1, 0, 2], [-1, -1, 2, 0]], [1, -1, -1, 1]),
            "After some sweeps no unit flips any more. Ties must come back again and "
            "again: the wishes at a unit must cancel, whatever the others have just done.",
            lambda w, y: _polite(w, y)[1],
        ),
    ],
    [
        "A unit with a field of zero may flip to and fro at no cost. Where do three wishes cancel, or four?",
        "Four units: two weaker wishes balance a stronger one. If the others stay, one unit flips for ever.",
        "What holds the others, whatever that one does? Weights among themselves, stronger than its own. "
        "(With five units, none need stay: what if all want to differ?)",
    ],
    limits=[*_LIMITS, "Four units or more", "no other weight zero"],
    praise=lambda w, y: (
        f"A counterexample: it runs through {len(_polite(w, y)[0])} states, and there is no end. "
        "The energy never rises, but it need not fall either."
    ),
)


# 5. from 0/1 to ±1


def _zero_one_map(weights, inputs):
    bias = inputs / 2 + weights.sum(axis=1) / 4
    return weights / 4, bias, -weights.sum() / 8 - inputs.sum() / 2


def _zero_one_map_by_sums(weights, inputs):
    N = len(inputs)
    w, b, offset = np.zeros((N, N)), np.zeros(N), 0.0
    for i in range(N):
        b[i] += inputs[i] / 2
        offset -= inputs[i] / 2
        for j in range(N):
            w[i, j] = weights[i, j] / 4
            b[i] += weights[i, j] / 4
            offset -= weights[i, j] / 8
    return w, b, offset


def _with_weights(change):
    """The right bias and offset with other weights: what a mistake in the weights hands over."""
    return lambda T, I: (change(T), *_zero_one_map(T, I)[1:])


def _with_bias(bias):
    return lambda T, I: (T / 4, bias(T, I), _zero_one_map(T, I)[2])


def _with_offset(offset):
    return lambda T, I: (*_zero_one_map(T, I)[:2], offset(T, I))


zero_one_map = FunctionCheck(
    _zero_one_map,
    _symmetric_trials,
    [
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
            "fields equal, offset right",
            lambda T, I: (T / 2, I + T.sum(axis=1) / 2, _zero_one_map(T, I)[2]),
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
            "from ±1 to 0/1",
            lambda T, I: (4 * T, 2 * I - 2 * T.sum(axis=1), I.sum() - T.sum() / 2),
            "You went the other way: your numbers turn an energy of units ±1 into one of units 0 and 1. Here "
            "the units V are given, and each of them is replaced.",
        ),
        Mistake(
            "bias and offset exchanged",
            lambda T, I: (T / 4, _zero_one_map(T, I)[2], _zero_one_map(T, I)[1]),
            "The numbers are right, but not their order: first the weights, then the bias, then the offset.",
        ),
        Mistake(
            "bias before the weights",
            lambda T, I: (_zero_one_map(T, I)[1], T / 4, _zero_one_map(T, I)[2]),
            "The numbers are right, but not their order: first the weights, then the bias, then the offset.",
        ),
        Mistake(
            "offset before the others",
            lambda T, I: (_zero_one_map(T, I)[2], T / 4, _zero_one_map(T, I)[1]),
            "The numbers are right, but not their order: first the weights, then the bias, then the offset.",
        ),
        Mistake(
            "offset not handed back",
            lambda T, I: _zero_one_map(T, I)[:2],
            "Three things are wanted, and you hand back two: the offset is missing.",
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
            "weights kept",
            _with_weights(lambda T: T),
            "The weights stay as they were in your answer. Each of the two V's in a term brings a factor.",
        ),
        Mistake(
            "weights halved only",
            _with_weights(lambda T: T / 2),
            "You halved the weights. There are two V's in a term with two units, and each brings one half.",
        ),
        Mistake(
            "weights divided by eight",
            _with_weights(lambda T: T / 8),
            "The one half before the double sum stays before it in the new energy, too: it is no part of W.",
        ),
        Mistake(
            "diagonal left out",
            _with_weights(lambda T: given.without_diagonal(T) / 4),
            "The diagonal of your weights is zero. The exercise wants it kept: it is treated like the other "
            "weights.",
        ),
        Mistake(
            "weights cut off to whole numbers",
            _with_weights(lambda T: np.trunc(T / 4)),
            "The weights have lost the digits after the point. In NumPy, an array of whole numbers, or one "
            "made like it by `zeros_like`, cuts off what is put into it.",
        ),
        Mistake(
            "weights rounded down",
            _with_weights(lambda T: T // 4),
            "The weights have lost the digits after the point: `//` divides and rounds down, `/` divides.",
        ),
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
            "row sums in full",
            _with_bias(lambda T, I: I / 2 + T.sum(axis=1)),
            "The row sums count too much in your bias: each V brings one half, and T V + I must be twice W "
            "y + b.",
        ),
        Mistake(
            "row sums divided by eight",
            _with_bias(lambda T, I: I / 2 + T.sum(axis=1) / 8),
            "The double sum holds y_i twice: once as the first of two units and once as the second. "
            "You counted one of the two.",
        ),
        Mistake(
            "row sums with the wrong sign",
            _with_bias(lambda T, I: I / 2 - T.sum(axis=1) / 4),
            "The constant part of V = (y + 1)/2 is plus one half, not minus.",
        ),
        Mistake(
            "row sums without the diagonal",
            _with_bias(lambda T, I: I / 2 + given.without_diagonal(T).sum(axis=1) / 4),
            "Your row sums leave out the diagonal. It is treated like the other weights.",
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
            "inputs divided by four",
            _with_bias(lambda T, I: I / 4 + T.sum(axis=1) / 4),
            "There is only one V in the inputs' term, so that the inputs meet its one half once.",
        ),
        Mistake(
            "bias kept",
            _with_bias(lambda T, I: I + 0),
            "The inputs stay as they were in your bias. I V is I y / 2 plus a constant, and the double sum "
            "has "
            "terms with a single y, too.",
        ),
        Mistake(
            "bias without the inputs",
            _with_bias(lambda T, I: T.sum(axis=1) / 4),
            "Your bias holds what comes from the weights. The inputs' term has a part with y, too.",
        ),
        Mistake(
            "0 and 1 exchanged",
            _with_bias(lambda T, I: -I / 2 - T.sum(axis=1) / 4),
            "Your bias belongs to V = (1 - y)/2, where the unit at 0 is the one at +1.",
        ),
        Mistake(
            "bias cut off to whole numbers",
            _with_bias(lambda T, I: np.trunc(I / 2 + T.sum(axis=1) / 4)),
            "The bias has lost the digits after the point. In NumPy, an array of whole numbers, or one made "
            "like it by `zeros_like`, cuts off what is put into it.",
        ),
        Mistake(
            "offset forgotten",
            _with_offset(lambda T, I: 0.0),
            "Your offset is zero. But the two energies differ by a constant: what is left without any y?",
        ),
        Mistake(
            "offset without the inputs",
            _with_offset(lambda T, I: -T.sum() / 8),
            "The offset lacks the constant part of the inputs' term.",
        ),
        Mistake(
            "offset without the weights",
            _with_offset(lambda T, I: -I.sum() / 2),
            "The offset lacks the constant part of the double sum.",
        ),
        Mistake(
            "offset with too few halves",
            _with_offset(lambda T, I: -T.sum() / 4 - I.sum() / 2),
            "Count the halves of the weights' part of the offset: one stands "
            "before the double sum, and each V brings one more.",
        ),
        Mistake(
            "offset with one half only",
            _with_offset(lambda T, I: -T.sum() / 2 - I.sum() / 2),
            "Count the halves of the weights' part of the offset: one stands "
            "before the double sum, and each V brings one more.",
        ),
        Mistake(
            "offset with the inputs in full",
            _with_offset(lambda T, I: -T.sum() / 8 - I.sum()),
            "In the offset the inputs meet the one half of V = (y + 1)/2, too.",
        ),
        Mistake(
            "offset with the wrong sign",
            _with_offset(lambda T, I: T.sum() / 8 + I.sum() / 2),
            "The offset is what one ADDS to the ±1 energy to get the 0/1 energy.",
        ),
        Mistake(
            "inputs with the wrong sign in the offset",
            _with_offset(lambda T, I: -T.sum() / 8 + I.sum() / 2),
            "The inputs' term of the energy carries a minus sign, in the offset, too.",
        ),
        Mistake(
            "offset cut off to whole numbers",
            _with_offset(lambda T, I: int(-T.sum() / 8 - I.sum() / 2)),
            "The offset has lost the digits after the point.",
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
    also=[_zero_one_map_by_sums],
    praise="Right: the same updates, and energies that differ by one constant.",
)


# 6. all units at once: the two-step energy, and a cycle in which the energy never finds rest


def _two_step_energy(weights, bias, before, after):
    return -(after @ weights @ before) - bias @ (before + after)


def _two_step_trials(rng: np.random.Generator) -> Trials:
    trials = []
    for W, b in _symmetric_trials(rng):
        y, other = given.state(rng, len(W)), given.state(rng, len(W))
        trials += [(W, b, y, other), (W, b, y, given.sign(W @ y + b, y))]
        if len(W) < 5:
            up, mixed, *_ = _states(rng, len(W))
            trials += [(W, b, up, mixed), (W, b, mixed, -up)]
    return trials


def _two_step_energy_by_sums(weights, bias, before, after):
    total = 0
    for i in range(len(bias)):
        for j in range(len(bias)):
            total -= weights[i, j] * after[i] * before[j]
        total -= bias[i] * (before[i] + after[i])
    return total


_STEP_PAIRS = [  # what may go wrong with the double sum; the bias is right
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
        "self-connections left out",
        lambda w, b, x, y: -(y @ given.without_diagonal(w) @ x) - b @ (x + y),
        "Here w_ii y_i(t) y_i(t-1) is no constant: the diagonal belongs to the sum.",
    ),
    Mistake(
        "product of sums",
        lambda w, b, x, y: -w.sum() * y.sum() * x.sum() - b @ (x + y),
        "You multiplied the sum of the weights with the sums of the states. Each weight counts with the "
        "values of its own two units: first the products, then their sum.",
    ),
    Mistake(
        "both values of the sending unit",
        lambda w, b, x, y: -(w @ (y * x)).sum() - b @ (x + y),
        "Each weight is multiplied with two values of one and the same unit. A weight joins two units: "
        "w_ij y_i(t) y_j(t-1).",
    ),
    Mistake(
        "one state in the pairs, the later",
        lambda w, b, x, y: -(w @ y).sum() - b @ (x + y),
        "Your pairs hold the values of `after` only. Each of them takes one from `after` and one from "
        "`before`.",
    ),
    Mistake(
        "one state in the pairs, the earlier",
        lambda w, b, x, y: -(w @ x).sum() - b @ (x + y),
        "Your pairs hold the values of `before` only. Each of them takes one from `after` and one from "
        "`before`.",
    ),
    Mistake(
        "each pair once, without self-connections",
        lambda w, b, x, y: -(y @ np.triu(w, 1) @ x) - b @ (x + y),
        "Your sum runs over i < j. Here w_ij y_i(t) y_j(t-1) and w_ji y_j(t) y_i(t-1) are different, and j "
        "= i "
        "counts as well: sum over all i and j.",
    ),
    Mistake(
        "each pair once",
        lambda w, b, x, y: -(y @ np.triu(w) @ x) - b @ (x + y),
        "Your sum runs over i <= j. Here w_ij y_i(t) y_j(t-1) and w_ji y_j(t) y_i(t-1) are different: sum "
        "over "
        "all i and j.",
    ),
]
_STEP_BIASES = [  # what may go wrong with the bias; added to what the pairs give with the right one
    Mistake(
        "bias with the wrong sign",
        lambda b, x, y: 2 * b @ (x + y),
        "A positive bias wants its unit at +1: a granted wish lowers the energy.",
    ),
    Mistake(
        "bias of the later state only",
        lambda b, x, y: b @ x,
        "The bias acts on both states, the earlier and the later.",
    ),
    Mistake(
        "bias of the earlier state only",
        lambda b, x, y: b @ y,
        "The bias acts on both states, the later and the earlier.",
    ),
    Mistake(
        "bias of the later state twice",
        lambda b, x, y: b @ (x - y),
        "The bias acts on both states, the earlier and the later; you let it act on the later one twice.",
    ),
    Mistake(
        "bias of the earlier state twice",
        lambda b, x, y: b @ (y - x),
        "The bias acts on both states, the earlier and the later; you let it act on the earlier one twice.",
    ),
    Mistake(
        "bias halved",
        lambda b, x, y: b @ (x + y) / 2,
        "Here the bias counts in full for each of the two states: "
        "if `before` and `after` are the same state, the two-step energy is twice the energy.",
    ),
    Mistake(
        "bias missing",
        lambda b, x, y: b @ (x + y),
        "The bias has a share in both states; your sum has the pairs only.",
    ),
    Mistake(
        "bias multiplied by nothing",
        lambda b, x, y: b @ (x + y) - b.sum(),
        "You subtracted the sum of all biases. Each of them counts with the values of its unit.",
    ),
    Mistake(
        "bias in the double sum",
        lambda b, x, y: (1 - len(y)) * (b @ (x + y)),
        "Each bias stands in your double sum, and so comes N times. It has a sum of its own, over single "
        "units.",
    ),
    Mistake(
        "product of sums in the bias",
        lambda b, x, y: b @ (x + y) - b.sum() * (x + y).sum(),
        "You multiplied the sum of the biases with the sum of the states. Each bias counts with the values "
        "of its own unit: first the products, then their sum.",
    ),
]


def _with_step_bias(one: Mistake, other: Mistake) -> Mistake:
    return _joined(one, other, lambda w, b, x, y: one.wrong(w, b, x, y) + other.wrong(b, x, y))


two_step_energy = FunctionCheck(
    _two_step_energy,
    _two_step_trials,
    [
        *_STEP_PAIRS,
        *[
            Mistake(
                m.name, lambda w, b, x, y, m=m: _two_step_energy(w, b, x, y) + m.wrong(b, x, y), m.message
            )
            for m in _STEP_BIASES
        ],
        Mistake(
            "each pair once, and doubled",
            lambda w, b, x, y: -(y @ (np.triu(w) + np.triu(w, 1)) @ x) - b @ (x + y),
            "You took each pair once and doubled it. But w_ij y_i(t) y_j(t-1) and w_ji y_j(t) y_i(t-1) may "
            "differ, although the weights are the same: sum over all i and j.",
        ),
        Mistake(
            "both minus signs missing",
            lambda w, b, x, y: y @ w @ x + b @ (x + y),
            "This number never falls. Both sums carry a minus sign, as in the energy.",
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
            "energy of the earlier state",
            lambda w, b, x, y: _energy(w, b, x),
            "This is the ordinary energy of `before`. The two-step energy couples `after` with `before`.",
        ),
        Mistake(
            "sum of two energies",
            lambda w, b, x, y: _energy(w, b, x) + _energy(w, b, y),
            "You added the energies of the two states. Each of them can "
            "rise; what never rises pairs one state with the other.",
        ),
        Mistake(
            "difference of two energies",
            lambda w, b, x, y: _energy(w, b, y) - _energy(w, b, x),
            "This is what the step adds to the ordinary energy. The two-step energy is a number of its own, "
            "in "
            "which both states stand.",
        ),
        Mistake(
            "energy of the sum of the states",
            lambda w, b, x, y: -((x + y) @ w @ (x + y)) / 2 - b @ (x + y),
            "You put the sum of the two states into the energy. In each pair, one value comes from `after` "
            "and "
            "the other from `before`.",
        ),
        Mistake(
            "cut off to whole numbers",
            lambda w, b, x, y: int(_two_step_energy(w, b, x, y)),
            "The digits after the point are lost. Weights need not be whole numbers.",
        ),
        Mistake(
            "the last unit left out",
            lambda w, b, x, y: _two_step_energy(w[:-1, :-1], b[:-1], x[:-1], y[:-1]),
            "The last unit is missing from your sums. `range(a, b)` ends before b.",
        ),
        Mistake(
            "the first unit left out",
            lambda w, b, x, y: _two_step_energy(w[1:, 1:], b[1:], x[1:], y[1:]),
            "The first unit is missing from your sums. Indices in Python start at 0.",
        ),
        Mistake(
            "bias times the step",
            lambda w, b, x, y: -(y @ w @ x) - b @ (y - x),
            "You multiply the bias with what the step changes. It acts on the sum of the two states.",
        ),
        Mistake(
            "without its sign",
            lambda w, b, x, y: abs(_two_step_energy(w, b, x, y)),
            "None of your results is negative. Where wishes are granted, the two-step energy is.",
        ),
        *[
            _with_step_bias(one, other)
            for one in _STEP_PAIRS[:4]
            for other in _STEP_BIASES
            if (one.name, other.name)
            not in (
                ("minus sign missing", "bias with the wrong sign"),
                ("the later state on both sides", "bias of the later state twice"),  # named above
            )
        ],
    ],
    [
        "Take the double sum of the energy, but let the two y's come from two states that follow each other.",
        "`after @ weights @ before` is that double sum. The bias meets both states.",
        "Check: if both states are the same, the result is twice the energy.",
    ],
    also=[_two_step_energy_by_sums],
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


def _of_the_recap(W, b, y):
    """A network of the chapter: two rivals, or one unit, with a weight of -2 and biases of +1."""
    if not given.square(W) or b.shape != (len(W),):
        return False
    units = _joined_units(W)
    if len(units) == 2 and not _diagonal(W):
        one, other = units
        w = W[one, other] * np.sign(b[one] * b[other])
        halves = np.abs(b[units])
        return bool(symmetric(W) and w < 0 and np.allclose(w, -2 * halves, atol=0) and halves.all())
    if not len(units) and np.count_nonzero(np.diag(W)) == 1:
        (one,) = np.flatnonzero(np.diag(W))
        return bool(W[one, one] < 0 and np.isclose(W[one, one], -2 * np.abs(b[one]), atol=0))
    return False


uneven_two_cycle = ExampleCheck(
    "uneven_two_cycle",
    ["weights", "bias", "state"],
    ([[0, -2, -2], [-2, 0, -2], [-2, -2, 0]], [1, 1, 1], [1, 1, 1]),
    [
        Mistake(
            "the chapter's network",
            ([[0, -2], [-2, 0]], [1, 1], [1, 1]),
            "This is a network of the chapter, perhaps with units turned round, or all its numbers larger. "
            "Find one of your own, of three units or more.",
            _of_the_recap,
        ),
        *misfits(("weights", "bias", "state"), 3, 6),
        Mistake(
            "not symmetric",
            ([[0, -1, -1], [1, 0, -1], [1, 1, 0]], [0, 0, 0], [1, 1, 1]),
            "The weights shall be symmetric: without symmetry the two-step energy need not stay where it is.",
            lambda w, b, y: not symmetric(w),
        ),
        Mistake(
            "a missing weight",
            ([[0, -2, 0], [-2, 0, 0], [0, 0, 0]], [1, 0, 0], [1, 1, 1]),
            "Some weight between two different units is zero. The exercise asks for a network without gaps.",
            lambda w, b, y: _unjoined(w),
        ),
        Mistake(
            "held by the bias",
            ([[0, -1, -1], [-1, 0, -1], [-1, -1, 0]], [2, 2, 2], [1, 1, 1]),
            "This state is a fixed point: the bias holds units that would flip without it. Where it just "
            "balances what the others send, there is a tie, and the unit stays, too.",
            lambda w, b, y: bool((_step(w, b, y) == y).all() and (_step(w, 0 * b, y) != y).any()),
        ),
        Mistake(
            "at rest",
            ([[0, 1, 1], [1, 0, 1], [1, 1, 0]], [0, 0, 0], [1, 1, 1]),
            "This state is a fixed point: when all units are updated at once, nothing changes.",
            lambda w, b, y: bool((_step(w, b, y) == y).all()),
        ),
        Mistake(
            "not on a cycle",
            ([[0, 1, 1], [1, 0, 1], [1, 1, 0]], [0, 0, 0], [1, 1, -1]),
            "Two synchronous steps do not lead back to this state. It "
            "may lead INTO a cycle; hand over a state that is on it.",
            lambda w, b, y: bool((_step(w, b, _step(w, b, y)) != y).any()),
        ),
        Mistake(
            "biases cancel",
            ([[0, -2, -2], [-2, 0, -2], [-2, -2, 0]], [1, 1, -2], [1, 1, 1]),
            "A two-cycle in which all units flip. What the biases gain at some units they lose at others, so "
            "both of its states have the same energy.",
            lambda w, b, y: not _uneven(w, b, y) and bool(b.any() and (_step(w, b, y) == -y).all()),
        ),
        Mistake(
            "both at the same height",
            ([[0, -1, -1], [-1, 0, -1], [-1, -1, 0]], [0, 0, 0], [1, 1, 1]),
            "A two-cycle, but both of its states have the same energy. If all units flip "
            "to and fro, the pairs do not change: which other term of the energy does?",
            lambda w, b, y: not _uneven(w, b, y),
        ),
    ],
    [
        "In network 2 of chapter 02 the states ++ and -- swap for ever. And three units that all want to "
        "differ?",
        "When all units flip, y_i y_j stays and b_i y_i changes "
        "its sign. But the bias must not stop the cycle.",
        "Without a bias it takes four units, of which some stay "
        "and some flip; a loop over random networks finds one.",
    ],
    limits=["three to six units", "no weight between two units is zero", "beyond a million"],
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


def _valley(W, y):
    """Whether no flip leads down from y; where one is level, a word about it."""
    if _longest(W, y):
        return False
    level = np.flatnonzero(~nonzero(_changes(W, y), W))
    told = "(The flip of unit {} would leave the energy as it is, and does not count.)"
    return told.format(level[0] + 1) if len(level) else True


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
            _valley,
        ),
        Mistake(
            "no more flips than units",
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
    limits=["up to six units", "beyond a million"],
    praise=lambda w, y: (
        f"{_longest(w, y)} flips with {len(y)} units, so some of them flip more than once. "
        "The longest ways that the authors know: 6 flips with four units, 14 with five, 23 with six."
    ),
)
