"""The explorers of chapter 08: the race of five rules recomputed, its controls, clicks and still picture."""

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from hopfield_edu import binary, datasets, explore, learning, patterns
from hopfield_edu.explore import _rules_race as race
from hopfield_edu.explore._base import blank_figure

CORNERS = [
    {"data": data, "M": M, "overlap": overlap, "wrong": wrong, "which": which, "rng": rng}
    for data, most in race.MOST.items()
    for M in (1, most)
    for overlap in ((0.0, 0.8) if data == "random" else (0.3,))
    for wrong, which in ((0, 1), (10, M), (50, 1))
    for rng in (0, 20)
]
RULES = {
    "Hebb": learning.hebb,
    "Storkey": learning.storkey,
    "pseudo-inverse": learning.pseudo_inverse,
    "perceptron": lambda s: learning.perceptron(s, max_epochs=100).weights,
    "with margin": lambda s: learning.perceptron(s, margin=1, max_epochs=100).weights,
}


def stored(data, M, overlap, rng):
    if data == "random":
        return patterns.correlated(M, 100, overlap, rng)
    if data == "faces":
        return datasets.faces(np.random.default_rng(0).permutation(64)[:M])
    return getattr(datasets, data)()[:M]


def label(corner):
    return "-".join(map(str, corner.values()))


@pytest.mark.every(30)
@pytest.mark.parametrize("corner", CORNERS, ids=label)
def test_the_race_at_every_corner(corner):
    data, M, overlap, wrong, which, rng = corner.values()
    figure = blank_figure((8.6, 3.1))
    said = explore.draw_rules_race(figure, **corner)
    s = stored(data, M, overlap, rng)
    cues = patterns.flip(s, fraction=wrong / 100, rng=rng)
    nets = {rule: binary.Network(learnt(s)) for rule, learnt in RULES.items()}
    ends = {rule: net.recall(cues).final for rule, net in nets.items()}
    stable = [f"{rule} {net.is_fixed_point(s).sum()}" for rule, net in nets.items()]
    back = [str((end == s).all(axis=1).sum()) for end in ends.values()]
    k = which - 1
    has = [rule for rule, end in ends.items() if (end[k] == s[k]).all()]
    noun = {"digits": "digit", "letters": "letter", "faces": "face", "random": "pattern"}[data]
    assert said == (
        f"{M} {noun}{'s' if M > 1 else ''} stored. Stable: {', '.join(stable)}. "
        f"Back from {wrong} % wrong cells: {', '.join(back)}. The cue in the picture comes back: "
        f"{'no rule' if not has else 'all five' if len(has) == 5 else ', '.join(has)}."
    )
    left, right, shelf = figure.axes
    assert shelf.alt_text == f"All {M} that are stored; number {which} is framed."
    side = round(s.shape[1] ** 0.5)
    step = side + round(side / 7)
    for ax, shown in ((left, [s[k], cues[k]]), (right, [end[k] for end in ends.values()])):
        cells = ax.images[0].get_array().filled(np.nan)
        for n, state in enumerate(shown):
            assert (cells[:, n * step : n * step + side].ravel() == state).all()
    (dots,) = right.lines
    where = {
        (n * step + j % side, j // side)
        for n, end in enumerate(ends.values())
        for j in np.flatnonzero(end[k] != s[k])
    }
    assert set(zip(*map(list, dots.get_data()), strict=True)) == where
    frames = [p for p in right.patches if p.get_facecolor()[3] == 0]
    assert len(frames) == len(has) and f"Hebb {stable[0][5:]} stable" in right.alt_text


@pytest.mark.parametrize("size", [(8.6, 3.1), (4.4, 3.7)])
def test_titles_and_numbers_stay_inside_and_apart(size):
    for data, M in (("digits", 10), ("letters", 26)):
        figure = blank_figure(size)
        explore.draw_rules_race(figure, data=data, M=M)
        FigureCanvasAgg(figure).draw()
        boxes = [text.get_window_extent() for ax in figure.axes for text in ax.texts]
        assert len(boxes) == 7 + 10
        for k, box in enumerate(boxes):
            assert box.x0 >= 0 and box.y0 >= 0 and box.x1 <= figure.bbox.width
            assert box.y1 <= figure.bbox.height
            assert not any(box.overlaps(other) for other in boxes[:k])


MOVES = [("data", "faces"), ("M", 4), ("wrong", 30), ("which", 7), ("rng", 3)]


@pytest.mark.usefixtures("unseen")
def test_every_control_reaches_the_drawing(monkeypatch):
    for key, value in [*MOVES, ("overlap", 0.6)]:
        explorer, drawn = explore.rules_race("random" if key == "overlap" else "digits"), []
        start, draws = explorer.parameters, explorer.draw
        monkeypatch.setattr(
            explorer, "draw", lambda fig, d=draws, to=drawn, **now: to.append(now) or d(fig, **now)
        )
        explorer.controls[key].value = value
        assert drawn == [start | {key: value}] and explorer.error is None
        assert explorer.caption == draws(blank_figure((8.6, 3.1)), **start | {key: value})
    assert {key for key, _ in MOVES} | {"overlap"} == set(explorer.controls)


@pytest.mark.usefixtures("unseen")
def test_controls_follow_what_is_stored():
    explorer = explore.rules_race("letters", M=26, which=30)
    M, which, overlap = (explorer.controls[name] for name in ("M", "which", "overlap"))
    assert (M.description, M.value, which.value) == ("Letters stored", 26, 4)  # counted round
    assert overlap.layout.display == "none"
    explorer.controls["data"].value = "digits"
    assert (M.description, M.max, M.value, which.max) == ("Digits stored", 10, 10, 10)
    explorer.controls["data"].value = "random"
    assert overlap.layout.display is None and M.max == 40 and explorer.error is None
    assert explore.rules_race("faces").caption.startswith("16 faces stored. Stable: Hebb 0,")


@pytest.mark.usefixtures("unseen")
def test_a_click_asks_for_a_memory():
    explorer = explore.rules_race()
    assert sum(gid.startswith("memory") for gid in explorer.targets) == 10
    explorer.click("memory 9")
    assert explorer.controls["which"].value == 9
    assert explorer.targets["memory 9"].name == "digit 9: ask for it"


def test_a_saved_notebook_shows_a_still_picture():
    first, metadata = explore.rules_race()._repr_mimebundle_()
    assert first["text/plain"].startswith("explore.rules_race: 10 digits stored.")
    alt = metadata["image/png"]["alt"]
    assert "Stable: Hebb 2, Storkey 8" in alt and "number 4 is framed" in alt


BAD = [
    ({"data": "numbers"}, ValueError, "data is 'numbers'; choose one of 'digits'"),
    ({"M": 11}, ValueError, "M is 11"),
    ({"M": 0}, ValueError, "M is 0"),
    ({"data": "random", "overlap": 0.9}, ValueError, "overlap is 0.9"),
    ({"wrong": 51}, ValueError, "wrong is 51"),
    ({"wrong": 10.0}, TypeError, "wrong is 10.0"),
    ({"which": 0}, ValueError, "which is 0"),
]


@pytest.mark.parametrize(("wrong", "error", "words"), BAD)
def test_bad_arguments_are_named(wrong, error, words):
    with pytest.raises(error, match=f"^{words}"):
        explore.rules_race(**wrong)
