"""The explorer of chapter 15 in a real JupyterLab: the dial, and clicks in the film."""

from collections.abc import Callable
from typing import Any

import pytest


@pytest.mark.slow
def test_noise(open_explorer: Callable[[str], Any]) -> None:
    noise = open_explorer("noise")
    noise.says("Still open: top, eyes and mouth.")
    noise.found.locator('.hopfield-picture [aria-label="noise 0.1: go there"]').click()
    noise.says("The dream is a stored face.")
    noise.redrawn()
    noise.choose("local", "each of three bands")
    noise.says("The dream is a face that nobody has stored.")
    noise.redrawn()
    noise.slide("sigma", "End")
    noise.says("Decided: nothing yet.")
