"""Every picture says what it shows: counted in JupyterLab's page, and in the page that nbconvert makes."""

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import browser
import pytest
from PIL import Image

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


chapters = pytest.mark.parametrize(
    "path",
    [pytest.param(path, marks=pytest.mark.slow if k > 0 else ()) for k, path in enumerate(CHAPTERS)],
    ids=[path.stem for path in CHAPTERS],
)


@chapters
def test_no_picture_in_jupyterlab_is_without_alt(
    open_notebook: Callable[[Path], browser.Notebook], path: Path
) -> None:
    """The outputs as they were committed, in a notebook that nobody has trusted yet."""
    notebook = open_notebook(path)
    notebook.command("notebook:show-all-cell-outputs")  # those of predictions, too, which are folded
    page = notebook.page
    page.wait_for_function(
        "n => document.querySelectorAll('.jp-Notebook img').length >= n", arg=committed(path)
    )
    page.wait_for_function("() => [...document.querySelectorAll('.jp-Notebook img')].every(i => i.complete)")
    assert described(page.locator(".jp-Notebook").evaluate(PICTURES)) == committed(path)


@pytest.fixture
def chromium() -> Iterator[Any]:
    if browser.find_browser() is None:
        pytest.skip("no Chromium or Chrome found")
    with browser.chromium() as found:
        yield found


def exported(chromium: Any, path: Path, file: Path, theme: str) -> Any:
    """The page that nbconvert makes of a notebook, open in a browser and cut off from the world."""
    from nbconvert import HTMLExporter

    file.write_text(HTMLExporter(theme=theme).from_filename(path)[0], encoding="utf-8")
    page = chromium.new_page()
    page.route("http*://**", lambda route: route.abort())  # MathJax, which these tests do not need
    page.goto(file.as_uri(), wait_until="domcontentloaded")
    page.wait_for_function("() => [...document.images].every(image => image.complete)")
    return page


@chapters
def test_no_picture_in_the_page_of_nbconvert_is_without_alt(
    path: Path, chromium: Any, tmp_path: Path
) -> None:
    page = exported(chromium, path, tmp_path / "page.html", "light")
    assert described(page.locator("body").evaluate(PICTURES)) == committed(path)


@chapters
@pytest.mark.parametrize("media", ["screen", "print"])
@pytest.mark.slow
def test_in_the_dark_theme_a_figure_keeps_its_white_card(
    path: Path, media: str, chromium: Any, tmp_path: Path
) -> None:
    page = exported(chromium, path, tmp_path / "page.html", "dark")
    page.emulate_media(media=media)
    pictures = page.locator(".jp-OutputArea img")
    assert pictures.count() == committed(path)
    for picture in pictures.all():
        seen = Image.open(io.BytesIO(picture.screenshot())).convert("RGB")
        width, height = seen.size
        corners = [seen.getpixel((x, y)) for x in (2, width - 3) for y in (2, height - 3)]
        white = min(min(corner) for corner in corners) > 250  # a palette may take a neighbour of white
        assert white, picture.get_attribute("alt")
