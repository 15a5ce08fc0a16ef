"""The command `hopfield-edu`: open the course in JupyterLab.

A learner works in a copy (`_copy`): `my-course` in a clone of the repository, which git ignores, and
`hopfield-course` elsewhere, where the course travels inside the package. Authors open the originals with
`--here`. Some first words are commands of their own, such as `grade`; a folder of that name is opened as
`./grade`.
"""

import argparse
import difflib
import os
import shlex
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from hopfield_edu import __version__, _copy, _record
from hopfield_edu._copy import PARTS

PACKAGE = Path(__file__).resolve().parent
START = "notebooks/00_start_here.ipynb"
IN_CLONE, ELSEWHERE = "my-course", "hopfield-course"
COMMANDS = {  # first words that do something else than open a folder, and where they do it
    "progress": "hopfield_edu._learner.command:main_progress",
    "review": "hopfield_edu._learner.command:main_review",
    "doctor": "hopfield_edu._doctor:main",
    "grade": "hopfield_edu._grade.command:main",
    "class": "hopfield_edu._class.command:main",
    "figures": "hopfield_edu._handout.figures:main",
    "slides": "hopfield_edu._handout.slides:main",
    "site": "hopfield_edu._site.command:main",
}

EPILOG = """\
examples:
  hopfield-edu                          open your copy of the course in your browser
  hopfield-edu my-work                  keep it in the folder my-work
  hopfield-edu --update                 put the new version of each file that you have changed beside yours
  hopfield-edu --no-browser --port 9000 only print the address
  hopfield-edu -- --collaborative       whatever follows -- goes to JupyterLab as it is
  hopfield-edu progress                 what is right, what is open, what you predicted well
  hopfield-edu review                   what you have learnt comes back before you forget it
  hopfield-edu doctor                   what is wrong with this installation, and how to mend it
  hopfield-edu grade --help             for instructors: grade what a class has handed in
  hopfield-edu class --help             for instructors: what the class knows, and what it gets wrong
  hopfield-edu figures --help           for instructors: all figures as SVG and PDF
  hopfield-edu slides --help            for instructors: the core of a chapter as slides
  hopfield-edu site --help              for who publishes it: the course as a web site

The copy is yours: start it again and your work is still there. When the course has been updated, files
that you never changed are replaced, a file that you deleted comes back, and a file that you changed stays
as it is; you are told which of these are older than the course. Outputs that would spoil a prediction
are left out of the copy. Stop with Control-C.
"""


def clone() -> Path | None:
    """The clone that this package runs from, or None when it was installed as a wheel."""
    root = PACKAGE.parent
    return root if (root / "pyproject.toml").exists() else None


def originals() -> Path:
    """The folder with the notebooks, exercises and solutions: the clone, or the course inside the package."""
    return clone() or PACKAGE / "_course"


def place(folder: str | None) -> Path:
    """The learner's folder: the one named, the one that we are in, or the usual one."""
    if folder is not None:
        return Path(folder).expanduser().resolve()
    if inside := _record.folder():
        return inside
    root = clone()
    return Path(ELSEWHERE).resolve() if root is None else root / IN_CLONE


def prepare(folder: str | None = None, *, here: bool = False, beside: bool = False) -> Path:
    """The folder to open: a learner's copy, brought up to date, or with `here` the clone itself.

    Raises
    ------
    OSError
        When the copy cannot be made or written.
    ValueError
        When there are no originals to open, or the copy would lie among them.
    """
    root = clone()
    if here:
        if root is None:
            raise ValueError("--here opens the originals in a clone of the repository, and this is none")
        print(f"The originals are in {root}; learners work in a copy of them")
        return root
    target = place(folder)
    if target.is_file():
        raise ValueError(f"{target} is a file; name a folder for your copy of the course")
    if root is not None and (target == root or any(target.is_relative_to(root / part) for part in PARTS)):
        raise ValueError(f"{target} holds the originals: name another folder, or open them with --here")
    report = _copy.update(originals(), target, __version__, beside=beside)
    tell(target, report, "" if folder is None else f"{shlex.quote(folder)} ")
    return target


def tell(target: Path, report: _copy.Report, named: str) -> None:
    """Say where the copy is, and what became of its files."""
    print(f"Your copy of the course is in {target}")
    if report.manifest_lost:
        print(f"  {_copy.MANIFEST} cannot be read: every file that differs from the course counts as yours")
    if report.added:
        print(f"  {_files(report.added)} added")
    if report.replaced:
        print(f"  {_files(report.replaced)} replaced by a new version; you had not changed them")
    if report.older and not report.beside:
        print(f"  {_files(report.older)} of yours may be older than the course; nothing overwrites yours:")
        print(*(f"    {name}" for name in report.older), sep="\n")
        print(f"  `hopfield-edu {named}--update` puts the new version of each beside it")
    if report.beside:
        print("  put beside files of yours, which stay as they are:")
        print(*(f"    {name}" for name in report.beside), sep="\n")


def _files(names: list[str]) -> str:
    return f"{len(names)} file{'s' if len(names) > 1 else ''}"


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


def with_our_settings() -> None:
    """Give JupyterLab defaults of ours: no news, no search for updates, every cell in the page.

    Its own defaults leave a blank screen after the last cell, and more while it still fetches cells. What a
    learner has set wins.
    """
    folders = [str(PACKAGE / "_lab"), os.environ.get("JUPYTER_CONFIG_PATH", "")]
    os.environ["JUPYTER_CONFIG_PATH"] = os.pathsep.join(filter(None, folders))


def mistyped(word: str) -> str:
    """The command that was probably meant by a first word that names no folder yet, or nothing."""
    if Path(word).exists() or len(Path(word).parts) != 1 or word.startswith((".", "-")):
        return ""
    return next(iter(difflib.get_close_matches(word.lower(), COMMANDS, n=1, cutoff=0.8)), "")


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
        help="your copy of the course; made if it is missing, and nothing of yours in it is overwritten "
        f"(default: the copy you are in, or else {IN_CLONE} in a clone and ./{ELSEWHERE} elsewhere)",
    )
    parser.add_argument(
        "--update",
        action="store_true",
        help="put the new version of files that you have changed beside them, as NAME (new).ipynb",
    )
    parser.add_argument(
        "--copy-only", action="store_true", help="make the copy or bring it up to date, and open nothing"
    )
    parser.add_argument(
        "--here", action="store_true", help="for authors: open the originals of a clone instead of a copy"
    )
    parser.add_argument("--no-browser", action="store_true", help="open no browser: print the address only")
    parser.add_argument("--port", type=int, help="port to listen on (default: 8888 or the next)")
    parser.add_argument("--version", action="version", version=f"hopfield_edu {__version__}")
    own, lab = list(argv), []
    if "--" in own:
        own, lab = own[: own.index("--")], own[own.index("--") + 1 :]
    arguments, unknown = parser.parse_known_args(own)
    if arguments.here and (arguments.folder or arguments.update or arguments.copy_only):
        parser.error("--here opens the originals: it goes with no folder, nor with --update or --copy-only")
    arguments.lab_options = [*unknown, *lab]
    return arguments


def main(argv: Sequence[str] | None = None) -> None:
    """Run the command."""
    words = list(sys.argv[1:] if argv is None else argv)
    if words[:1] and words[0] in COMMANDS:
        module, name = COMMANDS[words[0]].split(":")
        return getattr(import_module(module), name)(words[1:])
    if words and (meant := mistyped(words[0])):
        raise SystemExit(
            f"hopfield-edu: there is no command {words[0]!r}; did you mean `hopfield-edu {meant}`?\n"
            f"For a new folder of this name: hopfield-edu ./{words[0]}"
        )
    arguments = parse(words)
    try:
        root = prepare(arguments.folder, here=arguments.here, beside=arguments.update)
    except OSError as error:
        hint = "name a folder in which you may write: hopfield-edu FOLDER"
        raise SystemExit(f"hopfield-edu: cannot copy the course: {error}\n{hint}") from None
    except ValueError as error:
        raise SystemExit(f"hopfield-edu: {error}") from None
    if arguments.copy_only:
        return

    with_our_settings()
    from jupyterlab.labapp import LabApp

    server = LabApp.initialize_server(argv=lab_arguments(root, arguments))
    if not server.identity_provider.token_generated:  # or else the server prints it with the token
        print(f"The course is at {server.display_url}", flush=True)
    server.start()


if __name__ == "__main__":
    main()
