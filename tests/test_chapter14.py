"""What chapter 14 says, recomputed with code that shares nothing with ours."""

from __future__ import annotations

import json
import math
import re
from pathlib import Path

import numpy as np
import pytest

from hopfield_edu import datasets, layered

CHAPTER = Path(__file__).resolve().parents[1] / "notebooks" / "14_energy_architectures.ipynb"


def printed(text):
    """The output of the notebook that holds `text`."""
    cells = json.loads(CHAPTER.read_text(encoding="utf-8"))["cells"]
    outputs = [o for cell in cells for o in cell.get("outputs", [])]
    texts = ["".join(o.get("text", o.get("data", {}).get("text/plain", []))) for o in outputs]
    return next(found for found in texts if text in found)


def shares(beta, z):
    e = np.exp(beta * (z - z.max(axis=-1, keepdims=True)))
    return e / e.sum(axis=-1, keepdims=True)


def settle(X, y):
    """Softmax steps at beta 2 until nothing moves."""
    for _ in range(100_000):
        new = shares(2, y @ X.T) @ X
        if np.abs(new - y).max() <= 1e-11:
            return y
        y = new
    raise AssertionError("did not settle")


@pytest.mark.slow
def test_slow_memories():
    """Runge and Kutta's steps through S's equation 1, and where the softmax steps lead."""
    said = printed("ends where the steps lead")
    counts = {}
    for seed in range(4):
        rng = np.random.default_rng(seed)
        X, cues = rng.normal(size=(11, 5)), rng.normal(size=(20, 5))
        by_steps = settle(X, cues)

        def flow(z, slow, X=X):
            f = shares(2, z[:, 5:])
            return np.hstack([f @ X - z[:, :5], (z[:, :5] @ X.T - z[:, 5:]) / slow])

        for slow in (1, 10):
            z, dt = np.hstack([cues, np.zeros((20, 11))]), 0.1
            for _ in range(round(40 * max(1, slow / 2) / dt)):
                a = flow(z, slow)
                b = flow(z + dt / 2 * a, slow)
                c = flow(z + dt / 2 * b, slow)
                z = z + dt / 6 * (a + 2 * b + 2 * c + flow(z + dt * c, slow))
            near = (np.abs(z[:, :5] - by_steps).max(axis=1) < 0.05).sum()
            counts.setdefault(slow, []).append(int(near))
    for slow, found in counts.items():
        assert f"τ_h = {slow} τ {min(found)} to {max(found)}" in said


def test_four_kinds_of_layers():
    """The alphabet, with S's fig. 5 written out."""
    letters = datasets.letters().astype(float)
    rng = np.random.default_rng(9)  # other errors than the notebook's
    cues = np.repeat(letters, 4, axis=0)
    for cue in cues:
        cue[rng.choice(100, 10, replace=False)] *= -1
    rules = {
        "A": lambda y: 10 * np.maximum(letters @ np.sign(y), 0) ** 9 @ letters,
        "B": lambda y: shares(0.5, letters @ y) @ letters,
        "C": lambda y: 10 * np.maximum(letters @ (y / np.linalg.norm(y)), 0) ** 9 @ letters,
        "graded": lambda y: (letters @ np.sign(y)) @ letters,
    }
    right = dict.fromkeys(rules, 0)
    for name, rule in rules.items():
        for y, letter in zip(cues, np.repeat(letters, 4, axis=0), strict=True):
            for _ in range(20):
                y = rule(y)
            right[name] += (np.sign(y) == letter).all()
    assert right["A"] >= 102 and right["B"] >= 102 and right["C"] >= 102 and right["graded"] <= 6
    said = printed("letters that come back: A")
    assert "A: dense memory 1, B: attention 1, C: on a sphere 1, tanh and linear 0 to 0.038" in said


@pytest.mark.slow
def test_the_forced_flip_flop():
    """Euler's method with short steps: it rests where the flip-flop rests, and its energy rises."""
    rises = rests = 0
    starts = np.random.default_rng(0).normal(size=(20, 4))
    for y1, y2, h, k in starts:
        before, most = None, 0.0
        for _ in range(15_000):
            g1, g2 = math.tanh(3 * y1), math.tanh(3 * y2)
            up, down = (g1 - g2) / math.sqrt(2), (g1 + g2) / math.sqrt(2)
            own = sum(y * g - math.log(math.cosh(3 * y)) / 3 for y, g in ((y1, g1), (y2, g2)))
            E = own + h * h / 2 - k * k / 2 - h * up + k * down
            most = max(most, E - before) if before is not None else 0.0
            before = E
            y1, y2, h, k = (
                y1 + 0.004 * ((h - k) / math.sqrt(2) - y1),
                y2 + 0.004 * ((-h - k) / math.sqrt(2) - y2),
                h + 0.004 * (up - h),
                k + 0.004 * (down - k),
            )
        rises += most > 1e-8
        rests += abs(y1 + math.tanh(3 * y2)) < 1e-3 and abs(y2 + math.tanh(3 * y1)) < 1e-3
    assert rests == 20 and "at rest in the flip-flop: 20" in printed("at rest in the flip-flop")
    (said,) = re.findall(r"the energy rose in: (\d+)", printed("the energy rose in"))
    assert abs(rises - int(said)) <= 2


def test_the_count_of_weights():
    """12 parts of 8, 7 and 9 rows of 24 cells; 60 faces as wholes."""
    assert 3 * 8 * 24 + 5 * 7 * 24 + 4 * 9 * 24 == 2280
    assert len(datasets.portraits()) * 576 == 34_560


def test_the_softmax_layer_with_two_time_constants():
    p = 1 / (1 + math.exp(-1))
    H = p * (1 - p) * np.array([[1, -1], [-1, 1]])
    M = np.diag([10, 1]) @ H
    assert np.linalg.eigvalsh((M + M.T) / 2).round(2) == pytest.approx([-0.32, 2.48])
    assert "eigenvalues -0.32 and 2.48" in printed("symmetric part of M")


@pytest.mark.slow
def test_the_weight_between_people_and_parts_is_a_choice():
    """At 20 most strangers are left alone, and hidden mouths are still filled in; at 10 they are not."""
    faces, rows = datasets.portraits().reshape(3, 5, 4, 576), np.arange(576) // 24
    bands = [rows < 8, (rows >= 8) & (rows < 15), rows >= 15]
    parts = [
        band * kind for band, kind in zip(bands, (faces[:, 0, 0], faces[0, :, 0], faces[0, 0]), strict=True)
    ]
    table = np.array([(top, eyes, (3 * top + k) % 4) for top in range(3) for k, eyes in enumerate((0, 2, 4))])
    people = faces[tuple(table.T)]
    strangers = np.array([faces[t, e, m] for t, e, own in table for m in range(4) if m != own])
    cells = json.loads(CHAPTER.read_text(encoding="utf-8"))["cells"]
    said = next("".join(cell["source"]) for cell in cells if cell["id"] == "c14sees")
    for weight, alone, mouths in ((20, 23, 9), (10, 27, 2)):
        memory = layered.hierarchy(parts, table, weight=weight)
        counts = []
        for cues, wanted in ((strangers, strangers), (np.where(bands[2], 0, people), people)):
            ends = [
                memory.with_bias({0: cue / 2}).step(memory.start({0: cue}), 0.2, times=60)[:576]
                for cue in cues
            ]
            counts.append(int((np.sign(ends) == wanted).all(axis=1).sum()))
        assert counts == [alone, mouths]
    assert "At 20, 23 of 27 strangers" in said and "only two mouths come back" in said
