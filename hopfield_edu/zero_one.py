"""Units that are 0 or 1, with inputs, and the exact map to units of ±1.

    x_i = sum_j T_ij V_j + I_i      V_i <- 1 if x_i > 0, 0 if x_i < 0      E = -1/2 V'TV - I'V

(Hopfield, Scholarpedia, "Binary neurons".) With V = (y + 1) / 2 this is a network of ±1 units with weights
T/4 and bias I/2 + T1/4: every update does the same, and with symmetric T all energies differ by one constant.
"""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike

from hopfield_edu import _check, _sweeps, binary, patterns
from hopfield_edu._frozen import Frozen
from hopfield_edu._types import Reals, Rng, Schedule, States
from hopfield_edu.trajectory import Record, Trajectory

Ties = Literal["keep", 1, 0]


class Network(Frozen):
    """A network of N units that are 0 or 1.

    Parameters
    ----------
    weights : (N, N) array
        T_ij, from unit j to unit i.
    inputs : (N,) array, optional
        I_i, constant input to each unit; zero if not given.

    Attributes
    ----------
    weights, inputs
        As given; read-only copies.
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

    _fixed = frozenset({"weights", "inputs", "N", "bipolar", "offset"})

    def __init__(self, weights: ArrayLike, inputs: ArrayLike | None = None):
        self.weights = np.array(_check.weights(weights), dtype=float)
        self.N = len(self.weights)
        _check.real_array(self.weights, "weights", largest=_check.LARGEST / (4 * self.N))  # they are summed
        self.inputs = np.zeros(self.N) if inputs is None else _check.vector(inputs, "inputs", self.N)
        bias = 2 * self.inputs + self.weights.sum(axis=1)
        self.bipolar = binary.Network(self.weights, bias, scale=1 / 4)
        self.offset = float(-self.weights.sum() / 8 - self.inputs.sum() / 2)

    def __repr__(self) -> str:
        kind = "" if self.bipolar.is_symmetric else "a"
        return f"Network of {self.N} units that are 0 or 1, {kind}symmetric weights"

    def field(self, state: ArrayLike) -> Reals:
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

    def update(self, state: ArrayLike, i: int, ties: Ties = "keep") -> States:
        """The state after unit i (from 0) has been updated; `ties` is "keep", 1 or 0.

        Hopfield's own rule sends a unit with zero input to 0: ``ties=0``.

        Examples
        --------
        >>> Network([[0, -2], [-2, 0]], inputs=[1, 1]).update([0, 0], 0)
        array([1, 0])
        """
        y = patterns.to_bipolar(self._states(state))
        return patterns.to_binary(self.bipolar.update(y, i, _of_bipolar(ties)))

    def recall(
        self,
        state: ArrayLike,
        schedule: Schedule = "ordered",
        *,
        order: ArrayLike | None = None,
        ties: Ties = "keep",
        rng: Rng | None = None,
        rule: _sweeps.Rule | None = None,
        max_sweeps: int = 1000,
        record: bool = False,
    ) -> Trajectory:
        """Run the dynamics from a cue of 0/1: as `binary.Network.recall`, with the states of this network.

        `ties` is "keep", 1 or 0; an own `rule` is called with x_i and V_i and returns 0 or 1. A record holds
        states of 0/1 and the energies of this network.

        Examples
        --------
        >>> Network([[0, -2], [-2, 0]], inputs=[1, 1]).recall([1, 1]).final
        array([0, 1])
        """
        V = self._states(state)
        how: dict[str, Any] = {"order": order, "ties": _of_bipolar(ties), "rng": rng}
        limits: dict[str, Any] = {"max_sweeps": max_sweeps, "record": record}
        run = self.bipolar.recall(2 * V - 1, schedule, **how, **limits, rule=_rule_of_bipolar(rule))
        batch = [run] if V.ndim == 1 else run

        def replay(b: int) -> Record:
            way = batch[b]
            states = patterns.to_binary(way.states)
            return Record(way.times, way.units, self.energy(states), states)

        outcome, sweeps, flips = map(np.atleast_1d, (run.outcome, run.sweeps, run.flips))
        final, length = patterns.to_binary(np.atleast_2d(run.final)), np.atleast_1d(run.cycle_length)
        kept = replay if record else None
        return Trajectory.of(V, final, outcome, sweeps, flips, length, kept, values=(0, 1))

    def _states(self, state: ArrayLike) -> States:
        V = _check.two_valued(state, "state", (0, 1))
        _check.bipolar(2 * V - 1, "state", units=self.N)
        return V


def _of_bipolar(ties: Any) -> Any:
    """The same rule for ties in units of ±1."""
    return -1 if _check.one_of(ties, "ties", ("keep", 1, 0)) == 0 else ties


def _rule_of_bipolar(rule: Any) -> _sweeps.Rule | None:
    """The same update rule in units of ±1, whose fields are half of x."""
    if rule is None:
        return None
    _check.called_with(rule, "rule", 0.0, 1, wanted="a function of a field and a value")

    def of_bipolar(h: float, y: int) -> int:
        V = rule(2 * h, (y + 1) // 2)
        if np.ndim(V) or V not in (0, 1):
            raise ValueError(f"rule gives {_check.shown(V)} for the field {2 * h:g}; 0 or 1 is wanted")
        return 1 if V else -1

    return of_bipolar
