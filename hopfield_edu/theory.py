"""What Hebb's rule does to many patterns, on paper: signal, cross-talk, and how often a unit is wrong.

With M patterns stored, the field of unit i in pattern nu, times s_i^nu, is

    N - 1  +  C_i^nu        (zero diagonal)          N  +  C_i^nu        (self-connections)

in units of 1/N: a signal, and the cross-talk C of the other patterns (Wiskott eqs. 1.15 to 1.20). A unit is
unstable where C outweighs the signal. `fields` and `contributions` take patterns and say what is;
`crosstalk`, `bit_error` and `pattern_error` take numbers and say what to expect of random patterns.

What becomes of a state when its wrong units disturb the others, and so on, says mean field theory, for very
large N and M = alpha N patterns: `overlap`, `critical_load`, `transition_load`, `glass_temperature`.
"""

from __future__ import annotations

from functools import lru_cache
from math import erfc, sqrt
from typing import Any, Literal, NamedTuple, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hopfield_edu import _binomial, _check, _mean_field

Criterion = Literal["stable", "all stable", "retrieval"]
MOST = 2**26  # patterns or units: sums of (M - 1)(N - 1) terms ±1 are exact in double precision


class Fields(NamedTuple):
    """`signal` (a number) and `crosstalk` (M, N), times s_i^nu: positive helps, negative hurts."""

    signal: int
    crosstalk: NDArray[np.int_]

    @property
    def support(self) -> NDArray[np.int_]:
        """(M, N): N s_i h_i, signal and cross-talk together."""
        return self.signal + self.crosstalk

    @property
    def stable(self) -> NDArray[np.bool_]:
        """(M, N): whether the unit keeps its value; a tie does."""
        return self.support >= 0


def fields(patterns: ArrayLike, *, self_connections: bool = False) -> Fields:
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
        ``signal``, and (M, N) each ``crosstalk``, ``support`` and ``stable``.

    Examples
    --------
    >>> fields([[1, 1, 1, 1], [1, 1, 1, -1], [1, 1, -1, 1]]).crosstalk
    array([[ 2,  2, -2, -2],
           [ 0,  0,  0, -4],
           [ 0,  0, -4,  0]])
    """
    self_connections = _check.flag(self_connections, "self_connections")
    S = _check.bipolar(patterns, "patterns", ndim=(2,))
    M, N = S.shape
    _check.budget(numbers=M * M + 4 * M * N, steps=M * M * N / 100, patterns=patterns)  # a fast product
    X = S.astype(float)  # in which whole numbers are exact
    crosstalk = (X * (X @ X.T @ X)).astype(int) - N  # the pattern itself gives N
    if self_connections:
        return Fields(N, crosstalk)
    return Fields(N - 1, crosstalk - (M - 1))


def contributions(
    patterns: ArrayLike, pattern: int, unit: int, *, self_connections: bool = False
) -> NDArray[np.int_]:
    """What each stored pattern adds to the field of one unit in one of them, times s_i^nu, in units of 1/N.

    Pattern mu adds s_i^nu s_i^mu times its overlap with pattern nu: it supports the unit if it is like nu and
    agrees with it here, or unlike it and disagrees. The pattern's own entry is the signal, the others add up
    to the cross-talk.

    Parameters
    ----------
    patterns : (M, N) array of ±1
    pattern, unit : int
        nu and i, counted from 0.
    self_connections : bool

    Returns
    -------
    shares : (M,) array of whole numbers

    Examples
    --------
    >>> contributions([[1, 1, 1, 1], [1, 1, 1, -1], [1, 1, -1, 1]], pattern=0, unit=3)
    array([ 3, -3,  1])
    """
    self_connections = _check.flag(self_connections, "self_connections")
    S = _check.bipolar(patterns, "patterns", ndim=(2,))
    M, N = S.shape
    nu = _check.count(pattern, "pattern", high=M - 1)
    i = _check.count(unit, "unit", high=N - 1)
    shares = S[nu, i] * S[:, i] * (S @ S[nu])
    return shares if self_connections else shares - 1  # the term j = i is s_i^nu s_i^mu s_i^mu s_i^nu = 1


class Distribution(NamedTuple):
    """Possible `values` of the cross-talk and their `probabilities`."""

    values: NDArray[np.int_]
    probabilities: NDArray[np.float64]


def crosstalk(M: int, N: int, *, self_connections: bool = False, overlap: float = 0.0) -> Distribution:
    """The exact distribution of the cross-talk C_i^nu for M random patterns on N units.

    The (M - 1)(N - 1) products in the sum are independent and ±1 with equal probability, so C is binomial;
    self-connections add the constant M - 1. Patterns that resemble each other (`patterns.correlated`) are
    exact as well, by way of the characteristic function.

    Parameters
    ----------
    M, N : int
        Number of patterns and of units.
    self_connections : bool
    overlap : float
        Expected overlap of any two patterns, 0..1.

    Returns
    -------
    Distribution
        ``values`` and ``probabilities``, both (K,).

    Examples
    --------
    >>> crosstalk(2, 3)
    Distribution(values=array([-2,  0,  2]), probabilities=array([0.25, 0.5 , 0.25]))
    """
    M, N = _size(M, N)
    shift = M - 1 if _check.flag(self_connections, "self_connections") else 0
    terms = (M - 1) * (N - 1)
    _check.budget(numbers=8 * terms, steps=100 * terms, M=M, N=N)
    values = 2 * np.arange(terms + 1) - terms + shift
    return Distribution(values, _ups(M, N, _check.fraction(overlap, "overlap")).copy())


def _size(M: Any, N: Any) -> tuple[int, int]:
    return _check.count(M, "M", low=1, high=MOST), _check.count(N, "N", low=1, high=MOST)


@lru_cache(maxsize=128)
def _ups(M: int, N: int, overlap: float) -> NDArray[np.float64]:
    """Probabilities that 0, 1, ..., (M - 1)(N - 1) of the products in the cross-talk are +1."""
    terms = (M - 1) * (N - 1)
    if overlap == 0:
        return _binomial.pmf(terms, 0.5)
    a = np.sqrt(overlap)  # every unit of every pattern is the template's with probability q ...
    q, n = (1 + a) / 2, np.arange(N)  # ... and n of the other N - 1 units of pattern nu
    theta = np.pi * np.arange((terms + 1) // 2 + 1) / (terms + 1)
    one = np.cos(theta) + 1j * a * np.sin(theta)  # E exp(i theta s) of a unit, where the template is +1
    live = np.abs(one) ** terms > 1e-20  # beyond, nothing is left
    _check.budget(numbers=8 * int(live.sum()) * N, M=M, N=N)
    one = one[live, None]
    sums = one**n * one.conj() ** (N - 1 - n)  # of sum_j s_j^mu s_j^nu
    rival = q * sums + (1 - q) * sums.conj()  # times s_i^mu
    total = rival ** (M - 1)  # of M - 1 independent ones, for s_i^nu = +1
    both = np.zeros(len(theta), complex)
    both[live] = (q * total + (1 - q) * total.conj()) @ _binomial.pmf(N - 1, q)
    found = np.fft.irfft((both * np.exp(1j * theta * terms)).conj(), terms + 1)
    return np.clip(found, 0, 1)


def bit_error(
    M: int, N: int, *, self_connections: bool = False, overlap: float = 0.0, gaussian: bool = False
) -> float:
    """The probability that a given unit of a given stored pattern is unstable (a tie keeps its value).

    Exact, from the distribution of `crosstalk`, or with C replaced by a Gaussian of the same mean and
    variance: P = 1/2 erfc(sqrt(N / 2M)) for large M and N (Hertz, Krogh, Palmer 1991, section 2.2).

    Parameters
    ----------
    M, N : int
        Number of patterns and of units.
    self_connections : bool
    overlap : float
        Expected overlap of any two patterns, 0..1.
    gaussian : bool
        Use the Gaussian approximation; for unrelated patterns only.

    Returns
    -------
    P : float

    Examples
    --------
    >>> round(bit_error(14, 100), 4), round(bit_error(14, 100, gaussian=True), 4)
    (0.0026, 0.0029)
    """
    M, N = _size(M, N)
    self_connections = _check.flag(self_connections, "self_connections")
    gaussian, overlap = _check.flag(gaussian, "gaussian"), _check.fraction(overlap, "overlap")
    terms = (M - 1) * (N - 1)
    needed = N + M - 1 if self_connections else N - 1  # unstable where the sum of ±1 is below -needed
    if overlap > 0:
        if gaussian:
            raise ValueError("gaussian=True belongs to overlap=0: cross-talk of related patterns is skewed")
        values, probabilities = crosstalk(M, N, overlap=overlap)
        return float(probabilities[values < -needed].sum())
    if gaussian:
        return erfc(needed / sqrt(2 * terms)) / 2 if terms else 0.0
    return _binomial.below((terms - needed + 1) // 2, terms)


def pattern_error(M: int, N: int, *, self_connections: bool = False) -> float:
    """The probability that a stored pattern is not a fixed point, if its units erred independently.

    1 - (1 - P)^N with P from `bit_error`. Errors come together, so that fewer patterns are lost than this
    estimate says: 20 % in the example below.

    Examples
    --------
    >>> round(pattern_error(14, 100), 2)
    0.23
    """
    P = bit_error(M, N, self_connections=self_connections)
    return float(-np.expm1(N * np.log1p(-P)))


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
    N = _check.count(N, "N", low=1, high=MOST)
    _check.budget(numbers=6 * N, N=N)
    k = np.arange(N + 1)
    return np.where(2 * k == N, 0.5, (2 * k < N).astype(float))


def outvoted(d: int, N: int, wrong: int) -> float:
    """The probability that the wrong units have the majority among d of N, if `wrong` of the N are spoiled.

    Two stored patterns that differ in d units make two networks that ignore each other, one of the d units
    and one of the N - d others; a cue ends in the wrong pattern if the d units are outvoted. Exactly half of
    them wrong counts one half.

    Parameters
    ----------
    d, N, wrong : int
        1 <= d <= N, 0 <= wrong <= N; the spoiled units are chosen at random.

    Returns
    -------
    P : float

    Examples
    --------
    >>> round(outvoted(10, 100, 40), 3)
    0.258
    """
    N = _check.count(N, "N", low=1, high=MOST)
    d, wrong = _check.count(d, "d", low=1, high=N), _check.count(wrong, "wrong", high=N)
    k = np.arange(max(0, wrong - (N - d)), min(d, wrong) + 1)  # so many of the d can be wrong ...
    here, next_ = k[:-1], k[1:]  # ... and one more is so many times as likely:
    odds = (d - here) * (wrong - here) / (next_ * (N - d - wrong + next_))
    logarithm = np.concatenate([[0.0], np.cumsum(np.log(odds))])
    P = np.exp(logarithm - logarithm.max())
    outcome = np.where(2 * k == d, 0.5, 2 * k > d)
    return float(outcome @ P / P.sum())


def overlap(load: ArrayLike, temperature: float = 0.0) -> Any:
    """The overlap m of a retrieval state with its pattern, for N to infinity; 0 where there is none.

    Solved, not tabulated, to some 1e-9: mean field theory of random patterns (Amit, Gutfreund and Sompolinsky
    1985, 1987; replica symmetric). At T = 0 a unit is wrong with probability (1 - m) / 2.

    Parameters
    ----------
    load : number or array
        alpha = M / N, at least 0.
    temperature : float
        T = 1 / beta, in units in which a lone pattern is forgotten at T = 1 (weights with the factor 1/N).

    Returns
    -------
    m : float, or an array of the shape of `load`

    Examples
    --------
    >>> round(overlap(0.138), 3), round(overlap(0.1379), 3), round(overlap(0.05, 0.5), 3)
    (0.0, 0.968, 0.904)
    """
    loads = _check.real_array(load, "load")
    if (loads < 0).any():
        raise ValueError(f"load is {_check.shown(load)}; numbers at least 0 are wanted: patterns per unit")
    _check.budget(numbers=1000 * loads.size, steps=10**5 * loads.size, load=load)
    m = _mean_field.overlaps(loads.astype(float).ravel(), _temperature(temperature)).reshape(loads.shape)
    return m if m.ndim else float(m)


def critical_load(temperature: float = 0.0) -> float:
    """The load alpha_c up to which there are retrieval states, for N to infinity; 0 from T = 1 on.

    At T = 0 the largest value of (erf(x) / x - 2 / sqrt(pi) exp(-x²))² / 2 over x (Amit, Gutfreund and
    Sompolinsky 1985).

    Examples
    --------
    >>> round(critical_load(), 5), round(critical_load(0.5), 5)
    (0.13791, 0.05882)
    """
    return _mean_field.top(_temperature(temperature))[1]


def transition_load(temperature: float = 0.0) -> float:
    """The load below which retrieval states are the deepest: at larger ones the spin glass lies deeper.

    Where their free energies are equal (at T = 0: their energies), for N to infinity.

    Examples
    --------
    >>> round(transition_load(), 4), round(transition_load(0.5), 4)
    (0.0519, 0.0281)
    """
    return _mean_field.transition(_temperature(temperature))


def glass_temperature(load: float) -> float:
    """T = 1 + sqrt(alpha): below it, noise freezes into a spin glass, states that resemble no pattern.

    Examples
    --------
    >>> glass_temperature(0.25)
    1.5
    """
    return float(1 + np.sqrt(_check.positive(load, "load", zero=True)))


def capacity(N: int, criterion: Criterion) -> float:
    """How many random patterns N units hold by Hebb's rule, which depends on what one asks for.

    ================ ================ ========================================================================
    criterion        M                what is asked for, as N grows
    ================ ================ ========================================================================
    ``"stable"``     N / (2 ln N)     almost every pattern is a fixed point, exactly
    ``"all stable"`` N / (4 ln N)     in almost every set, all patterns are
    ``"retrieval"``  0.1379... N      near the patterns there are fixed points, with some wrong units (1.6 %)
    ================ ================ ========================================================================

    The first two are from the bit error (McEliece, Posner, Rodemich and Venkatesh 1987), the third is
    `critical_load` times N.

    Examples
    --------
    >>> [round(capacity(1000, criterion)) for criterion in ("all stable", "stable", "retrieval")]
    [36, 72, 138]
    """
    N = _check.count(N, "N", low=2, high=MOST)
    if _check.one_of(criterion, "criterion", get_args(Criterion)) == "retrieval":
        return critical_load() * N
    return float(N / ((2 if criterion == "stable" else 4) * np.log(N)))


def _temperature(temperature: Any) -> float:
    return _check.positive(temperature, "temperature", zero=True)
