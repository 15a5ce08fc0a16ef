"""Checks of one's own, beside a notebook: whole in `checks.py`, or without their answers in `checks.json`.

The instructor's folder has `checks.py`. What is handed out is `checks.json`, which `_sealed` makes of it.
"""

from __future__ import annotations

import json
import linecache
import os
import types
from pathlib import Path

from hopfield_edu import _check
from hopfield_edu.feedback import _sealed
from hopfield_edu.feedback._core import Check

WHOLE, SEALED = "checks.py", "checks.json"
loaded: dict[str, Check] = {}  # by name; a second notebook in the same kernel adds its own


def load(folder: str | Path = ".") -> None:
    """Make the checks that lie beside a notebook known: ``feedback.NAME`` asks them from now on.

    Parameters
    ----------
    folder : path
        Where `checks.py` (the instructor's) or `checks.json` (as it is handed out) is; the notebook's own
        folder where nothing is said.

    Raises
    ------
    TypeError
        When `folder` is no path.
    ValueError
        When there is neither, when the file cannot be read, or holds no checks, or one whose name the course
        has already.
    """
    if not isinstance(folder, (str, Path)):
        raise TypeError(f"folder is {_check.shown(folder)}; the path of a folder is wanted")
    loaded.update(read(Path(folder)))


def there(folder: Path) -> bool:
    """Whether a folder holds checks of one's own."""
    return any(os.path.isfile(folder / name) for name in (WHOLE, SEALED))


def read(folder: Path) -> dict[str, Check]:
    """The checks in a folder by their names, the whole ones where both are there; see :func:`load`."""
    path = next((folder / name for name in (WHOLE, SEALED) if os.path.isfile(folder / name)), None)
    if path is None:
        text = f"{SEALED} is missing: it was handed out with this notebook. Put both into one folder."
        raise ValueError(text)
    try:
        found = _whole(path) if path.name == WHOLE else _sealed.opened(json.loads(path.read_text("utf-8")))
    except Exception as error:  # a module of somebody's own may do anything, and a file be cut
        raise ValueError(f"{path} cannot be read: {type(error).__name__}: {error}") from error
    if not found:
        raise ValueError(f"{path} holds no check: make one, as in NAME = FunctionCheck(...)")
    _no_clash(path, found)
    return found


def _no_clash(path: Path, found: dict[str, Check]) -> None:
    from hopfield_edu import feedback

    for name in found:
        if name in feedback._CHAPTER or name in feedback.__all__:
            raise ValueError(f"{path} holds a check called {name!r}, as the course does: choose another name")


def _whole(path: Path) -> dict[str, Check]:
    """Run a module of checks, from its text: nothing is left beside it."""
    linecache.checkcache(str(path))
    module = types.ModuleType("checks")
    module.__file__ = str(path)
    exec(compile(path.read_text(encoding="utf-8"), str(path), "exec"), module.__dict__)
    return {check.name: check for check in vars(module).values() if isinstance(check, Check)}
