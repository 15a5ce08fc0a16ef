"""All 2^N states of a small binary network at once: who goes where, what stays, what circles.

A state is a number, its code: bit i is set where unit i (counted from 0) is +1. A table of successors then
holds every single-unit update, and a map (one successor per state) every step of a deterministic schedule.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hopfield_edu import _check
from hopfield_edu.binary import Network, Ties

MAX_UNITS = 20
MAX_EQUATIONS = 2**13  # that `chances` solves
PLAIN = 2**10  # states whose graph NumPy walks; of more, SciPy takes care
MAX_MIXED = 7  # patterns that `classify` looks for in a mixture
Codes = NDArray[np.int32]


class Kind(NamedTuple):
    """What a state is: its `name`, and the patterns `of` which it is made, from 1; inverses are negative.

    Examples
    --------
    >>> Kind("mixture", (1, -2, 3)).of
    (1, -2, 3)
    """

    name: Literal["stored", "inverse", "mixture", "other"]
    of: tuple[int, ...] = ()


def all_states(N: int) -> NDArray[np.int_]:
    """Every state of N units, in the order of the codes.

    Returns
    -------
    states : (2^N, N) array of ±1

    Examples
    --------
    >>> all_states(2)
    array([[-1, -1],
           [ 1, -1],
           [-1,  1],
           [ 1,  1]])
    """
    return decode(np.arange(2 ** _units(N)), N)


def encode(state: ArrayLike) -> Any:
    """The code of a state (N,), or the codes (B,) of a batch (B, N).

    Examples
    --------
    >>> encode([1, -1, 1])
    5
    """
    y = _check.bipolar(state, "state")
    codes = (y > 0) @ (1 << np.arange(_units(y.shape[-1], "state")))
    return codes if codes.ndim else int(codes)


def decode(code: ArrayLike, N: int) -> NDArray[np.int_]:
    """The state (N,) of a code, or the states (B, N) of codes (B,).

    Examples
    --------
    >>> decode(5, 3)
    array([ 1, -1,  1])
    """
    codes = _codes(code, 2 ** _units(N))
    if codes.ndim > 1:
        raise ValueError(f"code has shape {codes.shape}; one code or (B,) is wanted")
    _check.budget(numbers=3 * codes.size * N, code=code, N=N)
    return 2 * (codes[..., None] >> np.arange(N) & 1) - 1


def label(code: ArrayLike, N: int) -> Any:
    """A code as the lecture writes the state, unit 1 first: a str, or a list of them.

    Examples
    --------
    >>> label(1, 2), label([0, 3], 2)
    ('+-', ['--', '++'])
    """
    signs = np.where(decode(code, N) > 0, "+", "-")
    return "".join(signs) if signs.ndim == 1 else ["".join(row) for row in signs]


def successors(net: Network, ties: Ties = "keep") -> Codes:
    """Where every state goes when one unit is updated: the graph of Wiskott figs. 1.3 and 1.4.

    Parameters
    ----------
    net : binary.Network
        At most `MAX_UNITS` units.
    ties : {"keep", 1, -1}

    Returns
    -------
    table : (2^N, N) array of codes
        Row: the state; column: the unit that is updated.

    Examples
    --------
    >>> successors(Network([[0, -1], [1, 0]]))
    array([[1, 0],
           [1, 3],
           [2, 0],
           [2, 3]], dtype=int32)
    """
    size = _size(net)
    table = np.empty((net.N, size), np.int32).T  # filled column by column
    for i, column in enumerate(_updates(net, ties)):
        table[:, i] = column
    return table


def synchronous_map(net: Network, ties: Ties = "keep") -> Codes:
    """Where every state goes when all units are updated at once: (2^N,) codes.

    Examples
    --------
    >>> synchronous_map(Network([[0, -1], [1, 0]]))
    array([1, 3, 0, 2], dtype=int32)
    """
    after = codes = np.arange(_size(net), dtype=np.int32)
    for column in _updates(net, ties):
        after = after ^ column ^ codes  # flip the bits that flip
    return after


def ordered_map(net: Network, order: ArrayLike | None = None, ties: Ties = "keep") -> Codes:
    """Where every state is after one sweep in a fixed `order` (0, 1, ..., N-1 if not given): (2^N,) codes.

    The single-unit transitions followed in order (Wiskott section 1.2).

    Examples
    --------
    >>> ordered_map(Network([[0, -1], [1, 0]]))
    array([3, 3, 0, 0], dtype=int32)
    """
    after = np.arange(_size(net), dtype=np.int32)
    order = np.arange(net.N) if order is None else _check.permutation(order, "order", net.N)
    for column in _updates(net, ties, order):
        after = column[after]
    return after


def fixed_points(net: Network, ties: Ties = "keep") -> Codes:
    """The codes of all states that no update changes, ascending.

    Examples
    --------
    >>> fixed_points(Network([[0, -1], [-1, 0]]))
    array([1, 2], dtype=int32)
    """
    codes = np.arange(_size(net), dtype=np.int32)
    return codes[synchronous_map(net, ties) == codes]


def energies(net: Network) -> NDArray[np.float64]:
    """The energy of every state, times `net.scale`: (2^N,).

    Examples
    --------
    >>> energies(Network([[0, -1], [-1, 0]]))
    array([ 1., -1., -1.,  1.])
    """
    _size(net)
    w = net._exact
    Wt, b, E = w.matrix().astype(float), w.b, np.zeros(1)
    for i in range(net.N):  # one unit more: E -/+ (field of the units before it), self-connection last
        h = _fields(Wt[i, :i] + Wt[:i, i]) / 2 + b[i]
        E = np.concatenate([E + h, E - h]) - Wt[i, i] / 2
    return net.scale * (E / w.factor)


def cycles(next_state: ArrayLike) -> list[NDArray[Any]]:
    """The cycles of a map; a fixed point is a cycle of length 1.

    Parameters
    ----------
    next_state : (K,) array of codes
        As from `synchronous_map` or `ordered_map`; any map of 0..K-1 into itself will do.

    Returns
    -------
    cycles : list of arrays
        The codes of each cycle in the order in which they are visited, from the smallest; sorted by it.

    Examples
    --------
    >>> cycles([1, 3, 0, 2])
    [array([0, 1, 3, 2])]
    """
    step = _map(next_state)
    found, seen = [], np.zeros(len(step), bool)
    for start in np.flatnonzero(_on_cycle(step)):
        if not seen[start]:
            cycle = [start]
            while (code := step[cycle[-1]]) != start:
                cycle.append(code)
            seen[cycle] = True
            found.append(np.array(cycle))
    return found


def basins(next_state: ArrayLike) -> NDArray[np.intp]:
    """For every state the index, in `cycles`, of the cycle that it ends in: (K,).

    Examples
    --------
    >>> basins([0, 0, 3, 3])
    array([0, 0, 1, 1])
    """
    step = _map(next_state)
    of_cycle = np.zeros(len(step), np.intp)
    for index, cycle in enumerate(cycles(step)):
        of_cycle[cycle] = index
    return of_cycle[_far(step)]


def transients(next_state: ArrayLike) -> NDArray[np.intp]:
    """For every state the number of steps until it is on its cycle: (K,).

    Examples
    --------
    >>> transients([0, 0, 1, 3])
    array([0, 1, 2, 0])
    """
    step = _map(next_state)
    on, jumps = _on_cycle(step), [step]
    while not on[jumps[-1]].all():
        jumps.append(jumps[-1][jumps[-1]])
    at, count = np.arange(len(step)), np.zeros(len(step), np.intp)
    for k in reversed(range(len(jumps))):  # the longest jumps that do not yet reach the cycle
        short = ~on[jumps[k][at]]
        at, count = np.where(short, jumps[k][at], at), count + (short << k)
    return count + ~on


def recurrent_classes(successors: ArrayLike) -> list[NDArray[Any]]:
    """The sets of states that updates of single units, in whatever order, never leave.

    A fixed point is a class of one state. A larger class is what random updating wanders in for ever.

    Parameters
    ----------
    successors : (2^N, N) array of codes
        As from `successors`.

    Returns
    -------
    classes : list of arrays
        The codes of each class, ascending; sorted by the smallest.

    Examples
    --------
    >>> recurrent_classes(successors(Network([[0, -1], [1, 0]])))
    [array([0, 1, 2, 3])]
    """
    table = _table(successors)
    classes = _closed(table) if len(table) <= PLAIN else _closed_of_many(table)
    return sorted(classes, key=lambda codes: codes[0])


def _closed(table: Codes) -> Iterator[NDArray[Any]]:
    """The closed sets, for few states: what a state can reach and what can reach it, by walking."""
    own = np.arange(len(table))
    fixed = (table == own[:, None]).all(axis=1)
    yield from np.flatnonzero(fixed)[:, None]
    done = _leading_to(fixed, table)
    while not done.all():
        here = own == np.flatnonzero(~done)[0]
        while (out := (reached := _reached(here, table)) & ~_leading_to(here, table)).any():
            here = own == np.flatnonzero(out)[0]  # no way back from there: fewer states can be reached
        yield np.flatnonzero(reached)
        done |= _leading_to(reached, table)


def _reached(found: NDArray[np.bool_], table: Codes) -> NDArray[np.bool_]:
    """Where one can get from some states."""
    new: NDArray[Any] = np.flatnonzero(found)
    found = found.copy()
    while new.size:
        ahead: NDArray[Any] = np.unique(table[new])
        new = ahead[~found[ahead]]
        found[new] = True
    return found


def _leading_to(found: NDArray[np.bool_], table: Codes) -> NDArray[np.bool_]:
    """From where one can get to some states."""
    while not np.array_equal(more := found | found[table].any(axis=1), found):
        found = more
    return found


def _closed_of_many(table: Codes) -> list[NDArray[Any]]:
    """The same for many states, by the strongly connected components of their graph."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components

    K, N = table.shape
    edges = csr_array((np.ones(table.size, np.int8), table.ravel(), np.arange(K + 1) * N), shape=(K, K))
    number, part = connected_components(edges, connection="strong")
    closed = np.ones(number, bool)
    closed[part[(part[table] != part[:, None]).any(axis=1)]] = False
    states = np.flatnonzero(closed[part])
    order = states[np.argsort(part[states], kind="stable")]
    return np.split(order, np.flatnonzero(np.diff(part[order])) + 1)


def chances(successors: ArrayLike) -> NDArray[np.float64]:
    """From every state, the probability of ending in each recurrent class, if random units are updated.

    One unit is drawn per step, all with the same probability. Row c then solves P_c = mean_i P_(i's update
    of c), with P = 1 or 0 within the classes. Meant for small networks: 2^N equations.

    Parameters
    ----------
    successors : (2^N, N) array of codes
        As from `successors`.

    Returns
    -------
    P : (2^N, K) array
        A row for each state, a column for each of the K `recurrent_classes`; every row adds up to 1.

    Examples
    --------
    >>> chances(successors(Network([[0, -1], [-1, 0]])))
    array([[0.5, 0.5],
           [1. , 0. ],
           [0. , 1. ],
           [0.5, 0.5]])
    """
    table = _table(successors)
    classes, K = recurrent_classes(table), len(table)
    _check.budget(numbers=4 * K * len(classes), successors=successors)
    P = np.zeros((K, len(classes)))
    for column, codes in enumerate(classes):
        P[codes, column] = 1
    open_ = np.flatnonzero(P.sum(axis=1) == 0)
    if open_.size > MAX_EQUATIONS:
        raise ValueError(
            f"successors has {open_.size} states outside the classes; at most {MAX_EQUATIONS} equations are "
            "solved. Sample recalls in random-unit order instead"
        )
    if open_.size:
        solve = _solved if K <= PLAIN else _solved_sparsely
        P[open_] = solve(table, open_, P).clip(0, 1) + 0.0  # neither -1e-17 nor -0.0
    return P


def _solved(table: Codes, open_: NDArray[np.intp], P: NDArray[np.float64]) -> NDArray[np.float64]:
    """The rows of `open_` states, from all equations at once."""
    K, N = table.shape
    steps = np.zeros((open_.size, K))
    np.add.at(steps, (np.arange(open_.size)[:, None], table[open_]), 1 / N)
    return np.asarray(np.linalg.solve(np.identity(open_.size) - steps[:, open_], steps @ P))


def _solved_sparsely(table: Codes, open_: NDArray[np.intp], P: NDArray[np.float64]) -> NDArray[np.float64]:
    """The same for many states."""
    from scipy.sparse import csc_array, csr_array, identity
    from scipy.sparse.linalg import splu

    K, N = table.shape
    steps = csr_array((np.full(table.size, 1 / N), table.ravel(), np.arange(K + 1) * N), shape=(K, K))
    equations = csc_array(identity(open_.size) - steps[open_][:, open_])
    return np.asarray(splu(equations).solve(steps[open_] @ P))


def classify(states: ArrayLike, patterns: ArrayLike, *, most: int = MAX_MIXED) -> Any:
    """What each state is made of: a stored pattern, the inverse of one, a mixture, or something else.

    A mixture is the sign of the sum of an odd number of patterns, some of them inverted: in every unit the
    majority of them decides (Amit, Gutfreund and Sompolinsky 1985). This is exact: one unit that goes
    against the majority makes a state "other".

    Parameters
    ----------
    states : (N,) or (B, N) array of ±1
    patterns : (M, N) array of ±1
    most : int
        Mixtures of up to so many patterns are looked for, at most 7. Fewer are faster where M is large.

    Returns
    -------
    kinds : Kind, or a list of B of them
        With ``name`` and ``of``. If a state can be made in several ways, the one with the fewest patterns,
        and of these the first.

    Examples
    --------
    >>> s = [[1, 1, 1, 1, 1], [1, 1, -1, -1, 1], [1, -1, 1, -1, -1]]
    >>> classify([[-1, -1, 1, 1, -1], [1, 1, 1, -1, 1], [1, -1, -1, 1, 1]], s)
    [Kind(name='inverse', of=(-2,)), Kind(name='mixture', of=(1, 2, 3)), Kind(name='other', of=())]
    """
    S = _check.bipolar(patterns, "patterns", ndim=(2,))
    Y = _check.bipolar(states, "states", units=S.shape[1])
    most = _check.count(most, "most", low=1, high=MAX_MIXED)
    agreeing = np.concatenate([S, -S]).astype(np.int8)
    kinds = [_kind(y * agreeing, most) for y in np.atleast_2d(Y).astype(np.int8)]
    return kinds if Y.ndim == 2 else kinds[0]


def _kind(votes: NDArray[np.int8], most: int) -> Kind:
    """The kind of a state from `votes` (2M, N): +1 where it agrees with a pattern, or below an inverse."""
    for size in range(1, min(len(votes) // 2, most) + 1, 2):
        if found := _majorities(votes, size):
            of = min(found, key=lambda signed: [(abs(k), -k) for k in signed])
            return Kind("mixture" if size > 1 else "stored" if of[0] > 0 else "inverse", of)
    return Kind("other")


def _majorities(votes: NDArray[np.int8], size: int) -> list[tuple[int, ...]]:
    """All sets of `size` signed patterns whose sum agrees with the state in every unit.

    Patterns are added one by one. A set is dropped as soon as there is a unit that the patterns to come
    cannot win back: its sum must be at least 1 less their number.
    """
    M, N = len(votes) // 2, votes.shape[1]
    chosen, sums = np.zeros((1, 0), int), np.zeros((1, N), np.int8)
    for to_come in range(size - 1, -1, -1):
        if len(chosen) * M * (2 * N + 16) > _check.MEMORY:
            raise ValueError(
                f"patterns: among {M} there are too many mixtures of {size}; give a smaller most"
            )
        last = chosen[:, -1] % M if chosen.shape[1] else np.full(1, -1)
        sets, added = np.nonzero(np.arange(2 * M) % M > last[:, None])
        sums = sums[sets] + votes[added]
        kept = (sums >= 1 - to_come).all(axis=1)
        chosen, sums = np.column_stack([chosen[sets], added])[kept], sums[kept]
    return [tuple(row) for row in np.where(chosen < M, chosen + 1, M - chosen - 1).tolist()]


def _updates(net: Network, ties: Ties, order: NDArray[np.intp] | None = None) -> Iterator[Codes]:
    """For each unit in turn: (2^N,) codes after its update."""
    _check.ties(ties)
    codes = np.arange(_size(net), dtype=np.int32)
    Wt, b = net._exact.matrix(), net._exact.b
    low, high = _fields(Wt[: net.N // 2]), _fields(Wt[net.N // 2 :])  # of the first units, of the others
    for i in range(net.N) if order is None else order.tolist():
        h = np.add.outer(high[:, i] + b[i], low[:, i]).reshape(-1, 2, 1 << i)  # in the middle: y_i
        on = h >= 0 if ties == 1 else h > 0
        if ties == "keep":
            on[:, 1] = h[:, 1] >= 0
        yield codes & ~(1 << i) | on.ravel() * np.int32(1 << i)


def _fields(w: NDArray[Any]) -> NDArray[Any]:
    """sum_j w_j y_j in all 2^N states, by doubling: the states without unit j, then those with it. Of (N,)
    weights, or of the columns of (N, K) weights."""
    h = np.zeros((1, *w.shape[1:]), w.dtype)
    for weight in w:
        h = np.concatenate([h - weight, h + weight])
    return h


def _far(step: NDArray[Any]) -> NDArray[Any]:
    """Where every state is after at least as many steps as there are states: on its cycle."""
    for _ in range(len(step).bit_length()):
        step = step[step]
    return step


def _on_cycle(step: NDArray[Any]) -> NDArray[np.bool_]:
    on = np.zeros(len(step), bool)
    on[_far(step)] = True
    return on


def _size(net: Network) -> int:
    """The number of states of `net`."""
    if not isinstance(net, Network):
        raise TypeError(f"net is of type {type(net).__name__}; a binary.Network is wanted, made from weights")
    return 2 ** _units(net.N, "net")


def _units(N: Any, name: str = "N") -> int:
    """N if so many units can be enumerated; `name` is the argument that brought them."""
    N = _check.count(N, name, low=1)
    if N > MAX_UNITS:
        many = _check.shown(N)
        raise ValueError(
            f"{name}: {many} units have 2^{many} states; only up to {MAX_UNITS} units are enumerated. "
            "Sample cues with binary.Network.recall instead"
        )
    return N


def _codes(values: ArrayLike, K: int, name: str = "code") -> NDArray[Any]:
    codes = _check.real_array(values, name)
    if codes.dtype.kind == "f":
        raise TypeError(f"{name} holds fractions; whole numbers are wanted")
    if codes.size and (codes.min() < 0 or codes.max() >= K):
        raise ValueError(f"{name} must lie in 0..{K - 1}; got {codes.min()} to {codes.max()}")
    return codes.astype(np.int64) if codes.dtype.kind == "u" else codes


def _map(next_state: ArrayLike) -> NDArray[Any]:
    step = _check.real_array(next_state, "next_state")
    if step.ndim != 1 or step.size == 0:
        raise ValueError(f"next_state has shape {step.shape}; (2^N,) is wanted, one code per state")
    _check.budget(steps=500 * step.size, next_state=next_state)
    return _codes(step, len(step), "next_state")


def _table(successors: ArrayLike) -> NDArray[Any]:
    table = _check.real_array(successors, "successors")
    if table.ndim != 2 or table.size == 0:
        raise ValueError(f"successors has shape {table.shape}; (2^N, N) is wanted")
    _check.budget(steps=40 * table.size, successors=successors)
    return _codes(table, len(table), "successors")
