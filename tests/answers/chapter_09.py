"""Right and wrong answers to the exercises of chapter 09: chances, shares and slow cooling."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np

from answers import changed, column, right, wrong
from hopfield_edu import binary, feedback, state_space, thermal

# chance


@right("chance")
def by_scipy(h, T):
    from scipy.special import expit

    return expit(2 * h / T)


@right("chance")
def numpy_does_not_mind_infinity(h, T):
    return 1 / (1 + np.exp(-2 * h / T))


@right("chance")
def the_library(h, T):
    return thermal.Network([[0]], [h]).chance([1], T)[0]


@right("chance")
def math_tanh_in_single_precision(h, T):
    return np.float32(0.5 + 0.5 * math.tanh(h / T))


@right("chance")
def cut_off_where_it_does_not_matter(h, T):
    x = max(-300, min(300, h / T))
    up, down = math.exp(x), math.exp(-x)
    return up / (up + down)


@wrong("chance", "math.exp too large")
def plain_formula(h, T):
    return 1 / (1 + math.exp(-2 * h / T))


@wrong("chance", "infinity over infinity")
def shares_of_weights(h, T):
    plus, minus = np.exp(h / T), np.exp(-h / T)
    return plus / (plus + minus)


@wrong("chance", "factor 2 forgotten")
def logistic(h, T):
    return 1 / (1 + np.exp(-h / T))


@wrong("chance", "chance of minus one")
def sign_turned(h, T):
    return 1 / (1 + np.exp(2 * h / T))


@wrong("chance", "multiplied by T")
def beta_taken_for_t(h, T):
    return 1 / (1 + np.exp(-2 * h * T))


@wrong("chance", "whole division")
def whole_division(h, T):
    return (1 + np.tanh(h // T)) / 2


@wrong("chance", "brackets forgotten")
def half_of_the_tanh_alone(h, T):
    return 1 + np.tanh(h / T) / 2


@wrong("chance", "random result")
def tosses_the_coin(h, T):
    return np.random.default_rng().random() < (1 + np.tanh(h / T)) / 2


@wrong("chance", "a tie in the cold")
def a_step_in_the_cold(h, T):
    if T < 0.01:
        return 1.0 if h > 0 else 0.0
    return 0.5 * (1 + math.tanh(h / T))


@wrong("chance", "the exponent held back")
def exponent_up_to_five(h, T):
    x = max(min(2 * h / T, 5), -5)
    return 1 / (1 + math.exp(-x))


@wrong("chance", "clipped")
def exponent_up_to_ten(h, T):
    return 1 / (1 + np.exp(-np.clip(2 * h / T, -10, 10)))


# warm_sweep


@right("warm_sweep")
def thresholds(weights, bias, state, T, u):
    y = state.copy()
    for i in range(len(y)):
        y[i] = 1 if weights[i] @ y + bias[i] > T / 2 * np.log(u[i] / (1 - u[i])) else -1
    return y


@right("warm_sweep")
def plain_lists(weights, bias, state, T, u):
    y = [int(s) for s in state]
    for i, number in enumerate(u):
        h = sum(w * s for w, s in zip(weights[i], y, strict=True)) + bias[i]
        y[i] = 2 * (number < 0.5 + 0.5 * math.tanh(h / T)) - 1
    return y


@right("warm_sweep")
def library_chances(weights, bias, state, T, u):
    net, y = thermal.Network(weights, bias), np.array(state, float)
    for i in range(len(y)):
        y[i] = np.sign(net.chance(y, T)[i] - u[i])
    return y


@right("warm_sweep")
def part_by_part(weights, bias, state, T, u):
    new = []
    for i in range(len(state)):
        h = bias[i] + weights[i][:i] @ np.array(new) + weights[i][i:] @ state[i:]
        new.append(1 if u[i] * (1 + np.exp(-2 * h / T)) < 1 else -1)
    return np.array(new)


@wrong("warm_sweep", "all at once")
def one_product(weights, bias, state, T, u):
    return np.where(u < 1 / (1 + np.exp(-2 * (weights @ state + bias) / T)), 1, -1)


@wrong("warm_sweep", "all at once")
def fields_of_the_old_state(weights, bias, state, T, u):
    y = state.copy()
    for i in range(len(y)):
        y[i] = 1 if u[i] < (1 + np.tanh((weights[i] @ state + bias[i]) / T)) / 2 else -1
    return y


@wrong("warm_sweep", "changes its input")
def in_place(weights, bias, state, T, u):
    for i in range(len(state)):
        state[i] = 1 if u[i] < (1 + np.tanh((weights[i] @ state + bias[i]) / T)) / 2 else -1
    return state


@wrong("warm_sweep", "u above the chance")
def above(weights, bias, state, T, u):
    y = state.copy()
    for i in range(len(y)):
        y[i] = 1 if u[i] > (1 + np.tanh((weights[i] @ y + bias[i]) / T)) / 2 else -1
    return y


@wrong("warm_sweep", "turned over instead of set")
def flips(weights, bias, state, T, u):
    y = state.copy()
    for i in range(len(y)):
        if u[i] < 1 / (1 + np.exp(-2 * (weights[i] @ y + bias[i]) / T)):
            y[i] *= -1
    return y


@wrong("warm_sweep", "bias forgotten")
def without_bias(weights, bias, state, T, u):
    y = state.copy()
    for i in range(len(y)):
        y[i] = 1 if u[i] < 1 / (1 + np.exp(-2 * (weights[i] @ y) / T)) else -1
    return y


@wrong("warm_sweep", "wrong shape", "the first unit alone", "return inside the loop")
def returns_in_the_loop(weights, bias, state, T, u):
    y = state.copy()
    for i in range(len(y)):
        y[i] = 1 if u[i] < 1 / (1 + np.exp(-2 * (weights[i] @ y + bias[i]) / T)) else -1
        return y


@wrong("warm_sweep", "transposed weights")
def the_column(weights, bias, state, T, u):
    y = state.copy()
    for i in range(len(y)):
        y[i] = 1 if u[i] < 1 / (1 + np.exp(-2 * (weights[:, i] @ y + bias[i]) / T)) else -1
    return y


@wrong("warm_sweep", "random result")
def draws_its_own(weights, bias, state, T, u):
    return thermal.Network(weights, bias).recall(state, T, sweeps=1, rng=np.random.default_rng()).final


@wrong("warm_sweep", "begins with zeros")
def from_zeros(weights, bias, state, T, u):
    y = np.zeros(len(state))
    for i in range(len(y)):
        h = weights[i] @ y + bias[i]
        y[i] = 1 if u[i] < (1 + math.tanh(h / T)) / 2 else -1
    return y


@wrong("warm_sweep", "u plays no part")
def no_temperature(weights, bias, state, T, u):
    y = state.copy()
    for i in range(len(y)):
        y[i] = 1 if weights[i] @ y + bias[i] > 0 else -1
    return y


@wrong("warm_sweep", "the exponent held back")
def exponent_held_back_in_a_sweep(weights, bias, state, T, u):
    y = state.copy()
    for i in range(len(y)):
        x = np.clip(2 * (weights[i] @ y + bias[i]) / T, -10, 10)
        y[i] = 1 if u[i] < 1 / (1 + math.exp(-x)) else -1
    return y


# boltzmann


@right("boltzmann")
def by_the_library(weights, bias, T):
    return thermal.boltzmann(thermal.Network(weights, bias), T)


@right("boltzmann")
def by_softmax(weights, bias, T):
    from scipy.special import softmax

    return softmax(-state_space.energies(binary.Network(weights, bias)) / T)


@right("boltzmann")
def pairs_once_in_single_precision(weights, bias, T):
    y = state_space.all_states(len(bias))
    E = -np.einsum("si,ij,sj->s", y, np.triu(weights, 1), y) - y @ bias
    x = (-E / T).astype(np.float32)
    p = np.exp(x - x.max())
    return p / p.sum()


@right("boltzmann")
def ratios_of_all_pairs(weights, bias, T):
    y = state_space.all_states(len(bias))
    E = np.array([-(s @ weights @ s) / 2 - s @ bias for s in y])
    return [1 / sum(np.exp((e - E) / T)) for e in E]


@right("boltzmann")
def logarithms_first(weights, bias, T):
    from scipy.special import logsumexp

    y = state_space.all_states(len(bias))
    x = ((y @ weights * y).sum(1) / 2 + y @ bias) / T
    return list(np.exp(x - logsumexp(x)))


@wrong("boltzmann", "the lowest alone where energies are large")
def cold_where_it_overflows(weights, bias, T):
    states = state_space.all_states(len(bias))
    E = -((states @ weights) * states).sum(axis=1) / 2 - states @ bias
    p = np.exp(-E / T)
    if np.isinf(p).any():
        p = (E == E.min()) * 1.0
    return p / p.sum()


@wrong("boltzmann", "own value left out")
def fields_added_up(weights, bias, T):
    states = state_space.all_states(len(bias))
    E = -(states @ weights).sum(axis=1) - states @ bias
    p = np.exp((E.min() - E) / T)
    return p / p.sum()


@wrong("boltzmann", "chances of the units multiplied")
def product_of_chances(weights, bias, T):
    p = []
    for y in state_space.all_states(len(bias)):
        h = weights @ y + bias
        p.append(math.prod(1 / (1 + np.exp(-2 * y[i] * h[i] / T)) for i in range(len(y))))
    return p


@wrong("boltzmann", "the sum changes in the loop")
def divided_one_by_one(weights, bias, T):
    states = state_space.all_states(len(bias))
    E = -((states @ weights) * states).sum(axis=1) / 2 - states @ bias
    p = np.exp((E.min() - E) / T)
    for k in range(len(p)):
        p[k] /= p.sum()
    return p


@wrong("boltzmann", "infinity over infinity")
def formula_as_it_stands(weights, bias, T):
    y = state_space.all_states(len(bias))
    E = -(y @ weights * y).sum(axis=1) / 2 - y @ bias
    p = np.exp(-E / T)
    return p / p.sum()


@wrong("boltzmann", "one half missing")
def no_half(weights, bias, T):
    y = state_space.all_states(len(bias))
    E = -(y @ weights * y).sum(axis=1) - y @ bias
    p = np.exp(-(E - E.min()) / T)
    return p / p.sum()


@wrong("boltzmann", "multiplied by T")
def beta(weights, bias, T):
    y = state_space.all_states(len(bias))
    E = -(y @ weights * y).sum(axis=1) / 2 - y @ bias
    p = np.exp(-(E - E.min()) * T)
    return p / p.sum()


@wrong("boltzmann", "high energies are likely")
def no_minus(weights, bias, T):
    y = state_space.all_states(len(bias))
    E = -(y @ weights * y).sum(axis=1) / 2 - y @ bias
    p = np.exp((E - E.max()) / T)
    return p / p.sum()


@wrong("boltzmann", "bias forgotten")
def without_wishes(weights, bias, T):
    y = state_space.all_states(len(bias))
    E = -(y @ weights * y).sum(axis=1) / 2
    p = np.exp(-(E - E.min()) / T)
    return p / p.sum()


@wrong("boltzmann", "not normalised, from the lowest energy")
def weights_only(weights, bias, T):
    y = state_space.all_states(len(bias))
    E = -(y @ weights * y).sum(axis=1) / 2 - y @ bias
    return np.exp(-(E - E.min()) / T)


@wrong("boltzmann", "wrong shape", "the other axis", "raises an error")
def sums_over_the_states(weights, bias, T):
    y = state_space.all_states(len(bias))
    E = -(y @ weights * y).sum(axis=0) / 2 - y @ bias
    p = np.exp(-(E - E.min()) / T)
    return p / p.sum()


def _energies(weights, bias):
    states = state_space.all_states(len(bias))
    return -0.5 * np.einsum("si,ij,sj->s", states, weights, states) - states @ bias


@wrong("boltzmann", "exponents cut off")
def cut_off_at_ten(weights, bias, T):
    p = np.exp(np.clip(-_energies(weights, bias) / T, -10, 10))
    return p / p.sum()


@wrong("boltzmann", "exponents cut off")
def cut_off_at_five_below(weights, bias, T):
    E = _energies(weights, bias)
    p = np.exp(np.maximum((E.min() - E) / T, -5))
    return p / p.sum()


@wrong("boltzmann", "chances instead of weights")
def sigmoids(weights, bias, T):
    E = _energies(weights, bias)
    p = 1 / (1 + np.exp(2 * (E - E.min()) / T))
    return p / p.sum()


# noisy_overlap


@right("noisy_overlap")
def by_brentq(T):
    from scipy.optimize import brentq

    return brentq(lambda m: m - np.tanh(m / T), 1e-5, 1) if T < 1 else 0


@right("noisy_overlap")
def on_a_grid(T):
    m = np.linspace(0, 1, 200_001)
    inside = np.flatnonzero(np.tanh(m / T) >= m - 1e-12)
    return m[inside[-1]]


@right("noisy_overlap")
def a_thousand_steps(T):
    m = 1
    for _ in range(1000):
        m = math.tanh(m / T)
    return m


@right("noisy_overlap")
def four_decimals(T):
    m = np.float32(1)
    for _ in range(500):
        m = np.tanh(m / np.float32(T))
    return round(float(m), 4)


@wrong("noisy_overlap", "stopped too early")
def twenty_steps(T):
    m = 1
    for _ in range(20):
        m = math.tanh(m / T)
    return m


@wrong("noisy_overlap", "stopped too early")
def a_change_of_a_thousandth(T):
    m, old = 1, 2
    while abs(m - old) > 1e-3:
        m, old = math.tanh(m / T), m
    return m


@wrong("noisy_overlap", "zero at every temperature")
def from_zero(T):
    m = 0
    for _ in range(1000):
        m = math.tanh(m / T)
    return m


@wrong("noisy_overlap", "multiplied by T")
def product(T):
    m = 1
    for _ in range(1000):
        m = math.tanh(m * T)
    return m


@wrong("noisy_overlap", "a single step")
def put_in_once(T):
    return np.tanh(1 / T)


@wrong("noisy_overlap", "factor 2 too much")
def twice(T):
    m = 1
    for _ in range(1000):
        m = math.tanh(2 * m / T)
    return m


@wrong("noisy_overlap", "never forgotten", "raises an error")
def root_needs_a_change_of_sign(T):
    from scipy.optimize import brentq

    return brentq(lambda m: m - np.tanh(m / T), 1e-5, 1)


@wrong("noisy_overlap", "close, but not enough")
def a_grid_of_hundredths(T):
    if T >= 1:
        return 0.0
    grid = np.linspace(0, 1, 101)[1:]
    return grid[np.argmin(abs(grid - np.tanh(grid / T)))]


@wrong("noisy_overlap", "zero at every temperature")
def the_first_of_a_grid(T):
    grid = np.linspace(0, 1, 100_001)
    return grid[np.argmin(abs(grid - np.tanh(grid / T)))]


# tables

HAND, MOVES = feedback.boltzmann_by_hand.solution, feedback.traffic.solution
LIMITS, TRIANGLE = feedback.cold_limits.solution, feedback.cold_triangle.solution
ROOT = 200**0.5

TABLES = [
    ("boltzmann_by_hand", column(HAND, 2, [2, 1, 1 / 2, 1]), "not normalised"),
    ("boltzmann_by_hand", column(HAND, 2, [1 / 4] * 4), "all alike"),
    ("boltzmann_by_hand", column(HAND, 0, [-2, -1, 0, 0]), "units of 0 and 1"),
    ("boltzmann_by_hand", column(HAND, 0, [1, -1, -1, 1]), "bias forgotten, and the minus"),
    ("boltzmann_by_hand", column(HAND, 1, [2, 0, 1 / 2, 0]), "no weight without energy"),
    ("boltzmann_by_hand", changed(HAND, ("-+", 0, 0)), "a single entry"),
    ("boltzmann_by_hand", column(HAND, 2, [0.444, 0.222, 0.111, 0.222]), "rounded"),
    (
        "boltzmann_by_hand",
        {"++": [-1, 2**0.5, 0], "+-": [1, 0.5**0.5, 0], "-+": [1, 0.5**0.5, 0], "--": [-1, 2**0.5, 0]}
        | {
            s: [E, 2 ** (-E / 2), 2 ** (-E / 2) / (2 * 2**0.5 + 2 * 0.5**0.5)]
            for s, E in zip(HAND, (-1, 1, 1, -1), strict=True)
        },
        "bias forgotten",
    ),
    ("traffic", column(MOVES, 2, [1 / 45, 16 / 45, 2 / 27, 8 / 27]), "probability of the arrival"),
    ("traffic", column(MOVES, 2, [1 / 5, 4 / 5, 1 / 3, 2 / 3]), "chances repeated"),
    ("traffic", column(MOVES, 0, [4, -4, 2, -2]), "change of energy instead of the field"),
    (
        "traffic",
        {
            "++ > -+": [2, 1 / 4, Fraction(1, 9)],
            "-+ > ++": [2, 1, Fraction(1, 9)],
            "++ > +-": [1, 1 / 2, Fraction(2, 9)],
            "+- > ++": [1, 1, Fraction(2, 9)],
        },
        "Metropolis",
    ),
    ("cold_limits", LIMITS | {"c": 1}, "a tie is plus"),
    ("cold_limits", LIMITS | {"b": 0.5}, "a small field is none"),
    ("cold_triangle", TRIANGLE | {"f": 8, "g": 1 / 8, "l": 1 / 8}, "all states are lowest"),
    ("cold_triangle", TRIANGLE | {"f": 2, "g": 1 / 2, "l": 1 / 2}, "two lowest states"),
    ("cold_triangle", TRIANGLE | {"i": 1 / 2}, "hot, one half"),
    ("cold_triangle", TRIANGLE | {"j": 0}, "the tie never turns"),
    ("cold_triangle", TRIANGLE | {"j": 0, "k": 0.5}, "two entries exchanged"),
    ("cold_triangle", TRIANGLE | {"l": 1}, "it stays for ever"),
    ("cold_triangle", TRIANGLE | {"n": 1}, "reason 1"),
    ("cold_triangle", TRIANGLE | {"g": 0.1667, "l": 0.1667}, "rounded"),
]


def linear(high, low, sweeps=100):
    return np.linspace(high, low, sweeps).tolist()


def geometric(high, low, sweeps=100):
    return thermal.anneal(high, low, sweeps)


PAIR = [[0, -1.5], [-1.5, 0]]
ALL = (np.ones((6, 6)) - np.eye(6)).tolist()

EXAMPLES = [
    ("synchronous_favourite", ([[0, -2], [-2, 0]], [1.5, 1.5]), None),
    ("synchronous_favourite", (np.array(PAIR), -np.ones(2)), None),
    ("synchronous_favourite", ([[0, 1.5], [1.5, 0]], [1, -1]), None),
    ("synchronous_favourite", ([[0, -1.5, 0], [-1.5, 0, 0], [0, 0, 0]], [1, 1, 0.5]), None),
    ("synchronous_favourite", (PAIR, [0, 0]), "all states alike"),
    ("synchronous_favourite", ([[0, 1], [1, 0]], [0.5, 0.5]), "the same favourite"),
    ("synchronous_favourite", ([[0, -20], [-20, 0]], [1, 1]), "numbers too large"),
    ("synchronous_favourite", ([[0, 1], [2, 0]], [1, 1]), "not symmetric"),
    ("synchronous_favourite", (PAIR, [1, 1, 1]), "bias of another length"),
    ("synchronous_favourite", ([[0, -1.05], [-1.05, 0]], [1, 1]), None),
    ("frozen", (ALL, [-1] * 6), None),
    ("frozen", ((np.ones((5, 5)) - np.eye(5)).tolist(), [1] * 5), None),
    ("frozen", (np.outer([1, -1, 1, -1, 1], [1, -1, 1, -1, 1]) - np.eye(5), [1, -1, 1, -1, 1]), None),
    ("frozen", ([[0, 1], [1, 0]], [1, 1]), "too few units"),
    ("frozen", ([[0, 10], [10, 0]], [1, 1]), "numbers too large"),
    ("frozen", (np.array(ALL) / 4, [1] * 6), "weights too weak"),
    ("frozen", (ALL, [1, -1, 1, -1, 1, -1]), "another start"),
    ("frozen", (ALL, [1, 0, 1, 0, 1, 0]), "0/1 instead of ±1"),
    ("frozen", (np.ones((6, 6)), [1] * 6), "self-connections"),
    ("cooling", (linear(14, 0),), None),
    ("cooling", (linear(10, 0),), None),
    ("cooling", (geometric(10, 1),), None),
    ("cooling", ((14 * 0.98 ** np.arange(100)),), None),
    ("cooling", (tuple(geometric(20, 2)),), None),
    ("cooling", ([5] * 100,), None),
    ("cooling", ([0] * 100,), "a descent"),
    ("cooling", (linear(1, 0),), "as with fields of one"),
    ("cooling", (geometric(10, 1)[::-1],), "from cold to hot"),
    ("cooling", ((1 / geometric(12, 2)),), "inverse temperatures"),
    ("cooling", (14 / np.arange(1, 101),), "from hot to cold at once"),
    ("cooling", (geometric(12, 2) / 200,), "as with weights of 1/N"),
    ("cooling", (geometric(10, 2, 10),), "too few sweeps"),
    ("cooling", ([20] * 100,), "one temperature, too hot"),
    ("cooling", ([1] * 100,), "one temperature, too cold"),
    ("cooling", ([9],), "a single sweep"),
    ("cooling", (linear(40, 20),), "never cold"),
    ("cooling", ([1.9] * 50 + [1.5] * 50,), "never warm"),
    ("cooling", (geometric(14, 2, 101),), "too many sweeps"),
    ("cooling", (linear(10, -0.1),), "below zero"),
    ("cooling", (geometric(12, 2, 70) * ROOT,), "much too hot"),
]
