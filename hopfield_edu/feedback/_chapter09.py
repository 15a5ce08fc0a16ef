"""Checks of chapter 09: the chance of a unit, detailed balance, Boltzmann, ties, noisy memories, cooling."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np

from hopfield_edu import state_space, thermal
from hopfield_edu._values import numbers
from hopfield_edu.feedback import _inputs as given
from hopfield_edu.feedback._core import ExampleCheck, FunctionCheck, Mistake, TableCheck
from hopfield_edu.feedback._networks import misfits, nonzero, symmetric
from hopfield_edu.feedback._telling import TellingCheck

Trials = list[tuple[Any, ...]]

# 1a. the chance that a unit becomes +1


def _chance(h, T):
    return (1 + np.tanh(h / T)) / 2


def _chance_by_cases(h, T):
    if h < 0:
        small = math.exp(2 * h / T)  # at most 1
        return small / (1 + small)
    return 1 / (1 + math.exp(-2 * h / T))


#: Both signs and a tie, warm; nearly zero temperature, where exponentials overflow or vanish; a hot one.
_WARM = [(1, 2), (0.5, 1), (-0.5, 1), (0, 1), (1, 1), (-1, 1), (2, 4), (-3, 4), (0.75, 0.5), (-0.5, 0.5)]
_COLD = [(100, 1e-9), (-100, 1e-9), (0.001, 1e-9), (-0.001, 1e-9), (0, 1e-9), (800, 1), (-800, 1)]
_COLD += [(1e-9, 1e-9), (-5e-10, 1e-9), (2e-6, 1e-6), (-1e-4, 2e-4)]  # fields as small as the temperature
_HOT = [(1, 1000), (-1, 1000)]


def _chance_trials(rng: np.random.Generator) -> Trials:
    random = [(r * T, T) for r, T in rng.uniform((-1, 0.5), (1, 4), (8, 2)).tolist()]
    return [*_WARM, *_COLD, *_HOT, *random]


def _odds(x: float) -> float:
    """exp(x), infinite where it is too large."""
    return float(np.exp(x))


def _in_the_cold(seen: list[Any], wanted: list[Any], trials: Trials, ties: bool) -> bool:
    """Right but for 0 or 1 in place of a chance in between, at low temperatures; ties among them."""
    wrong = [(P, h, T) for P, due, (h, T) in zip(seen, wanted, trials, strict=True) if abs(P - due) > 1e-6]
    cold = all(T < 0.01 and P in (0, 1) for P, _, T in wrong)
    return cold and any(h == 0 for _, h, _ in wrong) == ties


def _tie_in_the_cold(seen: list[Any], wanted: list[Any], trials: Trials) -> bool:
    return _in_the_cold(seen, wanted, trials, ties=True)


def _sign_in_the_cold(seen: list[Any], wanted: list[Any], trials: Trials) -> bool:
    return _in_the_cold(seen, wanted, trials, ties=False)


def _held_back(seen: list[Any], wanted: list[Any], trials: Trials) -> bool:
    """Right between two limits, the lower of which is as far from 0 as the upper one from 1."""
    most = max(seen)
    return 0.6 < most < 1 and np.allclose(seen, np.clip(wanted, 1 - most, most), 0, 1e-6)


_FACTOR = "When a unit turns over, the energy changes by 2h, not by h: where has the factor 2 gone?"
_DIVIDED = "You multiply the field with T. A high temperature makes the field count LESS: it divides."
_INFINITE = "inf / inf or 0 / 0 came out: exponentials of large numbers meet in one fraction."

_COLD_TIE, _COLD_SIGN = "a tie in the cold", "decided by the sign in the cold"
_HELD_BACK = "the exponent held back"

_CHANCES = [
    Mistake(
        "chance of minus one",
        lambda h, T: _chance(-h, T),
        "That is the chance of -1. A positive field makes +1 the more likely.",
    ),
    Mistake("factor 2 forgotten", lambda h, T: _chance(h / 2, T), _FACTOR),
    Mistake(
        "factor 2 forgotten, chance of minus one",
        lambda h, T: _chance(-h / 2, T),
        f"That is nearly the chance of -1: a positive field makes +1 the more likely. {_FACTOR}",
    ),
    Mistake(
        "factor 2 twice",
        lambda h, T: _chance(2 * h, T),
        "Your field counts twice as much as it should. The formula has a factor 2 with the exponential and "
        "none with tanh.",
    ),
    Mistake("multiplied by T", lambda h, T: _chance(h * T, 1), _DIVIDED),
    Mistake(
        "multiplied by T, factor 2 forgotten", lambda h, T: _chance(h * T / 2, 1), f"{_DIVIDED} {_FACTOR}"
    ),
    Mistake(
        "temperature not used",
        lambda h, T: _chance(h, 1),
        "Your chance does not depend on T. A cold unit obeys its field, a hot one hardly listens.",
    ),
    Mistake(
        "divided by T outside",
        lambda h, T: 1 / (1 + _odds(-2 * h) / T),
        "T divides your exponential. It belongs into the exponent, below the field.",
    ),
    Mistake(
        "tanh alone",
        lambda h, T: np.tanh(h / T),
        "tanh(h / T) is the mean of the unit, between -1 and 1. A chance lies between 0 and 1: how are the "
        "two related?",
    ),
    Mistake(
        "tanh not halved",
        lambda h, T: 1 + np.tanh(h / T),
        "Your numbers go from 0 to 2. A chance lies between 0 and 1.",
    ),
    Mistake(
        "weight instead of chance",
        lambda h, T: _odds(h / T),
        "exp(h / T) is the weight of +1. A chance is a share: what is the weight of -1, and of both "
        "together?",
    ),
    Mistake(
        "odds instead of chance",
        lambda h, T: _odds(2 * h / T),
        "exp(2h / T) is how many times as likely +1 is as -1. A chance is a share of both together.",
    ),
    Mistake(
        "odds of minus one",
        lambda h, T: _odds(-2 * h / T),
        "exp(-2h / T) is how many times as likely -1 is as +1. A chance is a share of both together.",
    ),
    Mistake(
        "Metropolis",
        lambda h, T: min(1.0, _odds(2 * h / T)),
        "That is the rule of Metropolis: always downhill, uphill with exp(-change / T). It has the same "
        "distribution in the end, but Glauber's unit tosses its coin in both cases.",
    ),
    Mistake(
        "the cold rule",
        lambda h, T: (1 + np.sign(h)) / 2,
        "You give 0 or 1 by the sign of the field, and 1/2 for a tie: that is the limit of temperature zero.",
    ),
    Mistake(
        "the cold rule, a tie is plus",
        lambda h, T: float(h >= 0),
        "You give 0 or 1 by the sign of the field: that is the rule without noise.",
    ),
    Mistake(
        "the cold rule, a tie is minus",
        lambda h, T: float(h > 0),
        "You give 0 or 1 by the sign of the field: that is the rule without noise.",
    ),
    Mistake(
        "a tie decided",
        lambda h, T: _chance(h, T) if h else 1.0,
        "A field of zero favours neither side: what does the formula give there?",
    ),
    Mistake(
        "a tie is minus one",
        lambda h, T: _chance(h, T) if h else 0.0,
        "A field of zero favours neither side: what does the formula give there?",
    ),
    Mistake(
        _COLD_TIE,
        lambda h, T: _chance(h, T) if T > 0.01 else float(h > 0),
        "Right but for small fields in the cold. A field of zero favours neither side, however cold it is, "
        "and one as small as T leaves the unit in doubt. The formula with tanh needs no step.",
    ),
    Mistake(
        _COLD_SIGN,
        lambda h, T: _chance(h, T) if T > 0.01 else (1 + float(np.sign(h))) / 2,
        "Right but for small fields in the cold, where you look at the sign alone. What counts is h / T: a "
        "field as small as the temperature leaves the unit in doubt. The formula with tanh needs no cases.",
    ),
    Mistake(
        _HELD_BACK,
        lambda h, T: _chance(float(np.clip(h / T, -2.5, 2.5)), 1),
        "Your chance comes no nearer to 0 and 1 than some limit: is the exponent held back, so that it does "
        "not overflow? A cold unit obeys its field for sure. Which form of the formula has no large numbers?",
    ),
    Mistake(
        "size of the field",
        lambda h, T: _chance(abs(h), T),
        "Your chance is never below one half. A negative field makes -1 the more likely.",
    ),
    Mistake(
        "another base: 10",
        lambda h, T: 1 / (1 + np.float64(10) ** (-2 * h / T)),
        "Powers of 10 stand where powers of e belong: `np.exp`.",
    ),
    Mistake(
        "another base: 2",
        lambda h, T: 1 / (1 + np.float64(2) ** (-2 * h / T)),
        "Powers of 2 stand where powers of e belong: `np.exp`.",
    ),
    Mistake(
        "a straight line",
        lambda h, T: float(np.clip((1 + h / T) / 2, 0, 1)),
        "Your chance grows in a straight line, and is cut off. It bends: by the exponential.",
    ),
    Mistake(
        "one minus the odds",
        lambda h, T: 1 - _odds(-2 * h / T),
        "1 - exp(-2h / T) is zero at a tie, where both values are equally likely.",
    ),
    Mistake(
        "infinity over infinity",
        lambda h, T: np.exp(2 * h / T) / (1 + np.exp(2 * h / T)),
        f"Right, where it is not too cold. {_INFINITE} Divide above and below by the larger one.",
    ),
    Mistake(
        "infinity over infinity, negative fields",
        lambda h, T: 1 - np.exp(-2 * h / T) / (1 + np.exp(-2 * h / T)),
        f"Right, where it is not too cold. {_INFINITE} Divide above and below by the larger one.",
    ),
    Mistake(
        "math.exp too large",
        lambda h, T: 1 / (1 + math.exp(-2 * h / T)),
        "Right, where it is not too cold. `math.exp` raises an error above 709: with a negative field the "
        "exponent is large. For which form of the formula is it not?",
    ),
    Mistake(
        "math.exp too large, positive fields",
        lambda h, T: math.exp(2 * h / T) / (1 + math.exp(2 * h / T)),
        "Right, where it is not too cold. `math.exp` raises an error above 709: with a positive field the "
        "exponent is large. For which form of the formula is it not?",
    ),
    Mistake(
        "math.exp too large on both sides",
        lambda h, T: math.exp(h / T) / (math.exp(h / T) + math.exp(-h / T)),
        "Right, where it is not too cold. `math.exp` raises an error above 709. Divide above and below by "
        "one of the exponentials, and mind the sign of the exponent that is left.",
    ),
]

chance = TellingCheck(
    _chance,
    _chance_trials,
    [Mistake(m.name, given.quietly(m.wrong), m.message) for m in _CHANCES],
    [
        "The weights of +1 and -1 are exp(h/T) and exp(-h/T). The chance is the share of the first.",
        "Divide above and below by exp(h/T): one exponential is left, of a number that may be large.",
        "tanh(x) is (1 - e) / (1 + e) with e = exp(-2x), and never overflows. What is one plus that, halved?",
    ],
    signs={_COLD_TIE: _tie_in_the_cold, _COLD_SIGN: _sign_in_the_cold, _HELD_BACK: _held_back},
    also=[_chance_by_cases],
    limits=["as small as"],
    properties=[("A chance lies between 0 and 1.", lambda P, h, T: 0 <= P <= 1)],
    praise="Right, for cold units, too.",
)


# 1b. one sweep, when the random numbers are given


def _warm_sweep(weights, bias, state, T, u):
    y = np.array(state)
    for i in range(len(y)):
        y[i] = 1 if u[i] < _chance(weights[i] @ y + bias[i], T) else -1
    return y


def _warm_sweep_by_thresholds(weights, bias, state, T, u):
    y = list(state)
    for i in range(len(y)):
        h = bias[i]
        for j in range(len(y)):
            h += weights[i][j] * y[j]
        y[i] = 1 if h > T / 2 * math.log(u[i] / (1 - u[i])) else -1
    return y


def _numbers_for(rng: np.random.Generator, W: Any, b: Any, y: Any, T: float) -> Any:
    """Uniform numbers none of which is near the chance that it is compared with."""
    y, u = y.copy(), np.empty(len(y))
    for i in range(len(y)):
        P = _chance(W[i] @ y + b[i], T)
        u[i] = rng.uniform(0.02, 0.98).__round__(3)
        while abs(u[i] - P) < 0.01:
            u[i] = rng.uniform(0.02, 0.98).__round__(3)
        y[i] = 1 if u[i] < P else -1
    return u


def _network(rng: np.random.Generator, N: int) -> tuple[Any, Any, Any]:
    """Weights of both signs, not symmetric, in quarters; a bias; a state."""
    return given.weights(rng, N) / 2, rng.integers(-3, 4, N) / 4, given.state(rng, N)


def _sweep_trials(rng: np.random.Generator) -> Trials:
    trials: Trials = []
    fixed = np.random.default_rng(9)
    for source, sizes in ((fixed, (1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 5, 5, 6, 6)), (rng, (2, 3, 4, 5, 6))):
        for k, N in enumerate(sizes):
            W, b, y = _network(source, N)
            T = (0.5, 1.0, 2.0)[k % 3]
            trials.append((W, b, y, T, _numbers_for(source, W, b, y, T)))
    for h, T in ((0.5, 2.0), (-0.5, 0.5), (1.0, 2.0), (-1.0, 4.0), (1.0, 1.0), (0.75, 3.0)):  # on their own
        u, y = (np.arange(12) + 0.37) / 12, np.where(np.arange(12) % 2, 1, -1)
        trials.append((np.zeros((12, 12)), np.full(12, h), y, T, u))
    rare = np.array([1e-6, 1 - 1e-6])  # no cold unit takes the one in a million that speaks against its field
    trials.append((np.zeros((2, 2)), np.array([-1, 1]), np.array([1, -1]), 1e-9, rare))
    doubt = np.array([0.95, 0.05])  # fields as small as the temperature: these coins decide against them
    trials.append((np.zeros((2, 2)), np.array([1e-9, -1e-9]), np.array([1, -1]), 1e-9, doubt))
    W = np.array([[0, 1, -1], [1, 0, -2], [-1, -2, 0]])  # cold: two ties, and an obedient unit
    for u in ([0.3, 0.8, 0.9], [0.8, 0.3, 0.1], [0.6, 0.6, 0.2]):
        trials.append((W, np.zeros(3), np.array([1, 1, 1]), 1e-9, np.array(u)))
    hears_itself = np.array([[1.0]])  # without this weight its chance is 0.62, not 0.92
    trials.append((hears_itself, np.array([0.25]), np.array([1]), 1.0, np.array([0.7])))
    return trials


def _swept(chance: Callable[[Any, Any], Any], order: Callable[[int], Any] = range) -> Callable[..., Any]:
    """A sweep with another chance, or in another order."""

    def sweep(weights, bias, state, T, u):
        y = np.array(state)
        for i in order(len(y)):
            y[i] = 1 if u[i] < chance(weights[i] @ y + bias[i], T) else -1
        return y

    return sweep


def _turned(weights, bias, state, T, u):
    """You compare u with the chance that the unit becomes +1, and then turn it over. It BECOMES +1 then,
    whatever it was, and -1 otherwise."""
    y = np.array(state)
    for i in range(len(y)):
        if u[i] < _chance(weights[i] @ y + bias[i], T):
            y[i] = -y[i]
    return y


def _turned_by_its_chance(weights, bias, state, T, u):
    """You turn the unit over if u is below the chance of a flip. Here u is compared with the chance of +1,
    and decides what the unit BECOMES, whatever it was."""
    y = np.array(state)
    for i in range(len(y)):
        if u[i] < _chance(-y[i] * (weights[i] @ y + bias[i]), T):
            y[i] = -y[i]
    return y


def _never_down(weights, bias, state, T, u):
    """Your units become +1, and never -1: where the coin decides against +1, the unit keeps what it has."""
    y = np.array(state)
    for i in range(len(y)):
        if u[i] < _chance(weights[i] @ y + bias[i], T):
            y[i] = 1
    return y


def _all_at_once(weights, bias, state, T, u):
    """All your fields come from the old state: that is a synchronous step. One unit after the other means
    that each sees what the units before it have become."""
    return np.where(u < _chance(weights @ state + bias, T), 1, -1)


def _above(weights, bias, state, T, u):
    """Your unit becomes +1 if u is ABOVE the chance. A number below P is drawn with probability P: that
    is +1."""
    y = np.array(state)
    for i in range(len(y)):
        y[i] = 1 if u[i] > _chance(weights[i] @ y + bias[i], T) else -1
    return y


def _ties_keep(weights, bias, state, T, u):
    """At a field of zero your unit keeps its value. Its chance is one half there: u decides."""
    y = np.array(state)
    for i in range(len(y)):
        h = weights[i] @ y + bias[i]
        if h:
            y[i] = 1 if u[i] < _chance(h, T) else -1
    return y


def _weights_alone(weights, bias, state, T, u):
    """You add up the weights alone. Each of them counts with the value of the unit that it comes from."""
    return np.where(u < _chance(weights.sum(axis=1) + bias, T), 1, -1)


def _chances_after(weights, bias, state, T, u):
    """You return the chances. The units toss their coins with them: u decides for +1 or -1."""
    y = _warm_sweep(weights, bias, state, T, u)
    return np.array([_chance(weights[i] @ [*y[:i], *state[i:]] + bias[i], T) for i in range(len(y))])


def _half_passed_on(weights, bias, state, T, u):
    """You keep the fields and correct them when a unit turns over. Its value then changes by TWO, from -1 to
    +1 or back: the others hear a difference of twice the weight."""
    y = np.array(state)
    h = weights @ y + bias
    for i in range(len(y)):
        new = 1 if u[i] < _chance(h[i], T) else -1
        if new != y[i]:
            h, y[i] = h + weights[:, i] * new, new
    return y


def _metropolis(weights, bias, state, T, u):
    """That is the rule of Metropolis: downhill always, uphill with the chance exp(-change / T). Here the unit
    becomes +1 if u is below its chance, whatever it was before."""
    y = np.array(state)
    for i in range(len(y)):
        change = 2 * y[i] * (weights[i] @ y + bias[i])
        if change <= 0 or u[i] < _odds(-change / T):
            y[i] = -y[i]
    return y


def _with(**change: Callable[..., Any]) -> Callable[..., Any]:
    """The right sweep of other arguments."""

    def sweep(weights, bias, state, T, u):
        now = {"weights": weights, "bias": bias, "state": state, "T": T, "u": u}
        return _warm_sweep(**(now | {name: make(**now) for name, make in change.items()}))

    return sweep


def _only(which: Callable[[int], Any]) -> Callable[..., Any]:
    """A sweep of some of the units."""
    return _swept(_chance, which)


_SAME_IN_A_SWEEP = (  # as a chance below 1/2 or above, or because u is never outside 0 and 1
    "infinity over infinity, negative fields",  # no number is below NaN: -1, as it should be
    "the cold rule, a tie is minus",  # as where u plays no part
    "math.exp too large",
    "math.exp too large, positive fields",
    "math.exp too large on both sides",
)  # the last three are one mistake here
_OF_THE_CHANCE = [m for m in _CHANCES if m.name not in _SAME_IN_A_SWEEP and m.name != "Metropolis"]

warm_sweep = FunctionCheck(
    _warm_sweep,
    _sweep_trials,
    [
        Mistake.of(_all_at_once),
        Mistake.of(_turned, "turned over instead of set"),
        Mistake.of(_turned_by_its_chance, "compared with the chance of a flip"),
        Mistake.of(_never_down, "never down"),
        Mistake.of(_chances_after, "chances instead of a state"),
        Mistake.of(_above, "u above the chance"),
        Mistake.of(_half_passed_on, "a flip counted once"),
        Mistake("Metropolis", given.quietly(_metropolis), Mistake.of(_metropolis).message),
        Mistake(
            "one minus u",
            _with(u=lambda u, **_: 1 - u),
            "You compare the chance of +1 with 1 - u. That would be as good a coin, but here the unit "
            "becomes +1 if u itself is below the chance.",
        ),
        Mistake(
            "bias forgotten",
            _with(bias=lambda bias, **_: 0 * bias),
            "The field of unit i has a part of its own, the bias.",
        ),
        Mistake(
            "bias with the wrong sign",
            _with(bias=lambda bias, **_: -bias),
            "The bias is added to the field: a positive one wants its unit at +1.",
        ),
        Mistake(
            "transposed weights",
            _with(weights=lambda weights, **_: weights.T),
            "`weights[i]` leads INTO unit i. You used the column, what leaves it.",
        ),
        Mistake(
            "self-connection left out",
            _with(weights=lambda weights, **_: weights - np.diag(np.diag(weights))),
            "Your sum leaves out unit i itself. It runs over all j: where there is a weight w_ii, the unit "
            "hears its own value, too.",
        ),
        Mistake(
            "from the last to the first",
            _swept(_chance, lambda N: range(N - 1, -1, -1)),
            "You begin with the last unit. The order is from the first to the last.",
        ),
        Mistake(
            "one number for all",
            _with(u=lambda u, **_: np.full(len(u), u[0])),
            "All your units use the first random number. Unit i has its own, `u[i]`.",
        ),
        Mistake(
            "numbers in reversed order",
            _with(u=lambda u, **_: u[::-1]),
            "Unit i uses `u[i]`; yours uses the numbers from the other end.",
        ),
        Mistake(
            "u plays no part",
            _with(u=lambda u, **_: np.full(len(u), 0.5)),
            "Your units obey the sign of their field, as if it were cold, and the random numbers play no "
            "part. Compare u with the chance. (One half in its place comes to the same as the sign.)",
        ),
        Mistake(
            "begins with zeros",
            lambda weights, bias, state, T, u: _warm_sweep(weights, bias, 0 * state, T, u),
            "Your state begins with zeros, so that the first units hear nothing of those behind them. Begin "
            "with a copy of the old state.",
        ),
        Mistake.of(_ties_keep),
        Mistake(
            "the last unit alone",
            _only(lambda N: [N - 1]),
            "Only the last unit is updated. Does each turn of your loop begin again with the old state?",
        ),
        Mistake(
            "the first unit alone",
            _only(lambda N: [0]),
            "Only the first unit is updated. Is there a `return` inside the loop?",
        ),
        Mistake(
            "the last unit left out",
            _only(lambda N: range(N - 1)),
            "The last unit is not updated. `range(n)` ends at n - 1.",
        ),
        Mistake(
            "the first unit left out",
            _only(lambda N: range(1, N)),
            "The first unit is not updated. Python counts from 0.",
        ),
        Mistake(
            "two sweeps",
            lambda weights, bias, state, T, u: _warm_sweep(
                weights, bias, _warm_sweep(weights, bias, state, T, u), T, u
            ),
            "Every unit is updated twice. One sweep is asked for.",
        ),
        Mistake.of(_weights_alone),
        Mistake(
            "math.exp too large",
            _swept(lambda h, T: 1 / (1 + math.exp(-2 * h / T))),
            "Right, where it is not too cold. `math.exp` raises an error above 709: for which form of the "
            "chance is no exponent large?",
        ),
        *[Mistake(m.name, given.quietly(_swept(m.wrong)), m.message) for m in _OF_THE_CHANCE],
    ],
    [
        "Which state does the second unit hear: the old one, or the one in which the first has been updated?",
        "Work on a copy: each turn of the loop takes the field from it, and writes the new value into it.",
        "You may call your own `chance(h, T)` from part a.",
    ],
    also=[_warm_sweep_by_thresholds],
    praise="Right. With fresh random numbers in every sweep this is the whole of Gibbs sampling.",
)


# 2. by hand: the Boltzmann distribution of two units, and the traffic between neighbours

_FOUR = {"++": (1, 1), "+-": (1, -1), "-+": (-1, 1), "--": (-1, -1)}


def _energy_by_hand(y: tuple[int, int]) -> float:
    return -y[0] * y[1] - y[0]


def _hand(
    energy: Callable[[tuple[int, int]], float] = _energy_by_hand,
    weight: Callable[[float], float] = lambda E: 2 ** (-E / 2),
    share: Callable[[Any], Any] = lambda w: w / w.sum(),
) -> dict[str, list[float]]:
    """The table of energy, weight and probability, with one thing done differently."""
    E = np.array([energy(y) for y in _FOUR.values()], float)
    w = np.array([weight(e) for e in E], float)
    rows = np.column_stack([E, w, share(w)])
    return {state: [float(x) for x in row] for state, row in zip(_FOUR, rows, strict=True)}


def _hand_shares() -> Any:
    w = np.array([2, 1, 0.5, 1])
    return w / w.sum()


def _p(state: str) -> float:
    return float(_hand_shares()[list(_FOUR).index(state)])


boltzmann_by_hand = TableCheck(
    "boltzmann_by_hand",
    _hand(),
    ["E", "weight", "p"],
    [
        Mistake(
            "pair counted twice",
            _hand(lambda y: -2 * y[0] * y[1] - y[0]),
            "The pair of units stands twice in the double sum, and the one half makes up for it: w_12 y_1 "
            "y_2 "
            "counts once.",
        ),
        Mistake(
            "pair halved",
            _hand(lambda y: -y[0] * y[1] / 2 - y[0]),
            "The one half of the energy stands before the DOUBLE sum, in which the pair stands twice.",
        ),
        Mistake(
            "bias forgotten",
            _hand(lambda y: -y[0] * y[1]),
            "Unit 1 has a wish of its own, its bias. Where is it in your energies?",
        ),
        Mistake(
            "bias with the wrong sign",
            _hand(lambda y: -y[0] * y[1] + y[0]),
            "A positive bias wants its unit at +1, so it LOWERS the energy there.",
        ),
        Mistake(
            "bias halved",
            _hand(lambda y: -y[0] * y[1] - y[0] / 2),
            "The one half belongs to the pairs. A bias stands in its sum once.",
        ),
        Mistake(
            "bias of the other unit",
            _hand(lambda y: -y[0] * y[1] - y[1]),
            "It is unit 1 that has the bias, the one that is written first.",
        ),
        Mistake(
            "bias of both units",
            _hand(lambda y: -y[0] * y[1] - y[0] - y[1]),
            "Only unit 1 has a bias, the one that is written first.",
        ),
        Mistake(
            "pair with the wrong sign",
            _hand(lambda y: y[0] * y[1] - y[0]),
            "The weight is positive: two units that are equal LOWER the energy.",
        ),
        Mistake(
            "units of 0 and 1",
            _hand(lambda y: -(y[0] + 1) * (y[1] + 1) / 4 - (y[0] + 1) / 2),
            "You took 0 for a unit at -1. Units here are +1 or -1.",
        ),
        Mistake(
            "bias forgotten, and the minus",
            _hand(lambda y: y[0] * y[1]),
            "The energy carries a minus sign before the pair: two units that are equal lower it. And unit 1 "
            "has a bias.",
        ),
        Mistake(
            "minus signs of the energy lost",
            _hand(lambda y: y[0] * y[1] + y[0]),
            "The energy carries a minus sign before both of its sums: a granted wish lowers it.",
        ),
        Mistake(
            "high energies are likely",
            _hand(weight=lambda E: 2 ** (E / 2)),
            "With your weights a high energy is the more likely. The exponent is MINUS E / T.",
        ),
        Mistake(
            "exponent twice as large",
            _hand(weight=lambda E: 2.0**-E),
            "exp(2/T) = 2, so exp(-E/T) is one half for E = 2, not a quarter.",
        ),
        Mistake(
            "exponent four times as large",
            _hand(weight=lambda E: 4.0**-E),
            "exp(2/T) = 2, so exp(-E/T) is one half for E = 2.",
        ),
        Mistake(
            "exponent half as large",
            _hand(weight=lambda E: 2 ** (-E / 4)),
            "exp(2/T) = 2, so exp(-E/T) is one half for E = 2.",
        ),
        Mistake(
            "no weight without energy",
            _hand(weight=lambda E: 2 ** (-E / 2) if E else 0),
            "An energy of 0 has a weight, too: what is a power with the exponent 0?",
        ),
        Mistake(
            "exponents instead of weights",
            _hand(weight=lambda E: -E / 2, share=lambda w: _hand_shares()),
            "You give the exponents. The weight is the power of 2 with this exponent.",
        ),
        Mistake(
            "temperature one",
            _hand(weight=lambda E: math.exp(-E)),
            "You took T = 1. Here T = 2 / ln 2, so that the weights are powers of 2.",
        ),
        Mistake(
            "not normalised",
            _hand(share=lambda w: w),
            "Your last column repeats the weights. Probabilities add up to one: divide by Z.",
        ),
        Mistake(
            "divided by the number of states",
            _hand(share=lambda w: w / 4),
            "You divided by the number of states. Z is the sum of the weights.",
        ),
        Mistake(
            "divided by the largest",
            _hand(share=lambda w: w / w.max()),
            "You divided by the largest weight, so that the likeliest state gets 1. Z is the sum of all "
            "four.",
        ),
        Mistake(
            "all alike",
            _hand(share=lambda w: 0 * w + 0.25),
            "You made all states equally likely, as at a very high temperature.",
        ),
        Mistake(
            "the lowest alone",
            _hand(share=lambda w: (w == w.max()).astype(float)),
            "You gave everything to the lowest state, as at temperature zero. The others have their shares.",
        ),
        Mistake(
            "the highest left out",
            _hand(share=lambda w: (w > 0.6) * w / w[w > 0.6].sum()),
            "The highest state has no share in your table. Its weight is small, but not zero.",
        ),
    ],
    [
        "E = - y_1 y_2 - y_1: the pair counts once, and unit 1 has a bias.",
        "exp(2/T) = 2, so exp(-E/T) = exp(2/T) to the power -E/2.",
        "Z is the sum of the four weights, and each probability is a weight divided by Z: fractions.",
    ],
    follow={
        "weight": lambda state, row: 2 ** (-row["E"] / 2),
        "p": lambda state, row, table: row["weight"] / sum(other["weight"] for other in table.values()),
    },
    praise="Right. Two states of the same energy are equally likely, however different they are.",
)


_MOVES = {"++ > -+": (0, 1), "-+ > ++": (0, 1), "++ > +-": (1, 1), "+- > ++": (1, 1)}


def _moves(
    field: Callable[[str, str, int], float] | None = None,
    chance: Callable[[float, int], float] | None = None,
    flow: Callable[[float, str, str], float] | None = None,
) -> dict[str, list[float]]:
    """The table of field, chance and traffic, with one thing done differently."""
    field = field or _field_by_hand
    chance = chance or _chance_by_hand
    flow = flow or (lambda P, old, new: _p(old) * P)
    table = {}
    for move, (unit, _) in _MOVES.items():
        old, new = move.split(" > ")
        h = field(old, new, unit)
        P = chance(h, _FOUR[new][unit])
        table[move] = [float(h), float(P), float(flow(P, old, new))]
    return table


def _field_by_hand(old: str, new: str, unit: int) -> float:
    return _FOUR[old][1 - unit] + (unit == 0)


def _chance_by_hand(h: float, value: int) -> float:
    return 1 / (1 + 2.0 ** (-h * value))


def _move_chance(row: str, entries: Any) -> float:
    old, new = row.replace(" ", "").split(">")
    unit = int(old[0] == new[0])
    return _chance_by_hand(entries["field"], _FOUR[new][unit])


traffic = TableCheck(
    "traffic",
    _moves(),
    ["field", "chance", "traffic"],
    [
        Mistake(
            "bias forgotten",
            _moves(field=lambda old, new, unit: _FOUR[old][1 - unit]),
            "Unit 1 has a bias, which belongs to its field.",
        ),
        Mistake(
            "bias of both units",
            _moves(field=lambda old, new, unit: _FOUR[old][1 - unit] + 1),
            "Unit 2 has no bias: it hears unit 1 alone.",
        ),
        Mistake(
            "bias with the wrong sign",
            _moves(field=lambda old, new, unit: _FOUR[old][1 - unit] - (unit == 0)),
            "The bias is added to the field.",
        ),
        Mistake(
            "field times the old value",
            _moves(field=lambda old, new, unit: _field_by_hand(old, new, unit) * _FOUR[old][unit]),
            "You multiplied the field with the value of the unit. The field is what it hears, whatever it "
            "is.",
        ),
        Mistake(
            "field times the new value",
            _moves(field=lambda old, new, unit: _field_by_hand(old, new, unit) * _FOUR[new][unit]),
            "You multiplied the field with the unit's new value. The field is what it hears, whatever it is.",
        ),
        Mistake(
            "change of energy instead of the field",
            _moves(field=lambda old, new, unit: _energy_by_hand(_FOUR[new]) - _energy_by_hand(_FOUR[old])),
            "You give what the move adds to the energy. The field is what the unit hears.",
        ),
        Mistake(
            "field of the other unit",
            _moves(field=lambda old, new, unit: _field_by_hand(old, new, 1 - unit)),
            "You give the field of the unit that stays. It is the other one that moves.",
        ),
        Mistake(
            "always the chance of plus",
            _moves(chance=lambda h, value: _chance_by_hand(h, 1)),
            "You give the chance to become +1 throughout. In two of the moves the unit becomes -1.",
        ),
        Mistake(
            "always the chance of minus",
            _moves(chance=lambda h, value: _chance_by_hand(h, -1)),
            "You give the chance to become -1 throughout. In two of the moves the unit becomes +1.",
        ),
        Mistake(
            "chances exchanged",
            _moves(chance=lambda h, value: _chance_by_hand(h, -value)),
            "You give the chance to stay. To go up in energy must be the less likely.",
        ),
        Mistake(
            "factor 2 forgotten",
            _moves(chance=lambda h, value: 1 / (1 + 2.0 ** (-h * value / 2))),
            "The exponent of the chance is 2h / T, and exp(2/T) = 2: what is exp(2h/T)?",
        ),
        Mistake(
            "factor 2 twice",
            _moves(chance=lambda h, value: 1 / (1 + 4.0 ** (-h * value))),
            "exp(2/T) = 2 holds the factor 2 already: exp(2h/T) is 2 to the power h.",
        ),
        Mistake(
            "temperature one",
            _moves(chance=lambda h, value: 1 / (1 + math.exp(-2 * h * value))),
            "You took T = 1. Here T = 2 / ln 2, so that exp(2h/T) is a power of 2.",
        ),
        Mistake(
            "Metropolis",
            _moves(chance=lambda h, value: min(1, 2.0 ** (h * value))),
            "Those are the chances of Metropolis: always downhill, uphill now and then. His traffic is "
            "balanced, too, but the unit here tosses a coin downhill as well.",
        ),
        Mistake(
            "odds instead of chances",
            _moves(chance=lambda h, value: 2.0 ** (h * value)),
            "You give how many times as likely one value is as the other. A chance is a share of both.",
        ),
        Mistake(
            "coins",
            _moves(chance=lambda h, value: 0.5),
            "You gave both values the same chance. The field is not zero: it favours +1.",
        ),
        Mistake(
            "probability of the arrival",
            _moves(flow=lambda P, old, new: _p(new) * P),
            "You multiplied with the probability of the state in which the move ENDS. Who goes must be there "
            "first.",
        ),
        Mistake(
            "chances repeated",
            _moves(flow=lambda P, old, new: P),
            "Your traffic repeats the chance. How many are there to go?",
        ),
        Mistake(
            "one unit of two",
            _moves(flow=lambda P, old, new: _p(old) * P / 2),
            "You divided by 2 for the choice of the unit. The table asks for the traffic when this unit is "
            "updated.",
        ),
        Mistake(
            "weights instead of probabilities",
            _moves(flow=lambda P, old, new: 4.5 * _p(old) * P),
            "You multiplied with the weight of the state. The probability is the weight divided by Z.",
        ),
        Mistake(
            "sum instead of product",
            _moves(flow=lambda P, old, new: _p(old) + P),
            "You added. To be there AND to go: these probabilities multiply.",
        ),
        Mistake(
            "probability twice",
            _moves(flow=lambda P, old, new: _p(old) * _p(new) * P),
            "Both probabilities stand in your product. Traffic: be in the first state, and go.",
        ),
        Mistake(
            "net traffic",
            _moves(flow=lambda P, old, new: 0),
            "What goes minus what comes is zero: that is what you are to see. Give the traffic of each move.",
        ),
    ],
    [
        "The field of unit 1 is y_2 + 1, that of unit 2 is y_1. It does not change when the unit itself "
        "moves.",
        "The chance to become +1 is 1 / (1 + 2 to the power -h); to become -1 is what is left.",
        "Traffic: the probability of the state at the start of the arrow, from part a, times the chance.",
    ],
    follow={
        "chance": _move_chance,
        "traffic": lambda row, entries: _p(row.replace(" ", "").split(">")[0]) * entries["chance"],
    },
    praise="Right. As many go as come, for every pair of neighbours: so no probability changes.",
)


# 6. the Boltzmann distribution of a small network


def _boltzmann(weights, bias, T):
    states = state_space.all_states(len(bias))
    E = -np.einsum("si,ij,sj->s", states, weights, states) / 2 - states @ bias
    p = np.exp((E.min() - E) / T)
    return p / p.sum()


def _boltzmann_in_loops(weights, bias, T):
    N, energies = len(bias), []
    for code in range(2**N):
        y = [1 if code >> i & 1 else -1 for i in range(N)]
        E = 0
        for i in range(N):
            E -= bias[i] * y[i]
            for j in range(i):
                E -= weights[i][j] * y[i] * y[j]
        energies.append(E)
    low = min(energies)
    shares = [math.exp((low - E) / T) for E in energies]
    return [share / sum(shares) for share in shares]


def _boltzmann_stub(weights, bias, T):
    states = state_space.all_states(len(bias))  # noqa: F841  (as in the exercise)
    E = None  # noqa: F841
    p = None
    return p


#: Whole numbers and halves, and temperatures that are powers of two: single precision will do.
_NETS: list[tuple[Any, Any, float]] = [
    ([[0]], [1], 2),
    ([[0]], [-1], 1),
    ([[0, 1], [1, 0]], [1, 0], 2),
    ([[0, 1], [1, 0]], [0, 0], 4),
    ([[0, -1], [-1, 0]], [0, 1], 2),
    ([[0, -1, -1], [-1, 0, -1], [-1, -1, 0]], [0, 0, 0], 2),
    ([[0, 1, 0], [1, 0, -2], [0, -2, 0]], [0.5, 0, -1], 4),
    ([[0, 2, 1], [2, 0, 1], [1, 1, 0]], [0, 0.5, -1.5], 4),
]
_LARGE: list[
    tuple[Any, Any, float]
] = [  # energies of thousands of T, of either sign; a tie between two states
    ([[0]], [2000], 1),
    ([[0]], [-2000], 1),
    ([[0, 3000], [3000, 0]], [0, 0], 1),
    ([[0, -3000], [-3000, 0]], [0, 1000], 1),
    ([[0, 1, 0], [1, 0, -2], [0, -2, 0]], [0, 0, -1], 0.0005),
    ([[0, 3000], [3000, 0]], [0.5, 0], 1),  # two states far below the others, and near one another
]


def _boltzmann_trials(rng: np.random.Generator) -> Trials:
    fixed = [(np.array(W), np.array(b), T) for W, b, T in [*_NETS, *_LARGE]]
    for k, N in enumerate((2, 3, 3, 4, 5)):
        W = given.weights(rng, N, symmetric=True)
        fixed.append((W, rng.integers(-2, 3, N) / 2, float(4 << k % 2)))
    return fixed


def _distribution(
    pairs: float = 1,
    bias: float = 1,
    share: Callable[[Any, float], Any] | None = None,
    states: Callable[[Any], Any] = lambda y: y,
) -> Callable[..., Any]:
    """The distribution with another energy, or another way from energies to shares."""

    def distribution(weights, b, T):
        y = states(state_space.all_states(len(b)))
        E = -pairs * np.einsum("si,ij,sj->s", y, weights, y) / 2 - bias * (y @ b)
        if share is not None:
            return share(E, T)
        p = np.exp((E.min() - E) / T)
        return p / p.sum()

    return given.quietly(distribution)


def _normalised(p: Any) -> Any:
    return p / p.sum()


def _of_exponents(x: Any) -> Any:
    return _normalised(np.exp(x - x.max()))


def _by_math(E: Any, T: float) -> Any:
    p = np.array([math.exp(-e / T) for e in E])
    return p / p.sum()


_CUT_OFF = "exponents cut off"
_TWO_VALUES = (
    "1 / (1 + exp(...)) is the share of one out of TWO values, as in the chance of a unit. Here there are as "
    "many as there are states: give each its weight, and divide by the sum of all."
)


def _cut(limit: float, lowest: bool = False) -> Callable[..., Any]:
    """The distribution with exponents no further from 0 than a limit; `lowest` measures from the lowest."""

    def share(E: Any, T: float) -> Any:
        x = (E.min() - E if lowest else -E) / T
        return _normalised(np.exp(np.clip(x, -limit, limit)))

    return _distribution(share=share)


def _cold_if_large(E: Any, T: float) -> Any:
    """Weights, as long as they are finite numbers; else the lowest states alone."""
    p = np.exp(-E / T)
    return _normalised(p if np.isfinite(p).all() else (E == E.min()).astype(float))


def _without_own(pairs: float) -> Callable[..., Any]:
    """The distribution with a double sum in which the value of the unit itself is left out."""

    def distribution(weights: Any, b: Any, T: float) -> Any:
        y = state_space.all_states(len(b))
        return _of_exponents((pairs * (y @ weights).sum(axis=1) + y @ b) / T)

    return given.quietly(distribution)


def _unit_by_unit(weights: Any, b: Any, T: float) -> Any:
    y = state_space.all_states(len(b))
    with np.errstate(all="ignore"):
        return (1 / (1 + np.exp(-2 * y * (y @ weights + b) / T))).prod(axis=1)


def _cut_off(seen: list[Any], wanted: list[Any], trials: Trials) -> bool:
    """Right for exponents that are cut off at a limit: two states far apart tell at which."""
    k = next(k for k, (_, b, _) in enumerate(trials) if abs(b[0]) > 1000)
    apart = float(abs(np.log(seen[k][0] / seen[k][1])))
    ways = _cut(apart / 2), _cut(apart, lowest=True)
    return any(
        all(np.allclose(p, way(*args), 0, 1e-6) for p, args in zip(seen, trials, strict=True)) for way in ways
    )


boltzmann = TellingCheck(
    _boltzmann,
    _boltzmann_trials,
    [
        Mistake(
            "one half missing",
            _distribution(pairs=2),
            "Your pairs count twice: the double sum meets each of them as w_ij and as w_ji, and the one half "
            "makes up for it.",
        ),
        Mistake(
            "each pair once, and halved",
            _distribution(pairs=0.5),
            "Your pairs count half. Either all i and j with one half, or i < j without.",
        ),
        Mistake(
            "high energies are likely",
            _distribution(share=lambda E, T: _of_exponents(E / T)),
            "With you the highest state is the likeliest. The exponent is MINUS E / T, and the energy itself "
            "has minus signs, too.",
        ),
        Mistake(
            "pairs with the wrong sign",
            _distribution(pairs=-1),
            "The minus sign before the double sum is lost: a granted wish lowers the energy.",
        ),
        Mistake("bias forgotten", _distribution(bias=0), "The biases are missing from your energies."),
        Mistake(
            "bias with the wrong sign",
            _distribution(bias=-1),
            "A positive bias wants its unit at +1, and lowers the energy there. Or do your states begin with "
            "all units at +1? Those of `state_space.all_states` begin with all at -1.",
        ),
        Mistake(
            "bias halved", _distribution(bias=0.5), "The one half has caught the bias, too. It is for pairs."
        ),
        Mistake(
            "bias counted twice",
            _distribution(bias=2),
            "Your bias counts twice. In the field it stands once, and in the energy, too.",
        ),
        Mistake(
            "energy halved",
            _distribution(pairs=0.5, bias=0.5),
            "All your energies are half as large, or T is twice as large as it should be.",
        ),
        Mistake(
            "energy doubled",
            _distribution(pairs=2, bias=2),
            "All your exponents are twice as large: the factor 2 of a flip, 2h / T, comes by itself from the "
            "difference of two energies.",
        ),
        Mistake(
            "multiplied by T",
            _distribution(share=lambda E, T: _of_exponents(-E * T)),
            "You multiply energies with T. Beta is 1 / T: a high temperature makes energies count LESS.",
        ),
        Mistake(
            "temperature not used",
            _distribution(share=lambda E, T: _of_exponents(-E)),
            "Your distribution does not depend on T.",
        ),
        Mistake(
            "divided by T outside",
            _distribution(share=lambda E, T: np.exp(-E) / T),
            "T divides your exponential, not the exponent, and the sum is not 1.",
        ),
        Mistake(
            "not normalised",
            _distribution(share=lambda E, T: np.exp(-E / T)),
            "Those are the weights exp(-E/T). Probabilities add up to one: what is Z?",
        ),
        Mistake(
            "not normalised, from the lowest energy",
            _distribution(share=lambda E, T: np.exp((E.min() - E) / T)),
            "The lowest state has the probability 1 with you, and the others come on top. Divide by the sum.",
        ),
        Mistake(
            "divided by the number of states",
            _distribution(share=lambda E, T: np.exp(-E / T) / len(E)),
            "You divided by the number of states. Z is the sum of the weights.",
        ),
        Mistake(
            "divided by the length",
            _distribution(share=lambda E, T: _over_the_length(np.exp((E.min() - E) / T))),
            "The SQUARES of your numbers add up to one. Divide by the sum of the weights.",
        ),
        Mistake(
            "infinity over infinity",
            _distribution(share=lambda E, T: _normalised(np.exp(-E / T))),
            "Right, where energies are not large. exp(1000) is infinite, exp(-1000) is zero, and inf / inf "
            "is "
            "no number. What may you add to all energies without changing a single probability?",
        ),
        Mistake(
            "the highest energy subtracted",
            _distribution(share=lambda E, T: _normalised(np.exp((E.max() - E) / T))),
            "Right, where energies are not large. You measure energies from the highest one, or from "
            "above it, so that all exponents are positive, and some infinite. From which one are they "
            "negative?",
        ),
        Mistake(
            "math.exp too large",
            _distribution(share=_by_math),
            "Right, where energies are not large. `math.exp` raises an error above 709. What may you add to "
            "all energies without changing a single probability?",
        ),
        Mistake(
            "infinity hidden",
            _distribution(share=lambda E, T: np.nan_to_num(_normalised(np.exp(-E / T)))),
            "`nan_to_num` hides inf / inf behind a zero: your probabilities do not add up to one.",
        ),
        Mistake(
            _CUT_OFF,
            _cut(700),
            "You cut large exponents off, so that states of different energy become alike. Subtract "
            "something from all of them instead.",
        ),
        Mistake(
            "chances instead of weights",
            _distribution(share=lambda E, T: _normalised(1 / (1 + np.exp(2 * (E - E.min()) / T)))),
            _TWO_VALUES,
        ),
        Mistake(
            "chances instead of weights, not from the lowest energy",
            _distribution(share=lambda E, T: _normalised(1 / (1 + np.exp(2 * E / T)))),
            _TWO_VALUES,
        ),
        Mistake(
            "chances instead of weights, without the 2",
            _distribution(share=lambda E, T: _normalised(1 / (1 + np.exp((E - E.min()) / T)))),
            _TWO_VALUES,
        ),
        Mistake(
            "the lowest alone where energies are large",
            _distribution(share=_cold_if_large),
            "Right, where energies are not large. Where they are, you give everything to the lowest states; "
            "but one that lies only a little above has its share, too. Measure all energies from the lowest "
            "one.",
        ),
        *[
            Mistake(
                f"own value left out{name}",
                _without_own(pairs),
                "In the double sum each weight is multiplied with BOTH units. You have left one of them out.",
            )
            for name, pairs in (("", 1), (", halved", 0.5))
        ],
        Mistake(
            "chances of the units multiplied",
            _unit_by_unit,
            "You multiplied the chances that the units have, each with the others held fixed. They do not "
            "decide independently: give each STATE its weight.",
        ),
        Mistake(
            "all alike",
            _distribution(share=lambda E, T: np.full(len(E), 1 / len(E))),
            "All your states are equally likely. Where do the energies come in?",
        ),
        Mistake(
            "the lowest alone",
            _distribution(share=lambda E, T: _normalised((E == E.min()).astype(float))),
            "You give everything to the states of lowest energy: that is the limit of temperature zero.",
        ),
        Mistake(
            "states of 0 and 1",
            _distribution(states=lambda y: (y + 1) // 2),
            "Your states are coded with 0 and 1. Units here are +1 or -1.",
        ),
        Mistake(
            "first unit last",
            _distribution(states=lambda y: y[:, ::-1]),
            "Your states come in another order: in `state_space.all_states` unit 1 changes fastest.",
        ),
        Mistake(
            "first unit last, plus first",
            _distribution(states=lambda y: -y[:, ::-1]),
            "Your states come in another order: `state_space.all_states` begins with all units at -1, and "
            "unit 1 changes fastest.",
        ),
        Mistake(
            "logarithms",
            _distribution(share=lambda E, T: -E / T),
            "Those are the exponents, the logarithms of the weights.",
        ),
    ],
    [
        "The energies first: `states @ weights` are fields, row by row. Multiply with `states`, and add up "
        "along each row.",
        "Then the weights exp(-E/T), divided by their sum.",
        "A constant that is added to all energies cancels. Choose it so that the largest exponent is 0.",
    ],
    signs={_CUT_OFF: _cut_off},
    stub=_boltzmann_stub,
    also=[_boltzmann_in_loops],
    limits=["thousands of times T"],
    properties=[
        ("There is one probability for each of the 2^N states.", lambda p, W, b, T: len(p) == 2 ** len(b)),
        ("No probability is negative.", lambda p, W, b, T: np.min(p) >= 0),
        ("Probabilities add up to one.", lambda p, W, b, T: abs(np.sum(p) - 1) < 1e-6),
    ],
    praise="Right. `thermal.boltzmann` does the same, up to 20 units: beyond that one has to sample.",
)


def _over_the_length(p: Any) -> Any:
    return p / np.sqrt((p**2).sum())


# 3. a cold unit, and a tie: limits

_LIMITS = {
    "a": 1,
    "b": 0,
    "c": 1 / 2,
    "d": 1 / 2,
    "e": 3 / 4,
}
_TRIANGLE = {
    "f": 6,
    "g": 1 / 6,
    "h": 0,
    "i": 1 / 8,
    "j": 1 / 2,
    "k": 0,
    "l": 1 / 6,
    "m": 1,
    "n": 2,
}


def _limits(**rows: float) -> dict[str, float]:
    """The right entries of the unit but for some."""
    return _LIMITS | rows


def _triangle(**rows: float) -> dict[str, float]:
    """The right entries of the triangle but for some, and what follows from those."""
    table = _TRIANGLE | rows
    if "f" in rows:
        table |= {row: rows.get(row, 1 / table["f"]) for row in "gl"}
    return table


cold_limits = TableCheck(
    "cold_limits",
    _LIMITS,
    ["number"],
    [
        Mistake(
            "never quite certain",
            _limits(a=1 / 2, b=1 / 2),
            "However small a field is, it is large beside a temperature that goes to zero. Where does h / T "
            "go?",
        ),
        Mistake(
            "signs exchanged",
            _limits(a=0, b=1),
            "A unit follows the sign of its field when it is cold: which of the two values is that?",
        ),
        Mistake(
            "a small field is none",
            _limits(b=1 / 2),
            "The field in (b) is small, but it stays as it is while T goes to zero: h / T becomes as large "
            "as "
            "you like.",
        ),
        Mistake(
            "a small chance in b",
            _limits(b=0.001),
            "The entry of (b) is a chance, not a field: where does exp(-2h / T) go, with a negative field?",
        ),
        Mistake(
            "value instead of chance in b",
            _limits(b=-1),
            "In (b) you give the value that the unit takes. A chance is never below 0: how likely is +1?",
        ),
        Mistake(
            "mean instead of chance",
            _limits(b=-1, c=0, d=0, e=1 / 2),
            "Your numbers are limits of tanh(h / T), the mean of the unit, between -1 and 1. A chance lies "
            "between 0 and 1: how are the two related?",
        ),
        Mistake(
            "a tie is plus",
            _limits(c=1),
            "At h = 0 the exponent is zero at EVERY temperature: no limit can change the number that comes "
            "out.",
        ),
        Mistake(
            "a tie is minus",
            _limits(c=0),
            "At h = 0 the exponent is zero at EVERY temperature: no limit can change the number that comes "
            "out.",
        ),
        Mistake(
            "hot units are off",
            _limits(d=0),
            "When T grows, h / T goes to zero. What is the chance at an exponent of zero?",
        ),
        Mistake(
            "hot units are on",
            _limits(d=1),
            "When T grows, h / T goes to zero. What is the chance at an exponent of zero?",
        ),
        Mistake(
            "a field that vanishes is a tie",
            _limits(e=1 / 2),
            "In (e) the field goes to zero, but the temperature goes with it: what is h / T?",
        ),
        Mistake(
            "a field that vanishes decides",
            _limits(e=1),
            "In (e) the field is positive, but it shrinks as fast as the temperature: what is h / T?",
        ),
        Mistake(
            "minus and plus in e",
            _limits(e=1 / 4),
            "In (e) the field is positive, so +1 is the likelier value.",
        ),
        Mistake(
            "odds in e",
            _limits(e=1 / 3),
            "In (e) you give exp(-2h / T). The chance is one over one plus that.",
        ),
        Mistake(
            "odds of plus in e",
            _limits(e=3),
            "In (e) you give exp(2h / T), how many times as likely +1 is as -1. A chance is at most 1.",
        ),
        Mistake(
            "factor 2 forgotten in e",
            _limits(e=1 / (1 + 3**-0.5)),
            "In (e) the exponent is 2h / T: the factor 2 cancels the one half of the field.",
        ),
    ],
    [
        "h / T decides: a positive number over something that goes to zero grows without limit; 0 / T is 0.",
        "In (e), put the field into exp(-2h / T) before you think of a limit: T cancels.",
    ],
    praise="Right: h / T decides, however small the field is. Only a field of zero leaves it to a coin.",
)


# 7. why a tie is a coin: the frustrated triangle

cold_triangle = TableCheck(
    "cold_triangle",
    _TRIANGLE,
    ["number"],
    [
        Mistake(
            "all states are lowest",
            _triangle(f=8),
            "Two of the eight states deny all three wishes. The others deny one only.",
        ),
        Mistake(
            "two lowest states",
            _triangle(f=2),
            "Two are too few. +++ and --- are two, but they deny all three wishes and are the highest. And "
            "++- and --+ are not alone: any one of the three units may be the odd one.",
        ),
        Mistake(
            "each with its inverse",
            _triangle(f=3),
            "A state and its inverse have the same energy, and are two states.",
        ),
        Mistake(
            "one lowest state",
            _triangle(f=1),
            "The triangle is frustrated: one wish of three stays denied. In how many states is it just one?",
        ),
        Mistake(
            "shared by all",
            _triangle(g=1 / 8),
            "At T -> 0 the states of lowest energy share the probability among themselves.",
        ),
        Mistake(
            "one takes all",
            _triangle(g=1),
            "No state of lowest energy is better than another: their weights are equal at every temperature.",
        ),
        Mistake(
            "the high ones keep a share",
            _triangle(h=1 / 8),
            "+++ lies above the lowest states. Where does exp(-difference / T) go when T goes to zero?",
        ),
        Mistake(
            "hot and nothing left",
            _triangle(i=0),
            "When T grows, all weights exp(-E/T) go to the same number: which share has one of eight states?",
        ),
        Mistake(
            "hot, one half",
            _triangle(i=1 / 2),
            "When T grows, the weights of ALL eight states go to the same number. One half is the chance of "
            "a single unit then, or the share of one state out of two.",
        ),
        Mistake(
            "the tie turns for sure",
            _triangle(j=1),
            "Units 2 and 3 differ, so unit 1 hears nothing: its field is zero. See (c) of exercise 3.",
        ),
        Mistake(
            "the tie never turns",
            _triangle(j=0),
            "Units 2 and 3 differ, so unit 1 hears nothing: its field is zero. See (c) of exercise 3. (That "
            "it stays is what (k) asks.)",
        ),
        Mistake(
            "keeping is a coin",
            _triangle(k=1 / 2),
            "By the rule of chapter 01 a unit whose field is zero keeps its value.",
        ),
        Mistake(
            "keeping turns",
            _triangle(k=1),
            "By the rule of chapter 01 a unit whose field is zero keeps its value.",
        ),
        Mistake(
            "it stays for ever",
            _triangle(l=1),
            "With coins the state ++- does not stay: units 1 and 2 are tied and turn over, and the way leads "
            "on. After very many sweeps every state of lowest energy is as frequent as any other.",
        ),
        Mistake(
            "it comes no more",
            _triangle(l=0),
            "With coins the network wanders through the states of lowest energy, and comes back to ++-.",
        ),
        Mistake(
            "all eight are visited",
            _triangle(l=1 / 8),
            "At T -> 0 no unit goes uphill, so +++ and --- are never visited.",
        ),
        Mistake(
            "keeping wanders",
            _triangle(m=1 / 6),
            "If ties keep, no unit of ++- moves: units 1 and 2 are tied, and unit 3 has what it wants.",
        ),
        Mistake(
            "keeping leaves",
            _triangle(m=0),
            "If ties keep, no unit of ++- moves: units 1 and 2 are tied, and unit 3 has what it wants.",
        ),
        Mistake(
            "reason 1",
            _triangle(n=1),
            "At T = 0 itself the formula says nothing, that is true, but 0 / 0 may become any number. A "
            "limit "
            "looks at temperatures ABOVE zero: what is the chance there?",
        ),
        Mistake(
            "reason 3",
            _triangle(n=3),
            "Not every tie lies between two states of lowest energy. Look at the unit: what is its chance at "
            "h = 0?",
        ),
        Mistake(
            "reason 4",
            _triangle(n=4),
            "Noise does vanish: every field that is not zero decides for sure, however small it is.",
        ),
    ],
    [
        "A state of the triangle has energy -1 if one pair of units is equal, and 3 if all are equal.",
        "In ++- unit 1 hears -y_2 - y_3, unit 3 hears -y_1 - y_2. Which of the three fields are zero?",
        "A tied unit is +1 with chance one half at every temperature: see (c) of exercise 3.",
    ],
    follow={"number": lambda row, entries: 1 / entries["f"] if row in "gl" else None},
    praise="Right. A tie that keeps is another rule, with fixed points that the cold network does not have.",
)


# 4. how much noise does a memory bear?

_ALLOWED = 1e-4


def _noisy_overlap(T):
    if T >= 1:
        return 0.0  # where an iteration would leave a small rest
    m, before = 1.0, 2.0
    while before - m > 1e-9:
        before, m = m, np.tanh(m / T)
    return m


@lru_cache(1000)
def _aim(T: float) -> float:
    return float(_noisy_overlap(T))


def _noisy_overlap_by_bisection(T):
    low, high = 1e-6, 1.0
    while high - low > 1e-7:
        m = (low + high) / 2
        if math.tanh(m / T) > m:
            low = m
        else:
            high = m
    return low


def _iterated(times: int, m: float = 1.0, step: Callable[[float, float], float] | None = None) -> Any:
    """So many steps from m, or a rule other than tanh(m / T)."""

    def overlap(T):
        now = m
        for _ in range(times):
            now = np.tanh(now / T) if step is None else step(now, T)
        return now

    return overlap


def _noisy_trials(rng: np.random.Generator) -> Trials:
    fixed = (0.001, 0.01, 0.1, 0.3, 0.45, 0.6, 0.7, 0.8, 0.9, 0.95, 1.05, 1.2, 1.6, 10)
    random = (*rng.uniform(0.6, 0.95, 3).round(3), *rng.uniform(1.05, 1.6, 2).round(3))
    return [(float(T),) for T in (*fixed, *random)]  # none near 1/2 or 2, where two mistakes creep


def _near(function: Callable[[float], Any], T: float) -> Any:
    """What the function returns; the right number itself where it is near enough."""
    value, aim = function(T), _aim(T)
    m = numbers(value)
    return aim if m is not None and m.ndim == 0 and abs(float(m) - aim) < _ALLOWED else value


def _early(value: Any, T: float) -> bool:
    """Whether a number is right, or somewhat too large, as before the end of the iteration from 1."""
    m, aim = numbers(value), _aim(T)
    return m is not None and m.ndim == 0 and aim - _ALLOWED < m <= np.tanh(1 / T) + _ALLOWED


def _stopped(seen: list[Any], wanted: list[Any], trials: Trials) -> bool:
    return all(_early(m, T) for m, (T,) in zip(seen, trials, strict=True))


def _rough(seen: list[Any], wanted: list[Any], trials: Trials) -> bool:
    return bool(np.abs(np.array(seen, float) - np.array(wanted, float)).max() < 0.02)


def _zeros(seen: list[Any], wanted: list[Any], trials: Trials) -> bool:
    """Zero at all temperatures but very low ones, where tanh is 1 for a computer, so that -1 solves, too."""
    return all(
        abs(m) < _ALLOWED or (T < 0.06 and abs(m + 1) < _ALLOWED)
        for m, (T,) in zip(seen, trials, strict=True)
    )


def _one_rest(seen: list[Any], wanted: list[Any], trials: Trials) -> bool:
    """Right below T = 1, and one and the same number above zero at all temperatures above it."""
    right = all(abs(m - due) < _ALLOWED for m, due, (T,) in zip(seen, wanted, trials, strict=True) if T < 1)
    rest = [m for m, (T,) in zip(seen, trials, strict=True) if T > 1]
    return right and min(rest) > _ALLOWED and max(rest) - min(rest) < 1e-9


def _tanh_of_exponentials(exp: Callable[[float], Any]) -> Any:
    """The iteration with tanh made of exponentials."""

    def tanh(m: float, T: float) -> Any:
        return (exp(m / T) - exp(-m / T)) / (exp(m / T) + exp(-m / T))

    return _iterated(2000, 1.0, tanh)


def _bisected_from_zero(T):
    """Your search never comes below one half. Does it begin at m = 0, and compare signs? There
    tanh(m / T) - m is zero, and has no sign: what then becomes of the lower half?"""

    def above(m):
        return math.tanh(m / T) - m

    low, high = 0.0, 1.0
    for _ in range(50):
        m = (low + high) / 2
        if above(low) * above(m) < 0:
            high = m
        else:
            low = m
    return low


def _half_lost(seen: list[Any], wanted: list[Any], trials: Trials) -> bool:
    """Right where m is above one half, and elsewhere 1; T > 1 may be treated apart."""
    aims = [
        (due,) if due > 0.5 else (1,) if T < 1 else (0, 1) for due, (T,) in zip(wanted, trials, strict=True)
    ]
    return all(min(abs(m - aim) for aim in either) < _ALLOWED for m, either in zip(seen, aims, strict=True))


_STOPPED, _ROUGH = "stopped too early", "close, but not enough"
_ZERO_FOUND, _LOWER_END = "zero found first", "the same m at all high temperatures"
_HALF_LOST = "lower half thrown away"
_NEAR_ONE = "holds just below T = 1 alone: it comes from tanh(x) = x - x^3 / 3."

noisy_overlap = TellingCheck(
    _noisy_overlap,
    _noisy_trials,
    [
        Mistake(
            _ROUGH,
            lambda T: round(_noisy_overlap(T) + 0.004, 2),
            "You are close, but not to 0.0001. Are your results rounded? Or is there a grid of m? A solution "
            "lies between two of its points, where the sign of m - tanh(m / T) changes.",
        ),
        Mistake(
            _STOPPED,
            _iterated(50),
            "Your numbers are right or too large, as in the middle of an iteration that begins with m = 1: "
            "near T = 1 it creeps. Go on until m changes no more, by 0.0000001 say, or hunt for the solution "
            "in another way.",
        ),
        Mistake(
            _LOWER_END,
            lambda T: max(_noisy_overlap(T), 0.01),
            "Right below T = 1. Above it your m is the same everywhere, such as the lower end of a search. "
            "Only m = 0 is a solution there: can your search come to it?",
        ),
        Mistake.of(_bisected_from_zero, _HALF_LOST),
        Mistake(
            "math.exp too large",
            _tanh_of_exponentials(math.exp),
            "Right, where it is not too cold. `math.exp`, `math.sinh` and `math.cosh` raise an error above "
            "710, and m / T may be larger. `tanh` itself stands any size.",
        ),
        Mistake(
            "infinity over infinity",
            given.quietly(_tanh_of_exponentials(np.exp)),
            "Right, where it is not too cold. There exponentials become infinite, as sinh and cosh do, and "
            "inf / inf is no number. `tanh` itself stands any size.",
        ),
        Mistake(
            "zero at every temperature",
            _iterated(1000, 0.0),
            "Your m is 0 at every T. That solves the equation, always, but the LARGEST solution is asked "
            "for. An iteration that begins there stays there; a search from below finds it first.",
        ),
        Mistake(
            _ZERO_FOUND,
            lambda T: 0.0 if T > 0.05 else -1.0,
            "Nearly all your m are 0. That solves the equation, always, but the LARGEST solution is asked "
            "for. A search between -1 and 1 meets 0 first: look to the right of it.",
        ),
        Mistake(
            "the negative solution",
            _iterated(2000, -1.0),
            "That is the inverse of the memory: the solutions come in pairs. The largest is asked for.",
        ),
        Mistake(
            "multiplied by T",
            _iterated(2000, 1.0, lambda m, T: np.tanh(m * T)),
            "You multiply m with T, so that noise helps the memory. The field is divided by T.",
        ),
        Mistake(
            "divided by T outside",
            _iterated(2000, 1.0, lambda m, T: np.tanh(m) / T),
            "T divides your tanh. It belongs inside, below m: an overlap is never larger than 1.",
        ),
        Mistake(
            "temperature not used",
            _iterated(2000, 1.0, lambda m, T: np.tanh(m)),
            "Your m does not depend on T. Noise must damage the memory somehow.",
        ),
        Mistake(
            "factor 2 too much",
            _iterated(2000, 1.0, lambda m, T: np.tanh(2 * m / T)),
            "tanh(2m / T): the factor 2 belongs to the exponential, and tanh has eaten it.",
        ),
        Mistake(
            "field halved",
            _iterated(2000, 1.0, lambda m, T: np.tanh(m / T / 2)),
            "tanh(m / (2T)): the field of a unit is m times its value, with no one half.",
        ),
        Mistake(
            "chance instead of overlap",
            lambda T: (1 + _noisy_overlap(T)) / 2,
            "That is the share of right units. The overlap is right minus wrong units.",
        ),
        Mistake(
            "chances iterated",
            _iterated(2000, 1.0, lambda m, T: (1 + np.tanh(m / T)) / 2),
            "You iterate the chance to be right. The overlap is its double minus 1.",
        ),
        Mistake(
            "wrong units",
            lambda T: 1 - _noisy_overlap(T),
            "Yours grows with the noise. What is left of the memory is asked for, not what is lost.",
        ),
        Mistake(
            "a single step",
            _iterated(1),
            "tanh(1 / T) is what is left after the first moment. Now the field is weaker, and it goes on.",
        ),
        Mistake(
            "a straight line",
            lambda T: max(0.0, 1 - T),
            "1 - T is right at both ends only. The curve is flat at first and steep at T = 1.",
        ),
        Mistake(
            "the expansion near one",
            lambda T: math.sqrt(3 * (1 - T)) if T < 1 else 0.0,
            f"sqrt(3 (1 - T)) {_NEAR_ONE}",
        ),
        Mistake(
            "the expansion near one, cut off at one",
            lambda T: min(1.0, math.sqrt(3 * max(0.0, 1 - T))),
            f"sqrt(3 (1 - T)) {_NEAR_ONE} Cutting it off at 1 does not make it a solution.",
        ),
        Mistake(
            "the expansion near one, times T",
            lambda T: T * math.sqrt(3 * max(0.0, 1 - T)),
            f"T sqrt(3 (1 - T)) {_NEAR_ONE}",
        ),
        Mistake(
            "a quarter of a circle",
            lambda T: math.sqrt(max(0.0, 1 - T**2)),
            "sqrt(1 - T^2) has the right ends, but it does not solve the equation.",
        ),
        Mistake(
            "all or nothing",
            lambda T: float(T < 1),
            "Below T = 1 the memory is there, but not whole.",
        ),
        Mistake(
            "the expansion of low temperatures",
            lambda T: 1 - 2 * math.exp(-2 / T),
            "1 - 2 exp(-2 / T) holds at low temperatures alone.",
        ),
        Mistake(
            "nothing at any temperature above zero",
            lambda T: 0.0 if T > 0.02 else 1.0,
            "Below T = 1 the field of a memory is stronger than the noise: most of it is left.",
        ),
        Mistake(
            "never forgotten",
            lambda T: _noisy_overlap(T) if T < 1 else _noisy_overlap(0.95),
            "Above T = 1 nothing is left: the only solution is zero.",
        ),
    ],
    [
        "Begin with m = 1 and put it into the right side, again and again: it falls to the solution.",
        "How do you know that you are there? Stop when m hardly changes, not after a fixed number of steps.",
        "Above T = 1 the line m lies above tanh(m / T) for every m > 0.",
    ],
    observe=_near,
    first={
        _LOWER_END: _one_rest,
        _STOPPED: _stopped,
        _ROUGH: _rough,
        _ZERO_FOUND: _zeros,
        _HALF_LOST: _half_lost,
    },
    also=[_noisy_overlap_by_bisection],
    limits=["an error of 0.0001", "0.95 and 1.05"],
    praise="Right. At T = 0.5 four in a hundred of the overlap are lost, above T = 1 all of it.",
)


# 8. two hunts


def _diagonal(W: Any) -> bool:
    return bool(nonzero(np.diag(W), W).any())


def _at_once(W: Any, b: Any) -> tuple[Any, Any]:
    """Shares of all states at T = 1, synchronously (Peretto 1984) and by Boltzmann."""
    states = state_space.all_states(len(b))
    h = states @ W + b
    x = states @ b + np.logaddexp(h, -h).sum(axis=1)
    return _of_exponents(x), _boltzmann(W, b, 1.0)


def _favourites(W: Any, b: Any) -> tuple[int, float]:
    """The state most often visited synchronously, and how many times as often as the lowest ones."""
    together, single = _at_once(W, b)
    lowest = single >= single.max() * (1 - 1e-9)
    k = int(np.argmax(together))
    return k, float(together[k] / together[lowest].max())


def _label(W: Any, k: int) -> str:
    return "".join("+" if y > 0 else "-" for y in state_space.decode(k, len(W)))


_CLEARLY = 1.1


def _no_weights(W: Any) -> bool:
    return not nonzero(W, np.append(W, 1)).any()


def _same_favourite(W: Any, b: Any) -> bool | str:
    k, ratio = _favourites(W, b)
    return f"Yours visits {_label(W, k)} most often." if ratio < 1 + 1e-6 else False


synchronous_favourite = ExampleCheck(
    "synchronous_favourite",
    ["weights", "bias"],
    ([[0, -1.5], [-1.5, 0]], [1, 1]),
    [
        *misfits(("weights", "bias"), 2, 4, 10),
        Mistake(
            "not symmetric",
            ([[0, 1], [2, 0]], [1, 0]),
            "The weights shall be symmetric: without an energy there is no Boltzmann distribution.",
            lambda w, b: not symmetric(w),
        ),
        Mistake(
            "self-connections",
            ([[1, 1], [1, 0]], [1, 0]),
            "The diagonal shall be zero: self-connections spoil even updates of one unit after the other.",
            lambda w, b: _diagonal(w),
        ),
        Mistake(
            "no weights",
            ([[0, 0], [0, 0]], [1, 0]),
            "Units that do not hear each other do not care when the others move: both samplings agree.",
            lambda w, b: _no_weights(w),
        ),
        Mistake(
            "all states alike",
            ([[0, 1], [1, 0]], [0, 0]),
            "Synchronous sampling visits all states of your network equally often. That is not what "
            "Boltzmann "
            "says, but it has no favourite. Give the units wishes of their own.",
            lambda w, b: bool(np.ptp(_at_once(w, b)[0]) < 1e-9),
        ),
        Mistake(
            "the same favourite",
            ([[0, 1], [1, 0]], [1, 1]),
            "Synchronous sampling, too, visits a state of lowest energy most often. In which network do "
            "units get into each other's way when they move at once?",
            _same_favourite,
        ),
        Mistake(
            "too close",
            ([[0, -4], [-4, 0]], [1, 1]),
            "Another favourite, but by a hair: less than a tenth more often. Make the weights weaker, or the "
            "wishes stronger.",
            lambda w, b: _favourites(w, b)[1] < _CLEARLY,
        ),
    ],
    [
        "Boltzmann knows single energies. Synchronous units see each other's past: two rivals turn over "
        "together.",
        "Two units with a negative weight and two positive biases: at the lowest, they differ. What happens "
        "if both of them listen at the same moment?",
        "`thermal.transitions(net, 1, 'synchronous')` is a matrix: its rows, after many steps, are the "
        "shares.",
    ],
    limits=["2 to 4 units", "beyond 10", "at least 1.1 times"],
    praise=lambda w, b: (
        f"Right: {_label(w, _favourites(w, b)[0])} is visited {_favourites(w, b)[1]:.2f} times as often as a "
        "state of lowest energy. Synchronous sampling has an energy of its own, which is not this one."
    ),
)


_SWEEPS, _APART = 100, 0.4


def _distance(W: Any, y: Any) -> float:
    """Total variation between the states after so many ordered sweeps and Boltzmann, at T = 1."""
    net = thermal.Network(W)
    P = np.linalg.matrix_power(thermal.transitions(net, 1.0, "ordered"), _SWEEPS)
    return float(np.abs(P[state_space.encode(y.astype(int))] - thermal.boltzmann(net, 1.0)).sum() / 2)


def _too_near(W: Any, y: Any) -> bool | str:
    distance = _distance(W, y)
    return f"Yours has {distance:.3f} after {_SWEEPS} sweeps." if distance < _APART else False


def _too_weak(W: Any, y: Any) -> bool | str:
    """Whether this network is too near, and would do with its largest weight at the limit of 1."""
    return _distance(W / np.abs(W).max(), y) >= _APART and _too_near(W, y)


def _bad_start(W: Any, y: Any) -> bool | str:
    """Whether this start is too near, and another one would do."""
    others = state_space.all_states(len(W))
    return any(_distance(W, other) >= _APART for other in others) and _too_near(W, y)


def _mixes(W: Any, y: Any) -> str:
    if _distance(W, y) < 0.1:
        return (
            "After a hundred sweeps it has been over the hill, and the distribution is nearly Boltzmann's. "
            + _EACH_OTHER
        )
    return (
        "After a hundred sweeps part of it is over the hill, so that the distance has shrunk. " + _EACH_OTHER
    )


_EACH_OTHER = "How could six units, each of them weak, hold each other?"


def _loose(W: Any) -> bool:
    """Whether some unit has no weights at all."""
    return bool((~nonzero(W, np.append(W, 1)).any(axis=1)).any())


_RING = np.roll(np.eye(6), 1, axis=0) + np.roll(np.eye(6), -1, axis=0)

frozen = ExampleCheck(
    "frozen",
    ["weights", "state"],
    ((np.ones((6, 6)) - np.eye(6)).tolist(), [1] * 6),
    [
        *misfits(("weights", "state"), 2, 6, 1),
        Mistake(
            "not symmetric",
            ([[0, 1], [0.5, 0]], [1, 1]),
            "The weights shall be symmetric: without an energy there is no Boltzmann distribution.",
            lambda w, y: not symmetric(w),
        ),
        Mistake(
            "self-connections",
            ([[1, 1], [1, 0]], [1, 1]),
            "The diagonal shall be zero, so that a flip costs twice what the unit hears.",
            lambda w, y: _diagonal(w),
        ),
        Mistake(
            "no weights",
            (np.zeros((3, 3)), [1, 1, 1]),
            "Units that hear nobody have tossed their coins after one sweep: this network mixes at once.",
            lambda w, y: _no_weights(w),
        ),
        Mistake(
            "a unit on its own",
            ([[0, 1, 0], [1, 0, 0], [0, 0, 0]], [1, 1, 1]),
            "One of your units hears nobody: it mixes at once, and holds nothing back. Connect it.",
            lambda w, y: _loose(w),
        ),
        Mistake(
            "too few units",
            (np.ones((4, 4)) - np.eye(4), [1, 1, 1, 1]),
            "With so few units, and weights of 1 at most, the highest pass is crossed within a hundred "
            "sweeps. "
            "What do more units add?",
            lambda w, y: len(w) < 5,
        ),
        Mistake(
            "another start",
            (np.ones((6, 6)) - np.eye(6), [1, -1, 1, -1, 1, -1]),
            "It is the start. From another one this network keeps its distance; from yours it comes down on "
            "several sides. Where would it be held?",
            _bad_start,
        ),
        Mistake(
            "weights too weak",
            ((np.ones((6, 6)) - np.eye(6)) / 6, [1] * 6),
            "Your weights are too weak to hold: all multiplied by one factor, they would pass. How strong "
            "may they be?",
            _too_weak,
        ),
        Mistake("it mixes", (_RING, [1] * 6), _EACH_OTHER, _too_near, _mixes),
    ],
    [
        "Without a bias a state and its inverse are equally likely. From one to the other, how high is the "
        "pass?",
        "One flip costs twice the field. Many weak weights into a unit make a strong field.",
        "Boltzmann gives each of two deep valleys one half. Who never leaves the first is one half away.",
    ],
    limits=["2 to 6 units", "beyond 1", "at least 0.4", "100 sweeps"],
    praise=lambda w, y: (
        f"Right: {_distance(w, y):.3f} after {_SWEEPS} sweeps at T = 1, with weights of 1 at most. The pass "
        "grows with the number of units: that is why large memories hold, and why cold copies do not mix."
    ),
)


# 5. an open problem: cool the glass

N_GLASS, STARTS, MOST = 200, 50, 100
BAR = -1986  # the best of twenty descents lies below it in fewer than half of the cases
ENOUGH = 30  # more than half, and more than luck makes of half


@lru_cache(1)
def glass() -> Any:
    """The weights ±1 of the exercise, between 200 units."""
    J = np.triu(np.random.default_rng(30).choice([-1, 1], (N_GLASS, N_GLASS)), 1)
    return J + J.T


@lru_cache(256)
def below(*schedules: tuple[float, ...]) -> tuple[int, ...]:
    """How many of the check's runs end below the bar, for each of several schedules at once.

    Every schedule is followed by a descent to rest; all of them meet the same starts and the same numbers.
    """
    J, K = glass().astype(np.float32), len(schedules)
    longest = max(map(len, schedules))
    heat = np.array([[*s, *[0.0] * (longest - len(s))] for s in schedules]).repeat(STARTS, axis=0).T / 2
    rng = np.random.default_rng(9)
    y = np.tile(rng.choice([-1, 1], (N_GLASS, STARTS)), K).astype(np.float32)
    for T in heat:
        _one_sweep(J, y, np.tile(rng.logistic(size=(N_GLASS, STARTS)), K) * T)
    still = np.zeros(y.shape, np.float32)
    before = None
    while before is None or (before != y).any():
        before = y.copy()
        _one_sweep(J, y, still)
    energies = -np.einsum("ib,ib->b", y, J @ y) / 2
    return tuple((energies < BAR).reshape(K, STARTS).sum(axis=1).tolist())


def _one_sweep(J: Any, y: Any, bars: Any) -> None:
    """Every unit becomes +1 where its field is above the bar. Fields are odd: there are no ties."""
    for i in range(len(y)):
        y[i] = np.where(J[i] @ y > bars[i], 1, -1)


def _tuple(T: Any) -> tuple[float, ...]:
    return tuple(np.minimum(T, 1e12).astype(float).tolist())


def _passes(T: Any) -> bool:
    return below(_tuple(T))[0] >= ENOUGH


_CHANGES: dict[str, Callable[[Any], Any]] = {
    "reversed": lambda T: T[::-1],
    "inverse": lambda T: 1 / T,
    "times N": lambda T: T * N_GLASS,
    "times the root": lambda T: T * _ROOT,
    "over the root": lambda T: T / _ROOT,
    "stretched": lambda T: np.interp(np.linspace(0, len(T) - 1, MOST), np.arange(len(T)), T),
}


def _would_pass(change: str) -> Callable[[Any], bool]:
    """Whether a schedule fails as it is and would pass with a change; all changes are tried at once."""

    def found(T: Any) -> bool:
        if not T.any() or _passes(T):
            return False
        with np.errstate(all="ignore"):
            others = {name: np.asarray(make(T), float) for name, make in _CHANGES.items()}
        others = {name: other for name, other in others.items() if np.isfinite(other).all()}
        runs = dict(zip(others, below(*map(_tuple, others.values())), strict=True))
        return runs.get(change, 0) >= ENOUGH

    return found


def _not_falling(condition: Callable[[Any], bool]) -> Callable[[Any], bool]:
    return lambda T: bool(T[0] <= T[-1]) and condition(T)


def _never_hot(condition: Callable[[Any], bool]) -> Callable[[Any], bool]:
    """A condition on lists that never come to the heat at which units hardly hear each other."""
    return lambda T: bool(T.max() < 9) and condition(T)


def _counted(T: Any) -> str:
    return f"{below(_tuple(T))[0]} of the {STARTS} runs end below {BAR}; {ENOUGH} are needed."


def _failing(condition: Callable[[Any], bool]) -> Callable[[Any], bool | str]:
    return lambda T: _counted(T) if condition(T) and not _passes(T) else False


def _flat(T: Any) -> bool:
    return bool(T.max() - T.min() < 1e-9 * T.max())


_ROOT = math.sqrt(N_GLASS)
_FALL = np.geomspace(12, 2, 70)


def _cooled(T: Any) -> str:
    flat = " And that at one temperature! Falling ones do it more often." if _flat(T) else ""
    return (
        f"{below(_tuple(T))[0]} of the {STARTS} runs end below {BAR}, after {len(T)} of at most {MOST} "
        f"sweeps. "
        f"Of as many sets of twenty descents fewer than half do.{flat} How few sweeps can you do with?"
    )


cooling = ExampleCheck(
    "cooling",
    ["temperatures"],
    (np.geomspace(14, 2, MOST).tolist(),),
    [
        Mistake(
            "not a list",
            (np.ones((2, 3)),),
            "One temperature for each sweep is wanted, in a plain list.",
            lambda T: T.ndim != 1,
        ),
        Mistake(
            "no sweep", ([],), "Your list is empty: one temperature for each sweep.", lambda T: T.size == 0
        ),
        Mistake(
            "below zero",
            (np.linspace(10, -1, 50),),
            "A temperature of your list is negative.",
            lambda T: bool((T < 0).any()),
        ),
        Mistake(
            "too many sweeps",
            (np.geomspace(14, 2, 200),),
            "Everybody finds deep valleys in the end. Here at most 100 sweeps are allowed.",
            lambda T: f"Yours has {len(T)}." if len(T) > MOST else False,
        ),
        Mistake(
            "a descent",
            (np.zeros(50),),
            "At temperature zero all the time: that is a descent. It rests in the first valley, however many "
            "sweeps follow.",
            _failing(lambda T: not T.any()),
        ),
        Mistake(
            "from cold to hot",
            (_FALL[::-1],),
            "Read from its end, your list would pass. Where should the hot sweeps stand, and where the cold?",
            _would_pass("reversed"),
        ),
        Mistake(
            "inverse temperatures",
            (1 / _FALL,),
            "Your list looks like beta = 1 / T. The temperatures themselves are asked for: one over each of "
            "your numbers would pass.",
            _not_falling(_would_pass("inverse")),  # as beta rises when it cools
        ),
        Mistake(
            "as with weights of 1/N",
            (_FALL / N_GLASS,),
            "Your list would pass if the weights were ±1/N. Here they are ±1.",
            _would_pass("times N"),
        ),
        Mistake(
            "as with fields of one",
            (_FALL / _ROOT,),
            "Your list would pass if the fields were of the order of 1. How large are they here, where a "
            "unit hears 199 others with weights of ±1?",
            _never_hot(_would_pass("times the root")),
        ),
        Mistake(
            "much too hot",
            (_FALL * _ROOT,),
            "The same curve would pass, but cooler throughout. How large is the field of a unit, when most "
            "of what it hears cancels?",
            _would_pass("over the root"),
        ),
        Mistake(
            "too few sweeps",
            (_FALL[::10],),
            "The same curve, drawn over 100 sweeps, would pass: you cool too fast.",
            _would_pass("stretched"),
        ),
        Mistake(
            "a single sweep",
            ([9.0],),
            "Your list has one temperature, and so there is one sweep: too short a time to cross any hill. "
            "There may be a hundred.",
            _failing(lambda T: len(T) == 1),
        ),
        Mistake(
            "one temperature, too hot",
            (np.full(MOST, 20.0),),
            "You never cool: the units toss their coins, and then you let them fall from wherever they are.",
            _failing(lambda T: _flat(T) and T[0] > 5),
        ),
        Mistake(
            "one temperature, too cold",
            (np.full(MOST, 1.0),),
            "A single temperature, and one at which hardly a hill is climbed.",
            _failing(lambda T: _flat(T) and T[0] < 2.5),
        ),
        Mistake(
            "never cold",
            (np.linspace(40, 20, MOST),),
            "All your temperatures are above 9: there the units hardly hear each other, and then you let "
            "them fall from wherever they are. The list has to go on to the cold.",
            _failing(lambda T: bool(T.min() > 9)),
        ),
        Mistake(
            "never warm",
            (np.linspace(1.9, 1.5, MOST),),
            "All your temperatures are below 2: there hardly a hill is climbed. The list has to begin with "
            "the heat.",
            _failing(lambda T: bool(T.max() < 2)),
        ),
        Mistake(
            "from hot to cold at once",
            (np.where(np.arange(MOST) < 50, 20.0, 0.1),),
            "Fewer than one in five of your sweeps is between the temperatures 2 and 9. Where it is hotter, "
            "units hardly hear each other; where it is colder, hardly a hill is climbed.",
            _failing(lambda T: bool(((T < 9) & (T > 2)).mean() < 0.2)),
        ),
        Mistake(
            "warm and cold in the wrong place",
            (np.r_[np.geomspace(8, 2, 40), np.full(60, 20.0)],),
            "Your last sweeps are hotter than the average one, and spoil what the others have found. Where "
            "should the cold "
            "ones stand?",
            _failing(lambda T: bool(T[-10:].mean() > T.mean())),
        ),
        Mistake(
            "not often enough",
            (np.r_[np.full(25, 2.5), np.ones(75)],),
            "It cools down, but most runs still end too high.",
            _failing(lambda T: True),
        ),
    ],
    [
        "A unit hears 199 others with weights ±1: its field is about 14. At that temperature it half obeys.",
        "Below a temperature of 2 hardly anything moves any more. Where should most of the sweeps be?",
        "`thermal.anneal(high, low, sweeps)` makes a list that falls by the same factor from sweep to sweep.",
    ],
    limits=["at most 100 sweeps", "30 of 50 runs"],
    praise=_cooled,
)
