"""Checks of chapter 15: the best guess under noise, its score, what freezes first, and an honest count."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hopfield_edu.feedback import _inputs as given
from hopfield_edu.feedback._core import ExampleCheck, FunctionCheck, Mistake, TableCheck

Trials = list[tuple[Any, ...]]
Array = NDArray[np.float64]


# 1. the denoiser, a derivation with gaps


def _gaps(a=-1 / 2, b=1, c=-1 / 2, d=2, e=1, f=-2, g=-2, h=2, i=-1):
    return {"a": a, "b": b, "c": c, "d": d, "e": e, "f": f, "g": g, "h": h, "i": i}


denoiser_derivation = TableCheck(
    "denoiser_derivation",
    _gaps(),
    ["number"],
    [
        Mistake(
            "half forgotten",
            _gaps(a=-1, b=2, c=-1),
            "The exponent has a 2 below sigma squared. It divides all three terms of the square.",
        ),
        Mistake(
            "mixed term halved",
            _gaps(b=1 / 2),
            "The mixed term of a square comes twice, and the 2 below sigma squared is used up by that.",
        ),
        Mistake(
            "mixed term doubled",
            _gaps(b=2),
            "The mixed term of a square comes twice. But all is divided by 2 sigma squared, not by sigma "
            "squared.",
        ),
        Mistake(
            "mixed term negative",
            _gaps(b=-1),
            "Two minus signs meet in the mixed term: one stands before the square, one within it.",
        ),
        Mistake(
            "squares positive",
            _gaps(a=1 / 2, c=1 / 2),
            "The minus before the square stands before all of its terms.",
        ),
        Mistake(
            "square of y only positive",
            _gaps(a=1 / 2),
            "The minus before the square stands before the term with y, too.",
        ),
        Mistake(
            "square of x only positive",
            _gaps(c=1 / 2),
            "The minus before the square stands before the term with x, too.",
        ),
        Mistake(
            "norms never cancel",
            _gaps(d=1),
            "If all norms are equal, the term with the norm of x is the same for all pictures as well.",
        ),
        Mistake(
            "everything cancels",
            _gaps(d=3),
            "If everything cancelled, all pictures would be equally likely, whatever is seen.",
        ),
        Mistake(
            "norms always cancel",
            _gaps(e=2),
            "If the norms differ, a longer picture has another norm term than a shorter one: that stays.",
        ),
        Mistake(
            "nothing cancels",
            _gaps(d=1, e=0),
            "One of the terms knows nothing of the pictures, only of y.",
        ),
        Mistake(
            "inner derivative forgotten",
            _gaps(f=2),
            "The bracket contains the guess with a minus. Its own derivative is a factor, too.",
        ),
        Mistake(
            "square not brought down",
            _gaps(f=-1),
            "The derivative of a square brings its exponent down as a factor.",
        ),
        Mistake(
            "divided by sigma only",
            _gaps(g=-1),
            "The exponent has sigma squared below the line, and the derivative leaves that as it is.",
        ),
        Mistake(
            "multiplied instead of divided",
            _gaps(g=2),
            "In the exponent sigma squared stands below the line. Which power of sigma is that?",
        ),
        Mistake(
            "sigma in the energy to the first power",
            _gaps(h=1),
            "Take the score and multiply it with the power of sigma before the logarithm: only the "
            "difference of guess and state shall be left.",
        ),
        Mistake(
            "sigma not made up for",
            _gaps(h=-2),
            "The slope of the logarithm has sigma squared below the line already. The factor before the "
            "logarithm has to make up for it.",
        ),
        Mistake(
            "uphill",
            _gaps(i=1),
            "The energy is lower where pictures are more likely, and the guess goes there.",
        ),
    ],
    [
        "The square of a difference has three terms: y with y, twice x with y, x with x. Mind the minus "
        "before it, and the 2 below.",
        "What is the same for all pictures, whatever its size, is a common factor of all exponentials, above "
        "and below the line of the softmax.",
        "The derivative of (x - g) squared: outer times inner. Of a logarithm: the derivative of what is "
        "inside, divided by what is inside.",
        "The score is (D - y) over sigma squared. What must stand before the logarithm, so that its slope is "
        "y - D?",
    ],
    praise="Right. The guess is one step down an energy, and a softmax of inner products with half the "
    "squared norm taken off.",
)


# 2. the best guess


def _gaps_of(patterns: Any, noisy: Any) -> Array:
    return ((noisy - patterns) ** 2).sum(axis=1)


def _best_guess(patterns, noisy, sigma):
    return given.shares(-_gaps_of(patterns, noisy) / (2 * sigma**2)) @ patterns


def _best_guess_in_loops(patterns, noisy, sigma):
    gaps = []
    for x in patterns:
        gap = 0.0
        for i in range(len(noisy)):
            gap += (noisy[i] - x[i]) ** 2
        gaps.append(gap)
    total = 0.0
    guess = [0.0] * len(noisy)
    for x, gap in zip(patterns, gaps, strict=True):
        chance = np.exp(-(gap - min(gaps)) / (2 * sigma**2))
        total += chance
        for i in range(len(noisy)):
            guess[i] += chance * x[i]
    return np.array([g / total for g in guess])


def _guessed(shares: Callable[..., Any]) -> Callable[..., Any]:
    """A guess made with other chances ``shares(patterns, noisy, sigma)``; NaN raises no warning."""

    def guess(patterns: Any, noisy: Any, sigma: Any) -> Any:
        with np.errstate(all="ignore"):
            return shares(patterns, noisy, sigma) @ patterns

    return guess


def _softmax_of(z: Callable[..., Any]) -> Callable[..., Any]:
    return _guessed(lambda x, y, s: given.shares(np.asarray(z(x, y, s), float)))


def _plain_softmax(x: Any, y: Any, s: Any) -> Any:
    e = np.exp(-_gaps_of(x, y) / (2 * s**2))
    return e / e.sum()


_FIXED_GUESSES = [
    # patterns, what is seen, noise
    ([[0.0], [2.0]], [0.5], 1.0),  # the example
    ([[1.0], [3.0]], [1.6], 0.7),  # norms differ
    ([[2.0, -1.0]], [0.3, 0.4], 0.5),  # a single picture
    ([[1.0, 0.0, 1.0], [0.0, 1.0, 1.0], [-1.0, -1.0, 0.5]], [0.6, 0.2, -0.4], 1.5),
    ([[1, 2], [0, 1], [3, -1]], [1, 1], 2.0),  # whole numbers
    ([[1.0, 0.0], [0.0, 2.0]], [60.0, 80.0], 0.5),  # far away: every exponential alone is 0
    ([[30.0, 1.0], [30.0, -1.0]], [30.0, 0.1], 0.25),  # large norms, near each other
    ([[1.0, -1.0], [-1.0, 1.0], [1.0, 1.0]], [0.2, 0.9], 0.8),
]


def _guess_trials(rng: np.random.Generator) -> Trials:
    trials = [(np.array(x), np.array(y), s) for x, y, s in _FIXED_GUESSES]
    for M, N in ((2, 3), (4, 2), (3, 5)):
        x = rng.normal(size=(M, N)).round(2) + 0.5
        trials.append((x, (x[0] + rng.normal(size=N)).round(2), round(float(rng.uniform(0.6, 1.6)), 2)))
    return trials


_MEAN_IS_BETWEEN = (
    "A mean of the pictures lies between the smallest and the largest value of each cell.",
    lambda v, x, y, s: bool((v >= x.min(axis=0) - 1e-9).all() and (v <= x.max(axis=0) + 1e-9).all()),
)

best_guess = FunctionCheck(
    _best_guess,
    _guess_trials,
    [
        Mistake(
            "norm term forgotten",
            _softmax_of(lambda x, y, s: x @ y / s**2),
            "Yours is the softmax step of chapter 13. It is the best guess only if all pictures have the "
            "same norm; here longer pictures win unduly.",
        ),
        Mistake(
            "norm term not halved",
            _softmax_of(lambda x, y, s: (x @ y - (x**2).sum(axis=1)) / s**2),
            "Half of the squared norm is taken off, not all of it: write out the square once more.",
        ),
        Mistake(
            "norm instead of its square",
            _softmax_of(lambda x, y, s: (x @ y - np.sqrt((x**2).sum(axis=1)) / 2) / s**2),
            "It is the SQUARE of the norm of which half is taken off.",
        ),
        Mistake(
            "norm term added",
            _softmax_of(lambda x, y, s: (x @ y + (x**2).sum(axis=1) / 2) / s**2),
            "The norm term has the other sign: it makes up for the large products of long pictures.",
        ),
        Mistake(
            "norm term not divided by the noise",
            _softmax_of(lambda x, y, s: x @ y / s**2 - (x**2).sum(axis=1) / 2),
            "Both terms are divided by sigma squared, the product and the norm term: brackets are missing.",
        ),
        Mistake(
            "two forgotten",
            _softmax_of(lambda x, y, s: -_gaps_of(x, y) / s**2),
            "The exponent has 2 sigma squared below the line. You are too sure of yourself.",
        ),
        Mistake(
            "noise not squared",
            _softmax_of(lambda x, y, s: -_gaps_of(x, y) / (2 * s)),
            "In the exponent the noise is squared.",
        ),
        Mistake(
            "brackets around 2 sigma squared",
            _softmax_of(lambda x, y, s: -_gaps_of(x, y) / 2 * s**2),
            "`a / 2 * b` divides by 2 and multiplies with b. Put 2 sigma squared in brackets.",
        ),
        Mistake(
            "both squared",
            _softmax_of(lambda x, y, s: -_gaps_of(x, y) / (2 * s) ** 2),
            "Only sigma is squared, not the 2 before it.",
        ),
        Mistake(
            "distance not squared",
            _softmax_of(lambda x, y, s: -np.sqrt(_gaps_of(x, y)) / (2 * s**2)),
            "The exponent has the SQUARED distance. You have taken the root of it.",
        ),
        Mistake(
            "minus forgotten",
            _softmax_of(lambda x, y, s: _gaps_of(x, y) / (2 * s**2)),
            "Your guess favours the picture that is farthest away: the exponent has the wrong sign.",
        ),
        Mistake(
            "overflow",
            _guessed(_plain_softmax),
            "Right, but far away from all pictures every exponential becomes 0, and 0/0 is no number. Take "
            "the smallest gap off first: that changes no share.",
        ),
        Mistake(
            "not divided by the sum",
            _guessed(lambda x, y, s: np.exp(-_gaps_of(x, y) / (2 * s**2))),
            "Your chances do not add up to 1.",
        ),
        Mistake(
            "not divided, smallest gap taken off",
            _guessed(lambda x, y, s: np.exp(-(_gaps_of(x, y) - _gaps_of(x, y).min()) / (2 * s**2))),
            "Your chances do not add up to 1: divide them by their sum.",
        ),
        Mistake(
            "nearest picture",
            lambda x, y, s: x[int(np.argmin(_gaps_of(x, y)))] * 1.0,
            "You return the nearest picture. Under noise the others are possible, too: the best guess is a "
            "mean.",
        ),
        Mistake(
            "mean of all",
            lambda x, y, s: x.mean(axis=0),
            "You return the mean of all pictures. Those that are nearer to what is seen count more.",
        ),
        Mistake(
            "chances returned",
            lambda x, y, s: given.shares(-_gaps_of(x, y) / (2 * s**2)),
            "You return the chances of the pictures. The guess is the mean of the pictures, with these "
            "chances.",
        ),
        Mistake(
            "added to what is seen",
            lambda x, y, s: y + _best_guess(x, y, s),
            "The guess takes the place of what is seen; it is not added to it.",
        ),
    ],
    [
        "Three steps: a squared distance for each picture, a chance for each, and the mean of the pictures "
        "with these chances.",
        "`((noisy - patterns) ** 2).sum(axis=1)` is one squared distance for each row.",
        "Before `np.exp` take the smallest squared distance off all of them. A common factor cancels when "
        "you divide by the sum.",
    ],
    properties=[
        ("The guess has one number for each cell.", lambda v, x, y, s: np.shape(v) == y.shape),
        _MEAN_IS_BETWEEN,
    ],
    also=[_best_guess_in_loops],
    limits=["may have different norms"],
    praise="Right. With beta = 1 / sigma**2 it is a softmax step, and with equal norms it is that of chapter "
    "13.",
)


# 3. the score, for a batch


def _noise_score(patterns, noisy, sigma):
    return np.array([(_best_guess(patterns, y, sigma) - y) / sigma**2 for y in noisy])


def _score_in_loops(patterns, noisy, sigma):
    rows = []
    for y in noisy:
        guess = _best_guess_in_loops(patterns, y, sigma)
        row = []
        for i in range(len(y)):
            row.append((guess[i] - y[i]) / sigma**2)
        rows.append(row)
    return np.array(rows)


def _scored(row: Callable[..., Any]) -> Callable[..., Any]:
    """A wrong score, row by row: ``row(patterns, y, sigma)``."""

    def score(patterns: Any, noisy: Any, sigma: Any) -> Any:
        with np.errstate(all="ignore"):
            return np.array([row(patterns, y, sigma) for y in noisy])

    return score


def _step(x: Any, y: Any, s: Any) -> Any:
    return given.shares(x @ y / s**2) @ x


def _one_softmax(x: Any, Y: Any, s: Any) -> Any:
    gaps = np.array([_gaps_of(x, y) for y in Y])
    p = np.exp(-(gaps - gaps.min()) / (2 * s**2))
    return (p / p.sum() @ x - Y) / s**2


def _score_trials(rng: np.random.Generator) -> Trials:
    fixed = [
        ([[1.0]], [[3.0]], 2.0),  # the example
        ([[1.0], [3.0]], [[1.6], [2.5], [-0.5]], 0.7),
        ([[1.0, 0.0], [0.0, 2.0]], [[0.2, 0.9], [1.5, -0.4]], 1.5),
        ([[1.0, -1.0], [-1.0, 0.5]], [[0.3, 0.1]], 0.5),
        ([[1, 2, 0], [0, 1, 3]], [[1, 1, 1], [0, 2, 0], [2, 0, 1], [0, 0, 0]], 2.0),
        ([[1.0, 0.0], [0.0, 2.0]], [[30.0, 40.0], [0.4, 0.1]], 0.5),  # far away
    ]
    trials = [(np.array(x), np.array(y), s) for x, y, s in fixed]
    for M, N, B in ((3, 2, 4), (2, 4, 2)):
        x = rng.normal(size=(M, N)).round(2) + 0.5
        trials.append((x, rng.normal(size=(B, N)).round(2), round(float(rng.uniform(0.6, 1.6)), 2)))
    return trials


noise_score = FunctionCheck(
    _noise_score,
    _score_trials,
    [
        Mistake(
            "norm term forgotten",
            _scored(lambda x, y, s: (_step(x, y, s) - y) / s**2),
            "You start from the softmax step without its norm term. Pictures of different norms need it.",
        ),
        Mistake(
            "uphill and downhill exchanged",
            _scored(lambda x, y, s: (y - _best_guess(x, y, s)) / s**2),
            "Yours points AWAY from the guess. The score points to where noisy pictures are more likely.",
        ),
        Mistake(
            "divided by sigma",
            _scored(lambda x, y, s: (_best_guess(x, y, s) - y) / s),
            "The difference of guess and state is divided by sigma SQUARED.",
        ),
        Mistake(
            "not divided",
            _scored(lambda x, y, s: _best_guess(x, y, s) - y),
            "That is the difference of guess and state. The score is divided by sigma squared.",
        ),
        Mistake(
            "divided by twice the square",
            _scored(lambda x, y, s: (_best_guess(x, y, s) - y) / (2 * s**2)),
            "The 2 of the exponent is gone: the derivative of a square has brought one down.",
        ),
        Mistake(
            "multiplied",
            _scored(lambda x, y, s: (_best_guess(x, y, s) - y) * s**2),
            "Strong noise makes a weak slope: divide by sigma squared.",
        ),
        Mistake(
            "brackets forgotten",
            _scored(lambda x, y, s: _best_guess(x, y, s) - y / s**2),
            "Only the state is divided by sigma squared. Put the difference in brackets.",
        ),
        Mistake(
            "guess alone",
            _scored(_best_guess),
            "You return the best guess. How far is it from the state, and over what?",
        ),
        Mistake(
            "guess over sigma squared",
            _scored(lambda x, y, s: _best_guess(x, y, s) / s**2),
            "The state is missing: the score compares the guess with it.",
        ),
        Mistake(
            "one softmax for the whole batch",
            _one_softmax,
            "You divide by one sum for the whole batch. Every noisy picture has chances of its own, with sum "
            "1.",
        ),
        Mistake(
            "first of the batch",
            lambda x, Y, s: np.broadcast_to(_noise_score(x, Y[:1], s), Y.shape) * 1.0,
            "All rows of your result are alike. Every noisy picture has a score of its own.",
        ),
        Mistake(
            "one number for each",
            lambda x, Y, s: _noise_score(x, Y, s).sum(axis=1),
            "The score has a number for each cell of each noisy picture, as a slope has.",
        ),
    ],
    [
        "The best guess of each row, less the row: that is the direction. What is it divided by?",
        "You may call your `best_guess` once for each row, and collect the results in a list.",
        "The gaps of all rows at once: `((noisy[:, None, :] - patterns) ** 2).sum(axis=-1)` has the shape "
        "(B, M).",
    ],
    properties=[
        ("The score has the shape of the noisy pictures.", lambda v, x, y, s: np.shape(v) == y.shape),
    ],
    also=[_score_in_loops],
    limits=["may have different norms"],
    praise="Right. A trained network that guesses well knows this slope, and needs no density for it.",
)


# 4. what freezes first

_FEATURES = {"hat": (25, 2), "mouth": (16, 2), "blush": (36, 1), "eyes": (4, 2)}  # cells, change of each


def _frozen(
    square: Callable[[int, int], float] = lambda n, change: n * change**2,
    noise: Callable[[float], float] = lambda d: d**0.5 / 2,
    falling: bool = True,
) -> dict[str, list[float]]:
    """The table by its rules: squared distance, noise, and place in the order in which they freeze."""
    squares = {name: square(*cells) for name, cells in _FEATURES.items()}
    noises = {name: noise(d) for name, d in squares.items()}
    order = sorted(noises, key=lambda name: noises[name], reverse=falling)
    return {name: [squares[name], noises[name], order.index(name) + 1] for name in _FEATURES}


def _own_noise(row: Any, entries: dict[str, Any]) -> float:
    return float(abs(entries["squared distance"])) ** 0.5 / 2


freezing_order = TableCheck(
    "freezing_order",
    _frozen(),
    ["squared distance", "noise", "place"],
    [
        Mistake(
            "cells counted",
            _frozen(lambda n, change: n, lambda d: d**0.5),
            "You counted cells. That is enough where cells turn from -1 to +1; the cells of the blush change "
            "by less.",
        ),
        Mistake(
            "change not squared",
            _frozen(lambda n, change: n * change),
            "The squared distance is a sum of SQUARES: each cell adds the square of its change.",
        ),
        Mistake(
            "every change of two",
            _frozen(lambda n, change: 4 * n),
            "A blush turns cells from -1 to 0: they change by 1, not by 2.",
        ),
        Mistake(
            "half forgotten",
            _frozen(noise=lambda d: d**0.5),
            "You took the whole distance. The valley splits where the noise is HALF of it.",
        ),
        Mistake(
            "root forgotten",
            _frozen(noise=lambda d: d / 4),
            "That is the square of the noise. The noise itself is its root.",
        ),
        Mistake(
            "beta instead of sigma",
            _frozen(noise=lambda d: 4 / d, falling=False),
            "That is beta at the split, one over the square of the noise. The noise is asked for.",
        ),
        Mistake(
            "order turned round",
            _frozen(falling=False),
            "The noise FALLS during a dream. So which feature comes to its split first?",
        ),
    ],
    [
        "A cell that turns from -1 to +1 adds 2 squared to the squared distance.",
        "With cells of ±1 only, n of them, the squared distance is 4 n, and the noise is the root of n: half "
        "of the distance.",
        "The noise falls: the feature with the largest noise is decided first.",
    ],
    follow={"noise": _own_noise},
    properties=[
        (
            "A place is 1, 2, 3 or 4.",
            lambda entry, row, column: column != "place" or entry in (1, 2, 3, 4),
        )
    ],
    praise="Right. Not the number of cells counts, but the distance of the two pictures.",
)


# 5. an honest count


def _keys(pictures: Any) -> list[tuple[int, ...]]:
    return [tuple(int(v) for v in row) for row in pictures]


def _honest_count(samples, stored, valid):
    known, right = set(_keys(stored)), set(_keys(valid))
    drawn = _keys(samples)
    new = [y for y in drawn if y in right and y not in known]
    old = sum(y in known for y in drawn)
    return old, len(new), len(drawn) - old - len(new), len(set(new))


def _honest_count_in_loops(samples, stored, valid):
    old = 0
    new = []
    wrong = 0
    for y in samples:
        if any(np.array_equal(y, x) for x in stored):
            old += 1
        elif any(np.array_equal(y, x) for x in valid):
            new.append(y)
        else:
            wrong += 1
    different = []
    for y in new:
        if not any(np.array_equal(y, x) for x in different):
            different.append(y)
    return old, len(new), wrong, len(different)


def _counted(kind: Callable[..., str], different: Callable[..., int] | None = None) -> Callable[..., Any]:
    """A wrong count: ``kind(y, known, right, ...)`` of each sample, and a number of different new ones."""

    def count(samples: Any, stored: Any, valid: Any) -> Any:
        drawn, known, right = _keys(samples), _keys(stored), _keys(valid)
        kinds = [kind(y, known, right) for y in drawn]
        new = [y for y, name in zip(drawn, kinds, strict=True) if name == "new"]
        others = len(set(new)) if different is None else different(new, drawn, known, right)
        return kinds.count("stored"), len(new), kinds.count("wrong"), others

    return count


def _kind(y: Any, known: Any, right: Any) -> str:
    return "stored" if y in known else "new" if y in right else "wrong"


def _by_label(y: Any, known: Any, right: Any) -> str:
    """By the last valid label that fits: a twin that stands after the stored ones counts as new."""
    if y not in right:
        return "stored" if y in known else "wrong"
    label = len(right) - 1 - right[::-1].index(y)
    return "stored" if label < len(known) else "new"


def _faces_of(*labels: str) -> Array:
    return np.array([[1 if sign == "+" else -1 for sign in label] for label in labels])


_TWINS = _faces_of("+++", "++-", "+-+", "+++", "+--")  # the last but one is a twin of the first
_COUNTED = [
    # samples, stored, valid
    (_faces_of("++", "+-", "+-", "--"), _faces_of("++"), _faces_of("++", "+-")),  # the example
    (_faces_of("+++", "+++", "+--", "---", "++-"), _TWINS[:2], _TWINS),
    (_faces_of("+-+", "+--", "+-+", "+-+", "-++"), _TWINS[:2], _TWINS),
    (_faces_of("---", "--+"), _TWINS[:3], _TWINS),  # nothing but wrong ones
    (_faces_of("+++", "++-", "++-"), _TWINS[:2], _TWINS),  # nothing but stored ones
    (_faces_of("+++-", "+-+-", "+-+-"), _faces_of("+++-", "----"), _faces_of("+-+-", "++++", "++++")),
    (
        _faces_of("+++-", "---+"),
        _faces_of("+++-"),
        _faces_of("-+++"),
    ),  # what is stored is not listed as valid
    (_faces_of("+-"), _faces_of("++", "++"), _faces_of("+-", "++", "+-")),
]


def _count_trials(rng: np.random.Generator) -> Trials:
    trials = [tuple(np.array(part) for part in case) for case in _COUNTED]
    for B, M, V in ((6, 2, 5), (9, 3, 6), (12, 4, 7)):
        all_of_them = np.array([[1 - 2 * (k >> i & 1) for i in range(4)] for k in range(16)])
        valid = rng.permutation(all_of_them)[:V]
        valid = np.concatenate([valid, valid[: M - 1]])  # twins of stored ones
        trials.append((rng.permutation(np.repeat(all_of_them, 2, axis=0))[:B], valid[:M], valid))
    return trials


honest_count = FunctionCheck(
    _honest_count,
    _count_trials,
    [
        Mistake(
            "labels counted",
            _counted(_by_label),
            "You go by the place in the list `valid`. A stored picture may stand there once more, under "
            "another name: compare pictures with `stored`.",
        ),
        Mistake(
            "all that is not stored is new",
            _counted(lambda y, known, right: "stored" if y in known else "new"),
            "You count every picture that is not stored as new. New ones are valid, too.",
        ),
        Mistake(
            "all that is valid is new",
            _counted(lambda y, known, right: "new" if y in right else "stored" if y in known else "wrong"),
            "You ask for valid pictures first. Stored pictures are valid as well: they are not new.",
        ),
        Mistake(
            "stored only if listed as valid",
            _counted(
                lambda y, known, right: "wrong" if y not in right else "stored" if y in known else "new"
            ),
            "You call a stored picture wrong because the list `valid` leaves it out. What is stored is "
            "stored.",
        ),
        Mistake(
            "new and wrong exchanged",
            lambda samples, stored, valid: tuple(
                np.array(_honest_count(samples, stored, valid))[[0, 2, 1, 3]]
            ),
            "You have new and wrong the wrong way round. The order is stored, new, wrong, different new "
            "ones.",
        ),
        Mistake(
            "repeats counted as different",
            _counted(_kind, lambda new, drawn, known, right: len(new)),
            "The last number counts a picture that comes twice two times. How many DIFFERENT new pictures "
            "are there?",
        ),
        Mistake(
            "all different samples",
            _counted(_kind, lambda new, drawn, known, right: len(set(drawn))),
            "The last number counts all different samples. Only the new ones among them are asked for.",
        ),
        Mistake(
            "what could come",
            _counted(_kind, lambda new, drawn, known, right: len(set(right) - set(known))),
            "The last number counts the new pictures that COULD come. How many different ones did come?",
        ),
        Mistake(
            "different from one another only in a row",
            _counted(
                _kind,
                lambda new, drawn, known, right: sum(k == 0 or new[k] != new[k - 1] for k in range(len(new))),
            ),
            "You compare each new picture with the one before it only. Repeats may come later, too.",
        ),
        Mistake(
            "every picture once",
            lambda samples, stored, valid: _honest_count(np.unique(samples, axis=0), stored, valid),
            "You count every picture once, however often it comes. The first three numbers add up to the "
            "number of samples.",
        ),
        Mistake(
            "shares",
            lambda samples, stored, valid: tuple(
                value / len(samples) for value in _honest_count(samples, stored, valid)
            ),
            "You return shares. Numbers of pictures are asked for.",
        ),
        Mistake(
            "cells compared",
            lambda samples, stored, valid: (
                int(np.isin(samples, stored).all(axis=1).sum()),
                *_honest_count(samples, stored, valid)[1:],
            ),
            "`in` and `np.isin` look at single cells of an array. Two pictures are equal if ALL their cells "
            "are: `np.array_equal`, or tuples.",
        ),
    ],
    [
        "Ask in this order: is the sample one of the stored pictures? If not, is it one of the valid ones? "
        "If not, it is wrong.",
        "`y in stored` does not compare rows of arrays. `tuple(y)` of each row can be put into a set.",
        "For the last number, put the new ones into a set: what comes twice is in it once.",
    ],
    properties=[
        (
            "Stored, new and wrong add up to the number of samples.",
            lambda v, samples, stored, valid: sum(v[:3]) == len(samples),
        ),
    ],
    also=[_honest_count_in_loops],
    limits=["may occur several times"],
    praise="Right. Only now does a share of new pictures say something.",
)


# 6. a counterexample: without the norm term


def _two(patterns: Any) -> bool:
    return bool(patterns.ndim == 2 and patterns.shape[0] == 2 and patterns.size > 0)


def _gap(patterns: Any, noisy: Any) -> Array:
    return _gaps_of(patterns, noisy)


_CONTAINED = np.array([[1, 0], [1, 1]])


def _longer_praise(patterns: Any, noisy: Any) -> str:
    cells = patterns.shape[1]
    text = "The longer picture wins, though the other one is nearer. "
    if cells == 1:
        return text + "One cell: the fewest. A blank picture has the product 0 with everything."
    return text + f"You need {cells} cells. Can you do it with a single one?"


longer_wins = ExampleCheck(
    "longer_wins",
    ["patterns", "noisy"],
    (_CONTAINED, np.array([1, 0.2])),
    [
        Mistake(
            "arguments exchanged",
            (np.array([1, 0.2]), _CONTAINED),
            "You handed over what is seen first, and the pictures second. It is the other way round.",
            lambda x, y: x.ndim == 1 and y.ndim == 2,
        ),
        Mistake(
            "not two pictures",
            (np.array([[1, 0], [1, 1], [0, 1]]), np.array([1, 0.2])),
            "Two pictures are asked for, one in each row.",
            lambda x, y: not _two(x),
        ),
        Mistake(
            "coded with ±1",
            (np.array([[1, -1], [1, 1]]), np.array([1, -0.2])),
            "Your pictures hold -1. Pictures of ±1 all have the same norm, and then the norm term cancels: "
            "take 0 and 1.",
            lambda x, y: bool(np.isin(x, (-1, 1)).all() and (x == -1).any()),
        ),
        Mistake(
            "not 0 and 1",
            (np.array([[0.5, 0], [1, 1]]), np.array([0.5, 0.2])),
            "Every cell of the two pictures must be 0 or 1.",
            lambda x, y: not np.isin(x, (0, 1)).all(),
        ),
        Mistake(
            "too many cells",
            (np.ones((2, 7), int), np.ones(7)),
            "Your pictures have more than 6 cells. Fewer will do.",
            lambda x, y: x.shape[1] > 6,
        ),
        Mistake(
            "what is seen does not fit",
            (_CONTAINED, np.array([1, 0.2, 0])),
            "What is seen must have one number for each cell of the pictures.",
            lambda x, y: y.shape != x[0].shape,
        ),
        Mistake(
            "equal norms",
            (np.array([[1, 0], [0, 1]]), np.array([0.9, 0.2])),
            "Your two pictures have equally many ones, and so the same norm. Then the norm term cancels, and "
            "the nearer one wins.",
            lambda x, y: bool((x[0] ** 2).sum() == (x[1] ** 2).sum()),
        ),
        Mistake(
            "equally near",
            (_CONTAINED, np.array([1, 0.5])),
            "What you see is equally far from both pictures. One of them shall be nearer.",
            lambda x, y: bool(np.isclose(*_gap(x, y), rtol=0, atol=1e-9)),
        ),
        Mistake(
            "equal products",
            (_CONTAINED, np.array([1, 0])),
            "The two products with what is seen are equal, so the step without norm term takes the mean. The "
            "farther picture shall have the larger one.",
            lambda x, y: bool(np.isclose(*(x @ y), rtol=0, atol=1e-9)),
        ),
        Mistake(
            "the nearer one wins",
            (_CONTAINED, np.array([1, 0.9])),
            "Here the nearer picture has the larger product, too: with or without norm term it wins.",
            lambda x, y: bool(np.argmin(_gap(x, y)) == np.argmax(x @ y)),
        ),
    ],
    [
        "At small noise the step without norm term goes to the picture with the largest product with what is "
        "seen. When is that not the nearest one?",
        "Pictures with more ones have larger products. Take one picture that contains the other.",
        "Where the two differ, let what is seen be a small positive number.",
    ],
    limits=["at most 6 cells"],
    praise=_longer_praise,
)
