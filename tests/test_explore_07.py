"""The explorers of chapter 07: the cliff, and the gallery of spurious states."""

from itertools import product

import numpy as np
import pytest
from matplotlib.figure import Figure

from hopfield_edu import binary, explore, learning, patterns, theory
from hopfield_edu.explore import _cliff, _spurious


class TestCliff:
    @pytest.mark.parametrize(("load", "N"), [(0.02, 100), (0.24, 100), (0.138, 400)])
    def test_drawing(self, load, N):
        figure = Figure((8.6, 3.6))
        said = explore.draw_cliff(figure, load, N, 3, 0)
        figure.canvas.draw()
        left, right = figure.axes
        assert f"{round(load * N)} memories on {N} units" in said
        assert ("no state rests" in said) == (load > theory.critical_load())
        (theory_line,) = [line for line in left.lines if line.get_gid() == "theory"]
        x, y = theory_line.get_data()
        assert x[-1] == theory.critical_load() and y[-1] > 0.96
        assert right.alt_text.startswith("The heart as it came back in 4 draws")

    @pytest.mark.slow
    def test_drawing_at_every_corner(self):
        for load, N, wrong in product((0.02, 0.24), (100, 400, 900), (0, 40)):
            said = explore.draw_cliff(Figure((8.6, 3.6)), load, N, 7, wrong)
            assert said.startswith(f"{round(load * N)} memories on {N} units")

    @pytest.mark.parametrize(("M", "N"), [(1, 100), (24, 100), (56, 400), (160, 900)])
    def test_what_comes_back_is_what_a_network_recalls(self, M, N):
        found = _cliff.recalled(M, N, 0, 10)
        for draw in range(_cliff.DRAWS):
            s = _cliff.stored(N, 0, draw)[:M]
            net = binary.Network(learning.hebb(s))
            cues = patterns.flip(s[:5], fraction=0.1, rng=draw)
            ends = np.array([net.recall(cue).final for cue in cues])
            assert found.overlaps[draw] == pytest.approx((ends * s[:5]).mean())
            assert (found.hearts[draw] == ends[0]).all()

    def test_a_larger_heart_is_the_same_heart(self):
        small = patterns.named("heart").reshape(10, 10)
        for N, times in ((100, 1), (400, 2), (900, 3)):
            large = _cliff.heart(N).reshape(10 * times, 10 * times)
            assert all((large[i::times, j::times] == small).all() for i in range(times) for j in range(times))

    def test_what_the_suggestion_promises(self):
        """Small networks keep more: the mean overlap at load 0.2, over draws."""
        means = [
            np.mean([_cliff.recalled(round(0.2 * N), N, rng, 0).overlaps for rng in range(2)])
            for N in (100, 400)
        ]
        assert means[0] > means[1] + 0.1

    @pytest.mark.usefixtures("unseen")
    def test_controls(self):
        explorer = explore.cliff()
        assert explorer.caption.startswith("40 memories on 400 units, load 0.100")
        explorer.click("measured", 11)
        assert explorer.controls["load"].value == 0.24 and explorer.caption.startswith("96 memories")
        for key, value in [("N", 100), ("rng", 2), ("wrong", 30)]:
            before = explorer.caption
            explorer.controls[key].value = value
            assert explorer.error is None and explorer.caption != before, key

    @pytest.mark.parametrize(
        "wrong", [{"load": 0.3}, {"load": "much"}, {"N": 200}, {"rng": 21}, {"wrong": 41}]
    )
    def test_bad_arguments(self, wrong):
        with pytest.raises((ValueError, TypeError)):
            explore.cliff(**wrong)


class TestSpurious:
    @pytest.mark.parametrize(("M", "N"), [(1, 9), (7, 9), (3, 12), (7, 16)])
    def test_drawing_at_every_corner(self, M, N):
        figure = Figure((8.6, 3.8))
        said = explore.draw_spurious(figure, M, N, 5)
        figure.canvas.draw()
        s = patterns.random(M, N, 5)
        net = binary.Network(learning.hebb(s))
        every = 2 * (np.arange(2**N)[:, None] >> np.arange(N) & 1) - 1
        assert f"{net.is_fixed_point(every).sum()} fixed points among {2**N} states" in said
        assert f"{(stable := net.is_fixed_point(np.unique(s, axis=0)).sum())} stored" in said or not stable

    def test_every_state_is_what_it_is_called(self):
        for rng in range(3):
            found = _spurious.found(5, 16, rng)
            W = learning.hebb(found.patterns)
            assert (found.states * (found.states @ W) >= 0).all()
            for state, kind, E in zip(found.states, found.kinds, found.energies, strict=True):
                assert E == pytest.approx(-(state @ W @ state) / 32)
                if kind.of:
                    votes = sum(np.sign(k) * found.patterns[abs(k) - 1] for k in kind.of)
                    assert (np.sign(votes) == state).all()

    def test_a_mixture_shows_its_vote(self):
        figure = Figure((8.6, 3.8))
        said = explore.draw_spurious(figure, 3, 16, 1)
        titles = [text.get_text() for text in figure.axes[1].texts]
        assert titles == ["1", "−2", "+", "−3", "+", "majority", "="]
        assert "Number 7 is the mixture of 1, −2 and −3." in said
        bars = [bar.get_height() for bar in figure.axes[2].patches]
        assert bars == [0.625, -0.5, -0.625]

    @pytest.mark.usefixtures("unseen")
    def test_controls(self):
        explorer = explore.spurious()
        explorer.click("state 2")
        assert explorer.controls["which"].value == 2 and "Number 2 is memory 2." in explorer.caption
        explorer.click("state 4")
        assert "Number 4 is the inverse of memory 1." in explorer.caption
        explorer.controls["M"].value = 5
        assert explorer.controls["which"].value == _spurious.found(5, 16, 1).first
        explorer.controls["rng"].value, explorer.controls["N"].value = 3, 12
        assert explorer.error is None and len(explorer.targets) == explorer.controls["which"].max

    def test_the_most_states_on_a_narrow_page(self):
        most = max(range(21), key=lambda rng: len(_spurious.found(6, 16, rng).states))
        explorer = explore.spurious(6, 16, most)
        explorer.image._handle_custom_msg({"width": 480}, [])
        assert len(explorer.targets) >= 40 and len(explorer.image.svg.encode()) < 100_000

    @pytest.mark.parametrize("wrong", [{"M": 8}, {"N": 10}, {"which": 0}, {"which": 11}, {"rng": -1}])
    def test_bad_arguments(self, wrong):
        with pytest.raises((ValueError, TypeError)):
            explore.spurious(**wrong)
