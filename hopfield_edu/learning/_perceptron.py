"""The perceptron's rule: each unit learns until every pattern is right, with a margin if one is asked for."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from hopfield_edu import _check
from hopfield_edu._types import Reals
from hopfield_edu.learning._hebb import hebb


class Learned(NamedTuple):
    """What became of a rule that repeats: weights, the epochs that it took, whether it came to its end.

    Examples
    --------
    >>> perceptron([[1, 1, -1], [1, -1, -1]]).converged
    False
    """

    weights: Reals
    epochs: int
    converged: bool


def perceptron(
    patterns: ArrayLike, *, margin: float = 0.0, symmetric: bool = False, max_epochs: int = 300
) -> Learned:
    """The perceptron's rule in every unit: where a pattern is not right yet, add Hebb's term once more.

    Unit i is right in pattern s if s_i h_i > margin |w_i|, with h_i = sum_j w_ij s_j and the length |w_i| of
    its row. In an epoch all patterns are looked at; for each in which unit i is wrong, s_i s_j is added to
    all w_ij. The start is Hebb's rule, and the end an epoch in which all is right.

    Parameters
    ----------
    patterns : (N,) or (M, N) array of ±1
        One pattern or several; the order does not matter.
    margin : float
        kappa, at least 0. With 0 the patterns become stable and no more; a margin gives them basins. (For
        random patterns Hebb's rule has about sqrt(N/M) on average, more than it in some units, and
        below zero in others.)
    symmetric : bool
        Add s_i s_j to w_ji, too: then the network has an energy, at the price of fewer patterns.
    max_epochs : int
        Give up after so many.

    Returns
    -------
    Learned
        ``weights`` (N, N), whole numbers, zero diagonal; ``epochs``; ``converged``, whether every unit is
        right in every pattern. If not, they may still be right at a smaller margin.

    Notes
    -----
    Local. 2 M N^2 multiplications in each epoch. If there are weights (not symmetric) with more than this
    margin, the rule finds some in a finite number of epochs; for random patterns there are, at margin 0, up
    to M = 2 N. For two patterns that differ in one unit only there are none: that would take a
    self-connection.
    E. Gardner, *The space of interactions in neural network models*, J. Physics A 21 (1988) 257.

    Examples
    --------
    >>> s = np.array([[1, 1, 1, 1, 1], [1, 1, 1, -1, -1], [1, 1, -1, -1, 1]])  # Hebb's rule loses the third
    >>> learned = perceptron(s)
    >>> learned.converged, bool((np.sign(s @ learned.weights.T) == s).all())
    (True, True)
    """
    S = np.atleast_2d(_check.bipolar(patterns, "patterns"))
    margin = _check.positive(margin, "margin", zero=True, high=1e6)
    symmetric = _check.flag(symmetric, "symmetric")
    max_epochs = _check.count(max_epochs, "max_epochs", low=1, high=10**6)
    M, N = S.shape
    _check.budget(numbers=3 * N**2 + 3 * M * N, steps=M * N**2, patterns=patterns)
    W, S = hebb(S).astype(float), S.astype(float)
    for epoch in range(max_epochs + 1):
        missing = S * ((S * (S @ W.T)) <= margin * np.sqrt((W * W).sum(axis=1)))
        if not missing.any():
            return Learned(W, epoch, True)
        if epoch < max_epochs:
            change = missing.T @ S
            W += change + change.T if symmetric else change
            np.fill_diagonal(W, 0)
    return Learned(W, max_epochs, False)
