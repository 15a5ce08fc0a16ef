"""Weights of two layers that are learnt, by descent through one recall."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hopfield_edu import _check
from hopfield_edu import patterns as _patterns
from hopfield_edu.layered._lagrangians import linear, softmax
from hopfield_edu.layered._two import Network

Array = NDArray[np.float64]


def recall_loss(weights: ArrayLike, noisy: ArrayLike, clean: ArrayLike, beta: float) -> tuple[float, Array]:
    """How far one softmax step ends from what was meant, and the slope of that in the weights.

    With p = softmax(beta Z x), y = Z'p, e = y - t: loss 1/2 |e|², slope p e' + beta v x' with
    v_mu = p_mu (Z e - p·Z e)_mu; both as a mean over the batch.

    Parameters
    ----------
    weights : (K, N) array
        Z, a row for each memory unit.
    noisy, clean : (B, N) arrays
        Cues x, and what they should come to, t.
    beta : float

    Returns
    -------
    loss : float
    slope : (K, N) array

    Examples
    --------
    >>> loss, slope = recall_loss([[1.0, 0.0]], [[1.0, 1.0]], [[0.0, 0.0]], 1.0)
    >>> loss, slope  # one memory is always the answer
    (0.5, array([[1., 0.]]))
    """
    Z = np.asarray(_check.real_array(weights, "weights"), dtype=float)
    if Z.ndim != 2 or Z.size == 0:
        raise ValueError(f"weights has shape {Z.shape}; (K, N) is wanted, a row for each memory unit")
    x, t = (_batch(values, name, Z.shape[1]) for values, name in ((noisy, "noisy"), (clean, "clean")))
    if x.shape != t.shape:
        raise ValueError(f"noisy has shape {x.shape}, clean {t.shape}; one clean row for each noisy one")
    return _loss(Z, x, t, _check.positive(beta, "beta", high=1e100))


def _batch(values: ArrayLike, name: str, units: int) -> Array:
    return np.atleast_2d(_check.states(values, name, units))


def _loss(Z: Array, x: Array, t: Array, beta: float) -> tuple[float, Array]:
    p = softmax(beta).output(x @ Z.T)
    e = p @ Z - t
    heard = e @ Z.T
    v = p * (heard - (p * heard).sum(axis=1, keepdims=True))
    loss = (e**2).sum(axis=1).mean() / 2
    return float(loss), (p.T @ e + beta * v.T @ x) / len(x)


class Fitted(NamedTuple):
    """What `fit` has learnt.

    Attributes
    ----------
    network : Network
        Model B with the learnt weights as its patterns.
    losses : (steps,) array
        The loss of each batch, before the weights changed.
    """

    network: Network
    losses: Array


def fit(
    patterns: ArrayLike,
    hidden: int,
    *,
    noise: float = 0.2,
    beta: float = 0.05,
    rate: float = 5.0,
    steps: int = 1000,
    batch: int = 64,
    rng: Any = None,
) -> Fitted:
    """Learn the weights of a model B that clears noise in one step, by descent on `recall_loss`.

    Each batch holds random patterns with a share of their cells flipped, new ones each time. The weights
    begin as normal numbers of standard deviation 0.1.

    Parameters
    ----------
    patterns : (M, N) array of ±1
        What should come back.
    hidden : int
        Number of memory units. More than M help, for no weight is told which pattern is its own.
    noise : float
        Share of cells that are flipped, rounded to a whole number of them.
    beta : float
        Inverse temperature of the softmax: the weights can raise it, by growing.
    rate : float
        Length of a step, in slopes. Too long a step is noticed, and refused.
    steps, batch : int
    rng : int or numpy.random.Generator

    Returns
    -------
    Fitted

    Raises
    ------
    ValueError
        If the weights run away, because `rate` is too large.

    Examples
    --------
    >>> s = _patterns.random(3, 20, rng=0)
    >>> learnt = fit(s, 6, beta=0.2, rate=1, steps=200, batch=16, rng=1)
    >>> bool((np.sign(learnt.network.step(s)) == s).all()), bool(learnt.losses[-1] < learnt.losses[0] / 10)
    (True, True)
    """
    s = _check.bipolar(patterns, "patterns", ndim=(2,))
    M, N = s.shape
    K = _check.count(hidden, "hidden", low=1, high=10**6)
    steps, batch = _check.count(steps, "steps", low=1), _check.count(batch, "batch", low=1)
    _check.budget(numbers=8 * (K + batch) * N + 4 * K * batch + steps, hidden=K, batch=batch)
    _check.budget(steps=8.0 * steps * batch * K * N, most=1e11, hidden=K, batch=batch)
    flips = round(_check.fraction(noise, "noise") * N)
    b, rate = _check.positive(beta, "beta", high=1e100), _check.positive(rate, "rate")
    rng = _check.generator(rng, "fit")
    Z, losses = rng.normal(0, 0.1, (K, N)), np.empty(steps)
    for k in range(steps):
        t = s[rng.integers(M, size=batch)]
        losses[k], slope = _loss(Z, _patterns.flip(t, flips, rng=rng).astype(float), t, b)
        Z -= rate * slope
        if not np.abs(Z).max() < 1e6:
            raise ValueError(f"rate = {rate:g} is too large: after {k + 1} steps the weights ran away")
    return Fitted(Network(Z, linear(), softmax(b)), losses)
