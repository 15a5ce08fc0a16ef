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
    """The seconds that a learner's calls may take together.

    Reading a clock costs more than a step of Python, so that it is read about every hundredth of a
    second and not at every step. The steps are counted, too: `steps` is the same on every machine.
    Those inside NumPy, SciPy and Python's own modules do not count.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds, self.steps = seconds, 0
        self.done = 0  # calls that have come to their end
        self.spent = self.waited = 0.0  # in the learner's calls alone, not in what the check does between

    def start(self) -> Callable[..., Any]:
        """A trace function for one call, which raises TooSlow when the time is over."""
        self._cpu, self._wall = time.process_time(), time.perf_counter()
        read, stride, wait = self._wall, 1, 1

        def step(frame: Any, event: str, arg: Any) -> Any:
            nonlocal wait
            wait -= 1
            if wait <= 0:
                look()
            return step

        self._counted = lambda: stride - max(wait, 0)

        def look() -> None:
            nonlocal wait, stride, read
            now = time.perf_counter()
            self.steps += stride
            stride = min(2 * stride, 1000) if now - read < 0.01 else max(stride // 4, 1)
            read, wait = now, stride
            self._look(now, stride)

        return _entering(step)

    def _look(self, now: float, stride: int) -> None:
        spent = self.spent + time.process_time() - self._cpu
        if spent > self.seconds or self.waited + now - self._wall > 10 * self.seconds:
            raise TooSlow(self.done)

    def stop(self) -> None:
        """A call has come to its end."""
        self.spent += time.process_time() - self._cpu
        self.waited += time.perf_counter() - self._wall
        self.steps += self._counted() + CALL
        self.done += 1


CALL = 100  # steps that a call costs at least: its arguments are copied
LONG, LARGE, BITS = 20_000, 1_000_000, 4_000  # items of a list, entries of an array, and bits of a number


class Steps:
    """The steps that calls may take together: a limit that is the same on every machine.

    It is for copies of an answer that are changed blindly. One of them may not only never end, but also
    build ever longer lists, or put a list into itself, which NumPy unfolds without end: all of that stops
    it, too, before the next line.
    """

    def __init__(self, steps: int) -> None:
        self.given = self.steps = steps
        self.done, self.spent = 0, 0.0

    def start(self) -> Callable[..., Any]:
        """A trace function for one call, which raises TooSlow when the steps are used up."""

        def step(frame: Any, event: str, arg: Any) -> Any:
            self.steps -= 1
            if self.steps < 0 or (event == "line" and any(map(_grown, frame.f_locals.values()))):
                raise TooSlow(self.done)
            return step

        return _entering(step)

    def stop(self) -> None:
        """A call has come to its end."""
        self.steps -= CALL
        self.done += 1


def _grown(value: Any) -> bool:
    """Whether something has become larger than any exercise needs, or holds itself."""
    if type(value) in (list, set, dict, tuple, str):
        return len(value) > LONG or (type(value) is list and _holds_itself(value))
    if isinstance(value, np.ndarray):
        return value.size > LARGE
    return type(value) is int and value.bit_length() > BITS


def _holds_itself(items: list[Any]) -> bool:
    """Whether a list is one of its own items; of a long one only the ends are looked at."""
    ends = items if len(items) <= 100 else [*items[:3], *items[-3:]]
    return any(item is items for item in ends)


def _entering(step: Callable[..., Any]) -> Callable[..., Any]:
    """The trace function of calls that takes every step of the learner's own code with `step`."""

    def enter(frame: Any, event: str, arg: Any) -> Any:
        step(frame, event, arg)
        if _of_a_library(frame.f_code.co_filename):
            return None
        if _spins(frame.f_code):
            frame.f_trace_opcodes = True  # such a loop has no line events
        return step

    return enter


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
        self.costs: list[int] = []  # in steps, of each input
        self.printed = False
        self.last: Any = None
        self.few = steps is not None
        self._clock: Clock | Steps = Clock(SECONDS) if steps is None else Steps(steps)

    @property
    def steps(self) -> int:
        """How many are left, where they are limited; else how many have been taken."""
        return max(self._clock.steps, 0)

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
        if self.few:  # one of many tries, in the quiet: see below
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


def used_by(function: Callable[..., Any]) -> dict[str, Callable[..., Any]]:
    """The functions of its notebook that a function mentions, by their names."""
    names, waiting = [], [getattr(inspect.unwrap(function), "__code__", None)]
    while waiting:
        code = waiting.pop()
        names += getattr(code, "co_names", ())
        waiting += [part for part in getattr(code, "co_consts", ()) if inspect.iscode(part)]
    space = getattr(inspect.unwrap(function), "__globals__", {})
    return {name: space[name] for name in names if inspect.isfunction(space.get(name))}


def unanswered(function: Callable[..., Any], stub: Callable[..., Any] | None = None) -> bool:
    """Whether a function is still what the exercise was released with: it can return nothing but None."""
    if stub is not None and _body(function) == _body(stub):
        return True
    constants = [value for value in function.__code__.co_consts if value not in (None, function.__doc__)]
    return untouched(function) and not constants


def _body(function: Callable[..., Any]) -> str:
    """The statements of a function without comments and layout; what its bytecode is, differs by context."""
    try:
        (tree,) = ast.parse(textwrap.dedent(inspect.getsource(function))).body
        return ast.dump(ast.Module(tree.body, []))
    except (OSError, TypeError, SyntaxError, ValueError, AttributeError):
        return f"no source of {function!r}"
