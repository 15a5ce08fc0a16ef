"""Checks of chapter 06: storing many patterns, cross-talk, bit errors, what gets lost and what attracts."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from itertools import combinations
from math import comb, erfc, sqrt
from typing import Any

import numpy as np

from hopfield_edu import datasets, learning, theory
from hopfield_edu._values import numbers
from hopfield_edu.binary import Network
from hopfield_edu.feedback import _inputs as given
from hopfield_edu.feedback._cards import Verdict
from hopfield_edu.feedback._core import ExampleCheck, FunctionCheck, Mistake, Outcome, TableCheck
from hopfield_edu.feedback._running import Probe
from hopfield_edu.patterns import from_label, orthogonal

Trials = list[tuple[Any, ...]]


# 1. cross-talk by hand, three patterns on four units

_THREE = np.array([from_label("+-+-"), from_label("+-++"), from_label("+--+")])


def _by_hand(own=0, agree=True, sign=False, signal=3, scale=1, self_terms=3, overlaps=None, counted=(1, 1)):
    """The table for pattern 1: what patterns 2 and 3 add to each unit, the field, and that with w_ii."""
    s = _THREE
    q = s[1:] @ s[0] if overlaps is None else np.array(overlaps)
    table = {}
    for i in range(4):
        shares = (s[0, i] * s[1:, i] if agree else 1) * q - (1 - own)
        field = signal + shares @ counted
        entries = np.array([*shares, field, field + self_terms]) * (s[0, i] if sign else 1) / scale
        table[i + 1] = entries.tolist()
    return table


def _column(k, change):
    """The right table with one column changed by a rule: ``change(entry, unit)``."""
    return {i: [*row[:k], change(row[k], i - 1), *row[k + 1 :]] for i, row in _by_hand().items()}


def _shares(change):
    """The right table with the shares of patterns 2 and 3 changed: ``change(q, agree)``, and what follows."""
    table, s = {}, _THREE
    for i in range(4):
        two = [change(int(p @ s[0]), int(p[i] * s[0, i])) for p in s[1:]]
        table[i + 1] = [*two, 3 + sum(two), 6 + sum(two)]
    return table


crosstalk_by_hand = TableCheck(
    "crosstalk_by_hand",
    _by_hand(),
    ["pattern 2 adds", "pattern 3 adds", "field", "field with self-connections"],
    [
        Mistake(
            "own term not left out",
            _by_hand(own=1, self_terms=1),
            "Your sums run over all units. Without self-connections the term j = i is missing from each of "
            "them: how much is it worth?",
        ),
        Mistake(
            "self-connections in every column",
            _by_hand(own=1, signal=4, self_terms=0),
            "You kept the self-connections throughout. Only the last column has them.",
        ),
        Mistake(
            "agreement ignored",
            _by_hand(agree=False),
            "You gave every unit the same share. A pattern adds its OWN value of this unit: "
            "where it differs from pattern 1, it pushes the other way.",
        ),
        Mistake(
            "not multiplied with the unit's value",
            _by_hand(sign=True),
            "You give the field itself. Multiply it with the value of the unit in pattern 1, so that "
            "positive means support.",
        ),
        Mistake(
            "1/N kept",
            _by_hand(scale=4),
            "You divided by N. The table asks for the numbers times N, which are whole.",
        ),
        Mistake(
            "signal forgotten",
            _by_hand(signal=0),
            "You added up what patterns 2 and 3 say. Pattern 1 is stored, too: its share is the signal.",
        ),
        Mistake(
            "fields too large by one",
            _by_hand(signal=4, self_terms=2),
            "Your fields are all too large by one. Is your signal N, where a unit hears N - 1 others? Or did "
            "you leave out what pattern 3 adds?",
        ),
        Mistake(
            "self-connections not added",
            _by_hand(self_terms=0),
            "Your last column repeats the one before, or lacks the signal: here that comes to the same. With "
            "self-connections each stored pattern gives every unit one more.",
        ),
        Mistake(
            "one self-connection only",
            _by_hand(self_terms=1),
            "The self-connections of all stored patterns add up: compare Wiskott, eq. 1.21.",
        ),
        Mistake(
            "agreements counted",
            _by_hand(overlaps=[3, 2]),
            "You counted the units in which the patterns agree. The sum of products is that number minus the "
            "number of units in which they differ.",
        ),
        Mistake(
            "orthogonal pattern adds nothing",
            _column(1, lambda share, i: 0),
            "Pattern 3 is orthogonal to pattern 1, so the whole sum is zero. But one of its terms is left "
            "out.",
        ),
        Mistake(
            "others summed up without the sign",
            _shares(lambda q, agree: q - agree),
            "You left out the term of the unit itself, and stopped there. A pattern adds its OWN value of "
            "this unit: where it differs from pattern 1, what its other units say counts the other way.",
        ),
        Mistake(
            "own terms multiplied with the sign",
            _shares(lambda q, agree: agree * (q - 1)),
            "The term that is left out is s_i t_i times s_i t_i = 1, also where the other pattern differs. "
            "Take it off last.",
        ),
        Mistake(
            "own term multiplied with the sign, pattern 2",
            _column(0, lambda share, i: 1 if i < 3 else -1),
            "Pattern 2 differs from pattern 1 in unit 4, and its sum counts with -1 there. But the term that "
            "is left out is s_i t_i times s_i t_i = 1, also there. Take it off last.",
        ),
        Mistake(
            "own term multiplied with the sign, pattern 3",
            _column(1, lambda share, i: -1 if i < 2 else 1),
            "The term that is left out is s_i t_i times s_i t_i = 1, also where pattern 3 differs. Take it "
            "off last.",
        ),
        Mistake(
            "whole sums in every unit",
            _shares(lambda q, agree: q),
            "You gave every unit the sum over all units. Without self-connections a unit leaves its own "
            "product out. And where the other pattern differs in this unit, the sum counts against it.",
        ),
        Mistake(
            "size of a share",
            _column(0, lambda share, i: abs(share)),
            "Where pattern 2 differs from pattern 1, it pushes the other way: which unit is that?",
        ),
        Mistake(
            "own term added",
            _shares(lambda q, agree: agree * q + 1),
            "You added the term of the unit itself. Without self-connections it is missing from the sum.",
        ),
        Mistake(
            "agreement alone",
            _shares(lambda q, agree: agree),
            "You say only whether the other pattern agrees in this unit. How strongly does it speak? Its sum "
            "of products with pattern 1 decides.",
        ),
        Mistake(
            "three times the agreement",
            _shares(lambda q, agree: 3 * agree),
            "You let the other pattern speak with all its units at once. Each of its other units counts with "
            "+ where it agrees with pattern 1, with - where it does not.",
        ),
        Mistake(
            "the other sign",
            _shares(lambda q, agree: 1 - agree * q),
            "The shares have the other sign: positive means support.",
        ),
        Mistake(
            "pattern 2 left out of the field",
            _by_hand(counted=(0, 1)),
            "The field is the signal of pattern 1, plus what pattern 2 adds, plus what pattern 3 adds.",
        ),
        Mistake(
            "shares taken off the signal",
            _by_hand(counted=(-1, -1)),
            "You subtracted the shares from the signal. They are added; where they are against the unit, "
            "they are negative already.",
        ),
        Mistake(
            "size of the field",
            _column(2, lambda field, i: abs(field)),
            "One of your fields has lost its sign: which unit is outvoted?",
        ),
        Mistake(
            "self-connections of the other patterns alone",
            _by_hand(self_terms=2),
            "Pattern 1 is stored, too: each of the THREE patterns gives every unit a self-connection.",
        ),
        Mistake(
            "self-connections of N",
            _by_hand(self_terms=4),
            "There are as many self-connections of 1 as there are patterns, not as there are units.",
        ),
        Mistake(
            "self-connections against the unit",
            _by_hand(self_terms=-3),
            "A self-connection supports the value that the unit has: it is added.",
        ),
        Mistake(
            "last column multiplied",
            _column(3, lambda entry, i: 3 * _by_hand()[i + 1][2]),
            "You multiplied the field by 3. Each pattern ADDS its self-connection.",
        ),
    ],
    [
        "First the two sums over all units: pattern 1 times pattern 2, and pattern 1 times pattern 3.",
        "Unit i leaves its own product out of the sum. Then multiply with +1 where the other pattern agrees "
        "with pattern 1 in unit i, with -1 where it does not.",
        "The product that is left out is worth s_i t_i times s_i t_i = 1, whether they agree or not.",
        "Field: signal N - 1, plus the two shares. With self-connections every stored pattern adds 1 to it.",
    ],
    follow={
        "field": lambda unit, entries: 3 + entries["pattern 2 adds"] + entries["pattern 3 adds"],
        "field with self-connections": lambda unit, entries: 3 + entries["field"],
    },
    praise="Right. Unit 4 fails without self-connections and holds with them: they hide the error, as they "
    "would hide any other.",
)


# 2. the rule, all at once and one pattern for another


def _store_many(patterns):
    N = patterns.shape[1]
    W = np.zeros((N, N))
    for pattern in patterns:
        more = W + np.outer(pattern, pattern) / N
        np.fill_diagonal(more, 0)
        W = more
    return W


def _store_many_in_loops(patterns):
    M, N = len(patterns), len(patterns[0])
    W = np.zeros((N, N))
    for i in range(N):
        for j in range(N):
            total = 0
            for mu in range(M):
                total += patterns[mu][i] * patterns[mu][j]
            if i != j:
                W[i, j] = total / N
    return W


def _store_many_stub(patterns):
    N = patterns.shape[1]
    W = np.zeros((N, N))
    for pattern in patterns:  # noqa: B007  (as in the exercise)
        more = None
        W = more
    return W


#: One pattern; more patterns than units, so that weights lie beyond ±1; a pattern twice, and its inverse.
_STORED = ["+-+", "++- +--", "+-- +-+ +-- -++ +--", "+-+- -++- ++--", "++ +- -+", "+-++- --+-+ ++--+ -+-+-"]


def _pattern_trials(rng: np.random.Generator) -> Trials:
    shapes = (2, 3), (3, 2), (3, 5), (4, 4), (5, 6)
    return [(given.patterns(p),) for p in _STORED] + [(rng.choice([-1, 1], shape),) for shape in shapes]


def _sums(patterns: Any, diagonal: bool = False) -> Any:
    return learning.hebb(patterns, self_connections=diagonal).astype(float)  # to be divided without a loss


def _hebb(patterns: Any, diagonal: bool = False) -> Any:
    return _sums(patterns, diagonal) / patterns.shape[1]


def _row_after_row(share: Any, diagonal: bool = True) -> Any:
    """Weights that grow pattern by pattern, by what `share(pattern)` adds to the matrix."""

    def weights(p: Any) -> Any:
        W = np.zeros((p.shape[1],) * 2)
        for pattern in p:
            W = W + share(pattern) / len(pattern)
        return W if diagonal else given.without_diagonal(W)

    return weights


def _divided_in_every_round(p: Any) -> Any:
    W = np.zeros((p.shape[1],) * 2)
    for pattern in p:
        W = (W + np.outer(pattern, pattern) / len(pattern)) / len(p)
    return given.without_diagonal(W)


def _doubled(p: Any) -> Any:
    W = np.zeros((p.shape[1],) * 2)
    for pattern in p:
        W = 2 * W + np.outer(pattern, pattern) / len(pattern)
    return given.without_diagonal(W)


def _halved(p: Any, by: float, share: float | None = None) -> Any:
    """The weights so far and what is added, both divided again with every pattern."""
    W = np.zeros((p.shape[1],) * 2)
    for pattern in p:
        W = W / by + np.outer(pattern, pattern) * (1 / by if share is None else share)
    return given.without_diagonal(W)


def _filled_in_place(p: Any) -> Any:
    W = np.zeros((p.shape[1],) * 2)
    for pattern in p:
        W = np.fill_diagonal(W + np.outer(pattern, pattern) / len(pattern), 0)
    return W


def _centred(p: Any) -> Any:
    """The patterns, each less its own mean."""
    return p - p.mean(axis=1, keepdims=True)


def _without(W: Any, i: int) -> Any:
    """A copy of W with no weights to or from unit i."""
    there = np.arange(len(W)) != i
    return W * there * there[:, None]


_SQUARED = "Your `pattern * pattern` multiplies each value with itself, which is 1 for every unit. "
_NUMBER = "Your `pattern @ pattern` is a single number, N. "
_PAIRS = "There is a weight for every PAIR of units: each value with each other one makes a matrix."

store_many = FunctionCheck(
    _store_many,
    _pattern_trials,
    [
        Mistake(
            "1/N forgotten",
            lambda p: _sums(p),
            "The factor 1/N is missing. The dynamics would not notice, since only the sign of a field "
            "counts, but fields and energies would be N times too large.",
        ),
        Mistake(
            "diagonal kept",
            lambda p: _hebb(p, True),
            "Your weights have a diagonal of M/N. The exercise wants no self-connections.",
        ),
        Mistake(
            "diagonal kept, 1/N forgotten",
            lambda p: _sums(p, True),
            "That is X'X: the factor 1/N is missing, and the diagonal holds M.",
        ),
        Mistake(
            "patterns multiplied along the wrong axis",
            lambda p: given.without_diagonal(p @ p.T / p.shape[1]),
            "Your matrix is M by M: it compares patterns with patterns. The weights compare units with "
            "units.",
        ),
        Mistake(
            "overlaps instead of weights",
            lambda p: p @ p.T / p.shape[1],
            "That is the matrix of overlaps, M by M. The weights are N by N: sum over patterns, not over "
            "units.",
        ),
        Mistake("each unit with itself", _row_after_row(lambda s: s * s), _SQUARED + _PAIRS),
        Mistake(
            "each unit with itself, zero diagonal", _row_after_row(lambda s: s * s, False), _SQUARED + _PAIRS
        ),
        Mistake("a number instead of a matrix", _row_after_row(lambda s: s @ s), _NUMBER + _PAIRS),
        Mistake(
            "a number instead of a matrix, zero diagonal",
            _row_after_row(lambda s: s @ s, False),
            _NUMBER + _PAIRS,
        ),
        Mistake(
            "the identity taken off",
            _row_after_row(lambda s: np.outer(s, s) - len(s) * np.eye(len(s))),
            "Your diagonal is not zero: each pattern puts 1/N there, and you take off 1.",
        ),
        Mistake(
            "fill_diagonal used as a value",
            _filled_in_place,
            "`np.fill_diagonal` changes the matrix that it is given and returns None, which takes the "
            "place of your weights. Call it in a line of its own.",
        ),
        Mistake(
            "mean instead of sum",
            lambda p: _hebb(p) / len(p),
            "You divided by the number of patterns as well. The patterns are added up; the factor is 1/N.",
        ),
        Mistake(
            "divided by M instead of N",
            lambda p: _sums(p) / len(p),
            "You divided by the number of patterns. The factor is one over the number of UNITS.",
        ),
        Mistake(
            "divided by M N and the diagonal kept",
            lambda p: _hebb(p, True) / len(p),
            "You divided by the number of patterns as well, and the diagonal is not zero.",
        ),
        Mistake(
            "divided by M instead of N, diagonal kept",
            lambda p: _sums(p, True) / len(p),
            "You divided by the number of patterns, where the factor is one over the number of UNITS, and "
            "the diagonal is not zero.",
        ),
        Mistake(
            "divided twice by N",
            lambda p: _hebb(p) / p.shape[1],
            "The products were divided by N two times.",
        ),
        Mistake(
            "divided by the others",
            lambda p: _sums(p) / (p.shape[1] - 1),
            "You divided by N - 1, the number of other units. The factor is 1/N.",
        ),
        Mistake(
            "each pair twice",
            lambda p: 2 * _hebb(p),
            "Your weights are twice as large as Hebb's. Do you run over all i and j, and add to both W[i, "
            "j] and W[j, i]? Then each pair is counted twice.",
        ),
        Mistake(
            "divided by M in every round",
            _divided_in_every_round,
            "In every round of the loop all weights so far are divided by the number of patterns. The "
            "patterns are added up; the only factor is 1/N.",
        ),
        Mistake(
            "half as large",
            lambda p: _hebb(p) / 2,
            "Your weights are half as large as Hebb's. The factor one half belongs to the energy.",
        ),
        Mistake(
            "all weights are zero",
            lambda p: _row_after_row(lambda s: (np.outer(s, s) / len(s)).astype(int) * len(s), False)(p),
            "All your weights are 0. Do whole numbers (`dtype=int`, `int`) keep only what stands before the "
            "decimal point? Or do you multiply with W, which begins with zeros?",
        ),
        Mistake(
            "division without remainder",
            lambda p: _row_after_row(lambda s: (np.outer(s, s) // len(s)) * len(s), False)(p),
            "You divided by `//`, which rounds down to a whole number: 1/N becomes 0, and -1/N becomes -1. "
            "Divide by `/`.",
        ),
        Mistake(
            "sign wrong",
            lambda p: -_hebb(p),
            "All signs are turned round: your weights make units differ that agree in the patterns.",
        ),
        Mistake(
            "sum instead of product",
            lambda p: _row_after_row(lambda s: np.add.outer(s, s), False)(p),
            "You added the two values of a pair. Their product is wanted.",
        ),
        Mistake(
            "weights so far divided again",
            lambda p: _halved(p, p.shape[1]),
            "With each pattern the weights so far are divided by N once more: only the new products are.",
        ),
        Mistake(
            "weights so far halved",
            lambda p: _halved(p, 2, 1 / (2 * p.shape[1])),
            "With each pattern the weights so far are halved. Hebb's rule is a sum; it forgets nothing.",
        ),
        Mistake(
            "one pattern with all others",
            lambda p: given.without_diagonal(np.outer(p[0], p.sum(axis=0)) / p.shape[1]),
            "You multiplied the first pattern with each other one. Each pattern is multiplied with itself.",
        ),
        Mistake(
            "the weights so far are counted twice",
            _doubled,
            "Before each pattern your weights double: those so far are added to themselves.",
        ),
        Mistake(
            "negative weights cut off",
            lambda p: np.maximum(_hebb(p), 0),
            "Your weights are never negative. Two units that mostly differ shall have a negative one.",
        ),
        Mistake(
            "size without sign",
            lambda p: np.abs(_hebb(p)),
            "Your weights are never negative. Two units that mostly differ shall have a negative one.",
        ),
        Mistake(
            "weights held within ±1",
            lambda p: np.clip(_hebb(p), -1, 1),
            "You cut weights off at 1 and -1. Hebb's rule sets no limit.",
        ),
        Mistake(
            "last unit left out",
            lambda p: _without(_hebb(p), -1 + p.shape[1]),
            "The last unit has no weights. `range(n)` ends at n - 1: does your loop stop one too early?",
        ),
        Mistake(
            "first unit left out",
            lambda p: _without(_hebb(p), 0),
            "The first unit has no weights. Python counts from 0: does your loop begin with 1?",
        ),
        Mistake(
            "last pattern left out",
            lambda p: _hebb(p[:-1]) if len(p) > 1 else np.zeros((p.shape[1],) * 2),
            "The last pattern is missing from your weights. `range(n)` ends at n - 1: does your loop stop "
            "one too early?",
        ),
        Mistake(
            "first pattern left out",
            lambda p: _hebb(p[1:]) if len(p) > 1 else np.zeros((p.shape[1],) * 2),
            "The first pattern is missing from your weights. Python counts from 0: does your loop begin with "
            "1?",
        ),
        Mistake(
            "last pattern only",
            lambda p: _hebb(p[-1:]),
            "Only the last pattern is left in your weights: each round of the loop overwrites the one "
            "before.",
        ),
        Mistake(
            "first pattern only",
            lambda p: _hebb(p[:1]),
            "Only the first pattern is in your weights. Is there a `return` inside the loop?",
        ),
        Mistake(
            "0/1 coding",
            lambda p: given.without_diagonal((p > 0).T.astype(float) @ (p > 0) / p.shape[1]),
            "You multiplied 0/1 values. Two units that are both -1 agree, too: the rule is for ±1.",
        ),
        Mistake(
            "only agreement counts",
            lambda p: given.without_diagonal((_hebb(p, True) + len(p) / p.shape[1]) / 2),
            "A pair that agrees strengthens its weight, but one that differs leaves yours as it is. In each "
            "pattern every pair has a wish, and a pair that differs has the opposite one.",
        ),
        Mistake(
            "product of the sums",
            lambda p: given.without_diagonal(np.outer(p.sum(axis=0), p.sum(axis=0)) / p.shape[1]),
            "You added up the patterns and stored their sum. The sum of products is not the product of sums.",
        ),
        Mistake(
            "signs only",
            lambda p: np.sign(_sums(p)),
            "You kept the majority of the wishes only. Their number counts, too.",
        ),
        Mistake(
            "last pattern only, diagonal kept",
            lambda p: _hebb(p[-1:], True),
            "Only the last pattern is left in your weights: each round of the loop overwrites the one "
            "before. And the diagonal is not zero.",
        ),
        Mistake(
            "one half of the matrix",
            lambda p: np.triu(_hebb(p)),
            "Only the weights above the diagonal are there. They are symmetric: w_ij = w_ji.",
        ),
        Mistake(
            "the lower half of the matrix",
            lambda p: np.tril(_hebb(p)),
            "Only the weights below the diagonal are there. They are symmetric: w_ij = w_ji.",
        ),
        Mistake(
            "ones on the diagonal",
            lambda p: _hebb(p) + np.eye(p.shape[1]),
            "Your diagonal is 1. No unit is connected to itself: it shall be 0.",
        ),
        Mistake(
            "divided by the root of N",
            lambda p: _sums(p) / p.shape[1] ** 0.5,
            "You divided by the square root of N. The factor is 1/N.",
        ),
        Mistake(
            "signs only, divided by N",
            lambda p: np.sign(_sums(p)) / p.shape[1],
            "You kept the majority of the wishes only. Their number counts, too.",
        ),
        Mistake(
            "one identity for all",
            lambda p: (_sums(p, True) - np.eye(p.shape[1])) / p.shape[1],
            "Your diagonal is not zero: each of the patterns puts 1/N there, and you took off 1/N once.",
        ),
        Mistake(
            "diagonal of the last pattern",
            lambda p: _hebb(p) + np.eye(p.shape[1]) / p.shape[1],
            "Your diagonal is 1/N, as the last pattern alone puts it there. Do you clear the diagonal before "
            "a pattern is added?",
        ),
        Mistake(
            "projection",
            lambda p: given.without_diagonal(np.linalg.pinv(p) @ p),
            "That is the rule of projection, which knows how alike the patterns are (chapter 08). Here it "
            "is Hebb's.",
        ),
        Mistake(
            "first pattern again and again",
            lambda p: _hebb(p[:1]) * len(p),
            "You added the first pattern in every round. Is the loop variable used?",
        ),
        Mistake(
            "one list for all rows",
            lambda p: np.tile(
                np.where(np.arange(p.shape[1]) < p.shape[1] - 1, _hebb(p)[-1], _hebb(p)[-2]), (p.shape[1], 1)
            ),
            "All rows are equal: `[[0] * n] * n` holds ONE list n times, so that each row overwrites the "
            "one before.",
        ),
        Mistake(
            "mean of each pattern subtracted",
            lambda p: given.without_diagonal(_centred(p).T @ _centred(p) / p.shape[1]),
            "From each pattern you subtracted its mean first. That is another rule; here it is Hebb's, with "
            "the values as they are.",
        ),
        Mistake(
            "common part removed",
            lambda p: given.without_diagonal((p - p.mean(axis=0)).T @ (p - p.mean(axis=0)) / p.shape[1]),
            "You subtracted the mean of the patterns first. That is another rule, and one worth knowing "
            "(chapter 08), but here it is Hebb's.",
        ),
    ],
    [
        "One pattern alone adds s_i s_j / N to the weight between i and j. What becomes of the weights so "
        "far?",
        "`np.outer(a, b)` holds all products a_i b_j in a matrix (N, N).",
        "The diagonal comes last. `np.fill_diagonal` changes a matrix in place.",
    ],
    stub=_store_many_stub,
    also=[_store_many_in_loops],
    limits=["one pattern or more, two units or more"],
    properties=given.OF_PATTERNS,
    praise="Right. One line does it, too: `patterns.T @ patterns / N`, and then the diagonal.",
)


def _replace_pattern(weights, old, new):
    N = len(old)
    return weights + (np.outer(new, new) - np.outer(old, old)) / N


def _replace_in_loops(weights, old, new):
    N = len(old)
    result = weights.copy()
    for i in range(N):
        for j in range(N):
            if i != j:
                result[i, j] += (new[i] * new[j] - old[i] * old[j]) / N
    return result


def _replace_trials(rng: np.random.Generator) -> Trials:
    fixed = "+-+ ++-", "+-- ++- --+", "+-+- -++- ++-- +++-", "+-+ +-+ +-+ +-+ +-+ -++", "++-+- -+-++ +---+ "
    "--+++"
    trials = [(_hebb(p[:-1]), p[0], p[-1]) for p in map(given.patterns, fixed)]
    for M, N in ((2, 3), (3, 4), (3, 5), (4, 6)):
        p = rng.choice([-1, 1], (M + 1, N))
        p[-1, :2] = p[0, 0], -p[0, 1]  # the new pattern is neither the old one nor its inverse
        trials.append((_hebb(p[:-1]), p[0], p[-1]))
    return trials


def _put_together(a: int, b: int, W: Any, old: Any, new: Any) -> Any:
    change = a * np.outer(new, new) + b * np.outer(old, old)
    return W + given.without_diagonal(change) / len(old)


def _mixed(W: Any, old: Any, new: Any) -> Any:
    return W + (np.outer(new, old) - np.outer(old, old)) / len(old)


_MIXED = (
    "You added the product of the new pattern with the old one. A pattern is stored by the products of its "
    "own values with each other."
)
_RESIGNED = (
    "You turned the signs of the weights round where old and new pattern differ. That changes what the other "
    "patterns have added, too: take away only what the old pattern has added."
)


replace_pattern = FunctionCheck(
    _replace_pattern,
    _replace_trials,
    [
        Mistake("new times old", _mixed, _MIXED),
        Mistake("new times old, zero diagonal", lambda *a: given.without_diagonal(_mixed(*a)), _MIXED),
        Mistake("signs turned round", lambda W, old, new: W * np.outer(old * new, old * new), _RESIGNED),
        Mistake(
            "1/N forgotten",
            lambda W, old, new: W + np.outer(new, new) - np.outer(old, old),
            "The weights carry the factor 1/N, so what is added and taken away must carry it, too.",
        ),
        Mistake(
            "all N times too large",
            lambda W, old, new: W * len(old) + np.outer(new, new) - np.outer(old, old),
            "Your result is N times too large. Did you multiply the weights with N, to have whole numbers? "
            "Then divide by N at the end.",
        ),
        Mistake(
            "new pattern added, old one kept",
            lambda W, old, new: _put_together(1, 0, W, old, new),
            "The old pattern is still there. Subtract what it once added.",
        ),
        Mistake(
            "new pattern added with a diagonal, old one kept",
            lambda W, old, new: W + np.outer(new, new) / len(old),
            "The old pattern is still there, and a diagonal has grown.",
        ),
        Mistake(
            "old pattern removed, new one missing",
            lambda W, old, new: _put_together(0, -1, W, old, new),
            "The old pattern is gone. Now add the new one.",
        ),
        Mistake(
            "old pattern removed with a diagonal, new one missing",
            lambda W, old, new: W - np.outer(old, old) / len(old),
            "The old pattern is gone, and with it a diagonal that was not there. Now add the new one.",
        ),
        Mistake(
            "old and new exchanged",
            lambda W, old, new: _put_together(-1, 1, W, old, new),
            "You added the old pattern once more and subtracted the new one.",
        ),
        Mistake(
            "both added",
            lambda W, old, new: _put_together(1, 1, W, old, new),
            "You added both patterns. One of them is to go, and to add its inverse does not help: "
            "(-1)(-1) = +1.",
        ),
        Mistake(
            "everything forgotten",
            lambda W, old, new: _hebb(new[None]),
            "Only the new pattern is left. The other ones, which you do not know, must stay in the weights.",
        ),
        Mistake(
            "mean instead of sum",
            lambda W, old, new: W + (np.outer(new, new) - np.outer(old, old)) / (2 * len(old)),
            "You changed the weights by half of what they should change: both terms count in full.",
        ),
        Mistake(
            "divided twice by N",
            lambda W, old, new: W + (np.outer(new, new) - np.outer(old, old)) / len(old) ** 2,
            "What you add and take away was divided by N two times.",
        ),
        Mistake(
            "divided by the others",
            lambda W, old, new: W + (np.outer(new, new) - np.outer(old, old)) / (len(old) - 1),
            "You divided by N - 1, the number of other units. The weights carry the factor 1/N.",
        ),
        Mistake(
            "all divided by N",
            lambda W, old, new: (W + np.outer(new, new) - np.outer(old, old)) / len(old),
            "You divided the weights that are there by N once more: what is missing is a pair of brackets.",
        ),
        Mistake(
            "1/N for the old pattern alone",
            lambda W, old, new: W + np.outer(new, new) - np.outer(old, old) / len(old),
            "The new pattern was added without its factor 1/N. Are brackets missing around the difference?",
        ),
        Mistake(
            "1/N for the new pattern alone",
            lambda W, old, new: W + np.outer(new, new) / len(old) - np.outer(old, old),
            "The old pattern was taken away without its factor 1/N. Are brackets missing around the "
            "difference?",
        ),
        Mistake(
            "1/N for the old pattern alone, zero diagonal",
            lambda W, old, new: (
                W + given.without_diagonal(np.outer(new, new) - np.outer(old, old) / len(old))
            ),
            "The new pattern was added without its factor 1/N. Are brackets missing around the difference?",
        ),
        Mistake(
            "1/N for the new pattern alone, zero diagonal",
            lambda W, old, new: (
                W + given.without_diagonal(np.outer(new, new) / len(old) - np.outer(old, old))
            ),
            "The old pattern was taken away without its factor 1/N. Are brackets missing around the "
            "difference?",
        ),
        Mistake(
            "the change alone",
            lambda W, old, new: (np.outer(new, new) - np.outer(old, old)) / len(old),
            "That is what changes. Add it to the weights.",
        ),
        Mistake(
            "nothing changed",
            lambda W, old, new: W.copy(),
            "These are the old weights, unchanged. Is your result thrown away? Or did you take `new @ new`, "
            "which is a number, N, as is `old @ old`, so that nothing is left of their difference?",
        ),
        Mistake(
            "whole numbers only",
            lambda W, old, new: _replace_pattern(W, old, new).astype(int),
            "Whole numbers came out. They keep what stands before the decimal point, and of a weight below 1 "
            "that is nothing.",
        ),
        Mistake(
            "one weight per unit",
            lambda W, old, new: W + (new - old) / len(old),
            "You added the difference of the patterns to every row. The products of PAIRS of values make the "
            "weights.",
        ),
        Mistake(
            "old times new",
            lambda W, old, new: W + given.without_diagonal(np.outer(new, old)) / len(old),
            "You multiplied the new pattern with the old one. Each one is multiplied with itself only.",
        ),
        Mistake(
            "difference stored, zero diagonal",
            lambda W, old, new: W + given.without_diagonal(np.outer(new - old, new - old)) / len(old),
            "You stored the difference of the two patterns. The difference of the products is wanted.",
        ),
        Mistake(
            "everything forgotten, diagonal kept",
            lambda W, old, new: _hebb(new[None], True),
            "Only the new pattern is left, with a diagonal. The other ones, which you do not know, must stay "
            "in the weights.",
        ),
        Mistake(
            "the identity taken off",
            lambda W, old, new: _replace_pattern(W, old, new) - np.eye(len(old)),
            "Your diagonal is not zero. What is added and what is taken away have the same one, so nothing "
            "is left to take off.",
        ),
        Mistake(
            "both added, with a diagonal",
            lambda W, old, new: W + (np.outer(new, new) + np.outer(old, old)) / len(old),
            "You added both patterns, and a diagonal has grown. The old one is to go.",
        ),
        Mistake(
            "old times new, with a diagonal",
            lambda W, old, new: W + np.outer(new, old) / len(old),
            "You multiplied the new pattern with the old one. Each one is multiplied with itself only.",
        ),
        Mistake(
            "diagonal of the old pattern alone",
            lambda W, old, new: _replace_pattern(W, old, new) - np.eye(len(old)) / len(old),
            "You took the old pattern off with its diagonal, and put the new one in without: the weights "
            "had none, and shall have none.",
        ),
        Mistake(
            "diagonal of the new pattern alone",
            lambda W, old, new: _replace_pattern(W, old, new) + np.eye(len(old)) / len(old),
            "You put the new pattern in with its diagonal, and took the old one off without: no unit "
            "shall be connected to itself.",
        ),
        Mistake(
            "upper triangle alone",
            lambda W, old, new: W + np.triu(_replace_pattern(0, old, new)),
            "Only the weights above the diagonal are changed. They are symmetric: w_ij = w_ji.",
        ),
        Mistake(
            "lower triangle alone",
            lambda W, old, new: W + np.tril(_replace_pattern(0, old, new)),
            "Only the weights below the diagonal are changed. They are symmetric: w_ij = w_ji.",
        ),
        Mistake(
            "last unit left out",
            lambda W, old, new: W + _without(_replace_pattern(0, old, new), len(old) - 1),
            "The weights of the last unit are the old ones. `range(n)` ends at n - 1: does your loop stop "
            "one too early?",
        ),
        Mistake(
            "first unit left out",
            lambda W, old, new: W + _without(_replace_pattern(0, old, new), 0),
            "The weights of the first unit are the old ones. Python counts from 0: does your loop begin "
            "with 1?",
        ),
        Mistake(
            "difference stored",
            lambda W, old, new: W + np.outer(new - old, new - old) / len(old),
            "You stored the difference of the two patterns. The difference of the products is wanted.",
        ),
    ],
    [
        "Hebb's weights are a sum with one term for each pattern. Which term goes, and which one comes?",
        "What the old pattern once added was `np.outer(old, old) / N`, but for the diagonal.",
        "The two diagonals are equal, and cancel.",
    ],
    also=[_replace_in_loops],
    praise="Right, and nobody had to tell you what else is stored.",
)


# 3. two patterns, a proof with gaps

_GAPS = {"a": 2, "b": 2, "c": 0, "d": 6, "e": 10, "f": 2, "g": 2, "h": 3}


def _later_gap(row: str, gaps: dict[str, Any]) -> Any:
    """What the learner's own weights lead to: three others in D, five in A, the unit itself."""
    return {"d": 3 * gaps["b"], "e": 5 * gaps["a"], "g": gaps["b"]}[row]


two_patterns = TableCheck(
    "two_patterns",
    _GAPS,
    ["number"],
    [
        Mistake(
            "differing units cancel",
            _GAPS | {"b": 0, "d": 0},
            "In D the patterns differ, t_i = -s_i and t_j = -s_j. What is the product of the two?",
        ),
        Mistake(
            "differing units repel",
            _GAPS | {"b": -2, "d": -6},
            "In D both units have the other sign in t. The two signs multiply.",
        ),
        Mistake(
            "A and D connected",
            _GAPS | {"c": 2},
            "One unit keeps its value from s to t, the other one changes it. Then the product changes its "
            "sign.",
        ),
        Mistake(
            "A and D repel",
            _GAPS | {"c": -2},
            "One unit keeps its value from s to t, the other one changes it. So s asks for one sign, and t "
            "for the other.",
        ),
        Mistake(
            "A and D, the one pattern only",
            _GAPS | {"c": 1},
            "That is what s alone adds. And t?",
        ),
        Mistake(
            "A and D, the other pattern only",
            _GAPS | {"c": -1},
            "That is what t alone adds. And s?",
        ),
        Mistake(
            "one pattern in A",
            _GAPS | {"a": 1},
            "Two patterns are stored, and both say the same about a pair in A. Their weights add up.",
        ),
        Mistake(
            "one pattern in D",
            _GAPS | {"b": 1},
            "Two patterns are stored, and both say the same about a pair in D: both signs change, and their "
            "product does not.",
        ),
        Mistake(
            "t alone in D",
            _GAPS | {"b": -1},
            "Both signs change in D, and their product does not. And two patterns are stored, s and t.",
        ),
        Mistake(
            "the unit hears itself",
            _GAPS | {"d": 8, "e": 12},
            "You counted the unit among those that it hears. Without self-connections it hears one fewer.",
        ),
        Mistake(
            "the unit hears itself in D",
            _GAPS | {"d": 8},
            "In D you counted the unit among those that it hears. Without self-connections it hears one "
            "fewer.",
        ),
        Mistake(
            "the unit hears itself in A",
            _GAPS | {"e": 12},
            "In A you counted the unit among those that it hears. Without self-connections it hears one "
            "fewer.",
        ),
        Mistake(
            "A and D exchanged",
            _GAPS | {"d": 10, "e": 6},
            "(d) is about the four units of D, (e) about the six of A: a number stands where that of the "
            "other group belongs.",
        ),
        Mistake(
            "one of the two patterns only",
            _GAPS | {"a": 1, "b": 1, "d": 3, "e": 5, "g": 1},
            "Two patterns are stored, and both say the same about this pair. Their weights add up.",
        ),
        Mistake(
            "weights of one left",
            _GAPS | {"d": 3, "e": 5},
            "You counted the units that are heard. Each of them is heard with the weight of (a) or (b).",
        ),
        Mistake(
            "weights of one left in D",
            _GAPS | {"d": 3},
            "For (d) you counted the units that are heard. Each of them is heard with the weight of (b).",
        ),
        Mistake(
            "weights of one left in A",
            _GAPS | {"e": 5},
            "For (e) you counted the units that are heard. Each of them is heard with the weight of (a).",
        ),
        Mistake(
            "sizes of the groups",
            _GAPS | {"d": 4, "e": 6},
            "These are the numbers of units in D and A. How many others does a unit hear, and with which "
            "weight?",
        ),
        Mistake(
            "the unit hears everybody",
            _GAPS | {"d": 18, "e": 18},
            "You let the unit hear all other units. By (c) it does not hear those of the other group.",
        ),
        Mistake(
            "the signal alone",
            _GAPS | {"d": 9, "e": 9},
            "N - 1 = 9 is what s adds. And t? It supports the units of the same group, and is against the "
            "others.",
        ),
        Mistake(
            "A against D",
            _GAPS | {"d": -6},
            "The units of D hear each other, and agree in s. Is that not support?",
        ),
        Mistake(
            "1/N kept",
            _GAPS | {"d": 0.6, "e": 1},
            "The exercise multiplies everything by N, so that the numbers are whole.",
        ),
        Mistake(
            "1/N kept in the weights",
            _GAPS | {"a": 0.2, "b": 0.2, "d": 0.6, "e": 1, "g": 0.2},
            "You give the weights themselves. The exercise multiplies everything by N, so that the numbers "
            "are whole.",
        ),
        Mistake(
            "a single unit hears something",
            _GAPS | {"f": 1},
            "A unit that is alone in D hears nobody: its field is zero, and only the rule for ties holds it.",
        ),
        Mistake(
            "an empty group",
            _GAPS | {"f": 0},
            "Without units in D there is no field in D. How many are needed for one of them to hear another?",
        ),
        Mistake(
            "one unit too many",
            _GAPS | {"f": 3},
            "Fewer are enough: how many units does one of D have to hear for its field to be positive?",
        ),
        Mistake(
            "self-connection forgotten",
            _GAPS | {"g": 0},
            "With self-connections the unit hears itself, once for each stored pattern.",
        ),
        Mistake(
            "self-connection of one pattern",
            _GAPS | {"g": 1},
            "With self-connections the unit hears itself, once for each stored pattern, and there are two.",
        ),
        Mistake(
            "self-connections cancel",
            _GAPS | {"g": -2},
            "A self-connection supports the value that the unit has, whatever it is: s_i s_i = 1.",
        ),
        Mistake(
            "half is enough",
            _GAPS | {"h": 4},
            "With four of seven wrong, the wrong ones are the majority.",
        ),
        Mistake(
            "half of all units",
            _GAPS | {"h": 6},
            "Not the majority of the whole network counts: D is a network of its own.",
        ),
        Mistake(
            "half, not rounded",
            _GAPS | {"h": 3.5},
            "Units are counted in whole numbers. How many of seven may be wrong, with a majority right?",
        ),
        Mistake(
            "all of them",
            _GAPS | {"h": 7},
            "With all of D wrong the cue is t itself, and that stays.",
        ),
        Mistake(
            "the group of four",
            _GAPS | {"h": 1},
            "In this last paragraph D has seven units, not four.",
        ),
        Mistake(
            "one less than possible",
            _GAPS | {"h": 2},
            "One more may be wrong: the right ones are still the majority of D, and every unit hears the "
            "majority.",
        ),
    ],
    [
        "Agree: t_i = s_i. Differ: t_i = -s_i. Write t_i t_j in terms of s_i s_j for the three cases.",
        "In s, each unit that is heard adds its weight times s_i s_j s_i s_j = 1. How many are heard in D, "
        "how many in A?",
        "(f) is about a unit that hears nobody. (h) is chapter 05, for a network of seven units.",
    ],
    follow={"number": _later_gap},
    praise="The proof is complete: two patterns are two independent networks with one pattern each.",
)


# 4. which units fail


def _failing_units(patterns):
    weights = patterns.T @ patterns
    np.fill_diagonal(weights, 0)
    return patterns * (patterns @ weights) < 0


#: Ties on numbers of units that are no powers of two: divided by N, they break in every order of sums.
_FRAGILE = (
    "++++- +--+- -+-++ -+--- ++---",
    "+-+-+ +-+++ +-+-- ++--- ++--+",
    "-+--+---+ --++---++ ----++++- ++-++---- ---++++-+ -+++++-+- ---+-++++",
)


def _failing_trials(rng: np.random.Generator) -> Trials:
    """Sets with failing units, ties, and fields of every kind around the limit."""
    trials: Trials = [
        (_THREE,),
        (given.patterns("+-+"),),
        (given.patterns("++ +- -+"),),
        (given.patterns("++ +- -+ +-"),),  # weights that are whole numbers, divided by N, too
        (given.patterns("++++ +++- ++-+"),),
        (orthogonal(4, 4),),  # ties everywhere
        (given.patterns("+++ ++-"),),
        (given.patterns("+++++ ++++- +++-+ ---+-"),),  # all just at the limit
        (given.patterns("+++++ ----- +----"),),  # fails with self-connections, too
        (given.patterns("+-+--+ -++-+- -+--+-"),),
        (np.tile([1, -1, -1], (12, 4)),),  # fields of 132: too large for eight bits
        *[(given.patterns(p),) for p in _FRAGILE],
    ]
    while len(trials) < 17:
        M, N = int(rng.integers(3, 7)), int(rng.integers(3, 9))
        p = rng.choice([-1, 1], (M, N))
        if _failing_units(p).any():
            trials.append((p,))
    return trials


def _failing_in_loops(patterns):
    M, N = len(patterns), len(patterns[0])
    failing = np.zeros((M, N), bool)
    for nu in range(M):
        for i in range(N):
            field = 0
            for mu in range(M):
                for j in range(N):
                    if j != i:
                        field += patterns[mu][i] * patterns[mu][j] * patterns[nu][j]
            failing[nu, i] = field * patterns[nu][i] < 0
    return failing


def _support(p: Any, own: bool = False) -> Any:
    """N s_i h_i."""
    found = theory.fields(p, self_connections=own)
    return found.support


def _others(p: Any) -> Any:
    return theory.fields(p).crosstalk


_ROUNDED = "ties broken by rounding"


def _divided(p: Any) -> Any:
    """The failing units as they come out if the weights are divided by N first."""
    return p * (p @ _hebb(p)) < 0


def _rounding(value: Any, p: Any) -> bool:
    """Whether an answer is right but for ties, and these are wrong only where 1/N is rounded."""
    marks = numbers(value)
    if marks is None or marks.shape != p.shape:
        return False
    wrong, tied = marks != _failing_units(p), _support(p) == 0
    inexact = p.shape[1] & (p.shape[1] - 1) != 0
    return not wrong.any() or bool(inexact and not wrong[~tied].any())


class _PredicateCheck(FunctionCheck):
    """Knows a mistake that no single wrong answer reproduces: `found` looks at every result.

    With `last`, slips of Python are looked for before.
    """

    def __init__(self, *parts: Any, known: str, found: Any, last: bool = False, **rest: Any) -> None:
        super().__init__(*parts, **rest)
        self._known, self._found, self._last = known, found, last

    def _unnamed(
        self, trials: Trials, seen: list[Outcome], wanted: list[Outcome], wrong: list[int], probe: Probe
    ) -> Verdict:
        pairs = zip(seen, trials, strict=True)
        known = all(o.error is None and self._found(o.value, *args) for o, args in pairs)
        if self._last or not known:
            verdict = super()._unnamed(trials, seen, wanted, wrong, probe)
            if not known or verdict.mistake not in (None, "random result"):
                return verdict
        message = next(mistake.message for mistake in self._mistakes if mistake.name == self._known)
        k = wrong[0]
        return self._not_yet(self._known, message, self._details(trials[k], seen[k], wanted[k]))


def _after_sweep(p: Any) -> Any:
    """Units that have turned over at their turn in a sweep of a whole pattern."""
    return Network(learning.hebb(p)).sweep(p) != p


def _with_ties(p: Any, value: int) -> Any:
    return np.where(_support(p) == 0, value, np.sign(p * _support(p))) != p


failing_units = _PredicateCheck(
    _failing_units,
    _failing_trials,
    [
        Mistake(
            "fields too large for their type",
            lambda p: _failing_units(p.astype(np.int8)),
            "Right for small networks only: `int8` holds numbers up to 127, and larger fields come out with "
            "the wrong sign. Leave the type as it is.",
        ),
        Mistake(
            "stable instead of failing",
            lambda p: ~_failing_units(p),
            "You mark the units that hold. Those that turn over are asked for.",
        ),
        Mistake(
            "holding instead of failing",
            lambda p: _support(p) > 0,
            "You mark the units that hold, but for ties. Those that turn over are asked for.",
        ),
        Mistake(
            "a whole recall",
            lambda p: Network(learning.hebb(p)).recall(p).final != p,
            "You let the network recall, and others turn over after the first. The question is about ONE "
            "update, of this unit in the stored pattern.",
        ),
        Mistake(
            "own term left in",
            lambda p: theory.fields(p, self_connections=True).crosstalk < 1 - p.shape[1],
            "A unit's own term j = i is left in somewhere: in the cross-talk (while the signal is N - 1), on "
            "a diagonal of M from which only 1 was taken, or on the whole diagonal, with a tie counted as "
            "failure.",
        ),
        Mistake(
            "self-connections kept",
            lambda p: _support(p, True) < 0,
            "Your weights have a diagonal. Each unit then supports itself with M/N, which hides failures.",
        ),
        Mistake(
            "a tie counted as failure",
            lambda p: _support(p) <= 0,
            "You let a unit fail whose field is exactly zero. A tie keeps its value.",
        ),
        Mistake(
            _ROUNDED,
            _divided,
            "Most ties keep their value here, but not all. Divided by N, numbers such as 1/5 are rounded, "
            "and of a field that should be zero something like 1e-17 is left. Leave the factor out, as it "
            "changes no sign: then every field is a whole number.",
        ),
        Mistake(
            "a tie becomes +1",
            lambda p: _with_ties(p, 1),
            "Where a field is exactly zero, you let a unit at -1 turn over. A tie keeps its value.",
        ),
        Mistake(
            "a tie becomes -1",
            lambda p: _with_ties(p, -1),
            "Where a field is exactly zero, you let a unit at +1 turn over. A tie keeps its value.",
        ),
        Mistake(
            "stable, and ties left out",
            lambda p: ~((_support(p) > 0) | (_support(p) < 0)),
            "You mark the units with a tie. These keep their value; those with a field against them are "
            "asked for.",
        ),
        Mistake(
            "one after the other",
            _after_sweep,
            "You let the units of a pattern turn over one after the other, and each sees what the earlier "
            "ones did. The question is about ONE update, in the stored pattern.",
        ),
        Mistake(
            "weights cut to whole numbers",
            lambda p: p * (p @ _hebb(p).astype(int)) < 0,
            "Your weights are whole numbers after the division by N (`dtype=int`, or made like the "
            "patterns): of what is below 1 nothing is left. The factor is not needed here.",
        ),
        Mistake(
            "weights divided without remainder",
            lambda p: p * (p @ (learning.hebb(p) // p.shape[1]).astype(int)) < 0,
            "You divided the weights by `//`, which rounds down to a whole number. The factor is not needed "
            "here.",
        ),
        Mistake(
            "one answer per pattern",
            lambda p: (_support(p) < 0).any(axis=1),
            "You say which patterns fail. The units are asked for: an answer for each unit of each pattern.",
        ),
        Mistake(
            "one answer per unit",
            lambda p: (_support(p) < 0).any(axis=0),
            "You say which units fail in some pattern. An answer for each unit of each pattern is asked for.",
        ),
        Mistake(
            "fields instead of True and False",
            lambda p: p * _support(p),
            "You give the fields. Does the unit turn over? Compare them with the values, and answer with "
            "True and False.",
        ),
        Mistake(
            "numbers instead of True and False",
            lambda p: _support(p),
            "You give field times value. Does the unit turn over? Answer with True and False.",
        ),
        Mistake(
            "new values instead of True and False",
            lambda p: given.sign(p * _support(p), p),
            "You give the values after the update. Which of them are new? Answer with True and False.",
        ),
        Mistake(
            "one pattern for all",
            lambda p: p * (p.sum(axis=0) * p.sum(axis=0).sum() - p.sum(axis=0) ** 2 * p) < 0,
            "You added up the patterns and stored their sum. The sum of products is not the product of sums.",
        ),
        Mistake(
            "one list for all patterns",
            lambda p: np.tile(_failing_units(p)[-1], (len(p), 1)),
            "All rows are equal: `[[False] * n] * m` holds ONE list m times, so that each pattern "
            "overwrites the one before.",
        ),
        Mistake(
            "last pattern stored only",
            lambda p: p * (p @ learning.hebb(p[-1:])) < 0,
            "Only the last pattern is in your weights: does each round of the loop overwrite the one before?",
        ),
        Mistake(
            "last pattern only",
            lambda p: _failing_units(p) & (np.arange(len(p)) == len(p) - 1)[:, None],
            "You test the last pattern. Every stored pattern has units that may fail.",
        ),
        Mistake(
            "first unit only",
            lambda p: _failing_units(p) & (np.arange(p.shape[1]) == 0),
            "You test the first unit. Every unit may fail.",
        ),
        Mistake(
            "last unit only",
            lambda p: _failing_units(p) & (np.arange(p.shape[1]) == p.shape[1] - 1),
            "You test the last unit. Every unit may fail.",
        ),
        Mistake(
            "sign of the cross-talk ignored",
            lambda p: np.abs(_others(p)) > p.shape[1] - 1,
            "You ask whether the cross-talk is large. It may be large and support the unit: the sign counts.",
        ),
        Mistake(
            "less than one in magnitude",
            lambda p: np.abs(theory.fields(p, self_connections=True).crosstalk) >= p.shape[1],
            "You took the lecture's condition, less than one in magnitude, with self-connections in the "
            "cross-talk and whatever its sign. Compute the field without self-connections instead.",
        ),
        Mistake(
            "limit of 1 instead of 1 - 1/N",
            lambda p: _others(p) < -p.shape[1],
            "You compare the cross-talk with a signal of N. Without self-connections the signal is N - 1.",
        ),
        Mistake(
            "signal forgotten",
            lambda p: _others(p) < 0,
            "You ask whether the other patterns push against the unit. The pattern itself supports it, and "
            "usually wins.",
        ),
        Mistake(
            "the pattern itself forgotten, own terms kept",
            lambda p: theory.fields(p, self_connections=True).crosstalk < 0,
            "You add up what the OTHER patterns say, and each time with the unit's own term. The pattern "
            "itself supports the unit, and usually wins; own terms are left out.",
        ),
        Mistake(
            "negative field",
            lambda p: p * _support(p) < 0,
            "You mark the units with a negative field. A unit that is -1 should have one: compare with its "
            "value.",
        ),
        Mistake(
            "whole patterns",
            lambda p: np.broadcast_to((_support(p) < 0).any(axis=1)[:, None], p.shape).copy(),
            "You mark every unit of a pattern in which one unit fails.",
        ),
        Mistake(
            "units and patterns exchanged",
            lambda p: _failing_units(p).T,
            "Your answer has a row per unit. The patterns stand in the rows, and so should the answer.",
        ),
        Mistake(
            "first pattern only",
            lambda p: _failing_units(p) & (np.arange(len(p)) == 0)[:, None],
            "You test the first pattern. Every stored pattern has units that may fail.",
        ),
        Mistake(
            "no unit fails",
            lambda p: np.zeros(p.shape, bool),
            "You find no failing unit at all. Are all patterns in the weights at once? Do whole numbers "
            "leave nothing of weights below 1? Is the comparison right?",
        ),
    ],
    [
        "Weights of all patterns first, without a diagonal. The factor 1/N makes no difference here: why?",
        "`patterns @ weights` holds the fields of all units in all patterns, one row per pattern.",
        "A unit holds if its field and its value have the same sign, so look at the sign of their product. "
        "What is the product in a tie?",
    ],
    properties=[
        (
            "Answer with a row for each pattern and a column for each unit.",
            lambda v, p: np.shape(v) == p.shape,
        ),
        ("Answer with True and False.", lambda v, p: np.isin(v, (0, 1)).all()),
    ],
    known=_ROUNDED,
    found=_rounding,
    also=[_failing_in_loops],
    limits=["Count in whole numbers"],
    praise="Right, ties and all.",
)


# 5. the probability of a bit error


def _bit_error(M, N):
    n = (M - 1) * (N - 1)
    P = 0
    for k in range(n + 1):
        if 2 * k - n < -(N - 1):
            P += comb(n, k) / 2**n
    return P


def _bit_error_counted(M, N):
    terms = (M - 1) * (N - 1)
    ways = {0: 1}
    for _ in range(terms):
        after = {}
        for total, count in ways.items():
            for sign in (1, -1):
                after[total + sign] = after.get(total + sign, 0) + count
        ways = after
    failing = 0
    for total, count in ways.items():
        if total < -(N - 1):
            failing += count
    return failing / 2**terms


def _tail(n: int, limit: int, equal: bool = False) -> float:
    """The probability that a sum of n signs is below -limit."""
    count = sum(comb(n, k) for k in range(n + 1) if 2 * k - n < -limit or (equal and 2 * k - n == -limit))
    return count / 2**n


def _terms(n: int, kept: Any) -> float:
    """The probability that k of n signs are +1, for all k of which `kept(k)` is true."""
    return sum(comb(n, k) for k in range(n + 1) if kept(k)) / 2**n


def _failing_counts(M: int, N: int) -> list[int]:
    """The numbers of +1 among the signs for which a unit fails."""
    n = (M - 1) * (N - 1)
    return [k for k in range(n + 1) if 2 * k - n < 1 - N]


def _normal(z: float) -> float:
    """The tail of the normal distribution beyond z standard deviations."""
    return erfc(z / sqrt(2)) / 2


def _bit_error_trials(rng: np.random.Generator) -> Trials:
    with contextlib.suppress(ImportError):  # an answer may import it, which takes longer than it is given
        import scipy.stats  # noqa: F401

    sizes = [
        (2, 2),
        (3, 2),
        (2, 4),
        (3, 3),
        (3, 4),
        (3, 5),
        (4, 4),
        (4, 5),
        (5, 6),
        (6, 8),
        (8, 10),
        (12, 20),
    ]
    return sizes + [(int(rng.integers(3, 9)), int(rng.integers(3, 12))) for _ in range(4)]


def _estimated(M: int, N: int) -> float:
    """The share of sums below the limit, of a thousand that are drawn."""
    rng = np.random.default_rng(0)
    return float((rng.choice([-1, 1], (1000, (M - 1) * (N - 1))).sum(axis=1) < 1 - N).mean())


_ESTIMATE = "an estimate"


def _drawn(value: Any, M: int, N: int) -> bool:
    """Whether this may be the share of some hundred cases: near, and none where none can be."""
    share, P = numbers(value), _bit_error(M, N)
    return share is not None and share.ndim == 0 and bool(abs(share - P) <= 4 * sqrt(P * (1 - P) / 100))


def _plus_for_times(M: int, N: int) -> float:
    n = (M - 1) + (N - 1)
    return sum(comb(n, k) for k in range(n + 1) if 2 * k - n < 1 - N) / 2**n


def _one_power_twice(M: int, N: int) -> float:
    n = (M - 1) * (N - 1)
    return sum(comb(n, k) * 0.25**k for k in range(n + 1) if 2 * k - n < 1 - N)


def _every_sum(M: int, N: int) -> float:
    """All whole numbers below the limit taken for sums, also those between the possible ones."""
    n = (M - 1) * (N - 1)
    return sum(comb(n, (n + total) // 2) for total in range(-n, 1 - N)) / 2**n


_ONE_TERM = (
    "Is there a `return` inside the loop, or does each round overwrite the term before, with `=` for `+=`?"
)

bit_error = _PredicateCheck(
    _bit_error,
    _bit_error_trials,
    [
        Mistake(
            "terms added instead of multiplied",
            _plus_for_times,
            "Your cross-talk has (M - 1) + (N - 1) terms. There is one for each OTHER pattern and each other "
            "unit: how many pairs are these?",
        ),
        Mistake(
            "one half to the power k, twice",
            _one_power_twice,
            "Each of your cases counts with 1/2 to the power k, twice. k signs are of one kind and n - k of "
            "the other, and each of the n brings a factor 1/2.",
        ),
        Mistake(
            "a tie counted as failure",
            lambda M, N: _tail((M - 1) * (N - 1), N - 1, equal=True),
            "You count the case in which the cross-talk just balances the signal: does your loop run one "
            "step too far, or is it `<=`? That is a tie, and keeps the value.",
        ),
        Mistake(
            "all against the unit left out",
            lambda M, N: _terms((M - 1) * (N - 1), lambda k: k > 0 and k in _failing_counts(M, N)),
            "The case in which ALL signs are against the unit is missing. Where does your loop begin, and "
            "where does it end? A `range` stops before its last number.",
        ),
        Mistake(
            "twice as large",
            lambda M, N: 2 * _bit_error(M, N),
            "Your number is twice as large as it should be. Do you count cross-talk that is large in either "
            "direction, of which only one turns the unit over? Or is the number of cases too small by half?",
        ),
        Mistake(
            "M instead of M - 1",
            lambda M, N: _tail(M * (N - 1), N - 1),
            "Your sum has M (N - 1) terms. The pattern itself is the signal, and no part of the cross-talk.",
        ),
        Mistake(
            "N instead of N - 1 terms",
            lambda M, N: _tail((M - 1) * N, N - 1),
            "Your sum has (M - 1) N terms, one for the unit itself. There are no self-connections.",
        ),
        Mistake(
            "MN terms",
            lambda M, N: _tail(M * N, N - 1),
            "Your sum has M N terms. The pattern itself is the signal, and the unit does not hear itself.",
        ),
        Mistake(
            "cross-talk of -N left out",
            lambda M, N: _tail((M - 1) * (N - 1), N),
            "Your sum leaves out the cross-talk -N. Is your signal N, where it is N - 1 without "
            "self-connections? Or does a loop end too early, because its limit is rounded down?",
        ),
        Mistake(
            "self-connections kept",
            lambda M, N: _tail((M - 1) * (N - 1), N + M - 1),
            "That is the probability with self-connections. Without them there is less to hold the unit.",
        ),
        Mistake(
            "signal forgotten",
            lambda M, N: _tail((M - 1) * (N - 1), 0),
            "That is the probability that the cross-talk is against the unit. It has to be against it by "
            "more than the signal.",
        ),
        Mistake(
            "signal of M - 1",
            lambda M, N: _tail((M - 1) * (N - 1), M - 1),
            "You compare with M - 1, the number of other patterns. The signal is as large as there are other "
            "UNITS.",
        ),
        Mistake(
            "N for N - 1",
            lambda M, N: _tail((M - 1) * N, N),
            "You count with N for N - 1, in the number of terms and in the signal. Without "
            "self-connections a unit hears N - 1 others.",
        ),
        Mistake(
            "MN terms, signal of N",
            lambda M, N: _tail(M * N, N),
            "You count M N terms and a signal of N. The pattern itself is the signal, and the unit does "
            "not hear itself.",
        ),
        Mistake(
            "signal of M",
            lambda M, N: _tail((M - 1) * (N - 1), M),
            "You compare with M, the number of patterns. The signal is as large as there are other UNITS.",
        ),
        Mistake(
            "number of -1 for the sum",
            lambda M, N: _terms(n := (M - 1) * (N - 1), lambda k: k - n < 1 - N),
            "If k of n signs are +1, the others are -1: their sum is not k - n.",
        ),
        Mistake(
            "ways forgotten",
            lambda M, N: len(_failing_counts(M, N)) / 2 ** ((M - 1) * (N - 1)),
            "You count each number k once. There are comb(n, k) ways to choose k of n signs.",
        ),
        Mistake(
            "each number of +1 alike",
            lambda M, N: len(_failing_counts(M, N)) / ((M - 1) * (N - 1) + 1),
            "You took all numbers k for equally likely. There are comb(n, k) ways to choose k of n signs.",
        ),
        Mistake(
            "signal of 1",
            lambda M, N: _tail((M - 1) * (N - 1), 1),
            "You compare the sum of signs with a signal of 1. Counted in signs, the signal is N - 1.",
        ),
        Mistake(
            "ties count half",
            lambda M, N: (_tail((M - 1) * (N - 1), N - 1) + _tail((M - 1) * (N - 1), N - 1, equal=True)) / 2,
            "You let half of the ties fail. A tie keeps its value.",
        ),
        Mistake(
            "the limit alone",
            lambda M, N: _terms((M - 1) * (N - 1), lambda k: 2 * k - (M - 1) * (N - 1) == 1 - N),
            "You count the cases in which the sum IS the limit. Those in which it is below are asked for.",
        ),
        Mistake(
            "other patterns alone",
            lambda M, N: _tail(M - 1, N - 1),
            "Your sum has M - 1 terms. Each other pattern adds one sign for each other unit.",
        ),
        Mistake(
            "other patterns alone, signal of 1",
            lambda M, N: _tail(M - 1, 1),
            "You let each other pattern add a single sign, against a signal of 1. Each of them adds one sign "
            "for each other unit, and the signal is as large as there are other units.",
        ),
        Mistake(
            "never fails",
            lambda M, N: _tail(N - 1, N - 1),
            "You find no failure at all, for any M. Most often the sum has too few terms: there is one for "
            "each other pattern AND each other unit. Or the number of +1 is compared, which is never "
            "negative, in place of the sum. Or `//` has cut the probability off to zero.",
        ),
        Mistake(
            "the smallest term alone",
            lambda M, N: float(len(_failing_counts(M, N)) > 0) / 2 ** ((M - 1) * (N - 1)),
            "Of your sum only one term is there, in which all signs are against the unit. " + _ONE_TERM,
        ),
        Mistake(
            "the largest term alone",
            lambda M, N: (
                max((comb((M - 1) * (N - 1), k) for k in _failing_counts(M, N)), default=0)
                / 2 ** ((M - 1) * (N - 1))
            ),
            "Of your sum only one term is there, in which the cross-talk is just beyond the signal. "
            + _ONE_TERM,
        ),
        Mistake(
            "one term alone, at the limit rounded down",
            lambda M, N: comb((M - 1) * (N - 1), (M - 2) * (N - 1) // 2) / 2 ** ((M - 1) * (N - 1)),
            "Of your sum only one term is there, that at the limit, rounded down. Which numbers of +1 make "
            "the unit fail? Each of them counts, and a tie does not.",
        ),
        Mistake(
            "sums that do not occur",
            _every_sum,
            "You count sums that do not occur. When one of n signs turns over, their sum changes by 2: it is "
            "-n, -n + 2, ... If you halve and round, most numbers of ways are counted twice.",
        ),
        Mistake(
            "2 to the wrong power",
            lambda M, N: sum(comb((M - 1) * (N - 1), k) / 2**k for k in _failing_counts(M, N)),
            "You divide each number of ways by 2**k. There are 2**n cases, whatever k is.",
        ),
        Mistake(
            "holding, ties left out",
            lambda M, N: 1 - _tail((M - 1) * (N - 1), N - 1, equal=True),
            "That is the probability that the unit holds, but for ties. Is the comparison turned round, or "
            "the minus before the signal lost?",
        ),
        Mistake(
            "the example's number",
            lambda M, N: 7 / 64,
            "You return the number of the example, whatever M and N are.",
        ),
        Mistake(
            "failing units of a pattern",
            lambda M, N: N * _bit_error(M, N),
            "That is the expected number of failing units in a pattern. The probability for one unit is "
            "asked for.",
        ),
        Mistake(
            _ESTIMATE,
            _estimated,
            "This is near the right number, as random cases or an approximation give it. The exact one is "
            "asked for: count the ways.",
        ),
        Mistake(
            "probability of holding",
            lambda M, N: 1 - _bit_error(M, N),
            "That is the probability that the unit holds.",
        ),
        Mistake(
            "whole pattern",
            lambda M, N: 1 - (1 - _bit_error(M, N)) ** N,
            "That is an estimate for the whole pattern. One unit is asked for.",
        ),
        Mistake(
            "expected number",
            lambda M, N: M * N * _bit_error(M, N),
            "That is the expected number of failing units in all patterns. The probability for one unit is "
            "asked for.",
        ),
        Mistake(
            "not divided",
            lambda M, N: _bit_error(M, N) * 2.0 ** ((M - 1) * (N - 1)),
            "You counted the cases. Divide by the number of all cases, which are equally likely.",
        ),
        Mistake(
            "Gaussian",
            lambda M, N: _normal(sqrt((N - 1) / (M - 1))),
            "That is the Gaussian approximation. For these small networks the exact number is asked for.",
        ),
        Mistake(
            "Gaussian for large networks",
            lambda M, N: _normal(sqrt(N / M)),
            "That is the Gaussian approximation for large M and N. The exact number is asked for.",
        ),
        Mistake(
            "Gaussian, N for N - 1",
            lambda M, N: _normal(sqrt(N / (M - 1))),
            "That is a Gaussian approximation. For these small networks the exact number is asked for.",
        ),
        Mistake(
            "Gaussian, M for M - 1",
            lambda M, N: _normal(sqrt((N - 1) / M)),
            "That is a Gaussian approximation. For these small networks the exact number is asked for.",
        ),
        Mistake(
            "Gaussian with half a step",
            lambda M, N: _normal(N / sqrt((M - 1) * (N - 1))),
            "That is the Gaussian approximation, corrected by half a step. The exact number is asked for.",
        ),
        Mistake(
            "sum taken for number of +1",
            lambda M, N: (
                sum(comb(n, k) for k in range(min(n + 1, N - 1))) / 2**n if (n := (M - 1) * (N - 1)) else 0.0
            ),
            "You compare the number of +1 among the terms with the signal. If k of n terms are +1, what is "
            "their sum?",
        ),
    ],
    [
        "How many signs are added up in the cross-talk? One for each other pattern and each other unit.",
        "If k of n signs are +1 and the others -1, their sum is k - (n - k). There are `comb(n, k)` ways "
        "for that.",
        "The unit fails if the sum is LESS than minus the signal. What is the signal without "
        "self-connections?",
    ],
    properties=[("A probability lies between 0 and 1.", lambda v, M, N: 0 <= v <= 1)],
    known=_ESTIMATE,
    found=_drawn,
    last=True,
    also=[_bit_error_counted],
    limits=["M \\ge 2 , N \\ge 2"],
    praise="Right: one tail of a binomial distribution, exact for every M and N.",
)


# 6. two hunts


def _signs(p: Any) -> bool:
    return p.ndim == 2 and p.size > 0 and given.bipolar(p)


def _pairs(p: Any) -> list[int]:
    """Sums of products of every two patterns."""
    return [int(a @ b) for a, b in combinations(p, 2)]


_NOT_SIGNS = "Hand over a matrix of +1 and -1, one row per pattern."


def _copied(p: Any) -> bool:
    """Whether these are the patterns of exercise 1, in any order."""
    return {*map(tuple, p.tolist())} == {*map(tuple, _THREE.tolist())}


lost_pattern = ExampleCheck(
    "lost_pattern",
    ["stored"],
    (np.array([from_label(x) for x in ("++++", "+++-", "++-+")]),),
    [
        Mistake(
            "not a matrix of ±1", (np.array([[1, 0], [0, 1], [1, 1]]),), _NOT_SIGNS, lambda p: not _signs(p)
        ),
        Mistake(
            "not three patterns",
            (orthogonal(2, 4),),
            "Three patterns are asked for, one in each row.",
            lambda p: len(p) != 3,
            lambda p: (
                "Your matrix has three COLUMNS. Each pattern is a row: hand over `stored.T`."
                if p.shape[1] == 3
                else f"Three patterns are asked for, one in each row. Your matrix has {len(p)}."
            ),
        ),
        Mistake(
            "too many units",
            (np.ones((3, 7), int),),
            "Your patterns have more than six units. Fewer will do.",
            lambda p: p.shape[1] > 6,
        ),
        Mistake(
            "the patterns of exercise 1",
            (_THREE,),
            "These are the patterns of exercise 1, which do lose a unit. Find three of your own.",
            _copied,
        ),
        Mistake(
            "two patterns are equal",
            (np.array([from_label(x) for x in ("+++++", "++++-", "++++-")]),),
            "Two of your patterns are the same: that stores it twice. Three different ones are asked for.",
            lambda p: p.shape[1] in _pairs(p),
        ),
        Mistake(
            "a pattern and its inverse",
            (np.array([from_label(x) for x in ("+++++", "++++-", "----+")]),),
            "One of your patterns is the inverse of another, and has the same weights. No such pairs here.",
            lambda p: -p.shape[1] in _pairs(p),
        ),
        Mistake(
            "a tie, no loss",
            (np.array([from_label(x) for x in ("+++++", "++++-", "--+++")]),),
            "No pattern is lost, but a unit has a tie. It keeps its value: a little more cross-talk is "
            "needed.",
            lambda p: bool((_support(p) >= 0).all() and (_support(p) == 0).any()),
        ),
        Mistake(
            "nothing is lost",
            (np.array([from_label(x) for x in ("++++++", "+++---", "+-+-+-")]),),
            "All three patterns are stable. Rivals do harm where they are like a pattern, and differ from it "
            "in the same unit, or nearly so.",
            lambda p: bool((_support(p) >= 0).all()),
        ),
    ],
    [
        "Take +++... as the first pattern. Which other patterns are very much like it?",
        "Let the second differ from the first in unit 1, and the third in unit 1 and one more, or in "
        "another one alone.",
        "Or search: four units have 16 states, which makes a few hundred sets of three. Let a loop try them.",
    ],
    limits=["three different patterns, none the inverse of another, on at most six units"],
    praise=lambda p: (
        f"{p.shape[1]} units suffice."
        + (" Fewer than four do not." if p.shape[1] == 4 else " Can you do it with four?")
    ),
)


def _one_away(p: Any, cue: Any) -> Any:
    """The patterns that differ from a cue in a single unit."""
    return p[(p != cue).sum(axis=1) == 1]


def _returns(p: Any, cue: Any) -> bool:
    end = Network(learning.hebb(p)).recall(cue.astype(int)).final
    return bool((end == _one_away(p, cue)).all())


def _in_another_order(p: Any, cue: Any) -> bool:
    """Whether a cue comes back only because of the order: with the last unit first it does not."""
    return _returns(p, cue) and not _returns(p[:, ::-1], cue[::-1])


_TWO = orthogonal(2, 4)

stable_not_attracting = ExampleCheck(
    "stable_not_attracting",
    ["stored", "cue"],
    (_TWO, np.array([1, 1, -1, 1])),
    [
        Mistake(
            "arguments exchanged",
            (np.array([1, 1, -1, 1]), _TWO),
            "You handed over the cue first and the patterns second. It is the other way round: "
            "`feedback.stable_not_attracting(stored, cue)`.",
            lambda p, cue: p.ndim == 1 and cue.ndim == 2,
        ),
        Mistake(
            "not ±1",
            (np.array([[1, 0], [0, 1]]), np.array([1, 1])),
            "Patterns and cue must hold +1 and -1 only; the patterns stand in the rows of a matrix.",
            lambda p, cue: not _signs(p) or not given.bipolar(cue),
        ),
        Mistake(
            "too many units",
            (orthogonal(2, 32), np.ones(32, int)),
            "Your patterns have more than 16 units. Fewer will do.",
            lambda p, cue: p.shape[1] > 16,
        ),
        Mistake(
            "patterns in columns",
            (_TWO.T, np.ones(_TWO.shape[1], int)),
            "The cue has a value for each ROW of your matrix. A pattern is a row: hand over `stored.T`.",
            given.in_columns,
        ),
        Mistake(
            "cue of another size",
            (_TWO, np.ones(3, int)),
            "The cue must have a value for each unit of the patterns.",
            lambda p, cue: cue.shape != p[0].shape,
        ),
        Mistake(
            "not orthogonal",
            (np.array([from_label("++++"), from_label("+++-")]), from_label("+-++")),
            "Two of your patterns overlap. Orthogonal patterns agree in exactly half of the units.",
            lambda p, cue: any(_pairs(p)),
        ),
        Mistake(
            "as many patterns as units",
            (orthogonal(4, 4), np.array([1, 1, 1, -1])),
            "With as many patterns as units there are no weights left, and everything is a fixed point. "
            "Use fewer.",
            lambda p, cue: len(p) >= p.shape[1],
        ),
        Mistake(
            "a single pattern",
            (np.array([[1, 1]]), np.array([1, -1])),
            "You stored a single pattern. Two or more are wanted, each orthogonal to all others.",
            lambda p, cue: len(p) < 2,
        ),
        Mistake(
            "nothing wrong in the cue",
            (_TWO, np.array([1, 1, 1, 1])),
            "Your cue IS one of the patterns, and stays. One unit of it must be wrong.",
            lambda p, cue: (p == cue).all(axis=1).any(),
        ),
        Mistake(
            "cue is not one unit away",
            (orthogonal(2, 8), from_label("++++++--")),
            "The cue must differ from one of the patterns in exactly one unit.",
            lambda p, cue: not len(_one_away(p, cue)),
        ),
        Mistake(
            "one unit away from two patterns",
            (_TWO, np.array([1, 1, 1, -1])),
            "This cue differs in a single unit from two of your patterns. It cannot end in both. Choose one "
            "that is near a single pattern.",
            lambda p, cue: len(_one_away(p, cue)) > 1,
        ),
        Mistake(
            "lost in another order only",
            (_TWO, np.array([-1, 1, 1, 1])),
            "With the last unit first, this cue would not find the pattern again. But the units take their "
            "turns in the order 1, 2, ... Who hears the wrong unit before it is repaired?",
            _in_another_order,
        ),
        Mistake(
            "it comes back",
            (orthogonal(2, 8), from_label("-+++++++")),
            "From this cue the recall (units in the order 1, 2, ...) finds the pattern again. "
            "Another unit, or another set?",
            _returns,
        ),
    ],
    [
        "`patterns.orthogonal(M, N)` makes such sets. Try all cues that differ in one unit, for several M "
        "and N.",
        "Where a few patterns are stored, two units may agree in ALL of them, or differ in all of them: "
        "twins. What does the twin of a wrong unit hear?",
        "The units are updated in the order 1, 2, ...: what if the twin comes before the wrong unit?",
    ],
    limits=["two or more", "at most 16", "in more than one from all others"],
    praise="Stable, and yet a single error is enough. To be a fixed point is one thing, to attract another.",
)


# 7. open: letters

RECORD = 9  # letters; a test proves that ten are not possible
_ALPHABET = datasets.letters()


def _flat(pictures: Any) -> Any:
    return pictures.reshape(len(pictures), -1)


def _known(pictures: Any) -> bool:
    s = _flat(pictures)
    return s.shape[1] == 100 and bool(((s @ _ALPHABET.T) == 100).any(axis=1).all())


def _all_stable(pictures: Any, self_connections: bool = False) -> bool:
    s = _flat(pictures).astype(int)
    return bool(theory.fields(s, self_connections=self_connections).stable.all())


def _letters_praise(pictures: Any) -> str:
    M = len(pictures)
    if M >= RECORD:
        return (
            "Nine letters: that is the record. All 67 million sets of letters have been searched, 53 of "
            "them hold nine letters that are all stable, and none holds ten."
        )
    return f"{M} letters, all of them stable. The record has {RECORD - M} more."


_SIX = datasets.letters("UVWXYZ")
_LOST = "Not every one of these letters is a fixed point."
_HIDDEN = "held by self-connections alone"


def _lost_letters(pictures: Any) -> list[str]:
    """Names of the letters that are no fixed points."""
    s = _flat(pictures).astype(int)
    lost = s[~theory.fields(s).stable.all(axis=1)]
    return [datasets.LETTERS[k] for k in np.argmax(lost @ _ALPHABET.T, axis=1)]


class _LettersCheck(ExampleCheck):
    """Says which letters are lost, and where pictures come from."""

    def _judge(self, answer: tuple[Any, ...], rng: np.random.Generator) -> Verdict:
        verdict = super()._judge(answer, rng)
        if verdict.mistake == "wrong type" and isinstance(answer[0], str):
            text = f"The pictures of the letters are wanted: `datasets.letters({answer[0]!r})`."
            return replace(verdict, message=text)
        if verdict.mistake in (_HIDDEN, "a letter is lost"):
            lost = _lost_letters(np.asarray(answer[0]))
            *most, last = lost
            which = f"{', '.join(most)} and {last} are lost." if most else f"{last} is lost."
            message = verdict.message.replace(_LOST, which)
            return replace(verdict, message=message, details="")  # a letter's name says more than its cells
        return verdict


many_letters = _LettersCheck(
    "many_letters",
    ["pictures"],
    (datasets.letters("NQRSTUVXZ"),),
    [
        Mistake(
            "not pictures of letters",
            (np.ones((6, 4, 4), int),),
            "Hand over what `datasets.letters(...)` returns: pictures of 10 by 10 cells from the alphabet.",
            lambda s: s.ndim not in (2, 3) or not _known(s),
        ),
        Mistake(
            "pictures as squares",
            (_SIX.reshape(-1, 10, 10),),
            "Your pictures are squares of 10 by 10. A pattern is one row of 100 cells: "
            "`pictures.reshape(-1, 100)`.",
            lambda s: s.ndim == 3,
        ),
        Mistake(
            "a letter twice",
            (np.concatenate([_SIX, _SIX[:1]]),),
            "One letter stands there twice. Each letter counts once.",
            lambda s: len(np.unique(_flat(s), axis=0)) < len(s),
        ),
        Mistake(
            _HIDDEN,
            (datasets.letters("RLIAWV"),),
            f"{_LOST} With self-connections all of them would stay: they hide the loss. Does your network "
            "have a diagonal?",
            lambda s: not _all_stable(s) and _all_stable(s, self_connections=True),
        ),
        Mistake(
            "a letter is lost",
            (datasets.letters("ABCDEF"),),
            f"{_LOST} Which overlaps are large? `theory.fields` tells which units fail.",
            lambda s: not _all_stable(s),
        ),
        Mistake(
            "too few",
            (_SIX[:5],),
            "These are all stable, but a handful is easy. Store at least six.",
            lambda s: len(s) < 6,
        ),
    ],
    [
        "Start with letters that are little alike. Add one at a time, and keep it if all are still stable.",
        "Draw the order at random, and repeat: a greedy search with many starts finds seven or eight.",
        "Exchange: take a letter out, put two others in. A rival that disturbs one letter may support "
        "another.",
    ],
    limits=["Six are needed to pass"],
    praise=_letters_praise,
)
