"""States that flow: following dx/dt = velocity(x) with SciPy, and what is recorded on the way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hopfield_edu import _check
from hopfield_edu._frozen import Frozen
from hopfield_edu.trajectory import Record, Trajectory

Array = NDArray[np.float64]


EVALUATIONS = 300_000  # of the flow, in one recall: some seconds
DURATION = 10**4  # time constants


class Flow(Frozen):
    """What all networks in continuous time share. They have a time constant `tau`, and give the flow and
    the energy of a state or a batch of states."""

    tau: float
    method: ClassVar[str] = "DOP853"  # SciPy's integrator

    def velocity(self, state: ArrayLike) -> Array:
        raise NotImplementedError

    def energy(self, state: ArrayLike) -> Any:
        raise NotImplementedError

    def _states(self, state: ArrayLike) -> Array:
        raise NotImplementedError

    def recall(
        self,
        state: ArrayLike,
        duration: float = 50.0,
        *,
        record: bool = False,
        tol: float = 1e-6,
        rtol: float = 1e-8,
        points: int = 201,
    ) -> Trajectory:
        """Follow the flow from a state, or from a batch of them as one system of equations.

        Parameters
        ----------
        state : (N,) or (B, N) array
            The state at time 0, for graded units their potentials.
        duration : float
            In units of tau, at most 10,000.
        record : bool
            Keep `points` states and energies, evenly spaced in time.
        tol : float
            It counts as a fixed point where tau |dx/dt| is at most tol at the end, for every unit.
        rtol : float
            Relative error allowed to the integrator (SciPy's DOP853); the absolute one is a hundredth of it.

        Returns
        -------
        Trajectory
            ``final`` is a state such as `state`. ``sweeps`` and ``flips`` are 0: there are none.

        Raises
        ------
        ValueError
            If the integrator gives up, needs more than 300,000 evaluations of the flow, or an argument is
            out of its range.
        """
        from scipy.integrate import solve_ivp

        cue = self._states(state)
        x = np.atleast_2d(cue).astype(float)
        end = _check.positive(duration, "duration", high=DURATION) * self.tau
        tol, rtol = _check.positive(tol, "tol"), _check.positive(rtol, "rtol")
        if rtol < 1e-13:
            raise ValueError(f"rtol is {rtol:g}; the integrator's own rounding is not below 1e-13")
        points = _check.count(points, "points", low=2)
        if _check.flag(record, "record"):
            _check.budget(numbers=4 * x.size * points, points=points)
        done = solve_ivp(
            _counted(lambda y: self.velocity(y.reshape(x.shape)).ravel()),
            (0, end),
            x.ravel(),
            method=self.method,
            t_eval=np.linspace(0, end, points) if record else [end],
            rtol=rtol,
            atol=rtol / 100,
        )
        if not done.success:
            raise ValueError(f"the integrator gave up: {done.message}")
        course = done.y.T.reshape(-1, *x.shape)
        still = (self.tau * np.abs(self.velocity(course[-1]))).max(axis=1) <= tol
        outcome = np.where(still, "fixed point", "step limit")

        def replay(b: int) -> Record:
            states = course[:, b]
            moves = [np.arange(x.shape[1])] * (len(states) - 1)
            return Record(done.t, moves, self.energy(states), states)

        none = np.zeros(len(x), int)
        return Trajectory.of(
            np.array(cue, float), course[-1], outcome, none, replay=replay if record else None
        )


def _counted(flow: Callable[[Array], Array]) -> Callable[[float, Array], Array]:
    """The flow for SciPy, which gives up after `EVALUATIONS`."""
    spent = 0

    def evaluated(_: float, y: Array) -> Array:
        nonlocal spent
        spent += 1
        if spent > EVALUATIONS:
            raise ValueError(
                f"duration is too long for this flow: it took {EVALUATIONS} evaluations, which is the limit. "
                "Time constants may lie too far apart (tau, tau_memory, delay), or rtol is too small"
            )
        return flow(y)

    return evaluated
