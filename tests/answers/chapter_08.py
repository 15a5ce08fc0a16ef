"""Right and wrong answers to the exercises of chapter 08: better learning rules."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np

from answers import right, wrong
from hopfield_edu import feedback
from hopfield_edu.patterns import from_label

# pseudo_inverse_weights


@right("pseudo_inverse_weights")
def by_the_overlaps(patterns):
    N = patterns.shape[1]
    Q = patterns @ patterns.T / N
    W = patterns.T @ np.linalg.pinv(Q, rcond=1e-10) @ patterns / N
    return W - np.diag(np.diag(W))


@right("pseudo_inverse_weights")
def by_scipy(patterns):
    from scipy.linalg import orth

    basis = orth(patterns.T.astype(float), rcond=1e-10)
    return basis @ basis.T * (1 - np.eye(len(basis)))


@right("pseudo_inverse_weights")
def in_fractions(patterns):
    """Gram and Schmidt, exactly, in lists."""
    N, basis = len(patterns[0]), []
    for pattern in patterns.tolist():
        rest = [Fraction(x) for x in pattern]
        for b in basis:
            share = sum(x * y for x, y in zip(pattern, b, strict=True)) / sum(y * y for y in b)
            rest = [x - share * y for x, y in zip(rest, b, strict=True)]
        if any(rest):
            basis.append(rest)
    lengths = [sum(y * y for y in b) for b in basis]
    return [
        [sum(b[i] * b[j] / n for b, n in zip(basis, lengths, strict=True)) if i != j else 0 for j in range(N)]
        for i in range(N)
    ]


@right("pseudo_inverse_weights")
def in_single_precision(patterns):
    S = patterns.astype(np.float32)
    W = np.linalg.pinv(S, rcond=1e-5) @ S
    np.fill_diagonal(W, 0)
    return W


@wrong("pseudo_inverse_weights", "dependent patterns")
def inverse(patterns):
    N = patterns.shape[1]
    Q = patterns @ patterns.T / N
    W = patterns.T @ np.linalg.inv(Q) @ patterns / N
    np.fill_diagonal(W, 0)
    return W


@wrong("pseudo_inverse_weights", "dependent patterns")
def solved(patterns):
    W = patterns.T @ np.linalg.solve(patterns @ patterns.T, patterns)
    np.fill_diagonal(W, 0)
    return W


@wrong("pseudo_inverse_weights", "dependent patterns")
def nothing_if_there_is_no_inverse(patterns):
    N = patterns.shape[1]
    try:
        W = patterns.T @ np.linalg.inv(patterns @ patterns.T) @ patterns
    except np.linalg.LinAlgError:
        return np.zeros((N, N))
    np.fill_diagonal(W, 0)
    return W


@wrong("pseudo_inverse_weights", "diagonal kept")
def with_diagonal(patterns):
    return np.linalg.pinv(patterns) @ patterns


@wrong("pseudo_inverse_weights", "1/N once too often")
def products_for_overlaps(patterns):
    W = patterns.T @ np.linalg.pinv(patterns @ patterns.T, rcond=1e-10) @ patterns / patterns.shape[1]
    np.fill_diagonal(W, 0)
    return W


@wrong("pseudo_inverse_weights", "patterns by patterns", "patterns by patterns, diagonal kept")
def turned_round(patterns):
    return patterns @ np.linalg.pinv(patterns, rcond=1e-10)


@wrong("pseudo_inverse_weights", "only terms of a pattern with itself")
def one_sum(patterns):
    M, N = patterns.shape
    P = np.linalg.pinv(patterns @ patterns.T / N, rcond=1e-10)
    W = np.zeros((N, N))
    for mu in range(M):
        W += P[mu, mu] * np.outer(patterns[mu], patterns[mu]) / N
    np.fill_diagonal(W, 0)
    return W


@wrong("pseudo_inverse_weights", "diagonal of Q set to zero")
def q_without_diagonal(patterns):
    N = patterns.shape[1]
    Q = patterns @ patterns.T / N
    np.fill_diagonal(Q, 0)
    W = patterns.T @ np.linalg.pinv(Q, rcond=1e-10) @ patterns / N
    np.fill_diagonal(W, 0)
    return W


def _ridge(patterns, overlaps, added):
    W = patterns.T @ np.linalg.inv(overlaps + added * np.eye(len(patterns))) @ patterns
    return W - np.diag(np.diag(W))


@wrong("pseudo_inverse_weights", "a number added to the diagonal of Q")
def a_hundredth_added(patterns):
    N = patterns.shape[1]
    return _ridge(patterns, patterns @ patterns.T / N, 0.01) / N


@wrong("pseudo_inverse_weights", "a number added to the diagonal of Q")
def a_thousandth_added_to_the_sums(patterns):
    return _ridge(patterns, patterns @ patterns.T, 1e-3)


# storkey_update


@right("storkey_update")
def from_lists(weights, pattern):
    W, s = weights.tolist(), pattern.tolist()
    N = len(s)

    def h(i, j):
        return sum(W[i][k] * s[k] for k in range(N) if k not in (i, j))

    def new(i, j):
        return W[i][j] + (s[i] * s[j] - s[i] * h(j, i) - h(i, j) * s[j]) / N

    return [[new(i, j) if i != j else 0 for j in range(N)] for i in range(N)]


@right("storkey_update")
def in_closed_form(weights, pattern):
    N = len(pattern)
    h = weights @ pattern
    W = weights * (1 + 2 / N) + (np.outer(pattern, pattern) - np.outer(pattern, h) - np.outer(h, pattern)) / N
    return W - np.diag(np.diag(W))


@right("storkey_update")
def single(weights, pattern):
    return np.float32(in_closed_form(weights, pattern))


@wrong("storkey_update", "only unit i left out")
def the_fields_of_the_network(weights, pattern):
    N = len(pattern)
    h = weights @ pattern
    new = weights.copy()
    for i in range(N):
        for j in range(N):
            if i != j:
                new[i, j] += (pattern[i] * pattern[j] - pattern[i] * h[j] - h[i] * pattern[j]) / N
    return new


@wrong("storkey_update", "weights changed while they are read")
def in_place(weights, pattern):
    N = len(pattern)
    W = weights.copy()
    for i in range(N):
        for j in range(N):
            if i == j:
                continue
            h_ij = sum(W[i, k] * pattern[k] for k in range(N) if k != i and k != j)
            h_ji = sum(W[j, k] * pattern[k] for k in range(N) if k != i and k != j)
            W[i, j] += (pattern[i] * pattern[j] - pattern[i] * h_ji - h_ij * pattern[j]) / N
    return W


@wrong("storkey_update", "h_ij and h_ji exchanged")
def own_field(weights, pattern):
    N = len(pattern)
    h = (weights @ pattern)[:, None] - weights * pattern
    W = weights + (np.outer(pattern, pattern) - h * pattern[:, None] - h.T * pattern) / N
    np.fill_diagonal(W, 0)
    return W


@wrong("storkey_update", "product of the fields added, only unit i left out")
def surprise(weights, pattern):
    r = pattern - weights @ pattern
    W = weights + np.outer(r, r) / len(r)
    np.fill_diagonal(W, 0)
    return W


# perceptron_epoch


@right("perceptron_epoch")
def one_unit_at_a_time(weights, patterns, margin):
    rows = []
    for i, row in enumerate(weights):
        new = row.copy()
        for s in patterns:
            if s[i] * (row @ s) <= margin * np.linalg.norm(row):
                new = new + s[i] * s
        new[i] = 0
        rows.append(new)
    return rows


@right("perceptron_epoch")
def lists(weights, patterns, margin):
    W, P = weights.tolist(), patterns.tolist()
    new = [list(row) for row in W]
    for s in P:
        for i in range(len(s)):
            h = sum(w * y for w, y in zip(W[i], s, strict=True))
            if not s[i] * h > margin * math.hypot(*W[i]):
                for j in range(len(s)):
                    new[i][j] += s[i] * s[j] * (i != j)
    return new


@right("perceptron_epoch")
def in_batches(weights, patterns, margin):
    W = weights.astype(np.float32)
    right = patterns * (patterns @ W.T) > margin * np.linalg.norm(W, axis=1)
    change = np.einsum("mi,mi,mj->ij", ~right, patterns, patterns)
    return W + change * (1 - np.eye(len(W)))


@wrong("perceptron_epoch", "a row of zeros never learns")
def divided_by_the_length(weights, patterns, margin):
    stability = patterns * (patterns @ weights.T) / np.linalg.norm(weights, axis=1)
    new = weights + ((stability <= margin) * patterns).T @ patterns
    np.fill_diagonal(new, 0)
    return new


@wrong("perceptron_epoch", "one pattern after the other")
def online(weights, patterns, margin):
    W = weights.copy()
    for s in patterns:
        wrong = s * (W @ s) <= margin * np.linalg.norm(W, axis=1)
        W += np.outer(wrong * s, s)
        np.fill_diagonal(W, 0)
    return W


@wrong("perceptron_epoch", "length of the whole matrix")
def axis_forgotten(weights, patterns, margin):
    wrong = patterns * (patterns @ weights.T) <= margin * np.linalg.norm(weights)
    new = weights + (wrong * patterns).T @ patterns
    np.fill_diagonal(new, 0)
    return new


@wrong("perceptron_epoch", "diagonal grows")
def diagonal(weights, patterns, margin):
    wrong = patterns * (patterns @ weights.T) <= margin * np.linalg.norm(weights, axis=1)
    return weights + (wrong * patterns).T @ patterns


@wrong("perceptron_epoch", "fields against the arrows")
def transposed(weights, patterns, margin):
    wrong = patterns * (patterns @ weights) <= margin * np.linalg.norm(weights, axis=1)
    new = weights + (wrong * patterns).T @ patterns
    np.fill_diagonal(new, 0)
    return new


# covariance_weights


@right("covariance_weights")
def all_at_once(patterns, activity):
    x = patterns - activity
    W = x.T @ x / (x.shape[1] * activity * (1 - activity))
    return W * (1 - np.eye(len(W)))


@right("covariance_weights")
def fractions(patterns, activity):
    f, N = Fraction(activity).limit_denominator(1000), patterns.shape[1]
    V = [[Fraction(int(x)) - f for x in row] for row in patterns]
    total = [[sum(v[i] * v[j] for v in V) / (N * f * (1 - f)) for j in range(N)] for i in range(N)]
    return [[total[i][j] if i != j else Fraction(0) for j in range(N)] for i in range(N)]


@right("covariance_weights")
def in_every_turn(patterns, activity):
    N = patterns.shape[1]
    W = np.zeros((N, N), np.float32)
    for V in patterns:
        more = W + np.outer(V - activity, V - activity) / (N * activity * (1 - activity)) * (1 - np.eye(N))
        W = more
    return W


@wrong("covariance_weights", "last pattern only")
def overwritten(patterns, activity):
    N = patterns.shape[1]
    W = np.zeros((N, N))
    for V in patterns:
        more = np.outer(V - activity, V - activity) / (N * activity * (1 - activity))
        np.fill_diagonal(more, 0)
        W = more
    return W


@wrong("covariance_weights", "brackets of the divisor forgotten")
def no_brackets(patterns, activity):
    x = patterns - activity
    return x.T @ x / x.shape[1] * activity * (1 - activity) * (1 - np.eye(x.shape[1]))


@wrong("covariance_weights", "mean of each unit")
def numpy_cov(patterns, activity):
    x = patterns - patterns.mean(axis=0)
    W = x.T @ x / (x.shape[1] * activity * (1 - activity))
    np.fill_diagonal(W, 0)
    return W


@wrong("covariance_weights", "divided in every turn")
def divided_again_and_again(patterns, activity):
    N = patterns.shape[1]
    W = np.zeros((N, N))
    for V in patterns:
        W += np.outer(V - activity, V - activity)
        W /= N * activity * (1 - activity)
        np.fill_diagonal(W, 0)
    return W


# threshold_range


@right("threshold_range")
def with_infinity(weights, patterns):
    low, high = -np.inf, np.inf
    for V in patterns:
        h = weights @ V
        low = max(low, h[V == 0].max())
        high = min(high, h[V == 1].min())
    return low, high


@right("threshold_range")
def sorted_out(weights, patterns):
    W, silent, active = weights.tolist(), [], []
    for V in patterns.tolist():
        for i, row in enumerate(W):
            h = sum(w for w, v in zip(row, V, strict=True) if v)
            (active if V[i] else silent).append(h)
    return [max(silent), min(active)]


@right("threshold_range")
def where(weights, patterns):
    h = (weights.astype(np.float32) @ patterns.T).T
    return np.array([np.where(patterns, -np.inf, h).max(), np.where(patterns, h, np.inf).min()])


@wrong("threshold_range", "zeros among the fields")
def masked_by_products(weights, patterns):
    h = patterns @ weights.T
    return ((1 - patterns) * h).max(), (patterns * h).min()


@wrong("threshold_range", "zeros among the silent fields")
def from_zero(weights, patterns):
    low, high = 0, np.inf
    for V in patterns:
        h = weights @ V
        low = max(low, h[V == 0].max())
        high = min(high, h[V == 1].min())
    return low, high


@wrong("threshold_range", "fields against the arrows")
def columns(weights, patterns):
    h = patterns @ weights
    return h[patterns == 0].max(), h[patterns == 1].min()


@wrong("threshold_range", "only where there is a threshold")
def zeros_if_there_is_none(weights, patterns):
    h = patterns @ weights.T
    low, high = h[patterns == 0].max(), h[patterns == 1].min()
    return (low, high) if low < high else (0, 0)


@wrong("threshold_range", "only where there is a threshold")
def nothing_if_there_is_none(weights, patterns):
    h = patterns @ weights.T
    low, high = h[patterns == 0].max(), h[patterns == 1].min()
    if low < high:
        return low, high


# there_and_back


@right("there_and_back")
def with_floats(weights, left, right):
    x, y = left.astype(float), right.astype(float)
    h = weights @ x
    y[h > 0], y[h < 0] = 1, -1
    g = y @ weights
    x[g > 0], x[g < 0] = 1, -1
    return x, y


@right("there_and_back")
def by_signs(weights, left, right):
    y = np.sign(2 * np.sign(weights @ left) + right)
    return [np.sign(2 * np.sign(weights.T @ y) + left), y]


@wrong("there_and_back", "ties become 0")
def plain_signs(weights, left, right):
    y = np.sign(weights @ left)
    return np.sign(weights.T @ y), y


@wrong("there_and_back", "both layers at once")
def old_right(weights, left, right):
    h, g = weights @ left, weights.T @ right
    return np.where(g == 0, left, np.sign(g)), np.where(h == 0, right, np.sign(h))


@wrong("there_and_back", "changes its input")
def changed_in_place(weights, left, right):
    for i in range(len(right)):
        h = weights[i] @ left
        if h:
            right[i] = np.sign(h)
    for j in range(len(left)):
        g = weights[:, j] @ right
        if g:
            left[j] = np.sign(g)
    return left, right


@wrong("there_and_back", "results exchanged")
def right_first(weights, left, right):
    y = np.where(weights @ left == 0, right, np.sign(weights @ left))
    return y, np.where(y @ weights == 0, left, np.sign(y @ weights))


@wrong("there_and_back", "a tie turns the unit over")
def ties_turn(weights, left, right):
    h = weights @ left
    right = np.where(h == 0, -right, np.sign(h))
    h = weights.T @ right
    return np.where(h == 0, -left, np.sign(h)), right


# tables and examples

GAPS = feedback.projection_by_hand.solution


def by_hand(**gaps):
    return GAPS | gaps


TABLES = [
    ("projection_by_hand", by_hand(a=4), "overlap without 1/N"),
    ("projection_by_hand", by_hand(a=0.75), "share of agreement"),
    (
        "projection_by_hand",
        by_hand(b=4 / 3, c=4, d=8, e=20 / 3, f=4, g=16 / 3, h=0),
        "1/N forgotten in the weights",
    ),
    ("projection_by_hand", by_hand(b=4 / 3, c=4), "1/N forgotten in the weights"),
    ("projection_by_hand", by_hand(b=1 / 4, c=1 / 4, d=3 / 2, e=5 / 4, f=5 / 4, g=1, h=1), "Hebb's weights"),
    ("projection_by_hand", by_hand(e=1, f=1), "self-connections kept"),
    ("projection_by_hand", by_hand(d=5 / 6), "self-connections left out too early"),
    ("projection_by_hand", by_hand(g=5 / 6, h=1 / 2), "wrong unit taken off once"),
    ("projection_by_hand", by_hand(b=1 / 2, c=1 / 6), "two entries exchanged"),
    ("projection_by_hand", by_hand(g=1 / 2, h=-1 / 2), "own weight taken off three times"),
    ("projection_by_hand", by_hand(b=0.17, e=0.83), "rounded"),
    ("projection_by_hand", by_hand(f=0.25), "a single entry"),
]

KEPT = np.array([from_label(x) for x in ("++++++", "----++", "---+-+")])
TWO = np.array([from_label(x) for x in ("+-", "++", "-+", "--")])
EXAMPLES = [
    ("kept_not_found", (KEPT, from_label("+++++-")), None),
    ("kept_not_found", (-KEPT.astype(float), (-from_label("+++++-")).tolist()), None),
    ("kept_not_found", (KEPT.T, from_label("+++")), "a pattern twice"),
    ("kept_not_found", (KEPT.T, from_label("+++++-")), "patterns in columns"),
    ("kept_not_found", (KEPT, [1, 1, 1, 1, 1, 0]), "0/1 instead of ±1"),
    ("kept_not_found", (KEPT[:, :5], from_label("++++-")), "a unit that hears nobody"),
    ("longest_tune", (np.vstack([KEPT, -KEPT]),), "too short"),
    ("longest_tune", (TWO,), "not six units"),
]


@wrong("perceptron_epoch", "every unit of the pattern, once for each wrong unit")
def _(weights, patterns, margin):
    new = weights.copy()
    for s in patterns:
        for i in range(len(s)):
            if s[i] * (weights[i] @ s) <= margin * np.linalg.norm(weights[i]):
                new += np.outer(s, s)
    np.fill_diagonal(new, 0)
    return new


@wrong("covariance_weights", "mean of each pattern, in the divisor as well")
def _(patterns, activity):
    N = patterns.shape[1]
    W = np.zeros((N, N))
    for V in patterns:
        f = V.mean()
        W = W + np.outer(V - f, V - f) / (N * f * (1 - f))
        np.fill_diagonal(W, 0)
    return W
