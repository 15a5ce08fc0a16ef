"""Lagrangians: from one convex function follow a layer's output and its share of the energy."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hopfield_edu import _check
from hopfield_edu._frozen import Curve

Array = NDArray[np.float64]
STEEPEST = 1e100  # products with currents must not overflow
STRIDE = 6e-6  # of a central difference, relative to the current: about the third root of the rounding


class Layer(NamedTuple):
    """The units of a layer, by their Lagrangian L and its gradient, the `output`; of currents (..., K).

    L is convex, so that the energy falls: in dE/dt its second derivatives stand between the velocities.
    For a layer of your own give a name and the two functions; `hessian_check` tests them. (Scholarpedia eqs.
    2, 10 and 16.)

    Examples
    --------
    >>> cubic = Layer("z^3", lambda z: (z**4).sum(axis=-1) / 4, lambda z: z**3)
    >>> cubic.legendre([1.0, 2.0])  # 1 - 1/4 + 16 - 4
    12.75
    """

    name: str
    lagrangian: Callable[[Array], Array]
    output: Callable[[Array], Array]

    def legendre(self, z: ArrayLike) -> Any:
        """z·g(z) - L(z): what this layer adds to the energy; if L is convex, a function of the output.

        Parameters
        ----------
        z : (K,) or (B, K) array
            Currents.

        Returns
        -------
        float or (B,) array

        Examples
        --------
        >>> softmax(2).legendre([0.3, 0.3])  # minus the entropy ln 2, over beta
        -0.34657359027997264
        """
        z = _currents(z, "z")
        share = np.asarray((z * self.output(z)).sum(axis=-1) - self.lagrangian(z))
        return float(share) if share.ndim == 0 else share

    def hessian(self, z: ArrayLike) -> Array:
        """The second derivatives of L at currents (K,), as differences of the output: a (K, K) array.

        Examples
        --------
        >>> softmax().hessian([0.0, 0.0]).round(6)
        array([[ 0.25, -0.25],
               [-0.25,  0.25]])
        """
        z = _currents(z, "z")
        if z.ndim != 1:
            raise ValueError(f"z has shape {z.shape}; the currents of one state, (K,), are wanted")
        _check.budget(numbers=4 * z.size**2, z=z)
        return self._along(z, np.eye(z.size)).T

    def _along(self, z: Array, direction: Array) -> Array:
        """L'' times a direction: by how much the output changes if one goes there."""
        size = np.abs(direction).max(axis=-1, keepdims=True)
        far = STRIDE * (1 + np.abs(z).max(axis=-1, keepdims=True)) / np.where(size == 0, 1, size)
        ahead, behind = self.output(z + far * direction), self.output(z - far * direction)
        return (ahead - behind) / (2 * far)


def _currents(values: ArrayLike, name: str) -> Array:
    array = _check.real_array(values, name)
    if array.ndim not in (1, 2) or array.size == 0:
        raise ValueError(f"{name} has shape {array.shape}; (K,) or (B, K) is wanted, one current per unit")
    return array.astype(float)


def linear() -> Layer:
    """L = 1/2 sum z^2, output z."""
    return Layer("linear", _half_square, _unchanged)


def _half_square(z: Array) -> Array:
    return np.asarray((z**2).sum(axis=-1) / 2)


def _unchanged(z: Array) -> Array:
    return z


def rectified() -> Layer:
    """L = 1/2 sum max(z, 0)^2, output max(z, 0)."""
    return Layer("max(z, 0)", _half_square_above, _above)


def _half_square_above(z: Array) -> Array:
    return _half_square(np.maximum(z, 0))


def _above(z: Array) -> Array:
    return np.maximum(z, 0)


def tanh(beta: float = 1.0) -> Layer:
    """L = 1/beta sum ln cosh(beta z), output tanh(beta z): for a large beta the sign of z."""
    b = _check.positive(beta, "beta", high=STEEPEST)
    return Layer(f"tanh({b:g} z)", Curve(_log_cosh, b), Curve(_tanh, b))


def _log_cosh(z: Array, b: float) -> Array:
    return np.asarray((np.logaddexp(b * z, -b * z) - np.log(2)).sum(axis=-1) / b)


def _tanh(z: Array, b: float) -> Array:
    return np.tanh(b * z)


def logistic(beta: float = 1.0) -> Layer:
    """L = 1/beta sum ln(1 + e^(beta z)), output 1 / (1 + e^(-beta z)): between 0 and 1."""
    b = _check.positive(beta, "beta", high=STEEPEST)
    return Layer(f"logistic({b:g} z)", Curve(_log_one_plus, b), Curve(_logistic, b))


def _log_one_plus(z: Array, b: float) -> Array:
    return np.asarray(np.logaddexp(0, b * z).sum(axis=-1) / b)


def _logistic(z: Array, b: float) -> Array:
    from scipy.special import expit

    return expit(b * z)


def power(n: int) -> Layer:
    """L = sum max(z, 0)^n, output n max(z, 0)^(n-1): the F of a dense memory, and its slope."""
    n = _check.count(n, "n", low=2, high=1000)
    return Layer(f"max(z, 0)^{n}", Curve(_power, n), Curve(_power_slope, n))


def _power(z: Array, n: float) -> Array:
    return np.asarray((np.maximum(z, 0) ** n).sum(axis=-1))


def _power_slope(z: Array, n: float) -> Array:
    return np.asarray(n * np.maximum(z, 0) ** (n - 1))


def softmax(beta: float = 1.0) -> Layer:
    """L = 1/beta ln sum e^(beta z), output softmax(beta z): all units of the layer share one sum."""
    b = _check.positive(beta, "beta", high=STEEPEST)
    return Layer(f"softmax({b:g} z)", Curve(_log_sum, b), Curve(_shares, b))


def _log_sum(z: Array, b: float) -> Array:
    from scipy.special import logsumexp

    return np.asarray(logsumexp(b * z, axis=-1) / b)


def _shares(z: Array, b: float) -> Array:
    from scipy.special import softmax

    return softmax(b * z, axis=-1)


def spherical() -> Layer:
    """L = |z|, output z / |z|: a direction. At z = 0, where L has a kink, the output is 0."""
    return Layer("z / |z|", _length, _direction)


def _length(z: Array) -> Array:
    return np.asarray(np.linalg.norm(z, axis=-1))


def _direction(z: Array) -> Array:
    norm = np.linalg.norm(z, axis=-1, keepdims=True)
    return z / np.where(norm == 0, 1, norm)


def divisive(sigma: float = 1.0) -> Layer:
    """L = sqrt(sigma^2 + |z|^2), output z / sqrt(sigma^2 + |z|^2): divisive normalisation.

    The layer shares one length, as `spherical` does, but weak currents pass in proportion, without a kink.
    """
    s = _check.positive(sigma, "sigma", high=STEEPEST)
    return Layer(f"z / ({s:g}² + |z|²)^½", Curve(_hypotenuse, s), Curve(_normalised, s))


def _hypotenuse(z: Array, s: float) -> Array:
    return np.hypot(s, _length(z))


def _normalised(z: Array, s: float) -> Array:
    return z / np.hypot(s, np.linalg.norm(z, axis=-1, keepdims=True))


class Curvature(NamedTuple):
    """What `hessian_check` found.

    Attributes
    ----------
    slope : float
        Largest difference between the output and the slope of the Lagrangian: zero up to rounding.
    asymmetry : float
        Largest difference between d output_i / d z_j and d output_j / d z_i: zero, or no Lagrangian has this
        output.
    lowest : float
        The lowest eigenvalue of the second derivatives: not negative, or the energy may rise.
    convex : bool
        Whether all three are as they should be, within a millionth of what they are measured against.
    """

    slope: float
    asymmetry: float
    lowest: float
    convex: bool


def hessian_check(layer: Layer, states: ArrayLike) -> Curvature:
    """Whether a layer keeps its promises: output = dL/dz, and L'' has no negative eigenvalue.

    Tried at some currents only: what fails elsewhere is not seen here.

    Parameters
    ----------
    layer : Layer
    states : (K,) or (B, K) array
        Currents to try.

    Examples
    --------
    >>> z = np.random.default_rng(0).normal(size=(5, 3))
    >>> hessian_check(softmax(2), z).convex
    True
    >>> falling = Layer("-z", lambda z: -(z**2).sum(axis=-1) / 2, lambda z: -z)
    >>> found = hessian_check(falling, z)
    >>> round(found.lowest, 6), found.convex
    (-1.0, False)
    """
    _check.instance(layer, "layer", Layer, "a Layer, such as layered.softmax(2),")
    rows = np.atleast_2d(_currents(states, "states"))
    _check.budget(numbers=4 * rows.shape[1] ** 2, steps=rows.size * rows.shape[1] ** 2, states=rows)
    found = [_promises(layer, z) for z in rows]
    worst = np.max(found, axis=0)
    slope, asymmetry, lowest, size = worst[0], worst[1], -worst[2], worst[3]
    good = max(slope, asymmetry, -lowest) <= 1e-6 * max(size, 1)
    return Curvature(float(slope), float(asymmetry), float(lowest), bool(good))


def _promises(layer: Layer, z: Array) -> list[float]:
    """Error of the slope, asymmetry, minus the lowest eigenvalue, and the size to compare them with."""
    far = STRIDE * (1 + np.abs(z).max())
    steps = far * np.eye(z.size)
    slope = (layer.lagrangian(z + steps) - layer.lagrangian(z - steps)) / (2 * far)
    g, H = layer.output(z), layer.hessian(z)
    size = max(np.abs(g).max(), np.abs(H).max(), np.abs(layer.lagrangian(z)).max())
    lowest = np.linalg.eigvalsh((H + H.T) / 2)[0]
    return [np.abs(slope - g).max(), np.abs(H - H.T).max(), -lowest, size]
