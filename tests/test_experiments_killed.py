"""Sweeps whose processes are killed at random moments: nothing finished is lost, and no bit is changed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest

from hopfield_edu import experiments

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name != "posix", reason="needs SIGKILL"),
]

LOOP = """
import os, random, signal, sys, time
import numpy as np
from hopfield_edu import experiments

store, kills = sys.argv[1], int(sys.argv[2])
points, chance = experiments.grid(N=[3, 5, 8], shift=[0.0, 1.0]), random.Random(0)

def measured(N, shift, rng):
    time.sleep(0.002)
    x = rng.normal(size=N)
    return {"mean": x.mean() + shift, "above": (x > shift).mean()}

def run(executor=None, store=None):
    return experiments.sweep(measured, points, 30, 7, executor, store, block=2, progress=False)

def bits(found):
    return {key: [found.column(key).tobytes(), found.errors(key).tobytes()] for key in found.keys}

whole, done, resumed = bits(run()), 0, 0
while done < kills or resumed <= kills * 0.6:  # a slow machine is killed before its first line more often
    executor = chance.choice([None, 2])
    child = os.fork()
    if child == 0:
        run(executor, store)
        os._exit(0)
    time.sleep(chance.uniform(0, 0.3))
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        done, resumed = done + 1, resumed + (os.path.exists(store) and os.path.getsize(store) > 0)
    else:  # it was faster: all must be there, and the next begins anew
        assert status == 0 and bits(run(store=store)) == whole and bits(experiments.read(store)) == whole
        os.remove(store)
assert bits(run(store=store)) == whole
assert bits(experiments.read(store)) == whole
print(done, resumed)
"""


def test_fifty_kills_at_random_moments_change_no_bit(tmp_path: Path) -> None:
    command = [sys.executable, "-c", LOOP, str(tmp_path / "runs.jsonl"), "50"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=3600)
    assert done.returncode == 0, done.stderr
    kills, with_something_there = map(int, done.stdout.split())
    assert kills >= 50 and with_something_there > 30


LOCKED = """
import os, signal, sys
from tqdm import tqdm
from hopfield_edu import experiments

lock, (told, tell) = tqdm.get_lock(), os.pipe()
child = os.fork()
if child == 0:
    lock.acquire()
    os.write(tell, b"held")
    signal.pause()
os.read(told, 4)
os.kill(child, signal.SIGKILL)
os.waitpid(child, 0)
for progress in (False, True):
    found = experiments.sweep(lambda x, rng: x, [1.0, 2.0], 3, 0, progress=progress)
print(*found.mean)
"""


def test_a_fork_that_was_killed_while_it_drew_a_bar_stops_nobody() -> None:
    done = subprocess.run([sys.executable, "-c", LOCKED], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0 and done.stdout.split() == ["1.0", "2.0"], done.stderr


STOPPED = """
import sys, time
from hopfield_edu import experiments

def measured(load, rng):
    time.sleep(0.02)
    return load + rng.random()

if __name__ == "__main__":
    executor = int(sys.argv[2]) or None
    found = experiments.sweep(measured, [0.0, 1.0, 2.0], 40, 3, executor, sys.argv[1], block=2)
    print(*found.mean, *found.error)
"""


@pytest.mark.parametrize("processes", ["0", "2"])
def test_control_c_keeps_what_is_finished(tmp_path: Path, processes: str) -> None:
    script, store = tmp_path / "script.py", tmp_path / "runs.jsonl"
    script.write_text(STOPPED)
    command = [sys.executable, str(script), str(store), processes]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    run = subprocess.Popen(command, **pipes, start_new_session=True)
    wait_for(lambda: store.exists() and store.read_bytes().count(b"\n") > 8)
    os.killpg(run.pid, signal.SIGINT)  # what a terminal sends: to the workers, too
    out, error = run.communicate(timeout=60)
    assert run.returncode != 0 and out == ""
    assert "KeyboardInterrupt" in error and "points are finished, and kept in" in error
    assert "Process" not in error  # no worker complains
    kept = store.read_bytes()
    assert 8 < kept.count(b"\n") < 61
    resumed = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert store.read_bytes().startswith(kept)
    store.unlink()
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == resumed.stdout


def test_workers_end_with_a_parent_that_was_killed(tmp_path: Path) -> None:
    script, store = tmp_path / "script.py", tmp_path / "runs.jsonl"
    script.write_text(
        STOPPED.replace("return load", "open(sys.argv[1] + str(os.getpid()), 'w'); return load").replace(
            "import sys", "import os, sys"
        )
    )
    run = subprocess.Popen([sys.executable, str(script), str(store), "2"], stderr=subprocess.DEVNULL)
    wait_for(lambda: len(list(tmp_path.glob("runs.jsonl?*"))) == 2)
    workers = [int(path.name.removeprefix("runs.jsonl")) for path in tmp_path.glob("runs.jsonl?*")]
    run.kill()
    run.wait()
    wait_for(lambda: not any(map(runs, workers)))


def runs(process: int) -> bool:
    """Whether a process is there, and no zombie."""
    try:
        os.kill(process, 0)
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (ProcessLookupError, FileNotFoundError):
        return False


def wait_for(happened, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_a_dask_worker_killed_in_the_middle_loses_nothing(tmp_path: Path) -> None:
    distributed = pytest.importorskip("distributed")
    store, points = tmp_path / "runs.jsonl", [0.0, 1.0, 2.0]

    def measured(load, rng):
        time.sleep(0.02)
        return {"load": load + rng.random()}

    here = experiments.sweep(measured, points, 40, 3, block=2)
    killed: list[int] = []
    local = {"n_workers": 2, "threads_per_worker": 1, "processes": True, "dashboard_address": None}
    with distributed.LocalCluster(**local) as cluster, distributed.Client(cluster) as client:

        def kill_one() -> None:
            wait_for(lambda: store.exists() and store.read_bytes().count(b"\n") > 8)
            killed.append(next(iter(client.run(os.getpid).values())))
            os.kill(killed[0], signal.SIGKILL)

        killer = threading.Thread(target=kill_one)
        killer.start()
        there = experiments.sweep(measured, points, 40, 3, client.get_executor(), store, block=2)
        killer.join()
        workers = set(client.run(os.getpid).values())
    assert len(killed) == 1 and killed[0] not in workers
    for key in here.keys:
        assert (here.column(key) == there.column(key)).all() and (here.errors(key) == there.errors(key)).all()
    pieces = [json.loads(line) for line in store.read_text().splitlines()[1:]]
    assert sorted((p["point"], p["block"]) for p in pieces) == [(k, b) for k in range(3) for b in range(20)]
    assert np.array_equal(experiments.read(store).column("load"), here.column("load"))
