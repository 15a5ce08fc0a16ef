"""The explorers of chapter 08 in a real JupyterLab: a list, sliders that come and go, memories to click."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect


@pytest.mark.slow
def test_rules_race(open_explorer: Callable[[str], Any]) -> None:
    race = open_explorer("rules_race")
    race.says("10 digits stored. Stable: Hebb 2, Storkey 8, pseudo-inverse 10")
    overlap = race.found.locator(".hopfield-control-overlap")
    expect(overlap).not_to_be_visible()
    race.found.get_by_role("button", name="digit 9: ask for it").click()
    race.redrawn()
    race.slide("wrong", "Home")
    race.says("Back from 0 % wrong cells: 2, 8, 10, 10, 10.")
    race.redrawn()
    race.choose("data", "random, alike")
    race.says("10 patterns stored.")
    race.redrawn()
    expect(overlap).to_be_visible()
    race.slide("overlap", "End")
    race.says("Stable: Hebb 0")
    race.redrawn()
    race.choose("data", "faces")
    race.says("10 faces stored. Stable: Hebb 0")
    race.redrawn()
