"""Right and wrong answers to the exercises of chapter 04: frustration."""

# ruff: noqa: E731 (written as learners write)

from __future__ import annotations

import itertools
from fractions import Fraction

import numpy as np

from answers import right, rows, wrong
from hopfield_edu import binary, feedback, frustration, state_space


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


# unsatisfied


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


# is_frustrated


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


# arrows_reversed


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


# best_cut


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


@wrong("best_cut", "uncut edges counted, the most of them")
def whole_edges(edges, cues):
    ends = binary.Network(matrix(edges, cues.shape[1])).recall(cues).final
    return max(len(edges) - cut(edges, y) for y in ends)


@wrong("is_frustrated", "all units equal, or all but one")
def a_few_states(weights):
    N = len(weights)
    states = [np.ones(N, int)]
    for i in range(N):
        state = np.ones(N, int)
        state[i] = -1
        states.append(state)
    return all((np.triu(weights * np.outer(y, y), 1) < 0).any() for y in states)


@wrong("arrows_reversed", "arrows to and fro left out")
def without_to_and_fro(one, two):
    a = {(c, int(d)) for c, row in enumerate(one) for d in row if d != c}
    b = {(c, int(d)) for c, row in enumerate(two) for d in row if d != c}
    a = {(c, d) for c, d in a if (d, c) not in a}
    b = {(c, d) for c, d in b if (d, c) not in b}
    return {(d, c) for c, d in a} == b


# tables and examples

TABLES = [
    (check, rows(getattr(feedback, check).solution, change), mistake)
    for check, change, mistake in [
        ("triangle_table", lambda r, e: [*e[:3], e[4], e[3]], "last two columns exchanged"),
        ("triangle_table", lambda r, e: [-e[0], -e[1], -e[2], *e[3:]], "fields of network 2"),
        ("triangle_table", lambda r, e: [-e[0], -e[1], -e[2], e[4], e[3]], "networks exchanged"),
        ("triangle_table", lambda r, e: [e[0] / 2, e[1] / 2, e[2] / 2, *e[3:]], "fields half as large"),
        (
            "triangle_table",
            lambda r, e: [*e[:3], min(e[3], 1), e[4]],
            "one moving unit where there are more",
        ),
        (
            "triangle_table",
            lambda r, e: [*e[:3], 3 - e[3], 3 - e[4]],
            "staying counted instead of moving",
        ),
        ("triangle_table", lambda r, e: [e[0], e[1], e[2] + 4 * (r == "+--"), *e[3:]], "minus sign lost"),
        ("triangle_table", lambda r, e: [*e[:4], e[4] + (r == "++-")], "a single entry"),
        (
            "triangle_table",
            lambda r, e: [*e[:4], {"+++": 2, "++-": 1, "+-+": 0, "+--": 3}[r]],
            "units named instead of counted",
        ),
        (
            "triangle_table",
            lambda r, e: [*e[:3], "1,2,3" if e[3] else 0, {"+++": 2, "++-": 1, "+-+": 0, "+--": 3}[r]],
            "unreadable entry",
        ),
        ("loop_signs", lambda r, e: [-e[0], e[1], e[2]], "sign reversed"),  # the other columns are right
        ("loop_signs", lambda r, e: [-e[0], 1 - e[1], e[2]], "sign reversed"),
        ("loop_signs", lambda r, e: [dict(A=3, B=-3, C=0, D=2, E=-5, F=-2)[r], *e[1:]], "sum of the weights"),
        ("loop_signs", lambda r, e: [1 if r == "A" else -1, *e[1:]], "any negative weight frustrates"),
        ("loop_signs", lambda r, e: [e[0], e[1], e[2] // 2], "inverses forgotten"),
        (
            "loop_signs",
            lambda r, e: [e[0], e[1], e[2] // 2 if e[1] else 2],
            "inverses forgotten in frustrated loops",
        ),
        ("loop_signs", lambda r, e: [e[0], 1 - e[1], e[2]], "fewest taken for a flag of satisfaction"),
        ("loop_signs", lambda r, e: [e[0], e[1], e[2] + 2 * (r == "D")], "a single entry"),
    ]
]

SQUARE = np.array([[0, 1, 0, -1], [1, 0, 1, 0], [0, 1, 0, 1], [-1, 0, 1, 0]])
TRIANGLE = np.array([[0, 1, -1], [1, 0, 1], [-1, 1, 0]])
THIRD = Fraction(1, 3)

EXAMPLES = [
    ("hidden_frustration", (np.kron(np.eye(2), SQUARE).tolist(),), None),
    ("hidden_frustration", (SQUARE - 5 * np.eye(4),), None),
    ("reversal_fails", ([[-1, 0], [0, 0]], np.zeros((2, 2))), "no weight between two units"),
    ("reversal_fails", ([[THIRD, THIRD], [THIRD, 0]], TRIANGLE * 0.1), None),
    (
        "many_fixed_points",  # two groups of friends: more rivals than are allowed, and no frustration
        ((np.outer([1] * 3 + [-1] * 3, [1] * 3 + [-1] * 3) * (np.eye(6) < 1)).tolist(),),
        "too many rivals",
    ),
    ("many_fixed_points", (np.zeros((8, 8)),), "wrong number of units"),
    ("many_fixed_points", ((np.outer([1, -1] * 3, [1, -1] * 3) * (np.eye(6) - 1)).tolist(),), None),
]


# found by examiners who knew the texts alone


@wrong("unsatisfied", "weight compared with the product of the states")
def equal_to_the_wish(weights, state):
    count = 0
    for i in range(len(state)):
        for j in range(i + 1, len(state)):
            if weights[i, j] != state[i] * state[j]:
                count += 1
    return count


@wrong("unsatisfied", "only neighbours round the loop")
def round_the_loop(weights, state):
    count = 0
    for i in range(len(state) - 1):
        if weights[i, i + 1] * state[i] * state[i + 1] < 0:
            count += 1
    if weights[-1, 0] * state[-1] * state[0] < 0:
        count += 1
    return count


@wrong("unsatisfied", "the energy")
def how_high(weights, state):
    return float(-0.5 * state @ weights @ state)


@wrong("is_frustrated", "first and last state left out")
def without_the_ends(weights):
    states = state_space.all_states(len(weights))[1:-1]
    return all((np.triu(weights * np.outer(y, y), 1) < 0).any() for y in states)


@wrong("arrows_reversed", "different instead of turned")
def tables_differ(one, two):
    return not np.array_equal(one, two)


@wrong("arrows_reversed", "no arrow in common")
def none_in_both(one, two):
    a = {(c, int(d)) for c, row in enumerate(one) for d in row if d != c}
    b = {(c, int(d)) for c, row in enumerate(two) for d in row if d != c}
    return not (a & b)


@wrong("arrows_reversed", "a unit moves in one network only")
def one_or_the_other(one, two):
    codes = np.arange(len(one))[:, None]
    return bool(np.all((one != codes) != (two != codes)))


@wrong("arrows_reversed", "direction lost")
def lines(one, two):
    a = {frozenset((c, int(d))) for c, row in enumerate(one) for d in row if d != c}
    b = {frozenset((c, int(d))) for c, row in enumerate(two) for d in row if d != c}
    return a == b


@wrong("is_frustrated", "never corrected")
def greedy(weights):
    N = len(weights)
    s = [1] * N
    for i in range(1, N):
        for j in range(i):
            if weights[i, j] != 0:
                s[i] = s[j] * (1 if weights[i, j] > 0 else -1)
                break
    return any(weights[i, j] * s[i] * s[j] < 0 for i in range(N) for j in range(i))


@wrong("arrows_reversed", "arrows at each state counted")
def into_and_out(one, two):
    codes = np.arange(len(one))[:, None]
    return np.array_equal(np.bincount(two[two != codes], minlength=len(two)), (one != codes).sum(1))


@wrong("unsatisfied", "state ignored, half of the whole matrix")
def _(weights, state):
    return np.sum(weights < 0) // 2


@wrong("is_frustrated", "all weights in one product, half of the whole matrix")
def _(weights):
    return (weights < 0).sum() // 2 % 2 == 1
