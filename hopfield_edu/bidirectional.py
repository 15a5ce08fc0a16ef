"""Two layers that recall each other: from a face its name, from a name its face (Kosko 1988).

    y_j <- sgn(sum_i w_ij x_i)        x_i <- sgn(sum_j w_ij y_j)        E = -sum_ij x_i w_ij y_j

The weights w_ij = sum_mu left_i^mu right_j^mu lead from the left layer to the right one and, the same
numbers, back. Inside a layer there are none, so all its units can be updated at once: it is a Hopfield
network of both layers together, and the energy falls. A field of exactly zero is a tie, which keeps.
"""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from hopfield_edu import _check, binary
from hopfield_edu._frozen import Frozen
from hopfield_edu._sweeps import Entries, collect
from hopfield_edu._types import Array, Reals, States
from hopfield_edu.trajectory import Record, Trajectory


class Pair(NamedTuple):
    """A state of both layers, or a batch of them."""

    x: States
    y: States


class _TwoWay(Frozen):
    """Two layers, and what each of them says to the other; N1 units on the left, N2 on the right."""

    _fixed = frozenset({"left", "right", "M", "N1", "N2"})

    left: States
    right: States
    M: int
    N1: int
    N2: int

    def _store(self, left: ArrayLike, right: ArrayLike) -> None:
        a = np.array(np.atleast_2d(_check.bipolar(left, "left")))
        b = np.array(np.atleast_2d(_check.bipolar(right, "right")))
        if len(a) != len(b):
            raise ValueError(f"left has {len(a)} patterns, but right has {len(b)}; they come in pairs")
        self.left, self.right = a, b
        (self.M, self.N1), self.N2 = a.shape, b.shape[1]
        _check.budget(numbers=2 * self.N1 * self.N2, left=left, right=right)

    def _to_right(self, x: Array) -> Array:
        raise NotImplementedError

    def _to_left(self, y: Array) -> Array:
        raise NotImplementedError

    def _energies(self, states: States) -> Reals | None:
        return None

    def split(self, state: ArrayLike) -> Pair:
        """The two layers of a state (N1 + N2,), or of a batch, as a trajectory holds them.

        Examples
        --------
        >>> net = Network([[1, 1, -1]], [[1, -1]])
        >>> net.split(net.recall(x=[1, 1, 1]).final)
        Pair(x=array([ 1,  1, -1]), y=array([ 1, -1]))
        """
        z = _check.bipolar(state, "state", units=self.N1 + self.N2)
        return Pair(z[..., : self.N1], z[..., self.N1 :])

    def answer(self, *, x: ArrayLike | None = None, y: ArrayLike | None = None) -> States:
        """What the other layer says to x (N1,) or to y (N2,), or to a batch: the first half of a recall.

        Nothing is there yet that a tie could keep; here it gives +1.

        Examples
        --------
        >>> Network([[1, 1, -1]], [[1, -1]]).answer(x=[1, 1, 1])
        array([ 1, -1])
        """
        if (x is None) == (y is None):
            raise ValueError("x and y: exactly one of the two is wanted")
        if x is not None:
            return _sign(self._to_right(_check.bipolar(x, "x", units=self.N1)), 1)
        return _sign(self._to_left(_check.bipolar(y, "y", units=self.N2)), 1)  # type: ignore[arg-type]

    def step(self, x: ArrayLike, y: ArrayLike) -> Pair:
        """Both layers once: first the right one, which hears x, then the left one, which hears the new y.

        Examples
        --------
        >>> Network([[1, 1, -1]], [[1, -1]]).step([1, 1, 1], [1, 1])
        Pair(x=array([ 1,  1, -1]), y=array([ 1, -1]))
        """
        x, y = self._pair(x, y)
        y = _sign(self._to_right(x), y)
        return Pair(_sign(self._to_left(y), x), y)

    def recall(
        self,
        x: ArrayLike | None = None,
        y: ArrayLike | None = None,
        *,
        max_sweeps: int = 1000,
        record: bool = False,
    ) -> Trajectory:
        """To and fro between the layers, from one of them or from both, until nothing changes any more.

        Parameters
        ----------
        x : (N1,) or (B, N1) array of ±1, optional
        y : (N2,) or (B, N2) array of ±1, optional
            At least one of the two. A layer that is not given begins with its `answer` to the other.
        max_sweeps : int
            A sweep updates each layer once.
        record : bool

        Returns
        -------
        Trajectory
            Its states hold x and then y; `split` takes them apart. Its `times` count updates of a layer.

        Examples
        --------
        >>> Network([[1, 1, -1]], [[1, -1]]).recall(y=[1, -1])
        Trajectory: fixed point; sweeps: 0, flips: 0
        """
        if x is None and y is None:
            raise ValueError("x and y are both missing; at least one of the two is wanted")
        backward_first = y is None
        if y is None:
            y = self.answer(x=x)
        elif x is None:
            x = self.answer(y=y)
        x, y = self._pair(x, y)  # type: ignore[arg-type]
        _check.sweeps(max_sweeps)
        record = _check.flag(record, "record")
        given = np.concatenate([x, y], axis=-1)
        cue = np.atleast_2d(given)
        entries: Entries = [] if record else None
        final, outcome, sweeps, flips = self._run(cue.copy(), backward_first, max_sweeps, entries)
        logs = cache(lambda: collect(entries).by_row(len(cue)))

        def replay(b: int) -> Record:
            way = logs()[b].record()
            return way._replace(energies=self._energies(way.replay(cue[b])))

        kept = replay if record else None
        first = cue if given.ndim == 2 else cue[0]
        return Trajectory.of(first, final, outcome, sweeps, flips, replay=kept)

    def _run(
        self, z: States, backward_first: bool, max_sweeps: int, entries: Entries
    ) -> tuple[Array, Array, Array, Array]:
        """Sweep after sweep of all rows, in place, until none moves."""
        B, left = len(z), slice(0, self.N1)
        right = slice(self.N1, self.N1 + self.N2)
        halves = [(left, right, self._to_left), (right, left, self._to_right)]
        sweeps, flips, rests = np.zeros(B, int), np.zeros(B, int), np.zeros(B, bool)
        for done in range(max_sweeps):
            before = flips.copy()
            for k, (to, source, sent) in enumerate(halves if backward_first else halves[::-1]):
                new = _sign(sent(z[:, source]), z[:, to])
                rows, units = np.nonzero(new != z[:, to])
                if entries is not None:
                    time, change = np.full(rows.size, 2 * done + k + 1), np.full(rows.size, np.nan)
                    entries.append((rows, time, units + to.start, change))
                flips += np.bincount(rows, minlength=B)
                z[:, to] = new
            rests = flips == before
            sweeps[~rests] = done + 1
            if rests.all():
                break
        if not rests.all():  # the last sweep may have ended at a fixed point
            rests = self.is_fixed_point(*self.split(z))
        outcome = np.where(rests, "fixed point", "step limit")
        sweeps[~rests] = max_sweeps
        return z, outcome, sweeps, flips

    def is_fixed_point(self, x: ArrayLike, y: ArrayLike) -> Any:
        """Whether neither layer would change: bool, or (B,) array for a batch.

        Examples
        --------
        >>> Network([[1, 1, -1]], [[1, -1]]).is_fixed_point([1, 1, -1], [1, -1])
        True
        """
        x, y = self._pair(x, y)
        right = (_sign(self._to_right(x), y) == y).all(axis=-1)
        rest = right & (_sign(self._to_left(y), x) == x).all(axis=-1)
        return rest if rest.ndim else bool(rest)

    def _pair(self, x: ArrayLike, y: ArrayLike) -> Pair:
        a, b = _check.bipolar(x, "x", units=self.N1), _check.bipolar(y, "y", units=self.N2)
        if a.shape[:-1] != b.shape[:-1]:
            raise ValueError(f"x has shape {a.shape}, but y has {b.shape}; one y for each x is wanted")
        return Pair(a, b)


class Network(_TwoWay):
    """A bidirectional associative memory: M pairs of patterns, stored by Hebb's rule between two layers.

    Parameters
    ----------
    left : (M, N1) array of ±1
    right : (M, N2) array of ±1
        The partner of each pattern on the left.

    Attributes
    ----------
    left, right : (M, N1), (M, N2) arrays
    weights : (N1, N2) array of whole numbers
        w_ij = sum_mu left_i right_j: M N1 N2 steps, and each needs only its two units.
    M, N1, N2 : int

    Notes
    -----
    The energy falls with every update of a layer, so a fixed point is certain. How many pairs can be stored
    is limited by the smaller layer.

    Examples
    --------
    >>> from hopfield_edu.patterns import flip, random
    >>> faces, names = random(4, 200, rng=0), random(4, 100, rng=1)
    >>> net = Network(faces, names)
    >>> x, y = net.split(net.recall(x=flip(faces[2], 20, rng=2)).final)
    >>> bool((x == faces[2]).all()), bool((y == names[2]).all())
    (True, True)
    """

    _fixed = _TwoWay._fixed | {"weights"}

    def __init__(self, left: ArrayLike, right: ArrayLike):
        self._store(left, right)
        self.weights = self.left.T.astype(float) @ self.right.astype(float)

    def __repr__(self) -> str:
        return f"Network of {self.N1} and {self.N2} units that recall each other, {self.M} pairs"

    def _to_right(self, x: Array) -> Array:
        return np.asarray(x @ self.weights)

    def _to_left(self, y: Array) -> Array:
        return np.asarray(y @ self.weights.T)

    def _energies(self, states: States) -> Reals | None:
        return np.asarray(self.energy(*self.split(states)))

    def energy(self, x: ArrayLike, y: ArrayLike) -> Any:
        """E = -sum_ij x_i w_ij y_j: float, or (B,) array for a batch. It falls with every update of a layer.

        Examples
        --------
        >>> Network([[1, 1, -1]], [[1, -1]]).energy([1, 1, -1], [1, -1])
        -6.0
        """
        x, y = self._pair(x, y)
        E = 0.0 - (self._to_right(x) * y).sum(axis=-1)
        return float(E) if E.ndim == 0 else E

    @property
    def binary(self) -> binary.Network:
        """The same as one Hopfield network of N1 + N2 units, whose weights within a layer are zero."""
        N = self.N1 + self.N2
        _check.budget(numbers=2 * N**2, N=N)
        W = np.zeros((N, N))
        W[: self.N1, self.N1 :], W[self.N1 :, : self.N1] = self.weights, self.weights.T
        return binary.Network(W)


class Projections(_TwoWay):
    """The same two layers, but each way has a matrix of its own, the pseudo-inverse of the patterns.

    The matrix to the right is R'pinv(L'), that to the left L'pinv(R'), with the patterns as rows of L and R.
    Pictures that look alike get different names, as far as the patterns are linearly independent. But one
    matrix is not the transpose of the other: this has no energy, and nothing makes it come to rest.

    Parameters
    ----------
    left : (M, N1) array of ±1
    right : (M, N2) array of ±1
    rcond : float
        Singular values below this, times the largest, count as zero. Pictures of faces depend on each other:
        with a much smaller number rounding is taken for information.

    Attributes
    ----------
    left, right : (M, N1), (M, N2) arrays
    to_right : (N2, N1) array
    to_left : (N1, N2) array
    M, N1, N2 : int

    Examples
    --------
    >>> net = Projections([[1, 1, 1, -1], [1, 1, -1, -1]], [[1, -1], [-1, -1]])
    >>> net.answer(x=[[1, 1, 1, -1], [1, 1, -1, -1]])
    array([[ 1, -1],
           [-1, -1]])
    """

    _fixed = _TwoWay._fixed | {"to_right", "to_left"}

    def __init__(self, left: ArrayLike, right: ArrayLike, *, rcond: float = 1e-10):
        self._store(left, right)
        rcond = _check.number(rcond, "rcond", low=0, high=1)
        L, R = self.left.T.astype(float), self.right.T.astype(float)
        steps = self.M * min(self.M, self.N1 + self.N2) * (self.N1 + self.N2) + self.M * self.N1 * self.N2
        _check.budget(steps=4.0 * steps, most=1e11, left=left, right=right)
        self.to_right, self.to_left = R @ np.linalg.pinv(L, rcond), L @ np.linalg.pinv(R, rcond)

    def __repr__(self) -> str:
        return f"Projections between {self.N1} and {self.N2} units, {self.M} pairs"

    def _to_right(self, x: Array) -> Array:
        return _cleared(x @ self.to_right.T)

    def _to_left(self, y: Array) -> Array:
        return _cleared(y @ self.to_left.T)


def _sign(h: Array, keep: Any) -> States:
    """sgn(h), and `keep` where h is zero."""
    return np.where(h > 0, 1, np.where(h < 0, -1, keep))


def _cleared(h: Array) -> Array:
    """Fields that are zero but for rounding, as ties."""
    h[np.abs(h) < 1e-9] = 0
    return h
