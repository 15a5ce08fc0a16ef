"""The modern network against loops in plain Python, its bounds, its fixed points and its limits."""

import math
import re

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


def dot(a, b):
    return sum(x * y for x, y in zip(a, b, strict=True))


def naive_energy(beta, X, y):
    """-1/beta log sum exp(beta x y) + y y / 2 + 1/beta log M + 1/2 max x x, with every constant."""
    z = [dot(x, y) for x in X]
    lse = max(z) + math.log(math.fsum(math.exp(beta * (v - max(z))) for v in z)) / beta
    return -lse + dot(y, y) / 2 + math.log(len(X)) / beta + max(dot(x, x) for x in X) / 2


@given(seed=st.integers(0, 200), M=st.integers(1, 6), N=st.integers(1, 6), beta=st.floats(0.01, 30))
def test_the_energy_by_hand(seed, M, N, beta):
    rng = np.random.default_rng(seed)
    X, Y = rng.normal(size=(M, N)), 2 * rng.normal(size=(3, N))
    wanted = [naive_energy(beta, X.tolist(), y) for y in Y.tolist()]
    net = modern.Network(X, beta)
    assert np.allclose(net.energy(Y), wanted, rtol=0, atol=1e-11)
    single = net.energy(Y[0])
    assert type(single) is float and single == pytest.approx(wanted[0], abs=1e-11)


@pytest.mark.parametrize("beta", [0.0, 5e-324, 1e-300, 1e-17, 1e-12, 1e-8])
def test_the_energy_at_a_small_beta_is_its_limit(beta):
    """The lse less log(M)/beta is the mean of z plus beta/2 times its variance, plus terms in beta^2."""
    X, y = np.array([[2.0, 0], [0, 1], [3, 5]]), np.array([2.0, -1])
    z = [4.0, -1.0, 1.0]
    mean = sum(z) / 3
    variance = sum((v - mean) ** 2 for v in z) / 3
    wanted = 5 / 2 - mean - beta * variance / 2 + 34 / 2
    assert modern.Network(X, beta).energy(y) == pytest.approx(wanted, rel=0, abs=1e-13)


@given(seed=st.integers(0, 200), digits=st.floats(-14, 6))
def test_every_step_lowers_the_energy_by_half_its_square(seed, digits):
    rng = np.random.default_rng(seed)
    M, N = rng.integers(1, 8, 2)
    net = modern.Network(rng.normal(size=(M, N)), 10**digits)
    run = net.recall(3 * rng.normal(size=N), record=True, max_steps=60)
    falls, squares = -np.diff(run.energies), (np.diff(run.states, axis=0) ** 2).sum(axis=1)
    assert (falls >= squares / 2 - 1e-11).all()
    assert (squares > 0).all() and squares.sum() <= 2 * run.energies[0] + 1e-11


@given(seed=st.integers(0, 100), beta=st.floats(0.01, 20))
def test_growth_is_the_largest_eigenvalue_of_the_slope(seed, beta):
    rng = np.random.default_rng(seed)
    M, N = rng.integers(1, 6, 2)
    X, y = rng.normal(size=(M, N)), rng.normal(size=N)
    net, h = modern.Network(X, beta), 1e-5
    slope = np.empty((N, N))
    for j in range(N):
        ahead, behind = ([*y[:j], y[j] + d, *y[j + 1 :]] for d in (h, -h))
        rise = zip(*(softly(beta, q, X.tolist(), X.tolist()) for q in (ahead, behind)), strict=True)
        slope[:, j] = [(a - b) / (2 * h) for a, b in rise]
    wanted = np.linalg.eigvalsh((slope + slope.T) / 2).max()
    assert net.growth(y) == pytest.approx(wanted, abs=1e-5)


def test_growth_at_corners():
    assert modern.Network([[1.0], [-1]], 3).growth([0.0]) == pytest.approx(3)  # the slope of tanh(3 y)
    assert modern.Network([[1.0], [-1]], 0).growth([5.0]) == 0
    assert modern.Network([[3.0, 4]], 100).growth([0, 0]) == 0  # one pattern: the step is constant
    assert modern.Network(np.ones((4, 2)), 100).growth([0, 0]) == 0


@given(seed=st.integers(0, 100), M=st.integers(1, 7), N=st.integers(1, 5), beta=st.floats(0, 20))
def test_separation_and_bound_by_their_formulas(seed, M, N, beta):
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(M, N)).tolist()
    R, r = max(math.sqrt(dot(x, x)) for x in X), float(rng.uniform(0, 0.5))
    delta, bound = [], []
    for mu, x in enumerate(X):
        others = [dot(x, other) for nu, other in enumerate(X) if nu != mu]
        delta.append(dot(x, x) - max(others, default=-math.inf))
        leak = (M - 1) * math.exp(-beta * max(delta[-1] - 2 * R * r, 0)) if others else 0
        bound.append(2 * R * min(1, leak))
    assert modern.separation(X) == pytest.approx(delta, abs=1e-12)
    assert modern.retrieval_bound(X, beta, r) == pytest.approx(bound, abs=1e-11)


@given(seed=st.integers(0, 100), M=st.integers(1, 9))
def test_effective_number_by_its_formula(seed, M):
    weights = np.random.default_rng(seed).integers(0, 4, (3, M))
    weights[:, 0] += 1  # some of the others are zero
    p = weights / weights.sum(axis=1, keepdims=True)
    wanted = [math.exp(-sum(v * math.log(v) for v in row if v > 0)) for row in p.tolist()]
    assert modern.effective_number(p) == pytest.approx(wanted, abs=1e-12)
    one = modern.effective_number(p[0])
    assert type(one) is float and 1 <= one <= M + 1e-12


@pytest.mark.parametrize(
    ("shares", "wanted"),
    [
        ([1.0], "single"),
        ([0.991, 0.009], "single"),
        ([0.989, 0.011], "metastable"),
        ([0.25, 0.25, 0.25, 0.25], "global average"),
        ([0.37, 0.21, 0.21, 0.21], "global average"),
        ([0.38, 0.21, 0.21, 0.20], "metastable"),
        ([0.5, 0.5, 0, 0], "metastable"),
    ],
)
def test_kinds_and_their_borders(shares, wanted):
    assert modern.kind(shares) == modern.kind(np.array(shares[::-1])) == wanted


@given(beta=st.floats(1.05, 9))
def test_two_signs_have_the_fixed_points_of_tanh(beta):
    low, high = 1e-6, 1.0
    for _ in range(60):  # tanh(beta y) = y by halving
        mid = (low + high) / 2
        low, high = (mid, high) if math.tanh(beta * mid) > mid else (low, mid)
    states, kinds = modern.fixed_points([[1.0], [-1.0]], beta)
    assert sorted(states.ravel()) == pytest.approx([-low, low], abs=1e-9)  # 0 is unstable: left out
    share = 1 / (1 + math.exp(-2 * beta * low))
    wanted = "single" if share > 0.99 else "global average" if share < 0.75 else "metastable"
    assert kinds == [wanted] * 2
    below = modern.fixed_points([[1.0], [-1.0]], 0.9 / beta)
    assert len(below[0]) == 1 and below[0] == pytest.approx(0, abs=1e-9) and below[1] == ["global average"]


def test_states_closer_than_tol_count_once():
    X = [[math.cos(angle), math.sin(angle)] for angle in (0, 0.1, 1.5)]
    assert [len(modern.fixed_points(X, 2000, tol=tol)[0]) for tol in (1e-6, 0.2, 2)] == [3, 2, 1]


def test_a_recall_says_how_it_ended():
    net = modern.Network([[1.0], [-1]], beta=1.5)
    cues = np.array([[0.9], [0.0], [-1e-8], [0.3]])
    run = net.recall(cues, record=True)
    y, steps = 0.9, 0  # by hand
    while abs(math.tanh(1.5 * y) - y) > 1e-10:
        y, steps = math.tanh(1.5 * y), steps + 1
    assert run.sweeps[0] == steps and run.final[0, 0] == pytest.approx(y, abs=1e-14)
    assert run.sweeps[1] == 0 and run.final[1, 0] == 0  # the ridge stays, a breath beside it leaves
    assert run.final[2, 0] == pytest.approx(-y, abs=1e-9) and run.sweeps[2] > run.sweeps[0]
    assert run.converged.all() and (run.cycle_length == 1).all() and (run.flips == 0).all()
    for b, cue in enumerate(cues):
        alone = net.recall(cue, record=True)
        for other in (run[b], alone):
            assert len(other.states) == len(other.energies) == run.sweeps[b] + 1
            assert (other.states[0] == cue).all() and (other.states[-1] == other.final).all()
            assert other.energies == pytest.approx(net.energy(other.states))
        assert alone.states == pytest.approx(run[b].states, abs=1e-14)
    short = net.recall(cues, max_steps=3)
    assert list(short.outcome) == ["step limit", "fixed point", "step limit", "step limit"]
    assert short.sweeps.tolist() == [3, 0, 3, 3] and short.cycle_length.tolist() == [0, 1, 0, 0]
    wide = net.recall([0.9], tol=0.5)
    assert wide.sweeps == 0 and wide.converged and wide.final == 0.9


def test_limits_of_beta():
    rng = np.random.default_rng(3)
    X, Y = rng.normal(size=(6, 5)), rng.normal(size=(20, 5))
    nearest = X[[max(range(6), key=lambda k: dot(X[k], y)) for y in Y]]
    cold, hot = modern.Network(X, 1e6), modern.Network(X, 0)
    assert (cold.step(Y) == nearest).all() and (modern.attention(Y, X, X, 1e6) == nearest).all()
    assert cold.energy(Y) == pytest.approx(
        [dot(y, y) / 2 - max(dot(x, y) for x in X) + max(dot(x, x) for x in X) / 2 for y in Y], abs=1e-5
    )
    assert hot.step(Y) == pytest.approx(np.tile(X.mean(axis=0), (20, 1)), abs=1e-14)
    assert (hot.attention(Y) == 1 / 6).all() and hot.growth(Y[0]) == 0
    assert modern.fixed_points(X, 1e6)[0].shape[1] == modern.fixed_points(X, 0)[0].shape[1] == 5


@pytest.mark.parametrize("beta", [0.0, 1e-9, 1.0, 1e6])
def test_one_pattern_identical_patterns_and_no_query(beta):
    rng = np.random.default_rng(4)
    x, y = rng.normal(size=5), rng.normal(size=5)
    one = modern.Network(x[None], beta)
    assert (one.step(y) == x).all() and one.attention(y).tolist() == [1]
    assert one.energy(y) == pytest.approx(((y - x) ** 2).sum() / 2, abs=1e-12)  # one parabola
    same = modern.Network(np.tile(x, (4, 1)), beta)
    assert same.step(y) == pytest.approx(x, abs=1e-15) and (same.attention(y) == 0.25).all()
    assert same.energy(y) == pytest.approx(one.energy(y), abs=1e-12)
    assert modern.separation(same.patterns) == pytest.approx(0, abs=1e-14)
    X = rng.normal(size=(4, 5))
    assert (modern.Network(X, beta).attention(np.zeros(5)) == 0.25).all()
    assert modern.Network(X, beta).step(np.zeros(5)) == pytest.approx(X.mean(axis=0), abs=1e-15)


def heads_by_hand(Y, X, heads, mix=None):
    """Projections, scores, softmax and sums by loops."""

    def times(rows, W):
        return [[dot(row, column) for column in zip(*W, strict=True)] for row in rows]

    out = [[] for _ in Y]
    for W_Q, W_K, W_V in heads:
        K, V = times(X, W_K), times(X, W_V)
        for row, q in zip(out, times(Y, W_Q), strict=True):
            row += softly(1 / math.sqrt(len(q)), q, K, V)
    return out if mix is None else times(out, mix)


@given(seed=st.integers(0, 100), count=st.integers(1, 3), mixed=st.booleans())
def test_heads_by_hand(seed, count, mixed):
    rng = np.random.default_rng(seed)
    B, M, N, N2 = rng.integers(1, 6, 4)
    Y, X, heads, width = rng.normal(size=(B, N)), rng.normal(size=(M, N2)), [], 0
    for _ in range(count):
        d, D = rng.integers(1, 5, 2)  # every head may have its own
        heads.append((rng.normal(size=(N, d)), rng.normal(size=(N2, d)), rng.normal(size=(N2, D))))
        width += D
    mix = rng.normal(size=(width, 3)) if mixed else None
    plain = [[W.tolist() for W in head] for head in heads]
    wanted = heads_by_hand(Y.tolist(), X.tolist(), plain, None if mix is None else mix.tolist())
    found = modern.multi_head(Y, X, heads, mix)
    assert found.shape == (B, 3 if mixed else width)
    assert np.abs(found - wanted).max() < 1e-12
    assert (modern.multi_head(Y.tolist(), X.tolist(), plain, mix) == found).all()


@pytest.mark.parametrize(("heads", "N2"), [(1, 12), (3, 12), (4, 7)])
def test_the_heads_of_torch_agree(heads, N2):
    torch = pytest.importorskip("torch")
    rng, N = np.random.default_rng(heads), 12
    kinds = {"bias": False, "batch_first": True, "dtype": torch.float64}
    layer = torch.nn.MultiheadAttention(N, heads, kdim=N2, vdim=N2, **kinds)
    Y, X = rng.normal(size=(5, N)), rng.normal(size=(8, N2))
    W_Q, W_K, W_V, W_O = (rng.normal(size=shape) for shape in ((N, N), (N2, N), (N2, N), (N, N)))
    with torch.no_grad():  # torch multiplies with transposed matrices
        if N2 == N:
            layer.in_proj_weight.copy_(torch.from_numpy(np.vstack([W_Q.T, W_K.T, W_V.T])))
        else:
            for name, W in (("q", W_Q), ("k", W_K), ("v", W_V)):
                getattr(layer, f"{name}_proj_weight").copy_(torch.from_numpy(W.T.copy()))
        layer.out_proj.weight.copy_(torch.from_numpy(W_O.T.copy()))
        asked, stored = (torch.from_numpy(rows[None]) for rows in (Y, X))
        theirs = layer(asked, stored, stored, need_weights=False)[0][0].numpy()
    triples = list(zip(*(np.split(W, heads, axis=1) for W in (W_Q, W_K, W_V)), strict=True))
    assert np.abs(modern.multi_head(Y, X, triples, W_O) - theirs).max() < 1e-12


@pytest.mark.parametrize("beta", [0.0, 0.3, 40.0, 1e6])
def test_torch_agrees_at_every_beta(beta):
    torch = pytest.importorskip("torch")
    rng = np.random.default_rng(2)
    Q, K, V = 3 * rng.normal(size=(7, 16)), rng.normal(size=(11, 16)), rng.normal(size=(11, 5))
    theirs = torch.nn.functional.scaled_dot_product_attention(*map(torch.from_numpy, (Q, K, V)), scale=beta)
    assert np.abs(modern.attention(Q, K, V, beta) - theirs.numpy()).max() < 1e-12


X2 = [[1.0, 0.5], [-1, 2], [0, 1]]
ARGUMENTS = {
    "Network": (X2,),
    "separation": (X2,),
    "retrieval_bound": (X2, 2.0, 0.1),
    "fixed_points": (X2, 2.0),
    "kind": ([0.25, 0.75],),
    "effective_number": ([[0.25, 0.75], [0, 1.0]],),
    "attention": ([[1.0, 0]], X2, [[1.0], [2], [3]]),
    "multi_head": ([[1.0, 0]], X2, [([[1.0], [0]], [[1.0], [1]], [[2.0], [3]])], [[1.0, 2]]),
}


def test_every_function_is_in_the_table():
    own = {n for n, f in vars(modern).items() if getattr(f, "__module__", "") == modern.__name__}
    assert {name for name in own if not name.startswith("_")} == set(ARGUMENTS)


def arrays(value):
    """Lists of numbers as arrays that cannot be written to."""
    if isinstance(value, list) and isinstance(value[0], tuple):
        return [tuple(map(arrays, head)) for head in value]
    if isinstance(value, list):
        value = np.array(value)
        value.flags.writeable = False
    return value


@pytest.mark.parametrize("name", [name for name in ARGUMENTS if name != "Network"])
def test_lists_do_as_well_and_nothing_is_written_to(name):
    call = getattr(modern, name)
    plain, frozen = call(*ARGUMENTS[name]), call(*map(arrays, ARGUMENTS[name]))
    if name == "fixed_points":
        assert plain[1] == frozen[1]
        plain, frozen = plain[0], frozen[0]
    assert np.array_equal(plain, frozen)


@pytest.mark.parametrize("method", ["energy", "attention", "step", "recall"])
def test_a_network_keeps_its_hands_off(method):
    X, y, Y = (np.array(v) for v in (X2, [0.3, -2.0], [[0.3, -2.0], [1, 1]]))
    net = modern.Network(X, 2)
    X[:] = 9  # the network has its own copy ...
    assert (net.patterns == X2).all() and not net.patterns.flags.writeable
    for state in (y, Y):
        before, call = state.copy(), getattr(net, method)
        found = call(state)
        assert (state == before).all()
        listed = call(state.tolist())
        if method == "recall":
            assert (listed.final == found.final).all() and (found.initial == before).all()
            state[:] = 7  # ... and a trajectory its own, too
            assert (found.initial == before).all() and (found.final == listed.final).all()
        else:
            assert np.array_equal(listed, found)


M2 = np.ones((2, 2))
NET = modern.Network(X2)
HEAD = (M2, M2, M2)
REAL = "but an array of real numbers is wanted"
WRONG_MATRIX = [
    ([1.0, 2.0], ValueError, r"{} has shape \(2,\); a matrix with at least one row is wanted"),
    (3.0, ValueError, r"{} has shape \(\); a matrix"),
    (np.zeros((0, 2)), ValueError, r"{} has shape \(0, 2\)"),
    (np.zeros((2, 0)), ValueError, r"{} has shape \(2, 0\)"),
    (np.ones((1, 2, 2)), ValueError, r"{} has shape \(1, 2, 2\)"),
    ([[1, 2], [3]], ValueError, "{} has rows of different lengths"),
    ([[1, np.nan]], ValueError, "{} contains NaN; every entry must be a finite number"),
    ([[1, -np.inf]], ValueError, "{} contains infinity"),
    ([[1, 2j]], TypeError, "{} holds complex numbers, " + REAL),
    ([["a", "b"]], TypeError, "{} holds text, " + REAL),
    ([[True, False]], TypeError, "{} holds booleans, " + REAL),
    (None, TypeError, "{} is None, " + REAL),
]
TAKE_A_MATRIX = {
    "patterns of a network": ("patterns", modern.Network),
    "patterns to separate": ("patterns", modern.separation),
    "patterns to bound": ("patterns", lambda X: modern.retrieval_bound(X, 1)),
    "patterns of fixed points": ("patterns", lambda X: modern.fixed_points(X, 1)),
    "queries": ("queries", lambda Q: modern.attention(Q, M2, M2)),
    "keys": ("keys", lambda K: modern.attention(M2, K, M2)),
    "values": ("values", lambda V: modern.attention(M2, M2, V)),
    "states": ("states", lambda Y: modern.multi_head(Y, M2, [HEAD])),
    "stored": ("stored", lambda X: modern.multi_head(M2, X, [HEAD])),
    "W_Q": ("heads[0] (W_Q)", lambda W: modern.multi_head(M2, M2, [(W, M2, M2)])),
    "W_K": ("heads[1] (W_K)", lambda W: modern.multi_head(M2, M2, [HEAD, (M2, W, M2)])),
    "W_V": ("heads[0] (W_V)", lambda W: modern.multi_head(M2, M2, [(M2, M2, W)])),
}


@pytest.mark.every(5)
@pytest.mark.parametrize(("wrong", "error", "words"), WRONG_MATRIX, ids=[w for _, _, w in WRONG_MATRIX])
@pytest.mark.parametrize("place", TAKE_A_MATRIX)
def test_a_bad_matrix_is_named(place, wrong, error, words):
    name, call = TAKE_A_MATRIX[place]
    with pytest.raises(error, match="^" + words.format(re.escape(name))):
        call(wrong)


NUMBERS = {
    "beta": (True, lambda b: modern.Network(X2, b)),
    "beta to bound": (True, lambda b: modern.retrieval_bound(X2, b)),
    "beta of fixed points": (True, lambda b: modern.fixed_points(X2, b)),
    "beta of attention": (True, lambda b: modern.attention(M2, M2, M2, b)),
    "distance": (True, lambda r: modern.retrieval_bound(X2, 1, r)),
    "tol": (False, lambda t: NET.recall([1, 2], tol=t)),
    "tol of fixed points": (False, lambda t: modern.fixed_points(X2, 1, tol=t)),
}


@pytest.mark.parametrize("place", NUMBERS)
def test_a_bad_number_is_named(place):
    zero, call = NUMBERS[place]
    name, bound = place.split()[0], "at least" if zero else "above"
    wrong = [
        (-0.5, ValueError, f"{name} is -0.5; a number {bound} 0 is wanted"),
        (np.nan, ValueError, f"{name} contains NaN"),
        (np.inf, ValueError, f"{name} contains infinity"),
        ([1.0, 2.0], ValueError, rf"{name} has shape \(2,\); a single number is wanted"),
        ([1.0], ValueError, rf"{name} has shape \(1,\)"),
        ([], ValueError, rf"{name} has shape \(0,\)"),
        ("1", TypeError, f"{name} is '1', but a number is wanted"),
        (1j, TypeError, f"{name} is 1j, but a number is wanted"),
        (True, TypeError, f"{name} is True, but a number is wanted"),
    ]
    if not zero:
        wrong.append((0, ValueError, f"{name} is 0; a number above 0"))
    for value, error, words in wrong:
        with pytest.raises(error, match="^" + words):
            call(value)
    call(np.float64(0.5)), call(1)
    if zero:
        call(0)


def test_beta_may_be_left_out_only_of_attention():
    with pytest.raises(TypeError, match="beta is None, but a number is wanted"):
        modern.Network(X2, None)
    default, explicit = modern.attention(M2, X2, X2), modern.attention(M2, X2, X2, 2**-0.5)
    assert (default == explicit).all()


@pytest.mark.parametrize("method", ["energy", "attention", "step", "recall", "growth"])
def test_a_bad_state_is_named(method):
    call = getattr(NET, method)
    shape = r"\(2,\) is wanted" if method == "growth" else r"\(2,\) or \(B, 2\) is wanted"
    for value, shown in [
        ([1, 2, 3], r"\(3,\)"),
        (1.0, r"\(\)"),
        ([], r"\(0,\)"),
        (np.zeros((0, 2)), r"\(0, 2\)"),
        ([[1, 2, 3]], r"\(1, 3\)"),
        ([[[1, 2]]], r"\(1, 1, 2\)"),
    ]:
        with pytest.raises(ValueError, match=f"^state has shape {shown}; {shape}"):
            call(value)
    for value, error, words in [
        ([np.nan, 1], ValueError, "state contains NaN"),
        ([1, np.inf], ValueError, "state contains infinity"),
        ([[1, 2], [3]], ValueError, "state has rows of different lengths"),
        ([1j, 1], TypeError, "state holds complex numbers"),
        ("ab", TypeError, "state is 'ab'"),
        (["a", "b"], TypeError, "state holds text"),
        (None, TypeError, "state is None"),
        ([None, 1], TypeError, "state holds None, but"),
    ]:
        with pytest.raises(error, match=f"^{words}"):
            call(value)


@pytest.mark.parametrize("call", [modern.kind, modern.effective_number])
def test_bad_shares_are_named(call):
    for value, error, words in [
        ([0.5, 0.2], ValueError, "p does not hold shares: every row must be non-negative and sum to 1"),
        ([-0.5, 1.5], ValueError, "p does not hold shares"),
        ([], ValueError, r"p has shape \(0,\)"),
        (1.0, ValueError, r"p has shape \(\)"),
        (np.ones((1, 1, 1)), ValueError, r"p has shape \(1, 1, 1\)"),
        ([np.nan, 1], ValueError, "p contains NaN"),
        ([1j, 1], TypeError, "p holds complex numbers"),
        ("single", TypeError, "p is 'single'"),
    ]:
        with pytest.raises(error, match=f"^{words}"):
            call(value)


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: NET.recall([1, 2], max_steps=0), ValueError, "max_steps is 0; it must be at least 1"),
        (lambda: NET.recall([1, 2], max_steps=2.0), TypeError, "max_steps is 2.0; an integer is wanted"),
        (lambda: modern.attention([[1]], M2, M2), ValueError, "queries have 1 features, keys 2; as many"),
        (lambda: modern.attention(M2, M2, [[1]]), ValueError, "there are 2 keys and 1 values; as many"),
        (lambda: modern.kind([[0.5, 0.5]]), ValueError, r"p has shape \(1, 2\); the attention \(M,\) of one"),
        (lambda: modern.multi_head(M2, M2, []), ValueError, "heads is empty or no list; at least one"),
        (lambda: modern.multi_head(M2, M2, np.ones((0, 3, 2, 2))), ValueError, "heads is empty"),
        (lambda: modern.multi_head(M2, M2, 5), ValueError, "heads is empty or no list"),
        (lambda: modern.multi_head(M2, M2, [HEAD, HEAD[:2]]), ValueError, r"heads\[1\] is no triple"),
        (lambda: modern.multi_head(M2, M2, [7]), ValueError, r"heads\[0\] is no triple"),
        (
            lambda: modern.multi_head(M2, M2, [(M2, [[1.0]], M2)]),
            ValueError,
            r"heads\[0\] \(W_K\) has shape \(1, 1\); \(2, ...\) is wanted, a row per feature",
        ),
        (
            lambda: modern.multi_head(M2, M2, [(M2, [[1.0], [1]], M2)]),
            ValueError,
            "queries have 2 features, keys 1",
        ),
        (lambda: modern.multi_head(M2, M2, [HEAD], mix=[[1.0]]), ValueError, r"mix has shape \(1, 1\); \(2"),
        (lambda: modern.multi_head(M2, M2, [HEAD], mix=[[1j]]), TypeError, "mix holds complex numbers"),
    ],
)
def test_what_does_not_fit_together_is_named(call, error, words):
    with pytest.raises(error, match=f"^{words}"):
        call()


def test_heads_may_come_as_one_array():
    rng = np.random.default_rng(5)
    Y, X, W = rng.normal(size=(4, 6)), rng.normal(size=(5, 6)), rng.normal(size=(2, 3, 6, 3))
    assert (modern.multi_head(Y, X, W) == modern.multi_head(Y, X, [tuple(head) for head in W])).all()
