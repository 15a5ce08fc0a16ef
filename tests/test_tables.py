"""Slips in tables that belong to no exercise: named where all wrong entries show them, and never falsely."""

import numpy as np
import pytest

from hopfield_edu.feedback import CHECKS
from hopfield_edu.feedback._core import Mistake, TableCheck

HINTS = ["Look.", "Count."]
NUMBERS = np.array([[3, -8, 0.5], [-5, 7, 0.3], [11, 4, -0.75], [9, -6, 0.26]])
STATES = {"--": ["+-", "++"], "-+": ["--", "+-"], "+-": ["++", "-+"], "++": ["-+", "--"]}


def filled(entries):
    return dict(zip("abcd", np.asarray(entries).tolist(), strict=True))


def spoilt(change, *places):
    """The numbers with some of them changed: whole columns, or single places."""
    new = NUMBERS.copy()
    for place in places:
        new[place] = change(new[place])
    return new


numeric = TableCheck("numeric", filled(NUMBERS), ["x", "y", "z"], [], HINTS)
states = TableCheck("states", STATES, ["one", "two"], [], HINTS)
X, Y, Z = ((slice(None), k) for k in range(3))
WHOLE = slice(None)

CASES = [
    (NUMBERS[:, [1, 0, 2]], "two columns exchanged"),
    (NUMBERS[[0, 2, 1, 3]], "two rows exchanged"),
    (spoilt(lambda x: x[::-1], (0, slice(0, 2))), "two entries exchanged"),
    (spoilt(lambda x: x[::-1], X), "reversed order"),
    (spoilt(lambda x: np.roll(x, 1), X), "shifted by one place"),
    (spoilt(lambda x: NUMBERS[Z], X), "copied column"),
    (spoilt(lambda x: NUMBERS[1], 2), "copied row"),
    (spoilt(lambda x: np.full(4, 9), X), "the same everywhere"),
    (spoilt(np.cumsum, X), "cumulated"),
    (spoilt(lambda x: np.cumsum(x[::-1])[::-1], Y), "cumulated"),
    (spoilt(lambda x: 1 / np.cumsum(1 / x), Y), "cumulated"),
    (np.abs(NUMBERS), "minus sign lost"),
    (spoilt(np.negative, (0, 0)), "a minus sign too many"),
    (spoilt(np.negative, X), "opposite sign"),
    (spoilt(lambda x: 100 * x, Z), "per cent instead of fractions"),
    (spoilt(lambda x: 0, (0, 0), (1, 1)), "zero"),
    (spoilt(lambda x: 2 * x, X, Y), "twice as large"),
    (spoilt(lambda x: x / 2, (3, 0)), "half as large"),
    (spoilt(lambda x: 1 / x, X), "upside down"),
    (spoilt(np.square, X), "squared"),
    (spoilt(np.sqrt, (0, 0), (2, 1)), "root"),
    (spoilt(lambda x: x + 1, X), "one too many"),
    (spoilt(lambda x: x - 1, (0, 0), (1, 1)), "one too few"),
    (spoilt(lambda x: 0.3, (3, 2)), "rounded"),
    (spoilt(lambda x: np.array([1, 0, -1, 0]), Z), "rounded to whole numbers"),
    (spoilt(lambda x: 3 * x, X), "a constant factor"),
    (spoilt(lambda x: x + 4, X), "a constant summand"),
    (spoilt(lambda x: 17, (0, 0)), "a single entry"),
    (spoilt(lambda x: [17, 3, 40, 1], X), "one column only"),
    (spoilt(lambda x: [17, 30, 40], 1), "one row only"),
    (spoilt(lambda x: x * x + 3, X, Y), None),
    (spoilt(lambda x: x + 1, (0, 0)), "a single entry"),  # by chance too often
]


@pytest.mark.parametrize(("entries", "name"), CASES, ids=[str(name) for _, name in CASES])
def test_slips_are_named(entries, name):
    verdict = numeric(filled(entries))
    assert (verdict.status, verdict.mistake) == ("not yet", name), verdict


@pytest.mark.parametrize(
    ("change", "name"),
    [
        (lambda row, state: state[::-1], "read backwards"),
        (lambda row, state: state.translate(str.maketrans("+-", "-+")), "every sign turned round"),
        (lambda row, state: row, "the state of the row"),
    ],
)
def test_slips_in_states_are_named(change, name):
    verdict = states({row: [change(row, entries[0]), entries[1]] for row, entries in STATES.items()})
    assert verdict.mistake == name, verdict


def test_signs_exchanged_in_some_places_are_not_called_backwards():
    """A state that stands in the right order would contradict it."""
    table = STATES | {"--": ["-+", "++"], "-+": ["--", "-+"]}
    assert states(table).mistake == "every sign turned round"


def test_what_two_rules_explain_is_said_of_neither():
    ones = TableCheck("ones", {"a": [1, 5], "b": [1, 6]}, ["x", "y"], [], HINTS)
    verdict = ones({"a": [2, 5], "b": [2, 6]})  # one too many, or twice as large
    assert verdict.mistake == "one column only", verdict


def test_numbers_of_one_size_show_no_factor():
    change = TableCheck("change", {"a": [72, 5], "b": [-72, 6]}, ["x", "y"], [], HINTS)
    assert change({"a": [56, 5], "b": [-56, 6]}).mistake == "one column only"


def test_an_exchange_is_said_rather_than_two_mistakes():
    right = {"a": 3, "b": 5, "c": 7}
    known = [Mistake("five", right | {"a": 5}, "Five?"), Mistake("three", right | {"b": 3}, "Three?")]
    check = TableCheck("exchanges", right, ["number"], known, HINTS)
    assert check(right | {"a": 5, "b": 3}).mistake == "two entries exchanged"
    assert check(right | {"a": 5}).mistake == "five"


def test_all_wrong_entries_must_show_a_slip():
    new = spoilt(np.negative, X)
    new[0, 1] = 40
    assert numeric(filled(new)).mistake is None


def test_a_single_entry_beside_what_follows_is_right_or_blank():
    def judged(row, entries):
        check = TableCheck("sums", {"a": [1, 2], "b": [3, 6]}, ["x", "twice"], [], HINTS, follow=FOLLOW)
        return check({"a": [1, 2], "b": [3, 6]} | {row: entries})

    follower = judged("b", [8, 16])
    assert follower.mistake == "a single entry" and "All else" not in follower.message
    assert "1 of 4 entries is wrong by itself" in follower.message
    assert "All else is right." in judged("b", [3, 17]).message
    assert "All else that you filled in is right" in judged("b", [8, "?"]).message


FOLLOW = {"twice": lambda row, entries: 2 * entries["x"]}


def test_what_follows_may_be_rounded():
    third = {"third": lambda row, entries: entries["x"] / 3}
    check = TableCheck("thirds", {"a": [3, 1], "b": [9, 3]}, ["x", "third"], [], HINTS, follow=third)
    assert check({"a": [4, 1.33], "b": [9, 3]}).details == "look again at row a, x"
    assert check({"a": [4, 1.3], "b": [9, 3]}).details == "look again at row a, x; row a, third"


def test_wrong_entries_are_named_in_the_order_of_the_table():
    check = TableCheck("sums", {"a": [1], "b": [3], "c": [5]}, ["x"], [], HINTS)
    assert check({"c": [7], "a": [9], "b": [3]}).details == "look again at gap (c); gap (a)"
    assert check({"c": [5], "a": [1], "b": [3]})


def test_a_text_with_gaps_has_no_rows():
    sentence = "(b) is 1 for yes or 0 for no."
    known = [(sentence, lambda value, row, column: row != "b" or value in (0, 1))]
    gaps = TableCheck("gaps", {"a": 17, "b": 1}, ["number"], [], HINTS, properties=known)
    assert gaps({"a": 17, "b": "yes"}).message == (
        f"Gap (b): 'yes' cannot be read. An entry looks like 7. {sentence}"
    )
    single = gaps({"a": 30, "b": 1})
    assert "All else is right." in single.message and single.details == "look again at gap (a)"
    assert gaps({"a": [1, 2], "b": 1}).message == "Gap (a) has 2 entries; one is wanted."
    assert gaps({"a": 17}).message.startswith("The gaps are ")
    rows = TableCheck("rows", {"hat": 17, "eyes": 1}, ["number"], [], HINTS)
    assert rows({"hat": "yes", "eyes": 1}).message.startswith("Row hat: 'yes' cannot be read.")


TABLES = [check for check in CHECKS.values() if isinstance(check, TableCheck)]


def numbers_of(check):
    """The cells of a table that hold numbers other than 0."""
    cells = [(row, k) for row in check.solution for k in range(len(check.columns))]
    return [(row, k) for row, k in cells if _number(entry_of(check, row, k))]


def entry_of(check, row, k):
    entries = check.solution[row]
    return entries[k] if isinstance(entries, (list, tuple)) else entries


def _number(entry):
    return not isinstance(entry, str) and entry != 0


@pytest.mark.every(2)
@pytest.mark.parametrize("check", TABLES, ids=[check.name for check in TABLES])
def test_one_wrong_entry_is_always_placed(check):
    """Whatever single number is far off, the card has a name for it and points to its row."""
    for row, k in numbers_of(check):
        table = {r: [entry_of(check, r, c) for c in range(len(check.columns))] for r in check.solution}
        table[row][k] = 1234.5
        verdict = check(table)
        place = f"gap ({row})" if isinstance(row, str) and len(check.columns) == 1 else f"row {row}"
        assert verdict.mistake and place in verdict.details, verdict


def test_no_statement_is_false(draws=150, kinds=3):
    """Random tables of small numbers: what is said of the wrong entries holds for each of them."""
    rng = np.random.default_rng(1)
    rules = {
        "opposite sign": lambda mine, due: mine == -due,
        "minus sign lost": lambda mine, due: (mine == -due) & (due < 0),
        "a minus sign too many": lambda mine, due: (mine == -due) & (due > 0),
        "zero": lambda mine, due: mine == 0,
        "twice as large": lambda mine, due: mine == 2 * due,
        "half as large": lambda mine, due: 2 * mine == due,
        "one too many": lambda mine, due: mine == due + 1,
        "one too few": lambda mine, due: mine == due - 1,
        "squared": lambda mine, due: mine == due**2,
        "root": lambda mine, due: mine**2 == due,
    }
    said = set()
    for _ in range(draws):
        due = rng.integers(-4, 5, (4, 3))
        mine = np.where(rng.random((4, 3)) < 0.2, rng.integers(-4, 5, (4, 3)), due)
        wrong = mine != due
        verdict = TableCheck("random", filled(due), ["x", "y", "z"], [], HINTS)(filled(mine))
        assert verdict.correct == (not wrong.any())
        if verdict.mistake in rules:
            said.add(verdict.mistake)
            assert rules[verdict.mistake](mine[wrong], due[wrong]).all(), (due, mine, verdict)
        if verdict.mistake == "a single entry":
            assert wrong.sum() == 1
    assert len(said) >= kinds


@pytest.mark.slow
def test_no_statement_is_false_in_many_tables():
    test_no_statement_is_false(2000, 8)


def test_a_huge_whole_number_is_an_entry_like_any_other():
    table = {row: list(entries) for row, entries in CHECKS["attention_table"].solution.items()}
    next(iter(table.values()))[0] = 10**400
    assert CHECKS["attention_table"](table).mistake == "a single entry"
