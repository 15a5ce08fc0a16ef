"""The fast kernels behind `binary.Network.recall`: same flips, in the same order, as the textbook loop.

The textbook loop computes sum_j w_ij y_j anew for every unit it visits. Here the fields h = W y of all units
are kept and corrected when a unit flips, and a sweep jumps from one unit that disagrees with its field to the
next. Many cues advance together, row by row of y (B, N) and h (B, N); rows that have settled drop out.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from hopfield_edu._schedule import Schedule

Array = NDArray[Any]
BLOCK, STRETCH = 128, 64  # units handled together; measured at N = 1000


class Outer:
    """S'S minus `removed` on the diagonal, as far as the kernels use it, without the (N, N) array."""

    __array_ufunc__ = None  # so that `y @ outer` comes here

    def __init__(self, patterns: Array, removed: int):
        self.dtype = np.dtype(np.float32 if 3 * patterns.size < 2**24 else float)
        self.S, self.removed = patterns.astype(self.dtype), self.dtype.type(removed)

    def renumbered(self, order: Array) -> Outer:
        return Outer(self.S[:, order], int(self.removed))

    def __rmatmul__(self, y: Array) -> Array:
        return (y @ self.S.T) @ self.S - self.removed * y

    def __getitem__(self, at: Any) -> Array:
        rows, columns = at if isinstance(at, tuple) else (at, slice(None))
        if isinstance(rows, slice) and not isinstance(columns, slice):  # W is symmetric
            rows, columns = columns, rows
        units = np.arange(self.S.shape[1])
        i, j = units[rows], units[columns]
        if not isinstance(columns, slice):  # w_ij for given pairs
            return (self.S[:, i] * self.S[:, j]).sum(axis=0) - self.removed * (i == j)
        block = self.S[:, rows].T @ self.S[:, columns]
        k, i = np.arange(i.size), np.ravel(i) - j[0]
        inside = (0 <= i) & (i < j.size)
        block.reshape(-1, j.size)[k[inside], i[inside]] -= self.removed  # the diagonal
        return block


class Log(NamedTuple):
    """Every flip of every row, in order: row, unit updates done so far, unit, change of the energy
    (of symmetric weights; NaN where several units moved at once)."""

    rows: Array
    times: Array
    units: Array
    changes: Array

    def by_row(self, B: int) -> list[Log]:
        """The log of each of B rows."""
        keys = self.rows.astype(np.min_scalar_type(B))  # short numbers are sorted much faster
        order = np.argsort(keys, kind="stable")
        columns = [column[order] for column in self]
        cuts = np.searchsorted(columns[0], np.arange(B + 1)).tolist()
        return [Log(*(column[k:end] for column in columns)) for k, end in pairwise(cuts)]


class Run(NamedTuple):
    final: Array
    outcome: Array
    length: Array
    sweeps: Array
    flips: Array
    energy: Array
    log: Log


def wants_flip(h: Array, y: Array, ties: Any) -> Array:
    """Where an update would change a unit: sgn(h) != y, with sgn(0) decided by `ties`."""
    against = h * y < 0
    return against if ties == "keep" else against | ((h == 0) & (y != ties))


def run(
    Wt: Array,
    b: Array,
    cue: Array,
    schedule: Schedule,
    ties: Any,
    max_sweeps: int,
    record: bool,
    cycles: bool,
) -> Run:
    """Recall every row of `cue`: sweep after sweep until a row settles or its cycle closes.

    `cycles` says whether to look for them; it is a waste of time where a fixed point is certain.
    """
    if (order := schedule.order) is not None:  # number the units as they are updated
        W = Wt.renumbered(order) if isinstance(Wt, Outer) else Wt[np.ix_(order, order)]
        renumbered = W, b[order], cue[:, order]
        done = run(*renumbered, Schedule("ordered", schedule.N), ties, max_sweeps, record, cycles)
        log = done.log._replace(units=order[done.log.units])
        return done._replace(final=done.final[:, np.argsort(order)], log=log)
    if isinstance(Wt, Outer) and schedule.kind == "ordered" and not cycles:
        return _by_overlaps(Wt, cue, ties, max_sweeps, record)
    B, N = cue.shape
    outcome, length = np.full(B, "step limit", "<U11"), np.zeros(B, int)
    sweeps, flips, energy = np.zeros(B, int), np.zeros(B, int), np.zeros(B)
    final, entries = np.empty_like(cue), ([] if record else None)
    rows, (y, h) = np.arange(B), np.empty((2, B, N), Wt.dtype)  # one array: from 4 MiB on it has large pages
    y[:], done = cue, 0
    if schedule.kind == "ordered" and B >= 32 and B * N >= 2**15:
        flips = _blocks(Wt, b, y, h, ties, entries)
        sweeps[flips > 0] = done = 1
    else:
        _fields(Wt, b, y, h)
    cycles = cycles and schedule.repeats
    landmark, age, lifetime = (y.copy() if cycles else y[:, :0]), 0, 1 + done

    def leave(gone: Array, verdict: str, period: int) -> None:
        nonlocal rows, y, h, landmark
        at = rows[gone]
        final[at], outcome[at], length[at] = y[gone], verdict, period
        energy[at] = 0 - np.einsum("bi,bi->b", y[gone], h[gone] + b, dtype=float) / 2
        rows, y, h, landmark = rows[~gone], y[~gone], h[~gone], landmark[~gone]

    while rows.size:
        settled = ~wants_flip(h, y, ties).any(axis=1)
        many = 4 * settled.sum() > rows.size  # to take out a few would cost more than to take them along
        if many or (settled.any() and (cycles or done == max_sweeps)):
            leave(settled, "fixed point", 1)
        if done == max_sweeps or rows.size == 0:
            break
        moved = _sweep(Wt, b, y, h, schedule, ties, rows, done, entries)
        done, age = done + 1, age + 1
        flips[rows] += moved
        sweeps[rows[moved > 0]] = done
        if Wt.dtype == float:  # the corrections to h are rounded: start every sweep from fresh fields
            _fields(Wt, b, y, h)
        if cycles:  # Brent: a landmark that is met again tells the length of the cycle
            closed = (y == landmark).all(axis=1)
            if closed.any():
                leave(closed, "cycle", age)
            if age == lifetime:
                landmark, age, lifetime = y.copy(), 0, 2 * lifetime
    if rows.size:
        sweeps[rows] = max_sweeps
        leave(np.ones(rows.size, bool), "step limit", 0)
    return Run(final, outcome, length, sweeps, flips, energy, _collect(entries))


def _sweep(
    Wt: Array, b: Array, y: Array, h: Array, schedule: Schedule, ties: Any, rows: Array, done: int,
    entries: list[tuple[Any, ...]] | None,
) -> Array:  # fmt: skip
    """One sweep of the live rows, which changes y and h in place; the number of flips of each row."""
    if schedule.kind == "synchronous":
        return _synchronous(Wt, b, y, h, ties, rows, done, entries)
    drawn = schedule.draw(rows) if schedule.draw else None
    time = done * y.shape[1]
    if len(y) == 1:
        return _one(Wt, y[0], h[0], drawn, ties, rows[0], time, entries)
    return _events(Wt, y, h, drawn, ties, rows, time, entries)


def _synchronous(Wt, b, y, h, ties, rows, done, entries):
    """All units at once."""
    bad = wants_flip(h, y, ties)
    if entries is not None:
        r, i = np.nonzero(bad)
        entries.append((rows[r], np.full(r.size, done + 1), i, np.full(r.size, np.nan)))
    np.negative(y, out=y, where=bad)
    np.add(y @ Wt, b, out=h)
    return bad.sum(axis=1)


def _one(Wt, y, h, drawn, ties, row, time, entries):
    """A single row: look for the next unit in the order that disagrees, flip it, correct the fields."""
    when, units, aligned, start = [], [], [], 0
    h /= 2  # half the fields change by W_i y_i, without a product
    while True:
        bad = wants_flip(h, y, ties)
        ahead = bad[start:] if drawn is None else bad[drawn[0, start:]]
        k = start + ahead.tobytes().find(1)  # the first True
        if k < start:
            break
        i, start = (k if drawn is None else drawn[0, k]), k + 1
        when.append(start)
        units.append(i)
        if y[i] > 0:
            aligned.append(h[i])
            y[i] = -1
            h -= Wt[i]
        else:
            aligned.append(-h[i])
            y[i] = 1
            h += Wt[i]
    h *= 2
    if units and entries is not None:
        i = np.array(units)
        gain = _change(2 * np.array(aligned), Wt[i, i])
        entries.append((np.full(i.size, row), time + np.array(when), i, gain))
    return np.array([len(units)])


def _events(Wt, y, h, drawn, ties, rows, time, entries):
    """Many rows, each jumping to its own next unit that disagrees, a stretch of the order at a time."""
    B, N = y.shape
    flips = np.zeros(B, int)
    for s in range(0, N, STRETCH):
        part = slice(s, s + STRETCH)
        if drawn is None:
            live = np.flatnonzero(wants_flip(h[:, part], y[:, part], ties).any(axis=1))
        else:
            live = np.arange(B)
        start = np.zeros(live.size, int)
        while live.size:
            at = (live, part) if drawn is None else (live[:, None], drawn[live, part])
            going, k = _next(h[at], y[at], ties, start)
            live, start = live[going], k + 1
            i = s + k if drawn is None else drawn[live, s + k]
            if entries is not None:
                change = _change(y[live, i] * h[live, i], Wt[i, i])
                entries.append((rows[live], time + s + start, i, change))
            y[live, i] *= -1
            step = Wt[i]
            step *= 2 * y[live, i, None]
            h[live] += step
            flips[live] += 1
    return flips


def _next(h, y, ties, start):
    """Which rows have a unit that disagrees with its field, from `start` on, and the first one of each."""
    bad = wants_flip(h, y, ties)
    bad &= np.arange(bad.shape[1]) >= start[:, None]
    k = bad.argmax(axis=1)
    going = bad[np.arange(k.size), k]
    return going, k[going]


def _blocks(Wt, b, y, h, ties, entries):
    """The first ordered sweep of many rows by matrix products: the fields of a block of units at once, with
    what the blocks before it have changed. Fills h; returns the flips."""
    Y, flips = h.reshape(y.shape[::-1]), np.zeros(len(y), int)  # until they are computed, h is room for y'
    Y[:] = y.T
    for s in range(0, len(Y), BLOCK):
        block = slice(s, s + BLOCK)
        fields, w = Wt[:, block].T @ Y, Wt[block, block]
        fields += b[block, None]
        change = _each_unit(fields, Y[block], w, ties)
        flips += np.count_nonzero(change, axis=0)
        if entries is not None:
            j, r = np.nonzero(change)
            gain = _change(Y[block][j, r] * fields[j, r], w[j, j])
            entries.append((r, s + j + 1, s + j, gain))
        Y[block] += change
    y[:] = Y.T
    _fields(Wt, b, y, h)
    return flips


def _by_overlaps(outer, cue, ties, max_sweeps, record):
    """Ordered recall without W: of the fields only those of the next units are made, from the overlaps
    m = S y. A row has settled when a sweep has left it alone."""
    S, removed, (B, N) = outer.S, outer.removed, cue.shape
    y, entries = cue.astype(outer.dtype), ([] if record else None)
    rows, m, diagonal = np.arange(B), y @ S.T, len(S) - removed
    sweeps, flips = np.zeros(B, int), np.zeros(B, int)
    for done in range(max_sweeps):
        many = done == 0 and B >= 32  # rows, and flips in each: unit by unit all rows at once
        now, moved, size = m[rows], np.zeros(rows.size, int), STRETCH if many else BLOCK
        for s in range(0, N, size):
            part = slice(s, s + size)
            before = y[rows, part]
            fields = now @ S[:, part]
            fields -= removed * before
            if many:
                Y, fields = np.ascontiguousarray(before.T), np.ascontiguousarray(fields.T)
                change = _each_unit(fields, Y, outer[part, part], ties).T
                fields = fields.T
            else:
                change = _jumps(fields, before, outer[part, part], ties)
            if entries is not None:
                r, k = np.nonzero(change)
                gain = _change(before[r, k] * fields[r, k], diagonal)
                entries.append((rows[r], done * N + s + k + 1, s + k, gain))
            moved += np.count_nonzero(change, axis=1)
            y[rows, part] = before + change
            now += change @ S[:, part].T
        m[rows], flips[rows] = now, flips[rows] + moved
        rows = rows[moved > 0]
        sweeps[rows] = done + 1
        if rows.size == 0:
            break
    unsettled = wants_flip(m[rows] @ S - removed * y[rows], y[rows], ties).any(axis=1)
    outcome = np.full(B, "fixed point", "<U11")
    outcome[rows[unsettled]] = "step limit"
    energy = 0 - ((m.astype(float) ** 2).sum(axis=1) - float(removed) * N) / 2
    length = (outcome == "fixed point").astype(int)
    return Run(y.astype(int), outcome, length, sweeps, flips, energy, _collect(entries))


def _each_unit(fields, before, w, ties):
    """One unit after the other, all rows at once; arrays (units, rows). The fields become those that each
    unit has found, `w[i, j]` is the weight from unit i to unit j."""
    twice, change = -2 * before, np.empty_like(before)
    for j, field in enumerate(fields):
        field += w[:j, j] @ change[:j]
        np.multiply(twice[j], wants_flip(field, before[j], ties), out=change[j])
    return change


def _jumps(fields, before, w, ties):
    """Each row jumps to its next unit that disagrees; arrays (rows, units). The fields of the units that
    flip become those that they have found."""
    change = np.zeros_like(before)
    live = np.flatnonzero(wants_flip(fields, before, ties).any(axis=1))
    h, start = fields[live], np.zeros(live.size, int)
    while live.size:
        going, k = _next(h, before[live], ties, start)
        live, h, start = live[going], h[going], k + 1
        fields[live, k] = h[np.arange(k.size), k]
        change[live, k] = -2 * before[live, k]
        h += w[k] * change[live, k, None]
    return change


def _fields(Wt: Array, b: Array, y: Array, h: Array) -> None:
    """h = W y + b of every row."""
    if isinstance(Wt, Outer):
        h[:] = y @ Wt
    else:
        np.matmul(y, Wt, out=h)
    h += b


def _change(aligned: Array, diagonal: Array) -> Array:
    """Energy change 2 y_i h_i - 2 w_ii of a flip, from the alignment y_i h_i before it."""
    return 2.0 * aligned.astype(float) - 2.0 * diagonal


def _collect(entries: list[tuple[Any, ...]] | None) -> Log:
    """The entries of a log, which are numbers or arrays, end to end."""
    if not entries:
        return Log(*(np.zeros(0, kind) for kind in (int, int, int, float)))
    return Log(*(np.concatenate([np.atleast_1d(x) for x in column]) for column in zip(*entries, strict=True)))
