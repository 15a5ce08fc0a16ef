"""The explorers of chapter 14 in a real JupyterLab: lists, boxes to tick, and clicks in the pictures."""

from collections.abc import Callable
from typing import Any

import pytest


@pytest.mark.slow
def test_lagrangian(open_explorer: Callable[[str], Any]) -> None:
    lab = open_explorer("lagrangian")
    lab.says("and never rises. The currents rest at y = (1.19, 0.50).")
    lab.choose("features", "linear")
    lab.says("This is model B, attention.")
    lab.choose("memories", "power 3")
    lab.says("The currents run away: this energy has no lower bound.")
    lab.choose("features", "sphere")
    lab.says("This is model C.")
    lab.redrawn()
    lab.found.locator('.hopfield-picture [aria-label="start at y₁ = -2.4, y₂ = 2.4"]').click()
    lab.says("and never rises.")


@pytest.mark.slow
def test_occluded(open_explorer: Callable[[str], Any]) -> None:
    face = open_explorer("occluded")
    face.says("Person 4 with the mouth hidden: after 12.0 time constants every cell is right")
    face.found.locator('.hopfield-picture [aria-label="show person 7"]').click()
    face.says("Person 7 with the mouth hidden")
    face.redrawn()
    face.found.locator('.hopfield-picture [aria-label="hide the eyes"]').click()
    face.says("Person 7 with the eyes hidden")
    face.slide("time", "Home")
    face.says("after 0.0 time constants")
