"""What the kernel in the browser loads: Pyodide, the course as a wheel, and the packages that it needs.

Pyodide reads from its lock file which packages there are, where each lies, and what it needs. Ours are added
to the lock and lie beside it. Of Pyodide's own, those that the given distribution holds lie there, too; a
lock from the npm package names the others with the address that the JupyterLite kernel uses by default.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from email.parser import Parser
from importlib.metadata import version
from pathlib import Path
from typing import Any

#: Pure wheels of other projects, in the versions that are installed here, and what each of them needs.
OTHERS = {
    "comm": ["traitlets"],
    "psygnal": [],
    "jupyterlab-widgets": [],
    "ipywidgets": ["comm", "ipython", "jupyterlab-widgets", "traitlets"],
    "anywidget": ["ipywidgets", "psygnal", "typing-extensions"],
    "tqdm": [],
}
COURSE = "hopfield-edu"
NEEDED = ["numpy", "matplotlib", "pillow", *OTHERS]  # and SciPy, where the distribution has it
CORE = ("pyodide.js", "pyodide.mjs", "pyodide.asm.js", "pyodide.asm.wasm", "python_stdlib.zip")
LOCK = "pyodide-lock.json"
ADDRESS = re.compile(r"(https://[^\"'` ]+/full)/pyodide\.m?js")


def npm(package: str, into: Path) -> Path:
    """Fetch a package from the npm registry, as npm is set up here; returns the folder that it is in."""
    if shutil.which("npm") is None:
        raise ValueError(f"{package} is fetched with npm, which is not installed; name a folder instead")
    into.mkdir(parents=True, exist_ok=True)
    command = ["npm", "pack", "--silent", package]
    done = subprocess.run(command, cwd=into, check=True, capture_output=True, text=True)
    with tarfile.open(into / done.stdout.split()[-1]) as archive:
        archive.extractall(into, filter="data")
    return into / "package"


def course_wheel(root: Path, into: Path) -> Path:
    """Build the wheel of the library, without the course in it; its name tells its content.

    A browser that still holds an older one would refuse it, since the lock knows the fingerprint.
    """
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(into)]
    environment = os.environ | {"HOPFIELD_EDU_SLIM": "1", "SOURCE_DATE_EPOCH": "1580601600"}
    subprocess.run(command, cwd=root, env=environment, check=True, stdout=subprocess.DEVNULL)
    wheel = next(into.glob("hopfield_edu-*.whl"))
    name, number, *tags = wheel.name.split("-")
    return wheel.rename(into / "-".join([name, number, f"1{_digest(wheel)[:12]}", *tags]))


def other_wheels(into: Path) -> list[Path]:
    """Download the wheels of other projects, with pip as it is set up here."""
    wanted = [f"{name}=={version(name)}" for name in OTHERS]
    pure = "--no-deps --only-binary=:all: --platform any --abi none --implementation py --python-version 3.13"
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*command, *pure.split(), "-d", str(into), *wanted], check=True)
    return sorted(into.glob("*.whl"))


def entry(wheel: Path, depends: list[str]) -> dict[str, Any]:
    """What the lock says of a wheel."""
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        about = next(name for name in names if name.endswith(".dist-info/METADATA"))
        fields = Parser().parsestr(archive.read(about).decode("utf-8"))
    tops = {name.partition("/")[0] for name in names if "/" in name} - {about.partition("/")[0]}
    return {
        "name": _normal(fields["Name"]),
        "version": fields["Version"],
        "file_name": wheel.name,
        "install_dir": "site",
        "sha256": _digest(wheel),
        "package_type": "package",
        "imports": sorted(name for name in tops if not name.endswith(".data")),
        "depends": depends,
        "unvendored_tests": False,
    }


def with_course(lock: dict[str, Any], wheels: list[Path], elsewhere: str | None) -> dict[str, Any]:
    """The lock of a distribution with our wheels in it; `elsewhere` is where all its other files are."""
    packages = {name: dict(fields) for name, fields in lock["packages"].items()}
    if elsewhere is not None:
        for fields in packages.values():
            fields["file_name"] = f"{elsewhere}/{fields['file_name']}"
    for wheel in wheels:
        name = _normal(wheel.name.partition("-")[0])
        packages[name] = entry(wheel, OTHERS.get(name, []))
    packages[COURSE]["depends"] = NEEDED + ["scipy"] * (elsewhere is not None)
    return {**lock, "packages": packages}


def usual_place() -> str:
    """The address from which the JupyterLite kernel loads Pyodide unless it is told otherwise."""
    from jupyter_core.paths import jupyter_path

    folder = "@jupyterlite/pyodide-kernel-extension"
    files = [f for place in jupyter_path("labextensions") for f in Path(place, folder).rglob("*.js")]
    found = {m[1] for f in files for m in ADDRESS.finditer(f.read_text(encoding="utf-8"))}
    if len(found) != 1:
        raise ValueError(f"the JupyterLite kernel names {len(found)} places for Pyodide: give --pyodide")
    return found.pop()


def assemble(root: Path, target: Path, work: Path, distribution: Path | None) -> None:
    """Put Pyodide, the lock and the wheels into a folder of the site.

    Parameters
    ----------
    root : Path
        The clone.
    target, work : Path
        The folder of the site, and one for what is fetched and built on the way.
    distribution : Path, optional
        A distribution of Pyodide with all its packages that the course needs; nothing is then loaded from
        anywhere else. By default the core comes from the npm registry, and the packages, SciPy among them,
        are loaded from where Pyodide keeps them.
    """
    from jupyterlite_pyodide_kernel import constants

    core = distribution or npm(f"pyodide@{constants.PYODIDE_VERSION}", work / "npm")
    elsewhere = None if distribution else usual_place()
    target.mkdir(parents=True)
    found = CORE if distribution is None else [p.name for p in distribution.iterdir() if _wanted(p)]
    for name in found:
        shutil.copyfile(core / name, target / name)
    wheels = [course_wheel(root, work / "course"), *other_wheels(work / "wheels")]
    for wheel in wheels:
        shutil.copyfile(wheel, target / wheel.name)
    lock = json.loads((core / LOCK).read_text(encoding="utf-8"))
    text = json.dumps(with_course(lock, wheels, elsewhere), separators=(",", ":"))
    (target / LOCK).write_text(text, encoding="utf-8")


def _wanted(path: Path) -> bool:
    return path.name in CORE or path.suffix in (".whl", ".zip", ".tar")


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
