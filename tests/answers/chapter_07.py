"""Right and wrong answers to the exercises of chapter 07: capacity and spurious states."""

from __future__ import annotations

import itertools
import math
from fractions import Fraction

import numpy as np

from answers import changed, column, right, wrong
from hopfield_edu import feedback, state_space, theory

# bits_per_weight


@right("bits_per_weight")
def with_xlogy(M, N, error):
    from scipy.special import xlogy

    H = -(xlogy(error, error) + xlogy(1 - error, 1 - error)) / math.log(2)
    return 2 * M * (1 - H) / (N - 1)


@right("bits_per_weight")
def by_scipy_entropy(M, N, error):
    from scipy.stats import entropy

    return M * N * (1 - entropy([error, 1 - error], base=2)) / math.comb(N, 2)


@right("bits_per_weight")
def in_single_precision(M, N, error):
    p = np.float32(error)
    H = np.float32(0)
    if 0 < p < 1:
        H = -p * np.log2(p) - (1 - p) * np.log2(1 - p)
    return np.float32(M * N) * (1 - H) / np.float32(N * (N - 1) // 2)


@right("bits_per_weight")
def nan_to_num_on_the_terms(M, N, error):
    p = np.array([error, 1 - error], float)
    H = -np.nan_to_num(p * np.log2(p)).sum()
    return M * N * (1 - H) / (N * (N - 1) / 2)


@right("bits_per_weight")
def with_a_fraction(M, N, error):
    H = 0
    if error not in (0, 1):
        H = -error * math.log(error, 2) - (1 - error) * math.log(1 - error, 2)
    return float(Fraction(2 * M, N - 1)) * (1 - H)


@right("bits_per_weight")
def a_number_added_so_small_that_nothing_changes(M, N, error):
    tiny = 1e-300
    H = -error * np.log2(error + tiny) - (1 - error) * np.log2(1 - error + tiny)
    return M * N * (1 - H) / (N * (N - 1) / 2)


@wrong("bits_per_weight", "0 log 0")
def formula_as_it_stands(M, N, error):
    H = -error * np.log2(error) - (1 - error) * np.log2(1 - error)
    return M * N * (1 - H) / (N * (N - 1) / 2)


@wrong("bits_per_weight", "raises an error")
def formula_with_math(M, N, error):
    H = -error * math.log2(error) - (1 - error) * math.log2(1 - error)
    return M * N * (1 - H) / (N * (N - 1) / 2)


@wrong("bits_per_weight", "0 log 0 at one end")
def zero_alone_guarded(M, N, error):
    H = 0 if error == 0 else -error * np.log2(error) - (1 - error) * np.log2(1 - error)
    return M * N * (1 - H) / (N * (N - 1) / 2)


@wrong("bits_per_weight", "natural logarithm")
def in_nats(M, N, error):
    H = 0 if error in (0, 1) else -error * math.log(error) - (1 - error) * math.log(1 - error)
    return M * N * (1 - H) / (N * (N - 1) / 2)


@wrong("bits_per_weight", "both directions")
def both_directions(M, N, error):
    H = 0 if error in (0, 1) else -error * math.log2(error) - (1 - error) * math.log2(1 - error)
    return M * N * (1 - H) / (N * (N - 1))


@wrong("bits_per_weight", "all entries of the matrix")
def entries(M, N, error):
    H = 0 if error in (0, 1) else -error * math.log2(error) - (1 - error) * math.log2(1 - error)
    return M * N * (1 - H) / N**2


@wrong("bits_per_weight", "brackets around the weights")
def brackets_of_the_weights(M, N, error):
    H = 0 if error in (0, 1) else -error * math.log2(error) - (1 - error) * math.log2(1 - error)
    return M * N * (1 - H) / N * (N - 1) / 2


@wrong("bits_per_weight", "close, but not exact")
def epsilon(M, N, error):
    H = -error * np.log2(error + 1e-4) - (1 - error) * np.log2(1 - error + 1e-4)
    return M * N * (1 - H) / (N * (N - 1) / 2)


@wrong("bits_per_weight", "share of right units")
def wrong_units_off(M, N, error):
    return M * N * (1 - error) / (N * (N - 1) / 2)


@wrong("bits_per_weight", "error kept away from 0 and 1")
def clipped_probability(M, N, error):
    p = np.clip(error, 1e-3, 1 - 1e-3)
    H = -p * np.log2(p) - (1 - p) * np.log2(1 - p)
    return M * N * (1 - H) / (N * (N - 1) / 2)


@wrong("bits_per_weight", "information lost instead of kept")
def what_is_lost(M, N, error):
    if error == 0:
        return 2 * M / (N - 1)
    H = 0 if error == 1 else -error * math.log2(error) - (1 - error) * math.log2(1 - error)
    return M * N * H / (N * (N - 1) / 2)


@wrong("bits_per_weight", "information lost instead of kept")
def what_is_lost_but_at_both_ends(M, N, error):
    if error in (0, 1):
        return 2 * M / (N - 1)
    return 2 * M / (N - 1) * (-error * math.log2(error) - (1 - error) * math.log2(1 - error))


# half_load


@right("half_load")
def counted_in_lists(loads, overlaps):
    shares = [sum(1 for m in row if m > 0.9) / len(row) for row in overlaps.tolist()]
    for k in range(1, len(shares)):
        if shares[k] <= 0.5:
            a, b = shares[k - 1], shares[k]
            return float(loads[k]) - (0.5 - b) / (a - b) * float(loads[k] - loads[k - 1])


@right("half_load")
def np_interp_on_two_points(loads, overlaps):
    s = np.mean(overlaps > 0.9, axis=1)
    k = next(i for i, v in enumerate(s) if v <= 0.5)
    return np.interp(0.5, [s[k], s[k - 1]], [loads[k], loads[k - 1]])


@right("half_load")
def by_fractions(loads, overlaps):
    shares = [Fraction(int((row > 0.9).sum()), len(row)) for row in overlaps]
    k = [s <= Fraction(1, 2) for s in shares].index(True)
    part = (shares[k - 1] - Fraction(1, 2)) / (shares[k - 1] - shares[k])
    low, high = Fraction(str(loads[k - 1])), Fraction(str(loads[k]))
    return low + part * (high - low)


@right("half_load")
def half_of_the_number(loads, overlaps):
    kept = np.count_nonzero(overlaps > 0.9, axis=1)
    half = overlaps.shape[1] / 2
    k = np.where(kept <= half)[0][0]
    slope = (kept[k] - kept[k - 1]) / (loads[k] - loads[k - 1])
    return np.float32(loads[k - 1] + (half - kept[k - 1]) / slope)


@wrong("half_load", "one half itself passed over")
def strictly_below(loads, overlaps):
    s = (overlaps > 0.9).mean(axis=1)
    k = np.argmax(s < 0.5)
    return loads[k - 1] + (s[k - 1] - 0.5) / (s[k - 1] - s[k]) * (loads[k] - loads[k - 1])


@wrong("half_load", "np.interp on a falling curve")
def interp_of_falling(loads, overlaps):
    return np.interp(0.5, (overlaps > 0.9).mean(axis=1), loads)


@wrong("half_load", "np.interp turned round")
def interp_turned_round(loads, overlaps):
    s = (overlaps > 0.9).mean(axis=1)
    return np.interp(0.5, s[::-1], loads[::-1])


@wrong("half_load", "mean overlap falls to 0.9")
def of_the_mean(loads, overlaps):
    m = overlaps.mean(axis=1)
    k = np.argmax(m <= 0.9)
    return loads[k - 1] + (m[k - 1] - 0.9) / (m[k - 1] - m[k]) * (loads[k] - loads[k - 1])


@wrong("half_load", "median overlap falls to 0.9")
def of_the_median(loads, overlaps):
    m = np.median(overlaps, axis=1)
    k = np.argmax(m <= 0.9)
    return loads[k - 1] + (m[k - 1] - 0.9) / (m[k - 1] - m[k]) * (loads[k] - loads[k - 1])


@wrong("half_load", "first load with less than half")
def first_below(loads, overlaps):
    return loads[np.argmax((overlaps > 0.9).mean(axis=1) <= 0.5)]


@wrong("half_load", "last load with more than half")
def last_above_before_the_fall(loads, overlaps):
    s = (overlaps > 0.9).mean(axis=1)
    for k in range(len(loads)):
        if s[k] <= 0.5:
            return loads[k - 1]


@wrong("half_load", "inverses counted")
def absolute(loads, overlaps):
    s = (abs(overlaps) > 0.9).mean(axis=1)
    k = np.argmax(s <= 0.5)
    return loads[k - 1] + (s[k - 1] - 0.5) / (s[k - 1] - s[k]) * (loads[k] - loads[k - 1])


@wrong("half_load", "0.9 itself counted")
def at_least(loads, overlaps):
    s = (overlaps >= 0.9).mean(axis=1)
    k = np.argmax(s <= 0.5)
    return loads[k - 1] + (s[k - 1] - 0.5) / (s[k - 1] - s[k]) * (loads[k] - loads[k - 1])


@wrong("half_load", "the last fall")
def backwards(loads, overlaps):
    s = (overlaps > 0.9).mean(axis=1)
    for k in range(len(loads) - 1, 0, -1):
        if s[k - 1] > 0.5 >= s[k]:
            return loads[k - 1] + (s[k - 1] - 0.5) / (s[k - 1] - s[k]) * (loads[k] - loads[k - 1])


@wrong("half_load", "wrong axis", "raises an error", "the other axis")
def along_the_cues(loads, overlaps):
    s = (overlaps > 0.9).mean(axis=0)
    k = np.argmax(s <= 0.5)
    return loads[k - 1] + (s[k - 1] - 0.5) / (s[k - 1] - s[k]) * (loads[k] - loads[k - 1])


def _first_fall(loads, share, step=None):
    """A loop that looks for the first share of one half or less; None if there is none."""
    for k in range(len(loads) - 1):
        if share[k + 1] <= 0.5:
            width = loads[k + 1] - loads[k] if step is None else step
            return loads[k] + width * (share[k] - 0.5) / (share[k] - share[k + 1])


@wrong("half_load", "mean overlap falls to one half")
def mean_in_a_loop(loads, overlaps):
    return _first_fall(loads, overlaps.mean(axis=1))


@wrong("half_load", "above one half")
def kept_above_one_half(loads, overlaps):
    return _first_fall(loads, (overlaps > 0.5).mean(axis=1))


@wrong("half_load", "for one number of cues")
def ten_cues(loads, overlaps):
    return _first_fall(loads, (overlaps > 0.9).sum(axis=1) / 10)


@wrong("half_load", "for equal steps")
def first_step(loads, overlaps):
    return _first_fall(loads, (overlaps > 0.9).mean(axis=1), loads[1] - loads[0])


@wrong("half_load", "for equal steps")
def mean_step(loads, overlaps):
    return _first_fall(loads, (overlaps > 0.9).mean(axis=1), (loads[-1] - loads[0]) / (len(loads) - 1))


# recalled_overlap


def height(x):
    return math.erf(x) / x - 2 / math.sqrt(math.pi) * math.exp(-x * x)


@right("recalled_overlap")
def by_the_library(load):
    return theory.overlap(load)


@right("recalled_overlap")
def from_above_in_small_steps_and_bisection(load):
    goal = math.sqrt(2 * load)
    x = 12.0
    while x > 0.5 and height(x) < goal:
        x -= 0.01
    if x <= 0.5:
        return 0
    low, high = x, x + 0.01
    for _ in range(60):
        mid = (low + high) / 2
        if height(mid) > goal:
            low = mid
        else:
            high = mid
    return math.erf(low)


@right("recalled_overlap")
def by_scipy(load):
    from scipy.optimize import brentq, minimize_scalar

    top = minimize_scalar(lambda x: -height(x), bounds=(0.5, 3), method="bounded").x
    if height(top) < np.sqrt(2 * load):
        return 0.0
    return math.erf(brentq(lambda x: height(x) - np.sqrt(2 * load), top, 30))


@right("recalled_overlap")
def iterated_until_it_stays(load):
    x = 20.0
    for _ in range(20000):
        new = math.erf(x) / (math.sqrt(2 * load) + 2 / math.sqrt(math.pi) * math.exp(-x * x))
        if abs(new - x) < 1e-13 or new < 1e-8:
            break
        x = new
    return math.erf(new) if new > 1e-3 else 0.0


@right("recalled_overlap")
def newton(load):
    goal, x = math.sqrt(2 * load), 1 / math.sqrt(2 * load)
    if goal > 0.5251772:
        return 0.0
    for _ in range(60):
        slope = 2 / math.sqrt(math.pi) * math.exp(-x * x) * (1 / x + 2 * x) - math.erf(x) / x**2
        x -= (height(x) - goal) / slope
    return math.erf(x)


def _m_and_r(load, steps):
    m, r = 1.0, 1.0
    for _ in range(steps):
        C = math.sqrt(2 / (math.pi * load * r)) * math.exp(-(m**2) / (2 * load * r))
        m, r = math.erf(m / math.sqrt(2 * load * r)), 1 / (1 - C) ** 2
    return m


@wrong("recalled_overlap", "an overlap above the critical load")
def hundred_steps(load):
    return _m_and_r(load, 300)


@wrong("recalled_overlap", "an overlap above the critical load")
def a_thousand_steps(load):
    return _m_and_r(load, 1000)


@wrong("recalled_overlap", "an overlap above the critical load", "iteration stopped too early")
def c_carried_along(load):
    m, C = 1.0, 0.0
    for _ in range(400):
        r = 1 / (1 - C) ** 2
        m = math.erf(m / math.sqrt(2 * load * r))
        C = math.sqrt(2 / (math.pi * load * r)) * math.exp(-(m**2) / (2 * load * r))
    return m


@wrong("recalled_overlap", "iteration stopped too early")
def thirty_turns(load):
    x = 20.0
    for _ in range(30):
        x = math.erf(x) / (math.sqrt(2 * load) + 2 / math.sqrt(math.pi) * math.exp(-x * x))
    return math.erf(x)


@wrong("recalled_overlap", "the other solution")
def from_the_left(load):
    goal = math.sqrt(2 * load)
    x = 0.001
    while x < 1.5 and height(x) < goal:
        x += 0.001
    if x >= 1.5:
        return 0.0
    from scipy.optimize import brentq

    return math.erf(brentq(lambda x: height(x) - goal, x - 0.0011, x + 0.001))


@wrong("recalled_overlap", "too coarse")
def nearest_on_a_grid(load):
    xs = np.linspace(1.5112, 12, 500)
    hs = np.array([height(x) for x in xs])
    if hs.max() < math.sqrt(2 * load):
        return 0.0
    return math.erf(xs[np.argmin(abs(hs - math.sqrt(2 * load)))])


@wrong("recalled_overlap", "x instead of m")
def x_returned(load):
    from scipy.optimize import brentq

    goal = math.sqrt(2 * load)
    return 0.0 if goal > height(1.5112) else brentq(lambda x: height(x) - goal, 1.5112, 30)


@wrong("recalled_overlap", "the maximum where there is no root")
def nearest_place_where_none(load):
    from scipy.optimize import minimize_scalar

    goal = math.sqrt(2 * load)
    top = minimize_scalar(lambda x: -height(x), bounds=(1, 2), method="bounded", options={"xatol": 1e-12}).x
    if goal > height(top):
        return math.erf(top)
    return newton(load)


@wrong("recalled_overlap", "raises an error")
def brentq_without_a_look(load):
    from scipy.optimize import brentq

    return math.erf(brentq(lambda x: height(x) - math.sqrt(2 * load), 1.5112, 30))


@wrong("recalled_overlap", "returns None")
def nothing_where_none(load):
    if load < 0.1379:
        return newton(load)


@wrong("recalled_overlap", "load for its root")
def plain_load(load):
    from scipy.optimize import brentq

    return 0.0 if load > height(1.5112) else math.erf(brentq(lambda x: height(x) - load, 1.5112, 1000))


def _height(x):
    return math.erf(x) / x - 2 / math.sqrt(math.pi) * math.exp(-x * x)


@wrong("recalled_overlap", "an overlap above the critical load")
def limit_guessed(load):
    from scipy.optimize import brentq

    goal = math.sqrt(2 * load)
    if load > 0.14:
        return 0
    return math.erf(brentq(lambda x: _height(x) - goal, 1.5, 100)) if _height(1.5) > goal else 0.967


@wrong("recalled_overlap", "zero too early")
def only_above_two(load):
    from scipy.optimize import brentq

    goal = math.sqrt(2 * load)
    return math.erf(brentq(lambda x: _height(x) - goal, 2, 100)) if _height(2) > goal else 0


@wrong("recalled_overlap", "no feedback")
def noise_of_a_fixed_size(load):
    m = 1.0
    for _ in range(30):
        m = math.erf(m / math.sqrt(2 * load))
    return m


# classify_state


@right("classify_state")
def by_state_space(state, patterns):
    return list(state_space.classify(state, patterns, most=3).of)


@right("classify_state")
def a_set(state, patterns):
    M = len(patterns)
    both = {k + 1: patterns[k] for k in range(M)} | {-k - 1: -patterns[k] for k in range(M)}
    for k, s in both.items():
        if all(s == state):
            return {k}
    for a, b, c in itertools.combinations(both, 3):
        if len({abs(a), abs(b), abs(c)}) == 3 and all(np.sign(both[a] + both[b] + both[c]) == state):
            return {a, b, c}
    return set()


@right("classify_state")
def array_in_another_order(state, patterns):
    y = np.asarray(state)
    q = patterns @ y
    for k in range(len(q)):
        if abs(q[k]) == len(y):
            return np.array([(k + 1) * np.sign(q[k])])
    for c, b, a in itertools.combinations(range(len(patterns))[::-1], 3):
        for bits in range(8):
            signs = [1 - 2 * (bits >> j & 1) for j in range(3)]
            votes = signs[0] * patterns[a] + signs[1] * patterns[b] + signs[2] * patterns[c]
            if (votes * y > 0).all():
                return np.array([signs[2] * (c + 1), signs[1] * (b + 1), signs[0] * (a + 1)])
    return np.array([])


@right("classify_state")
def a_tuple(state, patterns):
    y = tuple(int(v) for v in state)
    P = [tuple(int(v) for v in p) for p in patterns]
    if y in P:
        return (P.index(y) + 1,)
    minus = tuple(-v for v in y)
    if minus in P:
        return (-P.index(minus) - 1,)
    for i, j, k in itertools.combinations(range(len(P)), 3):
        for a in (1, -1):
            for b in (1, -1):
                for c in (1, -1):
                    mix = tuple(
                        1 if a * x + b * z + c * w > 0 else -1
                        for x, z, w in zip(P[i], P[j], P[k], strict=True)
                    )
                    if mix == y:
                        return (a * (i + 1), b * (j + 1), c * (k + 1))
    return ()


@wrong("classify_state", "inverses not known")
def no_inverses(state, patterns):
    for k, p in enumerate(patterns):
        if (p == state).all():
            return [k + 1]
    for i, j, k in itertools.combinations(range(len(patterns)), 3):
        for a, b, c in itertools.product((1, -1), repeat=3):
            if (np.sign(a * patterns[i] + b * patterns[j] + c * patterns[k]) == state).all():
                return [a * (i + 1), b * (j + 1), c * (k + 1)]
    return []


@wrong("classify_state", "mixtures with plus alone")
def plus_alone(state, patterns):
    for k, p in enumerate(patterns):
        if (p == state).all():
            return [k + 1]
        if (p == -state).all():
            return [-k - 1]
    for i, j, k in itertools.combinations(range(len(patterns)), 3):
        if (np.sign(patterns[i] + patterns[j] + patterns[k]) == state).all():
            return [i + 1, j + 1, k + 1]
    return []


@wrong("classify_state", "three largest overlaps")
def only_the_largest_three(state, stored):
    """An overlap of 0 has no sign, and takes no part."""
    for k, pattern in enumerate(stored, 1):
        if abs(pattern @ state) == len(state):
            return [k * int(np.sign(pattern @ state))]
    q = stored @ state
    chosen = np.argsort(-abs(q), kind="stable")[:3]
    mixture = np.sign(np.sign(q[chosen]) @ stored[chosen])
    found = [int(np.sign(q[k])) * (int(k) + 1) for k in chosen]
    return found if len(found) == 3 and np.array_equal(mixture, state) else []


@wrong("classify_state", "three largest overlaps")
def the_largest_three_from_behind(state, stored):
    """Of equal overlaps those of later patterns are taken."""
    for k, pattern in enumerate(stored, 1):
        if abs(pattern @ state) == len(state):
            return [k * int(np.sign(pattern @ state))]
    q = stored @ state
    for signs in itertools.product((1, -1), repeat=3):
        chosen = np.argsort(abs(q), kind="stable")[::-1][:3]
        if len(chosen) == 3 and np.array_equal(np.sign(signs @ stored[chosen]), state):
            return [s * (int(k) + 1) for s, k in zip(signs, chosen, strict=True)]
    return []


@wrong("classify_state", "a limit for overlaps")
def whatever_is_near(state, stored):
    m = stored @ state / len(state)
    return [k + 1 if m[k] > 0 else -(k + 1) for k in range(len(m)) if abs(m[k]) > 0.45]


@wrong("classify_state", "the first units alone")
def of_forty_units(state, stored):
    state, stored = state[:40], stored[:, :40]
    for k, pattern in enumerate(stored, 1):
        if np.array_equal(pattern, state):
            return [k]
        if np.array_equal(-pattern, state):
            return [-k]
    for triple in itertools.combinations(range(len(stored)), 3):
        for signs in itertools.product((1, -1), repeat=3):
            if np.array_equal(np.sign(signs @ stored[list(triple)]), state):
                return [s * (k + 1) for s, k in zip(signs, triple, strict=True)]
    return []


@wrong("classify_state", "three patterns in a row")
def neighbours_mixed(state, stored):
    for k, pattern in enumerate(stored, 1):
        if abs(pattern @ state) == len(state):
            return [k * int(np.sign(pattern @ state))]
    for k in range(len(stored) - 2):
        for signs in itertools.product((1, -1), repeat=3):
            if np.array_equal(np.sign(signs @ stored[k : k + 3]), state):
                return [s * (k + 1 + i) for i, s in enumerate(signs)]
    return []


@wrong("classify_state", "one unit is enough, in an inverse as well")
def any_of_either(state, stored):
    for k, pattern in enumerate(stored, 1):
        if (pattern == state).any():
            return [k]
        if (-pattern == state).any():
            return [-k]
    return []


@wrong("classify_state", "counted from 0")
def from_zero(state, patterns):
    for k, p in enumerate(patterns):
        if (p == state).all():
            return [k]
        if (p == -state).all():
            return [-k]
    for i, j, k in itertools.combinations(range(len(patterns)), 3):
        for a, b, c in itertools.product((1, -1), repeat=3):
            if (np.sign(a * patterns[i] + b * patterns[j] + c * patterns[k]) == state).all():
                return [a * i, b * j, c * k]
    return []


@wrong("classify_state", "three largest overlaps, not compared")
def by_overlaps_alone(state, patterns):
    m = patterns @ state
    if abs(m).max() == len(state):
        k = int(np.argmax(abs(m)))
        return [int(np.sign(m[k])) * (k + 1)]
    if len(patterns) < 3:
        return []
    best = sorted(np.argsort(-abs(m), kind="stable")[:3])
    return [int(np.sign(m[k]) or 1) * (int(k) + 1) for k in best]


@wrong("classify_state", "sum without its sign")
def sum_without_sign(state, patterns):
    for k, p in enumerate(patterns):
        if (p == state).all():
            return [k + 1]
        if (p == -state).all():
            return [-k - 1]
    for i, j, k in itertools.combinations(range(len(patterns)), 3):
        for a, b, c in itertools.product((1, -1), repeat=3):
            if (a * patterns[i] + b * patterns[j] + c * patterns[k] == state).all():
                return [a * (i + 1), b * (j + 1), c * (k + 1)]
    return []


@wrong("classify_state", "nearly is not the same")
def nine_tenths(state, patterns):
    m = patterns @ state / len(state)
    k = int(np.argmax(abs(m)))
    if abs(m[k]) > 0.6:
        return [int(np.sign(m[k])) * (k + 1)]
    return list(state_space.classify(state, patterns, most=3).of)


@wrong("classify_state", "the library's word")
def the_kind_itself(state, patterns):
    return state_space.classify(state, patterns)


@wrong("classify_state", "returns None")
def nothing_for_other(state, patterns):
    found = list(state_space.classify(state, patterns, most=3).of)
    if found:
        return found


@wrong("classify_state", "mixtures before stored patterns")
def mixtures_first(state, patterns):
    for i, j, k in itertools.combinations(range(len(patterns)), 3):
        for a, b, c in itertools.product((1, -1), repeat=3):
            if (np.sign(a * patterns[i] + b * patterns[j] + c * patterns[k]) == state).all():
                return [a * (i + 1), b * (j + 1), c * (k + 1)]
    for k, p in enumerate(patterns):
        if (p == state).all():
            return [k + 1]
        if (p == -state).all():
            return [-k - 1]
    return []


def _nearly(state, patterns, limit):
    for k, p in enumerate(patterns, 1):
        m = (state * p).mean()
        if abs(m) > limit:
            return [int(np.sign(m)) * k]
    for three in itertools.combinations(range(len(patterns)), 3):
        for signs in itertools.product((1, -1), repeat=3):
            if (state * np.sign(signs @ patterns[list(three)])).mean() > limit:
                return [sign * (k + 1) for sign, k in zip(signs, three, strict=True)]
    return []


@wrong("classify_state", "nearly is not the same")
def over_nine_tenths(state, patterns):
    return _nearly(state, patterns, 0.9)


@wrong("classify_state", "nearly is not the same")
def over_ninety_nine(state, patterns):
    return _nearly(state, patterns, 0.99)


@wrong("classify_state", "nearly is not the same")
def over_nine_hundred_and_ninety_nine(state, patterns):
    return _nearly(state, patterns, 0.999)


@wrong("classify_state", "mixtures of the first three patterns")
def first_three(state, patterns):
    for k, p in enumerate(patterns, 1):
        for sign in (1, -1):
            if (state == sign * p).all():
                return [sign * k]
    for signs in itertools.product((1, -1), repeat=3) if len(patterns) > 2 else ():
        if (np.sign(signs @ patterns[:3]) == state).all():
            return [sign * k for sign, k in zip(signs, (1, 2, 3), strict=True)]
    return []


@wrong("classify_state", "largest overlaps, not compared")
def the_three_nearest(state, patterns):
    m = patterns @ state / len(state)
    for k in range(len(patterns)):
        if abs(m[k]) == 1:
            return [int(m[k]) * (k + 1)]
    return [int(np.sign(m[k]) * (k + 1)) for k in np.argsort(-abs(m))[:3]]


# tables

GAPS, CRITERIA = feedback.capacity_derivation.solution, feedback.criteria_table.solution
WORK = feedback.recall_work.solution

TABLES = [
    ("capacity_derivation", GAPS | {"b": 1}, "variance taken for the standard deviation"),
    (
        "capacity_derivation",
        GAPS | {"d": 1, "f": 1, "h": 2, "i": -8, "j": -6},
        "half forgotten",
    ),
    ("capacity_derivation", GAPS | {"f": 4, "h": 2}, "criteria exchanged"),
    ("capacity_derivation", GAPS | {"g": -1, "h": 2}, "one memory for all"),
    ("capacity_derivation", GAPS | {"i": 4, "j": 6}, "sign lost in (i)"),
    ("capacity_derivation", GAPS | {"j": -3}, "units of one memory"),
    ("capacity_derivation", GAPS | {"e": 1, "g": 2}, "exponents positive"),
    (
        "criteria_table",
        {N: [round(N / (2 * math.log(N)), 2), round(N / (4 * math.log(N)), 2), 0.138 * N] for N in CRITERIA},
        "not rounded",
    ),
    ("criteria_table", column(CRITERIA, 0, [25, 76, 249]), "logarithm to base 10 in the first column"),
    ("recall_work", column(WORK, 0, [9900, 159600, 2558400]), "own weights left out"),
    ("recall_work", column(WORK, 1, [1300, 22000, 352000]), "the overlaps alone"),
    (
        "criteria_table",
        column(CRITERIA, 2, [14, 55, 221]),
        "rounded to the nearest in 0.138 N",
    ),
    ("criteria_table", changed(CRITERIA, (400, 1, 17)), "a single entry"),
]


def rows(*labels):
    return [[1 if unit == "+" else -1 for unit in label] for label in labels]


FOUR_GROUPS = rows("+++++-++++++", "++++++-+++++", "+++++++-----")
EXAMPLES = [
    ("stable_mixture", (rows("++--++++", "++++--++", "++++++--"),), None),
    ("stable_mixture", (rows("-+++++++", "+-++++++", "++-+++++"),), "a pattern is lost"),
    ("stable_mixture", (rows("---++++++", "+++---+++", "++++++---"),), "a tie in the mixture"),
    ("stable_mixture", (rows("---+++++++", "+++---++++", "++++++---+"),), "too many units"),
    ("stable_mixture", (np.transpose(rows("---+++++++", "+++---++++", "++++++---+")),), "not three patterns"),
    ("stable_mixture", (np.ones((3, 8)),), "two patterns are equal"),
    ("not_nearest", (rows("+++++", "+++-+", "++-+-"), rows("+++--")[0]), None),
    ("not_nearest", (rows("+++++", "+++-+", "++-+-"), rows("+++--")), "cue of another size"),
    ("not_nearest", (rows("+++++", "+++-+", "++-+-"), rows("++++-")[0]), "no single nearest pattern"),
]
