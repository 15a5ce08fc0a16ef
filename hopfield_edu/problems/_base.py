"""What all problems share: an energy, and four questions to a state."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar, Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from hopfield_edu import _check, binary, graded, thermal, zero_one
from hopfield_edu._frozen import Frozen
from hopfield_edu._types import Array
from hopfield_edu.problems._terms import Groups, Terms, membership

Coding = Literal["zero_one", "binary", "real"]
ATTRIBUTES = frozenset({"weights", "bias", "constant", "moved", "N", "groups", "side", "coding"})


class Best(NamedTuple):
    """A solution of least `cost`, its `state`, and `how` it was found."""

    cost: float
    state: Array
    how: str


class Problem(Frozen):
    """A problem as the energy of a network: build it, let the network fall, read the state back.

    Parameters
    ----------
    terms : Terms
        The energy, such as ``2 * exactly(rows, N) + linear(costs)``.
    read, cost, violations : function of one state (N,), optional
        What the state means; what is to be small; how many rules are broken, 0 for a valid state. If not
        given: the state itself, the energy, 0.
    best : function of nothing, optional
        Gives a `Best`, or None where nobody knows.
    groups : list of lists of int, optional
        Of each of these groups of units exactly one is to be on.
    side : int, optional
        If the units are a board of so many rows and columns, and one unit of each is to be on.

    Attributes
    ----------
    weights, bias, constant : (N, N) array, (N,) array, float
        E = -1/2 sum w_ij V_i V_j - sum b_i V_i + constant.
    coding : {"zero_one", "binary", "real"}
        Whether units are 0 or 1, -1 or +1, or real numbers.
    N, groups, side

    Examples
    --------
    >>> from hopfield_edu.problems import exactly, linear
    >>> cheapest = Problem(9 * exactly([[0, 1, 2]], 3) + linear([5, 3, 4]))
    >>> cheapest.network().recall([0, 0, 0]).final, cheapest.energy([0, 1, 0])
    (array([0, 1, 0]), 3.0)
    """

    _fixed = ATTRIBUTES
    tolerance: ClassVar[float] = 1e-9  # relative, of what counts as an optimum

    def __init__(
        self,
        terms: Terms,
        *,
        read: Callable[[Array], Any] | None = None,
        cost: Callable[[Array], float] | None = None,
        violations: Callable[[Array], float] | None = None,
        best: Callable[[], Best | None] | None = None,
        groups: Groups | None = None,
        side: int | None = None,
    ):
        _check.instance(terms, "terms", Terms, "Terms, such as problems.exactly([[0, 1]], 2),")
        for name, function in (("read", read), ("cost", cost), ("violations", violations)):
            if function is not None:
                _check.called_with(function, name, terms.bias, wanted="a function of one state")
        if best is not None:
            _check.called_with(best, "best", wanted="a function of nothing")
        self._given: dict[str, Any] = {"read": read, "cost": cost, "violations": violations, "best": best}
        self._take(terms, groups, side)

    def _take(self, terms: Terms, groups: Groups | None, side: int | None = None) -> None:
        """Set what is fixed."""
        self.weights, self.bias, self.constant = terms.weights, terms.bias, terms.constant
        self.moved, self.N, self.coding = terms.moved, terms.N, "zero_one"
        self.groups = () if groups is None else _groups(groups, terms.N)
        if side is not None and _check.count(side, "side", low=1, high=terms.N) ** 2 != terms.N:
            raise ValueError(
                f"side is {side}, but the problem has {terms.N} units; side times side is wanted"
            )
        self.side = side

    def __repr__(self) -> str:
        return f"{type(self).__name__} of {self.N} units"

    # -------------------------------------------------------------- questions to a state

    def energy(self, state: ArrayLike) -> Any:
        """The energy of a state, (N,) or (B, N): float, or (B,) array.

        Examples
        --------
        >>> from hopfield_edu.problems import assignment
        >>> assignment([[1, 5], [5, 1]], penalty=10).energy([1, 0, 0, 1])
        2.0
        """
        V = self._states(state)
        E = self._energies(np.atleast_2d(V))
        return float(E[0]) if V.ndim == 1 else E

    def cost(self, state: ArrayLike) -> Any:
        """What is to be as small as possible: float, or (B,) array. It counts only if no rule is broken."""
        V = self._states(state)
        found = np.asarray(self._costs(np.atleast_2d(V)), float)
        return float(found[0]) if V.ndim == 1 else found

    def violations(self, state: ArrayLike) -> Any:
        """By how much rules are broken, 0 for a valid state: float, or (B,) array."""
        V = self._states(state)
        found = np.asarray(self._broken(np.atleast_2d(V)), float)
        return float(found[0]) if V.ndim == 1 else found

    def read(self, state: ArrayLike) -> Any:
        """One state (N,), as a human reads it."""
        V = self._states(state)
        if V.ndim != 1:
            raise ValueError(f"state has shape {V.shape}; one state ({self.N},) is wanted")
        return self._read(V)

    def best(self) -> Best | None:
        """The exact optimum, found by other means; None where nobody knows it."""
        return self._best()

    # -------------------------------------------------------------- networks

    def network(self) -> Any:
        """The network whose energy this is, up to a constant: `zero_one.Network` or `binary.Network`."""
        if self.coding == "binary":
            return binary.Network(self.weights, self.bias)
        return zero_one.Network(self.weights, self.bias)

    def thermal(self) -> thermal.Network:
        """The same network at a temperature, in units of ±1: T is compared with the energy as it is here."""
        if self.coding == "binary":
            return thermal.Network(self.weights, self.bias)
        bipolar = self.network().bipolar
        return thermal.Network(bipolar.weights, bipolar.bias, bipolar.scale)

    def graded(self, beta: float = 200.0) -> graded.Network:
        """The same with logistic units, and the diagonal that had moved to the inputs.

        With it the squares of the rules are bowls (convex); without it every corner may be a valley. The
        steeper, the nearer the end is to a corner; costs are to be of the order of one.
        """
        if self.coding != "zero_one":
            raise ValueError(f"this problem has units of the kind {self.coding!r}; graded needs 0/1 units")
        W = self.weights + np.diag(self.moved)
        return graded.Network(W, self.bias - self.moved / 2, graded.logistic(beta))

    # -------------------------------------------------------------- to be said by each problem

    def _energies(self, V: Array) -> Array:
        return self.constant - ((V @ self.weights / 2 + self.bias) * V).sum(axis=-1) + 0.0

    def _costs(self, V: Array) -> Array:
        given = self._given["cost"]
        return self._energies(V) if given is None else _each(given, "cost", V)

    def _broken(self, V: Array) -> Array:
        given = self._given["violations"]
        return np.zeros(len(V)) if given is None else _each(given, "violations", V)

    def _read(self, V: Array) -> Any:
        given = self._given["read"]
        return V.copy() if given is None else given(V)

    def _best(self) -> Best | None:
        given = self._given["best"]
        return None if given is None else given()

    def _random(self, count: int, rng: np.random.Generator) -> Array:
        """States to start from: each unit by a coin of its own."""
        V = rng.integers(2, size=(count, self.N))
        return 2 * V - 1 if self.coding == "binary" else V

    def _states(self, state: ArrayLike, name: str = "state") -> Array:
        if self.coding == "binary":
            return _check.bipolar(state, name, units=self.N)
        V = _check.two_valued(state, name, (0, 1))
        if V.ndim not in (1, 2) or V.shape[-1] != self.N:
            hint = _check.remedy(V.shape, name, self.N)
            raise ValueError(f"{name} has shape {V.shape}; ({self.N},) or (B, {self.N}) is wanted{hint}")
        return V


def _groups(groups: Groups, N: int) -> tuple[tuple[int, ...], ...]:
    """Groups of units that do not overlap."""
    C = membership(groups, N)
    if (C.sum(axis=0) > 1).any():
        raise ValueError("groups share a unit; each unit may be in one group only")
    if not C.any(axis=1).all():
        raise ValueError("groups holds an empty one; one unit of each is to be on")
    return tuple(tuple(np.flatnonzero(row).tolist()) for row in C)


def _each(function: Callable[[Array], float], name: str, V: Array) -> Array:
    """An own function of one state, at every row."""
    values = [_check.number(function(row.copy()), f"what {name} gives") for row in V]
    return np.array(values, float)


def picked(V: Array, axis: int = -1) -> Array:
    """The place of the only unit that is on, along an axis; -1 where none or several are."""
    return np.where(V.sum(axis=axis) == 1, V.argmax(axis=axis), -1)


def lines(n: int) -> tuple[list[list[int]], list[list[int]]]:
    """Rows and columns of an n x n board whose units are numbered row by row."""
    board = np.arange(n * n).reshape(n, n)
    return board.tolist(), board.T.tolist()
