"""Every check: the solution passes, the stub is not attempted, every named mistake is recognised."""

import inspect
import itertools
import json
import linecache
import pkgutil
import re
import sys
from collections import deque
from decimal import Decimal
from fractions import Fraction
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest
from scipy.sparse import csr_array, csr_matrix

from hopfield_edu import _values as values
from hopfield_edu import feedback, state_space
from hopfield_edu.feedback import _core as core
from hopfield_edu.feedback import _running as running
from hopfield_edu.feedback._core import ExampleCheck, FunctionCheck, Mistake, TableCheck

ROOT = Path(__file__).resolve().parents[1]
CHECKS = list(feedback.CHECKS.values())
FUNCTIONS = [check for check in CHECKS if isinstance(check, FunctionCheck)]
TABLES = [check for check in CHECKS if isinstance(check, TableCheck)]
EXAMPLES = [check for check in CHECKS if isinstance(check, ExampleCheck)]


def name_of(value):
    return getattr(value, "name", None)


def ask(check, answer, seed=None):
    """Hand over an answer; an example goes in part by part."""
    return check(*answer, seed=seed) if isinstance(check, ExampleCheck) else check(answer, seed=seed)


# a small check of its own, so that the core is tested apart from the exercises


def _field(weights, state, i):
    return weights[i] @ state


def _trials(rng):
    return [
        (rng.integers(-3, 4, (n, n)), rng.choice([-1, 1], n), int(rng.integers(n)))
        for n in (2, 3, 4, 5)
        for _ in range(5)
    ]


field = FunctionCheck(
    _field,
    _trials,
    [Mistake("transposed weights", lambda w, y, i: w[:, i] @ y, "Row i leads into unit i.")],
    ["Look at `weights[i]`.", "Sum."],
)

table = TableCheck(
    "table",
    {"--": ["+-", 1], "++": ["-+", 2]},
    ["next state", "count"],
    [
        Mistake("units exchanged", {"--": ["-+", 1], "++": ["+-", 2]}, "Unit 1 comes first."),
        Mistake("one too many", {"--": ["+-", 2], "++": ["-+", 3]}, "Count from 1."),
    ],
    ["Look.", "Count."],
    properties=[("A count is below 9.", lambda entry, row, column: isinstance(entry, str) or entry < 9)],
)

example = ExampleCheck(
    "example",
    ["weights", "state"],
    ([[0, 1], [2, 0]], [1, 1]),
    [
        Mistake(
            "symmetric weights",
            ([[0, 1], [1, 0]], [1, 1]),
            "w_12 and w_21 agree.",
            lambda w, y: np.array_equal(w, w.T),
        )
    ],
    ["Try.", "Try again."],
)


def _stub(weights, state, i):
    h = None
    return h


def _empty(weights, state, i):
    """What is to be done."""


def _todo(weights, state, i):
    raise NotImplementedError


def _forgot(weights, state, i):
    h = weights[i] @ state  # noqa: F841


def _half(weights, state, i):
    if state[i] > 0:
        return weights[i] @ state


def _raises(weights, state, i):
    return weights[i] @ stat  # noqa: F821


def _exits(weights, state, i):
    sys.exit(3)


def _changes(weights, state, i):
    h = weights[i] @ state
    state[i] = 7
    return h


def _in_place(weights, state, i):
    state[i] = weights[i] @ state


def _endless(weights, state, i):
    while True:
        pass


def _endless_in_one_line(weights, state, i):
    while True: pass  # fmt: skip # noqa: E701


def _endless_in_an_expression(weights, state, i):
    return sum(0 for _ in itertools.count())


def _endless_in_a_library(weights, state, i):
    from fractions import Fraction

    return all(Fraction(k, 3) < 1e9 for k in iter(lambda: 1, 2))


def _swallows(weights, state, i):
    while True:
        try:
            sum(range(3))
        except Exception:
            pass


def _random(weights, state, i):
    return np.random.default_rng().random()


class _Hostile:
    def __eq__(self, other):
        raise RuntimeError("no")

    def __repr__(self):
        raise RuntimeError("no")

    __hash__ = None


async def _async(weights, state, i):
    return weights[i] @ state


def _yields(weights, state, i):
    yield weights[i] @ state


MISUSES = [
    (_forgot, "returns None"),
    (lambda weights, state, i: print(i), "returns None"),
    (_half, "returns None"),
    (_raises, "raises an error"),
    (_exits, "raises an error"),
    (lambda weights, state, i: _raises(weights, state, i), "raises an error"),
    (_changes, "changes its input"),
    (_in_place, "changes its input"),
    (_endless, "never ends"),
    (_endless_in_one_line, "never ends"),
    (_endless_in_an_expression, "never ends"),
    (_endless_in_a_library, "never ends"),
    (_swallows, "never ends"),
    (_random, "random result"),
    (lambda weights, state, i: "7", "wrong type"),
    (lambda weights, state, i: {}, "wrong type"),
    (lambda weights, state, i: weights.sum, "wrong type"),
    (lambda weights, state, i: _Hostile(), "wrong type"),
    (_async, "wrong type"),
    (_yields, "wrong type"),
    (lambda weights, state, i: [weights[i] @ state], "wrong shape"),
    (lambda weights, state, i: weights @ state, "wrong shape"),
    (lambda weights, state, i: float("nan"), "NaN"),
    (lambda weights, state, i: -(weights[i] @ state), "opposite sign"),
    (lambda weights, state: 0, "wrong arguments"),
    (lambda: 0, "wrong arguments"),
    (3, "called instead of passed"),
    (np.eye(2), "called instead of passed"),
    ([1, -1], "called instead of passed"),
    ("field", "not a function"),
    ({}, "not a function"),
    (_Hostile(), "not a function"),
    (int, "not a function"),
]


@pytest.mark.parametrize(("answer", "name"), MISUSES)
def test_misuse_gets_a_clear_verdict(answer, name, monkeypatch):
    if name == "never ends":  # a short limit for these alone: to collect garbage among all tests takes longer
        monkeypatch.setattr(running, "SECONDS", 0.3)
    verdict = field(answer)
    assert (verdict.status, verdict.mistake) == ("not yet", name)
    assert name in core.MISUSES and len(verdict.message) > 30


def test_zero_one_coding_is_recognised():
    def sign(weights, state):
        return np.sign(weights @ state + 0.5)

    check = FunctionCheck(sign, lambda rng: [(t[0], t[1]) for t in _trials(rng)], [], ["a", "b"])
    assert check(lambda w, y: (w @ y + 0.5 > 0).astype(int)).mistake == "0/1 instead of ±1"
    assert check(lambda w, y: w @ y + 0.5 > 0).mistake == "0/1 instead of ±1"


@pytest.mark.parametrize("answer", [_stub, _empty, _todo, lambda weights, state, i: None, None, ...])
def test_untouched_is_not_attempted(answer):
    verdict = field(answer)
    assert verdict.status == "not attempted" and verdict.mistake is None and not verdict


def test_a_wrong_number_of_entries_is_not_called_a_shape():
    verdict = feedback.fixed_points(lambda n: [0, *feedback.fixed_points.solution(n)])
    assert verdict.mistake is None and "yours:    [0" in verdict.details
    assert feedback.fixed_points(lambda n: "abc").mistake == "wrong type"


def test_a_completion_task_is_attempted_once_it_differs_from_its_stub():
    check = feedback.ordered_map
    stub = (  # as in the notebook, where it stands in another context and has comments
        "import numpy as np\n"
        "def ordered_map(moves, order):\n"
        "    end = np.arange(len(moves))  # the way so far\n"
        "    for i in order:\n"
        "        after = None\n"
        "        end = after\n"
        "    return end\n"
    )
    for source, status in [
        (stub, "not attempted"),
        (stub.replace("None", "moves[end, i]"), "correct"),
        (stub.replace("None", "moves[end, i]").replace("return end", "end"), "not yet"),
        (stub.replace("end = after", "end = end"), "not yet"),
    ]:
        name, space = f"<cell {status} {len(source)}>", {}
        linecache.cache[name] = (len(source), None, source.splitlines(True), name)  # as IPython does
        exec(compile(source, name, "exec"), space)
        assert check(space["ordered_map"]).status == status
    no_source = {}
    exec(stub, no_source)
    assert check(no_source["ordered_map"]).mistake == "returns None"


def test_harmless_differences_pass():
    assert field(lambda w, y, i: np.float32(w[i] @ y))
    assert field(lambda w, y, i: np.array(w[i] @ y + 1e-13))
    assert field(lambda weights, state, i, *, extra=0: sum((weights[i] * state).tolist()))


def test_single_precision_is_enough_for_real_numbers_and_not_for_whole_ones():
    third = FunctionCheck(_third, lambda rng: [(rng.normal(size=n),) for n in (1, 3, 9)], [], ["a", "b"])
    assert third(lambda x: (x / 3).astype(np.float32)) and third(lambda x: np.float32(x) / np.float32(3))
    assert not third(lambda x: x / 3 * (1 + 1e-5))
    count = FunctionCheck(_count, lambda rng: [(n,) for n in (10**7, 10**8)], [], ["a", "b"])
    assert count(lambda n: float(n)) and not count(lambda n: n + 1)


def _fields(weights, state):
    return weights @ state


def _third(x):
    return x / 3


def _count(n):
    return n


def test_numbers_that_look_alike_are_shown_in_full():
    verdict = field(lambda w, y, i: w[i] @ y + 3e-8)
    assert not verdict.correct
    yours, wanted = (line.split(":")[1] for line in verdict.details.splitlines()[-2:])
    assert yours.strip() != wanted.strip()


def test_a_clock_is_read_now_and_then(monkeypatch):
    """A loop until a change is below 1e-12: steps are counted, clocks are read once for hundreds of them."""
    looks = []
    look = running.Clock._look
    monkeypatch.setattr(running.Clock, "_look", lambda *args: (looks.append(args[2]), look(*args)))

    def patient(weights, state, i):
        old, new = 1.0, 0.5
        while abs(new - old) > 1e-12:
            old, new = new, new + 0.01 * (weights[i] @ state - new)
        return weights[i] @ state

    assert field(patient)
    assert len(looks) < sum(looks) / 100 and max(looks) <= 1000


def test_the_time_of_the_check_itself_does_not_count(monkeypatch):
    now = 0.0
    monkeypatch.setattr(running.time, "process_time", lambda: now)
    clock = running.Clock(1.0)
    for _ in range(3):
        clock.start()
        now += 0.125  # in the learner's function
        clock.stop()
        now += 9  # what the check does between two calls
    assert clock.spent == 0.375 and clock.done == 3


def test_a_limit_in_steps_is_the_same_everywhere():
    def loops(n):
        for _ in range(n):
            pass

    running.Probe(loops, ["n"], steps=1000)(300)
    for n in (10_000, 100_000):
        with pytest.raises(running.TooSlow):
            running.Probe(loops, ["n"], steps=1000)(n)


def test_slow_is_not_called_endless(monkeypatch):
    monkeypatch.setattr(running, "SECONDS", 1.5)

    def slow(weights, state, i):
        while len(state) > 3:
            sum(weights[i])
        return weights[i] @ state

    verdict = field(slow)
    assert verdict.mistake == "too slow" and "1.5 seconds" in verdict.message
    assert verdict.mistake in core.MISUSES


def test_print_and_warnings_are_kept_back(capsys, recwarn):
    def noisy(weights, state, i):
        print("look")
        print("here", file=sys.stderr)
        np.float64(1) / np.float64(0)
        return weights[i] @ state

    verdict = field(noisy)
    assert verdict.correct and "printed" in verdict.message
    assert capsys.readouterr() == ("", "") and not recwarn.list


def test_a_float_where_a_whole_number_is_wanted_is_explained():
    verdict = field(lambda w, y, i: sum(w[i, j] * y[j] for j in range(len(y) / 1)))
    assert verdict.mistake == "raises an error" and "`//` gives a whole number" in verdict.message


def test_two_common_errors_are_explained():
    product = field(lambda w, y, i: (w * y[:2])[i].sum())
    assert product.mistake == "raises an error" and "a sum of products, is written `@`" in product.message

    def overlaps(patterns):
        return patterns.overlap(patterns, patterns[0])

    check = FunctionCheck(lambda patterns: patterns.sum(), lambda rng: [(np.eye(2),)], [], ["a", "b"])
    assert "`patterns` is the array" in check(overlaps).message
    unknown = check(lambda patterns: patterns.mean_of())
    assert unknown.mistake == "raises an error" and "hides" not in unknown.message


def test_of_large_arrays_the_first_difference_is_told():
    def table(n):
        return np.arange(n * n).reshape(n, n) / 7, np.ones(n)

    def wrong(n):
        W, b = table(n)
        W[1, n - 1] = 0
        return W, b

    check = FunctionCheck(table, lambda rng: [(12,), (20,)], [], ["a", "b"])
    assert check(wrong).details.endswith("first difference, at [1, 11] of result 1: 0, expected 3.28571")
    assert "first difference" not in check(lambda n: (table(n)[0], np.zeros(n))).details
    small = FunctionCheck(table, lambda rng: [(2,), (3,)], [], ["a", "b"])
    assert "first difference" not in small(wrong).details
    matrix = FunctionCheck(lambda n: table(n)[0], lambda rng: [(12,), (20,)], [], ["a", "b"])
    assert matrix(lambda n: wrong(n)[0]).details.endswith("at [1, 11]: 0, expected 3.28571")


def test_a_mistake_in_one_result_is_shown_where_it_is_made():
    """Though an easier input shows that another result is wrong."""
    from hopfield_edu.feedback._core import Mistake

    def two(n):
        return n * n, n + 1

    cubes = Mistake("cubes", lambda n: (n**3, n + 1), "A cube in place of the square.")
    check = FunctionCheck(two, lambda rng: [(0,), (1,), (2,), (3,)], [cubes], ["a", "b"])
    verdict = check(lambda n: (n**3, n + 2))
    assert verdict.mistake == "cubes" and "2" in verdict.details.splitlines()[0]


def test_easy_numbers_are_shown_first():
    check = FunctionCheck(lambda h, T: h / T, lambda rng: [(1e-9, 2e-9), (1, 2), (800, 1)], [], ["a", "b"])
    assert check(lambda h, T: h * T).details.splitlines()[-1] == "expected: 0.5"


def test_error_message_names_line_and_error():
    verdict = field(_raises)
    assert "NameError: name 'stat' is not defined" in verdict.message
    assert "return weights[i] @ stat" in verdict.message
    assert "yours:    an error, NameError" in verdict.details


def test_time_limit_is_kept_and_tracing_restored(monkeypatch):
    monkeypatch.setattr(running, "SECONDS", 0.3)

    def tracer(frame, event, arg):
        return None

    before = sys.gettrace()
    sys.settrace(tracer)
    try:
        field(_endless)
        assert sys.gettrace() is tracer
        field(_field)
        field(_raises)
        assert sys.gettrace() is tracer
    finally:
        sys.settrace(before)


def test_an_interrupt_reaches_the_learner():
    def interrupted(weights, state, i):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        field(interrupted)
    assert sys.gettrace() is None or sys.gettrace().__module__ != running.__name__


def test_wrong_value_with_a_changed_argument_says_both():
    def both(weights, state, i):
        h = weights[:, i] @ state
        state[i] = 9
        return h

    verdict = field(both)
    assert verdict.mistake == "transposed weights" and "changes its argument `state`" in verdict.message


def _tripled():
    """A check of 3 x, for whole and half numbers of either sign, that knows two mistakes."""

    def tripled(x):
        return 3 * x

    doubled = Mistake("doubled", lambda x: 2 * x, "You double.")
    squared = Mistake("squared", lambda x: x * x, "You square.")
    trials = [(x / 2,) for x in range(-6, 7)]
    return FunctionCheck(tripled, lambda rng: trials, [doubled, squared], ["Look.", "Count."])


def test_a_mistake_is_named_beside_missing_results():
    check = _tripled()
    for nothing, words in ((None, "returns None"), (np.nan, "NaN")):
        verdict = check(lambda x, nothing=nothing: 2 * x if x > -2 else nothing)
        assert verdict.mistake == "doubled" and words in verdict.message
    assert check(lambda x: 2 * x if x < 2 else 3 * x).mistake == "doubled"  # a few are right
    assert check(lambda x: 2 * x if x < 0 else 3 * x).mistake is None  # half of them
    assert check(lambda x: 2 * x if x < 2 else x + 1).mistake is None
    assert check(lambda x: 1 / 0 if x < 0 else 2 * x).mistake == "raises an error"
    assert check(lambda x: 2 * x if x == 1 else None).mistake == "returns None"  # too little to tell


def test_what_rounding_leaves_of_a_zero_is_shown_as_zero():
    def differences(x):
        return np.array([x - 0.2 - 0.1, x])

    check = FunctionCheck(differences, lambda rng: [(0.3,)], [], ["Look.", "Count."])
    assert (differences(0.3) != 0).all()
    assert "expected: [0, 0.3]" in check(lambda x: np.array([1.0, x])).details


def test_changed_arguments_are_counted():
    check = feedback.CHECKS["there_and_back"]

    def both(weights, left, right):
        new_left, new_right = check.solution(weights, left, right)
        left[:], right[:] = new_left, new_right
        return new_left, new_right

    assert "changes its arguments `left` and `right`" in check(both).message


def test_unnamed_mistake_shows_the_smallest_difference():
    verdict = field(lambda w, y, i: w[i] @ y + (len(y) > 3))
    assert verdict.mistake is None and "weights = [[" in verdict.details
    assert verdict.details.count("],") == 3  # no 4 x 4 case differs less


def test_a_wrong_shape_is_shown_where_there_is_more_than_one_unit():
    def turned(state):
        return -state

    inputs = [(np.ones(n, int),) for n in (1, 3)]
    check = FunctionCheck(turned, lambda rng: inputs, [], ["Look.", "Turn."])
    verdict = check(lambda state: -np.atleast_2d(state))
    assert verdict.mistake == "wrong shape" and "(3,)" in verdict.message, verdict


def test_seed_decides_the_inputs(monkeypatch):
    wrong = lambda w, y, i: 1000  # noqa: E731
    texts = {seed: repr(field(wrong, seed=seed)) for seed in (None, 0, 1, "Ada", "Ben")}
    assert texts[None] == texts[0] and len(set(texts.values())) == 4
    assert all(repr(field(wrong, seed=seed)) == text for seed, text in texts.items())
    monkeypatch.setenv("HOPFIELD_EDU_SEED", "Ada")
    assert repr(field(wrong)) == texts["Ada"] and repr(field(wrong, seed=1)) == texts[1]


@pytest.mark.parametrize("mode", ["autograde", "validate"])
def test_grading_run_fails_the_cell(monkeypatch, mode):
    monkeypatch.setenv("NBGRADER_EXECUTION", mode)
    assert field(_field).correct
    for answer in (_stub, _forgot, None, 3):
        with pytest.raises(AssertionError, match="field: not"):
            field(answer)
    with pytest.raises(AssertionError, match="units exchanged"):
        table({"--": ["-+", 1], "++": ["+-", 2]})


def test_wrong_number_of_answers():
    assert field().status == "not attempted" and table().status == "not attempted"
    assert example().status == "not attempted" and example(None, None).status == "not attempted"
    assert field(_field, _field).mistake == "wrong arguments"
    assert example([[1]]).mistake == "wrong arguments"


# tables


def test_table_accepts_what_is_meant():
    assert table({"++": ("− +", 2.0), "--": ["(+1, -1)", 1]})
    assert table({"- -": [[1, -1], 1], "+ +": [np.array([-1, 1]), np.int64(2)]})
    assert table({"--": ["+-", "1"], "++": ["-+", " 2.0 "]})
    one = TableCheck("one", {"a": 1, "b": -2}, ["number"], [], ["Look.", "Count."])
    assert one({"a": 1, "b": "−2"}) and one({"a": [np.int64(1)], "b": np.float64(-2)})
    assert one({"a": "one", "b": -2}).mistake == "unreadable entry"
    signs = TableCheck("signs", {"a": 1, "b": -1}, ["sign"], [], ["Look.", "Count."])
    assert signs({"a": "+", "b": "−"}) and not signs({"a": "-", "b": "-"})
    assert one({"a": Fraction(2, 2), "b": Fraction(-2)}) and table(
        {"--": ["+-", Fraction(1)], "++": ["-+", 2]}
    )
    numbered = TableCheck("numbered", {1: 3, 2: 4}, ["number"], [], ["Look.", "Count."])
    assert numbered({"1": 3, "2": 4}) and "'+'" not in numbered({"1": 3, "x": 4}).message


def test_a_table_reads_fractions_in_quotes():
    parts = TableCheck("parts", {"a": 2 / 3, "b": -1 / 50}, ["number"], [], ["Look.", "Count."])
    assert parts({"a": "2/3", "b": "− 1 / 50"}) and parts({"a": "4 / 6", "b": "-0.02"})
    for odd in ("2/0", "2/3/4", "two/3", "/"):
        assert parts({"a": odd, "b": -0.02}).mistake == "unreadable entry"


def test_a_rounded_entry_is_called_rounded():
    tripled = Mistake("tripled", {"a few": [2 / 3, 3 / 7]}, "This is three times as much as it should be.")
    parts = TableCheck("parts", {"a few": [2 / 3, 1 / 7]}, ["x", "y"], [tripled], ["Look.", "Count."])
    for entries in ([0.666667, 1 / 7], [0.67, 0.14], [2 / 3, 0.142], [0.66, "?"], ["0.667", "0.143"]):
        verdict = parts({"a few": entries})
        assert verdict.mistake == "rounded" and "row a few, " in verdict.details, verdict
    one = parts({"a few": [0.7, 1 / 7]})  # one decimal may be a chance; it is said as what was seen
    assert one.mistake == "rounded" and "to one decimal" in one.message
    assert parts({"a few": [0.68, 1 / 7]}).mistake == "a single entry"
    verdict = parts({"a few": [0.667, 0.43]})  # the other entry tells more, be it rounded or not
    assert verdict.mistake == "tripled" and "Other entries look rounded" in verdict.message
    assert "rounded" not in parts({"a few": [0.9, 0.43]}).message


def test_a_table_speaks_of_a_mistake_only_if_all_of_it_is_there():
    right = {"a": [1, 2], "b": [3, 4], "c": [5, 6]}
    first = Mistake("first tenfold", {"a": [10, 2], "b": [30, 4], "c": [50, 6]}, "The first is ten times.")
    second = Mistake("second negative", {"a": [1, -2], "b": [3, -4], "c": [5, -6]}, "The second is negative.")
    check = TableCheck("check", right, ["x", "y"], [first, second], ["Look.", "Count."])
    assert check(first.wrong).mistake == "first tenfold"
    assert check(first.wrong | {"b": [3, 4]}).mistake == "a constant factor"  # a right entry contradicts it
    both = check({"a": [10, -2], "b": [30, -4], "c": [50, -6]})
    assert both.mistake == "first tenfold" and "second is negative" in both.message
    beside = check({"a": [10, 2], "b": [30, 7], "c": [50, 6]})
    assert beside.mistake == "first tenfold" and "one entry is not right for another reason" in beside.message
    assert check({"a": [10, 2], "b": ["?", "?"], "c": ["?", "?"]}).mistake == "first tenfold"


def test_two_mistakes_that_fit_alike_are_not_told_apart():
    twins = [Mistake(f"twin {k}", {"a": [3], "b": [k]}, "A twin, told by its second row.") for k in (4, 5)]
    check = TableCheck("check", {"a": [1], "b": [2]}, ["x"], twins, ["Look.", "Count."])
    assert check({"a": 3, "b": "?"}).mistake == "a single entry"
    assert check({"a": 3, "b": 5}).mistake == "twin 5"


def test_what_follows_from_a_wrong_entry_is_no_mistake_of_its_own():
    """The second column is the double of the first, the third the double of the second."""

    def table_of(first, factor=2):
        return {row: [x, factor * x, 2 * factor * x] for row, x in zip("abc", first, strict=True)}

    check = TableCheck(
        "check",
        table_of([1, 2, 3]),
        ["x", "2x", "4x"],
        [
            Mistake("counted from 0", table_of([0, 1, 2]), "Your count begins with 0, not with 1."),
            Mistake("tripled", table_of([1, 2, 3], 3), "You took three times the first, not two times."),
        ],
        ["Look.", "Count."],
        follow={"2x": lambda row, entries: 2 * entries["x"], "4x": lambda row, entries: 2 * entries["2x"]},
    )
    off = check(table_of([0, 1, 2]))
    assert (
        off.mistake == "counted from 0" and "follow from these" in off.message and ", 2x" not in off.details
    )
    stale = {row: [x, 2 * k, 4 * k] for row, x, k in zip("abc", [0, 1, 2], [1, 2, 3], strict=True)}
    assert check(stale).mistake == "counted from 0"  # the rest was computed from elsewhere, and is right
    assert check(table_of([1, 2, 3], 3)).mistake == "tripled"
    assert check(table_of([1, 7, 3])).details == "look again at row b, x"


def test_a_mistake_may_be_a_function_with_a_docstring():
    def one_too_many(weights, state, i):
        """You counted the unit itself
        as well."""
        return weights[i] @ state + 1

    mistake = Mistake.of(one_too_many)
    assert (mistake.name, mistake.message) == ("one too many", "You counted the unit itself as well.")
    assert mistake.wrong is one_too_many and Mistake.of(one_too_many, "so").name == "so"
    with pytest.raises(ValueError, match="no docstring"):
        Mistake.of(_field)


def test_sisters_share_their_mistakes():
    shared = core.sisters(field, lambda wrong: lambda w, y: [wrong(w, y, i) for i in range(len(y))])
    assert [m.name for m in shared] == ["transposed weights"] and shared[
        0
    ].message == "Row i leads into unit i."
    fields = FunctionCheck(_fields, lambda rng: [t[:2] for t in _trials(rng)], shared, ["a", "b"])
    assert fields(lambda w, y: w.T @ y).mistake == "transposed weights"
    assert core.sisters(field, lambda wrong: wrong, but=["transposed weights"]) == []
    with pytest.raises(ValueError, match="'lost'"):
        core.sisters(field, lambda wrong: wrong, but=["lost"])


def test_a_message_may_look_at_the_example():
    short = Mistake(
        "short", ([1],), "Too short in general.", lambda x: len(x) < 3, lambda x: f"Only {len(x)}."
    )
    check = ExampleCheck("check", ["x"], ([1, 2, 3],), [short], ["Look.", "Count."])
    assert check([1, 2]).message == "Only 2." and check([1, 2]).mistake == "short"


@pytest.mark.parametrize(
    ("answer", "mistake"),
    [
        ({"--": ["??", 1], "++": ["", None]}, "incomplete"),
        ({"--": ["-+", 1], "++": ["??", 2]}, "units exchanged"),
        ({"--": ["-+", 2], "++": ["-+", 2]}, "copied row"),
        ({"--": ["-+", 5], "++": ["--", 7]}, None),
        ({"--": ["+-", 1]}, "wrong rows"),
        ({"--": ["+-", 1], "++": ["-+", 2], "+-": ["++", 1]}, "wrong rows"),
        ({"--": ["+-"], "++": ["-+", 2]}, "wrong columns"),
        ({"--": [0, 1], "++": ["-+", 2]}, "unreadable entry"),
        ({"--": 3, "++": 4}, "wrong columns"),
        ([["+-", 1]], "not a table"),
        (_field, "not a table"),
        ({"--": [_Hostile(), 1], "++": ["-+", 2]}, "unreadable entry"),
        ({"--": _Hostile(), "++": 4}, "unreadable answer"),
        ({3: ["+-", 1], "++": ["-+", 2]}, "wrong rows"),
    ],
)
def test_table_verdicts(answer, mistake):
    verdict = table(answer)
    assert (verdict.status, verdict.mistake) == ("not yet", mistake)
    assert "+-" not in verdict.message.replace("'+-'", "")  # the right entry is not given away


def test_table_property_and_places():
    verdict = table({"--": ["+-", 11], "++": ["-+", 2]})
    assert "A count is below 9." in verdict.message and "row --, count" in verdict.details


def test_empty_table_is_not_attempted():
    for blank in ("??", "", None, "...", " ? "):
        assert table({"--": [blank, blank], "++": [blank, blank]}).status == "not attempted"
    assert table({"--": "??", "++": None}).mistake == "wrong columns"


def test_a_column_that_follows_from_itself():
    """In a table of one column, an entry may follow from others above it."""
    sums = TableCheck(
        "sums",
        {"a": 1, "b": 2, "a + b": 3},
        ["number"],
        [Mistake("one too many", {"a": 2, "b": 2, "a + b": 4}, "You counted from 1; count from 0.")],
        ["Look.", "Count."],
        follow={"number": lambda row, entries: entries["a"] + entries["b"] if row == "a + b" else None},
    )
    verdict = sums({"a": 2, "b": 2, "a + b": 4})
    assert verdict.mistake == "one too many" and "will change with them" in verdict.message
    assert sums({"a": 1, "b": 2, "a + b": 4}).mistake == "a single entry"  # what it follows from is right


def test_of_two_that_fit_the_faults_the_one_that_fits_the_rest_is_named():
    sums = TableCheck(
        "sums",
        {"a": [1, 2]},
        ["x", "twice"],
        [
            Mistake("x from 1", {"a": [2, 2]}, "You counted from 1 for x, but not for its double."),
            Mistake("all from 1", {"a": [2, 4]}, "You counted from 1; count from 0 in both columns."),
        ],
        ["Look.", "Count."],
        follow={"twice": lambda row, entries: 2 * entries["x"]},
    )
    assert sums({"a": [2, 2]}).mistake == "x from 1" and sums({"a": [2, 4]}).mistake == "all from 1"
    assert sums({"a": [2, 5]}).mistake is None


def _both(x):
    return x + 1, 2 * x


def test_several_results_are_looked_at_one_by_one():
    check = FunctionCheck(
        _both,
        lambda rng: [(np.array(n),) for n in (2, 3, 5)],
        [
            Mistake("nothing added", lambda x: (x, 2 * x), "The first result is not larger than x."),
            Mistake("halved", lambda x: (x + 1, x / 2), "The second result is half of x, not twice x."),
            Mistake(
                "all halved", lambda x: ((x + 1) / 2, x), "Both results are half of what they should be."
            ),
        ],
        ["a", "b"],
    )
    verdict = check(lambda x: (x, 7))
    assert verdict.mistake == "nothing added" and "1 of the other results is not right" in verdict.message
    assert check(lambda x: (x, x / 2)).mistake == "nothing added"
    assert check(lambda x: [x + 1, x / 2]).mistake == "halved"
    assert check(lambda x: ((x + 1) / 2, 7)).mistake is None  # a mistake in both is none in one
    assert check(lambda x: (7, x / 2)).mistake is None
    assert check(lambda x: (x, 2 * x, 1)).mistake == check(lambda x: x).mistake == "wrong shape"
    verdict = check(lambda x: (x + 1, [2 * x]))
    assert verdict.mistake == "wrong shape" and "Result 2 of 2 is an array of shape (1,)" in verdict.message


# examples


@pytest.mark.parametrize(
    ("answer", "mistake"),
    [
        (([[0, 1], [1, 0]], [1, 1]), "symmetric weights"),
        (([[0, 1], [1, 0]], None), "incomplete"),
        (([[0, 1], [1]], [1, 1]), "wrong type"),
        (("weights", [1, 1]), "wrong type"),
        (([[0, np.nan], [1, 0]], [1, 1]), "wrong type"),
        ((_field, [1, 1]), "wrong type"),
        ((_Hostile(), _Hostile()), "wrong type"),
        (([0, 1, 2], 3), "unreadable answer"),
    ],
)
def test_example_verdicts(answer, mistake):
    verdict = example(*answer)
    if mistake == "unreadable answer":
        assert verdict.status in ("correct", "not yet")
    else:
        assert (verdict.status, verdict.mistake) == ("not yet", mistake)


def test_the_text_of_a_state_is_sent_to_the_function_that_reads_it():
    verdict = example([[0, 1], [2, 0]], "+-")
    assert verdict.mistake == "wrong type" and "`patterns.from_label('+-')`" in verdict.message


# cards


def test_card_has_colour_symbol_word_and_label():
    cards = {v.status: v._repr_html_() for v in (field(_field), field(_stub), field(_raises))}
    assert len({re.search(r"border-left:6px solid (#\w+)", c)[1] for c in cards.values()}) == 3
    assert len({re.search(r'aria-hidden="true"[^>]*>(.)<', c)[1] for c in cards.values()}) == 3
    for status, text in cards.items():
        assert f'aria-label="field: {status}' in text and f"<strong>field: {status}" in text
        assert "color:inherit" in text


def test_card_escapes_what_the_learner_wrote():
    text = field(lambda w, y, i: "<script>alert(1)</script>")._repr_html_()
    assert "<script>" not in text and "&lt;script&gt;" in text


def test_verdict_is_displayed_not_returned_as_a_result(monkeypatch):
    shown = []
    monkeypatch.setattr("IPython.display.display", lambda data, metadata, raw: shown.append(data))
    field(_field)._ipython_display_()
    assert shown[0]["text/plain"].startswith("field: correct") and "✔" in shown[0]["text/html"]


# hints


def test_hint_ladder_of_the_core():
    assert repr(field.hint()) == repr(field.hint(1)) == "field: hint 1 of 2\n  Look at `weights[i]`."
    assert "<code>weights[i]</code>" in field.hint(1)._repr_html_()
    assert "there are 2 hints" in repr(field.hint(3))
    for odd in (0, -1, "1", 1.5, None, True):
        assert "from 1 to 2" in repr(field.hint(odd))


@pytest.mark.parametrize("check", CHECKS, ids=name_of)
def test_hints_exist(check):
    assert 2 <= len(check.hints) <= 4
    assert all(len(hint) > 20 for hint in check.hints) and len(set(check.hints)) == len(check.hints)


# all checks of all chapters


@pytest.mark.parametrize("check", CHECKS, ids=name_of)
def test_solution_passes(check, seeds=3):
    for seed in range(seeds):
        verdict = ask(check, check.solution, seed)
        assert verdict.correct, verdict
        assert verdict.mistake is None and verdict.message


@pytest.mark.slow
@pytest.mark.parametrize("check", FUNCTIONS, ids=name_of)
def test_solution_passes_with_every_seed(check):
    test_solution_passes(check, seeds=50)


@pytest.mark.every(5)
@pytest.mark.parametrize("check", CHECKS, ids=name_of)
def test_mistakes_are_recognised(check):
    for mistake in check._mistakes:
        verdict = ask(check, mistake.wrong, "a seed")
        assert (verdict.status, verdict.mistake) == ("not yet", mistake.name), verdict
        assert "0x" not in repr(verdict)


def same_words(check, mistakes):
    for mistake in mistakes:
        first, second = (ask(check, mistake.wrong, "a seed") for _ in range(2))
        assert repr(first) == repr(second)


@pytest.mark.every(3)
@pytest.mark.parametrize("check", CHECKS, ids=name_of)
def test_the_same_answer_is_told_the_same_words(check):
    same_words(check, check._mistakes[:2])


@pytest.mark.slow
@pytest.mark.parametrize("check", CHECKS, ids=name_of)
def test_every_mistake_is_told_the_same_words(check):
    same_words(check, check._mistakes)


@pytest.mark.every(5)
@pytest.mark.parametrize("check", FUNCTIONS, ids=name_of)
def test_mistakes_can_be_told_apart(check, seeds=2):
    """No two mistakes do the same on all trials, so that each is recognised, whatever the seed."""
    answers = {"the solution": check.solution} | {m.name: m.wrong for m in check._mistakes}
    for seed in range(seeds):
        trials = check.trials(check.generator(seed))
        seen = {name: check.outcomes(answer, trials)[0] for name, answer in answers.items()}
        for a, b in itertools.combinations(seen, 2):
            assert seen[a] != seen[b], (a, b)


@pytest.mark.slow
@pytest.mark.parametrize("check", FUNCTIONS, ids=name_of)
def test_mistakes_can_be_told_apart_with_every_seed(check):
    test_mistakes_can_be_told_apart(check, seeds=40)


@pytest.mark.parametrize("check", TABLES, ids=name_of)
def test_tables_can_be_told_apart(check):
    tables = [("the solution", check._cells), *[(m.name, cells) for m, cells in check._wrong]]
    for (a, first), (b, second) in itertools.combinations(tables, 2):
        assert not values.same(first, second), (a, b)


@pytest.mark.parametrize("check", EXAMPLES, ids=name_of)
def test_examples_fail_in_one_place_first(check):
    for mistake in check._mistakes:
        assert ask(check, mistake.wrong).mistake == mistake.name


@pytest.mark.every(5)
@pytest.mark.parametrize("check", FUNCTIONS, ids=name_of)
def test_functions_misused(check):
    names = ", ".join(check.parameters)
    space = {}
    exec(  # functions with the exercise's own parameters
        f"def nothing({names}):\n    answer = None\n    return answer\n"
        f"def forgets({names}):\n    answer = len([{names}])\n"
        f"def raises({names}):\n    return 1 / 0\n"
        f"def text({names}):\n    return 'abc'\n"
        f"def hidden({names}):\n    return undefined\n",
        space,
    )
    assert check(space["nothing"]).status == "not attempted"
    assert check(space["forgets"]).mistake == "returns None"
    assert check(space["raises"]).mistake == "raises an error"
    assert check(space["hidden"]).mistake == "raises an error"
    assert check(space["text"]).mistake == "wrong type"
    assert check(lambda: 0).mistake == "wrong arguments"
    assert check(3).mistake == "called instead of passed"
    assert check(None).status == "not attempted"
    if check.stub is not None:
        assert check(check.stub).status == "not attempted"


OPEN = """
def unsatisfied(weights, state):
    count = None  # how many weights are unsatisfied
    return count

def is_frustrated(weights):
    return all(unsatisfied(weights, y) > 0 for y in state_space.all_states(len(weights)))
"""


def test_an_exercise_that_builds_on_an_open_one_says_so():
    told = "uses your `unsatisfied`, which is not answered yet"
    space = {"state_space": state_space}
    for answer, open_yet in (
        (OPEN, True),
        (OPEN.replace("unsatisfied(weights, y) > 0", "unsatisfied(weights, y) != 0"), True),
        (OPEN.replace("count = None", "count = 0"), False),  # an answer, if a wrong one
    ):
        exec(answer, space)
        verdict = feedback.is_frustrated(space["is_frustrated"])
        assert verdict.status == "not yet" and (told in verdict.message) == open_yet, verdict


@pytest.mark.parametrize("check", TABLES, ids=name_of)
def test_blank_table(check):
    blank = {row: ["??"] * len(check.columns) for row in check.solution}
    assert check(blank).status == "not attempted"
    assert check([1]).mistake == "not a table"
    assert check({}).mistake == "wrong rows"


@pytest.mark.parametrize("check", EXAMPLES, ids=name_of)
def test_blank_example(check):
    assert check(*[None for _ in check.parts]).status == "not attempted"
    assert check(*[[[1, 2], [3]] for _ in check.parts]).mistake == "wrong type"
    assert check(*["?!" for _ in check.parts]).mistake == "wrong type"


@pytest.mark.every(9)
@pytest.mark.parametrize("check", EXAMPLES, ids=name_of)
@pytest.mark.parametrize("part", [5, [], [[]], [1, 2, 3], [[1, 2, 3]], np.zeros((3, 3, 3)), [[1e300]]])
def test_odd_examples_get_a_verdict(check, part):
    verdict = check(*[part for _ in check.parts])
    assert verdict.status == "not yet" and verdict.mistake != "unreadable answer", verdict


@pytest.mark.every(2)
@pytest.mark.parametrize("check", CHECKS, ids=name_of)
def test_messages_never_hold_the_solution(check):
    if isinstance(check, FunctionCheck):
        secret = [line.strip() for line in inspect.getsource(check.solution).splitlines()[1:]]
        secret = [line for line in secret if len(line) > 12 and not line.startswith(('"', "'", "#"))]
    elif isinstance(check, ExampleCheck):
        secret = [values.show(part) for part in check.solution if len(values.show(part)) > 8]
    else:
        secret = []
    said = " ".join([*check.hints, *(mistake.message for mistake in check._mistakes)])
    for line in secret:
        assert line not in said and line.removeprefix("return ") not in said, line


@pytest.mark.parametrize("check", CHECKS, ids=name_of)
def test_names_are_unique_and_messages_say_something(check):
    assert len(set(check.mistakes)) == len(check.mistakes)
    assert all(len(mistake.message) > 30 for mistake in check._mistakes)
    if isinstance(check, FunctionCheck):
        assert len(check.mistakes) >= 6


# loading


def test_the_list_of_names_is_complete():
    """Every check of every chapter module stands in the package's list, under its own chapter."""
    found = {
        (info.name[-2:], name, value.name)
        for info in pkgutil.iter_modules(feedback.__path__, "hopfield_edu.feedback.")
        if "._chapter" in info.name
        for name, value in vars(import_module(info.name)).items()
        if isinstance(value, core.Check)
    }
    assert found == {(chapter, name, name) for name, chapter in feedback._CHAPTER.items()}
    assert sum(len(names.split()) for names in feedback._NAMES.values()) == len(feedback._CHAPTER)


def test_a_misspelt_check_is_sent_to_the_right_one():
    with pytest.raises(AttributeError, match=r"did you mean feedback\.update"):
        feedback.updaet  # noqa: B018
    assert set(dir(feedback)) >= {"CHECKS", "update", "records"}


# numbers of every kind


ALIKE = [
    (Fraction(1, 3), 1 / 3),
    (Decimal(1) / Decimal(3), 1 / 3),
    ([Fraction(1, 2), 1], [0.5, 1]),
    (np.array([Fraction(1, 3), Fraction(2, 3)]), [1 / 3, 2 / 3]),
    (10**400, 10**400),
    (np.float32(1 / 3), 1 / 3),
    (np.eye(2, dtype=np.float32) / 3, np.eye(2) / 3),
    (np.array(3), 3),
    ([np.array(1.0), np.array(2.0)], [1, 2]),
    ((1, 2), np.array([1, 2])),
    (range(3), [0, 1, 2]),
    (1 + 0j, 1),
    (True, 1),
    (np.matrix([1, 2]), [1, 2]),
    (np.matrix(np.eye(2)), np.eye(2)),
    (csr_array(np.eye(2)), np.eye(2)),
    (csr_matrix(np.eye(2)), np.eye(2)),
    (deque([1, 2]), [1, 2]),
    (np.array([np.bool_(True), 2.5], object), [1, 2.5]),
]
DIFFERENT = [
    (10**400, 10**401),
    (Fraction(1, 3), 0.3334),
    (Fraction(10**400 + 1), 10**400),
    (np.float32(0.3334), 1 / 3),
    (1 + 1j, 1),
    (np.matrix([[1], [2]]), [[1, 2]]),
    (csr_array(np.eye(2)), np.ones((2, 2))),
    ("1", 1),
    ({}, 1),
    (None, 0),
    ([1, "a"], [1, 2]),
]


@pytest.mark.parametrize(("a", "b"), ALIKE)
def test_numbers_of_every_kind_agree(a, b):
    assert values.same(a, b) and values.same(b, a)
    assert values.kind(a).startswith(("a number", "an array", "True"))


@pytest.mark.parametrize(("a", "b"), DIFFERENT)
def test_numbers_that_differ(a, b):
    assert not values.same(a, b) and not values.same(b, a)


def test_answers_of_every_kind_of_number_pass():
    fractions = lambda w, y, i: sum(Fraction(int(a)) * int(b) for a, b in zip(w[i], y, strict=True))  # noqa: E731
    assert field(fractions) and field(lambda w, y, i: Decimal(int(w[i] @ y)))
    assert field(lambda w, y, i: (csr_array(w) @ y)[i]) and field(lambda w, y, i: np.matrix(w)[i] @ y + 0j)
    parts = TableCheck("parts", {"a": 2 / 3, "b": [0.25]}, ["x"], [], ["Look.", "Count."])
    assert parts({"a": np.float32(2 / 3), "b": [Decimal("0.25")]}) and parts(
        {"a": Fraction(2, 3), "b": 1 / 4}
    )
    assert parts({"a": np.array(2 / 3), "b": np.array(0.25)})


def test_several_results_in_one_array_are_those_of_a_tuple():
    packed = np.empty(3, object)
    packed[:] = [np.eye(2), np.array([1, 2, 3]), 0.5]
    assert values.same(packed, (np.eye(2), [1, 2, 3], 0.5)) and values.same(
        (np.eye(2), [1, 2, 3], 0.5), packed
    )
    assert not values.same(packed, (np.eye(2), [1, 2, 4], 0.5)) and not values.same(packed, packed[:2])


# what the exercise must say


@pytest.mark.parametrize("check", [check for check in CHECKS if check.limits], ids=name_of)
def test_limits_stand_in_the_exercise(check):
    """Sizes that a check insists on are told before, in the text of the exercise."""
    (path,) = ROOT.glob(f"solutions/{feedback._CHAPTER[check.name]}_*/*.ipynb")
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    text = " ".join(" ".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
    text = re.sub(r"[*$\s]+", " ", text)
    for limit in check.limits:
        assert limit in text, limit


def test_cards_call_things_by_the_names_of_the_exercise():
    """What a card shows as `name = ...` is called so in the notebook: arguments, parts of an example."""
    paths = [*sorted(ROOT.glob("solutions/*/*.ipynb")), *sorted(ROOT.glob("notebooks/*.ipynb"))]
    cells = [cell for path in paths for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]]
    code = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
    for check in (*FUNCTIONS, *EXAMPLES):
        names = check.parameters if check in FUNCTIONS else check.parts
        start = rf"\ndef {check.name}\(" if check in FUNCTIONS else rf"feedback\.{check.name}\("
        found = re.search(start + r"([^)]*)\)", code)
        assert found, check.name
        given = [re.split("[=:]", part)[0].strip() for part in found[1].split(",") if "seed=" not in part]
        assert given == list(names), check.name


@pytest.mark.every(2)
@pytest.mark.parametrize("check", [check for check in FUNCTIONS if check.also], ids=name_of)
def test_other_right_answers_pass(check, seeds=2):
    for answer in check.also:
        for seed in range(seeds):
            verdict = check(answer, seed=seed)
            assert verdict.correct, verdict


@pytest.mark.slow
@pytest.mark.parametrize("check", [check for check in FUNCTIONS if check.also], ids=name_of)
def test_other_right_answers_pass_with_every_seed(check):
    test_other_right_answers_pass(check, seeds=40)
