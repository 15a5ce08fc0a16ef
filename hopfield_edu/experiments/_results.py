"""What came of a sweep: means with their errors, as columns, as a picture and as a table."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hopfield_edu import _check
from hopfield_edu._frozen import Frozen, frozen
from hopfield_edu.experiments._running import VALUE, Running

Reals = NDArray[np.float64]
SEVERAL = 6  # lines that one picture tells apart


class Sweep(Frozen):
    """Results of a function at K points, each the mean over many repeats.

    Attributes
    ----------
    points : list
        As they were given: numbers, tuples or dicts.
    names : tuple of str
        What the arguments of the points are called.
    keys : tuple of str
        What the results are called; ``("value",)`` if the function returns a number.
    mean, error : (K,) array, or dict of them
        Means and their standard errors, by the names of the results if the function returns a dict. The error
        of a single repeat is NaN.
    count : (K,) array of int
        Repeats of each point.
    about : dict
        Function, seed, repeats in a piece, and version.
    places : tuple of int
        Which number each point has in its sweep, if only some of its points are here.

    Examples
    --------
    >>> from hopfield_edu import experiments
    >>> def dice(sides, rng):
    ...     return rng.integers(1, sides + 1)
    >>> found = experiments.sweep(dice, [2, 6], repeats=100, rng=0)
    >>> found
    Sweep of 2 points (sides), 100 repeats: value
    >>> found.mean.round(1)
    array([1.5, 3.6])
    """

    _fixed = frozenset({"points", "names", "keys", "mean", "error", "count", "about", "places"})

    def __init__(
        self,
        points: Sequence[Any],
        names: Sequence[str],
        sums: Sequence[Mapping[str, Running]],
        about: Mapping[str, Any] | None = None,
        places: Sequence[int] | None = None,
    ):
        self.points, self.names = list(points), tuple(names)
        self.keys = tuple(sums[0])
        self.count = np.array([next(iter(kept.values())).repeats for kept in sums])
        self.about = dict(about or {})
        self.places = tuple(range(len(self.points)) if places is None else places)
        self._sums = tuple(sums)
        self.mean = self._by_key(lambda kept: kept.mean)
        self.error = self._by_key(lambda kept: kept.error)

    def _by_key(self, of: Any) -> Any:
        """A number of each result and point; without a name for the only result, an array."""
        found = {
            key: frozen(np.array([of(kept[key]) for kept in self._sums], dtype=float)) for key in self.keys
        }
        return found[VALUE] if self.keys == (VALUE,) else found

    def __repr__(self) -> str:
        low, high = self.count.min(), self.count.max()
        repeats = f"{low}" if low == high else f"{low} to {high}"
        points = f"{len(self.points)} point{'s' * (len(self.points) != 1)}"
        return f"Sweep of {points} ({', '.join(self.names)}), {repeats} repeats: {', '.join(self.keys)}"

    def __len__(self) -> int:
        return len(self.points)

    def column(self, name: str) -> NDArray[Any]:
        """An argument, or the mean of a result, at every point: (K,) array.

        Examples
        --------
        >>> from hopfield_edu import experiments
        >>> experiments.sweep(lambda a, b, rng: a * b, [(1, 2), (3, 4)], 1, rng=0).column("b")
        array([2, 4])
        """
        if name in self.keys:
            return np.array([kept[name].mean for kept in self._sums])
        if name not in self.names:
            known = (*self.names, *self.keys)
            raise ValueError(f"name is {_check.shown(name)}; choose one of {', '.join(map(repr, known))}")
        values = [row[name] for row in self._arguments()]
        return np.array(values) if all(np.ndim(v) == 0 for v in values) else np.array(values, dtype=object)

    def errors(self, name: str, *, trials: int | None = None) -> Reals:
        """The standard error of a result at every point: (K,) array.

        Parameters
        ----------
        name : str
            The result.
        trials : int, optional
            If the result is a share p of so many independent trials at each point, all alike: then the error
            is sqrt(p (1 - p) / trials). Without it, it is taken from the spread of the repeats.

        Examples
        --------
        >>> from hopfield_edu import experiments
        >>> coins = experiments.sweep(lambda p, rng: (rng.random(50) < p).mean(), [0.5], 8, rng=0)
        >>> bool(0.02 < coins.errors("value", trials=400)[0] < 0.03)
        True
        """
        if name not in self.keys:
            known = ", ".join(map(repr, self.keys))
            raise ValueError(f"name is {_check.shown(name)}; choose one of {known}")
        if trials is None:
            return np.array([kept[name].error for kept in self._sums])
        trials = _check.count(trials, "trials", low=1)
        share = self.column(name)
        if share.min() < 0 or share.max() > 1:
            raise ValueError(f"trials is {trials}, but {name!r} is no share: it reaches {share.max():g}")
        return np.sqrt(share * (1 - share) / trials)

    def band(self, name: str, *, trials: int | None = None) -> Reals:
        """A result less its standard error, and with it added: (K, 2) array, as `plots.curves` draws spreads.

        Parameters
        ----------
        name, trials
            As for `errors`.

        Examples
        --------
        >>> from hopfield_edu import experiments
        >>> experiments.sweep(lambda p, rng: p, [0.5], 1, rng=0).band("value", trials=100)
        array([[0.45, 0.55]])
        """
        mean, error = self.column(name), self.errors(name, trials=trials)
        return np.stack([mean - error, mean + error], axis=1)

    def _arguments(self) -> list[dict[str, Any]]:
        return [arguments(point, self.names) for point in self.points]

    def rows(self) -> list[dict[str, Any]]:
        """One dict for each point: its arguments, then each result with its error, then the repeats."""
        found = []
        for row, kept in zip(self._arguments(), self._sums, strict=True):
            for key, sums in kept.items():
                row |= {key: sums.mean, f"{key}_error": sums.error, "repeats": sums.repeats}
            row["repeats"] = row.pop("repeats")
            found.append(row)
        return found

    def where(self, **values: Any) -> Sweep:
        """The points whose arguments have these values, or one of those in a list.

        Examples
        --------
        >>> from hopfield_edu import experiments
        >>> found = experiments.sweep(lambda a, b, rng: a * b, experiments.grid(a=[1, 2], b=[3, 4]), 1, rng=0)
        >>> found.where(a=2)
        Sweep of 2 points (a, b), 1 repeats: value
        """
        wanted = np.ones(len(self), bool)
        for name, value in values.items():
            if name not in self.names:
                known = ", ".join(map(repr, self.names))
                raise ValueError(f"values has {_check.shown(name)}; the points are told apart by {known}")
            among = list(value) if isinstance(value, (list, tuple, range, np.ndarray)) else [value]
            wanted &= np.array([any(_equal(row[name], each) for each in among) for row in self._arguments()])
        if not wanted.any():
            raise ValueError(f"values is {_check.shown(values)}; no point has them")
        kept = np.flatnonzero(wanted)
        points, sums = [self.points[k] for k in kept], [self._sums[k] for k in kept]
        return Sweep(points, self.names, sums, self.about, [self.places[k] for k in kept])

    # -------------------------------------------------------------- a picture

    def plot(
        self, y: str | None = None, x: str | None = None, by: str | None = None, *, ax: Any = None, **how: Any
    ) -> Any:
        """Means with their standard errors, through `plots.curves`.

        Parameters
        ----------
        y : str, optional
            The result; all of them if not given, or the first if there are several lines of each.
        x : str, optional
            The argument along the axis: the last one that varies and is a number, if not given.
        by : str, optional
            The argument with a line for each of its values: the next one that varies, if not given.
        ax : Axes, optional
        **how
            Further arguments of `plots.curves`, such as `xlabel`, `marks` or `log`.

        Returns
        -------
        ax : Axes

        Examples
        --------
        >>> from hopfield_edu import experiments
        >>> found = experiments.sweep(lambda a, rng: a * rng.random(), [1, 2, 4], repeats=10, rng=0)
        >>> found.plot().get_xlabel()
        'a'
        """
        from hopfield_edu import plots

        x, by = self._axes(x, by)
        keys = self._keys(y, by)
        lines = {}
        for value in _different(self.column(by)) if by else [None]:
            part = self if by is None else self.where(**{by: value})
            order = np.argsort(part.column(x), kind="stable")
            for key in keys:
                name = key if by is None else value if isinstance(value, str) else f"{by} = {value}"
                lines[name] = (part.column(x)[order], part._spread(key, order))
        if len(lines) > SEVERAL:
            raise ValueError(
                f"by gives {len(lines)} lines; at most {SEVERAL} are told apart: choose with where"
            )
        labels = {"xlabel": x, "ylabel": keys[0] if len(keys) == 1 else VALUE}
        return plots.curves(lines, **(labels | how), ax=ax)

    def _axes(self, x: str | None, by: str | None) -> tuple[str, str | None]:
        """What stands along the axis, and what tells the lines apart."""
        for name, given in (("x", x), ("by", by)):
            if given is not None and given not in self.names:
                known = ", ".join(map(repr, self.names))
                raise ValueError(f"{name} is {_check.shown(given)}; choose one of {known}")
        varies = [name for name in self.names if len(_different(self.column(name))) > 1]
        if x is None:
            numbers = [name for name in varies or self.names if self.column(name).dtype.kind in "iuf"]
            if not [name for name in numbers if name != by]:
                raise ValueError("x is None, and no argument that is a number varies")
            x = [name for name in numbers if name != by][-1]
        others = [name for name in varies if name not in (x, by)]
        if by is None and others:
            by = others.pop()
        if others:
            raise ValueError(f"by is {_check.shown(by)}, but {others[0]} varies, too: choose with where")
        return x, by

    def _keys(self, y: str | None, by: str | None) -> list[str]:
        if y is None:
            return list(self.keys[:1] if by else self.keys)
        if y not in self.keys:
            known = ", ".join(map(repr, self.keys))
            raise ValueError(f"y is {_check.shown(y)}; choose one of {known}")
        return [y]

    def _spread(self, key: str, order: NDArray[np.intp]) -> Any:
        """Mean less error, mean, and mean plus error of every point; the mean alone where none is known."""
        mean, error = self.column(key)[order], self.errors(key)[order]
        return [
            np.array([m - e, m, m + e]) if math.isfinite(e) else m for m, e in zip(mean, error, strict=True)
        ]

    # -------------------------------------------------------------- a table

    def to_csv(self, path: str | Path | None = None) -> str:
        """A table with one line for each point, and before it what is known about the sweep.

        Parameters
        ----------
        path : str or Path, optional
            Where it is written, too.

        Returns
        -------
        text : str
            `experiments.read` makes a sweep of such a file again.

        Examples
        --------
        >>> from hopfield_edu import experiments
        >>> print(experiments.sweep(lambda a, rng: a * 2, [1, 2], repeats=3, rng=0).to_csv().splitlines()[-1])
        2,4.0,0,3
        """
        text = io.StringIO()
        about = dict(self.about)
        if self.places != tuple(range(len(self))):
            about["places"] = list(self.places)
        for name, value in about.items():
            text.write(f"# {name}: {json.dumps(value)}\n")
        rows = self.rows()
        table = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
        table.writeheader()
        for row in rows:
            short = {f"{key}_error": f"{row[f'{key}_error']:.6g}" for key in self.keys}
            table.writerow(row | short)
        if path is not None:
            Path(path).write_text(text.getvalue(), encoding="utf-8", newline="\n")
        return text.getvalue()


def arguments(point: Any, names: Sequence[str]) -> dict[str, Any]:
    """The arguments of a point by their names."""
    if isinstance(point, Mapping):
        return dict(point)
    return dict(zip(names, point if isinstance(point, tuple) else (point,), strict=True))


def _different(values: NDArray[Any]) -> list[Any]:
    """The values in the order in which they first occur."""
    return list(dict.fromkeys(values.tolist()))


def _equal(a: Any, b: Any) -> bool:
    return (type(a) is not bool and type(b) is not bool and a == b) or a is b


# ------------------------------------------------------------------ a table read


def from_csv(text: str, name: str) -> Sweep:
    """The sweep in a table that `Sweep.to_csv` has written."""
    lines = text.splitlines()
    told = [line[2:].partition(": ") for line in lines if line.startswith("# ")]
    about = {key: _json(value) for key, _, value in told}
    rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    columns = list(rows[0]) if rows else []
    keys = [column for column in columns if f"{column}_error" in columns]
    if not keys or "repeats" not in columns or any(None in row.values() or None in row for row in rows):
        raise ValueError(f"path: {name} is no table of a sweep")
    names = columns[: columns.index(keys[0])]
    points = [{name: _value(row[name]) for name in names} for row in rows]
    sums = [{key: _sums(row, key) for key in keys} for row in rows]
    return Sweep(points, names, sums, about, about.pop("places", None))


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


def _sums(row: Mapping[str, str], key: str) -> Running:
    """Count, mean and squares that give this mean and error again."""
    count, error = int(row["repeats"]), float(row[f"{key}_error"])
    return Running(count, float(row[key]), 0.0 if count < 2 else error**2 * count * (count - 1))


def _value(text: str) -> Any:
    """A number if it is one."""
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            pass
    return {"True": True, "False": False, "": None}.get(text, text)
