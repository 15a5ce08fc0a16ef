"""The explorers of chapter 13: every corner recomputed by loops, controls, still pictures, sounds."""

import math
import re
from itertools import product

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from hopfield_edu import datasets, explore
from hopfield_edu.explore import _beta as sharing
from hopfield_edu.explore import _recall_contest as contest
from hopfield_edu.explore._base import blank_figure

FACES = datasets.faces(sharing.FACES).astype(float)
NUMBER = r"(\d+(?:\.\d+)?)"


def shares(beta, X, y):
    """softmax(beta X y), pattern by pattern."""
    z = [beta * float(np.dot(x, y)) for x in X]
    e = [math.exp(v - max(z)) for v in z]
    return np.array([v / math.fsum(e) for v in e])


def settle(beta, X, y, most=1000):
    """Steps until nothing moves by more than 1e-10: the state, and how many there were."""
    for done in range(most):
        new = sum(p * x for p, x in zip(shares(beta, X, y), X, strict=True))
        if np.abs(new - y).max() <= 1e-10:
            return y, done
        y = new
    return y, None


def sharing_of(p):
    return math.exp(-sum(v * math.log(v) for v in p if v > 0))


def growth(beta, X, p):
    """Largest eigenvalue of beta X' (diag p - p p') X."""
    mean = p @ X
    J = beta * sum(v * np.outer(x - mean, x - mean) for v, x in zip(p, X, strict=True))
    return np.linalg.eigvalsh(J)[-1]


def masked(who, hidden, side):
    face = FACES[who - 1].reshape(24, 24).copy()
    for r, c in product(range(24), repeat=2):
        unknown = {
            "from the top": r < hidden,
            "from the bottom": r >= 24 - hidden,
            "from the left": c < hidden,
        }
        face[r, c] *= not unknown[side]
    return face.ravel()


# --- beta -----------------------------------------------------------------------------------------


def draw(function, size, **parameters):
    figure = blank_figure(size)
    return figure, function(figure, **parameters)


def by_id(ax, name):
    return [artist for artist in [*ax.lines, *ax.patches] if artist.get_gid() == name]


CORNERS = [
    {"beta": beta, "who": who, "hidden": hidden, "side": side}
    for beta in (0.001, 0.05, 0.1, 0.3, 3.0)
    for who in (1, 2, 8)
    for hidden in (0, 8, 24)
    for side in sharing.SIDES
]


def label(corner):
    return "-".join(map(str, corner.values()))


@pytest.mark.every(31)
@pytest.mark.parametrize("corner", CORNERS, ids=label)
def test_beta_at_every_corner(corner):
    figure, said = draw(explore.draw_beta, (8.6, 4.7), **corner)
    beta, who = corner["beta"], corner["who"]
    query = masked(who, corner["hidden"], corner["side"])
    end, steps = settle(beta, FACES, query)
    first, last = shares(beta, FACES, query), shares(beta, FACES, end)

    (T, spread) = re.search(
        rf"T = {NUMBER}: the query spreads its attention over {NUMBER} of 8", said
    ).groups()
    assert said.startswith(f"β = {beta:g}, ") and float(T) == pytest.approx(1 / beta, rel=0.05)
    assert spread == f"{sharing_of(first):.1f}"
    assert f"After {steps} step{'' if steps == 1 else 's'} it rests in " in said
    kind = "single face" if last.max() > 0.99 else "global" if last.max() < 1.5 / 8 else "metastable"
    assert f"it rests in a {kind}" in said.replace("the global", "a global")
    number = re.search(rf"an average of {NUMBER} faces", said)
    assert (number is None) == (kind == "single face")
    assert number is None or number[1] == f"{sharing_of(last):.1f}"
    ridge = growth(beta, FACES, last) > 1 + 1e-9
    assert ("balanced on a ridge: nothing in the query tells them apart." in said) == ridge
    if kind == "single face":
        winner = int(last.argmax()) + 1
        assert winner == who and said.endswith(f"number {winner}: the right one.")
    assert said.endswith("Too hot to tell them apart.") == (kind == "global" and not ridge)

    pictures, _, bars, tree = figure.axes
    drawn = {bar.get_gid(): [box.vertices[:, 0].max() for box in bar.get_paths()] for bar in bars.collections}
    assert drawn["last"] == pytest.approx(last, abs=1e-7)
    assert drawn["first"] == pytest.approx(first, abs=1e-12)
    for name, p in (("start", first), ("end", last)):
        (point,) = by_id(tree, name)
        assert point.get_xdata() == pytest.approx([math.log10(beta)])
        assert point.get_ydata() == pytest.approx([p @ np.arange(8)], abs=1e-6)
    assert (point.get_marker() == "X") == ridge == ("on a ridge" in tree.alt_text)
    cells = pictures.images[0].get_array().filled(np.nan)
    shown = cells[~np.isnan(cells).any(axis=1)].reshape(3, 576)
    after = sum(p * x for p, x in zip(first, FACES, strict=True))
    assert (shown[0] == query).all() and shown[2] == pytest.approx(end, abs=1e-7)
    assert shown[1] == pytest.approx(after if steps else end, abs=1e-9)
    assert all(ax.alt_text for ax in figure.axes)


def test_the_tree_is_the_product_of_three_small_ones():
    """The faces have three features in cells of their own: families 120, mouths 16, eyes 4 (chapter 13)."""
    found = {}
    for at, height in sharing.branches(sharing.faces()):
        found.setdefault(at, []).append(height)
    assert len(found) == 140
    for at, heights in found.items():
        beta, places = 10**at, [3.5]
        for n, half in ((120, 2.0), (16, 1.0), (4, 0.5)):
            m = 1.0
            for _ in range(3000):
                m = math.tanh(beta * n * m)
            branch = [m * half, -m * half] if beta * n > 1 else [0]
            places = [place + b for place in places for b in branch]
        critical = min(abs(beta * n - 1) for n in (120, 16, 4)) < 0.02  # steps become tiny there
        assert len(heights) == len(places)
        assert sorted(heights) == pytest.approx(sorted(places), abs=0.2 if critical else 1e-5)


def test_near_a_branching_it_says_that_it_still_moves():
    figure, said = draw(explore.draw_beta, (8.6, 4.7), beta=1 / 120)
    assert said.endswith("After 1000 steps it still moves: close to a branching, steps become tiny.")
    assert any(text.get_text() == "still moving" for text in figure.axes[0].texts)


def test_the_suggestion_of_beta_works():
    """Hair, mouth and eyes appear one after the other; the mouth stays open, however large beta is."""
    spread = [draw(explore.draw_beta, (8.6, 4.7), beta=b, hidden=0)[1] for b in (0.002, 0.03, 0.15, 1)]
    kinds = ["average of 8.0", "average of 4.0", "average of 2.1", "number 2: the right one"]
    assert all(kind in said for kind, said in zip(kinds, spread, strict=True))
    for beta in (0.3, 1, 3):
        said = draw(explore.draw_beta, (8.6, 4.7), beta=beta, side="from the bottom")[1]
        assert "balanced on a ridge" in said


# --- the contest ----------------------------------------------------------------------------------


def classic(s, y, better):
    """Unit by unit in order, until nothing changes; a unit flips if that is `better` by the overlaps."""
    y, x = y.copy(), s @ y
    for _ in range(100):
        before = y.copy()
        for i in range(len(y)):
            new = x - 2 * y[i] * s[:, i]
            if better(new, x):
                y[i], x = -y[i], new
        if (y == before).all():
            return y
    raise AssertionError("did not settle")


def higher(n):
    if n:
        return lambda new, old: (new**n).sum() > (old**n).sum()

    def better(new, old):
        top = max(new.max(), old.max())
        return np.exp(new - top).sum() > np.exp(old - top).sum()

    return better


def all_patterns(data):
    if data == "melodies":
        return datasets.melodies().astype(float)
    return datasets.faces(np.random.default_rng(0).permutation(64)).astype(float)


CONTESTS = [
    {"data": data, "M": M, "which": which, "shown": shown, "n": n, "beta": beta}
    for data in contest.DATA
    for M, which, shown in product((1, 8, 64), (1, 64), (0, 50, 100))
    for n, beta in ((3, 0.001), (10, 0.3), (20, 3.0), (0, 0.03))
]


@pytest.mark.every(31)
@pytest.mark.parametrize("corner", CONTESTS, ids=label)
def test_the_contest_at_every_corner(corner):
    data, M, which, shown, n, beta = corner.values()
    figure, said = draw(explore.draw_recall_contest, (8.6, 3.2), **corner)
    s = all_patterns(data)[:M]
    M = len(s)
    columns = 24 if data == "faces" else 64
    wanted = s[(which - 1) % M]
    column = np.arange(wanted.size) % columns
    cue = np.where(column < round(columns * shown / 100), wanted, 0)
    coins = np.random.default_rng(0).choice([-1.0, 1], cue.size) if data == "faces" else -1.0
    start = np.where(cue == 0, coins, cue)
    ends = [classic(s, start, higher(2)), classic(s, start, higher(n)), settle(beta, s, cue, 5000)[0]]
    wrong = [int((np.abs(end - wanted) > 0.5).sum()) for end in ends]
    told = ["has none" if k == 0 else f"has {k} wrong cell{'' if k == 1 else 's'}" for k in wrong]
    noun = {"faces": "face", "melodies": "melody"}[data] if M == 1 else data
    assert said == (
        f"{M} {noun} stored, {np.count_nonzero(cue)} of {cue.size} cells shown: "
        f"classical {told[0]}; dense {told[1]}; modern {told[2]}."
    )
    ax, shelf = figure.axes
    assert shelf.alt_text == f"All {M} that are stored; number {(which - 1) % M + 1} is framed."
    cells = ax.images[0].get_array().filled(np.nan)
    if data == "faces":
        drawn = [cells[:, 26 * k : 26 * k + 24] for k in range(5)]
    else:
        drawn = [cells[10 * k : 10 * k + 8][::-1] for k in range(5)]
    for picture, state in zip(drawn, (wanted, cue, *ends), strict=True):
        assert picture.ravel() == pytest.approx(state, abs=1e-6)


@pytest.mark.parametrize("data", contest.DATA)
@pytest.mark.parametrize("beta", [0.00123, 0.302, 1.23])
def test_titles_of_the_contest_stay_inside_and_apart(data, beta):
    size = (8.6, 3.2) if data == "faces" else (8.6, 2.6)
    figure, _ = draw(explore.draw_recall_contest, size, data=data, n=20, beta=beta)
    FigureCanvasAgg(figure).draw()
    boxes = [text.get_window_extent() for text in figure.axes[0].texts]
    assert len(boxes) == 5 and figure.axes[0].texts[4].get_text() == f"modern, β = {beta:.2g}"
    for k, box in enumerate(boxes):
        assert box.x0 >= 0 and box.y0 >= 0 and box.x1 <= figure.bbox.width and box.y1 <= figure.bbox.height
        assert not any(box.overlaps(other) for other in boxes[:k])


def test_one_wrong_cell_is_no_wrong_cells():
    assert [contest._verdict(k) for k in (0, 1, 2)] == ["has none", "has 1 wrong cell", "has 2 wrong cells"]


def test_no_face_is_taken_for_another():
    """The sentence about a single face says "the right one" without looking: here is why it may."""
    for who, hidden, side in product(range(1, 9), range(0, 25, 4), sharing.SIDES):
        z = FACES @ masked(who, hidden, side)
        assert z[who - 1] == z.max()


def test_the_suggestion_of_the_contest_works():
    """More and more faces, until only the modern network has the right one."""
    said = explore.recall_contest(M=64).caption
    assert "classical has" in said and "dense has none" not in said and said.endswith("modern has none.")


# --- controls, still pictures, sounds -------------------------------------------------------------

MOVES = {
    "beta": [("beta", 0.03), ("who", 7), ("hidden", 20), ("side", "from the left")],
    "recall_contest": [
        ("data", "melodies"),
        ("M", 60),
        ("which", 5),
        ("shown", 10),
        ("n", 3),
        ("beta", 0.01),
    ],
}


@pytest.mark.usefixtures("unseen")
@pytest.mark.parametrize("name", MOVES)
def test_every_control_reaches_the_drawing(name, monkeypatch):
    for key, value in MOVES[name]:
        explorer, drawn = getattr(explore, name)(), []
        start, draws = explorer.parameters, explorer.draw
        monkeypatch.setattr(
            explorer, "draw", lambda fig, d=draws, to=drawn, **now: to.append(now) or d(fig, **now)
        )
        explorer.controls[key].value = value
        assert drawn == [start | {key: value}] and explorer.error is None
        assert start.pop("patterns") is start.pop("shape") is None
        assert explorer.caption == draws(blank_figure((8.6, 4.7)), **start | {key: value})
    assert {key for key, _ in MOVES[name]} == set(explorer.controls) == set(start)
    assert all(control.description for control in explorer.controls.values())


@pytest.mark.usefixtures("unseen")
@pytest.mark.parametrize("name", MOVES)
def test_controls_reach_their_corners_without_error(name):
    explorer = getattr(explore, name)()
    for key, control in explorer.controls.items():
        if hasattr(control, "options"):
            ends = [option[1] if isinstance(option, tuple) else option for option in control._options_full]
        elif key == "beta":
            ends = [10**control.min, 10**control.max]
            assert ends == pytest.approx([0.001, 3])
        else:
            ends = [control.min, control.max]
        for end in ends:
            control.value = end
            assert explorer.error is None and explorer.parameters[key] == end
            assert explorer.caption


@pytest.mark.parametrize("name", MOVES)
def test_a_saved_notebook_shows_a_still_picture(name):
    explorer = getattr(explore, name)()
    first, metadata = explorer._repr_mimebundle_()
    assert first["text/plain"] == f"explore.{name}: {explorer.caption}"
    assert metadata["image/png"]["alt"].startswith(explorer.caption)
    assert first["image/png"] == getattr(explore, name)()._repr_mimebundle_()[0]["image/png"]
    before = explorer.image.value
    explorer.controls["beta"].value = 0.002
    assert explorer.image.value != before and explorer.image.value.startswith("<svg")
    moved = explorer._repr_mimebundle_()[0]
    assert moved["image/png"] != first["image/png"] and moved["text/plain"].endswith(explorer.caption)


def test_what_the_still_pictures_say():
    _, metadata = explore.beta()._repr_mimebundle_()
    alt = metadata["image/png"]["alt"]
    for part in ("query (33% grey)", "Attention to faces 1 to 8 at rest: 0.47, 0.47", "ends at height 1.6"):
        assert part in alt
    _, metadata = explore.recall_contest(shown=25)._repr_mimebundle_()
    assert "stored (0% grey), cue (75% grey), classical (0% grey)" in metadata["image/png"]["alt"]


@pytest.mark.usefixtures("unseen")
def test_clicks_in_beta():
    explorer = explore.beta()
    explorer.click("picture 6")
    explorer.click("beta 3")
    assert explorer.caption.startswith("β = 3, ") and explorer.caption.endswith("number 6: the right one.")
    for side, known in (("from the top", slice(5, None)), ("from the bottom", slice(None, 19))):
        explorer.controls["side"].value = side
        explorer.click("line 5")
        cells = sharing.query(sharing.faces(), 6, explorer.controls["hidden"].value, side).reshape(24, 24)
        assert (cells[known] != 0).all() and (cells != 0).sum() == 19 * 24
    broad = explore.beta(side="from the left", patterns=np.eye(3, 12) * 2 - 1, shape=(2, 6))
    hidden = broad.controls["hidden"]
    assert (hidden.description, hidden.max, hidden.value) == ("Hidden columns", 6, 2)
    broad.controls["side"].value = "from the top"
    assert (hidden.description, hidden.max, broad.error) == ("Hidden rows", 2, None)


@pytest.mark.usefixtures("unseen")
def test_controls_of_the_contest_follow_what_is_stored():
    explorer = explore.recall_contest(M=64, which=20)
    M, which = explorer.controls["M"], explorer.controls["which"]
    assert (M.description, M.value, which.value) == ("Faces stored", 64, 20)
    explorer.controls["data"].value = "melodies"
    assert (M.description, M.max, M.value, which.max) == ("Melodies stored", 8, 8, 8)
    assert explorer.caption.startswith("8 melodies stored")
    explorer = explore.recall_contest("melodies", M=64, which=20)
    assert (explorer.controls["M"].value, explorer.controls["which"].value) == (8, 4)


@pytest.mark.usefixtures("unseen")
def test_players_take_the_room_that_faces_have():
    explorer = explore.recall_contest()
    for width, lines in ((860, 1), (480, 2)):
        explorer._measured(width)
        explorer.controls["data"].value = "faces"
        faces = explorer.figure_size
        explorer.controls["data"].value = "melodies"
        assert faces[1] - explorer.figure_size[1] == pytest.approx(lines * contest.LINE)


@pytest.mark.usefixtures("unseen")
@pytest.mark.parametrize("patterns", [None, datasets.letters()])
def test_clicks_in_the_contest(patterns):
    explorer = explore.recall_contest(M=5, patterns=patterns)
    assert sum(gid.startswith("memory") for gid in explorer.targets) == 5
    explorer.click("memory 5")
    explorer.click("part 100")
    cells = 576 if patterns is None else 100
    assert explorer.controls["which"].value == 5 and f"{cells} of {cells} cells shown" in explorer.caption
    assert explorer.targets["memory 5"].name == f"{'picture' if cells == 100 else 'face'} 5: ask for it"


@pytest.mark.usefixtures("unseen")
def test_melodies_can_be_heard_and_faces_cannot():
    explorer = explore.recall_contest()
    assert explorer.sounds.value == ""
    explorer.controls["data"].value = "melodies"
    assert explorer.sounds.value.count("<audio") == 4
    for name in ("cue", "classical", "dense", "modern"):
        assert f"<small>{name}</small>" in explorer.sounds.value
    loud = explorer.sounds.value
    explorer.controls["beta"].value = 0.001
    assert explorer.sounds.value != loud
    explorer.controls["data"].value = "faces"
    assert explorer.sounds.value == ""


BAD = [
    ("beta", {"beta": 0}, ValueError, "beta is 0"),
    ("beta", {"beta": 0.0009}, ValueError, "beta is 0.0009; it must lie in .0.001, 3."),
    ("beta", {"beta": 3.1}, ValueError, "beta is 3.1; it must lie in .0.001, 3."),
    ("beta", {"beta": math.nan}, ValueError, "beta is nan"),
    ("beta", {"beta": "1"}, TypeError, "beta is '1'"),
    ("beta", {"who": 0}, ValueError, "who is 0"),
    ("beta", {"who": 9}, ValueError, "who is 9"),
    ("beta", {"who": 2.0}, TypeError, "who is 2.0"),
    ("beta", {"hidden": -1}, ValueError, "hidden is -1"),
    ("beta", {"hidden": 25}, ValueError, "hidden is 25"),
    ("beta", {"side": "left"}, ValueError, "side is 'left'; choose one of"),
    (
        "recall_contest",
        {"data": "letters"},
        ValueError,
        "data is 'letters'; choose one of 'faces', 'melodies'",
    ),
    ("recall_contest", {"M": 0}, ValueError, "M is 0"),
    ("recall_contest", {"M": 65}, ValueError, "M is 65"),
    ("recall_contest", {"which": 65}, ValueError, "which is 65"),
    ("recall_contest", {"shown": 101}, ValueError, "shown is 101"),
    ("recall_contest", {"shown": 50.0}, TypeError, "shown is 50.0"),
    ("recall_contest", {"n": 4}, ValueError, "n is 4; choose one of"),
    ("recall_contest", {"n": "eˣ"}, ValueError, "n is 'eˣ'"),
    ("recall_contest", {"beta": 4}, ValueError, "beta is 4; it must lie in .0.001, 3."),
    ("recall_contest", {"beta": -1}, ValueError, "beta is -1"),
]


@pytest.mark.parametrize(("name", "wrong", "error", "words"), BAD, ids=[f"{b[0]} {b[1]}" for b in BAD])
def test_bad_arguments_are_named(name, wrong, error, words):
    with pytest.raises(error, match=f"^{words}"):
        getattr(explore, name)(**wrong)
