"""What chapter 13 says and its exercises use, recomputed with code that shares nothing with ours."""

from __future__ import annotations

import json
import math
import re
from fractions import Fraction
from itertools import combinations, product
from pathlib import Path

import numpy as np
import pytest

from hopfield_edu import datasets, feedback, modern, patterns
from hopfield_edu.feedback import _chapter13 as chapter13

NOTEBOOKS = Path(__file__).resolve().parents[1]
CHAPTER = NOTEBOOKS / "notebooks" / "13_modern_networks_and_attention.ipynb"
SOLUTION = NOTEBOOKS / "solutions" / CHAPTER.stem / CHAPTER.name

FACES = datasets.faces().astype(float)
HALF = np.array([FACES[35, k] if k % 24 < 12 else 0 for k in range(576)])
EIGHT = FACES[[16, 20, 19, 23, 40, 44, 43, 47]]
HIDDEN = np.arange(576) % 24 >= 12
NAMES_AT_LOAD = "others weigh less", "right after one step", "right at rest"


def printed(text, path=CHAPTER):
    """The output of the notebook, printed or the words of a picture, that holds `text`."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    shown = [o for c in cells for o in c.get("outputs", [])]
    outputs = ["".join(o.get("text", o.get("data", {}).get("text/plain", []))) for o in shown]
    (found,) = [output for output in outputs if text in output]
    return found


def shares(beta, X, y):
    """softmax(beta X y), pattern by pattern."""
    z = [beta * float(np.dot(x, y)) for x in X]
    e = [math.exp(v - max(z)) for v in z]
    return np.array([v / math.fsum(e) for v in e])


def step(beta, X, y):
    return sum(p * x for p, x in zip(shares(beta, X, y), X, strict=True))


def settle(beta, X, y, tol=1e-10):
    """Steps until the state moves by no more than tol, and their number."""
    for done in range(100_000):
        new = step(beta, X, y)
        if np.abs(new - y).max() <= tol:
            return y, done
        y = new
    raise AssertionError("did not settle")


def sharing(p):
    return math.exp(-sum(v * math.log(v) for v in p if v > 0))


# --- the energy and the step ----------------------------------------------------------------------


def curve(name, picture):
    """The numbers that the words of a picture give for a line: {x: y}."""
    (told,) = re.findall(rf"{re.escape(name)} ([^;“”]*?)(?=[;,] [a-zA-Z“]|\.$|\. [A-Z])", picture)
    return {float(x): float(y) for y, x in re.findall(r"([-\d.e]+) at ([\d.]+)", told.replace("−", "-"))}


def test_faces_resemble_each_other():
    agree = [(FACES[a] == FACES[b]).mean() for a, b in combinations(range(64), 2)]
    assert round(sum(agree) / len(agree), 1) == 0.8  # eight cells of ten
    assert (np.sign(step(0.5, FACES, HALF)) == FACES[35]).all()


def test_the_first_step():
    X, y = [[2.0, 0.5], [-1.0, 1.5], [0.5, -1.8]], [0.6, 0.9]
    z = [a * y[0] + b * y[1] for a, b in X]
    e = [math.exp(v) for v in z]
    new = [sum(v * x[d] for v, x in zip(e, X, strict=True)) / sum(e) for d in (0, 1)]
    found = printed("new y =")
    for numbers, digits in ((z, 2), ([v / sum(e) for v in e], 3), (new, 3)):
        assert np.array2string(np.array(numbers).round(digits)) in found


def test_the_parabola_of_the_smallest_case():
    def energy(y):  # for the patterns 1 and -1 the lse is log(2 cosh(2 y)) / 2
        return y * y / 2 - math.log(2 * math.cosh(2 * y)) / 2 + math.log(2) / 2 + 1 / 2

    now, new = 0.35, math.tanh(0.7)
    wanted = f"“before, after” {energy(now):.3f} at 0.35, {energy(new):.3f} at {new:.3f}."
    assert wanted in printed("before, after") and f"{new:.3f}" == "0.604"
    for y in np.linspace(-5, 5, 1001):
        assert energy(now) + ((y - new) ** 2 - (now - new) ** 2) / 2 >= energy(y) - 1e-12


def test_half_a_face_at_five_temperatures():
    found = printed("Half a face, one step").split("; ")
    for beta, told in zip((0, 0.01, 0.05, 0.2, 0.5), found, strict=True):
        assert told.endswith(f"β = {beta}: {sharing(shares(beta, FACES, HALF)):.1f} faces")


def test_no_step_is_longer_than_its_fall_allows():
    found = printed("fall of the energy in one step")
    assert found.startswith("500 points") and "none above the line y = x" in found
    rng = np.random.default_rng(1)
    for _ in range(50):
        X, y, beta = rng.normal(size=(4, 3)), 3 * rng.normal(size=3), 10 ** rng.uniform(-2, 2)

        def energy(v, X=X, beta=beta):
            z = beta * X @ v
            return v @ v / 2 - (z.max() + math.log(np.exp(z - z.max()).sum())) / beta

        new = step(beta, X, y)
        assert energy(y) - energy(new) >= ((new - y) ** 2).sum() / 2 - 1e-9


# --- features -------------------------------------------------------------------------------------


def features():
    """Eight faces as mean and three features: signs (8, 3), features (3, 576)."""
    signs = np.array([[f, m, e] for f in (1, -1) for m in (1, -1) for e in (1, -1)])
    mean = EIGHT.mean(axis=0)
    return signs, mean, signs.T @ (EIGHT - mean) / 8


def test_eight_faces_are_three_features_in_cells_of_their_own():
    signs, mean, parts = features()
    assert (mean + signs @ parts == EIGHT).all()
    assert (np.count_nonzero(parts, axis=0) <= 1).all()
    assert np.abs(parts).sum(axis=1).tolist() == [120, 16, 4]
    assert all((mean @ part) == 0 for part in parts)


def test_the_softmax_factorises():
    _, mean, parts = features()
    rng = np.random.default_rng(0)
    for beta in (0.005, 0.1, 1.0):
        m = rng.uniform(-1, 1, 3)
        wanted = mean + sum(
            math.tanh(beta * n * v) * part for n, v, part in zip((120, 16, 4), m, parts, strict=True)
        )
        assert step(beta, EIGHT, mean + m @ parts) == pytest.approx(wanted, abs=1e-12)


def stable_states(beta):
    """Each feature has one value at rest, 0, or two: the product is counted."""
    return 2 ** sum(beta * n > 1 for n in (120, 16, 4))


def test_features_freeze_where_the_chapter_says():
    strong = np.linalg.svd(EIGHT - EIGHT.mean(axis=0))[1][:3] ** 2 / 8
    told = [f"direction {k} {x:.0f}" for k, x in enumerate(strong, start=1)]
    assert ", ".join(told) + ", direction 4 0" in printed("variance along the direction")
    for n in (120, 16, 4):
        at = [stable_states(factor / n) for factor in (0.97, 1.03)]
        for factor, number in zip((0.97, 1.03), at, strict=True):  # and by steps from all eight
            X, Y = EIGHT, EIGHT.copy()
            for _ in range(1500):
                e = np.exp(factor / n * (Y @ X.T - 576))
                Y = e @ X / e.sum(axis=1, keepdims=True)
            assert len(np.unique(Y.round(2), axis=0)) == number
    assert stable_states(0.1) == 4  # the prediction


def test_kinds_of_states_that_face_2_ends_in():
    kinds = ("global average", "metastable", "metastable", "single")
    found = printed("Where steps from face 2 end")
    for beta, kind in zip((0.005, 0.03, 0.15, 1), kinds, strict=True):
        p = shares(beta, EIGHT, settle(beta, EIGHT, EIGHT[1])[0])
        assert f"β = {beta}, {kind}, of {sharing(p):.1f} faces" in found
        assert (p.max() > 0.99) == (kind == "single")
        assert (p.max() < 1.5 / 8) == (kind == "global average")


@pytest.mark.parametrize("beta", [0.3, 1.0, 3.0, 30.0])
def test_without_a_mouth_the_state_stays_on_a_ridge(beta):
    """The play section: face 2 with 8 rows hidden from the bottom rests between two mouths, unstably."""
    end, _ = settle(beta, EIGHT, np.where(np.arange(576) < 16 * 24, EIGHT[1], 0))
    _, mean, parts = features()
    m = (parts @ (end - mean)) / np.array([120, 16, 4])
    assert m[1] == pytest.approx(0, abs=1e-12) and beta * 16 > 1  # the slope of tanh(16 beta m) at 0
    p = shares(beta, EIGHT, end)
    assert p[1] == pytest.approx(p[3]) and p[1] > 0.25


# --- one step -------------------------------------------------------------------------------------


def test_one_step_and_its_bound():
    rng = np.random.default_rng(0)
    s = rng.normal(size=(50, 30))
    s *= np.sqrt(30) / np.linalg.norm(s, axis=1, keepdims=True)
    off = rng.normal(size=(50, 30))
    cues = s + 0.3 * off / np.linalg.norm(off, axis=1, keepdims=True)
    delta = [30 - max(s[a] @ s[b] for b in range(50) if b != a) for a in range(50)]
    R = math.sqrt(30)
    for beta in (0.1, 0.7, 1.5, 2.5):
        for k in range(50):
            error = np.linalg.norm(step(beta, s, cues[k]) - s[k])
            assert error <= 2 * R * 49 * math.exp(-beta * (delta[k] - 2 * R * 0.3))
            others = 1 - shares(beta, s, cues[k])[k]
            assert others <= 49 * math.exp(-beta * (delta[k] - 2 * R * 0.3)) * (1 + 1e-12)


def test_the_separation_of_the_faces():
    differ = {min((a != b).sum() for b in np.delete(FACES, k, axis=0)) for k, a in enumerate(FACES)}
    assert differ == {4} and 576 - (576 - 2 * 4) == 8  # the prediction
    assert np.linalg.norm(FACES[0] - FACES[4]) == 4 and (FACES[0] != FACES[4]).sum() == 4
    found = printed("Largest error against β")
    measured, bound = curve("measured", found), curve("bound", found)
    assert len(measured) == len(bound) == 5
    for beta in measured:
        error = max(np.linalg.norm(step(beta, FACES, face) - face) for face in FACES)
        assert measured[beta] == pytest.approx(error, rel=5e-3)
        assert bound[beta] == pytest.approx(2 * 24 * min(1, 63 * math.exp(-8 * beta)), rel=5e-3)


# --- attention ------------------------------------------------------------------------------------


def test_one_step_keeps_what_the_end_forgets():
    rng = np.random.default_rng(1)
    Y, X = rng.normal(size=(5, 12)), rng.normal(size=(7, 12))
    W_Q, W_K = rng.normal(size=(2, 12, 4)) / np.sqrt(12)
    Q, K = Y @ W_Q, X @ W_K
    ends, steps = zip(*(settle(0.5, K, q, 1e-10 * np.abs(K).max()) for q in Q), strict=True)
    assert f"steps to the end: {min(steps)} to {max(steps)}\n" == printed("steps to the end")
    assert np.ptp(np.array(ends), axis=0).max() < 1e-7  # one common end
    table = printed("row query 1")
    for k, q in enumerate(Q, start=1):
        row = ", ".join(f"{v:.2f}".rstrip("0") for v in shares(0.5, K, q))
        assert f"row query {k}: {row}" in table
    W_V = rng.normal(size=(12, 3))  # values of another length
    values = X @ W_V
    by_hand = [sum(p * v for p, v in zip(shares(0.5, K, q), values, strict=True)) for q in Q]
    assert modern.attention(Q, K, values) == pytest.approx(np.array(by_hand))
    assert modern.attention(Q, K, K) == pytest.approx(np.array([step(0.5, K, q) for q in Q]))


def test_one_head_must_choose():
    forehead = np.arange(576) < 13 * 24
    wish = np.where(forehead, FACES[18], FACES[44])
    one = step(25 / 24, FACES, wish)
    top = step(25 / math.sqrt(312), FACES[:, :312], wish[:312])
    bottom = step(25 / math.sqrt(264), FACES[:, 312:], wish[312:])
    off = np.abs(one - wish).max(), np.abs([*top, *bottom] - wish).max()
    assert f"one head, off by {off[0]:.3f} and two heads, off by {off[1]:.3f}" in printed("one head, off")
    assert min(np.abs(one - face).max() for face in FACES) < 0.01  # it is one of the faces
    p = shares(1 / 24, FACES, FACES[0])  # without the 25: eyes and mouths are far from decided
    assert p.max() < 0.5


def test_three_jobs():
    dark = datasets.faces(glasses="sunglasses").astype(float)
    table = np.zeros((4, 4))
    for k, d in enumerate(dark):
        table[k % 4] += np.bincount(np.arange(64) % 4, shares(0.5, FACES, d)) / 16
    assert (table.round(2) == np.eye(4)).all()
    assert "row mouth 1: 1, 0, 0, 0; row mouth 2: 0, 1, 0, 0" in printed("row mouth 1")

    lenses = np.sign(dark - FACES).mean(axis=0)
    found = printed("match with the lenses")
    for bag in (FACES[:5], FACES, [*FACES, dark[9]]):
        for value in (step(0.5, bag, lenses) @ lenses, np.mean(bag, axis=0) @ lenses):
            assert f" {value:.3g}".replace("-", "−") in found

    digits, named = datasets.digits().astype(float), curve("“named right”", printed("Digits named right"))
    for strength in (3.0, 4.0):
        right = []
        for seed in range(5):
            noise = strength * np.random.default_rng(seed).normal(size=(1000, 100))
            scores = (np.tile(digits, (100, 1)) + noise) @ digits.T
            right.append((scores.argmax(axis=1) == np.tile(np.arange(10), 100)).mean())
        assert named[strength] == pytest.approx(np.mean(right), abs=1e-3)


# --- three networks -------------------------------------------------------------------------------


def sweeps(s, y, better):
    """All cues (B, N) at once, unit by unit, until nothing changes; `better(new, old)` on overlaps."""
    y = y.copy()
    x = y @ s.T
    for _ in range(50):
        before = y.copy()
        for i in range(y.shape[1]):
            new = x - 2 * y[:, i : i + 1] * s[:, i]
            flip = better(new, x)
            y[flip, i] *= -1
            x[flip] = new[flip]
        if (y == before).all():
            return y
    raise AssertionError("did not settle")


def power(n):
    return lambda new, old: (new**n).sum(axis=1) > (old**n).sum(axis=1)


def exponential(new, old):
    top = np.maximum(new, old).max(axis=1, keepdims=True)
    return np.exp(new - top).sum(axis=1) > np.exp(old - top).sum(axis=1)


@pytest.mark.parametrize(
    "M", [4, pytest.param(16, marks=pytest.mark.slow), pytest.param(64, marks=pytest.mark.slow)]
)
def test_three_networks_the_same_faces(M):
    found, right = printed("Recalled in full against faces stored"), {"Hebb": [], "eˣ": [], "modern": []}
    for seed in range(5):
        s = FACES[np.random.default_rng(seed).permutation(64)[:M]]
        cues = np.where(HIDDEN, patterns.random(M, 576, rng=9), s)
        right["Hebb"].append((sweeps(s, cues, power(2)) == s).all(axis=1).mean())
        right["eˣ"].append((sweeps(s, cues, exponential) == s).all(axis=1).mean())
        ends = [settle(0.5, s, np.where(HIDDEN, 0, face))[0] for face in s]
        right["modern"].append((np.sign(ends) == s).all(axis=1).mean())
    for name, each in right.items():
        assert curve(name, found)[M] == pytest.approx(np.mean(each), abs=1e-3)


def test_the_coins_may_outvote_the_eyes():
    """Of the four cells that tell open eyes from narrow ones, two are shown."""
    differ = FACES[0] != FACES[4]
    assert differ.sum() == 4 and (differ & HIDDEN).sum() == 2


def test_melodies():
    tunes = datasets.melodies().astype(float)
    known = np.arange(512) % 64 < 12
    end, steps = settle(0.3, tunes, np.where(known, tunes[2], 0))
    wrong = int((np.sign(end) != tunes[2]).sum())
    assert f"steps: {steps}   wrong cells: {wrong}\n" == printed("steps: 2")
    classical = sweeps(tunes, np.where(known, tunes[2], -1)[None], power(2))[0]
    everyone = (tunes > 0).sum(axis=0)
    assert 0 < (classical > 0).sum() < 20 and (everyone[classical > 0] >= 3).all()  # what tunes share
    mary = list(datasets.MELODIES).index("Mary Had a Little Lamb")
    for k, tune in enumerate(tunes):  # too hot: seven end as Mary's lamb, one as yet another
        p = shares(0.03, tunes, settle(0.03, tunes, np.where(known, tune, 0))[0])
        assert p.argmax() == mary if k != 2 else p.argmax() not in (2, mary)
        assert p.max() > 0.8


def test_a_photograph():
    portrait = datasets.photograph(64).reshape(64, 64)
    album = [p.ravel() for p in (portrait, portrait[:, ::-1], portrait[::-1], portrait[::-1, ::-1])]
    end, _ = settle(0.02, album, np.where(np.arange(64) < 32, portrait, 0).ravel())
    error = np.abs(end - album[0]).max()
    assert f"at rest, error {error:.4f}" in printed("Half a portrait")


# --- where it breaks ------------------------------------------------------------------------------


def test_covered_is_not_hidden():
    dark = datasets.faces(glasses="sunglasses").astype(float)
    region = (dark != FACES).any(axis=0)
    is_open = np.array([k // 4 % 2 == 0 for k in range(64)])
    seen = [shares(0.5, FACES, d)[is_open].sum() for d in dark]
    blank = [shares(0.5, FACES, np.where(region, 0, d))[is_open].sum() for d in dark]
    found = printed("attention to the other kind of eyes")
    narrow = [seen[k] for k in range(64) if not is_open[k]]
    assert f"covered {np.mean(narrow):.2g}" in found and f"set to zero {np.mean(blank):.2g}" in found
    assert min(seen) > 0.97
    assert max(blank) - min(blank) < 1e-9 and is_open.mean() == 0.5  # wrong about half of the people


def test_the_loudest_wins():
    a, b = (1.0, 0.0), (3.0, 1.0)
    assert step(5, np.array([a, b]), np.array(a)) == pytest.approx(b, abs=1e-3)
    assert 1 - 3 < 0  # the separation of the first


def test_overflow():
    assert 2 * FACES[0] @ FACES[0] == 1152
    assert math.exp(709) < math.inf
    with pytest.raises(OverflowError):
        math.exp(710)
    assert round(shares(2, FACES, FACES[0])[0], 6) == 1


def one_by_one(F, s, y, free):
    """A dense memory: a free unit takes the value of the larger F, a tie keeps, until all rest."""
    y = y.copy()
    while True:
        before = y.copy()
        for i in np.flatnonzero(free):
            r = s @ y - s[:, i] * y[i]
            up, down = F(r + s[:, i]), F(r - s[:, i])
            if not math.isclose(up, down, rel_tol=1e-12):
                y[i] = 1 if up > down else -1
        if (y == before).all():
            return y


def test_why_the_exponential_misses_23_faces():
    """All are ties with the right face, broken by order; with the shown cells held fixed there are none."""
    order = np.random.default_rng(0).permutation(64)
    coins = np.random.default_rng(1).choice([-1, 1], (64, 576))
    s = FACES[order]
    cues = np.where(HIDDEN, coins, s)
    everywhere = np.ones(576, bool)
    ends = np.array([one_by_one(np.logaddexp.reduce, s, y, everywhere) for y in cues])
    missed = np.flatnonzero((ends != s).any(axis=1))
    assert len(missed) == 23
    for b in missed:
        (other,) = np.flatnonzero((s == ends[b]).all(axis=1))
        assert s[other] @ cues[b] == s[b] @ cues[b] == (s @ cues[b]).max()
    held = [one_by_one(np.logaddexp.reduce, s, y, HIDDEN) for y in cues]
    assert (np.array(held) == s).all()
    assert "e^x, shown cells held 64." in printed("shown cells held")
    assert "x^10, shown cells held 16," in printed("shown cells held")
    tenth = [one_by_one(lambda z: ((z / 577) ** 10).sum(), s, y, HIDDEN) for y in cues]
    assert (np.array(tenth) == s).all(axis=1).sum() == 16


def shown_at_load(load, N, seed):
    """Of 50 patterns shown: how many outweigh the others, are right after one step, and right at rest."""
    s = patterns.random(round(load * (2 / (1 + math.exp(-2))) ** N), N, rng=seed).astype(float)
    cues = y = s[:50]
    light = np.exp(cues @ s.T - N).sum(axis=1) - 1 < 1
    right = []
    for _ in range(1500):
        e = np.exp(y @ s.T - (y @ s.T).max(axis=1, keepdims=True))
        y, old = e @ s / e.sum(axis=1, keepdims=True), y
        right.append((np.sign(y) == cues).all(axis=1).mean())
        if np.abs(y - old).max() < 1e-9:
            break
    return light.mean(), right[0], right[-1]


@pytest.mark.parametrize("load", [1 / 32, pytest.param(0.5, marks=pytest.mark.slow)])
def test_how_many_fit_in(load):
    found = printed("Share of patterns against load")
    told = [curve(f"“{name}”", found)[float(f"{load:.3g}")] for name in NAMES_AT_LOAD]
    assert told == pytest.approx(np.mean([shown_at_load(load, 14, k) for k in range(5)], axis=0), abs=1e-3)
    assert round((2 / (1 + math.exp(-2))) ** 14) == 2771 and round(14 / (2 * math.log(14))) == 3
    for N in (8, 11):  # what one of the others weighs
        weigh = np.mean([math.exp(sum(cells) - N) for cells in product((-1, 1), repeat=N)])
        assert weigh == pytest.approx(((1 + math.exp(-2)) / 2) ** N)


@pytest.mark.slow
@pytest.mark.parametrize("N", [8, 11, 14])
def test_what_is_lost_at_rest_in_other_draws(N):
    """More than half of the patterns at half of M_beta, most at M_beta; after one step none."""
    half, whole = (np.mean([shown_at_load(load, N, k) for k in range(100, 104)], axis=0) for load in (0.5, 1))
    assert half[1] == whole[1] == 1
    assert half[2] < 0.5 and whole[2] < 0.3
    if N == 14:
        assert abs(whole[2] - 1 / 6) < 0.05


def test_safe_to_the_end():
    """Where the others weigh at most 1/9 for cells of size 0.8, no cell ever falls below it."""
    full, unsafe = (2 / (1 + math.exp(-1.6))) ** 14, []
    for seed in range(5):
        s = patterns.random(round(full / 9 / 2), 14, rng=seed).astype(float)
        safe = np.exp(0.8 * (s @ s.T - 14)).sum(axis=1) - 1 <= 1 / 9
        unsafe.append(1 - safe.mean())
        y = s
        for _ in range(200):
            e = np.exp(y @ s.T - 14)
            y = e @ s / e.sum(axis=1, keepdims=True)
            assert ((y * s)[safe] >= 0.8 - 1e-12).all()
    assert np.mean(unsafe) <= 0.5 and math.isclose(2 / (1 + math.exp(-1.6)), 1.66, abs_tol=0.005)


def test_the_bound_on_how_many_fit_in():
    """With a share of the formula's number, at most that share of the patterns loses (Markov)."""
    N, share, lost = 14, 0.2, []
    M = int(share * (2 / (1 + math.exp(-2))) ** N)
    for seed in range(5):
        s = patterns.random(M, N, rng=seed).astype(float)
        weights = np.exp(s[:100] @ s.T - N)
        lost.append((weights.sum(axis=1) - 1 >= 1).mean())
    assert np.mean(lost) <= share


# --- exercises ------------------------------------------------------------------------------------


def test_the_table_of_exercise_1_in_fractions():
    X, table = ((2, 0), (0, 1), (0, -1)), {}
    for name, y in {"a": (1, 0), "b": (0, 1), "c": (0, 0), "d": (-1, 2)}.items():
        z = [x[0] * y[0] + x[1] * y[1] for x in X]
        powers = [Fraction(2) ** v for v in z]
        p = [v / sum(powers) for v in powers]
        table[name] = [*z, *p, *(sum(v * x[d] for v, x in zip(p, X, strict=True)) for d in (0, 1))]
    assert table["d"][3:] == [
        Fraction(1, 18),
        Fraction(8, 9),
        Fraction(1, 18),
        Fraction(1, 9),
        Fraction(5, 6),
    ]
    plain = {name: [float(v) for v in row] for name, row in table.items()}
    assert feedback.attention_table(plain).correct
    plain["d"][3:6] = [p**2 / sum(v**2 for v in plain["d"][3:6]) for p in plain["d"][3:6]]
    assert not feedback.attention_table(plain).correct


def test_fully_written_out_functions_pass_the_checks():
    """Answers in plain loops, as a beginner writes them."""

    def lse_energy(patterns, state, beta):
        z = [sum(x[i] * state[i] for i in range(len(state))) for x in patterns]
        largest, total = max(z), 0.0
        for value in z:
            total += math.exp(beta * (value - largest))
        return -largest - math.log(total) / beta + sum(v * v for v in state) / 2

    def softmax_step(patterns, states, beta):
        new = np.zeros(states.shape)
        for b in range(len(states)):
            z = [beta * sum(x * y for x, y in zip(row, states[b], strict=True)) for row in patterns]
            e = [math.exp(v - max(z)) for v in z]
            for mu in range(len(patterns)):
                for i in range(states.shape[1]):
                    new[b, i] += e[mu] / sum(e) * patterns[mu, i]
        return new

    def scaled_attention(queries, keys, values):
        rows = []
        for q in queries:
            z = [sum(a * b for a, b in zip(q, k, strict=True)) / math.sqrt(len(q)) for k in keys]
            e = [math.exp(v - max(z)) for v in z]
            rows.append(
                [sum(p * v for p, v in zip(e, c, strict=True)) / sum(e) for c in zip(*values, strict=True)]
            )
        return np.array(rows)

    for answer in (lse_energy, softmax_step, scaled_attention):
        for seed in range(5):
            assert feedback.CHECKS[answer.__name__](answer, seed=seed).correct


def test_three_features_by_hand():
    """Exercise 4 from eight patterns written out."""
    X = np.array([[f] * 50 + [m] * 8 + [e] * 2 for f, m, e in product((1, -1), repeat=3)], float)
    G = X @ X.T
    delta = [int(G[k, k] - max(np.delete(G[k], k))) for k in range(8)]
    counts = []
    for beta in (0.015, 0.1, 1):
        ends = [settle(beta, X, x, 1e-13)[0].round(4) for x in X]
        counts.append(len(np.unique(np.array(ends) + 0.0, axis=0)))
    answer = {"beta_c": [1 / 50, 1 / 8, 1 / 2], "separation": [delta[0], delta[2], delta[7]]}
    assert feedback.freezing_table(answer | {"stable states": counts}).correct
    wrong = answer | {"stable states": [0, 1, 3]}
    assert feedback.freezing_table(wrong).mistake == "frozen features counted, not their combinations"


def test_for_equal_norms_the_nearest_wins():
    """The proof of exercise 6, on random patterns; and an example with norms that differ."""
    rng = np.random.default_rng(0)
    for _ in range(200):
        X = rng.normal(size=(5, 3))
        X *= 2 / np.linalg.norm(X, axis=1, keepdims=True)
        y = rng.normal(size=3)
        p = shares(10, X, y)
        assert p.argmax() == np.array([math.dist(x, y) for x in X]).argmin()
        assert feedback.loudest(X, y).mistake == "equal norms"
    assert feedback.loudest([[1], [2]], [1.2]).correct
    assert feedback.loudest([[1, 0], [0, 2]], [1, 0]).mistake == "the nearest wins"


def simplex(N):
    """N + 1 patterns of norm 1 in N dimensions, as far from each other as possible."""
    corners = np.eye(N + 1) - 1 / (N + 1)
    basis = np.linalg.svd(corners)[2][:N]
    X = corners @ basis.T
    return X / np.linalg.norm(X, axis=1, keepdims=True)


def valleys(X, beta):
    """Of the simplex: the corners, if there is more than the middle; and the middle, up to beta = N."""
    y = X[0]
    for _ in range(6000):
        y = step(beta, X, y)
    return len(X) * (np.linalg.norm(y) > 0.05) + (beta < X.shape[1])


def test_more_valleys_than_patterns():
    """Exercise 7: four stable states from 1.835 to 1.995 in steps of 0.01; for a simplex more room."""
    X = simplex(2)
    assert "four stable states from beta = 1.835 to 1.995" in printed("four stable states", SOLUTION)
    assert [valleys(X, beta) for beta in (1.0, 1.825, 1.835, 1.95, 1.995, 2.005, 3)] == [1, 1, 4, 4, 4, 3, 3]
    assert [valleys(simplex(3), beta) for beta in (2.3, 2.6, 2.9, 3.1)] == [1, 5, 5, 4]  # wider
    for beta, wanted in ((1.85, None), (1.95, None), (1.0, "too hot"), (3.0, "the middle lost")):
        assert feedback.more_states(X, beta).mistake == wanted
    assert feedback.more_states(simplex(3), 2.7).correct
    assert feedback.more_states(simplex(3), 3.1).mistake == "the middle lost"


def test_the_valleys_found_by_the_check_are_those_of_random_starts():
    rng = np.random.default_rng(1)
    for beta in (1.95, 3.0, 1.0):
        X = simplex(2)
        starts = rng.normal(size=(60, 2)) * np.geomspace(0.01, 1, 60)[:, None]
        ends = [settle(beta, X, y, 1e-12)[0] for y in starts]
        assert len(np.unique(np.array(ends).round(4) + 0.0, axis=0)) == len(chapter13._stable(X, beta))


def test_on_a_line_there_are_never_more_valleys_than_patterns():
    rng = np.random.default_rng(2)
    grid = np.linspace(-3, 3, 3001)
    for _ in range(200):
        X = rng.uniform(-2, 2, rng.integers(2, 6))
        beta = 10 ** rng.uniform(-1, 1.5)
        e = np.exp(
            beta * np.multiply.outer(grid, X) - (beta * np.multiply.outer(grid, X)).max(axis=1)[:, None]
        )
        drift = e @ X / e.sum(axis=1) - grid
        assert ((drift[:-1] > 0) & (drift[1:] <= 0)).sum() <= len(X)


def test_quiz_and_recap():
    assert 100 - (90 - 10) == 20 and 1 / 10 == 0.1
    X = np.array([[1.0] * 100, [1.0] * 90 + [-1.0] * 10])
    for beta, apart in ((0.095, False), (0.105, True)):
        end, _ = settle(beta, X, X[0], 1e-13)
        assert (abs(end[99]) > 0.1) == apart


def largest_variance(X):
    return np.linalg.eigvalsh(np.cov(X.T, bias=True))[-1]


def pull(X, beta, start):
    """The end of many plain softmax steps."""
    y = np.array(start, float)
    for _ in range(3000):
        e = np.exp(beta * (X @ y - (X @ y).max()))
        y = X.T @ e / e.sum()
    return y


@pytest.mark.parametrize(
    "X",
    [EIGHT, np.array([[3.0, 1], [3, -1], [-3, 1], [-3, -1]]), np.eye(5)],
    ids=["faces", "square", "simplex"],
)
def test_the_average_loses_its_stability_at_the_largest_variance(X):
    """If all patterns are equally similar to it."""
    mean = X.mean(axis=0)
    assert np.ptp(X @ mean) < 1e-9
    nudge = 1e-3 * np.random.default_rng(0).normal(size=mean.size)
    for factor, stays in ((0.9, True), (1.1, False)):
        end = pull(X, factor / largest_variance(X), mean + nudge)
        assert (np.linalg.norm(end - mean) < 1e-3) == stays


def test_equal_length_alone_is_not_enough():
    """Three patterns on a circle, two of them close together: their average is no fixed point."""
    X = np.array([[1.0, 0], [np.cos(0.3), np.sin(0.3)], [-1, 0]])
    mean = X.mean(axis=0)
    assert np.linalg.norm(pull(X, 0.5 / largest_variance(X), mean) - mean) > 0.1
