"""The check of chapter 00, to try what a check does: from the overlap to the number of wrong cells."""

from __future__ import annotations

from typing import Any

import numpy as np

from hopfield_edu.feedback._core import FunctionCheck, Mistake


def _wrong_cells(m, N):
    share = (1 - m) / 2
    return share * N


def _overlap_trials(rng: np.random.Generator) -> list[tuple[Any, ...]]:
    """Real overlaps, 1 - 2k/N for k wrong cells: none wrong, all, half, odd numbers, one cell alone."""
    fixed = [(100, 0), (100, 9), (100, 5), (100, 50), (100, 65), (10, 10), (7, 2), (4, 1), (1, 0), (576, 31)]
    sizes = rng.integers(2, 200, size=4)
    return [
        (1 - 2 * int(k) / int(N), int(N)) for N, k in [*fixed, *((N, rng.integers(N + 1)) for N in sizes)]
    ]


wrong_cells = FunctionCheck(
    _wrong_cells,
    _overlap_trials,
    [
        Mistake(
            "a wrong cell costs twice",
            lambda m, N: (1 - m) * N,
            "Twice as many as there are. Compare m without a wrong cell and with one: a +1/N is lost, and a "
            "-1/N comes instead.",
        ),
        Mistake(
            "right cells counted",
            lambda m, N: (1 + m) / 2 * N,
            "You counted the cells that agree; the wrong ones are the others.",
        ),
        Mistake(
            "a share, not a number",
            lambda m, N: (1 - m) / 2,
            "That is the share of the cells. How many are they among N?",
        ),
        Mistake(
            "overlap taken for the share of right cells",
            lambda m, N: m * N,
            "m N is the number of right cells minus the number of wrong ones. How many are wrong?",
        ),
        Mistake(
            "the inverse taken for right",
            lambda m, N: (1 - abs(m)) / 2 * N,
            "For a negative overlap you count the cells that differ from the inverse. Leave the sign of m "
            "alone.",
        ),
        Mistake(
            "a hundred cells, whatever is given",
            lambda m, N: (1 - m) * 50,
            "That is right for 100 cells only. The number of cells is given as `N`.",
        ),
        Mistake(
            "sign of the overlap",
            lambda m, N: (m - 1) / 2 * N,
            "A number of cells is not negative: look at the order of the difference.",
        ),
        *(
            Mistake(
                f"brackets lost{where}",
                wrong,
                "Python multiplies and divides before it subtracts. What is subtracted from 1 first belongs "
                f"in brackets{and_then}.",
            )
            for where, wrong, and_then in (
                (", not halved", lambda m, N: 1 - m * N, "; and a wrong cell changes m by 2/N"),
                (", halved", lambda m, N: (1 - m * N) / 2, ""),
                (" round the difference", lambda m, N: 1 - m / 2 * N, ""),
            )
        ),
        Mistake(
            "half of the cells subtracted",
            lambda m, N: N - m / 2 * N,
            "With m = 1 nothing is wrong, but your function says that half of the cells are.",
        ),
    ],
    [
        "Let k cells be wrong. Then N - k cells bring +1/N each, and k cells bring -1/N each. What is m?",
        "So m = (N - 2k)/N. Solve this for k.",
    ],
    also=[lambda m, N: N / 2 - m * N / 2],
    praise="From the overlap alone you know how many cells are wrong.",
)
