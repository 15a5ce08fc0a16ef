"""All modules: the examples in their docstrings, and what an import of the ground floor loads."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module

GROUND_FLOOR = "patterns, learning, binary, state_space"  # NumPy only

# In a fresh interpreter: what an import adds to the loaded modules (its time: benchmarks/run.py imports)
PROBE = """
import sys
before = set(sys.modules)
{statement}
added = {{name.partition(".")[0] for name in set(sys.modules) - before}}
print(*sorted(added - set(sys.stdlib_module_names) - {{"hopfield_edu"}}))
"""


def probe(statement):
    command = [sys.executable, "-c", PROBE.format(statement=statement)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return [name for name in done.stdout.split() if "cython" not in name]  # NumPy's own helpers


def test_the_ground_floor_has_examples():
    for name in GROUND_FLOOR.split(", "):
        module = import_module(f"hopfield_edu.{name}")
        public = [f for key, f in vars(module).items() if callable(f) and not key.startswith("_")]
        own = [f for f in public if f.__module__.startswith(module.__name__) and isinstance(f.__doc__, str)]
        assert own and all(">>>" in f.__doc__ for f in own), name


def test_the_import_loads_nothing_but_numpy():
    assert probe("import hopfield_edu") == []
    assert probe(f"from hopfield_edu import {GROUND_FLOOR}") == ["numpy"]
