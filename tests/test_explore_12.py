"""The explorer of chapter 12: every corner, its controls, its sentence, its still picture, its numbers."""

import re
from itertools import product

import numpy as np
import pytest

from hopfield_edu import dense, explore, patterns
from hopfield_edu.explore import _sharpness as sharpness
from hopfield_edu.explore._base import blank_figure


def draw(**parameters):
    figure = blank_figure((8.6, 3.3))
    return figure, explore.draw_sharpness(figure, **parameters)


CORNERS = [
    {"kind": kind, "n": n, "stored_as": stored, "M": M, "noise": noise, "rng": seed}
    for kind, n in product(sharpness.KINDS.values(), (2, 12))
    for stored in sharpness.STORED
    for M, noise, seed in product(
        (2, sharpness.COUNTS[stored][-1]), (0, sharpness.MOST_NOISE), (0, 20) if n == 2 else (7,)
    )
    if M < 1000 or (noise and n == 12)
]


@pytest.mark.every(7)
@pytest.mark.parametrize("corner", CORNERS, ids=lambda c: "-".join(map(str, c.values())))
def test_drawing_at_every_corner(corner):
    figure, said = draw(**corner)
    assert len(figure.axes) == 2 and all(ax.alt_text for ax in figure.axes)
    s = sharpness.stored(corner["stored_as"], corner["M"], corner["rng"])
    assert said.startswith(f"{len(s)} patterns stored")
    # the walk passes both memories, one flip a step, and its heights are the energies
    F = sharpness.interaction(corner["kind"], corner["n"])
    steep = sharpness.walk(s, corner["kind"], corner["n"])
    net = dense.Network(s, F)
    assert steep.heights[steep.memories[0]] == 0
    one = float(F(np.array([100.0]))[0])
    difference = (net.energy(s[1]) - net.energy(s[0])) / one
    assert steep.heights[steep.memories[1]] == pytest.approx(difference, abs=1e-9)
    assert (steep.down == 0) == net.is_fixed_point(s[0])
    nearby = s[0] * (1 - 2 * np.eye(s.shape[1], dtype=int))
    assert steep.down == (net.energy(nearby) < net.energy(s[0]) * (1 + 1e-12)).sum()
    flat = sharpness.walk(s, "power", 2)
    lost = [walk.down > 0 for walk in ([steep] if "F(x) = x²." in said else [steep, flat])]
    assert len(re.findall("leads? down", said)) == sum(lost)
    # the ends are those of a recall done by hand
    runs = sharpness.recalls(
        corner["stored_as"], len(s), corner["noise"], corner["rng"], corner["kind"], corner["n"]
    )
    cues = patterns.flip(
        s[runs.targets], corner["noise"], rng=np.random.default_rng([corner["rng"], corner["noise"]])
    )
    ends = patterns.overlap(net.recall(cues[:1]).final, s[runs.targets[0]])
    assert runs.ends[0] == pytest.approx(float(ends[0]))
    assert f"{runs.recovered} of 30 cues" in said


def test_the_square_is_drawn_as_the_classical_network():
    for stored, M in (("random patterns", 50), ("letters and digits", 36)):
        for seed, noise in ((0, 10), (5, 30)):
            square = sharpness.recalls(stored, M, noise, seed, "power", 2)
            classical = sharpness.recalls(stored, M, noise, seed, "classical", 2)
            assert (square.ends == classical.ends).all()
    assert "This IS the classical network." in draw(n=2)[1]


def test_the_first_view_shows_the_point():
    explorer = explore.sharpness()
    assert explorer.caption == (
        "50 patterns stored, F(x) = x³. 30 of 30 cues with 10 wrong units of 100 come back in full; in the "
        "classical network 0. Between the memories: with x³ memory 1 is a valley: the energy climbs by 0.79 "
        "F(N) from it; with x² memory 1 only looks like a valley: 6 flips lead down from it, but not on this "
        "walk."
    )


def test_the_suggested_experiments_work():
    def recovered(n=3, stored="random patterns", M=50):
        return sharpness.recalls(stored, M, 10, 0, "power", n).recovered

    assert recovered(M=1000) < 15 < recovered(M=1000, n=4)
    letters = [recovered(n, "letters and digits", 36) for n in (3, 4, 6)]
    assert letters[0] < letters[1] <= letters[2] == 30


@pytest.mark.usefixtures("unseen")
class TestControls:
    def test_every_control_changes_the_sentence(self):
        for key, value in [
            ("kind", "exponential"),
            ("n", 5),
            ("stored_as", "letters and digits"),
            ("M", 500),
            ("noise", 44),
            ("rng", 9),
        ]:
            explorer = explore.sharpness()
            before = explorer.caption
            explorer.controls[key].value = value
            assert explorer.error is None and explorer.caption != before, key

    def test_letters_offer_as_many_as_there_are_and_draw_once(self, monkeypatch):
        explorer = explore.sharpness(M=200)
        drawn = []
        draw = explorer.draw
        monkeypatch.setattr(explorer, "draw", lambda fig, **now: drawn.append(now) or draw(fig, **now))
        explorer.controls["stored_as"].value = "letters and digits"
        assert explorer.controls["M"].value == 36 and explorer.error is None and len(drawn) <= 2
        explorer.controls["stored_as"].value = "random patterns"
        assert explorer.controls["M"].value == 20 and explorer.error is None

    def test_clicks(self):
        explorer = explore.sharpness()
        explorer.click("curve")
        assert explorer.controls["n"].value == 4 and "F(x) = x⁴" in explorer.caption
        explorer.click("classical")
        assert "This IS the classical network." in explorer.caption and set(explorer.targets) == {"curve"}
        explorer = explore.sharpness("exponential")
        assert set(explorer.targets) == {"classical"}
        explorer = explore.sharpness("rectified", 12)
        explorer.click("curve")
        assert "F(x) = max(x, 0)²" in explorer.caption

    def test_nothing_is_cut_off_below(self):
        figure, _ = draw(M=1000, noise=45)
        lines = [line for line in figure.axes[1].lines if line.get_transform() == figure.axes[1].transData]
        assert min(line.get_ydata().min() for line in lines) >= figure.axes[1].get_ylim()[0]

    def test_n_is_grey_for_the_exponential(self):
        explorer = explore.sharpness("exponential")
        assert explorer.controls["n"].disabled
        explorer.controls["kind"].value = "rectified"
        assert not explorer.controls["n"].disabled

    @pytest.mark.parametrize(
        "wrong",
        [
            {"kind": "xⁿ"},
            {"n": 1},
            {"n": 13},
            {"n": 2.5},
            {"stored_as": "faces"},
            {"M": 3},
            {"M": 50, "stored_as": "letters and digits"},
            {"noise": 46},
            {"noise": -1},
            {"rng": 21},
        ],
    )
    def test_bad_arguments(self, wrong):
        with pytest.raises((ValueError, TypeError)):
            explore.sharpness(**wrong)

    def test_controls_have_names(self):
        for control in explore.sharpness().controls.values():
            assert control.description


def test_the_still_picture_tells_the_story():
    data, metadata = explore.sharpness()._repr_mimebundle_()
    assert data["text/plain"].startswith("explore.sharpness: 50 patterns stored")
    alt = metadata["image/png"]["alt"]
    for part in ("in units of F(N)", "between them 0.79, classical 0.77", "30 of 30 in full with x³"):
        assert part in alt
    assert data["image/png"] == explore.sharpness()._repr_mimebundle_()[0]["image/png"]
