"""What every plot is made of: the palette, axes of its own, nodes, arrows, loops and their labels.

Diagrams are drawn in data units on axes of equal aspect, so that an arrow ends exactly at the rim
of its circle whatever the size of the figure; only line widths and letters are measured in points.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, Polygon
from matplotlib.text import Text
from numpy.typing import NDArray

INK = "#1b2a41"  # +1, lines and letters
PAPER = "#f4f1ea"  # -1
ON_INK, ON_PAPER = (
    "#fffffe",
    "#1b2a42",
)  # letters on cells, which keep their colours when a theme turns others
EXCITATORY = "#0b6e99"  # positive weights, solid lines
INHIBITORY = "#c8553d"  # negative weights, dashed lines
HIGHLIGHT = "#f2a900"
FAINT = "#c3c8cf"
QUIET = "#5b6675"
FONT = "DejaVu Sans"  # comes with matplotlib and has the minus sign and subscript digits

SOLID = "-"
DASHED = (0, (3.2, 1.8))
DOTTED = (0, (0.1, 1.7))  # with round caps: dots

Points = NDArray[np.float64]


def axes(ax: Axes | None, size: tuple[float, float], rect: Sequence[float]) -> Axes:
    """`ax` itself, or new axes on a figure that pyplot does not know, so nothing is shown twice."""
    if ax is None:
        return Figure(figsize=size, facecolor="white").add_axes(rect)
    if not isinstance(ax, Axes):
        raise TypeError(f"ax is {type(ax).__name__}; a matplotlib Axes, or None for a new one, is wanted")
    return ax


def frame(ax: Axes, points: Points, margin: float | Sequence[float]) -> float:
    """Make `ax` a drawing board of equal aspect around `points`; returns points per data unit.

    The limits grow until they fill the axes, so that titles of neighbours align.
    """
    left, right, low, high = np.repeat(margin, 4 // np.size(margin))
    x0, y0 = points.min(axis=0) - np.array([left, low])
    x1, y1 = points.max(axis=0) + np.array([right, high])
    box = ax.get_window_extent()
    scale = min(box.width / (x1 - x0), box.height / (y1 - y0))
    more_x, more_y = box.width / scale - (x1 - x0), box.height / scale - (y1 - y0)
    ax.set(xlim=(x0 - more_x / 2, x1 + more_x / 2), ylim=(y0 - more_y / 2, y1 + more_y / 2))
    ax.set_aspect("equal")
    ax.set_axis_off()
    return 72 / ax.figure.dpi * scale


def signed(value: float, digits: int = 3) -> str:
    """A number with its sign, and a real minus: '+1', '−0.5'."""
    return f"{value:+.{digits}g}".replace("-", "−")


def plain(value: float, digits: int = 4) -> str:
    """A number with a real minus and no plus."""
    text = f"{value:.{digits}g}".replace("-", "−")
    return "0" if text == "−0" else text


def listing(items: Iterable[Any], limit: int = 12) -> str:
    """'a, b and c', shortened after `limit` items."""
    words = [str(item) for item in items]
    if len(words) > limit:
        words = [*words[: limit - 1], f"{len(words) - limit + 1} more"]
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def counted(number: int, noun: str) -> str:
    """'no fixed points', '1 fixed point', '2 fixed points'."""
    return f"{number or 'no'} {noun}{'' if number == 1 else 's'}"


def write(ax: Axes, point: Any, text: str, size: float, **how: Any) -> Text:
    """Centred text at a point."""
    how = {"ha": "center", "va": "center", "color": INK, "zorder": 6} | how
    return ax.text(*point, text, fontsize=size, family=FONT, parse_math=False, **how)


def tag(ax: Axes, point: Any, text: str, size: float, **how: Any) -> Text:
    """Text on a line: a box in the colour of the ground interrupts the line behind it."""
    ground = {"boxstyle": "round,pad=0.12", "fc": ax.figure.get_facecolor(), "ec": "none"}
    return write(ax, point, text, size, bbox=ground, **how)


def disc(ax: Axes, centre: Any, radius: float, **how: Any) -> Circle:
    """A circle, by default white with an ink rim."""
    how = {"fc": "white", "ec": INK, "lw": 1.5, "zorder": 5} | how
    return ax.add_artist(Circle(tuple(centre), radius, **how))


def stroke(ax: Axes, curve: Points, **how: Any) -> Line2D:
    """A line through the points of `curve`."""
    # add_artist leaves the limits of the axes alone, and takes half the time of plot
    return ax.add_artist(Line2D(*np.transpose(curve), **how))


def arc(start: Any, end: Any, bend: float, gaps: tuple[float, float] = (0.0, 0.0)) -> Points:
    """A curve from `start` to `end` (25 points) that leaves `gaps` free at its two ends.

    It bulges to the right of its direction by half of `bend` times its length, so the two arrows of
    an opposite pair, bent alike, keep apart.
    """
    start, end = np.asarray(start, float), np.asarray(end, float)
    dx, dy = end - start
    control = (start + end) / 2 + bend * np.array([dy, -dx])
    t = np.linspace(0, 1, 200)[:, None]
    curve = (1 - t) ** 2 * start + 2 * t * (1 - t) * control + t**2 * end
    away = np.hypot(*(curve - start).T) >= gaps[0]
    curve = curve[away & (np.hypot(*(curve - end).T) >= gaps[1])]
    if len(curve) < 2:
        return np.linspace(start, end, 25)
    return curve[np.linspace(0, len(curve) - 1, 25).round().astype(int)]


def loop(centre: Any, angle: float, gap: float, length: float) -> Points:
    """A loop (25 points) out of a circle of radius `gap` in direction `angle` and back into it."""
    turns = angle + np.array([-0.5, -0.75, 0.75, 0.5])
    reach = np.array([gap, gap + 1.25 * length, gap + 1.25 * length, gap])
    a, b, c, d = np.asarray(centre) + reach[:, None] * np.column_stack([np.cos(turns), np.sin(turns)])
    t = np.linspace(0, 1, 25)[:, None]
    return (1 - t) ** 3 * a + 3 * t * (1 - t) ** 2 * b + 3 * t**2 * (1 - t) * c + t**3 * d


def arrow(
    ax: Axes, curve: Points, *, head: float, both: bool = False, gid: str | None = None, **how: Any
) -> Line2D:
    """A line along `curve` with a filled head of length `head` at its end (or at both ends)."""
    how = {"color": INK, "lw": 1.5, "ls": SOLID, "zorder": 3} | how
    shaft = _tipped(ax, curve, head, how)
    if both:
        shaft = _tipped(ax, shaft[::-1], head, how)
    return stroke(ax, shaft, dash_capstyle="round", solid_capstyle="butt", gid=gid, **how)


def _tipped(ax: Axes, curve: Points, head: float, how: dict[str, Any]) -> Points:
    """Draw a head at the end of `curve`; what is left of the curve for the shaft."""
    tip = curve[-1]
    rest = curve[np.hypot(*(curve - tip).T) >= 0.8 * head]
    if not len(rest):
        rest = curve[:1]
    base = rest[-1] if len(rest) > 1 else curve[0]
    along = (tip - base) / (np.hypot(*(tip - base)) or 1)
    foot, side = tip - head * along, 0.38 * head * np.array([-along[1], along[0]])
    corners = [tip, foot + side, tip - 0.8 * head * along, foot - side]
    ax.add_artist(Polygon(corners, fc=how["color"], ec="none", zorder=how["zorder"] + 0.5))
    return np.vstack([rest, tip - 0.8 * head * along])


def band(ax: Axes, curve: Points, width: float = 7) -> Line2D:
    """The stroke of a highlighter pen along `curve`, under the arrow that it marks."""
    return stroke(ax, curve, color=HIGHLIGHT, lw=width, zorder=2, solid_capstyle="round", gid="path")


def free_direction(directions: Sequence[float], outward: float) -> float:
    """The middle of the widest gap between `directions` (angles); `outward` if there are none."""
    if not len(directions):
        return outward
    angles = np.sort(np.mod(directions, 2 * np.pi))
    gaps = np.diff(np.append(angles, angles[0] + 2 * np.pi))
    return float(angles[gaps.argmax()] + gaps.max() / 2)


def label_spots(curves: Sequence[Points], obstacles: Points, clearance: float) -> list[Points]:
    """On each curve the point nearest its middle that keeps clear of other curves and labels."""
    order = [12, 10, 14, 9, 15, 8, 16, 7, 17, 6, 18, 5, 19]
    spots: list[Points] = []
    for k, curve in enumerate(curves):
        candidates = curve[order]
        taken = np.vstack([obstacles, *(c for i, c in enumerate(curves) if i != k)])
        free = np.hypot(*(candidates[:, None] - taken).transpose(2, 0, 1)).min(axis=1)
        if spots:  # labels are wider than high
            away = (candidates[:, None] - np.array(spots)) * [0.6, 1.2]
            free = np.minimum(free, np.hypot(*away.transpose(2, 0, 1)).min(axis=1))
        good = np.flatnonzero(free >= clearance)
        spots.append(candidates[good[0] if len(good) else free.argmax()])
    return spots
