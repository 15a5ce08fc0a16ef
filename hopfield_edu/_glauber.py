"""The sweeps behind `thermal.Network.recall`: the binary network's, with a random threshold at every visit.

A unit becomes +1 with the chance 1 / (1 + exp(-2h/T)). Drawing a uniform u and comparing it with this chance
is the same as comparing the field with a threshold:

    y_i <- +1 if h_i > T/2 log(u / (1 - u)), else -1

So a sweep at a temperature is a sweep of `_sweeps`, with h minus the threshold in place of h. With weights of
whole numbers only the side of a threshold matters on which a whole number lies: it is moved to the middle
between two of them, and every comparison is exact.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from hopfield_edu import _sweeps
from hopfield_edu._exact import LIMIT, Products
from hopfield_edu._schedule import Schedule
from hopfield_edu._sweeps import Entries, Run
from hopfield_edu._types import Array

FEW = 8  # rows, for which single flips are faster than blocks of units
MANY = 2**15  # units of all rows, from which on stretches are faster than single flips
AHEAD = 2**16  # thresholds drawn at a time: one by one, a few units cost as much as a hundred
STRETCH, TOGETHER = 48, 256  # visits and rows handled together; measured at N = 1000


def run(
    w: Products,
    cue: Array,
    schedule: Schedule,
    coins: list[np.random.Generator],
    heat: Array,
    keep: bool,
    record: bool,
) -> Run:
    """A sweep of every row of `cue` at each temperature of `heat`, given in the units of the fields of `w`.

    `keep` says that a tie at temperature zero keeps its value; otherwise it is a coin.
    """
    if (order := schedule.order) is not None:  # number the units as they are updated
        plain = Schedule("ordered", schedule.N)
        came = run(w.renumbered(order), cue[:, order], plain, coins, heat, keep, record)
        log = came.log._replace(units=order[came.log.units])
        return came._replace(final=came.final[:, np.argsort(order)], log=log)
    B, N = cue.shape
    entries: Entries = [] if record else None
    y, h = np.empty((2, B, N), w.dtype)
    y[:], flips, sweeps = cue, np.zeros(B, int), np.zeros(B, int)
    stale, moved, cold = True, flips, heat.size - np.trim_zeros(heat[::-1], "f").size
    for done, bars in enumerate(thresholds(w, coins, N, heat, keep)):
        if done >= heat.size - cold and not moved.any():
            stale = _refresh(w, y, h)
            if _settled(h, y, keep).all():
                break
        if schedule.kind == "ordered" and B >= FEW:
            moved, stale = _blocks(w, y, bars, done * N, entries), True
        else:
            if stale or w.dtype == float:  # corrections to real numbers are rounded
                stale = _refresh(w, y, h)
            moved = _one_by_one(w, y, h, schedule, bars, done, entries)
        flips += moved
        sweeps[moved > 0] = done + 1
    _refresh(w, y, h)
    rests = _settled(h, y, keep) & (heat[-1] == 0)
    sweeps[~rests] = heat.size
    energy = 0 - np.einsum("bi,bi->b", y, h + w.b, dtype=float) / 2
    outcome = np.where(rests, "fixed point", "step limit")
    log = _sweeps.collect(entries)
    return Run(y.astype(int), outcome, rests.astype(int), sweeps, flips, energy, log)


def thresholds(
    w: Products, coins: list[np.random.Generator], N: int, heat: Array, keep: bool
) -> Iterator[Array]:
    """T/2 log(u / (1 - u)) for the N visits of every sweep, in every row from its own stream: (rows, N).

    At T = 0 they are nothing, of a random sign: a coin for ties; or just zero if ties keep.
    """
    tossed: Iterator[Array] = iter(())
    ahead = int((heat > 0).sum()) if keep else len(heat)  # sweeps that need coins
    for T in heat:
        if T == 0 and keep:
            yield np.zeros((len(coins), N), w.dtype)
            continue
        if (logs := next(tossed, None)) is None:
            several = min(ahead, max(1, AHEAD // (len(coins) * N)))
            ahead -= several
            drawn = np.array([stream.logistic(size=(several, N)) for stream in coins])  # log(u / (1 - u))
            tossed = iter(drawn.swapaxes(0, 1))
            logs = next(tossed)
        yield _bars(w, logs, T)


def _bars(w: Products, logs: Array, T: float) -> Array:
    """The thresholds at a temperature, as exact as the fields are."""
    with np.errstate(over="ignore"):
        bars = T / 2 * logs if T else np.copysign(1e-300, logs)
    if w.dtype == float:
        return np.asarray(bars)
    return (np.floor(bars) + 0.5).clip(-LIMIT / 2, LIMIT / 2).astype(w.dtype)


def _refresh(w: Products, y: Array, h: Array) -> bool:
    """h = W y + b of every row; h is no longer stale."""
    w.product(y, out=h)
    h += w.b
    return False


def _settled(h: Array, y: Array, keep: bool) -> Array:
    """Which rows no update at temperature zero would change."""
    return np.asarray((h * y >= 0 if keep else h * y > 0).all(axis=1))


def _blocks(w: Products, y: Array, bars: Array, time: int, entries: Entries) -> Array:
    """An ordered sweep of many rows by matrix products: of the fields of a block of units at once."""
    rows, start = np.arange(len(y)), y.copy()
    for s in range(0, y.shape[1], _sweeps.BLOCK):
        block = slice(s, s + _sweeps.BLOCK)
        found, before, bar = w.fields(block, y), y[:, block], bars[:, block]
        found += w.b[block] - bar
        within = np.triu(w.block(block), 1)
        after = _sweeps.in_turn(found, before, within, _sweeps.tie_of(before, "keep"))
        if entries is not None:
            _sweeps.note(entries, before, found + bar, after, w.diagonal[block], (rows, time, s))
        y[:, block] = after
    return np.asarray((y != start).sum(axis=1))


def _one_by_one(
    w: Products, y: Array, h: Array, schedule: Schedule, bars: Array, done: int, entries: Entries
) -> Array:
    """A sweep in which every row jumps to its next unit that disagrees; or all units at once."""
    rows = np.arange(len(y))
    if schedule.kind != "synchronous":
        drawn, time = schedule.draw(rows) if schedule.draw else None, done * y.shape[1]
        if len(y) == 1:
            visits = np.arange(y.size)[None] if drawn is None else drawn
            return _sweeps._one(w, y[0], h[0], visits, "keep", 0, time, entries, bars[0])
        if drawn is not None and schedule.kind == "random" and y.size >= MANY and w.dtype != float:
            return _stretches(w, y, h, drawn, bars, time, entries)
        return _sweeps._events(w, y, h, drawn, "keep", rows, time, entries, bars)
    bad = (h - bars) * y < 0
    if entries is not None:
        r, i = np.nonzero(bad)
        entries.append((r, np.full(r.size, done + 1), i, np.full(r.size, np.nan)))
    np.negative(y, out=y, where=bad)
    _refresh(w, y, h)
    return np.asarray(bad.sum(axis=1))


def _stretches(
    w: Products, y: Array, h: Array, drawn: Array, bars: Array, time: int, entries: Entries
) -> Array:
    """A sweep of many rows, to each its own order, a stretch of visits at a time. Whole numbers only."""
    from scipy.sparse import csr_array

    W, flips = np.ascontiguousarray(w.matrix()), np.zeros(len(y), int)
    for first in range(0, len(y), TOGETHER):
        rows = slice(first, first + TOGETHER)
        Y, H = y[rows], h[rows]  # views
        for s in range(0, y.shape[1], STRETCH):
            part = slice(s, s + STRETCH)
            units = drawn[rows, part]
            r, k, fields = _in_order(W, Y, H, units, bars[rows, part])
            i = units[r, k]
            before, count = Y[r, i], np.bincount(r, minlength=len(Y))
            if entries is not None:
                change = _sweeps._change(before * fields[r, k], w.diagonal[i])
                entries.append((first + r, time + s + k + 1, i, change))
            Y[r, i] = -before
            H += csr_array((-2 * before, i, np.append(0, np.cumsum(count))), shape=Y.shape) @ W
            flips[rows] += count
    return flips


def _in_order(W: Array, Y: Array, H: Array, units: Array, bars: Array) -> tuple[Array, Array, Array]:
    """Which visits (row, number) of a stretch end in a flip, and the fields that all of them find.

    Guess that no flip is felt by a later visit, correct the fields of later visits by what was guessed, and
    guess again. A visit is right once those before it are, so the guesses end, and after two or three rounds.
    """
    from scipy.sparse import csr_array

    (B, N), K = Y.shape, units.shape[1]
    at = units + N * np.arange(B)[:, None]
    fields, before = H.take(at), Y.take(at)
    flip = np.zeros((B, K), bool)
    while True:
        new = (fields - bars) * before < 0
        wrong = np.flatnonzero(new != flip)
        if not wrong.size:
            return *np.divmod(np.flatnonzero(flip), K), fields
        flip = new
        r, k = np.divmod(wrong, K)
        at = units.take(r, axis=0)
        at += N * units[r, k][:, None]
        felt = W.take(at)  # by every visit of the same stretch and row
        felt *= np.arange(K) > k[:, None]
        sent = np.where(flip[r, k], -2, 2).astype(W.dtype) * before[r, k]
        ends = np.append(0, np.cumsum(np.bincount(r, minlength=B)))
        fields += csr_array((sent, np.arange(r.size), ends), shape=(B, r.size)) @ felt
