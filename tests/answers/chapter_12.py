"""Right and wrong answers to the exercises of chapter 12: dense memories."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np

from answers import right, wrong
from hopfield_edu import dense


def E(patterns, state, n):
    return -sum(int(v) ** n for v in patterns @ state)


def sweep_of(update):
    def dense_sweep(patterns, state, n):
        for i in range(len(state)):
            state = update(patterns, state, i, n)
        return state

    return dense_sweep


# dense_energy


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


# dense_update


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


# dense_sweep


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


# dense_capacity


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


@wrong("dense_update", "derivative at r instead of difference")
def slope_for_difference(patterns, state, i, n):
    """Wrong where the slope is zero, for odd n, and where many are weak."""
    r = patterns @ state - patterns[:, i] * state[i]
    slope = (patterns[:, i] * n * r ** (n - 1)).sum()
    new = state.copy()
    if slope != 0:
        new[i] = 1 if slope > 0 else -1
    return new


wrong("dense_sweep", "derivative at r instead of difference")(sweep_of(slope_for_difference))


@wrong("dense_update", "a tie becomes +1")
def ties_up(patterns, state, i, n):
    up, down = state.copy(), state.copy()
    up[i], down[i] = 1, -1
    return up if np.sum((patterns @ up) ** n) - np.sum((patterns @ down) ** n) >= 0 else down


@wrong("dense_update", "a tie becomes -1")
def ties_down(patterns, state, i, n):
    up, down = state.copy(), state.copy()
    up[i], down[i] = 1, -1
    return up if np.sum((patterns @ up) ** n) - np.sum((patterns @ down) ** n) > 0 else down


wrong("dense_sweep", "a tie becomes +1")(sweep_of(ties_up))
wrong("dense_sweep", "a tie becomes -1")(sweep_of(ties_down))


@wrong("dense_sweep", "random result")
def an_order_by_chance(patterns, state, n):
    y = state.copy()
    for i in np.random.default_rng().permutation(len(y)):
        after = y.copy()
        after[i] *= -1
        y = after if E(patterns, after, n) < E(patterns, y, n) else y
    return y


@wrong("dense_capacity", "one odd number too few")
def too_short(N, n):
    return N ** (n - 1) / (2 * np.prod(np.arange(1, 2 * n - 3, 2)) * np.log(N))


@wrong("dense_capacity", "brackets forgotten")
def open_ended(N, n):
    return N ** (n - 1) / 2 * np.prod(np.arange(1, 2 * n - 2, 2)) * np.log(N)


@wrong("dense_energy", "an array of small whole numbers")
def too_small_for_powers(patterns, state, n):
    return -np.sum((patterns @ state).astype(np.int8) ** n)


@wrong("dense_energy", "always the cube")
def cube(patterns, state, n):
    return -np.sum((patterns @ state) ** 3)


@wrong("dense_energy", "power of Hebb's fields")
def hebb_and_power(patterns, state, n):
    return -np.sum((patterns.T @ patterns @ state) ** n)


@wrong("dense_energy", "agreement carried on")
def never_reset(patterns, state, n):
    E, x = 0, 0
    for pattern in patterns:
        for i in range(len(state)):
            x += pattern[i] * state[i]
        E -= x**n
    return E


@wrong("dense_energy", "sign kept by even powers")
def sign_times_size(patterns, state, n):
    x = patterns @ state
    return -np.sum(x * abs(x) ** (n - 1))


@wrong("dense_update", "never flips")
def nothing_happens(patterns, state, i, n):
    return state.copy()


@wrong("dense_update", "the best flip of all")
def whoever_gains_most(patterns, state, i, n):
    new, best = state.copy(), -((patterns @ state) ** n).sum()
    for k in range(len(state)):
        other = state.copy()
        other[k] *= -1
        energy = -((patterns @ other) ** n).sum()
        if energy < best:
            best, new = energy, other
    return new


@wrong("dense_sweep", "agreements moved without a flip, beside true ones")
def moved_all_the_same(patterns, state, n):
    y = state.copy()
    x = patterns @ y
    for i in range(len(y)):
        x = x - 2 * patterns[:, i] * y[i]
        if np.sum(x**n) > np.sum((patterns @ y) ** n):
            y[i] = -y[i]
    return y


@wrong("dense_sweep", "sizes of the agreements")
def no_signs(patterns, state, n):
    x, y = np.abs(patterns @ state), state.copy()
    for i in range(len(y)):
        new = x - 2 * patterns[:, i] * y[i]
        if np.sum(np.abs(new) ** n) > np.sum(np.abs(x) ** n):
            y[i], x = -y[i], new
    return y


@wrong("dense_sweep", "energy of the start")
def never_a_new_energy(patterns, state, n):
    y = state.copy()
    x = patterns @ y
    E = -np.sum(x**n)
    for i in range(len(y)):
        new = x - 2 * patterns[:, i] * y[i]
        if -np.sum(new**n) < E:
            y[i], x = -y[i], new
    return y


@wrong("dense_sweep", "as many units as patterns")
def a_turn_for_each_pattern(patterns, state, n):
    y = state.copy()
    x = patterns @ y
    for i in range(min(len(patterns), len(y))):
        new = x - 2 * patterns[:, i] * y[i]
        if np.sum(new**n) > np.sum(x**n):
            y[i], x = -y[i], new
    return y


@wrong("dense_capacity", "always the double factorial of n = 3")
def three_for_all(N, n):
    return N ** (n - 1) / (2 * 3 * math.log(N))


@wrong("dense_capacity", "product of even numbers from 4 on")
def even_factors(N, n):
    p = 1
    for k in range(2, n):
        p *= 2 * k
    return N ** (n - 1) / (2 * p * math.log(N))


@wrong("dense_energy", "divided by a power of N")
def energy_of_the_size_of_N(patterns, state, n):
    x = patterns @ state
    return -np.sum(x**n) / len(state) ** (n - 1)


@wrong("dense_update", "first pattern only")
def asks_the_first(patterns, state, i, n):
    new = state.copy()
    new[i] = -new[i]
    return new if (patterns[0] @ new) ** n > (patterns[0] @ state) ** n else state.copy()


@wrong("dense_update", "sizes of the energies")
def compares_sizes(patterns, state, i, n):
    new = state.copy()
    new[i] = -new[i]
    return new if abs(E(patterns, new, n)) > abs(E(patterns, state, n)) else state.copy()


@wrong("dense_update", "sign of the pattern forgotten")
def adds_and_subtracts_one(patterns, state, i, n):
    rest = patterns @ state - patterns[:, i] * state[i]
    gain = np.sum((rest + 1) ** n - (rest - 1) ** n)
    new = state.copy()
    if gain != 0:
        new[i] = np.sign(gain)
    return new


@wrong("dense_update", "only ever becomes +1")
def never_down(patterns, state, i, n):
    up, down, new = state.copy(), state.copy(), state.copy()
    up[i], down[i] = 1, -1
    if E(patterns, up, n) < E(patterns, down, n):
        new[i] = 1
    return new


@wrong("dense_update", "value of the best pattern")
def follows_the_best(patterns, state, i, n):
    new = state.copy()
    new[i] = patterns[np.argmax(patterns @ state), i]
    return new


@wrong("dense_update", "the whole state inverted")
def inverts_all(patterns, state, i, n):
    return -state if E(patterns, -state, n) < E(patterns, state, n) else state.copy()


@wrong("dense_sweep", "flip tried without the unit")
def forgets_the_unit(patterns, state, n):
    y = state.copy()
    x = patterns @ y
    for i in range(len(y)):
        after = x - 2 * patterns[:, i]
        if np.sum(after**n) > np.sum(x**n):
            y[i] = -y[i]
            x = after
    return y


@wrong("dense_sweep", "units that stay become 0")
def into_zeros(patterns, state, n):
    y = np.zeros(len(state), int)
    x = patterns @ state
    for i in range(len(y)):
        after = x - 2 * patterns[:, i] * state[i]
        if np.sum(after**n) > np.sum(x**n):
            y[i] = -state[i]
            x = after
    return y


@wrong("dense_capacity", "at least one")
def never_below_one(N, n):
    return max(1.0, N ** (n - 1) / (2 * math.prod(range(1, 2 * n - 2, 2)) * math.log(N)))


@wrong("dense_capacity", "one failing pattern in a hundred networks")
def stricter(N, n):
    return N ** (n - 1) / (2 * (math.log(N) + math.log(100)) * math.prod(range(1, 2 * n - 2, 2)))


@wrong("dense_capacity", "logarithm of the power")
def logarithm_of_it_all(N, n):
    return N ** (n - 1) / (2 * math.prod(range(1, 2 * n - 2, 2)) * math.log(N ** (n - 1)))


@wrong("dense_capacity", "rounded up")
def whole_patterns(N, n):
    return math.ceil(N ** (n - 1) / (2 * math.prod(range(1, 2 * n - 2, 2)) * math.log(N)))


# tables and examples

HAND = {"++++": [4, 2, -20, -72], "++--": [0, 2, -4, -8], "-+-+": [0, -2, -4, 8], "----": [-4, -2, -20, 72]}
GAPS = {"a": 1, "b": 1, "c": -2, "d": 2, "e": -1, "f": 4, "g": 0, "h": 2}

TABLES = [
    ("dense_energies", {k: [a, b, -q, -c] for k, (a, b, q, c) in HAND.items()}, "minus sign lost"),
    ("dense_energies", {k: [a, b, c, q] for k, (a, b, q, c) in HAND.items()}, "columns exchanged"),
    ("dense_energies", HAND | {"++--": [1, 2, -5, -9]}, "a single entry"),
    ("square_is_classical", GAPS | {"c": -1, "d": 1, "h": 1}, "one half forgotten"),
    ("square_is_classical", GAPS | {"c": -1}, "one half forgotten, once"),
    ("square_is_classical", GAPS | {"f": 3}, "a single entry"),
    ("square_is_classical", GAPS | {"d": 1, "h": 1}, "factor lost between sum and energy"),
    (
        "dense_energies",
        {k: [a, b, -((a * b) ** 2), -((a * b) ** 3)] for k, (a, b, *_) in HAND.items()},
        "multiplied instead of added",
    ),
    (
        "dense_energies",
        {k: [a, b, -a * a + b * b, -(a**3) + b**3] for k, (a, b, *_) in HAND.items()},
        "minus sign of the first term only",
    ),
]

EXAMPLES = [
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
    (  # where x^3 rises, x^2 is undecided
        "square_against_cube",
        ([[-1, 1, 1, -1, -1], [1, 1, 1, -1, 1], [-1, 1, 1, -1, -1], [-1, 1, -1, 1, 1]], [-1, 1, -1, -1, 1]),
        "only a tie",
    ),
    ("lost_inverse", ([[1, -1] * 4, [1] * 8, [1, 1, -1, -1] * 2],), None),
    ("smallest_power", (1,), "a sign is lost"),
    ("smallest_power", (5.59,), "not rounded up"),
    ("smallest_power", (4.35,), "letters without digits"),
    ("smallest_power", (float("nan"),), "wrong type"),
    ("smallest_power", (0.99,), "out of reach"),
    ("smallest_power", (60,), "less will do"),
    ("smallest_power", (60.1,), "out of reach"),
]
