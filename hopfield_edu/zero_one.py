"""Units that are 0 or 1, with inputs, and the exact map to units of ±1.

    x_i = sum_j T_ij V_j + I_i      V_i <- 1 if x_i > 0, 0 if x_i < 0      E = -1/2 V'TV - I'V

(Hopfield, Scholarpedia, "Binary neurons".) With V = (y + 1) / 2 this is a network of ±1 units with weights
T/4 and bias I/2 + T1/4: every update does the same, and with symmetric T all energies differ by one constant.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hopfield_edu import _check, binary, patterns


class Network:
    """A network of N units that are 0 or 1.

    Parameters
    ----------
    weights : (N, N) array
        T_ij, from unit j to unit i.
    inputs : (N,) array, optional
        I_i, constant input to each unit; zero if not given.

    Attributes
    ----------
    bipolar : binary.Network
        The same network in units of ±1, with whole numbers T and 2 I + T1 and the scale 1/4.
    offset : float
        What to add to the energy of `bipolar` to get the energy of this one.

    Examples
    --------
    >>> net = Network([[0, -2], [-2, 0]], inputs=[1, 1])
    >>> net.energy([1, 0])
    -1.0
    >>> net.bipolar.energy([1, -1]) + net.offset
    -1.0
    """

    def __init__(self, weights: ArrayLike, inputs: ArrayLike | None = None):
        self.weights = np.array(_check.weights(weights), dtype=float)
        self.N = len(self.weights)
        self.inputs = np.zeros(self.N) if inputs is None else _check.vector(inputs, "inputs", self.N)
        bias = 2 * self.inputs + self.weights.sum(axis=1)
        self.bipolar = binary.Network(self.weights, bias, scale=1 / 4)
        self.offset = float(-self.weights.sum() / 8 - self.inputs.sum() / 2)

    def field(self, state: ArrayLike) -> NDArray[np.float64]:
        """The total input x_i = sum_j T_ij V_j + I_i, twice the field of `bipolar`.

        Parameters
        ----------
        state : (N,) or (B, N) array of 0/1

        Returns
        -------
        x : array of the same shape

        Examples
        --------
        >>> Network([[0, -2], [-2, 0]], inputs=[1, 1]).field([1, 0])
        array([ 1., -1.])
        """
        return self._states(state) @ self.weights.T + self.inputs

    def energy(self, state: ArrayLike) -> Any:
        """E = -1/2 sum_ij T_ij V_i V_j - sum_i I_i V_i: float, or (B,) array for a batch.

        Examples
        --------
        >>> Network([[0, -2], [-2, 0]], inputs=[1, 1]).energy([[0, 0], [1, 0], [1, 1]])
        array([ 0., -1.,  0.])
        """
        V = self._states(state)
        E = 0.0 - ((V @ self.weights.T / 2 + self.inputs) * V).sum(axis=-1)  # never -0.0
        return float(E) if E.ndim == 0 else E

    def update(self, state: ArrayLike, i: int, ties: Any = "keep") -> NDArray[np.int_]:
        """The state after unit i (from 0) has been updated; `ties` is "keep", 1 or 0.

        Hopfield's own rule sends a unit with zero input to 0: ``ties=0``.

        Examples
        --------
        >>> Network([[0, -2], [-2, 0]], inputs=[1, 1]).update([0, 0], 0)
        array([1, 0])
        """
        ties = -1 if _check.one_of(ties, "ties", ("keep", 1, 0)) == 0 else ties
        return patterns.to_binary(self.bipolar.update(patterns.to_bipolar(self._states(state)), i, ties))

    def _states(self, state: ArrayLike) -> NDArray[np.int_]:
        V = _check.two_valued(state, "state", (0, 1))
        _check.bipolar(2 * V - 1, "state", units=self.N)
        return V
