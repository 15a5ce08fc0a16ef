"""The plots: what is drawn, what is said about it, and what is left alone."""

from __future__ import annotations

import doctest
from importlib import import_module

import numpy as np
import pytest

from hopfield_edu import plots

ASYMMETRIC = np.array([[0, -1], [1, 0]])  # Wiskott, figure 1.3, top
SYMMETRIC = np.array([[0, -1], [-1, 0]])  # bottom
# By hand, codes −− 0, +− 1, −+ 2, ++ 3; columns: unit 1, unit 2.
ASYMMETRIC_TABLE = np.array([[1, 0], [1, 3], [2, 0], [2, 3]])
SYMMETRIC_TABLE = np.array([[1, 2], [1, 1], [2, 2], [2, 1]])


def arrows(ax):
    """The ids of all arrows, such as '−− to +−'."""
    return {line.get_gid() for line in ax.lines if line.get_gid()} - {"path"}


@pytest.mark.parametrize("name", ["_network", "_pictures", "_space", "_transitions"])
def test_examples_in_docstrings(name):
    module = import_module(f"hopfield_edu.plots.{name}")
    assert doctest.testmod(module).failed == 0


def test_transitions_of_figure_1_3_top():
    ax = plots.transition_graph(ASYMMETRIC_TABLE)
    steps = {"−− to +−", "+− to ++", "++ to −+", "−+ to −−"}
    loops = {f"{state} to {state}" for state in ("−−", "+−", "−+", "++")}
    assert arrows(ax) == steps | loops


def test_transitions_of_figure_1_3_bottom():
    ax = plots.transition_graph(SYMMETRIC_TABLE)
    steps = {"−− to +−", "−− to −+", "++ to −+", "++ to +−"}
    assert arrows(ax) == steps | {"+− to +−", "−+ to −+"}
    synchronous = plots.transition_graph(SYMMETRIC_TABLE, synchronous=True)
    assert arrows(synchronous) == {"−− to ++", "++ to −−", "+− to +−", "−+ to −+"}
