"""A sweep on disk: a line that says which sweep it is, then one line for each finished piece.

Each line is written at once and synced, so that a process killed at any moment leaves whole lines and at
most one torn one at the end, which the next `Store` cuts off. A store is open to one process at a time.
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from hopfield_edu import _check
from hopfield_edu.experiments._pieces import Piece
from hopfield_edu.experiments._running import Running

Header = dict[str, Any]
MARK = "hopfield_edu sweep"
_FAR = 2**40  # beyond the end of any store: Windows locks bytes, and locked bytes cannot be read
_OPEN: set[int] = set()  # files of this process, which its forks must not keep locked


class Store:
    """The file of one sweep, opened and locked; `close` it, or use it in a ``with`` statement.

    Parameters
    ----------
    path : str or Path
        Made if it is missing.
    header : dict
        What the sweep is. A file with another header is refused.

    Attributes
    ----------
    pieces : list of Piece
        What was found in it.

    Raises
    ------
    ValueError
        If the file is no store, that of another sweep, or damaged.
    BlockingIOError
        If another process has it open.
    """

    def __init__(self, path: str | Path, header: Header):
        self.path = Path(path)
        self._file = os.open(self.path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o666)
        _OPEN.add(self._file)
        try:
            _lock(self._file, self.path)
            self.pieces = self._resume(header)
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def _resume(self, header: Header) -> list[Piece]:
        """The pieces that are there; what is torn is cut off."""
        text, first = _content(self._file), _line(header)
        if text == first[: len(text)] and len(text) < len(first):  # new, or killed within its first line
            self._cut(0)
            self._write(first)
            _sync_folder(self.path)
            return []
        end, lines = _whole_lines(text, self.path)
        _same(lines[0], json.loads(first), self.path)
        self._cut(end)
        return [_piece(line) for line in lines[1:]]

    def add(self, piece: Piece) -> None:
        """Write a piece; when this returns it is on the disk."""
        sums = {name: list(kept) for name, kept in piece.sums.items()}
        self._write(_line({"point": piece.point, "block": piece.block, "sums": sums}))

    def _cut(self, end: int) -> None:
        os.ftruncate(self._file, end)
        os.lseek(self._file, end, os.SEEK_SET)

    def _write(self, line: bytes) -> None:
        while line:
            line = line[os.write(self._file, line) :]
        os.fsync(self._file)

    def close(self) -> None:
        """Unlock and close the file."""
        if self._file in _OPEN:
            _OPEN.discard(self._file)
            os.close(self._file)


def load(path: str | Path) -> tuple[Header, list[Piece]]:
    """Header and pieces of a store, which is only read: another process may be writing it."""
    path = Path(path)
    _, lines = _whole_lines(path.read_bytes(), path)
    return lines[0], [_piece(line) for line in lines[1:]]


def _content(file: int) -> bytes:
    os.lseek(file, 0, os.SEEK_SET)
    with os.fdopen(os.dup(file), "rb") as stream:
        return stream.read()


def _line(record: dict[str, Any]) -> bytes:
    """A record as a line, with a checksum at its end."""
    text = json.dumps(record, allow_nan=False)
    return f'{text[:-1]}, "crc": {zlib.crc32(text.encode())}}}\n'.encode()


def _read(line: bytes) -> dict[str, Any] | None:
    """The record in a line; None if it is damaged."""
    with suppress(ValueError):
        record = json.loads(line)
        if isinstance(record, dict) and record.pop("crc", None) == zlib.crc32(json.dumps(record).encode()):
            return record
    return None


def _whole_lines(text: bytes, path: Path) -> tuple[int, list[dict[str, Any]]]:
    """Where the last whole line ends, and the records up to there; only the end may be torn."""
    end, records = 0, []
    for number, line in enumerate(text.splitlines(keepends=True), start=1):
        record = _read(line) if line.endswith(b"\n") else None
        if number == 1 and (record is None or record.get("format") != MARK):
            raise ValueError(f"store: {path} is no store of a sweep; choose another file")
        if record is None:
            if end + len(line) < len(text):
                raise ValueError(f"store: line {number} of {path} is damaged; the pieces before are whole")
            break
        records.append(record)
        end += len(line)
    if not records:
        raise ValueError(f"store: {path} is empty")
    return end, records


def _piece(record: dict[str, Any]) -> Piece:
    sums = {name: Running(*kept) for name, kept in record["sums"].items()}
    return Piece(record["point"], record["block"], sums)


def _same(found: Header, wanted: Header, path: Path) -> None:
    """Refuse the store of another sweep, and say what is different."""
    wanted = {name: value for name, value in wanted.items() if name != "crc"}
    if found == wanted:
        return
    apart = list(_differences(found, wanted))
    more = f"; and {len(apart) - 2} more" if len(apart) > 2 else ""
    raise ValueError(
        f"store: {path} belongs to another sweep ({'; '.join(apart[:2])}{more}); "
        "choose another file, or call as you did then"
    )


def _differences(found: Header, wanted: Header) -> Iterator[str]:
    for name in [*wanted, *(set(found) - set(wanted))]:
        there, here = found.get(name), wanted.get(name)
        if there != here:
            yield f"{name}: {_check.shown(there)} there, {_check.shown(here)} here"


# ------------------------------------------------------------------ one process at a time


def _lock(file: int, path: Path) -> None:
    """Keep other processes out until the file is closed or this process ends, however it ends."""
    try:
        try:
            import fcntl
        except ImportError:  # Windows
            import msvcrt

            os.lseek(file, _FAR, os.SEEK_SET)
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
        else:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if not isinstance(error, (BlockingIOError, PermissionError)):
            return  # a file system without locks
        raise BlockingIOError(f"store: {path} is in use by another sweep; wait for its end") from None


def _let_go() -> None:
    """In a fork, which shares the lock: close the files, so that only the parent holds it."""
    for file in _OPEN:
        with suppress(OSError):
            os.close(file)
    _OPEN.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_let_go)


def _sync_folder(path: Path) -> None:
    """The name of a new file is on the disk, too, where folders can be synced."""
    with suppress(OSError):
        folder = os.open(path.absolute().parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
