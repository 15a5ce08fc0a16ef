"""The three tiers of the suite, and Hypothesis drawing the same examples every time.

pytest -m fast     what one runs while working: a minute
pytest             everything but what is marked `slow`: the command of README.md
pytest -m slow     sweeps over many seeds, random calls by the thousand, classes of students, old versions
"""

from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("fixed", derandomize=True, deadline=None, database=None, max_examples=60)
settings.load_profile("fixed")

TESTS = Path(__file__).parent

#: Modules that start kernels, browsers or other programs, draw a great deal, or simulate at length.
THOROUGH = (
    "chapter",
    "course",
    "explore",
    "grade",
    "layered",
    "nbgrader",
    "notebooks",
    "theorems",
    "wrong_calls",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is fast, and keep the cells of a notebook and the tests of a browser together."""
    for item in items:
        if not (item.path.parent == TESTS and item.path.suffix == ".py"):  # a notebook, or in a browser
            item.add_marker(pytest.mark.xdist_group(str(item.path)))
        elif not item.path.stem.startswith(tuple(f"test_{name}" for name in THOROUGH)):
            if item.get_closest_marker("slow") is None:
                item.add_marker("fast")
