"""Answers to the exercises of chapters 03 and 04, written from their texts alone: right in many ways, or wrong."""

# ruff: noqa: B905, E501, E731, F841 (written as learners write)

import itertools
from fractions import Fraction

import numpy as np
import pytest

from hopfield_edu import binary, feedback, frustration, state_space

RIGHT, WRONG = [], []


def right(check):
    def keep(answer):
        RIGHT.append((check, answer))
        return answer

    return keep


def wrong(check, mistake):
    def keep(answer):
        WRONG.append((check, mistake, answer))
        return answer

    return keep


def matrix(edges, N, w=-1):
    W = np.zeros((N, N))
    for i, j in edges:
        W[i, j] = W[j, i] = w
    return W


def cut(edges, y):
    return sum(y[i] != y[j] for i, j in edges)


def open_wishes(weights, state):
    pairs = itertools.combinations(range(len(state)), 2)
    return sum(bool(weights[i][j] * state[i] * state[j] < 0) for i, j in pairs)


# ---------------------------------------------------------------------- energy


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


@wrong("energy", "indented too far")
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


# ---------------------------------------------------------------------- energy_change


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


@wrong("energy_change", "two whole energies")
def _(weights, bias, state, i):
    E = lambda y: -y @ weights @ y / 2 - bias @ y
    z = state.copy()
    z[i] *= -1
    return E(z) - E(state)


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


# ---------------------------------------------------------------------- zero_one_map


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


# ---------------------------------------------------------------------- two_step_energy


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


@wrong("two_step_energy", "indented too far")
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


# ---------------------------------------------------------------------- unsatisfied


@right("unsatisfied")
def _(weights, state):
    return frustration.unsatisfied(weights, state)


@right("unsatisfied")
def _(weights, state):
    s = np.sign(weights) * np.outer(state, state)
    np.fill_diagonal(s, 0)
    return (s < 0).sum() / 2


@right("unsatisfied")
def _(weights, state):
    return len(
        [
            1
            for i, j in itertools.combinations(range(len(state)), 2)
            if weights[i][j] * state[i] * state[j] < 0
        ]
    )


@right("unsatisfied")
def _(weights, state):
    return Fraction(
        sum(
            1
            for i in range(len(state))
            for j in range(len(state))
            if i != j and weights[i, j] * state[i] * state[j] < 0
        ),
        2,
    )


@right("unsatisfied")
def _(weights, state):
    i, j = np.triu_indices(len(state), 1)
    return np.sum((weights[i, j] > 0) & (state[i] != state[j]) | (weights[i, j] < 0) & (state[i] == state[j]))


@right("unsatisfied")
def _(weights, state):
    n = 0
    for i in range(len(state)):
        for j in range(len(state)):
            if i < j:
                if weights[i, j] > 0 and state[i] != state[j]:
                    n = n + 1
                elif weights[i, j] < 0 and state[i] == state[j]:
                    n = n + 1
    return n


@right("unsatisfied")
def _(weights, state):
    return int(np.sum(np.tril(weights * state * state[:, None], -1) < 0))


@right("unsatisfied")
def _(weights, state):
    return sum(
        1.0 for i in range(1, len(state)) for j in range(i) if np.sign(weights[j][i]) == -state[i] * state[j]
    )


@right("unsatisfied")
def _(weights, state):
    return (frustration.satisfaction(weights, state) < 0).sum() // 2


@wrong("unsatisfied", "each pair counted twice")
def _(weights, state):
    n = 0
    for i in range(len(state)):
        for j in range(len(state)):
            if i != j and weights[i, j] * state[i] * state[j] < 0:
                n += 1
    return n


@wrong("unsatisfied", "missing weights counted")
def _(weights, state):
    n = 0
    for i in range(len(state)):
        for j in range(i):
            if weights[i, j] * state[i] * state[j] <= 0:
                n += 1
    return n


@wrong("unsatisfied", "missing weights counted")
def _(weights, state):
    n = 0
    for i in range(len(state)):
        for j in range(i):
            if np.sign(weights[i, j]) != state[i] * state[j]:
                n += 1
    return n


@wrong("unsatisfied", "self-connections counted")
def _(weights, state):
    n = 0
    for i in range(len(state)):
        for j in range(i, len(state)):
            if weights[i, j] * state[i] * state[j] < 0:
                n += 1
    return n


@wrong("unsatisfied", "only the first row")
def _(weights, state):
    n = 0
    for i in range(len(state)):
        for j in range(i + 1, len(state)):
            if weights[i, j] * state[i] * state[j] < 0:
                n += 1
        return n


@wrong("unsatisfied", "only whether there is one")
def _(weights, state):
    n = 0
    for i in range(len(state)):
        for j in range(i):
            if weights[i, j] * state[i] * state[j] < 0:
                n = 1
    return n


@wrong("unsatisfied", "only weights of one size")
def _(weights, state):
    n = 0
    for i in range(len(state)):
        for j in range(i):
            if weights[i, j] * state[i] * state[j] == -1:
                n += 1
    return n


@wrong("unsatisfied", "cut off to whole numbers")
def _(weights, state):
    n = 0
    for i in range(len(state)):
        for j in range(i):
            if int(weights[i, j]) * state[i] * state[j] < 0:
                n += 1
    return n


@wrong("unsatisfied", "the last unit left out")
def _(weights, state):
    n = 0
    for i in range(len(state) - 1):
        for j in range(i + 1, len(state) - 1):
            if weights[i, j] * state[i] * state[j] < 0:
                n += 1
    return n


@wrong("unsatisfied", "strength instead of number")
def _(weights, state):
    s = 0
    for i in range(len(state)):
        for j in range(i):
            if weights[i, j] * state[i] * state[j] < 0:
                s += abs(weights[i, j])
    return s


# ---------------------------------------------------------------------- is_frustrated


@right("is_frustrated")
def _(weights):
    return 0 not in [open_wishes(weights, y) for y in state_space.all_states(len(weights))]


@right("is_frustrated")
def _(weights):
    return frustration.satisfying_state(weights) is None


@right("is_frustrated")
def _(weights):
    return bool(frustration.ground_states(weights)[0] > 0)


@right("is_frustrated")
def _(weights):
    S = np.sign(weights) * (1 - np.eye(len(weights)))
    Y = state_space.all_states(len(weights))
    return bool((np.einsum("si,ij,sj->s", Y, S, Y) < np.abs(S).sum()).all())


@right("is_frustrated")
def _(weights):
    return int(min(open_wishes(weights, y) for y in itertools.product([1, -1], repeat=len(weights))) > 0)


@right("is_frustrated")
def _(weights):
    for y in state_space.all_states(len(weights)):
        if open_wishes(weights, y) == 0:
            return False
    return True


@right("is_frustrated")
def _(weights):
    N = len(weights)
    S = np.sign(weights)
    col = [0] * N
    for s in range(N):
        if col[s]:
            continue
        col[s] = 1
        st = [s]
        while st:
            a = st.pop()
            for b in range(N):
                if a != b and S[a, b]:
                    if not col[b]:
                        col[b] = col[a] * S[a, b]
                        st.append(b)
                    elif col[b] != col[a] * S[a, b]:
                        return True
    return False


@right("is_frustrated")
def _(weights):
    N = len(weights)
    return any(
        np.prod([weights[p[k], p[(k + 1) % n]] for k in range(n)]) < 0
        for n in range(3, N + 1)
        for p in itertools.permutations(range(N), n)
    )


@right("is_frustrated")
def _(weights):
    return np.all([open_wishes(weights, y) >= 1 for y in state_space.all_states(len(weights))])


@wrong("is_frustrated", "some state instead of all")
def _(weights):
    for y in state_space.all_states(len(weights)):
        if open_wishes(weights, y) > 0:
            return True
    return False


@wrong("is_frustrated", "any negative weight frustrates")
def _(weights):
    for y in state_space.all_states(len(weights)):
        fr = open_wishes(weights, y) > 0
    return fr


@wrong("is_frustrated", "any negative weight frustrates")
def _(weights):
    for y in state_space.all_states(len(weights)):
        if open_wishes(weights, y) == 0:
            return False
        else:
            return True


@wrong("is_frustrated", "only triangles")
def _(weights):
    N = len(weights)
    return any(
        weights[i, j] * weights[j, k] * weights[k, i] < 0
        for i in range(N)
        for j in range(i)
        for k in range(j)
    )


@wrong("is_frustrated", "all weights in one product")
def _(weights):
    i, j = np.triu_indices(len(weights), 1)
    w = weights[i, j]
    w = w[w != 0]
    return bool(np.prod(w) < 0)


@wrong("is_frustrated", "all entries in one product, zeros too")
def _(weights):
    i, j = np.triu_indices(len(weights), 1)
    return bool(np.prod(weights[i, j]) < 0)


@wrong("is_frustrated", "walk from unit 1 only")
def _(weights):
    N = len(weights)
    y = [0] * N
    y[0] = 1
    todo = [0]
    while todo:
        i = todo.pop()
        for j in range(N):
            if j != i and weights[i, j] != 0:
                v = y[i] * np.sign(weights[i, j])
                if y[j] == 0:
                    y[j] = v
                    todo.append(j)
                elif y[j] != v:
                    return True
    return False


@wrong("is_frustrated", "self-connections counted")
def _(weights):
    N = len(weights)
    return all(
        any(weights[i, j] * y[i] * y[j] < 0 for i in range(N) for j in range(N))
        for y in state_space.all_states(N)
    )


@wrong("is_frustrated", "missing weights counted as unsatisfied")
def _(weights):
    N = len(weights)
    return all(
        any(weights[i, j] * y[i] * y[j] <= 0 for i in range(N) for j in range(i))
        for y in state_space.all_states(N)
    )


@wrong("is_frustrated", "one recall instead of all states")
def _(weights):
    y = binary.Network(weights - np.diag(np.diag(weights))).recall(np.ones(len(weights), int)).final
    return open_wishes(weights, y) > 0


@wrong("is_frustrated", "only the ring 1, 2, ..., N")
def _(weights):
    N = len(weights)
    p = 1
    for i in range(N):
        p *= weights[i, (i + 1) % N]
    return p < 0


@wrong("is_frustrated", "returns None")
def _(weights):
    for y in state_space.all_states(len(weights)):
        if open_wishes(weights, y) == 0:
            return False


@wrong("is_frustrated", "triangles and squares only")
def _(weights):
    N = len(weights)
    return any(
        np.prod([weights[p[k], p[(k + 1) % n]] for k in range(n)]) < 0
        for n in (3, 4)
        for p in itertools.permutations(range(N), n)
    )


@wrong("is_frustrated", "self-connections counted")
def _(weights):
    N = len(weights)
    i, j = np.triu_indices(N)
    return all((weights[i, j] * y[i] * y[j] < 0).any() for y in state_space.all_states(N))


# ---------------------------------------------------------------------- arrows_reversed


@right("arrows_reversed")
def _(one, two):
    a = {(c, d) for c in range(len(one)) for d in one[c] if c != d}
    b = {(d, c) for c in range(len(two)) for d in two[c] if c != d}
    return a == b


@right("arrows_reversed")
def _(one, two):
    for c in range(len(one)):
        for i in range(one.shape[1]):
            d = one[c, i]
            if d != c and two[d, i] != c:
                return False
            d = two[c, i]
            if d != c and one[d, i] != c:
                return False
    return True


@right("arrows_reversed")
def _(one, two):
    A = np.zeros((len(one),) * 2, bool)
    B = A.copy()
    for t, M in ((one, A), (two, B)):
        for c, row in enumerate(t):
            M[c, row] = True
        np.fill_diagonal(M, False)
    return (A.T == B).all()


@right("arrows_reversed")
def _(one, two):
    return sorted({(int(d), c) for c, r in enumerate(one) for d in r if d != c}) == sorted(
        {(c, int(d)) for c, r in enumerate(two) for d in r if d != c}
    )


@right("arrows_reversed")
def _(one, two):
    a = set()
    b = set()
    for c in range(len(one)):
        for i in range(len(one[0])):
            if one[c][i] != c:
                a.add((one[c][i], c))
            if two[c][i] != c:
                b.add((c, two[c][i]))
    return a == b


@right("arrows_reversed")
def _(one, two):
    c = np.arange(len(one))[:, None]
    n = len(one)
    A = np.unique(((c * n + one) * (one != c)).ravel())
    B = np.unique(((two * n + c) * (two != c)).ravel())
    return set(A) | {0} == set(B) | {0}


@right("arrows_reversed")
def _(one, two):
    x = [(c, d) for c, r in enumerate(one.tolist()) for d in r if d != c]
    y = [(d, c) for c, r in enumerate(two.tolist()) for d in r if d != c]
    return sorted(x) == sorted(y)


@right("arrows_reversed")
def _(one, two):
    ok = True
    for s, t in ((one, two), (two, one)):
        for c in range(len(s)):
            for i in range(s.shape[1]):
                if s[c, i] != c and t[s[c, i], i] != c:
                    ok = False
    return int(ok)


@wrong("arrows_reversed", "stays taken for arrows to turn")
def _(one, two):
    for c in range(len(one)):
        for i in range(one.shape[1]):
            if two[one[c, i], i] != c:
                return False
    return True


@wrong("arrows_reversed", "one way only")
def _(one, two):
    for c in range(len(one)):
        for d in one[c]:
            if d != c and c not in two[d]:
                return False
    return True


@wrong("arrows_reversed", "only the number of arrows")
def _(one, two):
    n = lambda t: sum(d != c for c in range(len(t)) for d in t[c])
    return n(one) == n(two)


@wrong("arrows_reversed", "only the first arrow")
def _(one, two):
    for c in range(len(one)):
        for d in one[c]:
            if d != c:
                return c in two[d]
    return True


@wrong("arrows_reversed", "stays compared as well")
def _(one, two):
    a = {(c, d) for c in range(len(one)) for d in one[c]}
    b = {(d, c) for c in range(len(two)) for d in two[c]}
    return a == b


@wrong("arrows_reversed", "opposite answer")
def _(one, two):
    a = {(c, d) for c in range(len(one)) for d in one[c] if c != d}
    b = {(d, c) for c in range(len(two)) for d in two[c] if c != d}
    return a != b


@wrong("arrows_reversed", "only unit 1")
def _(one, two):
    a = {(c, one[c, 0]) for c in range(len(one)) if one[c, 0] != c}
    b = {(two[c, 0], c) for c in range(len(one)) if two[c, 0] != c}
    return a == b


@wrong("arrows_reversed", "states without arrows compared")
def _(one, two):
    g = lambda t: sum(all(t[c] == c) for c in range(len(t)))
    return g(one) == g(two)


@wrong("arrows_reversed", "only the first arrow")
def _(one, two):
    for c in range(len(one)):
        for d in one[c]:
            if c != d:
                if c in two[d]:
                    return True
                else:
                    return False
    return True


# ---------------------------------------------------------------------- best_cut


@right("best_cut")
def _(edges, cues):
    W = matrix(edges, cues.shape[1])
    net = binary.Network(W)
    return max((len(edges) - net.energy(y)) / 2 for y in net.recall(cues).final)


@right("best_cut")
def _(edges, cues):
    W = matrix(edges, cues.shape[1], -0.5)
    fin = binary.Network(W).recall(cues).final
    return (fin[:, edges[:, 0]] * fin[:, edges[:, 1]] == -1).sum(axis=1).max()


@right("best_cut")
def _(edges, cues):
    best = 0
    net = binary.Network(matrix(edges, len(cues[0])))
    for cue in cues:
        y = net.recall(cue).final
        best = max(best, len([1 for i, j in edges if y[i] + y[j] == 0]))
    return best


@right("best_cut")
def _(edges, cues):
    W = matrix(edges, cues.shape[1])
    return len(edges) - min(
        frustration.unsatisfied(W, y) for y in binary.Network(W).recall(cues, "ordered").final
    )


@right("best_cut")
def _(edges, cues):
    N = cues.shape[1]
    w = np.zeros((N, N))
    w[edges[:, 0], edges[:, 1]] = -1
    w[edges[:, 1], edges[:, 0]] = -1
    r = binary.Network(w).recall(cues)
    return max([sum(1 for a, b in edges.tolist() if y[a] * y[b] < 0) for y in r.final])


@right("best_cut")
def _(edges, cues):
    N = len(cues[0])
    A = np.zeros((N, N))
    for a, b in edges:
        A[a][b] += 1
        A[b][a] += 1
    fin = binary.Network(-A).recall(cues).final
    return float(max(0.25 * (A.sum() - y @ A @ y) for y in fin))


@right("best_cut")
def _(edges, cues):
    N = cues.shape[1]
    best = -1
    for c in range(len(cues)):
        y = list(cues[c])
        ch = True
        nb = [[] for _ in range(N)]
        for a, b in edges:
            nb[a].append(b)
            nb[b].append(a)
        while ch:
            ch = False
            for i in range(N):
                same = sum(y[j] == y[i] for j in nb[i])
                if same > len(nb[i]) - same:
                    y[i] = -y[i]
                    ch = True
        best = max(best, sum(y[a] != y[b] for a, b in edges))
    return best


@right("best_cut")
def _(edges, cues):
    W = matrix(edges, cues.shape[1], -3.7)
    return int(max(np.sum(y[edges[:, 0]] != y[edges[:, 1]]) for y in binary.Network(W).recall(cues).final))


@wrong("best_cut", "weights in one direction only")
def _(edges, cues):
    N = cues.shape[1]
    W = np.zeros((N, N))
    for i, j in edges:
        W[i, j] = -1
    return max(cut(edges, y) for y in binary.Network(W).recall(cues).final)


@wrong("best_cut", "only the last cue")
def _(edges, cues):
    for y in binary.Network(matrix(edges, cues.shape[1])).recall(cues).final:
        best = cut(edges, y)
    return best


@wrong("best_cut", "rows and columns exchanged")
def _(edges, cues):
    N = len(cues)
    return max(cut(edges, y) for y in binary.Network(matrix(edges, N)).recall(cues).final)


@wrong("best_cut", "one synchronous step")
def _(edges, cues):
    W = matrix(edges, cues.shape[1])
    b = 0
    for y in cues:
        h = W @ y
        z = np.where(h > 0, 1, np.where(h < 0, -1, y))
        b = max(b, cut(edges, z))
    return b


@wrong("best_cut", "every pair connected")
def _(edges, cues):
    W = np.eye(cues.shape[1]) - 1
    return max(cut(edges, y) for y in binary.Network(W).recall(cues).final)


# ---------------------------------------------------------------------- what the checks say


def named(cases):
    return [f"{case[0]}-{k}" for k, case in enumerate(cases)]


@pytest.mark.parametrize(("check", "answer"), RIGHT, ids=named(RIGHT))
def test_right_in_any_way_is_right(check, answer):
    verdict = feedback.CHECKS[check](answer)
    assert verdict.correct, verdict


@pytest.mark.parametrize(("check", "mistake", "answer"), WRONG, ids=named(WRONG))
def test_wrong_answers_are_called_by_their_name(check, mistake, answer):
    assert feedback.CHECKS[check](answer).mistake == mistake


@pytest.mark.slow
@pytest.mark.parametrize(("check", "answer"), RIGHT, ids=named(RIGHT))
def test_no_right_answer_is_unlucky(check, answer):
    for seed in range(40):
        verdict = feedback.CHECKS[check](answer, seed=seed)
        assert verdict.correct, (seed, verdict)


@pytest.mark.slow
@pytest.mark.parametrize(("check", "mistake", "answer"), WRONG, ids=named(WRONG))
def test_no_wrong_answer_is_lucky(check, mistake, answer):
    for seed in range(40):
        assert feedback.CHECKS[check](answer, seed=seed).mistake == mistake, seed


# ---------------------------------------------------------------------- tables, with what follows from a mistake

GAPS = feedback.CHECKS["energy_derivation"].solution


@pytest.mark.parametrize(
    ("gaps", "mistake"),
    [
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
        ({5: 0, 6: 0, 7: 0, 8: 0}, None),
        ({2: 5}, None),
    ],
)
def test_a_derivation_is_followed_to_its_first_wrong_step(gaps, mistake):
    assert feedback.energy_derivation(GAPS | gaps).mistake == mistake


def rows(check, change):
    """The right table with every row changed."""
    return {row: change(row, list(entries)) for row, entries in feedback.CHECKS[check].solution.items()}


@pytest.mark.parametrize(
    ("change", "mistake"),
    [
        (lambda r, e: [*e[:3], e[4], e[3]], "last two columns exchanged"),
        (lambda r, e: [-e[0], -e[1], -e[2], *e[3:]], "fields of network 2"),
        (lambda r, e: [-e[0], -e[1], -e[2], e[4], e[3]], "networks exchanged"),
        (lambda r, e: [e[0] / 2, e[1] / 2, e[2] / 2, *e[3:]], "fields half as large"),
        (lambda r, e: [*e[:3], min(e[3], 1), e[4]], "whether units move instead of how many"),
        (lambda r, e: [*e[:3], 3 - e[3], 3 - e[4]], "staying counted instead of moving"),
        (lambda r, e: [e[0], e[1], e[2] + 4 * (r == "+--"), *e[3:]], None),
        (lambda r, e: [*e[:4], e[4] + (r == "++-")], None),
    ],
)
def test_a_triangle_s_table_is_judged_by_its_columns(change, mistake):
    assert feedback.triangle_table(rows("triangle_table", change)).mistake == mistake


def test_moves_that_follow_from_wrong_fields_are_no_mistake_of_their_own():
    table = dict(feedback.triangle_table.solution) | {"+--": [0, 0, 2, 1, 0]}
    verdict = feedback.triangle_table(table)
    assert verdict.mistake is None and "will change with them" in verdict.message
    assert verdict.details == "look again at row +--, h3"


@pytest.mark.parametrize(
    ("change", "mistake"),
    [
        (lambda r, e: [-e[0], e[1], e[2]], "sign reversed"),  # the other columns are right
        (lambda r, e: [-e[0], 1 - e[1], e[2]], "sign reversed"),
        (lambda r, e: [dict(A=3, B=-3, C=0, D=2, E=-5, F=-2)[r], *e[1:]], "sum of the weights"),
        (lambda r, e: [1 if r == "A" else -1, *e[1:]], "any negative weight frustrates"),
        (lambda r, e: [e[0], e[1], e[2] // 2], "inverses forgotten"),
        (lambda r, e: [e[0], e[1], e[2] // 2 if e[1] else 2], "inverses forgotten in frustrated loops"),
        (lambda r, e: [e[0], 1 - e[1], e[2]], "fewest taken for a flag of satisfaction"),
        (lambda r, e: [e[0], e[1], e[2] + 2 * (r == "D")], None),
    ],
)
def test_loops_are_judged_by_their_columns(change, mistake):
    assert feedback.loop_signs(rows("loop_signs", change)).mistake == mistake


def test_tables_in_other_hands_pass():
    for check in ("triangle_table", "loop_signs"):
        for kind in (
            tuple,
            np.array,
            np.float32,
            lambda e: [str(v) for v in e],
            lambda e: list(map(Fraction, e)),
        ):
            assert feedback.CHECKS[check](rows(check, lambda row, entries, kind=kind: kind(entries)))
    assert feedback.energy_derivation({str(k): str(v) for k, v in GAPS.items()} | {"1": "-1/2"})
    signs = rows("loop_signs", lambda row, entries: ["+" if entries[0] > 0 else "−", *entries[1:]])
    assert feedback.loop_signs(signs)


# ---------------------------------------------------------------------- examples

SQUARE = np.array([[0, 1, 0, -1], [1, 0, 1, 0], [0, 1, 0, 1], [-1, 0, 1, 0]])
TRIANGLE = np.array([[0, 1, -1], [1, 0, 1], [-1, 1, 0]])
THIRD = Fraction(1, 3)
EXAMPLES = [
    ("rises_without_symmetry", [[0, -1], [5, 0]], (-1, -1)),
    ("rises_without_symmetry", ((0, -THIRD), (1, 0)), (1, 1)),
    ("rises_without_symmetry", [[0, -0.1], [0.3, 0]], np.int8([1, 1])),
    ("rises_with_self_connections", [[-3, 1], [1, -3]], [1, 1]),
    ("rises_with_self_connections", [[Fraction(-3, 2), THIRD], [THIRD, 0]], [-1, -1]),
    ("rises_all_at_once", [[0, -3, 1, 1], [-3, 0, 1, 1], [1, 1, 0, 0], [1, 1, 0, 0]], [1, 1, 1, 1]),
    ("rises_all_at_once", np.float32([[0, -0.2, -0.1], [-0.2, 0, 0], [-0.1, 0, 0]]), [1, 1, -1]),
    ("wanders_on_ties", TRIANGLE / 3, [-1, -1, -1]),
    ("wanders_on_ties", [[0, 2, -1], [2, 0, 1], [-1, 1, 0]], [1, 1, 1]),
    ("uneven_two_cycle", [[-3]], [1], [1]),
    ("uneven_two_cycle", [[0, -0.3], [-0.3, 0]], [0.1, 0.1], [-1, -1]),
    ("long_way_down", [[0, 5, 6, 4], [5, 0, 5, -1], [6, 5, 0, 6], [4, -1, 6, 0]], None),
    ("hidden_frustration", np.kron(np.eye(2), SQUARE).tolist()),
    ("hidden_frustration", SQUARE - 5 * np.eye(4)),
    ("reversal_fails", [[-1, 0], [0, 0]], np.zeros((2, 2))),
    ("reversal_fails", [[THIRD, THIRD], [THIRD, 0]], TRIANGLE * 0.1),
    ("many_fixed_points", (np.outer([1, -1] * 3, [1, -1] * 3) * (np.eye(6) - 1)).tolist()),
]


@pytest.mark.parametrize("case", EXAMPLES, ids=named(EXAMPLES))
def test_examples_in_other_hands_pass(case):
    check, *parts = case
    if parts[-1] is None:  # from the best of all states
        states = state_space.all_states(len(parts[0]))
        assert any(feedback.CHECKS[check](parts[0], state) for state in states)
    else:
        assert feedback.CHECKS[check](*parts).correct
