"""The frame of every explorer: controls, one picture drawn by a pure function, one sentence about it."""

from __future__ import annotations

import asyncio
import gc
import html
import re
import textwrap
import threading
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any

import ipywidgets as widgets
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure, FigureBase

from hopfield_edu import _check, plots
from hopfield_edu._cards import BELOW_FOLDS
from hopfield_edu.explore import _controls, _svg
from hopfield_edu.explore._light import LightFigure

PAGE_DPI = 96  # an inch of a figure is so many pixels of the page
PADDING = 30  # pixels of the frame of an explorer, left and right
NARROW = 6.4  # inches: with less room panels are put above one another ...
STRIDE = 32  # ... and the figure is drawn anew when there are so many pixels more or less
IDLE = 0.1  # seconds without a move, after which the picture that may come next is drawn ahead ...
QUICK = 0.3  # ... if one takes no longer than this, for which a move may have to wait then
RECENT = 64  # pictures, of some 50 kB each, that need no drawing when a learner goes back to them

# matplotlib is not thread-safe, and JupyterLab may answer widgets in a thread of their own.
_drawing = threading.RLock()

_CSS = (Path(__file__).parent / "explorer.css").read_text(encoding="utf-8")
_STYLE = f"<style>{_CSS}{BELOW_FOLDS}</style>"

Draw = Callable[..., str]
Values = Mapping[str, Any]
MORE, FEWER = "More controls ▸", "Fewer controls ▾"


class Explorer(widgets.VBox):
    """Controls, a picture and a sentence about it, alive in a notebook and readable without a kernel.

    The picture is made by ``draw(figure, **parameters)``, a pure function that fills the figure and
    returns the sentence. The parameters are the values of the controls, under the same names. Moves that
    come faster than the picture can be drawn are answered once, with the last one. An error shows
    under the picture. A saved notebook keeps a still picture with its description as alt text.

    Parameters
    ----------
    draw : callable
        ``draw(figure, **parameters) -> str``. What it has offered (`_svg.offer`) can be clicked or dragged.
    controls : mapping of str to Control
        Declarations by the parameter that they set (`_controls`), or widgets with a `value`.
    given : mapping of str to value
        The first values of the declared controls, checked.
    name : str
        The public name, as in ``explore.two_units``; also the CSS class ``hopfield-two-units``.
    suggestion : str
        One experiment worth trying, shown under the sentence.
    size : (float, float)
        Width and height of the figure in inches of 96 pixels.
    stacked : (float, float), optional
        The same where the page is narrow, at least. The figure gets as wide as there is room; `draw` sees
        that with `narrow` and puts the panels above one another.
    themed : bool
        Whether the drawing has been looked at in the dark theme: then it has no white ground there.

    Attributes
    ----------
    controls : dict of str to widget
        Set ``explorer.controls["w12"].value = -1`` to move a control from code.
    given : dict
        The other parameters of the drawing, which have no widget.
    targets : dict of str to Target
        What can be clicked or dragged in the present picture.
    caption : str
        The sentence about the present picture.
    error : Exception or None
        What went wrong in the last drawing.
    """

    def __init__(
        self,
        draw: Draw,
        controls: Mapping[str, Any],
        given: Values | None = None,
        *,
        name: str,
        suggestion: str,
        size: tuple[float, float] = (8.6, 3.2),
        stacked: tuple[float, float] | None = None,
        themed: bool = False,
    ) -> None:
        self.draw = _check.function(draw, "draw")
        _check.instance(controls, "controls", Mapping, "a mapping of names to controls")
        self.name = _check.instance(name, "name", str, "text")
        _check.instance(suggestion, "suggestion", str, "text")
        self.error: Exception | None = None
        self.caption, self.targets = "", {}
        self._size, self._stacked, self._width = size, stacked, 0
        self._due: asyncio.AbstractEventLoop | None = None
        self._pause, self._free, self._held = 0.0, 0.0, False
        self._playing: asyncio.Task[None] | None = None
        self._lately: dict[Any, tuple[Any, str, Any, str]] = {}
        self._next: dict[str, float] = {}
        self._ahead: asyncio.TimerHandle | None = None
        self._took = 0.0
        self._more: widgets.ToggleButton | None = None
        self._make_controls(controls, {} if given is None else given)
        self.image = _svg.picture(themed=themed).add_class("hopfield-frame")
        self.image.on_event(clicked=self.click, dragged=self.drag, measured=self._measured)
        self._fit()
        self._sentence = widgets.HTML()
        self._alarm = widgets.HTML(layout={"display": "none"})
        advice = f'<p class="hopfield-try"><b>Try this:</b> {html.escape(suggestion)}</p>'
        below = [widgets.HTML(advice), widgets.HTML(_STYLE, layout={"display": "none"})]
        super().__init__([*self.arrange(), self._sentence, self._alarm, *below])
        self.add_class("hopfield-explorer").add_class(f"hopfield-{name.replace('_', '-')}")
        for key, control in self.controls.items():
            control.add_class(f"hopfield-control-{key.replace('_', '-')}")
            control.observe(self._moved, "value")
        self._held = True
        self._settle()
        self._held = False
        self._draw_now()  # in a fresh explorer an error belongs to the caller

    def _make_controls(self, controls: Mapping[str, Any], given: Values) -> None:
        """The widgets, declared or ready, and what has none."""
        self._declared = {name: c for name, c in controls.items() if isinstance(c, _controls.Control)}
        self.given = {name: given[name] for name, control in self._declared.items() if not control.label}
        self.controls: dict[str, Any] = {
            name: control.widget(given[name], given) if name in self._declared else control
            for name, control in controls.items()
            if name not in self.given
        }

    def arrange(self) -> list[widgets.Widget]:
        """Controls and picture from top to bottom; by default the controls in rows that wrap."""
        return [*self.bars(), self.image]

    def bars(self, *first: widgets.Widget, without: Collection[str] = ()) -> list[widgets.Widget]:
        """The controls in a row, after what is put `first`, and a second row that a button unfolds."""
        shown = [name for name in self.controls if name not in without]
        folded = [name for name in shown if name in self._declared and self._declared[name].folded]
        open_ones = [self.controls[name] for name in shown if name not in folded]
        if not folded:
            return [row(*first, *open_ones)]
        self._more = widgets.ToggleButton(description=MORE, layout={"width": "auto"})
        self._more.add_class("hopfield-more")
        self._fold = row(*(self.controls[name] for name in folded), display="none")
        self._more.observe(lambda _: self._unfold(), "value")
        return [row(*first, *open_ones, self._more), self._fold]

    def _unfold(self) -> None:
        self._more.description = FEWER if self._more.value else MORE
        self._fold.layout.display = None if self._more.value else "none"

    @property
    def parameters(self) -> dict[str, Any]:
        """What the picture is drawn from: by default the values of the controls."""
        return {**{name: control.value for name, control in self.controls.items()}, **self.given}

    def _moved(self, change: Any) -> None:
        """A control has moved: the others follow, and a picture."""
        if not self._held:
            self._next = self._one_more(change)
            with self.together():
                pass

    def _one_more(self, change: Any) -> dict[str, float]:
        """The value that one more move like this leads to, by the name of its control; of sliders only."""
        for name, control in self.controls.items():
            evenly = hasattr(control, "step") and not hasattr(control, "base")
            if evenly and isinstance(change, dict) and control is change["owner"]:
                value = 2 * change["new"] - change["old"]
                if control.min <= value <= control.max:
                    return {name: value if isinstance(value, int) else round(value, 9)}
        return {}

    def _settle(self) -> None:
        """Ranges and options follow the present values; controls that mean nothing are hidden."""
        for name, control in self._declared.items():
            if name in self.controls:
                control.adapt(self.controls[name], self.parameters)
        now = self.parameters
        for name, control in self._declared.items():
            if control.label and control.when:
                useless = not control.when(now)
                self.controls[name].disabled = useless
                self.controls[name].layout.display = "none" if useless else None
        if self._more is not None:
            left = any(child.layout.display != "none" for child in self._fold.children)
            self._more.layout.display = None if left else "none"

    def click(self, gid: str, index: int = 0) -> None:
        """Do what a click on a mark of the picture does: it sets the parameters that the drawing says."""
        self.attempt(partial(self.set, **self._offered(gid, index)))

    def drag(self, gid: str, x: float, y: float) -> None:
        """Do what dragging a mark to a place does, or to the nearest one where it can go."""
        how = self._target(gid).drag
        if how is None:
            raise ValueError(f"gid is {_check.shown(gid)}; this can be clicked, but not dragged")
        there = how.moved(_check.number(x, "x"), _check.number(y, "y"))
        self.attempt(partial(self.set, **there))

    def _offered(self, gid: str, index: int) -> Mapping[str, Any]:
        """What the drawing says that a click sets."""
        target = self._target(gid)
        return target.chosen(_check.count(index, "index", high=target.markers - 1))

    def _target(self, gid: str) -> _svg.Target:
        if _check.instance(gid, "gid", str, "text") not in self.targets:
            raise ValueError(f"gid is {_check.shown(gid)}; nothing of this name can be clicked now")
        return self.targets[gid]

    def set(self, **changes: Any) -> None:
        """Set several parameters, and draw once."""
        for name in changes:
            _check.one_of(name, "the name of a parameter", (*self.given, *self.controls))
        self.stop()
        self._next = {}
        with self.together():
            for name, value in changes.items():
                if name in self.given:
                    self.given[name] = value
                else:
                    self.controls[name].value = value

    def _measured(self, width: int) -> None:
        """The page has told how wide it is."""
        if self._stacked is not None and width != self._width:
            before, self._width = self.figure_size, width
            if self.figure_size != before:
                self._fit()
                self.refresh()

    @property
    def figure_size(self) -> tuple[float, float]:
        """Width and height of the figure in inches, for the width that the page has."""
        room = (self._width - PADDING) // STRIDE * STRIDE / PAGE_DPI
        if self._stacked is None or not self._width or room >= min(NARROW, self._size[0]):
            return self._size
        return max(self._stacked[0], room), self._stacked[1]

    def _fit(self) -> None:
        width = f"{round(self.figure_size[0] * PAGE_DPI)}px"
        self.image.layout.width, self.image.layout.max_width = width, "100%"

    @property
    def picture(self) -> str | bytes:
        """The present picture as the page gets it, after any move that still waits for its drawing."""
        self.flush()
        return self.image.value

    def refresh(self, _change: object = None) -> None:
        """Ask for a new picture. Requests that come before it is drawn are answered by it."""
        if self._held:
            return
        if self._ahead is not None:
            self._ahead.cancel()
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:  # no event loop, as in a test: draw at once
            self.redraw()
            return
        rest = max(0.0, self._free - time.perf_counter())
        if self._due is not loop:
            self._due = loop
            loop.call_later(rest, self.flush)
        self._ahead = loop.call_later(rest + IDLE, self._draw_ahead)

    @contextmanager
    def together(self) -> Iterator[None]:
        """Several controls move, one picture follows."""
        before, self._held = self._held, True
        try:
            yield
            self._settle()
        finally:
            self._held = before
            self.refresh()

    def flush(self) -> None:
        """Draw now if a drawing is waiting."""
        if self._due is not None:
            self.redraw()

    def redraw(self) -> None:
        """Draw the picture for the present parameters; an error is shown in its place."""
        self._due = None
        try:
            self._draw_now()
        except Exception as error:  # a callback has no one else to tell
            self._complain(error)

    def button(
        self, label: str, tooltip: str, action: Callable[[], object], style: str = ""
    ) -> widgets.Button:
        """A button for `action`, whose errors are shown under the picture."""
        button = widgets.Button(description=label, tooltip=tooltip, button_style=style)
        button.layout.width = "auto"
        button.on_click(lambda _: self.attempt(action))
        return button.add_class(f"hopfield-button-{label.lower().replace(' ', '-')}")

    def play(self, slider: widgets.IntSlider, target: int, frames: int, seconds: float) -> None:
        """Move a slider to `target` before the learner's eyes; at once where no event loop runs.

        The way there takes at most so many `frames`, with `seconds` between them, or more where drawing
        takes longer. `stop`, or another `play`, ends it.
        """

        async def move() -> None:
            me = self._playing
            stride = max(1, -(-(target - slider.value) // frames))
            await asyncio.sleep(seconds)
            while self._playing is me and slider.value < target:
                with slider.hold_sync():  # picture, sentence and slider keep step on the page
                    slider.value = min(slider.value + stride, target)
                    self.flush()
                await asyncio.sleep(max(seconds, self._pause))

        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            slider.value = target
        else:
            self._playing = loop.create_task(move())

    def stop(self) -> None:
        """End an animation."""
        self._playing = None

    def attempt(self, action: Callable[[], object]) -> None:
        """Do something that the learner asked for, and show what went wrong with it."""
        try:
            self._all_is_well()
            action()
        except Exception as error:
            self._complain(error)

    def _complain(self, error: Exception) -> None:
        self.error = error
        kind = "" if isinstance(error, ValueError) else f"{type(error).__name__}: "
        self._alarm.value = f'<p class="hopfield-error" role="alert">{kind}{html.escape(str(error))}</p>'
        self._alarm.layout.display = None

    def _all_is_well(self) -> None:
        if self.error is not None:
            self.error = None
            self._alarm.layout.display = "none"

    def _draw_now(self) -> None:
        with _drawing:
            started = time.perf_counter()
            with _no_old_rubbish():
                self.caption = self._drawn()
            whole = r'<span class="hopfield-state">\g<0></span>'  # the name of a state stays in one line
            told = re.sub("[+−]{2,}", whole, html.escape(self.caption))
            self._sentence.value = f'<p class="hopfield-caption">{told}</p>'
            # leave the kernel as much time for messages as the drawing has taken
            now = time.perf_counter()
            self._pause = min(now - started, 0.1)
            self._free = now + self._pause
        self._all_is_well()

    def _drawn(self) -> str:
        """Show the picture for the present parameters, drawn now or lately; the sentence."""
        picture, description, self.targets, caption = self._made(self.parameters)
        self.image.show(picture, description, self.targets)
        return caption

    def _made(self, parameters: dict[str, Any]) -> tuple[Any, str, Any, str]:
        """A drawing, made now or lately."""
        key = self.figure_size, _content(parameters)
        made = self._lately.pop(key, None)
        if made is None:
            started = time.perf_counter()
            made = self._make(self.figure_size, **parameters)
            self._took = time.perf_counter() - started
        self._lately[key] = made
        if len(self._lately) > RECENT:
            del self._lately[next(iter(self._lately))]  # the one that was not shown for longest
        return made

    def _draw_ahead(self) -> None:
        """Nobody has moved anything for a while: draw what one more move would show."""
        if self._due is None and self._next and self._took < QUICK:
            with _drawing, _no_old_rubbish(), suppress(Exception):  # an error is told when it is asked for
                self._made({**self.parameters, **self._next})

    def _make(self, size: tuple[float, float], /, **parameters: Any) -> tuple[Any, str, Any, str]:
        """A drawing, as the page gets it: picture, description, what can be clicked, sentence."""
        figure = blank_figure(size)  # takes 0.1 ms; to clear a used one takes 8 ms
        caption = self.draw(figure, **parameters)
        picture = self.image.made_of(figure)
        return picture, described(figure) or caption, _svg.offered(figure), caption

    def still(self) -> tuple[dict[str, str], dict[str, Any]]:
        """What a saved notebook shows without a kernel: MIME bundle and metadata."""
        return self._still(self._size)

    def stacked_still(self) -> tuple[dict[str, str], dict[str, Any]] | None:
        """The same for a narrow page, with panels above one another; None where there are none."""
        return self._still(self._stacked) if self._stacked else None

    def _still(self, size: tuple[float, float]) -> tuple[dict[str, str], dict[str, Any]]:
        self.flush()
        return still_picture(
            lambda figure: self.draw(figure, **self.parameters), size, self.name, self.caption
        )

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        live = super()._repr_mimebundle_(**kwargs) or {}
        data, metadata = self.still()
        return {**live, **data}, metadata


def blank_figure(size: tuple[float, float]) -> Figure:
    """A figure of `size` inches that no global pyplot state knows of."""
    figure = LightFigure(figsize=size, facecolor="white")
    FigureCanvasAgg(figure)
    return figure


def _content(value: Any) -> Any:
    """Something to look values up by, the same for what is drawn alike: arrays and mappings count by what
    they hold, and what holds neither and cannot be looked up is never the same."""
    match value:
        case np.ndarray() if value.dtype != object:
            return value.shape, value.dtype, value.tobytes()
        case Mapping():
            return tuple((name, _content(part)) for name, part in value.items())
        case list() | tuple():
            return type(value), *map(_content, value)
    try:
        hash(value)
    except TypeError:
        return object()
    return type(value), value


def narrow(fig: FigureBase, least: float = NARROW) -> bool:
    """Whether a figure, or part of one, is too narrow for panels side by side, which need `least` inches."""
    return bool(fig.bbox.width / fig.figure.dpi < least)


def row(*children: widgets.Widget, **layout: str) -> widgets.HBox:
    """Widgets side by side, in several lines where the page is narrow."""
    wrapping = {"flex_flow": "row wrap", "align_items": "center", "grid_gap": "4px 10px"}
    return widgets.HBox(list(children), layout=wrapping | layout)


@contextmanager
def _no_old_rubbish() -> Iterator[None]:
    """Free the figures drawn inside at once, while they are young.

    A figure is a heap of some 10,000 objects that refer to one another. Left to the garbage collector
    they grow old, and every few pictures it stops for 100 ms to look through all that Python holds.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.collect(0)
        if enabled:
            gc.enable()


def described(figure: Figure) -> str:
    """What the axes of a figure say about themselves."""
    return " ".join(filter(None, (getattr(ax, "alt_text", "") for ax in figure.axes)))


def still_picture(
    draw: Callable[[Any], object], size: tuple[float, float], name: str, caption: str
) -> tuple[dict[str, str], dict[str, Any]]:
    """A drawing with its caption below, as MIME bundle: PNG with alt text, and the caption as text.

    `draw` gets a part of a figure, of the given `size` in inches.
    """
    lines = textwrap.wrap(caption, round(13 * size[0]))
    below = 0.2 * len(lines) + 0.05
    figure = blank_figure((size[0], size[1] + below))
    upper, lower = figure.subfigures(2, 1, height_ratios=(size[1], below), hspace=0)
    upper.set_facecolor("white")
    draw(upper)
    lower.text(0.01, 0.97, "\n".join(lines), va="top", fontsize=10, color=plots.INK)
    data, metadata = plots.mimebundle(figure, f"{caption} {described(figure)}".strip(), dpi=_svg.DPI)
    data["text/plain"] = f"explore.{name}: {caption}"
    return data, metadata
