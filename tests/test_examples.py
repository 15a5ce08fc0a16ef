"""The examples in the docstrings run, and print what they say."""

import doctest
import importlib
import pkgutil

import matplotlib
import pytest

import hopfield_edu

MODULES = sorted(m.name for m in pkgutil.walk_packages(hopfield_edu.__path__, "hopfield_edu."))


@pytest.mark.parametrize("name", MODULES)
def test_examples(name: str) -> None:
    matplotlib.use("agg")
    module = importlib.import_module(name)
    failed, _ = doctest.testmod(module, optionflags=doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS)
    assert failed == 0, f"run python -m doctest on {module.__file__}"
