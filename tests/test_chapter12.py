"""What chapter 12 says and its exercises use, recomputed with code that shares nothing with ours."""

import json
from itertools import product
from math import comb, log
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from hopfield_edu import datasets, dense, feedback, patterns, plots

PAIR = ["++++", "+++-"]
CHAPTER = Path(__file__).resolve().parents[1] / "notebooks" / "12_dense_associative_memory.ipynb"


def words(text):
    """What the chapter prints, or says of a picture, that holds `text`."""
    cells = json.loads(CHAPTER.read_text(encoding="utf-8"))["cells"]
    shown = [o for c in cells for o in c.get("outputs", [])]
    said = ["".join(o.get("text", o.get("data", {}).get("text/plain", []))) for o in shown]
    (found,) = [each for each in said if text in each]
    return found


def signs(text):
    return [1 if sign == "+" else -1 for sign in text]


def energy(stored, y, n):
    return -sum(sum(a * b for a, b in zip(s, y, strict=True)) ** n for s in stored)


def test_the_table_of_exercise_1():
    stored = [signs(s) for s in PAIR]
    table = {}
    for label in ("++++", "++--", "-+-+", "----"):
        y = signs(label)
        x = [sum(a * b for a, b in zip(s, y, strict=True)) for s in stored]
        table[label] = [*x, energy(stored, y, 2), energy(stored, y, 3)]
    assert feedback.dense_energies(table).correct
    table["----"][3], table["-+-+"][3] = -72, -8
    assert feedback.dense_energies(table).mistake == "the cube lost its sign"


@pytest.mark.parametrize(("n", "ties"), [(2, 40), (3, 16), (4, 40)])
def test_the_ties_of_two_small_patterns(n, ties):
    stored, found = [signs(s) for s in PAIR], 0
    for y in product((-1, 1), repeat=4):
        for i in range(4):
            other = [*y[:i], -y[i], *y[i + 1 :]]
            found += energy(stored, y, n) == energy(stored, other, n)
    assert found == ties
    assert f"x^{n} {ties}" in words("ties among")


def test_the_spoilt_a_and_the_letters_that_stay():
    """The step of the chapter and its first prediction, in exact numbers."""
    s = datasets.letters().tolist()
    y = patterns.flip(datasets.letters()[0], 10, rng=0).tolist()
    x = [sum(a * b for a, b in zip(row, y, strict=True)) for row in s]
    after = [-sum((v - 2 * row[i] * y[i]) ** 7 for v, row in zip(x, s, strict=True)) for i in range(100)]
    wrong = [a != b for a, b in zip(s[0], y, strict=True)]
    assert [e < -sum(v**7 for v in x) for e in after] == wrong and sum(wrong) == 10
    G, stay = [[sum(a * b for a, b in zip(p, q, strict=True)) for q in s] for p in s], []
    for n in range(2, 8):
        held = 0
        for row, k in zip(s, range(26), strict=True):
            flips = [[g - 2 * p[i] * row[i] for g, p in zip(G[k], s, strict=True)] for i in range(100)]
            now = sum(g**n for g in G[k])
            held += all(sum(v**n for v in each) <= now for each in flips)
        stay.append(held)
    assert stay == [0, 9, 25, 26, 26, 26]
    told = "“letters that stay” 0 at 2, 0.346 at 3, 0.962 at 4, 1 at 6, 1 at 7"
    assert told in words("Share of the 26 letters") and [round(k / 26, 3) for k in (9, 25)] == [0.346, 0.962]


def test_from_z_to_the_capacities():
    """N exp(-z²/2) = 1 for a given pattern, N^n exp(-z²/2) = 1 for all, solved for M."""
    found = words("Patterns M for N = 100 against power n")
    for n in (2, 3, 4, 5):
        odd = 1
        for k in range(2 * n - 3, 1, -2):
            odd *= k
        for units, every in ((100, False), (100**n, True)):
            M = 100 ** (n - 1) / odd / (2 * log(units))
            assert M == pytest.approx(dense.capacity(100, n, every=every))
            assert f"{M:.3g} at {n}" in found or f"{M:.0f} at {n}" in found
    first_flips = [round(dense.capacity(100, n, error=0.0036)) for n in (2, 3, 4, 5)]
    assert first_flips == [14, 462, 9231, 131865]
    theory = [
        (1 - dense.bit_error(round(dense.capacity(50, n)), 50, dense.power(n))) ** 50 for n in (2, 3, 4)
    ]
    assert [round(share, 2) for share in theory] == [0.96, 0.87, 0.87]


def test_the_steeper_the_function_the_higher_the_ridge():
    """Between two memories, whatever the walk."""
    functions = [dense.power(2), dense.power(3), dense.power(6), dense.exponential()]
    for seed in range(10):
        rng = np.random.default_rng(seed)
        s = patterns.random(10, 100, rng)
        walk, ridges = dense.path(s[0], s[1], rng), []
        for F in functions:
            E = dense.Network(s, F).energy(walk)
            ridges.append(1 - E.max() / E.min())
        assert ridges == sorted(ridges) and ridges[0] < 0.7 and ridges[-1] > 0.99


def test_the_rectified_power_stores_about_twice_as_many():
    """Half of the other patterns are silent: twice as many of them make the noise of the plain power."""

    def held(N, others, n, F, rng):
        """The share of the first 20 patterns that are fixed points."""
        s = rng.choice([-1.0, 1.0], (others + 1, N))
        r = (s[:20] @ s.T)[:, :, None] - s * s[:20, None]  # without unit i
        pull = (F(r + s) ** n - F(r - s) ** n).sum(axis=1) * s[:20]
        return (pull > 0).all(axis=1).mean()

    def positive(x):
        return np.maximum(x, 0)

    for N, n, M in ((50, 3, 107), (24, 4, 145), (60, 2, 12)):
        rngs = [np.random.default_rng(seed) for seed in range(6)]
        plain, twice, same = (
            np.mean([held(N, others, n, F, rng) for rng in rngs])
            for others, F in ((M, np.positive), (2 * M, positive), (2 * M, np.positive))
        )
        assert abs(plain - twice) < 0.12 and same < twice - 0.25
        errors = [
            dense.bit_error(M + 1, N, dense.power(n)),
            dense.bit_error(2 * M + 1, N, dense.rectified(n)),
        ]
        assert errors[0] == pytest.approx(errors[1], rel=0.1)
    assert "| $\\\\max(x, 0)^n$ | about twice as many |" in CHAPTER.read_text(encoding="utf-8")


def test_inverses_of_eight_patterns():
    s = patterns.random(8, 100, rng=1).tolist()
    leave = {}
    for name, F in {
        "x^2": lambda x: x**2,
        "x^3": lambda x: x**3,
        "max(x, 0)^3": lambda x: max(x, 0) ** 3,
    }.items():
        leave[name] = []
        for row in s:
            x = [-sum(a * b for a, b in zip(p, row, strict=True)) for p in s]
            now = sum(map(F, x))
            moved = ([v + 2 * p[i] * row[i] for v, p in zip(x, s, strict=True)] for i in range(100))
            leave[name].append(sum(sum(map(F, each)) > now for each in moved))
    assert set(leave["x^2"]) == {0} and set(leave["x^3"]) == {100}
    low, high = min(leave["max(x, 0)^3"]), max(leave["max(x, 0)^3"])
    assert f"x^2 0, x^3 100, max(x, 0)^3 {low} to {high}" in words("flip in an inverse")


def test_fully_written_out_functions_pass_the_checks():
    """Answers in plain loops, as a beginner writes them."""

    def dense_energy(patterns, state, n):
        total = 0
        for row in patterns:
            x = 0
            for i in range(len(state)):
                x += row[i] * state[i]
            total -= x**n
        return total

    def dense_update(patterns, state, i, n):
        first, second = list(state), list(state)
        second[i] = -second[i]
        lower = dense_energy(patterns, second, n) < dense_energy(patterns, first, n)
        return np.array(second if lower else first)

    def dense_sweep(patterns, state, n):
        for i in range(len(state)):
            state = dense_update(patterns, state, i, n)
        return state

    def dense_capacity(N, n):
        k, odd = 2 * n - 3, 1
        while k > 1:
            odd, k = odd * k, k - 2
        return N ** (n - 1) / 2 / odd / np.log(N)

    for answer in (dense_energy, dense_update, dense_sweep, dense_capacity):
        for seed in range(5):
            assert feedback.CHECKS[answer.__name__](answer, seed=seed).correct
    for N, n in product((10, 200), range(2, 7)):
        assert dense.capacity(N, n) == pytest.approx(dense_capacity(N, n))


def test_a_capacity_in_whole_numbers_of_64_bits():
    def by(power, odd):
        return lambda N, n: power(N, n) / (2 * odd(n) * np.log(N))

    def exact(N, n):
        return N ** (n - 1)

    def multiplied(N, n):
        return np.prod([N] * (n - 1))

    def short(N, n):
        return np.power(N, n - 1)

    def long(N, n):
        return np.float64(N) ** (n - 1)

    def whole(n):
        return np.prod(np.arange(1, 2 * n - 2, 2))

    def real(n):
        return np.prod(np.arange(1.0, 2 * n - 2, 2))

    power, odd = "power beyond 64 bits", "double factorial beyond 64 bits"
    for answer in (short, multiplied):
        assert feedback.dense_capacity(by(answer, real)).mistake == power
        assert feedback.dense_capacity(by(answer, whole)).mistake == f"power and {odd}"
    for answer in (exact, long):
        assert feedback.dense_capacity(by(answer, whole)).mistake == odd
        assert feedback.dense_capacity(by(answer, real)).correct
    halved = feedback.dense_capacity(lambda N, n: long(N, n) / whole(n) / np.log(N) / 2)
    assert halved.mistake == odd


def test_the_letters_and_the_smallest_power():
    """Exercise 7 by whole-number energies for the integer powers, one state at a time."""
    s = np.concatenate([datasets.letters(), datasets.digits()])
    rng = np.random.default_rng(0)
    for n, all_right in ((5, False), (6, True)):
        net = dense.Network(s, dense.rectified(n))
        wrong = np.tile(np.eye(100, dtype=bool), (36, 1))
        cues = np.where(wrong, -1, 1) * np.repeat(s, 100, axis=0)
        moves = net.wants_flip(cues)
        assert (moves == wrong).all() == all_right
        for k in rng.choice(3600, 5):  # some of them in exact numbers
            x = [int(v) for v in s @ cues[k]]
            before = sum(max(v, 0) ** n for v in x)
            for i in rng.choice(100, 10):
                after = [v - 2 * int(row[i] * cues[k, i]) for v, row in zip(x, s, strict=True)]
                assert moves[k, i] == (sum(max(v, 0) ** n for v in after) > before)
    assert feedback.smallest_power(5.6).correct and feedback.smallest_power(5.595).correct
    assert feedback.smallest_power(5.59).mistake == "not rounded up"
    assert feedback.smallest_power(5.5).mistake == "an error stays"
    assert feedback.smallest_power(6).mistake == "less will do"


def test_faces_behind_sunglasses():
    """Steep enough, everything is recalled that can be seen: the rest is a pair that differs in the eyes."""
    faces = datasets.faces()
    disguised = datasets.faces(glasses="sunglasses")
    ends = dense.Network(faces, dense.power(40)).recall(disguised).final
    for person, end in enumerate(ends):
        alike = np.flatnonzero((faces == end).all(axis=1))
        assert len(alike) == 1 and (disguised[alike[0]] == disguised[person]).all()
    assert (ends == faces).all(axis=1).sum() == 32 == len(np.unique(disguised, axis=0))
    assert "“known behind sunglasses” 0 at 2, 4 at 5, 8 at 10, 16 at 20, 32 at 40" in words("Of 64 faces")


def test_the_square_with_gaps():
    """The numbers of exercise 3 from random networks."""
    rng = np.random.default_rng(0)
    s, y = patterns.random(3, 5, rng), patterns.random(1, 5, rng)[0]
    w = (s.T @ s) * (1 - np.eye(5, dtype=int))
    classical, both = -(y @ w @ y) / 2, (s @ y) ** 2
    assert both.sum() == 1 * 3 * 5 - 2 * classical
    assert -both.sum() == 2 * classical - 1 * 3 * 5
    assert all((r + v) ** 2 - (r - v) ** 2 == 4 * v * r + 0 * v**2 for r in range(-4, 5) for v in (-1, 1))
    gaps = {"a": 1, "b": 1, "c": -2, "d": 2, "e": -1, "f": 4, "g": 0, "h": 2}
    assert feedback.square_is_classical(gaps).correct
    assert feedback.square_is_classical(gaps | {"h": 1}).mistake == "factor lost in the flip"


def test_examples_average_or_do_not():
    """x^2 finds what 20 spoilt copies share, x^20 one of the copies, also for random patterns."""
    for seed in range(3):
        rng = np.random.default_rng(seed)
        truth = patterns.random(3, 100, rng)
        copies = patterns.flip(np.repeat(truth, 20, axis=0), 15, rng=rng)
        cues = patterns.flip(truth, 15, rng=rng)
        flat, steep = (dense.Network(copies, dense.power(n)).recall(cues).final for n in (2, 20))
        assert (np.abs(flat - truth).sum(axis=1) / 2 <= 2).all()
        assert (steep[:, None] == copies).all(axis=2).any(axis=1).all()
        assert not (steep == truth).all(axis=1).any()


@pytest.mark.parametrize("seeds", [range(2), pytest.param(range(2, 22), marks=pytest.mark.slow)])
def test_forty_copies_of_three_letters(seeds):
    """The classical network finds the letters, the steep one copies, whatever the draw."""
    truth = np.repeat(datasets.letters("AEX"), 40, axis=0)
    for seed in seeds:
        rng = np.random.default_rng(seed)
        copies, cues = (patterns.flip(truth, 18, rng=rng) for _ in range(2))
        flat, steep = (dense.Network(copies, dense.power(n)).recall(cues).final for n in (2, 20))
        assert (flat == truth).all()
        assert (steep[:, None] == copies).all(axis=2).any(axis=1).mean() > 0.98


def test_numbers_of_weights():
    assert comb(100, 2) == 4950 and comb(100, 3) == 161700


def test_energy_walk_draws_energies_over_depths():
    rng = np.random.default_rng(0)
    s = patterns.random(4, 30, rng)
    walk = dense.path(s[0], s[1], rng)
    nets = {f"x^{n}": dense.Network(s, dense.power(n)) for n in (2, 3, 4)}
    ax = plots.energy_walk(nets, walk, marks=[5])
    for line, n in zip(ax.lines, (2, 3, 4), strict=True):
        E = np.array([energy(s.tolist(), y.tolist(), n) for y in walk])
        assert line.get_ydata() == pytest.approx(E / -E.min())
    assert len({line._unscaled_dash_pattern for line in ax.lines}) == 3
    assert ax.get_xticks().tolist() == [0, 5, len(walk) - 1]
    assert ax.alt_text.startswith(f"Energy along a walk of {len(walk) - 1} steps")
    assert "−1.00" in ax.alt_text


@pytest.mark.parametrize(
    ("networks", "walk", "marks", "words"),
    [
        ({}, [[1, 1]], (), "networks must be"),
        ([1], [[1, 1]], (), "networks must be"),
        ({str(k): None for k in range(7)}, [[1, 1]], (), "1 to 6 names"),
        ({"x": dense.Network([[1, 1]], dense.power(2))}, [1, 1], (), "walk has shape"),
        ({"x": dense.Network([[1, 1]], dense.power(2))}, [[1, 1]], (1,), "a number in marks is 1"),
        ({"x": dense.Network([[1, 1]], dense.power(3))}, [[-1, -1]], (), "energy of x is not negative"),
        ({"x": SimpleNamespace(energy=lambda y: np.full(len(y), -np.inf))}, [[1, 1]], (), "finite"),
    ],
)
def test_energy_walk_refuses(networks, walk, marks, words):
    with pytest.raises((ValueError, TypeError), match=words):
        plots.energy_walk(networks, walk, marks=marks)


def share_of_wrong_votes(N, times, rho, rng, runs=2000):
    """How often a unit errs in a sweep with F = e^x at `times` the bound; rivals are drawn by overlap."""
    log_M, wrong = times * dense.exponential_rate(rho) * N, round(rho * N)
    votes = np.zeros(runs)  # in units of the right pattern's voice
    for k in range(N):  # rivals that agree in k of the N - 1 other units, half of them for the unit
        expected = np.exp(log_M - N * np.log(2)) * comb(N - 1, k)  # for, and as many against
        voice = np.exp(2.0 * k - (N - 1) - (N - 1 - 2 * wrong))
        if expected < 1e6:
            votes += voice * (rng.poisson(expected, runs) - rng.poisson(expected, runs).astype(float))
        else:  # a Gaussian, which a large Poisson number is
            votes += voice * np.sqrt(2 * expected) * rng.normal(size=runs)
    return (votes < -1).mean()


@pytest.mark.parametrize(("rho", "limit"), [(0, 1.95), (0.05, 2), (0.2, 2)])
def test_one_cue_stands_about_twice_the_rate_at_every_radius(rho, limit):
    """Rivals pull at random in both directions: their votes cancel, and middling ones do not win together."""
    assert 2 - np.log(np.cosh(2)) == pytest.approx(1.95 * dense.exponential_rate(0), abs=1e-3)
    rng = np.random.default_rng(0)
    small, large = (share_of_wrong_votes(N, limit - 0.2, rho, rng) for N in (60, 400))
    assert large < 0.001 and large <= small
    assert share_of_wrong_votes(400, limit + 0.2, rho, rng) > 0.2
