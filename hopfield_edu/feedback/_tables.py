"""Slips that have nothing to do with one table, known by how its wrong entries depend on the right ones.

They are what :data:`hopfield_edu.feedback._slips.BLURS` are for functions: tried only when none of the
exercise's own mistakes is there, and only on the entries that are wrong at their root. A relation is stated
only if it holds for all of these. Its message says what was seen, so it is true whatever the cause; it
points to the entries and writes down none of the right ones.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from hopfield_edu._values import numbers, same

Key = tuple[Any, str]  # row and column
Found = tuple[str, str]  # the name of a slip and its message


def noun(labels: Iterable[Any], columns: Sequence[str]) -> str:
    """What the entries of a table are called: a text with gaps (a), (b), ... has no rows and columns."""
    letters = all(isinstance(label, str) and len(label) == 1 and label.islower() for label in labels)
    return "gap" if letters and len(columns) == 1 else "row"


def titles(labels: Mapping[Any, Any], columns: Sequence[str]) -> dict[Any, str]:
    """Row -> "row --" or "gap (a)"."""
    gaps = noun(labels.values(), columns) == "gap"
    return {row: f"gap ({label})" if gaps else f"row {label}" for row, label in labels.items()}


@dataclass(frozen=True)
class Line:
    """A row or a column: what it is called, and its entries in order."""

    kind: str
    title: str
    keys: tuple[Key, ...]


@dataclass(frozen=True)
class Filled:
    """A filled-in table beside the right one.

    Attributes
    ----------
    mine, wanted : dict
        (row, column) -> entry, the learner's and the right one; None where nothing was filled in.
    faults : sequence of (row, column)
        What is wrong by itself, in the order of the table: what follows from it is not among them.
    titles : dict
        Row -> what it is called (see `titles`).
    """

    mine: Mapping[Key, Any]
    wanted: Mapping[Key, Any]
    faults: Sequence[Key]
    titles: Mapping[Any, str]

    @functools.cached_property
    def rows(self) -> list[Line]:
        names = dict.fromkeys(row for row, _ in self.wanted)
        return [Line("row", self.titles[r], self._keys(0, r)) for r in names]

    @functools.cached_property
    def columns(self) -> list[Line]:
        names = dict.fromkeys(column for _, column in self.wanted)
        title = "column {}" if len(names) > 1 else "your column"
        return [Line("column", title.format(c), self._keys(1, c)) for c in names]

    def _keys(self, side: int, name: Any) -> tuple[Key, ...]:
        return tuple(key for key in self.wanted if key[side] == name)

    @property
    def lines(self) -> list[Line]:
        """Columns and rows, without those of a single entry."""
        return [line for line in (*self.columns, *self.rows) if len(line.keys) > 1]

    @property
    def pairs(self) -> Iterator[tuple[Line, Line]]:
        """Two columns, or two rows."""
        yield from itertools.combinations(self.columns, 2)
        yield from itertools.combinations(self.rows, 2)

    def within(self, *lines: Line) -> bool:
        """Whether all faults are in these lines."""
        keys = {key for line in lines for key in line.keys}
        return keys.issuperset(self.faults)

    def hold(self, places: Sequence[Key], others: Sequence[Key]) -> bool:
        """Whether the filled-in ones of some places hold what belongs into others."""
        return all(
            self.mine[place] is None or same(self.mine[place], self.wanted[other])
            for place, other in zip(places, others, strict=True)
        )

    def values(self, entries: Mapping[Key, Any], keys: Sequence[Key]) -> np.ndarray | None:
        """Entries as finite numbers, or None if some are none."""
        found = [numbers(entries[key]) for key in keys]
        if any(value is None or value.ndim or not np.isfinite(value) for value in found):
            return None
        return np.array(found, float)


# ------------------------------------------------------------------------------ whole rows and columns


def _exchanged_lines(table: Filled) -> Found | None:
    """Two columns or rows, each of which holds what belongs into the other."""
    for one, two in table.pairs:
        places = {
            k for pair in zip(one.keys, two.keys, strict=True) if set(pair) & set(table.faults) for k in pair
        }
        swapped = table.hold(one.keys, two.keys) and table.hold(two.keys, one.keys)
        if len(places) > 2 and table.within(one, two) and swapped:
            what = f"{one.title[:1].upper()}{one.title[1:]} and {two.title}"
            return (
                f"two {one.kind}s exchanged",
                f"{what} are exchanged: each holds what belongs into the other.",
            )
    return None


def _other_order(table: Filled) -> Found | None:
    """Columns that hold what belongs into others, three or more of them."""
    count = len(table.columns)
    for order in itertools.permutations(range(count)) if 2 < count < 6 else ():
        moved = [k for k in range(count) if order[k] != k]
        lines = [table.columns[k] for k in moved]
        fits = all(table.hold(table.columns[k].keys, table.columns[order[k]].keys) for k in moved)
        if len(moved) > 2 and fits and table.within(*lines) and len(table.faults) > 2 * len(moved) - 2:
            names = ", ".join(line.keys[0][1] for line in table.columns)
            text = f"Your rows hold the right entries in another order. The columns are {names}."
            return "columns in another order", text
    return None


def _exchanged_entries(table: Filled) -> Found | None:
    if len(table.faults) != 2:
        return None
    one, two = table.faults
    near = one[0] == two[0] or one[1] == two[1]
    if near and table.hold([one, two], [two, one]):
        return "two entries exchanged", "Two entries are exchanged: each stands where the other belongs."
    return None


def _reversed(table: Filled) -> Found | None:
    for line in table.lines:
        enough = len(line.keys) > 2 and len(table.faults) > 1 and table.within(line)
        if enough and table.hold(line.keys, line.keys[::-1]):
            text = f"The entries of {line.title} are the right ones in reversed order. Where does it begin?"
            return "reversed order", text
    return None


def _shifted(table: Filled) -> Found | None:
    """Every entry is that of the place before or behind."""
    for line in table.lines:
        if len(line.keys) < 4 or len(table.faults) < 3 or not table.within(line):
            continue
        for mine, due, side in (
            (line.keys[1:], line.keys[:-1], "before"),
            (line.keys[:-1], line.keys[1:], "behind"),
        ):
            if table.hold(mine, due):
                text = f"In {line.title}, each entry is the one that belongs into the place {side} it."
                return "shifted by one place", text
    return None


def _copied(table: Filled) -> Found | None:
    """A line that holds what belongs into another, which is not the same throughout."""
    if len(table.faults) < 2:
        return None
    for pair in table.pairs:
        for one, two in (pair, pair[::-1]):
            varied = any(not same(table.wanted[key], table.wanted[two.keys[0]]) for key in two.keys)
            if varied and table.within(one) and table.hold(one.keys, two.keys):
                title = one.title[:1].upper() + one.title[1:]
                return (
                    f"copied {one.kind}",
                    f"{title} holds what belongs into {two.title}. What do they ask for?",
                )
    return None


def _same_everywhere(table: Filled) -> Found | None:
    for line in table.lines:
        mine = [table.mine[key] for key in line.keys if table.mine[key] is not None]
        if len(mine) < 3 or len(table.faults) < 2 or not table.within(line):
            continue
        varied = any(not same(table.wanted[key], table.wanted[line.keys[0]]) for key in line.keys)
        if varied and all(same(entry, mine[0]) for entry in mine):
            title = line.title[:1].upper() + line.title[1:]
            text = f"{title} holds the same entry everywhere. The right ones are not all the same."
            return "the same everywhere", text
    return None


def _cumulated(table: Filled) -> Found | None:
    """Running sums of the right entries, or of what they are one over, from either end."""
    for line in table.lines:
        mine, due = table.values(table.mine, line.keys), table.values(table.wanted, line.keys)
        if mine is None or due is None or len(due) < 3 or len(table.faults) < 2 or not table.within(line):
            continue
        if _running_sums(mine, due):
            return (
                "cumulated",
                f"The entries of {line.title} are running sums: each holds its neighbours as well.",
            )
        if (due != 0).all() and (mine != 0).all() and _running_sums(1 / mine, 1 / due):
            text = f"Turned upside down, the entries of {line.title} are running sums: "
            return "cumulated", text + "each holds its neighbours as well."
    return None


def _running_sums(mine: np.ndarray, due: np.ndarray) -> bool:
    return any(same(mine, sums) for sums in (np.cumsum(due), np.cumsum(due[::-1])[::-1]))


# ------------------------------------------------------------------------------ states


def _states(table: Filled) -> Found | None:
    """Wrong states, two or more: turned round, read from the other end, or that of the row."""
    mine = [table.mine[key] for key in table.faults]
    due = [table.wanted[key] for key in table.faults]
    if len(mine) < 2 or not all(isinstance(s, str) and s and set(s) <= {"+", "-"} for s in (*mine, *due)):
        return None
    if all(m == d[::-1] for m, d in zip(mine, due, strict=True)) and _all_backwards(table):
        text = "Each of these states has the right signs in the wrong order. Unit 1 is written first."
        return "read backwards", text
    if all(m == d.translate(_TURNED) for m, d in zip(mine, due, strict=True)):
        return "every sign turned round", "Each of these states has every sign turned round."
    if all(m == row for m, (row, _) in zip(mine, table.faults, strict=True)):
        return (
            "the state of the row",
            "Each of these entries repeats the state of its row, as if no unit moved.",
        )
    return None


def _all_backwards(table: Filled) -> bool:
    """Whether no state of these columns is right that is another one when read backwards."""
    columns = {column for _, column in table.faults}
    keys = [key for key in table.wanted if key[1] in columns and table.mine[key] is not None]
    odd = [key for key in keys if table.wanted[key] != table.wanted[key][::-1]]
    return not any(same(table.mine[key], table.wanted[key]) for key in odd)


_TURNED = str.maketrans("+-", "-+")


# ------------------------------------------------------------------------------ numbers


@dataclass(frozen=True)
class Ratio:
    """How wrong numbers are made from the right ones: name, what is said of several, and the rule.

    `alone` is said of a single entry; where chance alone often makes one, nothing is.
    """

    name: str
    message: str
    rule: Callable[[np.ndarray], np.ndarray]
    alone: str = ""


def _rounding(places: int) -> Callable[[np.ndarray], np.ndarray]:
    return lambda x: np.floor(x * 10.0**places + 0.5 + 1e-9) / 10.0**places


def _minus(sign: int) -> Callable[[np.ndarray], np.ndarray]:
    """The other sign, where all right entries have this one."""
    return lambda x: -x if (np.sign(x) == sign).all() else x


PLAIN = (
    Ratio(
        "minus sign lost",
        "These entries have the right size, but their minus signs are lost.",
        _minus(-1),
        "This entry has the right size, but its minus sign is lost.",
    ),
    Ratio(
        "a minus sign too many",
        "These entries have the right size, but minus signs that do not belong there.",
        _minus(1),
        "This entry has the right size, but a minus sign that does not belong there.",
    ),
    Ratio(
        "opposite sign",
        "Each of these entries has the right size and the opposite sign.",
        np.negative,
    ),
    Ratio(
        "per cent instead of fractions",
        "These entries are a hundred times too large, as per cents are. Write fractions of one.",
        lambda x: 100 * x,
        "This entry is a hundred times too large, as a per cent is. Write a fraction of one.",
    ),
    Ratio(
        "zero",
        "Each of these entries is a zero, where zero is not what is wanted.",
        np.zeros_like,
    ),
)

SIZES = (
    Ratio(
        "twice as large",
        "Each of these entries is twice as large as it should be. Is something counted twice?",
        lambda x: 2 * x,
        "It is off by a factor of two: is something counted twice, or only half of it?",
    ),
    Ratio(
        "half as large",
        "Each of these entries is half as large as it should be. Is half of it left out?",
        lambda x: x / 2,
        "It is off by a factor of two: is something counted twice, or only half of it?",
    ),
    Ratio(
        "upside down",
        "Each of these entries is upside down: one over the right one.",
        lambda x: 1 / x,
        "This entry is upside down: one over the right one.",
    ),
    Ratio("squared", "Each of these entries is the square of the right one.", np.square),
    Ratio("root", "Each of these entries is the square root of the right one.", np.sqrt),
    Ratio(
        "one too many",
        "Each of these entries is too large by one. What is counted that should not be?",
        lambda x: x + 1,
    ),
    Ratio(
        "one too few",
        "Each of these entries is too small by one. What is not counted that should be?",
        lambda x: x - 1,
    ),
)

ROUNDINGS = (
    Ratio(
        "rounded",
        "These entries are the right ones, rounded to one decimal. Write fractions, such as 3 / 8.",
        _rounding(1),
        "This is the right entry, rounded to one decimal. Write a fraction, such as 3 / 8.",
    ),
    Ratio(
        "rounded to whole numbers",
        "These entries are the right ones, rounded to whole numbers. Write fractions, such as 3 / 8.",
        _rounding(0),
    ),
    Ratio(
        "cut off to whole numbers",
        "These entries are the right ones without what comes behind the point. Write fractions.",
        np.trunc,
    ),
)


def _ratios(ratios: Sequence[Ratio], sole: bool) -> Callable[[Filled], Found | None]:
    """One rule between all wrong numbers and the right ones: the first that holds, or only a `sole` one.

    A 2 for a 1 is one too many as well as twice as large: then neither is said.
    """

    def find(table: Filled) -> Found | None:
        mine, due = table.values(table.mine, table.faults), table.values(table.wanted, table.faults)
        if mine is None or due is None:
            return None
        with np.errstate(all="ignore"):
            found = [ratio for ratio in ratios if same(mine, ratio.rule(due))]
        if not found or (sole and len(found) > 1):
            return None
        text = found[0].alone if len(mine) == 1 else found[0].message
        return (found[0].name, text) if text else None

    return find


def _constant(table: Filled) -> Found | None:
    """One factor or one difference between several different numbers."""
    mine, due = table.values(table.mine, table.faults), table.values(table.wanted, table.faults)
    if mine is None or due is None or len(np.unique(np.round(due, 9))) < 2:
        return None
    sizes = len(np.unique(np.round(np.abs(due), 9)))  # of one size, any slip looks like a factor
    if sizes > 1 and (due != 0).all() and same(mine / due, np.full(len(due), mine[0] / due[0])):
        text = "These entries differ from the right ones by one and the same factor. Is it lost, or too much?"
        return "a constant factor", text
    if same(mine - due, np.full(len(due), mine[0] - due[0])):
        side = "large" if mine[0] > due[0] else "small"
        return "a constant summand", f"These entries are all too {side} by one and the same number."
    return None


# ------------------------------------------------------------------------------ what is left: where they are


def _one_entry(table: Filled) -> Found | None:
    if len(table.faults) != 1:
        return None
    row, column = table.faults[0]
    where = table.titles[row] + f", column {column}" * (len(table.columns) > 1)
    filled = [key for key in table.wanted if table.mine[key] is not None and key != table.faults[0]]
    if all(same(table.mine[key], table.wanted[key]) for key in filled):
        what = "All else" + " that you filled in" * (len(filled) + 1 < len(table.wanted))
        return "a single entry", f"{what} is right."
    return "a single entry", f"Look first at {where}."


def _one_line(table: Filled) -> Found | None:
    count = len(table.faults)
    for lines in (table.columns, table.rows):
        for line in lines if len(lines) > 1 else ():
            if table.within(line):
                filled = sum(table.mine[key] is not None for key in line.keys)
                text = f"All that is wrong by itself stands in {line.title}: "
                if count == filled:
                    return (
                        f"one {line.kind} only",
                        text + "none of its entries is right. What does it ask for?",
                    )
                text += f"{count} of {filled} entries. What do they have in common that the others do not?"
                return f"one {line.kind} only", text
    return None


def _some_columns(table: Filled) -> Found | None:
    """Fewer than half of the columns."""
    names = [line.keys[0][1] for line in table.columns if set(line.keys) & set(table.faults)]
    if 2 * len(names) >= len(table.columns):
        return None
    which = ", ".join(names[:-1]) + " and " + names[-1]
    return (
        "some columns only",
        f"All that is wrong by itself stands in {which}. What do these columns ask for?",
    )


SPECIFIC = (
    _exchanged_lines,
    _other_order,
    _states,
    _ratios(PLAIN, sole=False),
    _reversed,
    _exchanged_entries,
    _cumulated,
    _ratios(SIZES, sole=True),
    _ratios(ROUNDINGS, sole=False),
    _constant,
    _shifted,
    _copied,
    _same_everywhere,
)
PLACES = (_one_entry, _one_line, _some_columns)


def exchanged(table: Filled) -> bool:
    """Whether all that is wrong is two entries, or lines, each of which stands where the other belongs."""
    return bool(_exchanged_lines(table) or _exchanged_entries(table))


def related(table: Filled) -> tuple[Found | None, bool]:
    """How wrong entries depend on right ones, and whether that says more than where they are."""
    for find in (*SPECIFIC, *PLACES):
        found = find(table)
        if found is not None:
            return found, find in SPECIFIC
    return None, False
