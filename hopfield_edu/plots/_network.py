"""The network itself: units as circles, weights as arrows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike, NDArray

from hopfield_edu import _check
from hopfield_edu.plots import _canvas, _given
from hopfield_edu.plots._canvas import Points

MAX_UNITS = 16
MAX_PRINTED = 7  # with more units the printed weights would cover the lines
MAX_NAME = 6  # letters of a unit's name, which stands in its disc
RADIUS = 0.3
NEAREST = 1.5  # distance of the nearest two units
LOOP = 0.5
#: Lines on the gold of the highlighter: darker, and of colours that a dark theme does not turn.
ON_HIGHLIGHT = {_canvas.EXCITATORY: "#08526f", _canvas.INHIBITORY: "#9c3520"}
SUBSCRIPT = str.maketrans("0123456789,", "₀₁₂₃₄₅₆₇₈₉,")


class Link(NamedTuple):
    """One line of the picture: the weight w_ij, from unit j to unit i, or both ways if equal."""

    i: int
    j: int
    weight: float
    both: bool
    bend: float


def network(
    weights: ArrayLike,
    state: ArrayLike | None = None,
    bias: ArrayLike | None = None,
    *,
    positions: ArrayLike | None = None,
    highlight: ArrayLike | None = None,
    labels: bool | str = True,
    every: bool = False,
    units: Sequence[str] | None = None,
    ax: Axes | None = None,
) -> Axes:
    """The units as circles and the weights w_ij as arrows from unit j to unit i.

    Positive weights are solid, negative ones dashed, in two colours; lines are the thicker the
    larger the weight. Two equal weights w_ij = w_ji share one line with two heads, different ones
    have an arrow each, and a weight of zero has none. Self-connections are loops, a bias is an arrow
    from nowhere.

    Parameters
    ----------
    weights : (N, N) array
        ``weights[i, j]`` leads from unit j to unit i; N is at most 16.
    state : (N,) array of ±1, optional
        Units at +1 are drawn dark, units at -1 light. Without a state all are white.
    bias : (N,) array, optional
    positions : (N, 2) array, optional
        Where the units stand, x to the right and y up, in any scale. By default they form a ring.
    highlight : (N, N) array of bool, optional
        Weights to mark as if with a highlighter pen, such as ``frustration.satisfaction(W, y) < 0``.
    labels : bool or "names"
        Print the weights beside their lines, as numbers or with their names (``w₁₂ = −1``). From
        eight units on there is no room for them, and colour and dashes carry the sign.
    every : bool
        An arrow for each single weight at a place of its own, also for equal ones and, faintly, for those of
        zero: so that weights can change and arrows stay where they are.
    units : sequence of str, optional
        What the units are called, in place of their numbers: at most `MAX_NAME` letters each.
    ax : Axes, optional

    Returns
    -------
    ax : Axes
        With a description in ``ax.alt_text``.

    Raises
    ------
    ValueError, TypeError
        If a shape does not fit, or for more than 16 units.

    Notes
    -----
    Wiskott, *Hopfield Networks*, figures 1.1, 1.3 and 1.4.

    Examples
    --------
    >>> network([[0, -1], [1, 0]]).alt_text
    'Network of 2 units. Weights: w₁₂ = −1, w₂₁ = +1.'
    """
    W = _check.weights(weights)
    N = len(W)
    if N > MAX_UNITS:
        raise ValueError(f"weights has {N} units; at most {MAX_UNITS} can be drawn, use imshow(weights)")
    y = None if state is None else _check.bipolar(state, "state", ndim=(1,), units=N)
    b = np.zeros(N) if bias is None else _check.vector(bias, "bias", N)
    labels = _check.one_of(labels, "labels", (True, False, "names"))
    every = _check.flag(every, "every")
    called = None if units is None else _called(units, N)
    lit = np.zeros((N, N), bool) if highlight is None else _marks(highlight, N)
    where = _ring(N) if positions is None else _places(positions, N)
    ax = _canvas.axes(ax, _size(W), (0.02, 0.02, 0.96, 0.88))
    unit = _canvas.frame(ax, where, _margins(W, b, labels == "names", every))
    size = float(np.clip(0.16 * unit, 8, 13))
    between = _singly(W) if every else links(W)
    _draw_links(ax, W, between, where, size, labels if N <= MAX_PRINTED else False, lit)
    _draw_bias(ax, b, where, size)
    _draw_units(ax, y, where, size, called)
    ax.alt_text = _describe(W, y, b, lit)
    if called:
        ax.alt_text += f" The units are {_canvas.listing(called)}."
    return ax


def _ring(N: int) -> Points:
    """Where the units stand: a row of two, else a clockwise ring, a side on top if N is even."""
    if N == 1:
        return np.zeros((1, 2))
    if N == 2:
        return np.array([[-1.05, 0.0], [1.05, 0.0]])
    first = np.pi / 2 + (np.pi / N if N % 2 == 0 else 0)
    angles = first - 2 * np.pi * np.arange(N) / N
    radius = max(1.45, 0.5 * NEAREST / np.sin(np.pi / N))
    return radius * np.column_stack([np.cos(angles), np.sin(angles)])


def _places(positions: ArrayLike, N: int) -> Points:
    """The positions given, scaled so that neighbours have the distance that they have in a ring."""
    where = _check.real_array(positions, "positions", largest=1e100).astype(float)
    if where.shape != (N, 2):
        raise ValueError(f"positions has shape {where.shape}; ({N}, 2) is wanted, x and y of every unit")
    apart = np.hypot(*(where[:, None] - where).transpose(2, 0, 1))[np.triu_indices(N, 1)]
    if (apart <= 1e-12 * np.abs(where).max()).any():
        raise ValueError("positions has two units at the same place")
    return where * (NEAREST / apart.min() if apart.size else 1)


def _called(units: Any, N: int) -> list[str]:
    """The names of the units, short enough for their discs."""
    found = _given.texts(units, "units", N, "unit")
    longest = max(found, key=len)
    if len(longest) > MAX_NAME:
        raise ValueError(f"units holds {_check.shown(longest)}; at most {MAX_NAME} letters fit in a unit")
    return found


def _marks(highlight: ArrayLike, N: int) -> NDArray[np.bool_]:
    """(N, N) array: which weights to mark."""
    lit = _check.array_of(highlight, "highlight")
    if lit.dtype != bool:
        raise TypeError(f"highlight holds values of type {lit.dtype}; booleans are wanted, one per weight")
    if lit.shape != (N, N):
        raise ValueError(f"highlight has shape {lit.shape}; ({N}, {N}) is wanted, a boolean per weight")
    return lit


def links(W: NDArray[Any]) -> list[Link]:
    """The lines between different units: one for w_ij = w_ji, two bent ones if they differ."""
    found = []
    for i, j in zip(*np.triu_indices(len(W), 1), strict=True):
        there, back = W[i, j], W[j, i]
        if there == back:
            found += [Link(i, j, there, True, 0.0)] * bool(there)
        else:
            bend = (0.36 if len(W) == 2 else 0.22) * bool(there and back)
            found += [Link(a, c, W[a, c], False, bend) for a, c in ((i, j), (j, i)) if W[a, c]]
    return found


def _singly(W: NDArray[Any]) -> list[Link]:
    """A line for every single weight, also for those of zero; between the same units they are bent."""
    bend = 0.36 if len(W) == 2 else 0.22
    return [Link(i, j, W[i, j], False, bend * (i != j)) for i, j in np.ndindex(W.shape)]


def _draw_links(
    ax: Axes,
    W: NDArray[Any],
    between: list[Link],
    where: Points,
    size: float,
    labels: bool | str,
    lit: NDArray[np.bool_],
) -> None:
    largest, gap = np.abs(W).max() or 1, (RADIUS + 0.04, RADIUS + 0.04)
    if not any(link.i == link.j for link in between):
        between = between + [Link(i, i, W[i, i], False, 0.0) for i in np.flatnonzero(np.diag(W))]
    curves = [
        _canvas.loop(where[k.i], _outward(where, k.i), RADIUS + 0.04, LOOP)
        if k.i == k.j
        else _canvas.arc(where[k.j], where[k.i], k.bend, gap)
        for k in between
    ]
    for link, curve in zip(between, curves, strict=True):
        gid = f"w{link.i + 1},{link.j + 1}" + (f"=w{link.j + 1},{link.i + 1}" if link.both else "")
        how = _style(link.weight, largest)
        if _is_lit(link, lit):
            how["color"] = ON_HIGHLIGHT.get(how["color"], how["color"])
            _canvas.band(ax, curve, 11).set_gid(f"highlight {gid}")
        _canvas.arrow(ax, curve, head=0.19, both=link.both, gid=gid, **how)
    if labels:
        spots = _canvas.label_spots(curves, where, 0.45)  # off the lines that cross
        digits, size = (2, 0.75 * size) if len(curves) > 16 else (3, size)  # crowded
        for link, curve, spot in zip(between, curves, spots, strict=True):
            if link.i == link.j:
                angle = _outward(where, link.i)  # beyond the top of the loop
                reach = 0.15 + 0.08 * abs(np.cos(angle))
                spot = curve[12] + reach * np.array([np.cos(angle), np.sin(angle)])
            text = _name(link) if labels == "names" else _weight(link.weight, digits)
            colour = _style(link.weight, largest)["color"] if link.weight else _canvas.QUIET
            _canvas.tag(ax, spot, text, size, color=colour)


def _weight(value: float, digits: int = 3) -> str:
    return _canvas.signed(value, digits) if value else "0"


def _draw_bias(ax: Axes, b: NDArray[Any], where: Points, size: float) -> None:
    for i in np.flatnonzero(b):
        angle = _outward(where, i) + np.deg2rad(58)
        way = np.array([np.cos(angle), np.sin(angle)])
        start, end = where[i] + (RADIUS + 0.52) * way, where[i] + (RADIUS + 0.03) * way
        how = _style(b[i], np.abs(b).max())
        _canvas.arrow(ax, _canvas.arc(start, end, 0), head=0.17, gid=f"b{i + 1}", **how)
        text = f"b{str(i + 1).translate(SUBSCRIPT)} = {_canvas.signed(b[i])}"
        _canvas.tag(ax, start + 0.1 * way, text, max(8.0, 0.85 * size), color=how["color"])


def _draw_units(
    ax: Axes, y: NDArray[Any] | None, where: Points, size: float, called: list[str] | None
) -> None:
    letter = 1.1 * size if called is None else max(0.8 * size, 6.9)  # names can be read on a narrow page
    for i, point in enumerate(where):
        dark = y is not None and y[i] > 0
        fill = "white" if y is None else _canvas.ON_PAPER if dark else _canvas.PAPER
        disc = _canvas.disc(ax, point, RADIUS, fc=fill, lw=1.8)
        disc.set_gid(f"unit {i + 1}")
        color = _canvas.INK if y is None else _canvas.ON_INK if dark else _canvas.ON_PAPER
        up = 0 if y is None else 0.09
        name = str(i + 1) if called is None else called[i]
        _canvas.write(ax, (point[0], point[1] + up), name, letter, color=color, weight="bold")
        if y is not None:
            _canvas.write(ax, (point[0], point[1] - 0.13), _canvas.signed(y[i]), 0.85 * size, color=color)


def _style(weight: float, largest: float) -> dict[str, Any]:
    """Colour, dashes and width of a line; the sign can be told without the colour."""
    if not weight:
        return {"color": _canvas.FAINT, "ls": _canvas.DOTTED, "lw": 1.6}
    positive = weight > 0
    return {
        "color": _canvas.EXCITATORY if positive else _canvas.INHIBITORY,
        "ls": _canvas.SOLID if positive else _canvas.DASHED,
        "lw": 1.2 + 1.2 * abs(weight) / largest,
    }


def _outward(where: Points, i: int) -> float:
    x, y = where[i] - where.mean(axis=0)
    return float(np.arctan2(y, x)) if len(where) > 1 else np.pi / 2


def _name(link: Link) -> str:
    i, j = link.i + 1, link.j + 1
    comma = "," if max(i, j) > 9 else ""
    names = [f"w{a}{comma}{b}".translate(SUBSCRIPT) for a, b in ((i, j), (j, i))[: 1 + link.both]]
    return " = ".join([*names, _weight(link.weight)])


def _margins(W: NDArray[Any], b: NDArray[Any], named: bool, every: bool) -> tuple[float, float]:
    """Room left and right, and below and above, for loops and biases and what is written at them."""
    loops = every or bool(np.diag(W).any())
    side = max(0.42, 1.0 * loops, 1.35 * (loops and named), 1.25 * bool(b.any()))
    height = 1.0 if loops or b.any() else 0.42
    return side, 0.75 if len(W) == 2 else height


def _size(W: NDArray[Any]) -> tuple[float, float]:
    if len(W) == 2:
        return (4.6, 2.4)
    return (4.4, 4.4) if len(links(W)) <= 10 else (6.2, 6.4)


def _is_lit(link: Link, lit: NDArray[np.bool_]) -> bool:
    return bool(lit[link.i, link.j] or (link.both and lit[link.j, link.i]))


def _describe(W: NDArray[Any], y: NDArray[Any] | None, b: NDArray[Any], lit: NDArray[np.bool_]) -> str:
    N = len(W)
    lines = links(W) + [Link(i, i, W[i, i], False, 0.0) for i in np.flatnonzero(np.diag(W))]
    text = f"Network of {_canvas.counted(N, 'unit')}. "
    if len(lines) <= 12:
        text += f"Weights: {', '.join(map(_name, lines)) or 'all zero'}."
    else:
        above = sum(line.weight > 0 for line in lines)  # what is drawn as one line counts once
        kind = "symmetric" if np.array_equal(W, W.T) else "not symmetric"
        text += f"{above} of its {len(lines)} weights are positive, {len(lines) - above} negative; "
        text += f"they are {kind}."
    if b.any():
        text += f" Bias: {', '.join(_canvas.signed(v) if v else '0' for v in b)}."
    if y is not None:
        text += f" State: {', '.join(_canvas.signed(v) for v in y)}."
    if marked := [_name(link).rpartition(" = ")[0] for link in lines if _is_lit(link, lit)]:
        text += f" Highlighted: {_canvas.listing(marked)}."
    return text
