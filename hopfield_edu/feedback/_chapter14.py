"""Checks of chapter 14: layers by hand, the softmax layer, energy and flow of two layers, a flip-flop."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from hopfield_edu._check import is_symmetric
from hopfield_edu._values import same
from hopfield_edu.feedback import _inputs as given
from hopfield_edu.feedback._core import ExampleCheck, Mistake, TableCheck
from hopfield_edu.feedback._telling import TellingCheck

Trials = list[tuple[Any, ...]]
Array = NDArray[np.float64]


# 1. four layers by hand, at the currents (3, -4)

_LAYERS = {
    "linear": (25 / 2, 3, -4),
    "rectified": (9 / 2, 3, 0),
    "power": (81, 108, 0),
    "sphere": (5, 3 / 5, -4 / 5),
}


def _share(L: float, g1: float, g2: float) -> float:
    return 3 * g1 - 4 * g2 - L


def _layers(share: Callable[..., float] = _share, **rows: tuple[float, float, float]) -> dict[str, Any]:
    """The table with other rows, and with the transforms that follow from them."""
    return {name: [*row, share(*row)] for name, row in (_LAYERS | rows).items()}


def _one_share(name: str, share: Callable[..., float]) -> dict[str, Any]:
    """The table with another transform in one row."""
    row = _LAYERS[name]
    return _layers() | {name: [*row, share(*row)]}


def _in_rows(name: str, text: str, **rows: tuple[float, float, float]) -> list[Mistake]:
    """A mistake in the Lagrangian or the outputs of several layers, and in each of them alone."""
    alone = [Mistake(f"{name}: {row}", _layers(**{row: entries}), text) for row, entries in rows.items()]
    return [Mistake(name, _layers(**rows), text), *alone]


def _product_alone(L: float, g1: float, g2: float) -> float:
    return 3 * g1 - 4 * g2


def _signs_lost(L: float, g1: float, g2: float) -> float:
    return 3 * g1 - 4 * abs(g2) - L


def _own_share(row: Any, entries: dict[str, Any]) -> float:
    return _share(entries["L"], entries["g1"], entries["g2"])


layers_by_hand = TableCheck(
    "layers_by_hand",
    _layers(),
    ["L", "g1", "g2", "transform"],
    [
        Mistake(
            "Lagrangian and product exchanged",
            _layers(lambda L, g1, g2: L - 3 * g1 + 4 * g2),
            "You took the product of currents and outputs off L. It is the other way round.",
        ),
        Mistake(
            "product alone",
            _layers(_product_alone),
            "That is the product of currents and outputs. The Lagrangian is still to be taken off.",
        ),
        Mistake(
            "Lagrangian added",
            _layers(lambda L, g1, g2: 3 * g1 - 4 * g2 + L),
            "You added the Lagrangian to the product of currents and outputs. It is taken off.",
        ),
        Mistake(
            "Lagrangian for its transform",
            _layers(lambda L, g1, g2: L),
            "The last column repeats L. A layer's share of the energy is the product z·g less L.",
        ),
        Mistake(
            "outputs summed",
            _layers(lambda L, g1, g2: g1 + g2 - L),
            "You summed the outputs. In z·g each is multiplied with its own current first.",
        ),
        *[
            Mistake(
                f"product alone: {name}",
                _one_share(name, _product_alone),
                f"In the {name} layer you have the product of currents and outputs. Take L off it.",
            )
            for name in ("linear", "rectified", "power")
        ],
        Mistake(
            "Lagrangian for its transform: power",
            _one_share("power", lambda L, g1, g2: L),
            "The power layer's transform is no second L. Only for a Lagrangian of degree 2 the two agree.",
        ),
        Mistake(
            "nothing taken off: sphere",
            _one_share("sphere", lambda L, g1, g2: L),
            "You have one of two numbers, z·g or L, and they happen to agree. What is asked for is one LESS "
            "the other.",
        ),
        Mistake(
            "sign lost in the product",
            _layers(_signs_lost),
            "The second current is negative. Where its output is negative, too, their product is positive.",
        ),
        *[
            Mistake(
                f"sign lost in the product: {name}",
                _one_share(name, _signs_lost),
                "The second current is negative, and so is its output: their product is positive.",
            )
            for name in ("linear", "sphere")
        ],
        Mistake(
            "second unit left out",
            _layers() | {"linear": [9 / 2, 3, -4, 9 / 2], "sphere": [3, 3 / 5, -4 / 5, -6 / 5]},
            "The layer has two units. The second current is negative, but its square counts.",
        ),
        Mistake(
            "second unit left out: linear",
            _layers() | {"linear": [9 / 2, 3, -4, 9 / 2]},
            "The linear layer has two units. The second current is negative, but its square counts.",
        ),
        *_in_rows(
            "half forgotten",
            "A Lagrangian of squares has a factor of one half before its sum here.",
            linear=(25, 3, -4),
            rectified=(9, 3, 0),
        ),
        *_in_rows(
            "half forgotten in the slope",
            "The 2 that a derivative of a square brings down meets the one half before the sum.",
            linear=(25 / 2, 6, -8),
            rectified=(9 / 2, 6, 0),
        ),
        *_in_rows(
            "half forgotten in both",
            "A factor of one half stands before the sum of squares: in the Lagrangian, and so in its slope.",
            linear=(25, 6, -8),
            rectified=(9, 6, 0),
        ),
        *_in_rows(
            "negative current rectified to its size",
            "The maximum of z and 0 is 0 for a negative current. It is not the absolute value.",
            rectified=(25 / 2, 3, 4),
            power=(81 + 256, 108, 256),
        ),
        *_in_rows(
            "negative current not cut off",
            "A negative current adds nothing to a Lagrangian of max(z, 0), and its unit gives nothing.",
            rectified=(25 / 2, 3, -4),
            power=(81 + 256, 108, -256),
        ),
        *_in_rows(
            "negative current cut off in L only",
            "In L the negative current counts as 0, whatever it is: its slope there is 0, too.",
            rectified=(9 / 2, 3, -4),
            power=(81, 108, -256),
        ),
        Mistake(
            "step instead of a slope",
            _layers(rectified=(9 / 2, 1, 0)),
            "You differentiated twice: 1 is the slope of max(z, 0). The slope of half its square is asked "
            "for.",
        ),
        Mistake(
            "exponent lowered too far",
            _layers(power=(81, 12, 0)),
            "The derivative of a fourth power keeps a third power: the exponent is lowered by one.",
        ),
        Mistake(
            "square for a third power",
            _layers(power=(81, 36, 0)),
            "The slope of a fourth power has a third power. You have squared the current.",
        ),
        Mistake(
            "one half that is not there",
            _layers(power=(81 / 2, 54, 0)),
            "The power layer's Lagrangian has no half before its sum.",
        ),
        Mistake(
            "multiplied with the length",
            _layers(sphere=(5, 15, -20)),
            "The slope of a root stands below the line: the currents are divided by the length.",
        ),
        Mistake(
            "divided by the length twice",
            _layers(sphere=(5, 3 / 25, -4 / 25)),
            "A direction has the length 1. You have divided by the squared length.",
        ),
        Mistake(
            "exponent not brought down",
            _layers(power=(81, 27, 0)),
            "The derivative of a fourth power brings its exponent down as a factor.",
        ),
        Mistake(
            "exponent not lowered",
            _layers(power=(81, 324, 0)),
            "The derivative of a power has an exponent that is lower by one.",
        ),
        Mistake(
            "root forgotten",
            _layers(sphere=(25, 6, -8)),
            "The length is the ROOT of the sum of squares.",
        ),
        Mistake(
            "root forgotten in L",
            _layers(sphere=(25, 3 / 5, -4 / 5)),
            "The length is the ROOT of the sum of squares. Your outputs are those of the length already.",
        ),
        Mistake(
            "length as a sum of sizes",
            _layers(sphere=(7, 1, -1)),
            "You added the sizes of the two currents. A length comes from Pythagoras.",
        ),
        Mistake(
            "not divided by the length",
            _layers(sphere=(5, 3, -4)),
            "The slope of the length is a direction: the currents divided by the length.",
        ),
        Mistake(
            "direction without its sign",
            _layers(sphere=(5, 3 / 5, 4 / 5)),
            "A direction keeps the signs of the currents.",
        ),
    ],
    [
        "First put the two currents into L. `max(z, 0)` of a negative number is 0.",
        "The output of a unit is the slope of L along its own current, the other one held fixed.",
        "The transform is the product of currents and outputs, summed over both units, less L.",
    ],
    follow={"transform": _own_share},
    praise="Right. A Lagrangian of degree n has the share (n - 1) L: that of the length is nothing at all.",
)


# 2. the softmax layer, a derivation with gaps


def _gaps(a=1, b=0, c=-1, d=1, e=-1, f=-6, g=0, h=-1, i=-1, j=1, k=0):
    return dict(a=a, b=b, c=c, d=d, e=e, f=f, g=g, h=h, i=i, j=j, k=k)


def _next_gap(row: str, gaps: dict[str, Any]) -> float:
    """The gaps that follow from an earlier one: b from a, d from c, k from j."""
    return {"b": lambda: gaps["a"] - 1, "d": lambda: -gaps["c"], "k": lambda: 1 - gaps["j"]}[row]()


softmax_derivation = TableCheck(
    "softmax_derivation",
    _gaps(),
    ["number"],
    [
        Mistake(
            "inner derivative forgotten",
            _gaps(a=0),
            "The exponent is beta times z. Its own derivative is a factor, too.",
        ),
        Mistake(
            "factor before the logarithm kept",
            _gaps(b=-1),
            "The 1/beta before the logarithm meets the beta that came down from the exponent.",
        ),
        Mistake(
            "factor before the logarithm forgotten",
            _gaps(b=1),
            "L is the logarithm of S, divided by beta. What does that do to the beta that came down? And the "
            "gap is an exponent, no factor.",
        ),
        Mistake(
            "quotient read as a product",
            _gaps(c=1),
            "The logarithm of a quotient is a difference: S stands below the line.",
        ),
        Mistake(
            "L on the wrong side",
            _gaps(d=-1),
            "When you solve for the current, L changes sides, and so its sign.",
        ),
        Mistake(
            "L once for each unit",
            _gaps(d=8),
            "L is the same for all units. It is multiplied with the shares, and these add up to 1.",
        ),
        Mistake(
            "L twice",
            _gaps(d=2),
            "After the sum over the shares L stands there once.",
        ),
        Mistake(
            "L lost",
            _gaps(d=0),
            "The shares add up to 1, not to 0: L stays.",
        ),
        Mistake(
            "beta gone",
            _gaps(e=0),
            "When you solve for the current, all that stands beside it is divided by beta.",
        ),
        Mistake(
            "multiplied with beta",
            _gaps(e=1),
            "When you solve for the current, you divide by beta: which power is that?",
        ),
        Mistake(
            "entropy with its own sign",
            _gaps(f=6),
            "The transform is MINUS the entropy over beta. Logarithms of shares are not positive.",
        ),
        Mistake(
            "beta forgotten at the ends",
            _gaps(f=-3),
            "At beta = 1/2 the sum of p ln p is not yet the transform: one factor is missing.",
        ),
        Mistake(
            "beta on the wrong side at the ends",
            _gaps(f=-3 / 2),
            "Divide the sum of p ln p by beta; you multiplied.",
        ),
        Mistake(
            "one of eight",
            _gaps(f=-3 / 4),
            "That is the term of one memory unit. All eight of them are added.",
        ),
        Mistake(
            "shares left out",
            _gaps(f=-48),
            "Each logarithm is multiplied with its share before the eight are added.",
        ),
        Mistake(
            "shares and beta left out",
            _gaps(f=-24),
            "Each logarithm is multiplied with its share, and their sum divided by beta.",
        ),
        Mistake(
            "ln 2 multiplied in",
            _gaps(f=-6 * np.log(2)),
            "The gap stands BEFORE ln 2: give the number without it.",
        ),
        Mistake(
            "eight taken for its exponent",
            _gaps(f=-8),
            "Which power of 2 is 8? Its exponent comes before ln 2.",
        ),
        Mistake(
            "divided by beta twice",
            _gaps(f=-12),
            "The sum of p ln p is divided by beta once.",
        ),
        *[
            Mistake(
                f"a sure share that still counts: {name}",
                _gaps(g=value),
                "A share of 1 has the logarithm 0, and the other shares are 0: they add nothing.",
            )
            for name, value in (("as the equal ones", -6), ("ln 1 as 1", 1), ("ln 1 as 1, over beta", 2))
        ],
        Mistake(
            "ends exchanged",
            _gaps(f=0, g=-6),
            "You have the two ends the wrong way round. Which of them is without any doubt?",
        ),
        Mistake(
            "sum held fixed",
            _gaps(h=0, i=0),
            "The sum below the line changes with every current, too: the rule for a quotient.",
        ),
        Mistake(
            "own exponential in the sum held fixed",
            _gaps(h=0),
            "The unit's own exponential stands above the line and also in the sum below.",
        ),
        Mistake(
            "own exponential counted twice",
            _gaps(h=-2),
            "The unit's own exponential stands in the sum below the line once.",
        ),
        Mistake(
            "others feel nothing",
            _gaps(i=0),
            "All shares have the same sum below the line. It grows with every current.",
        ),
        Mistake(
            "others as half",
            _gaps(i=-1 / 2),
            "The beta is written beside the gap. Put in what stands before it, without a half.",
        ),
        Mistake(
            "curvature with the wrong signs",
            _gaps(h=1, i=1),
            "In the rule for a quotient the derivative of what stands below the line has a minus.",
        ),
        Mistake(
            "others gain",
            _gaps(i=1),
            "Shares add up to 1. If one current grows, do the other shares grow?",
        ),
        Mistake(
            "shift lost in L",
            _gaps(j=0),
            "A common shift is a common factor of all exponentials in S. What does the logarithm make of it?",
        ),
        *[
            Mistake(
                f"shift with a power of beta: {name}",
                _gaps(j=value),
                "The shift has a beta in the exponent, and the logarithm is divided by beta.",
            )
            for name, value in (("beta", 1 / 2), ("1 / beta", 2))
        ],
        Mistake(
            "shift once for each unit",
            _gaps(j=8),
            "A common shift is ONE factor of the whole sum S, however many units there are.",
        ),
        Mistake(
            "shift once for each unit in z·p",
            _gaps(k=7),
            "In z·p each shift is multiplied with a share, and the shares add up to 1.",
        ),
        Mistake(
            "shift kept in the transform",
            _gaps(k=1),
            "The transform can be written with the shares alone. Do they feel a common shift?",
        ),
        Mistake(
            "shift taken off the transform",
            _gaps(k=-1),
            "L grows by the shift. But z·p grows as well: the shares add up to 1.",
        ),
    ],
    [
        "The derivative of ln S is the derivative of S, divided by S. And L is ln S over beta.",
        "ln p is the logarithm of the exponential, less ln S. Write ln S with L, solve for z, add up p z.",
        "With eight equal shares every ln p is minus three times ln 2. A share of 1 has the logarithm 0, and "
        "0 ln 0 counts as 0.",
        "The rule for a quotient gives beta p for the unit's own exponential, less a term with two shares "
        "from the sum below the line.",
    ],
    follow={"number": _next_gap},
    praise="Right. Log-sum-exp and minus the entropy are the two faces of a softmax layer.",
)


# 3. the energy of two layers


def _lse(h: Any, beta: Any) -> Any:
    z = beta * np.asarray(h, float)
    return (z.max() + np.log(np.exp(z - z.max()).sum())) / beta


def _two_layer_energy(patterns, y, h, bias, beta):
    g = np.tanh(y)
    f = np.exp(beta * (h - h.max()))
    L_h = h.max() + np.log(f.sum()) / beta
    f = f / f.sum()
    L_y = np.log(np.cosh(y)).sum()
    return (y - bias) @ g - L_y + h @ f - L_h - f @ (patterns @ g)


def _two_layer_energy_in_loops(patterns, y, h, bias, beta):
    energy = 0.0
    for i in range(len(y)):
        energy += (y[i] - bias[i]) * np.tanh(y[i]) - np.log(np.cosh(y[i]))
    top = max(h)
    total = 0.0
    for current in h:
        total += np.exp(beta * (current - top))
    energy -= top + np.log(total) / beta
    for m in range(len(h)):
        heard = 0.0
        for i in range(len(y)):
            heard += patterns[m][i] * np.tanh(y[i])
        energy += (h[m] - heard) * np.exp(beta * (h[m] - top)) / total
    return energy


class _Two(NamedTuple):
    """Two layers, with all that their energy and their flow are made of."""

    X: Array
    y: Array
    h: Array
    b: Array
    beta: float
    g: Array
    f: Array
    Ly: float
    Lh: float


def _two(patterns: Any, y: Any, h: Any, bias: Any, beta: Any) -> _Two:
    X, y, h, b = (np.asarray(a, float) for a in (patterns, y, h, bias))
    Ly = float(np.log(np.cosh(y)).sum())
    return _Two(X, y, h, b, beta, np.tanh(y), given.shares(beta * h), Ly, _lse(h, beta))


def _made(formula: Callable[[_Two], Any]) -> Callable[..., Any]:
    def energy(patterns: Any, y: Any, h: Any, bias: Any, beta: Any) -> Any:
        with np.errstate(all="ignore"):
            return formula(_two(patterns, y, h, bias, beta))

    return energy


def _off(part: Callable[[_Two], Any]) -> Callable[..., Any]:
    """The energy and something that does not belong there."""
    return _made(lambda s: _right(s) + part(s))


def _right(s: _Two) -> Any:
    return (s.y - s.b) @ s.g - s.Ly + s.h @ s.f - s.Lh - s.f @ s.X @ s.g


def _with(**parts: Callable[[_Two], Any]) -> Callable[..., Any]:
    """The energy with other outputs, Lagrangians or currents."""
    return _made(lambda s: _right(s._replace(**{name: part(s) for name, part in parts.items()})))


def _plain_shares(s: _Two) -> Any:
    e = np.exp(s.beta * s.h)
    return e / e.sum()


def _undivided_shares(s: _Two) -> Any:
    return np.exp(s.beta * (s.h - s.h.max()))


def _cut_off_shares(s: _Two) -> Any:
    e = np.exp(np.clip(s.beta * s.h, -700, 700))
    return e / e.sum()


def _lncosh(z: Any) -> Any:
    return float((np.abs(z) + np.log1p(np.exp(-2 * np.abs(z))) - np.log(2)).sum())


def _half_taken_off_shares(s: _Two) -> Any:
    e = np.exp(s.beta * s.h - s.h.max())
    return e / e.sum()


_WITHOUT_BETA = "largest current taken off without beta"
_WITHOUT_BETA_TEXT = (
    "In the exponents the currents carry beta, but the largest current that you take off does not. What is "
    "left may still be huge, of either sign. The largest exponent should come out as 0."
)
_LARGE = "wrong for large currents only"
_LARGE_TEXT = (
    "The formula is right as long as the currents are moderate. Of large ones the exponentials are infinite "
    "or 0 in the computer; and if currents are cut off at a limit, it is lost which of them is larger. Take "
    "the largest current off all of them first: that changes no share."
)


def _large_only(seen: list[Any], wanted: list[Any], trials: Trials) -> bool:
    """Whether the results are wrong for large currents alone, among them infinite ones and NaN."""
    good = [_alike(value, aim) for value, aim in zip(seen, wanted, strict=True)]
    return not all(good) and all(
        fine or np.abs(case[2]).max() > 100 for fine, case in zip(good, trials, strict=True)
    )


def _alike(value: Any, aim: Any) -> bool:
    if isinstance(aim, tuple):
        return len(value) == len(aim) and all(map(_alike, value, aim))
    return same(value, aim, 1e-6)


def _plain_lse(s: _Two) -> Any:
    return np.log(np.exp(s.beta * s.h).sum()) / s.beta


_FIXED_LAYERS = [
    # patterns, y, h, bias, beta
    ([[1.0], [-1.0]], [1.0], [1.0, -1.0], [0.0], 1.0),  # the example
    ([[0.5, -1.5]], [0.7, -0.4], [0.8], [0.3, 1.1], 2.0),  # a single memory unit
    ([[1.0, 2.0], [0.5, -1.0]], [0.0, 0.0], [0.6, -0.2], [0.4, -0.9], 3.0),  # features at rest
    ([[1.0, -0.5, 2.0], [0.3, 1.2, -0.7]], [-1.2, 0.4, 2.0], [-0.5, 1.5], [0.6, -0.2, 0.9], 0.5),
    ([[1, -1], [2, 0], [0, 3]], [1, -2], [2, 0, -1], [1, 2], 2),  # whole numbers
    ([[0.4, 1.0], [-2.0, 0.1]], [0.3, 1.7], [0.9, 0.9], [-0.5, 0.2], 4.0),  # two shares alike
    ([[350.0, -90.0], [340.0, 80.0]], [1.1, -0.6], [800.0, 799.0], [0.5, -0.3], 2.0),  # large currents
    ([[350.0, -90.0], [340.0, 80.0]], [1.1, -0.6], [-800.0, -801.0], [0.5, -0.3], 1.5),
    ([[250.0], [-300.0], [-200.0]], [0.9], [900.0, -900.0, -850.0], [0.2], 1.0),  # shares of exactly 0
]


def _layer_trials(rng: np.random.Generator) -> Trials:
    trials: Trials = [(*(np.array(part) for part in case[:4]), case[4]) for case in _FIXED_LAYERS]
    for M, N in ((3, 2), (2, 4), (4, 3)):
        X, y, h, b = (rng.normal(size=shape).round(2) for shape in ((M, N), N, M, N))
        trials.append((X, y, h, b, round(float(rng.uniform(1.5, 4)), 1)))
    return trials


two_layer_energy = TellingCheck(
    _two_layer_energy,
    _layer_trials,
    [
        Mistake(
            "what passes between the layers halved",
            _off(lambda s: s.f @ s.X @ s.g / 2),
            "No half stands before the last term: each weight joins one feature unit with one memory unit, "
            "and is counted once.",
        ),
        Mistake(
            "what passes between the layers added",
            _off(lambda s: 2 * (s.f @ s.X @ s.g)),
            "Layers that agree must lie low: the term with the weights carries a minus.",
        ),
        Mistake(
            "what passes between the layers forgotten",
            _off(lambda s: s.f @ s.X @ s.g),
            "Your energy does not know the weights: what passes between the layers is missing.",
        ),
        Mistake(
            "currents of the features multiplied with the weights",
            _off(lambda s: s.f @ s.X @ (s.g - s.y)),
            "Through the weights pass OUTPUTS. You took the currents of the features.",
        ),
        Mistake(
            "currents of the memories multiplied with the weights",
            _off(lambda s: (s.f - s.h) @ s.X @ s.g),
            "Through the weights pass OUTPUTS. You took the currents of the memory units.",
        ),
        Mistake(
            "currents of both layers multiplied with the weights",
            _off(lambda s: s.f @ s.X @ s.g - s.h @ s.X @ s.y),
            "Through the weights pass OUTPUTS. You took the currents of both layers.",
        ),
        Mistake(
            "Lagrangian of the features forgotten",
            _off(lambda s: s.Ly),
            "The Lagrangian of the features is missing: a layer's share is z·g less L.",
        ),
        Mistake(
            "Lagrangian of the memories forgotten",
            _off(lambda s: s.Lh),
            "The Lagrangian of the memory units is missing: a layer's share is z·g less L.",
        ),
        Mistake(
            "both Lagrangians forgotten",
            _off(lambda s: s.Ly + s.Lh),
            "Both Lagrangians are missing: a layer's share is z·g less L.",
        ),
        Mistake(
            "both Lagrangians added",
            _off(lambda s: 2 * (s.Ly + s.Lh)),
            "You added the Lagrangians. In a layer's share they are taken off.",
        ),
        Mistake(
            "Lagrangians for their transforms",
            _made(lambda s: s.Ly - s.b @ s.g + s.Lh - s.f @ s.X @ s.g),
            "You added up the Lagrangians. A layer's share of the energy is the Legendre transform.",
        ),
        Mistake(
            "Legendre transforms turned round",
            _off(lambda s: -2 * ((s.y - s.b) @ s.g - s.Ly + s.h @ s.f - s.Lh)),
            "Both layers' shares have the wrong sign: each is the product of currents and outputs LESS the "
            "Lagrangian.",
        ),
        Mistake(
            "share of the features turned round",
            _off(lambda s: -2 * ((s.y - s.b) @ s.g - s.Ly)),
            "The share of the features has the wrong sign: it is the product of currents and outputs LESS "
            "the Lagrangian.",
        ),
        Mistake(
            "Lagrangian of the features added",
            _off(lambda s: 2 * s.Ly),
            "You added the Lagrangian of the features. In a layer's share it is taken off.",
        ),
        Mistake(
            "Lagrangian of the memories added",
            _off(lambda s: 2 * s.Lh),
            "You added the Lagrangian of the memory units. In a layer's share it is taken off.",
        ),
        Mistake(
            "no layer has a share",
            _made(lambda s: -s.b @ s.g - s.f @ s.X @ s.g),
            "That is what passes between the layers, and the bias. Each layer has a share of its own, too.",
        ),
        Mistake(
            "nothing but what passes between the layers",
            _made(lambda s: -s.f @ s.X @ s.g),
            "That is what passes between the layers. Each layer has a share of its own, too.",
        ),
        Mistake(
            "bias forgotten",
            _off(lambda s: s.b @ s.g),
            "Your energy does not know the input currents of the features.",
        ),
        Mistake(
            "bias added",
            _off(lambda s: 2 * (s.b @ s.g)),
            "A feature whose input pulls it up lies low if it is up: the bias is taken off.",
        ),
        Mistake(
            "bias multiplied with the currents",
            _off(lambda s: s.b @ (s.g - s.y)),
            "The bias is multiplied with the OUTPUTS of the features, not with their currents.",
        ),
        Mistake(
            "bias not multiplied with the outputs",
            _off(lambda s: s.b @ s.g - s.b.sum()),
            "The bias of each feature is multiplied with its output. You took it off alone.",
        ),
        Mistake(
            "bias in the outputs",
            _made(lambda s: _right(_two(s.X, s.y - s.b, s.h, 0 * s.b, s.beta))),
            "You took the bias off the currents for good, so that it is in the outputs and the Lagrangian as "
            "well. It belongs into the product y·g only.",
        ),
        Mistake(
            "bias in the Lagrangian",
            _with(Ly=lambda s: np.log(np.cosh(s.y - s.b)).sum()),
            "The Lagrangian is a function of the current alone. You took the bias off in it, too.",
        ),
        Mistake(
            "memory currents as if they were fast",
            _with(
                h=lambda s: s.X @ s.g,
                f=lambda s: given.shares(s.beta * (s.X @ s.g)),
                Lh=lambda s: _lse(s.X @ s.g, s.beta),
            ),
            "You put in what the memory units will hear, X g. Take the currents h that they have: memory "
            "units may be slow.",
        ),
        *[
            Mistake(
                f"{name} as if they were fast",
                _with(f=lambda s: given.shares(s.beta * (s.X @ s.g)), **parts),
                "You made the shares of what the memory units hear, X g. Take the currents h that they have: "
                "memory units may be slow.",
            )
            for name, parts in (
                ("shares", {}),
                ("shares and Lagrangian", {"Lh": lambda s: _lse(s.X @ s.g, s.beta)}),
            )
        ],
        Mistake(
            "constant for each feature",
            _off(lambda s: -len(s.y) * np.log(2)),
            "You have taken ln(2 cosh y). The exercise names a Lagrangian without the 2, and the energies "
            "differ by a constant.",
        ),
        Mistake(
            "logarithm of the sum over the features",
            _with(Ly=lambda s: np.log(np.cosh(s.y).sum())),
            "The features do not share a sum: their Lagrangian is a sum of logarithms, not the logarithm of "
            "a sum.",
        ),
        Mistake(
            "logarithm not divided by beta",
            _with(Lh=lambda s: s.beta * s.Lh),
            "The log-sum-exp is beta times too large: L_h has a factor 1/beta before the logarithm.",
        ),
        Mistake(
            "logarithm beside the largest current not divided",
            _with(Lh=lambda s: s.h.max() + s.beta * (s.Lh - s.h.max())),
            "Beside the largest current the logarithm of the sum is divided by beta.",
        ),
        Mistake(
            "logarithm multiplied with beta",
            _with(Lh=lambda s: s.beta**2 * s.Lh),
            "The log-sum-exp is divided by beta. You multiplied.",
        ),
        Mistake(
            "largest current for the log-sum-exp",
            _with(Lh=lambda s: s.h.max()),
            "You took the largest current for L_h. That is its limit for a large beta: the others count.",
        ),
        Mistake(
            "Lagrangian of tanh units for the memories",
            _with(Lh=lambda s: _lncosh(s.h)),
            "The Lagrangian of the memory units is that of a softmax layer. You took the sum of ln cosh.",
        ),
        Mistake(
            "memories as tanh units",
            _with(f=lambda s: np.tanh(s.beta * s.h), Lh=lambda s: _lncosh(s.beta * s.h) / s.beta),
            "The memory units are a softmax layer: they share one sum. You took tanh units.",
        ),
        Mistake(
            "features as linear units",
            _with(g=lambda s: s.y, Ly=lambda s: (s.y**2).sum() / 2),
            "Your features are linear. Here their output is tanh y, with the Lagrangian that belongs to it.",
        ),
        Mistake(
            "outputs of linear features",
            _with(g=lambda s: s.y),
            "Your features give out their currents. Their output is tanh y.",
        ),
        Mistake(
            "logarithm of the features forgotten",
            _with(Ly=lambda s: np.cosh(s.y).sum()),
            "The Lagrangian of the features is the sum of the LOGARITHMS of cosh y.",
        ),
        Mistake(
            "outputs of the features multiplied with themselves",
            _off(lambda s: (s.g - s.y) @ s.g),
            "In the share of the features their CURRENTS are multiplied with their outputs.",
        ),
        Mistake(
            "shares multiplied with themselves",
            _off(lambda s: (s.f - s.h) @ s.f),
            "In the share of the memory units their CURRENTS are multiplied with the shares.",
        ),
        Mistake(
            "Lagrangian of linear features",
            _with(Ly=lambda s: (s.y**2).sum() / 2),
            "Half the square is the Lagrangian of linear units. That of the features is a sum of ln cosh y.",
        ),
        Mistake(
            "softmax not divided by its sum",
            _with(f=_undivided_shares),
            "Your shares do not add up to 1: divide the exponentials by their sum.",
        ),
        Mistake(
            "exponentials for shares",
            _with(f=lambda s: np.exp(s.beta * s.h)),
            "Your shares do not add up to 1: the exponentials are divided by their sum.",
        ),
        Mistake(
            "largest current divided by beta",
            _with(Lh=lambda s: s.Lh - s.h.max() + s.h.max() / s.beta),
            "Only the largest current that you took out of the sum is not right yet. It comes back as it "
            "is, only the logarithm is divided by beta.",
        ),
        Mistake(
            "largest current not put back",
            _with(Lh=lambda s: s.Lh - s.h.max()),
            "What you take off all currents before the exponential has to be added to the logarithm again.",
        ),
        Mistake(
            "beta forgotten in the shares",
            _with(f=lambda s: given.shares(s.h)),
            "The shares are the slope of L_h, and have beta in the exponent.",
        ),
        Mistake(
            "beta forgotten",
            _with(f=lambda s: given.shares(s.h), Lh=lambda s: _lse(s.h, 1.0)),
            "Your memory units do not know beta. It stands in the exponents, and before the logarithm.",
        ),
        Mistake(
            "beta in the outputs of the features",
            _with(g=lambda s: np.tanh(s.beta * s.y)),
            "beta belongs to the memory units. The features have the output tanh y.",
        ),
        Mistake(
            "beta in the features",
            _with(g=lambda s: np.tanh(s.beta * s.y), Ly=lambda s: _lncosh(s.beta * s.y) / s.beta),
            "beta belongs to the memory units. The features have the output tanh y, and ln cosh y.",
        ),
        Mistake(
            "mean of the memory currents forgotten",
            _off(lambda s: -s.h @ s.f),
            "The share of the memory units is h·f less L_h. The product is missing.",
        ),
        Mistake(
            "entropy with the wrong sign",
            _off(lambda s: -2 * (s.h @ s.f - s.Lh)),
            "The share of the memory units is MINUS their entropy over beta. Yours has the other sign.",
        ),
        Mistake(
            "overflow",
            _with(f=_plain_shares, Lh=_plain_lse),
            "The formula is right, but an exponential of a large current is infinite in the computer, and "
            "of a very negative one 0. Take the largest current off first.",
        ),
        Mistake(_WITHOUT_BETA, _with(f=_half_taken_off_shares), _WITHOUT_BETA_TEXT),
        Mistake(
            _LARGE,
            _with(
                f=_cut_off_shares,
                Lh=lambda s: np.log(np.exp(np.clip(s.beta * s.h, -700, 700)).sum()) / s.beta,
            ),
            _LARGE_TEXT,
        ),
        Mistake(
            "overflow in the logarithm",
            _with(Lh=_plain_lse),
            "The formula is right, but the sum in the logarithm becomes infinite, or 0. Take the largest "
            "current out of it.",
        ),
        Mistake(
            "zero times a logarithm of zero",
            _made(lambda s: _right(s) - (s.h @ s.f - s.Lh) + s.f @ np.log(s.f) / s.beta),
            "The formula is right, but a share of exactly 0 makes 0 times minus infinity, which is no "
            "number. Use h·f less the log-sum-exp.",
        ),
    ],
    [
        "Four lines: the outputs g and f, and the two Lagrangians. The energy is made of these.",
        "The currents of the features are small: `np.log(np.cosh(y))` will do. Those of the memory units are "
        "not: which form of their Lagrangian and of their shares stays finite?",
        "A safe log-sum-exp: take the largest current off all of them, and add it to the result.",
    ],
    also=[_two_layer_energy_in_loops],
    first={_LARGE: _large_only},
    limits=["up to 900"],
    praise="Right, and the memory units may be as slow as they like: h need not be X g.",
)


# 4. the velocity of two layers


def _two_layer_velocity(patterns, y, h, bias, beta, tau, tau_memory):
    f = np.exp(beta * (h - h.max()))
    f = f / f.sum()
    dy = (f @ patterns + bias - y) / tau
    dh = (patterns @ np.tanh(y) - h) / tau_memory
    return dy, dh


def _two_layer_velocity_in_loops(patterns, y, h, bias, beta, tau, tau_memory):
    top = max(h)
    total = 0.0
    for current in h:
        total += np.exp(beta * (current - top))
    dy = []
    for i in range(len(y)):
        heard = bias[i] - y[i]
        for m in range(len(h)):
            heard += patterns[m][i] * np.exp(beta * (h[m] - top)) / total
        dy.append(heard / tau)
    dh = []
    for m in range(len(h)):
        heard = -h[m]
        for i in range(len(y)):
            heard += patterns[m][i] * np.tanh(y[i])
        dh.append(heard / tau_memory)
    return dy, dh


def _flowing(formula: Callable[[_Two, float, float], Any]) -> Callable[..., Any]:
    def velocity(patterns: Any, y: Any, h: Any, bias: Any, beta: Any, tau: Any, tau_memory: Any) -> Any:
        with np.errstate(all="ignore"):
            return formula(_two(patterns, y, h, bias, beta), tau, tau_memory)

    return velocity


def _pulls(s: _Two) -> tuple[Array, Array]:
    """The velocities, each times its time constant."""
    return s.f @ s.X + s.b - s.y, s.X @ s.g - s.h


def _features(dy: Callable[[_Two], Any]) -> Callable[..., Any]:
    """Another pull on the features."""
    return _flowing(lambda s, t, u: (dy(s) / t, _pulls(s)[1] / u))


def _memories(dh: Callable[[_Two], Any]) -> Callable[..., Any]:
    """Another pull on the memory units."""
    return _flowing(lambda s, t, u: (_pulls(s)[0] / t, dh(s) / u))


def _both(dy: Callable[[_Two], Any], dh: Callable[[_Two], Any]) -> Callable[..., Any]:
    return _flowing(lambda s, t, u: (dy(s) / t, dh(s) / u))


def _in_each_layer(
    name: str, dy: Callable[[_Two, float], Any], dh: Callable[[_Two, float], Any], text: str
) -> list[Mistake]:
    """A mistake in both velocities, and in each of them alone."""
    return [
        Mistake(name, _flowing(lambda s, t, u: (dy(s, t), dh(s, u))), text),
        Mistake(f"{name}: features", _flowing(lambda s, t, u: (dy(s, t), _pulls(s)[1] / u)), text),
        Mistake(f"{name}: memories", _flowing(lambda s, t, u: (_pulls(s)[0] / t, dh(s, u))), text),
    ]


def _flow_trials(rng: np.random.Generator) -> Trials:
    times = [(1.0, 0.5), (2.0, 0.25), (0.5, 4.0), (3.0, 0.2), (2, 5), (1.5, 1.5), (2.0, 0.3), (0.4, 3.0)]
    trials: Trials = []
    for case, (tau, slow) in zip(_layer_trials(rng), [*times, *times[1:]], strict=False):
        trials.append((*case, tau, slow))
    return trials


two_layer_velocity = TellingCheck(
    _two_layer_velocity,
    _flow_trials,
    [
        Mistake(
            "layers exchanged",
            _flowing(lambda s, t, u: (_pulls(s)[1] / u, _pulls(s)[0] / t)),
            "You return the velocity of the memory units first. The features come first.",
        ),
        Mistake(
            "time constants exchanged",
            _flowing(lambda s, t, u: (_pulls(s)[0] / u, _pulls(s)[1] / t)),
            "Each layer has its own time constant. You have the two the wrong way round.",
        ),
        Mistake(
            "multiplied with the time constants",
            _flowing(lambda s, t, u: (_pulls(s)[0] * t, _pulls(s)[1] * u)),
            "A large time constant makes a layer slow: divide by it.",
        ),
        Mistake(
            "new states",
            _flowing(lambda s, t, u: (s.y + _pulls(s)[0] / t, s.h + _pulls(s)[1] / u)),
            "You added the velocities to the currents: that is a step. The velocities alone are asked for.",
        ),
        Mistake(
            "features moved before the memories hear them",
            _flowing(lambda s, t, u: (_pulls(s)[0] / t, (s.X @ np.tanh(s.y + _pulls(s)[0] / t) - s.h) / u)),
            "You moved the features before the memory units hear them. Both velocities belong to the same "
            "moment.",
        ),
        Mistake(
            "time constants forgotten",
            _flowing(lambda s, t, u: _pulls(s)),
            "That is the velocity times the time constant, for both layers. Divide.",
        ),
        Mistake(
            "time constant of the features forgotten",
            _flowing(lambda s, t, u: (_pulls(s)[0], _pulls(s)[1] / u)),
            "The first result is the velocity of the features times their time constant. Divide.",
        ),
        Mistake(
            "time constant of the memories forgotten",
            _flowing(lambda s, t, u: (_pulls(s)[0] / t, _pulls(s)[1])),
            "The second result is the velocity of the memory units times their time constant. Divide.",
        ),
        Mistake(
            "one time constant for both",
            _flowing(lambda s, t, u: (_pulls(s)[0] / t, _pulls(s)[1] / t)),
            "You divide both layers by the time constant of the features. The memory units have their own.",
        ),
        *_in_each_layer(
            "brackets forgotten",
            lambda s, t: s.f @ s.X + s.b - s.y / t,
            lambda s, u: s.X @ s.g - s.h / u,
            "Only the last term is divided by the time constant. Put the whole sum in brackets.",
        ),
        *_in_each_layer(
            "leak not divided by the time constant",
            lambda s, t: (s.f @ s.X + s.b) / t - s.y,
            lambda s, u: s.X @ s.g / u - s.h,
            "The own current is divided by the time constant, too. Put the whole sum in brackets.",
        ),
        *_in_each_layer(
            "leak with the wrong sign",
            lambda s, t: (s.f @ s.X + s.b + s.y) / t,
            lambda s, u: (s.X @ s.g + s.h) / u,
            "A current that hears nothing fades away: the own current has a minus.",
        ),
        *_in_each_layer(
            "once for each weight",
            lambda s, t: (s.f @ s.X + len(s.h) * (s.b - s.y)) / t,
            lambda s, u: (s.X @ s.g - len(s.y) * s.h) / u,
            "What belongs to the unit itself is counted once for each of its weights. It stands beside the "
            "sum over the other layer, not in it.",
        ),
        Mistake(
            "bias not divided by the time constant",
            _flowing(lambda s, t, u: ((s.f @ s.X - s.y) / t + s.b, _pulls(s)[1] / u)),
            "The bias is divided by the time constant, too. Put the whole sum in brackets.",
        ),
        Mistake(
            "features do not leak",
            _features(lambda s: s.f @ s.X + s.b),
            "Without input a current fades away: the features' own currents are missing.",
        ),
        Mistake(
            "memories do not leak",
            _memories(lambda s: s.X @ s.g),
            "Without input a current fades away: the memory units' own currents are missing.",
        ),
        Mistake(
            "no layer leaks",
            _both(lambda s: s.f @ s.X + s.b, lambda s: s.X @ s.g),
            "Without input a current fades away: the layers' own currents are missing.",
        ),
        Mistake(
            "outputs leak",
            _both(lambda s: s.f @ s.X + s.b - s.g, lambda s: s.X @ s.g - s.f),
            "You took the outputs off. What leaks away are the currents.",
        ),
        Mistake(
            "features leak their outputs",
            _features(lambda s: s.f @ s.X + s.b - s.g),
            "You took the outputs of the features off. What leaks away are their currents.",
        ),
        Mistake(
            "memories leak their outputs",
            _memories(lambda s: s.X @ s.g - s.f),
            "You took the outputs of the memory units off. What leaks away are their currents.",
        ),
        Mistake(
            "memories leak without the largest current",
            _memories(lambda s: s.X @ s.g - (s.h - s.h.max())),
            "You took the largest current off h for good, and so h leaks away without it. It is taken off in "
            "the exponents only.",
        ),
        Mistake(
            "memories hear currents",
            _memories(lambda s: s.X @ s.y - s.h),
            "The memory units hear the OUTPUTS of the features, tanh y. You sent the currents.",
        ),
        Mistake(
            "features hear currents",
            _features(lambda s: s.h @ s.X + s.b - s.y),
            "The features hear the OUTPUTS of the memory units, the shares. You sent the currents.",
        ),
        Mistake(
            "currents sent both ways",
            _both(lambda s: s.h @ s.X + s.b - s.y, lambda s: s.X @ s.y - s.h),
            "Through the weights pass OUTPUTS. You sent currents both ways.",
        ),
        Mistake(
            "memories as if they were fast",
            _features(lambda s: given.shares(s.beta * (s.X @ s.g)) @ s.X + s.b - s.y),
            "You put in what the memory units will hear, X g. The features hear the shares of the currents h "
            "that the memory units have.",
        ),
        Mistake(
            "bias forgotten",
            _features(lambda s: s.f @ s.X - s.y),
            "The input currents of the features are missing.",
        ),
        Mistake(
            "bias in the outputs",
            _memories(lambda s: s.X @ np.tanh(s.y - s.b) - s.h),
            "The bias is an input of the features. Their outputs are made of their currents alone.",
        ),
        Mistake(
            "bias taken off",
            _features(lambda s: s.f @ s.X - s.b - s.y),
            "The bias is an input: it is added to what the features hear.",
        ),
        Mistake(
            "beta forgotten",
            _features(lambda s: given.shares(s.h) @ s.X + s.b - s.y),
            "The shares have beta in the exponent.",
        ),
        Mistake(
            "beta in the outputs of the features",
            _memories(lambda s: s.X @ np.tanh(s.beta * s.y) - s.h),
            "beta belongs to the memory units. The features have the output tanh y.",
        ),
        Mistake(
            "softmax not divided by its sum",
            _features(lambda s: _undivided_shares(s) @ s.X + s.b - s.y),
            "Your shares do not add up to 1: divide the exponentials by their sum.",
        ),
        Mistake(
            "exponentials for shares",
            _features(lambda s: np.exp(s.beta * s.h) @ s.X + s.b - s.y),
            "Your shares do not add up to 1: the exponentials are divided by their sum.",
        ),
        Mistake(
            "loudest memory alone",
            _features(lambda s: s.X[int(s.h.argmax())] + s.b - s.y),
            "Only the loudest memory unit speaks in yours. All of them do, each by its share.",
        ),
        Mistake(
            "steepest descent",
            _features(lambda s: (s.f @ s.X + s.b - s.y) * (1 - s.g**2)),
            "Your features follow the slope of the energy, with the derivative of tanh. The flow does "
            "without it: the energy falls all the same.",
        ),
        Mistake(
            "memories as tanh units",
            _features(lambda s: np.tanh(s.beta * s.h) @ s.X + s.b - s.y),
            "The memory units are a softmax layer: they share one sum. You took tanh units.",
        ),
        Mistake(
            "memories as tanh units without beta",
            _features(lambda s: np.tanh(s.h) @ s.X + s.b - s.y),
            "The memory units are a softmax layer: they share one sum, and have beta. You took tanh units.",
        ),
        *_in_each_layer(
            "uphill",
            lambda s, t: -_pulls(s)[0] / t,
            lambda s, u: -_pulls(s)[1] / u,
            "The currents move away from what they hear. Turn the signs round.",
        ),
        Mistake(
            _WITHOUT_BETA,
            _features(lambda s: _half_taken_off_shares(s) @ s.X + s.b - s.y),
            _WITHOUT_BETA_TEXT,
        ),
        Mistake(
            _LARGE,
            _features(lambda s: _cut_off_shares(s) @ s.X + s.b - s.y),
            _LARGE_TEXT,
        ),
        Mistake(
            "overflow",
            _features(lambda s: _plain_shares(s) @ s.X + s.b - s.y),
            "The formula is right, but an exponential of a large current is infinite in the computer, and "
            "of a very negative one 0. Take the largest current off first.",
        ),
    ],
    [
        "First the outputs of both layers: each layer hears those of the other. The shares must stay finite, "
        "as in exercise 3.",
        "What the memory units hear is `patterns @ ...`, with the outputs of the features.",
        "What the features hear is the transpose of `patterns` times the shares, and the bias.",
    ],
    also=[_two_layer_velocity_in_loops],
    first={_LARGE: _large_only},
    limits=["up to 900"],
    praise="Right. No unit knows more than its own current and what arrives at it.",
)


# 5. a flip-flop that is no special case

_BEYOND = np.array([[1.0, -2.0], [-2.0, 1.0]])


def _product(W: Any, v: Any) -> float:
    """v·Wv, relative to its terms; what rounding leaves of a zero is zero."""
    terms = np.abs(v) @ np.abs(W) @ np.abs(v)
    value = float(v @ W @ v)
    return 0.0 if abs(value) <= 1e-12 * terms else value


def _excess(W: Any) -> float:
    """The determinant: with positive self-weights it is negative exactly if an eigenvalue is."""
    value = float(W[0, 0] * W[1, 1] - W[0, 1] ** 2)
    return 0.0 if abs(value) <= 1e-12 * W[0, 0] * W[1, 1] else value


def _beyond_praise(W: Any, v: Any) -> str:
    lowest = np.linalg.eigvalsh(W)[0]
    return (
        f"Right. For any patterns v·Wv would be the squared length of Xv; yours is {_product(W, v):.3g}. "
        f"The lowest eigenvalue of your W is {lowest:.3g}."
    )


no_special_case = ExampleCheck(
    "no_special_case",
    ["weights", "witness"],
    (_BEYOND, np.array([1.0, 1.0])),
    [
        Mistake(
            "not two by two",
            (np.eye(3), np.ones(3)),
            "A flip-flop has two units: two rows of two weights are asked for.",
            lambda W, v: W.shape != (2, 2),
        ),
        Mistake(
            "too large",
            (100 * _BEYOND, np.ones(2)),
            "Take all numbers, of weights and witness, from -100 to 100.",
            lambda W, v: bool(np.abs(W).max() > 100 or np.abs(v).max(initial=0) > 100),
        ),
        Mistake(
            "not symmetric",
            (np.array([[1.0, -2.0], [-3.0, 1.0]]), np.ones(2)),
            "Your weights are not symmetric. Then they are no XᵀX, but there is no such energy either.",
            lambda W, v: not is_symmetric(W),
        ),
        Mistake(
            "self-weights not positive",
            (np.array([[0.0, -1.0], [-1.0, 0.0]]), np.ones(2)),
            "Both self-weights must be positive. With a zero or a negative one it is too easy: the diagonal "
            "of XᵀX holds squared lengths.",
            lambda W, v: bool((np.diag(W) <= 0).any()),
        ),
        Mistake(
            "no flip-flop",
            (np.array([[1.0, 2.0], [2.0, 1.0]]), np.array([1.0, -1.0])),
            "In a flip-flop the two units push each other away. Yours do not.",
            lambda W, v: bool(W[0, 1] >= 0),
        ),
        Mistake(
            "just a special case",
            (np.array([[1.0, -2.0], [-2.0, 4.0]]), np.array([2.0, 1.0])),
            "There is a pattern X with just these weights: v·Wv can be zero, but is never negative. Try a "
            "stronger weight between the two units.",
            lambda W, v: _excess(W) == 0,
        ),
        Mistake(
            "a special case",
            (np.array([[2.0, -1.0], [-1.0, 2.0]]), np.ones(2)),
            "There are patterns X with just these weights: no eigenvalue is negative. Try a stronger weight "
            "between the two units.",
            lambda W, v: _excess(W) >= 0,
        ),
        Mistake(
            "witness of another size",
            (_BEYOND, np.ones(3)),
            "Your weights are good. The witness must be a plain list of two numbers, one for each unit.",
            lambda W, v: v.shape != (2,),
        ),
        Mistake(
            "eigenvalues for a witness",
            (_BEYOND, np.array([-1.0, 3.0])),
            "Your weights are good. But your witness holds their two eigenvalues, and proves nothing. Which "
            "vector belongs to the negative one?",
            lambda W, v: _product(W, v) >= 0 and np.allclose(np.sort(v), np.linalg.eigvalsh(W), atol=0.006),
        ),
        Mistake(
            "mixed term with the wrong sign",
            (_BEYOND, np.array([1.0, -2.0])),
            "Your weights are good. But with your witness the mixed term of v·Wv is positive, as the squares "
            "are. Write v·Wv out.",
            lambda W, v: _product(W, v) >= 0 and v[0] * v[1] < 0,
        ),
        Mistake(
            "witness shows nothing",
            (_BEYOND, np.array([1.0, 5.0])),
            "Your weights are good. But v·Wv of your witness is not negative, so it proves nothing.",
            lambda W, v: _product(W, v) >= 0,
        ),
    ],
    [
        "If W = XᵀX, then v·Wv is the squared length of Xv. So it is never negative, whatever v.",
        "For a v of two numbers write v·Wv out: two squares, and a mixed term that comes twice. When can the "
        "mixed term win?",
        "Let the mixed term be negative: the weight between the units is, so take two numbers of equal sign.",
    ],
    limits=["from -100 to 100"],
    praise=_beyond_praise,
)
