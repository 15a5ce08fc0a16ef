"""Cross-talk theory: against its definition, against ALL sets of patterns of small networks, and against
measured histograms within their sampling error."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, pairwise, product
from math import comb, erfc, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from hopfield_edu import _binomial, binary, learning, patterns, theory

SMALL = [(1, 1), (1, 5), (2, 1), (2, 2), (2, 5), (3, 2), (3, 3), (3, 4), (4, 3), (5, 2), (6, 2), (2, 6)]


def naive_field(S, nu, i, self_connections):
    """s_i^nu h_i in units of 1/N, by three nested sums in whole Python numbers (Wiskott eq. 1.16)."""
    N = len(S[0])
    return S[nu][i] * sum(s[i] * s[j] * S[nu][j] for s in S for j in range(N) if self_connections or j != i)


def naive_crosstalk(S, nu, i, self_connections):
    """C_i^nu without its own pattern (Wiskott eq. 1.19 times N s_i^nu)."""
    N = len(S[0])
    return sum(
        S[nu][i] * S[mu][i] * S[mu][j] * S[nu][j]
        for mu in range(len(S))
        for j in range(N)
        if mu != nu and (self_connections or j != i)
    )


def all_sets(M, N):
    """Every set of M patterns on N units, 2^(MN) of them."""
    return ([signs[mu * N : (mu + 1) * N] for mu in range(M)] for signs in product((1, -1), repeat=M * N))


# ------------------------------------------------------------------ what is: fields and contributions


@pytest.mark.parametrize("self_connections", [False, True])
@given(M=st.integers(1, 5), N=st.integers(1, 6), seed=st.integers(0, 999))
def test_fields_by_definition(self_connections, M, N, seed):
    s = patterns.random(M, N, seed)
    S = s.tolist()
    found = theory.fields(s, self_connections=self_connections)
    assert found.signal == (N if self_connections else N - 1)
    for nu, i in product(range(M), range(N)):
        assert found.crosstalk[nu, i] == naive_crosstalk(S, nu, i, self_connections)
        h = naive_field(S, nu, i, self_connections)
        assert found.signal + found.crosstalk[nu, i] == h
        assert found.stable[nu, i] == (h >= 0)


@pytest.mark.parametrize("self_connections", [False, True])
@given(M=st.integers(1, 8), N=st.integers(1, 12), seed=st.integers(0, 999))
def test_fields_agree_with_the_network(self_connections, M, N, seed):
    s = patterns.random(M, N, seed)
    net = binary.Network(learning.hebb(s, self_connections=self_connections), scale=1 / N)
    found = theory.fields(s, self_connections=self_connections)
    assert np.allclose(s * net.field(s), found.support / N, rtol=0, atol=1e-12)
    assert (found.stable.all(axis=1) == net.is_fixed_point(s)).all()


@pytest.mark.parametrize("self_connections", [False, True])
@given(M=st.integers(1, 6), N=st.integers(1, 8), seed=st.integers(0, 999))
def test_contributions_add_up_to_the_field(self_connections, M, N, seed):
    s = patterns.random(M, N, seed)
    S, found = s.tolist(), theory.fields(s, self_connections=self_connections)
    for nu, i in product(range(M), range(N)):
        shares = theory.contributions(s, nu, i, self_connections=self_connections)
        by_hand = [
            S[nu][i] * S[mu][i] * sum(S[mu][j] * S[nu][j] for j in range(N) if self_connections or j != i)
            for mu in range(M)
        ]
        assert shares.tolist() == by_hand
        assert shares[nu] == found.signal
        assert shares.sum() - shares[nu] == found.crosstalk[nu, i]


def test_leaving_out_the_diagonal_takes_m_from_every_field():
    s = patterns.random(7, 20, rng=0)
    with_own, without = theory.fields(s, self_connections=True), theory.fields(s)
    assert (with_own.crosstalk - without.crosstalk == 6).all()
    assert with_own.signal - without.signal == 1


@given(M=st.integers(1, 6), N=st.integers(1, 10), seed=st.integers(0, 999))
def test_gauge(M, N, seed):
    """Flip the same units in all patterns, or all units of some patterns: the cross-talk stays."""
    s, g = patterns.random(M, N, seed), patterns.random(1, N, seed + 1)
    inverted = patterns.random(M, 1, seed + 2)
    for other in (s * g, s * inverted):
        assert (theory.fields(s).crosstalk == theory.fields(other).crosstalk).all()


def test_orthogonal_patterns_do_not_talk():
    for N in (2, 4, 8, 16):
        for M in range(1, N + 1):
            s = patterns.orthogonal(M, N)
            assert (theory.fields(s, self_connections=True).crosstalk == 0).all()
            assert (theory.fields(s).crosstalk == 1 - M).all()


# ------------------------------------------------------------------ what to expect: every set of patterns


@pytest.mark.parametrize("self_connections", [False, True])
@pytest.mark.parametrize(("M", "N"), SMALL)
def test_crosstalk_and_bit_error_over_all_sets(M, N, self_connections):
    counts, errors, sets = {}, 0, 0
    for S in all_sets(M, N):  # by symmetry one unit of one pattern is enough; the last is as good as any
        C = naive_crosstalk(S, M - 1, N - 1, self_connections)
        counts[C] = counts.get(C, 0) + 1
        errors += naive_field(S, M - 1, N - 1, self_connections) < 0
        sets += 1
    assert sets == 2 ** (M * N)
    values, probabilities = theory.crosstalk(M, N, self_connections=self_connections)
    found = {int(v): p for v, p in zip(values, probabilities, strict=True)}
    assert found.keys() == counts.keys()
    for C, count in counts.items():
        assert found[C] == pytest.approx(count / sets, abs=1e-14)
    assert theory.bit_error(M, N, self_connections=self_connections) == pytest.approx(
        errors / sets, abs=1e-14
    )


@pytest.mark.parametrize("overlap", [0.09, 0.5, 1])
@pytest.mark.parametrize("self_connections", [False, True])
@pytest.mark.parametrize(("M", "N"), [(2, 3), (3, 1), (3, 3), (4, 2), (2, 5), (5, 2)])
def test_related_patterns_over_all_sets(M, N, self_connections, overlap):
    """Every set, weighted by its probability when the template is all +1; any other is a gauge of it."""
    q = (1 + sqrt(overlap)) / 2
    wanted, error = {}, 0.0
    for S in all_sets(M, N):
        ups = sum(row.count(1) for row in S)
        weight = q**ups * (1 - q) ** (M * N - ups)
        C = naive_crosstalk(S, 0, N - 1, self_connections)
        wanted[C] = wanted.get(C, 0) + weight
        error += weight * (naive_field(S, 0, N - 1, self_connections) < 0)
    values, probabilities = theory.crosstalk(M, N, self_connections=self_connections, overlap=overlap)
    assert values.tolist() == sorted(wanted)
    assert np.allclose(probabilities, [wanted[v] for v in values.tolist()], rtol=0, atol=1e-12)
    assert theory.bit_error(M, N, self_connections=self_connections, overlap=overlap) == pytest.approx(
        error, abs=1e-12
    )


@pytest.mark.parametrize(("M", "N"), [(2, 4), (3, 3), (3, 4), (4, 3)])
def test_pattern_error_is_an_estimate(M, N):
    """Units do not err independently; in the smallest networks the estimate is off by some per cent."""
    lost = sets = 0
    for S in all_sets(M, N):
        lost += any(naive_field(S, 0, i, False) < 0 for i in range(N))
        sets += 1
    estimate = theory.pattern_error(M, N)
    assert estimate == pytest.approx(1 - (1 - theory.bit_error(M, N)) ** N)
    assert abs(estimate - lost / sets) < 0.08
    assert (lost == 0) == (M == 2) == (estimate == 0)


def test_bit_error_in_exact_fractions():
    """Half a binomial tail, summed with math.comb, for sizes that nobody enumerates."""
    for M, N, own in [(14, 100, False), (14, 100, True), (5, 10, False), (3, 7, True), (20, 41, False)]:
        n = (M - 1) * (N - 1)
        needed = N + M - 1 if own else N - 1
        tail = sum(comb(n, k) for k in range(n + 1) if 2 * k - n < -needed)
        assert theory.bit_error(M, N, self_connections=own) == pytest.approx(
            float(Fraction(tail, 2**n)), rel=1e-9
        )


def test_two_patterns_never_err():
    for N in range(1, 40):
        assert (
            theory.bit_error(1, N)
            == theory.bit_error(2, N)
            == theory.bit_error(2, N, self_connections=True)
            == 0
        )
        assert theory.pattern_error(2, N) == 0


def test_the_gaussian_comes_close_and_its_limit_is_hertz_s_formula():
    for M, N in [(10, 100), (50, 400), (138, 1000)]:
        exact, near = theory.bit_error(M, N), theory.bit_error(M, N, gaussian=True)
        assert near == pytest.approx(exact, rel=0.15)
    for alpha in (0.1, 0.138, 0.3, 1.0):
        N = 200_000
        limit = erfc(sqrt(1 / (2 * alpha))) / 2
        assert theory.bit_error(round(alpha * N), N, gaussian=True) == pytest.approx(limit, rel=1e-3)
    assert theory.bit_error(1, 5, gaussian=True) == 0


def test_more_patterns_more_errors_more_units_fewer():
    by_M = [theory.bit_error(M, 101) for M in range(2, 60)]
    assert all(a < b for a, b in pairwise(by_M))
    by_N = [theory.bit_error(10, N) for N in range(11, 201, 10)]
    assert all(a > b for a, b in pairwise(by_N))
    assert theory.bit_error(10, 60, self_connections=True) < theory.bit_error(
        10, 60
    )  # self-connections hide errors


@pytest.mark.parametrize("overlap", [0.0, 0.05, 0.3, 0.9])
def test_the_distribution_is_one(overlap):
    for M, N in [(2, 30), (14, 100), (9, 60)]:
        values, p = theory.crosstalk(M, N, overlap=overlap)
        assert (p >= 0).all() and p.sum() == pytest.approx(1, abs=1e-9)
        mean = (M - 1) * (N - 1) * overlap**2
        assert values @ p == pytest.approx(mean, abs=1e-6)
        if overlap == 0:
            assert values**2 @ p == pytest.approx((M - 1) * (N - 1))
    p[:] = 7  # a caller may do as he likes with his copy
    assert theory.crosstalk(9, 60, overlap=overlap).probabilities.max() <= 1


def test_a_tiny_overlap_changes_little():
    near = theory.crosstalk(8, 50, overlap=1e-9).probabilities
    assert np.allclose(near, theory.crosstalk(8, 50).probabilities, rtol=0, atol=1e-6)


def test_strongly_related_patterns_lose_every_unit_that_deviates():
    """P tends to (1 - a) / 2, the share of units that differ from the template."""
    a = sqrt(0.5)
    assert theory.bit_error(40, 200, overlap=0.5) == pytest.approx((1 - a) / 2, abs=1e-3)


# ------------------------------------------------------------------ what is measured


@pytest.mark.parametrize("self_connections", [False, True])
@pytest.mark.parametrize("overlap", [0.0, 0.04, 0.25])
@pytest.mark.parametrize(("M", "N"), [(6, 40), (14, 100), (30, 60)])
def test_measured_histograms_agree_within_their_sampling_error(M, N, overlap, self_connections):
    """400 independent sets. Units of one set are not independent, sets are: the standard error of each
    share is that of a mean over sets. Eight bins and the share of unstable units, each within 4 of them."""
    rng, sets = np.random.default_rng([M, N, int(100 * overlap), self_connections]), 400
    values, p = theory.crosstalk(M, N, self_connections=self_connections, overlap=overlap)
    edges = np.interp(np.arange(1, 8) / 8, p.cumsum(), values)  # eight bins of about the same weight
    wanted = np.bincount(np.searchsorted(edges, values), p, minlength=8)
    measured, errors = np.zeros((sets, 8)), np.zeros(sets)
    for k in range(sets):
        found = theory.fields(patterns.correlated(M, N, overlap, rng), self_connections=self_connections)
        bins = np.searchsorted(edges, found.crosstalk.ravel())
        measured[k] = np.bincount(bins, minlength=8) / found.crosstalk.size
        errors[k] = 1 - found.stable.mean()
    z = (measured.mean(axis=0) - wanted) / (measured.std(axis=0, ddof=1) / sqrt(sets))
    assert np.abs(z).max() < 4
    P = theory.bit_error(M, N, self_connections=self_connections, overlap=overlap)
    spread = max(errors.std(ddof=1), sqrt(P / (M * N))) / sqrt(sets)
    assert abs(errors.mean() - P) < 4 * spread + 1e-12


def test_fewer_patterns_are_lost_than_if_units_erred_independently():
    """Errors come together: the estimate, 23 %, is too high by a fifth."""
    rng, lost = np.random.default_rng(0), []
    for _ in range(400):
        lost.append(1 - theory.fields(patterns.random(14, 100, rng)).stable.all(axis=1).mean())
    assert 0.18 < np.mean(lost) < 0.21 and 0.22 < theory.pattern_error(14, 100) < 0.24


def test_correlated_patterns_overlap_as_they_should():
    for overlap in (0.0, 0.1, 0.5, 1.0):
        s = patterns.correlated(30, 4000, overlap, rng=1)
        assert set(np.unique(s)) <= {-1, 1} and s.shape == (30, 4000)
        m = patterns.overlap(s, s)[np.triu_indices(30, 1)]
        assert abs(m.mean() - overlap) < 0.02
    assert (patterns.correlated(2, 9, 0.3, rng=5) == patterns.correlated(2, 9, 0.3, rng=5)).all()
    assert abs(patterns.correlated(1, 4000, 1, rng=1).mean()) < 0.1  # the template is random, too


# ------------------------------------------------------------------ recovery of one pattern, all cues


@pytest.mark.parametrize("N", [1, 2, 3, 4, 5, 6, *(pytest.param(N, marks=pytest.mark.slow) for N in (7, 8))])
def test_recovery_over_all_cues(N):
    s = np.ones(N, int)
    cues = np.array(list(product((1, -1), repeat=N)))
    net = binary.Network(learning.hebb(s))
    ends = np.array([net.recall(cues, "random", rng=r).final.sum(axis=1) for r in range(200)])
    wrong = (cues < 0).sum(axis=1)
    for k, expected in enumerate(theory.recovery(N)):
        share = (ends[:, wrong == k] == N).mean()
        if expected in (0, 1):
            assert share == expected
        else:  # a coin for each of the 200 comb(N, k) recalls
            assert abs(share - expected) < 4 * 0.5 / sqrt(200 * comb(N, k))


# ------------------------------------------------------------------ two patterns, all spoiled cues


@pytest.mark.parametrize(("d", "N", "wrong"), [(1, 6, 2), (3, 6, 3), (4, 7, 3), (7, 7, 4), (2, 5, 5)])
def test_outvoted_over_all_choices_of_wrong_units(d, N, wrong):
    votes = [sum(i < d for i in chosen) for chosen in combinations(range(N), wrong)]
    share = sum(2 * v > d or (2 * v == d) / 2 for v in votes) / len(votes)
    assert theory.outvoted(d, N, wrong) == pytest.approx(share, abs=1e-12)


@pytest.mark.parametrize(("d", "N", "wrong"), [(3, 9, 4), (4, 11, 3), (5, 12, 6)])
def test_two_patterns_are_two_votes(d, N, wrong):
    """Every choice of wrong units, many random orders: the pattern, its rival, or their inverses."""
    s = np.ones((2, N), int)
    s[1, :d] = -1
    net = binary.Network(learning.hebb(s))
    cues = np.ones((comb(N, wrong), N), int)
    for row, chosen in zip(cues, combinations(range(N), wrong), strict=True):
        row[list(chosen)] = -1
    ends = np.concatenate([net.recall(cues, "random", rng=r).final for r in range(20)])
    assert (np.abs(ends[:, :d].sum(axis=1)) == d).all()
    assert (np.abs(ends[:, d:].sum(axis=1)) == N - d).all()
    assert abs((ends[:, 0] < 0).mean() - theory.outvoted(d, N, wrong)) < 0.02
    assert abs((ends[:, -1] < 0).mean() - theory.outvoted(N - d, N, wrong)) < 0.02


# ------------------------------------------------------------------ bad input


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: theory.fields([1, -1]), ValueError, "patterns has shape"),
        (lambda: theory.fields([[0, 1]]), ValueError, "0/1"),
        (lambda: theory.contributions([[1, -1]], 1, 0), ValueError, "pattern is 1"),
        (lambda: theory.contributions([[1, -1]], 0, 2), ValueError, "unit is 2"),
        (lambda: theory.crosstalk(0, 5), ValueError, "M is 0"),
        (lambda: theory.crosstalk(2, 2.5), TypeError, "N is 2.5"),
        (lambda: theory.crosstalk(2, 2, overlap=-0.1), ValueError, "overlap is -0.1"),
        (lambda: theory.bit_error(2, 0), ValueError, "N is 0"),
        (lambda: theory.bit_error(2, 2, overlap=2), ValueError, "overlap is 2"),
        (lambda: theory.bit_error(2, 2, overlap=0.1, gaussian=True), ValueError, "gaussian"),
        (lambda: theory.pattern_error(1.0, 3), TypeError, "M is 1.0"),
        (lambda: theory.outvoted(4, 3, 0), ValueError, "d is 4"),
        (lambda: theory.outvoted(1, 3, -1), ValueError, "wrong is -1"),
        (lambda: theory.recovery(0), ValueError, "N is 0"),
        (lambda: patterns.correlated(2, 3, 1.5, rng=0), ValueError, "overlap is 1.5"),
        (lambda: patterns.correlated(2, 3, 0.5, rng=None), ValueError, "rng"),
    ],
)
def test_bad_input(call, error, words):
    with pytest.raises(error, match=words):
        call()


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: theory.bit_error(14, 100, 0.3), TypeError, "positional"),
        (
            lambda: theory.bit_error(14, 100, self_connections=0.3),
            TypeError,
            "self_connections is 0.3; True or",
        ),
        (lambda: theory.bit_error(14, 100, gaussian=1), TypeError, "gaussian is 1; True or False"),
        (lambda: theory.crosstalk(3, 4, self_connections="no"), TypeError, "self_connections is 'no'"),
        (lambda: theory.fields([[1, -1]], self_connections=1), TypeError, "self_connections is 1"),
        (
            lambda: theory.contributions([[1, 1]], 0, 0, self_connections=None),
            TypeError,
            "self_connections is N",
        ),
        (lambda: theory.pattern_error(3, 4, self_connections=2), TypeError, "self_connections is 2"),
        (
            lambda: theory.crosstalk(10**6, 10**6),
            ValueError,
            "M = 1000000, N = 1000000: .* the limit is 2 GiB",
        ),
        (lambda: theory.crosstalk(10**5, 10**3), ValueError, "M = 100000, N = 1000: .* the limit is"),
        (
            lambda: theory.crosstalk(3, 10**9),
            ValueError,
            "N is 1000000000; it must be between 1 and 67108864",
        ),
        (
            lambda: theory.crosstalk(200, 10**4, overlap=0.999999),
            ValueError,
            "M = 200, N = 10000: .* limit is",
        ),
        (lambda: theory.bit_error(10**30, 5), ValueError, "M is 10+; it must be between"),
        (lambda: theory.recovery(6 * 10**7), ValueError, "N = 60000000: .* the limit is 2 GiB"),
        (
            lambda: theory.outvoted(3, 10**9, 2),
            ValueError,
            "N is 1000000000; it must be between 1 and 67108864",
        ),
        (
            lambda: theory.fields(np.ones((5, 10, 10), int)),
            ValueError,
            r"flat, one per row: patterns.reshape\(5, -1",
        ),
    ],
)
def test_flags_are_flags_and_what_is_too_large_is_refused_at_once(call, error, words):
    with pytest.raises(error, match=words):
        call()


@pytest.mark.parametrize(
    "case", [(5, 9, 4), (10, 100, 40), (1, 1, 1), (7, 7, 3), (90, 100, 95), (40, 1000, 900)]
)
def test_outvoted_is_the_hypergeometric_tail(case):
    d, N, wrong = case
    total = sum(
        Fraction(comb(d, k) * comb(N - d, wrong - k), comb(N, wrong))
        * (Fraction(1, 2) if 2 * k == d else 2 * k > d)
        for k in range(max(0, wrong - N + d), min(d, wrong) + 1)
    )
    assert theory.outvoted(d, N, wrong) == pytest.approx(float(total), abs=1e-13)


def test_outvoted_of_a_million_units():
    assert theory.outvoted(10**6, 2 * 10**6, 10**6) == pytest.approx(0.5, abs=1e-9)
    assert theory.outvoted(3, 10**7, 2) == pytest.approx(3 * 2 * 1e-14 / 2, rel=1e-4)


@pytest.mark.parametrize(("n", "p"), [(0, 0.5), (1, 0.99), (7, 1.0), (99, 0.9), (1287, 0.5), (7761, 0.3)])
def test_binomial_probabilities_agree_with_scipy(n, p):
    expected = binom.pmf(np.arange(n + 1), n, p)
    assert _binomial.pmf(n, p) == pytest.approx(expected, rel=1e-10, abs=1e-290)
    for k in (-1, 0, 1, n // 3, n, n + 1):
        assert _binomial.below(k, n) == pytest.approx(binom.cdf(k - 1, n, 0.5), rel=1e-10)


def test_many_throws_are_left_to_scipy():
    n = _binomial.PLAIN
    assert _binomial.below(n // 2, n + 1) == pytest.approx(_binomial.below(n // 2, n), rel=1e-2)
