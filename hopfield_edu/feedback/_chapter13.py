"""Checks of chapter 13: log-sum-exp energy, softmax step, features that freeze, attention, stable states."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from hopfield_edu import modern
from hopfield_edu.feedback._core import ExampleCheck, FunctionCheck, Mistake, TableCheck

Trials = list[tuple[Any, ...]]
Array = NDArray[np.float64]


# 1. one step by hand; with beta = ln 2 every exponential is a power of 2

_X = np.array([[2.0, 0.0], [0.0, 1.0], [0.0, -1.0]])
_QUERIES = {"a": (1, 0), "b": (0, 1), "c": (0, 0), "d": (-1, 2)}


def _rows(shares: Any) -> dict[str, list[float]]:
    """For every query its similarities, shares p = shares(z), and the state that they average to."""
    table = {}
    for name, query in _QUERIES.items():
        z = _X @ np.array(query, float)
        p = np.asarray(shares(z), float)
        table[name] = [*map(float, z), *map(float, p), *map(float, p @ _X)]
    return table


def _by_halves(z: Array) -> Array:
    return 2**z / (2**z).sum()


attention_table = TableCheck(
    "attention_table",
    _rows(_by_halves),
    ["z1", "z2", "z3", "p1", "p2", "p3", "new y1", "new y2"],
    [
        Mistake(
            "beta forgotten",
            _rows(lambda z: np.exp(z) / np.exp(z).sum()),
            "These are shares for beta = 1. Here beta = ln 2, so e^(beta z) is a power of 2.",
        ),
        Mistake(
            "not divided by the sum",
            _rows(lambda z: 2**z),
            "Your shares do not add up to 1: divide each power by the sum of all three.",
        ),
        Mistake(
            "argmax instead of softmax",
            _rows(lambda z: (z == z.max()) / (z == z.max()).sum()),
            "You gave everything to the best match. That is the limit of large beta; here all three count.",
        ),
        Mistake(
            "shares without exponentials",
            _rows(lambda z: z / z.sum() if z.sum() else z),
            "Shares proportional to the similarities themselves may be negative. The exponential comes "
            "first.",
        ),
        Mistake(
            "the opposite sign in the exponent",
            _rows(lambda z: _by_halves(-z)),
            "The least similar pattern gets most of your attention: the exponent has the wrong sign.",
        ),
        Mistake(
            "twice beta",
            _rows(lambda z: _by_halves(2 * z)),
            "Your powers are powers of 4. With beta = ln 2 the pattern with z = 1 weighs 2, not 4.",
        ),
    ],
    [
        "z is the inner product of the query with each pattern; the first pattern is (2, 0).",
        "e^(z ln 2) = 2^z. Write the three powers of 2, then divide each by their sum.",
        "The new state is p1 (2, 0) + p2 (0, 1) + p3 (0, -1).",
    ],
    properties=[
        (
            "A share lies between 0 and 1.",
            lambda entry, row, column: not column.startswith("p") or 0 <= entry <= 1,
        ),
    ],
    praise="Right. Compare, weigh, average: you have computed twelve shares of attention by hand.",
)


# 2. the energy

_CLOSE = np.array([[30.0, 1.0], [30.0, -1.0]])  # two exponents, both beyond what exp can do,
_FAR = np.array([30.0, 1.0])  # 901 and 899; with a minus sign both are far below zero


def _lse(z: Array, beta: float) -> float:
    top = z.max()
    return float(top + np.log(np.exp(beta * (z - top)).sum()) / beta)


def _lse_with(z: Array, beta: float, top: float) -> float:
    """The same with something else than the maximum taken out of the sum."""
    return float(top + np.log(np.exp(beta * (z - top)).sum()) / beta)


def _lse_energy(patterns, state, beta):
    return -_lse(patterns @ state, beta) + state @ state / 2


def _energy_trials(rng: np.random.Generator) -> Trials:
    trials = [
        (rng.normal(size=(M, N)).round(1), rng.normal(size=N).round(1), beta)
        for M, N, beta in ((2, 2, 1.0), (2, 2, 0.5), (3, 3, 2.0), (4, 2, 3.0), (2, 5, 0.3), (1, 3, 1.5))
    ]
    big = rng.choice([-1.0, 1.0], (3, 40))
    trials += [(big, 2 * big[0], 20.0), (big, -3 * big[1], 15.0)]
    return trials + [(_CLOSE, sign * _FAR, 1.0) for sign in (1, -1)]


def _quietly(function: Any) -> Any:
    """The same function, with overflows that are part of the mistake kept quiet."""

    def quiet(*args):
        with np.errstate(all="ignore"):
            return function(*args)

    return quiet


lse_energy = FunctionCheck(
    _lse_energy,
    _energy_trials,
    [
        Mistake(
            "no maximum subtracted",
            _quietly(lambda x, y, b: -np.log(np.exp(b * (x @ y)).sum()) / b + y @ y / 2),
            "On paper this is right. But e^710 is already too large for a float: pull the largest similarity "
            "out of the sum first, so that no exponent is above zero.",
        ),
        Mistake(
            "maximum not added back",
            lambda x, y, b: -(_lse(x @ y, b) - (x @ y).max()) + y @ y / 2,
            "You subtracted the largest similarity inside the exponentials. Outside the logarithm it must "
            "come back, or every state has a different zero of energy.",
        ),
        Mistake(
            "one half missing",
            lambda x, y, b: -_lse(x @ y, b) + y @ y,
            "The parabola has a factor one half; without it the slope of the energy is not y - X'p.",
        ),
        Mistake(
            "sign of the log-sum-exp",
            lambda x, y, b: _lse(x @ y, b) + y @ y / 2,
            "States that resemble a pattern must lie low: the lse carries a minus sign.",
        ),
        Mistake(
            "sign of the whole energy",
            lambda x, y, b: -_lse_energy(x, y, b),
            "This is minus the energy: the parabola must hold the state back, not push it away.",
        ),
        Mistake(
            "parabola missing",
            lambda x, y, b: -_lse(x @ y, b),
            "Without the parabola the energy falls for ever as the state grows.",
        ),
        Mistake(
            "sign of the parabola",
            lambda x, y, b: -_lse(x @ y, b) - y @ y / 2,
            "A parabola with a minus sign pushes the state to infinity instead of holding it back.",
        ),
        Mistake(
            "beta forgotten",
            lambda x, y, b: -_lse(x @ y, 1.0) + y @ y / 2,
            "This is the energy for beta = 1, whatever beta is.",
        ),
        Mistake(
            "1/beta forgotten",
            lambda x, y, b: -b * _lse(x @ y, b) + y @ y / 2,
            "The exponent holds beta, and the logarithm gives it back: divide it by beta.",
        ),
        Mistake(
            "beta only before the logarithm",
            lambda x, y, b: -_lse(x @ y, 1.0) / b + y @ y / 2,
            "1/beta is there, but the exponents lack their beta.",
        ),
        Mistake(
            "mean in place of the sum",
            lambda x, y, b: -_lse(x @ y, b) + np.log(len(x)) / b + y @ y / 2,
            "You took the mean of the exponentials. It differs by a constant, log(M)/beta, which this "
            "exercise "
            "leaves out.",
        ),
        Mistake(
            "largest size subtracted",
            _quietly(lambda x, y, b: -_lse_with(x @ y, b, np.abs(x @ y).max()) + y @ y / 2),
            "You subtract the largest absolute value. If all similarities are far below zero, the exponents "
            "then are twice as far, every exponential is zero, and its logarithm infinite.",
        ),
        Mistake(
            "exponents clipped",
            lambda x, y, b: -np.log(np.exp(np.clip(b * (x @ y), -700, 700)).sum()) / b + y @ y / 2,
            "No overflow, but two similarities beyond the limit now count alike, and the energy is that of "
            "the limit. Subtracting the largest one changes nothing.",
        ),
        Mistake(
            "exponents capped",
            _quietly(lambda x, y, b: -np.log(np.exp(np.minimum(b * (x @ y), 700)).sum()) / b + y @ y / 2),
            "A cap prevents the overflow, but what lies beyond counts as if it were at the cap. "
            "Subtracting the largest similarity changes nothing.",
        ),
        Mistake(
            "maximum added back without 1/beta",
            lambda x, y, b: -(_lse(x @ y, b) - (x @ y).max() + b * (x @ y).max()) + y @ y / 2,
            "You took the maximum of beta z out of the sum and added it back after the division by beta. "
            "It belongs inside: the whole logarithm is divided.",
        ),
        Mistake(
            "maximum divided by beta twice",
            lambda x, y, b: -(_lse(x @ y, b) - (x @ y).max() + (x @ y).max() / b) + y @ y / 2,
            "Your maximum is one of z itself, without beta, and you divide it by beta when it comes back.",
        ),
        Mistake(
            "constants of the library",
            lambda x, y, b: _lse_energy(x, y, b) + np.log(len(x)) / b + (x**2).sum(axis=1).max() / 2,
            "This is the energy as the library gives it, with two constants that keep it from being "
            "negative. Here it is asked for without them.",
        ),
        Mistake(
            "patterns transposed",
            lambda x, y, b: _lse_energy(x.T, y, b),
            "Patterns are rows. You multiplied the state with columns, which works only if M = N.",
        ),
    ],
    [
        "Three lines: the similarities z, their log-sum-exp, and the energy.",
        "`patterns @ state` gives all M similarities at once.",
        "lse = top + log(sum(exp(beta (z - top)))) / beta with top = max z: why is that the same number?",
    ],
    praise="Right, also where the plain formula would overflow.",
)


# 3. the step, for a batch


def _shares(z: Array, axis: int | None = -1) -> Array:
    e = np.exp(z - z.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


def _softmax_step(patterns, states, beta):
    return _shares(beta * states @ patterns.T) @ patterns


def _step_trials(rng: np.random.Generator) -> Trials:
    trials = [
        (rng.normal(size=(M, N)).round(1), rng.normal(size=(B, N)).round(1), beta)
        for M, N, B, beta in ((2, 2, 2, 2.0), (2, 3, 2, 0.5), (3, 3, 3, 1.5), (4, 3, 2, 3.0), (3, 5, 4, 0.7))
    ]
    big = rng.choice([-1.0, 1.0], (3, 40))
    far = np.array([30.0 * big[0], 0.01 * big[1]])
    return [*trials, (big, far, 1.0), (big, far, 0.2), (_CLOSE, np.array([_FAR, -_FAR]), 1.0)]


def _naive_step(x, y, b):
    e = np.exp(b * y @ x.T)
    return e / e.sum(axis=1, keepdims=True) @ x


def _one_top(x, y, b):
    e = np.exp(b * y @ x.T - (b * y @ x.T).max())
    return e / e.sum(axis=1, keepdims=True) @ x


def _plain(e):
    """Shares of exponentials that are given."""
    return e / e.sum(axis=1, keepdims=True)


def _unweighed(x, y, b):
    z = b * y @ x.T
    return np.exp(z - z.max(axis=1, keepdims=True)) @ x


_LARGEST_SIZE = (
    "You subtract the largest absolute value. In a row in which all exponents are far below zero, they "
    "then are twice as far, all exponentials are zero, and 0/0 is no number."
)
_CLIPPED = (
    "Your limit prevents the overflow, but two exponents beyond it count alike, however much they differ. "
    "Subtracting the largest of each row changes no share."
)


def _less_size(z: Array) -> Array:
    return z - np.abs(z).max(axis=1, keepdims=True)


softmax_step = FunctionCheck(
    _softmax_step,
    _step_trials,
    [
        Mistake(
            "no maximum subtracted",
            _quietly(_naive_step),
            "For large similarities the exponentials overflow, and infinity by infinity is no number. "
            "Subtract "
            "each state's largest exponent first: numerator and denominator change by the same factor.",
        ),
        Mistake(
            "one maximum for all states",
            _quietly(_one_top),
            "You subtract the largest exponent of the whole batch. For a state far below it all exponentials "
            "become zero, and 0/0 is no number: every row has its own largest exponent.",
        ),
        Mistake(
            "largest size subtracted",
            _quietly(lambda x, y, b: _plain(np.exp(_less_size(b * y @ x.T))) @ x),
            _LARGEST_SIZE,
        ),
        Mistake(
            "exponents clipped",
            lambda x, y, b: _plain(np.exp(np.clip(b * y @ x.T, -700, 700))) @ x,
            _CLIPPED,
        ),
        Mistake(
            "exponents capped",
            _quietly(lambda x, y, b: _plain(np.exp(np.minimum(b * y @ x.T, 700))) @ x),
            _CLIPPED,
        ),
        Mistake(
            "the opposite sign in the exponent",
            lambda x, y, b: _shares(-b * y @ x.T) @ x,
            "The least similar pattern gets most of the attention: the exponent has the wrong sign.",
        ),
        Mistake(
            "softmax over the wrong axis",
            lambda x, y, b: _shares(b * y @ x.T, 0) @ x,
            "Your shares add up to 1 over the states of the batch. Every state divides its own "
            "attention among "
            "the patterns: with one row per state, that is the last axis.",
        ),
        Mistake(
            "softmax over everything",
            lambda x, y, b: _shares(b * y @ x.T, None) @ x,
            "All states together share an attention of 1. Every single one has its own.",
        ),
        Mistake(
            "not divided by the sum",
            _unweighed,
            "The exponentials have not been divided by their sum, so they are no shares.",
        ),
        Mistake(
            "beta forgotten",
            lambda x, y, b: _shares(y @ x.T) @ x,
            "This is the step for beta = 1, whatever beta is.",
        ),
        Mistake(
            "beta outside the softmax",
            lambda x, y, b: b * _shares(y @ x.T) @ x,
            "beta belongs into the exponent; you multiplied the result with it.",
        ),
        Mistake(
            "temperature instead of beta",
            lambda x, y, b: _shares(y @ x.T / b) @ x,
            "You divided by beta. beta = 1/T is an inverse temperature: it multiplies.",
        ),
        Mistake(
            "argmax instead of softmax",
            lambda x, y, b: x[np.argmax(y @ x.T, axis=1)],
            "You return the most similar pattern. That is the limit of large beta; a step averages.",
        ),
        Mistake(
            "attention in place of the state",
            lambda x, y, b: _shares(b * y @ x.T),
            "These are the shares. The new state is the average of the patterns, weighted with them.",
        ),
        Mistake(
            "patterns transposed",
            lambda x, y, b: _shares(b * y @ x) @ x.T,
            "Patterns are rows: the similarities of all states with all patterns are `states @ patterns.T`.",
        ),
        Mistake(
            "added to the old state",
            lambda x, y, b: y + _softmax_step(x, y, b),
            "You added the average to the old state, as a residual connection does. Here it replaces it.",
        ),
        Mistake(
            "two steps",
            lambda x, y, b: _softmax_step(x, _softmax_step(x, y, b), b),
            "You took two steps. One is wanted.",
        ),
        Mistake(
            "distances in place of products",
            lambda x, y, b: _shares(-b * ((y[:, None] - x) ** 2).sum(axis=2) / 2) @ x,
            "You compare by distance. It ranks patterns of equal norm in the same way, but not these: "
            "the step "
            "uses inner products.",
        ),
    ],
    [
        "Compare, weigh, average: a matrix product, a softmax, a matrix product.",
        "Check the shapes: (B, N) with (N, M) gives (B, M), a row for each state.",
        "Subtract from each row its largest entry before you exponentiate: `z.max(axis=1, keepdims=True)`.",
    ],
    praise="Right for every row of the batch, also where exponents lie far above zero, or all far below. "
    "Two matrix products with a softmax between them are enough.",
)


# 4. features that freeze, by hand

_FREEZING = {
    "beta_c": [1 / 50, 1 / 8, 1 / 2],
    "separation": [4, 4, 4],
    "stable states": [1, 2, 8],
}


def _freezing(**rows: list[float]) -> dict[str, list[float]]:
    return _FREEZING | {name.replace("_states", " states"): row for name, row in rows.items()}


freezing_table = TableCheck(
    "freezing_table",
    _FREEZING,
    ["first", "second", "third"],
    [
        Mistake(
            "twice too small a beta",
            _freezing(beta_c=[1 / 100, 1 / 16, 1 / 4]),
            "Half the difference of two patterns has n entries of +1 or -1: its square norm is n, not 2n.",
        ),
        Mistake(
            "four times too small a beta",
            _freezing(beta_c=[1 / 200, 1 / 32, 1 / 8]),
            "4n is the square distance of two patterns. The step along the line between them is "
            "tanh(beta n m), with m = 1 and m = -1 at the patterns themselves.",
        ),
        Mistake(
            "beta turned upside down",
            _freezing(beta_c=[50, 8, 2]),
            "That is the temperature T. beta is 1/T.",
        ),
        Mistake(
            "differing cells in place of the product",
            _freezing(separation=[2, 2, 2]),
            "A cell that differs changes its product from +1 to -1: by 2.",
        ),
        Mistake(
            "each feature for itself",
            _freezing(separation=[100, 16, 4]),
            "The separation is counted to the most similar of all others. Which feature can be changed "
            "at the "
            "lowest price, for every pattern?",
        ),
        Mistake(
            "separation from the least similar",
            _freezing(separation=[120, 120, 120]),
            "You compared with the pattern that differs in all three features. The nearest one decides.",
        ),
        Mistake(
            "frozen features counted, not their combinations",
            _freezing(stable_states=[0, 1, 3]),
            "You counted features. With k frozen features there is a stable state for each combination "
            "of them.",
        ),
        Mistake(
            "two states for each frozen feature",
            _freezing(stable_states=[1, 2, 6]),
            "Combinations multiply: two choices for one feature, four for two of them.",
        ),
        Mistake(
            "one feature too many",
            _freezing(stable_states=[2, 4, 8]),
            "At beta = 0.015 not even the largest feature is frozen: 0.015 < 1/50. And 0.1 < 1/8.",
        ),
    ],
    [
        "Between two patterns that differ in n cells the step is m <- tanh(beta n m). When does it "
        "leave zero?",
        "The nearest of the other seven differs in the smallest feature only.",
        "At each of the three betas: which features are frozen? Each of them doubles the number of states.",
    ],
    praise="Right: big features freeze first, and each doubles the number of stable states.",
)


# 5. attention


def _scaled_attention(queries, keys, values):
    return _shares(queries @ keys.T / np.sqrt(queries.shape[1])) @ values


def _attention_trials(rng: np.random.Generator) -> Trials:
    shapes = ((2, 2, 2, 2), (3, 3, 3, 3), (2, 3, 4, 4), (4, 3, 5, 2), (1, 4, 3, 3), (3, 5, 2, 6))
    return [
        (
            rng.normal(size=(B, d)).round(1),
            rng.normal(size=(M, d)).round(1),
            rng.normal(size=(M, D)).round(1),
        )
        for B, M, d, D in shapes
    ] + [
        (100 * rng.normal(size=(2, 4)), 100 * rng.normal(size=(3, 4)), rng.normal(size=(3, 2))),
        (np.array([[40.0, 1], [1, 1], [-40, -1]]), np.array([[40.0, 1], [40, -1]]), np.eye(2)),
    ]


def _scores(q, k):
    return q @ k.T / np.sqrt(q.shape[1])


scaled_attention = FunctionCheck(
    _scaled_attention,
    _attention_trials,
    [
        Mistake(
            "no maximum subtracted",
            _quietly(lambda q, k, v: _plain(np.exp(_scores(q, k))) @ v),
            "Right on paper, but large scores overflow: subtract the largest score of each row first.",
        ),
        Mistake(
            "one maximum for all queries",
            _quietly(lambda q, k, v: _plain(np.exp(_scores(q, k) - _scores(q, k).max())) @ v),
            "You subtract the largest score of all queries together. Where a query's scores are far below "
            "it, all exponentials become zero, and 0/0 is no number: every row has its own.",
        ),
        Mistake(
            "largest size subtracted",
            _quietly(lambda q, k, v: _plain(np.exp(_less_size(_scores(q, k)))) @ v),
            _LARGEST_SIZE,
        ),
        Mistake(
            "exponents clipped",
            lambda q, k, v: _plain(np.exp(np.clip(_scores(q, k), -700, 700))) @ v,
            _CLIPPED,
        ),
        Mistake(
            "exponents capped",
            _quietly(lambda q, k, v: _plain(np.exp(np.minimum(_scores(q, k), 700))) @ v),
            _CLIPPED,
        ),
        Mistake(
            "the opposite sign in the exponent",
            lambda q, k, v: _shares(-_scores(q, k)) @ v,
            "The key least like the query gets most of the attention: the exponent has the wrong sign.",
        ),
        Mistake(
            "softmax over everything",
            lambda q, k, v: _shares(_scores(q, k), None) @ v,
            "All queries together share an attention of 1. Every single one has its own.",
        ),
        Mistake(
            "scaled after the softmax",
            lambda q, k, v: _shares(q @ k.T) / np.sqrt(q.shape[1]) @ v,
            "You divide the shares by the root of d, so that they no longer add up to 1. It is the scores "
            "that are scaled, before the softmax.",
        ),
        Mistake(
            "not divided by the sum",
            lambda q, k, v: np.exp(_scores(q, k) - _scores(q, k).max(axis=1, keepdims=True)) @ v,
            "The exponentials have not been divided by their sum, so they are no shares.",
        ),
        Mistake(
            "square root of d forgotten",
            lambda q, k, v: _shares(q @ k.T) @ v,
            "The scores are not scaled. What is beta in attention?",
        ),
        Mistake(
            "multiplied by the square root",
            lambda q, k, v: _shares(q @ k.T * np.sqrt(q.shape[1])) @ v,
            "You multiplied by the square root of d. It divides: inner products of long vectors are large.",
        ),
        Mistake(
            "divided by d",
            lambda q, k, v: _shares(q @ k.T / q.shape[1]) @ v,
            "You divided by d itself. The spread of an inner product of random vectors grows with its root.",
        ),
        Mistake(
            "the wrong d",
            lambda q, k, v: _shares(q @ k.T / np.sqrt(len(k))) @ v,
            "You scaled by the number of keys. d is the number of features of a key.",
        ),
        Mistake(
            "d of the values",
            lambda q, k, v: _shares(q @ k.T / np.sqrt(v.shape[1])) @ v,
            "You scaled by the length of a value. Scores are made of queries and keys: their length counts.",
        ),
        Mistake(
            "keys and values swapped",
            lambda q, k, v: _shares(q @ v.T / np.sqrt(q.shape[1])) @ k,
            "You compare with the values and average the keys. Keys are for finding, values for taking.",
        ),
        Mistake(
            "keys returned",
            lambda q, k, v: _shares(q @ k.T / np.sqrt(q.shape[1])) @ k,
            "You average the keys. That is the Hopfield step; attention averages the values.",
        ),
        Mistake(
            "softmax over the wrong axis",
            lambda q, k, v: _shares(q @ k.T / np.sqrt(q.shape[1]), 0) @ v,
            "The shares must add up to 1 for every query, over the keys.",
        ),
        Mistake(
            "queries and keys swapped",
            lambda q, k, v: _shares(k @ q.T / np.sqrt(q.shape[1])) @ v,
            "The scores have a row for each query, and a column for each key.",
        ),
        Mistake(
            "argmax instead of softmax",
            lambda q, k, v: v[np.argmax(q @ k.T, axis=1)],
            "You look up the value of the best key, as a dictionary does. Attention is a soft dictionary.",
        ),
        Mistake(
            "no softmax",
            lambda q, k, v: q @ k.T / np.sqrt(q.shape[1]) @ v,
            "The raw scores are no shares. (Without softmax it is called linear attention.)",
        ),
    ],
    [
        "It is your step of exercise 3 with three changes: which roles do keys and values play?",
        "beta is 1/sqrt(d), where d is the number of columns of the queries and of the keys.",
    ],
    praise="Right. It would run in a transformer as it is.",
)


# 6. the loudest wins: a hunt


def _fits(X: Array, *vectors: Array) -> bool:
    good = X.ndim == 2 and 2 <= len(X) <= 6 and 1 <= X.shape[1] <= 6
    return good and all(v.shape == (X.shape[1],) for v in vectors)


def _winner(X: Array, y: Array) -> tuple[int, int, float]:
    """The nearest pattern, the one most attended to at beta = 10, and its share."""
    p = modern.Network(X, 10.0).attention(y)
    return int(np.linalg.norm(X - y, axis=1).argmin()), int(p.argmax()), float(p.max())


def _as_near(X: Array, y: Array) -> bool:
    """Whether the pattern most attended to shares the smallest distance with another one."""
    D, wins = np.linalg.norm(X - y, axis=1), _winner(X, y)[1]
    near = D <= D.min() + 1e-9 * max(D.max(), 1e-300)
    return bool(near[wins] and near.sum() > 1)


def _equal_norms(X: Array) -> bool:
    norms = np.linalg.norm(X, axis=1)
    return bool(np.ptp(norms) <= 1e-9 * max(norms.max(), 1e-300))


def _loud_told(X: Array, y: Array) -> str:
    near, wins, share = _winner(X, y)
    D = np.linalg.norm(X - y, axis=1)
    return (
        f"Pattern {near + 1} is at a distance of {D[near]:.3g}, pattern {wins + 1} at {D[wins]:.3g}, "
        f"and yet the "
        f"latter gets {100 * share:.1f} % of the attention: it is the longer one."
    )


loudest = ExampleCheck(
    "loudest",
    ["patterns", "query"],
    ([[1.0, 0.0], [3.0, 1.0]], [1.0, 0.0]),
    [
        Mistake(
            "wrong shapes",
            ([[1.0, 0.0], [3.0, 1.0]], [1.0, 0.0, 0.0]),
            "Hand over 2 to 6 patterns with 1 to 6 features each, as rows, and a query with as many "
            "features.",
            lambda X, y: not _fits(X, y),
        ),
        Mistake(
            "too large",
            ([[1.0, 0.0], [1e200, 1.0]], [1.0, 0.0]),
            "Keep every number between -1000000 and 1000000: an example needs no large ones.",
            lambda X, y: max(np.abs(X).max(), np.abs(y).max()) > 1e6,
        ),
        Mistake(
            "equal norms",
            ([[1.0, 0.0], [0.0, 1.0]], [1.0, 0.2]),
            "All your patterns are equally long. Then |x - y|² = |x|² + |y|² - 2 x·y is smallest where the "
            "product is largest, and the nearest always wins. Make one longer.",
            lambda X, y: _equal_norms(X),
        ),
        Mistake(
            "no clear winner",
            ([[1.0, 0.0], [1.01, 0.0]], [1.0, 0.0]),
            "No pattern gets more than 0.99 of the attention at beta = 10. Make the products differ by more.",
            lambda X, y: _winner(X, y)[2] <= 0.99,
        ),
        Mistake(
            "a tie of distances",
            ([[1.0, 0.0], [3.0, 0.0]], [2.0, 0.0]),
            "The pattern that wins is as near as another one: nobody is nearer. Move the query a little "
            "towards the one that loses.",
            _as_near,
        ),
        Mistake(
            "the nearest wins",
            ([[1.0, 0.0], [0.0, 2.0]], [1.0, 0.0]),
            "Here the nearest pattern wins. Which product would beat x·y of the nearest? One with a longer "
            "pattern in nearly the same direction.",
            lambda X, y: _winner(X, y)[0] == _winner(X, y)[1],
        ),
    ],
    [
        "Two patterns in the plane are enough, even on a line.",
        "Let the query be the first pattern itself. Which second pattern has a larger product with it?",
        "In terms of the chapter: you look for a pattern with a negative separation.",
    ],
    praise=_loud_told,
)


# 7. more stable states than patterns: an open hunt


def _stable(X: Array, beta: float) -> Array:
    """Stable states at which steps from the patterns, and from the means of any of them, arrive."""
    net = modern.Network(X, beta)
    M = len(X)
    subsets = (np.arange(1, 2**M)[:, None] >> np.arange(M)) & 1
    starts = subsets @ X / subsets.sum(axis=1, keepdims=True)
    ends = net.recall(starts, tol=1e-12, max_steps=5000)
    found: list[Array] = []
    for end in ends.final[np.asarray(ends.converged)]:
        near = 1e-5 * np.linalg.norm(X, axis=1).max()
        if all(np.linalg.norm(end - other) > near for other in found) and net.growth(end) < 1 - 1e-6:
            found.append(end)
    return np.array(found).reshape(-1, X.shape[1])


def _distinct(X: Array) -> bool:
    return len(np.unique(X.round(9), axis=0)) == len(X)


def _more_told(X: Array, beta: Array) -> str:
    found, listed = len(_stable(X, float(beta))), len(modern.fixed_points(X, float(beta))[0])
    more = found - len(X)
    text = (
        f"{found} stable states for {len(X)} patterns: {'one' if more == 1 else more} more than were stored."
    )
    text += " Can you get two more?" if more == 1 else " That answers the last question, too."
    if listed < found:
        text += f" (`modern.fixed_points` lists {listed}: to the others lead means of some of the patterns.)"
    return text


_TRIANGLE = [[1.0, 0.0], [-0.5, 0.75**0.5], [-0.5, -(0.75**0.5)]]

more_states = ExampleCheck(
    "more_states",
    ["patterns", "beta"],
    (_TRIANGLE, 1.95),
    [
        Mistake(
            "wrong shapes",
            ([1.0, 0.0, 1.0], 1.0),
            "Hand over 2 to 6 patterns with 1 to 6 features each, as rows.",
            lambda X, beta: not _fits(X),
        ),
        Mistake(
            "too large",
            ([[1e200, 0.0], [0.0, 1.0]], 1.0),
            "Keep every number of the patterns between -100 and 100: larger ones do nothing that a larger "
            "beta could not do.",
            lambda X, beta: np.abs(X).max() > 100,
        ),
        Mistake(
            "beta is a list",
            (_TRIANGLE, [1.95]),
            "One number is wanted for beta, without brackets; yours is a list or an array.",
            lambda X, beta: beta.ndim > 0,
        ),
        Mistake(
            "beta not above zero",
            (_TRIANGLE, 0.0),
            "At beta = 0 all patterns count alike, whatever the state, and below zero the least similar "
            "wins. Hand over a beta above zero.",
            lambda X, beta: beta <= 0,
        ),
        Mistake(
            "beta out of reach",
            (_TRIANGLE, 1e6),
            "Choose beta between 0.0001 and 10000, and the patterns to go with it.",
            lambda X, beta: not 1e-4 <= beta <= 1e4,
        ),
        Mistake(
            "a pattern twice",
            ([[1.0, 0.0], [1.0, 0.0]], 1.0),
            "Two of your patterns are the same.",
            lambda X, beta: not _distinct(X),
        ),
        Mistake(
            "one line",
            ([[1.0], [-1.0], [0.2]], 3.0),
            "Your patterns have one feature only. On a line there are never more valleys than patterns: "
            "take a plane.",
            lambda X, beta: X.shape[1] == 1,
        ),
        Mistake(
            "too hot",
            (_TRIANGLE, 1.0),
            "There is a single stable state: beta is so small that the patterns have melted together, or one "
            "pattern is so long that it wins everywhere. Cool down, or make them equally long.",
            lambda X, beta: len(_stable(X, float(beta))) <= 1,
        ),
        Mistake(
            "as many as patterns",
            (_TRIANGLE, 3.0),
            "As many stable states as patterns, which is what everyone expects. Somewhere on the way "
            "from one "
            "valley to many there may be more: look for a valley in the middle that is still there.",
            lambda X, beta: len(_stable(X, float(beta))) == len(X),
        ),
        Mistake(
            "fewer than patterns",
            ([*_TRIANGLE, [1.0, 0.1]], 3.0),
            "Several stable states, but fewer than patterns: some of your patterns share one. Make the "
            "arrangement more symmetric.",
            lambda X, beta: len(_stable(X, float(beta))) < len(X),
        ),
    ],
    [
        "Two patterns will not do. Try three, in the plane, each as far from the others as the rest.",
        "The middle of an equilateral triangle of radius 1 is stable up to beta = 2. (Why? What is "
        "`growth`?)",
        "The corners get valleys of their own a little before that. Scan beta below 2 in steps of 0.05.",
    ],
    praise=_more_told,
)
