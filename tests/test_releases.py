"""Old notebooks on a new library: what was public stays, or warns; a learner's copy outlives an update."""

from __future__ import annotations

import importlib
import json
import shutil
import sys
import warnings
from pathlib import Path
from typing import Any

import nbformat
import pytest
import releases

import notebooks as tool
from hopfield_edu import _copy, _renamed, course

ROOT = Path(__file__).resolve().parents[1]
STORED = {path.stem: releases.stored(path) for path in sorted(releases.STORE.glob("*.json"))}
SAMPLE = (
    "notebooks/02_two_unit_dynamics.ipynb",
    "exercises/05_storing_one_pattern/05_storing_one_pattern.ipynb",
)


def changed() -> list[tuple[str, str]]:
    """The stored notebooks that are others now, and two more: nbval runs those of today."""
    present = releases.cells()
    return [
        (version, name)
        for version, release in STORED.items()
        for name, code in release["notebooks"].items()
        if name in SAMPLE or present.get(name) != code
    ]


def notebook(cells: list[str]) -> nbformat.NotebookNode:
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in cells])
    return tool.normalise(made)


def runs(made: nbformat.NotebookNode, folder: Path) -> nbformat.NotebookNode:
    """A notebook after all of its cells were run; a failing cell raises."""
    return tool.execute(made, folder)


# ------------------------------------------------------------------------------ what was stored


def test_a_state_is_stored_and_small() -> None:
    assert STORED
    for path in releases.STORE.glob("*.json"):
        assert path.stat().st_size < 500_000
    for release in STORED.values():
        assert set(SAMPLE) <= set(release["notebooks"])
        assert release["names"]["hopfield_edu.learning"]["hebb"].split(", ")[0] == "patterns"


def test_who_makes_a_release_is_told() -> None:
    for name in ("RELEASE.md", "CONTRIBUTING.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "python tools/releases.py" in text and "hopfield_edu/_renamed.py" in text


@pytest.mark.slow
@pytest.mark.parametrize("version", STORED)
def test_every_name_of_a_release_leads_somewhere(version: str) -> None:
    wrong = releases.broken(STORED[version])
    hint = "rename through hopfield_edu/_renamed.py; what is not out yet is stored anew by tools/releases.py"
    assert not wrong, "\n".join([*wrong, hint])


@pytest.mark.slow
@pytest.mark.parametrize(("version", "name"), changed(), ids=map(" ".join, changed()))
def test_a_notebook_of_a_release_runs(version: str, name: str, tmp_path: Path) -> None:
    runs(notebook(STORED[version]["notebooks"][name]), tmp_path)


# ------------------------------------------------------------------------------ what breaks


def test_lost_names_and_arguments_are_found() -> None:
    def f(a: int, /, b: int, c: int = 0, *, d: int = 0) -> None: ...

    assert releases.parameters(f) == ["a/", "b", "c=", "*", "d="]
    for then in ("a/, b, c=, *, d=", "a/, b", "a/, b, *, d=", "a/, b, *, c="):
        assert list(releases.losses(then.split(", "), f)) == [], then
    for then, why in {
        "b, c=": "argument 1 was b",
        "a/, b, d=": "argument 3 was d",
        "a/, b, *, e=": "has no argument e",
        "a/": "needs b now",
        "a/, b, *rest": "takes no further arguments",
        "a, b": "has no argument a",
    }.items():
        assert any(why in loss for loss in releases.losses(then.split(", "), f)), then
    assert list(releases.losses(["x"], 3)) == ["no longer a function"]

    @_renamed.parameters("0.3", e="d")
    def g(d: int = 0) -> int:
        return d

    assert list(releases.losses(["e="], g)) == [] and list(releases.losses(["*", "e="], g)) == []
    names = {
        "hopfield_edu.learning": {"hebb": "patterns", "hebbian": None},
        "hopfield_edu.nowhere": {"x": None},
    }
    found = releases.broken({"names": names})
    assert [line.partition(":")[0] for line in found] == [
        "hopfield_edu.learning.hebbian",
        "hopfield_edu.nowhere.x",
    ]


LIBRARY = '''
"""A library after a change of names."""
from hopfield_edu import _renamed

def field(weights, state):
    return [sum(w * y for w, y in zip(row, state)) for row in weights]

@_renamed.parameters("0.3", seed="rng")
def draw(n, rng=0):
    return [rng] * n

def _own(name):
    if name == "lazy":
        return "came late"
    raise AttributeError(f"nothing called {name}")

__getattr__ = _renamed.names(__name__, _own, input_of=("field", "0.3"), arithmetic=("math.dist", "0.4"))
'''
OLD = """
import sys
from hopfield_edu import _renamed

sys.modules[__name__] = _renamed.module(__name__, "lattice", "0.3")
"""
CELLS = [
    "import lattice\nfrom lattice import input_of",
    "print(input_of([[0, 2], [2, 0]], [1, -1]))",
    "print(lattice.draw(2, seed=7))",
    "import grid\n\nprint(grid.field is lattice.field)",
]


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a module whose names have changed, and with one that has another name itself."""
    (tmp_path / "lattice.py").write_text(LIBRARY)
    (tmp_path / "grid.py").write_text(OLD)
    monkeypatch.syspath_prepend(tmp_path)
    for name in ("lattice", "grid"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    return tmp_path


def test_an_old_name_works_and_says_what_it_is_called_now(library: Path) -> None:
    def told(use: Any) -> tuple[Any, list[str]]:
        with warnings.catch_warnings(record=True) as seen:
            warnings.simplefilter("always")
            value = use()
        assert all(one.category is FutureWarning and one.filename == __file__ for one in seen)
        return value, [str(one.message) for one in seen]

    lattice = importlib.import_module("lattice")
    said = "lattice.input_of is called lattice.field now; the old name is gone in version 0.3"
    assert told(lambda: lattice.input_of) == (lattice.field, [said])
    assert told(lambda: lattice.arithmetic((0, 0), (3, 4)))[0] == 5
    assert told(lambda: lattice.lazy) == ("came late", [])
    value, (text,) = told(lambda: lattice.draw(2, seed=7))
    assert value == [7, 7] and text.startswith("seed of draw is called rng now")
    assert told(lambda: lattice.draw(2, rng=7)) == ([7, 7], [])
    with pytest.raises(TypeError, match="rng twice, also by its old name seed"):
        lattice.draw(2, rng=1, seed=2)
    with pytest.raises(AttributeError, match="nothing called more"):
        _ = lattice.more
    with pytest.raises(AttributeError, match="module 'm' has no attribute 'x'"):
        _renamed.names("m")("x")
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        assert importlib.import_module("grid") is lattice
    assert str(seen[0].message).startswith("grid is called lattice now")


@pytest.mark.slow
def test_an_old_notebook_runs_and_warns(library: Path) -> None:
    ran = runs(notebook(CELLS), library)
    shown = [
        {
            kind: "".join(o.text for o in cell.outputs if o.get("name") == kind)
            for kind in ("stdout", "stderr")
        }
        for cell in ran.cells
    ]
    assert [one["stdout"] for one in shown] == ["", "[-2, 2]\n", "[7, 7]\n", "True\n"]
    for one, new in zip((shown[0], shown[2], shown[3]), ("lattice.field", "rng", "lattice"), strict=True):
        assert "FutureWarning" in one["stderr"] and f"is called {new} now" in one["stderr"]
        assert "gone in version 0.3" in one["stderr"]
    assert shown[1]["stderr"] == ""


# ------------------------------------------------------------------------------ a learner's copy


def old_course(folder: Path, release: dict[str, Any]) -> Path:
    """The course as a release had it, as far as it is stored: its code."""
    for name, cells in release["notebooks"].items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(tool.as_bytes(notebook(cells)))
    return folder


@pytest.mark.slow
@pytest.mark.parametrize("version", STORED)
def test_a_learners_copy_of_a_release_outlives_the_update(
    version: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mine, name = tmp_path / "mine", SAMPLE[1]
    _copy.update(old_course(tmp_path / "old", STORED[version]), mine, version)
    work = json.loads((mine / name).read_text(encoding="utf-8"))
    work["cells"].append(json.loads(json.dumps(nbformat.v4.new_code_cell("answer = 6 * 7"))))
    (mine / name).write_text(json.dumps(work), encoding="utf-8")
    (mine / "notes.md").write_text("of my own")
    (mine / "notebooks" / "mine.ipynb").write_bytes(tool.as_bytes(notebook(["x = 1"])))
    kept = {path: (mine / path).read_bytes() for path in (name, "notes.md", "notebooks/mine.ipynb")}

    assert course.prepare(str(mine)) == mine
    said = capsys.readouterr().out
    assert f"    {name}" in said and "1 file of yours may be older than the course" in said
    assert {path: (mine / path).read_bytes() for path in kept} == kept
    for path, content in _copy.deliveries(course.originals()):
        assert path == name or (mine / path).read_bytes() == content
    course.prepare(str(mine), beside=True)
    assert {path: (mine / path).read_bytes() for path in kept} == kept
    assert (mine / name.replace(".ipynb", " (new).ipynb")).read_bytes() == (ROOT / name).read_bytes()
    shutil.copytree(mine / Path(name).parent, tmp_path / "run")
    ran = runs(tool.read(tmp_path / "run" / Path(name).name), tmp_path / "run")
    assert ran.cells[-1].source == "answer = 6 * 7" and ran.cells[-1].execution_count
