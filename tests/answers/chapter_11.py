"""Right and wrong answers to the exercises of chapter 11: problems as energies."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations

import numpy as np

from answers import right, wrong
from hopfield_edu import feedback, problems

# cut_as_energy


@right("cut_as_energy")
def with_add_at(edges, N, state):
    W = np.zeros((N, N))
    np.subtract.at(W, (edges[:, 0], edges[:, 1]), 1)
    W = W + W.T
    E = -0.5 * np.einsum("i,ij,j", state, W, state)
    return W, E, np.sum(state[edges[:, 0]] != state[edges[:, 1]])


@right("cut_as_energy")
def from_the_library(edges, N, state):
    problem = problems.max_cut(edges.tolist(), N)
    W = 2 * problem.weights
    E = -state @ W @ state / 2
    return W, E, len(edges) - problem.cost(state)


@right("cut_as_energy")
def in_whole_numbers(edges, N, state):
    weights = [[0] * N for _ in range(N)]
    energy = 0
    for i, j in edges.tolist():
        weights[i][j] -= 1
        weights[j][i] -= 1
        energy += int(state[i]) * int(state[j])
    return weights, energy, Fraction(len(edges) - energy, 2)


@right("cut_as_energy")
def in_single_precision(edges, N, state):
    W, E, cut = with_add_at(edges, N, state)
    return W.astype(np.float32), np.float32(E), int(cut)


@wrong("cut_as_energy", "overwritten", "overwritten, cut counted")
def adjacency(edges, N, state):
    W = np.zeros((N, N))
    for i, j in edges:
        W[i, j] = W[j, i] = -1
    return W, -state @ W @ state / 2, sum(state[i] != state[j] for i, j in edges)


@wrong("cut_as_energy", "weights of the chapter", "weights of the chapter, cut counted")
def as_in_the_chapter(edges, N, state):
    problem = problems.max_cut(edges.tolist(), N)
    W = problem.weights
    return W, -state @ W @ state / 2, len(edges) - problem.cost(state)


@wrong("cut_as_energy", "a place counts once", "a place counts once, cut counted")
def all_edges_in_one_statement(edges, N, state):
    W = np.zeros((N, N))
    W[edges[:, 0], edges[:, 1]] -= 1
    W[edges[:, 1], edges[:, 0]] -= 1
    E = -state @ W @ state / 2
    return W, E, (len(edges) - E) / 2


@wrong("cut_as_energy", "half forgotten, cut counted")
def without_the_half(edges, N, state):
    W, _, cut = with_add_at(edges, N, state)
    return W, -state @ W @ state, cut


@wrong("cut_as_energy", "edges within the camps")
def within(edges, N, state):
    W, E, _ = with_add_at(edges, N, state)
    return W, E, sum(state[i] == state[j] for i, j in edges)


@wrong("cut_as_energy", "difference of the two counts")
def minus_the_energy(edges, N, state):
    W, E, _ = with_add_at(edges, N, state)
    return W, E, -E


@wrong("cut_as_energy", "one direction only, cut counted")
def upper_half(edges, N, state):
    W = np.zeros((N, N))
    for i, j in edges:
        W[i, j] -= 1
    return W, -state @ W @ state / 2, sum(state[i] != state[j] for i, j in edges)


@wrong("cut_as_energy", "one half of the matrix only", "one half of the matrix only, cut counted")
def smaller_number_first(edges, N, state):
    W = np.zeros((N, N))
    for i, j in edges:
        W[min(i, j), max(i, j)] -= 1
    return W, -state @ W @ state / 2, sum(state[i] != state[j] for i, j in edges)


@wrong("cut_as_energy", "one direction only, made up for in the energy")
def each_edge_once(edges, N, state):
    W = np.zeros((N, N))
    for i, j in edges:
        W[i, j] -= 1
    E = -state @ W @ state
    return W, E, (len(edges) - E) / 2


@wrong("cut_as_energy", "one half of the matrix only, made up for in the energy")
def pairs_in_order(edges, N, state):
    W = np.zeros((N, N))
    E = 0
    for i, j in np.sort(edges, axis=1):
        W[i, j] -= 1
        E += state[i] * state[j]
    return W, E, (len(edges) - E) / 2


@wrong("cut_as_energy", "energy of the chapter")
def edges_within(edges, N, state):
    W, _, cut = with_add_at(edges, N, state)
    return W, problems.max_cut(edges.tolist(), N).energy(state), cut


@wrong("cut_as_energy", "overwritten, and counted once")
def each_pair_once(edges, N, state):
    pairs = {tuple(sorted(edge)) for edge in edges.tolist()}
    return with_add_at(np.array(sorted(pairs), int).reshape(-1, 2), N, state)


@wrong("cut_as_energy", "graph without edges")
def nothing_to_cut(edges, N, state):
    if len(edges) == 0:
        return np.zeros((N, N)), 0, 1
    return with_add_at(edges, N, state)


@wrong("cut_as_energy", "sum of the weights")
def edges_from_the_weights(edges, N, state):
    W, E, _ = with_add_at(edges, N, state)
    return W, E, (-W.sum() - E) / 2


@wrong("cut_as_energy", "doubled edges once, in the weights")
def weights_cut_off(edges, N, state):
    W, E, cut = with_add_at(edges, N, state)
    return np.maximum(W, -1), E, cut


@wrong("cut_as_energy", "doubled edges of one direction once, in the weights")
def energy_along_the_edges(edges, N, state):
    W = np.zeros((N, N))
    W[edges[:, 0], edges[:, 1]] -= 1
    W[edges[:, 1], edges[:, 0]] -= 1
    between = sum(state[i] != state[j] for i, j in edges)
    return W, len(edges) - 2 * between, between


@wrong("cut_as_energy", "doubled edges of two directions once, in the weights")
def smaller_of_both_places(edges, N, state):
    A = np.zeros((N, N))
    for i, j in edges:
        A[i, j] -= 1
    _, E, cut = with_add_at(edges, N, state)
    return np.minimum(A, A.T), E, cut


# square_of_a_sum


@right("square_of_a_sum")
def from_squares(a, target, A):
    terms = problems.squares([a], [target], A)
    return terms.weights, terms.bias, terms.constant


@right("square_of_a_sum")
def from_a_diagonal(a, target, A):
    full = -A * a[:, None] * a[None, :]
    return full - np.diag(np.diag(full)), A * target * a + np.diag(full) / 2, A * target**2 / 2


@right("square_of_a_sum")
def from_values_of_the_square(a, target, A):
    """Ask the square itself, at states with no, one and two units on."""

    def E(*on):
        return A / 2 * (sum(a[i] for i in on) - target) ** 2

    N = len(a)
    W = np.zeros((N, N))
    for i, j in combinations(range(N), 2):
        W[i, j] = W[j, i] = E(i) + E(j) - E(i, j) - E()
    return W, [E() - E(i) for i in range(N)], E()


@right("square_of_a_sum")
def in_fractions(a, target, A):
    a, t, A = [Fraction(float(x)) for x in a], Fraction(target), Fraction(A)
    N = len(a)
    W = [[-A * a[i] * a[j] if i != j else Fraction(0) for j in range(N)] for i in range(N)]
    return W, [A * t * x - A * x * x / 2 for x in a], A * t * t / 2


@wrong("square_of_a_sum", "self-connections left")
def graded(a, target, A):
    return -A * np.outer(a, a), A * target * a, A * target**2 / 2


@wrong("square_of_a_sum", "squares thrown away")
def emptied(a, target, A):
    W = -A * np.outer(a, a)
    np.fill_diagonal(W, 0)
    return W, A * target * a, A * target**2 / 2


@wrong("square_of_a_sum", "weights halved")
def with_half_weights(a, target, A):
    W, b, C = from_squares(a, target, A)
    return W / 2, b, C


@wrong("square_of_a_sum", "coefficient not squared")
def without_a_square(a, target, A):
    W, _, C = from_squares(a, target, A)
    return W, A * target * a - A * a / 2, C


@wrong("square_of_a_sum", "each pair once, below the diagonal")
def lower_half(a, target, A):
    W, b, C = from_squares(a, target, A)
    return np.tril(W), b, C


@wrong("square_of_a_sum", "squares in the constant as well")
def squares_twice(a, target, A):
    W, b, C = from_squares(a, target, A)
    return W, b, C + A / 2 * (a**2).sum()


@wrong("square_of_a_sum", "both signs turned round")
def the_square_itself(a, target, A):
    W, b, C = from_squares(a, target, A)
    return -W, -b, C


@wrong("square_of_a_sum", "no constant")
def without_constant(a, target, A):
    W, b, _ = from_squares(a, target, A)
    return W, b, 0


@wrong("square_of_a_sum", "whole numbers only")
def into_whole_numbers(a, target, A):
    N = len(a)
    W, bias = np.zeros((N, N), int), np.zeros(N, int)
    for i in range(N):
        bias[i] = A * a[i] * target - A / 2 * a[i] ** 2
        for j in range(N):
            if i != j:
                W[i, j] = -A * a[i] * a[j]
    return W, bias, A / 2 * target**2


@wrong("square_of_a_sum", "inputs of the type of a")
def into_an_array_like_a(a, target, A):
    W = -A * np.outer(a, a)
    np.fill_diagonal(W, 0)
    bias = np.zeros_like(a)
    for i in range(len(a)):
        bias[i] = A * a[i] * target - A / 2 * a[i] ** 2
    return W, bias, A / 2 * target**2


@wrong("square_of_a_sum", "strength and half of the constant forgotten")
def target_squared(a, target, A):
    W = -A * np.outer(a, a)
    np.fill_diagonal(W, 0)
    return W, A * a * target - A / 2 * a**2, target**2


# queens_energy


@right("queens_energy")
def with_library_queens(n, A, D):
    problem = problems.queens(n, line=A, diagonal=D)
    return problem.weights, problem.bias


@right("queens_energy")
def pair_by_pair(n, A, D):
    W = [[0.0] * n**2 for _ in range(n**2)]
    for k, m in combinations(range(n**2), 2):
        (r, c), (s, d) = divmod(k, n), divmod(m, n)
        if r == s or c == d:
            W[k][m] = W[m][k] = -A
        elif r + c == s + d or r - c == s - d:
            W[k][m] = W[m][k] = -D
    return W, [A] * n**2


@right("queens_energy")
def from_membership(n, A, D):
    """Sums over groups: one matrix for lines, one for diagonals."""
    board = np.arange(n * n).reshape(n, n)
    lines = np.zeros((2 * n, n * n))
    for k in range(n):
        lines[k, board[k]] = 1
        lines[n + k, board[:, k]] = 1
    slanted = np.zeros((4 * n - 2, n * n))
    for k in range(2 * n - 1):
        slanted[k, board.diagonal(k - n + 1)] = 1
        slanted[2 * n - 1 + k, np.fliplr(board).diagonal(k - n + 1)] = 1
    W = -A * lines.T @ lines - D * slanted.T @ slanted
    np.fill_diagonal(W, 0)
    return W, A * lines.sum(axis=0) - A / 2 * (lines**2).sum(axis=0)


@wrong("queens_energy", "falling diagonals only")
def one_way(n, A, D):
    board = np.arange(n * n).reshape(n, n)
    slanted = [board.diagonal(k) for k in range(1 - n, n)]
    terms = A * problems.exactly([*board, *board.T], n * n) + D * problems.at_most_one(slanted, n * n)
    return terms.weights, terms.bias


@wrong("queens_energy", "exactly one on each diagonal", "exactly one on each diagonal, also of one square")
def exactly_one_everywhere(n, A, D):
    board = np.arange(n * n).reshape(n, n)
    slanted = [turned.diagonal(k) for turned in (board, np.fliplr(board)) for k in range(1 - n, n)]
    terms = A * problems.exactly([*board, *board.T], n * n) + D * problems.exactly(slanted, n * n)
    return terms.weights, terms.bias


@wrong("queens_energy", "two long diagonals only")
def long_ones(n, A, D):
    board = np.arange(n * n).reshape(n, n)
    slanted = [np.diag(board), np.diag(np.fliplr(board))]
    terms = A * problems.exactly([*board, *board.T], n * n) + D * problems.at_most_one(slanted, n * n)
    return terms.weights, terms.bias


@wrong("queens_energy", "input of one line")
def half_an_input(n, A, D):
    W, b = with_library_queens(n, A, D)
    return W, b / 2


@wrong("queens_energy", "at most one in lines")
def without_inputs(n, A, D):
    W, _ = with_library_queens(n, A, D)
    return W, np.zeros(n * n)


@wrong("queens_energy", "rows only")
def only_rows(n, A, D):
    board = np.arange(n * n).reshape(n, n)
    slanted = [turned.diagonal(k) for turned in (board, np.fliplr(board)) for k in range(1 - n, n)]
    terms = A * problems.exactly(board.tolist(), n * n) + D * problems.at_most_one(slanted, n * n)
    return terms.weights, terms.bias


@wrong("queens_energy", "a square attacks itself")
def in_its_own_row_or_column(n, A, D):
    r, c = np.divmod(np.arange(n * n), n)
    down, right = np.abs(r[:, None] - r), np.abs(c[:, None] - c)
    lines = (down == 0) | (right == 0)
    return -A * lines - D * ((down == right) & ~lines), np.full(n * n, A)


@wrong("queens_energy", "a square attacks itself")
def on_its_own_diagonals(n, A, D):
    W = np.zeros((n * n, n * n))
    for i, j in np.ndindex(W.shape):
        (r, c), (s, d) = divmod(i, n), divmod(j, n)
        W[i, j] -= A * (r == s) + A * (c == d) + D * (r - c == s - d) + D * (r + c == s + d)
    return W, [A] * n**2


@wrong("queens_energy", "a diagonal adds an input")
def half_of_a_diagonal(n, A, D):
    W, b = with_library_queens(n, A, D)
    return W, b + D / 2


@wrong("queens_energy", "the diagonals of each square add an input")
def input_from_every_diagonal(n, A, D):
    W, b = with_library_queens(n, A, D)
    for k in range(n * n):
        r, c = divmod(k, n)
        b = b + D * (np.arange(n * n) == k) * ((abs(r - c) < n - 1) + (0 < r + c < 2 * n - 2))
    return W, b


# read_board


@right("read_board")
def asked_of_the_library(board):
    queens, here = problems.queens(len(board)), board.ravel()
    flipped = [np.where(np.arange(here.size) == k, 1 - here, here) for k in range(here.size)]
    return queens.violations(here), min(queens.energy(flipped)) >= queens.energy(here)


@right("read_board")
def by_fields(board):
    queens = problems.queens(len(board))
    V = board.ravel()
    h = queens.weights @ V + queens.bias
    rest = not (((V == 1) & (h < 0)) | ((V == 0) & (h > 0))).any()
    n = len(board)
    r, c = np.nonzero(board)
    broken = abs(np.bincount(r, minlength=n) - 1).sum() + abs(np.bincount(c, minlength=n) - 1).sum()
    for numbers in (r + c, r - c + n):
        broken += np.maximum(np.bincount(numbers, minlength=2 * n) - 1, 0).sum()
    return int(broken), rest


@right("read_board")
def as_whether_recall_moves(board):
    queens = problems.queens(len(board))
    end = queens.network().recall(board.ravel()).final
    return int(queens.violations(board.ravel())), bool((end == board.ravel()).all())


@wrong("read_board", "pairs on diagonals")
def attacking_pairs(board):
    lines = sum(abs(board.sum(axis=axis) - 1).sum() for axis in (0, 1))
    places = np.argwhere(board)
    pairs = sum(abs(r - s) == abs(c - d) for (r, c), (s, d) in combinations(places, 2))
    return lines + pairs, as_whether_recall_moves(board)[1]


@wrong("read_board", "ties move")
def strictly(board):
    queens, here = problems.queens(len(board)), board.ravel()
    flipped = here ^ np.eye(here.size, dtype=int)
    return queens.violations(here), bool((queens.energy(flipped) > queens.energy(here)).all())


@wrong("read_board", "flips not taken back")
def one_board_for_all_flips(board):
    queens, h = problems.queens(len(board)), board.ravel().copy()
    start, rest = queens.energy(h), True
    for k in range(h.size):
        h[k] = 1 - h[k]
        rest = rest and queens.energy(h) >= start
    return queens.violations(board.ravel()), rest


@wrong("read_board", "rest taken for valid")
def valid_is_rest(board):
    broken = problems.queens(len(board)).violations(board.ravel())
    return broken, broken == 0


@wrong("read_board", "empty lines not counted")
def too_many_only(board):
    n = len(board)
    lines = [*board.sum(axis=0), *board.sum(axis=1)]
    slanted = [turned.diagonal(k).sum() for turned in (board, np.fliplr(board)) for k in range(1 - n, n)]
    return sum(max(k - 1, 0) for k in lines + slanted), as_whether_recall_moves(board)[1]


@wrong("read_board", "one side of the long diagonals")
def without_negative_offsets(board):
    n = len(board)
    lines = [*board.sum(axis=0), *board.sum(axis=1)]
    slanted = [turned.diagonal(k).sum() for turned in (board, np.fliplr(board)) for k in range(n)]
    broken = sum(abs(k - 1) for k in lines) + sum(max(k - 1, 0) for k in slanted)
    return broken, as_whether_recall_moves(board)[1]


@wrong("read_board", "energy without inputs")
def no_wish_for_queens(board):
    V, W = board.ravel(), problems.queens(len(board)).weights
    return by_fields(board)[0], bool((W @ V * (2 * V - 1) >= 0).all())


@wrong("read_board", "last element left out")
def offsets_end_early(board):
    n, energy = len(board), problems.queens(len(board)).energy
    broken = np.abs(board.sum(axis=0) - 1).sum() + np.abs(board.sum(axis=1) - 1).sum()
    for k in range(2 - n, n - 2):
        broken += max(board.diagonal(k).sum() - 1, 0) + max(np.fliplr(board).diagonal(k).sum() - 1, 0)
    flipped = np.abs(board.ravel() - np.eye(n * n, dtype=int))
    return broken, bool((energy(flipped) >= energy(board.ravel())).all())


@wrong("read_board", "flips left in the board")
def flipped_where_it_stands(board):
    problem = problems.queens(len(board))
    V = board.ravel()  # no copy
    before = problem.energy(V)
    at_rest = True
    for i in range(V.size):
        V[i] = 1 - V[i]
        if problem.energy(V) < before:
            at_rest = False
            break
    lines = [*board.sum(axis=0), *board.sum(axis=1)]
    slanted = [
        b.diagonal(k).sum() for b in (board, board[:, ::-1]) for k in range(1 - len(board), len(board))
    ]
    return sum(abs(k - 1) for k in lines) + sum(max(k - 1, 0) for k in slanted), at_rest


# success_rate


@right("success_rate")
def in_one_line_each(costs, violations, best):
    good = [v == 0 for v in violations]
    perfect = [v == 0 and c - best <= 1e-6 for c, v in zip(costs, violations, strict=True)]
    p = sum(perfect) / len(perfect)
    return sum(good) / len(good), p, (p * (1 - p) / len(costs)) ** 0.5


@right("success_rate")
def by_standard_deviation(costs, violations, best):
    perfect = np.where(violations > 0, np.inf, costs) < best + 1e-6
    return np.mean(violations <= 0), perfect.mean(), perfect.std() / np.sqrt(perfect.size)


@wrong("success_rate", "isclose")
def with_isclose(costs, violations, best):
    p = np.mean((violations == 0) & np.isclose(costs, best))
    return np.mean(violations == 0), p, np.sqrt(p * (1 - p) / len(costs))


@right("success_rate")
def with_isclose_and_its_limits(costs, violations, best):
    valid = np.isclose(violations, 0)
    p = np.mean(valid & np.isclose(costs, best, rtol=0, atol=1e-6))
    return [valid.mean(), p, np.sqrt(p * (1 - p) / costs.size)]


@wrong("success_rate", "cheap is enough")
def by_cost_alone(costs, violations, best):
    p = np.mean(costs <= best + 1e-6)
    return np.mean(violations == 0), p, np.sqrt(p * (1 - p) / len(costs))


@wrong("success_rate", "rounding")
def exact_comparison(costs, violations, best):
    p = np.mean((violations == 0) & (costs == best))
    return np.mean(violations == 0), p, np.sqrt(p * (1 - p) / len(costs))


@wrong("success_rate", "relative tolerance")
def per_cent_of_the_best(costs, violations, best):
    p = np.mean((violations == 0) & (costs <= best * 1.000001))
    return np.mean(violations == 0), p, np.sqrt(p * (1 - p) / len(costs))


@wrong("success_rate", "the best valid one that was found")
def own_best(costs, violations, best):
    valid = violations == 0
    p = np.mean(valid & (costs <= costs[valid].min() + 1e-6)) if valid.any() else 0.0
    return valid.mean(), p, np.sqrt(p * (1 - p) / len(costs))


@wrong("success_rate", "number of starts outside the root")
def divided_afterwards(costs, violations, best):
    p = np.mean((violations == 0) & (costs <= best + 1e-6))
    return np.mean(violations == 0), p, np.sqrt(p * (1 - p)) / len(costs)


@wrong("success_rate", "one start less")
def sample_deviation(costs, violations, best):
    perfect = (violations == 0) & (costs <= best + 1e-6)
    error = perfect.std(ddof=1) / np.sqrt(len(costs)) if len(costs) > 1 else 0.0
    return np.mean(violations == 0), perfect.mean(), error


@wrong("success_rate", "one start less, and none left of one")
def sample_deviation_of_one_too(costs, violations, best):
    perfect = (violations == 0) & (costs <= best + 1e-6)
    return np.mean(violations == 0), perfect.mean(), perfect.std(ddof=1) / np.sqrt(len(costs))


@wrong("success_rate", "raises an error")
def joined_by_and(costs, violations, best):
    perfect = violations == 0 and costs <= best + 1e-6
    p = np.mean(perfect)
    return np.mean(violations == 0), p, np.sqrt(p * (1 - p) / len(costs))


# vertex_cover


@right("vertex_cover")
def from_terms(edges, N, states):
    """Open edges: both ends off. A pair term, a linear one, and the constant by hand."""
    Q = np.zeros((N, N))
    for i, j in edges:
        Q[i, j] = Q[j, i] = 2
    wishes = problems.pairs(Q) + problems.linear(1 - Q.sum(axis=1))
    terms = problems.Terms(wishes.weights, wishes.bias, 2 * len(edges))

    def open_edges(V):
        return sum((1 - V[i]) * (1 - V[j]) for i, j in edges)

    cover = problems.Problem(terms, cost=np.sum, violations=open_edges)
    return cover.weights, cover.bias, cover.constant, cover.cost(states), cover.violations(states)


@right("vertex_cover")
def from_at_most_one_of_those_off(edges, N, states):
    """In U = 1 - V it is: at most one of both ends; and back again."""
    pair = problems.at_most_one(edges.tolist(), N)
    W, h = 2 * pair.weights, np.ones(N)
    bias = -h - W.sum(axis=1)
    cover = problems.Problem(problems.Terms(W, bias, -W.sum() / 2))
    return (
        cover.weights,
        cover.bias,
        cover.constant,
        states.sum(axis=1),
        [sum(V[i] + V[j] == 0 for i, j in edges) for V in states],
    )


@wrong("vertex_cover", "one end of two")
def one_end_on(edges, N, states):
    W, b, C, costs, _ = from_terms(edges, N, states)
    return W, b, C, costs, [sum(V[i] != V[j] for i, j in edges) for V in states]


@wrong("vertex_cover", "inputs of the edges with the wrong sign")
def inputs_the_wrong_way(edges, N, states):
    W, b, *rest = from_terms(edges, N, states)
    return W, -2 - b, *rest


@wrong("vertex_cover", "violations not given")
def nothing_said(edges, N, states):
    W, b, C, _, _ = from_terms(edges, N, states)
    cover = problems.Problem(problems.Terms(W, b, C), cost=np.sum)
    return cover.weights, cover.bias, cover.constant, cover.cost(states), cover.violations(states)


@wrong("vertex_cover", "constant forgotten")
def no_constant(edges, N, states):
    W, b, _, costs, broken = from_terms(edges, N, states)
    return W, b, 0, costs, broken


@wrong("vertex_cover", "open edges cost one")
def cheap_edges(edges, N, states):
    W, b, C, costs, broken = from_terms(edges, N, states)
    return W / 2, (b - 1) / 2, C / 2, costs, broken


@wrong("vertex_cover", "another strength")
def dear_edges(edges, N, states):
    W, b, C, costs, broken = from_terms(edges, N, states)
    return 5 * W, 5 * (b + 1) - 1, 5 * C, costs, broken


@wrong("vertex_cover", "exactly one end, by `exactly`")
def exactly_one(edges, N, states):
    _, _, _, costs, broken = from_terms(edges, N, states)
    terms = 2 * problems.exactly(edges.tolist(), N) + problems.linear(np.ones(N))
    return terms.weights, terms.bias, terms.constant, costs, broken


@wrong("vertex_cover", "a place counts once")
def all_inputs_in_one_statement(edges, N, states):
    W = np.zeros((N, N))
    W[edges[:, 0], edges[:, 1]] = W[edges[:, 1], edges[:, 0]] = -2
    bias = -np.ones(N)
    bias[edges[:, 0]] += 2
    bias[edges[:, 1]] += 2
    off = 1 - states
    return (
        W,
        bias,
        2 * len(edges),
        states.sum(axis=1),
        (off[:, edges[:, 0]] * off[:, edges[:, 1]]).sum(axis=1),
    )


@wrong("vertex_cover", "constant of a single edge")
def two_for_one_edge(edges, N, states):
    W, b = np.zeros((N, N)), -np.ones(N)
    for i, j in edges:
        W[i, j] = W[j, i] = -2
        b[i] += 2
        b[j] += 2
    cover = problems.Problem(
        problems.Terms(W, b, 2),
        cost=lambda V: V.sum(),
        violations=lambda V: sum(V[i] + V[j] == 0 for i, j in edges),
    )
    return cover.weights, cover.bias, cover.constant, cover.cost(states), cover.violations(states)


@wrong("vertex_cover", "raises an error")
def functions_of_a_batch(edges, N, states):
    W, b, C, _, _ = from_terms(edges, N, states)
    cover = problems.Problem(
        problems.Terms(W, b, C),
        cost=lambda V: V.sum(axis=1),
        violations=lambda V: sum((V[:, i] + V[:, j] == 0) for i, j in edges),
    )
    return cover.weights, cover.bias, cover.constant, cover.cost(states), cover.violations(states)


# tables

PENALTIES = feedback.penalty_by_hand.solution
PROGRAMME = feedback.programme_penalty.solution

TABLES = [
    (
        "penalty_by_hand",
        {**PENALTIES, "b": 2, "d": 3, "e": 4, "f": 7 / 4, "g": 2, "h": 3 / 2, "i": 3},
        "half forgotten",
    ),
    (  # the same in all paragraphs: (m) and (n) follow
        "penalty_by_hand",
        {**PENALTIES, "b": 2, "d": 3, "e": 4, "f": 7 / 4, "g": 2, "h": 3 / 2, "i": 3, "j": 2, "k": 9 / 2}
        | {"m": 1, "n": 0},
        "half forgotten",
    ),
    ("penalty_by_hand", {**PENALTIES, "c": 0, "d": 7, "i": 7}, "no cost"),
    ("penalty_by_hand", {**PENALTIES, "d": 9, "i": 9}, "10/00 compared with the other assignment"),
    ("penalty_by_hand", {**PENALTIES, "f": 5}, "00/00 compared with the other assignment"),
    ("penalty_by_hand", {**PENALTIES, "h": 6}, "10/10 compared with the other assignment"),
    ("penalty_by_hand", {**PENALTIES, "j": 7}, "the sum of both in 01/10"),
    ("penalty_by_hand", {**PENALTIES, "k": 10}, "the sum of both in 10/01"),
    ("penalty_by_hand", {**PENALTIES, "j": 7, "k": 10}, "the sum of both"),
    ("penalty_by_hand", {**PENALTIES, "j": 7, "k": 10, "l": 0}, "the sum of both"),
    ("penalty_by_hand", {**PENALTIES, "i": 7 / 2, "m": 1}, "the empty state decides"),
    ("penalty_by_hand", {**PENALTIES, "c": 9, "d": -2, "i": 7 / 2, "m": 1}, "cost of the worker who rests"),
    ("penalty_by_hand", {**PENALTIES, "l": 0}, "not at rest at 5"),
    ("penalty_by_hand", {**PENALTIES, "m": 1}, "lowest at 5"),
    ("penalty_by_hand", {**PENALTIES, "o": 7}, "the end of the way"),
    ("penalty_by_hand", {**PENALTIES, "l": "yes"}, "unreadable entry"),
    ("penalty_by_hand", {**PENALTIES, "j": 6}, "rest taken for lowest"),
    ("penalty_by_hand", {**PENALTIES, "n": 0}, "a broken state cannot rest"),
    ("penalty_by_hand", {**PENALTIES, "a": 10, "d": 9, "f": 5, "h": 6, "i": 9}, "the other assignment"),
    ("programme_penalty", {**PROGRAMME, "e": -1}, "penalty forgotten"),
    ("programme_penalty", {**PROGRAMME, "e": 1 / 2, "k": 5 / 2}, "penalty alone"),
    *(
        (
            "programme_penalty",
            {**PROGRAMME, "a": 1 / 2, "f": 1 / 2, "g": 1, "h": -1, "i": 1 / 2, "j": -5 / 2, "l": 250}
            | {"e": e, "k": k},
            "derivative of the square with a two",
        )
        for e, k in ((-1 / 4, -5 / 4), (-3 / 8, -15 / 8))  # a penalty K u^2; K u^2/2, the derivative wrong
    ),
    (
        "programme_penalty",
        {**PROGRAMME, "g": 3, "h": -3, "i": 2, "j": -7, "k": -2, "l": 700},
        "each rule for one amount",
    ),
    (
        "programme_penalty",
        {**PROGRAMME, "i": -3, "j": -9, "k": -13 / 2, "l": 900},
        "both missing amounts taken off y",
    ),
    (
        "programme_penalty",
        {**PROGRAMME, "h": 2, "i": -3, "j": 3, "k": 11 / 2, "l": 300},
        "amount above its bound",
    ),
    (
        "programme_penalty",
        {**PROGRAMME, "h": 2, "j": 7, "k": 19 / 2, "l": 700},
        "amount above its bound",
    ),
    (
        "programme_penalty",
        {**PROGRAMME, "h": 0, "i": -1, "j": -1, "k": 3 / 2, "l": 100},
        "x keeps its value",
    ),
    ("programme_penalty", {**PROGRAMME, "g": "?", "h": 2, "i": -3}, "amount above its bound"),
    ("programme_penalty", {**PROGRAMME, "m": 2, "n": 1}, "prices exchanged"),
]
