"""The explorer of chapter 15: the noise dial."""

from itertools import product

import numpy as np
import pytest
from matplotlib.figure import Figure

from hopfield_edu import datasets, diffusion, explore
from hopfield_edu.explore import _noise
from hopfield_edu.explore._base import blank_figure


def test_drawing_at_every_corner():
    for sigma, local, M in product((30, 0.1), _noise.LOCAL.values(), (5, 40)):
        figure = Figure((8.6, 3.5) if sigma > M or local == "bands" else (4.4, 6.4))
        said = explore.draw_noise(figure, sigma, local, 7, M)
        film, _, shares = figure.axes
        assert said.startswith(f"{M} stored faces, noise {sigma}. Decided: ")
        assert len(film.images) == (1 if sigma == 30 else 8) and len(shares.lines) == 8
        assert ("The dream is " in said) == (sigma == 0.1) and ("Still open" in said) >= (sigma == 30)
    figure.canvas.draw()


def test_a_dream_is_a_sample_and_its_guesses_are_the_best():
    for local in ("whole", "bands", "rows"):
        found, stored = _noise.dream(local, 10, 3), _noise.faces()[list(_noise.numbers(10))]
        seen = _noise.windows(local)
        end = diffusion.sample(stored, 1, _noise.NOISES, 3, windows=seen, fresh_noise=True)
        assert np.array_equal(end[0], found.states[-1])
        at = _noise.place(2)
        again = diffusion.denoise(found.states[at], stored, _noise.NOISES[at], windows=seen)
        assert np.allclose(found.guesses[at], again)
        assert (found.shares[-1] > 0.999).all()
        if local != "rows":  # the choices are those of the picture
            number = np.ravel_multi_index(found.choices, (3, 5, 4))
            assert (np.sign(found.guesses[-1]) == datasets.portraits()[number]).all()


def test_the_stored_faces_show_every_part_and_a_larger_memory_adds_to_a_smaller():
    five = np.transpose(np.unravel_index(_noise.numbers(5), (3, 5, 4)))
    assert [len(np.unique(column)) for column in five.T] == [3, 5, 4]
    assert _noise.numbers(40)[:10] == _noise.numbers(10) and len(set(_noise.numbers(40))) == 40


def test_a_part_counts_as_decided_if_it_stays_so():
    sure = np.where(np.arange(80) >= 30, 0.95, 0.2)
    assert _noise.decided(sure) == _noise.NOISES[30]
    sure[40] = 0.5
    assert _noise.decided(sure) == _noise.NOISES[41] and _noise.decided(0 * sure) is None
    assert _noise.decided(0 * sure + 1) == _noise.NOISES[0]


@pytest.mark.slow
def test_what_the_suggestion_promises():
    """Whole pictures: always a stored face. Bands: a face that nobody stored in most dreams."""
    ends = {
        local: [explore.draw_noise(blank_figure((8.6, 3.5)), 0.1, local, k) for k in range(12)]
        for local in ("whole", "bands")
    }
    assert all("is a stored face" in said for said in ends["whole"])
    assert sum("nobody has stored" in said for said in ends["bands"]) >= 6
    assert not any("no face" in said for said in ends["bands"])


@pytest.mark.usefixtures("unseen")
def test_controls():
    explorer = explore.noise()
    assert "noise 8.2. Decided: nothing yet. Still open: top, eyes and mouth." in explorer.caption
    explorer.click("noise 0.1")
    assert explorer.controls["sigma"].value == pytest.approx(0.1)
    assert "The dream is a stored face." in explorer.caption
    for key, value in [("local", "bands"), ("rng", 2), ("M", 5)]:
        before = explorer.caption
        explorer.controls[key].value = value
        assert explorer.error is None and explorer.caption != before, key


@pytest.mark.parametrize("wrong", [{"sigma": 0}, {"sigma": "much"}, {"local": "half"}, {"rng": 21}, {"M": 4}])
def test_bad_arguments(wrong):
    with pytest.raises((ValueError, TypeError)):
        explore.noise(**wrong)
