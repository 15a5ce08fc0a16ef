"""Right and wrong answers to the task of chapter 00: from the overlap to the number of wrong cells."""

from __future__ import annotations

from fractions import Fraction

from answers import right, wrong


@right("wrong_cells")
def _(m, N):
    return round((N - m * N) / 2)


@right("wrong_cells")
def _(m, N):
    for k in range(N + 1):
        if abs((N - 2 * k) / N - m) < 1e-9:
            return k
    return None


@right("wrong_cells")
def _(m, N):
    return (1 - Fraction(m)) / 2 * N


@right("wrong_cells")
def _(m, N):
    return N - (1 + m) / 2 * N


@wrong("wrong_cells", "a wrong cell costs twice")
def _(m, N):
    return N - m * N


@wrong("wrong_cells", "right cells counted")
def _(m, N):
    return round(N * (m + 1) / 2)


@wrong("wrong_cells", "a share, not a number")
def _(m, N):
    return 0.5 - m / 2


@wrong("wrong_cells", "the inverse taken for right")
def _(m, N):
    if m < 0:
        m = -m
    return (1 - m) / 2 * N


@wrong("wrong_cells", "a hundred cells, whatever is given")
def _(m, N):
    return 50 - 50 * m
