"""Ready experiments from the command line: ``python -m hopfield_edu.experiments NAME ...``."""

from __future__ import annotations

import argparse
import inspect
import shlex
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from hopfield_edu import experiments

READY: dict[str, Callable[..., experiments.Sweep]] = {
    name: getattr(experiments, name)
    for name in (
        *("overlap_against_load", "basin_radius", "bit_error", "rules"),
        *("noise", "escape", "lesions", "finite_size", "solving"),
    )
}
KINDS: dict[str, tuple[type, bool]] = {  # of each argument, and whether it takes several values
    "loads": (float, True),
    "temperatures": (float, True),
    "shares": (float, True),
    "cuts": (str, True),
    "overlap": (float, True),
    "names": (str, True),
    "N": (int, True),
    "wrong": (float, False),
    "memories": (int, False),
    "sweeps": (int, False),
    "cues": (int, False),
    "starts": (int, False),
    "repeats": (int, False),
    "rng": (int, False),
}
FLAGS = {"rng": "--seed"}
EXAMPLE = """\
example, which goes on where it stopped if it is called again:
  python -m hopfield_edu.experiments overlap_against_load --N 250 500 1000 --loads 0.1 0.14 0.18 \\
      --repeats 20 --processes 2 --store overlap.jsonl --csv overlap.csv --plot overlap.png
"""
EXPONENTS = {"1/2": 1 / 2, "2/3": 2 / 3, "1": 1.0}


def parser() -> argparse.ArgumentParser:
    """What can be said on the command line: the arguments of each experiment, and where results go."""
    found = argparse.ArgumentParser(
        prog="python -m hopfield_edu.experiments",
        description="Run an experiment: results are printed as a table, with standard errors.",
        epilog=EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    names = found.add_subparsers(dest="name", required=True, metavar="NAME")
    for name, function in READY.items():
        summary = (function.__doc__ or "").partition("\n")[0].replace("`", "")
        one = names.add_parser(
            name, help=summary, description=f"{summary} Further: help(experiments.{name})."
        )
        takes = inspect.signature(function).parameters
        for argument, (kind, several) in KINDS.items():
            if argument in takes:
                default = takes[argument].default
                shown = " ".join(map(str, default)) if isinstance(default, tuple) else default
                how: dict[str, Any] = {"nargs": "+"} if several else {}
                how |= {"dest": argument, "type": kind, "help": f"default: {shown}"}
                one.add_argument(FLAGS.get(argument, f"--{argument}"), **how)
        _outputs(one)
    return found


def _outputs(one: argparse.ArgumentParser) -> None:
    """Where it is computed, and where results go."""
    one.add_argument("--processes", type=int, help="how many work at it; default: this one")
    one.add_argument("--store", type=Path, help="file that keeps what is finished, and from which it goes on")
    one.add_argument("--csv", type=Path, help="file for the table")
    one.add_argument("--plot", type=Path, help="file for a picture, such as found.png")
    one.add_argument("--quiet", action="store_true", help="no progress bar")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what was asked for; the return value is that of the command."""
    asked = parser().parse_args(arguments)
    given = {name: getattr(asked, name) for name in KINDS if getattr(asked, name, None) is not None}
    how: dict[str, Any] = {"executor": asked.processes, "store": asked.store, "progress": not asked.quiet}
    try:
        found = READY[asked.name](**given, **how)
    except (ValueError, TypeError, BlockingIOError) as error:
        print(f"{asked.name}: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt as stopped:
        print("; ".join(["stopped", *getattr(stopped, "__notes__", [])]), file=sys.stderr)
        return 130
    said = shlex.join(sys.argv[1:] if arguments is None else arguments)
    print(_written(found, asked, f"python -m hopfield_edu.experiments {said}"), end="")
    return 0


def _written(found: experiments.Sweep, asked: argparse.Namespace, command: str) -> str:
    """The table, and what it says; written where that was asked for, too."""
    text = f"# command: {command}\n{found.to_csv()}"
    if asked.csv:
        asked.csv.write_text(text, encoding="utf-8", newline="\n")
    if asked.plot:
        found.plot().figure.savefig(asked.plot, dpi=150, bbox_inches="tight")
    if asked.name == "finite_size" and len(found) > 2:
        for words, exponent in EXPONENTS.items():
            limit = experiments.extrapolate(found, exponent)
            line = f"{limit.load:.4f} +- {limit.error:.4f}, misfit {limit.misfit:.1f}"
            text += f"# if the load approaches its limit like N^(-{words}): {line}\n"
    return text


if __name__ == "__main__":
    raise SystemExit(main())
