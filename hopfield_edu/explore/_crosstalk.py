"""Cross-talk of many stored patterns: the histogram against theory, and the units that fail."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from hopfield_edu import _check, plots, theory
from hopfield_edu import patterns as library
from hopfield_edu.explore import _own_pictures, _walk
from hopfield_edu.explore._base import SEEDS, Explorer, drawing_on, dropdown, fit, row, slider
from hopfield_edu.explore._own_pictures import Pictures

MOST_PATTERNS, MOST_UNITS = 40, 200
FEWEST_UNITS = 10
LIKENESS = {"unrelated": 0.0, "0.05": 0.05, "0.1": 0.1, "0.2": 0.2, "0.3": 0.3, "0.5": 0.5}
DIAGONAL = {"left out": False, "M/N each": True}


def draw_crosstalk(
    fig: Figure,
    M: int | None = None,
    N: int = 100,
    overlap: float = 0.0,
    self_connections: bool = False,
    rng: int = 0,
    patterns: Any = None,
) -> str:
    """Cross-talk of every unit in every pattern: its histogram beside theory, and the patterns themselves.

    Parameters
    ----------
    fig : Figure
    M, N : int
        Number of patterns (by default 20, or all of your own) and of units.
    overlap : float
        Expected overlap of any two patterns, 0..1: they follow a common template.
    self_connections : bool
        Keep w_ii = M/N instead of zero.
    rng : int
        Seed of the patterns.
    patterns : optional
        Pictures of your own, as for `crosstalk`, in place of random patterns: N, `overlap` and `rng` then
        mean nothing.

    Returns
    -------
    str
        How many units fail, how many were to be expected, and what that means for the patterns.

    Notes
    -----
    Wiskott, *Hopfield Networks*, section 1.3.2, eqs. 1.15 to 1.21.
    """
    drawing_on(fig)
    own = _own_pictures.own(patterns)
    M = _checked(M, N, overlap, self_connections, rng, own)
    s = library.correlated(M, N, overlap, rng) if own is None else own.states[:M]
    N, overlap = s.shape[1], overlap if own is None else likeness(s)
    found = theory.fields(s, self_connections=self_connections)
    expected = theory.crosstalk(M, N, self_connections=self_connections, overlap=overlap)
    left = fig.add_axes((0.015, 0.16, 0.47, 0.75))
    plots.crosstalk(found, expected, ax=left)
    left.set(yticks=[], ylabel="")  # ticks take half of the time of a drawing
    left.spines["left"].set_visible(False)
    _patterns(fig.add_axes((0.53, 0.03, 0.455, 0.88)), s, found.stable)
    P = theory.bit_error(M, N, self_connections=self_connections, overlap=overlap)
    told = _expected_of_pictures(P, M, overlap) if own else _expected(P, found, overlap, self_connections)
    return f"{_counted(found)} {told} {_kept(found)}"


def likeness(s: NDArray[np.int_]) -> float:
    """The mean overlap of any two of the patterns (M, N); at least 0, where theory begins."""
    M, N = s.shape
    if M == 1:
        return 0.0
    return min(1.0, max(0.0, ((s.sum(axis=0) ** 2).sum() / N - M) / (M * (M - 1))))


def _checked(
    M: int | None, N: int, overlap: float, self_connections: bool, rng: int, own: Pictures | None
) -> int:
    """The number of patterns; what cannot be drawn is refused."""
    most = MOST_PATTERNS if own is None else len(own)
    M = (20 if own is None else most) if M is None else M
    _check.count(N, "N", low=1, high=MOST_UNITS)
    _check.fraction(overlap, "overlap")
    _check.flag(self_connections, "self_connections")
    _check.count(rng, "rng")
    return _check.count(M, "M", low=1, high=most)


def _patterns(ax: Axes, s: NDArray[np.int_], stable: NDArray[np.bool_]) -> None:
    """The patterns as rows of cells, with a dot where a unit fails."""
    M, N = s.shape
    ax.imshow(s, cmap=_walk.STATES, vmin=-1, vmax=1, interpolation="nearest", aspect="auto")
    ax.hlines(np.arange(1, M) - 0.5, -0.5, N - 0.5, color="white", lw=2.4 if M <= 20 else 1)
    nu, i = np.nonzero(~stable)
    size = np.clip(0.9 * min(280 / N, 210 / M), 4.6, 9)
    ax.plot(i, nu, "o", ms=size + 2.2, color="white", mew=0)  # so that they stand out on dark cells, too
    ax.plot(i, nu, "o", ms=size, color=plots.HIGHLIGHT, mec=plots.INK, mew=0.7, gid="failing")
    ax.set_axis_off()
    lost = int((~stable).any(axis=1).sum())
    words = f"{M} pattern{'s'[: M != 1]} (rows) of {N} units; dots: units that fail"
    ax.set_title(words, fontsize=10.5, color=plots.INK)
    ax.alt_text = f"{M} rows of {N} cells; {nu.size} units in {lost} of the rows are marked as failing."


@lru_cache(maxsize=256)
def _spread(M: int, N: int, overlap: float, self_connections: bool) -> float:
    """The standard deviation, from set to set, of the number of failing units: drawn, not derived."""
    rng = np.random.default_rng(0)
    sets = 12 if M * N > 2000 else 40
    failing = [
        (~theory.fields(s, self_connections=self_connections).stable).sum()
        for s in (library.correlated(M, N, overlap, rng) for _ in range(sets))
    ]
    return float(np.std(failing, ddof=1))


# the sentence


def _counted(found: theory.Fields) -> str:
    M, N = found.crosstalk.shape
    fails = int((~found.stable).sum())
    total = M * N
    if not fails:
        return f"None of the {total} units fails."
    share = f"{100 * fails / total:.2g} %"
    return f"{fails} of {total} units fail{'s'[: fails == 1]} ({share})."


def _expected(P: float, found: theory.Fields, overlap: float, self_connections: bool) -> str:
    M, N = found.crosstalk.shape
    if M <= 2 and not P:
        return "With one or two patterns none can."
    if overlap and P > 0.9 * (deviating := (1 - overlap**0.5) / 2):
        return (
            f"Theory expects {100 * P:.2g} %: all those that deviate from what the patterns have in common "
            f"({100 * deviating:.2g} % of the units)."
        )
    if P * M * N < 0.01:
        return "Theory expects hardly any."
    mean, spread = P * M * N, _spread(M, N, overlap, self_connections)
    return f"Theory expects {_number(mean)}, give or take {_number(max(spread, mean**0.5))}."


def _expected_of_pictures(P: float, M: int, overlap: float) -> str:
    if M <= 2 and not P:
        return "With one or two patterns none can."
    return (
        f"Theory, for random patterns as alike as these (overlap {overlap:.2f} on average), "
        f"expects {100 * P:.2g} %."
    )


def _number(x: float) -> str:
    return f"{x:.0f}" if x >= 10 else f"{x:.2g}"


def _kept(found: theory.Fields) -> str:
    M = len(found.stable)
    kept = int(found.stable.all(axis=1).sum())
    helped = float((found.crosstalk > 0).mean())
    if kept == M:
        end = "The pattern is" if M == 1 else f"All {M} patterns are"
        return f"{end} stable." + (
            f" The cross-talk helps {100 * helped:.0f} % of the units." if M > 2 else ""
        )
    noun = "pattern is" if kept == 1 else "patterns are"
    return f"{kept or 'None'} of the {M} {noun} still {'a fixed point' if kept == 1 else 'fixed points'}."


class Crosstalk(Explorer):
    """What `crosstalk` returns."""

    def __init__(self, *, own: Pictures | None = None, **start: Any) -> None:
        start["M"] = _checked(**start, own=own)
        _check.count(start["N"], "N", low=FEWEST_UNITS, high=MOST_UNITS)
        _check.one_of(start["overlap"], "overlap", tuple(LIKENESS.values()))
        _check.count(start["rng"], "rng", high=SEEDS)
        self._own = own
        most = MOST_PATTERNS if own is None else len(own)
        controls = {
            "M": slider("Patterns M", start["M"], 1, most, **fit("300px")),
            "N": slider("Units N", start["N"], FEWEST_UNITS, MOST_UNITS, **fit("300px")),
            "overlap": dropdown("Overlap of two patterns", LIKENESS, start["overlap"], **fit("250px")),
            "self_connections": dropdown("All wᵢᵢ", DIAGONAL, start["self_connections"], **fit("170px")),
            "rng": slider("Draw no.", start["rng"], 0, SEEDS, **fit("260px")),
        }
        super().__init__(
            draw_crosstalk,
            controls,
            name="crosstalk",
            suggestion=(
                "lower M until no unit fails, and draw again and again. Then halve N. At last let the "
                "patterns resemble each other a little: which units fail now?"
            ),
            size=(8.6, 3.4),
        )

    def arrange(self) -> list[Any]:
        """Pictures of one's own bring their number of units and their likeness along."""
        used = self.controls if self._own is None else ("M", "self_connections")
        return [row(*(self.controls[key] for key in used)), self.image]

    @property
    def parameters(self) -> dict[str, Any]:
        return {**super().parameters, "patterns": self._own}


def crosstalk(
    M: int | None = None,
    N: int = 100,
    overlap: float = 0.0,
    self_connections: bool = False,
    rng: int = 0,
    *,
    patterns: Any = None,
) -> Crosstalk:
    """How much do stored patterns disturb one another? Change their number, size and likeness.

    Parameters
    ----------
    M : int, optional
        Number of patterns, 1..40; by default 20, or all of your own.
    N : int
        Number of units, 10..200.
    overlap : float
        Expected overlap of any two patterns: 0, 0.05, 0.1, 0.2, 0.3 or 0.5.
    self_connections : bool
        Keep w_ii = M/N, as the rule gives it, instead of zero.
    rng : int
        Seed of the patterns, 0..20.
    patterns : optional
        Pictures of your own, at most 64 of up to 1024 cells, in place of random patterns: an array (M, N) of
        ±1, such as ``datasets.letters()``, a list of pictures, or a mapping from names to pictures. N,
        `overlap` and `rng` then mean nothing.

    Returns
    -------
    Crosstalk

    Examples
    --------
    >>> explorer = crosstalk(M=2)
    >>> explorer.caption
    'None of the 200 units fails. With one or two patterns none can. All 2 patterns are stable.'
    """
    own = _own_pictures.own(patterns)
    return Crosstalk(M=M, N=N, overlap=overlap, self_connections=self_connections, rng=rng, own=own)
