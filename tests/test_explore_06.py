"""The explorers of chapter 06 and the two plots behind one of them."""

from itertools import product
from math import sqrt

import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from hopfield_edu import binary, datasets, explore, learning, patterns, plots, theory
from hopfield_edu.explore import _crosstalk as interference
from hopfield_edu.explore import _crowd


def failing(M, N, overlap, own, seed):
    """Units that turn over, by the definition, as (pattern, unit)."""
    s = patterns.correlated(M, N, overlap, seed)
    W = sum(np.outer(p, p) for p in s)
    if not own:
        W = W - np.diag(np.diag(W))
    return {(nu, i) for nu, i in product(range(M), range(N)) if s[nu, i] * (W[i] @ s[nu]) < 0}


CORNERS = list(product((1, 2, 40), (10, 200), (0.0, 0.5), (False, True)))


@pytest.mark.parametrize(("M", "N", "overlap", "own"), [*CORNERS, (20, 100, 0.1, False), (7, 33, 0.05, True)])
def test_drawing_at_every_corner(M, N, overlap, own):
    figure = Figure((8.6, 3.4))
    said = explore.draw_crosstalk(figure, M, N, overlap, own, rng=3)
    figure.canvas.draw()
    left, right = figure.axes
    assert left.alt_text and right.alt_text
    wanted = failing(M, N, overlap, own, 3)
    assert said.startswith(f"{len(wanted)} of {M * N} units" if wanted else f"None of the {M * N} units")
    (dots,) = [line for line in right.lines if line.get_gid() == "failing"]
    assert {(int(y), int(x)) for x, y in dots.get_xydata()} == wanted
    lost = len({nu for nu, _ in wanted})
    if lost:
        assert f"{M - lost or 'None'} of the {M} pattern" in said
    else:
        assert "stable." in said


@pytest.mark.parametrize(("M", "N"), [(2, 10), (3, 10), (14, 100), (40, 200)])
@pytest.mark.parametrize("own", [False, True])
@pytest.mark.parametrize("overlap", [0.0, 0.3])
def test_the_histogram_holds_all_units_and_the_theory_beside_it(M, N, overlap, own):
    found = theory.fields(patterns.correlated(M, N, overlap, rng=2), self_connections=own)
    expected = theory.crosstalk(M, N, self_connections=own, overlap=overlap)
    ax = plots.crosstalk(found, expected, gaussian=True)
    bars = {p.get_gid(): p.get_data() for p in ax.patches if p.get_gid()}
    total = sum(data.values.sum() for data in bars.values())
    assert total == pytest.approx(1)
    assert bars["failing"].values.sum() == pytest.approx((~found.stable).mean())
    edges = bars["stable"].edges * N
    assert not np.isin(edges, found.crosstalk).any()  # no value lies on an edge
    dots, curve = (line for line in ax.lines if line.get_label() in ("theory, exact", "Gaussian"))
    assert dots.get_ydata().sum() == pytest.approx(1, abs=0.02)
    if M > 2 and overlap == 0 and N >= 100:
        sigma = sqrt((M - 1) * (N - 1))
        shift = M - 1 if own else 0
        x, y = curve.get_data()
        step = edges[1] - edges[0]
        wanted = step * np.exp(-(((x * N - shift) / sigma) ** 2) / 2) / (sigma * sqrt(2 * np.pi))
        assert np.allclose(y, wanted, rtol=1e-3, atol=1e-9)
    assert ("; 0 of them" in ax.alt_text) == found.stable.all()


def test_a_matrix_is_drawn_to_scale():
    values = np.array([[4, -1, 0], [0.25, 2, -4]])
    ax = plots.matrix(values, numbers=False, rows="ab", columns=[5, 6, 7])
    full, empty = ax.collections[:2]
    areas = [
        sorted(np.ptp(path.vertices[:, 0]) ** 2 for path in group.get_paths()) for group in (full, empty)
    ]
    unit = 0.92**2 / 4
    assert np.allclose(areas[0], np.array([0.25, 2, 4]) * unit)
    assert np.allclose(areas[1], np.array([1, 4]) * unit)
    assert [t.get_text() for t in ax.get_xticklabels()] == ["5", "6", "7"]
    assert ax.alt_text == "Matrix of 2 by 3; row a: 4, −1, 0; row b: 0.25, 2, −4."


def test_a_matrix_with_numbers_and_marks():
    ax = plots.matrix([[1, -2], [3, 0]], marked=[[False, True], [False, False]])
    assert [t.get_text() for t in ax.texts] == ["1", "−2", "3", "0"]
    marks = [p for p in ax.get_children() if isinstance(p, Rectangle) and p.get_gid() == "marked"]
    assert [m.get_xy() for m in marks] == [(0.54, -0.46)]
    assert ax.alt_text.endswith("marked: row 1, column 2.")
    assert "values from −1 to 1" in plots.matrix(np.eye(30) - np.eye(30)[::-1]).alt_text


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"values": [1, 2]}, "values has shape"),
        ({"values": [[np.nan]]}, "NaN"),
        ({"values": [[1, 2]], "rows": ["a", "b"]}, "rows is .* 1 strings is wanted"),
        ({"values": [[1, 2]], "columns": ["a"]}, "columns is .* 2 strings is wanted"),
        ({"values": [[1, 2]], "marked": [True]}, "marked has shape"),
    ],
)
def test_a_matrix_that_cannot_be_drawn(arguments, words):
    with pytest.raises(ValueError, match=words):
        plots.matrix(**arguments)


@pytest.mark.usefixtures("unseen")
class TestControls:
    def test_the_first_view_shows_failing_units(self):
        assert explore.crosstalk().caption == (
            "15 of 2000 units fail (0.75 %). Theory expects 21, give or take 7.8. "
            "9 of the 20 patterns are still fixed points."
        )

    def test_every_control_changes_the_sentence(self):
        for key, value in [
            ("M", 30),
            ("N", 60),
            ("overlap", 0.1),
            ("self_connections", True),
            ("rng", 8),
        ]:
            explorer = explore.crosstalk()
            before = explorer.caption
            explorer.controls[key].value = value
            assert explorer.error is None and explorer.caption != before, key

    def test_what_the_suggestion_promises(self):
        counts = []
        for M in (2, 10, 20, 40):
            caption = explore.crosstalk(M).caption
            counts.append(0 if caption.startswith("None") else int(caption.split()[0]))
        assert counts[0] == 0 and counts == sorted(counts)
        half = int(explore.crosstalk(20, 50).caption.split()[0])
        assert half > counts[2]
        related = explore.crosstalk(30, 100, 0.5).caption
        assert "all those that deviate from what the patterns have in common (15 % of the units)" in related

    def test_expected_numbers_are_those_of_theory(self):
        caption = explore.crosstalk(20, 100).caption
        assert f"Theory expects {2000 * theory.bit_error(20, 100):.0f}," in caption
        counts = [(~theory.fields(patterns.random(20, 100, k)).stable).sum() for k in range(100, 400)]
        assert abs(interference._spread(20, 100, 0.0, False) - np.std(counts)) < 2.5

    @pytest.mark.parametrize(
        "wrong",
        [{"M": 0}, {"M": 41}, {"N": 9}, {"N": 10.5}, {"overlap": 0.15}, {"overlap": "much"}, {"rng": 21}],
    )
    def test_bad_arguments(self, wrong):
        with pytest.raises((ValueError, TypeError)):
            explore.crosstalk(**wrong)

    def test_controls_have_names_and_can_be_reached(self):
        for control in explore.crosstalk().controls.values():
            assert control.description and not control.disabled


def test_the_still_picture_tells_the_story():
    data, metadata = explore.crosstalk()._repr_mimebundle_()
    assert data["text/plain"].startswith("explore.crosstalk: 15 of 2000 units fail")
    alt = metadata["image/png"]["alt"]
    for part in ("Histogram of the cross-talk of 2000 units", "Theory expects 1.06 %", "11 of the rows"):
        assert part in alt
    assert data["image/png"] == explore.crosstalk()._repr_mimebundle_()[0]["image/png"]


# ------------------------------------------------------------------ crowd


@pytest.mark.parametrize(
    ("M", "wrong", "rng"), [(1, 0, 0), (1, 40, 20), (14, 0, 20), (14, 40, 0), (7, 10, 0)]
)
def test_crowd_at_every_corner(M, wrong, rng):
    figure = Figure((8.6, 3.5))
    said = explore.draw_crowd(figure, M, wrong, rng)
    figure.canvas.draw()
    assert all(ax.alt_text for ax in figure.axes)
    letters = _crowd.order(rng)
    s = datasets.letters(letters[:M])
    A, W = s[0], learning.hebb(s)
    cues = patterns.flip(np.repeat([A], 20, axis=0), wrong, rng=0)
    times = sum((binary.Network(W).recall(cue).final == A).all() for cue in cues)
    failing = sum(A * (W @ A) < 0)
    assert said.startswith(f"{M} letter{'s'[: M != 1]} stored, {letters[:M]}: A comes back from ")
    assert {0: "from none of 20", 20: "from all of 20"}.get(times, f"from {times} of 20") in said
    assert said.endswith("A itself does not stay." if failing else "A itself stays.")
    (line,) = [line for line in figure.axes[2].lines if line.get_gid() == "back"]
    assert line.get_ydata()[M - 1] == times


def test_crowd_has_every_letter_once_and_a_first():
    for rng in range(21):
        letters = _crowd.order(rng)
        assert letters[0] == "A" and len(set(letters)) == len(letters) == _crowd.MOST
    assert _crowd.order(0).startswith("AFGHLVR")


def test_what_the_suggestion_of_crowd_promises():
    """One letter is too many in every order, a different one, and a cue without an error does not help."""
    first = []
    for rng in range(21):
        letters = _crowd.order(rng)
        fails = [_crowd.asked(letters[:k], 0).failing > 0 for k in range(1, _crowd.MOST + 1)]
        first.append(fails.index(True) + 1)
        assert _crowd.back(letters[: first[-1]], 0) == _crowd.back(letters[: first[-1]], 10) == 0
    assert first[0] == 7 and min(first) == 5 and max(first) <= 10


@pytest.mark.usefixtures("unseen")
def test_the_controls_of_crowd():
    explorer = explore.crowd()
    assert "AFGHLVR: A comes back from none" in explorer.caption
    explorer.click("letter 6")
    assert explorer.controls["M"].value == 6 and "AFGHLV: A comes back from all" in explorer.caption
    for key, value in [("wrong", 40), ("rng", 2)]:
        before = explorer.caption
        explorer.controls[key].value = value
        assert explorer.error is None and explorer.caption != before, key
    for wrong in ({"M": 0}, {"M": 15}, {"wrong": 41}, {"rng": -1}):
        with pytest.raises((ValueError, TypeError)):
            explore.crowd(**wrong)
