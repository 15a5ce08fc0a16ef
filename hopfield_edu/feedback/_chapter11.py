"""Checks of chapter 11: energies from rules, states read back, penalties by hand, and rates."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hopfield_edu import problems
from hopfield_edu._values import same
from hopfield_edu.feedback import _inputs as given
from hopfield_edu.feedback._core import FunctionCheck, Mistake, TableCheck
from hopfield_edu.feedback._telling import TellingCheck

Trials = list[tuple[Any, ...]]
Array = NDArray[Any]


# 1. max-cut as an energy


def _cut_as_energy(edges, N, state):
    W = np.zeros((N, N))
    for i, j in edges:
        W[i, j] -= 1
        W[j, i] -= 1
    E = -state @ W @ state / 2
    return W, E, (len(edges) - E) / 2


def _cut_in_loops(edges, N, state):
    weights = [[0] * N for _ in range(N)]
    cut = 0
    for i, j in edges:
        weights[i][j] = weights[i][j] - 1
        weights[j][i] = weights[j][i] - 1
        if state[i] != state[j]:
            cut = cut + 1
    energy = 0
    for i in range(N):
        for j in range(N):
            energy = energy - weights[i][j] * state[i] * state[j] / 2
    return weights, energy, cut


def _between(edges: Any, y: Any) -> int:
    return sum(y[i] != y[j] for i, j in edges)


def _camps(
    weights: Callable[..., Any] | None = None,
    energy: Callable[..., Any] = lambda W, y: -y @ W @ y / 2,
    cut: Callable[..., Any] = lambda edges, y, E: (len(edges) - E) / 2,
) -> Callable[..., Any]:
    """A wrong answer: other weights, another energy of them, another cut."""

    def answer(edges: Any, N: int, state: Any) -> Any:
        W = _cut_as_energy(edges, N, state)[0] if weights is None else weights(edges, N)
        E = energy(W, state)
        return W, E, cut(edges, state, E)

    return answer


def _either_way(name: str, message: str, **parts: Callable[..., Any]) -> Iterator[Mistake]:
    """A mistake in weights or energy, with the cut read off the energy, or counted along the edges."""
    yield Mistake(name, _camps(**parts), message)
    counted = _camps(**parts, cut=lambda edges, y, E: _between(edges, y))
    yield Mistake(f"{name}, cut counted", counted, message)


def _filled(put: Callable[[Array, int, int], None]) -> Callable[..., Array]:
    """Weights that an own line fills, edge by edge."""

    def weights(edges: Any, N: int) -> Array:
        W = np.zeros((N, N))
        for i, j in edges:
            put(W, i, j)
        return W

    return weights


def _one_way(W: Array, i: int, j: int) -> None:
    W[i, j] -= 1


def _other_way(W: Array, i: int, j: int) -> None:
    W[j, i] -= 1


def _upper(W: Array, i: int, j: int) -> None:
    W[min(i, j), max(i, j)] -= 1


def _overwritten(W: Array, i: int, j: int) -> None:
    W[i, j] = W[j, i] = -1


def _taken_once(edges: Any, N: int) -> Array:
    """NumPy changes a place that comes several times in one statement only once."""
    W = np.zeros((N, N))
    W[edges[:, 0], edges[:, 1]] -= 1
    W[edges[:, 1], edges[:, 0]] -= 1
    return W


def _from_one(W: Array, i: int, j: int) -> None:
    W[i - 1, j - 1] -= 1
    W[j - 1, i - 1] -= 1


def _larger_way(edges: Any, N: int) -> Array:
    W = _filled(_one_way)(edges, N)
    return np.minimum(W, W.T)


def _joined(edges: Any, N: int) -> Array:
    return _cut_as_energy(edges, N, np.ones(N))[0]


def _degrees(edges: Any, N: int) -> Array:
    W = _joined(edges, N)
    return W - np.diag(W.sum(axis=1))


def _in_the_weights(name: str, message: str, weights: Callable[..., Array]) -> Mistake:
    """A mistake with edges that are listed twice, of which energy and cut know nothing."""

    def answer(edges: Any, N: int, state: Any) -> Any:
        return weights(edges, N), *_cut_as_energy(edges, N, state)[1:]

    return Mistake(f"{name}, in the weights", answer, message)


def _put_in_order(results: Any, *places: int) -> Any:
    return tuple(results[k] for k in places)


def _only_cut_edges(edges: Any, N: int, state: Any) -> Any:
    between = [edge for edge in edges if state[edge[0]] != state[edge[1]]]
    W, E, _ = _cut_as_energy(between, N, state)
    return W, E, len(between)


def _units_for_edges(edges: Any, N: int, state: Any) -> Any:
    W, E, _ = _cut_as_energy(edges, N, state)
    return W, E, (N - E) / 2


_GRAPHS = [
    # edges, number of units, state
    ([(0, 1), (1, 2)], 3, [1, -1, -1]),  # the example
    ([(0, 1), (1, 2), (2, 0)], 3, [1, -1, 1]),  # an edge from the larger number to the smaller
    ([(0, 1), (1, 0)], 2, [1, -1]),  # listed twice, once in each direction
    ([(1, 2), (1, 2), (3, 1)], 5, [1, 1, -1, 1, -1]),  # the first and the last unit have no edge
    ([(0, 1), (2, 3)], 4, [1, 1, 1, 1]),  # nothing is cut
    ([(0, 3), (0, 4), (1, 3), (4, 1)], 5, [1, 1, -1, -1, -1]),  # everything is cut
    ([], 2, [1, -1]),  # no edges
    ([(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)], 4, [1, -1, 1, -1]),
]


def _graph_trials(rng: np.random.Generator) -> Trials:
    trials = [(np.array(e, int).reshape(-1, 2), N, np.array(y)) for e, N, y in _GRAPHS]
    for N, K in ((5, 6), (6, 8), (8, 15)):
        ends = np.array([rng.choice(N, 2, replace=False) for _ in range(K)])
        trials.append((ends, N, given.state(rng, N)))
    return trials


def _only_without_edges(seen: list[Any], wanted: list[Any], trials: Trials) -> bool:
    """Whether all graphs that have edges come out right."""
    return all(
        same(part, due)
        for value, good, case in zip(seen, wanted, trials, strict=True)
        if len(case[0])
        for part, due in zip(value, good, strict=True)
    )


_NO_EDGES = "graph without edges"

cut_as_energy = TellingCheck(
    _cut_as_energy,
    _graph_trials,
    [
        *_either_way(
            "weights positive",
            "Units that are joined want to be DIFFERENT here. Which sign of the weight makes them so?",
            weights=lambda edges, N: -_joined(edges, N),
        ),
        *_either_way(
            "weights of the chapter",
            "Your weights are -1/2, as in the chapter. Here every edge adds -1.",
            weights=lambda edges, N: _joined(edges, N) / 2,
        ),
        *_either_way(
            "one direction only",
            "The matrix of weights must be symmetric: each edge adds to w_ij and to w_ji.",
            weights=_filled(_one_way),
        ),
        *_either_way(
            "the other direction only",
            "The matrix of weights must be symmetric: each edge adds to w_ij and to w_ji.",
            weights=_filled(_other_way),
        ),
        *_either_way(
            "one half of the matrix only",
            "The matrix of weights must be symmetric: each edge adds to w_ij and to w_ji.",
            weights=_filled(_upper),
        ),
        *(
            Mistake(
                f"{name}, made up for in the energy",
                _camps(_filled(put), lambda W, y: -y @ W @ y),
                "Your energy is right because you left its 1/2 out: your weights have one of the two "
                "directions only. The matrix must be symmetric, each edge adds to w_ij and to w_ji; then "
                "the 1/2 is needed.",
            )
            for name, put in (
                ("one direction only", _one_way),
                ("the other direction only", _other_way),
                ("one half of the matrix only", _upper),
            )
        ),
        *_either_way(
            "overwritten",
            "An edge that is listed twice counts twice. `=` overwrites what is there; `-=` adds to it.",
            weights=_filled(_overwritten),
        ),
        *_either_way(
            "a place counts once",
            "`W[i, j] -= 1` with arrays of numbers changes a place once, however often it comes. Go "
            "through the edges one by one.",
            weights=_taken_once,
        ),
        *_either_way(
            "directions not added up",
            "0-1 and 1-0 are the same pair, listed twice: both add to the same weight.",
            weights=lambda edges, N: _larger_way(edges, N),
        ),
        _in_the_weights(
            "doubled edges once",
            "An edge that is listed twice counts once in your weights. Each time it is listed it adds -1 to "
            "w_ij and to w_ji.",
            _filled(_overwritten),
        ),
        _in_the_weights(
            "doubled edges of one direction once",
            "An edge that is listed twice in the same direction counts once in your weights. (`W[i, j] -= 1` "
            "with arrays of numbers changes a place once, however often it comes.)",
            _taken_once,
        ),
        _in_the_weights(
            "doubled edges of two directions once",
            "An edge that is listed as 0-1 and as 1-0 counts once in your weights. Both add to w_ij and to "
            "w_ji.",
            _larger_way,
        ),
        *_either_way(
            "weights doubled",
            "Your weights are -2. Every edge adds -1 to w_ij and -1 to w_ji, once.",
            weights=lambda edges, N: 2 * _joined(edges, N),
        ),
        *_either_way(
            "counted from 1",
            "Units are counted from 0 here: there is nothing to be taken off their numbers.",
            weights=_filled(_from_one),
        ),
        *_either_way(
            "all pairs",
            "You join all pairs of units. Only those that are listed as edges have a weight.",
            weights=lambda edges, N: np.eye(N) - np.ones((N, N)),
        ),
        *_either_way(
            "degrees on the diagonal",
            "The number of edges of a unit stands on your diagonal. There are no self-connections here.",
            weights=_degrees,
        ),
        *_either_way(
            "half forgotten",
            "The sum over i and j meets each pair twice. That is what the 1/2 in the energy is for.",
            energy=lambda W, y: -y @ W @ y,
        ),
        *_either_way(
            "minus forgotten",
            "The energy has a minus before the sum.",
            energy=lambda W, y: y @ W @ y / 2,
        ),
        *_either_way(
            "pairs once and halved",
            "You take each pair once and halve it besides. The 1/2 is for those who take it twice.",
            energy=lambda W, y: -y @ W @ y / 4,
        ),
        *_either_way(
            "energy without the state",
            "Your energy adds up the weights. Each is to be multiplied with the values of its two units.",
            energy=lambda W, y: -W.sum() / 2,
        ),
        *_either_way(
            "units of 0 and 1",
            "Your energy takes the camps for 0 and 1. Units are -1 and +1 here.",
            energy=lambda W, y: -(y + 1) @ W @ (y + 1) / 8,
        ),
        Mistake(
            "energy of the chapter",
            _camps(
                energy=lambda W, y: -(W.sum() + y @ W @ y) / 4, cut=lambda edges, y, E: _between(edges, y)
            ),
            "Your energy is that of the chapter, the number of edges within the camps. Here it is the sum of "
            "w_ij y_i y_j with its -1/2, and nothing else: edges between the camps lower it.",
        ),
        Mistake(
            "overwritten, and counted once",
            _camps(
                _filled(_overwritten),
                cut=lambda edges, y, E: _between({tuple(sorted(edge)) for edge in edges.tolist()}, y),
            ),
            "An edge that is listed twice counts twice: in the weights, in the energy, and in the cut.",
        ),
        Mistake(
            _NO_EDGES,
            lambda edges, N, state: (
                _cut_as_energy(edges, N, state) if len(edges) else (np.zeros((N, N)), 0, N)
            ),
            "Graphs with edges come out right. Without any edge all weights and the energy are 0, and no "
            "edge is cut.",
        ),
        Mistake(
            "only edges that are cut",
            _only_cut_edges,
            "You put only those edges into the weights that are cut. The weights belong to the graph, "
            "whatever the state.",
        ),
        Mistake(
            "units instead of edges",
            _units_for_edges,
            "Edges between plus edges within: that is the number of EDGES, not of units.",
        ),
        Mistake(
            "energy and cut exchanged",
            lambda edges, N, state: _put_in_order(_cut_as_energy(edges, N, state), 0, 2, 1),
            "You return the cut before the energy. The order is weights, energy, cut.",
        ),
        Mistake(
            "edges within the camps",
            _camps(cut=lambda edges, y, E: (len(edges) + E) / 2),
            "You counted the edges WITHIN the camps. The cut holds those between them.",
        ),
        Mistake(
            "difference of the two counts",
            _camps(cut=lambda edges, y, E: -E),
            "Minus the energy is the number of edges between the camps LESS the number of those within. "
            "You know their sum as well.",
        ),
        Mistake(
            "half of the difference",
            _camps(cut=lambda edges, y, E: -E / 2),
            "That is half of a difference. Edges between the camps minus those within: -E. Both together: "
            "all edges. Add the two.",
        ),
        Mistake(
            "twice the cut",
            _camps(cut=lambda edges, y, E: len(edges) - E),
            "Your third result is TWICE the cut: so it is if you add sum and difference, or look at a pair "
            "from both of its ends.",
        ),
        Mistake(
            "sum of the weights",
            _camps(cut=lambda edges, y, E: len(edges) - E / 2),
            "Beside the energy, all edges count double in your cut. Did you halve the energy alone? Or add "
            "up the weights, in which each edge stands twice?",
        ),
        Mistake(
            "only the edges halved",
            _camps(cut=lambda edges, y, E: len(edges) / 2 - E),
            "In your cut the number of edges is halved, and the energy is not. What is done to one of them "
            "is done to the other, too.",
        ),
        Mistake(
            "all edges",
            _camps(cut=lambda edges, y, E: len(edges)),
            "You return the number of all edges. Only those between the camps are cut.",
        ),
        Mistake(
            "pairs instead of edges",
            _camps(cut=lambda edges, y, E: int((y > 0).sum() * (y < 0).sum())),
            "You count all pairs of units from different camps. Only edges can be cut.",
        ),
        Mistake(
            "each edge once",
            _camps(cut=lambda edges, y, E: _between({tuple(sorted(edge)) for edge in edges.tolist()}, y)),
            "An edge that is listed twice counts twice in the cut, too.",
        ),
        Mistake(
            "energy instead of the cut",
            _camps(cut=lambda edges, y, E: E),
            "Your third result is the energy again. How many edges lie between the camps?",
        ),
    ],
    [
        "Start with a matrix of zeros, and go through the edges. Each adds to two places of it.",
        "An edge between the camps has y_i y_j = -1, one within a camp +1. With weights of -1 the energy "
        "is the sum of these products over all edges.",
        "Edges within minus edges between: that is E. Edges within plus edges between: that is their number.",
    ],
    properties=[
        (
            "Three results are wanted: weights, energy, cut.",
            lambda v, edges, N, state: len(v) == 3,
        ),
    ],
    first={_NO_EDGES: _only_without_edges},
    also=[_cut_in_loops],
    limits=["may be listed twice"],
    praise="Right. The lower the energy, the larger the cut.",
)


# 2. the square of a sum


def _square_of_a_sum(a, target, A):
    W = -A * np.outer(a, a)
    np.fill_diagonal(W, 0)
    return W, A * target * a - A * a**2 / 2, A * target**2 / 2


def _square_in_loops(a, target, A):
    N = len(a)
    weights = np.zeros((N, N))
    bias = np.zeros(N)
    for i in range(N):
        bias[i] = A * target * a[i] - A * a[i] * a[i] / 2
        for j in range(N):
            if i != j:
                weights[i, j] = -A * a[i] * a[j]
    return weights, bias, A * target * target / 2


def _squared(
    weights: Callable[..., Any] = lambda a, t, A: -A * np.outer(a, a),
    bias: Callable[..., Any] = lambda a, t, A: A * t * a - A * a**2 / 2,
    constant: Callable[..., Any] = lambda a, t, A: A * t**2 / 2,
    diagonal: bool = False,
) -> Callable[..., Any]:
    """A wrong answer, part by part."""

    def answer(a: Any, target: Any, A: Any) -> Any:
        W = np.array(weights(a, target, A), float)
        if not diagonal:
            np.fill_diagonal(W, 0)
        return W, bias(a, target, A), constant(a, target, A)

    return answer


_SUMS = [
    # coefficients, target, strength
    ([1.0, 1.0, 1.0], 1.0, 2.0),  # the rule of the chapter
    ([1.0, 3.0], 2.0, 1.0),  # the example
    ([1.0, 2.0, 4.0], 5.0, 3.0),
    ([0.5, -0.25, 0.75], 0.3, 1.5),  # a negative one, and none that is whole
    ([2.0, 0.0, -3.0], -1.5, 0.4),  # one of zero, and a negative target
    ([4.0, 1.0], 0.0, 2.5),  # the target zero
    ([3.0], 1.0, 0.7),  # a single unit
    ([-2.0, -1.0, 5.0, 0.1], 2.2, 10.0),
    ([1, 2, 5], 3, 0.5),  # an array of whole numbers, as of coins
]


def _sum_trials(rng: np.random.Generator) -> Trials:
    trials = [(np.array(a), t, A) for a, t, A in _SUMS]
    for N in (2, 3, 5):
        a = rng.normal(0, 2, N).round(2) + 0.003
        trials.append((a, round(float(rng.normal()), 2) + 0.003, round(float(rng.uniform(0.3, 4)), 2)))
    return trials


def _cut_to_whole_numbers(seen: list[Any], wanted: list[Any], trials: Trials) -> bool:
    """Whether weights and inputs are the right ones without their decimals, up to rounding."""
    pairs = [(np.ravel(v[k]), np.ravel(w[k])) for v, w in zip(seen, wanted, strict=True) for k in (0, 1)]
    got, due = (np.concatenate(side).astype(float) for side in zip(*pairs, strict=True))
    lost = np.abs(due) - np.abs(got)
    return bool((got == np.trunc(got)).all() and (lost > -1e-9).all() and (lost < 1 + 1e-9).all())


_WHOLE = "whole numbers only"

square_of_a_sum = TellingCheck(
    _square_of_a_sum,
    _sum_trials,
    [
        Mistake(
            "self-connections left",
            _squared(bias=lambda a, t, A: A * t * a, diagonal=True),
            "Your diagonal is not zero. The square of a unit is the unit itself, for 0 and 1: so these "
            "terms move to the inputs.",
        ),
        Mistake(
            "self-connections counted twice",
            _squared(diagonal=True),
            "The squares are in your inputs, and on the diagonal of your weights as well. Once is enough: "
            "empty the diagonal.",
        ),
        Mistake(
            "squares thrown away",
            _squared(bias=lambda a, t, A: A * t * a),
            "You emptied the diagonal, but what stood there is lost. V_i^2 = V_i: it moves to the inputs.",
        ),
        Mistake(
            "squares added to the inputs",
            _squared(bias=lambda a, t, A: A * t * a + A * a**2 / 2),
            "The squares have the wrong sign in your inputs. They COST energy, and an input lowers it.",
        ),
        Mistake(
            "coefficient not squared",
            _squared(bias=lambda a, t, A: A * t * a - A * a / 2),
            "V_i^2 becomes V_i, but the number before it stays squared.",
        ),
        Mistake(
            "half of the squares forgotten",
            _squared(bias=lambda a, t, A: A * t * a - A * a**2),
            "Before the squares stands A/2, not A: the mixed terms come twice, the squares once.",
        ),
        Mistake(
            "target halved",
            _squared(bias=lambda a, t, A: A * t * a / 2 - A * a**2 / 2),
            "The product of sum and target comes twice in the square. That uses up the 1/2.",
        ),
        Mistake(
            "target twice",
            _squared(bias=lambda a, t, A: 2 * A * t * a - A * a**2 / 2),
            "The product of sum and target comes twice, but there is A/2 before the bracket.",
        ),
        Mistake(
            "target forgotten",
            _squared(bias=lambda a, t, A: A * a - A * a**2 / 2),
            "Your inputs know nothing of the target. For the target 1 they would be right.",
        ),
        Mistake(
            "coefficient missing beside the target",
            _squared(bias=lambda a, t, A: A * t - A * a**2 / 2),
            "The target is multiplied with the weighted sum: each unit brings its coefficient along.",
        ),
        Mistake(
            "strength missing in the inputs",
            _squared(bias=lambda a, t, A: t * a - a**2 / 2),
            "The strength A stands before the whole square: it multiplies the inputs, too.",
        ),
        Mistake(
            "strength before the target only",
            _squared(bias=lambda a, t, A: A * t * a - a**2 / 2),
            "The strength A stands before the whole square: it multiplies the squares of the units, too.",
        ),
        Mistake(
            "inputs of the wrong sign",
            _squared(bias=lambda a, t, A: A * a**2 / 2 - A * t * a),
            "Your inputs have the wrong sign: there is a minus before the inputs in the energy.",
        ),
        Mistake(
            "inputs of the chapter",
            _squared(bias=lambda a, t, A: np.full(len(a), A / 2)),
            "A/2 is the input of the chapter, where all coefficients and the target are 1.",
        ),
        Mistake(
            "no inputs",
            _squared(bias=lambda a, t, A: np.zeros(len(a))),
            "Your inputs are zero. The product of sum and target is linear, and so are the squares.",
        ),
        Mistake(
            "weights halved",
            _squared(lambda a, t, A: -A * np.outer(a, a) / 2),
            "The 1/2 of the energy is used up: its sum over i and j meets each pair twice, as the square "
            "does.",
        ),
        Mistake(
            "weights doubled",
            _squared(lambda a, t, A: -2 * A * np.outer(a, a)),
            "A pair comes twice in the square, with A/2 before it. And the energy counts it twice as well, "
            "with 1/2 before it.",
        ),
        Mistake(
            "weights positive",
            _squared(lambda a, t, A: A * np.outer(a, a)),
            "Two units that overshoot the target together inhibit each other: there is a minus before the "
            "weights in the energy.",
        ),
        Mistake(
            "weights of the chapter",
            _squared(lambda a, t, A: -A * np.ones((len(a), len(a)))),
            "-A is the weight of the chapter, where all coefficients are 1.",
        ),
        Mistake(
            "strength missing in the weights",
            _squared(lambda a, t, A: -np.outer(a, a)),
            "The strength A multiplies the weights, too.",
        ),
        Mistake(
            "no mixed terms",
            _squared(lambda a, t, A: np.zeros((len(a), len(a)))),
            "Your weights are zero. The square of a sum holds more than the squares: also the products of "
            "two different units.",
        ),
        Mistake(
            "each pair once",
            _squared(lambda a, t, A: -A * np.triu(np.outer(a, a), 1)),
            "Weights are symmetric: w_ij and w_ji are the same. Half of your matrix is empty.",
        ),
        Mistake(
            "each pair once, below the diagonal",
            _squared(lambda a, t, A: -A * np.tril(np.outer(a, a), -1)),
            "Weights are symmetric: w_ij and w_ji are the same. Half of your matrix is empty.",
        ),
        Mistake(
            "squares in the constant as well",
            _squared(constant=lambda a, t, A: A * t**2 / 2 + A * (a**2).sum() / 2),
            "The squares of the units are in your inputs, and in the constant as well. With all units off "
            "they are zero.",
        ),
        Mistake(
            "each pair once, doubled",
            _squared(lambda a, t, A: -2 * A * np.triu(np.outer(a, a), 1)),
            "That has the right energy, but weights are to be symmetric: share each between w_ij and w_ji.",
        ),
        Mistake(
            "both signs turned round",
            _squared(lambda a, t, A: A * np.outer(a, a), lambda a, t, A: A * a**2 / 2 - A * t * a),
            "You wrote down the square itself. The energy has a minus before the weights and before the "
            "inputs.",
        ),
        Mistake(
            "one half before the square forgotten",
            _squared(
                lambda a, t, A: -2 * A * np.outer(a, a),
                lambda a, t, A: 2 * A * t * a - A * a**2,
                lambda a, t, A: A * t**2,
            ),
            "All of it is twice too large: A/2 stands before the square.",
        ),
        Mistake(
            "strength forgotten",
            _squared(
                lambda a, t, A: -np.outer(a, a),
                lambda a, t, A: t * a - a**2 / 2,
                lambda a, t, A: t**2 / 2,
            ),
            "The strength A is missing everywhere: it stands before the square.",
        ),
        Mistake(
            "strength and one half forgotten",
            _squared(
                lambda a, t, A: -2 * np.outer(a, a),
                lambda a, t, A: 2 * t * a - a**2,
                lambda a, t, A: t**2,
            ),
            "You multiplied out the square alone. A/2 stands before it.",
        ),
        Mistake(
            "units of plus and minus one",
            _squared(
                bias=lambda a, t, A: A * t * a, constant=lambda a, t, A: A * t**2 / 2 + A * (a**2).sum() / 2
            ),
            "You put the squares into the constant: so it is for units of -1 and +1, whose square is 1. "
            "Here they are 0 or 1.",
        ),
        Mistake(
            _WHOLE,
            _squared(
                lambda a, t, A: np.trunc(-A * np.outer(a, a)),
                lambda a, t, A: np.trunc(A * t * a - A * a**2 / 2),
            ),
            "Your arrays hold whole numbers only, and cut off the rest: `np.zeros(N)` without `dtype=int`.",
        ),
        Mistake(
            "inputs of the type of a",
            _squared(bias=lambda a, t, A: (A * t * a - A * a**2 / 2).astype(a.dtype)),
            "If `a` holds whole numbers, `np.zeros_like(a)` does so, too, and cuts off the rest. Ask for "
            "floats.",
        ),
        Mistake(
            "weights and inputs of the type of a",
            _squared(
                lambda a, t, A: (-A * np.outer(a, a)).astype(a.dtype),
                lambda a, t, A: (A * t * a - A * a**2 / 2).astype(a.dtype),
            ),
            "If `a` holds whole numbers, arrays of its type cut off the rest. Ask for floats.",
        ),
        Mistake(
            "sizes of the coefficients",
            _squared(
                lambda a, t, A: -A * np.outer(abs(a), abs(a)), lambda a, t, A: A * t * abs(a) - A * a**2 / 2
            ),
            "You take the sizes of the coefficients. A negative one keeps its sign.",
        ),
        Mistake(
            "no constant",
            _squared(constant=lambda a, t, A: 0.0),
            "What is the energy when all units are off? It is not zero, unless the target is.",
        ),
        Mistake(
            "half of the constant forgotten",
            _squared(constant=lambda a, t, A: A * t**2),
            "The constant has the 1/2 of the square, too.",
        ),
        Mistake(
            "strength of the constant forgotten",
            _squared(constant=lambda a, t, A: t**2 / 2),
            "The constant has the strength A before it, too.",
        ),
        Mistake(
            "strength and half of the constant forgotten",
            _squared(constant=lambda a, t, A: t**2),
            "Your constant is the square of the target. Before it stands A/2, as before the whole square.",
        ),
        Mistake(
            "target of the constant not squared",
            _squared(constant=lambda a, t, A: A * t / 2),
            "With all units off, the bracket is minus the target, and then it is squared.",
        ),
        Mistake(
            "target of the constant doubled",
            _squared(constant=lambda a, t, A: A * t),
            "With all units off, the bracket is minus the target, and then it is squared, not doubled.",
        ),
        Mistake(
            "constant negative",
            _squared(constant=lambda a, t, A: -A * t**2 / 2),
            "With all units off, a square is left. It is not negative.",
        ),
        Mistake(
            "constant of the chapter",
            _squared(constant=lambda a, t, A: A / 2),
            "A/2 is the constant for the target 1.",
        ),
    ],
    [
        "Multiply out: the square of the sum, minus twice the sum times the target, plus the square of the "
        "target. Before all this stands A/2.",
        "The square of the sum holds products of two different units, each twice, and the squares of "
        "single units. For 0 and 1 the latter are the units themselves.",
        "Compare with E = -1/2 sum w_ij V_i V_j - sum b_i V_i + constant, term by term. Mind the two minus "
        "signs.",
        "Test it by hand: with all units off the energy is the constant. With only unit i on it is the "
        "constant minus b_i, and that must be A/2 (a_i - t)^2.",
    ],
    properties=[
        ("Three results are wanted: weights, bias, constant.", lambda v, a, t, A: len(v) == 3),
        given.FIRST_GIVEN,
        (
            "The weights are a matrix with a row and a column per unit.",
            lambda v, a, t, A: np.shape(v[0]) == (len(a), len(a)),
        ),
        given.FIRST_SYMMETRIC,
        given.FIRST_NO_DIAGONAL,
        ("There is one input for each unit.", lambda v, a, t, A: np.shape(v[1]) == np.shape(a)),
    ],
    first={_WHOLE: _cut_to_whole_numbers},
    also=[_square_in_loops],
    praise="Right. Every cost that is a square of a sum becomes weights in this way.",
)


# 3. queens as an energy


def _squares_of(n: int) -> tuple[Array, Array, Array, Array]:
    """Row and column of both squares of every pair, as (n * n, n * n) arrays."""
    r, c = np.divmod(np.arange(n * n), n)
    return r[:, None], c[:, None], r[None, :], c[None, :]


def _same_line(n: int, rows: bool = True, columns: bool = True) -> Array:
    r, c, s, d = _squares_of(n)
    return ((rows & (r == s)) | (columns & (c == d))) & ~np.eye(n * n, dtype=bool)


def _down(n: int) -> Array:
    r, c, s, d = _squares_of(n)
    return (r - c == s - d) & (r != s)


def _up(n: int) -> Array:
    r, c, s, d = _squares_of(n)
    return (r + c == s + d) & (r != s)


def _same_diagonal(n: int) -> Array:
    return _down(n) | _up(n)


def _queens_energy(n, A, D):
    return -A * _same_line(n) - D * _same_diagonal(n), np.full(n * n, 1.0 * A)


def _queens_from_terms(n, A, D):
    board = np.arange(n * n).reshape(n, n)
    slanted = [turned.diagonal(k) for turned in (board, np.fliplr(board)) for k in range(1 - n, n)]
    terms = A * problems.exactly([*board, *board.T], n * n) + D * problems.at_most_one(slanted, n * n)
    return terms.weights, terms.bias


def _queens_in_loops(n, A, D):
    N = n * n
    weights = np.zeros((N, N))
    for i in range(N):
        for j in range(N):
            r, c = i // n, i % n
            s, d = j // n, j % n
            if i == j:
                continue
            if r == s or c == d:
                weights[i, j] = weights[i, j] - A
            if abs(r - s) == abs(c - d):
                weights[i, j] = weights[i, j] - D
    bias = [A for i in range(N)]
    return weights, bias


def _peace(
    line: Callable[[int], Array] = _same_line,
    diagonal: Callable[[int], Array] = _same_diagonal,
    bias: Callable[..., Any] = lambda n, A, D: A,
    weights: Callable[..., Any] = lambda lines, slanted, A, D: -A * lines - D * slanted,
) -> Callable[..., Any]:
    """A wrong answer: which squares are on a common line or diagonal, and what comes of it."""

    def answer(n: int, A: Any, D: Any) -> Any:
        return weights(1.0 * line(n), 1.0 * diagonal(n), A, D), np.ones(n * n) * bias(n, A, D)

    return answer


def _slanted(message: str, named: dict[str, Callable[[int], Array]]) -> list[Mistake]:
    """Mistakes by what they take for a common diagonal."""
    return [Mistake(name, _peace(diagonal=diagonal), message) for name, diagonal in named.items()]


def _wrapped(n: int) -> Array:
    return _wrapped_lines(n) > 0


def _wrapped_lines(n: int) -> Array:
    """How many diagonals two squares share, if these come in again at the other side."""
    r, c, s, d = _squares_of(n)
    falling, rising = (r - c - s + d) % n == 0, (r + c - s - d) % n == 0
    return (1 * falling + 1 * rising) * ((r != s) & (c != d))


def _main_diagonals(n: int) -> Array:
    r, c, s, d = _squares_of(n)
    return (((r == c) & (s == d)) | ((r + c == n - 1) & (s + d == n - 1))) & (r != s)


def _one_side(n: int) -> Array:
    r, c, *_ = _squares_of(n)
    return (_down(n) & (c >= r)) | (_up(n) & (r + c < n))


def _neighbours(n: int) -> Array:
    r, c, s, d = _squares_of(n)
    return (abs(r - s) == 1) & (abs(c - d) == 1)


def _far_from_the_middle(n: int) -> Array:
    """Pairs of squares on a common diagonal with an offset beyond 2."""
    r, c, *_ = _squares_of(n)
    return (_down(n) & (abs(r - c) > 2)) | (_up(n) & (abs(r + c - n + 1) > 2))


def _numbers_apart(n: int) -> Array:
    """Squares whose numbers differ by a multiple of n + 1 or n - 1, as along a diagonal."""
    i = np.arange(n * n)
    apart = abs(i[:, None] - i)
    return (apart > 0) & ((apart % (n + 1) == 0) | ((n > 1) & (apart % max(n - 1, 1) == 0)))


def _only_the_diagonal(seen: list[Any], wanted: list[Any], trials: Trials) -> bool:
    """Whether inputs and weights are right, but for the diagonal of the latter, which is not zero."""
    return all(
        same(value[1], due[1])
        and same(given.without_diagonal(np.array(value[0], float)), due[0])
        and np.diag(value[0]).all()
        for value, due in zip(seen, wanted, strict=True)
    )


def _number_of_diagonals(n: int) -> Array:
    """On how many diagonals of two squares or more each square lies."""
    r, c = np.divmod(np.arange(n * n), n)
    return 1 * (abs(r - c) < n - 1) + 1 * (abs(r + c - n + 1) < n - 1)


_QUEENS = [
    (3, 2.0, 1.0),
    (2, 1.0, 1.0),
    (2, 0.5, 0.75),
    (3, 1.0, 3.0),
    (4, 1.0, 1.0),
    (4, 2.5, 0.4),
    (5, 1.2, 0.7),
    (3, 1.237, 0.614),  # as it is, not rounded
]


def _queens_trials(rng: np.random.Generator) -> Trials:
    trials: Trials = list(_QUEENS)
    for n in (3, 4, 6):
        trials.append((n, *(float(x) for x in rng.uniform(0.3, 3, 2).round(2))))
    return trials


_ATTACKS_ITSELF = "a square attacks itself"

queens_energy = TellingCheck(
    _queens_energy,
    _queens_trials,
    [
        Mistake(
            "rows only",
            _peace(lambda n: _same_line(n, columns=False), bias=lambda n, A, D: A / 2),
            "You have the rule of the rows. The same holds for columns.",
        ),
        Mistake(
            "columns only",
            _peace(lambda n: _same_line(n, rows=False), bias=lambda n, A, D: A / 2),
            "You have the rule of the columns. The same holds for rows.",
        ),
        Mistake(
            "no weights within columns",
            _peace(lambda n: _same_line(n, columns=False)),
            "Two queens in the same column do not disturb each other in your weights.",
        ),
        Mistake(
            "no weights within rows",
            _peace(lambda n: _same_line(n, rows=False)),
            "Two queens in the same row do not disturb each other in your weights.",
        ),
        Mistake(
            "no diagonals",
            _peace(diagonal=lambda n: np.zeros((n * n, n * n))),
            "Rows and columns are right. But queens attack along diagonals, too.",
        ),
        Mistake(
            "falling diagonals only",
            _peace(diagonal=_down),
            "Your diagonals go down to the right only. Queens attack along the others, too.",
        ),
        Mistake(
            "rising diagonals only",
            _peace(diagonal=_up),
            "Your diagonals go up to the right only. Queens attack along the others, too.",
        ),
        Mistake(
            "two long diagonals only",
            _peace(diagonal=_main_diagonals),
            "You have the two long diagonals. The shorter ones count as well: `np.diagonal` has an offset.",
        ),
        Mistake(
            "one side of the long diagonals",
            _peace(diagonal=_one_side),
            "The offsets of your diagonals begin at 0. Negative ones belong to the other side of the long "
            "diagonal.",
        ),
        Mistake(
            "falling diagonals twice",
            _peace(diagonal=lambda n: 2 * _down(n)),
            "Your diagonals go down to the right only, and each comes twice. A transposed board has the "
            "same ones: `np.fliplr` turns it.",
        ),
        Mistake(
            "diagonals of the chapter",
            _peace(diagonal=lambda n: _same_diagonal(n) & ~_far_from_the_middle(n)),
            "The offsets -2 to 2 belong to four rows, as in the chapter. With n rows they go from 1 - n to "
            "n - 1.",
        ),
        Mistake(
            "neighbours on diagonals only",
            _peace(diagonal=_neighbours),
            "On diagonals your queens attack their neighbours only. They attack at any distance.",
        ),
        *_slanted(
            "Your diagonals leave the board at one side and come in again at the other. They end at the "
            "edge.",
            {"wrapped diagonals": _wrapped, "wrapped diagonals, each with a rule": _wrapped_lines},
        ),
        *_slanted(
            "Numbers that differ by a multiple of n + 1 or n - 1 may lie on a diagonal, or beyond the "
            "end of a row. Compare rows and columns.",
            {
                "diagonals by differences of numbers": _numbers_apart,
                "diagonals by differences of numbers, lines aside": (
                    lambda n: _numbers_apart(n) & ~_same_line(n)
                ),
            },
        ),
        Mistake(
            "exactly one on each diagonal",
            _peace(bias=lambda n, A, D: A + D / 2 * _number_of_diagonals(n)),
            "You ask for exactly one queen on each diagonal. AT MOST one is allowed: a diagonal may be "
            "empty.",
        ),
        Mistake(
            "exactly one on each diagonal, also of one square",
            _peace(bias=lambda n, A, D: A + D),
            "You ask for exactly one queen on each diagonal. AT MOST one is allowed: a diagonal may be "
            "empty.",
        ),
        *[
            Mistake(
                name,
                _peace(bias=bias),
                "A diagonal adds nothing to the inputs: AT MOST one queen is wanted there. What it costs is "
                "a matter of pairs.",
            )
            for name, bias in (
                ("a diagonal adds an input", lambda n, A, D: A + D / 2),
                (
                    "the diagonals of each square add an input",
                    lambda n, A, D: A + D * _number_of_diagonals(n),
                ),
            )
        ],
        Mistake(
            "a diagonal costs an input",
            _peace(bias=lambda n, A, D: A - D),
            "At most one on a diagonal is a rule about PAIRS. A queen alone breaks no such rule, and costs "
            "nothing.",
        ),
        Mistake(
            "at most one in lines",
            _peace(bias=lambda n, A, D: 0),
            "Your inputs are zero. Then no queen at all is best: rows and columns want exactly one.",
        ),
        Mistake(
            "input of one line",
            _peace(bias=lambda n, A, D: A / 2),
            "A square lies in a row AND in a column. Both want a queen, and both add to its input.",
        ),
        Mistake(
            "squares forgotten in the inputs",
            _peace(bias=lambda n, A, D: 2 * A),
            "Your inputs are twice too large. The squares V_i^2 = V_i take half of them back.",
        ),
        Mistake(
            "inputs negative",
            _peace(bias=lambda n, A, D: -A),
            "With negative inputs every queen costs something. Rows and columns want one: they pay for it.",
        ),
        Mistake(
            "inputs without the strength",
            _peace(bias=lambda n, A, D: 1),
            "Your inputs do not know the strength A of the rules.",
        ),
        Mistake(
            "weights positive",
            _peace(weights=lambda lines, slanted, A, D: A * lines + D * slanted),
            "Your weights let queens support each other where they attack. The sign is wrong.",
        ),
        Mistake(
            "weights halved",
            _peace(weights=lambda lines, slanted, A, D: -A / 2 * lines - D / 2 * slanted),
            "Your weights are half of what they should be: the energy has 1/2 before a sum that meets each "
            "pair twice.",
        ),
        Mistake(
            "lines halved",
            _peace(weights=lambda lines, slanted, A, D: -A / 2 * lines - D * slanted),
            "Weights in rows and columns are half of what they should be. The square meets each pair "
            "twice, as the energy does.",
        ),
        Mistake(
            "diagonals halved",
            _peace(weights=lambda lines, slanted, A, D: -A * lines - D / 2 * slanted),
            "On diagonals a pair costs D, not D/2: the energy has 1/2 before a sum that meets it twice.",
        ),
        Mistake(
            "diagonals doubled",
            _peace(weights=lambda lines, slanted, A, D: -A * lines - 2 * D * slanted),
            "On diagonals you count each pair twice: it costs D, once.",
        ),
        Mistake(
            "lines doubled",
            _peace(weights=lambda lines, slanted, A, D: -2 * A * lines - D * slanted),
            "In rows and columns your weights are twice too large: the square meets a pair twice, with A/2 "
            "before it.",
        ),
        Mistake(
            "one strength for all",
            _peace(weights=lambda lines, slanted, A, D: -A * lines - A * slanted),
            "Diagonals have a strength of their own, D.",
        ),
        Mistake(
            "strengths exchanged",
            _peace(bias=lambda n, A, D: D, weights=lambda lines, slanted, A, D: -D * lines - A * slanted),
            "A belongs to rows and columns, D to diagonals. You have exchanged them.",
        ),
        Mistake(
            "strengths exchanged in the weights",
            _peace(weights=lambda lines, slanted, A, D: -D * lines - A * slanted),
            "In your weights A and D are exchanged: A belongs to rows and columns, D to diagonals.",
        ),
        Mistake(
            "no strengths",
            _peace(bias=lambda n, A, D: 1, weights=lambda lines, slanted, A, D: -lines - slanted),
            "Your weights and inputs know no strengths: they are those of A = D = 1.",
        ),
        Mistake(
            "self-connections left",
            _peace(
                weights=lambda lines, slanted, A, D: -A * lines - D * slanted - 2 * A * np.eye(len(lines)),
                bias=lambda n, A, D: 2 * A,
            ),
            "Your diagonal is not zero. V_i^2 = V_i: what stands there moves to the inputs.",
        ),
        Mistake(
            "self-connections counted twice",
            _peace(
                weights=lambda lines, slanted, A, D: -A * lines - D * slanted - 2 * A * np.eye(len(lines))
            ),
            "The squares V_i^2 = V_i are in your inputs, and on the diagonal as well. Once is enough: empty "
            "the diagonal.",
        ),
        Mistake(
            "rounded weights",
            _peace(weights=lambda lines, slanted, A, D: np.round(-A * lines - D * slanted)),
            "Your weights are whole numbers. A and D need not be: do not round.",
        ),
        Mistake(
            "weights of whole numbers",
            _peace(weights=lambda lines, slanted, A, D: np.trunc(-A * lines - D * slanted)),
            "Your weights are whole numbers. A and D need not be: `np.zeros(...)` without `dtype=int`.",
        ),
        Mistake(
            _ATTACKS_ITSELF,
            _peace(
                weights=lambda lines, slanted, A, D: -A * lines - D * slanted - (A + D) * np.eye(len(lines))
            ),
            "In your weights a square attacks itself. Take only pairs of two different squares.",
        ),
        Mistake(
            "each pair once",
            _peace(weights=lambda lines, slanted, A, D: np.triu(-A * lines - D * slanted)),
            "Weights are symmetric: w_ij and w_ji are the same. Half of your matrix is empty.",
        ),
    ],
    [
        "Square k stands in row k // n and column k % n. Go through all pairs of different squares.",
        "Two squares are on a common diagonal if they are as many rows apart as columns.",
        "For a row: multiply out A/2 (sum - 1)^2, with V^2 = V. The inputs of its row and of its column "
        "add up.",
        "A diagonal adds D for each pair of queens on it. That is a weight, and nothing else.",
    ],
    properties=[
        ("Two results are wanted: weights and bias.", lambda v, n, A, D: len(v) == 2),
        given.FIRST_GIVEN,
        (
            "There is a unit for each square: the weights have n * n rows and columns.",
            lambda v, n, A, D: np.shape(v[0]) == (n * n, n * n),
        ),
        ("There is one input for each square.", lambda v, n, A, D: np.shape(v[1]) == (n * n,)),
        given.FIRST_SYMMETRIC,
        given.FIRST_NO_DIAGONAL,
    ],
    first={_ATTACKS_ITSELF: _only_the_diagonal},
    also=[_queens_in_loops, _queens_from_terms],
    limits=["2 rows or more"],
    praise="Right. Every square inhibits those that it attacks, and all are pushed alike to be on.",
)


# 4. a board, read back


def _slanted(board: Any) -> list[Any]:
    """The queens on every diagonal, both ways."""
    n = len(board)
    return [turned.diagonal(k).sum() for turned in (board, np.fliplr(board)) for k in range(1 - n, n)]


def _lines_of(board: Any) -> list[Any]:
    return [*board.sum(axis=0), *board.sum(axis=1)]


def _broken(board: Any) -> int:
    crowded = sum(max(count - 1, 0) for count in _slanted(board))
    return int(sum(abs(count - 1) for count in _lines_of(board)) + crowded)


@functools.cache
def _wishes(n: int, D: int = 1) -> tuple[Array, Array]:
    return _queens_energy(n, 1, D)


def _gains(board: Any, D: int = 1) -> Array:
    """By how much each flip of a square changes the energy, A = 1."""
    W, bias = _wishes(len(board), D)
    V = np.ravel(board)
    return np.asarray((2 * V - 1) * (W @ V + bias))


def _obeys(board: Any, on: Callable[[Array], Array]) -> bool:
    """Whether every square is on or off as its field says."""
    W, bias = _wishes(len(board))
    V = np.ravel(board)
    return np.array_equal(V, on(W @ V + bias))


def _read_board(board):
    return _broken(board), bool((_gains(board) >= 0).all())


def _read_in_loops(board):
    n = len(board)
    broken = 0
    for i in range(n):
        broken = broken + abs(sum(board[i][j] for j in range(n)) - 1)
        broken = broken + abs(sum(board[j][i] for j in range(n)) - 1)
    for k in range(1 - n, 2 * n):
        falling = sum(board[i][i - k] for i in range(n) if 0 <= i - k < n)
        rising = sum(board[i][k - i] for i in range(n) if 0 <= k - i < n)
        broken = broken + max(falling - 1, 0) + max(rising - 1, 0)
    at_rest = True
    for i in range(n):
        for j in range(n):
            field = 1
            for k in range(n):
                for m in range(n):
                    attacks = k == i or m == j or abs(k - i) == abs(m - j)
                    if attacks and (k, m) != (i, j):
                        field = field - board[k][m]
            if board[i][j] == 1 and field < 0:
                at_rest = False
            if board[i][j] == 0 and field > 0:
                at_rest = False
    return broken, at_rest


def _reading(
    broken: Callable[[Any], Any] = _broken,
    rest: Callable[[Any], Any] = lambda board: (_gains(board) >= 0).all(),
) -> Callable[..., Any]:
    """A wrong answer: another count of broken rules, another idea of rest."""
    return lambda board: (broken(board), bool(rest(board)))


def _count(
    lines: Callable[[Any], Any] = lambda board: sum(abs(k - 1) for k in _lines_of(board)),
    diagonals: Callable[[Any], Any] = lambda board: sum(max(k - 1, 0) for k in _slanted(board)),
) -> Callable[..., Any]:
    """A wrong answer with another count."""
    return _reading(lambda board: lines(board) + diagonals(board))


def _of_diagonals(turns: Any, offsets: Callable[[int], Any]) -> Callable[[Any], Any]:
    def crowded(board: Any) -> Any:
        counts = [turn(board).diagonal(k).sum() for turn in turns for k in offsets(len(board))]
        return sum(max(count - 1, 0) for count in counts)

    return crowded


def _as_it_is(board: Any) -> Any:
    return board


def _wrapped_diagonals(board: Any) -> Any:
    n = len(board)
    rows = np.arange(n)
    counts = [board[rows, (k + turn * rows) % n].sum() for turn in (1, -1) for k in range(n)]
    return sum(max(count - 1, 0) for count in counts)


def _pairs_on(counts: Any) -> Any:
    return sum(count * (count - 1) // 2 for count in counts)


def _energy_of(board: Any) -> Any:
    return sum((count - 1) ** 2 / 2 for count in _lines_of(board)) + _pairs_on(_slanted(board))


def _flips(board: Any) -> Iterator[Any]:
    for place in np.ndindex(board.shape):
        other = board.copy()
        other[place] = 1 - other[place]
        yield other


def _more_and_more(board: Any) -> Iterator[Any]:
    """One flip after the other, in one copy of the board."""
    other = board.copy()
    for place in np.ndindex(board.shape):
        other[place] = 1 - other[place]
        yield other


def _moved(board: Any, anywhere: bool = False) -> Iterator[Any]:
    """Boards with one queen elsewhere in its row, or on any free square."""
    for r, c in np.argwhere(board):
        for q, d in np.argwhere(board == 0):
            if anywhere or q == r:
                other = board.copy()
                other[r, c], other[q, d] = 0, 1
                yield other


def _spoilt(board: Any) -> Any:
    """Flips in the board itself, up to the first that lowers the energy, and then the count."""
    before = _energy_of(board)
    for place in np.ndindex(board.shape):
        board[place] = 1 - board[place]
        if _energy_of(board) < before:
            return _broken(board), False
    return _broken(board), True


def _no_better(others: Iterator[Any], board: Any, of: Callable[[Any], Any]) -> bool:
    here = of(board)
    return all(of(other) >= here for other in others)


_BOARDS = [
    ".Q.. ...Q Q... ..Q.",  # a solution
    "..Q. Q... ...Q .Q..",  # its mirror image
    "Q. ..",  # at rest with two rules broken
    ".Q Q.",  # one rising diagonal, at rest
    "Q. .Q",  # one falling diagonal, at rest
    ".. ..",  # empty
    "QQ QQ",
    "QQQ QQQ QQQ",  # full
    "QQQ ... ...",
    "Q.. Q.. Q..",
    "..Q Q.. ...",
    "Q.. ... .Q.",
    "Q.Q ... Q.Q",
    ".Q.. Q... ...Q ..Q.",  # short diagonals, both rising
    "Q... .Q.. ..Q. ...Q",  # the long diagonal: four in one, six pairs
    "...Q QQ.. .... ....",
    "Q... ..Q. Q... ....",
    "...Q.. Q..... ....Q. .Q.... .....Q ..Q...",  # six, and a diagonal
    "......Q Q...... ...Q... .Q..... ....... .....Q. ..Q....",  # every flip costs, and two rules are broken
    ".Q.... ...... .Q.... ...Q.. ...Q.. Q....Q",
    *("...Q. ....Q ..... ..... .....", ".Q... Q.... ..... ..... ....."),  # a short diagonal in a corner
    # one flip alone lowers the energy: a queen more, in a corner, at each side
    *(".... ...Q .Q.. ....", ".... Q... ..Q. ....", ".Q.. .... ..Q. ....", "..Q. .... Q... ...."),
    *(".... ...Q .... Q...", "...Q .... ..Q. ....", "Q... .... .Q.. ....", "..QQ Q... .... ...."),
    # or a queen less, in a corner, within, at each side
    *("QQ.. .... ..Q. ....", "Q..Q .... .Q.. ....", "Q... ..Q. .... Q...", "...Q .Q.. .... ...Q"),
    *("Q... .QQ. .... ....", "Q... ..Q. ..Q. ....", "QQ.. ..Q. .... ....", "Q... ...Q QQ.. ...."),
    *("..Q. Q..Q .... ....", ".Q.. ...Q .... .Q.."),
]


def _board(text: str) -> Array:
    return np.array([[int(square == "Q") for square in row] for row in text.split()])


def _board_trials(rng: np.random.Generator) -> Trials:
    trials: Trials = [(_board(text),) for text in _BOARDS]
    for n, share in ((3, 0.3), (4, 0.25), (5, 0.2), (5, 0.4), (6, 0.15)):
        trials.append(((rng.random((n, n)) < share).astype(int),))
    for n in (4, 5, 6):  # boards at rest: down from random ones
        board = (rng.random((n, n)) < 0.4).astype(int)
        while (_gains(board) < 0).any():
            board.ravel()[int(_gains(board).argmin())] ^= 1
        trials.append((board,))
    return trials


read_board = FunctionCheck(
    _read_board,
    _board_trials,
    [
        Mistake(
            "rows only",
            _count(lambda board: sum(abs(k - 1) for k in board.sum(axis=1))),
            "You look at rows and diagonals. Columns have a rule, too.",
        ),
        Mistake(
            "columns only",
            _count(lambda board: sum(abs(k - 1) for k in board.sum(axis=0))),
            "You look at columns and diagonals. Rows have a rule, too.",
        ),
        Mistake(
            "no diagonals",
            _count(diagonals=lambda board: 0),
            "Rows and columns are counted as they should be. The diagonals are missing.",
        ),
        Mistake(
            "falling diagonals only",
            _count(diagonals=_of_diagonals([_as_it_is], lambda n: range(1 - n, n))),
            "Your diagonals go down to the right only. `np.fliplr` turns the board for the others.",
        ),
        Mistake(
            "rising diagonals only",
            _count(diagonals=_of_diagonals([np.fliplr], lambda n: range(1 - n, n))),
            "Your diagonals go up to the right only. The others are missing.",
        ),
        Mistake(
            "two long diagonals only",
            _count(diagonals=_of_diagonals([_as_it_is, np.fliplr], lambda n: [0])),
            "You have the two long diagonals. The shorter ones count as well: `np.diagonal` has an offset.",
        ),
        Mistake(
            "one side of the long diagonals",
            _count(diagonals=_of_diagonals([_as_it_is, np.fliplr], range)),
            "The offsets of your diagonals begin at 0. Negative ones belong to the other side of the long "
            "diagonal.",
        ),
        Mistake(
            "diagonals of the chapter",
            _count(diagonals=_of_diagonals([_as_it_is, np.fliplr], lambda n: range(-2, 3))),
            "The offsets -2 to 2 belong to four rows, as in the chapter. With n rows they go from 1 - n to "
            "n - 1.",
        ),
        Mistake(
            "falling diagonals twice",
            _count(diagonals=_of_diagonals([_as_it_is, np.transpose], lambda n: range(1 - n, n))),
            "Your diagonals go down to the right only, and each comes twice. A transposed board has the "
            "same ones: `np.fliplr` turns it.",
        ),
        Mistake(
            "wrapped diagonals",
            _count(diagonals=_wrapped_diagonals),
            "Your diagonals leave the board at one side and come in again at the other. They end at the "
            "edge.",
        ),
        Mistake(
            "pairs on diagonals",
            _count(diagonals=lambda board: _pairs_on(_slanted(board))),
            "You count pairs on diagonals, as the energy does. Three queens on one are two too many.",
        ),
        Mistake(
            "crowded diagonals counted once",
            _count(diagonals=lambda board: sum(count > 1 for count in _slanted(board))),
            "You count a diagonal once, however crowded it is. Every queen after the first breaks the rule.",
        ),
        Mistake(
            "all queens on crowded diagonals",
            _count(diagonals=lambda board: sum(count for count in _slanted(board) if count > 1)),
            "You count all queens of a crowded diagonal. The first one is allowed.",
        ),
        Mistake(
            "empty diagonals counted",
            _count(diagonals=lambda board: sum(abs(count - 1) for count in _slanted(board))),
            "You count empty diagonals as broken. At most one queen is allowed there, so none is fine.",
        ),
        Mistake(
            "empty lines not counted",
            _count(lambda board: sum(max(k - 1, 0) for k in _lines_of(board))),
            "An empty row or column breaks a rule, too: exactly one queen is wanted there.",
        ),
        Mistake(
            "only empty lines counted",
            _count(lambda board: sum(k == 0 for k in _lines_of(board))),
            "You count empty rows and columns. A crowded one breaks its rule, too.",
        ),
        Mistake(
            "broken lines counted once",
            _count(lambda board: sum(k != 1 for k in _lines_of(board))),
            "You count a row or column once, by however much it misses. Three queens are two too many.",
        ),
        Mistake(
            "all broken rules counted once",
            _count(
                lambda board: sum(k != 1 for k in _lines_of(board)),
                lambda board: sum(count > 1 for count in _slanted(board)),
            ),
            "You count each row, column and diagonal once. How much is broken is asked for: three queens on "
            "one are two too many.",
        ),
        Mistake(
            "differences that cancel",
            _count(lambda board: sum(k - 1 for k in _lines_of(board))),
            "Too many in one row and too few in another cancel in your sum. Take absolute values.",
        ),
        Mistake(
            "lines squared",
            _count(lambda board: sum((k - 1) ** 2 for k in _lines_of(board))),
            "You square what rows and columns miss, as the energy does. Here the difference itself counts.",
        ),
        Mistake(
            "energy counted",
            _reading(_energy_of),
            "You return the energy. It squares what a row misses. The number of broken rules does not.",
        ),
        Mistake(
            "rest taken for valid",
            _reading(rest=lambda board: _broken(board) == 0),
            "You call a board at rest if no rule is broken. A board may rest with broken rules.",
        ),
        Mistake(
            "ties move",
            _reading(rest=lambda board: (_gains(board) > 0).all()),
            "A flip that leaves the energy as it is does not LOWER it: such a board is at rest.",
        ),
        *[
            Mistake(
                name,
                _reading(rest=rest),
                "You ask whether each square is what its field says. A field of zero says nothing: the flip "
                "leaves the energy as it is, so a queen may stay, and a square may stay empty.",
            )
            for name, rest in (
                ("a field of zero empties a square", lambda board: _obeys(board, lambda field: field > 0)),
                ("a field of zero wants a queen", lambda board: _obeys(board, lambda field: field >= 0)),
            )
        ],
        Mistake(
            "rest turned round",
            _reading(rest=lambda board: (_gains(board) < 0).any()),
            "You return True where the board is NOT at rest.",
        ),
        Mistake(
            "a flip that does not lower is enough",
            _reading(rest=lambda board: (_gains(board) >= 0).any()),
            "You are content with ONE flip that does not lower the energy. None may lower it.",
        ),
        Mistake(
            "always at rest",
            _reading(rest=lambda board: True),
            "You call every board at rest. For each square, ask whether its flip would lower the energy.",
        ),
        Mistake(
            "never at rest",
            _reading(rest=lambda board: False),
            "You call no board at rest. For each square, ask whether its flip would lower the energy.",
        ),
        Mistake(
            "only queens taken away",
            _reading(rest=lambda board: (_gains(board)[np.ravel(board) == 1] >= 0).all()),
            "You only try to take queens away. A queen more may lower the energy, too.",
        ),
        Mistake(
            "only queens added",
            _reading(rest=lambda board: (_gains(board)[np.ravel(board) == 0] >= 0).all()),
            "You only try to add queens. To take one away may lower the energy, too.",
        ),
        Mistake(
            "first flip only",
            _reading(rest=lambda board: _gains(board)[0] >= 0),
            "Your answer depends on the flip of the first square alone. Go through all of them.",
        ),
        Mistake(
            "last flip only",
            _reading(rest=lambda board: _gains(board)[-1] >= 0),
            "Your answer depends on the flip of the last square alone: each turn of the loop overwrites "
            "what the one before has found.",
        ),
        Mistake(
            "flips not taken back",
            _reading(rest=lambda board: _no_better(_more_and_more(board), board, _energy_of)),
            "You flip one square after the other in the same board. Take each flip back, or begin with a "
            "fresh copy.",
        ),
        Mistake(
            "flips left in the board",
            lambda board: _spoilt(board.copy()),
            "You flip one square after the other in the board itself. `ravel` gives no copy: take each flip "
            "back, or begin with `board.copy()`.",
        ),
        Mistake(
            "all squares at once",
            _reading(rest=lambda board: _energy_of(1 - board) >= _energy_of(board)),
            "You flip ALL squares together. At rest speaks of the flip of a single one.",
        ),
        Mistake(
            "energy without diagonals",
            _reading(rest=lambda board: (_gains(board, D=0) >= 0).all()),
            "For rest, the diagonals are missing in your energy.",
        ),
        Mistake(
            "energy without inputs",
            _reading(rest=lambda board: (_gains(board) >= 2 * np.ravel(board) - 1).all()),
            "For rest, the inputs are missing in your energy. They are what makes an empty row want a queen.",
        ),
        Mistake(
            "broken rules instead of the energy",
            _reading(rest=lambda board: _no_better(_flips(board), board, _broken)),
            "You ask whether a flip lowers the number of broken rules. At rest speaks of the ENERGY, which "
            "squares what a row misses, and counts pairs on diagonals.",
        ),
        Mistake(
            "moved queens",
            _reading(rest=lambda board: _no_better(_moved(board), board, _energy_of)),
            "You move queens along their row: that is two flips. At rest speaks of single ones.",
        ),
        Mistake(
            "queens moved anywhere",
            _reading(rest=lambda board: _no_better(_moved(board, anywhere=True), board, _energy_of)),
            "You move queens to free squares: that is two flips. At rest speaks of single ones.",
        ),
    ],
    [
        "`board.sum(axis=1)` counts the queens in every row. `board.diagonal(k)` is a diagonal, with k "
        "from 1 - n to n - 1, and `np.fliplr(board)` turns the board for the others.",
        "`abs(k - 1)` for the k of every row and column, `max(k - 1, 0)` for that of every diagonal: `sum` "
        "adds up what a list of them holds.",
        "For rest, go through all squares: flip one in a copy of the board, and compare the energies. "
        "`problems.queens(n)` knows them.",
        "A board is not at rest if some flip has a LOWER energy: compare with `<`, not with `<=`.",
    ],
    properties=[
        ("Two results are wanted: a number, and True or False.", lambda v, board: len(v) == 2),
        ("A board without broken rules is at rest.", lambda v, board: _broken(board) != 0 or bool(v[1])),
    ],
    also=[_read_in_loops],
    limits=["2 rows or more"],
    praise="Right. Only now can we say what a network has found.",
)


# 5. penalties by hand


def _penalties(a=7, b=1, c=1, d=None, e=2, f=None, g=1, h=None, i=None, j=4, k=9, **later):
    """The gaps, and what follows from them: where a broken rule is as cheap as the best."""
    table = {"a": a, "b": b, "c": c, "d": (a - c) / b if d is None else d, "e": e}
    table |= {"f": a / e if f is None else f, "g": g, "h": (a - 4) / g if h is None else h}
    table |= {"i": max(table["d"], table["f"], table["h"]) if i is None else i, "j": j, "k": k}
    return table | {"l": 1, "m": 0, "n": 1, "o": 4} | later


def _later_penalty(row: str, gaps: dict[str, Any]) -> Any:
    """What the learner's own entries lead to."""
    return {
        "d": lambda: (gaps["a"] - gaps["c"]) / gaps["b"],
        "f": lambda: gaps["a"] / gaps["e"],
        "h": lambda: (gaps["a"] - 4) / gaps["g"],
        "i": lambda: max(gaps["d"], gaps["f"], gaps["h"]),
        "l": lambda: _enough(gaps["l"], gaps["j"]),
        "m": lambda: _enough(gaps["m"], gaps["i"]),
        "n": lambda: _no_flip_lowers(*(gaps[name] for name in "bceg")),
    }[row]()


def _enough(entry: Any, bound: Any) -> Any:
    """Whether A = 5 is above an own bound: 1 or 0, and either of them where it is the bound itself."""
    return entry if bound == 5 and entry in (0, 1) else int(bound < 5)


def _no_flip_lowers(b: Any, c: Any, e: Any, g: Any) -> int:
    """Whether 10/00 rests at A = 5, by own energies of it, of 00/00 and of 10/10, its neighbours."""
    others = 5 * e, 5 * g + 4, 5 * b + 5, 10  # 11/00 breaks as many rules; 10/01 breaks none
    return int(5 * b + c <= min(others))


penalty_by_hand = TableCheck(
    "penalty_by_hand",
    _penalties(),
    ["number"],
    [
        Mistake(
            "the other assignment",
            _penalties(a=10),
            "That is the cost of 10/01. The other assignment is cheaper.",
        ),
        Mistake(
            "cheapest of each worker",
            _penalties(a=4),
            "Each worker does the job that is cheapest for that worker: 1 and 3. But that is the same job. "
            "Look for a valid state.",
        ),
        Mistake(
            "half forgotten",
            _penalties(b=2, e=4, g=2),
            "Each broken rule costs A/2 times the square of what it misses, not A.",
        ),
        Mistake(
            "a half for each rule lost",
            _penalties(b=1 / 2, e=1, g=1 / 2),
            "You count the rows only, or the columns only. In each of these states both are broken.",
        ),
        Mistake(
            "one rule only",
            _penalties(b=1 / 2),
            "In 10/00 two rules are broken: the second row and the second column both have no unit that is "
            "on.",
        ),
        Mistake(
            "half forgotten in 10/00",
            _penalties(b=2),
            "Two rules are broken, and each costs A/2.",
        ),
        Mistake(
            "cost of the worker who rests",
            _penalties(c=9),
            "In 10/00 worker 1 does job 1, and worker 2 does nothing. Who has to be paid?",
        ),
        Mistake(
            "no cost",
            _penalties(c=0),
            "In 10/00 worker 1 does job 1, and is paid for it.",
        ),
        Mistake(
            "cost forgotten in the comparison",
            _penalties(d=7),
            "Compare the WHOLE energy of 10/00 with that of the best assignment: worker 1 is paid as well.",
        ),
        Mistake(
            "cost on the wrong side",
            _penalties(d=8),
            "The cost of 10/00 is added to the penalty: to solve for A, take it OFF the best cost.",
        ),
        Mistake(
            "compared with the other assignment",
            _penalties(d=9, f=5, h=6),
            "You compare with 10/01. A broken rule has to be dearer than the BEST assignment.",
        ),
        *[
            Mistake(
                f"{state} compared with the other assignment",
                _penalties(**{gap: A}),
                f"That is where {state} meets 10/01. A broken rule has to be dearer than the BEST "
                "assignment.",
            )
            for gap, A, state in (("d", 9, "10/00"), ("f", 5, "00/00"), ("h", 6, "10/10"))
        ],
        Mistake(
            "half of the rules of the empty state",
            _penalties(e=1),
            "In 00/00 no row and no column has a unit that is on. How many rules are broken?",
        ),
        Mistake(
            "four broken rules, half forgotten",
            _penalties(e=4),
            "The rules that are broken in 00/00 are well counted. By how much does each miss, and what does "
            "that cost?",
        ),
        Mistake(
            "penalty as it was before",
            _penalties(f=7),
            "Your comparison forgets how often A comes in the energy of 00/00.",
        ),
        Mistake(
            "one broken column only",
            _penalties(g=1 / 2),
            "In 10/10 job 1 is done twice AND job 2 is not done: two columns are broken.",
        ),
        Mistake(
            "broken columns counted double",
            _penalties(g=2),
            "By how much does each column of 10/10 miss its one? Square that, and mind the factor before the "
            "square.",
        ),
        Mistake(
            "three broken rules",
            _penalties(g=3 / 2),
            "In 10/10 both rows are in order: each worker does one job. How many columns are not, and what "
            "does each cost?",
        ),
        Mistake(
            "costs of both workers forgotten",
            _penalties(h=7),
            "In 10/10 both workers are paid, 4 together: only the rest of the best cost is left for the "
            "rule.",
        ),
        Mistake(
            "smallest instead of largest",
            _penalties(i=3),
            "At that penalty 10/00 is still cheaper than the best assignment. ALL broken states must be "
            "dearer.",
        ),
        Mistake(
            "the empty state decides",
            _penalties(i=7 / 2),
            "At that penalty 10/00 is still cheaper than the best assignment. ALL broken states must be "
            "dearer.",
        ),
        Mistake(
            "largest cost of the best assignment",
            _penalties(i=4),
            "At that penalty 10/00 is still cheaper than the best assignment. Compare (d), (f) and (h).",
        ),
        Mistake(
            "largest cost of all",
            _penalties(i=9),
            "That is more than is needed. Where does the LAST of the three broken states become dearer than "
            "the best assignment?",
        ),
        Mistake(
            "penalties added up",
            _penalties(i=25 / 2),
            "You added the three. Each is a condition of its own: all hold if the strongest does.",
        ),
        Mistake(
            "the cheaper unit decides",
            _penalties(j=3),
            "Both units of 01/10 must stay on. Which of the two saves more when it is switched off?",
        ),
        Mistake(
            "both units at once",
            _penalties(j=7 / 2),
            "At rest speaks of single flips. You switched off two units at once.",
        ),
        Mistake(
            "the sum of both",
            _penalties(j=7, k=10),
            "At rest speaks of single flips. Switching off one unit saves its own cost alone.",
        ),
        *[
            Mistake(
                f"the sum of both in {state}",
                _penalties(**{gap: A}),
                f"Both units of {state} together cost as much. At rest speaks of single flips, and switching "
                "off one unit saves its own cost alone.",
            )
            for gap, A, state in (("j", 7, "01/10"), ("k", 10, "10/01"))
        ],
        Mistake(
            "half of the penalty for a flip",
            _penalties(j=8, k=18),
            "Switching off a unit breaks two rules, its row and its column: A/2 + A/2.",
        ),
        Mistake(
            "two penalties for a flip",
            _penalties(j=2, k=9 / 2),
            "Switching off a unit breaks two rules, its row and its column: A/2 + A/2, not A + A.",
        ),
        Mistake(
            "rest taken for lowest",
            _penalties(j=6),
            "That is where 01/10 becomes the lowest of ALL states. At rest speaks of its neighbours, one "
            "flip away; 10/00 is three flips away.",
        ),
        Mistake(
            "cheaper unit of the other assignment",
            _penalties(k=1),
            "Both units of 10/01 must stay on. Which of the two saves more when it is switched off?",
        ),
        Mistake(
            "the same for both assignments",
            _penalties(k=4),
            "10/01 has costs of its own, 1 and 9. Which of its units saves most when it is switched off?",
        ),
        Mistake(
            "not at rest at 5",
            _penalties(l=0),
            "Compare A = 5 with what belongs into gap (j). A state at rest need not be the lowest of all.",
        ),
        Mistake(
            "lowest at 5",
            _penalties(m=1),
            "At A = 5 the energy of 10/00 is 6. Is that above the best cost?",
        ),
        Mistake(
            "a broken state cannot rest",
            _penalties(n=0),
            "Try the four flips of 10/00 at A = 5, one by one. Does any of them lower the energy?",
        ),
        Mistake(
            "yes and no exchanged",
            _penalties(l=0, m=1, n=0),
            "All three are the other way round: 1 means yes, 0 means no. If you meant them so, look at the "
            "flips again.",
        ),
        Mistake(
            "lowest point of the way",
            _penalties(o=1),
            "A barrier is the HIGHEST energy on the way. Compare the three states between.",
        ),
        Mistake(
            "last point of the way",
            _penalties(o=3),
            "Compare the three states between the two assignments. Another one is higher.",
        ),
        Mistake(
            "the start of the way",
            _penalties(o=10),
            "10 is the energy of 10/01, where the way begins. (o) is what the highest state pays to its "
            "workers.",
        ),
        Mistake(
            "the end of the way",
            _penalties(o=7),
            "7 is the energy of 01/10, where the way ends. (o) is what the highest state pays to its "
            "workers.",
        ),
        Mistake(
            "the way added up",
            _penalties(o=8),
            "You added up three states. The energy of the highest one alone is asked for.",
        ),
        Mistake(
            "height above the start",
            _penalties(o=-6),
            "You took off the energy of the start. The energy itself is asked for.",
        ),
    ],
    [
        "Write down the sums of both rows and of both columns. Each that is not 1 adds A/2 times the "
        "square of its difference from 1.",
        "A state is as low as the best one where its energy equals the best cost. Solve that for A.",
        "For (j) and (k): switching off a unit breaks its row and its column, and saves its cost. It must "
        "not pay for any of the two units.",
        "For (l) compare 5 with your (j), for (m) with your (i). For (n): 10/00 has four neighbours, 00/00, "
        "11/00, 10/10 and 10/01. For (o) write down the energies of the three states between: the highest "
        "counts.",
    ],
    follow={"number": _later_penalty},
    properties=[
        ("(l), (m) and (n) are 1 for yes or 0 for no.", lambda v, row, c: row not in "lmn" or v in (0, 1))
    ],
    praise="Right. To be at rest is a matter of the neighbours; to be the lowest is one of all states. And "
    "the higher the penalty, the higher the barrier between two valid states.",
)


# 6. a rate and its error


def _success_rate(costs, violations, best):
    valid = violations == 0
    optimal = valid & (costs <= best + 1e-6)
    p = optimal.mean()
    return valid.mean(), p, np.sqrt(p * (1 - p) / len(costs))


def _rate_in_loops(costs, violations, best):
    B = len(costs)
    good = 0
    perfect = 0
    for k in range(B):
        if violations[k] == 0:
            good = good + 1
            if costs[k] < best + 1e-6:
                perfect = perfect + 1
    p = perfect / B
    return good / B, p, (p * (1 - p) / B) ** 0.5


def _rated(
    optimal: Callable[..., Any] = lambda c, v, best: (v == 0) & (c <= best + 1e-6),
    valid: Callable[..., Any] = lambda c, v, best: v == 0,
    error: Callable[..., Any] = lambda p, q, B: np.sqrt(p * (1 - p) / B),
    of: Callable[..., Any] = lambda p, q: (q, p),
) -> Callable[..., Any]:
    """A wrong answer: who counts as valid and as optimal, and the error of the share p (q: valid)."""

    def answer(costs: Any, violations: Any, best: Any) -> Any:
        with np.errstate(all="ignore"):
            p = np.mean(optimal(costs, violations, best))
            q = np.mean(valid(costs, violations, best))
            return *of(p, q), error(p, q, len(costs))

    return answer


def _cheapest_found(c: Any, v: Any, best: Any) -> Any:
    return (v == 0) & (c <= c.min() + 1e-6)


def _cheapest_valid(c: Any, v: Any, best: Any) -> Any:
    found = c[v == 0].min() if (v == 0).any() else np.inf
    return (v == 0) & (c <= found + 1e-6)


_RATES = [
    # costs, violations, exact optimum
    ([7.0, 7.0, 10.0, 4.0], [0, 0, 0, 2], 7.0),  # the example
    ([7.0, 7.0, 7.0, 4.0, 12.0], [0, 2, 0, 1, 0], 7.0),  # optimal costs, but broken rules
    ([9.0, 8.0, 8.0, 10.0], [0, 0, 0, 0], 7.0),  # all valid, none optimal
    ([3.0, 3.0], [0, 0], 3.0),  # all optimal
    ([1.0, 2.0, 0.5], [1, 2, 3], 4.0),  # none valid
    ([0.1 + 0.2, 0.3, 0.7, 0.5, 0.6], [0, 0, 0, 0, 0], 0.3),  # rounding
    ([-2.0, -1.0, -5.0, -2.0, 0.0, -1.5], [0, 0, 2, 0, 0, 0], -2.0),  # negative costs
    ([5.0], [0], 5.0),  # a single start
    ([6.001, 6.0, 7.0, 6.001], [0, 0, 0, 0], 6.0),  # hardly dearer, but dearer
    ([0.0, 0.0, 1.0, 0.0, 2.0], [0, 1, 0, 0, 0.5], 0.0),  # the optimum is zero; half a violation
    ([6.5, 6.9, 7.2, 6.5, 8.1, 9.9, 6.5, 6.4], [0, 0, 0, 0, 0, 0, 0, 1], 6.5),
    ([6.0, 6.0000007, 6.000004, 7.0], [0, 0, 0, 0], 6.0),  # within 1e-6, and beyond
    ([0.0, 4e-7, 3.0], [0, 0, 0], 0.0),  # no tolerance that is relative
]


def _rate_trials(rng: np.random.Generator) -> Trials:
    trials = [(np.array(c), np.array(v), best) for c, v, best in _RATES]
    for B in (6, 20, 100):
        best = round(float(rng.uniform(2, 9)), 2)
        costs = best + rng.integers(0, 4, B) * 1.25
        broken = rng.integers(0, 3, B) * (rng.random(B) < 0.4)
        trials.append((np.where(broken > 0, costs - 3, costs), broken, best))
    return trials


success_rate = FunctionCheck(
    _success_rate,
    _rate_trials,
    [
        Mistake(
            "cheap is enough",
            _rated(lambda c, v, best: c <= best + 1e-6),
            "You count states that are cheap because they break rules. An optimal state is VALID, too.",
        ),
        Mistake(
            "cost of the optimum is enough",
            _rated(lambda c, v, best: abs(c - best) < 1e-6),
            "A state may cost as much as the optimum and still break a rule. An optimal state is valid, too.",
        ),
        Mistake(
            "rounding",
            _rated(lambda c, v, best: (v == 0) & (c <= best)),
            "0.1 + 0.2 is not exactly 0.3 in the computer. Allow the difference that the exercise names.",
        ),
        Mistake(
            "too generous",
            _rated(lambda c, v, best: (v == 0) & (c <= best + 0.01)),
            "You let states pass that are dearer than the optimum. The difference that the exercise names "
            "is much smaller.",
        ),
        Mistake(
            "relative tolerance",
            _rated(lambda c, v, best: (v == 0) & (c <= best * (1 + 1e-6))),
            "You multiply the optimum by a factor. If it is negative, that asks for more than the optimum. "
            "ADD what is allowed.",
        ),
        Mistake(
            "isclose",
            _rated(lambda c, v, best: (v == 0) & np.isclose(c, best)),
            "`np.isclose` allows 1e-5 of the number itself, and hardly anything near zero. Compare with "
            "`best + 1e-6`.",
        ),
        Mistake(
            "ten times too generous",
            _rated(lambda c, v, best: (v == 0) & (c <= best + 1e-5)),
            "You let states pass that are dearer than the optimum by more than 1e-6.",
        ),
        Mistake(
            "too strict",
            _rated(lambda c, v, best: (v == 0) & (c <= best + 1e-9)),
            "You allow less than the exercise does: a cost may exceed `best` by 1e-6.",
        ),
        Mistake(
            "better than the optimum",
            _rated(lambda c, v, best: (v == 0) & (c < best - 1e-6)),
            "Nothing valid is cheaper than the optimum. Those that REACH it are to be counted.",
        ),
        Mistake(
            "dearer than the optimum",
            _rated(lambda c, v, best: (v == 0) & (c > best + 1e-6)),
            "You count the valid states that MISS the optimum.",
        ),
        Mistake(
            "the best that was found",
            _rated(_cheapest_found),
            "You compare with the cheapest state that was found. The exact optimum is given: `best`.",
        ),
        Mistake(
            "the best valid one that was found",
            _rated(_cheapest_valid),
            "You compare with the best valid state that was found. The network may have missed the "
            "optimum, which is given: `best`.",
        ),
        Mistake(
            "among the valid",
            lambda c, v, best: _among_valid(c, v, best),
            "You divide by the number of valid states. The share is that of all starts.",
        ),
        Mistake(
            "among the valid, error of all",
            lambda c, v, best: _among_valid(c, v, best, all_starts=True),
            "You divide by the number of valid states. The share is that of all starts.",
        ),
        Mistake(
            "broken instead of valid",
            _rated(valid=lambda c, v, best: v != 0),
            "Your first result is the share of states that break rules. The valid ones are asked for.",
        ),
        Mistake(
            "violations added up",
            _rated(valid=lambda c, v, best: v),
            "Your first result is the mean number of violations. The share of states WITHOUT any is asked "
            "for.",
        ),
        Mistake(
            "one violation allowed",
            _rated(lambda c, v, best: (v <= 1) & (c <= best + 1e-6), lambda c, v, best: v <= 1),
            "You let one violation pass. A valid state has none.",
        ),
        Mistake(
            "less than one violation",
            _rated(lambda c, v, best: (v < 1) & (c <= best + 1e-6), lambda c, v, best: v < 1),
            "Violations may be fractions, such as 0.5. A valid state has none at all.",
        ),
        Mistake(
            "error of the valid share",
            _rated(error=lambda p, q, B: np.sqrt(q * (1 - q) / B)),
            "Your error belongs to the share of VALID states. That of the optimal share is asked for.",
        ),
        Mistake(
            "root forgotten",
            _rated(error=lambda p, q, B: p * (1 - p) / B),
            "That is the variance of the share. The standard error is its root.",
        ),
        Mistake(
            "number of starts forgotten",
            _rated(error=lambda p, q, B: np.sqrt(p * (1 - p))),
            "That is the spread of ONE start. The error of the share falls with the number of starts.",
        ),
        Mistake(
            "number of starts outside the root",
            _rated(error=lambda p, q, B: np.sqrt(p * (1 - p)) / B),
            "The number of starts stands UNDER the root.",
        ),
        Mistake(
            "divided by the successes",
            _rated(error=lambda p, q, B: np.sqrt(p * (1 - p) / max(p * B, 1))),
            "In your error you divide by the number of optimal states. B is the number of all starts.",
        ),
        Mistake(
            "divided by the valid",
            _rated(error=lambda p, q, B: np.sqrt(p * (1 - p) / max(q * B, 1))),
            "In your error you divide by the number of valid states. B is the number of all starts.",
        ),
        Mistake(
            "failures forgotten",
            _rated(error=lambda p, q, B: np.sqrt(p / B)),
            "The formula has p (1 - p) under the root. Where all starts succeed there is no spread.",
        ),
        Mistake(
            "root of the number only",
            _rated(error=lambda p, q, B: 1 / np.sqrt(B)),
            "The error depends on the share, too: p (1 - p) stands under the root.",
        ),
        Mistake(
            "one start less",
            _rated(error=lambda p, q, B: np.sqrt(p * (1 - p) / max(B - 1, 1))),
            "You divide by B - 1. The formula of the exercise has B.",
        ),
        Mistake(
            "one start less, and none left of one",
            _rated(error=lambda p, q, B: np.sqrt(p * (1 - p) / np.float64(B - 1))),
            "You divide by B - 1, as `ddof=1` does; of a single start nothing is left. The formula of the "
            "exercise has B.",
        ),
        Mistake(
            "counts",
            _rated(of=lambda p, q: (q, p), error=lambda p, q, B: np.sqrt(p * (1 - p) * B)),
            "Your error is that of the NUMBER of successes. Divide it by the number of starts.",
        ),
        Mistake(
            "numbers instead of shares",
            lambda c, v, best: _in_numbers(c, v, best),
            "You return numbers of states. Shares are asked for, from 0 to 1.",
        ),
        Mistake(
            "per cent",
            lambda c, v, best: tuple(100 * part for part in _success_rate(c, v, best)),
            "You return per cents. Shares are asked for, from 0 to 1.",
        ),
        Mistake(
            "exchanged",
            _rated(of=lambda p, q: (p, q)),
            "You return the optimal share before the valid one. It is the other way round.",
        ),
        Mistake(
            "error of the costs",
            lambda c, v, best: (*_success_rate(c, v, best)[:2], np.std(c) / np.sqrt(len(c))),
            "Your error is that of the mean cost. The error of the SHARE is asked for.",
        ),
        Mistake(
            "optimal means valid",
            _rated(lambda c, v, best: v == 0),
            "You count every valid state as optimal. A valid state may be dearer than the optimum.",
        ),
    ],
    [
        "`violations == 0` tells for each start whether its end is valid. The mean of such an array is a "
        "share.",
        "Optimal: valid AND not dearer than `best`, up to 1e-6. `&` joins two arrays of True and False; "
        "put brackets around comparisons.",
        "For the error, p is your second result and B is `len(costs)`. `np.sqrt` takes the root of all that "
        "stands under it.",
    ],
    properties=[
        ("Three results are wanted: two shares and an error.", lambda v, c, w, best: len(v) == 3),
        ("Shares lie between 0 and 1.", lambda v, c, w, best: 0 <= min(v[:2]) and max(v[:2]) <= 1),
        (
            "What is optimal is valid: the first share is not the smaller one.",
            lambda v, c, w, best: v[0] >= v[1],
        ),
        ("An error is not negative.", lambda v, c, w, best: v[2] >= 0),
    ],
    also=[_rate_in_loops],
    limits=["by no more than 1e-6"],
    praise="Right. A rate without its error says little, and a cost without the optimum says nothing.",
)


def _among_valid(c: Any, v: Any, best: Any, all_starts: bool = False) -> Any:
    q, p, _ = _success_rate(c, v, best)
    p = p / q if q else 0.0
    B = len(c) if all_starts else max((v == 0).sum(), 1)
    return q, p, np.sqrt(p * (1 - p) / B)


def _in_numbers(c: Any, v: Any, best: Any) -> Any:
    q, p, error = _success_rate(c, v, best)
    return q * len(c), p * len(c), error


# 7. a linear programme with penalties


def _programme(a=1, b=-1, c=2, d=-1, e=-1 / 2, f=1, g=2, h=None, i=None, j=None, k=None, l=None, m=1, n=2):
    """The gaps, and what follows from them: the amounts, the cost, and how large K must be."""
    h = -g if h is None else h
    i = g - f if i is None else i
    j = 3 * h + i if j is None else j
    k = j + (f * f + g * g) / 2 if k is None else k
    l = 100 * abs(j) if l is None else l
    return dict(zip("abcdefghijklmn", (a, b, c, d, e, f, g, h, i, j, k, l, m, n), strict=True))


def _later_programme(row: str, gaps: dict[str, Any]) -> Any:
    """What the learner's own entries lead to; x is known by what it misses, or by gap (h)."""
    a, f, g = (gaps[name] for name in "afg")
    return {
        "e": lambda: _with_penalty(gaps["e"], -a, a**2, a),
        "h": lambda: -g,
        "i": lambda: min(
            (-f - below for below in (gaps["h"], _minus(g)) if below is not None),
            key=lambda y: abs(gaps["i"] - y),
        ),
        "j": lambda: 3 * gaps["h"] + gaps["i"],
        "k": lambda: _with_penalty(gaps["k"], gaps["j"], f**2 + g**2, a),
        "l": lambda: 100 * abs(gaps["j"]),
    }[row]()


def _minus(entry: Any) -> Any:
    return None if entry is None else -entry


def _with_penalty(entry: Any, cost: Any, squares: Any, a: Any) -> Any:
    """Cost and half of the squares; a penalty K u^2, from which (a) is 1/2, has the whole squares."""
    parts = (1 / 2, 1) if a == 1 / 2 else (1 / 2,)
    return min((cost + part * squares for part in parts), key=lambda energy: abs(entry - energy))


programme_penalty = TableCheck(
    "programme_penalty",
    _programme(),
    ["number"],
    [
        Mistake(
            "missing amount independent of K",
            _programme(b=0),
            "The stronger the penalty, the less is missing: K stands below the line.",
        ),
        Mistake(
            "missing amount grows with K",
            _programme(b=1),
            "The stronger the penalty, the LESS is missing: K stands below the line.",
        ),
        Mistake(
            "root of K",
            _programme(b=-1 / 2),
            "The slope of the square is linear in what is missing. So no root comes in.",
        ),
        Mistake(
            "derivative of the square with a two",
            _programme(a=1 / 2, f=1 / 2, g=1),
            "So it would be for K times the square. The penalty is K/2 times the square: in its derivative "
            "the 2 and the 1/2 cancel.",
        ),
        Mistake(
            "half kept",
            _programme(a=2, f=2, g=4),
            "The derivative of K/2 times a square is K times its inside: the square brings a factor 2 down.",
        ),
        Mistake(
            "half kept at first",
            _programme(a=2),
            "The derivative of K/2 times a square is K times its inside: the square brings a factor 2 down.",
        ),
        Mistake(
            "price forgotten",
            _programme(a=0),
            "A zero would say that nothing is missing. Where the slope is zero, p equals K times what is "
            "missing.",
        ),
        Mistake(
            "price only once",
            _programme(c=1),
            "What is missing is proportional to the price p, and it saves p for each unit: p times p.",
        ),
        Mistake(
            "price not at all",
            _programme(c=0),
            "Each unit that is missing saves its price p, and how much is missing depends on p as well.",
        ),
        Mistake(
            "saving independent of K",
            _programme(d=0),
            "What is saved is the price times what is missing, and that has K below the line.",
        ),
        Mistake(
            "saving with K squared",
            _programme(d=-2),
            "What is saved is the price times what is missing: K comes once.",
        ),
        Mistake(
            "penalty forgotten",
            _programme(e=-1),
            "That is the cost alone. The energy holds the penalty as well, which takes half of it back.",
        ),
        Mistake(
            "penalty taken off",
            _programme(e=-3 / 2),
            "The penalty is ADDED to the cost.",
        ),
        Mistake(
            "penalty alone",
            _programme(e=1 / 2),
            "That is the penalty alone. The cost is lower than before by more than that.",
        ),
        Mistake(
            "half of the penalty forgotten",
            _programme(e=0),
            "The penalty is K/2 times the square of what is missing: it takes back only half of the saving.",
        ),
        Mistake(
            "slopes exchanged",
            _programme(f=3, g=-2),
            "The price of y is 1: only the first rule holds y up. Begin with that one.",
        ),
        Mistake(
            "prices of the amounts",
            _programme(f=3, g=1),
            "3 and 1 are the prices of x and y, not of the rules. y is held up by the first rule alone: K "
            "times what it misses is the price of y.",
        ),
        Mistake(
            "each rule for one amount",
            _programme(g=3),
            "Both rules hold x up: their pushes add up to its price, 3. How much is left for the second?",
        ),
        Mistake(
            "added instead of taken off",
            _programme(g=4),
            "Both rules hold x up: their pushes ADD UP to its price, 3. How much is left for the second?",
        ),
        Mistake(
            "x keeps its value",
            _programme(h=0),
            "Of the second rule something is missing, too: x lies BELOW 1.",
        ),
        Mistake(
            "amount above its bound",
            _programme(h=2),
            "Of the second rule something is missing: x lies BELOW 1.",
        ),
        Mistake(
            "y keeps its value",
            _programme(i=0),
            "The SUM x + y misses something, and x alone misses another amount. What is left for y?",
        ),
        Mistake(
            "all that is missing in the sum is y's",
            _programme(i=-1),
            "The sum x + y misses 1/K, but x alone is short of more than that. So y lies above 3.",
        ),
        Mistake(
            "both missing amounts taken off y",
            _programme(i=-3),
            "x + y = 4 - (f)/K, and x is known. Take x off: a minus in it becomes a plus.",
        ),
        Mistake(
            "y weighed by three",
            _programme(j=-3),
            "The cost is 3 x + y: put both amounts in, with their prices.",
        ),
        Mistake(
            "x weighed by one",
            _programme(j=-1),
            "You add what x and y differ by. The cost is 3 x + y: a change of x counts three times.",
        ),
        Mistake(
            "y forgotten in the cost",
            _programme(j=-6),
            "x saves 3 times (h)/K, but y is larger than 3 now, and costs something.",
        ),
        Mistake(
            "cost positive",
            _programme(j=5, k=5 / 2, l=500),
            "The answer breaks the rules a little, and that SAVES cost.",
        ),
        Mistake(
            "energy is the cost",
            _programme(k=-5),
            "The energy is higher than the cost by the penalty, K/2 times the sum of squares.",
        ),
        Mistake(
            "penalty alone, of two amounts",
            _programme(k=5 / 2),
            "Your energy lies above 6, as if the penalty alone were added. The cost is not 6 any more: it "
            "is lower, by more than the penalty.",
        ),
        Mistake(
            "penalty taken off the cost",
            _programme(k=-15 / 2),
            "The penalty is ADDED to the cost: what is missing costs energy.",
        ),
        Mistake(
            "missing amounts not squared",
            _programme(k=-7 / 2),
            "The penalty has the SQUARES of what is missing, 1/K and 2/K.",
        ),
        Mistake(
            "squared together",
            _programme(k=-1 / 2),
            "Each rule has a square of its own: (1/K)^2 + (2/K)^2, not (3/K)^2.",
        ),
        Mistake(
            "half of the penalty forgotten in the energy",
            _programme(k=0),
            "The penalty is K/2 times the sum of squares: one half is missing.",
        ),
        Mistake(
            "energy off by a hundredth",
            _programme(l=250),
            "From that K on the ENERGY is off by 0.01 or less. The cost is asked for: gap (j).",
        ),
        Mistake(
            "one hundred",
            _programme(l=100),
            "At K = 100, how far is the cost off by your gap (j)? It is not 1/K.",
        ),
        Mistake(
            "relative error",
            _programme(l=250 / 3),
            "That is one per cent of the cost. The cost itself is to be off by at most 0.01.",
        ),
        Mistake(
            "a tenth",
            _programme(l=50),
            "At K = 50, how far is the cost off by your gap (j)? Look at the decimals.",
        ),
        Mistake(
            "prices exchanged",
            _programme(m=2, n=1),
            "With 5 in place of 4 only y grows. With 2 in place of 1 x grows, and y shrinks.",
        ),
        Mistake(
            "prices of the amounts again",
            _programme(m=3, n=1),
            "3 and 1 are the prices of x and y. Solve the programme anew for each change: which amounts "
            "grow, and which shrink?",
        ),
        Mistake(
            "x grows with the sum",
            _programme(m=3),
            "You let x grow, which costs 3. The first rule asks for a larger SUM: which amount is cheaper?",
        ),
        Mistake(
            "price of x",
            _programme(n=3),
            "x grows by 1 and costs 3 more. But then y may shrink: the sum is still 4.",
        ),
        Mistake(
            "the whole optimum",
            _programme(m=7, n=8),
            "Those are the new optima. By how much does each exceed the old one, 6?",
        ),
    ],
    [
        "The slope of K/2 (r - x)^2 is -K (r - x). At the lowest point it makes up for the price p.",
        "The slope in y: 1 - K times what is missing of the first rule. The slope in x: 3 - K times what "
        "is missing of both.",
        "x = 1 minus what is missing of the second rule. x + y = 4 minus what is missing of the first.",
        "For (m) and (n) solve the programme by hand: the cheapest point lies where both rules are just "
        "kept.",
    ],
    follow={"number": _later_programme},
    praise="Right. K times what is missing is the price of a rule: so much would the optimum rise if the "
    "rule asked for one more.",
)


# 8. a problem of one's own


def _vertex_cover(edges, N, states):
    Q, covered = np.zeros((N, N)), np.zeros(N)
    for i, j in edges:
        Q[i, j] = Q[j, i] = 2
        covered[[i, j]] += 2
    cover = problems.Problem(
        problems.Terms(-Q, covered - 1, 2 * len(edges)),
        cost=lambda V: V.sum(),
        violations=lambda V: sum(V[i] == V[j] == 0 for i, j in edges),
    )
    return cover.weights, cover.bias, cover.constant, cover.cost(states), cover.violations(states)


def _cover_in_loops(edges, N, states):
    weights = np.zeros((N, N))
    bias = [-1] * N
    constant = 0
    for i, j in edges:
        weights[i, j] = weights[i, j] - 2
        weights[j, i] = weights[j, i] - 2
        bias[i] = bias[i] + 2
        bias[j] = bias[j] + 2
        constant = constant + 2
    costs = []
    broken = []
    for V in states:
        open_edges = 0
        for i, j in edges:
            if V[i] + V[j] == 0:
                open_edges = open_edges + 1
        costs.append(V.sum())
        broken.append(open_edges)
    return weights, bias, constant, costs, broken


def _covered(
    weights: Callable[..., Any] = lambda Q, degree, K: -2 * Q,
    bias: Callable[..., Any] = lambda Q, degree, K: 2 * degree - 1,
    constant: Callable[..., Any] = lambda Q, degree, K: 2 * K,
    cost: Callable[..., Any] = lambda V, edges: V.sum(),
    broken: Callable[..., Any] = lambda V, edges: sum(V[i] == V[j] == 0 for i, j in edges),
) -> Callable[..., Any]:
    """A wrong answer, part by part."""

    def answer(edges: Any, N: int, states: Any) -> Any:
        Q = np.zeros((N, N))
        for i, j in edges:
            Q[i, j] = Q[j, i] = 1
        parts = [part(Q, Q.sum(axis=1), len(edges)) for part in (weights, bias, constant)]
        counts = [np.array([part(V, edges) for V in states], float) for part in (cost, broken)]
        return *parts, *counts

    return answer


def _energies(
    weights: Callable[..., Any], bias: Callable[..., Any], constant: Callable[..., Any]
) -> Callable[..., Any]:
    return _covered(weights, bias, constant)


_COVERS = [
    # edges, number of units
    ([(0, 1), (1, 2)], 3),  # the example: a path
    ([(0, 1), (0, 2), (0, 3)], 4),  # a star
    ([(0, 1), (1, 2), (2, 0)], 3),  # a triangle
    ([(1, 2)], 4),  # the first and the last unit have no edge
    ([(0, 2), (2, 4), (4, 1), (1, 3), (3, 0)], 5),  # a ring
    ([(3, 0), (3, 1), (0, 1), (2, 3), (2, 0)], 4),
]


def _states_of(N: int) -> Array:
    return np.arange(2**N)[:, None] >> np.arange(N) & 1


def _cover_trials(rng: np.random.Generator) -> Trials:
    trials: Trials = [(np.array(edges), N, _states_of(N)) for edges, N in _COVERS]
    for N, K in ((5, 5), (6, 8)):
        all_pairs = np.array([(i, j) for i in range(N) for j in range(i)])
        states = rng.integers(2, size=(12, N))
        trials.append((rng.permutation(all_pairs)[:K], N, states))
    return trials


def _first_ends(edges: Any, N: int, states: Any) -> Any:
    W, _, constant, costs, broken = _vertex_cover(edges, N, states)
    return W, 2 * np.bincount(edges[:, 0], minlength=N) - 1.0, constant, costs, broken


def _taken_once_each(edges: Any, N: int, states: Any) -> Any:
    """NumPy changes a place that comes several times in one statement only once."""
    W, _, constant, costs, broken = _vertex_cover(edges, N, states)
    bias = -np.ones(N)
    bias[edges[:, 0]] += 2
    bias[edges[:, 1]] += 2
    return W, bias, constant, costs, broken


def _with_strength(A: float) -> Callable[..., Any]:
    return _covered(
        lambda Q, degree, K: -A * Q, lambda Q, degree, K: A * degree - 1, lambda Q, degree, K: A * K
    )


def _another_strength(seen: list[Any], wanted: list[Any], trials: Trials) -> bool:
    """Whether all results are those of one strength."""
    A = float(seen[0][2]) / len(trials[0][0])
    right = _with_strength(A)
    return A > 0 and all(
        same(part, due)
        for value, case in zip(seen, trials, strict=True)
        for part, due in zip(value, right(*case), strict=True)
    )


_STRENGTH = "another strength"

vertex_cover = TellingCheck(
    _vertex_cover,
    _cover_trials,
    [
        Mistake(
            "independent set",
            _covered(bias=lambda Q, degree, K: degree * 0 - 1, constant=lambda Q, degree, K: 0 * K),
            "You punish edges with BOTH ends on. An edge is left open if both ends are OFF.",
        ),
        Mistake(
            "exactly one end",
            _covered(
                lambda Q, degree, K: -4 * Q, lambda Q, degree, K: 2 * degree - 1, lambda Q, degree, K: 2 * K
            ),
            "In your energy an edge with both ends on costs 2 as well, as if exactly one were wanted. Your "
            "weights are twice too large.",
        ),
        Mistake(
            "exactly one end, by `exactly`",
            _covered(lambda Q, degree, K: -2 * Q, lambda Q, degree, K: degree - 1, lambda Q, degree, K: K),
            "Your energy wants exactly one end of each edge. Two are allowed as well.",
        ),
        Mistake(
            "units cost nothing",
            _covered(bias=lambda Q, degree, K: 2 * degree),
            "In your energy units cost nothing: then all on is as good as any cover.",
        ),
        Mistake(
            "units wanted",
            _covered(bias=lambda Q, degree, K: 2 * degree + 1),
            "In your energy every unit that is on SAVES one. It should cost one.",
        ),
        Mistake(
            "inputs of the wrong sign",
            _covered(bias=lambda Q, degree, K: 1 - 2 * degree),
            "Your inputs have the wrong sign: the energy has a minus before them.",
        ),
        Mistake(
            "degree forgotten",
            _covered(bias=lambda Q, degree, K: 0 * degree + 1),
            "A unit closes all of its edges. So its input grows with their number.",
        ),
        Mistake(
            "own cost only",
            _covered(bias=lambda Q, degree, K: 0 * degree - 1),
            "Your inputs hold the cost of a unit only. Multiply out (1 - V_i)(1 - V_j): each edge adds "
            "to the inputs of both of its ends.",
        ),
        Mistake(
            "half of the degree",
            _covered(bias=lambda Q, degree, K: degree - 1),
            "Each edge gives 2 to the inputs of both of its ends.",
        ),
        Mistake(
            "weights positive",
            _covered(lambda Q, degree, K: 2 * Q),
            "Multiply out 2 (1 - V_i)(1 - V_j): the product V_i V_j has a plus, and the energy a minus "
            "before its weights.",
        ),
        Mistake(
            "weights halved",
            _covered(lambda Q, degree, K: -Q),
            "The energy has 1/2 before a sum that meets each pair twice. So the weight is minus the whole "
            "factor of V_i V_j.",
        ),
        Mistake(
            "no weights",
            _covered(lambda Q, degree, K: 0 * Q),
            "Without weights an edge is closed twice if both ends are on. Multiply out: there is a product.",
        ),
        Mistake(
            "open edges cost one",
            _energies(lambda Q, degree, K: -Q, lambda Q, degree, K: degree - 1, lambda Q, degree, K: K),
            "In your energy an open edge costs 1. Then to leave it open is as cheap as to close it. The "
            "exercise says 2.",
        ),
        Mistake(
            "each edge twice",
            _energies(
                lambda Q, degree, K: -4 * Q, lambda Q, degree, K: 4 * degree - 1, lambda Q, degree, K: 4 * K
            ),
            "In your energy an open edge costs 4. Is each edge counted from both of its ends?",
        ),
        Mistake(
            _STRENGTH,
            _with_strength(3),
            "Your energy would be right for another strength. Here an open edge costs 2.",
        ),
        Mistake(
            "inputs overwritten",
            _covered(bias=lambda Q, degree, K: 2 * np.minimum(degree, 1) - 1),
            "A unit gets 2 for EACH of its edges. `=` overwrites what is there; `+=` adds to it.",
        ),
        Mistake(
            "a place counts once",
            _taken_once_each,
            "`bias[edges[:, 0]] += 2` changes a place once, however often it comes. Go through the edges one "
            "by one.",
        ),
        Mistake(
            "inputs of first ends only",
            _first_ends,
            "In each row of `edges`, only the first unit gets its input. Both ends can close the edge.",
        ),
        Mistake(
            "independent set, in the violations too",
            _covered(
                bias=lambda Q, degree, K: degree * 0 - 1,
                constant=lambda Q, degree, K: 0 * K,
                broken=lambda V, edges: sum(V[i] * V[j] for i, j in edges),
            ),
            "You punish edges with BOTH ends on, and count them. An edge is left open if both ends are OFF.",
        ),
        Mistake(
            "constant forgotten",
            _covered(constant=lambda Q, degree, K: 0),
            "With all units off every edge is open, and each costs 2. That is the constant.",
        ),
        Mistake(
            "constant of a single edge",
            _covered(constant=lambda Q, degree, K: 2),
            "Your constant is that of a single edge. With all units off EVERY edge is open, and each costs "
            "2.",
        ),
        Mistake(
            "half of the constant",
            _covered(constant=lambda Q, degree, K: K),
            "With all units off every edge is open, and each costs 2.",
        ),
        Mistake(
            "constant negative",
            _covered(constant=lambda Q, degree, K: -2 * K),
            "With all units off every edge is open. That costs energy, it does not save any.",
        ),
        Mistake(
            "cost not given",
            lambda edges, N, states: _with_energy_as_cost(edges, N, states),
            "Your cost is the energy, which `Problem` takes if no cost is given. Hand over `cost=`: how "
            "many units are on?",
        ),
        Mistake(
            "units that are off",
            _covered(cost=lambda V, edges: (1 - V).sum()),
            "Your cost counts the units that are OFF.",
        ),
        Mistake(
            "all states together",
            lambda edges, N, states: _put_cost(_vertex_cover(edges, N, states), states.sum()),
            "Every state gets the same cost: `cost` adds up ALL states. It is a function of one state, its "
            "argument.",
        ),
        Mistake(
            "cost of edges",
            _covered(cost=lambda V, edges: sum(V[i] + V[j] for i, j in edges)),
            "Your cost counts a unit once for each of its edges. A unit costs one, however many it has.",
        ),
        Mistake(
            "violations not given",
            _covered(broken=lambda V, edges: 0),
            "You find no violation anywhere. `Problem` says 0 if none are given: hand over `violations=`.",
        ),
        Mistake(
            "units off counted as violations",
            _covered(broken=lambda V, edges: (1 - V).sum()),
            "You count units that are off. That breaks no rule; an edge with BOTH ends off does.",
        ),
        Mistake(
            "violations times two",
            _covered(broken=lambda V, edges: 2 * sum(V[i] == V[j] == 0 for i, j in edges)),
            "Your violations are what they cost. Count the open edges.",
        ),
        Mistake(
            "valid or not",
            _covered(broken=lambda V, edges: float(any(V[i] == V[j] == 0 for i, j in edges))),
            "You tell only whether an edge is open. How many are?",
        ),
        Mistake(
            "closed edges",
            _covered(broken=lambda V, edges: sum(V[i] + V[j] > 0 for i, j in edges)),
            "You count the edges that are CLOSED. Open ones break the rule.",
        ),
        Mistake(
            "both ends on",
            _covered(broken=lambda V, edges: sum(V[i] * V[j] for i, j in edges)),
            "You count edges with both ends ON. That is allowed; both ends off is not.",
        ),
        Mistake(
            "one end of two",
            _covered(broken=lambda V, edges: sum(V[i] != V[j] for i, j in edges)),
            "You count edges with one end on and one off. They are closed: open ones have both ends off.",
        ),
        Mistake(
            "inputs of the edges with the wrong sign",
            _covered(bias=lambda Q, degree, K: -2 * degree - 1),
            "In 2 (1 - V_i)(1 - V_j) a unit that is on takes 2 off, and the energy has a minus before its "
            "inputs: each edge raises those of both its ends.",
        ),
        Mistake(
            "both ends wanted",
            _covered(broken=lambda V, edges: sum(V[i] * V[j] == 0 for i, j in edges)),
            "You want both ends of an edge to be on. One is enough.",
        ),
        Mistake(
            "exactly one end in the violations",
            _covered(broken=lambda V, edges: sum(V[i] == V[j] for i, j in edges)),
            "You count edges with both ends on as broken, too. They are closed, only twice.",
        ),
    ],
    [
        "An edge is open if both ends are off: then (1 - V_i)(1 - V_j) is 1, else it is 0. Multiply that "
        "out.",
        "Weights: the factor of V_i V_j, with a minus. Inputs: all that stands before V_i alone, the unit's "
        "own cost of 1 included, with a minus. The constant: what is left.",
        "`problems.Terms(weights, bias, constant)` is the energy. `Problem(terms, cost=..., "
        "violations=...)` takes two functions of one state.",
    ],
    properties=[
        (
            "Five results are wanted: weights, bias, constant, costs, violations.",
            lambda v, edges, N, states: len(v) == 5,
        ),
        given.FIRST_SYMMETRIC,
        ("There is one cost for each state.", lambda v, e, N, s: np.shape(v[3]) == (len(s),)),
    ],
    signs={_STRENGTH: _another_strength},
    errors={
        "out of bounds for array of dimension 1|array is 1-dimensional": "In `cost=` and `violations=`: they "
        "get one state (N,), not a batch, so there is one axis only.",
    },
    also=[_cover_in_loops],
    limits=["no edge is listed twice"],
    praise="Right. With 2 for an open edge it always pays to close it, so the lowest state is the smallest "
    "cover.",
)


def _with_energy_as_cost(edges: Any, N: int, states: Any) -> Any:
    W, bias, constant, costs, broken = _vertex_cover(edges, N, states)
    return W, bias, constant, costs + 2 * broken, broken


def _put_cost(results: Any, cost: Any) -> Any:
    W, bias, constant, costs, broken = results
    return W, bias, constant, np.full(len(costs), cost), broken
