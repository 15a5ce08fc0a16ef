"""The explorers of chapter 11 in a real JupyterLab: a puzzle is clicked, cities dragged, dots chosen."""

from collections.abc import Callable
from typing import Any

import pytest
from browser import box_of
from playwright.sync_api import expect

FOCUSED = "() => document.activeElement.getAttribute('aria-label')"
TOUCH = "mark => [mark, mark.ownerSVGElement].map(e => getComputedStyle(e).touchAction)"


@pytest.mark.slow
def test_sudoku(open_explorer: Callable[[str], Any]) -> None:
    sudoku = open_explorer("sudoku")
    sudoku.says("36 givens leave 116 units free. After 200 sweeps the energy is 0: solved")
    sudoku.slide("sweep", "Home")
    sudoku.says("After 0 sweeps")
    sudoku.redrawn()
    sudoku.choose("puzzle", "4 x 4")
    sudoku.says("4 givens leave 20 units free")
    sudoku.redrawn()
    sudoku.found.locator('.hopfield-picture [aria-label="row 1, column 2: give a 3"]').click()
    sudoku.says("5 givens")


@pytest.mark.slow
def test_tour(open_explorer: Callable[[str], Any]) -> None:
    tour = open_explorer("tour")
    tour.says("The best tour of these 8 cities is 3.01 long.")
    tour.slide("penalty", "Home")
    tour.says("cooled, A = 0.25: no start of 20 gives a valid tour.")
    tour.redrawn()
    for check in (with_clicks, with_the_mouse, with_escape, with_the_keyboard, with_a_finger):
        check(tour, tour.page)
    tour.button("new-cities").click()
    tour.says("The best tour of these 8 cities is")


def city(tour: Any, k: int, place: str = "") -> Any:
    """A city, drawn at a place if one is told."""
    found = tour.found.locator(f'.hopfield-picture [aria-label^="city {k} at {place}"]')
    expect(found).to_have_count(1)
    return found


def centre(mark: Any) -> tuple[float, float]:
    box = box_of(mark)
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def point(tour: Any, x: float, y: float) -> tuple[float, float]:
    """Where in the window a place of the map is."""
    box = box_of(tour.found.locator('.hopfield-picture [id$="-map"]'))
    return box["x"] + x * box["width"], box["y"] + (1 - y) * box["height"]


def seen(tour: Any, k: int, x: float, y: float) -> None:
    """The city is at this place for the eye, whatever the kernel knows."""
    assert centre(city(tour, k)) == pytest.approx(point(tour, x, y), abs=1)


def with_clicks(tour: Any, page: Any) -> None:
    """A hand may tremble; and where the 93 free places are one stop of Tab, each city still is one, too."""
    x, y = centre(city(tour, 1, "0.95, 0.05"))
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 2, y - 2)
    page.mouse.up()
    place = tour.found.locator('.hopfield-picture [aria-label="put city 1 at 0.05, 0.95"]')
    expect(place).to_have_count(1)
    assert tour.found.locator('.hopfield-picture [tabindex="0"]').count() == 9
    place.click()
    city(tour, 1, "0.05, 0.95")


def with_the_mouse(tour: Any, page: Any) -> None:
    """A city follows, also through a new picture, and no further than the map; it can be put onto another."""
    page.mouse.move(*centre(city(tour, 1)))
    page.mouse.down()
    page.mouse.move(*point(tour, 0.5, 0.6), steps=5)
    seen(tour, 1, 0.5, 0.6)
    tour.slide("penalty", "End")
    tour.says("cooled, A = 16")
    city(tour, 1, "0.05, 0.95")
    seen(tour, 1, 0.5, 0.6)
    page.mouse.move(*point(tour, 0.3, 1.5), steps=3)
    seen(tour, 1, 0.3, 1)
    page.mouse.up()
    city(tour, 1, "0.30, 1.00")
    seen(tour, 1, 0.3, 1)
    page.mouse.move(*centre(city(tour, 1)))
    page.mouse.down()
    page.mouse.move(*centre(city(tour, 2, "0.45, 0.25")), steps=5)
    page.mouse.up()
    city(tour, 1, "0.45, 0.25: drag it")
    city(tour, 2, "0.45, 0.25: drag it")  # to let go was no click


def with_escape(tour: Any, page: Any) -> None:
    page.mouse.move(*centre(city(tour, 3, "0.75, 0.75")))
    page.mouse.down()
    page.mouse.move(*point(tour, 0.5, 0.5), steps=3)
    seen(tour, 3, 0.5, 0.5)
    page.keyboard.press("Escape")
    seen(tour, 3, 0.75, 0.75)
    page.mouse.move(*point(tour, 0.74, 0.75))
    page.mouse.up()


def with_the_keyboard(tour: Any, page: Any) -> None:
    """Many steps in a row are none too few; the focus stays, and the page does not scroll."""
    city(tour, 3, "0.75, 0.75: drag it").focus()
    page.keyboard.press("Tab")
    for key in ("ArrowLeft", "ArrowLeft", "ArrowLeft", "ArrowDown", "Shift+ArrowUp", "Shift+ArrowUp"):
        page.keyboard.press(key)
    seen(tour, 4, 0.89, 0.93)
    city(tour, 4, "0.89, 0.93")
    assert page.evaluate(FOCUSED).startswith("city 4 at 0.89, 0.93")
    assert len(tour.notebook.cells()) == 1  # no key went elsewhere


def with_a_finger(tour: Any, page: Any) -> None:
    """On a city it drags; anywhere else it scrolls."""
    mark, finger = city(tour, 5, "0.85, 0.25"), page.context.new_cdp_session(page)
    assert mark.evaluate(TOUCH) == ["none", "manipulation"]
    (x, y), (right, up) = centre(mark), point(tour, 0.2, 0.8)
    for kind, part in [("touchStart", 0), ("touchMove", 0.3), ("touchMove", 0.7), ("touchMove", 1)]:
        at = {"x": x + part * (right - x), "y": y + part * (up - y)}
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [at]})
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    city(tour, 5, "0.20, 0.80")


@pytest.mark.slow
def test_halftone(open_explorer: Callable[[str], Any]) -> None:
    halftone = open_explorer("halftone")
    halftone.says("Energy of descent from error diffusion: 26.9 after 2 sweeps.")
    halftone.choose("how", "threshold")
    halftone.says("Energy of threshold: 601.3.")
