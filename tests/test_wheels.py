"""Pictures of the long run, `plots.wheels`, and of how often numbers come up, `plots.tally`."""

from __future__ import annotations

import doctest
import re
from collections import Counter
from importlib import import_module

import numpy as np
import pytest
from matplotlib.figure import Figure

from hopfield_edu import plots


def random_map(seed: int, size: int) -> list[int]:
    return np.random.default_rng(seed).integers(0, size, size).tolist()


def long_run(step: list[int]) -> set[int]:
    """The states that come back to themselves, walked out one by one."""
    found = set()
    for start in range(len(step)):
        code = step[start]
        for _ in step:
            if code == start:
                found.add(start)
                break
            code = step[code]
    return found


def lengths(step: list[int]) -> Counter[int]:
    """How many cycles there are of each length."""
    per_state = Counter()
    for start in long_run(step):
        code, length = step[start], 1
        while code != start:
            code, length = step[code], length + 1
        per_state[length] += 1
    return Counter({length: count // length for length, count in per_state.items()})


def artists(ax, gid: str) -> list:
    return [artist for artist in ax.get_children() if artist.get_gid() == gid]


MAPS = [[0], [1, 0], [1, 1], [1, 2, 0], *(random_map(seed, size) for seed in range(4) for size in (8, 64))]


@pytest.mark.parametrize("step", MAPS, ids=[f"map {k}" for k in range(len(MAPS))])
def test_wheels_show_every_state_and_every_step_once(step) -> None:
    ax = plots.wheels(step)
    fixed = [code for code, target in enumerate(step) if code == target]
    on = long_run(step)
    assert len(artists(ax, "fixed point")) == len(fixed)
    assert len(artists(ax, "on a cycle")) == len(on) - len(fixed)
    assert len(artists(ax, "on the way")) == len(step) - len(on)
    assert len(artists(ax, "cycle")) == len(on) - len(fixed)
    assert len(artists(ax, "step")) == len(step) - len(on)


@pytest.mark.parametrize("step", MAPS, ids=[f"map {k}" for k in range(len(MAPS))])
def test_wheels_say_what_they_show(step) -> None:
    told = plots.wheels(step).alt_text
    for length, count in lengths(step).items():
        kind = "fixed point" if length == 1 else "cycle"
        what = f"{count} {kind}{'s' * (count > 1)}" + (f" of length {length}" if length > 1 else "")
        assert re.search(rf"\b{what}\b", told), told
    assert len(re.findall(r"of length|fixed point", told)) == len(lengths(step))
    rest = len(step) - len(long_run(step))
    assert ("Every state is on a cycle" in told) == (rest == 0)
    assert rest < 2 or f"The other {rest} states run into them." in told


@pytest.mark.parametrize("seed", range(3))
def test_no_two_states_of_wheels_cover_each_other(seed) -> None:
    ax = plots.wheels(random_map(seed, 64))
    discs = [d for gid in ("fixed point", "on a cycle", "on the way") for d in artists(ax, gid)]
    for k, one in enumerate(discs):
        for other in discs[:k]:
            apart = np.hypot(*np.subtract(one.center, other.center))
            assert apart > 0.8 * (one.radius + other.radius)
    (left, right), (low, high) = ax.get_xlim(), ax.get_ylim()
    assert all(left < d.center[0] < right and low < d.center[1] < high for d in discs)


def test_wheels_draw_into_given_axes_and_leave_the_map_alone() -> None:
    step, ax = np.array([1, 2, 0, 0]), Figure().add_subplot()
    assert plots.wheels(step, ax=ax) is ax
    assert step.tolist() == [1, 2, 0, 0]


@pytest.mark.parametrize(
    ("step", "message"),
    [([], "shape"), ([0, 2], "outside 0..1"), ([0.5, 0], "fractions"), (np.zeros((2, 2)), "shape")],
)
def test_wheels_refuse_what_is_no_map(step, message) -> None:
    with pytest.raises((TypeError, ValueError), match=f"next_state .*{message}"):
        plots.wheels(step)


def heights(ax) -> dict[int, int]:
    return {round(bar.get_x() + bar.get_width() / 2): int(bar.get_height()) for bar in ax.patches}


def test_a_tally_counts() -> None:
    ax = plots.tally([3, 5, 3, 3], low=2, high=6, xlabel="satisfied weights", ylabel="states")
    assert heights(ax) == {2: 0, 3: 3, 4: 0, 5: 1, 6: 0}
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("satisfied weights", "states")
    assert ax.alt_text == "Satisfied weights, of 4 states: 3 (3 times), 5 (1 time)."
    assert heights(plots.tally([7])) == {7: 1}


def test_a_tally_of_many_numbers_tells_its_ends_its_mean_and_its_peak() -> None:
    told = plots.tally([0, 1, 2, 3, 4, 5, 20, 5], xlabel="cues").alt_text
    assert told == "Cues, of 8 cases: from 0 to 20, 5 on average, most often 5 (2 times)."


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: plots.tally([]), r"numbers has shape \(0,\)"),
        (lambda: plots.tally([[1]]), "numbers has shape"),
        (lambda: plots.tally([0.5]), "numbers holds fractions"),
        (lambda: plots.tally([-1]), "numbers holds -1"),
        (lambda: plots.tally([1, 9], high=5), "from 1 to 9, but the axis from low = 1 to high = 5"),
        (lambda: plots.tally([1], high=10**6), "at most 1000 bars"),
        (lambda: plots.tally([1], low=True), "low is True"),
        (lambda: plots.tally([1], xlabel=3), "xlabel is 3"),
        (lambda: plots.tally([1], ax=3), "ax is int"),
    ],
)
def test_a_tally_refuses(call, message) -> None:
    with pytest.raises((TypeError, ValueError), match=message):
        call()


@pytest.mark.parametrize("name", ["_wheels", "_tally"])
def test_examples(name) -> None:
    assert not doctest.testmod(import_module(f"hopfield_edu.plots.{name}")).failed
