"""The command `hopfield-edu doctor`: what is wrong with this installation, and how to mend it.

Each check gives a `Finding`: whether all is well, what was seen, and what to do about it. None changes
anything, and none needs the network.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

import hopfield_edu
from hopfield_edu import _record

OLDEST = (3, 11)
EXTENSIONS = {  # what must lie in JupyterLab's folders for the widgets to be seen, and who brings it
    "@jupyter-widgets/jupyterlab-manager": "jupyterlab_widgets",
    "anywidget": "anywidget",
}
PROBE = "import sys, hopfield_edu; print(sys.executable); print(hopfield_edu.__file__)"
SECONDS = 60  # for a kernel on a busy machine


class Finding(NamedTuple):
    """What a check has seen; `mend` is empty where all is well."""

    seen: str
    mend: str = ""

    def __str__(self) -> str:
        return f"not well: {self.seen}\n          {self.mend}" if self.mend else f"well:     {self.seen}"


def python() -> Iterator[Finding]:
    """Whether Python is new enough."""
    version = ".".join(map(str, sys.version_info[:3]))
    wanted = ".".join(map(str, OLDEST))
    mend = "" if sys.version_info >= OLDEST else f"install Python {wanted} or later, and make .venv anew"
    yield Finding(f"Python {version}, {sys.executable}", mend)


def packages() -> Iterator[Finding]:
    """Whether what the course needs is there, and new enough."""
    from packaging.requirements import Requirement

    wanted = [Requirement(line) for line in metadata.requires("hopfield_edu") or ()]
    found = []
    for need in (need for need in wanted if need.marker is None or need.marker.evaluate({"extra": ""})):
        try:
            version = metadata.version(need.name)
        except metadata.PackageNotFoundError:
            yield Finding(f"{need.name} is missing", f'{sys.executable} -m pip install "{need}"')
            continue
        if need.specifier.contains(version, prereleases=True):
            found.append(f"{need.name} {version}")
        else:
            mend = f'{sys.executable} -m pip install --upgrade "{need}"'
            yield Finding(f"{need.name} {version}; {need.specifier} is wanted", mend)
    yield Finding(", ".join(found))


def widgets() -> Iterator[Finding]:
    """Whether JupyterLab has what draws buttons and explorers."""
    from jupyter_core.paths import jupyter_path

    places = [Path(place) for place in jupyter_path("labextensions")]
    for name, package in EXTENSIONS.items():
        at = next((place for place in places if (place / name / "package.json").is_file()), None)
        if at is None:
            mend = f"{sys.executable} -m pip install --force-reinstall {package}, then start JupyterLab anew"
            yield Finding(f"JupyterLab does not find {name}: no buttons, no explorers", mend)
        else:
            yield Finding(f"{name} in {at}")


def kernel() -> Iterator[Finding]:
    """Whether the notebooks' kernel starts, and is this Python with this library."""
    seen = _asked()
    if isinstance(seen, Finding):
        yield seen
        return
    program, library = seen
    if Path(library).resolve() != Path(hopfield_edu.__file__).resolve():
        mend = f"{sys.executable} -m ipykernel install --sys-prefix --name python3"
        yield Finding(f"the kernel python3 is another Python ({program}), with {library}", mend)
    else:
        yield Finding(f"the kernel python3 starts, and uses {library}")


def _asked() -> tuple[str, str] | Finding:
    """The program of a fresh kernel, and the library that it imports."""
    from jupyter_client.manager import start_new_kernel

    lines: list[str] = []

    def heard(message: dict[str, dict[str, str]]) -> None:
        content = message["content"]
        lines.extend(content.get("text", content.get("evalue", "")).splitlines())

    quiet = ["--IPKernelApp.log_level=ERROR"]  # or else it warns of what is no fault
    try:
        manager, client = start_new_kernel(
            kernel_name="python3", startup_timeout=SECONDS, extra_arguments=quiet
        )
    except Exception as error:  # a missing program, a wrong folder, a time-out: all that can go wrong
        mend = f"{sys.executable} -m pip install --force-reinstall ipykernel"
        return Finding(f"the kernel python3 does not start: {error}", mend)
    try:
        reply = client.execute_interactive(PROBE, timeout=SECONDS, output_hook=heard)
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    if reply["content"]["status"] != "ok" or len(lines) != 2:
        mend = f"{sys.executable} -m ipykernel install --sys-prefix --name python3"
        return Finding(f"the kernel python3 cannot import the library: {' '.join(lines)}", mend)
    return lines[0], lines[1]


def copy() -> Iterator[Finding]:
    """Whether the learner's copy, where one is open here, can be written, and its record be read."""
    place = _record.folder()
    if place is None:
        yield Finding("no copy of the course in this folder or above it: `hopfield-edu` makes one")
        return
    if os.access(place, os.W_OK):
        yield Finding(f"your copy is {place}")
    else:
        yield Finding(
            f"your copy, {place}, cannot be written", f"give yourself the right to write in {place}"
        )
    record = place / _record.FILE
    if record.exists():
        broken = _record.damaged(place)
        seen = f"{record}: {'every line can' if not broken else f'{broken} of its lines cannot'} be read"
        yield Finding(
            seen, "hopfield-edu progress keeps the damaged file aside, and goes on" if broken else ""
        )


CHECKS: tuple[Callable[[], Iterator[Finding]], ...] = (python, packages, widgets, kernel, copy)


def main(argv: Sequence[str] | None = None) -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(
        prog="hopfield-edu doctor",
        description="Say what is wrong with this installation of the course, and how to mend it: Python, "
        "packages, JupyterLab's widgets, the kernel, your copy. Nothing is changed or sent.",
        epilog="example:\n  hopfield-edu doctor",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.parse_args(argv)
    ill = 0
    for check in CHECKS:
        for finding in check():
            print(finding, flush=True)
            ill += bool(finding.mend)
    print("All is well." if not ill else f"{ill} to mend: see above.")
    if ill:
        raise SystemExit(1)
