"""What Hebb's rule does to random patterns, on paper: signal, cross-talk, and how often a unit is wrong.

With M patterns stored, the field of unit i in pattern nu, times s_i^nu, is

    N - 1  +  C_i^nu        (zero diagonal)          N  +  C_i^nu        (self-connections)

in units of 1/N: a signal, and the cross-talk C of the other patterns (Wiskott eqs. 1.15 to 1.20). A unit is
unstable where C outweighs the signal.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hopfield_edu import _check


class Fields(NamedTuple):
    """`signal` (a number) and `crosstalk` (M, N), times s_i^nu: positive helps, negative hurts."""

    signal: int
    crosstalk: NDArray[np.int_]

    @property
    def stable(self) -> NDArray[np.bool_]:
        """(M, N): whether the unit keeps its value; a tie does."""
        return self.signal + self.crosstalk >= 0


def fields(patterns: ArrayLike, self_connections: bool = False) -> Fields:
    """Signal and cross-talk of every unit in every stored pattern, exactly, in units of 1/N.

    C_i^nu = s_i^nu sum_(mu != nu) s_i^mu sum_j s_j^mu s_j^nu (Wiskott eq. 1.19 times N s_i^nu); without
    self-connections j = i is left out, which takes M - 1 from C and 1 from the signal.

    Parameters
    ----------
    patterns : (M, N) array of ±1
    self_connections : bool

    Returns
    -------
    Fields
        ``signal``, ``crosstalk`` (M, N) and ``stable`` (M, N).

    Examples
    --------
    >>> fields([[1, 1, 1, 1], [1, 1, 1, -1], [1, 1, -1, 1]]).crosstalk
    array([[ 2,  2, -2, -2],
           [ 0,  0,  0, -4],
           [ 0,  0, -4,  0]])
    """
    S = _check.bipolar(patterns, "patterns", ndim=(2,))
    M, N = S.shape
    crosstalk = S * (S @ S.T @ S) - N  # the pattern itself gives N
    if self_connections:
        return Fields(N, crosstalk)
    return Fields(N - 1, crosstalk - (M - 1))


class Distribution(NamedTuple):
    """Possible `values` of the cross-talk and their `probabilities`."""

    values: NDArray[np.int_]
    probabilities: NDArray[np.float64]


def crosstalk(M: int, N: int, self_connections: bool = False) -> Distribution:
    """The exact distribution of the cross-talk C_i^nu for M random patterns on N units.

    The (M - 1)(N - 1) products in the sum are independent and ±1 with equal probability, so C is binomial;
    self-connections add the constant M - 1.

    Examples
    --------
    >>> crosstalk(2, 3)
    Distribution(values=array([-2,  0,  2]), probabilities=array([0.25, 0.5 , 0.25]))
    """
    from scipy.stats import binom

    terms = (_check.count(M, "M", low=1) - 1) * (_check.count(N, "N", low=1) - 1)
    ups = np.arange(terms + 1)
    shift = M - 1 if self_connections else 0
    return Distribution(2 * ups - terms + shift, binom.pmf(ups, terms, 0.5))


def bit_error(M: int, N: int, self_connections: bool = False, *, gaussian: bool = False) -> float:
    """The probability that a given unit of a given stored pattern is unstable (a tie keeps its value).

    Exact, from the binomial distribution of `crosstalk`, or with C replaced by a Gaussian of the same mean
    and variance: P = 1/2 erfc(sqrt(N / 2M)) for large M and N (Hertz, Krogh, Palmer 1991, eq. 2.13).

    Parameters
    ----------
    M, N : int
        Number of patterns and of units.
    self_connections : bool
    gaussian : bool
        Use the Gaussian approximation.

    Returns
    -------
    P : float

    Examples
    --------
    >>> round(bit_error(14, 100), 4), round(bit_error(14, 100, gaussian=True), 4)
    (0.0026, 0.0029)
    """
    from scipy.special import erfc
    from scipy.stats import binom

    terms = (_check.count(M, "M", low=1) - 1) * (_check.count(N, "N", low=1) - 1)
    needed = N + M - 1 if self_connections else N - 1  # unstable where the sum of ±1 is below -needed
    if gaussian:
        return float(erfc(needed / np.sqrt(2 * terms)) / 2) if terms else 0.0
    return float(binom.cdf(np.ceil((terms - needed) / 2) - 1, terms, 0.5))


def pattern_error(M: int, N: int, self_connections: bool = False) -> float:
    """The probability that a stored pattern is not a fixed point, if its units erred independently.

    1 - (1 - P)^N with P from `bit_error`. They do not err quite independently, so this is an estimate.

    Examples
    --------
    >>> round(pattern_error(14, 100), 2)
    0.23
    """
    return float(-np.expm1(N * np.log1p(-bit_error(M, N, self_connections))))


def recovery(N: int) -> NDArray[np.float64]:
    """For k = 0..N wrong units, the probability that one stored pattern comes back: 1 below N/2, 0 above.

    With exactly N/2 wrong units (N even), zero diagonal and one unit at a time, the first unit updated sees a
    majority of the others against it and flips, whichever it was. That tips the balance: the pattern comes
    back if this unit was wrong, its inverse if it was right, each with probability 1/2 in random order.

    Examples
    --------
    >>> recovery(4)
    array([1. , 1. , 0.5, 0. , 0. ])
    """
    k = np.arange(_check.count(N, "N", low=1) + 1)
    return np.where(2 * k == N, 0.5, (2 * k < N).astype(float))
