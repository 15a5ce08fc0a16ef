"""A memory of 250 friends: fifty properties with twenty values each, recalled from a few of them.

    input of value v of property c:   h_cv = sum over the other properties d of  w_(c v)(d x_d)
    x_c <- the value with the largest input                     E = -1/2 sum_(c, d) w_(c x_c)(d x_d)

(In the spirit of Hopfield, Scholarpedia fig. 3; his own network has no winner of its own in each property,
and other data.) The weight between two values is 1 if some friend has both. Within a property there are no
weights: its twenty units compete, and one of them wins. A property that nobody has filled in is blank, -1.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hopfield_edu import _check
from hopfield_edu._friends import PROPERTIES, VALUES
from hopfield_edu._frozen import Frozen
from hopfield_edu._schedule import Schedule as _Order
from hopfield_edu._types import ONE_BY_ONE, Array, OneByOne, Reals, Rng, States
from hopfield_edu.trajectory import Record, Trajectory

__all__ = ["BLANK", "PROPERTIES", "VALUES", "Network", "clue", "describe", "grid", "people", "right", "units"]

BLANK = -1
_Log = list[tuple[Array, Array, Array, Array]]  # rows, time, property and new value of each change
MOST = 10**4  # properties, and values of each
_WANTED = "whole numbers from 0, and -1 for blank"


def people(
    count: int = 250, rng: Rng | None = None, *, properties: int = 50, values: int = 20, skew: float = 0.0
) -> States:
    """Friends: for each of them and each property one value, drawn at random.

    Parameters
    ----------
    count : int
        How many friends.
    rng : int or numpy.random.Generator
    properties, values : int
        Number of properties, and of values of each.
    skew : float
        0: all values are equally common. Otherwise value v has a chance in proportion to 1/(v + 1)^skew, as
        names and towns have: 1 is Zipf's law.

    Returns
    -------
    people : (count, properties) array of 0..values-1

    Examples
    --------
    >>> people(3, rng=0, properties=4)
    array([[17, 12, 10,  5],
           [ 6,  0,  1,  0],
           [ 3, 16, 12, 18]])
    """
    count, C, V = (
        _check.count(count, "count", low=1),
        _size(properties, "properties"),
        _size(values, "values"),
    )
    _check.budget(numbers=3.0 * count * C, count=count, properties=C)
    chance = 1 / np.arange(1, V + 1) ** _check.positive(skew, "skew", zero=True, high=100)
    generator = _check.generator(rng, "friends.people")
    if skew == 0:
        return generator.integers(V, size=(count, C)).astype(int)
    return generator.choice(V, size=(count, C), p=chance / chance.sum()).astype(int)


def _size(value: Any, name: str) -> int:
    return _check.count(value, name, low=1, high=MOST)


def clue(
    person: ArrayLike, rng: Rng | None = None, *, known: int = 7, wrong: int = 0, values: int = 20
) -> States:
    """What is said of a friend: a few properties, chosen at random, some of them wrong; the others are blank.

    Parameters
    ----------
    person : (C,) or (B, C) array
        One friend or several; each gets a clue of its own.
    rng : int or numpy.random.Generator
    known : int
        How many properties are filled in, the wrong ones among them.
    wrong : int
        How many of these have another value than the friend's.
    values : int
        Number of values that a property can have.

    Returns
    -------
    clue : array of the same shape; -1 is blank

    Examples
    --------
    >>> friend = people(1, rng=0)[0]
    >>> told = clue(friend, rng=1, known=7, wrong=1)
    >>> int((told >= 0).sum()), int((told == friend).sum())
    (7, 6)
    """
    V = _size(values, "values")
    x = _codes(person, "person", V, blank=False)
    C = x.shape[-1]
    known = _check.count(known, "known", high=C)
    wrong = _check.count(wrong, "wrong", high=known)
    if wrong and V == 1:
        raise ValueError("wrong is not 0, but values is 1; a wrong value needs at least two values")
    generator = _check.generator(rng, "friends.clue")
    rank = generator.random(x.shape).argsort(axis=-1).argsort(axis=-1)  # 0 for the first that is told
    other = (x + generator.integers(1, max(V, 2), size=x.shape)) % V
    return np.where(rank < wrong, other, np.where(rank < known, x, BLANK))


def right(state: ArrayLike, person: ArrayLike) -> Any:
    """The share of properties in which a state has the friend's value; blank ones are not right.

    Parameters
    ----------
    state, person : (C,) or (B, C) array
        Each with each if both are several.

    Returns
    -------
    share : float, (B,) or (B, M) array

    Examples
    --------
    >>> right([3, -1, 5, 7], [[3, 4, 5, 6], [0, 0, 0, 0]])
    array([0.5, 0. ])
    """
    x, s = _codes(state, "state", MOST), _codes(person, "person", MOST, blank=False)
    if x.shape[-1] != s.shape[-1]:
        raise ValueError(f"state has {x.shape[-1]} properties, but person has {s.shape[-1]}")
    _check.budget(numbers=x.size * s.size / x.shape[-1], state=state, person=person)
    share = (x[..., None, :] == s if x.ndim == s.ndim == 2 else x == s).mean(axis=-1)
    return float(share) if share.ndim == 0 else share


def units(state: ArrayLike, *, values: int = 20) -> States:
    """The same as units that are 0 or 1, one for every value of every property, as `dale.Network` wants them.

    Parameters
    ----------
    state : (C,) or (B, C) array
    values : int

    Returns
    -------
    units : (C * values,) or (B, C * values) array of 0/1
        The values of the first property come first. A blank property has none that is 1.

    Examples
    --------
    >>> units([2, -1], values=3)
    array([0, 0, 1, 0, 0, 0])
    """
    V = _size(values, "values")
    x = _codes(state, "state", V)
    _check.budget(numbers=2 * x.size * V, state=state, values=V)
    return (x[..., None] == np.arange(V)).astype(int).reshape(*x.shape[:-1], -1)


def grid(state: ArrayLike, *, values: int = 20) -> States:
    """One state as the picture of Scholarpedia's fig. 3: a column for each property, a row for each value.

    Parameters
    ----------
    state : (C,) array
    values : int

    Returns
    -------
    grid : (values, C) array of 0/1

    Examples
    --------
    >>> grid([2, -1], values=3)
    array([[0, 0],
           [0, 0],
           [1, 0]])
    """
    V = _size(values, "values")
    x = _codes(state, "state", V, ndim=(1,))
    return units(x, values=V).reshape(-1, V).T.copy()


def describe(state: ArrayLike) -> dict[str, str]:
    """What is known of a friend, in words: the properties that are not blank.

    Parameters
    ----------
    state : (50,) array of values 0..19, or -1

    Examples
    --------
    >>> describe([0, 3] + [-1] * 46 + [2, -1])
    {'first name': 'Ada', 'eyes': 'grey', 'spice': 'caraway'}
    """
    x = _codes(state, "state", len(VALUES[0]), ndim=(1,))
    if len(x) != len(PROPERTIES):
        raise ValueError(f"state has {len(x)} properties; words are known for {len(PROPERTIES)}")
    return {PROPERTIES[c]: VALUES[c][v] for c, v in enumerate(x.tolist()) if v != BLANK}


def _codes(
    values: ArrayLike, name: str, V: int, *, blank: bool = True, ndim: tuple[int, ...] = (1, 2)
) -> States:
    """`values` as whole numbers below V, in (C,) or (B, C)."""
    array = _check.real_array(values, name, _WANTED)
    if array.ndim not in ndim or array.size == 0:
        wanted = " or ".join({1: "(C,)", 2: "(B, C)"}[n] for n in ndim)
        raise ValueError(f"{name} has shape {array.shape}; {wanted} is wanted, one number per property")
    low = BLANK if blank else 0
    wrong = (array < low) | (array >= V) | (array != np.floor(array))
    if wrong.any():
        also = ", or -1 for blank," if blank else ""
        raise ValueError(
            f"{name} holds {array[wrong][0]:g}; whole numbers from 0 to {V - 1}{also} are wanted"
        )
    return array.astype(int)


class Network(Frozen):
    """The network that remembers friends: in each property the value with the largest input wins.

    Parameters
    ----------
    people : (M, C) array
        The friends, as `people` makes them.
    values : int
        Number of values of each property.
    counts : bool
        Let the weight be the number of friends who have both values, Hebb's sum, instead of 1 if there is
        one. It remembers far fewer: what is common drowns what is telling.

    Attributes
    ----------
    people : (M, C) array
    weights : (C * values, C * values) array, symmetric
        Whole numbers, in single precision; zero within a property.
    M, C, values : int

    Examples
    --------
    >>> friends = people(250, rng=0)
    >>> net = Network(friends)
    >>> net.recall(clue(friends[17], rng=1, known=7, wrong=1)).final.tolist() == friends[17].tolist()
    True
    """

    _fixed = frozenset({"people", "weights", "M", "C", "values", "counts"})

    def __init__(self, people: ArrayLike, *, values: int = 20, counts: bool = False):
        self.values, self.counts = _size(values, "values"), _check.flag(counts, "counts")
        x = np.atleast_2d(_codes(people, "people", self.values, blank=False))
        self.people, (self.M, self.C) = x, x.shape
        N = self.C * self.values
        _check.budget(
            numbers=N**2 / 2 + self.M * N, steps=N**2 * self.M, most=1e11, people=people, values=values
        )
        V = units(x, values=self.values).astype(np.float32)
        T = V.T @ V if self.counts else np.minimum(V.T @ V, 1)
        for c in range(self.C):
            part = slice(c * self.values, (c + 1) * self.values)
            T[part, part] = 0
        self.weights = T

    def __repr__(self) -> str:
        kind = "counted" if self.counts else "0/1"
        return f"Network of {self.M} friends, {self.C} properties of {self.values} values, {kind} weights"

    def field(self, state: ArrayLike) -> Reals:
        """The input of every value of every property: (C, values), or (B, C, values) for a batch.

        Examples
        --------
        >>> Network([[0, 1], [1, 0]], values=2).field([0, -1])
        array([[0., 0.],
               [0., 1.]])
        """
        x = self._states(state)
        h = units(x, values=self.values).astype(np.float32) @ self.weights
        return h.astype(float).reshape(*x.shape, self.values)

    def energy(self, state: ArrayLike) -> Any:
        """E = -1/2 sum of the weights between the values of the state: minus the number of pairs that fit.

        Falls with every update of a property: what is blank has no part in it.

        Returns
        -------
        E : float or (B,) array

        Examples
        --------
        >>> Network([[0, 1], [1, 0]], values=2).energy([[0, 1], [0, 0], [0, -1]])
        array([-1.,  0.,  0.])
        """
        x = self._states(state)
        V = units(x, values=self.values).astype(np.float32)
        E = 0.0 - ((V @ self.weights).astype(float) * V).sum(axis=-1) / 2
        return float(E) if E.ndim == 0 else E

    def update(self, state: ArrayLike, c: int) -> States:
        """The state after property c (from 0) has taken the value with the largest input.

        If several values share the largest input, that is a tie, and the property keeps what it has: a blank
        one stays blank.

        Examples
        --------
        >>> Network([[0, 1], [1, 0]], values=2).update([0, -1], 1)
        array([0, 1])
        """
        x = self._states(state, ndim=(1,)).copy()
        c = _check.count(c, "c (the property)", high=self.C - 1)
        x[c] = self._winner(self.field(x)[c][None], x[c : c + 1])[0]
        return x

    def is_fixed_point(self, state: ArrayLike) -> Any:
        """Whether no property would change: bool, or (B,) array for a batch.

        Examples
        --------
        >>> Network([[0, 1], [1, 0]], values=2).is_fixed_point([[0, 1], [0, -1]])
        array([ True, False])
        """
        x = self._states(state)
        rest = (self._winner(self.field(x), x) == x).all(axis=-1)
        return rest if rest.ndim else bool(rest)

    def recall(
        self,
        state: ArrayLike,
        schedule: OneByOne = "ordered",
        *,
        rng: Rng | None = None,
        max_sweeps: int = 1000,
        record: bool = False,
    ) -> Trajectory:
        """From a clue, one property after the other takes its winner, until nothing changes any more.

        Parameters
        ----------
        state : (C,) or (B, C) array
            A clue, or several; -1 is blank.
        schedule : {"ordered", "random", "random-unit"}
            Which property is next: the first to the last; in a new order in every sweep; any one.
        rng : int or numpy.random.Generator
            Needed by the random schedules; each row has a stream of its own.
        max_sweeps : int
        record : bool

        Returns
        -------
        Trajectory
            Its states are values of properties, its `units` the properties that changed. The energy falls
            with each change, so a fixed point is certain. A property whose inputs are tied may stay blank.

        Examples
        --------
        >>> friends = people(100, rng=0)
        >>> Network(friends).recall(clue(friends, rng=1))
        Trajectory of 100 states: 100 fixed point
        """
        given = self._states(state)
        _check.sweeps(max_sweeps)
        record = _check.flag(record, "record")
        x = np.atleast_2d(given).copy()
        who = _Order.of(self.C, schedule, None, rng, len(x), ONE_BY_ONE)
        _check.budget(numbers=2 * x.size * self.values, state=state)
        cue = x.copy()
        log: _Log | None = [] if record else None
        told = self._run(x, who, max_sweeps, log)
        ways = cache(lambda: _ways(cue, log or []))

        def replay(b: int) -> Record:
            way = ways()[b]
            return way._replace(energies=self.energy(way.replay(cue[b])))

        return Trajectory.of(cue if given.ndim == 2 else cue[0], x, *told, replay=replay if record else None)

    def _run(
        self, x: Array, who: _Order, max_sweeps: int, log: list[Any] | None
    ) -> tuple[Array, Array, Array]:
        """Sweep after sweep, in place; the inputs h are corrected where a property changes."""
        B, C, V = len(x), self.C, self.values
        outcome, sweeps, flips = np.full(B, "step limit", "<U11"), np.zeros(B, int), np.zeros(B, int)
        h = units(x, values=V).astype(np.float32) @ self.weights
        live = np.arange(B)
        for done in range(max_sweeps + 1):
            rest = (self._winner(h[live].reshape(-1, C, V), x[live]) == x[live]).all(axis=1)
            outcome[live[rest]] = "fixed point"
            live = live[~rest]
            if live.size == 0 or done == max_sweeps:
                break
            orders = np.broadcast_to(who.sweep(live), (live.size, C))
            for k in range(C):
                moved = self._step(x, h, live, orders[:, k])
                if log is not None and moved.any():
                    rows, c = live[moved], orders[moved, k]
                    log.append((rows, np.full(rows.size, done * C + k + 1), c, x[rows, c]))
                flips[live[moved]] += 1
                sweeps[live[moved]] = done + 1
        sweeps[live] = max_sweeps
        return outcome, sweeps, flips

    def _step(self, x: Array, h: Array, rows: Array, c: Array) -> NDArray[np.bool_]:
        """Property c of each of the rows is updated; which of them have changed."""
        V, old = self.values, x[rows, c]
        columns = (c * V)[:, None] + np.arange(V)
        new = self._winner(h[rows[:, None], columns], old)
        moved = new != old
        r, start = rows[moved], c[moved] * V
        change = self.weights[start + new[moved]]
        change -= np.where(old[moved, None] == BLANK, 0, self.weights[start + np.maximum(old[moved], 0)])
        h[r] += change
        x[r, c[moved]] = new[moved]
        return np.asarray(moved)

    def _winner(self, h: Array, x: Array) -> States:
        """The value with the largest input of each property (..., values), or x where several share it."""
        best = h.max(axis=-1)
        single = (h == best[..., None]).sum(axis=-1) == 1
        return np.where(single & (best > 0), h.argmax(axis=-1), x)

    def _states(self, state: ArrayLike, ndim: tuple[int, ...] = (1, 2)) -> States:
        x = _codes(state, "state", self.values, ndim=ndim)
        if x.shape[-1] != self.C:
            hint = "; one friend per row: transpose it, state.T" if x.shape[0] == self.C else ""
            raise ValueError(f"state has {x.shape[-1]} properties, but the friends have {self.C}{hint}")
        return x


def _ways(cue: Array, log: _Log) -> list[Record]:
    """The way of each row, put together from the changes of all."""
    none = np.zeros(0, int)
    rows, times, units, values = (
        (np.concatenate([none, *part]) for part in zip(*log, strict=True)) if log else (none,) * 4
    )
    ways = []
    for b, start in enumerate(cue):
        mine = np.flatnonzero(rows == b)
        states = np.repeat(start[None], mine.size + 1, axis=0)
        for k, (c, v) in enumerate(zip(units[mine], values[mine], strict=True)):
            states[k + 1 :, c] = v
        ways.append(Record(np.concatenate([[0], times[mine]]), units[mine, None], None, states))
    return ways
