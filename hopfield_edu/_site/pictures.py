"""The pictures of the site: files beside the pages, and panels above one another for a phone."""

from __future__ import annotations

import ast
import base64
import hashlib
import re
from pathlib import Path
from typing import Any

IN_PAGE = re.compile(r'<img ([^>]*)src="data:image/png;base64,([^"]*)"([^>]*)>')
IN_FILE = re.compile(r'<img [^>]*?(?P<size>width="\d+" height="\d+")[^>]*src="(?P<source>[^"]+)"[^>]*>')
PHONE = "(max-width: 600px)"


def outside(text: str, up: str, folder: Path) -> str:
    """The HTML of a picture with its dots in a file of `folder`; `up` leads to the root of the site."""

    def to_file(found: re.Match[str]) -> str:
        dots = base64.b64decode(found[2])
        address = f"pictures/{hashlib.sha256(dots).hexdigest()[:20]}.png"
        (folder.parent / address).write_bytes(dots)
        image = f'<img loading="lazy" {found[1]}src="{up}{address}"{found[3]}>'
        return f'<a class="hopfield-picture" href="{up}{address}">{image}</a>'  # in full size on a phone

    return IN_PAGE.sub(to_file, text)


def source(shown: str) -> str:
    """The address of the first picture."""
    return _first(shown)["source"]


def for_phone(shown: str, stacked: str, up: str, folder: Path) -> str:
    """A picture in whose place a phone shows the one with its panels above one another."""
    wide, high = _first(shown), _first(outside(stacked, up, folder))
    other = f'<source media="{PHONE}" srcset="{high["source"]}" {high["size"]}>'
    return shown.replace(wide[0], f"<picture>{other}{wide[0]}</picture>")


def _first(shown: str) -> re.Match[str]:
    found = IN_FILE.search(shown)
    if found is None:
        raise ValueError("no picture with its size is shown here")
    return found


def stacked(explorer: Any) -> str | None:
    """An explorer's picture with its panels above one another, as HTML; None if it has one form only."""
    found = explorer.stacked_still()
    return found[0]["text/html"] if found else None


def explorer_of(source: str, told: str) -> Any:
    """The explorer that a cell ends with, if that can be told without running the cell, or None.

    Parameters
    ----------
    source : str
        The cell, whose last line is to be ``explore.NAME(...)`` with numbers, texts and the like.
    told : str
        What the cell has stored as plain text: an explorer that says something else is not the same.
    """
    from hopfield_edu import explore

    last = ast.parse(source).body[-1:]
    match last:
        case [ast.Expr(ast.Call(ast.Attribute(ast.Name("explore"), name), args, keywords))]:
            try:
                given = [ast.literal_eval(value) for value in args]
                named = {str(k.arg): ast.literal_eval(k.value) for k in keywords}
            except ValueError:  # a name, which only a run of the cell would know
                return None
            explorer = getattr(explore, name)(*given, **named)
            return explorer if told == explorer.still()[0]["text/plain"] else None
    return None
