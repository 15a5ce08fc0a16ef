"""Names that have changed: for a while the old one still works, and its warning says what it is called now.

A learner's notebook may be older than the course on which it runs, so nothing public is renamed without
passing through here. In the module that had the name::

    from hopfield_edu import _renamed

    __getattr__ = _renamed.names(__name__, hebb_rule=("hebb", "0.3"))

which reads: `hebb_rule` is now `hebb`, and the old name is gone in version 0.3. :func:`parameters` does the
same for the arguments of a function, :func:`module` for a whole module.

The warning is a FutureWarning, the kind that Python means for those who use a program. A DeprecationWarning
is for those who write one: it would be shown in a notebook's own cells, and hidden in a module that a learner
keeps beside the notebook, where the old name breaks just as well.
"""

from __future__ import annotations

import functools
import warnings
from collections.abc import Callable
from importlib import import_module
from types import ModuleType
from typing import Any


def names(
    where: str, otherwise: Callable[[str], Any] | None = None, /, **old: tuple[str, str]
) -> Callable[[str], Any]:
    """A module's ``__getattr__`` that knows its old names.

    Parameters
    ----------
    where : str
        The module: its ``__name__``.
    otherwise : callable, optional
        The module's own ``__getattr__``, where it has one.
    **old : (str, str)
        Of each old name the new one, with its module if that is another, and the version that drops the old.

    Examples
    --------
    >>> lookup = names("lattice", size=("math.dist", "0.3"))
    >>> import warnings
    >>> with warnings.catch_warnings(record=True) as told:
    ...     warnings.simplefilter("always")
    ...     found = lookup("size")
    >>> print(told[0].message)
    lattice.size is called math.dist now; the old name is gone in version 0.3
    """

    def lookup(name: str) -> Any:
        if name not in old:
            if otherwise is not None:
                return otherwise(name)
            raise AttributeError(f"module {where!r} has no attribute {name!r}")
        new, gone = old[name]
        home, _, short = (new if "." in new else f"{where}.{new}").rpartition(".")
        _tell(f"{where}.{name}", f"{home}.{short}", gone)
        return getattr(import_module(home), short)

    return lookup


def parameters(gone: str, /, **old: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """A decorator: arguments given by their old names still arrive.

    Parameters
    ----------
    gone : str
        The version that drops the old names.
    **old : str
        Of each old name the new one.

    Examples
    --------
    >>> @parameters("0.3", seed="rng")
    ... def draw(n, rng=0):
    ...     return n, rng
    >>> draw(3, rng=1)
    (3, 1)
    """

    def accept(function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(function)
        def call(*args: Any, **given: Any) -> Any:
            for name in [name for name in given if name in old]:
                if old[name] in given:
                    text = f"{function.__name__} is given {old[name]} twice, also by its old name {name}"
                    raise TypeError(text)
                _tell(f"{name} of {function.__name__}", old[name], gone)
                given[old[name]] = given.pop(name)
            return function(*args, **given)

        call.renamed = dict(old)  # type: ignore[attr-defined]
        return call

    return accept


def module(old: str, new: str, gone: str) -> ModuleType:
    """A module under its old name: the old file holds one line, ``sys.modules[__name__] = module(...)``."""
    _tell(old, new, gone)
    return import_module(new)


def _tell(old: str, new: str, gone: str) -> None:
    text = f"{old} is called {new} now; the old name is gone in version {gone}"
    warnings.warn(text, FutureWarning, stacklevel=3)
