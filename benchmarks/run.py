"""How fast the library is, side by side with bare NumPy and with other libraries.

    python benchmarks/run.py [--rounds 15] [part ...]

All runs of one comparison take turns in this one process, with one BLAS thread; a ratio is that of the
medians of their processor times (a machine that does other things as well disturbs these least). A line
says what is run; `bar` is what the project asks for, and the verdict whether it is met here.
"""

# ruff: noqa: E402
from __future__ import annotations

import os

for variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"):
    os.environ[variable] = "1"  # before NumPy is imported

import argparse
import asyncio
import io
import platform
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, NamedTuple

import numpy as np
import peers
from matplotlib.figure import Figure
from numpy.typing import NDArray

from hopfield_edu import binary, dense, experiments, graded, learning, modern, patterns, state_space, thermal

N, M, B, NOISE = 1000, 100, 1000, 0.15
Run = Callable[[], Any]


class Line(NamedTuple):
    """One line of the table: `ratio` against `bar`, which is a limit ("<=") or a goal (">=")."""

    job: str
    against: str
    ours: str
    theirs: str
    ratio: float
    sign: str
    bar: float

    def __str__(self) -> str:
        if np.isnan(self.ratio):
            return f"{self.job:34} {self.against:46} {self.ours:>9} {'not installed':>14}"
        met = self.ratio <= self.bar if self.sign == "<=" else self.ratio >= self.bar
        numbers = f"{self.ours:>9} {self.theirs:>9} {self.ratio:8.2f} {self.sign} {self.bar:<5g}"
        return f"{self.job:34} {self.against:46} {numbers} {'met' if met else 'MISSED'}"


def medians(runs: dict[str, Run], rounds: int) -> dict[str, float]:
    """Seconds of each run. All take turns, each round in another order: what ran before leaves its traces
    in caches and in the allocator."""
    spent: dict[str, list[float]] = {name: [] for name in runs}
    rng = np.random.default_rng(0)
    for run in runs.values():
        run()  # once to warm up
    for _ in range(rounds):
        for name in rng.permutation(list(runs)):
            start = time.process_time()
            runs[name]()
            spent[name].append(time.process_time() - start)
    return {name: float(np.median(seconds)) for name, seconds in spent.items()}


def shown(seconds: float) -> str:
    return f"{seconds * 1e3:.3g} ms" if seconds < 1 else f"{seconds:.3g} s"


def compare(
    job: str, ours: Run, others: dict[str, tuple[Run | None, str, float]], rounds: int, share: float = 1
) -> Iterator[Line]:
    """Lines for one job: each rival with the sign and the value of its bar. Where the bar is a limit the
    ratio says how much slower we are, otherwise how much faster. A rival may run a `share` of the job. We
    take turns with one rival at a time: what a third leaves in the caches is no matter of the two."""
    for name, (run, sign, bar) in others.items():
        seconds = medians({"ours": ours} | ({name: run} if run else {}), rounds)
        mine, theirs = seconds["ours"], seconds.get(name, float("nan")) / (share if sign == ">=" else 1)
        ratio = mine / theirs if sign == "<=" else theirs / mine
        yield Line(job, name, shown(mine), shown(theirs) if run else "", ratio, sign, bar)


def textbook(weights: NDArray[Any], cue: NDArray[Any]) -> NDArray[Any]:
    """The loop of the lecture: the total input of one unit after the other, until none changes."""
    y, moved = cue.astype(float), True
    while moved:
        moved = False
        for i in range(len(y)):
            h = weights[i] @ y
            if h * y[i] < 0:
                y[i], moved = -y[i], True
    return y


def each_state(weights: NDArray[Any]) -> NDArray[Any]:
    """All successors of every state, one state after the other."""
    units = np.arange(len(weights))
    table = np.empty((2 ** len(units), len(units)), np.int32)
    for code in range(len(table)):
        y = 2 * (code >> units & 1) - 1
        table[code] = code ^ ((weights @ y * y < 0) << units)
    return table


def storage(rounds: int) -> Iterator[Line]:
    s = patterns.random(M, N, rng=0)
    double, single = s.astype(float), s.astype(np.float32)
    others = {
        "X.T @ X, double precision": (lambda: double.T @ double, "<=", 1.3),
        "X.T @ X, single precision": (lambda: single.T @ single, "<=", 1.3),
        "hopfieldkit, fit": (peers.kit_store(s), ">=", 50.0),
        "hopfieldnetwork, train_pattern": (peers.network_store(s), ">=", 15.0),
        "hopfieldnetwork, patterns as int8": (peers.network_store(s.astype(np.int8)), ">=", 15.0),
    }
    yield from compare("store 100 patterns of 1000 units", lambda: learning.hebb(s), others, rounds)


def one_cue(rounds: int) -> Iterator[Line]:
    s = patterns.random(M, N, rng=0)
    cue = patterns.flip(s[0], fraction=NOISE, rng=1)
    W = learning.hebb(s)
    net = binary.Network(W, scale=1 / N)
    kit, library, readme = peers.kit_recall(s), peers.network_recall(s), peers.network_recall(s, sweeps=5)
    assert (net.recall(cue).final == textbook(W, cue)).all()
    others = {
        "textbook loop, NumPy": (lambda: textbook(W, cue), ">=", 3.5),
        "hopfieldkit, sequential, to convergence": (kit and (lambda: kit(cue)), ">=", 4.5),
        "hopfieldnetwork, async, 5 iterations": (readme and (lambda: readme(cue)), ">=", 11.0),
        "hopfieldnetwork, async, to convergence": (library and (lambda: library(cue)), ">=", 11.0),
    }
    yield from compare("one cue, in order", lambda: net.recall(cue), others, rounds)
    draws = iter(range(10**9))
    others = {
        "hopfieldnetwork, async, 5 iterations": (readme and (lambda: readme(cue)), ">=", 11.0),
        "hopfieldnetwork, async, to convergence": (library and (lambda: library(cue)), ">=", 11.0),
    }
    yield from compare(
        "one cue, new order each sweep", lambda: net.recall(cue, "random", rng=next(draws)), others, rounds
    )


def many_cues(rounds: int) -> Iterator[Line]:
    s = patterns.random(M, N, rng=0)
    rng = np.random.default_rng(1)
    cues = patterns.flip(s[rng.integers(M, size=B)], fraction=NOISE, rng=rng)
    W = learning.hebb(s)
    net = binary.Network(W, scale=1 / N)
    few, kit = 10, peers.kit_recall(s)
    assert (net.recall(cues).final[:few] == [textbook(W, cue) for cue in cues[:few]]).all()
    double, single = (W, cues.astype(float)), (W.astype(np.float32), cues.astype(np.float32))
    others = {
        "one product Y @ W, double precision": (lambda: double[1] @ double[0], "<=", 4.0),
        "one product Y @ W, single precision": (lambda: single[1] @ single[0], "<=", 4.0),
        f"hopfieldkit, {few} cues one by one, x {B // few}": (
            kit and (lambda: [kit(cue) for cue in cues[:few]]),
            ">=",
            75.0,
        ),
    }
    yield from compare("1000 cues, in order", lambda: net.recall(cues), others, rounds, share=few / B)
    lean = binary.PatternNetwork(s)
    assert (lean.recall(cues).final == net.recall(cues).final).all()
    yield from compare(
        "1000 cues, no weight matrix", lambda: lean.recall(cues), others, rounds, share=few / B
    )


def energy_trace(rounds: int) -> Iterator[Line]:
    s = patterns.random(M, N, rng=0)
    net = binary.Network(learning.hebb(s), scale=1 / N)
    cue = patterns.flip(s[0], fraction=NOISE, rng=1)
    cues = patterns.flip(np.tile(s, (B // M, 1)), fraction=NOISE, rng=1)
    jobs = {
        "one cue and its energies": (lambda: net.recall(cue, record=True).energies, cue),
        "1000 cues, recorded": (lambda: net.recall(cues, record=True), cues),
        "1000 cues, recorded, 10 traces read": (
            lambda: [row.energies for row, _ in zip(net.recall(cues, record=True), range(10), strict=False)],
            cues,
        ),
    }
    for job, (traced, given) in jobs.items():
        others = {"the same without a record": (lambda given=given: net.recall(given), "<=", 1.3)}
        yield from compare(job, traced, others, rounds)


def dense_by_energies(s: NDArray[Any], cue: NDArray[Any], units: range) -> NDArray[Any]:
    """The definition: for every unit the energies of both states, from scratch, with F(x) = x**3."""
    y = cue.astype(float)
    for i in units:
        z = y.copy()
        z[i] = -z[i]
        if -((s @ z) ** 3).sum() < -((s @ y) ** 3).sum():
            y = z
    return y


def dense_by_overlaps(s: NDArray[Any], cue: NDArray[Any], units: range) -> NDArray[Any]:
    """The update formula: the overlaps of the others, computed anew for every unit, and x**3 twice."""
    y = cue.astype(float)
    for i in units:
        r = s @ y - s[:, i] * y[i]
        difference = ((r + s[:, i]) ** 3).sum() - ((r - s[:, i]) ** 3).sum()
        if difference * y[i] < 0:
            y[i] = -y[i]
    return y


def dense_kept(s_by_unit: NDArray[Any], cue: NDArray[Any], x: NDArray[Any], units: range) -> NDArray[Any]:
    """The overlaps x corrected when a unit flips; x**3 of all of them for every unit."""
    y = cue.astype(float)
    for i in units:
        after = x - 2 * y[i] * s_by_unit[i]
        if (after**3).sum() > (x**3).sum():
            x, y[i] = after, -y[i]
    return y


def dense_memory(rounds: int) -> Iterator[Line]:
    """The others run a few units; a recall visits all twice, once to flip, once to see that it rests."""
    s = patterns.random(5 * N, N, rng=0)
    cue = patterns.flip(s[0], fraction=0.2, rng=1)
    net, double, by_unit = dense.Network(s, dense.power(3)), s.astype(float), s.T.astype(float, order="C")
    x = double @ cue
    assert (net.recall(cue).final == s[0]).all()
    for other in (dense_by_energies, dense_by_overlaps):
        y, units = other(double, cue, range(30)), range(30)
        assert (y[:30] == net.recall(cue, max_sweeps=1).final[:30]).all()
        assert (y == dense_kept(by_unit, cue, x, units)).all()
    few = range(5)
    others = {
        "energies from scratch, 5 units, x 400": (lambda: dense_by_energies(double, cue, few), ">=", 400.0),
        "overlaps anew and x**3, 5 units, x 400": (lambda: dense_by_overlaps(double, cue, few), ">=", 140.0),
        "overlaps kept and x**3, 5 units, x 400": (lambda: dense_kept(by_unit, cue, x, few), ">=", 60.0),
    }
    yield from compare(
        "dense memory, 5000 patterns, x**3", lambda: net.recall(cue), others, rounds, share=5 / (2 * N)
    )


def successors(rounds: int) -> Iterator[Line]:
    units = 14
    W = learning.hebb(patterns.random(3, units, rng=0))
    net = binary.Network(W)
    assert (state_space.successors(net) == each_state(W)).all()
    others = {"NumPy, state by state": (lambda: each_state(W), ">=", 100.0)}
    yield from compare("successors of all 2^14 states", lambda: state_space.successors(net), others, rounds)


def graded_states(rounds: int) -> Iterator[Line]:
    units, states, few = 200, 256, 16
    rng = np.random.default_rng(0)
    A = rng.normal(size=(units, units)) / np.sqrt(units)
    net = graded.Network((A + A.T) / 2, gain=graded.tanh(2))
    starts = rng.normal(size=(states, units))
    assert np.abs(net.recall(starts, 5).final[0] - net.recall(starts[0], 5).final).max() < 1e-6
    others = {
        f"one solve per state, {few} of them, x {states // few}": (
            lambda: [net.recall(start, 5) for start in starts[:few]],
            ">=",
            4.0,
        )
    }
    job = "256 graded states of 200 units"
    yield from compare(job, lambda: net.recall(starts, 5), others, rounds, share=few / states)


def modern_step(rounds: int) -> Iterator[Line]:
    rng = np.random.default_rng(0)
    X, Y, beta = rng.normal(size=(10 * N, N)), rng.normal(size=(B, N)), 1 / np.sqrt(N)
    net, attend = modern.Network(X, beta), peers.torch_attention(X, Y, beta)
    weights = net.attention(Y)
    if attend:
        assert np.abs(attend() - net.step(Y)).max() < 1e-12
    others = {
        "Y @ X.T and weights @ X": (lambda: (Y @ X.T, weights @ X), "<=", 1.15),
        "torch, scaled_dot_product_attention": (attend, "<=", 1.0),
    }
    yield from compare("modern step, 10,000 patterns", lambda: net.step(Y), others, rounds)


def noisy_textbook(
    weights: NDArray[Any], state: NDArray[Any], T: float, sweeps: int, rng: np.random.Generator
) -> NDArray[Any]:
    """Glauber's updates as they are defined: a unit becomes +1 with the chance 1 / (1 + exp(-2 h / T))."""
    y = state.astype(float)
    for _ in range(sweeps):
        for i, u in enumerate(rng.random(len(y))):
            y[i] = 1.0 if u < 1 / (1 + np.exp(-2 * (weights[i] @ y) / T)) else -1.0
    return y


def glauber(rounds: int) -> Iterator[Line]:
    """The others run a few of the replicas, one after the other."""
    replicas, few, T, sweeps = 256, 2, 0.5, 10
    s = patterns.random(N // 20, N, rng=0)
    W = learning.hebb(s)
    net, double = thermal.Network(W, scale=1 / N), W.astype(float) / N
    starts = patterns.flip(s[np.arange(replicas) % len(s)], fraction=0.1, rng=1)
    rng = np.random.default_rng(2)
    left = [
        patterns.overlap(net.recall(starts[:few], T, sweeps=sweeps, rng=0).final, s[:few]).diagonal(),
        [noisy_textbook(double, y, T, sweeps, rng) @ s[k] / N for k, y in enumerate(starts[:few])],
    ]
    assert np.abs(np.mean(left[0]) - np.mean(left[1])) < 0.1  # m is about 0.92 here
    others = {
        f"textbook loop, {few} replicas, x {replicas // few}": (
            lambda: [noisy_textbook(double, y, T, sweeps, rng) for y in starts[:few]],
            ">=",
            20.0,
        ),
        f"the same recall, {few} replicas one by one, x {replicas // few}": (
            lambda: [net.recall(y, T, sweeps=sweeps, rng=0) for y in starts[:few]],
            ">=",
            20.0,
        ),
    }
    yield from compare(
        "Glauber, 256 replicas, 10 sweeps",
        lambda: net.recall(starts, T, sweeps=sweeps, rng=0),
        others,
        rounds,
        share=few / replicas,
    )
    alone = {
        f"one by one, {few} replicas, x {replicas // few}": (
            lambda: [net.recall(y, T, "random", sweeps=sweeps, rng=0) for y in starts[:few]],
            ">=",
            10.0,  # every replica has its own order, so no matrix product serves them all
        )
    }
    yield from compare(
        "the same, each in its own random order",
        lambda: net.recall(starts, T, "random", sweeps=sweeps, rng=0),
        alone,
        rounds,
        share=few / replicas,
    )


def capacity_sweep(rounds: int) -> Iterator[Line]:
    """16 loads, at each a set of patterns, its weights and 50 recalls. The other stores all sets, too, but
    runs some of the recalls; the two are timed apart, since only the recalls are multiplied."""
    loads, cues, few = np.linspace(0.05, 0.2, 16), 50, 5
    how: dict[str, Any] = {"wrong": 0.1, "cues": cues, "repeats": 1, "rng": 0, "progress": False}
    runs: dict[str, Run] = {"ours": lambda: experiments.overlap_against_load(loads, N, **how)}
    sets = [patterns.random(round(load * N), N, rng=k) for k, load in enumerate(loads)]
    spoiled = [patterns.flip(s[:few], fraction=0.1, rng=k) for k, s in enumerate(sets)]
    kits = [kit for s in sets if (kit := peers.kit_recall(s))]
    if kits:

        def recall_all() -> list[list[NDArray[Any]]]:
            return [[kit(y) for y in some] for kit, some in zip(kits, spoiled, strict=True)]

        runs |= {"store": lambda: [peers.kit_recall(s) for s in sets], "recall": recall_all}
        m = [np.mean(np.array(ends) * s[:few]) for ends, s in zip(recall_all(), sets, strict=True)]
        assert np.abs(np.array(m) - runs["ours"]().column("overlap"))[:4].max() < 0.02
    seconds = medians(runs, max(rounds // 3, 1))
    whole = seconds.get("store", float("nan")) + seconds.get("recall", float("nan")) * cues / few
    job, against = "16 loads x 50 cues, capacity", f"hopfieldkit, {few} cues each, x {cues // few}"
    ratio = whole / seconds["ours"]
    yield Line(job, against, shown(seconds["ours"]), shown(whole) if kits else "", ratio, ">=", 40.0)


def storkey_by_definition(stored: NDArray[Any]) -> NDArray[Any]:
    """Storkey's rule as it is defined: for every weight the two fields that leave out i and j."""
    units = stored.shape[1]
    W = np.zeros((units, units))
    for s in stored:
        old = W.copy()
        for i in range(units):
            for j in range(i):
                h_ij = old[i] @ s - old[i, i] * s[i] - old[i, j] * s[j]
                h_ji = old[j] @ s - old[j, j] * s[j] - old[j, i] * s[i]
                W[i, j] += (s[i] * s[j] - s[i] * h_ji - h_ij * s[j]) / units
                W[j, i] = W[i, j]
    return W


def storkey(rounds: int) -> Iterator[Line]:
    """The definition runs one of 20 patterns."""
    units, stored = 200, 20
    s = patterns.random(stored, units, rng=0)
    assert np.abs(learning.storkey(s[:2]) - storkey_by_definition(s[:2])).max() < 1e-12
    others = {
        f"definition, weight by weight, 1 pattern, x {stored}": (
            lambda: storkey_by_definition(s[:1].astype(float)),
            ">=",
            50.0,
        )
    }
    job = "Storkey, 20 patterns of 200 units"
    yield from compare(job, lambda: learning.storkey(s), others, rounds, share=1 / stored)


def pseudo_inverse(rounds: int) -> Iterator[Line]:
    s = patterns.random(M, N, rng=0)
    double = s.astype(float)
    W = learning.pseudo_inverse(s, self_connections=True)
    rivals = {
        "pinv(S) @ S": lambda: np.linalg.pinv(double) @ double,
        "S' lstsq(S S', S)": lambda: double.T @ np.linalg.lstsq(double @ double.T, double, rcond=None)[0],
        "S' lstsq(S', 1)": lambda: double.T @ np.linalg.lstsq(double.T, np.eye(N), rcond=None)[0],
    }
    for run in rivals.values():
        assert np.abs(run() - W).max() < 1e-9
    others = {name: (run, "<=", 1.5) for name, run in rivals.items()}
    job = "pseudo-inverse, 100 patterns"
    yield from compare(job, lambda: learning.pseudo_inverse(s, self_connections=True), others, rounds)


def a_number(x: float, rng: np.random.Generator) -> float:
    """What a sweep repeats, to see what the sweep itself needs."""
    return float(x + rng.normal())


def sweep_memory(rounds: int) -> Iterator[Line]:
    """The most memory that Python holds during a sweep, for many repeats and for a few."""
    few, many = 20 * rounds, 400 * rounds
    kept = {}
    for repeats in (few, few, many):  # the first time to warm up
        tracemalloc.start()
        experiments.sweep(a_number, [0.0, 1.0], repeats, rng=0, progress=False)
        kept[repeats] = tracemalloc.get_traced_memory()[1] / 1e3
        tracemalloc.stop()
    numbers = f"{kept[many]:.0f} kB", f"{kept[few]:.0f} kB"
    job, against = f"memory of a sweep, {many} repeats", f"{few} repeats"
    yield Line(job, against, *numbers, kept[many] / kept[few], "<=", 1.1)


def imports(rounds: int) -> Iterator[Line]:
    for statement in ("import hopfield_edu", "from hopfield_edu import binary", "import numpy"):
        code = f"import time; t = time.process_time(); {statement}; print(time.process_time() - t)"
        command = [sys.executable, "-c", code]
        seconds = [
            float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
            for _ in range(rounds)
        ]
        typical = float(np.median(seconds))
        yield Line(statement, "seconds in a new interpreter", shown(typical), "", typical, "<=", 0.3)


def redraws(rounds: int) -> Iterator[Line]:
    """From a move of a control to the new picture, against a bare figure saved as PNG in the same run.

    Moves and values are drawn at random; as in a notebook's kernel, all that one move changes is drawn once.
    """
    from hopfield_edu import explore

    names = [name for name in explore.__all__ if name.islower() and not name.startswith("draw_")]
    made = {f"explore.{name}": getattr(explore, name) for name in names}
    large = patterns.random(8, 1024, rng=0)
    for name in ("painter", "one_pattern", "recall_contest", "beta", "crosstalk", "sharpness"):
        made[f"explore.{name}, 8 own pictures of 32 x 32"] = partial(getattr(explore, name), patterns=large)
    for name, make in made.items():
        ours, again, bare = asyncio.run(redraw_times(make, 8 * rounds))
        for what, seconds, share, bar in (
            ("median", ours, 50, 1.3),
            ("95th percentile", ours, 95, 2),
            ("drawn lately", again, 50, 1.3),
        ):
            late, typical = float(np.percentile(seconds, share)), float(np.median(bare))
            against = f"a bare figure as PNG, {what}"
            yield Line(name, against, shown(late), shown(typical), late / typical, "<=", bar)


def bare_figure() -> None:
    """Axes and one line, 8.6 x 3.2 inches, as PNG: what no explorer can go below by much."""
    figure = Figure(figsize=(8.6, 3.2), dpi=100)
    figure.add_subplot().plot([0, 1], [0, 1])
    figure.savefig(io.BytesIO(), format="png")


async def redraw_times(make: Callable[[], Any], moves: int) -> tuple[list[float], list[float], list[float]]:
    """Seconds of each move to a new picture, of showing it once more, and of a bare figure after each."""
    explorer, rng = make(), np.random.default_rng(0)
    ours: list[float] = []
    again: list[float] = []
    bare: list[float] = []
    if hasattr(explorer, "recall"):
        explorer.recall()  # the painter's time slider has somewhere to go then
    for _ in range(moves):
        explorer._lately.clear()  # every picture is a new one
        start = time.process_time()
        move(explorer, rng)
        explorer.flush()
        ours.append(time.process_time() - start)
        assert explorer.error is None, explorer.error
        start = time.process_time()
        explorer.redraw()
        again.append(time.process_time() - start)
        start = time.process_time()
        bare_figure()
        bare.append(time.process_time() - start)
    return ours, again, bare


def move(explorer: Any, rng: np.random.Generator) -> None:
    """Set one control to another of its values; without controls, draw again."""
    controls = [c for c in explorer.controls.values() if len(values_of(c)) > 1]
    if not controls:
        explorer.refresh()
        return
    control = controls[rng.integers(len(controls))]
    others = [value for value in values_of(control) if value != control.value]
    control.value = others[rng.integers(len(others))]


def values_of(control: Any) -> list[Any]:
    if isinstance(control.value, bool):  # a box to tick
        return [False, True]
    if hasattr(control, "options"):
        options = control.options
        options = options.items() if isinstance(options, dict) else options
        return [option[1] if isinstance(option, tuple) else option for option in options]
    steps = np.arange(control.min, control.max + control.step / 2, control.step)
    return (control.base**steps if hasattr(control, "base") else steps).tolist()  # a logarithmic slider


PARTS = (
    storage,
    one_cue,
    many_cues,
    energy_trace,
    dense_memory,
    successors,
    modern_step,
    graded_states,
    glauber,
    capacity_sweep,
    storkey,
    pseudo_inverse,
    sweep_memory,
    imports,
    redraws,
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rounds", type=int, default=15, help="how often every run is repeated")
    names = [part.__name__ for part in PARTS]
    parser.add_argument("parts", nargs="*", default=names, help=f"some of: {', '.join(names)}")
    arguments = parser.parse_args()
    print(
        f"Python {platform.python_version()}, NumPy {np.__version__}, {platform.machine()}, one BLAS thread"
    )
    print(f"{'job':34} {'against':46} {'ours':>9} {'theirs':>9} {'ratio':>8} {'bar':8} verdict")
    for part in PARTS:
        if part.__name__ in arguments.parts:
            for line in part(arguments.rounds):
                print(line, flush=True)


if __name__ == "__main__":
    main()
