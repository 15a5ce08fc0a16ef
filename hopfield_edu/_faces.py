"""Cartoon faces of 24 x 24 cells, drawn from a few parameters: correlated, as real faces are."""

from __future__ import annotations

from itertools import product
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from hopfield_edu import _check

SIZE = 24


class Face(NamedTuple):
    """What a face looks like. Every field is one of the values listed in `CHOICES`."""

    shape: str = "round"
    hair: str = "short"
    eyes: str = "open"
    mouth: str = "smile"
    glasses: str = "none"
    hat: str = "none"
    age: str = "young"


CHOICES = {
    "shape": ("round", "long"),
    "hair": ("short", "long", "curly", "bald"),
    "eyes": ("open", "narrow"),
    "mouth": ("smile", "flat", "open", "sad"),
    "glasses": ("none", "glasses", "sunglasses"),
    "hat": ("none", "hat"),
    "age": ("young", "old"),
}
PERSON = ("shape", "hair", "eyes", "mouth")  # what tells people apart; the rest may come and go


def draw_face(face: Face) -> NDArray[np.int_]:
    """The picture of a face: (24, 24) array, ink +1 and paper -1.

    Examples
    --------
    >>> draw_face(Face(glasses="sunglasses")).shape
    (24, 24)
    """
    for name, value in face._asdict().items():
        _check.one_of(value, name, CHOICES[name])
    row, column = np.mgrid[:SIZE, :SIZE]
    x, y = column - 11.5, row - 12.5
    wide, tall = (9.3, 10.2) if face.shape == "round" else (7.6, 11.0)
    radius = np.hypot(x / wide, y / tall)
    ink = (radius <= 1) & (radius > 0.87)  # the outline
    ink |= _hair(face.hair, x, y, radius)
    ink |= _features(face, x, y) & (radius < 0.9)
    ink |= _eyes(face, x, y)
    ink |= _extras(face, x, y, radius)
    return np.where(ink, 1, -1)


def _hair(style: str, x: NDArray, y: NDArray, radius: NDArray) -> NDArray[np.bool_]:
    top = (radius <= 1.02) & (y < -5.5)
    if style == "short":
        return top
    if style == "long":
        locks = (radius > 0.8) & (np.abs(x) < 11) & (np.abs(x) > 6) & (y < 9)
        return top | (locks & (np.hypot(x / 11, np.minimum(y, 0) / 10.5) < 1.02))
    if style == "curly":
        return (radius < 1.13) & (radius > 0.72) & (y < 0.5)
    return np.zeros_like(radius, dtype=bool)


def _eyes(face: Face, x: NDArray, y: NDArray) -> NDArray[np.bool_]:
    if face.eyes == "open":
        return np.hypot(np.abs(x) - 3.5, y + 1.5) < 1.3
    return (np.abs(np.abs(x) - 3.5) < 2) & (np.abs(y + 1.5) < 0.6)


def _features(face: Face, x: NDArray, y: NDArray) -> NDArray[np.bool_]:
    nose = (np.abs(x) < 0.9) & (y > 0) & (y < 3)
    mouth = {
        "smile": (np.abs(np.hypot(x, y - 2.5) - 4.2) < 0.75) & (y > 4.4),
        "flat": (np.abs(x) < 4) & (np.abs(y - 6) < 0.8),
        "open": np.hypot(x, (y - 6) * 1.1) < 2.5,
        "sad": (np.abs(np.hypot(x, y - 9.6) - 4.2) < 0.75) & (y < 7.4),
    }[face.mouth]
    return nose | mouth


def _extras(face: Face, x: NDArray, y: NDArray, radius: NDArray) -> NDArray[np.bool_]:
    ink = np.zeros_like(radius, dtype=bool)
    lens = np.hypot(np.abs(x) - 3.7, (y + 1.5) * 1.05)
    if face.glasses != "none":
        ink |= (lens < 3.5) & ((lens > 2.5) | (face.glasses == "sunglasses"))
        ink |= (np.abs(y + 1.5) < 0.6) & ((np.abs(x) < 1.2) | (np.abs(x) > 6.5)) & (radius < 1)
    if face.hat == "hat":
        ink |= ((np.abs(x) < 7) & (y < -6.5)) | ((np.abs(x) < 11.5) & (y >= -7.5) & (y < -5.5))
    if face.age == "old":
        ink |= (np.abs(np.hypot(np.abs(x) - 5.5, y - 4.5) - 2) < 0.5) & (np.abs(x) > 5) & (radius < 0.85)
        ink |= (np.abs(x) < 4) & (np.abs(y + 5) < 0.5) & (face.hat == "none")
        ink |= (radius < 0.95) & (radius > 0.74) & (y > 6.8)
    return ink


def people() -> list[Face]:
    """All 64 people: every combination of shape, hair, eyes and mouth, young, without glasses and hat.

    Examples
    --------
    >>> len(people())
    64
    """
    return [Face(*choice) for choice in product(*(CHOICES[name] for name in PERSON))]
