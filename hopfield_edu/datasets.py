"""Small pictures that come with the course: letters, digits and icons, 10 x 10 cells, ink +1 and paper -1.

They were drawn for this course, in strokes so bold that ink and paper nearly balance, and need no download.
``pictures.reshape(len(pictures), -1)`` gives patterns of 100 units::

    s = datasets.letters("ABC").reshape(3, -1)
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from hopfield_edu import patterns

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
DIGITS = "0123456789"
ICONS = patterns.NAMES

Pictures = NDArray[np.int_]


def letters(text: str | None = None) -> Pictures:
    """The capital letters of `text`, one picture each; the whole alphabet if no text is given.

    Parameters
    ----------
    text : str, optional
        Letters of `LETTERS`. A letter that occurs twice gives two equal pictures.

    Returns
    -------
    pictures : (M, 10, 10) array of ±1

    Raises
    ------
    TypeError, ValueError
        If `text` is no text, is empty, or holds anything but capital letters.

    Examples
    --------
    >>> letters().shape, letters("AR").shape
    ((26, 10, 10), (2, 10, 10))
    """
    return _spell(text, LETTERS, "capital letters A to Z")


def digits(text: str | None = None) -> Pictures:
    """The digits of `text`, one picture each; all ten, 0 first, if no text is given.

    Parameters
    ----------
    text : str, optional
        Digits as text, such as ``"2026"``.

    Returns
    -------
    pictures : (M, 10, 10) array of ±1

    Raises
    ------
    TypeError, ValueError
        If `text` is no text, is empty, or holds anything but digits.

    Examples
    --------
    >>> digits().shape, digits("42").shape
    ((10, 10, 10), (2, 10, 10))
    """
    return _spell(text, DIGITS, "digits 0 to 9")


def icons(names: Iterable[str] | None = None) -> Pictures:
    """The icons of these names, one picture each; all of them if no names are given.

    Parameters
    ----------
    names : sequence of str, optional
        Names of `ICONS`, the pictures of `patterns.named`.

    Returns
    -------
    pictures : (M, 10, 10) array of ±1

    Raises
    ------
    TypeError, ValueError
        If `names` is a single text, is empty, or holds an unknown name.

    Examples
    --------
    >>> icons(["heart", "boat"]).shape
    (2, 10, 10)
    """
    if isinstance(names, str):
        raise TypeError(f"names is {names!r}; give a list of names, such as [{names!r}]")
    chosen = ICONS if names is None else list(names)
    if not chosen:
        raise ValueError("names is empty; at least one icon is needed")
    return np.array([patterns.named(name) for name in chosen])


def _spell(text: str | None, known: str, kind: str) -> Pictures:
    if text is None:
        text = known
    if not isinstance(text, str):
        raise TypeError(f"text is {text!r}; a text of {kind} is wanted")
    if not text:
        raise ValueError(f"text is empty; at least one of the {kind} is needed")
    strange = [sign for sign in text if sign not in known]
    if strange:
        hint = f"; did you mean {text.upper()!r}?" if set(text.upper()) <= set(known) else ""
        raise ValueError(f"text holds {strange[0]!r}; only {kind} are drawn here{hint}")
    return np.array([_picture((LETTERS + DIGITS).index(sign)) for sign in text])


def _picture(k: int) -> Pictures:
    """Glyph number k of the sheet, nine glyphs to a row."""
    rows = _SHEET.split("\n\n")[k // 9].split("\n")
    return np.array([[1 if cell == "#" else -1 for cell in row.split(" ")[k % 9]] for row in rows])


_SHEET = """\
...####... ########.. ..#######. ########.. ########## ########## ..#######. ##......## .########.
..######.. #########. .######### #########. ########## ########## .######### ##......## .########.
.###..###. ##.....##. ####...### ##....###. ##........ ###....... ###....##. ##......## ...####...
.##....##. ##.....##. ###....... ##.....### ##........ ###....... ##........ ##......## ...####...
##......## ########.. ###....... ##......## #######... ########.. ##...##### ########## ...####...
########## #########. ###....... ##......## #######... ########.. ##...##### ########## ...####...
########## ##......## ###....... ##.....### ##........ ###....... ##......## ##......## ...####...
##......## ##......## ####...### ##....###. ##........ ###....... ###....### ##......## ...####...
##......## ########## .######### #########. ########## ###....... .######### ##......## .########.
##......## #########. ..#######. ########.. ########## ###....... ..#######. ##......## .########.

....###### ###....### ###....... ##......## ##......## ..######.. #########. ..######.. ########..
....###### ###...###. ###....... ###....### ###.....## .########. ########## .########. #########.
......###. ###..###.. ###....... ####..#### ####....## ####..#### ###....### ###....### ##.....##.
......###. ###.###... ###....... ########## #####...## ###....### ###....### ##......## ##.....##.
......###. ######.... ###....... ##.####.## ##.###..## ##......## ########## ##......## #########.
......###. #######... ###....... ##..##..## ##..###.## ##......## #########. ##..##..## ########..
###...###. ###.###... ###....... ##......## ##...##### ###....### ###....... ##..###### ##..###...
###...###. ###..###.. ###....... ##......## ##....#### ####..#### ###....... ###..####. ##...###..
#########. ###...###. ########## ##......## ##.....### .########. ###....... .######### ##....###.
.#######.. ###....### ########## ##......## ##......## ..######.. ###....... ..#####.## ##.....###

..######## ########## ###....### ###....### ##......## ###....### ###....### ########## ...####...
.######### ########## ###....### ###....### ##......## ###....### ###....### ########## ..######..
##........ ########## ###....### ###....### ##......## .###..###. .###..###. ......#### .###..###.
##........ ...####... ###....### .##....##. ##......## ..######.. .########. .....####. .##...###.
.########. ...####... ###....### .###..###. ##..##..## ...####... ..######.. ....####.. .##..####.
..######## ...####... ###....### .###..###. ##.####.## ...####... ...####... ..####.... .####..##.
........## ...####... ###....### ..##..##.. ########## ..######.. ...####... .####..... .###...##.
........## ...####... ####..#### ..######.. ####..#### .###..###. ...####... ####...... .###..###.
#########. ...####... .########. ...####... ###....### ###....### ...####... ########## ..######..
########.. ...####... ..######.. ....##.... ##......## ###....### ...####... ########## ...####...

....###... .#######.. .########. .....####. #########. ...#####.. ########## ..######.. ..######..
...####... #########. #########. ....#####. #########. ..######.. ########## .########. .########.
..#####... ###...###. ......#### ...######. ##........ .###...... ##....#### .##....##. ###....###
.######... ......###. ......###. ..###.###. ##........ ###....... .....####. .##....##. ###....###
....###... .....####. ...#####.. .###..###. ########.. ########.. ....####.. ..######.. .#########
....###... ...####... ...######. ###...###. #########. #########. ...####... .########. ..########
....###... .####..... .......### ########## .......### ###....### ...###.... ##......## .......###
....###... ####...... ......#### ########## ###....### ###....### ..####.... ##......## ......###.
.########. #########. #########. ......###. #########. .########. ..###..... .########. ..######..
.########. #########. ########.. ......###. .#######.. ..######.. ..###..... ..######.. ..#####..."""
