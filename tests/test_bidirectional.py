"""Two layers that recall each other, against plain Python and against one network of both."""

from __future__ import annotations

import pickle

import numpy as np
import pytest

from hopfield_edu import bidirectional, datasets, patterns


def naive_recall(left, right, x, y, backward_first, max_sweeps):
    """Plain Python: the states after each update of a layer that changed something, and their times."""
    M, n, m = len(left), len(x), len(y)
    w = [[sum(left[k][i] * right[k][j] for k in range(M)) for j in range(m)] for i in range(n)]
    x, y, states, times = list(x), list(y), [(*x, *y)], [0]
    for time in range(2 * max_sweeps):
        if (time % 2 == 0) == backward_first:
            h = [sum(w[i][j] * y[j] for j in range(m)) for i in range(n)]
            x = [v if a == 0 else (1 if a > 0 else -1) for a, v in zip(h, x, strict=True)]
        else:
            h = [sum(w[i][j] * x[i] for i in range(n)) for j in range(m)]
            y = [v if a == 0 else (1 if a > 0 else -1) for a, v in zip(h, y, strict=True)]
        if (*x, *y) != states[-1]:
            states.append((*x, *y))
            times.append(time + 1)
    return states, times, w


def test_recall_and_energy_are_those_of_a_naive_network():
    for seed in range(6):
        L, R = patterns.random(4, 9, rng=seed), patterns.random(4, 6, rng=seed + 50)
        net = bidirectional.Network(L, R)
        X, Y = patterns.random(8, 9, rng=seed + 1), patterns.random(8, 6, rng=seed + 2)
        for given in ({"x": X}, {"y": Y}, {"x": X, "y": Y}):
            run = net.recall(**given, record=True)
            for b, row in enumerate(run):
                x, y = net.split(row.initial)
                way = naive_recall(L.tolist(), R.tolist(), x.tolist(), y.tolist(), "y" not in given, 30)
                states, times, w = way
                assert [tuple(z) for z in row.states.tolist()] == states and row.times.tolist() == times
                E = [-sum(z[i] * w[i][j] * z[9 + j] for i in range(9) for j in range(6)) for z in states]
                assert row.energies.tolist() == E and (np.diff(E) < 0).all()
                assert row.converged and row.sweeps == -(-times[-1] // 2)
                assert row.flips == sum(map(len, row.units)) and net.is_fixed_point(*net.split(row.final))
                for name, value in given.items():
                    assert (getattr(net.split(row.initial), name) == value[b]).all()


def test_it_is_one_network_whose_layers_are_updated_one_after_the_other():
    L, R = patterns.random(5, 20, rng=0), patterns.random(5, 12, rng=1)
    net = bidirectional.Network(L, R)
    X, Y = patterns.random(30, 20, rng=2), patterns.random(30, 12, rng=3)
    order = [*range(20, 32), *range(20)]
    Z = np.concatenate([X, Y], axis=1)
    assert (net.energy(X, Y) == net.binary.energy(Z)).all()
    assert (net.recall(X, Y).final == net.binary.recall(Z, order=order).final).all()
    x, y = net.step(X, Y)
    assert (net.binary.recall(Z, order=order, max_sweeps=1).final == np.concatenate([x, y], axis=1)).all()


def test_an_answer_is_the_first_half_of_a_recall():
    L, R = patterns.random(3, 60, rng=0), patterns.random(3, 61, rng=1)
    net = bidirectional.Network(L, R)
    assert (net.answer(x=L) == R).all() and (net.answer(y=R) == L).all()
    assert (net.split(net.recall(x=L[0]).initial).y == R[0]).all()
    tied = bidirectional.Network([[1, 1]], [[-1]])
    assert tied.answer(x=[1, -1]).tolist() == [1]  # a tie, with nothing to keep
    assert tied.step([1, -1], [-1]).y.tolist() == [-1]  # and one that keeps


def test_the_step_limit():
    L, R = patterns.random(12, 20, rng=0), patterns.random(12, 15, rng=1)
    net = bidirectional.Network(L, R)
    run = net.recall(patterns.random(200, 20, rng=2), max_sweeps=1)
    stuck = np.asarray(run.outcome) == "step limit"
    assert stuck.any() and not stuck.all() and (run.sweeps[stuck] == 1).all()
    assert (net.is_fixed_point(*net.split(run.final)) == ~stuck).all()


def test_projections_name_faces_that_look_alike():
    """Eight of the faces: Hebb's rule finds no name, the pseudo-inverse all, also from a spoiled picture."""
    faces = datasets.faces(range(0, 64, 9))
    names = patterns.random(len(faces), 60, rng=0)
    maps, hebb = bidirectional.Projections(faces, names), bidirectional.Network(faces, names)
    assert np.allclose(maps.to_right @ faces.T, names.T) and np.allclose(maps.to_left @ names.T, faces.T)
    assert (maps.answer(x=faces) == names).all() and (maps.answer(y=names) == faces).all()
    assert (hebb.answer(x=faces) == names).all(axis=1).sum() <= 1
    run = maps.recall(x=patterns.flip(faces, fraction=0.1, rng=1))
    assert (maps.split(run.final).y == names).all(axis=1).sum() >= 6
    other = pickle.loads(pickle.dumps(maps))
    assert (other.recall(x=faces).final == maps.recall(x=faces).final).all()
    with pytest.raises(ValueError, match="read-only"):
        other.to_right[0] = 7
    with pytest.raises(ValueError, match=r"^no energies are known"):
        maps.recall(x=faces, record=True)[0].energies  # noqa: B018


def test_all_faces_depend_on_each_other_and_the_cut_off_matters():
    faces = datasets.faces()
    names = patterns.random(64, 100, rng=0)
    fine, coarse = bidirectional.Projections(faces, names), bidirectional.Projections(faces, names, rcond=0)
    assert np.abs(fine.to_right).max() < 10 < np.abs(coarse.to_right).max()
    assert (fine.answer(y=names) == faces).all()


NET = bidirectional.Network([[1, 1, -1], [1, -1, 1]], [[1, -1], [1, 1]])
MAPS = bidirectional.Projections([[1, 1, -1], [1, -1, 1]], [[1, -1], [1, 1]])


@pytest.mark.parametrize("net", [NET, MAPS], ids=["hebb", "projections"])
def test_bad_input(net):
    for call, words in [
        (lambda: type(net)([[1, 1]], [[1], [1]]), "^left has 1 patterns, but right has 2"),
        (lambda: type(net)([[0, 1]], [[1]]), "^left holds 0/1"),
        (lambda: type(net)([[1, 1]], []), "^right is empty"),
        (lambda: net.recall(), "^x and y are both missing"),
        (lambda: net.recall([1, 1]), "^x has 2 units, but the network has N = 3"),
        (lambda: net.recall(y=[1, 1, 1]), "^y has 3 units, but the network has N = 2"),
        (lambda: net.recall([1, 1, 1], [[1, 1]]), r"^x has shape \(3,\), but y has \(1, 2\)"),
        (lambda: net.recall([1, 1, 0]), "^x holds 0/1 values"),
        (lambda: net.answer(), "^x and y: exactly one"),
        (lambda: net.answer(x=[1, 1, 1], y=[1, 1]), "^x and y: exactly one"),
        (lambda: net.split([1, 1, 1]), "^state has 3 units, but the network has N = 5"),
        (lambda: net.recall([1, 1, 1], max_sweeps=0), "^max_sweeps is 0"),
        (lambda: net.recall([1, 1, 1], record=1), "^record is 1"),
    ]:
        with pytest.raises((ValueError, TypeError), match=words):
            call()
    for rcond in (-1, 2, "small"):
        with pytest.raises((ValueError, TypeError), match=r"^rcond is"):
            bidirectional.Projections([[1]], [[1]], rcond=rcond)
