"""What a release promises: its public names, and the code of its notebooks, stored in tests/releases/.

    python tools/releases.py           # store the present state as tests/releases/VERSION.json
    python tools/releases.py --check   # which names of stored releases are broken now? (runs no notebook)

Part of making a release: store its state with the commit that is tagged. Tests hold all that follows to it:
notebooks of a stored release run on the present library, and each of its names leads somewhere, if need be
through `hopfield_edu/_renamed.py`. Before the release itself, a state that was stored may be stored anew.
"""

import argparse
import importlib
import inspect
import json
import pkgutil
import re
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hopfield_edu

ROOT = Path(__file__).resolve().parents[1]
STORE = ROOT / "tests" / "releases"


# ------------------------------------------------------------------------------ the present state


def modules() -> list[str]:
    """The public modules, by their whole names."""
    found = pkgutil.walk_packages(hopfield_edu.__path__, "hopfield_edu.")
    return sorted(m.name for m in found if not re.search(r"\._", m.name))


def public(name: str) -> dict[str, Any]:
    """The public things of a module: what it lists, or else what was made in it."""
    module = importlib.import_module(name)
    listed = getattr(module, "__all__", None)
    if name == "hopfield_edu.feedback":
        listed = [one for one in dir(module) if one != "CHECKS"]  # every check is a public name
    if listed is not None:
        return {one: getattr(module, one) for one in listed}
    return {
        one: thing
        for one, thing in vars(module).items()
        if one[0] != "_" and (getattr(thing, "__module__", None) == name or _constant(one, thing))
    }


def _constant(name: str, thing: Any) -> bool:
    return name.isupper() and not inspect.ismodule(thing)


def signatures(thing: Any, name: str) -> Iterator[tuple[str, list[str] | None]]:
    """A name with its parameters, None where it is no function; a class with its methods and attributes."""
    yield name, parameters(thing)
    if inspect.isclass(thing):
        own = [base for base in thing.__mro__ if base.__module__.startswith("hopfield_edu")]  # not a widget's
        for one in dict.fromkeys(one for base in own for one in vars(base)):
            if one[0] != "_":
                found = getattr(thing, one)
                yield f"{name}.{one}", parameters(found) if inspect.isroutine(found) else None
        fields = getattr(thing, "__dataclass_fields__", {})
        yield from ((f"{name}.{one}", None) for one in fields if one[0] != "_" and not hasattr(thing, one))


def parameters(thing: Any) -> list[str] | None:
    """Parameters as text: `x` is needed, `x=` is not; `/` and `*` divide them as in a definition."""
    if not callable(thing):
        return None
    try:
        found = inspect.signature(thing).parameters.values()
    except (TypeError, ValueError):
        return None
    texts, stars = [], False
    for one in found:
        if one.kind is one.VAR_POSITIONAL or (one.kind is one.KEYWORD_ONLY and not stars):
            texts.append(f"*{one.name}" if one.kind is one.VAR_POSITIONAL else "*")
            stars = True
        if one.kind is one.VAR_KEYWORD:
            texts.append(f"**{one.name}")
        elif one.kind is not one.VAR_POSITIONAL:
            needed = one.default is one.empty
            texts.append(one.name + "=" * (not needed) + "/" * (one.kind is one.POSITIONAL_ONLY))
    return texts


def names() -> dict[str, dict[str, list[str] | None]]:
    """All public names, by module, with their parameters."""
    return {
        module: dict(sorted(pair for one, thing in public(module).items() for pair in signatures(thing, one)))
        for module in modules()
    }


def cells() -> dict[str, list[str]]:
    """The code of the notebooks that a learner has, cell by cell."""
    paths = sorted([*ROOT.glob("notebooks/*.ipynb"), *ROOT.glob("exercises/*/*.ipynb")])
    return {path.relative_to(ROOT).as_posix(): code(path) for path in paths}


def code(path: Path) -> list[str]:
    """The sources of a notebook's code cells."""
    content = json.loads(path.read_text(encoding="utf-8"))
    return ["".join(cell["source"]) for cell in content["cells"] if cell["cell_type"] == "code"]


def text() -> str:
    """The present state as the file holds it: a line for each name and for each cell."""
    state = {"version": hopfield_edu.__version__, "names": names(), "notebooks": cells()}
    return json.dumps(_in_lines(state), indent=1, ensure_ascii=False) + "\n"


def _in_lines(state: dict[str, Any]) -> dict[str, Any]:
    """Parameters as one text, which makes one line of each."""
    joined = {
        module: {name: None if found is None else ", ".join(found) for name, found in those.items()}
        for module, those in state["names"].items()
    }
    return state | {"names": joined}


def stored(path: Path) -> dict[str, Any]:
    """A stored release."""
    return json.loads(path.read_text(encoding="utf-8"))


# ------------------------------------------------------------------------------ what was promised


def broken(release: dict[str, Any]) -> list[str]:
    """What a library breaks of the names that a release had; renamed ones count as there."""
    found = []
    for module, those in release["names"].items():
        for name, given in those.items():
            try:
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore", FutureWarning)
                    thing = resolve(module, name)
            except (ImportError, AttributeError) as error:
                found.append(f"{module}.{name}: {error}")
                continue
            if given is not None:
                found += [f"{module}.{name}: {why}" for why in losses(given.split(", "), thing)]
    return found


def resolve(module: str, name: str) -> Any:
    """What a dotted name of a module stands for; of a field that only instances have, its class."""
    thing = importlib.import_module(module)
    for part in name.split("."):
        if inspect.isclass(thing) and part in getattr(thing, "__dataclass_fields__", {}):
            return thing
        thing = getattr(thing, part)
    return thing


def losses(old: list[str], thing: Any) -> Iterator[str]:
    """Calls that the old parameters allowed and that the present function refuses."""
    new = parameters(thing)
    if new is None:
        yield "no longer a function"
        return
    renamed = getattr(thing, "renamed", {})
    was, now = _sorted(old), _sorted(new)
    for place, name in enumerate(was["places"]):
        if renamed.get(name, name) not in now["places"][place : place + 1] and "*" not in now["rest"]:
            yield f"argument {place + 1} was {name}"
    for name in was["names"]:
        if renamed.get(name, name) not in now["names"] and "**" not in now["rest"]:
            yield f"has no argument {name}"
    before = {renamed.get(name, name) for name in was["needed"]}
    yield from (f"needs {name} now" for name in now["needed"] if name not in before)
    yield from (f"takes no further arguments ({star})" for star in was["rest"] if star not in now["rest"])


def _sorted(texts: list[str]) -> dict[str, list[str]]:
    """Parameters by what may be done with them: given by place, given by name, left out."""
    kinds: dict[str, list[str]] = {"places": [], "names": [], "needed": [], "rest": []}
    keyword = False
    for text in filter(None, texts):
        name = text.strip("*=/")
        if text.startswith("*"):
            keyword = True
            kinds["rest"] += ["*" * text.count("*")] if name else []
            continue
        kinds["places"] += [] if keyword else [name]
        kinds["names"] += [] if text.endswith("/") else [name]
        kinds["needed"] += [] if "=" in text else [name]
    return kinds


def main(argv: list[str] | None = None) -> int:
    """Store the present state, or say what it breaks."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true", help="say which names of stored releases are broken")
    if parser.parse_args(argv).check:
        releases = {path.stem: stored(path) for path in sorted(STORE.glob("*.json"))}
        wrong = [f"{name}: {line}" for name, release in releases.items() for line in broken(release)]
        print("\n".join(wrong) or f"All public names of {', '.join(releases)} are there.")
        return 1 if wrong else 0
    path = STORE / f"{hopfield_edu.__version__}.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text(), encoding="utf-8", newline="\n")
    print(f"{path.relative_to(ROOT)}: {path.stat().st_size // 1000} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
