"""Binomial probabilities without SciPy, which a browser would first have to fetch."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

PLAIN = 2**20  # trials; beyond, SciPy's formulas are faster than a sum


def pmf(n: int, p: float) -> NDArray[np.float64]:
    """The probabilities of 0, 1, ..., n successes in n trials that succeed with probability p, 0 < p <= 1.

    Neighbours stand in the ratio (n - k) p / ((k + 1)(1 - p)). It is followed from the most likely number
    outwards, where the products only fall, and the sum must be 1.

    Examples
    --------
    >>> pmf(2, 0.5)
    array([0.25, 0.5 , 0.25])
    """
    top = min(int((n + 1) * p), n)
    k, m = np.arange(top, n), np.arange(top)[::-1]
    above = np.cumprod((n - k) * p / ((k + 1) * (1 - p)))
    below = np.cumprod((m + 1) * (1 - p) / ((n - m) * p))[::-1]
    found = np.concatenate([below, [1.0], above])
    return np.asarray(found / found.sum())


def below(k: int, n: int) -> float:
    """The probability of fewer than k heads in n throws of a fair coin.

    Examples
    --------
    >>> below(1, 2)
    0.25
    """
    if n > PLAIN:
        from scipy.stats import binom

        return float(binom.cdf(k - 1, n, 0.5))
    return float(pmf(n, 0.5)[: max(k, 0)].sum())
