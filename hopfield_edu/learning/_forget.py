"""Rules that forget: bounded weights lose the oldest patterns, unlearning what nobody has stored."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from hopfield_edu import _check, _exact, binary
from hopfield_edu import patterns as _patterns
from hopfield_edu._types import Reals, Rng


def bounded(patterns: ArrayLike, bound: float) -> Reals:
    """Hebb's rule with bounded weights: after each pattern every w_ij is cut back to [-bound, bound].

    New patterns are written over old ones, as on a palimpsest: a memory that forgets gradually, where
    Hebb's rule without bounds loses everything.

    Parameters
    ----------
    patterns : (N,) or (M, N) array of ±1
        One pattern or several, the oldest first.
    bound : float
        In units of what one pattern adds, 1. About 0.4 sqrt(N) keeps most.

    Returns
    -------
    weights : (N, N) array, symmetric, zero diagonal, without the factor 1/N

    Notes
    -----
    Local, one pattern at a time, M N^2 additions. J. P. Nadal, G. Toulouse, J. P. Changeux, S. Dehaene,
    Europhysics Letters 1 (1986) 535; G. Parisi, J. Physics A 19 (1986) L617.

    Examples
    --------
    >>> print(bounded([[1, 1], [1, 1], [1, 1], [1, -1]], 2))
    [[0. 1.]
     [1. 0.]]
    """
    S = np.atleast_2d(_check.bipolar(patterns, "patterns"))
    bound = _check.positive(bound, "bound")
    M, N = S.shape
    _check.budget(numbers=2 * N**2, steps=M * N**2, patterns=patterns)
    W = np.zeros((N, N))
    for s in S.astype(float):
        W += np.outer(s, s)
        np.clip(W, -bound, bound, out=W)
    np.fill_diagonal(W, 0)
    return W


def unlearn(
    weights: ArrayLike, dreams: int, rng: Rng, *, rate: float | None = None, batch: int = 50
) -> Reals:
    """Unlearning: relax from random states, and take a little of what is found out of the weights.

    Each dream starts in a random state and ends in a state y at rest; then w_ij loses rate * y_i y_j. Most
    dreams end where nobody has stored anything, and these states lose most. Too many dreams destroy
    the memories themselves.

    Parameters
    ----------
    weights : (N, N) array, symmetric up to rounding
    dreams : int
        How many; 0 to 10^6.
    rng : int or numpy.random.Generator
        Seed or generator.
    rate : float, optional
        How much a dream takes; if not given, 0.01 for weights without the factor 1/N, as `hebb` gives them.
    batch : int
        So many dreams start from the same weights, at once. Small batches come to the same.

    Returns
    -------
    weights : (N, N) array
        A new array with a zero diagonal; the old one is left alone.

    Notes
    -----
    Local: Hebb's rule with the opposite sign. About N^2 multiplications for each sweep of a dream. J. J.
    Hopfield, D. I. Feinstein, R. G. Palmer, *'Unlearning' has a stabilizing effect in collective memories*,
    Nature 304 (1983) 158.

    Examples
    --------
    >>> from hopfield_edu import learning
    >>> W = learning.hebb([[1, 1, -1, 1], [1, -1, -1, -1]])
    >>> print(unlearn(W, 0, rng=0) == W, unlearn(W, 5, rng=0).shape)
    [[ True  True  True  True]
     [ True  True  True  True]
     [ True  True  True  True]
     [ True  True  True  True]] (4, 4)
    """
    W = np.array(_check.weights(weights, symmetric=True), dtype=float)
    dreams = _check.count(dreams, "dreams", high=10**6)
    batch = _check.count(batch, "batch", low=1, high=10**5)
    rate = 0.01 if rate is None else _check.positive(rate, "rate")
    rng = _check.generator(rng, "learning.unlearn")
    N = len(W)
    many = min(batch, dreams)
    _check.budget(numbers=4 * N**2 + 8 * many * N, steps=dreams * N**2, weights=weights, dreams=dreams)
    np.fill_diagonal(W, 0)
    left = _in_units(W, rate)  # whole numbers, as a rule: then no dream depends on the order of a sum
    for start in range(0, dreams, batch):
        found = _dreams(left, min(batch, dreams - start), rng)
        left -= found.T @ found
        np.fill_diagonal(left, 0)
    return rate * left if dreams else W


def _in_units(W: Reals, rate: float) -> Reals:
    """Weights in units of the rate; whole numbers if they are so up to rounding."""
    parts = W / rate
    found = _exact.whole(parts)
    return parts if found is None else found


def _dreams(W: Reals, count: int, rng: np.random.Generator) -> Any:
    """Where so many random states come to rest."""
    starts = _patterns.random(count, len(W), rng)
    return binary.Network(W).recall(starts).final.astype(float)
