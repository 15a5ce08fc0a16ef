"""The explorer of chapter 03: every corner, its controls, its sentence, its still picture."""

from itertools import product

import numpy as np
import pytest
from matplotlib.lines import Line2D

from hopfield_edu import explore
from hopfield_edu.explore import _energy_landscape as landscape
from hopfield_edu.explore import _walk
from hopfield_edu.explore._base import blank_figure

SCHEDULES = ("ordered", "random", "random-unit", "synchronous")


def energies(net):
    """All energies, by name of the state, with plain sums."""
    W, b, N = net.weights.tolist(), net.bias.tolist(), range(net.N)
    return {
        "".join("+" if v > 0 else "−" for v in y): -sum(W[i][j] * y[i] * y[j] for i in N for j in N) / 2
        - sum(b[i] * y[i] for i in N)
        for y in product((-1, 1), repeat=net.N)
    }


def heights(figure):
    """The names in the picture and the heights at which they stand."""
    return {t.get_gid().split()[1]: t.get_position()[1] for t in figure.axes[0].texts if t.get_gid()}


def ball(figure):
    (mark,) = [t for t in figure.axes[0].texts if t.get_text() == " "]
    return mark


CORNERS = [
    (N, network, seed, own, schedule, steps)
    for N in (3, 4)
    for k, network in enumerate(landscape.NETWORKS[N])
    for seed, own, schedule, steps in [
        (0, 0, SCHEDULES[k % 4], 0),
        (20, -4, SCHEDULES[(k + 1) % 4], _walk.STEPS),
        (7, 4, SCHEDULES[(k + 2) % 4], _walk.STEPS),
        (13, 0, SCHEDULES[(k + 3) % 4], 5),
    ]
]


@pytest.mark.every(7)
@pytest.mark.parametrize(("N", "network", "seed", "own", "schedule", "steps"), CORNERS)
def test_drawing_at_every_corner(N, network, seed, own, schedule, steps):
    for start in ("-" * N, "+" * N, "+-" * (N // 2) + "+" * (N % 2)):
        figure = blank_figure((8.6, 4.8))
        said = explore.draw_energy_landscape(figure, network, N, seed, own, schedule, start, steps, rng=seed)
        net = landscape.build(network, N, seed, own)
        all_energies = energies(net)
        shown = heights(figure)
        assert shown and all(E == pytest.approx(all_energies[name]) for name, E in shown.items())
        course = _walk.walk(net, [1 if s == "+" else -1 for s in start], schedule, steps, "keep", seed)
        here = _walk.name(course.states[-1])
        assert ball(figure).xy[1] == pytest.approx(all_energies[here])
        traces = [line.get_ydata() for line in figure.artists if isinstance(line, Line2D)]
        line = traces[0] if steps else np.zeros(1)  # no trace of a single number
        assert bool(traces) == bool(steps)
        E = [all_energies[_walk.name(y)] for y in course.states]
        scale = (max(E) - min(E)) or 1
        assert (line - line.min()) * scale / (np.ptp(line) or 1) == pytest.approx(np.array(E) - min(E))
        assert said.startswith("Start in" if steps == 0 else f"Step {steps}, ")
        assert all(ax.alt_text for ax in figure.axes)


@pytest.mark.parametrize(("size", "seeds"), [((8.6, 4.8), (4, 9)), ((4.67, 7.0), (0, 4))])
def test_the_ball_covers_no_other_name(size, seeds):
    for N in (3, 4):
        for network, seed in product(landscape.NETWORKS[N], seeds):
            for start in ("-" * N, "+" * N):
                figure = blank_figure(size)
                explore.draw_energy_landscape(figure, network, N, seed, start=start, steps=6)
                mark = ball(figure)
                renderer = figure.canvas.get_renderer()
                centre = np.mean(mark.get_bbox_patch().get_window_extent(renderer).get_points(), axis=0)
                for text in figure.axes[0].texts:
                    if text.get_gid():
                        assert not text.get_window_extent(renderer).contains(*centre), (network, seed, start)


def test_networks_are_symmetric_and_named_ones_are_the_lecture_s():
    for N in (3, 4):
        for network, own in product(landscape.NETWORKS[N], (-4, 0, 4)):
            net = landscape.build(network, N, 3, own)
            assert net.is_symmetric and set(np.diag(net.weights)) == {own}
            assert bool(net.bias.any()) == network.endswith("bias")
    first = landscape.build("frustrated (fig. 1.4)", 3, 0, 0)
    second = landscape.build("satisfied (fig. 1.4)", 3, 0, 0)
    assert (first.weights == -second.weights).all()
    assert sorted(energies(first).values()).count(-1) == 6
    assert sorted(energies(second).values()).count(-3) == 2


def test_what_is_said_about_the_energy_is_so():
    """Falls, stays and RISES, over many steps; RISES only where a condition of the proof is missing."""
    seen = set()
    for seed, own, schedule in product(range(6), (-4, 0, 2), SCHEDULES):
        net = landscape.build("random weights and bias", 4, seed, own)
        course = _walk.walk(net, [-1, 1, 1, -1], schedule, 12, "keep", seed)
        E = [energies(net)[_walk.name(y)] for y in course.states]
        for t in range(1, 13):
            part = _walk.Walk(course.states[: t + 1], course.updated[:t])
            said = landscape._what_happened(net, part, np.array(E[: t + 1]))
            word = "falls" if E[t] < E[t - 1] else "RISES" if E[t] > E[t - 1] else "stays"
            assert f"The energy {word}" in said
            if word == "RISES":
                seen.add((own < 0, schedule == "synchronous"))
    assert seen == {(True, False), (True, True), (False, True)}


def test_a_place_of_rest_is_described_rightly():
    for seed, own in product(range(21), (0, 3)):
        net = landscape.build("random weights", 4, seed, own)
        depths = energies(net)
        for y in product((-1, 1), repeat=4):
            if not net.is_fixed_point(y):
                continue
            here = _walk.name(y)
            lower = [i for i in range(4) if depths[_walk.name([*y[:i], -y[i], *y[i + 1 :]])] < depths[here]]
            said = landscape._what_it_means(net, _walk.Walk(np.array([y]), []), "ordered")
            assert ("not in a valley" in said) == bool(lower)
            assert ("no state lies deeper" in said) == (not lower and depths[here] == min(depths.values()))
            assert not lower or own


@pytest.mark.usefixtures("unseen")
class TestControls:
    def test_the_first_view_is_a_ball_in_the_wrong_valley(self):
        explorer = explore.energy_landscape()
        assert explorer.caption == (
            "Step 2, unit 2: y₂ = −1 and h₂ = +7, so it flips. The energy falls from 4 to −10. "
            "At rest in ++−−, a local minimum: no single flip leads down. "
            "−−++ lies deeper, at −12, but every way to it first leads up."
        )

    def test_every_control_changes_the_sentence(self):
        for key, value in [
            ("N", 3),
            ("network", "two stored patterns"),
            ("weights_rng", 5),
            ("self_connection", -4),
            ("schedule", "synchronous"),
            ("start", "++++"),
            ("steps", 1),
        ]:
            explorer = explore.energy_landscape()
            before = explorer.caption
            explorer.controls[key].value = value
            assert explorer.error is None and explorer.caption != before, key
        explorer = explore.energy_landscape(schedule="random")
        before = {explorer.caption}
        for chance in range(1, 10):
            explorer.controls["rng"].value = chance
            before.add(explorer.caption)
        assert len(before) > 1

    def test_chance_decides_in_which_valley_the_ball_ends(self):
        ends = set()
        for chance in range(21):
            explorer = explore.energy_landscape(schedule="random", steps=0, rng=chance)
            explorer.run()
            assert "At rest in " in explorer.caption
            ends.add(explorer.caption.partition("At rest in ")[2][:4])
        assert ends == {"++−−", "−−++"}

    def test_step_run_and_reset(self):
        explorer = explore.energy_landscape(steps=0)
        assert explorer.caption.startswith("Start in −−−−, at energy 6.")
        explorer.step()
        assert explorer.caption.startswith("Step 1, unit 1")
        explorer.run()
        assert explorer.caption.startswith("Step 2, ")  # where it has come to rest
        for _ in range(_walk.STEPS + 2):
            explorer.step()
        assert explorer.controls["steps"].value == _walk.STEPS and explorer.error is None
        explorer.reset()
        assert explorer.controls["steps"].value == 0

    def test_a_run_that_never_rests_says_so(self):
        circling = explore.energy_landscape("four rivals", schedule="synchronous", steps=0)
        circling.run()
        assert circling.caption.endswith("−−−− → ++++ and back: this never comes to rest.")
        restless = explore.energy_landscape("four rivals", self_connection=-4, schedule="random", steps=24)
        assert "never comes to rest: updates lead on and on" in restless.caption

    def test_another_size_offers_its_networks_and_starts_and_draws_once(self, monkeypatch):
        explorer = explore.energy_landscape()
        drawn = []
        draw = explorer.draw
        monkeypatch.setattr(explorer, "draw", lambda fig, **now: drawn.append(now) or draw(fig, **now))
        explorer.controls["N"].value = 3
        assert explorer.controls["network"].value == "random weights and bias"
        assert len(explorer.controls["start"].options) == 8 and explorer.error is None
        assert len(drawn) <= 2
        explorer.controls["network"].value = "frustrated (fig. 1.4)"
        explorer.controls["N"].value = 4
        assert explorer.controls["network"].value == "random weights and bias" and explorer.error is None

    def test_numbers_that_change_nothing_are_hidden(self):
        explorer = explore.energy_landscape("four rivals")
        assert explorer.controls["weights_rng"].disabled and explorer.controls["rng"].disabled
        explorer.controls["schedule"].value = "random"
        explorer.controls["network"].value = "one stored pattern"
        assert not explorer.controls["weights_rng"].disabled and not explorer.controls["rng"].disabled

    @pytest.mark.parametrize(
        "wrong",
        [
            {"N": 5},
            {"network": "four rivals", "N": 3},
            {"start": "--"},
            {"start": 3},
            {"weights_rng": 21},
            {"self_connection": -5},
            {"steps": 25},
            {"rng": 0.5},
        ],
    )
    def test_bad_arguments(self, wrong):
        with pytest.raises((ValueError, TypeError)):
            explore.energy_landscape(**wrong)

    def test_controls_have_names_and_can_be_reached(self):
        for control in explore.energy_landscape().controls.values():
            assert control.description


def test_the_still_picture_tells_the_story():
    data, metadata = explore.energy_landscape()._repr_mimebundle_()
    assert data["text/plain"].startswith("explore.energy_landscape: Step 2, unit 2")
    alt = metadata["image/png"]["alt"]
    for part in ("16 states", "Minima: ", "Path: −−−− to +−−− to ++−−", "Energies so far: 6, 4, −10"):
        assert part in alt
    assert data["image/png"] == explore.energy_landscape()._repr_mimebundle_()[0]["image/png"]
