"""One style for all code, notebooks included, and nothing tracked that belongs to one machine."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize("command", ["check", "format --check"])
def test_ruff_has_nothing_to_say(command: str) -> None:
    ruff = [sys.executable, "-m", "ruff", *command.split(), "--no-cache", "."]
    done = subprocess.run(ruff, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def tracked_files() -> list[Path]:
    """The files that git knows; without git (an unpacked archive), all that it would not ignore."""
    try:
        command = ["git", "ls-files", "-z"]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
        listed = [ROOT / name for name in done.stdout.split("\0") if name]
    except (OSError, subprocess.CalledProcessError):
        listed = [p for p in ROOT.glob("[!.]*") if p.is_file()]
        for part in ("hopfield_edu", "notebooks", "exercises", "solutions", "tests", "tools"):
            listed += [p for p in ROOT.glob(f"{part}/**/*") if p.is_file()]
    return [path for path in listed if path.is_file()]


HOSTS = re.compile("py" r"pi\.org|python" r"hosted|registry\.npm" r"js|deb" r"ian\.org")
PLACES = re.compile(r"(?<![\w./])/(?:" + "|".join(["work", "tmp", "root", "home", "Users"]) + r")/\w")


def test_no_registry_and_no_path_of_one_machine() -> None:
    found = []
    for path in tracked_files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        for number, line in enumerate(text.splitlines(), start=1):
            if HOSTS.search(line) or PLACES.search(line):
                found.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}")
    assert not found, "\n".join(found)


def test_the_pins_of_pip_and_uv_are_the_same() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    pins = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert project["tool"]["uv"]["constraint-dependencies"] == pins
