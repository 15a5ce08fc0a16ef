"""The learner's copy of the course: what is put into it, what is replaced there, and what is left alone.

A file `.hopfield-edu.json` in the copy tells how each file was when it was delivered. From that follows
all else: a file that is still so is replaced when the course has a newer one, and any other file is the
learner's, who alone may change or remove it. A newer version of such a file is put beside it on request.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import chain, count
from pathlib import Path
from typing import Any

from hopfield_edu._record import MARK as MANIFEST

PARTS = ("notebooks", "exercises", "solutions")
FORMAT = 1  # of the manifest; it changes when the meaning of a field does


@dataclass(frozen=True)
class Entry:
    """What the manifest knows of one file.

    Attributes
    ----------
    delivered : tuple of str
        Hashes of the contents that were written, the newest last; more than one while a copy is under way.
    offered : str or None
        Hash of the newer version that was put beside the learner's file.
    """

    delivered: tuple[str, ...] = ()
    offered: str | None = None

    @classmethod
    def of(cls, value: dict[str, Any]) -> Entry:
        """Read what `as_json` wrote; TypeError, KeyError or ValueError if it is something else."""
        delivered, offered = value["delivered"], value.get("offered")
        if not (isinstance(delivered, list) and all(isinstance(one, str) for one in delivered)):
            raise TypeError("delivered: a list of hashes is wanted")
        if not (offered is None or isinstance(offered, str)):
            raise TypeError("offered: a hash is wanted")
        return cls(tuple(delivered), offered)

    def with_delivery(self, new: str) -> Entry:
        """The entry of a file that is about to hold a new content, or holds it already."""
        return Entry(tuple(one for one in self.delivered if one != new) + (new,))

    def as_json(self) -> dict[str, Any]:
        """The entry as the file holds it."""
        return {"delivered": list(self.delivered)} | ({"offered": self.offered} if self.offered else {})


@dataclass
class Report:
    """What became of the files of a copy, by their names in it.

    Attributes
    ----------
    added, replaced : list of str
        Files that were missing, and files that had not been changed and gave way to a newer version.
    older : list of str
        Files that the learner has changed, of which the course has another version now.
    beside : list of str
        Newer versions that were put beside files of the learner's.
    manifest_lost : bool
        Whether the manifest could not be read, so that every file counts as the learner's.
    """

    added: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    older: list[str] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)
    manifest_lost: bool = False


# ------------------------------------------------------------------------------ what is delivered


def without_spoilers(notebook: bytes) -> bytes:
    """A notebook without the outputs that are marked as hidden, which would spoil a prediction.

    Their cells lose the mark and the execution count, too, as if they had not been run. Other outputs stay.
    """
    if b"outputs_hidden" not in notebook:
        return notebook
    content = json.loads(notebook)
    for cell in content["cells"]:
        jupyter = cell["metadata"].get("jupyter", {})
        if cell["cell_type"] != "code" or not jupyter.pop("outputs_hidden", False):
            continue
        cell["outputs"], cell["execution_count"] = [], None
        if not jupyter:
            del cell["metadata"]["jupyter"]
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def deliveries(source: Path) -> Iterator[tuple[str, bytes]]:
    """The files of the course, by name, as a learner is to have them."""
    for part in PARTS:
        for path in sorted((source / part).glob("**/*")):
            name = path.relative_to(source)
            if path.is_file() and not any(piece[0] in "._" for piece in name.parts):
                content = path.read_bytes()
                yield name.as_posix(), without_spoilers(content) if path.suffix == ".ipynb" else content


# ------------------------------------------------------------------------------ the manifest


def read_manifest(folder: Path) -> tuple[dict[str, Entry], bool]:
    """What the manifest of a copy says, and whether there is one that cannot be read."""
    try:
        text = (folder / MANIFEST).read_bytes()
    except FileNotFoundError:
        return {}, False
    try:
        content = json.loads(text)
        if content["format"] != FORMAT:
            raise ValueError(f"a manifest of format {content['format']}")
        return {name: Entry.of(value) for name, value in content["files"].items()}, False
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}, True


def write_manifest(folder: Path, version: str, entries: dict[str, Entry]) -> None:
    """Write the manifest, unless it says so already: a complete copy may be in a folder that is read-only."""
    files = {name: entries[name].as_json() for name in sorted(entries)}
    content = {"format": FORMAT, "course": version, "files": files}
    text = (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode("utf-8")
    path = folder / MANIFEST
    if not (path.is_file() and path.read_bytes() == text):
        _write(path, text)


# ------------------------------------------------------------------------------ bringing it up to date


def update(source: Path, folder: Path, version: str, *, beside: bool = False) -> Report:
    """Make a copy of the course, or bring one up to date, without touching what is the learner's.

    Interrupted at any point, it can be started again: the manifest names a content before it is written.

    Parameters
    ----------
    source : Path
        Folder that holds notebooks/, exercises/ and solutions/.
    folder : Path
        The learner's folder; made if it is missing.
    version : str
        Version of the course.
    beside : bool
        Whether newer versions of files that the learner has changed are put beside them, as `NAME (new)`.

    Raises
    ------
    OSError
        When `folder`, or something in it, cannot be made or written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    work = _Update(source, folder, version)
    work.sort()
    if beside:
        work.put_beside()
    work.carry_out()
    return work.report


class _Update:
    """One run of `update`: the course, the manifest, and what is to be written."""

    def __init__(self, source: Path, folder: Path, version: str) -> None:
        self.course = dict(deliveries(source))
        self.folder, self.version = folder, version
        self.entries, lost = read_manifest(folder)
        self.report = Report(manifest_lost=lost)
        self.to_write: dict[str, bytes] = {}
        self.offers: dict[str, str] = {}

    def sort(self) -> None:
        """Find out which files are to be written, and which of the learner's are older than the course."""
        for name, content in self.course.items():
            entry, new = self.entry(name), digest(content)
            state = state_of(self.folder / name, entry, new)
            if state == "theirs":
                if entry.delivered != (new,) and entry.offered != new:
                    self.report.older.append(name)
                continue
            if state == "current":
                self.entries[name] = Entry((new,))
                continue
            (self.report.added if state == "missing" else self.report.replaced).append(name)
            self.to_write[name] = content
            self.entries[name] = entry.with_delivery(new)

    def put_beside(self) -> None:
        """Plan a file with the newer version beside each that is older."""
        for name in self.report.older:
            new = digest(self.course[name])
            other = self.free_name(name, new)
            self.entries[other] = self.entry(other).with_delivery(new)
            self.offers[name] = new
            self.to_write[other] = self.course[name]
            self.report.beside.append(other)

    def free_name(self, name: str, new: str) -> str:
        """A name for a new version beside a file: one that holds nothing of the learner's."""
        path = Path(name)
        for mark in chain(["(new)"], (f"(new {number})" for number in count(2))):
            other = path.with_name(f"{path.stem} {mark}{path.suffix}").as_posix()
            if state_of(self.folder / other, self.entry(other), new) != "theirs":
                break
        return other

    def carry_out(self) -> None:
        """Announce in the manifest what is to be written, write it, and forget what it replaced."""
        if self.to_write:
            write_manifest(self.folder, self.version, self.entries)
        for name, content in self.to_write.items():
            _write(self.folder / name, content)
            self.entries[name] = Entry(self.entries[name].delivered[-1:])
        for name, new in self.offers.items():
            self.entries[name] = replace(self.entry(name), offered=new)
        write_manifest(self.folder, self.version, self.entries)

    def entry(self, name: str) -> Entry:
        """What the manifest says of a file."""
        return self.entries.get(name, Entry())


def state_of(target: Path, entry: Entry, new: str) -> str:
    """Whether a file of the copy is "missing", "current", "old" (as once delivered) or "theirs"."""
    if not os.path.lexists(target):
        return "missing"
    try:
        have = digest(target.read_bytes())
    except OSError:  # a folder of that name, a link to nowhere, a file that may not be read
        return "theirs"
    if have == new:
        return "current"
    return "old" if have in entry.delivered and not target.is_symlink() else "theirs"


def digest(content: bytes) -> str:
    """The fingerprint of a file."""
    return hashlib.sha256(content).hexdigest()


def _write(path: Path, content: bytes) -> None:
    """Write a file that is there whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        part.write_bytes(content)
        os.replace(part, path)
    except OSError as error:  # with the name of the file that the learner knows
        raise OSError(error.errno, error.strerror, str(path)) from error
    finally:
        part.unlink(missing_ok=True)
