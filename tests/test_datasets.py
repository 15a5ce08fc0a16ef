"""The built-in pictures: shapes, values, balance of ink and paper, and what happens to bad requests."""

import ast
import base64
import io
import sys
import wave
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from hopfield_edu import datasets, learning, patterns, plots
from hopfield_edu.binary import Network

GLYPHS = np.concatenate([datasets.letters(), datasets.digits()])
EVERY = np.concatenate([GLYPHS, datasets.icons()])


def test_shapes_values_and_types() -> None:
    assert datasets.letters().shape == (26, 100)
    assert datasets.digits().shape == (10, 100)
    assert datasets.icons().shape == (len(datasets.ICONS), 100)
    assert EVERY.dtype.kind == "i"
    assert set(np.unique(EVERY)) == {-1, 1}


@pytest.mark.parametrize("s", [GLYPHS, datasets.icons()], ids=["glyphs", "icons"])
def test_all_pictures_differ_by_several_cells(s) -> None:
    apart = (s[:, None] != s).sum(axis=-1)[np.triu_indices(len(s), 1)]
    assert apart.min() >= 10
    assert apart.max() <= 90  # nor is one nearly the inverse of another


def test_no_icon_is_a_glyph() -> None:
    apart = (datasets.icons()[:, None] != GLYPHS).sum(axis=-1)
    assert apart.min() > 0


def test_ink_and_paper_are_balanced() -> None:
    ink = (GLYPHS > 0).mean(axis=1)
    assert 0.4 < ink.min() and ink.max() < 0.7
    assert 0.5 < ink.mean() < 0.6


def test_every_picture_touches_the_four_sides_or_nearly() -> None:
    for picture in GLYPHS.reshape(-1, 10, 10):
        rows, columns = np.nonzero(picture > 0)
        assert rows.min() == 0 and rows.max() == 9
        assert columns.min() <= 1 and columns.max() >= 8


def test_ink_hangs_together() -> None:
    """Every glyph is one stroke: from any cell of ink one walks to any other (corners count)."""
    for picture in GLYPHS.reshape(-1, 10, 10):
        ink = {(int(r), int(c)) for r, c in np.argwhere(picture > 0)}
        reached, ahead = set(), [min(ink)]
        while ahead:
            r, c = ahead.pop()
            if (r, c) in ink - reached:
                reached.add((r, c))
                ahead += [(r + a, c + b) for a in (-1, 0, 1) for b in (-1, 0, 1)]
        assert reached == ink


@pytest.mark.parametrize("letter", "AHIMOTUVWXY")
def test_symmetric_letters_are_symmetric(letter: str) -> None:
    picture = datasets.letters(letter).reshape(10, 10)
    assert (picture == picture[:, ::-1]).all()


@pytest.mark.parametrize("letter", "BCDEHIKOX")
def test_letters_that_stand_on_their_head_nearly_do(letter: str) -> None:
    picture = datasets.letters(letter).reshape(10, 10)
    assert (picture != picture[::-1]).sum() <= 20


def test_a_text_is_spelled_in_its_order_repeats_included() -> None:
    alphabet = dict(zip(datasets.LETTERS, datasets.letters(), strict=True))
    assert (datasets.letters("HEBB") == [alphabet[x] for x in "HEBB"]).all()
    numbers = dict(zip(datasets.DIGITS, datasets.digits(), strict=True))
    assert (datasets.digits("2002") == [numbers[x] for x in "2002"]).all()
    assert (datasets.icons(["cup", "boat"])[1] == patterns.named("boat")).all()


def test_pictures_belong_to_the_caller() -> None:
    datasets.letters("A")[0, 0] = 99
    assert datasets.letters("A")[0, 0] == -1


@pytest.mark.parametrize("text", ["A", "Z", "S"])
def test_a_letter_is_a_pattern_that_a_network_recalls(text: str) -> None:
    s = datasets.letters(text)
    spoiled = patterns.flip(s, fraction=0.3, rng=1)
    assert (Network(learning.hebb(s)).recall(spoiled).final == s).all()


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: datasets.letters("abc"), ValueError, "did you mean 'ABC'"),
        (lambda: datasets.letters("A B"), ValueError, "text holds ' '"),
        (lambda: datasets.letters("R2"), ValueError, "text holds '2'"),
        (lambda: datasets.letters(""), ValueError, "text is empty"),
        (lambda: datasets.letters(3), TypeError, "text is 3"),
        (lambda: datasets.letters(["A", "B"]), TypeError, "a text of capital letters"),
        (lambda: datasets.digits(42), TypeError, "text is 42"),
        (lambda: datasets.digits("4A"), ValueError, "text holds 'A'"),
        (lambda: datasets.icons("heart"), TypeError, r"give a list of names, such as \['heart'\]"),
        (lambda: datasets.icons(["hart"]), ValueError, "choose one of 'heart'"),
        (lambda: datasets.icons([]), ValueError, "names is empty"),
    ],
)
def test_bad_requests_say_what_is_wanted(call, error, words) -> None:
    with pytest.raises(error, match=words):
        call()


def test_numpy_is_all_that_is_imported() -> None:
    tree = ast.parse(Path(sys.modules["hopfield_edu.datasets"].__file__).read_text(encoding="utf-8"))
    found = {n.module for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
    assert found <= {
        "__future__",
        "collections.abc",
        "importlib",
        "itertools",
        "math",
        "numbers",
        "typing",
        "numpy.typing",
        "hopfield_edu",
    }


# ------------------------------------------------------------------ faces

EVERYBODY = datasets.faces()


def test_sixty_four_people_all_different_and_much_alike() -> None:
    assert EVERYBODY.shape == (64, 576) and set(np.unique(EVERYBODY)) == {-1, 1}
    s = EVERYBODY
    overlaps = (s @ s.T / 576)[np.triu_indices(64, 1)]
    assert overlaps.max() < 1 and overlaps.mean() > 0.5
    assert 4 <= (s[0] != s[4]).sum() <= 10  # they differ in the eyes only


def test_people_are_chosen_by_number_or_by_looks() -> None:
    assert (datasets.faces([5, 3, 5]) == EVERYBODY[[5, 3, 5]]).all()
    found = [datasets.faces(hair=hair) for hair in datasets.FEATURES["hair"]]
    assert {len(group) for group in found} == {16}
    together = np.unique(np.concatenate(found), axis=0)
    assert (together == np.unique(EVERYBODY, axis=0)).all()
    assert len(datasets.faces(shape="long", hair="bald", eyes="narrow", mouth="sad")) == 1


@pytest.mark.parametrize(
    ("what", "rows"),
    [({"glasses": "sunglasses"}, (7, 16)), ({"hat": "hat"}, (0, 9)), ({"age": "old"}, (5, 24))],
)
def test_what_is_put_on_covers_its_place_and_nothing_else(what, rows) -> None:
    changed = (datasets.faces(**what) != EVERYBODY).any(axis=0).reshape(24, 24).any(axis=1)
    assert changed.any() and set(np.flatnonzero(changed)) <= set(range(*rows))
    assert (datasets.faces(**what) != EVERYBODY).any(axis=1).all()


def test_sunglasses_hide_the_eyes() -> None:
    opened, narrow = (datasets.faces(eyes=eyes, glasses="sunglasses") for eyes in datasets.FEATURES["eyes"])
    assert (opened == narrow).all()


# ------------------------------------------------------------------ melodies


def test_melodies_are_single_voices_of_64_steps() -> None:
    rolls = datasets.melodies()
    assert rolls.shape == (8, 512) and set(np.unique(rolls)) == {-1, 1}
    bars = rolls.reshape(8, 8, 64)
    assert ((bars > 0).sum(axis=1) <= 1).all()  # one voice
    assert (bars[:, :, -1] == -1).all()  # that ends in a rest
    assert (datasets.melodies(["Jingle Bells"])[0] == rolls[datasets.MELODIES.index("Jingle Bells")]).all()


def heard(samples: np.ndarray, rate: int) -> float:
    """The loudest frequency."""
    spectrum = np.abs(np.fft.rfft(samples - 128.0))
    return spectrum.argmax() * rate / len(samples)


@pytest.mark.parametrize(("row", "frequency"), list(enumerate([262, 294, 330, 349, 392, 440, 494, 523])))
def test_a_row_sounds_at_its_pitch(row: int, frequency: float) -> None:
    roll = np.full((8, 16), -1)
    roll[row] = 1
    sound = datasets.play(roll)
    assert heard(sound.samples, sound.rate) == pytest.approx(frequency, rel=0.01)
    assert str(sound) == f"1.6 seconds of sound: {'CDEFGABc'[row]}"


def test_sound_says_what_is_heard_and_is_the_same_every_time() -> None:
    roll = datasets.melodies(["Twinkle, Twinkle"])[0]
    sound = datasets.play(roll)
    assert str(sound) == "6.4 seconds of sound: C C G G A A G F F E E D D C"
    assert sound.wav == datasets.play(roll.reshape(8, 64)).wav
    page = sound._repr_html_()
    assert page == datasets.play(roll * 0.7)._repr_html_()
    assert len(page) < 70_000 and "C C G G" in page
    with wave.open(io.BytesIO(base64.b64decode(page.split("base64,")[1].split('"')[0]))) as file:
        assert (file.getframerate(), file.getsampwidth(), file.getnframes()) == (8000, 1, 51_200)


def test_silence_and_chords() -> None:
    roll = np.full((8, 4), -1)
    assert str(datasets.play(roll)) == "0.4 seconds of sound: silence"
    assert (datasets.play(roll).samples == 128).all()
    roll[[0, 2, 4], 1:] = 1
    assert str(datasets.play(roll)).endswith(": [CEG]")
    assert np.ptp(datasets.play(roll).samples) > 200


# ------------------------------------------------------------------ the photograph


def test_the_photograph_is_grey_and_its_halftone_black_and_white() -> None:
    grey, printed = datasets.photograph(64), datasets.photograph(64, halftone=True)
    assert grey.shape == printed.shape == (64 * 64,)
    assert np.abs(grey).max() <= 1 and len(np.unique(grey)) > 100
    assert set(np.unique(printed)) == {-1, 1}
    blocks = [picture.reshape(8, 8, 8, 8).mean(axis=(1, 3)) for picture in (grey, printed)]
    assert np.abs(blocks[0] - blocks[1]).max() < 0.2  # from afar they look the same
    grey = grey.reshape(64, 64)
    assert grey[12:22, 20:45].mean() > 0.4 > grey[34:45, 20:40].mean()  # a dark cap, a bright face


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: datasets.faces(3), TypeError, r"give a list of numbers, such as \[3\]"),
        (lambda: datasets.faces([64]), ValueError, "the number in who is 64"),
        (lambda: datasets.faces([1.5]), TypeError, "the number in who is 1.5"),
        (lambda: datasets.faces([]), ValueError, "nobody is left"),
        (lambda: datasets.faces([0], hair="bald"), ValueError, "nobody is left"),
        (lambda: datasets.faces(glasses="red"), ValueError, "glasses is 'red'; choose one of 'none'"),
        (lambda: datasets.faces(beard="long"), ValueError, "the feature is 'beard'; choose one of 'shape'"),
        (lambda: datasets.melodies("Ode to Joy"), TypeError, "give a list of names"),
        (lambda: datasets.melodies(["Ode"]), ValueError, "choose one of 'Ode to Joy'"),
        (lambda: datasets.melodies([]), ValueError, "names is empty"),
        (lambda: datasets.play(np.ones((7, 8))), ValueError, r"roll has shape \(7, 8\)"),
        (lambda: datasets.play([]), ValueError, "roll has shape"),
        (lambda: datasets.play("C C G G"), TypeError, "roll is 'C C G G'"),
        (lambda: datasets.play([np.nan] * 8), ValueError, "roll contains NaN"),
        (lambda: datasets.photograph(4), ValueError, "size is 4; it must be between 8 and 320"),
        (lambda: datasets.photograph(32.0), TypeError, "size is 32.0"),
    ],
)
def test_bad_requests_for_faces_melodies_and_the_photograph(call, error, words) -> None:
    with pytest.raises(error, match=words):
        call()


# ------------------------------------------------------------------ shapes


@pytest.mark.parametrize(
    ("pictures", "shape"),
    [
        (datasets.letters("A"), (10, 10)),
        (datasets.digits("4"), (10, 10)),
        (datasets.icons(["cup"]), (10, 10)),
        (datasets.faces([7]), (24, 24)),
        (datasets.melodies(["Ode to Joy"]), (8, 64)),
        (datasets.photograph(32, halftone=True)[None], (32, 32)),
    ],
    ids=["letters", "digits", "icons", "faces", "melodies", "photograph"],
)
def test_plots_know_the_shape_of_every_picture_of_the_library(pictures, shape) -> None:
    """Pictures come flat, so that each is one pattern; the plots and `shape_of` know their rows."""
    assert pictures.ndim == 2 and datasets.shape_of(pictures.shape[1]) == shape
    for axes in (plots.grids(pictures), plots.greys(pictures), [plots.grid(pictures[0])]):
        assert (axes[0].images[0].get_array() == pictures[0].reshape(shape)).all()


# ------------------------------------------------------------------ pictures of one's own

F = np.array([[int(cell == "#") for cell in row] for row in ["####", "#...", "###.", "#...", "#..."]])
INK = 2 * F.ravel() - 1


def saved(array: np.ndarray, kind: str, **how) -> bytes:
    """A file in memory."""
    buffer = io.BytesIO()
    Image.fromarray(array.astype(np.uint8)).save(buffer, format=kind, **how)
    return buffer.getvalue()


def coloured() -> np.ndarray:
    """The F in dark blue on light yellow: luminance tells ink from paper."""
    return np.where(F[..., None] == 1, (60, 20, 140), (240, 240, 60)).astype(np.uint8)


@pytest.mark.parametrize(
    "given",
    [
        "####\n#...\n###.\n#...\n#...",
        "\n  ####\n  #...\n  ###.\n  #...\n  #...\n  ",
        2 * F - 1,
        (2.0 * F - 1) * 0.7,
        F,
        F == 1,
        255 * (1 - F),
        (255 * (1 - F)).astype(np.uint8),
        1.0 - F,
        200 - 100 * F,
        coloured(),
        coloured() / 255,
        (255 * (1 - F)).tolist(),
        saved(255 * (1 - F), "PNG"),
        saved(coloured(), "PNG"),
        saved(coloured(), "BMP"),
        bytearray(saved(coloured(), "PNG")),
        memoryview(saved(255 * (1 - F), "TIFF")),
    ],
    ids=lambda given: type(given).__name__,
)
def test_a_picture_in_every_form(given) -> None:
    found = datasets.picture(given)
    assert (found == INK).all() and found.shape == (20,) and found.dtype.kind == "i"
    assert (datasets.picture(given, dark=-1) == -INK).all()
    assert (
        datasets.picture(given, (10, 8)).reshape(10, 8) == np.kron(INK.reshape(5, 4), np.ones((2, 2)))
    ).all()


def test_a_picture_from_files_and_what_is_transparent_or_deep(tmp_path) -> None:
    (tmp_path / "f.txt").write_text("####\n#...\n###.\n#...\n#...\n", encoding="utf-8")
    clear = np.dstack([np.zeros((5, 4, 3)), 255 * F]).astype(
        np.uint8
    )  # black everywhere, but only the F is there
    Image.fromarray(clear).save(tmp_path / "clear.png")
    Image.fromarray((65535 * (1 - F)).astype(np.uint16)).save(tmp_path / "deep.png")
    Image.fromarray(coloured()).convert("P").save(tmp_path / "palette.gif")
    for name in ("f.txt", "clear.png", "deep.png", "palette.gif"):
        for path in (tmp_path / name, str(tmp_path / name)):
            assert (datasets.picture(path) == INK).all(), name
    assert (datasets.pictures(tmp_path) == INK).all() and datasets.pictures(str(tmp_path)).shape == (4, 20)


def test_pictures_come_in_the_order_of_their_names_and_other_files_are_left_alone(tmp_path) -> None:
    for k in (10, 2, 1):
        Image.fromarray(np.full((4, 4), 255, np.uint8)).save(tmp_path / f"{k}.png")
        grey = np.full(16, 255, np.uint8)
        grey[:k] = 0
        Image.fromarray(grey.reshape(4, 4)).save(tmp_path / f"{k}.png")
    (tmp_path / "notes.md").write_text("no picture", encoding="utf-8")
    assert (datasets.pictures(tmp_path) > 0).sum(axis=1).tolist() == [1, 2, 10]
    Image.fromarray(np.eye(6, dtype=np.uint8) * 255).save(tmp_path / "6.png")
    with pytest.raises(ValueError, match=r"folder holds pictures of 16 cells \(1.png\) and of 36 \(6.png\)"):
        datasets.pictures(tmp_path)
    assert datasets.pictures(tmp_path, 4).shape == (4, 16)


def test_a_photograph_is_made_smaller_by_means_and_its_middle_is_taken() -> None:
    grey = 127.5 * (1 - datasets.photograph(64).reshape(64, 64))
    wide = np.hstack([np.full((64, 20), 255), grey, np.full((64, 20), 0)])
    means = grey.reshape(16, 4, 16, 4).mean(axis=(1, 3))
    assert (datasets.picture(wide, 16) == np.where(means < means.mean(), 1, -1).ravel()).all()
    assert (datasets.picture(wide, 16, threshold=90) == np.where(means < 90, 1, -1).ravel()).all()
    assert datasets.picture(wide, (4, 16)).shape == (64,)


def test_dots_keep_the_greys_that_a_threshold_cuts_off() -> None:
    shades = np.repeat(np.linspace(0, 255, 32)[None], 32, axis=0)
    cut, dots = (datasets.picture(shades, dither=dither).reshape(32, 32) for dither in (False, True))
    assert (cut == np.where(np.arange(32) < 16, 1, -1)).all()
    dark = (dots > 0).mean(axis=0).reshape(4, 8).mean(axis=1)
    assert np.abs(dark - [0.875, 0.625, 0.375, 0.125]).max() < 0.08


def test_white_on_black_and_the_greys_of_a_digit_of_28_by_28() -> None:
    """MNIST's digits are white on black: dark=-1 makes the writing +1."""
    r, c = np.mgrid[:28, :28] - 13.5
    digit = (255 * np.exp(-((np.hypot(r, 1.4 * c) - 9) ** 2) / 4)).astype(np.uint8)  # a zero with soft edges
    found = datasets.picture(digit, dark=-1, threshold=128)
    assert found.shape == (784,) and ((found > 0) == (digit >= 128).ravel()).all()


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (
            lambda: datasets.picture("no_such.png"),
            ValueError,
            "file_or_array is 'no_such.png'; there is no such",
        ),
        (
            lambda: datasets.picture(b"nonsense"),
            ValueError,
            "file_or_array is some bytes, which is no picture",
        ),
        (lambda: datasets.picture("#x\n.."), ValueError, "file_or_array holds 'x'; a drawing is made of #"),
        (lambda: datasets.picture("##\n."), ValueError, "file_or_array is a drawing whose rows differ"),
        (lambda: datasets.picture("\n"), ValueError, "file_or_array is empty"),
        (lambda: datasets.picture([1, -1]), ValueError, r"file_or_array has shape \(2,\); one picture"),
        (lambda: datasets.picture(np.zeros((2, 3, 2))), ValueError, r"file_or_array has shape \(2, 3, 2\)"),
        (lambda: datasets.picture(None), TypeError, "file_or_array is None"),
        (lambda: datasets.picture([[0, np.nan]]), ValueError, "file_or_array contains NaN"),
        (lambda: datasets.picture(np.eye(2), 0), ValueError, "size is 0; it must be at least 1"),
        (lambda: datasets.picture(np.eye(2), (2, 2, 2)), ValueError, r"size is \(2, 2, 2\)"),
        (
            lambda: datasets.picture(np.eye(2), threshold="median"),
            TypeError,
            "threshold is 'median'; 'mean' or",
        ),
        (
            lambda: datasets.picture(np.eye(2) * 255, threshold=300),
            ValueError,
            "threshold is 300, but the greys",
        ),
        (lambda: datasets.picture(np.eye(2), dither=1), TypeError, "dither is 1; True or False"),
        (lambda: datasets.picture(np.eye(2), dark=0), ValueError, "dark is 0; choose one of 1, -1"),
        (
            lambda: datasets.picture(np.broadcast_to(0, (2000, 2000))),
            ValueError,
            "4000000 cells; give a size",
        ),
        (
            lambda: datasets.pictures("no_such_folder"),
            ValueError,
            "folder is 'no_such_folder'; there is no such",
        ),
        (lambda: datasets.pictures(3), TypeError, "folder is 3; the path of a folder"),
        (lambda: datasets.faces("ab"), TypeError, "who is 'ab'; give a list of numbers"),
        (lambda: datasets.faces(who=object), TypeError, "who is .* a list of numbers is wanted"),
        (lambda: datasets.icons(3), TypeError, "names is 3; a list of names is wanted"),
        (lambda: datasets.melodies([["Ode"]]), ValueError, r"a name in names is \['Ode'\]; choose one of"),
        (lambda: datasets.letters("A" * 10**6), ValueError, "text has 1000000 signs; at most 10000"),
        (lambda: datasets.photograph(32, halftone=1), TypeError, "halftone is 1; True or False"),
        (
            lambda: datasets.play(np.ones((8, 10**5))),
            ValueError,
            "roll = an array of shape .* the limit is 2 GiB",
        ),
        (lambda: datasets.shape_of(0), ValueError, "N is 0; it must be at least 1"),
    ],
)
def test_bad_requests_for_pictures_are_named(call, error, words) -> None:
    with pytest.raises(error, match=words) as caught:
        call()
    assert len(str(caught.value)) < 300
