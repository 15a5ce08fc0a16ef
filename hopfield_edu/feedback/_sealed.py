"""Checks that can be handed out: they hold no solution, but digests of the right and the wrong answers.

Of a :class:`FunctionCheck` remain its inputs, and for each of them a salted digest (SHA-256) of what the
solution returns, and of what each named mistake returns. An answer is right if its digests are those of the
solution, and is a mistake if they are that mistake's. Nothing can be read off. But whoever tries many values
can find an answer that has few possible ones: a mark needs the whole check, and other inputs.

Real numbers are compared in cells of a grid, wide enough to forgive 1e-6 of the largest entry: the grid is
shifted until no entry of the answer is near a border, so that one digest is enough for a whole array.
"""

from __future__ import annotations

import functools
import hashlib
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import numpy as np

from hopfield_edu._values import Listing, fold, numbers, show
from hopfield_edu.feedback import _slips
from hopfield_edu.feedback._cards import Verdict
from hopfield_edu.feedback._core import Check, FunctionCheck, Mistake, Outcome
from hopfield_edu.feedback._running import Probe, untouched

FORMAT = 1
NEAR = 1e-6  # of the largest entry: so far apart two real answers may be, as in a whole check
TRIES = 1000  # shifts of a grid, of which more than half will do
WHOLE = 1e9  # whole numbers below this are compared exactly


class CannotSeal(ValueError):
    """A check that cannot be handed out without its answers; the text says why."""


class NotTold(ValueError):
    """A check whose inputs do not tell its answers apart, which is for its author to mend."""


# ------------------------------------------------------------------------------ values as text


@dataclass(frozen=True)
class Grid:
    """Where the cells of a grid begin, and where its sizes step from one power of two to the next."""

    offset: float
    shift: float


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """The parts of a result that are compared one by one: arrays and numbers, texts, and whatever else."""
    value = list(value) if isinstance(value, Listing) else value
    if isinstance(value, Mapping) and value:
        for key in sorted(value, key=_plain):
            yield from leaves(value[key], f"{path}[{_plain(key)} of {len(value)}]")
    elif (array := _complex(value)) is not None:
        yield from ((f"{path}.real", array.real), (f"{path}.imag", array.imag))
    elif numbers(value) is None and isinstance(value, (list, tuple)) and value:
        for k, part in enumerate(value):
            yield from leaves(part, f"{path}[{k} of {len(value)}]")
    else:
        yield path, value


def _complex(value: Any) -> np.ndarray | None:
    """Complex numbers, which only a mistake returns, as an array."""
    if numbers(value) is not None or not isinstance(value, (complex, list, tuple, np.ndarray, np.generic)):
        return None
    try:
        array = np.asarray(value)
    except ValueError:  # rows of several lengths
        return None
    return array if array.dtype.kind == "c" else None


def _plain(value: Any) -> str:
    """A key, or an entry of a set, as text that is the same for 1, 1.0 and numpy.int64(1)."""
    array = numbers(value)
    if array is not None:
        return repr((array + 0.0).tolist())
    if isinstance(value, (tuple, list)):
        return "(" + ", ".join(map(_plain, value)) + ")"
    if isinstance(value, (set, frozenset)):
        return "{" + ", ".join(sorted(map(_plain, value))) + "}"
    return repr(fold(value)) if isinstance(value, str) else f"a {type(value).__name__}"


def spellings(value: Any, grid: Grid) -> Iterator[str]:
    """The texts that a part of a result may have: of numbers near whole ones two, exact and on the grid."""
    array = numbers(value)
    if array is None:
        yield f"other {_plain(value)}"
        return
    unit = _unit(array, grid)
    if whole(array, NEAR):
        yield f"whole {array.shape} {np.rint(array).astype(int).ravel().tolist()}"
    if unit is not None:
        yield f"real {array.shape} {unit} {_cells(array, grid, unit)}"
    elif not whole(array, NEAR):
        yield f"{array.shape} {array.ravel().tolist()}"  # nothing but infinities and NaN


def comparable(value: Any) -> bool:
    """Whether the text of a value tells it from all others of its type."""
    if value is None or isinstance(value, str) or numbers(value) is not None or _complex(value) is not None:
        return True
    if isinstance(value, Mapping):
        return all(comparable(key) and comparable(value[key]) for key in value)
    return isinstance(value, (list, tuple, set, frozenset)) and all(map(comparable, value))


def whole(array: np.ndarray, near: float) -> bool:
    """Whether all entries are whole numbers, to `near` times the largest."""
    if not (np.isfinite(array).all() and np.abs(array).max(initial=0) < WHOLE):
        return False
    away = np.abs(array - np.rint(array)).max(initial=0)
    return bool(away <= min(near * max(1.0, np.abs(array).max(initial=0)), 0.1))


def _largest(array: np.ndarray) -> float:
    return float(np.abs(array[np.isfinite(array)]).max(initial=0))


def _unit(array: np.ndarray, grid: Grid) -> int | None:
    """The power of two above the largest entry, on a scale that is shifted; None where all are zero."""
    largest = _largest(array)
    return math.floor(math.log2(largest) + grid.shift) + 1 if largest > 1e-9 else None


def _places(array: np.ndarray, unit: int) -> np.ndarray:
    """Where entries lie, in cells so wide that at most half of the shifts bring one of them near a border."""
    return np.ldexp(array, -unit).ravel() / (4 * max(array.size, 1) * NEAR)


def _cells(array: np.ndarray, grid: Grid, unit: int) -> list[Any]:
    places = _places(array, unit) + grid.offset
    return [math.floor(x) if math.isfinite(x) else repr(x) for x in places.tolist()]


def grid_for(value: Any, rng: np.random.Generator) -> Grid:
    """A grid on which nothing of a value is near a border, neither in its entries nor in its size."""
    array = numbers(value)
    for _ in range(TRIES):
        grid = Grid(round(float(rng.random()), 4), round(float(rng.random()), 4))
        if array is None or (unit := _unit(array, grid)) is None:
            return grid
        step = math.log2(_largest(array)) + grid.shift
        places = _places(array, unit)
        places = places[np.isfinite(places)]
        near = NEAR * np.abs(places).max(initial=0)
        part = (places + grid.offset) % 1
        if 1e-4 < step % 1 < 1 - 1e-4 and (np.minimum(part, 1 - part) > near).all():
            return grid
    raise CannotSeal(f"an answer with {array.size} entries is too large")


# ------------------------------------------------------------------------------ digests


@dataclass(frozen=True, eq=False)
class Mark:
    """The digests of one outcome, part by part; it equals an outcome that has the same."""

    key: str
    parts: tuple[tuple[str, Grid], ...]

    @classmethod
    def of(cls, key: str, outcome: Outcome, rng: np.random.Generator) -> Mark:
        """Digest what the solution, or a mistake, does with one input."""
        if not comparable(outcome.value):
            raise CannotSeal(
                f"an answer holds something else than numbers and texts: {show(outcome.value, 60)}"
            )
        parts = []
        for path, value in _told(outcome):
            grid = grid_for(value, rng)
            texts = list(spellings(value, grid))
            array = numbers(value)
            exact = array is None or whole(array, 1e-9)
            parts.append((digest(key, path, texts[0] if exact else texts[-1]), grid))
        return cls(key, tuple(parts))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Outcome):
            return NotImplemented
        told = list(_told(other))
        return len(told) == len(self.parts) and all(
            any(digest(self.key, path, text) == due for text in spellings(value, grid))
            for (path, value), (due, grid) in zip(told, self.parts, strict=True)
        )

    __hash__ = None  # type: ignore[assignment]


def _told(outcome: Outcome) -> Iterator[tuple[str, Any]]:
    yield from [("error", str(outcome.error))] if outcome.error else leaves(outcome.value)


def digest(*words: str) -> str:
    """Twenty-four digits of a text that begins with a salt."""
    return hashlib.sha256("\0".join(words).encode()).hexdigest()[:24]


# ------------------------------------------------------------------------------ inputs as JSON


def packed(value: Any) -> Any:
    """An input as JSON; :class:`CannotSeal` for what is neither numbers nor text nor made of them."""
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    if isinstance(value, np.ndarray | np.generic) and value.dtype.kind in "biufU":
        array = np.asarray(value)
        kind = "scalar" if isinstance(value, np.generic) else "array"
        return {kind: array.ravel().tolist(), "shape": list(array.shape), "dtype": array.dtype.str}
    if isinstance(value, Fraction):
        return {"fraction": [value.numerator, value.denominator]}
    if isinstance(value, Mapping):
        return {"mapping": [[packed(key), packed(entry)] for key, entry in value.items()]}
    for name, kind in _KINDS.items():
        if type(value) is kind:
            return {name: [packed(entry) for entry in value]}
    raise CannotSeal(f"an input is a {type(value).__name__}: only numbers, texts, lists and arrays can be")


_KINDS = {"list": list, "tuple": tuple, "set": set, "frozenset": frozenset}


def unpacked(value: Any) -> Any:
    """What :func:`packed` was given."""
    if not isinstance(value, dict):
        return value
    if "dtype" in value:
        array = np.array(value.get("array", value.get("scalar")), value["dtype"]).reshape(value["shape"])
        return array if "array" in value else array[()]
    ((name, entries),) = value.items()
    if name == "fraction":
        return Fraction(*entries)
    if name == "mapping":
        return {unpacked(key): unpacked(entry) for key, entry in entries}
    return _KINDS[name](map(unpacked, entries))


# ------------------------------------------------------------------------------ sealing and opening


def seal(check: Check, secret: str) -> dict[str, Any]:
    """A check as it can be handed out, as JSON.

    Parameters
    ----------
    check : FunctionCheck
    secret : str
        Chooses inputs and salt; the same one gives the same bytes.

    Raises
    ------
    CannotSeal
        When the check judges by code of its own, or by a table that is the same for everybody.
    NotTold
        When its inputs do not tell its mistakes apart.
    """
    if not isinstance(check, FunctionCheck):
        raise CannotSeal(f"{check.name} ({type(check).__name__}): only a FunctionCheck has digests")
    if check.observes:
        raise CannotSeal(
            f"{check.name} has observe=, which is code: let the function return what is compared"
        )
    rng = check.generator(f"handed out, {secret}")
    salt = digest("salt", secret, check.name)
    trials = check.trials(rng)
    answers = [check.solution, *(mistake.wrong for mistake in check._mistakes)]
    try:
        columns = [
            [Mark.of(_key(salt, n, k), o, rng) for k, o in enumerate(check.outcomes(answer, trials)[0])]
            for n, answer in enumerate(answers)
        ]
        sealed = _written(check, salt, trials, columns)
    except CannotSeal as error:
        raise CannotSeal(f"{check.name}: {error}") from None
    _tells_apart(check, Sealed(sealed))
    return sealed


def _key(salt: str, answer: int, trial: int) -> str:
    """What the digest of a trial begins with; the solution is answer 0, the mistakes are those after it."""
    return f"{salt} {answer} {trial}"


def _written(
    check: FunctionCheck, salt: str, trials: Sequence[Sequence[Any]], columns: Sequence[Sequence[Mark]]
) -> dict[str, Any]:
    right, *others = (
        [[[due, grid.offset, grid.shift] for due, grid in mark.parts] for mark in column]
        for column in columns
    )
    wrong = zip(check._mistakes, others, strict=True)
    return {
        "name": check.name,
        "parameters": list(check.parameters),
        "hints": list(check.hints),
        "praise": check.praise,
        "stub": check.stub is not None,
        "salt": salt,
        "inputs": [[packed(argument) for argument in trial] for trial in trials],
        "right": right,
        "mistakes": [{"name": m.name, "message": m.message, "answers": marks} for m, marks in wrong],
    }


def _tells_apart(check: FunctionCheck, sealed: Sealed) -> None:
    """Whether the sealed check says of each answer what it is."""
    answers = [("right", check.solution), *((m.name, m.wrong) for m in check._mistakes)]
    for name, answer in answers:
        said = sealed._judge((answer,), np.random.default_rng(0))
        told = "right" if said.correct else said.mistake or "something without a name"
        if told != name:
            text = f"its inputs do not tell {name!r} from {told!r}: give it more of them"
            raise NotTold(f"{check.name}: {text}")


def without(check: Check) -> dict[str, Any]:
    """A check of which nothing but its hints is handed out."""
    return {"name": check.name, "hints": list(check.hints), "later": True}


def opened(content: Mapping[str, Any]) -> dict[str, Check]:
    """The checks of a file that was handed out, by their names; ValueError if it is of another kind."""
    if content["format"] != FORMAT:
        raise ValueError(f"it is of format {content['format']}; this version of the course reads {FORMAT}")
    return {one["name"]: Later(one) if one.get("later") else Sealed(one) for one in content["checks"]}


class Later(Check):
    """Stands for a check that the instructor has kept: it cannot say anything, and leaves no record."""

    def __init__(self, content: Mapping[str, Any]) -> None:
        super().__init__(content["name"], None, [], content["hints"])

    def __call__(self, *answer: Any, seed: int | str | None = None) -> Verdict:
        """Say that the answer is judged later."""
        said = super().__call__(*answer, seed=seed)
        return replace(said, record={})

    def _judge(self, answer: tuple[Any, ...], rng: np.random.Generator) -> Verdict:
        text = "Nobody can tell here: this answer is judged after you have handed it in."
        return self._not_yet(None, text)


class Sealed(FunctionCheck):
    """A check of a function that knows the right answer, and its mistakes, by their digests only."""

    def __init__(self, content: Mapping[str, Any]) -> None:
        Check.__init__(self, content["name"], None, [], content["hints"])
        self._mistakes = tuple(Mistake(m["name"], None, m["message"]) for m in content["mistakes"])
        self.parameters, self.praise = tuple(content["parameters"]), content["praise"]
        self.inputs = [tuple(map(unpacked, trial)) for trial in content["inputs"]]
        self.stub, self.also, self.properties, self.observes = None, (), (), False
        self._stubbed = content["stub"]
        self._observe = lambda function, *args: function(*args)
        tables = [content["right"], *(m["answers"] for m in content["mistakes"])]
        columns = [
            [
                Mark(_key(content["salt"], n, k), tuple((due, Grid(*grid)) for due, *grid in row))
                for k, row in enumerate(table)
            ]
            for n, table in enumerate(tables)
        ]
        self._right_marks, *self._wrong_marks = columns

    def trials(self, rng: np.random.Generator) -> list[tuple[Any, ...]]:
        """The inputs that were handed out, whatever the seed."""
        return list(self.inputs)

    def _untouched(self, function: Callable[..., Any]) -> bool:
        return self._stubbed or untouched(function)

    def _wanted(self, trials: list[tuple[Any, ...]]) -> list[Any]:
        return list(self._right_marks)

    def _diagnosis(
        self,
        trials: list[tuple[Any, ...]],
        seen: list[Outcome],
        wanted: list[Any],
        wrong: list[int],
        probe: Probe,
    ) -> Verdict:
        k = wrong[0]
        for mistake, marks in zip(self._mistakes, self._wrong_marks, strict=True):
            if all(o == mark for o, mark in zip(seen, marks, strict=True)):
                return self._not_yet(mistake.name, mistake.message + self._also(probe), self._seen(k, seen))
        name, text = self._without_name(trials, seen, wrong, probe)
        return self._not_yet(name, text + self._also(probe), self._seen(k, seen))

    def _without_name(
        self, trials: list[tuple[Any, ...]], seen: list[Outcome], wrong: list[int], probe: Probe
    ) -> tuple[str | None, str]:
        """What can be said of a wrong answer that is none of the mistakes: its name and the card's text."""
        failed = next((seen[k].error for k in wrong if seen[k].error), None)
        if any(self._outcome(probe, trials[k]) != seen[k] for k in wrong[:3]):
            return "random result", "Two calls with the same input gave two different results."
        if probe.seconds < 1:
            gives = self._comparer(trials, wrong, probe.costs)
            found = _slips.undone(probe.function, functools.partial(gives, self._right_marks))
            if found is not None:
                slip, line = found
                return slip.name, slip.message + (f"\nLook at `{line}`." if line else "")
        if failed is not None:
            where = f"\nIt happened in {failed.line}" if failed.line else ""
            return "raises an error", f"Your function stops with {failed}{where}"
        if any(seen[k].value is None for k in wrong):
            return "returns None", "For some inputs it returns None. Does every branch end in `return`?"
        turned = [Outcome(None if (x := numbers(o.value)) is None else -x) for o in seen]
        if all(o == mark for o, mark in zip(turned, self._right_marks, strict=True)):
            return "opposite sign", "Your result is right except for its sign, everywhere."
        if 3 * len(wrong) < len(trials):
            return None, "Most inputs come out right, but not this one."
        return None, "The result differs from what the exercise asks for."

    def _seen(self, k: int, seen: list[Outcome]) -> str:
        """The input and what came of it; what is wanted, nobody knows here."""
        error = seen[k].error
        yours = f"an error, {error.kind}" if error else show(seen[k].value)
        return f"{self._inputs(self.inputs[k])}\nyours: {yours}"
