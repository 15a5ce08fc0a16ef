"""What beta does: eight pictures, a query, the attention it pays to them, and where its steps end."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

import ipywidgets as widgets
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from hopfield_edu import _check, datasets, modern, plots
from hopfield_edu.explore import _gallery, _own_pictures
from hopfield_edu.explore._base import Explorer, _sized, drawing_on, dropdown, fit, row, slider
from hopfield_edu.explore._own_pictures import Pictures
from hopfield_edu.trajectory import Trajectory

FACES = (16, 20, 19, 23, 40, 44, 43, 47)  # two families, in each two mouths, with each two kinds of eyes
MOST = 12  # pictures of one's own
LOW, HIGH = 1e-3, 3.0
PATIENCE = 4000  # steps
RIDGE = 1 + 1e-9  # a deviation from an end that grows faster than this leaves it
SIDES = ("from the top", "from the bottom", "from the left")
Array = NDArray[np.float64]


@lru_cache(maxsize=1)
def faces() -> Pictures:
    """The eight faces."""
    return _own_pictures.pictures(datasets.faces(FACES), noun="face")


@lru_cache(maxsize=8)
def branches(shown: Pictures) -> Array:
    """Stable states over beta: rows of (log10 beta, mean number of the pictures that they average).

    They are where steps from every picture, and from the mean of all, arrive. All that a step needs are the
    products of the pictures: p -> softmax(beta p S S').
    """
    s = shown.states.astype(float)
    M, products, betas = len(s), s @ s.T, np.geomspace(LOW, HIGH, 140)
    p = np.tile(np.vstack([np.eye(M), np.full(M, 1 / M)]), (len(betas), 1, 1))
    for _ in range(PATIENCE):
        before, p = p, _softmax(betas[:, None, None] * (p @ products))
        if np.abs(p - before).max() < 1e-13:
            break
    covariance = p[..., None] * (np.eye(M) - p[..., None, :])
    growth = betas[:, None] * np.abs(np.linalg.eigvals(covariance @ products)).max(axis=-1)
    which, _ = np.nonzero(stable := growth <= RIDGE)
    found = np.column_stack([np.log10(betas)[which], (p[stable] @ np.arange(M)).round(5)])
    return np.unique(found, axis=0)


def _softmax(z: Array) -> Array:
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def place(p: Array) -> float:
    """The mean number of a picture, 0 to M - 1, with attention p."""
    return float(p @ np.arange(len(p)))


def query(shown: Pictures, who: int, hidden: int, side: str = SIDES[0]) -> Array:
    """Picture number `who` (from 1), of which so many rows or columns are unknown: zero."""
    cells, rows = shown.states[who - 1].reshape(shown.shape).astype(float), shown.shape[0]
    if side == "from the left":
        cells[:, :hidden] = 0
    else:
        cells[slice(hidden) if side == "from the top" else slice(max(0, rows - hidden), rows)] = 0
    return cells.ravel()


class Retrieval(NamedTuple):
    """The way of one query: its trajectory, the attention at its ends, and the growth at its end."""

    run: Trajectory
    first: Array
    last: Array
    growth: float


@lru_cache(maxsize=512)
def retrieve(shown: Pictures, beta: float, who: int, hidden: int, side: str) -> Retrieval:
    """Steps from the query until nothing moves."""
    net = modern.Network(shown.states.astype(float), beta)
    run = net.recall(query(shown, who, hidden, side), max_steps=1000)
    return Retrieval(run, net.attention(run.initial), net.attention(run.final), net.growth(run.final))


def draw_beta(
    fig: Figure,
    beta: float = 0.1,
    who: int = 2,
    hidden: int | None = None,
    side: str = "from the top",
    patterns: Any = None,
    shape: tuple[int, int] | None = None,
) -> str:
    """A query, its first step and its end; its attention to the pictures; the stable states over beta.

    Parameters
    ----------
    fig : Figure
    beta : float
        Inverse temperature, 0.001 to 3.
    who : int
        The picture behind the query, from 1.
    hidden : int, optional
        Rows (or columns) of the query that are unknown; by default a third of the rows.
    side : str
        ``"from the top"``, ``"from the bottom"`` or ``"from the left"``.
    patterns, shape : optional
        Pictures of your own in place of the eight faces, as for `beta`.

    Returns
    -------
    str
        What the query attends to, and the kind of state it ends in.
    """
    drawing_on(fig)
    shown = _own_pictures.own(patterns, shape, fewest=2, most=MOST) or faces()
    hidden = shown.shape[0] // 3 if hidden is None else hidden
    beta = _checked(shown, beta, who, hidden, side)
    found = retrieve(shown, beta, who, hidden, side)
    start, s = found.run.initial, shown.states.astype(float)
    pictures = [start, modern.Network(s, beta).step(start), found.run.final]
    names = ["query", "after 1 step", "at rest" if found.run.converged else "still moving"]
    gap = max(1, round(5 * shown.shape[0] / 24))
    column = [p.reshape(shown.shape) for p in pictures]
    _gallery.column(fig.add_axes((0, 0.01, 0.19, 0.98)), column, names, gap)
    _strip(fig.add_axes((0.47, 0.1, 0.07, 0.83)), shown)
    _bars(fig.add_axes((0.2, 0.1, 0.265, 0.83)), found, _noun(shown))
    _tree(fig.add_axes((0.555, 0.1, 0.435, 0.83)), beta, found, shown)
    return _told(beta, found, shown, who)


def _checked(shown: Pictures, beta: float, who: int, hidden: int, side: str) -> float:
    """beta; what cannot be drawn is refused."""
    _check.one_of(side, "side", SIDES)
    _check.count(who, "who", low=1, high=len(shown))
    _check.count(hidden, "hidden", high=max(shown.shape))
    return _check.number(beta, "beta", low=LOW, high=HIGH)


def _strip(ax: Axes, shown: Pictures) -> None:
    """The pictures, one above the other, which label the bars and the tree."""
    rows, columns = shown.shape
    column = shown.states.reshape(-1, columns)
    ax.imshow(column, cmap="gray_r", vmin=-1, vmax=1.3, aspect="auto", interpolation="nearest")
    ax.hlines(np.arange(1, len(shown)) * rows - 0.5, -0.5, columns - 0.5, color="white", lw=3)
    ax.set_axis_off()
    families = ": two families of four" if shown is faces() else ""
    ax.alt_text = f"The {len(shown)} {_noun(shown)}s, numbered from the top{families}."


def _noun(shown: Pictures) -> str:
    return "face" if shown is faces() else "picture"


def _bars(ax: Axes, found: Retrieval, noun: str) -> None:
    """Attention of the query (open) and at the end (full), growing to the left."""
    at = np.arange(len(found.last))
    ax.barh(at, found.last, 0.62, color=plots.EXCITATORY, label="at rest", gid="last")
    look = {"fill": False, "ec": plots.INK, "ls": "--", "lw": 1.1}
    ax.barh(at, found.first, 0.82, label="query", gid="first", **look)
    ax.set(xlim=(1.02, 0), ylim=(len(at) - 0.5, -0.5), xticks=[0.5, 1], yticks=[])
    ax.spines[["top", "left", "right"]].set_visible(False)
    ax.set_title("attention", fontsize=11, color=plots.INK)
    ax.legend(fontsize=8.5, frameon=False, loc="upper left", handlelength=1.2, borderaxespad=0)
    shares = ", ".join(f"{share:.2f}" for share in found.last)
    ax.alt_text = f"Attention to {noun}s 1 to {len(at)} at rest: {shares}."


def _tree(ax: Axes, beta: float, found: Retrieval, shown: Pictures) -> None:
    """The stable states over beta, by the mean number of the pictures in them, and where this query goes."""
    at = np.log10(beta)  # drawn on a plain axis: a logarithmic one takes 50 ms more
    ax.plot(*branches(shown).T, ".", ms=2.6, color="#5d6875", gid="branches")
    ax.axvline(at, color=plots.HIGHLIGHT, lw=2.2, zorder=1)
    start, end = place(found.first), place(found.last)
    ax.plot([at, at], [start, end], "-", color=plots.INK, lw=1.4)
    ax.plot(at, start, "o", ms=6, mfc="white", mec=plots.INK, gid="start")
    ridge = found.growth > RIDGE  # such an end may cover the branch of a face that has no part in it
    look = ("X", 10, plots.INHIBITORY) if ridge else ("o", 8, plots.EXCITATORY)
    ax.plot(at, end, look[0], ms=look[1], color=look[2], mec=plots.INK, gid="end")
    ax.set(xlim=np.log10([LOW, HIGH]), ylim=(len(shown) - 0.5, -0.5), yticks=[])
    ax.set_xticks([-3, -2, -1, 0], ["0.001", "0.01", "0.1", "1"])
    ax.spines[["top", "right"]].set_visible(False)
    ax.set_title("stable states over β", fontsize=11, color=plots.INK)
    ax.alt_text = (
        f"Stable states against beta: {_splits(shown)}. "
        f"The query ends {'on a ridge ' if ridge else ''}at height {end + 1:.1f}."
    )


def _splits(shown: Pictures) -> str:
    if shown is faces():
        return (
            "one branch, the average of all faces, splits into two families near 0.008, into mouths near "
            "0.06 and into single faces near 0.25"
        )
    at = branches(shown)[:, 0]
    first, last = (int((at == end).sum()) for end in (at.min(), at.max()))
    return f"{first} at {LOW:g}, {last} at {HIGH:g}"


KINDS = {
    "single": "a single {noun}",
    "global average": "the global average",
    "metastable": "a metastable state",
}


def _told(beta: float, found: Retrieval, shown: Pictures, who: int) -> str:
    noun = _noun(shown)
    first, last = (modern.effective_number(p) for p in (found.first, found.last))
    steps = int(found.run.sweeps)
    T = np.format_float_positional(1 / beta, 2, fractional=False, trim="-")  # 1000, not 1e+03
    told = (
        f"β = {beta:.3g}, T = {T}: the query spreads its attention over {first:.1f} of {len(shown)} {noun}s. "
    )
    if not found.run.converged:
        return f"{told}After {steps} steps it still moves: close to a branching, steps become tiny."
    what = modern.kind(found.last)
    told += f"After {steps} step{'s'[: steps != 1]} it rests in {KINDS[what].format(noun=noun)}"
    if found.growth > RIDGE:
        told += f", an average of {last:.1f} {noun}s, balanced on a ridge"
        return f"{told}: nothing in the query tells them apart."
    if what == "single":
        number = int(found.last.argmax()) + 1
        return f"{told}, number {number}: {'the right one' if number == who else f'not number {who}'}."
    return f"{told}, an average of {last:.1f} {noun}s." + (
        " Too hot to tell them apart." if what == "global average" else ""
    )


def log_slider(label: str, value: float, low: float, high: float, **width: str) -> widgets.FloatLogSlider:
    """A number above zero on a logarithmic scale."""
    ends = {"min": float(np.log10(low)), "max": float(np.log10(high)), "step": 0.02}
    control = widgets.FloatLogSlider(value, base=10, description=label, readout_format=".3g", **ends)
    return _sized(control, **width)


class Beta(Explorer):
    """What `beta` returns."""

    def __init__(self, *, shown: Pictures | None = None, **start: Any) -> None:
        self._own, shown = shown, shown or faces()
        start["beta"] = _checked(shown, **start)
        controls = {
            "beta": log_slider("β", start["beta"], LOW, HIGH, **fit("330px")),
            "who": slider(_noun(shown).capitalize(), start["who"], 1, len(shown), **fit("230px")),
            "hidden": slider("Hidden lines", start["hidden"], 0, max(shown.shape), **fit("270px")),
            "side": dropdown("hidden", SIDES, start["side"], **fit("190px")),
        }
        super().__init__(
            draw_beta,
            controls,
            name="beta",
            suggestion=(
                "cool down slowly: move β from left to right and watch hair, mouth and eyes appear one "
                "after the other. Then hide the mouth (8 rows from the bottom): which question stays open, "
                "however large β is?"
            ),
            size=(8.6, 4.7),
        )

    def arrange(self) -> list[Any]:
        return [row(*self.controls.values()), self.image]

    @property
    def parameters(self) -> dict[str, Any]:
        return {**super().parameters, "patterns": self._own}


def beta(
    beta: float = 0.1,
    who: int = 2,
    hidden: int | None = None,
    side: str = "from the top",
    *,
    patterns: Any = None,
    shape: tuple[int, int] | None = None,
) -> Beta:
    """How sharply does a query choose? Move beta, hide a part of the picture, see where the steps end.

    Parameters
    ----------
    beta : float
        Inverse temperature, 0.001 to 3.
    who : int
        The picture behind the query, from 1 (of eight faces).
    hidden : int, optional
        Rows (or columns) of the query that are unknown, 0 to 24 of the faces; by default a third.
    side : str
        ``"from the top"``, ``"from the bottom"`` or ``"from the left"``.
    patterns : optional
        Pictures of your own in place of the faces, 2 to 12 of up to 32 x 32 cells: an array (M, N) of ±1,
        such as ``datasets.digits()``, a list of pictures (rows, cols), or a mapping from names to pictures.
    shape : (int, int), optional
        Rows and columns of flat pictures that are not square.

    Returns
    -------
    Beta

    Examples
    --------
    >>> beta(beta=1).caption.split(": ")[1][:51]
    'the query spreads its attention over 1.0 of 8 faces'
    """
    own = _own_pictures.own(patterns, shape, fewest=2, most=MOST)
    hidden = (faces() if own is None else own).shape[0] // 3 if hidden is None else hidden
    return Beta(beta=beta, who=who, hidden=hidden, side=side, shown=own)
