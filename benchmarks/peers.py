"""Other Hopfield libraries, where they are installed, used as their own documentation uses them.

Each function returns None if the library is missing, so that the benchmarks run without it.
"""

from __future__ import annotations

import contextlib
import io
from collections.abc import Callable
from importlib import import_module
from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import NDArray

Recall = Callable[[NDArray[Any]], NDArray[Any]]


def load(name: str) -> ModuleType | None:
    """The module, or None if it is not installed (or cannot be imported here)."""
    with contextlib.redirect_stdout(io.StringIO()):
        try:
            return import_module(name)
        except ImportError:
            return None


def kit_store(patterns: NDArray[Any]) -> Callable[[], Any] | None:
    """hopfieldkit: ``HopfieldNetwork(n_units=N).fit(patterns)``, one outer product per pattern."""
    kit = load("hopfieldkit")
    return kit and (lambda: kit.HopfieldNetwork(n_units=patterns.shape[1]).fit(patterns))


def kit_recall(patterns: NDArray[Any]) -> Recall | None:
    """hopfieldkit: units in order, sweep after sweep until none has changed."""
    store = kit_store(patterns)
    if store is None:
        return None
    network = store()
    return lambda cue: network.recall(cue, order="sequential")


def network_store(patterns: NDArray[Any]) -> Callable[[], Any] | None:
    """hopfieldnetwork: ``HopfieldNetwork(N)``, then ``train_pattern`` with a column per pattern."""
    library = load("hopfieldnetwork")
    if library is None:
        return None
    columns = np.ascontiguousarray(patterns.T)

    def store() -> Any:
        network = library.HopfieldNetwork(N=len(columns))
        network.train_pattern(columns)
        return network

    return store


def network_recall(patterns: NDArray[Any], sweeps: int | None = None) -> Recall | None:
    """hopfieldnetwork: a new random order each sweep, from NumPy's global state; so many sweeps (its README
    does 5), or until none has changed."""
    store = network_store(patterns)
    if store is None:
        return None
    network = store()

    def recall(cue: NDArray[Any]) -> NDArray[Any]:
        network.set_initial_neurons_state(
            cue.astype(np.int8)
        )  # the type that it starts with; changed in place
        network.update_neurons(iterations=sweeps or 0, mode="async", run_max=sweeps is None)
        return network.S

    return recall


def torch_attention(X: NDArray[Any], Y: NDArray[Any], beta: float) -> Callable[[], NDArray[Any]] | None:
    """torch: ``scaled_dot_product_attention`` with queries Y, keys and values X, on one thread."""
    torch = load("torch")
    if torch is None:
        return None
    torch.set_num_threads(1)
    query, keys = torch.from_numpy(Y), torch.from_numpy(X)
    attend = torch.nn.functional.scaled_dot_product_attention
    return lambda: attend(query[None], keys[None], keys[None], scale=beta)[0].numpy()
