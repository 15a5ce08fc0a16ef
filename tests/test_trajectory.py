"""Trajectories: one state, a batch, its rows, and the recorded way."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from hopfield_edu import binary, learning, patterns

FOUR_CYCLE = binary.Network([[0, -1], [1, 0]])  # Wiskott fig. 1.3, network 1


@pytest.fixture
def batch():
    s = patterns.random(3, 30, rng=0)
    return binary.Network(learning.hebb(s)).recall(patterns.flip(s, 9, rng=1), record=True)


def test_a_recorded_way_by_hand():
    run = FOUR_CYCLE.recall([-1, -1], max_sweeps=2, record=True)  # -- +- ++ -+ --, a change at each update
    assert run.states.tolist() == [[-1, -1], [1, -1], [1, 1], [-1, 1], [-1, -1]]
    assert run.times.tolist() == [0, 1, 2, 3, 4]
    assert [units.tolist() for units in run.units] == [[0], [1], [0], [1]]
    assert run.flips == 4 and run.sweeps == 2
    together = binary.Network([[0, -1], [-1, 0]]).recall([1, 1], "synchronous", record=True)
    assert [units.tolist() for units in together.units] == [[0, 1]] * len(together.units)
    assert (together.outcome, together.cycle_length) == ("cycle", 2)


def test_rows_of_a_batch(batch):
    assert len(batch) == 3
    for b, row in enumerate(batch):
        assert row.initial.tolist() == batch.initial[b].tolist() == row.states[0].tolist()
        assert row.final.tolist() == batch.final[b].tolist() == row.states[-1].tolist()
        assert (row.sweeps, row.flips) == (batch.sweeps[b], batch.flips[b])
        assert (
            isinstance(row.outcome, str) and isinstance(row.converged, bool) and isinstance(row.sweeps, int)
        )
    assert batch[-1].final.tolist() == batch[2].final.tolist() == batch[np.int64(2)].final.tolist()
    assert batch.converged.tolist() == [row.converged for row in batch]


def test_the_record_is_consistent(batch):
    for row in batch:
        T = len(row.units)
        assert row.states.shape == (T + 1, 30) and row.times.shape == row.energies.shape == (T + 1,)
        assert row.times[0] == 0 and (np.diff(row.times) > 0).all()
        for k, units in enumerate(row.units):
            assert np.flatnonzero(row.states[k] != row.states[k + 1]).tolist() == units.tolist()
        assert row.flips == sum(map(len, row.units))


def test_a_cue_that_rests_has_a_record_of_one_state():
    run = FOUR_CYCLE.recall([1, 1], "random", rng=0, max_sweeps=1)
    rests = binary.Network([[0, 1], [1, 0]]).recall([1, 1], record=True)
    assert run.outcome == "step limit"
    assert (rests.sweeps, rests.flips, rests.outcome) == (0, 0, "fixed point")
    assert rests.states.tolist() == [[1, 1]] and rests.times.tolist() == [0] and rests.units == []
    assert rests.energies.tolist() == [-1.0]


def test_overlaps(batch):
    s = patterns.random(3, 30, rng=0)
    m = batch[0].overlaps(s)
    assert m.shape == (len(batch[0].states), 3)
    assert m[0, 0] == (30 - 2 * 9) / 30 and m[-1, 0] == patterns.overlap(batch[0].final, s[0])
    assert batch[0].overlaps(s[0]).shape == (len(batch[0].states), 1)


def test_a_trajectory_is_frozen(batch):
    with pytest.raises(dataclasses.FrozenInstanceError):
        batch.final = None


def test_what_it_says(batch):
    assert repr(batch) == "Trajectory of 3 states: 3 fixed point"
    assert repr(FOUR_CYCLE.recall([1, 1])) == "Trajectory: cycle of length 2; sweeps: 3, flips: 6"
    assert repr(batch[0]).startswith("Trajectory: fixed point; sweeps: ")
