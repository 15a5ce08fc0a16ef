"""The judge: a fresh process with the library as it was installed, in which no answer ever runs.

A submission's cells run in a second process (`worker.py`), in a sandbox where there is one. The judge
asks it for the values that a check needs, and calls the functions that it holds: an answer can answer
questions, and neither see a check nor change it. The job comes as JSON on standard input, the verdicts
leave as JSON on standard output.
"""

import contextlib
import html
import inspect
import json
import queue
import re
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

import numpy as np

from hopfield_edu import __version__, feedback
from hopfield_edu._grade import sandbox, wire
from hopfield_edu._grade.files import copy_beside
from hopfield_edu._grade.worker import limit
from hopfield_edu.feedback import Verdict

TEXT = 20_000  # characters kept of one text in an output
OUTPUTS = 50  # outputs kept of one cell
IMAGE = 2 * 2**20  # characters kept of one picture
CHILDREN = 1000  # of a generator, that one call may have spawned
START_SECONDS = 60  # for the process of a submission to come up, on a busy machine


class Gone(Exception):
    """The process of a submission is no more: dead, or stopped because it was late."""

    def __init__(self, late: bool) -> None:
        self.late = late


class Worker:
    """The process that runs a submission's cells."""

    def __init__(self, desk: Path, sandboxed: bool) -> None:
        self.process = sandbox.start(desk, sandboxed)
        self.replies: queue.Queue[Any] = queue.Queue()
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        self._reply(START_SECONDS)

    def _listen(self) -> None:
        with contextlib.suppress(EOFError, ValueError, OSError):
            while True:
                self.replies.put(wire.receive(self.process.stdout))
        self.replies.put(None)

    def ask(self, order: tuple[Any, ...], seconds: float) -> Any:
        """Give an order, wait for the reply; :class:`Gone` when none comes."""
        try:
            wire.send(self.process.stdin, order)
        except OSError:
            self.stop()
            raise Gone(late=False) from None
        return self._reply(seconds)

    def _reply(self, seconds: float) -> Any:
        try:
            reply = self.replies.get(timeout=max(seconds, 0.01))
        except queue.Empty:
            self.stop()
            raise Gone(late=True) from None
        if reply is None:
            self.stop()
            raise Gone(late=False)
        return reply

    def stop(self) -> None:
        """End the process."""
        self.process.kill()
        self.process.wait()
        self._listener.join(timeout=5)  # nothing more comes, unless something else holds the pipe
        with contextlib.suppress(OSError):
            self.process.stdin.close()
        if not self._listener.is_alive():
            self.process.stdout.close()


class Answer:
    """A function of the submission's: a call is a question to the process that holds it."""

    def __init__(self, worker: Worker, name: str, number: int, parameters: Any, seconds: float) -> None:
        self._worker, self._number = worker, number
        self._until, self._seconds = None, seconds
        self.gone: Gone | None = None
        self.calls = 0
        self.__name__ = name
        if parameters is not None:
            self.__signature__ = _signature(parameters)

    def __call__(self, *args: Any) -> Any:
        if self.gone is not None:
            raise RuntimeError("the kernel has died")
        now = time.monotonic()
        self._until = self._until or now + self._seconds  # for all calls of a check together
        try:
            status, *rest = self._worker.ask(("call", self._number, args), self._until - now)
            if status == "raised":
                name, text = (str(part) for part in rest)
                raise type(name[:50], (Exception,), {})(text)
            value, after = wire.decode(rest[0]), rest[1]
        except (Gone, ValueError) as error:
            self.gone = error if isinstance(error, Gone) else Gone(late=False)
            raise RuntimeError("the kernel has died") from None
        self.calls += 1
        for argument, new in zip(args, after, strict=True):
            _restore(argument, new)
        return value


def _signature(parameters: list[tuple[str, int, bool]]) -> inspect.Signature | None:
    try:
        kinds = [inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD]
        kinds += [inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.KEYWORD_ONLY]
        kinds += [inspect.Parameter.VAR_KEYWORD]
        return inspect.Signature(
            inspect.Parameter(name, kinds[kind], default=None if optional else inspect.Parameter.empty)
            for name, kind, optional in parameters
        )
    except (ValueError, TypeError, IndexError):
        return None


def _restore(argument: Any, message: Any) -> None:
    """Do to an argument what the call did to its copy."""
    if message is None:
        return
    after = wire.decode(message)
    if isinstance(argument, np.random.Generator):
        argument.bit_generator.state, children = after
        seeds = argument.bit_generator.seed_seq
        seeds.spawn(min(max(children - seeds.n_children_spawned, 0), CHILDREN))
    elif isinstance(argument, np.ndarray) and np.shape(after) == argument.shape:
        argument[...] = after
    elif isinstance(argument, list) and isinstance(after, list):
        argument[:] = after
    elif isinstance(argument, (dict, set)) and isinstance(after, type(argument)):
        argument.clear()
        argument.update(after)


class Run:
    """One submission, from its first cell to its last."""

    def __init__(self, job: dict[str, Any], desk: Path) -> None:
        self.desk, self.sandboxed = desk, job["sandboxed"]
        self.seed, self.seconds = job["seed"], job["seconds"]
        self.done: list[str] = []  # sources that ran, for a new process after one that has died
        self.worker: Worker | None = None

    def alive(self) -> Worker:
        """The process, started anew where the last one is gone, with all cells run again but the culprit."""
        if self.worker is None:
            self.worker = Worker(self.desk, self.sandboxed)
            for source in self.done:
                self.worker.ask(("run", source), 3 * self.seconds)  # they came through before
        return self.worker

    def cell(self, source: str) -> list[dict[str, Any]]:
        """Run a cell; its outputs, among them an error where it failed, hung or took the process with it."""
        try:
            outputs = self.alive().ask(("run", source), self.seconds)
            self.done.append(source)
            return clean(outputs)
        except Gone as gone:
            self.worker = None
            if gone.late:
                text = f"This cell was stopped after {self.seconds:g} seconds, and left out."
                return [_error("CellTimeoutError", text)]
            return [_error("DeadKernelError", "The kernel died in this cell, which was left out.")]

    def check(self, name: str, arguments: list[str]) -> Verdict:
        """Ask a check about the values of some names."""
        try:
            worker = self.alive()
            answers = [self._value(worker, argument) for argument in arguments]
        except (Gone, ValueError, KeyError) as error:
            if isinstance(error, Gone):
                self.worker = None
            text = str(error.args[0]) if isinstance(error, KeyError) else "The answer could not be read."
            return Verdict(name, "not yet", text, "no answer")
        verdict = getattr(feedback, name)(*answers, seed=self.seed)
        for answer in answers:
            if isinstance(answer, Answer) and answer.gone:
                self.worker = None
                return _given_up(name, answer)
        return verdict

    def _value(self, worker: Worker, name: str) -> Any:
        kind, *rest = worker.ask(("get", name), self.seconds)
        if kind == "missing":
            raise KeyError(f"There is no `{name}`: the cell that makes it failed, or is not there.")
        if kind == "function":
            return Answer(worker, name, rest[0], rest[1], self.seconds)
        return wire.decode(rest[0])


def _given_up(name: str, answer: Answer) -> Verdict:
    if not answer.gone.late:
        text = "The kernel died while your function was running."
        return Verdict(name, "not yet", text, "kernel died")
    text = f"Your function was stopped after {answer._seconds:g} seconds"
    if answer.calls:
        return Verdict(name, "not yet", f"{text}, for all inputs together.", "too slow")
    return Verdict(name, "not yet", f"{text}, in the first call.", "never ends")


def _error(name: str, text: str) -> dict[str, Any]:
    return {"output_type": "error", "ename": name, "evalue": text, "traceback": [f"{name}: {text}"]}


def clean(outputs: Any) -> list[dict[str, Any]]:
    """Outputs that are safe to show in a page: text and pictures made of dots, no HTML and no drawing.

    They come from the submission's process, so that anything may stand in them.
    """
    kept = []
    for output in outputs[:OUTPUTS] if isinstance(outputs, list) else []:
        text = {k: str(v)[:TEXT] for k, v in output.items()} if isinstance(output, dict) else {}
        kind = text.get("output_type")
        if kind == "stream":
            name = "stderr" if text.get("name") == "stderr" else "stdout"
            kept.append({"output_type": kind, "name": name, "text": text.get("text", "")})
        elif kind == "error":
            new = {"ename": text.get("ename", ""), "evalue": text.get("evalue", "")}
            kept.append({"output_type": kind, **new, "traceback": [text.get("trace", "")]})
        elif kind == "display_data" and isinstance(output.get("data"), dict):
            kept.append({"output_type": kind, "data": _pictures(output["data"]), "metadata": {}})
    return kept


def _pictures(data: dict[Any, Any]) -> dict[str, str]:
    """The text and the pictures of an output, and an <img> of ours with the text as its alt."""
    kept = {"text/plain": str(data.get("text/plain", ""))[:TEXT]}
    alt = html.escape(kept["text/plain"] or "A picture without a description.")
    for kind in ("image/png", "image/jpeg"):
        picture = data.get(kind)
        if isinstance(picture, str) and len(picture) <= IMAGE and re.fullmatch(r"[A-Za-z0-9+/=\s]*", picture):
            kept[kind] = picture
            source = f"data:{kind};base64,{''.join(picture.split())}"
            kept["text/html"] = f'<img alt="{alt}" style="max-width: 100%" src="{source}">'
    return kept


def judged(verdict: Verdict, untouched: bool) -> dict[str, Any]:
    """A verdict as the report keeps it; an answer that nobody has touched was not attempted."""
    if untouched and not verdict.correct:
        verdict = Verdict(verdict.exercise, "not attempted", "The answer is as it was handed out.")
    return {
        "check": verdict.exercise,
        "status": verdict.status,
        "mistake": verdict.mistake,
        "html": verdict._repr_html_(),
        "text": repr(verdict),
    }


def decide(job: dict[str, Any]) -> dict[str, Any]:
    """Run a submission's cells in order, and ask each check where it stands."""
    outputs, verdicts = {}, {}
    if job.get("checks"):  # the instructor's own, whole
        feedback.load(job["checks"])
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        desk = Path(folder)
        copy_beside(Path(job["folder"]), desk)
        run = Run(job, desk)
        for step in job["steps"]:
            if step["check"] is None:
                outputs[step["id"]] = run.cell(step["source"])
            else:
                verdict = run.check(step["check"], step["arguments"])
                verdicts[step["id"]] = judged(verdict, step["untouched"])
        if run.worker is not None:
            run.worker.stop()
    return {"version": __version__, "outputs": outputs, "verdicts": verdicts}


def trial(sandboxed: bool) -> bool:
    """Whether the process of a submission comes up and computes."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            worker = Worker(Path(folder), sandboxed)
            worker.ask(("run", "import numpy as np; answer = int(np.arange(4).sum())"), START_SECONDS)
            right = worker.ask(("get", "answer"), START_SECONDS) == ("value", ("plain", 6))
            worker.stop()
            return right
        except (Gone, OSError, subprocess.SubprocessError):
            return False


def main() -> None:
    """Read a job, write the verdicts."""
    limit(8 * 2**30)
    job = json.load(sys.stdin)
    verdicts = sys.stdout
    sys.stdout = sys.stderr
    json.dump(decide(job), verdicts)


if __name__ == "__main__":
    main()
