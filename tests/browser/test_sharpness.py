"""The explorer of chapter 12 in a real JupyterLab: lists, sliders of numbers and of choices, by keyboard."""

from collections.abc import Callable
from typing import Any

import pytest


@pytest.mark.slow
def test_sharpness(open_explorer: Callable[[str], Any]) -> None:
    sharpness = open_explorer("sharpness")
    sharpness.says("50 patterns stored, F(x) = x³. 30 of 30 cues")
    sharpness.choose("M", "1000")
    sharpness.says("1000 patterns stored, F(x) = x³. 0 of 30 cues")
    sharpness.redrawn()
    sharpness.slide("n", "ArrowRight")
    sharpness.says("1000 patterns stored, F(x) = x⁴. 30 of 30 cues")
    sharpness.redrawn()
    sharpness.choose("stored-as", "letters and digits")
    sharpness.says("36 patterns stored, F(x) = x⁴.")
    sharpness.redrawn()
    sharpness.choose("kind", "eˣ")
    sharpness.says("36 patterns stored, F(x) = eˣ. 30 of 30 cues")
    sharpness.redrawn()
