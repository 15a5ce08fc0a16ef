"""The explorers of chapter 14: their pictures recomputed by loops, controls, captions."""

import numpy as np
import pytest

from hopfield_edu import datasets, explore
from hopfield_edu.explore import _lagrangian as lab
from hopfield_edu.explore import _occluded as hidden
from hopfield_edu.explore._base import blank_figure
from hopfield_edu.explore._svg import as_svg

FACES = datasets.portraits().reshape(3, 5, 4, 576)


def drawn(draw, size, **parameters):
    figure = blank_figure(size)
    return figure, draw(figure, **parameters)


def softmax(z):
    e = np.exp(0.1 * (z - z.max()))
    return e / e.sum()


def by_hand(seen, feedback, steps=60):
    """Pixels, three kinds of parts and nine people, by Euler's method and without the library."""
    rows = np.arange(576) // 24
    bands = [(rows < 8), (rows >= 8) & (rows < 15), (rows >= 15)]
    parts = [
        band * kind for band, kind in zip(bands, (FACES[:, 0, 0], FACES[0, :, 0], FACES[0, 0]), strict=True)
    ]
    table = [(t, e, (3 * t + k) % 4) for t in range(3) for k, e in enumerate((0, 2, 4))]
    x, p, w = seen.copy(), [np.zeros(len(kind)) for kind in parts], np.zeros(9)
    for _ in range(steps):
        g, shares, people = np.tanh(x), [softmax(part) for part in p], softmax(w)
        dx = sum(share @ kind for share, kind in zip(shares, parts, strict=True)) + 0.5 * seen - x
        dw = 40 * np.array([sum(shares[k][row[k]] for k in range(3)) for row in table]) - w
        for k, kind in enumerate(parts):
            above = [40 * sum(people[m] for m in range(9) if table[m][k] == j) for j in range(len(kind))]
            p[k] = p[k] + 0.2 / 0.3 * (kind @ g + (np.array(above) if feedback else 0) - p[k])
        x, w = x + 0.2 * dx, w + 0.2 / 0.3 * dw
    return np.concatenate([x, *p, w])


@pytest.mark.parametrize("feedback", [True, False])
def test_the_course_of_an_occluded_face(feedback):
    for who, hide in ((4, "mouth"), (9, "eyes")):
        way, energies = hidden.course(who, hide, 10, feedback, 0, 40.0, 1)
        seen = hidden.cue(who, hide, 10, 0, 1)
        assert way[-1] == pytest.approx(by_hand(seen, feedback), abs=1e-8) and len(energies) == 61
        assert (seen == 0).sum() == {"mouth": 216, "eyes": 168}[hide]


def test_with_feedback_the_mouth_comes_back_and_without_it_does_not():
    """Nine people, 10 % of the cells wrong."""
    right = {True: 0, False: 0}
    for feedback, who in np.ndindex(2, 9):
        way, _ = hidden.course(who + 1, "mouth", 10, bool(feedback), 0, 80.0, 1)
        right[bool(feedback)] += (np.sign(way[-1][:576]) == hidden.picture(who + 1, 0)).all()
    assert right[True] == 9 and right[False] <= 4


@pytest.mark.slow
def test_most_strangers_are_taken_for_a_person_if_the_weights_are_strong():
    """Person `who` with each of the mouths that are not theirs, in full view: 27 strangers."""
    taken = {}
    for weight in (10.0, 40.0, 80.0):
        taken[weight] = 0
        for who, mouth in np.ndindex(9, 4):
            if (hidden.picture(who + 1, mouth + 1) != hidden.picture(who + 1, 0)).any():
                way, _ = hidden.course(who + 1, "nothing", 0, True, mouth + 1, weight, 0)
                end = np.sign(way[-1][:576])
                taken[weight] += (hidden.memory().people == end).all(axis=1).any()
    assert taken[10.0] == 0 and 15 <= taken[40.0] <= 25 and taken[80.0] == 27
    _, said = drawn(explore.draw_occluded, (8.6, 4.4), who=4, hide="nothing", wrong=0, mouth=3)
    assert said.startswith("A stranger, person 4 with another mouth, in full view")
    _, said = drawn(explore.draw_occluded, (8.6, 4.4), who=4, hide="nothing", wrong=0, mouth=4)
    assert said.startswith("Person 4 in full view") and "every cell is right" in said  # their own is sad


def test_pictures_of_the_occluded_face():
    for size in ((8.6, 4.4), (4.4, 8.2)):
        for now in ({}, {"time": 0.0}, {"hide": "eyes", "feedback": False}, {"wrong": 40, "who": 9}):
            figure, said = drawn(explore.draw_occluded, size, **now)
            assert len(as_svg(figure)) < 100_000 and said.count(".") >= 3
            assert all(ax.alt_text for ax in figure.axes)
            assert {f"person {k}" for k in range(1, 10)} <= set(figure.targets)
    explorer = explore.occluded()
    explorer.click("person 7")
    explorer.click("part eyes")
    assert explorer.parameters["who"] == 7 and explorer.parameters["hide"] == "eyes"


@pytest.mark.slow
def test_every_pair_of_lagrangians():
    rises, away = set(), set()
    for features in lab.FEATURES:
        for memories in lab.MEMORIES:
            net = lab.network(features, memories, 3.0, 0.1)
            way = lab.follow(net, np.array([0.4, 2.0]))
            assert np.isfinite(way.energies).all()
            if way.steepest > 1e-6:
                rises.add(memories)
            else:
                assert np.diff(way.energies).max() <= 1e-3 * (1 + np.ptp(way.energies)), (features, memories)
            if way.away:
                away.add((features, memories))
    assert rises == {"falling"}
    assert away == {(f, m) for f in ("linear", "rectified") for m in ("power 3", "linear", "rectified")}


def test_the_way_is_the_flow():
    for features, memories, slow in (
        ("tanh", "softmax", 0.1),
        ("sphere", "power 3", 2.0),
        ("divisive", "tanh", 10),
    ):
        net = lab.network(features, memories, 2.0, slow)
        way = lab.follow(net, np.array([1.0, -0.5]))
        exact = net.recall(np.concatenate([[1.0, -0.5], np.zeros(3)]), float(way.times[-1])).final
        assert way.states[-1] == pytest.approx(exact, abs=0.05)


def test_pictures_of_the_laboratory():
    known = {
        ("linear", "softmax"): "model B",
        ("tanh", "power 3"): "model A",
        ("sphere", "power 3"): "model C",
    }
    for (features, memories), words in known.items():
        for size in ((8.6, 3.9), (4.4, 7.6)):
            figure, said = drawn(explore.draw_lagrangian, size, features=features, memories=memories)
            assert words in said and "never rises" in said
            assert len(as_svg(figure)) < 100_000 and all(ax.alt_text for ax in figure.axes)
    _, said = drawn(explore.draw_lagrangian, (8.6, 3.9), features="linear", memories="power 3")
    assert "run away" in said
    explorer = explore.lagrangian("sphere", "power 3")
    assert explorer.controls["beta"].layout.display == "none"
    explorer.click("place 0,6")
    assert explorer.parameters["x1"] == -2.4 and explorer.parameters["x2"] == 2.4
