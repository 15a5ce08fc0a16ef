"""Two layers of units that talk in pairs: an energy, and a flow that goes down it.

    tau   dx_i/dt  = sum_mu xi_mu,i f_mu + I_i - x_i       g = dL_x/dx, the outputs of the N feature units
    tau_h dh_mu/dt = sum_i xi_mu,i g_i - h_mu              f = dL_h/dh, the outputs of the M memory units

    E = (x - I)'g - L_x + h'f - L_h - f'Xi g

(Krotov and Hopfield 2021; Scholarpedia eqs. 1 to 4, fig. 4.) There is a weight xi_mu,i between every feature
and every memory unit and none inside a layer. If the memory units are fast, h = Xi g, what is left is a
flow of the features alone, of which a step of length tau is x <- Xi' f(Xi g) + I: the update of dense
memories, of attention, of spheres (fig. 5).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hopfield_edu import _check
from hopfield_edu._flow import Flow
from hopfield_edu._frozen import Curve

Array = NDArray[np.float64]
STEEPEST = 1e100  # products with currents must not overflow


class Layer(NamedTuple):
    """The units of a layer, by their Lagrangian L and its gradient, the `output`; of currents (..., K).

    L is convex, so that the energy falls: in dE/dt its second derivatives stand between the velocities.
    """

    name: str
    lagrangian: Callable[[Array], Array]
    output: Callable[[Array], Array]


def linear() -> Layer:
    """L = 1/2 sum z^2, output z."""
    return Layer("linear", _half_square, _unchanged)


def _half_square(z: Array) -> Array:
    return np.asarray((z**2).sum(axis=-1) / 2)


def _unchanged(z: Array) -> Array:
    return z


def tanh(beta: float = 1.0) -> Layer:
    """L = 1/beta sum ln cosh(beta z), output tanh(beta z): for a large beta the sign of z."""
    b = _check.positive(beta, "beta", high=STEEPEST)
    return Layer(f"tanh({b:g} z)", Curve(_log_cosh, b), Curve(_tanh, b))


def _log_cosh(z: Array, b: float) -> Array:
    return np.asarray((np.logaddexp(b * z, -b * z) - np.log(2)).sum(axis=-1) / b)


def _tanh(z: Array, b: float) -> Array:
    return np.tanh(b * z)


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

    return logsumexp(b * z, axis=-1) / b


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


class Network(Flow):
    """N feature units and M memory units, and the patterns as the weights between them.

    A state holds the currents of the features and then those of the memories: (N + M,), or (B, N + M).

    Parameters
    ----------
    patterns : (M, N) array
        xi: in its rows the patterns, the weights from and to one memory unit each.
    features, memories : Layer
        Their kinds. `linear` and `softmax` (the defaults) make the modern network, model B of Krotov and
        Hopfield; steep `tanh` and `power` a dense memory (A); `spherical` and `power` one on a sphere (C);
        `tanh` and `linear` the graded network with the weights xi'xi (eqs. 5 to 9, if the memories are
        fast). The flow comes to rest if E is bounded below, too: `linear` with `power` may run away.
    bias : (N,) array, optional
        Input currents I_i; zero if not given.
    tau, tau_memory : float
        Time constants of the two layers.

    Examples
    --------
    >>> net = Network([[1, 0], [0, 1]], memories=softmax(8))
    >>> net.recall(net.start([0.9, 0.2])).final.round(2)
    array([1., 0., 1., 0.])
    """

    _fixed = frozenset({"patterns", "M", "N", "features", "memories", "bias", "tau", "tau_memory"})

    def __init__(
        self,
        patterns: ArrayLike,
        features: Layer | None = None,
        memories: Layer | None = None,
        *,
        bias: ArrayLike | None = None,
        tau: float = 1.0,
        tau_memory: float = 0.1,
    ):
        xi = np.array(_check.real_array(patterns, "patterns"), dtype=float)
        if xi.ndim != 2 or xi.size == 0:
            raise ValueError(f"patterns has shape {xi.shape}; (M, N) is wanted, one pattern per row")
        self.patterns, (self.M, self.N) = xi, xi.shape
        self.features = linear() if features is None else features
        self.memories = softmax() if memories is None else memories
        for name, layer in (("features", self.features), ("memories", self.memories)):
            _check.instance(layer, name, Layer, "a Layer, such as layered.softmax(2),")
        self.bias = np.zeros(self.N) if bias is None else _check.vector(bias, "bias", self.N)
        self.tau, self.tau_memory = _check.positive(tau, "tau"), _check.positive(tau_memory, "tau_memory")

    def __repr__(self) -> str:
        layers = f"{self.N} features ({self.features.name}) and {self.M} memories ({self.memories.name})"
        return f"Network of {layers}"

    @property
    def weights(self) -> Array:
        """(N + M, N + M) array: every weight between two units, features first. Symmetric."""
        _check.budget(numbers=(self.N + self.M) ** 2, N=self.N, M=self.M)
        W = np.zeros((self.N + self.M, self.N + self.M))
        W[: self.N, self.N :], W[self.N :, : self.N] = self.patterns.T, self.patterns
        return W

    def start(self, features: ArrayLike) -> Array:
        """The state with these currents (N,) or (B, N) of the features, which the memories have heard."""
        x = self._features(features)
        return np.concatenate([x, self.features.output(x) @ self.patterns.T], axis=-1)

    def velocity(self, state: ArrayLike) -> Array:
        """dx/dt and dh/dt, for a state or a batch (Scholarpedia eq. 1)."""
        x, h = self._split(state)
        dx = self.memories.output(h) @ self.patterns + self.bias - x
        dh = self.features.output(x) @ self.patterns.T - h
        return np.concatenate([dx / self.tau, dh / self.tau_memory], axis=-1)

    def energy(self, state: ArrayLike) -> Any:
        """E of a state or a batch (Scholarpedia eq. 3): two Legendre transforms, less what passes between.

        dE/dt = -tau x' L_x'' x - tau_h h' L_h'' h with velocities x and h (eq. 4), so it never rises.

        Returns
        -------
        E : float or (B,) array
        """
        x, h = self._split(state)
        g, f = self.features.output(x), self.memories.output(h)
        E = ((x - self.bias) * g).sum(axis=-1) - self.features.lagrangian(x)
        E += ((h - g @ self.patterns.T) * f).sum(axis=-1) - self.memories.lagrangian(h)
        return float(E) if E.ndim == 0 else E

    def step(self, features: ArrayLike) -> Array:
        """The update of the features (N,) or (B, N) if the memories are fast: x <- Xi' f(Xi g(x)) + I.

        It is one Euler step of the length tau. (Scholarpedia fig. 5.)
        """
        g = self.features.output(self._features(features))
        return self.memories.output(g @ self.patterns.T) @ self.patterns + self.bias

    def _features(self, features: ArrayLike) -> Array:
        return _check.states(features, "features", self.N)

    def _split(self, state: ArrayLike) -> tuple[Array, Array]:
        z = self._states(state)
        return z[..., : self.N], z[..., self.N :]

    def _states(self, state: ArrayLike) -> Array:
        parts = f", currents of {self.N} features and then of {self.M} memories, as `start` makes it"
        return _check.states(state, "state", self.N + self.M, parts)
