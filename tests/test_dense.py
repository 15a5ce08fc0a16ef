"""Dense associative memories: exact against whole numbers, equal to the classical network for x^2, downhill
always, and their capacities against formulas written anew and against simulation."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hopfield_edu import binary, dense, learning, patterns, theory

FAST = settings(max_examples=60, deadline=None, derandomize=True)
WHOLE = {
    "x^1": (dense.power(1), lambda x: x),
    "x^2": (dense.power(2), lambda x: x**2),
    "x^3": (dense.power(3), lambda x: x**3),
    "x^4": (dense.power(4), lambda x: x**4),
    "max(x, 0)^2": (dense.rectified(2), lambda x: max(x, 0) ** 2),
    "max(x, 0)^3": (dense.rectified(3), lambda x: max(x, 0) ** 3),
    "own": (lambda x: x**2 + 3 * x, lambda x: x**2 + 3 * x),
}
FUNCTIONS = [
    dense.power(3),
    dense.power(9),
    dense.rectified(5),
    dense.exponential(),
    dense.exponential(0.05),
    dense.exponential(30.0),
    lambda x: np.maximum(x / 3, 0) ** 2.7,
    lambda x: np.abs(x / 7) ** 1.5,
]


def instance(seed):
    """A few random patterns, now and then equal or inverse ones, and three cues."""
    rng = np.random.default_rng(seed)
    N, M = int(rng.integers(1, 12)), int(rng.integers(1, 8))
    s = patterns.random(M, N, rng)
    if seed % 4 == 0:
        s[-1] = s[0] * (1 - 2 * (seed % 8 == 0))
    return s, patterns.random(3, N, rng)


def textbook(s, y, F, orders):
    """All states of a recall in plain Python whole numbers: two energies for every unit."""
    s, y = s.tolist(), y.tolist()

    def energy(y):
        return -sum(F(sum(a * b for a, b in zip(row, y, strict=True))) for row in s)

    states = [tuple(y)]
    for k in range(100):
        before = states[-1]
        for i in orders(k):
            other = [*y[:i], -y[i], *y[i + 1 :]]
            if energy(other) < energy(y):
                y = other
                states.append(tuple(y))
        if states[-1] == before:
            return states, energy
    raise AssertionError("no fixed point")


@pytest.mark.every(4)
@pytest.mark.parametrize("name", WHOLE)
@pytest.mark.parametrize("schedule", ["ordered", "random", "random-unit"])
def test_recall_is_exact_flip_for_flip(name, schedule):
    F, plain = WHOLE[name]
    for seed in range(25):
        s, cues = instance(seed)
        N, net = s.shape[1], dense.Network(s, F)
        assert net._tolerance == 0
        rng = None if schedule == "ordered" else seed
        batch = net.recall(cues, schedule, rng=rng, record=True)
        for b, cue in enumerate(cues):
            stream = np.random.default_rng(seed).spawn(3)[b]
            orders = {
                "ordered": lambda k, N=N: range(N),
                "random": lambda k, N=N, stream=stream: stream.permutation(N),
                "random-unit": lambda k, N=N, stream=stream: stream.integers(N, size=N),
            }[schedule]
            if schedule == "random-unit":  # a sweep without a flip is no end here
                draws = [orders(k) for k in range(60)]
                wanted = [tuple(cue.tolist())]
                energy = textbook(s, cue, plain, lambda k, N=N: range(N))[1]
                y = list(wanted[0])
                for i in np.concatenate(draws):
                    other = [*y[:i], -y[i], *y[i + 1 :]]
                    if energy(other) < energy(y):
                        y = other
                        wanted.append(tuple(y))
            else:
                wanted, energy = textbook(s, cue, plain, orders)
            assert [tuple(y) for y in batch[b].states.tolist()] == wanted
            assert batch[b].energies.tolist() == [energy(list(y)) for y in wanted]
            assert batch[b].outcome == "fixed point" and batch[b].flips == len(wanted) - 1
        if schedule == "ordered":
            for b, cue in enumerate(cues):
                alone = net.recall(cue, record=True)
                assert (alone.states == batch[b].states).all() and (alone.times == batch[b].times).all()
                assert (alone.sweeps, alone.flips) == (batch[b].sweeps, batch[b].flips)


def test_a_given_order_and_single_units():
    for seed in range(30):
        s, cues = instance(seed)
        net, order = dense.Network(s, dense.power(3)), np.random.default_rng(seed).permutation(s.shape[1])
        wanted, _ = textbook(s, cues[0], lambda x: x**3, lambda k, order=order: order)
        run = net.recall(cues[0], order=order, record=True)
        assert [tuple(y) for y in run.states.tolist()] == wanted
        y = cues[0]
        for i in order:
            y = net.update(y, int(i))
        first = net.recall(cues[0], order=order, max_sweeps=1)
        assert (first.final == y).all()
        assert (net.recall(cues, order=order).final[0] == run.final).all()


@given(st.integers(0, 10**6))
@FAST
def test_the_square_is_the_classical_network(seed):
    s, cues = instance(seed)
    M, N = s.shape
    ours, classical = dense.Network(s, dense.power(2)), binary.Network(learning.hebb(s))
    assert (ours.energy(cues) == 2 * classical.energy(cues) - M * N).all()
    assert (ours.wants_flip(cues) == (classical.field(cues) * cues < 0)).all()
    for schedule in ("ordered", "random"):
        a = ours.recall(cues, schedule, rng=None if schedule == "ordered" else 3, record=True)
        b = classical.recall(cues, schedule, rng=None if schedule == "ordered" else 3, record=True)
        assert (a.sweeps == b.sweeps).all() and (a.flips == b.flips).all()
        for k in range(3):
            assert (a[k].states == b[k].states).all() and (a[k].times == b[k].times).all()


@given(st.integers(0, 10**6), st.sampled_from(FUNCTIONS))
@FAST
def test_recall_goes_downhill_and_ends_in_a_fixed_point(seed, F):
    s, cues = instance(seed)
    net = dense.Network(s, F)
    for schedule in ("ordered", "random"):
        runs = net.recall(cues, schedule, rng=None if schedule == "ordered" else seed, record=True)
        assert runs.converged.all() and net.is_fixed_point(runs.final).all()
        for run in (runs[b] for b in range(3)):
            E = run.energies
            assert (np.diff(E) <= 0).all() and len(set(map(tuple, run.states))) == len(run.states)
            flat = [net.energy(patterns_with(run.final, i)) for i in range(len(run.final))]
            assert min(flat) >= E[-1] - 1e-12 * abs(E).max()


def patterns_with(y, i):
    y = y.copy()
    y[i] *= -1
    return y


def test_exponentials_against_fractions():
    """Energies of e^(x ln 2) = 2^x are rational: the sign of every difference is known exactly."""
    for seed in range(60):
        s, cues = instance(seed)
        net = dense.Network(s, dense.exponential(math.log(2)))
        for y in cues:
            for i, wants in enumerate(net.wants_flip(y)):
                E = [-sum(Fraction(2) ** int(x) for x in s @ state) for state in (y, patterns_with(y, i))]
                assert wants == (E[1] < E[0])


@pytest.mark.parametrize("beta", [5, 30, 400])
def test_steep_exponentials_count_from_the_top(beta):
    """One more agreement outvotes all patterns below it, exactly as for e^(beta x) in whole numbers."""
    for seed in range(60):
        s, cues = instance(seed)
        net, base = dense.Network(s, dense.exponential(float(beta))), 10**9
        for y in cues:
            for i, wants in enumerate(net.wants_flip(y)):
                E = [-sum(base ** int(x + 20) for x in s @ state) for state in (y, patterns_with(y, i))]
                assert wants == (E[1] < E[0])


@pytest.mark.parametrize("beta", np.linspace(0.05, 3, 40))
def test_ties_of_exponentials_are_ties(beta):
    net = dense.Network([[1, 1, 1, 1], [1, 1, 1, -1]], dense.exponential(beta))
    assert net.recall([1, 1, 1, 1]).flips == net.recall([1, 1, 1, -1]).flips == 0
    real = dense.Network([[1, 1, 1, 1], [1, 1, 1, -1]], lambda x: np.maximum(x / 3, 0) ** (2 + beta))
    assert real.recall([1, 1, 1, 1]).converged and real.is_fixed_point([1, 1, 1, -1])


@given(st.integers(0, 10**6))
@FAST
def test_even_and_odd(seed):
    s, cues = instance(seed)
    odd, even = dense.Network(s, dense.power(3)), dense.Network(s, dense.power(4))
    assert (odd.energy(-cues) == -odd.energy(cues)).all()
    assert (even.energy(-cues) == even.energy(cues)).all()
    assert (even.wants_flip(-cues) == even.wants_flip(cues)).all()
    assert not (odd.wants_flip(-cues) & odd.wants_flip(cues)).any()
    both = dense.Network(np.vstack([s, -s]), dense.power(3))
    assert both.recall(cues).flips.sum() == 0 and not both.energy(cues).any()


def test_special_cases():
    one = dense.Network([1, -1, 1], dense.power(3))  # a single pattern, given as such
    assert (one.M, one.N) == (1, 3) and (one.recall([-1, 1, -1]).final == [1, -1, 1]).all()
    assert repr(one) == "Network of 3 units that stores 1 patterns, F = x^3"
    assert dense.Network([[1]], dense.power(3)).recall([-1]).final.tolist() == [1]
    assert dense.Network([[1]], dense.power(2)).recall([-1]).final.tolist() == [-1]
    s = patterns.random(1, 50, rng=0)
    cue = patterns.flip(s[0], 20, rng=1)
    same = dense.Network(np.repeat(s, 9, axis=0), dense.power(5))
    assert (same.recall(cue).final == s[0]).all()
    steep = dense.Network(patterns.random(20, 50, rng=2), dense.exponential(500.0))
    assert steep.recall(cue).converged and steep.energy(steep.patterns[0]) == -500 * 50
    flat = dense.Network(s, lambda x: 0 * x)
    assert flat.recall(cue).flips == 0 and flat.energy(cue) == 0
    assert str(flat.energy(cue)) == "0.0"  # no minus zero


def test_nothing_given_is_changed_and_the_patterns_are_copied():
    s, cue = patterns.random(3, 20, rng=0), patterns.random(1, 20, rng=1)[0]
    kept = s.copy(), cue.copy()
    net = dense.Network(s, dense.power(3))
    net.recall(cue, record=True), net.update(cue, 3), net.wants_flip(cue)
    assert (s == kept[0]).all() and (cue == kept[1]).all()
    s[0] *= -1
    assert (net.patterns == kept[0]).all()
    with pytest.raises(ValueError, match="read-only"):
        net.patterns[0] = 1


def test_the_step_limit_is_told():
    s = patterns.random(40, 60, rng=0)
    net = dense.Network(s, dense.power(2))
    cues = patterns.random(5, 60, rng=1)
    short = net.recall(cues, max_sweeps=1)
    unsettled = ~net.is_fixed_point(short.final)
    assert unsettled.any() and (short.outcome[unsettled] == "step limit").all()
    assert (short.cycle_length[unsettled] == 0).all() and (short.sweeps[unsettled] == 1).all()


NET = dense.Network([[1, 1, 1, 1], [1, -1, 1, -1]], dense.power(3))


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: dense.power(0), ValueError, "n is 0; it must be at least 1"),
        (lambda: dense.power(2.5), TypeError, "n is 2.5; an integer"),
        (lambda: dense.rectified("3"), TypeError, "n is '3'"),
        (lambda: dense.exponential(0), ValueError, "beta is 0; a positive number"),
        (lambda: dense.exponential(-1.0), ValueError, "beta is -1"),
        (lambda: dense.exponential(np.nan), ValueError, "beta is nan"),
        (lambda: dense.exponential("1"), TypeError, "beta is '1'"),
        (
            lambda: dense.Network([[1, 0]], dense.power(2)),
            ValueError,
            "patterns holds 0/1 values.*to_bipolar",
        ),
        (lambda: dense.Network([[]], dense.power(2)), ValueError, "patterns is empty"),
        (lambda: dense.Network([[1, 1], [1]], dense.power(2)), ValueError, "patterns has rows of different"),
        (lambda: dense.Network([[1, 1]], 3), TypeError, "F is 3; a function.*dense.power"),
        (lambda: dense.Network([[1, 1]], lambda x: 1.0), ValueError, "F must give one finite number"),
        (lambda: dense.Network([[1, 1]], lambda x: x * np.nan), ValueError, "F must give one finite number"),
        (lambda: dense.Network(np.ones((1, 999), int), lambda x: x**200), ValueError, "finite number"),
        (lambda: NET.energy([1, 1, 1]), ValueError, "state has 3 units, but the network has N = 4"),
        (lambda: NET.energy([1, 1, 0, 1]), ValueError, "state holds 0/1 values"),
        (lambda: NET.energy([1, 1, np.nan, 1]), ValueError, "state contains NaN"),
        (lambda: NET.wants_flip([[1, 1]]), ValueError, "state has 2 units"),
        (lambda: NET.is_fixed_point("++++"), TypeError, "state is '"),
        (lambda: NET.update([1, 1, 1, 1], 4), ValueError, r"i \(the unit\) is 4; it must be between 0 and 3"),
        (lambda: NET.update([[1, 1, 1, 1]], 0), ValueError, r"state has shape \(1, 4\)"),
        (lambda: NET.recall([1, 1, 1, 1], "synchronous"), ValueError, "one unit at a time"),
        (lambda: NET.recall([1, 1, 1, 1], "sideways"), ValueError, "schedule is 'sideways'; choose one of"),
        (lambda: NET.recall([1, 1, 1, 1], "random"), ValueError, "pass rng="),
        (lambda: NET.recall([1, 1, 1, 1], order=[0, 1]), ValueError, "each unit 0..3 is wanted exactly once"),
        (
            lambda: NET.recall([1, 1, 1, 1], "random", order=[0, 1, 2, 3], rng=0),
            ValueError,
            "order belongs to",
        ),
        (lambda: NET.recall([1, 1, 1, 1], max_sweeps=0), ValueError, "max_sweeps is 0"),
        (lambda: NET.recall([1, 1, 1, 1]).states, ValueError, "was not recorded"),
        (lambda: dense.path([1, 1], [1, 1, 1]), ValueError, "end has 3 units"),
        (lambda: dense.path([[1, 1]], [1, 1]), ValueError, "start has shape"),
        (lambda: dense.path([1, 1], [1, -1], rng="x"), TypeError, "rng is 'x'"),
        (lambda: dense.double_factorial(-2), ValueError, "k is -2"),
        (lambda: dense.capacity(1, 2), ValueError, "N is 1; it must be at least 2"),
        (lambda: dense.capacity(100, 1), ValueError, "n is 1; it must be at least 2"),
        (lambda: dense.capacity(100, 2.0), TypeError, "n is 2.0"),
        (lambda: dense.capacity(100, 2, error=0.5), ValueError, "error is 0.5; a probability between"),
        (lambda: dense.capacity(100, 2, error=0), ValueError, "error is 0"),
        (lambda: dense.capacity(100, 2, error=2), ValueError, "error is 2; a fraction"),
        (lambda: dense.capacity(100, 2, error=0.1, every=True), ValueError, "choose one criterion"),
        (lambda: dense.bit_error(0, 9, dense.power(2)), ValueError, "M is 0"),
        (lambda: dense.bit_error(2, 1, dense.power(2)), ValueError, "N is 1"),
        (lambda: dense.fixed_share(0, 9, dense.power(2), 0), ValueError, "M is 0"),
        (lambda: dense.fixed_share(2, 9, dense.power(2), None), ValueError, "pass rng="),
        (lambda: dense.fixed_share(2, 9, dense.power(2), 0, count=0), ValueError, "count is 0"),
        (lambda: dense.exponential_rate(0.5), ValueError, "rho is 0.5; a share of wrong units below 1/2"),
        (lambda: dense.exponential_rate(-0.1), ValueError, "rho is -0.1"),
        (lambda: dense.exponential_rate("0"), TypeError, "rho is '0'"),
    ],
)
def test_bad_input(call, error, words):
    with pytest.raises(error, match=words):
        call()


def test_paths():
    start, end = patterns.random(2, 30, rng=0)
    for rng in (None, 3):
        walk = dense.path(start, end, rng)
        assert (walk[0] == start).all() and (walk[-1] == end).all()
        assert ((np.diff(walk, axis=0) != 0).sum(axis=1) == 1).all()
        assert len(walk) == 1 + (start != end).sum()
    assert (dense.path(start, start) == [start]).all()


# capacities


def odd_product(k):
    return 1 if k < 2 else k * odd_product(k - 2)


@pytest.mark.parametrize("n", range(2, 8))
def test_capacity_formulas(n):
    odd = odd_product(2 * n - 3)
    assert dense.double_factorial(2 * n - 3) == odd
    # the Gaussian moments behind it: the mean of x^(2n-2) is (2n-3)!!
    x = np.linspace(-14, 14, 200001)
    moment = (x ** (2 * n - 2) * np.exp(-(x**2) / 2)).sum() * (x[1] - x[0]) / math.sqrt(2 * math.pi)
    assert moment == pytest.approx(odd, rel=1e-9)
    for N in (10, 137):
        given_one = N ** (n - 1) / (2 * odd * math.log(N))
        assert dense.capacity(N, n) == pytest.approx(given_one)
        assert dense.capacity(N, n, every=True) == pytest.approx(given_one / n)
        for P in (0.2, 0.0036, 1e-6):
            z = math.sqrt(N ** (n - 1) / (odd * dense.capacity(N, n, error=P)))
            assert math.erfc(z / math.sqrt(2)) / 2 == pytest.approx(P)
        z = math.sqrt(N ** (n - 1) / (odd * dense.capacity(N, n)))
        assert z == pytest.approx(math.sqrt(2 * math.log(N)))


def test_the_square_has_the_classical_capacities():
    assert dense.capacity(1000, 2) == pytest.approx(1000 / (2 * math.log(1000)))
    assert dense.capacity(1000, 2, every=True) == pytest.approx(1000 / (4 * math.log(1000)))
    for M, N in ((5, 40), (30, 200)):
        assert dense.bit_error(M, N, dense.power(2)) == pytest.approx(theory.bit_error(M, N, gaussian=True))
    assert dense.bit_error(1, 20, dense.power(2)) == 0


@pytest.mark.parametrize("n", [2, 3, 4])
def test_bit_error_against_simulation_and_leading_order(n):
    N, F = 60, dense.power(n)
    M = round(dense.capacity(N, n, error=0.03))
    rng, seen = np.random.default_rng(n), []
    while sum(map(len, seen)) < 600:
        s = patterns.random(M, N, rng)
        seen.append(dense.Network(s, F).wants_flip(s[:300]).mean(axis=1))
    measured = np.concatenate(seen).mean()
    assert dense.bit_error(M, N, F) == pytest.approx(0.03, rel=0.15)  # leading order in N
    assert measured == pytest.approx(dense.bit_error(M, N, F), rel=0.3 if n == 2 else 0.15)


@pytest.mark.parametrize("n", [2, 3, 4])
def test_a_given_pattern_is_safer_than_all_of_them(n):
    """At the capacity for a given pattern most patterns stay; at 1/n of it nearly every set stays whole."""
    N, F, rng = 50, dense.power(n), np.random.default_rng(1)
    M = round(dense.capacity(N, n))
    share = dense.fixed_share(M, N, F, rng)
    assert 0.8 < share < 1
    few = max(2, round(dense.capacity(N, n, every=True)))
    whole = [dense.fixed_share(few, N, F, rng, count=few) == 1 for _ in range(15)]
    assert np.mean(whole) >= 0.6
    assert dense.fixed_share(4 * M, N, F, rng) < 0.1


def test_fixed_share_by_hand():
    rng = np.random.default_rng(5)
    sets = [patterns.random(7, 20, rng) for _ in range(3)]
    stay = [dense.Network(s, dense.power(2)).is_fixed_point(s).mean() for s in sets]
    assert dense.fixed_share(7, 20, dense.power(2), 5, count=20) == pytest.approx(np.mean(stay))


@pytest.mark.parametrize("rho", [0, 1e-9, 0.01, 0.1, 0.25, 0.49])
def test_exponential_rate_is_half_of_what_a_coin_lacks(rho):
    """I(1 - 2 rho) = ln 2 - H(rho), with the entropy H of a coin that falls on its rarer side with rho."""
    entropy = -sum(p * math.log(p) for p in (rho, 1 - rho) if p)
    assert dense.exponential_rate(rho) == pytest.approx((math.log(2) - entropy) / 2, abs=1e-12)


def test_the_theorem_for_the_exponential():
    """Below the bound one synchronous sweep corrects more and more of all cues; far above it, none."""
    rng, rho = np.random.default_rng(0), 0.2
    right = {}
    for times in (0.7, 2.5):
        for N in (20, 40):
            M = round(math.exp(times * dense.exponential_rate(rho) * N)) + 1
            s = patterns.random(M, N, rng)
            wanted = s[rng.integers(M, size=300)]
            cues = patterns.flip(wanted, round(rho * N), rng=rng)
            flips = dense.Network(s, dense.exponential()).wants_flip(cues)
            right[times, N] = (np.where(flips, -cues, cues) == wanted).all(axis=1).mean()
    assert right[0.7, 40] > 0.97 and right[0.7, 40] > right[0.7, 20]
    assert right[2.5, 40] < 0.05 and right[2.5, 40] <= right[2.5, 20]


def test_large_memories_find_their_pattern():
    s = patterns.random(3000, 100, rng=0)  # 30 times as many as units
    cues = patterns.flip(s[:20], 10, rng=1)
    assert (dense.Network(s, dense.power(4)).recall(cues).final == s[:20]).all()
    assert (dense.Network(s, dense.exponential()).recall(cues).final == s[:20]).all()
    assert not (dense.Network(s, dense.power(2)).recall(cues).final == s[:20]).all(axis=1).any()
