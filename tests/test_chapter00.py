"""What chapter 00 says about its recalls, over other draws than those shown."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from hopfield_edu import binary, learning, patterns

MEMORIES = np.array([patterns.named(name) for name in ("heart", "house", "note")])
NET = binary.Network(learning.hebb(MEMORIES), scale=1 / 100)


def recalled(wrong: int, rng: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Overlaps of 500 cues of the heart, and of where they end, with the three memories."""
    cues = patterns.flip(np.tile(MEMORIES[0], (500, 1)), wrong, rng=rng)
    final = NET.recall(cues, "random", rng=rng).final
    return patterns.overlap(cues, MEMORIES), patterns.overlap(final, MEMORIES)


@pytest.mark.parametrize("rng", [1, 2, 3])
def test_half_wrong_falls_to_the_memory_that_the_cue_resembles_by_chance(rng: int) -> None:
    cue, end = recalled(50, rng)
    assert (cue[:, 0] == 0).all()
    to_other = (np.abs(end[:, 1:]) == 1).any(axis=1)
    nearer = 1 + np.abs(cue[:, 1:]).argmax(axis=1)
    to_nearer = np.abs(end[np.arange(500), nearer]) == 1
    assert to_other.mean() > 0.8
    assert to_nearer.mean() > 0.7
    assert (np.abs(end[:, 0]) == 1).mean() < 0.06


@pytest.mark.parametrize(("wrong", "most"), [(40, 1), (60, -1)])
def test_beside_one_half_the_heart_or_its_inverse_prevails(wrong: int, most: int) -> None:
    _, end = recalled(wrong, 4)
    assert 0.6 < (end[:, 0] == most).mean() < 0.85


def test_house_and_note_agree_with_the_heart_in_58_and_36_cells() -> None:
    assert [int((MEMORIES[0] == other).sum()) for other in MEMORIES[1:]] == [58, 36]
