"""Without SciPy: every module of the package and every check can be imported, as in a browser at first."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path

import nbformat
import pytest

import hopfield_edu

ROOT = Path(__file__).resolve().parents[1]

FORBIDDEN = """
import importlib, pkgutil, sys


class Forbid:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == "scipy":
            raise ImportError(f"{name} is forbidden here")


sys.meta_path.insert(0, Forbid())
"""


def run(body: str) -> str:
    code = FORBIDDEN + textwrap.dedent(body)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_every_module_is_imported_without_scipy() -> None:
    text = run("""
        import hopfield_edu
        for info in pkgutil.walk_packages(hopfield_edu.__path__, "hopfield_edu."):
            importlib.import_module(info.name)
            print(info.name)
    """)
    root = Path(hopfield_edu.__file__).parent
    files = [path for path in root.rglob("*.py") if path != root / "__init__.py"]
    assert len(text.split()) == len(files)


def test_every_check_is_loaded_without_scipy() -> None:
    text = run("""
        from hopfield_edu import feedback
        for check in feedback.CHECKS.values():
            print(check.name, len(check.mistakes))
    """)
    assert len(text.splitlines()) > 60


def test_a_check_loads_its_own_chapter_only() -> None:
    text = run("""
        from hopfield_edu import feedback
        feedback.update
        print(*[name for name in sys.modules if "._chapter" in name])
    """)
    assert text.split() == ["hopfield_edu.feedback._chapter01"]


@pytest.mark.slow
@pytest.mark.parametrize("chapter", ["00", "01", "02", "03", "04", "05", "06"])
def test_the_core_chapters_run_without_scipy(chapter: str, tmp_path: Path) -> None:
    from nbclient import NotebookClient

    notebook = nbformat.read(next((ROOT / "notebooks").glob(f"{chapter}_*.ipynb")), as_version=4)
    notebook.cells.insert(0, nbformat.v4.new_code_cell(FORBIDDEN))
    NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(tmp_path)}}).execute()
