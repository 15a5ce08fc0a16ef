"""The chapters as they lie in the course, and folders into which nothing is written by accident."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

LICENCE = "CC BY 4.0, The hopfield_edu authors, https://creativecommons.org/licenses/by/4.0/"
TIMES = re.compile(r"(?m)^(?:<small>\d+ min in</small>|\*\*Time:\*\*.*)\n?")
FOLDED = re.compile(r"<details\b.*?</details>\n?", re.DOTALL)
LINK = re.compile(r"(?<!!)\[([^\]]*)\]\((?![a-z]+:)[^)]*\)")  # to what is not there beside a slide
HEADING = re.compile(r"(?m)^(?=## )")
CAPTION = re.compile(r"\A\*(?!\*)(.+?)\*(?!\*)\s*", re.DOTALL)


class Wrong(Exception):
    """A command cannot do what it was asked; the text is for the teacher."""


def chapters(wanted: Sequence[str] | None = None) -> list[Path]:
    """The notebooks of all chapters, or of those whose numbers or names are given.

    Raises
    ------
    Wrong
        When there is no such chapter.
    """
    from hopfield_edu.course import originals

    known = sorted((originals() / "notebooks").glob("[0-9]*.ipynb"))
    if wanted is None:
        return known
    found = []
    for name in wanted:
        fits = [path for path in known if name in (path.stem, path.stem[:2])]
        if not fits:
            listed = ", ".join(path.stem[:2] for path in known)
            raise Wrong(f"there is no chapter {name!r}; there are {listed}")
        found += fits
    return list(dict.fromkeys(found))


def read(path: Path) -> dict[str, Any]:
    """A notebook, with each source and each output as one text."""
    content = json.loads(path.read_text(encoding="utf-8"))
    for cell in content["cells"]:
        cell["source"] = "".join(cell["source"])
        for output in cell.get("outputs", []):
            if "text" in output:
                output["text"] = "".join(output["text"])
            data = output.get("data", {})
            data |= {kind: "".join(text) for kind, text in data.items() if isinstance(text, list)}
    return content


def plain(text: str) -> str:
    """Markdown without times, without what is folded, and without links to other parts of the course."""
    return LINK.sub(r"\1", FOLDED.sub("", TIMES.sub("", text))).strip()


def caption(text: str) -> tuple[str, str]:
    """The caption with which a cell of Markdown begins, in italics, and the rest of it."""
    found = CAPTION.match(text)
    return (" ".join(found[1].split()), text[found.end() :].strip()) if found else ("", text)


def folder(name: str, mark: str) -> Path:
    """A folder to write into: a new one, an empty one, or one that the command has made before.

    Raises
    ------
    Wrong
        When something else is in the way.
    """
    place = Path(name).expanduser().resolve()
    if place.exists() and not place.is_dir():
        raise Wrong(f"{place} is a file; a folder is wanted")
    if place.is_dir() and any(place.iterdir()) and not (place / mark).is_file():
        raise Wrong(f"{place} holds something else; name a new folder or an empty one")
    return place
