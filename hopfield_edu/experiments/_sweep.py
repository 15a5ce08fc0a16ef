"""A function at many points, many times each: `sweep`, and how it is kept on disk and read again."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from importlib import resources
from pathlib import Path
from typing import Any

import hopfield_edu
from hopfield_edu import _check, _record
from hopfield_edu._types import Rng
from hopfield_edu.experiments import _executors, _functions, _store
from hopfield_edu.experiments._pieces import MOST_BLOCKS, Piece, Task
from hopfield_edu.experiments._results import Sweep, from_csv
from hopfield_edu.experiments._running import Running

MOST_CALLS = 10**9


def sweep(
    function: Callable[..., Any],
    points: Iterable[Any],
    repeats: int,
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
    repeats : int
        Calls at each point, at least 1.
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
    _check.function(function, "function")
    read = _functions.read_points(points)
    names = _functions.names_of(function, read)
    repeats = _check.count(repeats, "repeats", low=1)
    _check.budget(steps=repeats * len(read), most=MOST_CALLS, repeats=repeats)
    block = -(-repeats // MOST_BLOCKS) if block is None else _check.count(block, "block", low=1)
    executor = _executors.checked(executor)
    progress = _check.flag(progress, "progress")
    seed = _seed(rng)
    plan = Plan(function, read, names, repeats, block, seed)
    return plan.carried_out(executor, _path(store), progress)


def _seed(rng: Any) -> int:
    """A seed as it is; from a generator, one that it draws."""
    generator = _check.generator(rng, "experiments.sweep")
    return int(generator.integers(2**63)) if generator is rng else int(rng)


def _path(store: Any) -> Path | None:
    if store is None:
        return None
    _check.instance(store, "store", (str, os.PathLike), "a path")
    path = Path(os.fspath(store))
    if not str(store) or os.path.isdir(path) or not os.path.isdir(path.absolute().parent):
        raise ValueError(f"store is {_check.shown(str(store))}; a file in a folder that exists is wanted")
    return path


class Plan:
    """What a sweep has to do: its tasks, and how the pieces are put together."""

    def __init__(
        self,
        function: Callable[..., Any],
        points: Sequence[_functions.Point],
        names: Sequence[str],
        repeats: int,
        block: int,
        seed: int,
    ):
        self.function, self.points, self.names = function, points, names
        self.repeats, self.block, self.seed = repeats, min(block, repeats), seed
        self.blocks = -(-repeats // self.block)

    @property
    def given(self) -> list[Any]:
        """The points as their caller gave them."""
        return [p.named or (p.given[0] if len(p.given) == 1 else p.given) for p in self.points]

    def header(self) -> _store.Header:
        """What a store must know to be of this sweep."""
        what = _functions.identity(self.function)
        how = {"points": self.given, "repeats": self.repeats, "block": self.block, "seed": self.seed}
        version = hopfield_edu.__version__
        return {"format": _store.MARK, "version": version, **what, "names": self.names, **how}

    def tasks(self, done: Mapping[int, Sums]) -> Iterator[Task]:
        """All blocks of all points that are not yet done."""
        chance = _functions.name_of_rng(self.function)
        for k, point in enumerate(self.points):
            for b in range(self.blocks):
                if not done[k].has(b):
                    ends = b * self.block, min((b + 1) * self.block, self.repeats)
                    yield Task(self.function, *point, chance, self.seed, k, b, *ends)

    def carried_out(self, executor: Executor | int | None, path: Path | None, progress: bool) -> Sweep:
        """The sweep, with what the store has and what is left to do."""
        sums = {k: Sums() for k in range(len(self.points))}
        store = _store.Store(path, self.header()) if path else None
        try:
            for piece in store.pieces if store else ():
                sums[piece.point].add(piece)
            self._do(sums, executor, store, progress)
        finally:
            if store:
                store.close()
        about = {"function": _functions.identity(self.function)["function"], "seed": self.seed}
        about["version"] = hopfield_edu.__version__
        return Sweep(self.given, self.names, _alike([sums[k].total() for k in sums]), about)

    def _do(
        self,
        sums: Mapping[int, Sums],
        executor: Executor | int | None,
        store: _store.Store | None,
        progress: bool,
    ) -> None:
        """Do what is left, and keep every piece as soon as it is there."""
        done = sum(kept.repeats for kept in sums.values())
        with _bar(self.repeats * len(self.points), done, progress) as bar:

            def keep(piece: Piece) -> None:
                if not sums[piece.point].has(piece.block):
                    if store:
                        store.add(piece)
                    bar.update(sums[piece.point].add(piece))

            try:
                _executors.do(self.tasks(sums), executor, keep)
            except BaseException as error:
                finished = sum(kept.blocks_joined == self.blocks for kept in sums.values())
                where = f"kept in {store.path}" if store else "lost: a store would have kept them"
                error.add_note(f"{finished} of {len(self.points)} points are finished, and {where}")
                raise


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

    hidden = not progress or os.environ.get(_record.AUTHOR) == "1"
    return tqdm(total=total, initial=done, disable=hidden, leave=False, unit="run", dynamic_ncols=True)


# ------------------------------------------------------------------ sweeps that were made before


def read(path: str | os.PathLike[str]) -> Sweep:
    """The finished points of a store, or the sweep in a table of `Sweep.to_csv`.

    Parameters
    ----------
    path : str or Path
        Of a store, even one that is still being written, or of a table.

    Returns
    -------
    Sweep

    Raises
    ------
    ValueError
        If it is neither, or no point is finished yet.
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
    whole = [k for k, kept in enumerate(sums) if kept.repeats == header["repeats"]]
    if not whole:
        raise ValueError(f"path: no point of {file} is finished yet")
    points = [tuple(p) if isinstance(p, list) else p for p in (header["points"][k] for k in whole)]
    about = {name: header[name] for name in ("function", "seed", "version")}
    return Sweep(points, header["names"], _alike([sums[k].total() for k in whole]), about)


def stored(name: str) -> Sweep:
    """A long sweep that travels with the course, by its name; `about` says how it was made.

    Parameters
    ----------
    name : str
        Such as "finite_size"; an unknown name lists those that there are.

    Returns
    -------
    Sweep
    """
    folder = resources.files("hopfield_edu") / "data"
    files = folder.iterdir() if folder.is_dir() else ()
    known = sorted(file.name[:-4] for file in files if file.name.endswith(".csv"))
    if not isinstance(name, str) or name not in known:
        raise ValueError(f"name is {_check.shown(name)}; choose one of {', '.join(map(repr, known))}")
    return from_csv((folder / f"{name}.csv").read_text(encoding="utf-8"), name)
