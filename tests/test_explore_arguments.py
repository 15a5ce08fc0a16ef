"""Every argument of every explorer and of every drawing: what is wrong is refused under the caller's name."""

import inspect
import math

import numpy as np
import pytest
from matplotlib.figure import Figure

from hopfield_edu import binary, explore, learning, patterns
from hopfield_edu.explore._controls import logarithmic

HEART = patterns.named("heart")
WAY = binary.Network(learning.hebb(HEART)).recall(HEART, record=True)
RIGHT = {
    "draw_painter": {"state": HEART, "memories": {"heart": HEART}},
    "draw_recall": {"memories": {"heart": HEART}, "trajectory": WAY, "shape": (10, 10)},
}
WRONG = {
    "an array": np.full((60, 60), 3),
    "a long list": [0.5] * 3000,
    "a long text": "nonsense" * 1000,
    "a huge number": 10**30,
    "a fraction": -0.37,
    "NaN": float("nan"),
    "an object": object(),
    "a mapping": {"no": {"such": "thing"}},
    "ragged": [1, [2, 3]],
}
FINE = {("a huge number", "rng"), ("a huge number", "weights_rng")}  # seeds beyond the sliders
FINE |= {("a fraction", number) for number in ("w11", "w12", "w21", "w22", "x1", "x2")}
CALLS = [name for name in explore.__all__ if name.islower()]
CASES = [(name, key) for name in CALLS for key in inspect.signature(getattr(explore, name)).parameters]


@pytest.mark.every(8)
@pytest.mark.parametrize(("name", "key"), CASES, ids=[f"{name}-{key}" for name, key in CASES])
def test_what_is_wrong_is_named(name, key):
    call, right = getattr(explore, name), dict(RIGHT.get(name, {}))
    if name.startswith("draw_"):
        right["fig"] = Figure()
    for kind, value in WRONG.items():
        if (kind, key) in FINE and (name.startswith("draw_") or name in ("painter", "lagrangian")):
            continue
        with pytest.raises((ValueError, TypeError)) as caught:
            call(**right | {key: value})
            pytest.fail(f"{kind} is taken for {key}")
        said = str(caught.value)
        assert type(caught.value) in (ValueError, TypeError), kind  # no error of traitlets
        assert key in said.split(";")[0], f"{kind}: {said}"
        assert len(said) < 450 and "array(" not in said and "\n" not in said, said


@pytest.mark.parametrize("value", [0.25, 0.26, 0.3, 1.25, 8.0, 15.9, 16.0])
def test_a_logarithmic_slider_stands_on_one_of_its_steps(value):
    """A browser moves a handle that stands between two steps, and the first picture would be another."""
    slider = logarithmic("A", "A penalty", value, 0.25, 16.0).widget(value, {})
    steps = (math.log10(value) - slider.min) / slider.step
    assert steps == pytest.approx(round(steps), abs=1e-9)
    assert 0.01 < slider.step < 0.03 and slider.value == value


def test_every_explorer_has_its_chance_under_one_name():
    for name in CALLS:
        found = inspect.signature(getattr(explore, name)).parameters
        assert "seed" not in found
        if "schedule" in found and name not in ("transition_table", "draw_transition_table"):
            assert "rng" in found or name == "draw_painter"


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (
            lambda: explore.two_units(schedule="foo"),
            "schedule is 'foo'; choose one of 'synchronous', 'ordered'",
        ),
        (lambda: explore.two_units(start="+"), r"start is '\+'; choose one of '--', '\+-', '-\+', '\+\+'"),
        (lambda: explore.two_units(w11=3), "w11 is 3; it must be between -2 and 2"),
        (lambda: explore.sharpness(rng=100), "rng is 100; it must be between 0 and 20"),
        (lambda: explore.beta(np.zeros(3000)), r"beta is an array of shape \(3000,\); a number is wanted"),
        (lambda: explore.crosstalk(self_connections="no"), "self_connections is 'no'; True or False"),
        (lambda: explore.hypercube(moves=range(10**9)), "moves has 1000000000 updates; at most 1000"),
        (
            lambda: explore.transition_table(np.zeros((4, 4))),
            "weights has 4 units; a table is made for",
        ),
        (
            lambda: explore.draw_transition_table(Figure(), answers={("--", 5): "+-"}),
            r"answers holds \('--', 5\): '\+-'; entries such as \('--', 0\): '\+-' are wanted",
        ),
        (
            lambda: explore.draw_transition_table(Figure(), latest=("--", 0)),
            r"latest is \('--', 0\); it must",
        ),
        (lambda: explore.schedules(start=""), "start is ''; choose one of"),
        (lambda: explore.schedules(network=""), "network is ''; choose one of"),
    ],
)
def test_messages(call, words):
    with pytest.raises((ValueError, TypeError), match=f"^{words}"):
        call()


def test_a_drawing_wants_a_figure():
    for name in CALLS:
        if name.startswith("draw_"):
            with pytest.raises(TypeError, match=r"^fig is .*; a matplotlib Figure is wanted"):
                getattr(explore, name)("a figure", **RIGHT.get(name, {}))
