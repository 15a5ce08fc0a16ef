"""Pictures of graded units: what is drawn, what is said about it, what is refused."""

from __future__ import annotations

import doctest

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.figure import Figure

from hopfield_edu import graded, plots
from hopfield_edu.plots import _phase

FLIP_FLOP = graded.Network([[0, -1], [-1, 0]], [0.5, 0.5], graded.logistic(8))
THREE = graded.Network(np.zeros((3, 3)))

EVERY = {
    "gain_curve": lambda ax: plots.gain_curve([graded.tanh(1), graded.tanh(4)], ax=ax),
    "phase_portrait": lambda ax: plots.phase_portrait(FLIP_FLOP, ax=ax),
    "energy_contours": lambda ax: plots.energy_contours(FLIP_FLOP, starts=[[0.2, 0.1]], ax=ax),
    "branches": lambda ax: plots.branches([8], [graded.crossings(FLIP_FLOP)], ax=ax),
}


def drawn(ax, gid):
    """The points of the line with this id, one per row."""
    (line,) = [line for line in ax.lines if line.get_gid() == gid]
    return line.get_xydata()


@pytest.mark.parametrize("draw", EVERY.values(), ids=EVERY)
def test_axes_are_reused_described_and_pyplot_is_left_alone(draw):
    before = plt.get_fignums()
    given = Figure().add_subplot()
    assert draw(given) is given
    made = draw(None)
    assert made.alt_text == given.alt_text and made.alt_text.endswith(".") and "-" not in made.alt_text
    assert plt.get_fignums() == before
    assert plots.png(draw(None).figure) == plots.png(draw(None).figure)
    with pytest.raises(TypeError, match="ax is Figure"):
        draw(Figure())


def test_the_portrait_of_the_flip_flop():
    ax = plots.phase_portrait(FLIP_FLOP, starts=[[0.3, 0.22], [0.1, 0.9]])
    stable, unstable = drawn(ax, "stable"), drawn(ax, "unstable")
    assert stable.round(2).tolist() == [[0.02, 0.98], [0.98, 0.02]] and unstable.round(9).tolist() == [
        [0.5, 0.5]
    ]
    paths = drawn(ax, "trajectories")
    assert paths[0] == pytest.approx([0.3, 0.22])
    ends = paths[np.flatnonzero(np.isnan(paths[:, 0])) - 1]
    assert ends == pytest.approx(stable[::-1], abs=1e-3)
    for k, curve in ((0, drawn(ax, "nullcline 1")), (1, drawn(ax, "nullcline 2"))):
        V = curve[((curve > 1e-6) & (curve < 1 - 1e-6)).all(axis=1)]
        speed = FLIP_FLOP.velocity(FLIP_FLOP.gain.inverse(V))
        assert np.abs(speed[:, k]).max() < 1e-6
    assert "2 trajectories" in ax.alt_text


def test_the_stars_lie_at_the_bottom():
    """The lowest energies of a fine grid are not below the fixed points, and lie next to them."""
    axis = np.linspace(0, 1, 301)
    V = np.array([(a, b) for a in axis for b in axis])
    E = FLIP_FLOP.energy_of_output(V)
    lowest = min(FLIP_FLOP.energy(p.x) for p in graded.crossings(FLIP_FLOP))
    assert lowest <= E.min() < lowest + 1e-4
    assert np.abs(np.sort(V[E.argmin()]) - [0.02, 0.98]).max() < 0.01


def test_an_energy_that_is_flat_and_units_that_do_not_hear_each_other():
    alone = graded.Network(np.zeros((2, 2)), gain=graded.tanh())
    assert "Minima at (0, 0)" in plots.energy_contours(alone).alt_text


def test_no_fixed_point_but_one_unstable():
    ax = plots.phase_portrait(graded.Network([[1.5, -1], [1, 1.5]]), starts=[[0.1, 0]])
    assert "1 trajectory. Unstable fixed points at (0, 0)." in ax.alt_text


def test_branches_of_a_pitchfork():
    gains = (2.0, 6.0)
    nets = [graded.Network([[0, -1], [-1, 0]], [0.5, 0.5], graded.logistic(b)) for b in gains]
    ax = plots.branches(gains, [graded.crossings(net) for net in nets], unit=1, label="beta")
    assert len(drawn(ax, "stable")) == 3 and len(drawn(ax, "unstable")) == 1
    assert ax.get_ylabel().startswith("V₂")
    assert "2: 1 stable and 0 unstable; 6: 2 stable and 1 unstable" in ax.alt_text


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: plots.phase_portrait(THREE), ValueError, "3 units"),
        (lambda: plots.energy_contours(THREE), ValueError, "3 units"),
        (lambda: plots.phase_portrait(FLIP_FLOP, starts=[[0, 1]]), ValueError, "between 0 and 1"),
        (lambda: plots.phase_portrait(FLIP_FLOP, starts=[[0.1, 0.2, 0.3]]), ValueError, "outputs"),
        (lambda: plots.energy_contours(FLIP_FLOP, starts=[[2, 0.5]]), ValueError, "between 0 and 1"),
        (lambda: plots.phase_portrait(graded.Network(np.eye(2))), ValueError, "w_12"),
        (lambda: plots.energy_contours(FLIP_FLOP, levels=1), ValueError, "levels"),
        (lambda: plots.energy_contours(FLIP_FLOP, points=2), ValueError, "points"),
        (lambda: plots.branches([1, 2], [[]]), ValueError, "values"),
        (lambda: plots.gain_curve([np.tanh]), TypeError, "Gain"),
        (lambda: plots.gain_curve(graded.tanh(), reach=0), ValueError, "reach"),
    ],
)
def test_bad_input(call, error, words):
    with pytest.raises(error, match=words):
        call()


def test_examples_in_docstrings():
    assert doctest.testmod(_phase).failed == 0


@pytest.mark.parametrize("draw", [plots.phase_portrait, plots.energy_contours])
def test_recalls_are_drawn_as_their_starts_are(draw):
    V = np.array([[0.3, 0.22], [0.1, 0.9]])
    ways = FLIP_FLOP.recall(FLIP_FLOP.gain.inverse(V), 30.0, record=True, rtol=1e-6, points=481)
    want = plots.png(draw(FLIP_FLOP, starts=V).figure)
    for starts in (ways, list(ways), tuple(ways)):
        assert plots.png(draw(FLIP_FLOP, starts=starts).figure) == want
    one = plots.png(draw(FLIP_FLOP, starts=V[:1]).figure)
    assert plots.png(draw(FLIP_FLOP, starts=ways[0]).figure) == one != want
    three = THREE.recall([0.1, 0.2, 0.3], 1.0, record=True)
    for wrong in (three, [three], [ways]):
        with pytest.raises(ValueError, match="starts must be at most 1000 recalls of two units"):
            draw(FLIP_FLOP, starts=wrong)
    with pytest.raises(ValueError, match="not recorded"):
        draw(FLIP_FLOP, starts=[FLIP_FLOP.recall([0.1, 0.2], 1.0)])


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: plots.phase_portrait([[0, 1]]), TypeError, "net is list; a graded.Network of two units"),
        (lambda: plots.energy_contours(None), TypeError, "net is NoneType; a graded.Network"),
        (
            lambda: plots.energy_contours(FLIP_FLOP, points=10**9),
            ValueError,
            "points is 1000000000; .* 3 and 1000",
        ),
        (
            lambda: plots.phase_portrait(FLIP_FLOP, starts=np.ones((2000, 2))),
            ValueError,
            "starts has 2000 rows",
        ),
        (lambda: plots.branches([1], 3), TypeError, "points is 3; a list of lists is wanted"),
        (lambda: plots.branches([1], [[3]]), TypeError, "an entry of points is int; a FixedPoint"),
        (
            lambda: plots.branches([1], [FLIP_FLOP.fixed_points(rng=0)], unit=2),
            ValueError,
            "unit is 2; .* 2 units",
        ),
        (lambda: plots.branches([1], [[]], label=3), TypeError, "label is 3; a text is wanted"),
        (lambda: plots.gain_curve(3), TypeError, "gains is 3; a list of Gains is wanted"),
    ],
)
def test_what_is_no_network_of_two_units_is_named(call, error, words):
    with pytest.raises(error, match=words):
        call()
