"""Dense associative memory: units of ±1 and an energy that is steep around the memories.

    E = -sum_mu F(sum_i s_i^mu y_i)        y_i <- the sign with the lower energy, the others as they are

(Krotov and Hopfield 2016, eqs. 2 to 4; Scholarpedia, "Discrete variables".) With F(x) = x^2 this is the
classical network of Hebb's weights: E = -(y'Wy) - MN = 2 E_classical - MN with a zero diagonal.

How many random patterns fit, `capacity`, `bit_error` and `exponential_rate` say, each with its criterion.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property
from math import erfc, log, prod, sqrt
from statistics import NormalDist
from typing import Any, Literal, cast, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hopfield_edu import _binomial, _check, _types
from hopfield_edu import patterns as _patterns
from hopfield_edu._frozen import Frozen, frozen
from hopfield_edu._schedule import Schedule
from hopfield_edu._sweeps import Entries, Log, collect
from hopfield_edu._types import OneByOne, Rng, States
from hopfield_edu.trajectory import Record, Trajectory

Array = NDArray[np.float64]
Form = Literal["sum", "relative", "log"]
Interaction = Callable[[Array], Array]
MAX_POWER, MAX_FACTORIAL = 10**6, 10**4
MOST_STEPS = 10**11  # of matrix products: some seconds
TOLERANCE = 1e-13  # far above the rounding of a sum; without it, a tie might flip for ever


@dataclass(frozen=True)
class Power:
    """F(x) = x^n; `relative` is F(x) / F(N), for large n."""

    n: int

    @property
    def __name__(self) -> str:
        return f"x^{self.n}"

    def __call__(self, x: ArrayLike) -> Array:
        return np.asarray(np.asarray(x, dtype=float) ** self.n)

    def relative(self, x: Array, N: int) -> Array:
        return self(x / N)


class Rectified(Power):
    """F(x) = max(x, 0)^n."""

    @property
    def __name__(self) -> str:
        return f"max(x, 0)^{self.n}"

    def __call__(self, x: ArrayLike) -> Array:
        return super().__call__(np.maximum(x, 0))


@dataclass(frozen=True)
class Exponential:
    """F(x) = e^(rate x). That its rate is known lets the network scale it before it overflows."""

    rate: float

    @property
    def __name__(self) -> str:
        return f"e^({self.rate:g} x)" if self.rate != 1 else "e^x"

    def __call__(self, x: ArrayLike) -> Array:
        return np.exp(self.rate * np.asarray(x, dtype=float))

    def relative(self, x: Array, N: int) -> Array:
        return self(x - N)


def power(n: int) -> Power:
    """F(x) = x^n. Even n treat a pattern and its inverse alike, odd n tell them apart.

    Examples
    --------
    >>> power(3)(np.array([-2.0, 3]))
    array([-8., 27.])
    """
    return Power(_check.count(n, "n", low=1, high=MAX_POWER))


def rectified(n: int) -> Rectified:
    """F(x) = x^n for x > 0, else 0: only patterns that agree with the state count.

    Examples
    --------
    >>> rectified(2)(np.array([-2.0, 3]))
    array([0., 9.])
    """
    return Rectified(_check.count(n, "n", low=1, high=MAX_POWER))


def exponential(beta: float = 1.0) -> Exponential:
    """F(x) = e^(beta x) (Demircigil et al. 2017 with beta = 1).

    Examples
    --------
    >>> exponential()(np.array([0.0]))
    array([1.])
    """
    return Exponential(_check.positive(beta, "beta"))


class Network(Frozen):
    """A dense associative memory of M patterns on N units.

    Parameters
    ----------
    patterns : (M, N) array of ±1
        The stored patterns s^mu, one per row.
    F : callable
        The interaction function, from overlaps x = -N, -N + 2, ..., N (an array of floats) to numbers:
        `power`, `rectified`, `exponential`, or your own.
    form : {"sum", "relative", "log"}, optional
        How energies are given, never what the network does: as -sum F; as -sum F / F(N), in which a memory
        alone has the energy -1; or as -log sum F, for F > 0. All three fall together. If not given it is the
        sum, as long as this is certain to stay below 1e300. Beyond, an exponential takes the logarithm,
        which is about -beta N at a memory, and everything else the relative energy.

    Notes
    -----
    Overlaps are whole numbers, so F is tabulated once. While all sums are whole numbers below 2^52, as for
    powers with M N^n < 2^52, the recall is exact, and ties are ties. Otherwise two energies count as equal
    if they differ by less than `TOLERANCE` times the largest sum that occurs. A tie keeps the unit's value.

    Examples
    --------
    >>> net = Network([[1, 1, 1, 1], [-1, -1, 1, 1]], power(3))
    >>> net.recall([1, 1, 1, -1]).final
    array([1, 1, 1, 1])
    """

    _fixed = frozenset({"patterns", "M", "N", "F", "form"})

    def __init__(self, patterns: ArrayLike, F: Interaction, *, form: Form | None = None):
        self.patterns = np.atleast_2d(_check.bipolar(patterns, "patterns")).copy()
        self.M, self.N = self.patterns.shape
        self.F = _check.function(F, "F", "a function of the overlaps, such as dense.power(3),")
        self._rate: float | None = None
        self._tolerance, self._steep = TOLERANCE, False
        x = np.arange(-self.N, self.N + 1, dtype=float)
        if isinstance(F, Exponential):
            self.form = self._form(form, F.rate * self.N + log(self.M) < log(_check.LARGEST))
            # F of x + 2 is e^(2 beta) times F of x. Once this is above M + 1, all patterns with a smaller
            # overlap together are outvoted by one, and a larger beta changes no decision, only the rounding.
            self._rate = min(F.rate, log(4 * self.M + 4) / 2)
        else:
            f = _values(F, x)
            fits = bool(self.M * np.abs(f).max() < _check.LARGEST)
            self.form = self._form(form, fits, f)
            self._steep = not fits and isinstance(F, Power)
            f = np.pad(
                _relative(F, x, self.N) if self._steep else f, 2, mode="edge"
            )  # no overlap is beyond ±N
            self._A, self._B = (f[4:] + f[:-4]) / 2 - f[2:-2], (f[4:] - f[:-4]) / 2
            whole = (2 * self._A % 1 == 0).all() and (2 * self._B % 1 == 0).all()
            if whole and self.M * (np.abs(self._A) + np.abs(self._B)).max() < 2**52:
                self._tolerance = 0.0

    def _form(self, form: Any, fits: bool, f: Array | None = None) -> Form:
        """The form of the energy, if F allows it; `f` are the values of F, unless it is an exponential."""
        if form is None:
            form = "sum" if fits else "log" if f is None else "relative"
        form = _check.one_of(form, "form", get_args(Form))
        if form == "sum" and not fits:
            raise ValueError('form is "sum", but sums of F pass 1e300; "relative" or "log" is wanted')
        if form == "log" and f is not None and not (f > 0).all():
            raise ValueError('form is "log", but F is not above zero for every overlap')
        if form == "relative" and f is not None and not f[-1] > 0:
            raise ValueError("F must be above zero at N if its energies are to be relative to F(N)")
        return cast(Form, form)

    @cached_property
    def _by_unit(self) -> Array:
        return np.ascontiguousarray(self.patterns.T, dtype=float)

    def __repr__(self) -> str:
        name = getattr(self.F, "__name__", "F")
        return f"Network of {self.N} units that stores {self.M} patterns, F = {name}"

    def energy(self, state: ArrayLike) -> Any:
        """E = -sum_mu F(sum_i s_i^mu y_i), in the `form` of the network.

        Parameters
        ----------
        state : (N,) or (B, N) array of ±1

        Returns
        -------
        E : float or (B,) array

        Examples
        --------
        >>> Network([[1, 1, 1], [1, -1, 1]], power(2)).energy([1, 1, 1])
        -10.0
        >>> s = np.ones((1, 800), int)
        >>> [Network(s, F).energy(s[0]) for F in (exponential(), power(110))]  # -log sum F, -sum F / F(N)
        [-800.0, -1.0]
        """
        y = _check.bipolar(state, "state", units=self.N)
        E = self._energy((y @ self.patterns.T).astype(float))
        return E if E.ndim else float(E)

    def _energy(self, m: Array) -> Array:
        """The energy of states with the overlaps m (..., M)."""
        if self.form == "relative":
            return np.asarray(0 - _relative(self.F, m, self.N).sum(axis=-1))
        if self.form == "sum" or not isinstance(self.F, Exponential):
            total = np.asarray(self.F(m)).sum(axis=-1)
            return np.asarray(0 - (total if self.form == "sum" else np.log(total)))
        top = m.max(axis=-1)
        rest = np.exp(self.F.rate * (m - top[..., None])).sum(axis=-1)
        return np.asarray(0 - (self.F.rate * top + np.log(rest)))

    def wants_flip(self, state: ArrayLike) -> NDArray[np.bool_]:
        """Whether a flip of each unit, alone, would lower the energy: (N,) or (B, N) array of bool."""
        y = np.atleast_2d(_check.bipolar(state, "state", units=self.N)).astype(float)
        lower = self._lower(y, *self._sides(np.rint(y @ self._by_unit)))
        return lower if np.ndim(state) == 2 else lower[0]

    def is_fixed_point(self, state: ArrayLike) -> Any:
        """Whether no single flip lowers the energy: bool, or (B,) array for a batch.

        Examples
        --------
        >>> Network([[1, 1, 1, 1], [1, -1, 1, -1]], power(3)).is_fixed_point([1, 1, 1, 1])
        True
        """
        stable = ~self.wants_flip(state).any(axis=-1)
        return stable if stable.ndim else bool(stable)

    def update(self, state: ArrayLike, i: int) -> States:
        """The state after unit i (from 0) has taken the sign with the lower energy; a tie keeps.

        Examples
        --------
        >>> Network([[1, 1, 1, 1]], power(3)).update([1, 1, 1, -1], 3)
        array([1, 1, 1, 1])
        """
        y = _check.bipolar(state, "state", ndim=(1,), units=self.N).copy()
        i = _check.count(i, "i (the unit)", high=self.N - 1)
        y[i] *= -1 if self.wants_flip(y)[i] else 1
        return y

    def recall(
        self,
        state: ArrayLike,
        schedule: OneByOne = "ordered",
        *,
        order: ArrayLike | None = None,
        rng: Rng | None = None,
        max_sweeps: int = 1000,
        record: bool = False,
    ) -> Trajectory:
        """Update one unit after the other until none wants to flip. Arguments as for `binary.Network.recall`.

        Every flip lowers the energy, so a fixed point is always reached. The schedule ``"synchronous"`` has
        no such guarantee and is not offered.

        Examples
        --------
        >>> Network([[1, 1, 1, 1], [1, -1, 1, -1]], power(3)).recall([1, 1, 1, -1])
        Trajectory: fixed point; sweeps: 1, flips: 1
        """
        given = _check.bipolar(state, "state", units=self.N)
        cue = frozen(np.array(np.atleast_2d(given)))
        if isinstance(schedule, str) and str(schedule) == "synchronous":
            raise ValueError('schedule is "synchronous"; dense memories update one unit at a time')
        who = Schedule.of(self.N, schedule, order, rng, len(cue), _types.ONE_BY_ONE)
        _check.sweeps(max_sweeps)
        B = len(cue)
        outcome, sweeps, flips = np.full(B, "step limit", "<U11"), np.zeros(B, int), np.zeros(B, int)
        entries: Entries = [] if _check.flag(record, "record") else None
        y, live = cue.astype(float), np.arange(B)
        for done in range(max_sweeps):
            sweep = self._one if len(live) == 1 else self._sweep
            moved, settled = sweep(y, live, who.sweep(live), done * self.N, entries)
            flips[live] += moved
            sweeps[live[moved > 0]] = done + 1
            outcome[live[settled]] = "fixed point"
            live = live[~settled]
            if live.size == 0:
                break
        sweeps[live] = max_sweeps
        logs = cache(lambda: collect(entries).by_row(B))  # put in order when it is first asked for

        def replay(b: int) -> Record:
            return self._record(cue[b], logs()[b])

        told = y.astype(int), outcome, sweeps, flips
        return Trajectory.of(cue if given.ndim == 2 else cue[0], *told, replay=replay if record else None)

    def _sweep(
        self, y: Array, live: NDArray[Any], orders: NDArray[Any], time: int, entries: Entries
    ) -> tuple[States, NDArray[np.bool_]]:
        """One sweep of the rows `live` of y, in place: all rows visit their k-th unit together.

        Returns how many units of each row have flipped, and whether the row is a fixed point now.
        """
        Y, S = y[live], self._by_unit
        m = np.rint(Y @ S)
        (a, B), rows, moved = self._sides(m), np.arange(len(live)), np.zeros(len(live), int)
        for k in range(self.N):
            i = orders[k] if orders.ndim == 1 else orders[:, k]
            against = B @ S[i] if orders.ndim == 1 else np.einsum("bm,bm->b", B, S[i])
            r = np.flatnonzero(a - Y[rows, i] * against > 0)
            if r.size:
                unit = np.broadcast_to(i, live.shape)[r]
                m[r] -= 2 * Y[r, unit, None] * S[unit]
                Y[r, unit] *= -1
                a[r], B[r] = self._sides(m[r])
                moved[r] += 1
                if entries is not None:
                    nothing = np.full(r.size, np.nan)
                    entries.append((live[r], np.full(r.size, time + k + 1), unit, nothing))
        y[live] = Y
        return moved, np.logical_not(self._lower(Y, a, B).any(axis=1))

    def _one(
        self, y: Array, live: NDArray[Any], orders: NDArray[Any], time: int, entries: Entries
    ) -> tuple[States, NDArray[np.bool_]]:
        """The same for a single row, with less ado."""
        b, S, moved = live[0], self._by_unit, 0
        row = y[b]
        m = np.rint(row @ S)[None]
        a, B = self._sides(m)
        for k, i in enumerate(np.ravel(orders).tolist()):
            if a[0] - row[i] * (B[0] @ S[i]) > 0:
                m -= (2 * row[i]) * S[i]
                row[i] = -row[i]
                a, B = self._sides(m)
                moved += 1
                if entries is not None:
                    entries.append((b, time + k + 1, i, np.nan))
        return np.array([moved]), np.logical_not(self._lower(row, a, B).any(axis=1))

    def _sides(self, m: Array) -> tuple[Array, Array]:
        """A flip of unit i raises sum F by a - y_i sum_mu s_i^mu B_mu; for overlaps m (L, M):
        a (L,), B (L, M).

        F(m - 2 s) - F(m) = A(m) - s B(m) for s = ±1, with A(m) = (F(m+2) + F(m-2))/2 - F(m) and
        B(m) = (F(m+2) - F(m-2))/2. For e^(beta x), A/B = tanh(beta), and a common factor is free to choose.
        What counts as a tie is taken off a.
        """
        if self._rate is not None:
            B = np.exp(self._rate * (m - m.max(axis=-1, keepdims=True)))
            return (np.tanh(self._rate) - self._tolerance) * B.sum(axis=-1), B
        if self._steep:
            A, B = self._scaled_sides(m)
            return A.sum(axis=-1) - self._tolerance * (np.abs(A) + np.abs(B)).sum(axis=-1), B
        at = (m + self.N).astype(np.intp)  # from 0 to 2N: clipping does nothing but save a test
        A, B = self._A.take(at, mode="clip"), self._B.take(at, mode="clip")
        a = A.sum(axis=-1)
        if self._tolerance:
            a -= self._tolerance * (np.abs(A) + np.abs(B)).sum(axis=-1)
        return a, B

    def _scaled_sides(self, m: Array) -> tuple[Array, Array]:
        """A and B of powers that overflow: F(x / top) is F(x) but for a factor, which is free to choose."""
        top = np.minimum(np.abs(m).max(axis=-1, keepdims=True) + 2, self.N)
        up, down = (self.F(np.clip(m + d, -self.N, self.N) / top) for d in (2, -2))
        return (up + down) / 2 - self.F(m / top), (up - down) / 2

    def _lower(self, y: Array, a: Array, B: Array) -> NDArray[np.bool_]:
        """Which single flips of the states y (L, N) would lower the energy, with a and B from `_sides`."""
        return a[:, None] - y * (B @ self._by_unit.T) > 0

    def _record(self, cue: States, log: Log) -> Record:
        """The recorded way of one state: each flip of y_i takes 2 y_i s_i from the overlaps."""
        record, units = log.record(), log.units
        before = record.replay(cue)[np.arange(len(units)), units]
        steps = -2.0 * before[:, None] * self._by_unit[units]
        m = np.concatenate([[cue @ self.patterns.T], steps]).cumsum(axis=0)
        return record._replace(energies=self._energy(m))


def _values(F: Interaction, x: Array, name: str = "F") -> Array:
    """F at whole numbers x, as many finite numbers; what overflows in a power may do so."""
    try:
        with np.errstate(all="ignore"):
            f = np.asarray(F(x), dtype=float)
    except Exception as error:
        raise ValueError(f"{name} fails for an array of overlaps: {type(error).__name__}: {error}") from error
    known = isinstance(F, (Power, Exponential))  # their values are compared before they overflow
    if f.shape != x.shape or not (known or np.isfinite(f).all()):
        raise ValueError(f"{name} must give one finite number for every overlap from -N to N")
    return f


def _relative(F: Interaction, x: Array, N: int) -> Array:
    """F(x) / F(N)."""
    if isinstance(F, (Power, Exponential)):
        return F.relative(x, N)
    return np.asarray(_values(F, x) / F(np.array([float(N)])))


def path(start: ArrayLike, end: ArrayLike, rng: Rng | None = None) -> States:
    """States from `start` to `end`, each with one more unit of `end`: a walk through the landscape.

    Parameters
    ----------
    start, end : (N,) array of ±1
    rng : int or numpy.random.Generator, optional
        Shuffles the units in which the two differ; without, they change in their order.

    Returns
    -------
    states : (d + 1, N) array of ±1
        d is the number of units in which `start` and `end` differ.

    Examples
    --------
    >>> path([1, 1, 1], [-1, 1, -1])
    array([[ 1,  1,  1],
           [-1,  1,  1],
           [-1,  1, -1]])
    """
    start = _check.bipolar(start, "start", ndim=(1,))
    end = _check.bipolar(end, "end", ndim=(1,), units=len(start))
    units = np.flatnonzero(start != end)
    if rng is not None:
        units = _check.generator(rng, "dense.path").permutation(units)
    changed = np.zeros((len(units) + 1, len(start)), bool)
    for k, i in enumerate(units):
        changed[k + 1 :, i] = True
    return np.where(changed, end, start)


def double_factorial(k: int) -> int:
    """k!! = k (k - 2) (k - 4) ... down to 2 or 1; 1 for k = 0 and for k = -1.

    Examples
    --------
    >>> [double_factorial(k) for k in (-1, 1, 3, 5, 7)]
    [1, 1, 3, 15, 105]
    """
    k = _check.count(k, "k", low=-1, high=MAX_FACTORIAL)
    return prod(range(k, 0, -2))


def capacity(N: int, n: int, *, error: float | None = None, every: bool = False) -> float:
    """How many random patterns fit into a dense memory with F(x) = x^n, by one of three criteria.

    Leading order in N, with the cross-talk of the other patterns taken as Gaussian (Krotov and Hopfield 2016,
    section 2). A given unit of a given pattern is unstable with the probability 1/2 erfc(z / sqrt 2), where
    z^2 = N^(n-1) / ((2n-3)!! M). The three criteria ask for different z.

    Parameters
    ----------
    N : int
        Number of units, at least 2.
    n : int
        Power, at least 2. n = 2 is the classical network.
    error : float, optional
        Tolerated probability, between 0 and 1/2, that a given unit of a stored pattern is unstable. Then
        M = alpha_n N^(n-1) with alpha_n = 1 / ((2n-3)!! z^2). Only first flips are counted: what they set off
        is not.
    every : bool
        Ask for all M patterns at once instead of one that was chosen beforehand.

    Returns
    -------
    M : float
        Without `error`: N^(n-1) / (2 (2n-3)!! ln N), below which a GIVEN pattern is a fixed point with a
        probability that tends to 1. (It does so slowly: at this very M, the mean number of its unstable
        units is 1/sqrt(4 pi ln N).) With `every`: 1/n of that, below which ALL patterns are. For n = 2
        these are N/(2 ln N) and N/(4 ln N). Both are theorems (Demircigil et al. 2017).

    Raises
    ------
    TypeError, ValueError
        If N, n or `error` are out of range, or `error` and `every` are both given.

    Examples
    --------
    >>> [round(capacity(100, n)) for n in (2, 3, 4)]
    [11, 362, 7238]
    >>> round(capacity(100, 2, every=True), 1), round(capacity(1000, 2, error=0.0036))
    (5.4, 138)
    """
    N, n = _check.count(N, "N", low=2, high=2**63 - 1), _check.count(n, "n", low=2, high=1000)
    every = _check.flag(every, "every")
    try:
        M = N ** (n - 1) / double_factorial(2 * n - 3)
    except OverflowError:
        raise ValueError(f"N is {N}, n is {n}: so large a capacity is beyond the range of numbers") from None
    if error is None:
        return M / (2 * log(N)) / (n if every else 1)
    if every:
        raise ValueError("error and every are both given; choose one criterion")
    error = _check.fraction(error, "error")
    if not 0 < error < 0.5:
        raise ValueError(f"error is {error:g}; a probability between 0 and 1/2 is wanted")
    return M / NormalDist().inv_cdf(error) ** 2


def bit_error(M: int, N: int, F: Interaction) -> float:
    """The probability that a given unit of a given stored random pattern is unstable, for any F.

    The flip of a unit raises the energy by F(N) - F(N-2) for the pattern itself; each other pattern adds
    ±(F(r+1) - F(r-1)), where r is the overlap of the other N - 1 units, and the sign is random. The sum is
    taken as Gaussian with its exact variance. That needs many patterns that matter: for steep F it fails.

    Parameters
    ----------
    M, N : int
        Number of patterns and of units.
    F : callable

    Returns
    -------
    P : float

    Examples
    --------
    >>> round(bit_error(362, 100, power(3)), 4)
    0.0013
    """
    M, N = _check.count(M, "M", low=1), _check.count(N, "N", low=2)
    F = _check.function(F, "F", "a function of the overlaps, such as dense.power(3),")
    _check.budget(numbers=8 * N, N=N)
    f = _values(F, np.arange(-N, N + 1, 2, dtype=float))  # of all overlaps; the number of them is N + 1
    if isinstance(F, (Power, Exponential)):  # a common factor changes nothing, and may prevent an overflow
        f = _relative(F, np.arange(-N, N + 1, 2, dtype=float), N)
    steps = np.diff(f)
    variance = float(M - 1) * float(_binomial.pmf(N - 1, 0.5) @ steps**2)
    return erfc(float(steps[-1]) / sqrt(2 * variance)) / 2 if variance else float(steps[-1] < 0)


def fixed_share(M: int, N: int, F: Interaction, rng: Rng, *, count: int = 1000) -> float:
    """The share of M stored random patterns that are fixed points, measured.

    Parameters
    ----------
    M, N : int
        Number of patterns and of units.
    F : callable
    rng : int or numpy.random.Generator
    count : int
        Patterns looked at, at least; so many sets of M are drawn as it takes. Of a large set only the
        first `count` are looked at.

    Returns
    -------
    share : float

    Examples
    --------
    >>> fixed_share(3, 50, power(2), rng=0)
    1.0
    """
    M, N = _check.count(M, "M", low=1), _check.count(N, "N", low=1)
    count = _check.count(count, "count", low=1)
    sets = -(-count // M)
    _check.budget(
        numbers=3 * M * N, steps=sets * M * N * min(M, count), most=MOST_STEPS, M=M, N=N, count=count
    )
    rng = _check.generator(rng, "dense.fixed_share")
    shares = []
    for _ in range(sets):
        s = _patterns.random(M, N, rng)
        shares.append(Network(s, F).is_fixed_point(s[:count]).mean())
    return float(np.mean(shares))


def exponential_rate(rho: float) -> float:
    """The growth rate below which F(x) = e^x stores exp(rate N) patterns that survive rho N errors.

    I(1 - 2 rho) / 2 with I(a) = 1/2 ((1 + a) ln(1 + a) + (1 - a) ln(1 - a)).

    The theorem (Demircigil et al. 2017): store M = exp(alpha N) + 1 random patterns, and let a cue
    differ from one of them in rho N units, chosen at random, 0 <= rho < 1/2. If alpha < I(1 - 2 rho)/2, one
    synchronous sweep corrects all errors with a probability that tends to 1 as N grows, for all the patterns
    at once. For rho -> 0 the rate tends to ln(2)/2, hence "2^(N/2) patterns": that is the value WITHOUT a
    radius of attraction. The more errors, the fewer patterns.

    Parameters
    ----------
    rho : float
        Share of wrong units in the cue, at least 0 and below 1/2.

    Returns
    -------
    rate : float

    Examples
    --------
    >>> [round(exponential_rate(rho), 3) for rho in (0, 0.1, 0.25)]
    [0.347, 0.184, 0.065]
    """
    rho = _check.fraction(rho, "rho")
    if rho >= 0.5:
        raise ValueError(f"rho is {rho:g}; a share of wrong units below 1/2 is wanted")
    a = 1 - 2 * rho
    return float(((1 + a) * np.log1p(a) + (1 - a) * np.log(1 - a if a < 1 else 1)) / 4)
