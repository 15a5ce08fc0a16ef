"""Sequences: weights that lead from each pattern to the next."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from hopfield_edu import _check
from hopfield_edu._types import Reals


def sequence(
    patterns: ArrayLike, *, closed: bool = True, rule: Literal["hebb", "pseudo-inverse"] = "hebb"
) -> Reals:
    """Weights that lead from each pattern to the next: w_ij = sum_mu s_i^(mu+1) s_j^mu.

    Not symmetric, so there is no energy. All units at once walk through the patterns. One unit at a time
    they get lost, unless these weights act with a delay, and symmetric ones hold each pattern in
    the meantime: `delayed.Network`.

    Parameters
    ----------
    patterns : (M, N) array of ±1
        At least two, in their order; none may occur twice, for its successor would be ambiguous.
    closed : bool
        Whether the last one leads back to the first.
    rule : {"hebb", "pseudo-inverse"}
        The second gives W s^mu = s^(mu+1) also for patterns that are alike, as long as none of them depends
        on the others.

    Returns
    -------
    weights : (N, N) array
        With its diagonal. By Hebb's rule whole numbers without the factor 1/N.

    Notes
    -----
    Hebb's form is local and takes M N^2 multiplications; the other is not, see `pseudo_inverse`. S.-I. Amari,
    IEEE Transactions on Computers C-21 (1972) 1197; with a delay H. Sompolinsky, I. Kanter, Physical Review
    Letters 57 (1986) 2861, and D. Kleinfeld, PNAS 83 (1986) 9469.

    Examples
    --------
    >>> s = np.array([[1, 1, 1, 1], [1, -1, 1, -1]])
    >>> np.sign(sequence(s) @ s[0])
    array([ 1., -1.,  1., -1.])
    """
    S = _check.bipolar(patterns, "patterns", ndim=(2,))
    closed = _check.flag(closed, "closed")
    rule = _check.one_of(rule, "rule", ("hebb", "pseudo-inverse"))
    M, N = S.shape
    if M < 2 or len(np.unique(S, axis=0)) < M:
        given = "only one pattern" if M < 2 else "a pattern twice"
        raise ValueError(f"patterns holds {given}; at least two, each of them once, are wanted")
    _check.budget(numbers=4 * N**2 + 4 * M * N, steps=M * N**2, patterns=patterns)
    now, then = (S, np.roll(S, -1, axis=0)) if closed else (S[:-1], S[1:])
    if rule == "hebb":
        return then.T.astype(float) @ now
    return then.T @ np.linalg.pinv(now.T, rcond=1e-10)  # the cut-off of `pseudo_inverse`
