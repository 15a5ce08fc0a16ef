"""Files that were handed in: names, sizes, copies."""

import shutil
from pathlib import Path

BESIDE = 20 * 2**20  # bytes of what is handed in beside the notebook; more is not copied
NOTEBOOK = 50 * 2**20  # bytes of a notebook; more is not read


def notebooks(folder: Path) -> list[Path]:
    """The notebooks in a folder that a student handed in; no links, they may lead to another's work."""
    found = folder.glob("*.ipynb")
    return sorted(p for p in found if p.is_file() and not p.is_symlink() and p.name[0] != ".")


def beside(folder: Path) -> list[Path]:
    """What else is in the folder: data and modules that a notebook may need; no links."""
    found = sorted(folder.rglob("*"))
    return [
        path
        for path in found
        if path.is_file()
        and not path.is_symlink()
        and path.suffix != ".ipynb"
        and not any(part[0] in "._" for part in path.relative_to(folder).parts)
    ]


def copy_beside(folder: Path, target: Path) -> None:
    """Copy what lies beside the notebook, up to 20 MB."""
    left = BESIDE
    for path in beside(folder):
        left -= path.stat().st_size
        if left < 0:
            return
        new = target / path.relative_to(folder)
        new.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, new)
