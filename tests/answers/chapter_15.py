"""Right and wrong answers to the exercises of chapter 15: memory and imagination."""

from __future__ import annotations

import math
from collections import Counter
from itertools import pairwise

import numpy as np

from answers import changed, column, right, wrong
from hopfield_edu import diffusion, feedback

# best_guess


@right("best_guess")
def as_a_softmax_of_products(patterns, noisy, sigma):
    z = (patterns @ noisy - (patterns**2).sum(axis=1) / 2) / sigma**2
    p = np.exp(z - z.max())
    return (p / p.sum()) @ patterns


@right("best_guess")
def with_scipy_softmax(patterns, noisy, sigma):
    from scipy.special import softmax

    return softmax(-(np.linalg.norm(patterns - noisy, axis=1) ** 2) / (2 * sigma**2)) @ patterns


@right("best_guess")
def by_logsumexp(patterns, noisy, sigma):
    from scipy.special import logsumexp

    z = -((patterns - noisy) ** 2).sum(axis=1) / 2 / sigma**2
    return np.exp(z - logsumexp(z)) @ patterns


@right("best_guess")
def in_lists_of_floats(patterns, noisy, sigma):
    gaps = [sum((float(a) - float(b)) ** 2 for a, b in zip(x, noisy, strict=True)) for x in patterns]
    weights = [math.exp(-(gap - min(gaps)) / (2 * sigma**2)) for gap in gaps]
    cells = range(len(noisy))
    return [
        sum(w * float(x[i]) for w, x in zip(weights, patterns, strict=True)) / sum(weights) for i in cells
    ]


@right("best_guess")
def from_the_library(patterns, noisy, sigma):
    return diffusion.denoise(noisy, patterns, sigma)


@wrong("best_guess", "norm term forgotten")
def softmax_step_of_chapter_13(patterns, noisy, sigma):
    z = patterns @ noisy / sigma**2
    p = np.exp(z - z.max())
    return p / p.sum() @ patterns


@wrong("best_guess", "overflow")
def formula_as_it_stands(patterns, noisy, sigma):
    p = np.exp(-((patterns - noisy) ** 2).sum(axis=1) / (2 * sigma**2))
    return p / p.sum() @ patterns


@wrong("best_guess", "noise not squared")
def sigma_alone(patterns, noisy, sigma):
    gaps = ((patterns - noisy) ** 2).sum(axis=1)
    p = np.exp(-(gaps - gaps.min()) / (2 * sigma))
    return p / p.sum() @ patterns


@wrong("best_guess", "two forgotten")
def without_the_two(patterns, noisy, sigma):
    gaps = ((patterns - noisy) ** 2).sum(axis=1)
    p = np.exp(-(gaps - gaps.min()) / sigma**2)
    return p / p.sum() @ patterns


@wrong("best_guess", "nearest picture")
def nearest(patterns, noisy, sigma):
    return patterns[((patterns - noisy) ** 2).sum(axis=1).argmin()]


@wrong("best_guess", "chances returned")
def shares_only(patterns, noisy, sigma):
    gaps = ((patterns - noisy) ** 2).sum(axis=1)
    p = np.exp(-(gaps - gaps.min()) / (2 * sigma**2))
    return p / p.sum()


@wrong("best_guess", "distance not squared")
def norm_not_squared(patterns, noisy, sigma):
    gaps = np.linalg.norm(patterns - noisy, axis=1)
    p = np.exp(-(gaps - gaps.min()) / (2 * sigma**2))
    return p / p.sum() @ patterns


@right("best_guess")
def by_the_odds(patterns, noisy, sigma):
    """One over the sum of all odds against a picture: infinite odds are no chance."""
    gaps = ((noisy - patterns) ** 2).sum(axis=1) / (2 * sigma**2)
    with np.errstate(over="ignore"):
        p = [1 / np.exp(mine - gaps).sum() for mine in gaps]
    return np.average(patterns, axis=0, weights=p)


def _plain_chances(patterns, noisy, sigma):
    return np.exp(-((patterns - noisy) ** 2).sum(axis=1) / (2 * sigma**2))


@wrong("best_guess", "wrong far away only")
def else_the_nearest(patterns, noisy, sigma):
    p = _plain_chances(patterns, noisy, sigma)
    return nearest(patterns, noisy, sigma) if p.sum() == 0 else p @ patterns / p.sum()


@wrong("best_guess", "wrong far away only")
def else_what_is_seen(patterns, noisy, sigma):
    p = _plain_chances(patterns, noisy, sigma)
    return noisy if p.sum() == 0 else p @ patterns / p.sum()


@wrong("best_guess", "zero far away")
def a_small_number_below_the_line(patterns, noisy, sigma):
    p = _plain_chances(patterns, noisy, sigma)
    return p @ patterns / (p.sum() + 1e-300)


@wrong("best_guess", "largest gap taken off")
def the_largest_off(patterns, noisy, sigma):
    gaps = ((patterns - noisy) ** 2).sum(axis=1)
    with np.errstate(over="ignore", invalid="ignore"):
        p = np.exp(-(gaps - gaps.max()) / (2 * sigma**2))
        return p / p.sum() @ patterns


@wrong("best_guess", "pictures stored twice counted once")
def without_twins(patterns, noisy, sigma):
    return as_a_softmax_of_products(np.unique(patterns, axis=0), noisy, sigma)


@wrong("best_guess", "each cell for itself")
def cell_by_cell(patterns, noisy, sigma):
    return [
        as_a_softmax_of_products(patterns[:, i : i + 1], noisy[i : i + 1], sigma)[0]
        for i in range(len(noisy))
    ]


@wrong("best_guess", "multiplied with sigma squared")
def beta_is_sigma_squared(patterns, noisy, sigma):
    return as_a_softmax_of_products(patterns, noisy, 1 / sigma)


@wrong("best_guess", "one step of the score")
def noisy_and_its_score(patterns, noisy, sigma):
    return noisy + (as_a_softmax_of_products(patterns, noisy, sigma) - noisy) / sigma**2


@wrong("best_guess", "sizes instead of squares")
def along_the_streets(patterns, noisy, sigma):
    z = -np.abs(patterns - noisy).sum(axis=1) / (2 * sigma**2)
    p = np.exp(z - z.max())
    return p / p.sum() @ patterns


@wrong("best_guess", "difference returned")
def the_way_to_the_guess(patterns, noisy, sigma):
    return as_a_softmax_of_products(patterns, noisy, sigma) - noisy


@wrong("best_guess", "the sum changes in the loop")
def divided_while_it_changes(patterns, noisy, sigma):
    gaps = ((patterns - noisy) ** 2).sum(axis=1) / (2 * sigma**2)
    p = np.exp(gaps.min() - gaps)
    for k in range(len(p)):
        p[k] = p[k] / p.sum()
    return p @ patterns


@wrong("best_guess", "divided by the number of pictures")
def mean_over_the_pictures(patterns, noisy, sigma):
    gaps = ((patterns - noisy) ** 2).sum(axis=1) / (2 * sigma**2)
    p = np.exp(gaps.min() - gaps)
    p = p / p.sum()
    return sum(p[k] * patterns[k] for k in range(len(p))) / len(p)


@wrong("best_guess", "mean over the cells")
def mean_of_the_squares(patterns, noisy, sigma):
    z = -((patterns - noisy) ** 2).mean(axis=1) / (2 * sigma**2)
    p = np.exp(z - z.max())
    return p / p.sum() @ patterns


# noise_score


@right("noise_score")
def row_by_row(patterns, noisy, sigma):
    return [(as_a_softmax_of_products(patterns, y, sigma) - y) / sigma**2 for y in noisy]


@right("noise_score")
def by_products_of_matrices(patterns, noisy, sigma):
    z = (noisy @ patterns.T - (patterns**2).sum(axis=1) / 2) / sigma**2
    p = np.exp(z - z.max(axis=1, keepdims=True))
    return (p @ patterns / p.sum(axis=1, keepdims=True) - noisy) / sigma**2


@right("noise_score")
def as_a_mean_of_differences(patterns, noisy, sigma):
    away = patterns - noisy[:, None, :]
    z = -(away**2).sum(axis=2) / (2 * sigma**2)
    p = np.exp(z - z.max(axis=1)[:, None])
    return np.einsum("bm,bmn->bn", p / p.sum(axis=1)[:, None], away) / sigma**2


@wrong("noise_score", "norm term forgotten")
def score_of_the_step(patterns, noisy, sigma):
    z = noisy @ patterns.T / sigma**2
    p = np.exp(z - z.max(axis=1, keepdims=True))
    return (p @ patterns / p.sum(axis=1, keepdims=True) - noisy) / sigma**2


@wrong("noise_score", "divided by sigma")
def over_sigma(patterns, noisy, sigma):
    return by_products_of_matrices(patterns, noisy, sigma) * sigma


@wrong("noise_score", "not divided")
def difference(patterns, noisy, sigma):
    return by_products_of_matrices(patterns, noisy, sigma) * sigma**2


@wrong("noise_score", "uphill and downhill exchanged")
def away_from_the_guess(patterns, noisy, sigma):
    return -by_products_of_matrices(patterns, noisy, sigma)


@wrong("noise_score", "guess alone")
def only_the_guess(patterns, noisy, sigma):
    return np.array([as_a_softmax_of_products(patterns, y, sigma) for y in noisy])


@wrong("noise_score", "overflow")
def score_as_it_stands(patterns, noisy, sigma):
    with np.errstate(invalid="ignore"):
        return np.array([(formula_as_it_stands(patterns, y, sigma) - y) / sigma**2 for y in noisy])


@wrong("noise_score", "two forgotten")
def score_without_the_two(patterns, noisy, sigma):
    return np.array([(without_the_two(patterns, y, sigma) - y) / sigma**2 for y in noisy])


@wrong("noise_score", "one softmax for all products")
def one_largest_for_all(patterns, noisy, sigma):
    z = (noisy @ patterns.T - (patterns**2).sum(axis=1) / 2) / sigma**2
    p = np.exp(z - z.max())
    return (p / p.sum() @ patterns - noisy) / sigma**2


@wrong("noise_score", "softmax over the batch, of products")
def down_the_columns(patterns, noisy, sigma):
    z = (noisy @ patterns.T - (patterns**2).sum(axis=1) / 2) / sigma**2
    p = np.exp(z - z.max(axis=0))
    return (p / p.sum(axis=0) @ patterns - noisy) / sigma**2


@wrong("noise_score", "last of the batch")
def overwritten(patterns, noisy, sigma):
    score = np.zeros(noisy.shape)
    for y in noisy:
        score[:] = (as_a_softmax_of_products(patterns, y, sigma) - y) / sigma**2
    return score


@wrong("noise_score", "first row alone", "return inside the loop")
def first_row(patterns, noisy, sigma):
    return (as_a_softmax_of_products(patterns, noisy[0], sigma) - noisy[0]) / sigma**2


@wrong("noise_score", "direction alone")
def of_length_one(patterns, noisy, sigma):
    away = by_products_of_matrices(patterns, noisy, sigma)
    return away / np.maximum(np.linalg.norm(away, axis=1, keepdims=True), 1e-300)


@wrong("noise_score", "differences without chances")
def added_up(patterns, noisy, sigma):
    return np.array([(patterns - y).sum(axis=0) / sigma**2 for y in noisy])


@wrong("noise_score", "one largest exponent for the batch, of distances")
def one_maximum_for_all_rows(patterns, noisy, sigma):
    z = -((noisy[:, None] - patterns) ** 2).sum(axis=-1) / (2 * sigma**2)
    p = np.exp(z - z.max())
    return (p / p.sum(axis=1, keepdims=True) @ patterns - noisy) / sigma**2


@wrong("noise_score", "one sum for the whole batch")
def one_sum_for_all_rows(patterns, noisy, sigma):
    z = -((noisy[:, None] - patterns) ** 2).sum(axis=-1) / (2 * sigma**2)
    p = np.exp(z - z.max(axis=1, keepdims=True))
    return (p / np.sum(p) @ patterns - noisy) / sigma**2


@wrong("noise_score", "raises an error")
def one_call_for_the_batch(patterns, noisy, sigma):
    def guess(patterns, noisy, sigma):
        gaps = ((patterns - noisy) ** 2).sum(axis=1)
        p = np.exp(-(gaps - gaps.min()) / (2 * sigma**2))
        return p / p.sum() @ patterns

    return (guess(patterns, noisy, sigma) - noisy) / sigma**2


@wrong("noise_score", "scores added up")
def added_to_all_rows(patterns, noisy, sigma):
    total = np.zeros(noisy.shape)
    for y in noisy:
        total += (in_lists_of_floats(patterns, y, sigma) - y) / sigma**2
    return total


@wrong("noise_score", "mean over the cells")
def score_with_the_mean(patterns, noisy, sigma):
    return np.array([(mean_of_the_squares(patterns, y, sigma) - y) / sigma**2 for y in noisy])


@wrong("noise_score", "guess of the first row for all rows")
def one_guess_for_all(patterns, noisy, sigma):
    return (as_a_softmax_of_products(patterns, noisy[0], sigma) - noisy) / sigma**2


@wrong("noise_score", "guess of the last row for all rows")
def the_guess_that_is_left(patterns, noisy, sigma):
    for y in noisy:
        guess = as_a_softmax_of_products(patterns, y, sigma)
    return (guess - noisy) / sigma**2


# honest_count


@right("honest_count")
def with_numpy(samples, stored, valid):
    old = (samples[:, None] == stored).all(axis=2).any(axis=1)
    fine = (samples[:, None] == valid).all(axis=2).any(axis=1)
    fresh = samples[fine & ~old]
    return old.sum(), len(fresh), (~old & ~fine).sum(), len(np.unique(fresh, axis=0))


@right("honest_count")
def with_a_counter_of_bytes(samples, stored, valid):
    known, fine = ({bytes(row.astype(np.int8)) for row in part} for part in (stored, valid))
    drawn = Counter(bytes(row.astype(np.int8)) for row in samples)
    fresh = {key: times for key, times in drawn.items() if key in fine and key not in known}
    old = sum(times for key, times in drawn.items() if key in known)
    return [old, sum(fresh.values()), len(samples) - old - sum(fresh.values()), len(fresh)]


@right("honest_count")
def with_the_library(samples, stored, valid):
    found = diffusion.judge(samples, stored, valid)
    return found.stored, found.new, found.wrong, found.found


@wrong("honest_count", "all that is not stored is new")
def anything_else_is_new(samples, stored, valid):
    known = {tuple(x) for x in stored}
    fresh = [tuple(y) for y in samples if tuple(y) not in known]
    return len(samples) - len(fresh), len(fresh), 0, len(set(fresh))


@wrong("honest_count", "repeats counted as different")
def not_in_a_set(samples, stored, valid):
    old, new, spoilt, _ = with_numpy(samples, stored, valid)
    return old, new, spoilt, new


@wrong("honest_count", "labels counted")
def by_the_last_name(samples, stored, valid):
    names = {tuple(x): k for k, x in enumerate(valid)}  # a twin overwrites the name
    known = {tuple(x) for x in stored}
    kinds, fresh = [], set()
    for y in map(tuple, samples):
        if y not in names:
            kinds.append("old" if y in known else "wrong")
        elif names[y] < len(stored):
            kinds.append("old")
        else:
            kinds.append("new")
            fresh.add(y)
    return kinds.count("old"), kinds.count("new"), kinds.count("wrong"), len(fresh)


@wrong("honest_count", "all that is valid is new")
def valid_first(samples, stored, valid):
    known, fine = ({tuple(x) for x in part} for part in (stored, valid))
    drawn = [tuple(y) for y in samples]
    fresh = [y for y in drawn if y in fine]
    old = sum(y in known and y not in fine for y in drawn)
    return old, len(fresh), len(drawn) - old - len(fresh), len(set(fresh))


@right("honest_count")
def with_big_integers(samples, stored, valid):
    """A binary number for each picture, as long as it has to be."""
    named = [
        [int("".join("1" if v > 0 else "0" for v in row), 2) for row in part] for part in (stored, valid)
    ]
    drawn = [int("".join("1" if v > 0 else "0" for v in row), 2) for row in samples]
    kinds = ["stored" if n in named[0] else "new" if n in named[1] else "wrong" for n in drawn]
    fresh = {n for n, name in zip(drawn, kinds, strict=True) if name == "new"}
    return np.array([*(kinds.count(name) for name in ("stored", "new", "wrong")), len(fresh)], float)


@wrong("honest_count", "codes too long")
def with_64_bits(samples, stored, valid):
    s, known, fine = ((part > 0) @ 2 ** np.arange(part.shape[1]) for part in (samples, stored, valid))
    old = np.isin(s, known)
    new = np.isin(s, fine) & ~old
    return old.sum(), new.sum(), (~old & ~new).sum(), len(np.unique(s[new]))


@wrong("honest_count", "wrong for larger pictures only")
def with_64_bits_for_the_different_ones(samples, stored, valid):
    old, new, spoilt, _ = with_numpy(samples, stored, valid)
    fine, known = ((samples[:, None] == part).all(axis=2).any(axis=1) for part in (valid, stored))
    return old, new, spoilt, len(np.unique(samples[fine & ~known] @ 2 ** np.arange(samples.shape[1])))


@wrong("honest_count", "codes too long for a float", "codes too long for a float, last cell first")
def with_powers_of_two(samples, stored, valid):
    def codes(part):
        return [sum(2.0**i for i in range(len(row)) if row[i] > 0) for row in part]

    known, fine = codes(stored), codes(valid)
    new = [c for c in codes(samples) if c in fine and c not in known]
    old = sum(c in known for c in codes(samples))
    return old, len(new), len(samples) - old - len(new), len(set(new))


@wrong("honest_count", "bytes compared")
def bytes_of_rows(samples, stored, valid):
    known, fine = ({x.tobytes() for x in part} for part in (stored, valid))
    drawn = [y.tobytes() for y in samples]
    new = [y for y in drawn if y in fine and y not in known]
    old = sum(y in known for y in drawn)
    return old, len(new), len(drawn) - old - len(new), len(set(new))


@wrong("honest_count", "rows of `stored` instead of samples")
def stored_ones_dreamt(samples, stored, valid):
    drawn = samples.tolist()
    return sum(x in drawn for x in stored.tolist()), *with_numpy(samples, stored, valid)[1:]


@wrong("honest_count", "rows of `valid` instead of samples")
def valid_ones_dreamt(samples, stored, valid):
    drawn, known = samples.tolist(), stored.tolist()
    old, _, bad, different = with_numpy(samples, stored, valid)
    return old, sum(x in drawn and x not in known for x in valid.tolist()), bad, different


@wrong("honest_count", "those that come once")
def only_singles(samples, stored, valid):
    known, fine = stored.tolist(), valid.tolist()
    new = [y for y in samples.tolist() if y in fine and y not in known]
    return *with_numpy(samples, stored, valid)[:3], sum(new.count(y) == 1 for y in new)


@wrong("honest_count", "never less than one")
def changes_and_one(samples, stored, valid):
    known, fine = stored.tolist(), valid.tolist()
    new = sorted(y for y in samples.tolist() if y in fine and y not in known)
    different = 1
    for a, b in pairwise(new):
        different += a != b
    return *with_numpy(samples, stored, valid)[:3], different


@wrong("honest_count", "shares and a number")
def in_shares(samples, stored, valid):
    old, new, bad, different = with_numpy(samples, stored, valid)
    return old / len(samples), new / len(samples), bad / len(samples), different


@wrong("honest_count", "nearly equal")
def near_enough(samples, stored, valid):
    old, fine = ((samples @ part.T > 0.7 * samples.shape[1]).any(axis=1) for part in (stored, valid))
    new = fine & ~old
    return old.sum(), new.sum(), (~old & ~fine).sum(), len(np.unique(samples[new], axis=0))


@wrong("honest_count", "wrong for larger pictures only")
def of_the_first_cells(samples, stored, valid):
    return with_numpy(samples[:, :10], stored[:, :10], valid[:, :10])


@wrong("honest_count", "one equal cell is enough")
def in_an_array(samples, stored, valid):
    kinds = ["old" if y in stored else "new" if y in valid else "wrong" for y in samples]
    fresh = {tuple(y) for y, name in zip(samples, kinds, strict=True) if name == "new"}
    return *(kinds.count(name) for name in ("old", "new", "wrong")), len(fresh)


@wrong("honest_count", "twins in `stored` counted again, the rest is wrong")
def every_pair(samples, stored, valid):
    old = sum(np.array_equal(y, x) for y in samples for x in stored)
    _, new, _, different = with_numpy(samples, stored, valid)
    return old, new, len(samples) - old - new, different


@wrong("honest_count", "twins in `valid` counted again")
def every_name(samples, stored, valid):
    old, _, bad, different = with_numpy(samples, stored, valid)
    known = {tuple(x) for x in stored}
    return (
        old,
        sum(tuple(y) not in known and tuple(y) == tuple(x) for y in samples for x in valid),
        bad,
        different,
    )


@wrong("honest_count", "used up")
def removed_when_found(samples, stored, valid):
    left, fine = [tuple(x) for x in stored], {tuple(x) for x in valid}
    old, fresh, bad = 0, [], 0
    for y in map(tuple, samples):
        if y in left:
            left.remove(y)
            old += 1
        elif y in fine:
            fresh.append(y)
        else:
            bad += 1
    return old, len(fresh), bad, len(set(fresh))


@wrong("honest_count", "stored ones counted as wrong as well")
def not_valid_is_wrong(samples, stored, valid):
    old, new, _, different = with_numpy(samples, stored, valid)
    return old, new, (~(samples[:, None] == valid).all(axis=2).any(axis=1)).sum(), different


@wrong(
    "honest_count",
    "stored ones taken off the valid ones",
    "stored ones taken off the valid ones, the rest is wrong",
)
def a_difference_of_two_numbers(samples, stored, valid):
    old, _, _, different = feedback.honest_count.solution(samples, stored, valid)
    inside = sum(tuple(y) in {tuple(x) for x in valid} for y in samples)
    return old, inside - old, len(samples) - inside, different


@wrong("honest_count", "stored ones taken off the valid ones")
def a_difference_beside_the_right_wrong_ones(samples, stored, valid):
    old, _, wrong_ones, different = feedback.honest_count.solution(samples, stored, valid)
    inside = sum(tuple(y) in {tuple(x) for x in valid} for y in samples)
    return old, inside - old, wrong_ones, different


@wrong("honest_count", "stored ones asked again")
def if_in_place_of_elif(samples, stored, valid):
    known, right_ones = {tuple(x) for x in stored}, {tuple(x) for x in valid}
    old = new = wrong_ones = 0
    different = set()
    for y in map(tuple, samples):
        if y in known:
            old += 1
        if y in right_ones:
            new += 1
            different.add(y)
        else:
            wrong_ones += 1
    return old, new, wrong_ones, len(different)


@wrong("honest_count", "stored ones asked again, but not counted as different")
def if_in_place_of_elif_but_once(samples, stored, valid):
    known, right_ones = {tuple(x) for x in stored}, {tuple(x) for x in valid}
    old, new, wrong_ones, _ = if_in_place_of_elif(samples, stored, valid)
    return old, new, wrong_ones, len({tuple(y) for y in samples} & right_ones - known)


@wrong("honest_count", "different new ones twice")
def new_once_each(samples, stored, valid):
    old, _, bad, different = with_numpy(samples, stored, valid)
    return old, different, bad, different


@wrong("honest_count", "different stored ones")
def stored_once_each(samples, stored, valid):
    _, *rest = with_numpy(samples, stored, valid)
    known = samples[(samples[:, None] == stored).all(axis=2).any(axis=1)]
    return len(np.unique(known, axis=0)), *rest


@wrong("honest_count", "different values")
def unique_without_an_axis(samples, stored, valid):
    old = (samples[:, None] == stored).all(axis=2).any(axis=1)
    fine = (samples[:, None] == valid).all(axis=2).any(axis=1)
    fresh = samples[fine & ~old]
    return old.sum(), len(fresh), (~old & ~fine).sum(), len(np.unique(fresh))


@wrong("honest_count", "inverse taken for the picture")
def up_to_the_sign(samples, stored, valid):
    N = samples.shape[1]
    old, fine = ((np.abs(samples @ part.T) == N).any(axis=1) for part in (stored, valid))
    new = fine & ~old
    return old.sum(), new.sum(), (~old & ~fine).sum(), len(np.unique(samples[new], axis=0))


@wrong("honest_count", "order of the cells lost everywhere")
def by_the_sums(samples, stored, valid):
    s, known, fine = (part.sum(axis=1) for part in (samples, stored, valid))
    old = np.isin(s, known)
    new = np.isin(s, fine) & ~old
    return old.sum(), new.sum(), (~old & ~new).sum(), len(np.unique(s[new]))


@wrong("honest_count", "results in another order")
def new_ones_first(samples, stored, valid):
    old, new, bad, different = with_numpy(samples, stored, valid)
    return new, different, old, bad


# tables and examples

GAPS = feedback.denoiser_derivation.solution
FROZEN = feedback.freezing_order.solution
ROWS = list(FROZEN)

TABLES = [
    (
        "freezing_order",
        changed(FROZEN, ("blush", 0, 72), ("blush", 1, 4.24), ("blush", 2, 2), ("mouth", 2, 3)),
        "change of the blush not squared",
    ),
    ("denoiser_derivation", {**GAPS, "a": -1, "b": 2, "c": -1}, "half forgotten"),
    ("denoiser_derivation", {**GAPS, "f": 2}, "inner derivative forgotten"),
    ("denoiser_derivation", {**GAPS, "i": 1}, "uphill"),
    ("denoiser_derivation", {**GAPS, "g": 2, "h": -2}, "multiplied instead of divided"),
    ("denoiser_derivation", {**GAPS, "g": -1, "h": 1}, "divided by sigma only"),
    ("denoiser_derivation", {**GAPS, "b": 0, "c": 1 / 2}, "difference of squares"),
    ("denoiser_derivation", {**GAPS, "d": 1, "e": 2}, "what remains counted"),
    ("denoiser_derivation", {**GAPS, "e": 0}, "norms always differ"),
    ("denoiser_derivation", {**GAPS, "h": 0}, "nothing before the logarithm"),
    ("denoiser_derivation", {**GAPS, "e": 2}, "norms always cancel"),
    (
        "freezing_order",
        {row: [n, n**0.5, k] for row, n, k in zip(ROWS, (25, 16, 36, 4), (2, 3, 1, 4), strict=True)},
        "cells counted",
    ),
    ("freezing_order", column(FROZEN, 2, [4, 3, 2, 1]), "order turned round"),
    ("freezing_order", column(FROZEN, 2, [2, 3, 1, 4]), "order by the number of cells"),
    ("freezing_order", column(FROZEN, 1, [50, 32, 18, 8]), "half of the squared distance"),
    ("freezing_order", column(FROZEN, 0, [25, 16, 36, 4]), "every change of one"),
    (
        "freezing_order",
        column(column(FROZEN, 1, [5, 4, 6, 2]), 2, [2, 3, 1, 4]),
        "root of the cells for the blush",
    ),
    (
        "freezing_order",
        {row: [n, n**0.5 / 2, k] for row, n, k in zip(ROWS, (100, 64, 9, 16), (1, 2, 4, 3), strict=True)},
        "half a change for the blush",
    ),
    ("freezing_order", changed(FROZEN, *((row, 1, 2 * FROZEN[row][1]) for row in ROWS)), "half forgotten"),
]

EXAMPLES = [
    ("longer_wins", ([[0], [1]], [0.2]), None),
    ("longer_wins", ([[1, 1, 1], [1, 0, 0]], [0.9, 0.3, 0.1]), None),
    ("longer_wins", ([[1, 0], [1, 1]], [1, 0.8]), "the nearer one wins"),
    ("longer_wins", ([[1, -1], [1, 1]], [1, 0.8]), "coded with ±1"),
    ("longer_wins", ([[1, 0], [0, 1]], [1, 0.8]), "equal norms"),
    ("longer_wins", ([[1, 1], [1, 1]], [1, 0.2]), "the same picture twice"),
    ("longer_wins", ([[0], [1]], [0.5]), "equally near"),
    ("longer_wins", ([[0], [1]], [-0.2]), "the nearer one wins"),
]
