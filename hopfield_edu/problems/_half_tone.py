"""Half-toning: black and white dots that look, from afar, like the greys of a photograph."""

from __future__ import annotations

from functools import cache, cached_property
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from hopfield_edu import _check, _images, datasets
from hopfield_edu._frozen import frozen
from hopfield_edu._types import Array, Reals
from hopfield_edu.problems._base import ATTRIBUTES, Best, Problem

TAPS = np.array([1, 2, 1]) / 4  # the eye, along rows and along columns
APART = 3  # units this far apart do not hear each other: the eye twice reaches two
EXACT = 16  # cells, of which all pictures are looked at
MATRIX = 4096  # cells, up to which the weights are written out


class HalfTone(Problem):
    """What `half_tone` returns; a state is a picture of ±1, row by row."""

    _fixed = (ATTRIBUTES - {"weights"}) | {"picture", "shape"}

    def __init__(self, picture: ArrayLike):
        grey = np.array(_greys(picture))
        if min(grey.shape) < APART:
            raise ValueError(f"picture has shape {grey.shape}; at least 3 x 3 cells are wanted")
        self.picture, self.shape, self.N, self.coding = grey, grey.shape, grey.size, "binary"
        self.groups, self.side, self.moved = (), None, np.zeros(0)
        wanted = blurred(grey)
        self.bias = blurred(wanted).ravel()
        self.constant = float((wanted**2).sum() / 2 + self._diagonal.sum() / 2)

    @cached_property
    def _diagonal(self) -> Reals:
        """What a cell contributes to the square of itself: (rows, columns)."""
        ends = [np.full(k, (TAPS**2).sum()) for k in self.shape]
        for end in ends:
            end[[0, -1]] -= TAPS[0] ** 2
        return np.outer(*ends)

    @cached_property
    def _twice(self) -> tuple[Reals, Reals]:
        """The eye applied twice, along columns and along rows, as symmetric matrices."""
        down, across = (_blur_line(_blur_line(np.eye(k))) for k in self.shape)
        return down, across

    @property
    def weights(self) -> Reals:  # type: ignore[override]
        """(N, N) array, written out for pictures of at most 64 x 64 cells: minus the eye applied twice."""
        if self.N > MATRIX:
            raise ValueError(f"picture has {self.N} cells; weights are written out for at most {MATRIX}")
        W = np.asarray(-np.kron(*self._twice))
        np.fill_diagonal(W, 0)
        return W

    def field(self, state: ArrayLike) -> Reals:
        """The total input of every unit, (N,) or (B, N), by convolution: no weight is ever written down."""
        V = self._states(state)
        return self._fields(np.atleast_2d(V)).reshape(V.shape)

    def _fields(self, V: Array) -> Array:
        y = V.reshape(-1, *self.shape).astype(float)
        h = self._diagonal * y - blurred(blurred(y))
        return np.asarray(h.reshape(V.shape) + self.bias)

    def _energies(self, V: Array) -> Array:
        apart = blurred(V.reshape(-1, *self.shape) - self.picture)
        return np.asarray((apart**2).sum(axis=(1, 2)) / 2)

    def _costs(self, V: Array) -> Array:
        return self._energies(V)

    def _broken(self, V: Array) -> Array:
        return np.zeros(len(V))

    def _read(self, V: Array) -> Array:
        return V.reshape(self.shape)

    def _best(self) -> Best | None:
        if self.N > EXACT:
            return None
        V = 2 * (np.arange(2**self.N)[:, None] >> np.arange(self.N) & 1) - 1
        E = self._energies(V)
        return Best(float(E.min()), V[int(E.argmin())], f"all 2^{self.N} pictures")

    def sweep(self, state: ArrayLike, temperature: float = 0.0, rng: Any = None) -> Array:
        """The state after every unit was updated once, a ninth of them at a time.

        Units three cells apart do not hear each other, so updating them together is the same as one by one.

        Examples
        --------
        >>> problem = half_tone(np.zeros((6, 6)))
        >>> bool(problem.energy(problem.sweep(np.ones(36, int))) < problem.energy(np.ones(36, int)))
        True
        """
        V = self._states(state)
        T = _check.positive(temperature, "temperature", zero=True)
        generator = _check.generator(rng, "a sweep at a temperature") if T else None
        return self._swept(np.atleast_2d(V), T, generator).reshape(V.shape)

    def _swept(self, V: Array, T: float, rng: np.random.Generator | None) -> Array:
        y = V.reshape(-1, *self.shape).astype(float)
        (down, across), bias = self._twice, self.bias.reshape(self.shape)
        for rows, columns in product(*2 * [[slice(k, None, APART) for k in range(APART)]]):
            part = ..., rows, columns
            h = self._diagonal[rows, columns] * y[part] - down[rows] @ y @ across[:, columns]
            h += bias[rows, columns]  # all before it are multiples of 1/256, and exact
            if T and rng is not None:
                h = h - T / 2 * rng.logistic(size=h.shape)
            y[part] = np.where(np.abs(h) < 1e-12, y[part], np.sign(h))
        return y.reshape(V.shape).astype(int)


def half_tone(picture: ArrayLike) -> HalfTone:
    """Dots of ±1 that look like a picture to an eye that blurs: E = 1/2 |K(y - picture)|^2.

    (Named in Hopfield, Scholarpedia, "Computation through optimization".) K is [1 2 1] / 4 along rows and
    columns; outside the picture there is nothing.

    Parameters
    ----------
    picture : (rows, columns) array
        Greys from -1 (white) to 1 (black).

    Returns
    -------
    HalfTone
        `read` gives the picture, `cost` the energy; `best` looks at all pictures of up to 16 cells.

    Examples
    --------
    >>> ramp = np.linspace(-1, 1, 16) * np.ones((16, 1))
    >>> problem = half_tone(ramp)
    >>> bool(problem.cost(error_diffusion(ramp).ravel()) < problem.cost(threshold(ramp).ravel()) / 2)
    True
    """
    return HalfTone(picture)


@cache
def photograph() -> Reals:
    """A photograph of 64 x 64 greys: the computer scientist Grace Hopper, as `datasets.photograph` has her.

    Returns
    -------
    picture : (64, 64) array
        From -1 (white) to 1 (black).

    Examples
    --------
    >>> photograph().shape
    (64, 64)
    """
    return frozen(datasets.photograph(64).reshape(64, 64))


def blurred(picture: Array) -> Array:
    """K: [1 2 1] / 4 along the last two axes, with zeros outside."""
    return _blur_line(_blur_line(picture).swapaxes(-1, -2)).swapaxes(-1, -2)


def _blur_line(x: Array) -> Array:
    y = np.asarray(x * TAPS[1], float)
    y[..., 1:] += TAPS[0] * x[..., :-1]
    y[..., :-1] += TAPS[2] * x[..., 1:]
    return y


def threshold(picture: ArrayLike) -> Array:
    """Every grey to the nearer of black and white.

    Examples
    --------
    >>> threshold([[-0.2, 0.3]])
    array([[-1,  1]])
    """
    return np.where(_greys(picture) > 0, 1, -1)


def error_diffusion(picture: ArrayLike) -> Array:
    """Floyd and Steinberg (1976): each cell takes the nearer value, and its error goes to cells not yet done.

    Examples
    --------
    >>> int(error_diffusion(np.zeros((8, 8))).sum())
    0
    """
    return _images.halftone(_greys(picture)).astype(int)


def _greys(picture: ArrayLike) -> Reals:
    grey = _check.real_array(picture, "picture").astype(float)
    if grey.ndim != 2 or grey.size == 0 or grey.size > 512**2:
        raise ValueError(f"picture has shape {grey.shape}; (rows, columns), at most 512 x 512, is wanted")
    if abs(grey).max() > 1:
        worst = grey.flat[abs(grey).argmax()]
        raise ValueError(f"picture holds {worst:g}; greys from -1 (white) to 1 (black) are wanted")
    return grey
