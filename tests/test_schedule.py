"""Who moves when: one source, and every recall follows it."""

from __future__ import annotations

from itertools import islice

import numpy as np
import pytest

from hopfield_edu import binary, dense, learning, patterns
from hopfield_edu._schedule import Schedule, visits
from hopfield_edu._types import ONE_BY_ONE, SCHEDULES


def walked(net, y, sweeps, **how):
    """The states of a recall, found by following `visits` unit by unit."""
    states, y = [y.tolist()], y.copy()
    per_sweep = 1 if how["schedule"] == "synchronous" else net.N
    for units in islice(visits(net.N, **how), sweeps * per_sweep):
        after = y.copy()
        for i in units:
            after[i] = net.update(y, i)[i]
        if (after != y).any():
            states.append(after.tolist())
        y = after
    return states


@pytest.mark.parametrize("schedule", SCHEDULES)
@pytest.mark.parametrize("seed", range(5))
def test_a_recall_follows_the_visits(schedule, seed):
    rng = np.random.default_rng(seed)
    W = rng.integers(-2, 3, (7, 7))
    y = patterns.random(1, 7, rng)[0]
    how = {"schedule": schedule, "rng": seed, "order": rng.permutation(7) if schedule == "ordered" else None}
    net = binary.Network(W)
    run = net.recall(y, **how, max_sweeps=6, record=True)
    states = walked(net, y, 6, **how)
    assert run.states.tolist() == states[: len(run.states)]
    if run.outcome != "cycle":
        assert len(states) == len(run.states)
    if schedule in ONE_BY_ONE:
        s = patterns.random(4, 7, rng)
        net = dense.Network(s, dense.power(3))
        assert net.recall(y, **how, record=True).states.tolist() == walked(net, y, 6, **how)


def test_an_order_belongs_to_ordered_only():
    with pytest.raises(ValueError, match=r'^order belongs to schedule "ordered"'):
        Schedule.of(3, "random", [0, 1, 2], 0)


@pytest.mark.parametrize("name", ["async", "sequential"])
def test_names_of_others_get_a_pointer_from_every_recall(name):
    s = patterns.random(2, 6, rng=0)
    for net in (binary.Network(learning.hebb(s)), binary.PatternNetwork(s), dense.Network(s, dense.power(2))):
        with pytest.raises(ValueError, match=rf"^schedule is {name!r}; choose one of .*; {name} is .* here$"):
            net.recall(s[0], name)
