"""Where a submission runs: in bubblewrap, a container that one command makes, or without any."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]
SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/opt/homebrew")
SETTINGS = ("/etc/ld.so.cache", "/etc/alternatives", "/etc/fonts", "/etc/localtime")
HIDDEN = ("feedback", "_course")  # the checks and the solutions, inside the package
DESK = "/desk"  # the submission's own folder, as it sees it

ENVIRONMENT = {
    "LANG": "C.UTF-8",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "PATH": "/usr/bin:/bin",
}


def homes(program: str) -> list[str]:
    """The folders that hold Python, under each name that leads to it: in an environment it is a link."""
    found = []
    while os.path.islink(program):
        program = os.path.join(os.path.dirname(program), os.readlink(program))
        home = os.path.dirname(os.path.dirname(os.path.normpath(program)))
        if home not in ("/", "/usr", ""):
            found.append(home)
    return found


def bubblewrap(desk: Path) -> list[str] | None:
    """The command that starts a container around what follows, or None where there is no bwrap.

    No network, no other process, no file but the system's, Python's, the library (read-only, without
    checks and solutions) and `desk`, a folder of its own.
    """
    program = shutil.which("bwrap")
    if program is None:
        return None
    command = [program, "--unshare-all", "--unshare-user", "--uid", "1000", "--gid", "1000"]
    command += ["--cap-drop", "ALL", "--die-with-parent", "--new-session", "--clearenv"]
    command += ["--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp"]
    for path in SYSTEM:
        if os.path.islink(path):
            command += ["--symlink", os.readlink(path), path]
        elif os.path.isdir(path):
            command += ["--ro-bind", path, path]
    for path in [*SETTINGS, *homes(sys.executable), sys.base_prefix, sys.prefix, str(PACKAGE)]:
        command += ["--ro-bind-try", path, path]
    for name in HIDDEN:
        if (PACKAGE / name).is_dir():
            command += ["--tmpfs", str(PACKAGE / name)]
    command += ["--bind", str(desk), DESK, "--chdir", DESK]
    for name, value in {**ENVIRONMENT, "HOME": DESK}.items():
        command += ["--setenv", name, value]
    return command


def complaint() -> str:
    """What bubblewrap says when it cannot start a container; empty where it can, or is not installed."""
    with tempfile.TemporaryDirectory() as desk:
        command = bubblewrap(Path(desk))
        if command is None:
            return ""
        program = [sys.executable, "-I", "-c", "pass"]
        done = subprocess.run([*command, "--", *program], capture_output=True, text=True, check=False)
        return (done.stderr.strip().splitlines() or [""])[-1] if done.returncode else ""


def start(desk: Path, sandboxed: bool) -> subprocess.Popen[bytes]:
    """Start the process that runs a submission, with `desk` as its folder."""
    command = [sys.executable, "-I", "-B", str(PACKAGE / "_grade" / "worker.py"), str(PACKAGE)]
    settings = ENVIRONMENT | {"HOME": str(desk), "SYSTEMROOT": os.environ.get("SYSTEMROOT", "")}
    if sandboxed:
        command = (bubblewrap(desk) or []) + ["--", *command]
    return subprocess.Popen(
        command,
        cwd=desk,
        env=settings,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
