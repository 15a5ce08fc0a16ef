"""Figures as PNG with a description: what a notebook saves, and what a screen reader says."""

from __future__ import annotations

import base64
import io
import sys
from collections.abc import Iterable
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

DPI = 120  # pixels per inch of the PNG; shown at 96 per inch, so it stays sharp when zoomed


def png(fig: Figure, alt: str | None = None, *, dpi: float = DPI) -> bytes:
    """The figure as PNG; `alt` is stored inside as its description. Same figure, same bytes."""
    buffer = io.BytesIO()
    fig.savefig(buffer, format="png", dpi=dpi, metadata={"Software": None, "Description": alt})
    return buffer.getvalue()


def mimebundle(fig: Figure, alt: str, *, dpi: float = DPI) -> tuple[dict[str, str], dict[str, Any]]:
    """Data and metadata for Jupyter: the picture, and its description as text and as alt text."""
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

    found = _axes(what)
    figures = list(dict.fromkeys(ax.figure for ax in found))
    for fig in figures:
        text = alt or " ".join(describe(ax) for ax in found if ax.figure is fig)
        data, metadata = mimebundle(fig, text)
        display(data, metadata=metadata, raw=True)
        if "matplotlib.pyplot" in sys.modules:
            sys.modules["matplotlib.pyplot"].close(fig)


def describe(ax: Axes) -> str:
    """The `alt_text` of axes; without one, title and axis labels. A title comes first in both."""
    title = ax.get_title().strip()
    names = [name for name in (ax.get_ylabel(), ax.get_xlabel()) if name]
    text = getattr(ax, "alt_text", "") or (f"Plot of {' against '.join(names)}." if names else "")
    return f"{title}: {text}" if title and text else title or text or "Figure."


def _axes(what: Any) -> list[Axes]:
    if isinstance(what, Figure):
        return list(what.axes)
    if isinstance(what, Axes):
        return [what]
    found = list(np.ravel(what)) if isinstance(what, (list, tuple, np.ndarray)) else []
    if not found or not all(isinstance(ax, Axes) for ax in found):
        raise TypeError(f"what is {type(what).__name__}; Axes, an array of Axes or a Figure is wanted")
    return found
