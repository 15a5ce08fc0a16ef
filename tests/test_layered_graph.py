"""The general network and graphs of layers: Scholarpedia's equations 2 to 18 as loops and as differences."""

from __future__ import annotations

import math
import pickle

import numpy as np
import pytest

from hopfield_edu import graded, layered, patterns

LAYERS = {
    "linear": layered.linear(),
    "rectified": layered.rectified(),
    "tanh": layered.tanh(1.5),
    "logistic": layered.logistic(2),
    "power": layered.power(3),
    "softmax": layered.softmax(0.7),
    "spherical": layered.spherical(),
    "divisive": layered.divisive(1.3),
}


def mixed(seed, *, symmetric=True, taus=None):
    """Eight units of five kinds: tanh, logistic, rectified, three that share a softmax, two a length."""
    rng = np.random.default_rng(seed)
    layers = [LAYERS[name] for name in ("tanh", "logistic", "rectified", "softmax", "divisive")]
    sizes = [1, 1, 1, 3, 2]
    W = rng.normal(size=(8, 8))
    W = (W + W.T) / 2 if symmetric else W
    W[2, 2] = min(W[2, 2], 0.5)  # a rectified unit that feeds itself by more than 1 runs away
    taus = np.repeat(10 ** rng.uniform(-1, 1, 5), sizes) if taus is None else taus
    return layered.Units(layers, sizes, W, taus, bias=rng.normal(size=8))


def figure_7(seed=0, **more):
    """Four layers in a chain with one more weight inside the second and one that skips."""
    rng = np.random.default_rng(seed)
    layers = [LAYERS[name] for name in ("tanh", "softmax", "logistic", "divisive")]
    sizes = [5, 4, 3, 2]
    weights = {(k + 1, k): rng.normal(size=(sizes[k + 1], sizes[k])) for k in range(3)}
    weights[0, 3] = rng.normal(size=(5, 2))
    weights[1, 1] = np.ones((4, 4))
    return layered.Graph(layers, sizes, weights, [1, 0.3, 2, 0.5], bias={0: np.arange(5) / 5}, **more)


def slope_along(energy, x, v, eps=1e-5):
    return (energy(x + eps * v) - energy(x - eps * v)) / (2 * eps)


# --- Lagrangians -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", LAYERS)
def test_a_lagrangian_gives_output_share_and_curvature(name):
    layer, z = LAYERS[name], np.random.default_rng(1).normal(size=(20, 4))
    found = layered.hessian_check(layer, z)
    assert found.convex and found.slope < 1e-8 and found.lowest > -1e-7
    # the slope of the Legendre transform z·g - L is z times the second derivatives
    for row in z[:5]:
        slope = [slope_along(layer.legendre, row, e) for e in np.eye(4)]
        assert slope == pytest.approx(row @ layer.hessian(row), abs=1e-7)
    # as a transform: no other current p has a larger z'·p - L(p), with z' = g(z)
    g, others = layer.output(z[0]), 3 * np.random.default_rng(2).normal(size=(500, 4))
    assert (others @ g - layer.lagrangian(others) <= layer.legendre(z[0]) + 1e-12).all()
    assert layer.legendre(z) == pytest.approx([layer.legendre(row) for row in z])
    assert pickle.loads(pickle.dumps(layer)) == layer


def test_known_transforms():
    z = np.array([0.3, -1.2, 2.0])
    p, t, q = (layered.softmax(2).output(z), np.tanh(1.5 * z), 1 / (1 + np.exp(-2 * z)))
    assert layered.softmax(2).legendre(z) == pytest.approx((p * np.log(p)).sum() / 2)
    both = (1 + t) * np.log(1 + t) + (1 - t) * np.log(1 - t)
    assert layered.tanh(1.5).legendre(z) == pytest.approx(both.sum() / 3)
    assert layered.logistic(2).legendre(z) == pytest.approx(
        (q * np.log(q) + (1 - q) * np.log(1 - q)).sum() / 2
    )
    assert layered.linear().legendre(z) == pytest.approx((z**2).sum() / 2)
    assert layered.spherical().legendre(z) == pytest.approx(0)
    unit = layered.divisive(1.3).output(z)
    assert layered.divisive(1.3).legendre(z) == pytest.approx(-1.3 * math.sqrt(1 - unit @ unit))


def test_extreme_currents():
    for name in ("tanh", "logistic", "softmax", "divisive", "spherical"):
        layer = LAYERS[name]
        for z in ([1e4, -1e4, 0], [1e150, 1e150, -1e150], [0, 0, 0]):
            z = np.array(z, float)
            assert np.isfinite(layer.output(z)).all() and np.isfinite(layer.lagrangian(z)), name


def test_the_check_finds_what_is_wrong():
    z = np.random.default_rng(0).normal(size=(6, 3))
    sine = layered.Layer("sine", lambda z: -np.cos(z).sum(axis=-1), np.sin)
    assert layered.hessian_check(sine, z).convex is False
    assert layered.hessian_check(sine, z / 10).convex is True  # where the sine still rises
    wrong = layered.Layer("wrong", lambda z: (z**2).sum(axis=-1), lambda z: z)
    assert layered.hessian_check(wrong, z).slope > 0.1 and not layered.hessian_check(wrong, z).convex
    turned = layered.Layer("turned", lambda z: 0 * z.sum(axis=-1), lambda z: np.roll(z, 1, axis=-1))
    assert layered.hessian_check(turned, z).asymmetry == pytest.approx(1)


# --- equations 10 to 13 ------------------------------------------------------------------------------------


def test_equations_10_to_12_unit_by_unit():
    net = mixed(3)
    x = np.random.default_rng(4).normal(size=8)
    total, length = sum(math.exp(0.7 * x[k]) for k in (3, 4, 5)), math.sqrt(1.69 + x[6] ** 2 + x[7] ** 2)
    g = [math.tanh(1.5 * x[0]), 1 / (1 + math.exp(-2 * x[1])), max(x[2], 0)]
    g += [math.exp(0.7 * x[k]) / total for k in (3, 4, 5)] + [x[6] / length, x[7] / length]
    L = math.log(math.cosh(1.5 * x[0])) / 1.5 + math.log(1 + math.exp(2 * x[1])) / 2 + max(x[2], 0) ** 2 / 2
    L += math.log(total) / 0.7 + length
    E = -L
    for i in range(8):
        heard = sum(net.weights[i, j] * g[j] for j in range(8))
        assert net.velocity(x)[i] == pytest.approx((heard - x[i] + net.bias[i]) / net.taus[i], abs=1e-12)
        assert net.output(x)[i] == pytest.approx(g[i], abs=1e-14)
        E += (x[i] - net.bias[i]) * g[i] - g[i] * heard / 2
    assert net.energy(x) == pytest.approx(E, abs=1e-12)
    assert net.step(x, 0.2) == pytest.approx(x + 0.2 * net.velocity(x))
    assert (net.step(x, 0.2, times=3) == net.step(net.step(net.step(x, 0.2), 0.2), 0.2)).all()


@pytest.mark.parametrize("make", [mixed, figure_7, lambda s: mixed(s, symmetric=False)])
def test_equations_13_and_18_are_the_slope_of_the_energy(make):
    for seed in range(4):
        net = make(seed)
        x = np.random.default_rng(seed).normal(size=(5, sum(net.sizes)))
        v = net.velocity(x)
        measured = [slope_along(net.energy, row, speed) for row, speed in zip(x, v, strict=True)]
        assert net.energy_rate(x) == pytest.approx(measured, rel=1e-6, abs=1e-6)
        assert net.energy_rate(x[0]) == pytest.approx(measured[0], rel=1e-6, abs=1e-6)
        if (net.weights == net.weights.T).all():
            parts = zip(net.layers, net.split(x[0]), net.split(v[0]), net.split(net.taus), strict=True)
            by_hand = -sum(tau * u @ layer.hessian(z) @ u for layer, z, u, tau in parts for tau in [tau[0]])
            assert net.energy_rate(x[0]) == pytest.approx(by_hand, rel=1e-6) and by_hand < 0


def test_the_energy_falls_in_mixed_networks_and_not_without_symmetry():
    """Three networks, time constants up to a hundredfold apart."""
    rises = 0
    for seed in range(3):
        for symmetric in (True, False):
            net = mixed(seed, symmetric=symmetric)
            way = net.recall(np.random.default_rng(seed).normal(size=8), 5, record=True, points=41)
            rise = np.diff(way.energies).max()
            if symmetric:
                assert rise <= 1e-6 * (1 + np.ptp(way.energies))
            rises += rise > 1e-3
    assert rises >= 1


def test_units_that_share_a_sum_must_share_their_time_constant():
    """Else M = tau L'' of equation 13 has a symmetric part with a negative eigenvalue, and E may rise."""
    x = np.array([3.0, 2.0])
    for layer in (layered.softmax(), layered.divisive(), layered.spherical()):
        assert layered.Units([layer], [2], np.zeros((2, 2)), 1).energy_rate(x) <= 0
    apart = layered.Units([layered.softmax()], [2], np.zeros((2, 2)), [10, 1])
    assert apart.energy_rate(x) > 0.1 and np.diff(apart.recall(x, 0.1, record=True).energies).max() > 0
    M = np.diag([10, 1]) @ layered.softmax().hessian(x)
    assert np.linalg.eigvalsh((M + M.T) / 2)[0] < -0.1


def test_the_flip_flop_is_a_fully_connected_one_but_not_of_two_layers():
    """T = xi'xi has no negative eigenvalue, the flip-flop's has one (erratum 38 of the course)."""
    T, rng = np.array([[0.0, -1], [-1, 0]]), np.random.default_rng(0)
    assert np.linalg.eigvalsh(T) == pytest.approx([-1, 1])
    whole = layered.Units([layered.tanh(3)], [2], T, bias=[0.1, 0])
    plain = graded.Network(T, [0.1, 0], graded.tanh(3))
    x = rng.normal(size=(20, 2))
    assert whole.velocity(x) == pytest.approx(plain.velocity(x), abs=1e-14)
    assert whole.energy(x) == pytest.approx(plain.energy(x), abs=1e-12)
    for M in (1, 2, 5):
        xi = rng.normal(size=(M, 2))
        assert np.linalg.eigvalsh(xi.T @ xi).min() > -1e-12


# --- equations 14 to 18 ------------------------------------------------------------------------------------


def test_a_graph_is_the_general_network_with_blocks_of_weights():
    net, rng = figure_7(), np.random.default_rng(5)
    whole = layered.Units(net.layers, net.sizes, net.weights, net.taus, bias=net.bias)
    x = rng.normal(size=(6, 14))
    assert (net.weights == net.weights.T).all() and net.tau == whole.tau == 2
    for name in ("velocity", "energy", "energy_rate", "output", "step"):
        assert getattr(net, name)(x) == pytest.approx(getattr(whole, name)(x), abs=1e-11), name
        assert getattr(net, name)(x[0]) == pytest.approx(getattr(net, name)(x)[0], abs=1e-12), name
    assert [part.shape for part in net.split(x)] == [(6, 5), (6, 4), (6, 3), (6, 2)]
    assert (np.concatenate(net.split(x), axis=-1) == x).all()


def test_equations_14_and_17_layer_by_layer():
    """A chain as in figure 7, with the loops of the article's sums."""
    rng, sizes = np.random.default_rng(6), [4, 3, 2]
    xi = {(1, 0): rng.normal(size=(3, 4)), (2, 1): rng.normal(size=(2, 3))}
    net = layered.Graph([layered.tanh(2), layered.tanh(2), layered.tanh(2)], sizes, xi, [1, 2, 3])
    x = [rng.normal(size=K) for K in sizes]
    g = [np.tanh(2 * part) for part in x]
    v = net.split(net.velocity(np.concatenate(x)))
    E = 0.0
    for A, K in enumerate(sizes):
        for i in range(K):
            below = sum(xi[A, A - 1][i, j] * g[A - 1][j] for j in range(sizes[A - 1])) if A > 0 else 0
            above = sum(xi[A + 1, A][j, i] * g[A + 1][j] for j in range(sizes[A + 1])) if A < 2 else 0
            assert v[A][i] == pytest.approx((below + above - x[A][i]) / (A + 1), abs=1e-12)
            E += x[A][i] * g[A][i] - math.log(math.cosh(2 * x[A][i])) / 2
            E -= g[A][i] * below
    assert net.energy(np.concatenate(x)) == pytest.approx(E, abs=1e-12)


def test_cut_and_start_and_bias():
    net = figure_7()
    cut = net.cut(1, 2)
    assert isinstance(cut, layered.Graph) and not net.deaf and cut.deaf == {(1, 2)}
    W, V = net.weights, cut.weights
    assert not V[5:9, 9:12].any() and (V[9:12, 5:9] == W[9:12, 5:9]).all() and W[5:9, 9:12].any()
    x = net.start({1: np.ones(4), 3: [2, 3]})
    assert x.tolist() == [0] * 5 + [1] * 4 + [0] * 3 + [2, 3]
    assert net.start({1: np.ones((7, 4))}).shape == (7, 14) and not net.start({}).any()
    v, u = net.split(net.velocity(x)), net.split(cut.velocity(x))
    assert all((a == b).all() for k, (a, b) in enumerate(zip(v, u, strict=True)) if k != 1)
    assert np.abs(v[1] - u[1]).max() > 0.01 and cut.energy(x) == net.energy(x)
    other = net.with_bias({3: [1, 1]})
    assert other.bias.tolist() == [0] * 12 + [1, 1] and net.bias[4] == 0.8
    assert (other.velocity(x) != net.velocity(x)).any() and pickle.loads(pickle.dumps(other)).bias[12] == 1
    two = layered.Network(np.eye(2), tau_memory=0.5).with_bias([1, 2])
    assert type(two) is layered.Network and two.bias.tolist() == [1, 2] and two.tau_memory == 0.5


def test_blocks_stay_read_only():
    for net in (figure_7(), pickle.loads(pickle.dumps(figure_7())), figure_7().cut(0, 1)):
        for array in (*net.blocks.values(), net.bias, net.taus):
            with pytest.raises(ValueError, match="read-only"):
                array[0] = 7
        net.blocks.clear()
        assert len(net.blocks) == 5


def test_a_hierarchy_fills_in_what_is_hidden_and_not_without_feedback():
    """Three kinds of four parts in eight pixels each, four wholes: any two share one part at most."""
    parts = [np.zeros((4, 24)) for _ in range(3)]
    for k, array in enumerate(parts):
        array[:, 8 * k : 8 * k + 8] = _four_signs()
    wholes = np.array([[a, b, (a + b) % 4] for a in range(4) for b in range(1)])
    net = layered.hierarchy(parts, wholes, weight=40, beta=0.5)
    pictures = np.array([sum(parts[k][row[k]] for k in range(3)) for row in wholes])
    right, cut_right = 0, 0
    for picture in pictures:
        seen = net.with_bias({0: np.where(np.arange(24) < 16, picture / 2, 0)})
        end = seen.recall(seen.start({}), 20).final
        right += (np.sign(seen.split(end)[0]) == picture).all()
        deaf = seen.cut(3, 4)
        end = deaf.recall(deaf.start({}), 20).final
        cut_right += (np.sign(deaf.split(end)[0]) == picture).all()
    assert right == 4 and cut_right == 0


def _four_signs():
    k = np.arange(8)
    return np.array([np.where(k >> b & 1, -1, 1) for b in range(3)] + [np.where(k.astype(bool), 1, -1)])


# --- models A, B and C -------------------------------------------------------------------------------------


def test_energies_of_models_a_b_c_with_fast_memories():
    """Scholarpedia fig. 5, written out."""
    rng = np.random.default_rng(7)
    xi, x = rng.choice([-1.0, 1.0], (6, 20)), rng.normal(size=(9, 20))
    F = lambda z: (np.maximum(z, 0) ** 3).sum(axis=-1)  # noqa: E731
    g = np.tanh(5 * x)
    a, b, c = layered.model_a(xi, 3, 5), layered.model_b(xi, 0.5), layered.model_c(xi, 3)
    own = (x * g).sum(axis=1) - np.log(np.cosh(5 * x)).sum(axis=1) / 5
    assert a.energy(a.start(x)) == pytest.approx(own - F(g @ xi.T))
    lse = np.log(np.exp(0.5 * x @ xi.T).sum(axis=1)) / 0.5
    assert b.energy(b.start(x)) == pytest.approx((x**2).sum(axis=1) / 2 - lse)
    u = x / np.linalg.norm(x, axis=1, keepdims=True)
    assert c.energy(c.start(x)) == pytest.approx(-F(u @ xi.T))
    assert a.step(x) == pytest.approx(3 * np.maximum(g @ xi.T, 0) ** 2 @ xi)
    assert c.step(x) == pytest.approx(3 * np.maximum(u @ xi.T, 0) ** 2 @ xi)


# --- learning ----------------------------------------------------------------------------------------------


def test_the_slope_of_the_recall_loss():
    rng = np.random.default_rng(8)
    Z, x, t = rng.normal(size=(5, 7)), rng.normal(size=(4, 7)), rng.normal(size=(4, 7))
    loss, slope = layered.recall_loss(Z, x, t, 0.6)
    total = 0.0
    for cue, target in zip(x, t, strict=True):
        shares = [math.exp(0.6 * sum(z * c for z, c in zip(row, cue, strict=True))) for row in Z]
        y = sum(share * row for share, row in zip(shares, Z, strict=True)) / sum(shares)
        total += ((y - target) ** 2).sum() / 2
    assert loss == pytest.approx(total / 4, abs=1e-12)
    for k in range(5):
        for i in range(7):
            nudge = np.zeros((5, 7))
            nudge[k, i] = 1
            measured = slope_along(lambda W: layered.recall_loss(W, x, t, 0.6)[0], Z, nudge)
            assert slope[k, i] == pytest.approx(measured, abs=1e-8)


def test_weights_are_learnt():
    s = patterns.random(4, 30, rng=0)
    net, losses = layered.fit(s, 8, beta=0.1, rate=2, steps=300, batch=16, rng=1)
    cues = patterns.flip(np.repeat(s, 20, axis=0), 6, rng=2)
    assert (np.sign(net.step(cues)) == np.repeat(s, 20, axis=0)).all(axis=1).mean() > 0.9
    assert losses.shape == (300,) and losses[-20:].mean() < losses[:20].mean() / 5
    assert (layered.fit(s, 8, beta=0.1, rate=2, steps=300, batch=16, rng=1).losses == losses).all()
    with pytest.raises(ValueError, match="rate = 1e\\+06 is too large"):
        layered.fit(s, 8, rate=1e6, steps=50, rng=1)


# --- bad input ---------------------------------------------------------------------------------------------

TWO, NET = [layered.tanh(), layered.softmax()], figure_7()
BAD = {
    "one layer, no list": (
        lambda: layered.Units(layered.tanh(), [2], np.eye(2)),
        TypeError,
        "a list of them",
    ),
    "a name": (lambda: layered.Units(["tanh"], [2], np.eye(2)), TypeError, "one of layers is 'tanh'"),
    "a size too few": (lambda: layered.Units(TWO, [2], np.eye(2)), ValueError, "layers holds 2, sizes 1"),
    "half a unit": (lambda: layered.Units(TWO, [1, 0.5], np.eye(2)), TypeError, "one of sizes is 0.5"),
    "no unit": (lambda: layered.Units(TWO, [2, 0], np.eye(2)), ValueError, "one of sizes is 0"),
    "too many units": (lambda: layered.Units(TWO, [10**7, 10**8], np.eye(2)), ValueError, "sizes"),
    "weights of others": (lambda: layered.Units(TWO, [2, 2], np.eye(3)), ValueError, "add up to N = 4"),
    "taus of others": (
        lambda: layered.Units(TWO, [1, 1], np.eye(2), [1, 2, 3]),
        ValueError,
        "taus has shape",
    ),
    "no time": (lambda: layered.Units(TWO, [1, 1], np.eye(2), [1, 0]), ValueError, "taus contains 0"),
    "weights no dict": (lambda: layered.Graph(TWO, [2, 3], np.eye(2)), TypeError, "a dict is wanted"),
    "turned weights": (
        lambda: layered.Graph(TWO, [2, 3], {(1, 0): np.ones((2, 3))}),
        ValueError,
        "weights[1, 0] has shape (2, 3); (3, 2) is wanted; transpose it",
    ),
    "both directions": (
        lambda: layered.Graph(TWO, [2, 2], {(1, 0): np.eye(2), (0, 1): np.eye(2)}),
        ValueError,
        "one is enough",
    ),
    "no such layer": (lambda: layered.Graph(TWO, [2, 2], {(2, 0): np.eye(2)}), ValueError, "weights"),
    "a key": (lambda: layered.Graph(TWO, [2, 2], {0: np.eye(2)}), TypeError, "a pair of layers"),
    "askew inside": (
        lambda: layered.Graph(TWO, [2, 2], {(0, 0): [[0, 1], [2, 0]]}),
        ValueError,
        "weights[0, 0] is not symmetric",
    ),
    "bias no dict": (lambda: layered.Graph(TWO, [1, 1], {}, bias=[1, 2]), TypeError, "bias is"),
    "a long bias": (
        lambda: layered.Graph(TWO, [1, 1], {}, bias={0: [1, 2]}),
        ValueError,
        "bias[0] has shape",
    ),
    "batches apart": (lambda: NET.start({0: np.ones((2, 5)), 1: np.ones((3, 4))}), ValueError, "currents"),
    "no link to cut": (lambda: NET.cut(0, 2), ValueError, "a, b = 0, 2"),
    "cut elsewhere": (lambda: NET.cut(9, 2), ValueError, "a is 9"),
    "a state too long": (lambda: NET.energy(np.ones(15)), ValueError, "layers of 5, 4, 3, 2 units"),
    "dt": (lambda: NET.step(np.ones(14), 0), ValueError, "dt is 0"),
    "times": (lambda: NET.step(np.ones(14), 0.1, 10**9), ValueError, "times is 1000000000"),
    "parts of other sizes": (
        lambda: layered.hierarchy([np.eye(2), np.eye(3)], [[0, 0]]),
        ValueError,
        "parts must be arrays of the same number",
    ),
    "no such part": (lambda: layered.hierarchy([np.eye(2)], [[2]]), ValueError, "wholes must hold numbers"),
    "no z": (lambda: layered.tanh().legendre([]), ValueError, "z has shape"),
    "a batch of z": (lambda: layered.tanh().hessian(np.eye(2)), ValueError, "one state"),
    "no layer": (lambda: layered.hessian_check("tanh", [1]), TypeError, "layer is 'tanh'"),
    "sigma": (lambda: layered.divisive(0), ValueError, "sigma"),
    "loss of others": (lambda: layered.recall_loss(np.eye(2), [1, 2, 3], [1, 2], 1), ValueError, "noisy"),
    "0/1 to learn": (lambda: layered.fit([[0, 1]], 3, rng=0), ValueError, "patterns holds 0/1"),
    "no rng": (lambda: layered.fit([[1, -1]], 3), ValueError, "fit draws random numbers"),
    "too long": (lambda: layered.fit([[1, -1]], 3, batch=10**8, steps=10**6, rng=0), ValueError, "batch"),
}


def test_bad_input():
    for name, (call, error, words) in BAD.items():
        with pytest.raises(error) as raised:
            call()
        assert words in str(raised.value), (name, str(raised.value))
