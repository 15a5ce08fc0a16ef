"""The travelling salesman: through all cities and home again, on the shortest way."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from hopfield_edu import _check, graded
from hopfield_edu._types import Array, Reals
from hopfield_edu.problems._assignment import off_by
from hopfield_edu.problems._base import ATTRIBUTES, Best, Problem, lines, picked
from hopfield_edu.problems._terms import LARGE, Terms, exactly, pairs

MOST = 40  # cities
EXACT = 13  # of them, up to which the best tour is computed
STEP, STEPS = 1e-5, 2000  # of Hopfield and Tank's equations, in units of tau
JITTER = 0.1  # of the first potentials, relative to u0


class Tour(Problem):
    """What `tour` returns; a state is a board (n, n): a city in each row, a place in each column."""

    _fixed = ATTRIBUTES | {"cities", "distances", "penalty"}

    def __init__(self, cities: ArrayLike, penalty: float):
        self._map(cities)
        self.penalty = _check.positive(penalty, "penalty", zero=True, high=LARGE)
        rows, columns = lines(len(self.cities))
        rules = exactly(rows + columns, len(self.cities) ** 2)
        self._take(self.penalty * rules + pairs(self._neighbours()), columns, len(self.cities))

    def _map(self, cities: ArrayLike) -> None:
        xy = np.array(_check.real_array(cities, "cities", largest=LARGE), float)
        if xy.ndim != 2 or xy.shape[1] != 2:
            raise ValueError(f"cities has shape {xy.shape}; (n, 2) is wanted, x and y of each city")
        _check.count(len(xy), "the number of cities", low=3, high=MOST)
        self.cities, self.distances = xy, np.linalg.norm(xy[:, None] - xy[None], axis=2)

    def _neighbours(self) -> Reals:
        """(N, N): the distance of two cities, where one follows the other."""
        n = len(self.cities)
        after = np.roll(np.eye(n), 1, axis=1)
        return np.kron(self.distances, after + after.T)

    def _costs(self, V: Array) -> Array:
        board = V.reshape(-1, *self.distances.shape)
        return np.asarray(np.einsum("bxj,xy,byj->b", board, self.distances, np.roll(board, -1, axis=2)))

    def _broken(self, V: Array) -> Array:
        return off_by(V, len(self.cities))

    def _read(self, V: Array) -> Array:
        return picked(V.reshape(self.distances.shape), axis=0)

    def _best(self) -> Best | None:
        if len(self.cities) > EXACT:
            return None
        length, order = shortest(self.distances)
        return Best(length, self.state(order), "dynamic programming (Held and Karp 1962)")

    def state(self, order: ArrayLike) -> Array:
        """The state (N,) of a tour, given as the cities in their order.

        Examples
        --------
        >>> tour([[0, 0], [0, 1], [1, 1]]).state([2, 0, 1]).reshape(3, 3)
        array([[0, 1, 0],
               [0, 0, 1],
               [1, 0, 0]])
        """
        n = len(self.cities)
        V = np.zeros((n, n), int)
        V[_check.permutation(order, "order", n), np.arange(n)] = 1
        return V.ravel()


def tour(cities: ArrayLike, penalty: float = 1.5) -> Tour:
    """The shortest closed tour, with units of 0/1: unit (x, j) is on if city x is the j-th.

    E = A/2 [ sum_x (sum_j V_xj - 1)^2 + sum_j (sum_x V_xj - 1)^2 ] + sum_j sum_xy d_xy V_xj V_y,j+1.
    (After Hopfield and Tank 1985, with the rules as squares.)

    Parameters
    ----------
    cities : (n, 2) array
        Their places on the map; 3 to 40 of them.
    penalty : float
        A, to be compared with distances.

    Returns
    -------
    Tour
        `read` gives the city at every place (-1: none, or several), `cost` the length, `best` the shortest
        tour of up to 13 cities. Every tour has 2n states: n places to begin, two directions.

    Examples
    --------
    >>> square = tour([[0, 0], [1, 1], [0, 1], [1, 0]])
    >>> square.cost(square.state([0, 2, 1, 3])), square.best().cost
    (4.0, 4.0)
    """
    return Tour(cities, penalty)


class HopfieldTank(Tour):
    """What `hopfield_tank` returns: the same tours, with graded units."""

    _fixed = ATTRIBUTES | {"cities", "distances", "parameters"}

    def __init__(self, cities: ArrayLike, A: float, B: float, C: float, D: float, excess: float, u0: float):
        self._map(cities)
        named = {"A": A, "B": B, "C": C, "D": D, "excess": excess, "u0": u0}
        for name, value in named.items():
            _check.positive(value, name, zero=name in "ABCD", high=1e9)
        self.parameters = tuple(float(value) for value in named.values())
        n = len(self.cities)
        same, apart = np.eye(n), 1 - np.eye(n)
        W = -A * np.kron(same, apart) - B * np.kron(apart, same) - C - D * self._neighbours()
        self._take(Terms(W, np.full(n * n, C * excess * n)), lines(n)[1], n)

    def network(self) -> graded.Network:
        """Hopfield and Tank's network: g(u) = (1 + tanh(u / u0)) / 2, with its self-connections of -C."""
        gain = graded.logistic(2 / self.parameters[-1])
        return graded.Network(self.weights + np.diag(self.moved), self.bias - self.moved / 2, gain)

    def start(self, count: int, rng: Any) -> Reals:
        """Potentials (count, N) to start from: such that outputs add up to n, and a little noise.

        Examples
        --------
        >>> problem = hopfield_tank([[0, 0], [0, 1], [1, 1]])
        >>> round(float(problem.network().output(problem.start(1, rng=0)).sum()), 1)
        3.0
        """
        count = _check.count(count, "count", low=1, high=10**5)
        n, u0 = len(self.cities), self.parameters[-1]
        noise = _check.generator(rng, "start").uniform(-JITTER, JITTER, (count, n * n))
        return np.asarray(u0 * (noise - np.log(n - 1) / 2))

    def follow(self, potentials: ArrayLike, moves: int = STEPS) -> Reals:
        """The potentials after so many moves: Euler steps of 10^-5 tau."""
        u = np.atleast_2d(_check.states(potentials, "potentials", self.N)).copy()
        _check.budget(steps=float(_check.sweeps(moves, "moves")) * u.size * self.N, most=1e11, moves=moves)
        net = self.network()
        for _ in range(moves):
            u += STEP * (net.gain.g(u) @ net.weights - u + net.bias)
        return u


def hopfield_tank(
    cities: ArrayLike,
    *,
    A: float = 500.0,
    B: float = 500.0,
    C: float = 200.0,
    D: float = 500.0,
    excess: float = 1.5,
    u0: float = 0.02,
) -> HopfieldTank:
    """Hopfield and Tank's salesman of 1985: graded units, and their own parameters.

    E = A/2 sum_x sum_i,j!=i V_xi V_xj + B/2 sum_i sum_x,y!=x V_xi V_yi + C/2 (sum V - n)^2
    + D/2 sum_x,y!=x sum_i d_xy V_xi (V_y,i+1 + V_y,i-1); in the third term they put 15 for n = 10.

    Parameters
    ----------
    cities : (n, 2) array
        In a square of side 1.
    A, B, C, D : float
        Strengths: a city twice, a place twice, the number of units on, the length.
    excess : float
        The number of units that the third term asks for, divided by n.
    u0 : float
        The steepness of the units.

    Returns
    -------
    HopfieldTank
        `network` gives a `graded.Network`; a state of 0/1 says whose output is above 1/2.

    Examples
    --------
    >>> hopfield_tank([[0, 0], [0, 1], [1, 1]]).network()
    Network of 9 graded units, gain logistic(100 x)
    """
    return HopfieldTank(cities, A, B, C, D, excess, u0)


def shortest(d: Array) -> tuple[float, list[int]]:
    """The shortest closed tour, by dynamic programming over sets of cities: 2^n n^2 steps.

    length[S, k] is that of the shortest way from city 0 through all of S that ends in k.
    """
    n = len(d) - 1  # the last city is where it begins
    length, came = np.full((1 << n, n), np.inf), np.zeros((1 << n, n), int)
    length[1 << np.arange(n), np.arange(n)] = d[n, :n]
    for S in range(1, 1 << n):
        members = [k for k in range(n) if S >> k & 1]
        for k in members if len(members) > 1 else ():
            way = length[S ^ (1 << k)] + d[:n, k]
            came[S, k] = way.argmin()
            length[S, k] = way[came[S, k]]
    S = (1 << n) - 1
    k = int((length[S] + d[:n, n]).argmin())
    total, order = float(length[S, k] + d[k, n]), [n]
    while S:
        order.append(k)
        S, k = S ^ (1 << k), int(came[S, k])
    return total, order
