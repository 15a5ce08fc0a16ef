"""Checks of chapter 12: energies of a dense memory, its step, its capacity, inverses, all the letters."""

from __future__ import annotations

from functools import lru_cache
from math import ceil, factorial, log, log2, log10, prod
from typing import Any

import numpy as np

from hopfield_edu import datasets, dense
from hopfield_edu._values import same
from hopfield_edu.feedback import _inputs as given
from hopfield_edu.feedback._core import ExampleCheck, FunctionCheck, Mistake, TableCheck, sisters
from hopfield_edu.feedback._telling import TellingCheck

Trials = list[tuple[Any, ...]]

# 1. energies by hand: two patterns of four units

_PAIR = np.array([[1, 1, 1, 1], [1, 1, 1, -1]])
_STATES = {"++++": [1, 1, 1, 1], "++--": [1, 1, -1, -1], "-+-+": [-1, 1, -1, 1], "----": [-1, -1, -1, -1]}


def _by_hand(square=lambda x: -(x**2).sum(), cube=lambda x: -(x**3).sum(), agree=lambda y: _PAIR @ y):
    """The table of x_1, x_2 and the energies for x^2 and x^3, with one thing or another done differently."""
    rows = {}
    for label, y in _STATES.items():
        x = agree(np.array(y))
        rows[label] = [*(float(v) for v in x), float(square(x)), float(cube(x))]
    return rows


dense_energies = TableCheck(
    "dense_energies",
    _by_hand(),
    ["x_1", "x_2", "E for x²", "E for x³"],
    [
        Mistake(
            "agreements counted",
            _by_hand(agree=lambda y: (y == _PAIR).sum(axis=1)),
            "x is the number of units that agree MINUS the number of those that differ.",
        ),
        Mistake(
            "differences counted",
            _by_hand(agree=lambda y: (y != _PAIR).sum(axis=1)),
            "x is the number of units that agree MINUS the number of those that differ. You counted those "
            "that differ.",
        ),
        Mistake(
            "differences minus agreements",
            _by_hand(agree=lambda y: -_PAIR @ y),
            "x has the other sign: a unit that agrees counts +1, one that differs -1.",
        ),
        Mistake(
            "minus sign inside the power",
            _by_hand(square=lambda x: (x**2).sum()),
            "Your minus sign is squared, too, and so it is gone. It stands before the sum.",
        ),
        Mistake(
            "multiplied instead of raised",
            _by_hand(square=lambda x: -2 * x.sum(), cube=lambda x: -3 * x.sum()),
            "You multiplied x by 2 and by 3. F raises x to these powers.",
        ),
        *[
            Mistake(name, _by_hand(square, cube), "In Python `^` compares bits. A power is written `**`.")
            for name, square, cube in (
                ("bits compared", lambda x: -(x ^ 2).sum(), lambda x: -(x ^ 3).sum()),
                (  # `+` binds more tightly
                    "bits compared, after the sum",
                    lambda x: -(x[0] ^ (2 + x[1]) ^ 2),
                    lambda x: -(x[0] ^ (3 + x[1]) ^ 3),
                ),
            )
        ],
        Mistake(
            "columns exchanged",
            _by_hand(square=lambda x: -(x**3).sum(), cube=lambda x: -(x**2).sum()),
            "The two columns of energies are exchanged: the square comes first.",
        ),
        Mistake(
            "first pattern only",
            _by_hand(square=lambda x: -(x[0] ** 2), cube=lambda x: -(x[0] ** 3)),
            "Your energies know the first pattern only. Add F of the second x.",
        ),
        Mistake(
            "divided by N",
            _by_hand(agree=lambda y: _PAIR @ y / 4),
            "The overlap m carries a factor 1/N. Here x is the plain sum, a whole number.",
        ),
        Mistake(
            "F on every term",
            _by_hand(square=lambda x: -8, cube=lambda x: -x.sum()),
            "You raised every product s_i y_i to the power and then added up. "
            "First the sum over the units, then F of it.",
        ),
        Mistake(
            "patterns added first",
            _by_hand(square=lambda x: -(x.sum() ** 2), cube=lambda x: -(x.sum() ** 3)),
            "You added x_1 and x_2 and then took the power. Each pattern has its own F; these are added.",
        ),
        Mistake(
            "minus sign lost",
            _by_hand(square=lambda x: (x**2).sum(), cube=lambda x: (x**3).sum()),
            "Agreement must lower the energy: there is a minus sign before the sum.",
        ),
        Mistake(
            "the cube lost its sign",
            _by_hand(cube=lambda x: -(np.abs(x) ** 3).sum()),
            "What is the cube of a negative number? An odd power tells a pattern from its inverse.",
        ),
        Mistake(
            "the cube rectified",
            _by_hand(cube=lambda x: -(np.maximum(x, 0) ** 3).sum()),
            "You left negative x out. That is the rectified power; here it is the plain x³.",
        ),
        Mistake(
            "both rectified",
            _by_hand(
                square=lambda x: -(np.maximum(x, 0) ** 2).sum(), cube=lambda x: -(np.maximum(x, 0) ** 3).sum()
            ),
            "You left negative x out. That is the rectified power; here both powers are plain.",
        ),
        Mistake(
            "multiplied instead of added",
            _by_hand(square=lambda x: -(x**2).prod(), cube=lambda x: -(x**3).prod()),
            "You multiplied the two powers. The energy adds them up.",
        ),
        Mistake(
            "minus sign of the first term only",
            _by_hand(square=lambda x: x[1] ** 2 - x[0] ** 2, cube=lambda x: x[1] ** 3 - x[0] ** 3),
            "Your minus sign stands before the first power only. It stands before the whole sum.",
        ),
        Mistake(
            "only the largest term",
            _by_hand(square=lambda x: -(x**2).max(), cube=lambda x: -(x**3).max()),
            "Only the pattern with the largest F contributes in your energies. Both of them do.",
        ),
        Mistake(
            "a negative square",
            _by_hand(square=lambda x: -(x * np.abs(x)).sum()),
            "A square is positive, also that of a negative number: (-3)(-3) = 9.",
        ),
        Mistake(
            "one half",
            _by_hand(square=lambda x: -(x**2).sum() / 2, cube=lambda x: -(x**3).sum() / 2),
            "The one half belongs to the classical energy with its double sum. Here there is none.",
        ),
        Mistake(
            "one half of the square",
            _by_hand(square=lambda x: -(x**2).sum() / 2),
            "The one half belongs to the classical energy with its double sum. Here there is none, for x² "
            "either.",
        ),
    ],
    [
        "For each pattern go through the four units: +1 where the state agrees, -1 where not. That sum is x.",
        "Square (or cube) x_1 and x_2 separately, add, and put a minus sign before it.",
        "The state ---- is the inverse of pattern 1: it differs in every unit. Mind the sign of its cube.",
    ],
    follow={
        "E for x²": lambda row, entries: -sum(entries[x] ** 2 for x in ("x_1", "x_2")),
        "E for x³": lambda row, entries: -sum(entries[x] ** 3 for x in ("x_1", "x_2")),
    },
    praise="Every entry is right. ---- lies as low as ++++ for x², and as high as can be for x³.",
)


# 2. the energy


def _dense_energy(patterns, state, n):
    return -((patterns @ state) ** n).sum()


def _energy_trials(rng: np.random.Generator) -> Trials:
    s = np.array([[1, 1, 1, 1], [1, -1, 1, 1]])
    trials: Trials = [(np.array([[1, 1, 1], [1, -1, 1]]), np.ones(3, int), 3)]
    trials += [(np.array([[1]]), np.array([v]), n) for v in (1, -1) for n in (2, 3)]
    trials += [(s, v * s[1], n) for v in (1, -1) for n in (2, 3, 4)]
    trials += [(np.ones((3, 4), int), -np.ones(4, int), 3)]
    for M, N in ((1, 3), (2, 3), (3, 2), (2, 5), (4, 3), (3, 6)):
        for n in (2, 3, 4, 5):
            trials.append((rng.choice([-1, 1], (M, N)), given.state(rng, N), n))
    return trials


def _energy_by_units(patterns, state, n):
    energy = 0
    for pattern in patterns:
        x = 0
        for i in range(len(state)):
            x += pattern[i] * state[i]
        energy -= x**n
    return energy


dense_energy = FunctionCheck(
    _dense_energy,
    _energy_trials,
    [
        Mistake(
            "F on every term",
            lambda s, y, n: -((s * y) ** n).sum(),
            "You took the power of every single product s_i y_i. The sum over units stands inside F.",
        ),
        Mistake(
            "summed over patterns inside F",
            lambda s, y, n: -((s * y).sum(axis=0) ** n).sum(),
            "You added up the patterns first, unit by unit, and took the power then. Inside F "
            "stands the sum over units, outside the sum over patterns.",
        ),
        Mistake(
            "one F for all patterns",
            lambda s, y, n: -((s @ y).sum() ** n),
            "You added up all agreements and took one power of the total. Each pattern has an F of its own.",
        ),
        Mistake(
            "minus sign missing",
            lambda s, y, n: ((s @ y) ** n).sum(),
            "With this sign the patterns are mountains: agreement must lower the energy.",
        ),
        Mistake(
            "one half",
            lambda s, y, n: -((s @ y) ** n).sum() / 2,
            "The one half belongs to the classical double sum. This energy has none.",
        ),
        Mistake(
            "minus sign inside the power",
            lambda s, y, n: ((-(s @ y)) ** n).sum(),
            "Your minus sign is raised to the power, too: for even n it is gone. It belongs before the sum.",
        ),
        Mistake(
            "multiplied instead of raised",
            lambda s, y, n: -(s @ y * n).sum(),
            "You multiply x by n. F(x) is the n-th power, `**` in Python.",
        ),
        Mistake(
            "base and exponent exchanged",
            lambda s, y, n: -(float(n) ** (s @ y)).sum(),
            "You raise n to the power x. F raises x to the power n.",
        ),
        Mistake(
            "one power too few",
            lambda s, y, n: -((s @ y) ** (n - 1)).sum(),
            "Your exponent is n - 1: that is the slope of F, as in a field. The energy has F itself.",
        ),
        Mistake(
            "divided by n",
            lambda s, y, n: -((s @ y) ** n).sum() / n,
            "You divide by n. Other texts do; here F(x) is x^n without a factor.",
        ),
        Mistake(
            "first pattern only",
            lambda s, y, n: -((s @ y)[0] ** n),
            "Your energy knows the first pattern only. Add up F over all of them.",
        ),
        Mistake(
            "last pattern only",
            lambda s, y, n: -((s @ y)[-1] ** n),
            "Only the last pattern is left in your energy. Add up: `+=` in place of `=`.",
        ),
        Mistake(
            "agreements counted",
            lambda s, y, n: -((s == y).sum(axis=1) ** n).sum(),
            "You count the units that agree. x is their number MINUS the number of those that differ.",
        ),
        Mistake(
            "differences counted",
            lambda s, y, n: -((s != y).sum(axis=1) ** n).sum(),
            "You count the units that differ. x is the number of those that agree MINUS theirs.",
        ),
        Mistake(
            "overlap instead of agreement",
            lambda s, y, n: -((s @ y / len(y)) ** n).sum(),
            "You divided by N inside F. Here x is the plain sum, so that it stays a whole number.",
        ),
        Mistake(
            "divided by a power of N",
            lambda s, y, n: -((s @ y) ** n).sum() / len(y) ** (n - 1),
            "You divide by N^(n-1). Other texts do, to keep the energy in proportion to N; here F(x) is x^n "
            "without a factor.",
        ),
        Mistake(
            "mean instead of sum",
            lambda s, y, n: -((s @ y) ** n).mean(),
            "You took the mean over the patterns. The energy adds them up.",
        ),
        Mistake(
            "absolute value",
            lambda s, y, n: -(np.abs(s @ y) ** n).sum(),
            "Your energy rewards the inverse of a pattern for odd n, too. Odd powers keep the sign of x.",
        ),
        Mistake(
            "rectified",
            lambda s, y, n: -(np.maximum(s @ y, 0) ** n).sum(),
            "You left out patterns with negative x. The rectified power is another F; here it is plain x^n.",
        ),
        Mistake(
            "always the square",
            lambda s, y, n: -((s @ y) ** 2).sum(),
            "Your energy is that of n = 2, whatever n is asked for.",
        ),
        Mistake(
            "always the cube",
            lambda s, y, n: -((s @ y) ** 3).sum(),
            "Your energy is that of n = 3, whatever n is asked for.",
        ),
        Mistake(
            "sign kept by even powers",
            lambda s, y, n: -(np.sign(s @ y) * np.abs(s @ y) ** n).sum(),
            "You give every power the sign of x. F(x) is plain x^n: for even n it has none.",
        ),
        Mistake(
            "power of Hebb's fields",
            lambda s, y, n: -((s.T @ (s @ y)) ** n).sum(),
            "You raise the fields that Hebb's matrix gives to the power, one for each unit. F takes the "
            "agreements, one for each pattern: no matrix of weights is needed.",
        ),
        Mistake(
            "agreement carried on",
            lambda s, y, n: -(np.cumsum(s @ y) ** n).sum(),
            "The agreement of one pattern is carried on into that of the next. Each begins at zero.",
        ),
        Mistake(
            "state not used",
            lambda s, y, n: -(s.sum(axis=1) ** n).sum(),
            "Your energy does not depend on the state: multiply the patterns with it before you add up.",
        ),
        Mistake(
            "only the largest term",
            lambda s, y, n: -((s @ y) ** n).max(),
            "Only the pattern with the largest F contributes in your energy. All of them do.",
        ),
        Mistake(
            "only the best pattern",
            lambda s, y, n: -((s @ y).max() ** n),
            "Only the pattern that fits best contributes in your energy. All of them do.",
        ),
    ],
    [
        "`patterns @ state` gives all M agreements at once.",
        "Then F, element by element; then the sum over patterns; then the sign.",
    ],
    also=[_energy_by_units],
    praise="Right: one sum inside F, one outside, and a minus sign.",
)


# 3. one unit


def _flipped(y, i):
    new = y.copy()
    new[i] = -y[i]
    return new


def _compared(s, y, i, F, tie="keep", uphill=False, total=np.sum):
    """A copy of y with unit i at the value of lower energy."""
    up, down = y.copy(), y.copy()
    up[i], down[i] = 1, -1
    difference = total(F(s @ up)) - total(F(s @ down))
    new = y.copy()
    if difference != 0:
        new[i] = np.sign(difference) * (-1 if uphill else 1)
    elif tie == "flip":
        new[i] = -y[i]
    elif tie != "keep":
        new[i] = tie
    return new


def _signed(y, i, field):
    new = y.copy()
    new[i] = y[i] if field == 0 else np.sign(field)
    return new


def _dense_update(patterns, state, i, n):
    new = state.copy()
    flipped = state.copy()
    flipped[i] = -flipped[i]
    if ((patterns @ flipped) ** n).sum() > ((patterns @ state) ** n).sum():
        new[i] = -new[i]
    return new


def _gain(s, y, i, n):
    """The energy with unit i at -1, minus that with +1."""
    return ((s @ given.put(y, i, 1)) ** n).sum() - ((s @ given.put(y, i, -1)) ** n).sum()


def _slope_at_x(s, y, i, n):
    return _signed(y, i, (s[:, i] * (s @ y) ** (n - 1)).sum())


def _slope_at_r(s, y, i, n):
    return _signed(y, i, (s[:, i] * (s @ y - s[:, i] * y[i]) ** (n - 1)).sum())


def _twice_self(s, y, i, n):
    x = s @ y
    return _signed(y, i, ((x + s[:, i]) ** n - (x - s[:, i]) ** n).sum())


def _value_forgotten(s, y, i, n):
    """Unit i at +1 and at -1, added to agreements that have lost s_i, whatever the value of the unit."""
    r = s @ y - s[:, i]
    return _signed(y, i, ((r + s[:, i]) ** n - (r - s[:, i]) ** n).sum())


def _if_gained(s, y, i, n, step):
    """Unit i flips if the sum of F rises when x goes down by `step` times its share."""
    x = s @ y
    flips = ((x - step * s[:, i] * y[i]) ** n).sum() > (x**n).sum()
    return _flipped(y, i) if flips else y.copy()


def _votes_alone(s, y, i, n):
    return _signed(y, i, ((s @ y) ** (n - 1)).sum())


def _pattern_forgotten(s, y, i, n):
    """Unit i at +1 and at -1, as if every pattern had +1 there."""
    r = s @ y - s[:, i] * y[i]
    return _signed(y, i, ((r + 1) ** n - (r - 1) ** n).sum())


def _one_way(s, y, i, n, value):
    """The update of a unit that can only become `value`."""
    new = _dense_update(s, y, i, n)
    return new if new[i] == value else y.copy()


def _all_inverted(s, y, i, n):
    return -y if ((s @ -y) ** n).sum() > ((s @ y) ** n).sum() else y.copy()


def _all_units(s, y, i, n):
    return np.array([_dense_update(s, y, k, n)[k] for k in range(len(y))])


def _best_flip(s, y, i, n):
    states = [y.copy(), *(_flipped(y, k) for k in range(len(y)))]
    return states[int(np.argmax([((s @ state) ** n).sum() for state in states]))]


_OF_A_UNIT = [  # what can go wrong with one unit goes wrong with a sweep over all of them, too
    Mistake(
        "derivative instead of difference",
        _slope_at_x,
        "This follows the slope F' at the present state. It holds the unit's own share and is only an "
        "approximation: compare the energies of the two states themselves.",
    ),
    Mistake(
        "derivative at r instead of difference",
        _slope_at_r,
        "This follows the slope F' at r, what the others agree to. For x² that is the same, for higher "
        "powers not: for odd n, at r = 0 the slope is zero, and yet F(+1) and F(-1) differ. Compare the "
        "two energies themselves.",
    ),
    Mistake(
        "patterns do not say for which value they vote",
        _votes_alone,
        "You add up powers of x alone. A pattern votes for its own s_i: without it nobody says which way.",
    ),
    Mistake(
        "self term counted twice",
        _twice_self,
        "You add and subtract s_i where x already holds s_i y_i. So you compare states in which the unit is "
        "y_i + 1 or y_i - 1: one of these is 0. First take its own share out of x.",
    ),
    Mistake(
        "value of the unit forgotten in its share",
        _value_forgotten,
        "You take s_i out of x. The unit's own share in x is s_i y_i, and its value may be -1.",
    ),
    Mistake(
        "own share taken away, not turned round",
        lambda s, y, i, n: _if_gained(s, y, i, n, 1),
        "You compare with a state in which the unit is left out: x - s_i y_i. A flip moves it by two.",
    ),
    Mistake(
        "a tie flips",
        lambda s, y, i, n: _compared(s, y, i, lambda x: x**n, tie="flip"),
        "Equal energies: there is no reason to flip, and the network might never come to rest.",
    ),
    Mistake(
        "a tie becomes +1",
        lambda s, y, i, n: _compared(s, y, i, lambda x: x**n, tie=1),
        "Equal energies: the unit keeps its value, also if that is -1.",
    ),
    Mistake(
        "a tie becomes -1",
        lambda s, y, i, n: _compared(s, y, i, lambda x: x**n, tie=-1),
        "Equal energies: the unit keeps its value, also if that is +1.",
    ),
    Mistake(
        "a tie becomes 0",
        lambda s, y, i, n: _compared(s, y, i, lambda x: x**n, tie=0),
        "np.sign(0) is 0, and that is no state of a unit. Equal energies: it keeps its value.",
    ),
    Mistake(
        "uphill",
        lambda s, y, i, n: _compared(s, y, i, lambda x: x**n, uphill=True),
        "Units take the value with the HIGHER energy. The energy has a minus sign before the sum.",
    ),
    Mistake(
        "minus sign inside the power",
        lambda s, y, i, n: _compared(s, y, i, lambda x: -((-x) ** n)),
        "Your minus sign is raised to the power, too: for even n it is gone, and units go uphill. It belongs "
        "before the sum.",
    ),
    Mistake(
        "absolute value",
        lambda s, y, i, n: _compared(s, y, i, lambda x: np.abs(x) ** n),
        "For odd n you took |x|^n. Then inverse patterns attract as well; x^n keeps the sign.",
    ),
    Mistake(
        "rectified",
        lambda s, y, i, n: _compared(s, y, i, lambda x: np.maximum(x, 0) ** n),
        "You left out negative x. The rectified power is another F; here it is plain x^n.",
    ),
    Mistake(
        "always the square",
        lambda s, y, i, n: _dense_update(s, y, i, 2),
        "This is the classical network, n = 2, whatever n is asked for.",
    ),
    Mistake(
        "always the cube",
        lambda s, y, i, n: _dense_update(s, y, i, 3),
        "This is the network of n = 3, whatever n is asked for.",
    ),
    Mistake(
        "sign kept by even powers",
        lambda s, y, i, n: _compared(s, y, i, lambda x: np.sign(x) * np.abs(x) ** n),
        "You give every power the sign of x. F(x) is plain x^n: for even n it has none.",
    ),
    Mistake(
        "power of Hebb's fields",
        lambda s, y, i, n: _compared(s, y, i, lambda x: (s.T @ x) ** n),
        "You raise the fields that Hebb's matrix gives to the power, one for each unit. F takes the "
        "agreements, one for each pattern: no matrix of weights is needed.",
    ),
    Mistake(
        "agreement carried on",
        lambda s, y, i, n: _compared(s, y, i, lambda x: np.cumsum(x) ** n),
        "The agreement of one pattern is carried on into that of the next. Each begins at zero.",
    ),
    Mistake(
        "one power too few",
        lambda s, y, i, n: _dense_update(s, y, i, n - 1),
        "Your energies have the exponent n - 1. That is the exponent of the slope; energies have n.",
    ),
    Mistake(
        "F on every term",
        lambda s, y, i, n: _signed(y, i, s[:, i].sum() * (n % 2)),
        "The other units do not count here: either the power is taken of each product s_i y_i before adding "
        "up, or unit i is looked at alone. For even n nothing is left to compare; for odd n the unit follows "
        "the majority of the patterns.",
    ),
    Mistake(
        "one F for all patterns",
        lambda s, y, i, n: _compared(s, y, i, lambda x: x, total=lambda x: x.sum() ** n),
        "You added up all agreements and took one power of the total. Each pattern has an F of its own.",
    ),
    Mistake(
        "only the largest term",
        lambda s, y, i, n: _compared(s, y, i, lambda x: x**n, total=np.max),
        "Only the pattern with the largest F has a say. All of them do.",
    ),
    Mistake(
        "first pattern only",
        lambda s, y, i, n: _dense_update(s[:1], y, i, n),
        "Your energies know the first pattern only. Add up F over all of them.",
    ),
    Mistake(
        "last pattern only",
        lambda s, y, i, n: _dense_update(s[-1:], y, i, n),
        "Only the last pattern is left in your energies. Add up F over all of them.",
    ),
    Mistake(
        "sizes of the energies",
        lambda s, y, i, n: _compared(s, y, i, lambda x: x**n, total=lambda F: abs(F.sum())),
        "You compare the sizes of the energies, without their signs. For odd n the sum may have either sign, "
        "and the lower energy is the one that is more negative.",
    ),
    Mistake(
        "sign of the pattern forgotten",
        _pattern_forgotten,
        "You add and subtract 1, as if every pattern had +1 at this unit. The unit's share in x_mu is "
        "s_i y_i, and s_i may be -1.",
    ),
    Mistake(
        "only ever becomes +1",
        lambda s, y, i, n: _one_way(s, y, i, n, 1),
        "A unit may become +1, but never -1. What if -1 has the lower energy?",
    ),
    Mistake(
        "only ever becomes -1",
        lambda s, y, i, n: _one_way(s, y, i, n, -1),
        "A unit may become -1, but never +1. What if +1 has the lower energy?",
    ),
    Mistake(
        "value of the best pattern",
        lambda s, y, i, n: given.put(y, i, s[np.argmax(s @ y), i]),
        "The unit takes the value that it has in the pattern of the largest x. The others have a say, too: "
        "compare two energies.",
    ),
    Mistake(
        "only the best pattern",
        lambda s, y, i, n: _compared(s, y, i, lambda x: x, total=lambda x: x.max() ** n),
        "Only the pattern that fits best has a say. All of them do.",
    ),
]


_THREE = [[1, 1, -1], [1, -1, 1], [-1, 1, 1], [1, -1, -1]]  # with +++ they agree to 1 or -1

_TELLING = [  # inputs that tell mistakes apart which seldom differ
    ([[1]], [1], 0, 2),
    ([[1]], [-1], 0, 3),  # the only unit of all
    ([[1], [-1]], [-1], 0, 3),  # the only unit, and a tie
    ([[1, 1], [1, -1]], [-1, 1], 1, 3),
    ([[1, 1, 1], [1, -1, 1]], [1, 1, -1], 2, 3),  # the example of the exercise
    ([[1, 1, 1, -1], [1, 1, 1, 1], [-1, 1, 1, -1]], [-1, 1, 1, 1], 0, 3),
    ([[1, -1, 1, 1], [1, 1, 1, 1], [-1, 1, -1, 1]], [1, 1, 1, 1], 1, 3),
    ([[-1, 1, -1, -1, -1], [-1, 1, 1, 1, -1], [-1, 1, 1, 1, -1]], [-1, 1, 1, -1, -1], 2, 4),
    ([[1, 1, -1]], [-1, 1, 1], 0, 3),  # the others agree and differ in equal parts: r = 0
    ([[1, 1, -1]], [-1, 1, 1], 0, 5),
    ([[1, 1, 1, 1], *[[-1, *row] for row in 2 * _THREE]], [1, 1, 1, 1], 0, 3),  # one strong, eight weak
    ([[1, -1, 1, -1], [-1, 1, 1, -1], [1, 1, -1, 1], [1, -1, 1, -1]], [-1, 1, -1, -1], 0, 2),  # three sweeps
    ([[1, 1, 1, 1], *[[-1, *row] for row in (2 * _THREE[:3])[:5]]], [1, 1, 1, 1], 0, 2),  # five weak ones
]


def _update_trials(rng: np.random.Generator) -> Trials:
    trials: Trials = []
    for M, N in ((1, 2), (2, 2), (2, 3), (3, 3), (2, 4), (3, 4), (4, 4), (3, 5), (5, 5), (4, 6), (6, 6)):
        for n in (2, 3, 4, 5):
            s, y = rng.choice([-1, 1], (M, N)), given.state(rng, N)
            trials += [(s, y, int(i), n) for i in rng.choice(N, 2, replace=False)]
    s = np.array([[1, 1, 1, 1], [-1, 1, 1, 1]])  # unit 0 has a tie in every state, for every n
    trials += [(s, np.array([v, 1, 1, w]), 0, n) for v in (-1, 1) for w in (-1, 1) for n in (2, 3)]
    return trials + [(np.array(s), np.array(y), i, n) for s, y, i, n in _TELLING]


def _update_by_energies(patterns, state, i, n):
    new = list(state)
    new[i] = -new[i]
    before, after = 0, 0
    for pattern in patterns:
        x, y = 0, 0
        for k in range(len(state)):
            x += pattern[k] * state[k]
            y += pattern[k] * new[k]
        before -= x**n
        after -= y**n
    if after < before:
        return np.array(new)
    return state


dense_update = FunctionCheck(
    _dense_update,
    _update_trials,
    [
        *_OF_A_UNIT,
        Mistake(
            "difference instead of its sign",
            lambda s, y, i, n: given.put(y, i, (_gain(s, y, i, n)) or y[i]),
            "You put the difference of the energies into the state. A unit is +1 or -1: its sign is wanted.",
        ),
        Mistake(
            "only the new value",
            lambda s, y, i, n: int(_dense_update(s, y, i, n)[i]),
            "You returned the new value of unit i alone. The whole state after the update is asked for.",
        ),
        Mistake(
            "a whole sweep",
            lambda s, y, i, n: _one_by_one(s, y, n, _dense_update),
            "You updated all units in turn. Only unit i moves, the others stay as they are.",
        ),
        Mistake(
            "always the first unit",
            lambda s, y, i, n: _dense_update(s, y, 0, n),
            "You updated unit 0, whatever i is asked for.",
        ),
        Mistake(
            "all units at once",
            _all_units,
            "You updated every unit. Only unit i moves, the others stay as they are.",
        ),
        Mistake(
            "counted from 1",
            lambda s, y, i, n: _dense_update(s, y, i - 1, n),
            "You updated unit i - 1. Indices in Python start at 0, and i is such an index.",
        ),
        Mistake(
            "never flips",
            lambda s, y, i, n: y.copy(),
            "Your unit keeps its value in every state. Do you change a copy and return the other, or compare "
            "a state with itself?",
        ),
        Mistake(
            "the whole state inverted",
            _all_inverted,
            "You compare the state with its inverse, and invert all units. Only unit i may flip.",
        ),
        Mistake(
            "the best flip of all",
            _best_flip,
            "You flip the unit whose flip lowers the energy most. It is the turn of unit i, whatever the "
            "others would gain.",
        ),
        Mistake(
            "always flips",
            lambda s, y, i, n: _flipped(y, i),
            "Your unit flips without asking. It flips only if that lowers the energy.",
        ),
    ],
    [
        "Make two copies of the state that differ in unit i alone, and compare their energies.",
        "Only if the flipped copy has the LOWER energy is it the new state. Equal is not lower.",
        "In a product: r = x - s_i y_i is what the others agree to; compare F(r + s_i) with F(r - s_i).",
    ],
    also=[_update_by_energies],
    praise="Right: two energies, compared; a tie keeps.",
)


# x^2 and the classical network, by hand

_SQUARE = {"a": 1, "b": 1, "c": -2, "d": 2, "e": -1, "f": 4, "g": 0, "h": 2}

_ONE_HALF = "The classical energy is MINUS ONE HALF of the double sum. How many of it make the whole sum?"
_MINUS = "The classical energy carries a minus sign, too. A satisfied weight lowers both energies."

square_is_classical = TableCheck(
    "square_is_classical",
    _SQUARE,
    ["number"],
    [
        *(
            Mistake(name, _SQUARE | {"c": -share} | also, text)
            for share, what, text in (
                (1, "one half forgotten", _ONE_HALF),
                (0.5, "one half upside down", _ONE_HALF),
            )
            for name, also in ((what, {"d": share, "h": share}), (f"{what}, once", {}))
        ),
        Mistake("minus sign of the classical energy lost", _SQUARE | {"c": 2, "d": -2, "h": -2}, _MINUS),
        Mistake("minus sign of the classical energy lost, once", _SQUARE | {"c": 2}, _MINUS),
        Mistake(
            "minus sign of the dense energy lost",
            _SQUARE | {"d": -2, "e": 1, "h": -2},
            "From the sum to the energy there is a minus sign, for all of its terms.",
        ),
        Mistake(
            "minus sign of the dense energy lost, once",
            _SQUARE | {"d": -2, "e": 1},
            "From the sum to the energy there is a minus sign, for both of its terms.",
        ),
        Mistake(
            "factor lost between sum and energy",
            _SQUARE | {"d": 1, "h": 1},
            "How many times the classical energy stands in the sum, you said in (c). The minus sign of the "
            "energy changes its sign, not its size.",
        ),
        Mistake(
            "minus sign of the first term lost",
            _SQUARE | {"d": -2},
            "The minus sign of the energy meets the sign of your (c). What becomes of two signs?",
        ),
        Mistake(
            "constant with the wrong sign",
            _SQUARE | {"e": 1},
            "The diagonal adds to the sum of squares, and the energy is minus that sum.",
        ),
        Mistake(
            "diagonal left out",
            _SQUARE | {"b": 0, "e": 0},
            "The square of a sum contains the products with i = j. Hebb's weights leave them out.",
        ),
        Mistake(
            "products of equal indices taken for zero",
            _SQUARE | {"a": 0, "b": 0, "e": 0},
            "The weights w_ii are zero by definition. In the square of a sum the products with i = j are "
            "there, each of them a product of two squares.",
        ),
        Mistake(
            "cross term once",
            _SQUARE | {"f": 2},
            "(r + s)² holds 2 r s. And then minus (r - s)², which holds -2 r s.",
        ),
        Mistake(
            "the squares add up",
            _SQUARE | {"g": 2},
            "s² stands in both squares, and one of them is subtracted.",
        ),
        Mistake(
            "one square left over",
            _SQUARE | {"g": 1},
            "s² stands in both squares, and one of them is subtracted from the other.",
        ),
        Mistake(
            "diagonal left out of the energy",
            _SQUARE | {"e": 0},
            "The terms with i = j are part of the sum of squares: they do not vanish, they are a constant.",
        ),
        Mistake(
            "factor of the flip for factor of the energy",
            _SQUARE | {"h": 4},
            "That is the factor of s r. Here the question is how much more E changes than the other energy.",
        ),
        Mistake(
            "factor lost in the flip",
            _SQUARE | {"h": 1},
            "The constant drops out of a difference. The factor does not.",
        ),
        Mistake(
            "signs forgotten in the diagonal",
            _SQUARE | {"a": -1, "b": -1, "e": 1},
            "s_i s_i y_i y_i is a product of two squares. Of which sign?",
        ),
    ],
    [
        "Products with i = j: (s_i)² (y_i)². One for each unit and each pattern.",
        "Exchange the sums over patterns and units; then the sum over patterns of s_i s_j is a weight.",
        "Write out both squares of the third step and cross out what stands in both.",
    ],
    praise="Every step is right: a factor of 2, a constant, and no trace of the self-coupling in the update.",
)


# 4. a sweep that keeps the agreements


def _dense_sweep(patterns, state, n):
    y = state.copy()
    x = patterns @ y
    for i in range(len(y)):
        after = x - 2 * patterns[:, i] * y[i]
        if (after**n).sum() > (x**n).sum():
            x = after
            y[i] = -y[i]
    return y


def _swept_by_size(s, y, n, F):
    """A sweep that keeps the sizes of the agreements."""
    y, x = y.copy(), np.abs(s @ y)
    for i in range(len(y)):
        after = x - 2 * s[:, i] * y[i]
        if F(after).sum() > F(x).sum():
            x, y[i] = after, -y[i]
    return y


def _swept_from_start(s, y, n):
    """A sweep that compares with the energy of its start."""
    y, x = y.copy(), s @ y
    least = (x**n).sum()
    for i in range(len(y)):
        after = x - 2 * s[:, i] * y[i]
        if (after**n).sum() > least:
            x, y[i] = after, -y[i]
    return y


def _tried_without_unit(s, y, n):
    """A sweep in which a flip moves the agreements as if each unit were +1."""
    y, x = y.copy(), s @ y
    for i in range(len(y)):
        after = x - 2 * s[:, i]
        if (after**n).sum() > (x**n).sum():
            x, y[i] = after, -y[i]
    return y


def _moved_and_compared_anew(s, y, n):
    """A sweep that takes every change over, but compares with the true agreements."""
    y, x = y.copy(), s @ y
    for i in range(len(y)):
        x = x - 2 * s[:, i] * y[i]
        if (x**n).sum() > ((s @ y) ** n).sum():
            y[i] = -y[i]
    return y


def _swept(s, y, n, *, moved=lambda s, y, i: 2 * s[:, i] * y[i], step=2, order=None, stop=None, always=False):
    """A sweep in which one thing or another goes wrong."""
    y = y.copy()
    x = s @ y
    for i in range(len(y)) if order is None else order:
        flips = ((x - step * s[:, i] * y[i]) ** n).sum() > (x**n).sum()
        if flips or always:
            x = x - moved(s, y, i)
        if flips:
            y[i] = -y[i]
        if flips == stop:
            break
    return y


def _one_by_one(s, y, n, update):
    """A sweep of whatever `update(s, y, i, n)` does to one unit."""
    for i in range(len(y)):
        y = update(s, y, i, n)
    return y


def _until_rest(s, y, n):
    while not np.array_equal(new := _dense_sweep(s, y, n), y):
        y = new
    return y


def _sweep_trials(rng: np.random.Generator) -> Trials:
    random = [
        (rng.choice([-1, 1], (M, N)), given.state(rng, N), n)
        for M, N in ((1, 3), (2, 3), (3, 4), (2, 5), (4, 5), (3, 6), (6, 6), (5, 8), (8, 8), (4, 8))
        for n in (2, 3, 4)
        for _ in range(3)
    ]
    s = np.array([[1, 1, 1, 1], [-1, 1, 1, 1]])  # unit 0 has a tie in every state
    ties = [(s, np.array([v, 1, 1, w]), n) for v in (-1, 1) for w in (-1, 1) for n in (2, 3)]
    return random + ties + [(np.array(s), np.array(y), n) for s, y, _, n in _TELLING]


def _of_each(update):
    """The sweep that does to one unit after the other what `update` does to one."""
    return lambda s, y, n: _one_by_one(s, y, n, update)


def _sweep_by_units(patterns, state, n):
    y = [int(v) for v in state]
    x = [sum(int(a) * b for a, b in zip(row, y, strict=True)) for row in patterns]
    for i in range(len(y)):
        after = [x[mu] - 2 * int(patterns[mu][i]) * y[i] for mu in range(len(x))]
        if sum(v**n for v in after) > sum(v**n for v in x):
            x = after
            y[i] = -y[i]
    return np.array(y)


_SIZES = (
    "You keep the sizes of the agreements, without their signs. What a flip does to an agreement depends on "
    "its sign."
)

dense_sweep = FunctionCheck(
    _dense_sweep,
    _sweep_trials,
    [
        Mistake(
            "old agreements after a flip",
            lambda s, y, n: _swept(s, y, n, moved=lambda s, y, i: 0),
            "All your units look at the first state, as in a synchronous step. The agreements x belong to "
            "the state: when a unit flips they change, and the next unit has to see the new ones.",
        ),
        Mistake(
            "agreements moved by one",
            lambda s, y, n: _swept(s, y, n, moved=lambda s, y, i: s[:, i] * y[i]),
            "After a flip you corrected x by s_i y_i. From +1 to -1 a unit moves by two.",
        ),
        Mistake(
            "own share taken away once, not twice",
            lambda s, y, n: _swept(s, y, n, step=1, moved=lambda s, y, i: s[:, i] * y[i]),
            "You compare x with x - s_i y_i, and take that over. From +1 to -1 a unit moves by two.",
        ),
        Mistake(
            "agreements moved by four",
            lambda s, y, n: _swept(s, y, n, moved=lambda s, y, i: 4 * s[:, i] * y[i]),
            "After a flip you corrected x by 4 s_i y_i. From +1 to -1 a unit moves by two. Is x corrected "
            "twice?",
        ),
        Mistake(
            "flip tried without the unit",
            _tried_without_unit,
            "You compare x with x - 2 s_i. What a flip does to x depends on the value that the unit has.",
        ),
        Mistake(
            "units that stay become 0",
            lambda s, y, n: np.where(_dense_sweep(s, y, n) == y, 0, -y),
            "Units that do not flip are 0 in your result. Begin with a copy of the state, not with zeros.",
        ),
        Mistake(
            "agreements moved the wrong way",
            lambda s, y, n: _swept(s, y, n, moved=lambda s, y, i: -2 * s[:, i] * y[i]),
            "After a flip your x goes the wrong way. Did you flip the unit first and then use its new value?",
        ),
        Mistake(
            "agreements moved without the unit",
            lambda s, y, n: _swept(s, y, n, moved=lambda s, y, i: 2 * s[:, i]),
            "After a flip you corrected x by the patterns alone. Which way x goes depends on the value that "
            "the unit had.",
        ),
        Mistake(
            "agreements moved without a flip",
            lambda s, y, n: _swept(s, y, n, always=True),
            "You take over the new agreements even if the unit stays as it is. Only a flip changes them.",
        ),
        Mistake(
            "agreements moved without a flip, beside true ones",
            _moved_and_compared_anew,
            "You take over the new agreements even if the unit stays as it is. Only a flip changes them.",
        ),
        Mistake(
            "sizes of the agreements",
            lambda s, y, n: _swept_by_size(s, y, n, lambda x: np.abs(x) ** n),
            _SIZES,
        ),
        Mistake(
            "sizes of the agreements at the start",
            lambda s, y, n: _swept_by_size(s, y, n, lambda x: x**n),
            _SIZES,
        ),
        Mistake(
            "energy of the start",
            _swept_from_start,
            "You compare with the energy of the first state throughout. After a flip the state has another "
            "energy, and the next unit has to fall below that one.",
        ),
        Mistake(
            "as many units as patterns",
            lambda s, y, n: _swept(s, y, n, order=range(min(s.shape))),
            "Your loop has as many turns as there are patterns. All N units have their turn.",
        ),
        *sisters(_OF_A_UNIT, _of_each),
        Mistake(
            "stops after a flip",
            lambda s, y, n: _swept(s, y, n, stop=True),
            "Your sweep ends with the first flip. All units have their turn, once each.",
        ),
        Mistake(
            "stops at the first unit that stays",
            lambda s, y, n: _swept(s, y, n, stop=False),
            "Your sweep ends at the first unit that keeps its value. All units have their turn, once each.",
        ),
        Mistake(
            "first unit only",
            lambda s, y, n: _swept(s, y, n, order=[0]),
            "Only the first unit has its turn. Does `return` stand inside the loop?",
        ),
        Mistake(
            "until it rests",
            _until_rest,
            "You went on until nothing moves. One sweep is wanted: every unit once.",
        ),
        Mistake(
            "two sweeps",
            lambda s, y, n: _dense_sweep(s, _dense_sweep(s, y, n), n),
            "You went through the units twice. One sweep is wanted: every unit once.",
        ),
        Mistake(
            "first unit left out",
            lambda s, y, n: _swept(s, y, n, order=range(1, len(y))),
            "The first unit never has its turn. Indices start at 0.",
        ),
        Mistake(
            "last unit left out",
            lambda s, y, n: _swept(s, y, n, order=range(len(y) - 1)),
            "The last unit never has its turn.",
        ),
        Mistake(
            "backwards",
            lambda s, y, n: _swept(s, y, n, order=range(len(y) - 1, -1, -1)),
            "Your sweep runs from the last unit to the first. Ordered means units 0, 1, ..., N-1.",
        ),
        Mistake(
            "nothing moves",
            lambda s, y, n: y.copy(),
            "What you return is the state that you were given. Do you change a copy and return the other?",
        ),
    ],
    [
        "Compute x = patterns @ state once. What would it be if unit i had the other value?",
        "Each x_mu changes by -2 s_i y_i, with the value y_i from BEFORE the flip.",
        "Compare the sums of x**n before and after. If the flip lowers the energy, "
        "take over both the new value of the unit and the new x.",
    ],
    also=[_sweep_by_units],
    praise="Right. If you kept the agreements and corrected them, a unit cost M numbers; computed anew, "
    "M times N.",
)


# 5. capacity


def _dense_capacity(N, n):
    odd = 1
    for k in range(3, 2 * n - 2, 2):
        odd *= k
    return N ** (n - 1) / (2 * odd * log(N))


def _capacity_trials(rng: np.random.Generator) -> Trials:
    fixed = [(2, 2), (10, 2), (10, 3), (10, 4), (100, 3), (100, 5), (25, 6)]
    fixed += [(2, 5), (3, 4)]  # less than a single pattern
    fixed += [(1000, 8), (100, 19)]  # 10^21, and 35!! = 2.2 · 10^20, beyond 64 bits
    return fixed + [
        (int(N), n) for N in rng.choice(np.arange(20, 500), 2, replace=False) for n in (2, 3, 4, 5)
    ]


def _odd(k):
    return prod(range(k, 0, -2))


def _capacity_by_loop(N, n):
    odd = 1
    for k in range(1, n):
        odd = odd * (2 * k - 1)
    M = N ** (n - 1)
    M = M / odd
    return M / (2 * log(N))


def _wrapped_power(N, n):
    return float(np.power(np.int64(N), np.int64(n - 1)))


def _wrapped_odd(n):
    return float(np.prod(np.arange(1, 2 * n - 2, 2, dtype=np.int64)))


def _power_in_64_bits(N, n):
    """The formula is right, but N^(n-1) may be too large for NumPy's whole numbers. They have 64 bits: beyond
    9 · 10^18 others come out, even negative ones. Python's own have no end, and floats reach much further."""
    return _wrapped_power(N, n) / (2 * _odd(2 * n - 3) * log(N))


def _double_factorial_in_64_bits(N, n):
    """The formula is right, but the double factorial may be too large for NumPy's whole numbers. They have 64
    bits: beyond 9 · 10^18 others come out, even negative ones. Python's own have no end, and floats reach
    much further."""
    return N ** (n - 1) / (2 * _wrapped_odd(n) * log(N))


def _all_in_64_bits(N, n):
    """The formula is right, but N^(n-1) and the double factorial may be too large for NumPy's whole numbers.
    They have 64 bits: beyond 9 · 10^18 others come out, even negative ones. Python's own have no end, and
    floats reach much further."""
    return _wrapped_power(N, n) / (2 * _wrapped_odd(n) * log(N))


_CAPACITY_MISTAKES = [
    Mistake.of(_power_in_64_bits, "power beyond 64 bits"),
    Mistake.of(_double_factorial_in_64_bits, "double factorial beyond 64 bits"),
    Mistake.of(_all_in_64_bits, "power and double factorial beyond 64 bits"),
    Mistake(
        "ordinary factorial",
        lambda N, n: N ** (n - 1) / (2 * factorial(2 * n - 3) * log(N)),
        "(2n-3)!! is no factorial taken twice and no factorial taken once: it skips every other number.",
    ),
    Mistake(
        "factorial of a factorial",
        lambda N, n: N ** (n - 1) / (2 * factorial(min(factorial(2 * n - 3), 150)) * log(N)),
        "!! is not the factorial of the factorial. It is a product that skips every other number.",
    ),
    Mistake(
        "one odd number too many",
        lambda N, n: N ** (n - 1) / (2 * _odd(2 * n - 1) * log(N)),
        "Your product of odd numbers ends at 2n - 1. Count again: for n = 2 it has the single factor 1.",
    ),
    Mistake(
        "one odd number too few",
        lambda N, n: N ** (n - 1) / (2 * _odd(2 * n - 5) * log(N)),
        "Your product of odd numbers ends before 2n - 3. The end of a `range` is not part of it.",
    ),
    Mistake(
        "brackets forgotten",
        lambda N, n: N ** (n - 1) / 2 * _odd(2 * n - 3) * log(N),
        "Only the 2 stands under your fraction line: Python divides by what comes right after the slash. "
        "Put the whole denominator in brackets.",
    ),
    Mistake(
        "multiplied by the logarithm",
        lambda N, n: N ** (n - 1) / (2 * _odd(2 * n - 3)) * log(N),
        "Your logarithm multiplies. It belongs under the fraction line, inside the brackets.",
    ),
    Mistake(
        "product of even numbers",
        lambda N, n: N ** (n - 1) / (2 * _odd(2 * n - 2) * log(N)),
        "Your double factorial runs over even numbers; 2n - 3 is odd, and so are its factors.",
    ),
    Mistake(
        "product of even numbers from 4 on",
        lambda N, n: N ** (n - 1) / (_odd(2 * n - 2) * log(N)),
        "Your double factorial runs over even numbers; 2n - 3 is odd, and so are its factors.",
    ),
    Mistake(
        "always the double factorial of n = 3",
        lambda N, n: N ** (n - 1) / (2 * 3 * log(N)),
        "Your double factorial is 3 for every n. It grows with n: one more factor for each.",
    ),
    Mistake(
        "logarithm of n",
        lambda N, n: N ** (n - 1) / (2 * _odd(2 * n - 3) * log(n)),
        "Your logarithm is that of n. It is the logarithm of N, the number of units that may err.",
    ),
    Mistake(
        "n times the logarithm of n",
        lambda N, n: N ** (n - 1) / (2 * n * _odd(2 * n - 3) * log(n)),
        "Your denominator holds n ln n. It is the logarithm of N, the number of units that may err; and "
        "a factor n belongs to ALL patterns at once.",
    ),
    Mistake(
        "0.14 in place of the logarithm",
        lambda N, n: 0.14 * N ** (n - 1) / _odd(2 * n - 3),
        "0.14 N is for patterns that come back with a few errors, for n = 2. Here a pattern shall be a "
        "fixed point: 2 ln N stands under the fraction line.",
    ),
    Mistake(
        "last factor only",
        lambda N, n: N ** (n - 1) / (2 * (2 * n - 3) * log(N)),
        "You took the last odd number alone. The double factorial multiplies all of them, from 1 on.",
    ),
    Mistake(
        "double factorial left out",
        lambda N, n: N ** (n - 1) / (2 * log(N)),
        "There is no double factorial in your denominator.",
    ),
    Mistake(
        "all numbers, not every other one",
        lambda N, n: N ** (n - 1) / (2 * factorial(n - 1) * log(N)),
        "You multiplied 1, 2, 3, ... The double factorial of an odd number takes the odd ones.",
    ),
    Mistake(
        "sum of odd numbers",
        lambda N, n: N ** (n - 1) / (2 * sum(range(1, 2 * n - 2, 2)) * log(N)),
        "You added the odd numbers up. A factorial multiplies them.",
    ),
    Mistake(
        "one subtracted after the power",
        lambda N, n: (N**n - 1) / (2 * _odd(2 * n - 3) * log(N)),
        "You subtract 1 from N^n: Python raises to the power first. Put n - 1 in brackets.",
    ),
    Mistake(
        "one subtracted from the fraction",
        lambda N, n: N**n - 1 / (2 * _odd(2 * n - 3) * log(N)),
        "Python raises to the power first and divides before it subtracts: your fraction is subtracted "
        "from N^n. Put n - 1 in brackets.",
    ),
    Mistake(
        "multiplied instead of raised",
        lambda N, n: N * (n - 1) / (2 * _odd(2 * n - 3) * log(N)),
        "You multiply N by n - 1. It is a power, `**` in Python.",
    ),
    Mistake(
        "2 inside the logarithm",
        lambda N, n: N ** (n - 1) / (_odd(2 * n - 3) * log(2 * N)),
        "Your logarithm is that of 2N. The 2 stands before it.",
    ),
    Mistake(
        "always the square",
        lambda N, n: N / (2 * log(N)),
        "This is the capacity for n = 2, whatever n is asked for.",
    ),
    Mistake(
        "N to the n",
        lambda N, n: N**n / (2 * _odd(2 * n - 3) * log(N)),
        "The energy grows like N^n, but the capacity does not: for n = 2 it is linear in N.",
    ),
    Mistake(
        "factor 2 missing",
        lambda N, n: N ** (n - 1) / (_odd(2 * n - 3) * log(N)),
        "For n = 2 this must be N / (2 ln N), as in chapter 07.",
    ),
    Mistake(
        "all patterns at once",
        lambda N, n: N ** (n - 1) / (2 * n * _odd(2 * n - 3) * log(N)),
        "This is the number for ALL patterns to be fixed points. The question is about a given one.",
    ),
    Mistake(
        "logarithm to base 10",
        lambda N, n: N ** (n - 1) / (2 * _odd(2 * n - 3) * log10(N)),
        "ln is the natural logarithm, `np.log`.",
    ),
    Mistake(
        "logarithm to base 2",
        lambda N, n: N ** (n - 1) / (2 * _odd(2 * n - 3) * log2(N)),
        "ln is the natural logarithm, `np.log`.",
    ),
    Mistake(
        "logarithm forgotten",
        lambda N, n: N ** (n - 1) / (2 * _odd(2 * n - 3)),
        "Without the logarithm a few of the N units would still err. It pays for all N of them.",
    ),
    Mistake(
        "one failing pattern in a hundred networks",
        lambda N, n: N ** (n - 1) / (2 * _odd(2 * n - 3) * log(100 * N)),
        "This is the stricter demand at the end of part a, one failing pattern in a hundred networks. "
        "Part b asks for the formula before it.",
    ),
    Mistake(
        "logarithm of the power",
        lambda N, n: N ** (n - 1) / (2 * _odd(2 * n - 3) * log(N ** (n - 1))),
        "Your logarithm is that of N^(n-1). It is the number of units that counts here, and that is N.",
    ),
    Mistake(
        "logarithm squared",
        lambda N, n: N ** (n - 1) / (2 * _odd(2 * n - 3) * log(N) ** 2),
        "Your logarithm is squared. In the formula it stands once.",
    ),
    Mistake(
        "0.138 N for the square",
        lambda N, n: 0.138 * N if n == 2 else _dense_capacity(N, n),
        "0.138 N is for patterns that come back with a few errors. Here a pattern shall be a fixed "
        "point, for n = 2 as well.",
    ),
    Mistake(
        "double factorial never above 3",
        lambda N, n: N ** (n - 1) / (2 * min(3, _odd(2 * n - 3)) * log(N)),
        "Your double factorial is right for n = 2 and n = 3. For larger n more factors follow.",
    ),
    Mistake(
        "at least one",
        lambda N, n: max(1.0, _dense_capacity(N, n)),
        "Your results never fall below 1. For small N the estimate does: the formula as it is, please.",
    ),
    Mistake(
        "rounded up",
        lambda N, n: ceil(_dense_capacity(N, n)),
        "The formula as it is, please, not rounded: it is an estimate anyway.",
    ),
    Mistake(
        "rounded down",
        lambda N, n: N ** (n - 1) // (2 * _odd(2 * n - 3) * log(N)),
        "The formula as it is, please, not rounded: it is an estimate anyway.",
    ),
    Mistake(
        "rounded",
        lambda N, n: round(N ** (n - 1) / (2 * _odd(2 * n - 3) * log(N))),
        "The formula as it is, please, not rounded: it is an estimate anyway.",
    ),
]


def _but_for_the_largest(wrong):
    """Whether all results are those of a mistake, but for double factorials that 64 bits do not hold."""

    def sign(seen, wanted, trials):
        told = [
            (value, case) for value, case in zip(seen, trials, strict=True) if _odd(2 * case[1] - 3) < 2**63
        ]
        return all(same(value, wrong(*case), 1e-6) for value, case in told)

    return sign


dense_capacity = TellingCheck(
    _dense_capacity,
    _capacity_trials,
    _CAPACITY_MISTAKES,
    [
        "(2n-3)!! = 1 · 3 · 5 ··· (2n-3): one factor for n = 2, two for n = 3 (1 and 3).",
        "A loop over range(3, ..., 2), or `math.prod`, makes the double factorial. Test n = 2 by chapter 07.",
    ],
    also=[_capacity_by_loop],
    first={m.name: _but_for_the_largest(m.wrong) for m in _CAPACITY_MISTAKES if "64 bits" not in m.name},
    praise="Right, for a GIVEN pattern. All of them at once: divide by n.",
)


# 6. two hunts


def _unreadable(least, wrong):
    """What a set of patterns may lack before it is looked at: `wrong` makes the examples."""
    few = f"{least} to 8" if least > 1 else "up to 8"
    return [
        Mistake(
            "not one pattern per row",
            wrong([1, 1, 1]),
            "Hand over the patterns as a matrix, one per row; a single one stands in double brackets.",
            lambda s, *_: s.ndim != 2 or not s.size,
        ),
        Mistake(
            "entries other than ±1",
            wrong([[1, 0], [1, 1], [0, 1]]),
            "Units are +1 or -1; one of your patterns has another entry.",
            lambda s, *_: not given.bipolar(s),
        ),
        Mistake(
            "number of patterns",
            wrong([[1, 1, 1]] * 9),
            f"Hand over {few} patterns. They are the rows.",
            lambda s, *_: not least <= len(s) <= 8,
        ),
        Mistake(
            "number of units",
            wrong([[1] * 9, [-1] * 9, [1, -1, 1] * 3]),
            "The patterns have too many units: up to 8 are allowed.",
            lambda s, *_: s.shape[1] > 8,
        ),
    ]


def _rises(s, y, n):
    """What the flip of each unit alone would add to the energy."""
    x = s @ y
    return np.array([(x**n).sum() - ((x - 2 * s[:, i] * y[i]) ** n).sum() for i in range(len(y))])


def _opposed(s, y):
    """Units that x^2 and x^3 would treat differently, ties aside."""
    return _rises(s, y, 2) * _rises(s, y, 3) < 0


def _opposed_told(s, y):
    i = int(np.argmax(_opposed(s, y)))
    square, cube = (f"{_rises(s, y, n)[i]:+g}".replace("-", "−") for n in (2, 3))
    return f"A counterexample: the flip of unit {i + 1} adds {square} to the energy for x², {cube} for x³."


def _differ(s, y):
    """Whether some flip raises, lowers or keeps one energy, and does something else to the other one."""
    return not np.array_equal(np.sign(_rises(s, y, 2)), np.sign(_rises(s, y, 3)))


def _agreeing(s, y):
    """Whether no unit tells the two energies apart, with a word if a looser comparison would."""
    if _differ(s, y):
        return False
    slopes = y * (s.T @ (s @ y)), y * (s.T @ (s @ y) ** 2)
    if (slopes[0] * slopes[1] < 0).any():
        return "Only the slopes of the energies differ in sign: compare the energies before and after a flip."
    rises = _rises(s, y, 2)
    if (rises < 0).any() and (rises > 0).any():
        return "Some flips lower both energies, others raise both. One flip must do the one AND the other."
    return True


square_against_cube = ExampleCheck(
    "square_against_cube",
    ["stored", "state"],
    ([[1, -1, 1, 1], [1, 1, 1, 1], [-1, 1, -1, 1]], [1, 1, 1, 1]),
    [
        *_unreadable(1, lambda stored: (stored, [1, 1, 1])),
        Mistake(
            "state in double brackets",
            ([[1, 1, 1]], [[1, 1, 1]]),
            "Your state is a matrix. Hand over a single row of values, in single brackets.",
            lambda s, y: y.ndim > 1,
        ),
        Mistake(
            "patterns in columns",
            ([[1], [1], [-1]], [1, 1, 1]),
            "The state has a value for each ROW of your matrix. A pattern is a row: hand over `patterns.T`.",
            given.in_columns,
        ),
        Mistake(
            "state of another length",
            ([[1, 1, 1]], [1, 1]),
            "The state must have one value for each unit of the patterns, in a single row.",
            lambda s, y: y.shape != s.shape[1:],
        ),
        Mistake(
            "state other than ±1",
            ([[1, 1, 1]], [1, 1, 0]),
            "Units are +1 or -1; the state has another entry.",
            lambda s, y: not given.bipolar(y),
        ),
        Mistake(
            "a negative agreement",
            ([[1, 1, 1]], [-1, -1, -1]),
            "Some x_mu is negative here, and that odd powers dislike inverse patterns you know already. "
            "Find a state without.",
            lambda s, y: bool((s @ y < 0).any()),
        ),
        Mistake(
            "they agree",
            ([[1, 1, 1], [1, 1, -1]], [1, 1, 1]),
            "Both powers would flip the same units. Look for a strong pattern on one side of the "
            "argument and several weak ones on the other: the steeper power listens to the strong one.",
            _agreeing,
        ),
        Mistake(
            "only a tie",
            ([[1, -1, -1, 1], [-1, 1, 1, -1]], [1, 1, 1, 1]),
            "They differ only where one of the two is undecided. Find a unit for which "
            "one energy rises and the other one falls.",
            lambda s, y: not _opposed(s, y).any(),
        ),
    ],
    [
        "Put the state at ++...+ (that loses nothing). Then x_mu is simply the sum of pattern mu.",
        "A flip of unit i changes the energy for x² by 4 sum (s_i x - 1); work out the same for x³.",
        "A loop over random patterns of four units, with the state all +1, finds one in a moment.",
    ],
    praise=_opposed_told,
    limits=["1 to 8 patterns of up to 8 units"],
)


def _loses_inverse(s):
    """Whether the first pattern is a valley for x^3, and its inverse a fixed point for x^2."""
    return bool((_rises(s, s[0], 3) > 0).all() and (_rises(s, -s[0], 2) >= 0).all())


def _repeats(s):
    return len({tuple(row) for row in s}) < len(s)


def _inverts(s):
    return bool({tuple(row) for row in s} & {tuple(-row) for row in s})


def _will_do(s):
    return 3 <= len(s) <= 8 and not _repeats(s) and not _inverts(s) and _loses_inverse(s)


def _lacking(s, lacks):
    """Whether something is lacking, with a word if another row in the first place would do, or columns."""
    others = (np.roll(s, -k, axis=0) for k in range(1, len(s)))
    if lacks and any(map(_will_do, others)):
        return "Or begin with another row: one of them would do as the first."
    if lacks and _will_do(s.T):
        return "Do your patterns stand in columns? A pattern is a row: hand over `stored.T`."
    return bool(lacks)


lost_inverse = ExampleCheck(
    "lost_inverse",
    ["stored"],
    ([[1, 1, 1, 1, 1], [1, -1, 1, -1, 1], [1, 1, -1, -1, 1]],),
    [
        *_unreadable(3, lambda stored: (stored,)),
        Mistake(
            "a pattern twice",
            ([[1, 1, 1], [1, 1, 1], [1, -1, 1]],),
            "All patterns shall be different.",
            lambda s: _lacking(s, _repeats(s)),
        ),
        Mistake(
            "an inverse is stored",
            ([[1, 1, 1], [-1, -1, -1], [1, -1, 1]],),
            "One of your patterns is the inverse of another: for x³ these two cancel.",
            lambda s: _lacking(s, _inverts(s)),
        ),
        Mistake(
            "a tie is no valley",
            ([[1, 1, 1, 1], [1, -1, 1, 1], [1, 1, -1, -1], [1, 1, -1, 1]],),
            "For x³ no flip lowers the energy of the first pattern, but some flip leaves it as it is. In a "
            "valley every flip RAISES it. Store less similar ones.",
            lambda s: _lacking(s, _rises(s, s[0], 3).min() == 0),
        ),
        Mistake(
            "pattern lost",
            ([[1, 1, 1, 1], [-1, -1, -1, 1], [1, -1, 1, 1]],),
            "The first pattern is no valley for x³: there is a flip that lowers "
            "the energy. Store less similar ones.",
            lambda s: _lacking(s, (_rises(s, s[0], 3) < 0).any()),
        ),
        Mistake(
            "no inverse to lose",
            ([[1, 1, 1, -1], [-1, 1, 1, -1], [1, 1, -1, 1]],),
            "For x² the inverse of your first pattern is no fixed point to begin with, so there is nothing "
            "for x³ to lose. Choose the others less similar to the first.",
            lambda s: _lacking(s, (_rises(s, -s[0], 2) < 0).any()),
        ),
    ],
    [
        "For one stored pattern alone it always works: -s has the highest energy of all. Add patterns "
        "that do not interfere.",
        "Patterns with agreement 0 or ±1 with the first one are as good as absent.",
    ],
    praise="A counterexample to “stored with its inverse”: that is true for even powers only.",
    limits=["3 to 8 different patterns of up to 8 units"],
)


# 7. the open problem: letters and digits with single errors


@lru_cache(maxsize=1)
def _signs():
    """The 36 patterns (36, 100), all states with one wrong unit (3600, 100), and where it is (3600, 100)."""
    s = np.concatenate([datasets.letters(), datasets.digits()])
    wrong = np.tile(np.eye(100, dtype=bool), (36, 1))
    return s, np.where(wrong, -1, 1) * np.repeat(s, 100, axis=0), wrong


@lru_cache(maxsize=32)
def _letters_alone(p):
    """Whether all single errors of the 26 letters are corrected, if nothing else is stored."""
    s, cues, wrong = (a[: 26 * k] for a, k in zip(_signs(), (1, 100, 100), strict=True))
    net = dense.Network(s, lambda x: np.maximum(x / 100, 0) ** p)
    return bool((net.wants_flip(cues) == wrong).all())


@lru_cache(maxsize=32)
def _not_stored(p):
    """How many of the 36 are no fixed points, and how many single errors are not corrected at once."""
    s, cues, wrong = _signs()
    net = dense.Network(s, lambda x: np.maximum(x / 100, 0) ** p)
    moves = net.wants_flip(cues)
    return int((~net.is_fixed_point(s)).sum()), int((moves != wrong).any(axis=1).sum())


def _less_will_do(p):
    """Whether 0.01 less works, too, with a word for the smallest whole number."""
    less = _not_stored(p - 0.01)[1] == 0
    if less and p == round(p) and _not_stored(p - 1)[1] > 0:
        return "No smaller whole number works, but any exponent is allowed."
    return less


def _power_told(p):
    if abs(100 * float(p) - round(100 * float(p))) < 1e-6:
        return "As low as it gets, rounded up to two decimals. The smallest whole number is 6."
    return "Right: it works, and 0.01 less does not. The smallest whole number is 6."


smallest_power = ExampleCheck(
    "smallest_power",
    ["p"],
    (5.6,),
    [
        Mistake(
            "a list",
            ([5, 6],),
            "One number is wanted; yours is a list or an array. Decimals have a point: `2.5` is one number, "
            "`2,5` are two.",
            lambda p: p.ndim > 0,
        ),
        Mistake(
            "out of reach",
            (0.5,),
            "The exponent lies between 1 and 60.",
            lambda p: not 1 <= p <= 60,
        ),
        Mistake(
            "letters without digits",
            (4.35,),
            "This is as low as it gets for the 26 letters alone. The 10 digits are stored as well.",
            lambda p: (
                _not_stored(float(p))[1] > 0
                and _letters_alone(float(p))
                and not _letters_alone(float(p) - 0.01)
            ),
        ),
        Mistake(
            "a sign is lost",
            (4.5,),
            "With this exponent some of the 36 are not even fixed points. It has to be steeper.",
            lambda p: _not_stored(float(p))[0] > 0,
        ),
        Mistake(
            "not rounded up",
            (5.59,),
            "It fails, if only just: 0.01 more is enough. Whether nearest or down, rounding takes you below "
            "the smallest exponent.",
            lambda p: _not_stored(float(p))[1] > 0 and _not_stored(float(p) + 0.01)[1] == 0,
        ),
        Mistake(
            "an error stays",
            (5.4,),
            "All 36 are fixed points, but next to some of them there is a single error after which the wrong "
            "unit does not want to flip, or others want to, too. A little steeper.",
            lambda p: _not_stored(float(p))[1] > 0,
        ),
        Mistake(
            "less will do",
            (6,),
            "It works. So does an exponent that is smaller by 0.01, and perhaps a much smaller one.",
            lambda p: _less_will_do(float(p)),
        ),
    ],
    [
        "F with a fractional exponent: `lambda x: np.maximum(x, 0) ** p`, handed to dense.Network.",
        "All 3600 states with one error as one batch: `net.wants_flip(cues)` must be True for the "
        "wrong unit and for no other.",
        "Whole numbers first, then halve the interval between one that fails and one that works.",
    ],
    praise=_power_told,
    limits=["from 1 to 60"],
)
