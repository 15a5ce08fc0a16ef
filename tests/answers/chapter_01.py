"""Right and wrong answers to the exercises of chapter 01: units and states."""

# ruff: noqa: B007, B905 (written as learners write)

from __future__ import annotations

import itertools
import math
from fractions import Fraction

import numpy as np

from answers import changed, right, wrong
from hopfield_edu import feedback


def one_by_one(weights, state):
    y = state.copy()
    for i, row in enumerate(weights):
        h = row @ y
        y[i] = y[i] if h == 0 else np.sign(h)
    return y


# local_field


@right("local_field")
def _(weights, state, bias, i):
    return float(np.dot(weights[i, :], state)) + bias[i]


@right("local_field")
def _(weights, state, bias, i):
    return sum((Fraction(float(w)) * int(s) for w, s in zip(weights[i], state))) + Fraction(float(bias[i]))


@right("local_field")
def _(weights, state, bias, i):
    return (weights @ state + bias)[i]


@right("local_field")
def _(weights, state, bias, i):
    return np.einsum("ij,j->i", weights, state)[i] + bias.tolist()[i]


@wrong("local_field", "stops after the first weight")
def _(weights, state, bias, i):
    h = bias[i]
    for j in range(len(state)):
        h += weights[i, j] * state[j]
        return h


@wrong("local_field", "transposed weights")
def _(weights, state, bias, i):
    h = 0
    for j in range(len(state)):
        h += weights[j, i] * state[j]
    return h + bias[i]


@wrong("local_field", "bias added in every turn")
def _(weights, state, bias, i):
    h = 0
    for j in range(len(state)):
        h += weights[i, j] * state[j] + bias[i]
    return h


@wrong("local_field", "self-connection dropped")
def _(weights, state, bias, i):
    h = bias[i]
    for j in range(len(state)):
        if j != i:
            h += weights[i, j] * state[j]
    return h


@wrong("local_field", "overwritten instead of added up")
def _(weights, state, bias, i):
    h = 0
    for j in range(len(state)):
        h = weights[i, j] * state[j]
    return h + bias[i]


@wrong("local_field", "first weight left out")
def _(weights, state, bias, i):
    h = 0
    for j in range(1, len(state)):
        h += weights[i, j] * state[j]
    return h + bias[i]


@wrong("local_field", "cut off to whole numbers")
def _(weights, state, bias, i):
    return int(weights[i] @ state + bias[i])


@wrong("local_field", "the worked example, whatever is given")
def _(weights, state, bias, i):
    return -1 if i == 0 else 3


# new_value


@right("new_value")
def _(h, y):
    return int(np.sign(h)) or y


@right("new_value")
def _(h, y):
    if h == 0:
        return y
    return int(math.copysign(1, h))


@right("new_value")
def _(h, y):
    return np.where(h == 0, y, np.sign(h))


@right("new_value")
def _(h, y):
    return (h > 0) - (h < 0) if h else y


@wrong("new_value", "sgn(0) = +1")
def _(h, y):
    return 1 if h >= 0 else -1


@wrong("new_value", "sgn(0) = 0")
def _(h, y):
    return np.sign(h)


@wrong("new_value", "small fields taken for ties")
def _(h, y):
    h = int(h)
    return 1 if h > 0 else -1 if h < 0 else y


@wrong("new_value", "fields below 0.05 taken for ties")
def _(h, y):
    if abs(h) < 0.05:
        return y
    return 1 if h > 0 else -1


@wrong("new_value", "a tie flips")
def _(h, y):
    return y if h * y > 0 else -y


@wrong("new_value", "fields below 0.5 taken for ties")
def _(h, y):
    if round(h) > 0:
        return 1
    if round(h) < 0:
        return -1
    return y


@wrong("new_value", "0/1 instead of ±1")
def _(h, y):
    return int(h > 0) if h != 0 else y


@wrong("new_value", "returns None")
def _(h, y):
    if h > 0:
        return 1
    if h < 0:
        return -1


# update


@right("update")
def _(weights, state, i):
    new = list(state)
    h = sum((w * s for w, s in zip(weights[i], state)))
    if h:
        new[i] = 1 if h > 0 else -1
    return new


@right("update")
def _(weights, state, i):
    return np.where(
        np.arange(len(state)) == i, np.where(weights @ state == 0, state, np.sign(weights @ state)), state
    )


@right("update")
def _(weights, state, i):
    new = state.astype(float)
    h = weights[i].dot(state)
    new[i] = state[i] if h == 0 else np.sign(h)
    return new


@right("update")
def _(weights, state, i):
    h = weights[i] @ state
    return np.concatenate([state[:i], [state[i] if h == 0 else np.sign(h)], state[i + 1 :]])


@wrong("update", "fields cut off to whole numbers")
def _(weights, state, i):
    new = state.copy()
    new[i] = weights[i] @ state
    if new[i] > 0:
        new[i] = 1
    elif new[i] < 0:
        new[i] = -1
    else:
        new[i] = state[i]
    return new


@wrong("update", "changes its input")
def _(weights, state, i):
    h = weights[i] @ state
    if h != 0:
        state[i] = np.sign(h)
    return state


@wrong("update", "sgn(0) = +1")
def _(weights, state, i):
    new = state.copy()
    new[i] = 1 if weights[i] @ state >= 0 else -1
    return new


@wrong("update", "fields cut off to whole numbers, and then 0")
def _(weights, state, i):
    new = state.copy()
    new[i] = np.sign(int(weights[i] @ state))
    return new


@wrong("update", "transposed weights")
def _(weights, state, i):
    new = state.copy()
    h = weights[:, i] @ state
    if h != 0:
        new[i] = np.sign(h)
    return new


@wrong("update", "a tie flips")
def _(weights, state, i):
    new = state.copy()
    if weights[i] @ state * state[i] <= 0:
        new[i] *= -1
    return new


@wrong("update", "only the new value")
def _(weights, state, i):
    h = weights[i] @ state
    return state[i] if h == 0 else np.sign(h)


# neighbours


@right("neighbours")
def _(state):
    return [[-s if i == j else s for j, s in enumerate(state)] for i in range(len(state))]


@right("neighbours")
def _(state):
    return np.where(np.eye(len(state), dtype=bool), -state, state)


@right("neighbours")
def _(state):
    return state - 2 * np.diag(state)


@right("neighbours")
def _(state):
    r = np.repeat(state[None], len(state), 0)
    r[np.diag_indices(len(state))] *= -1
    return r.astype(float)


@wrong("neighbours", "one array, listed N times")
def _(state):
    rows = []
    new = state.copy()
    for i in range(len(state)):
        new[i] *= -1
        rows.append(new)
    return np.array(rows)


@wrong("neighbours", "flips pile up")
def _(state):
    rows = []
    new = state.copy()
    for i in range(len(state)):
        new[i] *= -1
        rows.append(new.copy())
    return np.array(rows)


@wrong("neighbours", "last element left out")
def _(state):
    rows = []
    for i in range(len(state) - 1):
        new = state.copy()
        new[i] *= -1
        rows.append(new)
    return np.array(rows)


@wrong("neighbours", "return inside the loop")
def _(state):
    rows = []
    for i in range(len(state)):
        new = state.copy()
        new[i] *= -1
        rows.append(new)
        return np.array(rows)


@wrong("neighbours", "set to -1 instead of flipped")
def _(state):
    rows = np.tile(state, (len(state), 1))
    np.fill_diagonal(rows, -1)
    return rows


@wrong("neighbours", "the state ignored")
def _(state):
    return np.ones((len(state),) * 2, int) - 2 * np.eye(len(state), dtype=int)


@wrong("neighbours", "flipped as 0 and 1")
def _(state):
    return np.where(np.eye(len(state)), 1 - state, state)


# ordered_sweep


@right("ordered_sweep")
def _(weights, state):
    y = [int(s) for s in state]
    for i in range(len(y)):
        h = sum(float(weights[i][j]) * y[j] for j in range(len(y)))
        if h > 0:
            y[i] = 1
        if h < 0:
            y[i] = -1
    return tuple(y)


@right("ordered_sweep")
def _(weights, state):
    return one_by_one(weights, state)


@right("ordered_sweep")
def _(weights, state):
    h = weights @ state
    y = state.copy().astype(float)
    for i in range(len(y)):
        n = np.sign(h[i]) if abs(h[i]) > 1e-12 else y[i]
        h = h + weights[:, i] * (n - y[i])
        y[i] = n
    return y


@right("ordered_sweep")
def _(weights, state):
    n = len(state)
    y = np.array(state, dtype=np.float32)
    k = 0
    while k < n:
        h = float(np.dot(weights[k], y))
        y[k] = y[k] if h == 0 else math.copysign(1, h)
        k += 1
    return y


@wrong("ordered_sweep", "synchronous instead of ordered")
def _(weights, state):
    new = state.copy()
    for i in range(len(state)):
        h = weights[i] @ state
        new[i] = np.sign(h) if h != 0 else state[i]
    return new


@wrong("ordered_sweep", "changes its input")
def _(weights, state):
    for i in range(len(state)):
        h = weights[i] @ state
        state[i] = np.sign(h) if h != 0 else state[i]
    return state


@wrong("ordered_sweep", "fields cut off to whole numbers")
def _(weights, state):
    new = state.copy()
    h = np.zeros_like(state)
    for i in range(len(state)):
        h[i] = weights[i] @ new
        if h[i] > 0:
            new[i] = 1
        if h[i] < 0:
            new[i] = -1
    return new


@wrong("ordered_sweep", "first unit left out")
def _(weights, state):
    new = state.copy()
    for i in range(1, len(state)):
        h = weights[i] @ new
        new[i] = np.sign(h) if h != 0 else new[i]
    return new


@wrong("ordered_sweep", "every turn starts from the start")
def _(weights, state):
    for i in range(len(state)):
        new = state.copy()
        h = weights[i] @ new
        new[i] = np.sign(h) if h != 0 else new[i]
    return new


@wrong("ordered_sweep", "stops at the first tie")
def _(weights, state):
    new = state.copy()
    for i in range(len(state)):
        h = weights[i] @ new
        if h == 0:
            break
        new[i] = np.sign(h)
    return new


@wrong("ordered_sweep", "sgn(0) = 0")
def _(weights, state):
    new = state.copy()
    for i in range(len(state)):
        new[i] = np.sign(weights[i] @ new)
    return new


# synchronous_step


@right("synchronous_step")
def _(weights, state):
    return [int(np.sign(h)) or int(s) for h, s in zip(weights @ state, state)]


@right("synchronous_step")
def _(weights, state):
    h = np.matrix(weights) @ np.matrix(state).T
    h = np.asarray(h).ravel()
    return np.sign(h) + (h == 0) * state


@right("synchronous_step")
def _(weights, state):
    new = state.copy()
    h = weights @ state
    new[h > 0] = 1
    new[h < 0] = -1
    return new


@right("synchronous_step")
def _(weights, state):
    return np.sign(2 * (weights @ state) + 1e-09 * state)


@wrong("synchronous_step", "sgn(0) = 0")
def _(weights, state):
    return np.sign(weights @ state)


@wrong("synchronous_step", "sgn(0) = +1")
def _(weights, state):
    return np.where(weights @ state >= 0, 1, -1)


@wrong("synchronous_step", "transposed weights")
def _(weights, state):
    h = state @ weights
    return np.where(h == 0, state, np.sign(h))


@wrong("synchronous_step", "reads values that are already updated")
def _(weights, state):
    new = state
    for i in range(len(state)):
        h = weights[i] @ state
        if h != 0:
            new[i] = np.sign(h)
    return new


@wrong("synchronous_step", "fields cut off to whole numbers")
def _(weights, state):
    h = (weights @ state).astype(int)
    return np.where(h == 0, state, np.sign(h))


@wrong("synchronous_step", "set anew in every turn")
def _(weights, state):
    for i in range(len(state)):
        new = state.copy()
        h = weights[i] @ state
        if h != 0:
            new[i] = np.sign(h)
    return new


@wrong("synchronous_step", "cases exchanged")
def _(weights, state):
    h = weights @ state
    return np.where(h == 0, np.sign(h), state)


# is_feedforward


@right("is_feedforward")
def _(weights):
    A = (np.asarray(weights) != 0).astype(int)
    n = len(A)
    P = np.eye(n, dtype=int)
    for _ in range(n):
        P = (P @ A > 0).astype(int)
        if np.trace(P):
            return False
    return True


@right("is_feedforward")
def _(weights):
    n = len(weights)
    color = [0] * n

    def visit(j):
        color[j] = 1
        for i in range(n):
            if weights[i, j] != 0:
                if color[i] == 1:
                    return False
                if color[i] == 0 and (not visit(i)):
                    return False
        color[j] = 2
        return True

    return all(color[j] == 2 or visit(j) for j in range(n))


@right("is_feedforward")
def _(weights):
    A = np.abs(weights) > 0
    return not np.linalg.matrix_power(A.astype(int), len(A)).any()


@right("is_feedforward")
def _(weights):
    n = len(weights)
    return any(not np.triu(weights[np.ix_(p, p)]).any() for p in itertools.permutations(range(n)))


@wrong("is_feedforward", "only self-connections looked for")
def _(weights):
    return not np.diag(weights).any()


@wrong("is_feedforward", "trusts the numbering, either way round")
def _(weights):
    return bool(np.allclose(weights, np.tril(weights, -1)) or np.allclose(weights, np.triu(weights, 1)))


@wrong("is_feedforward", "two ways taken for a loop")
def _(weights):
    n = len(weights)
    for s in range(n):
        seen = set()
        todo = [s]
        while todo:
            j = todo.pop()
            if j in seen:
                return False
            seen.add(j)
            for i in range(n):
                if weights[i, j] != 0:
                    todo.append(i)
    return True


@wrong("is_feedforward", "inhibition overlooked")
def _(weights):
    A = (weights > 0).astype(int)
    return not np.linalg.matrix_power(A, len(A)).any()


@wrong("is_feedforward", "only pairs looked for")
def _(weights):
    for i in range(len(weights)):
        for j in range(len(weights)):
            if weights[i, j] != 0 and weights[j, i] != 0:
                return False
    return True


@wrong("is_feedforward", "one unit that hears nobody is enough")
def _(weights):
    for row in weights:
        if not row.any():
            return True
    return False


@wrong("is_feedforward", "only loops of up to three units looked for")
def _(weights):
    A = (weights != 0).astype(int)
    return not (np.trace(A) or np.trace(A @ A) or np.trace(A @ A @ A))


@wrong("is_feedforward", "only self-connections looked for")
def _(weights):
    A = (weights != 0).astype(int)
    P = A
    for k in range(len(A)):
        if np.trace(P):
            return False
        else:
            return True
        P = P @ A


@wrong("is_feedforward", "loops through all units missed")
def one_power_too_few(weights):
    arrows = (weights != 0).astype(int)
    ways = arrows.copy()
    for _ in range(1, len(arrows)):
        if np.trace(ways) != 0:
            return False
        ways = ways @ arrows
    return True


@wrong("is_feedforward", "always the same")
def _(weights):
    return True


# tables and examples

CORNERS = feedback.hypercube.solution
ROUNDED = np.array([[0, 0.1 + 0.2], [0.3, 0]])  # symmetric but for rounding

TABLES = [
    ("hypercube", changed(CORNERS, *cells), mistake)
    for cells, mistake in [
        ([(3, 0, 6), (3, 2, 9), (4, 0, 8), (4, 2, 16)], "2 N corners"),  # edges follow
        ([(3, 0, 6), (4, 0, 8)], "2 N corners"),
        ([(3, 0, 6)], "a single entry"),
        ([(2, 2, 8), (3, 2, 24), (4, 2, 64)], "every edge counted twice"),
        ([(2, 1, 1), (2, 2, 2), (3, 1, 2), (3, 2, 8), (4, 1, 3), (4, 2, 24)], "the other units counted"),
    ]
]

EXAMPLES = [
    ("schedules_differ", (-ROUNDED, [1, 1]), None),
    ("schedules_differ", (np.eye(12) - 1, [1] * 12), None),
    ("schedules_differ", (np.eye(13) - 1, [1] * 13), "wrong sizes"),
    ("schedules_differ", ([[0, 1], [-1, 0]], [1, 1]), "not symmetric"),
    ("schedules_differ_most", (np.eye(5) - 1, [1] * 5), "fewer units than possible"),
]


# found by examiners who knew the texts alone


@wrong("local_field", "units taken for 0 and 1")
def silent_below(weights, state, bias, i):
    return weights[i] @ (state > 0) + bias[i]


@wrong("new_value", "old value added to the field, sgn(0) = 0")
def own_wish(h, y):
    return np.sign(h + y)


@wrong("update", "added to the old value")
def no_assignment(weights, state, i):
    new = state.copy()
    h = weights[i] @ state
    if h > 0:
        new[i] += 1
    elif h < 0:
        new[i] -= 1
    return new


@wrong("neighbours", "rows in reversed order")
def other_diagonal(state):
    N = len(state)
    rows = np.tile(state, (N, 1))
    for i in range(N):
        rows[i, N - 1 - i] *= -1
    return rows


@wrong("neighbours", "the other units at 0")
def zeros_left(state):
    N = len(state)
    rows = np.zeros((N, N))
    for i in range(N):
        rows[i, i] = -state[i]
    return rows


@wrong("neighbours", "set to 0 instead of flipped")
def zeros_put_in(state):
    N = len(state)
    rows = np.tile(state, (N, 1))
    rows[np.arange(N), np.arange(N)] = 0
    return rows


@wrong("is_feedforward", "weights cut off to whole numbers")
def whole_arrows(weights):
    arrows = weights.astype(int) != 0
    left = list(range(len(arrows)))
    while left:
        sources = [i for i in left if not arrows[i, left].any()]
        if not sources:
            return False
        left = [i for i in left if i not in sources]
    return True


@wrong("is_feedforward", "asymmetric taken for feed-forward")
def transposed_differs(weights):
    return not np.array_equal(weights, weights.T)


@wrong("is_feedforward", "two ways taken for a loop, and a walk from unit 1 only")
def met_again(weights):
    N = len(weights)
    seen = set()

    def visit(j):
        if j in seen:
            return False
        seen.add(j)
        return all(visit(i) for i in range(N) if weights[i, j] != 0)

    return visit(0)


@wrong("new_value", "fields below 1e-06 taken for ties")
def nearly_zero(h, y):
    return y if abs(h) < 1e-6 else int(np.sign(h))


@wrong("new_value", "fields below 1e-08 taken for ties")
def close_to_zero(h, y):
    return y if np.isclose(h, 0) else int(np.sign(h))


@wrong("ordered_sweep", None)
def ties_follow_unit_1(weights, state):
    new = state.copy()
    for i in range(len(state)):
        h = weights[i] @ new
        new[i] = 1 if h > 0 else -1 if h < 0 else state[0]
    return new


@wrong("new_value", "positive fields keep the value")
def a_second_if(h, y):
    if h > 0:
        new = 1
    if h < 0:
        new = -1
    else:
        new = y
    return new


@wrong("update", "old value multiplied by sign")
def times_the_sign(weights, state, i):
    new = state.copy()
    new[i] *= np.sign(weights[i] @ state)
    return new


@wrong("synchronous_step", "never goes down to minus 1")
def only_up(weights, state):
    return np.where(weights @ state > 0, 1, state)


@wrong("synchronous_step", "two steps")
def twice(weights, state):
    for _ in range(2):
        h = weights @ state
        state = np.where(h > 0, 1, np.where(h < 0, -1, state))
    return state


@wrong("update", "decided in every turn, new value")
def before_the_sum_is_complete(weights, state, i):
    new = state.copy()
    h = 0
    for j in range(len(state)):
        h = h + weights[i, j] * new[j]
        if h > 0:
            new[i] = 1
        elif h < 0:
            new[i] = -1
    return new


@wrong("synchronous_step", "0/1 instead of ±1")
def silent_below_zero(weights, state):
    h = weights @ state
    new = state.copy()
    new[h > 0] = 1
    new[h < 0] = 0
    return new


@wrong("ordered_sweep", "runs on until nothing changes")
def a_hundred_rounds_at_most(weights, state):
    new = state.copy()
    for _ in range(100):
        old = new.copy()
        for i in range(len(new)):
            h = weights[i] @ new
            if h != 0:
                new[i] = np.sign(h)
        if (old == new).all():
            break
    return new
