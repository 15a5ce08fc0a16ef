"""Answers of chapters 10, 12 and 13, written from the exercise texts: each as a learner might write it.

Wrong ones carry the names under which a card may know them. Right ones differ in their way: plain loops,
lists, fractions, single precision, SciPy, the library itself.
"""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from hopfield_edu import dense, feedback, graded, modern

RIGHT, WRONG = [], []


def right(check):
    def note(answer):
        RIGHT.append((check, answer))
        return answer

    return note


def wrong(check, *names):
    def note(answer):
        WRONG.append((check, names, answer))
        return answer

    return note


# --- right answers --------------------------------------------------------------------------------


@right("graded_velocity")
def _(x, weights, bias, tau):
    N = len(x)
    v = np.zeros_like(x)
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
    v = -x
    v += weights @ np.tanh(x)
    v += bias
    v /= tau
    return v


@right("graded_velocity")
def _(x, weights, bias, tau):
    return (np.einsum("ij,j->i", weights, (np.exp(2 * x) - 1) / (np.exp(2 * x) + 1)) + bias - x) / tau


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
    s = np.zeros_like(weights[0])
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


# 12
@right("dense_energy")
def _(patterns, state, n):
    E = 0
    for s in patterns.tolist():
        x = 0
        for a, b in zip(s, state.tolist(), strict=False):
            x = x + a * b
        E = E - x**n
    return E


@right("dense_energy")
def _(patterns, state, n):
    return Fraction(-sum(int(x) ** n for x in patterns @ state))


@right("dense_energy")
def _(patterns, state, n):
    return -np.power((patterns @ state).astype(np.float32), n).sum()


@right("dense_energy")
def _(patterns, state, n):
    return dense.Network(patterns, dense.power(n)).energy(state)


@right("dense_energy")
def _(patterns, state, n):
    return -np.einsum("mi,i->m", patterns, state).astype(object).__pow__(n).sum()


def E(patterns, state, n):
    return -sum(int(v) ** n for v in patterns @ state)


@right("dense_update")
def _(patterns, state, i, n):
    f = state.copy()
    f[i] = -f[i]
    return f if E(patterns, f, n) < E(patterns, state, n) else state


@right("dense_update")
def _(patterns, state, i, n):
    r = patterns @ state - patterns[:, i] * state[i]
    d = ((r + patterns[:, i]) ** n).sum() - ((r - patterns[:, i]) ** n).sum()
    new = [float(v) for v in state]
    if d > 0:
        new[i] = 1.0
    if d < 0:
        new[i] = -1.0
    return new


@right("dense_update")
def _(patterns, state, i, n):
    a, b = state.copy(), state.copy()
    a[i] = 1
    b[i] = -1
    ea, eb = E(patterns, a, n), E(patterns, b, n)
    return a if ea < eb else b if eb < ea else state.copy()


@right("dense_update")
def _(patterns, state, i, n):
    net = dense.Network(patterns, dense.power(n))
    new = state.copy()
    if net.wants_flip(state)[i]:
        new[i] *= -1
    return new


@right("dense_update")
def _(patterns, state, i, n):
    new = np.zeros(len(state), dtype=np.int8)
    new[:] = state
    g = np.float32(0)
    for s in patterns:
        r = sum(s[k] * state[k] for k in range(len(state)) if k != i)
        g += np.float32((r + s[i]) ** n - (r - s[i]) ** n)
    if g:
        new[i] = 1 if g > 0 else -1
    return new


@right("dense_sweep")
def _(patterns, state, n):
    y = state.copy()
    for i in range(len(y)):
        f = y.copy()
        f[i] *= -1
        if E(patterns, f, n) < E(patterns, y, n):
            y = f
    return y


@right("dense_sweep")
def _(patterns, state, n):
    y = list(map(int, state))
    x = [int(v) for v in patterns @ state]
    for i in range(len(y)):
        a = [xm - 2 * int(s[i]) * y[i] for xm, s in zip(x, patterns, strict=False)]
        if sum(v**n for v in a) > sum(v**n for v in x):
            x = a
            y[i] = -y[i]
    return tuple(y)


@right("dense_sweep")
def _(patterns, state, n):
    return dense.Network(patterns, dense.power(n)).recall(state, "ordered", max_sweeps=1).final


@right("dense_sweep")
def _(patterns, state, n):
    y = state.astype(float)
    x = patterns @ y
    for i in range(y.size):
        r = x - patterns[:, i] * y[i]
        d = ((r + patterns[:, i]) ** n - (r - patterns[:, i]) ** n).sum()
        if d != 0:
            x = r + patterns[:, i] * np.sign(d)
            y[i] = np.sign(d)
    return y


@right("dense_sweep")
def _(patterns, state, n):
    y = np.array(state)
    x = patterns.dot(y)
    for i in range(len(y)):
        if np.sum((x - 2 * patterns[:, i] * y[i]) ** n) > np.sum(x**n):
            y[i] = -y[i]
            x = x + 2 * patterns[:, i] * y[i]
    return y


@right("dense_capacity")
def _(N, n):
    from scipy.special import factorial2

    return N ** (n - 1) / (2 * factorial2(2 * n - 3) * np.log(N))


@right("dense_capacity")
def _(N, n):
    d = 1
    k = 2 * n - 3
    while k > 1:
        d *= k
        k -= 2
    return N ** (n - 1) / 2 / d / math.log(N)


@right("dense_capacity")
def _(N, n):
    return Fraction(N ** (n - 1), 2 * math.prod(range(1, 2 * n - 2, 2))) / Fraction(math.log(N))


@right("dense_capacity")
def _(N, n):
    return math.exp(
        (n - 1) * math.log(N)
        - math.log(2)
        - sum(math.log(k) for k in range(1, 2 * n - 2, 2))
        - math.log(math.log(N))
    )


@right("dense_capacity")
def _(N, n):
    return dense.capacity(N, n)


@right("dense_capacity")
def _(N, n):
    return N ** (n - 1) * 2 ** (n - 2) * math.factorial(n - 2) / (2 * math.factorial(2 * n - 3) * math.log(N))


@right("dense_capacity")
def _(N, n):
    def ff(k):
        return 1 if k <= 1 else k * ff(k - 2)

    return np.float32(N ** (n - 1) / (2 * ff(2 * n - 3) * np.log(N)))


# 13
@right("lse_energy")
def _(patterns, state, beta):
    from scipy.special import logsumexp

    return -logsumexp(beta * patterns @ state) / beta + 0.5 * state @ state


@right("lse_energy")
def _(patterns, state, beta):
    return -np.logaddexp.reduce(beta * (patterns @ state)) / beta + 0.5 * np.dot(state, state)


@right("lse_energy")
def _(patterns, state, beta):
    z = [sum(a * b for a, b in zip(x, state, strict=False)) for x in patterns.tolist()]
    m = max(z)
    return -m - math.log(sum(math.exp(beta * (v - m)) for v in z)) / beta + sum(v * v for v in state) / 2


@right("lse_energy")
def _(patterns, state, beta):
    p, y = patterns.astype(np.float32), state.astype(np.float32)
    z = p @ y
    m = z.max()
    return -(m + np.log(np.exp(np.float32(beta) * (z - m)).sum()) / np.float32(beta)) + y @ y / 2


@right("lse_energy")
def _(patterns, state, beta):
    z = beta * patterns @ state
    z = np.sort(z)
    m = z[-1]
    return 0.5 * (state**2).sum() - (m + np.log1p(np.exp(z[:-1] - m).sum())) / beta


@right("lse_energy")
def _(patterns, state, beta):
    return (
        modern.Network(patterns, beta).energy(state)
        - np.log(len(patterns)) / beta
        - (patterns**2).sum(axis=1).max() / 2
    )


@right("softmax_step")
def _(patterns, states, beta):
    from scipy.special import softmax

    return softmax(beta * states @ patterns.T, axis=1) @ patterns


@right("softmax_step")
def _(patterns, states, beta):
    new = []
    for y in states:
        z = beta * patterns @ y
        e = np.exp(z - z.max())
        new.append((e / e.sum()) @ patterns)
    return new


@right("softmax_step")
def _(patterns, states, beta):
    return modern.Network(patterns, beta).step(states)


@right("softmax_step")
def _(patterns, states, beta):
    x, y = patterns.astype(np.float32), states.astype(np.float32)
    z = np.float32(beta) * y @ x.T
    e = np.exp(z - z.max(1)[:, None])
    return e / e.sum(1)[:, None] @ x


@right("softmax_step")
def _(patterns, states, beta):
    out = np.zeros((len(states), patterns.shape[1]))
    for b in range(len(states)):
        z = [beta * sum(float(a) * float(c) for a, c in zip(p, states[b], strict=False)) for p in patterns]
        m = max(z)
        e = [math.exp(v - m) for v in z]
        S = sum(e)
        for i in range(out.shape[1]):
            for mu in range(len(z)):
                out[b, i] += e[mu] / S * patterns[mu, i]
    return out


@right("softmax_step")
def _(patterns, states, beta):
    z = beta * (patterns @ states.T)
    e = np.exp(z - z.max(axis=0))
    return (e / e.sum(axis=0)).T @ patterns


@right("softmax_step")
def _(patterns, states, beta):
    z = beta * states @ patterns.T
    return 1 / np.exp(z[:, None, :] - z[:, :, None]).sum(axis=2) @ patterns


@right("scaled_attention")
def _(queries, keys, values):
    from scipy.special import softmax

    return softmax(queries @ keys.T / np.sqrt(keys.shape[-1]), axis=-1) @ values


@right("scaled_attention")
def _(queries, keys, values):
    return modern.attention(queries, keys, values)


@right("scaled_attention")
def _(queries, keys, values):
    s = queries @ keys.T
    s /= math.sqrt(queries.shape[1])
    s -= s.max(axis=1, keepdims=True)
    np.exp(s, out=s)
    s /= s.sum(axis=1, keepdims=True)
    return s @ values


@right("scaled_attention")
def _(queries, keys, values):
    q, k, v = (a.astype(np.float32) for a in (queries, keys, values))
    z = q @ k.T / np.float32(q.shape[1] ** 0.5)
    e = np.exp(z - z.max(1)[:, None])
    return e / e.sum(1)[:, None] @ v


@right("scaled_attention")
def _(queries, keys, values):
    out = []
    for q in queries.tolist():
        z = [sum(a * b for a, b in zip(q, k, strict=False)) / len(q) ** 0.5 for k in keys.tolist()]
        m = max(z)
        e = [math.exp(v - m) for v in z]
        out.append(
            [
                sum(p * c for p, c in zip(e, col, strict=False)) / sum(e)
                for col in zip(*values.tolist(), strict=False)
            ]
        )
    return out


# --- wrong answers --------------------------------------------------------------------------------


def J(x, W, beta, tau):
    return (-np.eye(len(x)) + W * (beta / np.cosh(beta * x) ** 2)) / tau


def swp(patterns, state, n, rule, order=None):
    y = state.copy()
    for i in order if order is not None else range(len(y)):
        y = rule(patterns, y, i, n)
    return y


def good(patterns, state, i, n):
    f = state.copy()
    f[i] *= -1
    return f if E(patterns, f, n) < E(patterns, state, n) else state.copy()


def df(k):
    return math.prod(range(k, 0, -2))


def softmax(z, axis=1):
    e = np.exp(z - z.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


def per_row(e):
    return e / e.sum(axis=1, keepdims=True)


WEIGHTS = {  # the same slips in the step and in attention
    "no maximum subtracted": lambda z: per_row(np.exp(z)),
    "maximum never below zero": lambda z: per_row(np.exp(z - np.maximum(0, z.max(axis=1, keepdims=True)))),
    "largest size subtracted": lambda z: per_row(np.exp(z - abs(z).max(axis=1)[:, None])),
    "one maximum for all rows": lambda z: per_row(np.exp(z - z.max())),
    "mean subtracted": lambda z: per_row(np.exp(z - z.mean(axis=1)[:, None])),
    "minimum subtracted": lambda z: per_row(np.exp(z - z.min(axis=1)[:, None])),
    "NaN replaced": lambda z: np.nan_to_num(per_row(np.exp(z))),
    "softmax over the wrong axis": lambda z: softmax(z, 0),
    "keepdims forgotten": lambda z: np.exp(z - z.max(axis=1)) / np.exp(z - z.max(axis=1)).sum(axis=1),
    "argmax instead of softmax": lambda z: (z == z.max(axis=1, keepdims=True)).astype(float),
    "powers of 2": lambda z: per_row(2 ** (z - z.max(axis=1, keepdims=True))),
}
for name, weigh in WEIGHTS.items():
    wrong("softmax_step", name)(lambda x, y, beta, weigh=weigh: weigh(beta * y @ x.T) @ x)
    wrong("scaled_attention", name)(lambda q, k, v, weigh=weigh: weigh(q @ k.T / np.sqrt(q.shape[1])) @ v)


# --- tables and examples -------------------------------------------------------------------------

GAINS = {"A": [0, 1, 1], "B": [0.5, 0.25, 4], "C": [0.5, 0.25, 2], "D": [0, 1, 2], "E": [0.5, 0.25, 1]}
HAND = {"++++": [4, 2, -20, -72], "++--": [0, 2, -4, -8], "-+-+": [0, -2, -4, 8], "----": [-4, -2, -20, 72]}
GAPS = {"a": 1, "b": 1, "c": -2, "d": 2, "e": -1, "f": 4, "g": 0, "h": 2}
FROZEN = {"beta_c": [1 / 50, 1 / 8, 1 / 2], "separation": [4, 4, 4], "stable states": [1, 2, 8]}


def attended(base=2.0, normal=True):
    """The table of attention, for powers of another base, or not divided by their sum."""
    table = {}
    for name, (a, b) in {"a": (1, 0), "b": (0, 1), "c": (0, 0), "d": (-1, 2)}.items():
        powers = [base**z for z in (2 * a, b, -b)]
        p = [power / sum(powers) if normal else power for power in powers]
        table[name] = [2 * a, b, -b, *p, 2 * p[0], p[1] - p[2]]
    return table


@pytest.mark.parametrize(
    ("check", "table", "mistake"),
    [
        (
            "critical_gain",
            GAINS | {"B": [0.5, 1, 1], "C": [0.5, 1, 0.5], "E": [0.5, 1, 0.25]},
            "gain for slope",
        ),
        ("critical_gain", GAINS | {"B": [0.5, 1, 4], "C": [0.5, 1, 2], "E": [0.5, 1, 1]}, "gain for slope"),
        (
            "critical_gain",
            GAINS | {"C": [0.5, 0.25, 4], "D": [0, 1, 1], "E": [0.5, 0.25, 4]},
            "weight forgotten",
        ),
        ("critical_gain", GAINS | {"C": [0.5, 0.25, 4]}, None),  # D and E say otherwise
        ("critical_gain", GAINS | {"B": [0, 0.25, 4]}, None),
        ("critical_gain", GAINS | {"C": [1, 0.25, 2], "E": [-2, 0.25, 1]}, "bias for output"),
        ("dense_energies", {k: [a, b, -q, -c] for k, (a, b, q, c) in HAND.items()}, "minus sign lost"),
        ("dense_energies", {k: [a, b, c, q] for k, (a, b, q, c) in HAND.items()}, "columns exchanged"),
        ("dense_energies", HAND | {"++--": [1, 2, -5, -9]}, None),
        ("square_is_classical", GAPS | {"c": -1, "d": 1, "h": 1}, "one half forgotten"),
        ("square_is_classical", GAPS | {"c": -1}, "one half forgotten, once"),
        ("square_is_classical", GAPS | {"f": 3}, None),
        ("attention_table", attended(math.e), "beta forgotten"),
        ("attention_table", attended(4), "twice beta"),
        ("attention_table", attended(normal=False), "not divided by the sum"),
        ("attention_table", attended() | {"a": attended(math.e)["a"]}, None),
        (
            "freezing_table",
            FROZEN | {"stable states": [0, 1, 3]},
            "frozen features counted, not their combinations",
        ),
        ("freezing_table", FROZEN | {"stable states": [2, 4, 8]}, "one feature too many"),
        ("freezing_table", FROZEN | {"stable states": [1, 2, 7]}, None),
    ],
)
def test_tables_speak_of_what_all_their_cells_show(check, table, mistake):
    verdict = feedback.CHECKS[check](table)
    assert not verdict.correct and verdict.mistake == mistake, verdict


def test_what_follows_from_a_wrong_entry_is_not_blamed():
    verdict = feedback.dense_energies(HAND | {"++--": [1, 2, -5, -9]})
    assert "x_1" in verdict.details and "E for" not in verdict.details


@pytest.mark.parametrize(
    ("check", "table"),
    [
        ("critical_gain", GAINS),
        ("dense_energies", HAND),
        ("attention_table", attended()),
        ("freezing_table", FROZEN),
    ],
)
@pytest.mark.parametrize(
    "kind", [np.float32, float, str, Decimal, lambda x: Fraction(x).limit_denominator(1000), lambda x: [x][0]]
)
def test_tables_of_every_kind_of_number(check, table, kind):
    assert feedback.CHECKS[check]({row: [kind(x) for x in entries] for row, entries in table.items()})
    assert feedback.CHECKS[check]({row: np.array(entries) for row, entries in table.items()})


TRIANGLE = [[1, 0], [-0.5, 0.75**0.5], [-0.5, -(0.75**0.5)]]


@pytest.mark.parametrize(
    ("check", "parts", "mistake"),
    [
        ("square_against_cube", ([[1, 1]] * 8, [1, 1]), "they agree"),  # the largest number that is allowed
        ("square_against_cube", ([[1, 1]] * 9, [1, 1]), "number of patterns"),
        ("square_against_cube", ([[1] * 8], [1] * 8), "they agree"),
        ("square_against_cube", ([[1] * 9], [1] * 9), "number of units"),
        ("square_against_cube", ([[1, 0]], [1, 1]), "entries other than ±1"),
        ("square_against_cube", ([[1, 1]], [1, 0]), "state other than ±1"),
        ("square_against_cube", ([[1, 1]], [1, 1, 1]), "state of another length"),
        ("lost_inverse", ([[1, 1, 1], [1, -1, 1]],), "number of patterns"),
        ("lost_inverse", ([[1] * 9, [-1] * 9, [1, -1, 1] * 3],), "number of units"),
        ("lost_inverse", ([[1] * 8, [1, -1] * 4, [1, 1, -1, -1] * 2],), None),
        ("smallest_power", (1,), "a sign is lost"),
        ("smallest_power", (0.99,), "out of reach"),
        ("smallest_power", (60,), "less will do"),
        ("smallest_power", (60.1,), "out of reach"),
        ("oscillator", ([[2, -5], [5, 2]],), None),
        ("oscillator", ([[2, -5.1], [5, 2]],), "too large"),
        ("oscillator", ([[1.02, -1], [1, 1.02]],), None),
        ("oscillator", ([[1.009, -1], [1, 1.009]],), "hardly leaves zero"),
        ("oscillator", (np.zeros((4, 4)),), "wrong size"),
        ("oscillator", ([1, -1],), "not a matrix"),
        ("loudest", ([[1], [2]], [1]), None),
        ("loudest", ([[1, 0]], [1, 0]), "number of patterns"),
        ("loudest", ([[1] * 7, [2] * 7], [1] * 7), "number of features"),
        ("loudest", ([[1] * 6, [2] * 6, *([[0] * 6] * 4)], [1] * 6), None),
        ("loudest", ([[1, 0], [1e6, 0]], [1, 0]), None),
        ("loudest", ([[1, 0], [1e6 + 1, 0]], [1, 0]), "too large"),
        ("more_states", (100 * np.array(TRIANGLE), 1.95e-4), None),
        ("more_states", (101 * np.array(TRIANGLE), 1.95e-4), "too large"),
        ("more_states", (TRIANGLE, 10001), "beta out of reach"),
        ("more_states", (TRIANGLE, 10000), "as many as patterns"),
        ("more_states", (TRIANGLE, Fraction(39, 20)), None),
    ],
)
def test_limits_are_those_that_the_exercises_state(check, parts, mistake):
    verdict = feedback.CHECKS[check](*parts)
    assert (verdict.correct, verdict.mistake) == (mistake is None, mistake), verdict


# --- the answers of above ------------------------------------------------------------------------


def named(entries):
    return [f"{check}-{k}" for k, (check, *_) in enumerate(entries)]


@pytest.mark.parametrize(("check", "answer"), RIGHT, ids=named(RIGHT))
def test_right_in_any_way_is_right(check, answer):
    verdict = feedback.CHECKS[check](answer)
    assert verdict.correct, verdict


@pytest.mark.parametrize(("check", "names", "answer"), WRONG, ids=named(WRONG))
def test_wrong_answers_are_called_by_their_name(check, names, answer):
    verdict = feedback.CHECKS[check](answer)
    assert not verdict.correct and verdict.mistake in names, verdict


@pytest.mark.slow
@pytest.mark.parametrize(("check", "answer"), RIGHT, ids=named(RIGHT))
def test_no_right_answer_is_unlucky(check, answer):
    for seed in range(40):
        verdict = feedback.CHECKS[check](answer, seed=seed)
        assert verdict.correct, (seed, verdict)


@pytest.mark.slow
@pytest.mark.parametrize(("check", "names", "answer"), WRONG, ids=named(WRONG))
def test_no_wrong_answer_is_lucky(check, names, answer):
    for seed in range(40):
        verdict = feedback.CHECKS[check](answer, seed=seed)
        assert not verdict.correct and verdict.mistake in names, (seed, verdict)


WAYS = {  # to spoil a right result, which a lucky seed may hide
    "clipped": lambda x: np.maximum(x, 0),
    "clipped from above": lambda x: np.minimum(x, 0),
    "absolute": np.abs,
    "rounded": np.round,
    "to two decimals": lambda x: np.round(x, 2),
    "cut off": np.trunc,
    "first entry": lambda x: np.full(x.shape, x.ravel()[0]),
    "last entry": lambda x: np.full(x.shape, x.ravel()[-1]),
}
_WHOLE, _ONE = {"rounded", "to two decimals", "cut off"}, {"first entry", "last entry"}
HARMLESS = {  # results that are positive, whole, or single numbers
    "energy_shares": {"clipped", "absolute"},
    "dense_capacity": {"clipped", "absolute", *_ONE},
    "dense_energy": _WHOLE | _ONE,
    "dense_update": _WHOLE,
    "dense_sweep": _WHOLE,
    "graded_energy": _ONE,
    "growth_rate": _ONE,
    "lse_energy": _ONE,
}


def spoil(check, how, seeds):
    solution = feedback.CHECKS[check].solution

    def answer(*args):
        return WAYS[how](np.asarray(solution(*args), float))

    for seed in seeds:
        verdict = feedback.CHECKS[check](answer, seed=seed)
        assert verdict.correct == (how in HARMLESS.get(check, ())), (seed, verdict)


@pytest.mark.parametrize("how", WAYS)
@pytest.mark.parametrize("check", sorted({check for check, _ in RIGHT}))
def test_spoilt_results_never_pass(check, how):
    spoil(check, how, range(2))


@pytest.mark.slow
@pytest.mark.parametrize("how", WAYS)
@pytest.mark.parametrize("check", sorted({check for check, _ in RIGHT}))
def test_spoilt_results_pass_for_no_seed(check, how):
    spoil(check, how, range(40))


def test_chance_is_seen_where_small_inputs_agree():
    def dense_sweep(patterns, state, n):
        y = state.copy()
        for i in np.random.default_rng().permutation(len(y)):
            after = y.copy()
            after[i] *= -1
            y = after if E(patterns, after, n) < E(patterns, y, n) else y
        return y

    for seed in range(5):
        assert feedback.dense_sweep(dense_sweep, seed=seed).mistake == "random result"


def test_a_complex_rate_is_called_complex():
    def growth_rate(x, weights, beta, tau):
        slope = beta / np.cosh(beta * x) ** 2
        return np.linalg.eigvals((weights * slope - np.eye(len(x))) / tau).max()

    verdict = feedback.growth_rate(growth_rate)
    assert verdict.mistake == "wrong type" and "a complex number; a number is wanted" in verdict.message


@pytest.mark.parametrize("check", ["critical_gain", "dense_energies", "attention_table", "freezing_table"])
def test_no_card_gives_an_entry_away(check):
    """Fractions and large numbers of the solution stand in no hint and no message."""
    check = feedback.CHECKS[check]
    entries = {float(x) for row in check.solution.values() for x in row}
    shares = [Fraction(x).limit_denominator(100) for x in entries if x % 1]
    secret = [form for x in shares for form in (f"{x}", f"{x.numerator} / {x.denominator}", f"{float(x):g}")]
    secret += [f"{x:g}" for x in entries if abs(x) > 8]
    said = " ".join([*check.hints, *(mistake.message for mistake in check._mistakes)])
    assert not [x for x in secret if x in said]
    assert "x_1 = -4" not in said
