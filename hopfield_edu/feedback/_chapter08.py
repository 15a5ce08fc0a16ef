"""Checks of chapter 08: pseudo-inverse, Storkey, perceptron, sparse patterns, two layers, sequences.

The rules are written here once more, so that what is judged does not depend on the library's own code; tests
compare the two.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from hopfield_edu.feedback import _inputs as given
from hopfield_edu.feedback._cards import Verdict
from hopfield_edu.feedback._core import ExampleCheck, FunctionCheck, Mistake, Outcome, TableCheck
from hopfield_edu.feedback._running import Probe
from hopfield_edu.feedback._telling import TellingCheck
from hopfield_edu.patterns import from_label

Trials = list[tuple[Any, ...]]

_off = given.without_diagonal


# 1. by hand: the pseudo-inverse of two patterns, eight units, six of which agree

_GAPS = {"a": 1 / 2, "b": 1 / 6, "c": 1 / 2, "d": 1, "e": 5 / 6, "f": 1 / 2, "g": 2 / 3, "h": 0}


def _follow(gap: str, x: Any) -> Any:
    """A gap by the right rule, from those above it; None for the first three, for which nothing is needed."""
    if gap == "d":
        return 6 * x["b"]
    if gap in "ef":
        return x["d"] - (x["b"] if gap == "e" else x["c"])
    if gap in "gh":
        return x["d"] - 2 * (x["b"] if gap == "g" else x["c"])
    return None


def _gaps(**slips: float) -> dict[str, float]:
    """The table with some slips, and what follows from them."""
    x: dict[str, float] = {}
    for gap, right in _GAPS.items():
        due = _follow(gap, x)
        x[gap] = slips.get(gap, right if due is None else due)
    return x


_FIELD = "The field of a unit is a sum over ALL units, itself included: 6 in A, 2 in D. "

projection_by_hand = TableCheck(
    "projection_by_hand",
    _GAPS,
    ["number"],
    [
        Mistake(
            "overlap without 1/N",
            _gaps(a=4),
            "You added up the products. The overlap is this sum divided by the number of units.",
        ),
        Mistake(
            "share of agreement",
            _gaps(a=3 / 4),
            "That is the share of units that agree. In the overlap, those that differ count as -1.",
        ),
        Mistake(
            "share of difference",
            _gaps(a=1 / 4),
            "That is the share of units that differ. In the overlap, those that agree count as +1, the "
            "others as -1.",
        ),
        Mistake(
            "overlap with the other sign",
            _gaps(a=-1 / 2),
            "The patterns agree in most of their units. Which sign has their overlap then?",
        ),
        Mistake(
            "overlap without signs",
            _gaps(a=1),
            "You counted every unit as +1. Where the patterns differ, the product is -1.",
        ),
        Mistake(
            "an entry of the inverse",
            _gaps(a=4 / 3),
            "That is an entry of the inverse. Q itself holds the overlaps.",
        ),
        Mistake(
            "1/N forgotten in the weights",
            _gaps(b=4 / 3, c=4),
            "There is a factor 1/N before the sum of the weights, N = 8.",
        ),
        Mistake(
            "mixed terms left out",
            _gaps(b=1 / 3, c=1 / 3),
            "You added up the terms with s twice and with t twice. The sum has two more, with s and t mixed.",
        ),
        Mistake(
            "mixed terms counted once",
            _gaps(b=1 / 4, c=5 / 12),
            "The sum has FOUR terms: s with s, s with t, t with s, and t with t.",
        ),
        Mistake(
            "Hebb's weights",
            _gaps(b=1 / 4, c=1 / 4),
            "These are Hebb's weights. Here the terms are multiplied with entries of the inverse of Q before "
            "they are added.",
        ),
        Mistake(
            "all terms cancelled in D",
            _gaps(c=0),
            "Your four terms cancel, as they do for one unit of A and one of D. In D t_i = -s_i, for BOTH "
            "units: which signs do the four terms have then?",
        ),
        Mistake(
            "mixed terms with the sign of A in D",
            _gaps(c=1 / 6),
            "In D t has the other sign: s_i t_j and t_i s_j are then minus s_i s_j.",
        ),
        Mistake(
            "mixed terms with the sign of D in A",
            _gaps(b=1 / 2),
            "In A both patterns have the same values, so that s_i t_j is s_i s_j. That counts with a minus "
            "here.",
        ),
        Mistake(
            "number of units alone",
            _gaps(d=6),
            "You counted the units that are heard. Each of them counts with its weight.",
        ),
        Mistake(
            "self-connections left out too early",
            _GAPS | {"d": 5 / 6},
            _FIELD + "Without the diagonal comes only in gaps e and f.",
        ),
        Mistake(
            "everybody heard with the weight of the own group",
            _gaps(d=8 / 6),
            "You let the unit hear all eight with the same weight. Between A and D the weights are 0.",
        ),
        Mistake(
            "self-connections kept",
            _gaps(e=1, f=1),
            "Without self-connections the unit does not hear itself: its field gets smaller.",
        ),
        Mistake(
            "self-connections of 1/N",
            _gaps(e=7 / 8, f=7 / 8),
            "1/N is what Hebb's rule puts on the diagonal for one pattern. Here the diagonal holds what "
            "gaps b and c are for i = j.",
        ),
        Mistake(
            "one unit is no company",
            _gaps(f=0),
            "A unit of D still hears the other unit of D.",
        ),
        Mistake(
            "wrong unit taken off once",
            _gaps(g=5 / 6, h=1 / 2),
            "That is the field when the unit itself says nothing. With a self-connection the wrong unit "
            "speaks AGAINST its right value.",
        ),
        Mistake(
            "own weight taken off three times",
            _gaps(g=1 / 2, h=-1 / 2),
            "With the unit flipped, its own term changes from plus to minus: how often is its weight "
            "missing then, compared with the field in the pattern? That one is (d), and it has the term "
            "already.",
        ),
        Mistake(
            "wrong unit not noticed",
            _gaps(g=1, h=1),
            "That is the field in the pattern itself. One of the units that are heard is now wrong: the "
            "unit itself.",
        ),
        Mistake(
            "sign of the wrong value",
            _gaps(g=-2 / 3),
            "The fields are asked for times s_i, the RIGHT value of the unit, so that positive means: it "
            "will be put right.",
        ),
    ],
    [
        "The overlap is the sum of the eight products s_i t_i, divided by 8: +1 in A, -1 in D.",
        "In A t_i = s_i, in D t_i = -s_i. Write all four terms of w_ij as plus or minus s_i s_j.",
        "A field times s_i: the sum of the weights of those that agree with s, minus that of those that do "
        "not. A unit of A hears the six of A, a unit of D the two of D.",
    ],
    follow={"number": _follow},
    praise="Right. Each group hears only itself, and together its units bring exactly 1, be they six or two. "
    "Gap h: with its diagonal the network cannot put a wrong unit of D right, for it has a tie. That is why "
    "ours leave the diagonal out.",
)


# 2. the pseudo-inverse as a function, and what it does not promise


def _pseudo_inverse_weights(patterns):
    S = np.array(patterns, float)
    W = np.linalg.pinv(S, rcond=1e-10) @ S
    np.fill_diagonal(W, 0)
    return W


def _orthogonalised(patterns):
    N = len(patterns[0])
    W = np.zeros((N, N))
    for s in patterns:
        r = s - W @ s  # what is new in this pattern
        length = 0
        for x in r:
            length += x * x
        if length > 1e-6:
            for i in range(N):
                for j in range(N):
                    W[i, j] += r[i] * r[j] / length
    for i in range(N):
        W[i, i] = 0
    return W


def _projection(p: Any) -> Any:
    """W with its diagonal."""
    S = np.array(p, float)
    return np.linalg.pinv(S, rcond=1e-10) @ S


def _overlaps(p: Any) -> Any:
    return p @ p.T / p.shape[1]


def _between(p: Any, middle: Any) -> Any:
    """sum over mu, nu of s_i^mu middle_mu,nu s_j^nu, without the diagonal."""
    return _off(p.T @ middle @ p)


def _independent(p: Any) -> bool:
    return bool(np.linalg.matrix_rank(np.array(p, float)) == len(p))


#: One pattern; two that are alike, orthogonal, or differ in one unit; three and four, more than Hebb holds.
_INDEPENDENT = [
    "+-+",
    "++++++++ ++++++--",
    "++-- +-+-",
    "+++++ ++++-",
    "+++- ++-+ +-++",
    "++++++ ++++-- +++-+-",
    "+-+--+- ++---++ +--+-+- -++-+--",
    "+- ++",
]
#: A pattern twice, its inverse, one that follows from three others, more patterns than units.
_DEPENDENT = [
    "+-+- +-+-",
    "++-+- --+-+",
    "+++-- ++-+- +++--",
    "+++++ ++--+ +-+-+ +--++",
    "++++ ++-- --++ +-+-",
    "+- -- ++",
    "+-+ -++ ++- --- +--",
]


def _projection_trials(rng: np.random.Generator) -> Trials:
    trials = [(given.patterns(p),) for p in (*_INDEPENDENT, *_DEPENDENT)]
    trials += [(rng.choice([-1, 1], shape),) for shape in ((2, 5), (3, 6), (3, 7), (4, 8), (5, 8))]
    alike = np.where(rng.random((4, 9)) < 0.2, -1, 1) * rng.choice([-1, 1], 9)
    return [*trials, (alike,)]


def _residuals_by_n(p: Any) -> Any:
    W = np.zeros((p.shape[1],) * 2)
    for s in p:
        r = s - W @ s
        W = W + np.outer(r, r) / len(s)
    return _off(W)


def _diagonal_cut_between(p: Any) -> Any:
    W = np.zeros((p.shape[1],) * 2)
    for s in p:
        r = s - W @ s
        if r @ r > 1e-9:
            W = _off(W + np.outer(r, r) / (r @ r))
    return W


def _only_if_independent(p: Any) -> Any:
    if not _independent(p):
        raise np.linalg.LinAlgError("Singular matrix")
    return _off(_projection(p))


def _storkey_set(p: Any) -> Any:
    W = np.zeros((p.shape[1],) * 2)
    for s in p:
        W = _storkey_update(W, s)
    return W


def _each_for_itself(p: Any) -> Any:
    """Only the terms in which both patterns are the same."""
    inverse = np.linalg.pinv(_overlaps(p), rcond=1e-10)
    return _between(p, np.diag(np.diag(inverse))) / p.shape[1]


def _without_themselves(p: Any) -> Any:
    """The overlaps with zeros on their diagonal, inverted."""
    return _between(p, np.linalg.pinv(_off(_overlaps(p)), rcond=1e-10)) / p.shape[1]


def _with_ridge(ridge: float, by_units: bool = False) -> Any:
    """A number added to the diagonal of Q, so that it has an inverse; or, by units, to that of N Q."""

    def weights(p: Any) -> Any:
        added = ridge / p.shape[1] if by_units else ridge
        return _between(p, np.linalg.inv(_overlaps(p) + added * np.eye(len(p)))) / p.shape[1]

    return weights


_DEPENDS, _RIDGE = "dependent patterns", "a number added to the diagonal of Q"
_EACH_ENTRY = "one over each entry of Q"


def _precise(function: Any, patterns: Any) -> Any:
    """The result; where it was computed in single precision, that is as good as it can be."""
    result = function(patterns)
    if getattr(result, "dtype", None) in (np.float32, np.float16):
        due = _pseudo_inverse_weights(patterns)
        return due if np.shape(result) == due.shape and np.allclose(result, due, 0, 1e-4) else result
    return result


def _ridged(seen: list[Any], wanted: list[Any], trials: Trials) -> bool:
    """Right for overlaps to whose diagonal one number was added: a single pattern tells which."""
    k = next(k for k, (p,) in enumerate(trials) if len(p) == 1)
    ridge = wanted[k][0, 1] / np.asarray(seen[k], float)[0, 1] - 1
    makers = _with_ridge(ridge), _with_ridge(ridge * trials[k][0].shape[1], by_units=True)
    near = [
        all(np.allclose(v, make(*args), 0, 1e-6) for v, args in zip(seen, trials, strict=True))
        for make in makers
    ]
    return bool(abs(ridge) > 1e-6 and any(near))


def _entries_inverted(seen: list[Any], wanted: list[Any], trials: Trials) -> bool:
    """One over each overlap, wherever none of them is zero."""
    there = [(v, p) for v, (p,) in zip(seen, trials, strict=True) if (np.abs(_overlaps(p)) > 1e-9).all()]
    return all(np.allclose(v, _between(p, 1 / _overlaps(p)) / p.shape[1]) for v, p in there)


class _RankCheck(TellingCheck):
    """Knows answers that are right for independent patterns only, whatever they do with the others."""

    def _unnamed(
        self, trials: Trials, seen: list[Outcome], wanted: list[Outcome], wrong: list[int], probe: Probe
    ) -> Verdict:
        if any(_independent(trials[k][0]) for k in wrong):
            return super()._unnamed(trials, seen, wanted, wrong, probe)
        message = next(mistake.message for mistake in self._mistakes if mistake.name == _DEPENDS)
        k = wrong[0]
        return self._not_yet(_DEPENDS, message, self._details(trials[k], seen[k], wanted[k]))


pseudo_inverse_weights = _RankCheck(
    _pseudo_inverse_weights,
    _projection_trials,
    [
        Mistake(
            _DEPENDS,
            _only_if_independent,
            "Right as long as no pattern depends on the others. Here one does: it is there twice, or is the "
            "inverse of another one, or can be put together from several. Then Q has no inverse, and "
            "rounding may hide it. What takes the place of an inverse?",
        ),
        Mistake(
            "diagonal kept",
            _projection,
            "Your weights have a diagonal. The exercise wants none: a self-connection holds on to errors, "
            "too.",
        ),
        Mistake(
            "Hebb's rule",
            lambda p: _off(p.T @ p / p.shape[1]),
            "These are Hebb's weights. The inverse of the overlaps is missing between the patterns.",
        ),
        Mistake(
            "Hebb's rule, diagonal kept",
            lambda p: p.T @ p / p.shape[1],
            "These are Hebb's weights, with their diagonal. The inverse of the overlaps is missing.",
        ),
        Mistake(
            "Q not inverted",
            lambda p: _between(p, _overlaps(p)) / p.shape[1],
            "You put the overlaps Q between the patterns. That makes alike patterns louder still; it is the "
            "inverse that takes the cross-talk away.",
        ),
        Mistake(
            "Hebb's weights inverted",
            lambda p: _off(np.linalg.pinv(p.T @ p / p.shape[1], rcond=1e-10)),
            "You inverted Hebb's matrix, of units by units. It is Q that is inverted, the overlaps of "
            "patterns with patterns; and its inverse stands between the patterns.",
        ),
        Mistake(
            _EACH_ENTRY,
            given.quietly(lambda p: _between(p, 1 / _overlaps(p)) / p.shape[1]),
            "You took one over each entry of Q. The inverse of a MATRIX is another thing: multiplied with "
            "Q, as matrices are, it gives the identity.",
        ),
        Mistake(
            _RIDGE,
            _with_ridge(0.01),
            "You add a number to the diagonal of Q, so that it has an inverse. That changes the weights of "
            "independent patterns as well. What takes the place of an inverse?",
        ),
        Mistake(
            "only terms of a pattern with itself",
            _each_for_itself,
            "You add up the terms in which both patterns are the same. The sum runs over mu AND nu: it has "
            "mixed terms, too, and the inverse of Q tells how much they count.",
        ),
        Mistake(
            "diagonal of Q set to zero",
            _without_themselves,
            "You set the diagonal of Q to zero. The overlap of a pattern with itself is 1; it is the "
            "diagonal of the WEIGHTS that is zero.",
        ),
        Mistake(
            "1/N forgotten",
            lambda p: _between(p, np.linalg.pinv(_overlaps(p), rcond=1e-10)),
            "A factor 1/N is missing: your Q has one, the sum over the patterns needs one of its own.",
        ),
        Mistake(
            "1/N once too often",
            lambda p: _off(_projection(p)) / p.shape[1],
            "A factor 1/N too much. If Q is made of sums of products, not of overlaps, the inverse has the "
            "factor already.",
        ),
        Mistake(
            "overlaps divided by the number of patterns",
            lambda p: _off(_projection(p)) * len(p) / p.shape[1],
            "You divide the overlaps by the number of patterns. An overlap is a mean over the UNITS.",
        ),
        Mistake(
            "pseudo-inverse alone",
            lambda p: np.linalg.pinv(np.array(p, float), rcond=1e-10),
            "That is the pseudo-inverse of the matrix of patterns, N by M. It leads from patterns to units. "
            "What must follow it, so that it leads from units to units?",
        ),
        Mistake(
            "pseudo-inverse alone, transposed",
            lambda p: np.linalg.pinv(np.array(p, float), rcond=1e-10).T,
            "That is the pseudo-inverse of the matrix of patterns, turned round. The weights are N by N.",
        ),
        Mistake(
            "patterns by patterns",
            lambda p: _off(p @ np.linalg.pinv(np.array(p, float), rcond=1e-10)),
            "Your matrix is M by M: it leads from patterns to patterns. The weights lead from units to "
            "units.",
        ),
        Mistake(
            "patterns by patterns, diagonal kept",
            lambda p: p @ np.linalg.pinv(np.array(p, float), rcond=1e-10),
            "Your matrix is M by M: it leads from patterns to patterns. The weights lead from units to "
            "units.",
        ),
        Mistake(
            "inverse of the overlaps alone",
            lambda p: np.linalg.pinv(_overlaps(p), rcond=1e-10),
            "That is the inverse of Q, M by M. The patterns must stand on both sides of it.",
        ),
        Mistake(
            "ones on the diagonal",
            lambda p: _off(_projection(p)) + np.eye(p.shape[1]),
            "Your diagonal is 1. The exercise wants zeros there.",
        ),
        Mistake(
            "the identity taken off",
            lambda p: _projection(p) - np.eye(p.shape[1]),
            "You took 1 off the diagonal. The projection has less than that there; set it to zero.",
        ),
        Mistake(
            "number of patterns over N taken off",
            lambda p: _projection(p) - len(p) / p.shape[1] * np.eye(p.shape[1]),
            "You took M/N off the diagonal, as one can with Hebb's rule. Here its entries may differ from "
            "unit to unit, and none of them is to be left.",
        ),
        Mistake(
            "what is left over",
            lambda p: np.eye(p.shape[1]) - _projection(p),
            "That is the projection onto what the patterns do NOT hold: every pattern gives zero.",
        ),
        Mistake(
            "diagonal doubled",
            lambda p: _projection(p) + np.diag(np.diag(_projection(p))),
            "The diagonal is there twice. The exercise wants none.",
        ),
        Mistake(
            "divided by the number of patterns",
            lambda p: _off(_projection(p)) / len(p),
            "You divided by the number of patterns. A projection needs no such factor.",
        ),
        Mistake(
            "common part removed",
            lambda p: _off(_projection(p - p.mean(axis=0))) if len(p) > 1 else np.zeros((p.shape[1],) * 2),
            "You subtracted the mean of the patterns first. The patterns themselves are to be kept.",
        ),
        Mistake(
            "what is new, not scaled to length one",
            _residuals_by_n,
            "You take what is new in each pattern, which is right, but divide by N. Divide by the square of "
            "its own length.",
        ),
        Mistake(
            "diagonal cleared after each pattern",
            _diagonal_cut_between,
            "You add what is new in each pattern, which is right, but clear the diagonal in between. Then "
            "the next pattern looks newer than it is: clear the diagonal once, at the end.",
        ),
        Mistake(
            "Storkey's rule",
            _storkey_set,
            "These are the weights of Storkey's rule, of exercise 3. It takes off a part of the cross-talk.",
        ),
        Mistake(
            "last pattern left out",
            lambda p: _off(_projection(p[:-1])) if len(p) > 1 else np.zeros((p.shape[1],) * 2),
            "The last pattern is missing. `range(n)` ends at n - 1: does your loop stop one too early?",
        ),
        Mistake(
            "first pattern left out",
            lambda p: _off(_projection(p[1:])) if len(p) > 1 else np.zeros((p.shape[1],) * 2),
            "The first pattern is missing. Python counts from 0.",
        ),
        Mistake(
            "last pattern only",
            lambda p: _off(_projection(p[-1:])),
            "Only the last pattern is in your weights. Does each turn of a loop overwrite the one before?",
        ),
        Mistake(
            "first pattern only",
            lambda p: _off(_projection(p[:1])),
            "Only the first pattern is in your weights. Is there a `return` inside a loop?",
        ),
        Mistake(
            "signs only",
            lambda p: np.sign(np.round(_off(_projection(p)), 9)),
            "You kept the signs of the weights. Their sizes matter.",
        ),
        Mistake(
            "upper triangle alone",
            lambda p: np.triu(_projection(p), 1),
            "Only the weights above the diagonal are there. They are symmetric: w_ij = w_ji.",
        ),
        Mistake(
            "lower triangle alone",
            lambda p: np.tril(_projection(p), -1),
            "Only the weights below the diagonal are there. They are symmetric: w_ij = w_ji.",
        ),
    ],
    [
        "With independent patterns: Q is `S @ S.T / N`, M by M, its inverse, and the patterns on both sides.",
        "`np.linalg.pinv(A, rcond=1e-10)` is the inverse of A where there is one, and otherwise what comes "
        "nearest to it.",
        "The diagonal comes last: `np.fill_diagonal` changes a matrix in place.",
    ],
    signs={_RIDGE: _ridged, _EACH_ENTRY: _entries_inverted},
    observe=_precise,
    also=[_orthogonalised],
    limits=["one pattern or more, two units or more"],
    properties=given.OF_PATTERNS,
    praise="Right, also where patterns depend on each other.",
)


def _hebb_support(p: Any) -> Any:
    """s_i h_i by Hebb's rule without self-connections, times N: whole numbers."""
    p = p.astype(int)
    return p * (p @ p.T @ p) - len(p)


def _own_weights(p: Any) -> Any:
    """The diagonal of the projection; s_i h_i is 1 less that, without self-connections."""
    return np.diag(_projection(p))


def _found_again(p: Any, cue: Any) -> bool:
    """Whether the recall by the pseudo-inverse ends in a pattern that is one unit away from the cue."""
    W, y = _pseudo_inverse_weights(p), cue.astype(int)
    for _ in range(1000):
        before = y.copy()
        for i in range(len(y)):
            h = W[i] @ y
            if abs(h) > 1e-9:
                y[i] = 1 if h > 0 else -1
        if (before == y).all():
            break
    return bool((y == _one_away(p, cue)).all(axis=1).any())


def _one_away(p: Any, cue: Any) -> Any:
    return p[(p != cue).sum(axis=1) == 1]


def _products(p: Any) -> Any:
    """Sums of products of every two patterns."""
    return (p @ p.T)[np.triu_indices(len(p), 1)]


def _zero_one(values: Any) -> bool:
    return bool((values == 0).any() and np.isin(values, (0, 1)).all())


def _signs(p: Any) -> bool:
    return bool(p.size > 0 and given.bipolar(p))


_KEPT = given.patterns("++++++ ----++ ---+-+")

kept_not_found = ExampleCheck(
    "kept_not_found",
    ["stored", "cue"],
    (_KEPT, from_label("+++++-")),
    [
        Mistake(
            "arguments exchanged",
            (np.ones(6, int), _KEPT),
            "You handed over the cue first and the patterns second. It is the other way round: "
            "`feedback.kept_not_found(stored, cue)`.",
            lambda p, cue: p.ndim == 1 and cue.ndim == 2,
        ),
        Mistake(
            "patterns are no matrix",
            (np.ones(6, int), np.ones(6, int)),
            "The patterns stand in the rows of a matrix, one row each.",
            lambda p, cue: p.ndim != 2,
        ),
        Mistake(
            "patterns in columns",
            (_KEPT.T, from_label("+++++-")),
            "The cue has a value for each ROW of your matrix. A pattern is a row: hand over `stored.T`.",
            given.in_columns,
        ),
        Mistake(
            "0/1 instead of ±1",
            (np.array([[1, 0, 1], [1, 1, 0], [0, 0, 1]]), np.array([1, 1, 1])),
            "Your patterns or your cue are coded with 0 and 1. Units here are +1 or -1.",
            lambda p, cue: _zero_one(p) or _zero_one(cue),
        ),
        Mistake(
            "not ±1",
            (2 * _KEPT, np.ones(6, int)),
            "Patterns and cue must hold +1 and -1 only.",
            lambda p, cue: not _signs(p) or not _signs(cue),
        ),
        Mistake(
            "cue of another size",
            (_KEPT, np.ones(4, int)),
            "The cue must have a value for each unit of the patterns.",
            lambda p, cue: cue.shape != p[0].shape,
        ),
        Mistake(
            "too many units",
            (np.ones((3, 9), int), np.ones(9, int)),
            "Your patterns have more than eight units. Fewer will do.",
            lambda p, cue: p.shape[1] > 8,
        ),
        Mistake(
            "too few patterns",
            (_KEPT[:2], np.ones(6, int)),
            "Of two patterns Hebb's rule loses nothing (chapter 06). Three or more are asked for.",
            lambda p, cue: len(p) < 3,
        ),
        Mistake(
            "a pattern twice",
            (_KEPT[[0, 1, 1]], np.ones(6, int)),
            "One pattern stands there twice. Different ones are asked for.",
            lambda p, cue: bool((_products(p) == p.shape[1]).any()),
        ),
        Mistake(
            "a pattern and its inverse",
            (np.concatenate([_KEPT, -_KEPT[:1]]), np.ones(6, int)),
            "One of your patterns is the inverse of another, and has the same weights. No such pairs here.",
            lambda p, cue: bool((_products(p) == -p.shape[1]).any()),
        ),
        Mistake(
            "Hebb's rule has a tie, no loss",
            (given.patterns("+++++ -+--- -+++-"), from_label("+++-+")),
            "Hebb's rule loses no unit here, but one has a tie, and keeps its value. A little more "
            "cross-talk is needed.",
            lambda p, cue: bool((_hebb_support(p) >= 0).all() and (_hebb_support(p) == 0).any()),
        ),
        Mistake(
            "Hebb's rule keeps them, too",
            (given.patterns("++++++ +++--+ +-+---"), from_label("+-++++")),
            "All these patterns are stable by Hebb's rule. Of which sets does it lose one? Those that are "
            "alike and differ in the same few units.",
            lambda p, cue: bool((_hebb_support(p) >= 0).all()),
        ),
        Mistake(
            "a unit that hears nobody",
            (given.patterns("++++ +++- ++-+"), from_label("-+++")),
            "The pseudo-inverse keeps these patterns only by ties: a unit of yours is known to it by its "
            "self-connection alone, w_ii = 1, and without it hears nobody. The field of every unit shall "
            "support it.",
            lambda p, cue: bool((_own_weights(p) > 1 - 1e-9).any()),
        ),
        Mistake(
            "cue is a pattern",
            (_KEPT, _KEPT[0]),
            "The cue is one of the patterns, which stays, of course. Change one unit.",
            lambda p, cue: bool((p == cue).all(axis=1).any()),
        ),
        Mistake(
            "cue is not one unit away",
            (_KEPT, np.array([1, 1, -1, 1, 1, -1])),
            "The cue must differ from one of the patterns in exactly one unit.",
            lambda p, cue: not len(_one_away(p, cue)),
        ),
        Mistake(
            "one unit away from two patterns",
            (given.patterns("++++++ +++-+- +-+++-"), from_label("+++++-")),
            "This cue differs in a single unit from two of your patterns. It cannot end in both. Choose one "
            "that is near a single pattern.",
            lambda p, cue: len(_one_away(p, cue)) > 1,
        ),
        Mistake(
            "it comes back",
            (given.patterns("++++++ +--+++ ++-++-"), from_label("++++-+")),
            "From this cue the recall (units in the order 1, 2, ...) finds the pattern again. Another unit, "
            "or another set?",
            _found_again,
        ),
    ],
    [
        "Sets of three on six units are few enough for a loop over random ones: `theory.fields` tells what "
        "Hebb's rule loses.",
        "With self-connections the pseudo-inverse has s_i h_i = 1 in every unit, so without them 1 - w_ii. "
        "The diagonal of the matrix tells which units hang by a thread.",
        "A unit with a w_ii near 1 hears the others only faintly. Turn one of THEM round, or itself.",
    ],
    limits=[
        "three or more different patterns",
        "at most eight units",
        "in exactly one unit from one of them",
    ],
    praise="Kept, and not found. The pseudo-inverse makes patterns stable; it does not promise them a basin.",
)


# 3. Storkey's update


def _storkey_update(weights, pattern):
    N = len(pattern)
    field = weights @ pattern
    h = field[:, None] - weights * pattern  # h_ij: without what unit j brings (w_ii is zero)
    change = np.outer(pattern, pattern) - pattern[:, None] * h.T - h * pattern
    new = weights + change / N
    np.fill_diagonal(new, 0)
    return new


def _storkey_in_loops(weights, pattern):
    N = len(pattern)
    h = np.zeros((N, N))
    for i in range(N):
        for j in range(N):
            for k in range(N):
                if k != i and k != j:
                    h[i, j] += weights[i, k] * pattern[k]
    new = np.zeros((N, N))
    for i in range(N):
        for j in range(N):
            if i != j:
                change = pattern[i] * pattern[j] - pattern[i] * h[j, i] - h[i, j] * pattern[j]
                new[i, j] = weights[i, j] + change / N
    return new


def _storkey_trials(rng: np.random.Generator) -> Trials:
    """Weights that hold all patterns but the last: none, one, two, one that is known already, its inverse."""
    fixed = ["+-", "+-+", "++- +-+", "+++- ++-+", "+-++ -+++ ++-+", "++-+- ++-+-", "+--+- -++-+", "++-- +-+-"]
    sets = [given.patterns(labels) for labels in fixed]
    sets += [rng.choice([-1, 1], shape) for shape in ((2, 3), (3, 4), (3, 5), (4, 5), (4, 6), (6, 7))]
    large = np.array([[0, 2, -1, 0.5], [2, 0, 1.5, -3], [-1, 1.5, 0, 1], [0.5, -3, 1, 0]])
    return [(_storkey_set(p[:-1]), p[-1]) for p in sets] + [(large, from_label("++-+"))]


def _part_fields(W: Any, s: Any) -> Any:
    """h_ij of the rule, without what units i and j bring."""
    return (W @ s)[:, None] - W * s


def _whole_fields(W: Any, s: Any) -> Any:
    """The field of unit i in every column: only w_ii, which is zero, is left out."""
    return np.repeat((W @ s)[:, None], len(s), axis=1)


def _stored(W: Any, s: Any, h: Any, a: float = 1, b: float = -1, c: float = -1, d: float = 0) -> Any:
    """W + (a s_i s_j + b s_i h_ji + c h_ij s_j + d h_ij h_ji) / N, with its diagonal."""
    change = a * np.outer(s, s) + b * s[:, None] * h.T + c * h * s + d * h * h.T
    return W + change / len(s)


def _two_fields(W: Any, s: Any, of_j: Any, of_i: Any) -> Any:
    """The rule with other fields h_ji (the transpose of `of_j`) than h_ij."""
    return W + (np.outer(s, s) - s[:, None] * of_j.T - of_i * s) / len(s)


def _crossed(W: Any, s: Any, h: Any) -> Any:
    """h_ij where h_ji belongs, and the other way round."""
    return W + (np.outer(s, s) - s[:, None] * h - h.T * s) / len(s)


def _entry_by_entry(W: Any, s: Any, both: bool) -> Any:
    """Each weight is changed as soon as its own change is known, so that the next fields see it."""
    W, N = W.astype(float), len(s)
    for i in range(N):
        for j in range(i + 1 if both else 0, N):
            if i != j:
                left = [k for k in range(N) if k not in (i, j)]
                mine, other = W[i, left] @ s[left], W[j, left] @ s[left]
                W[i, j] += (s[i] * s[j] - s[i] * other - mine * s[j]) / N
                if both:
                    W[j, i] = W[i, j]
    return W


_ONLY_I = (
    "Your field leaves out only unit i itself. The field in the change of w_ij leaves out i AND j: what j "
    "brings by w_ij is just what is about to change."
)
_FIRST_TERM = "One of the two terms with fields is missing: unit i tells what it hears, and so does unit j. "
_IN_PLACE = (
    "You change the weights while you still read them, so that later fields see some of the new ones. All "
    "fields belong to the OLD weights: write into another matrix."
)
_AFTER_HEBB = "Your fields see the new pattern already. They belong to the weights BEFORE it is stored."

storkey_update = FunctionCheck(
    _storkey_update,
    _storkey_trials,
    [
        Mistake(
            "only unit i left out",
            lambda W, s: _off(_stored(W, s, _whole_fields(W, s))),
            _ONLY_I,
        ),
        Mistake(
            "only unit i left out, diagonal kept",
            lambda W, s: _stored(W, s, _whole_fields(W, s)),
            _ONLY_I + " And the diagonal shall stay zero.",
        ),
        Mistake(
            "one of the fields leaves out too little",
            lambda W, s: _off(_two_fields(W, s, _whole_fields(W, s), _part_fields(W, s))),
            "One of your two fields leaves out only its own unit. Both of them, h_ij and h_ji, leave out "
            "what units i AND j bring.",
        ),
        Mistake(
            "diagonal kept",
            lambda W, s: _stored(W, s, _part_fields(W, s)),
            "Your weights have a diagonal. It shall stay zero.",
        ),
        Mistake(
            "Hebb's rule",
            lambda W, s: _off(_stored(W, s, 0 * W)),
            "That is Hebb's rule. The two terms with the fields are missing.",
        ),
        Mistake(
            "Hebb's rule, diagonal kept",
            lambda W, s: _stored(W, s, 0 * W),
            "That is Hebb's rule, with its diagonal. The two terms with the fields are missing.",
        ),
        Mistake(
            "field of unit i missing",
            lambda W, s: _off(_stored(W, s, _part_fields(W, s), c=0)),
            _FIRST_TERM + "The weights do not stay symmetric without it.",
        ),
        Mistake(
            "field of unit j missing",
            lambda W, s: _off(_stored(W, s, _part_fields(W, s), b=0)),
            _FIRST_TERM + "The weights must stay symmetric.",
        ),
        Mistake(
            "field of unit i missing, only i left out",
            lambda W, s: _off(_stored(W, s, _whole_fields(W, s), c=0)),
            _FIRST_TERM + "And the other one leaves out too little.",
        ),
        Mistake(
            "field of unit j missing, only i left out",
            lambda W, s: _off(_stored(W, s, _whole_fields(W, s), b=0)),
            _FIRST_TERM + "And the other one leaves out too little.",
        ),
        Mistake(
            "part of unit j with the value of unit i",
            lambda W, s: _off(_stored(W, s, (W @ s)[:, None] - W * s[:, None])),
            "What unit j brings to unit i is w_ij times the value of unit J. You take off w_ij times the "
            "value of unit i.",
        ),
        Mistake(
            "h_ij and h_ji exchanged",
            lambda W, s: _off(_crossed(W, s, _part_fields(W, s))),
            "The value of one unit is multiplied with the field of the OTHER one: s_i with h_ji, s_j with "
            "h_ij.",
        ),
        Mistake(
            "h_i and h_j exchanged, only unit i left out",
            lambda W, s: _off(_crossed(W, s, _whole_fields(W, s))),
            "The value of one unit is multiplied with the field of the OTHER one. And the field leaves out "
            "both units, i and j.",
        ),
        Mistake(
            "fields added",
            lambda W, s: _off(_stored(W, s, _part_fields(W, s), b=1, c=1)),
            "You add the terms with the fields. They are taken OFF: what the network says already need not "
            "be learned again.",
        ),
        Mistake(
            "one of the fields added",
            lambda W, s: _off(_stored(W, s, _part_fields(W, s), b=-1, c=1)),
            "One of the terms with the fields is added, the other one taken off. Both are taken off.",
        ),
        Mistake(
            "the other of the fields added",
            lambda W, s: _off(_stored(W, s, _part_fields(W, s), b=1, c=-1)),
            "One of the terms with the fields is added, the other one taken off. Both are taken off.",
        ),
        Mistake(
            "1/N forgotten",
            lambda W, s: _off(W + len(s) * (_stored(W, s, _part_fields(W, s)) - W)),
            "The change has a factor 1/N, in all of its three terms.",
        ),
        Mistake(
            "1/N for Hebb's term alone",
            lambda W, s: _off(_stored(W, s, _part_fields(W, s), b=-len(s), c=-len(s))),
            "The terms with the fields lack their factor 1/N. Are brackets missing?",
        ),
        Mistake(
            "1/N for the last term alone",
            lambda W, s: _off(_stored(W, s, _part_fields(W, s), a=len(s), b=-len(s))),
            "Only the last of the three terms is divided by N. Are brackets missing?",
        ),
        Mistake(
            "fields divided by N once more",
            lambda W, s: _off(_stored(W, s, _part_fields(W, s) / len(s))),
            "Your fields are divided by N. The weights hold this factor already; the change as a whole has "
            "one.",
        ),
        Mistake(
            "divided by the others",
            lambda W, s: _off(W + (_stored(W, s, _part_fields(W, s)) - W) * len(s) / (len(s) - 1)),
            "You divided by N - 1. The factor of the change is 1/N.",
        ),
        Mistake(
            "weights changed while they are read",
            lambda W, s: _entry_by_entry(W, s, both=False),
            _IN_PLACE,
        ),
        Mistake(
            "weights changed in pairs while they are read",
            lambda W, s: _entry_by_entry(W, s, both=True),
            _IN_PLACE,
        ),
        Mistake(
            "fields after Hebb's term",
            lambda W, s: _off(_stored(W, s, _part_fields(_off(_stored(W, s, 0 * W)), s))),
            _AFTER_HEBB,
        ),
        Mistake(
            "fields after Hebb's term, only unit i left out",
            lambda W, s: _off(_stored(W, s, _whole_fields(_off(_stored(W, s, 0 * W)), s))),
            _AFTER_HEBB + " And they leave out both units, i and j.",
        ),
        Mistake(
            "product of the fields added",
            lambda W, s: _off(_stored(W, s, _part_fields(W, s), d=1)),
            "You multiplied what is new in unit i with what is new in unit j, which adds the product of the "
            "two fields. Storkey's rule does without that.",
        ),
        Mistake(
            "product of the fields added, only unit i left out",
            lambda W, s: _off(_stored(W, s, _whole_fields(W, s), d=1)),
            "You multiplied what is new in unit i with what is new in unit j, which adds the product of the "
            "two fields. Storkey's rule does without that, and its fields leave out both units.",
        ),
        Mistake(
            "product of the fields taken off",
            lambda W, s: _off(_stored(W, s, _part_fields(W, s), b=0, c=0, d=-1)),
            "You take off the product of the two fields. Each field is multiplied with the VALUE of the "
            "other unit.",
        ),
        Mistake(
            "terms with fields halved",
            lambda W, s: _off(_stored(W, s, _part_fields(W, s), b=-0.5, c=-0.5)),
            "You take the mean of the two terms with fields. Their sum is meant.",
        ),
        Mistake(
            "change made twice",
            lambda W, s: _off(2 * _stored(W, s, _part_fields(W, s)) - W),
            "The change is there twice. Does a loop over all i and j change both w_ij and w_ji? Then it "
            "comes to each pair two times.",
        ),
        Mistake(
            "change alone",
            lambda W, s: _off(_stored(W, s, _part_fields(W, s)) - W),
            "That is the change. Add it to the weights.",
        ),
        Mistake(
            "weights added up without the values",
            lambda W, s: _off(_stored(W, s, W.sum(axis=1)[:, None] - W)),
            "Your fields add up weights alone. Each of them counts with the value of the unit that it comes "
            "from.",
        ),
        Mistake(
            "signs of the fields",
            lambda W, s: _off(_stored(W, s, np.sign(np.round(_part_fields(W, s), 9)))),
            "You take the signs of the fields. The fields themselves are meant.",
        ),
        Mistake(
            "all weights divided by N",
            lambda W, s: _off((_stored(W, s, _part_fields(W, s)) - W) + W / len(s)),
            "The old weights are divided by N once more: what is missing is a pair of brackets.",
        ),
        Mistake(
            "upper triangle alone",
            lambda W, s: W + np.triu(_stored(W, s, _part_fields(W, s)) - W, 1),
            "Only the weights above the diagonal are changed. They stay symmetric: w_ij = w_ji.",
        ),
        Mistake(
            "lower triangle alone",
            lambda W, s: W + np.tril(_stored(W, s, _part_fields(W, s)) - W, -1),
            "Only the weights below the diagonal are changed. They stay symmetric: w_ij = w_ji.",
        ),
        Mistake(
            "nothing changed",
            lambda W, s: W.copy(),
            "These are the old weights. Is your result thrown away?",
        ),
    ],
    [
        "All fields first, from the old weights: a matrix h with h[i, j], and then the change.",
        "`weights @ pattern` holds the whole fields, one for each row of h. `weights * pattern` has in row i "
        "and column j what unit j brings to unit i.",
        "In the change, s_i meets h_ji and s_j meets h_ij: the transposed matrix. The diagonal comes last.",
    ],
    also=[_storkey_in_loops],
    limits=["two units or more"],
    properties=[
        ("The weights must stay symmetric.", lambda V, W, s: np.allclose(V, np.transpose(V))),
        ("The diagonal shall stay zero.", lambda V, W, s: not np.diag(V).any()),
    ],
    praise="Right. Every term is local: two values, and what the two units hear.",
)


# 4. one epoch of the perceptron's rule


def _perceptron_epoch(weights, patterns, margin):
    length = np.sqrt((weights * weights).sum(axis=1))  # of each row
    wrong = patterns * (patterns @ weights.T) <= margin * length  # (M, N): pattern, unit
    new = weights + (wrong * patterns).T @ patterns
    np.fill_diagonal(new, 0)
    return new


def _perceptron_in_loops(weights, patterns, margin):
    N = len(weights)
    new = weights * 1.0
    for s in patterns:
        for i in range(N):
            h = 0
            squares = 0
            for j in range(N):
                h += weights[i, j] * s[j]
                squares += weights[i, j] ** 2
            if s[i] * h <= margin * squares**0.5:
                for j in range(N):
                    if j != i:
                        new[i, j] += s[i] * s[j]
    return new


_ROWS: list[
    tuple[Any, str, float]
] = [  # whole numbers and fractions: rows of zeros, of length 3 and 5, fields on the margin or just above
    ([[0, 0, 0], [0, 0, 0], [0, 0, 0]], "+-+", 0),
    ([[0, 1], [1, 0]], "++ +-", 0),
    ([[0, 1, 1], [1, 0, -1], [0, 0, 0]], "++- +-+", 0.5),
    ([[0, 2, 2], [2, 0, 2], [2, 2, 0]], "+++ ++-", 1.4),  # 4 > 1.4 sqrt(8), but not 1.4 sqrt(9)
    ([[0, 1, 2, 2], [1, 0, -2, 2], [3, 0, 0, 4], [0, 0, 0, 0]], "++-+ ++++ -+-+", 1),
    ([[0, 1, 2, 2], [1, 0, -2, 2], [3, 0, 0, 4], [0, 0, 0, 0]], "++-+ +-++ -+-+", 0),
    ([[0, 9, 4, -2], [7, 0, 2, 3], [1, -8, 0, 5], [6, 2, -3, 0]], "++-- +-+- --+- -++-", 0.5),
    (
        [[0, 0.75, -0.5, 0.25], [0.5, 0, 0.25, -0.75], [-0.25, 0.5, 0, 0.5], [0.75, 0.25, -0.25, 0]],
        "++-- +-+- -+++",
        0.5,
    ),
    ([[0, 3, -1, 1], [1, 0, 1, 1], [2, -2, 0, 1], [4, -1, 1, 0]], "+++- -+++ ++--", 0.25),
    ([[0, 2, 2], [2, 0, 2], [2, 2, 0]], "++- +++", 1.4),  # right only as long as the row has its old length
    # units 1 and 2 are right in all patterns, the others in some
    ([[0, 5, 1, 0], [4, 0, 0, 1], [2, -1, 0, 3], [1, 1, 2, 0]], "++++ ++-+ --++ --+-", 0.5),
    ([[0, 3, 0, 1], [3, 0, 1, 0], [0, 2, 0, 2], [2, 1, -1, 0]], "++++ ++-- --++", 0.25),
    (
        [[0, 2, -1, 0, 2], [1, 0, 4, -2, 1], [0, 1, 0, 1, -3], [2, 2, 2, 0, 2], [1, -1, 0, 3, 0]],
        "+-+++ ++-+- -+-++",
        0.75,
    ),
]


def _perceptron_trials(rng: np.random.Generator) -> Trials:
    trials = [(np.array(W, float), given.patterns(p), k) for W, p, k in _ROWS]
    for (M, N), margin in zip(((2, 4), (3, 5), (4, 5), (5, 6), (6, 6)), (0, 0.3, 0.7, 0.5, 1.5), strict=True):
        W = rng.integers(-4, 5, (N, N)).astype(float)
        trials.append((_off(W), rng.choice([-1, 1], (M, N)), margin))
    return trials


def _row_lengths(W: Any) -> Any:
    return np.sqrt((W * W).sum(axis=1))


def _corrected(W: Any, p: Any, wrong: Any, also: Any = 1) -> Any:
    """Hebb's term for all (pattern, unit) that are wrong, without the diagonal of the change."""
    return W + _off((wrong * p).T @ (p * also))


def _support(W: Any, p: Any) -> Any:
    return p * (p @ W.T)


def _too_low(W: Any, p: Any, limit: Any) -> Any:
    return _support(W, p) <= limit


def _one_by_one(W: Any, p: Any, margin: float, renew: bool = True) -> Any:
    """Each pattern is looked at with the weights that the ones before have changed."""
    V, length = W, _row_lengths(W)
    for s in p:
        length = _row_lengths(V) if renew else length
        V = _corrected(V, s[None], _too_low(V, s[None], margin * length))
    return V


def _new_lengths(W: Any, p: Any, k: float) -> Any:
    """The old fields, but the lengths of rows that the patterns before have changed."""
    V = W
    for s in p:
        V = _corrected(V, s[None], _support(W, s[None]) <= k * _row_lengths(V))
    return V


def _every_pattern(W: Any, p: Any, k: float) -> Any:
    wrong = _too_low(W, p, k * _row_lengths(W)).any(axis=0)
    return _corrected(W, p, wrong & np.ones_like(p, bool))


def _epochs(W: Any, p: Any, k: float, most: int = 100) -> tuple[Any, int]:
    """The weights when nothing changes any more, and after how many epochs."""
    for count in range(most):
        new = _perceptron_epoch(W, p, k)
        if np.array_equal(new, W):
            return W, count
        W = new
    return W, most


def _repeated(seen: list[Any], wanted: list[Any], trials: Trials) -> bool:
    """The last weights, wherever there are last ones: an epoch after the other, until nothing changes."""
    found = [_epochs(*case) for case in trials]
    ended = [k for k, (_, count) in enumerate(found) if count < 100]
    several = sum(found[k][1] > 1 for k in ended)
    return several > 2 and all(np.allclose(seen[k], found[k][0]) for k in ended)


def _every_row(W: Any, p: Any, k: float) -> Any:
    wrong = _too_low(W, p, k * _row_lengths(W)).any(axis=1)
    return _corrected(W, p, wrong[:, None] & np.ones_like(p, bool))


def _every_row_whole(W: Any, p: Any, k: float) -> Any:
    """All products of a pattern, if one unit of it is wrong."""
    wrong = _too_low(W, p, k * _row_lengths(W)).any(axis=1)
    return W + (wrong[:, None] * p).T @ p


def _every_row_each_whole(W: Any, p: Any, k: float) -> Any:
    """All products of a pattern, once for each unit of it that is wrong."""
    wrong = _too_low(W, p, k * _row_lengths(W)).sum(axis=1)
    return W + (wrong[:, None] * p).T @ p


def _every_row_each(W: Any, p: Any, k: float) -> Any:
    return W + _off(_every_row_each_whole(W, p, k) - W)


def _both_ways(W: Any, p: Any, k: float) -> Any:
    change = _perceptron_epoch(W, p, k) - W
    return W + change + change.T


def _made_symmetric(W: Any, p: Any, k: float) -> Any:
    new = _perceptron_epoch(W, p, k)
    return (new + new.T) / 2


def _diagonal_grows(W: Any, p: Any, k: float) -> Any:
    return W + (_too_low(W, p, k * _row_lengths(W)) * p).T @ p


def _zero_rows_stay(W: Any, p: Any, k: float) -> Any:
    length = _row_lengths(W)
    return _corrected(W, p, _too_low(W, p, k * length) & (length > 0))


def _by_difference(W: Any, p: Any, k: float) -> Any:
    """Rosenblatt's form: the value less the output."""
    return W + _off((p - np.sign(p @ W.T)).T @ p)


_WHOLE_OUTER = (
    "Where ONE unit is wrong, you add the products of all units, `np.outer(s, s)` as a whole. Each unit has "
    "its own row of weights, and only the rows of wrong units change."
)
_MORE_EPOCHS = "one epoch after the other"

perceptron_epoch = TellingCheck(
    _perceptron_epoch,
    _perceptron_trials,
    [
        Mistake(
            "diagonal grows",
            _diagonal_grows,
            "Your diagonal grows. It shall stay zero: a unit does not learn from itself.",
        ),
        Mistake(
            "a field on the margin counted as right",
            lambda W, p, k: _corrected(W, p, _support(W, p) < k * _row_lengths(W)),
            "A unit whose field is just on the margin is not right yet, nor is one whose field is zero: "
            "compare with `<=`. With `<`, weights of zero would never learn.",
        ),
        Mistake(
            "a row of zeros never learns",
            _zero_rows_stay,
            "A unit without any weights learns nothing by your rule. Do you divide by the length of its "
            "row? 0/0 is NaN, and no comparison with NaN is true. Multiply instead.",
        ),
        Mistake(
            "a field of zero taken for right",
            lambda W, p, k: _corrected(W, p, _too_low(W, p, k * _row_lengths(W)) & (_support(W, p) != 0)),
            "A unit whose field is zero learns nothing by your rule. It is not right: 0 > 0 is false.",
        ),
        Mistake(
            "margin ignored",
            lambda W, p, k: _corrected(W, p, _too_low(W, p, 0)),
            "You ask only whether the sign is right. With a margin, a field that is right but small is not "
            "enough.",
        ),
        Mistake(
            "margin ignored, a tie counted as right",
            lambda W, p, k: _corrected(W, p, _support(W, p) < 0),
            "You ask only whether the sign is wrong. With a margin, a field that is right but small is not "
            "enough, and zero is not either.",
        ),
        Mistake(
            "margin not relative to the row",
            lambda W, p, k: _corrected(W, p, _too_low(W, p, k)),
            "You compare with the margin itself. It is meant relative to the length of the unit's row: else "
            "it is enough to make all weights larger.",
        ),
        Mistake(
            "square of the length",
            lambda W, p, k: _corrected(W, p, _too_low(W, p, k * _row_lengths(W) ** 2)),
            "The length of a row is the ROOT of the sum of its squares.",
        ),
        Mistake(
            "sum of the sizes",
            lambda W, p, k: _corrected(W, p, _too_low(W, p, k * np.abs(W).sum(axis=1))),
            "You add up the sizes of the weights. The length is the root of the sum of their squares.",
        ),
        Mistake(
            "sum of the weights",
            lambda W, p, k: _corrected(W, p, _too_low(W, p, k * W.sum(axis=1))),
            "You add up the weights of a row. Its length is the root of the sum of their squares.",
        ),
        Mistake(
            "length of the columns",
            lambda W, p, k: _corrected(W, p, _too_low(W, p, k * _row_lengths(W.T))),
            "The weights are not symmetric. Those that lead INTO unit i stand in row i; you took the length "
            "of column i.",
        ),
        Mistake(
            "length of the whole matrix",
            lambda W, p, k: _corrected(W, p, _too_low(W, p, k * np.linalg.norm(W))),
            "You took the length of the whole matrix: `np.linalg.norm` needs `axis=1`. Each unit is compared "
            "with the length of its own row.",
        ),
        Mistake(
            "mean instead of sum in the length",
            lambda W, p, k: _corrected(W, p, _too_low(W, p, k * np.sqrt((W * W).mean(axis=1)))),
            "You took the root of the MEAN of the squares. The length has their sum.",
        ),
        Mistake(
            "length of the patterns",
            lambda W, p, k: _corrected(W, p, _too_low(W, p, k * np.sqrt(len(W)))),
            "You took the length of a pattern. The length of the unit's row of weights is meant.",
        ),
        Mistake(
            "fields against the arrows",
            lambda W, p, k: _corrected(W, p, p * (p @ W) <= k * _row_lengths(W)),
            "The weights are not symmetric, and yours are transposed: h_i is row i times the pattern. For "
            "many patterns at once that is `patterns @ weights.T`.",
        ),
        Mistake(
            "the field without the value",
            lambda W, p, k: _corrected(W, p, p @ W.T <= k * _row_lengths(W)),
            "You compare the field itself. Multiply it with the value that the unit shall have: a field of "
            "-3 is right for a unit at -1.",
        ),
        Mistake(
            "size of the field",
            lambda W, p, k: _corrected(W, p, np.abs(p @ W.T) <= k * _row_lengths(W)),
            "You compare the size of the field. A large field of the wrong sign is not right.",
        ),
        Mistake(
            "those that are right",
            lambda W, p, k: _corrected(W, p, ~_too_low(W, p, k * _row_lengths(W))),
            "You correct the units that are right. The others need it.",
        ),
        Mistake(
            "all of them",
            lambda W, p, k: _corrected(W, p, np.ones_like(p, bool)),
            "You add Hebb's term for every unit in every pattern. Only where the unit is not right yet, it "
            "is added.",
        ),
        Mistake(
            "every unit of the pattern",
            _every_row,
            "Where ONE unit is wrong, you correct all units of the pattern. Each unit has its own row of "
            "weights, and only the rows of wrong units change.",
        ),
        Mistake("every unit of the pattern, and the diagonal", _every_row_whole, _WHOLE_OUTER),
        Mistake("every unit of the pattern, once for each wrong unit", _every_row_each, _WHOLE_OUTER),
        Mistake(
            "every unit of the pattern, once for each wrong unit, and the diagonal",
            _every_row_each_whole,
            _WHOLE_OUTER,
        ),
        Mistake(
            "every pattern for a wrong unit",
            _every_pattern,
            "Where a unit is wrong in ONE pattern, you add the terms of all patterns to its row. Each "
            "pattern is a question of its own: only where the unit is wrong, the term is added.",
        ),
        Mistake(
            _MORE_EPOCHS,
            lambda W, p, k: _epochs(W, p, k)[0],
            "You go on, epoch after epoch, until nothing changes any more. Here one epoch is asked for: "
            "every pattern is looked at once.",
        ),
        Mistake(
            "taken off",
            lambda W, p, k: 2 * W - _perceptron_epoch(W, p, k),
            "You take the term off. That makes it worse: adding s_i s_j turns the field of unit i towards "
            "s_i.",
        ),
        Mistake(
            "changed both ways",
            _both_ways,
            "You change w_ji as well. Here each unit learns on its own; only the weights that lead into the "
            "wrong unit change.",
        ),
        Mistake(
            "made symmetric",
            _made_symmetric,
            "You make the weights symmetric. Here they need not be: each unit learns alone, and row i "
            "belongs to unit i.",
        ),
        Mistake(
            "the weights of the others",
            lambda W, p, k: W + (_perceptron_epoch(W, p, k) - W).T,
            "You change the weights that lead OUT of the wrong unit, column i. Those that lead into it, row "
            "i, make its field.",
        ),
        Mistake(
            "one pattern after the other",
            _one_by_one,
            "Your second pattern sees weights that the first one has changed. In this exercise all patterns "
            "are looked at with the weights as they are at the beginning of the epoch.",
        ),
        Mistake(
            "one pattern after the other, old lengths",
            lambda W, p, k: _one_by_one(W, p, k, renew=False),
            "Your second pattern sees weights that the first one has changed. In this exercise all patterns "
            "are looked at with the weights as they are at the beginning of the epoch.",
        ),
        Mistake(
            "lengths of the changed rows",
            _new_lengths,
            "Your fields belong to the old weights, but your lengths to rows that are changed already. All "
            "that is asked about a pattern belongs to the weights at the beginning.",
        ),
        Mistake(
            "divided by N",
            lambda W, p, k: W + (_perceptron_epoch(W, p, k) - W) / len(W),
            "You divided what is added by N. In this exercise it is s_i s_j itself, without a factor.",
        ),
        Mistake(
            "divided by the number of patterns",
            lambda W, p, k: W + (_perceptron_epoch(W, p, k) - W) / len(p),
            "You divided by the number of patterns. Each pattern adds its whole term.",
        ),
        Mistake(
            "twice as much",
            lambda W, p, k: 2 * _perceptron_epoch(W, p, k) - W,
            "You add 2 s_i s_j, as the difference of right and wrong value would be. Here it is s_i s_j.",
        ),
        Mistake(
            "right value less output",
            _by_difference,
            "You multiply the difference between the value and the output, which is 2, 1 or 0 in size. Here "
            "it is a question with two answers, right or not, and with a margin.",
        ),
        Mistake(
            "change alone",
            lambda W, p, k: _perceptron_epoch(W, p, k) - W,
            "That is the change. Add it to the weights.",
        ),
        Mistake(
            "value of the unit left out",
            lambda W, p, k: W + _off(_too_low(W, p, k * _row_lengths(W)).T.astype(int) @ p),
            "You add s_j where s_i s_j is meant: units that shall be -1 learn the opposite.",
        ),
        Mistake(
            "values of the others left out",
            lambda W, p, k: W + _off((_too_low(W, p, k * _row_lengths(W)) * p).T @ np.ones_like(p)),
            "You add s_i where s_i s_j is meant.",
        ),
        Mistake(
            "last pattern only",
            lambda W, p, k: _perceptron_epoch(W, p[-1:], k),
            "Only the last pattern has changed the weights. Is the result of the others overwritten?",
        ),
        Mistake(
            "first pattern only",
            lambda W, p, k: _perceptron_epoch(W, p[:1], k),
            "Only the first pattern has changed the weights. Is there a `return` inside the loop?",
        ),
        Mistake(
            "nothing changed",
            lambda W, p, k: W.copy(),
            "These are the old weights. Is your result thrown away?",
        ),
    ],
    [
        "For pattern s the fields are `weights @ s`. Which units are not right yet? Their rows change, and "
        "no others.",
        "The length of each row: `np.linalg.norm(weights, axis=1)`, or the root of the sum of the squares.",
        "Change a copy: the fields of every pattern belong to the weights at the beginning. w_ii stays zero.",
    ],
    first={_MORE_EPOCHS: _repeated},
    also=[_perceptron_in_loops],
    limits=["with the weights as they are at the beginning"],
    properties=[("The diagonal shall stay zero.", lambda V, W, p, k: not np.diag(V).any())],
    praise="Right. Repeat it until nothing changes any more, and every field is beyond the margin.",
)


# 5. sparse patterns of 0 and 1: the covariance rule, and thresholds that keep them


def _covariance_weights(patterns, activity):
    N = patterns.shape[1]
    deviation = patterns - activity
    W = deviation.T @ deviation / (N * activity * (1 - activity))
    np.fill_diagonal(W, 0)
    return W


def _covariance_in_loops(patterns, activity):
    N = len(patterns[0])
    W = np.zeros((N, N))
    for V in patterns:
        for i in range(N):
            for j in range(N):
                if i != j:
                    W[i, j] += (V[i] - activity) * (V[j] - activity)
    return W / (N * activity * (1 - activity))


def _covariance_stub(patterns, activity):
    N = patterns.shape[1]
    W = np.zeros((N, N))
    for V in patterns:  # noqa: B007  (as in the exercise)
        more = None
        W = more
    return W


def _bits(text: str) -> Any:
    return np.array([[int(bit) for bit in word] for word in text.split()])


def _covariance_trials(rng: np.random.Generator) -> Trials:
    """One pattern and several; activities that are not the share of the patterns themselves."""
    fixed = [("110", 0.25), ("1000 0110", 0.2), ("10100 01000 00011", 0.3), ("110000 001100 100010", 0.1)]
    fixed += [("1000 1000 0111", 0.5), ("0011 1010", 0.75)]
    trials = [(_bits(text), f) for text, f in fixed]
    for (M, N), f in zip(((2, 5), (3, 6), (4, 7), (5, 8)), (0.15, 0.35, 0.2, 0.6), strict=True):
        V = (rng.random((M, N)) < 0.4).astype(int)
        V[0, :2] = 0, 1
        V[1, :2] = 1, 1
        trials.append((V, f))
    return trials


def _divided_in_every_turn(V: Any, f: float) -> Any:
    W = np.zeros((V.shape[1],) * 2)
    for pattern in V:
        W = _off(W + np.outer(pattern - f, pattern - f)) / _scale(V, f)
    return W


def _products_of(left: Any, right: Any) -> Any:
    return _off(left.T @ right)


def _scale(V: Any, f: float) -> float:
    return V.shape[1] * f * (1 - f)


def _as_covariance(change: Any) -> Any:
    """Weights from deviations that were taken in another way."""
    return lambda V, f: _products_of(change(V, f), change(V, f)) / _scale(V, f)


covariance_weights = FunctionCheck(
    _covariance_weights,
    _covariance_trials,
    [
        Mistake(
            "activity not taken off",
            _as_covariance(lambda V, f: V),
            "You multiply the values themselves, as with 0 and 1 one might. All weights are then positive or "
            "zero, and every pattern pushes every unit up. Multiply the deviations from f.",
        ),
        Mistake(
            "activity taken off one side",
            lambda V, f: _products_of(V - f, V) / _scale(V, f),
            "You take the activity off one of the two factors. Both are deviations, and the weights "
            "symmetric.",
        ),
        Mistake(
            "activity taken off the other side",
            lambda V, f: _products_of(V, V - f) / _scale(V, f),
            "You take the activity off one of the two factors. Both are deviations, and the weights "
            "symmetric.",
        ),
        Mistake(
            "activity taken off the product",
            lambda V, f: _off(V.T @ V - len(V) * f) / _scale(V, f),
            "You take f off the product of the values. It is taken off each of the two factors.",
        ),
        Mistake(
            "square of the activity taken off",
            lambda V, f: _off(V.T @ V - len(V) * f * f) / _scale(V, f),
            "f times f is taken off the product. On average that comes to the same, but each of the two "
            "factors is meant: (V_i - f)(V_j - f) has mixed terms, too.",
        ),
        Mistake(
            "mean of each unit",
            _as_covariance(lambda V, f: V - V.mean(axis=0)),
            "You subtract the mean of each unit over these patterns. The activity f, a given number, is "
            "meant.",
        ),
        Mistake(
            "mean of all values",
            _as_covariance(lambda V, f: V - V.mean()),
            "You subtract the mean of these patterns. The activity f is given; it need not be that mean.",
        ),
        Mistake(
            "mean of all values, in the divisor as well",
            lambda V, f: _covariance_weights(V, V.mean()),
            "You take the mean of these patterns for f, in the divisor as well. The activity f is given; it "
            "need not be that mean.",
        ),
        Mistake(
            "mean of each pattern",
            _as_covariance(lambda V, f: V - V.mean(axis=1, keepdims=True)),
            "You subtract the mean of each pattern. The activity f, a given number, is meant.",
        ),
        Mistake(
            "mean of each pattern, in the divisor as well",
            lambda V, f: sum(_covariance_weights(v[None], v.mean()) for v in V),
            "You take the mean of each pattern for f, in the divisor as well. The activity f, a given "
            "number, is meant.",
        ),
        Mistake(
            "translated to ±1",
            _as_covariance(lambda V, f: 2 * V - 1),
            "You multiply values of ±1. Here they stay 0 and 1, less the activity.",
        ),
        Mistake(
            "translated to ±1, activity taken off",
            _as_covariance(lambda V, f: 2 * V - 1 - f),
            "You translate to ±1 before you take off the activity. The values here are 0 and 1.",
        ),
        Mistake(
            "activity added",
            _as_covariance(lambda V, f: V + f),
            "You add the activity. A deviation is value minus mean.",
        ),
        Mistake(
            "silence taken off",
            _as_covariance(lambda V, f: V - (1 - f)),
            "You take off 1 - f, the share of SILENT units. The share of active ones is f.",
        ),
        Mistake(
            "diagonal kept",
            lambda V, f: (V - f).T @ (V - f) / _scale(V, f),
            "Your diagonal is not zero. No unit is connected to itself.",
        ),
        Mistake(
            "divisor forgotten",
            lambda V, f: _products_of(V - f, V - f),
            "The divisor N f (1 - f) is missing.",
        ),
        Mistake(
            "divided by N alone",
            lambda V, f: _products_of(V - f, V - f) / V.shape[1],
            "You divide by N alone. The divisor is N f (1 - f): so fields become 1 - f and -f, whatever f "
            "is.",
        ),
        Mistake(
            "N forgotten in the divisor",
            lambda V, f: _products_of(V - f, V - f) / (f * (1 - f)),
            "N is missing in the divisor N f (1 - f).",
        ),
        Mistake(
            "1 - f forgotten in the divisor",
            lambda V, f: _products_of(V - f, V - f) / (V.shape[1] * f),
            "1 - f is missing in the divisor N f (1 - f).",
        ),
        Mistake(
            "f forgotten in the divisor",
            lambda V, f: _products_of(V - f, V - f) / (V.shape[1] * (1 - f)),
            "f is missing in the divisor N f (1 - f).",
        ),
        Mistake(
            "brackets of the divisor forgotten",
            lambda V, f: _products_of(V - f, V - f) / V.shape[1] * f * (1 - f),
            "`a / N * f` is a / N, times f: the divisor needs brackets.",
        ),
        Mistake(
            "brackets around 1 - f forgotten",
            lambda V, f: _products_of(V - f, V - f) / (V.shape[1] * f * 1 - f),
            "`N * f * 1 - f` is N f, less f: 1 - f needs brackets.",
        ),
        Mistake(
            "divided in every turn",
            _divided_in_every_turn,
            "You divide the whole sum in every turn of the loop, so that the first patterns are divided "
            "again and again. Divide what ONE pattern adds, or the sum after the loop.",
        ),
        Mistake(
            "divisor with M",
            lambda V, f: _products_of(V - f, V - f) / (len(V) * f * (1 - f)),
            "You divide by the number of patterns. N is the number of units.",
        ),
        Mistake(
            "root of the divisor",
            lambda V, f: _products_of(V - f, V - f) / (V.shape[1] * np.sqrt(f * (1 - f))),
            "f (1 - f) is the variance; you took its root.",
        ),
        Mistake(
            "mean over the patterns",
            lambda V, f: _products_of(V - f, V - f) / _scale(V, f) / len(V),
            "You divide by the number of patterns as well. Each pattern adds its whole share.",
        ),
        Mistake(
            "opposite sign",
            lambda V, f: -_products_of(V - f, V - f) / _scale(V, f),
            "All signs are turned round: units that are active together shall support each other.",
        ),
        Mistake(
            "last pattern only",
            lambda V, f: _covariance_weights(V[-1:], f),
            "Only the last pattern is in your weights: each turn of the loop overwrites the one before.",
        ),
        Mistake(
            "first pattern only",
            lambda V, f: _covariance_weights(V[:1], f),
            "Only the first pattern is in your weights. Is there a `return` inside the loop?",
        ),
        Mistake(
            "active pairs alone",
            lambda V, f: _off(V.T @ V) * (1 - f) ** 2 / _scale(V, f),
            "You count only pairs that are active together. A pair of which one is active adds something "
            "negative, and two silent units a little, f squared.",
        ),
    ],
    [
        "What W holds so far, plus what this pattern adds: a matrix with a row and a column per unit.",
        "`np.outer(a, a)` holds all products a_i a_j. What is a here?",
    ],
    stub=_covariance_stub,
    also=[_covariance_in_loops],
    properties=[
        given.SYMMETRIC,
        given.NO_DIAGONAL,
    ],
    praise="Right.",
)


def _threshold_range(weights, patterns):
    fields = patterns @ weights.T  # (M, N): the field of each unit in each pattern
    active = patterns == 1
    return fields[~active].max(), fields[active].min()


def _threshold_in_loops(weights, patterns):
    low, high = None, None
    for V in patterns:
        for i in range(len(V)):
            h = 0
            for j in range(len(V)):
                h += weights[i, j] * V[j]
            if V[i] == 0:
                if low is None or h > low:
                    low = h
            else:
                if high is None or h < high:
                    high = h
    return low, high


_THRESHOLDS = [  # all fields positive or negative, weights that are not symmetric, ranges of either order
    ([[0, 1], [1, 0]], "10"),
    ([[0, -1], [2, 0]], "10 01"),
    ([[0, 2, -1], [1, 0, 3], [-2, 1, 0]], "110 011"),
    ([[0, -2, -3], [-1, 0, -4], [-3, -2, 0]], "110 010 101"),
    ([[0, 5, 3, 4], [5, 0, 2, 6], [3, 4, 0, 7], [6, 5, 4, 0]], "1100 0111 1010"),
    ([[0, -2, 3, 1], [1, 0, -3, 2], [2, -1, 0, -4], [-3, 4, 1, 0]], "1001 0110 1110"),
]


def _threshold_trials(rng: np.random.Generator) -> Trials:
    trials = [(np.array(W, float), _bits(p)) for W, p in _THRESHOLDS]
    for M, N in ((2, 4), (3, 5), (3, 6), (4, 7)):
        V = (rng.random((M, N)) < 0.4).astype(int)
        V[:, 0], V[:, 1] = 0, 1  # each pattern has silent and active units
        V[0, :2] = 1, 0
        trials.append((_off(rng.normal(0, 1, (N, N))), V))
        trials.append((_covariance_weights(V, 0.3), V))
    return trials


def _fields_of(W: Any, V: Any) -> Any:
    return V @ W.T


def _range_of(make: Any) -> Any:
    """(low, high) from other fields: `make(W, V)` are those of shape (M, N)."""

    def find(W: Any, V: Any) -> Any:
        h = make(W, V)
        return h[V == 0].max(), h[V == 1].min()

    return find


def _each(V: Any, h: Any, of: Any, active: int) -> Any:
    """One number for each pattern."""
    return np.array([of(row[bits == active]) for row, bits in zip(h, V, strict=True)])


def _threshold_of(low: Any, high: Any) -> Any:
    """A range from two functions of the silent and of the active fields, all patterns together."""
    return lambda W, V: (low(_fields_of(W, V)[V == 0]), high(_fields_of(W, V)[V == 1]))


_ZEROS = (
    "A zero is among the numbers that you compare, and it may be the largest or the smallest. Does a search "
    "begin with 0? Or does `fields * mask` put one where the mask is 0? Choose entries with `fields[mask]`."
)


def _only_with_a_range(seen: list[Any], wanted: list[Any], trials: Trials) -> bool:
    """Right wherever some threshold keeps the patterns, and wrong where none does."""
    right = [v is not None and np.allclose(v, due) for v, due in zip(seen, wanted, strict=True)]
    return right == [low < high for low, high in wanted]


_NO_RANGE = "only where there is a threshold"

threshold_range = TellingCheck(
    _threshold_range,
    _threshold_trials,
    [
        Mistake(
            _NO_RANGE,
            lambda W, V: both if (both := _threshold_range(W, V))[0] < both[1] else (0, 0),
            "Right where there is a threshold. Where there is none, the two numbers are asked for all the "
            "same: one of the silent units, one of the active ones.",
        ),
        Mistake(
            "high before low",
            lambda W, V: _threshold_range(W, V)[::-1],
            "You return the two numbers in the other order: first the one for the silent units, which the "
            "threshold must reach.",
        ),
        Mistake(
            "active and silent exchanged",
            lambda W, V: (_fields_of(W, V)[V == 1].max(), _fields_of(W, V)[V == 0].min()),
            "You took the fields of the active units for those of the silent ones.",
        ),
        Mistake(
            "largest and smallest exchanged",
            _threshold_of(np.min, np.max),
            "You took the silent unit with the smallest field and the active one with the largest: they are "
            "the easiest. All others must be right, too.",
        ),
        Mistake(
            "largest of the active ones",
            _threshold_of(np.max, np.max),
            "For the active units you took the largest field. The WEAKEST of them must still be above the "
            "threshold.",
        ),
        Mistake(
            "smallest of the silent ones",
            _threshold_of(np.min, np.min),
            "For the silent units you took the smallest field. The STRONGEST of them must still be held "
            "down.",
        ),
        Mistake(
            "means",
            _threshold_of(np.mean, np.mean),
            "You took the mean fields. A threshold keeps the patterns only if it is right for EVERY unit.",
        ),
        Mistake(
            "medians",
            _threshold_of(np.median, np.median),
            "You took the fields in the middle. A threshold keeps the patterns only if it is right for EVERY "
            "unit.",
        ),
        Mistake(
            "all fields",
            lambda W, V: (_fields_of(W, V).min(), _fields_of(W, V).max()),
            "You took the smallest and the largest of all fields. Silent and active units are to be told "
            "apart.",
        ),
        Mistake(
            "all fields, high before low",
            lambda W, V: (_fields_of(W, V).max(), _fields_of(W, V).min()),
            "You took the largest and the smallest of all fields. Silent and active units are to be told "
            "apart.",
        ),
        Mistake(
            "zeros among the fields",
            lambda W, V: ((_fields_of(W, V) * (1 - V)).max(), (_fields_of(W, V) * V).min()),
            _ZEROS,
        ),
        Mistake(
            "zeros among the silent fields",
            lambda W, V: ((_fields_of(W, V) * (1 - V)).max(), _fields_of(W, V)[V == 1].min()),
            _ZEROS,
        ),
        Mistake(
            "zeros among the active fields",
            lambda W, V: (_fields_of(W, V)[V == 0].max(), (_fields_of(W, V) * V).min()),
            _ZEROS,
        ),
        Mistake(
            "units by ±1",
            _range_of(lambda W, V: (2 * V - 1) @ W.T),
            "Your fields let silent units count as -1. They are 0 here, and send nothing.",
        ),
        Mistake(
            "deviations sent",
            _range_of(lambda W, V: (V - V.mean()) @ W.T),
            "Your fields add up deviations from the mean. Units send their values, 0 or 1.",
        ),
        Mistake(
            "fields against the arrows",
            _range_of(lambda W, V: V @ W),
            "Your weights are transposed: h_i is row i times the pattern. For many patterns at once that is "
            "`patterns @ weights.T`.",
        ),
        Mistake(
            "mean input",
            _range_of(lambda W, V: V @ W.T / V.shape[1]),
            "Your fields are divided by the number of units. A field is a sum.",
        ),
        Mistake(
            "mean over the active units",
            _range_of(lambda W, V: V @ W.T / V.sum(axis=1, keepdims=True)),
            "Your fields are divided by the number of active units. A field is a sum.",
        ),
        Mistake(
            "first pattern only",
            lambda W, V: _threshold_range(W, V[:1]),
            "You looked at the first pattern alone. One threshold has to do for all of them.",
        ),
        Mistake(
            "last pattern only",
            lambda W, V: _threshold_range(W, V[-1:]),
            "You looked at the last pattern alone. One threshold has to do for all of them: does each turn "
            "of a loop overwrite the one before?",
        ),
        Mistake(
            "any of the patterns",
            lambda W, V: (
                _each(V, _fields_of(W, V), np.max, 0).min(),
                _each(V, _fields_of(W, V), np.min, 1).max(),
            ),
            "You took the best of the numbers of the single patterns. A threshold has to do for ALL "
            "patterns.",
        ),
        Mistake(
            "mean of the patterns",
            lambda W, V: (
                _each(V, _fields_of(W, V), np.max, 0).mean(),
                _each(V, _fields_of(W, V), np.min, 1).mean(),
            ),
            "You took the mean of the numbers of the single patterns. A threshold has to do for ALL "
            "patterns.",
        ),
        Mistake(
            "sizes of the fields",
            _range_of(lambda W, V: np.abs(V @ W.T)),
            "You compare the sizes of the fields. A field may be negative, and a threshold, too.",
        ),
        Mistake(
            "put in order",
            lambda W, V: tuple(sorted(_threshold_range(W, V))),
            "You put the two numbers in order. If no threshold will do, the first is NOT the smaller one: "
            "that is how one sees it.",
        ),
        Mistake(
            "fields of the mean pattern",
            lambda W, V: (
                (V.mean(axis=0) @ W.T)[(V == 0).any(axis=0)].max(),
                (V.mean(axis=0) @ W.T)[(V == 1).any(axis=0)].min(),
            ),
            "You computed the fields in the mean of the patterns. Each pattern has fields of its own.",
        ),
    ],
    [
        "The field of unit i in a pattern V is `weights[i] @ V`. Sort the fields of all units in all "
        "patterns: those of silent units here, those of active ones there.",
        "A silent unit stays silent if its field is NOT above the threshold. Which silent unit is hardest "
        "to hold?",
        "An active unit stays active if its field IS above the threshold. Which of them is the weakest?",
    ],
    also=[_threshold_in_loops],
    first={_NO_RANGE: _only_with_a_range},
    limits=["Each pattern has active and silent units"],
    praise="Right. Every threshold from the first number up to, but not including, the second keeps all "
    "patterns; if the first is not smaller, none does.",
)


# 6. two layers: there and back


def _there_and_back(weights, left, right):
    h = weights @ left
    new_right = np.where(h == 0, right, np.sign(h))
    g = weights.T @ new_right
    new_left = np.where(g == 0, left, np.sign(g))
    return new_left, new_right


def _there_and_back_in_loops(weights, left, right):
    x, y = list(left), list(right)
    for i in range(len(y)):
        h = 0
        for j in range(len(x)):
            h += weights[i, j] * x[j]
        if h > 0:
            y[i] = 1
        if h < 0:
            y[i] = -1
    for j in range(len(x)):
        g = 0
        for i in range(len(y)):
            g += weights[i, j] * y[i]
        if g > 0:
            x[j] = 1
        if g < 0:
            x[j] = -1
    return x, y


_LAYERS = [  # ties with either value on either side; what comes back differs from what was there
    ([[1]], "+", "-"),
    ([[-1]], "-", "-"),
    ([[0]], "-", "+"),
    ([[0]], "+", "-"),
    ([[1, 1]], "+-", "-"),
    ([[1, 1]], "+-", "+"),
    ([[1], [-1]], "-", "-+"),
    ([[1], [1], [0]], "-", "+-+"),
    ([[1, -1], [1, 1]], "++", "-+"),
    ([[1, 2], [-3, 1]], "+-", "-+"),
    ([[2, -1, 0], [1, 1, -2]], "++-", "-+"),
    ([[0.25, 0.5, -0.25], [-0.5, 0.25, 0.25]], "+-+", "--"),
    ([[0, 0, 0], [1, -1, 1], [-1, 2, 1], [1, 1, 0]], "-++", "+--+"),
    ([[1, 0], [2, 2]], "-+", "++"),
    ([[0.5, 0.25], [-0.25, 0.75]], "+-", "-+"),  # fields that a cut to whole numbers would lose
    ([[0.3], [-0.4]], "-", "++"),
    ([[-0.6, 0.7, 0.2]], "++-", "-"),
    ([[4, -2]], "++", "-"),  # strong enough to turn a unit over that hears itself as well
    ([[-1, 2, 1, -1], [-2, 2, 0, 0], [-1, 2, 1, 0], [-1, 0, 2, -2]], "--++", "-+-+"),
]


def _layer_trials(rng: np.random.Generator) -> Trials:
    trials = [(np.array(W), from_label(x), from_label(y)) for W, x, y in _LAYERS]
    for R, L in ((2, 2), (3, 3), (4, 4), (5, 5), (2, 4), (3, 5), (5, 3), (6, 4)):
        trials.append((rng.integers(-2, 3, (R, L)), given.state(rng, L), given.state(rng, R)))
    return trials


def _answered(W: Any, x: Any, y: Any, tie: int | str | None = None) -> Any:
    """A layer y after it was updated by the layer x."""
    return given.sign(W @ x, *((-y, None) if tie == _TURNS else (y, tie)))


_TURNS = "turns over"


def _layers(there: int | str | None = None, back: int | str | None = None) -> Any:
    """There and back with other values for ties."""

    def step(W: Any, x: Any, y: Any) -> Any:
        new = _answered(W, x, y, there)
        return _answered(W.T, new, x, back), new

    return step


def _left_first(W: Any, x: Any, y: Any) -> Any:
    new = _answered(W.T, y, x)
    return new, _answered(W, new, y)


def _at_once(W: Any, x: Any, y: Any) -> Any:
    return _answered(W.T, y, x), _answered(W, x, y)


def _until_rest(W: Any, x: Any, y: Any) -> Any:
    step = _layers()
    for _ in range(100):
        x, y = step(W, x, y)
    return x, y


def _with_itself(W: Any, x: Any, y: Any) -> Any:
    new = given.sign(W @ x + y, y)
    return given.sign(W.T @ new + x, x), new


def _cut_fields(W: Any, x: Any, y: Any) -> Any:
    new = given.sign(np.trunc(W @ x), y)
    return given.sign(np.trunc(W.T @ new), x), new


def _back_from(W: Any, x: Any, new: Any, answered: Callable[..., Any] = _answered) -> Any:
    """The way back from a new right layer."""
    return answered(W.T, new, x), new


def _growing(W: Any, x: Any, y: Any) -> Any:
    """A layer whose units follow the sign of every partial sum in turn."""
    y = y.copy()
    for h in np.cumsum(W * x, axis=1).T:
        y = given.sign(h, y)
    return y


def _all_or_none(W: Any, x: Any, y: Any) -> Any:
    """A layer that is updated only if none of its units has a tie."""
    return y if (W @ x == 0).any() else _answered(W, x, y)


def _only_there(W: Any, x: Any, y: Any) -> Any:
    return x, _answered(W, x, y)


def _two_rounds(W: Any, x: Any, y: Any) -> Any:
    return _layers()(W, *_layers()(W, x, y))


def _there_again(W: Any, x: Any, y: Any) -> Any:
    x, y = _layers()(W, x, y)
    return x, _answered(W, x, y)


def _ends(text: str) -> str:
    return f"A unit whose field is zero keeps its value. {text}"


there_and_back = FunctionCheck(
    _there_and_back,
    _layer_trials,
    [
        Mistake("ties become 0", _layers(0, 0), _ends("`np.sign(0)` is 0, which is no value of a unit.")),
        Mistake("ties become +1", _layers(1, 1), _ends("Yours goes to +1, on both sides.")),
        Mistake("ties become -1", _layers(-1, -1), _ends("Yours goes to -1, on both sides.")),
        Mistake(
            "a tie turns the unit over", _layers(_TURNS, _TURNS), _ends("Yours turns over, on both sides.")
        ),
        Mistake(
            "a tie turns the unit over on the left",
            _layers(None, _TURNS),
            _ends("On the left, yours turns over."),
        ),
        Mistake(
            "a tie turns the unit over on the right",
            _layers(_TURNS, None),
            _ends("On the right, yours turns over."),
        ),
        Mistake(
            "ties become 0 on the left",
            _layers(None, 0),
            _ends("On the left, yours becomes 0, which is no value of a unit."),
        ),
        Mistake("ties become +1 on the left", _layers(None, 1), _ends("On the left, yours goes to +1.")),
        Mistake("ties become -1 on the left", _layers(None, -1), _ends("On the left, yours goes to -1.")),
        Mistake(
            "ties become 0 on the right",
            _layers(0, None),
            _ends("On the right, yours becomes 0, which is no value of a unit."),
        ),
        Mistake("ties become +1 on the right", _layers(1, None), _ends("On the right, yours goes to +1.")),
        Mistake("ties become -1 on the right", _layers(-1, None), _ends("On the right, yours goes to -1.")),
        Mistake(
            "both layers at once",
            _at_once,
            "Your left layer answers to the OLD right one. First the right layer is updated; then the left "
            "one hears the new values.",
        ),
        Mistake(
            "left layer first",
            _left_first,
            "You begin with the left layer. The right one comes first: there, and then back.",
        ),
        Mistake(
            "results exchanged",
            lambda W, x, y: _layers()(W, x, y)[::-1],
            "You return the right layer first. The left one comes first, as among the arguments.",
        ),
        Mistake(
            "there alone",
            _only_there,
            "Your left layer is the old one. After the way there comes the way back.",
        ),
        Mistake(
            "back from the old right layer alone",
            lambda W, x, y: (_answered(W.T, y, x), y),
            "Your right layer is the old one. The way there comes first.",
        ),
        Mistake(
            "old right layer returned",
            lambda W, x, y: (_layers()(W, x, y)[0], y),
            "Your left layer is right, but the right one that you return is the old one.",
        ),
        Mistake(
            "nothing changed",
            lambda W, x, y: (x.copy(), y.copy()),
            "These are the old layers. Are your results thrown away?",
        ),
        Mistake(
            "until nothing changes",
            _until_rest,
            "You go there and back until nothing changes any more. Once is asked for.",
        ),
        Mistake(
            "there, back, and there again",
            _there_again,
            "After the way back you update the right layer once more. Once there and once back is all.",
        ),
        Mistake(
            "there and back, twice",
            _two_rounds,
            "You go there and back twice. Once is asked for.",
        ),
        Mistake(
            "fields instead of values",
            lambda W, x, y: (W.T @ (W @ x), W @ x),
            "You return fields. A unit takes their SIGN, or keeps its value where the field is zero.",
        ),
        Mistake(
            "fields on the left",
            lambda W, x, y: (W.T @ _answered(W, x, y), _answered(W, x, y)),
            "On the left you return fields. A unit takes their sign, or keeps its value where the field is "
            "zero.",
        ),
        Mistake(
            "fields sent back",
            lambda W, x, y: (given.sign(W.T @ (W @ x), x), _answered(W, x, y)),
            "You send the FIELDS of the right layer back. Its new values, ±1, are sent.",
        ),
        Mistake(
            "opposite values",
            lambda W, x, y: (_answered(-W.T, _answered(-W, x, y), x), _answered(-W, x, y)),
            "Your units take the opposite of the sign of their field.",
        ),
        Mistake(
            "units hear themselves",
            _with_itself,
            "You add the old value of the unit to its field. There are no connections within a layer.",
        ),
        Mistake(
            "fields cut to whole numbers",
            _cut_fields,
            "You cut the fields to whole numbers. A field between -1 and 1 is no tie: its sign counts, be it "
            "ever so small.",
        ),
        Mistake(
            "units hear themselves on the left",
            lambda W, x, y: (given.sign(W.T @ _answered(W, x, y) + x, x), _answered(W, x, y)),
            "On the way back you add the old value of the unit to its field. There are no connections "
            "within a layer.",
        ),
        Mistake(
            "units hear themselves on the right",
            lambda W, x, y: _back_from(W, x, given.sign(W @ x + y, y)),
            "On the way there you add the old value of the unit to its field. There are no connections "
            "within a layer.",
        ),
        Mistake(
            "decided before the sum is complete",
            lambda W, x, y: _back_from(W, x, _growing(W, x, y), _growing),
            "Your units decide while their field is still being added up: one whose field ends at zero has "
            "moved by then. First the whole sum, then the decision.",
        ),
        Mistake(
            "one tie stops the whole layer",
            lambda W, x, y: _back_from(W, x, _all_or_none(W, x, y), _all_or_none),
            "Where a single unit has a tie, your whole layer keeps its values. Each unit decides for itself: "
            "the others follow their fields.",
        ),
        Mistake(
            "0/1 units",
            lambda W, x, y: tuple((z + 1) // 2 for z in _layers()(W, x, y)),
            "Your layers are coded with 0 and 1. Units here are +1 or -1.",
        ),
    ],
    [
        "The right layer first: its fields are `weights @ left`.",
        "Back through the same weights: unit j of the left layer hears `weights[i, j]` times unit i of the "
        "right.",
        "`np.where(h == 0, old, np.sign(h))` keeps the old value where the field is zero.",
    ],
    also=[_there_and_back_in_loops],
    limits=["one unit or more in each layer"],
    praise="Right. Neither half of the way can raise the energy, minus the sum of all y_i w_ij x_j: the "
    "units of a layer do not hear each other, so that all of them may be updated at once.",
)


# 7. open: the longest tune

RECORD = 32  # patterns on six units, the longest known to the authors


def _next(p: Any) -> Any:
    return np.roll(p, -1, axis=0)


def _leads(p: Any) -> Any:
    """s_i^(mu+1) h_i in pattern mu, times N, by the rule for sequences: positive where the step is right."""
    p = p.astype(int)
    return _next(p) * (p @ (_next(p).T @ p).T)


def _leads_without_self(p: Any) -> Any:
    """The same without self-connections."""
    p = p.astype(int)
    return _leads(p) - (_next(p) * p).sum(axis=0) * _next(p) * p


def _right_only(leads: Callable[[Any], Any], p: Any) -> bool:
    """Whether every step is right by another rule, and not by this one."""
    return bool((leads(p) > 0).all() and not (_leads(p) > 0).all())


def _stumble(p: Any) -> str | bool:
    """The first pattern from which the step goes wrong, or False."""
    wrong = (_leads(p) < 0).any(axis=1)
    if not wrong.any():
        return False
    mu = int(np.argmax(wrong))
    units = [str(i + 1) for i in np.flatnonzero(_leads(p)[mu] < 0)]
    what = f"unit {units[0]} goes" if len(units) == 1 else f"units {', '.join(units[:-1])} and {units[-1]} go"
    n = int(wrong.sum())
    fail = "one step of {} fails" if n == 1 else f"{n} steps of {{}} fail"
    return f"In the step from pattern {mu + 1} {what} wrong; {fail.format(len(p))}."


def _only_the_last(p: Any) -> bool:
    wrong = (_leads(p) <= 0).any(axis=1)
    return bool(wrong[-1] and not wrong[:-1].any())


def _tune_of(numbers: Any) -> Any:
    """Patterns from whole numbers, whose bits are the units."""
    return np.array([[1 if n >> k & 1 else -1 for k in range(6)] for n in numbers])


_LONGEST = _tune_of(
    [41, 17, 44, 49, 39, 31, 11, 13, 25, 8, 4, 60, 33, 21, 58, 2]
    + [22, 46, 19, 14, 24, 32, 52, 50, 38, 55, 59, 3, 30, 42, 5, 61]
)


def _tune_praise(p: Any) -> str:
    M = len(p)
    text = f"A tune of {M} patterns on six units, over and over. "
    if M > RECORD:
        return text + f"The longest that the authors knew had {RECORD}: please tell them."
    if M == RECORD:
        return text + "That is as long as the longest that the authors know."
    return text + f"The longest that the authors know has {RECORD}."


longest_tune = ExampleCheck(
    "longest_tune",
    ["tune"],
    (_LONGEST,),
    [
        Mistake(
            "no matrix",
            (np.ones(6, int),),
            "Hand over a matrix with one pattern in each row, in their order.",
            lambda p: p.ndim != 2 or not p.size,
        ),
        Mistake(
            "patterns in columns",
            (_LONGEST.T,),
            "Your matrix has six rows. The six UNITS are its columns; each row is a pattern.",
            lambda p: p.shape[1] != 6 and p.shape[0] == 6,
        ),
        Mistake(
            "not six units",
            (np.ones((8, 5), int),),
            "There are six units, so each row has six values.",
            lambda p: p.shape[1] != 6,
            lambda p: f"There are six units, so each row has six values. Yours have {p.shape[1]}.",
        ),
        Mistake(
            "0/1 instead of ±1",
            ((_LONGEST + 1) // 2,),
            "Your patterns are coded with 0 and 1. Units here are +1 or -1.",
            _zero_one,
        ),
        Mistake(
            "not ±1",
            (2 * _LONGEST,),
            "The patterns must hold +1 and -1 only.",
            lambda p: not given.bipolar(p),
        ),
        Mistake(
            "a single pattern",
            (_LONGEST[:1],),
            "A single pattern is no tune: there is no step in it.",
            lambda p: len(p) < 2,
        ),
        Mistake(
            "the first pattern once more at the end",
            (np.concatenate([_LONGEST, _LONGEST[:1]]),),
            "Your last pattern is the first one again. The way from the last pattern to the first is part "
            "of the rule: leave the repetition away.",
            lambda p: len(np.unique(p, axis=0)) == len(p) - 1 and bool((p[0] == p[-1]).all()),
        ),
        Mistake(
            "a pattern twice",
            (np.concatenate([_LONGEST[:3], _LONGEST[:3]]),),
            "A pattern comes twice. Its successor would have to be both times the same.",
            lambda p: len(np.unique(p, axis=0)) < len(p),
        ),
        Mistake(
            "in the reversed order",
            (_LONGEST[::-1],),
            "Your tune is right if it is read from its end to its beginning, but not as it stands. If you "
            "search with `np.roll`, look which way it turns.",
            lambda p: _right_only(lambda p: _leads(p[::-1]), p),
        ),
        Mistake(
            "self-connections left out",
            (_tune_of([5, 34, 9, 62, 53]),),
            "Every step would be right without self-connections. In this rule they stay: a unit hears "
            "itself, too.",
            lambda p: _right_only(_leads_without_self, p),
        ),
        Mistake(
            "only the last step fails",
            (_tune_of([46, 50, 34]),),
            "Every step is right but the last one, from the last pattern back to the first. It belongs to "
            "the tune, and it has its term in the weights.",
            _only_the_last,
        ),
        Mistake(
            "a step goes wrong",
            (_tune_of([1, 2, 4, 8, 16, 32]),),
            "The network does not follow your tune to its end.",
            _stumble,
        ),
        Mistake(
            "a tie",
            (_tune_of([31, 59, 58]),),
            "No step goes wrong, but a unit has a field of exactly zero. It shall be told where to go: no "
            "ties here.",
            lambda p: bool((_leads(p) == 0).any()),
        ),
        Mistake(
            "too short",
            (_tune_of([33, 18, 63]),),
            "The network walks through all of your patterns. But a short tune is easy: seven patterns are "
            "needed.",
            lambda p: len(p) < 7,
            lambda p: (
                f"The network walks through all of your {len(p)} patterns. But a short tune is easy: seven "
                "are needed, more than there are units."
            ),
        ),
    ],
    [
        "Four patterns that are little alike come out by chance: let a loop draw some. What do the inverses "
        "of the four do, if they follow in the same order?",
        "Second half the inverse of the first: then the weights are twice those of an open way that ends in "
        "the inverse of its beginning.",
        "From there let the machine improve: change one value, keep it if no more units go wrong than "
        "before, and now and then in spite of that.",
    ],
    limits=["six units", "Seven patterns are needed to pass"],
    praise=_tune_praise,
)
