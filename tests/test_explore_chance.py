"""Chance in the explorers is the chance of the library: who moves when has one source."""

import re

import numpy as np
import pytest
from matplotlib.figure import Figure

from hopfield_edu import binary, explore, learning, patterns
from hopfield_edu.explore import _energy_landscape, _networks, _walk

SEEDS = [*range(3), *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(3, 21))]
RANDOM = ("random", "random-unit")


pytestmark = pytest.mark.usefixtures("unseen")


def course(net, start, schedule, seed, steps, **how):
    """The states after 0, 1, ..., `steps` updates of `net.recall`, with plain Python."""
    run = net.recall(start, schedule, rng=seed, record=True, max_sweeps=100, **how)
    at = {int(time): state for time, state in zip(run.times, run.states, strict=True)}
    found = [at[0]]
    for time in range(1, steps + 1):
        found.append(at.get(time, found[-1]))
    return found


def names(states):
    return ", ".join(map(_walk.name, states))


@pytest.mark.parametrize("schedule", RANDOM)
@pytest.mark.parametrize("seed", SEEDS)
def test_a_walk_is_a_recall(schedule, seed):
    for N in (2, 3, 4):
        W = np.random.default_rng(seed).integers(-2, 3, (N, N))
        net, start = binary.Network(W), patterns.random(1, N, seed)[0]
        for ties in ("keep", 1, -1):
            walked = _walk.walk(net, start, schedule, 24, ties, seed).states
            assert walked.tolist() == np.array(course(net, start, schedule, seed, 24, ties=ties)).tolist()


@pytest.mark.parametrize("seed", SEEDS)
def test_schedules_shows_the_random_recall(seed):
    for network in ("three rivals", "random, symmetric"):
        figure = Figure((8.6, 3.6))
        explore.draw_schedules(figure, network, rng=seed)
        (told,) = re.findall(r"Random: States visited: ([+−, ]+)", figure.axes[1].alt_text)
        net = _networks.build(network, 3, seed)
        assert told == names(course(net, [-1, -1, -1], "random", seed, 18))


@pytest.mark.parametrize("schedule", RANDOM)
@pytest.mark.parametrize("seed", SEEDS)
def test_two_units_takes_the_steps_of_the_recall(schedule, seed):
    figure = Figure((5.7, 4.3))
    explore.draw_two_units(figure, w12=-1, w21=-1, schedule=schedule, start="++", steps=8, rng=seed)
    net = binary.Network([[0, -1], [-1, 0]])
    told = names(course(net, [1, 1], schedule, seed, 8))
    assert figure.axes[2].alt_text == f"States visited: {told}."


@pytest.mark.parametrize("schedule", RANDOM)
@pytest.mark.parametrize("seed", SEEDS)
def test_the_ball_rolls_as_the_recall_does(schedule, seed):
    figure = Figure((5.9, 5.0))
    explore.draw_energy_landscape(figure, schedule=schedule, steps=10, rng=seed)
    net = _energy_landscape.build("random weights and bias", 4, 0, 0)
    E = net.energy(course(net, [-1] * 4, schedule, seed, 10))
    told = ", ".join(f"{e:g}".replace("-", "−") for e in E)
    assert f"Energies so far: {told}." in figure.axes[0].alt_text


@pytest.mark.parametrize("schedule", RANDOM)
@pytest.mark.parametrize("seed", SEEDS)
def test_one_pattern_recalls_as_the_library_does(schedule, seed):
    figure = Figure((8.6, 3.9))
    explore.draw_one_pattern(figure, "random, no. 1", 8, 4, schedule, rng=seed)
    s = patterns.random(1, 8, 1)[0]
    cue = patterns.flip(s, 4, rng=seed)
    end = binary.Network(learning.hebb(s)).recall(cue, schedule, rng=seed).final
    shown = [image.get_array().ravel().tolist() for image in figure.axes[0].images]
    assert shown == [s.tolist(), cue.tolist(), end.tolist()]


@pytest.mark.parametrize("schedule", RANDOM)
@pytest.mark.parametrize("seed", SEEDS)
def test_the_painter_recalls_as_the_library_does(schedule, seed):
    painter = explore.painter(schedule=schedule, rng=seed)
    cue, memories = painter.sheet.picture.ravel(), list(painter.memories.values())
    painter.recall(animate=False)
    way = binary.Network(learning.hebb(memories)).recall(cue, schedule, rng=seed, record=True)
    assert painter.trajectory.states.tolist() == way.states.tolist()
    assert painter.trajectory.times.tolist() == way.times.tolist()
