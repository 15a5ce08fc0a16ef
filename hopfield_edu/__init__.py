"""hopfield_edu: the library behind a course on Hopfield networks.

The submodules are loaded when they are first asked for, so that ``import hopfield_edu`` imports
nothing but the standard library::

    from hopfield_edu import patterns, learning, binary     # NumPy only
    from hopfield_edu import plots, explore, feedback, quiz  # matplotlib, ipywidgets where used
"""

import importlib
from types import ModuleType

__version__ = "0.1.0"

__all__ = [
    "__version__",
    "binary",
    "explore",
    "feedback",
    "frustration",
    "learning",
    "patterns",
    "plots",
    "quiz",
    "state_space",
    "theory",
    "zero_one",
]


def __getattr__(name: str) -> ModuleType:
    """Load a submodule at its first use: ``hopfield_edu.binary`` works without an import of it."""
    if name in __all__:
        return importlib.import_module(f"{__name__}.{name}")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
