"""The frame of every explorer: controls, one picture drawn by a pure function, one sentence about it."""

from __future__ import annotations

import asyncio
import gc
import html
import io
import re
import textwrap
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import ipywidgets as widgets
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure, FigureBase

from hopfield_edu import _check, plots

PAGE_DPI = 96  # an inch of a figure is 96 pixels of the page ...
DPI = 120  # ... and 120 pixels of the picture, for screens that can show them
SEEDS = 20  # the largest that a slider offers

# matplotlib is not thread-safe, and JupyterLab may answer widgets in a thread of their own.
_drawing = threading.RLock()

_STYLE = """<style>
.hopfield-explorer { max-width: 860px; padding: 10px 14px; border-radius: 8px;
  border: 1px solid var(--jp-border-color2, #d8d8d8); overflow: visible; }
.hopfield-explorer .widget-html-content, .hopfield-explorer .jupyter-widgets.widget-html {
  height: auto; line-height: 1.45; overflow-wrap: break-word; }
.hopfield-explorer img { background: white; border-radius: 4px; height: auto; }
.hopfield-explorer button:focus-visible, .hopfield-explorer select:focus-visible {
  outline: 3px solid #f2a900; outline-offset: 1px; }
.hopfield-caption { font-size: 14.5px; min-height: 2.9em; margin: 4px 0 0; }
.hopfield-explorer .hopfield-forget { width: 20px; height: 20px; line-height: 18px; padding: 0;
  background: none; box-shadow: none; color: var(--jp-ui-font-color2, #666); }
.hopfield-explorer .hopfield-forget:hover { color: #c8553d; }
.hopfield-memory { align-items: center; }
.hopfield-memory .widget-label { height: 20px; line-height: 20px; margin: 0; }
.hopfield-state { white-space: nowrap; }
.hopfield-try { font-size: 13.5px; margin: 2px 0 0; color: var(--jp-ui-font-color2, #666); }
.hopfield-error { color: #8a1c00; background: #fdece6; border-left: 4px solid #c8553d;
  border-radius: 4px; padding: 6px 10px; margin: 4px 0 0; }
</style>"""

Draw = Callable[..., str]


class Explorer(widgets.VBox):
    """Controls, a picture and a sentence about it, alive in a notebook and readable without a kernel.

    The picture is made by ``draw(figure, **parameters)``, a pure function that fills the figure and
    returns the sentence. The parameters are the values of the controls, under the same names. Moves that
    come faster than the picture can be drawn are answered once, with the last one. An error shows
    under the picture. A saved notebook keeps a still picture with its description as alt text.

    Parameters
    ----------
    draw : callable
        ``draw(figure, **parameters) -> str``.
    controls : mapping of str to widget
        Widgets with a `value`, by the parameter that they set.
    name : str
        The public name, as in ``explore.two_units``; also the CSS class ``hopfield-two-units``.
    suggestion : str
        One experiment worth trying, shown under the sentence.
    size : (float, float)
        Width and height of the figure in inches of 96 pixels.

    Attributes
    ----------
    controls : dict of str to widget
        Set ``explorer.controls["w12"].value = -1`` to move a control from code.
    caption : str
        The sentence about the present picture.
    error : Exception or None
        What went wrong in the last drawing.
    """

    def __init__(
        self,
        draw: Draw,
        controls: Mapping[str, widgets.Widget],
        *,
        name: str,
        suggestion: str,
        size: tuple[float, float] = (8.6, 3.2),
    ) -> None:
        self.draw = _check.function(draw, "draw")
        self.controls = dict(_check.instance(controls, "controls", Mapping, "a mapping of names to widgets"))
        self.name = _check.instance(name, "name", str, "text")
        _check.instance(suggestion, "suggestion", str, "text")
        self.error: Exception | None = None
        self.caption = ""
        self._size = size
        self._due: asyncio.AbstractEventLoop | None = None
        self._pause, self._held = 0.0, False
        self._playing: asyncio.Task[None] | None = None
        width = f"{round(size[0] * PAGE_DPI)}px"
        self.image = widgets.Image(format="png", layout={"width": width, "max_width": "100%"})
        self._sentence = widgets.HTML()
        self._alarm = widgets.HTML(layout={"display": "none"})
        advice = f'<p class="hopfield-try"><b>Try this:</b> {html.escape(suggestion)}</p>'
        super().__init__(
            [
                *self.arrange(),
                self._sentence,
                self._alarm,
                widgets.HTML(advice),
                widgets.HTML(_STYLE, layout={"display": "none"}),
            ]
        )
        self.add_class("hopfield-explorer").add_class(f"hopfield-{name.replace('_', '-')}")
        for key, control in self.controls.items():
            control.add_class(f"hopfield-control-{key.replace('_', '-')}")
            control.observe(self.refresh, "value")
        self._draw_now()  # in a fresh explorer an error belongs to the caller

    def arrange(self) -> list[widgets.Widget]:
        """Controls and picture from top to bottom; by default the controls in one row that wraps."""
        return [row(*self.controls.values()), self.image]

    @property
    def parameters(self) -> dict[str, Any]:
        """What the picture is drawn from: by default the values of the controls."""
        return {name: control.value for name, control in self.controls.items()}

    @property
    def picture(self) -> bytes:
        """The present picture as PNG, after any move that still waits for its drawing."""
        self.flush()
        return self.image.value

    def refresh(self, _change: object = None) -> None:
        """Ask for a new picture. Requests that come before it is drawn are answered by it."""
        if self._held:
            return
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:  # no event loop, as in a test: draw at once
            self.redraw()
            return
        if self._due is not loop:
            self._due = loop
            loop.call_later(self._pause, self.redraw)

    @contextmanager
    def together(self) -> Iterator[None]:
        """Several controls move, one picture follows."""
        self._held = True
        try:
            yield
        finally:
            self._held = False
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

        The way there takes at most so many `frames`, with `seconds` between them. `stop`, or another
        `play`, ends it.
        """

        async def move() -> None:
            me = self._playing
            stride = max(1, -(-(target - slider.value) // frames))
            await asyncio.sleep(seconds)
            while self._playing is me and slider.value < target:
                slider.value = min(slider.value + stride, target)
                await asyncio.sleep(seconds)

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
                self.caption, self.image.value = self._drawn()
            whole = r'<span class="hopfield-state">\g<0></span>'  # the name of a state stays in one line
            told = re.sub("[+−]{2,}", whole, html.escape(self.caption))
            self._sentence.value = f'<p class="hopfield-caption">{told}</p>'
            # leave the kernel as much time for messages as the drawing has taken
            self._pause = min(time.perf_counter() - started, 0.1)
        self._all_is_well()

    def _drawn(self) -> tuple[str, bytes]:
        """Sentence and picture for the present parameters."""
        figure = blank_figure(self._size)  # takes 0.1 ms; to clear a used one takes 8 ms
        return self.draw(figure, **self.parameters), _quick_png(figure)

    def still(self) -> tuple[dict[str, str], dict[str, Any]]:
        """What a saved notebook shows without a kernel: MIME bundle and metadata."""
        self.flush()
        return still_picture(
            lambda figure: self.draw(figure, **self.parameters), self._size, self.name, self.caption
        )

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        live = super()._repr_mimebundle_(**kwargs) or {}
        data, metadata = self.still()
        return {**live, **data}, metadata


def blank_figure(size: tuple[float, float]) -> Figure:
    """A figure of `size` inches that no global pyplot state knows of."""
    figure = Figure(figsize=size, facecolor="white")
    FigureCanvasAgg(figure)
    return figure


def drawing_on(fig: Any) -> None:
    """Refuse what is no figure, nor a part of one."""
    _check.instance(fig, "fig", FigureBase, "a matplotlib Figure")


def dropdown(label: str, options: Any, value: Any, **width: str) -> widgets.Dropdown:
    """A choice, with its label in full."""
    return _sized(widgets.Dropdown(description=label, options=options, value=value), **width)


def slider(label: str, value: int, low: int, high: int, **width: str) -> widgets.IntSlider:
    """A whole number within [low, high]."""
    return _sized(widgets.IntSlider(value, min=low, max=high, description=label), **width)


def _sized(control: Any, width: str = "270px", label_width: str = "76px") -> Any:
    """Sizes on the page; the default is for a column of controls beside the picture."""
    control.layout.width, control.style.description_width = width, label_width
    return control


def fit(width: str) -> dict[str, str]:
    """Sizes for a control in a row: so wide, with no room left before its label."""
    return {"width": width, "label_width": "initial"}


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


def _quick_png(figure: Figure) -> bytes:
    """The figure as PNG, hardly compressed: a third faster, for pictures that are gone in a moment."""
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=DPI, pil_kwargs={"compress_level": 1})
    return buffer.getvalue()


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
    parts = [caption, *(getattr(ax, "alt_text", "") for ax in figure.axes)]
    data, metadata = plots.mimebundle(figure, " ".join(filter(None, parts)), dpi=DPI)
    data["text/plain"] = f"explore.{name}: {caption}"
    return data, metadata
