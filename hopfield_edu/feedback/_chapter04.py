"""Checks of chapter 04: two triangles by hand, signs of loops, unsatisfied weights, arrows turned, cuts."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import numpy as np

from hopfield_edu import frustration, state_space
from hopfield_edu.binary import Network
from hopfield_edu.feedback import _inputs as given
from hopfield_edu.feedback._core import ExampleCheck, FunctionCheck, Mistake, TableCheck
from hopfield_edu.feedback._networks import misfits, nonzero, symmetric
from hopfield_edu.patterns import from_label

Trials = list[tuple[Any, ...]]

NETWORK_1 = np.array([[0, 1, -1], [1, 0, 1], [-1, 1, 0]])  # W fig. 1.4, top; network 2 is its negative
SQUARE = np.array([[0, 1, 0, -1], [1, 0, 1, 0], [0, 1, 0, 1], [-1, 0, 1, 0]])  # frustrated

_SYMMETRIC = "The weights must be symmetric, `w_ij = w_ji`: each pair of units has one wish."


# 1. fig. 1.4 by hand: fields, and how many units move

_ROWS = ("+++", "++-", "+-+", "+--")  # the other four states are their inverses


def _moves(h, y, tie=None):
    """How many units an update would change."""
    return int((given.sign(h, y, tie) != y).sum())


def _named(h, y):
    """The number of the unit that an update would change, if there is just one, else 0."""
    moving = np.flatnonzero(given.sign(h, y) != y)
    return int(moving[0]) + 1 if len(moving) == 1 else 0


def _triangle(one=NETWORK_1, two=-NETWORK_1, *, moves=_moves, itself=0):
    """By rules that may be wrong: three fields in network 1, the moving units in networks 1 and 2."""
    table = {}
    for row in _ROWS:
        y = from_label(row)
        h, k = one @ y + itself * y, two @ y + itself * y
        table[row] = [*h.tolist(), moves(h, y), moves(k, y)]
    return table


def _slips(change: Callable[..., list[Any]]) -> dict[str, list[Any]]:
    """The right table with every row passed through change(y, entries)."""
    return {row: change(from_label(row), entries) for row, entries in _triangle().items()}


def _moves_by_hand(row: str, entries: Any, sign: int) -> int:
    """How many units move by the right rule, given the learner's own fields; network 2 has sign -1."""
    h = np.array([float(entries[name]) for name in ("h1", "h2", "h3")])
    return _moves(sign * h, from_label(row))


_ALL_ONE = np.ones((3, 3), int)
_FRIENDS = _ALL_ONE - np.eye(3, dtype=int)
_OTHER_PAIR = np.array([[0, 1, 1], [1, 0, -1], [1, -1, 0]])
_ONE_END = np.array([[0, 1, -1], [1, 0, 1], [1, 1, 0]])  # w13 positive for unit 3 alone

triangle_table = TableCheck(
    "triangle_table",
    _triangle(),
    ("h1", "h2", "h3", "move in 1", "move in 2"),
    [
        Mistake(
            "a tie becomes +1",
            _triangle(moves=lambda h, y: _moves(h, y, 1)),
            "Where the field is zero you let a unit at -1 move to +1. Here a tie keeps the unit's value.",
        ),
        Mistake(
            "a tie becomes -1",
            _triangle(moves=lambda h, y: _moves(h, y, -1)),
            "Where the field is zero you let a unit at +1 move to -1. Here a tie keeps the unit's value.",
        ),
        Mistake(
            "a tie flips the unit",
            _triangle(moves=lambda h, y: int((h * y <= 0).sum())),
            "You counted units with a field of zero among those that move. A tie is no reason to move.",
        ),
        Mistake(
            "a tie flips the unit in network 1",
            _slips(lambda y, e: [*e[:3], int((np.array(e[:3]) * y <= 0).sum()), e[4]]),
            "In network 1 you counted units with a field of zero among those that move. A tie is no reason "
            "to move.",
        ),
        Mistake(
            "staying counted instead of moving",
            _slips(lambda y, e: [*e[:3], 3 - e[3], 3 - e[4]]),
            "You counted the units that stay. The last two columns ask how many would change.",
        ),
        Mistake(
            "fields of network 2",
            _slips(lambda y, e: [-e[0], -e[1], -e[2], *e[3:]]),
            "These are the fields of network 2. The first three columns belong to network 1.",
        ),
        Mistake(
            "networks exchanged",
            _triangle(-NETWORK_1, NETWORK_1),
            "You exchanged the networks: network 1 is the one with two positive weights and a negative one.",
        ),
        Mistake(
            "network 2 moves like network 1",
            _slips(lambda y, e: [*e[:4], e[3]]),
            "Your last two columns agree. With all weights negated, every field changes its sign.",
        ),
        Mistake(
            "who stays in 1 moves in 2",
            _slips(lambda y, e: [*e[:4], 3 - e[3]]),
            "You let all units that stay in network 1 move in network 2. But a tie is a tie in both of them.",
        ),
        Mistake(
            "w13 taken as positive",
            _triangle(_FRIENDS, -_FRIENDS),
            "Your fields belong to three positive weights. Look again at the line between units 1 and 3.",
        ),
        Mistake(
            "w13 taken as positive in the field of unit 3",
            _triangle(_ONE_END, -_ONE_END),
            "You took w13 as positive when unit 3 listens, but not when unit 1 does. A line has the same "
            "sign from both of its ends.",
        ),
        Mistake(
            "the negative weight at another pair",
            _triangle(_OTHER_PAIR, -_OTHER_PAIR),
            "Your negative weight connects units 2 and 3. Look again at which line is dashed.",
        ),
        Mistake(
            "multiplied by the unit's own value",
            _slips(lambda y, e: [*(y * e[:3]).tolist(), *e[3:]]),
            "You multiplied each field by the unit's own value. The field is what comes from the others.",
        ),
        Mistake(
            "last two columns exchanged",
            _slips(lambda y, e: [*e[:3], e[4], e[3]]),
            "You exchanged the last two columns: first network 1, then network 2.",
        ),
        Mistake(
            "fields half as large",
            _slips(lambda y, e: [*np.sign(e[:3]).tolist(), *e[3:]]),
            "Your fields have the right signs, but half of the size. A field is the sum of what comes from "
            "both of the others, not its sign, and not a mean.",
        ),
        Mistake(
            "fields without their sign",
            _slips(lambda y, e: [*np.abs(e[:3]).tolist(), *e[3:]]),
            "None of your fields is negative. A field is negative where the others want the unit at -1.",
        ),
        Mistake(
            "one moving unit where there are more",  # not how many but whether; or one after the other
            _slips(lambda y, e: [*e[:3], min(e[3], 1), min(e[4], 1)]),
            "In row +-+ of network 1 more than one unit would move. Ask each of them in the state of the "
            "row, before any other has moved, and count them all.",
        ),
        Mistake(
            "units named instead of counted",
            _slips(lambda y, e: [*e[:4], _named(-np.array(e[:3]), y) or e[4]]),
            "In your last column stand the numbers that the units have, such as unit 2 in row +++. Asked for "
            "is how many of them move.",
        ),
        Mistake(
            "a unit listens to itself",
            _triangle(itself=1),
            "You added the unit's own value to its field. There are no self-connections here.",
        ),
    ],
    [
        "Write the formulas first: which two units does each unit listen to, and with which signs?",
        "A unit moves if its field is not zero and has another sign than its value.",
        "Network 2 needs no new sums: each of its fields is that of network 1 with the other sign.",
    ],
    properties=[
        (
            "A field is the sum of two numbers +1 or -1 here: what can it be?",
            lambda v, row, column: not column.startswith("h") or v in (-2, 0, 2),
        ),
        ("There are three units that may move.", lambda v, row, column: column[0] == "h" or 0 <= v <= 3),
    ],
    unread={f"move in {k}": "One number is wanted: how many units move." for k in (1, 2)},
    follow={
        "move in 1": lambda row, entries: _moves_by_hand(row, entries, 1),
        "move in 2": lambda row, entries: _moves_by_hand(row, entries, -1),
    },
    praise="Every entry is right. A state in which no unit moves is a fixed point, and its inverse is one, "
    "too.",
)


# 2. signs of loops: sign, fewest unsatisfied weights, states that reach it

_LOOPS = {
    "A": [1, 1, 1],
    "B": [-1, -1, -1],
    "C": [1, -1, -1, 1],
    "D": [-1, 1, 1, 1],
    "E": [-1, -1, -1, -1, -1],
    "F": [-1, 1, -1, 1, -1, -1],
}


def _loop_table(
    sign: Callable[[list[int]], int] = lambda w: int(np.prod(w)),
    fewest: Callable[[list[int], int], int] = lambda w, s: int(s < 0),
    states: Callable[[list[int], int], int] = lambda w, s: 2 * len(w) if s < 0 else 2,
) -> dict[str, list[int]]:
    """The table by rules that may be wrong; `fewest` and `states` follow from the sign found."""
    return {name: [sign(w), fewest(w, sign(w)), states(w, sign(w))] for name, w in _LOOPS.items()}


loop_signs = TableCheck(
    "loop_signs",
    _loop_table(),
    ("sign", "fewest unsatisfied", "states"),
    [
        Mistake(
            "sum instead of product",
            _loop_table(lambda w: int(np.sign(sum(w)))),
            "Your sign is that of the sum. The sign of a loop is the product: each negative weight turns it "
            "round.",
        ),
        *[
            Mistake(
                f"sum instead of product, {zero} where it is zero",
                _loop_table(sign),
                "Your sign follows the sum, or the majority. The sign of a loop is the product: each "
                "negative weight turns it round.",
            )
            for zero, sign in (
                ("positive", lambda w: 1 if sum(w) >= 0 else -1),
                ("negative", lambda w: 1 if sum(w) > 0 else -1),
            )
        ],
        Mistake(
            "sum of the weights",
            _loop_table(lambda w: sum(w)),
            "You added up the weights. The sign of a loop is their product: each negative weight turns it "
            "round.",
        ),
        Mistake(
            "sign by the length of the loop",
            _loop_table(lambda w: (-1) ** len(w)),
            "Your signs depend on how many weights a loop has. It is the number of negative weights that "
            "counts.",
        ),
        Mistake(
            "positive weights counted",
            _loop_table(lambda w: (-1) ** w.count(1)),
            "Your sign depends on the number of positive weights. Those change nothing in a product.",
        ),
        Mistake(
            "any negative weight frustrates",
            _loop_table(lambda w: min(w)),
            "You took every loop with a negative weight for frustrated. Two negative weights can make up for "
            "each other.",
        ),
        Mistake(
            "only odd loops can be frustrated",
            _loop_table(lambda w: int(np.prod(w)) if len(w) % 2 else 1),
            "You took the loops of even length for satisfied. It is the number of negative weights that "
            "counts.",
        ),
        Mistake(
            "sign reversed",
            _loop_table(lambda w: -int(np.prod(w))),
            "Your signs are the wrong way round: going round a loop of positive weights changes nothing.",
        ),
        Mistake(
            "every negative weight unsatisfied",
            _loop_table(fewest=lambda w, s: w.count(-1)),
            "You counted the negative weights. A negative weight is satisfied as soon as its units differ.",
        ),
        Mistake(
            "satisfied weights counted",
            _loop_table(fewest=lambda w, s: len(w) - int(s < 0)),
            "You counted the weights that the best state satisfies. The column asks how many it leaves open.",
        ),
        Mistake(
            "fewest taken for a flag of satisfaction",
            _loop_table(fewest=lambda w, s: int(s > 0)),
            "You gave 1 where all weights can be satisfied. The column asks how many must stay unsatisfied.",
        ),
        Mistake(
            "inverses forgotten",
            _loop_table(states=lambda w, s: len(w) if s < 0 else 1),
            "You counted half of the states. If a state satisfies a weight, its inverse does, too.",
        ),
        Mistake(
            "inverses forgotten in frustrated loops",
            _loop_table(states=lambda w, s: len(w) if s < 0 else 2),
            "In the frustrated loops you counted half of the states. If a state satisfies a weight, its "
            "inverse does, too.",
        ),
        Mistake(
            "inverses forgotten in satisfied loops",
            _loop_table(states=lambda w, s: 2 * len(w) if s < 0 else 1),
            "In the loops that can be satisfied you counted half of the states. If a state satisfies a "
            "weight, "
            "its inverse does, too.",
        ),
        Mistake(
            "always the same weight unsatisfied",
            _loop_table(states=lambda w, s: 2),
            "You counted two states everywhere. In a frustrated loop there is a choice: which weight stays "
            "open?",
        ),
        Mistake(
            "six states in every frustrated loop",
            _loop_table(states=lambda w, s: 6 if s < 0 else 2),
            "Six is the number for a triangle. In a longer loop there are more weights of which one may stay "
            "open.",
        ),
        Mistake(
            "all states counted",
            _loop_table(states=lambda w, s: 2 ** len(w)),
            "You counted all states of the units. The column asks for those that leave as few weights "
            "unsatisfied as possible.",
        ),
    ],
    [
        "Go round: a negative weight asks for a change, a positive one for none. Are you back where you "
        "began?",
        "A loop that does not close can be opened at one weight; all the others are then satisfied.",
        "Once you have chosen the weight that stays open, one unit decides about all the others. And the "
        "weight "
        "is your choice.",
    ],
    properties=[
        ("A sign is +1 or -1.", lambda v, row, column: column != "sign" or v in (1, -1)),
        (
            "States come in pairs, each with its inverse.",
            lambda v, row, column: column != "states" or (v > 0 and v % 2 == 0),
        ),
    ],
    follow={
        "fewest unsatisfied": lambda row, e: int(e["sign"] < 0),
        "states": lambda row, e: {0: 2, 1: 2 * len(_LOOPS[row])}[e["fewest unsatisfied"]],
    },
    praise="Right. The six fixed points of the lecture's triangle are row B in disguise: three weights, two "
    "states each.",
)


# 3. unsatisfied weights of a state


def _unsatisfied(weights, state):
    count = 0
    for i, j in itertools.combinations(range(len(state)), 2):
        count += bool(weights[i, j] * state[i] * state[j] < 0)
    return count


def _unsatisfied_in_numpy(weights, state):
    return np.count_nonzero(np.triu(weights * np.outer(state, state), 1) < 0)


def _pair_trials(rng: np.random.Generator) -> Trials:
    trials = [(NETWORK_1.copy(), np.array(y)) for y in ([1, 1, 1], [-1, 1, -1], [1, 1, -1])]
    ends = _apart([[0]], -NETWORK_1, [[0]])  # no weight at the first unit, none at the last
    trials += [
        (np.array([[-1]]), np.array([1])),  # one unit: no pairs at all
        (np.array([[0, 1], [1, 0]]), np.array([1, -1])),
        (np.array([[0, -0.25], [-0.25, 0]]), np.array([1, 1])),  # a wish may be weak
        (np.array([[-0.5, 0.25, 0.75], [0.25, -0.5, -0.25], [0.75, -0.25, 0.5]]), np.array([1, -1, 1])),
        (3 * ends, np.ones(5, int)),
        (ends, np.array([-1, 1, 1, -1, 1])),
    ]
    for N in (2, 2, 3, 4, 4, 5, 6, 6):
        for _ in range(2):
            trials.append((given.weights(rng, N, symmetric=True, diagonal=True), given.state(rng, N)))
    return trials


def _upper(W: Any, y: Any, k: int = 1) -> Any:
    """What the pairs i < j (k = 1) make of w_ij y_i y_j."""
    return (W * np.outer(y, y))[np.triu_indices(len(y), k)]


def _round_the_loop(weights: Any, state: Any) -> int:
    """The unsatisfied weights between neighbours on the ring 1, 2, ..., N."""
    N = len(state)
    return sum(bool(weights[i - 1, i] * state[i - 1] * state[i] < 0) for i in range(N))


_STATE_IGNORED = (
    "You count the negative weights, whatever the state is. A negative weight is satisfied when its two "
    "units differ, a positive one when they are equal: the state decides."
)

unsatisfied = FunctionCheck(
    _unsatisfied,
    _pair_trials,
    [
        Mistake(
            "weight compared with the product of the states",
            lambda w, y: int((np.triu(w, 1) != np.triu(np.outer(y, y), 1)).sum()),
            "You count where w_ij differs from y_i y_j. Only the signs must agree: a weight of 2, or of "
            "0.25, wants no more than equal units, and one of 0 wants nothing.",
        ),
        Mistake(
            "weight compared with the product of the states, unless it is zero",
            lambda w, y: int(((w != 0) & (w != np.outer(y, y)))[np.triu_indices(len(y), 1)].sum()),
            "You count where a weight differs from y_i y_j. Only the signs must agree: a weight of 2, or of "
            "0.25, wants no more than equal units.",
        ),
        Mistake(
            "only neighbours round the loop",
            _round_the_loop,
            "You look at units 1 and 2, 2 and 3, and so on round to the first. Any two units may be "
            "connected.",
        ),
        Mistake(
            "the energy",
            lambda w, y: -(y @ w @ y) / 2,
            "This is the energy. Asked for is the number of unsatisfied weights, each counted as one.",
        ),
        Mistake(
            "each pair counted twice",
            lambda w, y: int((given.without_diagonal(w) * np.outer(y, y) < 0).sum()),
            "You count each pair as w_ij and again as w_ji. They are the same wish.",
        ),
        Mistake(
            "self-connections counted",
            lambda w, y: int((_upper(w, y, 0) < 0).sum()),
            "You count negative self-connections. No state can change w_ii y_i y_i, so it is no wish.",
        ),
        Mistake(
            "pairs twice, and self-connections",
            lambda w, y: int((w * np.outer(y, y) < 0).sum()),
            "You went through the whole matrix: every pair is in it twice, and the diagonal should not "
            "count.",
        ),
        Mistake(
            "half of the whole matrix",
            lambda w, y: float((w * np.outer(y, y) < 0).sum() / 2),
            "Half of the matrix takes care of the pairs, but the diagonal is in it, too: each negative "
            "self-connection brings one half. It should not count at all.",
        ),
        Mistake(
            "half of the whole matrix, rounded down",
            lambda w, y: int((w * np.outer(y, y) < 0).sum() // 2),
            "Half of the matrix takes care of the pairs, but the diagonal is in it, too: two negative "
            "self-connections make one weight too many.",
        ),
        Mistake(
            "missing weights counted",
            lambda w, y: int((_upper(w, y) <= 0).sum()),
            "You count pairs without a connection. A weight of zero wishes for nothing, so nothing is left "
            "open.",
        ),
        Mistake(
            "satisfied weights counted",
            lambda w, y: int((_upper(w, y) > 0).sum()),
            "You count the weights that are satisfied. A weight is satisfied when `w_ij y_i y_j` is "
            "positive.",
        ),
        Mistake(
            "sign of the weight ignored",
            lambda w, y: sum(
                bool(w[i, j]) and y[i] != y[j] for i, j in itertools.combinations(range(len(y)), 2)
            ),
            "You count connected units that differ. That is what a negative weight wants.",
        ),
        Mistake(
            "state ignored",
            lambda w, y: int((_upper(w, np.ones(len(y))) < 0).sum()),
            _STATE_IGNORED,
        ),
        Mistake(
            "state ignored, half of the whole matrix",
            lambda w, y: int((w < 0).sum() // 2),
            _STATE_IGNORED,
        ),
        Mistake(
            "only positive weights looked at",
            lambda w, y: int((_upper(np.maximum(w, 0), y) < 0).sum()),
            "Your number leaves out the negative weights: one between two equal units is unsatisfied, too.",
        ),
        Mistake(
            "strength instead of number",
            lambda w, y: -np.minimum(_upper(w, y), 0).sum(),
            "You added up how strong the unsatisfied weights are. Here each of them counts as one.",
        ),
        Mistake(
            "energy instead of number",
            lambda w, y: -_upper(w, y).sum(),
            "That is the energy: unsatisfied strength minus satisfied strength. Only the first is asked for, "
            "as a number of weights.",
        ),
        Mistake(
            "number from the energy",
            lambda w, y: (np.count_nonzero(np.triu(w, 1)) - (y @ w @ y) / 2) / 2,
            "You take the energy for the number of unsatisfied weights minus that of satisfied ones. It is "
            "that only if every weight is +1, -1 or 0, and no unit is connected with itself.",
        ),
        Mistake(
            "units counted instead of weights",
            lambda w, y: int((given.without_diagonal(w) * np.outer(y, y) < 0).any(axis=1).sum()),
            "You count the units that have something to complain about. The exercise asks for weights.",
        ),
        Mistake(
            "units against their field counted",
            lambda w, y: int((y * (w @ y) < 0).sum()),
            "You count the units whose field is against them. A unit may be content on the whole and "
            "still have a single wish open: look at the weights, one by one.",
        ),
        Mistake(
            "units against their field counted, without self-connections",
            lambda w, y: int((y * (given.without_diagonal(w) @ y) < 0).sum()),
            "You count the units whose field is against them. A unit may be content on the whole and "
            "still have a single wish open: look at the weights, one by one.",
        ),
        Mistake(
            "only neighbours in the list",
            lambda w, y: sum(bool(w[i, i + 1] * y[i] * y[i + 1] < 0) for i in range(len(y) - 1)),
            "You compare each unit with the next one only. All pairs can be connected.",
        ),
        Mistake(
            "only negative weights looked at",
            lambda w, y: int((_upper(np.minimum(w, 0), y) < 0).sum()),
            "Your number leaves out the positive weights: one between two units that differ is unsatisfied, "
            "too.",
        ),
        Mistake(
            "weights ignored",
            lambda w, y: sum(y[i] != y[j] for i, j in itertools.combinations(range(len(y)), 2)),
            "You count units that differ, connected or not. That is what a negative weight wants, and where "
            "there is no weight nothing is wished for.",
        ),
        Mistake(
            "only weights of one size",
            lambda w, y: int((_upper(w, y) == -1).sum()),
            "You count weights of -1 and +1 only. Others may be stronger or weaker, and count as well.",
        ),
        Mistake(
            "only whether there is one",
            lambda w, y: bool((_upper(w, y) < 0).any()),
            "You say whether a weight is unsatisfied. The exercise asks how many are.",
        ),
        Mistake(
            "only the first row",
            lambda w, y: int((w[0, 1:] * y[0] * y[1:] < 0).sum()),
            "You look at the weights of the first unit only. Does the `return` stand inside the loop over i?",
        ),
        Mistake(
            "the last unit left out",
            lambda w, y: int((_upper(w[:-1, :-1], y[:-1]) < 0).sum()),
            "The pairs with the last unit are missing. `range(a, b)` ends before b.",
        ),
        Mistake(
            "share instead of number",
            lambda w, y: float((_upper(w, y) < 0).sum() / max(len(_upper(w, y)), 1)),
            "You return a share. The exercise asks how many weights there are, a whole number.",
        ),
    ],
    [
        "When is a single weight unsatisfied? Write the condition as a product of three numbers.",
        "Each pair once: let i run over all units, and j over those after i.",
        "Careful with products that are exactly zero.",
    ],
    also=[_unsatisfied_in_numpy],
    properties=[
        ("There are no more weights than pairs of units.", lambda v, w, y: v <= len(y) * (len(y) - 1) / 2),
        ("A count cannot be negative.", lambda v, w, y: v >= 0),
    ],
    praise="Right: each pair once, no diagonal, and no wish where there is no weight.",
)


# 4. is a network frustrated? and one that hides it


def _is_frustrated(weights):
    return all(_unsatisfied(weights, y) > 0 for y in state_space.all_states(len(weights)))


def _is_frustrated_by_walking(weights):
    """From every unit that has no value yet, along the weights; a contradiction is frustration."""
    value = {}
    for start in range(len(weights)):
        if start in value:
            continue
        value[start], waiting = 1, [start]
        while waiting:
            i = waiting.pop()
            for j in range(len(weights)):
                if i == j or weights[i, j] == 0:
                    continue
                asked = value[i] if weights[i, j] > 0 else -value[i]
                if j not in value:
                    value[j] = asked
                    waiting.append(j)
                elif value[j] != asked:
                    return True
    return False


def _is_frustrated_by_states(weights):
    for state in itertools.product((-1, 1), repeat=len(weights)):
        good = True
        for i in range(len(weights)):
            for j in range(i):
                if weights[i, j] * state[i] * state[j] < 0:
                    good = False
        if good:
            return False
    return True


def _ring(*weights: int) -> Any:
    """Units in a ring."""
    N = len(weights)
    W = np.zeros((N, N), int)
    for i, w in enumerate(weights):
        W[i, (i + 1) % N] = W[(i + 1) % N, i] = w
    return W


def _apart(*blocks: Any) -> Any:
    """Networks side by side, without a connection between them."""
    N = sum(map(len, blocks))
    W, start = np.zeros((N, N), int), 0
    for block in blocks:
        W[start : start + len(block), start : start + len(block)] = block
        start += len(block)
    return W


_LATE = [  # trees, in which two units that have chosen already are joined by a later, or an earlier one
    [[0, 0, 1], [0, 0, -1], [1, -1, 0]],
    [[0, 1, -1], [1, 0, 0], [-1, 0, 0]],
    [[0, 0, -1, 0], [0, 0, 0, 1], [-1, 0, 0, 1], [0, 1, 1, 0]],
    [[0, 1, 1, 0], [1, 0, 0, -1], [1, 0, 0, 0], [0, -1, 0, 0]],
]
_RIVALS_2 = np.array([[0, -1], [-1, 0]])
_PARTED = [  # what a walk from unit 1 does not reach, or from the last unit, or nobody
    _apart([[0]], NETWORK_1),
    _apart(NETWORK_1, [[0]]),
    _apart(_FRIENDS, NETWORK_1),
    _apart(NETWORK_1, _FRIENDS),
    _apart(_FRIENDS, _RIVALS_2),
    _apart([[0]], _RIVALS_2),
    _apart(_RIVALS_2, [[0]], _RIVALS_2),
    _apart([[0]], [[0]]),
    np.array([[0]]),
    np.array([[-1]]),
    NETWORK_1 / 4,  # wishes may be weak
    -NETWORK_1 / 4 - np.eye(3),
    *[np.array(W) for W in _LATE],
]

_ROUND = [SQUARE, SQUARE[np.ix_([0, 2, 1, 3], [0, 2, 1, 3])], _ring(-1, -1, -1, -1, -1)]  # in order, and not


def _network_trials(rng: np.random.Generator) -> Trials:
    """Every kind of network that a wrong answer may take for another kind, its units renamed."""
    kinds = [
        _FRIENDS,
        NETWORK_1,
        -NETWORK_1,
        2 * NETWORK_1,
        SQUARE,
        -SQUARE,
        _ring(1, -1, 1, -1),
        _ring(-1, -1, -1, -1, -1),
        _ring(1, 1, 1, 1, 1),
        np.array([[0, 2, -1], [2, 0, 2], [-1, 2, 0]]),  # frustrated, but with two fixed points only
        np.array([[0, -1], [-1, 0]]),
        np.array([[0, 1, 0], [1, 0, -1], [0, -1, 0]]),
        np.zeros((2, 2), int),
        _FRIENDS - 3 * np.eye(3, dtype=int),  # negative self-connections
        _FRIENDS + 3 * np.eye(3, dtype=int),  # positive ones, with which every state rests
        -NETWORK_1 - np.eye(3, dtype=int),
        np.eye(5, dtype=int) - np.ones((5, 5), int),  # leaves four weights open
        -(np.ones((4, 4), int) - np.eye(4, dtype=int)),  # frustrated, with an even number of negative weights
        _apart(NETWORK_1, [[0, -1], [-1, 0]]),
        _apart([[0]], NETWORK_1),
    ]
    trials = [(np.array(W),) for W in [*_PARTED, *_ROUND]]
    for W in kinds:
        order = rng.permutation(len(W))
        trials.append((np.array(W)[np.ix_(order, order)],))
    for N in (3, 3, 4, 4):
        trials.append((given.weights(rng, N, symmetric=True, diagonal=True),))
    return trials


def _best(W: Any, bad: Callable[[Any], Any], k: int = 1) -> int:
    """The smallest number of pairs that are `bad`, over all states."""
    i, j = np.triu_indices(len(W), k)
    y = state_space.all_states(len(W))
    return int(bad(W[i, j] * y[:, i] * y[:, j]).sum(axis=1).min())


def _walk(W: Any, start: int = 0, unmet: int = 0) -> Any:
    """What a walk along the weights from one unit gives the units; those not met get `unmet`."""
    y, waiting = np.zeros(len(W), int), [start]
    y[start] = 1
    while waiting:
        i = waiting.pop()
        for j in range(len(W)):
            if W[i, j] and not y[j] and i != j:
                y[j] = y[i] * np.sign(W[i, j])
                waiting.append(j)
    return np.where(y == 0, unmet, y)


def _open(W: Any, y: Any) -> bool:
    return bool((_upper(W, y) < 0).any())


def _negative_pairs(W: Any) -> int:
    return int((W[np.triu_indices(len(W), 1)] < 0).sum())


def _negative_loop(W: Any, loops: Any) -> bool:
    return any(np.prod(W[list(loop), [*loop[1:], loop[0]]]) < 0 for loop in loops)


def _never_corrected(w):
    """You let a unit follow one unit before it, and keep its value for good. A unit that comes later may join
    two parts that do not fit together yet; one of them would have to be turned over as a whole."""
    y = np.ones(len(w), int)
    for i in range(1, len(w)):
        met = np.flatnonzero(w[i, :i])
        if met.size:
            y[i] = y[met[0]] * np.sign(w[i, met[0]])
    return _open(w, y)


def _between_the_ends(w: Any) -> bool:
    """Whether every state leaves something open, of all but the first and the last in the list."""
    return all(_unsatisfied(w, y) for y in state_space.all_states(len(w))[1:-1])


def _fixed_states(W: Any) -> Any:
    return state_space.decode(state_space.fixed_points(Network(W)), len(W))


def _nearly_equal(N: int) -> Any:
    """The state of all ones, and those one flip away from it."""
    return np.vstack([np.ones((1, N), int), 1 - 2 * np.eye(N, dtype=int)])


_ONE_PRODUCT = (
    "You ask whether the number of negative weights is odd. That decides for one loop; a network with many "
    "loops, or none, is not decided by a single product."
)

is_frustrated = FunctionCheck(
    _is_frustrated,
    _network_trials,
    [
        Mistake(
            "first and last state left out",
            _between_the_ends,
            "You leave out the states in which all units are equal. If all wishes are for equal units, just "
            "these two satisfy them.",
        ),
        Mistake(
            "any negative weight frustrates",
            lambda w: _negative_pairs(w) > 0,
            "You call a network frustrated as soon as one of its weights is negative. That is how it looks "
            "in a single state, with all units equal. Another state may satisfy what this one does not.",
        ),
        Mistake(
            "all units equal, or all but one",
            lambda w: all(_unsatisfied(w, y) for y in _nearly_equal(len(w))),
            "Your answers come out as if only the states were tried in which all units are equal, or all but "
            "one. With four units or more there are others, and one of those may satisfy all weights.",
        ),
        Mistake(
            "any negative entry frustrates",
            lambda w: bool((w < 0).any()),
            "You call a network frustrated as soon as its matrix holds a negative number. On the diagonal it "
            "is no wish between two units, and elsewhere two units that differ can satisfy it.",
        ),
        Mistake(
            "some state instead of all",
            lambda w: bool(given.without_diagonal(w).any()),
            "You call a network frustrated when some state leaves a weight unsatisfied. Every network with "
            "a weight "
            "has such a state; the question is whether all states are like that.",
        ),
        Mistake(
            "only triangles",
            lambda w: bool(frustration.frustrated_triangles(w)),
            "You look at loops of three units. Longer loops can have a negative sign, too.",
        ),
        Mistake(
            "triangles and squares only",
            lambda w: any(_negative_loop(w, itertools.permutations(range(len(w)), n)) for n in (3, 4)),
            "You look at loops of three and four units. There are longer ones.",
        ),
        Mistake(
            "every set of units in one order only",
            lambda w: any(
                _negative_loop(w, itertools.combinations(range(len(w)), n)) for n in range(3, len(w) + 1)
            ),
            "You take each set of units once, in the order of their numbers. Four units or more can be "
            "joined to a loop in several orders.",
        ),
        Mistake(
            "all weights in one product",
            lambda w: _negative_pairs(w) % 2 == 1,
            _ONE_PRODUCT,
        ),
        Mistake(
            "all weights in one product, half of the whole matrix",
            lambda w: bool((w < 0).sum() // 2 % 2),
            _ONE_PRODUCT,
        ),
        Mistake(
            "all entries in one product, zeros too",
            lambda w: bool(np.prod(w[np.triu_indices(len(w), 1)]) < 0),
            "You multiply all weights. With one missing weight the product is zero, and a network with many "
            "loops is not decided by a single product anyway.",
        ),
        Mistake(
            "a number instead of True or False",
            lambda w: _best(w, lambda p: p < 0),
            "You return how many weights the best state leaves open. Asked for is whether there are any: "
            "True "
            "or False.",
        ),
        Mistake(
            "one recall instead of all states",
            lambda w: _open(w, Network(given.without_diagonal(w)).recall(np.ones(len(w), int)).final),
            "You let the network recall from one state, and look at where it ends. Another state may do "
            "better.",
        ),
        Mistake(
            "missing weights counted as unsatisfied",
            lambda w: _best(w, lambda p: p <= 0) > 0,
            "You take a weight of zero for unsatisfied. It wishes for nothing.",
        ),
        Mistake(
            "self-connections counted",
            lambda w: _best(w, lambda p: p < 0, 0) > 0,
            "You call networks frustrated because of a negative self-connection. It is no wish between two "
            "units.",
        ),
        Mistake(
            "opposite answer",
            lambda w: not _is_frustrated(w),
            "Your answer is right, but for its sense: True should mean that some wish must stay open.",
        ),
        Mistake(
            "walk from unit 1 only",
            lambda w: _open(w, _walk(w)),
            "You walk along the weights from the first unit, and what is not connected with it is never "
            "looked at. A network may fall into several parts.",
        ),
        Mistake(
            "walk from unit 1, the others left alone",
            lambda w: _open(w, _walk(w, unmet=1)),
            "You walk along the weights from the first unit, and units that are not connected with it keep a "
            "value that nobody has chosen. Start anew in every part of the network.",
        ),
        Mistake(
            "walk from the last unit only",
            lambda w: _open(w, _walk(w, len(w) - 1)),
            "You walk along the weights from one unit, and what is not connected with it is never "
            "looked at. A network may fall into several parts.",
        ),
        Mistake.of(_never_corrected),
        Mistake(
            "always True",
            lambda w: True,
            "Your function answers True for every network. A single state that satisfies all weights is "
            "enough to refute it.",
        ),
        Mistake(
            "always False",
            lambda w: False,
            "Your function answers False for every network. In network 1 every state leaves something open.",
        ),
        Mistake(
            "a negative sum",
            lambda w: bool(np.triu(w, 1).sum() < 0),
            "You add up the weights. Whether the wishes go together is a matter of their signs round a loop, "
            "not of their sum.",
        ),
        Mistake(
            "only the ring 1, 2, ..., N",
            lambda w: bool(np.prod([w[i, (i + 1) % len(w)] for i in range(len(w))]) < 0),
            "You follow one loop, from unit 1 to unit 2 and so on to the last and back. A network has other "
            "loops, or none.",
        ),
        Mistake(
            "more than two fixed points",
            lambda w: len(state_space.fixed_points(Network(given.without_diagonal(w)))) > 2,
            "You count fixed points. Having more than two of them is a frequent symptom of frustration, but "
            "neither proof nor condition.",
        ),
        Mistake(
            "more than two fixed points, self-connections kept",
            lambda w: len(state_space.fixed_points(Network(w))) > 2,
            "You count fixed points, and a positive self-connection makes more of them, a negative one "
            "fewer. Having many is a frequent symptom of frustration, but neither proof nor condition.",
        ),
        Mistake(
            "only fixed points looked at",
            lambda w: all(_unsatisfied(w, y) for y in _fixed_states(w)),
            "You look at fixed points only. With a negative self-connection the state that satisfies all "
            "weights need not be one, and there may be no fixed point at all.",
        ),
        Mistake(
            "some fixed point leaves a weight unsatisfied",
            lambda w: any(_unsatisfied(w, y) for y in _fixed_states(w)),
            "You call a network frustrated when one of its fixed points leaves a weight unsatisfied. A "
            "network may rest there although another state satisfies all.",
        ),
        Mistake(
            "more than two best states",
            lambda w: len(frustration.ground_states(w)[1]) > 2,
            "You count the states that do best. How many there are says nothing about how well they do.",
        ),
    ],
    [
        "The definition speaks of all states: there is none that satisfies every weight.",
        "Count with `unsatisfied` in every row of `state_space.all_states(len(weights))`.",
        "What is the smallest of these numbers, if the network is not frustrated?",
    ],
    also=[_is_frustrated_by_walking, _is_frustrated_by_states],
    properties=[("The answer is True or False.", lambda v, w: v in (True, False))],
    praise="Right. One state that satisfies all weights refutes it; to prove it takes all states.",
)


def _satisfied(W: Any) -> bool:
    """Whether some state satisfies all weights."""
    return frustration.satisfying_state(np.triu(W) + np.triu(W, 1).T) is not None


def _in_loops(W: Any) -> Any:
    """Which units are left when loose ends are taken off, one after the other: none, if there is no loop."""
    near = W != 0
    np.fill_diagonal(near, False)
    left = np.ones(len(W), bool)
    for _ in range(len(W)):
        left &= (near & left).sum(axis=1) > 1
    return left


hidden_frustration = ExampleCheck(
    "hidden_frustration",
    ["weights"],
    (SQUARE,),
    [
        *misfits(("weights",), 1, 10, np.inf),
        Mistake(
            "not symmetric",
            (np.triu(SQUARE),),
            _SYMMETRIC,
            lambda w: not symmetric(w),
        ),
        Mistake(
            "a frustrated triangle",
            (NETWORK_1,),
            "This network has a triangle of negative sign; everybody sees that. Hide it better.",
            lambda w: bool(frustration.frustrated_triangles(np.triu(w) + np.triu(w, 1).T)),
        ),
        Mistake(
            "only a self-connection is negative",
            (_FRIENDS - np.eye(3, dtype=int),),
            "The only thing amiss here is a negative self-connection, which is no wish between two units.",
            lambda w: (np.diag(w) < 0).any() and _satisfied(w),
        ),
        Mistake(
            "no loop",
            ([[0, 1, 0], [1, 0, -1], [0, -1, 0]],),
            "Without a loop nothing can be frustrated: start at one end, and give every unit what it asks "
            "for.",
            lambda w: not _in_loops(w).any(),
        ),
        Mistake(
            "not frustrated",
            (np.abs(SQUARE),),
            "There is a state that satisfies all weights of this network. Look at the signs of its loops.",
            _satisfied,
        ),
    ],
    [
        "A loop need not have three units.",
        "Take a longer loop without short cuts: units that are not neighbours have no connection.",
        "How many of its weights must be negative?",
    ],
    limits=["at most 10 units"],
    praise=lambda w: (
        "Right: none of its triangles is frustrated, and yet no state satisfies all weights; the best "
        f"leaves {_best(w, lambda p: p < 0)} of them open."
    ),
)


# 5. all weights change their sign: do the arrows turn?


def _arrows_reversed(one, two):
    arrows = {(c, d) for c, row in enumerate(one.tolist()) for d in row if c != d}
    return {(d, c) for c, d in arrows} == {
        (c, d) for c, row in enumerate(two.tolist()) for d in row if c != d
    }


def _arrows_reversed_by_loops(one, two):
    for first, second in ((one, two), (two, one)):
        for c in range(len(first)):
            for d in first[c]:
                back = False
                for back_to in second[d]:
                    if back_to == c:
                        back = True
                if c != d and not back:
                    return False
    return True


def _arrows(table: Any, stays: bool = False, units: Any = slice(None)) -> set[tuple[int, int]]:
    """All arrows of a graph, with or without those that lead from a state to itself."""
    return {(c, d) for c, row in enumerate(table[:, units].tolist()) for d in row if stays or c != d}


def _in_order(table: Any) -> list[tuple[int, int]]:
    """All arrows in the order in which two loops meet them."""
    return [(c, d) for c, row in enumerate(table.tolist()) for d in row if c != d]


def _turned(arrows: set[tuple[int, int]]) -> set[tuple[int, int]]:
    return {(d, c) for c, d in arrows}


def _one_way(table: Any) -> set[tuple[int, int]]:
    """The arrows that no other one leads back."""
    return _arrows(table) - _turned(_arrows(table))


def _resting(table: Any) -> int:
    return int((table == np.arange(len(table))[:, None]).all(axis=1).sum())


def _table_trials(rng: np.random.Generator) -> Trials:
    def tables(W: Any, V: Any, ties: Any = "keep") -> tuple[Any, Any]:
        return state_space.successors(Network(W), ties), state_space.successors(Network(V), ties)

    def biased(W: Any, b: Any, V: Any, c: Any) -> tuple[Any, Any]:
        return state_space.successors(Network(W, b)), state_space.successors(Network(V, c))

    friends, turning = np.array([[0, 1], [1, 0]]), np.array([[0, -1], [1, 0]])
    trials = [
        tables(NETWORK_1, -NETWORK_1),
        tables(friends, -friends),
        tables(friends, friends),
        tables(NETWORK_1, NETWORK_1),
        tables(NETWORK_1, -NETWORK_1, 1),
        tables(np.zeros((2, 2)), np.zeros((2, 2))),
        tables(friends, np.zeros((2, 2))),  # nothing to turn back
        tables(np.zeros((2, 2)), friends),
        tables([[0, 0], [1, 0]], [[0, 1], [0, 0]]),  # as many arrows and fixed points, but others
        tables([[0, 1], [0, 0]], [[0, -1], [1, 0]]),  # unit 1 turns, unit 2 does not
        tables(friends + np.eye(2), -friends - np.eye(2)),
        tables([[-1]], [[-1]]),  # to and fro
        tables([[0]], [[0]]),
        # one of the two has arrows to and fro, and all others are turned
        tables([[1]], [[-1]]),
        tables([[-1]], [[1]]),
        biased([[1, 0], [0, 0]], [0, 1], [[-1, 0], [0, 0]], [0, -1]),
        biased([[-1, 0], [0, 0]], [0, 1], [[1, 0], [0, 0]], [0, -1]),
        biased([[0, -1], [-1, 0]], [-1, -1], [[0, -1], [-1, 0]], [-1, -1]),  # amiss at the last states only
        biased([[0, -1], [-1, 0]], [-1, -1], [[0, 0], [0, 0]], [1, 1]),  # at the first states only
        biased([[0]], [-1], [[0]], [-1]),  # one arrow: the rows in reverse order are the same again
        tables([[-1, -1], [-1, -1]], [[-1, 0], [0, 1]]),  # the first arrow turns, later ones do not
        tables([[-1, 1], [-1, 0]], [[0, 1], [1, 0]]),  # the last arrow turns, earlier ones do not
        tables([[0, 0], [0, -1]], [[0, 0], [0, -1]]),  # unit 1 stays, unit 2 goes to and fro
        tables([[-1, 0], [0, 0]], [[-1, 0], [0, 0]]),
        tables([[0, 0], [1, 0]], [[0, 0], [-1, 0]]),  # unit 1 stays everywhere
        tables([[0, 0], [1, 0]], [[0, 0], [1, 0]]),
        tables([[0, 1], [0, 0]], [[0, 1], [0, 0]]),
        tables(_apart(friends, [[0]]), _apart(-friends, [[0]])),  # unit 3 stays in every state
        tables(turning, turning),  # round and round: one arrow into each state, and one out of it
        tables(turning, -turning),
        tables([[-1, -1], [-1, 1]], [[0, 0], [1, -1]]),  # as many into each state as out of it, but others
    ]
    for N in (2, 3, 3):
        W = given.weights(rng, N)
        trials += [tables(W, -W), tables(W, W), tables(W, given.weights(rng, N))]
    return trials


def _moving(table: Any) -> Any:
    """Which updates change the state."""
    return table != np.arange(len(table))[:, None]


def _arrows_at_each_state_counted(one, two):
    """You compare how many arrows lead out of each state in the one, and into it in the other. These numbers
    may agree although the arrows join other states: compare the arrows themselves."""
    into = np.bincount(two[_moving(two)], minlength=len(two))
    return np.array_equal(into, _moving(one).sum(axis=1))


arrows_reversed = FunctionCheck(
    _arrows_reversed,
    _table_trials,
    [
        Mistake(
            "different instead of turned",
            lambda one, two: not np.array_equal(one, two),
            "You ask whether the tables differ. Every arrow of the one must come back, turned, in the other; "
            "that can hold for a table and itself.",
        ),
        Mistake(
            "direction lost",
            lambda one, two: _arrows(one) | _turned(_arrows(one)) == _arrows(two) | _turned(_arrows(two)),
            "You compare which states are joined. An arrow must lead the other way, not just between the "
            "same two states.",
        ),
        Mistake(
            "arrows to and fro left out",
            lambda one, two: _turned(_one_way(one)) == _one_way(two),
            "You leave out arrows that lead to and fro, and compare the others. To and fro are two arrows "
            "between different states: if the one has both of them, the other must have them, too.",
        ),
        Mistake(
            "a unit moves in one network only",
            lambda one, two: bool((_moving(one) != _moving(two)).all()),
            "You ask whether, in each state, a unit moves in exactly one of the two networks. With a tie it "
            "moves in neither, and the arrows may be turned all the same.",
        ),
        Mistake(
            "no arrow in common, and equally many",
            lambda one, two: not _arrows(one) & _arrows(two) and len(_arrows(one)) == len(_arrows(two)),
            "You ask whether the two have no arrow in common and equally many. The arrows may lead "
            "elsewhere; and one that leads to and fro is its own reverse.",
        ),
        Mistake(
            "turned, and no arrow in common",
            lambda one, two: _turned(_arrows(one)) == _arrows(two) and not _arrows(one) & _arrows(two),
            "You also ask that no arrow of the one is left in the other. One that leads to and fro is its "
            "own reverse: turned round, it is still there.",
        ),
        Mistake(
            "arrows out of each state counted, from the last state to the first",
            lambda one, two: np.array_equal(_moving(one).sum(1), _moving(two).sum(1)[::-1]),
            "You compare how many arrows leave each state, with one of the tables upside down. To turn an "
            "arrow is to exchange its two ends.",
        ),
        Mistake.of(_arrows_at_each_state_counted),
        Mistake(
            "stays compared as well",
            lambda one, two: _turned(_arrows(one, True)) == _arrows(two, True),
            "You turned the stays, too. An update that changes nothing is no arrow between different states.",
        ),
        Mistake(
            "stays taken for arrows to turn",
            lambda one, two: all(
                two[d, i] == c for c, row in enumerate(one.tolist()) for i, d in enumerate(row)
            ),
            "You ask every update of the one to be undone by the other, also those that change nothing. "
            "Only arrows "
            "between different states shall turn.",
        ),
        Mistake(
            "the order of the arrows compared as well",
            lambda one, two: [(d, c) for c, d in _in_order(one)] == _in_order(two),
            "You compare two lists of arrows. Lists are equal only if the order of their items is the same, "
            "too. For a set the order does not matter.",
        ),
        Mistake(
            "rows in reverse order",
            lambda one, two: np.array_equal(one, two[::-1]),
            "You turn the table upside down, so that its last state comes first. An arrow is turned when its "
            "two ends are exchanged.",
        ),
        Mistake(
            "equal instead of turned",
            lambda one, two: _arrows(one) == _arrows(two),
            "You compare the arrows as they are. One of the two sets must be turned round first.",
        ),
        Mistake(
            "one way only",
            lambda one, two: _turned(_arrows(one)) <= _arrows(two),
            "You make sure that every arrow of the one comes back in the other, but the other may have more.",
        ),
        Mistake(
            "the other way only",
            lambda one, two: _turned(_arrows(two)) <= _arrows(one),
            "You make sure that every arrow of the other comes from the one, but the one may have more.",
        ),
        Mistake(
            "only the first arrow",
            lambda one, two: next(
                (c in two[d] for c, row in enumerate(one.tolist()) for d in row if c != d), True
            ),
            "You look at the first arrow only. Does a `return` stand inside the loop?",
        ),
        Mistake(
            "only the last arrow",
            lambda one, two: [True, *(c in two[d] for c, d in _in_order(one))][-1],
            "You look at the last arrow only. Each turn of a loop overwrites what the one before has found: "
            "a single arrow that does not turn must be enough.",
        ),
        Mistake(
            "only the number of arrows",
            lambda one, two: len(_arrows(one)) == len(_arrows(two)),
            "You compare how many arrows there are. They may lead elsewhere.",
        ),
        Mistake(
            "only unit 1",
            lambda one, two: _turned(_arrows(one, units=[0])) == _arrows(two, units=[0]),
            "You compare the updates of unit 1, the first column. The graph has the arrows of all units.",
        ),
        Mistake(
            "only the last unit",
            lambda one, two: _turned(_arrows(one, units=[-1])) == _arrows(two, units=[-1]),
            "You compare the updates of the last unit only. The graph has the arrows of all units.",
        ),
        Mistake(
            "no arrow in common",
            lambda one, two: not _arrows(one) & _arrows(two),
            "You ask whether the two have no arrow in common. The arrows of the second may lead elsewhere, "
            "or be missing; and one that leads to and fro is its own reverse.",
        ),
        Mistake(
            "some arrow instead of all",
            lambda one, two: bool(_turned(_arrows(one)) & _arrows(two)),
            "You are content with a single arrow that is turned round. All of them must be.",
        ),
        Mistake(
            "always True",
            lambda one, two: True,
            "Your function answers True for every pair of tables. Network 1 and itself are a pair that does "
            "not turn.",
        ),
        Mistake(
            "always False",
            lambda one, two: False,
            "Your function answers False for every pair of tables. For networks 1 and 2 it should be True.",
        ),
        Mistake(
            "opposite answer",
            lambda one, two: _turned(_arrows(one)) != _arrows(two),
            "Your answer is right, but for its sense: True should mean that the arrows are reversed.",
        ),
        Mistake(
            "states without arrows compared",
            lambda one, two: _resting(one) == _resting(two),
            "You compare numbers of fixed points. A fixed point of the one is a state without arrows INTO "
            "it in "
            "the other, so these numbers are not even expected to agree.",
        ),
    ],
    [
        "Make a set of pairs (from, to) for each of the two tables: row c holds the states that c leads to.",
        "Leave out the pairs in which nothing changes.",
        "Turn the pairs of the first set round, and compare the two sets as a whole.",
    ],
    also=[_arrows_reversed_by_loops],
    praise="Right: arrows between different states, all of them, turned round.",
)


def _both(W: Any, ties: Any = "keep") -> bool:
    """Whether the arrows of -W are those of W reversed."""
    tables = [state_space.successors(Network(V), ties) for V in (W, -W)]
    return _arrows_reversed(*tables)


_ONE_SELF = np.array([[1, 0], [0, 0]])


def _asymmetric(v: Any, w: Any) -> str:
    """Which of two matrices is not symmetric, in words."""
    bad = [name for name, W in (("with_self_connection", v), ("with_tie", w)) if not symmetric(W)]
    return f"Not symmetric: {' and '.join(f'`{name}`' for name in bad)}." if bad else ""


def _unjoined(v: Any, w: Any) -> str:
    """Which of two matrices has no weight between two different units, in words."""
    bad = [
        name
        for name, W in (("with_self_connection", v), ("with_tie", w))
        if not given.without_diagonal(W).any()
    ]
    return f"No such weight: {' and '.join(f'`{name}`' for name in bad)}." if bad else ""


_EXCHANGED = "Your second one has some: have you exchanged the two?"


reversal_fails = ExampleCheck(
    "reversal_fails",
    ["with_self_connection", "with_tie"],
    (np.array([[1, 1], [1, 0]]), _FRIENDS),
    [
        *misfits(("with_self_connection", "with_tie"), 2, 6),
        Mistake(
            "not symmetric",
            (np.array([[1, 1], [0, 0]]), _FRIENDS),
            "Two symmetric matrices are asked for: `w_ij = w_ji` in both.",
            _asymmetric,
        ),
        Mistake(
            "no self-connection in the first",
            (np.array([[0, 1], [1, 0]]), _FRIENDS),
            "The first network shall fail because of a self-connection; yours has none.",
            lambda v, w: not np.diag(v).any() and (_EXCHANGED if np.diag(w).any() else True),
        ),
        Mistake(
            "a self-connection in the second",
            (_ONE_SELF, _ALL_ONE),
            "The second network shall fail because of the tie rule alone: no self-connections.",
            lambda v, w: bool(np.diag(w).any()),
        ),
        Mistake(
            "self-connection too weak",
            (np.array([[1, 2], [2, 0]]), _FRIENDS),
            "The arrows of your first network still turn: its self-connections never outvote or balance the "
            "other inputs.",
            lambda v, w: _both(v),
        ),
        Mistake(
            "no tie in the second",
            (_ONE_SELF, np.array([[0, 1], [1, 0]])),
            "In your second network no field is ever zero, so the rule for ties never speaks.",
            lambda v, w: bool(nonzero(w @ state_space.all_states(len(w)).T, w).all()),
        ),
        Mistake(
            "no weight between two units",
            (np.eye(2), np.zeros((2, 2))),
            "The arrows do not turn, but your units do not hear each other. Join at least two different "
            "units.",
            _unjoined,
        ),
    ],
    [
        "First matrix: the proof uses that the field of a unit is the same before and after it flips. "
        "What makes it differ?",
        "With a negative self-connection, a unit flips to and fro. What does it do when that sign is "
        "changed?",
        "Second matrix: what does a unit at -1 do in a tie in network W, and what in network -W?",
    ],
    limits=["2 to 6 units", "at least one weight between two different units", "No number beyond a million"],
    praise="Right: both conditions are needed. A self-connection, or a tie rule that takes sides, spoils "
    "the symmetry.",
)


# 6. the largest cut that recalls find


def _best_cut(edges, cues):
    N = cues.shape[1]
    weights = np.zeros((N, N))
    for i, j in edges:
        weights[i, j] = weights[j, i] = -1
    ends = Network(weights).recall(cues).final
    return max(sum(y[i] != y[j] for i, j in edges) for y in ends)


def _best_cut_by_hand(edges, cues):
    best = 0
    for cue in cues:
        state = cue.copy()
        moved = True
        while moved:
            moved = False
            for i in range(len(state)):
                h = 0
                for a, b in edges:
                    if a == i:
                        h -= state[b]
                    if b == i:
                        h -= state[a]
                if h * state[i] < 0:
                    state[i] = -state[i]
                    moved = True
        cut = 0
        for a, b in edges:
            if state[a] != state[b]:
                cut += 1
        best = max(best, cut)
    return best


def _cut(edges: Any, y: Any) -> int:
    return int((y[edges[:, 0]] != y[edges[:, 1]]).sum())


def _ends(edges: Any, cues: Any, weight: int = -1, both: bool = True) -> Any:
    """Where the recalls end in the network of a graph."""
    W = np.zeros((cues.shape[1],) * 2)
    W[edges[:, 0], edges[:, 1]] = weight
    return Network(W + W.T if both else W).recall(cues).final


def _cuts(edges: Any, states: Any) -> list[int]:
    return [_cut(edges, y) for y in states]


_CUBE = np.array([(c, c ^ bit) for c in range(8) for bit in (1, 2, 4) if not c & bit])


def _graph_trials(rng: np.random.Generator) -> Trials:
    """Random graphs, and cubes with cues that do and do not lead to the largest cut."""
    corners = np.arange(8)
    best = (-1) ** np.array([int(c).bit_count() for c in corners])
    stuck = best * np.where(corners & 4, 1, -1)  # 8 of 12 edges, and no unit wants to move
    trials = [(np.array(edges), np.array(cues)) for edges, cues in _GRAPHS]
    for cues in ([stuck], [stuck, best, stuck], [best, stuck, stuck], [stuck, -stuck, best]):
        names = rng.permutation(8)
        trials.append((names[_CUBE], np.array([y[np.argsort(names)] for y in cues])))
    for N in (4, 5, 7, 8):
        pairs = np.array(list(itertools.combinations(range(N), 2)))
        edges = rng.permutation(pairs)[: len(pairs) * 2 // 3]
        trials.append((edges, np.array([given.state(rng, N) for _ in range(3)])))
    return trials


_GRAPHS: list[tuple[Any, Any]] = [
    ([[0, 1]], [[1, 1]]),  # neighbours that jump together
    ([[1, 0]], [[-1, -1]]),
    ([[0, 1], [0, 2]], [[1, 1, -1]]),  # a unit that hears both ends
    ([[0, 1], [1, 2], [2, 0]], [[1, 1, 1]]),
    ([[0, 1], [1, 2], [2, 3]], [[1, 1, 1, -1]]),
    ([[0, 1], [1, 2], [2, 3]], [[1, 1, -1, -1]]),  # friends would be stuck here
    ([[0, 1], [1, 2], [1, 3]], [[1, 1, 1, 1]]),  # takes a second sweep
    ([[3, 1], [2, 1], [1, 0]], [[-1, -1, -1, -1]]),
    ([[0, 4], [0, 5], [1, 4], [1, 5], [2, 3], [3, 4], [3, 5]], [[1, 1, -1, -1, -1, 1]]),  # a third
    ([[0, 1]], [[1, 1, 1], [1, -1, 1]]),  # the last unit has no edge
    ([[1, 2]], [[1, 1, 1]]),  # nor has the first
    ([[1, 2], [2, 4], [4, 1]], [[1, 1, 1, 1, 1, 1], [-1, 1, -1, 1, 1, 1]]),
    ([[0, 1], [1, 2], [2, 3], [3, 4], [4, 5], [5, 0]], [[1, 1, -1, -1, 1, -1]]),  # stuck at 4 of 6
    # rings, of which an order from unit 0 upwards cuts all edges, or all but two
    ([[0, 1], [1, 2], [2, 3], [3, 4], [4, 5], [5, 0]], [[1, 1, 1, 1, 1, 1]]),
    ([[0, 2], [2, 3], [3, 1], [1, 4], [4, 5], [5, 0]], [[1, 1, 1, 1, 1, 1]]),
    ([[2, 3], [3, 0], [0, 5], [5, 4], [4, 1], [1, 2]], [[-1, -1, -1, -1, -1, -1]]),
    ([[0, 4], [4, 1], [1, 5], [5, 2], [2, 6], [6, 3], [3, 7], [7, 0]], [[1, 1, 1, 1, 1, 1, 1, 1]]),
    # ten rings at once: a random order would have to be lucky in all of them
    ([[6 * k + a, 6 * k + (a + 1) % 6] for k in range(10) for a in range(6)], [[1] * 60]),
]


best_cut = FunctionCheck(
    _best_cut,
    _graph_trials,
    [
        Mistake(
            "positive weights",
            lambda edges, cues: max(_cuts(edges, _ends(edges, cues, 1))),
            "Your edges are positive weights, so that their units agree. An edge is cut when its units "
            "differ.",
        ),
        Mistake(
            "weights in one direction only",
            lambda edges, cues: max(_cuts(edges, _ends(edges, cues, both=False))),
            "You set w_ij, but not w_ji. Without symmetric weights there is no energy that the recall "
            "lowers.",
        ),
        Mistake(
            "weights in the other direction only",
            lambda edges, cues: max(_cuts(edges, _ends(edges[:, ::-1], cues, both=False))),
            "You set w_ji, but not w_ij. Without symmetric weights there is no energy that the recall "
            "lowers.",
        ),
        Mistake(
            "a single sweep",
            lambda edges, cues: max(_cuts(edges, [given.sweep(_matrix(edges, len(y)), y) for y in cues])),
            "You update every unit once. A recall goes on, sweep after sweep, until no unit wants to move.",
        ),
        Mistake(
            "two sweeps",
            lambda edges, cues: max(
                _cuts(
                    edges,
                    [given.sweep(_matrix(edges, len(y)), y, [*range(len(y))] * 2) for y in cues],
                )
            ),
            "You update every unit twice. A recall goes on, sweep after sweep, until no unit wants to move.",
        ),
        Mistake(
            "a tie becomes +1",
            lambda edges, cues: max(
                _cuts(edges, Network(_matrix(edges, cues.shape[1])).recall(cues, ties=1).final)
            ),
            "Units with a field of zero become +1 in your recall. Leave the rule for ties as it is: they "
            "keep "
            "their value.",
        ),
        Mistake(
            "a tie becomes -1",
            lambda edges, cues: max(
                _cuts(edges, Network(_matrix(edges, cues.shape[1])).recall(cues, ties=-1).final)
            ),
            "Units with a field of zero become -1 in your recall. Leave the rule for ties as it is: they "
            "keep "
            "their value.",
        ),
        Mistake(
            "a random order",
            lambda edges, cues: max(
                _cuts(edges, Network(_matrix(edges, cues.shape[1])).recall(cues, "random", rng=0).final)
            ),
            "You update the units in a random order. Leave the order of updates as it is.",
        ),
        Mistake(
            "every pair connected",
            lambda edges, cues: max(_cuts(edges, Network(np.eye(cues.shape[1]) - 1).recall(cues).final)),
            "In your network all units are rivals of each other. Only the ends of an edge are.",
        ),
        Mistake(
            "whole rows of the weights",
            lambda edges, cues: max(
                _cuts(edges, Network(_whole_rows(edges, cues.shape[1])).recall(cues).final)
            ),
            "`W[edges]` means whole rows of the matrix, one for each number. An entry has two indices: the "
            "numbers of the row and of the column.",
        ),
        Mistake(
            "positive weights, and uncut edges counted",
            lambda edges, cues: max(len(edges) - n for n in _cuts(edges, _ends(edges, cues, 1))),
            "Your edges are positive weights, and you count those whose units agree. An edge is cut when its "
            "units differ.",
        ),
        Mistake(
            "units from the last to the first",
            lambda edges, cues: max(
                _cuts(edges, Network(_matrix(edges, cues.shape[1])).recall(cues, order=_back(cues)).final)
            ),
            "You go through the units from the last to the first. Leave the order of updates as it is.",
        ),
        Mistake(
            "units without an edge forgotten",
            lambda edges, cues: max(
                _cuts(edges, Network(_matrix(edges, edges.max() + 1)).recall(cues).final)
            ),
            "You read the number of units off the edges. A unit may have no edge, and still it has an "
            "entry in every cue: the cues know how many units there are.",
        ),
        Mistake(
            "units counted from 1",
            lambda edges, cues: max(_cuts(edges - 1, _ends(edges - 1, cues))),
            "You take 1 off the numbers in `edges`. They are counted from 0, as indices in Python are.",
        ),
        Mistake(
            "units of the weights counted from 1",
            lambda edges, cues: max(_cuts(edges, _ends(edges - 1, cues))),
            "For the weights you take 1 off the numbers in `edges`. They are counted from 0, as indices in "
            "Python are.",
        ),
        Mistake(
            "all edges counted",
            lambda edges, cues: len(edges),
            "What you return is the number of all edges. Those whose two ends lie on the same side are "
            "not cut.",
        ),
        Mistake(
            "pairs of units instead of edges",
            lambda edges, cues: max(int((y > 0).sum() * (y < 0).sum()) for y in _ends(edges, cues)),
            "You count all pairs of units on different sides. Only pairs with an edge between them count.",
        ),
        Mistake(
            "energy instead of cut",
            lambda edges, cues: min(len(edges) - 2 * n for n in _cuts(edges, _ends(edges, cues))),
            "You return the lowest energy. It counts uncut minus cut edges; the exercise asks for the cut "
            "ones.",
        ),
        Mistake(
            "energy with the other sign",
            lambda edges, cues: max(2 * n - len(edges) for n in _cuts(edges, _ends(edges, cues))),
            "You return minus the energy, cut edges minus uncut ones. The cut ones alone are asked for.",
        ),
        Mistake(
            "uncut edges counted",
            lambda edges, cues: min(len(edges) - n for n in _cuts(edges, _ends(edges, cues))),
            "You count the edges that stay whole, the unsatisfied weights. The others are the cut.",
        ),
        Mistake(
            "uncut edges counted, the most of them",
            lambda edges, cues: max(len(edges) - n for n in _cuts(edges, _ends(edges, cues))),
            "You count the edges that stay whole, and take the largest of these numbers. The other edges are "
            "the cut.",
        ),
        Mistake(
            "each edge counted twice",
            lambda edges, cues: 2 * max(_cuts(edges, _ends(edges, cues))),
            "Your number is twice the cut: in the matrix, every edge appears as w_ij and as w_ji.",
        ),
        Mistake(
            "cues not recalled",
            lambda edges, cues: max(_cuts(edges, cues)),
            "You cut the graph along the cues themselves. Let the network improve them first.",
        ),
        Mistake(
            "only the first cue",
            lambda edges, cues: _cuts(edges, _ends(edges, cues))[0],
            "You return what the first cue leads to. Another one may end in a larger cut.",
        ),
        Mistake(
            "only the last cue",
            lambda edges, cues: _cuts(edges, _ends(edges, cues))[-1],
            "You return what the last cue leads to. Keep the largest cut that you have met.",
        ),
        Mistake(
            "smallest instead of largest",
            lambda edges, cues: min(_cuts(edges, _ends(edges, cues))),
            "You return the smallest of the cuts that the recalls end in.",
        ),
        Mistake(
            "average",
            lambda edges, cues: float(np.mean(_cuts(edges, _ends(edges, cues)))),
            "You return the average over all cues. Only the best one counts here.",
        ),
        Mistake(
            "all cues added up",
            lambda edges, cues: sum(_cuts(edges, _ends(edges, cues))),
            "You added up the cuts of all cues.",
        ),
        Mistake(
            "every state tried",
            lambda edges, cues: max(_cuts(edges, state_space.all_states(cues.shape[1]))),
            "That is the largest cut there is. The exercise asks for the largest that the recalls find, "
            "which can "
            "be smaller: where does a recall stop?",
        ),
        Mistake(
            "one synchronous step",
            lambda edges, cues: max(
                _cuts(edges, [given.sign(Network(_matrix(edges, len(y))).field(y), y) for y in cues])
            ),
            "You updated all units at once, and once only. Two neighbours may then jump to the same side "
            "together.",
        ),
        Mistake(
            "all units at once",
            lambda edges, cues: max(
                _cuts(edges, Network(_matrix(edges, cues.shape[1])).recall(cues, "synchronous").final)
            ),
            "You updated all units at once, step by step. Rivals on the same side then jump together, to and "
            "fro: leave the order of updates as it is.",
        ),
        Mistake(
            "units on one side counted",
            lambda edges, cues: int((_ends(edges, cues) > 0).sum(axis=1).max()),
            "You count units. A cut is made of edges: those whose ends lie on different sides.",
        ),
    ],
    [
        "Which sign must a weight have so that its two units want to lie on different sides?",
        "`Network(weights).recall(cues).final` recalls all cues at once, one in each row.",
        "For each final state, count the edges whose two units differ; then take the largest count.",
    ],
    also=[_best_cut_by_hand],
    properties=[
        ("No cut has more edges than the graph.", lambda v, edges, cues: v <= len(edges)),
        ("A cut is a number of edges.", lambda v, edges, cues: v >= 0 and float(v).is_integer()),
    ],
    praise="Right: rivals want to lie on different sides, and each recall goes downhill to a cut that no "
    "single unit can improve.",
)


def _back(cues: Any) -> Any:
    return np.arange(cues.shape[1])[::-1]


def _whole_rows(edges: Any, N: int) -> Any:
    """What `W[edges] = -1` makes of the zeros."""
    W = np.zeros((N, N))
    W[edges] = -1
    return W


def _matrix(edges: Any, N: int) -> Any:
    W = np.zeros((N, N))
    W[edges[:, 0], edges[:, 1]] = W[edges[:, 1], edges[:, 0]] = -1
    return W


# 7. open: as many fixed points as possible

_RIVALS = 7  # weights that may be negative
RECORD = 20  # of all 2^15 choices of signs for six units; a test tries them


def _resting_states(w: Any) -> int:
    return len(state_space.fixed_points(Network(w)))


def _record_praise(w: Any) -> str:
    found = _resting_states(w)
    if found == RECORD:
        return (
            f"{found} fixed points: that is the record. All 32 768 choices of signs have been tried, and "
            f"none "
            "has more. Can you say what your network looks like after a gauge transformation, and why it is "
            "so good?"
        )
    return f"{found} fixed points, more than almost all networks of this kind. It is not the record yet."


_SIX_FRIENDS = np.ones((6, 6), int) - np.eye(6, dtype=int)


def _with_enemies(*pairs: tuple[int, int]) -> Any:
    """Six friends, but for these pairs."""
    W = _SIX_FRIENDS.copy()
    for i, j in pairs:
        W[i, j] = W[j, i] = -1
    return W


many_fixed_points = ExampleCheck(
    "many_fixed_points",
    ["weights"],
    (frustration.gauge(-_SIX_FRIENDS, [1, 1, 1, -1, -1, -1]).astype(int),),
    [
        *misfits(("weights",), 6, 6, np.inf),
        Mistake(
            "not symmetric",
            (np.triu(_SIX_FRIENDS) - np.tril(_SIX_FRIENDS),),
            _SYMMETRIC,
            lambda w: not symmetric(w),
        ),
        Mistake(
            "self-connections",
            (_SIX_FRIENDS + np.eye(6, dtype=int),),
            "The diagonal shall be zero: with strong self-connections every state would be a fixed point.",
            lambda w: bool(np.diag(w).any()),
        ),
        Mistake(
            "missing weights",
            (_ring(1, 1, 1, 1, 1, 1),),
            "Every pair shall be connected. With weights of zero there are ties, and ties make fixed points "
            "cheap.",
            lambda w: bool((w[np.triu_indices(6, 1)] == 0).any()),
        ),
        Mistake(
            "weights of other sizes",
            (2 * _SIX_FRIENDS,),
            "Every weight between two units shall be +1 or -1.",
            lambda w: bool((np.abs(w[np.triu_indices(6, 1)]) != 1).any()),
        ),
        Mistake(
            "too many rivals",
            (-_SIX_FRIENDS,),
            "More than seven of your weights are negative. Rivals throughout have many fixed points, but are "
            "not allowed: is there a network with mostly friends that has as many?",
            lambda w: _negative_pairs(w) > _RIVALS and f"Yours has {_resting_states(w)} fixed points.",
        ),
        Mistake(
            "not frustrated",
            (_SIX_FRIENDS,),
            "This network can satisfy all its weights, so it has a pattern, its inverse and no other place "
            "to rest.",
            _satisfied,
        ),
        Mistake(
            "two fixed points",
            (_with_enemies((0, 1)),),
            "It is frustrated, and still has two fixed points only: a little frustration changes nothing "
            "yet.",
            lambda w: _resting_states(w) == 2,
        ),
        Mistake(
            "too few",
            (_with_enemies((0, 1), (2, 3), (4, 5)),),
            "That is more than two, but fewer than twelve. Most choices of signs do no better; a few do.",
            lambda w: _resting_states(w) < 12 and f"Yours has {_resting_states(w)} fixed points.",
        ),
    ],
    [
        "There are 2^15 choices of signs. Draw some thousands of them at random and keep the best with few "
        "enough rivals.",
        "Or climb: change the sign of one pair, keep the change if there are no fewer fixed points, and "
        "repeat.",
        "Or think: the more frustrated, the more places to rest. Which network has as many frustrated "
        "triangles as there can be? And how few rivals can it have after a gauge transformation?",
    ],
    limits=["Six units", "at most seven", "twelve"],
    praise=_record_praise,
)
