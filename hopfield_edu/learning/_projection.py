"""The pseudo-inverse rule: the projection onto all that can be put together from the patterns."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from hopfield_edu import _check
from hopfield_edu._types import Reals


def pseudo_inverse(patterns: ArrayLike, *, self_connections: bool = False, rcond: float = 1e-10) -> Reals:
    """The pseudo-inverse rule: W = S' (S S')^-1 S, which takes all cross-talk away.

    W s = s for every pattern s, however alike they are. If patterns depend on each other, S S' has no
    inverse, and its pseudo-inverse takes the place.

    Parameters
    ----------
    patterns : (N,) or (M, N) array of ±1
        One pattern or several; the order does not matter.
    self_connections : bool
        Keep the diagonal. Without it basins are larger, and patterns stay stable as long as w_ii < 1.
    rcond : float
        Directions in which the patterns extend less than this, relative to the largest extent (singular
        value), count as rounding. A cut-off at the rounding of a number, as in ``numpy.linalg.pinv``, takes
        rounding for directions when patterns depend on each other.

    Returns
    -------
    weights : (N, N) array
        Symmetric, of size 1 (for random patterns the mean of w_ii is M/N).

    Notes
    -----
    Not local: a weight depends on all units and all patterns. M^2 N multiplications for the singular vectors,
    N^2 times the rank for W. L. Personnaz, I. Guyon, G. Dreyfus, *Information storage and retrieval in
    spin-glass like neural networks*, J. Physique Lettres 46 (1985) L359.

    Examples
    --------
    >>> s = np.array([[1, 1, 1, 1], [1, 1, 1, -1]])  # very much alike
    >>> W = pseudo_inverse(s, self_connections=True)
    >>> bool(np.allclose(W @ s.T, s.T)), round(float(np.trace(W)), 6)
    (True, 2.0)
    """
    S = np.atleast_2d(_check.bipolar(patterns, "patterns"))
    self_connections = _check.flag(self_connections, "self_connections")
    rcond = _check.number(rcond, "rcond", low=0, high=1)
    M, N = S.shape
    _check.budget(numbers=2 * N**2 + 3 * M * N, steps=M * N * min(M, N), patterns=patterns)
    _, extent, directions = np.linalg.svd(S.astype(float), full_matrices=False)
    V = directions[extent > rcond * extent[0]]
    return _tidy(V.T @ V, self_connections)


def pseudo_inverse_add(weights: ArrayLike, pattern: ArrayLike, *, rcond: float = 1e-10) -> Reals:
    """Store one more pattern: Hebb's rule for what is new in it, the surprise r = s - W s.

    W + r r' / (r'r), and W itself if there is nothing new. Starting from zeros, pattern after pattern, this
    is `pseudo_inverse` with its self-connections.

    Parameters
    ----------
    weights : (N, N) array, symmetric up to rounding
        With their diagonal, as ``pseudo_inverse(..., self_connections=True)`` gives them.
    pattern : (N,) array of ±1
    rcond : float
        A surprise shorter than this, relative to the pattern, counts as rounding.

    Returns
    -------
    weights : (N, N) array
        A new array; the old one is left alone.

    Notes
    -----
    Local but for one number, r'r: a unit knows its own surprise, its value less its field. 2 N^2
    multiplications. S. Diederich, M. Opper, Physical Review Letters 58 (1987) 949, reach it by small steps.

    Examples
    --------
    >>> s = np.array([[1, 1, 1, 1], [1, 1, 1, -1]])
    >>> W = pseudo_inverse_add(pseudo_inverse_add(np.zeros((4, 4)), s[0]), s[1])
    >>> bool(np.allclose(W, pseudo_inverse(s, self_connections=True)))
    True
    """
    W = _check.weights(weights, symmetric=True)
    s = _check.bipolar(pattern, "pattern", ndim=(1,), units=len(W))
    rcond = _check.number(rcond, "rcond", low=0, high=1)
    _check.budget(numbers=2 * W.size, weights=weights)
    surprise = s - W @ s
    length = float(surprise @ surprise)
    if not length > rcond**2 * len(s):
        return np.array(W, dtype=float)
    return W + np.outer(surprise, surprise / length)


def _tidy(W: Any, self_connections: bool) -> Reals:
    """Exact zeros where a projection has them: beside a w_ii = 1, the sum of the squares in its row."""
    alone = np.diagonal(W) > 1 - 1e-12
    W[alone] = W[:, alone] = 0
    W[alone, alone] = 1
    if not self_connections:
        np.fill_diagonal(W, 0)
    return np.asarray(W)
