"""The built-in pictures: shapes, values, balance of ink and paper, and what happens to bad requests."""

import ast
import sys
from pathlib import Path

import numpy as np
import pytest

from hopfield_edu import datasets, learning, patterns
from hopfield_edu.binary import Network

GLYPHS = np.concatenate([datasets.letters(), datasets.digits()])
EVERY = np.concatenate([GLYPHS, datasets.icons()])


def test_shapes_values_and_types() -> None:
    assert datasets.letters().shape == (26, 10, 10)
    assert datasets.digits().shape == (10, 10, 10)
    assert datasets.icons().shape == (len(datasets.ICONS), 10, 10)
    assert EVERY.dtype.kind == "i"
    assert set(np.unique(EVERY)) == {-1, 1}


@pytest.mark.parametrize("pictures", [GLYPHS, datasets.icons()], ids=["glyphs", "icons"])
def test_all_pictures_differ_by_several_cells(pictures) -> None:
    s = pictures.reshape(len(pictures), -1)
    apart = (s[:, None] != s).sum(axis=-1)[np.triu_indices(len(s), 1)]
    assert apart.min() >= 10
    assert apart.max() <= 90  # nor is one nearly the inverse of another


def test_no_icon_is_a_glyph() -> None:
    apart = (datasets.icons()[:, None] != GLYPHS).sum(axis=(-1, -2))
    assert apart.min() > 0


def test_ink_and_paper_are_balanced() -> None:
    ink = (GLYPHS > 0).mean(axis=(1, 2))
    assert 0.4 < ink.min() and ink.max() < 0.7
    assert 0.5 < ink.mean() < 0.6


def test_every_picture_touches_the_four_sides_or_nearly() -> None:
    for picture in GLYPHS:
        rows, columns = np.nonzero(picture > 0)
        assert rows.min() == 0 and rows.max() == 9
        assert columns.min() <= 1 and columns.max() >= 8


def test_ink_hangs_together() -> None:
    """Every glyph is one stroke: from any cell of ink one walks to any other (corners count)."""
    for picture in GLYPHS:
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
    picture = datasets.letters(letter)[0]
    assert (picture == picture[:, ::-1]).all()


@pytest.mark.parametrize("letter", "BCDEHIKOX")
def test_letters_that_stand_on_their_head_nearly_do(letter: str) -> None:
    picture = datasets.letters(letter)[0]
    assert (picture != picture[::-1]).sum() <= 20


def test_a_text_is_spelled_in_its_order_repeats_included() -> None:
    alphabet = dict(zip(datasets.LETTERS, datasets.letters(), strict=True))
    assert (datasets.letters("HEBB") == [alphabet[x] for x in "HEBB"]).all()
    numbers = dict(zip(datasets.DIGITS, datasets.digits(), strict=True))
    assert (datasets.digits("2002") == [numbers[x] for x in "2002"]).all()
    assert (datasets.icons(["cup", "boat"])[1] == patterns.named("boat")).all()


def test_pictures_belong_to_the_caller() -> None:
    datasets.letters("A")[0, 0, 0] = 99
    assert datasets.letters("A")[0, 0, 0] == -1


@pytest.mark.parametrize("text", ["A", "Z", "S"])
def test_a_letter_is_a_pattern_that_a_network_recalls(text: str) -> None:
    s = datasets.letters(text).reshape(1, -1)
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
    assert found <= {"__future__", "collections.abc", "numpy.typing", "hopfield_edu"}
