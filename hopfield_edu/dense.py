"""Dense associative memory: units of ±1 and an energy that is steep around the memories.

    E = -sum_mu F(sum_i s_i^mu y_i)        y_i <- the sign with the lower energy, the others as they are

(Krotov and Hopfield 2016, eqs. 1 and 3; Scholarpedia, "Discrete variables".) With F(x) = x^2 this is the
classical network of Hebb's weights: E = -(y'Wy) - MN = 2 E_classical - MN with a zero diagonal.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hopfield_edu import _check, _sweeps
from hopfield_edu.trajectory import Record, Trajectory

Array = NDArray[np.float64]
Interaction = Callable[[Array], Array]


def power(n: int) -> Interaction:
    """F(x) = x^n. Even n treat a pattern and its inverse alike, odd n tell them apart.

    Examples
    --------
    >>> power(3)(np.array([-2.0, 3]))
    array([-8., 27.])
    """
    n = _check.count(n, "n", low=1)

    def F(x: Array) -> Array:
        return x**n

    F.__name__ = f"x^{n}"
    return F


def rectified(n: int) -> Interaction:
    """F(x) = x^n for x > 0, else 0: only patterns that agree with the state count.

    Examples
    --------
    >>> rectified(2)(np.array([-2.0, 3]))
    array([0., 9.])
    """
    n = _check.count(n, "n", low=1)

    def F(x: Array) -> Array:
        return np.maximum(x, 0) ** n

    F.__name__ = f"max(x, 0)^{n}"
    return F


def exponential(beta: float = 1.0) -> Interaction:
    """F(x) = e^(beta x) (Demircigil et al. 2017 with beta = 1).

    Examples
    --------
    >>> exponential()(np.array([0.0]))
    array([1.])
    """
    rate = float(_check.real_array(beta, "beta"))
    if rate <= 0:
        raise ValueError(f"beta is {rate:g}; a number above 0 is wanted")

    def F(x: Array) -> Array:
        return np.exp(rate * x)

    F.__name__ = f"e^({rate:g} x)" if rate != 1 else "e^x"
    F.rate = rate  # lets the kernel scale the exponential before it overflows
    return F


class Network:
    """A dense associative memory of M patterns on N units.

    Parameters
    ----------
    patterns : (M, N) array of ±1
        The stored patterns s^mu, one per row.
    F : callable
        The interaction function, from overlaps x = -N, -N + 2, ..., N (an array of floats) to numbers:
        `power`, `rectified`, `exponential`, or your own.

    Notes
    -----
    Overlaps are whole numbers, so F is tabulated once. Powers up to n = 4 are then exact as long as
    M N^n < 2^53, and ties are ties. A tie keeps the unit's value.

    Examples
    --------
    >>> net = Network([[1, 1, 1, 1], [-1, -1, 1, 1]], power(3))
    >>> net.recall([1, 1, 1, -1]).final
    array([1, 1, 1, 1])
    """

    def __init__(self, patterns: ArrayLike, F: Interaction):
        self.patterns = np.atleast_2d(_check.bipolar(patterns, "patterns")).copy()
        self.M, self.N = self.patterns.shape
        if not callable(F):
            raise TypeError(f"F is {F!r}; a function of the overlaps is wanted, such as dense.power(3)")
        self.F = F
        self._by_unit = np.ascontiguousarray(self.patterns.T, dtype=float)
        if not hasattr(F, "rate"):
            f = self._tabulated(F)
            self._A, self._B = (f[4:] + f[:-4]) / 2 - f[2:-2], (f[4:] - f[:-4]) / 2
        self.patterns.flags.writeable = False

    def _tabulated(self, F: Interaction) -> Array:
        """F at -N - 2, ..., N + 2; beyond ±N, where no overlap lies, the end values are repeated."""
        f = np.asarray(F(np.arange(-self.N, self.N + 1, dtype=float)), dtype=float)
        if f.shape != (2 * self.N + 1,) or not np.isfinite(f).all():
            raise ValueError("F must give one finite number for every overlap from -N to N")
        return np.pad(f, 2, mode="edge")

    def __repr__(self) -> str:
        name = getattr(self.F, "__name__", "F")
        return f"Network of {self.N} units that stores {self.M} patterns, F = {name}"

    def energy(self, state: ArrayLike) -> Any:
        """E = -sum_mu F(sum_i s_i^mu y_i); -inf where an exponential overflows.

        Parameters
        ----------
        state : (N,) or (B, N) array of ±1

        Returns
        -------
        E : float or (B,) array

        Examples
        --------
        >>> Network([[1, 1, 1], [1, -1, 1]], power(2)).energy([1, 1, 1])
        -10.0
        """
        y = _check.bipolar(state, "state", units=self.N)
        with np.errstate(over="ignore"):
            E = -self.F((y @ self.patterns.T).astype(float)).sum(axis=-1)
        return E if E.ndim else float(E)

    def wants_flip(self, state: ArrayLike) -> NDArray[np.bool_]:
        """Whether a flip of each unit, alone, would lower the energy: (N,) or (B, N) array of bool."""
        y = np.atleast_2d(_check.bipolar(state, "state", units=self.N)).astype(float)
        a, B = self._sides(np.rint(y @ self._by_unit).astype(np.intp))
        lower = a[:, None] - y * (B @ self._by_unit.T) > 0
        return lower if np.ndim(state) == 2 else lower[0]

    def is_fixed_point(self, state: ArrayLike) -> Any:
        """Whether no single flip lowers the energy: bool, or (B,) array for a batch.

        Examples
        --------
        >>> Network([[1, 1, 1, 1], [1, -1, 1, -1]], power(3)).is_fixed_point([1, 1, 1, 1])
        True
        """
        stable = ~self.wants_flip(state).any(axis=-1)
        return stable if stable.ndim else bool(stable)

    def update(self, state: ArrayLike, i: int) -> NDArray[np.int_]:
        """The state after unit i (from 0) has taken the sign with the lower energy; a tie keeps.

        Examples
        --------
        >>> Network([[1, 1, 1, 1]], power(3)).update([1, 1, 1, -1], 3)
        array([1, 1, 1, 1])
        """
        y = _check.bipolar(state, "state", ndim=(1,), units=self.N).copy()
        i = _check.count(i, "i (the unit)", high=self.N - 1)
        y[i] *= -1 if self.wants_flip(y)[i] else 1
        return y

    def recall(
        self,
        state: ArrayLike,
        schedule: str = "ordered",
        *,
        order: ArrayLike | None = None,
        rng: np.random.Generator | int | None = None,
        max_sweeps: int = 1000,
        record: bool = False,
    ) -> Trajectory:
        """Update one unit after the other until none wants to flip. Arguments as for `binary.Network.recall`.

        Every flip lowers the energy, so a fixed point is always reached. The schedule ``"synchronous"`` has
        no such guarantee and is not offered.

        Examples
        --------
        >>> Network([[1, 1, 1, 1], [1, -1, 1, -1]], power(3)).recall([1, 1, 1, -1])
        Trajectory: fixed point; sweeps: 1, flips: 1
        """
        cue = np.atleast_2d(_check.bipolar(state, "state", units=self.N)).copy()
        if schedule == "synchronous":
            raise ValueError('schedule is "synchronous"; dense memories update one unit at a time')
        orders = _sweeps.orders(self.N, schedule, order, rng, len(cue))
        _check.count(max_sweeps, "max_sweeps", low=1)
        B = len(cue)
        outcome, sweeps, flips = np.full(B, "step limit", "<U11"), np.zeros(B, int), np.zeros(B, int)
        y, log, live = cue.astype(float), ([] if record else None), np.arange(B)
        for done in range(max_sweeps):
            moved = self._sweep(y, live, self._order(orders, live), done * self.N, log)
            flips[live] += moved
            sweeps[live[moved > 0]] = done + 1
            settled = self.is_fixed_point(y[live])
            outcome[live[settled]] = "fixed point"
            live = live[~settled]
            if live.size == 0:
                break
        sweeps[live] = max_sweeps
        final, length = y.astype(int), (outcome == "fixed point").astype(int)
        replay = (lambda b: self._record(cue[b], log, b)) if record else None
        batch = Trajectory(cue, final, outcome, length, sweeps, flips, replay)
        return batch if np.ndim(state) == 2 else batch[0]

    def _sweep(
        self, y: Array, live: NDArray[Any], orders: NDArray[Any], time: int, log: list[Any] | None
    ) -> NDArray[np.int_]:
        """One sweep of the rows `live` of y, in place: all rows visit their k-th unit together."""
        Y, S = y[live], self._by_unit
        m = np.rint(Y @ S).astype(np.intp)
        (a, B), rows, moved = self._sides(m), np.arange(len(live)), np.zeros(len(live), int)
        for k in range(self.N):
            i = orders[k] if orders.ndim == 1 else orders[:, k]
            against = B @ S[i] if orders.ndim == 1 else np.einsum("bm,bm->b", B, S[i])
            r = np.flatnonzero(a - Y[rows, i] * against > 0)
            if r.size:
                unit = np.broadcast_to(i, live.shape)[r]
                m[r] -= (2 * Y[r, unit, None] * S[unit]).astype(m.dtype)
                Y[r, unit] *= -1
                a[r], B[r] = self._sides(m[r])
                moved[r] += 1
                if log is not None:
                    log += [(live[b], time + k + 1, u) for b, u in zip(r, unit, strict=True)]
        y[live] = Y
        return moved

    def _order(self, orders: _sweeps.Orders, live: NDArray[Any]) -> NDArray[Any]:
        if callable(orders):
            return orders(live)
        return np.arange(self.N) if orders is _sweeps.IN_ORDER else orders

    def _sides(self, m: Array) -> tuple[Array, Array]:
        """A flip of unit i raises sum F by a - y_i sum_mu s_i^mu B_mu; for overlaps m (L, M):
        a (L,), B (L, M).

        F(m - 2 s) - F(m) = A(m) - s B(m) for s = ±1, with A(m) = (F(m+2) + F(m-2))/2 - F(m) and
        B(m) = (F(m+2) - F(m-2))/2. For e^(beta x), A/B = tanh(beta), and a common factor is free to choose.
        """
        if rate := getattr(self.F, "rate", 0.0):
            B = np.exp(rate * (m - m.max(axis=-1, keepdims=True)))
            return np.tanh(rate) * B.sum(axis=-1), B
        at = m + self.N
        return self._A[at].sum(axis=-1), self._B[at]

    def _record(self, cue: NDArray[np.int_], log: list[Any], b: int) -> Record:
        mine = [(time, unit) for row, time, unit in log if row == b]
        record = Record(np.array([0, *(t for t, _ in mine)]), [np.array([u]) for _, u in mine])
        return record._replace(energies=self.energy(record.replay(cue)))
