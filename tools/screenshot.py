"""Make the picture in README.md: python tools/screenshot.py [NOTEBOOK] [--cell TEXT] [--out FILE].

Opens a copy of the notebook in JupyterLab in a browser, runs it, and photographs the page with the
code cell that holds TEXT near its top.
"""

import argparse
import shutil
import tempfile
from pathlib import Path

from browser import Notebook, chromium, lab

ROOT = Path(__file__).resolve().parents[1]
SIZE = (1280, 860)


def photograph(notebook: Path, cell: str, out: Path) -> None:
    """Run a copy of a notebook and save what a learner sees at a cell."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        shutil.copy(notebook, folder)
        with lab(Path(folder)) as address, chromium() as browser:
            opened = Notebook(browser, address, notebook.name, size=SIZE)
            opened.command("application:toggle-left-area")
            opened.run_all()
            opened.code_cell(cell).evaluate("cell => cell.scrollIntoView({block: 'start'})")
            opened.page.wait_for_load_state("networkidle")
            out.parent.mkdir(parents=True, exist_ok=True)
            opened.page.screenshot(path=out)
            opened.close()


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    default = ROOT / "notebooks" / "02_two_unit_dynamics.ipynb"
    parser.add_argument("notebook", nargs="?", type=Path, default=default)
    parser.add_argument("--cell", default="explore.", help="text in the code cell to show")
    parser.add_argument("--out", type=Path, default=ROOT / "assets" / "course.png")
    arguments = parser.parse_args()
    photograph(arguments.notebook.resolve(), arguments.cell, arguments.out)
    print(f"{arguments.out}: {arguments.out.stat().st_size // 1024} KiB")


if __name__ == "__main__":
    main()
