"""The explorers of chapter 11: every corner, what they say, and what can be clicked in them."""

import numpy as np
import pytest

from hopfield_edu import explore, problems
from hopfield_edu.explore import _halftone, _sudoku, _tour
from hopfield_edu.explore._base import blank_figure

OWN = "1.....3..2.....4"


def test_sudoku_at_every_corner():
    for how, sweep, board, size in [
        ("winners", 200, "", (8.6, 4.1)),
        ("annealing", 3, OWN, (4.6, 6.8)),
        ("descent", 0, OWN, (8.6, 4.1)),
    ]:
        figure = blank_figure(size)
        said = explore.draw_sudoku(figure, how=how, sweep=sweep, rng=2, board=board)
        found = _sudoku.course(board or _sudoku._puzzles()["no. 4, 36 givens"], how, 2)
        E = found.problem.energy(found.states[sweep])
        assert f"the energy is {E:g}" in said and ("solved" in said) == (E == 0)
        assert all(ax.alt_text for ax in figure.axes)


def test_the_course_is_that_of_solve():
    puzzle = _sudoku._puzzles()["no. 2, 40 givens"]
    for how, moves in (("winners", "winners"), ("annealing", None)):
        heat = _sudoku.thermal.anneal(*_sudoku.HEAT[how], _sudoku.SWEEPS)
        found = problems.solve(problems.sudoku(puzzle), 1, heat, np.random.default_rng(5), moves=moves)
        end = _sudoku.course(puzzle, how, 5).states[-1]
        assert found.problem.energy(end) >= found.energies[0]  # solve goes down to rest after that
        assert (end == found.states[0]).mean() > 0.95


@pytest.mark.usefixtures("unseen")
def test_a_puzzle_is_typed_and_clicked():
    explorer = explore.sudoku(board=OWN)
    assert explorer.caption.startswith("4 givens leave 20 units free")
    explorer.click("cell 1,2")
    assert explorer.given["board"] == "13" + OWN[2:] and explorer.caption.startswith("5 givens")
    explorer.take("")
    assert explorer.caption.startswith("36 givens")
    explorer.text.value = "12"
    assert "16 or 81 digits" in str(explorer.error)
    explorer.text.value = OWN
    assert explorer.error is None and explorer.given["board"] == OWN
    explorer.controls["puzzle"].value = _sudoku._puzzles()["no. 1, 44 givens"]
    assert explorer.caption.startswith("44 givens")
    explorer.run()
    assert explorer.controls["sweep"].value == _sudoku.SWEEPS
    explorer.another()
    assert explorer.controls["rng"].value == 2
    with pytest.raises(ValueError, match="board"):
        explore.sudoku(board="11..............")


def test_tour_at_every_corner():
    for n, penalty, third, picked, size in [
        (5, 0.25, "best", -1, (8.8, 3.4)),
        (10, 16.0, "swaps", 3, (4.6, 5.2)),
        (8, 1.25, "swaps", 7, (8.8, 3.4)),
    ]:
        figure = blank_figure(size)
        said = explore.draw_tour(figure, n, penalty, 2, rng=1, third=third, picked=picked)
        cities = _tour.places(n, 1)
        assert f"is {_tour.best(cities)[0]:.2f} long" in said
        found = _tour.solved(cities, "annealing", penalty, 1)
        count = int(found.valid.sum())
        assert (f"{count} of 20" if count else f"cooled, A = {penalty:g}: no start") in said
        assert all(ax.alt_text for ax in figure.axes) and "city 0" in figure.targets
        assert ("place 0" in figure.targets or "place 1" in figure.targets) == (picked >= 0)


@pytest.mark.usefixtures("unseen")
def test_cities_are_moved():
    explorer = explore.tour(n=5)
    explorer.click("city 2")
    assert explorer.given["picked"] == 2
    spot = next(gid for gid in explorer.targets if gid.startswith("place"))
    explorer.click(spot)
    assert explorer.given["picked"] == -1 and len(explorer.given["cities"]) == 5
    before = _tour.places(5, _tour.CONTROLS["rng"].default)
    assert sum(a != b for a, b in zip(before, explorer.given["cities"], strict=True)) == 1
    explorer.click("city 4")
    explorer.drag("city 0", 0.333333, 2)
    assert explorer.given["cities"][0] == (0.33, 1) and explorer.given["picked"] == -1
    there = explorer.targets["city 1"].drag.at
    explorer.drag("city 0", *there)  # onto another
    assert explorer.given["cities"][0] == explorer.given["cities"][1] == there and explorer.error is None
    assert f"{_tour.best(explorer.given['cities'])[0]:.2f} long" in explorer.caption
    explorer.renew()
    assert explorer.given["cities"] == () and explorer.controls["rng"].value == 3
    with pytest.raises(ValueError, match="cities"):
        explore.tour(cities=[[0, 0], [2, 2], [1, 1]])


def test_halftone_at_every_corner():
    ramp = np.linspace(-1, 1, 20) * np.ones((12, 1))
    for how, size in zip(_halftone.HOWS.values(), [(8.8, 3.3), (4.6, 5.0)] * 3, strict=False):
        figure = blank_figure(size)
        said = explore.draw_halftone(figure, how, 3, 5, 1, ramp)
        made, _ = _halftone.dots(how, 5, 1, _halftone.Photo(ramp))
        task = problems.half_tone(ramp)
        assert f": {task.energy(made.ravel()):.1f}" in said and all(ax.alt_text for ax in figure.axes)
    assert "Energy of descent from error diffusion" in explore.halftone().caption
    with pytest.raises(ValueError, match="picture"):
        explore.halftone(picture=np.full((8, 8), 200))


def test_pictures_are_small():
    for explorer in (explore.sudoku(), explore.tour(n=10, picked=1), explore.halftone()):
        assert len(explorer.picture) < 100_000
