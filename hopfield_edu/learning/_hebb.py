"""Patterns to weights: Hebb's rule, all at once or one pattern at a time.

The weights are kept as whole numbers. The lecture's factor 1/N is the `scale` of `binary.Network`: it
changes fields and energies but never the dynamics, and without it every field is an exact integer.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hopfield_edu import _check


def hebb(patterns: ArrayLike, *, self_connections: bool = False) -> NDArray[np.floating[Any]]:
    """Hebb's rule: w_ij = sum_mu s_i^mu s_j^mu, without the factor 1/N.

    Parameters
    ----------
    patterns : (N,) or (M, N) array of ±1
        One pattern or several.
    self_connections : bool
        Keep the diagonal w_ii = M that the rule produces (Wiskott eq. 1.21) instead of zero.

    Returns
    -------
    weights : (N, N) array, whole numbers, symmetric
        In single precision, which holds them exactly and is twice as fast (double from M = 2^24 on).

    Notes
    -----
    Wiskott eqs. 1.3 and 1.14 times N. Use ``binary.Network(hebb(s), scale=1 / N)`` for his numbers.

    Examples
    --------
    >>> print(hebb([[1, 1, -1], [1, -1, -1]]))
    [[ 0.  0. -2.]
     [ 0.  0.  0.]
     [-2.  0.  0.]]
    """
    S, self_connections = (
        _check.bipolar(patterns, "patterns"),
        _check.flag(self_connections, "self_connections"),
    )
    S = np.atleast_2d(S)
    _check.budget(numbers=S.shape[1] ** 2 / 2, patterns=patterns)
    X: NDArray[Any] = S.astype(np.float32 if len(S) < 2**24 else float)
    W = X.T @ X
    if not self_connections:
        np.fill_diagonal(W, 0)
    return W


def hebb_add(
    weights: ArrayLike, pattern: ArrayLike, *, self_connections: bool = False
) -> NDArray[np.float64]:
    """Store one more pattern: w_ij + s_i s_j (Hopfield, Scholarpedia, "Associative memory").

    Parameters
    ----------
    weights : (N, N) array, symmetric up to rounding
    pattern : (N,) array of ±1
    self_connections : bool
        Whether the diagonal grows too.

    Returns
    -------
    weights : (N, N) array
        A new array; the old one is left alone.

    Examples
    --------
    >>> s = np.array([[1, 1, -1], [1, -1, -1]])
    >>> bool((hebb_add(hebb(s[0]), s[1]) == hebb(s)).all())
    True
    """
    return _increment(weights, pattern, +1, self_connections)


def hebb_remove(
    weights: ArrayLike, pattern: ArrayLike, *, self_connections: bool = False
) -> NDArray[np.float64]:
    """Take a stored pattern out again: w_ij - s_i s_j. The inverse of `hebb_add`.

    Examples
    --------
    >>> s = np.array([[1, 1, -1], [1, -1, -1]])
    >>> bool((hebb_remove(hebb(s), s[1]) == hebb(s[0])).all())
    True
    """
    return _increment(weights, pattern, -1, self_connections)


def _increment(
    weights: ArrayLike, pattern: ArrayLike, sign: int, self_connections: bool
) -> NDArray[np.float64]:
    self_connections = _check.flag(self_connections, "self_connections")
    W = _check.weights(weights, symmetric=True)
    s = _check.bipolar(pattern, "pattern", ndim=(1,), units=len(W))
    change = sign * np.outer(s, s)
    if not self_connections:
        np.fill_diagonal(change, 0)
    return W + change.astype(float)
