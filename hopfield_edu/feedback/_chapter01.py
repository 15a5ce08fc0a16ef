"""Checks of chapter 01: fields, single updates, the hypercube, schedules, feed-forward or feedback."""

from __future__ import annotations

from typing import Any

import numpy as np

from hopfield_edu._check import is_symmetric
from hopfield_edu.feedback import _inputs as given
from hopfield_edu.feedback._core import ExampleCheck, FunctionCheck, Mistake, TableCheck, sisters
from hopfield_edu.feedback._telling import TellingCheck

Trials = list[tuple[Any, ...]]


# 1. the field (total input), W eq. 1.1 with a bias


def _local_field(weights, state, bias, i):
    return weights[i] @ state + bias[i]


def _field_loop(weights, state, bias, i):
    h = 0
    for j in range(len(state)):
        h += weights[i][j] * state[j]
    return h + bias[i]


def _field_trials(rng: np.random.Generator) -> Trials:
    one = [(np.array([[w]]), np.array([y]), np.array([0.2]), 0) for w, y in ((0.5, 1), (0.5, -1), (-1.5, 1))]
    pair = np.array([[0, 0.3], [-0.7, 0]]), np.array([1, -1]), np.array([0.1, 0])
    digits = np.array([[1 / 3, -22 / 7], [7 / 3, 0]]), np.array([1, -1]), np.array([25 / 11, 31 / 9])
    trials = [(*two, i) for two in (pair, digits) for i in range(2)] + one
    for N in (2, 2, 3, 3, 4, 5, 6):
        for i in range(N):
            W = rng.normal(size=(N, N)).round(1)
            trials.append((W, given.state(rng, N), rng.normal(size=N).round(1) + 2, i))
    return trials


def _weights_made_symmetric(w, y, b, i):
    """You took the mean of w_ij and w_ji. They may differ: only what leads FROM j TO i counts here."""
    return (w[i] + w[:, i]) @ y / 2 + b[i]


def _multiplied_by_the_own_value(w, y, b, i):
    """You multiplied the field by the unit's own value, which tells whether the two agree. The field itself
    is asked for; the unit's own value comes in only with its self-connection."""
    return y[i] * (w[i] @ y + b[i])


def _biases_of_the_senders(w, y, b, i):
    """You added each bias to the value of the unit that sends. A bias is no value that a weight brings: that
    of unit i is added once, to the sum."""
    return w[i] @ (y + b)


def _own_value_taken_as_1(w, y, b, i):
    """In your sum unit i itself is at +1, whatever it is. Its self-connection brings its own value."""
    return w[i] @ given.put(y, i, 1) + b[i]


local_field = FunctionCheck(
    _local_field,
    _field_trials,
    [
        Mistake(
            "transposed weights",
            lambda w, y, b, i: w[:, i] @ y + b[i],
            "You summed a column of the weights. w_ij leads FROM j TO i: what arrives at unit i stands in"
            " one row.",
        ),
        Mistake(
            "bias forgotten",
            lambda w, y, b, i: w[i] @ y,
            "The sum over the other units is right, but unit i also has a constant input of its own.",
        ),
        Mistake(
            "bias subtracted",
            lambda w, y, b, i: w[i] @ y - b[i],
            "The bias enters with the wrong sign: here b_i is an input like the others, not a threshold.",
        ),
        Mistake(
            "bias multiplied by the state",
            lambda w, y, b, i: w[i] @ y + b[i] * y[i],
            "You multiplied the bias by the unit's own value. A bias is there whatever the unit does.",
        ),
        Mistake(
            "all biases added",
            lambda w, y, b, i: w[i] @ y + b.sum(),
            "Every unit has one bias; you added those of all units.",
        ),
        Mistake(
            "bias added in every turn",
            lambda w, y, b, i: w[i] @ y + len(y) * b[i],
            "Your sum holds the bias once for every weight. It is one input of its own: add it once, after "
            "the loop.",
        ),
        Mistake(
            "the worked example, whatever is given",
            lambda w, y, b, i: 3 if i else -1,
            "These are the numbers of the worked example. Compute them from `weights`, `state` and `bias`.",
        ),
        Mistake(
            "bias inside the sum",
            lambda w, y, b, i: ((w[i] + b[i]) * y).sum(),
            "You added the bias to every weight, so that it is multiplied by the states and counted N times.",
        ),
        Mistake(
            "self-connection dropped",
            lambda w, y, b, i: w[i] @ y - w[i, i] * y[i] + b[i],
            "You left w_ii out. Many networks have none, but this matrix has: the sum runs over all j.",
        ),
        Mistake(
            "self-connection counted twice",
            lambda w, y, b, i: w[i] @ y + w[i, i] * y[i] + b[i],
            "The unit's own term w_ii y_i is in your sum twice.",
        ),
        Mistake(
            "stops after the first weight",
            lambda w, y, b, i: w[i, 0] * y[0] + b[i],
            "Only the first weight is in your sum. Is there a `return` inside the loop?",
        ),
        Mistake(
            "returns before the bias",
            lambda w, y, b, i: w[i, 0] * y[0],
            "You return what the first weight brings, and nothing else. Is there a `return` inside the loop?",
        ),
        Mistake(
            "first weight left out",
            lambda w, y, b, i: w[i, 1:] @ y[1:] + b[i],
            "What comes from the first unit is missing from your sum. Its index in Python is 0.",
        ),
        Mistake(
            "state left out",
            lambda w, y, b, i: w[i].sum() + b[i],
            "You added up the weights alone. A weight counts with the value of the unit that it comes from.",
        ),
        Mistake(
            "units taken for 0 and 1",
            lambda w, y, b, i: w[i] @ (y > 0) + b[i],
            "Units at -1 bring nothing in your sum. A unit is +1 or -1 here: at -1 it brings its weight with "
            "a minus sign.",
        ),
        Mistake(
            "own state instead of the others'",
            lambda w, y, b, i: (w[i] * y[i]).sum() + b[i],
            "Every weight was multiplied by y_i. The weight w_ij brings the value of unit j.",
        ),
        Mistake(
            "all units at once",
            lambda w, y, b, i: w @ y + b,
            "You returned the fields of all units; the exercise asks for one number, that of unit i.",
        ),
        Mistake(
            "terms not summed",
            lambda w, y, b, i: w[i] * y + b[i],
            "The products are there, but one number is wanted: they still have to be added up.",
        ),
        Mistake(
            "counted from 1",
            lambda w, y, b, i: w[i - 1] @ y + b[i - 1],
            "You looked up unit i - 1. In prose the first unit is number 1, in Python its index is 0, and"
            " i is an index.",
        ),
        Mistake(
            "sign instead of field",
            lambda w, y, b, i: np.sign(w[i] @ y + b[i]),
            "You went one step too far: the field is the number itself, before its sign is taken.",
        ),
        Mistake.of(_weights_made_symmetric),
        Mistake.of(_multiplied_by_the_own_value),
        Mistake.of(_biases_of_the_senders),
        Mistake.of(_own_value_taken_as_1),
        Mistake(
            "divided by N",
            lambda w, y, b, i: (w[i] @ y) / len(y) + b[i],
            "Your sum is an average. The field is a plain sum (a factor 1/N belongs to a learning rule).",
        ),
    ],
    [
        "Which row or column of the matrix holds the weights that lead INTO unit i? Compare w_ij, FROM j "
        "TO i.",
        "Multiply each of these weights with the state of the unit it comes from, and add up: NumPy's `@`"
        " does both.",
        "Then add what unit i receives whatever the others do.",
    ],
    also=(_field_loop,),
    praise="Right: a row of the weights times the state, plus the unit's bias.",
)


# 2. the output, W eq. 1.2, with W's tie rule


def _new_value(h, y):
    return 1 if h > 0 else -1 if h < 0 else y


def _value_in_steps(h, y):
    new = y
    if h > 0:
        new = 1
    if h < 0:
        new = -1
    return new


_SIZES = (1e-9, 1e-7, 1e-5, 0.0005, 0.005, 0.02, 0.07, 0.2, 0.4, 0.6, 1, 3, 1e9)  # a tie has none of them


def _with_dead_zone(limit):
    return lambda h, y: 1 if h > limit else -1 if h < -limit else y


def _value_trials(rng: np.random.Generator) -> Trials:
    fields = [
        0,
        0.0,
        -0.0,
        *_SIZES,
        *[-h for h in _SIZES],
        *(rng.normal(size=6).round(2) + 0.003),
        *rng.integers(-5, 6, 6),
    ]
    return [(h.item() if hasattr(h, "item") else h, y) for h in fields for y in (-1, 1)]


def _never_goes_down(h, y):
    """A negative field leaves the value as it is in your function. It should give -1."""
    return 1 if h > 0 else y


def _positive_fields_keep_the_value(h, y):
    """A positive field leaves the value as it is in your function. Does an `else` belong to the last `if`
    alone, so that it undoes what the first one did? Then write `elif`."""
    return -1 if h < 0 else y


def _field_itself_compared_with_the_value(h, y):
    """You compare the field itself with the old value, and flip where they differ. A field of 3 differs from
    a value of +1, and yet both say the same: look at the sign. And in a tie the value stays."""
    return y if h == y else -y


def _field_itself_compared_with_the_value_but_in_a_tie(h, y):
    """You compare the field itself with the old value, and flip where they differ. A field of 3 differs from
    a value of +1, and yet both say the same: look at the sign."""
    return y if h in (0, y) else -y


new_value = FunctionCheck(
    _new_value,
    _value_trials,
    [
        Mistake(
            "sgn(0) = 0",
            lambda h, y: int(np.sign(h)),
            "A field of exactly zero gives 0 in your function (as in NumPy's `sign`), but no unit can be 0. "
            "A tie keeps the value.",
        ),
        Mistake(
            "sgn(0) = +1",
            lambda h, y: 1 if h >= 0 else -1,
            "You send a tie to +1. Then a unit with no evidence either way would still switch; here it "
            "keeps its value.",
        ),
        Mistake(
            "sgn(0) = -1",
            lambda h, y: 1 if h > 0 else -1,
            "You send a tie to -1. Then a unit with no evidence either way would still switch; here it "
            "keeps its value.",
        ),
        Mistake(
            "a tie flips",
            lambda h, y: 1 if h > 0 else -1 if h < 0 else -y,
            "A tie flips the unit in your function; it would switch to and fro for ever. A tie keeps the "
            "value.",
        ),
        Mistake(
            "sign reversed",
            lambda h, y: -1 if h > 0 else 1 if h < 0 else y,
            "A positive field should give +1, a negative one -1; yours does the opposite (ties are right).",
        ),
        Mistake(
            "nothing changes",
            lambda h, y: y,
            "Your function returns the old value whatever the field is. It matters only in a tie.",
        ),
        Mistake(
            "compared with the old value",
            lambda h, y: 1 if h * y > 0 else -1 if h * y < 0 else y,
            "A unit at -1 goes against its field in your function. Did you ask whether field and old value "
            "agree, or flip the old value? The new value follows the field alone, but in a tie.",
        ),
        Mistake(
            "old value added to the field",
            lambda h, y: given.sign(h + y, y).item(),
            "You added the old value to the field, as if the unit were connected to itself. The field alone "
            "decides; the old value comes in where it is exactly zero.",
        ),
        Mistake(
            "old value added to the field, sgn(0) = 0",
            lambda h, y: int(np.sign(h + y)),
            "You added the old value to the field, as if the unit were connected to itself. The field alone "
            "decides; the old value comes in where it is exactly zero.",
        ),
        *[
            Mistake(
                f"old value added to the field, sgn(0) = {tie:+d}",
                lambda h, y, tie=tie: int(given.sign(h + y, tie)),
                "You added the old value to the field, as if the unit were connected to itself. The field "
                "alone decides; the old value comes in where it is exactly zero.",
            )
            for tie in (1, -1)
        ],
        Mistake(
            "compared with the old value, sgn(0) = 0",
            lambda h, y: int(np.sign(h)) * y,
            "You return whether field and old value agree. The new value follows the field alone; in a tie "
            "it is the old one.",
        ),
        Mistake.of(_never_goes_down),
        Mistake.of(_positive_fields_keep_the_value),
        Mistake.of(_field_itself_compared_with_the_value),
        Mistake.of(_field_itself_compared_with_the_value_but_in_a_tie),
        Mistake(
            "field instead of state",
            lambda h, y: h if h != 0 else y,
            "You return the field itself. A unit has only two values, +1 and -1.",
        ),
        Mistake(
            "small fields taken for ties",
            lambda h, y: 1 if h >= 1 else -1 if h <= -1 else y,
            "A field of 0.4 is a small field, not a tie: only exactly zero is. Did you round or compare "
            "with 1?",
        ),
        *[
            Mistake(
                f"fields below {limit} taken for ties",
                _with_dead_zone(limit),
                "A small field is a field. Only one that is exactly zero is a tie, and keeps the value.",
            )
            for limit in (0.5, 0.1, 0.05, 0.01, 0.001, 1e-6, 1e-8)
        ],
        Mistake(
            "0/1 instead of ±1",
            lambda h, y: 1 if h > 0 else 0 if h < 0 else y,
            "A negative field gives 0 in your function. The units here are coded +1 and -1.",
        ),
    ],
    [
        "There are three cases: the field is positive, negative, or exactly zero.",
        "In the third case there is no evidence either way. Which value is then the one to keep?",
        "`np.sign` alone knows two of the three cases as we want them.",
    ],
    properties=[("A unit is +1 or -1, nothing else.", lambda value, h, y: value in (-1, 1))],
    also=(_value_in_steps,),
    praise="Right, ties included.",
)


# 3. the update of a single unit: an assignment


def _update(weights, state, i):
    return given.update(weights, state, i)


def _update_loop(weights, state, i):
    h = 0
    for j in range(len(state)):
        h += weights[i][j] * state[j]
    new = state.copy()
    if h > 0:
        new[i] = 1
    elif h < 0:
        new[i] = -1
    return new


def _update_trials(rng: np.random.Generator) -> Trials:
    trials = [(W, y, i) for W, y in given.BRANCHES for i in range(len(y))]
    trials += [(given.reals(rng, N), given.state(rng, N), i) for N in (2, 3, 4) for i in range(N)]
    for N in (2, 3, 3, 4, 5):
        for _ in range(3):
            W, y = given.weights(rng, N, diagonal=True), given.state(rng, N)
            trials += [(W, y, i) for i in range(N)]
    W = np.array([[0, 1, 1], [0, 0, 0], [1, 2, 0]])
    trials += [(np.zeros((2, 2)), np.array(y), i) for y in ([1, -1], [-1, 1]) for i in range(2)]
    return trials + [(W, np.array(y), i) for y in ([1, -1, 1], [-1, 1, -1]) for i in range(3)]


def _old_value_multiplied(w, y, i):
    """You multiplied the old value by the sign of the field, so that a unit at -1 goes against it. The sign
    takes the place of the old value."""
    return given.put(y, i, y[i] * given.sign(w[i] @ y, 1))


def _old_value_multiplied_by_sign(w, y, i):
    """You multiplied the old value by the sign of the field, so that a unit at -1 goes against it, and
    becomes 0 in a tie. The sign takes the place of the old value, but in a tie."""
    return given.put(y, i, y[i] * np.sign(w[i] @ y))


def _never_goes_down_to_minus_1(w, y, i):
    """A negative field leaves a unit as it is in your function. It should send it to -1."""
    return given.put(y, i, given.sign(np.maximum(w[i] @ y, 0), y[i]))


def _positive_fields_change_nothing(w, y, i):
    """A positive field leaves a unit as it is in your function. Does an `else` belong to the last `if`
    alone, so that it undoes what the first one did? Then write `elif`."""
    return given.put(y, i, given.sign(np.minimum(w[i] @ y, 0), y[i]))


def _all_units_up_to_i(w, y, i):
    """You updated all units up to i, one after the other. Only unit i has its turn here."""
    return given.sweep(w, y, range(i + 1))


def _first_unit_against_its_field(w, y, i):
    """You updated the first unit that disagrees with its field. Here it is the turn of unit i, whether it
    disagrees or not."""
    against = np.flatnonzero((w @ y) * y < 0)
    return given.update(w, y, against[0]) if against.size else y.copy()


def _the_other_units_at_0(w, y, i):
    """Unit i is right, but the others are 0. They keep their values: start from a copy of the state."""
    return given.put(np.zeros_like(y), i, given.update(w, y, i)[i])


def _decided_in_every_turn(by):
    """Unit i takes the sign of each partial sum, in which its own value is the old one or the one so far."""

    def partial_sums(w, y, i):
        new, h = y.copy(), 0
        for j in range(len(y)):
            h += w[i, j] * (new if by == "new" else y)[j]
            new[i] = given.sign(h, new[i])
        return new

    return partial_sums


def _at_unit_i(new_value):
    """The update that takes its value from a mistaken `new_value`, and its message, too."""

    def updated(w, y, i):
        return given.put(y, i, new_value(w[i] @ y, y[i]))

    updated.__name__, updated.__doc__ = new_value.__name__, new_value.__doc__
    return updated


def _added_to_the_field(tie):
    return lambda w, y, i: given.put(y, i, given.sign(w[i] @ y + y[i], tie or y[i]))


update = FunctionCheck(
    _update,
    _update_trials,
    [
        Mistake(
            "transposed weights",
            lambda w, y, i: given.update(w.T, y, i),
            "The field was taken from a column of the weights. What arrives at unit i stands in row i.",
        ),
        Mistake(
            "sgn(0) = 0",
            lambda w, y, i: given.put(y, i, np.sign(w[i] @ y)),
            "In a tie your unit becomes 0. There is no such value: a tie keeps the old one.",
        ),
        Mistake(
            "sgn(0) = +1",
            lambda w, y, i: given.update(w, y, i, tie=1),
            "In a tie your unit becomes +1. Here a tie keeps the old value.",
        ),
        Mistake(
            "sgn(0) = -1",
            lambda w, y, i: given.update(w, y, i, tie=-1),
            "In a tie your unit becomes -1. Here a tie keeps the old value.",
        ),
        Mistake(
            "a tie flips",
            lambda w, y, i: given.put(y, i, given.sign(w[i] @ y, -y[i])),
            "A tie flips the unit in your function; it would switch to and fro for ever. A tie keeps the "
            "value.",
        ),
        Mistake(
            "fields cut off to whole numbers",
            given.cut_off,
            "A field such as 0.4 counts as a tie in your function, but only one of exactly zero is. Is it "
            "cut off to a whole number, by `int` or in an array of whole numbers, such as a copy of the "
            "state? Or compared with 1?",
        ),
        Mistake(
            "fields cut off to whole numbers, and then 0",
            lambda w, y, i: given.put(y, i, np.sign(np.trunc(w[i] @ y))),
            "A field such as 0.4 becomes 0 in your function, and the unit with it: the field is cut off to a "
            "whole number. And in a tie, a unit keeps its value.",
        ),
        Mistake.of(_old_value_multiplied),
        Mistake.of(_old_value_multiplied_by_sign),
        Mistake.of(_never_goes_down_to_minus_1),
        Mistake.of(_positive_fields_change_nothing),
        Mistake.of(_at_unit_i(_field_itself_compared_with_the_value)),
        Mistake.of(_at_unit_i(_field_itself_compared_with_the_value_but_in_a_tie)),
        *[
            Mistake(
                f"old value added to the field{note}",
                _added_to_the_field(tie),
                "You added the old value to the field, as if the unit were connected to itself. The field "
                "alone decides; the old value comes in where it is exactly zero.",
            )
            for tie, note in ((0, ""), (1, ", sgn(0) = +1"), (-1, ", sgn(0) = -1"))
        ],
        Mistake(
            "0/1 instead of ±1",
            lambda w, y, i: given.put(y, i, given.sign(np.maximum(w[i] @ y, 0), y[i] * (w[i] @ y == 0))),
            "A negative field gives 0 in your function. The units here are coded +1 and -1.",
        ),
        Mistake(
            "0/1 instead of ±1, sgn(0) = 0",
            lambda w, y, i: given.put(y, i, w[i] @ y > 0),
            "A negative field gives 0 in your function, and so does a tie. The units here are coded +1 and "
            "-1, and a tie keeps the value.",
        ),
        *[
            Mistake(
                f"decided in every turn, {by} value",
                _decided_in_every_turn(by),
                "The unit takes the sign of its sum after every weight, before the sum is complete. Add up "
                "first, and decide when the loop is over.",
            )
            for by in ("old", "new")
        ],
        Mistake.of(_all_units_up_to_i),
        Mistake.of(_first_unit_against_its_field),
        Mistake.of(_the_other_units_at_0),
        Mistake(
            "own state instead of the others'",
            lambda w, y, i: given.put(y, i, given.sign(w[i].sum() * y[i], y[i])),
            "Every weight was multiplied by y_i. The weight w_ij brings the value of unit j.",
        ),
        Mistake(
            "all units at once",
            lambda w, y, i: given.step(w, y),
            "You updated every unit. Only unit i is updated here; the others keep their values.",
        ),
        Mistake(
            "field instead of state",
            lambda w, y, i: given.put(y, i, w[i] @ y),
            "You wrote the field into the state. Its sign is what belongs there.",
        ),
        Mistake(
            "added to the old value",
            lambda w, y, i: given.put(y, i, y[i] + np.sign(w[i] @ y)),
            "You added the sign of the field to the old value. It takes the place of the old value: an "
            "update is an assignment.",
        ),
        Mistake(
            "only the new value",
            lambda w, y, i: int(given.update(w, y, i)[i]),
            "You returned the new value of unit i alone. The exercise asks for the whole state after the "
            "update.",
        ),
        Mistake(
            "self-connection dropped",
            lambda w, y, i: given.update(given.without_diagonal(w), y, i),
            "You left w_ii out of the field. It is often zero, but where it is not it counts.",
        ),
        Mistake(
            "counted from 1",
            lambda w, y, i: given.update(w, y, i - 1),
            "You updated unit i - 1. Indices in Python start at 0, and i is such an index.",
        ),
        Mistake(
            "nothing changes",
            lambda w, y, i: y.copy(),
            "You return the old state. Was the new value computed, but never written into the state?",
        ),
        Mistake(
            "always flips",
            lambda w, y, i: given.put(y, i, -y[i]),
            "Unit i flips whatever its field is. An update is a question, and the answer may be: stay.",
        ),
        Mistake(
            "sign reversed",
            lambda w, y, i: given.put(y, i, given.sign(-(w[i] @ y), y[i])),
            "Unit i goes against its field. A positive field gives +1.",
        ),
        Mistake(
            "field read from one unit, written to the next",
            lambda w, y, i: given.put(y, (i + 1) % len(y), given.sign(w[i] @ y, y[(i + 1) % len(y)])),
            "The field of unit i decided about its neighbour. Read and write the same index.",
        ),
    ],
    [
        "Two steps: the field of unit i, then a new state that differs from the old one in unit i at most.",
        "The update is an assignment to ONE unit. Make a copy of the state first: the caller's stays.",
        "Your function from exercise 2 turns the field and the old value into the new value.",
    ],
    properties=[
        ("A unit is +1 or -1, nothing else.", lambda value, w, y, i: given.bipolar(np.asarray(value))),
        (
            "Only unit i may change in this update.",
            lambda value, w, y, i: (np.delete(value, i) == np.delete(y, i)).all(),
        ),
    ],
    also=(_update_loop,),
    praise="Right: one unit follows its field, the others stay, and the old state is left alone.",
)


# 4. the hypercube: counted by hand, then listed


def _hypercube(corners, neighbours, edges):
    return {N: [corners(N), neighbours(N), edges(N)] for N in (2, 3, 4)}


_CORNERS, _NEIGHBOURS, _EDGES = (lambda N: 2**N), (lambda N: N), (lambda N: N * 2 ** (N - 1))

hypercube = TableCheck(
    "hypercube",
    _hypercube(_CORNERS, _NEIGHBOURS, _EDGES),
    ["corners", "neighbours of a corner", "edges"],
    [
        Mistake(
            "every edge counted twice",
            _hypercube(_CORNERS, _NEIGHBOURS, lambda N: N * 2**N),
            "You counted the edges from both of their ends: each belongs to two corners.",
        ),
        Mistake(
            "every pair of corners counted as an edge",
            _hypercube(_CORNERS, _NEIGHBOURS, lambda N: 2 ** (N - 1) * (2**N - 1)),
            "You counted all pairs of corners. An edge joins two states that differ in a single unit.",
        ),
        Mistake(
            "as many edges as corners",
            _hypercube(_CORNERS, _NEIGHBOURS, _CORNERS),
            "Edges and corners are equally many in a square only. How many edges meet in a corner of a cube?",
        ),
        Mistake(
            "all other corners taken for neighbours",
            _hypercube(_CORNERS, lambda N: 2**N - 1, _EDGES),
            "You counted all other corners. Neighbours differ in exactly one unit; how many units are "
            "there to flip?",
        ),
        Mistake(
            "the other units counted",
            _hypercube(_CORNERS, lambda N: N - 1, _EDGES),
            "A unit is connected to N - 1 others, but this is about states: any one of the units may flip.",
        ),
        Mistake(
            "N squared corners",
            _hypercube(lambda N: N**2, _NEIGHBOURS, _EDGES),
            "Each further unit doubles the number of states; yours grow like a square. Look at three units.",
        ),
        Mistake(
            "2 N corners",
            _hypercube(lambda N: 2 * N, _NEIGHBOURS, _EDGES),
            "Each further unit doubles the number of states; yours grow by two. Look at three units.",
        ),
        Mistake(
            "N squared corners, and edges counted from them",
            _hypercube(lambda N: N**2, _NEIGHBOURS, lambda N: N**3 // 2),
            "Each further unit doubles the number of states; your corners grow like a square. Look at three "
            "units: a cube has eight.",
        ),
        Mistake(
            "pairs of units counted as edges",
            _hypercube(_CORNERS, _NEIGHBOURS, lambda N: N * (N - 1) // 2),
            "You counted the pairs of units, which may be connected in the network. An edge of the hypercube "
            "joins two states that differ in one unit.",
        ),
        Mistake(
            "faces counted as edges",
            _hypercube(_CORNERS, _NEIGHBOURS, lambda N: N * (N - 1) * 2**N // 8),
            "You counted the faces: 1 of a square, 6 of a cube. An edge joins two corners: how many meet in "
            "each?",
        ),
        Mistake(
            "N squared edges",
            _hypercube(_CORNERS, _NEIGHBOURS, lambda N: N**2),
            "Draw the cube (three units) and count: four edges on the floor, four upright, and four more.",
        ),
        Mistake(
            "a corner among its own neighbours",
            _hypercube(_CORNERS, lambda N: N + 1, _EDGES),
            "You counted the corner itself as well. A neighbour differs from it in one unit.",
        ),
        Mistake(
            "two cubes not joined",
            _hypercube(_CORNERS, _NEIGHBOURS, lambda N: 24 if N == 4 else _EDGES(N)),
            "The edges of two cubes make 24. The cubes are joined as well: the fourth unit may flip, too.",
        ),
    ],
    [
        "Draw the square for two units and write a state at each corner. One side = one unit flips.",
        "A cube is two squares, joined corner to corner; four units make two cubes, joined likewise.",
        "Edges without drawing: from every corner goes one edge per unit, and so every edge is counted "
        "how often?",
    ],
    follow={"edges": lambda row, entries: entries["corners"] * entries["neighbours of a corner"] / 2},
    praise="Every entry is right: 2^N corners, N neighbours each, and N 2^(N-1) edges.",
)


def _neighbours(state):
    return state * (1 - 2 * np.eye(len(state), dtype=int))


def _neighbours_loop(state):
    rows = []
    for i in range(len(state)):
        other = state.copy()
        other[i] = -other[i]
        rows.append(other)
    return np.array(rows)


def _copies(y, rows):
    return np.array([rows(y, i) for i in range(len(y))])


neighbours = FunctionCheck(
    _neighbours,
    lambda rng: (
        [(np.array(y),) for y in ([1, -1], [1], [-1], [1, 1, 1], [-1, -1, -1], [1, -1, -1], [-1, 1, 1, -1])]
        + [(given.state(rng, N),) for N in (2, 2, 3, 3, 4, 4, 5, 6)]
    ),
    [
        Mistake(
            "flips pile up",
            lambda y: _copies(y, lambda y, i: np.where(np.arange(len(y)) <= i, -y, y)),
            "In your row i all units up to i are flipped, as if each row started from the row before. Every "
            "neighbour starts from the state itself, and one unit of it flips.",
        ),
        Mistake(
            "one array, listed N times",
            lambda y: np.array([-y for _ in y]),
            "In each of your rows all units are flipped. Did you flip whole rows? Or is it one array, "
            "changed in place and listed N times? Each row is a copy of the state with one unit flipped.",
        ),
        Mistake(
            "the state itself, N times",
            lambda y: np.array([y for _ in y]),
            "All rows equal the state. Was the flip undone in the same array that you had stored already?",
        ),
        Mistake(
            "the state itself included",
            lambda y: np.vstack([y, _neighbours(y)]),
            "The first row is the state itself. It is no neighbour of its own: N rows are wanted.",
        ),
        Mistake(
            "all other units flipped",
            lambda y: -_neighbours(y),
            "Row i differs from the state in all units but i. It should differ in unit i only.",
        ),
        Mistake(
            "flipped as 0 and 1",
            lambda y: np.where(np.eye(len(y), dtype=bool), 1 - y, y),
            "`1 - y` flips a unit that is coded with 0 and 1. Here a unit is +1 or -1.",
        ),
        Mistake(
            "2 subtracted instead of flipped",
            lambda y: y - 2 * np.eye(len(y), dtype=int),
            "You subtract 2, which takes +1 to -1, but -1 to -3. To flip is to multiply by -1.",
        ),
        Mistake(
            "the state ignored",
            lambda y: 1 - 2 * np.eye(len(y), dtype=int),
            "These are the neighbours of the state in which all units are +1, whatever the state is.",
        ),
        Mistake(
            "set to +1 instead of flipped",
            lambda y: _copies(y, lambda y, i: given.put(y, i, 1)),
            "A unit that was +1 already stays. To flip is to multiply by -1.",
        ),
        Mistake(
            "set to -1 instead of flipped",
            lambda y: _copies(y, lambda y, i: given.put(y, i, -1)),
            "A unit that was -1 already stays. To flip is to multiply by -1.",
        ),
        Mistake(
            "set to 0 instead of flipped",
            lambda y: _copies(y, lambda y, i: given.put(y, i, 0)),
            "Row i has unit i at 0. There is no such value: to flip is to multiply by -1.",
        ),
        Mistake(
            "the other units at 0",
            lambda y: np.diag(-y),
            "Row i holds unit i, flipped, but the others are 0. They keep their values: start from a copy of "
            "the state.",
        ),
        Mistake(
            "rows in reversed order",
            lambda y: _neighbours(y)[::-1],
            "Your rows are the neighbours, but in reversed order: in row 0 the first unit shall be flipped.",
        ),
        Mistake(
            "units exchanged instead of flipped",
            lambda y: _copies(y, lambda y, i: np.roll(y, -i)),
            "Your rows hold the same values in another order. A neighbour has one value flipped, in place.",
        ),
        Mistake(
            "counted from 1",
            lambda y: np.roll(_neighbours(y), -1, axis=0),
            "Row i has another unit flipped: the rows are shifted by one. Index 0 is the first unit.",
        ),
        Mistake(
            "one long row",
            lambda y: _neighbours(y).ravel(),
            "Your neighbours stand one behind the other in a single row. Each has a row of its own. (NumPy's "
            "`append` joins end to end; a list keeps its parts.)",
        ),
        Mistake(
            "all corners",
            lambda y: 2 * (np.arange(2 ** len(y))[:, None] >> np.arange(len(y)) & 1) - 1,
            "You listed all corners of the hypercube. Only N of them are one flip away.",
        ),
    ],
    [
        "There is one neighbour for each unit. Start each time from a fresh copy of the state.",
        "Flipping unit i multiplies entry i by -1 and leaves the others.",
        "Collect the copies in a list and make an array of it, or start from an array with N equal rows "
        "and flip its diagonal.",
    ],
    properties=[
        (
            "Row i must differ from the state in unit i and nowhere else.",
            lambda value, y: np.array_equal(np.asarray(value) != y, np.eye(len(y), dtype=bool)),
        )
    ],
    also=(_neighbours_loop,),
    praise="Right: N neighbours, each one flip away, along one edge each.",
)


# 5. two schedules


def _ordered_sweep(weights, state):
    return given.sweep(weights, state)


def _synchronous_step(weights, state):
    return given.step(weights, state)


def _sweep_loop(weights, state):
    new = state.copy()
    for i in range(len(state)):
        h = 0
        for j in range(len(state)):
            h += weights[i][j] * new[j]
        if h > 0:
            new[i] = 1
        elif h < 0:
            new[i] = -1
    return new


def _step_loop(weights, state):
    new = state.copy()
    for i in range(len(state)):
        h = 0
        for j in range(len(state)):
            h += weights[i][j] * state[j]
        if h > 0:
            new[i] = 1
        elif h < 0:
            new[i] = -1
    return new


def _sweep_trials(rng: np.random.Generator) -> Trials:
    trials = [(given.weights(rng, N, diagonal=True), given.state(rng, N)) for N in (2, 3, 3, 4, 4, 5, 6)]
    trials += [(given.weights(rng, N), given.state(rng, N)) for N in (3, 4, 4, 5, 5, 6, 6)]
    trials += [(given.reals(rng, N), given.state(rng, N)) for N in (2, 3, 4, 5)]
    ring = np.array([[0, -1], [1, 0]])
    late = np.array([[0, 0, 0], [1, 0, 0], [0, -2, 0]])
    real = np.array([[0, -0.4, 0.2], [0.3, 0, 0.5], [-0.6, 0.1, 0]])
    fixed = [(ring, np.array(y)) for y in ([-1, -1], [-1, 1], [1, -1])]
    fixed += [(late, np.array([1, -1, -1])), (-late, np.array([-1, -1, 1]))]
    fixed += [(real, np.array(y)) for y in ([1, 1, 1], [1, -1, 1], [-1, 1, -1], [1, 1, -1])]
    ties = [(np.zeros((2, 2)), np.array(y)) for y in ([1, -1], [-1, 1])]  # each keeps its own value
    late_ties = [(late, np.array([-1, 1, 1])), (late.T, np.array([-1, 1, -1]))]
    return [*given.BRANCHES, *ties, *late_ties, *fixed, *trials]


def _one_after_the_other(rule):
    """A sweep by a rule for one unit."""

    def sweep(w, y):
        for i in range(len(y)):
            y = rule(w, y, i)
        return y

    return sweep


def _all_at_once(rule):
    """A step in which each unit follows a rule for one unit."""
    return lambda w, y: np.array([rule(w, y, i)[i] for i in range(len(y))])


# what is no mistake of its own in a whole sweep, or has a better name there
NOT_IN_A_SWEEP = [
    "all units at once",
    "only the new value",
    "counted from 1",
    "nothing changes",
    "transposed weights",
    "self-connection dropped",
    "field read from one unit, written to the next",
    "all units up to i",
    "first unit against its field",
    "the other units at 0",
    "decided in every turn, old value",
    "decided in every turn, new value",
]


def _until_settled(step):
    def settle(w, y):
        for _ in range(2 ** len(y)):
            new = step(w, y)
            if np.array_equal(new, y):
                break
            y = new
        return y

    return settle


def _of_later_rounds(step):
    """Whether all results are states after two rounds or more (of a single unit perhaps after one)."""

    def sign(seen, wanted, trials):
        for value, (w, y) in zip(seen, trials, strict=True):
            rounds = [step(w, y)]
            while not any(np.array_equal(rounds[-1], z) for z in rounds[1:-1]):
                rounds.append(step(w, rounds[-1]))
            if not any(np.array_equal(value, z) for z in rounds[len(y) > 1 :]):
                return False
        return True

    return sign


def _first_flip(w, y):
    for i in range(len(y)):
        new = given.update(w, y, i)
        if not np.array_equal(new, y):
            return new
    return y


def _first_tie(w, y):
    for i in range(len(y)):
        if not w[i] @ y:
            break
        y = given.update(w, y, i)
    return y


_RUNS_ON = "runs on until nothing changes"
_SHARED = [
    (
        "nothing changes",
        lambda step: lambda w, y: y.copy(),
        "Your function returns the old state. Are the new values written into what you return?",
    ),
    (
        "transposed weights",
        lambda step: lambda w, y: step(w.T, y),
        "The fields were taken from the columns of the weights. What arrives at unit i stands in row i.",
    ),
    (
        "self-connections dropped",
        lambda step: lambda w, y: step(given.without_diagonal(w), y),
        "You left the diagonal out. It is often zero, but where it is not it counts.",
    ),
    (
        _RUNS_ON,
        _until_settled,
        "Your function goes on after the first round. One round is asked for here, in which every unit "
        "has one turn.",
    ),
]

ordered_sweep = TellingCheck(
    _ordered_sweep,
    _sweep_trials,
    [
        Mistake(
            "synchronous instead of ordered",
            _synchronous_step,
            "All your units look at the old state. In an ordered sweep, unit 2 already sees what unit 1 "
            "has become.",
        ),
        Mistake(
            "backwards",
            lambda w, y: given.sweep(w, y, range(len(y))[::-1]),
            "You began with the last unit. The order here is 1, 2, ..., N.",
        ),
        Mistake(
            "every turn starts from the start",
            lambda w, y: given.update(w, y, len(y) - 1),
            "Only the last unit moves: each turn began in the state at the start, so what the turns before "
            "did is lost.",
        ),
        Mistake(
            "return inside the loop",
            lambda w, y: given.update(w, y, 0),
            "Your sweep ends after the first unit. Is there a `return` inside the loop?",
        ),
        Mistake(
            "stops after the first flip",
            _first_flip,
            "Your sweep ends with the first unit that flips. Every unit has its turn; a `return` too early?",
        ),
        Mistake(
            "stops at the first tie",
            _first_tie,
            "Your sweep ends with the first tie. The units after it have their turn, too.",
        ),
        Mistake(
            "last unit left out",
            lambda w, y: given.sweep(w, y, range(len(y) - 1)),
            "The last unit is never updated. Where does your `range` end?",
        ),
        Mistake(
            "first unit left out",
            lambda w, y: given.sweep(w, y, range(1, len(y))),
            "The first unit is never updated. Its index in Python is 0.",
        ),
        *sisters(update, _one_after_the_other, but=NOT_IN_A_SWEEP),
        *[Mistake(name, make(_ordered_sweep), text) for name, make, text in _SHARED],
    ],
    [
        "A sweep is a loop over the units; each turn is one update as in exercise 3.",
        "Which state must the update in the second turn see: the one at the start, or the one after the "
        "first turn?",
        "Carry one variable through the loop: the state so far.",
    ],
    properties=[("A unit is +1 or -1, nothing else.", lambda value, w, y: given.bipolar(np.asarray(value)))],
    first={_RUNS_ON: _of_later_rounds(_ordered_sweep)},
    also=(_sweep_loop,),
    praise="Right: each unit sees what the units before it have become.",
)

synchronous_step = TellingCheck(
    _synchronous_step,
    _sweep_trials,
    [
        Mistake(
            "reads values that are already updated",
            _ordered_sweep,
            "Unit 2 sees the new value of unit 1: that is an ordered sweep. "
            "In a synchronous step all units look at the old state.",
        ),
        Mistake(
            "one unit only",
            lambda w, y: given.update(w, y, 0),
            "Only the first unit was updated. In a synchronous step all units move together.",
        ),
        *sisters(update, _all_at_once, but=NOT_IN_A_SWEEP),
        *[Mistake(name, make(_synchronous_step), text) for name, make, text in _SHARED],
        Mistake(
            "two steps",
            lambda w, y: given.step(w, given.step(w, y)),
            "Your function takes two steps. One is asked for.",
        ),
    ],
    [
        "First compute all fields from the old state, then write all new values.",
        "All fields together are one product of the matrix with the state.",
        "Ties: where a field is zero, take the old value of that unit. `np.where` chooses entry by entry.",
    ],
    properties=[("A unit is +1 or -1, nothing else.", lambda value, w, y: given.bipolar(np.asarray(value)))],
    first={_RUNS_ON: _of_later_rounds(_synchronous_step)},
    also=(_step_loop,),
    praise="Right: everyone looks at the old state, then everyone moves.",
)


# 6. feed-forward or feedback


def _acyclic(graph) -> bool:
    """Whether a graph (nonzero = edge) can be taken apart: remove units that nothing leads into."""
    left = np.flatnonzero(np.ones(len(graph)))
    while left.size:
        free = ~(graph[np.ix_(left, left)] != 0).any(axis=1)
        if not free.any():
            return False
        left = left[~free]
    return True


def _is_feedforward(weights):
    return _acyclic(weights)


def _acyclic_loop(weights):
    left = list(range(len(weights)))
    while left:
        free = []
        for i in left:
            heard = 0
            for j in left:
                if weights[i][j] != 0:
                    heard += 1
            if heard == 0:
                free.append(i)
        if len(free) == 0:
            return False
        left = [i for i in left if i not in free]
    return True


def _acyclic_walk(weights):
    """By a walk from every unit: is the unit itself met again?"""
    for start in range(len(weights)):
        reached = [start]
        for j in reached:
            for i in range(len(weights)):
                if weights[i][j] != 0:
                    if i == start:
                        return False
                    if i not in reached:
                        reached.append(i)
    return True


def _meets_twice(weights, start, seen):
    """Whether a walk along all arrows from a unit meets one that it, or an earlier walk, has met before."""
    stack = [start]
    while stack:
        j = stack.pop()
        if j in seen:
            return True
        seen.add(j)
        stack += np.flatnonzero(weights[:, j]).tolist()
    return False


def _comes_back_to_first(weights):
    """Whether a walk from unit 1 comes back to it."""
    reached = {0}
    stack = [0]
    while stack:
        for i in np.flatnonzero(weights[:, stack.pop()]).tolist():
            if i == 0:
                return True
            if i not in reached:
                reached.add(i)
                stack.append(i)
    return False


def _cycle_from_first(weights):
    """Whether a cycle can be reached from unit 1."""
    reached = [0]
    for j in reached:
        reached += [i for i in np.flatnonzero(weights[:, j]).tolist() if i not in reached]
    return not _acyclic(weights[np.ix_(reached, reached)])


def _no_cycle_of(lengths):
    """A test for cycles of some lengths only, given the number of units."""

    def test(weights):
        arrows = (weights != 0).astype(int)
        return not any(np.trace(np.linalg.matrix_power(arrows, k)) for k in lengths(len(arrows)))

    return test


def _shuffled(rng, W):
    order = rng.permutation(len(W))
    return W[np.ix_(order, order)]


def _graph_trials(rng: np.random.Generator) -> Trials:
    """Graphs of every sort that the mistakes confuse."""

    def layered(N):
        W = np.tril(rng.choice([-2, -1, 1, 2], (N, N)), -1)
        return W * (rng.random((N, N)) < 0.7)

    def plus(W, *edges):
        W = W.copy()
        for i, j, w in edges:
            W[i, j] = w
        return W

    chain = np.diag([1, 1, 1], -1)
    diamond = plus(np.zeros((4, 4), int), (1, 0, 1), (2, 0, -1), (3, 1, 1), (3, 2, 1))
    ring = plus(chain, (0, 3, 1))
    bad = plus(chain, (0, 3, -1))
    three = np.array([[0, 0, 1], [1, 0, 0], [0, 1, 0]])
    behind = plus(np.zeros((5, 5), int), (1, 0, 1), (2, 1, 1), (3, 2, 1), (1, 3, 1), (4, 3, 1))  # not unit 1
    deaf = plus(np.zeros((4, 4), int), (1, 2, 1), (2, 1, 1), (3, 1, 1))  # one hears nobody, one is not heard
    long = [np.roll(np.eye(N, dtype=int), 1, axis=0) for N in (5, 6)]  # one cycle, through all units
    graphs = [
        np.zeros((1, 1), int),
        np.zeros((3, 3), int),
        three,
        -three,
        plus(three, (0, 2, 0), (0, 1, 1)),
        behind,
        behind.T,
        plus(np.zeros((3, 3), int), (0, 1, 1), (1, 0, 1), (0, 2, 1)),  # one unit hears nobody
        plus(np.zeros((3, 3), int), (1, 2, 1), (2, 1, 1), (0, 1, 1)),  # nobody hears unit 1
        deaf,
        deaf.T,
        chain,
        chain.T,
        _shuffled(rng, chain)[::-1, ::-1],
        chain[np.ix_([2, 0, 3, 1], [2, 0, 3, 1])],
        diamond,
        _shuffled(rng, diamond),
        plus(chain, (2, 2, 1)),
        plus(chain, (1, 1, -1)),
        plus(chain, (1, 2, 2)),
        plus(chain, (0, 2, 1)),
        ring,
        bad,
        -ring,
        _shuffled(rng, ring),
        np.array([[0, 1], [1, 0]]),
        np.array([[0, -1], [1, 0]]),
        np.array([[1, -1], [1, -1]]),
        np.array([[2]]),
        np.array([[0, 0.5], [0.5, 0]]),  # weights below one are arrows, too
        np.array([[0, 0, -0.4], [0.3, 0, 0], [0, -0.2, 0]]),
        chain / 4,
        given.weights(rng, 4, symmetric=True) + np.ones((4, 4), int) * 3,
        *[_shuffled(rng, W) for W in long],
        *[layered(N) for N in (2, 3, 4, 5)],
        *[_shuffled(rng, layered(N)) for N in (3, 4, 5, 5, 6)],
    ]
    return [(W,) for W in graphs]


def _triangular(W):
    return not np.triu(W).any()


is_feedforward = FunctionCheck(
    _is_feedforward,
    _graph_trials,
    [
        Mistake(
            "self-connections overlooked",
            lambda w: _acyclic(given.without_diagonal(w)),
            "A unit that feeds itself is a loop, too, of a single arrow.",
        ),
        Mistake(
            "only self-connections looked for",
            lambda w: not np.diag(w).any(),
            "A loop may lead through several units before it comes back.",
        ),
        Mistake(
            "only pairs looked for",
            lambda w: not ((w != 0) & (w != 0).T).any(),
            "You look at w_ij and w_ji only. A loop can be longer: 1 to 2 to 3 and back to 1.",
        ),
        Mistake(
            "only loops of up to three units looked for",
            lambda w: not any(np.trace(np.linalg.matrix_power((w != 0).astype(int), k)) for k in (1, 2, 3)),
            "You look for loops of up to three units. A loop can be as long as there are units.",
        ),
        Mistake(
            "two ways taken for a loop",
            lambda w: not any(_meets_twice(w, j, set()) for j in range(len(w))),
            "A unit that is reached on two ways is met twice, but it lies on a loop only if one of the ways "
            "leads from the unit back to itself. Think of a diamond.",
        ),
        Mistake(
            "what an earlier walk has met taken for a loop",
            lambda w: (lambda seen: not any(_meets_twice(w, j, seen) for j in range(len(w))))(set()),
            "Your walk stops at a unit that an earlier walk, from another start, has met, and calls it a "
            "loop. What was met belongs to one walk.",
        ),
        Mistake(
            "one unit that hears nobody is enough",
            lambda w: bool((w == 0).all(axis=1).any()),
            "You ask whether some unit hears nobody. That is the first step: without this unit and its "
            "arrows, the rest must again have such a unit.",
        ),
        Mistake(
            "one unit that nobody hears is enough",
            lambda w: bool((w == 0).all(axis=0).any()),
            "You ask whether some unit is heard by nobody. That is the first step: without this unit, the "
            "rest must again have such a unit.",
        ),
        Mistake(
            "a walk from unit 1 only",
            lambda w: not _comes_back_to_first(w),
            "You walk from the first unit only. A loop may lead past it.",
        ),
        Mistake(
            "a search from unit 1 only",
            lambda w: not _cycle_from_first(w),
            "You look for loops on the ways from unit 1 only. A loop may lie where these never come: "
            "begin at each unit in turn.",
        ),
        *[
            Mistake(
                f"loops through all units missed{note}",
                _no_cycle_of(lengths),
                "You miss the loops that lead through all units. With N units a loop may have N arrows. "
                "Does your `for` take one turn too few?",
            )
            for note, lengths in (
                ("", lambda N: range(1, N)),
                (", but for a single unit", lambda N: range(1, max(N, 2))),
            )
        ],
        Mistake(
            "only ways of N arrows looked for",
            lambda w: not np.trace(np.linalg.matrix_power((w != 0).astype(int), len(w))),
            "You ask for ways back of exactly N arrows. A shorter loop need not show there: with three "
            "units, one of two is missed.",
        ),
        Mistake(
            "one step too few",
            lambda w: not np.linalg.matrix_power((w != 0).astype(int), max(len(w) - 1, 0)).any(),
            "A way through all N units has N - 1 arrows and need not come back. It takes N to be sure.",
        ),
        Mistake(
            "self-connections overlooked, and only pairs looked for",
            lambda w: not ((lambda A: A & A.T)(given.without_diagonal(w) != 0)).any(),
            "You look at w_ij and w_ji of two different units. A loop can be longer, and a unit that feeds "
            "itself is a loop as well.",
        ),
        Mistake(
            "only short loops looked for",
            lambda w: not any(np.trace(np.linalg.matrix_power((w != 0).astype(int), k)) for k in range(1, 5)),
            "You look for loops of up to four units. A loop can be as long as there are units.",
        ),
        Mistake(
            "trusts the numbering",
            _triangular,
            "You ask whether every weight leads from a lower to a higher number. The numbering is arbitrary: "
            "with other numbers the same network may pass or fail.",
        ),
        Mistake(
            "trusts the numbering, either way round",
            lambda w: _triangular(w) or _triangular(w.T),
            "A triangular matrix has no loops, but one that is not may have none either: renumber the units.",
        ),
        Mistake(
            "asks for symmetry",
            lambda w: not np.array_equal(w, w.T) or not w.any(),
            "Symmetric weights do feed back, but so do many others. Look for a way back along the arrows.",
        ),
        Mistake(
            "asymmetric taken for feed-forward",
            lambda w: not np.array_equal(w, w.T),
            "You ask whether the weights differ from their transpose. A ring of arrows is not symmetric, and "
            "feeds back; and where there are no weights at all, nothing does.",
        ),
        Mistake(
            "two ways taken for a loop, and a walk from unit 1 only",
            lambda w: not _meets_twice(w, 0, set()),
            "Your walk calls it a loop when a unit is met again, also on a second way to it. Besides, it "
            "starts at the first unit only, and a loop may lead past that.",
        ),
        Mistake(
            "weights cut off to whole numbers",
            lambda w: _acyclic(np.trunc(w)),
            "Your answer is wrong where weights lie below one: they are cut off to 0. A weight of 0.5 is an "
            "arrow.",
        ),
        Mistake(
            "arrows taken for lines",
            lambda w: _forest((w != 0) | (w != 0).T),
            "You ignored the direction of the arrows. Two paths from one unit to another are no loop: "
            "nothing comes back.",
        ),
        Mistake(
            "inhibition overlooked",
            lambda w: _acyclic(np.maximum(w, 0)),
            "You followed positive weights only. A negative weight is an influence as well.",
        ),
        Mistake(
            "excitation overlooked",
            lambda w: _acyclic(np.minimum(w, 0)),
            "You followed negative weights only. A positive weight is an influence as well.",
        ),
        Mistake(
            "weights cancel",
            lambda w: not np.linalg.matrix_power(w, len(w)).any(),
            "Positive and negative ways cancel in your sums. Ask whether there IS a weight, not how large.",
        ),
        Mistake(
            "opposite answer",
            lambda w: not _acyclic(w),
            "It is the other way round: True means that there is no way back to any unit.",
        ),
    ],
    [
        "A feed-forward network has a first unit: one that nothing leads into. Which row of the matrix is"
        " that?",
        "Take such a unit away, with all its arrows. What is left must again have a first unit, and so on.",
        "If units are left but none of them is a first one, follow the arrows backwards: you must run in "
        "a circle.",
    ],
    also=(_acyclic_loop, _acyclic_walk),
    praise="Right: no way along the arrows leads back, whatever the numbering and the signs.",
)


def _forest(lines):
    """Whether a graph of undirected lines has no cycle (a self-connection is one)."""
    parts = list(range(len(lines)))
    for i, j in zip(*np.nonzero(np.tril(lines)), strict=True):
        if parts[i] == parts[j]:
            return False
        parts = [parts[i] if part == parts[j] else part for part in parts]
    return True


# 7. where the schedules part


def _fits(W, y):
    return given.square(W) and 2 <= len(W) <= 12 and y.shape == (len(W),)


def _difference(W, y):
    return int((_ordered_sweep(W, y) != _synchronous_step(W, y)).sum())


def _ties_said(W, y):
    """True, or what is to be said if the schedules would part once a tie had a value of its own."""
    part = any((given.sweep(W, y, tie=tie) != given.step(W, y, tie)).any() for tie in (1, -1))
    return "And mind the ties: a unit with a field of exactly zero keeps its value." if part else True


_PAIR = [[0, 1], [1, 0]]


def _schedule_mistakes(sizes: str, good_size: Any, wrong_size: Any, pad: Any) -> list[Mistake]:
    """What both counter-examples of exercise 7 ask for first."""
    return [
        Mistake("wrong sizes", wrong_size, sizes, lambda w, y: not good_size(w, y)),
        Mistake(
            "0/1 instead of ±1",
            (pad(_PAIR), pad([0, 1])),
            "A state consists of +1 and -1, nothing else.",
            lambda w, y: not given.bipolar(y),
        ),
        Mistake(
            "not symmetric",
            (pad([[0, 1], [-1, 0]]), pad([1, 1], 1)),
            "The weights shall be symmetric: w_ij = w_ji for every pair.",
            lambda w, y: not is_symmetric(w),
        ),
        Mistake(
            "self-connections",
            (pad([[1, 1], [1, 0]]), pad([1, 1], 1)),
            "The diagonal shall be zero: it can be done without self-connections.",
            lambda w, y: bool(np.diag(w).any()),
        ),
    ]


def _padded(to: int):
    def pad(values, fill=0):
        values = np.array(values)
        big = np.full((to,) * values.ndim, fill)
        big[tuple(slice(0, n) for n in values.shape)] = values
        return big.tolist()

    return pad


schedules_differ = ExampleCheck(
    "schedules_differ",
    ["weights", "state"],
    ([[0, -1], [-1, 0]], [1, 1]),
    [
        *_schedule_mistakes(
            "Hand over a square matrix (N, N), 2 to 12 units, and a state of N values.",
            _fits,
            ([[0, 1], [1, 0]], [1, 1, 1]),
            _padded(2),
        ),
        Mistake(
            "no weights",
            ([[0, 0], [0, 0]], [1, -1]),
            "Without any weight nothing ever happens, on either schedule.",
            lambda w, y: not w.any(),
        ),
        Mistake(
            "the state is a fixed point",
            ([[0, 1], [1, 0]], [1, 1]),
            "Nobody wants to flip in this state, so no schedule moves it. Start where at least two units "
            "want to.",
            lambda w, y: np.array_equal(_synchronous_step(w, y), y),
        ),
        Mistake(
            "the schedules agree",
            ([[0, 1, 1], [1, 0, 1], [1, 1, 0]], [1, 1, -1]),
            "After one round both schedules have led to the same state. They part where a unit would decide "
            "otherwise once an earlier one has moved.",
            lambda w, y: _difference(w, y) == 0 and _ties_said(w, y),
        ),
    ],
    [
        "Two units are enough. In which states do BOTH want to flip?",
        "After the first of them has moved, does the second still want to?",
        "Two units that want to differ, and start out alike.",
    ],
    limits=("2 to 12 units",),
    praise=lambda w, y: (
        f"A counter-example: the schedules part in {_difference(w, y)} of {len(y)} units after one round."
    ),
)

schedules_differ_most = ExampleCheck(
    "schedules_differ_most",
    ["weights", "state"],
    (
        [[0, -3, 3, 3, 0], [-3, 0, 1, -3, 1], [3, 1, 0, -1, 2], [3, -3, -1, 0, 3], [0, 1, 2, 3, 0]],
        [-1, -1, 1, -1, -1],
    ),
    [
        *_schedule_mistakes(
            "Hand over a matrix (5, 5) and a state of 5 values.",
            lambda w, y: given.square(w, 5) and y.shape == (5,),
            ([[0, -1], [-1, 0]], [1, 1]),
            _padded(5),
        ),
        Mistake(
            "the schedules agree",
            (np.zeros((5, 5)).tolist(), [1] * 5),
            "Both schedules lead to the same state here.",
            lambda w, y: _difference(w, y) == 0,
        ),
        Mistake(
            "fewer units than possible",
            ((np.eye(5) - 1).tolist(), [1] * 5),
            "The schedules do part, but more units can disagree. Let a loop try many random networks.",
            lambda w, y: _difference(w, y) < 4,
            lambda w, y: (
                f"The schedules do part, in {_difference(w, y)} of 5 units after one round. More units can "
                "disagree: let a loop try many random networks."
            ),
        ),
    ],
    [
        "Write a function that counts in how many units your two schedules part, then let random networks"
        " compete.",
        "Whole numbers from -3 to 3 are enough; make them symmetric with `np.tril(W, -1)` and its transpose.",
        "Unit 1 is updated first: why can it never differ? So what is the most that is possible?",
    ],
    limits=("five units",),
    praise="They part in 4 of 5 units, and more is impossible: unit 1 comes first in the sweep, so it sees "
    "the same old state on both schedules.",
)
