"""Sweeps: the same result whoever computes it, nothing lost that was finished, and other stores refused."""

from __future__ import annotations

import json
import math
import os
import pickle
import signal
import subprocess
import sys
import tracemalloc
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from hopfield_edu import binary, experiments, learning, patterns, theory
from hopfield_edu.experiments._pieces import generator

POINTS = experiments.grid(N=[5, 10], shift=[0.0, 0.5, 1.0])


def measured(N: int, shift: float, rng: np.random.Generator) -> dict[str, float]:
    x = rng.normal(size=N)
    return {"mean": x.mean() + shift, "above": (x > shift).mean()}


def single(load: float, rng: np.random.Generator) -> float:
    return load + rng.random()


def interrupted(N: int, shift: float, rng: np.random.Generator, calls: list[int], after: int) -> Any:
    """Like `measured`, until so many calls have been made."""
    calls.append(N)
    if len(calls) > after:
        raise KeyboardInterrupt
    return measured(N, shift, rng)


def assert_same(a: experiments.Sweep, b: experiments.Sweep) -> None:
    """Bit for bit, but that a table has errors of six digits."""
    assert a.points == b.points and a.names == b.names and a.keys == b.keys
    for key in a.keys:
        assert (a.column(key) == b.column(key)).all()
        assert [f"{e:.6g}" for e in a.errors(key)] == [f"{e:.6g}" for e in b.errors(key)]


class Backwards(Executor):
    """An executor that does its tasks in the end, the last one first."""

    def __init__(self) -> None:
        self.tasks: list[tuple[Future, Any]] = []

    def submit(self, call, /, *args, **kwargs):
        self.tasks.append((Future(), partial(call, *args, **kwargs)))
        if len(self.tasks) == len(POINTS) * 10:
            for future, task in reversed(self.tasks):
                future.set_result(task())
        return self.tasks[-1][0]


def test_means_and_errors_are_those_of_the_plain_formulas() -> None:
    found = experiments.sweep(single, [0.0, 2.0], repeats=70, rng=3)
    draws = np.array([[single(x, generator(3, k, r)) for r in range(70)] for k, x in enumerate([0.0, 2.0])])
    assert np.allclose(found.mean, draws.mean(axis=1), rtol=1e-14)
    assert np.allclose(found.error, draws.std(axis=1, ddof=1) / 70**0.5, rtol=1e-12)
    assert len(np.unique(draws)) == draws.size  # each repeat has random numbers of its own
    one = experiments.sweep(single, [0.0], repeats=1, rng=3)
    assert one.mean[0] == draws[0, 0] and math.isnan(one.error[0])


def test_the_executor_does_not_matter() -> None:
    here = experiments.sweep(measured, POINTS, 40, 7, block=4)
    with ThreadPoolExecutor(3) as threads, ProcessPoolExecutor(2) as processes:
        for executor in (threads, processes, Backwards(), 2):
            assert_same(here, experiments.sweep(measured, POINTS, 40, 7, executor, block=4))


def test_points_of_every_kind() -> None:
    def f(N, load=1.0, *, rng):
        return N * load

    def last(N, load, chance):
        return N * load + 0 * chance.random()

    for points in (
        [(2, 3.0), (4, 5.0)],
        [[2, 3.0], np.array([4, 5.0])],
        [{"N": 2, "load": 3.0}, {"N": 4, "load": 5.0}],
    ):
        for function in (f, last):
            found = experiments.sweep(function, points, 2, 0)
            assert found.names == ("N", "load") and found.mean.tolist() == [6.0, 20.0]
            assert found.column("N").tolist() == [2, 4]
    assert experiments.sweep(partial(f, load=3), np.array([1, 2]), 2, 0).mean.tolist() == [3.0, 6.0]
    texts = experiments.sweep(lambda rule, rng: len(rule), ["hebb", "storkey"], 1, 0)
    assert texts.points == ["hebb", "storkey"] and texts.mean.tolist() == [4, 7]


def test_after_an_interruption_it_goes_on_where_it_stopped(tmp_path: Path) -> None:
    whole, store = experiments.sweep(measured, POINTS, 8, 1, block=2), tmp_path / "runs.jsonl"
    calls: list[int] = []
    stopping = partial(interrupted, calls=calls, after=23)
    stopping_again = partial(interrupted, calls=calls, after=10**9)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("hopfield_edu.experiments._functions.identity", lambda function: {"function": "f"})
        with pytest.raises(KeyboardInterrupt) as stopped:
            experiments.sweep(stopping, POINTS, 8, 1, store=store, block=2)
        assert "2 of 6 points are finished" in stopped.value.__notes__[0]
        begun = experiments.read(store)
        assert begun.count.tolist() == [8, 8, 6]
        assert_same(begun.where(shift=[0.0, 0.5]), whole.where(N=5, shift=[0.0, 0.5]))
        resumed = experiments.sweep(stopping_again, POINTS, 8, 1, store=store, block=2)
    assert_same(resumed, whole)
    assert len(calls) == 24 + 48 - 22  # only what was not finished has been done again
    assert_same(experiments.read(store), whole)


def test_a_torn_tail_is_cut_off(tmp_path: Path) -> None:
    store = tmp_path / "runs.jsonl"
    whole = experiments.sweep(single, [0.0, 1.0], 6, 0, store=store, block=3)
    text = store.read_bytes()
    assert text.count(b"\n") == 5 and all(json.loads(line) for line in text.splitlines())
    for end in sorted({0, 1, len(text) - 1, *range(3, len(text), 97)}):
        store.write_bytes(text[:end])
        assert_same(experiments.sweep(single, [0.0, 1.0], 6, 0, store=store, block=3), whole)
        assert sorted(store.read_bytes().splitlines()) == sorted(text.splitlines())
    store.write_bytes(text + b"\x00" * 100)
    assert_same(experiments.sweep(single, [0.0, 1.0], 6, 0, store=store, block=3), whole)
    assert store.read_bytes() == text


def test_a_damaged_middle_is_refused(tmp_path: Path) -> None:
    store = tmp_path / "runs.jsonl"
    experiments.sweep(single, [0.0, 1.0], 6, 0, store=store, block=3)
    lines = store.read_text().splitlines(keepends=True)
    store.write_text("".join([*lines[:2], lines[2].replace("0.", "1.", 1), *lines[3:]]))
    with pytest.raises(ValueError, match=r"line 3 .* is damaged"):
        experiments.sweep(single, [0.0, 1.0], 6, 0, store=store, block=3)


def other(load: float, rng: np.random.Generator) -> float:
    return load - rng.random()


@pytest.mark.parametrize(
    ("name", "call"),
    [
        ("function", {"function": other}),
        ("fixed", {"function": partial(single, load=1.0), "points": [{}]}),
        ("points", {"points": [0.0, 2.0]}),
        ("repeats", {"repeats": 7}),
        ("seed", {"rng": 1}),
        ("block", {"block": 2}),
    ],
)
def test_the_store_of_another_sweep_is_refused(tmp_path: Path, name: str, call: dict[str, Any]) -> None:
    store = tmp_path / "runs.jsonl"
    ours = {"function": single, "points": [0.0, 1.0], "repeats": 6, "rng": 0, "store": store}
    experiments.sweep(**ours)
    before = store.read_bytes()
    with pytest.raises(ValueError, match=rf"store: .* belongs to another sweep .*\b{name}: "):
        experiments.sweep(**(ours | call))
    assert store.read_bytes() == before


def test_other_versions_sources_and_files_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = tmp_path / "runs.jsonl"
    experiments.sweep(single, [0.0], 6, 0, store=store)
    with monkeypatch.context() as patch:
        patch.setattr("hopfield_edu.__version__", "0.0.9")
        with pytest.raises(ValueError, match=r"'0[.]1[.]0' there, '0[.]0[.]9' here"):
            experiments.sweep(single, [0.0], 6, 0, store=store)
    with monkeypatch.context() as patch:
        patch.setattr("inspect.getsource", lambda function: "def single(load, rng): ...")
        with pytest.raises(ValueError, match="source: "):
            experiments.sweep(single, [0.0], 6, 0, store=store)
    store.write_text("my diary\n")
    with pytest.raises(ValueError, match="is no store"):
        experiments.sweep(single, [0.0], 6, 0, store=store)
    assert store.read_text() == "my diary\n"


def test_two_sweeps_cannot_write_one_store(tmp_path: Path) -> None:
    store = tmp_path / "runs.jsonl"

    def nested(load, rng):
        with pytest.raises(BlockingIOError, match="in use"):
            experiments.sweep(single, [0.0], 6, 0, store=store)
        return load

    with ProcessPoolExecutor(1) as pool:  # a fork that lives on does not keep the lock
        experiments.sweep(nested, [0.0, 1.0], 2, 0, store=store)
        experiments.sweep(single, [0.0], 6, 0, pool, store=tmp_path / "other.jsonl")
        experiments.sweep(single, [0.0], 6, 0, store=tmp_path / "other.jsonl")


def test_the_memory_does_not_grow_with_the_repeats() -> None:
    def peak(repeats: int) -> int:
        tracemalloc.start()
        experiments.sweep(single, [0.0, 1.0], repeats, 0)
        size = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return size

    peak(100)
    assert peak(2000) < peak(200) + 10_000


def killed(load: float, rng: np.random.Generator, mark: str) -> float:
    """Kills its process the first time that it is called with load 1."""
    if load == 1 and not os.path.exists(mark):
        Path(mark).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return single(load, rng)


@pytest.mark.skipif(os.name != "posix", reason="needs SIGKILL")
def test_a_killed_worker_loses_nothing(tmp_path: Path) -> None:
    loads, store = [0.0, 1.0, 2.0, 3.0], tmp_path / "runs.jsonl"
    whole = experiments.sweep(single, loads, 6, 0)
    renewed = experiments.sweep(partial(killed, mark=str(tmp_path / "a")), loads, 6, 0, executor=2)
    assert (renewed.mean == whole.mean).all() and (renewed.error == whole.error).all()
    again = partial(killed, mark=str(tmp_path / "b"))
    with ProcessPoolExecutor(1) as pool, pytest.raises(Exception, match="terminated abruptly") as broken:
        experiments.sweep(again, loads, 6, 0, pool, store)
    assert "of 4 points are finished, and kept in" in broken.value.__notes__[-1]
    kept = store.read_bytes()
    assert (experiments.sweep(again, loads, 6, 0, store=store).mean == whole.mean).all()
    assert store.read_bytes().startswith(kept)


def test_what_goes_wrong_in_a_call_is_told_with_its_place() -> None:
    def fails(load, rng):
        raise ZeroDivisionError("by my own fault")

    with pytest.raises(ZeroDivisionError, match="own fault") as error:
        experiments.sweep(fails, [3.0], 2, 5)
    assert error.value.__notes__[0] == "in the sweep: point 0, repeat 0, seed 5"
    for result, words in ((None, "None"), (math.nan, "nan"), ({}, "by their names"), ("a", "a number")):
        with pytest.raises((ValueError, TypeError), match=words):
            experiments.sweep(lambda load, rng, result=result: result, [3.0], 2, 5)
    with pytest.raises(ValueError, match="returns"):
        experiments.sweep(lambda load, rng: {"a": 1} if load else {"b": 1}, [0, 1], 2, 5)
    with pytest.raises(TypeError, match="cannot be sent to another process"):
        experiments.sweep(lambda load, rng: load, [0, 1], 2, 5, executor=2)


def test_a_sweep_is_read_only_and_travels() -> None:
    found = experiments.sweep(measured, POINTS, 5, 0)
    with pytest.raises(AttributeError, match="fixed"):
        found.count = 3
    with pytest.raises(ValueError, match="read-only"):
        found.mean["above"][0] = 3
    assert_same(pickle.loads(pickle.dumps(found)), found)


def test_table_and_picture(tmp_path: Path) -> None:
    found = experiments.sweep(measured, POINTS, 5, 0)
    text = found.to_csv(tmp_path / "runs.csv")
    again = experiments.read(tmp_path / "runs.csv")
    assert again.to_csv() == text and again.points == found.points
    assert again.rows()[2]["mean"] == found.mean["mean"][2]
    axes = found.plot("above")
    assert axes.get_xlabel() == "shift" and "N = 10" in axes.alt_text
    line = next(line for line in axes.lines if line.get_gid() == "N = 10")
    assert np.allclose(line.get_ydata(), found.where(N=10).mean["above"])
    assert experiments.sweep(single, [1.0, 2.0], 1, 0).plot().get_ylabel() == "value"
    with pytest.raises(ValueError, match="choose with where"):
        experiments.sweep(measured, experiments.grid(N=range(1, 9), shift=[0.0, 1.0]), 1, 0).plot()


BAR = """
import numpy as np
from hopfield_edu import binary, experiments, learning, patterns, theory
experiments.sweep(lambda load, rng: load, [0.1, 0.2], 3, 0)
print("done")
"""


@pytest.mark.parametrize("author", ["0", "1"])
def test_the_bar_stays_out_of_what_is_compared(author: str) -> None:
    environment = os.environ | {"HOPFIELD_EDU_AUTHOR": author}
    done = subprocess.run([sys.executable, "-c", BAR], capture_output=True, text=True, env=environment)
    assert done.stdout == "done\n" and ("/6" in done.stderr) == (author == "0"), done.stderr


def test_ready_experiments_agree_with_plain_loops() -> None:
    """Each ready experiment against the same draws, written out."""
    found = experiments.overlap_against_load([0.1, 0.2], N=[40, 60], wrong=0.1, cues=3, repeats=2, rng=5)
    assert found.points[1] == {"N": 40, "load": 0.2, "wrong": 0.1, "cues": 3}
    overlaps = []
    for repeat in range(2):
        rng = generator(5, 3, repeat)
        stored = patterns.random(12, 60, rng)
        cue = patterns.flip(stored[:3], fraction=0.1, rng=rng)
        end = [binary.Network(learning.hebb(stored)).recall(y).final for y in cue]
        overlaps.append(np.mean([s @ y / 60 for s, y in zip(stored, end, strict=False)]))
    assert np.isclose(found.column("overlap")[3], np.mean(overlaps))
    error = experiments.bit_error(0.2, N=100, repeats=40)
    expected = theory.bit_error(20, 100)
    assert abs(error.column("error")[0] - expected) < 4 * error.errors("error")[0] < 0.4 * expected
    radius = experiments.basin_radius([0.02, 0.1, 0.3], N=100, cues=5, repeats=3).column("radius")
    assert 0.5 >= radius[0] > 0.3 > radius[1] > 0.05 > radius[2] >= 0
    beside = experiments.rules([0.1, 0.4], N=100, cues=10, repeats=2)
    told = {(r["rule"], r["load"]): (r["stable"], r["recalled"]) for r in beside.rows()}
    assert told["Hebb", 0.4] == (0, 0) and told["pseudo-inverse", 0.4][0] == 1
    assert told["perceptron", 0.4][0] == 1 and told["with margin", 0.1] == (1, 1)
    assert told["perceptron", 0.4][1] < told["with margin", 0.4][1]
    warm = experiments.noise([0, 0.3, 1.5], N=300, sweeps=20, repeats=3).column("overlap")
    assert warm[0] > 0.99 and abs(warm[1] - theory.overlap(0.05, 0.3)) < 0.02 and abs(warm[2]) < 0.1


def test_a_part_is_computed_again_bit_for_bit(tmp_path: Path) -> None:
    found = experiments.bit_error([0.1, 0.2, 0.3], N=[30, 50], repeats=[3, 4, 40, 3, 2, 3], rng=2)
    assert found.count.tolist() == [3, 4, 40, 3, 2, 3]
    for where in ({"N": 50}, {"load": [0.2, 0.3]}, {}):
        part = found.where(**where) if where else found
        assert_same(experiments.again(found, **where), part)
    assert experiments.again(found, repeats=3).count.tolist() == [3, 3, 3, 3, 2, 3]
    (tmp_path / "part.csv").write_text(found.where(load=0.2).to_csv())
    part = experiments.read(tmp_path / "part.csv")
    assert part.places == (1, 4)
    assert_same(experiments.again(part, N=50), part.where(N=50))
    with pytest.raises(ValueError, match="no experiment of this library"):
        experiments.again(experiments.sweep(single, [1.0], 2, 0))


def test_stored_runs_know_how_they_were_made() -> None:
    found = experiments.stored("finite_size")
    assert found.names == ("N", "sets", "cues") and (found.count >= 2).all()
    N, load = found.column("N"), found.column("critical_load")
    assert (np.diff(N) > 0).all() and (np.diff(load) < 0).all()
    limit = experiments.extrapolate(found)
    assert abs(limit.load - theory.critical_load()) < 0.01
    with pytest.raises(ValueError, match=r"name is 'nothing'; choose one of .*'finite_size'"):
        experiments.stored("nothing")


def test_the_stored_race_of_rules_is_that_of_chapter_08() -> None:
    """Computed again as far as it is quick; what chapter 08 says of the rest."""
    found = experiments.stored("rules")
    quick = experiments.again(found, load=[0.1], repeats=3, progress=False)
    part = found.where(load=[0.1])
    for key in ("stable", "recalled"):
        assert np.abs(quick.column(key) - part.column(key)).max() < 0.15
    back = {(row["rule"], row["load"]): row["recalled"] for row in found.rows()}
    loads = sorted({load for _, load in back})
    assert max(back["perceptron", load] for load in loads if load >= 0.4) <= 0.01
    assert max(back["pseudo-inverse", load] for load in loads if load >= 0.6) <= 0.05
    alike = experiments.stored("rules_alike").rows()
    alike = {(row["rule"], row["overlap"]): row["recalled"] for row in alike}
    assert alike["Hebb", 0.1] < 0.05
    assert min(y for (rule, _), y in alike.items() if rule in ("pseudo-inverse", "with margin")) > 0.9


@pytest.mark.slow
def test_the_stored_race_of_rules_computed_again() -> None:
    found = experiments.stored("rules")
    again = experiments.again(found, load=[0.1, 0.2], progress=False)
    assert np.abs(again.column("recalled") - found.where(load=[0.1, 0.2]).column("recalled")).max() <= 0.01


@pytest.mark.parametrize(
    ("name", "where"),
    [
        ("overlap_against_load", {"N": 125, "load": [0.14, 0.2]}),
        ("escape", {"N": 100, "temperature": 0.2}),
        ("lesions", {"N": 200, "cut": "weights", "share": 0.5}),
        pytest.param("noise", {"temperature": 0.5}, marks=pytest.mark.slow),
    ],
)
def test_a_part_of_a_stored_run_is_computed_again(name: str, where: dict[str, Any]) -> None:
    """The chapters draw these; a part of each is checked here, with the same random numbers."""
    found = experiments.stored(name)
    again, part = experiments.again(found, **where, progress=False), found.where(**where)
    assert again.mean.keys() == part.mean.keys() and len(part) >= 1
    for quantity, values in part.mean.items():
        assert np.allclose(again.mean[quantity], values, rtol=0, atol=1e-6), quantity


def test_a_line_through_exact_points_is_found() -> None:
    from hopfield_edu.experiments._running import Running

    N = np.array([100, 400, 1600, 10_000])
    points = [{"N": int(n), "sets": 1, "cues": 20} for n in N]
    sums = [{"critical_load": Running(3, 0.14 + 2 * n**-0.75, 1e-6)} for n in N]
    limit = experiments.extrapolate(experiments.Sweep(points, ("N", "sets", "cues"), sums), 0.75)
    assert np.isclose(limit.load, 0.14) and np.isclose(limit.slope, 2) and limit.misfit < 1e-12
    assert np.allclose(limit.at(N), [sum_["critical_load"].mean for sum_ in sums])


def test_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from hopfield_edu.experiments.__main__ import READY, main, parser

    files = {name: tmp_path / f"runs.{name}" for name in ("store", "csv", "plot")}
    files["plot"] = tmp_path / "runs.png"
    asked = "bit_error --N 30 50 --loads 0.1 0.2 --repeats 3 --seed 4 --quiet".split()
    asked += [word for name, path in files.items() for word in (f"--{name}", str(path))]
    for _ in range(2):
        assert main(asked) == 0
        text = capsys.readouterr().out
        assert text == files["csv"].read_text() and text.startswith(
            "# command: python -m hopfield_edu.experim"
        )
    assert_same(experiments.read(files["csv"]), experiments.read(files["store"]))
    assert_same(experiments.read(files["csv"]), experiments.bit_error([0.1, 0.2], [30, 50], repeats=3, rng=4))
    assert files["plot"].read_bytes()[:4] == b"\x89PNG"
    assert main([*asked, "--seed", "5"]) == 2 and "belongs to another sweep" in capsys.readouterr().err
    assert all(name in parser().format_help() for name in READY) and "--store" in parser().epilog


def test_what_random_wrong_calls_have_found_stays_mended(tmp_path: Path) -> None:
    huge = np.broadcast_to(np.int8(1), (10**6, 10**6))
    for call, words in [
        ({"repeats": [[1, 2], [1]]}, "^repeats is "),
        ({"repeats": huge}, "^repeats holds 1000000 numbers; one for each of 2 points"),
        ({"store": "x" * 300}, "^store is 'x+'...; a file in a folder"),
    ]:
        ours = {"function": single, "points": [0.0, 1.0], "repeats": 6, "rng": 0} | call
        with pytest.raises((ValueError, TypeError), match=words):
            experiments.sweep(**ours)
    for name, wrong in (("names", experiments.rules), ("cuts", experiments.lesions)):
        with pytest.raises(ValueError, match=f"^{name} is empty"):
            wrong(**{name: []}, N=60)
    with pytest.raises(ValueError, match=r"^loads is empty"):
        experiments.noise(loads=[])
    store = tmp_path / "runs.jsonl"
    experiments.noise(0.3, N=60, sweeps=1, repeats=1, store=store, progress=False)
    with pytest.raises(ValueError, match=r"belongs to another sweep .* more") as caught:
        experiments.rules(0.05, ["Hebb"], N=60, cues=3, repeats=2, rng=1, store=store, progress=False)
    assert len(str(caught.value).replace(str(store), "")) < 400


def test_a_function_that_does_not_take_a_point_is_told_what_it_takes() -> None:
    with pytest.raises(TypeError, match=r"function takes \(load\); it cannot be called with points\[0\]"):
        experiments.sweep(lambda load: load, [0.5], repeats=1, rng=0, progress=False)
