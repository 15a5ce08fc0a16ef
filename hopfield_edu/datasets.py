"""Pictures and melodies that come with the course, ink and sounding notes +1, paper and silence -1.

Letters, digits and icons have 10 x 10 cells; they were drawn for this course, in strokes so bold that ink
and paper nearly balance. Faces have 24 x 24 cells and are alike, as faces are. Melodies are piano rolls of
8 pitches and 64 steps. A photograph lies in the package. Nothing is downloaded; `picture` and `pictures`
read files of your own.
All of them are patterns as they come, flat, a row each; `shape_of` says how many rows and columns of cells
a picture has, and the plots know it::

    W = learning.hebb(datasets.letters("ABC"))
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib import resources
from itertools import product
from math import isqrt
from numbers import Real
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hopfield_edu import _check, _faces, _images, _melodies, patterns

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
DIGITS = "0123456789"
ICONS = patterns.NAMES
MELODIES = _melodies.MELODIES
FEATURES = _faces.CHOICES

Pictures = NDArray[np.int_]
MOST = 10_000  # pictures in one call
PER_CELL = 20_000  # numbers that a sixteenth note of sound takes on its way


def shape_of(N: int) -> tuple[int, int]:
    """Rows and columns of a picture of N cells: those of a piano roll, else a square, else a single row.

    Examples
    --------
    >>> shape_of(100), shape_of(512), shape_of(7)
    ((10, 10), (8, 64), (1, 7))
    """
    root = isqrt(_check.count(N, "N", low=1))
    if N == _melodies.SHAPE[0] * _melodies.SHAPE[1]:
        return _melodies.SHAPE
    return (root, root) if root**2 == N else (1, N)


def letters(text: str | None = None) -> Pictures:
    """The capital letters of `text`, one picture each; the whole alphabet if no text is given.

    Parameters
    ----------
    text : str, optional
        Letters of `LETTERS`. A letter that occurs twice gives two equal pictures.

    Returns
    -------
    pictures : (M, 100) array of ±1

    Raises
    ------
    TypeError, ValueError
        If `text` is no text, is empty, or holds anything but capital letters.

    Examples
    --------
    >>> letters().shape, letters("AR").shape
    ((26, 100), (2, 100))
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
    pictures : (M, 100) array of ±1

    Raises
    ------
    TypeError, ValueError
        If `text` is no text, is empty, or holds anything but digits.

    Examples
    --------
    >>> digits().shape, digits("42").shape
    ((10, 100), (2, 100))
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
    pictures : (M, 100) array of ±1

    Raises
    ------
    TypeError, ValueError
        If `names` is a single text, is empty, or holds an unknown name.

    Examples
    --------
    >>> icons(["heart", "boat"]).shape
    (2, 100)
    """
    return np.array([patterns.named(name) for name in _chosen(names, ICONS, "icon")])


def faces(who: Iterable[int] | None = None, **features: str) -> Pictures:
    """Cartoon faces of 64 people, with whatever they put on.

    Parameters
    ----------
    who : sequence of int, optional
        People by number, 0 to 63, in any order; everybody if not given. Neighbours differ least.
    **features : str
        What the faces look like, from `FEATURES`. ``shape``, ``hair``, ``eyes`` and ``mouth`` make a person:
        they choose among the people. ``glasses``, ``hat`` and ``age`` are put on everyone.

    Returns
    -------
    pictures : (M, 576) array of ±1
        Of 24 x 24 cells.

    Raises
    ------
    TypeError, ValueError
        If a number, a feature or its value is unknown, or if nobody looks like that.

    Examples
    --------
    >>> faces().shape, faces(hair="curly").shape, faces([3, 17], glasses="sunglasses").shape
    ((64, 576), (16, 576), (2, 576))
    """
    for name, value in features.items():
        _check.one_of(value, _check.one_of(name, "the feature", tuple(FEATURES)), FEATURES[name])
    people = _faces.people()
    if isinstance(who, int | np.integer):
        raise TypeError(f"who is {_check.shown(who)}; give a list of numbers, such as [{_check.shown(who)}]")
    numbers = range(len(people)) if who is None else _check.listed(who, "who", "numbers", high=MOST)
    chosen = [people[_check.count(k, "the number in who", high=len(people) - 1)] for k in numbers]
    person = {name: value for name, value in features.items() if name in _faces.PERSON}
    chosen = [face for face in chosen if all(getattr(face, name) == person[name] for name in person)]
    if not chosen:
        raise ValueError("nobody is left of who, with these features; at least one face is wanted")
    return np.array([_faces.draw_face(face._replace(**features)).ravel() for face in chosen])


def portraits() -> Pictures:
    """Sixty faces of three parts: every combination of 3 tops, 5 pairs of eyes and 4 mouths, all different.

    Returns
    -------
    pictures : (60, 576) array of ±1
        Of 24 x 24 cells. Face number (5 top + eyes) 4 + mouth, counted from 0, has its top (short hair, bald,
        hat) in rows 0 to 7, its eyes (open, narrow, glasses, glasses on narrow eyes, sunglasses) in rows 8 to
        14, and its mouth (smile, flat, open, sad) in rows 15 to 23.

    Examples
    --------
    >>> portraits().shape, portraits().reshape(3, 5, 4, 24, 24)[0, 4, 1].shape  # short, sunglasses, flat
    ((60, 576), (24, 24))
    """
    tops = [{"hair": "short"}, {"hair": "bald"}, {"hair": "bald", "hat": "hat"}]
    eyes = [("open", "none"), ("narrow", "none"), ("open", "glasses"), ("narrow", "glasses")]
    eyes.append(("open", "sunglasses"))
    parts = product(tops, eyes, FEATURES["mouth"])
    drawn = [_faces.Face(eyes=e, glasses=g, mouth=mouth, **top) for top, (e, g), mouth in parts]
    return np.array([_faces.draw_face(face).ravel() for face in drawn])


def melodies(names: Iterable[str] | None = None) -> Pictures:
    """The first four bars of old melodies as piano rolls.

    Parameters
    ----------
    names : sequence of str, optional
        Names of `MELODIES`; all eight if not given.

    Returns
    -------
    rolls : (M, 512) array of ±1
        Of 8 rows, the pitches from C4 up to C5 along the white keys, and 64 columns, sixteenth notes. The
        last sixteenth of every note is silent, so that repeated notes can be told apart. `play` makes them
        heard.

    Raises
    ------
    TypeError, ValueError
        If `names` is a single text, is empty, or holds an unknown name.

    Examples
    --------
    >>> melodies().shape, melodies(["Ode to Joy"]).shape
    ((8, 512), (1, 512))
    """
    return np.array([_melodies.roll(name).ravel() for name in _chosen(names, MELODIES, "melody")])


def play(roll: ArrayLike) -> _melodies.Sound:
    """The sound of a piano roll, with a button to play it in a notebook.

    Parameters
    ----------
    roll : (8, T) array, or flat (8 T,)
        Cells above 0 sound.

    Returns
    -------
    sound : Sound
        Its text says which pitches begin, in order, for those who cannot hear them.

    Examples
    --------
    >>> play(melodies(["Ode to Joy"])[0])
    6.4 seconds of sound: E E F G G F E D C C D E E D D
    """
    picture = _check.real_array(roll, "roll")
    _check.budget(numbers=PER_CELL * picture.size / 8, roll=roll)
    if picture.ndim not in (1, 2) or picture.size == 0 or picture.size % 8 or picture.shape[0] % 8:
        raise ValueError(f"roll has shape {picture.shape}; (8, T) or (8 T,) is wanted, a row per pitch")
    return _melodies.Sound(picture.reshape(8, -1))


def photograph(size: int = 64, *, halftone: bool = False) -> NDArray[np.float64]:
    """A portrait of Grace Hopper, computer scientist and rear admiral, black +1 and white -1.

    Parameters
    ----------
    size : int
        Rows and columns, 8 to 320.
    halftone : bool
        Print it with black and white cells only (±1): each takes the sign of its grey, and hands what it is
        wrong by on to its neighbours (Floyd and Steinberg 1976).

    Returns
    -------
    picture : (size^2,) array within [-1, 1]

    Notes
    -----
    The photograph (James S. Davis, United States Navy, public domain) also travels with matplotlib.

    Examples
    --------
    >>> photograph(32).shape, np.unique(photograph(32, halftone=True))
    ((1024,), array([-1.,  1.]))
    """
    import PIL.Image as Image  # here, so that the library stays light

    size, halftone = _check.count(size, "size", low=8, high=320), _check.flag(halftone, "halftone")
    with (resources.files("hopfield_edu") / "data" / "photograph.png").open("rb") as file:
        head = Image.open(file)
        head.load()
    grey = 1 - np.asarray(head.resize((size, size), Image.Resampling.BOX)) / 127.5
    return (_images.halftone(grey) if halftone else grey).ravel()


def picture(
    file_or_array: Any,
    size: int | tuple[int, int] | None = None,
    *,
    threshold: float | str = "mean",
    dither: bool = False,
    dark: int = 1,
) -> Pictures:
    """A picture of your own as a pattern.

    Parameters
    ----------
    file_or_array : path, bytes, array or text
        The name of a file that Pillow can read (PNG, JPEG, GIF, ...), or what is in it; an array
        (rows, columns) of greys or (rows, columns, 3) of colours, 0 black and 255 (or 1.0) white; an array of
        ±1, of 0/1 or of booleans, in which 1 is ink, or of reals from -1 (white) to 1; or a drawing in text,
        ``#`` for ink and ``.`` for paper.
    size : int or (rows, columns), optional
        How many cells it shall have, 1 to 1024 a side. Of a picture of another form the middle is taken. By
        default every pixel is a cell.
    threshold : "mean" or number
        Where ink begins: at the mean grey of this picture, or at a number on the scale of the greys given.
    dither : bool
        Print greys as dots (Floyd and Steinberg 1976) instead of cutting them off at the threshold.
    dark : int
        +1 or -1, the value of dark cells. Pass -1 for white writing on black ground, such as MNIST's digits.

    Returns
    -------
    picture : (N,) array of ±1
        Row after row.

    Raises
    ------
    TypeError, ValueError
        If there is no such file, it is no picture, or an argument does not fit.

    Examples
    --------
    >>> picture("#.. ##.".replace(" ", chr(10)))
    array([ 1, -1, -1,  1,  1, -1])
    >>> picture(np.array([[0, 255], [200, 10]]))
    array([ 1, -1, -1,  1])
    >>> picture(photograph(64).reshape(64, 64), 10, dither=True).shape
    (100,)
    """
    return _picture_of(file_or_array, "file_or_array", size, threshold, dither, dark)


def pictures(
    folder: Any,
    size: int | tuple[int, int] | None = None,
    *,
    threshold: float | str = "mean",
    dither: bool = False,
    dark: int = 1,
) -> Pictures:
    """All pictures of a folder as patterns, in the order of their names; arguments as in `picture`.

    Parameters
    ----------
    folder : path
        What has the ending of a picture or ``.txt`` is read (2.png before 10.png), the rest is left alone.

    Returns
    -------
    pictures : (M, N) array of ±1

    Raises
    ------
    TypeError, ValueError
        As in `picture`, or if the pictures differ in their number of cells: then give a `size`.
    """
    files = _images.in_order(folder)
    if not files:
        raise ValueError(f"folder is {_check.shown(str(folder))}; there is no picture in it")
    if len(files) > MOST:
        raise ValueError(f"folder holds {len(files)} pictures; at most {MOST} are read")
    how = {"threshold": threshold, "dither": dither, "dark": dark}
    found = [picture(file, size, **how) for file in files]
    odd = next((k for k, s in enumerate(found) if s.size != found[0].size), None)
    if odd is not None:
        raise ValueError(
            f"folder holds pictures of {found[0].size} cells ({files[0].name}) and of {found[odd].size} "
            f"({files[odd].name}); give a size for all"
        )
    return np.array(found)


def _size(size: Any) -> tuple[int, int] | None:
    if size is None:
        return None
    sides = (size, size) if not isinstance(size, (tuple, list)) else tuple(size)
    if len(sides) != 2:
        raise ValueError(f"size is {_check.shown(size)}; a number or (rows, columns) is wanted")
    rows, columns = (_check.count(side, "size", low=1, high=1024) for side in sides)
    return rows, columns


def _picture_of(
    source: Any, name: str, size: Any, threshold: float | str = "mean", dither: bool = False, dark: int = 1
) -> Pictures:
    """`picture`, in whose errors the source has the `name` under which the caller knows it."""
    size, dark = _size(size), _check.one_of(dark, "dark", (1, -1))
    if threshold != "mean" if isinstance(threshold, str) else not isinstance(threshold, Real):
        raise TypeError(f"threshold is {_check.shown(threshold)}; 'mean' or a number is wanted")
    cut = None if isinstance(threshold, str) else _check.number(threshold, "threshold")
    dither = _check.flag(dither, "dither")
    given = _images.grey_of(source, name)
    if size is None and given.grey.size > _images.CELLS:
        raise ValueError(f"{name} has {given.grey.size} cells; give a size, such as size=32")
    low, high = np.sort(given.sign * np.array([given.grey.min(), given.grey.max()]))
    if cut is not None and low < high and not low < cut <= high:
        raise ValueError(f"threshold is {cut:g}, but the greys of {name} reach from {low:g} to {high:g}")
    grey = _images.resized(given.grey, size)
    middle = given.middle if low == high else float(grey.mean())
    ink = (middle if cut is None else given.sign * cut) - grey
    if dither:
        ink = _images.halftone(np.clip(ink / given.half, -1, 1))
    return np.where(ink > 0, dark, -dark).ravel()


def _chosen(names: Any, known: tuple[str, ...], kind: str) -> Iterable[str]:
    """Those names, or all that are known."""
    if names is None:
        return known
    chosen = _check.listed(names, "names", "names", high=MOST)
    if not chosen:
        raise ValueError(f"names is empty; at least one {kind} is needed")
    return [_check.one_of(name, "a name in names", known) for name in chosen]


def _spell(text: str | None, known: str, kind: str) -> Pictures:
    if text is None:
        text = known
    if not isinstance(text, str):
        raise TypeError(f"text is {_check.shown(text)}; a text of {kind} is wanted")
    if not text:
        raise ValueError(f"text is empty; at least one of the {kind} is needed")
    if len(text) > MOST:
        raise ValueError(f"text has {len(text)} signs; at most {MOST} are drawn")
    strange = [sign for sign in text if sign not in known]
    if strange:
        hint = f"; did you mean {_check.shown(text.upper())}?" if set(text.upper()) <= set(known) else ""
        raise ValueError(f"text holds {strange[0]!r}; only {kind} are drawn here{hint}")
    return np.array([_picture((LETTERS + DIGITS).index(sign)) for sign in text])


def _picture(k: int) -> Pictures:
    """Glyph number k of the sheet, nine glyphs to a row: (100,) cells."""
    rows = _SHEET.split("\n\n")[k // 9].split("\n")
    return np.array([1 if cell == "#" else -1 for row in rows for cell in row.split(" ")[k % 9]])


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
