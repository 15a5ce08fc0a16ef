"""Experiments: a function at many points, many times each, with means, errors, a progress bar and a memory.

`sweep` makes them, in this process, in several or on a cluster, and `Sweep` is what it returns. Give it a
`store`, a file, and nothing that was finished is ever lost::

    found = experiments.sweep(function, points, repeats=100, rng=0, executor=4, store="runs.jsonl")
    found.plot()
    found.to_csv("runs.csv")

Function, points, seed and version decide the result, to the last bit; the executor does not.

Ready experiments: `overlap_against_load`, `basin_radius`, `bit_error`, `rules`, `noise`, `escape`, `lesions`,
`solving` and `finite_size`, also from the command line: ``python -m hopfield_edu.experiments --help``. Long
runs travel with the course: `stored` reads them, and `again` computes a part of them once more.
"""

from hopfield_edu.experiments._functions import grid
from hopfield_edu.experiments._ready import (
    Limit,
    basin_radius,
    bit_error,
    escape,
    extrapolate,
    finite_size,
    lesions,
    noise,
    overlap_against_load,
    rules,
)
from hopfield_edu.experiments._results import Sweep
from hopfield_edu.experiments._solving import solving
from hopfield_edu.experiments._sweep import again, read, stored, sweep

__all__ = [
    "Limit",
    "Sweep",
    "again",
    "basin_radius",
    "bit_error",
    "escape",
    "extrapolate",
    "finite_size",
    "grid",
    "lesions",
    "noise",
    "overlap_against_load",
    "read",
    "rules",
    "solving",
    "stored",
    "sweep",
]
