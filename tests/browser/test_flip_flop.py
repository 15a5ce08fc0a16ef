"""The flip-flop in a real JupyterLab: sliders by keyboard, the button by mouse."""

from collections.abc import Callable
from typing import Any

import pytest


@pytest.mark.slow
def test_flip_flop(open_explorer: Callable[[str], Any]) -> None:
    flip_flop = open_explorer("flip_flop")
    flip_flop.says("a flip-flop that remembers")
    flip_flop.says("go to 0.98 and 0.02")
    flip_flop.button("exchange-start").click()
    flip_flop.says("go to 0.02 and 0.98")
    flip_flop.redrawn()
    flip_flop.slide("gain", "Home")
    flip_flop.says("it remembers nothing")
    flip_flop.redrawn()
    flip_flop.slide("gain", "End")
    flip_flop.says("a flip-flop that remembers")
    flip_flop.redrawn()
    flip_flop.slide("input-1", "End")
    flip_flop.says("in favour of unit 1")
