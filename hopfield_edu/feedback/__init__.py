"""Checks of the exercises, one per task: hand over your answer, read the card.

>>> from hopfield_edu import feedback
>>> feedback.update.hint(1)
update: hint 1 of 3
  Two steps: the field of unit i, then a new state that differs from the old one in unit i at most.

The checks of a chapter are loaded when one of them is first asked for.
"""

import difflib
from importlib import import_module

from hopfield_edu.feedback import _own
from hopfield_edu.feedback._cards import Verdict
from hopfield_edu.feedback._core import Check
from hopfield_edu.feedback._own import load
from hopfield_edu.feedback._progress import progress
from hopfield_edu.feedback._records import records

__all__ = ["CHECKS", "Verdict", "load", "progress", "records"]

_NAMES = {  # the checks of each chapter, in the module _chapterNN
    "00": "wrong_cells",
    "01": "local_field new_value update hypercube neighbours ordered_sweep synchronous_step is_feedforward "
    "schedules_differ schedules_differ_most",
    "02": "transitions_1 transitions_2 ordered_map sweep fixed_points cycle_lengths flips_of_network_1 "
    "order_is_fixed is_flip_symmetric bias_breaks_symmetry tie_rule_breaks_symmetry ordered_cycle "
    "synchronous_two_cycle longest_cycle",
    "03": "energy_derivation energy energy_change rises_without_symmetry rises_with_self_connections "
    "rises_all_at_once wanders_on_ties zero_one_map two_step_energy uneven_two_cycle long_way_down",
    "04": "triangle_table loop_signs unsatisfied is_frustrated hidden_frustration arrows_reversed "
    "reversal_fails best_cut many_fixed_points",
    "05": "stays_step_by_step store_one fields_of_a_cue majority_is_lost fixed_by_distance "
    "count_with_self_connections chance_of fewest_weights",
    "06": "crosstalk_by_hand store_many replace_pattern two_patterns failing_units bit_error lost_pattern "
    "stable_not_attracting many_letters",
    "07": "capacity_derivation criteria_table half_load recalled_overlap classify_state bits_per_weight "
    "recall_work stable_mixture not_nearest",
    "08": "projection_by_hand pseudo_inverse_weights kept_not_found storkey_update perceptron_epoch "
    "covariance_weights threshold_range there_and_back longest_tune",
    "09": "chance warm_sweep boltzmann_by_hand traffic cold_limits noisy_overlap cooling boltzmann "
    "cold_triangle synchronous_favourite frozen",
    "10": "graded_velocity critical_gain graded_energy growth_rate oscillator energy_shares",
    "11": "cut_as_energy square_of_a_sum queens_energy read_board penalty_by_hand success_rate "
    "programme_penalty vertex_cover",
    "12": "dense_energies dense_energy dense_update square_is_classical dense_sweep dense_capacity "
    "square_against_cube lost_inverse smallest_power",
    "13": "attention_table lse_energy softmax_step freezing_table scaled_attention loudest more_states",
    "14": "layers_by_hand softmax_derivation two_layer_energy two_layer_velocity no_special_case",
    "15": "denoiser_derivation best_guess noise_score freezing_order honest_count longer_wins",
}
_CHAPTER = {name: chapter for chapter, names in _NAMES.items() for name in names.split()}


def _all_checks() -> dict[str, Check]:
    """Every check of every chapter, by name."""
    return {name: _check(name) for name in _CHAPTER}


def _check(name: str) -> Check:
    module = import_module(f"{__name__}._chapter{_CHAPTER[name]}")
    return getattr(module, name)


def __getattr__(name: str) -> Check | dict[str, Check]:
    """A check, loaded with its chapter; ``CHECKS`` holds all of them by name."""
    if name == "CHECKS":
        return _all_checks()
    if name in _CHAPTER:
        return _check(name)
    if name in _own.loaded:
        return _own.loaded[name]
    near = "".join(
        f"; did you mean feedback.{other}?"
        for other in difflib.get_close_matches(name, [*_CHAPTER, *_own.loaded], 1)
    )
    raise AttributeError(f"there is no check called {name!r}{near}")


def __dir__() -> list[str]:
    return sorted([*__all__, *_CHAPTER, *_own.loaded])
