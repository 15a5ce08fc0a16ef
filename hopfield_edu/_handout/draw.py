"""Runs a chapter's cells in a process of its own, and keeps every figure that they show as SVG and PDF.

``python -m hopfield_edu._handout.draw NOTEBOOK FOLDER`` prints a line of JSON for each figure.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

from hopfield_edu._handout.chapters import LICENCE, read


class Gallery:
    """Writes figures; knows the cell that is running."""

    def __init__(self, folder: Path, name: str) -> None:
        self.folder, self.name, self.number, self.cell = folder, name, 0, ""

    def keep(self, figure: Any, text: str) -> None:
        """Write one figure, with its description and the licence inside."""
        import matplotlib as mpl

        self.number += 1
        stem = f"{self.name}-{self.number:02d}"
        about = {"Title": f"hopfield_edu, {stem}", "Creator": "hopfield_edu"}
        settings = {"svg.hashsalt": stem, "pdf.fonttype": 42}
        with mpl.rc_context(settings):
            said = {"Description": text, "Rights": LICENCE, "Date": None}
            figure.savefig(self.folder / f"{stem}.svg", format="svg", metadata=about | said)
            said = {"Subject": text, "Keywords": LICENCE, "CreationDate": None, "Producer": None}
            figure.savefig(self.folder / f"{stem}.pdf", format="pdf", metadata=about | said)
        told = {"name": stem, "cell": self.cell, "text": text}
        print(json.dumps(told), file=sys.__stdout__, flush=True)

    def watch(self) -> None:
        """Put our hand where figures are shown: in `plots.show`, and in the still pictures of explorers."""
        from hopfield_edu import plots
        from hopfield_edu.explore import _base, _painter
        from hopfield_edu.plots._show import _figures, describe, spoken

        show, still_picture = plots.show, _base.still_picture

        def shown(what: Any, *, alt: str | None = None) -> None:
            for figure in _figures(what):
                self.keep(figure, spoken(alt or describe(figure)))
            show(what, alt=alt)

        def still(draw: Any, size: Any, name: str, caption: str) -> Any:
            figure = _base.blank_figure(size)
            draw(figure)
            self.keep(figure, caption)
            return still_picture(draw, size, name, caption)

        plots.show = shown
        _base.still_picture = _painter.still_picture = still


def run(path: Path, folder: Path) -> None:
    """Run the cells of a notebook in order; an error in one of them is an error."""
    from IPython.core.interactiveshell import InteractiveShell
    from IPython.utils.capture import capture_output
    from traitlets.config import Config

    settings = Config()
    settings.HistoryManager.enabled = False
    shell = InteractiveShell.instance(config=settings)
    gallery = Gallery(folder, path.stem)
    gallery.watch()
    os.chdir(path.parent)
    for cell in read(path)["cells"]:
        if cell["cell_type"] == "code":
            gallery.cell = cell["id"]
            with capture_output():
                shell.run_cell(cell["source"]).raise_error()


if __name__ == "__main__":
    os.environ["HOPFIELD_EDU_AUTHOR"] = "1"  # every prediction is skipped, and its outcome shown
    os.environ["MPLBACKEND"] = "agg"
    run(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve())
