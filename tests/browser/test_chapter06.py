"""The explorer of the first screen of chapter 06 in a real JupyterLab: a click on a letter, and a slider."""

from collections.abc import Callable
from typing import Any

import pytest


@pytest.mark.slow
def test_crowd(open_explorer: Callable[[str], Any]) -> None:
    crowd = open_explorer("crowd")
    crowd.says("AFGHLVR: A comes back from none of 20 cues")
    crowd.found.locator('.hopfield-picture [aria-label="store AFGHLV"]').click()
    crowd.says("AFGHLV: A comes back from all of 20 cues")
    crowd.redrawn()
    crowd.slide("M", "ArrowRight")
    crowd.says("A itself does not stay.")
    crowd.redrawn()
