"""Common slips of Python: undone in a learner's source, seen in the results, made in right answers."""

from __future__ import annotations

import ast
import functools
import inspect
import linecache
import pickle
import textwrap

import numpy as np
import pytest

from hopfield_edu import feedback, modern
from hopfield_edu._values import numbers, same
from hopfield_edu.feedback import _running as running
from hopfield_edu.feedback import _slips as slips
from hopfield_edu.feedback._core import FunctionCheck, Outcome
from hopfield_edu.feedback._running import Probe, TooSlow, quiet

FUNCTIONS = [check for check in feedback.CHECKS.values() if isinstance(check, FunctionCheck)]


def _total(weights, state):
    total = 0
    for i in range(len(state)):
        total += weights[i] @ state
    return total


def _spread(weights, state):
    """Distance of each row's sum from its largest entry, over the number of rows."""
    sums = weights.sum(axis=1, keepdims=True)
    return (sums - weights.max(axis=1, keepdims=True)) ** 2 / (2 * len(state))


def _odd_ones(weights, state):
    found = []
    for i in range(len(state)):
        if weights[i, 0] > 0 and abs(state[i]) < 2:
            found.append(weights[i, 0] / 4)
    return np.array(found)


def _likes(weights, state):
    """The units that have the value of the first one."""
    return [i for i in range(len(state)) if state[i] == state[0]]


def _shares(weights, state):
    """Of every row."""
    p = np.exp(weights - np.max(weights, axis=1, keepdims=True))
    return p / np.sum(p, axis=1, keepdims=True)


def _walks(weights, state):
    """Ways through the network, as many steps long as it has units."""
    way = state
    for _ in range(len(state)):
        way = weights @ way
    return way


def _trials(rng):
    ones = [(rng.normal(size=(n, n)).round(1), rng.choice([-1, 1], n)) for n in (2, 3, 3, 4, 5)]
    return [*ones, (np.array([[1.5, 0.0], [0.0, -2.5]]), np.array([1, -1]))]


total, spread, odd_ones, likes, shares, walks = (
    FunctionCheck(answer, _trials, [], ["Look.", "Count."])
    for answer in (_total, _spread, _odd_ones, _likes, _shares, _walks)
)
CHECKS = {check.name: check for check in (total, spread, odd_ones, likes, shares, walks)}


def written(source, **names):
    """A function as a notebook has it: with a source that can be looked up."""
    file = f"<cell {abs(hash(source))}>"
    linecache.cache[file] = (len(source), None, source.splitlines(True), file)
    space = {"np": np, **names}
    exec(compile(source, file, "exec"), space)
    return next(value for key, value in space.items() if inspect.isfunction(value) and key not in names)


def spoilt(check, old, new):
    """The check's own solution with one piece of its text replaced."""
    source = textwrap.dedent(inspect.getsource(check.solution))
    assert old in source
    return written(source.replace(old, new))


UNDONE = [
    (spread, "** 2", "^ 2", "^ is not a power"),
    (spread, "/ (2 * len(state))", "// (2 * len(state))", "whole division"),
    (spread, "/ (2 * len(state))", "/ 2 * len(state)", "brackets forgotten"),
    (spread, "sum(axis=1, keepdims=True)", "sum(axis=1)", "keepdims forgotten"),
    (spread, "sum(axis=1", "sum(axis=0", "the other axis"),
    (spread, "sum(axis=1, keepdims=True)", "sum(axis=0)", "the other axis, and keepdims"),
    (shares, ", axis=1, keepdims=True", ", axis=1", "keepdims forgotten"),
    (shares, ", axis=1, keepdims=True", ", axis=0", "the other axis, and keepdims"),
    (spread, "max(axis=1", "min(axis=1", "largest and smallest exchanged"),
    (spread, "sums - ", "sums + ", "plus and minus exchanged"),
    (spread, "weights.max", "weights.T.max", "rows and columns exchanged"),
    (spread, "weights.max", "abs(weights).max", "absolute value"),
    (spread, "sums = weights", "sums = np.maximum(weights, 0)", "clipped"),
    (spread, "weights.max", "weights.round().max", "rounded"),
    (total, "total +=", "total =", "overwritten instead of added up"),
    (total, "total +=", "total =+", "overwritten instead of added up"),
    (total, "    return", "        return", "return inside the loop"),
    (total, "range(len(state))", "range(1, len(state))", "first element left out"),
    (total, "range(len(state))", "range(len(state) - 1)", "last element left out"),
    (total, "range(len(state))", "range(len(state) + 1 - 2)", "last element left out"),
    (total, "range(len(state))", "range(1, len(state) + 1)", "counted from 1"),
    (walks, "range(len(state))", "range(1, len(state))", "one turn too few"),
    (walks, "range(len(state))", "range(len(state) - 1)", "one turn too few"),
    (total, "weights[i] @", "weights[i - 1] @", None),  # which is right: all rows come anyway
    (total, "weights[i] @ state", "int(weights[i] @ state)", "cut off to whole numbers"),
    (total, "weights[i] @ state", "weights[i] * state", "* and @ exchanged"),
    (odd_ones, "> 0 and", ">= 0 and", "border case"),
    (odd_ones, "> 0 and", "< 0 and", "comparison the wrong way round"),
    (odd_ones, "weights[i, 0] > 0", "weights[0, i] > 0", "rows and columns exchanged"),
    (odd_ones, "> 0 and", "> 0 or", "any and all exchanged"),
    (odd_ones, "    return", "        return", "return inside the loop"),
    (odd_ones, "np.array(found)", "np.array(found, dtype=int)", "cut off to whole numbers"),
    (odd_ones, "np.array(found)", "np.array(found).round(1)", "rounded"),
    (odd_ones, "/ 4", "/ 5", "off by one"),
    (total, "@ state", "@ weights", "another variable"),
    (likes, "== state[0]", "is state[0]", "is for =="),
]


@pytest.mark.parametrize(("check", "old", "new", "name"), UNDONE)
def test_a_slip_is_named_by_undoing_it(check, old, new, name):
    for seed in range(5):
        verdict = check(spoilt(check, old, new), seed=seed)
        assert verdict.mistake == name, verdict
        assert verdict.correct == (name is None)
        if name:
            assert "\nLook at `" in verdict.message


def test_a_function_that_calls_what_has_its_name_now_has_no_slip():
    """Its changed copies would call themselves, and be right for that alone."""
    source = """
def total(weights, state):
    if len(weights) == 0:
        return 0
    return weights[0] @ state + total(weights[1:], state)
"""
    itself = written(source)
    assert total(itself).correct
    itself.__globals__["total"] = lambda weights, state: weights
    verdict = total(itself)
    assert not verdict.correct and "Look at `" not in verdict.message, verdict


def test_no_first_element_is_left_out_where_nothing_counts_from_one():
    """Of a sum that reads the same from both ends, the other one gives the same number."""
    backwards = """
def f(weights, state):
    return sum(weights[k] @ state for k in reversed(range(first, len(state))))
"""
    for first in (0, 1):
        made = slips.made([total.solution], written(backwards.replace("first", str(first))))
        assert ("first element left out" in {slip.name for slip, _ in made}) == (first == 1)


BUFFERS = """
def f(weights, state):
    {}
    for i in range(len(state)):
        {}
    return fields
"""


@pytest.mark.parametrize(
    ("first", "second", "name"),
    [
        ("fields = np.zeros_like(state)", "fields[i] = weights[i] @ state", "an array of whole numbers"),
        ("fields = state.copy()", "fields[i] = weights[i] @ state", "an array of whole numbers"),
        ("fields = np.zeros(len(state), int)", "fields[i] = weights[i] @ state", "cut off to whole numbers"),
        ("fields = np.zeros(len(state))", "fields = weights[i] @ state", "last element only"),
        ("pass", "fields = []; fields.append(weights[i] @ state)", "set anew in every turn"),
        (
            "fields, more = np.zeros_like(state), np.zeros_like(state)",
            "more[i] = weights[i] @ state; fields[i] = more[i]",
            "an array of whole numbers",
        ),
        (
            "fields, more = np.zeros(len(state), int), np.zeros(len(state), int)",
            "more[i] = weights[i] @ state; fields[i] = more[i]",
            "cut off to whole numbers",
        ),
    ],
)
def test_slips_with_arrays(first, second, name):
    def f(weights, state):
        return weights @ state

    check = FunctionCheck(f, _trials, [], ["Look.", "Count."])
    verdict = check(written(BUFFERS.format(first, second)))
    assert verdict.status == "not yet" and verdict.mistake == name, verdict


@pytest.mark.parametrize("line", ["p[i] = p[i] / p.sum()", "p[i] /= np.sum(p)", "p[i] = p[i] / sum(p)"])
def test_a_sum_that_changes_in_the_loop(line):
    def f(weights, state):
        p = np.exp(weights[0])
        return p / p.sum()

    check = FunctionCheck(f, _trials, [], ["Look.", "Count."])
    source = f"""
def f(weights, state):
    p = np.exp(weights[0])
    for i in range(len(p)):
        {line}
    return p
"""
    verdict = check(written(source))
    assert verdict.mistake == "the sum changes in the loop", verdict
    assert f"Look at `{line}`" in verdict.message
    assert check(written(source.replace(line, "p[i] = p[i] / 2"))).mistake is None


def test_a_sum_that_goes_on_from_the_row_before():
    def f(weights, state):
        return weights @ state

    source = """
def f(weights, state):
    total = 0.0
    fields = np.zeros(len(state))
    for i in range(len(state)):
        for j in range(len(state)):
            total += weights[i, j] * state[j]
        fields[i] = total
    return fields
"""
    verdict = FunctionCheck(f, _trials, [], ["Look.", "Count."])(written(source))
    assert verdict.mistake == "not set anew" and verdict.message.endswith("Look at `total = 0.0`.")


def test_a_mean_of_a_matrix_and_its_transpose_is_no_exchange():
    texts = []
    for line in ("(weights + weights.T) / 2", "weights.T + weights"):
        tree = slips.source_of(written(f"def f(weights):\n    return {line}\n"))
        texts += [ast.unparse(changed) for _, changed in slips._transpositions(tree)]
    assert not texts


def test_two_names_for_one_array():
    def turned(weights, state):
        return np.array([state[(k + 1) % len(state)] * (k + 1) for k in range(len(state))])

    source = """
def turned(weights, state):
    new = state
    for k in range(len(state)):
        new[k] = state[(k + 1) % len(state)] * (k + 1)
    return new
"""
    check = FunctionCheck(turned, _trials, [], ["Look.", "Count."])
    verdict = check(written(source))
    assert verdict.mistake == "two names for one array" and "changes its argument `state`" in verdict.message


@pytest.mark.parametrize("check", CHECKS.values(), ids=lambda check: check.name)
def test_without_a_source_a_slip_is_made_in_the_solution(check):
    """A function whose source is not at hand is known by its results, or not named at all."""
    known = {slip.name for slip in slips.SLIPS} | {blur.name for blur in slips.BLURS}
    known |= {"a constant factor", "a constant summand", "always the same", "opposite sign"}
    named = 0
    for slip, answer in slips.made([check.solution]):
        hidden = functools.partial(answer)
        verdict = check(hidden)
        if verdict.status == "not yet" and verdict.mistake in known:
            named += 1
        assert (
            verdict.correct
            or verdict.mistake is None
            or verdict.mistake
            in known
            | {
                "raises an error",
                "wrong shape",
                "wrong type",
                "returns None",
                "NaN",
                "never ends",
            }
        ), (slip.name, verdict)
    assert named >= 5


def _reals(x):
    return np.array([x, 2 * x - 1.3, -x / 3])


reals = FunctionCheck(_reals, lambda rng: [(v,) for v in rng.normal(size=6) * 3], [], ["Look.", "Count."])


@pytest.mark.parametrize(
    ("spoil", "name"),
    [
        (np.round, "rounded"),
        (lambda y: np.round(y, 2), "rounded"),
        (np.trunc, "cut off to whole numbers"),
        (np.floor, "cut off to whole numbers"),
        (lambda y: y.astype(int), "cut off to whole numbers"),
        (np.abs, "absolute value"),
        (lambda y: np.clip(y, 0, None), "clipped"),
        (lambda y: y[0], "first element only"),
        (lambda y: y[-1], "last element only"),
        (lambda y: y[1:], "first element left out"),
        (lambda y: y[::-1], "reversed"),
        (lambda y: y - y.mean(), "mean subtracted"),
        (lambda y: y - y.min(), "minimum subtracted"),
        (lambda y: y / 2, "a constant factor"),
        (lambda y: 3 * y, "a constant factor"),
        (lambda y: y - 0.25, "a constant summand"),
        (lambda y: np.array([1.0, 0.7, -1 / 3]), "always the same"),
        (lambda y: -y, "opposite sign"),
        (lambda y: y + np.arange(3), None),
    ],
)
def test_results_tell_what_happened_to_them(spoil, name):
    answer = functools.partial(lambda x: spoil(_reals(x)))
    for seed in range(5):
        assert reals(answer, seed=seed).mistake == name


def test_what_follows_from_what_the_loop_changes_is_no_start():
    """Else steps that are taken again and again were a variable that is set anew."""
    step = "def f(x):\n    for k in range(9):\n        z = x + 1\n        x = z / 2\n    return x"
    assert not list(slips._start_before_loop(ast.parse(step)))
    (line, moved), *_ = slips._start_before_loop(ast.parse(step.replace("x + 1", "0")))
    assert line == 3 and ast.unparse(moved).index("z = 0") < ast.unparse(moved).index("for")


def test_truth_values_are_not_blurred():
    def positive(x):
        return bool(x > 0)

    check = FunctionCheck(positive, lambda rng: [(x,) for x in (-2, -1, 1, 2, 3)], [], ["Look.", "Count."])
    assert check(lambda x: True).mistake == "always the same"
    assert check(lambda x: not x > 0).mistake is not None
    assert check(functools.partial(lambda x: x > -2)).mistake is None


def test_a_message_says_what_was_seen_not_what_the_function_ignores():
    def positive(x):
        return bool(x > 0)

    check = FunctionCheck(positive, lambda rng: [(x,) for x in (-2, -1, 1, 2, 3)], [], ["Look.", "Count."])
    told = check(lambda x: bool(x > 99))  # looks at x, and is False on all these inputs
    assert told.mistake == "always the same"
    assert "on every input that was tried" in told.message and "whatever" not in told.message


def test_results_that_cannot_be_compared_decide_nothing():
    """A changed copy of an answer may return arrays of anything: it is no diagnosis, and no crash."""

    class Odd:
        def __eq__(self, other):
            raise ValueError("not with me")

        __hash__ = None

    odd, mixed = Odd(), np.array([{}, None], dtype=object)
    assert same(mixed, mixed.copy()) and not same(mixed, mixed[:1]) and not same(mixed, mixed[::-1])
    assert not same(odd, Odd())

    def plus_one(x):
        return x + 1

    check = FunctionCheck(plus_one, lambda rng: [(1,), (2,)], [], ["Look.", "Count."])
    gives = check._comparer([(1,), (2,)], [0])
    assert not gives([Outcome(odd), Outcome(mixed)], lambda x: Odd() if x == 1 else mixed[::-1])
    assert gives([Outcome(mixed), Outcome(3)], lambda x: mixed.copy() if x == 1 else 3)


def test_an_exercise_has_its_own_names_first():
    for check in (feedback.local_field, feedback.update):
        for mistake in check._mistakes:
            assert check(mistake.wrong).mistake == mistake.name


def test_a_slip_of_loops_needs_a_loop():
    """`return` inside a loop is not what is wrong with a function that has none, whatever its results are."""

    def one_query(queries, keys, values):
        return np.array([modern.attention(queries[:1], keys, values)[0]])

    def one_turn(queries, keys, values):
        for query in queries:
            return np.array([modern.attention([query], keys, values)[0]])

    check = feedback.scaled_attention
    for answer, told in ((one_query, False), (one_turn, True), (len, True)):  # `len` has no source
        names = {slip.name for slip, _ in slips.made(check.also, answer)}
        assert bool(names & set(slips.OF_LOOPS)) == told, answer


def test_a_loop_that_never_runs_returns_none_by_its_indentation():
    source = """
def energy_shares(weights):
    shares = np.ones(len(weights))
    for j in range(1, len(weights)):
        shares[j] = weights[0, j] / weights[j, 0]
        return shares
"""
    verdict = feedback.energy_shares(written(source))
    assert verdict.mistake == "return inside the loop" and "return shares" in verdict.message


def test_changed_copies_end():
    """Undoing a slip may make a loop endless; that costs some steps and no verdict."""
    source = """
def total(weights, state):
    k = 0
    total = 1
    while k < len(state):
        total += weights[k] @ state
        k += 1
    return total + 3 * (k > 2)
"""
    assert total(written(source)).mistake is None


def test_a_return_that_leaves_the_work_of_a_long_loop_undone_is_put_behind_it():
    """Its changed copy needs more steps than the answer itself, which left the loop in its first turn."""
    source = """
def queens_energy(n, A, D):
    W = np.zeros((n * n, n * n))
    for i in range(n * n):
        for j in range(n * n):
            r, c, s, d = i // n, i % n, j // n, j % n
            if i != j and (r == s or c == d):
                W[i, j] = -A
            elif i != j and abs(r - s) == abs(c - d):
                W[i, j] = -D
        return W, np.full(n * n, A)
"""
    verdict = feedback.queens_energy(written(source))
    assert verdict.mistake == "return inside the loop" and "Look at `return W" in verdict.message
    late = source.replace("        return", "    return")
    assert feedback.queens_energy(written(late)).correct


def test_trees_are_changed_in_copies():
    tree = slips.source_of(_spread)
    before = ast.dump(tree)
    for slip in slips.SLIPS:
        for edits in (slip.undo, slip.make):
            for _, changed in edits(tree):
                compile(changed, "<changed>", "exec")
                assert ast.dump(changed) != before, slip.name
    assert ast.dump(tree) == before


def test_what_has_no_source_is_left_alone():
    assert slips.source_of(len) is None and slips.source_of(functools.partial(_total)) is None
    assert slips.source_of(lambda x: x) is None


# every check


def blurs_of(check):
    """The solution with its result spoilt afterwards."""

    def with_blur(blur):
        def answer(*args):
            value = check.solution(*args)
            array = numbers(value)
            return value if array is None else blur.spoil(array)

        return answer

    return [(blur, with_blur(blur)) for blur in slips.BLURS]


def is_right(check, answer, args, wanted, watch):
    """Whether an answer is right on an input, within its budget of steps if they are watched."""
    run = Probe(answer, check.parameters, watch, steps=slips.ALL_STEPS)
    try:
        return check._outcome(run, args) == wanted
    except TooSlow:
        return False


def key_of(args):
    """What two inputs share if they are the same: many come with every seed, and are tried once."""
    try:
        return pickle.dumps(args)
    except Exception:  # a function may be among them
        return object()


def passes(check, answer, trials, known, watch):
    """Whether an answer is right on all inputs; `known` keeps what came of each, by its key."""
    if any(not known.get(key, True) for key, _, _ in trials):
        return False
    for key, args, wanted in trials:
        if key not in known:
            known[key] = is_right(check, answer, args, wanted, watch)
        if not known[key]:
            return False
    return True


def lucky(check, seeds):
    """The spoilt versions of right answers that pass with some seeds and fail with others."""
    versions = [*blurs_of(check), *slips.made([check.solution, *check.also])]
    passed, known = [0] * len(versions), [{} for _ in versions]
    for seed in seeds:
        given = check.trials(check.generator(seed))
        wanted: list[Outcome] = check.outcomes(check.solution, given)[0]
        trials = list(zip(map(key_of, given), given, wanted, strict=True))
        with quiet():
            for k, (_, answer) in enumerate(versions):  # what has passed once ends, and needs no watch
                passed[k] += passes(check, answer, trials, known[k], watch=not passed[k])
    return [slip.name for (slip, _), n in zip(versions, passed, strict=True) if 0 < n < len(seeds)]


@pytest.mark.every(2)
@pytest.mark.parametrize("name", ["local_field", "update", "is_feedforward", "cycle_lengths"])
def test_no_slip_is_judged_by_luck_with_a_few_seeds(name):
    assert lucky(getattr(feedback, name), range(3)) == []


@pytest.mark.slow
@pytest.mark.parametrize("check", FUNCTIONS, ids=lambda check: check.name)
def test_no_slip_is_judged_by_luck(check):
    """Rounded, clipped, cut off, first entry only, ...: rejected with every seed or with none."""
    assert lucky(check, range(40)) == []


def test_a_slip_that_names_a_place_needs_such_a_place():
    """Results that a turned condition would give are not blamed on one where nothing is compared."""

    def small(x):
        return [bool(value == 1) for value in x]

    compared = written("def small(x):\n    return [bool(value != 1) for value in x]\n")
    looked_up = written("def small(x):\n    return [value in (2, 3) for value in x]\n")
    names = {True: set(), False: set()}
    for wrong in (compared, looked_up):
        names[wrong is compared] = {slip.name for slip, _ in slips.made([small], wrong)}
    assert "equal and unequal exchanged" in names[True] - names[False]
    assert "absolute value" in names[True] & names[False]


def test_a_slip_that_names_a_variable_or_a_loop_needs_one():
    """A constant that is too small in a loop of another kind is not set to its start again."""

    def total(x):
        found = 0
        for k in range(len(x)):
            found = found + x[k]
        return found

    sources = {
        "anew": "def total(x):\n    for v in x:\n        found = 0\n        found += v\n    return found\n",
        "other": "def total(x):\n    for v in x:\n        y = v\n    found = y\n    return found\n",
        "from one": "def total(x):\n    return sum(x[k] for k in range(1, len(x) + 1))\n",
        "while": "def total(x):\n    k = 1\n    while k <= len(x):\n        k += 1\n    return x[0]\n",
    }
    made = {
        key: {slip.name for slip, _ in slips.made([total], written(text))} for key, text in sources.items()
    }
    assert "set anew in every turn" in made["anew"] - made["other"] - made["while"]
    assert "counted from 1" in made["while"] - made["anew"] - made["other"]
    trees = {key: slips.source_of(written(text)) for key, text in sources.items()}
    assert [key for key, tree in trees.items() if slips._from_one(tree)] == ["from one", "while"]


def test_a_vague_slip_is_named_only_where_undoing_it_helps():
    """A missing case gives the results of a turned comparison in a right answer. No comparison is turned."""
    source = "def new_value(h, y):\n    return 1 if h > 0 else y\n"
    assert feedback.new_value(written(source)).mistake != "comparison the wrong way round"


def test_two_small_changes_in_two_places_name_no_variable():
    source = """
def local_field(weights, state, bias, i):
    new = state.copy()
    new[i] = 1
    return weights[i] @ new + bias[i]
"""
    assert feedback.local_field(written(source)).mistake != "another variable"


def test_a_matrix_and_its_transpose_may_be_added():
    source = """
def local_field(weights, state, bias, i):
    both = (weights + weights.T) / 2
    return both[i] @ state + bias[i]
"""
    assert feedback.local_field(written(source)).mistake != "rows and columns exchanged"


HEAVY = {  # answers whose changed copies build ever longer lists, or put a list into itself
    "neighbours": """
def neighbours(state):
    rows = []
    for a in np.ndindex(*[2] * len(state)):
        if np.sum(2 * np.array(a) - 1 != state) <= 1: rows.append(a)
    return 2 * np.array(rows) - 1
""",
    "synchronous_step": """
def synchronous_step(weights, state):
    new = []
    for i in range(len(state)):
        h = weights[i] @ state
        s = 1 if h > 0 else -1 if h < 0 else state[0]
        new.append(s)
    return np.array(new)
""",
    "ordered_map": """
def ordered_map(moves, order):
    out = []
    for c in range(len(moves)):
        end = c
        for i in order:
            end = moves[end, i] if moves[end, i] > c else end
        out.append(end)
    return np.array(out)
""",
    "cycle_lengths": """
def cycle_lengths(next_state):
    lengths, done = [], set()
    for s in range(len(next_state)):
        path = []
        while s not in path: path.append(s); s = int(next_state[s])
        if min(path) not in done:
            lengths.append(len(path) - path.index(s)); done.add(min(path))
    return lengths
""",
    "chance_of": """
def chance_of(moves, target):
    chance = []
    for c in range(len(moves)):
        d = c; p = 1.0
        while d != target and p > 1e-3:
            p = p * np.mean(moves[d] != d)
            d = max(moves[d])
        chance.append(p)
    return np.array(chance)
""",
}


@pytest.mark.parametrize("name", HEAVY)
def test_changed_copies_of_a_heavy_answer_take_a_bounded_time(name, monkeypatch):
    """All of them share one budget of steps, and none builds what is out of all proportion."""
    used, longest = [], []
    stop, grown = running.Steps.stop, running._grown

    def watched(value):
        if type(value) is list:
            longest.append(len(value))
        return grown(value)

    monkeypatch.setattr(
        running.Steps, "stop", lambda self: (stop(self), used.append(self.given - self.steps))
    )
    monkeypatch.setattr(running, "_grown", watched)
    check = getattr(feedback, name)
    answer = written(HEAVY[name])
    assert check(answer).status == "not yet"
    cost = sum(check.outcomes(answer, check.trials(check.generator(0)), watch=True)[1].costs)
    assert 0 < sum(used) <= slips.budget(cost) + 200 * len(used) and max(longest) <= slips.allowed(cost)


def test_a_list_is_never_put_into_itself():
    """NumPy unfolds such a list without end, and nothing can stop it."""
    tree = slips.source_of(written(HEAVY["synchronous_step"]))
    texts = [ast.unparse(changed) for _, changed in slips._other_variable(tree)]
    assert texts and not any("new.append(__alike__(new" in text for text in texts)
    for line in ("rows.append(rows)", "rows = rows + rows", "rows = rows * 10", "number = number * number"):
        source = f"def f(n):\n    rows, number = [n], 3\n    while True:\n        {line}\n"
        run = Probe(written(source), ["n"], steps=10**6)
        with pytest.raises(TooSlow):
            run(1)
        assert run.steps > 10**6 - 1000


def test_a_number_is_not_mistaken_for_a_list():
    source = "def total(weights, state):\n    n = 3\n    return state.sum() + n\n"
    edits = [changed for _, changed in slips._other_variable(slips.source_of(written(source)))]
    answers = [slips.compiled(changed, written(source)) for changed in edits]
    failed = 0
    for answer in answers:
        try:
            answer(np.ones((2, 2)), np.ones(2))
        except TypeError:
            failed += 1
    assert len(answers) == 4 and failed == 3
