"""Running a learner's function: on copies, within a time limit, with its output kept back."""

from __future__ import annotations

import ast
import contextlib
import copy
import dis
import functools
import inspect
import io
import itertools
import linecache
import os
import re
import sys
import sysconfig
import textwrap
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from hopfield_edu._values import same

SECONDS = 4.0  # of computing in the learner's function, for all calls of one check together


class TooSlow(BaseException):
    """The time limit; no Exception, so that `except Exception` in an answer does not swallow it."""

    def __init__(self, done: int) -> None:
        self.done = done  # calls that came to an end before

    def told(self) -> tuple[str, str]:
        """Name and words: a function that has answered before is slow rather than endless."""
        limit = f"Your function was stopped: {SECONDS:g} seconds are the limit for all inputs together. "
        if self.done:
            text = f"It came through {self.done} of them, all small, so it may end, but it is too slow. "
            text += "What does it do more often than needed? Can it compute what it simulates?"
            return "too slow", limit + text
        text = "It did not even come through the first one, which is small. Is there a loop whose condition "
        text += "never becomes false? Or one that is run very often, as in a simulation?"
        return "never ends", limit + text


class Raised(Exception):
    """An error inside the learner's function."""

    def __init__(self, error: BaseException, line: str) -> None:
        self.kind = type(error).__name__
        self.text = re.sub(r"0x[0-9a-fA-F]+", "0x…", str(error))
        self.line = line

    def __str__(self) -> str:
        return f"{self.kind}: {self.text}".rstrip(": ")


class Clock:
    """The time that a learner's calls may take together, in seconds or in steps.

    Reading a clock costs more than a step of Python, so that it is read about every hundredth of a
    second and not at every step. The steps inside NumPy, SciPy and Python's own modules do not count.
    """

    def __init__(self, seconds: float, steps: int | None = None) -> None:
        self.seconds, self.steps = seconds, steps
        self.done = 0  # calls that have come to their end
        self.spent = self.waited = 0.0  # in the learner's calls alone, not in what the check does between

    def start(self) -> Callable[..., Any]:
        """A trace function for one call, which raises TooSlow when the time is over."""
        self._cpu, self._wall = time.process_time(), time.perf_counter()
        read, stride = self._wall, 1 if self.steps is None else 100
        wait = (
            stride if self.steps else 1
        )  # a step costs little if it is only counted: this is the part that runs millions of times

        def step(frame: Any, event: str, arg: Any) -> Any:
            nonlocal wait
            wait -= 1
            if wait <= 0:
                look()
            return step

        def enter(frame: Any, event: str, arg: Any) -> Any:
            step(frame, event, arg)
            if _of_a_library(frame.f_code.co_filename):
                return None
            if _spins(frame.f_code):
                frame.f_trace_opcodes = True  # such a loop has no line events
            return step

        self._counted = lambda: stride - max(wait, 0)

        def look() -> None:
            nonlocal wait, stride, read
            now = time.perf_counter()
            if self.steps is None:
                stride = min(2 * stride, 1000) if now - read < 0.01 else max(stride // 4, 1)
            read, wait = now, stride
            self._look(now, stride)

        return enter

    def _look(self, now: float, stride: int) -> None:
        if self.steps is not None:  # a limit that is the same on every machine
            self.steps -= stride
            over = self.steps < 0
        else:
            spent = self.spent + time.process_time() - self._cpu
            over = spent > self.seconds or self.waited + now - self._wall > 10 * self.seconds
        if over:
            raise TooSlow(self.done)

    def stop(self) -> None:
        """A call has come to its end."""
        self.spent += time.process_time() - self._cpu
        self.waited += time.perf_counter() - self._wall
        if self.steps is not None:
            self.steps -= self._counted() + 100  # what a call costs at least
        self.done += 1


@functools.cache
def _of_a_library(filename: str) -> bool:
    """Whether a file belongs to Python or to an installed package, this course excepted."""
    path = os.path.abspath(filename)
    return path.startswith(_LIBRARIES) and not path.startswith(_COURSE)


_LIBRARIES = tuple({os.path.join(p, "") for k, p in sysconfig.get_paths().items() if "lib" in k})
_COURSE = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "")


@functools.cache
def _spins(code: Any) -> bool:
    """Whether a function holds a loop of a single instruction, such as `while True: pass`."""
    pairs = itertools.pairwise(dis.get_instructions(code))
    return any(
        "JUMP" in step.opname and step.argval in (before.offset, step.offset) for before, step in pairs
    )


class Probe:
    """A learner's function, called on copies and watched.

    Output is kept back and warnings are silenced: nbgrader counts a warning in a grade cell as a
    failure. The time limit is a trace function, which needs neither signals nor threads and so works
    on every system and in the browser. It cannot stop a single long call into compiled code.

    With a limit in `steps` only the results are of interest: the caller sees to the quiet.
    """

    def __init__(
        self,
        function: Callable[..., Any],
        names: Sequence[str],
        watch: bool = True,
        steps: int | None = None,
    ):
        self.function, self.names, self.watch = function, names, watch
        self.changed: set[str] = set()
        self.printed = False
        self.last: Any = None
        self._clock = Clock(SECONDS, steps)

    @property
    def steps(self) -> int:
        """How many are left, where they are limited."""
        return max(self._clock.steps or 0, 0)

    @property
    def seconds(self) -> float:
        """What all calls so far have taken."""
        return self._clock.spent

    def __call__(self, *args: Any) -> Any:
        given = tuple(copied(value) for value in args)
        if not self.watch:
            try:
                self.last = self.function(*given)
            except Exception as error:
                raise Raised(error, "") from None
            return self.last
        if self._clock.steps is not None:  # one of many tries, in the quiet: see below
            self.last = self._timed(given)
            return self.last
        with quiet() as out:
            value = self._timed(given)
            if inspect.iscoroutine(value):
                value.close()
        self.printed |= bool(out.getvalue())
        for name, before, after in zip(self.names, args, given, strict=False):
            if not _is_rng(before) and not same(before, after):
                self.changed.add(name)
        with contextlib.suppress(Exception):  # what cannot be copied is taken as it is
            value = copy.deepcopy(value)
        self.last = value
        return value

    def _timed(self, args: tuple[Any, ...]) -> Any:
        before = sys.gettrace()
        try:
            sys.settrace(self._clock.start())
            return self.function(*args)
        except (KeyboardInterrupt, TooSlow):
            raise
        except BaseException as error:  # SystemExit and the like come from the answer, too
            sys.settrace(before)
            raise Raised(error, _where(error, self.function)) from None
        finally:
            sys.settrace(before)
            self._clock.stop()


@contextlib.contextmanager
def quiet() -> Iterator[io.StringIO]:
    """Output is kept back, warnings are silenced."""
    out = io.StringIO()
    with (
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(out),
        warnings.catch_warnings(),
        np.errstate(all="ignore"),
    ):
        warnings.simplefilter("ignore")
        yield out


def copied(value: Any) -> Any:
    """A deep copy; a generator is passed on as it is, since drawing from it is what it is for."""
    if isinstance(value, np.ndarray):
        return value.copy()
    return value if isinstance(value, (int, str)) or _is_rng(value) else copy.deepcopy(value)


def _is_rng(value: Any) -> bool:
    return isinstance(value, np.random.Generator)


def _where(error: BaseException, function: Callable[..., Any]) -> str:
    """The line of the learner's own code in which an error arose, as text."""
    code = getattr(inspect.unwrap(function), "__code__", None)
    found = ""
    trace = error.__traceback__
    while trace is not None:
        name, number = trace.tb_frame.f_code.co_filename, trace.tb_lineno
        if code is not None and name == code.co_filename:
            found = f"line {number}: {linecache.getline(name, number).strip()}".rstrip(": ")
        trace = trace.tb_next
    return found


_WORK = ("BINARY", "CALL", "COMPARE", "CONTAINS", "FOR_ITER", "GET_", "IS_OP", "LOAD_ATTR")
_WORK += ("LOAD_GLOBAL", "LOAD_NAME", "STORE_SUBSCR", "UNARY", "BUILD_", "YIELD")


def untouched(function: Callable[..., Any], stub: Callable[..., Any] | None = None) -> bool:
    """Whether a function computes nothing, or reads like the stub that the exercise was released with."""
    if getattr(function, "__code__", None) is None:
        return False
    if stub is not None and _body(function) == _body(stub):
        return True
    return not any(step.opname.startswith(_WORK) for step in dis.get_instructions(function))


def _body(function: Callable[..., Any]) -> str:
    """The statements of a function without comments and layout; what its bytecode is, differs by context."""
    try:
        (tree,) = ast.parse(textwrap.dedent(inspect.getsource(function))).body
        return ast.dump(ast.Module(tree.body, []))
    except (OSError, TypeError, SyntaxError, ValueError, AttributeError):
        return f"no source of {function!r}"
