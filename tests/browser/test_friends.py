"""The memory of 250 friends in a real JupyterLab: tell, take back, wind."""

from collections.abc import Callable
from typing import Any

import pytest


@pytest.mark.slow
def test_friends(open_explorer: Callable[[str], Any]) -> None:
    friends = open_explorer("friends")
    friends.says(
        "7 of 50 properties are told, 1 of them wrong. It is friend 213, Carla from Bath, as was meant"
    )
    friends.found.get_by_role("button", name="look at car").click()
    friends.redrawn()
    friends.found.get_by_role("button", name="car: take coupe back").click()
    friends.says(
        "6 of 50 properties are told, none of them wrong. It is friend 213, Carla from Bath, as was meant."
    )
    friends.found.get_by_role("button", name="car: tell jeep").press("Enter")
    friends.says("7 of 50 properties are told, 1 of them wrong.")
    friends.choose("look", "pet")
    friends.redrawn()
    friends.slide("updates", "Home")
    friends.says("On the way, the network holds 7 properties")
    friends.slide("updates", "End")
    friends.slide("rng", "ArrowRight")  # another friend
    friends.says("It is friend 119, Emma from Essen, as was meant")
    friends.button("tell-nothing").click()
    friends.says("Nothing is told, so nothing is recalled")
    friends.found.get_by_role("button", name="pet: tell cat").click()
    friends.says("1 of 50 properties are told")
    friends.redrawn()
    friends.found.locator(".hopfield-more").click()
    friends.choose("M", "50")
    friends.choose("counts", "counted")
    friends.redrawn()
