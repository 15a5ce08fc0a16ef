"""Where the pieces of a sweep are done: here, in other processes, or on a cluster."""

from __future__ import annotations

import os
import pickle
import queue
import signal
import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from contextlib import suppress
from numbers import Integral
from typing import Any

from hopfield_edu import _check
from hopfield_edu.experiments._pieces import Piece, Task

AHEAD = 4096  # tasks handed over at a time, so that a long list of points does not fill the memory
MOST_PROCESSES = 1024
PATIENCE = 3  # pools in a row that may break before anything is finished

Keep = Callable[[Piece], None]


def do(tasks: Iterable[Task], executor: Executor | int | None, keep: Keep) -> None:
    """Do all tasks and `keep` each piece as soon as it is finished, in whatever order that happens."""
    if executor is None:
        for task in tasks:
            keep(task.run())
    elif isinstance(executor, int):
        _in_processes(list(tasks), executor, keep)
    else:
        _spread(executor, tasks, keep)


def checked(executor: Any) -> Executor | int | None:
    """`executor` as an Executor, a number of processes, or None; a dask Client gives its own."""
    if executor is None:
        return None
    if isinstance(executor, Integral):
        return _check.count(executor, "executor (the number of processes)", low=1, high=MOST_PROCESSES)
    if hasattr(executor, "get_executor") and not isinstance(executor, type):  # dask.distributed.Client
        executor = executor.get_executor()
    wanted = "an Executor of concurrent.futures, a number of processes or None"
    return _check.instance(executor, "executor", Executor, wanted)


def _spread(executor: Executor, tasks: Iterable[Task], keep: Keep) -> None:
    """Hand tasks over, and keep what comes back; whatever goes wrong, what is finished is kept."""
    done: queue.SimpleQueue[Future[Piece]] = queue.SimpleQueue()
    running: set[Future[Piece]] = set()
    tasks, more = iter(tasks), True
    try:
        while more or running:
            while more and len(running) < AHEAD:
                task = next(tasks, None)
                if task is None:
                    more = False
                else:
                    future = executor.submit(Task.run, task)
                    running.add(future)
                    future.add_done_callback(done.put)
            if running:
                future = _next(done)
                keep(future.result())
                running.discard(future)
    except BaseException:
        _keep_finished(running, keep)
        raise


def _next(done: queue.SimpleQueue[Any]) -> Any:
    """The next that is done. Short waits, for on Windows Control-C does not end a long one."""
    while True:
        with suppress(queue.Empty):
            return done.get(timeout=0.5)


def _keep_finished(running: Iterable[Future[Piece]], keep: Keep) -> None:
    for future in running:
        if not future.cancel() and future.done() and not future.cancelled() and not future.exception():
            keep(future.result())


# ------------------------------------------------------------------ processes of our own


def _in_processes(tasks: list[Task], processes: int, keep: Keep) -> None:
    """Tasks in a pool of our own; if a worker is killed, the rest goes to a new pool."""
    _check_travels(tasks)
    left, patience = {(task.point, task.block): task for task in tasks}, PATIENCE

    def keep_and_note(piece: Piece) -> None:
        keep(piece)
        del left[piece.point, piece.block]

    while left:
        before = len(left)
        pool = ProcessPoolExecutor(min(processes, before), initializer=_work_for, initargs=(os.getpid(),))
        try:
            _spread(pool, list(left.values()), keep_and_note)
        except BrokenExecutor:
            patience = patience - 1 if len(left) == before else PATIENCE
            if not patience:
                raise
        except BaseException:
            _stop(pool)
            raise
        finally:
            pool.shutdown(cancel_futures=True)


def _check_travels(tasks: list[Task]) -> None:
    """Refuse what could not be sent to another process, in words."""
    try:
        pickle.dumps(tasks[0].function if tasks else None)
    except Exception:
        shown = _check.shown(tasks[0].function)
        hint = "define it in a module, or leave executor out"
        raise TypeError(f"function is {shown}, which cannot be sent to another process; {hint}") from None


def _stop(pool: ProcessPoolExecutor) -> None:
    """After Control-C: do not wait for what is still running."""
    for worker in list((getattr(pool, "_processes", None) or {}).values()):
        worker.kill()


def _work_for(parent: int) -> None:
    """In a worker: leave Control-C to the parent, and end when it has been killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if os.name == "posix":
        threading.Thread(target=_watch, args=(os.getppid(), parent), daemon=True).start()


def _watch(started_by: int, parent: int) -> None:
    """Whoever started this process: once that one is gone, nobody wants what is done here."""
    while os.getppid() == started_by and _lives(parent):
        time.sleep(0.5)
    os._exit(1)


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
