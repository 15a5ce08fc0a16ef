"""The explorer of cross-talk in a real JupyterLab: sliders by keyboard, choices, a burst of moves."""

from collections.abc import Callable
from typing import Any

import pytest


@pytest.mark.slow
def test_crosstalk(open_explorer: Callable[[str], Any]) -> None:
    crosstalk = open_explorer("crosstalk")
    crosstalk.says("15 of 2000 units fail (0.75 %). Theory expects 21")
    burst = ["ArrowLeft"] * 25 + ["ArrowRight"]  # down to one pattern, and one up
    crosstalk.slide("M", *burst)
    crosstalk.says("None of the 200 units fails. With one or two patterns none can.")
    crosstalk.redrawn()
    crosstalk.slide("M", "End")
    crosstalk.says("of 4000 units fail")
    crosstalk.found.locator(".hopfield-more").click()
    crosstalk.choose("overlap", "0.5")
    crosstalk.says("all those that deviate from what the patterns have in common (15 % of the units)")
    crosstalk.choose("overlap", "unrelated")
    crosstalk.choose("self-connections", "M/N each")
    crosstalk.says("of the 40 patterns are still fixed points")
    crosstalk.redrawn()
    crosstalk.slide("N", "Home")
    crosstalk.says("None of the 400 units fails.")
    crosstalk.redrawn()
    crosstalk.slide("rng", "ArrowRight")
    crosstalk.redrawn()
