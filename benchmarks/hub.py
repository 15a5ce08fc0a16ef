"""What a user of the course needs on a Hub, on Linux: python benchmarks/hub.py

    chapter    a kernel that has run all of it: memory at rest and at its peak, and the seconds it computed
    server     JupyterLab's: memory
    start      a kernel until it answers, with `import hopfield_edu`, with a first explorer: seconds, memory
    disk       an installation without extras, and a learner's copy

Seconds are processor time, the median of a few starts; by the clock they depend on what else is going on.
"""

import argparse
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import nbformat
import psutil
from jupyter_client.manager import start_new_kernel
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 900
PEAK = "import resource; print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"  # kB on Linux
STEPS = {
    "kernel answers": "",
    "import hopfield_edu": "import hopfield_edu",
    "modules of a chapter": "from hopfield_edu import binary, explore, feedback, plots, predict, quiz",
    "first explorer drawn": "explore.painter()",
}


def chapter(path: Path) -> tuple[float, float, float]:
    """A kernel after all cells of a notebook: megabytes at rest, at its peak, and seconds it computed."""
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.append(nbformat.v4.new_code_cell(PEAK))
    with tempfile.TemporaryDirectory() as folder:
        client = NotebookClient(notebook, timeout=PATIENCE, resources={"metadata": {"path": folder}})
        with client.setup_kernel():
            for number, cell in enumerate(notebook.cells):
                client.execute_cell(cell, number)
            kernel = psutil.Process(client.km.provisioner.pid)
            now, spent = kernel.memory_info().rss, kernel.cpu_times()
    peak = max(now, int(cell.outputs[0].text) * 1024)
    return now / 1e6, peak / 1e6, spent.user + spent.system


def start() -> list[tuple[float, float]]:
    """Seconds of processor time and megabytes of a new kernel after each of the steps."""
    found = []
    manager, client = start_new_kernel(startup_timeout=PATIENCE)
    try:
        kernel = psutil.Process(manager.provisioner.pid)
        for code in STEPS.values():
            client.execute_interactive(code, timeout=PATIENCE, output_hook=lambda message: None)
            spent = kernel.cpu_times()
            found.append((spent.user + spent.system, kernel.memory_info().rss / 1e6))
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    return found


@contextmanager
def server(folder: str) -> Iterator[tuple[psutil.Process, str]]:
    """JupyterLab as `hopfield-edu` starts it, and its address."""
    command = [sys.executable, "-m", "hopfield_edu.course", folder, "--no-browser"]
    started = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        lines = (re.search(r"http://(?:127\.0\.0\.1|localhost)\S+token=\w+", line) for line in started.stdout)
        yield psutil.Process(started.pid), next(found[0] for found in lines if found)
    finally:
        started.terminate()
        started.wait()


def fetch(address: str) -> None:
    """Read a page of a server, which may still be starting."""
    for _ in range(PATIENCE):
        try:
            with urllib.request.urlopen(address) as answer:
                answer.read()
            return
        except urllib.error.URLError as error:
            if not isinstance(error.reason, ConnectionError):
                raise
            time.sleep(1)
    raise TimeoutError(f"no answer from {address}")


def server_memory() -> float:
    """Megabytes of JupyterLab's server that has served its page and a chapter."""
    with tempfile.TemporaryDirectory() as folder, server(folder) as (process, address):
        base, _, token = address.partition("/lab")
        for page in ("/lab", "/api/contents/notebooks/00_start_here.ipynb", "/api/contents/exercises"):
            fetch(f"{base}{page}?token={token.rpartition('=')[2]}")
        time.sleep(2)
        return process.memory_info().rss / 1e6


def needed(name: str) -> set[str]:
    """The packages that an installed one needs here, itself among them, without extras."""
    from packaging.requirements import Requirement

    found, waiting = set(), [name]
    while waiting:
        one = waiting.pop().lower().replace("_", "-")
        if one in found:
            continue
        try:
            lines = distribution(one).requires or []
        except PackageNotFoundError:  # for another system
            continue
        found.add(one)
        wanted = (Requirement(line) for line in lines)
        waiting += [w.name for w in wanted if not w.marker or w.marker.evaluate({"extra": ""})]
    return found


def disk(name: str) -> float:
    """Megabytes of an installed package."""
    files = (Path(str(file.locate())) for file in distribution(name).files or [])
    return sum(path.stat().st_size for path in files if path.is_file()) / 1e6


def folder_size(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def copy_size() -> float:
    """Megabytes of a learner's copy."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "hopfield_edu.course", "--copy-only", folder]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        return folder_size(Path(folder))


def main() -> None:
    """Measure, and print a line for each."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--chapters", nargs="*", default=["00", "07", "13", "15"])
    parser.add_argument("--times", type=int, default=5)
    arguments = parser.parse_args()
    os.environ["HOPFIELD_EDU_AUTHOR"] = "1"  # predictions wait for nobody
    for number in arguments.chapters:
        now, peak, seconds = chapter(next((ROOT / "notebooks").glob(f"{number}_*.ipynb")))
        print(f"chapter {number}: {now:.0f} MB, at its peak {peak:.0f} MB, {seconds:.1f} s", flush=True)
    print(f"JupyterLab's server: {server_memory():.0f} MB", flush=True)
    runs = [start() for _ in range(arguments.times)]
    for k, step in enumerate(STEPS):
        seconds, megabytes = (statistics.median(run[k][part] for run in runs) for part in (0, 1))
        print(f"{step}: {seconds:.2f} s in all, {megabytes:.0f} MB", flush=True)
    packages = needed("hopfield_edu")
    rest = sum(map(disk, packages - {"hopfield-edu"}))
    print(f"{len(packages) - 1} packages that the course needs: {rest:.0f} MB")
    print(f"a learner's copy: {copy_size():.0f} MB")


if __name__ == "__main__":
    main()
