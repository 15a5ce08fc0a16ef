"""Checks of chapter 15: the best guess under noise, its score, what freezes first, and an honest count."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hopfield_edu._values import same
from hopfield_edu.feedback import _inputs as given
from hopfield_edu.feedback._core import ExampleCheck, Mistake, TableCheck, sisters
from hopfield_edu.feedback._telling import TellingCheck

Trials = list[tuple[Any, ...]]
Array = NDArray[np.float64]


# 1. the denoiser, a derivation with gaps


def _gaps(a=-1 / 2, b=1, c=-1 / 2, d=2, e=1, f=-2, g=-2, h=2, i=-1):
    return {"a": a, "b": b, "c": c, "d": d, "e": e, "f": f, "g": g, "h": h, "i": i}


def _own_prefactor(row: str, gaps: dict[str, Any]) -> float:
    """What stands before the logarithm makes up for what its slope has."""
    return {"h": -gaps["g"]}[row]


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
            "multiplied with 2",
            _gaps(a=-2, b=4, c=-2),
            "The 2 stands below the line with sigma squared: divide by it.",
        ),
        Mistake(
            "half forgotten with both squares",
            _gaps(a=-1, c=-1),
            "The 2 below sigma squared divides the two squares as well.",
        ),
        Mistake(
            "half forgotten with the square of y",
            _gaps(a=-1),
            "The 2 below sigma squared divides the square of y as well.",
        ),
        Mistake(
            "half forgotten with the square of x",
            _gaps(c=-1),
            "The 2 below sigma squared divides the square of x as well.",
        ),
        Mistake(
            "difference of squares",
            _gaps(b=0, c=1 / 2),
            "The square of a difference is not the difference of two squares: write it out.",
        ),
        Mistake(
            "mixed term forgotten",
            _gaps(b=0),
            "The square of a difference has a mixed term, too.",
        ),
        Mistake(
            "all signs turned",
            _gaps(a=1 / 2, b=-1, c=1 / 2),
            "That is the square itself, over 2 sigma squared. The exponent has a minus before it.",
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
            "what remains counted",
            _gaps(d=1, e=2),
            "You counted the terms that remain. How many cancel?",
        ),
        Mistake(
            "norms always differ",
            _gaps(e=0),
            "One of the terms knows nothing of the pictures, only of y. Whatever their norms, it is the same "
            "for all.",
        ),
        Mistake(
            "everything cancels",
            _gaps(d=3),
            "If everything cancelled, all pictures would be equally likely, whatever is seen.",
        ),
        Mistake(
            "norms always cancel",
            _gaps(e=2),
            "If the norms differ, each picture has a norm term of its own: that stays.",
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
            "neither square nor inner derivative",
            _gaps(f=1),
            "The derivative of a square brings its exponent down, and the bracket has an inner derivative.",
        ),
        Mistake(
            "sigma gone",
            _gaps(g=0),
            "The exponent has sigma squared below the line, and the derivative leaves that as it is.",
        ),
        Mistake(
            "divided twice",
            _gaps(g=-4),
            "Sigma squared stands below the line once. The logarithm brings no second one.",
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
            "nothing before the logarithm",
            _gaps(h=0),
            "The slope of the logarithm has a power of sigma. What stands before the logarithm has to make "
            "up for it.",
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
        *[
            Mistake(
                f"step of another length: {name}",
                _gaps(i=value),
                "With the right power of sigma before the logarithm the slope is y less the guess, without "
                "any factor.",
            )
            for name, value in (("twice", -2), ("twice and uphill", 2), ("half", -1 / 2), ("none", 0))
        ],
    ],
    [
        "The square of a difference has three terms: y with y, twice x with y, x with x. Mind the minus "
        "before it, and the 2 below.",
        "What is the same for all pictures, whatever its size, is a common factor of all exponentials, above "
        "and below the line of the softmax.",
        "The derivative of (x - D) squared: outer times inner. Of a logarithm: the derivative of what is "
        "inside, divided by what is inside.",
        "The score is (D - y) over sigma squared. What must stand before the logarithm, so that its slope is "
        "y - D?",
    ],
    follow={"number": _own_prefactor},
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


_FAR = "wrong far away only"
_FAR_TEXT = (
    "The formula is right as long as what is seen is near a picture. Far away from all of them every "
    "exponential alone is 0 in the computer, and yet one picture is less far than another: the guess is a "
    "mean with chances as before. Take the smallest gap off first: that changes no chance."
)


def _is_far(x: Any, y: Any, s: Any) -> bool:
    """Whether an exponential of a gap is 0 or infinite in the computer."""
    return bool(max(_gaps_of(x, row).max() for row in np.atleast_2d(y)) / (2 * s**2) > 600)


def _far_only(seen: list[Any], wanted: list[Any], trials: Trials) -> bool:
    good = [same(value, aim, 1e-6) for value, aim in zip(seen, wanted, strict=True)]
    return not all(good) and all(fine or _is_far(*case) for fine, case in zip(good, trials, strict=True))


def _mean_if_far(x: Any, y: Any, s: Any) -> Any:
    e = np.exp(-_gaps_of(x, y) / (2 * s**2))
    return e / e.sum() if e.sum() > 0 else np.full(len(x), 1 / len(x))


def _zero_if_far(x: Any, y: Any, s: Any) -> Any:
    e = np.exp(-_gaps_of(x, y) / (2 * s**2))
    return e / (e.sum() + 1e-300)


def _largest_off(x: Any, y: Any, s: Any) -> Any:
    gaps = _gaps_of(x, y)
    e = np.exp(-(gaps - gaps.max()) / (2 * s**2))
    return e / e.sum()


def _of_each_cell(x: Any, y: Any, s: Any) -> Any:
    gaps = (y - x) ** 2
    e = np.exp(-(gaps - gaps.min(axis=0)) / (2 * s**2))
    return (e * x).sum(axis=0) / e.sum(axis=0)


def _unit(x: Any) -> Any:
    lengths = np.sqrt((x**2).sum(axis=1, keepdims=True))
    return x / np.where(lengths == 0, 1, lengths)


def _two_nearest(x: Any, y: Any, s: Any) -> Any:
    near = np.argsort(_gaps_of(x, y), kind="stable")[:2]
    return _best_guess(x[near], y, s)


_FIXED_GUESSES = [
    # patterns, what is seen, noise
    ([[0.0], [2.0]], [0.5], 1.0),  # the example
    ([[1.0], [3.0]], [1.6], 0.7),  # norms differ
    ([[2.0, -1.0]], [0.3, 0.4], 0.5),  # a single picture
    ([[1.0, 0.0, 1.0], [0.0, 1.0, 1.0], [-1.0, -1.0, 0.5]], [0.6, 0.2, -0.4], 1.5),
    ([[1, 2], [0, 1], [3, -1]], [1, 1], 2.0),  # whole numbers
    ([[1.0, 0.0], [0.0, 2.0]], [60.0, 80.0], 0.5),  # far away: every exponential alone is 0
    ([[1.0, 1.0], [1.0, -1.0], [-1.0, 0.0]], [300.0, 0.2], 1.0),  # far away, from two pictures alike
    ([[0.0, 0.0], [60.0, 80.0]], [1.0, 0.0], 0.5),  # near one picture, far from the other
    ([[1.0, 0.0], [1.0, 0.0], [0.0, 2.0]], [0.4, 0.9], 1.0),  # a picture that is stored twice
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

best_guess = TellingCheck(
    _best_guess,
    _guess_trials,
    [
        Mistake(
            "norm term forgotten",
            _softmax_of(lambda x, y, s: x @ y / s**2),
            "Yours is the softmax step of chapter 13. It is the best guess only if all pictures have the "
            "same norm; here pictures of larger norm win unduly.",
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
            "Both terms are divided by sigma squared, the product and the norm term.",
        ),
        Mistake(
            "mean over the cells",
            _softmax_of(lambda x, y, s: -_gaps_of(x, y) / len(y) / (2 * s**2)),
            "Your exponents are divided by the number of cells, as they are with `mean` in place of `sum`. "
            "The squared distance is the SUM over all cells.",
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
            "multiplied with sigma squared",
            _softmax_of(lambda x, y, s: -_gaps_of(x, y) / 2 * s**2),
            "Your exponent is multiplied with sigma squared; strong noise makes it small, so divide. (Mind "
            "that `a / 2 * b` multiplies with b.)",
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
            "sizes instead of squares",
            _softmax_of(lambda x, y, s: -np.abs(y - x).sum(axis=1) / (2 * s**2)),
            "The squared distance is a sum of SQUARES over the cells. You added sizes of differences.",
        ),
        Mistake(
            "differences added up before they are squared",
            _softmax_of(lambda x, y, s: -((y - x).sum(axis=1) ** 2) / (2 * s**2)),
            "You add up the differences of the cells and square their sum: those of either sign cancel. "
            "Square first.",
        ),
        Mistake(
            "pictures stretched to one length",
            _guessed(lambda x, y, s: given.shares(_unit(x) @ y / s**2)),
            "You stretched all pictures to the same length. What is seen is compared with the pictures as "
            "they are.",
        ),
        Mistake(
            "one over the squared distance",
            _guessed(lambda x, y, s: 1 / _gaps_of(x, y) / (1 / _gaps_of(x, y)).sum()),
            "Chances fall with the exponential of the squared distance, not as one over it.",
        ),
        Mistake(
            "minus forgotten",
            _softmax_of(lambda x, y, s: _gaps_of(x, y) / (2 * s**2)),
            "Your guess favours the picture that is farthest away: the exponent has the wrong sign.",
        ),
        Mistake(
            "overflow",
            _guessed(_plain_softmax),
            "The formula is right, but far away from all pictures every exponential becomes 0, and neither "
            "0/0 nor log 0 is a number. Take the smallest gap off first: that changes no share.",
        ),
        Mistake(
            "zero far away",
            _guessed(_zero_if_far),
            "The formula is right as long as what is seen is near a picture. Far away from all of them your "
            "guess is 0, because every exponential alone is 0 in the computer. A number added to their sum, "
            "or a case of its own, only hides that. Take the smallest gap off first: that changes no chance.",
        ),
        Mistake(
            "largest gap taken off",
            _guessed(_largest_off),
            "The formula is right, but with the LARGEST gap taken off the exponentials become too large for "
            "the computer. Take the smallest off: then the largest exponential is 1.",
        ),
        Mistake(_FAR, _guessed(_mean_if_far), _FAR_TEXT),
        Mistake(
            "pictures stored twice counted once",
            lambda x, y, s: _best_guess(np.unique(x, axis=0), y, s),
            "A picture that is stored twice is twice as likely: every row of the patterns counts.",
        ),
        Mistake(
            "each cell for itself",
            _of_each_cell,
            "Every cell of yours chooses for itself. A picture has ONE chance, from the distances in all its "
            "cells.",
        ),
        Mistake(
            "two nearest only",
            _two_nearest,
            "You mix the two nearest pictures. All of them count, each with its chance.",
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
            "divided by the number of pictures",
            lambda x, y, s: _best_guess(x, y, s) / len(x),
            "You divide by the number of pictures as well. The chances add up to 1, so that their mean needs "
            "no other division.",
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
            "difference returned",
            lambda x, y, s: _best_guess(x, y, s) - y,
            "You took what is seen off the guess. The guess itself is asked for.",
        ),
        Mistake(
            "difference returned, turned round",
            lambda x, y, s: y - _best_guess(x, y, s),
            "You took the guess off what is seen. The guess itself is asked for.",
        ),
        Mistake(
            "one step of the score",
            lambda x, y, s: y + (_best_guess(x, y, s) - y) / s**2,
            "You added the score to what is seen. The guess is as far away as the score times sigma squared.",
        ),
        Mistake(
            "signs of the guess",
            lambda x, y, s: np.sign(_best_guess(x, y, s)),
            "You return the signs. The guess is a mean of the pictures, and lies between them.",
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
    first={_FAR: _far_only},
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


def _guess_of_row(k: int) -> Callable[..., Any]:
    """One guess for the whole batch, that of its k-th row."""
    return lambda x, Y, s: (_best_guess(x, Y[k], s) - Y) / s**2


def _one_sum(x: Any, Y: Any, s: Any) -> Any:
    """One sum for the whole batch, though each row has a smallest gap of its own."""
    gaps = np.array([_gaps_of(x, y) for y in Y])
    p = np.exp(-(gaps - gaps.min(axis=1, keepdims=True)) / (2 * s**2))
    return (p / p.sum() @ x - Y) / s**2


def _one_largest(products: bool) -> Callable[..., Any]:
    """One largest exponent for the whole batch, though each row has a sum of its own."""

    def score(x: Any, Y: Any, s: Any) -> Any:
        z = Y @ x.T - (x**2).sum(axis=1) / 2 if products else -np.array([_gaps_of(x, y) for y in Y]) / 2
        with np.errstate(all="ignore"):
            p = np.exp((z - z.max()) / s**2)
            return (p / p.sum(axis=1, keepdims=True) @ x - Y) / s**2

    return score


def _along_the_batch(smallest: int, total: int) -> Callable[..., Any]:
    """The smallest gap, or the sum of the chances, taken over the batch (0) and not in each row (1)."""

    def score(x: Any, Y: Any, s: Any) -> Any:
        gaps = np.array([_gaps_of(x, y) for y in Y])
        with np.errstate(all="ignore"):
            p = np.exp(-(gaps - gaps.min(axis=smallest, keepdims=True)) / (2 * s**2))
            return (p / p.sum(axis=total, keepdims=True) @ x - Y) / s**2

    return score


def _batch_softmax(axis: int | None, products: bool) -> Callable[..., Any]:
    """A softmax over the whole batch, or over its rows; of products with the norm term, or of distances."""

    def score(x: Any, Y: Any, s: Any) -> Any:
        z = Y @ x.T - (x**2).sum(axis=1) / 2 if products else -np.array([_gaps_of(x, y) for y in Y]) / 2
        return (given.shares(z / s**2, axis=axis) @ x - Y) / s**2

    return score


def _score_from(guess: Callable[..., Any]) -> Callable[..., Any]:
    """The score of a wrong guess."""
    return _scored(lambda x, y, s: (guess(x, y, s) - y) / s**2)


_NO_SCORE = (  # mistakes in what is returned, not in the chances
    "norm term forgotten",
    "nearest picture",
    "mean of all",
    "chances returned",
    "difference returned",
    "difference returned, turned round",
    "one step of the score",
    "signs of the guess",
    "added to what is seen",
    _FAR,
    "each cell for itself",
    "minus forgotten",
    "two nearest only",
)


def _log_density(x: Any, y: Any, s: Any) -> Any:
    z = -_gaps_of(x, y) / (2 * s**2)
    return z.max() + np.log(np.exp(z - z.max()).sum())


def _direction(v: Array) -> Array:
    length = np.sqrt(v @ v)
    return v / (length if length > 0 else 1.0)


def _score_trials(rng: np.random.Generator) -> Trials:
    fixed = [
        ([[1.0]], [[3.0]], 2.0),  # the example
        ([[1.0], [3.0]], [[1.6], [2.5], [-0.5]], 0.7),
        ([[1.0, 0.0], [0.0, 2.0]], [[0.2, 0.9], [1.5, -0.4]], 1.5),
        ([[1.0, -1.0], [-1.0, 0.5]], [[0.3, 0.1]], 0.5),
        ([[1, 2, 0], [0, 1, 3]], [[1, 1, 1], [0, 2, 0], [2, 0, 1], [0, 0, 0]], 2.0),
        ([[1.0, 0.0], [0.0, 2.0]], [[30.0, 40.0], [0.4, 0.1]], 0.5),  # far away
        ([[1.0, 0.0], [0.0, 2.0]], [[30.0, 40.0]], 0.5),  # and nothing else
        ([[1.0, 1.0], [1.0, -1.0], [-1.0, 0.0]], [[300.0, 0.2], [0.3, 0.1]], 1.0),
        ([[0.0, 0.0], [60.0, 80.0]], [[1.0, 0.0], [50.0, 70.0]], 0.5),
        ([[1.0, 0.0], [1.0, 0.0], [0.0, 2.0]], [[0.4, 0.9]], 1.0),  # a picture that is stored twice
    ]
    trials = [(np.array(x), np.array(y), s) for x, y, s in fixed]
    for M, N, B in ((3, 2, 4), (2, 4, 2)):
        x = rng.normal(size=(M, N)).round(2) + 0.5
        trials.append((x, rng.normal(size=(B, N)).round(2), round(float(rng.uniform(0.6, 1.6)), 2)))
    return trials


noise_score = TellingCheck(
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
            "nearest picture",
            _score_from(lambda x, y, s: x[int(np.argmin(_gaps_of(x, y)))]),
            "You start from the nearest picture. The guess is a mean of all, with their chances.",
        ),
        Mistake(
            "mean of all",
            _score_from(lambda x, y, s: x.mean(axis=0)),
            "You start from the mean of all pictures. Those that are nearer to what is seen count more.",
        ),
        Mistake(
            "each cell for itself",
            _score_from(_of_each_cell),
            "In your guess every cell chooses for itself. A picture has ONE chance, from all its cells.",
        ),
        Mistake(
            "two nearest only",
            _score_from(_two_nearest),
            "Your guess mixes the two nearest pictures. All of them count, each with its chance.",
        ),
        Mistake(
            "farthest picture favoured",
            _score_from(_softmax_of(lambda x, y, s: _gaps_of(x, y) / (2 * s**2))),
            "Your guess favours the picture that is farthest away: the exponent has the wrong sign.",
        ),
        *sisters(best_guess, _score_from, but=_NO_SCORE),
        Mistake(_FAR, _score_from(_guessed(_mean_if_far)), _FAR_TEXT),
        Mistake(
            "differences without chances",
            _scored(lambda x, y, s: (x - y).sum(axis=0) / s**2),
            "You added the differences to all pictures. Each is multiplied with the chance of its picture.",
        ),
        Mistake(
            "direction alone",
            _scored(lambda x, y, s: _direction(_best_guess(x, y, s) - y)),
            "You made the score one long. It is a slope: far away it is steep.",
        ),
        Mistake(
            "divided twice",
            _scored(lambda x, y, s: (_best_guess(x, y, s) - y) / s**4),
            "You divide by sigma squared twice.",
        ),
        Mistake(
            "square of the bracket",
            _scored(lambda x, y, s: ((_best_guess(x, y, s) - y) / s) ** 2),
            "Only sigma is squared, not the difference above the line.",
        ),
        Mistake(
            "first row alone",
            lambda x, Y, s: _noise_score(x, Y[:1], s)[0],
            "You return the score of the first noisy picture alone. A row for each is asked for.",
        ),
        Mistake(
            "logarithm itself",
            _scored(_log_density),
            "That is the logarithm, a number for each noisy picture. The score is its slope.",
        ),
        Mistake(
            "last of the batch",
            lambda x, Y, s: np.broadcast_to(_noise_score(x, Y[-1:], s), Y.shape) * 1.0,
            "All rows of your result are that of the last noisy picture. Each has a score of its own.",
        ),
        Mistake(
            "one guess for the batch",
            lambda x, Y, s: (_best_guess(x, Y.mean(axis=0), s) - Y) / s**2,
            "You guess once, from the mean of the batch. Every noisy picture has a guess of its own.",
        ),
        *[
            Mistake(
                f"guess of the {which} row for all rows",
                _guess_of_row(k),
                f"Your scores lead all rows to the guess of the {which} noisy picture. Every noisy picture "
                "has a guess of its own.",
            )
            for which, k in (("first", 0), ("last", -1))
        ],
        *[
            Mistake(
                f"softmax over the batch{name}",
                _batch_softmax(0, products),
                "Your chances add up to 1 over the noisy pictures. They do so over the stored ones.",
            )
            for name, products in ((", of products", True), (", of distances", False))
        ],
        Mistake(
            "sum over the batch",
            _along_the_batch(1, 0),
            "Your chances add up to 1 over the noisy pictures. They do so over the stored ones.",
        ),
        Mistake(
            "smallest gap over the batch",
            _along_the_batch(0, 1),
            "You look for the smallest gap over the noisy pictures, so that each stored one loses another "
            "amount. That changes the chances. Within a row all gaps must lose the same.",
        ),
        Mistake(
            "one softmax for all products",
            _batch_softmax(None, products=True),
            "You divide by one sum for the whole batch. Every noisy picture has chances of its own, with sum "
            "1.",
        ),
        Mistake(
            "one softmax for the whole batch",
            _one_softmax,
            "You divide by one sum for the whole batch. Every noisy picture has chances of its own, with sum "
            "1.",
        ),
        Mistake(
            "one sum for the whole batch",
            _one_sum,
            "You divide by one sum for the whole batch. Every noisy picture has chances of its own, with sum "
            "1.",
        ),
        *[
            Mistake(
                f"one largest exponent for the batch{name}",
                _one_largest(products),
                "Your formula is right for a single noisy picture. In a batch you take the largest exponent "
                "(the smallest gap) of ALL rows off, and in a row whose own exponents lie far below it "
                "every exponential is 0. Take off each row's own: `axis=1, keepdims=True`.",
            )
            for name, products in ((", of products", True), (", of distances", False))
        ],
        Mistake(
            "scores added up",
            lambda x, Y, s: np.broadcast_to(_noise_score(x, Y, s).sum(axis=0), Y.shape) * 1.0,
            "Each of your rows is the sum of the scores of all noisy pictures. Every one has a score of its "
            "own.",
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
    first={_FAR: _far_only},
    errors={
        "be broadcast together|not aligned|mismatch in its core dimension": "`noisy` is a batch here. If you "
        "call `best_guess`: it takes ONE noisy picture, so call it for each row.",
    },
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


def _with_noise(**noises: float) -> dict[str, list[float]]:
    """The table with other noises, and the places that follow from them."""
    table = _frozen()
    for name, noise in noises.items():
        table[name][1] = noise
    order = sorted(table, key=lambda name: -table[name][1])
    return {name: [*entries[:2], order.index(name) + 1] for name, entries in table.items()}


def _own_place(row: Any, entries: dict[str, Any], table: dict[Any, Any]) -> int:
    """The place by the learner's own noises; of several alike, any order will do."""
    noise = float(entries["noise"])
    before = sum(float(other["noise"]) > noise for other in table.values())
    alike = sum(float(other["noise"]) == noise for other in table.values())
    return min(max(int(entries["place"]), before + 1), before + alike)


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
            "every change of one",
            _frozen(lambda n, change: n),
            "A cell that turns from -1 to +1 changes by 2, and adds the square of that.",
        ),
        Mistake(
            "root of the cells for the blush",
            _with_noise(blush=6),
            "For the blush you took the root of the number of its cells, or all of the distance: here they "
            "are the same. Half of the distance is asked for; its cells change by less than 2.",
        ),
        Mistake(
            "half a change for the blush",
            _frozen(lambda n, change: 4 * n if change == 2 else n / 4),
            "From -1 to 0 is a change of one whole, not of one half.",
        ),
        Mistake(
            "grey left out",
            _frozen(lambda n, change: 4 * n if change == 2 else 0),
            "Cells that turn grey change, too: from -1 to 0.",
        ),
        Mistake(
            "cells squared",
            _frozen(lambda n, change: n**2 * change**2),
            "Each cell adds the square of its change. The number of cells is not squared.",
        ),
        Mistake(
            "change not squared",
            _frozen(lambda n, change: n * change),
            "The squared distance is a sum of SQUARES: each cell adds the square of its change.",
        ),
        Mistake(
            "squared distance halved",
            _frozen(lambda n, change: n * change**2 / 2),
            "You halved the squared distance. Only the noise has a half: it is half of the distance itself.",
        ),
        Mistake(
            "change of the blush not squared",
            _frozen(lambda n, change: n * (4 if change == 2 else 2)),
            "In your squared distance every cell of the blush counts 2. From -1 to 0 it changes by 1: what "
            "is the square of that?",
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
            "half of the squared distance",
            _frozen(noise=lambda d: d / 2),
            "You halved the SQUARED distance. The noise is half of the distance itself.",
        ),
        Mistake(
            "half below the root",
            _frozen(noise=lambda d: (d / 2) ** 0.5),
            "First the root, then the half: you have the half below the root.",
        ),
        Mistake(
            "order by the number of cells",
            {
                name: [*entries[:2], place]
                for (name, entries), place in zip(_frozen().items(), (2, 3, 1, 4), strict=True)
            },
            "You ordered by the number of cells. Which feature has the largest noise at its split?",
        ),
        Mistake(
            "beta instead of sigma",
            _frozen(noise=lambda d: 4 / d, falling=False),
            "That is beta at the split, one over the square of the noise. The noise is asked for.",
        ),
        Mistake(
            "places counted from 0",
            {name: [*entries[:2], entries[2] - 1] for name, entries in _frozen().items()},
            "Your places begin with 0, as indices in Python do. Here the first has the place 1.",
        ),
        Mistake(
            "order turned round",
            _frozen(falling=False),
            "The noise FALLS during a dream. So which feature comes to its split first?",
        ),
    ],
    [
        "A cell that turns from -1 to +1 adds 2 squared to the squared distance.",
        "A cell that turns from -1 to 0 adds 1 squared. With cells of ±1 only, n of them, the squared "
        "distance is 4 n, and the noise is the root of n: half of the distance.",
        "The noise falls: the feature with the largest noise is decided first.",
    ],
    follow={"noise": _own_noise, "place": _own_place},
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


def _equal(samples: Any, others: Any, cell: Callable[..., Any] = np.all) -> Array:
    """Which sample (a row) agrees with which other picture (a column), in all cells or in any."""
    return cell(np.asarray(samples)[:, None] == np.asarray(others)[None], axis=2)


def _masked(old: Any, fine: Any, samples: Any) -> tuple[int, int, int, int]:
    """The count from what is held to be stored and to be valid, sample by sample."""
    new = fine & ~old
    different = len(set(_keys(np.asarray(samples)[new])))
    return int(old.sum()), int(new.sum()), int((~old & ~fine).sum()), different


def _agreeing(cell: Callable[..., Any]) -> Callable[..., Any]:
    """A count that takes two pictures for equal by another rule."""

    def count(samples: Any, stored: Any, valid: Any) -> Any:
        old, fine = (_equal(samples, part, cell).any(axis=1) for part in (stored, valid))
        return _masked(old, fine, samples)

    return count


def _likened(other: Callable[[Array], Array], fewer: bool) -> Callable[..., Any]:
    """A count of pictures that are changed before they are compared; `fewer` counts the changed ones."""

    def count(samples: Any, stored: Any, valid: Any) -> Any:
        parts = [other(np.asarray(part)) for part in (samples, stored, valid)]
        counts = _honest_count(*parts)
        if fewer:
            return counts
        new = [
            tuple(s) for s, k in zip(_keys(samples), _keys(parts[0]), strict=True) if _is_new(k, *parts[1:])
        ]
        return (*counts[:3], len(set(new)))

    return count


def _is_new(key: Any, stored: Any, valid: Any) -> bool:
    return key in _keys(valid) and key not in _keys(stored)


def _like_first(pictures: Array) -> Array:
    """Every picture or its inverse: the one whose first unit is +1."""
    return pictures * pictures[:, :1]


def _again(part: str, rest: bool) -> Callable[..., Any]:
    """Twins in a list counted again, each time; the wrong ones counted, or taken for the rest."""

    def count(samples: Any, stored: Any, valid: Any) -> Any:
        old, new, wrong, others = _honest_count(samples, stored, valid)
        if part == "stored":
            old = int(_equal(samples, stored).sum())
        else:
            fresh = ~_equal(samples, stored).any(axis=1)
            new = int((_equal(samples, valid) & fresh[:, None]).sum())
        return old, new, len(samples) - old - new if rest else wrong, others

    return count


def _used_up(samples: Any, stored: Any, valid: Any) -> Any:
    left, right = _keys(stored), _keys(valid)
    kinds = []
    for y in _keys(samples):
        kinds.append(_kind(y, left, right))
        if y in left:
            left.remove(y)
    new = {y for y, name in zip(_keys(samples), kinds, strict=True) if name == "new"}
    return *(kinds.count(name) for name in ("stored", "new", "wrong")), len(new)


def _by_nearest_name(samples: Any, stored: Any, valid: Any) -> Any:
    names, known = ((np.asarray(part) @ valid.T).argmax(axis=1) for part in (samples, stored))
    fits = (valid[names] == samples).all(axis=1)
    new = fits & ~np.isin(names, known)
    return int((fits & ~new).sum()), int(new.sum()), int((~fits).sum()), len(set(names[new].tolist()))


def _by_codes(kind: type, order: int) -> Callable[..., Any]:
    """A count by numbers with a binary digit for each cell, the first (1) or the last (-1) the lowest."""

    def codes(part: Any) -> Array:
        powers = np.array(2, kind) ** np.arange(np.shape(part)[1])[::order]
        return ((np.asarray(part) > 0) @ powers).reshape(-1, 1)

    return lambda samples, stored, valid: _honest_count(codes(samples), codes(stored), codes(valid))


def _by_bytes(samples: Any, stored: Any, valid: Any) -> Any:
    """Rows of other types have other bytes, and so are never found."""
    parts = [part if part.dtype == samples.dtype else part[:0] for part in (stored, valid)]
    return _honest_count(samples, *parts)


def _rows_dreamt(k: int, part: int) -> Callable[..., Any]:
    """The k-th number counts rows of `stored` (0) or `valid` (1) that were dreamt, in place of samples."""

    def count(samples: Any, stored: Any, valid: Any) -> Any:
        drawn, known = set(_keys(samples)), set(_keys(stored)) if part else set()
        counts = list(_honest_count(samples, stored, valid))
        counts[k] = sum(y in drawn and y not in known for y in _keys((stored, valid)[part]))
        return tuple(counts)

    return count


def _taken_off(rest: bool) -> Callable[..., Any]:
    """The new ones as a difference of two numbers; the wrong ones counted, or taken for the rest."""

    def count(samples: Any, stored: Any, valid: Any) -> Any:
        old, _, wrong, others = _honest_count(samples, stored, valid)
        new = sum(y in _keys(valid) for y in _keys(samples)) - old
        return old, new, len(samples) - old - new if rest else wrong, others

    return count


def _twice(left: str, known: bool = True) -> Callable[..., Any]:
    """All valid samples count as new, stored ones too; wrong are the wrong ones, those that are not valid, or
    the rest. The different new ones are counted with the stored or not."""

    def count(samples: Any, stored: Any, valid: Any) -> Any:
        old, _, wrong, others = _honest_count(samples, stored, valid)
        new = [y for y in _keys(samples) if y in _keys(valid)]
        invalid = len(samples) - len(new)
        lost = {"wrong": wrong, "not valid": invalid, "the rest": invalid - old}[left]
        return old, len(new), lost, len(set(new)) if known else others

    return count


_LARGER = "wrong for larger pictures only"
_LARGE = 20  # cells


def _larger_only(seen: list[Any], wanted: list[Any], trials: Trials) -> bool:
    good = [same(value, aim) for value, aim in zip(seen, wanted, strict=True)]
    larger = [np.shape(case[0])[1] >= _LARGE for case in trials]
    return not all(good) and all(fine or big for fine, big in zip(good, larger, strict=True))


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
    (_faces_of("---", "--+", "---"), _TWINS[:3], _TWINS),  # nothing but wrong ones
    (_faces_of("+++", "++-", "++-"), _TWINS[:2], _TWINS),  # nothing but stored ones
    (_faces_of("+++-", "+-+-", "+-+-"), _faces_of("+++-", "----"), _faces_of("+-+-", "++++", "++++")),
    (
        _faces_of("+++-", "---+"),
        _faces_of("+++-"),
        _faces_of("-+++"),
    ),  # what is stored is not listed as valid
    (_faces_of("+-"), _faces_of("++", "++"), _faces_of("+-", "++", "+-")),
    (_faces_of("++", "+-", "++"), _faces_of("++", "++"), _faces_of("+-", "++", "+-")),  # twins everywhere
]


def _near_one_another(N: int) -> tuple[Array, Array, Array]:
    """Pictures that differ in one of their last cells: stored, two new, wrong; one that differs in half."""
    base = np.where(np.arange(N) % 3 == 0, 1, -1)
    new, other, wrong = base.copy(), base.copy(), base.copy()
    new[N - 2] *= -1
    other[N - 3] *= -1
    wrong[N - 4] *= -1
    far = np.where(np.arange(N) < N // 2, base, -base)
    samples = np.array([new, base, wrong, new, far, other])
    return samples, np.array([base, -new]), np.array([new, -wrong, other])


def _count_trials(rng: np.random.Generator) -> Trials:
    trials = [tuple(np.array(part) for part in case) for case in _COUNTED]
    many = [_near_one_another(N) for N in (24, 58, 70)]
    trials += [*many, *(tuple(part[:, ::-1] for part in case) for case in many[1:])]
    trials += [(samples.astype(float), stored, valid) for samples, stored, valid in trials[:2]]
    for B, M, V in ((6, 2, 5), (9, 3, 6), (12, 4, 7)):
        all_of_them = np.array([[1 - 2 * (k >> i & 1) for i in range(4)] for k in range(16)])
        valid = rng.permutation(all_of_them)[:V]
        valid = np.concatenate([valid, valid[: M - 1]])  # twins of stored ones
        trials.append((rng.permutation(np.repeat(all_of_them, 2, axis=0))[:B], valid[:M], valid))
    return trials


honest_count = TellingCheck(
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
            "wrong ones counted as new as well",
            lambda samples, stored, valid: (
                lambda old, new, wrong, _: (
                    old,
                    new + wrong,
                    wrong,
                    len(set(_keys(samples)) - set(_keys(stored))),
                )
            )(*_honest_count(samples, stored, valid)),
            "You count every picture that is not stored as new, the wrong ones among them. New ones are "
            "valid, too.",
        ),
        *[
            Mistake(
                f"stored ones counted as new as well{name}",
                _twice(left, known),
                "You count every valid picture as new, the stored ones among them: they are counted twice.",
            )
            for name, left, known in (
                ("", "wrong", True),
                (", but not as different", "wrong", False),
                (", the rest is wrong", "the rest", True),
            )
        ],
        Mistake(
            "stored ones counted as wrong as well",
            lambda samples, stored, valid: (
                *_honest_count(samples, stored, valid)[:2],
                sum(y not in _keys(valid) for y in _keys(samples)),
                _honest_count(samples, stored, valid)[3],
            ),
            "You count every picture that `valid` leaves out as wrong. Stored ones are never wrong.",
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
        *[
            Mistake(
                f"stored ones taken off the valid ones{name}",
                _taken_off(rest),
                "You take the number of stored samples off the number of valid ones. But `valid` need not "
                "list what is stored.",
            )
            for name, rest in (("", False), (", the rest is wrong", True))
        ],
        *[
            Mistake(
                f"stored ones asked again{name}",
                _twice("not valid", known),
                "You ask of a stored sample once more whether it is valid, so it is counted twice: as "
                "stored, and as new or wrong. `elif` asks only of those that are not stored.",
            )
            for name, known in (("", True), (", but not counted as different", False))
        ],
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
            "A picture that comes twice is counted twice in your last number. How many DIFFERENT new "
            "pictures are there?",
        ),
        Mistake(
            "different new ones twice",
            lambda samples, stored, valid: tuple(
                np.array(_honest_count(samples, stored, valid))[[0, 3, 2, 3]]
            ),
            "Your second number counts different pictures, as the last one does. It counts all samples that "
            "are new, repeats as well.",
        ),
        Mistake(
            "different stored ones",
            lambda samples, stored, valid: (
                len(set(_keys(samples)) & set(_keys(stored))),
                *_honest_count(samples, stored, valid)[1:],
            ),
            "Your first number counts a stored picture once, however often it was dreamt. Count the samples.",
        ),
        Mistake(
            "different wrong ones",
            lambda samples, stored, valid: (
                *_honest_count(samples, stored, valid)[:2],
                len(set(_keys(samples)) - set(_keys(stored)) - set(_keys(valid))),
                _honest_count(samples, stored, valid)[3],
            ),
            "Your third number counts a wrong picture once, however often it was dreamt. Count the samples.",
        ),
        Mistake(
            "rows of `stored` instead of samples",
            _rows_dreamt(0, 0),
            "Your first number counts rows of `stored` that were dreamt. Count the samples.",
        ),
        Mistake(
            "rows of `valid` instead of samples",
            _rows_dreamt(1, 1),
            "Your second number counts rows of `valid` that were dreamt. Count the samples.",
        ),
        Mistake(
            "those that come once",
            _counted(_kind, lambda new, drawn, known, right: sum(new.count(y) == 1 for y in new)),
            "Your last number counts new pictures that come exactly once. One that comes again is a "
            "different picture from the others, too.",
        ),
        Mistake(
            "never less than one",
            _counted(_kind, lambda new, drawn, known, right: max(1, len(set(new)))),
            "Your last number is never less than 1. If no sample is new, there is no new picture.",
        ),
        Mistake(
            "names in the list",
            lambda samples, stored, valid: (
                *_honest_count(samples, stored, valid)[:3],
                sum(y in _keys(samples) and y not in _keys(stored) for y in _keys(valid)),
            ),
            "Your last number counts places in the list `valid`, where a picture may stand twice. Count "
            "different pictures.",
        ),
        Mistake(
            "different values",
            _counted(_kind, lambda new, drawn, known, right: len({v for y in new for v in y})),
            "Your last number counts different values of single cells, as `np.unique` does without `axis=0`. "
            "Whole pictures are asked for.",
        ),
        Mistake(
            "all that is not stored",
            _counted(_kind, lambda new, drawn, known, right: len(set(drawn) - set(known))),
            "The last number counts all different pictures that are not stored, wrong ones among them.",
        ),
        *[
            Mistake(
                f"twins in `{part}` counted again" + ", the rest is wrong" * rest,
                _again(part, rest),
                f"A picture that stands in `{part}` twice is counted twice for one sample. Ask whether it is "
                "there, not how often.",
            )
            for part in ("stored", "valid")
            for rest in (False, True)
        ],
        Mistake(
            "used up",
            _used_up,
            "You use a stored picture up: it counts only as often as it is stored. It may be dreamt often.",
        ),
        Mistake(
            "looked up by the nearest name",
            _by_nearest_name,
            "You give each stored picture the name of the nearest one in `valid`. Some are not listed there: "
            "compare pictures with `stored` itself.",
        ),
        Mistake(
            "one equal cell is enough",
            _agreeing(np.any),
            "Two pictures are equal if ALL their cells are. `y in stored` asks whether ANY cell agrees.",
        ),
        Mistake(
            "order of the cells lost",
            _likened(lambda part: np.sort(part, axis=1), fewer=False),
            "You take two pictures for equal that have equally many +1. Where they stand counts, too.",
        ),
        Mistake(
            "order of the cells lost everywhere",
            _likened(lambda part: np.sort(part, axis=1), fewer=True),
            "You take two pictures for equal that have equally many +1. Where they stand counts, too.",
        ),
        Mistake(
            "inverse taken for the picture",
            _likened(_like_first, fewer=False),
            "You take a picture and its inverse for the same. Their energies are; they are two pictures.",
        ),
        Mistake(
            "inverse taken for the picture everywhere",
            _likened(_like_first, fewer=True),
            "You take a picture and its inverse for the same. Their energies are; they are two pictures.",
        ),
        Mistake(
            "nearly equal",
            _agreeing(lambda equal, axis: equal.mean(axis=axis) > 0.9),
            "You take pictures for equal that differ in a few cells. Only ALL cells make a picture.",
        ),
        *[
            Mistake(
                name + rest,
                _by_codes(kind, order),
                f"A number with a binary digit for each cell has {digits} of them at most in NumPy: what is "
                "beyond is lost. Compare the cells.",
            )
            for name, kind, digits in (
                ("codes too long", np.int64, "64"),
                ("codes too long for a float", np.float64, "about 53"),
            )
            for rest, order in (("", 1), (", last cell first", -1))
        ],
        Mistake(
            "bytes compared",
            _by_bytes,
            "Your count is right where all pictures are of one type. Do you compare their bytes? Those of 1 "
            "and 1.0 are not the same, though the numbers are. Compare numbers.",
        ),
        Mistake(
            _LARGER,
            lambda samples, stored, valid: _honest_count(samples[:, :8], stored[:, :8], valid[:, :8]),
            "Your count is right for small pictures, not for those with many cells. Do all cells count in "
            "yours, one by one?",
        ),
        Mistake(
            "all different valid ones",
            _counted(_kind, lambda new, drawn, known, right: len(set(drawn) & set(right))),
            "The last number counts all different valid samples, stored ones among them. Only the new ones "
            "are asked for.",
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
            "shares and a number",
            lambda samples, stored, valid: (
                *(value / len(samples) for value in _honest_count(samples, stored, valid)[:3]),
                _honest_count(samples, stored, valid)[3],
            ),
            "Your first three numbers are shares. Numbers of pictures are asked for.",
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
    first={_LARGER: _larger_only},
    limits=["may occur several times", "floats"],
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
    text = "The longer picture, that of larger norm, wins, though the other one is nearer. "
    if cells == 1:
        return text + "One cell: the fewest. A blank picture has the product 0 with everything."
    return text + f"You need {cells} cells. Can you do it with a single one?"


longer_wins = ExampleCheck(
    "longer_wins",
    ["pictures", "seen"],
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
            "the same picture twice",
            (np.array([[1, 0], [1, 0]]), np.array([0.9, 0.2])),
            "Your two pictures are the same. They shall differ, so that one of them is nearer.",
            lambda x, y: bool((x[0] == x[1]).all()),
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
