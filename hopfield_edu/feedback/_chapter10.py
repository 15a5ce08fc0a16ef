"""Checks of chapter 10: the flow of graded units, their energy, its stability, and where there is none."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np

from hopfield_edu import graded
from hopfield_edu._check import is_symmetric
from hopfield_edu.feedback import _inputs as given
from hopfield_edu.feedback._core import ExampleCheck, FunctionCheck, Mistake, TableCheck
from hopfield_edu.feedback._telling import TellingCheck

Trials = list[tuple[Any, ...]]


_WHOLE = (
    "You write real numbers into an array of whole ones, which cuts off all that follows the point. "
    "`np.zeros_like` copies the type of its argument, too, and {} may be whole numbers: ask for floats."
)


# 1. the flow, with tanh units


def _graded_velocity(x, weights, bias, tau):
    V = np.tanh(x)
    return (-x + weights @ V + bias) / tau


def _logistic(x):
    return 1 / (1 + np.exp(-x))


def _flow_trials(rng: np.random.Generator) -> Trials:
    """Asymmetric networks of several sizes; tau on either side of 1, a unit far from zero.

    One of whole numbers, which an array made like the potentials inherits.
    """
    fixed = [
        ([0], [[1]], [3], 2),
        ([0.5], [[-2]], [0.25], 0.5),
        ([-1, 0.5], [[0.5, -1], [2, 0]], [0, 0], 2),
        ([0.3, -0.7], [[1, 3], [-0.5, 2]], [0.5, -1], 4),
        ([4, -2, 0.1], [[0, 1, 2], [0, 0, -1], [3, 0, 0]], [0, 1, 0], 3),
    ]
    trials: Trials = [(*(np.array(a, float) for a in arrays), float(tau)) for *arrays, tau in fixed]
    trials += [(*map(np.array, ([1, -2, 0], [[1, 2, 0], [-1, 1, 3], [0, 2, 0]], [1, 0, 2])), 2)]
    for N in (2, 3, 5):
        arrays = [rng.normal(size=shape).round(1) for shape in (N, (N, N), N)]
        trials.append((*arrays, float(round(rng.uniform(1.5, 4), 1))))
    return trials


def _overwritten(x, weights, bias, tau):
    v = x.copy()
    for i in range(len(v)):
        v[i] = (-v[i] + weights[i] @ np.tanh(v) + bias[i]) / tau
    return v


def _added_in_place(x, weights, bias, tau):
    velocity = -x
    velocity += weights @ np.tanh(x) + bias
    return velocity / tau


def _velocity_by_units(x, weights, bias, tau):
    velocity = []
    for i in range(len(x)):
        total = bias[i] - x[i]
        for j in range(len(x)):
            total += weights[i][j] * np.tanh(x[j])
        velocity.append(total / tau)
    return np.array(velocity)


graded_velocity = FunctionCheck(
    _graded_velocity,
    _flow_trials,
    [
        Mistake(
            "leak forgotten",
            lambda x, W, b, tau: (W @ np.tanh(x) + b) / tau,
            "Your potential never leaks away: without the term for it, x would grow as long as there is "
            "input.",
        ),
        Mistake(
            "leak with the wrong sign",
            lambda x, W, b, tau: (x + W @ np.tanh(x) + b) / tau,
            "Your leak drives the potential away from zero. It should pull it back.",
        ),
        Mistake(
            "output leaks instead of potential",
            lambda x, W, b, tau: (-np.tanh(x) + W @ np.tanh(x) + b) / tau,
            "In your function the output V leaks. What decays here is the potential x.",
        ),
        Mistake(
            "tau multiplied",
            lambda x, W, b, tau: (-x + W @ np.tanh(x) + b) * tau,
            "You multiply by tau. A long time constant makes the network slow: it belongs under the fraction "
            "line.",
        ),
        Mistake(
            "tau forgotten",
            lambda x, W, b, tau: -x + W @ np.tanh(x) + b,
            "That is tau dx/dt. The exercise asks for dx/dt.",
        ),
        Mistake(
            "tau divides the leak only",
            lambda x, W, b, tau: -x / tau + W @ np.tanh(x) + b,
            "Only the leak is divided by tau: that is Scholarpedia's form, with other weights and biases. In "
            "ours tau divides all three terms.",
        ),
        Mistake(
            "bias forgotten",
            lambda x, W, b, tau: (-x + W @ np.tanh(x)) / tau,
            "The constant input b is missing: the bias of each unit counts, too.",
        ),
        Mistake(
            "bias not divided by tau",
            lambda x, W, b, tau: (-x + W @ np.tanh(x)) / tau + b,
            "The bias is an input like the others: it goes through the same time constant.",
        ),
        Mistake(
            "bias inside the gain function",
            lambda x, W, b, tau: (-x + W @ np.tanh(x + b)) / tau,
            "You add the bias to the potential before the gain function. It is a current from outside, added "
            "to what "
            "the other units send.",
        ),
        Mistake(
            "brackets forgotten",
            lambda x, W, b, tau: -x + W @ np.tanh(x) + b / tau,
            "Only the bias is divided by tau: Python divides before it adds. Put brackets round all three.",
        ),
        Mistake(
            "minus sign before the weights",
            lambda x, W, b, tau: (-x - W @ np.tanh(x) + b) / tau,
            "You subtract what the other units send. A positive weight raises the potential: it adds.",
        ),
        Mistake(
            "logistic for tanh",
            lambda x, W, b, tau: (-x + W @ _logistic(x) + b) / tau,
            "Your gain function is the logistic one, with outputs between 0 and 1. Here it is tanh.",
        ),
        Mistake(
            "gain function forgotten",
            lambda x, W, b, tau: (-x + W @ x + b) / tau,
            "You send the potentials through the weights. The others hear the outputs.",
        ),
        Mistake(
            "gain function around the sum",
            lambda x, W, b, tau: (-x + np.tanh(W @ x + b)) / tau,
            "You apply the gain function to the whole sum. That is the Amsterdam notes' equation, for "
            "outputs; here x is a potential.",
        ),
        Mistake(
            "gain function twice",
            lambda x, W, b, tau: (-x + np.tanh(W @ np.tanh(x) + b)) / tau,
            "You apply the gain function once more, to what arrives. Inputs add up as they are; only what a "
            "unit sends goes through it.",
        ),
        Mistake(
            "transposed weights",
            lambda x, W, b, tau: (-x + W.T @ np.tanh(x) + b) / tau,
            "You sum over the wrong index: w_ij leads from unit j to unit i.",
        ),
        Mistake(
            "sum over those that hear",
            lambda x, W, b, tau: (-x + W.sum(axis=0) * np.tanh(x) + b) / tau,
            "Your sum runs down the columns: what one unit sends to all the others. Unit i adds up what "
            "arrives, along its row.",
        ),
        Mistake(
            "leak and tau forgotten",
            lambda x, W, b, tau: W @ np.tanh(x) + b,
            "That is what arrives, where the potential is heading. How fast it gets there depends on how "
            "far it still is, and on tau.",
        ),
        Mistake(
            "leak not divided by tau",
            lambda x, W, b, tau: -x + (W @ np.tanh(x) + b) / tau,
            "Only the inputs are divided by tau. In our equation the leak is, too: put brackets round all "
            "three terms.",
        ),
        Mistake(
            "gain function around the sum over units",
            lambda x, W, b, tau: (-x + np.tanh(W @ x) + b) / tau,
            "You add up the potentials, and apply the gain function to the sum. Each unit sends its own "
            "output, tanh of its potential; these are added up.",
        ),
        Mistake(
            "tau inside the gain function",
            lambda x, W, b, tau: (-x + W @ np.tanh(x / tau) + b) / tau,
            "You divide the potential by tau inside the gain function, too. What a unit sends now depends "
            "on its potential alone; tau says how fast that one changes.",
        ),
        Mistake(
            "output of the unit that receives",
            lambda x, W, b, tau: (-x + W.sum(axis=1) * np.tanh(x) + b) / tau,
            "You multiply a weight by the output of the unit that receives. Unit i hears the others: w_ij "
            "goes with the output of unit j.",
        ),
        Mistake(
            "weights made symmetric",
            lambda x, W, b, tau: (-x + (W + W.T) @ np.tanh(x) / 2 + b) / tau,
            "You took the mean of the weights and their transpose. The two ways between a pair of units may "
            "differ, and each unit hears its own row.",
        ),
        Mistake(
            "whole numbers only",
            lambda x, W, b, tau: _graded_velocity(x, W, b, tau).astype(np.asarray(x).dtype),
            _WHOLE.format("potentials"),
        ),
        Mistake(
            "potentials overwritten",
            _overwritten,
            "You write the velocities over the potentials, unit by unit, so that the next unit hears what is "
            "one already. Write them into an array of their own, of floats.",
        ),
        Mistake(
            "added to whole numbers",
            _added_in_place,
            "Where the potentials are whole numbers, `-x` is an array of whole numbers, and `+=` cannot add "
            "fractions to it. Begin with an array of floats, or write the sum as a whole.",
        ),
        Mistake(
            "first unit for all",
            lambda x, W, b, tau: np.full(len(x), (-x[0] + W[0] @ np.tanh(x) + b[0]) / tau),
            "All units get the velocity of the first one.",
        ),
        Mistake(
            "bias subtracted",
            lambda x, W, b, tau: (-x + W @ np.tanh(x) - b) / tau,
            "You subtract the bias. It is an input like the others: a positive one raises the potential.",
        ),
        Mistake(
            "leak and bias in every term",
            lambda x, W, b, tau: (len(x) * (b - x) + W @ np.tanh(x)) / tau,
            "You take leak and bias once for each unit that sends. Only the inputs w_ij g(x_j) are added up "
            "over j; a unit leaks once, and has one bias.",
        ),
        Mistake(
            "bias in every term",
            lambda x, W, b, tau: (-x + W @ np.tanh(x) + len(x) * b) / tau,
            "You take the bias once for each unit that sends. Only the inputs w_ij g(x_j) are added up over "
            "j; a unit has one bias.",
        ),
        Mistake(
            "leak in every term",
            lambda x, W, b, tau: (-len(x) * x + W @ np.tanh(x) + b) / tau,
            "You take the leak once for each unit that sends. Only the inputs w_ij g(x_j) are added up over "
            "j; a unit leaks once.",
        ),
        Mistake(
            "biases of all units",
            lambda x, W, b, tau: (-x + W @ np.tanh(x) + b.sum()) / tau,
            "You add up the biases of all units. Only the inputs w_ij g(x_j) are added up over j; each unit "
            "has a bias of its own.",
        ),
        Mistake(
            "gain function around the inputs",
            lambda x, W, b, tau: (-x + np.tanh(W @ np.tanh(x)) + b) / tau,
            "You apply the gain function once more, to what the others send. Inputs add up as they are; only "
            "what a unit sends goes through it.",
        ),
        Mistake(
            "leaks and biases of all units",
            lambda x, W, b, tau: (W @ np.tanh(x) + (b - x).sum()) / tau,
            "You add up the leaks and the biases of all units. Only the inputs w_ij g(x_j) are added up over "
            "j; each unit leaks for itself, and has a bias of its own.",
        ),
        Mistake(
            "self-connections left out",
            lambda x, W, b, tau: (-x + given.without_diagonal(W) @ np.tanh(x) + b) / tau,
            "You leave the diagonal out. A graded unit may hear itself: the sum runs over all j, i included.",
        ),
        Mistake(
            "new potential instead of velocity",
            lambda x, W, b, tau: x + (-x + W @ np.tanh(x) + b) / tau,
            "You return where the potential is after a step of time 1. The exercise asks for its velocity "
            "alone.",
        ),
        Mistake(
            "signs instead of outputs",
            lambda x, W, b, tau: (-x + W @ np.sign(x) + b) / tau,
            "Your units send +1 or -1, as binary ones do. Graded units send tanh x, and all values between.",
        ),
        Mistake(
            "inverse of the gain function",
            given.quietly(lambda x, W, b, tau: (-x + W @ np.arctanh(x) + b) / tau),
            "You send artanh(x), which leads from output back to potential. The others hear tanh x.",
        ),
        Mistake(
            "slope instead of gain function",
            lambda x, W, b, tau: (-x + W @ (1 - np.tanh(x) ** 2) + b) / tau,
            "You use the derivative of the gain function, g'. The equation has g itself.",
        ),
    ],
    [
        "Three terms: what leaks, what the other units send, what comes from outside.",
        "The others hear V = g(x), so compute that first.",
        "Then solve the equation for dx/dt: what happens to tau?",
    ],
    also=[_velocity_by_units],
    praise="Right. This one line is the whole model; everything else in the chapter follows from it.",
)


# 2. the critical gain, by hand

_CASES = {  # gain function, weight from the other unit, bias, potential in the middle
    "A": ("tanh", -1, 0),
    "B": ("logistic", -1, 0.5),
    "C": ("logistic", -2, 1),
    "D": ("tanh", -0.5, 0),
    "E": ("logistic", 4, -2),
}


def _gains(
    slope: Callable[[str], float] = lambda kind: 1 if kind == "tanh" else 0.25,
    middle: Callable[[str], float] = lambda kind: 0 if kind == "tanh" else 0.5,
    critical: Callable[[float, float], float] = lambda w, s: 1 / (abs(w) * s),
) -> dict[str, list[float]]:
    """Output in the middle, slope there for beta = 1, critical gain; by rules that may be wrong."""
    return {
        name: [middle(kind), slope(kind), critical(w, slope(kind))] for name, (kind, w, _) in _CASES.items()
    }


def _slope_in_the_middle(case: str, entries: Any) -> float:
    """The slope for beta = 1 that belongs to the output V."""
    V = entries["V"]
    return 1 - V**2 if _CASES[case][0] == "tanh" else V * (1 - V)


critical_gain = TableCheck(
    "critical_gain",
    _gains(),
    ("V", "slope for beta = 1", "critical beta"),
    [
        Mistake(
            "gain for slope",
            _gains(lambda kind: 1),
            "You took the slope for the gain beta itself. That is right for tanh; the logistic function is "
            "flatter.",
        ),
        Mistake(
            "slope of logistic one half",
            _gains(lambda kind: 1 if kind == "tanh" else 0.5),
            "The slope of the logistic function is V (1 - V): its output, times one minus its output.",
        ),
        Mistake(
            "rule of the logistic function for tanh",
            _gains() | {case: [0, 1, 4 / abs(_CASES[case][1])] for case in "AD"},
            "In cases A and D you took 4/|w|. That is the chapter's formula for logistic units: which slope "
            "makes the 4, and is it that of tanh?",
        ),
        Mistake(
            "slope of the logistic function for tanh",
            _gains(lambda kind: 0.25),
            "You gave all cases the slope of the logistic function. The example has tanh, too: what is "
            "its slope there?",
        ),
        Mistake(
            "slope at the critical gain",
            {case: [V, 1 / abs(_CASES[case][1]), beta] for case, (V, _, beta) in _gains().items()},
            "You gave the slope at the critical gain, which is 1/|w|. The second column asks for the one at "
            "beta = 1.",
        ),
        Mistake(
            "a gain that is never reached",
            _gains() | {"E": [0.5, 0.25, np.inf]},
            "By your table the fixed point of case E is stable at every gain. The eigenvalues are -1 plus "
            "and minus the product: does one of them grow for a positive weight, too?",
        ),
        Mistake(
            "the chapter's critical gain in case E",
            _gains() | {"E": [0.5, 0.25, 4]},
            "In case E you took the chapter's 4. That is the critical gain for a weight of -1; here the "
            "weight is four times as large.",
        ),
        Mistake(
            "functions exchanged",
            _gains(lambda kind: 0.25 if kind == "tanh" else 1),
            "You exchanged the slopes of the two functions. Which of them has to rise further, from -1 to 1?",
        ),
        Mistake(
            "middle at zero",
            _gains(middle=lambda kind: 0),
            "The potential is zero in the middle. The output of a logistic unit with potential zero is not.",
        ),
        Mistake(
            "bias for output",
            {case: [_CASES[case][2], *row[1:]] for case, row in _gains().items()},
            "You gave the bias for the output. With x = 0, what comes from the other unit and the bias must "
            "cancel: which output does that?",
        ),
        Mistake(
            "weight squared",
            _gains(critical=lambda w, s: 1 / (w**2 * s)),
            "You counted the weight twice. Beside the diagonal of the Jacobian stands the weight times the "
            "slope, and that is what must make up for the leak.",
        ),
        Mistake(
            "slope counted twice",
            _gains(critical=lambda w, s: 1 / (abs(w) * s**2)),
            "You counted the slope twice. Beside the diagonal of the Jacobian stands the weight times the "
            "slope, and that is what must make up for the leak.",
        ),
        Mistake(
            "slope forgotten",
            _gains(critical=lambda w, s: 1 / abs(w)),
            "Your critical gain does not depend on the slope. The gain multiplies the slope for beta = 1: a "
            "flat function needs more of it.",
        ),
        Mistake(
            "weight forgotten",
            _gains(critical=lambda w, s: 1 / s),
            "Your critical gain does not depend on the weight. The louder the other unit, the less gain it "
            "takes.",
        ),
        Mistake(
            "weight multiplied",
            _gains(critical=lambda w, s: abs(w) / s),
            "In your table stronger weights need a higher gain. It is their product with the slope that must "
            "reach 1.",
        ),
        Mistake(
            "slope multiplied",
            _gains(critical=lambda w, s: s / abs(w)),
            "Your gain grows with the slope for beta = 1. A steeper function needs less gain.",
        ),
        Mistake(
            "sign of the weight kept",
            _gains(critical=lambda w, s: 1 / (w * s)),
            "A gain is positive. The eigenvalues are -1 plus and minus the product: one of them grows for "
            "either "
            "sign of the weight.",
        ),
        Mistake(
            "stable up to two",
            _gains(critical=lambda w, s: 2 / (abs(w) * s)),
            "Your product reaches 2. The leak contributes -1 to the eigenvalue, so 1 is enough to make up "
            "for it.",
        ),
        Mistake(
            "weights of both units",
            _gains(critical=lambda w, s: 1 / (2 * abs(w) * s)),
            "You took the weight twice, as if each unit heard two others. Each hears one, through one "
            "weight: that times the slope stands in the eigenvalues.",
        ),
    ],
    [
        "In the middle x = w V + b must hold. Check that x = 0 does it in all five cases.",
        "Differentiate: what is the slope of tanh(x) and of 1/(1 + e^-x) at 0? A gain beta multiplies it.",
        "The eigenvalues of the Jacobian are -1 plus and minus w times beta times the slope in your table. "
        "When does one of them reach zero?",
    ],
    unread={"critical beta": "A number is wanted: the gain beyond which the fixed point is not stable."},
    follow={
        "slope for beta = 1": _slope_in_the_middle,
        "critical beta": lambda case, entries: 1 / (abs(_CASES[case][1]) * entries["slope for beta = 1"]),
    },
    praise="Right. Rivals or friends: what counts is the size of the weight, times the slope. What the two "
    "friends of case E do beyond their critical gain is the next question.",
)


# 3. the energy, with tanh units of gain beta


def _graded_energy(V, weights, bias, beta):
    price = ((1 + V) * np.log(1 + V) + (1 - V) * np.log(1 - V)).sum() / (2 * beta)
    return -V @ weights @ V / 2 - bias @ V + price


def _parts(V: Any, W: Any, b: Any, beta: float) -> tuple[float, float, float]:
    """Quadratic term without one half, bias term, integral."""
    price = ((1 + V) * np.log(1 + V) + (1 - V) * np.log(1 - V)).sum() / (2 * beta)
    return float(V @ W @ V), float(b @ V), float(price)


def _energy(combine: Callable[..., float], pairs: bool = False) -> Callable[..., float]:
    """A wrong energy made of (quadratic, bias, integral, V, beta); `pairs` leaves those with i > j."""
    return lambda V, W, b, beta: combine(*_parts(V, np.tril(W, -1) if pairs else W, b, beta), V, beta)


_subtracted = _energy(lambda q, h, p, V, beta: -q / 2 - h - p)  # the integral


def _prices(V: Any) -> Any:
    """The integral of each unit, for beta = 1."""
    return V * np.arctanh(V) + np.log(1 - V**2) / 2


@given.quietly
def _gain_inside(V: Any, beta: float) -> float:
    """The integral from 0 to V of artanh(beta z); no number where beta V leaves (-1, 1)."""
    u = beta * V
    return float(((1 + u) * np.log(1 + u) + (1 - u) * np.log(1 - u)).sum() / (2 * beta))


@given.quietly
def _logistic_price(V: Any, beta: float) -> float:
    """The integral of the inverse of the logistic function; no number where V is not positive."""
    return float((V * np.log(V) + (1 - V) * np.log(1 - V)).sum() / beta)


def _by_quad(V: Any, beta: float) -> float:
    """The integral of 1/tanh(beta z) from 0 to V, which has none, as SciPy adds it up."""
    from scipy.integrate import quad

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return float(sum(quad(lambda z: 1 / np.tanh(beta * z), 0, v)[0] for v in V))


_ONE_OVER_G: dict[str, Callable[[Any, float], float]] = {  # what may come of reading g^-1 as 1/g
    "one over g": given.quietly(lambda V, beta: float((1 / np.tanh(beta * V)).sum())),
    "one over g, by its antiderivative": given.quietly(
        lambda V, beta: float(np.log(np.sinh(beta * V)).sum() / beta)
    ),
    "one over g, by the antiderivative of either sign": given.quietly(
        lambda V, beta: float(np.log(np.abs(np.sinh(beta * V))).sum() / beta)
    ),
    "one over g, from its lower limit": given.quietly(
        lambda V, beta: float((np.log(np.sinh(beta * V)) - np.log(np.zeros(1))).sum() / beta)
    ),
    "one over g, from its lower limit and of either sign": given.quietly(
        lambda V, beta: float((np.log(np.abs(np.sinh(beta * V))) - np.log(np.zeros(1))).sum() / beta)
    ),
}


def _one_over_g(name: str, price: Callable[[Any, float], float]) -> Mistake:
    return Mistake(
        name,
        lambda V, W, b, beta: float(-V @ W @ V / 2 - b @ V + price(V, beta)),
        "You took 1/g. Here g^-1 is the inverse function, which leads from the output back to the potential.",
    )


def _energy_trials(rng: np.random.Generator) -> Trials:
    """Outputs of either sign, and zero; no energy so near zero that an integrator's digits do not do.

    One trial has weights and biases of whole numbers.
    """
    fixed = [
        ([0.5], [[0]], [0], 1),
        ([-0.8], [[1]], [0.5], 2),
        ([0.1, -0.2], [[0.5, -1], [-1, 0.25]], [5, -5], 3),
        ([0, 0.5], [[0, 1], [1, 1]], [1, 2], 0.5),
        ([0.9, -0.5, 0.3], [[1, 2, 0], [2, 0, -1], [0, -1, 0.5]], [1, 0, -1], 4),
    ]
    trials: Trials = [(*(np.array(a, float) for a in arrays), float(beta)) for *arrays, beta in fixed]
    trials += [(np.array([0.5, -0.75]), np.array([[1, 3], [3, -1]]), np.array([2, 1]), 2)]
    count = len(trials)
    while len(trials) < count + 4:
        N = len(trials) - count + 1
        A, V = rng.normal(size=(N, N)).round(1), rng.uniform(-0.9, 0.9, N).round(2)
        new = (V, (A + A.T) / 2, rng.normal(size=N).round(1), float(round(rng.uniform(1.5, 4), 1)))
        trials += [new] if abs(_graded_energy(*new)) > 0.5 else []
    return trials


def _by_steps(V: Any, beta: float, pieces: int, rule: str) -> float:
    """The integral of all units by so many rectangles or trapezia, or by their points, ends included."""
    z = np.linspace(0, V, pieces + 1)
    height = np.arctanh(z if rule != "middle" else (z[1:] + z[:-1]) / 2) / beta
    sums = {
        "left": lambda: height[:-1].sum(axis=0),
        "right": lambda: height[1:].sum(axis=0),
        "middle": lambda: height.sum(axis=0),
        "trapezia": lambda: (height[:-1] + height[1:]).sum(axis=0) / 2,
        "one rectangle more": lambda: height.sum(axis=0),
        "mean of the points": lambda: height.mean(axis=0) * pieces,
    }
    return float(np.sum(sums[rule]() * V / pieces))


_PIECES = 1001  # more of them are close, at least


def _too_few_steps(seen: list[Any], wanted: list[Any], trials: Trials) -> bool:
    """Whether all energies are those of an integral by steps, of one kind and number."""
    prices = [e - due + _parts(*args)[2] for e, due, args in zip(seen, wanted, trials, strict=True)]
    V, *_, beta = trials[0]
    for rule in ("left", "right", "middle", "trapezia", "one rectangle more", "mean of the points"):
        for pieces in range(2, _PIECES + 1):
            if np.isclose(_by_steps(V, beta, pieces, rule), prices[0], 1e-9, 1e-12) and all(
                np.isclose(_by_steps(args[0], args[3], pieces, rule), price, 1e-6, 1e-9)
                for args, price in zip(trials, prices, strict=True)
            ):
                return True
    return False


def _close(value: Any, aim: float) -> bool:
    return bool(abs(float(value) - aim) < 0.02 * abs(aim))


def _energy_by_units(V, weights, bias, beta):
    energy = 0.0
    for i in range(len(V)):
        for j in range(len(V)):
            energy -= 0.5 * weights[i][j] * V[i] * V[j]
        energy -= bias[i] * V[i]
        energy += (V[i] * np.arctanh(V[i]) + 0.5 * np.log(1 - V[i] ** 2)) / beta
    return energy


_FEW_STEPS = "integral by too few steps"

graded_energy = TellingCheck(
    _graded_energy,
    _energy_trials,
    [
        Mistake(
            "integral forgotten",
            _energy(lambda q, h, p, V, beta: -q / 2 - h),
            "That is the energy of the binary network. Graded units pay a price for every output that is not "
            "zero.",
        ),
        Mistake(
            "output taken for potential",
            lambda V, W, b, beta: _graded_energy(np.tanh(beta * V), W, b, beta),
            "You apply the gain function to V. It is an output already: the energy is one of outputs.",
        ),
        Mistake(
            "each pair once, and halved",
            _energy(lambda q, h, p, V, beta: -q / 2 - h + p, pairs=True),
            "You count each pair of units once, and halve it all the same. The one half is there because "
            "the double sum counts each pair twice; and it holds the terms with i = j.",
        ),
        Mistake(
            "one logarithm of the two",
            given.quietly(
                lambda V, W, b, beta: float(
                    -V @ W @ V / 2 - b @ V + (V * np.arctanh(V) + np.log(1 - V) / 2).sum() / beta
                )
            ),
            "The logarithm in your antiderivative has 1 - V. Differentiate: does artanh come back?",
        ),
        Mistake(
            "entropy of units between 0 and 1",
            given.quietly(
                lambda V, W, b, beta: float(
                    -V @ W @ V / 2 - b @ V + np.nansum(V * np.log(V) + (1 - V) * np.log(1 - V)) / beta
                )
            ),
            "V ln V + (1-V) ln(1-V) belongs to the logistic function, for outputs between 0 and 1. Here g "
            "is tanh(beta x), and outputs may be negative.",
        ),
        Mistake(
            "straight line for artanh",
            _energy(lambda q, h, p, V, beta: -q / 2 - h + V @ V / (2 * beta)),
            "You integrated V/beta. artanh(V) is near V for small outputs only: near 1 it grows without "
            "limit.",
        ),
        Mistake(
            "whole numbers only",
            lambda V, W, b, beta: float(
                -(W * V[:, None] * V).astype(W.dtype).sum() / 2 - b @ V + _prices(V).sum() / beta
            ),
            _WHOLE.format("weights"),
        ),
        Mistake(
            "wrong lower limit",
            _energy(lambda q, h, p, V, beta: -q / 2 - h + p - len(V) * np.log(2) / beta),
            "Your integral begins at V = -1. It does no harm to the dynamics, being a constant, but the "
            "exercise asks for "
            "the integral from 0.",
        ),
        Mistake(
            "integral subtracted",
            _subtracted,
            "The integral is a price: it makes strong outputs more expensive, so it comes with a plus.",
        ),
        Mistake(
            "integral negative for negative outputs",
            lambda V, W, b, beta: float(-V @ W @ V / 2 - b @ V + (np.sign(V) * _prices(V)).sum() / beta),
            "Your integral is negative where the output is. From 0 to such an output artanh is negative, "
            "and you go to the left: which sign has the product?",
        ),
        Mistake(
            _FEW_STEPS,
            lambda V, W, b, beta: float(-V @ W @ V / 2 - b @ V + _by_steps(V, beta, 100, "left")),
            "You add the integral up in small steps, which is right, but not close enough: take many more of "
            "them, or write down the antiderivative.",
        ),
        Mistake(
            "g integrated instead of its inverse",
            lambda V, W, b, beta: float(-V @ W @ V / 2 - b @ V + np.log(np.cosh(beta * V)).sum() / beta),
            "You integrated g. The energy has the integral of the inverse function, from output back to "
            "potential.",
        ),
        *[_one_over_g(name, price) for name, price in _ONE_OVER_G.items()],
        Mistake(
            "inverse not integrated",
            lambda V, W, b, beta: float(-V @ W @ V / 2 - b @ V + np.arctanh(V).sum() / beta),
            "You added the potentials g^-1(V) themselves. It is the area under that curve that counts.",
        ),
        Mistake(
            "potential times output",
            lambda V, W, b, beta: float(-V @ W @ V / 2 - b @ V + (V * np.arctanh(V)).sum() / beta),
            "You took x V for the integral. That is the whole rectangle; the area beside the curve, L(x), is "
            "to be "
            "subtracted.",
        ),
        Mistake(
            "Lagrangian instead of its transform",
            lambda V, W, b, beta: float(-V @ W @ V / 2 - b @ V + np.log(np.cosh(np.arctanh(V))).sum() / beta),
            "You added L(x). The Legendre transform is x V - L(x): the area on the other side of the curve.",
        ),
        Mistake(
            "gain forgotten",
            _energy(lambda q, h, p, V, beta: -q / 2 - h + p * beta),
            "Your integral does not depend on the gain. A steep unit is convinced at little cost.",
        ),
        Mistake(
            "gain inside artanh",
            lambda V, W, b, beta: float(-V @ W @ V / 2 - b @ V + _gain_inside(V, beta)),
            "You took artanh(beta z) for the inverse. It has no value where beta z is beyond 1: hence the "
            "NaN. Solve V = tanh(beta x) for x: what has to be undone first?",
        ),
        Mistake(
            "gain inside artanh and under it",
            lambda V, W, b, beta: float(-V @ W @ V / 2 - b @ V + _gain_inside(V, beta) / beta),
            "You took artanh(beta z)/beta for the inverse. The beta outside is right; inside it makes a NaN "
            "where beta z is beyond 1. Solve V = tanh(beta x) for x, step by step.",
        ),
        Mistake(
            "gain multiplied",
            _energy(lambda q, h, p, V, beta: -q / 2 - h + p * beta**2),
            "You multiply by the gain. The inverse of tanh(beta x) is artanh(V) divided by beta.",
        ),
        Mistake(
            "wrong sign inside the antiderivative",
            lambda V, W, b, beta: float(
                -V @ W @ V / 2 - b @ V + (V * np.arctanh(V) - np.log(1 - V**2) / 2).sum() / beta
            ),
            "A sign is wrong inside your antiderivative: differentiate it: does artanh come back?",
        ),
        Mistake(
            "one half lost inside the antiderivative",
            lambda V, W, b, beta: float(
                -V @ W @ V / 2 - b @ V + (V * np.arctanh(V) + np.log(1 - V**2)).sum() / beta
            ),
            "Differentiate your antiderivative: of V artanh V too much is left, and your logarithm takes "
            "away twice that.",
        ),
        Mistake(
            "inverse of the logistic function",
            lambda V, W, b, beta: float(-V @ W @ V / 2 - b @ V + _logistic_price(V, beta)),
            "You integrated the inverse of the logistic function, for outputs between 0 and 1. It has no "
            "value for negative outputs: hence the NaN. Here g is tanh(beta x).",
        ),
        Mistake(
            "mean instead of sum",
            _energy(lambda q, h, p, V, beta: -q / 2 - h + p / len(V)),
            "You took the mean of the integrals. Every unit pays: they add up.",
        ),
        Mistake(
            "potentials for outputs",
            lambda V, W, b, beta: (
                _graded_energy(V, W, b, beta)
                + (V @ W @ V / 2 + b @ V)
                - (np.arctanh(V) / beta @ W @ np.arctanh(V) / beta / 2 + b @ np.arctanh(V) / beta)
            ),
            "You put the potentials x into the first two terms. They belong to the outputs V.",
        ),
        Mistake(
            "logarithm to base 10",
            _energy(lambda q, h, p, V, beta: -q / 2 - h + p / np.log(10)),
            "artanh needs the natural logarithm, `np.log`.",
        ),
        Mistake(
            "self-connections left out",
            lambda V, W, b, beta: _graded_energy(V, given.without_diagonal(W), b, beta),
            "You leave the terms with i = j out. A graded unit may hear itself, and this counts.",
        ),
        Mistake(
            "self-connections not halved",
            lambda V, W, b, beta: _graded_energy(V, W + np.diag(np.diag(W)), b, beta),
            "You count each pair once, which makes up for the one half. But the terms with i = j come only "
            "once in the double sum: they keep it.",
        ),
        Mistake(
            "integral of the last unit",
            lambda V, W, b, beta: float(-V @ W @ V / 2 - b @ V + _prices(V)[-1] / beta),
            "Only the integral of the last unit is left. Every unit pays: add them up.",
        ),
        Mistake(
            "one half of the integral forgotten",
            _energy(lambda q, h, p, V, beta: -q / 2 - h + 2 * p),
            "Your integral is twice too large: artanh(V) is one half of the logarithm of (1+V)/(1-V).",
        ),
        Mistake(
            "one half forgotten",
            _energy(lambda q, h, p, V, beta: -q - h + p),
            "The double sum counts each pair of units twice; the factor in front of it is missing. It stands "
            "before the whole sum, self-connections included.",
        ),
        Mistake(
            "one half on the bias",
            _energy(lambda q, h, p, V, beta: -q / 2 - h / 2 + p),
            "The bias term has no one half: each unit has one bias, and it is counted once.",
        ),
        Mistake(
            "bias forgotten",
            _energy(lambda q, h, p, V, beta: -q / 2 + p),
            "The bias term is missing: a unit that follows its bias lowers the energy.",
        ),
        Mistake(
            "bias with the wrong sign",
            _energy(lambda q, h, p, V, beta: -q / 2 + h + p),
            "A unit that follows its bias should have the lower energy; in your function it is higher.",
        ),
        Mistake(
            "energy with the wrong sign",
            _energy(lambda q, h, p, V, beta: q / 2 + h - p),
            "Your energy has the wrong sign throughout: the flow would climb.",
        ),
        Mistake(
            "quadratic term with the wrong sign",
            _energy(lambda q, h, p, V, beta: q / 2 - h + p),
            "Units with a positive weight lower the energy if they agree. In your function they raise it.",
        ),
        _one_over_g("one over g, integrated by SciPy", _by_quad),  # the last: it takes its time
    ],
    [
        "Two terms are those of chapter 03, with V in the place of y.",
        "V = tanh(beta x), so x = artanh(V)/beta, and artanh(V) is half of ln((1+V)/(1-V)).",
        "The antiderivative of artanh is [(1+V) ln(1+V) + (1-V) ln(1-V)]/2. What is it at V = 0?",
    ],
    properties=[
        (
            "The integral is a price: it makes strong outputs more expensive, so it comes with a plus.",
            lambda E, V, W, b, beta: not _close(E, _subtracted(V, W, b, beta)),
        ),
        (
            "Close, but not close enough: an integral by small steps needs more of them, or write down the "
            "antiderivative.",
            lambda E, V, W, b, beta: not _close(E, _graded_energy(V, W, b, beta)),
        ),
    ],
    signs={_FEW_STEPS: _too_few_steps},
    also=[_energy_by_units],
    praise="Right. For large beta the last term vanishes, and the energy of the binary network is left.",
)


# 4. stability: the largest growth rate at a fixed point


def _growth_rate(x, weights, beta, tau):
    slope = beta * (1 - np.tanh(beta * x) ** 2)
    J = (-np.eye(len(x)) + weights * slope) / tau
    return np.linalg.eigvals(J).real.max()


def _top(J: Any) -> float:
    return float(np.linalg.eigvals(J).real.max())


def _slope(x: Any, beta: float) -> Any:
    return beta * (1 - np.tanh(beta * x) ** 2)


def _jacobian(W: Any, slope: Any, tau: float) -> Any:
    return (-np.eye(len(W)) + W * slope) / tau


def _growth_trials(rng: np.random.Generator) -> Trials:
    """Rates of either sign, leading eigenvalues real and complex, the largest in size leading or not.

    Fixed points need not be given for the Jacobian; weights neither symmetric nor alike.
    """
    fixed = [
        ([0.5], [[0.5]], 1, 2),  # a disturbance dies out
        ([0.2], [[3]], 2, 0.5),
        ([0, 0], [[0, -1], [-1, 0]], 3, 2),
        ([0.1, -0.3], [[1, 0], [0, 3]], 1.5, 2),  # without coupling the eigenvalues come as they stand
        ([0.1, -0.3], [[3, 0], [0, 1]], 1.5, 2),
        ([0.3, -0.2], [[0.2, 1], [-0.5, 0.1]], 1, 3),  # spirals in
        ([0.2, -0.1], [[2, 1.5], [-1, 2]], 1.2, 2),  # spirals out
        ([0.4, -0.6], [[-3, 1], [0.5, -2]], 1.5, 2),  # falls faster than anything could grow
        ([0.5, -0.25, 0.1], [[0, 2, -1], [1, 0, 2], [-3, 1, 0]], 2, 1.5),
    ]
    trials: Trials = [(np.array(x, float), np.array(W, float), float(g), float(t)) for x, W, g, t in fixed]
    trials += [(np.array([1, 0]), np.array([[2, 3], [4, 5]]), 1.5, 1.5)]  # whole numbers
    for N in (2, 3, 4):
        rate = 0.0
        while abs(rate) < 0.1:  # near zero, and for a Jacobian by small differences, digits are lost
            x, W = (0.5 * rng.normal(size=N)).round(1), (2 * rng.normal(size=(N, N))).round(1)
            new = (x, W, float(round(rng.uniform(0.5, 2), 1)), float(round(rng.uniform(1.5, 4), 1)))
            rate = _growth_rate(*new)
        trials.append(new)
    return trials


def _rated(judge: Callable[[Any], Any]) -> Callable[..., Any]:
    """A wrong judgement of the right eigenvalues."""
    return lambda x, W, beta, tau: judge(np.linalg.eigvals(_jacobian(W, _slope(x, beta), tau)))


def _sloped(slope: Callable[..., Any]) -> Callable[..., Any]:
    """The right judgement of a Jacobian with a wrong slope, slope(x, beta)."""
    return lambda x, W, beta, tau: _top(_jacobian(W, slope(x, beta), tau))


def _rate_by_entries(x, weights, beta, tau):
    N = len(x)
    jacobian = np.zeros((N, N))
    for i in range(N):
        for j in range(N):
            jacobian[i, j] = weights[i][j] * beta / np.cosh(beta * x[j]) ** 2
            if i == j:
                jacobian[i, j] -= 1
    largest = -np.inf
    for value in np.linalg.eigvals(jacobian / tau):
        if value.real > largest:
            largest = value.real
    return largest


def _by_differences(x, weights, beta, tau):
    """Your rates are nearly right, but not to six digits. Do you work out slopes from small differences?
    Take the step on both sides of x, or differentiate by hand. Or are your results rounded?"""
    columns = [weights @ (np.tanh(beta * (x + step)) - np.tanh(beta * x)) for step in 1e-4 * np.eye(len(x))]
    return _top((np.transpose(columns) / 1e-4 - np.eye(len(x))) / tau)


def _nearly(seen: list[Any], wanted: list[Any], trials: Trials) -> bool:
    return bool(np.allclose(np.array(seen, float), np.array(wanted, float), 2e-3, 2e-3))


_COARSE = "slopes from coarse differences"

growth_rate = TellingCheck(
    _growth_rate,
    _growth_trials,
    [
        Mistake(
            "gain for slope",
            lambda x, W, beta, tau: _top((-np.eye(len(x)) + W * beta) / tau),
            "You used the gain beta where the slope belongs. The slope is beta only at x = 0, and less "
            "elsewhere.",
        ),
        Mistake(
            "slope without the gain",
            lambda x, W, beta, tau: _top((-np.eye(len(x)) + W * (1 - np.tanh(beta * x) ** 2)) / tau),
            "You forgot the inner derivative: tanh(beta x) has one more factor beta.",
        ),
        Mistake(
            "gain missing inside tanh",
            lambda x, W, beta, tau: _top(_jacobian(W, beta * (1 - np.tanh(x) ** 2), tau)),
            "beta stands before your slope, but not in it: the slope is taken at beta x.",
        ),
        Mistake(
            "difference squared",
            _sloped(lambda x, beta: beta * (1 - np.tanh(beta * x)) ** 2),
            "You squared 1 - tanh. The slope of tanh is one minus the SQUARE of tanh.",
        ),
        Mistake(
            "rule of the logistic function",
            _sloped(lambda x, beta: beta * np.tanh(beta * x) * (1 - np.tanh(beta * x))),
            "g (1 - g) is the slope of the logistic function. For tanh it is 1 - g².",
        ),
        Mistake(
            "largest entry",
            lambda x, W, beta, tau: float(_jacobian(W, _slope(x, beta), tau).max()),
            "You return the largest entry of the Jacobian. How a disturbance grows is told by its "
            "eigenvalues.",
        ),
        Mistake(
            "whole numbers only",
            lambda x, W, beta, tau: _top(_jacobian(W, _slope(x, beta), tau).astype(W.dtype)),
            _WHOLE.format("weights"),
        ),
        Mistake(
            "leak added to whole numbers",
            lambda x, W, beta, tau: _top(((W * _slope(x, beta)).astype(W.dtype) - np.eye(len(x))) / tau),
            _WHOLE.format("weights"),
        ),
        Mistake(
            "rates of whole numbers",
            lambda x, W, beta, tau: _top((W * _slope(x, beta) - np.eye(len(x))).astype(W.dtype) / tau),
            _WHOLE.format("weights"),
        ),
        Mistake(
            "slopes of whole numbers",
            _sloped(lambda x, beta: _slope(x, beta).astype(x.dtype)),
            _WHOLE.format("potentials"),
        ),
        Mistake(
            "real part not taken",
            _rated(lambda values: values.max()),
            "Your function returns a complex number where eigenvalues are complex. Take the real parts of "
            "all of them first, then the largest.",
        ),
        Mistake(
            "clipped at zero",
            _rated(lambda values: max(0.0, float(values.real.max()))),
            "Where all disturbances die out you return 0. The rate is negative there, and how negative tells "
            "how fast they do.",
        ),
        Mistake(
            "sech not squared",
            _sloped(lambda x, beta: beta / np.cosh(beta * x)),
            "The slope of tanh is one over the SQUARE of cosh.",
        ),
        Mistake(
            "tanh not squared",
            _sloped(lambda x, beta: beta * (1 - np.tanh(beta * x))),
            "The slope of tanh is one minus its SQUARE.",
        ),
        Mistake(
            "gain forgotten",
            _sloped(lambda x, beta: 1 - np.tanh(x) ** 2),
            "Your slope is that of tanh x. Here g is tanh(beta x), beta inside, so once more outside.",
        ),
        Mistake(
            "logistic for tanh",
            _sloped(lambda x, beta: beta * _logistic(beta * x) * (1 - _logistic(beta * x))),
            "Your slope is that of the logistic function. Here g is tanh(beta x).",
        ),
        Mistake(
            "inverse gain",
            _sloped(lambda x, beta: (1 - np.tanh(beta * x) ** 2) / beta),
            "You divide by the gain. A steeper gain function has a larger slope.",
        ),
        Mistake(
            "leak with the wrong sign",
            lambda x, W, beta, tau: _top((np.eye(len(x)) + W * _slope(x, beta)) / tau),
            "Your leak drives the potentials away from zero. Differentiate -x: it gives -1 on the diagonal.",
        ),
        Mistake(
            "minus sign before the weights",
            lambda x, W, beta, tau: _top(_jacobian(-W, _slope(x, beta), tau)),
            "You subtract what the other units send. Only the leak has a minus sign.",
        ),
        Mistake(
            "weights times slopes summed up",
            lambda x, W, beta, tau: _top((-np.eye(len(x)) + W @ _slope(x, beta)) / tau),
            "`@` adds the products of a row up, and leaves one number for each unit. The Jacobian has "
            "one for each pair of units: do not add up.",
        ),
        Mistake(
            "slopes forgotten",
            lambda x, W, beta, tau: _top(_jacobian(W, np.ones(len(x)), tau)),
            "Your Jacobian holds the weights alone. How much of a change of x_j arrives also depends on the "
            "slope of the gain function at x_j.",
        ),
        Mistake(
            "leak in every entry",
            lambda x, W, beta, tau: _top((-1 + W * _slope(x, beta)) / tau),
            "You subtract 1 from every entry of the matrix. Each unit leaks by itself: the -1 belongs on the "
            "diagonal only.",
        ),
        Mistake(
            "output for slope",
            lambda x, W, beta, tau: _top((-np.eye(len(x)) + W * np.tanh(beta * x)) / tau),
            "You used g(x) where its derivative belongs. A small change of x changes V by the slope times "
            "it.",
        ),
        Mistake(
            "leak forgotten",
            lambda x, W, beta, tau: _top(W * _slope(x, beta) / tau),
            "The leak is missing in your matrix. It makes every growth rate smaller by 1/tau.",
        ),
        Mistake(
            "leak not divided by tau",
            lambda x, W, beta, tau: _top(-np.eye(len(x)) + W * _slope(x, beta) / tau),
            "Only the weights are divided by tau in your matrix. In our equation the leak is, too.",
        ),
        Mistake(
            "tau under the leak only",
            lambda x, W, beta, tau: _top(-np.eye(len(x)) / tau + W * _slope(x, beta)),
            "Only the leak is divided by tau in your matrix. In our equation the weights are, too.",
        ),
        Mistake(
            "tau forgotten",
            lambda x, W, beta, tau: _top(-np.eye(len(x)) + W * _slope(x, beta)),
            "Your rate is per tau. A slow network grows slowly: divide.",
        ),
        Mistake(
            "tau multiplied",
            lambda x, W, beta, tau: _top((-np.eye(len(x)) + W * _slope(x, beta)) * tau),
            "You multiply by tau. A slow network, with a large tau, has small rates.",
        ),
        Mistake(
            "smallest eigenvalue",
            lambda x, W, beta, tau: float(
                np.linalg.eigvals((-np.eye(len(x)) + W * _slope(x, beta)) / tau).real.min()
            ),
            "You return the smallest real part, the direction that dies out fastest. One that grows is "
            "enough to be "
            "unstable.",
        ),
        Mistake(
            "first eigenvalue",
            lambda x, W, beta, tau: float(np.linalg.eigvals(_jacobian(W, _slope(x, beta), tau))[0].real),
            "You return the first eigenvalue that NumPy lists. They come in no order: which of them decides?",
        ),
        Mistake(
            "last eigenvalue",
            _rated(lambda values: float(values[-1].real)),
            "You return the last eigenvalue that NumPy lists. They come in no order: which of them decides?",
        ),
        Mistake(
            "largest in size",
            _rated(lambda values: float(values[np.abs(values).argmax()].real)),
            "You pick the eigenvalue of largest absolute value and return its real part. One that falls fast "
            "is large in size, too: look for the largest real part.",
        ),
        Mistake(
            "real parts without sign",
            _rated(lambda values: float(np.abs(values.real).max())),
            "You return the largest real part without its sign. What falls fast then looks like what grows "
            "fast.",
        ),
        Mistake(
            "size of the largest real part",
            _rated(lambda values: float(abs(values.real.max()))),
            "You return the largest real part without its sign. The sign is the answer: negative is stable.",
        ),
        Mistake(
            "real eigenvalues only",
            _rated(lambda values: float(max(values.real[np.abs(values.imag) < 1e-9], default=0))),
            "You look at the real eigenvalues alone. A pair of complex ones grows, too, while it turns: its "
            "real part counts.",
        ),
        Mistake(
            "sum of the eigenvalues",
            _rated(lambda values: float(values.real.sum())),
            "You return the sum of all rates, the trace. A single one above zero is enough to be unstable.",
        ),
        Mistake(
            "singular values",
            lambda x, W, beta, tau: float(np.linalg.svd(_jacobian(W, _slope(x, beta), tau))[1][0]),
            "You return the largest singular value. It has no sign, and tells how much a disturbance may be "
            "stretched at once, not how it goes on.",
        ),
        Mistake(
            "made symmetric",
            lambda x, W, beta, tau: _top(
                _jacobian(W, _slope(x, beta), tau) / 2 + _jacobian(W, _slope(x, beta), tau).T / 2
            ),
            "You took the mean of the Jacobian and its transpose. Its eigenvalues are other ones.",
        ),
        Mistake(
            "self-connections left out",
            lambda x, W, beta, tau: _top(_jacobian(given.without_diagonal(W), _slope(x, beta), tau)),
            "You leave the self-connections out: -1 stands on the diagonal beside them, not in their place.",
        ),
        Mistake(
            "imaginary part",
            _rated(lambda values: float(values.imag.max())),
            "You return an imaginary part: it tells how fast a disturbance turns, not how fast it grows.",
        ),
        Mistake(
            "mean of the eigenvalues",
            _rated(lambda values: float(values.real.mean())),
            "You return the mean of all rates. A single one above zero is enough to be unstable.",
        ),
        Mistake(
            "yes or no",
            _rated(lambda values: float(values.real.max() > 0)),
            "You say whether a disturbance grows. The exercise asks how fast: a number.",
        ),
        Mistake(
            "size of the eigenvalue",
            lambda x, W, beta, tau: float(
                np.abs(np.linalg.eigvals((-np.eye(len(x)) + W * _slope(x, beta)) / tau)).max()
            ),
            "You return the absolute value. That decides for updates in steps; for a flow it is the real "
            "part, with its "
            "sign.",
        ),
        Mistake(
            "diagonal only",
            lambda x, W, beta, tau: float(np.diag((-np.eye(len(x)) + W * _slope(x, beta)) / tau).max()),
            "You look at the diagonal only. Units may drive each other, and that shows in the eigenvalues.",
        ),
        Mistake(
            "weights made symmetric",
            lambda x, W, beta, tau: _top((-np.eye(len(x)) + (W + W.T) / 2 * _slope(x, beta)) / tau),
            "You took the mean of the weights and their transpose. The two ways between a pair of units may "
            "differ, and that is where a disturbance begins to turn.",
        ),
        Mistake(
            "taken for symmetric",
            lambda x, W, beta, tau: float(
                np.linalg.eigvalsh((-np.eye(len(x)) + W * _slope(x, beta)) / tau).max()
            ),
            "`eigvalsh` reads one half of the matrix only. The Jacobian is not symmetric, even for symmetric "
            "weights.",
        ),
        Mistake(
            "slopes on the diagonal",
            lambda x, W, beta, tau: _top((-np.eye(len(x)) + W + np.diag(_slope(x, beta))) / tau),
            "You added the slopes to the diagonal. Each weight is multiplied by the slope of the unit that "
            "sends.",
        ),
        Mistake.of(_by_differences, _COARSE),
    ],
    [
        "Differentiate (-x_i + sum_k w_ik g(x_k))/tau with respect to x_j. What is special about i = j?",
        "The slope of tanh(beta x) is beta (1 - tanh(beta x)^2).",
        "A flow grows in a direction if its eigenvalue has a positive real part; `np.linalg.eigvals` gives "
        "all of them.",
    ],
    also=[_rate_by_entries],
    signs={_COARSE: _nearly},
    praise="Right. Negative means that every small disturbance dies out: the fixed point is stable.",
)


# 5. a network that never comes to rest


def _small(W: Any) -> bool:
    return given.square(W, 2, 3) and bool((np.abs(W) <= 5).all())


def _factors(W: Any) -> bool:
    """Whether some positive factors make the weights symmetric."""
    share = np.ones(len(W))
    for i, j in ((0, 1), (0, 2), (1, 2))[: 1 if len(W) == 2 else 3]:
        if (W[i, j] > 0) != (W[j, i] > 0) or (W[i, j] == 0) != (W[j, i] == 0):
            return False
    if len(W) == 3:
        a, b = W[0, 1] * W[1, 2] * W[2, 0], W[0, 2] * W[2, 1] * W[1, 0]
        return bool(np.isclose(a, b))
    return bool(share.any())


@lru_cache(maxsize=8)
def _late_swings(rows: tuple[tuple[float, ...], ...]) -> tuple[float, float]:
    """How far the outputs move from time 100 to 200, and from 300 to 400, after a start near zero."""
    net = graded.Network(rows)
    start = np.array([0.3, -0.2, 0.1])[: net.N]
    way = net.recall(start, 400.0, record=True, rtol=1e-6, points=801)
    V = net.output(way.states)
    return float(np.ptp(V[200:401], axis=0).max()), float(np.ptp(V[600:], axis=0).max())


def _rests(W: Any) -> bool:
    """Whether the swing is small in the end, or still shrinks."""
    first, last = _late_swings(tuple(map(tuple, W.tolist())))
    return last < 0.1 or last < 0.7 * first


def _growth_at_zero(W: Any) -> float:
    return _top(W - np.eye(len(W)))


def _of_the_chapter(W: Any) -> bool:
    """The chapter's network, also with the same product of couplings, or beside a unit of its own."""
    off = W - np.diag(np.diag(W))
    coupled = (off != 0).any(axis=0) | (off != 0).any(axis=1)
    W = W[np.ix_(coupled, coupled)]
    return len(W) == 2 and np.allclose(np.diag(W), 1.5) and bool(np.isclose(W[0, 1] * W[1, 0], -1))


def _confirmed(W: Any) -> bool:
    """Whether signs of the units can be chosen so that no one inhibits another: no loop is negative."""
    off = W - np.diag(np.diag(W))
    signs = [np.array([1, *s])[: len(W)] for s in ((1, 1), (1, -1), (-1, 1), (-1, -1))]
    return any(bool((s[:, None] * off * s >= 0).all()) for s in signs)


def _oscillator_told(W: Any) -> str:
    text = "It never comes to rest: no energy can fall for ever and come back."
    if len(W) == 3 and not np.diag(W).any():
        return text + " And no unit needs a self-connection for it: the third one makes the delay."
    return text + (
        " Three units in a ring, with an odd number of inhibitory weights, can do it without "
        "self-connections. Have you tried?"
    )


oscillator = ExampleCheck(
    "oscillator",
    ["weights"],
    (np.array([[2.0, -1.5], [1.0, 1.5]]),),
    [
        Mistake(
            "not a matrix",
            ([0.0, -1.0],),
            "A matrix of weights is wanted, with as many rows as columns.",
            lambda w: not given.square(w) or not w.size,
        ),
        Mistake(
            "wrong size",
            (np.zeros((4, 4)),),
            "A matrix of two or three units is asked for, (2, 2) or (3, 3).",
            lambda w: len(w) not in (2, 3),
        ),
        Mistake(
            "too large",
            (np.array([[0.0, -9.0], [9.0, 0.0]]),),
            "Keep every weight from -5 to 5: an oscillation needs no large ones.",
            lambda w: not _small(w),
        ),
        Mistake(
            "symmetric",
            (np.array([[0.0, -1.0], [-1.0, 0.0]]),),
            "These weights are symmetric, so there is an energy, and it falls until all is at rest.",
            is_symmetric,
        ),
        Mistake(
            "symmetric in disguise",
            (np.array([[0.0, 4.0], [1.0, 0.0]]),),
            "Not symmetric, but positive factors make it so: there is an energy after all, weighed unit by "
            "unit.",
            _factors,
        ),
        Mistake(
            "the chapter's network",
            (np.array([[1.5, -2.0], [0.5, 1.5]]),),
            "It does oscillate, but the two units that chase each other are the chapter's network: "
            "self-connections of 1.5, and w_12 times w_21 is -1. Find one of your own: change how firmly a "
            "unit holds on, or how hard they chase each other.",
            _of_the_chapter,
        ),
        Mistake(
            "nobody contradicts",
            (np.array([[0.0, 0.0, 2.0], [2.0, 0.0, 0.0], [0.0, 2.0, 0.0]]),),
            "It comes to rest, and it must. Go round any loop of your network: the number of inhibitory "
            "weights is even, perhaps zero, so that each unit is confirmed by what comes back. A chase needs "
            "a loop with an odd number.",
            lambda w: _confirmed(w) and _rests(w),
        ),
        Mistake(
            "spirals in",
            (np.array([[0.0, -3.0], [3.0, 0.0]]),),
            "It comes to rest at zero: what the units send round dies out faster than it comes back. Units "
            "must chase each other, and be kept going against the leak.",
            lambda w: _growth_at_zero(w) <= 1e-9,
        ),
        Mistake(
            "hardly leaves zero",
            (np.array([[1.001, -2.0], [2.0, 1.001]]),),
            "Near zero it grows at a rate below 0.01, so slowly that what is left at last is hard to tell "
            "from rest. Give the units a little more to keep going.",
            lambda w: _growth_at_zero(w) < 0.01,
        ),
        Mistake(
            "comes to rest elsewhere",
            (np.array([[4.0, -1.0], [1.0, 4.0]]),),
            "It leaves zero, but comes to rest at another fixed point: a unit holds on to its own value too "
            "firmly, or two units confirm each other, for the chase to go on.",
            lambda w: bool((np.diag(w) > 1).any()) and _rests(w),
        ),
        Mistake(
            "confirmed more than contradicted",
            (np.array([[0.0, 3.0, 0.0], [3.0, 0.0, 0.5], [0.0, -0.5, 0.0]]),),
            "It leaves zero, but comes to rest at another fixed point: the loops in which units confirm each "
            "other win. Is there a loop, following the arrows, with an odd number of inhibitory weights? "
            "Make it the strongest.",
            _rests,
        ),
    ],
    [
        "Two units will do: one excites, the other inhibits in return.",
        "At x = 0 the Jacobian is W - 1. For it to spiral outwards, its eigenvalues must be complex with a "
        "positive "
        "real part.",
        "For two equal units with self-connection a and a chase of strength c the eigenvalues are a - 1 plus "
        "and minus i c. "
        "But if a is too strong compared with c, a unit never changes sides again.",
    ],
    praise=_oscillator_told,
    limits=["Two or three units", "from -5 to 5", "the growth rate of exercise 4 is at least 0.01"],
)


# 6. the factors that give an energy back


def _energy_shares(weights):
    share = np.ones(len(weights))
    for j in range(1, len(weights)):
        share[j] = weights[0, j] / weights[j, 0]
    return share


def _share_trials(rng: np.random.Generator) -> Trials:
    """Factors far from 1, weights of either sign; the sizes 1 and 2, where little can go wrong, too."""
    by_hand = np.array([[1, -2, 0.5], [-2, 3, 1], [0.5, 1, -1]]) * np.array([[1], [0.5], [2]]) * [1, 4, 0.5]
    trials: Trials = [(np.array([[0.5]]),), (np.array([[1, 3], [0.5, 1]]),), (by_hand,)]
    trials += [(np.array([[2, 3], [2, 1]]),)]  # whole numbers
    for N in (2, 3, 4, 5):
        A = rng.uniform(0.3, 2, (N, N)) * rng.choice([-1, 1], (N, N))
        T = np.tril(A) + np.tril(A, -1).T
        trials.append((rng.uniform(0.3, 3, N)[:, None] * T * rng.uniform(0.3, 3, N),))
    return trials


def _shares_by_chain(weights):
    shares = [1.0]
    for j in range(1, len(weights)):
        shares.append(shares[j - 1] * weights[j - 1][j] / weights[j][j - 1])
    return np.array(shares)


energy_shares = FunctionCheck(
    _energy_shares,
    _share_trials,
    [
        Mistake(
            "upside down",
            lambda w: w[:, 0] / np.where(w[0] == 0, 1, w[0]),
            "Your shares are the inverses of the right ones: lambda/mu in the place of mu/lambda.",
        ),
        Mistake(
            "square root",
            lambda w: np.sqrt(w[0] / w[:, 0]),
            "You took the square root. That would be for factors on rows and on columns; here rows alone are "
            "weighed.",
        ),
        Mistake(
            "all alike",
            lambda w: np.ones(len(w)),
            "Equal shares are right for symmetric weights only.",
        ),
        Mistake(
            "weights of unit 1 instead of ratios",
            lambda w: w[0] / w[0, 0],
            "You used the first row alone. A share must compare w_1j with the weight of the way back.",
        ),
        Mistake(
            "column instead of ratios",
            lambda w: w[:, 0] / w[0, 0],
            "You used the first column alone. A share must compare w_j1 with the weight of the way back.",
        ),
        Mistake(
            "sums of rows",
            lambda w: w.sum(axis=0) / w.sum(axis=1) / (w.sum(axis=0)[0] / w.sum(axis=1)[0]),
            "You compared sums of rows and columns. The condition holds weight by weight.",
        ),
        Mistake(
            "sums of rows, upside down",
            lambda w: w.sum(axis=1) / w.sum(axis=0) / (w.sum(axis=1)[0] / w.sum(axis=0)[0]),
            "You compared sums of rows and columns. The condition holds weight by weight.",
        ),
        Mistake(
            "sizes and not ratios",
            lambda w: np.abs(w).sum(axis=1) / np.abs(w[0]).sum(),
            "You measured how loud the inputs of each unit are. What counts is w_ij against w_ji.",
        ),
        Mistake(
            "not scaled to 1",
            lambda w: (w[0] / w[:, 0]) / (w[0] / w[:, 0]).sum(),
            "Right up to a common factor: your shares add up to 1. The exercise asks for a share of 1 for "
            "the first unit.",
        ),
        Mistake(
            "scaled to the largest",
            lambda w: (w[0] / w[:, 0]) / (w[0] / w[:, 0]).max(),
            "Right up to a common factor: you gave the largest share the value 1. The exercise asks for a "
            "share of 1 for the first unit.",
        ),
        Mistake(
            "whole numbers only",
            lambda w: (w[0] / w[:, 0]).astype(w.dtype),
            _WHOLE.format("weights"),
        ),
        Mistake(
            "neighbours compared",
            lambda w: np.array([1.0, *(w[j - 1, j] / w[j, j - 1] for j in range(1, len(w)))]),
            "You compare each unit with the one before it. The shares are all relative to the first unit.",
        ),
        Mistake(
            "scaled to mean 1",
            lambda w: (w[0] / w[:, 0]) / (w[0] / w[:, 0]).mean(),
            "Right up to a common factor: the mean of your shares is 1. The exercise asks for a share of 1 "
            "for the first unit.",
        ),
        Mistake(
            "difference instead of ratio",
            lambda w: 1 + w[0] - w[:, 0],
            "You compared by difference. The shares are factors: what makes one weight the other?",
        ),
        Mistake(
            "product instead of ratio",
            lambda w: w[0] * w[:, 0] / w[0, 0] ** 2,
            "You multiplied the two weights. The shares are factors: what makes one weight as large as the "
            "other?",
        ),
        Mistake(
            "plain products",
            lambda w: np.concatenate([[1], w[0, 1:] * w[1:, 0]]),
            "You multiplied the two weights. The shares are factors: what makes one weight as large as the "
            "other?",
        ),
        Mistake(
            "ratios multiplied up",
            lambda w: np.cumprod(w[0] / w[:, 0]),
            "Each of your shares is the one before it, times a ratio with the first unit. That ratio alone "
            "is the share: w_1j and w_j1 know nothing of the units between.",
        ),
        Mistake(
            "self-connections compared",
            lambda w: w[0, 0] / np.diag(w),
            "You compared the self-connections. s_i w_ii = s_i w_ii holds for any share: what is between "
            "two units decides.",
        ),
        Mistake(
            "self-connections compared, upside down",
            lambda w: np.diag(w) / w[0, 0],
            "You compared the self-connections. s_i w_ii = s_i w_ii holds for any share: what is between "
            "two units decides.",
        ),
        Mistake(
            "largest of rows and columns",
            lambda w: w.max(axis=0) / w.max(axis=1) / (w.max(axis=0)[0] / w.max(axis=1)[0]),
            "You compared the largest weights of rows and columns. The condition holds weight by weight.",
        ),
        Mistake(
            "scaled by the last unit",
            lambda w: (w[0] / w[:, 0]) / (w[0, -1] / w[-1, 0]),
            "Right up to a common factor: you gave the last unit the share 1. The exercise asks for the "
            "first.",
        ),
    ],
    [
        "Write down what it means that the matrix with entries s_i w_ij is symmetric.",
        "Use it for i = 1: s_1 w_1j = s_j w_j1, and s_1 = 1.",
        "One line of NumPy will do: the first row, divided by the first column.",
    ],
    properties=[
        ("Shares are positive: each of them weighs a part of the energy.", lambda v, w: bool((v > 0).all())),
        ("The share of the first unit shall be 1.", lambda v, w: bool(np.isclose(v[0], 1))),
    ],
    also=[_shares_by_chain],
    praise="Right. The pairs with the first unit settle all shares, and here the other pairs agree. Do they "
    "for any weights? Read on below.",
)
