"""The three tiers of the suite, and Hypothesis drawing the same examples every time.

pytest -m fast     what one runs while working: a minute
pytest             everything but what is marked `slow`: the command of README.md
pytest -m slow     sweeps over many seeds, random calls by the thousand, classes of students, old versions
"""

import os
import signal
from collections import Counter
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest
from hypothesis import settings

# One thread a process, also in the kernels and programs that tests start. pytest keeps
# all cores busy, and threads of BLAS that wait for one another spend three quarters of the time on waiting.
for _library in ("OMP", "OPENBLAS", "MKL"):
    os.environ.setdefault(f"{_library}_NUM_THREADS", "1")

# A program that is started in the background of a script (`... &`) ignores Control-C, and so do those that it
# starts. Some tests send this signal.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

settings.register_profile("fixed", derandomize=True, deadline=None, database=None, max_examples=60)
settings.load_profile("fixed")

# For the kernels that nbval starts, too: every prediction is skipped, so that its outcome is compared, and
# nothing is noted in anybody's record.
os.environ["HOPFIELD_EDU_AUTHOR"] = "1"

TESTS = Path(__file__).parent / "tests"

#: What nbval passes over in an output: the dots of pictures, which are others in each version of matplotlib.
SANITISED = TESTS / "nbval_sanitise.cfg"

#: Modules that start kernels, browsers or other programs, draw a great deal, or simulate at length.
THOROUGH = (
    "chapter",
    "course",
    "doctor",
    "explore",
    "grade",
    "layered",
    "nbgrader",
    "notebooks",
    "theorems",
    "wrong_calls",
)


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """One process more than processors: every so often one waits for a kernel or a browser."""
    return (os.cpu_count() or 1) + 1


def pytest_configure(config: pytest.Config) -> None:
    """Let nbval compare the descriptions of pictures but not their dots, wherever pytest is called from."""
    if getattr(config.option, "nbval_sanitize_with", "no nbval") is None:
        config.option.nbval_sanitize_with = str(SANITISED)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is fast, and what is left to the slow tier: by a test marked ``every(step)``, and the
    solutions of every second chapter, whose answers `test_feedback.py` tries anyway.
    """
    slow_modules = tuple(f"test_{name}" for name in THOROUGH)
    seen: Counter[str] = Counter()
    for item in items:
        if mark := item.get_closest_marker("every"):
            test = item.nodeid.partition("[")[0]
            if seen[test] % mark.args[0]:
                item.add_marker("slow")
            seen[test] += 1
        if item.path.parent.parent.name == "solutions" and int(item.path.name[:2]) % 2:
            item.add_marker("slow")
        quick = item.path.parent == TESTS and not item.path.stem.startswith(slow_modules)
        if quick and item.get_closest_marker("slow") is None:
            item.add_marker("fast")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """With several processes: the cells of a notebook stay together, and so do the tests of a browser.
    Of other tests a quarter of the cases: handing out each for itself takes longer than many of them run.
    """
    from xdist.scheduler import LoadScopeScheduling

    class Together(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file = nodeid.partition("::")[0]
            whole = file.endswith(".ipynb") or "/browser/" in file
            return file if whole else f"{nodeid.partition('[')[0]} {crc32(nodeid.encode()) % 4}"

    return Together(config, log)
