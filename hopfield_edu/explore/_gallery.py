"""Several grey pictures in one pair of axes, and bare ones: axes are what takes the time of a drawing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.patches import Rectangle
from numpy.typing import NDArray

from hopfield_edu import plots
from hopfield_edu.explore._svg import field
from hopfield_edu.plots._greys import GREYS


def column(ax: Axes, pictures: list[NDArray[np.float64]], titles: list[str], gap: int) -> None:
    """Pictures of one shape (R, C), one below the other, `gap` rows apart, each with its title above."""
    C = pictures[0].shape[1]
    space, rows, top = np.full((gap, C), np.nan), [], []
    for picture in pictures:
        rows.append(space)
        top.append(sum(map(len, rows)) - 0.5)
        rows.append(picture)
    grey(ax, np.vstack(rows))
    for y, title in zip(top, titles, strict=True):
        ax.text(C / 2 - 0.5, y - 0.12 * gap, title, ha="center", va="bottom", fontsize=10.5, color=plots.INK)
    _describe(ax, pictures, titles)


def line(ax: Axes, pictures: list[NDArray[np.float64]], titles: list[str], gap: int) -> None:
    """Pictures of one shape side by side, `gap` columns apart, each with its title above."""
    R, C = pictures[0].shape
    space = np.full((R, gap), np.nan)
    grey(ax, np.hstack([part for picture in pictures for part in (picture, space)][:-1]))
    for k, title in enumerate(titles):
        at = k * (C + gap) + C / 2 - 0.5
        ax.text(at, -0.04 * R - 0.5, title, ha="center", va="bottom", fontsize=10.5, color=plots.INK)
    _describe(ax, pictures, titles)


def stack(ax: Axes, pictures: list[NDArray[np.float64]], titles: list[str], gap: int) -> None:
    """Pictures one below the other, `gap` rows apart, each with its title on the left, filling the axes."""
    R, C = pictures[0].shape
    space = np.full((gap, C), np.nan)
    grey(ax, np.vstack([part for picture in pictures for part in (picture, space)][:-1]))
    ax.set_aspect("auto")
    for k, title in enumerate(titles):
        at = k * (R + gap) + R / 2 - 0.5
        ax.text(-0.01 * C - 0.5, at, title, ha="right", va="center", fontsize=10.5, color=plots.INK)
    _describe(ax, pictures, titles)


def shelf(ax: Axes, pictures: NDArray[np.int_], chosen: int, box: tuple[float, float]) -> None:
    """Small pictures (M, R, C) in rows, as large as fit into a box (width, height), the chosen one framed.

    They can be clicked as "memory 1", "memory 2", ...
    """
    M, R, C = pictures.shape
    gap = min(4, 2 * max(1, round(C / 6)))  # even, and wide enough for ink that reaches both edges

    def size(rows: int) -> float:
        """Of a cell."""
        return min(box[1] / (rows * (R + gap)), box[0] / (-(-M // rows) * (C + gap)))

    rows = max(range(1, M + 1), key=size)
    across = -(-M // rows)
    cells = mosaic(pictures, across, gap, before=gap // 2)
    grey(ax, cells, gid="smooth" if size(rows) < 3 else None, anchor="W")
    for k in range(M):
        row, column = divmod(k, across)
        corner = (column * (C + gap) - 0.5, row * (R + gap) - 0.5)
        field(ax, f"memory {k + 1}", corner, C + gap, R + gap)
        if k == chosen:
            look = {"fc": "none", "ec": plots.HIGHLIGHT, "lw": 2, "clip_on": False}
            ax.add_artist(Rectangle(corner, C + gap, R + gap, **look))
    ax.alt_text = f"All {M} that are stored; number {chosen + 1} is framed."


def mosaic(pictures: Any, across: int, gap: int, before: int = 0) -> NDArray[np.float64]:
    """Pictures (K, R, C) in rows of `across`; to each belong `gap` rows and columns of NaN, `before` it and
    behind it."""
    K, R, C = np.shape(pictures)
    rows = -(-K // across)
    cells = np.full((rows, R + gap, across, C + gap), np.nan)
    for k, picture in enumerate(pictures):
        row, column = divmod(k, across)
        cells[row, before : before + R, column, before : before + C] = picture
    return cells.reshape(rows * (R + gap), -1)


def grey(ax: Axes, cells: NDArray[np.float64], gid: str | None = None, anchor: str = "C") -> None:
    """Numbers from -1 (light) to 1 (dark), none for NaN."""
    ax.imshow(cells, cmap=GREYS, vmin=-1, vmax=1, interpolation="none", gid=gid)
    ax.set_axis_off()
    ax.set_anchor(anchor)


def _describe(ax: Axes, pictures: list[NDArray[np.float64]], titles: list[str]) -> None:
    greys = [f"{(np.abs(picture) < 0.5).mean():.0%} grey" for picture in pictures]
    told = (f"{title} ({grey})" for title, grey in zip(titles, greys, strict=True))
    ax.alt_text = f"Pictures: {', '.join(told)}."


def boxes(ax: Axes, places: Iterable[tuple[float, float, float, float]], **look: Any) -> PolyCollection:
    """Rectangles (left, bottom, width, height) as one artist; one for each takes several times as long."""
    corners = [[(x, y), (x + w, y), (x + w, y + h), (x, y + h)] for x, y, w, h in places]
    drawn = PolyCollection(corners, **look)
    ax.add_collection(drawn, autolim=False)
    return drawn


def bare(ax: Axes, x: tuple[float, float], y: tuple[float, float], title: str) -> None:
    """Axes with a frame of two lines and a title, without matplotlib's slow ticks."""
    ax.set(xlim=x, ylim=y)
    ax.set_axis_off()
    ax.plot([x[0], x[0], x[1]], [y[1], y[0], y[0]], color=plots.INK, lw=1, clip_on=False)
    ax.text(0, 1.04, title, ha="left", va="bottom", transform=ax.transAxes, fontsize=10.5, color=plots.INK)
