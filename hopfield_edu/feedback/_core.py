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
import functools
import inspect
import itertools
import os
import re
import sys
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from numbers import Number
from typing import Any

import numpy as np

from hopfield_edu._cards import CORRECT, NOT_ATTEMPTED, NOT_YET
from hopfield_edu._values import MINUS, blank, fold, kind, numbers, rounded, same, show, size
from hopfield_edu.feedback import _slips, _tables
from hopfield_edu.feedback._cards import Hint, Verdict
from hopfield_edu.feedback._failing import NotCorrect
from hopfield_edu.feedback._records import record
from hopfield_edu.feedback._running import Probe, Raised, TooSlow, quiet, unanswered, untouched, used_by

#: Mistakes that have nothing to do with the exercise, recognised by every function check.
MISUSES = (
    "not a function",
    "called instead of passed",
    "wrong arguments",
    "raises an error",
    "never ends",
    "too slow",
    "returns None",
    "wrong type",
    "wrong shape",
    "NaN",
    "random result",
    "changes its input",
    "0/1 instead of ±1",
    "opposite sign",
)


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
    tell : callable, optional
        Only in an :class:`ExampleCheck`: the message for an answer, where `message` alone would not be true
        of all.
    """

    name: str
    wrong: Any
    message: str
    found: Callable[..., bool] | None = None
    tell: Callable[..., str] | None = None

    @classmethod
    def of(cls, wrong: Callable[..., Any], name: str = "") -> Mistake:
        """A mistake written as a small function: its name is the mistake's, its docstring the message.

        Examples
        --------
        >>> def one_too_many(n):
        ...     '''You counted the start as well. Only what comes after it belongs to the way.'''
        ...     return n + 1
        >>> Mistake.of(one_too_many).name
        'one too many'
        """
        text = " ".join((wrong.__doc__ or "").split())
        if not text:
            raise ValueError(f"{wrong.__name__} has no docstring, which is what the card says")
        return cls(name or wrong.__name__.strip("_").replace("_", " "), wrong, text)


def sisters(
    mistakes: FunctionCheck | Sequence[Mistake],
    make: Callable[[Callable[..., Any]], Callable[..., Any]],
    *,
    but: Sequence[str] = (),
) -> list[Mistake]:
    """The mistakes of one exercise, as they come out in another one that is built from it.

    Parameters
    ----------
    mistakes : FunctionCheck or sequence of Mistake
        The other exercise, or some of its mistakes.
    make : callable
        Makes the wrong answer here from the wrong answer there: ``make(update)`` is a sweep, for example.
    but : sequence of str
        Names of mistakes that make no difference here, or have a better name.
    """
    known = mistakes._mistakes if isinstance(mistakes, FunctionCheck) else tuple(mistakes)
    unknown = set(but) - {mistake.name for mistake in known}
    if unknown:
        raise ValueError(f"but holds {sorted(unknown)[0]!r}, which is none of the mistakes")
    return [Mistake(m.name, make(m.wrong), m.message) for m in known if m.name not in but]


class Check:
    """What the three kinds of checks share: name, named mistakes, hints, limits, the verdict.

    `limits` are words about sizes and counts that the check insists on, such as "2 to 8 units"; a test
    finds them in the text of the exercise.
    """

    def __init__(
        self,
        name: str,
        solution: Any,
        mistakes: Sequence[Mistake],
        hints: Sequence[str],
        limits: Sequence[str] = (),
    ) -> None:
        self.name, self.solution, self.hints, self.limits = name, solution, tuple(hints), tuple(limits)
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
        try:
            verdict = self._judge(answer, self.generator(seed))
        except Exception as error:  # an answer may be anything; the learner still gets a verdict
            text = f"The check could not read your answer: {type(error).__name__} while looking at it."
            verdict = Verdict(self.name, NOT_YET, text, "unreadable answer")
        verdict = replace(verdict, record=record(verdict, _seed(seed), answer))
        if not verdict.correct and _grading():
            raise NotCorrect(verdict)
        return verdict

    def generator(self, seed: int | str | None = None) -> np.random.Generator:
        """Where the random inputs come from: the seed and the name of the exercise decide."""
        return np.random.default_rng([zlib.crc32(_seed(seed).encode()), zlib.crc32(self.name.encode())])

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


def _seed(seed: int | str | None) -> str:
    """The seed as text; without one that of the environment, or else 0."""
    return os.environ.get("HOPFIELD_EDU_SEED", "0") if seed is None else str(seed)


def _grading() -> bool:
    """Whether this kernel runs for nbgrader, which sets the variable for the kernels it starts."""
    return os.environ.get("NBGRADER_EXECUTION") in ("autograde", "validate")


_SINGLE = 1e-6  # what single precision leaves of a real number


@dataclass(frozen=True)
class Outcome:
    """What a function did with one input: a value or an error."""

    value: Any = None
    error: Raised | None = None

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Outcome):
            return NotImplemented
        if self.error or other.error:
            return bool(self.error and other.error) and str(self.error) == str(other.error)
        return same(self.value, other.value, _SINGLE)

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
        is the function's result. A generator must be made here, anew for every call: the trials
        hold None in its place.
    properties : sequence of (str, callable)
        Sentences for an unnamed wrong answer; the first whose ``holds(value, *args)`` is false is said.
    stub : callable, optional
        The released stub, where it already computes something (a completion task).
    also : sequence of callable
        Other right answers, such as a plain loop where the solution is one product. Tests assert that they
        pass, and try every common slip of Python in them, too.
    praise : str
        What a correct answer is told.
    limits : sequence of str
        See :class:`Check`.
    errors : dict of str to str, optional
        Part of an error's message, a regular expression -> what it means in this exercise. It is said of
        every such error, so it must be true of whatever may have raised it.
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
        also: Sequence[Callable[..., Any]] = (),
        praise: str = "",
        limits: Sequence[str] = (),
        errors: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(solution.__name__.lstrip("_"), solution, mistakes, hints, limits)
        self.errors = dict(errors or {})
        self.trials, self.stub, self.also, self.praise = trials, stub, tuple(also), praise
        self.properties = tuple(properties)
        self.parameters = tuple(inspect.signature(solution).parameters)
        self.observes = observe is not None
        self._observe = observe or (lambda function, *args: function(*args))

    def outcomes(
        self, function: Callable[..., Any], trials: list[tuple[Any, ...]], watch: bool = False
    ) -> tuple[list[Outcome], Probe]:
        """What `function` does on every trial."""
        probe = Probe(function, self.parameters, watch)
        found = []
        for args in trials:
            before = probe.steps
            found.append(self._outcome(probe, args))
            probe.costs.append(probe.steps - before)
        return found, probe

    def _outcome(self, probe: Probe, args: tuple[Any, ...]) -> Outcome:
        probe.last = None
        try:
            return Outcome(self._observe(probe, *args))
        except Raised as error:
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
        except TooSlow as stop:
            return self._not_yet(*stop.told())
        if verdict.status == NOT_YET:
            verdict = replace(verdict, message=verdict.message + _still_open(function))
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
        if blank(function):
            return self._not_attempted("There is nothing here yet.")
        if not callable(function):
            if numbers(function) is not None:
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
        nothing = self._nothing(function, seen, probe)
        if nothing is not None:
            return nothing
        wanted = self._wanted(trials)
        wrong = [k for k in range(len(trials)) if seen[k] != wanted[k]]
        if not wrong:
            return self._right(probe)
        wrong.sort(key=lambda k: size(trials[k]))  # the smallest input is the best to look at
        return self._diagnosis(trials, seen, wanted, wrong, probe)

    def _wanted(self, trials: list[tuple[Any, ...]]) -> list[Any]:
        """What the outcomes are compared with."""
        return self.outcomes(self.solution, trials)[0]

    def _diagnosis(
        self,
        trials: list[tuple[Any, ...]],
        seen: list[Outcome],
        wanted: list[Any],
        wrong: list[int],
        probe: Probe,
    ) -> Verdict:
        """What is said of a wrong answer; `wrong` are the trials that fail, the smallest first."""
        for mistake in self._mistakes:
            wrong_way = Probe(mistake.wrong, self.parameters, watch=False)
            if all(self._outcome(wrong_way, args) == o for args, o in zip(trials, seen, strict=True)):
                text = mistake.message + self._cause(trials, wanted, wrong, probe) + self._also(probe)
                details = self._details(trials[wrong[0]], seen[wrong[0]], wanted[wrong[0]])
                return self._not_yet(mistake.name, text, details)
        verdict = self._by_part(trials, seen, wanted, wrong, probe)
        return self._unnamed(trials, seen, wanted, wrong, probe) if verdict is None else verdict

    def _nothing(self, function: Callable[..., Any], seen: list[Outcome], probe: Probe) -> Verdict | None:
        """A verdict on a function that has no result at all, else None."""
        nothing = [o.error is None and _blank_result(o.value) for o in seen]
        todo = [o.error is not None and o.error.kind == "NotImplementedError" for o in seen]
        if all(todo) or (all(nothing) and self._untouched(function) and not probe.changed):
            return self._not_attempted("Your function does nothing yet.")
        return self._returns_nothing(probe) if all(nothing) else None

    def _untouched(self, function: Callable[..., Any]) -> bool:
        return untouched(function, self.stub)

    def _by_part(
        self,
        trials: list[tuple[Any, ...]],
        seen: list[Outcome],
        wanted: list[Outcome],
        wrong: list[int],
        probe: Probe,
    ) -> Verdict | None:
        """Of several results in a tuple, the first that is wrong as in a mistake that spoils it alone."""
        yours, right = _parts(seen), _parts(wanted)
        if len(yours) != len(right) or not isinstance(wanted[0].value, tuple):
            return None
        if _reordered(yours, right):
            text = "Your results are the right ones in another order. Which does the exercise name first?"
            details = self._details(trials[wrong[0]], seen[wrong[0]], wanted[wrong[0]])
            return self._not_yet("results in another order", text + self._also(probe), details)
        for k, (part, aim) in enumerate(zip(yours, right, strict=True)):
            if part == aim:
                continue
            mistake = self._mistake_in_part(k, part, right, trials)
            if mistake is None:
                return self._shape_of_part(k, part, aim, seen, wanted, trials)
            more = sum(other != due for other, due in zip(yours[k + 1 :], right[k + 1 :], strict=True))
            beside = f"\nBesides, {more} of the other results {'is' if more == 1 else 'are'} not right yet."
            text = mistake.message + beside * bool(more) + self._also(probe)
            t = next(t for t in wrong if part[t] != aim[t])  # an input on which this result is wrong
            return self._not_yet(mistake.name, text, self._details(trials[t], seen[t], wanted[t]))
        return None

    def _shape_of_part(
        self,
        k: int,
        part: list[Outcome],
        aim: list[Outcome],
        seen: list[Outcome],
        wanted: list[Outcome],
        trials: list[tuple[Any, ...]],
    ) -> Verdict | None:
        """Of several results, one of another shape than it should have."""
        for t in sorted(range(len(trials)), key=lambda t: size(trials[t])):
            yours, due = numbers(part[t].value), numbers(aim[t].value)
            if yours is not None and due is not None and yours.shape != due.shape:
                text = f"Result {k + 1} of {len(wanted[t].value)} is {kind(part[t].value)}; "
                text += f"{kind(aim[t].value)} is wanted."
                return self._not_yet("wrong shape", text, self._details(trials[t], seen[t], wanted[t]))
        return None

    def _mistake_in_part(
        self, k: int, part: list[Outcome], right: list[list[Outcome]], trials: list[tuple[Any, ...]]
    ) -> Mistake | None:
        """The mistake that makes the k-th result what it is here, and leaves the others as they should be."""
        for mistake in self._mistakes:
            would = _parts(self.outcomes(mistake.wrong, trials)[0])
            if len(would) == len(right) and would[k] == part:
                if all(would[j] == right[j] for j in range(len(right)) if j != k):
                    return mistake
        return None

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
        text += "Does every path end in `return`, with the variable that holds the result? (Functions that "
        text += "change their argument, such as `np.fill_diagonal`, return None themselves.)"
        return self._not_yet("returns None", text)

    def _unnamed(
        self,
        trials: list[tuple[Any, ...]],
        seen: list[Outcome],
        wanted: list[Outcome],
        wrong: list[int],
        probe: Probe,
    ) -> Verdict:
        """A wrong answer that is none of the exercise's mistakes: a slip of Python, a misuse, or unknown."""
        for k in dict.fromkeys((wrong[0], *wrong[-5:])):  # small inputs may agree by chance
            value = numbers(seen[k].value)
            again = 0 if value is None else 1 if value.size > 1 else 4  # two tosses of a coin are often alike
            if any(self._outcome(probe, trials[k]) != seen[k] for _ in range(again)):
                text = "Two calls with the same input gave two different results. "
                text += "Does the function draw random numbers, or remember something between calls?"
                return self._not_yet("random result", text, self._inputs(trials[k]))
        misuse = self._misuse(trials, seen, wanted, wrong)
        if misuse is None or misuse.mistake in _PERHAPS_A_SLIP:
            found = self._slip(trials, seen, wanted, wrong, probe)
            if found is None:
                found = self._as_far_as_it_goes(trials, seen, wanted, probe)
            if found is not None:
                return found
        if misuse is not None:
            return misuse
        k = wrong[0]
        text = "Most inputs come out right, but not this one." if 3 * len(wrong) < len(trials) else ""
        text = text or _right_parts(seen, wanted) or "The result differs from what the exercise asks for."
        for sentence, holds in self.properties:
            with contextlib.suppress(Exception):
                if not holds(seen[k].value, *copy.deepcopy(trials[k])):
                    text = sentence
                    break
        details = self._details(trials[k], seen[k], wanted[k])
        return self._not_yet(None, text + self._also(probe), details)

    def _as_far_as_it_goes(
        self, trials: list[tuple[Any, ...]], seen: list[Outcome], wanted: list[Outcome], probe: Probe
    ) -> Verdict | None:
        """The one mistake that makes all wrong results there are, if some inputs give none at all.

        A mistake may lead to None, NaN or an overflow in one way of writing it and not in another. And a few
        inputs may come out right that the mistake would spoil, if they are treated apart.
        """
        if any(o.error for o in seen):  # which is what the learner has to see first
            return None
        there = [k for k, o in enumerate(seen) if not (_blank_result(o.value) or not _finite(o.value))]
        wrong = sorted((k for k in there if seen[k] != wanted[k]), key=lambda k: size(trials[k]))
        values = len({show(seen[k].value) for k in wrong})
        if values < 2 or all(_is_bool(o.value) for o in wanted):
            return None
        found = []
        for mistake in self._mistakes:
            wrong_way = Probe(mistake.wrong, self.parameters, watch=False)
            if all(self._outcome(wrong_way, trials[k]) == seen[k] for k in wrong):
                would = {k: self._outcome(wrong_way, trials[k]) for k in there}
                spoilt = [k for k in there if would[k] != wanted[k]]
                if spoilt == sorted(wrong):
                    found.append((mistake, ""))
                elif values > 2 and 4 * len(wrong) >= 3 * len(spoilt):
                    found.append((mistake, "On the inputs that go wrong: "))
        if len(found) != 1:
            return None
        (mistake, where), k = found[0], wrong[0]
        text = where + mistake.message + _without_result(seen) + self._also(probe)
        return self._not_yet(mistake.name, text, self._details(trials[k], seen[k], wanted[k]))

    def _misuse(
        self, trials: list[tuple[Any, ...]], seen: list[Outcome], wanted: list[Outcome], wrong: list[int]
    ) -> Verdict | None:
        """The first misuse that one of the wrong results shows."""
        for name, text, guilty in self._misuses(seen, wanted):
            where = [k for k in wrong if k in guilty]
            if where:  # a single unit shows little
                k = next((k for k in where if size((wanted[k].value,))[0] > 1), where[0])
                details = self._details(trials[k], seen[k], wanted[k])
                return self._not_yet(name, text(k), details)
        return None

    def _comparer(
        self, trials: list[tuple[Any, ...]], wrong: list[int], costs: Sequence[int] = ()
    ) -> Callable[..., bool]:
        """Whether a function, which may never end, gives these outcomes; the telling inputs come first.

        `costs` are the steps that the learner's own function took on each input. No other function gets many
        times as many, and all of them together have one budget.
        """
        order = [*wrong, *(k for k in range(len(trials)) if k not in wrong)]
        left = _slips.budget(sum(costs))

        def gives(outcomes: list[Outcome], function: Callable[..., Any], longer: bool = False) -> bool:
            return all(agrees(outcomes, function, k, longer) for k in order)

        def agrees(outcomes: list[Outcome], function: Callable[..., Any], k: int, longer: bool) -> bool:
            nonlocal left
            steps = min(left, _slips.allowed(costs[k] if costs else 0, longer))
            if steps <= 0:
                return False
            run = Probe(function, self.parameters, steps=steps)
            try:
                with quiet():
                    return bool(self._outcome(run, trials[k]) == outcomes[k])
            except (TooSlow, Exception):  # too slow, or no result that can be compared: this is no diagnosis
                return False
            finally:
                left -= steps - run.steps

        return gives

    def _cause(
        self, trials: list[tuple[Any, ...]], wanted: list[Outcome], wrong: list[int], probe: Probe
    ) -> str:
        """The slip of Python behind one of the exercise's own mistakes, if there is one for sure."""
        gives = self._comparer(trials, wrong, probe.costs)
        found = _slips.undone(probe.function, functools.partial(gives, wanted), sure=True)
        if found is None:
            return ""
        slip, line = found
        return f"\n{slip.message}" + (f" Look at `{line}`." if line else "")

    def _slip(
        self,
        trials: list[tuple[Any, ...]],
        seen: list[Outcome],
        wanted: list[Outcome],
        wrong: list[int],
        probe: Probe,
    ) -> Verdict | None:
        """A common slip of Python, if one explains all results (see `_slips`)."""
        gives = self._comparer(trials, wrong, probe.costs)
        found = None
        if probe.seconds < 1:  # else trying changed copies of the answer would take too long
            found = _slips.undone(probe.function, functools.partial(gives, wanted))
        if found is not None:
            slip, line = found
            name, text = slip.name, slip.message + (f"\nLook at `{line}`." if line else "")
        else:
            if any(o.error or _has_nan(o.value) for o in seen):  # alike for many reasons
                return None
            blur = _slips.blurred([o.value for o in seen], [o.value for o in wanted])
            if blur is None:
                answers = (*self.also, self.solution)
                blur = next(
                    (slip for slip, other in _slips.made(answers, probe.function) if gives(seen, other)), None
                )
            if blur is None:
                return None
            name, text = blur.name, blur.message
        k = wrong[0]
        return self._not_yet(name, text + self._also(probe), self._details(trials[k], seen[k], wanted[k]))

    def _misuses(
        self, seen: list[Outcome], wanted: list[Outcome]
    ) -> list[tuple[str, Callable[[int], str], set[int]]]:
        """Misuses in the order in which they are looked for: name, text, and the guilty trials."""
        every = range(len(seen))
        values = [numbers(o.value) for o in seen]
        aims = [numbers(o.value) for o in wanted]
        numeric = {k for k in every if aims[k] is not None}
        both = {k for k in numeric if values[k] is not None}
        alike = {k for k in both if values[k].shape == aims[k].shape}
        bipolar = {k for k in numeric if aims[k].size and (np.abs(aims[k]) == 1).all()}
        bipolar = {k for k in bipolar if not isinstance(wanted[k].value, (bool, np.bool_))}
        coded = len(alike) == len(seen) == len(bipolar)
        coded = coded and all(np.array_equal(2 * values[k] - 1, aims[k]) for k in every)
        negated = len(alike) == len(seen)
        negated = negated and all(np.allclose(-values[k], aims[k]) for k in every)
        several = {k for k in every if not seen[k].error and _other_number(seen[k].value, wanted[k].value)}
        return [
            (
                "raises an error",
                lambda k: f"Your function stops with {_error_text(seen[k].error, self.errors)}",
                {k for k in every if seen[k].error},
            ),
            (
                "returns None",
                lambda k: "For some inputs your function returns None. Does every branch end in `return`?",
                {k for k in every if not seen[k].error and _blank_result(seen[k].value)},
            ),
            (
                "wrong shape",
                lambda k: (
                    f"Your function returns {_results(seen[k].value)}; {len(wanted[k].value)} results "
                    "are wanted, each for itself, as in `return a, b`."
                ),
                several,
            ),
            (
                "wrong type",
                lambda k: f"Your function returns {_what_and_wanted(seen[k].value, wanted[k].value)}.",
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
                {k for k in every if _has_nan(seen[k].value)},
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
        return f"its argument{'s' * (len(names) > 1)} " + " and ".join(names)

    def _inputs(self, args: tuple[Any, ...]) -> str:
        pairs = zip(self.parameters, args, strict=False)
        return "\n".join(f"{n} = {show(a)}" for n, a in pairs if a is not None)

    def _details(self, args: tuple[Any, ...], seen: Outcome, wanted: Outcome) -> str:
        yours = f"an error, {seen.error.kind}" if seen.error else show(_tidy(seen.value))
        aim = show(_tidy(wanted.value))
        if yours == aim:  # the first digits agree: show all
            yours, aim = show(seen.value, digits=16), show(wanted.value, digits=16)
        return f"{self._inputs(args)}\nyours:    {yours}\nexpected: {aim}{_first_apart(seen, wanted)}"


def _first_apart(seen: Outcome, wanted: Outcome) -> str:
    """Where arrays that are too long to be shown differ for the first time."""
    several = isinstance(wanted.value, tuple) and isinstance(seen.value, (tuple, list))
    pairs = zip(seen.value, wanted.value, strict=False) if several else [(seen.value, wanted.value)]
    for number, (yours, due) in enumerate(pairs, start=1):
        mine, aim = numbers(yours), numbers(due)
        if mine is None or aim is None or mine.shape != aim.shape or same(yours, due):
            continue
        apart = np.argwhere(~np.isclose(mine, aim, equal_nan=True))
        if not len(apart) or not show(due).endswith(" …"):
            return ""
        at, of = tuple(apart[0]), f" of result {number}" * several
        yours, due = show(_tidy(mine[at])), show(_tidy(aim[at]))
        return f"\nfirst difference, at {[*map(int, at)]}{of}: {yours}, expected {due}"
    return ""


def _still_open(function: Callable[..., Any]) -> str:
    """What is said of a function that builds on another exercise of the course which is still open."""
    from hopfield_edu import feedback

    for name, other in used_by(function).items():
        if name in feedback._CHAPTER and other is not function:
            check = getattr(feedback, name)
            if isinstance(check, FunctionCheck) and unanswered(other, check.stub):
                return f"\nIt uses your `{name}`, which is not answered yet: that exercise comes first."
    return ""


def _tidy(value: Any) -> Any:
    """A result to be shown: what rounding has left of a zero is a zero."""
    if type(value) in (list, tuple):
        return type(value)(_tidy(part) for part in value)
    if isinstance(value, (float, np.ndarray)) and np.asarray(value).dtype.kind == "f":
        return np.where(np.abs(value) < _ROUNDING, 0.0, value)
    return value


_ROUNDING = 1e-12  # far below what is told apart


def _parts(outcomes: list[Outcome]) -> list[list[Outcome]]:
    """The outcomes of each of several results in a tuple; nothing, where they are none."""
    values = [outcome.value for outcome in outcomes]
    if not all(isinstance(value, (tuple, list)) and len(value) == len(values[0]) for value in values):
        return []
    return [[Outcome(value[k]) for value in values] for k in range(len(values[0]))]


def _reordered(yours: list[list[Outcome]], right: list[list[Outcome]]) -> bool:
    """Whether several results are the right ones, each in the place of another."""
    if yours == right or not 1 < len(right) < 6:
        return False
    return any(
        all(part == right[k] for part, k in zip(yours, order, strict=True))
        for order in itertools.permutations(range(len(right)))
    )


def _right_parts(seen: list[Outcome], wanted: list[Outcome]) -> str:
    """Which of several results are right, if some are and some are not."""
    yours, right = _parts(seen), _parts(wanted)
    if len(yours) != len(right) or not isinstance(wanted[0].value, tuple):
        return ""
    good = [str(k + 1) for k, (part, aim) in enumerate(zip(yours, right, strict=True)) if part == aim]
    if not good or len(good) == len(right):
        return ""
    which = "results " + ", ".join(good[:-1]) + f" and {good[-1]} are" if good[1:] else f"result {good[0]} is"
    return f"Of your {len(right)} results, {which} right; the others differ from what the exercise asks for."


def _results(value: Any) -> str:
    if isinstance(value, tuple) or (isinstance(value, list) and numbers(value) is None):
        return f"{len(value)} result{'s' * (len(value) != 1)}"
    return kind(value)


def _other_number(value: Any, wanted: Any) -> bool:
    """Whether numbers come back, but not as many results as are wanted."""
    if not isinstance(wanted, tuple):
        return False
    if isinstance(value, (list, tuple)):
        return len(value) != len(wanted)
    array = numbers(value)
    return array is not None and array.shape[:1] != (len(wanted),)


_PERHAPS_A_SLIP = (
    "raises an error",
    "returns None",
    "wrong type",
    "wrong shape",
    "NaN",
)  # a slip may be the reason


def _has_nan(value: Any) -> bool:
    array = numbers(value)
    if array is None and isinstance(value, (list, tuple)):  # several results
        return any(map(_has_nan, value))
    return array is not None and bool(np.isnan(array).any())


def _finite(value: Any) -> bool:
    array = numbers(value)
    if array is None and isinstance(value, (list, tuple)):
        return all(map(_finite, value))
    return array is None or bool(np.isfinite(array).all())


def _is_bool(value: Any) -> bool:
    return isinstance(value, (bool, np.bool_))


def _without_result(seen: list[Outcome]) -> str:
    """What else is to be said where some inputs have no result."""
    if any(_blank_result(o.value) for o in seen):
        return "\nBesides, for other inputs your function returns None."
    if any(_has_nan(o.value) for o in seen):
        return "\nBesides, for other inputs the result is NaN, not a number."
    if not all(_finite(o.value) for o in seen):
        return "\nBesides, for other inputs the result is infinite."
    return ""


def _blank_result(value: Any) -> bool:
    return value is None or value is ... or value is NotImplemented


def _error_text(error: Raised | None, meanings: Mapping[str, str]) -> str:
    """An error, where it was raised, and what helps: in this exercise, or anywhere."""
    if error is None:
        return ""
    text = str(error) + (f"\nIt happened in {error.line}" if error.line else "")
    text += "".join([f"\n{meaning}" for part, meaning in meanings.items() if re.search(part, error.text)])
    if "truth value of an array" in error.text:
        text += (
            "\n`if`, `and`, `or` and `not` want a single truth, and an array has many. `&` and `|` join "
            "arrays entry by entry, with brackets round each comparison."
        )
    if "cannot be interpreted as an integer" in error.text and "float" in error.text:
        text += (
            "\n`/` gives a number with a point even where nothing is left over; `//` gives a whole number."
        )
    if re.search("only integers, slices|indices must be integers", error.text):
        text += (
            "\nAn index is a whole number. `/` gives a number with a point, and `np.zeros` makes such "
            "numbers, unless it gets `dtype=int`."
        )
    if "operands could not be broadcast together" in error.text and "*" in error.line:
        text += "\n`*` multiplies entry by entry. A matrix product, or a sum of products, is written `@`."
    if lacks := re.search(r"'numpy\.ndarray' object has no attribute '(\w+)'", error.text):
        for name in re.findall(rf"(\w+)\.{lacks[1]}\b", error.line)[:1]:
            if hasattr(sys.modules.get(f"hopfield_edu.{name}"), lacks[1]):
                text += f"\nHere `{name}` is the array that your function is given: it hides the module "
                text += "of that name."
    if "Cannot cast" in text and "to dtype('int" in text:
        text += (
            "\nAn array of whole numbers takes no others in place. Make a new one, as in `y = y - b`; then "
        )
        text += "the argument keeps its value, too."
    return text


def _what_and_wanted(value: Any, wanted: Any) -> str:
    """What came back, and what should have."""
    what, aim = kind(value), kind(wanted)
    if "complex" in what:  # which is a number, too
        aim = aim.replace("a number", "a real number").replace("an array", "a real array")
    return f"{what}; {aim} is wanted"


def _other_kind(value: Any, wanted: Any) -> bool:
    """Whether a value is of another kind than the wanted one (numbers, text, mapping, ...)."""
    if numbers(wanted) is not None:
        return numbers(value) is None
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
        Wrong tables. One is named only if every entry that it would spoil is spoilt as it would.
        Slips that may happen in any table, such as a lost sign, are looked for after them.
    hints : sequence of str
    properties : sequence of (str, callable)
        Sentences for wrong entries of which nothing else is known than where they are:
        ``holds(entry, row, column)``.
    follow : dict of str to callable
        For a column that is computed from others: ``follow[column](row, entries)`` is its entry, given the
        learner's own entries of that row (column -> entry; in a table of one column, row -> entry). An
        entry that is wrong only because one that it follows from is wrong is no mistake of its own. A third
        parameter gets the entries of all rows, ``table[row][column]``.
    unread : dict of str to str
        What is said, for a column, of an entry that cannot be read, instead of what an entry looks like.
    praise : str
    limits : sequence of str
        See :class:`Check`.
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
        follow: Mapping[str, Callable[..., Any]] | None = None,
        unread: Mapping[str, str] | None = None,
        praise: str = "",
        limits: Sequence[str] = (),
    ) -> None:
        super().__init__(name, solution, mistakes, hints, limits)
        self.columns, self.properties, self.praise = tuple(columns), tuple(properties), praise
        self.follow, self.unread = dict(follow or {}), dict(unread or {})
        self._numbered = all(numbers(row) is not None for row in solution)
        self._labels = {_entry(row): row for row in solution}
        self._titles = _tables.titles(self._labels, self.columns)
        self._signs: set[str] = set(self.columns[:1] if len(self.columns) == 1 else ())
        self._cells: dict[tuple[Any, str], Any] = {}
        self._cells = self._read(solution)
        for column in self.columns:  # in which + and - are +1 and -1
            entries = [numbers(entry) for (_, c), entry in self._cells.items() if c == column]
            if all(entry is not None and (np.abs(entry) == 1).all() for entry in entries):
                self._signs.add(column)
        self._wrong = [(m, self._read(m.wrong)) for m in mistakes]

    def _row(self, row: Any) -> Any:
        """A row's key in its plain form; "1" is 1 where the rows are numbered."""
        return fold(row) if self._numbered and isinstance(row, str) else _entry(row)

    def _read(self, table: Mapping[Any, Any]) -> dict[tuple[Any, str], Any]:
        """(row, column) -> entry, in the table's own order; it must have the right rows and columns."""
        cells = {}
        for row, entries in ((self._row(row), entries) for row, entries in table.items()):
            for column, entry in zip(self.columns, _entries(entries), strict=True):
                like = self._cells.get((row, column))
                cells[row, column] = _entry(entry, like=like, sign=column in self._signs)
        return cells

    def _judge(self, answer: tuple[Any, ...], rng: np.random.Generator) -> Verdict:
        if len(answer) != 1 or blank(answer[0]):
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
            text = f"All that you filled in is right. Still open: {missing} of {len(cells)} entries."
            return self._not_yet("incomplete", text)
        return self._correct(self.praise or "Every entry is right.")

    def _not_a_table(self, table: Any) -> Verdict | None:
        if not isinstance(table, Mapping):
            text = f"You handed over {kind(table)}; a table is wanted, one row per key."
            return self._not_yet("not a table", text)
        wanted = [_entry(row) for row in self.solution]
        given = [self._row(row) for row in table]
        missing = [row for row in wanted if row not in given]
        extra = [row for row in given if row not in wanted]
        if missing or extra:
            text = f"The {_tables.noun(self._labels, self.columns)}s are {show(list(self.solution))}."
            text += f" Missing: {show([self._labels[row] for row in missing])}." if missing else ""
            text += f" Not wanted: {show(extra)}." if extra else ""
            return self._not_yet("wrong rows", text)
        for row, entries in table.items():
            count = len(_entries(entries))
            if count != len(self.columns) == 1:
                title = _capital(self._titles[self._row(row)])
                return self._not_yet("wrong columns", f"{title} has {count} entries; one is wanted.")
            if count != len(self.columns):
                text = f"Row {show(row)} has {count} entries, but there are {len(self.columns)} columns: "
                return self._not_yet("wrong columns", text + ", ".join(self.columns) + ".")
        for (row, column), entry in self._read(table).items():
            if entry is not None and _other_kind(entry, self._cells[row, column]):
                where = _capital(self._titles[row]) + f", column {column}" * (len(self.columns) > 1)
                sample = f"An entry looks like {show(self._sample(row, column))}."
                sample += self._broken([(row, column)], {(row, column): entry})
                text = f"{where}: {show(entry)} cannot be read. {self.unread.get(column, sample)}"
                return self._not_yet("unreadable entry", text)
        return None

    def _sample(self, row: Any, column: str) -> Any:
        """Some entry that is well formed; not the right one where the answer is a state."""
        return row if isinstance(self._cells[row, column], str) else 7

    def _diagnose(self, cells: dict[tuple[Any, str], Any], wrong: set[tuple[Any, str]]) -> Verdict:
        """The named mistakes that the wrong entries show, or what can be said without a name."""
        cut = {key for key in wrong if rounded(cells[key], self._cells[key])}
        also = "\nOther entries look rounded: write them as fractions." if cut and cut != wrong else ""
        wrong = wrong - cut or wrong
        rest = self._followers(cells, wrong)
        faults = wrong - rest or wrong
        if rest and rest != wrong:
            also = "\nOther entries follow from these as they should; they will change with them." + also
        ordered = [key for key in cells if key in faults]
        where = self._places(ordered)
        found = self._mistakes_in(cells, faults)
        filled = _tables.Filled(cells, self._cells, ordered, self._titles)
        if len(found) > 1 and _tables.exchanged(filled):
            found = []  # one exchange rather than two mistakes
        if found:
            text = "\n".join(mistake.message for mistake, _ in found)
            beside = len(faults - set().union(*(spoilt for _, spoilt in found)))
            if beside:
                also = f"\nBesides, {_entries_are(beside)} not right for another reason." + also
            return self._not_yet(found[0][0].name, text + also, where)
        if wrong == cut:
            text = "This looks rounded. Write it as a fraction, such as 3 / 8: Python works it out exactly."
            return self._not_yet("rounded", text, where)
        count = len(faults)
        what = (
            "not right yet" if faults == wrong else "wrong by itself" if count == 1 else "wrong by themselves"
        )
        text = f"{count} of {len(cells)} entries {'is' if count == 1 else 'are'} {what}."
        slip, telling = _tables.related(filled)
        name, sentence = slip or (None, "")
        text += f" {sentence}" * bool(sentence)
        text += "" if telling else self._broken(ordered, cells)
        return self._not_yet(name, text + also, where)

    def _broken(self, keys: Sequence[tuple[Any, str]], cells: Mapping[tuple[Any, str], Any]) -> str:
        """The first sentence of `properties` that does not hold for one of these entries."""
        for sentence, holds in self.properties:
            with contextlib.suppress(Exception):
                if not all(holds(cells[key], *key) for key in keys):
                    return " " + sentence
        return ""

    def _places(self, keys: list[tuple[Any, str]]) -> str:
        several = len(self.columns) > 1
        places = [self._titles[row] + f", {column}" * several for row, column in keys]
        return "look again at " + "; ".join(places[:4]) + (" …" if len(places) > 4 else "")

    def _followers(self, cells: dict[tuple[Any, str], Any], wrong: set[tuple[Any, str]]) -> set[Any]:
        """The wrong entries that come out of the learner's own other entries by the right rule."""
        found = set()
        for row, column in wrong:
            with contextlib.suppress(Exception):  # an entry that it follows from may be blank
                entries = {c: cells[row, c] for c in self.columns}
                if len(self.columns) == 1:
                    entries = {self._labels[r]: cells[r, column] for r, _ in cells}
                given = [self._labels[row], entries]
                if len(inspect.signature(self.follow[column]).parameters) == 3:
                    given.append({r: {c: cells[r, c] for c in self.columns} for r, _ in cells})
                due = _entry(self.follow[column](*given), like=self._cells[row, column])
                if same(cells[row, column], due) or rounded(cells[row, column], due):
                    found.add((row, column))
        return found

    def _mistakes_in(
        self, cells: dict[tuple[Any, str], Any], faults: set[tuple[Any, str]]
    ) -> list[tuple[Mistake, set[Any]]]:
        """The mistakes all of whose entries are there: one for all faults, or two, or one for most of them.

        Of two that fit the faults equally well, one may agree with the whole table, followers included. If
        not, they are told apart by nothing in the table, so neither is named.
        """
        present, whole = [], []
        for mistake, table in self._wrong:
            spoilt = {k for k in cells if cells[k] is not None and not same(table[k], self._cells[k])}
            spoilt = spoilt - self._followers(table, spoilt) or spoilt
            fits = all(same(cells[k], table[k]) or rounded(cells[k], table[k]) for k in spoilt)
            if spoilt and spoilt <= faults and fits:
                present.append((mistake, spoilt))
                if all(same(cells[k], table[k]) for k in cells if cells[k] is not None):
                    whole.append((mistake, spoilt))
        alone = [(m, spoilt) for m, spoilt in present if spoilt == faults]
        if len(alone) > 1:
            return whole if len(whole) == 1 else []
        if alone:
            return alone
        for k, (one, first) in enumerate(present):
            for other, second in present[k + 1 :]:
                if first | second == faults and not first & second:
                    return [(one, first), (other, second)]
        most = [(m, spoilt) for m, spoilt in present if 2 * len(spoilt) > len(faults)]
        largest = max((len(spoilt) for _, spoilt in most), default=0)
        most = [(m, spoilt) for m, spoilt in most if len(spoilt) == largest]
        return most if len(most) == 1 else []


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _entries_are(count: int) -> str:
    return "one entry is" if count == 1 else f"{count} entries are"


def _entries(row: Any) -> list[Any]:
    """The entries of a row; a table with a single column may do without the list."""
    if isinstance(row, np.ndarray) and row.ndim == 0:
        row = row.item()
    single = blank(row) or isinstance(row, (str, Number, np.generic))
    return [row] if single else list(row)


def _entry(value: Any, like: Any = None, sign: bool = False) -> Any:
    """A table's entry in its plain form: states as text of + and -, numbers as numbers, blank as None.

    Where there is a number in its place, + and - alone are one only as a `sign`: else a dash says "none".
    """
    if blank(value):
        return None
    if isinstance(value, (Fraction, Decimal)):
        return float(value)
    if isinstance(value, str):
        if numbers(like) is not None:  # "4", where the placeholder's quotes were left; "+" for a sign
            return {"+": 1, "-": -1}.get(fold(value), fold(value)) if sign else fold(value)
        text = re.sub(r"[\s,;()\[\]]+", "", value.translate(MINUS))
        if re.fullmatch(r"([+-]?1)+", text):  # "(+1, -1)", "1 -1"
            return "".join("-" if unit[0] == "-" else "+" for unit in re.findall(r"[+-]?1", text))
        return text
    array = numbers(value)
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
    limits : sequence of str
        See :class:`Check`.
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
        limits: Sequence[str] = (),
    ) -> None:
        super().__init__(name, solution, mistakes, hints, limits)
        self.parts, self.praise = tuple(parts), praise

    def _judge(self, answer: tuple[Any, ...], rng: np.random.Generator) -> Verdict:
        call = f"feedback.{self.name}({', '.join(self.parts)})"
        if all(blank(part) for part in answer):
            return self._not_attempted(f"There is no example yet: `{call}`.")
        if len(answer) != len(self.parts):
            text = f"An example has {len(self.parts)} parts: `{call}`."
            return self._not_yet("wrong arguments", text)
        open_parts = [
            f"`{name}`" + (" (it is None)" if part is None else "")  # as `np.fill_diagonal` returns
            for name, part in zip(self.parts, answer, strict=True)
            if blank(part)
        ]
        if open_parts:
            return self._not_yet("incomplete", f"Still open: {', '.join(open_parts)}.")
        arrays = [numbers(part) for part in answer]
        singles = [np.ndim(part) == 0 for part in self.solution]
        for name, part, array, single in zip(self.parts, answer, arrays, singles, strict=True):
            if array is None or not np.isfinite(array).all():
                what = kind(part) if array is None else "infinite or NaN"
                wanted = (
                    "a finite number" if single else "an array of finite numbers, in rows of equal length"
                )
                text = f"`{name}` is {what}; {wanted} is wanted."
                if not single and isinstance(part, (list, tuple)) and array is None:
                    text = f"`{name}` is no array yet: finite numbers are wanted, in rows of equal length."
                if isinstance(part, str) and set(part) <= {"+", "-"}:
                    text = f"`{name}` is a text. `patterns.from_label({part!r})` makes a state of it."
                return self._not_yet("wrong type", text)
        details = "\n".join(f"{n} = {show(a)}" for n, a in zip(self.parts, arrays, strict=True))
        for mistake in self._mistakes:
            assert mistake.found is not None
            seen = mistake.found(*[array.copy() for array in arrays])
            if seen:
                text = mistake.tell(*arrays) if mistake.tell else mistake.message
                text = f"{text} {seen}" if isinstance(seen, str) else text
                return self._not_yet(mistake.name, text, details)
        praise = self.praise(*arrays) if callable(self.praise) else self.praise
        return self._correct(praise or "A good example.")
