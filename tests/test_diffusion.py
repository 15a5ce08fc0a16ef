"""The best guess of a noisy picture: against plain Python, its energy, its windows, and what it dreams."""

from __future__ import annotations

import pickle
from math import exp, log

import numpy as np
import pytest

from hopfield_edu import datasets, diffusion, modern

FACES = datasets.portraits()
BANDS = diffusion.bands((24, 24), [8, 15])
NOISES = diffusion.noises(30, 0.05, 40)
GREY = np.random.default_rng(5).normal(size=(4, 6))  # of different norms
THREE_ROWS = diffusion.windows((3, 2), 3)
TWO_BANDS = diffusion.bands((3, 2), [1])


def naive(y, patterns, sigma, sees):
    """Plain Python: the chance of each pattern, and the energy, from what is seen."""
    gaps = [sum((y[i] - x[i]) ** 2 for i in sees) for x in patterns]
    w = [exp(-gap / (2 * sigma**2)) for gap in gaps]
    return [one / sum(w) for one in w], -(sigma**2) * log(sum(w) / len(w))


def slope(f, y, h=1e-5):
    """df/dy_j by central differences, as the last axis."""
    return np.stack([(f(y + h * e) - f(y - h * e)) / (2 * h) for e in np.eye(len(y))], axis=-1)


def test_guess_attention_and_energy_are_those_of_plain_python():
    for sigma in (0.4, 1.0, 3.0):
        Y = np.random.default_rng(1).normal(size=(5, 6))
        for windows in (None, THREE_ROWS, TWO_BANDS):
            pairs = windows or [(range(6), range(6))]
            p = diffusion.attention(Y, GREY, sigma, windows=windows)
            guess = diffusion.denoise(Y, GREY, sigma, windows=windows)
            for b, y in enumerate(Y):
                for k, (sees, sets) in enumerate(pairs):
                    shares, _ = naive(y, GREY, sigma, sees)
                    assert np.allclose(p[b] if windows is None else p[b, k], shares, atol=1e-12)
                    assert np.allclose(guess[b, list(sets)], [shares @ GREY[:, i] for i in sets], atol=1e-12)
                if windows is not THREE_ROWS:
                    E = sum(naive(y, GREY, sigma, sees)[1] for sees, _ in pairs)
                    assert np.isclose(diffusion.energy(y, GREY, sigma, windows=windows), E, atol=1e-12)
            assert np.allclose(diffusion.denoise(Y[2], GREY, sigma, windows=windows), guess[2])


def test_the_guess_is_one_step_down_the_energy():
    y = np.random.default_rng(2).normal(size=6)
    for windows in (None, TWO_BANDS):
        down = slope(lambda z, w=windows: diffusion.energy(z, GREY, 0.8, windows=w), y)
        guess = diffusion.denoise(y, GREY, 0.8, windows=windows)
        assert np.allclose(guess, y - down, atol=1e-8)
        assert np.allclose(diffusion.score(y, GREY, 0.8, windows=windows), -down / 0.64, atol=1e-7)


def test_it_is_the_step_of_the_modern_network_exactly_if_all_norms_are_equal():
    y = FACES[3] + 4 * np.random.default_rng(0).normal(size=576)
    step = modern.Network(FACES, beta=1 / 16).step(y)
    assert np.allclose(diffusion.denoise(y, FACES, 4.0), step, atol=1e-12)
    far = np.array([1.0, 0.5, 0, 0, 0, 0])
    assert abs(diffusion.denoise(far, GREY, 1.0) - modern.Network(GREY, 1.0).step(far)).max() > 0.1


def test_the_jacobian_is_the_slope_of_the_guess_and_symmetric_for_bands_only():
    y = np.random.default_rng(3).normal(size=6)
    for windows, has_energy in ((None, True), (TWO_BANDS, True), (THREE_ROWS, False)):
        J = diffusion.jacobian(y, GREY, 0.9, windows=windows)
        assert np.allclose(J, slope(lambda z, w=windows: diffusion.denoise(z, GREY, 0.9, windows=w), y))
        assert np.allclose(J, J.T, atol=1e-12) == has_energy


def test_no_other_guess_errs_less():
    """Mean square error over pictures and noise: neither the nearest pattern nor a smaller step is better."""
    rng = np.random.default_rng(4)
    X = GREY[rng.integers(0, 4, 4000)]
    Y = X + 1.5 * rng.normal(size=X.shape)
    guess = diffusion.denoise(Y, GREY, 1.5)
    nearest = GREY[((Y[:, None] - GREY) ** 2).sum(axis=2).argmin(axis=1)]
    errors = [((other - X) ** 2).sum(axis=1).mean() for other in (guess, nearest, Y, (guess + nearest) / 2)]
    assert errors[0] < 0.95 * min(errors[1:])


def test_very_strong_and_very_weak_noise():
    y = np.full(6, 0.3)
    nearest = ((y - GREY) ** 2).sum(axis=1).argmin()
    with np.errstate(all="raise", under="ignore"):
        assert (diffusion.denoise(y, GREY, 1e-200) == GREY[nearest]).all()
        assert np.allclose(diffusion.denoise(y, GREY, 1e10), GREY.mean(axis=0), atol=1e-9)
        assert np.isclose(diffusion.energy(y, GREY, 1e6), ((y - GREY) ** 2).sum(axis=1).mean() / 2)
        assert np.isclose(diffusion.energy(y, GREY, 1e-200), ((y - GREY[nearest]) ** 2).sum() / 2)


def test_bands_are_the_memory_of_all_combinations():
    """Two bands of 2 and 3 different parts are guessed as by a memory of all six pictures."""
    top, bottom = np.array([[1.0, 1], [-1, 1]]), np.array([[1.0, 1, 1, 1], [1, -1, 0, 1], [-1, 1, 1, 0]])
    few = np.array([[*top[a], *bottom[b]] for a, b in ((0, 0), (0, 1), (1, 2), (1, 0), (0, 2), (1, 1))])
    y = np.random.default_rng(6).normal(size=(3, 6))
    assert np.allclose(diffusion.denoise(y, few, 0.7), diffusion.denoise(y, few, 0.7, windows=TWO_BANDS))


def test_windows_cover_every_cell_once_and_are_cut_off_at_the_edge():
    for found in (BANDS, diffusion.windows((24, 24), 7), diffusion.windows((24, 24), 6, 11)):
        assert sorted(np.concatenate([w.sets for w in found])) == list(range(576))
    rows = diffusion.windows((24, 24), 7)
    assert [sorted({*(w.sees // 24)}) for w in rows[:2]] == [[0, 1, 2, 3], [0, 1, 2, 3, 4]]
    square = diffusion.windows((5, 5), 3, 3)
    assert square[12].sees.tolist() == [6, 7, 8, 11, 12, 13, 16, 17, 18] and square[12].sets.tolist() == [12]
    whole = diffusion.windows((3, 2), 99)
    assert np.allclose(
        diffusion.denoise(GREY[0], GREY, 1, windows=whole), diffusion.denoise(GREY[0], GREY, 1)
    )


def test_dreams_of_a_whole_memory_are_stored_and_those_of_bands_are_valid():
    for seed in range(3):
        stored = FACES[np.random.default_rng(seed).permutation(60)[:10]]
        whole = diffusion.judge(diffusion.sample(stored, 100, NOISES, seed), stored, FACES)
        assert (whole.stored, whole.new, whole.wrong) == (100, 0, 0)
        parts = diffusion.judge(diffusion.sample(stored, 100, NOISES, seed, windows=BANDS), stored, FACES)
        assert parts.wrong == 0 and parts.new >= 40 and parts.found >= 25


@pytest.mark.slow
def test_five_faces_are_enough_for_all_sixty_and_sliding_windows_imagine_too():
    five = FACES.reshape(3, 5, 4, 576)[[0, 1, 2, 0, 1], range(5), [0, 1, 2, 3, 0]]
    for seed in range(5):
        seen = diffusion.judge(diffusion.sample(five, 500, NOISES, seed, windows=BANDS), five, FACES)
        assert seen.wrong == 0 and 400 <= seen.new <= 470 and seen.found >= 53 and seen.unseen == 55
        stored = FACES[np.random.default_rng(seed).permutation(60)[:20]]
        how = {"windows": diffusion.windows((24, 24), 7), "fresh_noise": True}
        dreams = diffusion.sample(stored, 200, diffusion.noises(30, 0.05, 100), seed, **how)
        slid = diffusion.judge(dreams, stored, FACES)
        assert slid.wrong <= 12 and slid.new >= 80 and slid.found >= 24


def test_a_dream_goes_on_where_another_one_stopped():
    stored, way = FACES[::7], diffusion.sample(FACES[::7], 3, NOISES, 1, record=True)
    assert way.shape == (40, 3, 576)
    rest = diffusion.sample(stored, 3, NOISES[20:], 2, start=way[20])
    assert np.array_equal(rest, way[-1]) and np.array_equal(diffusion.sample(stored, 3, NOISES, 1), rest)
    noisy = [diffusion.sample(stored, 3, NOISES[5:], k, start=way[5], fresh_noise=True) for k in (2, 3)]
    assert np.abs(noisy[0] - noisy[1]).max() > 0.5
    end = diffusion.sample(stored, 3, [*NOISES, 0.0], 1)
    assert diffusion.judge(end, stored, stored, tol=1e-9).stored == 3


def test_the_noise_has_the_strength_that_the_schedule_says():
    """With a single stored picture the state at noise s is that picture plus s times a normal number."""
    start = 2 + 5 * np.random.default_rng(0).normal(size=(20_000, 1))
    for fresh in (False, True):
        y = diffusion.sample([[2.0]], 20_000, [5, 3, 1], 1, start=start, fresh_noise=fresh)
        assert abs(y.mean() - 2) < 0.03 and abs(y.std() - 1) < 0.02
        assert (abs(np.corrcoef(y[:, 0], start[:, 0])[0, 1]) < 0.3) == fresh


def test_pictures_are_judged_and_not_labels():
    """A hat hides the hair: some faces with a hat are twins, so what seems held out is stored."""
    people = [datasets.faces(hair=hair, hat=hat) for hair in ("short", "bald") for hat in ("none", "hat")]
    everybody = np.concatenate(people)  # 64 names
    stored, held_out = everybody[:48], everybody[48:]  # those held out are bald, with a hat
    assert diffusion.judge(held_out, stored, everybody).stored == 16
    noisy = FACES + np.random.default_rng(0).normal(size=FACES.shape) * 0.1
    judged = diffusion.judge(noisy, FACES[:30], FACES[30:])
    assert (judged.stored, judged.new, judged.wrong, judged.found, judged.unseen) == (30, 30, 0, 30, 30)
    assert (judged.kinds == ["stored"] * 30 + ["new"] * 30).all() and not judged.kinds.flags.writeable
    again = pickle.loads(pickle.dumps(judged))
    assert repr(again) == repr(judged) and not again.kinds.flags.writeable and "array" not in repr(judged)
    assert diffusion.judge(-FACES, FACES, FACES).wrong == 60


def test_arguments_are_left_alone():
    y, X, start = GREY[0] + 1, GREY.copy(), GREY + 3.0
    diffusion.denoise(y, X, 1)
    diffusion.sample(X, 4, [3, 1], 0, start=start, fresh_noise=True)
    assert (y == GREY[0] + 1).all() and (X == GREY).all() and (start == GREY + 3.0).all()


Y = np.zeros(6)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: diffusion.denoise([1, 2], GREY, 1), r"^noisy has shape \(2,\)"),
        (lambda: diffusion.denoise(Y, FACES.reshape(60, 24, 24), 1), "^patterns has shape .* flat"),
        (lambda: diffusion.denoise(Y, GREY, 0), "^sigma is 0"),
        (lambda: diffusion.denoise(Y, GREY, True), "^sigma is True"),
        (lambda: diffusion.denoise(Y, GREY, 1, windows=BANDS), "a window in windows names a cell"),
        (
            lambda: diffusion.denoise(Y, GREY, 1, windows=TWO_BANDS[:1]),
            "^windows set 2 cells; each of the cells",
        ),
        (lambda: diffusion.denoise(Y, GREY, 1, windows=[[0, 1, 2]]), r"a window in windows is \[0, 1, 2\]"),
        (lambda: diffusion.energy(Y, GREY, 1, windows=THREE_ROWS), "^windows look beyond"),
        (lambda: diffusion.jacobian([Y, Y], GREY, 1), r"^noisy has shape \(2, 6\); one state"),
        (lambda: diffusion.bands((3, 2), [2, 1]), r"^cuts is \[2, 1\]"),
        (lambda: diffusion.bands(6, [2]), "^shape is 6"),
        (lambda: diffusion.windows((24, 24), 0), "^height is 0"),
        (lambda: diffusion.windows((100, 100), 100, 100), "^height = 100, width = 100: that would take"),
        (lambda: diffusion.noises(1, 3), "^low is 3 and high is 1"),
        (lambda: diffusion.sample(GREY, 3, [1, 2], 0), "^noises do not fall"),
        (lambda: diffusion.sample(GREY, 3, [1, 0.5], None), "pass rng="),
        (lambda: diffusion.sample(GREY, 3, [1], 0, start=GREY), r"^start has shape \(4, 6\); \(3, 6\)"),
        (lambda: diffusion.sample(GREY, 10**9, [1], 0), "^count = 1000000000"),
        (lambda: diffusion.judge(GREY, GREY[:, :5], GREY), "^stored has 5 cells"),
    ],
)
def test_bad_input(call, words):
    with pytest.raises((ValueError, TypeError), match=words):
        call()
