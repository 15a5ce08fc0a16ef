"""The general network: units that are all different, coupled by weights; and what all of its kinds share."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hopfield_edu import _check
from hopfield_edu._flow import Flow
from hopfield_edu.layered._lagrangians import Layer

Array = NDArray[np.float64]
UNITS = 10**7  # in one network
STEPS = 10**6  # Euler steps of one call
A_LAYER = "a Layer, such as layered.softmax(2),"


class Coupled(Flow):
    """Layers with their units one after the other in the state; a subclass says who hears whom (`_heard`)."""

    layers: tuple[Layer, ...]
    sizes: tuple[int, ...]
    taus: Array
    _inputs: Array
    _names = "units"

    def _heard(self, g: Array) -> Array:
        """W g, of outputs (..., units): what arrives at each unit."""
        raise NotImplementedError

    def _felt(self, g: Array) -> Array:
        """The same with the symmetric part of W, which is all that an energy feels."""
        return self._heard(g)

    def split(self, state: ArrayLike) -> tuple[Array, ...]:
        """The currents of each layer, or whatever else there is one of per unit, such as outputs."""
        return self._parts(self._states(state))

    def output(self, state: ArrayLike) -> Array:
        """g_I = dL/dx_I, of all units, for a state or a batch (Scholarpedia eqs. 2, 10 and 16)."""
        return self._out(self._states(state))

    def velocity(self, state: ArrayLike) -> Array:
        """dx/dt = (W g + b - x) / tau, for a state or a batch (Scholarpedia eqs. 1, 11 and 14)."""
        x = self._states(state)
        return self._flow(x)

    def step(self, state: ArrayLike, dt: float = 0.1, times: int = 1) -> Array:
        """One Euler step, or several: the state, or states, after the time dt at the present velocity."""
        x, dt = self._states(state), _check.positive(dt, "dt")
        times = _check.count(times, "times", low=1, high=STEPS)
        _check.budget(steps=20.0 * times * x.size, times=times)
        for _ in range(times):
            x = x + dt * self._flow(x)
        return x

    def energy(self, state: ArrayLike) -> Any:
        """E = sum (x - b) g - L - 1/2 g'Wg, of a state or a batch (Scholarpedia eqs. 3, 12 and 17).

        The first two terms are the Legendre transforms of the layers. E never rises if the weights are
        symmetric and `energy_rate` is never positive.

        Returns
        -------
        E : float or (B,) array
        """
        x = self._states(state)
        g = self._out(x)
        E = ((x - self._inputs - self._felt(g) / 2) * g).sum(axis=-1)
        E -= sum(layer.lagrangian(z) for layer, z in zip(self.layers, self._parts(x), strict=True))
        return float(E) if np.ndim(E) == 0 else E

    def energy_rate(self, state: ArrayLike) -> Any:
        """dE/dt along the flow, by the second derivatives of the Lagrangians.

        With symmetric weights it is -sum_IK tau_I (dx_I/dt) L''_IK (dx_K/dt) (Scholarpedia eqs. 4, 13, 18):
        never positive if all L'' are positive semi-definite and units that share an L share their tau. With
        others, W g + b - x is not tau dx/dt where the energy is concerned, and E may rise.

        Returns
        -------
        rate : float or (B,) array
        """
        x = self._states(state)
        uphill = x - self._inputs - self._felt(self._out(x))  # dE/dg
        parts = zip(self.layers, self._parts(x), self._parts(self._flow(x)), strict=True)
        change = np.concatenate([layer._along(z, v) for layer, z, v in parts], axis=-1)  # dg/dt
        rate = np.asarray((uphill * change).sum(axis=-1))
        return float(rate) if rate.ndim == 0 else rate

    def _flow(self, x: Array) -> Array:
        return (self._heard(self._out(x)) + self._inputs - x) / self.taus

    def _out(self, x: Array) -> Array:
        parts = zip(self.layers, self._parts(x), strict=True)
        return np.concatenate([layer.output(z) for layer, z in parts], axis=-1)

    def _parts(self, x: Array) -> tuple[Array, ...]:
        return tuple(x[..., own] for own in self._own)

    @cached_property
    def _own(self) -> tuple[slice, ...]:
        """Where the units of each layer are."""
        ends = accumulate(self.sizes)
        return tuple(slice(end - K, end) for end, K in zip(ends, self.sizes, strict=True))

    def _states(self, state: ArrayLike) -> Array:
        return _check.states(state, "state", sum(self.sizes), self._layout())

    def _layout(self) -> str:
        """What the entries of a state are, for a message."""
        parts = ", ".join(f"{K}" for K in self.sizes[:8]) + (", ..." if len(self.sizes) > 8 else "")
        return f", the currents of layers of {parts} units one after the other"

    def _told(self) -> str:
        parts = [f"{K} {layer.name}" for layer, K in zip(self.layers, self.sizes, strict=True)]
        return ", ".join(parts[:6]) + (f" and {len(parts) - 6} more layers" if len(parts) > 6 else "")


def checked_layers(
    layers: Sequence[Layer], sizes: Sequence[int]
) -> tuple[tuple[Layer, ...], tuple[int, ...]]:
    """`layers` and their `sizes`, one for each."""
    if isinstance(layers, Layer):
        raise TypeError("layers is a single Layer; a list of them is wanted, such as [layered.tanh(2)]")
    kinds = tuple(_check.listed(layers, "layers", "layers", high=10_000))
    for layer in kinds:
        _check.instance(layer, "one of layers", Layer, A_LAYER)
    counts = tuple(_check.listed(sizes, "sizes", "sizes", high=10_000))
    if not kinds or len(kinds) != len(counts):
        raise ValueError(f"layers holds {len(kinds)}, sizes {len(counts)}; one size for each layer is wanted")
    counts = tuple(_check.count(K, "one of sizes", low=1, high=UNITS) for K in counts)
    _check.budget(numbers=16 * sum(counts), sizes=list(counts))
    return kinds, counts


class Units(Coupled):
    """The general network: any weights between any two units, and units that are all different.

    A state holds the currents of all units (N,), or (B, N): those of the first layer, then of the second, ...
    A layer is a group of units with a Lagrangian of their own; it may be a single unit. (Krotov 2021;
    Scholarpedia eqs. 10 to 13, fig. 6.)

    Parameters
    ----------
    layers : list of Layer
    sizes : list of int
        How many units each of them has.
    weights : (N, N) array
        w_IJ from J to I; N is the sum of the sizes. The energy falls only if they are symmetric.
    taus : float or (N,) array
        A time constant for all units, or for each. Units of a layer whose second derivatives couple them
        (`softmax`, `spherical`, `divisive`) must share theirs, or the energy may rise: then, at some
        currents, the matrix M of equation 13 has a symmetric part with a negative eigenvalue.
    bias : (N,) array, optional
        Input currents; zero if not given.

    Attributes
    ----------
    tau : float
        The largest time constant: durations of a recall are counted in it.

    Examples
    --------
    Two units that inhibit each other, a tanh and a logistic one, the second ten times slower:

    >>> from hopfield_edu.layered import logistic, tanh
    >>> net = Units([tanh(3), logistic(4)], [1, 1], [[0, -1], [-1, 0]], [1, 10], bias=[0.2, 0.4])
    >>> net.recall([0.1, 0]).final.round(2)
    array([-0.8 ,  1.38])
    """

    _fixed = frozenset({"layers", "sizes", "weights", "taus", "tau", "bias", "N"})

    def __init__(
        self,
        layers: Sequence[Layer],
        sizes: Sequence[int],
        weights: ArrayLike,
        taus: ArrayLike = 1.0,
        *,
        bias: ArrayLike | None = None,
    ):
        self.layers, self.sizes = checked_layers(layers, sizes)
        self.N = sum(self.sizes)
        self.weights = np.array(_check.weights(weights), dtype=float)
        if len(self.weights) != self.N:
            raise ValueError(f"weights has {len(self.weights)} units, but sizes add up to N = {self.N}")
        self.taus = each_tau(taus, self.N)
        self.tau = float(self.taus.max())
        self.bias = np.zeros(self.N) if bias is None else _check.vector(bias, "bias", self.N)
        self._symmetric = _check.is_symmetric(self.weights)

    def __repr__(self) -> str:
        return f"Units: {self._told()}"

    @property
    def _inputs(self) -> Array:  # type: ignore[override]
        return self.bias

    def _heard(self, g: Array) -> Array:
        return g @ self.weights.T

    def _felt(self, g: Array) -> Array:
        return self._heard(g) if self._symmetric else (g @ self.weights.T + g @ self.weights) / 2


def each_tau(taus: ArrayLike, units: int) -> Array:
    """A time constant for each unit, from one for all or an array of them."""
    array = _check.real_array(taus, "taus")
    if array.shape not in ((), (units,)):
        raise ValueError(f"taus has shape {array.shape}; a number or ({units},), one for each, is wanted")
    if (array <= 0).any():
        raise ValueError(f"taus contains {array.min():g}; time constants are positive")
    return np.full(units, array, float)
