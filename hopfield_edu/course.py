"""The command `hopfield-edu`: open the course in JupyterLab.

In a clone of the repository it opens the clone. Elsewhere the course travels inside the package,
and is first copied into a folder of the learner's, where no file is ever overwritten.
`hopfield-edu grade` is the instructor's command; a folder of that name is opened as `./grade`.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from hopfield_edu import __version__

PACKAGE = Path(__file__).resolve().parent
PARTS = ("notebooks", "exercises", "solutions")
START = "notebooks/00_start_here.ipynb"
DEFAULT_FOLDER = "hopfield-course"

EPILOG = """\
examples:
  hopfield-edu                          open the course in your browser
  hopfield-edu my-course                keep your own copy of it in the folder my-course
  hopfield-edu --no-browser --port 9000 only print the address
  hopfield-edu -- --collaborative       whatever follows -- goes to JupyterLab as it is
  hopfield-edu grade --help             for instructors: grade what a class has handed in

A copied course is yours: start it again with the same folder and your work is still there. After
an update, new files are added and the files that exist stay as they are. Stop with Control-C.
"""


def clone() -> Path | None:
    """The clone that this package runs from, or None when it was installed as a wheel."""
    root = PACKAGE.parent
    return root if (root / "pyproject.toml").exists() else None


def copy_course(source: Path, folder: Path) -> tuple[list[Path], list[Path]]:
    """Copy the course into a folder without overwriting anything.

    Parameters
    ----------
    source : Path
        Folder that holds notebooks/, exercises/ and solutions/.
    folder : Path
        The learner's folder; made if it is missing.

    Returns
    -------
    added, kept : lists of Path
        Files that were written, and files that existed and stay as they are, relative to `folder`.

    Raises
    ------
    OSError
        When `folder`, or a folder in it, cannot be made or written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    added, kept = [], []
    for part in PARTS:
        for path in sorted((source / part).glob("**/*")):
            name = path.relative_to(source)
            if not path.is_file() or any(piece[0] in "._" for piece in name.parts):
                continue
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            try:
                with target.open("xb") as new:  # "x" fails on a file that exists, whoever made it
                    new.write(path.read_bytes())
                added.append(name)
            except FileExistsError:
                kept.append(name)
    return added, kept


def prepare(folder: str | None) -> Path:
    """The folder to open: the clone itself, or a copy of the course in the learner's folder."""
    here = clone()
    if here is not None and folder is None:
        return here
    target = Path(folder or DEFAULT_FOLDER).expanduser().resolve()
    added, kept = copy_course(here or PACKAGE / "_course", target)
    print(f"The course is in {target}")
    if added:
        print(f"  {len(added)} files added")
    if kept:
        print(f"  {len(kept)} files were there already and stay as they are")
    return target


def lab_arguments(root: Path, arguments: argparse.Namespace) -> list[str]:
    """What JupyterLab is told; the learner's own options come last, and so they win."""
    address = f"/lab/tree/{START}" if (root / START).exists() else "/lab"
    options = [
        f"--ServerApp.root_dir={root}",
        f"--LabApp.default_url={address}",
        "--Application.log_level=WARN",  # the address is not lost among forty lines of log
    ]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        options.append("--ServerApp.allow_root=True")
    if arguments.no_browser:
        options.append("--ServerApp.open_browser=False")
    if arguments.port is not None:
        options.append(f"--ServerApp.port={arguments.port}")
    return options + arguments.lab_options


def without_news() -> None:
    """Tell JupyterLab, by a settings folder of ours, not to ask about news and not to look for updates."""
    folders = [str(PACKAGE / "_lab"), os.environ.get("JUPYTER_CONFIG_PATH", "")]
    os.environ["JUPYTER_CONFIG_PATH"] = os.pathsep.join(filter(None, folders))


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """Read the command line; unknown options, and all that follows ``--``, are JupyterLab's."""
    parser = argparse.ArgumentParser(
        prog="hopfield-edu",
        description="Open the Hopfield network course in JupyterLab, at its first chapter.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument(
        "folder",
        nargs="?",
        help="copy the course into this folder and open it there, without overwriting anything "
        f"(default: the clone you are in, or else ./{DEFAULT_FOLDER})",
    )
    parser.add_argument("--no-browser", action="store_true", help="open no browser: print the address only")
    parser.add_argument("--port", type=int, help="port to listen on (default: 8888 or the next)")
    parser.add_argument("--version", action="version", version=f"hopfield_edu {__version__}")
    own, lab = list(argv), []
    if "--" in own:
        own, lab = own[: own.index("--")], own[own.index("--") + 1 :]
    arguments, unknown = parser.parse_known_args(own)
    arguments.lab_options = [*unknown, *lab]
    return arguments


def main(argv: Sequence[str] | None = None) -> None:
    """Run the command."""
    words = list(sys.argv[1:] if argv is None else argv)
    if words[:1] == ["grade"]:
        from hopfield_edu._grade.command import main as grade

        return grade(words[1:])
    arguments = parse(words)
    try:
        root = prepare(arguments.folder)
    except OSError as error:
        raise SystemExit(f"hopfield-edu: cannot copy the course: {error}") from None

    without_news()
    from jupyterlab.labapp import LabApp

    server = LabApp.initialize_server(argv=lab_arguments(root, arguments))
    if not server.identity_provider.token_generated:  # or else the server prints it with the token
        print(f"The course is at {server.display_url}", flush=True)
    server.start()


if __name__ == "__main__":
    main()
