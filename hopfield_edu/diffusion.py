"""Memory and imagination: the best guess of a noisy picture is a softmax step, and cooling it down dreams.

    D(y) = sum_mu p_mu x^mu        p = softmax_mu(-|y - x^mu|^2 / (2 sigma^2))
    E(y) = -sigma^2 log( 1/M sum_mu exp(-|y - x^mu|^2 / (2 sigma^2)) )        D = y - grad E

x^mu are the stored pictures, sigma is the strength of Gaussian noise in every cell. If all pictures have the
same norm, D is the step of `modern.Network` with beta = 1/sigma^2. The score is (D - y) / sigma^2, the slope
of the logarithm of the probability of y (Vincent 2011). `sample` turns the noise down step by step, after
Song et al. 2021 and Karras et al. 2022. Windows, in which parts of a picture are guessed from what is near
them, make new pictures (after Kamb and Ganguli 2025).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hopfield_edu import _check
from hopfield_edu._frozen import frozen
from hopfield_edu._types import Array, Reals, Rng

LARGEST = 1e100  # of a cell: squares must not overflow
NOISE = 1e12  # the strongest noise
CELLS = 10_000  # of a picture with windows
STEPS = 10_000  # of one dream

Cells = NDArray[np.intp]


class Window(NamedTuple):
    """The cells that are looked at, and those that are guessed from them."""

    sees: Cells
    sets: Cells


Windows = tuple[Window, ...]


# ------------------------------------------------------------------ windows


def bands(shape: tuple[int, int], cuts: Iterable[int]) -> Windows:
    """A picture cut into bands of rows, each of which looks at itself only.

    Parameters
    ----------
    shape : (rows, columns)
    cuts : sequence of int
        The rows, counted from 0, at which a new band begins, in ascending order.

    Returns
    -------
    windows : tuple of Window

    Examples
    --------
    >>> [band.sets.tolist() for band in bands((3, 2), [1])]
    [[0, 1], [2, 3, 4, 5]]
    """
    rows, columns = _shape(shape)
    starts = [_check.count(k, "the row in cuts") for k in _check.listed(cuts, "cuts", "rows", high=rows)]
    edges = [0, *starts, rows]
    if any(low >= high for low, high in pairwise(edges)):
        raise ValueError(f"cuts is {_check.shown(starts)}; ascending rows from 1 to {rows - 1} are wanted")
    grid = np.arange(rows * columns).reshape(rows, columns)
    parts = [grid[low:high].ravel() for low, high in pairwise(edges)]
    return tuple(_window(part, part) for part in parts)


def windows(shape: tuple[int, int], height: int, width: int | None = None) -> Windows:
    """A window that slides over a picture: each row, or each cell, is guessed from those around it.

    Parameters
    ----------
    shape : (rows, columns)
    height : int
        Rows that are seen: as many above as below, for an even height one more above. At the edge of the
        picture the window is cut off.
    width : int, optional
        Columns that are seen, likewise. By default all of them, and a whole row is guessed at once.

    Returns
    -------
    windows : tuple of Window

    Examples
    --------
    >>> [(w.sees.tolist(), w.sets.tolist()) for w in windows((3, 1), 2)]
    [([0], [0]), ([0, 1], [1]), ([1, 2], [2])]
    """
    rows, columns = _shape(shape)
    height = _check.count(height, "height", low=1)
    wide = columns if width is None else min(_check.count(width, "width", low=1), 2 * columns)
    tall = min(height, 2 * rows)
    grid = np.arange(rows * columns).reshape(rows, columns)
    if width is None:
        return tuple(_window(_around(grid, r, tall), grid[r]) for r in range(rows))
    seen = rows * columns * min(tall, rows) * min(wide, columns)
    _check.budget(steps=seen, most=2e7, height=height, width=width)
    strips = [_around(grid, r, tall) for r in range(rows)]
    return tuple(
        _window(_around(strips[r].T, c, wide).T, grid[r, c : c + 1])
        for r in range(rows)
        for c in range(columns)
    )


def _around(grid: Cells, row: int, height: int) -> Cells:
    """The rows of a window of this height around a row, as far as there are any."""
    top = row - height // 2
    return grid[max(top, 0) : max(top + height, 0)]


def _window(sees: Cells, sets: Cells) -> Window:
    return Window(frozen(sees.ravel().copy()), frozen(sets.ravel().copy()))


def _shape(shape: Any) -> tuple[int, int]:
    if not isinstance(shape, tuple | list) or len(shape) != 2:
        raise TypeError(f"shape is {_check.shown(shape)}; (rows, columns) is wanted")
    rows, columns = (_check.count(side, "the side in shape", low=1, high=CELLS) for side in shape)
    if rows * columns > CELLS:
        raise ValueError(f"shape has {rows * columns} cells; at most {CELLS} are wanted")
    return rows, columns


# ------------------------------------------------------------------ one guess


def denoise(
    noisy: ArrayLike, patterns: ArrayLike, sigma: float, *, windows: Iterable[Window] | None = None
) -> Reals:
    """The best guess D(y) of the picture behind a noisy one: the mean of all that it may have been.

    Bayes' rule with equal chances for all patterns, and Gaussian noise: of all guesses this one has the
    smallest mean square error.

    Parameters
    ----------
    noisy : (N,) or (B, N) array
        y: what is seen, a stored picture plus noise.
    patterns : (M, N) array
        x^mu, the pictures that it may be, one per row; ±1, grey or any other real numbers.
    sigma : float
        Standard deviation of the noise in every cell, above 0.
    windows : tuple of Window, optional
        Guess each part of the picture on its own, from what its window sees; see `bands` and `windows`.

    Returns
    -------
    guess : (N,) or (B, N) array

    Examples
    --------
    >>> denoise([0.9, 0.2], [[1, 0], [0, 1]], sigma=0.3).round(2)
    array([1., 0.])
    """
    y, parts, sigma = _given(noisy, patterns, sigma, windows)
    return _guess(y, parts, sigma)


def attention(
    noisy: ArrayLike, patterns: ArrayLike, sigma: float, *, windows: Iterable[Window] | None = None
) -> Reals:
    """The chance p_mu that each pattern is the one behind a noisy picture; parameters as in `denoise`.

    Returns
    -------
    p : (M,) or (B, M) array
        Not negative, with sum 1; with K windows of shape (K, M) or (B, K, M), a row for each window.

    Examples
    --------
    >>> attention([0.5, 0.5], [[1, 0], [0, 1]], sigma=1)
    array([0.5, 0.5])
    """
    y, parts, sigma = _given(noisy, patterns, sigma, windows)
    shares = [_shares(part.affinity(y), sigma) for part in parts]
    return shares[0] if windows is None else np.stack(shares, axis=-2)


def score(
    noisy: ArrayLike, patterns: ArrayLike, sigma: float, *, windows: Iterable[Window] | None = None
) -> Reals:
    """The score (D(y) - y) / sigma^2; parameters as in `denoise`.

    Without windows it is the gradient of log p(y), the density of noisy pictures, and so -grad E / sigma^2
    (Vincent 2011; Miyasawa 1961).

    Examples
    --------
    >>> score([3.0], [[1.0]], sigma=2)  # of a single picture
    array([-0.5])
    """
    y, parts, sigma = _given(noisy, patterns, sigma, windows)
    return (_guess(y, parts, sigma) - y) / sigma / sigma


def energy(
    noisy: ArrayLike, patterns: ArrayLike, sigma: float, *, windows: Iterable[Window] | None = None
) -> Any:
    """E(y) = -sigma^2 log( 1/M sum_mu exp(-|y - x^mu|^2 / (2 sigma^2)) ), which D goes down by one unit step.

    Up to a constant, -sigma^2 times the logarithm of the density of noisy pictures. For bands it is the sum
    of the energies of the bands. Parameters as in `denoise`.

    Raises
    ------
    ValueError
        If a window sees cells that it does not set, or the other way round: then there is no energy.

    Returns
    -------
    E : float or (B,) array

    Examples
    --------
    >>> round(energy([1.0, 1.0], [[1, 1], [-1, 1]], sigma=0.5), 3)  # 0.25 log 2, for one of the two is here
    0.173
    """
    y, parts, sigma = _given(noisy, patterns, sigma, windows)
    if not all(np.array_equal(np.sort(part.sees), np.sort(part.sets)) for part in parts):
        raise ValueError(
            "windows look beyond the cells that they set; only bands of their own have an energy"
        )
    E = np.sum([part.energy(y, sigma) for part in parts], axis=0)
    return float(E) if E.ndim == 0 else E


def jacobian(
    noisy: ArrayLike, patterns: ArrayLike, sigma: float, *, windows: Iterable[Window] | None = None
) -> Reals:
    """The matrix dD_i / dy_j: symmetric exactly if D is a step down some energy.

    Parameters
    ----------
    noisy : (N,) array
        One state.
    patterns, sigma, windows
        As in `denoise`.

    Returns
    -------
    J : (N, N) array
        The covariance of what the picture may be, over sigma^2.

    Examples
    --------
    >>> jacobian([0.0], [[1.0], [-1.0]], sigma=2)
    array([[0.25]])
    """
    y, parts, sigma = _given(noisy, patterns, sigma, windows)
    if y.ndim != 1:
        raise ValueError(f"noisy has shape {y.shape}; one state (N,) is wanted")
    _check.budget(numbers=2 * y.size**2, noisy=noisy)
    J = np.zeros((y.size, y.size))
    for part in parts:
        p = _shares(part.affinity(y), sigma)
        away = part.shown - p @ part.shown
        J[np.ix_(part.sets, part.sees)] = (part.given * (p / sigma / sigma)[:, None]).T @ away
    return J


class _Part:
    """One window on the stored pictures: what it sees of them, and what it gives back."""

    def __init__(self, X: Reals, sees: Cells, sets: Cells):
        self.sees, self.sets = sees, sets
        self.shown, self.given = X[:, sees], X[:, sets]
        self.half = (self.shown**2).sum(axis=1) / 2

    def affinity(self, y: Reals) -> Reals:
        """x y - 1/2 |x|^2: half the squared distance from each picture, up to a constant and the sign."""
        return y[..., self.sees] @ self.shown.T - self.half

    def energy(self, y: Reals, sigma: float) -> Any:
        away = (y[..., self.sees] ** 2).sum(axis=-1, keepdims=True) / 2 - self.affinity(y)
        least = away.min(axis=-1, keepdims=True)
        with np.errstate(over="ignore", under="ignore"):
            mean = np.expm1((least - away) / sigma / sigma).mean(axis=-1)
            return least[..., 0] - sigma * (sigma * np.log1p(mean))


def _guess(y: Reals, parts: list[_Part], sigma: float | Reals) -> Reals:
    guess = np.empty_like(y)
    for part in parts:
        guess[..., part.sets] = _shares(part.affinity(y), sigma) @ part.given
    return guess


def _shares(affinity: Reals, sigma: float | Reals) -> Reals:
    """softmax(affinity / sigma^2), also where sigma^2 is too small for a float; sigma is one or a column."""
    z = affinity - affinity.max(axis=-1, keepdims=True)
    with np.errstate(over="ignore", under="ignore"):
        p = np.exp(z / sigma / sigma)
    return p / p.sum(axis=-1, keepdims=True)


def _given(
    noisy: ArrayLike, patterns: ArrayLike, sigma: float, windows: Iterable[Window] | None
) -> tuple[Reals, list[_Part], float]:
    """What all guesses are made of, checked."""
    X = _pictures(patterns, "patterns")
    y = _check.states(noisy, "noisy", X.shape[1], largest=LARGEST)
    rows = y.size // X.shape[1]
    _check.budget(numbers=y.size + rows * len(X), steps=rows * X.size, noisy=noisy, patterns=patterns)
    return y, _parts(X, windows), _check.positive(sigma, "sigma", high=NOISE)


def _pictures(values: ArrayLike, name: str) -> Reals:
    array = _check.real_array(values, name, largest=LARGEST)
    if array.ndim != 2 or array.size == 0:
        hint = _check.remedy(array.shape, name, None) if array.ndim == 3 else ""
        raise ValueError(f"{name} has shape {array.shape}; (M, N), one picture per row, is wanted{hint}")
    return array.astype(float, copy=False)


def _parts(X: Reals, windows: Iterable[Window] | None) -> list[_Part]:
    N = X.shape[1]
    if windows is None:
        return [_Part(X, np.arange(N), np.arange(N))]
    pairs = [_pair(pair, N) for pair in _check.listed(windows, "windows", "windows", high=CELLS)]
    sets = np.sort(np.concatenate([sets for _, sets in pairs])) if pairs else np.empty(0)
    if not np.array_equal(sets, np.arange(N)):
        raise ValueError(f"windows set {sets.size} cells; each of the cells 0 to {N - 1} is wanted once")
    size = sum(sees.size + sets.size for sees, sets in pairs)
    _check.budget(numbers=len(X) * size, windows=windows, patterns=X)
    return [_Part(X, sees, sets) for sees, sets in pairs]


def _pair(pair: Any, N: int) -> tuple[Cells, Cells]:
    """The cells that a window sees and sets."""
    if not isinstance(pair, tuple | list) or len(pair) != 2:
        raise TypeError(f"a window in windows is {_check.shown(pair)}; Window(sees, sets) is wanted")
    sees, sets = (_check.real_array(cells, "the cells in windows") for cells in pair)
    for cells in (sees, sets):
        if cells.ndim != 1 or cells.size == 0 or cells.dtype.kind not in "iu":
            raise ValueError(
                f"a window in windows has cells of shape {cells.shape}; whole numbers are wanted"
            )
        if cells.min() < 0 or cells.max() >= N or np.bincount(cells).max() > 1:
            raise ValueError(
                f"a window in windows names a cell twice, or none of 0 to {N - 1}; "
                f"each cell is wanted once, and no more than the {N} of the patterns"
            )
    return sees.astype(np.intp), sets.astype(np.intp)


# ------------------------------------------------------------------ dreams


def noises(high: float = 30.0, low: float = 0.05, steps: int = 40) -> Reals:
    """A schedule of noise, from high to low, each step by the same factor.

    Examples
    --------
    >>> noises(8, 1, 4)
    array([8., 4., 2., 1.])
    """
    high = _check.positive(high, "high", high=NOISE)
    low = _check.positive(low, "low", high=NOISE)
    if low >= high:
        raise ValueError(f"low is {low:g} and high is {high:g}; low < high is wanted")
    schedule: Reals = np.geomspace(high, low, _check.count(steps, "steps", low=2, high=STEPS))
    return schedule


def sample(
    patterns: ArrayLike,
    count: int,
    noises: ArrayLike,
    rng: Rng,
    *,
    windows: Iterable[Window] | None = None,
    fresh_noise: bool = False,
    start: ArrayLike | None = None,
    record: bool = False,
) -> Reals:
    """Dreams: begin with nothing but noise, and turn it down step by step.

    From the noise s to the next, s', the state goes to y <- D + (s'/s) (y - D): the guess stays, the rest
    shrinks as the noise does (Song et al. 2021, probability flow; Euler's step of Karras et al. 2022). With
    fresh noise it goes to D + r (y - D) + s' sqrt(1 - r) z with r = (s'/s)^2 and new normal numbers z.

    Parameters
    ----------
    patterns : (M, N) array
        The stored pictures.
    count : int
        Number of dreams.
    noises : (K,) array
        The schedule, falling, such as `noises` makes it; the last may be 0.
    rng : int or numpy.random.Generator
    windows : tuple of Window, optional
        Guess from windows, as in `denoise`.
    fresh_noise : bool
        Without it only the start is left to chance.
    start : (count, N) array, optional
        States at the first noise, to go on from there. By default normal numbers times that noise.
    record : bool
        Give the states at all noises.

    Returns
    -------
    samples : (count, N) array, or (K, count, N) with `record`
        The states at the last noise.

    Examples
    --------
    >>> sample([[1, 1, 1], [-1, -1, 1]], 2, noises(10, 0.01, 20), rng=1).round() + 0.0
    array([[ 1.,  1.,  1.],
           [-1., -1.,  1.]])
    """
    X, s = _pictures(patterns, "patterns"), _schedule(noises)
    B, N = _check.count(count, "count", low=1), X.shape[1]
    fresh_noise, record = _check.flag(fresh_noise, "fresh_noise"), _check.flag(record, "record")
    _check.budget(numbers=B * (N + len(X)) * 2, steps=B * X.size * len(s), most=1e11, count=count)
    if record:
        _check.budget(numbers=B * N * len(s), count=count, noises=noises)
    rng, parts = _check.generator(rng, "diffusion.sample"), _parts(X, windows)
    y = s[0] * rng.normal(size=(B, N)) if start is None else _start(start, B, N)
    states = _falling(y, parts, s, rng if fresh_noise else None)
    if record:
        return np.array(list(states))
    return deque(states, maxlen=1)[0]


def _falling(y: Reals, parts: list[_Part], s: Reals, rng: np.random.Generator | None) -> Iterator[Reals]:
    """The states at all noises; fresh noise if there is a generator."""
    yield y
    for now, then in pairwise(s):
        guess = _guess(y, parts, now)
        ratio = then / now
        if rng is None:
            y = guess + ratio * (y - guess)
        else:
            y = guess + ratio**2 * (y - guess) + then * np.sqrt(1 - ratio**2) * rng.normal(size=y.shape)
        yield y


def _start(start: ArrayLike, B: int, N: int) -> Reals:
    y = _check.real_array(start, "start", largest=LARGEST)
    if y.shape != (B, N):
        raise ValueError(f"start has shape {y.shape}; ({B}, {N}) is wanted, one state for each of count")
    return np.array(y, float)


def _schedule(noises: ArrayLike) -> Reals:
    s = _check.real_array(noises, "noises", largest=NOISE)
    if s.ndim != 1 or not 1 <= s.size <= STEPS:
        raise ValueError(f"noises has shape {s.shape}; (K,) is wanted, with at most {STEPS} steps")
    if s[-1] < 0 or not s[0] > 0 or (s[1:] >= s[:-1]).any():
        raise ValueError("noises do not fall, or end below 0; every one must be smaller than the one before")
    return s.astype(float)


# ------------------------------------------------------------------ what came of it


@dataclass(frozen=True, eq=False)
class Judged:
    """How many samples are stored, new (valid and not stored) or wrong.

    Attributes
    ----------
    stored, new, wrong : int
    found : int
        How many different new pictures there are among the samples.
    unseen : int
        How many there could be: valid pictures that are not stored.
    kinds : (B,) array of str
        ``"stored"``, ``"new"`` or ``"wrong"``, of each sample.
    """

    stored: int
    new: int
    wrong: int
    found: int
    unseen: int
    kinds: Array = field(repr=False)

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        frozen(self.kinds)


def judge(samples: ArrayLike, stored: ArrayLike, valid: ArrayLike, *, tol: float = 0.5) -> Judged:
    """Count which samples are stored, which are new and valid, and which are wrong.

    Pictures are compared, cell by cell, and never labels: two names of one picture count once.

    Parameters
    ----------
    samples : (B, N) array
    stored : (M, N) array
        What the memory was given.
    valid : (V, N) array
        All pictures that are right, the stored ones among them or not.
    tol : float
        Two pictures are the same if no cell differs by more than this.

    Returns
    -------
    Judged

    Examples
    --------
    >>> judge([[1, 1], [1, -1], [0, 0]], stored=[[1, 1]], valid=[[1, 1], [1, -1], [-1, 1]])
    Judged(stored=1, new=1, wrong=1, found=1, unseen=2)
    """
    Y, X, V = (_pictures(a, n) for a, n in ((samples, "samples"), (stored, "stored"), (valid, "valid")))
    for name, other in (("stored", X), ("valid", V)):
        if other.shape[1] != Y.shape[1]:
            wanted = f"as many as samples, {Y.shape[1]}, are wanted"
            raise ValueError(f"{name} has {other.shape[1]} cells in a picture; {wanted}")
    _check.budget(steps=(len(Y) + len(V)) * (len(X) + len(V)) * Y.shape[1], samples=samples, valid=valid)
    tol = _check.positive(tol, "tol", zero=True)
    others = np.unique(V[_nearest(V, X, tol) < 0], axis=0)
    known, which = _nearest(Y, X, tol) >= 0, _nearest(Y, others, tol)
    new = ~known & (which >= 0)
    kinds = np.select([known, new], ["stored", "new"], "wrong")
    counts = {kind: int((kinds == kind).sum()) for kind in ("stored", "new", "wrong")}
    return Judged(**counts, found=len(np.unique(which[new])), unseen=len(others), kinds=frozen(kinds))


def _nearest(Y: Reals, pictures: Reals, tol: float) -> NDArray[np.int_]:
    """For each row of Y the first of the pictures that is the same, or -1."""
    found = np.full(len(Y), -1)
    for k in reversed(range(len(pictures))):
        found[(np.abs(Y - pictures[k]) <= tol).all(axis=1)] = k
    return found
