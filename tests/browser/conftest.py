"""The fixture `open_notebook`: a copy of a notebook, open in JupyterLab in a real browser."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import browser
import pytest


@pytest.fixture(scope="session")
def lab_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """A folder and the address of the JupyterLab that serves it."""
    if browser.find_browser() is None:
        message = "no Chromium or Chrome found: install one, or name it in the variable CHROMIUM"
        if os.environ.get("HOPFIELD_EDU_REQUIRE_BROWSER") == "1":
            pytest.fail(message)
        pytest.skip(message)
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
