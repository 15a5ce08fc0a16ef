"""The explorer of chapter 04: every corner, its controls, its sentence, its still picture."""

import doctest
from itertools import combinations, product

import numpy as np
import pytest
from matplotlib.figure import Figure
from traitlets import TraitError

from hopfield_edu import explore
from hopfield_edu.explore import _frustration_triangle as triangle

SIGNS = (1, 0, -1)
TIES = ("keep", 1, -1)


def states():
    """All states of three units as tuples, unit 1 changing fastest."""
    return [(a, b, c) for c in (-1, 1) for b in (-1, 1) for a in (-1, 1)]


def name(y):
    return "".join("+" if v > 0 else "−" for v in y)


def open_wishes(w12, w23, w13, y):
    """The unsatisfied weights, by name in the order of the controls."""
    wants = {"w₁₂": w12 * y[0] * y[1], "w₂₃": w23 * y[1] * y[2], "w₁₃": w13 * y[0] * y[2]}
    return [key for key, value in wants.items() if value < 0]


def rests(w12, w23, w13, y, ties):
    """Whether no unit would change, by the definition."""
    fields = (w12 * y[1] + w13 * y[2], w12 * y[0] + w23 * y[2], w13 * y[0] + w23 * y[1])
    for h, value in zip(fields, y, strict=True):
        new = value if ties == "keep" else ties
        if h:
            new = 1 if h > 0 else -1
        if new != value:
            return False
    return True


@pytest.mark.every(3)
@pytest.mark.parametrize("ties", TIES)
def test_drawing_at_every_corner(ties):
    for k, weights in enumerate(product(SIGNS, repeat=3)):
        y = states()[k % 8]
        figure = Figure((7.8, 4.0))
        said = explore.draw_frustration_triangle(figure, *weights, ties, name(y).replace("−", "-"))
        assert all(ax.alt_text for ax in figure.axes)
        bad = open_wishes(*weights, y)
        network, graph, ledger = figure.axes
        marked = [a.get_gid() for a in network.lines if (a.get_gid() or "").startswith("highlight")]
        assert len(marked) == len(bad)
        fixed = [name(y) for y in states() if rests(*weights, y, ties)]
        rings = {p.get_gid().removeprefix("fixed ") for p in graph.patches if "fixed" in (p.get_gid() or "")}
        assert rings == set(fixed)
        bricks = ledger.collections[0].get_offsets() if any(weights) else []
        assert len(bricks) == sum(len(open_wishes(*weights, y)) for y in states())
        assert (", ".join(fixed) if len(fixed) < 8 else "All 8 states") in said


def test_the_sentence_for_all_weights_and_states():
    for weights in product(SIGNS, repeat=3):
        W = triangle.build(*weights)
        assert (W == W.T).all() and not W.diagonal().any()
        frustrated = all(open_wishes(*weights, y) for y in states())
        loop = triangle._loop(*weights)
        assert ("= −1: frustrated" in loop) == frustrated
        assert ("a weight is missing" in loop.lower()) == (0 in weights)
        for y in states():
            said = triangle._here(W, np.array(y))
            for key in ("w₁₂", "w₂₃", "w₁₃"):
                assert (key in said) == (key in open_wishes(*weights, y))


@pytest.mark.usefixtures("unseen")
class TestControls:
    def test_the_first_view_is_the_lecture_s_network_1(self):
        assert explore.frustration_triangle().caption == (
            "Round the triangle the signs multiply to (+1)(+1)(−1) = −1: frustrated, for no state satisfies "
            "all three weights. In +++, w₁₃ is unsatisfied. 6 fixed points: −−−, +−−, ++−, −−+, −++, +++."
        )

    def test_turning_all_signs_makes_network_2_and_back(self):
        explorer = explore.frustration_triangle()
        before = explorer.caption
        explorer.turn()
        assert [explorer.controls[key].value for key in triangle.WEIGHTS] == [-1, -1, 1]
        assert "= +1: not frustrated" in explorer.caption
        assert explorer.caption.endswith("2 fixed points: −+−, +−+.")
        explorer.turn()
        assert explorer.caption == before

    def test_turning_draws_once(self, monkeypatch):
        explorer = explore.frustration_triangle()
        drawn = []
        draw = explorer.draw
        monkeypatch.setattr(explorer, "draw", lambda fig, **now: drawn.append(now) or draw(fig, **now))
        explorer.turn()
        assert len(drawn) == 1

    def test_another_tie_rule_leaves_one_fixed_point(self):
        """And moves it: ties are decided for one side."""
        explorer = explore.frustration_triangle()
        explorer.controls["ties"].value = 1
        assert explorer.caption.endswith("1 fixed point: +++.")
        explorer.controls["ties"].value = -1
        assert explorer.caption.endswith("1 fixed point: −−−.")

    def test_every_control_changes_the_sentence(self):
        for key, value in [("w12", -1), ("w23", 0), ("w13", 1), ("ties", 1), ("state", "+-+")]:
            explorer = explore.frustration_triangle()
            before = explorer.caption
            explorer.controls[key].value = value
            assert explorer.error is None and explorer.caption != before

    def test_the_eight_choices_of_three_signs(self):
        """What the suggestion asks: an odd number of negative weights gives six, an even one two."""
        for weights in product((1, -1), repeat=3):
            six = weights.count(-1) % 2 == 1
            assert f"{6 if six else 2} fixed points" in explore.frustration_triangle(*weights).caption

    def test_no_weights(self):
        caption = explore.frustration_triangle(0, 0, 0).caption
        assert "nothing to wish for" in caption and caption.endswith("All 8 states are fixed points.")

    @pytest.mark.parametrize(
        "wrong", [{"w12": 2}, {"w23": 0.5}, {"w13": True}, {"ties": 0}, {"state": "++"}, {"state": 3}]
    )
    def test_bad_arguments(self, wrong):
        with pytest.raises((ValueError, TypeError)):
            explore.frustration_triangle(**wrong)

    def test_a_control_refuses_what_is_no_sign(self):
        with pytest.raises(TraitError):
            explore.frustration_triangle().controls["w12"].value = 2

    def test_controls_have_names_and_can_be_reached(self):
        explorer = explore.frustration_triangle()
        for control in explorer.controls.values():
            assert control.description and not control.disabled
        for key in triangle.WEIGHTS:
            assert len(explorer.controls[key].tooltips) == 3


def test_the_still_picture_tells_the_story():
    data, metadata = explore.frustration_triangle()._repr_mimebundle_()
    assert data["text/plain"].startswith(
        "explore.frustration_triangle: Round the triangle the signs multiply to"
    )
    alt = metadata["image/png"]["alt"]
    for part in ("Highlighted: w₁₃ = w₃₁.", "Unsatisfied weights by state: −−− 1", "Fixed points: "):
        assert part in alt
    again, _ = explore.frustration_triangle()._repr_mimebundle_()
    assert data["image/png"] == again["image/png"]


def test_the_six_fixed_points_are_a_ring():
    """The six fixed points of network 1 are one ring: neighbours differ in a unit that has a tie."""
    six = [y for y in states() if rests(1, 1, -1, y, "keep")]
    near = [(a, b) for a, b in combinations(six, 2) if sum(p != q for p, q in zip(a, b, strict=True)) == 1]
    assert len(six) == len(near) == 6


def test_examples_in_docstrings():
    assert doctest.testmod(triangle).failed == 0
