"""States that flow: following dx/dt = velocity(x) with SciPy, and what is recorded on the way."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hopfield_edu import _check
from hopfield_edu.trajectory import Record, Trajectory

Array = NDArray[np.float64]


class Flow:
    """What all networks in continuous time share. They have a time constant `tau`, and give the flow and
    the energy of a state or a batch of states."""

    tau: float

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
            In units of tau.
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
            If the integrator gives up, or an argument is out of its range.
        """
        from scipy.integrate import solve_ivp

        cue = self._states(state)
        x = np.atleast_2d(cue).astype(float)
        end = _check.positive(duration, "duration") * self.tau
        tol, rtol = _check.positive(tol, "tol"), _check.positive(rtol, "rtol")
        if rtol < 1e-13:
            raise ValueError(f"rtol is {rtol:g}; the integrator's own rounding is not below 1e-13")
        _check.count(points, "points", low=2)
        done = solve_ivp(
            lambda t, y: self.velocity(y.reshape(x.shape)).ravel(),
            (0, end),
            x.ravel(),
            method="DOP853",
            t_eval=np.linspace(0, end, points) if record else [end],
            rtol=rtol,
            atol=rtol / 100,
        )
        if not done.success:
            raise ValueError(f"the integrator gave up: {done.message}")
        course = done.y.T.reshape(-1, *x.shape)
        still = (self.tau * np.abs(self.velocity(course[-1]))).max(axis=1) <= tol
        outcome = np.where(still, "fixed point", "step limit")
        none = np.zeros(len(x), int)

        def replay(b: int) -> Record:
            states = course[:, b]
            moves = [np.arange(x.shape[1])] * (len(states) - 1)
            return Record(done.t, moves, self.energy(states), states)

        batch = Trajectory(
            x.copy(), course[-1], outcome, still.astype(int), none, none, replay if record else None
        )
        return batch if cue.ndim == 2 else batch[0]
