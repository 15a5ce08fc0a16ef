"""Who does what? Workers and jobs, one each."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from hopfield_edu import _check
from hopfield_edu._types import Array
from hopfield_edu.problems._base import ATTRIBUTES, Best, Problem, lines, picked
from hopfield_edu.problems._terms import LARGE, exactly, linear

MOST = 60  # workers


class Assignment(Problem):
    """What `assignment` returns; a state is a board (n, n): a worker in each row, a job in each column."""

    _fixed = ATTRIBUTES | {"costs", "penalty"}

    def __init__(self, costs: ArrayLike, penalty: float):
        c = np.array(_check.weights(costs, "costs"), float)
        _check.real_array(c, "costs", largest=LARGE)
        self.costs, self.penalty = c, _check.positive(penalty, "penalty", zero=True, high=LARGE)
        n = _check.count(len(c), "the number of rows of costs", high=MOST)
        rows, columns = lines(n)
        self._take(self.penalty * exactly(rows + columns, n * n) + linear(c.ravel()), rows, n)

    def _costs(self, V: Array) -> Array:
        return V @ self.costs.ravel()

    def _broken(self, V: Array) -> Array:
        return off_by(V, len(self.costs))

    def _read(self, V: Array) -> Array:
        return picked(V.reshape(self.costs.shape))

    def _best(self) -> Best:
        from scipy.optimize import linear_sum_assignment

        rows, columns = linear_sum_assignment(self.costs)
        V = np.zeros(self.costs.shape, int)
        V[rows, columns] = 1
        return Best(float(self.costs[rows, columns].sum()), V.ravel(), "scipy.optimize.linear_sum_assignment")


def off_by(V: Array, n: int) -> Array:
    """By how much the rows and columns of boards (B, n * n) miss their sum of one."""
    board = V.reshape(-1, n, n)
    return np.asarray(sum(np.abs(board.sum(axis=axis) - 1).sum(axis=1) for axis in (1, 2)))


def assignment(costs: ArrayLike, penalty: float = 15.0) -> Assignment:
    """Every worker gets a job, every job a worker, and together they cost as little as possible.

    E = A/2 [ sum_x (sum_j V_xj - 1)^2 + sum_j (sum_x V_xj - 1)^2 ] + sum_xj c_xj V_xj.
    (Hopfield, Scholarpedia, "Computation through optimization"; Hopfield and Tank 1985.)

    Parameters
    ----------
    costs : (n, n) array
        What worker x wants for job j. At most 60.
    penalty : float
        A: what it costs to break a rule.

    Returns
    -------
    Assignment
        `read` gives the job of every worker (-1: none, or several), `best` SciPy's optimum.

    Examples
    --------
    >>> problem = assignment([[1, 9], [2, 3]], penalty=20)
    >>> problem.read([1, 0, 0, 1]), problem.cost([1, 0, 0, 1]), problem.violations([1, 1, 0, 0])
    (array([0, 1]), 4.0, 2.0)
    >>> problem.best().cost
    4.0
    """
    return Assignment(costs, penalty)
