"""Every picture says what it shows: counted in JupyterLab's page, and in the page that nbconvert makes."""

from collections.abc import Callable
from pathlib import Path

import browser
import pytest

ROOT = Path(__file__).resolve().parents[2]
CHAPTERS = sorted(ROOT.glob("notebooks/*.ipynb"))
PICTURES = """host => [...host.querySelectorAll('img')].map(image => ({
    alt: image.alt, arrived: image.complete && image.naturalWidth > 0}))"""


def described(pictures: list[dict[str, object]]) -> int:
    """How many pictures there are; each has arrived, and has words of its own."""
    for picture in pictures:
        assert picture["arrived"], picture["alt"]
        assert len(str(picture["alt"])) > 10, "a picture without alt text"
        assert "No description" not in str(picture["alt"])
    return len(pictures)


def committed(path: Path) -> int:
    """How many pictures a notebook holds, in outputs and prose."""
    text = path.read_text(encoding="utf-8")
    return text.count('"image/png": "') + text.count("](attachment:")


@pytest.mark.parametrize(
    "path",
    [pytest.param(path, marks=pytest.mark.slow if k > 1 else ()) for k, path in enumerate(CHAPTERS)],
    ids=[path.stem for path in CHAPTERS],
)
def test_no_picture_in_jupyterlab_is_without_alt(
    open_notebook: Callable[[Path], browser.Notebook], path: Path
) -> None:
    """The outputs as they were committed, in a notebook that nobody has trusted yet."""
    page = open_notebook(path).page
    page.wait_for_function(
        "n => document.querySelectorAll('.jp-Notebook img').length >= n", arg=committed(path)
    )
    page.wait_for_function("() => [...document.querySelectorAll('.jp-Notebook img')].every(i => i.complete)")
    assert described(page.locator(".jp-Notebook").evaluate(PICTURES)) == committed(path)


@pytest.mark.parametrize("theme", ["light", pytest.param("dark", marks=pytest.mark.slow)])
def test_no_picture_in_the_page_of_nbconvert_is_without_alt(theme: str, tmp_path: Path) -> None:
    from nbconvert import HTMLExporter

    if browser.find_browser() is None:
        pytest.skip("no Chromium or Chrome found")
    with browser.chromium() as chromium:
        for path in CHAPTERS:
            file = tmp_path / f"{path.stem}.html"
            file.write_text(HTMLExporter(theme=theme).from_filename(path)[0], encoding="utf-8")
            page = chromium.new_page()
            page.route("http*://**", lambda route: route.abort())  # MathJax, which this does not need
            page.goto(file.as_uri(), wait_until="domcontentloaded")
            page.wait_for_function("() => [...document.images].every(image => image.complete)")
            assert described(page.locator("body").evaluate(PICTURES)) == committed(path)
            page.close()
