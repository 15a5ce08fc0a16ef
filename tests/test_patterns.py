"""Patterns: how they are drawn, spoiled, compared, written down."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hopfield_edu import learning, patterns


@st.composite
def states(draw, shape=None):
    shape = shape or draw(st.sampled_from([(1,), (5,), (1, 1), (3, 4)]))
    size = int(np.prod(shape))
    return np.array(draw(st.lists(st.sampled_from([-1, 1]), min_size=size, max_size=size))).reshape(shape)


def test_random_patterns():
    s = patterns.random(200, 50, rng=0)
    assert s.shape == (200, 50) and s.dtype == int
    assert set(np.unique(s)) == {-1, 1}
    assert abs(s.mean()) < 4 / np.sqrt(s.size)  # four standard deviations
    assert (s == patterns.random(200, 50, rng=0)).all()
    assert (s == patterns.random(200, 50, np.random.default_rng(0))).all()
    assert (s != patterns.random(200, 50, rng=1)).any()


def test_sparse_patterns():
    s = patterns.sparse(2000, 20, 3, rng=0)
    assert s.shape == (2000, 20) and s.dtype == int and set(np.unique(s)) == {0, 1}
    assert (s.sum(axis=1) == 3).all()
    assert np.abs(s.mean(axis=0) - 3 / 20).max() < 4 * np.sqrt(0.15 * 0.85 / 2000)  # no place is preferred
    assert (s == patterns.sparse(2000, 20, 3, np.random.default_rng(0))).all()
    assert not patterns.sparse(2, 4, 0, rng=0).any() and patterns.sparse(2, 4, 4, rng=0).all()


@pytest.mark.parametrize("N", [1, 2, 4, 8, 16, 64])
def test_orthogonal_patterns(N):
    s = patterns.orthogonal(N, N)
    assert (s @ s.T == N * np.eye(N)).all()
    assert (np.abs(s) == 1).all() and (s[0] == 1).all()
    for M in range(1, N + 1):
        assert (patterns.orthogonal(M, N) == s[:M]).all()


@given(states(), st.data())
def test_flip_changes_exactly_so_many_units(state, data):
    N = state.shape[-1]
    count = data.draw(st.integers(0, N))
    before = state.copy()
    spoiled = patterns.flip(state, count, rng=data.draw(st.integers(0, 100)))
    assert ((spoiled != state).sum(axis=-1) == count).all()
    assert spoiled.shape == state.shape and spoiled.dtype == int
    assert (state == before).all() and not np.shares_memory(spoiled, state)


def test_flip_chooses_all_units_alike_and_every_row_on_its_own():
    spoiled = patterns.flip(np.ones((4000, 6), int), 2, rng=0)
    assert np.allclose((spoiled < 0).mean(axis=0), 1 / 3, atol=0.04)
    assert len(np.unique(spoiled, axis=0)) == 15  # all pairs of 6 units


def test_flip_by_fraction():
    ones = np.ones(20, int)
    for fraction, count in [(0, 0), (0.15, 3), (0.5, 10), (1, 20), (0.16, 3), (0.19, 4)]:
        assert (patterns.flip(ones, fraction=fraction, rng=1) < 0).sum() == count
        assert (patterns.flip(ones, fraction=fraction, rng=1) == patterns.flip(ones, count, rng=1)).all()


@given(states((3, 4)), states((2, 4)))
def test_overlap(a, s):
    m = patterns.overlap(a, s)
    assert m.shape == (3, 2)
    for b, mu in np.ndindex(m.shape):
        same = (a[b] == s[mu]).sum()
        assert m[b, mu] == (2 * same - 4) / 4 == patterns.overlap(a[b], s[mu])
    assert (patterns.overlap(a[0], s) == m[0]).all() and (patterns.overlap(a, s[0]) == m[:, 0]).all()
    assert isinstance(patterns.overlap(a[0], s[0]), float)
    assert patterns.overlap(a[0], a[0]) == 1 and patterns.overlap(a[0], -a[0]) == -1


@given(states())
def test_the_two_codings(state):
    zero_one = patterns.to_binary(state)
    assert set(np.unique(zero_one)) <= {0, 1}
    assert (patterns.to_bipolar(zero_one) == state).all()
    assert (patterns.to_bipolar(zero_one == 1) == state).all()
    assert (patterns.to_bipolar(zero_one.astype(np.uint8)) == state).all()


@given(states((7,)))
def test_labels(state):
    label = patterns.label(state)
    assert (patterns.from_label(label) == state).all()
    assert label[0] == ("+" if state[0] == 1 else "-")  # unit 1 first


def test_pictures():
    pictures = [patterns.named(name) for name in patterns.NAMES]
    assert {"heart", "house"} <= set(patterns.NAMES)
    assert all(picture.shape == (100,) and (np.abs(picture) == 1).all() for picture in pictures)
    flat = np.array(pictures)
    overlaps = patterns.overlap(flat, flat) - np.eye(len(flat))
    assert np.abs(overlaps).max() < 1  # all different, none the inverse of another
    assert patterns.overlap(flat[patterns.NAMES.index("heart")], flat[patterns.NAMES.index("cup")]) == 0.58
    pictures[0][:] = 1
    assert (patterns.named(patterns.NAMES[0]) == -1).any()  # a new array each time


def test_a_picture_is_one_pattern():
    """Issue 8: a picture of 10 x 10 cells was read as ten patterns of ten units."""
    heart, cup = patterns.named("heart"), patterns.named("cup")
    assert (patterns.flip(heart, 5, rng=0) != heart).sum() == 5
    assert patterns.overlap(heart, cup) == 0.58
    assert learning.hebb(heart).shape == (100, 100)
