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
from hopfield_edu.explore._base import NARROW, Explorer, narrow
from hopfield_edu.explore._controls import choice, declared, drawing, logarithmic, whole
from hopfield_edu.explore._own_pictures import Pictures
from hopfield_edu.explore._svg import Target, field, offer

DATA = ("faces", "melodies")
OWN = "own pictures"
NOUNS = {"faces": ("face", "faces"), "melodies": ("melody", "melodies"), OWN: ("picture", "pictures")}
FUNCTIONS = {"x³": 3, "x⁵": 5, "x¹⁰": 10, "x²⁰": 20, "eˣ": 0}
LOW, HIGH = 1e-3, 3.0
MOST = 64
PARTS = range(10, 101, 10)  # per cent of the cue, to be clicked
PLAYER = '<audio style="width:190px;height:32px"'
LINE = 0.58  # inches of a line of players
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


def _patterns(now: Any) -> Pictures:
    return everything(now["data"], _own_pictures.own(now["patterns"], now["shape"]))


def _stored(now: Any) -> int:
    return min(now["M"], len(_patterns(now)))


CONTROLS = {
    "data": choice(
        "Store",
        '"faces", "melodies" (of which there are eight) or "own pictures"; these by default if there are '
        "any, else faces",
        lambda now: sets(now["patterns"])[0],
        lambda now: sets(now["patterns"]),
        kind="str",
    ),
    "M": whole(
        lambda now: f"{NOUNS[now['data']][1].capitalize()} stored",
        "Number of stored patterns, 1..64; more than there are means all",
        8,
        1,
        lambda now: min(MOST, len(_patterns(now))),
        check=lambda value, name: _check.count(value, name, low=1, high=MOST),
    ),
    "which": whole(
        "Asked for: number",
        "The pattern that is asked for, from 1 to 64; counted round where M is smaller",
        3,
        1,
        _stored,
        check=lambda value, name: _check.count(value, name, low=1, high=MOST),
        folded=True,
    ),
    "shown": whole("% shown", "Per cent of it that are shown, from the left", 50, 0, 100),
    "n": choice(
        "dense F", "Power of the dense network; 0 stands for the exponential", 10, FUNCTIONS, folded=True
    ),
    "beta": logarithmic("β of modern", "Of the modern network", 0.3, LOW, HIGH),
    **_own_pictures.brought(
        "Pictures of your own, at most 64 of up to 32 x 32 cells: an array (M, N) of ±1, such as "
        "``datasets.letters()``"
    ),
}


@drawing(CONTROLS)
def draw_recall_contest(
    fig: Figure,
    data: str,
    M: int,
    which: int,
    shown: int,
    n: int,
    beta: float,
    patterns: Pictures | None,
    shape: Any,
) -> str:
    """A stored picture, the part that is shown, what three networks recall, and all that is stored.

    Returns
    -------
    str
        Who has recalled it.
    """
    found, (rows, columns) = (
        recalled(data, M, which, shown, n, beta, patterns),
        everything(data, patterns).shape,
    )
    pictures = {"stored": found.wanted, "cue": found.cue, **found.ends}
    name = next(name for name, power in FUNCTIONS.items() if power == n)
    titles = [*list(pictures)[:3], f"dense, {name}", f"modern, β = {beta:.2g}"]
    up = -1 if data == "melodies" else 1  # the highest pitch on top
    drawn = [picture.reshape(rows, columns)[::up] for picture in pictures.values()]
    _in_rows(fig, drawn, titles) if columns > 3 * rows else _in_lines(fig, drawn, titles)
    s = everything(data, patterns).states[:M].reshape(-1, rows, columns)[:, ::up]
    _shelf(fig, s, (which - 1) % len(s), NOUNS[data][0])
    offer(fig, {f"part {k}": Target(f"show {k} %", {"shown": k}) for k in PARTS})
    return _told(data, len(s), found)


def _in_rows(fig: Figure, drawn: list[Array], titles: list[str]) -> None:
    """Broad pictures: one below the other."""
    (rows, columns), left = drawn[0].shape, 0.3 if narrow(fig) else 0.2
    titles = [title.replace(", ", ",\n") for title in titles] if narrow(fig) else titles
    ax, gap = fig.add_axes((left, 0.29, 0.995 - left, 0.7)), max(1, round(rows / 4))
    _gallery.stack(ax, drawn, titles, gap)
    _parts(ax, (-0.5, rows + gap - 0.5), rows, columns)


def _in_lines(fig: Figure, drawn: list[Array], titles: list[str]) -> None:
    """Pictures side by side; where there is little room what three networks make of it is a second line."""
    (rows, columns), gap = drawn[0].shape, max(1, round(drawn[0].shape[1] / 12))
    if narrow(fig):
        upper, lower = fig.add_axes((0.004, 0.62, 0.66, 0.33)), fig.add_axes((0.004, 0.21, 0.992, 0.33))
        _gallery.line(upper, drawn[:2], titles[:2], gap)
        _gallery.line(lower, drawn[2:], titles[2:], gap)
    else:
        _gallery.line(upper := fig.add_axes((0.004, 0.39, 0.992, 0.53)), drawn, titles, gap)
    _parts(upper, (columns + gap - 0.5, -0.5), rows, columns)


def _parts(ax: Any, corner: tuple[float, float], rows: int, columns: int) -> None:
    """Tenths of the cue, up to which it may be shown."""
    for k, part in enumerate(PARTS):
        field(
            ax, f"part {part}", (corner[0] + columns * k / len(PARTS), corner[1]), columns / len(PARTS), rows
        )


def _shelf(fig: Figure, s: Array, chosen: int, noun: str) -> None:
    """All that is stored, to be asked for."""
    high = 0.25 if s.shape[2] > 3 * s.shape[1] else 0.2 if narrow(fig) else 0.33
    box = (0.992 * fig.bbox.width, high * fig.bbox.height)
    _gallery.shelf(fig.add_axes((0.004, 0.01, 0.992, high)), s, chosen, box)
    offer(fig, {f"memory {k}": Target(f"{noun} {k}: ask for it", {"which": k}) for k in range(1, len(s) + 1)})


def _told(data: str, M: int, found: Contest) -> str:
    noun = NOUNS[data][M > 1]
    told = [f"{name} {_verdict(number)}" for name, number in found.wrong.items()]
    known = int((found.cue != 0).sum())
    return f"{M} {noun} stored, {known} of {found.cue.size} cells shown: {'; '.join(told)}."


def _verdict(number: int) -> str:
    return f"has {number} wrong cell{'s'[: number != 1]}" if number else "has none"


class RecallContest(Explorer):
    """What `recall_contest` returns."""

    def __init__(self, given: dict[str, Any]) -> None:
        self.sounds = widgets.HTML()
        super().__init__(
            draw_recall_contest,
            CONTROLS,
            given,
            name="recall_contest",
            suggestion=(
                "store more and more faces until only one network has the right one. Switch to melodies, and "
                "listen to all three. How few per cent are enough? What does a small β sing? Click a small "
                "picture to ask for it, and the cue to show as much of it."
            ),
            size=(8.6, 2.6),
            stacked=(4.4, 3.8),
            themed=True,
        )

    def arrange(self) -> list[Any]:
        return [*self.bars(), self.image, self.sounds]

    @property
    def figure_size(self) -> tuple[float, float]:
        """Where nothing can be heard the picture gets that room: what stands below stays in its place."""
        width, height = super().figure_size
        lines = 0 if self.controls["data"].value == "melodies" else 2 if width < NARROW else 1
        return width, height + lines * LINE

    def _drawn(self) -> str:
        self.sounds.value = self._players()
        return super()._drawn()

    def _players(self) -> str:
        """A button to listen to each melody: what was shown, and what was recalled."""
        asked = self.parameters
        if asked["data"] != "melodies":
            return ""
        found = recalled(own=asked.pop("patterns"), **{k: asked[k] for k in asked if k != "shape"})
        heard = {"cue": found.cue, **found.ends}
        style = 'style="display:inline-block;margin:2px 8px 2px 0"'
        sounds = {name: datasets.play(roll)._repr_html_() for name, roll in heard.items()}
        return "".join(
            f"<span {style}><small>{name}</small><br>{sound.replace('<audio', PLAYER)}</span>"
            for name, sound in sounds.items()
        )


@declared(CONTROLS, keyword="patterns")
def recall_contest(**given: Any) -> RecallContest:
    """Half a face, or the first seconds of a melody: what do three networks recall?

    Returns
    -------
    RecallContest

    Examples
    --------
    >>> recall_contest().caption.split(": ")[1]
    'classical has 62 wrong cells; dense has none; modern has none.'
    """
    return RecallContest(given | {"which": (given["which"] - 1) % _stored(given) + 1})
