"""Sparse patterns: few units are active, 1, and all others silent, 0."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from hopfield_edu import _check
from hopfield_edu._types import Reals


def covariance(patterns: ArrayLike, activity: float) -> Reals:
    """The covariance rule: T_ij = sum_mu (V_i - f)(V_j - f) / (N f (1 - f)), for patterns of 0 and 1.

    Hebb's rule for the deviations from the mean activity f: two silent units teach little, and on average
    a pattern adds nothing to a weight. Use it with a `threshold`.

    Parameters
    ----------
    patterns : (N,) or (M, N) array of 0/1
        One pattern or several; the order does not matter.
    activity : float
        f, the share of active units, above 0 and below 1.

    Returns
    -------
    weights : (N, N) array, symmetric, zero diagonal
        In a stored pattern the field of an active unit is about 1 - f, that of a silent one -f.

    Notes
    -----
    Local, one pattern at a time, M N^2 multiplications. M. V. Tsodyks, M. V. Feigel'man, *The enhanced
    storage capacity in neural networks with low activity level*, Europhysics Letters 6 (1988) 101.

    Examples
    --------
    >>> from hopfield_edu import zero_one
    >>> V = np.eye(5, dtype=int)[:2]
    >>> net = zero_one.Network(covariance(V, 0.2), inputs=np.full(5, -threshold(0.2)))
    >>> net.recall([1, 0, 0, 0, 0]).final
    array([0, 0, 0, 0, 0])
    """
    V = np.atleast_2d(_check.two_valued(patterns, "patterns", (0, 1)))
    _check.bipolar(2 * V - 1, "patterns")
    f = _activity(activity)
    _check.budget(numbers=2 * V.shape[1] ** 2, steps=V.size * V.shape[1], patterns=patterns)
    X = V - f
    T = X.T @ X / (V.shape[1] * f * (1 - f))
    np.fill_diagonal(T, 0)
    return np.asarray(T)


def threshold(activity: float) -> float:
    """The threshold for weights of the `covariance` rule: 1/2 - f, in the middle between 1 - f and -f.

    A unit is active if its field exceeds this. As a constant input it is ``-threshold(f)``.

    Parameters
    ----------
    activity : float
        f, the share of active units, above 0 and below 1.

    Examples
    --------
    >>> threshold(0.1)
    0.4
    """
    return 0.5 - _activity(activity)


def _activity(value: float) -> float:
    f = _check.fraction(value, "activity")
    if f in (0, 1):
        raise ValueError(f"activity is {f:g}; a fraction above 0 and below 1 is wanted")
    return f
