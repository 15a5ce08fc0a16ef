"""Right and wrong answers to the exercises of chapter 03: energy."""

# ruff: noqa: B905, E731, F841 (written as learners write)

from __future__ import annotations

from fractions import Fraction

import numpy as np

from answers import right, wrong
from hopfield_edu import binary, feedback

# energy


@right("energy")
def _(weights, bias, state):
    return -0.5 * np.einsum("i,ij,j", state, weights, state) - np.dot(bias, state)


@right("energy")
def _(weights, bias, state):
    return binary.Network(weights, bias).energy(state)


@right("energy")
def _(weights, bias, state):
    return float(-(np.outer(state, state) * weights).sum() / 2 - (bias * state).sum())


@right("energy")
def _(weights, bias, state):
    w, b, y = weights.tolist(), bias.tolist(), state.tolist()
    N = len(y)
    return Fraction(-1, 2) * sum(Fraction(w[i][j]) * y[i] * y[j] for i in range(N) for j in range(N)) - sum(
        Fraction(b[i]) * y[i] for i in range(N)
    )


@right("energy")
def _(weights, bias, state):
    return np.float32(-state.astype(np.float32) @ weights.astype(np.float32) @ state / 2 - bias @ state)


@right("energy")
def _(weights, bias, state):
    return [-(state @ weights @ state) / 2 - bias @ state][0]


@right("energy")
def _(weights, bias, state):
    E = 0
    for i in range(len(state)):
        h = 0
        for j in range(len(state)):
            h += weights[i][j] * state[j]
        E += -0.5 * h * state[i] - bias[i] * state[i]
    return E


@right("energy")
def _(weights, bias, state):
    N = len(state)
    E = 0.0
    for i in range(N):
        E -= weights[i, i] / 2 + bias[i] * state[i]
        for j in range(i):
            E -= weights[i, j] * state[i] * state[j]
    return np.array(E)


@right("energy")
def _(weights, bias, state):
    return np.trace(-0.5 * weights @ np.outer(state, state)) - bias.dot(state)


@right("energy")
def _(weights, bias, state):
    y = state[:, None]
    return (-0.5 * y.T @ weights @ y - bias @ y).item()


@wrong("energy", "overwritten instead of added up")
def _(weights, bias, state):
    E = 0
    for i in range(len(state)):
        for j in range(len(state)):
            E = -weights[i, j] * state[i] * state[j] / 2
        E -= bias[i] * state[i]
    return E


@wrong("energy", "return inside the loop")
def _(weights, bias, state):
    E = 0
    for i in range(len(state)):
        for j in range(len(state)):
            E -= weights[i, j] * state[i] * state[j] / 2
        E -= bias[i] * state[i]
        return E


@wrong("energy", "bias in the double sum")
def _(weights, bias, state):
    E = 0
    for i in range(len(state)):
        for j in range(len(state)):
            E -= weights[i, j] * state[i] * state[j] / 2
            E -= bias[i] * state[i]
    return E


@wrong("energy", "self-connections left out")
def _(weights, bias, state):
    E = -bias @ state
    for i in range(len(state)):
        for j in range(i + 1, len(state)):
            E -= weights[i, j] * state[i] * state[j]
    return E


@wrong("energy", "self-connections in full")
def _(weights, bias, state):
    E = -bias @ state
    for i in range(len(state)):
        for j in range(i, len(state)):
            E -= weights[i, j] * state[i] * state[j]
    return E


@wrong("energy", "the last unit left out")
def _(weights, bias, state):
    E = 0
    for i in range(len(state) - 1):
        for j in range(len(state) - 1):
            E -= weights[i, j] * state[i] * state[j] / 2
        E -= bias[i] * state[i]
    return E


@wrong("energy", "self-connections left out")
def _(weights, bias, state):
    np.fill_diagonal(weights, 0)
    return -0.5 * state @ weights @ state - bias @ state


# energy_change


@right("energy_change")
def _(weights, bias, state, i):
    h = bias[i]
    for j in range(len(state)):
        if j != i:
            h += weights[i, j] * state[j]
    return 2 * state[i] * h


@right("energy_change")
def _(weights, bias, state, i):
    w = weights[:, i].copy()
    w[i] = 0
    return 2 * state[i] * (state @ w + bias[i])


@right("energy_change")
def _(weights, bias, state, i):
    return 2 * state[i] * (np.delete(weights[i], i) @ np.delete(state, i) + bias[i])


@right("energy_change")
def _(weights, bias, state, i):
    return (
        2 * state[i] * sum([weights[i][j] * state[j] for j in range(len(state))], bias[i]) - 2 * weights[i][i]
    )


@right("energy_change")
def _(weights, bias, state, i):
    return (weights[i] @ state + bias[i] - weights[i, i] * state[i]) * (state[i] - (-state[i]))


@right("energy_change")
def _(weights, bias, state, i):
    return 2 * state[i] * (np.dot(weights[i, :], state) + bias[i]) - 2 * weights[i, i] * state[i] ** 2


@right("energy_change")
def _(weights, bias, state, i):
    y = state.astype(float)
    d = -2 * y[i]
    return -d * (weights[i] @ y + bias[i]) - 0.5 * weights[i, i] * d * d


@right("energy_change")
def _(weights, bias, state, i):
    e = lambda y: -sum(weights[i, j] * y[i] * y[j] for j in range(len(y)) if j != i) - bias[i] * y[i]
    z = state.copy()
    z[i] = -z[i]
    return e(z) - e(state)


@right("energy_change")
def _(weights, bias, state, i):
    return (
        int(2 * state[i] * (weights[i] @ state + bias[i]) - 2 * weights[i, i])
        if (weights[i] == weights[i].astype(int)).all() and bias[i] == int(bias[i])
        else 2 * state[i] * (weights[i] @ state + bias[i]) - 2 * weights[i, i]
    )


@wrong("energy_change", "more weights read than needed")
def _(weights, bias, state, i):
    E = lambda y: -y @ weights @ y / 2 - bias @ y
    z = state.copy()
    z[i] *= -1
    return E(z) - E(state)


@wrong("energy_change", "more weights read than needed")
def _(weights, bias, state, i):
    every = 2 * state * (weights @ state + bias) - 2 * np.diag(weights)
    return every[i] if np.isfinite(every).all() else np.nan


@wrong("energy_change", "self-connection without its state")
def _(weights, bias, state, i):
    return 2 * state[i] * (weights[i] @ state + bias[i]) - 2 * weights[i, i] * state[i]


@wrong("energy_change", "two whole energies, old minus new")
def _(weights, bias, state, i):
    E = lambda y: -y @ weights @ y / 2 - bias @ y
    z = state.copy()
    z[i] *= -1
    return E(state) - E(z)


@wrong("energy_change", "changes its input")
def _(weights, bias, state, i):
    state[i] = -state[i]
    return -2 * state[i] * (weights[i] @ state - weights[i, i] * state[i] + bias[i])


@wrong("energy_change", "changes its input")
def _(weights, bias, state, i):
    np.fill_diagonal(weights, 0)
    return 2 * state[i] * (weights[i] @ state + bias[i])


@wrong("energy_change", "old minus new")
def _(weights, bias, state, i):
    h = bias[i]
    for j in range(len(state)):
        if j != i:
            h += weights[i, j] * state[j]
    return -2 * state[i] * h


@wrong("energy_change", "only the last of the others")
def _(weights, bias, state, i):
    h = bias[i]
    for j in range(len(state)):
        if j != i:
            h = bias[i] + weights[i, j] * state[j]
    return 2 * state[i] * h


@wrong("energy_change", "counted from 1")
def _(weights, bias, state, i):
    i = i - 1
    return 2 * state[i] * (weights[i] @ state + bias[i]) - 2 * weights[i, i]


# zero_one_map


@right("zero_one_map")
def _(weights, inputs):
    return weights / 4, inputs / 2 + weights.sum(0) / 4, -weights.sum() / 8 - inputs.sum() / 2


@right("zero_one_map")
def _(weights, inputs):
    return [
        0.25 * weights,
        0.5 * (inputs + 0.5 * weights @ np.ones(len(inputs))),
        -0.5 * sum(inputs) - weights.mean() * weights.size / 8,
    ]


@right("zero_one_map")
def _(weights, inputs):
    return (
        (weights / 4).tolist(),
        [float(x) for x in inputs / 2 + weights.sum(1) / 4],
        np.array(-weights.sum() / 8 - inputs.sum() / 2),
    )


@right("zero_one_map")
def _(weights, inputs):
    w = (weights / 4).astype(np.float32)
    b = (inputs / 2 + weights.sum(1) / 4).astype(np.float32)
    v = np.zeros(len(b))
    E01 = 0
    y = -np.ones(len(b))
    return w, b, E01 - (-(y @ w @ y) / 2 - b @ y)


@right("zero_one_map")
def _(weights, inputs):
    N = len(inputs)
    e = lambda V: -V @ weights @ V / 2 - inputs @ V
    b = np.array([0.5 * (weights[i] @ np.full(N, 0.5) + inputs[i]) for i in range(N)])
    y = np.ones(N)
    W = weights * 0.25
    return W, b, e((y + 1) / 2) + y @ W @ y / 2 + b @ y


@right("zero_one_map")
def _(weights, inputs):
    return (
        np.asarray(weights) * 2**-2,
        (2 * inputs + np.sum(weights, axis=0)) / 4,
        -(np.sum(weights) + 4 * np.sum(inputs)) / 8,
    )


@right("zero_one_map")
def _(weights, inputs):
    w = [[Fraction(x).limit_denominator() / 4 for x in r] for r in weights.tolist()]
    b = [sum(r) + Fraction(i) / 2 for r, i in zip(w, inputs.tolist())]
    return w, b, -sum(map(sum, w)) / 2 - sum(map(Fraction, inputs.tolist())) / 2


@right("zero_one_map")
def _(weights, inputs):
    from hopfield_edu import zero_one

    n = zero_one.Network(weights, inputs)
    return weights / 4, weights.sum(axis=1) / 4 + inputs / 2, -inputs.sum() / 2 - weights.sum() / 8


@wrong("zero_one_map", "an array of whole numbers")
def _(weights, inputs):
    b = np.zeros_like(inputs)
    for i in range(len(b)):
        b[i] = inputs[i] / 2 + weights[i].sum() / 4
    return weights / 4, b, -weights.sum() / 8 - inputs.sum() / 2


@wrong("zero_one_map", "diagonal left out")
def _(weights, inputs):
    w = weights / 4
    np.fill_diagonal(w, 0)
    return w, inputs / 2 + weights.sum(1) / 4, -weights.sum() / 8 - inputs.sum() / 2


@wrong("zero_one_map", "raises an error")
def _(weights, inputs):
    weights /= 4
    return weights, inputs / 2 + weights.sum(1), -weights.sum() / 2 - inputs.sum() / 2


@wrong("zero_one_map", "row sums without the diagonal")
def _(weights, inputs):
    o = weights - np.diag(np.diag(weights))
    return weights / 4, inputs / 2 + o.sum(1) / 4, -weights.sum() / 8 - inputs.sum() / 2


# two_step_energy


@right("two_step_energy")
def _(weights, bias, before, after):
    return -before @ weights @ after - bias @ before - bias @ after


@right("two_step_energy")
def _(weights, bias, before, after):
    return -np.sum(weights * np.outer(after, before)) - np.sum(bias * (before + after))


@right("two_step_energy")
def _(weights, bias, before, after):
    return -sum(
        weights[i][j] * after[i] * before[j] for i in range(len(bias)) for j in range(len(bias))
    ) - sum(bias[k] * (after[k] + before[k]) for k in range(len(bias)))


@right("two_step_energy")
def _(weights, bias, before, after):
    return np.float32(-after @ weights @ before - bias @ (before + after))


@right("two_step_energy")
def _(weights, bias, before, after):
    return -(after @ (weights @ before + bias) + bias @ before)


@right("two_step_energy")
def _(weights, bias, before, after):
    t = 0
    for i, a in enumerate(after):
        for j, b in enumerate(before):
            t += weights[i, j] * a * b
    for i in range(len(bias)):
        t += bias[i] * after[i]
        t += bias[i] * before[i]
    return -t


@right("two_step_energy")
def _(weights, bias, before, after):
    return np.array(-after.dot(weights).dot(before) - bias.dot(before) - bias.dot(after))


@right("two_step_energy")
def _(weights, bias, before, after):
    return float(
        Fraction(0)
        - sum(Fraction(float(x)) for x in (weights * np.outer(after, before)).ravel())
        - sum(Fraction(float(x)) for x in bias * (before + after))
    )


@wrong("two_step_energy", "sum of two energies")
def _(weights, bias, before, after):
    E = lambda y: -y @ weights @ y / 2 - bias @ y
    return E(before) + E(after)


@wrong("two_step_energy", "difference of two energies")
def _(weights, bias, before, after):
    E = lambda y: -y @ weights @ y / 2 - bias @ y
    return E(after) - E(before)


@wrong("two_step_energy", "bias in the double sum")
def _(weights, bias, before, after):
    E = 0
    for i in range(len(bias)):
        for j in range(len(bias)):
            E -= weights[i, j] * after[i] * before[j]
            E -= bias[i] * (after[i] + before[i])
    return E


@wrong("two_step_energy", "self-connections left out")
def _(weights, bias, before, after):
    w = weights.astype(float).copy()
    np.fill_diagonal(w, 0)
    return -after @ w @ before - bias @ (before + after)


# tables, with what follows from a mistake, and examples

GAPS = feedback.energy_derivation.solution
THIRD = Fraction(1, 3)
TRIANGLE = np.array([[0, 1, -1], [1, 0, 1], [-1, 1, 0]])

TABLES = [
    ("energy_derivation", GAPS | gaps, mistake)
    for gaps, mistake in [
        ({2: -0.5, 7: 1, 9: -1}, "each pair counted once"),  # and what follows from it
        ({2: -0.5, 7: 1}, "each pair counted once"),  # not all that follows
        ({2: -2, 7: 4, 9: -4}, "pairs without the one half"),
        ({1: -1, 2: -2, 7: 4, 9: -4}, "one half forgotten"),
        ({4: -2, 9: -1}, "the square flips"),
        ({4: 1, 5: -1, 6: -1, 7: 1, 8: 1}, "new values instead of changes"),
        ({1: 0.5, 2: 1, 3: 1, 7: -2, 8: -2, 9: 2}, "minus signs lost"),
        ({1: 0.5, 2: 1, 3: 1}, "minus signs lost"),
        ({5: 2, 6: 2, 7: -2, 8: -2, 9: 2}, "old minus new"),
        ({7: -2, 8: -2, 9: 2}, "minus times minus"),
        ({3: 1, 8: -2}, "minus sign of the bias lost"),
        ({9: 0}, "self-connection forgotten"),
        ({5: 0, 6: 0, 7: 0, 8: 0}, "zero"),
        ({2: 5}, "a single entry"),
    ]
]

EXAMPLES = [
    ("rises_without_symmetry", ([[0, -1, -2], [5, 0, 1], [5, 1, 0]], (-1, -1, -1)), None),
    ("rises_without_symmetry", (((0, -THIRD, -THIRD), (1, 0, 2), (1, 2, 0)), (1, 1, 1)), None),
    ("rises_without_symmetry", ([[0, -0.1, 0.2], [0.3, 0, 0.1], [-0.4, 0.1, 0]], np.int8([1, 1, -1])), None),
    ("rises_with_self_connections", ([[-3, 1], [1, -3]], [1, 1]), None),
    ("rises_with_self_connections", ([[Fraction(-3, 2), THIRD], [THIRD, 0]], [-1, -1]), None),
    (
        "rises_all_at_once",
        ([[0, -3, 1, 1], [-3, 0, 1, 1], [1, 1, 0, 0], [1, 1, 0, 0]], [1, 1, 1, 1]),
        None,
    ),
    ("rises_all_at_once", (np.float32([[0, -0.2, -0.1], [-0.2, 0, 0], [-0.1, 0, 0]]), [1, 1, -1]), None),
    ("rises_without_symmetry", (-np.array([[0, -2], [1, 0]]) / 3, [-1, -1]), "the chapter's network"),
    ("rises_without_symmetry", ([[0, -1], [5, 0]], [-1, -1]), "wrong number of units"),
    ("wanders_on_ties", (TRIANGLE / 3, [-1, -1, -1]), "the chapter's network"),
    ("wanders_on_ties", ([[0, 2, -1], [2, 0, 1], [-1, 1, 0]], [1, 1, 1]), "wrong number of units"),
    ("wanders_on_ties", ((np.eye(5) - 1) / 3, [1, -1, 1, -1, 1]), None),
    (
        "wanders_on_ties",
        ([[0, -1, -1, -1], [-1, 0, 1, -2], [-1, 1, 0, 1], [-1, -2, 1, 0]], [1, -1, 1, -1]),
        None,
    ),
    ("uneven_two_cycle", ([[0, -2], [-2, 0]], [1, 1], [-1, -1]), "the chapter's network"),
    ("uneven_two_cycle", (np.diag([-3, 0, 0]), [1, 0, 0], [1, 1, 1]), "a missing weight"),
    ("uneven_two_cycle", (-0.2 * np.ones((3, 3)), [0.1, 0.1, 0.1], [-1, -1, -1]), None),
]


# found by examiners who knew the texts alone


@wrong("energy", "product of sums")
def sums_first(weights, bias, state):
    return -0.5 * np.sum(weights) * np.sum(state) ** 2 - bias @ state


@wrong("energy_change", "value of the unit left out of the field of the others")
def which_way_it_stands(weights, bias, state, i):
    return 2 * (weights[i] @ state + bias[i] - weights[i, i] * state[i])


@wrong("energy_change", "only the units before")
def half_a_row(weights, bias, state, i):
    h = 0
    for j in range(i):
        h += weights[i, j] * state[j]
    return 2 * state[i] * (h + bias[i])


@wrong("energy_change", "states of the others left out")
def weights_alone(weights, bias, state, i):
    return 2 * state[i] * (weights[i].sum() + bias[i]) - 2 * weights[i, i]


@wrong("two_step_energy", "product of sums in the bias")
def sums_of_biases_first(weights, bias, before, after):
    return -np.sum(weights * np.outer(after, before)) - np.sum(bias) * np.sum(after + before)
