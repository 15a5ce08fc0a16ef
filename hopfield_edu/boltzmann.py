"""Boltzmann machines: networks at a temperature whose weights are learnt, with units that nobody shows.

    dL/dw_ij = <y_i y_j> with the data clamped  -  <y_i y_j> running free

(Ackley, Hinton and Sejnowski 1985.) L is the mean log-probability of the data, at T = 1. `Machine` computes
both averages exactly, by a sum over all states, so it must be small. `Restricted` has no weights within a
layer and learns from one step of sampling (Hinton 2002), so that pictures are possible.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from hopfield_edu import _check, state_space
from hopfield_edu._frozen import Frozen
from hopfield_edu._types import Array, Reals, Rng, States

MAX_UNITS = 14  # visible and hidden, whose states are all summed over


class Gradient(NamedTuple):
    """How fast the log-probability of the data grows with each weight (the pair counted once) and bias."""

    weights: Reals
    bias: Reals


class Learnt(NamedTuple):
    """A trained machine, and the divergence from the data before every step and after the last."""

    machine: Machine
    divergence: Reals


class Machine(Frozen):
    """A small Boltzmann machine at T = 1: the first units are visible, the others hidden.

    Parameters
    ----------
    weights : (N, N) array, symmetric, zero diagonal
        Between any two of all units, at most 14.
    bias : (N,) array, optional
    visible : int
        How many units the data show; the others are hidden.

    Attributes
    ----------
    weights, bias : read-only arrays
    visible, hidden, N : int
        N = visible + hidden.

    Examples
    --------
    >>> pair = Machine([[0, 1], [1, 0]], visible=1)  # its hidden unit agrees with the visible one
    >>> pair.distribution()
    array([0.5, 0.5])
    """

    _fixed = frozenset({"weights", "bias", "visible", "hidden", "N"})

    def __init__(self, weights: ArrayLike, bias: ArrayLike | None = None, *, visible: int):
        W = np.array(_check.weights(weights, symmetric=True), dtype=float)
        if np.diagonal(W).any():
            raise ValueError("weights have self-connections; a zero diagonal is wanted")
        if len(W) > MAX_UNITS:
            raise ValueError(f"weights are of {len(W)} units; at most {MAX_UNITS} are summed over here")
        self.weights, self.N = W, len(W)
        self.bias = np.zeros(self.N) if bias is None else _check.vector(bias, "bias", self.N)
        self.visible = _check.count(visible, "visible", low=1, high=self.N)
        self.hidden = self.N - self.visible

    @classmethod
    def random(cls, visible: int, hidden: int, rng: Rng, *, spread: float = 0.3) -> Machine:
        """A machine with small random weights and no bias, to begin with.

        Examples
        --------
        >>> Machine.random(3, 1, rng=0)
        Boltzmann machine of 3 visible and 1 hidden units
        """
        visible = _check.count(visible, "visible", low=1, high=MAX_UNITS)
        hidden = _check.count(hidden, "hidden", high=MAX_UNITS - visible)
        N, spread = visible + hidden, _check.positive(spread, "spread", zero=True, high=100)
        W = np.triu(_check.generator(rng, "random weights").normal(0, spread, (N, N)), 1)
        return cls(W + W.T, visible=visible)

    def __repr__(self) -> str:
        return f"Boltzmann machine of {self.visible} visible and {self.hidden} hidden units"

    def _joint(self) -> Reals:
        """The probability of every state of all units: (hidden states, visible states)."""
        return _joint(self.weights, self.bias, _states(self.N), self.visible)

    def distribution(self) -> Reals:
        """The probability of every state of the visible units, (2^visible,), as `state_space.all_states`.

        Examples
        --------
        >>> Machine([[0, 0.5], [0.5, 0]], visible=2).distribution().round(3)
        array([0.366, 0.134, 0.134, 0.366])
        """
        return np.asarray(self._joint().sum(axis=0))

    def divergence(self, target: ArrayLike) -> float:
        """How far the machine is from the data: sum p log(p / q), in nats (Kullback and Leibler).

        Parameters
        ----------
        target : (2^visible,) array
            The probability p of every visible state in the data; q is `distribution`.

        Examples
        --------
        >>> print(f"{Machine([[0, 0], [0, 0]], visible=2).divergence([0.5, 0, 0, 0.5]):.3f}")
        0.693
        """
        p, q = self._target(target), self.distribution()
        shown = p > 0
        return float(np.sum(p[shown] * np.log(p[shown] / q[shown])))

    def gradient(self, target: ArrayLike) -> Gradient:
        """How the mean log-probability of the data grows: averages with the data minus averages without.

        Parameters
        ----------
        target : (2^visible,) array
            The probability of every visible state in the data.

        Returns
        -------
        Gradient
            ``weights`` (N, N), the same for (i, j) and (j, i), zero on the diagonal; ``bias`` (N,).

        Notes
        -----
        <y_i y_j>_data - <y_i y_j>_free. With the data, the visible units are set and the hidden ones follow
        their conditional distribution. Each weight needs its own two units only: the rule is local.

        Examples
        --------
        >>> Machine([[0, 0], [0, 0]], visible=2).gradient([0.5, 0, 0, 0.5]).weights
        array([[0., 1.],
               [1., 0.]])
        """
        p = self._target(target)
        return _gradient(self._joint(), p, _states(self.N))

    def learn(
        self, target: ArrayLike, *, steps: int = 1500, rate: float = 0.5, momentum: float = 0.9
    ) -> Learnt:
        """Follow the gradient uphill for a number of steps.

        Parameters
        ----------
        target : (2^visible,) array
        steps : int
        rate : float
            Of the steps in the long run: velocity <- momentum * velocity + (1 - momentum) * rate * gradient.
        momentum : float
            Between 0 and 1.

        Returns
        -------
        Learnt
            The new machine, and the divergence on the way, (steps + 1,).

        Examples
        --------
        >>> target = np.array([0.4, 0.1, 0.1, 0.4])
        >>> machine, divergence = Machine.random(2, 0, rng=0).learn(target, steps=400)
        >>> bool(divergence[-1] < 1e-6), machine.distribution().round(2)
        (True, array([0.4, 0.1, 0.1, 0.4]))
        """
        p, steps = self._target(target), _check.sweeps(steps, "steps")
        rate, momentum = _check.positive(rate, "rate", high=100), _check.fraction(momentum, "momentum")
        _check.budget(steps=steps * 2.0**self.N * self.N, most=1e11, momentum=momentum)
        W, b, Y = self.weights, self.bias, _states(self.N)
        speed = Gradient(np.zeros_like(W), np.zeros_like(b))
        way, shown = np.empty(steps + 1), p > 0
        for k in range(steps + 1):
            free = _joint(W, b, Y, self.visible)
            way[k] = np.sum(p[shown] * np.log(p[shown] / free.sum(axis=0)[shown]))
            if k < steps:
                gain, push = _gradient(free, p, Y), (1 - momentum) * rate
                speed = Gradient(*(momentum * s + push * g for s, g in zip(speed, gain, strict=True)))
                W, b = W + speed.weights, b + speed.bias
        return Learnt(Machine(W, b, visible=self.visible), way)

    def _target(self, target: ArrayLike) -> Reals:
        p = _check.vector(target, "target", 2**self.visible)
        if p.min() < 0 or abs(p.sum() - 1) > 1e-9:
            raise ValueError(
                f"target adds up to {p.sum():g}, its smallest entry is {p.min():g}; probabilities are wanted"
            )
        return p


def _states(N: int) -> Reals:
    return state_space.all_states(N).astype(float)


def _joint(W: Reals, b: Reals, Y: Reals, visible: int) -> Reals:
    """exp(-E) / Z of all states Y: (hidden states, visible states)."""
    E = -((Y @ W / 2 + b) * Y).sum(axis=1)
    p = np.exp(E.min() - E)
    return np.asarray((p / p.sum()).reshape(-1, 2**visible))


def _gradient(free: Reals, target: Reals, Y: Reals) -> Gradient:
    """<y_i y_j> and <y_i> with the data minus those of the free machine."""
    clamped = free / free.sum(axis=0) * target
    more = (clamped - free).ravel()
    W = (Y * more[:, None]).T @ Y
    np.fill_diagonal(W, 0)
    return Gradient((W + W.T) / 2, more @ Y)


class Restricted(Frozen):
    """A restricted Boltzmann machine: visible units, hidden units, and weights between the two layers only.

    E(v, h) = -v'Wh - a'v - c'h with units that are 0 or 1 inside; states go in and come out as ±1. Given one
    layer, the units of the other are independent, so a whole layer is updated at once, and rightly so.

    Parameters
    ----------
    weights : (V, H) array
    visible_bias, hidden_bias : (V,) and (H,) array, optional

    Attributes
    ----------
    weights, visible_bias, hidden_bias : read-only arrays
    V, H : int

    Examples
    --------
    >>> from hopfield_edu import datasets
    >>> letters = datasets.letters("ABC")
    >>> machine = Restricted.train(letters, hidden=20, rng=0)
    >>> known = np.arange(letters.shape[1]) < letters.shape[1] // 2  # the upper half
    >>> bool((machine.complete(letters[0], known, rng=1) == letters[0]).all())
    True
    """

    _fixed = frozenset({"weights", "visible_bias", "hidden_bias", "V", "H"})

    def __init__(
        self,
        weights: ArrayLike,
        visible_bias: ArrayLike | None = None,
        hidden_bias: ArrayLike | None = None,
    ):
        W = _check.real_array(weights, "weights", largest=1e100)
        if W.ndim != 2 or W.size == 0:
            raise ValueError(f"weights has shape {W.shape}; (visible, hidden) is wanted")
        self.weights = np.array(W, dtype=float)
        self.V, self.H = W.shape
        a, c = visible_bias, hidden_bias
        self.visible_bias = np.zeros(self.V) if a is None else _check.vector(a, "visible_bias", self.V)
        self.hidden_bias = np.zeros(self.H) if c is None else _check.vector(c, "hidden_bias", self.H)

    def __repr__(self) -> str:
        return f"Restricted Boltzmann machine of {self.V} visible and {self.H} hidden units"

    @classmethod
    def train(
        cls,
        patterns: ArrayLike,
        hidden: int = 64,
        *,
        rng: Rng,
        epochs: int = 500,
        rate: float = 0.1,
        momentum: float = 0.5,
        batch: int = 13,
    ) -> Restricted:
        """Learn patterns by contrastive divergence with one step.

        Parameters
        ----------
        patterns : (M, V) array of ±1
        hidden : int
        rng : int or numpy.random.Generator
        epochs : int
            How often all patterns are shown.
        rate, momentum : float
        batch : int
            Patterns between two changes of the weights.

        Notes
        -----
        The two averages of `Machine.gradient`, but the free one after a single step away from the data
        (Hinton 2002). The visible biases begin at the log-odds of the means.
        """
        v = _layer(patterns, "patterns", None)
        rng = _check.generator(rng, "training")
        hidden = _check.count(hidden, "hidden", low=1, high=10_000)
        epochs, batch = _check.sweeps(epochs, "epochs"), _check.sweeps(batch, "batch")
        rate, momentum = _check.positive(rate, "rate", high=100), _check.fraction(momentum, "momentum")
        M, V = v.shape
        _check.budget(numbers=3 * V * hidden, steps=epochs * M * V * hidden, most=1e11, epochs=epochs)
        mean = v.mean(axis=0).clip(0.01, 0.99)
        now = cls(rng.normal(0, 0.01, (V, hidden)), np.log(mean / (1 - mean)))
        speed = [np.zeros((V, hidden)), np.zeros(V), np.zeros(hidden)]
        for _ in range(epochs):
            order = rng.permutation(M)
            for start in range(0, M, batch):
                contrast = now._contrast(v[order[start : start + batch]], rng)
                speed = [momentum * s + rate * g for s, g in zip(speed, contrast, strict=True)]
                now = cls(now.weights + speed[0], now.visible_bias + speed[1], now.hidden_bias + speed[2])
        return now

    def _contrast(self, v: Reals, rng: np.random.Generator) -> list[Reals]:
        """Averages with the data minus averages one step later, of v h, v and h."""
        h = self._hidden(v)
        later = _drawn(self._visible(_drawn(h, rng)), rng)
        then = self._hidden(later)
        W = (v.T @ h - later.T @ then) / len(v)
        return [W, (v - later).mean(axis=0), (h - then).mean(axis=0)]

    def _hidden(self, v: Reals) -> Reals:
        """The chance of each hidden unit to be 1, of visible units 0/1."""
        return _logistic(v @ self.weights + self.hidden_bias)

    def _visible(self, h: Reals) -> Reals:
        """The chance of each visible unit to be 1, of hidden units 0/1."""
        return _logistic(h @ self.weights.T + self.visible_bias)

    def free_energy(self, state: ArrayLike) -> Array:
        """-log of the sum of exp(-E) over all hidden states: float, or (B,) array.

        Two visible states differ in probability by the factor exp(-difference).

        Examples
        --------
        >>> Restricted([[2.0]]).free_energy([[-1], [1]]).round(3)
        array([-0.693, -2.127])
        """
        v = _layer(state, "state", self.V)
        F = -v @ self.visible_bias - np.logaddexp(0, v @ self.weights + self.hidden_bias).sum(axis=-1)
        return F if np.ndim(state) == 2 else F[0]

    def sample(self, state: ArrayLike, *, sweeps: int, rng: Rng, known: ArrayLike | None = None) -> States:
        """The visible states after a number of sweeps: all hidden units, then all visible ones.

        Parameters
        ----------
        state : (V,) or (B, V) array of ±1
        sweeps : int
        rng : int or numpy.random.Generator
        known : (V,) array of bool, optional
            Visible units that are clamped: they keep their values.

        Examples
        --------
        >>> Restricted([[9.0], [9.0]], [-4.5, -4.5], [-9.0]).sample([1, 1], sweeps=3, rng=0)
        array([1, 1])
        """
        return self._run(state, known, rng, sweeps, 1)[0]

    def complete(
        self, state: ArrayLike, known: ArrayLike, *, rng: Rng, sweeps: int = 100, last: int = 50
    ) -> States:
        """Fill in what is not known: the more frequent value of each unit over the last sweeps.

        Parameters
        ----------
        state : (V,) or (B, V) array of ±1
            What is not known may hold anything; it begins at random.
        known : (V,) array of bool
        rng : int or numpy.random.Generator
        sweeps, last : int
            Sweeps in all, and those of the end that are averaged.
        """
        last = _check.count(last, "last", low=1, high=_check.sweeps(sweeps, "sweeps"))
        return self._run(state, known, rng, sweeps, last, forget=True)[1]

    def _run(
        self,
        state: ArrayLike,
        known: ArrayLike | None,
        rng: Rng,
        sweeps: int,
        last: int,
        forget: bool = False,
    ) -> tuple[States, States]:
        """The last visible states, and the rounded means of the chances over the last sweeps."""
        start = _layer(state, "state", self.V)
        fixed = _known(known, self.V)
        sweeps, rng = _check.sweeps(sweeps, "sweeps"), _check.generator(rng, "sampling")
        _check.budget(steps=start.size * self.H * sweeps, most=1e12, state=state)
        v, mean = start.copy(), np.zeros_like(start)
        if forget:
            v[:, ~fixed] = rng.random((len(v), self.V))[:, ~fixed] < 0.5
        for k in range(sweeps):
            chance = self._visible(_drawn(self._hidden(v), rng))
            v = np.where(fixed, start, _drawn(chance, rng))
            if k >= sweeps - last:
                mean += chance
        whole = np.where(fixed, start, mean > last / 2)
        one = np.ndim(state) == 1
        now, often = (2 * x.astype(int) - 1 for x in (v, whole))
        return (now[0], often[0]) if one else (now, often)


def _layer(state: ArrayLike, name: str, units: int | None) -> Reals:
    """States of ±1 as rows of 0/1."""
    y = np.atleast_2d(_check.bipolar(state, name, units=units))
    return (y > 0).astype(float)


def _known(known: ArrayLike | None, units: int) -> Array:
    if known is None:
        return np.zeros(units, bool)
    which = _check.array_of(known, "known")
    if which.dtype != bool or which.shape != (units,):
        wanted = f"({units},) booleans are wanted, one for each visible unit"
        raise ValueError(f"known is {_check.shown(known)}; {wanted}")
    return which


def _drawn(chance: Reals, rng: np.random.Generator) -> Reals:
    """Units of 0/1, each 1 with its chance."""
    return (rng.random(chance.shape) < chance).astype(float)


def _logistic(x: Reals) -> Reals:
    return np.asarray((1 + np.tanh(x / 2)) / 2)
