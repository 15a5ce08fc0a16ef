"""The fast kernels behind `binary.Network.recall`: same flips, in the same order, as the textbook loop.

The textbook loop computes sum_j w_ij y_j anew for every unit it visits. Here the fields h = W y of all units
are kept and corrected when a unit flips, and a sweep jumps from one unit that disagrees with its field to the
next. Many cues advance together, row by row of y (B, N) and h (B, N); rows that have settled drop out, and
those that a sweep has brought to the same state go on as one.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice, pairwise
from typing import Any, NamedTuple

import numpy as np

from hopfield_edu import _check
from hopfield_edu._exact import Outer, Products
from hopfield_edu._schedule import Schedule
from hopfield_edu._types import Array, Ties
from hopfield_edu.trajectory import Record

Rule = Callable[[float, int], Any]
Entries = list[tuple[Any, ...]] | None  # of a log
BLOCK, AHEAD = 64, 256  # units handled together; measured at N = 1000
FEW, MANY = 24, 200  # states, for which larger blocks pay, and from which on the settled ones are left out
MERGED = 2  # sweeps of many states, after each of which equal ones go on as one; later there are few
LATER = np.triu(np.ones((AHEAD, AHEAD), np.float32), 1)  # [k, l]: visit l comes after visit k
HALF = np.float32(0.5)
TINY = {np.dtype(kind): np.finfo(kind).tiny for kind in (np.float32, float)}  # less than any field but zero


class Log(NamedTuple):
    """Every flip of every row, in order: row, unit updates done so far, unit, change of the energy
    (of symmetric weights; NaN where several units moved at once)."""

    rows: Array
    times: Array
    units: Array
    changes: Array

    def by_row(self, B: int) -> list[Log]:
        """The log of each of B rows."""
        if B == 1:
            return [self]
        keys = self.rows.astype(np.min_scalar_type(B))  # short numbers are sorted much faster
        order = np.argsort(keys, kind="stable")
        columns = [column[order] for column in self]
        cuts = np.searchsorted(columns[0], np.arange(B + 1)).tolist()
        return [Log(*(column[k:end] for column in columns)) for k, end in pairwise(cuts)]

    def record(self) -> Record:
        """The way of a single row, without its energies."""
        later = self.times[1:] > self.times[:-1]  # than the flip before it: they are in order
        if later.all():  # one unit at a time
            return Record(np.concatenate([[0], self.times]), self.units[:, None])
        first = np.concatenate([[0], 1 + np.flatnonzero(later)])
        units = [self.units[k:end] for k, end in pairwise([*first.tolist(), self.units.size])]
        return Record(np.concatenate([[0], self.times[first]]), units)


class Run(NamedTuple):
    final: Array
    outcome: Array
    length: Array
    sweeps: Array
    flips: Array
    energy: Array
    log: Log


def wants_flip(h: Array, y: Array, ties: Ties) -> Array:
    """Where an update would change a unit: sgn(h) != y, with sgn(0) decided by `ties`."""
    against = h * y < 0
    return against if ties == "keep" else against | ((h == 0) & (y != ties))


class How(NamedTuple):
    """How a recall goes on. `cycles` says whether to look for them, a waste of time where a fixed point is
    certain."""

    schedule: Schedule
    ties: Ties
    max_sweeps: int
    record: bool
    cycles: bool


def run(w: Products, cue: Array, how: How, done: int = 0) -> Run:
    """Recall every row of `cue`: sweep after sweep, `done` of which are over, until a row settles or its
    cycle closes.

    The first ordered sweeps of many rows are done by matrix products; after each, equal rows go on as one.
    """
    schedule, ties, max_sweeps, record, cycles = how
    if (order := schedule.order) is not None:  # number the units as they are updated
        plain = how._replace(schedule=Schedule("ordered", schedule.N))
        came = run(w.renumbered(order), cue[:, order], plain)
        log = came.log._replace(units=order[came.log.units])
        return came._replace(final=came.final[:, np.argsort(order)], log=log)
    y = cue if done else _with_room(cue, w.dtype)
    if isinstance(w, Outer) and schedule.kind == "ordered" and not cycles:  # without cycles, ties keep
        return _by_overlaps(w, y, y @ w.S.T, np.ones(len(y), bool), 0, max_sweeps, record)
    if schedule.kind != "ordered" or len(y) == 1 or done == min(1 if cycles else MERGED, max_sweeps):
        return _until_settled(w, y, how, done)
    entries: Entries = [] if record else None
    flips = _blocks(w, y, ties, done, entries)
    kept, alike = distinct(y)
    return _joined(flips, done, entries, run(w, y[kept], how, done + 1), alike)


def _with_room(cue: Array, dtype: Any) -> Array:
    """A copy with as much room again behind it: from 4 MiB on it comes in large pages, which are quicker."""
    y: Array = np.empty((2, *cue.shape), dtype)[0]
    y[:] = cue
    return y


def _until_settled(w: Products, y: Array, how: How, done: int) -> Run:
    """The sweeps from `done` on, from flip to flip; changes y."""
    schedule, ties, max_sweeps, record, cycles = how
    B, N = y.shape
    outcome, length = np.full(B, "step limit", "<U11"), np.zeros(B, int)
    sweeps, flips, energy = np.zeros(B, int), np.zeros(B, int), np.zeros(B)
    rows, final = np.arange(B), np.empty((B, N), int)
    entries: Entries = [] if record else None
    h = w.product(y) + w.b
    cycles = cycles and schedule.repeats
    landmark, age, lifetime = (y.copy() if cycles else y[:, :0]), 0, 1 + done

    def leave(gone: Array, verdict: str, period: int) -> None:
        nonlocal rows, y, h, landmark
        at = rows[gone]
        final[at], outcome[at], length[at] = y[gone], verdict, period
        energy[at] = 0 - np.einsum("bi,bi->b", y[gone], h[gone] + w.b, dtype=float) / 2
        rows, y, h, landmark = rows[~gone], y[~gone], h[~gone], landmark[~gone]

    while rows.size:
        settled = np.logical_not(wants_flip(h, y, ties).any(axis=1))
        many = 4 * settled.sum() > rows.size  # to take out a few would cost more than to take them along
        if many or (settled.any() and (cycles or done == max_sweeps)):
            leave(settled, "fixed point", 1)
        if done == max_sweeps or rows.size == 0:
            break
        moved = _sweep(w, y, h, schedule, ties, rows, done, entries)
        done, age = done + 1, age + 1
        flips[rows] += moved
        sweeps[rows[moved > 0]] = done
        if w.dtype == float:  # the corrections to h are rounded: start every sweep from fresh fields
            _fields(w, y, h)
        if cycles:  # Brent: a landmark that is met again tells the length of the cycle
            closed = (y == landmark).all(axis=1)
            if closed.any():
                leave(closed, "cycle", age)
            if age == lifetime:
                landmark, age, lifetime = y.copy(), 0, 2 * lifetime
    if rows.size:
        sweeps[rows] = max_sweeps
        leave(np.ones(rows.size, bool), "step limit", 0)
    return Run(final, outcome, length, sweeps, flips, energy, collect(entries))


def _sweep(
    w: Products, y: Array, h: Array, schedule: Schedule, ties: Ties, rows: Array, done: int, entries: Entries
) -> Array:
    """One sweep of the live rows, which changes y and h in place; the number of flips of each row."""
    if schedule.kind == "synchronous":
        return _synchronous(w, y, h, ties, rows, done, entries)
    drawn = schedule.draw(rows) if schedule.draw else None
    time = done * y.shape[1]
    if len(y) == 1 and (drawn is None or schedule.kind == "random"):
        return _alone(w, y[0], h[0], drawn, ties, rows[0], time, entries)
    if len(y) == 1 and drawn is not None:
        return _one(w, y[0], h[0], drawn, ties, rows[0], time, entries)
    return _events(w, y, h, drawn, ties, rows, time, entries)


def _synchronous(
    w: Products, y: Array, h: Array, ties: Ties, rows: Array, done: int, entries: Entries
) -> Array:
    """All units at once."""
    bad = wants_flip(h, y, ties)
    if entries is not None:
        r, i = np.nonzero(bad)
        entries.append((rows[r], np.full(r.size, done + 1), i, np.full(r.size, np.nan)))
    np.negative(y, out=y, where=bad)
    _fields(w, y, h)
    return np.asarray(bad.sum(axis=1))


def _alone(
    w: Products, y: Array, h: Array, drawn: Array | None, ties: Ties, row: int, time: int, entries: Entries
) -> Array:
    """A single row, in an order in which no unit comes twice: a stretch of it at a time, always from the next
    unit on that disagrees with its field."""
    flips, s, size = 0, 0, AHEAD if drawn is None else 3 * AHEAD // 4
    while True:
        bad = wants_flip(h, y, ties)
        first = (bad[s:] if drawn is None else bad[drawn[0, s:]]).tobytes().find(1)  # the first True
        if first < 0:
            return np.array([flips])
        s += first
        part = slice(s, s + size)
        units = np.arange(y.size)[part] if drawn is None else drawn[0, part]
        k, aligned = _stretch(w, y, h, units, part if drawn is None else units, ties)
        flips += k.size
        if entries is not None:
            change = _change(aligned, w.diagonal[units[k]])
            entries.append((np.full(k.size, row), time + s + k + 1, units[k], change))
        s += size


def _stretch(w: Products, y: Array, h: Array, units: Array, at: Any, ties: Ties) -> tuple[Array, Array]:
    """Some units in turn, by guesses as in `in_turn`, but only the weights of those that flip are looked at.
    Which visits end in a flip, and y_i h_i before it. `at` are the same units, as a slice if they are one."""
    before, found = y[at].copy(), h[at].copy()
    tie = tie_of(before, ties)
    felt, after = before, np.sign(found + tie)
    while (k := (after != felt).nonzero()[0]).size:
        step, sent = (after - felt)[k], w.sent(units[k])
        h += step @ sent
        found += step @ (sent[:, at] * LATER[k, : units.size])
        felt, after = after, np.sign(found + tie)
    y[at] = after
    flipped = (after != before).nonzero()[0]
    return flipped, before[flipped] * found[flipped]


def _one(
    w: Products,
    y: Array,
    h: Array,
    drawn: Array,
    ties: Ties,
    row: int,
    time: int,
    entries: Entries,
    bars: Array | None = None,
) -> Array:
    """A single row, units drawn one by one: look for the next that disagrees, flip it, correct the fields.

    `bars` (visits,) are thresholds, as in `_events`.
    """
    when: list[int] = []
    units: list[int] = []
    aligned: list[Any] = []
    start, sent = 0, w.sent
    h /= 2  # half the fields change by W_i y_i, without a product
    half = None if bars is None else bars / 2
    while True:
        left = drawn[0, start:]
        if half is None:
            bad = wants_flip(h, y, ties)[left]
        else:
            bad = wants_flip(h[left] - half[start:], y[left], ties)
        k = start + bad.tobytes().find(1)  # the first True
        if k < start:
            break
        i, start = drawn[0, k], k + 1
        when.append(start)
        units.append(i)
        if y[i] > 0:
            aligned.append(h[i])
            y[i] = -1
            h -= sent(i)
        else:
            aligned.append(-h[i])
            y[i] = 1
            h += sent(i)
    h *= 2
    if units and entries is not None:
        flipped = np.array(units)
        gain = _change(2 * np.array(aligned), w.diagonal[flipped])
        entries.append((np.full(flipped.size, row), time + np.array(when), flipped, gain))
    return np.array([len(units)])


def _events(
    w: Products,
    y: Array,
    h: Array,
    drawn: Array | None,
    ties: Ties,
    rows: Array,
    time: int,
    entries: Entries,
    bars: Array | None = None,
) -> Array:
    """Many rows, each jumping to its own next unit that disagrees, a stretch of the order at a time.

    `bars` (rows, visits) are thresholds, of every visit its own: a unit then agrees or not with h - bar.
    """
    B, N = y.shape
    flips = np.zeros(B, int)
    for s in range(0, N, AHEAD):
        part = slice(s, s + AHEAD)
        if drawn is None and bars is None:
            live = np.flatnonzero(wants_flip(h[:, part], y[:, part], ties).any(axis=1))
        else:
            live = np.arange(B)
        at = N * live[:, None] + (np.arange(N)[part] if drawn is None else drawn[live, part])
        bar: Any = 0 if bars is None else bars[live, part]
        start = np.zeros(live.size, int)
        while live.size:
            going, k = _next(h.take(at) - bar, y.take(at), ties, start)
            if not going.all():
                live, at, k = live[going], at[going], k[going]
                bar = 0 if bars is None else bar[going]
            start = k + 1
            i = at[np.arange(k.size), k] - N * live
            if entries is not None:
                change = _change(y[live, i] * h[live, i], w.diagonal[i])
                entries.append((rows[live], time + s + start, i, change))
            after = -y[live, i]
            y[live, i] = after
            step = w.sent(i)
            step *= 2 * after[:, None]
            h[live] += step
            flips[live] += 1
    return flips


def _next(h: Array, y: Array, ties: Ties, start: Array) -> tuple[Array, Array]:
    """Which rows have a unit that disagrees with its field, from `start` on, and the first one of each."""
    bad = wants_flip(h, y, ties)
    bad &= np.arange(bad.shape[1]) >= start[:, None]
    k = bad.argmax(axis=1)
    return bad[np.arange(k.size), k], k


def _blocks(w: Products, y: Array, ties: Ties, done: int, entries: Entries) -> Array:
    """An ordered sweep of many rows by matrix products: the fields of a block of units at once, with what
    the blocks before it have changed. Changes y; returns the flips of each row."""
    rows, flips = np.arange(len(y)), np.zeros(len(y), int)
    for s in range(0, y.shape[1], 2 * BLOCK):
        block = slice(s, s + 2 * BLOCK)
        found, before = w.fields(block, y), y[:, block]
        found += w.b[block]
        after = in_turn(found, before, np.triu(w.block(block), 1), tie_of(before, ties))
        note(entries, before, found, after, w.diagonal[block], (rows, done * y.shape[1], s))
        flips += (after != before).sum(axis=1)
        y[:, block] = after
    return flips


def distinct(y: Array) -> tuple[Any, Any]:
    """Where a state ±1 comes for the first time, and for every row the number of its state; all rows, as a
    slice, where hardly any are equal.

    >>> distinct(np.array([[1, 1], [1, -1], [1, 1]]))
    (array([0, 1]), array([0, 1, 0]))
    """
    seen: dict[bytes, int] = {}
    alike = [seen.setdefault(row.tobytes(), len(seen)) for row in np.packbits(y > 0, axis=1)]
    if 10 * len(seen) > 9 * len(y):
        return slice(None), slice(None)
    return np.unique(alike, return_index=True)[1], np.array(alike)


def _joined(flips: Array, done: int, entries: Entries, rest: Run, alike: Any) -> Run:
    """One more sweep of every row, with so many flips, and what became of the state (`alike`) it led to."""
    sweeps = np.maximum(rest.sweeps[alike], (done + 1) * (flips > 0))
    parts = zip(collect(entries), _shared(rest.log, alike), strict=True)
    return Run(
        rest.final[alike],
        rest.outcome[alike],
        rest.length[alike],
        sweeps,
        flips + rest.flips[alike],
        rest.energy[alike],
        Log(*(np.concatenate(part) for part in parts)),
    )


def _shared(log: Log, alike: Any) -> Log:
    """The log of some states, entered for all the rows that have them."""
    if isinstance(alike, slice):
        return log
    rows, many = np.argsort(alike, kind="stable"), np.bincount(alike)
    first, copies = np.cumsum(many) - many, many[log.rows]
    entry = np.repeat(np.arange(copies.size), copies)
    nth = np.arange(entry.size) - np.repeat(np.cumsum(copies) - copies, copies)
    return Log(rows[first[log.rows[entry]] + nth], *(column[entry] for column in log[1:]))


def _by_overlaps(
    outer: Outer, y: Array, m: Array, going: Array, done: int, max_sweeps: int, record: bool
) -> Run:
    """Ordered recall without W, ties keep: of the fields only those of the next units are made, from the
    overlaps m = S y. A row goes on until a sweep has left it alone; after the first ones equal rows go on as
    one."""
    B = len(y)
    entries: Entries = [] if record else None
    if done < min(MERGED, max_sweeps) and going.any():
        flips = _by_parts(outer, y, m, entries, np.arange(B), done)
        kept, alike = distinct(y)
        y, m = y[kept], m[kept]
        going = np.ones(len(y), bool)
        going[np.arange(B)[alike][flips == 0]] = False
        rest = _by_overlaps(outer, y, m, going, done + 1, max_sweeps, record)
        return _joined(flips, done, entries, rest, alike)
    end, overlaps, rows = y, m, np.arange(B)
    sweeps, flips, unsettled = np.zeros(B, int), np.zeros(B, int), np.zeros(B, bool)
    while True:
        if 10 * np.count_nonzero(going) <= 9 * rows.size:  # enough have settled to take them out
            end[rows], overlaps[rows] = y, m
            rows, y, m = rows[going], y[going], m[going]
        if rows.size == 0 or done == max_sweeps:
            break
        moved = _by_parts(outer, y, m, entries, rows, done)
        done, going = done + 1, moved > 0
        flips[rows] += moved
        sweeps[rows[going]] = done
    end[rows], overlaps[rows] = y, m
    unsettled[rows] = wants_flip(m @ outer.S - outer.removed * y, y, "keep").any(axis=1)
    energy = 0 - ((overlaps.astype(float) ** 2).sum(axis=1) - float(outer.removed) * outer.N) / 2
    outcome = np.where(unsettled, "step limit", "fixed point")
    return Run(end.astype(int), outcome, 1 - unsettled, sweeps, flips, energy, collect(entries))


def _by_parts(outer: Outer, y: Array, m: Array, entries: Entries, rows: Array, done: int) -> Array:
    """One sweep, which changes y and m in place; the flips of each row."""
    flips, diagonal, time = np.zeros(len(y), int), outer.diagonal, done * outer.N
    for part, s, within in outer.parts(BLOCK if len(y) > FEW else 2 * BLOCK):
        before, found = y[:, part], m @ s
        found -= (outer.removed - HALF) * before  # half a y_i more: a field of zero keeps, others stay
        after = in_turn(found, before, within)
        change = after - before
        if np.vdot(change, change):
            if entries is not None:
                note(entries, before, found - before / 2, after, diagonal[part], (rows, time, part.start))
            _add(m, change, s)
            flips += (change != 0).sum(axis=1)
            y[:, part] = after
    return flips


def _add(m: Array, change: Array, s: Array) -> None:
    """m += change s'; where many rows stay as they are, of the others only."""
    live: Any = slice(None)
    if len(m) >= MANY:
        some = np.flatnonzero(change.any(axis=1))
        live = some if 4 * some.size < 3 * len(m) else live
    m[live] += change[live] @ s.T


def by_rule(
    w: Products, cue: Array, schedule: Schedule, rule: Rule, scale: float, max_sweeps: int, record: bool
) -> Run:
    """The textbook loop itself, with an update rule of the caller's: the field and the value of a unit to
    its new value. A state in which the rule would change no unit is a fixed point."""
    B, N = cue.shape
    outcome, length = np.full(B, "step limit", "<U11"), np.zeros(B, int)
    sweeps, flips, final = np.zeros(B, int), np.zeros(B, int), cue.copy()
    entries: Entries = [] if record else None
    for b, y in enumerate(final):
        steps, landmark, age, lifetime = schedule.steps(b), y.copy(), 0, 1
        for done in range(max_sweeps + 1):
            if not _flips(w, y, range(N), rule, scale):
                outcome[b], length[b] = "fixed point", 1
                break
            if done == max_sweeps:
                sweeps[b] = done
                break
            moved, each = 0, 1 if schedule.kind == "synchronous" else N
            for k, units in enumerate(islice(steps, each), each * done + 1):
                changed = _flips(w, y, units.tolist(), rule, scale)
                y[changed] *= -1
                moved += len(changed)
                if entries is not None:  # what the energy makes of it is not known
                    entries += [(b, k, i, np.nan) for i in changed]
            flips[b] += moved
            sweeps[b] = done + 1 if moved else sweeps[b]
            age += 1
            if schedule.repeats and (y == landmark).all():
                outcome[b], length[b], sweeps[b] = "cycle", age, done + 1
                break
            if age == lifetime:
                landmark, age, lifetime = y.copy(), 0, 2 * lifetime
    return Run(final, outcome, length, sweeps, flips, np.full(B, np.nan), collect(entries))


def _flips(w: Products, y: Array, units: Any, rule: Rule, scale: float) -> list[int]:
    """Those of the units, updated together, that the rule would change."""
    changed = []
    for i in units:
        h = scale * float(w.heard(i) @ y + w.b[i]) / w.factor
        new = rule(h, int(y[i]))
        if np.ndim(new) or new not in (1, -1):
            raise ValueError(f"rule gives {_check.shown(new)} for the field {h:g}; +1 or -1 is wanted")
        if new != y[i]:
            changed.append(i)
    return changed


def in_turn(h: Array, y: Array, within: Array, tie: Array | None = None) -> Array:
    """One unit of a block after the other, y_i <- sgn(h_i), in all states at once; arrays (states, units).

    Guess that nobody feels the flips of the others, correct the fields by what was guessed, and guess again.
    A unit is right once those before it are, so the guesses end, mostly after two or three. Returns the new
    values; h becomes the fields that the units find. `within` holds [j, i] the weights from j to later units
    i only; `tie`, added to a field, decides where it is zero, and is not needed where none can be.
    """
    felt, after = y, _sgn(h, tie)
    while np.vdot(step := after - felt, step):
        live = np.flatnonzero(step.any(axis=1)) if len(h) >= MANY else ()
        if 0 < 2 * len(live) < len(h):  # go on with those that are not right yet
            some = h[live] + step[live] @ within
            after[live] = in_turn(some, after[live], within, tie if tie is None else tie[live])
            h[live] = some
            break
        h += step @ within
        felt, after = after, _sgn(h, tie)
    return after


def _sgn(h: Array, tie: Array | None) -> Array:
    return np.asarray(np.sign(h if tie is None else h + tie))


def tie_of(y: Array, ties: Ties) -> Array:
    """Less than any field but zero, with the sign that a tie gives a unit."""
    return np.asarray(TINY[y.dtype] * (y if ties == "keep" else np.full_like(y, ties)))


def note(
    entries: Entries, y: Array, h: Array, after: Array, diagonal: Array, at: tuple[Array, int, int]
) -> None:
    """Enter the flips of a block in a log, unit after unit. `at` says where: rows, time, and first unit."""
    if entries is not None:
        (k, r), (rows, time, first) = np.nonzero((after != y).T), at
        gain = _change(y[r, k] * h[r, k], diagonal[k])
        entries.append((rows[r], time + first + k + 1, first + k, gain))


def _fields(w: Products, y: Array, h: Array) -> None:
    """h = W y + b of every row."""
    w.product(y, out=h)
    h += w.b


def _change(aligned: Array, diagonal: Any) -> Array:
    """Energy change 2 y_i h_i - 2 w_ii of a flip, from the alignment y_i h_i before it."""
    return np.asarray(2.0 * aligned.astype(float) - 2.0 * diagonal)


def collect(entries: Entries) -> Log:
    """The entries of a log, which are numbers or arrays, end to end."""
    if not entries:
        return Log(*(np.zeros(0, kind) for kind in (int, int, int, float)))
    return Log(*(np.concatenate([np.atleast_1d(x) for x in column]) for column in zip(*entries, strict=True)))
