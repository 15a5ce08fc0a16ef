"""The checks of what a caller hands in: short messages, hints, flags, budgets, symmetry up to rounding."""

from __future__ import annotations

import re
from fractions import Fraction

import numpy as np
import pytest

from hopfield_edu import _check, binary, frustration, learning, patterns

S = patterns.random(3, 12, rng=0)


def refused(call, error=ValueError):
    with pytest.raises(error) as caught:
        call()
    return str(caught.value)


@pytest.mark.parametrize(
    "value",
    [
        np.zeros((40, 40)),
        np.zeros((40, 40)).tolist(),
        list(range(10**5)),
        [np.zeros(3)],
        {k: k for k in range(100)},
        "x" * 10_000,
        10**10_000,
        [10**10_000],
        object(),
        (k for k in "ab"),
        np.random.RandomState(0),
        type("Loud", (), {"__repr__": lambda self: 1 / 0})(),
        type("Lines", (), {"__repr__": lambda self: "a\nb"})(),
    ],
    ids=range(13),
)
def test_what_is_shown_is_short_and_no_array(value):
    text = _check.shown(value)
    assert text and len(text) < 70 and not re.search(r"\n|array\(|0x|\.\.\. ", text)


def test_plain_values_are_shown_as_they_are():
    for value, text in [
        (0.3, "0.3"),
        (np.float32(0.5), "0.5"),
        ("no", "'no'"),
        ([1, 2], "[1, 2]"),
        (None, "None"),
    ]:
        assert _check.shown(value) == text


def test_a_flag_is_a_boolean():
    assert _check.flag(np.True_, "record") is True and _check.flag(False, "record") is False
    for value in ("no", 0.3, 1, None, [True], np.array([True, False])):
        assert refused(lambda value=value: _check.flag(value, "record"), TypeError).startswith("record is ")


def test_a_budget_names_the_arguments_and_the_limit():
    _check.budget(numbers=10**6, steps=10**6, M=1000)
    text = refused(lambda: _check.budget(numbers=10**12, M=10**6, N=10**6))
    assert text == "M = 1000000, N = 1000000: that would take 7.5e+03 GiB of memory; the limit is 2 GiB"
    text = refused(lambda: _check.budget(steps=10**5000, points=10**5000))
    assert "points = a whole number of 5001 digits" in text and "the limit is 1e+09" in text


@pytest.mark.parametrize("array", [np.zeros((2, 2)), np.array([1, 2]), [np.zeros(2)], np.array(1)])
def test_no_check_speaks_of_the_truth_value_of_an_array(array):
    calls = [
        lambda: _check.one_of(array, "x", ("a", 1)),
        lambda: _check.count(array, "x"),
        lambda: _check.number(array, "x"),
        lambda: _check.fraction(array, "x"),
        lambda: _check.positive(array, "x"),
        lambda: _check.flag(array, "x"),
        lambda: _check.generator(array, "x"),
        lambda: _check.schedule(array, name="x"),
        lambda: _check.ties(array, "x"),
        lambda: _check.function(array, "x"),
        lambda: _check.instance(array, "x", str, "a text"),
    ]
    for call in calls:
        text = refused(call, (ValueError, TypeError))
        assert re.match("x |rng ", text) and "truth value" not in text and "array(" not in text


def test_numbers_that_no_float_holds():
    for value in (10**400, -(10**400), Fraction(10**400)):
        assert "x is a " in refused(lambda value=value: _check.positive(value, "x", high=10.0))
    assert _check.positive(Fraction(1, 2), "x") == 0.5 and _check.positive(0, "x", zero=True) == 0
    assert "at most 10" in refused(lambda: _check.positive(11, "x", high=10))
    assert "a positive number is wanted" in refused(lambda: _check.positive(float("nan"), "x"))


@pytest.mark.parametrize("name", ["async", "asynchronous", "Async", "sequential", "sync", "parallel"])
def test_other_peoples_names_of_schedules_get_a_pointer(name):
    text = refused(lambda: _check.schedule(name))
    ours = re.findall('"([a-z-]+)"', text)
    assert text.startswith(f"schedule is {name!r}") and ours and set(ours) <= set(_check.SCHEDULES)
    one_by_one = refused(lambda: _check.schedule(name, ("ordered", "random", "random-unit")))
    assert '"synchronous"' not in one_by_one


def test_a_wrong_number_of_units_names_the_remedy():
    net = binary.Network(learning.hebb(S))
    for state, remedy, put_right in [
        (S.T, "transpose it, state.T", S),
        (S[0][:, None], "make it one row of numbers: state.ravel()", S[0]),
        (S[0].reshape(3, 4), "a picture comes flat: state.ravel()", S[0]),
        (S.reshape(3, 3, 4), "pictures come flat, one per row: state.reshape(3, -1)", S),
    ]:
        assert refused(lambda state=state: net.recall(state)).endswith(remedy)
        net.recall(put_right)
    assert "bias.ravel()" in refused(lambda: binary.Network(learning.hebb(S), np.ones((12, 1))))
    assert "pattern.ravel()" in refused(lambda: learning.hebb_add(net.weights, S[0].reshape(3, 4)))
    assert refused(lambda: net.recall(np.ones(5, int))).endswith("the network has N = 12")


def projection(dtype=float):
    """The weights that make S fixed points whatever their overlaps: symmetric but for rounding."""
    s = S.astype(dtype)
    W = s.T @ np.linalg.inv(s @ s.T) @ s
    np.fill_diagonal(W, 0)
    W[0, 1] = np.nextafter(W[0, 1], np.inf, dtype=dtype)
    return W


@pytest.mark.parametrize("dtype", [float, np.float32])
@pytest.mark.parametrize("size", [1e-200, 1, 1e200])
def test_rounding_is_not_asymmetry(dtype, size):
    W = projection(dtype)
    if dtype is float:
        W = W * size
    assert (W != W.T).any() and _check.is_symmetric(W)
    assert binary.Network(W).is_symmetric
    given = _check.weights(W, symmetric=True)
    assert (given == given.T).all() and np.allclose(given, W)
    learning.hebb_add(W, S[0])
    assert frustration.unsatisfied(W, S[0]) >= 0
    W[3, 1] += 1e-4 * np.abs(W).max()
    assert not binary.Network(W).is_symmetric
    text = refused(lambda: _check.weights(W, symmetric=True))
    assert "w[1, 3]" in text and "w[3, 1]" in text


def test_whole_weights_stay_what_they_are():
    W = learning.hebb(S)
    assert _check.weights(W, symmetric=True) is W
    assert not _check.is_symmetric(np.array([[0, 1], [2, 0]], np.uint8))
    assert not _check.is_symmetric(np.triu(np.ones((600, 600)), 1))


def test_an_order_that_is_none_says_what_is_missing():
    text = refused(lambda: _check.permutation(np.arange(1, 101), "order", 100))
    assert "order is an array of shape (100,) (unit 0 is missing)" in text


def test_objects_in_an_array_are_named_by_their_type():
    assert "values of type Fraction" in refused(lambda: _check.real_array([Fraction(1, 2)], "x"), TypeError)
    assert "beyond 64 bits" in refused(lambda: _check.real_array([10**30], "x"), TypeError)
    assert "x holds None" in refused(lambda: _check.real_array([1, None], "x"), TypeError)
