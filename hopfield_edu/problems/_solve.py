"""Many starts on one problem, and an honest account of what became of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, get_args

import numpy as np
from numpy.typing import ArrayLike

from hopfield_edu import _check
from hopfield_edu._frozen import frozen
from hopfield_edu._types import Array, Reals, Rng
from hopfield_edu.problems import _moves
from hopfield_edu.problems._base import Best, Problem
from hopfield_edu.problems._half_tone import HalfTone
from hopfield_edu.problems._linear import Smooth
from hopfield_edu.problems._tour import HopfieldTank

Moves = Literal["units", "winners", "swaps", "mean field", "graded"]
MOST_STARTS = 10_000
MOST_STEPS = 1e12  # of arithmetic: a minute or so
PATIENCE = 1000  # sweeps at temperature zero, at most
LONG = 300.0  # time constants, for graded units to settle
NONE = np.empty(0)


@dataclass(frozen=True, eq=False)
class Solution:
    """What became of many starts.

    Attributes
    ----------
    problem : Problem
    states : (B, N) array
        Where each start ended.
    energies, costs, violations : (B,) array
        Of these states.
    sweeps : (B,) array
        Effort: how often every unit was visited (0 of units in continuous time).
    best : Best or None
        The optimum, found by other means; None where nobody knows.
    outputs : (B, N) array or None
        Of graded units and mean fields: what was decided on.
    """

    problem: Problem
    states: Array
    energies: Reals
    costs: Reals
    violations: Reals
    sweeps: Array
    best: Best | None
    outputs: Reals | None = None

    @property
    def valid(self) -> Array:
        """(B,) booleans: no rule is broken."""
        return self.violations <= (1e-6 if self.problem.coding != "real" else _slack(self.problem))

    @property
    def optimal(self) -> Array:
        """(B,) booleans: valid, and as cheap as the best. All False where the best is not known."""
        if self.best is None:
            return np.zeros(len(self.states), bool)
        allowed = self.problem.tolerance * (1 + abs(self.best.cost))
        return self.valid & (self.costs <= self.best.cost + allowed)

    @property
    def valid_share(self) -> float:
        """The share of the starts that end in a valid state."""
        return float(self.valid.mean())

    @property
    def optimal_share(self) -> float:
        """The share of the starts that end in an optimum; NaN where it is not known."""
        return float("nan") if self.best is None else float(self.optimal.mean())

    @property
    def valid_error(self) -> float:
        """The standard error of `valid_share`: sqrt(p (1 - p) / B)."""
        return _error(self.valid_share, len(self.states))

    @property
    def optimal_error(self) -> float:
        """The standard error of `optimal_share`."""
        return _error(self.optimal_share, len(self.states))

    @property
    def winner(self) -> Array:
        """The best state (N,) that was found: the cheapest valid one, or that of least energy."""
        valid = np.flatnonzero(self.valid)
        row = valid[self.costs[valid].argmin()] if valid.size else self.energies.argmin()
        return self.states[int(row)]

    def __repr__(self) -> str:
        parts = f"Solution from {len(self.states)} starts: {_told(self.valid_share, self.valid_error)} valid"
        if self.best is not None:
            parts += f", {_told(self.optimal_share, self.optimal_error)} optimal"
        return parts


class _Run(NamedTuple):
    """States at the end, sweeps of each, and outputs of graded units."""

    states: Array
    sweeps: Array
    outputs: Reals | None = None


def _error(share: float, count: int) -> float:
    return float(np.sqrt(share * (1 - share) / count))


def _told(share: float, error: float) -> str:
    return f"{share:.2f} ± {error:.2f}"


def _slack(problem: Problem) -> float:
    """By how much rules of real numbers may be missed: programmes miss theirs by about 1 / K."""
    return 1e-3 if not hasattr(problem, "K") else max(1e-3, 10.0 / float(problem.K))


def solve(
    problem: Problem,
    starts: int | ArrayLike = 100,
    temperatures: ArrayLike | None = None,
    rng: Rng | None = None,
    *,
    moves: Moves | None = None,
) -> Solution:
    """Let a problem's network fall from many starts, and count how often it ends valid, and how often best.

    Parameters
    ----------
    problem : Problem
    starts : int or (B, N) array
        How many random states to start from, or the states themselves.
    temperatures : (sweeps,) array, optional
        One for every sweep, such as `thermal.anneal` makes them; then the network falls to rest. If not
        given it falls at once: descent.
    rng : int or numpy.random.Generator
        Needed.
    moves : {"units", "winners", "swaps", "mean field", "graded"}, optional
        What a step is. "units": one unit is updated, the network's own step. "winners": a group draws the
        unit that is on, so that this rule is never broken. "swaps": two rows of a board exchange their
        columns, so that no rule of a permutation is. "mean field": softmax shares in every group (needs
        temperatures). "graded": logistic units in continuous time. If not given "units", or what the problem
        asks for itself.

    Returns
    -------
    Solution

    Notes
    -----
    A sweep visits every unit once, every group once, or proposes as many swaps as the board has rows.

    Examples
    --------
    >>> from hopfield_edu import thermal
    >>> from hopfield_edu.problems import queens
    >>> solve(queens(6), 200, rng=0)
    Solution from 200 starts: 0.02 ± 0.01 valid, 0.02 ± 0.01 optimal
    >>> solve(queens(6), 200, thermal.anneal(1, 0.1, 100), rng=0).valid_share > 0.3
    True
    """
    _check.instance(problem, "problem", Problem, "a problem, such as problems.queens(8),")
    generator = _check.generator(rng, "solve")
    heat, kind = _temperatures(temperatures), _kind(problem, moves)
    _check.budget(steps=_work(problem, starts, heat), most=MOST_STEPS, starts=starts, temperatures=heat.size)
    run = RUNS[kind](problem, starts, heat, generator)
    states = frozen(np.array(run.states))
    E, costs, broken = (np.atleast_1d(f(states)) for f in (problem.energy, problem.cost, problem.violations))
    return Solution(problem, states, E, costs, broken, run.sweeps, problem.best(), run.outputs)


def _temperatures(temperatures: Any) -> Reals:
    if temperatures is None:
        return NONE
    heat = np.atleast_1d(_check.real_array(temperatures, "temperatures").astype(float))
    if heat.ndim != 1 or heat.size == 0 or heat.min() < 0:
        raise ValueError("temperatures holds no list of numbers of at least 0, one for every sweep")
    _check.sweeps(heat.size, "the number of temperatures")
    return heat


def _kind(problem: Problem, moves: Any) -> str:
    """The kind of step, if the problem can take it."""
    own = "flow" if isinstance(problem, Smooth) else None
    own = "graded" if isinstance(problem, HopfieldTank) else own
    own = "picture" if isinstance(problem, HalfTone) else own
    if own is not None:
        if moves is not None and moves != own:
            raise ValueError(
                f"moves is {_check.shown(moves)}; {type(problem).__name__} has steps of its own: leave it out"
            )
        return own
    kind = "units" if moves is None else str(_check.one_of(moves, "moves", get_args(Moves)))
    if kind in ("winners", "mean field") and not problem.groups:
        raise ValueError(f"moves is {kind!r}, but the problem has no groups of which one unit is on")
    if kind == "swaps" and problem.side is None:
        raise ValueError(
            "moves is 'swaps', but the problem is no board with one unit in every row and column"
        )
    if kind == "graded" and problem.coding != "zero_one":
        raise ValueError("moves is 'graded', but the problem has no units of 0/1")
    return kind


def _work(problem: Problem, starts: Any, heat: Reals) -> float:
    count = starts if isinstance(starts, (int, np.integer)) else len(np.atleast_2d(starts))
    count = _check.count(count, "starts", low=1, high=MOST_STARTS)
    return (
        float(count) * problem.N * (problem.N if not isinstance(problem, HalfTone) else 50) * (heat.size + 10)
    )


def _begin(
    problem: Problem, starts: Any, rng: np.random.Generator, draw: Callable[..., Array] | None = None
) -> Array:
    """The states to start from, (B, N)."""
    if isinstance(starts, (int, np.integer)) and not isinstance(starts, bool):
        return problem._random(int(starts), rng) if draw is None else draw(problem, int(starts), rng)
    return np.array(np.atleast_2d(problem._states(starts, "starts")))


def _units(problem: Problem, starts: Any, heat: Reals, rng: np.random.Generator) -> _Run:
    """One unit after the other, by chance while it is warm, then down to rest."""
    V = _begin(problem, starts, rng)
    if heat.size:
        y = V if problem.coding == "binary" else 2 * V - 1
        y = problem.thermal().recall(y, heat, "random", rng=rng).final
        V = y if problem.coding == "binary" else (y + 1) // 2
    down = problem.network().recall(V, "random", rng=rng, max_sweeps=PATIENCE)
    return _Run(down.final, heat.size + down.sweeps)


def _winners(problem: Problem, starts: Any, heat: Reals, rng: np.random.Generator) -> _Run:
    V = _begin(problem, starts, rng, _moves.one_hot)
    if any((V[:, list(g)].sum(axis=1) != 1).any() for g in problem.groups):
        raise ValueError("starts has a group in which not exactly one unit is on")
    V = _moves.winners(problem, V, heat, rng)
    return _Run(*_until_rest(problem, V, heat, rng, _moves.winners, 1))


def _swaps(problem: Problem, starts: Any, heat: Reals, rng: np.random.Generator) -> _Run:
    n = problem.side or 1
    V = _begin(problem, starts, rng, _moves.boards)
    board = V.reshape(len(V), n, n)
    if (board.sum(axis=1) != 1).any() or (board.sum(axis=2) != 1).any():
        raise ValueError("starts has a board without exactly one unit in every row and column")
    V = _moves.swaps(problem, V, heat, rng)
    return _Run(*_until_rest(problem, V, heat, rng, _moves.swaps, n))


def _until_rest(
    problem: Problem, V: Array, heat: Reals, rng: np.random.Generator, move: Callable[..., Array], calm: int
) -> tuple[Array, Array]:
    """Sweeps at temperature zero until `calm` of them lower no energy any more; the sweeps of each."""
    done, still, E = np.full(len(V), heat.size), 0, problem._energies(V)
    for k in range(1, PATIENCE + 1):
        V = move(problem, V, np.zeros(1), rng)
        lower = problem._energies(V) < E - 1e-12
        E = problem._energies(V)
        done[lower] = heat.size + k
        still = 0 if lower.any() else still + 1
        if still >= calm:
            break
    return V, done


def _mean_field(problem: Problem, starts: Any, heat: Reals, rng: np.random.Generator) -> _Run:
    if not heat.size:
        raise ValueError("temperatures is missing; a mean field needs them")
    v = _begin(problem, starts, rng, _moves.shares)
    v = _moves.mean_field(problem, v, heat, rng)
    return _Run(_moves.decided(problem, v), np.full(len(v), heat.size), frozen(v))


def _graded(problem: Problem, starts: Any, heat: Reals, rng: np.random.Generator) -> _Run:
    if heat.size:
        raise ValueError("temperatures has no meaning for graded units; leave it out")
    if isinstance(problem, HopfieldTank):
        u = problem.start(int(starts), rng) if isinstance(starts, (int, np.integer)) else starts
        v = problem.network().output(problem.follow(u))
        return _Run((v > 0.5).astype(int), np.zeros(len(v), int), frozen(v))
    net, count = problem.graded(), _begin(problem, starts, rng)
    x = 0.1 * rng.normal(size=count.shape) if isinstance(starts, (int, np.integer)) else 0.2 * count - 0.1
    v = net.output(np.array([_settled(net, row) for row in x]))
    return _Run(_moves.decided(problem, v), np.zeros(len(v), int), frozen(v))


def _settled(net: Any, x: Reals) -> Reals:
    """The potentials of graded units when they have settled: steep units make the equations stiff."""
    from scipy.integrate import solve_ivp

    run = solve_ivp(
        lambda _, y: net.velocity(y),
        (0, LONG),
        x,
        method="LSODA",
        jac=lambda _, y: net.jacobian(y),
        t_eval=[LONG],
        rtol=1e-6,
        atol=1e-8,
    )
    return np.asarray(run.y[:, -1])


def _flow(problem: Any, starts: Any, heat: Reals, rng: np.random.Generator) -> _Run:
    if heat.size:
        raise ValueError("temperatures has no meaning for units in continuous time; leave it out")
    net = problem.network()
    V = net.output(net.recall(_begin(problem, starts, rng)).final)
    return _Run(V, np.zeros(len(V), int))


def _picture(problem: Any, starts: Any, heat: Reals, rng: np.random.Generator) -> _Run:
    """Sweeps of a half-tone, a ninth of all cells at a time."""
    V = _begin(problem, starts, rng)
    for T in heat:
        V = problem._swept(V, float(T), rng)
    done = np.full(len(V), heat.size)
    for k in range(1, PATIENCE + 1):
        new = problem._swept(V, 0.0, None)
        moved = (new != V).any(axis=1)
        done[moved], V = heat.size + k, new
        if not moved.any():
            break
    return _Run(V, done)


RUNS: dict[str, Callable[..., _Run]] = {
    **{"units": _units, "winners": _winners, "swaps": _swaps, "mean field": _mean_field},
    **{"graded": _graded, "flow": _flow, "picture": _picture},
}
