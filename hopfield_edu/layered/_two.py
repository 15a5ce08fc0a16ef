"""Two layers: features and memories, with the patterns between them; models A, B and C."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hopfield_edu import _check
from hopfield_edu._frozen import frozen
from hopfield_edu.layered._coupled import A_LAYER
from hopfield_edu.layered._graph import Graph
from hopfield_edu.layered._lagrangians import Layer, linear, power, softmax, spherical, tanh

Array = NDArray[np.float64]


class Network(Graph):
    """N feature units and M memory units, and the patterns as the weights between them.

        tau   dx_i/dt  = sum_mu xi_mu,i f_mu + I_i - x_i       g = dL_x/dx, the outputs of the N feature units
        tau_h dh_mu/dt = sum_i xi_mu,i g_i - h_mu              f = dL_h/dh, the outputs of the M memory units

        E = (x - I)'g - L_x + h'f - L_h - f'Xi g

    (Krotov and Hopfield 2021; Scholarpedia eqs. 1 to 4, fig. 4.) There is a weight xi_mu,i between every
    feature and every memory unit and none inside a layer. If the memory units are fast, h = Xi g, what is
    left is a flow of the features alone, of which a step of length tau is x <- Xi' f(Xi g) + I: the update
    of dense memories, of attention, of spheres (fig. 5). A state holds the currents of the features and then
    those of the memories: (N + M,), or (B, N + M).

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

    _fixed = Graph._fixed | {"patterns", "M", "N", "features", "memories", "tau_memory"}

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
            _check.instance(layer, name, Layer, A_LAYER)
        inputs = np.zeros(self.N) if bias is None else _check.vector(bias, "bias", self.N)
        self.tau, self.tau_memory = _check.positive(tau, "tau"), _check.positive(tau_memory, "tau_memory")
        self.layers, self.sizes = (self.features, self.memories), (self.N, self.M)
        self.taus = np.repeat([self.tau, self.tau_memory], self.sizes)
        self.deaf = frozenset()
        self._links = (((1, 0), self.patterns),)
        self._inputs = frozen(np.concatenate([inputs, np.zeros(self.M)]))

    def __repr__(self) -> str:
        layers = f"{self.N} features ({self.features.name}) and {self.M} memories ({self.memories.name})"
        return f"Network of {layers}"

    @cached_property
    def bias(self) -> Array:
        """Input currents I_i of the features."""
        return self._inputs[: self.N]

    def start(self, features: ArrayLike) -> Array:  # type: ignore[override]
        """The state with these currents (N,) or (B, N) of the features, which the memories have heard."""
        x = self._features(features)
        return np.concatenate([x, self.features.output(x) @ self.patterns.T], axis=-1)

    def step(self, features: ArrayLike) -> Array:  # type: ignore[override]
        """The update of the features (N,) or (B, N) if the memories are fast: x <- Xi' f(Xi g(x)) + I.

        It is one Euler step of the length tau. (Scholarpedia fig. 5.)
        """
        g = self.features.output(self._features(features))
        return self.memories.output(g @ self.patterns.T) @ self.patterns + self.bias

    def with_bias(self, bias: ArrayLike) -> Network:  # type: ignore[override]
        """The same network with other input currents (N,) of the features."""
        inputs = np.concatenate([_check.vector(bias, "bias", self.N), np.zeros(self.M)])
        other: Any = self._changed(_inputs=frozen(inputs))
        return other

    def _features(self, features: ArrayLike) -> Array:
        return _check.states(features, "features", self.N)

    def _blamed(self) -> dict[str, Any]:
        return {"N": self.N, "M": self.M}

    def _layout(self) -> str:
        return f", currents of {self.N} features and then of {self.M} memories, as `start` makes it"


def model_a(
    patterns: ArrayLike, n: int = 3, beta: float = 5.0, *, tau: float = 1.0, tau_memory: float = 0.1
) -> Network:
    """Model A: features tanh(beta x), a smooth sign; memories F' with F(h) = max(h, 0)^n. A dense memory.

    If the memories are fast: step x <- Xi' F'(Xi g(x)), energy sum_i (x_i g_i - L_i) - sum_mu F(xi_mu·g).
    (Scholarpedia fig. 5.) Its energy is bounded below, because the features are.

    Examples
    --------
    >>> net = model_a([[1, 1, -1, -1], [1, -1, 1, -1]])
    >>> np.sign(net.recall(net.start([0.2, 0.1, -0.1, -0.2])).final[:4])
    array([ 1.,  1., -1., -1.])
    """
    return Network(patterns, tanh(beta), power(n), tau=tau, tau_memory=tau_memory)


def model_b(patterns: ArrayLike, beta: float = 1.0, *, tau: float = 1.0, tau_memory: float = 0.1) -> Network:
    """Model B: features g = x, memories softmax(beta h). The modern network, attention.

    If the memories are fast: step x <- Xi' softmax(beta Xi x), energy 1/2 |x|² - 1/beta ln sum e^(beta xi·x).
    (Scholarpedia fig. 5.)

    Examples
    --------
    >>> net = model_b([[1, 0], [0, 1]], beta=8)
    >>> net.step([0.9, 0.2]).round(2)
    array([1., 0.])
    """
    return Network(patterns, linear(), softmax(beta), tau=tau, tau_memory=tau_memory)


def model_c(patterns: ArrayLike, n: int = 3, *, tau: float = 1.0, tau_memory: float = 0.1) -> Network:
    """Model C: features g = x / |x|, memories F' with F(h) = max(h, 0)^n. Only the direction of x counts.

    If the memories are fast: step x <- Xi' F'(Xi x / |x|), energy -sum_mu F(xi_mu·x / |x|), for x·g and L
    are both |x|. (Scholarpedia fig. 5.)

    Examples
    --------
    >>> net = model_c([[1, 0], [0, 1]])
    >>> net.step([0.9, 0.2]).round(2)
    array([2.86, 0.14])
    """
    return Network(patterns, spherical(), power(n), tau=tau, tau_memory=tau_memory)
