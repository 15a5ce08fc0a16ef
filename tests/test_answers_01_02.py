"""Chapters 01 and 02: 52 right and 95 wrong functions, tables and examples, each judged as it deserves."""

from __future__ import annotations

import answers_01_02 as answers
import numpy as np
import pytest

from hopfield_edu import feedback

RIGHT = [pytest.param(check, answer, id=answer.__name__) for check, answer in answers.RIGHT]
WRONG = [pytest.param(*entry, id=entry[2].__name__) for entry in answers.WRONG]
SLOW = [*range(1, 40), "Ada"]


@pytest.mark.parametrize(("check", "answer"), RIGHT)
def test_right_answers_pass(check, answer):
    verdict = getattr(feedback, check)(answer)
    assert verdict.correct, verdict


@pytest.mark.parametrize(("check", "mistake", "answer"), WRONG)
def test_wrong_answers_are_named(check, mistake, answer):
    verdict = getattr(feedback, check)(answer)
    assert (verdict.status, verdict.mistake) == ("not yet", mistake), verdict


@pytest.mark.slow
@pytest.mark.parametrize(("check", "answer"), RIGHT)
def test_right_answers_pass_with_every_seed(check, answer):
    for seed in SLOW:
        verdict = getattr(feedback, check)(answer, seed=seed)
        assert verdict.correct, (seed, verdict)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("check", "mistake", "answer"), [entry for entry in WRONG if "never ends" not in entry.values]
)
def test_wrong_answers_are_named_with_every_seed(check, mistake, answer):
    for seed in SLOW:
        verdict = getattr(feedback, check)(answer, seed=seed)
        assert (verdict.status, verdict.mistake) == ("not yet", mistake), (seed, verdict)


def changed(check, *cells):
    """The right table with some entries replaced: (row, column, entry)."""
    table = {row: list(entries) for row, entries in check.solution.items()}
    for row, column, entry in cells:
        table[row][column] = entry
    return table


FIRST, SECOND, FLIPS = feedback.transitions_1, feedback.transitions_2, feedback.flips_of_network_1
N1, N2 = FIRST.solution, SECOND.solution

TABLES = [
    (FIRST, [(row, 0, N1[row][3]) for row in N1], "one after the other instead of synchronous"),
    (FIRST, [("--", 0, "-+")], "the slip in the lecture notes"),
    (FIRST, [("--", 1, "--")], None),
    (FIRST, [("--", 1, "--"), ("--", 0, "--"), ("--", 3, "--")], None),  # the last two follow
    (SECOND, [(row, column, N1[row][column]) for row in N1 for column in range(4)], "the table of network 1"),
    (SECOND, [(row, 3, N2[row][0]) for row in N2], "synchronous instead of ordered"),
    (SECOND, [("--", 3, "++")], None),  # only half of it
    (SECOND, [("--", 3, "-+"), ("++", 3, "+-")], "ordered 2-1"),
    (feedback.hypercube, [(3, 0, 6), (3, 2, 9), (4, 0, 8), (4, 2, 16)], "2 N corners"),  # edges follow
    (feedback.hypercube, [(3, 0, 6), (4, 0, 8)], "2 N corners"),
    (feedback.hypercube, [(3, 0, 6)], None),
    (feedback.hypercube, [(2, 2, 8), (3, 2, 24), (4, 2, 64)], "every edge counted twice"),
    (
        feedback.hypercube,
        [(2, 1, 1), (2, 2, 2), (3, 1, 2), (3, 2, 8), (4, 1, 3), (4, 2, 24)],
        "the other units counted",
    ),
    (FLIPS, [(row, 0, 3 - FLIPS.solution[row][0]) for row in N1], "the unit that stays"),
    (FLIPS, [("--", 0, 2)], None),
    (FLIPS, [("--", 0, 2), ("--", 1, "-+")], None),
    (FLIPS, [(row, 0, FLIPS.solution[row][0] - 1) for row in N1], "counted from 0"),
    (FLIPS, [(row, 1, N1[row][3]) for row in N1], "the end of the sweep"),
]


@pytest.mark.parametrize(("check", "cells", "mistake"), TABLES)
def test_tables_say_what_all_their_entries_show(check, cells, mistake):
    verdict = check(changed(check, *cells))
    assert (verdict.status, verdict.mistake) == ("not yet", mistake), verdict


def test_what_follows_from_a_wrong_arrow_is_told_apart():
    verdict = FIRST(changed(FIRST, ("--", 1, "--"), ("--", 0, "--"), ("--", 3, "--")))
    assert verdict.details == "look again at row --, unit 1" and "follow from these" in verdict.message


RING = np.roll(np.eye(5), 1, axis=0) * np.array([-1, 1, 1, 1, 1])[:, None]
ROUNDED = np.array([[0, 0.1 + 0.2], [0.3, 0]])  # symmetric but for rounding

EXAMPLES = [
    ("schedules_differ", (-ROUNDED, [1, 1]), None),
    ("schedules_differ", (np.eye(12) - 1, [1] * 12), None),
    ("schedules_differ", (np.eye(13) - 1, [1] * 13), "wrong sizes"),
    ("schedules_differ", ([[0, 1], [-1, 0]], [1, 1]), "not symmetric"),
    ("schedules_differ_most", (np.eye(5) - 1, [1] * 5), "fewer units than possible"),
    ("bias_breaks_symmetry", ([[0, 1], [1, 0]], [0, -1]), None),
    ("bias_breaks_symmetry", ([[0, 1], [0, 0]], [2, 0]), "an unconnected unit"),
    ("bias_breaks_symmetry", (np.ones((9, 9)), [99] * 9), "wrong sizes"),
    ("tie_rule_breaks_symmetry", ([[0, 0.1, 0.2, 0.3], [1, 0, 0, 1], [1, 1, 0, 0], [1, 0, 1, 0]],), None),
    ("tie_rule_breaks_symmetry", ([[0, 0.1, 0.2, 0.3], [1, 0, 0, 0], [1, 0, 0, 0], [1, 0, 0, 0]],), None),
    ("tie_rule_breaks_symmetry", ([[0, 1, 2], [1, 0, 2], [1, 2, 0]],), "no tie"),
    ("ordered_cycle", ([[0, -1, 0], [1, 0, 0], [0, 0, 0]],), None),
    ("ordered_cycle", ([[0, 0, 1], [1, 0, 0], [0, 1, 0]],), "only the synchronous schedule circles"),
    ("synchronous_two_cycle", (-ROUNDED, [1, 1]), None),
    ("synchronous_two_cycle", (np.eye(9) - 1, [1] * 9), "wrong sizes"),
    ("synchronous_two_cycle", ([[0, 1], [1, 0]], [1, 1]), "the state is a fixed point"),
    ("longest_cycle", (RING,), "less than twelve"),
    ("longest_cycle", (np.zeros((5, 5)),), "symmetric weights"),
]


@pytest.mark.parametrize(("name", "parts", "mistake"), EXAMPLES)
def test_examples_are_judged(name, parts, mistake):
    verdict = getattr(feedback, name)(*parts)
    assert verdict.mistake == mistake and verdict.correct == (mistake is None), verdict


def test_a_cycle_of_eleven_is_not_called_a_ring():
    """No message says ten where eleven was found."""
    rng = np.random.default_rng(5)
    found = None
    while found is None:
        W = rng.integers(-3, 4, (5, 5)) * (1 - np.eye(5, dtype=int))
        verdict = feedback.longest_cycle(W)
        if verdict.mistake == "less than twelve" and "A cycle of 11" in verdict.message:
            found = verdict
        elif verdict.mistake == "less than twelve":
            assert verdict.message.startswith("A cycle of 10 states")
    assert "Ten states, as a ring" not in found.message


def test_return_inside_a_loop_is_told_beside_the_name():
    for name in ("local_field_wrong_1", "order_is_fixed_wrong_3", "is_flip_symmetric_wrong_3"):
        check, _, answer = next(entry for entry in answers.WRONG if entry[2].__name__ == name)
        assert "`return` ends the function" in getattr(feedback, check)(answer).message
