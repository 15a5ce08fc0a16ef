"""The same cue for three networks: classical, dense and modern."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

import ipywidgets as widgets
import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from hopfield_edu import _check, binary, datasets, dense, modern
from hopfield_edu.explore import _gallery, _own_pictures
from hopfield_edu.explore._base import Explorer, drawing_on, dropdown, fit, row, slider
from hopfield_edu.explore._beta import log_slider
from hopfield_edu.explore._own_pictures import Pictures

DATA = ("faces", "melodies")
OWN = "own pictures"
NOUNS = {"faces": ("face", "faces"), "melodies": ("melody", "melodies"), OWN: ("picture", "pictures")}
FUNCTIONS = {"x³": 3, "x⁵": 5, "x¹⁰": 10, "x²⁰": 20, "eˣ": 0}
LOW, HIGH = 1e-3, 3.0
MOST = 64
Array = NDArray[Any]


@lru_cache(maxsize=2)
def _library(data: str) -> Pictures:
    """All faces in a mixed order, or all melodies."""
    if data == "faces":
        return _own_pictures.pictures(datasets.faces(np.random.default_rng(0).permutation(64)))
    return _own_pictures.pictures(datasets.melodies())


def everything(data: str, own: Pictures | None = None) -> Pictures:
    """All pictures that could be stored."""
    return own if own is not None and data == OWN else _library(data)


def sets(own: Pictures | None) -> tuple[str, ...]:
    """What can be stored."""
    return DATA if own is None else (OWN, *DATA)


class Contest(NamedTuple):
    """What was asked for, what was known (0 where hidden), and what three networks made of it."""

    wanted: Array
    cue: Array
    ends: dict[str, Array]

    @property
    def wrong(self) -> dict[str, int]:
        """Cells that differ; of the modern network, those of the wrong sign or nearer to 0 than to ±1."""
        return {name: int((np.abs(end - self.wanted) > 0.5).sum()) for name, end in self.ends.items()}


@lru_cache(maxsize=128)
def recalled(
    data: str, M: int, which: int, shown: int, n: int, beta: float, own: Pictures | None = None
) -> Contest:
    """All three recalls. In the ±1 networks hidden cells of pictures are coin flips, hidden notes silent."""
    s, columns = everything(data, own).states[:M], everything(data, own).shape[1]
    k = (which - 1) % len(s)
    cue = np.where(np.arange(s.shape[1]) % columns < round(columns * shown / 100), s[k], 0)
    guess = np.random.default_rng(0).choice([-1, 1], cue.size) if data != "melodies" else -1
    start = np.where(cue == 0, guess, cue)
    F = dense.power(n) if n else dense.exponential()
    ends = {
        "classical": binary.PatternNetwork(s).recall(start).final,
        "dense": dense.Network(s, F).recall(start).final,
        "modern": modern.Network(s, beta).recall(cue).final,
    }
    return Contest(s[k], cue, ends)


def draw_recall_contest(
    fig: Figure,
    data: str | None = None,
    M: int = 8,
    which: int = 3,
    shown: int = 50,
    n: int = 10,
    beta: float = 0.3,
    patterns: Any = None,
    shape: tuple[int, int] | None = None,
) -> str:
    """A stored picture, the part that is shown, and what three networks recall.

    Parameters
    ----------
    fig : Figure
    data : str, optional
        ``"faces"`` or ``"melodies"`` (of which there are eight), or ``"own pictures"``; these by default if
        there are any.
    M : int
        Number of stored patterns; more than there are means all.
    which : int
        The pattern that is asked for, from 1; counted round where M is smaller.
    shown : int
        Per cent of it that are shown, from the left.
    n : int
        Power of the dense network; 0 stands for the exponential.
    beta : float
        Of the modern network.
    patterns, shape : optional
        Pictures of your own, as for `recall_contest`.

    Returns
    -------
    str
        Who has recalled it.
    """
    drawing_on(fig)
    own = _own_pictures.own(patterns, shape)
    data = sets(own)[0] if data is None else data
    beta = _checked(data, M, which, shown, n, beta, own)
    found = recalled(data, M, which, shown, n, beta, own)
    name = next(name for name, power in FUNCTIONS.items() if power == n)
    rows, columns = everything(data, own).shape
    pictures = {"stored": found.wanted, "cue": found.cue, **found.ends}
    titles = [*list(pictures)[:3], f"dense, {name}", f"modern, β = {beta:.2g}"]
    drawn = [picture.reshape(rows, columns) for picture in pictures.values()]
    if data == "melodies":  # the highest pitch on top
        _gallery.stack(fig.add_axes((0.2, 0.02, 0.795, 0.96)), [p[::-1] for p in drawn], titles, 2)
    elif columns > 3 * rows:
        gap = max(1, round(rows / 4))
        _gallery.stack(fig.add_axes((0.2, 0.02, 0.795, 0.96)), drawn, titles, gap)
    else:
        gap = max(1, round(columns / 12))
        _gallery.line(fig.add_axes((0.004, 0.02, 0.992, 0.85)), drawn, titles, gap)
    return _told(data, min(M, len(everything(data, own))), found)


def _checked(data: str, M: int, which: int, shown: int, n: int, beta: float, own: Pictures | None) -> float:
    """beta; what cannot be drawn is refused."""
    _check.one_of(data, "data", sets(own))
    _check.count(M, "M", low=1, high=MOST)
    _check.count(which, "which", low=1, high=MOST)
    _check.count(shown, "shown", high=100)
    _check.one_of(n, "n", tuple(FUNCTIONS.values()))
    return _check.number(beta, "beta", low=LOW, high=HIGH)


def _told(data: str, M: int, found: Contest) -> str:
    noun = NOUNS[data][M > 1]
    told = [f"{name} {_verdict(number)}" for name, number in found.wrong.items()]
    known = int((found.cue != 0).sum())
    return f"{M} {noun} stored, {known} of {found.cue.size} cells shown: {'; '.join(told)}."


def _verdict(number: int) -> str:
    return f"has {number} wrong cell{'s'[: number != 1]}" if number else "has it"


class RecallContest(Explorer):
    """What `recall_contest` returns."""

    def __init__(self, *, own: Pictures | None = None, **start: Any) -> None:
        start["beta"] = _checked(**start, own=own)
        self._own = own
        controls = {
            "data": dropdown("Recall", sets(own), start["data"], **fit("150px" if own is None else "180px")),
            "M": slider("stored", start["M"], 1, MOST, **fit("240px")),
            "which": slider("number", start["which"], 1, MOST, **fit("240px")),
            "shown": slider("% shown", start["shown"], 0, 100, **fit("240px")),
            "n": dropdown("dense F", FUNCTIONS, start["n"], **fit("120px")),
            "beta": log_slider("β", start["beta"], LOW, HIGH, **fit("300px")),
        }
        self.sounds = widgets.HTML()
        super().__init__(
            draw_recall_contest,
            controls,
            name="recall_contest",
            suggestion=(
                "store more and more faces until only one network has the right one. Switch to melodies, and "
                "listen to all three. How few per cent are enough? What does a small β sing?"
            ),
            size=(8.6, 2.3),
        )

    def arrange(self) -> list[Any]:
        return [row(*self.controls.values()), self.image, self.sounds]

    @property
    def parameters(self) -> dict[str, Any]:
        return {**super().parameters, "patterns": self._own}

    def _drawn(self) -> str:
        drawn = super()._drawn()
        self.sounds.value = self._players()
        return drawn

    def _players(self) -> str:
        """A button to listen to each melody: what was shown, and what was recalled."""
        asked = self.parameters
        if asked["data"] != "melodies":
            return ""
        found = recalled(own=asked.pop("patterns"), **asked)
        heard = {"cue": found.cue, **found.ends}
        style = 'style="display:inline-block;margin:2px 8px 2px 0"'
        return "".join(
            f"<span {style}><small>{name}</small><br>{datasets.play(roll)._repr_html_()}</span>"
            for name, roll in heard.items()
        )


def recall_contest(
    data: str | None = None,
    M: int = 8,
    which: int = 3,
    shown: int = 50,
    n: int = 10,
    beta: float = 0.3,
    *,
    patterns: Any = None,
    shape: tuple[int, int] | None = None,
) -> RecallContest:
    """Half a face, or the first seconds of a melody: what do three networks recall?

    Parameters
    ----------
    data : str, optional
        ``"faces"``, ``"melodies"`` or ``"own pictures"``; these by default if there are any, else faces.
    M : int
        Number of stored patterns, 1 to 64; more than there are means all. There are eight melodies.
    which : int
        The pattern that is asked for, from 1; counted round where M is smaller.
    shown : int
        Per cent that are shown, from the left.
    n : int
        Power of the dense network, 3, 5, 10 or 20; 0 stands for the exponential.
    beta : float
        Of the modern network, 0.001 to 3.
    patterns : optional
        Pictures of your own, at most 64 of up to 32 x 32 cells: an array (M, N) of ±1, such as
        ``datasets.letters()``, a list of pictures (rows, cols), or a mapping from names to pictures.
    shape : (int, int), optional
        Rows and columns of flat pictures that are not square.

    Returns
    -------
    RecallContest

    Examples
    --------
    >>> recall_contest().caption.split(": ")[1]
    'classical has 62 wrong cells; dense has it; modern has it.'
    """
    own = _own_pictures.own(patterns, shape)
    data = sets(own)[0] if data is None else data
    return RecallContest(data=data, M=M, which=which, shown=shown, n=n, beta=beta, own=own)
