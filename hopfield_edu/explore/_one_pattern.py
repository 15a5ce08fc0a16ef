"""One stored pattern: flip more and more of its units, past one half, and see what returns."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import ipywidgets as widgets
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from hopfield_edu import _check, binary, plots
from hopfield_edu import patterns as library
from hopfield_edu.explore import _gallery, _own_pictures, _walk
from hopfield_edu.explore._base import Explorer, narrow
from hopfield_edu.explore._controls import choice, declared, drawing, given, schedule, seed, ties, whole
from hopfield_edu.explore._own_pictures import Pictures
from hopfield_edu.explore._svg import Target, field, offer
from hopfield_edu.trajectory import Trajectory

LARGEST = 20  # units of a random pattern
CUES = 6  # for each point of the curve
RULE = "#a9a294"  # lines between cells
REACH = 6  # of the number line of fields, in units of 1/N
RANDOM = {f"random, no. {k}": k for k in (1, 2, 3)}
EQUAL = "all +1"
PATTERNS = (*library.NAMES, *RANDOM, EQUAL)
MOST_DOTS = 200  # that are drawn one by one
RULED = 12  # cells along a side, up to which lines are drawn between them
DIAGONAL = {"left out": False, "1/N each": True}
# pictures, fields, ends, energy
WIDE = (
    (0.005, 0.46, 0.475, 0.52),
    (0.01, 0.03, 0.45, 0.36),
    (0.56, 0.6, 0.42, 0.34),
    (0.56, 0.09, 0.42, 0.34),
)
TIGHT = ((0.01, 0.76, 0.98, 0.23), (0.02, 0.55, 0.96, 0.2), (0.1, 0.31, 0.85, 0.17), (0.1, 0.05, 0.85, 0.17))


def build(pattern: str, N: int, own: Pictures | None = None) -> NDArray[np.int_]:
    """The pattern of that name as a state; a picture brings its number of units, the others have N."""
    if own is not None and pattern in own.names:
        return own.states[own.names.index(pattern)]
    if pattern in library.NAMES:
        return library.named(pattern)
    return np.ones(N, int) if pattern == EQUAL else library.random(1, N, RANDOM[pattern])[0]


def _shape(pattern: str, N: int, own: Pictures | None) -> tuple[int, int]:
    """Rows and columns in which it is drawn."""
    if own is not None and pattern in own.names:
        return own.shape
    return (10, 10) if pattern in library.NAMES else (1, N)


def choices(own: Pictures | None) -> tuple[str, ...]:
    """The patterns on offer, those of the learner first."""
    return PATTERNS if own is None else (*own.names, *(name for name in PATTERNS if name not in own.names))


def _own(now: Any) -> Pictures | None:
    return _own_pictures.own(now["patterns"], now["shape"])


def _size(now: Any) -> int:
    """The number of units of the pattern."""
    return len(build(now["pattern"], now["N"], _own(now)))


def _sized(now: Any) -> bool:
    """Whether the pattern is no picture, and has as many units as N says."""
    return now["pattern"] in (*RANDOM, EQUAL) and now["pattern"] in choices(_own(now))[-len(PATTERNS) :]


CONTROLS = {
    "pattern": choice(
        "Pattern",
        'A picture of 100 units by name (`patterns.NAMES`), "random, no. 1" to 3, "all +1", or the name of a '
        "picture of your own; by default the first of these, else the heart",
        lambda now: choices(_own(now))[0],
        lambda now: choices(_own(now)),
        kind="str",
    ),
    "N": whole("Units", "Units of a pattern that is no picture", 20, 2, LARGEST, when=_sized),
    "wrong": whole(
        "Wrong units",
        "Units that are wrong in the cue; by default the most that the majority can bear",
        lambda now: (_size(now) - 1) // 2,
        0,
        _size,
        width="620px",
    ),
    "schedule": schedule("random", folded=True),
    "ties": ties(folded=True),
    "self_connections": choice(
        "All wᵢᵢ",
        "Keep w_ii = 1/N, as the rule gives it, instead of zero",
        False,
        DIAGONAL,
        check=_check.flag,
        kind="bool",
        folded=True,
    ),
    "rng": seed("Chance no.", "Seed of the flipped units and of random orders"),
    "patterns": given(
        "Pictures of your own, at most 64 of up to 32 x 32 cells: an array (M, N) of ±1, such as "
        "``datasets.faces([1])``, a list of pictures (rows, cols), or a mapping from names to pictures"
    ),
    "shape": given("Rows and columns of flat pictures that are not square", kind="(int, int)"),
}


@drawing(CONTROLS)
def draw_one_pattern(
    fig: Figure,
    pattern: str,
    N: int,
    wrong: int,
    schedule: str,
    ties: Any,
    self_connections: bool,
    rng: int,
    patterns: Any,
    shape: tuple[int, int] | None,
) -> str:
    """Pattern, cue and result; the fields; the end of the recall by wrong units; the energy by overlap.

    Returns
    -------
    str
        What returns, and why.

    Notes
    -----
    Wiskott, *Hopfield Networks*, section 1.3.1, eqs. 1.9 to 1.13.
    """
    own, boxes = _own_pictures.own(patterns, shape), TIGHT if narrow(fig) else WIDE
    s = build(pattern, N, own)
    net = binary.PatternNetwork(s, self_connections=self_connections)
    cue = library.flip(s, wrong, rng=rng)
    run = net.recall(cue, schedule, ties=ties, rng=_seed(schedule, rng), record=True)
    fields = _fields(len(s), wrong, self_connections)
    _pictures(fig.add_axes(boxes[0]), s, run, _shape(pattern, N, own))
    _number_line(fig.add_axes(boxes[1]), fields, wrong, len(s))
    _curve(fig.add_axes(boxes[2]), s, run, wrong, schedule, ties, self_connections)
    _valley(fig.add_axes(boxes[3]), net, s, run)
    return f"{_cue(s, run)} {_why(s, run, fields, schedule, ties, self_connections)} {_end(s, run)}"


def _seed(schedule: str, rng: int) -> int | None:
    return rng if schedule.startswith("random") else None


def _fields(N: int, wrong: int, self_connections: bool) -> tuple[int, int]:
    """N h_i s_i for a right and for a wrong unit: right units minus wrong ones, among those that it sees."""
    itself = 0 if self_connections else 1
    return N - 2 * wrong - itself, N - 2 * wrong + itself


# the picture


def _pictures(ax: Axes, s: NDArray[np.int_], run: Trajectory, shape: tuple[int, int]) -> None:
    """Pattern, cue and result: three pictures side by side, or three strips under one another."""
    ax.set_axis_off()
    told, beside = [], 2 * shape[0] > shape[1]
    high = 10 * shape[0] / shape[1] if beside else 1
    for k, (title, y) in enumerate({"pattern": s, "cue": run.initial, "result": run.final}.items()):
        wrong = int((y != s).sum())
        told.append(f"{title}, {wrong} of {len(s)} units wrong")
        words = [title, f"{wrong} wrong"] if k else [title]
        look = {"fontsize": 10, "color": plots.INK}
        if beside:
            _cells(ax, y.reshape(shape), y != s, (11 * k, 0, 10, high))
            ax.text(11 * k + 5, -0.4, ", ".join(words), ha="center", va="bottom", **look)
        else:
            _cells(ax, y.reshape(shape), y != s, (0, 1.45 * k, 10, 1))
            ax.text(-0.2, 1.45 * k + 0.5, "\n".join(words), ha="right", va="center", **look)
    if beside:
        ax.set(xlim=(-0.1, 32.1), ylim=(high + 0.2, -1.4))
        ax.set_aspect("equal", anchor="N")
    else:
        ax.set(xlim=(-2 - 0.25 * max(0, len(str(len(s))) - 2), 10.1), ylim=(4, -0.4))
    ax.alt_text = f"{'; '.join(told)}.".capitalize()


def _cells(ax: Axes, cells: NDArray[np.int_], wrong: NDArray[np.bool_], box: tuple[float, ...]) -> None:
    """A picture in a box (x, y, width, height), with a dot in every wrong cell."""
    x, y, width, height = box
    rows, columns = cells.shape
    look = {"cmap": _walk.STATES, "vmin": -1, "vmax": 1, "interpolation": "none", "aspect": "auto"}
    ax.imshow(cells, extent=(x, x + width, y + height, y), **look)
    thin = 0.7 if max(rows, columns) <= LARGEST else 0.35
    if columns <= RULED:
        ax.vlines(np.linspace(x, x + width, columns + 1), y, y + height, color=RULE, lw=thin)
    if rows <= RULED:
        ax.hlines(np.linspace(y, y + height, rows + 1), x, x + width, color=RULE, lw=thin)
    down, across = np.divmod(np.flatnonzero(wrong), columns)
    middles = x + (across + 0.5) * width / columns, y + (down + 0.5) * height / rows
    size = min(4.0, 80 / columns)
    look = {"ms": size, "mec": plots.INK, "mew": size / 8, "rasterized": across.size > MOST_DOTS}
    ax.plot(*middles, "o", color=plots.HIGHLIGHT, **look)


def _number_line(ax: Axes, fields: tuple[int, int], wrong: int, N: int) -> None:
    """The fields of right and of wrong units: left of zero they lead away from the pattern."""
    ax.set(xlim=(-REACH - 2.6, REACH + 2.6), ylim=(-1.7, 2.4))
    ax.set_axis_off()  # ticks take most of the time of a drawing
    ax.axvspan(0, REACH + 2.6, ymin=0.28, ymax=0.54, color=plots.EXCITATORY, alpha=0.18, lw=0)
    ax.axvspan(-REACH - 2.6, 0, ymin=0.28, ymax=0.54, color=plots.INHIBITORY, alpha=0.18, lw=0)
    ax.plot([-REACH - 2.6, REACH + 2.6], [0, 0], color=plots.INK, lw=1)
    ax.plot([0, 0], [-0.55, 0.55], color=plots.INK, lw=1)
    kinds = [("right unit", fields[0], "o", "white", 1, wrong < N)]
    kinds += [("wrong unit", fields[1], "D", plots.HIGHLIGHT, -1, wrong > 0)]
    told = []
    for name, h, marker, colour, side, exists in kinds:
        if not exists:
            continue
        x = np.clip(h, -REACH - 1, REACH + 1)
        ax.plot(x, 0, marker, ms=12 if marker == "o" else 7, mfc=colour, mec=plots.INK, mew=1.4)
        text = f"a {name}: {_fraction(h, N)}" if h else f"a {name}: 0, a tie"
        middle = np.clip(x, -REACH + 1.5, REACH - 1.5)
        ax.text(middle, 0.95 * side, text, ha="center", va="center", fontsize=10, color=plots.INK)
        told.append(text)
    ax.text(0, 1.95, "field, times the value in the pattern", ha="center", va="center", fontsize=10.5)
    ax.text(-REACH - 2.6, -1.5, "◄ away from the pattern", ha="left", va="center", fontsize=9)
    ax.text(REACH + 2.6, -1.5, "to the pattern ►", ha="right", va="center", fontsize=9)
    ax.alt_text = f"Fields, times the value in the pattern: {'; '.join(told)}."


@lru_cache(maxsize=64)
def _ends(s: tuple[int, ...], schedule: str, ties: Any, self_connections: bool) -> tuple[Any, Any]:
    """Numbers of wrong units (K,), and the overlaps at the end of several recalls of each (K, CUES)."""
    N = len(s)
    counts = np.arange(N + 1)
    if N > LARGEST:  # all near the border, some further away
        far = np.isin(counts, np.linspace(0, N, 11).round())
        counts = counts[(np.abs(2 * counts - N) < 6) | far]
    net = binary.PatternNetwork(s, self_connections=self_connections)
    places = (
        np.random.default_rng(0).random((CUES, N)).argsort().argsort()
    )  # of the units, in which they flip
    cues = np.where(places < counts[:, None, None], -1, 1) * s
    run = net.recall(cues.reshape(-1, N), schedule, ties=ties, rng=_seed(schedule, 0))
    return counts, library.overlap(run.final, s).reshape(-1, CUES)


def _curve(
    ax: Axes,
    s: NDArray[np.int_],
    run: Trajectory,
    wrong: int,
    schedule: str,
    ties: Any,
    self_connections: bool,
) -> None:
    """The overlap at the end against the number of wrong units: several cues each, and the present one."""
    N = len(s)
    counts, ends = _ends(tuple(s.tolist()), schedule, ties, self_connections)
    _gallery.bare(ax, (-0.03 * N, 1.03 * N), (-1.25, 1.25), "overlap at the end, by wrong units in the cue")
    ax.axvline(N / 2, color=plots.INHIBITORY, lw=1, ls="--")
    ax.plot(counts, ends, "o", ms=3.5, color=plots.INK, mew=0)
    agreed = np.where(np.ptp(ends, axis=1) > 0, np.nan, ends.mean(axis=1))  # no line where it may be either
    ax.plot(counts, agreed, color=plots.INK, lw=1)
    for k, (low, high) in zip(counts, _strips(counts), strict=True):
        field(ax, f"cue {k}", (low, -1.25), high - low, 2.5)
    offer(ax.figure, {f"cue {k}": Target(f"{k} wrong units in the cue", {"wrong": int(k)}) for k in counts})
    last = library.overlap(run.final, s)
    ax.plot(wrong, last, "o", ms=10, mfc=plots.HIGHLIGHT, mec=plots.INK)
    _ticks(ax, [(0, "0"), (N / 2, f"N/2 = {N / 2:g}"), (N, str(N))], [(-1, "−1"), (0, "0"), (1, "+1")])
    mixed = [str(k) for k in counts[np.ptp(ends, axis=1) > 0]]
    always = counts[(ends == 1).all(axis=1)]
    ax.alt_text = (
        f"Overlap at the end against wrong units: the pattern for up to {always.max(initial=0)} of {N}; "
        f"it depends on the cue for {', '.join(mixed) or 'none'}; here {_walk.signed(last)} for {wrong}."
    )


def _strips(counts: NDArray[np.int_]) -> NDArray[np.float64]:
    """(K, 2) ends of the strips that are nearer to each count than to its neighbours."""
    middles = (counts[1:] + counts[:-1]) / 2
    ends = np.array([2 * counts[0] - middles[0], *middles, 2 * counts[-1] - middles[-1]])
    return np.column_stack([ends[:-1], ends[1:]])


def _valley(ax: Axes, net: binary.Network, s: NDArray[np.int_], run: Trajectory) -> None:
    """The energy as a function of the overlap, with the cue and, as a ball, the result."""
    N = len(s)
    shift = net.energy(s) / N + 0.5  # E/N = -m^2/2 + shift
    m = np.linspace(-1, 1, 61)
    _gallery.bare(ax, (-1.12, 1.12), (shift - 0.62, shift + 0.12), "energy, by overlap with the pattern")
    ax.plot(m, shift - m**2 / 2, color=plots.INK, lw=1.4)
    levels = 1 - 2 * np.arange(N + 1) / N
    if N <= MOST_DOTS:  # more of them are the curve
        ax.plot(levels, shift - levels**2 / 2, "o", ms=3.2 if N <= LARGEST else 2, color=plots.INK)
    first, last = (library.overlap(y, s) for y in (run.initial, run.final))
    look = {"ms": 11, "mec": plots.INK, "zorder": 4}
    ax.plot(first, shift - first**2 / 2, "o", mfc="white", **look)
    ax.plot(last, shift - last**2 / 2, "o", mfc=plots.HIGHLIGHT, **look)
    _ticks(ax, [(-1, "−1, inverse"), (0, "0"), (1, "pattern, +1")], [])
    ax.alt_text = (
        f"Energy against overlap, a parabola open below: cue at {_walk.signed(round(first, 3))}, "
        f"result at {_walk.signed(round(last, 3))}."
    )


def _ticks(ax: Axes, across: list[tuple[float, str]], up: list[tuple[float, str]]) -> None:
    small = {"fontsize": 9, "color": plots.INK}
    for x, text in across:
        ax.text(x, -0.04, text, ha="center", va="top", transform=ax.get_xaxis_transform(), **small)
    for y, text in up:
        ax.text(-0.02, y, text, ha="right", va="center", transform=ax.get_yaxis_transform(), **small)


# the sentence


def _fraction(h: int, N: int) -> str:
    return f"{_walk.signed(h)}/{N}"


def _cue(s: NDArray[np.int_], run: Trajectory) -> str:
    wrong, m = int((run.initial != s).sum()), library.overlap(run.initial, s)
    return f"{wrong} of {len(s)} units wrong, overlap m = {_walk.signed(round(m, 3))}."


def _why(
    s: NDArray[np.int_], run: Trajectory, fields: tuple[int, int], schedule: str, ties: Any, diagonal: bool
) -> str:
    """What the fields say to right and to wrong units."""
    N, wrong = len(s), int((run.initial != s).sum())
    right_h, wrong_h = (_fraction(h, N) for h in fields)
    rule = "keeps its value" if ties == "keep" else f"becomes {_walk.signed(ties)}, whatever the pattern says"
    if wrong in (0, N):
        return (
            f"This is the {'inverse' if wrong else 'pattern'} itself: every field has the sign of its unit."
        )
    if 2 * wrong == N:
        return _on_the_ridge(s, run, schedule, ties, diagonal)
    if 0 in fields:
        tied, other, h = ("right", "wrong", wrong_h) if fields[0] == 0 else ("wrong", "right", right_h)
        moves = "turns it back" if other == "wrong" else "turns it away"
        return f"A {other} unit has the field {h}, which {moves}; a {tied} one has a tie and {rule}."
    if 2 * wrong < N:
        return f"The field {wrong_h} turns a wrong unit back, and {right_h} keeps a right one right."
    return f"The field {right_h} turns a right unit away, and {wrong_h} keeps a wrong one wrong."


def _on_the_ridge(s: NDArray[np.int_], run: Trajectory, schedule: str, ties: Any, diagonal: bool) -> str:
    """Exactly half of the units are wrong."""
    if diagonal:
        rule = "keep their values: nothing moves" if ties == "keep" else f"become {_walk.signed(ties)}"
        return f"All fields are zero, and ties {rule}."
    against = f"Every unit, right or wrong, has a field of 1/{len(s)} against its own value."
    if schedule == "synchronous":
        return f"{against} All flip at once, and half are wrong again."
    first = int(run.units[0][0])
    was = "right" if run.initial[first] == s[first] else "wrong"
    return f"{against} Unit {first + 1} came first: it was {was}, flipped, and tipped the balance."


def _end(s: NDArray[np.int_], run: Trajectory) -> str:
    if run.outcome == "cycle":
        return f"A cycle of {run.cycle_length}: this never comes to rest."
    if not run.converged:
        return "It has not come to rest."
    m = library.overlap(run.final, s)
    flips = f"{run.flips} flip{'s'[: run.flips != 1]}"
    if abs(m) == 1:
        what = "pattern" if m > 0 else "inverse"
        return f"The {what} stays." if run.flips == 0 else f"The {what} comes out, after {flips}."
    return f"It rests at m = {_walk.signed(round(m, 3))}, which is neither the pattern nor its inverse."


class OnePattern(Explorer):
    """What `one_pattern` returns."""

    def arrange(self) -> list[widgets.Widget]:
        first, *others = self.bars(without=["wrong"])
        return [first, *others, self.controls["wrong"], self.image]

    def _settle(self) -> None:
        """Keep the share of wrong units when the pattern has another size."""
        wrong = self.controls["wrong"]
        share, most = wrong.value / wrong.max, wrong.max
        super()._settle()
        if wrong.max != most:
            wrong.value = round(share * wrong.max)


@declared(CONTROLS, keyword="wrong")
def one_pattern(**given: Any) -> OnePattern:
    """Store one pattern, flip some of its units, and see whether it comes back (Wiskott section 1.3.1).

    Returns
    -------
    OnePattern

    Examples
    --------
    >>> explorer = one_pattern(wrong=49)
    >>> explorer.caption.split(". ")[-1]
    'The pattern comes out, after 49 flips.'
    >>> explorer.controls["wrong"].value = 51
    >>> explorer.caption.split(". ")[-1]
    'The inverse comes out, after 49 flips.'
    """
    given |= {"patterns": _own(given), "shape": None}
    return OnePattern(
        draw_one_pattern,
        CONTROLS,
        given,
        name="one_pattern",
        suggestion=(
            "drag the wrong units past one half, or click the curve. Then take a random pattern with an "
            "odd number of units and let ties become +1; and an even number, exactly half of them wrong, "
            "with other chances and schedules."
        ),
        size=(8.6, 3.9),
        stacked=(4.4, 7.6),
        themed=True,
    )
