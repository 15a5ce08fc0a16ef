"""The explorers of chapter 09: every corner, what they say, and what can be clicked in them."""

import numpy as np
import pytest

from hopfield_edu import binary, explore, patterns, thermal
from hopfield_edu.explore import _lesion, _temperature
from hopfield_edu.explore._base import blank_figure


def test_temperature_at_every_corner():
    wide, tall = (8.6, 3.6), (4.6, 8.0)
    for T, start, sweeps, size in [
        (0, "mixture", 40, wide),
        (0, "random", 0, tall),
        (0.3, "cup", 17, tall),
        (1.5, "mixture", 0, wide),
        (1.5, "random", 40, wide),
    ]:
        figure = blank_figure(size)
        said = explore.draw_temperature(figure, T, start, sweeps, rng=3)
        way = _temperature.course(T, start, 3)
        m = patterns.overlap(way[sweeps], _temperature.pictures()[1])
        assert said.startswith(f"T = {T:.2f}, sweep {sweeps}: ")
        if "near the" in said:
            assert f"overlap {abs(m).max():.2f}" in said and abs(m).max() > 0.6
        if "still in the mixture" in said:
            assert (way[sweeps] == way[0]).all()
        line = figure.axes[2].lines[1].get_ydata()
        assert len(line) == sweeps + 1 and line[-1] == pytest.approx(m[0])
        assert all(ax.alt_text for ax in figure.axes)


def test_the_small_network_is_held_against_boltzmann():
    p = thermal.boltzmann(_temperature.SMALL, 0.6)
    seen = _temperature.shares(0.6, 5)
    assert seen.sum() == pytest.approx(1) and len(seen) == 16
    rng = np.random.default_rng(0)
    R = _temperature.COPIES
    drawn = [abs(rng.multinomial(R, p) / R - p).sum() / 2 for _ in range(300)]
    assert _temperature.expected_distance(p) == pytest.approx(np.mean(drawn), rel=0.1)
    figure = blank_figure((8.6, 3.6))
    said = explore.draw_temperature(figure, 0.6)
    bars = next(drawn for drawn in figure.axes[3].collections if drawn.get_label() == "exp(−E/T) / Z")
    heights = [bar.vertices[:, 1].max() for bar in bars.get_paths()]
    E = _temperature.SMALL.energy(2 * (np.arange(16)[:, None] >> np.arange(4) & 1) - 1)
    assert heights == pytest.approx(sorted(p, reverse=True)) and p.argmax() == E.argmin()
    assert "by chance alone 7 %)." in said
    cold = explore.draw_temperature(blank_figure((8.6, 3.6)), 0)
    assert "some are stuck in other valleys" in cold
    for T, rng in ((0.2, 1), (0.2, 2), (0.2, 3), (0.4, 1)):  # 0.2 is where the explorer begins
        off = abs(_temperature.shares(T, rng) - thermal.boltzmann(_temperature.SMALL, T)).sum() / 2
        assert off < 1.5 * _temperature.expected_distance(thermal.boltzmann(_temperature.SMALL, T))
    stuck = _temperature.SMALL.cold.recall(patterns.random(400, 4, 0), "random", rng=0).final
    assert len(np.unique(stuck, axis=0)) > 1  # there are other valleys


@pytest.mark.usefixtures("unseen")
def test_temperature_leaves_the_mixture_and_forgets():
    explorer = explore.temperature()
    assert explorer.caption.startswith("T = 0.20, sweep 40: near the cup")
    explorer.controls["temperature"].value = 0
    assert "still in the mixture of all three" in explorer.caption
    explorer.controls["temperature"].value = 1.5
    assert "no memory is recognised" in explorer.caption
    explorer.controls["temperature"].value = 0.1
    explorer.click("start note")
    assert explorer.controls["sweeps"].value == 0 and "near the note, overlap 1.00." in explorer.caption
    explorer.click("sweep 25")
    assert explorer.caption.startswith("T = 0.10, sweep 25: near the note")
    explorer.reset()
    assert explorer.controls["sweeps"].value == 0
    explorer.run()
    assert explorer.controls["sweeps"].value == _temperature.SWEEPS
    explorer.run()  # from the end it begins again
    assert explorer.controls["sweeps"].value == _temperature.SWEEPS


def test_lesion_at_every_corner():
    s = _lesion.memories()[0]
    for share, of, wrong, cut in [
        (0, "weights", 0, ()),
        (0.9, "weights", 40, (5,)),
        (0.5, "one way", 10, (0, 99)),
        (0.9, "units", 10, ()),
        (0.3, "units", 10, tuple(range(100))),
    ]:
        figure = blank_figure((8.6, 3.4) if of != "one way" else (4.6, 5.4))
        said = explore.draw_lesion(figure, share, of, wrong, rng=2, cut=cut)
        found = _lesion.recalled(share, of, wrong, cut, 2)
        W = _lesion.damaged(share, of, cut, 2).weights
        assert (found.dead == ~(W != 0).any(axis=1)).all() and found.left == (W != 0).sum()
        assert found.dead[list(cut)].all() and (found.cue != s[0]).sum() == wrong
        again = binary.Network(W).recall(found.cue, "random", rng=2, max_sweeps=100).final
        assert (again == found.end).all()
        if found.dead.all():
            assert "nobody hears anybody" in said
        else:
            m = np.mean([a * b for a, b, dead in zip(found.end, s[0], found.dead, strict=True) if not dead])
            assert f"an overlap of {m:.2f}".replace("-", "−") in said
        assert all(ax.alt_text for ax in figure.axes)
        assert {f"cell {i}" for i in range(100)} < set(figure.targets)


@pytest.mark.usefixtures("unseen")
def test_units_are_cut_by_hand_and_joined_again():
    explorer = explore.lesion(0.0)
    assert "0 % of all weights are gone" in explorer.caption and "1 unit by hand" not in explorer.caption
    explorer.click("cell 12")
    assert explorer.given["cut"] == (12,) and "1 unit by hand: 2 % of all weights" in explorer.caption
    assert "join it again" in explorer.targets["cell 12"].name
    explorer.click("cell 3")
    assert explorer.given["cut"] == (3, 12)
    explorer.click("cell 12")
    assert explorer.given["cut"] == (3,)
    explorer.click("share 9")
    assert explorer.controls["share"].value == 0.9
    assert explorer.caption.startswith("90 % of the pairs cut apart")
    for wrong, message in [((100,), "cut"), ("ab", "cut"), ((1.5,), "cut")]:
        with pytest.raises((ValueError, TypeError), match=message):
            explore.lesion(cut=wrong)


def test_pictures_are_small():
    for explorer in (explore.temperature(0.9), explore.lesion(0.9, "units", cut=tuple(range(50)))):
        assert len(explorer.image.svg.encode()) < 100_000
