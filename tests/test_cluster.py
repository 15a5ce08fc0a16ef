"""CLUSTER.md: its Python runs as it stands, with a LocalCluster where a SLURMCluster would be."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from hopfield_edu import experiments
from hopfield_edu.experiments.__main__ import parser

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "CLUSTER.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)

# The arguments of SLURMCluster, dask-jobqueue 0.9, that the page uses or names.
STAND_IN = """
from distributed import LocalCluster

class SLURMCluster(LocalCluster):
    def __init__(
        self, *, job_name, cores, processes, memory, walltime, job_script_prologue, worker_extra_args,
        log_directory, queue=None, account=None, job_extra_directives=(),
    ):
        assert cores == processes  # one thread in each
        here = {"processes": PROCESSES, "dashboard_address": None}
        super().__init__(n_workers=1, threads_per_worker=1, **here)

    def adapt(self, *, minimum_jobs, maximum_jobs):
        return super().adapt(minimum=minimum_jobs, maximum=2)
"""


def block(holding: str) -> str:
    (code,) = [code for code in BLOCKS if holding in code]
    return code


def sweep_script() -> str:
    """The script of the page, with smaller numbers."""
    code = block("SLURMCluster(")
    for there, here in {"[1000, 2000, 4000]": "[50, 80]", "REPEATS = 640": "REPEATS = 6"}.items():
        assert code.count(there) == 1
        code = code.replace(there, here)
    return code


def same_here(folder: Path) -> bool:
    """Whether the table in the folder is what the sweep gives without a cluster."""
    own: dict[str, object] = {"__name__": "own"}
    exec(
        sweep_script().partition("if __name__")[0].replace("from dask_jobqueue import SLURMCluster", ""), own
    )
    here = experiments.sweep(own["kept"], own["POINTS"], 6, rng=0, progress=False)  # type: ignore[arg-type]
    there = experiments.read(folder / "kept.csv")
    return there.column("overlap").tobytes() == here.column("overlap").tobytes()


def test_the_script_for_many_nodes_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed")
    stand_in = ModuleType("dask_jobqueue")
    exec(STAND_IN.replace("PROCESSES", "False"), stand_in.__dict__)
    monkeypatch.setitem(sys.modules, "dask_jobqueue", stand_in)
    monkeypatch.chdir(tmp_path)
    exec(sweep_script(), {"__name__": "__main__"})
    assert same_here(tmp_path) and (tmp_path / "kept.png").stat().st_size > 1000
    exec(block("experiments.read("), {})


def run(folder: Path, name: str, code: str) -> str:
    """What a script of its own prints."""
    (folder / name).write_text(code, encoding="utf-8")
    paths = os.pathsep.join([str(folder), str(ROOT)])
    there = {**os.environ, "PYTHONPATH": paths, "MPLBACKEND": "agg"}
    command = [sys.executable, name]
    done = subprocess.run(command, cwd=folder, env=there, capture_output=True, text=True, timeout=240)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.slow
def test_the_script_goes_on_where_it_stopped(tmp_path: Path) -> None:
    pytest.importorskip("distributed")
    (tmp_path / "dask_jobqueue.py").write_text(STAND_IN.replace("PROCESSES", "True"), encoding="utf-8")
    store, table = tmp_path / "kept.jsonl", tmp_path / "kept.csv"
    run(tmp_path, "sweep.py", sweep_script())
    assert same_here(tmp_path)
    whole, first = store.read_bytes().splitlines(keepends=True), table.read_text(encoding="utf-8")

    kept = b"".join(whole[: len(whole) // 2])
    store.write_bytes(kept + whole[-1][:20])  # as a time limit may leave it
    run(tmp_path, "sweep.py", sweep_script())
    assert store.read_bytes().startswith(kept)
    assert sorted(store.read_bytes().splitlines(keepends=True)) == sorted(whole)
    assert table.read_text(encoding="utf-8") == first
    assert run(tmp_path, "reading.py", block("experiments.read(")).strip() == first.strip()


def test_the_other_python_of_the_page_runs(tmp_path: Path) -> None:
    assert len(BLOCKS) == 3
    code = block("ProcessPoolExecutor")
    assert run(tmp_path, "executor.py", code).strip() == code.rsplit("# ", 1)[1].strip() == "True"


def test_the_command_for_one_node_is_understood() -> None:
    (said,) = re.findall(r"^python -m hopfield_edu\.experiments ((?:.*\\\n)*.*)$", PAGE, re.MULTILINE)
    words = said.replace("\\\n", " ").replace('"$SLURM_CPUS_PER_TASK"', "2").split()
    asked = parser().parse_args(words)
    assert (asked.name, asked.processes, asked.N) == ("overlap_against_load", 2, [1000, 2000, 4000])


def test_the_arguments_are_those_of_dask_jobqueue() -> None:
    """Where it is installed: it needs no SLURM to write the script of a job."""
    jobqueue = pytest.importorskip("dask_jobqueue")
    (call,) = re.findall(r"SLURMCluster\((.*?)\n    \)", block("SLURMCluster("), re.DOTALL)
    how = eval(f"dict({call})", {})
    how |= {"log_directory": None, "scheduler_options": {"dashboard_address": None}}
    how |= {"queue": "short", "account": "ours", "job_extra_directives": ["--qos=low"]}  # as the page says
    with jobqueue.SLURMCluster(**how) as cluster:
        script = cluster.job_script()
        cluster.adapt(minimum_jobs=0, maximum_jobs=20)
    for words in ("-J kept", "-p short", "-A ours", "-t 04:00:00", "--qos=low"):
        assert f"#SBATCH {words}" in script
    for words in (
        "--nthreads 1",
        "--nworkers 8",
        "--lifetime 3h45m --lifetime-stagger 10m",
        "OMP_NUM_THREADS=1",
    ):
        assert words in script
