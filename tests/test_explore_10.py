"""The explorer of chapter 10: every corner, its controls, its sentence, its still picture."""

import doctest
from itertools import product

import numpy as np
import pytest
from matplotlib.figure import Figure
from traitlets import TraitError

from hopfield_edu import explore
from hopfield_edu.explore import _flip_flop as flipflop


def settled(gain, b_1, b_2, V_1, V_2):
    """Where the outputs go, by many small steps of the equation."""
    x = [np.log(v / (1 - v)) / gain for v in (V_1, V_2)]
    for _ in range(6000):
        a, b = (1 / (1 + np.exp(-gain * v)) for v in x)
        x = [x[0] + 0.005 * (-x[0] - b + b_1), x[1] + 0.005 * (-x[1] - a + b_2)]
    return [1 / (1 + np.exp(-gain * v)) for v in x]


def draw_lines(explorer):
    """The lines of the left picture."""
    figure = Figure((7.8, 3.9))
    explorer.draw(figure, **explorer.parameters)
    return figure.axes[0].lines


@pytest.mark.every(3)
@pytest.mark.parametrize("gain", [4.0, 1.0, 12.0])
def test_drawing_at_every_corner(gain):
    corners = product((0.0, 1.0), (0.0, 1.0), (0.02, 0.98), (0.02, 0.98))
    for b_1, b_2, V_1, V_2 in corners:
        figure = Figure((7.8, 3.8))
        said = explore.draw_flip_flop(figure, gain, b_1, b_2, V_1, V_2)
        assert len(figure.axes) == 2 and all(ax.alt_text for ax in figure.axes)
        ends = [float(v) for v in said.split("the outputs go to ")[1].split(";")[0].split(" and ")]
        if V_1 != V_2 or b_1 != b_2:  # else a ridge, where rounding decides
            assert ends == pytest.approx(settled(gain, b_1, b_2, V_1, V_2), abs=0.011)


@pytest.mark.usefixtures("unseen")
class TestControls:
    def test_the_first_view(self):
        assert explore.flip_flop().caption == (
            "Two stable fixed points: a flip-flop that remembers which side it was on. From V₁ = 0.30, "
            "V₂ = 0.22 the outputs go to 0.98 and 0.02; the energy falls from −0.336 to −0.505."
        )

    def test_every_control_changes_the_sentence(self):
        for key, value in [
            ("gain", 3.0),
            ("input_1", 0.3),
            ("input_2", 0.9),
            ("start_1", 0.1),
            ("start_2", 0.7),
        ]:
            explorer = explore.flip_flop()
            before = explorer.caption
            explorer.controls[key].value = value
            assert explorer.error is None and explorer.caption != before

    def test_what_the_suggestion_promises(self):
        """Two valleys above a gain of 4; an input that favours a unit flips the bit, then leaves one side."""
        explorer = explore.flip_flop()
        for gain in (7.0, 5.0, 4.5):
            explorer.controls["gain"].value = gain
            assert explorer.caption.startswith("Two stable")
        explorer.controls["gain"].value = 4.0
        assert explorer.caption.startswith("At the edge")
        explorer.controls["gain"].value = 3.5
        assert explorer.caption.startswith("One stable fixed point, with both units alike")
        explorer.controls["gain"].value = 8.0
        explorer.mirror()
        assert "go to 0.02 and 0.98" in explorer.caption
        explorer.controls["input_1"].value = 0.6
        assert "Two stable" in explorer.caption and "go to 0.99 and 0.02" in explorer.caption
        explorer.controls["input_1"].value = 1.0
        assert "in favour of unit 1" in explorer.caption

    def test_exchanging_draws_once(self, monkeypatch):
        explorer = explore.flip_flop()
        drawn = []
        draw = explorer.draw
        monkeypatch.setattr(explorer, "draw", lambda fig, **now: drawn.append(now) or draw(fig, **now))
        explorer.mirror()
        assert [(now["start_1"], now["start_2"]) for now in drawn] == [(0.22, 0.3)]

    def test_a_click_starts_there(self):
        explorer = explore.flip_flop()
        explorer.click("place 1,6")
        assert "From V₁ = 0.20, V₂ = 0.80 the outputs go to 0.02 and 0.98" in explorer.caption
        (dot,) = (line for line in draw_lines(explorer) if line.get_gid() == "starts")
        assert dot.get_xydata()[0] == pytest.approx([0.2, 0.8])

    def test_at_rest_nothing_falls(self):
        caption = explore.flip_flop(start_1=0.5, start_2=0.5).caption
        assert "the energy stays at" in caption

    @pytest.mark.parametrize(
        "wrong",
        [{"gain": 0}, {"gain": 13}, {"input_1": -1}, {"start_2": 1.0}, {"gain": "8"}, {"input_2": None}],
    )
    def test_bad_arguments(self, wrong):
        with pytest.raises((ValueError, TypeError)):
            explore.flip_flop(**wrong)

    def test_a_slider_keeps_to_its_ends(self):
        explorer = explore.flip_flop()
        explorer.controls["gain"].value = 99
        assert explorer.controls["gain"].value == 12.0 and explorer.error is None
        with pytest.raises(TraitError):
            explorer.controls["gain"].value = "steep"

    def test_controls_have_names_and_can_be_reached(self):
        for control in explore.flip_flop().controls.values():
            assert control.description and not control.disabled


def test_the_still_picture_tells_the_story():
    data, metadata = explore.flip_flop()._repr_mimebundle_()
    assert data["text/plain"].startswith("explore.flip_flop: Two stable fixed points")
    alt = metadata["image/png"]["alt"]
    for part in (
        "Phase portrait",
        "Stable fixed points at (0.02, 0.98)",
        "Energy over the outputs",
        "Minima at",
    ):
        assert part in alt
    again, _ = explore.flip_flop()._repr_mimebundle_()
    assert data["image/png"] == again["image/png"]


def test_examples_in_docstrings():
    assert doctest.testmod(flipflop).failed == 0
