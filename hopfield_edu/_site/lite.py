"""The course live, in JupyterLite: chapters, exercises, solutions, and a kernel that runs in the browser."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hopfield_edu import _copy
from hopfield_edu._site import book, packages

KERNEL = "@jupyterlite/pyodide-kernel-extension"
#: Only these, whatever else is installed here: some extensions need a server, which there is none.
EXTENSIONS = (KERNEL, "@jupyter-widgets/jupyterlab-manager", "anywidget")
OPTIONS = "--apps lab --apps notebooks --no-sourcemaps --no-unused-shared-packages"
SETTINGS = Path(__file__).parents[1] / "_lab" / "labconfig"


def build(root: Path, target: Path, work: Path, distribution: Path | None = None) -> None:
    """Build the live course in `target`, with `work` for what is needed on the way; both must be new.

    See Also
    --------
    hopfield_edu._site.packages.assemble : what `distribution` is.
    """
    files, lite = work / "files", work / "lite"
    for name, content in [*_copy.deliveries(root), *explorers()]:
        path = files / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    lite.mkdir(parents=True)
    _write(lite / "jupyter-lite.json", page())
    _write(lite / "jupyter_lite_config.json", builder())
    (lite / "overrides.json").write_bytes((SETTINGS / "default_setting_overrides.json").read_bytes())
    command = [sys.executable, "-m", "jupyterlite_core", "build", *OPTIONS.split()]
    places = ["--lite-dir", str(lite), "--contents", str(files), "--output-dir", str(target)]
    with (work / "lite.log").open("w") as log:
        done = subprocess.run([*command, *places], cwd=work, stdout=log, stderr=subprocess.STDOUT)
    if done.returncode:
        raise RuntimeError("JupyterLite was not built:\n" + (work / "lite.log").read_text()[-4000:])
    packages.assemble(root, target / "static" / "pyodide", work, distribution)


def explorers() -> Iterator[tuple[str, bytes]]:
    """A notebook for each explorer, with nothing else in it."""
    cell = {"cell_type": "code", "id": "explorer", "metadata": {}, "execution_count": None, "outputs": []}
    language = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    language |= {"language_info": {"name": "python"}}  # by which JupyterLite chooses the kernel
    for name in book.explorers():
        source = f"from hopfield_edu import explore\n\nexplore.{name}()"
        content = {"cells": [{**cell, "source": source}], "metadata": language}
        text = json.dumps({**content, "nbformat": 4, "nbformat_minor": 5}, indent=1)
        yield f"explorers/{name}.ipynb", text.encode()


def page() -> dict[str, Any]:
    """The settings of the page: where the kernel finds Pyodide, and what it loads before the first cell."""
    kernel = {
        "disablePyPIFallback": True,
        "pyodideUrl": "./static/pyodide/pyodide.js",
        "loadPyodideOptions": {
            "lockFileURL": f"./static/pyodide/{packages.LOCK}",
            "packages": [packages.COURSE],
        },
    }
    hidden = json.loads((SETTINGS / "page_config.json").read_text(encoding="utf-8"))
    return {
        "jupyter-lite-schema-version": 0,
        "jupyter-config-data": {
            "appName": "Hopfield networks",
            "exposeAppInBrowser": True,
            "litePluginSettings": {f"{KERNEL}:kernel": kernel},
            "disabledExtensions": sorted(hidden["disabledExtensions"]),
        },
    }


def builder() -> dict[str, Any]:
    """The settings of the build: our extensions and no others."""
    from jupyter_core.paths import jupyter_path

    places = [Path(place) for place in jupyter_path("labextensions")]
    found = {name: next((p / name for p in places if (p / name).is_dir()), None) for name in EXTENSIONS}
    if missing := [name for name, place in found.items() if place is None]:
        raise ValueError(f"not installed for JupyterLab: {', '.join(missing)}")
    ours = {
        "ignore_sys_prefix": ["federated_extensions"],
        "federated_extensions": [str(place) for place in found.values()],
    }
    return {"LiteBuildConfig": ours}


def _write(path: Path, content: dict[str, Any]) -> None:
    path.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
