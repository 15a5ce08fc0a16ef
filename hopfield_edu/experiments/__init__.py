"""Experiments: a function at many points, many times each, with means, errors, a progress bar and a memory.

`sweep` makes them, in this process, in several or on a cluster, and `Sweep` is what it returns. Give it a
`store`, a file, and nothing that was finished is ever lost::

    found = experiments.sweep(function, points, repeats=100, rng=0, executor=4, store="runs.jsonl")
    found.plot()
    found.to_csv("runs.csv")

Function, points, seed and version decide the result, to the last bit; the executor does not.
"""

from hopfield_edu.experiments._functions import grid
from hopfield_edu.experiments._results import Sweep
from hopfield_edu.experiments._sweep import read, stored, sweep

__all__ = ["Sweep", "grid", "read", "stored", "sweep"]
