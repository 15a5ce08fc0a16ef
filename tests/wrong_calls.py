"""Random wrong calls of every public function and method of the library, and what comes of them.

``python tests/wrong_calls.py 2000`` makes so many calls and prints those that end badly: hangs, memory
errors, crashes, errors that do not name an argument in a sentence, and nonsense that is accepted. Add words
to see only the names that contain one of them: ``python tests/wrong_calls.py 2000 plots. theory.``

Call number k is the same in every run. A worker makes the calls, one after the other, with a limit on its
memory; a call that takes too much of the processor's time ends it, and the next worker goes on after it.
"""

from __future__ import annotations

import importlib
import inspect
import json
import pkgutil
import random
import re
import resource
import signal
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import cache, partial
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

SECONDS = 10  # of the processor's time, for one call
MEMORY = 7 * 2**30  # bytes that a worker may address: Python with all its libraries, and one call
SMALL: dict[str, Any] = {"N": 60, "repeats": 1, "cues": 3, "sweeps": 3, "loads": 0.05, "temperatures": 0.3}
NOT_CALLED = {"course"}  # its functions copy files and start JupyterLab
RAW = re.compile(
    r"truth value|ufunc|broadcast|could not convert|inhomogeneous|array element|cannot reshape|object is not|"
    r"unsupported operand|has no attribute|has no len|not supported between|unhashable|positional argument|"
    r"unexpected keyword|must be real number|cannot be interpreted|invalid literal|\barray\(|\n"
)


# ------------------------------------------------------------------ right arguments


def measured(load: float, rng: np.random.Generator) -> float:
    """What a sweep may call."""
    return rng.random()


@cache
def right() -> dict[str, Any]:
    """Values that are right for a parameter of this name, or of this function ("module.name.parameter")."""
    from hopfield_edu import binary, datasets, dense, friends, graded, layered, problems, theory

    W = np.array([[0, 1, -1, 2], [1, 0, 1, 0], [-1, 1, 0, 1], [2, 0, 1, 0]])
    s = np.array([[1, 1, -1, 1], [1, -1, 1, 1], [-1, -1, 1, -1]])
    net, pair = binary.Network(W), graded.Network([[0.0, -1.0], [-1.0, 0.0]], gain=graded.tanh(2))
    way = net.recall([1, -1, -1, -1], record=True)
    table, step = np.array([[1, 2], [1, 3], [0, 2], [1, 2]]), np.array([1, 1, 3, 3])
    points = [pair.fixed_points(rng=0)] * 2
    return {
        **{"weights": W, "couplings": W, "bias": [0, 1, 0, -1], "inputs": [0, 1, 0, -1], "scale": 0.25},
        **{"state": s[0], "states": s, "pattern": s[1], "patterns": s, "signs": s[2], "stored": s},
        **{"start": s[0], "end": s[1], "walk": s, "order": [3, 1, 0, 2], "loop": [0, 1, 2], "i": 1},
        **{"M": 3, "N": 4, "n": 3, "k": 5, "d": 2, "wrong": 1, "count": 2, "rng": 0, "unit": 1, "points": 9},
        **{
            "overlap": 0.2,
            "fraction": 0.5,
            "rho": 0.1,
            "error": 0.01,
            "beta": 0.5,
            "tau": 1.0,
            "lam": [1] * 4,
            "load": 0.1,
            "temperature": 0.3,
            "criterion": "stable",
            "most": 3,
        },
        **{"net": net, "trajectory": way, "F": dense.power(3), "code": 5, "next_state": step},
        **{"successors": table, "schedule": "ordered", "ties": "keep", "max_sweeps": 10, "max_steps": 10},
        **{"zero_one": [0, 1, 1], "bipolar": [1, -1], "text": "AB", "name": "heart", "names": None},
        **{"queries": s, "keys": s, "values": s, "p": [0.5, 0.25, 0.25], "heads": [(np.eye(4),) * 3]},
        **{"gain": graded.tanh(2), "gains": graded.tanh(2), "g": np.tanh, "reach": 3.0, "who": [1, 5]},
        **{
            "features": s[0] * 0.5,
            "output": s[0] * 0.5,
            "mu": [1] * 4,
            "tol": 1e-6,
            "size": 16,
            "roll": [1] * 8,
        },
        **{"temperature": 0.5, "sweeps": 3, "burn": 1, "every": 2, "high": 2.0, "low": 0.5, "share": 0.5},
        **{"title": "A", "titles": None, "label": "x", "alt": "words"},
        **{"chapter": "01_meet_the_network", "initial": s[0], "b": 0, "marks": [0]},
        "file_or_array": np.eye(4),
        **{"rcond": 1e-9, "margin": 0.1, "max_epochs": 5, "bound": 2, "dreams": 3, "rate": 0.1, "batch": 2},
        **{"activity": 0.2, "sweeps": 3},
        "folder": None,
        "outcome": 4,
        **{
            "person": [0, 1, 2, 3],
            "people": [[0, 1, 2, 3]],
            "known": 2,
            "refresh": 2,
            "c": 1,
        },
        **{"left": s, "right": s, "x": s[0], "y": s[1], "inhibition": 0.5, "threshold": 0.5, "skew": 1.0},
        **{"excitation": np.abs(W), "properties": 4},
        **{f"dale.{name}.state": [1, 0, 1, 1] for name in ("Network.energy", "Network.field")},
        **{f"dale.Network.{name}.state": [1, 0, 1, 1] for name in ("recall", "update", "is_fixed_point")},
        **{f"friends.{name}.values": 20 for name in ("people", "clue", "units", "grid", "Network")},
        **{f"friends.{name}.state": [0, -1, 2, 3] for name in ("right", "units", "grid")},
        **{f"friends.Network.{name}.state": [0, -1, 2, 3] for name in ("field", "energy", "recall")},
        **{f"friends.Network.{name}.state": [0, -1, 2, 3] for name in ("update", "is_fixed_point")},
        "friends.describe.state": friends.people(1, rng=0)[0],
        "dale.Network.patterns": (s + 1) // 2,
        "dale.willshaw.patterns": (s + 1) // 2,
        "patterns.from_label.text": "+-+",
        "datasets.digits.text": "42",
        "datasets.icons.names": ["heart"],
        "datasets.melodies.names": ["Ode to Joy"],
        "theory.contributions.pattern": 1,
        "learning.storkey_add.weights": W * 0.5,
        "learning.covariance.patterns": (s + 1) // 2,
        "learning.threshold.activity": 0.2,
        "learning.sequence.rule": "hebb",
        **{"noisy": s[0] * 0.5, "sigma": 1.0, "noises": [2.0, 1.0, 0.5], "samples": s, "valid": s},
        **{"shape": (4, 1), "cuts": [2], "height": 2, "width": 1, "diffusion.noises.steps": 4},
        "diffusion.sample.start": s[:2] * 2.0,
        "delayed.Network.transitions": W,
        "delayed.Network.strength": 2.0,
        "delayed.Network.delay": 2,
        "graded.Network.weights": W * 0.5,
        "graded.crossings.net": pair,
        "graded.nullclines.net": pair,
        "graded.WithFastUnit.net": pair,
        "graded.WithFastUnit.A": [1.0, 1.0],
        "layered.Network.features": layered.tanh(2),
        "layered.Network.memories": layered.linear(),
        "layered.Network.with_bias.bias": [0, 1, 0, -1],
        **{
            "layers": [layered.tanh(), layered.softmax()],
            "sizes": [3, 1],
            "taus": 0.5,
            "layer": layered.tanh(),
        },
        **{
            "layered.Graph.weights": {(1, 0): np.ones((1, 3))},
            "layered.Graph.bias": {0: [1, 0, 2]},
            "a": 1,
            "b": 0,
        },
        **{"layered.Graph.with_bias.bias": {1: [0.5]}, "currents": {0: [1, 2, 3]}, "dt": 0.1, "z": [0.5, -1]},
        **{
            "noisy": s,
            "clean": s,
            "layered.recall_loss.weights": s * 0.5,
            "layered.fit.hidden": 3,
            "batch": 4,
        },
        **{"layered.fit.steps": 3, "layered.fit.noise": 0.2, "rate": 0.1, "wholes": [[0, 1], [1, 0]]},
        **{"parts": [[[1, 0], [0, 1]], [[1, -1], [1, 1]]], "weight": 2.0, "sigma": 1.5},
        "modern.fixed_points.patterns": s * 1.0,
        "thermal.Network.recall.ties": "coin",
        "thermal.distance.states": s[:, :2],
        "thermal.barrier.start": s[0],
        "experiments.sweep.function": measured,
        "experiments.solving.names": ["assignment"],
        "experiments.solving.starts": 2,
        "experiments.sweep.points": [0.5, 0.25],
        "repeats": 3,
        "block": 2,
        "progress": False,
        **{"target": [0.4, 0.1, 0.1, 0.4], "visible": 2, "hidden": 2, "known": [True, True, False, False]},
        **{"visible_bias": [0, 1, 0], "hidden_bias": [0, 1, 0, -1], "epochs": 3, "momentum": 0.5, "last": 2},
        "boltzmann.Restricted.weights": s * 0.5,
        "boltzmann.Restricted.train.patterns": s,
        **{
            "costs": W + 2,
            "cities": [[0, 0], [0, 1], [1, 0], [1, 1]],
            "penalty": 1.5,
            "board": "1... ..3. .2.. ...4",
        },
        **{
            "edges": [(0, 1), (1, 2), (0, 2)],
            "picture": np.zeros((4, 4)),
            "groups": [[0, 1], [2, 3]],
            "terms": problems.linear([1, 2]),
        },
        **{
            "bits": 3,
            "value": 2.5,
            "c": [1, 2],
            "A": [[1, 1], [1, -1]],
            "b": [2, -1],
            "K": 10.0,
            "givens": 8,
        },
        **{
            "signal": [1.0, 2, 1],
            "atoms": [[1.0, 1, 0], [0, 1, 1]],
            "rows": [[1, 2]],
            "targets": 1,
            "starts": 3,
        },
        **{
            "problem": problems.queens(4),
            "temperatures": [1.0, 0.5],
            "moves": None,
            "potentials": np.zeros((1, 9)),
        },
        **{
            "problems.linear.costs": [1, 2],
            "problems.pairs.costs": [[0, 1], [1, 0]],
            "problems.generate.n": 4,
        },
        **{"problems.line_fit.x": [0, 1, 2], "problems.line_fit.y": [1, 3, 4], "problems.Problem.side": None},
        **{"problems.max_cut.N": 3, "problems.hopfield_tank.A": 500.0, "problems.hopfield_tank.C": 200.0},
        **{
            f"problems.Tour.{name}.state": np.eye(4, dtype=int).ravel() for name in ("energy", "cost", "read")
        },
        **{f"problems.Tour.{name}.order": [0, 2, 1, 3] for name in ("state",)},
        **{"problems.Tour.violations.state": np.eye(4, dtype=int).ravel(), "problems.Tour.graded.beta": 2.0},
        "plots.bars.values": {"few": [3, 5], "many": 12},
        "plots.scatter.x": [1, 2, 3],
        "plots.scatter.y": [0, -1, 4],
        "plots.basin.chance": np.full(16, 0.5),
        "plots.basin.pattern": s[0],
        "plots.branches.values": [1, 2],
        "plots.branches.points": points,
        "plots.crosstalk.fields": theory.fields(s),
        "plots.crosstalk.expected": theory.crosstalk(3, 4),
        "plots.energy_contours.net": pair,
        "plots.energy_walk.networks": {"binary": net, "dense": dense.Network(s, dense.power(2))},
        "plots.grid.shape": (2, 2),
        "plots.grids.shape": (2, 2),
        "plots.grey.shape": (2, 2),
        "plots.greys.shape": (2, 2),
        "plots.hypercube.N": 3,
        "plots.hypercube.state": 3,
        "plots.network.state": s[0],
        "plots.network.units": ["Anna", "Ben", "Carla", "Dora"],
        "frustration.study.negative": [0.5, 1.0],
        "plots.panels.height": 2.0,
        "plots.phase_portrait.net": pair,
        "explore.painter.patterns": datasets.letters("AB"),
        "modern.Network.recall.state": s[0] * 0.5,
    }


@cache
def objects() -> dict[str, Callable[[], Any]]:
    """What has methods to be called: by the name of its class, how one is made."""
    from hopfield_edu import (
        bidirectional,
        binary,
        boltzmann,
        dale,
        delayed,
        dense,
        explore,
        friends,
        graded,
        layered,
        modern,
        predict,
        problems,
        thermal,
        zero_one,
    )

    known, two = right(), graded.Network(np.eye(4), gain=graded.tanh(2))
    made = {
        "binary.Network": partial(binary.Network, known["weights"]),
        "binary.PatternNetwork": partial(binary.PatternNetwork, known["patterns"]),
        "zero_one.Network": partial(zero_one.Network, known["weights"]),
        "delayed.Network": partial(delayed.Network, known["weights"], known["weights"]),
        "bidirectional.Network": partial(bidirectional.Network, known["left"], known["right"]),
        "bidirectional.Projections": partial(bidirectional.Projections, known["left"], known["right"]),
        "dale.Network": partial(dale.Network, known["dale.Network.patterns"]),
        "friends.Network": partial(friends.Network, known["people"]),
        "dense.Network": partial(dense.Network, known["patterns"], dense.power(3)),
        "boltzmann.Machine": lambda: boltzmann.Machine(known["weights"], visible=2),
        "boltzmann.Restricted": partial(boltzmann.Restricted, known["patterns"].T * 0.5),
        "thermal.Network": partial(thermal.Network, known["weights"]),
        "modern.Network": partial(modern.Network, known["patterns"], 0.5),
        "graded.Network": lambda: two,
        "graded.Scaled": partial(graded.Scaled, known["weights"], known["lam"], known["mu"]),
        "layered.Network": partial(layered.Network, known["patterns"]),
        "layered.Units": partial(layered.Units, known["layers"], known["sizes"], known["weights"]),
        "layered.Graph": partial(
            layered.Graph, known["layers"], known["sizes"], known["layered.Graph.weights"]
        ),
        "layered.Layer": layered.tanh,
        "trajectory.Trajectory": lambda: known["trajectory"],
        "explore.Painter": drawn,
        "problems.Terms": lambda: problems.exactly([[0, 1]], 4),
        "problems.Problem": lambda: problems.Problem(problems.linear([1, 2, 3, 4])),
        "problems.Tour": lambda: problems.tour(known["cities"]),
        "predict.Guess": partial(predict.ask, "01/one_update"),
        "explore.Hypercube": explore.hypercube,
        "explore.TransitionTable": explore.transition_table,
    }
    return {name: how if how is drawn else cache(how) for name, how in made.items()}


def drawn() -> Any:
    """A painter with a picture on its sheet: new each time, for what it stores decides what it refuses."""
    from hopfield_edu import explore

    painter = explore.painter()
    painter.take("#.\n.#")
    return painter


# ------------------------------------------------------------------ wrong arguments


def wrong() -> list[Any]:
    """Values that are wrong nearly everywhere."""
    none = np.empty(0)
    numbers = [True, False, 0, -1, 1, 2, 10**9, 10**30, -(10**30), 0.3, -0.5, 1e308, Fraction(1, 3), 1j]
    numbers += [float("nan"), float("inf"), -float("inf"), np.float64(3.0), np.int64(-5), np.bool_(True)]
    words = ["", "foo", "no", "+-", "async", "x" * 5000, b"ab"]
    lists = [[], [[]], [1, [2, 3]], [[1, -1], [1]], [None], ["+", "-"], [0.5, 0.5], [0, 1, 0, 1], [1, -1]]
    lists += [(), {}, {"a": 1}, {1, 2}, range(1000), [10**30], [float("nan")] * 4]
    arrays = [np.array([0, 1, 1, 0]), none, np.ones((2, 2, 2)), np.ones((4, 3), int), np.ones((4, 1), int)]
    arrays += [np.array([None, {}, [], 1], object), np.array("words"), np.array(3), np.array([1j] * 4)]
    arrays += [np.ones(4, bool), np.array(["2020"] * 4, "M8[D]"), np.full((4, 4), 1e308), np.zeros((0, 4))]
    arrays += [np.full((4, 4), np.nan), np.arange(16.0).reshape(4, 4), np.eye(4), np.full(4, 2**62)]
    arrays += [np.ones((2, 10, 10), int), np.full(4, 0.5), np.full((2, 4), 3), np.zeros((2, 2, 2, 2))]
    huge = [np.broadcast_to(np.int8(1), shape) for shape in ((10**6, 10**6), (10**12,), (10**5, 10**5, 4))]
    huge += [np.broadcast_to(1.0, (10**6, 10**6))]
    things = [None, object(), abs, lambda: None, int, Ellipsis, slice(2), iter([1, 2]), random, print]
    things += [np.random.RandomState(0), np.random.default_rng(0), right()["net"], new_axes()]
    return numbers + words + lists + arrays + huge + things


# ------------------------------------------------------------------ what is public


class Target(NamedTuple):
    """Something public that can be called."""

    name: str
    call: Callable[..., Any]
    parameters: dict[str, inspect.Parameter]


def targets() -> list[Target]:
    """Every public function, class and method of the library, in order of their names."""
    found = {target.name: target for module in _modules() for target in _of_module(*module)}
    return [found[name] for name in sorted(found)]


def _modules() -> Iterator[tuple[str, Any]]:
    import hopfield_edu

    for info in pkgutil.iter_modules(hopfield_edu.__path__):
        if not info.name.startswith("_") and info.name not in NOT_CALLED:
            yield info.name, importlib.import_module(f"hopfield_edu.{info.name}")


def _of_module(name: str, module: Any) -> Iterator[Target]:
    for key in getattr(module, "__all__", dir(module)):
        thing = getattr(module, key)
        if key.startswith("_") or not _own(thing, module):
            continue
        if inspect.isfunction(thing):
            yield _target(f"{name}.{key}", thing)
        elif inspect.isclass(thing):
            yield from _of_class(f"{name}.{key}", thing)


def _own(thing: Any, module: Any) -> bool:
    home = getattr(thing, "__module__", None) or ""
    return home == module.__name__ or (
        hasattr(module, "__path__") and home.startswith(module.__name__ + "._")
    )


def _of_class(name: str, kind: type) -> Iterator[Target]:
    """The constructor, unless it only takes what a function of `explore` has checked, and the methods."""
    made = objects().get(name)
    if made is None and not name.startswith("graded.With"):
        return
    if not name.startswith(("explore.", "trajectory.")):
        yield _target(name, kind)
    bases = [kind] if name.startswith("explore.") else kind.__mro__
    one = kind if made is None else made()  # making an explorer takes long
    for key in sorted(
        {key for base in bases for key in vars(base) if base.__module__.startswith("hopfield")}
    ):
        if made is not None and not key.startswith("_") and inspect.isfunction(getattr(kind, key)):
            parameters = dict(inspect.signature(getattr(one, key)).parameters)
            yield Target(f"{name}.{key}", partial(_on_a_new_one, made, key), parameters)


def _on_a_new_one(made: Callable[[], Any], key: str, /, *args: Any, **given: Any) -> Any:
    """What an earlier call has done to an explorer is no matter of this one."""
    return getattr(made(), key)(*args, **given)


def _target(name: str, call: Callable[..., Any]) -> Target:
    return Target(name, call, dict(inspect.signature(call).parameters))


# ------------------------------------------------------------------ a call and its verdict


def arguments(target: Target, chance: random.Random) -> tuple[dict[str, Any], set[str]]:
    """Arguments of a call, and which of them are wrong: one, or now and then several."""
    names = {name: p for name, p in target.parameters.items() if p.kind is not p.VAR_POSITIONAL}
    if not names:
        return {}, set()
    spoiled = set(chance.sample(sorted(names), min(len(names), chance.choice((1, 1, 1, 2, 3)))))
    given = {}
    for name, p in names.items():
        key = chance.choice(("glasses", "hat", "beard")) if p.kind is p.VAR_KEYWORD else name
        if name in spoiled:
            given[key] = chance.choice(wrong())
        elif target.name.startswith("experiments.") and (small := _small(target, name)) is not None:
            given[key] = small
        elif p.default is p.empty and p.kind is not p.VAR_KEYWORD:
            given[key] = _right(target, name)
        elif chance.random() < 0.3 and (known := _right(target, name)) is not None:
            given[key] = known
    return given, spoiled


def _small(target: Target, name: str) -> Any:
    """What an experiment is always given, as its own default takes minutes."""
    return right().get(f"{target.name}.{name}", SMALL.get(name))


def _right(target: Target, name: str) -> Any:
    """A value that is right for this parameter, as far as one is known; axes are new each time."""
    if name in ("ax", "fig", "what"):
        axes = new_axes()
        return axes.figure if name == "fig" else axes
    return right().get(f"{target.name}.{name}", right().get(name))


def new_axes() -> Any:
    """Axes of a figure of their own."""
    from matplotlib.figure import Figure

    return Figure().add_subplot()


def verdict(target: Target, given: dict[str, Any], spoiled: set[str]) -> str | None:
    """What is bad about the outcome of a call; None if nothing is."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            target.call(**given)
    except MemoryError:
        return "MemoryError"
    except (ValueError, TypeError) as error:
        functions = [getattr(value, "__name__", "") for value in given.values() if callable(value)]
        if any(name and str(error).startswith(f"{name}() takes") for name in functions):
            return None  # the caller's own function, such as a `rule`, complains: its error is theirs to see
        return _unclear(str(error), [*given, *target.parameters])
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    nonsense = [name for name in spoiled & set(given) if _nonsense(target.parameters[name], given[name])]
    return f"accepts {nonsense[0]} = {given[nonsense[0]]!r:.40}" if nonsense else None


def _unclear(message: str, names: list[str]) -> str | None:
    if not any(re.search(rf"\b{re.escape(name)}\b", message) for name in names):
        return f"names no argument: {message}"
    if len(message) > 400:
        return f"too long: {message}"
    return f"raw: {message}" if RAW.search(message) else None


def _nonsense(parameter: inspect.Parameter, value: Any) -> bool:
    """Whether a value cannot be right for a flag, a count or a number, and yet was accepted."""
    kind = str(parameter.annotation)
    if kind == "bool":
        return not isinstance(value, (bool, np.bool_))
    plain = isinstance(value, (int, float, np.integer, np.floating)) and not isinstance(value, bool)
    if kind == "int":
        return not plain or value != int(value)
    return kind == "float" and not plain and not isinstance(value, Fraction)


# ------------------------------------------------------------------ workers


def work(seed: int, first: int, last: int, words: list[str], log: str) -> None:
    """Make the calls `first` to `last` - 1; write into `log` which is being made, and what is bad."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    chosen = [t for t in targets() if not words or any(word in t.name for word in words)]
    with open(log, "a", encoding="utf-8") as file:
        for k in range(first, last):
            chance = random.Random(f"{seed} {k}")
            target = chance.choices(chosen, [0.1 if t.name.startswith("explore.") else 1 for t in chosen])[0]
            given, spoiled = arguments(target, chance)
            case = f"{target.name}({', '.join(f'{n}={v!r:.50}' for n, v in given.items())})"
            print(json.dumps([k, target.name, case, "hang or crash"]), file=file, flush=True)
            signal.setitimer(signal.ITIMER_PROF, SECONDS)  # ends the process
            bad = verdict(target, given, spoiled)
            signal.setitimer(signal.ITIMER_PROF, 0)
            print(json.dumps([k, target.name, case, bad]), file=file, flush=True)


class Failure(NamedTuple):
    """A call that ended badly."""

    name: str
    call: str
    reason: str


def run(number: int, *, seed: int = 0, words: list[str] | None = None) -> list[Failure]:
    """So many calls; those that ended badly."""
    with tempfile.TemporaryDirectory() as folder:
        log, first = Path(folder) / "log", 0
        while first < number:
            ask = ["--work", str(seed), str(first), str(number), str(log), *(words or [])]
            command = [sys.executable, str(Path(__file__).resolve()), *ask]
            # in the folder: some of the calls make files
            done = subprocess.run(command, capture_output=True, text=True, timeout=3600, cwd=folder)
            if not log.exists():
                raise RuntimeError(done.stderr)
            last = json.loads(log.read_text(encoding="utf-8").splitlines()[-1])
            if done.returncode == 0 or last[0] + 1 <= first:
                break
            first = last[0] + 1
        lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    outcomes = {k: Failure(name, call, bad) for k, name, call, bad in lines}
    return [failure for failure in outcomes.values() if failure.reason is not None]


if __name__ == "__main__":
    if sys.argv[1] == "--work":
        work(*map(int, sys.argv[2:5]), sys.argv[6:], sys.argv[5])
    else:
        failures = run(int(sys.argv[1]), words=sys.argv[2:])
        for failure in sorted(failures):
            print(f"{failure.reason[:220]}\n    {failure.call[:260]}")
        print(len(failures), "bad outcomes in", sys.argv[1], "calls")
