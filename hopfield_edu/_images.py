"""Pictures of one's own: files, arrays and drawings in text, made smaller, split into ink and paper."""

from __future__ import annotations

import io
import os
import re
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from hopfield_edu import _check

CELLS = 2**20  # of a picture, if its size is not given
PIXELS = 10**8  # of a file
READ = ".bmp .gif .jpeg .jpg .pgm .png .ppm .tif .tiff .txt .webp".split()
INK, PAPER = "#", "."
Grey = NDArray[np.float64]


class Given(NamedTuple):
    """The greys of a picture, dark ones low: `sign` times what was given, on a scale of `middle` ± `half`."""

    grey: Grey
    sign: int = 1
    middle: float = 127.5
    half: float = 127.5


def grey_of(source: Any, name: str) -> Given:
    """The greys of whatever stands for a picture."""
    if isinstance(source, str) and _is_drawing(source):
        return Given(_drawing(source, name))
    if isinstance(source, (str, os.PathLike)):
        path = Path(source)
        if path.suffix.lower() == ".txt" and path.is_file():
            return Given(_drawing(path.read_text(encoding="utf-8", errors="replace"), name))
        return Given(_file(path, name, _check.shown(str(path))))
    if isinstance(source, (bytes, bytearray, memoryview)):
        return Given(_file(io.BytesIO(source), name, "some bytes"))
    return _array(source, name)


def _is_drawing(text: str) -> bool:
    """Whether a text is a drawing, not the name of a file."""
    return "\n" in text or (bool(text.strip()) and not set(text) - {INK, PAPER, " "})


def _drawing(text: str, name: str) -> Grey:
    rows = ["".join(line.split()) for line in text.splitlines() if line.strip()]
    strange = sorted(set("".join(rows)) - {INK, PAPER})
    if strange or not rows:
        what = f"holds {strange[0]!r}" if strange else "is empty"
        raise ValueError(f"{name} {what}; a drawing is made of {INK} (ink) and {PAPER} (paper)")
    if len({len(row) for row in rows}) > 1:
        raise ValueError(f"{name} is a drawing whose rows differ in length; all must be equally long")
    return np.array([[0.0 if cell == INK else 255.0 for cell in row] for row in rows])


def _file(source: Any, name: str, told: str) -> Grey:
    """The luminance of a picture in a file; what is transparent is white."""
    from PIL import Image, ImageOps  # comes with matplotlib

    try:
        with Image.open(source) as image:
            if image.width * image.height > PIXELS:
                raise ValueError(
                    f"{name} has {image.height} x {image.width} pixels; at most {PIXELS:.0e} are wanted"
                )
            image = ImageOps.exif_transpose(image)
            if image.mode.startswith(("I", "F")):  # 16 bits and more
                deep = np.asarray(image, float)
                return np.clip(deep / (257 if deep.max() > 255 else 1), 0, 255)
            ground = Image.new("RGBA", image.size, "white")
            return np.asarray(Image.alpha_composite(ground, image.convert("RGBA")).convert("L"), float)
    except (FileNotFoundError, NotADirectoryError):
        raise ValueError(f"{name} is {told}; there is no such file") from None
    except (OSError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise ValueError(f"{name} is {told}, which is no picture that can be read here") from None


def _array(source: Any, name: str) -> Given:
    """An array as a picture: of ±1 or of 0/1, in which 1 is ink, or of greys and colours."""
    array = _check.array_of(source, name)
    ink = array.dtype == bool or (array.dtype.kind in "iu" and array.size > 0 and array.max() <= 1)
    array = _check.real_array(array.astype(int) if array.dtype == bool else array, name)
    if array.ndim == 3 and array.shape[2] in (3, 4) and array.size:
        array = array[..., :3] @ np.array([0.299, 0.587, 0.114])
    if array.ndim != 2 or array.size == 0:
        raise ValueError(
            f"{name} has shape {array.shape}; one picture (rows, columns) is wanted, or (rows, columns, 3) "
            "in colour"
        )
    low, high = float(array.min()), float(array.max())
    if ink or low < 0:  # the library's own scale: what is larger is darker
        return Given(-array.astype(float), -1, *((-0.5, 0.5) if low >= 0 else (0.0, 1.0)))
    return Given(array.astype(float), 1, *((127.5, 127.5) if high > 1 else (0.5, 0.5)))


def resized(grey: Grey, size: Any) -> Grey:
    """The middle of a picture, as large as the form allows; each cell is the mean of what it covers."""
    if size is None:
        return grey
    rows, columns = size
    height, width = grey.shape
    tall, wide = min(height, width * rows / columns), min(width, height * columns / rows)
    down, across = _shares(height, tall, rows), _shares(width, wide, columns)
    return down @ grey @ across.T


def _shares(old: int, length: float, new: int) -> NDArray[np.float64]:
    """(new, old) array: how much of each new cell every old one covers; `length` old ones in the middle."""
    edges = (old - length) / 2 + np.linspace(0, length, new + 1)
    left, right = edges[:-1, None], edges[1:, None]
    cell = np.arange(old)
    return np.clip(np.minimum(right, cell + 1) - np.maximum(left, cell), 0, None) / (length / new)


def halftone(grey: NDArray[np.float64]) -> NDArray[np.float64]:
    """Signs only: each cell takes that of its grey and hands what it is wrong by on to its neighbours."""
    rows, columns = grey.shape
    rest = np.pad(grey, ((0, 1), (1, 1))).tolist()  # numbers of Python: one by one they are quicker
    for here, below in pairwise(rest):
        for c in range(1, columns + 1):
            sign = 1.0 if here[c] > 0 else -1.0
            error, here[c] = here[c] - sign, sign
            here[c + 1] += error * 7 / 16
            for k, share in ((-1, 3), (0, 5), (1, 1)):
                below[c + k] += error * share / 16
    return np.array(rest)[:rows, 1:-1]


def in_order(folder: Any) -> list[Path]:
    """The pictures in a folder by name, 2.png before 10.png."""
    if not isinstance(folder, (str, os.PathLike)):
        raise TypeError(f"folder is {_check.shown(folder)}; the path of a folder is wanted")
    path = Path(folder)
    try:
        inside = list(path.iterdir()) if path.is_dir() else None
    except OSError:
        inside = None
    if inside is None:
        raise ValueError(f"folder is {_check.shown(str(folder))}; there is no such folder")
    files = [file for file in inside if file.suffix.lower() in READ and not file.name.startswith(".")]
    return sorted(files, key=lambda file: [(int(d or 0), w.lower()) for d, w in _PARTS.findall(file.name)])


_PARTS = re.compile(r"(\d*)(\D*)")
