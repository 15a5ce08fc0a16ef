"""One style for every figure: ink for letters and axes, two sides of a frame, legends outside the data."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.legend import Legend

from hopfield_edu.plots import _canvas

PAGE = 5.9  # inches, 566 pixels: the width of a notebook's page on a small screen with the file browser open
TITLE, LABEL, LEGEND, TICK = 11, 10, 9.5, 9  # sizes of letters, in points
STEPS = [1, 2, 5, 10]  # from one mark of an axis to the next, times a power of ten: 2.5 patterns are none
GRID = "#e6e8eb"
RAISED = str.maketrans("0123456789x", "⁰¹²³⁴⁵⁶⁷⁸⁹ˣ")
LETTER = 0.54  # width of a letter of the font, on average, as a share of its size


def chart(ax: Axes | None, size: tuple[float, float], xlabel: str, ylabel: str, grid: str = "") -> Axes:
    """Axes with numbers on two sides: `ax`, or new ones that leave as much room as their letters need.

    `grid` names the directions in which fine lines help the eye: "x", "y" or "both".
    """
    if ax is None:
        ax = Figure(figsize=size, layout="constrained", facecolor="white").add_subplot()
    return dress(_canvas.axes(ax, size, ()), xlabel, ylabel, grid)


def dress(ax: Axes, xlabel: str | None = None, ylabel: str | None = None, grid: str = "") -> Axes:
    """Put letters, ticks and frame of `ax` into the style; give its axes their names."""
    for axis, name in ((ax.xaxis, xlabel), (ax.yaxis, ylabel)):
        axis.label.set(color=_canvas.INK, fontsize=LABEL)
        if name is not None:
            axis.set_label_text(name)
    ax.tick_params(labelsize=TICK, color=_canvas.INK, labelcolor=_canvas.INK)
    ax.spines[["top", "right"]].set_visible(False)
    ax.spines[:].set_color(_canvas.INK)
    if grid:
        ax.grid(axis=grid, color=GRID, lw=0.7)
        ax.set_axisbelow(True)
    return ax


def title(ax: Axes, text: str, *, size: float = TITLE, pad: float | None = None) -> None:
    """The title of a picture."""
    ax.set_title(printed(text), fontsize=size, color=_canvas.INK, pad=pad)


def legend(ax: Axes, handles: Sequence[Any] | None = None, *, above: float = 0.0) -> Legend:
    """What the lines and marks of `ax` mean, in rows above the data; a title moves up.

    `above` is the room, in points, that is taken already.
    """
    handles = ax.get_legend_handles_labels()[0] if handles is None else handles
    handles = list({each.get_label(): each for each in handles}.values())  # every name once
    widths = [LEGEND * LETTER * len(each.get_label()) + 42 for each in handles]
    width, height = (72 * side / ax.figure.dpi for side in ax.get_window_extent().size)
    columns = max((n for n in range(1, len(handles) + 1) if _fits(widths, n, 0.88 * width)), default=1)
    found = ax.legend(
        handles=handles,
        loc="lower left",
        bbox_to_anchor=(0, 1 + above / height),
        ncols=columns,
        frameon=False,
        fontsize=LEGEND,
        labelcolor=_canvas.INK,
        borderaxespad=0.2,
        borderpad=0.1,
        handlelength=2.0,
        columnspacing=1.2,
    )
    for text in found.get_texts():
        text.set_text(printed(text.get_text()))
    if ax.get_title():
        rows = -(-len(handles) // columns)
        title(ax, ax.get_title(), size=ax.title.get_fontsize(), pad=above + 6 + 1.4 * LEGEND * rows)
    return found


def printed(text: str) -> str:
    """A text as a printer sets it: x^10 becomes x¹⁰, and the hyphens of -1 and ++-- become minus signs."""
    if "$" in text:
        return text
    text = re.sub(r"(?<![\w-])-(?=[\d.])", "−", text)
    text = re.sub(r"(?<!\w)[+-]*[+-](?!\w)", lambda state: state[0].replace("-", "−"), text)
    return re.sub(r"\^([0-9x]+)", lambda power: power[1].translate(RAISED), text)


def _fits(widths: Sequence[float], columns: int, room: float) -> bool:
    """Whether a legend fits, filled column by column, in so many columns."""
    rows = -(-len(widths) // columns)
    return sum(max(widths[k : k + rows]) for k in range(0, len(widths), rows)) <= room
