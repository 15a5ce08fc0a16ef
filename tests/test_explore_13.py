"""The explorers of chapter 13: drawn at their corners, moved from code, with still pictures."""

from itertools import product

import pytest
from matplotlib.figure import Figure

from hopfield_edu import explore


@pytest.mark.parametrize("side", ["from the top", "from the bottom", "from the left"])
def test_beta_at_every_corner(side):
    for beta, who, hidden in product((0.001, 3.0), (1, 8), (0, 24)):
        figure = Figure((8.6, 4.7))
        assert explore.draw_beta(figure, beta, who, hidden, side) and figure.axes


@pytest.mark.parametrize("data", ["faces", "melodies"])
def test_the_contest_at_every_corner(data):
    for M, which, shown, n, beta in product((1, 64), (1, 64), (0, 100), (3, 0), (0.001, 3.0)):
        figure = Figure((8.6, 4.7))
        assert explore.draw_recall_contest(figure, data, M, which, shown, n, beta) and figure.axes


@pytest.mark.parametrize("name", ["beta", "recall_contest"])
def test_a_moved_control_changes_the_picture_and_a_still_one_stays(name):
    explorer = getattr(explore, name)()
    before, said = explorer.image.value, explorer.caption
    explorer.controls["beta"].value = 0.002
    assert explorer.image.value != before and explorer.error is None and said
    data, _ = explorer._repr_mimebundle_()
    assert data["image/png"] and data["text/plain"]
