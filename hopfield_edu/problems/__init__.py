"""Problems as energies: say what you want, let a network fall, and read the state back.

    problem = problems.queens(8)
    found = problems.solve(problem, 100, thermal.anneal(1, 0.1, 100), rng=0)
    problem.read(found.winner)

(Hopfield, Scholarpedia, "Computation through optimization"; Hopfield and Tank 1985.) Every problem answers
the same questions: the `energy` of a state, what it says (`read`), its `cost`, its `violations`, and the
`best` there is, found by other means. `network` gives the network whose energy it is. A new problem is made
of `exactly`, `at_most_one`, `linear`, `pairs` and `squares`.
"""

from hopfield_edu.problems._assignment import Assignment, assignment
from hopfield_edu.problems._base import Best, Problem
from hopfield_edu.problems._converter import Converter, converter
from hopfield_edu.problems._cut import MaxCut, max_cut
from hopfield_edu.problems._half_tone import HalfTone, error_diffusion, half_tone, photograph, threshold
from hopfield_edu.problems._linear import (
    Decomposition,
    Descent,
    LinearProgramme,
    LineFit,
    decompose,
    line_fit,
    linear_programme,
)
from hopfield_edu.problems._queens import Queens, queens
from hopfield_edu.problems._solve import Solution, solve
from hopfield_edu.problems._sudoku import Puzzle, Sudoku, generate, puzzles, solutions, sudoku
from hopfield_edu.problems._terms import Terms, at_most_one, exactly, linear, pairs, squares
from hopfield_edu.problems._tour import HopfieldTank, Tour, hopfield_tank, tour

__all__ = [
    "Assignment",
    "Best",
    "Converter",
    "Decomposition",
    "Descent",
    "HalfTone",
    "HopfieldTank",
    "LineFit",
    "LinearProgramme",
    "MaxCut",
    "Problem",
    "Puzzle",
    "Queens",
    "Solution",
    "Sudoku",
    "Terms",
    "Tour",
    "assignment",
    "at_most_one",
    "converter",
    "decompose",
    "error_diffusion",
    "exactly",
    "generate",
    "half_tone",
    "hopfield_tank",
    "line_fit",
    "linear",
    "linear_programme",
    "max_cut",
    "pairs",
    "photograph",
    "puzzles",
    "queens",
    "solutions",
    "solve",
    "squares",
    "sudoku",
    "threshold",
    "tour",
]
