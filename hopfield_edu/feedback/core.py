"""What every check does: run the learner's answer, compare it, and name the mistake.

A check holds a reference answer and a list of *named mistakes*. Each mistake carries a small wrong
answer of its own, so a check knows a mistake because it reproduces it: an answer that agrees with a
wrong one everywhere is that mistake. There are three kinds of checks:

- :class:`FunctionCheck` for a function that the learner writes, tried on fresh random inputs;
- :class:`TableCheck` for a table filled in by hand;
- :class:`ExampleCheck` for a (counter-)example that the learner looks for.

All of them answer with a :class:`Verdict`, whatever the learner hands in.
"""

from __future__ import annotations

import contextlib
import copy
import dis
import html
import inspect
import io
import linecache
import os
import re
import sys
import time
import warnings
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

CORRECT, NOT_YET, NOT_ATTEMPTED = "correct", "not yet", "not attempted"

#: Mistakes that have nothing to do with the exercise, recognised by every function check.
MISUSES = (
    "not a function",
    "called instead of passed",
    "wrong arguments",
    "raises an error",
    "never ends",
    "returns None",
    "wrong type",
    "wrong shape",
    "NaN",
    "random result",
    "changes its input",
    "0/1 instead of ±1",
    "opposite sign",
)

SECONDS = 2.0  # of computing, for all calls of one check together


# --------------------------------------------------------------------------------------------------
# Cards: what the learner sees
# --------------------------------------------------------------------------------------------------

_LOOK = {  # colour and symbol; the word says the same again
    CORRECT: ("#1b8a6b", "✔"),
    NOT_YET: ("#c8553d", "✘"),
    NOT_ATTEMPTED: ("#6b7a90", "○"),
    "hint": ("#d19900", "➜"),
    "guess": ("#0b6e99", "?"),
}


def card(look: str, title: str, message: str, details: str = "") -> str:
    """A card as HTML: colour, symbol and word; it inherits the theme's text colour, light or dark."""
    colour, symbol = _LOOK[look]
    rgb = ", ".join(str(int(colour[k : k + 2], 16)) for k in (1, 3, 5))
    code = re.sub(r"`([^`]+)`", r"<code>\1</code>", html.escape(message))
    body = "".join(f'<div style="margin-top:.3em">{line}</div>' for line in code.split("\n") if line)
    if details:
        body += (
            '<pre style="margin:.5em 0 0;padding:.4em .6em;background:rgba(128,128,128,.12);'
            f'color:inherit;white-space:pre-wrap">{html.escape(details)}</pre>'
        )
    return (
        f'<div role="note" aria-label="{html.escape(title, quote=True)}" '
        f'style="border-left:6px solid {colour};background:rgba({rgb}, .12);color:inherit;'
        'padding:.5em .9em;margin:.4em 0;border-radius:0 6px 6px 0;max-width:52em">'
        f'<div><span aria-hidden="true" style="color:{colour};font-weight:bold">{symbol}</span> '
        f"<strong>{html.escape(title)}</strong></div>{body}</div>"
    )


def as_text(title: str, message: str, details: str = "") -> str:
    """The same card as plain text, for logs and for comparison."""
    lines = [title, *message.split("\n"), *details.split("\n")]
    return "\n  ".join(line for line in lines if line)


class _Card:
    """Something shown as a card in a notebook and as text elsewhere."""

    def _card(self) -> tuple[str, str, str, str]:
        raise NotImplementedError

    def _repr_html_(self) -> str:
        return card(*self._card())

    def __repr__(self) -> str:
        return as_text(*self._card()[1:])

    def _ipython_display_(self) -> None:
        # A display, not a result: nbgrader tries to read a grade cell's result as a partial mark.
        from IPython.display import display

        display({"text/html": self._repr_html_(), "text/plain": repr(self)}, raw=True)


@dataclass(frozen=True, repr=False)
class Verdict(_Card):
    """The answer of a check.

    Attributes
    ----------
    exercise : str
        Name of the check.
    status : str
        "correct", "not yet" or "not attempted".
    message : str
        What was seen and which idea to think about.
    mistake : str or None
        Name of the recognised mistake.
    details : str
        Input and result that show the difference.
    """

    exercise: str
    status: str
    message: str
    mistake: str | None = None
    details: str = ""

    @property
    def correct(self) -> bool:
        """True if the answer passed."""
        return self.status == CORRECT

    def __bool__(self) -> bool:
        return self.correct

    def _card(self) -> tuple[str, str, str, str]:
        mistake = f" ({self.mistake})" if self.mistake else ""
        title = f"{self.status.capitalize()}: {self.exercise}{mistake}"
        return self.status, title, self.message, self.details


@dataclass(frozen=True, repr=False)
class Hint(_Card):
    """One step of a hint ladder."""

    title: str
    message: str

    def _card(self) -> tuple[str, str, str, str]:
        return "hint", self.title, self.message, ""


@dataclass(frozen=True, repr=False)
class Prediction(_Card):
    """A guess beside what really happened."""

    title: str
    message: str
    right: bool | None

    def _card(self) -> tuple[str, str, str, str]:
        look = {True: CORRECT, False: "guess", None: NOT_ATTEMPTED}[self.right]
        return look, self.title, self.message, ""


def prediction(guess: Any, outcome: Any, why: str = "") -> Prediction:
    """Confront a recorded guess with what happened.

    Parameters
    ----------
    guess : object
        The learner's guess; None or "" means that there is none yet, and nothing is given away.
    outcome : object
        What happened: a number, a text, a state.
    why : str
        One or two sentences of explanation.

    Returns
    -------
    Prediction
        A card; ``.right`` is True, False, or None without a guess.

    Examples
    --------
    >>> prediction(4, 6, "Two of them are inverses.")
    Your guess was 4, it turned out to be 6
      Two of them are inverses.
    >>> prediction(None, 6).right is None
    True
    """
    if _blank(guess):
        text = "Write your guess into the cell above, run it, then run this cell again."
        return Prediction("No guess recorded yet", text, None)
    right = bool(same(_fold(guess), _fold(outcome)))
    if right:
        return Prediction(f"Your guess was {show(guess)}, and so it is", why, True)
    title = f"Your guess was {show(guess)}, it turned out to be {show(outcome)}"
    return Prediction(title, why, False)


def _fold(value: Any) -> Any:
    """Text without case, spaces and typographic minus signs; the text of a number as a number."""
    if not isinstance(value, str):
        return value
    text = re.sub(r"\s+", "", value).casefold().translate(_MINUS)
    try:
        return float(text)
    except ValueError:
        return text


_MINUS = str.maketrans({"−": "-", "–": "-", "\N{FULLWIDTH PLUS SIGN}": "+"})


def _blank(value: Any) -> bool:
    """True for the placeholders that a released exercise holds."""
    if value is None or value is ... or value is NotImplemented:
        return True
    return isinstance(value, str) and value.strip(" ?.…_") == ""


# --------------------------------------------------------------------------------------------------
# Comparing and showing values
# --------------------------------------------------------------------------------------------------


def same(a: Any, b: Any) -> bool:
    """Whether two results agree: numbers to 1e-9, lists and arrays alike if their shapes agree."""
    if isinstance(a, Mapping) or isinstance(b, Mapping):
        both = isinstance(a, Mapping) and isinstance(b, Mapping)
        return both and a.keys() == b.keys() and all(same(a[k], b[k]) for k in a)
    if isinstance(a, (set, frozenset)) and isinstance(b, (set, frozenset)):
        return a == b
    x, y = _array(a), _array(b)
    if x is not None and y is not None:
        return x.shape == y.shape and bool(np.allclose(x, y, 1e-9, 1e-9, equal_nan=True))
    if isinstance(a, (list, tuple)) and isinstance(b, (list, tuple)):
        return len(a) == len(b) and all(same(p, q) for p, q in zip(a, b, strict=True))
    if isinstance(a, str) and isinstance(b, str):
        return bool(_fold(a) == _fold(b))
    return type(a) is type(b) and bool(a == b)


def _array(value: Any) -> np.ndarray | None:
    """`value` as an array of floats, or None if it is not made of numbers."""
    if not isinstance(value, (list, tuple, np.ndarray, np.generic, bool, int, float)):
        return None
    try:
        array = np.asarray(value)
        return array.astype(float) if array.dtype.kind in "biuf" else None
    except (ValueError, TypeError, OverflowError):
        return None


def show(value: Any, limit: int = 300) -> str:
    """A value as short text that is the same on every machine."""
    try:
        text = _show(value)
    except Exception:  # a learner's object may do anything when it is looked at
        text = f"a {type(value).__name__}"
    return text if len(text) <= limit else text[: limit - 2] + " …"


def _show(value: Any) -> str:
    if isinstance(value, np.ndarray):
        value = value.tolist()
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, (list, tuple)):
        left, right = "[]" if isinstance(value, list) else "()"
        return left + ", ".join(_show(v) for v in value) + right
    if isinstance(value, float) and np.isfinite(value):
        return f"{int(value)}" if value == int(value) and abs(value) < 1e15 else f"{value:.6g}"
    if isinstance(value, (str, int, float)) or value is None:
        return repr(value)
    if isinstance(value, (dict, set, frozenset)):
        return re.sub(r"0x[0-9a-fA-F]+", "0x…", repr(value))
    return f"a {type(value).__name__}"


def kind(value: Any) -> str:
    """What a value is, in words."""
    if value is None:
        return "None"
    if isinstance(value, (bool, np.bool_)):
        return "True or False"
    array = _array(value)
    if array is not None:
        return "a number" if array.ndim == 0 else f"an array of shape {array.shape}"
    if isinstance(value, str):
        return "a text"
    if callable(value):
        return "a function"
    return f"a {type(value).__name__}"


def _size(args: tuple[Any, ...]) -> tuple[int, float]:
    """How big an input is: the number of its numbers, then their magnitude."""
    arrays = [a for a in map(_array, args) if a is not None]
    return sum(a.size for a in arrays), float(sum(np.abs(a).sum() for a in arrays))


# --------------------------------------------------------------------------------------------------
# Running a learner's function
# --------------------------------------------------------------------------------------------------


class _TooSlow(BaseException):
    """The time limit; no Exception, so that `except Exception` in an answer does not swallow it."""


class _Raised(Exception):
    """An error inside the learner's function."""

    def __init__(self, error: BaseException, line: str) -> None:
        self.kind = type(error).__name__
        self.text = re.sub(r"0x[0-9a-fA-F]+", "0x…", str(error))
        self.line = line


class Probe:
    """A learner's function, called on copies and watched.

    Output is kept back and warnings are silenced: nbgrader counts a warning in a grade cell as a
    failure. The time limit is a trace function, which needs neither signals nor threads and so works
    on every system and in the browser. It cannot stop a single long call into compiled code.
    """

    def __init__(self, function: Callable[..., Any], names: Sequence[str], watch: bool = True):
        self.function, self.names, self.watch = function, names, watch
        self.changed: set[str] = set()
        self.printed = False
        self.last: Any = None
        self._cpu, self._wall = time.process_time() + SECONDS, time.monotonic() + 10 * SECONDS

    def __call__(self, *args: Any) -> Any:
        given = copy.deepcopy(args)
        if not self.watch:
            try:
                self.last = self.function(*given)
            except Exception as error:
                raise _Raised(error, "") from None
            return self.last
        out = io.StringIO()
        with (
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(out),
            warnings.catch_warnings(),
            np.errstate(all="ignore"),
        ):
            warnings.simplefilter("ignore")
            value = self._timed(given)
            if inspect.iscoroutine(value):
                value.close()
        self.printed |= bool(out.getvalue())
        for name, before, after in zip(self.names, args, given, strict=False):
            if not isinstance(before, np.random.Generator) and not same(before, after):
                self.changed.add(name)
        with contextlib.suppress(Exception):  # what cannot be copied is taken as it is
            value = copy.deepcopy(value)
        self.last = value
        return value

    def _timed(self, args: tuple[Any, ...]) -> Any:
        def tracer(frame: Any, event: str, arg: Any) -> Any:
            if event == "call" and frame.f_code.co_filename == own:
                frame.f_trace_opcodes = True  # `while True: pass` on one line has no line events
            if time.process_time() > self._cpu or time.monotonic() > self._wall:
                raise _TooSlow
            return tracer

        own = getattr(getattr(self.function, "__code__", None), "co_filename", None)
        before = sys.gettrace()
        try:
            sys.settrace(tracer)
            return self.function(*args)
        except (KeyboardInterrupt, _TooSlow):
            raise
        except BaseException as error:  # SystemExit and the like come from the answer, too
            sys.settrace(before)
            raise _Raised(error, _where(error, self.function)) from None
        finally:
            sys.settrace(before)


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
    """Whether a function computes nothing, or is the stub that the exercise was released with."""
    code = getattr(function, "__code__", None)
    if code is None:
        return False
    if stub is not None and _steps(function) == _steps(stub):
        return True
    return not any(step.startswith(_WORK) for step, _ in _steps(function))


def _steps(function: Callable[..., Any]) -> list[tuple[str, str]]:
    return [(i.opname, i.argrepr) for i in dis.get_instructions(function) if i.opname != "NOP"]


# --------------------------------------------------------------------------------------------------
# Checks
# --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Mistake:
    """A mistake with a name.

    Attributes
    ----------
    name : str
        A few words, shown on the card.
    wrong : object
        A wrong answer that makes exactly this mistake: a function, a table or an example.
    message : str
        What the mistake is and which idea helps; never the solution.
    found : callable, optional
        Only in an :class:`ExampleCheck`: whether an answer makes this mistake.
    """

    name: str
    wrong: Any
    message: str
    found: Callable[..., bool] | None = None


class Check:
    """What the three kinds of checks share: name, named mistakes, hints, the verdict."""

    def __init__(self, name: str, solution: Any, mistakes: Sequence[Mistake], hints: Sequence[str]) -> None:
        self.name, self.solution, self.hints = name, solution, tuple(hints)
        self._mistakes = tuple(mistakes)

    @property
    def mistakes(self) -> tuple[str, ...]:
        """Names of the mistakes of this exercise that the check knows."""
        return tuple(mistake.name for mistake in self._mistakes)

    def hint(self, n: int = 1) -> Hint:
        """The n-th step of the hint ladder, counted from 1."""
        steps = len(self.hints)
        whole = isinstance(n, (int, np.integer)) and not isinstance(n, bool)
        if whole and 1 <= n <= steps:
            return Hint(f"{self.name}: hint {n} of {steps}", self.hints[n - 1])
        if whole and n > steps:
            text = f"That was the whole ladder: there are {steps} hints. Read them once more in order."
            return Hint(f"{self.name}: no hint {n}", text)
        text = f"Ask with a number from 1 to {steps}, the gentlest first: `hint(1)`."
        return Hint(f"{self.name}: which hint?", text)

    def __call__(self, *answer: Any, seed: int | str | None = None) -> Verdict:
        """Judge an answer.

        Parameters
        ----------
        *answer : object
            The learner's function, table or example.
        seed : int or str, optional
            Chooses the random inputs: a student's own number, or for a grade the instructor's.
            Without one, the environment variable HOPFIELD_EDU_SEED is used, else 0.

        Returns
        -------
        Verdict

        Raises
        ------
        AssertionError
            In an nbgrader run (validate or autograde), if the answer is not correct.
        """
        if seed is None:
            seed = os.environ.get("HOPFIELD_EDU_SEED", "0")
        rng = np.random.default_rng([zlib.crc32(str(seed).encode()), zlib.crc32(self.name.encode())])
        try:
            verdict = self._judge(answer, rng)
        except Exception as error:  # an answer may be anything; the learner still gets a verdict
            text = f"The check could not read your answer: {type(error).__name__} while looking at it."
            verdict = Verdict(self.name, NOT_YET, text, "unreadable answer")
        if not verdict.correct and _grading():
            raise AssertionError(str(verdict))
        return verdict

    def _judge(self, answer: tuple[Any, ...], rng: np.random.Generator) -> Verdict:
        raise NotImplementedError

    def _correct(self, message: str) -> Verdict:
        return Verdict(self.name, CORRECT, message)

    def _not_yet(self, mistake: str | None, message: str, details: str = "") -> Verdict:
        return Verdict(self.name, NOT_YET, message, mistake, details)

    def _not_attempted(self, what: str) -> Verdict:
        text = f"{what} Stuck? Ask for `feedback.{self.name}.hint(1)`."
        return Verdict(self.name, NOT_ATTEMPTED, text)

    def __repr__(self) -> str:
        return f"feedback.{self.name}: knows {len(self._mistakes)} mistakes, has {len(self.hints)} hints"


def _grading() -> bool:
    """Whether this kernel runs for nbgrader, which sets the variable for the kernels it starts."""
    return os.environ.get("NBGRADER_EXECUTION") in ("autograde", "validate")


@dataclass(frozen=True)
class Outcome:
    """What a function did with one input: a value or an error."""

    value: Any = None
    error: _Raised | None = None

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Outcome):
            return NotImplemented
        if self.error or other.error:
            return bool(self.error and other.error) and self.error.kind == other.error.kind
        return same(self.value, other.value)

    __hash__ = None  # type: ignore[assignment]


class FunctionCheck(Check):
    """A check of a function that the learner writes.

    Parameters
    ----------
    solution : callable
        Reference; its name and its parameters' names are the exercise's.
    trials : callable
        ``trials(rng)`` makes a list of argument tuples that tell all mistakes apart.
    mistakes, hints
        Named mistakes (wrong functions) and the hint ladder.
    observe : callable, optional
        ``observe(function, *args)`` turns one trial into the value that is compared; by default it
        is the function's result.
    properties : sequence of (str, callable)
        Sentences for an unnamed wrong answer; the first whose ``holds(value, *args)`` is false is said.
    stub : callable, optional
        The released stub, where it already computes something (a completion task).
    praise : str
        What a correct answer is told.
    """

    def __init__(
        self,
        solution: Callable[..., Any],
        trials: Callable[[np.random.Generator], list[tuple[Any, ...]]],
        mistakes: Sequence[Mistake],
        hints: Sequence[str],
        *,
        observe: Callable[..., Any] | None = None,
        properties: Sequence[tuple[str, Callable[..., bool]]] = (),
        stub: Callable[..., Any] | None = None,
        praise: str = "",
    ) -> None:
        super().__init__(solution.__name__.lstrip("_"), solution, mistakes, hints)
        self.trials, self.stub, self.praise = trials, stub, praise
        self.properties = tuple(properties)
        self.parameters = tuple(inspect.signature(solution).parameters)
        self._observe = observe or (lambda function, *args: function(*args))

    def outcomes(
        self, function: Callable[..., Any], trials: list[tuple[Any, ...]], watch: bool = False
    ) -> tuple[list[Outcome], Probe]:
        """What `function` does on every trial."""
        probe = Probe(function, self.parameters, watch)
        return [self._outcome(probe, args) for args in trials], probe

    def _outcome(self, probe: Probe, args: tuple[Any, ...]) -> Outcome:
        probe.last = None
        try:
            return Outcome(self._observe(probe, *args))
        except _Raised as error:
            return Outcome(error=error)
        except Exception:  # the observation failed on what the function returned: show that
            return Outcome(probe.last)

    def _judge(self, answer: tuple[Any, ...], rng: np.random.Generator) -> Verdict:
        misuse = self._not_a_function(answer)
        if misuse is not None:
            return misuse
        function = answer[0]
        trials = self.trials(rng)
        try:
            seen, probe = self.outcomes(function, trials, watch=True)
            verdict = self._compare(function, trials, seen, probe)
        except _TooSlow:
            text = (
                f"Your function was stopped after {SECONDS:g} seconds on small inputs. "
                "Is there a loop whose condition never becomes false?"
            )
            return self._not_yet("never ends", text)
        if probe.printed:
            text = verdict.message + "\nIt also printed something, which the check kept back."
            verdict = Verdict(self.name, verdict.status, text, verdict.mistake, verdict.details)
        return verdict

    def _not_a_function(self, answer: tuple[Any, ...]) -> Verdict | None:
        """A verdict on an answer that cannot be called as the exercise wants, else None."""
        call = f"feedback.{self.name}({self.name})"
        if len(answer) != 1:
            text = f"Hand over your function and nothing else: `{call}`."
            return self._not_yet("wrong arguments", text) if answer else self._not_attempted(text)
        function = answer[0]
        if _blank(function):
            return self._not_attempted("There is nothing here yet.")
        if not callable(function):
            if _array(function) is not None:
                text = f"You handed over {show(function, 60)}, the result of a call. Hand over the "
                text += f"function itself, without arguments: `{call}`."
                return self._not_yet("called instead of passed", text)
            text = f"You handed over {kind(function)}; a function is wanted: `{call}`."
            return self._not_yet("not a function", text)
        if inspect.isclass(function):
            text = f"You handed over the class {function.__name__}; a function is wanted."
            return self._not_yet("not a function", text)
        try:
            given = inspect.signature(function)
        except (TypeError, ValueError):
            return None
        try:
            given.bind(*self.parameters)
        except TypeError:
            names = ", ".join(self.parameters)
            text = f"Your function takes `{given}`; the exercise calls it with `({names})`."
            return self._not_yet("wrong arguments", re.sub(r"0x[0-9a-fA-F]+", "0x…", text))
        return None

    def _compare(
        self,
        function: Callable[..., Any],
        trials: list[tuple[Any, ...]],
        seen: list[Outcome],
        probe: Probe,
    ) -> Verdict:
        nothing = [o.error is None and _blank_result(o.value) for o in seen]
        todo = [o.error is not None and o.error.kind == "NotImplementedError" for o in seen]
        if all(todo) or (all(nothing) and untouched(function, self.stub) and not probe.changed):
            return self._not_attempted("Your function does nothing yet.")
        if all(nothing):
            return self._returns_nothing(probe)
        wanted, _ = self.outcomes(self.solution, trials)
        wrong = [k for k in range(len(trials)) if seen[k] != wanted[k]]
        if not wrong:
            return self._right(probe)
        smallest = min(wrong, key=lambda k: (*_size(trials[k]), k))
        for mistake in self._mistakes:
            wrong_way = Probe(mistake.wrong, self.parameters, watch=False)
            if all(self._outcome(wrong_way, args) == o for args, o in zip(trials, seen, strict=True)):
                text = mistake.message + self._also(probe)
                details = self._details(trials[smallest], seen[smallest], wanted[smallest])
                return self._not_yet(mistake.name, text, details)
        return self._unnamed(trials, seen, wanted, wrong, smallest, probe)

    def _right(self, probe: Probe) -> Verdict:
        if probe.changed:
            text = f"The results are right, but the function changes {self._changed(probe)}. The caller "
            text += "still needs the old value: work on a copy."
            return self._not_yet("changes its input", text)
        return self._correct(self.praise or "Right on every input that was tried.")

    def _returns_nothing(self, probe: Probe) -> Verdict:
        if probe.changed:
            text = f"Your function changes {self._changed(probe)} and returns None. "
            text += "Make a copy, change the copy, and return it."
            return self._not_yet("changes its input", text)
        text = "Your function computes something, but what comes back is None. "
        text += "Does every path end in `return`, with the variable that holds the result?"
        return self._not_yet("returns None", text)

    def _unnamed(
        self,
        trials: list[tuple[Any, ...]],
        seen: list[Outcome],
        wanted: list[Outcome],
        wrong: list[int],
        smallest: int,
        probe: Probe,
    ) -> Verdict:
        """A wrong answer that is none of the exercise's mistakes: a misuse, or unknown."""
        wrong = sorted(wrong, key=lambda k: (*_size(trials[k]), k))
        for name, text, guilty in self._misuses(seen, wanted):
            if guilty:
                k = next(k for k in wrong if k in guilty)
                details = self._details(trials[k], seen[k], wanted[k])
                return self._not_yet(name, text(k), details)
        k = smallest
        if self._outcome(probe, trials[k]) != seen[k]:
            text = "Two calls with the same input gave two different results. "
            text += "Does the function draw random numbers, or remember something between calls?"
            return self._not_yet("random result", text, self._inputs(trials[k]))
        text = "Most inputs come out right, but not this one." if 3 * len(wrong) < len(trials) else ""
        text = text or "The result differs from what the exercise asks for."
        for sentence, holds in self.properties:
            with contextlib.suppress(Exception):
                if not holds(seen[k].value, *copy.deepcopy(trials[k])):
                    text = sentence
                    break
        details = self._details(trials[k], seen[k], wanted[k])
        return self._not_yet(None, text + self._also(probe), details)

    def _misuses(
        self, seen: list[Outcome], wanted: list[Outcome]
    ) -> list[tuple[str, Callable[[int], str], set[int]]]:
        """Misuses in the order in which they are looked for: name, text, and the guilty trials."""
        every = range(len(seen))
        values = [_array(o.value) for o in seen]
        aims = [_array(o.value) for o in wanted]
        numeric = {k for k in every if aims[k] is not None}
        both = {k for k in numeric if values[k] is not None}
        alike = {k for k in both if values[k].shape == aims[k].shape}
        bipolar = {k for k in numeric if aims[k].size and (np.abs(aims[k]) == 1).all()}
        bipolar = {k for k in bipolar if not isinstance(wanted[k].value, (bool, np.bool_))}
        coded = len(alike) == len(seen) == len(bipolar)
        coded = coded and all(np.array_equal(2 * values[k] - 1, aims[k]) for k in every)
        negated = len(alike) == len(seen)
        negated = negated and all(np.allclose(-values[k], aims[k]) for k in every)
        return [
            (
                "raises an error",
                lambda k: f"Your function stops with {_error_text(seen[k].error)}",
                {k for k in every if seen[k].error},
            ),
            (
                "returns None",
                lambda k: "For some inputs your function returns None. Does every branch end in `return`?",
                {k for k in every if not seen[k].error and _blank_result(seen[k].value)},
            ),
            (
                "wrong type",
                lambda k: f"Your function returns {kind(seen[k].value)}; {kind(wanted[k].value)} is wanted.",
                {k for k in every if not seen[k].error and _other_kind(seen[k].value, wanted[k].value)},
            ),
            (
                "wrong shape",
                lambda k: f"Your function returns {kind(seen[k].value)}; {kind(wanted[k].value)} is wanted.",
                both - alike,
            ),
            (
                "NaN",
                lambda k: "Your result contains NaN, not a number: something like 0/0 happened.",
                {k for k in both if np.isnan(values[k]).any()},
            ),
            (
                "0/1 instead of ±1",
                lambda k: "Your result is coded with 0 and 1. Units here are +1 or -1.",
                set(every) if coded else set(),
            ),
            (
                "opposite sign",
                lambda k: "Your result is right except for its sign, everywhere.",
                {k for k in every if np.any(aims[k])} if negated else set(),
            ),
        ]

    def _also(self, probe: Probe) -> str:
        if not probe.changed:
            return ""
        return f"\nBesides, the function changes {self._changed(probe)}: work on a copy."

    def _changed(self, probe: Probe) -> str:
        names = [f"`{name}`" for name in self.parameters if name in probe.changed]
        return "its argument " + " and ".join(names)

    def _inputs(self, args: tuple[Any, ...]) -> str:
        pairs = zip(self.parameters, args, strict=False)
        return "\n".join(f"{n} = {show(a)}" for n, a in pairs if not _is_rng(a))

    def _details(self, args: tuple[Any, ...], seen: Outcome, wanted: Outcome) -> str:
        yours = f"an error, {seen.error.kind}" if seen.error else show(seen.value)
        return f"{self._inputs(args)}\nyours:    {yours}\nexpected: {show(wanted.value)}"


def _is_rng(value: Any) -> bool:
    return isinstance(value, np.random.Generator)


def _blank_result(value: Any) -> bool:
    return value is None or value is ... or value is NotImplemented


def _error_text(error: _Raised | None) -> str:
    if error is None:
        return ""
    return f"{error.kind}: {error.text}".rstrip(": ") + (
        f"\nIt happened in {error.line}" if error.line else ""
    )


def _other_kind(value: Any, wanted: Any) -> bool:
    """Whether a value is of another kind than the wanted one (numbers, text, mapping, ...)."""
    if _array(wanted) is not None:
        return _array(value) is None
    groups: tuple[type | tuple[type, ...], ...] = (str, Mapping, (list, tuple, np.ndarray), (set, frozenset))
    return any(isinstance(wanted, g) and not isinstance(value, g) for g in groups)


class TableCheck(Check):
    """A check of a table filled in by hand.

    Parameters
    ----------
    name : str
        Name of the exercise.
    solution : dict
        Row label -> list of entries (states such as "+-", or numbers), or a single entry.
    columns : sequence of str
        Names of the columns.
    mistakes : sequence of Mistake
        Wrong tables. The closest one that explains every wrong entry is named.
    hints : sequence of str
    properties : sequence of (str, callable)
        Sentences for unnamed wrong entries: ``holds(entry, row, column)``.
    praise : str
    """

    def __init__(
        self,
        name: str,
        solution: Mapping[Any, Any],
        columns: Sequence[str],
        mistakes: Sequence[Mistake],
        hints: Sequence[str],
        *,
        properties: Sequence[tuple[str, Callable[..., bool]]] = (),
        praise: str = "",
    ) -> None:
        super().__init__(name, solution, mistakes, hints)
        self.columns, self.properties, self.praise = tuple(columns), tuple(properties), praise
        self._cells = self._read(solution)
        self._wrong = [(m, self._read(m.wrong)) for m in mistakes]

    def _read(self, table: Mapping[Any, Any]) -> dict[tuple[Any, str], Any]:
        """(row, column) -> entry; the table must have the right rows and columns."""
        rows = {_entry(row): entries for row, entries in table.items()}
        cells = {}
        for row in map(_entry, self.solution):
            entries = rows[row]
            single = isinstance(entries, (str, int, float)) or _blank(entries)
            entries = [entries] if single else list(entries)
            for column, entry in zip(self.columns, entries, strict=True):
                cells[row, column] = _entry(entry)
        return cells

    def _judge(self, answer: tuple[Any, ...], rng: np.random.Generator) -> Verdict:
        if len(answer) != 1 or _blank(answer[0]):
            return self._not_attempted(f"Hand over your table: `feedback.{self.name}(table)`.")
        table = answer[0]
        misuse = self._not_a_table(table)
        if misuse is not None:
            return misuse
        cells = self._read(table)
        filled = {key for key, entry in cells.items() if entry is not None}
        if not filled:
            return self._not_attempted("The table is still empty.")
        wrong = {key for key in filled if not same(cells[key], self._cells[key])}
        if wrong:
            return self._diagnose(cells, wrong)
        if len(filled) < len(cells):
            missing = len(cells) - len(filled)
            text = f"All that you filled in is right; {missing} of {len(cells)} entries are still open."
            return self._not_yet("incomplete", text)
        return self._correct(self.praise or "Every entry is right.")

    def _not_a_table(self, table: Any) -> Verdict | None:
        if not isinstance(table, Mapping):
            text = f"You handed over {kind(table)}; a table is wanted, one row per key."
            return self._not_yet("not a table", text)
        wanted = [_entry(row) for row in self.solution]
        given = [_entry(row) for row in table]
        missing = [row for row in wanted if row not in given]
        extra = [row for row in given if row not in wanted]
        if missing or extra:
            text = f"The rows are {show(wanted)}."
            text += f" Missing: {show(missing)}." if missing else ""
            text += f" Not wanted: {show(extra)}." if extra else ""
            return self._not_yet("wrong rows", text)
        for row, entries in table.items():
            single = isinstance(entries, (str, int, float)) or _blank(entries)
            count = 1 if single else len(entries)
            if count != len(self.columns):
                text = f"Row {show(row)} has {count} entries, but there are {len(self.columns)} columns: "
                return self._not_yet("wrong columns", text + ", ".join(self.columns) + ".")
        for (row, column), entry in self._read(table).items():
            if entry is not None and _other_kind(entry, self._cells[row, column]):
                text = f"Row {show(row)}, column {column}: {show(entry)} cannot be read. "
                text += f"An entry looks like {show(self._sample(row, column))}."
                return self._not_yet("unreadable entry", text)
        return None

    def _sample(self, row: Any, column: str) -> Any:
        """Some entry that is well formed; not the right one where the answer is a state."""
        return row if isinstance(self._cells[row, column], str) else 7

    def _diagnose(self, cells: dict[tuple[Any, str], Any], wrong: set[tuple[Any, str]]) -> Verdict:
        """The named mistake that explains every wrong entry and the least besides."""
        best: tuple[int, Mistake] | None = None
        for mistake, table in self._wrong:
            if all(same(table[key], cells[key]) for key in wrong):
                would = {k for k in cells if cells[k] is not None and not same(table[k], self._cells[k])}
                beyond = len(would - wrong)
                if beyond <= len(wrong) and (best is None or beyond < best[0]):
                    best = beyond, mistake
        keys = [key for key in cells if key in wrong]
        places = [f"row {row}, {column}" if len(self.columns) > 1 else f"row {row}" for row, column in keys]
        where = "look again at " + "; ".join(places[:4]) + (" …" if len(places) > 4 else "")
        if best is not None:
            return self._not_yet(best[1].name, best[1].message, where)
        text = f"{len(wrong)} of {len(cells)} entries are not right yet."
        for sentence, holds in self.properties:
            with contextlib.suppress(Exception):
                if not all(holds(cells[key], *key) for key in keys):
                    text += " " + sentence
                    break
        return self._not_yet(None, text, where)


def _entry(value: Any) -> Any:
    """A table's entry in its plain form: states as text of + and -, numbers as numbers, blank as None."""
    if _blank(value):
        return None
    if isinstance(value, str):
        text = re.sub(r"[\s,;()\[\]]+", "", value.translate(_MINUS))
        if re.fullmatch(r"([+-]?1)+", text):  # "(+1, -1)", "1 -1"
            return "".join("-" if unit[0] == "-" else "+" for unit in re.findall(r"[+-]?1", text))
        return text
    array = _array(value)
    if array is not None and array.ndim == 1 and array.size and (np.abs(array) == 1).all():
        return "".join("+" if unit > 0 else "-" for unit in array)
    return value


class ExampleCheck(Check):
    """A check of a (counter-)example that the learner looks for.

    Parameters
    ----------
    name : str
        Name of the exercise.
    parts : sequence of str
        What an example consists of, such as ``("weights", "state")``.
    solution : tuple
        An example that passes, one entry per part.
    mistakes : sequence of Mistake
        What an example may lack, in the order in which it is looked for. ``wrong`` is an example that
        fails exactly there, ``found(*parts)`` tells whether an answer does.
    hints : sequence of str
    praise : str or callable
        What a correct example is told; a callable gets the parts.
    """

    def __init__(
        self,
        name: str,
        parts: Sequence[str],
        solution: tuple[Any, ...],
        mistakes: Sequence[Mistake],
        hints: Sequence[str],
        *,
        praise: str | Callable[..., str] = "",
    ) -> None:
        super().__init__(name, solution, mistakes, hints)
        self.parts, self.praise = tuple(parts), praise

    def _judge(self, answer: tuple[Any, ...], rng: np.random.Generator) -> Verdict:
        call = f"feedback.{self.name}({', '.join(self.parts)})"
        if all(_blank(part) for part in answer):
            return self._not_attempted(f"There is no example yet: `{call}`.")
        if len(answer) != len(self.parts):
            text = f"An example has {len(self.parts)} parts: `{call}`."
            return self._not_yet("wrong arguments", text)
        blank = [name for name, part in zip(self.parts, answer, strict=True) if _blank(part)]
        if blank:
            return self._not_yet("incomplete", f"Still open: {', '.join(f'`{n}`' for n in blank)}.")
        arrays = [_array(part) for part in answer]
        for name, part, array in zip(self.parts, answer, arrays, strict=True):
            if array is None or not np.isfinite(array).all():
                what = kind(part) if array is None else "infinite or NaN"
                text = f"`{name}` is {what}; it must hold finite numbers, in rows of equal length."
                return self._not_yet("wrong type", text)
        details = "\n".join(f"{n} = {show(a)}" for n, a in zip(self.parts, arrays, strict=True))
        for mistake in self._mistakes:
            assert mistake.found is not None
            if mistake.found(*[array.copy() for array in arrays]):
                return self._not_yet(mistake.name, mistake.message, details)
        praise = self.praise(*arrays) if callable(self.praise) else self.praise
        return self._correct(praise or "A good example.")
