"""Fixtures that open a notebook, or one explorer in a notebook, in JupyterLab in a real browser."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import browser
import nbformat
import pytest
from playwright.sync_api import Locator, expect

from notebooks import KERNEL

expect.set_options(timeout=180_000)  # ms, as for a page: a machine may be busy
INSIDE = """host => {
    const right = host.getBoundingClientRect().right;
    return [...host.querySelectorAll('*')].every(e => e.getBoundingClientRect().right <= right + 1);
}"""


@pytest.fixture(scope="session")
def browser_or_skip() -> None:
    """Skip the test where there is no browser, or fail it where there has to be one."""
    if browser.find_browser() is None:
        message = "no Chromium or Chrome found: install one, or name it in the variable CHROMIUM"
        if os.environ.get("HOPFIELD_EDU_REQUIRE_BROWSER") == "1":
            pytest.fail(message)
        pytest.skip(message)


@pytest.fixture(scope="session")
def lab_server(browser_or_skip: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """A folder and the address of the JupyterLab that serves it."""
    folder = tmp_path_factory.mktemp("lab")
    with browser.lab(folder) as address:
        yield folder, address


@pytest.fixture
def open_notebook(
    lab_server: tuple[Path, str], request: pytest.FixtureRequest
) -> Iterator[Callable[[Path], browser.Notebook]]:
    """Open a copy of a notebook; after the test, its page must have been free of errors."""
    folder, address = lab_server
    opened: list[browser.Notebook] = []
    with browser.chromium() as chromium:

        def opener(path: Path) -> browser.Notebook:
            place = folder / f"{len(list(folder.iterdir()))}"
            place.mkdir()
            shutil.copy(path, place)
            name = f"{place.name}/{path.name}"
            opened.append(browser.Notebook(chromium, address, name))
            return opened[-1]

        yield opener
        for notebook in opened:
            notebook.assert_clean()
            notebook.close()


class OpenExplorer:
    """One explorer in an open notebook, and what a learner does with it."""

    def __init__(self, notebook: browser.Notebook, name: str) -> None:
        self.notebook, self.name, self.page = notebook, name, notebook.page
        self.found = self.page.locator(f".hopfield-{name.replace('_', '-')}")
        self.found.wait_for()
        self.image = self.found.locator(".hopfield-picture svg").first
        self.image.wait_for()
        assert self.found.evaluate(INSIDE), f"{name} is wider than its frame"
        self._seen = notebook.image_hash(self.image)

    def says(self, text: str) -> None:
        """Wait until the sentence under the picture holds a text."""
        expect(self.found.locator(".hopfield-caption")).to_contain_text(text)

    def redrawn(self) -> None:
        """Wait for a picture other than the one seen last."""
        self._seen = self.notebook.wait_for_new_image(self.image, self._seen)

    def slide(self, control: str, *keys: str) -> None:
        """Press keys on a slider."""
        handle = self.found.locator(f".hopfield-control-{control} .noUi-handle")
        handle.wait_for()  # what is hidden takes no focus: it may have been unfolded a moment ago
        handle.focus()
        for key in keys:
            self.page.keyboard.press(key)

    def choose(self, control: str, option: str) -> None:
        """Take an option of a list."""
        self.found.locator(f".hopfield-control-{control} select").select_option(option)

    def button(self, name: str) -> Locator:
        """A button by its label."""
        return self.found.locator(f".hopfield-button-{name}")

    def assert_well(self) -> None:
        """No error under the picture, and still within the frame."""
        assert not self.found.locator(".hopfield-error:visible").count()
        assert self.found.evaluate(INSIDE), f"{self.name} has become wider than its frame"


@pytest.fixture
def open_explorer(
    open_notebook: Callable[[Path], browser.Notebook], tmp_path: Path
) -> Iterator[Callable[..., OpenExplorer]]:
    """Open the explorer of a name, in a notebook of its own or in the one given.

    After the test it must show no error; with the variable HOPFIELD_EDU_SCREENSHOTS, a folder, it leaves
    a picture there, for a look with one's own eyes.
    """
    opened: list[OpenExplorer] = []

    def opener(name: str, path: Path | None = None) -> OpenExplorer:
        if path is None:
            path = tmp_path / f"{name}.ipynb"
            source = f"from hopfield_edu import explore\n\nexplore.{name}()"
            cells = [nbformat.v4.new_code_cell(source)]
            nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=KERNEL), path)
        notebook = open_notebook(path)
        notebook.run_all()
        opened.append(OpenExplorer(notebook, name))
        return opened[-1]

    yield opener
    for explorer in opened:
        if folder := os.environ.get("HOPFIELD_EDU_SCREENSHOTS"):
            explorer.found.screenshot(path=f"{folder}/{explorer.name}.png")
        explorer.assert_well()
