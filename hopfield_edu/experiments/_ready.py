"""Ready experiments: capacity, basins, errors, learning rules side by side, noise, and finite size."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import Executor
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from hopfield_edu import _check
from hopfield_edu._types import Reals, Rng
from hopfield_edu.experiments import _critical, _trials
from hopfield_edu.experiments._functions import grid, plain
from hopfield_edu.experiments._results import Sweep
from hopfield_edu.experiments._sweep import sweep

Where = Executor | int | None
File = str | os.PathLike[str] | None

LARGEST_N = 20_000
LOADS = (0.05, 0.08, 0.1, 0.12, 0.14, 0.16, 0.18, 0.2, 0.25)
SIZES = (125, 250, 500, 1000, 2000, 4000, 10_000, 16_000)
AT_ONCE = 8000  # units in the sets that a repeat of `finite_size` takes, at most: small networks take many


def overlap_against_load(
    loads: ArrayLike = LOADS,
    N: int | Sequence[int] = 500,
    *,
    wrong: float = 0.0,
    cues: int = 20,
    repeats: int | Sequence[int] = 10,
    rng: Rng = 0,
    executor: Where = None,
    store: File = None,
    progress: bool = True,
) -> Sweep:
    """What is left of a memory when recall starts at it, against the load M / N (Hebb's rule).

    Parameters
    ----------
    loads : float or sequence
        Patterns per unit.
    N : int or sequence of int
        Numbers of units.
    wrong : float
        The share of the units that are flipped at the start.
    cues : int
        Recalls from each set of patterns.
    repeats : int or sequence of int
        Sets of patterns at each point.
    rng : int or numpy.random.Generator
    executor, store, progress
        As for `sweep`.

    Returns
    -------
    Sweep
        Points (N, load, wrong, cues); ``overlap``, ``recalled`` (the share above 0.9) and ``stable`` (the
        share of the memories that are fixed points).

    Examples
    --------
    >>> found = overlap_against_load([0.05, 0.3], N=100, repeats=3)
    >>> found.column("overlap").round(1)
    array([1. , 0.6])
    """
    given = {"N": _sizes(N), "load": _loads(loads), "wrong": _check.fraction(wrong, "wrong")}
    points = grid(**given, cues=_cues(cues))
    return sweep(_trials.retrieval, points, repeats, rng, executor, store, progress=progress)


def basin_radius(
    loads: ArrayLike = (0.02, 0.04, 0.06, 0.08, 0.1, 0.12, 0.14),
    N: int | Sequence[int] = 200,
    *,
    cues: int = 20,
    repeats: int | Sequence[int] = 10,
    rng: Rng = 0,
    executor: Where = None,
    store: File = None,
    progress: bool = True,
) -> Sweep:
    """Which share of the units of a memory may be wrong, against the load M / N (Hebb's rule).

    The units of a memory are flipped in a random order, 1/80 of them at a time; the radius is the last share
    from which, as from all before it, recall comes back to an overlap above 0.95.

    Parameters
    ----------
    loads, N, cues, repeats, rng, executor, store, progress
        As for `overlap_against_load`.

    Returns
    -------
    Sweep
        Points (N, load, cues); ``radius``, from 0 to 0.5.

    Examples
    --------
    >>> basin_radius([0.02, 0.1], N=100, cues=5, repeats=2).column("radius").round(1)
    array([0.5, 0.2])
    """
    points = grid(N=_sizes(N), load=_loads(loads), cues=_cues(cues))
    return sweep(_trials.basin, points, repeats, rng, executor, store, progress=progress)


def bit_error(
    loads: ArrayLike = LOADS,
    N: int | Sequence[int] = 200,
    *,
    repeats: int | Sequence[int] = 10,
    rng: Rng = 0,
    executor: Where = None,
    store: File = None,
    progress: bool = True,
) -> Sweep:
    """The share of the units of memories that a single update turns, against the load M / N (Hebb's rule).

    What `theory.bit_error` computes.

    Parameters
    ----------
    loads, N, repeats, rng, executor, store, progress
        As for `overlap_against_load`.

    Returns
    -------
    Sweep
        Points (N, load); ``error``.

    Examples
    --------
    >>> from hopfield_edu import theory
    >>> found = bit_error(0.2, N=100, repeats=50)
    >>> bool(abs(found.column("error") - theory.bit_error(20, 100)) < 4 * found.errors("error"))
    True
    """
    points = grid(N=_sizes(N), load=_loads(loads))
    return sweep(_trials.unstable, points, repeats, rng, executor, store, progress=progress)


def rules(
    loads: ArrayLike = (0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6),
    names: Sequence[str] = tuple(_trials.RULES),
    N: int | Sequence[int] = 200,
    *,
    overlap: ArrayLike = 0.0,
    wrong: float = 0.1,
    cues: int = 30,
    repeats: int | Sequence[int] = 3,
    rng: Rng = 0,
    executor: Where = None,
    store: File = None,
    progress: bool = True,
) -> Sweep:
    """Learning rules side by side: what they make stable, and what comes back from spoiled cues.

    Parameters
    ----------
    loads : float or sequence
        Patterns per unit.
    names : sequence of str
        Of "Hebb", "Storkey", "pseudo-inverse" (zero diagonal), "perceptron" and "with margin" (the same with
        a margin of 0.9; both for at most 100 epochs).
    overlap : float or sequence
        How alike the patterns are (`patterns.correlated`).
    N, wrong, cues, repeats, rng, executor, store, progress
        As for `overlap_against_load`.

    Returns
    -------
    Sweep
        Points (rule, N, load, overlap, wrong, cues); ``stable``, the share of the patterns that are fixed
        points, and ``recalled``, the share of the cues that come back to an overlap above 0.95.

    Examples
    --------
    >>> found = rules(0.3, ["Hebb", "pseudo-inverse"], N=100, repeats=2)
    >>> found.column("recalled").round(1)
    array([0., 1.])
    """
    known = tuple(_trials.RULES)
    chosen = _check.listed([names] if isinstance(names, str) else names, "names", "names", high=len(known))
    chosen = [_check.one_of(name, "names (one of them)", known) for name in _some(chosen, "names")]
    alike = [_check.fraction(a, "overlap") for a in _values(overlap, "overlap")]
    given = {"rule": chosen, "N": _sizes(N), "load": _loads(loads), "overlap": alike}
    points = grid(**given, wrong=_check.fraction(wrong, "wrong"), cues=_cues(cues))
    return sweep(_trials.learned, points, repeats, rng, executor, store, progress=progress)


def noise(
    temperatures: ArrayLike = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0),
    loads: ArrayLike = 0.05,
    N: int | Sequence[int] = 500,
    *,
    sweeps: int = 50,
    cues: int = 10,
    repeats: int | Sequence[int] = 5,
    rng: Rng = 0,
    executor: Where = None,
    store: File = None,
    progress: bool = True,
) -> Sweep:
    """What is left of a memory in noise, against the temperature (Hebb's rule, `thermal.Network`).

    What `theory.overlap` computes for infinitely many units.

    Parameters
    ----------
    temperatures : float or sequence
        T, in units in which a lone pattern is forgotten at T = 1.
    sweeps : int
        After which the overlap is taken.
    loads, N, cues, repeats, rng, executor, store, progress
        As for `overlap_against_load`.

    Returns
    -------
    Sweep
        Points (load, N, temperature, sweeps, cues); ``overlap``.

    Examples
    --------
    >>> noise([0.2, 1.5], N=100, sweeps=20, repeats=2).column("overlap").round(0).tolist()
    [1.0, 0.0]
    """
    T = _temperatures(temperatures)
    how = {"sweeps": _check.sweeps(sweeps, "sweeps"), "cues": _cues(cues)}
    points = grid(load=_loads(loads), N=_sizes(N), temperature=T, **how)
    return sweep(_trials.heated, points, repeats, rng, executor, store, progress=progress)


def escape(
    temperatures: ArrayLike = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8),
    N: int | Sequence[int] = (100, 200, 500),
    *,
    memories: int = 5,
    sweeps: int = 50,
    repeats: int | Sequence[int] = 5,
    rng: Rng = 0,
    executor: Where = None,
    store: File = None,
    progress: bool = True,
) -> Sweep:
    """How noise frees a network from the mixtures of three memories (Hebb's rule, `thermal.Network`).

    All mixtures of three of the random memories are starts: a number of sweeps at a temperature, then 20
    sweeps at zero.

    Parameters
    ----------
    temperatures : float or sequence
    memories : int
        How many are stored, from 3 to 20.
    sweeps : int
        At the temperature.
    N, repeats, rng, executor, store, progress
        As for `overlap_against_load`.

    Returns
    -------
    Sweep
        Points (N, memories, temperature, sweeps); ``freed``, the share that ends in a memory or its inverse.

    Examples
    --------
    >>> escape([0, 0.4], N=200, sweeps=20, repeats=1).column("freed").round(1).tolist()
    [0.0, 1.0]
    """
    known = _check.count(memories, "memories", low=3, high=20)
    given = {"N": _sizes(N), "memories": known, "temperature": _temperatures(temperatures)}
    points = grid(**given, sweeps=_check.sweeps(sweeps, "sweeps"))
    return sweep(_trials.freed, points, repeats, rng, executor, store, progress=progress)


def lesions(
    shares: ArrayLike = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9),
    cuts: Sequence[str] = _trials.CUTS,
    N: int | Sequence[int] = 200,
    *,
    loads: ArrayLike = 0.05,
    wrong: float = 0.1,
    cues: int = 20,
    repeats: int | Sequence[int] = 10,
    rng: Rng = 0,
    executor: Where = None,
    store: File = None,
    progress: bool = True,
) -> Sweep:
    """What is left of recall when a share of the weights, or of the units, is cut (`thermal.lesion`).

    Parameters
    ----------
    shares : float or sequence
        Of what is cut at random.
    cuts : sequence of str
        Of "weights" (pairs of units apart), "one way" (each direction on its own) and "units".
    N, loads, wrong, cues, repeats, rng, executor, store, progress
        As for `overlap_against_load`.

    Returns
    -------
    Sweep
        Points (cut, N, load, share, wrong, cues); ``overlap`` of the units that are left.

    Examples
    --------
    >>> lesions(0.5, "weights", N=100, repeats=2).column("overlap").round(1).tolist()
    [1.0]
    """
    known = _check.listed([cuts] if isinstance(cuts, str) else cuts, "cuts", "cuts", high=3)
    chosen = [_check.one_of(cut, "cuts (one of them)", _trials.CUTS) for cut in _some(known, "cuts")]
    parts = [_check.fraction(share, "shares") for share in _values(shares, "shares")]
    given = {"cut": chosen, "N": _sizes(N), "load": _loads(loads), "share": parts}
    points = grid(**given, wrong=_check.fraction(wrong, "wrong"), cues=_cues(cues))
    return sweep(_trials.damaged, points, repeats, rng, executor, store, progress=progress)


def finite_size(
    N: int | Sequence[int] = SIZES,
    *,
    cues: int = 20,
    repeats: int | Sequence[int] = 8,
    rng: Rng = 0,
    executor: Where = None,
    store: File = None,
    progress: bool = True,
) -> Sweep:
    """The load at which half of the memories are lost, against the size of the network (Hebb's rule).

    Of each set of patterns the load is found at which only half of some cues, memories themselves, keep an
    overlap above 0.9. `extrapolate` says where it leads to.

    Parameters
    ----------
    N : int or sequence of int
        Numbers of units, at least 60. Eight repeats at 10,000 take ten minutes or more.
    repeats : int or sequence of int
        Of each; one stands for 8000 / N sets of patterns, at least one.
    cues, rng, executor, store, progress
        As for `overlap_against_load`.

    Returns
    -------
    Sweep
        Points (N, sets, cues); ``critical_load``.

    Examples
    --------
    >>> from hopfield_edu import experiments
    >>> float(experiments.stored("finite_size").column("critical_load")[0].round(2))  # 125 units
    0.22
    """
    sizes = _sizes(N, low=60)
    points = [{"N": n, "sets": max(1, AT_ONCE // n), "cues": _cues(cues)} for n in sizes]
    return sweep(_critical.critical_load, points, repeats, rng, executor, store, block=1, progress=progress)


class Limit(NamedTuple):
    """A straight line through critical loads, as a function of N^-exponent.

    Attributes
    ----------
    load, error : float
        Where it leads to for infinitely many units, with its standard error.
    slope : float
    exponent : float
        As it was assumed.
    misfit : float
        Mean squared distance of the loads from the line, in their standard errors, per degree of freedom:
        about 1 if both the line and the errors are right.
    """

    load: float
    error: float
    slope: float
    exponent: float
    misfit: float

    def at(self, N: ArrayLike) -> Reals:
        """The line, for these numbers of units."""
        return np.asarray(self.load + self.slope * np.asarray(N, dtype=float) ** -self.exponent)


def extrapolate(found: Sweep, exponent: float = 0.5, *, from_N: int = 1) -> Limit:
    """Where the critical loads of `finite_size` lead to as N grows, if they approach it like N^-exponent.

    The exponent is an assumption; the misfit tells how well it agrees. A straight line is fitted, each load
    weighted by its standard error.

    Parameters
    ----------
    found : Sweep
        Of `finite_size`, such as ``stored("finite_size")``.
    exponent : float
    from_N : int
        The smallest network that counts.

    Returns
    -------
    Limit

    Examples
    --------
    >>> from hopfield_edu import experiments
    >>> limit = extrapolate(experiments.stored("finite_size"))
    >>> bool(abs(limit.load - 0.138) < 0.01)
    True
    """
    _check.instance(found, "found", Sweep, "a Sweep of finite_size")
    if "critical_load" not in found.keys or "N" not in found.names:
        raise ValueError(f"found is a {found!r}; a sweep of finite_size is wanted")
    exponent = _check.positive(exponent, "exponent", high=10)
    N, load, error = found.column("N"), found.column("critical_load"), found.errors("critical_load")
    used = (N >= _check.count(from_N, "from_N", low=1)) & np.isfinite(error) & (error > 0)
    if used.sum() < 3:
        raise ValueError(f"found has {used.sum()} loads with an error from N = {from_N} on; 3 are wanted")
    A = np.stack([np.ones(used.sum()), N[used] ** -exponent], axis=1) / error[used, None]
    wanted, covariance = load[used] / error[used], np.linalg.inv(A.T @ A)
    limit, slope = covariance @ A.T @ wanted
    apart = A @ [limit, slope] - wanted
    misfit = float(apart @ apart / (used.sum() - 2))
    return Limit(float(limit), float(covariance[0, 0] ** 0.5), float(slope), exponent, misfit)


# ------------------------------------------------------------------ arguments


def _temperatures(given: ArrayLike) -> list[float]:
    name = "temperatures"
    return [_check.positive(t, name, zero=True, high=1e6) for t in _values(given, name)]


def _values(given: Any, name: str) -> list[Any]:
    value = plain(given, name)
    return _some(list(value), name) if isinstance(value, tuple) else [value]


def _some(values: list[Any], name: str) -> list[Any]:
    if not values:
        raise ValueError(f"{name} is empty; at least one value is wanted")
    return values


def _loads(given: Any) -> list[float]:
    return [_check.number(load, "loads", low=0, high=10) for load in _values(given, "loads")]


def _sizes(given: Any, low: int = 2) -> list[int]:
    return [_check.count(n, "N", low=low, high=LARGEST_N) for n in _values(given, "N")]


def _cues(given: Any) -> int:
    return _check.count(given, "cues", low=1, high=1000)
