"""The picture of an explorer: a matplotlib figure as SVG in the page, with marks to click or to drag."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import ipywidgets as widgets
import matplotlib
import traitlets
from matplotlib.axes import Axes
from matplotlib.figure import Figure, FigureBase

from hopfield_edu import _check
from hopfield_edu.explore._light import Field, written

try:
    import anywidget
except ImportError:  # a page without it shows a PNG
    anywidget = None

_HERE = Path(__file__).parent
DPI = 120  # of what is made of pixels, for screens that show more than 96 of them to the inch
# Letters stay letters, and the same figure gives the same bytes.
_SETTINGS = {"svg.fonttype": "none", "svg.hashsalt": "hopfield_edu", "svg.image_inline": True}
_NOTHING = dict.fromkeys(("Creator", "Date", "Format", "Type"))


class Drag(NamedTuple):
    """How a mark can be moved: by dragging it, or with the arrow keys.

    Attributes
    ----------
    changes : callable
        ``changes(x, y)`` are the parameters that its new place sets.
    at : (float, float)
        Where it is, in the coordinates of `box`.
    box : (float, float, float, float)
        Left, lower, right and upper end of where it can go.
    area : str
        The gid of the artist that fills just this rectangle, a `field` perhaps.
    step : float
        How far an arrow key moves it; with Shift five times as far.
    """

    changes: Callable[[float, float], Mapping[str, Any]]
    at: tuple[float, float]
    box: tuple[float, float, float, float]
    area: str
    step: float

    def moved(self, x: float, y: float) -> Mapping[str, Any]:
        """The changes by a move to a place, or to the nearest one within the box."""
        left, low, right, high = self.box
        return self.changes(float(min(max(x, left), right)), float(min(max(y, low), high)))


class Target(NamedTuple):
    """What can be clicked, and what a click does.

    Attributes
    ----------
    name : str, or a list of them
        What a screen reader says; one name for each marker if the markers of an artist are meant.
    changes : mapping of str to value, or a list of them
        The parameters that a click sets.
    drag : Drag, optional
        How it can be dragged, too, if it is one mark.
    """

    name: str | Sequence[str]
    changes: Mapping[str, Any] | Sequence[Mapping[str, Any]] = {}
    drag: Drag | None = None

    def chosen(self, index: int) -> Mapping[str, Any]:
        """The changes by a click on marker number `index`."""
        return self.changes if isinstance(self.changes, Mapping) else self.changes[index]

    @property
    def markers(self) -> int:
        """How many marks there are to click."""
        return 1 if isinstance(self.name, str) else len(self.name)


def offer(fig: FigureBase, targets: Mapping[str, Target]) -> None:
    """Let artists of a figure be clicked: `targets` says, for the gid of each of them, what that does.

    A drawing calls this. Where nobody can click, as in a saved notebook, it means nothing.
    """
    fig.targets = {**offered(fig), **targets}  # type: ignore[attr-defined]


def field(ax: Axes, gid: str, corner: tuple[float, float], width: float, height: float) -> None:
    """A rectangle that nobody sees but that can be clicked: where a mark is part of a picture of cells."""
    ax.add_artist(Field(gid, (*corner, width, height)))


def offered(fig: FigureBase) -> dict[str, Target]:
    """What can be clicked in a figure, by gid."""
    return getattr(fig, "targets", {})


def as_svg(figure: Figure) -> str:
    """The figure as SVG: without prologue, line breaks and the style that would apply to the whole page.

    It changes matplotlib's settings for a moment: to be called by one thread at a time.
    """
    with matplotlib.rc_context(_SETTINGS):
        text = written(figure, DPI, _NOTHING)
    text = text[text.index("<svg") :]
    style = slice(text.index("<style"), text.index("</style>") + len("</style>"))
    text = text[: style.start] + text[style.stop :]
    text = re.sub(r"font-family: [^;\"]*;? ?", "", text)  # one list of fonts, in the style sheet
    text = re.sub(r"(?<=;base64,)[^\"]*", lambda found: "".join(found[0].split()), text)
    return " ".join(filter(None, map(str.strip, text.split("\n"))))


def as_png(figure: Figure) -> bytes:
    """The figure as PNG, hardly compressed: a third faster, for pictures that are gone in a moment."""
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=DPI, pil_kwargs={"compress_level": 1})
    return buffer.getvalue()


class Still(widgets.Image):
    """Shows a figure as PNG, where there is no anywidget."""

    made_of = staticmethod(as_png)

    def show(self, picture: bytes, description: str, targets: Mapping[str, Target]) -> None:
        """Show what was made of a figure; nothing can be clicked."""
        self.value = picture

    def on_event(self, **_heard: Callable[..., object]) -> None:
        """Nothing ever happens to a PNG."""


class Picture(anywidget.AnyWidget if anywidget else widgets.DOMWidget):  # type: ignore[misc]
    """Shows a figure as SVG, with a description for screen readers.

    Attributes
    ----------
    svg, description : str
    targets : dict
        The spoken name, or the names of all markers, of every gid that can be clicked.
    drags : dict
        Where those are that can be dragged, and where they can go.
    moved : int
        The time, as the page has told it, of the last move that this picture knows of.
    themed : bool
        Whether the colours of the figure may turn in a dark theme. By default it keeps a white ground.
    """

    _esm = _HERE / "svg.js"
    _css = _HERE / "svg.css"
    svg = traitlets.Unicode().tag(sync=True)
    description = traitlets.Unicode().tag(sync=True)
    targets = traitlets.Dict().tag(sync=True)
    drags = traitlets.Dict().tag(sync=True)
    moved = traitlets.Int().tag(sync=True)
    _heard = 0
    themed = traitlets.Bool(False).tag(sync=True)

    @property
    def value(self) -> str:
        """What is shown, as in the PNG's place."""
        return self.svg

    @staticmethod
    def made_of(figure: Figure) -> str:
        """A figure, as it is shown."""
        return as_svg(figure)

    def show(self, picture: str, description: str, targets: Mapping[str, Target]) -> None:
        """Show what was made of a figure; everything travels in one message."""
        names = {gid: t.name if isinstance(t.name, str) else list(t.name) for gid, t in targets.items()}
        drags = {
            gid: {"at": t.drag.at, "box": t.drag.box, "area": t.drag.area, "step": t.drag.step}
            for gid, t in targets.items()
            if t.drag
        }
        with self.hold_sync():
            self.svg, self.description, self.targets = picture, description, names
            self.drags, self.moved = drags, self._heard

    def on_event(
        self,
        clicked: Callable[[str, int], object],
        dragged: Callable[[str, float, float], object],
        measured: Callable[[int], object],
    ) -> None:
        """Call `clicked(gid, index)`, `dragged(gid, x, y)`, or `measured(width)` if the page changes."""

        def receive(_widget: object, content: Any, _buffers: object) -> None:
            match content:
                case {"gid": str(gid), "index": int(index)} if self._on_offer(gid, index):
                    clicked(gid, index)
                case {"drag": str(gid), "at": [x, y], "time": int(time)} if _finite(x) and _finite(y):
                    self._heard = time
                    if gid in self.drags:
                        dragged(gid, x, y)
                case {"width": int(width)} if width > 0:
                    measured(width)

        self.on_msg(receive)

    def _on_offer(self, gid: str, index: int) -> bool:
        """Whether this can be clicked: the picture may have changed since it was."""
        name = self.targets.get(gid, [])
        return 0 <= index < (1 if isinstance(name, str) else len(name))


def _finite(value: object) -> bool:
    """Whether something from the page is a number."""
    return type(value) in (int, float) and abs(value) <= _check.LARGEST  # type: ignore[arg-type]


def picture(**how: Any) -> Any:
    """A widget that shows figures: as SVG if it can."""
    if anywidget:
        return Picture(**how)
    how.pop("themed", None)
    return Still(format="png", **how)
