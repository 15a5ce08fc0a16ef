"""Drive the course in a real JupyterLab and a real browser, as a learner would.

    with lab(folder) as address, chromium() as browser:
        notebook = Notebook(browser, address, "00_start_here.ipynb")
        notebook.run_all()

Nothing is downloaded: the browser is the Chromium (or Chrome) that is installed, found on the path
or named by the environment variable CHROMIUM. JupyterLab runs with settings of its own, so that
neither the user's nor earlier runs matter.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SETTINGS = {
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
    "notebook-extension/tracker": {"windowingMode": "none"},  # all cells stay in the page
}
FLAGS = (
    "--no-sandbox",  # containers have none to offer
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
IDLE = """() => {
    const shown = window.jupyterapp.shell.currentWidget;
    const session = shown && shown.sessionContext && shown.sessionContext.session;
    return Boolean(session && session.kernel && session.kernel.status === 'idle');
}"""
CELLS = """() => window.jupyterapp.shell.currentWidget.content.widgets
    .filter(cell => cell.model.type === 'code')
    .map(cell => ({source: cell.model.sharedModel.source,
                   count: cell.model.executionCount,
                   outputs: cell.model.outputs.toJSON()}))"""
SHA = """async image => {
    const drawn = image.localName === 'svg' && image.outerHTML.replace(/ tabindex="[^"]*"/g, '');
    const data = await (drawn ? new Blob([drawn]) : await fetch(image.src)).arrayBuffer();
    const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', data));
    return Array.from(hash, byte => byte.toString(16).padStart(2, '0')).join('');
}"""


def find_browser() -> str | None:
    """The Chromium or Chrome to drive, or None."""
    named = os.environ.get("CHROMIUM")
    return named or next(filter(None, map(shutil.which, BROWSERS)), None)


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def isolated(home: Path, settings: dict[str, dict[str, Any]] = SETTINGS) -> dict[str, str]:
    """An environment in which Jupyter and IPython keep all their files in `home`."""
    for name, values in settings.items():
        file = home / "settings" / "@jupyterlab" / f"{name}.jupyterlab-settings"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(values), encoding="utf-8")
    folders = {
        "JUPYTER_CONFIG_DIR": "config",
        "JUPYTER_DATA_DIR": "data",
        "JUPYTER_RUNTIME_DIR": "runtime",
        "JUPYTERLAB_SETTINGS_DIR": "settings",
        "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
        "IPYTHONDIR": "ipython",
    }
    learner = {name: value for name, value in os.environ.items() if name != "HOPFIELD_EDU_AUTHOR"}
    return learner | {name: str(home / folder) for name, folder in folders.items()}


@contextmanager
def lab(folder: Path, seconds: float = 180) -> Iterator[str]:
    """Serve a folder with JupyterLab; gives the address, and stops the server in the end."""
    command = ["jupyterlab", "--no-browser", f"--ServerApp.root_dir={folder}", "--ServerApp.allow_root=True"]
    with _server(command, SETTINGS, seconds) as address:
        yield address


@contextmanager
def course(folder: Path, seconds: float = 180) -> Iterator[str]:
    """Serve a learner's copy with the command `hopfield-edu`, whose settings are JupyterLab's and its own."""
    with _server(["hopfield_edu.course", str(folder), "--no-browser", "--"], {}, seconds) as address:
        yield address


@contextmanager
def _server(command: list[str], settings: dict[str, dict[str, Any]], seconds: float) -> Iterator[str]:
    """Run a module that serves JupyterLab, with nobody's settings but the given ones; gives the address."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    options = [
        "--expose-app-in-browser",
        "--ServerApp.ip=127.0.0.1",
        f"--ServerApp.port={port}",
        "--ServerApp.port_retries=0",
        "--IdentityProvider.token=",
    ]
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        home = Path(name)
        with (home / "log").open("w+") as log:
            server = subprocess.Popen(
                [sys.executable, "-m", *command, *options],
                env=isolated(home, settings),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
            try:
                if not answers(f"{address}/api/status", server, seconds):
                    raise RuntimeError("JupyterLab did not start:\n" + (home / "log").read_text())
                yield address
            finally:
                server.terminate()
                server.wait(seconds)


def answers(address: str, server: subprocess.Popen, seconds: float) -> bool:
    """Wait until a server answers; False when it ends or the time is up."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and server.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=1).close()
            return True
        except OSError:
            time.sleep(0.1)
    return False


class _Files(SimpleHTTPRequestHandler):
    """Files as a plain static host serves them, below a prefix; what is missing is missing."""

    prefix = "/hopfield_edu/"
    extensions_map: ClassVar = {
        **SimpleHTTPRequestHandler.extensions_map,
        ".wasm": "application/wasm",
        ".mjs": "text/javascript",
    }

    def translate_path(self, path: str) -> str:
        inside = path.removeprefix(self.prefix) if path.startswith(self.prefix) else "no such file"
        return super().translate_path(f"/{inside}")

    def log_message(self, *_: Any) -> None:
        pass


@contextmanager
def static(folder: Path) -> Iterator[str]:
    """Serve a folder of files below a prefix; gives the address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Files, directory=str(folder))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}{_Files.prefix.rstrip('/')}"
        server.shutdown()


@contextmanager
def chromium() -> Iterator["Browser"]:
    """Start the installed browser, without a window."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), headless=True, args=list(FLAGS))
        try:
            yield browser
        finally:
            browser.close()


def box_of(mark: "Locator", seconds: float = 60) -> dict[str, float]:
    """Where a mark of a picture is in the window: a picture that is drawn anew in this moment has none."""
    patience = time.monotonic() + seconds
    while (box := mark.bounding_box()) is None:
        if time.monotonic() > patience:
            raise TimeoutError(f"{mark} has no place in the page")
        mark.page.wait_for_timeout(50)
    return dict(box)


class Notebook:
    """A notebook that is open in JupyterLab, with its kernel running.

    Attributes
    ----------
    page : playwright.sync_api.Page
        The browser's page, for whatever a test wants to click.
    page_errors : list of str
        JavaScript errors so far.
    outside : set of str
        Hosts other than the server that the page asked for something.
    """

    def __init__(
        self,
        browser: "Browser",
        address: str,
        path: str,
        size: tuple[int, int] = (1300, 2600),
        seconds: float = 180,  # for a busy machine
    ) -> None:
        self.address, self.seconds = address, seconds
        self.page_errors: list[str] = []
        self.outside: set[str] = set()
        self.page = browser.new_page(viewport={"width": size[0], "height": size[1]})
        self.page.set_default_timeout(1000 * seconds)
        self.page.on("pageerror", lambda error: self.page_errors.append(str(error)))
        self.page.on("request", self._note)
        self.open(path)
        self.page.wait_for_function(IDLE)

    def open(self, path: str) -> None:
        """Open the notebook in JupyterLab; its kernel starts."""
        self.page.goto(f"{self.address}/lab?reset")
        self.page.wait_for_function("() => window.jupyterapp && window.jupyterapp.started")
        self.page.evaluate("() => window.jupyterapp.restored")
        self.command("docmanager:open", path=path)

    def _note(self, request: Any) -> None:
        origin = "/".join(self.address.split("/")[:3])
        if not request.url.startswith((origin, "data:", "blob:")):
            self.outside.add(request.url.split("/")[2])

    def command(self, name: str, **arguments: Any) -> None:
        """Run one of JupyterLab's commands, and wait until it is done."""
        call = "([name, options]) => window.jupyterapp.commands.execute(name, options).then(() => 0)"
        self.page.evaluate(call, [name, arguments])

    def run_all(self) -> None:
        """Run all cells; fails when one did not run or ended in an error."""
        self.command("notebook:run-all-cells")
        for cell in self.cells():
            failed = [o for o in cell["outputs"] if o["output_type"] == "error"]
            assert not failed, f"a cell fails: {cell['source']}\n{failed[0]['evalue']}"
            assert cell["count"] or not cell["source"].strip(), f"did not run: {cell['source']}"

    def cells(self) -> list[dict[str, Any]]:
        """Source, execution count and outputs of every code cell."""
        return self.page.evaluate(CELLS)

    def code_cell(self, text: str) -> "Locator":
        """The code cell whose source holds a text."""
        sources = [cell["source"] for cell in self.cells()]
        number = next(n for n, source in enumerate(sources) if text in source)
        return self.page.locator(".jp-Notebook .jp-CodeCell").nth(number)

    def image_hash(self, image: "Locator") -> str:
        """A fingerprint of the picture that an <img> or <svg> shows now."""
        return image.evaluate(SHA)

    def wait_for_new_image(self, image: "Locator", old: str) -> str:
        """Wait until an <img> or <svg> shows something other than `old`; returns the new fingerprint."""
        end = time.monotonic() + self.seconds
        while (new := self.image_hash(image)) == old:
            assert time.monotonic() < end, f"the picture did not change in {self.seconds} s"
            self.page.wait_for_timeout(50)
        return new

    def assert_clean(self) -> None:
        """No JavaScript error, and nothing fetched from anywhere but the server."""
        assert not self.page_errors, self.page_errors
        assert not self.outside, sorted(self.outside)

    def close(self) -> None:
        """Shut the kernel down and close the page."""
        shutdown = "() => window.jupyterapp.shell.currentWidget.sessionContext.shutdown()"
        self.page.evaluate(shutdown)
        self.page.close()


class LiveNotebook(Notebook):
    """A notebook of the course's site, opened in JupyterLite by an address as a page's link has it."""

    def open(self, path: str) -> None:
        """Go to the page; its kernel starts."""
        self.page.goto(f"{self.address}/lite/{path}")
        self.page.wait_for_function("() => window.jupyterapp && window.jupyterapp.started")
        self.page.wait_for_function("() => Boolean(window.jupyterapp.shell.currentWidget)")
