"""The explorers of chapter 11 in a real JupyterLab: a puzzle is clicked, a city is moved, dots are chosen."""

from collections.abc import Callable
from typing import Any

import pytest


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
    tour.found.locator('.hopfield-picture [aria-label="city 1: pick it up"]').click()
    tour.redrawn()
    tour.found.locator('.hopfield-picture [aria-label="put city 1 at 0.05, 0.95"]').click()
    tour.redrawn()
    tour.button("new-cities").click()
    tour.says("The best tour of these 8 cities is")


@pytest.mark.slow
def test_halftone(open_explorer: Callable[[str], Any]) -> None:
    halftone = open_explorer("halftone")
    halftone.says("Energy of descent from error diffusion: 26.9 after 2 sweeps.")
    halftone.choose("how", "threshold")
    halftone.says("Energy of threshold: 601.3.")
