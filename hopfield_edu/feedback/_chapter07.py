"""Checks of chapter 07: criteria of capacity, mean field, spurious states, and the memory that is nearest."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations, product
from math import ceil, erf, exp, floor, log, log2, log10, pi, sqrt, tanh
from typing import Any

import numpy as np

from hopfield_edu import learning, state_space
from hopfield_edu._values import Listing, numbers
from hopfield_edu.binary import Network
from hopfield_edu.feedback import _inputs as given
from hopfield_edu.feedback._core import ExampleCheck, Mistake, TableCheck
from hopfield_edu.feedback._telling import TellingCheck
from hopfield_edu.patterns import from_label

Trials = list[tuple[Any, ...]]


# 1. from one unit to all memories, a derivation with gaps


def _gaps(a=0, b=1 / 2, c=1 / 2, d=1 / 2, e=-1, g=-2, **later):
    """The gaps, and what follows from them: f and h from d, e and g, the last two from d."""
    table = {"a": a, "b": b, "c": c, "d": d, "e": e, "f": -e / d, "g": g, "h": -g / d, "i": -8 * d}
    table |= {name: value for name, value in later.items() if name != "j"}
    return table | {"j": later.get("j", 2 + table["i"])}


def _later_gap(row: str, gaps: dict[str, Any]) -> Any:
    """What the learner's own exponents lead to."""
    return {
        "f": lambda: -gaps["e"] / gaps["d"],
        "h": lambda: -gaps["g"] / gaps["d"],
        "i": lambda: -8 * gaps["d"],
        "j": lambda: 2 + gaps["i"],
    }[row]()


capacity_derivation = TableCheck(
    "capacity_derivation",
    _gaps(),
    ["number"],
    [
        Mistake(
            "mean of a coin of 0 and 1",
            _gaps(a=1 / 2),
            "One half is the mean of a coin that shows 0 or 1. These signs are +1 or -1.",
        ),
        Mistake(
            "a mean of one",
            _gaps(a=1),
            "+1 and -1 come equally often. What is left of them on average?",
        ),
        Mistake(
            "variance taken for the standard deviation",
            _gaps(b=1),
            "The VARIANCES of independent terms add up, one for each sign. The standard deviation is asked "
            "for.",
        ),
        Mistake(
            "square of the sum",
            _gaps(b=2),
            "The standard deviation grows more slowly than the number of terms, since they cancel in part.",
        ),
        Mistake(
            "mean instead of sum",
            _gaps(b=-1 / 2),
            "An AVERAGE of many signs spreads less and less. Here they are added up: their sum spreads more.",
        ),
        Mistake(
            "variances compared",
            _gaps(c=1),
            "N/M is the ratio of the squares, N * N to M N. The signal itself is divided by the standard "
            "deviation.",
        ),
        Mistake(
            "noise over signal",
            _gaps(c=-1 / 2),
            "That is the noise in units of the signal. Here the signal is measured in standard deviations: "
            "it must grow with N.",
        ),
        Mistake(
            "ratio squared",
            _gaps(c=2),
            "Divide N by the standard deviation, and collect the powers of N and of M.",
        ),
        Mistake("half forgotten", _gaps(d=1), "The tail falls like exp(-z * z / 2). Where is the half?"),
        Mistake(
            "doubled", _gaps(d=2), "The tail falls like exp(-z * z / 2): divide by two, do not multiply."
        ),
        Mistake(
            "minus twice",
            _gaps(d=-1 / 2, f=2, h=4, i=-4, j=-2),
            "The minus stands before gap (d) already.",
        ),
        Mistake(
            "z halved, then squared",
            _gaps(d=1 / 4),
            "First z is squared, then it is halved: the half is not squared.",
        ),
        Mistake(
            "exponent of one memory positive",
            _gaps(e=1, f=2),
            "N P shall be below one. So P must be SMALL, the smaller the more units there are.",
        ),
        Mistake(
            "exponents positive",
            _gaps(e=1, f=2, g=2, h=4),
            "N P, or N N P, shall be below one. So P must be SMALL, the smaller the more units there are.",
        ),
        Mistake(
            "no power of N",
            _gaps(e=0),
            "P below one is always true. There are N units, and all of them have to hold.",
        ),
        Mistake(
            "root of N units",
            _gaps(e=-1 / 2),
            "N P is proportional to N itself. Divide one by N.",
        ),
        Mistake(
            "all units counted for one memory",
            _gaps(e=-2),
            "(e) is about a single memory. It has N units, not N * N.",
        ),
        Mistake(
            "fraction turned over",
            _gaps(f=1 / 2, h=1 / 4),
            "(f) and (h) stand below N, in the denominator: turn your numbers over.",
        ),
        Mistake(
            "fraction turned over in (f)",
            _gaps(f=1 / 2),
            "(f) stands below N, in the denominator: turn your number over.",
        ),
        Mistake(
            "half lost when solved for M",
            _gaps(f=1, h=2),
            "Solve once more for M. The factor (d) comes into the denominator, turned over.",
        ),
        Mistake(
            "half lost when solved for M in (f)",
            _gaps(f=1),
            "Solve once more for M. The factor (d) comes into the denominator, turned over.",
        ),
        Mistake(
            "a minus kept",
            _gaps(f=-2, h=-4),
            "A negative number of memories? Both sides carry a minus; multiplied by -1 the inequality turns.",
        ),
        Mistake(
            "criteria exchanged",
            _gaps(f=4, h=2),
            "You have (f) and (h) the wrong way round. To ask that ALL memories hold is to ask for more, so "
            "that fewer fit.",
        ),
        Mistake(
            "one memory for all",
            _gaps(g=-1),
            "That is the condition of a single memory once more. How many units have M memories, with M "
            "about as large as N?",
        ),
        Mistake(
            "exponent of all memories positive",
            _gaps(g=2, h=4),
            "N * N * P shall be below one: P must be small.",
        ),
        Mistake(
            "patterns times all units",
            _gaps(g=-3),
            "M memories of N units each have M N units. With M about N that is which power of N?",
        ),
        Mistake(
            "M counted as its root",
            _gaps(g=-3 / 2),
            "M is about N but for a logarithm: M N counts like which power of N?",
        ),
        Mistake(
            "doubled twice",
            _gaps(h=8),
            "From (f) to (h) only the exponent of N has changed, from (e) to (g). By which factor?",
        ),
        Mistake(
            "the same for all",
            _gaps(h=2),
            "(h) is the number of (f) again. Put the exponent (g) in the place of (e).",
        ),
        Mistake(
            "sign lost in (i)",
            _gaps(i=4, j=6),
            "P is a small number, so the exponent of N is negative: exp(-k ln N) is N to the power -k.",
        ),
        Mistake(
            "half forgotten in (i)",
            _gaps(i=-8),
            "Put M into the P of the second paragraph, with its factor (d).",
        ),
        Mistake(
            "M not turned over",
            _gaps(i=-1 / 16),
            "N/M is 8 ln N, not its inverse.",
        ),
        Mistake(
            "the limit itself",
            _gaps(i=-2),
            "That is P at the limit (g). Here only HALF as many memories are stored. Put M = N/(8 ln N) into "
            "P.",
        ),
        Mistake(
            "half of the number instead of half the memories",
            _gaps(i=-1),
            "M = N/(8 ln N) stands in the text: half as many memories have twice the number below N.",
        ),
        Mistake(
            "P alone",
            _gaps(j=-4),
            "That is P. It has to be multiplied with the number of units, M N, with M about N.",
        ),
        Mistake(
            "units of one memory",
            _gaps(j=-3),
            "That is the number for ONE memory, N P. All memories have M N units, with M about N.",
        ),
        Mistake(
            "sign lost in (j)",
            _gaps(j=2),
            "The number falls with N. Powers of N are multiplied by adding their exponents.",
        ),
        Mistake(
            "exponents subtracted",
            _gaps(j=-6),
            "Powers of N are multiplied by ADDING their exponents: one of the two is positive.",
        ),
        Mistake(
            "exponents multiplied",
            _gaps(j=-8),
            "Powers of N are multiplied by adding their exponents, not by multiplying them.",
        ),
    ],
    [
        "A sign has mean 0 and variance 1, and the variances of independent terms add up. The standard "
        "deviation is the root of that.",
        "z is the signal, N, divided by the standard deviation of gap (b). Square it, halve it: that is the "
        "exponent of P.",
        "P < N**k means: the exponent of P is below k ln N. Solve that for M, and mind the two minus signs.",
        "For the last paragraph put M = N/(8 ln N) into P. And exp(k ln N) is N**k.",
    ],
    follow={"number": _later_gap},
    properties=[
        (
            "(f) and (h) are positive: they tell how many memories fit.",
            lambda v, row, c: row not in "fh" or v > 0,
        )
    ],
    praise="Right. With all memories asked to hold, half as many fit; and a little below the limit the "
    "errors "
    "vanish as a power of N.",
)


# 2. three criteria

_SIZES = (100, 400, 1600)


def _criteria(
    one=lambda N: floor(N / (2 * log(N))),
    every=lambda N: floor(N / (4 * log(N))),
    small=lambda N: floor(0.138 * N),
):
    """The table by its rules."""
    return {N: [one(N), every(N), small(N)] for N in _SIZES}


def _by(count: Callable[[float], Any], logarithm: Callable[[float], float] = log) -> Any:
    """All three criteria, with another rounding or another logarithm."""
    return _criteria(
        lambda N: count(N / (2 * logarithm(N))),
        lambda N: count(N / (4 * logarithm(N))),
        lambda N: count(0.138 * N),
    )


def _nearest(x: float) -> int:
    return floor(x + 0.5)


def _logs(change: Callable[[int, int], float]) -> Any:
    """The two criteria with a logarithm in another form: ``change(k, N)`` for N/(k ln N), rounded down."""
    return _criteria(lambda N: floor(change(2, N)), lambda N: floor(change(4, N)))


criteria_table = TableCheck(
    "criteria_table",
    _criteria(),
    ["N/(2 ln N)", "N/(4 ln N)", "0.138 N"],
    [
        Mistake(
            "logarithm to base 10",
            _by(floor, log10),
            "You took the logarithm to base 10. The natural one is meant; it stands in the exercise.",
        ),
        Mistake(
            "logarithm to base 2",
            _by(floor, log2),
            "You took the logarithm to base 2. The natural one is meant; it stands in the exercise.",
        ),
        Mistake(
            "logarithm to base 10 in the first column",
            _criteria(lambda N: floor(N / (2 * log10(N)))),
            "In the first column you took the logarithm to base 10. The natural one is meant.",
        ),
        Mistake(
            "rounded to the nearest",
            _by(_nearest),
            "You rounded to the nearest whole number. So many memories would be too many: the last one must "
            "fit whole.",
        ),
        Mistake(
            "rounded up",
            _by(ceil),
            "You rounded up. The last memory does not fit whole: round down.",
        ),
        *[
            Mistake(
                f"not rounded{name}",
                _by(shown),
                "There is no part of a memory: round down to a whole number.",
            )
            for name, shown in (("", float), (", but for the decimals", lambda x: round(x, 1)))
        ],
        Mistake(
            "rounded to the nearest in 0.138 N",
            _criteria(small=lambda N: _nearest(0.138 * N)),
            "You rounded 0.138 N to the nearest whole number. The last memory must fit whole: round down.",
        ),
        Mistake(
            "the logarithm alone",
            _logs(lambda k, N: N / log(N)),
            "You divided by the logarithm alone. The factor before it decides which criterion it is.",
        ),
        Mistake(
            "multiplied by the logarithm",
            _logs(lambda k, N: N / k * log(N)),
            "The logarithm stands BELOW N. Did brackets get lost? `N / 2 * log(N)` multiplies by it.",
        ),
        Mistake(
            "criteria exchanged",
            _logs(lambda k, N: N / ({2: 4, 4: 2}[k] * log(N))),
            "The first two columns are exchanged. All memories stable is the harder demand.",
        ),
        Mistake(
            "the factor is inside the logarithm",
            _logs(lambda k, N: N / log(k * N)),
            "The factor stands before the logarithm, not inside: 2 ln N, not ln(2 N).",
        ),
        Mistake(
            "the factor before and inside the logarithm",
            _logs(lambda k, N: N / (k * log(k * N))),
            "You divide by 2 ln(2 N) and 4 ln(4 N). The factor stands before the logarithm alone.",
        ),
        Mistake(
            "half of the factor",
            _logs(lambda k, N: N / (k / 2 * log(N))),
            "In both of the first columns your numbers are twice as large: you divide by ln N and 2 ln N, "
            "where 2 ln N and 4 ln N are meant.",
        ),
        Mistake(
            "one criterion for both",
            _criteria(every=lambda N: floor(N / (2 * log(N)))),
            "Your second column repeats the first one. The demand on all memories is another one.",
        ),
        Mistake(
            "divided by four more",
            _criteria(every=lambda N: floor(N / (8 * log(N)))),
            "Your second column has N/(8 ln N). It asks for N/(4 ln N).",
        ),
        Mistake(
            "logarithm of one size for all",
            _criteria(lambda N: floor(N / (2 * log(100))), lambda N: floor(N / (4 * log(100)))),
            "You used ln 100 in every row. The logarithm grows with N: that is why these two criteria fall "
            "behind.",
        ),
        Mistake(
            "Hopfield's estimate of 1982",
            _criteria(small=lambda N: floor(15 * N / 100)),
            "0.15 N is what Hopfield read from his simulations in 1982. The column asks for 0.138 N.",
        ),
        Mistake(
            "0.14 N",
            _criteria(small=lambda N: floor(14 * N / 100)),
            "You took 0.14 N. The column asks for 0.138 N.",
        ),
        Mistake(
            "per cent",
            _criteria(small=lambda N: floor(0.00138 * N)),
            "0.138 is 13.8 per cent, not 0.138 per cent.",
        ),
        Mistake(
            "divided by 0.138",
            _criteria(small=lambda N: floor(N / 0.138)),
            "More memories than units? Multiply N by 0.138.",
        ),
    ],
    [
        "Before they are rounded, the numbers of the second column are half of those of the first.",
        "For N = 100 the first one is 100 / 9.21. How many memories fit whole?",
    ],
    properties=[
        (
            "There is no part of a memory: round down to a whole number.",
            lambda number, N, column: number == round(number),
        )
    ],
    praise="Right. The first two criteria fall behind as N grows: their loads M/N go to zero, while that of "
    "the third stays.",
)


# 7. two ways to multiply


def _work(matrix=lambda N: N * N, overlaps=lambda M, N: 2 * M * N, M=2):
    """The table by its rules, with as many patterns as column `M` of the criteria says."""
    return {N: [matrix(N), overlaps(row[M], N)] for N, row in _criteria().items()}


recall_work = TableCheck(
    "recall_work",
    _work(),
    ["with the weights", "with the overlaps"],
    [
        Mistake(
            "own weights left out",
            _work(matrix=lambda N: N * (N - 1)),
            "You left the diagonal out. The exercise counts every entry of the matrix, zeros as well.",
        ),
        Mistake(
            "pairs of units",
            _work(matrix=lambda N: N * (N - 1) // 2),
            "That is the number of pairs. w_ij and w_ji are equal, but each of the two units has to multiply "
            "its own.",
        ),
        Mistake(
            "half of the matrix",
            _work(matrix=lambda N: N * N // 2),
            "You counted half of the matrix. w_ij and w_ji are equal, but each of the two units has to "
            "multiply its own.",
        ),
        Mistake(
            "one unit only",
            _work(matrix=lambda N: N),
            "N products make the field of ONE unit. All N fields are wanted.",
        ),
        Mistake(
            "both ways of the matrix",
            _work(matrix=lambda N: 2 * N * N),
            "You counted the additions, too, or each product twice. Only multiplications count.",
        ),
        Mistake(
            "product of two matrices",
            _work(matrix=lambda N: N**3),
            "N * N * N is the price of a matrix times a matrix. Here a matrix meets a single state.",
        ),
        Mistake(
            "the overlaps alone",
            _work(overlaps=lambda M, N: M * N),
            "Is that the price of the overlaps alone? Each unit has to add up M products more.",
        ),
        Mistake(
            "overlaps and one product for each unit",
            _work(overlaps=lambda M, N: M * N + N),
            "After the overlaps every unit needs M products, one for each memory, not one.",
        ),
        Mistake(
            "overlaps and one product for each memory",
            _work(overlaps=lambda M, N: M * N + M),
            "After the overlaps EVERY unit needs M products of its own.",
        ),
        Mistake(
            "N times N for every memory",
            _work(matrix=lambda N: floor(0.138 * N) * N * N),
            "You count N times N products for every memory. It takes so many to make the weights, but they "
            "are there already. And they are multiplied with ONE state, not with each memory.",
        ),
        Mistake(
            "the making of the weights added",
            _work(matrix=lambda N: (floor(0.138 * N) + 1) * N * N),
            "You added what it takes to make the weights, pattern by pattern. They are there already.",
        ),
        Mistake(
            "overlaps computed for every unit",
            _work(overlaps=lambda M, N: M * N * N),
            "You compute all overlaps anew for every unit. They are the same for all units: compute them "
            "once.",
        ),
        Mistake(
            "memories alone",
            _work(overlaps=lambda M, N: 2 * M),
            "An overlap is a sum of N products, not one number.",
        ),
        Mistake(
            "memories with memories",
            _work(overlaps=lambda M, N: M * M),
            "M * M compares memories with memories. Here each memory is compared with one state.",
        ),
        Mistake(
            "overlaps and weights",
            _work(overlaps=lambda M, N: 2 * M * N + N * N),
            "You added the work with the weights. The second way does without them.",
        ),
        Mistake(
            "memories of the first column",
            _work(M=0),
            "You put in the number of memories of the first column. The exercise takes that of 0.138 N.",
        ),
        Mistake(
            "memories of the second column",
            _work(M=1),
            "You put in the number of memories of the second column. The exercise takes that of 0.138 N.",
        ),
        *[
            Mistake(
                f"memories rounded {name}",
                _work(overlaps=lambda M, N, count=count: 2 * N * count(0.138 * N)),
                f"You rounded 0.138 N {name}. The last memory must fit whole: round down.",
            )
            for name, count in (("up", ceil), ("to the nearest", _nearest))
        ],
        Mistake(
            "memories not rounded in the last column",
            _work(overlaps=lambda M, N: 2 * N * 0.138 * N),
            "In the last column you multiplied with 0.138 N itself. Only whole memories can be stored.",
        ),
    ],
    [
        "With the weights: the field of one unit is a sum of N products. How many units are there?",
        "With the overlaps: first M sums of N products each. Then N sums: of how many products each?",
    ],
    praise="Right. The overlaps are the cheaper way as long as M is below N/2.",
)


# 6. information


def _entropy(p: float) -> float:
    """Bits that it takes to say whether something of probability p has happened."""
    return 0.0 if p in (0, 1) else -p * log2(p) - (1 - p) * log2(1 - p)


def _bits_per_weight(M, N, error):
    lost = 0.0
    for p in (error, 1 - error):
        if p > 0:
            lost -= p * np.log2(p)
    return M * N * (1 - lost) / (N * (N - 1) / 2)


def _bits_unit_by_unit(M, N, error):
    weights = 0
    for i in range(N):
        weights += i
    kept = 1.0
    if 0 < error < 1:
        kept = 1 + error * log2(error) + (1 - error) * log2(1 - error)
    return M * N * kept / weights


def _bits_trials(rng: np.random.Generator) -> Trials:
    fixed = [
        (1, 2, 0.0),
        (3, 4, 0.25),
        (2, 5, 1.0),
        (4, 5, 0.5),
        (3, 7, 0.9),
        (30, 20, 0.1),
        (10, 100, 0.0),
        (138, 1000, 0.0163),
        (500, 3000, 0.002),
    ]
    return fixed + [
        (int(rng.integers(2, 40)), int(rng.integers(3, 80)), float(rng.uniform(0.02, 0.15))) for _ in range(4)
    ]


def _kept(share: Callable[[float], float], weights: Callable[[int], float] | None = None) -> Any:
    """Another share of the information, or another number of weights."""
    count = weights or (lambda N: N * (N - 1) / 2)
    return lambda M, N, error: M * N * share(error) / count(N)


def _right_share(p: float) -> float:
    return 1 - _entropy(p)


def _plain_share(p: float, logarithm: Callable[[float], float] = log2) -> float:
    """1 - H without a word on p = 0 and p = 1, where NumPy's 0 log 0 is no number."""
    if p in (0, 1):
        return float("nan")
    return 1 + p * logarithm(p) + (1 - p) * logarithm(1 - p)


def _guarded(share: Callable[[float], float]) -> Callable[[float], float]:
    return lambda p: 1.0 if p in (0, 1) else share(p)


def _kept_away(seen: list[Any], wanted: list[Any], trials: Trials) -> bool:
    """Right for an error that is kept between some small number and one minus that."""
    shares = np.array([v * (N - 1) / (2 * M) for v, (M, N, _) in zip(seen, trials, strict=True)], float)
    at_zero = next(share for share, (_, _, error) in zip(shares, trials, strict=True) if error == 0)
    least = _bisected(lambda p: _right_share(p) > at_zero, 0.0, 0.5)
    due = [_right_share(float(np.clip(error, least, 1 - least))) for _, _, error in trials]
    return bool(1e-7 < least < 0.4 and np.allclose(shares, due, 0, 1e-6))


_ONE_DIRECTION = "w_ij and w_ji are the same number: it is stored once. "

_AWAY, _CLOSE = "error kept away from 0 and 1", "close, but not exact"

bits_per_weight = TellingCheck(
    _bits_per_weight,
    _bits_trials,
    [
        Mistake(
            "0 log 0",
            _kept(_plain_share),
            "Right except where the error is exactly 0 or 1: there 0 times the logarithm of 0 makes NaN. The "
            "term belongs to something that never happens; it is 0.",
        ),
        Mistake(
            "0 log 0 at one end",
            _kept(lambda p: 1.0 if p == 0 else _plain_share(p)),
            "Right except where the error is exactly 1: there 1 - error is 0, and its logarithm makes NaN.",
        ),
        Mistake(
            "0 log 0 taken for all",
            _kept(lambda p: 0.0 if p in (0, 1) else _right_share(p)),
            "Where the error is exactly 0 or 1 you say that nothing is known. But then all is known: nothing "
            "is lost.",
        ),
        Mistake(
            "always wrong taken for nothing known",
            _kept(lambda p: 0.0 if p == 1 else _right_share(p)),
            "If EVERY unit is wrong, you need only turn all of them round: nothing is lost.",
        ),
        Mistake(
            "beyond one half nothing",
            _kept(lambda p: _right_share(p) if p < 1 / 2 else 0.0),
            "A unit that is wrong more often than not tells as much as one that is right as often: turn it "
            "round. Only at exactly one half nothing is known.",
        ),
        Mistake(
            "errors for free",
            _kept(lambda p: 1.0),
            "You count every unit in full. A unit that may be wrong tells less than one bit.",
        ),
        Mistake(
            "share of right units",
            _kept(lambda p: 1 - p),
            "You take off the wrong units alone. But nobody says WHICH ones are wrong: that costs more.",
        ),
        Mistake(
            "overlap instead of information",
            _kept(lambda p: 1 - 2 * p),
            "1 - 2 error is the overlap. The information that is lost is the entropy of an error.",
        ),
        Mistake(
            "information lost instead of kept",
            _kept(_entropy),
            "That is what is lost. What is kept of each bit is the rest.",
        ),
        Mistake(
            "entropy added",
            _kept(lambda p: 1 + _entropy(p)),
            "Errors would make the memory better. A logarithm of a probability is negative: which sign has "
            "the entropy?",
        ),
        Mistake(
            "entropy negative",
            _kept(lambda p: -_entropy(p)),
            "A logarithm of a probability is negative: the entropy has a minus. And it is taken off one bit.",
        ),
        Mistake(
            "natural logarithm",
            _kept(_guarded(lambda p: _plain_share(p, log))),
            "Your entropy is measured with the natural logarithm. Bits take the logarithm to base 2.",
        ),
        Mistake(
            "logarithm to base 10",
            _kept(_guarded(lambda p: _plain_share(p, log10))),
            "Your entropy is measured with the logarithm to base 10. Bits take that to base 2.",
        ),
        Mistake(
            "only the errors",
            _kept(_guarded(lambda p: 1 + p * log2(p))),
            "The entropy has two terms: one for units that are wrong, one for those that are right.",
        ),
        Mistake(
            "only the right units",
            _kept(_guarded(lambda p: 1 + (1 - p) * log2(1 - p))),
            "The entropy has two terms: one for units that are wrong, one for those that are right.",
        ),
        Mistake(
            "weights of the terms exchanged",
            _kept(_guarded(lambda p: 1 + (1 - p) * log2(p) + p * log2(1 - p))),
            "Each logarithm is weighted with its OWN probability.",
        ),
        Mistake(
            "two kinds of logarithm",
            _kept(_guarded(lambda p: 1 + p * log2(p) + (1 - p) * log(1 - p))),
            "One of your logarithms is natural, the other one to base 2. Bits take base 2 in both.",
        ),
        Mistake(
            "two kinds of logarithm, the other way",
            _kept(_guarded(lambda p: 1 + p * log(p) + (1 - p) * log2(1 - p))),
            "One of your logarithms is natural, the other one to base 2. Bits take base 2 in both.",
        ),
        Mistake(
            "error taken for per cent",
            _kept(lambda p: _right_share(p / 100)),
            "You divided the error by 100. It is a share from 0 to 1 already.",
        ),
        Mistake(
            "the rarer of the two",
            _kept(lambda p: max(p, 1 - p)),
            "You take off the rarer of the two, wrong or right units. But nobody says WHICH ones these are: "
            "that costs more.",
        ),
        Mistake(
            "logarithms not weighted",
            _kept(_guarded(lambda p: 1 + log2(p) + log2(1 - p))),
            "Each logarithm is weighted with its probability: how often does it happen?",
        ),
        Mistake(
            "a difference of the terms",
            _kept(_guarded(lambda p: 1 + p * log2(p) - (1 - p) * log2(1 - p))),
            "The two terms of the entropy have the same sign.",
        ),
        Mistake(
            "both directions",
            _kept(_right_share, lambda N: N * (N - 1)),
            _ONE_DIRECTION + "How many pairs of units are there?",
        ),
        Mistake(
            "all entries of the matrix",
            _kept(_right_share, lambda N: N * N),
            _ONE_DIRECTION + "And the diagonal is zero: there is nothing to store.",
        ),
        Mistake(
            "half of the matrix",
            _kept(_right_share, lambda N: N * N / 2),
            "You seem to divide by half of N squared. The diagonal holds no weights: how many pairs are "
            "there? Or do you count N - 1 units in a memory?",
        ),
        Mistake(
            "diagonal counted",
            _kept(_right_share, lambda N: N * (N + 1) / 2),
            "You counted the diagonal, too. There are no self-connections.",
        ),
        Mistake(
            "one weight per unit",
            _kept(_right_share, lambda N: N),
            "Your result is per UNIT. There is a weight for every pair of units.",
        ),
        Mistake(
            "not divided",
            _kept(_right_share, lambda N: 1),
            "That is the information of all memories together. Divide it by the number of weights.",
        ),
        Mistake(
            "upside down",
            lambda M, N, error: (
                (N * (N - 1) / 2) / (M * N * _right_share(error)) if error != 0.5 else float("inf")
            ),
            "Those are weights per bit: turn your fraction over.",
        ),
        Mistake(
            "one memory",
            lambda M, N, error: N * _right_share(error) / (N * (N - 1) / 2),
            "That is the information of one memory. There are M.",
        ),
        Mistake(
            "one unit of each memory",
            lambda M, N, error: M * _right_share(error) / (N * (N - 1) / 2),
            "You count one unit of each memory. Each memory has N.",
        ),
        Mistake(
            "entropy taken off once",
            lambda M, N, error: (M * N - _entropy(error)) / (N * (N - 1) / 2),
            "The entropy of an error is lost in EVERY unit of every memory. Are brackets missing?",
        ),
        Mistake(
            "entropy taken off once for each memory",
            lambda M, N, error: M * (N - _entropy(error)) / (N * (N - 1) / 2),
            "The entropy of an error is lost in EVERY unit, not once for each memory.",
        ),
        Mistake(
            "load",
            lambda M, N, error: M / N,
            "M/N is the load. How many bits does a memory hold, and how many weights are there?",
        ),
        Mistake(
            "twice the load",
            lambda M, N, error: 2 * M / N,
            "2 M/N is right for large networks without errors. Both are to be counted here.",
        ),
        Mistake(
            "brackets around the weights",
            _kept(_right_share, lambda N: 2 * N / (N - 1)),
            "`a / b * c` divides by b and multiplies with c. Put the number of weights in brackets.",
        ),
        Mistake(
            "weights cut off",
            _kept(_right_share, lambda N: N * ((N - 1) // 2)),
            "`//` rounds down, and (N - 1) // 2 loses a half where N is even. Divide N (N - 1) by 2.",
        ),
        Mistake(
            "small errors only",
            _kept(_guarded(lambda p: 1 + p * log2(p) - p / log(2))),
            "That is an approximation for small errors. Use both terms of the entropy.",
        ),
        Mistake(
            _AWAY,
            _kept(lambda p: _right_share(min(max(p, 1e-3), 1 - 1e-3))),
            "You keep the error away from 0 and 1, so that there is no logarithm of 0. But 0 and 1 are asked "
            "for: there your result is only close. Leave out the term that never happens instead.",
        ),
        Mistake(
            _CLOSE,
            _kept(lambda p: 1 + p * log2(p + 1e-3) + (1 - p) * log2(1 - p + 1e-3)),
            "You are close, but not exact. Is there a small number, added to avoid the logarithm of 0? It "
            "changes all results. Leave out the term that never happens instead.",
        ),
    ],
    [
        "Without errors a memory of N units holds N bits. A symmetric matrix without diagonal has one number "
        "for each pair of units.",
        "A unit that is wrong with probability p keeps 1 - H bits. H has two terms, one for p and one for "
        "1 - p, each a probability times a logarithm to base 2.",
        "What never happens adds nothing to H: ask whether p is 0 before you take its logarithm.",
    ],
    signs={
        _AWAY: _kept_away,
        _CLOSE: lambda seen, wanted, trials: np.allclose(
            np.array(seen, float), np.array(wanted, float), 0.02, 0.02
        ),
    },
    errors={
        "math domain error|expected a positive input": "A logarithm needs a positive number. Where the error "
        "is exactly 0, or exactly 1, one of the two probabilities is 0."
    },
    also=[_bits_unit_by_unit],
    limits=["M \\ge 1 , N \\ge 2", "0 and 1 included"],
    properties=[("Information is never negative.", lambda v, M, N, error: v >= -1e-9)],
    praise="Right. At 0.138 N with 1.63 % of errors that is 0.24 bits for each weight, which MacKay counts, "
    "too; "
    "perfect memories, N/(2 ln N) of them, make do with 1/ln N, less and less.",
)


# 3. where half of the cues are lost


def _half_load(loads, overlaps):
    share = (overlaps > 0.9).mean(axis=1)
    k = int(np.argmax(share <= 0.5))
    part = (share[k - 1] - 0.5) / (share[k - 1] - share[k])
    return loads[k - 1] + part * (loads[k] - loads[k - 1])


def _half_load_in_loops(loads, overlaps):
    before = None
    for k in range(len(loads)):
        count = 0
        for m in overlaps[k]:
            if m > 0.9:
                count += 1
        share = count / len(overlaps[k])
        if share <= 0.5:
            way = (before - 0.5) / (before - share)
            return loads[k - 1] + way * (loads[k] - loads[k - 1])
        before = share
    return None


def _curve(loads: Sequence[float], kept: Sequence[int], B: int, lost: Sequence[float]) -> Any:
    """Overlaps of B cues, of which `kept` are recalled at each load; the lost ones take turns."""
    rows = []
    for count in kept:
        good = [0.91 + 0.02 * (j % 4) for j in range(count)]
        bad = [lost[j % len(lost)] for j in range(B - count)]
        rows.append([v for pair in zip(bad[::-1], good, strict=False) for v in pair])
        rows[-1] += bad[: max(0, B - 2 * count)] if B > 2 * count else good[B - count :]
    return np.array(loads, float), np.array(rows)


_HALF_LOADS = [
    # loads, cues kept at each, number of cues, overlaps of the lost ones
    ([0.1, 0.2], [4, 0], 4, [0.3, 0.5]),
    ([0.13, 0.14, 0.16], [3, 2, 1], 3, [0.8, 0.2]),  # never exactly one half
    ([0.1, 0.12, 0.15], [8, 4, 1], 8, [0.35, 0.4]),  # one half at a load that was tried
    ([0.05, 0.1, 0.2, 0.3], [5, 4, 1, 0], 5, [-0.98, 0.3, 0.89]),  # inverses count as lost
    ([0.1, 0.15, 0.2, 0.25], [6, 5, 2, 0], 6, [0.9, 0.6]),  # 0.9 itself is not above 0.9
    ([0.1, 0.14, 0.15, 0.19, 0.3], [7, 3, 4, 3, 1], 7, [0.4]),  # noise lets it rise again
    ([0.1, 0.12, 0.15, 0.16, 0.2, 0.22, 0.25], [7, 3, 4, 1, 0, 0, 0], 7, [0.3, -0.1]),
    ([0.11, 0.13, 0.17, 0.2], [9, 8, 5, 2], 9, [0.88, 0.85]),  # high overlaps, and yet lost
    ([0.02, 0.1, 0.14, 0.2, 0.3], [5, 5, 5, 2, 0], 5, [0.1, -0.2]),
    # ten cues, and loads that are equally far apart: right for these alone is not right
    ([0.1, 0.12, 0.15, 0.21], [10, 8, 3, 0], 10, [0.9, -0.95]),
    ([0.03, 0.07, 0.12, 0.14, 0.2], [10, 6, 4, 6, 2], 10, [0.4, 0.88]),
    ([0.1, 0.15, 0.2, 0.25, 0.3, 0.35], [7, 6, 5, 3, 4, 1], 7, [-0.93, 0.9, 0.6]),
    # one half is touched, and the share stays there or rises; at the first load not all cues are kept
    ([0.1, 0.2, 0.3, 0.4], [3, 2, 3, 1], 4, [0.89, -0.2]),
    ([0.1, 0.2, 0.3, 0.4], [3, 2, 2, 1], 4, [0.89, 0.5]),
    ([0.08, 0.11, 0.18, 0.22], [6, 5, 3, 1], 7, [0.89, 0.2, 0.7]),
    ([0.1, 0.13, 0.2, 0.24], [5, 4, 5, 1], 6, [0.89, -0.3]),  # it rises before it falls through one half
]


def _half_trials(rng: np.random.Generator) -> Trials:
    trials = [_curve(*row) for row in _HALF_LOADS]
    for B, K in ((5, 4), (7, 6), (9, 5), (11, 8)):  # odd: never exactly one half of them
        loads = np.cumsum(rng.uniform(0.01, 0.05, K)).round(3)
        kept = np.sort(rng.integers(0, B + 1, K))[::-1]
        kept[0], kept[-1] = B, rng.integers(0, B // 2)
        trials.append(_curve(loads, kept.tolist(), B, rng.uniform(-0.2, 0.85, 4).round(2).tolist()))
    return trials


def _shares(overlaps: Any, limit: float = 0.9) -> Any:
    return (overlaps > limit).mean(axis=1)


def _fall(loads: Any, curve: Any, level: float = 0.5, first: bool = True) -> float:
    """Where a curve falls through a level, between two points: the first time or the last."""
    below = curve <= level
    falls = [k for k in range(1, len(curve)) if below[k] and not below[k - 1]]
    if not falls:
        return float(loads[0] if below[0] else loads[-1])
    return _through(loads, curve, falls[0 if first else -1] - 1, level)


def _through(loads: Any, curve: Any, k: int, level: float = 0.5) -> float:
    """Where the line from point k to the next one crosses a level."""
    return float(loads[k] + (curve[k] - level) / (curve[k] - curve[k + 1]) * (loads[k + 1] - loads[k]))


def _at_fall(choose: Callable[..., float]) -> Any:
    """Something made of the two points between which the share falls: ``choose(l0, l1, s0, s1)``."""

    def answer(loads: Any, overlaps: Any) -> float:
        s = _shares(overlaps)
        k = int(np.argmax(s <= 0.5))
        return float(choose(loads[k - 1], loads[k], s[k - 1], s[k]))

    return answer


def _after_the_last_half(loads: Any, overlaps: Any) -> float:
    """The line to the next load begins at the last one with one half or more."""
    s = _shares(overlaps)
    high = np.flatnonzero(s >= 0.5)
    if not high.size:
        return float(loads[0])
    return float(loads[-1]) if high[-1] == len(s) - 1 else _through(loads, s, high[-1])


def _next_to_the_nearest(loads: Any, overlaps: Any) -> float:
    s = _shares(overlaps)
    k = min(int(np.argmin(np.abs(s - 0.5))), len(s) - 2)
    whole = s[k] - s[k + 1]
    return float(loads[k] + (s[k] - 0.5) / whole * (loads[k + 1] - loads[k]) if whole else loads[k])


def _below_one_half(loads: Any, overlaps: Any) -> float:
    return _fall(loads, _shares(overlaps), float(np.nextafter(0.5, 0)))


def _falls_only(loads: Any, overlaps: Any) -> float:
    s = np.minimum.accumulate(_shares(overlaps))
    return float(np.interp(0.5, s[::-1], loads[::-1]))


def _stable(s: Any) -> Any:
    return np.argsort(s, kind="stable")


def _sorted_pairs(loads: Any, overlaps: Any, order: Callable[[Any], Any] = _stable) -> float:
    s = _shares(overlaps)
    places = order(s)
    return float(np.interp(0.5, s[places], loads[places]))


def _in_order_of_shares(seen: list[Any], wanted: list[Any], trials: Trials) -> bool:
    """The points sorted by their shares; those with the same share stand in any order."""
    orders = np.argsort, _stable, lambda s: len(s) - 1 - _stable(s[::-1])
    would = [[_sorted_pairs(*case, order) for order in orders] for case in trials]
    return all(np.isclose(x, found).any() for x, found in zip(seen, would, strict=True))


def _nearly_the_fall(seen: list[Any], wanted: list[Any], trials: Trials) -> bool:
    return bool(np.allclose(np.array(seen, float), np.array(wanted, float), 0, 2e-3))


def _right_ones(seen: list[Any], wanted: list[Any]) -> Any:
    """Which results are right."""
    pairs = zip(seen, wanted, strict=True)
    return np.array([v is not None and abs(float(v) - float(due)) < 1e-6 for v, due in pairs])


def _for_one_number(seen: list[Any], wanted: list[Any], trials: Trials) -> bool:
    """Right wherever there are so many cues, and only there."""
    right, cues = _right_ones(seen, wanted), np.array([m.shape[1] for _, m in trials])
    return any(np.array_equal(right, cues == B) for B in set(cues) if (cues == B).sum() > 1)


def _for_equal_steps(seen: list[Any], wanted: list[Any], trials: Trials) -> bool:
    """Right wherever the loads are equally far apart, and wrong for several others."""
    right = _right_ones(seen, wanted)
    even = np.array([np.ptp(np.diff(loads)) < 1e-9 for loads, _ in trials])
    return bool(right[even].all() and (~right).sum() > 4)


def _by_line(loads: Any, overlaps: Any) -> float:
    slope, height = np.polyfit(loads, _shares(overlaps), 1)
    return float((0.5 - height) / slope)


_RISES = (
    "`np.interp` wants the places it looks up in rising order. Turned round that helps, but not where the "
    "share "
    "rises again in between: then it finds another place than the first."
)

_ONE_NUMBER, _EQUAL_STEPS = "for one number of cues", "for equal steps"
_BY_SHARE = "sorted by the share"

half_load = TellingCheck(
    _half_load,
    _half_trials,
    [
        Mistake(
            "last load with more than half",
            _at_fall(lambda l0, l1, s0, s1: l0),
            "That is the last load at which more than half of the cues are kept. The line to the next point "
            "crosses one half somewhere between.",
        ),
        Mistake(
            "first load with less than half",
            _at_fall(lambda l0, l1, s0, s1: l1),
            "That is the first load that you have tried with half of the cues lost. The line from the point "
            "before crosses one half earlier.",
        ),
        Mistake(
            _ONE_NUMBER,
            lambda loads, overlaps: _fall(loads, (overlaps > 0.9).sum(axis=1) / 10),
            "Right for one number of cues, and for no other. How many there are is different each time: "
            "`overlaps` has a row for each load, and a column for each cue.",
        ),
        Mistake(
            _EQUAL_STEPS,
            lambda loads, overlaps: (
                loads[0] + (loads[1] - loads[0]) * _fall(np.arange(len(loads)), _shares(overlaps))
            ),
            "Right where the loads are equally far apart. Here they are not: take the step between the two "
            "loads themselves.",
        ),
        Mistake(
            "middle of the two loads",
            _at_fall(lambda l0, l1, s0, s1: (l0 + l1) / 2),
            "You took the middle between two loads. The line crosses one half nearer to the point whose "
            "share is nearer to one half.",
        ),
        Mistake(
            "the two ends exchanged",
            _at_fall(lambda l0, l1, s0, s1: l1 - (s0 - 0.5) / (s0 - s1) * (l1 - l0)),
            "The way is right, but measured from the wrong end. If the share at the lower load is just above "
            "one half, the crossing is near THAT load.",
        ),
        Mistake(
            "the line next to the nearest share",
            _next_to_the_nearest,
            "You draw the line from the load whose share is nearest to one half to the next one. The fall "
            "may "
            "lie before it: take the first share of one half or less, and the load before.",
        ),
        Mistake(
            "minus before the way",
            _at_fall(lambda l0, l1, s0, s1: l0 - (s0 - 0.5) / (s0 - s1) * (l1 - l0)),
            "You go from the lower load to the left. The crossing lies between the two.",
        ),
        Mistake(
            "not divided by the whole fall",
            _at_fall(lambda l0, l1, s0, s1: l0 + (s0 - 0.5) * (l1 - l0)),
            "The fall to one half is only a part of the fall between the two points: divide by the whole "
            "fall.",
        ),
        Mistake(
            "not multiplied with the step",
            _at_fall(lambda l0, l1, s0, s1: l0 + (s0 - 0.5) / (s0 - s1)),
            "You add a part of ONE to the lower load. It is a part of the step to the next load.",
        ),
        Mistake(
            "part turned over",
            _at_fall(lambda l0, l1, s0, s1: l0 + (s0 - s1) / (s0 - 0.5) * (l1 - l0) if s0 != 0.5 else l0),
            "Your part of the way is more than the whole: turn the fraction over.",
        ),
        Mistake(
            _BY_SHARE,
            _sorted_pairs,
            "You sorted the points by their shares, or let `interp1d` do it. Where the curve rises again, "
            "points from different places of the curve become neighbours.",
        ),
        Mistake(
            "close, from a grid",
            lambda loads, overlaps: round(_fall(loads, _shares(overlaps)), 4) + 3e-4,
            "You are close, but a grid of loads only comes close. The line between two points can be solved "
            "exactly.",
        ),
        Mistake(
            "only exactly one half",
            lambda loads, overlaps: float(loads[np.argmax(_shares(overlaps) == 0.5)]),
            "You look for a load where the share is EXACTLY one half. Mostly there is none among those "
            "tried.",
        ),
        Mistake(
            "share of all loads together",
            lambda loads, overlaps: float((overlaps > 0.9).mean()),
            "You return the share of kept cues of all loads together. Take one share for each row, and look "
            "for a load.",
        ),
        Mistake(
            "first mean below one half",
            lambda loads, overlaps: float(loads[np.argmax(overlaps.mean(axis=1) <= 0.5)]),
            "You look at the MEAN overlap. Count the cues above 0.9, and draw the line between two loads.",
        ),
        Mistake(
            "first mean below 0.9",
            lambda loads, overlaps: float(loads[np.argmax(overlaps.mean(axis=1) <= 0.9)]),
            "You look at the MEAN overlap. Count the cues above 0.9, and draw the line between two loads.",
        ),
        Mistake(
            "the nearest share",
            lambda loads, overlaps: float(loads[np.argmin(np.abs(_shares(overlaps) - 0.5))]),
            "You took the load whose share is nearest to one half. The line between two points is wanted.",
        ),
        Mistake(
            "one point too late",
            lambda loads, overlaps: float(
                loads[min(int(np.argmax(_shares(overlaps) <= 0.5)) + 1, len(loads) - 1)]
            ),
            "You look one point beyond the fall. And the line between two points is wanted.",
        ),
        Mistake(
            "0.9 itself counted",
            lambda loads, overlaps: _fall(loads, (overlaps >= 0.9).mean(axis=1)),
            "A cue counts as kept if m is ABOVE 0.9. You count 0.9 itself, too.",
        ),
        Mistake(
            "inverses counted",
            lambda loads, overlaps: _fall(loads, (np.abs(overlaps) > 0.9).mean(axis=1)),
            "You count a cue that ends near the inverse. It is lost: m itself must be above 0.9, not its "
            "size.",
        ),
        Mistake(
            "another limit",
            lambda loads, overlaps: _fall(loads, _shares(overlaps, 0.95)),
            "It looks as if you ask for m above 0.95. The exercise asks for 0.9.",
        ),
        Mistake(
            "above one half",
            lambda loads, overlaps: _fall(loads, _shares(overlaps, 0.5)),
            "One half is the share of cues. Each of them counts if m is above 0.9.",
        ),
        Mistake(
            "mean overlap falls to 0.9",
            lambda loads, overlaps: _fall(loads, overlaps.mean(axis=1), 0.9),
            "You look at the MEAN overlap. Near the cliff some cues are kept and others lost, and no cue has "
            "the mean: count those above 0.9.",
        ),
        Mistake(
            "mean overlap falls to one half",
            lambda loads, overlaps: _fall(loads, overlaps.mean(axis=1)),
            "You look at the MEAN overlap, and for the place where it is one half. Count the cues above 0.9 "
            "first.",
        ),
        Mistake(
            "median overlap falls to 0.9",
            lambda loads, overlaps: _fall(loads, np.median(overlaps, axis=1), 0.9),
            "The median tells at which of your loads half are kept. But between two loads it runs along "
            "another line than the share, and the share is asked for.",
        ),
        Mistake(
            "share falls to 0.9",
            lambda loads, overlaps: _fall(loads, _shares(overlaps), 0.9),
            "You look for the place where nine of ten cues are kept. It is half of them; 0.9 is for m.",
        ),
        Mistake(
            "counted, not shared",
            lambda loads, overlaps: _fall(loads, (overlaps > 0.9).sum(axis=1)),
            "You compare the NUMBER of cues that are kept with one half. Divide it by the number of cues.",
        ),
        Mistake(
            "share of lost cues",
            lambda loads, overlaps: _fall(loads, (overlaps <= 0.9).mean(axis=1)),
            "You count the cues that are lost. Their share rises with the load.",
        ),
        Mistake(
            "the last fall",
            lambda loads, overlaps: _fall(loads, _shares(overlaps), first=False),
            "Where the share rises again you found a later fall. The first one is asked for.",
        ),
        Mistake(
            "the last load with one half or more",
            _after_the_last_half,
            "You begin at the LAST load at which one half or more is kept. Where the share rises again, that "
            "is before a later fall; the first one is asked for.",
        ),
        Mistake(
            "one half itself passed over",
            _below_one_half,
            "You look for a share BELOW one half. Where it is exactly one half at a load, that load "
            "is the answer, also if the share stays there or rises again.",
        ),
        Mistake(
            "the share made to fall",
            _falls_only,
            "Your curve can only fall: where the share rises, you keep the lower one. If it rises before it "
            "falls through one half, the line begins at the higher share.",
        ),
        Mistake(
            "half of the first share",
            lambda loads, overlaps: _fall(loads, _shares(overlaps), _shares(overlaps)[0] / 2),
            "You look for half of the FIRST share. One half of all cues is asked for, and at the first load "
            "some may be lost already.",
        ),
        Mistake(
            "np.interp on a falling curve",
            lambda loads, overlaps: float(np.interp(0.5, _shares(overlaps), loads)),
            "`np.interp(x, xp, fp)` wants `xp` in rising order; your shares fall, and then it returns "
            "nonsense without a word.",
        ),
        Mistake(
            "np.interp turned round",
            lambda loads, overlaps: float(np.interp(0.5, _shares(overlaps)[::-1], loads[::-1])),
            _RISES,
        ),
        Mistake(
            "shares sorted",
            lambda loads, overlaps: float(np.interp(0.5, np.sort(_shares(overlaps)), loads[::-1])),
            "You sorted the shares. Where the curve rises again, they no longer belong to their loads.",
        ),
        Mistake(
            "a line through all points",
            _by_line,
            "You fitted one line through all points. The curve is no line; take the two points next to the "
            "fall.",
        ),
        Mistake(
            "loads and shares exchanged",
            lambda loads, overlaps: float(np.interp(0.5, loads, _shares(overlaps))),
            "You return a share, at the load one half. The load at the share one half is wanted.",
        ),
        Mistake(
            "the share that is left",
            lambda loads, overlaps: float(_shares(overlaps)[np.argmax(_shares(overlaps) <= 0.5)]),
            "You return a share. The load is asked for.",
        ),
        Mistake(
            "index instead of load",
            lambda loads, overlaps: int(np.argmax(_shares(overlaps) <= 0.5)),
            "You return the number of a row. Which load belongs to it?",
        ),
        Mistake(
            "place between rows",
            lambda loads, overlaps: _fall(np.arange(len(loads)), _shares(overlaps)),
            "You return a place counted in rows. The loads need not be equally far apart.",
        ),
        Mistake(
            "the first cue",
            lambda loads, overlaps: _fall(loads, _shares(overlaps[:, :1])),
            "You look at the first cue alone. Half of all cues are asked for.",
        ),
        Mistake(
            "the first loss",
            lambda loads, overlaps: float(loads[np.argmax((overlaps <= 0.9).any(axis=1))]),
            "You return the load at which the first cue is lost. Half of them are asked for.",
        ),
        Mistake(
            "all lost",
            lambda loads, overlaps: float(
                loads[np.argmax((overlaps <= 0.9).all(axis=1))]
                if (overlaps <= 0.9).all(axis=1).any()
                else loads[-1]
            ),
            "You return a load at which no cue is kept. Half of them are asked for.",
        ),
    ],
    [
        "First one number for each load: the share of cues with m above 0.9. `(overlaps > 0.9)` is an array "
        "of "
        "`True` and `False`, and their mean along a row is a share.",
        "Find the first load with a share of one half or less. The fall is between it and the one before.",
        "On a line, the way from the load before is to the whole step as the fall to one half is to the "
        "whole fall.",
    ],
    signs={
        "close, from a grid": _nearly_the_fall,
        _EQUAL_STEPS: _for_equal_steps,
        _BY_SHARE: _in_order_of_shares,
    },
    first={_ONE_NUMBER: _for_one_number},
    also=[_half_load_in_loops],
    limits=["two loads or more", "the first load"],
    properties=[
        ("A load between the first and the last is wanted.", lambda v, loads, m: loads[0] <= v <= loads[-1])
    ],
    praise="Right. That is how the points of the finite-size figure are made.",
)


# 4. the equation of the mean field

_SLOPE = 2 / sqrt(pi)


def _right_side(y: float) -> float:
    """What equals sqrt(2 load): erf(y)/y - 2/sqrt(pi) exp(-y²)."""
    return erf(y) / y - _SLOPE * exp(-y * y)


def _bisected(rises: Callable[[float], bool], low: float, high: float) -> float:
    """Where `rises` turns from True to False."""
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if rises(middle) else (low, middle)
    return low


#: Where the right side is largest: its derivative, times y², is the difference of these two.
_TOP = _bisected(lambda y: _SLOPE * exp(-y * y) * (y + 2 * y**3) > erf(y), 1.0, 2.0)
_CRITICAL = _right_side(_TOP) ** 2 / 2


def _recalled_overlap(load):
    goal = sqrt(2 * load)
    if goal > _right_side(_TOP):
        return 0.0
    return erf(_bisected(lambda y: _right_side(y) > goal, _TOP, 1 / goal))


def _by_iteration(load):
    y = 1 / np.sqrt(2 * load)
    for _ in range(3000):
        if y < 1e-9:
            return 0.0
        y = erf(y) / (np.sqrt(2 * load) + 2 / np.sqrt(np.pi) * np.exp(-y * y))
    return erf(y)


def _overlap_trials(rng: np.random.Generator) -> Trials:
    fixed = (0.005, 0.02, 0.05, 0.1, 0.12, 0.13, 0.137, 0.3, 1.0)
    fixed += (0.1385, 0.139, 0.14, 0.141, 0.142, 0.145, 0.146, 0.15, 0.155, 0.16)  # where iterations fail
    return [(load,) for load in (*fixed, *rng.uniform(0.03, 0.13, 3), *rng.uniform(0.14, 0.5, 3))]


Side = Callable[[Any, Any, Any], Any]  # of y, erf(y) and exp(-y²), numbers or arrays of them
_Y = np.arange(1, 2000) / 100
_ERF, _GAUSS = np.array([erf(y) for y in _Y]), np.exp(-_Y * _Y)


def _equal(y: Any, E: Any, G: Any) -> Any:
    """The right side of the equation."""
    return E / y - _SLOPE * G


def _crossing(side: Side, goal: float) -> float:
    """The largest y at which a side comes down to the goal; 0 if it is never so high."""
    high = np.flatnonzero(side(_Y, _ERF, _GAUSS) > goal)
    if not len(high):
        return 0.0
    low, end = _Y[high[-1]], _Y[min(high[-1] + 1, len(_Y) - 1)]
    return float(_bisected(lambda y: side(y, erf(y), exp(-y * y)) > goal, low, end))


def _with_side(
    side: Side = _equal,
    goal: Callable[[float], float] = lambda load: sqrt(2 * load),
    m: Callable[[float], float] = erf,
) -> Any:
    """The overlap by another equation."""
    return lambda load: m(_crossing(side, goal(load)))


def _unstable(load: float) -> float:
    goal = sqrt(2 * load)
    if goal > _right_side(_TOP):
        return 0.0
    return erf(_bisected(lambda y: _right_side(y) < goal, 1e-9, _TOP))


def _two_unknowns(load: float, steps: int, damping: float = 1.0, careful: bool = False) -> float:
    """m and r computed in turn, from m = r = 1: above the critical load C passes 1, and all is void."""
    m = r = 1.0
    for _ in range(steps):
        width = sqrt(2 * load * r)
        C = sqrt(2 / (pi * load * r)) * exp(-((m / width) ** 2))
        if C == 1 or (careful and C > 1):
            return 0.0
        m, r = (1 - damping) * m + damping * erf(m / width), (1 - damping) * r + damping / (1 - C) ** 2
        if not 0 < r < 1e12:
            return 0.0
    return m


def _without_feedback(load: float) -> float:
    """m = erf(m / sqrt(2 load)): the noise of the stored patterns, with r = 1."""
    m = 1.0
    for _ in range(500):
        m = erf(m / sqrt(2 * load))
    return m if m > 1e-6 else 0.0


def _where_it_is(other: Callable[[float], float]) -> Callable[[float], float]:
    """Another number where there is a retrieval state."""
    return lambda load: other(_recalled_overlap(load)) if load < _CRITICAL else 0.0


def _where_none(other: Callable[[float], float]) -> Callable[[float], float]:
    """Another number where there is no retrieval state."""
    return lambda load: _recalled_overlap(load) if load < _CRITICAL else other(load)


_POLE = "naive iteration"
_SHORT = "iteration stopped too early"
_COARSE = "too coarse"
_LOW = "zero too early"
_ABOVE = "an overlap above the critical load"
_NOISE = "no feedback"


def _errors(seen: list[Any], wanted: list[Any], trials: Trials) -> tuple[Any, Any, Any]:
    """The loads, the results, and how far they are off."""
    got = np.array(seen, float)
    return np.array([args[0] for args in trials]), got, np.abs(got - np.array(wanted, float))


def _crossed(*given: Any) -> bool:
    """Right below the critical load, but a large overlap above it."""
    load, got, off = _errors(*given)
    return bool((off[load < _CRITICAL] < 1e-5).all() and (got[load > _CRITICAL] > 0.1).any())


def _noise_alone(*given: Any) -> bool:
    """Nearly the solution without feedback, wherever an iteration has come near it."""
    load, got, _ = _errors(*given)
    off = np.abs(got - np.array([_without_feedback(a) for a in load]))
    return bool((off[load <= 0.3] < 1e-3).all() and (off < 0.1).all())


def _stopped(*given: Any) -> bool:
    """Right far below the critical load, and wrong only near it."""
    load, _, off = _errors(*given)
    return bool((off[load <= 0.1] < 1e-7).all() and (off[load >= 0.3] < 0.02).all())


def _either(*given: Any) -> bool:
    """Of the two solutions now the one, now the other."""
    load, got, off = _errors(*given)
    below = load < _CRITICAL
    other = np.array([abs(m - _unstable(a)) for m, a in zip(got[below], load[below], strict=True)])
    return bool(((off[below] < 0.02) | (other < 0.02)).all() and (off[below] > 0.1).any())


def _fell_to_zero(*given: Any) -> bool:
    """Right, or zero near the critical load: the iteration has started below the unstable solution."""
    load, got, off = _errors(*given)
    lost = (off > 1e-4) & (np.abs(got) < 0.02)
    return bool(lost.any() and ((off < 1e-4) | lost).all() and off[load == 0.005] < 1e-4)


def _best_try(*given: Any) -> bool:
    """Nearly right where there is a solution, and the place of the maximum where there is none."""
    load, got, off = _errors(*given)
    above = load > _CRITICAL
    return bool((off[~above] < 0.02).all() and (np.abs(got[above] - erf(_TOP)) < 0.03).all())


def _grainy(*given: Any) -> bool:
    return bool((_errors(*given)[2] < 0.02).all())


def _lost(*given: Any) -> bool:
    """Zero for small loads, right for all others."""
    load, got, off = _errors(*given)
    lost = (off > 1e-4) & (load < 0.06) & (got == 0)
    return bool(lost.any() and ((off < 1e-4) | lost).all())


recalled_overlap = TellingCheck(
    _recalled_overlap,
    _overlap_trials,
    [
        Mistake(
            "the other solution",
            _unstable,
            "There are two values of x for each load below the critical one. Yours is, at least for some of "
            "the loads, the smaller one: a state that does not hold, between recall and forgetting. The "
            "retrieval state has the larger x.",
        ),
        Mistake(
            _POLE,
            lambda load: _two_unknowns(load, 2000),
            "Below the critical load this is right; above it there is no retrieval state, and what you "
            "return "
            "solves nothing. An iteration creeps there for long before it falls. And one that computes m and "
            "r in turn leaps over the pole C = 1, where r is infinite: beyond it the numbers mean nothing.",
        ),
        Mistake(
            _ABOVE,
            lambda load: 0.967 if _CRITICAL < load < 0.141 else _recalled_overlap(load),
            "Below the critical load this is right; but for some loads above it you return an overlap, too, "
            "where no x solves the equation. If the limit is a number that you chose: it lies a little "
            "lower. If you iterate: just above the limit an iteration creeps for long before it falls, and "
            "one that computes m and r in turn leaps over the pole C = 1, where r is infinite.",
        ),
        Mistake(
            _SHORT,
            lambda load: _two_unknowns(load, 40, careful=True),
            "Far from the critical load this is right, near it it is not: there an iteration creeps. Go on "
            "until nothing changes any more, or look for the root by bisection.",
        ),
        Mistake(
            _COARSE,
            _with_side(m=lambda y: erf(round(y, 1))),
            "You are close, but not to six digits. A grid of x finds the neighbourhood; bisection, or "
            "`scipy.optimize.brentq`, finds the root in it.",
        ),
        Mistake(
            _NOISE,
            _without_feedback,
            "That is m = erf(m / sqrt(2 load)), the equation without its term with the exponential. It takes "
            "the "
            "other memories as noise of a fixed size. But they answer to the errors, and the noise grows: "
            "that "
            "is why the overlap jumps.",
        ),
        Mistake(
            "one step",
            lambda load: erf(1 / sqrt(2 * load)),
            "That is the overlap after ONE step from the pattern. The errors of this step disturb the next "
            "one: look for a state that stays.",
        ),
        Mistake(
            "one step, below the critical load",
            lambda load: erf(1 / sqrt(2 * load)) if load < _CRITICAL else 0.0,
            "Your overlap is erf(1 / sqrt(2 load)), that after ONE step from the pattern. The errors of "
            "this step disturb the next one: look for a state that stays.",
        ),
        Mistake(
            "x instead of m",
            _with_side(m=lambda y: y),
            "You return x. The overlap is m = erf(x).",
        ),
        Mistake(
            "load, not its root",
            _with_side(goal=lambda load: 2 * load),
            "On the other side stands the ROOT of 2 load.",
        ),
        Mistake(
            "2 forgotten under the root",
            _with_side(goal=sqrt),
            "On the other side stands the root of 2 load, not of the load.",
        ),
        Mistake(
            "2 before the root",
            _with_side(goal=lambda load: 2 * sqrt(load)),
            "The 2 stands under the root, too.",
        ),
        Mistake(
            "load for its root",
            _with_side(goal=lambda load: load),
            "On the other side stands the root of 2 load. You put in the load itself.",
        ),
        Mistake(
            "2 under the root, load not",
            _with_side(goal=lambda load: sqrt(2) * load),
            "The load stands under the root, too.",
        ),
        Mistake(
            "half the load under the root",
            _with_side(goal=lambda load: sqrt(load / 2)),
            "Under the root the load is multiplied by 2, not divided.",
        ),
        Mistake(
            "factor before the exponential upside down",
            _with_side(lambda y, E, G: E / y - G / _SLOPE),
            "The factor before the exponential is upside down.",
        ),
        Mistake(
            "factor before the exponential doubled",
            _with_side(lambda y, E, G: E / y - 2 * _SLOPE * G),
            "The factor before the exponential is two times too large.",
        ),
        Mistake(
            "factor before the exponential halved",
            _with_side(lambda y, E, G: E / y - _SLOPE / 2 * G),
            "The factor before the exponential is half as large as it should be.",
        ),
        Mistake(
            "x in the exponent not squared",
            _with_side(lambda y, E, G: E / y - _SLOPE * np.exp(-y)),
            "The x in the exponent has to be squared.",
        ),
        Mistake(
            "divided by x squared",
            _with_side(lambda y, E, G: E / y**2 - _SLOPE * G),
            "erf(x) is divided by x, not by its square.",
        ),
        Mistake(
            "Gauss with one half",
            _with_side(lambda y, E, G: E / y - _SLOPE * G**0.5),
            "The exponent is -x², without one half.",
        ),
        Mistake(
            "factor before the exponential lost",
            _with_side(lambda y, E, G: E / y - G),
            "The factor 2/sqrt(pi) before the exponential is missing.",
        ),
        Mistake(
            "2/pi instead of 2/sqrt(pi)",
            _with_side(lambda y, E, G: E / y - 2 / pi * G),
            "The factor before the exponential is 2 divided by the ROOT of pi.",
        ),
        Mistake(
            "root over the 2, too",
            _with_side(lambda y, E, G: E / y - sqrt(2 / pi) * G),
            "The factor before the exponential is 2 over the root of pi; your root is over the 2, too.",
        ),
        Mistake(
            "plus for minus",
            _with_side(lambda y, E, G: E / y + _SLOPE * G),
            "Between the two terms stands a minus: the second one makes the side come down again for small "
            "x.",
        ),
        Mistake(
            "not divided by x",
            _with_side(lambda y, E, G: (E - _SLOPE * G) / y),
            "Only erf(x) is divided by x, not the exponential.",
        ),
        Mistake(
            "x times the exponential",
            _with_side(lambda y, E, G: E / y - _SLOPE * y * G),
            "The exponential has the factor 2/sqrt(pi), and no x.",
        ),
        Mistake(
            "erf of x over root 2",
            _with_side(m=lambda y: erf(y / sqrt(2))),
            "m = erf(x), without a root of 2: that one stands in the error function of the normal "
            "distribution.",
        ),
        Mistake(
            "tanh instead of erf",
            _with_side(m=tanh),
            "The overlap is erf(x). The hyperbolic tangent belongs to a temperature.",
        ),
        Mistake(
            "share of wrong units",
            _where_it_is(lambda m: (1 - m) / 2),
            "That is the share of wrong units, (1 - m)/2. The overlap is asked for.",
        ),
        Mistake(
            "share of right units",
            _where_it_is(lambda m: (1 + m) / 2),
            "That is the share of right units, (1 + m)/2. The overlap is asked for.",
        ),
        Mistake(
            "one minus the overlap",
            lambda load: 1 - _recalled_overlap(load),
            "You return 1 - m. The overlap itself is asked for.",
        ),
        Mistake(
            "overlap at the critical load",
            _where_it_is(lambda m: erf(_TOP)),
            "Your overlap is the same for all loads below the critical one: that at the maximum. For smaller "
            "loads the root lies further to the right.",
        ),
        Mistake(
            "yes or no",
            _where_it_is(lambda m: 1.0),
            "You say whether there is a retrieval state. Its overlap is asked for: it has some errors.",
        ),
        Mistake(
            "the maximum where there is no root",
            _where_none(lambda load: erf(_TOP)),
            "Above the critical load no x solves the equation. Yours is the place that comes nearest to it. "
            "There is no retrieval state; return 0.",
        ),
        Mistake(
            "-1 where there is no root",
            _where_none(lambda load: -1.0),
            "Where there is no retrieval state the exercise wants the number 0, not -1.",
        ),
        Mistake(
            "1 where there is no root",
            _where_none(lambda load: 1.0),
            "Where there is no retrieval state the exercise wants 0: nothing is recalled. You return 1.",
        ),
        Mistake(
            "NaN where there is no root",
            _where_none(lambda load: float("nan")),
            "Where there is no retrieval state the exercise wants the number 0, not NaN.",
        ),
        Mistake(
            "small loads lost",
            lambda load: _recalled_overlap(load) if load > 0.02 else 0.0,
            "For small loads you find nothing: does x end too early? It grows there like one over the root "
            "of "
            "2 load.",
        ),
        Mistake(
            _LOW,
            lambda load: _recalled_overlap(load) if load < 0.06 else 0.0,
            "For small loads this is right, for larger ones you return 0 where there still is a retrieval "
            "state. The larger the load, the smaller its x: does your search end before it comes there? And "
            "an iteration that starts with a small x falls to zero: start from the right.",
        ),
        Mistake(
            "nothing recalled",
            lambda load: 0.0,
            "You always return 0. Zero solves the equations of the mean field, too: m = 0, nothing recalled. "
            "Does your iteration start there? The retrieval state has x between 1.5 and infinity.",
        ),
        Mistake(
            "everything recalled",
            lambda load: 1.0,
            "You always return 1. With a load there is noise, and above the critical load nothing is left.",
        ),
    ],
    [
        "Draw the right side against x, from 0.1 to 10. A load asks for a height: where is the curve as "
        "high?",
        "Each height below the maximum is met two times. The retrieval state is the one on the right, where "
        "the curve falls. If the height is above the maximum, the answer is 0.",
        "Find the maximum on a grid of x between 1 and 2. To the right of it the curve only falls, so that "
        "bisection works: `scipy.optimize.brentq(f, a, b)` finds where f changes its sign.",
        "For b take one over the root of 2 load: there the curve is below the height, since erf(x) < 1.",
    ],
    signs={
        _ABOVE: _crossed,
        "small loads lost": _lost,
        _SHORT: _stopped,
        _COARSE: _grainy,
        "the maximum where there is no root": _best_try,
        "the other solution": _either,
        _NOISE: _noise_alone,
    },
    first={_LOW: _fell_to_zero},
    also=[_by_iteration],
    errors={
        "must have different signs": "`brentq` wants the curve above the height at one end of the search, "
        "and below it at the other. Is there a root at all for this load? And where does the search begin?",
    },
    limits=["from 0.005 to 1", "six digits"],
    properties=[
        ("An overlap lies between 0 and 1.", lambda m, load: 0 <= m <= 1),
        (
            "Above the critical load there is no retrieval state: 0 is wanted there.",
            lambda m, load: load < _CRITICAL or abs(m) < 1e-9,
        ),
    ],
    praise="Right. At the critical load the overlap does not go to zero: it jumps, from 0.967.",
)


# 5. what is this state?


_SIGNS = (1, -1)


def _classify_state(state, stored):
    for number, pattern in enumerate(stored, 1):
        for sign in (1, -1):
            if np.array_equal(state, sign * pattern):
                return [sign * number]
    numbered = list(enumerate(stored, 1))
    for (a, p), (b, q), (c, r) in combinations(numbered, 3):
        for u, v, w in product((1, -1), repeat=3):
            if np.array_equal(state, np.sign(u * p + v * q + w * r)):
                return [u * a, v * b, w * c]
    return []


def _classify_in_loops(state, stored):
    M, N = len(stored), len(state)
    for a in range(M):
        agree = 0
        for i in range(N):
            if stored[a][i] == state[i]:
                agree += 1
        if agree == N:
            return [a + 1]
        if agree == 0:
            return [-(a + 1)]
    for a in range(M):
        for b in range(a + 1, M):
            for c in range(b + 1, M):
                for u in (1, -1):
                    for v in (1, -1):
                        for w in (1, -1):
                            good = True
                            for i in range(N):
                                votes = u * stored[a][i] + v * stored[b][i] + w * stored[c][i]
                                if votes * state[i] < 0:
                                    good = False
                            if good:
                                return [u * (a + 1), v * (b + 1), w * (c + 1)]
    return []


def _mixed(patterns: Any, of: Sequence[int]) -> Any:
    """The sign of a signed sum: ``of`` holds signed numbers, counted from 1."""
    return np.sign(sum(np.sign(k) * patterns[abs(k) - 1] for k in of)).astype(int)


def _all_mixtures(patterns: Any) -> list[tuple[list[int], Any]]:
    triples = combinations(range(1, len(patterns) + 1), 3)
    signed = [[u * k for u, k in zip(s, t, strict=True)] for t in triples for s in product(_SIGNS, repeat=3)]
    return [(of, _mixed(patterns, of)) for of in signed]


def _clear(patterns: Any) -> bool:
    """Whether no two patterns and mixtures of three are the same state."""
    states = [*patterns, *-patterns, *(state for _, state in _all_mixtures(patterns))]
    return len(np.unique(states, axis=0)) == len(states)


def _memories(M: int, N: int, rng: np.random.Generator) -> Any:
    while True:
        p = rng.choice([-1, 1], (M, N))
        if _clear(p):
            return p


def _other(patterns: Any, rng: np.random.Generator) -> Any:
    """A state that is nothing of all this, with one to three overlaps that look as if."""
    while True:
        k = int(rng.integers(len(patterns)))
        y = patterns[k] * np.where(rng.permutation(patterns.shape[1]) < 2, -1, 1)
        if not _classify_state(y, patterns):
            return y


def _twisted(patterns: Any, of: Sequence[int], order: int = 1) -> Any:
    """A mixture with one unit turned round, so that it is none: the first that serves, or (-1) the last."""
    for i in range(patterns.shape[1])[::order]:
        y = given.put(_mixed(patterns, of), i, -_mixed(patterns, of)[i])
        if not _classify_state(y, patterns):
            return y
    raise AssertionError("every neighbour of this mixture is a pattern or a mixture")


def _pair(patterns: Any, a: int, b: int, u: int = 1, v: int = 1) -> Any:
    """The sign of a sum of two; where they differ, the sum is 0 and counts as +."""
    return np.where(u * patterns[a - 1] + v * patterns[b - 1] >= 0, 1, -1)


_EIGHT = given.patterns("++--++++ ++++--++ ++++++--")


def _near_misses() -> Trials:
    """Many units, all but one as in a pattern, an inverse or a mixture: nearly the same is not the same."""
    trials: Trials = []
    rng = np.random.default_rng(8)
    for N in (60, 250):
        p = _memories(3, N, rng)
        mixture = _mixed(p, [1, -2, 3])
        for y, i in ((p[1], 7), (-p[2], 0), (mixture, N - 1), (-mixture, 7)):
            trials.append((given.put(y, i, -y[i]), p))
        trials.append((mixture, p) if N == 60 else (-p[0], p))
    (alone,) = p = rng.choice([-1, 1], (1, 2500))  # an overlap of 0.9992
    return [*trials, (given.put(alone, 7, -alone[7]), p), (given.put(-alone, 7, alone[7]), p)]


def _fixed_classes() -> Trials:
    rng = np.random.default_rng(7)
    one, two = np.array([from_label("+-+")]), np.array([from_label("++-+"), from_label("+-+-")])
    four, three, five = _memories(4, 11, rng), _memories(3, 9, rng), _memories(5, 13, rng)
    nested = _memories(3, 9, rng)
    nested = np.vstack([nested, _mixed(nested, [1, 2, 3])])  # the fourth pattern is a mixture of the others
    trials = [(one[0], one), (-one[0], one), (from_label("+--"), one)]
    trials += [(two[1], two), (-two[0], two), (-two[1], two), (from_label("----"), two)]
    trials += [(four[0], four), (four[3], four), (-four[0], four), (-four[2], four)]
    trials += [
        (_mixed(four, of), four) for of in ([1, 2, 3], [-1, -2, -3], [1, -2, 4], [-2, 3, 4], [-1, 3, -4])
    ]
    trials += [(_mixed(three, of), three) for of in ([1, 2, -3], [-1, 2, 3])]
    trials += [(_mixed(five, of), five) for of in ([2, -4, 5], [-1, -3, 5])]
    trials += [(nested[3], nested), (-nested[3], nested)]
    trials += [(_pair(four, 1, 2), four), (_pair(four, 2, 4, -1), four)]
    trials += _near_misses()
    against = given.patterns("++------- +-+++++++ -+++++++-")
    trials += [(_mixed(against, [1, 2, 3]), against)]  # pattern 1 takes part, against its overlap with it
    trials += [(_mixed(_EIGHT, [1, 2, 3]), _EIGHT)]  # orthogonal: overlaps of one half
    return trials + [
        (_twisted(four, [1, 2, 3]), four),
        (_twisted(five, [1, 2, 3], -1), five),
        (_other(four, rng), four),
        (_other(three, rng), three),
    ]


_CLASSES = _fixed_classes()


def _class_trials(rng: np.random.Generator) -> Trials:
    p = _memories(4, 10, rng)
    of = [int(k * rng.choice(_SIGNS)) for k in np.sort(rng.choice(4, 3, replace=False)) + 1]
    k = int(rng.integers(4))
    return [*_CLASSES, (p[k], p), (-p[k], p), (_mixed(p, of), p), (_other(p, rng), p)]


def _in_order(function: Callable[..., Any], state: Any, patterns: Any) -> Any:
    """The signed numbers, sorted by size: their order does not matter, but how many they are does."""
    found = function(state, patterns)
    flat = numbers(list(found) if isinstance(found, (set, frozenset)) else found)
    if flat is None or flat.ndim != 1 or (flat != np.round(flat)).any():
        return found
    return Listing(sorted((int(x) for x in flat), key=lambda x: (abs(x), x)))


def _kinds(
    stored: bool = True,
    inverse: Callable[[int], list[int] | None] = lambda k: [-k],
    signs: Sequence[tuple[int, ...]] = tuple(product(_SIGNS, repeat=3)),
    mixture: Callable[..., list[int]] = lambda of: of,
    least: int = 0,
    last: int | None = None,
) -> Any:
    """The classes by other rules: what an inverse is called, which signs and which patterns are tried."""

    def classify(state: Any, patterns: Any) -> list[int]:
        p = patterns[: len(patterns) if last is None else last]
        for k, pattern in enumerate(p, 1):
            if stored and (state == pattern).all():
                return [k]
            name = inverse(k)
            if name is not None and (state == -pattern).all():
                return name
        for triple in combinations(range(1, len(p) + 1), 3):
            for s in signs:
                of = [u * k for u, k in zip(s, triple, strict=True)]
                if triple[0] > least and (state == _mixed(p, of)).all():
                    return mixture(of)
        return []

    return classify


def _mixtures_first(state: Any, patterns: Any) -> list[int]:
    found = [of for of, y in _all_mixtures(patterns) if (y == state).all()]
    return found[0] if found else _classify_state(state, patterns)


def _strongest(state: Any, patterns: Any) -> list[int]:
    """Three patterns with the largest overlaps, whatever the state is."""
    plain = _kinds(signs=())(state, patterns)
    if plain or len(patterns) < 3:
        return plain
    q = patterns @ state
    chosen = sorted(np.argsort(-np.abs(q), kind="stable")[:3].tolist())
    return [int((k + 1) * (np.sign(q[k]) or 1)) for k in chosen]


def _by_signs_of_overlaps(state: Any, patterns: Any) -> list[int]:
    """The three largest overlaps, and a look whether their mixture is the state."""
    of = _strongest(state, patterns)
    return of if len(of) != 3 or (_mixed(patterns, of) == state).all() else []


def _close(limit: float) -> Any:
    """Whatever is near a pattern is that pattern."""

    def classify(state: Any, patterns: Any) -> list[int]:
        m = patterns @ state / len(state)
        k = int(np.argmax(np.abs(m)))
        if abs(m[k]) > limit:
            return [int((k + 1) * np.sign(m[k]))]
        return _classify_state(state, patterns)

    return classify


def _only_near(seen: list[Any], wanted: list[Any], trials: Trials) -> bool:
    """Every wrong name is that of a state which is like the given one in most of the units."""
    for found, due, (state, patterns) in zip(seen, wanted, trials, strict=True):
        named = patterns[abs(found[0]) - 1] * np.sign(found[0]) if len(found) == 1 else None
        named = _mixed(patterns, found) if len(found) == 3 else named
        if found != due and (named is None or named @ state < 0.6 * len(state)):
            return False
    return True


def _those_nearest(seen: list[Any], wanted: list[Any], trials: Trials) -> bool:
    """Every wrong name holds the largest overlaps, three if there are as many, with their signs."""
    for found, due, (state, patterns) in zip(seen, wanted, trials, strict=True):
        if found == due:
            continue
        q, chosen = patterns @ state, np.abs(found) - 1
        rest = np.abs(np.delete(q, chosen))
        if len(found) != min(3, len(patterns)) or (np.sign(found) * q[chosen] < rest.max(initial=0)).any():
            return False
    return True


def _never_outside(seen: list[Any], wanted: list[Any], trials: Trials) -> bool:
    """Every name that is missed is that of a mixture whose overlaps are not the three largest, or are 0."""
    for found, due, (state, patterns) in zip(seen, wanted, trials, strict=True):
        if found != due:
            q, chosen = patterns @ state, np.abs(due) - 1
            if len(found) or len(due) != 3:
                return False
            rest = np.abs(np.delete(q, chosen)).max(initial=0)
            if (np.sign(due) * q[chosen] > rest).all():
                return False
    return True


def _over_a_limit(seen: list[Any], wanted: list[Any], trials: Trials) -> bool:
    """Every list holds just the patterns with overlaps above one and the same limit, with their signs."""
    inside, outside = [], [0.0]
    for found, (state, patterns) in zip(seen, trials, strict=True):
        m, chosen = patterns @ state / len(state), np.abs(found).astype(int) - 1
        inside += list(np.sign(found) * m[chosen])
        outside += list(np.abs(np.delete(m, chosen)))
    return bool(min(inside) > max(outside))


def _above(limit: float) -> Any:
    """All patterns whose overlaps are above a limit."""

    def classify(state: Any, patterns: Any) -> list[int]:
        m = patterns @ state / len(state)
        return [int(np.sign(m[k]) * (k + 1)) for k in np.flatnonzero(np.abs(m) > limit)]

    return classify


def _first_units_alone(seen: list[Any], wanted: list[Any], trials: Trials) -> bool:
    """Right for small networks; in larger ones a state gets the name of one like it in the first units."""
    first = []
    for found, due, (state, patterns) in zip(seen, wanted, trials, strict=True):
        if found != due:
            named = patterns[abs(found[0]) - 1] * np.sign(found[0])
            named = _mixed(patterns, found) if len(found) == 3 else named
            first.append(int(np.flatnonzero(named != state)[0]))
    if min(first) < 20:  # or all units count
        return False
    way = _of_the_first(min(first))
    return all(found == _in_order(way, *case) for found, case in zip(seen, trials, strict=True))


def _of_the_first(n: int) -> Any:
    return lambda state, patterns: _classify_state(state[:n], patterns[:, :n])


def _in_a_row(state: Any, patterns: Any) -> list[int]:
    """Mixtures of three patterns that follow one another."""
    plain = _kinds(signs=())(state, patterns)
    for of, y in _all_mixtures(patterns) if not plain else ():
        if abs(of[2]) - abs(of[0]) == 2 and (y == state).all():
            return of
    return plain


def _mixtures_of_three(state: Any, patterns: Any) -> list[int]:
    """All simple names, but mixtures of the first three patterns alone."""
    plain = _kinds(signs=())(state, patterns)
    return plain or _kinds(stored=False, inverse=lambda k: None, last=3)(state, patterns)


def _largest(state: Any, patterns: Any) -> list[int]:
    """The largest overlaps, three of them if there are as many."""
    q = patterns @ state
    chosen = np.argsort(-np.abs(q), kind="stable")[:3].tolist()
    return _kinds(signs=())(state, patterns) or [int((k + 1) * (np.sign(q[k]) or 1)) for k in chosen]


def _pairs_of(state: Any, patterns: Any) -> list[int]:
    """Sums of two in place of three."""
    plain = _kinds(signs=())(state, patterns)
    if plain:
        return plain
    for a, b in combinations(range(1, len(patterns) + 1), 2):
        for u, v in product(_SIGNS, repeat=2):
            if np.array_equal(_pair(patterns, a, b, u, v), state):
                return [u * a, v * b]
    return []


def _signs_of_overlaps(state: Any, patterns: Any) -> list[int]:
    """Every set of three, each pattern with the sign of its overlap with the state."""
    plain = _kinds(signs=())(state, patterns)
    q = np.sign(patterns @ state)
    for triple in combinations(range(len(patterns)), 3):
        of = [int(q[k] * (k + 1)) for k in triple]
        if not plain and (np.sign(sum(q[k] * patterns[k] for k in triple)) == state).all():
            return of
    return plain


def _three_above(limit: float) -> Any:
    """Three patterns, no more and no fewer, with overlaps from a limit on make a mixture."""

    def classify(state: Any, patterns: Any) -> list[int]:
        plain = _kinds(signs=())(state, patterns)
        m = patterns @ state / len(state)
        chosen = np.flatnonzero(np.abs(m) >= limit)
        return plain or ([int(np.sign(m[k]) * (k + 1)) for k in chosen] if len(chosen) == 3 else [])

    return classify


def _three_over_a_limit(seen: list[Any], wanted: list[Any], trials: Trials) -> bool:
    """Three overlaps from one and the same limit on, whatever it is."""
    sizes = [np.abs(patterns @ state) / len(state) for state, patterns in trials]
    limits = [m for m in np.unique(np.concatenate(sizes)) if 0.2 < m < 0.9]
    ways = (_three_above(m - 1e-9) for m in limits)
    return any(
        all(found == _in_order(way, *case) for found, case in zip(seen, trials, strict=True)) for way in ways
    )


def _plain_sums(state: Any, patterns: Any) -> list[int]:
    plain = _kinds(signs=())(state, patterns)
    for of, _ in _all_mixtures(patterns) if not plain else ():
        if (sum(np.sign(k) * patterns[abs(k) - 1] for k in of) == state).all():
            return of
    return plain


def _all_names(state: Any, patterns: Any) -> list[int]:
    found = [u * k for k, p in enumerate(patterns, 1) for u in _SIGNS if (state == u * p).all()]
    return found + [k for of, y in _all_mixtures(patterns) if (y == state).all() for k in of]


def _by_length(length: int, change: Callable[[int], int]) -> Any:
    """Other numbers in the names of this length."""

    def classify(state: Any, patterns: Any) -> list[int]:
        found = _classify_state(state, patterns)
        return [change(k) for k in found] if len(found) == length else found

    return classify


def _from_zero(k: int) -> int:
    return int(np.sign(k)) * (abs(k) - 1)


def _one_unit_is_enough(state: Any, patterns: Any) -> list[int]:
    for k, pattern in enumerate(patterns, 1):
        if (state == pattern).any():
            return [k]
    return [-1]


def _one_unit_of_either(state: Any, patterns: Any) -> list[int]:
    return [1] if (state == patterns[0]).any() else [-1]


def _renumbered(change: Callable[[int], int]) -> Any:
    return lambda state, patterns: [change(k) for k in _classify_state(state, patterns)]


_ALL_PLUS, _TWO_PLUS = ((1, 1, 1),), tuple(s for s in product(_SIGNS, repeat=3) if sum(s) > 0)

_NEARLY, _LARGEST = "nearly is not the same", "largest overlaps, not compared"
_HALF = "overlaps of one half"
_OUTSIDE, _LIMIT, _FIRST_UNITS = "three largest overlaps", "a limit for overlaps", "the first units alone"

classify_state = TellingCheck(
    _classify_state,
    _class_trials,
    [
        Mistake(
            "inverses not known",
            _kinds(inverse=lambda k: None),
            "An inverse comes out as something else. Hebb's rule stores the inverse with every pattern; it "
            "is "
            "the pattern's number with a minus.",
        ),
        Mistake(
            "an inverse called other",
            _kinds(inverse=lambda k: []),
            "You return an empty list for an inverse. Hebb's rule stores the inverse with every pattern; it "
            "has a name: the pattern's number with a minus.",
        ),
        Mistake(
            "inverse without a minus",
            _kinds(inverse=lambda k: [k]),
            "The inverse of pattern 2 is -2. You leave the minus out.",
        ),
        Mistake(
            "mixtures with plus alone",
            _kinds(signs=_ALL_PLUS),
            "You try sums with plus signs alone. An inverse can take part as well: each of the three has a "
            "sign of its own.",
        ),
        Mistake(
            "all plus or all minus",
            _kinds(signs=((1, 1, 1), (-1, -1, -1))),
            "You try three plus signs and three minus signs. Each of the three memories has a sign of its "
            "own.",
        ),
        Mistake(
            "inverses of mixtures not known",
            _kinds(signs=_TWO_PLUS),
            "Sums with two or three minus signs come out as something else: they are the inverses of the "
            "sums you try.",
        ),
        Mistake(
            "the first sign is always plus",
            _kinds(signs=tuple(s for s in product(_SIGNS, repeat=3) if s[0] > 0)),
            "You let the first of the three always have a plus. The inverse of such a sum is another state.",
        ),
        Mistake(
            "mixtures not looked for",
            _kinds(signs=()),
            "You find stored patterns and inverses, and no mixtures of three.",
        ),
        Mistake(
            "sum without its sign",
            _plain_sums,
            "You compare the state with the sum itself, which also holds 3 and -3, where all three agree. "
            "The "
            "mixture is the SIGN of the sum.",
        ),
        Mistake(
            "the library's word",
            lambda state, patterns: state_space.classify(state, patterns, most=3),
            "You return what the library says, a word and the numbers. The numbers alone are wanted: its "
            "`of`.",
        ),
        Mistake(
            "signs of a mixture lost",
            _kinds(mixture=lambda of: [abs(k) for k in of]),
            "The right three memories, but without their signs: which of them took part with a minus?",
        ),
        Mistake(
            "signs of a mixture turned round",
            _kinds(mixture=lambda of: [-k for k in of]),
            "The signs of your mixtures are turned round: you name the inverse of each state.",
        ),
        Mistake(
            "all signs turned round",
            _renumbered(lambda k: -k),
            "All your signs are turned round: a stored pattern has a plus, its inverse a minus.",
        ),
        Mistake(
            "counted from 0",
            _renumbered(_from_zero),
            "You count the patterns from 0, as Python does. Then the first one and its inverse cannot be "
            "told "
            "apart: 0 and -0 are the same. Count from 1.",
        ),
        Mistake(
            "mixtures counted from 0",
            _by_length(3, _from_zero),
            "In mixtures you count the patterns from 0, as Python does. Count from 1, as in the simple "
            "names.",
        ),
        Mistake(
            "simple names counted from 0",
            _by_length(1, _from_zero),
            "In the names of patterns and inverses you count from 0, as Python does. Count from 1.",
        ),
        *[
            Mistake(
                f"1 added after the sign{where}",
                way(lambda k: k if k > 0 else k + 2),
                "You give the index its sign, and add 1 after that: to count from 1, add it first. "
                "`-k + 1` and `-(k + 1)` are two numbers.",
            )
            for where, way in (
                ("", _renumbered),
                (", in an inverse", lambda change: _by_length(1, change)),
                (", in a mixture", lambda change: _by_length(3, change)),
            )
        ],
        Mistake(
            "a number alone",
            lambda state, patterns: (
                found[0] if len(found := _classify_state(state, patterns)) == 1 else found
            ),
            "For a pattern or its inverse you return a number alone. A list is wanted, also if it holds "
            "just one number.",
        ),
        Mistake(
            "three times the same",
            lambda state, patterns: (
                3 * found if len(found := _classify_state(state, patterns)) == 1 else found
            ),
            "You name a stored pattern three times. Its number alone is wanted.",
        ),
        Mistake(
            "all names at once",
            _all_names,
            "You collect all names of a state. Where it is stored, stop: that is the name that counts.",
        ),
        Mistake(
            "signs by overlaps",
            _signs_of_overlaps,
            "You give each memory the sign of its overlap with the state. In a small network one of the "
            "three "
            "may be outvoted so often that its overlap is negative: try all signs.",
        ),
        Mistake(
            _HALF,
            _three_above(0.5),
            "You take three large overlaps, of about one half, for a mixture. In large networks they are "
            "near one half; here they may be anything. Compare with the sign of the sum.",
        ),
        Mistake(
            "the last pattern alone",
            lambda state, patterns: [len(patterns)] if (state == patterns[-1]).all() else [],
            "Only the last pattern is recognised. Does each turn of the loop overwrite what the one before "
            "has found?",
        ),
        Mistake(
            "the last pattern or its inverse",
            lambda state, patterns: [k for k in _kinds(signs=())(state, patterns) if abs(k) == len(patterns)],
            "Only the last pattern is recognised. Does each turn of the loop overwrite what the one before "
            "has found?",
        ),
        Mistake(
            "signs only",
            _renumbered(lambda k: int(np.sign(k))),
            "You return the signs alone. Multiply each with the number of its pattern.",
        ),
        Mistake(
            "mixtures before stored patterns",
            _mixtures_first,
            "A state that is stored is called a mixture. A stored pattern may be a mixture of three others "
            "by "
            "chance; look for the simpler name first.",
        ),
        Mistake(
            "the first three patterns",
            _kinds(last=3),
            "You look at the first three patterns only. There may be more.",
        ),
        Mistake(
            "mixtures of the first three patterns",
            _mixtures_of_three,
            "You look for mixtures of the first three patterns only. Any three of them may be mixed.",
        ),
        Mistake(
            "the first pattern alone",
            _kinds(last=1, signs=()),
            "You compare with the first pattern only. Does a `return` end the loop too early?",
        ),
        Mistake(
            "mixtures without pattern 1",
            _kinds(least=1),
            "Mixtures with pattern 1 are not found. Where does your loop begin?",
        ),
        Mistake(
            "the last pattern left out",
            lambda state, patterns: _kinds(last=len(patterns) - 1)(state, patterns),
            "The last pattern never turns up. `range(n)` ends at n - 1: does a loop stop one too early?",
        ),
        Mistake(
            "three largest overlaps, not compared",
            _strongest,
            "You name the three memories with the largest overlaps, whatever the state is. Form the sign of "
            "their sum, and compare: it may be another state.",
        ),
        Mistake(
            _LARGEST,
            _largest,
            "You name the memories with the largest overlaps, up to three, whatever the state is. Form the "
            "sign of their sum, and compare: it may be another state.",
        ),
        Mistake(
            _LIMIT,
            _above(0.4),
            "You name every memory whose overlap is above some limit. Form the sign of the sum, and compare: "
            "overlaps say neither that a state is a mixture, nor which one.",
        ),
        Mistake(
            _FIRST_UNITS,
            _of_the_first(50),
            "You compare the first units only. There may be thousands, and the last one counts as much.",
        ),
        Mistake(
            "three patterns in a row",
            _in_a_row,
            "You look for mixtures of patterns that follow one another. Any three of them may be mixed.",
        ),
        Mistake(
            _OUTSIDE,
            _by_signs_of_overlaps,
            "You try the three memories with the largest overlaps only, with the signs of these. In small "
            "networks another memory, or another sign, may resemble a mixture by chance: try all.",
        ),
        Mistake(
            _NEARLY,
            _close(0.6),
            "You give a name to a state that is only near a pattern or a mixture. Compare all units.",
        ),
        Mistake(
            "the nearest pattern",
            _close(-1),
            "You always name the nearest pattern. A state may be none of them.",
        ),
        Mistake(
            "sums of two",
            _pairs_of,
            "You try sums of two patterns. Where the two differ, their sum is 0 and has no sign: a mixture "
            "needs an odd number.",
        ),
        Mistake(
            "`in` for arrays",
            lambda state, patterns: [1] if (patterns == state).any() else [],
            "Do you ask `state in patterns`? For arrays that is true as soon as ONE unit of one pattern "
            "agrees.",
        ),
        Mistake(
            "one unit is enough",
            _one_unit_is_enough,
            "It is enough for you if ONE unit agrees. `any` or `all`?",
        ),
        Mistake(
            "one unit is enough, in an inverse as well",
            _one_unit_of_either,
            "It is enough for you if ONE unit agrees with a pattern or its inverse. `any` or `all`?",
        ),
        Mistake(
            "the name for the inverse of the sum",
            _kinds(mixture=lambda of: of if sum(of) > 0 else [-k for k in of]),
            "You return the numbers of a mixture with most of their weight positive. That is the name of the "
            "inverse where the minus signs belong to it.",
        ),
        Mistake(
            "indices doubled",
            _kinds(mixture=lambda of: [*of, *of]),
            "Your mixture names each of its memories twice.",
        ),
    ],
    [
        "First the simple names: is the state equal to a pattern, in all units? Or to minus a pattern?",
        "`itertools.combinations(range(M), 3)` gives all sets of three patterns, "
        "`itertools.product((1, -1), repeat=3)` all signs for them.",
        "For each of them compare `np.sign` of the signed sum with the state. Sums of three signs are never "
        "0.",
    ],
    first={_FIRST_UNITS: _first_units_alone},
    signs={
        _NEARLY: _only_near,
        _LARGEST: _those_nearest,
        _OUTSIDE: _never_outside,
        _LIMIT: _over_a_limit,
        _HALF: _three_over_a_limit,
    },
    observe=_in_order,
    also=[_classify_in_loops],
    limits=["their order does not matter", "counted from 1"],
    properties=[
        (
            "A list of whole numbers is wanted, such as [2] or [1, -3, 4].",
            lambda found, state, patterns: isinstance(found, Listing),
        ),
        (
            "One number, three, or none: other lists name no kind of state.",
            lambda found, state, patterns: len(found) in (0, 1, 3),
        ),
    ],
    praise="Right. In a network of N units the mixtures of three alone are of the order of M cubed.",
)


# 8. two hunts


def _support(stored: Any, y: Any) -> Any:
    """N times the field of each unit of a state, times its value: positive holds, 0 is a tie."""
    W = learning.hebb(stored.astype(int))
    return y.astype(int) * (W @ y.astype(int))


def _supports(stored: Any) -> Any:
    return np.array([_support(stored, s) for s in stored])


def _of_three(stored: Any) -> Any:
    return np.sign(stored.sum(axis=0)).astype(int)


def _pair_sums(stored: Any) -> list[int]:
    return [int(a @ b) for a, b in combinations(stored, 2)]


def _sound(stored: Any) -> bool:
    return stored.ndim == 2 and stored.size > 0 and given.bipolar(stored)


def _how_many(stored: Any) -> str:
    rows, columns = stored.shape
    if columns == 3:
        return "Your matrix has three COLUMNS. Each pattern is a row: hand over `stored.T`."
    if rows == 4 and any((s == _of_three(np.delete(stored, k, 0))).all() for k, s in enumerate(stored)):
        return (
            "You store the mixture as well. Three patterns are stored; the mixture must not be one of them."
        )
    return f"Three patterns are stored, one in each row. Your matrix has {rows}."


def _named(stored: Any, which: Any) -> str:
    """The patterns that something is said of, by their numbers."""
    found = [str(k) for k in np.flatnonzero(which) + 1]
    return f"Pattern {found[0]}" if len(found) == 1 else f"Patterns {', '.join(found[:-1])} and {found[-1]}"


def _three_patterns(most: int, rest: tuple[Any, ...] = ()) -> list[Mistake]:
    """What may be amiss with three patterns on at most so many units; `rest` comes after the patterns."""

    def fault(name: str, wrong: Any, text: str, found: Any, tell: Any = None) -> Mistake:
        told = tell and (lambda p, *others: tell(p))
        return Mistake(name, (wrong, *rest), text, lambda p, *others: found(p), told)

    return [
        fault(
            "coded with 0 and 1",
            np.array([[1, 0, 1, 0], [0, 1, 1, 0], [1, 1, 0, 0]]),
            "Your patterns are coded with 0 and 1. Units here are +1 or -1.",
            lambda p: bool(p.size and (p == 0).any() and np.isin(p, (0, 1)).all()),
        ),
        fault(
            "not a matrix of ±1",
            np.array([1, -1, 1, 1]),
            "Hand over a matrix of +1 and -1, one row per pattern.",
            lambda p: not _sound(p),
        ),
        fault(
            "not three patterns",
            given.patterns("++++ ++--"),
            "Three patterns are asked for, one in each row.",
            lambda p: len(p) != 3,
            _how_many,
        ),
        fault(
            "too many units",
            np.ones((3, most + 1), int),
            f"Your patterns have more than {most} units. Fewer will do.",
            lambda p: p.shape[1] > most,
        ),
        fault(
            "two patterns are equal",
            given.patterns("++++++ +++--- +++---"),
            "Two of your patterns are the same. Three different ones are asked for.",
            lambda p: p.shape[1] in _pair_sums(p),
        ),
        fault(
            "a pattern and its inverse",
            given.patterns("++++++ +++--- ---+++"),
            "One of your patterns is the inverse of another, and has the same weights. No such pairs here.",
            lambda p: -p.shape[1] in _pair_sums(p),
        ),
    ]


def _mixture_praise(stored: Any) -> str:
    N = stored.shape[1]
    if N == 8:
        return (
            "Eight units: the fewest. All sets of three patterns on fewer have been tried. Here the three "
            "are "
            "orthogonal, and all four mixtures, with their inverses, hold."
        )
    return (
        f"A valley that nobody dug, on {N} units: each unit of the mixture is held by two votes against one. "
        "Can you do it with fewer? The fewest are eight."
    )


stable_mixture = ExampleCheck(
    "stable_mixture",
    ["stored"],
    (_EIGHT,),
    [
        *_three_patterns(9),
        Mistake(
            "the mixture is stored",
            (given.patterns("++++++ ++++-- ++--++"),),
            "The sign of the sum of your three patterns is one of them: that one stands between the two "
            "others. A mixture that nobody has stored is asked for.",
            lambda p: bool((p == _of_three(p)).all(axis=1).any()),
        ),
        Mistake(
            "a pattern is lost",
            (given.patterns("+++-++ ++++-+ +++++-"),),
            "Not all three patterns are fixed points.",
            lambda p: bool((_supports(p) < 0).any()),
            lambda p: (
                f"{_named(p, (_supports(p) < 0).any(axis=1))}: a unit turns over, so this is no fixed point. "
                "Patterns "
                "that are less alike disturb each other less."
            ),
        ),
        Mistake(
            "a tie in a pattern",
            (given.patterns("+++++++ +--++-- +++---+"),),
            "A unit of a stored pattern has a tie: then the tie rule decides.",
            lambda p: bool((_supports(p) == 0).any()),
            lambda p: (
                f"{_named(p, (_supports(p) == 0).any(axis=1))}: a unit has the field zero, so that the tie "
                "rule decides. "
                "Here nothing shall depend on it."
            ),
        ),
        Mistake(
            "a tie in the mixture",
            (given.patterns("+++++++ --+-+-+ +--++--"),),
            "The mixture stays if ties keep their value. But one of its units has the field zero, and here "
            "nothing shall depend on the tie rule.",
            lambda p: bool((_support(p, _of_three(p)) >= 0).all() and (_support(p, _of_three(p)) == 0).any()),
        ),
        Mistake(
            "the mixture does not stay",
            (given.patterns("++++++ +++--- +-++-+"),),
            "The patterns are stable, but in the mixture a unit turns over. A unit in which one pattern is "
            "outvoted hears two votes for the mixture and one against: how strong are they?",
            lambda p: bool((_support(p, _of_three(p)) < 0).any()),
        ),
    ],
    [
        "A unit hears each pattern as strongly as the STATE resembles it. So the mixture should resemble all "
        "three, and equally.",
        "Which values can three patterns have in a unit? Take units in which all agree, units in which only "
        "the first one differs, only the second, only the third: only their numbers count.",
        "Let a loop try these four numbers. `theory.fields(stored)` tells whether the patterns hold; for the "
        "mixture, multiply `learning.hebb(stored)` with it.",
    ],
    limits=[
        "three different patterns, none the inverse of another, on at most 9 units",
        "with no tie in any of these four states",
    ],
    praise=_mixture_praise,
)


def _end(stored: Any, cue: Any) -> Any:
    return Network(learning.hebb(stored.astype(int))).recall(cue.astype(int)).final


def _apart(stored: Any, cue: Any) -> Any:
    """In how many units the cue differs from each pattern."""
    return (stored != cue).sum(axis=1)


def _is(stored: Any, y: Any) -> Any:
    return (stored == y).all(axis=1)


def _nearest_number(stored: Any, cue: Any) -> int:
    return int(np.argmin(_apart(stored, cue)))


def _all_ends(stored: Any, cue: Any) -> Any:
    """All states in which a recall may end, whatever the order: the way down has many forks, and no loop."""
    W = learning.hebb(stored.astype(int))
    level, ends = cue.astype(int)[None], []
    while len(level):
        flips = level * (level @ W) < 0
        ends += level[~flips.any(axis=1)].tolist()
        row, unit = np.nonzero(flips)
        level = level[row]
        level[np.arange(len(row)), unit] *= -1
        level = np.unique(level, axis=0)
    return np.unique(ends, axis=0)


def _nearest_praise(stored: Any, cue: Any) -> str:
    N, k = stored.shape[1], _nearest_number(stored, cue)
    end = int(np.flatnonzero(_is(stored, _end(stored, cue)))[0])
    text = f"Nearest is pattern {k + 1}, recalled is pattern {end + 1}, on {N} units. "
    ends = _all_ends(stored, cue)
    others = np.delete(stored, k, axis=0)
    if all(_is(others, y).any() for y in ends):
        best = "That is the fewest for which this is possible. " if N == 13 else "Thirteen are enough. "
        return (
            text
            + "And no order of updates saves it: every way down ends in a pattern that is not the nearest. "
            + best
        )
    if any(_is(stored[k : k + 1], y).all() for y in ends):
        text += "Another order of updates would have found the nearest one. "
    else:
        text += "Another order of updates may end in no pattern at all. "
    text += "Five units are the fewest. " if N == 5 else ""
    return (
        text
        + "Can you find a cue that NO order brings to the nearest, only to other patterns? It takes 13 units."
    )


_FIVE = given.patterns("+++++ +++-+ ++-+-"), from_label("+++--")

not_nearest = ExampleCheck(
    "not_nearest",
    ["stored", "cue"],
    _FIVE,
    [
        Mistake(
            "arguments exchanged",
            (_FIVE[1], _FIVE[0]),
            "You handed over the cue first and the patterns second. It is the other way round: "
            "`feedback.not_nearest(stored, cue)`.",
            lambda p, cue: p.ndim == 1 and cue.ndim == 2,
        ),
        *_three_patterns(16, (_FIVE[1],)),
        Mistake(
            "cue of another size",
            (_FIVE[0], np.ones(4, int)),
            "The cue must be one state: a value for each unit of the patterns, and no matrix. Of one with a "
            "single row `[0]` is the state.",
            lambda p, cue: cue.shape != p[0].shape,
        ),
        Mistake(
            "cue not ±1",
            (_FIVE[0], np.array([1, 1, 0, 0, 1])),
            "Every unit of the cue must be +1 or -1.",
            lambda p, cue: not given.bipolar(cue),
            lambda p, cue: (
                "Your cue is coded with 0 and 1. Units here are +1 or -1."
                if np.isin(cue, (0, 1)).all()
                else "Every unit of the cue must be +1 or -1."
            ),
        ),
        Mistake(
            "a pattern is lost",
            (given.patterns("++++ +++- ++-+"), from_label("++++")),
            "Not all three patterns are fixed points: then no cue can end in a lost one.",
            lambda p, cue: bool((_supports(p) < 0).any()),
            lambda p, cue: (
                f"{_named(p, (_supports(p) < 0).any(axis=1))}: a unit turns over, so this is no fixed point. "
                "All three "
                "have to be."
            ),
        ),
        Mistake(
            "the cue is stored",
            (_FIVE[0], _FIVE[0][1]),
            "Your cue is one of the patterns, and all three are fixed points. Spoil it.",
            lambda p, cue: bool(_is(p, cue).any()),
        ),
        Mistake(
            "no single nearest pattern",
            (_FIVE[0], from_label("-+++-")),
            "Two patterns are equally near to your cue, so that none is THE nearest. Count the units in "
            "which "
            "each differs.",
            lambda p, cue: int((_apart(p, cue) == _apart(p, cue).min()).sum()) > 1,
        ),
        Mistake(
            "the nearest is recalled",
            (given.patterns("++++++++ ++++---- ++--++--"), from_label("-+++++++")),
            "The recall (units in the order 1, 2, ...) ends in the nearest pattern. Try other cues: those "
            "far "
            "from all patterns go astray more easily.",
            lambda p, cue: bool((_end(p, cue) == p[_nearest_number(p, cue)]).all()),
        ),
        Mistake(
            "the cue stays",
            (given.patterns("+++++ ++--- --++-"), from_label("++--+")),
            "Your cue does not move: it is a fixed point itself. The recall has to end in a stored pattern.",
            lambda p, cue: bool((_end(p, cue) == cue).all()),
        ),
        Mistake(
            "the inverse of the nearest",
            (given.patterns("+++++ -+--- --++-"), from_label("--+-+")),
            "The recall ends in the inverse of the nearest pattern. That is no stored pattern.",
            lambda p, cue: bool((_end(p, cue) == -p[_nearest_number(p, cue)]).all()),
        ),
        Mistake(
            "an inverse",
            (given.patterns("+++++ -+--- -+++-"), from_label("+--++")),
            "The recall ends in the inverse of a pattern. A stored pattern itself is asked for; would the "
            "inverse "
            "of your cue do?",
            lambda p, cue: bool(_is(-p, _end(p, cue)).any()),
        ),
        Mistake(
            "a mixture",
            (given.patterns("+++++ +--++ --++-"), from_label("+-+--")),
            "The recall ends in a mixture of the three. With three patterns there is nothing else besides "
            "them "
            "and their inverses.",
            lambda p, cue: not _is(p, _end(p, cue)).any(),
        ),
    ],
    [
        "Draw three patterns on 8 units at random, and keep them if all are fixed points. Then try all 256 "
        "cues, and compare the nearest pattern with the one that comes back.",
        "By thinking: two patterns that are much alike speak with one voice in most units. A third one may "
        "be "
        "nearer, and still be outvoted.",
        "For the open question take units of four kinds: all three agree, or only the first, the second, the "
        "third one "
        "differs. All of one kind behave alike, so a few numbers describe the whole network.",
    ],
    limits=[
        "three different patterns, none the inverse of another, on at most 16 units",
        "it may not be one of the patterns itself",
    ],
    praise=_nearest_praise,
)
