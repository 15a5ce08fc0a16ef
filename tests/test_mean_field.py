"""Mean field theory against naive code of its own: plain iteration where it works, grids, and simulation."""

from __future__ import annotations

from math import cosh, erf, exp, log, pi, sqrt, tanh

import numpy as np
import pytest

from hopfield_edu import _mean_field, binary, patterns, theory

Z = np.linspace(-8, 8, 801)
DZ = np.exp(-(Z**2) / 2) / np.exp(-(Z**2) / 2).sum()
TEMPERATURES = (0.1, 0.3, 0.6, 0.9)


def iterated_cold(load):
    """m, r and C at T = 0, from m = 1 on, in plain Python (Hertz, Krogh, Palmer 1991, section 2.5)."""
    m, r = 1.0, 1.0
    for _ in range(20_000):
        C = sqrt(2 / (pi * load * r)) * exp(-(m**2) / (2 * load * r))
        before, m, r = m, erf(m / sqrt(2 * load * r)), 1 / (1 - C) ** 2
        if abs(m - before) < 1e-13:
            break
    return m


def iterated(load, T):
    """(m, q, r) at T > 0 from m = q = 1 on, damped, sums over a grid for the integrals."""
    m = q = r = 1.0
    for _ in range(20_000):
        t = np.tanh((m + sqrt(load * r) * Z) / T)
        new = float(DZ @ t), float(DZ @ t**2), q / (1 - (1 - q) / T) ** 2
        change = max(abs(a - b) for a, b in zip(new, (m, q, r), strict=True))
        m, q, r = (0.7 * a + 0.3 * b for a, b in zip(new, (m, q, r), strict=True))
        if change < 1e-13:
            break
    return m, q, r


def frozen(load, T):
    """(0, q, r) of the spin glass: q by bisection between 1 - T and 1."""

    def excess(q):
        r = q / (1 - (1 - q) / T) ** 2
        return float(DZ @ np.tanh(sqrt(load * r) * Z / T) ** 2) - q

    low, high = 1 - T + 1e-9, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if excess(middle) > 0 else (low, middle)
    return 0.0, low, low / (1 - (1 - low) / T) ** 2


def free_energy(m, q, r, load, T):
    """Amit, Gutfreund and Sompolinsky 1987, written down once more."""
    b = 1 / T
    spins = float(DZ @ np.log(2 * np.cosh(b * (m + sqrt(load * r) * Z)))) / b
    noise = log(1 - b * (1 - q)) - b * q / (1 - b * (1 - q))
    return load / 2 + m**2 / 2 + load * b * r * (1 - q) / 2 + load / (2 * b) * noise - spins


def test_cold_overlaps_are_those_of_the_iteration():
    loads = [0.01, 0.05, 0.08, 0.1, 0.12, 0.13, 0.135]
    assert theory.overlap(loads) == pytest.approx([iterated_cold(a) for a in loads], abs=1e-9)


def test_critical_load_is_the_top_of_one_curve():
    """The largest value of the equation with one unknown, on a fine grid; and its known place."""
    x = np.arange(1, 3, 1e-4)
    root = np.array([erf(v) / v - 2 / sqrt(pi) * exp(-(v**2)) for v in x])
    assert theory.critical_load() == pytest.approx(float((root**2 / 2).max()), abs=1e-8)
    assert theory.critical_load() == pytest.approx(0.137905, abs=1e-6)
    assert theory.overlap(theory.critical_load()) == pytest.approx(erf(float(x[root.argmax()])), abs=1e-4)


def test_there_is_nothing_beyond():
    for T in (0, 0.001, *TEMPERATURES):
        top = theory.critical_load(T)
        m = theory.overlap([0, top / 2, top * (1 - 1e-6), top * (1 + 1e-6), 0.2, 50.0], T)
        assert (m[:3] > 0).all() and (np.diff(m[:3]) < 0).all() and not m[3:].any()
    assert not theory.overlap([0, 0.01], 1).any() and not theory.overlap([0, 0.01], 7).any()
    assert theory.critical_load(1) == theory.critical_load(7.5) == theory.transition_load(1) == 0


def test_overlaps_with_temperature_are_those_of_the_iteration():
    for T in TEMPERATURES:
        for share in (0.1, 0.5, 0.9):
            load = share * theory.critical_load(T)
            assert theory.overlap(load, T) == pytest.approx(iterated(load, T)[0], abs=1e-8), (load, T)


def test_critical_load_with_temperature():
    """Just below it the iteration finds a pattern, just above it does not."""
    for T in (0.3, 0.6):
        top = theory.critical_load(T)
        assert iterated(0.995 * top, T)[0] > 0.9 * theory.overlap(top, T)
        assert abs(iterated(1.005 * top, T)[0]) < 0.5 * theory.overlap(top, T)


def test_one_pattern_is_a_magnet():
    for T in (0.2, 0.5, 0.9, 0.999):
        m = theory.overlap(0, T)
        assert m > 0 and m == pytest.approx(tanh(m / T), abs=1e-12)
    assert theory.overlap(0) == 1


def test_a_solution_is_a_stationary_point_of_the_free_energy():
    for T in TEMPERATURES:
        load = theory.critical_load(T) / 2
        found = _mean_field.retrieval(np.array([load]), T), _mean_field.glass(load, T)
        for s in found:
            m, q = float(np.ravel(s.m)[0]), float(np.ravel(s.q)[0])
            at = np.array([m, q, q / (1 - (1 - q) / T) ** 2])
            assert _mean_field.free_energy(s, T) == pytest.approx(free_energy(*at, load, T), abs=1e-10)
            for k in range(3 if m else 0):
                h = 1e-5 * np.eye(3)[k]
                slope = free_energy(*(at + h), load, T) - free_energy(*(at - h), load, T)
                assert abs(slope) / 2e-5 < 1e-7, (T, k)


def test_at_the_transition_pattern_and_glass_lie_equally_deep():
    for T in (0.1, 0.3, 0.7):
        at = theory.transition_load(T)
        gap = [
            free_energy(*iterated(a, T), a, T) - free_energy(*frozen(a, T), a, T)
            for a in (at - 1e-5, at, at + 1e-5)
        ]
        assert gap[0] < 0 < gap[2] and abs(gap[1]) < 0.1 * gap[2]
    assert theory.transition_load() == pytest.approx(0.0519, abs=1e-4)


def test_cold_lines_are_the_limit_of_warm_ones():
    for line in (theory.critical_load, theory.transition_load):
        assert line(1e-9) == pytest.approx(line(0), abs=1e-7)
    assert theory.overlap(0.1, 1e-9) == pytest.approx(theory.overlap(0.1), abs=1e-8)


def test_near_t_1_the_lines_are_parabolas():
    """T = 1 - 1.95 sqrt(alpha) and 1 - 2.6 sqrt(alpha) (Amit, Gutfreund and Sompolinsky 1987)."""
    for T in (0.995, 1 - 1e-7):
        assert (1 - T) / sqrt(theory.critical_load(T)) == pytest.approx(1.95, abs=0.02)
        assert (1 - T) / sqrt(theory.transition_load(T)) == pytest.approx(2.6, abs=0.02)


def test_the_glass_melts_at_its_temperature():
    for load in (0.01, 0.1):
        T = theory.glass_temperature(load)
        assert T == 1 + sqrt(load)
        q = [_mean_field.glass(load, T * share).q for share in (0.5, 0.9, 0.999)]
        assert 1 > q[0] > q[1] > q[2] > 0 and q[2] < 2e-3


def test_simulation_of_a_large_network():
    """2000 units, 200 patterns: overlap after recall, and its spread over patterns of one set."""
    s = patterns.random(200, 2000, rng=0)
    ends = binary.PatternNetwork(s).recall(s[:40]).final
    m = (ends * s[:40]).mean(axis=1)
    assert abs(m.mean() - theory.overlap(0.1)) < 4 * m.std() / sqrt(40)


@pytest.mark.slow
def test_every_temperature():
    for T in np.linspace(0.02, 0.98, 40):
        top, middle = theory.critical_load(T), theory.transition_load(T)
        assert 0 < middle < top < 0.1382
        for share in (0.3, 0.8):
            m = theory.overlap(share * top, T)
            fine = np.linspace(-9, 9, 20_001)
            bell = np.exp(-(fine**2) / 2) / np.exp(-(fine**2) / 2).sum()
            s = _mean_field.retrieval(np.array([share * top]), T)
            t = np.tanh((m + float(s.sigma[0]) * fine) / T)
            q = float(bell @ t**2)
            assert m == pytest.approx(float(bell @ t), abs=1e-8)
            r = q / (1 - (1 - q) / T) ** 2
            assert float(s.sigma[0]) == pytest.approx(sqrt(share * top * r), rel=1e-6)


def test_capacities():
    for N in (2, 100, 10_000):
        stable, strict = theory.capacity(N, "stable"), theory.capacity(N, "all stable")
        assert stable == 2 * strict == pytest.approx(N / (2 * log(N)))
        assert theory.capacity(N, "retrieval") == N * theory.critical_load()
    assert cosh(theory.capacity(100, "all stable")) > 100


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: theory.overlap(-0.1), ValueError, "load is -0.1"),
        (lambda: theory.overlap("much"), TypeError, "load is 'much'"),
        (lambda: theory.overlap(np.nan), ValueError, "load contains NaN"),
        (lambda: theory.overlap(0.1, -1), ValueError, "temperature is -1"),
        (lambda: theory.overlap(0.1, [0.1]), TypeError, "temperature is"),
        (lambda: theory.overlap(np.zeros(10**6)), ValueError, "load = an array of shape"),
        (lambda: theory.critical_load(True), TypeError, "temperature is True"),
        (lambda: theory.transition_load(np.inf), ValueError, "temperature is inf"),
        (lambda: theory.glass_temperature(-1), ValueError, "load is -1"),
        (lambda: theory.capacity(1, "stable"), ValueError, "N is 1"),
        (
            lambda: theory.capacity(100, "some"),
            ValueError,
            "criterion is 'some'; choose one of 'stable', ",
        ),
    ],
)
def test_bad_input(call, error, words):
    with pytest.raises(error, match=words):
        call()
