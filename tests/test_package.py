"""The package is light to import, and its parts depend on each other in one direction only."""

import subprocess
import sys

import pytest

import hopfield_edu

GROUND = ["patterns", "learning", "binary", "state_space"]
HEAVY = ["scipy", "matplotlib", "ipywidgets", "anywidget", "IPython", "jupyterlab", "tqdm"]


def loaded_by(statement: str) -> list[str]:
    """The modules that a fresh interpreter has loaded after a statement."""
    script = f"{statement}\nimport sys; print(*sys.modules)"
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return done.stdout.split()


def test_the_package_itself_loads_nothing() -> None:
    loaded = loaded_by("import hopfield_edu")
    assert not [name for name in loaded if name.startswith("hopfield_edu.")]
    assert not {"numpy", *HEAVY} & set(loaded)


@pytest.mark.parametrize("module", GROUND)
def test_the_ground_floor_needs_numpy_only(module: str) -> None:
    loaded = loaded_by(f"from hopfield_edu import {module}")
    assert not set(HEAVY) & set(loaded)
    upper = {f"hopfield_edu.{name}" for name in ("plots", "explore", "feedback", "quiz")}
    assert not upper & set(loaded)


def test_submodules_come_when_they_are_asked_for() -> None:
    assert hopfield_edu.patterns.__name__ == "hopfield_edu.patterns"
    assert set(GROUND) <= set(dir(hopfield_edu))
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = hopfield_edu.nothing
