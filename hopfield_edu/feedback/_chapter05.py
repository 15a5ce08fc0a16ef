"""Checks of chapter 05: one stored pattern, why it stays and comes back, the border, the basins."""

from __future__ import annotations

from itertools import combinations, permutations
from math import comb, perm
from typing import Any

import numpy as np

from hopfield_edu import state_space
from hopfield_edu._check import is_symmetric
from hopfield_edu._values import fold, numbers, same
from hopfield_edu.binary import Network
from hopfield_edu.feedback import _inputs as given
from hopfield_edu.feedback._cards import Verdict
from hopfield_edu.feedback._core import ExampleCheck, FunctionCheck, Mistake, Outcome, TableCheck
from hopfield_edu.feedback._running import Probe
from hopfield_edu.feedback._slips import source_of
from hopfield_edu.patterns import from_label

Trials = list[tuple[Any, ...]]


# 1. eqs. 1.4 to 1.8, with a zero diagonal, as blanks to fill in

_STEPS = {"a": 1, "b": 2, "c": 1, "d": -1, "e": 7 / 8, "f": 1, "g": 0, "h": 0}


def _later_step(row: str, steps: dict[str, Any]) -> Any:
    """What the learner's own earlier steps lead to: N + d terms c, divided by N; its sign."""
    e = steps["c"] * (8 + steps["d"]) / 8
    return {"e": e, "f": np.sign(steps["e"])}[row]


stays_step_by_step = TableCheck(
    "stays_step_by_step",
    _STEPS,
    ["number"],
    [
        Mistake(
            "the unit counts itself",
            _STEPS | {"d": 0, "e": 1},
            "Your sum has N terms. With a zero diagonal the unit itself is left out: "
            "how many others are there?",
        ),
        Mistake(
            "all terms instead of what is added to N",
            _STEPS | {"d": 7, "g": 8},
            "For N = 8 your (d) and (g) are whole numbers of terms. Asked for is what is added to N.",
        ),
        Mistake(
            "two units left out",
            _STEPS | {"d": -2, "e": 6 / 8},
            "Only one unit is left out of the sum, unit i itself.",
        ),
        Mistake(
            "eight terms for eight units",
            _STEPS | {"e": 1},
            "(e) is not what (d) says for N = 8: with a zero diagonal the unit itself is left out.",
        ),
        Mistake(
            "one term too many",
            _STEPS | {"d": 1, "e": 9 / 8},
            "(d) is added to N, so that your sum has more terms than there are units. The unit itself is "
            "left out of it.",
        ),
        Mistake(
            "the weight holds no s_j",
            _STEPS | {"b": 1},
            "w_ij holds a factor s_j, and it is multiplied by the value of unit j, which is s_j again.",
        ),
        Mistake(
            "s_j is lost",
            _STEPS | {"b": 0},
            "s_j stands in w_ij, and once more behind it. Its square is always the same number, but first "
            "write it down.",
        ),
        Mistake(
            "the weight holds no s_i",
            _STEPS | {"a": 0},
            "The weight is a product of two values of the pattern, and one of them is that of unit i.",
        ),
        Mistake(
            "s_i counted twice",
            _STEPS | {"a": 2},
            "s_i stands in w_ij once. The weight is multiplied by the value of the sender, unit j.",
        ),
        Mistake(
            "powers exchanged",
            _STEPS | {"a": 2, "b": 1},
            "The weight is multiplied by the value of unit j, the sender. Which of the two values is "
            "squared?",
        ),
        Mistake(
            "the square keeps the sign",
            _STEPS | {"c": -1, "e": -7 / 8, "f": -1},
            "(-1)(-1) = +1: whatever s_j is, what is its square?",
        ),
        Mistake(
            "the terms cancel",
            _STEPS | {"c": 0, "e": 0, "f": 0},
            "You let the terms cancel on average, as the values of a pattern would. "
            "But they stand there squared.",
        ),
        Mistake(
            "1/N counted twice",
            _STEPS | {"c": 1 / 8},
            "The factor 1/N stands before the sum already. What is left of a term?",
        ),
        Mistake(
            "all terms in place of one",
            _STEPS | {"c": 7},
            "(c) is a single term of the sum. How many terms there are is asked for in the next line.",
        ),
        Mistake(
            "1/N forgotten",
            _STEPS | {"e": 7},
            "You counted the terms of the sum. Each of them still carries the factor 1/N.",
        ),
        Mistake(
            "a single term",
            _STEPS | {"e": 1 / 8},
            "(e) is one term of the sum. How many of them are added?",
        ),
        Mistake(
            "divided by the others",
            _STEPS | {"e": 8 / 7},
            "Above the line stands N + d, below it N: your fraction is upside down.",
        ),
        Mistake(
            "sign of e",
            _STEPS | {"e": -7 / 8},
            "All terms of the sum are positive: they are squares.",
        ),
        Mistake(
            "the sign keeps the size",
            _STEPS | {"f": 7 / 8},
            "sgn throws the size away: only the sign of its argument is left.",
        ),
        Mistake(
            "the unit turns over",
            _STEPS | {"f": -1},
            "The number before s_i is positive. What does sgn make of it?",
        ),
        Mistake(
            "nothing is left of the sign",
            _STEPS | {"f": 0},
            "sgn is zero for zero alone. The number before s_i is positive.",
        ),
        Mistake(
            "one term more than N",
            _STEPS | {"g": 1},
            "The sum over all units, unit i among them, has no more terms than there are units.",
        ),
        Mistake(
            "the unit still left out",
            _STEPS | {"g": -1},
            "With self-connections the sum runs over all units, unit i among them.",
        ),
        Mistake(
            "a single unit holds itself",
            _STEPS | {"h": 1},
            "Without a self-connection a unit that is alone gets no input at all.",
        ),
        Mistake(
            "c counts twice",
            _STEPS | {"c": 2},
            "The power 2 is not a factor 2: (c) is the SQUARE of s_j.",
        ),
        Mistake(
            "a single unit is pushed",
            _STEPS | {"h": -1},
            "Without a self-connection a unit that is alone gets no input at all.",
        ),
    ],
    [
        "Put w_ij = s_i s_j / N into the sum and count how often s_i and s_j occur in each term.",
        "s_j is +1 or -1. In both cases its square is the same number, so all terms are alike: count them.",
        "The index j runs over all units but i. For N = 8, how many terms, and each of which size?",
        "sgn of a positive number times s_i: is anything left of the number?",
    ],
    follow={"number": _later_step},
    praise="Every step is right: the pattern reproduces itself, whatever it is, for every N > 1.",
)


# 2. Hebb's rule for one pattern


def _store_one(pattern):
    return _off(np.outer(pattern, pattern)) / len(pattern)


def _store_one_in_loops(pattern):
    N = len(pattern)
    weights = np.zeros((N, N))
    for i in range(N):
        for j in range(N):
            if i != j:
                weights[i, j] = pattern[i] * pattern[j] / N
    return weights


def _pattern_trials(rng: np.random.Generator) -> Trials:
    fixed = ["+-", "--", "+--", "-++", "++-+", "-+--+", "++--+-"]
    return [(from_label(s),) for s in fixed] + [(given.state(rng, N),) for N in (3, 4, 5, 6, 8)]


def _off(W: Any) -> Any:
    """A copy of W with zeros on its diagonal."""
    return W * (1 - np.eye(len(W)))


def _but(W: Any, i: int) -> Any:
    """A copy of W with zeros on its diagonal and no weights to or from unit i."""
    there = np.arange(len(W)) != i
    return _off(W) * there * there[:, None]


store_one = FunctionCheck(
    _store_one,
    _pattern_trials,
    [
        Mistake(
            "diagonal kept",
            lambda s: np.outer(s, s) / len(s),
            "Off the diagonal all is right, but your units are connected to themselves: s_i s_i = 1.",
        ),
        Mistake(
            "all weights alike",
            lambda s: _off(np.full((len(s), len(s)), s @ s / len(s))),
            "All your weights are 1. The product of a pattern with itself is one number (`.T` changes "
            "nothing of a plain list); a matrix of all products is `np.outer`.",
        ),
        Mistake(
            "the diagonal subtracted from every row",
            lambda s: np.outer(s, s) / len(s) - 1 / len(s),
            "Equal units have no weight in your matrix, and unlike ones twice the right one: all products "
            "are too small by 1. Did you subtract the list of the diagonal entries? NumPy takes it from "
            "every row. `np.fill_diagonal` sets the diagonal alone.",
        ),
        Mistake(
            "1/N forgotten",
            lambda s: _off(np.outer(s, s)),
            "Your weights are N times as large. That is harmless for the dynamics, as no field changes its "
            "sign, and the library leaves the factor out, too. But here it is asked for: put it in.",
        ),
        Mistake(
            "1/N and the diagonal forgotten",
            lambda s: np.outer(s, s),
            "The products are right. Two things are missing: the factor 1/N (harmless for the "
            "dynamics), and the zeros on the diagonal (not harmless: count the fixed points).",
        ),
        Mistake(
            "divided twice by N",
            lambda s: _off(np.outer(s, s)) / len(s) ** 2,
            "The products were divided by N two times. Did you divide the pattern before you multiplied?",
        ),
        Mistake(
            "divided twice by N, diagonal kept",
            lambda s: np.outer(s, s) / len(s) ** 2,
            "The products were divided by N two times (did you divide the pattern before you multiplied?), "
            "and the units are connected to themselves.",
        ),
        Mistake(
            "divided by the root of N",
            lambda s: _off(np.outer(s, s)) / len(s) ** 0.5,
            "You divided by the square root of N, the length of the pattern as a vector. Eq. 1.3 divides by "
            "N.",
        ),
        Mistake(
            "divided by two",
            lambda s: _off(np.outer(s, s)) / 2,
            "You divided by 2, which is right for the two units of the example alone.",
        ),
        Mistake(
            "divided by two, diagonal kept",
            lambda s: np.outer(s, s) / 2,
            "You divided by 2, which is right for the two units of the example alone; and the diagonal is "
            "not zero.",
        ),
        Mistake(
            "half as large",
            lambda s: _off(np.outer(s, s)) / (2 * len(s)),
            "Your weights are half as large as Hebb's. The factor one half belongs to the energy, which "
            "counts every pair twice; a weight is not halved.",
        ),
        Mistake(
            "divided by the others",
            lambda s: _off(np.outer(s, s)) / (len(s) - 1),
            "You divided by N - 1, the number of other units. Eq. 1.3 divides by N.",
        ),
        Mistake(
            "divided by the others, diagonal kept",
            lambda s: np.outer(s, s) / (len(s) - 1),
            "You divided by N - 1, the number of other units, where Hebb's rule divides by N; and the "
            "diagonal is not zero.",
        ),
        Mistake(
            "all weights are zero",
            lambda s: np.zeros((len(s), len(s)), int),
            "All your weights are 0. Did you fill an array of whole numbers (`dtype=int`, `zeros_like`)? It "
            "keeps what stands before the decimal point, and of 1/N that is nothing. Or did you set more to "
            "0 than the diagonal?",
        ),
        Mistake(
            "division without remainder",
            lambda s: _off(np.outer(s, s) // len(s)),
            "You divided by `//`, which rounds down to a whole number: 1/N becomes 0, and -1/N becomes -1. "
            "Divide by `/`.",
        ),
        Mistake(
            "sum instead of product",
            lambda s: _off(np.add.outer(s, s)) / len(s),
            "You added the two values. Two units that differ then get no weight; they shall get a negative "
            "one.",
        ),
        Mistake(
            "units of 0 and 1",
            lambda s: _off(np.outer(s > 0, s > 0)) / len(s),
            "Only pairs of units at +1 get a weight: you multiplied zeros and ones. "
            "Two units at -1 agree as well.",
        ),
        Mistake(
            "sign wrong",
            lambda s: -_off(np.outer(s, s)) / len(s),
            "All signs are turned round: your weights make equal units differ, and the pattern is a "
            "peak of the energy.",
        ),
        Mistake(
            "all weights positive",
            lambda s: _off(np.ones((len(s), len(s)))) / len(s),
            "All your weights are positive, whatever the pattern: they store the state with all units equal.",
        ),
        Mistake(
            "negative weights cut off",
            lambda s: _off(np.outer(s, s) > 0) / len(s),
            "Two units that differ have no weight in your matrix. They shall have a negative one.",
        ),
        Mistake(
            "not symmetric: upper triangle only",
            lambda s: np.triu(np.outer(s, s), 1) / len(s),
            "Only the weights above the diagonal are there. Every pair is connected in both directions.",
        ),
        Mistake(
            "not symmetric: lower triangle only",
            lambda s: np.tril(np.outer(s, s), -1) / len(s),
            "Only the weights below the diagonal are there. Every pair is connected in both directions.",
        ),
        Mistake(
            "last unit left out",
            lambda s: _but(np.outer(s, s), len(s) - 1) / len(s),
            "The last unit has no weights. `range(n)` ends at n - 1: does your loop stop one too early?",
        ),
        Mistake(
            "first unit left out",
            lambda s: _but(np.outer(s, s), 0) / len(s),
            "The first unit has no weights. Python counts from 0: does your loop begin with 1?",
        ),
        Mistake(
            "ones on the diagonal",
            lambda s: _off(np.outer(s, s)) / len(s) + np.eye(len(s)),
            "Your diagonal is 1. No unit is connected to itself: it shall be 0.",
        ),
        Mistake(
            "first entry of the diagonal alone",
            lambda s: np.outer(s, s) / len(s) * (np.arange(len(s) ** 2) > 0).reshape(len(s), -1),
            "Of the diagonal only the first entry is 0. Each unit has its own place on it.",
        ),
        Mistake(
            "last entry of the diagonal alone",
            lambda s: _store_one(s) + np.diag(np.arange(len(s)) < len(s) - 1) / len(s),
            "Of the diagonal only the last entry is 0. Each unit has its own place on it.",
        ),
        Mistake(
            "one list for all rows",
            lambda s: np.tile(np.r_[s[-1] * s[:-1], s[-2] * s[-1]] / len(s), (len(s), 1)),
            "All rows are equal: `[[0] * n] * n` holds ONE list n times, so that each row overwrites the "
            "one before. An array of zeros has rows of its own.",
        ),
        Mistake(
            "recoded from 0 and 1",
            lambda s: _off(np.outer(2 * s - 1, 2 * s - 1)) / len(s),
            "You multiplied values 2 s - 1. That makes 1 and -1 of 1 and 0, but this pattern is of 1 and -1 "
            "already: its -1 becomes -3.",
        ),
        Mistake(
            "equal units left out",
            lambda s: np.minimum(_off(np.outer(s, s)), 0) / len(s),
            "Units of equal value have no weight in your matrix. They shall have a positive one. Only a unit "
            "and ITSELF are left out: does a comparison take the values of i and j, where it should take i "
            "and j?",
        ),
        Mistake(
            "mean subtracted",
            lambda s: _off(np.outer(s - s.mean(), s - s.mean())) / len(s),
            "You subtracted the mean of the pattern first. That is another rule; here it is Hebb's.",
        ),
        Mistake(
            "the diagonal alone",
            lambda s: np.eye(len(s)) / len(s),
            "You kept the diagonal and dropped the rest. It is the other way round: the diagonal shall be 0.",
        ),
        Mistake(
            "not symmetric: the sender alone",
            lambda s: _off(np.outer(np.ones(len(s)), s)) / len(s),
            "Your weight from j to i is s_j / N, whatever unit i is. Both values belong into the product.",
        ),
        Mistake(
            "not symmetric: the receiver alone",
            lambda s: _off(np.outer(s, np.ones(len(s)))) / len(s),
            "Your weight from j to i is s_i / N, whatever unit j is. Both values belong into the product.",
        ),
        Mistake(
            "a number instead of a matrix",
            lambda s: s @ s / len(s),
            "You got a single number, the product of the pattern with itself summed up. "
            "There is a weight for every PAIR of units.",
        ),
        Mistake(
            "each unit with itself",
            lambda s: s * s / len(s),
            "You got one number per unit: `s * s` multiplies each value with itself. "
            "Each value with each other one makes a matrix.",
        ),
        Mistake(
            "the identity taken off",
            lambda s: np.outer(s, s) / len(s) - np.eye(len(s)),
            "Your diagonal is not zero: it held 1/N, and you took off 1.",
        ),
    ],
    [
        "A weight for every pair: row i, column j holds the product of the values of units i and j.",
        "NumPy has a function for the table of all products of two vectors; its name is `outer`.",
        "Divide by the number of units, and set the diagonal to zero last (`np.fill_diagonal`).",
    ],
    also=[_store_one_in_loops],
    limits=["an array of two or more"],
    praise="Right: symmetric, with zeros on the diagonal, and every weight satisfied by the pattern.",
)


# 3. the field of right and of wrong units


def _fields_of_a_cue(N, k):
    right = (N - 1 - 2 * k) / N
    wrong = (N + 1 - 2 * k) / N
    return right, wrong


def _fields_by_counting(N, k):
    fields = []
    for me in (1, -1):
        others = [1] * (N - k) + [-1] * k
        others.remove(me)
        field = 0
        for j in others:
            field += j / N
        fields.append(field)
    return fields


def _cue_trials(rng: np.random.Generator) -> Trials:
    fixed = [(2, 1), (3, 1), (3, 2), (4, 1), (5, 2), (5, 3), (7, 6), (8, 2), (8, 4), (16, 5)]
    return fixed + [(int(N), int(rng.integers(1, N))) for N in rng.integers(3, 30, size=8)]


def _each(change: Any) -> Any:
    """The right two fields, both of them changed."""
    return lambda N, k: tuple(change(h, N, k) for h in _fields_of_a_cue(N, k))


def _instead(n: int | None = None, wrong: int | None = None) -> Any:
    """The right formula with a number of the text in the place of N or k."""
    return lambda N, k: _fields_of_a_cue(n or N, wrong or k)


fields_of_a_cue = FunctionCheck(
    _fields_of_a_cue,
    _cue_trials,
    [
        Mistake(
            "the unit counts itself",
            lambda N, k: ((N - 2 * k) / N, (N - 2 * k) / N),
            "You let each unit vote for itself: this is Wiskott's formula with self-connections. "
            "Here the diagonal is zero.",
        ),
        Mistake(
            "wrong units left out instead of counted against",
            lambda N, k: ((N - 1 - k) / N, (N + 1 - k) / N),
            "You took the k wrong units away once. They do not only fail to support the pattern, they vote "
            "against it: a vote that changes sides makes a difference of two.",
        ),
        Mistake(
            "the right unit is miscounted",
            lambda N, k: ((N - 2 * k) / N, (N + 1 - 2 * k) / N),
            "The field of the wrong unit is right. A right unit sees all the wrong ones, and all the right "
            "ones but itself.",
        ),
        Mistake(
            "the wrong unit is miscounted",
            lambda N, k: ((N - 1 - 2 * k) / N, (N - 2 * k) / N),
            "The field of the right unit is right. A wrong unit sees all the right ones, and all the wrong "
            "ones but itself.",
        ),
        Mistake(
            "one right unit less for both",
            lambda N, k: ((N - 1 - 2 * k) / N, (N - 1 - 2 * k) / N),
            "Both see N - 1 others, but not the same ones: a wrong unit leaves out a wrong one.",
        ),
        Mistake(
            "right and wrong exchanged",
            lambda N, k: _fields_of_a_cue(N, k)[::-1],
            "The two are exchanged: first the field of a right unit, then that of a wrong one.",
        ),
        Mistake(
            "times the present value",
            lambda N, k: ((N - 1 - 2 * k) / N, -(N + 1 - 2 * k) / N),
            "The field of the wrong unit has the other sign: you multiplied it with the value that the unit "
            "has. Multiply with the value that it SHOULD have.",
        ),
        Mistake(
            "wrong neighbours count nothing",
            lambda N, k: ((N - 1 - k) / N, (N - k) / N),
            "You left the wrong neighbours out of the sum. They vote, too, and against the pattern.",
        ),
        Mistake(
            "cue ignored",
            lambda N, k: ((N - 1) / N, (N - 1) / N),
            "This is the field in the pattern itself. Of the other units, some are wrong.",
        ),
        Mistake(
            "1/N forgotten",
            lambda N, k: (N - 1 - 2 * k, N + 1 - 2 * k),
            "You counted the votes correctly, but every weight carries a factor 1/N.",
        ),
        Mistake(
            "divided by the others",
            lambda N, k: ((N - 1 - 2 * k) / (N - 1), (N + 1 - 2 * k) / (N - 1)),
            "You divided by N - 1, the number of voters. The weights have 1/N.",
        ),
        Mistake(
            "one wrong unit less for both",
            lambda N, k: ((N + 1 - 2 * k) / N, (N + 1 - 2 * k) / N),
            "Both see N - 1 others, but not the same ones: a right unit leaves out a right one.",
        ),
        Mistake(
            "brackets missing",
            lambda N, k: (N - 1 - 2 * k / N, N + 1 - 2 * k / N),
            "Only 2k is divided by N: brackets are missing around what is to be divided.",
        ),
        Mistake(
            "k left at 1",
            _instead(wrong=1),
            "Your fields do not depend on k: they are those with a single wrong unit.",
        ),
        Mistake(
            "right units alone, the unit counts itself",
            lambda N, k: ((N - k) / N, (N - k) / N),
            "You counted the right ones alone, and the unit itself among them. Wrong ones vote, too, and "
            "nobody hears itself.",
        ),
        Mistake(
            "divided twice by N",
            _each(lambda h, N, k: h / N),
            "The votes are divided by N two times.",
        ),
        Mistake(
            "multiplied by N",
            _each(lambda h, N, k: h * N * N),
            "You multiplied by N. Every weight carries a factor 1/N: divide.",
        ),
        Mistake(
            "one vote too few for both",
            _each(lambda h, N, k: h - 1 / N),
            "Both fields are too small by one vote, 1/N. Is the unit left out twice?",
        ),
        Mistake(
            "one vote too many for both",
            _each(lambda h, N, k: h + 1 / N),
            "Both fields are too large by one vote, 1/N. Does the unit vote for itself?",
        ),
        Mistake(
            "right units alone, divided by the others",
            lambda N, k: ((N - 1 - k) / (N - 1), (N - k) / (N - 1)),
            "This is the share of right ones among the others. Wrong ones vote, too, and against the "
            "pattern.",
        ),
        Mistake(
            "division without remainder",
            lambda N, k: ((N - 1 - 2 * k) // N, (N + 1 - 2 * k) // N),
            "You divided by `//`, which rounds down to a whole number. Divide by `/`.",
        ),
        Mistake(
            "the part before the decimal point",
            _each(lambda h, N, k: int(h)),
            "Whole numbers came out. `int` and arrays of whole numbers keep what stands before the decimal "
            "point, and of a field below 1 that is nothing.",
        ),
        Mistake(
            "size without sign",
            _each(lambda h, N, k: abs(h)),
            "Your fields are never negative. If most of the units are wrong, they point away from the "
            "pattern.",
        ),
        Mistake(
            "negative fields cut off",
            _each(lambda h, N, k: max(h, 0)),
            "You replaced negative fields by 0. If most of the units are wrong, the fields point away from "
            "the pattern.",
        ),
        Mistake(
            "sign without size",
            _each(lambda h, N, k: np.sign(h)),
            "You give the new value of the unit. The field itself is asked for, before the sign is taken.",
        ),
        Mistake(
            "N of the example",
            lambda N, k: tuple(N * h / 4 for h in _fields_of_a_cue(N, k)),
            "You divided by 4, the N of the example, whatever N is.",
        ),
        Mistake(
            "N of the text",
            lambda N, k: tuple(N * h / 5 for h in _fields_of_a_cue(N, k)),
            "You divided by 5, the N that you counted for, whatever N is.",
        ),
        Mistake(
            "the example's numbers",
            _instead(4, 1),
            "You return the numbers of the example, whatever N and k are.",
        ),
        Mistake(
            "the numbers for five units",
            _instead(5, 2),
            "These are the numbers for N = 5 and k = 2, whatever N and k are.",
        ),
        Mistake(
            "the energy's half",
            _each(lambda h, N, k: h / 2),
            "Your fields are half as large as they should be. The factor one half belongs to the energy.",
        ),
        Mistake(
            "the right unit alone",
            lambda N, k: _fields_of_a_cue(N, k)[0],
            "Only the field of a right unit came back. Two numbers are asked for, with a comma between them.",
        ),
        Mistake(
            "right units counted",
            lambda N, k: ((2 * k - 1 - N) / N, (2 * k + 1 - N) / N),
            "You took k for the number of right units. It is the number of wrong ones.",
        ),
    ],
    [
        "Take N = 5 and k = 2 and draw the units. How many right ones and how many wrong ones does a right "
        "unit see? And a wrong unit?",
        "A neighbour j contributes w_ij y_j. Times s_i that is +1/N if unit j is right, -1/N if it is wrong.",
        "A right unit leaves out one right unit, itself. A wrong unit leaves out one wrong unit, itself.",
    ],
    also=[_fields_by_counting],
    limits=["1 \\le k \\le N - 1"],
    praise="Right. Both fields are positive up to k = N/2 - 1. Is that every cue with most units right?",
)


# 4. a counterexample: more than half right, and lost


def _after_one_step(pattern: Any, cue: Any, ties: Any) -> Any:
    h = _off(np.outer(pattern, pattern)) @ cue
    return given.sign(h, cue, int(ties))


_KEEP = "With the rule that a tie keeps its value there is no such example: hand over +1 or -1."


class _TieRuleCheck(ExampleCheck):
    """An example whose last part is a tie rule, which may come as a text."""

    def _judge(self, answer: tuple[Any, ...], rng: np.random.Generator) -> Verdict:
        rule = fold(answer[-1]) if answer else None
        if isinstance(rule, str) and rule == "keep":
            return self._not_yet("not a tie rule", _KEEP)
        rule = {"+": 1.0, "-": -1.0}.get(rule, rule) if isinstance(rule, str) else rule
        return super()._judge((*answer[:-1], rule) if isinstance(rule, float) else answer, rng)


majority_is_lost = _TieRuleCheck(
    "majority_is_lost",
    ["pattern", "cue", "ties"],
    ([1, 1, -1, 1, -1], [1, -1, 1, 1, -1], 1),
    [
        Mistake(
            "wrong sizes",
            ([1, -1, 1], [1, 1], 1),
            "`pattern` and `cue` are states of the same size, with at most 20 units.",
            lambda s, y, t: s.ndim != 1 or s.shape != y.shape or not 1 <= len(s) <= 20,
        ),
        Mistake(
            "0/1 instead of ±1",
            ([1, 0, 1], [1, 0, 0], 1),
            "A state consists of +1 and -1, nothing else.",
            lambda s, y, t: not (given.bipolar(s) and given.bipolar(y)),
        ),
        Mistake(
            "not a tie rule",
            ([1, -1, 1], [1, -1, -1], 0),
            f"`ties` is the value that a tied unit gets. {_KEEP}",
            lambda s, y, t: t.ndim != 0 or abs(t) != 1,
        ),
        Mistake(
            "a single unit",
            ([1], [1], -1),
            "A single unit has no input, so that your rule may well turn it over. But then nothing was wrong "
            "in the cue, or all of it. One unit at least must be wrong, and most of them right.",
            lambda s, y, t: len(s) == 1,
        ),
        Mistake(
            "nothing is wrong in the cue",
            ([1, -1, 1], [1, -1, 1], 1),
            "This cue is the pattern itself, and it stays. Spoil it, but not too much.",
            lambda s, y, t: np.array_equal(s, y),
        ),
        Mistake(
            "not more than half right",
            ([1, 1, 1], [1, -1, -1], 1),
            "Of this cue no more than half is right. It would be lost under any rule.",
            lambda s, y, t: bool(2 * (s == y).sum() <= len(s)),
        ),
        Mistake(
            "an even number of units",
            ([1, 1, -1, -1], [1, 1, -1, 1], 1),
            "With an even number of units, a majority of right ones is ahead by two at least, "
            "and even without itself a right unit sees more right ones than wrong ones. No tie.",
            lambda s, y, t: len(s) % 2 == 0,
        ),
        Mistake(
            "the majority is too clear",
            ([1, -1, -1, -1, 1], [1, -1, -1, -1, -1], 1),
            "No field is zero here, so that the tie rule is never asked. Spoil more units.",
            lambda s, y, t: bool(2 * (s != y).sum() < len(s) - 1),
        ),
        Mistake(
            "the rule happens to help",
            ([1, 1, 1], [1, 1, -1], 1),
            "There are ties, but your rule gives the tied units just the values that the pattern wants.",
            lambda s, y, t: np.array_equal(_after_one_step(s, y, t), s),
        ),
    ],
    [
        "The rule must be asked, so some field must be zero. Which units can be tied in a cue that is more "
        "than half right?",
        "A right unit is tied when as many of the others are right as are wrong. What does that say about N?",
        "Then the rule must hurt: a tied unit has to have the other value in the pattern.",
    ],
    limits=["use at most 20"],
    praise="A counterexample: most units are right, and still one step takes right units away.",
)


# 5. how many fixed points, with self-connections


def _by_distance(states=None, field=None, fixed=None, N=4):
    """The table for k = 0..N wrong units, by rules that may be wrong."""
    states = states or (lambda k: comb(N, k))
    field = field or (lambda k: (N - 2 * k) / N)
    fixed = fixed or (lambda k: comb(N, k) if k in (0, N // 2, N) else 0)
    return {k: [states(k), field(k), fixed(k)] for k in range(N + 1)}


def _fixed_in_row(k: int, entries: dict[str, Any]) -> int:
    """How many states of a row are fixed, as the learner's own count and field say."""
    all_or_none = k in (0, 4) and entries["field"] * (2 - k) >= 0
    return entries["states"] if all_or_none or entries["field"] == 0 else 0


fixed_by_distance = TableCheck(
    "fixed_by_distance",
    _by_distance(),
    ("states", "field", "fixed points"),
    [
        Mistake(
            "the unit does not count itself",
            _by_distance(field=lambda k: (3 - 2 * k) / 4),
            "This is the field of a right unit with a zero diagonal. With self-connections of 1/4 every unit "
            "votes, the unit itself included.",
        ),
        Mistake(
            "the wrong unit does not count itself",
            _by_distance(field=lambda k: (5 - 2 * k) / 4),
            "This is the field of a wrong unit with a zero diagonal. With self-connections of 1/4 every unit "
            "votes, the unit itself included.",
        ),
        Mistake(
            "without itself, by the unit that is there",
            _by_distance(field=lambda k: [0.75, 0.25, -0.25, -0.75, -0.75][k]),
            "This is the field of a right unit with a zero diagonal (in the last row that of a wrong one). "
            "With self-connections of 1/4 every unit votes, the unit itself included.",
        ),
        Mistake(
            "without itself, by the wrong unit",
            _by_distance(field=lambda k: [0.75, 0.75, 0.25, -0.25, -0.75][k]),
            "This is the field of a wrong unit with a zero diagonal (in the first row that of a right one). "
            "With self-connections of 1/4 every unit votes, the unit itself included.",
        ),
        Mistake(
            "the inverse seen from itself",
            _by_distance(field=lambda k: [1, 0.5, 0, -0.5, 1][k]),
            "In the last row the field agrees with the STATE. It is to be multiplied with the value in the "
            "pattern.",
        ),
        Mistake(
            "ties do not keep",
            _by_distance(fixed=lambda k: int(k in (0, 4))),
            "Look at the row where the field is zero. A tie keeps its value: who moves?",
        ),
        Mistake(
            "inverse forgotten",
            _by_distance(fixed=lambda k: {0: 1, 2: 6}.get(k, 0)),
            "In the last row all units are wrong, and the field points away from the pattern. Does it point "
            "away from the state?",
        ),
        Mistake(
            "the pattern alone",
            _by_distance(fixed=lambda k: int(k == 0)),
            "You took the pattern for the only fixed point. Look at the last row: all units are wrong, but "
            "does the field point away from the state? And where the field is zero, a tie keeps its value.",
        ),
        Mistake(
            "the ridge alone",
            _by_distance(fixed=lambda k: 6 * (k == 2)),
            "Where all units are right, or all are wrong, the field agrees with the state.",
        ),
        Mistake(
            "one of each kind",
            _by_distance(fixed=lambda k: int(k in (0, 2, 4))),
            "You gave 1 where a row is fixed. Count its states.",
        ),
        Mistake(
            "half of the ridge",
            _by_distance(fixed=lambda k: {0: 1, 2: 3, 4: 1}.get(k, 0)),
            "You counted a state and its inverse as one in the row where the field is zero. They are two.",
        ),
        Mistake(
            "two on the ridge",
            _by_distance(fixed=lambda k: {0: 1, 2: 2, 4: 1}.get(k, 0)),
            "Where the field is zero, a tie keeps its value, in every state of the row.",
        ),
        Mistake(
            "everything fixed",
            _by_distance(fixed=lambda k: comb(4, k)),
            "You took all states for fixed. Where the field is not zero, right and wrong units cannot both "
            "agree with it.",
        ),
        Mistake(
            "majorities fixed",
            _by_distance(fixed=lambda k: comb(4, k) * (k <= 2)),
            "You took a state for fixed where its field is not negative. A unit stays if its field has the "
            "sign of its VALUE: what do wrong units do?",
        ),
        Mistake(
            "one wrong unit taken for fixed",
            _by_distance(fixed=lambda k: {0: 1, 1: 4, 2: 6, 4: 1}.get(k, 0)),
            "You took the states with one wrong unit for fixed. The pattern comes back from them, and so "
            "they do not stay: a state is fixed only if none of its units moves.",
        ),
        Mistake(
            "fixed by sign of the field",
            _by_distance(fixed=lambda k: comb(4, k) * (k < 2)),
            "You took a state for fixed where its field is positive. A unit stays if its field has the sign "
            "of its VALUE, or is zero: what do wrong units do?",
        ),
        Mistake(
            "all but the ridge",
            _by_distance(fixed=lambda k: comb(4, k) * (k != 2)),
            "It is the other way round: where the field is zero, nobody moves, and where there are right and "
            "wrong units and a field, one kind moves.",
        ),
        Mistake(
            "order of the wrong units counted",
            _by_distance(states=lambda k: perm(4, k)),
            "You counted in which order the wrong units are chosen. A state only knows which ones they are.",
        ),
        Mistake(
            "one state per row",
            _by_distance(states=lambda k: 1),
            "There is one state without a wrong unit. But which unit is it that is wrong in the second row?",
        ),
        Mistake(
            "four states in the middle",
            _by_distance(states=lambda k: [1, 4, 4, 4, 1][k]),
            "The states do not add up to 16. How many PAIRS of wrong units are there?",
        ),
        Mistake(
            "three states in the middle",
            _by_distance(states=lambda k: [1, 4, 3, 4, 1][k]),
            "The states do not add up to 16. A state and its inverse are two states.",
        ),
        Mistake(
            "twelve states in the middle",
            _by_distance(states=lambda k: [1, 4, 12, 4, 1][k]),
            "The states do not add up to 16. Units 1 and 2 wrong is the same state as units 2 and 1 wrong.",
        ),
        Mistake(
            "powers of two",
            _by_distance(states=lambda k: 2**k),
            "With k wrong units there are not 2 to the k states. Which k units are wrong, is the question.",
        ),
        Mistake(
            "as many states as wrong units",
            _by_distance(states=lambda k: k),
            "That is k itself. How many states have k wrong units?",
        ),
        Mistake(
            "1/N forgotten",
            _by_distance(field=lambda k: 4 - 2 * k),
            "The votes are counted correctly; the weights carry a factor 1/4.",
        ),
        Mistake(
            "wrong units count nothing",
            _by_distance(field=lambda k: (4 - k) / 4),
            "You counted the right units alone. Wrong units vote against the pattern.",
        ),
        Mistake(
            "wrong units alone",
            _by_distance(field=lambda k: k / 4),
            "You counted the wrong units alone. Right units vote for the pattern, wrong ones against it.",
        ),
        Mistake(
            "signs of the field exchanged",
            _by_distance(field=lambda k: (2 * k - 4) / 4),
            "Your field has the other sign: right units vote for the pattern, wrong ones against it. "
            "And k counts the wrong ones.",
        ),
        Mistake(
            "size of the field",
            _by_distance(field=lambda k: abs(4 - 2 * k) / 4),
            "Your field is nowhere negative. Where most units are wrong, the votes go against the pattern.",
        ),
        Mistake(
            "sign of the field alone",
            _by_distance(field=lambda k: int(np.sign(4 - 2 * k))),
            "You gave the sign of the field. Its size is asked for.",
        ),
    ],
    [
        "In how many ways can k of 4 units be chosen? The rows must add up to 16 states.",
        "With self-connections every unit, right or wrong, sees the same votes: 4 - k for, k against.",
        "A state is fixed if no unit has a field against its own value. Which rows have both right and "
        "wrong units, and what is their field?",
    ],
    follow={"fixed points": _fixed_in_row},
    praise="Right: 1 + 6 + 1 = 8 fixed points, and nothing else can be one. That is a proof for N = 4.",
)


def _count_with_self_connections(N):
    return 2 + comb(N, N // 2) if N % 2 == 0 else 2


def _count_by_trying(N):
    number = 0
    for code in range(2**N):
        state = [1 if code >> i & 1 else -1 for i in range(N)]
        field = sum(state)
        if all(field * y >= 0 for y in state):
            number += 1
    return number


def _by_factorials(N: int, kind: Any) -> int:
    """N over N/2 by factorials of a type."""
    with np.errstate(all="ignore"):
        factorials = np.cumprod(np.arange(1, N + 1), dtype=kind)
        half = factorials[N // 2 - 1]
        return int(factorials[N - 1] // (half * half))


count_with_self_connections = FunctionCheck(
    _count_with_self_connections,
    lambda rng: [(N,) for N in (*range(2, 11), 14)],  # few enough to try all states
    [
        Mistake(
            "factorials too large for their type",
            lambda N: 2 if N % 2 else 2 + _by_factorials(N, np.int32),
            "Right for small N only: factorials soon outgrow an array of whole numbers, and 13! does not fit "
            "into 32 bits. Python's own whole numbers have no limit: `math.comb`.",
        ),
        Mistake(
            "pairs of units counted",
            lambda N: 2 + comb(N, 2),
            "Your formula counts the pairs of units, which fits the example by chance: N = 4 is the number "
            "for which half of the units are two. Which states does the table show to be fixed besides the "
            "pattern and its inverse?",
        ),
        Mistake(
            "an approximation",
            lambda N: 2 if N % 2 else 2 + int(2**N / np.sqrt(np.pi * N / 2)),
            "This is Stirling's approximation of the number of choices. The exact number is asked for.",
        ),
        Mistake(
            "an approximation, rounded",
            lambda N: 2 if N % 2 else 2 + round(2**N / np.sqrt(np.pi * N / 2)),
            "This is Stirling's approximation of the number of choices. The exact number is asked for.",
        ),
        Mistake(
            "the example alone",
            lambda N: 8 if N == 4 else 2,
            "You return the 8 of the example for N = 4, and 2 for all others. Half of the units can be wrong "
            "for every even N.",
        ),
        Mistake(
            "the two middle rows for odd N",
            lambda N: 2 + (comb(N, N // 2) if N % 2 == 0 else 2 * comb(N, N // 2)),
            "For odd N you counted both of the rows next to the middle. There a field is not zero: no state "
            "is exactly half right.",
        ),
        Mistake(
            "always two",
            lambda N: 2,
            "Two fixed points are what Wiskott finds. It is so for odd N, or without self-connections. Here "
            "every unit hears itself, and a tie keeps its value: what about states where half of the units "
            "are wrong?",
        ),
        Mistake(
            "the ridge alone",
            lambda N: comb(N, N // 2) if N % 2 == 0 else 2,
            "For even N you left out the pattern and its inverse.",
        ),
        Mistake(
            "the ridge alone, for odd N as well",
            lambda N: comb(N, N // 2),
            "For even N you left out the pattern and its inverse. For odd N no state is exactly half right.",
        ),
        Mistake(
            "the ridge or nothing",
            lambda N: comb(N, N // 2) if N % 2 == 0 else 0,
            "You left out the pattern and its inverse, which are there for even N and for odd N.",
        ),
        Mistake(
            "inverse forgotten",
            lambda N: 1 + (comb(N, N // 2) if N % 2 == 0 else 0),
            "Your number is too small by one. A pattern is not stored alone.",
        ),
        Mistake(
            "odd like even",
            lambda N: 2 + comb(N, N // 2),
            "For odd N no state can be exactly half right, and so no field is zero.",
        ),
        Mistake(
            "all states",
            lambda N: 2**N,
            "That many states there are. For N = 4, look at your table: which rows are not fixed?",
        ),
        Mistake(
            "the example's number",
            lambda N: 8,
            "You return the 8 of the example, whatever N is.",
        ),
        Mistake(
            "twice as many as units",
            lambda N: 2 * N,
            "2N is right for N = 4, by chance. How many states have exactly half of their units wrong?",
        ),
        Mistake(
            "twice as many as units, for even N",
            lambda N: 2 * N if N % 2 == 0 else 2,
            "For even N, 2N is right for N = 4 by chance. How many states have exactly half of their units "
            "wrong?",
        ),
        Mistake(
            "half of all states, for even N",
            lambda N: 2 ** (N - 1) if N % 2 == 0 else 2,
            "For even N, half of all states is right for N = 4 by chance. How many states have exactly half "
            "of their units wrong?",
        ),
        Mistake(
            "half of all states",
            lambda N: 2 ** (N - 1),
            "Half of all states is right for N = 4, by chance. How many states have exactly half of their "
            "units wrong?",
        ),
        Mistake(
            "one fixed point per row",
            lambda N: 3 if N % 2 == 0 else 2,
            "You counted the rows of the table that are fixed. Count the states in them.",
        ),
        Mistake(
            "order of the wrong units counted",
            lambda N: 2 + (perm(N, N // 2) if N % 2 == 0 else 0),
            "You counted in which order the wrong units are chosen. A state only knows which ones they are.",
        ),
        Mistake(
            "nothing for odd N",
            lambda N: 2 + comb(N, N // 2) if N % 2 == 0 else 0,
            "For odd N there is no ridge, but the pattern and its inverse are fixed all the same.",
        ),
        Mistake(
            "the pattern alone for odd N",
            lambda N: 2 + comb(N, N // 2) if N % 2 == 0 else 1,
            "For odd N there is no ridge, but it is not the pattern alone that is fixed.",
        ),
        Mistake(
            "each state of the ridge twice",
            lambda N: 2 + 2 * comb(N, N // 2) if N % 2 == 0 else 2,
            "You counted every state on the ridge together with its inverse. But that is on the ridge "
            "itself, and counted already.",
        ),
        Mistake(
            "multiples of four alone",
            lambda N: 2 + comb(N, N // 2) if N % 4 == 0 else 2,
            "Half of the units can be wrong for EVERY even N, not only for multiples of four.",
        ),
        Mistake(
            "half of the ridge",
            lambda N: 2 + (comb(N, N // 2) // 2 if N % 2 == 0 else 0),
            "You counted a state on the ridge and its inverse as one. They are two states.",
        ),
        Mistake(
            "pairs chosen",
            lambda N: 2 + (comb(N, 2) if N % 2 == 0 else 0),
            "You chose two wrong units out of N. That is half of them only for N = 4.",
        ),
        Mistake(
            "even and odd exchanged",
            lambda N: 2 + (comb(N, N // 2) if N % 2 else 0),
            "Even and odd are exchanged. When can exactly half of the units be wrong?",
        ),
    ],
    [
        "Your table for N = 4 has three rows with fixed points. Which rows are they for any even N?",
        "How many states have exactly N/2 wrong units? `math.comb` counts choices.",
        "And for odd N, is there a row in the middle?",
    ],
    also=[_count_by_trying],
    limits=["for any N \\ge 2"],
    praise="Right. For N = 100 these are more than 10^29 fixed points, two of which were meant.",
)


# 6. the chance to end in the pattern


def _chance_of(moves, target):
    return _averaged(moves, target, 200)


def _chance_in_loops(moves, target):
    chance = [0.0] * len(moves)
    chance[target] = 1.0
    change = 1.0
    while change > 1e-12:
        new = []
        for c in range(len(moves)):
            total = 0.0
            for i in range(len(moves[c])):
                total += chance[moves[c][i]]
            new.append(total / len(moves[c]))
        change = max(abs(a - b) for a, b in zip(new, chance, strict=True))
        chance = new
    return chance


#: Networks of four units in which the order of the updates decides, and a fixed point of each.
_UNDECIDED = [
    ([[0, -2, -2, 1], [-2, 0, -2, 0], [-2, -2, 0, -1], [1, 0, -1, 0]], 6),
    ([[0, 0, 1, 2], [0, 0, -1, 0], [1, -1, 0, 0], [2, 0, 0, 0]], 2),
]


def _chance_trials(rng: np.random.Generator) -> Trials:
    """Single patterns, of which that of five units takes longest, and networks in which the order decides."""
    single = [from_label(label) for label in ("++", "+-", "+--", "-++-", "+-++-")]
    nets = [(Network(np.outer(s, s) - np.eye(len(s))), state_space.encode(s)) for s in single]
    nets += [(Network(np.array(W)), target) for W, target in _UNDECIDED]
    trials = [(state_space.successors(net), target) for net, target in nets]
    trials += [_where_order_decides(rng, 4) for _ in range(2)]
    return [(moves.astype(int), target) for moves, target in trials]


def _where_order_decides(rng: np.random.Generator, N: int) -> tuple[Any, int]:
    """Arrows and a fixed point to which different orders of updates lead from different states."""
    while True:
        net = Network(given.weights(rng, N, symmetric=True))
        moves, target = state_space.successors(net), int(rng.choice(state_space.fixed_points(net)))
        chance = _chance_of(moves, target).round(6)
        sure, near = chance == 1, _likeness(moves, target) > 0.5
        orders = [_followed(step, target) for step in (_together(moves), _in_order(moves), moves[:, 0])]
        if len({tuple(map(float, way)) for way in (*orders, sure, near, chance > 0, chance)}) == 7:
            return moves, target


_DECIMALS = 1e-4  # what the exercise asks for; iterations may stop as soon as they are so near


def _settled(function: Any, *args: Any) -> Any:
    """The result, or the exact one if it is near enough: nobody needs to iterate any longer."""
    value = function(*args)
    array, exact = numbers(value), _chance_of(*args)
    near = array is not None and array.shape == exact.shape and bool((abs(array - exact) < _DECIMALS).all())
    return exact if near else value


def _one_half(moves: Any, target: int) -> Any:
    """One half wherever the draws decide."""
    chance = _chance_of(moves, target).round(9)
    return np.where(np.isin(chance, (0, 1)), chance, 0.5)


def _ends_alike(moves: Any, target: int) -> Any:
    """One over the number of fixed points that can be reached, where the target is one of them."""
    codes = np.arange(len(moves))
    ends = np.array([_chance_of(moves, c) > 0 for c in codes[(moves == codes[:, None]).all(axis=1)]])
    return np.where(_chance_of(moves, target) > 0, 1 / np.maximum(ends.sum(axis=0), 1), 0)


def _fixed_points_alike(moves: Any, target: int) -> Any:
    """One over the number of fixed points, wherever one starts that is none."""
    resting = (moves == np.arange(len(moves))[:, None]).all(axis=1)
    return np.where(resting, np.arange(len(moves)) == target, 1 / max(resting.sum(), 1))


def _paths_alike(moves: Any, target: int) -> Any:
    """The share of paths of flips that end in `target`."""
    leads = np.zeros((len(moves), len(moves)))
    np.add.at(leads, (np.arange(len(moves))[:, None], moves), 1)
    np.fill_diagonal(leads, 0)
    stays = (leads.sum(axis=1) == 0).astype(float)
    paths = np.linalg.solve(np.eye(len(moves)) - leads, np.stack([np.eye(len(moves))[target], stays], 1))
    return paths[:, 0] / paths[:, 1]


def _followed(step: Any, target: int) -> Any:
    """1 where a map that is followed for long ends in `target`."""
    end = np.arange(len(step))
    for _ in range(len(step)):
        end = step[end]
    return (end == target).astype(float)


def _together(moves: Any) -> Any:
    codes = np.arange(len(moves))
    return codes ^ np.bitwise_xor.reduce(moves ^ codes[:, None], axis=1)


def _in_order(moves: Any) -> Any:
    end = np.arange(len(moves))
    for i in range(moves.shape[1]):
        end = moves[end, i]
    return end


def _likeness(moves: Any, target: int) -> Any:
    N = moves.shape[1]
    states = state_space.all_states(N)
    return (states == states[target]).mean(axis=1)


def _averaged(moves: Any, target: int, times: int) -> Any:
    chance = (np.arange(len(moves)) == target).astype(float)
    for _ in range(times):
        chance = chance[moves].mean(axis=1)
    return chance


def _in_place_once(moves: Any, target: int) -> Any:
    """The rule applied to one state after the other, in the order of the codes."""
    chance = (np.arange(len(moves)) == target).astype(float)
    for c, after in enumerate(moves):
        chance[c] = chance[after].mean()
    return chance


def _from_anywhere(moves: Any, target: int, times: int = 200) -> Any:
    """Where a start ends that is drawn from all states."""
    share = np.full(len(moves), 1 / len(moves))
    for _ in range(times):
        after = np.zeros(len(moves))
        np.add.at(after, moves, share[:, None] / moves.shape[1])
        share = after
    return share


def _iterated(moves: Any, target: int, rule: Any, times: int = 200) -> Any:
    """What a rule for the chances one update later leads to, in place of the mean."""
    chance = (np.arange(len(moves)) == target).astype(float)
    for _ in range(times):
        chance = rule(chance[moves])
    return chance


def _averaged_over_states(moves: Any, target: int) -> Any:
    """The sums of what follows, divided by the number of states; the target is kept at 1."""
    there = np.arange(len(moves)) == target
    return _iterated(moves, target, lambda chances: np.where(there, 1, chances.sum(axis=1) / len(chances)))


def _shuffled(moves: Any, target: int) -> Any:
    """The chances if every sweep updates all units once, in an order of its own."""
    ends = []
    for order in permutations(range(moves.shape[1])):
        end = np.arange(len(moves))
        for i in order:
            end = moves[end, i]
        ends.append(end)
    return _averaged(np.array(ends).T, target, 50)


def _estimated(moves: Any, target: int, times: int = 100) -> Any:
    """The share of random recalls that end in `target`, from each state."""
    rng, ends = np.random.default_rng(0), np.repeat(np.arange(len(moves)), times)
    for _ in range(20 * moves.shape[1]):
        ends = moves[ends, rng.integers(moves.shape[1], size=len(ends))]
    return (ends == target).reshape(len(moves), times).mean(axis=1)


_TOO_FEW, _ESTIMATE = "not repeated often enough", "an estimate"


class _ChanceCheck(FunctionCheck):
    """Knows an iteration that stops too early, whenever it does, and whatever comes close by chance."""

    def _unnamed(
        self, trials: Trials, seen: list[Outcome], wanted: list[Outcome], wrong: list[int], probe: Probe
    ) -> Verdict:
        k, pairs = wrong[0], list(zip(seen, trials, strict=True))
        drawn = self._outcome(probe, trials[k]) != seen[k]
        details = self._details(trials[k], seen[k], wanted[k])
        if not drawn and all(_unsettled(o.value, *args) for o, args in pairs):
            return self._not_yet(_TOO_FEW, self._told(_TOO_FEW), details)
        verdict = super()._unnamed(trials, seen, wanted, wrong, probe)
        if verdict.mistake in (None, "random result") and (drawn or _may_draw(probe.function)):
            if all(_close(o.value, _chance_of(*args), drawn) for o, args in pairs):
                return self._not_yet(_ESTIMATE, self._told(_ESTIMATE), details)
        return verdict

    def _told(self, name: str) -> str:
        return next(mistake.message for mistake in self._mistakes if mistake.name == name)


def _may_draw(function: Any) -> bool:
    """Whether a function that gives the same twice may be a simulation with a seed of its own."""
    tree = source_of(function)
    return tree is None or "random" in tree.text or "rng" in tree.text  # type: ignore[attr-defined]


def _unsettled(value: Any, moves: Any, target: int) -> bool:
    """Whether this is what some number of averages leaves, one more for every input if need be."""
    if numbers(value) is None:
        return False
    return any(same(value, _averaged(moves, target, times), 1e-6) for times in (200, *range(2, 80)))


def _close(value: Any, chance: Any, drawn: bool) -> bool:
    """Whether these may be shares of some hundred recalls; of some twenty, if known to be drawn at random."""
    shares = numbers(value)
    if shares is None or shares.shape != chance.shape:
        return False
    error = abs(shares - chance)
    sure = np.isin(chance.round(9), (0, 1))
    return bool(error.mean() < 0.1 if drawn else error.max() < 0.35 and error[sure].max(initial=0) < 0.15)


def _stays_lost(moves: Any, target: int) -> Any:
    """The mean over all units, in which those that stay bring nothing; the target is kept at 1."""
    codes = np.arange(len(moves))
    chance = (codes == target).astype(float)
    for _ in range(200):
        follow = np.where(moves == codes[:, None], 0, chance[moves])
        chance = np.where(codes == target, 1, follow.mean(axis=1))
    return chance


def _stays_once(moves: Any, target: int) -> Any:
    """The mean over all units, of which those that stay count as a single one; the target is kept at 1."""
    codes = np.arange(len(moves))
    chance, stays = (codes == target).astype(float), moves == codes[:, None]
    for _ in range(200):
        follow = np.where(stays, 0, chance[moves]).sum(axis=1) + stays.any(axis=1) * chance
        chance = np.where(codes == target, 1, follow / moves.shape[1])
    return chance


chance_of = _ChanceCheck(
    _chance_of,
    _chance_trials,
    [
        Mistake(
            "stays left out, but divided by N",
            _stays_lost,
            "You leave out the units that stay, and still divide by all N. A unit that stays leaves the "
            "state as it is, and its chance with it; or divide by the number of those that move.",
        ),
        Mistake(
            "stays counted once, but divided by N",
            _stays_once,
            "Where several units stay, only one of them counts in your result. With a list of indices, "
            "`T[c, moves[c]] += 1 / N` adds to a repeated index once. Each unit is to bring its 1/N.",
        ),
        Mistake(
            "the others begin with one half",
            lambda m, t: (1 + _chance_of(m, t)) / 2,
            "Other fixed points have a chance of 1/2 in your result. Who is there stays there, and so never "
            "reaches the target: what must they begin with?",
        ),
        Mistake(
            "the target alone",
            lambda m, t: _averaged(m, t, 0),
            "Only the target itself has a chance in your result. If you repeat the rule: does it look "
            "forwards from every state, or only at where the target leads? The chance of a state is the "
            "mean of the chances of those that follow it, not the smallest, and an array of whole numbers "
            "leaves nothing of a chance below 1.",
        ),
        Mistake(
            "one step only",
            lambda m, t: _averaged(m, t, 1),
            "This is the chance to be there after ONE update. Repeat until nothing changes any more. (Is "
            "there a loop with `return` inside?)",
        ),
        Mistake(
            "every state looked at once",
            _in_place_once,
            "You go through the states once, and use what you have just changed. A state may come before the "
            "ones that it leads to: repeat until nothing changes any more.",
        ),
        Mistake(
            "one sweep's worth of steps",
            lambda m, t: _averaged(m, t, m.shape[1]),
            "You stopped after N updates. Random draws may leave a unit out for long: "
            "repeat until nothing changes any more.",
        ),
        Mistake(
            _TOO_FEW,
            lambda m, t: _averaged(m, t, 20),
            "The right rule, but it has not settled yet: these numbers still grow. Repeat it some hundred "
            "times, or until nothing changes any more.",
        ),
        Mistake(
            _ESTIMATE,
            _estimated,
            "These are about the right numbers, as a simulation finds them, or an iteration that stops too "
            "early. The exact probability is wanted: look one update ahead, until nothing changes any more.",
        ),
        Mistake(
            "possible instead of probable",
            lambda m, t: (_chance_of(m, t) > 0).astype(float),
            "You say 1 wherever a way leads to the target. How likely is it that the draws take this way?",
        ),
        Mistake(
            "certain or nothing",
            lambda m, t: (_chance_of(m, t) > 1 - 1e-9).astype(float),
            "You say 1 where all ways lead to the target, else 0. What lies between is lost.",
        ),
        Mistake(
            "one half where the order decides",
            _one_half,
            "Where more than one end is possible you say 1/2. How likely each of them is depends on the ways "
            "that lead there.",
        ),
        Mistake(
            "all ends equally likely",
            _ends_alike,
            "You count the fixed points that can be reached, and take them for equally likely. More ways, "
            "and shorter ones, may lead to one of them than to another.",
        ),
        Mistake(
            "all fixed points equally likely",
            _fixed_points_alike,
            "You take all fixed points for equally likely, from every state. From some states a fixed point "
            "cannot even be reached, and to one of two more ways may lead than to the other.",
        ),
        Mistake(
            "all paths alike",
            _paths_alike,
            "You count the paths, and take each of them for equally likely. A path through a state with more "
            "willing units is taken less often: each draw divides the chance anew.",
        ),
        Mistake(
            "the other fixed points",
            lambda m, t: 1 - _chance_of(m, t),
            "This is the chance to end anywhere but in the target.",
        ),
        Mistake(
            "the inverse as well",
            lambda m, t: _chance_of(m, t) + _chance_of(m, len(m) - 1 - t) * (2 * t != len(m) - 1),
            "You count the inverse of the target as well. It is another state.",
        ),
        Mistake(
            "the inverse instead",
            lambda m, t: _chance_of(m, len(m) - 1 - t),
            "This is the chance to end in the inverse of the target.",
        ),
        Mistake(
            "nowhere a chance",
            lambda m, t: np.zeros(len(m)),
            "All your chances are 0. Begin with 1 in the target: who is there, stays there, if you take the "
            "mean over the units, one for each column of `moves`. If several units stay, each of them "
            "counts; else the chances fade away.",
        ),
        Mistake(
            "the target at 0",
            lambda m, t: np.where(np.arange(len(m)) == t, 0, _chance_of(m, t)),
            "All is right but the target itself: who is there, stays there.",
        ),
        Mistake(
            "made to add up to 1",
            lambda m, t: _chance_of(m, t) / _chance_of(m, t).sum(),
            "You divided the chances by their sum. They belong to different starts, and need not add up to "
            "1.",
        ),
        Mistake(
            "where a random start ends",
            _from_anywhere,
            "You followed a random start: this says where it ends. The question is, for each start, how "
            "likely it ends in the target.",
        ),
        Mistake(
            "median instead of mean",
            lambda m, t: _iterated(m, t, lambda chances: np.median(chances, axis=1)),
            "You took the median of what follows. Each unit is drawn equally often: what is expected in "
            "the mean?",
        ),
        Mistake(
            "number of updates",
            lambda m, t: m.shape[1] * _averaged(m, t, 1),
            "You counted the updates that lead to the target. A probability is wanted: how likely are "
            "they drawn, and what comes after the others?",
        ),
        Mistake(
            "state 0 as the target",
            lambda m, t: _chance_of(m, 0),
            "These are the chances to end in state 0, whatever `target` is.",
        ),
        Mistake(
            "the last state as the target",
            lambda m, t: _chance_of(m, len(m) - 1),
            "These are the chances to end in the last state, whatever `target` is.",
        ),
        Mistake(
            "mean over all states",
            lambda m, t: _averaged_over_states(m, t),
            "You divided by the number of states. The mean is taken over the units: one for each column "
            "of `moves`.",
        ),
        Mistake(
            "every state alike",
            lambda m, t: np.full(len(m), 1 / len(m)),
            "Every state has the same chance in your result. Begin with 1 in the target and 0 elsewhere.",
        ),
        Mistake(
            "any fixed point counts",
            lambda m, t: np.ones(len(m)),
            "From everywhere SOME fixed point is reached with certainty. You are asked for a particular one.",
        ),
        Mistake(
            "the nearest one wins",
            lambda m, t: (_likeness(m, t) > 0.5) + 0.5 * (_likeness(m, t) == 0.5),
            "That holds for a single stored pattern, and not for every network. Follow the arrows.",
        ),
        Mistake(
            "likeness instead of chance",
            _likeness,
            "This is the share of units that agree with the target, not the chance to end there.",
        ),
        Mistake(
            "in fixed order",
            lambda m, t: _followed(_in_order(m), t),
            "You updated unit 1, then unit 2 and so on. Here every unit may be the next, with equal chance.",
        ),
        Mistake(
            "all at once",
            lambda m, t: _followed(_together(m), t),
            "You updated all units at once. Here one unit is drawn at a time.",
        ),
        Mistake(
            "unit 1 alone",
            lambda m, t: _followed(m[:, 0], t),
            "You followed the first column only. Every unit is drawn with the same chance.",
        ),
        Mistake(
            "last unit alone",
            lambda m, t: _followed(m[:, -1], t),
            "You followed the last column only. Every unit is drawn with the same chance.",
        ),
        Mistake(
            "last unit left out",
            lambda m, t: _averaged(m[:, :-1], t, 200),
            "You never draw the last unit. `range(n)` ends at n - 1: does your loop stop one too early?",
        ),
        Mistake(
            "first unit left out",
            lambda m, t: _averaged(m[:, 1:], t, 200),
            "You never draw the first unit. Python counts from 0: does your loop begin with 1?",
        ),
        Mistake(
            "a fresh order per sweep",
            lambda m, t: _shuffled(m, t),
            "You updated every unit once per sweep, in a fresh order. Here each step draws among all units "
            "again, and may draw the same one twice.",
        ),
        Mistake(
            "sum instead of mean",
            lambda m, t: _iterated(m, t, lambda chances: chances.sum(axis=1)),
            "Your numbers are no probabilities: you added up what follows. Each unit is drawn with the "
            "chance 1/N, so that the MEAN is wanted.",
        ),
    ],
    [
        "Begin with what is certain: the chance is 1 in the target, and, for the moment, 0 elsewhere.",
        "Look one update ahead: the chance here is the mean, over the units, of the chances of the states "
        "that follow.",
        "`chance[moves]` looks up all states that follow, in the shape of `moves`. Average over its columns.",
        "Repeat this often (some hundred times). The target keeps its 1 of itself: no update leaves it.",
    ],
    observe=_settled,
    also=[_chance_in_loops],
    limits=["two to five units", "four decimals"],
    praise="Right: the mean over all that may come next, repeated until it settles. It works for any network "
    "that comes to rest, with as many patterns as you like.",
)


# 7. open: as few weights as possible

OPEN_PATTERN = from_label("++-+--+-")
FEWEST = 12  # all networks with 11 have been tried: `tests/test_chapter05.py`
_LIMIT = 16


def _kept(pairs: Any) -> list[list[int]]:
    """Hebb's weights for the pattern on the given pairs of units, zeros elsewhere."""
    W = np.zeros((8, 8), int)
    for i, j in pairs:
        W[i, j] = W[j, i] = OPEN_PATTERN[i] * OPEN_PATTERN[j]
    return W.tolist()


def _hebbian(W: Any) -> bool:
    """Whether every weight is Hebb's or zero."""
    return np.array_equal(W, np.where(W != 0, np.outer(OPEN_PATTERN, OPEN_PATTERN), 0))


def _recovers(W: Any, errors: int) -> bool:
    """Whether every cue with so many wrong units comes back for certain, whatever the order."""
    _, home = _homeward(W)
    for wrong in combinations(range(8), errors):
        cue = OPEN_PATTERN.copy()
        cue[list(wrong)] *= -1
        if home[state_space.encode(cue)] < 1 - 1e-9:
            return False
    return True


def _homeward(W: Any) -> tuple[Any, Any]:
    """Where every update leads, and the chance of every state to end in the pattern."""
    moves = state_space.successors(Network(W))
    chances = state_space.chances(moves)
    return moves, chances @ chances[state_space.encode(OPEN_PATTERN)]


def _what_happens(W: Any, errors: int) -> str:
    """In words, how some cue with so many wrong units misses the pattern; units are counted from 1."""
    moves, home = _homeward(W)
    for wrong in combinations(range(8), errors):
        cue = OPEN_PATTERN.copy()
        cue[list(wrong)] *= -1
        code = state_space.encode(cue)
        if home[code] > 1 - 1e-9:
            continue
        which = "unit " + " and unit ".join(str(i + 1) for i in wrong)
        text = f"With {which} wrong, counted from 1, "
        for i in set(range(8)) - set(wrong):
            if moves[code, i] != code and home[moves[code, i]] < 1 - 1e-9:
                return text + (
                    f"unit {i + 1}, which is right, sees more wrong neighbours than right ones. If it is the "
                    "first to be updated, it turns wrong as well."
                )
        return text + "no order helps: a wrong unit sees no majority of right neighbours, and stays."
    return ""


def _pairs_left(W: Any) -> int:
    return int(np.count_nonzero(W)) // 2


_ALL_PAIRS = list(combinations(range(8), 2))
_CHAIN = [(i, i + 1) for i in range(7)]
_FOUND = [(0, 2), (0, 5), (1, 2), (1, 3), (1, 5), (1, 7), (2, 3), (2, 5), (2, 6), (3, 4), (3, 5), (4, 5)]

_ONE_LOST = "With one wrong unit the pattern is not safe."
_TWO_LOST = "Every single error is repaired, but not every pair of errors, in whatever order."


fewest_weights = ExampleCheck(
    "fewest_weights",
    ["weights"],
    (_kept(_FOUND),),
    [
        Mistake(
            "wrong sizes",
            ([[0, 1], [1, 0]],),
            "Hand over the matrix of the 8 units: 8 rows, 8 columns.",
            lambda W: not given.square(W, 8),
        ),
        Mistake(
            "self-connections",
            (np.outer(OPEN_PATTERN, OPEN_PATTERN).tolist(),),
            "The diagonal shall be zero. A self-connection would help nobody but an error.",
            lambda W: bool(np.diag(W).any()),
        ),
        Mistake(
            "not symmetric",
            (np.triu(_kept(_ALL_PAIRS)).tolist(),),
            "Remove a weight in both directions, w_ij and w_ji, or keep both.",
            lambda W: not is_symmetric(W),
        ),
        Mistake(
            "1/N kept",
            ((np.array(_kept(_ALL_PAIRS)) / 8).tolist(),),
            "Your weights carry the factor 1/N. Here they are whole: s_i s_j, without it.",
            lambda W: W.any() and _hebbian(8 * W),
        ),
        Mistake(
            "the signs are missing",
            (np.abs(_kept(_ALL_PAIRS)).tolist(),),
            "You mark with 1 where a weight is kept. Two units that differ in the pattern have the weight "
            "-1.",
            lambda W: not _hebbian(W) and _hebbian(W * np.outer(OPEN_PATTERN, OPEN_PATTERN)),
        ),
        Mistake(
            "not Hebb's weights",
            ((np.array(_kept(_ALL_PAIRS)) * -1).tolist(),),
            "A weight that you keep must be Hebb's, s_i s_j without the factor 1/N; any other must be 0.",
            lambda W: not _hebbian(W),
        ),
        Mistake(
            "a unit is cut off",
            (_kept([(i, j) for i, j in _ALL_PAIRS if j < 7]),),
            "A unit has lost all its weights: nobody tells it when it is wrong.",
            lambda W: not (W != 0).any(axis=1).all(),
        ),
        Mistake(
            "one wrong unit is too much",
            (_kept(_CHAIN),),
            _ONE_LOST,
            lambda W: not _recovers(W, 1),
            lambda W: f"{_ONE_LOST} {_what_happens(W, 1)}",
        ),
        Mistake(
            "two wrong units are too much",
            (_kept([*_CHAIN, (0, 7)]),),
            _TWO_LOST,
            lambda W: not _recovers(W, 2),
            lambda W: f"{_TWO_LOST} {_what_happens(W, 2)}",
        ),
        Mistake(
            "nothing removed",
            (_kept(_ALL_PAIRS),),
            "All 28 weights are still there. Most of them can go.",
            lambda W: _pairs_left(W) == 28,
        ),
        Mistake(
            "more can go",
            (_kept(_ALL_PAIRS[:-4]),),
            f"It works, but with more than {_LIMIT} weights, and at most {_LIMIT} pass. Which units see more "
            "neighbours than two errors can outvote?",
            lambda W: _pairs_left(W) > _LIMIT,
        ),
    ],
    [
        "Measured by the pattern, all weights are +1: imagine 8 points joined by lines, in which "
        "each point follows the majority of its neighbours.",
        "One wrong unit: a neighbour with two lines sees a tie and stays. What happens to one with a single "
        "line?",
        "Two wrong units that are joined: how many lines to right units does each of them need?",
        "Or let the machine try: remove a weight at random, and put it back if `state_space.chances` is no "
        "longer 1 for every cue with one or two wrong units.",
    ],
    limits=["keep at most 16 weights", "the diagonal stays zero"],
    praise=lambda W: (
        f"{_pairs_left(W)} of 28 weights do the work of all of them, as far as two errors go. "
        + (
            "Fewer are too few: a computer has tried all networks of eleven. Can you prove it without one?"
            if _pairs_left(W) == FEWEST
            else "Can you do with fewer?"
        )
    ),
)
