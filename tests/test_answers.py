"""Learners' answers of `tests/answers`: every right one passes, every wrong one is rejected by its name.

Fixed trials decide, not the luck of a seed: the slow tier says so for 41 seeds. What cards say beyond a
name is tested below, chapter by chapter.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from answers import EXAMPLES, RIGHT, TABLES, WRONG, changed, chapter_10, chapter_12, chapter_13, column, rows

from hopfield_edu import binary, datasets, feedback, learning, modern, patterns, state_space, theory
from hopfield_edu.feedback._chapter05 import OPEN_PATTERN, _kept
from hopfield_edu.feedback._core import FunctionCheck

MANY = [*range(40), "Ada"]


def judged(check, *answer, seed=0):
    return feedback.CHECKS[check](*answer, seed=seed)


def cases(entries):
    """Entries as parameters, each with the check and the name or number of the answer as its id."""
    names = [getattr(entry[1], "__name__", "_") for entry in entries]
    ids = [f"{entries[k][0]}-{name if name.strip('_').isidentifier() else k}" for k, name in enumerate(names)]
    return [pytest.param(*entry, id=label) for entry, label in zip(entries, ids, strict=True)]


def wrong_answer(check, mistake):
    """The first wrong answer to this exercise with this mistake."""
    return next(answer for name, answer, names in WRONG if name == check and mistake in names)


# --- all answers ----------------------------------------------------------------------------------

RIGHT_CASES = cases([answer[:2] for answer in RIGHT])
WRONG_CASES = cases(WRONG)


@pytest.mark.every(3)
@pytest.mark.parametrize(("check", "answer"), RIGHT_CASES)
def test_right_answers_pass(check, answer, seeds=(0, 1)):
    for seed in seeds:
        verdict = judged(check, answer, seed=seed)
        assert verdict.correct, (seed, verdict)


@pytest.mark.every(7)
@pytest.mark.parametrize(("check", "answer", "names"), WRONG_CASES)
def test_wrong_answers_are_named(check, answer, names, seeds=(0,)):
    for seed in seeds:
        verdict = judged(check, answer, seed=seed)
        assert verdict.status == "not yet" and verdict.mistake in names, (seed, verdict)


@pytest.mark.slow
@pytest.mark.parametrize(("check", "answer"), RIGHT_CASES)
def test_right_answers_pass_with_every_seed(check, answer):
    test_right_answers_pass(check, answer, MANY)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("check", "answer", "names"), [case for case in WRONG_CASES if "never ends" not in case.values[2]]
)
def test_wrong_answers_are_named_with_every_seed(check, answer, names):
    test_wrong_answers_are_named(check, answer, names, MANY)


@pytest.mark.every(5)
@pytest.mark.parametrize(("check", "table", "mistake"), cases(TABLES))
def test_tables_say_what_all_their_entries_show(check, table, mistake):
    verdict = judged(check, table)
    assert (verdict.status, verdict.mistake) == ("not yet", mistake), verdict


@pytest.mark.every(5)
@pytest.mark.parametrize(("check", "parts", "mistake"), cases(EXAMPLES))
def test_examples_are_judged(check, parts, mistake):
    verdict = judged(check, *parts)
    assert (verdict.correct, verdict.mistake) == (mistake is None, mistake), verdict


def test_every_function_has_answers():
    answered = [answer.check for answer in RIGHT]
    for name, check in feedback.CHECKS.items():
        assert not isinstance(check, FunctionCheck) or answered.count(name) >= 2, name


# --- solutions, spoilt in general ways -------------------------------------------------------------

SPOILT = {
    "clipped below": lambda x: np.maximum(x, 0),
    "clipped above": lambda x: np.minimum(x, 0),
    "kept within one": lambda x: np.clip(x, -1, 1),
    "absolute": np.abs,
    "rounded": np.round,
    "to two decimals": lambda x: np.round(x, 2),
    "cut off": np.trunc,
    "sign": np.sign,
    "first entry": lambda x: np.full(x.shape, x.ravel()[0]),
    "first entry alone": lambda x: x.ravel()[0],
    "last entry": lambda x: np.full(x.shape, x.ravel()[-1]),
    "transposed": np.transpose,
    "reversed": np.flip,
}

# What changes nothing, because the results are of this kind.
VECTORS = {"transposed"}
NUMBERS = VECTORS | {"first entry", "first entry alone", "last entry", "reversed"}
POSITIVE = {"clipped below", "absolute"}
SMALL = {"kept within one"}
WHOLE = {"rounded", "to two decimals", "cut off"}
SIGNS = WHOLE | SMALL | {"sign"}
HARMLESS = {
    "store_one": VECTORS | SMALL,  # symmetric matrices
    "fields_of_a_cue": VECTORS | SMALL,
    "count_with_self_connections": NUMBERS | POSITIVE | WHOLE,
    "chance_of": VECTORS | POSITIVE | SMALL,
    "store_many": VECTORS,
    "replace_pattern": VECTORS,
    "failing_units": POSITIVE | SIGNS,
    "bit_error": NUMBERS | POSITIVE | SMALL,
    "bits_per_weight": NUMBERS | POSITIVE,
    "half_load": NUMBERS | POSITIVE | SMALL,
    "recalled_overlap": NUMBERS | POSITIVE | SMALL,
    "classify_state": VECTORS | WHOLE | {"reversed"},
    "pseudo_inverse_weights": VECTORS | SMALL,  # a projection
    "storkey_update": VECTORS,
    "perceptron_epoch": {"to two decimals"},  # its fixed trial has quarters
    "covariance_weights": VECTORS,
    "threshold_range": VECTORS,
    "there_and_back": SIGNS | VECTORS,
    "chance": NUMBERS | POSITIVE | SMALL,
    "warm_sweep": VECTORS | SIGNS,
    "boltzmann": VECTORS | POSITIVE | SMALL,
    "noisy_overlap": NUMBERS | POSITIVE | SMALL,
    "graded_velocity": VECTORS,
    "graded_energy": NUMBERS,
    "growth_rate": NUMBERS,
    "energy_shares": VECTORS | POSITIVE,
    "cut_as_energy": VECTORS | WHOLE,
    "square_of_a_sum": VECTORS,
    "queens_energy": VECTORS | {"reversed"},  # a board may be turned round
    "read_board": VECTORS | POSITIVE | WHOLE,
    "success_rate": VECTORS | POSITIVE | SMALL,
    "vertex_cover": VECTORS | WHOLE,
    "dense_energy": NUMBERS | WHOLE,
    "dense_update": VECTORS | SIGNS,
    "dense_sweep": VECTORS | SIGNS,
    "dense_capacity": NUMBERS | POSITIVE,
    "lse_energy": NUMBERS,
    "softmax_step": set(),
    "scaled_attention": set(),
    "two_layer_energy": NUMBERS,
    "two_layer_velocity": VECTORS,
    "best_guess": VECTORS,
    "noise_score": set(),
    "honest_count": VECTORS | POSITIVE | WHOLE,
}
LATER = [
    name
    for name, check in feedback.CHECKS.items()
    if isinstance(check, FunctionCheck) and feedback._CHAPTER[name] >= "05"
]


def spoilt(spoil, value):
    """A spoilt result; of several arrays in a tuple, each of them."""
    if isinstance(value, tuple) and any(np.ndim(part) for part in value):
        return tuple(spoil(np.asarray(part, float)) for part in value)
    return spoil(np.asarray(value, float))


@pytest.mark.every(8)
@pytest.mark.parametrize("check", LATER)
def test_spoilt_results_pass_only_where_nothing_is_spoilt(check, seeds=(0, 1)):
    """The chapters before share the ways of `test_slips.py`, over as many seeds."""
    solution = feedback.CHECKS[check].solution
    for how, spoil in SPOILT.items():
        for seed in seeds:
            verdict = judged(check, lambda *args, f=spoil: spoilt(f, solution(*args)), seed=seed)
            assert verdict.correct == (how in HARMLESS[check]), (how, seed, verdict)


@pytest.mark.slow
@pytest.mark.parametrize("check", LATER)
def test_spoilt_results_are_not_judged_by_luck(check):
    test_spoilt_results_pass_only_where_nothing_is_spoilt(check, MANY)


# --- what cards say: chapters 01 and 02 ------------------------------------------------------------


@pytest.mark.parametrize(
    ("check", "mistake"),
    [
        ("local_field", "stops after the first weight"),
        ("order_is_fixed", "the first state only"),
        ("is_flip_symmetric", "the first state only"),
    ],
)
def test_return_inside_a_loop_is_told_beside_the_name(check, mistake):
    assert "`return` ends the function" in judged(check, wrong_answer(check, mistake)).message


def test_what_follows_from_a_wrong_arrow_is_told_apart():
    table = changed(feedback.transitions_1.solution, ("--", 1, "--"), ("--", 0, "--"), ("--", 3, "--"))
    verdict = feedback.transitions_1(table)
    assert verdict.details == "look again at row --, unit 1" and "follow from these" in verdict.message


@pytest.mark.slow
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


# --- chapters 03 and 04 -----------------------------------------------------------------------------


def test_moves_that_follow_from_wrong_fields_are_no_mistake_of_their_own():
    table = dict(feedback.triangle_table.solution) | {"+--": [0, 0, 2, 1, 0]}
    verdict = feedback.triangle_table(table)
    assert verdict.mistake == "minus sign lost" and "will change with them" in verdict.message
    assert verdict.details == "look again at row +--, h3"


def test_a_long_way_down_starts_from_the_best_of_all_states():
    W = [[0, 5, 6, 4], [5, 0, 5, -1], [6, 5, 0, 6], [4, -1, 6, 0]]
    assert any(feedback.long_way_down(W, state) for state in state_space.all_states(4))


# --- tables of every kind of number -----------------------------------------------------------------


@pytest.mark.parametrize("check", ["triangle_table", "loop_signs"])
@pytest.mark.parametrize(
    "kind", [tuple, np.array, np.float32, lambda e: [str(v) for v in e], lambda e: list(map(Fraction, e))]
)
def test_rows_of_every_kind(check, kind):
    check = feedback.CHECKS[check]
    assert check(rows(check.solution, lambda row, entries: kind(entries)))


def test_entries_as_they_are_written():
    gaps = {str(k): str(v) for k, v in feedback.energy_derivation.solution.items()}
    assert feedback.energy_derivation(gaps | {"1": "-1/2"})
    loops = feedback.loop_signs.solution
    assert feedback.loop_signs(rows(loops, lambda row, e: ["+" if e[0] > 0 else "−", *e[1:]]))
    distances = feedback.fixed_by_distance.solution
    assert feedback.fixed_by_distance(column(distances, 1, [1, Fraction(1, 2), "0", "-1/2", np.float32(-1)]))
    steps = feedback.stays_step_by_step.solution
    assert feedback.stays_step_by_step({row: str(entry) for row, entry in steps.items()})
    crosstalk = feedback.crosstalk_by_hand.solution
    assert feedback.crosstalk_by_hand({str(row): np.array(e, float) for row, e in crosstalk.items()})
    halves = {"a": ["2", "0", "0", "2/3", "1/6", "1/6", "4/3", "0"]}
    assert feedback.attention_table(chapter_13.attended() | halves)
    freezing = {"beta_c": ["1/50", "1/8", "1/2"], "separation": [4, 4, 4], "stable states": ["1", 2, 8]}
    assert feedback.freezing_table(freezing)


@pytest.mark.parametrize(
    ("check", "table"),
    [
        ("critical_gain", chapter_10.GAINS),
        ("dense_energies", chapter_12.HAND),
        ("attention_table", chapter_13.attended()),
        ("freezing_table", chapter_13.FROZEN),
    ],
)
@pytest.mark.parametrize(
    "kind", [np.float32, float, str, Decimal, lambda x: Fraction(x).limit_denominator(1000), lambda x: [x][0]]
)
def test_tables_of_every_kind_of_number(check, table, kind):
    assert judged(check, {row: [kind(x) for x in entries] for row, entries in table.items()})
    assert judged(check, {row: np.array(entries) for row, entries in table.items()})


# --- chapters 05 and 06 -----------------------------------------------------------------------------

RING = [(i, (i + 1) % 8) for i in range(8)]
CUBE = [(i, i ^ bit) for i in range(8) for bit in (1, 2, 4) if i < i ^ bit]


def test_a_single_unit_is_a_counterexample_that_the_exercise_excludes():
    for s, y, ties in ((1, 1, -1), (-1, -1, 1), (1, -1, 1)):
        assert "no input" in feedback.majority_is_lost([s], [y], ties).message
    assert not binary.Network([[0.0]]).sweep([1], "synchronous", ties=-1).tolist() == [1]


def test_the_card_of_the_open_exercise_says_what_happens_and_shows_no_network():
    cube = feedback.fewest_weights(_kept(CUBE))  # no two wrong units hold each other there
    assert cube.mistake == "two wrong units are too much" and "unit 1 and unit 4 wrong" in cube.message
    assert "unit 2, which is right, sees more wrong neighbours" in cube.message
    ring = feedback.fewest_weights(_kept(RING))
    assert "unit 1 and unit 2 wrong" in ring.message and "no order helps" in ring.message
    chain = feedback.fewest_weights(_kept(RING[:-1]))
    assert chain.mistake == "one wrong unit is too much" and "unit 2 wrong" in chain.message
    said = " ".join(m.message for m in feedback.fewest_weights._mistakes)
    assert "TWO neighbours" not in said and "next two" not in said.casefold()


@pytest.mark.parametrize("seed", range(5))
def test_what_the_card_says_happens(seed):
    """A right unit named on the card really has more wrong neighbours than right ones, and leads astray."""
    rng = np.random.default_rng(seed)
    for _ in range(20):
        chosen = [RING[k] for k in range(8)] + [tuple(rng.permutation(8)[:2]) for _ in range(5)]
        W = np.array(_kept(chosen))
        verdict = feedback.fewest_weights(W)
        if verdict.mistake != "two wrong units are too much":
            continue
        units = [int(word) - 1 for word in verdict.message.replace(",", " ").split() if word.isdigit()]
        a, b, _, *followers = units  # and "counted from 1"
        y = OPEN_PATTERN.copy()
        y[[a, b]] *= -1
        field = W @ y * OPEN_PATTERN
        if followers:
            assert followers[0] not in (a, b) and field[followers[0]] < 0
        else:
            assert (field[[a, b]] <= 0).all() and "no order helps" in verdict.message


def test_a_cue_between_two_patterns_is_excluded_and_others_are_judged_by_their_own_pattern():
    two = patterns.orthogonal(2, 4)
    verdict = feedback.stable_not_attracting(two, [1, 1, 1, -1])
    assert verdict.mistake == "one unit away from two patterns"
    for cue in ([-1, 1, 1, 1], [1, 1, -1, 1]):
        near = [s for s in two if (s != cue).sum() == 1]
        assert len(near) == 1
        back = (binary.Network(learning.hebb(two)).recall(cue).final == near[0]).all()
        assert feedback.stable_not_attracting(two, cue).correct == (not back)
    assert feedback.stable_not_attracting([[1, 1]], [1, -1]).mistake == "a single pattern"


def test_patterns_in_columns_are_seen():
    three = np.array([patterns.from_label(x) for x in ("++++", "+++-", "++-+")])
    assert feedback.lost_pattern(three)
    assert "hand over `stored.T`" in feedback.lost_pattern(three.T).message
    assert feedback.many_letters(datasets.letters("UVWXYZ").reshape(6, -1).tolist())


def test_ties_are_there_to_be_broken():
    """In the fixed trials of `failing_units` ties on 5 and 9 units can break, those on 4 cannot."""
    sizes = set()
    for (p,) in feedback.failing_units.trials(np.random.default_rng(0)):
        found = theory.fields(p)
        if (found.signal + found.crosstalk == 0).any():
            sizes.add(p.shape[1])
    assert sizes >= {4, 5, 9}


# --- chapters 10, 12 and 13 ---------------------------------------------------------------------


def test_an_oscillator_is_told_what_it_is():
    ring = -2.5 * np.roll(np.eye(3), 1, axis=1)
    assert feedback.oscillator(ring) and "Have you tried" not in feedback.oscillator(ring).message
    assert "Have you tried" in feedback.oscillator([[2, -1.5], [1, 1.5]]).message
    assert "too firmly" not in feedback.oscillator(-ring).message  # it holds on to nothing


def test_cards_name_what_came_back():
    for check, mistake, words in (
        ("graded_energy", "gain inside artanh", "NaN"),
        ("growth_rate", "real part not taken", "a complex number where eigenvalues are complex"),
        ("growth_rate", "wrong type", "an array of complex numbers; a real number is wanted"),
    ):
        assert words in judged(check, wrong_answer(check, mistake)).message


def test_praise_leaves_the_next_question_open():
    verdict = feedback.energy_shares(feedback.energy_shares.solution)
    assert verdict and "w_12" not in verdict.message
    verdict = feedback.critical_gain(feedback.critical_gain.solution)
    assert verdict and "both" not in verdict.message and "next question" in verdict.message


def test_a_card_says_what_the_learner_handed_in():
    friends = np.outer([1] * 3 + [-1] * 3, [1] * 3 + [-1] * 3) * (1 - np.eye(6))
    assert "Yours has 2 fixed points." in feedback.many_fixed_points(friends).message
    assert "It must have 6; yours has 8." in feedback.many_fixed_points(np.zeros((8, 8))).message
    for entry in ("none", "-", "never"):
        table = chapter_10.GAINS | {"E": [0.5, 0.25, entry]}
        assert f"{entry!r} cannot be read. A number is wanted" in feedback.critical_gain(table).message
    assert "in rows of equal length" in feedback.oscillator([[1, -1], [1]]).message


def test_what_follows_from_a_wrong_entry_is_not_blamed():
    verdict = feedback.dense_energies(chapter_12.HAND | {"++--": [1, 2, -5, -9]})
    assert "x_1" in verdict.details and "E for" not in verdict.details
    verdict = feedback.freezing_table(chapter_13.FROZEN | {"stable states": [1, 2, 7]})
    assert "row stable states" in verdict.details


def test_praise_holds_for_those_who_compute_anew_too():
    sweep = feedback.dense_sweep.solution
    assert "If you kept" in feedback.dense_sweep(sweep).message
    assert (
        "units 0, 1, ..., N-1"
        in feedback.dense_sweep(
            lambda patterns, state, n: sweep(patterns[:, ::-1], state[::-1], n)[::-1]
        ).message
    )


@pytest.mark.parametrize(
    ("check", "answer", "sentence"),
    [
        ("vertex_cover", "functions_of_a_batch", "they get one state (N,), not a batch"),
        ("noise_score", "one_call_for_the_batch", "it takes ONE noisy picture, so call it for each row"),
        ("success_rate", "joined_by_and", "`&` and `|` join arrays entry by entry"),
    ],
)
def test_an_error_is_told_with_what_it_means_in_the_exercise(check, answer, sentence):
    function = next(case.function for case in WRONG if case.function.__name__ == answer)
    assert sentence in judged(check, function).message


def test_safe_loops_are_not_told_to_do_without():
    by_rows = chapter_13.by_the_logarithm_of_the_sum
    assert "without a loop" not in feedback.softmax_step(by_rows).message


def test_two_more_than_patterns():
    """Two triangles, one high above the other: each has its corners and its middle."""
    assert (
        "one more than were stored. Can you get two"
        in feedback.more_states(chapter_13.TRIANGLE, 1.95).message
    )
    both = np.vstack([np.column_stack([chapter_13.TRIANGLE, np.full(3, h)]) for h in (-2, 2)])
    verdict = feedback.more_states(both, 1.95)
    assert verdict and verdict.message.startswith("8 stable states for 6 patterns: 2 more than")
    assert len(modern.fixed_points(both, 1.95)[0]) == 6 and "`modern.fixed_points` lists 6" in verdict.message
    net = modern.Network(both, 1.95)
    for state in (*both, both[:3].mean(axis=0), both[3:].mean(axis=0)):  # by small steps from each
        for _ in range(3000):
            state = net.step(state)
        assert net.growth(state) < 1 and np.abs(net.step(state) - state).max() < 1e-9


@pytest.mark.parametrize("check", ["critical_gain", "dense_energies", "attention_table", "freezing_table"])
def test_no_card_gives_an_entry_away(check):
    """Fractions and large numbers of the solution stand in no hint and no message."""
    check = feedback.CHECKS[check]
    entries = {float(x) for row in check.solution.values() for x in row}
    shares = [Fraction(x).limit_denominator(100) for x in entries if x % 1]
    secret = [form for x in shares for form in (f"{x}", f"{x.numerator} / {x.denominator}", f"{float(x):g}")]
    secret += [f"{x:g}" for x in entries if abs(x) > 8]
    said = " ".join([*check.hints, *(mistake.message for mistake in check._mistakes)])
    assert not [x for x in secret if x in said]
    assert "x_1 = -4" not in said
