"""Checks of chapter 13: log-sum-exp energy, softmax step, features that freeze, attention, stable states."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from hopfield_edu import modern
from hopfield_edu.feedback import _inputs as given
from hopfield_edu.feedback._core import ExampleCheck, FunctionCheck, Mistake, TableCheck

Trials = list[tuple[Any, ...]]
Array = NDArray[np.float64]


# 1. one step by hand; with beta = ln 2 every exponential is a power of 2

_X = np.array([[2.0, 0.0], [0.0, 1.0], [0.0, -1.0]])
_QUERIES = {"a": (1, 0), "b": (0, 1), "c": (0, 0), "d": (-1, 2)}


def _rows(
    shares: Any, patterns: Array = _X, average: Any = lambda p: [2 * p[0], p[1] - p[2]]
) -> dict[str, list[float]]:
    """For every query its similarities, shares p = shares(z), and the state that they average to."""
    table = {}
    for name, query in _QUERIES.items():
        z = patterns @ np.array(query, float)
        p = np.asarray(shares(z), float)
        table[name] = [*map(float, z), *map(float, p), *map(float, average(p))]
    return table


def _by_halves(z: Array) -> Array:
    z = np.asarray(z, float)  # a learner's entry may be a whole number of any size
    return 2**z / (2**z).sum()


def _with_zero(z: Array) -> Array:
    """Shares in which 2^0 counts as 0, where another power is left."""
    e = np.where(z == 0, 0, 2.0**z)
    return e / e.sum() if e.any() else e


def _without_negatives(z: Array) -> Array:
    """Shares in which a negative similarity counts for nothing."""
    e = np.where(z < 0, 0, 2.0**z)
    return e / e.sum()


def _averaged_otherwise(state: Any) -> dict[str, list[float]]:
    """The right shares, and in the place of the new state `state(query, z, p)`."""
    table = _rows(_by_halves)
    for name, (*z, p1, p2, p3, _, _) in table.items():
        query, shares = np.array(_QUERIES[name], float), np.array([p1, p2, p3])
        table[name][6:] = map(float, state(query, np.array(z), shares))
    return table


def _share_of(k: int) -> Any:
    """The share of pattern k that follows from the similarities of a row."""
    return lambda row, entries: float(_by_halves(np.array([entries[z] for z in ("z1", "z2", "z3")]))[k])


attention_table = TableCheck(
    "attention_table",
    _rows(_by_halves),
    ["z1", "z2", "z3", "p1", "p2", "p3", "new y1", "new y2"],
    [
        Mistake(
            "beta forgotten",
            _rows(lambda z: np.exp(z) / np.exp(z).sum()),
            "These are shares for beta = 1. Here beta = ln 2, so e^(beta z) is a power of 2.",
        ),
        Mistake(
            "not divided by the sum",
            _rows(lambda z: 2**z),
            "Your shares do not add up to 1: divide each power by the sum of all three.",
        ),
        Mistake(
            "not divided by the sum in row c",
            _rows(_by_halves) | {"c": [0, 0, 0, 1, 1, 1, 2 / 3, 0]},
            "In row c your shares add up to 3. Shares of one whole add up to 1.",
        ),
        Mistake(
            "argmax instead of softmax",
            _rows(lambda z: (z == z.max()) / (z == z.max()).sum()),
            "You gave everything to the best match. That is the limit of large beta; here all three count.",
        ),
        Mistake(
            "shares without exponentials",
            _rows(lambda z: z / z.sum() if z.sum() else z),
            "Shares proportional to the similarities themselves may be negative. The exponential comes "
            "first.",
        ),
        Mistake(
            "the opposite sign in the exponent",
            _rows(lambda z: _by_halves(-z)),
            "The least similar pattern gets most of your attention: the exponent has the wrong sign.",
        ),
        Mistake(
            "first pattern of length 1",
            _rows(_by_halves, np.array([[1.0, 0.0], [0.0, 1.0], [0.0, -1.0]])),
            "Your z1 is half of what it should be: the first pattern is (2, 0), not (1, 0).",
        ),
        Mistake(
            "first share for the first component",
            _rows(_by_halves, average=lambda p: [p[0], p[1] - p[2]]),
            "The new state is an average of the patterns, and the first of them has length 2.",
        ),
        Mistake(
            "sign of the third pattern lost",
            _rows(_by_halves, average=lambda p: [2 * p[0], p[1] + p[2]]),
            "The third pattern is (0, -1): its share counts against that of the second.",
        ),
        Mistake(
            "third pattern without its sign",
            _rows(
                _by_halves, np.array([[2.0, 0.0], [0.0, 1.0], [0.0, 1.0]]), lambda p: [2 * p[0], p[1] + p[2]]
            ),
            "The third pattern is (0, -1), not (0, 1): both its similarity and its share in the new state "
            "have the other sign.",
        ),
        Mistake(
            "best pattern as the new state",
            _averaged_otherwise(lambda y, z, p: _X[p.argmax()]),
            "Your new state is the best match itself. It is the average of all three, weighted with their "
            "shares.",
        ),
        Mistake(
            "best pattern as the new state, a tie shared",
            _averaged_otherwise(lambda y, z, p: _X[p == p.max()].mean(axis=0)),
            "Your new state is the best match itself, where there is one. It is the average of all three, "
            "weighted with their shares.",
        ),
        Mistake(
            "added to the old state",
            _averaged_otherwise(lambda y, z, p: y + p @ _X),
            "You added the average to the query, as a residual connection does. Here it replaces it.",
        ),
        Mistake(
            "weighted with the similarities",
            _averaged_otherwise(lambda y, z, p: z @ _X),
            "You weighted the patterns with their similarities. It is the shares that they are weighted "
            "with.",
        ),
        Mistake(
            "weighted with the powers",
            _averaged_otherwise(lambda y, z, p: 2**z @ _X),
            "You weighted the patterns with the powers of 2, not yet divided by their sum.",
        ),
        Mistake(
            "powers of the sizes",
            _rows(lambda z: _by_halves(np.abs(z))),
            "A negative exponent makes a small power: the sign of z counts.",
        ),
        Mistake(
            "negative powers",
            _rows(
                lambda z: (
                    np.where(z < 0, -1, 1) * 2 ** np.abs(z) / (np.where(z < 0, -1, 1) * 2 ** np.abs(z)).sum()
                )
            ),
            "A negative exponent does not make the power negative: it turns it upside down.",
        ),
        Mistake(
            "power zero taken as 0",
            _rows(_with_zero),
            "What is any number to the power 0?",
        ),
        Mistake(
            "power zero taken as 0, except in row c",
            _rows(lambda z: _with_zero(z) if z.any() else _by_halves(z)),
            "In row c each power counts as 1; elsewhere a similarity of 0 gets no share. What is any number "
            "to the power 0?",
        ),
        Mistake(
            "no share for a negative similarity",
            _rows(_without_negatives),
            "You give no attention where z is negative. A power with a negative exponent is small, but not "
            "zero.",
        ),
        Mistake(
            "no attention at zero",
            _rows(_by_halves) | {"c": [0.0] * 8},
            "The query of zeros prefers no pattern. Its three powers are there all the same: what is any "
            "number to the power 0?",
        ),
        Mistake(
            "powers of 10",
            _rows(lambda z: 10**z / (10**z).sum()),
            "Your powers are powers of 10. With beta = ln 2 the base is 2.",
        ),
        Mistake(
            "twice beta",
            _rows(lambda z: _by_halves(2 * z)),
            "Your powers are powers of 4. With beta = ln 2 the base is 2.",
        ),
    ],
    [
        "z is the inner product of the query with each pattern; the first pattern is (2, 0).",
        "e^(z ln 2) = 2^z. Write the three powers of 2, then divide each by their sum.",
        "The new state is p1 (2, 0) + p2 (0, 1) + p3 (0, -1).",
    ],
    properties=[
        (
            "A share lies between 0 and 1.",
            lambda entry, row, column: not column.startswith("p") or 0 <= entry <= 1,
        ),
    ],
    follow={
        **{f"p{k + 1}": _share_of(k) for k in range(3)},
        "new y1": lambda row, entries: 2 * entries["p1"],
        "new y2": lambda row, entries: entries["p2"] - entries["p3"],
    },
    praise="Right. Compare, weigh, average: you have computed twelve shares of attention by hand.",
)


# 2. the energy

_CLOSE = np.array([[30.0, 1.0], [30.0, -1.0]])  # two exponents, both beyond what exp can do,
_FAR = np.array([30.0, 1.0])  # 901 and 899; with a minus sign both are far below zero
_LADDER = np.array([[3.0], [10.0]])  # from the state -100: -300 and -1000, of which one is too far
_STEEP = np.array([[0.0], [10.0]])  # from the state 100: 0 and 1000, so far apart that a mean does not do


def _lse(z: Array, beta: float) -> float:
    top = z.max()
    return float(top + np.log(np.exp(beta * (z - top)).sum()) / beta)


def _lse_energy(patterns, state, beta):
    return -_lse(patterns @ state, beta) + state @ state / 2


def _energy_trials(rng: np.random.Generator) -> Trials:
    """The example, a single pattern, negative similarities, and exponents far beyond exp on either side."""
    fixed = [
        ([[1, 0], [0, 1]], [1, 1], 1.0),
        ([[2.0]], [-0.5], 0.5),
        ([[1.0, 0.5], [-2.0, 1.0]], [-1.0, -0.5], 2.0),
        ([[1.0, -1.0], [0.5, 0.5], [0.0, 2.0]], [0.5, -1.0], 0.5),
        (_LADDER, [-100.0], 1.0),
        (_STEEP, [100.0], 1.0),
        (_STEEP[::-1], [100.0], 1.0),
        (_STEEP, [30.0], 4.0),  # exponents 0 and 1200: the mean does, the largest z without beta does not
        ([[1, 2], [0, 1]], [1, 1], 0.5),  # whole numbers, which an array made like them inherits
        (_CLOSE, _FAR, 1.0),
        (_CLOSE, -_FAR, 1.0),
        (_CLOSE / 10, 10 * _FAR, 0.5),
    ]
    trials: Trials = [(np.array(x), np.array(y), beta) for x, y, beta in fixed]
    for M, N, beta in ((2, 2, 0.5), (3, 3, 2.0), (4, 2, 3.0), (2, 5, 0.3)):
        new = (np.zeros((M, N)), np.zeros(N), beta)
        while abs(_lse_energy(*new)) < 0.5 or not new[1].any():  # near zero, single precision says little
            new = (rng.normal(size=(M, N)).round(1), rng.normal(size=N).round(1), beta)
        trials.append(new)
    big = rng.choice([-1.0, 1.0], (3, 40))
    return [*trials, (big, 2 * big[0], 20.0), (big, -3 * big[1], 15.0)]


_SHIFTS = [  # what is taken out of the exponents (K, M) in the place of the largest of each row
    (
        "one maximum for all rows",
        lambda z: z.max(),
        "You subtract the largest exponent of all rows together. In a row far below it all exponentials "
        "become zero, and 0/0 is no number: every row has its own largest exponent.",
    ),
    (
        "largest size subtracted",
        lambda z: np.abs(z).max(axis=1, keepdims=True),
        "You subtract the largest absolute value. Where all exponents are far below zero, they then are "
        "twice as far, and every exponential is zero. It is the largest with its sign that counts.",
    ),
    (
        "maximum never below zero",
        lambda z: np.maximum(z.max(axis=1, keepdims=True), 0),
        "You subtract the largest exponent on the positive side only. Where all are far below zero, "
        "every exponential is zero: bring the largest one up to zero as well.",
    ),
    (
        "mean subtracted",
        lambda z: z.mean(axis=1, keepdims=True),
        "You subtract the mean of the exponents. Where they are far apart, the largest still overflows: only "
        "if you subtract the largest is no exponent above zero.",
    ),
    (
        "minimum subtracted",
        lambda z: z.min(axis=1, keepdims=True),
        "You subtract the smallest exponent. Then all the others are above zero and may overflow.",
    ),
    (
        "first one subtracted",
        lambda z: z[:, :1],
        "You subtract the first exponent, whatever its size. Where another one is much larger, it overflows: "
        "only if you subtract the largest is no exponent above zero.",
    ),
]

_CLIPPED = (
    "Your limit prevents the overflow, but two exponents beyond it count alike, however much they differ. "
    "Subtracting the largest one changes nothing."
)


def _huge(e: Array) -> Array:
    """Infinity becomes the largest float there is."""
    return np.nan_to_num(e)


_EXPONENTIALS = [  # how the exponentials of (K, M) are kept from overflowing, in vain
    ("no maximum subtracted", np.exp, ""),  # with a text of its own in every exercise
    ("exponents clipped", lambda z: np.exp(np.clip(z, -700, 700)), _CLIPPED),
    ("exponents capped", lambda z: np.exp(np.minimum(z, 700)), _CLIPPED),
    (
        "infinities made finite",
        lambda z: _huge(np.exp(z)),
        "You turn infinities into the largest float. Two exponents that overflow then count alike. "
        "Subtract the largest exponent, and there is no infinity to mend.",
    ),
]


def _shifted_energy(shift):
    """The energy with something else than the maximum taken out of the sum, and put back."""

    def energy(x, y, b):
        z = b * (x @ y)[None]
        top = np.asarray(shift(z)).reshape(-1)[0]
        return float(-(top + np.log(np.exp(z - top).sum())) / b + y @ y / 2)

    return energy


def _plain_energy(exp):
    """The energy with nothing taken out of the sum, and some other exponential."""
    return lambda x, y, b: float(-np.log(exp(b * (x @ y)).sum()) / b + y @ y / 2)


def _energy_by_patterns(patterns, state, beta):
    z = []
    for pattern in patterns:
        product = 0.0
        for i in range(len(state)):
            product += pattern[i] * state[i]
        z.append(product)
    total = 0.0
    for value in z:
        total += np.exp(beta * (value - max(z)))
    energy = -max(z) - np.log(total) / beta
    for value in state:
        energy += 0.5 * value**2
    return energy


_WHOLE = (
    "You write real numbers into an array of whole ones, which cuts off all that follows the point. "
    "`np.zeros_like` copies the type of its argument, too: ask for floats."
)

_SUM_OF_LOGS = (
    "You take the logarithm of every exponential, and add up then: that only brings the exponents back. The "
    "lse is the logarithm of the sum."
)


def _finite_or_zero(energy: float) -> float:
    return energy if np.isfinite(energy) else 0.0


def _largest_where_it_overflows(x: Array, y: Array, b: float, below: bool) -> float:
    """The plain energy; where it is infinite (`below`: or all exponentials vanish) the largest one alone."""
    plain = _plain_energy(np.exp)(x, y, b)
    infinite = not np.isfinite(plain) and (below or plain < 0)
    return float(-(x @ y).max() + y @ y / 2) if infinite else plain


def _sum_of_logs(e: Array, beta: float) -> float:
    return float((e.max() + np.log(np.exp(e - e.max())).sum()) / beta)


def _whole_exponentials(z: Array, beta: float) -> float:
    """Minus the lse, its exponentials in an array of the type of the similarities."""
    e = np.exp(beta * (z - z.max())).astype(z.dtype)
    return -float(z.max() + np.log(e.sum()) / beta)


def _energy_without_beta_in_the_maximum(x: Array, y: Array, b: float) -> float:
    top = (x @ y).max()
    return -float(top + np.log(np.exp(b * (x @ y) - top).sum())) / b + y @ y / 2


lse_energy = FunctionCheck(
    _lse_energy,
    _energy_trials,
    [
        Mistake(
            "no maximum subtracted",
            given.quietly(lambda x, y, b: -np.log(np.exp(b * (x @ y)).sum()) / b + y @ y / 2),
            "On paper this is right. But e^710 is already too large for a float: pull the largest similarity "
            "out of the sum first, so that no exponent is above zero.",
        ),
        Mistake(
            "maximum not added back",
            lambda x, y, b: -(_lse(x @ y, b) - (x @ y).max()) + y @ y / 2,
            "You subtracted the largest similarity inside the exponentials. Outside the logarithm it must "
            "come back, or every state has a different zero of energy.",
        ),
        Mistake(
            "one half missing",
            lambda x, y, b: -_lse(x @ y, b) + y @ y,
            "The parabola has a factor one half; without it the slope of the energy is not y - X'p.",
        ),
        Mistake(
            "sign of the log-sum-exp",
            lambda x, y, b: _lse(x @ y, b) + y @ y / 2,
            "States that resemble a pattern must lie low: the lse carries a minus sign.",
        ),
        Mistake(
            "sign of the whole energy",
            lambda x, y, b: -_lse_energy(x, y, b),
            "This is minus the energy: the parabola must hold the state back, not push it away.",
        ),
        Mistake(
            "parabola missing",
            lambda x, y, b: -_lse(x @ y, b),
            "Without the parabola the energy falls for ever as the state grows.",
        ),
        Mistake(
            "sign of the parabola",
            lambda x, y, b: -_lse(x @ y, b) - y @ y / 2,
            "A parabola with a minus sign pushes the state to infinity instead of holding it back.",
        ),
        Mistake(
            "beta forgotten",
            lambda x, y, b: -_lse(x @ y, 1.0) + y @ y / 2,
            "This is the energy for beta = 1, whatever beta is.",
        ),
        Mistake(
            "1/beta forgotten",
            lambda x, y, b: -b * _lse(x @ y, b) + y @ y / 2,
            "Your lse is beta times too large. The exponent holds beta, and the logarithm gives it back: it "
            "is divided by beta, once.",
        ),
        Mistake(
            "multiplied by beta",
            lambda x, y, b: -(b**2) * _lse(x @ y, b) + y @ y / 2,
            "You multiply the logarithm by beta. The exponent holds beta, and the logarithm gives it back: "
            "it is divided by beta.",
        ),
        *(
            Mistake(
                name,
                lambda x, y, b, f=factor: f(b) * -(x @ y).max() + _lse(x @ y, b) - (x @ y).max() + y @ y / 2,
                "The minus sign stands before the largest exponent alone. It belongs to the whole lse: put "
                "it in brackets.",
            )
            for name, factor in (
                ("minus sign before the largest alone", lambda b: 1),
                ("minus sign before the largest exponent alone", lambda b: b),
            )
        ),
        Mistake(
            "beta only before the logarithm",
            lambda x, y, b: -_lse(x @ y, 1.0) / b + y @ y / 2,
            "1/beta is there, but the exponents lack their beta.",
        ),
        Mistake(
            "mean in place of the sum",
            lambda x, y, b: -_lse(x @ y, b) + np.log(len(x)) / b + y @ y / 2,
            "You took the mean of the exponentials. It differs by a constant, log(M)/beta, which this "
            "exercise "
            "leaves out.",
        ),
        *(
            Mistake(name, given.quietly(_shifted_energy(shift)), text)
            for name, shift, text in _SHIFTS[1:]  # the first needs several rows
        ),
        *(Mistake(name, given.quietly(_plain_energy(exp)), text) for name, exp, text in _EXPONENTIALS[1:]),
        *(
            Mistake(f"exponents {verb} at {limit}", given.quietly(_plain_energy(exp)), _CLIPPED)
            for limit in (709, 600, 500, 100)  # the energy tells which limit was taken
            for verb, exp in (
                ("clipped", lambda z, limit=limit: np.exp(np.clip(z, -limit, limit))),
                ("capped", lambda z, limit=limit: np.exp(np.minimum(z, limit))),
            )
        ),
        Mistake(
            "NaN and infinity replaced",
            given.quietly(lambda x, y, b: float(np.nan_to_num(_plain_energy(np.exp)(x, y, b)))),
            "You replace infinity by a number afterwards. That makes the energy finite, not right: no "
            "exponential may overflow in the first place.",
        ),
        Mistake(
            "infinity replaced by zero",
            given.quietly(lambda x, y, b: _finite_or_zero(_plain_energy(np.exp)(x, y, b))),
            "You replace infinity by a number afterwards. That makes the energy finite, not right: no "
            "exponential may overflow in the first place.",
        ),
        *(
            Mistake(
                name,
                given.quietly(lambda x, y, b, below=below: _largest_where_it_overflows(x, y, b, below)),
                "Where an exponential overflows you take the largest similarity alone. The others count "
                "there, too, if they are close to it. With the largest one subtracted one formula does for "
                "all.",
            )
            for name, below in (
                ("largest alone where it overflows", False),
                ("largest alone where it overflows or vanishes", True),
            )
        ),
        Mistake(
            "sum of the logarithms",
            given.quietly(lambda x, y, b: -_sum_of_logs(b * (x @ y), b) + y @ y / 2),
            _SUM_OF_LOGS,
        ),
        Mistake(
            "sum of the logarithms, nothing subtracted",
            given.quietly(lambda x, y, b: -float(np.log(np.exp(b * (x @ y))).sum() / b) + y @ y / 2),
            _SUM_OF_LOGS,
        ),
        Mistake(
            "first pattern only",
            lambda x, y, b: -(x @ y)[0] + y @ y / 2,
            "Your log-sum-exp knows the first pattern only. The sum runs over all of them.",
        ),
        Mistake(
            "first pattern only, nothing subtracted",
            given.quietly(lambda x, y, b: -float(np.log(np.exp(b * (x @ y)[0])) / b) + y @ y / 2),
            "Your log-sum-exp knows the first pattern only. The sum runs over all of them.",
        ),
        Mistake(
            "whole numbers only",
            lambda x, y, b: _whole_exponentials(x @ y, b) + y @ y / 2,
            _WHOLE,
        ),
        Mistake(
            "exponents of whole numbers",
            lambda x, y, b: -_lse((b * (x @ y)).astype((x @ y).dtype), 1.0) / b + y @ y / 2,
            _WHOLE,
        ),
        Mistake(
            "largest similarity in place of the log-sum-exp",
            lambda x, y, b: -(x @ y).max() + y @ y / 2,
            "You took the largest similarity alone. That is the limit of large beta; here all of them count.",
        ),
        Mistake(
            "average similarity in place of the log-sum-exp",
            lambda x, y, b: -float(given.shares(b * x @ y) @ (x @ y)) + y @ y / 2,
            "You averaged the similarities with the shares. The lse is the logarithm of the sum itself.",
        ),
        Mistake(
            "the opposite sign in the exponent",
            lambda x, y, b: -_lse(-x @ y, b) + y @ y / 2,
            "States that resemble no pattern lie low here: the exponent has the wrong sign.",
        ),
        Mistake(
            "square of the state forgotten",
            lambda x, y, b: -_lse(x @ y, b) + np.sqrt(y @ y) / 2,
            "You took half the length of the state. The parabola has its square, y·y.",
        ),
        Mistake(
            "sizes in place of squares",
            lambda x, y, b: -_lse(x @ y, b) + np.abs(y).sum() / 2,
            "You added up the sizes of the entries. The parabola has their squares, y·y.",
        ),
        Mistake(
            "mean of the squares",
            lambda x, y, b: -_lse(x @ y, b) + (y**2).mean() / 2,
            "You took the mean of the squares. y·y is their sum.",
        ),
        Mistake(
            "parabola times beta",
            lambda x, y, b: -_lse(x @ y, b) + b * (y @ y) / 2,
            "You multiplied the parabola by beta as well. beta stands in the lse alone.",
        ),
        Mistake(
            "beta only under the fraction line",
            lambda x, y, b: (
                -float((x @ y).max() + np.log(np.exp(x @ y - (x @ y).max()).sum()) / b) + y @ y / 2
            ),
            "You divide by beta, but the exponents lack it.",
        ),
        Mistake(
            "sum of the similarities",
            lambda x, y, b: -(x @ y).sum() + y @ y / 2,
            "You added the similarities up. The logarithm of a sum of exponentials is not the sum of the "
            "exponents.",
        ),
        Mistake(
            "one added under the logarithm",
            lambda x, y, b: (
                -float((x @ y).max() + np.log1p(np.exp(b * (x @ y - (x @ y).max())).sum()) / b) + y @ y / 2
            ),
            "You take the logarithm of 1 + the sum, as `np.log1p` does. The sum itself is meant.",
        ),
        Mistake(
            "logarithm to base 10",
            lambda x, y, b: (
                -float((x @ y).max() + np.log10(np.exp(b * (x @ y - (x @ y).max())).sum()) / b) + y @ y / 2
            ),
            "The lse undoes the exponential: it needs the natural logarithm, `np.log`.",
        ),
        Mistake(
            "largest norm added",
            lambda x, y, b: _lse_energy(x, y, b) + (x**2).sum(axis=1).max() / 2,
            "You added half the largest square norm of a pattern, a constant that keeps the energy above "
            "zero. Here it is asked for without.",
        ),
        Mistake(
            "maximum added back without 1/beta",
            lambda x, y, b: -(_lse(x @ y, b) - (x @ y).max() + b * (x @ y).max()) + y @ y / 2,
            "You took the maximum of beta z out of the sum and added it back after the division by beta. "
            "It belongs inside: the whole logarithm is divided.",
        ),
        Mistake(
            "maximum without beta",
            given.quietly(_energy_without_beta_in_the_maximum),
            "On paper this is right. But you subtract the largest z from beta z: for a beta above 1 the "
            "exponent may stay far above zero. Which is the largest of the exponents themselves?",
        ),
        Mistake(
            "maximum divided by beta twice",
            lambda x, y, b: -(_lse(x @ y, b) - (x @ y).max() + (x @ y).max() / b) + y @ y / 2,
            "Your maximum is one of z itself, without beta, and you divide it by beta when it comes back.",
        ),
        Mistake(
            "constants of the library",
            lambda x, y, b: _lse_energy(x, y, b) + np.log(len(x)) / b + (x**2).sum(axis=1).max() / 2,
            "This is the energy as the library gives it, with two constants that keep it from being "
            "negative. Here it is asked for without them.",
        ),
        Mistake(
            "patterns transposed",
            lambda x, y, b: _lse_energy(x.T, y, b),
            "Patterns are rows. You multiplied the state with columns, which works only if M = N.",
        ),
    ],
    [
        "Three lines: the similarities z, their log-sum-exp, and the energy.",
        "`patterns @ state` gives all M similarities at once.",
        "lse = top + log(sum(exp(beta (z - top)))) / beta with top = max z: why is that the same number?",
    ],
    also=[_energy_by_patterns],
    praise="Right, also where the plain formula would overflow.",
)


# 3. the step, for a batch


def _softmax_step(patterns, states, beta):
    return given.shares(beta * states @ patterns.T) @ patterns


def _untied(rng: np.random.Generator, *shapes: tuple[int, int]) -> list[Array]:
    """Random rows; each of the first array has a single best match in the second (argmax has no choice)."""
    while True:
        rows, others, *rest = (rng.normal(size=shape).round(1) for shape in shapes)
        best = np.sort(rows @ others.T, axis=1)
        if (best[:, -1] - best[:, -2] > 0.01).all():
            return [rows, others, *rest]


def _step_trials(rng: np.random.Generator) -> Trials:
    """States of whole numbers, one of everything, and rows far apart and far below zero."""
    fixed = [
        ([[1], [-1]], [[2], [1]], 0.5),
        ([[1.0, 2.0]], [[0.5, -1.0]], 1.0),
        ([[2.0, 0.0], [0.0, 1.0], [0.0, -1.0]], [[1.0, 0.5]], 0.5),
        ([[1.0, 0.5], [-1.0, 2.0]], [[0.5, 1.0], [-1.0, 0.0]], 2.0),
        (_LADDER, [[-100.0], [0.5]], 1.0),
        (_STEEP, [[100.0]], 1.0),
        ([[6.0], [8.0]], [[10.0]], 1.0),
        (_CLOSE, [_FAR, -_FAR], 1.0),
        ([[400.0, 1.0], [-400.0, 1.0]], [[2.0, 0.0]], 1.0),
    ]
    trials: Trials = [(np.array(x), np.array(y), beta) for x, y, beta in fixed]
    trials += [
        (*_untied(rng, (B, N), (M, N))[::-1], beta)
        for M, N, B, beta in ((2, 2, 2, 2.0), (2, 3, 2, 0.5), (3, 3, 3, 1.5), (4, 3, 2, 3.0), (3, 5, 4, 0.7))
    ]
    big = rng.choice([-1.0, 1.0], (3, 40))
    far = np.array([30.0 * big[0], 0.01 * big[1]])
    return [*trials, (big, far, 1.0), (big, far, 0.2)]


def _plain(e):
    """Shares of exponentials that are given."""
    return e / e.sum(axis=1, keepdims=True)


def _argmax_for_nan(p: Array, z: Array) -> Array:
    """All to the best match where a share is no number."""
    return np.where(np.isnan(p), np.eye(z.shape[1])[z.argmax(axis=1)], p)


def _by_all(e):
    """Exponentials, divided by the sum over the whole array."""
    return e / e.sum()


def _weighed(score, average):
    """Mistakes in weighing, shared by the step and by attention.

    `score(*args)` makes the exponents (K, M), `average(p, *args)` the result of shares p.
    """

    def mistake(name, weigh, text):
        return Mistake(name, given.quietly(lambda *args: average(weigh(score(*args)), *args)), text)

    return [
        *(mistake(name, lambda z, f=shift: _plain(np.exp(z - f(z))), text) for name, shift, text in _SHIFTS),
        *(mistake(name, lambda z, f=exp: _plain(f(z)), text) for name, exp, text in _EXPONENTIALS[1:]),
        mistake(
            "no maximum subtracted",
            lambda z: _plain(np.exp(z)),
            "On paper this is right. But for large numbers the exponentials overflow, and infinity divided "
            "by infinity is no number. Subtract each row's largest exponent first: numerator and denominator "
            "change by the same factor.",
        ),
        mistake(
            "NaN replaced",
            lambda z: np.nan_to_num(_plain(np.exp(z))),
            "You replace NaN by 0 afterwards. That hides the overflow, and the row's shares are lost. "
            "No exponential may overflow in the first place.",
        ),
        mistake(
            "argmax where it overflows",
            lambda z: _argmax_for_nan(_plain(np.exp(z)), z),
            "Where an exponential overflows you give everything to the best match. Others that are close to "
            "it have a share there, too. With each row's largest exponent subtracted one formula does for "
            "all.",
        ),
        mistake(
            "the opposite sign in the exponent",
            lambda z: given.shares(-z),
            "What is least similar gets most of the attention: the exponent has the wrong sign.",
        ),
        mistake(
            "softmax over the wrong axis",
            lambda z: given.shares(z, 0),
            "Your shares add up to 1 down the columns. Every row divides an attention of its own: with one "
            "row for each state or query, that is the last axis.",
        ),
        mistake(
            "softmax over everything",
            lambda z: given.shares(z, None),
            "All rows together share an attention of 1. Every single one has its own.",
        ),
        mistake(
            "divided by the sum of all rows",
            lambda z: _by_all(np.exp(z - z.max(axis=1, keepdims=True))),
            "All rows together share an attention of 1. Every single one has its own.",
        ),
        mistake(
            "only one row",
            lambda z: given.shares(z)[:1],
            "Your result has one row, that of the first state or query. There is a row for each of them.",
        ),
        mistake(
            "not divided by the sum",
            lambda z: np.exp(z - z.max(axis=1, keepdims=True)),
            "The exponentials have not been divided by their sum, so they are no shares.",
        ),
        mistake(
            "first row only",
            lambda z: given.shares(z) * (np.arange(len(z)) == 0)[:, None],
            "Only the first row has shares; the others are empty. Does the loop end too early?",
        ),
        *(
            mistake(
                f"exponents clipped at {limit}",
                lambda z, limit=limit: _plain(np.exp(np.clip(z, -limit, limit))),
                _CLIPPED,
            )
            for limit in (100, 50)
        ),
        mistake(
            "divided by the number",
            lambda z: np.exp(z - z.max(axis=1, keepdims=True)) / z.shape[1],
            "You divided the exponentials by how many there are. Divided by their sum they add up to 1.",
        ),
        mistake(
            "divided by the length",
            lambda z: _unit_rows(np.exp(z - z.max(axis=1, keepdims=True))),
            "You divided the exponentials by their Euclidean length. Divided by their sum they add up to 1.",
        ),
        mistake(
            "powers of 2",
            lambda z: given.shares(np.log(2) * z),
            "You took powers of 2. That was right in exercise 1, where beta was ln 2; here it is e.",
        ),
        mistake(
            "no softmax",
            lambda z: z,
            "You average with the raw products. They are no shares: exponentials, divided by their sum, are.",
        ),
        mistake(
            "no exponentials",
            lambda z: _plain(z),
            "You divide the products themselves by their sum. Shares are made of exponentials: they are "
            "positive, also where a product is not.",
        ),
        mistake(
            "no exponentials of the differences",
            lambda z: _plain(z - z.max(axis=1, keepdims=True)),
            "You divide the products, less the largest one, by their sum. Shares are made of exponentials, "
            "and the exponential of the largest difference, zero, is one.",
        ),
        mistake(
            "argmax instead of softmax",
            lambda z: np.eye(z.shape[1])[z.argmax(axis=1)],
            "You give everything to the best match. That is the limit of large beta; softmax shares.",
        ),
        mistake(
            "mean in place of the average with shares",
            lambda z: np.full(z.shape, 1 / z.shape[1]),
            "All count alike in your result, whatever they are compared with.",
        ),
        mistake(
            "keepdims forgotten",
            lambda z: _no_keepdims(z, True, True),
            _KEEPDIMS,
        ),
        mistake("keepdims forgotten in the maximum", lambda z: _no_keepdims(z, True, False), _KEEPDIMS),
        mistake("keepdims forgotten in the sum", lambda z: _no_keepdims(z, False, True), _KEEPDIMS),
    ]


_KEEPDIMS = (
    "Without `keepdims=True` the largest, or the sum, of each row is a flat array (K,), and NumPy matches it "
    "with the columns: an error, or worse, for as many rows as columns, a wrong result."
)


def _no_keepdims(z: Array, largest: bool, total: bool) -> Array:
    """Shares for which the maximum, the sum or both lose their axis."""
    e = np.exp(z - z.max(axis=1, keepdims=not largest))
    return e / e.sum(axis=1, keepdims=not total)


def _unit_rows(e: Array) -> Array:
    return e / np.linalg.norm(e, axis=1, keepdims=True)


def _cosines(a: Array, b: Array) -> Array:
    lengths = np.linalg.norm(a, axis=1)[:, None] * np.linalg.norm(b, axis=1)
    return a @ b.T / lengths


_COSINES = "You compare by the angle alone: every vector is divided by its length. Here lengths count."


def _step_by_states(patterns, states, beta):
    new = np.zeros((len(states), len(patterns[0])))
    for b in range(len(states)):
        z = [beta * (pattern @ states[b]) for pattern in patterns]
        e = [np.exp(value - max(z)) for value in z]
        for mu in range(len(patterns)):
            new[b] += e[mu] / sum(e) * patterns[mu]
    return new


def _steps(x, y, b, many):
    for _ in range(many):
        y = _softmax_step(x, y, b)
    return y


softmax_step = FunctionCheck(
    _softmax_step,
    _step_trials,
    [
        *_weighed(lambda x, y, b: b * y @ x.T, lambda p, x, y, b: p @ x),
        Mistake(
            "beta forgotten",
            lambda x, y, b: given.shares(y @ x.T) @ x,
            "This is the step for beta = 1, whatever beta is.",
        ),
        Mistake(
            "maximum without beta",
            given.quietly(lambda x, y, b: _plain(np.exp(b * y @ x.T - _largest(y @ x.T))) @ x),
            "On paper this is right. But you subtract the largest z from beta z: all exponents may still be "
            "far above zero, or far below. Which is the largest of the exponents themselves?",
        ),
        Mistake(
            "beta twice",
            lambda x, y, b: given.shares(b**2 * y @ x.T) @ x,
            "beta comes in twice. It stands once in the exponent.",
        ),
        Mistake(
            "beta outside the softmax",
            lambda x, y, b: b * given.shares(y @ x.T) @ x,
            "beta belongs into the exponent; you multiplied the result with it.",
        ),
        Mistake(
            "temperature instead of beta",
            lambda x, y, b: given.shares(y @ x.T / b) @ x,
            "You divided by beta. beta = 1/T is an inverse temperature: it multiplies.",
        ),
        Mistake(
            "attention in place of the state",
            lambda x, y, b: given.shares(b * y @ x.T),
            "These are the shares. The new state is the average of the patterns, weighted with them.",
        ),
        Mistake(
            "patterns transposed",
            lambda x, y, b: given.shares(b * y @ x) @ x.T,
            "Patterns are rows: the similarities of all states with all patterns are `states @ patterns.T`.",
        ),
        Mistake(
            "added to the old state",
            lambda x, y, b: y + _softmax_step(x, y, b),
            "You added the average to the old state, as a residual connection does. Here it replaces it.",
        ),
        Mistake(
            "whole numbers only",
            lambda x, y, b: _softmax_step(x, y, b).astype(y.dtype),
            "You write the result into an array of whole numbers, which cuts off all that follows the point. "
            "A copy of the states has their type, and so has what `np.zeros_like` makes: ask for floats.",
        ),
        Mistake(
            "cosines in place of products",
            given.quietly(lambda x, y, b: given.shares(b * _cosines(y, x)) @ x),
            _COSINES,
        ),
        Mistake(
            "first state only",
            lambda x, y, b: np.broadcast_to(_softmax_step(x, y, b)[0], y.shape),
            "All rows of your result are that of the first state.",
        ),
        Mistake(
            "last state only",
            lambda x, y, b: np.broadcast_to(_softmax_step(x, y, b)[-1], y.shape),
            "All rows of your result are that of the last state. Every turn of a loop has a row of its own "
            "to fill.",
        ),
        *(
            Mistake(
                f"{many} steps",
                lambda x, y, b, many=many: _steps(x, y, b, many),
                "You took several steps. One is wanted.",
            )
            for many in (3, 10, 20, 50)
        ),
        Mistake(
            "many steps",
            lambda x, y, b: _steps(x, y, b, 100),
            "You took steps until nothing changes any more. One is wanted.",
        ),
        Mistake(
            "run to rest",
            lambda x, y, b: modern.Network(x, b).recall(y).final,
            "You took steps until nothing changes any more. One is wanted.",
        ),
        Mistake(
            "signs of the new state",
            lambda x, y, b: np.sign(_softmax_step(x, y, b)),
            "You returned the signs. States are real numbers here: the average of the patterns as it is.",
        ),
        Mistake(
            "scaled as in attention",
            lambda x, y, b: _softmax_step(x, y, b / np.sqrt(x.shape[1])),
            "You divided by the root of the number of features. That is attention's choice; here beta is "
            "given.",
        ),
        Mistake(
            "distances without one half",
            lambda x, y, b: given.shares(-b * ((y[:, None] - x) ** 2).sum(axis=2)) @ x,
            "You compare by square distance. The step uses inner products, and norms differ.",
        ),
        Mistake(
            "two steps",
            lambda x, y, b: _softmax_step(x, _softmax_step(x, y, b), b),
            "You took two steps. One is wanted.",
        ),
        Mistake(
            "distances in place of products",
            lambda x, y, b: given.shares(-b * ((y[:, None] - x) ** 2).sum(axis=2) / 2) @ x,
            "You compare by distance. It ranks patterns of equal norm in the same way, but not these: "
            "the step "
            "uses inner products.",
        ),
    ],
    [
        "Compare, weigh, average: a matrix product, a softmax, a matrix product.",
        "Check the shapes: (B, N) with (N, M) gives (B, M), a row for each state.",
        "Subtract from each row its largest entry before you exponentiate: `z.max(axis=1, keepdims=True)`.",
    ],
    also=[_step_by_states],
    praise="Right for every row of the batch, also where exponents lie far above zero, or all far below. "
    "Two matrix products with a softmax between them are enough.",
)


# 4. features that freeze, by hand

_FREEZING = {
    "beta_c": [1 / 50, 1 / 8, 1 / 2],
    "separation": [4, 4, 4],
    "stable states": [1, 2, 8],
}


def _freezing(**rows: list[float]) -> dict[str, list[float]]:
    return _FREEZING | {name.replace("_states", " states"): row for name, row in rows.items()}


def _states_at(beta: float) -> Any:
    """Each feature that freezes below this beta, by the learner's own first row, doubles the states."""

    def due(row: str, entries: Any, table: Any) -> float | None:
        frozen = sum(b < beta for b in table["beta_c"].values())
        return 2.0**frozen if row == "stable states" else None

    return due


freezing_table = TableCheck(
    "freezing_table",
    _FREEZING,
    ["first", "second", "third"],
    [
        Mistake(
            "twice too small a beta",
            _freezing(beta_c=[1 / 100, 1 / 16, 1 / 4]),
            "Half the difference of two patterns has n entries of +1 or -1: its square norm is n, not 2n.",
        ),
        Mistake(
            "four times too small a beta",
            _freezing(beta_c=[1 / 200, 1 / 32, 1 / 8]),
            "4n is the square distance of two patterns. The step along the line between them is "
            "tanh(beta n m), with m = 1 and m = -1 at the patterns themselves.",
        ),
        Mistake(
            "twice too large a beta",
            _freezing(beta_c=[2 / 50, 2 / 8, 2 / 2]),
            "Each cell that changes counts in full: half the difference of two patterns has n entries of "
            "+1 or -1, and its square norm is n, not n/2.",
        ),
        Mistake(
            "order turned round",
            _freezing(beta_c=[1 / 2, 1 / 8, 1 / 50]),
            "You have the features in the opposite order. The most cells speak the loudest: which feature "
            "needs the lowest temperature?",
        ),
        Mistake(
            "beta turned upside down",
            _freezing(beta_c=[50, 8, 2]),
            "That is the temperature T. beta is 1/T.",
        ),
        Mistake(
            "differing cells in place of the product",
            _freezing(separation=[2, 2, 2]),
            "A cell that differs changes its product from +1 to -1: by 2.",
        ),
        Mistake(
            "each feature for itself",
            _freezing(separation=[100, 16, 4]),
            "The separation is counted to the most similar of all others. Which feature can be changed at "
            "the lowest price, for every pattern?",
        ),
        Mistake(
            "cells of each feature for itself",
            _freezing(separation=[50, 8, 2]),
            "You counted the cells of one feature each. The separation is a difference of products, and it is"
            " counted to the most similar of all others.",
        ),
        Mistake(
            "each feature for itself, smallest first",
            _freezing(separation=[4, 16, 100]),
            "The separation is counted to the most similar of all others. Which feature can be changed at "
            "the lowest price, for every pattern?",
        ),
        Mistake(
            "norm in place of the separation",
            _freezing(separation=[60, 60, 60]),
            "That is the product of a pattern with itself. From it the largest product with another is "
            "subtracted.",
        ),
        Mistake(
            "product with the nearest in place of the separation",
            _freezing(separation=[56, 56, 56]),
            "That is the largest product with another pattern. It is subtracted from the product with "
            "itself.",
        ),
        Mistake(
            "separation from the least similar",
            _freezing(separation=[120, 120, 120]),
            "You compared with the pattern that differs in all three features. The nearest one decides.",
        ),
        Mistake(
            "frozen features counted, not their combinations",
            _freezing(stable_states=[0, 1, 3]),
            "You counted features. With k frozen features there is a stable state for each combination "
            "of them.",
        ),
        Mistake(
            "one feature too few",
            _freezing(stable_states=[1, 1, 4]),
            "At the higher betas you have one frozen feature too few. Compare each beta with your first row.",
        ),
        Mistake(
            "saddles counted",
            _freezing(stable_states=[1, 3, 27]),
            "You counted three states for each frozen feature. The one in the middle rests, but it is a "
            "saddle: a small push leads away from it.",
        ),
        Mistake(
            "patterns counted",
            _freezing(stable_states=[8, 8, 8]),
            "There are eight patterns, but at a small beta several of them share a stable state.",
        ),
        Mistake(
            "two states for each frozen feature",
            _freezing(stable_states=[1, 2, 6]),
            "Combinations multiply: two choices for one feature, four for two of them.",
        ),
        Mistake(
            "one feature too many",
            _freezing(stable_states=[2, 4, 8]),
            "At each beta you have one frozen feature too many. Beyond which beta does each of them freeze?",
        ),
        *(
            Mistake(
                f"one feature too many at the {which} beta",
                _freezing(stable_states=states),
                f"Compare the {which} beta with your three critical ones: how many of them lie below it? "
                "Each of these features doubles the number.",
            )
            for which, states in (("first", [2, 2, 8]), ("second", [1, 4, 8]))
        ),
    ],
    [
        "Between two patterns that differ in n cells the step is m <- tanh(beta n m). When does it "
        "leave zero?",
        "The nearest of the other seven differs in the smallest feature only.",
        "At each of the three betas: which features are frozen? Each of them doubles the number of states.",
    ],
    follow={"first": _states_at(0.015), "second": _states_at(0.1), "third": _states_at(1)},
    praise="Right: big features freeze first, and each doubles the number of stable states.",
)


# 5. attention


def _scaled_attention(queries, keys, values):
    return given.shares(queries @ keys.T / np.sqrt(queries.shape[1])) @ values


def _attention_trials(rng: np.random.Generator) -> Trials:
    """Sizes all different, so that roles cannot be exchanged unseen; large scores are whole numbers.

    One trial is of whole numbers, which an array made like them inherits.
    """
    far = np.array([[40.0, 1, 0, 0], [1, 1, 0, 0], [-40, -1, 0, 0]])
    fixed = [
        ([[0.5]], [[1.0], [2.0]], [[1.0], [3.0]]),
        ([[1.0, 0.0], [0.5, -1.0]], [[2.0, 0.0], [0.0, 1.0], [1.0, 1.0]], [[1.0], [2.0], [-1.0]]),
        (far, [[40.0, 1, 0, 0], [40, -1, 0, 0]], np.eye(2)),
        ([[-100.0], [0.5]], _LADDER, [[1.0, 0.0], [0.0, 2.0]]),
        ([[100.0]], _STEEP, [[1.0], [2.0]]),
        ([[10.0]], [[6.0], [8.0]], [[1.0], [2.0]]),
        ([[400.0, 0, 0, 0]], [[4.0, 0, 0, 1], [-4.0, 0, 0, 1]], [[1.0], [-1.0]]),
    ]
    trials: Trials = [tuple(np.array(a, float) for a in arrays) for arrays in fixed]
    whole = [[1, 0], [0, 2]], [[1, 1], [0, 2], [2, 0]], [[1, 2], [3, 5], [0, 1]]
    trials += [tuple(map(np.array, whole))]
    shapes = ((2, 2, 2, 2), (3, 3, 3, 3), (2, 3, 4, 4), (4, 3, 5, 2), (1, 4, 3, 3), (3, 5, 2, 6))
    return trials + [tuple(_untied(rng, (B, d), (M, d), (M, D))) for B, M, d, D in shapes]


def _scores(q, k):
    return q @ k.T / np.sqrt(q.shape[1])


def _squares(q, k):
    """Square distances of all queries from all keys."""
    return ((q[:, None] - k) ** 2).sum(axis=2)


def _later(q, k):
    return np.arange(len(k)) > np.arange(len(q))[:, None]


def _largest(z):
    return z.max(axis=1, keepdims=True)


def _scores_of_all(q, k, v):
    return _scores(q, k)


def _divided_in_place(q, k, v):
    scores = q @ k.T
    scores /= np.sqrt(q.shape[1])
    return given.shares(scores) @ v


def _attention_by_queries(queries, keys, values):
    out = []
    for query in queries:
        z = [query @ key / len(query) ** 0.5 for key in keys]
        e = [np.exp(value - max(z)) for value in z]
        row = 0
        for mu in range(len(keys)):
            row = row + e[mu] / sum(e) * values[mu]
        out.append(row)
    return np.array(out)


def _into_rows_like_the_queries(make, q, k, v):
    """An average of the values, put into an array `make(q)` row by row."""
    out = make(q)
    for b, row in enumerate(_scaled_attention(q, k, v)):
        out[b] = row
    return out


_LIKE_THE_QUERIES = (
    "You fill an array of the shape of the queries. The rows of the result are averages of values, and "
    "these may have another length: an error, or wrong numbers."
)


scaled_attention = FunctionCheck(
    _scaled_attention,
    _attention_trials,
    [
        *_weighed(_scores_of_all, lambda p, q, k, v: p @ v),
        Mistake(
            "attention in place of the values",
            lambda q, k, v: given.shares(_scores(q, k)),
            "These are the shares. What is asked for is the average of the values, weighted with them.",
        ),
        Mistake(
            "d counted along the queries",
            lambda q, k, v: given.shares(q @ k.T / np.sqrt(len(q))) @ v,
            "You scaled by the number of queries. d is the number of features of a query or a key.",
        ),
        Mistake(
            "scaled after the softmax",
            lambda q, k, v: given.shares(q @ k.T) / np.sqrt(q.shape[1]) @ v,
            "You divide the shares by the root of d, so that they no longer add up to 1. It is the scores "
            "that are scaled, before the softmax.",
        ),
        Mistake(
            "square root of d forgotten",
            lambda q, k, v: given.shares(q @ k.T) @ v,
            "The scores are not scaled. What is beta in attention?",
        ),
        Mistake(
            "multiplied by the square root",
            lambda q, k, v: given.shares(q @ k.T * np.sqrt(q.shape[1])) @ v,
            "You multiplied by the square root of d. It divides: inner products of long vectors are large.",
        ),
        Mistake(
            "divided by d",
            lambda q, k, v: given.shares(q @ k.T / q.shape[1]) @ v,
            "You divided by d itself. The spread of an inner product of random vectors grows with its root.",
        ),
        Mistake(
            "the wrong d",
            lambda q, k, v: given.shares(q @ k.T / np.sqrt(len(k))) @ v,
            "You scaled by the number of keys. d is the number of features of a key.",
        ),
        Mistake(
            "always d = 2",
            lambda q, k, v: given.shares(q @ k.T / np.sqrt(2)) @ v,
            "You scaled as for d = 2, whatever the length of a query is.",
        ),
        Mistake(
            "always d = 64",
            lambda q, k, v: given.shares(q @ k.T / 8) @ v,
            "You scaled as for d = 64, whatever the length of a query is.",
        ),
        *(
            Mistake(
                name,
                lambda q, k, v, power=power: given.shares(q @ k.T / power(q.shape[1])) @ v,
                "`d ** 1 / 2` is d / 2 in Python: the power comes before the division. Write `d ** 0.5` or "
                "`np.sqrt(d)`.",
            )
            for name, power in (
                ("power before division", lambda d: d / 2),
                ("d and 2 divided by", lambda d: 2 * d),
            )
        ),
        Mistake(
            "number of entries of the queries",
            lambda q, k, v: given.shares(q @ k.T / np.sqrt(q.size)) @ v,
            "You scaled by the root of the number of all entries of the queries. d is the number of features "
            "of a single query.",
        ),
        Mistake(
            "number of entries of the keys",
            lambda q, k, v: given.shares(q @ k.T / np.sqrt(k.size)) @ v,
            "You scaled by the root of the number of all entries of the keys, M d. d is the number of "
            "features of a single key.",
        ),
        Mistake(
            "cosines in place of products",
            given.quietly(lambda q, k, v: given.shares(_cosines(q, k)) @ v),
            _COSINES,
        ),
        Mistake(
            "cosines, scaled",
            given.quietly(lambda q, k, v: given.shares(_cosines(q, k) / np.sqrt(q.shape[1])) @ v),
            _COSINES,
        ),
        *(
            Mistake(
                name,
                lambda q, k, v, share=share: given.shares(-share * _squares(q, k) / np.sqrt(q.shape[1])) @ v,
                "You compare by distance. Attention uses inner products, and the keys differ in length.",
            )
            for name, share in (("distances in place of products", 0.5), ("distances without one half", 1))
        ),
        Mistake(
            "later keys hidden",
            lambda q, k, v: given.shares(np.where(_later(q, k), -np.inf, _scores(q, k))) @ v,
            "You hide from each query the keys that come after it, as a language model does. Here every "
            "query looks at all keys.",
        ),
        Mistake(
            "largest score subtracted before it is scaled",
            given.quietly(lambda q, k, v: _plain(np.exp(_scores(q, k) - _largest(q @ k.T))) @ v),
            "You subtract the largest product before it is divided by the root of d. Then all exponents may "
            "be far below zero: scale first, then subtract the largest.",
        ),
        Mistake(
            "divided in place",
            _divided_in_place,
            "Where queries and keys are whole numbers, so are their products, and `/=` cannot put fractions "
            "into such an array. Divide with `/`, which makes a new one.",
        ),
        Mistake(
            "whole numbers only",
            lambda q, k, v: _scaled_attention(q, k, v).astype(v.dtype),
            _WHOLE,
        ),
        *(
            Mistake(name, wrong, _LIKE_THE_QUERIES)
            for name, wrong in (
                (
                    "shape of the queries",
                    lambda q, k, v: _into_rows_like_the_queries(lambda q: np.zeros(q.shape), q, k, v),
                ),
                (
                    "shape and type of the queries",
                    lambda q, k, v: _into_rows_like_the_queries(np.zeros_like, q, k, v),
                ),
            )
        ),
        Mistake(
            "d of the values",
            lambda q, k, v: given.shares(q @ k.T / np.sqrt(v.shape[1])) @ v,
            "You scaled by the length of a value. Scores are made of queries and keys: their length counts.",
        ),
        Mistake(
            "added to the queries",
            lambda q, k, v: q + _scaled_attention(q, k, v),
            "You added the queries, as a residual connection does. Here the average of the values is all.",
        ),
        Mistake(
            "keys and values swapped",
            lambda q, k, v: given.shares(q @ v.T / np.sqrt(q.shape[1])) @ k,
            "You compare with the values and average the keys. Keys are for finding, values for taking.",
        ),
        Mistake(
            "keys returned",
            lambda q, k, v: given.shares(q @ k.T / np.sqrt(q.shape[1])) @ k,
            "You average the keys. That is the Hopfield step; attention averages the values.",
        ),
        Mistake(
            "queries and keys swapped",
            lambda q, k, v: given.shares(k @ q.T / np.sqrt(q.shape[1])) @ v,
            "The scores have a row for each query, and a column for each key.",
        ),
    ],
    [
        "It is your step of exercise 3 with three changes: which roles do keys and values play?",
        "The scores are the products of queries and keys, over the root of `queries.shape[1]`. The values "
        "come after the softmax.",
    ],
    also=[_attention_by_queries],
    errors={
        "could not broadcast input array|non-broadcastable output": "You write into an array of another "
        "shape. The result has a row for each query, and as many columns as the values have.",
    },
    praise="Right. It would run in a transformer as it is.",
)


# 6. the loudest wins: a hunt


def _unreadable(wrong):
    """What a set of patterns may lack before it is looked at: `wrong` makes the examples."""
    return [
        Mistake(
            "not one pattern per row",
            wrong([1.0, 0.0, 1.0]),
            "Hand over the patterns as a matrix, one per row.",
            lambda X, *_: X.ndim != 2 or not X.size,
        ),
        Mistake(
            "number of patterns",
            wrong([[1.0, 0.0]]),
            "Hand over 2 to 6 patterns. They are the rows.",
            lambda X, *_: not 2 <= len(X) <= 6,
        ),
        Mistake(
            "number of features",
            wrong([[1.0] * 7, [2.0] * 7]),
            "Your patterns have too many features: at most 6 are allowed.",
            lambda X, *_: X.shape[1] > 6,
        ),
    ]


def _winner(X: Array, y: Array) -> tuple[int, int, float]:
    """The nearest pattern, the one most attended to at beta = 10, and its share."""
    p = modern.Network(X, 10.0).attention(y)
    return int(np.linalg.norm(X - y, axis=1).argmin()), int(p.argmax()), float(p.max())


def _as_near(X: Array, y: Array) -> bool:
    """Whether the pattern most attended to shares the smallest distance with another one."""
    D, wins = np.linalg.norm(X - y, axis=1), _winner(X, y)[1]
    near = D <= D.min() + 1e-9 * max(D.max(), 1e-300)
    return bool(near[wins] and near.sum() > 1)


def _equal_norms(X: Array) -> bool:
    norms = np.linalg.norm(X, axis=1)
    return bool(np.ptp(norms) <= 1e-9 * max(norms.max(), 1e-300))


def _longest(X: Array) -> int:
    return int(np.linalg.norm(X, axis=1).argmax())


def _loud_told(X: Array, y: Array) -> str:
    near, wins, share = _winner(X, y)
    D = np.linalg.norm(X - y, axis=1)
    return (
        f"Pattern {near + 1} is at a distance of {D[near]:.3g}, pattern {wins + 1} at {D[wins]:.3g}, "
        f"and yet the "
        f"latter gets {100 * share:.1f} % of the attention: it is the longer one."
    )


loudest = ExampleCheck(
    "loudest",
    ["patterns", "query"],
    ([[1.0, 0.0], [3.0, 1.0]], [1.0, 0.0]),
    [
        *_unreadable(lambda patterns: (patterns, [1.0, 0.0])),
        Mistake(
            "patterns in columns",
            ([[1.0, 3.0, 0.0], [0.0, 1.0, 2.0]], [1.0, 0.0]),
            "The query has an entry for each ROW of your matrix. A pattern is a row: hand over `patterns.T`.",
            given.in_columns,
        ),
        Mistake(
            "query of another length",
            ([[1.0, 0.0], [3.0, 1.0]], [1.0, 0.0, 0.0]),
            "The query must have as many features as a pattern, in a single row.",
            lambda X, y: y.shape != X.shape[1:],
        ),
        Mistake(
            "too large",
            ([[1.0, 0.0], [1e200, 1.0]], [1.0, 0.0]),
            "Keep every number between -1000000 and 1000000: an example needs no large ones.",
            lambda X, y: max(np.abs(X).max(), np.abs(y).max()) > 1e6,
        ),
        Mistake(
            "query of zeros",
            ([[1.0, 0.0], [3.0, 1.0]], [0.0, 0.0]),
            "With a query of zeros all products are zero, and all patterns get the same share. A longer "
            "pattern is louder only if the query points its way.",
            lambda X, y: not y.any(),
        ),
        Mistake(
            "equal norms",
            ([[1.0, 0.0], [0.0, 1.0]], [1.0, 0.2]),
            "All your patterns are equally long. With equal norms there is no such example: that is what you "
            "are to prove. Make one longer.",
            lambda X, y: _equal_norms(X),
        ),
        Mistake(
            "no clear winner",
            ([[1.0, 0.0], [1.01, 0.0]], [1.0, 0.0]),
            "No pattern gets more than 0.99 of the attention at beta = 10. One product must lead all the "
            "others by more.",
            lambda X, y: _winner(X, y)[2] <= 0.99,
        ),
        Mistake(
            "a tie of distances",
            ([[1.0, 0.0], [3.0, 0.0]], [2.0, 0.0]),
            "The pattern that wins is as near as another one: nobody is nearer. Move the query a little "
            "towards the one that loses.",
            _as_near,
        ),
        Mistake(
            "nearest to the longest",
            ([[1.0, 0.0], [3.0, 1.0]], [5.0, 0.0]),
            "The longest pattern wins, but your query is also nearest to it. Where is a query that is nearer "
            "to a shorter one?",
            lambda X, y: _winner(X, y)[0] == _winner(X, y)[1] == _longest(X),
        ),
        Mistake(
            "the nearest wins",
            ([[1.0, 0.0], [0.0, 2.0]], [1.0, 0.0]),
            "Here the nearest pattern wins. Which product would beat x·y of the nearest? One with a longer "
            "pattern in nearly the same direction.",
            lambda X, y: _winner(X, y)[0] == _winner(X, y)[1],
        ),
    ],
    [
        "Even a single feature is enough: two patterns on a line.",
        "Let the query be the first pattern itself. Which second pattern has a larger product with it?",
        "In terms of the chapter: you look for a pattern with a negative separation.",
    ],
    praise=_loud_told,
    limits=["2 to 6 patterns of 1 to 6 features", "between -10^6 and 10^6"],
)


# 7. more stable states than patterns: an open hunt


def _stable(X: Array, beta: float) -> Array:
    """Stable states at which steps from the patterns, and from the means of any of them, arrive."""
    net = modern.Network(X, beta)
    M = len(X)
    subsets = (np.arange(1, 2**M)[:, None] >> np.arange(M)) & 1
    starts = subsets @ X / subsets.sum(axis=1, keepdims=True)
    ends = net.recall(starts, tol=1e-12, max_steps=5000)
    found: list[Array] = []
    for end in ends.final[np.asarray(ends.converged)]:
        near = 1e-5 * np.linalg.norm(X, axis=1).max()
        if all(np.linalg.norm(end - other) > near for other in found) and net.growth(end) < 1 - 1e-6:
            found.append(end)
    return np.array(found).reshape(-1, X.shape[1])


def _middle_lost(X: Array, beta: float) -> bool:
    """Whether there were more states than patterns until the middle, which rests, lost its stability."""
    middle = X.mean(axis=0)
    products = X @ middle
    if np.ptp(products) > 1e-9 * max(np.abs(X @ X.T).max(), 1e-300):
        return False
    melts = 1 / modern.Network(X, 1.0).growth(middle)  # there all shares are equal, whatever beta is
    return beta >= melts * (1 - 1e-6) and len(_stable(X, 0.98 * melts)) > len(X)


def _distinct(X: Array) -> bool:
    return len(np.unique(X.round(9), axis=0)) == len(X)


def _grid(X: Array) -> bool:
    """Whether (distinct) patterns are all combinations of the values that their features have."""
    return len(X) == np.prod([len(np.unique(feature.round(9))) for feature in X.T])


def _more_told(X: Array, beta: Array) -> str:
    found, listed = len(_stable(X, float(beta))), len(modern.fixed_points(X, float(beta))[0])
    more = found - len(X)
    text = (
        f"{found} stable states for {len(X)} patterns: {'one' if more == 1 else more} more than were stored."
    )
    text += " Can you get two more?" if more == 1 else " That answers the last question, too."
    if listed < found:
        text += f" (`modern.fixed_points` lists {listed}: to the others lead means of some of the patterns.)"
    return text


_TRIANGLE = [[1.0, 0.0], [-0.5, 0.75**0.5], [-0.5, -(0.75**0.5)]]

more_states = ExampleCheck(
    "more_states",
    ["patterns", "beta"],
    (_TRIANGLE, 1.95),
    [
        *_unreadable(lambda patterns: (patterns, 1.95)),
        Mistake(
            "too large",
            ([[1e200, 0.0], [0.0, 1.0]], 1.0),
            "Keep every number of the patterns between -100 and 100: larger ones do nothing that a larger "
            "beta could not do.",
            lambda X, beta: np.abs(X).max() > 100,
        ),
        Mistake(
            "beta is a list",
            (_TRIANGLE, [1.95]),
            "One number is wanted for beta, without brackets; yours is a list or an array.",
            lambda X, beta: beta.ndim > 0,
        ),
        Mistake(
            "beta not above zero",
            (_TRIANGLE, 0.0),
            "At beta = 0 all patterns count alike, whatever the state, and below zero the least similar "
            "wins. Hand over a beta above zero.",
            lambda X, beta: beta <= 0,
        ),
        Mistake(
            "beta out of reach",
            (_TRIANGLE, 1e6),
            "Choose beta between 0.0001 and 10000, and the patterns to go with it.",
            lambda X, beta: not 1e-4 <= beta <= 1e4,
        ),
        Mistake(
            "a pattern twice",
            ([[1.0, 0.0], [1.0, 0.0]], 1.0),
            "Two of your patterns are the same.",
            lambda X, beta: not _distinct(X),
        ),
        Mistake(
            "one line",
            ([[1.0], [-1.0], [0.2]], 3.0),
            "Your patterns lie on one line, where there are never more valleys than patterns: what rests "
            "between two valleys is unstable. Take a plane, and three patterns or more.",
            lambda X, beta: bool(np.linalg.matrix_rank(X - X[0]) < 2),
        ),
        Mistake(
            "a grid",
            ([[1.0, 1.0], [1.0, -1.0], [-1.0, 1.0], [-1.0, -1.0]], 3.0),
            "Your patterns are a grid: every value of one feature occurs with every value of the others. "
            "Then each feature settles by itself, and at no beta are there more valleys than patterns. What "
            "rests between them is unstable.",
            lambda X, beta: _grid(X),
        ),
        Mistake(
            "too hot",
            (_TRIANGLE, 1.0),
            "There is a single stable state: beta is so small that the patterns have melted together, or one "
            "pattern is so long that it wins everywhere. Cool down, or make them equally long.",
            lambda X, beta: len(_stable(X, float(beta))) <= 1,
        ),
        Mistake(
            "the middle lost",
            (_TRIANGLE, 3.0),
            "As many stable states as patterns. With these patterns there are more at a smaller beta: in the "
            "middle `growth` is no longer below 1.",
            lambda X, beta: len(_stable(X, float(beta))) == len(X) and _middle_lost(X, float(beta)),
        ),
        Mistake(
            "as many as patterns",
            ([[1.0, 0.0], [0.0, 2.0], [-3.0, 0.0]], 10.0),
            "As many stable states as patterns, which is what everyone expects. Somewhere on the way "
            "from one "
            "valley to many there may be more: look for a valley in the middle that is still there.",
            lambda X, beta: len(_stable(X, float(beta))) == len(X),
        ),
        Mistake(
            "fewer than patterns",
            ([*_TRIANGLE, [1.0, 0.1]], 3.0),
            "Several stable states, but fewer than patterns: some of your patterns share one. Make the "
            "arrangement more symmetric.",
            lambda X, beta: len(_stable(X, float(beta))) < len(X),
        ),
    ],
    [
        "Two patterns will not do. Try three, in the plane, each as far from the others as the rest.",
        "The middle of an equilateral triangle of radius 1 is stable up to beta = 2. (Why? What is "
        "`growth`?)",
        "The corners get valleys of their own a little before that. Scan beta below 2 in steps of 0.05.",
    ],
    praise=_more_told,
    limits=["2 to 6 patterns of at most 6 features", "between -100 and 100", "from 0.0001 to 10000"],
)
