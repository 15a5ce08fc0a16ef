"""Figures as matplotlib draws them, made and written in less time: an explorer draws one at every move.

What is saved is work for things that nobody sees: ticks that are made before it is known whether any are
wanted, a search for what may be in the way of a title, the width of a word that was measured lately.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from copy import copy
from functools import lru_cache
from typing import Any

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.axis import Axis, Tick, XAxis, YAxis
from matplotlib.backend_bases import RendererBase
from matplotlib.backends.backend_mixed import MixedModeRenderer
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.patches import Patch, Rectangle
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.textpath import text_to_path
from matplotlib.transforms import Bbox, BboxTransformTo, Transform

CHOICE = {"axes_class", "projection", "polar"}  # arguments by which a caller names the kind of axes


class _Ticks(Axis):
    """An axis that makes its ticks when they are needed, and tells them then what they have been told."""

    def set_tick_params(self, which: str = "major", reset: bool = False, **how: Any) -> None:
        told = vars(self).setdefault("_told", {"major": {}, "minor": {}})
        for kind in ("major", "minor") if which == "both" else (which,):
            told[kind] = how if reset else told[kind] | how
            if f"{kind}Ticks" in vars(self):
                super().set_tick_params(kind, reset, **how)
            else:  # to start anew makes none
                super().set_tick_params(kind, True, **told[kind])

    def set_clip_path(self, path: Any, transform: Any = None) -> None:
        self.set_clip_box(self.axes.bbox)  # the same, and no ticks are told: grid lines end there anyway

    def _get_tick(self, major: bool) -> Tick:
        ticks = vars(self).get("majorTicks" if major else "minorTicks")
        return _copied(ticks[0]) if ticks else super()._get_tick(major)

    def _copy_tick_props(self, src: Any, dest: Any) -> None:
        """Nothing: every further tick is a copy of the first."""

    def _update_label_position(self, renderer: RendererBase) -> None:
        if not self.label.get_text():
            return  # nobody sees where it is
        none = {name: [] for name in ("majorTicks", "minorTicks") if name not in vars(self)}
        vars(self).update(none)  # else some are made, to be asked how long they are
        super()._update_label_position(renderer)
        for name in none:
            delattr(self, name)

    def get_major_ticks(self, numticks: int | None = None) -> Any:
        return [] if numticks == 0 else super().get_major_ticks(numticks)

    def get_minor_ticks(self, numticks: int | None = None) -> Any:
        return [] if numticks == 0 else super().get_minor_ticks(numticks)


def _copied(tick: Tick) -> Tick:
    """Another tick of the same looks; where it is, and what its label says, is told to it next."""
    twin = copy(tick)
    for name in ("tick1line", "tick2line", "gridline", "label1", "label2"):
        setattr(twin, name, copy(getattr(tick, name)))
    for label in (twin.label1, twin.label2):
        label.set_fontproperties(label.get_fontproperties())  # a copy of them
    return twin


class _XTicks(_Ticks, XAxis):
    pass


class _YTicks(_Ticks, YAxis):
    pass


class _Frame(Rectangle):
    """The background of axes. It says where it is to all that is cut off at it, and works it out once."""

    _where: Transform | None = None

    def set_transform(self, t: Transform | None) -> None:
        self._where = None
        super().set_transform(t)

    def get_transform(self) -> Transform:
        if self._where is None:
            self._where = super().get_transform()
        return self._where


class LightAxes(Axes):
    """Axes with the ticks above, and titles that make no room for labels on top."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.set_title("", y=1.0)  # where it is has been decided, by this, for every title
        for spine in self.spines.values():
            spine.get_spine_transform()  # puts it in its place, which is else done for its ticks

    def _gen_axes_patch(self) -> Patch:  # these two are what matplotlib's example of a projection overrides
        return _Frame((0, 0), 1, 1)

    def _init_axis(self) -> None:
        self.xaxis, self.yaxis = _XTicks(self, clear=False), _YTicks(self, clear=False)
        for name in ("bottom", "top"):
            self.spines[name].register_axis(self.xaxis)
        for name in ("left", "right"):
            self.spines[name].register_axis(self.yaxis)


class LightFigure(Figure):
    """A figure whose axes are light, unless another kind is asked for."""

    def add_axes(self, *args: Any, **kwargs: Any) -> Axes:
        return super().add_axes(*args, **_light(kwargs))

    def add_subplot(self, *args: Any, **kwargs: Any) -> Axes:
        return super().add_subplot(*args, **_light(kwargs))


def _light(kwargs: dict[str, Any]) -> dict[str, Any]:
    return kwargs if CHOICE & kwargs.keys() else {**kwargs, "axes_class": LightAxes}


class Field(Artist):
    """A rectangle of data coordinates (left, bottom, width, height) that is written, and not seen.

    A `Rectangle` without colours takes three times as long.
    """

    zorder = 1  # of a patch

    def __init__(self, gid: str, box: tuple[float, float, float, float]) -> None:
        super().__init__()
        self.set_gid(gid)
        self.box = box

    def set_clip_path(self, path: Any, transform: Any = None) -> None:
        self.set_clip_box(self.axes.bbox)

    def draw(self, renderer: RendererBase) -> None:
        renderer.open_group("field", self.get_gid())
        gc = renderer.new_gc()
        gc.set_linewidth(0)
        gc.set_clip_rectangle(self.clipbox)
        place = BboxTransformTo(Bbox.from_bounds(*self.box)) + self.get_transform()
        renderer.draw_path(gc, Path.unit_rectangle(), place)
        gc.restore()
        renderer.close_group("field")


class Words(Text):
    """Short words of one look at many places: a `Text` that is made once, and moved from place to place.

    Parameters
    ----------
    words : sequence of (x, y, text)
    **look
        What a `Text` takes.
    """

    def __init__(self, words: Sequence[tuple[float, float, str]], **look: Any) -> None:
        super().__init__(clip_on=False, **look)
        self.words = words
        self._found: dict[str, Any] = {}

    def draw(self, renderer: RendererBase) -> None:
        self._found.clear()
        for x, y, text in self.words:
            self._x, self._y, self._text = x, y, text
            super().draw(renderer)

    def _get_layout(self, renderer: RendererBase) -> Any:
        """Where the letters of a word are about its place: once for each word."""
        if self._text not in self._found:
            self._found[self._text] = super()._get_layout(renderer)
        return self._found[self._text]


class _Writer(RendererSVG):
    """Writes SVG, and measures no word and no font twice."""

    def _get_font_height_metrics(self, prop: FontProperties) -> tuple[float | None, ...]:
        return _heights(prop.copy())  # what some renderers of matplotlib have, and `Text` asks for

    def get_text_width_height_descent(self, s: str, prop: FontProperties, ismath: Any) -> Any:
        return _measured(s, prop, ismath)


@lru_cache(maxsize=256)
def _heights(prop: FontProperties) -> tuple[float | None, ...]:
    """Ascent, descent and gap between lines of a font, in points; None where `Text` is to look for itself."""
    font = get_font(findfont(prop))
    table, head = font.get_sfnt_table("OS/2"), font.get_sfnt_table("head")
    if table is None or head is None:
        return None, None, None
    scale = prop.get_size_in_points() / head["unitsPerEm"]
    return table["sTypoAscender"] * scale, -table["sTypoDescender"] * scale, table["sTypoLineGap"] * scale


@lru_cache(maxsize=4096)
def _measured(s: str, prop: FontProperties, ismath: Any) -> tuple[float, float, float]:
    """Width, height and descent of a word. matplotlib hands over a copy of the font that nobody changes."""
    return text_to_path.get_text_width_height_descent(s, prop, ismath)


def written(figure: Figure, dpi: float, metadata: dict[str, Any]) -> str:
    """The figure as SVG, as ``savefig`` writes it; `dpi` is for what is made of pixels."""
    buffer, (width, height), before = io.StringIO(), figure.get_size_inches(), figure.dpi
    writer = _Writer(72 * width, 72 * height, buffer, image_dpi=dpi, metadata=metadata)
    figure.dpi = 72
    renderer = MixedModeRenderer(figure, width, height, dpi, writer)
    figure.draw(renderer)
    renderer.finalize()
    figure.dpi = before
    return buffer.getvalue()
