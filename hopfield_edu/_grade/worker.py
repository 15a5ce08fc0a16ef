"""The process that runs a submission's cells and calls its functions, for the judge who asks.

It is started as a script, in a sandbox where there is one, and knows neither checks nor solutions:
`hopfield_edu.feedback` is a stand-in that answers nothing. Whatever a submission does in here, all
that leaves the process are plain values.
"""

import base64
import contextlib
import importlib.util
import inspect
import io
import os
import sys
import types
import warnings
from pathlib import Path
from typing import Any

TEXT = 20_000  # characters kept of one text


def load(name: str, path: Path) -> types.ModuleType:
    """Import a module or package from its place, and from nowhere else."""
    folder = [str(path.parent)] if path.name == "__init__.py" else None
    spec = importlib.util.spec_from_file_location(name, path, submodule_search_locations=folder)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


class Quiet:
    """Stands for every check: takes whatever it is given, and answers nothing."""

    def __call__(self, *args: Any, **kwargs: Any) -> "Quiet":
        return self

    def __getattr__(self, name: str) -> "Quiet":
        if name.startswith("_"):
            raise AttributeError(name)
        return self

    def __bool__(self) -> bool:
        return False

    def __repr__(self) -> str:
        return "(the checks are asked later, by the grader)"


def without_checks(library: types.ModuleType) -> None:
    """Put a stand-in where the checks would be."""
    stand_in = types.ModuleType("hopfield_edu.feedback")
    stand_in.__path__ = []
    stand_in.__getattr__ = lambda name: getattr(Quiet(), name)
    stand_in.progress = lambda *chapter: None  # a learner's card, which has nothing to show here
    sys.modules["hopfield_edu.feedback"] = stand_in
    library.feedback = stand_in


def limit(memory: int = 4 * 2**30) -> None:
    """No large files, no core dumps, and no more than so many bytes; where the system knows such limits."""
    try:
        import resource
    except ImportError:
        return
    wanted = {"RLIMIT_AS": memory, "RLIMIT_FSIZE": 50 * 2**20, "RLIMIT_CORE": 0}
    for name, value in wanted.items():
        with contextlib.suppress(ValueError, OSError, AttributeError):
            resource.setrlimit(getattr(resource, name), (value, value))


class Cells:
    """An IPython shell without a front end."""

    def __init__(self, wire: types.ModuleType) -> None:
        from IPython.core.interactiveshell import InteractiveShell
        from traitlets.config import Config

        self.wire = wire
        self.functions: list[Any] = []
        self.error: list[str] = []
        settings = Config()
        settings.HistoryManager.enabled = False
        settings.InteractiveShell.colors = "NoColor"
        self.shell = InteractiveShell.instance(config=settings)
        self.shell._showtraceback = self._keep_error

    def _keep_error(self, kind: type, error: BaseException, lines: list[str]) -> None:
        self.error = [getattr(kind, "__name__", "Error"), str(error)[:TEXT], "\n".join(lines)[-TEXT:]]

    def run(self, source: str) -> list[dict[str, Any]]:
        """Run a cell; its outputs, an error last."""
        from IPython.utils.capture import capture_output

        self.error = []
        with capture_output() as captured:
            self.shell.run_cell(source)
        outputs = [
            {"output_type": "stream", "name": name, "text": text[:TEXT]}
            for name, text in (("stdout", captured.stdout), ("stderr", captured.stderr))
            if text
        ]
        outputs += [{"output_type": "display_data", "data": _shown(rich.data)} for rich in captured.outputs]
        if self.error:
            name, text, trace = self.error
            outputs.append({"output_type": "error", "ename": name, "evalue": text, "trace": trace})
        return outputs

    def get(self, name: str) -> Any:
        """The value of a name: plain, or a function that can be asked."""
        if name not in self.shell.user_ns:
            return ("missing",)
        value = self.shell.user_ns[name]
        try:
            if callable(value) and not isinstance(value, type):
                self.functions.append(value)
                return ("function", len(self.functions) - 1, _parameters(value))
            return ("value", self.wire.encode(value))
        except BaseException:  # an object may do anything when it is looked at
            return ("value", ("opaque", "object", False, False))

    def call(self, number: int, args: tuple[Any, ...]) -> Any:
        """Call a function; its value, or the name and text of its error, and what became of `args`."""
        import numpy as np

        nothing = io.StringIO()
        try:
            with (
                contextlib.redirect_stdout(nothing),
                contextlib.redirect_stderr(nothing),
                warnings.catch_warnings(),
                np.errstate(all="ignore"),
            ):
                warnings.simplefilter("ignore")
                value = self.functions[number](*args)
            return ("returned", self.wire.encode(value), [self._after(a) for a in args])
        except BaseException as error:
            return ("raised", type(error).__name__, str(error)[:2000])

    def _after(self, argument: Any) -> Any:
        import numpy as np

        if isinstance(argument, np.random.Generator):
            bits = argument.bit_generator  # a child may have been drawn from, as the library does
            return self.wire.encode([bits.state, bits.seed_seq.n_children_spawned])
        if isinstance(argument, np.ndarray | list | dict | set):
            return self.wire.encode(argument)
        return None


def _parameters(function: Any) -> list[tuple[str, int, bool]] | None:
    try:
        found = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return None
    return [(p.name, int(p.kind), p.default is not p.empty) for p in found]


def _shown(data: dict[str, Any]) -> dict[str, str]:
    """What the judge will take of an output."""
    kept = {"text/plain": str(data.get("text/plain", ""))[:TEXT]}
    for kind in ("image/png", "image/jpeg"):
        picture = data.get(kind)
        if isinstance(picture, bytes):
            picture = base64.b64encode(picture).decode()
        if isinstance(picture, str):
            kept[kind] = picture
    return kept


def main(package: str) -> None:
    """Answer the judge until there is nothing more to read."""
    ask, answer = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):  # what a submission prints past Python goes nowhere
        os.dup2(nowhere, stream)
    limit()
    here = Path(package)
    library = load("hopfield_edu", here / "__init__.py")
    without_checks(library)
    wire = load("_hopfield_edu_wire", here / "_grade" / "wire.py")
    sys.path.append(os.getcwd())  # last: a file that was handed in hides no module
    cells = Cells(wire)
    wire.send(answer, ("ready",))
    while True:
        try:
            order, *rest = wire.receive(ask, trusted=True)
        except EOFError:
            return
        wire.send(answer, getattr(cells, order)(*rest))


if __name__ == "__main__":
    main(sys.argv[1])
