"""Figures as PNG with a description: what a notebook saves, and what a screen reader says."""

from __future__ import annotations

import base64
import html
import io
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from hopfield_edu.plots import _given

DPI = 120  # pixels per inch of the PNG; shown at 96 per inch, so it stays sharp when zoomed

# A picture of few colours is as good where all but one value in 1000 are off by no more than this, of 255;
# those few lie on the edges of letters and lines.
SAME, NOTICED = 0.999, 12

#: Signs of mathtext that a description spells; Greek letters are known anyway, and other names stay words.
SIGNS = {"lambda": "λ", "sum": "Σ", "sqrt": "√", "infty": "∞", "times": "×", "cdot": "·", "pm": "±"}
SIGNS |= {"leq": "≤", "geq": "≥", "neq": "≠", "approx": "≈", "to": "→"}
LOWERED = str.maketrans("0123456789+-ijkn", "₀₁₂₃₄₅₆₇₈₉₊₋ᵢⱼₖₙ")


def png(fig: Figure, alt: str | None = None, *, dpi: float = DPI) -> bytes:
    """The figure as PNG; `alt` is stored inside as its description. Same figure, same bytes.

    Where 256 colours do, the picture keeps no more: it looks the same and takes a third of the room.
    """
    dpi = _given.dots(_given.figure(fig), dpi)
    alt = None if alt is None else _given.text(alt, "alt")
    buffer = io.BytesIO()
    fig.savefig(buffer, format="png", dpi=dpi, metadata={"Software": None, "Description": alt})
    return _fewer_colours(buffer.getvalue())


def _fewer_colours(picture: bytes) -> bytes:
    """A PNG of 256 colours in place of an opaque one of millions, unless one would see it."""
    from PIL import Image, PngImagePlugin

    original = Image.open(io.BytesIO(picture))
    colours = original.convert("RGB")
    if original.mode == "RGBA" and original.getextrema()[3] != (255, 255):
        return picture
    few = colours.quantize(256, kmeans=1)  # no dithering: areas of one colour stay so
    error = np.subtract(few.convert("RGB"), colours, dtype=np.int16)
    if np.quantile(np.abs(error), SAME) > NOTICED:
        return picture
    notes, buffer = PngImagePlugin.PngInfo(), io.BytesIO()
    for key, text in original.text.items():
        notes.add_text(key, text)
    few.save(buffer, "PNG", optimize=True, pnginfo=notes, dpi=original.info.get("dpi"))
    return min(picture, buffer.getvalue(), key=len)


def mimebundle(fig: Figure, alt: str, *, dpi: float = DPI) -> tuple[dict[str, str], dict[str, Any]]:
    """Data and metadata for Jupyter: the picture, and its description as alt text and as plain text.

    JupyterLab and nbconvert give no alt text to an ``image/png``, so that the picture comes a second time,
    as an ``<img>`` in ``text/html``; they show that one. Formulas of mathtext are read as plain words.
    """
    _given.figure(fig)
    alt = spoken(_given.text(alt, "alt"))
    picture = base64.b64encode(png(fig, alt, dpi=dpi)).decode()
    width, height = (round(96 * inches) for inches in fig.get_size_inches())
    data = {"image/png": picture, "text/html": _img(picture, alt, width, height), "text/plain": alt}
    return data, {"image/png": {"alt": alt, "width": width, "height": height}}


def _img(picture: str, alt: str, width: int, height: int) -> str:
    """An HTML image that shrinks with the page; white behind it, whatever the theme."""
    style = "max-width: 100%; height: auto; background: white"
    size = f'width="{width}" height="{height}" style="{style}"'
    return f'<img alt="{html.escape(alt)}" {size} src="data:image/png;base64,{picture}">'


def spoken(text: str) -> str:
    """A text without the marks of mathtext: ``$w_{ii} = -2$`` becomes "wᵢᵢ = −2"."""
    return re.sub(r"\$([^$]*)\$", lambda formula: _plain(formula[1]), text)


def _plain(formula: str) -> str:
    formula = re.sub(r"\\math[a-z]+", "", formula)
    formula = re.sub(r"\\([A-Za-z]+)", lambda name: _sign(name[1]), formula)
    low = r"_(?:([0-9ijkn])|\{([0-9ijkn+-]+)\})"
    formula = re.sub(low, lambda index: index[index.lastindex].translate(LOWERED), formula)
    return re.sub(r"\\.|[{}]", "", formula).replace("-", "−").strip()


def _sign(name: str) -> str:
    size = "CAPITAL" if name[0].isupper() else "SMALL"
    try:
        return SIGNS.get(name) or unicodedata.lookup(f"GREEK {size} LETTER {name.upper()}")
    except KeyError:
        return name


def show(what: Axes | Figure | Iterable[Axes], *, alt: str | None = None) -> None:
    """Display a figure in a notebook with a description for those who cannot see it.

    Parameters
    ----------
    what : Axes, array of Axes, or Figure
        What a function of `plots` returned, or axes of your own.
    alt : str, optional
        The description. By default the `alt_text` of the axes, joined.

    Notes
    -----
    The figure is closed afterwards, so that Jupyter does not show it a second time.
    """
    from IPython.display import display

    alt = None if alt is None else _given.text(alt, "alt")
    for fig in _figures(what):
        data, metadata = mimebundle(fig, alt or describe(fig))
        display(data, metadata=metadata, raw=True)
        if "matplotlib.pyplot" in sys.modules:
            sys.modules["matplotlib.pyplot"].close(fig)


def describe(fig: Figure) -> str:
    """What a figure says about itself, its `alt_text`, or else all its axes say, in order."""
    if own := getattr(fig, "alt_text", ""):
        return own
    texts = [_describe(ax) for ax in fig.axes if ax.get_visible()]
    return " ".join(filter(None, texts)) or "Figure."


def _describe(ax: Axes) -> str:
    """Title and `alt_text` of axes; without the latter, the labels."""
    title = " ".join(ax.get_title().split())
    labels = [label for label in (ax.get_ylabel(), ax.get_xlabel()) if label]
    text = getattr(ax, "alt_text", "") or (f"{' against '.join(labels)}." if labels else "")
    return f"{title}: {text}" if title and text else text or title


def _figures(what: Any) -> list[Figure]:
    if isinstance(what, Figure):
        return [what]
    found = [what] if isinstance(what, Axes) else []
    if isinstance(what, (list, tuple)) or (isinstance(what, np.ndarray) and what.dtype == object):
        found = list(_flat(what, _given.MOST))
    if not found or not all(isinstance(ax, Axes) for ax in found):
        raise TypeError(f"what is {type(what).__name__}; Axes, an array of Axes or a Figure is wanted")
    return list(dict.fromkeys(ax.figure for ax in found))


def _flat(what: Any, most: int) -> Iterator[Any]:
    """The entries of nested lists and arrays, `most` of each."""
    for part in [what.item()] if isinstance(what, np.ndarray) and not what.ndim else islice(what, most):
        if isinstance(part, (list, tuple, np.ndarray)):
            yield from _flat(part, most)
        else:
            yield part
