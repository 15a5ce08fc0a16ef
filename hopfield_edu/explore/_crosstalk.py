"""Cross-talk of many stored patterns: the histogram against theory, and the units that fail."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import ListedColormap
from matplotlib.figure import Figure
from numpy.typing import NDArray

from hopfield_edu import _check, plots, theory
from hopfield_edu import patterns as library
from hopfield_edu.explore import _own_pictures
from hopfield_edu.explore._base import Explorer, narrow
from hopfield_edu.explore._controls import choice, declared, drawing, given, seed, whole
from hopfield_edu.explore._own_pictures import Pictures
from hopfield_edu.explore._svg import Target, field, offer

MOST_PATTERNS, MOST_UNITS = 40, 200
FEWEST_UNITS = 10
MOST_DOTS = 150  # that are drawn one by one
LIKENESS = {"unrelated": 0.0, "0.05": 0.05, "0.1": 0.1, "0.2": 0.2, "0.3": 0.3, "0.5": 0.5}
DIAGONAL = {"left out": False, "M/N each": True}
CELLS = ListedColormap([plots.PAPER, "#ffffff00", "#66717f"])  # -1, between the rows, +1


def _most(now: Any) -> int:
    return MOST_PATTERNS if now["patterns"] is None else len(now["patterns"])


def _random(now: Any) -> bool:
    """Pictures of one's own bring their number of units and their likeness along."""
    return now["patterns"] is None


CONTROLS = {
    "M": whole(
        "Patterns M",
        "Number of patterns; by default 20, or all of your own; at most 40",
        lambda now: 20 if _random(now) else _most(now),
        1,
        _most,
    ),
    "N": whole(
        "Units N",
        "Number of units",
        100,
        FEWEST_UNITS,
        MOST_UNITS,
        drawn=lambda value, name: _check.count(value, name, low=1, high=MOST_UNITS),
        when=_random,
    ),
    "overlap": choice(
        "Overlap of two patterns",
        "Expected overlap of any two patterns, which follow a common template",
        0.0,
        LIKENESS,
        drawn=_check.fraction,
        when=_random,
        folded=True,
    ),
    "self_connections": choice(
        "All wᵢᵢ",
        "Keep w_ii = M/N, as the rule gives it, instead of zero",
        False,
        DIAGONAL,
        check=_check.flag,
        kind="bool",
        folded=True,
    ),
    "rng": seed("Draw no.", "Seed of the patterns", when=_random),
    "patterns": given(
        "Pictures of your own, at most 64 of up to 1024 cells, in place of random patterns: an array (M, N) "
        "of ±1, such as ``datasets.letters()``, a list of pictures, or a mapping from names to pictures. "
        "N, `overlap` and `rng` then mean nothing",
        check=lambda patterns, _: _own_pictures.own(patterns),
    ),
}


@drawing(CONTROLS)
def draw_crosstalk(
    fig: Figure,
    M: int,
    N: int,
    overlap: float,
    self_connections: bool,
    rng: int,
    patterns: Pictures | None,
) -> str:
    """Cross-talk of every unit in every pattern: its histogram beside theory, and the patterns themselves.

    Returns
    -------
    str
        How many units fail, how many were to be expected, and what that means for the patterns.

    Notes
    -----
    Wiskott, *Hopfield Networks*, section 1.3.2, eqs. 1.15 to 1.21.
    """
    s = library.correlated(M, N, overlap, rng) if patterns is None else patterns.states[:M]
    N, overlap = s.shape[1], overlap if patterns is None else likeness(s)
    found = theory.fields(s, self_connections=self_connections)
    expected = theory.crosstalk(M, N, self_connections=self_connections, overlap=overlap)
    tight = narrow(fig)
    left = fig.add_axes((0.03, 0.58, 0.94, 0.36) if tight else (0.015, 0.16, 0.47, 0.75))
    plots.crosstalk(found, expected, ax=left)
    left.set(yticks=[], ylabel="")  # ticks take half of the time of a drawing
    left.spines["left"].set_visible(False)
    _patterns(fig.add_axes((0.03, 0.01, 0.94, 0.42) if tight else (0.53, 0.03, 0.455, 0.88)), s, found.stable)
    offer(fig, {f"pattern {k}": Target(f"pattern {k} of {M}: store {k}", {"M": k}) for k in range(1, M + 1)})
    P = theory.bit_error(M, N, self_connections=self_connections, overlap=overlap)
    told = _expected(P, found, overlap, self_connections)
    told = _expected_of_pictures(P, M, overlap) if patterns else told
    return f"{_counted(found)} {told} {_kept(found)}"


def likeness(s: NDArray[np.int_]) -> float:
    """The mean overlap of any two of the patterns (M, N); at least 0, where theory begins."""
    M, N = s.shape
    if M == 1:
        return 0.0
    return min(1.0, max(0.0, ((s.sum(axis=0) ** 2).sum() / N - M) / (M * (M - 1))))


def _patterns(ax: Axes, s: NDArray[np.int_], stable: NDArray[np.bool_]) -> None:
    """The patterns as rows of cells, with a dot where a unit fails.

    Each cell has a whole number of pixels, the gaps between rows are part of the image, and the page may
    smooth it: what a screen cannot show cell by cell blurs, and makes no patterns of its own.
    """
    M, N = s.shape
    rows = np.repeat(np.pad(s.repeat(5, axis=0).reshape(M, 5, N), ((0, 0), (0, 1), (0, 0))), 4, axis=2)
    box = (-0.5, N - 0.5, M - 0.5 + 1 / 12, -0.5 + 1 / 12)
    look = {"cmap": CELLS, "vmin": -1, "vmax": 1, "interpolation": "none", "aspect": "auto"}
    ax.imshow(rows.reshape(6 * M, 4 * N), extent=box, gid="smooth", **look)
    nu, i = np.nonzero(~stable)
    size = np.clip(0.9 * min(280 / N, 210 / M), 4.6, 9)
    dots = {"ms": size, "mec": plots.INK, "mew": 0.7, "gid": "failing", "rasterized": nu.size > MOST_DOTS}
    ax.plot(i, nu, "o", ms=size + 2.2, color="white", mew=0, rasterized=nu.size > MOST_DOTS)  # a rim
    ax.plot(i, nu, "o", color=plots.HIGHLIGHT, **dots)
    for k in range(M):
        field(ax, f"pattern {k + 1}", (-0.5, k - 0.5), N, 1)
    ax.set_axis_off()
    lost = int((~stable).any(axis=1).sum())
    words = f"{M} pattern{'s'[: M != 1]} (rows) of {N} units; dots: units that fail"
    ax.set_title(words, fontsize=10.5, color=plots.INK)
    ax.alt_text = f"{M} rows of {N} cells; {nu.size} units in {lost} of the rows are marked as failing."


@lru_cache(maxsize=256)
def _spread(M: int, N: int, overlap: float, self_connections: bool) -> float:
    """The standard deviation, from set to set, of the number of failing units: drawn, not derived.

    That the patterns have +1 in common, in place of a random template, changes no number.
    """
    sets = min(1000, 800_000 // (M * N))
    alike = np.random.default_rng(0).random((sets, M, N), np.float32) < (1 + overlap**0.5) / 2
    s = np.where(alike, np.float32(1), np.float32(-1))
    fields = s @ s.transpose(0, 2, 1) @ s - (0 if self_connections else M) * s
    return float(np.std((s * fields < 0).sum(axis=(1, 2)), ddof=1))


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


@declared(CONTROLS, keyword="patterns")
def crosstalk(**given: Any) -> Crosstalk:
    """How much do stored patterns disturb one another? Change their number, size and likeness.

    Returns
    -------
    Crosstalk

    Examples
    --------
    >>> explorer = crosstalk(M=2)
    >>> explorer.caption
    'None of the 200 units fails. With one or two patterns none can. All 2 patterns are stable.'
    """
    return Crosstalk(
        draw_crosstalk,
        CONTROLS,
        given,
        name="crosstalk",
        suggestion=(
            "lower M until no unit fails, and draw again and again. Then halve N. At last let the "
            "patterns resemble each other a little: which units fail now?"
        ),
        size=(8.6, 3.4),
        stacked=(4.4, 6.0),
        themed=True,
    )
