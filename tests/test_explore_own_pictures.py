"""Explorers with pictures that a learner brings along: faces, digits of 28 x 28 cells, other shapes."""

import numpy as np
import pytest
from matplotlib.figure import Figure

from hopfield_edu import binary, datasets, dense, explore, learning, modern, patterns
from hopfield_edu.explore import _beta, _crosstalk, _own_pictures

FACES = datasets.faces([1, 20, 33])
DIGITS = np.where(patterns.random(4, 784, 0).cumsum(axis=1) > 0, 1, -1)  # blots of 28 x 28 cells
WITH_SHAPE = ("one_pattern", "beta", "recall_contest")
ALL = (*WITH_SHAPE, "crosstalk", "sharpness")


pytestmark = pytest.mark.usefixtures("unseen")


class TestPictures:
    def test_every_form_gives_the_same(self):
        cells = FACES.reshape(3, 24, 24)
        forms = [FACES, FACES.tolist(), list(FACES), cells, list(cells), tuple(cells), FACES.astype(float)]
        forms += [dict(zip("abc", FACES, strict=True)), dict(zip("abc", cells, strict=True))]
        for form in forms:
            found = _own_pictures.pictures(form)
            assert found.shape == (24, 24) and found.states.tolist() == FACES.tolist()
            assert found.names == (
                tuple("abc") if isinstance(form, dict) else ("picture 1", "picture 2", "picture 3")
            )
        assert _own_pictures.pictures(FACES[0]).states.tolist() == [FACES[0].tolist()]
        assert _own_pictures.pictures(["cup", "heart"]).names == ("cup", "heart")

    def test_shapes(self):
        flat = patterns.random(2, 12, 0)
        for given, shape, wanted in (
            (flat, None, (1, 12)),
            (flat, (3, 4), (3, 4)),
            (flat.reshape(2, 4, 3), None, (4, 3)),
            (flat.reshape(2, 4, 3), (4, 3), (4, 3)),
            (datasets.melodies(), None, (8, 64)),
            (DIGITS, None, (28, 28)),
        ):
            assert _own_pictures.pictures(given, shape).shape == wanted

    def test_what_was_given_is_neither_changed_nor_frozen(self):
        mine = FACES.copy()
        assert not np.shares_memory(_own_pictures.pictures(mine).states, mine) and mine.flags.writeable
        with pytest.raises(ValueError, match="read-only"):
            _own_pictures.pictures(mine).states[0] = 1

    @pytest.mark.parametrize(
        ("given", "shape", "words"),
        [
            ("heart", None, "patterns is 'heart'"),
            (None, None, "patterns is None"),
            (7, None, "patterns is 7"),
            (iter([1]), None, "patterns is a value of type list_iterator"),
            ([], None, "patterns is empty"),
            ({}, None, "patterns is empty"),
            (["heart", "unicorn"], None, "a name in patterns is 'unicorn'"),
            ([["heart"]], None, "patterns holds text"),
            ([None], None, "patterns"),
            ([[1, -1], [1]], None, "patterns holds pictures of different sizes"),
            ([[1, [1, 2]]], None, "patterns has rows of different lengths"),
            (np.ones((2, 2, 2, 2)), None, "patterns has shape (2, 2, 2, 2)"),
            (np.ones((65, 4)), None, "patterns holds 65 pictures; at most 64"),
            (np.ones((24, 24)), None, None),
            (np.ones((1, 1025)), None, "patterns holds pictures of 1025 cells"),
            (
                np.broadcast_to(np.int8(1), (10**6, 10**6)),
                None,
                "patterns has shape (1000000, 1000000); at most",
            ),
            (range(10**9), None, "patterns holds 1000000000 pictures"),
            (np.eye(3), None, "patterns holds 0/1 values, but ±1 is wanted"),
            (np.eye(3, dtype=bool), None, "patterns holds booleans"),
            (255 * np.eye(3), None, "patterns holds values from 0 to 255"),
            ([[np.nan, 1]], None, "patterns"),
            (FACES, (24, 25), "shape is 24 x 25, but patterns holds pictures of 576 cells"),
            (
                FACES.reshape(3, 24, 24),
                (18, 32),
                "shape is 18 x 32, but patterns holds pictures of 24 x 24 cells",
            ),
            (FACES, "square", "shape is 'square'; (rows, columns) is wanted"),
            (FACES, (24, 24.0), "a side of shape is 24.0"),
            (FACES, (24,), "shape is (24,)"),
            (FACES, (-24, -24), "a side of shape is -24"),
        ],
    )
    def test_what_is_refused(self, given, shape, words):
        if words is None:
            assert len(_own_pictures.pictures(given, shape)) == 24
            return
        with pytest.raises((ValueError, TypeError)) as caught:
            _own_pictures.pictures(given, shape)
        assert str(caught.value).startswith(words) and len(str(caught.value)) < 300

    def test_a_single_picture_given_as_rows_gets_a_hint(self):
        with pytest.raises(ValueError, match=r"for a single picture of these rows write \[picture\]"):
            explore.painter(FACES[0].reshape(24, 24))

    @pytest.mark.parametrize("name", WITH_SHAPE)
    def test_a_shape_without_pictures(self, name):
        with pytest.raises(ValueError, match=r"^shape is .*, but there are no patterns that have it"):
            getattr(explore, name)(shape=(24, 24))

    @pytest.mark.parametrize("name", ALL)
    def test_explorers_refuse_them_under_their_name(self, name):
        for bad in (np.eye(3), "heart", np.ones((65, 4)), np.ones((2, 2000))):
            with pytest.raises((ValueError, TypeError), match=r"^patterns "):
                getattr(explore, name)(patterns=bad)


SETS = {
    "faces": (FACES, None),
    "digits": (DIGITS, None),
    "wide": (patterns.random(3, 60, 0), (5, 12)),
    "high": (patterns.random(3, 60, 0), (30, 2)),
    "tiny": (np.array([[1, -1], [1, 1]]), None),
    "alike": (np.ones((3, 9), int), None),
}


@pytest.mark.every(7)
@pytest.mark.parametrize("kind", SETS)
@pytest.mark.parametrize("name", ALL)
def test_every_control_at_its_ends(name, kind):
    given, shape = SETS[kind]
    explorer = getattr(explore, name)(patterns=given, **({"shape": shape} if name in WITH_SHAPE else {}))
    for control in explorer.controls.values():
        before = control.value
        values = [option[1] for option in control._options_full] if hasattr(control, "options") else []
        values = [values[0], values[-1]] if values else []
        if not values:
            low, high = control.min, control.max
            values = [10**low, 10**high] if hasattr(control, "base") else [low, high]
        for value in [*values, before]:
            control.value = value
            assert explorer.error is None, explorer.error
    data, metadata = explorer._repr_mimebundle_()
    assert explorer.caption in data["text/plain"] and len(metadata["image/png"]["alt"]) > 60


def test_one_pattern_stores_and_names_it():
    explorer = explore.one_pattern(patterns={"Ada": FACES[0]}, wrong=287)
    assert explorer.controls["pattern"].value == "Ada" and explorer.controls["N"].disabled
    assert (
        explorer.caption.startswith("287 of 576 units wrong") and "The pattern comes out" in explorer.caption
    )
    explorer.controls["wrong"].value = 289
    assert "The inverse comes out" in explorer.caption
    explorer.controls["pattern"].value = "heart"
    assert explorer.controls["wrong"].max == 100 and explorer.error is None
    figure = Figure((8.6, 3.9))
    explore.draw_one_pattern(figure, wrong=100, schedule="ordered", patterns=DIGITS)
    pattern, cue, result = (image.get_array() for image in figure.axes[0].images)
    assert pattern.shape == (28, 28) and (pattern.ravel() == DIGITS[0]).all()
    assert (cue != pattern).sum() == 100
    end = binary.Network(learning.hebb(DIGITS[0])).recall(np.asarray(cue).ravel()).final
    assert (np.asarray(result).ravel() == end).all()


def test_crosstalk_counts_their_failing_units():
    for given in (datasets.letters(), FACES, DIGITS):
        M, N = given.shape
        W = learning.hebb(given)
        failing = int(((given @ W) * given < 0).sum())
        said = explore.crosstalk(patterns=given).caption
        assert said.startswith(f"{failing or 'None'} of ")
        assert f" of {'the ' if not failing else ''}{M * N} units" in said.replace("None of the", " of the")
    pairs = [given[i] @ given[j] / N for i in range(M) for j in range(i)]
    assert _crosstalk.likeness(given) == pytest.approx(max(0, np.mean(pairs)))
    assert f"as alike as these (overlap {max(0, np.mean(pairs)):.2f} on average)" in said


def test_the_contest_recalls_them():
    s = datasets.letters()
    said = explore.recall_contest(patterns=s, M=26, which=3, shown=60, n=10).caption
    cue = np.where(np.arange(100) % 10 < 6, s[2], 0)
    start = np.where(cue == 0, np.random.default_rng(0).choice([-1, 1], 100), cue)
    ends = [
        binary.Network(learning.hebb(s)).recall(start).final,
        dense.Network(s, dense.power(10)).recall(start).final,
        modern.Network(s, 0.3).recall(cue).final,
    ]
    wrong = [int((np.abs(end - s[2]) > 0.5).sum()) for end in ends]
    assert said.startswith("26 pictures stored, 60 of 100 cells shown: ")
    for name, number in zip(("classical", "dense", "modern"), wrong, strict=True):
        assert f"{name} {f'has {number} wrong cell' if number else 'has none'}" in said


def test_beta_asks_for_them():
    explorer = explore.beta(1.0, 3, hidden=0, patterns=datasets.digits())
    assert explorer.caption.endswith("it rests in a single picture, number 3: the right one.")
    blind = explore.beta(3.0, 2, hidden=2, patterns=[[[1, 1], [1, -1]], [[1, -1], [1, 1]], [[1, 1], [1, 1]]])
    assert "of 3 pictures" in blind.caption
    taken = explore.beta(3.0, 1, hidden=1, patterns=[[[1, 1], [-1, -1]], [[1, -1], [-1, -1]]])
    assert taken.caption.endswith(": the right one.") or "ridge" in taken.caption


@pytest.mark.parametrize("given", [FACES, datasets.digits(), np.array([[1, -1], [1, 1]])])
def test_branches_are_the_stable_states_of_the_library(given):
    own = _own_pictures.pictures(given)
    found = {}
    for at, height in _beta.branches(own):
        found.setdefault(at, []).append(height)
    for at in list(found)[::30]:
        states, _ = modern.fixed_points(given.astype(float), 10**at)
        wanted = [_beta.place(p) for p in modern.Network(given.astype(float), 10**at).attention(states)]
        for height in wanted:
            assert min(abs(height - other) for other in found[at]) < 1e-3
        assert max(min(abs(height - other) for other in wanted) for height in found[at]) < 1e-3


def test_sharpness_stores_them():
    explorer = explore.sharpness(patterns=FACES, noise=100)
    assert (
        explorer.caption.startswith("3 patterns stored")
        and "30 cues with 100 wrong units of 576" in explorer.caption
    )
    rng = np.random.default_rng([0, 100])
    cues = patterns.flip(FACES[np.arange(30) % 3], 100, rng=rng)
    ends = dense.Network(FACES, dense.power(3)).recall(cues).final
    back = int((ends == FACES[np.arange(30) % 3]).all(axis=1).sum())
    assert f"{back} of 30 cues" in explorer.caption
    assert explorer.controls["noise"].max == 45 * 576 // 100
    explorer.controls["noise"].value = 45 * 576 // 100
    explorer.controls["stored_as"].value = "random patterns"
    assert explorer.error is None and explorer.controls["noise"].max == 45
    with pytest.raises(ValueError, match=r"^patterns holds 1 picture; 2 to 64 are wanted"):
        explore.sharpness(patterns=FACES[:1])
