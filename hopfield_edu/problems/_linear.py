"""Problems with one minimum: linear or rectified units that slide to the bottom of a bowl."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from hopfield_edu import _check
from hopfield_edu._flow import DURATION, Flow
from hopfield_edu._types import Array, Reals
from hopfield_edu.problems._base import ATTRIBUTES, Best, Problem
from hopfield_edu.trajectory import Trajectory

LARGE = 1e6  # numbers in these problems: they are squared
MOST = 2000  # points, and samples of a signal


class Smooth(Problem):
    """A problem whose units are real numbers: E = -1/2 V'WV - b'V + constant, and what breaks a rule."""

    tolerance = 1e-3

    def _set(self, W: Array, bias: Array, constant: float) -> None:
        self.weights, self.bias, self.constant = W, bias, float(constant)
        self.N, self.coding, self.groups, self.side, self.moved = len(W), "real", (), None, np.zeros(len(W))

    def slope(self, state: ArrayLike) -> Reals:
        """dE/dV, for a state (N,) or a batch."""
        return self._slopes(self._states(state))

    def network(self) -> Descent:
        """Units in continuous time that go down this energy."""
        return Descent(self)

    def _slopes(self, V: Array) -> Reals:
        return np.asarray(-(V @ self.weights) - self.bias)

    def _broken(self, V: Array) -> Array:
        return np.zeros(len(V))

    def _time(self) -> float:
        """How long the way down takes: 20 times that of the flattest direction, as far as allowed."""
        found = np.linalg.eigvalsh(-self.weights)
        return float(min(20 / max(found[0], found[-1] * 1e-9) + 20, DURATION))

    def _random(self, count: int, rng: np.random.Generator) -> Array:
        return rng.normal(size=(count, self.N))

    def _states(self, state: ArrayLike, name: str = "state") -> Array:
        return _check.states(state, name, self.N)


class Descent(Flow):
    """tau dV/dt = -dE/dV; with rectified units V = max(x, 0), tau dx/dt = V - x - dE/dV (Rozell 2008).

    A state holds the potentials, of linear units the outputs themselves.
    """

    _fixed = frozenset({"problem", "tau", "rectified", "N"})
    method = "LSODA"  # bowls may be steep one way and flat another

    def __init__(self, problem: Smooth, tau: float = 1.0):
        self.problem = _check.instance(problem, "problem", Smooth, "a problem of real units")
        self.tau = _check.positive(tau, "tau")
        self.rectified, self.N = isinstance(problem, Decomposition), problem.N

    def __repr__(self) -> str:
        return f"Descent of {self.N} {'rectified' if self.rectified else 'linear'} units"

    def output(self, state: ArrayLike) -> Reals:
        """V: the state itself, or what is above zero of it."""
        x = self._states(state)
        return np.maximum(x, 0) if self.rectified else x

    def velocity(self, state: ArrayLike) -> Reals:
        """dx/dt, of a state or a batch."""
        x = self._states(state)
        V = np.maximum(x, 0) if self.rectified else x
        return np.asarray((V - x - self.problem._slopes(V)) / self.tau)

    def energy(self, state: ArrayLike) -> Any:
        """The energy of the outputs."""
        return self.problem.energy(self.output(state))

    def recall(self, state: ArrayLike, duration: float | None = None, **how: Any) -> Trajectory:
        """Slide down: as `Flow.recall`. If not given, the duration is enough for the flattest direction."""
        if duration is None:
            duration = self.problem._time()
        return super().recall(state, duration, **how)

    def _states(self, state: ArrayLike) -> Array:
        return _check.states(state, "state", self.N)


class LineFit(Smooth):
    """What `line_fit` returns; a state is (slope, intercept)."""

    _fixed = ATTRIBUTES | {"x", "y"}

    def __init__(self, x: ArrayLike, y: ArrayLike):
        self.x, self.y = _points(x, "x"), _points(y, "y")
        if self.x.shape != self.y.shape or len(self.x) < 2 or np.ptp(self.x) == 0:
            raise ValueError(
                "x and y are to be as many numbers, at least two, with two different x among them"
            )
        X = np.stack([self.x, np.ones(len(self.x))], axis=1)
        self._set(-X.T @ X, X.T @ self.y, (self.y**2).sum() / 2)

    def _costs(self, V: Array) -> Array:
        return np.asarray(((V[:, :1] * self.x + V[:, 1:] - self.y) ** 2).sum(axis=1))

    def _read(self, V: Array) -> str:
        return f"y = {V[0]:.4g} x {'+-'[int(V[1] < 0)]} {abs(V[1]):.4g}"

    def _best(self) -> Best:
        X = np.stack([self.x, np.ones(len(self.x))], axis=1)
        V = np.linalg.lstsq(X, self.y, rcond=None)[0]
        return Best(float(((X @ V - self.y) ** 2).sum()), V, "numpy.linalg.lstsq")


def line_fit(x: ArrayLike, y: ArrayLike) -> LineFit:
    """The straight line of least squares, by two linear units: E = 1/2 sum_k (V_1 x_k + V_2 - y_k)^2.

    (Named in Hopfield, Scholarpedia, "Computation through optimization".)

    Parameters
    ----------
    x, y : (K,) array
        Points.

    Returns
    -------
    LineFit
        `cost` is the sum of squares, `best` NumPy's.

    Examples
    --------
    >>> problem = line_fit([0, 1, 2], [1, 3, 5])
    >>> problem.read(problem.network().recall([0, 0]).final)
    'y = 2 x + 1'
    """
    return LineFit(x, y)


class LinearProgramme(Smooth):
    """What `linear_programme` returns; a state is the amounts x."""

    _fixed = ATTRIBUTES | {"c", "A", "b", "K"}

    def __init__(self, c: ArrayLike, A: ArrayLike, b: ArrayLike, K: float):
        self.c, self.b = _points(c, "c"), _points(b, "b")
        self.A = np.array(_check.real_array(A, "A", largest=LARGE), float)
        if self.A.shape != (len(self.b), len(self.c)):
            wanted = f"({len(self.b)}, {len(self.c)}), a row for each of b, a column for each of c,"
            raise ValueError(f"A has shape {self.A.shape}; {wanted} is wanted")
        self.K = _check.positive(K, "K", high=LARGE)
        self._set(np.zeros((len(self.c),) * 2), -self.c, 0.0)

    @property
    def _rules(self) -> tuple[Array, Array]:
        """All rules as rows V >= right, those of x >= 0 among them."""
        return np.vstack([self.A, np.eye(self.N)]), np.concatenate([self.b, np.zeros(self.N)])

    def _missing(self, V: Array) -> Array:
        rows, right = self._rules
        return np.maximum(right - V @ rows.T, 0)

    def _energies(self, V: Array) -> Array:
        return np.asarray(V @ self.c + self.K / 2 * (self._missing(V) ** 2).sum(axis=1))

    def _slopes(self, V: Array) -> Reals:
        return np.asarray(self.c - self.K * self._missing(V) @ self._rules[0])

    def _time(self) -> float:
        return DURATION / 10  # along an active rule it goes down at the speed of c, not faster

    def _costs(self, V: Array) -> Array:
        return np.asarray(V @ self.c)

    def _broken(self, V: Array) -> Array:
        return self._missing(V).max(axis=1)

    def _read(self, V: Array) -> Array:
        return V.copy()

    def _best(self) -> Best:
        from scipy.optimize import linprog

        found = linprog(self.c, A_ub=-self.A, b_ub=-self.b)
        if found.status:
            raise ValueError(f"c, A, b: SciPy finds no optimum ({found.message.split('.')[0]})")
        return Best(float(found.fun), found.x, "scipy.optimize.linprog")


def linear_programme(c: ArrayLike, A: ArrayLike, b: ArrayLike, K: float = 100.0) -> LinearProgramme:
    """Minimise c'x under A x >= b and x >= 0: E = c'x + K/2 (sum of squares of what is missing).

    (Tank and Hopfield 1986; Scholarpedia, "Computation through optimization".) A unit for each rule answers
    with K times what is missing. E is convex. An active rule is missed by its price (the multiplier) over K:
    solved exactly only in the limit of a large K.

    Parameters
    ----------
    c : (N,) array
    A : (R, N) array
    b : (R,) array
    K : float
        Strength of the rules.

    Returns
    -------
    LinearProgramme
        `violations` is the largest amount by which a rule is missed, `best` SciPy's optimum.

    Examples
    --------
    >>> problem = linear_programme([1, 2], [[1, 1], [1, -1]], [2, -1], K=100)
    >>> end = problem.network().recall([0, 0]).final
    >>> end.round(3), round(problem.cost(end), 3), round(problem.best().cost, 3)
    (array([ 2.  , -0.01]), 1.98, 2.0)
    """
    return LinearProgramme(c, A, b, K)


class Decomposition(Smooth):
    """What `decompose` returns; a state is the amount of each atom."""

    _fixed = ATTRIBUTES | {"signal", "atoms"}

    def __init__(self, signal: ArrayLike, atoms: ArrayLike):
        self.signal = _points(signal, "signal")
        D = np.array(_check.real_array(atoms, "atoms", largest=LARGE), float)
        if D.ndim != 2 or D.shape[1] != len(self.signal) or not D.any(axis=1).all() or len(D) > MOST:
            wanted = f"(N, {len(self.signal)}), one atom per row, none of them zero,"
            raise ValueError(f"atoms has shape {D.shape}; {wanted} is wanted")
        self.atoms = D
        self._set(-D @ D.T, D @ self.signal, (self.signal**2).sum() / 2)

    def _costs(self, V: Array) -> Array:
        return np.asarray(((V @ self.atoms - self.signal) ** 2).sum(axis=1))

    def _broken(self, V: Array) -> Array:
        return np.maximum(-V, 0).max(axis=1)

    def _read(self, V: Array) -> Array:
        return V.copy()

    def _best(self) -> Best:
        from scipy.optimize import nnls

        V, residue = nnls(self.atoms.T, self.signal)
        return Best(float(residue**2), V, "scipy.optimize.nnls")


def decompose(signal: ArrayLike, atoms: ArrayLike) -> Decomposition:
    """How much of each atom is in a signal, never less than nothing: E = 1/2 |signal - sum_i V_i atom_i|^2.

    (Scholarpedia, "Computation through optimization"; Tank and Hopfield 1986.) Rectified units: overlapping
    atoms inhibit each other by their product.

    Parameters
    ----------
    signal : (L,) array
    atoms : (N, L) array
        One per row.

    Returns
    -------
    Decomposition
        `cost` is the sum of squares that is left, `best` SciPy's non-negative least squares.

    Examples
    --------
    >>> problem = decompose([2, 3, 1], [[1, 1, 0], [0, 1, 1]])
    >>> net = problem.network()
    >>> net.output(net.recall([0, 0]).final).round(3)
    array([2., 1.])
    """
    return Decomposition(signal, atoms)


def _points(values: ArrayLike, name: str) -> Array:
    array = np.array(_check.real_array(values, name, largest=LARGE), float)
    if array.ndim != 1 or not 0 < array.size <= MOST:
        raise ValueError(f"{name} has shape {array.shape}; 1 to {MOST} numbers are wanted")
    return array
