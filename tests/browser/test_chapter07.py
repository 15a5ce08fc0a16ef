"""The explorers of chapter 07 in a real JupyterLab: sliders, a choice, and clicks in the picture."""

from collections.abc import Callable
from typing import Any

import pytest


@pytest.mark.slow
def test_cliff(open_explorer: Callable[[str], Any]) -> None:
    cliff = open_explorer("cliff")
    cliff.says("40 memories on 400 units, load 0.100")
    cliff.slide("load", "Home")
    cliff.says("overlap after recall 1.00 in every draw")
    cliff.redrawn()
    cliff.found.locator('.hopfield-picture [aria-label="load 0.20: go there"]').click()
    cliff.says("80 memories on 400 units")
    cliff.redrawn()
    cliff.choose("N", "100")
    cliff.says("20 memories on 100 units")
    cliff.redrawn()


@pytest.mark.slow
def test_spurious(open_explorer: Callable[[str], Any]) -> None:
    spurious = open_explorer("spurious")
    spurious.says("Number 7 is the mixture of 1, −2 and −3.")
    spurious.found.locator('.hopfield-picture [aria-label="no. 2, memory 2: look at it"]').click()
    spurious.says("Number 2 is memory 2.")
    spurious.redrawn()
    spurious.slide("M", "ArrowRight", "ArrowRight")
    spurious.says("5 random patterns on 16 units")
    spurious.redrawn()
    spurious.choose("N", "9")
    spurious.says("fixed points among 512 states")
