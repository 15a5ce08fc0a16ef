"""Pin what the course was tested with: python tools/pin.py (needs uv).

Resolves pyproject.toml with all its extras for every system and Python version at once, and writes
the pins to constraints.txt (for pip) and to [tool.uv] in pyproject.toml (for uv).
"""

import re
import shutil
import subprocess
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# Imported, jsonschema 4.25 and later build 38 grammars: 1.6 s for every server and every run of the tests.
HELD = "jsonschema < 4.25"
PINS = re.compile(r"(constraint-dependencies = \[\n).*?(^\]\n)", re.DOTALL | re.MULTILINE)


def resolve(project: str) -> str:
    """The newest versions that fit together and what is held, one a line, with markers, without addresses."""
    command = "uv pip compile pyproject.toml --universal --all-extras --python-version 3.11"
    options = "--no-annotate --no-header --no-emit-find-links --quiet --constraint held.txt"
    with tempfile.TemporaryDirectory() as folder:  # away from the old pins
        Path(folder, "pyproject.toml").write_text(project, encoding="utf-8")
        for name in ("README.md", "LICENSE", "LICENSE-text"):
            shutil.copy(ROOT / name, folder)
        Path(folder, "held.txt").write_text(HELD, encoding="utf-8")
        done = subprocess.run(
            [*command.split(), *options.split()],
            cwd=folder,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
    return done.stdout


def with_pins(project: str, pins: str) -> str:
    """The text of pyproject.toml with these pins for uv."""
    lines = "".join(f'    "{pin}",\n' for pin in pins.splitlines())
    return PINS.sub(lambda found: found[1] + lines + found[2], project)


def main() -> None:
    """Write both places."""
    path = ROOT / "pyproject.toml"
    project = path.read_text(encoding="utf-8")
    pins = resolve(with_pins(project, ""))
    (ROOT / "constraints.txt").write_text(pins, encoding="utf-8", newline="\n")
    path.write_text(with_pins(project, pins), encoding="utf-8", newline="\n")
    print(f"{len(pins.splitlines())} pins")


if __name__ == "__main__":
    main()
