"""The explorer of chapter 05: every corner, its numbers recomputed, its sentence, its controls."""

from itertools import product

import numpy as np
import pytest
from matplotlib.figure import Figure
from traitlets import TraitError

from hopfield_edu import explore, patterns
from hopfield_edu.explore import _controls
from hopfield_edu.explore import _one_pattern as one_memory

TIES = ("keep", 1, -1)
SCHEDULES = tuple(_controls.SCHEDULES.values())


def drawn(**parameters):
    figure = Figure((8.6, 3.9))
    return figure, explore.draw_one_pattern(figure, **parameters)


def plain_field(s, y, i, self_connections):
    """N h_i s_i in whole Python numbers."""
    others = [j for j in range(len(s)) if self_connections or j != i]
    return sum(int(s[i]) * int(s[j]) * int(y[j]) for j in others) * int(s[i])


MEMORIES = [*product(["random, no. 1"], (2, 19, 20), TIES[:2]), ("all +1", 3, -1), ("heart", 20, 1)]
CORNERS = list(product(SCHEDULES, (False, True), MEMORIES))


@pytest.mark.every(11)
@pytest.mark.parametrize("corner", CORNERS, ids=lambda c: f"{c[0]}-{c[1]}-{c[2]}")
def test_drawing_at_every_corner(corner):
    schedule, self_connections, (pattern, N, ties) = corner
    size = len(one_memory.build(pattern, N))
    for wrong in {0, (size - 1) // 2, (size + 1) // 2, size}:
        how = {"schedule": schedule, "ties": ties, "self_connections": self_connections}
        figure, said = drawn(pattern=pattern, N=N, wrong=wrong, rng=20, **how)
        assert len(figure.axes) == 4 and all(ax.alt_text for ax in figure.axes)
        assert said.startswith(f"{wrong} of {size} units wrong")


@pytest.mark.parametrize("self_connections", [False, True])
@pytest.mark.parametrize("N", [2, 5, 8, 100])
def test_the_fields_are_those_of_the_network(N, self_connections):
    s = patterns.random(1, N, rng=N)[0]
    for k in range(0, N + 1, max(1, N // 20)):
        y = patterns.flip(s, k, rng=k)
        seen = one_memory._fields(N, k, self_connections)
        for i in range(0, N, max(1, N // 20)):
            assert plain_field(s, y, i, self_connections) == seen[int(y[i] != s[i])]


def test_the_picture_shows_the_numbers():
    figure, _ = drawn(pattern="random, no. 2", N=9, wrong=3, schedule="ordered")
    pictures, line, curve, valley = figure.axes
    assert pictures.alt_text == (
        "Pattern, 0 of 9 units wrong; cue, 3 of 9 units wrong; result, 0 of 9 units wrong."
    )
    s = one_memory.build("random, no. 2", 9)
    assert (pictures.images[0].get_array().ravel() == s).all()
    assert (pictures.images[1].get_array().ravel() != s).sum() == 3
    assert line.alt_text.endswith("a right unit: +2/9; a wrong unit: +4/9.")
    assert curve.alt_text.startswith("Overlap at the end against wrong units: the pattern for up to 4 of 9;")
    assert "cue at +0.333, result at +1" in valley.alt_text
    now = [artist.get_xydata().tolist() for artist in curve.lines if artist.get_markersize() == 10]
    assert now == [[[3, 1]]]


def test_the_energy_is_a_parabola_of_the_overlap():
    for self_connections, top in ((False, 1 / 2), (True, 0)):  # E at m = 0
        figure, _ = drawn(pattern="all +1", N=6, wrong=3, self_connections=self_connections)
        levels = next(a for a in figure.axes[3].lines if a.get_linestyle() == "None").get_xydata()
        m = 1 - 2 * np.arange(7) / 6
        assert np.allclose(levels, np.column_stack([m, -(m**2) / 2 + top / 6]))


@pytest.mark.usefixtures("unseen")
class TestControls:
    def test_the_first_view_is_one_unit_from_the_border(self):
        assert explore.one_pattern().caption == (
            "49 of 100 units wrong, overlap m = +0.02. The field +3/100 turns a wrong unit back, and +1/100 "
            "keeps a right one right. The pattern comes out, after 49 flips."
        )

    def test_through_the_border(self):
        """What the suggestion asks first."""
        explorer, told = explore.one_pattern(), {}
        for k in range(45, 56):
            explorer.controls["wrong"].value = k
            told[k] = explorer.caption
        assert all("The pattern comes out" in told[k] for k in range(45, 50))
        assert all("The inverse comes out" in told[k] for k in range(51, 56))
        assert "Every unit, right or wrong, has a field of 1/100 against its own value." in told[50]
        assert "tipped the balance" in told[50]

    def test_a_tie_rule_that_takes_sides(self):
        """What it asks next: 7 units, 3 of them wrong, ties become +1."""
        explorer = explore.one_pattern("random, no. 1", 7, wrong=3)
        ends = set()
        for ties, rng in product(TIES, range(8)):
            explorer.controls["ties"].value = ties
            explorer.controls["rng"].value = rng
            rule = {"keep": "a tie and keeps its value", 1: "a tie and becomes +1"}.get(ties, "becomes −1")
            assert rule in explorer.caption
            ends.add((ties, "pattern" if "The pattern comes out" in explorer.caption else "inverse"))
        assert ends == {("keep", "pattern"), *product((1, -1), ("pattern", "inverse"))}

    def test_exactly_half_with_other_chances_and_schedules(self):
        """And last: 8 units, 4 of them wrong."""
        explorer = explore.one_pattern("random, no. 1", 8, wrong=4)
        ends = set()
        for rng in range(8):
            explorer.controls["rng"].value = rng
            ends.add(explorer.caption.split(". ")[-1])
            first = "it was wrong" in explorer.caption
            assert first == ("The pattern comes out" in explorer.caption)
        assert ends == {f"The {end} comes out, after 4 flips." for end in ("pattern", "inverse")}
        explorer.controls["schedule"].value = "synchronous"
        assert explorer.caption.endswith(
            "All flip at once, and half are wrong again. A cycle of 2: this never comes to rest."
        )
        explorer.controls["self_connections"].value = True
        assert "nothing moves. It rests at m = 0, which is neither" in explorer.caption

    def test_the_pattern_and_its_inverse_stay(self):
        explorer = explore.one_pattern("cup", wrong=0)
        assert explorer.caption.endswith("The pattern stays.")
        explorer.controls["wrong"].value = 100
        assert explorer.caption.endswith("The inverse stays.")

    def test_another_size_keeps_the_share(self):
        explorer = explore.one_pattern(wrong=30)
        assert explorer.controls["N"].disabled and explorer.controls["wrong"].max == 100
        explorer.controls["pattern"].value = "random, no. 3"
        assert not explorer.controls["N"].disabled
        assert (explorer.controls["wrong"].value, explorer.controls["wrong"].max) == (6, 20)
        explorer.controls["N"].value = 9
        assert (explorer.controls["wrong"].value, explorer.controls["wrong"].max) == (3, 9)
        explorer.controls["pattern"].value = "house"
        assert (explorer.controls["wrong"].value, explorer.controls["wrong"].max) == (33, 100)
        assert explorer.error is None and explorer.caption.startswith("33 of 100")

    @pytest.mark.parametrize(
        ("key", "value"),
        [("pattern", "cup"), ("schedule", "synchronous"), ("ties", 1), ("self_connections", True)]
        + [("rng", 3), ("wrong", 7)],
    )
    def test_every_control_changes_the_picture(self, key, value):
        explorer = explore.one_pattern("random, no. 1", 8 if key == "schedule" else 9, wrong=4)
        before = str(explorer.still())
        explorer.controls[key].value = value
        assert explorer.error is None and str(explorer.still()) != before

    @pytest.mark.parametrize(
        "wrong",
        [{"pattern": "elephant"}, {"N": 1}, {"N": 21}, {"N": 2.5}, {"wrong": 101}, {"wrong": -1}]
        + [{"schedule": "never"}, {"ties": 0}, {"rng": 21}],
    )
    def test_bad_arguments(self, wrong):
        with pytest.raises((ValueError, TypeError)):
            explore.one_pattern(**wrong)

    def test_a_control_refuses_what_is_not_on_its_list(self):
        with pytest.raises(TraitError):
            explore.one_pattern().controls["ties"].value = 0

    def test_controls_have_names(self):
        assert all(control.description for control in explore.one_pattern().controls.values())


def test_the_still_picture_tells_the_story():
    data, metadata = explore.one_pattern()._repr_mimebundle_()
    assert data["text/plain"].startswith("explore.one_pattern: 49 of 100 units wrong")
    alt = metadata["image/png"]["alt"]
    for part in (
        "cue, 49 of 100 units wrong",
        "a wrong unit: +3/100",
        "up to 49 of 100",
        "Energy against overlap",
    ):
        assert part in alt
    again, _ = explore.one_pattern()._repr_mimebundle_()
    assert data["image/png"] == again["image/png"]
