"""Graded units in continuous time: an energy, and a flow that goes down it.

    tau dx_i/dt = -x_i + sum_j w_ij V_j + b_i        V_i = g(x_i)
    E = -1/2 V'WV - b'V + sum_i integral^(V_i) g^-1(z) dz

(Hopfield 1984; Scholarpedia eqs. 5 and 6.) The state is the potential x, its output is V. Hopfield's 1984
form dx/dt = -x/tau + T V + I is the same with W = tau T and b = tau I.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hopfield_edu import _check
from hopfield_edu._flow import Flow
from hopfield_edu._frozen import Curve, frozen

Array = NDArray[np.float64]
Function = Callable[[Array], Array]
STEEPEST = 1e100  # products with potentials must not overflow


@dataclass(frozen=True)
class Gain:
    """A monotone function V = g(x), with what the energy needs of it.

    Attributes
    ----------
    g, slope : function of arrays
        The gain function and its derivative.
    primitive : function of arrays
        L(x), the integral of g from `zero` to x: the Lagrangian of a unit.
    inverse : function of arrays
        g^-1(V), for low < V < high.
    low, high : float
        Bounds of V.
    cost : function of arrays
        The integral of g^-1 from g(`zero`) to V plus the constant that makes it the Legendre transform
        x V - L(x) of `primitive`.
    """

    name: str
    g: Function
    slope: Function
    primitive: Function
    inverse: Function
    cost: Function
    low: float
    high: float


def tanh(beta: float = 1.0) -> Gain:
    """g(x) = tanh(beta x), outputs between -1 and 1.

    Examples
    --------
    >>> gain = tanh(2)
    >>> gain.inverse(gain.g(np.array([0.3]))).round(12)
    array([0.3])
    """
    b = _check.positive(beta, "beta", high=STEEPEST)
    g, slope, primitive = Curve(_tanh, b), Curve(_tanh_slope, b), Curve(_tanh_primitive, b)
    inverse, cost = Curve(_tanh_inverse, b), Curve(_tanh_cost, b)
    return Gain(f"tanh({b:g} x)", g, slope, primitive, inverse, cost, -1.0, 1.0)


def _tanh(x: Array, b: float) -> Array:
    return np.tanh(b * x)


def _tanh_slope(x: Array, b: float) -> Array:
    return b / np.cosh(np.clip(b * x, -350, 350)) ** 2


def _tanh_primitive(x: Array, b: float) -> Array:
    return (np.logaddexp(b * x, -b * x) - np.log(2)) / b


def _tanh_inverse(V: Array, b: float) -> Array:
    return np.arctanh(V) / b


def _tanh_cost(V: Array, b: float) -> Array:
    return (_xlogx(1 + V) + _xlogx(1 - V)) / (2 * b)


def logistic(beta: float = 1.0) -> Gain:
    """g(x) = 1 / (1 + e^(-beta x)), outputs between 0 and 1.

    Examples
    --------
    >>> gain = logistic()
    >>> gain.inverse(gain.g(np.array([0.3]))).round(12)
    array([0.3])
    """
    b = _check.positive(beta, "beta", high=STEEPEST)
    g, slope, primitive = Curve(_logistic, b), Curve(_logistic_slope, b), Curve(_logistic_primitive, b)
    inverse, cost = Curve(_logistic_inverse, b), Curve(_logistic_cost, b)
    return Gain(f"logistic({b:g} x)", g, slope, primitive, inverse, cost, 0.0, 1.0)


def _logistic(x: Array, b: float) -> Array:
    from scipy.special import expit

    return expit(b * x)


def _logistic_slope(x: Array, b: float) -> Array:
    return b * _logistic(x, b) * _logistic(-x, b)


def _logistic_primitive(x: Array, b: float) -> Array:
    return np.logaddexp(0, b * x) / b


def _logistic_inverse(V: Array, b: float) -> Array:
    from scipy.special import logit

    return logit(V) / b


def _logistic_cost(V: Array, b: float) -> Array:
    return (_xlogx(V) + _xlogx(1 - V)) / b


def custom(g: Function, reach: float = 50.0, points: int = 20_001) -> Gain:
    """A gain function of your own, strictly increasing; inverse and integrals are found numerically.

    Parameters
    ----------
    g : function of arrays
        To send a network of it to another process, define it in a module.
    reach : float
        It is tabulated for -reach <= x <= reach; potentials must stay within.
    points : int
        Number of table points. Errors of inverse and integrals fall with its square.

    Raises
    ------
    ValueError
        If g is not finite and strictly increasing between its bounds.

    Examples
    --------
    >>> gain = custom(lambda x: np.arctan(x) * 2 / np.pi)
    >>> gain.inverse(gain.g(np.array([0.3]))).round(6)
    array([0.3])
    """
    _check.function(g, "g", "a function of arrays")
    reach, points = _check.positive(reach, "reach"), _check.count(points, "points", low=3)
    _check.budget(numbers=10 * points, points=points)
    x = np.linspace(-reach, reach, points)
    V = _answer(g, x)
    rising = np.diff(V) > 0
    if (np.diff(V) < 0).any() or not rising[np.abs(x[:-1]) < 0.1].all():
        raise ValueError("g must increase strictly; it is the inverse g^-1 that enters the energy")
    keep = np.flatnonzero(np.concatenate([[True], rising]))  # flat ends have no inverse
    L = np.concatenate([[0], np.cumsum((V[1:] + V[:-1]) / 2) * (x[1] - x[0])])
    t = _Table(g, x, frozen(L - np.interp(0, x, L)), frozen(x[keep]), frozen(V[keep]))
    name, ends = getattr(g, "__name__", "g"), (float(V[0]), float(V[-1]))
    return Gain(name, t.g, t.slope, t.primitive, t.inverse, t.cost, *ends)


def _answer(g: Function, x: Array) -> Array:
    """g(x) for a function of the caller's."""
    try:
        V = np.asarray(g(x), dtype=float)
    except Exception as error:
        raise ValueError(f"g fails for an array: {type(error).__name__}: {error}") from error
    if V.shape != x.shape or not np.isfinite(V).all():
        raise ValueError("g must give one finite number for every entry of its array")
    return V


@dataclass(frozen=True, eq=False)
class _Table:
    """A function g with its integral L at the points x, and with its inverse at the values V."""

    function: Function
    x: Array
    L: Array
    x_of: Array
    V: Array

    def g(self, u: Array) -> Array:
        return np.asarray(self.function(u), dtype=float)

    def slope(self, u: Array) -> Array:
        dx = self.x[1] - self.x[0]
        return (self.g(u + dx) - self.g(u - dx)) / (2 * dx)

    def primitive(self, u: Array) -> Array:
        return np.interp(u, self.x, self.L)

    def inverse(self, v: Array) -> Array:
        return np.interp(v, self.V, self.x_of)

    def cost(self, v: Array) -> Array:
        return self.inverse(v) * v - self.primitive(self.inverse(v))


class FixedPoint(NamedTuple):
    """Potential `x`, output `V`, the `eigenvalues` of the Jacobian there, and whether it is `stable`."""

    x: Array
    V: Array
    eigenvalues: NDArray[Any]
    stable: bool


class Network(Flow):
    """N graded units.

    Parameters
    ----------
    weights : (N, N) array
        w_ij from unit j to unit i. The energy needs them symmetric; the flow does not.
    bias : (N,) array, optional
        Constant input b_i; zero if not given.
    gain : Gain
        `tanh`, `logistic` or `custom`.
    tau : float
        Time constant; times are in its unit if it is 1.

    Examples
    --------
    >>> net = Network([[0, -1], [-1, 0]], gain=tanh(3))
    >>> net.recall([0.2, 0.1]).final.round(2)
    array([ 0.99, -0.99])
    """

    _fixed = frozenset({"weights", "bias", "gain", "tau", "N"})

    def __init__(
        self,
        weights: ArrayLike,
        bias: ArrayLike | None = None,
        gain: Gain | None = None,
        tau: float = 1.0,
    ):
        self.weights = np.array(_check.weights(weights), dtype=float)
        self.N = len(self.weights)
        self.bias = np.zeros(self.N) if bias is None else _check.vector(bias, "bias", self.N)
        gain = tanh() if gain is None else gain
        self.gain = _check.instance(gain, "gain", Gain, "a Gain, such as graded.tanh(2),")
        self.tau = _check.positive(tau, "tau")

    def __repr__(self) -> str:
        return f"{type(self).__name__} of {self.N} graded units, gain {self.gain.name}"

    def output(self, state: ArrayLike) -> Array:
        """V = g(x)."""
        return self.gain.g(self._states(state))

    def velocity(self, state: ArrayLike) -> Array:
        """dx/dt = (-x + W g(x) + b) / tau, for a potential (N,) or a batch (B, N)."""
        x = self._states(state)
        return (-x + self.gain.g(x) @ self.weights.T + self.bias) / self.tau

    def output_velocity(self, output: ArrayLike) -> Array:
        """The other convention, which filters the output: dv/dt = (-v + g(W v + b)) / tau.

        (UvA lecture note, with the bias put in.) If v follows it, then x = W v + b follows `velocity`: the
        two are one flow seen at two places.
        """
        v = self._states(output, "output")
        return (-v + self.gain.g(v @ self.weights.T + self.bias)) / self.tau

    def energy(self, state: ArrayLike) -> Any:
        """E at the potential x, with the last term as Legendre transform sum_i (x_i V_i - L(x_i)).

        (Scholarpedia eq. 9.) Defined for every x. It falls along the flow if the weights are symmetric:
        dE/dt = -tau sum_i g'(x_i) (dx_i/dt)^2.

        Returns
        -------
        E : float or (B,) array
        """
        x = self._states(state)
        V = self.gain.g(x)
        return self._total(V, x * V - self.gain.primitive(x))

    def energy_of_output(self, output: ArrayLike) -> Any:
        """E at the output V, with the last term as the integral of g^-1 (Hopfield 1984; Scholarpedia eq. 6).

        Raises ValueError where V lies outside the range of g.
        """
        V = self._states(output, "output")
        if (self.gain.low > V).any() or (self.gain.high < V).any():
            raise ValueError(f"output must lie between {self.gain.low:g} and {self.gain.high:g}")
        return self._total(V, self.gain.cost(V))

    def _total(self, V: Array, cost: Array) -> Any:
        E = (-(V @ self.weights.T / 2 + self.bias) * V + cost).sum(axis=-1)
        return float(E) if E.ndim == 0 else E

    def jacobian(self, state: ArrayLike) -> Array:
        """d velocity / d x = (-1 + W diag(g'(x))) / tau at a potential (N,): (N, N) array."""
        x = self._states(state)
        if x.ndim != 1:
            raise ValueError(f"state has shape {x.shape}; ({self.N},) is wanted")
        return (-np.eye(self.N) + self.weights * self.gain.slope(x)) / self.tau

    def fixed_points(
        self, starts: ArrayLike | None = None, *, rng: Any = None, tol: float = 1e-9
    ) -> list[FixedPoint]:
        """The fixed points that Newton's method finds from many starts, stable and unstable.

        Parameters
        ----------
        starts : (K, N) array, optional
            Potentials to start from. If not given, 200 points are drawn within the reach of the inputs,
            |x_i| <= sum_j |w_ij| max|V| + |b_i|, where every fixed point lies; that takes `rng`.
        rng : int or numpy.random.Generator
        tol : float
            Largest |-x + W g(x) + b| that counts as zero, relative to that reach.

        Returns
        -------
        points : list of FixedPoint
            Sorted by output. There may be more that no start led to.
        """
        from scipy.optimize import root

        tol, reach = _check.positive(tol, "tol"), self._reach()
        if starts is None:
            rng = _check.generator(rng, "fixed_points")
            starts = np.vstack([np.zeros(self.N), rng.uniform(-1, 1, (200, self.N)) * reach])
        size = max(reach.max(), np.finfo(float).tiny)
        found: list[Array] = []
        for start in np.atleast_2d(self._states(starts, "starts")):
            try:
                x = root(self.velocity, start, jac=self.jacobian, tol=1e-13).x
                zero = self.tau * np.abs(self.velocity(x)).max() <= tol * size
            except ValueError:  # Newton's method ran off to infinity: nothing is found from here
                continue
            if zero and all(np.abs(x - other).max() > 1e-6 * size for other in found):
                found.append(x)
        return sorted((self._fixed_point(x) for x in found), key=lambda point: tuple(point.V.round(9)))

    def _reach(self) -> Array:
        """How far the potential of each unit can be from zero at a fixed point."""
        bound = max(abs(self.gain.low), abs(self.gain.high))
        return np.abs(self.weights).sum(axis=1) * bound + np.abs(self.bias)

    def _fixed_point(self, x: Array) -> FixedPoint:
        eigenvalues = np.linalg.eigvals(self.jacobian(x))
        if np.abs(eigenvalues.imag).max() < 1e-12:
            eigenvalues = np.sort(eigenvalues.real)
        return FixedPoint(x, self.output(x), eigenvalues, bool((eigenvalues.real < 0).all()))

    def _states(self, state: ArrayLike, name: str = "state") -> Array:
        return _check.states(state, name, self.N)


def nullclines(net: Network, points: int = 401) -> tuple[tuple[Array, Array], tuple[Array, Array]]:
    """Where each of two units stands still, in the plane of the outputs.

    From dx_1/dt = 0: V_2 = (g^-1(V_1) - w_11 V_1 - b_1) / w_12, and likewise for unit 2. Half of the points
    are spaced evenly in the output, half in the potential up to the end of its inputs, so that steep gains
    leave no gaps.

    Returns
    -------
    (V_1, V_2), (V_1, V_2) : pairs of (points,) arrays
        The curve of unit 1 and that of unit 2, outside the range of g left as NaN.

    Raises
    ------
    ValueError, TypeError
        If there are not two units, one of them does not hear the other, or there is a fast one besides.

    Examples
    --------
    >>> one, two = nullclines(Network([[0, -1], [-1, 0]], gain=tanh(3)), points=3)
    >>> np.abs(one).round(2)  # V_1 = tanh(-3 V_2)
    array([[1., 0., 1.],
           [1., 0., 1.]])
    """
    _two_units(net)
    points = _check.count(points, "points", low=3)
    _check.budget(numbers=20 * points, points=points)
    low, high = net.gain.low, net.gain.high
    edge = 1e-12 * (high - low)
    curves = []
    for i in (0, 1):
        x = _potentials(net, i, points)
        V, across = net.gain.g(x), _across(net, i, x)
        across[(across < low - edge) | (across > high + edge)] = np.nan
        curves.append((V, np.clip(across, low, high)))
    (one, across_1), (two, across_2) = curves
    return (one, across_1), (across_2, two)


def _two_units(net: Any, name: str = "net") -> None:
    """Refuse what has no nullclines of two units."""
    _check.instance(net, name, Network, "a graded.Network")
    if isinstance(net, WithFastUnit):
        raise TypeError(f"{name} has a fast unit, which bends the nullclines; a network without is wanted")
    if net.N != 2:
        raise ValueError(f"{name} has {net.N} units; nullclines are drawn for 2 units")
    if net.weights[0, 1] == 0 or net.weights[1, 0] == 0:
        raise ValueError(f"{name}: both w_12 and w_21 must differ from 0, or a nullcline is a straight line")


def _potentials(net: Network, i: int, points: int) -> Array:
    """Potentials of unit i (of two), from one end of its inputs to the other."""
    low, high = net.gain.low, net.gain.high
    inputs = net.weights[i] * np.array([[low], [high]])
    ends = net.bias[i] + np.sort(inputs, axis=0).sum(axis=1)
    even = net.gain.inverse(np.linspace(low, high, points // 2 + 2)[1:-1])
    return np.sort(np.concatenate([even, np.linspace(ends[0], ends[1], points - points // 2)]))


def _across(net: Network, i: int, x: Any) -> Any:
    """The output of the other unit for which unit i (of two) stands still at the potential x."""
    return (x - net.weights[i, i] * net.gain.g(x) - net.bias[i]) / net.weights[i, 1 - i]


def crossings(net: Network) -> list[FixedPoint]:
    """The fixed points of two units, found where their nullclines cross.

    A crossing is where the velocity of unit 2 changes its sign on the curve of unit 1; Newton's method does
    the rest.

    Examples
    --------
    >>> [point.stable for point in crossings(Network([[0, -1], [-1, 0]], gain=tanh(3)))]
    [True, False, True]
    """
    from scipy.optimize import brentq

    _two_units(net)
    (_, (w21, w22)), g = net.weights, net.gain.g

    def gap(x: Any) -> Any:
        V_2 = _across(net, 0, x)  # unit 1 stands still at x; does unit 2?
        return g(w21 * g(x) + w22 * V_2 + net.bias[1]) - V_2

    x = _potentials(net, 0, 801)
    change = np.flatnonzero(np.diff(np.sign(gap(x))) != 0)
    roots = np.unique([brentq(gap, x[k], x[k + 1]) for k in change])
    V = np.column_stack([g(roots), _across(net, 0, roots)])
    return net.fixed_points(V @ net.weights.T + net.bias)


class Scaled(Network):
    """The generalised network with weights lambda_i T_ij mu_j: not symmetric, and yet with an energy.

    In the variables x_j / lambda_j and mu_j V_j it is an ordinary network, which gives

        E = -1/2 sum_ij mu_i T_ij mu_j V_i V_j + sum_j (mu_j / lambda_j) (-b_j V_j + integral^(V_j) g^-1)

    (Scholarpedia, "Generalized Hopfield networks", with its index put right and the weights mu/lambda of the
    last terms, which it leaves open.)

    Parameters
    ----------
    couplings : (N, N) array, symmetric
        T.
    lam, mu : (N,) arrays, positive
        Factors of the receiving and of the sending unit.
    """

    _fixed = Network._fixed | {"lam", "mu"}

    def __init__(
        self,
        couplings: ArrayLike,
        lam: ArrayLike,
        mu: ArrayLike,
        bias: ArrayLike | None = None,
        gain: Gain | None = None,
        tau: float = 1.0,
    ):
        T = _check.weights(couplings, "couplings", symmetric=True).astype(float)
        self.lam, self.mu = (_check.vector(v, name, len(T)) for v, name in ((lam, "lam"), (mu, "mu")))
        for name, factors in (("lam", self.lam), ("mu", self.mu)):
            if (factors <= 0).any():
                raise ValueError(f"{name} holds {factors.min():g}; every factor must be positive")
        super().__init__(self.lam[:, None] * T * self.mu, bias, gain, tau)

    def _total(self, V: Array, cost: Array) -> Any:
        share = self.mu / self.lam
        E = (share * (-(V @ self.weights.T / 2 + self.bias) * V + cost)).sum(axis=-1)
        return float(E) if E.ndim == 0 else E


class WithFastUnit(Network):
    """A network with one more unit, so fast that its output follows at once: f(A V), sent back through A.

    The current into unit i gains A_i f(A V), the energy -F(A V) with F' = f. With f(u) = -k max(u - B, 0)
    the extra unit inhibits, and holds the network on one side of the plane A V = B.

    Parameters
    ----------
    net : Network
        The network without it.
    A : (N,) array
        Weights from the units to the fast one, and back.
    f, F : function of arrays
        Its output, and an integral of it.
    delay : float
        Its time constant, in units of tau. 0 means instantaneous; otherwise the last entry of a state is its
        potential, and the energy is no longer certain to fall.
    """

    _fixed = Network._fixed | {"net", "A", "f", "F", "delay"}

    def __init__(self, net: Network, A: ArrayLike, f: Function, F: Function, delay: float = 0.0):
        _check.instance(net, "net", Network, "a graded.Network without a fast unit")
        if isinstance(net, WithFastUnit):
            raise TypeError("net is a WithFastUnit; a graded.Network without a fast unit is wanted")
        self.f = _check.function(f, "f", "a function of arrays, the output of the fast unit,")
        self.F = _check.function(F, "F", "a function of arrays, an integral of f,")
        self.net, self.A = net, _check.vector(A, "A", net.N)
        self.delay = _check.positive(delay, "delay", zero=True)
        self.weights, self.bias, self.gain, self.tau = net.weights, net.bias, net.gain, net.tau
        self.N = net.N + (self.delay > 0)

    def velocity(self, state: ArrayLike) -> Array:
        """As for `Network`, with the current of the fast unit."""
        y = self._states(state)
        x = y[..., : self.net.N]
        drive = self.gain.g(x) @ self.A
        z = y[..., -1] if self.delay else drive
        slow = self.net.velocity(x) + self.A * self.f(z)[..., None] / self.tau
        if not self.delay:
            return slow
        return np.concatenate([slow, (drive - z)[..., None] / (self.delay * self.tau)], axis=-1)

    def output(self, state: ArrayLike) -> Array:
        return self.net.output(self._states(state)[..., : self.net.N])

    def energy(self, state: ArrayLike) -> Any:
        """The energy of the network without the fast unit, minus F(A V)."""
        x = self._states(state)[..., : self.net.N]
        return self.net.energy(x) - self.F(self.net.output(x) @ self.A)

    def output_velocity(self, output: ArrayLike) -> Array:
        """There is none: the current of the fast unit is no sum over weights."""
        raise NotImplementedError("with a fast unit only the potentials have an equation; see velocity")

    def energy_of_output(self, output: ArrayLike) -> Any:
        """E at the output V of the units without the fast one."""
        E = self.net.energy_of_output(output)
        return E - self.F(np.asarray(output, dtype=float) @ self.A)

    def _reach(self) -> Array:
        bound = max(abs(self.gain.low), abs(self.gain.high))
        u = np.abs(self.A).sum() * bound
        most = max(np.abs(self.f(np.array([-u, u]))))
        reach = self.net._reach() + np.abs(self.A) * most
        return np.append(reach, u) if self.delay else reach

    def jacobian(self, state: ArrayLike) -> Array:
        """By central differences, for f may be anything."""
        x, step = self._states(state), 1e-6
        if x.ndim != 1:
            raise ValueError(f"state has shape {x.shape}; ({self.N},) is wanted")
        return np.array(
            [(self.velocity(x + e) - self.velocity(x - e)) / (2 * step) for e in step * np.eye(self.N)]
        ).T


def _xlogx(u: Array) -> Array:
    from scipy.special import xlogy

    return xlogy(u, u)
