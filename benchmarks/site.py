"""How long the live course takes, against what it stands on: python benchmarks/site.py SITE

SITE is what `hopfield-edu site` has built, with a Pyodide of its own if this machine has no net. Ratios in
one run, since absolute times say more about the machine:

    kernel     from the address to an idle kernel, against the same page that loads no packages
    chapter    all cells of a chapter in the browser, against the same cells here
    redraw     from a key on a slider of `two_units` to a picture that is new, or one step further (which
               is drawn ahead), or that was drawn lately, against a bare image that a bare slider exchanges
               in the same page; a figure that has axes and one line, drawn at every key, against this image
"""

import argparse
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tools"))
import browser  # noqa: E402

PATIENCE = 900
LAB = "lab/index.html?path="
KEYS = {"R": "ArrowRight", "L": "ArrowLeft", "E": "End", "H": "Home"}
JUMPS, STEPS = "EHR", "RRLLLLRR"  # of a slider from -2 to 2: to the ends and one back; to +2, -2, and back
LEADS = {"new": (0, 1, 2, 3), "further": (4, 7, 8), "lately": (5, 6, 9, 10)}  # of both, one after the other
PRESS = """async (host, keys) => {
    const shown = [...host.querySelectorAll('.noUi-handle')].filter(handle => handle.offsetParent);
    const handle = shown[0], times = [];
    const picture = () => {
        const drawn = host.querySelector('.hopfield-picture svg');
        return drawn ? drawn.outerHTML : host.querySelector('img').src;
    };
    handle.focus();
    for (const key of keys) {
        const before = picture(), start = performance.now();
        handle.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true, cancelable: true}));
        while (picture() === before) await new Promise(requestAnimationFrame);
        times.push(performance.now() - start);
        await new Promise(done => setTimeout(done, 300));
    }
    return times;
}"""
BARE = """
import io
import ipywidgets as widgets
from matplotlib.figure import Figure

def drawn(slope):
    figure, buffer = Figure((8.6, 3.2)), io.BytesIO()
    figure.add_subplot().plot([0, slope])
    figure.savefig(buffer, format="png")
    return buffer.getvalue()

pictures = [drawn(1), drawn(2)]
slider, image = widgets.IntSlider(0, -2, 2), widgets.Image(value=drawn(9))
slider.observe(lambda change: setattr(image, "value", {}), "value")
widgets.VBox([slider, image]).add_class("hopfield-explorer")
"""
IMAGE, FIGURE = BARE.format("pictures[change.new % 2]"), BARE.format("drawn(change.new)")
SET = "text => window.jupyterapp.shell.currentWidget.content.widgets[0].model.sharedModel.setSource(text)"


def unpacked(page: Any) -> None:
    """Let the page's kernel load no packages."""

    def without(route: Any) -> None:
        settings = route.fetch().json()
        for kernel in settings["jupyter-config-data"].get("litePluginSettings", {}).values():
            kernel.get("loadPyodideOptions", {}).pop("packages", None)
        route.fulfill(json=settings)

    page.route("**/jupyter-lite.json*", without)


class Timed(browser.LiveNotebook):
    """A notebook of the site that notes how long its kernel took."""

    plain = False

    def open(self, path: str) -> None:
        if self.plain:
            unpacked(self.page)
        super().open(path)


class Bare(Timed):
    plain = True


def ready(kind: type[Timed], chromium: Any, address: str, path: str) -> tuple[float, Timed]:
    """Seconds until the kernel is idle, in a browser without a cache, and the notebook."""
    start = time.perf_counter()
    notebook = kind(chromium, address, LAB + path, seconds=PATIENCE)
    return time.perf_counter() - start, notebook


def native(path: Path) -> float:
    """Seconds for all cells of a notebook in a kernel here, which has started already."""
    notebook = nbformat.read(path, as_version=4)
    with tempfile.TemporaryDirectory() as folder:
        client = NotebookClient(notebook, timeout=PATIENCE, resources={"metadata": {"path": folder}})
        with client.setup_kernel():
            start = time.perf_counter()
            for number, cell in enumerate(notebook.cells):
                client.execute_cell(cell, number)
            return time.perf_counter() - start


def redraws(notebook: browser.Notebook, keys: str) -> list[float]:
    """Milliseconds from each key to its picture."""
    notebook.run_all()
    host = notebook.page.locator(".hopfield-explorer").first
    host.locator(".hopfield-picture svg, img").first.wait_for()
    times: list[float] = host.evaluate(PRESS, [KEYS[key] for key in keys])
    return times


def main() -> None:
    """Measure, and print a line for each."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("site", type=Path)
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--chapters", nargs="*", default=["00", "02", "06"])
    arguments = parser.parse_args()
    with browser.static(arguments.site) as address, browser.chromium() as chromium:
        found: dict[type[Timed], list[float]] = {Bare: [], Timed: []}
        for _ in range(arguments.times):
            for kind, times in found.items():
                seconds, notebook = ready(kind, chromium, address, "explorers/two_units.ipynb")
                times.append(seconds)
                notebook.page.close()
        tell("kernel ready, s", statistics.median(found[Timed]), statistics.median(found[Bare]))
        for chapter in arguments.chapters:
            path = next((ROOT / "notebooks").glob(f"{chapter}_*.ipynb"))
            _, notebook = ready(Timed, chromium, address, f"notebooks/{path.name}")
            start = time.perf_counter()
            notebook.run_all()
            tell(f"chapter {chapter}, s", time.perf_counter() - start, native(path))
            notebook.page.close()
        _, notebook = ready(Timed, chromium, address, "explorers/two_units.ipynb")
        live = [*redraws(notebook, JUMPS), *redraws(notebook, STEPS)]
        bare = {}
        for what, source in {"image": IMAGE, "figure": FIGURE}.items():
            notebook.page.evaluate(SET, source)
            bare[what] = statistics.median(redraws(notebook, STEPS))
        for what, which in LEADS.items():
            tell(f"redraw {what}, ms", statistics.median(live[k] for k in which), bare["image"])
        tell("bare figure, ms", bare["figure"], bare["image"])


def tell(what: str, live: float, other: float) -> None:
    """One line."""
    print(f"{what:15} {live:8.1f} against {other:8.1f}: {live / other:.2f} times", flush=True)


if __name__ == "__main__":
    main()
