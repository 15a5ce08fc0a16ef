"""Right and wrong answers to the exercises of chapter 10: graded units."""

from __future__ import annotations

import math

import numpy as np
from scipy.integrate import quad

from answers import right, wrong
from hopfield_edu import graded

# graded_velocity


@right("graded_velocity")
def _(x, weights, bias, tau):
    N = len(x)
    v = np.zeros(N)
    for i in range(N):
        h = bias[i]
        for j in range(N):
            h += weights[i, j] * math.tanh(x[j])
        v[i] = (h - x[i]) / tau
    return v


@right("graded_velocity")
def _(x, weights, bias, tau):
    return [
        (-x[i] + sum(weights[i][j] * math.tanh(x[j]) for j in range(len(x))) + bias[i]) / tau
        for i in range(len(x))
    ]


@right("graded_velocity")
def _(x, weights, bias, tau):
    x, weights, bias = (a.astype(np.float32) for a in (x, weights, bias))
    return (-x + weights @ np.tanh(x) + bias) / np.float32(tau)


@right("graded_velocity")
def _(x, weights, bias, tau):
    return graded.Network(weights, bias, graded.tanh(), tau).velocity(x)


@right("graded_velocity")
def _(x, weights, bias, tau):
    v = -x.astype(float)
    v += weights @ np.tanh(x)
    v += bias
    v /= tau
    return v


@right("graded_velocity")
def _(x, weights, bias, tau):
    return (np.einsum("ij,j->i", weights, (np.exp(2 * x) - 1) / (np.exp(2 * x) + 1)) + bias - x) / tau


# graded_energy


@right("graded_energy")
def _(V, weights, bias, beta):
    from scipy.integrate import quad

    return -0.5 * V @ weights @ V - bias @ V + sum(quad(lambda z: np.arctanh(z) / beta, 0, v)[0] for v in V)


@right("graded_energy")
def _(V, weights, bias, beta):
    I = 0
    for v in V:
        n = 2000
        z = (np.arange(n) + 0.5) * v / n
        I += (np.arctanh(z) / beta).sum() * v / n
    return -0.5 * V @ weights @ V - bias @ V + I


@right("graded_energy")
def _(V, weights, bias, beta):
    V = V.astype(np.float32)
    return (
        -0.5 * V @ weights.astype(np.float32) @ V
        - bias.astype(np.float32) @ V
        + (V * np.arctanh(V) + 0.5 * np.log1p(-V * V)).sum() / np.float32(beta)
    )


@right("graded_energy")
def _(V, weights, bias, beta):
    x = np.arctanh(V) / beta
    return -0.5 * V @ weights @ V - bias @ V + x @ V - np.log(np.cosh(beta * x)).sum() / beta


@right("graded_energy")
def _(V, weights, bias, beta):
    return graded.Network(weights, bias, graded.tanh(beta)).energy(np.arctanh(V) / beta)


@right("graded_energy")
def _(V, weights, bias, beta):
    E = 0
    for i in range(len(V)):
        for j in range(len(V)):
            E -= weights[i, j] * V[i] * V[j] / 2
        E -= bias[i] * V[i]
        n = 400
        h = V[i] / n
        s = (
            math.atanh(0)
            + math.atanh(V[i])
            + sum((4 if k % 2 else 2) * math.atanh(k * h) for k in range(1, n))
        )
        E += s * h / 3 / beta
    return E


# growth_rate


@right("growth_rate")
def _(x, weights, beta, tau):
    D = np.diag(beta / np.cosh(beta * x) ** 2)
    return max(np.linalg.eig((weights @ D - np.eye(len(x))) / tau)[0].real)


@right("growth_rate")
def _(x, weights, beta, tau):
    from scipy.linalg import eigvals

    return eigvals((-np.identity(x.size) + weights * beta * (1 - np.tanh(beta * x) ** 2)) / tau).real.max()


@right("growth_rate")
def _(x, weights, beta, tau):
    return max(np.linalg.eigvals(graded.Network(weights, gain=graded.tanh(beta), tau=tau).jacobian(x)).real)


@right("growth_rate")
def _(x, weights, beta, tau):
    N = len(x)
    J = np.empty((N, N))
    for i in range(N):
        for j in range(N):
            J[i][j] = weights[i][j] * beta * (1 - math.tanh(beta * x[j]) ** 2) - (i == j)
    best = None
    for l in np.linalg.eigvals(J):
        if best is None or l.real > best:
            best = l.real
    return best / tau


@right("growth_rate")
def _(x, weights, beta, tau):
    return (np.linalg.eigvals(weights * beta * (1 - np.tanh(beta * x) ** 2)).real.max() - 1) / tau


@right("growth_rate")
def _(x, weights, beta, tau):
    h = 1e-6

    def f(x):
        return (-x + weights @ np.tanh(beta * x)) / tau

    J = np.array([(f(x + h * e) - f(x - h * e)) / (2 * h) for e in np.eye(len(x))]).T
    return np.linalg.eigvals(J).real.max()


@right("growth_rate")
def _(x, weights, beta, tau):
    J = ((-np.eye(len(x)) + weights * beta * (1 - np.tanh(beta * x) ** 2)) / tau).astype(np.float32)
    return np.linalg.eigvals(J).real.max()


# energy_shares


@right("energy_shares")
def _(weights):
    return [weights[0][j] / weights[j][0] for j in range(len(weights))]


@right("energy_shares")
def _(weights):
    N = len(weights)
    s = np.ones(N)
    for j in range(1, N):
        s[j] = s[j - 1] * weights[j - 1, j] / weights[j, j - 1]
    return s


@right("energy_shares")
def _(weights):
    return np.exp(np.log(abs(weights[0])) - np.log(abs(weights[:, 0])))


@right("energy_shares")
def _(weights):
    s = np.zeros_like(weights[0], dtype=float)
    for j in range(len(s)):
        s[j] = weights[0, j] / weights[j, 0]
    return s


@right("energy_shares")
def _(weights):
    return tuple((weights[0] / weights.T[0]).astype(np.float32))


@right("energy_shares")
def _(weights):
    N = len(weights)
    rows = [np.eye(N)[0]]
    rhs = [1]
    for i in range(N):
        for j in range(i):
            e = np.zeros(N)
            e[i] = weights[i, j]
            e[j] = -weights[j, i]
            rows.append(e)
            rhs.append(0)
    return np.linalg.lstsq(np.array(rows), np.array(rhs, float), rcond=None)[0]


@wrong("graded_energy", "gain inside artanh")
def gain_on_the_wrong_side(V, weights, bias, beta):
    price = sum(quad(lambda z: np.arctanh(beta * z), 0, v)[0] for v in V)
    return -V @ weights @ V / 2 - bias @ V + price


@wrong("graded_energy", "NaN")
def no_number(V, weights, bias, beta):
    return np.nan


@wrong("growth_rate", "first eigenvalue")
def eigenvalues_in_no_order(x, weights, beta, tau):
    slope = beta / np.cosh(beta * x) ** 2
    return np.linalg.eig((weights * slope - np.eye(len(x))) / tau)[0][0].real


@wrong("growth_rate", "real part not taken")
def largest_of_complex_rates(x, weights, beta, tau):
    slope = beta / np.cosh(beta * x) ** 2
    return max(np.linalg.eigvals((weights * slope - np.eye(len(x))) / tau))


@wrong("growth_rate", "wrong type")
def all_rates(x, weights, beta, tau):
    slope = beta / np.cosh(beta * x) ** 2
    return np.linalg.eigvals((weights * slope - np.eye(len(x))) / tau)


@wrong("growth_rate", "real part not taken")
def a_complex_rate(x, weights, beta, tau):
    slope = beta / np.cosh(beta * x) ** 2
    return np.linalg.eigvals((weights * slope - np.eye(len(x))) / tau).max()


@wrong("graded_velocity", "whole numbers only")
def potentials_of_whole_numbers(x, weights, bias, tau):
    v = np.zeros_like(x)
    for i in range(len(x)):
        v[i] = (-x[i] + weights[i] @ np.tanh(x) + bias[i]) / tau
    return v


@wrong("graded_velocity", "added to whole numbers")
def added_in_place(x, weights, bias, tau):
    v = -x
    v += weights @ np.tanh(x)
    v += bias
    v /= tau
    return v


@wrong("graded_velocity", "potentials overwritten")
def written_over_the_potentials(x, weights, bias, tau):
    v = x
    for i in range(len(x)):
        v[i] = (-x[i] + weights[i] @ np.tanh(x) + bias[i]) / tau
    return v


@wrong("graded_velocity", "gain function around the sum over units")
def gain_of_the_sum(x, weights, bias, tau):
    return (-x + np.tanh(weights @ x) + bias) / tau


@wrong("graded_velocity", "tau inside the gain function")
def tau_twice(x, weights, bias, tau):
    return (-x + weights @ np.tanh(x / tau) + bias) / tau


@wrong("graded_velocity", "output of the unit that receives")
def own_output(x, weights, bias, tau):
    return (-x + (weights * np.tanh(x)[:, None]).sum(axis=1) + bias) / tau


@wrong("graded_velocity", "weights made symmetric")
def mean_of_both_ways(x, weights, bias, tau):
    W = (weights + weights.T) / 2
    return (-x + W @ np.tanh(x) + bias) / tau


@wrong("graded_velocity", "leak and bias in every term")
def all_in_the_inner_loop(x, weights, bias, tau):
    v = np.zeros(len(x))
    for i in range(len(x)):
        for j in range(len(x)):
            v[i] += (-x[i] + weights[i, j] * np.tanh(x[j]) + bias[i]) / tau
    return v


@wrong("graded_velocity", "bias in every term")
def bias_in_the_inner_loop(x, weights, bias, tau):
    v = np.zeros(len(x))
    for i in range(len(x)):
        for j in range(len(x)):
            v[i] += weights[i, j] * np.tanh(x[j]) + bias[i]
    return (v - x) / tau


@wrong("graded_velocity", "leak in every term")
def leak_in_the_inner_loop(x, weights, bias, tau):
    return (np.sum(weights * np.tanh(x) - x[:, None], axis=1) + bias) / tau


@wrong("graded_velocity", "biases of all units")
def bias_in_the_sum(x, weights, bias, tau):
    return (np.sum(weights * np.tanh(x) + bias, axis=1) - x) / tau


@wrong("graded_velocity", "gain function around the inputs")
def gain_of_what_arrives(x, weights, bias, tau):
    return (-x + np.tanh(weights @ np.tanh(x)) + bias) / tau


@wrong("graded_velocity", "not set anew")
def sum_that_goes_on(x, weights, bias, tau):
    total = 0.0
    v = np.zeros(len(x))
    for i in range(len(x)):
        for j in range(len(x)):
            total += weights[i, j] * np.tanh(x[j])
        v[i] = (-x[i] + total + bias[i]) / tau
    return v


@wrong("graded_velocity", "leaks and biases of all units")
def all_in_one_sum(x, weights, bias, tau):
    return np.sum(-x + weights * np.tanh(x) + bias, axis=1) / tau


@wrong("graded_energy", "integral negative for negative outputs")
def odd_integral(V, weights, bias, beta):
    price = np.sign(V) * ((1 + V) * np.log(1 + V) + (1 - V) * np.log(1 - V)) / (2 * beta)
    return -V @ weights @ V / 2 - bias @ V + price.sum()


@wrong("graded_energy", "self-connections not halved")
def pairs_and_selves_once(V, weights, bias, beta):
    E = -bias @ V + ((V * np.arctanh(V) + np.log(1 - V**2) / 2) / beta).sum()
    for i in range(len(V)):
        for j in range(i + 1):
            E -= weights[i, j] * V[i] * V[j]
    return E


@wrong("graded_energy", "integral of the last unit")
def one_price(V, weights, bias, beta):
    for v in V:
        price = quad(lambda z: np.arctanh(z) / beta, 0, v)[0]
    return -V @ weights @ V / 2 - bias @ V + price


@wrong("growth_rate", "weights made symmetric")
def rate_of_the_mean_weights(x, weights, beta, tau):
    W = (weights + weights.T) / 2
    return np.linalg.eigvals((W * beta / np.cosh(beta * x) ** 2 - np.eye(len(x))) / tau).real.max()


@wrong("growth_rate", "weights made symmetric")
def rate_of_the_mean_weights_in_one_line(x, weights, beta, tau):
    slope = beta / np.cosh(beta * x) ** 2
    return np.linalg.eigvals(((weights + weights.T) / 2 * slope - np.eye(len(x))) / tau).real.max()


@wrong("energy_shares", "self-connections compared, upside down")
def own_weights(weights):
    return weights.diagonal() / weights[0, 0]


def _with_steps(pieces, add):
    def energy(V, weights, bias, beta):
        E = -V @ weights @ V / 2 - bias @ V
        for v in V:
            z = np.linspace(0, v, pieces + 1)
            E += add(z, np.arctanh(z) / beta)
        return E

    return energy


for few, add in [
    (10, lambda z, x: x[:-1].sum() * z[1]),
    (50, lambda z, x: (x[1:] * np.diff(z)).sum()),
    (4, lambda z, x: ((x[1:] + x[:-1]) / 2 * np.diff(z)).sum()),
    (99, lambda z, x: x.sum() * z[1]),
    (199, lambda z, x: x.mean() * z[-1]),
]:
    wrong("graded_energy", "integral by too few steps")(_with_steps(few, add))


@wrong("graded_energy", "output taken for potential")
def gain_once_more(V, weights, bias, beta):
    V = np.tanh(beta * V)
    price = (V * np.arctanh(V) + np.log(1 - V**2) / 2) / beta
    return -V @ weights @ V / 2 - bias @ V + price.sum()


@wrong("graded_energy", "each pair once, and halved")
def pairs_halved(V, weights, bias, beta):
    E = 0
    for i in range(len(V)):
        for j in range(i):
            E -= weights[i, j] * V[i] * V[j] / 2
        E -= bias[i] * V[i]
        E += (V[i] * np.arctanh(V[i]) + np.log(1 - V[i] ** 2) / 2) / beta
    return E


@wrong("graded_energy", "one logarithm of the two")
def square_forgotten(V, weights, bias, beta):
    price = (V * np.arctanh(V) + np.log(1 - V) / 2) / beta
    return -V @ weights @ V / 2 - bias @ V + price.sum()


@wrong("graded_energy", "entropy of units between 0 and 1")
def entropy(V, weights, bias, beta):
    price = (V * np.log(V) + (1 - V) * np.log(1 - V)) / beta
    return -V @ weights @ V / 2 - bias @ V + np.nansum(price)


@wrong("graded_energy", "straight line for artanh")
def small_outputs_only(V, weights, bias, beta):
    return -V @ weights @ V / 2 - bias @ V + (V**2 / 2 / beta).sum()


@wrong("graded_energy", "whole numbers only")
def terms_of_whole_numbers(V, weights, bias, beta):
    terms = np.zeros_like(weights)
    for i in range(len(V)):
        for j in range(len(V)):
            terms[i, j] = weights[i, j] * V[i] * V[j]
    price = (V * np.arctanh(V) + np.log(1 - V**2) / 2) / beta
    return -terms.sum() / 2 - bias @ V + price.sum()


@wrong("growth_rate", "whole numbers only")
def jacobian_of_whole_numbers(x, weights, beta, tau):
    J = np.zeros_like(weights)
    slope = beta * (1 - np.tanh(beta * x) ** 2)
    for i in range(len(x)):
        for j in range(len(x)):
            J[i, j] = (weights[i, j] * slope[j] - (i == j)) / tau
    return np.linalg.eigvals(J).real.max()


@wrong("growth_rate", "slopes of whole numbers")
def slopes_like_potentials(x, weights, beta, tau):
    slope = np.empty_like(x)
    for i in range(len(x)):
        slope[i] = beta * (1 - np.tanh(beta * x[i]) ** 2)
    return np.linalg.eigvals((weights * slope - np.eye(len(x))) / tau).real.max()


@wrong("growth_rate", "largest entry")
def no_eigenvalues(x, weights, beta, tau):
    return ((-np.eye(len(x)) + weights * beta * (1 - np.tanh(beta * x) ** 2)) / tau).max()


@wrong("growth_rate", "difference squared")
def bracket_squared(x, weights, beta, tau):
    slope = beta * (1 - np.tanh(beta * x)) ** 2
    return np.linalg.eigvals((weights * slope - np.eye(len(x))) / tau).real.max()


@wrong("growth_rate", "rule of the logistic function")
def other_rule(x, weights, beta, tau):
    V = np.tanh(beta * x)
    return np.linalg.eigvals((weights * beta * V * (1 - V) - np.eye(len(x))) / tau).real.max()


@wrong("energy_shares", "whole numbers only")
def shares_of_whole_numbers(weights):
    s = np.ones_like(weights[0])
    for j in range(1, len(weights)):
        s[j] = weights[0, j] / weights[j, 0]
    return s


@wrong("energy_shares", "ratios multiplied up")
def ratios_along_a_chain(weights):
    s = np.ones(len(weights))
    for j in range(1, len(weights)):
        s[j] = s[j - 1] * weights[0, j] / weights[j, 0]
    return s


@wrong("energy_shares", "plain products")
def products(weights):
    return np.array([1, *(weights[0, j] * weights[j, 0] for j in range(1, len(weights)))])


@wrong("energy_shares", "self-connections compared")
def diagonal(weights):
    return weights[0, 0] / np.diag(weights)


@wrong("energy_shares", "largest of rows and columns")
def largest(weights):
    s = weights.max(axis=0) / weights.max(axis=1)
    return s / s[0]


@wrong("graded_energy", "one over g")
def reciprocal_of_g(V, weights, bias, beta):
    return -V @ weights @ V / 2 - bias @ V + np.sum(1 / np.tanh(beta * V))


@wrong("graded_energy", "one over g, integrated by SciPy")
def reciprocal_by_quad(V, weights, bias, beta):
    E = -V @ weights @ V / 2 - bias @ V
    for v in V:
        E += quad(lambda z: np.tanh(beta * z) ** -1, 0, v)[0]
    return E


@wrong("graded_energy", "one over g, by its antiderivative")
def reciprocal_by_hand(V, weights, bias, beta):
    return -V @ weights @ V / 2 - bias @ V + np.sum(np.log(np.sinh(beta * V)) / beta)


@wrong("graded_energy", "one over g, by the antiderivative of either sign")
def reciprocal_by_hand_of_either_sign(V, weights, bias, beta):
    return -V @ weights @ V / 2 - bias @ V + np.sum(np.log(abs(np.sinh(beta * V)))) / beta


@wrong("graded_energy", "one over g, from its lower limit")
def reciprocal_from_zero(V, weights, bias, beta):
    def price(z):
        return np.log(np.sinh(beta * z)) / beta

    return -V @ weights @ V / 2 - bias @ V + np.sum(price(V) - price(0))


@wrong("graded_energy", "one over g, from its lower limit and of either sign")
def reciprocal_from_zero_of_either_sign(V, weights, bias, beta):
    def price(z):
        return np.log(abs(np.sinh(beta * z))) / beta

    return -V @ weights @ V / 2 - bias @ V + np.sum(price(V) - price(0))


# tables and examples

GAINS = {"A": [0, 1, 1], "B": [0.5, 0.25, 4], "C": [0.5, 0.25, 2], "D": [0, 1, 2], "E": [0.5, 0.25, 1]}

TABLES = [
    ("critical_gain", GAINS | rows, mistake)
    for rows, mistake in [
        ({"B": [0.5, 1, 1], "C": [0.5, 1, 0.5], "E": [0.5, 1, 0.25]}, "gain for slope"),
        ({"B": [0.5, 1, 4], "C": [0.5, 1, 2], "E": [0.5, 1, 1]}, "gain for slope"),
        ({"C": [0.5, 0.25, 4], "D": [0, 1, 1], "E": [0.5, 0.25, 4]}, "weight forgotten"),
        ({"C": [0.5, 0.25, 4]}, "a single entry"),  # D and E say otherwise
        ({"B": [0, 0.25, 4]}, "a single entry"),
        ({"C": [1, 0.25, 2], "E": [-2, 0.25, 1]}, "bias for output"),
        ({"A": [0, 1, 4], "D": [0, 1, 8]}, "rule of the logistic function for tanh"),
        ({"A": [0, 0.25, 4], "D": [0, 0.25, 8]}, "slope of the logistic function for tanh"),
        ({"A": [0, 0.25, 1], "D": [0, 0.25, 2]}, "slope of the logistic function for tanh"),
        ({"B": [0.5, 1, 4], "C": [0.5, 0.5, 2], "D": [0, 2, 2]}, "slope at the critical gain"),
        ({"E": [0.5, 0.25, float("inf")]}, "a gain that is never reached"),
        ({"E": [0.5, 0.25, "inf"]}, "a gain that is never reached"),
        ({"E": [0.5, 0.25, "none"]}, "unreadable entry"),
        ({"E": [0.5, 0.25, "-"]}, "unreadable entry"),  # no minus sign
    ]
]

EXAMPLES = [
    ("oscillator", ([[2, -5], [5, 2]],), None),
    ("oscillator", ([[2, -5.1], [5, 2]],), "too large"),
    ("oscillator", ([[1.02, -1], [1, 1.02]],), None),
    ("oscillator", ([[1.009, -1], [1, 1.009]],), "hardly leaves zero"),
    ("oscillator", (np.zeros((4, 4)),), "wrong size"),
    ("oscillator", ([1, -1],), "not a matrix"),
    ("oscillator", ([[1, -1], [1]],), "wrong type"),
    ("oscillator", ([[0, 0.1 + 0.2], [0.3, 0]],), "symmetric"),  # up to rounding
]
