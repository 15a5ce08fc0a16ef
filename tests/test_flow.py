"""The flow in state space: every state once, every arrow down, final states at the bottom."""

import doctest
import itertools

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from hopfield_edu import binary, plots, state_space
from hopfield_edu.plots import _flow


def arrows(ax):
    """From where to where each arrow leads."""
    drawn = [text for text in ax.texts if text.arrow_patch is not None]
    return [(tuple(text.get_position()), tuple(text.xy)) for text in drawn]


def dots(ax, gid):
    """The places of the small or of the large dots."""
    (line,) = [line for line in ax.lines if line.get_gid() == gid]
    return [tuple(point) for point in line.get_xydata()]


def test_examples_in_docstrings():
    assert doctest.testmod(_flow).failed == 0


@pytest.mark.parametrize("seed", range(20))
def test_a_random_machine(seed):
    step = np.random.default_rng(seed).integers(0, 40, 40)
    ax = plots.flow(step)
    final = int((step == np.arange(40)).sum())
    places = dots(ax, "states") + dots(ax, "final states")
    assert len(set(places)) == 40  # no two at the same place
    assert len(dots(ax, "final states")) == final
    assert all(height == 0 for _, height in dots(ax, "final states"))
    assert len(arrows(ax)) == 40 - final
    falls = [start[1] - end[1] for start, end in arrows(ax)]
    on_cycle = sum(len(cycle) for cycle in state_space.cycles(step) if len(cycle) > 1)
    assert sorted(set(falls)) in ([0, 1], [1])
    assert falls.count(0) == on_cycle
    assert max(height for _, height in places) == state_space.transients(step).max()


def test_names_and_description():
    rivals = binary.Network(np.eye(4) - 1)
    step = state_space.synchronous_map(rivals)
    ax = plots.flow(step, names=[state_space.label(c, 4) if step[step[c]] == c else "" for c in range(16)])
    printed = {text.get_text() for text in ax.texts} - {""}
    assert printed == {"++−−", "+−+−", "+−−+", "−++−", "−+−+", "−−++", "++++", "−−−−"}
    assert ax.alt_text.startswith("16 states in motion: 6 final states and 1 longer cycle. 10 of the states")
    FigureCanvasAgg(ax.figure).draw()
    boxes = [text.get_window_extent() for text in ax.texts if text.get_text()]
    assert not any(a.overlaps(b) for a, b in itertools.combinations(boxes, 2))


def test_a_chain_of_all_states_is_drawn():
    ax = plots.flow(np.maximum(np.arange(_flow.MAX_STATES) - 1, 0))
    assert "after at most 511 steps" in ax.alt_text


@pytest.mark.parametrize(
    ("next_state", "message"),
    [
        ([[0, 1]], "shape"),
        ([], "next_state"),
        ([0, 2], "codes outside 0..1"),
        ([-1, 0], "codes outside"),
        (np.zeros(513), "at most|to 512"),
    ],
)
def test_maps_that_are_none(next_state, message):
    with pytest.raises(ValueError, match=message):
        plots.flow(next_state)


def test_fractions_and_names_that_do_not_fit():
    with pytest.raises(TypeError, match="fractions"):
        plots.flow([0.5, 0])
    with pytest.raises(ValueError, match="2 strings"):
        plots.flow([0, 1], names=["a"])
