"""Problems as energies: each agrees with its definition written out, with all states, and with SciPy."""

from __future__ import annotations

import copy
import pickle
from itertools import permutations, product

import numpy as np
import pytest

from hopfield_edu import experiments, problems, thermal
from hopfield_edu.problems import _moves

COSTS = [[18, 12, 13, 18], [11, 15, 16, 5], [2, 6, 6, 17], [18, 1, 10, 16]]
CITIES = np.random.default_rng(3).random((5, 2))
EDGES = [(0, 1), (1, 2), (2, 3, 2.5), (3, 0), (0, 2, -1)]
FOUR = "1... ..3. .2.. ...4"
GREYS = np.random.default_rng(0).uniform(-1, 1, (4, 4))
ALL = {
    "assignment": problems.assignment(COSTS, 15),
    "tour": problems.tour(CITIES, 1.5),
    "hopfield_tank": problems.hopfield_tank(CITIES),
    "queens": problems.queens(5),
    "sudoku": problems.sudoku(FOUR),
    "max_cut": problems.max_cut(EDGES, 4),
    "half_tone": problems.half_tone(GREYS),
    "converter": problems.converter(4, 5.3),
    "line_fit": problems.line_fit([0, 1, 2, 4], [1, 3, 4, 8]),
    "linear_programme": problems.linear_programme([1, 2], [[1, 1], [1, -1]], [2, -1], 50),
    "decompose": problems.decompose([2.0, 3, 1], [[1, 1, 0], [0, 1, 1]]),
    "own": problems.Problem(9 * problems.exactly([[0, 1, 2]], 3) + problems.linear([5, 3, 4])),
}


def some(problem, count=6, seed=0):
    return problem._random(count, np.random.default_rng(seed))


@pytest.mark.parametrize("name", ALL)
def test_every_problem_reads_alike(name):
    problem = ALL[name]
    states = some(problem)
    for ask in (problem.energy, problem.cost, problem.violations):
        assert np.allclose(ask(states), [ask(state) for state in states]) and isinstance(
            ask(states[0]), float
        )
    assert problem.read(states[0]) is not None
    with pytest.raises(ValueError, match="state"):
        problem.read(states)
    with pytest.raises(ValueError, match="state"):
        problem.energy(np.ones(problem.N + 1))
    with pytest.raises(AttributeError, match="fixed"):
        problem.bias = 0
    best = problem.best()
    if best is not None and name != "own":
        assert problem.violations(best.state) <= 1e-9 and np.isclose(problem.cost(best.state), best.cost)
    for other in (copy.deepcopy(problem), pickle.loads(pickle.dumps(problem))):
        assert repr(other) == repr(problem) and np.allclose(other.energy(states), problem.energy(states))
        assert not other.bias.flags.writeable


@pytest.mark.parametrize("name", [n for n in ALL if ALL[n].coding != "real" and n != "hopfield_tank"])
def test_the_network_has_the_energy_of_the_problem(name):
    problem, states = ALL[name], some(ALL[name], 20)
    E, net = problem.energy(states), problem.network()
    assert np.ptp(net.energy(states) - E) < 1e-9 * (1 + abs(E).max())
    bipolar = states if problem.coding == "binary" else 2 * states - 1
    assert np.ptp(problem.thermal().energy(bipolar) - E) < 1e-9 * (1 + abs(E).max())
    assert np.allclose(problem.weights, problem.weights.T) and not np.diag(problem.weights).any()


def test_terms_are_what_they_say():
    states = np.array(list(product((0, 1), repeat=5)))
    rng = np.random.default_rng(0)
    groups, C, t, A = [[0, 1, 2], [2, 3, 4]], rng.normal(size=(3, 5)), rng.normal(size=3), rng.random(3)
    on = np.array([[row[g].sum() for g in groups] for row in states])
    assert np.allclose(problems.exactly(groups, 5, [1, 2]).energy(states), ((on - [1, 2]) ** 2).sum(1) / 2)
    assert np.allclose(problems.at_most_one(groups, 5).energy(states), (on * (on - 1) / 2).sum(1))
    assert np.allclose(problems.linear(t).energy(states[:8, 2:]), states[:8, 2:] @ t)
    assert np.allclose(problems.squares(C, t, A).energy(states), ((states @ C.T - t) ** 2 @ A) / 2)
    Q = rng.normal(size=(5, 5))
    Q = np.triu(Q, 1) + np.triu(Q, 1).T
    assert np.allclose(problems.pairs(Q).energy(states), [row @ Q @ row / 2 for row in states])
    both = 2 * problems.exactly(groups, 5) + problems.squares(C, t, A) * 3
    parts = 2 * problems.exactly(groups, 5).energy(states) + 3 * problems.squares(C, t, A).energy(states)
    assert np.allclose(both.energy(states), parts)


def test_assignment_and_tour_by_hand():
    problem, rng = ALL["assignment"], np.random.default_rng(1)
    for V in rng.integers(2, size=(20, 16)):
        board = V.reshape(4, 4)
        rules = ((board.sum(0) - 1) ** 2).sum() + ((board.sum(1) - 1) ** 2).sum()
        assert np.isclose(problem.energy(V), 15 / 2 * rules + (board * COSTS).sum())
        off = np.abs(board.sum(0) - 1).sum() + np.abs(board.sum(1) - 1).sum()
        assert problem.violations(V) == off and (problem.violations(V) == 0) == (rules == 0)
    route = ALL["tour"]
    for order in permutations(range(5)):
        length = sum(
            np.linalg.norm(CITIES[a] - CITIES[b]) for a, b in zip(order, order[1:] + order[:1], strict=True)
        )
        V = route.state(order)
        assert np.isclose(route.cost(V), length) and np.isclose(route.energy(V), length)
        assert (route.read(V) == order).all() and route.violations(V) == 0
        assert length >= route.best().cost - 1e-12
    lengths = [route.cost(route.state(order)) for order in permutations(range(5))]
    assert np.isclose(min(lengths), route.best().cost) and np.isclose(lengths, min(lengths)).sum() == 10
    assert problems.tour(np.random.default_rng(0).random((14, 2))).best() is None


def test_hopfield_and_tanks_energy_and_flow():
    problem, rng = ALL["hopfield_tank"], np.random.default_rng(0)
    d, n = problem.distances, 5
    v = rng.integers(2, size=(n, n))  # at corners the Legendre term of the graded energy is zero
    E = 500 / 2 * sum(v[x, i] * v[x, j] for x in range(n) for i in range(n) for j in range(n) if i != j)
    E += 500 / 2 * sum(v[x, i] * v[y, i] for x in range(n) for y in range(n) if x != y for i in range(n))
    E += 200 / 2 * ((v.sum() - 1.5 * n) ** 2 - (1.5 * n) ** 2)
    pairs = [(x, y, i) for x in range(n) for y in range(n) for i in range(n)]
    E += 500 / 2 * sum(d[x, y] * v[x, i] * (v[y, (i + 1) % n] + v[y, i - 1]) for x, y, i in pairs)
    assert np.isclose(problem.energy(v.ravel()), E)
    net = problem.network()
    assert np.isclose(net.energy_of_output(v.ravel() * 1.0), E)
    u = problem.start(3, rng=0)
    assert (net.energy(problem.follow(u, 500)) < net.energy(u)).all()


def test_queens_and_sudoku_have_their_solutions_at_zero():
    for n in (*range(4, 13), 20):
        problem = problems.queens(n)
        board = problem.read(problem.best().state)
        assert problem.energy(problem.best().state) == 0 and sorted(board) == list(range(n))
        assert len({r + c for r, c in enumerate(board)}) == len({r - c for r, c in enumerate(board)}) == n
    assert problems.queens(3).best() is None and problems.queens(1).best().cost == 0
    four = problems.queens(4)
    solved = [V for V in product((0, 1), repeat=16) if sum(V) == 4 and four.energy(V) == 0]
    assert len(solved) == 2
    for board in (FOUR, problems.puzzles()[0].board):
        for exclude in (True, False):
            problem = problems.sudoku(board, exclude=exclude)
            state = problem.best().state
            full, n = problem.read(state), len(problem.board)
            assert problem.energy(state) == problem.violations(state) == 0 and not problem.wrong(state).any()
            assert all(sorted(row) == list(range(1, n + 1)) for row in [*full, *full.T])
            assert (full[problem.board > 0] == problem.board[problem.board > 0]).all()
            broken = state.copy()
            broken[np.flatnonzero(state)[0]] = 0
            assert problem.violations(broken) == 4 and problem.energy(broken) == 2


def test_the_puzzles_have_one_solution_each():
    assert len(problems.puzzles()) >= 10
    for _, givens, board in problems.puzzles():
        assert (board > 0).sum() == givens and len(list(problems.solutions(board))) == 1
    assert len(list(problems.solutions("1... .... .... ...."))) == 72  # a quarter of all 288
    with pytest.raises(ValueError, match="twice"):
        problems.sudoku("11.. .... .... ....")
    assert problems.sudoku("12.. ..3. .... ....").best() is None  # allowed so far, yet without a solution


def test_max_cut_and_converter_against_all_states():
    cut = ALL["max_cut"]
    for y in product((-1, 1), repeat=4):
        inside = sum((*e, 1)[2] for e in EDGES if y[e[0]] == y[e[1]])
        assert np.isclose(cut.energy(y), inside) and np.isclose(cut.cost(y), inside)
    assert np.isclose(cut.best().cost, min(cut.energy(y) for y in product((-1, 1), repeat=4)))
    for value in np.linspace(-1, 17, 19) + 0.3:
        problem = problems.converter(4, value)
        E = {V: problem.energy(V) for V in product((0, 1), repeat=4)}
        assert all(
            np.isclose(e, (value - V @ (1, 2, 4, 8)) ** 2 / 2)
            for V, e in ((np.array(v), e) for v, e in E.items())
        )
        assert problem.read(problem.best().state) == problem.read(min(E, key=E.get))


def test_half_tone_is_its_convolution():
    problem, rng = ALL["half_tone"], np.random.default_rng(2)
    K = np.outer([1, 2, 1], [1, 2, 1]) / 16
    y = rng.choice([-1, 1], (4, 4))
    apart = np.pad(y - GREYS, 1)
    seen = [[(K * apart[r : r + 3, c : c + 3]).sum() for c in range(4)] for r in range(4)]
    assert np.isclose(problem.energy(y.ravel()), (np.array(seen) ** 2).sum() / 2)
    assert np.allclose(problem.network().field(y.ravel()), problem.field(y.ravel()))
    wide = problems.half_tone(rng.uniform(-1, 1, (9, 11)))
    state, net = wide._random(1, rng)[0], wide.network()
    cells = np.arange(99).reshape(9, 11)
    order = np.concatenate([cells[r::3, c::3].ravel() for r in range(3) for c in range(3)])
    one_by_one = net.sweep(state, order=order)
    assert (wide.sweep(state) == one_by_one).all()  # a ninth at a time is the same as one by one
    assert (problems.threshold(GREYS) == np.sign(GREYS)).all()


def test_bowls_end_where_scipy_says():
    rng = np.random.default_rng(0)
    x = 100 + np.arange(11.0)  # not centred: the condition number of the bowl is 10^7
    for name, problem in {
        **{key: ALL[key] for key in ("line_fit", "decompose")},
        "far": problems.line_fit(x, 2 * x + rng.normal(size=11)),
        "atoms": problems.decompose(rng.random(30), rng.random((6, 30))),
    }.items():
        found = problems.solve(problem, 2, rng=1)
        assert np.allclose(found.states, problem.best().state, atol=1e-3, rtol=1e-3), name
        E, step = problem.energy, 1e-6
        state = rng.normal(size=problem.N)
        slope = [(E(state + step * e) - E(state - step * e)) / (2 * step) for e in np.eye(problem.N)]
        assert np.allclose(slope, problem.slope(state), rtol=1e-4, atol=1e-4 * abs(np.array(slope)).max())
    for K in (10, 100):
        problem = problems.linear_programme([1, 2], [[1, 1], [1, -1]], [2, -1], K)
        found = problems.solve(problem, 5, rng=0)
        assert np.allclose(found.states, [2, -1 / K], atol=1e-4) and found.valid.all()
        assert (found.costs < found.best.cost).all() and np.allclose(found.violations, 1 / K, atol=1e-4)
    with pytest.raises(ValueError, match="no optimum"):
        problems.linear_programme([-1], [[1]], [0]).best()


def test_solve_counts_valid_and_optimal():
    found = problems.solve(ALL["assignment"], 200, thermal.anneal(20, 0.5, 60), rng=0)
    costs = [sum(COSTS[r][c] for r, c in enumerate(p)) for p in permutations(range(4))]
    assert found.best.cost == min(costs) == 21
    assert found.optimal_share == np.mean((found.violations == 0) & (found.costs == 21)) > 0.8
    assert np.isclose(found.optimal_error, np.sqrt(found.optimal_share * (1 - found.optimal_share) / 200))
    assert ALL["assignment"].cost(found.winner) == 21 and (found.sweeps >= 60).all()
    net = ALL["assignment"].network()
    assert (net.recall(found.states).final == found.states).all()  # all are at rest
    same = problems.solve(ALL["assignment"], 200, thermal.anneal(20, 0.5, 60), rng=0)
    assert (same.states == found.states).all()
    weak = problems.solve(problems.assignment(COSTS, 5), 100, rng=0)
    assert weak.valid_share == weak.optimal_share == 0  # breaking rules is cheaper
    graded = problems.solve(problems.assignment(np.array(COSTS) / 18, 5), 3, rng=0, moves="graded")
    assert graded.optimal_share == 1


@pytest.mark.slow
def test_where_two_assignments_cost_nearly_the_same_graded_units_find_neither():
    """What chapter 11 says of a hundred problems with three starts each."""
    rng, gaps = np.random.default_rng(0), {0: [], 3: []}  # by the number of starts that are valid
    for k in range(100):
        costs = rng.random((6, 6))
        found = problems.solve(problems.assignment(costs, 5), 3, rng=k, moves="graded")
        best, second = sorted(costs[range(6), jobs].sum() for jobs in permutations(range(6)))[:2]
        gaps[int(found.valid.sum())].append(second - best)
    assert len(gaps[0]) == 6 and max(gaps[0]) < 0.004
    assert np.median(gaps[3]) > 0.09


def test_winners_and_swaps_keep_their_rules_and_follow_boltzmann():
    problem = problems.tour(CITIES, 1.0)
    hot = _moves.swaps(
        problem,
        _moves.boards(problem, 3000, np.random.default_rng(0)),
        np.full(30, 0.4),
        np.random.default_rng(1),
    )
    assert (problem.violations(hot) == 0).all()
    lengths = np.array([problem.cost(problem.state(p)) for p in permutations(range(5))])
    weight = np.exp(-lengths / 0.4)
    assert abs(problem.cost(hot).mean() - (lengths * weight).sum() / weight.sum()) < 0.02
    board = problems.queens(4)
    V = _moves.winners(
        board,
        _moves.one_hot(board, 3000, np.random.default_rng(0)),
        np.full(20, 0.7),
        np.random.default_rng(1),
    )
    assert (V.reshape(-1, 4, 4).sum(axis=2) == 1).all()
    every = np.array([np.eye(4, dtype=int)[list(c)].ravel() for c in product(range(4), repeat=4)])
    E = board.energy(every)
    assert abs(board.energy(V).mean() - (E * np.exp(-E / 0.7)).sum() / np.exp(-E / 0.7).sum()) < 0.08


def test_winners_of_one_state_are_those_of_a_batch(monkeypatch):
    """A single row takes a shorter way, with the same draws."""
    for problem in (problems.sudoku("1.....3..2.....4"), problems.queens(5)):
        start, heat = _moves.one_hot(problem, 1, np.random.default_rng(0)), thermal.anneal(0.7, 0.2, 20)
        alone = list(_moves.winning(problem, start, heat, np.random.default_rng(1)))
        with monkeypatch.context() as patch:
            patch.setattr(
                _moves, "_sweep_of_one", lambda groups, *rest: _moves._sweep(*_moves._padded(groups), *rest)
            )
            batch = list(_moves.winning(problem, start, heat, np.random.default_rng(1)))
        assert len(alone) == 20 and np.array_equal(alone, batch) and not np.array_equal(alone[-1], start)


def test_energies_of_swaps_and_shares():
    problem, rng = problems.tour(CITIES, 1.3), np.random.default_rng(5)
    V = _moves.boards(problem, 4, rng)
    h, W = V @ problem.weights + problem.bias, problem.weights
    order = V.reshape(4, 5, 5).argmax(axis=2)
    p, q = order[:, 1], order[:, 3]
    a, b = np.full(4, 1), np.full(4, 3)
    rise = _moves._rise(W, h, np.array([5 * a + q, 5 * b + p, 5 * a + p, 5 * b + q]))
    order[:, [1, 3]] = order[:, [3, 1]]
    assert np.allclose(rise, problem.energy(_moves.on_board(order)) - problem.energy(V))
    puzzle = problems.sudoku(problems.puzzles()[0].board)
    found = problems.solve(puzzle, 4, np.repeat(thermal.anneal(2, 0.1, 40), 3), rng=0, moves="mean field")
    assert found.optimal_share == 1 and np.allclose(
        found.outputs @ np.eye(puzzle.N)[:, list(puzzle.groups[0])].sum(1), 1
    )


def test_own_problem_in_a_few_lines():
    """Number partitioning: two heaps of the same weight."""
    numbers = np.array([3, 1, 1, 2, 2, 1])
    heaps = problems.Problem(
        problems.squares([numbers], [numbers.sum() / 2]),
        read=lambda V: (numbers[V == 1].tolist(), numbers[V == 0].tolist()),
        cost=lambda V: float(abs(numbers[V == 1].sum() - numbers[V == 0].sum())),
        best=lambda: problems.Best(0.0, np.array([1, 1, 1, 0, 0, 0]), "by hand"),
    )
    found = problems.solve(heaps, 100, thermal.anneal(5, 0.3, 20), rng=0)
    assert found.optimal_share > 0.9 and sum(heaps.read(found.winner)[0]) == 5


def test_a_stored_run_comes_out_again():
    runs = experiments.stored("solving")
    assert (runs.count * runs.column("starts") >= 100).all()
    assert (runs.column("optimal") <= runs.column("valid")).all()
    same(runs, problem="queens", size=6, how="descent")


def same(runs, **row):
    kept, again = runs.where(**row), experiments.again(runs, **row)
    for key in ("valid", "optimal", "effort"):
        assert again.column(key) == pytest.approx(kept.column(key), abs=1e-12), row


@pytest.mark.slow
def test_stored_runs_of_each_kind_come_out_again():
    runs = experiments.stored("solving")
    same(runs, problem="assignment", size=15, how="annealing")
    same(runs, problem="tour", size=6)
    same(runs, problem="max-cut", size=12)
    same(runs, problem="sudoku", size=1, sweeps=200)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: problems.exactly([[0, 5]], 3), "groups"),
        (lambda: problems.exactly([0, 1], 3), "groups"),
        (lambda: problems.pairs(np.eye(3)), "diagonal"),
        (lambda: problems.linear([[1]]), "costs"),
        (lambda: problems.assignment([[1, 2]]), "costs"),
        (lambda: problems.tour([[0, 0], [1, 1]]), "cities"),
        (lambda: problems.tour([0, 1, 2]), "cities"),
        (lambda: problems.queens(10**6), "n is"),
        (lambda: problems.sudoku("12"), "board"),
        (lambda: problems.sudoku(np.full((9, 9), 10)), "board"),
        (lambda: problems.max_cut([(0, 0)], 2), "itself"),
        (lambda: problems.half_tone(np.full((4, 4), 7)), "picture"),
        (lambda: problems.line_fit([1, 1], [1, 2]), "x and y"),
        (lambda: problems.linear_programme([1], [[1, 2]], [1]), "A has shape"),
        (lambda: problems.decompose([1, 2], [[1]]), "atoms"),
        (lambda: problems.solve(problems.queens(4), 10), "rng"),
        (lambda: problems.solve(problems.queens(4), 10**7, rng=0), "starts"),
        (lambda: problems.solve(problems.queens(4), 5, [-1.0], rng=0), "temperatures"),
        (lambda: problems.solve(ALL["max_cut"], 5, rng=0, moves="winners"), "moves"),
        (lambda: problems.solve(ALL["sudoku"], 5, rng=0, moves="swaps"), "moves"),
        (lambda: problems.solve(ALL["half_tone"], 5, rng=0, moves="units"), "moves"),
        (lambda: problems.generate(5, 0), "givens"),
    ],
)
def test_wrong_arguments_are_named(call, words):
    with pytest.raises((ValueError, TypeError), match=words):
        call()
