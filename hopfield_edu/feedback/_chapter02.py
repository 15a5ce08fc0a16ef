"""Checks of chapter 02: two units by hand, maps and cycles, three schedules, what symmetry is good for."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np

from hopfield_edu import state_space
from hopfield_edu._check import is_symmetric
from hopfield_edu._values import Listing
from hopfield_edu.binary import Network
from hopfield_edu.feedback import _chapter01 as chapter01
from hopfield_edu.feedback import _inputs as given
from hopfield_edu.feedback._core import ExampleCheck, FunctionCheck, Mistake, TableCheck, sisters
from hopfield_edu.patterns import from_label, label

Trials = list[tuple[Any, ...]]

NETWORK_1 = np.array([[0, -1], [1, 0]])  # W fig. 1.3, w_12 = -1 and w_21 = +1
NETWORK_2 = np.array([[0, -1], [-1, 0]])
STATES = ("--", "-+", "+-", "++")


# 1. fig. 1.3 by hand


def _transitions(W, together=given.step, alone=given.update, in_order=given.sweep):
    """The table of a network, by rules that may be wrong: synchronous, unit 1, unit 2, ordered 1-2."""
    table = {}
    for row in STATES:
        y = from_label(row)
        table[row] = [label(n) for n in (together(W, y), alone(W, y, 0), alone(W, y, 1), in_order(W, y))]
    return table


def _backwards(W):
    """The table of somebody who writes unit 2 first."""
    turned = _transitions(W)
    return {row[::-1]: [entry[::-1] for entry in turned[row]] for row in STATES}


def _slip(table, row, column, entry):
    return table | {row: [*table[row][:column], entry, *table[row][column + 1 :]]}


def _flip(W, y, i):
    return y * np.where(np.arange(len(y)) == i, -1, 1)


def _flip_if_negative(W, y, i):
    return _flip(W, y, i) if W[i] @ y < 0 else y


def _itself(W, y, i):
    return np.where(np.arange(2) == i, given.sign(W[i, 1 - i] * y[i], y[i]), y)


def _row_read_on(W, y, i):
    """Unit i moved after the units before it, as if the columns followed one another."""
    return given.sweep(W, y, range(i + 1))


def _transition_mistakes(W):
    """What goes wrong in both tables."""
    return [
        Mistake(
            "one after the other instead of synchronous",
            _transitions(W, together=given.sweep),
            "In the synchronous column unit 2 already saw the new value of unit 1. "
            "Synchronous: both look at the old state, then both change.",
        ),
        Mistake(
            "synchronous instead of ordered",
            _transitions(W, in_order=given.step),
            "In the ordered column both units looked at the old state. In order: unit 1 moves, "
            "and unit 2 decides in the state that has arisen.",
        ),
        Mistake(
            "ordered 2-1",
            _transitions(W, in_order=lambda W, y: given.sweep(W, y, [1, 0])),
            "In the ordered column unit 2 went first. The order is unit 1, then unit 2.",
        ),
        Mistake(
            "ordered stops after unit 1",
            _transitions(W, in_order=lambda W, y: given.update(W, y, 0)),
            "The ordered column ends after unit 1. A sweep gives every unit its turn.",
        ),
        Mistake(
            "ordered ends with unit 2 alone",
            _transitions(W, in_order=lambda W, y: given.update(W, y, 1)),
            "The ordered column holds what unit 2 does in the first state. Follow the arrow of unit 1 first, "
            "and that of unit 2 from where it leads.",
        ),
        Mistake(
            "unit columns exchanged",
            _transitions(W, alone=lambda W, y, i: given.update(W, y, 1 - i)),
            "The columns of unit 1 and unit 2 are exchanged: in the column of unit 1 only the first sign "
            "may change.",
        ),
        Mistake(
            "unit 2 written first",
            _backwards(W),
            "You wrote the states from right to left: the first sign belongs to unit 1.",
        ),
        Mistake(
            "both units in the single-unit columns",
            _transitions(W, alone=lambda W, y, i: given.step(W, y)),
            "In the columns of single units both units moved. The other unit keeps its value there.",
        ),
        Mistake(
            "every update flips",
            _transitions(W, alone=_flip),
            "In the single-unit columns the unit always flips. It does so only if its field has the other"
            " sign.",
        ),
        Mistake(
            "a negative field flips",
            _transitions(W, alone=_flip_if_negative),
            "In the single-unit columns the unit flips wherever its field is negative. The sign of the field "
            "is the new value itself, whatever the old one was.",
        ),
        Mistake(
            "own value instead of the other's",
            _transitions(W, alone=_itself),
            "In the single-unit columns the weight was multiplied by the unit's own value. "
            "w_12 brings the value of unit 2 to unit 1.",
        ),
    ]


_TABLE_HINTS = [
    "Take one row and one unit: which weight leads into it, and which value does that weight bring? "
    "The product's sign is the new value.",
    "Fill the two single-unit columns first. Only the first sign can change in the column of unit 1, the "
    "second in the column of unit 2.",
    "The synchronous entry takes its first sign from the column of unit 1 and its second from the column of "
    "unit 2, both in the same row.",
    "The ordered entry: go where the column of unit 1 sends you, and from THERE where the column of unit 2 "
    "sends you.",
]

_TABLE_PROPERTIES = [
    (
        "An entry is the whole state that follows: two signs, unit 1 first.",
        lambda entry, row, column: len(entry) == 2,
    ),
    (
        "An update of one unit cannot change the other one.",
        lambda entry, row, column: (
            len(entry) == 2
            and (column != "unit 1" or entry[1] == row[1])
            and (column != "unit 2" or entry[0] == row[0])
        ),
    ),
]

_COLUMNS = ("synchronous", "unit 1", "unit 2", "ordered")

_FOLLOW = {  # two columns can be read off the others
    "synchronous": lambda row, entries: entries["unit 1"][0] + entries["unit 2"][1],
    "ordered": lambda row, entries, table: table[entries["unit 1"]]["unit 2"],
}

transitions_1 = TableCheck(
    "transitions_1",
    _transitions(NETWORK_1),
    _COLUMNS,
    [
        *_transition_mistakes(NETWORK_1),
        Mistake(
            "the slip in the lecture notes",
            _slip(_transitions(NETWORK_1), "--", 0, "-+"),
            "The lecture's text says so, too, and it is a slip: work out both units once more, "
            "and look which of them changes. Only one answer gives a cycle through all four states.",
        ),
        Mistake(
            "unit 2 goes on from unit 1",
            _transitions(NETWORK_1, alone=_row_read_on),
            "Your unit 2 goes on from where unit 1 has led. In its own column it moves alone, from the "
            "state of the row.",
        ),
        Mistake(
            "ordered goes on from the synchronous step",
            _transitions(NETWORK_1, in_order=lambda W, y: given.sweep(W, given.step(W, y))),
            "Your ordered sweep goes on from where the synchronous step has led. Every entry starts from "
            "the state of its row.",
        ),
        Mistake(
            "w_12 and w_21 exchanged",
            _transitions(NETWORK_1.T),
            "You used w_21 for unit 1 and w_12 for unit 2 (or both with the wrong sign). "
            "w_12 leads FROM unit 2 TO unit 1.",
        ),
        Mistake(
            "both weights negative",
            _transitions(NETWORK_2),
            "Your unit 2 moves as in network 2. Here w_12 = -1, but w_21 = +1.",
        ),
    ],
    _TABLE_HINTS,
    properties=_TABLE_PROPERTIES,
    follow=_FOLLOW,
    praise="Every entry is right. Follow the synchronous column: it runs through all four states.",
)

# in network 2 unit 2 never moves after unit 1, and w_12 = w_21 = -1: these make no difference of their own
_SAME_IN_NETWORK_2 = {
    "ordered stops after unit 1",
    "ordered ends with unit 2 alone",
    "own value instead of the other's",
}

transitions_2 = TableCheck(
    "transitions_2",
    _transitions(NETWORK_2),
    _COLUMNS,
    [
        *[m for m in _transition_mistakes(NETWORK_2) if m.name not in _SAME_IN_NETWORK_2],
        Mistake(
            "positive weights",
            _transitions(-NETWORK_2),
            "You multiplied with +1. Both weights are -1: each unit wants to differ from the other.",
        ),
        Mistake(
            "the table of network 1",
            _transitions(NETWORK_1),
            "Your unit 2 moves as in network 1. Here w_21 is -1 as well.",
        ),
    ],
    _TABLE_HINTS,
    properties=_TABLE_PROPERTIES,
    follow=_FOLLOW,
    praise="Every entry is right. Two states stay where they are; synchronously the other two change places.",
)


# 2. from the arrows of single units to a whole sweep


def _ordered_map(moves, order):
    end = np.arange(len(moves))
    for i in order:
        end = moves[end, i]
    return end


def _ordered_map_loop(moves, order):
    ends = []
    for c in range(len(moves)):
        for i in order:
            c = moves[c][i]
        ends.append(c)
    return ends


def _exchanged(moves, order):
    end = np.arange(len(moves))
    for i in order:
        end = moves[i, end]
    return end


def _ordered_map_stub(moves, order):
    end = np.arange(len(moves))
    for i in order:  # noqa: B007  (as in the exercise)
        after = None
        end = after
    return end


def _moves(W, tie: Any = "keep"):
    return state_space.successors(Network(W), tie)


def _map_trials(rng: np.random.Generator) -> Trials:
    networks = [NETWORK_1, NETWORK_2, *[given.weights(rng, N, diagonal=True) for N in (2, 3, 3, 3, 4, 4, 4)]]
    trials = [(_moves(W), rng.permutation(len(W))) for W in networks]
    # any table will do, and one with all sorts of arrows tells every mistake apart
    tables = [
        np.arange(2**N)[:, None] ^ (rng.integers(0, 2, (2**N, N)) << np.arange(N)) for N in (3, 3, 4, 4)
    ]
    orders = [[0, 1, 2], [2, 0, 1], [1, 3, 0, 2], [3, 2, 1, 0]]
    trials += [(np.array(moves), np.array([0])) for moves in ([[0], [1]], [[1], [0]], [[1], [1]])]
    return trials + [(table, np.array(order)) for table, order in zip(tables, orders, strict=True)]


def _together(moves, order):
    codes = np.arange(len(moves))
    return codes ^ np.bitwise_xor.reduce(moves[:, order] ^ codes[:, None], axis=1)


def _one_move_each(moves, order):
    """Where a sweep leads that ends with the first move."""
    ends = np.arange(len(moves))
    for c in range(len(moves)):
        ends[c] = next((moves[c, i] for i in order if moves[c, i] != c), c)
    return ends


ordered_map = FunctionCheck(
    _ordered_map,
    _map_trials,
    [
        Mistake(
            "order reversed",
            lambda moves, order: _ordered_map(moves, order[::-1]),
            "The last unit of the order moved first. Either the loop runs backwards, or each new arrow "
            "was put in "
            "front of the way so far instead of behind it.",
        ),
        Mistake(
            "every unit starts from the start",
            lambda moves, order: moves[:, order[-1]],
            "Each turn began in the start state again, so only the last unit counts. The next arrow "
            "starts where "
            "the one before has ended.",
        ),
        Mistake(
            "only the first unit",
            lambda moves, order: moves[:, order[0]],
            "Your way ends after the first unit of the order. Is there a `return` inside the loop?",
        ),
        Mistake(
            "one move for each state",
            _one_move_each,
            "Your way ends after its first move. Every unit of the order has its turn, also after another "
            "one has moved.",
        ),
        Mistake(
            "the first unit in every turn",
            lambda moves, order: _ordered_map(moves, [order[0]] * len(order)),
            "Every turn moves the first unit of the order again. In turn k it is the k-th unit's turn.",
        ),
        Mistake(
            "the last unit in every turn",
            lambda moves, order: _ordered_map(moves, [order[-1]] * len(order)),
            "Every turn moves the last unit of the order. In turn k it is the k-th unit's turn.",
        ),
        Mistake(
            "last unit left out",
            lambda moves, order: _ordered_map(moves, order[:-1]),
            "The last unit of the order never has its turn.",
        ),
        Mistake(
            "order ignored",
            lambda moves, order: _ordered_map(moves, range(moves.shape[1])),
            "You went through the units as they are numbered. The order is given: loop over it.",
        ),
        Mistake(
            "position instead of unit",
            lambda moves, order: _ordered_map(moves, np.argsort(order)),
            "You mixed up a unit and its place in the order: `order[k]` is the unit whose turn is the k-th.",
        ),
        Mistake(
            "counted from 1",
            lambda moves, order: _ordered_map(moves, np.asarray(order) - 1),
            "You took column i - 1. The units in `order` are counted from 0, like the columns.",
        ),
        Mistake(
            "row and column exchanged",
            _exchanged,
            "You looked up `moves[unit, state]`. A row of the table is a state, a column is a unit.",
        ),
        Mistake(
            "synchronous instead of ordered",
            _together,
            "You collected what every unit does in the start state: that is a synchronous step.",
        ),
        Mistake(
            "swept twice",
            lambda moves, order: _ordered_map(moves, [*order, *order]),
            "Every unit had two turns. One sweep is asked for.",
        ),
    ],
    [
        "`end[c]` is where the way from state c has come so far. At first it has not moved.",
        "When unit i has its turn, the way goes on from `end[c]`, not from c: look up THAT row of the table.",
        "NumPy looks up many rows at once: an array of codes can stand where an index stands.",
    ],
    stub=_ordered_map_stub,
    also=(_ordered_map_loop,),
    praise="Right: each arrow starts where the one before has ended.",
)


# 3. three schedules


def _sweep(weights, state, schedule, rng):
    if schedule == "synchronous":
        return given.step(weights, state)
    order = rng.permutation(len(state)) if schedule == "random" else range(len(state))
    return given.sweep(weights, state, order)


def _sweep_loop(weights, state, schedule, rng):
    order = list(range(len(state)))
    if schedule == "random":
        rng.shuffle(order)
    new = state.copy()
    for i in order:
        seen = state if schedule == "synchronous" else new
        h = 0
        for j in range(len(state)):
            h += weights[i][j] * seen[j]
        if h > 0:
            new[i] = 1
        elif h < 0:
            new[i] = -1
    return new


_DRAWS = {2: 40, 3: 40, 4: 150}  # so many that no end of a right sweep is missed
_REPEATED = 12


def _look_at_sweep(function, weights, state, schedule, rng):
    """The new state; for "random" all states that many random sweeps lead to, and whether `rng` decides."""
    if schedule != "random":
        return function(weights, state, schedule, np.random.default_rng(0))
    rngs = [np.random.default_rng(k) for k in range(_DRAWS[len(state)])]
    drawn = [function(weights, state, schedule, generator) for generator in rngs]
    again = [function(weights, state, schedule, np.random.default_rng(k)) for k in range(_REPEATED)]
    ends = sorted({tuple(np.asarray(y).astype(float).tolist()) for y in drawn})
    seeds = rngs[0].bit_generator.seed_seq
    untouched = rngs[0].bit_generator.state == np.random.default_rng(0).bit_generator.state
    untouched = untouched and not seeds.n_children_spawned  # the library draws from a child of `rng`
    unused = untouched or not np.array_equal(drawn[:_REPEATED], again)
    return Listing([*ends, "without rng"] if unused and len(ends) > 1 else ends)


def _sweep_trials(rng: np.random.Generator) -> Trials:
    trials: Trials = []
    for N in (2, 3, 3, 4, 5):
        for schedule in ("synchronous", "ordered"):
            W = given.weights(rng, N, diagonal=True)
            trials += [(W, given.state(rng, N), schedule, None) for _ in range(3)]
    single = [
        (*branch, schedule, None) for branch in given.BRANCHES for schedule in ("synchronous", "ordered")
    ]
    trials += [t for t in single if len(t[1]) > 1 or t[0][0, 0]]
    pair = np.array([-1, 1]), np.array([1, 1])  # ties everywhere
    trials += [(np.zeros((2, 2), int), y, "ordered", None) for y in pair]
    real = np.array([[0, -0.4], [-0.4, 0]])
    trials += [(real, y, "random", None) for y in (np.array([1, 1]), np.array([-1, -1]))]
    trials += [(*_where_order_matters(rng, N), "random", None) for N in (2, 2, 3)]
    trials.append((*_where_every_order_matters(rng), "random", None))
    return [*trials, (*_where_a_sweep_after_the_step_shows(rng), "synchronous", None)]


def _where_order_matters(rng: np.random.Generator, N: int) -> tuple[Any, Any]:
    """A network and a state from which random sweeps part, each way often enough to be seen in 40 draws."""
    while True:
        W, y = given.weights(rng, N, diagonal=True), given.state(rng, N)
        sweeps = [tuple(given.sweep(W, y, order)) for order in itertools.permutations(range(N))]
        draws = [tuple(given.sweep(W, y, order)) for order in itertools.product(range(N), repeat=N)]
        rarest = min(ways.count(end) / len(ways) for ways in (sweeps, draws) for end in set(ways))
        if len(set(sweeps)) > 1 and rarest > 0.24:
            return W, y


def _turned(N):
    """The orders that somebody gets who starts anywhere and goes on in one direction or the other."""
    return [np.roll(np.arange(N)[::d], k) for k in range(N) for d in (1, -1)]


def _where_every_order_matters(rng: np.random.Generator) -> tuple[Any, Any]:
    """Four units, without ties, of which rotated and reversed orders miss a state that sweeps lead to."""
    in_turn = np.arange(4)
    there_and_back, any_start = [in_turn, in_turn[::-1]], [np.roll(in_turn, k) for k in in_turn]
    made_anew = np.random.default_rng(0).permutation(4)  # the order of a generator that is made anew
    while True:
        W, y = rng.choice([-3, -1, 1, 3], (4, 4)), given.state(rng, 4)
        np.fill_diagonal(W, 0)
        sweeps = _ends(W, y, itertools.permutations(range(4)))
        rare = min(sweeps.count(end) for end in sweeps) <= 0.12 * len(sweeps)
        told_apart = set(_ends(W, y, there_and_back)) != set(_ends(W, y, any_start))
        told_apart &= _ends(W, y, [made_anew]) != _ends(W, y, [in_turn])
        if not rare and told_apart and set(_ends(W, y, _turned(4))) < set(sweeps):
            return W, y


def _where_a_sweep_after_the_step_shows(rng: np.random.Generator) -> tuple[Any, Any]:
    """Four units that move on after a synchronous step, and not alike in both orders of `_look_at_sweep`."""
    orders = np.arange(4), np.random.default_rng(0).permutation(4)
    while True:
        W, y = given.weights(rng, 4), given.state(rng, 4)
        after = given.step(W, y)
        if len({tuple(after), *_ends(W, after, orders)}) == 3:
            return W, y


def _ends(W: Any, y: Any, orders: Any) -> list[tuple[int, ...]]:
    """Where a sweep leads in each of the orders."""
    return [tuple(given.sweep(W, y, order)) for order in orders]


def _in(orders):
    """A wrong sweep: `orders(N, schedule, rng)` says whose turn comes when, unless all move at once."""

    def sweep(w, y, schedule, rng):
        if schedule == "synchronous":
            return given.step(w, y)
        return given.sweep(w, y, orders(len(y), schedule, rng))

    return sweep


def _order(N, schedule, rng):
    return rng.permutation(N) if schedule == "random" else np.arange(N)


def _by(rule):
    """A wrong sweep made of a wrong update of one unit and a wrong step of all."""

    def sweep(w, y, schedule, rng):
        if schedule == "synchronous":
            return np.array([rule(w, y, i)[i] for i in range(len(y))])
        for i in rng.permutation(len(y)) if schedule == "random" else range(len(y)):
            y = rule(w, y, i)
        return y

    return sweep


sweep = FunctionCheck(
    _sweep,
    _sweep_trials,
    [
        Mistake(
            "nothing changes",
            lambda w, y, s, rng: y.copy(),
            "Your function returns the old state on every schedule. Are the new values written into it?",
        ),
        Mistake(
            "synchronous reads new values",
            lambda w, y, s, rng: _sweep(w, y, "ordered" if s == "synchronous" else s, rng),
            "In your synchronous step a unit sees what the units before it have become. "
            "All fields must come from the old state.",
        ),
        Mistake(
            "asynchronous reads old values",
            lambda w, y, s, rng: given.step(w, y),
            "In your ordered and random sweeps all units look at the state at the start. "
            "Each must see what the units before it have become.",
        ),
        Mistake(
            "random order not random",
            lambda w, y, s, rng: _sweep(w, y, "ordered" if s == "random" else s, rng),
            'Your "random" sweep always takes the units as they are numbered. Draw an order with `rng`.',
        ),
        Mistake(
            "random reads old values",
            lambda w, y, s, rng: _sweep(w, y, "synchronous" if s == "random" else s, rng),
            "In your random sweep all units look at the state at the start, so that the order makes no "
            "difference. Each must see what the units before it have become.",
        ),
        Mistake(
            "the state shuffled, not the order",
            lambda w, y, s, rng: (
                _sweep(w, rng.permutation(y), "ordered", rng) if s == "random" else _sweep(w, y, s, rng)
            ),
            "In your random sweep the values of the state are shuffled, and then updated in the usual order. "
            "Shuffle the order of the units; each keeps its own value until its turn.",
        ),
        Mistake(
            "forwards or backwards only",
            _in(lambda N, s, rng: np.arange(N)[:: rng.choice([1, -1]) if s == "random" else 1]),
            "Your random sweep runs forwards or backwards. Every order of the units must be possible.",
        ),
        Mistake(
            "only the start is random",
            _in(lambda N, s, rng: np.roll(np.arange(N), rng.integers(N) if s == "random" else 0)),
            "Your random sweep starts with a random unit, and goes on as they are numbered. "
            "Every order of the units must be possible.",
        ),
        Mistake(
            "units drawn with replacement",
            lambda w, y, s, rng: (
                given.sweep(w, y, rng.integers(len(y), size=len(y)))
                if s == "random"
                else _sweep(w, y, s, rng)
            ),
            "You drew each unit anew, so that one may come twice and another never. "
            "In a sweep every unit has exactly one turn: draw a permutation.",
        ),
        Mistake(
            "drawn without rng",
            lambda w, y, s, rng: _sweep(w, y, s, np.random.default_rng()),
            "Your order is random, but `rng` is not used for it. With the generator that is handed over, "
            "a run can be repeated; with one of your own it cannot.",
        ),
        Mistake(
            "the same order each time",
            lambda w, y, s, rng: _sweep(w, y, s, np.random.default_rng(0)),
            "Each of your random sweeps takes the units in the same order: a generator that is made anew, "
            "with a fixed seed, draws the same every time. Draw from the `rng` that is handed over.",
        ),
        Mistake(
            "sgn(0) = 0 in the synchronous step",
            lambda w, y, s, rng: np.sign(w @ y) if s == "synchronous" else _sweep(w, y, s, rng),
            "In your synchronous step a unit becomes 0 in a tie. There is no such value: a tie keeps the old "
            "one.",
        ),
        *[
            Mistake(
                f"sgn(0) = {tie:+d} in the synchronous step",
                lambda w, y, s, rng, tie=tie: (
                    given.step(w, y, tie) if s == "synchronous" else _sweep(w, y, s, rng)
                ),
                f"In your synchronous step a unit becomes {tie:+d} in a tie. Here a tie keeps the old value.",
            )
            for tie in (1, -1)
        ],
        Mistake(
            "a tie flips in the synchronous step",
            lambda w, y, s, rng: given.sign(w @ y, -y) if s == "synchronous" else _sweep(w, y, s, rng),
            "In your synchronous step a tie flips the unit. Here a tie keeps the old value.",
        ),
        Mistake(
            "one random unit only",
            lambda w, y, s, rng: (
                given.update(w, y, rng.integers(len(y))) if s == "random" else _sweep(w, y, s, rng)
            ),
            "Your random sweep updates a single unit. A sweep gives every unit its turn.",
        ),
        Mistake(
            "ordered reads old values",
            lambda w, y, s, rng: _sweep(w, y, "synchronous" if s == "ordered" else s, rng),
            "In your ordered sweep all units look at the state at the start. "
            "Each must see what the units before it have become.",
        ),
        Mistake(
            "every turn starts from the start",
            _in(lambda N, s, rng: _order(N, s, rng)[-1:]),
            "Only the last unit of the order moves: each turn began in the start state again. "
            "It must go on from the state that the turn before has left.",
        ),
        Mistake(
            "return inside the loop",
            _in(lambda N, s, rng: _order(N, s, rng)[:1]),
            "Your sweep ends after the first unit of the order. Is there a `return` inside the loop?",
        ),
        *[
            Mistake(
                f"{article} {then} sweep after the synchronous step",
                lambda w, y, s, rng, then=then: (
                    _sweep(w, given.step(w, y), then, rng) if s == "synchronous" else _sweep(w, y, s, rng)
                ),
                "After your synchronous step the units are updated once more, one after the other. Does the "
                "code of another schedule run as well? An `else` belongs to the last `if` or `elif` alone.",
            )
            for article, then in (("an", "ordered"), ("a", "random"))
        ],
        Mistake(
            "first unit left out",
            _in(lambda N, s, rng: np.arange(1, N) if s == "ordered" else _order(N, s, rng)),
            "In your ordered sweep the first unit is never updated. Its index in Python is 0.",
        ),
        Mistake(
            "first turn left out",
            _in(lambda N, s, rng: _order(N, s, rng)[1:]),
            "The first unit of the order never has its turn. Indices in Python start at 0.",
        ),
        Mistake(
            "last turn left out",
            _in(lambda N, s, rng: _order(N, s, rng)[:-1]),
            "The last unit of the order never has its turn. Where does your `range` end?",
        ),
        Mistake(
            "ordered backwards",
            lambda w, y, s, rng: (
                given.sweep(w, y, range(len(y))[::-1]) if s == "ordered" else _sweep(w, y, s, rng)
            ),
            "Your ordered sweep begins with the last unit. The order is 1, 2, ..., N.",
        ),
        Mistake(
            "order shuffled always",
            lambda w, y, s, rng: (
                given.sweep(w, y, rng.permutation(len(y))) if s == "ordered" else _sweep(w, y, s, rng)
            ),
            "Your ordered sweep shuffles the units, too. Only the random schedule draws an order.",
        ),
        Mistake(
            "transposed weights",
            lambda w, y, s, rng: _sweep(w.T, y, s, rng),
            "The fields were taken from the columns of the weights. What arrives at unit i stands in row i.",
        ),
        Mistake(
            "self-connections dropped",
            lambda w, y, s, rng: _sweep(given.without_diagonal(w), y, s, rng),
            "You left the diagonal out. It is often zero, but where it is not it counts.",
        ),
        *sisters(chapter01.update, _by, but=chapter01.NOT_IN_A_SWEEP),
    ],
    [
        "One schedule differs from the two others: there all units look at the same, old state.",
        "The two others differ in the order alone. So write the order first, then one loop for both.",
        "`rng.permutation(N)` gives every index once, in a random order.",
    ],
    observe=_look_at_sweep,
    also=(_sweep_loop,),
    properties=[
        (
            "Each random sweep ended in the same state, though here the order matters. Is a new order of the "
            "units drawn each time, with the `rng` that is handed over? And does each unit see what those "
            "before it have become?",
            lambda value, w, y, s, rng: s != "random" or len(value) > 1,
        ),
        (
            "A random sweep reached states that no order of the units leads to. Does every unit have one "
            "turn?",
            lambda value, w, y, s, rng: (
                s != "random" or set(value) - {"without rng"} <= set(_look_at_sweep(_sweep, w, y, s, rng))
            ),
        ),
        (
            "Some states that an order of the units leads to were never reached. Can every order be drawn?",
            lambda value, w, y, s, rng: (
                s != "random" or set(value) >= set(_look_at_sweep(_sweep, w, y, s, rng))
            ),
        ),
        (
            "A unit is +1 or -1, nothing else.",
            lambda value, w, y, s, rng: given.bipolar(np.asarray(value)),
        ),
    ],
    praise="Right: three schedules, one rule. They differ only in who looks at what, and when.",
)


# 4. what stays, what circles


def _fixed_points(next_state):
    return [c for c in range(len(next_state)) if next_state[c] == c]


def _fixed_points_loop(next_state):
    codes = []
    for c in range(len(next_state)):
        if next_state[c] == c:
            codes.append(c)
    return codes


def _fixed_points_reached(next_state):
    """From every state as many steps as there are states; each end once."""
    ends = set()
    for c in range(len(next_state)):
        for _ in range(len(next_state)):
            c = int(next_state[c])
        if next_state[c] == c:
            ends.add(c)
    return sorted(ends)


def _cycles(nxt):
    """All cycles of a map, as lists."""
    return [codes.tolist() for codes in state_space.cycles(np.asarray(nxt))]


def _cycle_lengths(next_state):
    return sorted(len(cycle) for cycle in _cycles(next_state))


def _random_maps(rng: np.random.Generator) -> Trials:
    maps = [np.array(m) for m in ([0, 1], [1, 0], [0, 0], [1, 1])]  # a single unit
    maps.append(np.array([0, 3, 3, 3]))  # two fixed points, one that only itself leads to
    maps += [rng.integers(0, S, S) for S in (4, 4, 8, 8, 16, 16)]
    maps += [state_space.synchronous_map(Network(W)) for W in (NETWORK_1, NETWORK_2, -NETWORK_2)]
    # two fixed points, two two-cycles, a three-cycle, and states on the way, in random places
    typical = np.array([0, 1, 3, 2, 5, 4, 7, 8, 6, 0, 9, 2, 6, 12, 13, 1])
    places = rng.permutation(16)
    shuffled = np.empty(16, int)
    shuffled[places] = places[typical]
    tail = np.array([0, 0, 1, 3])  # the smallest, so that the card shows a mistake on it
    return [(m,) for m in [tail, *maps, typical, shuffled, np.arange(8), np.roll(np.arange(8), 1)]]


def _sorted(function, *args):
    return Listing(np.sort(np.array(list(function(*args)), float)).tolist())


def _nothing_found(next_state):
    """You find no fixed point, whatever the map. Does the condition never hold, or is nothing put into the
    list? `is` asks for the very same object; equal numbers need `==`."""
    return []


fixed_points = FunctionCheck(
    _fixed_points,
    _random_maps,
    [
        Mistake(
            "states that come back after two steps",
            lambda n: [c for c in range(len(n)) if n[n[c]] == c],
            "You list two-cycles as well: their states come back after two steps. A fixed point stays at "
            "once.",
        ),
        Mistake(
            "a tuple of arrays",
            lambda n: (np.array(_fixed_points(n), int),),
            "You return a tuple with an array in it, as `np.where` and `np.nonzero` do: one array per axis. "
            "Take the first of them, `[0]`.",
        ),
        Mistake(
            "all states on cycles",
            lambda n: sorted(c for cycle in _cycles(n) for c in cycle),
            "You list every state that is ever met again. A fixed point is followed by itself immediately.",
        ),
        Mistake(
            "states that lead to a fixed point",
            lambda n: [c for c in range(len(n)) if n[n[c]] == n[c]],
            "You list states that reach a fixed point in one step, too. The state itself must stay.",
        ),
        Mistake(
            "one entry for every start",
            lambda n: [e for e in (_walk(n, c) for c in range(len(n))) if n[e] == e],
            "You follow every state to its end, so that a fixed point is listed once for each state that "
            "leads to it. List each once.",
        ),
        Mistake(
            "one entry for every state that leads there",
            lambda n: [int(n[c]) for c in range(len(n)) if n[n[c]] == n[c]],
            "A fixed point is in your list once for every state that goes there in one step. List each once.",
        ),
        Mistake(
            "a column of codes",
            lambda n: np.reshape(_fixed_points(n), (-1, 1)),
            "You return a column, one row for each fixed point, as `np.argwhere` does. A plain list of "
            "codes is asked for: `np.flatnonzero`, or take the first column.",
        ),
        Mistake(
            "states instead of codes",
            lambda n: [state_space.decode(c, len(n).bit_length() - 1) for c in _fixed_points(n)],
            "You return the states themselves, unit by unit. Their codes are asked for.",
        ),
        Mistake(
            "all reachable states",
            lambda n: np.unique(n).tolist(),
            "You list every state that something leads to. A fixed point leads to itself.",
        ),
        Mistake(
            "states that change",
            lambda n: [c for c in range(len(n)) if n[c] != c],
            "These are the others: the states that do NOT stay.",
        ),
        Mistake(
            "a yes or no for every state",
            lambda n: [bool(n[c] == c) for c in range(len(n))],
            "You return a mask of True and False. The codes themselves are asked for: where is it True?",
        ),
        Mistake(
            "the number only",
            lambda n: len(_fixed_points(n)),
            "You return how many there are. Which ones are they?",
        ),
        Mistake(
            "only from state 0",
            lambda n: [c for c in _fixed_points(n) if c == _walk(n, 0)],
            "You followed one start only. Other starts may end in other fixed points.",
        ),
        Mistake(
            "the end of the way from state 0",
            lambda n: [_walk(n, 0)],
            "You followed one start only, and took its end for a fixed point, which it need not be.",
        ),
        Mistake(
            "counted from 1",
            lambda n: [c + 1 for c in _fixed_points(n)],
            "Your codes are one too large: the code of the first state is 0.",
        ),
        Mistake(
            "the first one only",
            lambda n: _fixed_points(n)[:1],
            "Your search ends with the first fixed point. There may be more.",
        ),
        Mistake.of(_nothing_found),
    ],
    [
        "A fixed point is a state whose successor is the state itself.",
        "Go through all codes and keep those that pass; or compare the whole array with `np.arange` at once.",
    ],
    observe=_sorted,
    also=(_fixed_points_loop, _fixed_points_reached),
    praise="Right: a fixed point is its own successor.",
)


def _walk(nxt, c):
    """Where c is after as many steps as there are states."""
    for _ in range(len(nxt)):
        c = int(nxt[c])
    return c


def _cycle_lengths_loop(next_state):
    lengths = []
    seen = []
    for start in range(len(next_state)):
        c = start
        for _ in range(len(next_state)):
            c = next_state[c]
        length = 0
        while c not in seen:
            seen.append(c)
            length += 1
            c = next_state[c]
        if length > 0:
            lengths.append(length)
    return lengths


def _cycle_lengths_by_return(next_state):
    """A state on a cycle comes back; a cycle is counted from its smallest code."""
    lengths = []
    for start in range(len(next_state)):
        c = next_state[start]
        length = 1
        smallest = start
        while c != start and length <= len(next_state):
            smallest = min(smallest, c)
            c = next_state[c]
            length += 1
        if c == start and smallest == start:
            lengths.append(length)
    return lengths


def _new_on_each_way(nxt):
    """For every start the states on its way that no way before has met."""
    known: set[int] = set()
    for c in range(len(nxt)):
        way = []
        while c not in known:
            known.add(c)
            way.append(c)
            c = int(nxt[c])
        yield way


def _after(nxt, c):
    """The state that follows c: where a walk that ends with c closes, or meets an earlier one."""
    return int(nxt[c])


def _with_tail(nxt, c):
    """Number of different states on the way from c, and how many of them come before the cycle."""
    seen: dict[int, int] = {}
    while c not in seen:
        seen[c] = len(seen)
        c = int(nxt[c])
    return len(seen), seen[c]


cycle_lengths = FunctionCheck(
    _cycle_lengths,
    _random_maps,
    [
        Mistake(
            "one entry for every start",
            lambda n: sorted(a - b for a, b in (_with_tail(n, c) for c in range(len(n)))),
            "Your list has one entry for every starting state, so a cycle is listed once for each state "
            "that leads "
            "to it. List each cycle once.",
        ),
        Mistake(
            "one entry for every state of a cycle",
            lambda n: sorted(len(c) for c in _cycles(n) for _ in c),
            "A cycle of three states is in your list three times. List each cycle once.",
        ),
        Mistake(
            "every length once",
            lambda n: sorted({len(c) for c in _cycles(n)}),
            "Two cycles may have the same length; your list holds each length once only.",
        ),
        Mistake(
            "fixed points left out",
            lambda n: sorted(len(c) for c in _cycles(n) if len(c) > 1),
            "Fixed points are missing: a fixed point is a cycle of length one.",
        ),
        Mistake(
            "the way into the cycle counted",
            lambda n: sorted(_with_tail(n, c)[0] for c in range(len(n))),
            "You counted all states on the way, from the start. Only those that are met again belong to "
            "the cycle.",
        ),
        Mistake(
            "a walk into an earlier walk",
            lambda n: sorted(len(way) for way in _new_on_each_way(n) if way),
            "Your walk ends at a state that this walk or an earlier one has met, and all its states count as "
            "a cycle. It closes a cycle only at a state of its own, and only from there on.",
        ),
        Mistake(
            "nothing for a walk into an earlier walk",
            lambda n: sorted(len(way) if way else 0 for way in _new_on_each_way(n)),
            "Your list holds an entry for a start that an earlier walk has met already, and the way into a "
            "cycle counts with it.",
        ),
        Mistake(
            "the first state counted twice",
            lambda n: sorted(len(c) + 1 for c in _cycles(n)),
            "All your lengths are one too large: the state in which the cycle closes was counted twice.",
        ),
        Mistake(
            "only from state 0",
            lambda n: [len(c) for c in _cycles(n) if c[0] == _end(n, 0)],
            "You followed one start only. Other starts may end in other cycles.",
        ),
        Mistake(
            "the way into a new cycle counted",
            lambda n: sorted(len(way) for way in _new_on_each_way(n) if way and _after(n, way[-1]) in way),
            "Each cycle is in your list once, but the way that leads into it is counted, too. Only the "
            "states that are met again belong to the cycle.",
        ),
        Mistake(
            "only a walk that comes back to its start",
            lambda n: sorted(len(way) for way in _new_on_each_way(n) if way and _after(n, way[-1]) == way[0]),
            "A walk that runs into a cycle from outside marks the cycle's states as known, and so the cycle "
            "is never counted. A walk may close at a state other than its start.",
        ),
        Mistake(
            "lengths 1 and 2 only",
            lambda n: sorted(len(c) for c in _cycles(n) if len(c) < 3),
            "Your cycles have one or two states. A map may have longer ones, too.",
        ),
        Mistake(
            "the cycles themselves",
            _cycles,
            "You return the states of each cycle. How many are they? The lengths are asked for.",
        ),
        Mistake(
            "the longest only",
            lambda n: [max(len(c) for c in _cycles(n))],
            "You return the longest cycle alone. All of them are asked for.",
        ),
        Mistake(
            "number of cycles",
            lambda n: [len(_cycles(n))],
            "You return how many cycles there are. How long is each?",
        ),
    ],
    [
        "Follow the arrows from some state until you meet one that you have met before on this way. "
        "The cycle starts there, which need not be where you began.",
        "How many steps after its first visit is that state met again? That is the length.",
        "Different starts may end in the same cycle. Remember which cycles you have seen, for example by "
        "their "
        "smallest code.",
    ],
    observe=_sorted,
    also=(_cycle_lengths_loop, _cycle_lengths_by_return),
    properties=[
        (
            "Together your cycles have more states than there are. Does a cycle count more than once?",
            lambda value, n: sum(value) <= len(n),
        )
    ],
    praise="Right: every cycle once, fixed points included.",
)


def _end(nxt, c):
    """Smallest code of the cycle that c ends in."""
    for _ in nxt:
        c = int(nxt[c])
    cycle = [c]
    while nxt[cycle[-1]] != c:
        cycle.append(int(nxt[cycle[-1]]))
    return min(cycle)


# 5. "irregular" network 1 (erratum 3)


def _flips(W, first=1, pick=lambda movers: movers[0]):
    table = {}
    for row in STATES:
        y = from_label(row)
        i = pick([i for i in range(2) if not np.array_equal(given.update(W, y, i), y)])
        table[row] = [i + first, label(_flip(W, y, i))]
    return table


def _change(column, table):
    """The table of network 1 with one column taken from another table."""
    right = _flips(NETWORK_1)
    pairs = {row: (table[row], right[row]) for row in STATES}
    return {row: [a[0], b[1]] if column == 0 else [b[0], a[1]] for row, (a, b) in pairs.items()}


_ENDS = {row: [0, label(given.sweep(NETWORK_1, from_label(row)))] for row in STATES}

flips_of_network_1 = TableCheck(
    "flips_of_network_1",
    _flips(NETWORK_1),
    ["unit that flips", "next state"],
    [
        Mistake(
            "the unit that stays",
            _change(0, _flips(NETWORK_1.T)),
            "These are the units that stay. Look in your table: in whose column does the state change? (With "
            "w_12 and w_21 exchanged one gets these, too.)",
        ),
        Mistake(
            "counted from 0",
            _flips(NETWORK_1, first=0),
            "You numbered the units 0 and 1. In a table for people they are unit 1 and unit 2.",
        ),
        Mistake(
            "the end of the sweep",
            _change(1, _ENDS),
            "You wrote the state after a whole sweep. The next DIFFERENT state comes after one flip.",
        ),
        Mistake(
            "both units flip",
            _change(1, {row: [0, label(-from_label(row))] for row in STATES}),
            "From one state to the next only one unit flips, so only one sign may change.",
        ),
        Mistake(
            "unit 2 written first",
            {row[::-1]: [unit, after[::-1]] for row, (unit, after) in _flips(NETWORK_1).items()},
            "You read the states from right to left: the first sign belongs to unit 1.",
        ),
    ],
    [
        "Read it from your table of network 1: in each row, one of the two single-unit entries differs "
        "from the row.",
        "If the other unit is drawn, nothing happens: the network waits. So what alone is left to chance?",
    ],
    properties=[
        (
            "Between a state and the next exactly one sign changes.",
            lambda entry, row, column: column != "next state" or sum(a != b for a, b in zip(entry, row)) == 1,  # noqa: B905
        )
    ],
    follow={
        "next state": lambda row, entries: label(
            _flip(None, from_label(row), int(entries["unit that flips"]) - 1)
        )
    },
    praise="Right. The states follow each other in a fixed order; chance sets the waiting times only.",
)


def _order_is_fixed(moves):
    return bool(((moves != np.arange(len(moves))[:, None]).sum(axis=1) <= 1).all())


def _order_is_fixed_loop(moves):
    for c in range(len(moves)):
        willing = 0
        for i in range(len(moves[c])):
            if moves[c][i] != c:
                willing += 1
        if willing > 1:
            return False
    return True


def _movers(moves):
    return (moves != np.arange(len(moves))[:, None]).sum(axis=1)


def _mover_trials(rng: np.random.Generator) -> Trials:
    """Tables with a given number of willing units in each state."""

    def moves(counts):
        S = len(counts)
        N = S.bit_length() - 1
        table = np.repeat(np.arange(S)[:, None], N, axis=1)
        for c, k in enumerate(counts):
            for i in rng.permutation(N)[:k]:
                table[c, i] = c ^ (1 << i)
        return table

    counts = [
        [1, 1, 1, 1],
        [0, 1, 1, 0],
        [0, 0, 0, 0],
        [2, 0, 0, 1],
        [1, 2, 1, 0],
        [1, 1, 1, 2],
        [2, 2, 2, 2],
        [2, 1, 1, 2],
        [1] * 8,
        [0, 1, 1, 1, 0, 1, 1, 1],
        [1, 1, 1, 3, 1, 1, 1, 0],
        [3, 0, 0, 0, 0, 0, 0, 0],
        [2, 2, 2, 2, 2, 2, 2, 2],
        [3, 3, 2, 2, 3, 3, 3, 2],
        *[rng.integers(0, 2, 8).tolist() for _ in range(3)],
        *[rng.integers(0, 3, 8).tolist() for _ in range(3)],
    ]
    apart = np.repeat(np.arange(8)[:, None], 3, axis=1)  # the first and the last unit are willing
    apart[2] = 3, 2, 6
    networks = [_moves(W) for W in (NETWORK_1, NETWORK_2, *[given.weights(rng, 3) for _ in range(4)])]
    single = [np.array(m) for m in ([[0], [1]], [[1], [0]], [[1], [1]])]
    return [(moves(c),) for c in counts] + [(table,) for table in [*single, apart, *networks]]


def _pair_trials() -> Trials:
    """Tables in which the only choice lies between units in all sorts of places."""
    trials = []
    for N, willing in ((3, (0, 2)), (3, (0, 1)), (3, (1, 2)), (4, (0, 3)), (4, (1, 3)), (3, (0, 1, 2))):
        for c in (0, 2**N - 2):
            table = np.repeat(np.arange(2**N)[:, None], N, axis=1)
            table[c, list(willing)] ^= 1 << np.array(willing)
            trials.append((table,))
    return trials


def _willing(m):
    return m != np.arange(len(m))[:, None]


def _the_last_state_only(moves):
    """Your answer is that of the last state alone. Does each turn of the loop overwrite it? A state that is
    fine must not undo what an earlier one has settled."""
    for willing in _movers(moves):
        fixed = bool(willing <= 1)
    return fixed


order_is_fixed = FunctionCheck(
    _order_is_fixed,
    lambda rng: [*_mover_trials(rng), *_pair_trials()],
    [
        Mistake(
            "at most two states in a row",
            lambda m: all(len(set(row)) <= 2 for row in m.tolist()),
            "You count the different entries of a row. Where every unit is willing, two may lead to two "
            "states, and the state itself is not among them. Count the entries that differ from the state.",
        ),
        Mistake(
            "neighbouring units only",
            lambda m: not (_willing(m)[:, 1:] & _willing(m)[:, :-1]).any(),
            "You look for two willing units beside each other. Between any two chance has a choice.",
        ),
        Mistake(
            "first and last unit only",
            lambda m: not (_willing(m)[:, 0] & _willing(m)[:, -1] & (m.shape[1] > 1)).any(),
            "You compare the first unit with the last. Between any two willing units chance has a choice.",
        ),
        Mistake(
            "first and last unit only, which may be the same",
            lambda m: not (_willing(m)[:, 0] & _willing(m)[:, -1]).any(),
            "You compare the first unit with the last, which are the same in a network of one unit. "
            "Between any two willing units chance has a choice, with one there is none.",
        ),
        Mistake(
            "first and second unit only",
            lambda m: not _willing(m)[:, :2].all(axis=1).any() or m.shape[1] < 2,
            "You compare the first unit with the second. Between any two willing units chance has a choice.",
        ),
        Mistake(
            "exactly two willing units",
            lambda m: not (_movers(m) == 2).any(),
            "You look for states with exactly two willing units. With three chance has a choice, too.",
        ),
        Mistake(
            "staying taken for a next state",
            lambda m: all(len(set(row)) == 1 for row in m.tolist()),
            "You count different entries in a row, and the state itself is among them. A unit that stays "
            "costs time only: it leads to no other state.",
        ),
        Mistake(
            "no fixed point",
            lambda m: not (_movers(m) == 0).any(),
            "You ask whether there is no fixed point. How many units are willing in the other states?",
        ),
        Mistake(
            "a fixed point taken for chance",
            lambda m: bool((_movers(m) == 1).all()),
            "You ask for exactly one willing unit. In a fixed point there is none, and nothing is left to"
            " chance either.",
        ),
        Mistake(
            "one such state is enough",
            lambda m: bool((_movers(m) <= 1).any()),
            "You ask whether SOME state has at most one willing unit. It must hold in every state.",
        ),
        Mistake(
            "the first state only",
            lambda m: bool(_movers(m)[0] <= 1),
            "You looked at the first state alone. A choice may come up later.",
        ),
        Mistake.of(_the_last_state_only),
        Mistake(
            "the long run only",
            lambda m: all((_movers(m)[states] <= 1).all() for states in state_space.recurrent_classes(m)),
            "You look only at states that come back again and again. A choice on the way there counts, too: "
            "look at every state.",
        ),
        Mistake(
            "the average",
            lambda m: bool(_movers(m).sum() <= len(m)),
            "You compared the number of all flips with the number of states. One state without a flip "
            "must not make "
            "up for another with two.",
        ),
        Mistake(
            "units that stay counted",
            lambda m: bool((m.shape[1] - _movers(m) <= 1).all()),
            "You counted the units that stay. Those that change the state are the ones that matter.",
        ),
        Mistake(
            "no flip at all",
            lambda m: bool((_movers(m) == 0).all()),
            "You ask whether nothing moves. One willing unit may move: it is no choice.",
        ),
        Mistake(
            "two willing units allowed",
            lambda m: bool((_movers(m) <= 2).all()),
            "With two willing units chance decides which of them flips, and the ways part.",
        ),
        Mistake(
            "states with two ways in",
            lambda m: len(np.unique(m[_willing(m)])) == _willing(m).sum(),
            "You ask whether two states lead to the same one. Ways may meet; chance has a choice where they "
            "part. Look at what may follow a state, row by row.",
        ),
        Mistake(
            "opposite answer",
            lambda m: not _order_is_fixed(m),
            "It is the other way round: True means that chance never has a choice.",
        ),
    ],
    [
        "In a state where two units want to flip, chance decides between two different next states.",
        "Count in each row how many entries differ from the row's own code.",
        "The order of the states is fixed if that number is never larger than what?",
    ],
    errors={
        "index 1 is out of bounds for axis . with size 1": "A network may have a single unit, and it may "
        "have more than two. Does your code need exactly two?"
    },
    also=(_order_is_fixed_loop,),
    praise="Right. For network 1 the answer is True: random are its waiting times, not its order.",
)


# 6. flip symmetry


def _is_flip_symmetric(next_state):
    n = np.asarray(next_state)
    return bool((n[::-1] == len(n) - 1 - n).all())


def _is_flip_symmetric_loop(next_state):
    last = len(next_state) - 1
    for c in range(len(next_state)):
        if next_state[last - c] != last - next_state[c]:
            return False
    return True


def _flip_trials(rng: np.random.Generator) -> Trials:
    """Maps that are symmetric, nearly symmetric, or symmetric in another sense."""

    def symmetric(S):
        half = rng.integers(0, S, S // 2)
        return np.concatenate([half, S - 1 - half[::-1]])

    def spoiled(n, c):
        n = n.copy()
        n[c] = (n[c] + 1) % len(n)
        return n

    S = 8
    half = rng.integers(0, S, S // 2)
    same_for_both = np.concatenate([half, half[::-1]])
    negative = rng.integers(0, S, S)  # n[-c] = -n[c] modulo S
    negative[0] = 0
    negative[S // 2] = S // 2
    negative[S // 2 + 1 :] = (-negative[1 : S // 2][::-1]) % S
    lowest = rng.integers(0, S // 2, S // 2) * 2
    lowest = np.array([v for u in lowest for v in (u, u ^ 1)])[:S]  # commutes with a flip of the first unit
    inverse = np.arange(S)[::-1]  # every state goes to its inverse
    closed = np.array([0, 2, 5, 2, 1, 6, 3, 7])  # the fixed points 0 and 7 are inverses, the rest is not
    back = np.roll(np.arange(S), 1)
    maps = [
        *[np.array(m) for m in ([0, 1], [1, 0], [0, 0], [1, 1])],
        *[symmetric(size) for size in (4, 4, 8, 8, 16)],
        *[spoiled(symmetric(8), c) for c in (1, 3, 6)],
        spoiled(symmetric(16), 9),
        spoiled(symmetric(8), 0),
        same_for_both,
        negative,
        lowest,
        inverse,
        closed,
        back,
        np.zeros(S, int),
        np.arange(S),
        np.array([1, 1, 1, 3]),  # the sum is that of a symmetric map
        *[np.array(m) for m in ([1, 2, 1, 1], [1, 2, 1, 2])],  # every successor goes to its inverse
        np.array([2, 1, 0, 3]),  # two steps lead back
    ]
    networks = [Network(given.weights(rng, N)) for N in (2, 3, 3, 4)]
    maps += [state_space.synchronous_map(net, ties) for net in networks for ties in ("keep", 1)]
    return [(np.asarray(m),) for m in maps]


def _inverse_one_too_large(next_state):
    """Your inverse of a code is one too large. What do the codes of -- and ++ add up to, and how many states
    are there?"""
    S = len(next_state)
    return all(next_state[S - c] == S - next_state[c] for c in range(1, S))


is_flip_symmetric = FunctionCheck(
    _is_flip_symmetric,
    _flip_trials,
    [
        Mistake(
            "same successor for both",
            lambda n: bool((n[::-1] == n).all()),
            "You ask whether a state and its inverse go to the same state. They should go to inverse states.",
        ),
        Mistake(
            "fixed points only",
            lambda n: {len(n) - 1 - c for c in _fixed_points(n)} == set(_fixed_points(n)),
            "You compared the fixed points alone. All transitions must match.",
        ),
        Mistake(
            "the first state only",
            lambda n: bool(n[-1] == len(n) - 1 - n[0]),
            "You looked at the first state and its inverse alone. All states must match.",
        ),
        Mistake(
            "some instead of all",
            lambda n: bool((n[::-1] == len(n) - 1 - n).any()),
            "You ask whether SOME transition matches. All of them must.",
        ),
        Mistake(
            "the successors as a set",
            lambda n: sorted(n.tolist()) == sorted((len(n) - 1 - n).tolist()),
            "You compare which states are reached at all, and how often. From WHERE each of them is reached "
            "must match as well.",
        ),
        Mistake(
            "the sum only",
            lambda n: bool(2 * n.sum() == len(n) * (len(n) - 1)),
            "You look at the sum of all codes. It is right in every symmetric map, and in many others.",
        ),
        Mistake(
            "minus the code",
            lambda n: bool((n[-np.arange(len(n))] == (-n) % len(n)).all()),
            "You took minus the code. All bits of the code change when all units flip: what does a code "
            "and its "
            "inverse add up to?",
        ),
        Mistake(
            "minus the code of the successor",
            lambda n: bool((n[::-1] == -n).all()),
            "The inverse of a state has not minus its code. What do the codes of the two add up to?",
        ),
        Mistake.of(_inverse_one_too_large),
        Mistake(
            "one unit flipped",
            lambda n: bool((n[np.arange(len(n)) ^ 1] == n ^ 1).all()),
            "You flipped the first unit alone. The inverse of a state has ALL units flipped.",
        ),
        Mistake(
            "successor is the inverse",
            lambda n: bool((n == np.arange(len(n))[::-1]).all()),
            "You ask whether every state goes to its own inverse. The question is whether the picture of all "
            "transitions stays the same when all units are flipped.",
        ),
        Mistake(
            "the successor goes to its inverse",
            lambda n: bool((n == len(n) - 1 - n[n]).all()),
            "You ask whether every successor goes to its own inverse. The question is whether the inverse "
            "of a state goes to the inverse of its successor.",
        ),
        Mistake(
            "back after two steps",
            lambda n: bool((n[n] == np.arange(len(n))).all()),
            "You ask whether every state comes back after two steps. No unit is flipped in that. Where "
            "does the inverse of a state go?",
        ),
        Mistake(
            "opposite answer",
            lambda n: not _is_flip_symmetric(n),
            "It is the other way round: True means that the pattern of transitions does not change.",
        ),
    ],
    [
        "Flip the state, then step; or step, then flip the result. Symmetry: both give the same.",
        "The inverse of a state has all bits exchanged. Add the codes of -- and ++, of -+ and +-: what do"
        " you notice?",
        "Compare the two arrays in one go; reversing an array takes every code to that of its inverse.",
    ],
    also=(_is_flip_symmetric_loop,),
    praise="Right: flip and step may be exchanged.",
)


def _sync(W, bias=None, ties: Any = "keep"):
    return state_space.synchronous_map(Network(W, bias), ties)


def _unheard(w: Any) -> bool | str:
    """Whether nothing arrives at a unit; if that unit sends something, where which of the two stands."""
    deaf, speaking = (w == 0).all(axis=1), (w != 0).any(axis=0)
    if (deaf & speaking).any():
        return "What arrives at unit i stands in row i of the weights; what it sends stands in column i."
    return bool(deaf.any())


_SMALL = "Hand over a square matrix (N, N) for 2 to 8 units, and a bias of N numbers."

bias_breaks_symmetry = ExampleCheck(
    "bias_breaks_symmetry",
    ["weights", "bias"],
    ([[0, -1], [-1, 0]], [2, 0]),
    [
        Mistake(
            "wrong sizes",
            ([[0, 1], [1, 0]], [1, 1, 1]),
            _SMALL,
            lambda w, b: not (given.square(w, *range(2, 9)) and b.shape == (len(w),)),
        ),
        Mistake(
            "no bias",
            ([[0, -1], [1, 0]], [0, 0]),
            "Without a bias every field changes its sign when all units flip, so nothing can break the "
            "symmetry.",
            lambda w, b: not b.any(),
        ),
        Mistake(
            "an unconnected unit",
            ([[0, 0], [0, 0]], [1, 0]),
            "A unit that hears no other unit follows its bias for ever; that would be too easy. Give every "
            "unit an input from another one.",
            lambda w, b: _unheard(given.without_diagonal(w)),
        ),
        Mistake(
            "bias too weak",
            ([[0, -1], [-1, 0]], [0.5, 0]),
            "This bias never decides: in every state the weights outvote it. Make it larger, or a weight "
            "smaller.",
            lambda w, b: _is_flip_symmetric(_sync(w, b)),
        ),
    ],
    [
        "A field is the sum over the others plus the bias. What happens to each part when all units flip?",
        "Two units are enough. The bias must be strong enough to change a sign in some state.",
    ],
    limits=("2 to 8 units",),
    praise="Right: a bias keeps its sign when the units change theirs, so a state and its inverse part.",
)

tie_rule_breaks_symmetry = ExampleCheck(
    "tie_rule_breaks_symmetry",
    ["weights"],
    ([[0, 1, 1], [1, 0, 1], [1, 1, 0]],),
    [
        Mistake(
            "wrong sizes",
            ([[0, 1, 1], [1, 0, 1]],),
            "Hand over a square matrix (N, N) for 2 to 8 units.",
            lambda w: not given.square(w, *range(2, 9)),
        ),
        Mistake(
            "an unconnected unit",
            ([[0, 0], [1, 0]],),
            "A unit that nothing leads into is a tie for ever; that would be too easy. Give every unit an"
            " input.",
            _unheard,
        ),
        Mistake(
            "no tie",
            ([[0, 1], [-1, 0]],),
            "In this network no field is ever zero, so the tie rule never matters. When can a sum of "
            "weights be zero?",
            lambda w: bool((np.abs(w @ state_space.all_states(len(w)).T) > 1e-12 * np.abs(w).max()).all()),
        ),
        Mistake(
            "self-connections",
            ([[1, 1], [1, 1]],),
            "The diagonal shall be zero: it can be done without self-connections.",
            lambda w: bool(np.diag(w).any()),
        ),
    ],
    [
        "The rule matters in a tie only: some field must be exactly zero.",
        "With one input of ±1 a field cannot be zero. How many inputs of the same strength does it take?",
    ],
    limits=("2 to 8 units",),
    praise="Right: a tie in a state is a tie in its inverse, and both are sent to +1.",
)


# 7. hunting


def _ordered_cycle(W):
    return max(_cycle_lengths(state_space.ordered_map(Network(W))))


def _sync_cycle(W):
    return max(_cycle_lengths(_sync(W)))


def _at_rest(w: Any, longest: int) -> bool | str:
    """Whether the longest cycle is a fixed point, and what is said if no unit hears itself again."""
    if longest == 1 and not np.linalg.matrix_power((w != 0).astype(int), len(w)).any():
        return "No unit hears itself again by way of others. Without such a ring nothing can circle."
    return longest == 1


_NO_DIAGONAL = "The diagonal shall be zero: it can be done without self-connections."

ordered_cycle = ExampleCheck(
    "ordered_cycle",
    ["weights"],
    ([[0, 0, -1], [1, 0, 0], [0, 1, 0]],),
    [
        Mistake(
            "wrong sizes",
            ([[0, -1], [1, 0]],),
            "Three units are asked for: a matrix (3, 3).",
            lambda w: not given.square(w, 3),
        ),
        Mistake(
            "self-connections",
            ([[-1, 0, 0], [0, 0, 1], [0, -1, 0]],),
            _NO_DIAGONAL,
            lambda w: bool(np.diag(w).any()),
        ),
        Mistake(
            "symmetric weights",
            ([[0, -1, 1], [-1, 0, 1], [1, 1, 0]],),
            "With symmetric weights an ordered sweep cannot circle (chapter 03 says why). Make w_ij and "
            "w_ji differ.",
            lambda w: is_symmetric(w),
        ),
        Mistake(
            "only the synchronous schedule circles",
            ([[0, -1, 0], [-1, 0, 0], [0, 1, 0]],),
            "This network circles when all units move at once, but an ordered sweep settles in a fixed "
            "point.",
            lambda w: _ordered_cycle(w) == 1 and _sync_cycle(w) > 1,
        ),
        Mistake(
            "always settles",
            ([[0, 1, 1], [1, 0, 1], [1, 2, 0]],),
            "From every state this network settles in a fixed point.",
            lambda w: _at_rest(w, _ordered_cycle(w)),
        ),
    ],
    [
        "Network 1 circles because unit 1 wants to differ from unit 2, while unit 2 wants to be like unit 1.",
        "Let three units run after each other in a ring. What must the product of the signs be?",
        "Or let the machine look: random matrices, your ordered map, and the lengths of its cycles.",
    ],
    limits=("three units",),
    praise=lambda w: (
        f"A counter-example: in order 1, 2, 3 this network runs through a cycle of {_ordered_cycle(w)} "
        f"states."
    ),
)


def _on_cycle(W, y):
    """Length of the synchronous cycle that y itself lies on; 0 if it only leads to one."""
    code = state_space.encode(y.astype(int))
    return next((len(cycle) for cycle in _cycles(_sync(W)) if code in cycle), 0)


synchronous_two_cycle = ExampleCheck(
    "synchronous_two_cycle",
    ["weights", "state"],
    ([[0, -1], [-1, 0]], [1, 1]),
    [
        Mistake(
            "wrong sizes",
            ([[0, 1], [1, 0]], [1, 1, 1]),
            "Hand over a square matrix (N, N) for 2 to 8 units, and a state of N values.",
            lambda w, y: not (given.square(w, *range(2, 9)) and y.shape == (len(w),)),
        ),
        Mistake(
            "0/1 instead of ±1",
            ([[0, 1], [1, 0]], [1, 0]),
            "A state consists of +1 and -1, nothing else.",
            lambda w, y: not given.bipolar(y),
        ),
        Mistake(
            "not symmetric",
            ([[0, -1], [1, 0]], [1, 1]),
            "The weights shall be symmetric: w_ij = w_ji for every pair.",
            lambda w, y: not is_symmetric(w),
        ),
        Mistake(
            "self-connections",
            ([[-1, 0], [0, -1]], [1, 1]),
            _NO_DIAGONAL,
            lambda w, y: bool(np.diag(w).any()),
        ),
        Mistake(
            "the state is a fixed point",
            ([[0, -1], [-1, 0]], [1, -1]),
            "This state stays where it is. Look for one in which every unit wants to flip at the same time.",
            lambda w, y: _on_cycle(w, y) == 1,
        ),
        Mistake(
            "on the way",
            ([[0, 1, 0], [1, 0, 1], [0, 1, 0]], [1, 1, -1]),
            "This state is not met again: it leads somewhere else and never comes back. A state ON the "
            "cycle is wanted.",
            lambda w, y: _on_cycle(w, y) == 0,
        ),
    ],
    [
        "You have met such a network in exercise 1. Which of its states change places?",
        "More units: all of them want to flip at once, and after that all of them want to flip back.",
    ],
    limits=("2 to 8 units",),
    praise="A counter-example: symmetric weights, and yet the synchronous step goes to and fro.",
)

_RING = [[0, 0, 0, 0, -1], [1, 0, 0, 0, 0], [0, 1, 0, 0, 0], [0, 0, 1, 0, 0], [0, 0, 0, 1, 0]]


def _praise_for_a_cycle(W):
    """Thirty is the maximum. A unit has 593 different update rules (ties included); of their combinations,
    899 681 are one-to-one on all 32 states, and none of these is a cycle of 32."""
    length = _sync_cycle(W)
    if length == 30:
        return "A cycle of 30 of the 32 states. It is the longest there is. Why can 31 not be reached?"
    return f"A cycle of {length} of the 32 states. There are longer ones. How far do you get?"


longest_cycle = ExampleCheck(
    "longest_cycle",
    ["weights"],
    ([[0, -3, -3, 1, -1], [-2, 0, 1, 0, -3], [1, -1, 0, 1, -1], [0, 1, -1, 0, 0], [-3, -2, 2, 3, 0]],),
    [
        Mistake(
            "wrong sizes",
            ([[0, -1], [1, 0]],),
            "Five units are asked for: a matrix (5, 5).",
            lambda w: not given.square(w, 5),
        ),
        Mistake(
            "self-connections",
            (np.diag([1, 0, 0, 0, 0]).tolist(),),
            _NO_DIAGONAL,
            lambda w: bool(np.diag(w).any()),
        ),
        Mistake(
            "symmetric weights",
            ((np.eye(5) - 1).tolist(),),
            "With symmetric weights no synchronous cycle is longer than two. Make w_ij and w_ji differ.",
            lambda w: is_symmetric(w),
        ),
        Mistake(
            "always settles",
            (np.diag([1, 1, 1, 1], -1).tolist(),),
            "From every state this network settles in a fixed point.",
            lambda w: _at_rest(w, _sync_cycle(w)),
        ),
        Mistake(
            "a short cycle",
            ((-np.array(_RING)[::-1, ::-1]).tolist(),),
            "It circles, but not for long. A ring of five units, each the input of the next, has ten states "
            "if one of its weights is negative.",
            lambda w: _sync_cycle(w) < 10,
        ),
        Mistake(
            "less than twelve",
            (_RING,),
            "Ten states, as a ring with one negative weight has them. Twelve and more are possible: let a"
            " loop try "
            "many random networks, or change one weight at a time and keep what helps.",
            lambda w: _sync_cycle(w) < 12,
            lambda w: (
                f"A cycle of {_sync_cycle(w)} states; a ring with one negative weight has ten. Twelve and "
                "more are possible: let a loop try many random networks, or change one weight at a time and "
                "keep what helps."
            ),
        ),
    ],
    [
        "A ring of five units, one of the weights negative, has a cycle of ten states. That is a good start.",
        "Write a loop: random whole numbers as weights, the synchronous map, the longest of its cycles.",
        "Better than pure chance: keep the best network so far, change one of its weights, and keep the "
        "change if "
        "the cycle does not get shorter.",
    ],
    limits=("five units", "Twelve states"),
    praise=_praise_for_a_cycle,
)
