"""Exact cover: choose rows so that every column is covered just once (Knuth's algorithm X, with sets)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence


def covers(rows: Sequence[Sequence[int]], columns: int, limit: int = 1_000_000) -> Iterator[list[int]]:
    """All exact covers, each as a list of rows; the column with fewest rows left is covered first.

    Raises ValueError after `limit` choices.
    """
    left: dict[int, set[int]] = {c: set() for c in range(columns)}
    for r, members in enumerate(rows):
        for c in members:
            left[c].add(r)
    spent = 0

    def search(chosen: list[int]) -> Iterator[list[int]]:
        nonlocal spent
        if not left:
            yield list(chosen)
            return
        spent += 1
        if spent > limit:
            raise ValueError(f"rows: the search was given up after {limit} choices")
        column = min(left, key=lambda c: (len(left[c]), c))
        for r in sorted(left[column]):
            removed = _choose(left, rows, r)
            yield from search([*chosen, r])
            _take_back(left, rows, r, removed)

    yield from search([])


def _choose(left: dict[int, set[int]], rows: Sequence[Sequence[int]], r: int) -> list[set[int]]:
    """Take row r: its columns go, and with them all rows that share one."""
    removed = []
    for c in rows[r]:
        for other in left[c]:
            for d in rows[other]:
                if d != c:
                    left[d].discard(other)
        removed.append(left.pop(c))
    return removed


def _take_back(
    left: dict[int, set[int]], rows: Sequence[Sequence[int]], r: int, removed: list[set[int]]
) -> None:
    for c in reversed(rows[r]):
        left[c] = removed.pop()
        for other in left[c]:
            for d in rows[other]:
                if d != c:
                    left[d].add(other)
