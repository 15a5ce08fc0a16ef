"""Right and wrong answers to the exercises of chapter 14: energy architectures."""

from __future__ import annotations

import math

import numpy as np

from answers import changed, column, right, wrong
from hopfield_edu import feedback, layered

# two_layer_energy


@right("two_layer_energy")
def from_the_library(patterns, y, h, bias, beta):
    net = layered.Network(patterns, layered.tanh(1), layered.softmax(beta), bias=bias)
    return net.energy(np.concatenate([y, h]))


@right("two_layer_energy")
def with_scipy(patterns, y, h, bias, beta):
    from scipy.special import logsumexp, softmax

    g, f = np.tanh(y), softmax(beta * h)
    L_y = (np.logaddexp(y, -y) - np.log(2)).sum()
    return (y - bias) @ g - L_y + h @ f - logsumexp(beta * h) / beta - f @ patterns @ g


@right("two_layer_energy")
def in_plain_python(patterns, y, h, bias, beta):
    y, h, bias = ([float(v) for v in part] for part in (y, h, bias))
    g = [math.tanh(v) for v in y]
    total = sum((v - b) * out - math.log(math.cosh(v)) for v, b, out in zip(y, bias, g, strict=True))
    e = [math.exp(beta * (v - max(h))) for v in h]
    total -= max(h) + math.log(sum(e)) / beta
    for v, share, row in zip(h, e, patterns, strict=True):
        heard = sum(float(x) * out for x, out in zip(row, g, strict=True))
        total += share / sum(e) * (v - heard)
    return total


@right("two_layer_energy")
def by_the_entropy(patterns, y, h, bias, beta):
    """Only terms with a share that is not 0; the logarithm of a share without dividing first."""
    z = beta * (h - h.max())
    logs = z - np.log(np.exp(z).sum())
    f, g = np.exp(logs), np.tanh(y)
    return y @ g - bias @ g - np.log(np.cosh(y)).sum() + (f * logs).sum() / beta - f @ (patterns @ g)


@right("two_layer_energy")
def with_einsum(patterns, y, h, bias, beta):
    top = np.max(h)
    weights = np.exp((h - top) * beta)
    f, g = weights / np.sum(weights), np.tanh(y)
    shares = np.dot(y, g) - np.sum(np.log(np.cosh(y))) + np.dot(h - top, f) - np.log(np.sum(weights)) / beta
    return shares - np.dot(bias, g) - np.einsum("m,mn,n->", f, patterns, g)


@wrong("two_layer_energy", "overflow")
def as_it_stands(patterns, y, h, bias, beta):
    g, e = np.tanh(y), np.exp(beta * h)
    L_y, L_h = np.log(np.cosh(y)).sum(), np.log(e.sum()) / beta
    f = e / e.sum()
    return (y - bias) @ g - L_y + h @ f - L_h - f @ patterns @ g


@wrong("two_layer_energy", "zero times a logarithm of zero")
def p_log_p(patterns, y, h, bias, beta):
    e = np.exp(beta * (h - h.max()))
    f, g = e / e.sum(), np.tanh(y)
    return (y - bias) @ g - np.log(np.cosh(y)).sum() + (f * np.log(f)).sum() / beta - f @ patterns @ g


@wrong("two_layer_energy", "entropy with the wrong sign")
def entropy_added(patterns, y, h, bias, beta):
    z = beta * (h - h.max())
    logs = z - np.log(np.exp(z).sum())
    f, g = np.exp(logs), np.tanh(y)
    return (y - bias) @ g - np.log(np.cosh(y)).sum() - (f * logs).sum() / beta - f @ patterns @ g


@wrong("two_layer_energy", "what passes between the layers halved")
def as_for_symmetric_weights(patterns, y, h, bias, beta):
    g = np.tanh(y)
    f = np.exp(beta * (h - h.max()))
    return with_scipy(patterns, y, h, bias, beta) + 0.5 * (f / f.sum()) @ patterns @ g


@wrong("two_layer_energy", "memory currents as if they were fast")
def of_the_modern_network(patterns, y, h, bias, beta):
    from scipy.special import logsumexp

    g = np.tanh(y)
    return (y - bias) @ g - np.log(np.cosh(y)).sum() - logsumexp(beta * patterns @ g) / beta


@wrong("two_layer_energy", "bias multiplied with the currents")
def bias_times_currents(patterns, y, h, bias, beta):
    return with_scipy(patterns, y, h, 0 * bias, beta) - bias @ y


@wrong("two_layer_energy", "constant for each feature")
def with_logaddexp(patterns, y, h, bias, beta):
    return with_scipy(patterns, y, h, bias, beta) - len(y) * np.log(2)


@wrong("two_layer_energy", "currents of the features multiplied with the weights")
def y_for_g(patterns, y, h, bias, beta):
    from scipy.special import softmax

    return with_scipy(patterns, y, h, bias, beta) + softmax(beta * h) @ patterns @ (np.tanh(y) - y)


@right("two_layer_energy")
def from_the_largest_share(patterns, y, h, bias, beta):
    """L_h from the largest current and its share; a number in an array."""
    e = np.exp(beta * h - max(beta * h))
    f, g, k = e / sum(e), np.tanh(y), int(np.argmax(h))
    L_h = h[k] - np.log(f[k]) / beta
    L_y = np.log((np.exp(y) + np.exp(-y)) / 2).sum()
    return np.array((y - bias).dot(g) - L_y + sum(h * f) - L_h - sum(f * (patterns @ g)))


@wrong("two_layer_energy", "Legendre transforms turned round")
def lagrangians_less_products(patterns, y, h, bias, beta):
    g = np.tanh(y)
    f = np.exp(beta * (h - h.max()))
    L_h = h.max() + np.log(f.sum()) / beta
    f = f / f.sum()
    return np.log(np.cosh(y)).sum() - (y - bias) @ g + L_h - h @ f - f @ patterns @ g


@wrong("two_layer_energy", "wrong for large currents only")
def clipped_at_500(patterns, y, h, bias, beta):
    e, g = np.exp(np.clip(beta * h, -500, 500)), np.tanh(y)
    f, L_h = e / e.sum(), np.log(e.sum()) / beta
    return (y - bias) @ g - np.log(np.cosh(y)).sum() + h @ f - L_h - f @ patterns @ g


@wrong("two_layer_energy", "wrong for large currents only")
def a_small_number_in_the_logarithm(patterns, y, h, bias, beta):
    e, g = np.exp(np.minimum(beta * h, 300)), np.tanh(y)
    f, L_h = e / (e.sum() + 1e-300), np.log(e.sum() + 1e-300) / beta
    return (y - bias) @ g - np.log(np.cosh(y)).sum() + h @ f - L_h - f @ patterns @ g


@wrong("two_layer_energy", "features as linear units")
def of_chapter_13(patterns, y, h, bias, beta):
    f = np.exp(beta * (h - h.max()))
    L_h = h.max() + np.log(f.sum()) / beta
    f = f / f.sum()
    return (y - bias) @ y - y @ y / 2 + h @ f - L_h - f @ patterns @ y


@wrong("two_layer_energy", "bias in the outputs")
def bias_taken_off_in_place(patterns, y, h, bias, beta):
    y -= bias
    return with_scipy(patterns, y, h, 0 * bias, beta)


@wrong("two_layer_energy", "beta in the features")
def one_beta_for_all(patterns, y, h, bias, beta):
    g = np.tanh(beta * y)
    f = np.exp(beta * (h - h.max()))
    L_h = h.max() + np.log(f.sum()) / beta
    f = f / f.sum()
    return (y - bias) @ g - np.log(np.cosh(beta * y)).sum() / beta + h @ f - L_h - f @ patterns @ g


@wrong("two_layer_energy", "logarithm multiplied with beta")
def beta_before_the_logarithm(patterns, y, h, bias, beta):
    from scipy.special import logsumexp

    return with_scipy(patterns, y, h, bias, beta) + logsumexp(beta * h) * (1 / beta - beta)


@wrong("two_layer_energy", "softmax not divided by its sum")
def undivided(patterns, y, h, bias, beta):
    f, g = np.exp(beta * (h - h.max())), np.tanh(y)
    L_h = h.max() + np.log(f.sum()) / beta
    return (y - bias) @ g - np.log(np.cosh(y)).sum() + h @ f - L_h - f @ patterns @ g


@wrong("two_layer_energy", "largest current for the log-sum-exp")
def of_the_cold_network(patterns, y, h, bias, beta):
    from scipy.special import logsumexp

    return with_scipy(patterns, y, h, bias, beta) + logsumexp(beta * h) / beta - max(h)


@wrong("two_layer_energy", "Lagrangian of tanh units for the memories")
def ln_cosh_for_all(patterns, y, h, bias, beta):
    """Infinite for large currents, besides."""
    g = np.tanh(y)
    f = np.exp(beta * (h - h.max()))
    f = f / f.sum()
    with np.errstate(over="ignore"):
        L_h = np.log(np.cosh(h)).sum()
    return (y - bias) @ g - np.log(np.cosh(y)).sum() + h @ f - L_h - f @ patterns @ g


@wrong("two_layer_energy", "no layer has a share")
def only_what_passes(patterns, y, h, bias, beta):
    e = np.exp(beta * (h - h.max()))
    return -(e / e.sum()) @ patterns @ np.tanh(y) - bias @ np.tanh(y)


@wrong("two_layer_energy", "logarithm beside the largest current not divided")
def log_of_the_sum_alone(patterns, y, h, bias, beta):
    e = np.exp(beta * (h - h.max()))
    L_h = h.max() + np.log(e.sum())
    g = np.tanh(y)
    return (y - bias) @ g - np.log(np.cosh(y)).sum() + (h - patterns @ g) @ e / e.sum() - L_h


@wrong("two_layer_energy", "outputs of linear features")
def outputs_are_currents(patterns, y, h, bias, beta):
    return with_einsum(patterns, y, h, bias, beta) + changed_outputs(patterns, y, h, bias, beta)


def changed_outputs(patterns, y, h, bias, beta):
    """What it makes to take the currents of the features for their outputs."""
    p = np.exp(beta * (h - h.max()))
    return (y - bias - p @ patterns / p.sum()) @ (y - np.tanh(y))


@wrong("two_layer_energy", "logarithm of the features forgotten")
def cosh_alone(patterns, y, h, bias, beta):
    return with_einsum(patterns, y, h, bias, beta) + (np.log(np.cosh(y)) - np.cosh(y)).sum()


@wrong("two_layer_energy", "shares multiplied with themselves")
def f_times_f(patterns, y, h, bias, beta):
    p = np.exp(beta * (h - h.max()))
    f, g = p / p.sum(), np.tanh(y)
    L = np.log(np.cosh(y)).sum() + h.max() + np.log(p.sum()) / beta
    return (y - bias) @ g + f @ f - L - f @ patterns @ g


# two_layer_velocity


@right("two_layer_velocity")
def of_the_library(patterns, y, h, bias, beta, tau, tau_memory):
    kinds = layered.tanh(1), layered.softmax(beta)
    net = layered.Network(patterns, *kinds, bias=bias, tau=tau, tau_memory=tau_memory)
    both = net.velocity(np.concatenate([y, h]))
    return both[: len(y)], both[len(y) :]


@right("two_layer_velocity")
def with_scipy_softmax(patterns, y, h, bias, beta, tau, tau_memory):
    from scipy.special import softmax

    dy = patterns.T @ softmax(beta * h) - y + bias
    return [dy / tau, (patterns @ np.tanh(y) - h) / tau_memory]


@right("two_layer_velocity")
def in_lists(patterns, y, h, bias, beta, tau, tau_memory):
    e = [math.exp(beta * float(v - max(h))) for v in h]
    dy, dh = [], [-float(v) / tau_memory for v in h]
    for i in range(len(y)):
        heard = sum(share * float(row[i]) for share, row in zip(e, patterns, strict=True)) / sum(e)
        dy.append((heard + float(bias[i]) - float(y[i])) / tau)
        for m in range(len(h)):
            dh[m] += float(patterns[m][i]) * math.tanh(y[i]) / tau_memory
    return tuple(dy), tuple(dh)


@wrong("two_layer_velocity", "overflow")
def plain_softmax(patterns, y, h, bias, beta, tau, tau_memory):
    f = np.exp(beta * h) / np.exp(beta * h).sum()
    return (f @ patterns + bias - y) / tau, (patterns @ np.tanh(y) - h) / tau_memory


@wrong("two_layer_velocity", "steepest descent")
def down_the_slope(patterns, y, h, bias, beta, tau, tau_memory):
    dy, dh = with_scipy_softmax(patterns, y, h, bias, beta, tau, tau_memory)
    return dy / np.cosh(y) ** 2, dh


@wrong("two_layer_velocity", "memories hear currents")
def linear_features(patterns, y, h, bias, beta, tau, tau_memory):
    dy, _ = with_scipy_softmax(patterns, y, h, bias, beta, tau, tau_memory)
    return dy, (patterns @ y - h) / tau_memory


@wrong("two_layer_velocity", "memories as if they were fast")
def modern_step(patterns, y, h, bias, beta, tau, tau_memory):
    from scipy.special import softmax

    g = np.tanh(y)
    dy = (softmax(beta * patterns @ g) @ patterns + bias - y) / tau
    return dy, (patterns @ g - h) / tau_memory


@wrong("two_layer_velocity", "brackets forgotten")
def only_the_last_term(patterns, y, h, bias, beta, tau, tau_memory):
    from scipy.special import softmax

    return softmax(beta * h) @ patterns + bias - y / tau, patterns @ np.tanh(y) - h / tau_memory


@wrong("two_layer_velocity", "layers exchanged")
def memories_first(patterns, y, h, bias, beta, tau, tau_memory):
    return with_scipy_softmax(patterns, y, h, bias, beta, tau, tau_memory)[::-1]


@wrong("two_layer_velocity", "time constants exchanged")
def taus_exchanged(patterns, y, h, bias, beta, tau, tau_memory):
    return tuple(with_scipy_softmax(patterns, y, h, bias, beta, tau_memory, tau))


@right("two_layer_velocity")
def one_matrix_for_all_units(patterns, y, h, bias, beta, tau, tau_memory):
    M, N = patterns.shape
    W = np.zeros((N + M, N + M))
    W[:N, N:], W[N:, :N] = patterns.T, patterns
    out = np.concatenate([np.tanh(y), np.exp(beta * h - np.logaddexp.reduce(beta * h))])
    heard = W @ out + np.concatenate([bias, np.zeros(M)]) - np.concatenate([y, h])
    both = heard / np.repeat([tau, tau_memory], [N, M])
    return both[:N], both[N:]


@wrong("two_layer_velocity", "wrong for large currents only")
def clipped(patterns, y, h, bias, beta, tau, tau_memory):
    e = np.exp(np.clip(beta * h, -500, 500))
    return (e / e.sum() @ patterns + bias - y) / tau, (patterns @ np.tanh(y) - h) / tau_memory


@wrong("two_layer_velocity", "rows and columns exchanged")
def transposed_both_times(patterns, y, h, bias, beta, tau, tau_memory):
    e = np.exp(beta * (h - h.max()))
    return (patterns @ (e / e.sum()) + bias - y) / tau, (patterns.T @ np.tanh(y) - h) / tau_memory


@wrong("two_layer_velocity", "once for each weight")
def own_current_in_the_sum(patterns, y, h, bias, beta, tau, tau_memory):
    e = np.exp(beta * (h - h.max()))
    f = e / e.sum()
    dy, dh = np.zeros(len(y)), np.zeros(len(h))
    for i in range(len(y)):
        for m in range(len(h)):
            dy[i] += patterns[m, i] * f[m] + bias[i] - y[i]
            dh[m] += patterns[m, i] * np.tanh(y[i]) - h[m]
    return dy / tau, dh / tau_memory


@wrong("two_layer_velocity", "an array of whole numbers")
def buffers_like_the_currents(patterns, y, h, bias, beta, tau, tau_memory):
    e = np.exp(beta * (h - h.max()))
    dy = np.zeros_like(y)
    dh = np.zeros_like(h)
    dy[:] = (e @ patterns / e.sum() + bias - y) / tau
    dh[:] = (patterns @ np.tanh(y) - h) / tau_memory
    return dy, dh


@wrong("two_layer_velocity", "new states")
def a_step(patterns, y, h, bias, beta, tau, tau_memory):
    dy, dh = with_scipy_softmax(patterns, y, h, bias, beta, tau, tau_memory)
    return y + dy, h + dh


@wrong("two_layer_velocity", "features moved before the memories hear them")
def one_after_the_other(patterns, y, h, bias, beta, tau, tau_memory):
    dy, _ = with_scipy_softmax(patterns, y, h, bias, beta, tau, tau_memory)
    y = y + dy
    return dy, (patterns @ np.tanh(y) - h) / tau_memory


@wrong("two_layer_velocity", "bias not divided by the time constant")
def bias_outside(patterns, y, h, bias, beta, tau, tau_memory):
    dy, dh = with_scipy_softmax(patterns, y, h, 0 * bias, beta, tau, tau_memory)
    return dy + bias, dh


@wrong("two_layer_velocity", "brackets forgotten: memories")
def brackets_in_one_line_only(patterns, y, h, bias, beta, tau, tau_memory):
    dy, _ = with_scipy_softmax(patterns, y, h, bias, beta, tau, tau_memory)
    return dy, patterns @ np.tanh(y) - h / tau_memory


@wrong("two_layer_velocity", "memories as tanh units")
def tanh_everywhere(patterns, y, h, bias, beta, tau, tau_memory):
    return (np.tanh(beta * h) @ patterns + bias - y) / tau, (patterns @ np.tanh(y) - h) / tau_memory


@wrong("two_layer_velocity", "rounded")
def to_two_digits(patterns, y, h, bias, beta, tau, tau_memory):
    dy, dh = with_scipy_softmax(patterns, y, h, bias, beta, tau, tau_memory)
    return np.round(dy, 2), np.round(dh, 2)


@wrong("two_layer_velocity", "wrong shape")
def in_one_row(patterns, y, h, bias, beta, tau, tau_memory):
    return np.concatenate(with_scipy_softmax(patterns, y, h, bias, beta, tau, tau_memory))


@wrong("two_layer_velocity", "wrong shape")
def features_only(patterns, y, h, bias, beta, tau, tau_memory):
    return (with_scipy_softmax(patterns, y, h, bias, beta, tau, tau_memory)[0],)


# tables and examples

LAYERS = feedback.layers_by_hand.solution
GAPS = feedback.softmax_derivation.solution

TABLES = [
    ("layers_by_hand", column(LAYERS, 3, [25, 9, 324, 5]), "product alone"),
    ("layers_by_hand", column(LAYERS, 3, [-12.5, -4.5, -243, 0]), "Lagrangian and product exchanged"),
    ("layers_by_hand", column(LAYERS, 3, [12.5, 4.5, 81, 5]), "Lagrangian for its transform"),
    (
        "layers_by_hand",
        changed(LAYERS, ("rectified", 0, 12.5), ("rectified", 2, -4), ("rectified", 3, 12.5))
        | {"power": [337, 108, -256, 1011]},
        "negative current not cut off",
    ),
    ("layers_by_hand", changed(LAYERS, ("power", 1, 27), ("power", 3, 0)), "exponent not brought down"),
    (
        "layers_by_hand",
        changed(LAYERS, ("sphere", 1, 3), ("sphere", 2, -4), ("sphere", 3, 20)),
        "not divided by the length",
    ),
    ("layers_by_hand", changed(LAYERS, ("power", 3, 324)), "product alone: power"),
    ("layers_by_hand", changed(LAYERS, ("sphere", 3, 5)), "nothing taken off: sphere"),
    ("layers_by_hand", changed(LAYERS, ("sphere", 0, 25), ("sphere", 3, -20)), "root forgotten in L"),
    ("layers_by_hand", changed(LAYERS, ("sphere", 3, -6.4)), "sign lost in the product: sphere"),
    (
        "layers_by_hand",
        changed(LAYERS, ("power", 0, 337), ("power", 2, -256), ("power", 3, 1011)),
        "negative current not cut off: power",
    ),
    (
        "layers_by_hand",
        changed(LAYERS, ("rectified", 2, -4), ("rectified", 3, 20.5)),
        "negative current cut off in L only: rectified",
    ),
    ("layers_by_hand", changed(LAYERS, ("linear", 0, 25), ("linear", 3, 0)), "half forgotten: linear"),
    (
        "layers_by_hand",
        {row: [L, share, g1, g2] for row, (L, g1, g2, share) in LAYERS.items()},
        "columns in another order",
    ),
    ("softmax_derivation", {**GAPS, "a": 0, "b": -1}, "inner derivative forgotten"),
    ("softmax_derivation", {**GAPS, "a": 0}, "inner derivative forgotten"),
    ("softmax_derivation", {**GAPS, "c": 1, "d": -1}, "quotient read as a product"),
    ("softmax_derivation", {**GAPS, "j": 0, "k": 1}, "shift lost in L"),
    ("softmax_derivation", {**GAPS, "f": -6 * math.log(2)}, "ln 2 multiplied in"),
    ("softmax_derivation", {**GAPS, "i": 0}, "others feel nothing"),
    ("softmax_derivation", {**GAPS, "j": 8}, "shift once for each unit"),
    ("softmax_derivation", {**GAPS, "f": -3}, "beta forgotten at the ends"),
    ("softmax_derivation", {**GAPS, "f": 0, "g": -6}, "ends exchanged"),
    ("softmax_derivation", {**GAPS, "k": 1}, "shift kept in the transform"),
    ("softmax_derivation", {**GAPS, "h": 0, "i": 0}, "sum held fixed"),
]

EXAMPLES = [
    ("no_special_case", ([[4, -3], [-3, 2]], [2, 3]), None),
    ("no_special_case", ([[0.01, -100], [-100, 0.01]], [-1, -1]), None),
    ("no_special_case", ([[1, -1.001], [-1.001, 1]], (1, 1)), None),
    ("no_special_case", ([[1e-6, -2e-6], [-2e-6, 1e-6]], [1e-3, 1e-3]), None),
    ("no_special_case", ([[100, -100], [-100, 99]], [100, 100]), None),
    ("no_special_case", ([[0, -1], [-1, 0]], [1, 1]), "self-weights not positive"),
    ("no_special_case", ([[1, -2], [-2, 1]], [-1, 3]), "eigenvalues for a witness"),
    ("no_special_case", ([[1, -2], [-2, 1]], [0, 0]), "witness shows nothing"),
    ("no_special_case", ([[1, -1], [-1, 1]], [1, 1]), "just a special case"),
    ("no_special_case", ([[2, -1], [-1, 1]], [1, 1]), "a special case"),
    ("no_special_case", ([[1, 3], [3, 1]], [1, -1]), "no flip-flop"),
    ("no_special_case", ([[1, -2], [-3, 1]], [1, 1]), "not symmetric"),
    ("no_special_case", ([[1, -2], [-2, 1]], [1, -1]), "mixed term with the wrong sign"),
    ("no_special_case", ([[4, -3], [-3, 2]], [1, 1]), "witness shows nothing"),
    ("no_special_case", ([[1, -2], [-2, 1]], [[1, 1]]), "witness of another size"),
    ("no_special_case", ([[1, -2], [-2, 1]], [[1], [1]]), "witness of another size"),
    ("no_special_case", ([[1, -200], [-200, 1]], [1, 1]), "too large"),
    ("no_special_case", (np.eye(3), [1, 1]), "not two by two"),
]
