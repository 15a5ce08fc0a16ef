"""Networks of graded units: their gain, the flow of two of them, its energy, and where they rest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike, NDArray

from hopfield_edu import _check, graded
from hopfield_edu.plots import _canvas, _given, _style
from hopfield_edu.trajectory import Trajectory

_BOX = (0.16, 0.14, 0.8, 0.8)


def gain_curve(gains: Any, *, reach: float = 3.0, ax: Axes | None = None) -> Axes:
    """Output against potential, for one gain function or several.

    Parameters
    ----------
    gains : Gain or sequence of Gain
        As from `graded.tanh` or `graded.logistic`.
    reach : float
        The potential runs from -reach to reach.
    ax : Axes, optional

    Returns
    -------
    ax : Axes
        With a description in ``ax.alt_text``.

    Examples
    --------
    >>> gain_curve(graded.logistic(4)).alt_text
    'Output against potential from −3 to 3: logistic(4 x) rises from 0 to 1, slope 1 at 0.'
    """
    gains = [gains] if isinstance(gains, graded.Gain) else _check.listed(gains, "gains", "Gains", high=12)
    if not gains or not all(isinstance(gain, graded.Gain) for gain in gains):
        raise TypeError("gains must be a Gain, such as graded.tanh(2), or several")
    reach = _check.positive(reach, "reach")
    ax = _style.chart(ax, (3.2, 3.2), "potential x", "output V = g(x)")
    x = np.linspace(-reach, reach, 301)
    told = []
    for gain, style in zip(gains, (_canvas.SOLID, _canvas.DASHED, ":", "-.") * len(gains), strict=False):
        ax.plot(x, gain.g(x), color=_canvas.INK, lw=1.6, ls=style, label=gain.name)
        ends = " to ".join(_canvas.plain(v) for v in (gain.low, gain.high))
        slope = _canvas.plain(float(gain.slope(np.array(0.0))))
        told.append(f"{gain.name} rises from {ends}, slope {slope} at 0")
    if len(gains) > 1:
        _style.legend(ax)
    ax.alt_text = f"Output against potential from −{reach:g} to {reach:g}: {'; '.join(told)}."
    return ax


def phase_portrait(
    net: Any,
    *,
    starts: ArrayLike | Trajectory | Sequence[Trajectory] | None = None,
    duration: float = 30.0,
    ax: Axes | None = None,
) -> Axes:
    """The plane of the outputs of two graded units: trajectories, nullclines and fixed points.

    Parameters
    ----------
    net : graded.Network
        Two units, each of which hears the other.
    starts : (K, 2) array, Trajectory or sequence of them, optional
        Outputs to start from, or recalls with their way; 16 points along the edge if not given.
    duration : float
        How long each trajectory lasts, in units of tau.
    ax : Axes, optional

    Returns
    -------
    ax : Axes
        With a description in ``ax.alt_text``.

    Raises
    ------
    ValueError
        If there are not two units, one does not hear the other, or a start lies outside the range of g.

    Notes
    -----
    Hopfield, *Hopfield network*, Scholarpedia, figure 2, second panel.

    Examples
    --------
    >>> net = graded.Network([[0, -1], [-1, 0]], [0.5, 0.5], graded.logistic(8))
    >>> phase_portrait(net, starts=[[0.2, 0.1]]).alt_text.split(". ")[1]
    'Stable fixed points at (0.02, 0.98) and (0.98, 0.02), unstable ones at (0.5, 0.5)'
    """
    net = _two(net)
    one, two = graded.nullclines(net)
    gain, points = net.gain, graded.crossings(net)
    ways = _ways(net, _edge(gain) if starts is None else starts, duration)
    ax = _canvas.axes(ax, (3.4, 3.4), _BOX)
    ax.plot(*one, color=_canvas.EXCITATORY, lw=1.6, label="unit 1 still", gid="nullcline 1")
    ax.plot(
        *two, color=_canvas.INHIBITORY, lw=1.6, ls=_canvas.DASHED, label="unit 2 still", gid="nullcline 2"
    )
    paths = [gain.g(way.states) for way in ways]
    _draw_paths(ax, paths, gain)
    _draw_points(ax, points)
    _square(ax, gain)
    ends = {tuple(path[-1].round(2) + 0.0) for path in paths}
    number = f"{len(paths)} {'trajectory' if len(paths) == 1 else 'trajectories'}"
    ax.alt_text = (
        f"Phase portrait: the outputs of two units, {number}. {_told(points)}. The trajectories end at "
        f"{_places(sorted(ends))}. The two nullclines cross at the fixed points."
    )
    return ax


def energy_contours(
    net: Any,
    *,
    starts: ArrayLike | Trajectory | Sequence[Trajectory] | None = None,
    levels: int = 14,
    points: int = 61,
    ax: Axes | None = None,
) -> Axes:
    """The energy over the plane of the outputs of two graded units: the darker, the lower.

    The levels divide the plane into bands of equal area, so that low and narrow valleys can be seen.

    Parameters
    ----------
    net : graded.Network
        Two units, symmetric weights (or an energy of its own, as `graded.Scaled` has).
    starts : (K, 2) array, Trajectory or sequence of them, optional
        Outputs from which trajectories are drawn, or recalls with their way; none if not given.
    levels : int
        Number of bands.
    points : int
        The energy is evaluated at so many points per axis.
    ax : Axes, optional

    Returns
    -------
    ax : Axes
        With a description in ``ax.alt_text``.

    Raises
    ------
    ValueError
        If there are not two units.

    Notes
    -----
    Hopfield, *Hopfield network*, Scholarpedia, figure 2, third panel.

    Examples
    --------
    >>> net = graded.Network([[0, -1], [-1, 0]], [0.5, 0.5], graded.logistic(8))
    >>> energy_contours(net).alt_text.split(". ")[1]
    'Minima at (0.02, 0.98), E = −0.5049 and (0.98, 0.02), E = −0.5049.'
    """
    net = _two(net)
    levels = _check.count(levels, "levels", low=2, high=200)
    points = _check.count(points, "points", low=3, high=1000)
    gain = net.gain
    axis = np.linspace(gain.low, gain.high, points)
    V_1, V_2 = np.meshgrid(axis, axis)
    E = net.energy_of_output(np.column_stack([V_1.ravel(), V_2.ravel()])).reshape(V_1.shape)
    cuts = np.unique(np.quantile(E, np.linspace(0, 1, levels + 1)))
    ax = _canvas.axes(ax, (3.4, 3.4), _BOX)
    if len(cuts) > 1:  # else a plain
        shades = mpl.colormaps["cividis"](np.linspace(0.05, 1, len(cuts) - 1))
        ax.contourf(V_1, V_2, E, levels=cuts, colors=shades)
        low = np.linspace(cuts[0], cuts[len(cuts) // 3], 5)[1:]
        if (np.diff(low) > 0).all():
            ax.contour(V_1, V_2, E, levels=low, colors=_canvas.ON_INK, linewidths=0.7, linestyles="solid")
    paths = [] if starts is None else [gain.g(way.states) for way in _ways(net, starts, 30.0)]
    _draw_paths(ax, paths, gain, color=_canvas.ON_INK)  # on the map, which keeps its colours in a dark theme
    drawn = net.weights[0, 1] and net.weights[1, 0] and not isinstance(net, graded.WithFastUnit)
    rest = graded.crossings(net) if drawn else net.fixed_points(rng=0)
    _draw_points(ax, rest)
    _square(ax, gain)
    minima = [f"{_place(p.V)}, E = {_canvas.plain(net.energy(p.x))}" for p in rest if p.stable]
    span = " to ".join(_canvas.plain(v) for v in (E.min(), E.max()))
    ax.alt_text = f"Energy over the outputs of two units, from {span}. Minima at {_canvas.listing(minima)}."
    return ax


def branches(
    values: ArrayLike,
    points: Sequence[Sequence[Any]],
    *,
    unit: int = 0,
    label: str = "gain",
    ax: Axes | None = None,
) -> Axes:
    """Bifurcation diagram: the output of one unit at every fixed point, against a parameter.

    Parameters
    ----------
    values : (K,) array
        The parameter.
    points : K sequences of FixedPoint
        The fixed points for each value; stable ones are filled, unstable ones hollow.
    unit : int
        The unit, counted from 0.
    label : str
        Name of the parameter.
    ax : Axes, optional

    Returns
    -------
    ax : Axes
        With a description in ``ax.alt_text``.

    Raises
    ------
    ValueError
        If values and points differ in length.

    Examples
    --------
    >>> nets = [graded.Network([[1.0]], gain=graded.tanh(b)) for b in (0.5, 2)]
    >>> ax = branches([0.5, 2], [net.fixed_points(rng=0) for net in nets])
    >>> ax.alt_text
    'Fixed points against gain: 0.5: 1 stable and 0 unstable; 2: 2 stable and 1 unstable.'
    """
    values = _check.real_array(values, "values")
    points = [_rests(found) for found in _check.listed(points, "points", "lists", high=10_000)]
    unit, label = _check.count(unit, "unit"), _given.text(label, "label")
    fewest = min((len(p.V) for found in points for p in found), default=unit + 1)
    if unit >= fewest:
        raise ValueError(f"unit is {_check.shown(unit)}; the networks have {fewest} units, counted from 0")
    if values.ndim != 1 or len(values) != len(points):
        raise ValueError(
            f"values has shape {values.shape}, but there are {len(points)} lists of fixed points"
        )
    ax = _style.chart(
        ax, (4.4, 3.2), label, f"V{'₁₂₃₄₅₆₇₈₉'[unit] if unit < 9 else unit + 1} at fixed points"
    )
    flat = [(v, p.V[unit], p.stable) for v, found in zip(values, points, strict=True) for p in found]
    for stable, face in ((True, _canvas.INK), (False, "white")):
        spots = [(v, out) for v, out, kind in flat if kind == stable]
        if spots:
            kind = "stable" if stable else "unstable"
            how = {"marker": "o", "ms": 4.5, "mfc": face, "mec": _canvas.INK, "mew": 0.9, "ls": ""}
            ax.plot(*zip(*spots, strict=True), label=kind, gid=kind, **how)
    if flat:
        _style.legend(ax)
    counts = [
        f"{_canvas.plain(float(v))}: {sum(p.stable for p in found)} stable and "
        f"{sum(not p.stable for p in found)} unstable"
        for v, found in zip(values, points, strict=True)
    ]
    shown = [text for k, text in enumerate(counts) if k in (0, len(counts) - 1) or _new(counts, k)]
    ax.alt_text = f"Fixed points against {label}: {'; '.join(shown)}."
    return ax


def _rests(found: Any) -> list[Any]:
    """The fixed points for one value of the parameter."""
    rests = _check.listed(found, "points", "fixed points", high=_given.MOST)
    for rest in rests:
        _given.having(rest, "an entry of points", "V stable", "a FixedPoint, as from net.fixed_points,")
    return rests


def _two(net: Any) -> graded.Network:
    """`net` if it is a network of two graded units."""
    if not isinstance(net, graded.Network):
        raise TypeError(f"net is {type(net).__name__}; a graded.Network of two units is wanted")
    if net.N != 2:
        raise ValueError(f"net has {net.N} units; the plane is drawn for 2")
    return net


def _new(counts: Sequence[str], k: int) -> bool:
    """Whether the numbers of fixed points differ from those one value before."""
    return counts[k].split(": ")[1] != counts[k - 1].split(": ")[1]


def _edge(gain: Any) -> NDArray[np.float64]:
    """Sixteen outputs along the edge of the square."""
    span = gain.high - gain.low
    near, far = gain.low + 0.03 * span, gain.high - 0.03 * span
    steps = np.linspace(near, far, 5)
    rim = [(a, b) for a in steps for b in steps if a in (near, far) or b in (near, far)]
    return np.array(rim)


def _ways(
    net: Any, starts: ArrayLike | Trajectory | Sequence[Trajectory], duration: float
) -> list[Trajectory]:
    """Recalls from these outputs, or those that are given."""
    given: Any = starts
    if isinstance(given, Trajectory):
        given = [given] if given.initial.ndim == 1 else list(given)
    if isinstance(given, list | tuple) and given and all(isinstance(way, Trajectory) for way in given):
        if len(given) > _given.MOST or any(way.initial.shape != (2,) for way in given):
            raise ValueError(f"starts must be at most {_given.MOST} recalls of two units, each of one state")
        return list(given)
    V = _outputs(given, net.gain)
    return list(net.recall(net.gain.inverse(V), duration, record=True, rtol=1e-6, points=481))


def _outputs(starts: ArrayLike, gain: Any) -> NDArray[np.float64]:
    """Starts (K, 2), strictly within the range of the gain function."""
    V = np.atleast_2d(_check.real_array(starts, "starts"))
    if len(V) > _given.MOST:
        raise ValueError(f"starts has {len(V)} rows; at most {_given.MOST} are drawn")
    if V.shape[1:] != (2,) or (gain.low >= V).any() or (gain.high <= V).any():
        bounds = f"{gain.low:g} and {gain.high:g}"
        raise ValueError(f"starts must be outputs (K, 2) between {bounds}, the bounds left out")
    return V


def _draw_paths(ax: Axes, paths: Sequence[Any], gain: Any, color: str = _canvas.INK) -> None:
    """Trajectories, each with a dot where it starts and a head half way."""
    if not paths:
        return
    lines = np.concatenate([np.vstack([path, [[np.nan, np.nan]]]) for path in paths])
    ax.plot(*lines.T, color=color, lw=1.1, gid="trajectories")
    ax.plot(*np.array([path[0] for path in paths]).T, ls="", marker="o", ms=3, color=color, gid="starts")
    heads = []
    for path in paths:
        length = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(path, axis=0).T))])
        if length[-1] > 0.08 * (gain.high - gain.low):
            k = min(int(np.searchsorted(length, length[-1] / 2)), len(path) - 2)
            heads.append([*path[k], *(path[k + 1] - path[k])])
    if heads:
        x, y, u, v = np.array(heads).T
        size = np.hypot(u, v) + 1e-300
        how = {
            "angles": "xy",
            "scale": 30,
            "width": 0.004,
            "headwidth": 9,
            "headlength": 9,
            "headaxislength": 9,
        }
        ax.quiver(x, y, u / size, v / size, color=color, pivot="mid", minlength=0, zorder=3, **how)


def _draw_points(ax: Axes, points: Sequence[Any]) -> None:
    """Stable fixed points as stars, the others as hollow circles."""
    for stable, how in (
        (True, {"marker": "*", "ms": 13, "mfc": _canvas.HIGHLIGHT}),
        (False, {"marker": "o", "ms": 7, "mfc": "white"}),
    ):
        spots = [p.V for p in points if p.stable == stable]
        if spots:
            kind = "stable" if stable else "unstable"
            ax.plot(
                *np.transpose(spots),
                ls="",
                mec=_canvas.INK,
                mew=0.9,
                zorder=5,
                gid=kind,
                clip_on=False,
                **how,
            )


def _square(ax: Axes, gain: Any) -> None:
    """The square of all outputs, with a few ticks: ticks take most of the time of a drawing."""
    middle = (gain.low + gain.high) / 2
    ticks = [gain.low, middle, gain.high]
    ax.set(xlim=(gain.low, gain.high), ylim=(gain.low, gain.high), xticks=ticks, yticks=ticks)
    names = [_canvas.plain(v) for v in ticks]
    ax.set_xticklabels(names)
    ax.set_yticklabels(names)
    ax.set_aspect("equal")
    _style.dress(ax, "V₁", "V₂")


def _place(V: Any) -> str:
    return "(" + ", ".join(_canvas.plain(round(float(v), 2) + 0.0, 3) for v in V) + ")"


def _places(all_V: Sequence[Any]) -> str:
    return _canvas.listing([_place(V) for V in all_V], 6)


def _told(points: Sequence[Any]) -> str:
    """Where the fixed points are."""
    stable, other = ([p.V for p in points if p.stable == kind] for kind in (True, False))
    parts = [f"stable fixed point{'s'[: len(stable) != 1]} at {_places(stable)}"] if stable else []
    if other:
        parts.append(
            f"unstable ones at {_places(other)}" if stable else f"unstable fixed points at {_places(other)}"
        )
    return (", ".join(parts) or "no fixed points found").capitalize()
