"""What a learner did, kept in the learner's own folder: a line of JSON for each prediction, verdict, answer.

The learner's copy of the course holds a file `.hopfield-edu.json`, and so tells where the record belongs.
It is sent nowhere. Nothing is written without such a folder, where authors build and test, or by nbgrader.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import IO, Any

FORMAT = 1  # of a line; it changes when the meaning of a field does
MARK, FILE = ".hopfield-edu.json", "record.jsonl"
AUTHOR = "HOPFIELD_EDU_AUTHOR"
DRIVE = Path("/drive")


def author() -> bool:
    """Whether authors build or test the course: then every prediction is skipped and nothing is recorded."""
    return os.environ.get(AUTHOR, "") not in ("", "0")


def folder() -> Path | None:
    """The learner's folder: the nearest one above the working directory that holds a copy of the course.

    In a browser it is the drive on which JupyterLite keeps what a learner has changed; the record appears
    there among the notebooks, and can be downloaded like them.
    """
    if sys.platform == "emscripten":
        return DRIVE if DRIVE.is_dir() else None
    try:
        here = Path.cwd()
        return next((place for place in (here, *here.parents) if (place / MARK).is_file()), None)
    except OSError:  # the working directory is gone, or may not be read
        return None


def note(kind: str, **fields: Any) -> None:
    """Append one line to the record, where there is one; whatever goes wrong, the learner can go on.

    Parameters
    ----------
    kind : str
        "prediction", "verdict" or "quiz".
    **fields
        What is to be remembered; all of it JSON.
    """
    place = None if author() or os.environ.get("NBGRADER_EXECUTION") else folder()
    if place is None:
        return
    try:
        entry = {"format": FORMAT, **_now(), "kind": kind, **_where(place), **fields}
        line = json.dumps(entry, ensure_ascii=False)
        with (place / FILE).open("a+b") as file:
            file.write(_break(file) + line.encode("utf-8") + b"\n")
    except (OSError, TypeError, ValueError):  # a full disk, a folder that may not be written, no JSON
        return


def _now() -> dict[str, str]:
    from hopfield_edu import __version__

    return {"course": __version__, "time": datetime.now(UTC).isoformat(timespec="seconds")}


def _where(place: Path) -> dict[str, str]:
    """The folder in which the learner works, as seen from the copy's: `review` tells a review."""
    return {"place": Path.cwd().relative_to(place).as_posix()}


def _break(file: IO[bytes]) -> bytes:
    """What stands before a new line: nothing, or the end of a line that was cut off in the middle."""
    if file.seek(0, os.SEEK_END) == 0:
        return b""
    file.seek(-1, os.SEEK_END)
    return b"" if file.read(1) == b"\n" else b"\n"


def entries(kind: str | None = None, place: Path | None = None) -> list[dict[str, Any]]:
    """The lines of the record, oldest first, all or those of a kind; what cannot be read is left out.

    Parameters
    ----------
    kind : str, optional
        Only entries of this kind.
    place : Path, optional
        The learner's folder; by default the one that we are in.
    """
    place = folder() if place is None else place
    try:
        text = "" if place is None else (place / FILE).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return []
    found = [entry for line in text.split("\n") if (entry := _read(line)).get("format") == FORMAT]
    return [entry for entry in found if kind is None or entry.get("kind") == kind]


def _read(line: str) -> dict[str, Any]:
    """A line, of whatever format; empty where it is none."""
    try:
        entry = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return entry if isinstance(entry, dict) else {}


def mend(place: Path) -> tuple[Path, int] | None:
    """Keep a damaged record aside, and go on with a copy of those of its lines that can be read.

    Parameters
    ----------
    place : Path
        The learner's folder.

    Returns
    -------
    aside, lines : Path and int
        Where the damaged file is now, byte for byte, and how many lines of it cannot be read; None if the
        record is whole, or there is none.

    Raises
    ------
    OSError
        When the record cannot be read, or nothing can be written. Then nothing was changed.
    """
    lines, good = _lines(place)
    if len(good) == len(lines):
        return None
    mended = place / f".{FILE}.{os.getpid()}"
    mended.write_bytes(b"".join(line + b"\n" for line in good))
    aside = _free(place)
    (place / FILE).rename(aside)
    if (place / FILE).exists():  # a kernel has gone on writing in this moment
        with (place / FILE).open("ab") as file:
            file.write(mended.read_bytes())
        mended.unlink()
    else:
        mended.rename(place / FILE)
    return aside, len(lines) - len(good)


def damaged(place: Path) -> int:
    """How many lines of the record in a learner's folder cannot be read."""
    lines, good = _lines(place)
    return len(lines) - len(good)


def _lines(place: Path) -> tuple[list[bytes], list[bytes]]:
    """The lines of a record, and those of them that can be read; none where there is no record."""
    try:
        content = (place / FILE).read_bytes()
    except FileNotFoundError:
        return [], []
    lines = [line for line in content.split(b"\n") if line.strip()]
    return lines, [line for line in lines if _read(line.decode("utf-8", "replace")) and _is_text(line)]


def _is_text(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _free(place: Path) -> Path:
    """A name beside the record that holds nothing yet."""
    stem, end = FILE.split(".")
    names = (f"{stem} (damaged{f' {k}' * (k > 1)}).{end}" for k in count(1))
    return next(path for name in names if not (path := place / name).exists())
