"""Hebb's rule, all at once and one pattern at a time, against its definition."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hopfield_edu import binary, learning, patterns


def by_definition(s, self_connections):
    """w_ij = sum_mu s_i s_j in whole Python numbers."""
    N, s = len(s[0]), s.tolist()
    return [
        [0 if i == j and not self_connections else sum(p[i] * p[j] for p in s) for j in range(N)]
        for i in range(N)
    ]


@pytest.mark.parametrize("self_connections", [False, True])
@given(M=st.integers(1, 7), N=st.integers(1, 7), seed=st.integers(0, 99))
def test_hebb(self_connections, M, N, seed):
    s = patterns.random(M, N, seed)
    W = learning.hebb(s, self_connections=self_connections)
    assert W.tolist() == by_definition(s, self_connections)
    assert W.dtype == np.float32 and (W == W.T).all()
    assert (np.diagonal(W) == (M if self_connections else 0)).all()  # Wiskott eq. 1.21 times N
    assert (
        learning.hebb(s[0], self_connections=self_connections)
        == learning.hebb(s[:1], self_connections=self_connections)
    ).all()


@pytest.mark.parametrize("self_connections", [False, True])
@given(seed=st.integers(0, 99))
def test_one_pattern_at_a_time(self_connections, seed):
    s = patterns.random(4, 6, seed)
    W = np.zeros((6, 6))
    for mu in range(4):
        before = W.copy()
        grown = learning.hebb_add(W, s[mu], self_connections=self_connections)
        assert (W == before).all()  # a new array
        assert (grown == learning.hebb(s[: mu + 1], self_connections=self_connections)).all()
        assert (learning.hebb_remove(grown, s[mu], self_connections=self_connections) == W).all()
        W = grown


def test_neither_the_order_nor_the_sign_of_patterns_matters():
    s = patterns.random(5, 8, rng=0)
    assert (learning.hebb(s) == learning.hebb(s[::-1])).all()
    assert (learning.hebb(s) == learning.hebb(-s)).all()


def test_many_patterns_stay_exact():
    s = patterns.random(3000, 5, rng=0)
    assert learning.hebb(s).tolist() == by_definition(s, False)


@pytest.mark.parametrize("dtype", [np.int8, np.int64, np.float32, np.float64])
def test_any_kind_of_array_will_do(dtype):
    s = patterns.random(200, 6, rng=0)  # 200 is beyond int8
    assert (learning.hebb(s.astype(dtype)) == learning.hebb(s)).all()
    assert (learning.hebb(np.asfortranarray(s.astype(dtype))) == learning.hebb(s)).all()
    assert (learning.hebb(s.tolist()) == learning.hebb(s)).all()
    s.flags.writeable = False
    learning.hebb(s)


@given(M=st.integers(1, 9), N=st.integers(2, 40), seed=st.integers(0, 99))
def test_divided_by_n_in_single_precision_ties_stay_ties(M, N, seed):
    s = patterns.random(M, N, seed)
    stored, divided = learning.hebb(s), learning.hebb(s) / N
    assert divided.dtype == np.float32
    cues = patterns.random(5, N, seed + 1)
    exact, rounded = binary.Network(stored, scale=1 / N), binary.Network(divided)
    assert (exact.recall(cues).final == rounded.recall(cues).final).all()
    assert ((exact.field(cues) == 0) == (rounded.field(cues) == 0)).all()


@pytest.mark.parametrize("rule", [learning.hebb, learning.hebb_add, learning.hebb_remove])
def test_a_number_is_no_flag(rule):
    """`hebb_add(W, s, 0.5)` made a diagonal of ones."""
    given = [np.zeros((4, 4)), [1, 1, -1, 1]] if rule is not learning.hebb else [[1, 1, -1, 1]]
    with pytest.raises(TypeError, match="positional"):
        rule(*given, 0.5)
    for wrong in (0.5, 1, "no", None):
        with pytest.raises(TypeError, match=r"self_connections is .*; True or False is wanted"):
            rule(*given, self_connections=wrong)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (
            lambda: learning.hebb(np.ones((3, 10, 10), int)),
            r"pictures come flat, one per row: patterns.reshape\(3, -1",
        ),
        (
            lambda: learning.hebb_add(np.zeros((100, 100)), np.ones((10, 10), int)),
            r"comes flat: pattern.ravel\(\)",
        ),
        (lambda: learning.hebb_add(np.zeros((4, 4)), np.ones((4, 1), int)), r"pattern.ravel\(\)"),
        (lambda: patterns.overlap(np.ones(4, int), np.ones((4, 3), int)), r"transpose it, patterns\.T"),
        (lambda: patterns.overlap(np.ones((10, 10), int), np.ones((3, 100), int)), r"state\.ravel\(\)"),
        (lambda: learning.hebb(np.ones((1, 30_000), np.int8)), "patterns = an array .* the limit is 2 GiB"),
        (lambda: patterns.random(10**6, 10**6, 0), "M = 1000000, N = 1000000: .* the limit is 2 GiB"),
        (lambda: patterns.correlated(10**5, 10**5, 0.1, 0), "M = 100000, N = 100000: .* limit"),
        (lambda: patterns.orthogonal(2, 2**20), "N = 1048576: .* limit"),
    ],
)
def test_shapes_that_do_not_fit_come_with_a_remedy_and_sizes_with_a_limit(call, words):
    with pytest.raises(ValueError, match=words):
        call()
