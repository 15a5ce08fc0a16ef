"""hopfield_edu: the library behind a course on Hopfield networks.

The submodules are loaded when they are first asked for, so that ``import hopfield_edu`` is instant::

    from hopfield_edu import patterns, learning, binary, state_space  # need NumPy only
    from hopfield_edu import plots, explore, feedback, quiz           # matplotlib, ipywidgets
"""

from __future__ import annotations

import importlib
import pkgutil
from types import ModuleType

__version__ = "0.1.0"

_NETWORKS = (
    "; a network lives in the module of its model: hopfield_edu.binary.Network(weights) is the classical one"
)
_POINTERS = {
    "Network": _NETWORKS,
    "HopfieldNetwork": _NETWORKS,
    "Hopfield": _NETWORKS,
    "hebb": "; Hebb's rule is hopfield_edu.learning.hebb(patterns)",
    "Trajectory": "; it is hopfield_edu.trajectory.Trajectory",
}


def __dir__() -> list[str]:
    modules = (module.name for module in pkgutil.iter_modules(__path__))
    return sorted(["__version__", *(name for name in modules if not name.startswith("_"))])


def __getattr__(name: str) -> ModuleType:
    """Load a submodule at its first use: ``hopfield_edu.binary`` needs no import of its own."""
    if not name.startswith("_") and name in __dir__():
        return importlib.import_module(f"{__name__}.{name}")
    pointer = _POINTERS.get(name, "")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}{pointer}")
