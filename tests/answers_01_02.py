"""Right and wrong answers to the exercises of chapters 01 and 02, written from their texts.

Every wrong answer stands with the name that its card must give. The functions are kept as learners write
them; only the names tell them apart.
"""

# ruff: noqa: B007, B905, NPY002

from __future__ import annotations

import functools
import itertools
import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np

from hopfield_edu import state_space

RIGHT: list[tuple[str, Callable[..., Any]]] = []
WRONG: list[tuple[str, str, Callable[..., Any]]] = []


def right(check):
    """Register a right answer."""

    def keep(answer):
        RIGHT.append((check, answer))
        return answer

    return keep


def wrong(check, mistake):
    """Register a wrong answer with the name of its mistake."""

    def keep(answer):
        WRONG.append((check, mistake, answer))
        return answer

    return keep


@right("local_field")
def local_field_right_1(weights, state, bias, i):
    return float(np.dot(weights[i, :], state)) + bias[i]


@right("local_field")
def local_field_right_2(weights, state, bias, i):
    return sum((Fraction(float(w)) * int(s) for w, s in zip(weights[i], state))) + Fraction(float(bias[i]))


@right("local_field")
def local_field_right_3(weights, state, bias, i):
    return (weights @ state + bias)[i]


@right("local_field")
def local_field_right_4(weights, state, bias, i):
    return np.einsum("ij,j->i", weights, state)[i] + bias.tolist()[i]


@wrong("local_field", "stops after the first weight")
def local_field_wrong_1(weights, state, bias, i):
    h = bias[i]
    for j in range(len(state)):
        h += weights[i, j] * state[j]
        return h


@wrong("local_field", "transposed weights")
def local_field_wrong_2(weights, state, bias, i):
    h = 0
    for j in range(len(state)):
        h += weights[j, i] * state[j]
    return h + bias[i]


@wrong("local_field", "bias added in every turn")
def local_field_wrong_3(weights, state, bias, i):
    h = 0
    for j in range(len(state)):
        h += weights[i, j] * state[j] + bias[i]
    return h


@wrong("local_field", "self-connection dropped")
def local_field_wrong_4(weights, state, bias, i):
    h = bias[i]
    for j in range(len(state)):
        if j != i:
            h += weights[i, j] * state[j]
    return h


@wrong("local_field", "overwritten instead of added up")
def local_field_wrong_5(weights, state, bias, i):
    h = 0
    for j in range(len(state)):
        h = weights[i, j] * state[j]
    return h + bias[i]


@wrong("local_field", "first weight left out")
def local_field_wrong_6(weights, state, bias, i):
    h = 0
    for j in range(1, len(state)):
        h += weights[i, j] * state[j]
    return h + bias[i]


@wrong("local_field", "cut off to whole numbers")
def local_field_wrong_7(weights, state, bias, i):
    return int(weights[i] @ state + bias[i])


@wrong("local_field", "the worked example, whatever is given")
def local_field_wrong_8(weights, state, bias, i):
    return -1 if i == 0 else 3


@right("new_value")
def new_value_right_1(h, y):
    return int(np.sign(h)) or y


@right("new_value")
def new_value_right_2(h, y):
    if h == 0:
        return y
    return int(math.copysign(1, h))


@right("new_value")
def new_value_right_3(h, y):
    return np.where(h == 0, y, np.sign(h))


@right("new_value")
def new_value_right_4(h, y):
    return (h > 0) - (h < 0) if h else y


@wrong("new_value", "sgn(0) = +1")
def new_value_wrong_1(h, y):
    return 1 if h >= 0 else -1


@wrong("new_value", "sgn(0) = 0")
def new_value_wrong_2(h, y):
    return np.sign(h)


@wrong("new_value", "small fields taken for ties")
def new_value_wrong_3(h, y):
    h = int(h)
    return 1 if h > 0 else -1 if h < 0 else y


@wrong("new_value", "fields below 0.05 taken for ties")
def new_value_wrong_4(h, y):
    if abs(h) < 0.05:
        return y
    return 1 if h > 0 else -1


@wrong("new_value", "a tie flips")
def new_value_wrong_5(h, y):
    return y if h * y > 0 else -y


@wrong("new_value", "fields below 0.5 taken for ties")
def new_value_wrong_6(h, y):
    if round(h) > 0:
        return 1
    if round(h) < 0:
        return -1
    return y


@wrong("new_value", "0/1 instead of ±1")
def new_value_wrong_7(h, y):
    return int(h > 0) if h != 0 else y


@wrong("new_value", "returns None")
def new_value_wrong_8(h, y):
    if h > 0:
        return 1
    if h < 0:
        return -1


@right("update")
def update_right_1(weights, state, i):
    new = list(state)
    h = sum((w * s for w, s in zip(weights[i], state)))
    if h:
        new[i] = 1 if h > 0 else -1
    return new


@right("update")
def update_right_2(weights, state, i):
    return np.where(
        np.arange(len(state)) == i, np.where(weights @ state == 0, state, np.sign(weights @ state)), state
    )


@right("update")
def update_right_3(weights, state, i):
    new = state.astype(float)
    h = weights[i].dot(state)
    new[i] = state[i] if h == 0 else np.sign(h)
    return new


@right("update")
def update_right_4(weights, state, i):
    h = weights[i] @ state
    return np.concatenate([state[:i], [state[i] if h == 0 else np.sign(h)], state[i + 1 :]])


@wrong("update", "fields cut off to whole numbers")
def update_wrong_1(weights, state, i):
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
def update_wrong_2(weights, state, i):
    h = weights[i] @ state
    if h != 0:
        state[i] = np.sign(h)
    return state


@wrong("update", "sgn(0) = +1")
def update_wrong_3(weights, state, i):
    new = state.copy()
    new[i] = 1 if weights[i] @ state >= 0 else -1
    return new


@wrong("update", "fields cut off to whole numbers, and then 0")
def update_wrong_4(weights, state, i):
    new = state.copy()
    new[i] = np.sign(int(weights[i] @ state))
    return new


@wrong("update", "transposed weights")
def update_wrong_5(weights, state, i):
    new = state.copy()
    h = weights[:, i] @ state
    if h != 0:
        new[i] = np.sign(h)
    return new


@wrong("update", "a tie flips")
def update_wrong_6(weights, state, i):
    new = state.copy()
    if weights[i] @ state * state[i] <= 0:
        new[i] *= -1
    return new


@wrong("update", "only the new value")
def update_wrong_7(weights, state, i):
    h = weights[i] @ state
    return state[i] if h == 0 else np.sign(h)


@right("neighbours")
def neighbours_right_1(state):
    return [[-s if i == j else s for j, s in enumerate(state)] for i in range(len(state))]


@right("neighbours")
def neighbours_right_2(state):
    return np.where(np.eye(len(state), dtype=bool), -state, state)


@right("neighbours")
def neighbours_right_3(state):
    return state - 2 * np.diag(state)


@right("neighbours")
def neighbours_right_4(state):
    r = np.repeat(state[None], len(state), 0)
    r[np.diag_indices(len(state))] *= -1
    return r.astype(float)


@wrong("neighbours", "one array, listed N times")
def neighbours_wrong_1(state):
    rows = []
    new = state.copy()
    for i in range(len(state)):
        new[i] *= -1
        rows.append(new)
    return np.array(rows)


@wrong("neighbours", "flips pile up")
def neighbours_wrong_2(state):
    rows = []
    new = state.copy()
    for i in range(len(state)):
        new[i] *= -1
        rows.append(new.copy())
    return np.array(rows)


@wrong("neighbours", "last element left out")
def neighbours_wrong_3(state):
    rows = []
    for i in range(len(state) - 1):
        new = state.copy()
        new[i] *= -1
        rows.append(new)
    return np.array(rows)


@wrong("neighbours", "return inside the loop")
def neighbours_wrong_4(state):
    rows = []
    for i in range(len(state)):
        new = state.copy()
        new[i] *= -1
        rows.append(new)
        return np.array(rows)


@wrong("neighbours", "set to -1 instead of flipped")
def neighbours_wrong_5(state):
    rows = np.tile(state, (len(state), 1))
    np.fill_diagonal(rows, -1)
    return rows


@wrong("neighbours", "the state ignored")
def neighbours_wrong_6(state):
    return np.ones((len(state),) * 2, int) - 2 * np.eye(len(state), dtype=int)


@wrong("neighbours", "flipped as 0 and 1")
def neighbours_wrong_7(state):
    return np.where(np.eye(len(state)), 1 - state, state)


@right("ordered_sweep")
def ordered_sweep_right_1(weights, state):
    y = [int(s) for s in state]
    for i in range(len(y)):
        h = sum(float(weights[i][j]) * y[j] for j in range(len(y)))
        if h > 0:
            y[i] = 1
        if h < 0:
            y[i] = -1
    return tuple(y)


@right("ordered_sweep")
def ordered_sweep_right_2(weights, state):
    return one_by_one(weights, state)


def one_by_one(weights, state):
    y = state.copy()
    for i, row in enumerate(weights):
        h = row @ y
        y[i] = y[i] if h == 0 else np.sign(h)
    return y


@right("ordered_sweep")
def ordered_sweep_right_3(weights, state):
    h = weights @ state
    y = state.copy().astype(float)
    for i in range(len(y)):
        n = np.sign(h[i]) if abs(h[i]) > 1e-12 else y[i]
        h = h + weights[:, i] * (n - y[i])
        y[i] = n
    return y


@right("ordered_sweep")
def ordered_sweep_right_4(weights, state):
    n = len(state)
    y = np.array(state, dtype=np.float32)
    k = 0
    while k < n:
        h = float(np.dot(weights[k], y))
        y[k] = y[k] if h == 0 else math.copysign(1, h)
        k += 1
    return y


@wrong("ordered_sweep", "synchronous instead of ordered")
def ordered_sweep_wrong_1(weights, state):
    new = state.copy()
    for i in range(len(state)):
        h = weights[i] @ state
        new[i] = np.sign(h) if h != 0 else state[i]
    return new


@wrong("ordered_sweep", "changes its input")
def ordered_sweep_wrong_2(weights, state):
    for i in range(len(state)):
        h = weights[i] @ state
        state[i] = np.sign(h) if h != 0 else state[i]
    return state


@wrong("ordered_sweep", "fields cut off to whole numbers")
def ordered_sweep_wrong_3(weights, state):
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
def ordered_sweep_wrong_4(weights, state):
    new = state.copy()
    for i in range(1, len(state)):
        h = weights[i] @ new
        new[i] = np.sign(h) if h != 0 else new[i]
    return new


@wrong("ordered_sweep", "every turn starts from the start")
def ordered_sweep_wrong_5(weights, state):
    for i in range(len(state)):
        new = state.copy()
        h = weights[i] @ new
        new[i] = np.sign(h) if h != 0 else new[i]
    return new


@wrong("ordered_sweep", "stops at the first tie")
def ordered_sweep_wrong_6(weights, state):
    new = state.copy()
    for i in range(len(state)):
        h = weights[i] @ new
        if h == 0:
            break
        new[i] = np.sign(h)
    return new


@wrong("ordered_sweep", "sgn(0) = 0")
def ordered_sweep_wrong_7(weights, state):
    new = state.copy()
    for i in range(len(state)):
        new[i] = np.sign(weights[i] @ new)
    return new


@right("synchronous_step")
def synchronous_step_right_1(weights, state):
    return [int(np.sign(h)) or int(s) for h, s in zip(weights @ state, state)]


@right("synchronous_step")
def synchronous_step_right_2(weights, state):
    h = np.matrix(weights) @ np.matrix(state).T
    h = np.asarray(h).ravel()
    return np.sign(h) + (h == 0) * state


@right("synchronous_step")
def synchronous_step_right_3(weights, state):
    new = state.copy()
    h = weights @ state
    new[h > 0] = 1
    new[h < 0] = -1
    return new


@right("synchronous_step")
def synchronous_step_right_4(weights, state):
    return np.sign(2 * (weights @ state) + 1e-09 * state)


@wrong("synchronous_step", "sgn(0) = 0")
def synchronous_step_wrong_1(weights, state):
    return np.sign(weights @ state)


@wrong("synchronous_step", "sgn(0) = +1")
def synchronous_step_wrong_2(weights, state):
    return np.where(weights @ state >= 0, 1, -1)


@wrong("synchronous_step", "transposed weights")
def synchronous_step_wrong_3(weights, state):
    h = state @ weights
    return np.where(h == 0, state, np.sign(h))


@wrong("synchronous_step", "reads values that are already updated")
def synchronous_step_wrong_4(weights, state):
    new = state
    for i in range(len(state)):
        h = weights[i] @ state
        if h != 0:
            new[i] = np.sign(h)
    return new


@wrong("synchronous_step", "fields cut off to whole numbers")
def synchronous_step_wrong_5(weights, state):
    h = (weights @ state).astype(int)
    return np.where(h == 0, state, np.sign(h))


@wrong("synchronous_step", "set anew in every turn")
def synchronous_step_wrong_6(weights, state):
    for i in range(len(state)):
        new = state.copy()
        h = weights[i] @ state
        if h != 0:
            new[i] = np.sign(h)
    return new


@wrong("synchronous_step", "cases exchanged")
def synchronous_step_wrong_7(weights, state):
    h = weights @ state
    return np.where(h == 0, np.sign(h), state)


@right("is_feedforward")
def is_feedforward_right_1(weights):
    A = (np.asarray(weights) != 0).astype(int)
    n = len(A)
    P = np.eye(n, dtype=int)
    for _ in range(n):
        P = (P @ A > 0).astype(int)
        if np.trace(P):
            return False
    return True


@right("is_feedforward")
def is_feedforward_right_2(weights):
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
def is_feedforward_right_3(weights):
    A = np.abs(weights) > 0
    return not np.linalg.matrix_power(A.astype(int), len(A)).any()


@right("is_feedforward")
def is_feedforward_right_4(weights):
    n = len(weights)
    return any(not np.triu(weights[np.ix_(p, p)]).any() for p in itertools.permutations(range(n)))


@wrong("is_feedforward", "only self-connections looked for")
def is_feedforward_wrong_1(weights):
    return not np.diag(weights).any()


@wrong("is_feedforward", "trusts the numbering, either way round")
def is_feedforward_wrong_2(weights):
    return bool(np.allclose(weights, np.tril(weights, -1)) or np.allclose(weights, np.triu(weights, 1)))


@wrong("is_feedforward", "two ways taken for a cycle")
def is_feedforward_wrong_3(weights):
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
def is_feedforward_wrong_4(weights):
    A = (weights > 0).astype(int)
    return not np.linalg.matrix_power(A, len(A)).any()


@wrong("is_feedforward", "only pairs looked for")
def is_feedforward_wrong_5(weights):
    for i in range(len(weights)):
        for j in range(len(weights)):
            if weights[i, j] != 0 and weights[j, i] != 0:
                return False
    return True


@wrong("is_feedforward", "one unit that hears nobody is enough")
def is_feedforward_wrong_6(weights):
    for row in weights:
        if not row.any():
            return True
    return False


@wrong("is_feedforward", "only cycles of up to three units looked for")
def is_feedforward_wrong_7(weights):
    A = (weights != 0).astype(int)
    return not (np.trace(A) or np.trace(A @ A) or np.trace(A @ A @ A))


@wrong("is_feedforward", "only self-connections looked for")
def is_feedforward_wrong_8(weights):
    A = (weights != 0).astype(int)
    P = A
    for k in range(len(A)):
        if np.trace(P):
            return False
        else:
            return True
        P = P @ A


@wrong("is_feedforward", "always the same")
def is_feedforward_wrong_9(weights):
    return True


@right("ordered_map")
def ordered_map_right_1(moves, order):

    def go(c):
        for i in order:
            c = moves[c, i]
        return int(c)

    return [go(c) for c in range(len(moves))]


@right("ordered_map")
def ordered_map_right_2(moves, order):
    end = np.arange(len(moves))
    for i in order:
        end = np.take(moves[:, i], end)
    return end.astype(float)


@right("ordered_map")
def ordered_map_right_3(moves, order):
    d = {c: c for c in range(len(moves))}
    for i in order:
        d = {c: moves[e][i] for c, e in d.items()}
    return [d[c] for c in sorted(d)]


@right("ordered_map")
def ordered_map_right_4(moves, order):
    return np.array([functools.reduce(lambda c, i: moves[c, i], order, c) for c in range(len(moves))])


@wrong("ordered_map", "every unit starts from the start")
def ordered_map_wrong_1(moves, order):
    end = np.arange(len(moves))
    for i in order:
        end = moves[:, i]
    return end


@wrong("ordered_map", "order reversed")
def ordered_map_wrong_2(moves, order):
    end = np.arange(len(moves))
    for i in order:
        end = end[moves[:, i]]
    return end


@wrong("ordered_map", "order ignored")
def ordered_map_wrong_3(moves, order):
    end = np.arange(len(moves))
    for i in range(len(order)):
        end = moves[end, i]
    return end


@wrong("ordered_map", "row and column exchanged")
def ordered_map_wrong_4(moves, order):
    end = np.arange(len(moves))
    for i in order:
        end = moves[i, end]
    return end


@wrong("ordered_map", "only the first unit")
def ordered_map_wrong_5(moves, order):
    end = np.arange(len(moves))
    for i in order:
        end = moves[end, i]
        return end


@wrong("ordered_map", "first element left out")
def ordered_map_wrong_6(moves, order):
    end = np.arange(len(moves))
    for i in order[1:]:
        end = moves[end, i]
    return end


@wrong("ordered_map", "counted from 1")
def ordered_map_wrong_7(moves, order):
    end = np.arange(len(moves))
    for i in order:
        end = moves[end, i - 1]
    return end


def move(weights, y, i):
    h = weights[i] @ y
    if h != 0:
        y[i] = np.sign(h)


@right("sweep")
def sweep_right_1(weights, state, schedule, rng):
    y = state.copy()
    if schedule == "synchronous":
        h = weights @ y
        return np.where(h == 0, y, np.sign(h))
    idx = np.arange(len(y))
    if schedule == "random":
        rng.shuffle(idx)
    for i in idx:
        move(weights, y, i)
    return y


@right("sweep")
def sweep_right_2(weights, state, schedule, rng):
    n = len(state)
    order = {"ordered": range(n), "random": rng.choice(n, n, replace=False), "synchronous": range(n)}[
        schedule
    ]
    y = [int(v) for v in state]
    old = list(y)
    for i in order:
        src = old if schedule == "synchronous" else y
        h = sum(weights[i, j] * src[j] for j in range(n))
        y[i] = 1 if h > 0 else -1 if h < 0 else y[i]
    return y


@right("sweep")
def sweep_right_3(weights, state, schedule, rng):
    n = len(state)
    y = state.astype(float)
    if schedule == "synchronous":
        return [float(np.sign(h)) or float(s) for h, s in zip(weights @ state, state)]
    order = np.argsort(rng.random(n)) if schedule == "random" else range(n)
    for i in order:
        move(weights, y, i)
    return y


@right("sweep")
def sweep_right_4(weights, state, schedule, rng):
    n = len(state)
    left = list(range(n))
    y = state.copy()
    if schedule == "synchronous":
        new = y.copy()
        for i in range(n):
            h = weights[i] @ y
            new[i] = np.sign(h) if h else y[i]
        return new
    while left:
        k = rng.integers(len(left)) if schedule == "random" else 0
        move(weights, y, left.pop(k))
    return y


@wrong("sweep", "drawn without rng")
def sweep_wrong_1(weights, state, schedule, rng):
    y = state.copy()
    if schedule == "synchronous":
        h = weights @ y
        return np.where(h == 0, y, np.sign(h))
    idx = np.arange(len(y))
    if schedule == "random":
        idx = np.random.permutation(len(y))
    for i in idx:
        move(weights, y, i)
    return y


@wrong("sweep", "units drawn with replacement")
def sweep_wrong_2(weights, state, schedule, rng):
    y = state.copy()
    if schedule == "synchronous":
        h = weights @ y
        return np.where(h == 0, y, np.sign(h))
    idx = np.arange(len(y))
    if schedule == "random":
        idx = rng.integers(0, len(y), len(y))
    for i in idx:
        move(weights, y, i)
    return y


@wrong("sweep", "random order not random")
def sweep_wrong_3(weights, state, schedule, rng):
    y = state.copy()
    if schedule == "synchronous":
        h = weights @ y
        return np.where(h == 0, y, np.sign(h))
    idx = np.arange(len(y))
    if schedule == "random":
        rng.permutation(idx)
    for i in idx:
        move(weights, y, i)
    return y


@wrong("sweep", "synchronous reads new values")
def sweep_wrong_4(weights, state, schedule, rng):
    y = state.copy()
    idx = np.arange(len(y))
    if schedule == "random":
        idx = rng.permutation(idx)
    for i in idx:
        move(weights, y, i)
    return y


@wrong("sweep", "fields cut off to whole numbers")
def sweep_wrong_5(weights, state, schedule, rng):
    y = state.copy()
    h = np.zeros_like(y)
    if schedule == "synchronous":
        for i in range(len(y)):
            h[i] = weights[i] @ y
        return np.where(h == 0, y, np.sign(h))
    idx = np.arange(len(y))
    if schedule == "random":
        idx = rng.permutation(idx)
    for i in idx:
        h[i] = weights[i] @ y
        if h[i] != 0:
            y[i] = np.sign(h[i])
    return y


@wrong("sweep", "sgn(0) = +1")
def sweep_wrong_6(weights, state, schedule, rng):
    y = state.copy()
    if schedule == "synchronous":
        return np.where(weights @ y >= 0, 1, -1)
    idx = np.arange(len(y))
    if schedule == "random":
        idx = rng.permutation(idx)
    for i in idx:
        y[i] = 1 if weights[i] @ y >= 0 else -1
    return y


@wrong("sweep", "sgn(0) = 0")
def sweep_wrong_7(weights, state, schedule, rng):
    y = state.copy()
    if schedule == "synchronous":
        return np.sign(weights @ y)
    idx = np.arange(len(y))
    if schedule == "random":
        idx = rng.permutation(idx)
    for i in idx:
        y[i] = np.sign(weights[i] @ y)
    return y


@right("fixed_points")
def fixed_points_right_1(next_state):
    return np.flatnonzero(np.asarray(next_state) == np.arange(len(next_state)))


@right("fixed_points")
def fixed_points_right_2(next_state):
    return {c for c, n in enumerate(next_state) if c == n}


@right("fixed_points")
def fixed_points_right_3(next_state):
    return (c for c, n in enumerate(next_state) if c == n)


@right("fixed_points")
def fixed_points_right_4(next_state):
    return sorted(set(int(c) for c in next_state if next_state[c] == c))[::-1]


@wrong("fixed_points", "one entry for every state that leads there")
def fixed_points_wrong_1(next_state):
    return [int(c) for c in next_state if next_state[c] == c]


@wrong("fixed_points", "a tuple of arrays")
def fixed_points_wrong_2(next_state):
    return np.where(next_state == np.arange(len(next_state)))


@wrong("fixed_points", "a yes or no for every state")
def fixed_points_wrong_3(next_state):
    return next_state == np.arange(len(next_state))


@wrong("fixed_points", "return inside the loop")
def fixed_points_wrong_4(next_state):
    out = []
    for c in range(len(next_state)):
        if next_state[c] == c:
            out.append(c)
        return out


@wrong("fixed_points", "first element left out")
def fixed_points_wrong_5(next_state):
    return [c for c in range(1, len(next_state)) if next_state[c] == c]


@wrong("fixed_points", "the number only")
def fixed_points_wrong_6(next_state):
    return sum(next_state == np.arange(len(next_state)))


@wrong("fixed_points", "states that come back after two steps")
def fixed_points_wrong_7(next_state):
    return [c for c in range(len(next_state)) if next_state[next_state[c]] == c]


@right("cycle_lengths")
def cycle_lengths_right_1(next_state):
    return [len(c) for c in state_space.cycles(next_state)]


@right("cycle_lengths")
def cycle_lengths_right_2(next_state):
    cyc = set()
    for c in range(len(next_state)):
        path = []
        while c not in path:
            path.append(c)
            c = next_state[c]
        cyc.add(frozenset(int(v) for v in path[path.index(c) :]))
    return [len(s) for s in cyc]


@right("cycle_lengths")
def cycle_lengths_right_3(next_state):
    img = set(range(len(next_state)))
    for _ in next_state:
        img = {int(next_state[c]) for c in img}
    out = []
    while img:
        c = start = img.pop()
        k = 1
        while next_state[c] != start:
            c = int(next_state[c])
            img.discard(c)
            k += 1
        out.append(k)
    return np.array(out)


@right("cycle_lengths")
def cycle_lengths_right_4(next_state):
    M = np.zeros((len(next_state),) * 2)
    M[np.arange(len(next_state)), next_state] = 1
    done = set()
    out = []
    for c in range(len(next_state)):
        for k in range(1, len(next_state) + 1):
            if np.linalg.matrix_power(M, k)[c, c] > 0:
                orbit = [c]
                for _ in range(k - 1):
                    orbit.append(int(next_state[orbit[-1]]))
                key = min(orbit)
                if key not in done:
                    done.add(key)
                    out.append(k)
                break
    return out


@wrong("cycle_lengths", "one entry for every start")
def cycle_lengths_wrong_1(next_state):
    out = []
    for c in range(len(next_state)):
        path = []
        while c not in path:
            path.append(c)
            c = next_state[c]
        out.append(len(path) - path.index(c))
    return out


@wrong("cycle_lengths", "a walk into an earlier walk")
def cycle_lengths_wrong_2(next_state):
    out = []
    seen = set()
    for c in range(len(next_state)):
        k = 0
        while c not in seen:
            seen.add(c)
            c = next_state[c]
            k += 1
        if k:
            out.append(k)
    return out


@wrong("cycle_lengths", "every length once")
def cycle_lengths_wrong_3(next_state):
    return list({len(c) for c in state_space.cycles(next_state)})


@wrong("cycle_lengths", "fixed points left out")
def cycle_lengths_wrong_4(next_state):
    return [len(c) for c in state_space.cycles(next_state) if len(c) > 1]


@wrong("cycle_lengths", "the first state counted twice")
def cycle_lengths_wrong_5(next_state):
    return [len(c) + 1 for c in state_space.cycles(next_state)]


@wrong("cycle_lengths", "never ends")
def cycle_lengths_wrong_6(next_state):
    out = []
    for c in range(len(next_state)):
        start = c
        k = 1
        while next_state[c] != start:
            c = next_state[c]
            k += 1
        out.append(k)
    return out


@wrong("cycle_lengths", "only from state 0")
def cycle_lengths_wrong_7(next_state):
    path = []
    c = 0
    while c not in path:
        path.append(c)
        c = next_state[c]
    return [len(path) - path.index(c)]


@right("order_is_fixed")
def order_is_fixed_right_1(moves):
    return all((len({int(m) for m in row} | {c}) <= 2 for c, row in enumerate(moves)))


@right("order_is_fixed")
def order_is_fixed_right_2(moves):
    return max((sum((m != c for m in row)) for c, row in enumerate(moves))) < 2


@right("order_is_fixed")
def order_is_fixed_right_3(moves):
    return np.all(np.count_nonzero(moves - np.arange(len(moves))[:, None], axis=1) <= 1)


@right("order_is_fixed")
def order_is_fixed_right_4(moves):
    for c in range(len(moves)):
        if sum(1 for m in moves[c] if m != c) > 1:
            return False
    return True


@wrong("order_is_fixed", "a fixed point taken for chance")
def order_is_fixed_wrong_1(moves):
    return bool(((moves != np.arange(len(moves))[:, None]).sum(1) == 1).all())


@wrong("order_is_fixed", "one such state is enough")
def order_is_fixed_wrong_2(moves):
    return bool(((moves != np.arange(len(moves))[:, None]).sum(1) <= 1).any())


@wrong("order_is_fixed", "the first state only")
def order_is_fixed_wrong_3(moves):
    for c in range(len(moves)):
        if sum(1 for m in moves[c] if m != c) > 1:
            return False
        return True


@wrong("order_is_fixed", "two willing units allowed")
def order_is_fixed_wrong_4(moves):
    return bool(((moves != np.arange(len(moves))[:, None]).sum(axis=1) <= 2).all())


@wrong("order_is_fixed", "the other axis")
def order_is_fixed_wrong_5(moves):
    return bool(((moves != np.arange(len(moves))[:, None]).sum(axis=0) <= 1).all())


@wrong("order_is_fixed", "axis forgotten")
def order_is_fixed_wrong_6(moves):
    return bool((moves != np.arange(len(moves))[:, None]).sum() <= 1)


@wrong("order_is_fixed", "opposite answer")
def order_is_fixed_wrong_7(moves):
    return bool(((moves != np.arange(len(moves))[:, None]).sum(1) > 1).any())


@right("is_flip_symmetric")
def is_flip_symmetric_right_1(next_state):
    return all(
        next_state[len(next_state) - 1 - c] == len(next_state) - 1 - next_state[c]
        for c in range(len(next_state))
    )


@right("is_flip_symmetric")
def is_flip_symmetric_right_2(next_state):
    return np.array_equal(next_state + next_state[::-1], np.full(len(next_state), len(next_state) - 1))


@right("is_flip_symmetric")
def is_flip_symmetric_right_3(next_state):
    n = len(next_state) - 1
    return {(c, int(e)) for c, e in enumerate(next_state)} == {
        (n - c, n - int(e)) for c, e in enumerate(next_state)
    }


@right("is_flip_symmetric")
def is_flip_symmetric_right_4(next_state):
    N = len(next_state)
    return not any(N - 1 - next_state[c] != next_state[N - 1 - c] for c in range(N // 2))


@wrong("is_flip_symmetric", "same successor for both")
def is_flip_symmetric_wrong_1(next_state):
    return bool((next_state == next_state[::-1]).all())


@wrong("is_flip_symmetric", "successor is the inverse")
def is_flip_symmetric_wrong_2(next_state):
    return all(next_state[c] == len(next_state) - 1 - c for c in range(len(next_state)))


@wrong("is_flip_symmetric", "the first state only")
def is_flip_symmetric_wrong_3(next_state):
    N = len(next_state)
    for c in range(N):
        if next_state[N - 1 - c] != N - 1 - next_state[c]:
            return False
        else:
            return True


@wrong("is_flip_symmetric", "off by one")
def is_flip_symmetric_wrong_4(next_state):
    N = len(next_state)
    return all(next_state[N - 1 - c] == N - next_state[c] for c in range(N))


@wrong("is_flip_symmetric", "some instead of all")
def is_flip_symmetric_wrong_5(next_state):
    N = len(next_state)
    return any(next_state[N - 1 - c] == N - 1 - next_state[c] for c in range(N))


@wrong("is_flip_symmetric", "last element left out")
def is_flip_symmetric_wrong_6(next_state):
    N = len(next_state)
    return all(next_state[N - 1 - c] == N - 1 - next_state[c] for c in range(N // 2 - 1))


@wrong("is_flip_symmetric", "minus the code of the successor")
def is_flip_symmetric_wrong_7(next_state):
    return bool((next_state[::-1] == -next_state).all())
