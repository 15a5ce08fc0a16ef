"""Numbers against numbers: curves, measured points with their spread, and marks where something happens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter
from matplotlib.transforms import ScaledTranslation
from numpy.typing import NDArray

from hopfield_edu import _check
from hopfield_edu.plots import _canvas, _given, _style

LOOKS = (  # colour, dashes, marker
    (_canvas.INK, "-", "o"),
    (_canvas.INHIBITORY, _canvas.DASHED, "s"),
    (_canvas.EXCITATORY, "-.", "^"),
    ("#2e7d4f", ":", "D"),
    ("#8e4585", (0, (6, 1.5, 1.2, 1.5, 1.2, 1.5)), "v"),
    ("#7a5c00", (0, (8, 2)), "P"),
)
MARKED = 30  # points up to which each of a curve is marked
APART = 3.0  # points of the page between the spreads of two lines at the same x
MOST = 100_000  # points of a curve
SHORT = 1000  # ends of a logarithmic axis, one divided by the other, up to which 2 and 5 are marked, too

Piece = tuple[NDArray[np.float64], list[NDArray[np.float64]]]  # x, and the numbers at each


def curves(
    lines: Mapping[str, Any],
    *,
    xlabel: str = "x",
    ylabel: str = "y",
    dots: Sequence[str] = (),
    marks: Mapping[str, float] | None = None,
    log: str = "",
    ax: Axes | None = None,
) -> Axes:
    """Curves, points, or means with their spread, by the names that stand above them.

    Parameters
    ----------
    lines : mapping of str to (x, y)
        At most six. `x` is a (K,) array, and so is `y`; or `y` holds K arrays, as from several draws: then
        their means are drawn, and thin lines from the least to the largest. A list of such pairs draws
        a line in pieces.
    xlabel, ylabel : str
        What the numbers are.
    dots : sequence of str, optional
        Names of lines whose points are drawn alone, such as those that were measured.
    marks : mapping of str to a number, optional
        Values of x at which a dashed line stands, with its name on top.
    log : str
        Axes with a logarithmic scale: "x", "y" or "xy".
    ax : Axes, optional

    Returns
    -------
    ax : Axes
        With a description in ``ax.alt_text``: five points of each line, and where it is highest and lowest.

    Raises
    ------
    TypeError, ValueError
        If there are no lines or too many, or something is no finite number.

    Examples
    --------
    >>> curves({"share": ([1, 2, 3], [1, 1, 0.5])}, xlabel="patterns", ylabel="recalled").alt_text
    'Recalled against patterns: share 1 at 1, 1 at 2, 0.5 at 3.'
    """
    drawn = _read(lines)
    names = _given.text(xlabel, "xlabel"), _given.text(ylabel, "ylabel")
    alone, places = _names(dots, drawn), _marks(marks)
    if log not in ("", "x", "y", "xy"):
        raise ValueError(f'log is {_check.shown(log)}; "x", "y", "xy" or "" is wanted')
    ax = _style.chart(ax, (_style.PAGE, 3.3), *names, grid="y")
    for k, ((name, pieces), look) in enumerate(zip(drawn.items(), LOOKS, strict=False)):
        aside = APART * (k - (len(drawn) - 1) / 2)
        for x, y in pieces:
            _draw(ax, name, x, y, _look(look, name in alone, not alone and len(x) <= MARKED, len(x)), aside)
    for axis in ("x", "y"):
        if axis in log:
            _logarithmic(ax, axis)
        else:
            ax.locator_params(axis=axis, steps=_style.STEPS)
    for name, place in places.items():
        ax.axvline(place, color=_canvas.QUIET, ls=_canvas.DASHED, lw=1, zorder=1)
        how = {"xytext": (0, 3), "textcoords": "offset points", "ha": "center", "va": "bottom"}
        across = ax.get_xaxis_transform()
        ax.annotate(
            _style.printed(name), (place, 1), xycoords=across, fontsize=_style.TICK, color=_canvas.INK, **how
        )
    if len(drawn) > 1:
        _style.legend(ax, above=14 if places else 0)
    ax.alt_text = _describe(drawn, names, alone, places)
    return ax


def _read(lines: Any) -> dict[str, list[Piece]]:
    """The pieces of each line, by its name."""
    if not isinstance(lines, Mapping) or not 1 <= len(lines) <= len(LOOKS):
        wanted = f"a mapping of 1 to {len(LOOKS)} names to (x, y)"
        raise ValueError(f"lines is {_check.shown(lines)}; {wanted} is wanted")
    found = {}
    for name, given in lines.items():
        where = f"lines[{_check.shown(_given.text(name, 'a name in lines'))}]"
        pieces = given if isinstance(given, list) and given and isinstance(given[0], tuple) else [given]
        if len(pieces) > _given.MOST:
            raise ValueError(f"{where} has {len(pieces)} pieces; at most {_given.MOST} are drawn")
        found[name] = [_piece(pair, where) for pair in pieces]
    return found


def _piece(pair: Any, where: str) -> Piece:
    """Where the points lie, and the numbers at each."""
    if not isinstance(pair, (tuple, list)) or len(pair) != 2:
        raise ValueError(f"{where} is {_check.shown(pair)}; a pair (x, y) is wanted")
    x = _check.real_array(pair[0], f"x of {where}")
    if x.ndim != 1 or not 1 <= x.size <= MOST:
        raise ValueError(f"x of {where} has shape {x.shape}; (K,), 1 to {MOST} numbers, is wanted")
    y = [np.atleast_1d(_check.real_array(each, f"y of {where}")) for each in _each(pair[1], where)]
    if len(y) != len(x) or any(each.ndim != 1 or not each.size for each in y):
        raise ValueError(f"y of {where} holds {len(y)} entries for {len(x)} of x; as many are wanted")
    return x.astype(float), y


def _each(y: Any, where: str) -> list[Any]:
    """The entries of y, one for each x."""
    if isinstance(y, np.ndarray):
        return list(_check.real_array(y, f"y of {where}"))
    return _check.listed(y, f"y of {where}", "numbers, or of arrays", high=MOST)


def _names(dots: Any, drawn: Mapping[str, Any]) -> set[str]:
    """The lines that are drawn as points."""
    dots = _check.listed([dots] if isinstance(dots, str) else dots, "dots", "names", high=len(LOOKS))
    for name in dots:
        if name not in drawn:
            raise ValueError(f"dots names {_check.shown(name)}, which is none of the lines")
    return set(dots)


def _marks(marks: Any) -> dict[str, float]:
    """Where the dashed lines stand."""
    if marks is None:
        return {}
    if not isinstance(marks, Mapping) or len(marks) > _given.MOST:
        raise ValueError(f"marks is {_check.shown(marks)}; a mapping of names to numbers is wanted")
    return {
        _given.text(name, "a name in marks"): _check.number(x, "a number in marks")
        for name, x in marks.items()
    }


def _look(look: tuple[Any, ...], alone: bool, marked: bool, points: int) -> dict[str, Any]:
    """Colour, dashes and marks of a line, or of points alone."""
    colour, dashes, marker = look
    found = {"color": colour, "lw": 1.6, "ls": "" if alone else dashes}
    return found | {"marker": marker if alone or marked else "", "ms": 3 if points > 60 else 4.5}


def _draw(ax: Axes, name: str, x: Any, y: Any, look: dict[str, Any], aside: float) -> None:
    """One line, and how far the numbers spread that it is the mean of; lines that spread stand apart."""
    mean, where = [each.mean() for each in y], ax.transData
    if any(np.ptp(each) for each in y):
        where = where + ScaledTranslation(aside / 72, 0, ax.figure.dpi_scale_trans)
        ends = [each.min() for each in y], [each.max() for each in y]
        how = {"color": look["color"], "lw": 1, "alpha": 0.7, "gid": f"spread of {name}"}
        ax.vlines(x, *ends, transform=where, **how)
    ax.plot(x, mean, label=name, gid=name, transform=where, **look)
    every = np.concatenate([mean, *y])  # what stands aside leaves the limits of the axes alone
    ax.update_datalim(np.column_stack([np.resize(x, every.size), every]))
    ax.autoscale_view()


def _logarithmic(ax: Axes, name: str) -> None:
    """A logarithmic axis; where it is short, with numbers as one reads them: 2, 5, 10, 20, 50."""
    ax.set(**{f"{name}scale": "log"})
    low, high = getattr(ax, f"get_{name}lim")()
    if high / low < SHORT:
        axis = getattr(ax, f"{name}axis")
        axis.set_major_locator(LogLocator(subs=(1, 2, 5)))
        axis.set_major_formatter(FuncFormatter(lambda value, _: _canvas.plain(value, 6)))
        axis.set_minor_formatter(NullFormatter())


def _describe(
    drawn: dict[str, list[Piece]], names: tuple[str, str], alone: set[str], places: dict[str, float]
) -> str:
    xlabel, ylabel = names
    told = [
        _told(f"“{name}”" if " " in name else name, pieces, name in alone) for name, pieces in drawn.items()
    ]
    text = f"{ylabel[:1].upper()}{ylabel[1:]} against {xlabel}: {'; '.join(told)}."
    if places:
        at = (f"{name} at {_number(x)}" for name, x in places.items())
        text += f" Marked: {_canvas.listing(at)}."
    return text


def _told(name: str, pieces: list[Piece], alone: bool) -> str:
    """Five points of every piece of a line and its extremes, or how far points reach."""
    parts = []
    for x, numbers in pieces:
        y = np.array([each.mean() for each in numbers])
        if alone and len(x) > MARKED:
            parts.append(f"{len(x)} points, from {_number(y.min())} to {_number(y.max())}")
            continue
        seen = sorted({round(k * (len(x) - 1) / 4) for k in range(5)})
        text = ", ".join(f"{_number(y[k])} at {_number(x[k])}" for k in seen)
        far = 0.02 * np.ptp(y)
        if y.max() > y[seen].max() + far:
            text += f", highest {_number(y.max())} at {_number(x[y.argmax()])}"
        if y.min() < y[seen].min() - far:
            text += f", lowest {_number(y.min())} at {_number(x[y.argmin()])}"
        parts.append(text)
    return f"{name} {'; then '.join(parts)}"


def _number(value: float) -> str:
    """A number in three digits, one where the rounding of the machine is near; a power of ten is rare."""
    if 1000 <= abs(value) < 1e6:
        return _canvas.plain(round(float(value)), 6)
    return _canvas.plain(float(value), 3 if abs(value) > 1e-9 or not value else 1)
