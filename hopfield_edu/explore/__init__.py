"""Explorers: move a control, see the picture change, read why.

Every explorer is a pure function ``draw_NAME(figure, **parameters)`` and a function ``NAME()`` that puts
controls round it and returns a widget. The last line of a cell shows it; a saved notebook keeps a still
picture of it::

    explore.painter()

What can be clicked in the picture, or reached with Tab and arrow keys and chosen with Enter or Space. What
can be dragged is moved by the arrow keys, too, with Shift further:

====================== ===============================================================================
explorer               mark: what a click does
====================== ===============================================================================
`beta`                 picture: asks for it; line: hides the query up to there; beta: takes it
`cliff`                measured: goes to that load
`crosstalk`            pattern: stores so many
`crowd`                letter: stores up to there
`energy_landscape`     unit: flips it; state: starts there; minimum: also
`flip_flop`            start: is dragged; place: starts there
`friends`              property: lists its values; value: is told, or taken back; energy: winds to there
`frustration_triangle` weight: goes on to the next sign; unit: flips it; state: shows it; column: also
`hypercube`            unit: updates it; input: also; state: starts there
`lagrangian`           start: is dragged; place: starts there
`lesion`               cell: cuts its unit off, or joins it again; share: cuts so many
`noise`                noise: turns the dial there
`occluded`             person: shows them; part: hides it
`one_pattern`          cue: so many of its units are wrong
`painter`              memory: puts it on the sheet; flip: winds the recall to there; cell: ink or paper
`recall_contest`       memory: asks for it; part: shows the cue up to there
`rules_race`           memory: asks for it
`schedules`            unit: flips it; column: starts there
`sharpness`            curve: makes n larger by one; classical: takes F(x) = x²
`spurious`             state: looks at it
`sudoku`               cell: the next digit that may stand there
`temperature`          start: starts there; sweep: looks at it
`tour`                 city: is dragged, or picked up; place: puts it there
`transition_table`     state: enters it
`two_units`            unit: flips it; state: starts there; weight: makes it larger by one
====================== ===============================================================================
"""

from hopfield_edu.explore._base import Explorer
from hopfield_edu.explore._beta import Beta, beta, draw_beta
from hopfield_edu.explore._cliff import Cliff, cliff, draw_cliff
from hopfield_edu.explore._crosstalk import Crosstalk, crosstalk, draw_crosstalk
from hopfield_edu.explore._crowd import Crowd, crowd, draw_crowd
from hopfield_edu.explore._energy_landscape import EnergyLandscape, draw_energy_landscape, energy_landscape
from hopfield_edu.explore._flip_flop import FlipFlop, draw_flip_flop, flip_flop
from hopfield_edu.explore._friends import Friends, draw_friends, friends
from hopfield_edu.explore._frustration_triangle import (
    FrustrationTriangle,
    draw_frustration_triangle,
    frustration_triangle,
)
from hopfield_edu.explore._halftone import Halftone, draw_halftone, halftone
from hopfield_edu.explore._hypercube import Hypercube, draw_hypercube, hypercube
from hopfield_edu.explore._lagrangian import Lagrangian, draw_lagrangian, lagrangian
from hopfield_edu.explore._lesion import Lesion, draw_lesion, lesion
from hopfield_edu.explore._noise import Noise, draw_noise, noise
from hopfield_edu.explore._occluded import Occluded, draw_occluded, occluded
from hopfield_edu.explore._one_pattern import OnePattern, draw_one_pattern, one_pattern
from hopfield_edu.explore._painter import Painter, draw_painter, draw_recall, painter
from hopfield_edu.explore._recall_contest import RecallContest, draw_recall_contest, recall_contest
from hopfield_edu.explore._rules_race import RulesRace, draw_rules_race, rules_race
from hopfield_edu.explore._schedules import Schedules, draw_schedules, schedules
from hopfield_edu.explore._sharpness import Sharpness, draw_sharpness, sharpness
from hopfield_edu.explore._spurious import Spurious, draw_spurious, spurious
from hopfield_edu.explore._sudoku import Sudoku, draw_sudoku, sudoku
from hopfield_edu.explore._temperature import Temperature, draw_temperature, temperature
from hopfield_edu.explore._tour import Tour, draw_tour, tour
from hopfield_edu.explore._transition_table import TransitionTable, draw_transition_table, transition_table
from hopfield_edu.explore._two_units import TwoUnits, draw_two_units, two_units

__all__ = [
    "Beta",
    "Cliff",
    "Crosstalk",
    "Crowd",
    "EnergyLandscape",
    "Explorer",
    "FlipFlop",
    "Friends",
    "FrustrationTriangle",
    "Halftone",
    "Hypercube",
    "Lagrangian",
    "Lesion",
    "Noise",
    "Occluded",
    "OnePattern",
    "Painter",
    "RecallContest",
    "RulesRace",
    "Schedules",
    "Sharpness",
    "Spurious",
    "Sudoku",
    "Temperature",
    "Tour",
    "TransitionTable",
    "TwoUnits",
    "beta",
    "cliff",
    "crosstalk",
    "crowd",
    "draw_beta",
    "draw_cliff",
    "draw_crosstalk",
    "draw_crowd",
    "draw_energy_landscape",
    "draw_flip_flop",
    "draw_friends",
    "draw_frustration_triangle",
    "draw_halftone",
    "draw_hypercube",
    "draw_lagrangian",
    "draw_lesion",
    "draw_noise",
    "draw_occluded",
    "draw_one_pattern",
    "draw_painter",
    "draw_recall",
    "draw_recall_contest",
    "draw_rules_race",
    "draw_schedules",
    "draw_sharpness",
    "draw_spurious",
    "draw_sudoku",
    "draw_temperature",
    "draw_tour",
    "draw_transition_table",
    "draw_two_units",
    "energy_landscape",
    "flip_flop",
    "friends",
    "frustration_triangle",
    "halftone",
    "hypercube",
    "lagrangian",
    "lesion",
    "noise",
    "occluded",
    "one_pattern",
    "painter",
    "recall_contest",
    "rules_race",
    "schedules",
    "sharpness",
    "spurious",
    "sudoku",
    "temperature",
    "tour",
    "transition_table",
    "two_units",
]
