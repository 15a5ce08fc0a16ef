"""Make the picture in README.md: python tools/screenshot.py [NOTEBOOK] [--cell TEXT] [--click NAME].

Opens a copy of the notebook in JupyterLab in a browser, runs it, clicks the named buttons of the code
cell that holds TEXT, and photographs the page with that cell at its top.
"""

import argparse
import shutil
import tempfile
from pathlib import Path

from browser import Notebook, chromium, lab

ROOT = Path(__file__).resolve().parents[1]
SIZE = (1280, 860)


def photograph(notebook: Path, cell: str, clicks: list[str], out: Path) -> None:
    """Run a copy of a notebook and save what a learner sees at a cell after some clicks."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        shutil.copy(notebook, folder)
        with lab(Path(folder)) as address, chromium() as browser:
            opened = Notebook(browser, address, notebook.name, size=SIZE)
            opened.command("application:toggle-left-area")
            opened.run_all()
            place = opened.code_cell(cell)
            for name in clicks:
                place.get_by_role("button", name=name, exact=True).click()
                opened.page.wait_for_timeout(3000)  # an animation may follow
            place.evaluate("cell => cell.scrollIntoView({block: 'start'})")
            opened.page.wait_for_timeout(1000)
            out.parent.mkdir(parents=True, exist_ok=True)
            opened.page.screenshot(path=out)
            opened.close()


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    default = ROOT / "notebooks" / "00_start_here.ipynb"
    parser.add_argument("notebook", nargs="?", type=Path, default=default)
    parser.add_argument("--cell", default="explore.", help="text in the code cell to show")
    parser.add_argument("--click", action="append", default=[], help="button to click (repeatable)")
    parser.add_argument("--out", type=Path, default=ROOT / "assets" / "course.png")
    arguments = parser.parse_args()
    photograph(arguments.notebook.resolve(), arguments.cell, arguments.click, arguments.out)
    print(f"{arguments.out}: {arguments.out.stat().st_size // 1024} KiB")


if __name__ == "__main__":
    main()
