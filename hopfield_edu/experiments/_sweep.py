"""A function at many points, many times each: `sweep`, and how it is kept on disk and read again."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from importlib import resources
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

import hopfield_edu
from hopfield_edu import _check, _record
from hopfield_edu._types import Rng
from hopfield_edu.experiments import _executors, _functions, _store
from hopfield_edu.experiments._pieces import MOST_BLOCKS, Piece, Task
from hopfield_edu.experiments._results import Sweep, from_csv
from hopfield_edu.experiments._running import Running

MOST_CALLS = 10**8
ABOUT = ("function", "fixed", "seed", "block", "version")


def sweep(
    function: Callable[..., Any],
    points: Iterable[Any],
    repeats: int | Sequence[int],
    rng: Rng,
    executor: Executor | int | None = None,
    store: str | os.PathLike[str] | None = None,
    *,
    block: int | None = None,
    progress: bool = True,
) -> Sweep:
    """Call `function` so many times at each point, and return means with their standard errors.

    Repeat r of point k always gets the same random numbers, whoever computes it and when. So the result is
    the same, bit for bit, in this process, in several, on a cluster, and after any number of interruptions.

    Parameters
    ----------
    function : callable
        Called with the arguments of a point and a generator, ``function(0.14, rng=...)``. It returns a
        number, or a dict of numbers with the same keys each time; a flag counts as 0 or 1.
    points : iterable
        Each is a number or a text, a tuple of arguments, or a dict of arguments by name, as `grid` makes
        them. What is the same at all points is best fixed with `functools.partial`.
    repeats : int, or a list of them
        Calls at each point, at least 1; or a number for every point.
    rng : int or numpy.random.Generator
        The seed of the whole sweep; a generator is asked for one.
    executor : Executor or int, optional
        Where the calls are made: any `concurrent.futures.Executor`, such as that of a dask cluster,
        ``client.get_executor()``; or a number of processes on this machine, which are replaced if they are
        killed. In this process if not given.
    store : path, optional
        A file that keeps every finished piece, one line each, synced to the disk. Called again, the sweep
        goes on where it stopped: after Control-C, a killed worker, or a killed process.
    block : int, optional
        Repeats in a piece; a 32nd of them if not given. What is under way when a process is killed is lost.
    progress : bool
        Whether to show a progress bar, on the standard error or as a widget.

    Returns
    -------
    Sweep
        Its memory, and that of the sweep, does not depend on the number of repeats.

    Raises
    ------
    ValueError
        If the store belongs to another function, other points or repeats, another seed or version.
    BlockingIOError
        If another process is using the store.

    Notes
    -----
    The store knows `function` by its name, its source and what is fixed in it, not what it calls in turn:
    after a change there, choose a new file.

    Examples
    --------
    >>> from hopfield_edu import binary, learning, patterns
    >>> def recalled(load, N, rng):
    ...     s = patterns.random(round(load * N), N, rng)
    ...     net = binary.Network(learning.hebb(s))
    ...     return (net.recall(patterns.flip(s[0], fraction=0.1, rng=rng)).final == s[0]).all()
    >>> from hopfield_edu.experiments import grid
    >>> found = sweep(recalled, grid(N=100, load=[0.05, 0.3]), repeats=20, rng=0)
    >>> found.mean, found.error.round(2)
    (array([1., 0.]), array([0., 0.]))
    """
    read = _functions.read_points(points)
    names = _functions.names_of(_check.function(function, "function"), read)
    each = _repeats(repeats, len(read))
    blocks = [_block(r) for r in each] if block is None else [_check.count(block, "block", low=1)] * len(read)
    plan = Plan(function, read, names, each, blocks, _seed(rng), list(range(len(read))))
    return plan.carried_out(_executors.checked(executor), _path(store), _check.flag(progress, "progress"))


def _repeats(repeats: Any, points: int) -> list[int]:
    """How often each point is to be computed."""
    several = isinstance(repeats, (list, tuple)) or (isinstance(repeats, np.ndarray) and repeats.ndim > 0)
    if several and len(repeats) != points:
        raise ValueError(f"repeats holds {len(repeats)} numbers; one for each of {points} points is wanted")
    each = [_check.count(r, "repeats", low=1) for r in (repeats if several else [repeats] * points)]
    _check.budget(steps=sum(each), most=MOST_CALLS, repeats=repeats)
    return each


def _block(repeats: int) -> int:
    return -(-repeats // MOST_BLOCKS)


def _seed(rng: Any) -> int:
    """A seed as it is; from a generator, one that it draws."""
    generator = _check.generator(rng, "experiments.sweep")
    return int(generator.integers(2**63)) if generator is rng else int(rng)


def _path(store: Any) -> Path | None:
    if store is None:
        return None
    _check.instance(store, "store", (str, os.PathLike), "a path")
    path = Path(os.fspath(store))
    usable = str(store) and len(path.name.encode()) <= 255 and not os.path.isdir(path)
    if not usable or not os.path.isdir(path.absolute().parent):
        raise ValueError(f"store is {_check.shown(str(store))}; a file in a folder that exists is wanted")
    return path


class Plan(NamedTuple):
    """What a sweep has to do: its tasks, and how the pieces are put together."""

    function: Callable[..., Any]
    points: list[_functions.Point]
    names: Sequence[str]
    repeats: list[int]  # of each point
    block: list[int]  # repeats in a piece, of each point
    seed: int
    places: list[int]  # which number each point has in its sweep: its random numbers depend on it

    @property
    def given(self) -> list[Any]:
        """The points as their caller gave them."""
        return [p.named or (p.given[0] if len(p.given) == 1 else p.given) for p in self.points]

    def blocks(self, k: int) -> int:
        """The number of pieces of point k."""
        return -(-self.repeats[k] // self.block[k])

    def header(self) -> _store.Header:
        """What a store must know to be of this sweep."""
        what = _functions.identity(self.function)
        how = {"repeats": _one(self.repeats), "block": _one(self.block), "seed": self.seed}
        version = hopfield_edu.__version__
        points = {"names": self.names, "points": self.given}
        return {"format": _store.MARK, "version": version, **what, **points, **how}

    def tasks(self, done: Mapping[int, Sums]) -> Iterator[Task]:
        """All pieces of all points that are not yet done."""
        chance = _functions.name_of_rng(self.function)
        for k, point in enumerate(self.points):
            size, place = self.block[k], self.places[k]
            for b in range(self.blocks(k)):
                if not done[place].has(b):
                    ends = b * size, min((b + 1) * size, self.repeats[k])
                    yield Task(self.function, *point, chance, self.seed, place, b, *ends)

    def carried_out(self, executor: Executor | int | None, path: Path | None, progress: bool) -> Sweep:
        """The sweep, with what the store has and what is left to do."""
        sums = {place: Sums() for place in self.places}
        store = _store.Store(path, self.header()) if path else None
        try:
            for piece in store.pieces if store else ():
                sums[piece.point].add(piece)
            self._do(sums, executor, store, progress)
        finally:
            if store:
                store.close()
        about, found = _about(self.header()), _alike([kept.total() for kept in sums.values()])
        return Sweep(self.given, self.names, found, about, self.places)

    def _do(
        self,
        sums: Mapping[int, Sums],
        executor: Executor | int | None,
        store: _store.Store | None,
        progress: bool,
    ) -> None:
        """Do what is left, and keep every piece as soon as it is there."""
        done = sum(kept.repeats for kept in sums.values())
        with _bar(sum(self.repeats), done, progress) as bar:

            def keep(piece: Piece) -> None:
                if not sums[piece.point].has(piece.block):
                    if store:
                        store.add(piece)
                    bar.update(sums[piece.point].add(piece))

            try:
                _executors.do(self.tasks(sums), executor, keep)
            except BaseException as error:
                wanted = zip(sums.values(), self.repeats, strict=True)
                finished = sum(kept.repeats == repeats for kept, repeats in wanted)
                where = f"kept in {store.path}" if store else "lost: a store would have kept them"
                error.add_note(f"{finished} of {len(self.points)} points are finished, and {where}")
                raise


def _one(numbers: list[int]) -> Any:
    """One number, where all are the same."""
    return numbers[0] if len(set(numbers)) == 1 else numbers


def _about(header: _store.Header) -> dict[str, Any]:
    """What a result tells of its sweep."""
    return {name: header[name] for name in ABOUT if header.get(name) not in (None, {})}


class Sums:
    """The sums of one point. Blocks may come in any order, and are joined in theirs."""

    def __init__(self) -> None:
        self.blocks_joined = 0
        self.repeats = 0
        self._joined: dict[str, Running] = {}
        self._ahead: dict[int, dict[str, Running]] = {}  # of blocks that came before their turn

    def has(self, block: int) -> bool:
        return block < self.blocks_joined or block in self._ahead

    def add(self, piece: Piece) -> int:
        """Take a piece; returns the number of its repeats."""
        repeats = 0 if self.has(piece.block) else next(iter(piece.sums.values())).repeats
        if repeats:
            self._ahead[piece.block] = piece.sums
        while (sums := self._ahead.pop(self.blocks_joined, None)) is not None:
            before = self._joined or {key: Running() for key in sums}
            if set(before) != set(sums):
                raise ValueError(f"function returns {list(sums)} here and {list(before)} before")
            self._joined = {key: before[key].joined(sums[key]) for key in before}
            self.blocks_joined += 1
        self.repeats += repeats
        return repeats

    def total(self) -> dict[str, Running]:
        return self._joined


def _alike(sums: list[dict[str, Running]]) -> list[dict[str, Running]]:
    """Sums of all points, with the same results in the same order."""
    keys = list(sums[0])
    for k, kept in enumerate(sums):
        if set(kept) != set(keys):
            raise ValueError(f"function returns {list(kept)} at points[{k}] and {keys} at points[0]")
    return [{key: kept[key] for key in keys} for kept in sums]


def _bar(total: int, done: int, progress: bool) -> Any:
    """A progress bar; none where notebooks are built, whose outputs are compared."""
    from tqdm.auto import tqdm

    class Bar(tqdm):  # type: ignore[misc]
        """Has a lock of its own: the one that tqdm shares with forks stays locked for ever where a fork is
        killed that holds it. And no thread that takes it."""

        _lock = threading.RLock()
        monitor_interval = 0

    hidden = not progress or os.environ.get(_record.AUTHOR) == "1"
    return Bar(total=total, initial=done, disable=hidden, leave=False, unit="run", dynamic_ncols=True)


# ------------------------------------------------------------------ sweeps that were made before


def read(path: str | os.PathLike[str]) -> Sweep:
    """What is finished in a store, or the sweep in a table of `Sweep.to_csv`.

    Parameters
    ----------
    path : str or Path
        Of a store, even one that is still being written, or of a table.

    Returns
    -------
    Sweep
        Points with no repeat finished are missing; `count` says how many the others have.

    Raises
    ------
    ValueError
        If it is neither, or nothing is finished yet.
    """
    _check.instance(path, "path", (str, os.PathLike), "a path")
    file = Path(os.fspath(path))
    if not os.path.isfile(file):  # which takes names of any length
        raise ValueError(f"path is {_check.shown(str(path))}; there is no such file")
    if file.read_bytes()[:1] == b"{":
        return _from_store(file)
    return from_csv(file.read_text(encoding="utf-8"), str(file))


def _from_store(file: Path) -> Sweep:
    header, pieces = _store.load(file)
    sums = [Sums() for _ in header["points"]]
    for piece in pieces:
        sums[piece.point].add(piece)
    begun = [k for k, kept in enumerate(sums) if kept.blocks_joined]
    if not begun:
        raise ValueError(f"path: nothing in {file} is finished yet")
    points = [tuple(p) if isinstance(p, list) else p for p in (header["points"][k] for k in begun)]
    return Sweep(points, header["names"], _alike([sums[k].total() for k in begun]), _about(header), begun)


def stored(name: str) -> Sweep:
    """A long sweep that travels with the course, by its name; `Sweep.about` says how it was made.

    Parameters
    ----------
    name : str
        Such as "finite_size"; an unknown name lists those that there are.

    Returns
    -------
    Sweep

    Examples
    --------
    >>> stored("finite_size").names
    ('N', 'sets', 'cues')
    """
    folder = resources.files("hopfield_edu") / "data"
    known = sorted(file.name[:-4] for file in folder.iterdir() if file.name.endswith(".csv"))
    if not isinstance(name, str) or name not in known:
        raise ValueError(f"name is {_check.shown(name)}; choose one of {', '.join(map(repr, known))}")
    return from_csv((folder / f"{name}.csv").read_text(encoding="utf-8"), name)


def again(
    found: Sweep,
    *,
    repeats: int | None = None,
    executor: Executor | int | None = None,
    progress: bool = True,
    **values: Any,
) -> Sweep:
    """Compute some points of an experiment of this library once more, with the same random numbers.

    Parameters
    ----------
    found : Sweep
        Such as a `stored` one.
    repeats : int, optional
        Only the first so many of each point; all if not given, and then the means are the same, bit for bit.
    executor, progress
        As for `sweep`.
    **values
        Which points, as for `Sweep.where`: ``N=125`` or ``N=[125, 250]``.

    Returns
    -------
    Sweep

    Examples
    --------
    >>> from hopfield_edu import experiments
    >>> found = experiments.bit_error([0.1, 0.2], N=[50, 100], repeats=3, rng=0)
    >>> part = experiments.again(found, N=100, load=0.2)
    >>> bool(part.column("error") == found.where(N=100, load=0.2).column("error"))
    True
    """
    part = _check.instance(found, "found", Sweep, "a Sweep")
    if values:
        part = part.where(**values)
    function = _functions.of_this_library(part.about.get("function"))
    if "fixed" in part.about:
        raise ValueError("found has fixed arguments, which only its maker knows; call sweep again instead")
    most = part.count.tolist()
    each = most if repeats is None else [min(r, _check.count(repeats, "repeats", low=1)) for r in most]
    given = part.about["block"]
    blocks = [given[k] for k in part.places] if isinstance(given, list) else [int(given)] * len(part)
    read = _functions.read_points(part.points)
    plan = Plan(function, read, part.names, each, blocks, int(part.about["seed"]), list(part.places))
    return plan.carried_out(_executors.checked(executor), None, _check.flag(progress, "progress"))
