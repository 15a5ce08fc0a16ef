"""Storkey's rule: a Hebb rule that asks the fields what the network knows already."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from hopfield_edu import _check
from hopfield_edu._types import Reals


def storkey(patterns: ArrayLike) -> Reals:
    """Storkey's rule: each pattern adds what the patterns before it have not yet brought about.

    w_ij changes by (s_i s_j - s_i h_ji - h_ij s_j) / N, where h_ij = sum_{k != i, j} w_ik s_k is the field of
    unit i, without what units i and j bring to it.

    Parameters
    ----------
    patterns : (N,) or (M, N) array of ±1
        One pattern or several, stored in this order. The order matters: later ones are favoured.

    Returns
    -------
    weights : (N, N) array
        Symmetric, zero diagonal, the factor 1/N included.

    Notes
    -----
    Local: the change of w_ij needs s_i, s_j, w_ij and the two fields. 3 N^2 multiplications for each pattern.
    A. Storkey, R. Valabregue, *The basins of attraction of a new Hopfield learning rule*, Neural Networks 12
    (1999) 869. The usual slip is to leave out i alone.

    Examples
    --------
    >>> print(9 * storkey([[1, 1, 1], [1, 1, -1]]))
    [[0. 8. 0.]
     [8. 0. 0.]
     [0. 0. 0.]]
    """
    S = np.atleast_2d(_check.bipolar(patterns, "patterns"))
    M, N = S.shape
    _check.budget(numbers=3 * N**2, steps=M * N**2, patterns=patterns)
    W = np.zeros((N, N))
    for s in S.astype(float):
        _store(W, s)
    return W


def storkey_add(weights: ArrayLike, pattern: ArrayLike) -> Reals:
    """Store one more pattern by Storkey's rule, in weights that this rule has made.

    Parameters
    ----------
    weights : (N, N) array, symmetric up to rounding, zero diagonal
        With the factor 1/N, as `storkey` gives them.
    pattern : (N,) array of ±1

    Returns
    -------
    weights : (N, N) array
        A new array; the old one is left alone.

    Notes
    -----
    Storkey and Valabregue (1999). Local; 3 N^2 multiplications.

    Examples
    --------
    >>> s = np.array([[1, 1, -1], [1, -1, -1]])
    >>> bool((storkey_add(storkey(s[0]), s[1]) == storkey(s)).all())
    True
    """
    W = np.array(_check.weights(weights, symmetric=True), dtype=float)
    s = _check.bipolar(pattern, "pattern", ndim=(1,), units=len(W))
    if np.diagonal(W).any():
        raise ValueError("weights has a diagonal; Storkey's rule wants one of zeros")
    _check.budget(numbers=2 * W.size, weights=weights)
    _store(W, s.astype(float))
    return W


def _store(W: Reals, s: Reals) -> None:
    """In three lines: h_ij is the field of i less w_ij s_j, and what is left out adds up to 2 W / N."""
    N = len(s)
    change = np.outer(s, W @ s - s / 2) / N
    W *= 1 + 2 / N
    W -= change + change.T
    np.fill_diagonal(W, 0)
