"""Right and wrong answers to the exercises of chapter 02: dynamics of two units."""

# ruff: noqa: B905, NPY002 (written as learners write)

from __future__ import annotations

import functools

import numpy as np

from answers import changed, right, wrong
from hopfield_edu import binary, feedback, state_space


def move(weights, y, i):
    h = weights[i] @ y
    if h != 0:
        y[i] = np.sign(h)


# ordered_map


@right("ordered_map")
def _(moves, order):

    def go(c):
        for i in order:
            c = moves[c, i]
        return int(c)

    return [go(c) for c in range(len(moves))]


@right("ordered_map")
def _(moves, order):
    end = np.arange(len(moves))
    for i in order:
        end = np.take(moves[:, i], end)
    return end.astype(float)


@right("ordered_map")
def _(moves, order):
    d = {c: c for c in range(len(moves))}
    for i in order:
        d = {c: moves[e][i] for c, e in d.items()}
    return [d[c] for c in sorted(d)]


@right("ordered_map")
def _(moves, order):
    return np.array([functools.reduce(lambda c, i: moves[c, i], order, c) for c in range(len(moves))])


@wrong("ordered_map", "every unit starts from the start")
def _(moves, order):
    end = np.arange(len(moves))
    for i in order:
        end = moves[:, i]
    return end


@wrong("ordered_map", "order reversed")
def _(moves, order):
    end = np.arange(len(moves))
    for i in order:
        end = end[moves[:, i]]
    return end


@wrong("ordered_map", "order ignored")
def _(moves, order):
    end = np.arange(len(moves))
    for i in range(len(order)):
        end = moves[end, i]
    return end


@wrong("ordered_map", "row and column exchanged")
def _(moves, order):
    end = np.arange(len(moves))
    for i in order:
        end = moves[i, end]
    return end


@wrong("ordered_map", "only the first unit")
def _(moves, order):
    end = np.arange(len(moves))
    for i in order:
        end = moves[end, i]
        return end


@wrong("ordered_map", "first element left out")
def _(moves, order):
    end = np.arange(len(moves))
    for i in order[1:]:
        end = moves[end, i]
    return end


@wrong("ordered_map", "counted from 1")
def _(moves, order):
    end = np.arange(len(moves))
    for i in order:
        end = moves[end, i - 1]
    return end


# sweep


@right("sweep")
def _(weights, state, schedule, rng):
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
def _(weights, state, schedule, rng):
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
def _(weights, state, schedule, rng):
    n = len(state)
    y = state.astype(float)
    if schedule == "synchronous":
        return [float(np.sign(h)) or float(s) for h, s in zip(weights @ state, state)]
    order = np.argsort(rng.random(n)) if schedule == "random" else range(n)
    for i in order:
        move(weights, y, i)
    return y


@right("sweep")
def _(weights, state, schedule, rng):
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
def _(weights, state, schedule, rng):
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
def _(weights, state, schedule, rng):
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
def _(weights, state, schedule, rng):
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
def _(weights, state, schedule, rng):
    y = state.copy()
    idx = np.arange(len(y))
    if schedule == "random":
        idx = rng.permutation(idx)
    for i in idx:
        move(weights, y, i)
    return y


@wrong("sweep", "fields cut off to whole numbers")
def _(weights, state, schedule, rng):
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
def _(weights, state, schedule, rng):
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
def _(weights, state, schedule, rng):
    y = state.copy()
    if schedule == "synchronous":
        return np.sign(weights @ y)
    idx = np.arange(len(y))
    if schedule == "random":
        idx = rng.permutation(idx)
    for i in idx:
        y[i] = np.sign(weights[i] @ y)
    return y


# fixed_points


@right("fixed_points")
def _(next_state):
    return np.flatnonzero(np.asarray(next_state) == np.arange(len(next_state)))


@right("fixed_points")
def _(next_state):
    return {c for c, n in enumerate(next_state) if c == n}


@right("fixed_points")
def _(next_state):
    return (c for c, n in enumerate(next_state) if c == n)


@right("fixed_points")
def _(next_state):
    return sorted(set(int(c) for c in next_state if next_state[c] == c))[::-1]


@wrong("fixed_points", "one entry for every state that leads there")
def _(next_state):
    return [int(c) for c in next_state if next_state[c] == c]


@wrong("fixed_points", "a tuple of arrays")
def _(next_state):
    return np.where(next_state == np.arange(len(next_state)))


@wrong("fixed_points", "a yes or no for every state")
def _(next_state):
    return next_state == np.arange(len(next_state))


@wrong("fixed_points", "return inside the loop")
def _(next_state):
    out = []
    for c in range(len(next_state)):
        if next_state[c] == c:
            out.append(c)
        return out


@wrong("fixed_points", "first element left out")
def _(next_state):
    return [c for c in range(1, len(next_state)) if next_state[c] == c]


@wrong("fixed_points", "the number only")
def _(next_state):
    return sum(next_state == np.arange(len(next_state)))


@wrong("fixed_points", "states that come back after two steps")
def _(next_state):
    return [c for c in range(len(next_state)) if next_state[next_state[c]] == c]


@wrong("fixed_points", "only from state 0")
def _(next_state):
    c = 0
    for _ in range(len(next_state)):
        c = next_state[c]
    return [c] if next_state[c] == c else []


@wrong("fixed_points", "the end of the way from state 0")
def _(next_state):
    c = 0
    for _ in next_state:
        c = next_state[c]
    return [c]


# cycle_lengths


@right("cycle_lengths")
def _(next_state):
    return [len(c) for c in state_space.cycles(next_state)]


@right("cycle_lengths")
def _(next_state):
    cyc = set()
    for c in range(len(next_state)):
        path = []
        while c not in path:
            path.append(c)
            c = next_state[c]
        cyc.add(frozenset(int(v) for v in path[path.index(c) :]))
    return [len(s) for s in cyc]


@right("cycle_lengths")
def _(next_state):
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
def _(next_state):
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
def _(next_state):
    out = []
    for c in range(len(next_state)):
        path = []
        while c not in path:
            path.append(c)
            c = next_state[c]
        out.append(len(path) - path.index(c))
    return out


@wrong("cycle_lengths", "a walk into an earlier walk")
def _(next_state):
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
def _(next_state):
    return list({len(c) for c in state_space.cycles(next_state)})


@wrong("cycle_lengths", "fixed points left out")
def _(next_state):
    return [len(c) for c in state_space.cycles(next_state) if len(c) > 1]


@wrong("cycle_lengths", "the first state counted twice")
def _(next_state):
    return [len(c) + 1 for c in state_space.cycles(next_state)]


@wrong("cycle_lengths", "never ends")
def _(next_state):
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
def _(next_state):
    path = []
    c = 0
    while c not in path:
        path.append(c)
        c = next_state[c]
    return [len(path) - path.index(c)]


@wrong("cycle_lengths", "the way into a new cycle counted")
def _(next_state):
    lengths, seen = [], set()
    for c in range(len(next_state)):
        path = []
        while c not in seen:
            seen.add(c)
            path.append(int(c))
            c = next_state[c]
        if c in path:
            lengths.append(len(path))
    return lengths


@wrong("cycle_lengths", "lengths 1 and 2 only")
def _(next_state):
    lengths = []
    for c in range(len(next_state)):
        if next_state[c] == c:
            lengths.append(1)
        elif next_state[next_state[c]] == c and c < next_state[c]:
            lengths.append(2)
    return lengths


@wrong("cycle_lengths", "only a walk that comes back to its start")
def _(next_state):
    lengths, seen = [], set()
    for c in range(len(next_state)):
        if c in seen:
            continue
        d, n = c, 0
        seen.add(c)
        while True:
            d = next_state[d]
            n += 1
            if d == c:
                lengths.append(n)
                break
            if d in seen:
                break
            seen.add(d)
    return lengths


@wrong("cycle_lengths", "the cycles themselves")
def _(next_state):
    return state_space.cycles(next_state)


# order_is_fixed


@right("order_is_fixed")
def _(moves):
    return all((len({int(m) for m in row} | {c}) <= 2 for c, row in enumerate(moves)))


@right("order_is_fixed")
def _(moves):
    return max((sum((m != c for m in row)) for c, row in enumerate(moves))) < 2


@right("order_is_fixed")
def _(moves):
    return np.all(np.count_nonzero(moves - np.arange(len(moves))[:, None], axis=1) <= 1)


@right("order_is_fixed")
def _(moves):
    for c in range(len(moves)):
        if sum(1 for m in moves[c] if m != c) > 1:
            return False
    return True


@wrong("order_is_fixed", "a fixed point taken for chance")
def _(moves):
    return bool(((moves != np.arange(len(moves))[:, None]).sum(1) == 1).all())


@wrong("order_is_fixed", "one such state is enough")
def _(moves):
    return bool(((moves != np.arange(len(moves))[:, None]).sum(1) <= 1).any())


@wrong("order_is_fixed", "the first state only")
def _(moves):
    for c in range(len(moves)):
        if sum(1 for m in moves[c] if m != c) > 1:
            return False
        return True


@wrong("order_is_fixed", "two willing units allowed")
def _(moves):
    return bool(((moves != np.arange(len(moves))[:, None]).sum(axis=1) <= 2).all())


@wrong("order_is_fixed", "the other axis")
def _(moves):
    return bool(((moves != np.arange(len(moves))[:, None]).sum(axis=0) <= 1).all())


@wrong("order_is_fixed", "axis forgotten")
def _(moves):
    return bool((moves != np.arange(len(moves))[:, None]).sum() <= 1)


@wrong("order_is_fixed", "opposite answer")
def _(moves):
    return bool(((moves != np.arange(len(moves))[:, None]).sum(1) > 1).any())


@wrong("order_is_fixed", "neighbouring units only")
def _(moves):
    for c in range(len(moves)):
        for i in range(moves.shape[1] - 1):
            if moves[c, i] != c and moves[c, i + 1] != c:
                return False
    return True


@wrong("order_is_fixed", "first and last unit only, which may be the same")
def _(moves):
    for c in range(len(moves)):
        a, b = moves[c][0], moves[c][-1]
        if a != c and b != c:
            return False
    return True


@wrong("order_is_fixed", "first and last unit only")
def _(moves):
    N = moves.shape[1]
    return not any(N > 1 and moves[c, 0] != c and moves[c, N - 1] != c for c in range(len(moves)))


@wrong("order_is_fixed", "first and second unit only")
def _(moves):
    return not any(moves.shape[1] > 1 and moves[c, 0] != c and moves[c, 1] != c for c in range(len(moves)))


@wrong("order_is_fixed", "exactly two willing units")
def _(moves):
    return not any(np.sum(moves[c] != c) == 2 for c in range(len(moves)))


@wrong("order_is_fixed", "staying taken for a next state")
def _(moves):
    for c in range(len(moves)):
        if len(set(moves[c])) > 1:
            return False
    return True


@wrong("order_is_fixed", "no fixed point")
def _(moves):
    return not any((moves[c] == c).all() for c in range(len(moves)))


# is_flip_symmetric


@right("is_flip_symmetric")
def _(next_state):
    return all(
        next_state[len(next_state) - 1 - c] == len(next_state) - 1 - next_state[c]
        for c in range(len(next_state))
    )


@right("is_flip_symmetric")
def _(next_state):
    return np.array_equal(next_state + next_state[::-1], np.full(len(next_state), len(next_state) - 1))


@right("is_flip_symmetric")
def _(next_state):
    n = len(next_state) - 1
    return {(c, int(e)) for c, e in enumerate(next_state)} == {
        (n - c, n - int(e)) for c, e in enumerate(next_state)
    }


@right("is_flip_symmetric")
def _(next_state):
    N = len(next_state)
    return not any(N - 1 - next_state[c] != next_state[N - 1 - c] for c in range(N // 2))


@wrong("is_flip_symmetric", "same successor for both")
def _(next_state):
    return bool((next_state == next_state[::-1]).all())


@wrong("is_flip_symmetric", "successor is the inverse")
def _(next_state):
    return all(next_state[c] == len(next_state) - 1 - c for c in range(len(next_state)))


@wrong("is_flip_symmetric", "the first state only")
def _(next_state):
    N = len(next_state)
    for c in range(N):
        if next_state[N - 1 - c] != N - 1 - next_state[c]:
            return False
        else:
            return True


@wrong("is_flip_symmetric", "off by one")
def _(next_state):
    N = len(next_state)
    return all(next_state[N - 1 - c] == N - next_state[c] for c in range(N))


@wrong("is_flip_symmetric", "some instead of all")
def _(next_state):
    N = len(next_state)
    return any(next_state[N - 1 - c] == N - 1 - next_state[c] for c in range(N))


@wrong("is_flip_symmetric", "last element left out")
def _(next_state):
    N = len(next_state)
    return all(next_state[N - 1 - c] == N - 1 - next_state[c] for c in range(N // 2 - 1))


@wrong("is_flip_symmetric", "the successors as a set")
def _(next_state):
    n = len(next_state)
    return sorted(next_state) == sorted(n - 1 - d for d in next_state)


@wrong("is_flip_symmetric", "the sum only")
def _(next_state):
    n = len(next_state)
    return sum(next_state) == n * (n - 1) // 2


@wrong("is_flip_symmetric", "minus the code of the successor")
def _(next_state):
    return bool((next_state[::-1] == -next_state).all())


# tables and examples

N1, N2 = feedback.transitions_1.solution, feedback.transitions_2.solution
FLIPS = feedback.flips_of_network_1.solution
ROUNDED = np.array([[0, 0.1 + 0.2], [0.3, 0]])  # symmetric but for rounding
RING = np.roll(np.eye(5), 1, axis=0) * np.array([-1, 1, 1, 1, 1])[:, None]

TABLES = [
    (check, changed(getattr(feedback, check).solution, *cells), mistake)
    for check, cells, mistake in [
        (
            "transitions_1",
            [(row, 0, N1[row][3]) for row in N1],
            "one after the other instead of synchronous",
        ),
        ("transitions_1", [("--", 0, "-+")], "the slip in the lecture notes"),
        ("transitions_1", [("--", 1, "--")], "a single entry"),
        (
            "transitions_1",
            [("--", 1, "--"), ("--", 0, "--"), ("--", 3, "--")],
            "a single entry",
        ),  # the last two follow
        (
            "transitions_2",
            [(row, k, N1[row][k]) for row in N1 for k in range(4)],
            "the table of network 1",
        ),
        ("transitions_2", [(row, 3, N2[row][0]) for row in N2], "synchronous instead of ordered"),
        ("transitions_2", [("--", 3, "++")], "a single entry"),  # only half of it
        ("transitions_2", [("--", 3, "-+"), ("++", 3, "+-")], "ordered 2-1"),
        ("flips_of_network_1", [(row, 0, 3 - FLIPS[row][0]) for row in N1], "the unit that stays"),
        ("flips_of_network_1", [("--", 0, 2)], "a single entry"),
        ("flips_of_network_1", [("--", 0, 2), ("--", 1, "-+")], "a single entry"),
        ("flips_of_network_1", [(row, 0, FLIPS[row][0] - 1) for row in N1], "counted from 0"),
        ("flips_of_network_1", [(row, 1, N1[row][3]) for row in N1], "the end of the sweep"),
    ]
]

EXAMPLES = [
    ("bias_breaks_symmetry", ([[0, 1], [1, 0]], [0, -1]), None),
    ("bias_breaks_symmetry", ([[0, 1], [0, 0]], [2, 0]), "an unconnected unit"),
    ("bias_breaks_symmetry", (np.ones((9, 9)), [99] * 9), "wrong sizes"),
    ("tie_rule_breaks_symmetry", ([[0, 0.1, 0.2, 0.3], [1, 0, 0, 1], [1, 1, 0, 0], [1, 0, 1, 0]],), None),
    ("tie_rule_breaks_symmetry", ([[0, 0.1, 0.2, 0.3], [1, 0, 0, 0], [1, 0, 0, 0], [1, 0, 0, 0]],), None),
    ("tie_rule_breaks_symmetry", ([[0, 1, 2], [1, 0, 2], [1, 2, 0]],), "no tie"),
    ("ordered_cycle", ([[0, -1, 0], [1, 0, 0], [0, 0, 0]],), None),
    ("ordered_cycle", ([[0, 0, 1], [1, 0, 0], [0, 1, 0]],), "only the synchronous schedule circles"),
    ("synchronous_two_cycle", (-ROUNDED, [1, 1]), None),
    ("synchronous_two_cycle", (np.eye(9) - 1, [1] * 9), "wrong sizes"),
    ("synchronous_two_cycle", ([[0, 1], [1, 0]], [1, 1]), "the state is a fixed point"),
    ("longest_cycle", (RING,), "less than twelve"),
    ("longest_cycle", (np.zeros((5, 5)),), "symmetric weights"),
]


# found by examiners who knew the texts alone


@right("sweep")
def sweep_of_the_library(weights, state, schedule, rng):
    return binary.Network(weights).sweep(state, schedule, rng=rng)


@wrong("ordered_map", "the first unit in every turn")
def same_column(moves, order):
    end = np.arange(len(moves))
    for _ in order:
        end = moves[end, order[0]]
    return end


@wrong("fixed_points", "a column of codes")
def by_argwhere(next_state):
    return np.argwhere(np.asarray(next_state) == np.arange(len(next_state)))


@wrong("order_is_fixed", "at most two states in a row")
def two_entries(moves):
    return all(len(set(row.tolist())) <= 2 for row in moves)
