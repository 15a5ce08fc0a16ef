"""Figures as PNG with a description: what a notebook saves, and what a screen reader says."""

from __future__ import annotations

import base64
import io
import sys
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from hopfield_edu.plots import _given

DPI = 120  # pixels per inch of the PNG; shown at 96 per inch, so it stays sharp when zoomed


def png(fig: Figure, alt: str | None = None, *, dpi: float = DPI) -> bytes:
    """The figure as PNG; `alt` is stored inside as its description. Same figure, same bytes."""
    dpi = _given.dots(_given.figure(fig), dpi)
    alt = None if alt is None else _given.text(alt, "alt")
    buffer = io.BytesIO()
    fig.savefig(buffer, format="png", dpi=dpi, metadata={"Software": None, "Description": alt})
    return buffer.getvalue()


def mimebundle(fig: Figure, alt: str, *, dpi: float = DPI) -> tuple[dict[str, str], dict[str, Any]]:
    """Data and metadata for Jupyter: the picture, and its description as text and as alt text."""
    _given.figure(fig), _given.text(alt, "alt")
    data = {"image/png": base64.b64encode(png(fig, alt, dpi=dpi)).decode(), "text/plain": alt}
    width, height = (round(96 * inches) for inches in fig.get_size_inches())
    return data, {"image/png": {"alt": alt, "width": width, "height": height}}


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
    """What all the axes of a figure say about themselves, in order."""
    texts = [_describe(ax) for ax in fig.axes if ax.get_visible()]
    return " ".join(filter(None, texts)) or "Figure."


def _describe(ax: Axes) -> str:
    """Title and `alt_text` of axes; without the latter, the labels."""
    title = ax.get_title().strip()
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
