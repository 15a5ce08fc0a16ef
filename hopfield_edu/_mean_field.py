"""Mean field theory of Hebb's rule for N to infinity (Amit, Gutfreund and Sompolinsky 1985, 1987).

A unit of a recalled pattern feels the pattern, with strength m (the overlap), and all the others as Gaussian
noise of width sigma = sqrt(alpha r): its field is m + sigma z. At temperature T its mean is the tanh of that:

    m = <tanh((m + sigma z) / T)>      q = <tanh²((m + sigma z) / T)>      r = q / (1 - (1 - q) / T)²

with <...> over normal z. To iterate (m, q, r) is slow near the critical load, and beyond it crosses the
pole of r and returns nonsense. With y = m / sigma (signal to noise) and k = sigma / T all follows from y:

    y and T    ->  k, from  y k T = <tanh k(y + z)>,  concave in k: Newton's way from the right cannot fail
    y, k and T ->  alpha = k² (T - 1 + q)² / q

so the load is a function of the single unknown y: it rises to the critical load, and falls. Retrieval states
are those to the right of its top. At T = 0: sqrt(2 alpha) = erf(x) / x - 2 / sqrt(pi) exp(-x²), x² = y² / 2.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Reals = NDArray[np.float64]
COLD = 1e-12  # temperatures below differ from zero by less than rounding
NEARLY_ONE = 1 - 1e-5  # beyond, loads fall with (1 - T)², and differences are soon nothing but rounding
WIDE = 9.0  # standard deviations beyond which a Gaussian is nothing
STEEP = 20.0  # arguments beyond which 1 - tanh is nothing
NODES, WEIGHTS = np.polynomial.legendre.leggauss(128)


class Solution(NamedTuple):
    """A solution of the equations, or an array of them: overlap m, width sigma, q, C = (1 - q) / T, load."""

    m: Any
    sigma: Any
    q: Any
    C: Any
    load: Any


def _gauss(x: Reals) -> Reals:
    return np.exp(-(x**2) / 2) / np.sqrt(2 * np.pi)


def _points(y: Reals, k: Reals) -> tuple[Reals, Reals]:
    """Places u = |y + z| and their weights (..., 128): where the bell lies and tanh(k u) is not yet 1."""
    high = np.minimum(y + WIDE, STEEP / k)
    low = np.minimum(np.maximum(0, y - WIDE), high)
    half = (high - low)[..., None] / 2
    return low[..., None] + half * (1 + NODES), half * WEIGHTS


def _means(y: Reals, k: Reals) -> tuple[Reals, Reals, Reals]:
    """<tanh k(y + z)>, its slope in k, and <1 - tanh²>, which is small and must not be a difference.

    tanh(k u) is sgn(u) but for a neighbourhood of zero: <sgn> is known, the rest is integrated.
    """
    from scipy.special import erf

    u, weight = _points(y, k)
    right, left = weight * _gauss(u - y[..., None]), weight * _gauss(u + y[..., None])
    beyond = 2 / (1 + np.exp(2 * k[..., None] * u))  # 1 - tanh(k u), without a difference
    steep = beyond * (2 - beyond)  # 1 - tanh²
    m = erf(y / np.sqrt(2)) - (beyond * (right - left)).sum(axis=-1)
    return m, (u * steep * (right - left)).sum(axis=-1), (steep * (right + left)).sum(axis=-1)


def at(y: Reals, T: float) -> Solution:
    """The solution with signal to noise y (above 0), temperature T in [0, 1)."""
    from scipy.special import erf

    if T < COLD:
        m = erf(y / np.sqrt(2))
        sigma, q = m / y, np.ones_like(y)
        C = 2 * _gauss(y) / sigma
    else:
        k = erf(y / np.sqrt(2)) / (y * T)  # to the right of the root
        for _ in range(100):
            m, slope, rest = _means(y, k)
            change = (m - y * k * T) / (y * T - slope)
            k = k + np.minimum(change, 0)  # rounding may point to the right
            if (np.abs(change) < 1e-14 * k).all():
                break
        m, _, rest = _means(y, k)
        sigma, q, C = k * T, 1 - rest, rest / T
    load = np.where(C < 1, (sigma * (1 - C)) ** 2 / q, 0.0)  # beyond the pole nothing is a retrieval state
    return Solution(m, sigma, q, C, load)


@lru_cache(maxsize=256)
def top(T: float) -> tuple[float, float]:
    """Where the load is largest, and how large: the critical load. Beyond T = 1 there is none."""
    from scipy.optimize import minimize_scalar

    if T >= 1:
        return np.inf, 0.0
    if T > NEARLY_ONE:
        y, load = top(NEARLY_ONE)
        return y, load * ((1 - T) / (1 - NEARLY_ONE)) ** 2
    grid = np.geomspace(0.3, 30, 100)
    best = int(np.clip(np.argmax(at(grid, T).load), 1, 98))
    ends = float(grid[best - 1]), float(grid[best + 1])
    found = minimize_scalar(
        lambda y: -float(at(np.array([y]), T).load[0]), bounds=ends, method="bounded", options={"xatol": 1e-9}
    )
    return float(found.x), -float(found.fun)


def retrieval(loads: Reals, T: float) -> Solution:
    """The retrieval states at loads (K,) within (0, critical load]: y from the top's to 1 / sqrt(load)."""
    y, _ = top(T)
    low, high = np.full(loads.shape, np.log(y)), np.log(np.maximum(y, 1 / np.sqrt(loads)))
    for _ in range(60):  # halved: the load falls with y
        middle = (low + high) / 2
        below = at(np.exp(middle), T).load < loads
        low, high = np.where(below, low, middle), np.where(below, middle, high)
    return at(np.exp((low + high) / 2), T)


def magnet(T: float) -> float:
    """m = tanh(m / T): a single pattern, load 0. Concave again: Newton from the right."""
    if T < COLD:
        return 1.0
    if T >= 1:
        return 0.0
    m = 1.0
    for _ in range(200):
        t = float(np.tanh(m / T))
        step = (t - m) / (1 - (1 - t * t) / T)
        m += min(step, 0.0)
        if abs(step) < 1e-15 * m:
            break
    return m


def overlaps(loads: Reals, T: float) -> Reals:
    """m of the retrieval states; 0 where there is none."""
    m = np.zeros(loads.shape)
    m[loads == 0] = magnet(T)
    there = (loads > 0) & (loads <= top(T)[1])
    if there.any():
        m[there] = retrieval(loads[there], T).m
    return m


def glass(load: float, T: float) -> Solution:
    """The spin glass, m = 0: q = <tanh²(k z)>, whose load rises with k. One zero, bracketed."""
    if T < COLD:
        sigma = np.sqrt(load) + np.sqrt(2 / np.pi)
        return Solution(0.0, sigma, 1.0, np.sqrt(2 / np.pi) / sigma, load)

    def found(k: float) -> Solution:
        rest = float(_means(np.zeros(1), np.array([k]))[2][0])
        return Solution(0.0, k * T, 1 - rest, rest / T, (k * (T - rest)) ** 2 / (1 - rest))

    def off(log_k: float) -> float:  # from sqrt(load) = k (T - 1 + q) / sqrt(q)
        s = found(np.exp(log_k))
        return float((s.sigma - s.sigma * s.C) / np.sqrt(s.q) - np.sqrt(load))

    return found(np.exp(_zero(off, np.log(1e-4), np.log((np.sqrt(load) + 1) / T + 1))))


def free_energy(s: Solution, T: float) -> float:
    """Of a solution, per unit; the constant alpha / 2 is kept (Amit, Gutfreund and Sompolinsky 1987)."""
    from scipy.special import erf

    m, sigma, q, C, load = (float(np.ravel(part)[0]) for part in s)
    y, r = m / sigma, q / (1 - C) ** 2
    mean = sigma * (y * erf(y / np.sqrt(2)) + 2 * float(_gauss(np.array(y))))  # <|m + sigma z|>
    entropy = 0.0
    if T >= COLD:
        k = np.array([sigma / T])
        u, weight = _points(np.array([y]), k)
        bells = _gauss(u - y) + _gauss(u + y)
        mean += T * float((weight * bells * np.log1p(np.exp(-2 * k[:, None] * u))).sum())
        entropy = T * np.log1p(-C)
    return m**2 / 2 + load / 2 * (1 + r * C + entropy - q / (1 - C)) - mean


@lru_cache(maxsize=256)
def transition(T: float) -> float:
    """The load below which retrieval states lie deeper than the spin glass."""
    if T >= 1:
        return 0.0
    if T > NEARLY_ONE:
        return transition(NEARLY_ONE) * ((1 - T) / (1 - NEARLY_ONE)) ** 2

    def lead(log_y: float) -> float:
        recalled = at(np.exp([log_y]), T)
        return free_energy(recalled, T) - free_energy(glass(float(recalled.load[0]), T), T)

    first = np.log(top(T)[0])
    crossing = at(np.exp([_zero(lead, first, first + np.log(10))]), T)
    return float(crossing.load[0])


def _zero(function: Callable[[float], float], low: float, high: float) -> float:
    from scipy.optimize import brentq

    return float(brentq(function, low, high, xtol=1e-13, rtol=1e-13))
