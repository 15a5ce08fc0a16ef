"""The modern network against loops in plain Python, its bounds, its fixed points and its limits."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hopfield_edu import modern


def softly(beta, query, keys, values):
    """softmax(beta K q)' V by loops."""
    scores = [beta * sum(a * b for a, b in zip(query, key, strict=True)) for key in keys]
    top = max(scores)
    shares = [math.exp(score - top) for score in scores]
    total = sum(shares)
    width = len(values[0])
    return [sum(p * v[d] for p, v in zip(shares, values, strict=True)) / total for d in range(width)]


@given(seed=st.integers(0, 200), M=st.integers(1, 6), N=st.integers(1, 6), beta=st.floats(0, 30))
def test_a_step_is_attention_by_hand(seed, M, N, beta):
    rng = np.random.default_rng(seed)
    X, Y = rng.normal(size=(M, N)), rng.normal(size=(3, N))
    wanted = [softly(beta, y, X.tolist(), X.tolist()) for y in Y.tolist()]
    assert np.allclose(modern.Network(X, beta).step(Y), wanted, rtol=0, atol=1e-12)
    assert np.allclose(modern.attention(Y, X, X, beta), wanted, rtol=0, atol=1e-12)


def test_the_default_beta_is_that_of_transformers():
    rng = np.random.default_rng(0)
    Q, K, V = rng.normal(size=(4, 9)), rng.normal(size=(5, 9)), rng.normal(size=(5, 2))
    wanted = [softly(1 / 3, q, K.tolist(), V.tolist()) for q in Q.tolist()]
    assert np.allclose(modern.attention(Q, K, V), wanted, rtol=0, atol=1e-12)


def test_torch_agrees():
    torch = pytest.importorskip("torch")
    rng = np.random.default_rng(1)
    Q, K, V = rng.normal(size=(7, 16)), rng.normal(size=(11, 16)), rng.normal(size=(11, 5))
    theirs = torch.nn.functional.scaled_dot_product_attention(*map(torch.from_numpy, (Q, K, V)))
    assert np.abs(modern.attention(Q, K, V) - theirs.numpy()).max() < 1e-12


@given(seed=st.integers(0, 100), beta=st.floats(0, 50))
def test_the_energy_never_rises_and_is_never_negative(seed, beta):
    rng = np.random.default_rng(seed)
    net = modern.Network(rng.normal(size=(5, 4)), beta)
    energies = net.recall(2 * rng.normal(size=4), record=True, max_steps=200).energies
    assert np.diff(energies).max(initial=0) < 1e-12 and energies.min() > -1e-12


@given(seed=st.integers(0, 100), beta=st.floats(0, 40), distance=st.floats(0, 0.5))
def test_the_bound_on_one_step_holds(seed, beta, distance):
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(6, 8))
    away = rng.normal(size=8)
    cues = X + distance * away / np.linalg.norm(away)
    errors = np.linalg.norm(modern.Network(X, beta).step(cues) - X, axis=1)
    assert (errors <= modern.retrieval_bound(X, beta, distance) * (1 + 1e-9) + 1e-12).all()


def test_from_the_average_to_single_patterns():
    X = np.array([[1.0, 0], [0, 1]])
    assert modern.fixed_points(X, 0.0)[1] == ["global average"]
    assert modern.fixed_points(X, 50)[1] == ["single", "single"]
    assert modern.fixed_points(X[:1], 1)[1] == ["single"]
    same = modern.fixed_points(np.ones((3, 2)), 5)
    assert len(same[0]) == 1 and np.allclose(same[0], 1)


def test_extremes_stay_finite():
    X = np.array([[1000.0, 0], [0, 1000]])
    for beta in (0.0, 1e-9, 1e6):
        net = modern.Network(X, beta)
        assert np.isfinite(net.step([0.0, 0])).all() and np.isfinite(net.energy([900.0, 1]))
    assert np.allclose(modern.Network(X, 3).step([0.0, 0]), [500, 500])


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: modern.Network([1, 2]), r"patterns has shape \(2,\)"),
        (lambda: modern.Network(np.zeros((0, 3))), "patterns has shape"),
        (lambda: modern.Network([[1, 2]], beta=-1), "beta is -1"),
        (lambda: modern.Network([[1, np.nan]]), "patterns contains NaN"),
        (lambda: modern.Network([[1, 2]]).step([1, 2, 3]), r"state has shape \(3,\)"),
        (lambda: modern.Network([[1, 2]]).recall([1, 2], tol=0), "tol is 0"),
        (lambda: modern.Network([[1, 2]]).recall([1, 2], max_steps=0), "max_steps is 0"),
        (lambda: modern.attention([[1]], [[1, 2]], [[1]]), "queries have 1 features, keys 2"),
        (lambda: modern.attention([[1]], [[1], [2]], [[1]]), "2 keys and 1 values"),
        (lambda: modern.multi_head([[1]], [[1]], []), "heads is empty"),
        (lambda: modern.effective_number([0.5, 0.2]), "p does not hold shares"),
    ],
)
def test_bad_input_is_named(call, words):
    with pytest.raises(ValueError, match=words):
        call()
