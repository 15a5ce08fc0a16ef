"""The plots: what is drawn, what is said about it, and what is left alone."""

from __future__ import annotations

import base64
import doctest
import html
import io
import re
import struct
from importlib import import_module
from itertools import pairwise, product
from types import SimpleNamespace

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.text import Text

from hopfield_edu import binary, graded, learning, modern, plots, theory

ASYMMETRIC = np.array([[0, -1], [1, 0]])  # Wiskott, figure 1.3, top
SYMMETRIC = np.array([[0, -1], [-1, 0]])  # bottom
# By hand, codes −− 0, +− 1, −+ 2, ++ 3; columns: unit 1, unit 2.
ASYMMETRIC_TABLE = np.array([[1, 0], [1, 3], [2, 0], [2, 3]])
SYMMETRIC_TABLE = np.array([[1, 2], [1, 1], [2, 2], [2, 1]])
FRUSTRATED = np.array([[0, 1, -1], [1, 0, 1], [-1, 1, 0]])  # figure 1.4, top; the bottom is −W


class Net:
    """A network with nothing but what the plots ask for."""

    def __init__(self, weights):
        self.weights = np.array(weights, float)

    def energy(self, state):
        return -0.5 * np.einsum("bi,ij,bj->b", state, self.weights, state)


TRAJECTORY = SimpleNamespace(
    times=np.array([0, 2, 5]),
    states=np.array([[1, 1, -1], [1, -1, -1], [-1, -1, -1]]),
    energies=np.array([3.0, -0.5, -1.25]),
    overlaps=lambda patterns: np.array([[1, 1, -1], [1, -1, -1], [-1, -1, -1]]) @ patterns.T / 3,
    outcome="fixed point",
    cycle_length=1,
)


def table(weights):
    """Transitions of single units, worked out state by state; a tie keeps the value."""
    N, rows = len(weights), []
    for code in range(2**N):
        y = [1 if code >> i & 1 else -1 for i in range(N)]
        h = [sum(w * v for w, v in zip(row, y, strict=True)) for row in weights]
        rows.append([code ^ (1 << i) if h[i] * y[i] < 0 else code for i in range(N)])
    return np.array(rows)


def names(N):
    return ["".join(signs[::-1]) for signs in product("−+", repeat=N)]


def gids(artists):
    return [a.get_gid() for a in artists if a.get_gid()]


def arrows(ax):
    """The ids of all arrows between states, such as '−− to +−'."""
    return sorted(gid for gid in gids(ax.lines) if " to " in gid)


def fixed(ax):
    return {gid.removeprefix("fixed ") for gid in gids(ax.patches) if gid.startswith("fixed ")}


def circles(ax):
    """Name and centre of every state."""
    found = {p.get_gid(): p for p in ax.patches if (p.get_gid() or "").startswith("state ")}
    return {gid.removeprefix("state "): np.array(p.center) for gid, p in found.items()}


def face(ax, name):
    (disc,) = (p for p in ax.patches if p.get_gid() == f"state {name}")
    return mpl.colors.to_hex(disc.get_facecolor())


def drawn(ax):
    """The axes after a rendering, with everything in its final place."""
    FigureCanvasAgg(ax.figure).draw()
    return ax


def texts(ax):
    return sorted(t.get_text() for t in ax.texts)


LINES = {
    "measured": ([1, 2, 3], [[0.9, 1], [0.5, 0.7], [0, 0.1]]),
    "theory": [([1, 2], [1, 0.5]), ([2.5, 3], [0.25, 0])],
}
PLANE = modern.Network([[1, 0], [0, 1]], beta=9)
NET_3 = binary.Network(learning.hebb([[1, -1, 1]]), scale=1 / 3)
FIELDS = theory.fields([[1, 1, 1, 1], [1, -1, 1, -1]])
RESTS = [graded.Network([[1.0]], gain=graded.tanh(beta)).fixed_points(rng=0) for beta in (0.5, 2)]

EVERY_PLOT = {
    "network": lambda ax: plots.network(ASYMMETRIC, ax=ax),
    "transition_graph": lambda ax: plots.transition_graph(ASYMMETRIC_TABLE, ax=ax),
    "hypercube": lambda ax: plots.hypercube(3, ax=ax),
    "energy_levels": lambda ax: plots.energy_levels(Net(FRUSTRATED), ax=ax),
    "grid": lambda ax: plots.grid([1, -1, -1, 1], ax=ax),
    "grey": lambda ax: plots.grey([0.5, -1, -0.25, 1], title="half", ax=ax),
    "energy_trace": lambda ax: plots.energy_trace(TRAJECTORY, ax=ax),
    "overlap_trace": lambda ax: plots.overlap_trace(TRAJECTORY, np.eye(3, dtype=int) * 2 - 1, ax=ax),
    "raster": lambda ax: plots.raster(TRAJECTORY, ax=ax),
    "bars": lambda ax: plots.bars({"few": [3, 5], "many": 12, "none": -2}, xlabel="units", ax=ax),
    "scatter": lambda ax: plots.scatter([1, 2, 3], [0, -1, 4], xlabel="here", ylabel="there", ax=ax),
    "outcomes": lambda ax: plots.outcomes([20, 30], [[1, 0], [0.4, 0.6]], ["back", "lost"], ax=ax),
    "curves": lambda ax: plots.curves(LINES, xlabel="load", ylabel="share", marks={"limit": 2.5}, ax=ax),
    "energy_plane": lambda ax: plots.energy_plane(PLANE, [[1, 0.2]], patterns=[[1, 0], [0, 1]], ax=ax),
    "tally": lambda ax: plots.tally([1, 2, 2], xlabel="states", ylabel="cycles", ax=ax),
    "fields_by_distance": lambda ax: plots.fields_by_distance(NET_3, [1, -1, 1], ax=ax),
    "basin": lambda ax: plots.basin([1, 0.5, 0, 0, 1, 1, 0, 0], [1, -1, 1], ax=ax),
    "crosstalk": lambda ax: plots.crosstalk(FIELDS, theory.crosstalk(2, 4), gaussian=True, ax=ax),
    "energy_walk": lambda ax: plots.energy_walk({"x^2": NET_3}, [[1, 1, 1], [1, -1, 1]], ax=ax),
    "gain_curve": lambda ax: plots.gain_curve([graded.tanh(1), graded.tanh(2)], ax=ax),
    "branches": lambda ax: plots.branches([0.5, 2], RESTS, ax=ax),
}


# --- what holds for every plot ------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "_bars",
        "_canvas",
        "_curves",
        "_greys",
        "_plane",
        "_tally",
        "_levels",
        "_network",
        "_pictures",
        "_scatter",
        "_space",
        "_traces",
    ]
    + ["_transitions", "_outcomes"],
)
def test_examples_in_docstrings(name):
    module = import_module(f"hopfield_edu.plots.{name}")
    assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize("draw", EVERY_PLOT.values(), ids=EVERY_PLOT)
def test_axes_are_reused_described_and_pyplot_is_left_alone(draw):
    import matplotlib.pyplot as plt

    before, settings = plt.get_fignums(), dict(mpl.rcParams)
    given = Figure().add_subplot()
    assert draw(given) is given
    made = draw(None)
    assert made.alt_text == given.alt_text and made.alt_text.endswith(".")
    assert "-" not in re.sub("four-dimensional|cross-talk", "", made.alt_text)  # a minus is read
    assert plt.get_fignums() == before
    assert dict(mpl.rcParams) == settings


@pytest.mark.every(6)
@pytest.mark.parametrize("draw", EVERY_PLOT.values(), ids=EVERY_PLOT)
def test_same_picture_same_bytes(draw):
    assert plots.png(draw(None).figure) == plots.png(draw(None).figure)


@pytest.mark.parametrize("draw", EVERY_PLOT.values(), ids=EVERY_PLOT)
def test_ax_must_be_axes(draw):
    with pytest.raises(TypeError, match="ax is Figure"):
        draw(Figure())


@pytest.mark.parametrize("draw", EVERY_PLOT.values(), ids=EVERY_PLOT)
def test_nothing_is_drawn_outside_the_figure(draw):
    ax = drawn(draw(None))
    box, (width, height) = ax.get_tightbbox(), ax.figure.bbox.size
    assert box.x0 >= 0 and box.y0 >= 0 and box.x1 <= width and box.y1 <= height


def test_arguments_are_not_changed():
    weights, state, bias = ASYMMETRIC.copy(), np.array([1, -1]), np.array([0.5, 0])
    successors, energies, path = ASYMMETRIC_TABLE.copy(), np.arange(4.0), [0, 1, 3]
    plots.network(weights, state, bias)
    plots.transition_graph(successors, synchronous=True, energies=energies, path=path)
    assert (weights == ASYMMETRIC).all() and (state == [1, -1]).all() and (bias == [0.5, 0]).all()
    assert (successors == ASYMMETRIC_TABLE).all() and (energies == np.arange(4)).all()
    assert path == [0, 1, 3]


@pytest.mark.parametrize("count", [1, 3, 4, 6])
@pytest.mark.parametrize("title", ["cup", "2 sweeps later\n0 wrong", "what cross becomes", "one\ntwo\nthree"])
def test_titles_of_pictures_stand_within_the_figure_and_apart(count, title):
    axes = plots.grids(np.ones((count, 100), int), titles=[title] * count)
    figure = drawn(axes[0]).figure
    boxes = [ax.title.get_window_extent() for ax in axes]
    assert max(box.y1 for box in boxes) <= figure.bbox.height
    assert all(a.x1 <= b.x0 for a, b in pairwise(boxes))
    assert figure.get_size_inches()[0] <= 6.61  # legible on half a screen
    assert axes[0].title.get_fontsize() >= 6.6


# --- matrices -----------------------------------------------------------------------------------


@pytest.mark.parametrize("shape", [(2, 4), (3, 8), (12, 2), (1, 1), (30, 30)])
@pytest.mark.parametrize("label", ["a", "another memory", "W" * 12])
def test_labels_of_a_matrix_stay_within_the_figure_and_apart(shape, label):
    columns = ["house"] * shape[1] if shape[1] <= 8 else None  # more of them could not stand side by side
    ax = drawn(plots.matrix(np.ones(shape), rows=[label] * shape[0], columns=columns))
    box, (width, height) = ax.get_tightbbox(), ax.figure.bbox.size
    assert box.x0 >= 0 and box.y0 >= 0 and box.x1 <= width and box.y1 <= height
    assert max(ax.figure.get_size_inches()) <= 9.01
    ends = [t.get_window_extent() for t in ax.get_xticklabels()]
    assert all(a.x1 <= b.x0 for a, b in pairwise(ends))


# --- outcomes of many runs ----------------------------------------------------------------------


def test_outcomes_stack_to_the_shares():
    shares = np.array([[1, 0, 0], [0.25, 0.5, 0.25]])
    ax = drawn(plots.outcomes(["few", "many"], shares, ["heart", "inverse", "other"]))
    heights = np.array([[bar.get_height() for bar in group] for group in ax.containers]).T
    assert np.allclose(heights, shares)
    assert [t.get_text() for t in ax.get_xticklabels()] == ["few", "many"]
    assert [t.get_text() for t in ax.get_legend().get_texts()] == ["heart", "inverse", "other"]
    assert texts(ax) == ["100", "25", "25", "50"]  # no number where there is nothing
    assert ax.alt_text.endswith("few: heart 100 %. many: heart 25 %, inverse 50 %, other 25 %.")
    box = ax.get_legend().get_window_extent()
    assert box.y0 >= ax.get_window_extent().y1  # outside the data


@pytest.mark.parametrize(
    ("values", "shares", "names", "words"),
    [
        ([1, 2], [[1, 0]], ["a", "b"], r"values is .*1 strings"),
        ([1], [[1, 0]], ["a"], r"names is .*2 strings"),
        ([1], [[0.5, 0.2]], ["a", "b"], "sum 1"),
        ([1], [[1.5, -0.5]], ["a", "b"], "negative"),
        ([1], [1, 0], ["a", "b"], r"shape \(2,\)"),
        ([1], [[1, 0, 0, 0, 0, 0, 0]], list("abcdefg"), "6 columns"),
    ],
)
def test_outcomes_refuse_what_does_not_fit(values, shares, names, words):
    with pytest.raises(ValueError, match=words):
        plots.outcomes(values, shares, names)


# --- transition graphs --------------------------------------------------------------------------


def test_transitions_of_figure_1_3_top():
    ax = plots.transition_graph(ASYMMETRIC_TABLE)
    steps = ["−− to +−", "+− to ++", "++ to −+", "−+ to −−"]
    loops = [f"{state} to {state}" for state in ("−−", "+−", "−+", "++")]
    assert arrows(ax) == sorted(steps + loops)
    assert fixed(ax) == set()
    units = sorted(t.get_text() for t in ax.texts if t.get_gid() == "units")
    assert units == ["1", "1", "1", "1", "2", "2", "2", "2"]
    assert "−− to +− by unit 1" in ax.alt_text and ax.alt_text.endswith("No fixed points.")


def test_transitions_of_figure_1_3_bottom():
    ax = plots.transition_graph(SYMMETRIC_TABLE)
    steps = ["−− to +−", "−− to −+", "++ to −+", "++ to +−"]
    assert arrows(ax) == sorted([*steps, "+− to +−", "−+ to −+"])
    assert fixed(ax) == {"+−", "−+"}
    units = sorted(t.get_text() for t in ax.texts if t.get_gid() == "units")
    assert units == ["1", "1", "1,2", "1,2", "2", "2"]


def test_synchronous_steps_of_figure_1_3():
    four = plots.transition_graph(ASYMMETRIC_TABLE, synchronous=True)
    assert arrows(four) == sorted(["−− to +−", "+− to ++", "++ to −+", "−+ to −−"])
    two = plots.transition_graph(SYMMETRIC_TABLE, synchronous=True)
    assert arrows(two) == sorted(["−− to ++", "++ to −−", "+− to +−", "−+ to −+"])
    same = plots.transition_graph([3, 1, 2, 0], synchronous=True)  # as a map
    assert arrows(same) == arrows(two) and same.alt_text == two.alt_text


def test_opposite_arrows_keep_apart():
    ax = plots.transition_graph(SYMMETRIC_TABLE, synchronous=True)
    there, back = (line for line in ax.lines if line.get_gid() in ("−− to ++", "++ to −−"))
    middle = [np.mean(line.get_xydata(), axis=0) for line in (there, back)]
    assert np.hypot(*(middle[0] - middle[1])) > 0.5


def test_a_map_is_dotted_and_a_table_is_not():
    for successors, styles in ((ASYMMETRIC_TABLE, {"-"}), ([1, 3, 0, 2], {"--"})):
        lines = plots.transition_graph(successors).lines
        found = {line.get_linestyle() for line in lines if " to " in (line.get_gid() or "")}
        assert found == styles


@pytest.mark.parametrize(("weights", "number"), [(FRUSTRATED, 6), (-FRUSTRATED, 2)])
def test_transitions_of_figure_1_4(weights, number):
    successors = table(weights.tolist())
    ax = plots.transition_graph(successors)
    assert len(fixed(ax)) == number
    label = names(3)
    expected = {f"{label[c]} to {label[d]}" for c, row in enumerate(successors) for d in row}
    assert arrows(ax) == sorted(expected)


def test_inverse_weights_turn_the_arrows():
    one, two = (arrows(plots.transition_graph(table(w.tolist()))) for w in (FRUSTRATED, -FRUSTRATED))
    steps = [gid.split(" to ") for gid in one]
    turned = {f"{b} to {a}" for a, b in steps if a != b}
    assert turned == {gid for gid in two if len(set(gid.split(" to "))) == 2}


def test_corners_of_square_and_cube_follow_the_units():
    square = circles(plots.transition_graph(ASYMMETRIC_TABLE))
    assert {name: tuple(at) for name, at in square.items()} == {
        "−−": (-1, -1),
        "+−": (1, -1),
        "−+": (-1, 1),
        "++": (1, 1),
    }
    cube = circles(plots.transition_graph(table(FRUSTRATED.tolist())))
    for first in ("−+", "+−"):  # an edge of unit 1 has one direction wherever it is
        np.testing.assert_allclose(cube[f"+{first}"] - cube[f"−{first}"], cube["+−−"] - cube["−−−"])


@pytest.mark.parametrize("N", [1, 2, 3, 4])
def test_arrows_end_at_the_rim_of_a_state_and_cross_no_other(N):
    rng = np.random.default_rng(N)
    successors = table(np.triu(rng.integers(-2, 3, (N, N)), 1).tolist())
    ax = plots.transition_graph(successors)
    at = circles(ax)
    radius = next(p.radius for p in ax.patches if (p.get_gid() or "").startswith("state "))
    for line in ax.lines:
        if " to " in (line.get_gid() or ""):
            a, b = line.get_gid().split(" to ")
            curve = line.get_xydata()
            for name, centre in at.items():
                nearest = np.hypot(*(curve - centre).T).min()
                assert nearest >= 0.99 * radius
                assert name in (a, b) or nearest > 1.1 * radius


def test_loops_of_the_square_are_outside():
    ax = plots.transition_graph(ASYMMETRIC_TABLE)
    for line in ax.lines:
        a, _, b = (line.get_gid() or "").partition(" to ")
        if a and a == b:
            assert np.abs(line.get_xydata()).max() > 1.4
            assert np.abs(line.get_xydata()).min(axis=0).min() > 0.7


@pytest.mark.parametrize("given", [1, "+-", "+−", [1], ["+-"], [[1, -1]], np.array([[1, -1]])])
def test_highlight_in_every_notation(given):
    ax = plots.transition_graph(ASYMMETRIC_TABLE, highlight=given)
    assert face(ax, "+−") == plots.HIGHLIGHT and face(ax, "−−") == "#ffffff"
    assert "Highlighted: +−." in ax.alt_text


def test_path_is_marked_and_told_without_pauses():
    ax = plots.transition_graph(ASYMMETRIC_TABLE, path=[0, 0, 1, 3])
    assert gids(ax.lines).count("path") == 2
    assert face(ax, "++") == plots.HIGHLIGHT
    assert ax.alt_text.endswith("Path: −− to +− to ++.")
    states = [[-1, -1], [1, -1], [1, 1]]
    assert plots.transition_graph(ASYMMETRIC_TABLE, path=states).alt_text == ax.alt_text


def test_energies_are_printed_or_order_the_states():
    ax = plots.transition_graph(SYMMETRIC_TABLE, energies=[1, -1, -1, 1])
    assert texts(ax).count("−1") == 2 + 2  # two states, two ends of the axes
    ring = np.roll(np.eye(4, dtype=int), 1, 0) + np.roll(np.eye(4, dtype=int), -1, 0)
    E = Net(ring).energy(np.array([[1 if c >> i & 1 else -1 for i in range(4)] for c in range(16)]))
    at = circles(plots.transition_graph(table(ring.tolist()), energies=E))
    heights = np.array([at[name][1] for name in names(4)])
    assert (np.sign(np.subtract.outer(heights, heights)) == np.sign(np.subtract.outer(E, E))).all()


@pytest.mark.parametrize("N", [4, 5, 6])
def test_larger_graphs_show_every_state_once(N):
    rng = np.random.default_rng(N)
    W = np.triu(rng.integers(-3, 4, (N, N)), 1)
    successors = table((W + W.T).tolist())
    ax = plots.transition_graph(successors)
    at = np.array(list(circles(ax).values()))
    assert len(at) == 2**N
    apart = np.hypot(*(at[:, None] - at).transpose(2, 0, 1))[~np.eye(2**N, dtype=bool)]
    radius = next(p.radius for p in ax.patches if (p.get_gid() or "").startswith("state "))
    assert apart.min() > 2 * radius
    changes = (successors != np.arange(2**N)[:, None]).sum()
    assert len([gid for gid in arrows(ax) if len(set(gid.split(" to "))) == 2]) == changes
    assert len(fixed(ax)) == (successors == np.arange(2**N)[:, None]).all(axis=1).sum()


@pytest.mark.parametrize(
    ("successors", "message"),
    [
        (np.zeros((3, 2), int), r"shape \(3, 2\)"),
        (np.zeros((4, 3), int), r"shape \(4, 3\)"),
        (np.zeros((2, 2, 2), int), r"shape \(2, 2, 2\)"),
        ([1], r"shape \(1,\)"),
        ([0, 4, 0, 0], r"outside 0\.\.3"),
        ([0, -1, 0, 0], r"outside 0\.\.3"),
        ([[3, 0], [1, 3], [2, 0], [2, 3]], r"successors\[0, 0\] is 3"),
        (np.arange(128), "at most 6 units.*state_space"),
    ],
)
def test_bad_transitions(successors, message):
    with pytest.raises(ValueError, match=message):
        plots.transition_graph(successors)


@pytest.mark.parametrize(
    ("wrong", "error", "message"),
    [
        ({"highlight": 4}, ValueError, "highlight is 4"),
        ({"highlight": "+"}, ValueError, "highlight holds '\\+'"),
        ({"highlight": [[1, 0]]}, ValueError, "highlight"),
        ({"path": [0, 7]}, ValueError, "path is 7"),
        ({"path": [[1, 1, 1]]}, ValueError, "path holds a state of 3 units"),
        ({"path": [0.5]}, TypeError, "path is 0.5"),
        ({"energies": [1, 2]}, ValueError, "energies"),
    ],
)
def test_bad_options_of_a_transition_graph(wrong, error, message):
    with pytest.raises(error, match=message):
        plots.transition_graph(ASYMMETRIC_TABLE, **wrong)


# --- hypercube ----------------------------------------------------------------------------------


@pytest.mark.parametrize("N", [1, 2, 3, 4])
def test_hypercube_has_its_corners_and_edges(N):
    ax = plots.hypercube(N)
    at = circles(ax)
    assert set(at) == set(names(N)) and set(names(N)) <= set(texts(ax))
    edges = [line.get_xydata() for line in ax.lines if line.get_color() == "#8a94a1"]
    assert len(edges) == N * 2 ** (N - 1)
    pairs = {
        frozenset(min(at, key=lambda name, p=end: np.hypot(*(at[name] - p))) for end in edge[[0, -1]])
        for edge in edges
    }
    assert pairs == {
        frozenset((a, b))
        for a in names(N)
        for b in names(N)
        if sum(x != y for x, y in zip(a, b, strict=True)) == 1
    }


def test_path_through_the_hypercube():
    ax = plots.hypercube(3, path=["---", "+--", "++-"], state=[1, 1, -1])
    assert gids(ax.lines).count("path") == 2
    assert face(ax, "++−") == plots.HIGHLIGHT
    assert "Path: −−− to +−− to ++−. Highlighted: ++−." in ax.alt_text


@pytest.mark.parametrize("N", [0, 5])
def test_hypercube_of_a_wrong_dimension(N):
    with pytest.raises(ValueError, match="N is"):
        plots.hypercube(N)


# --- network ------------------------------------------------------------------------------------


def test_many_weights_are_counted_as_they_are_drawn():
    W = 1 - np.eye(6)
    W[0, 1] = W[1, 0] = -1
    assert plots.network(W).alt_text == (
        "Network of 6 units. 14 of its 15 weights are positive, 1 negative; they are symmetric."
    )
    W[0, 1] = 2
    assert "15 of its 16 weights are positive, 1 negative; they are not sym" in plots.network(W).alt_text


def test_asymmetric_weights_have_an_arrow_each():
    ax = plots.network(ASYMMETRIC, labels="names")
    negative, positive = sorted(ax.lines, key=lambda line: line.get_gid())
    assert (negative.get_gid(), positive.get_gid()) == ("w1,2", "w2,1")
    assert (negative.get_color(), positive.get_color()) == (plots.INHIBITORY, plots.EXCITATORY)
    assert negative.get_linestyle() != positive.get_linestyle() == "-"
    start, end = negative.get_xydata()[[0, -1], 0]
    assert start > 0 > end  # w12 leads from unit 2, on the right, to unit 1
    assert {"w₁₂ = −1", "w₂₁ = +1"} <= set(texts(ax))
    assert ax.alt_text == "Network of 2 units. Weights: w₁₂ = −1, w₂₁ = +1."


def test_symmetric_weights_share_a_line_with_two_heads():
    ax = plots.network(SYMMETRIC)
    (line,) = ax.lines
    assert line.get_gid() == "w1,2=w2,1"
    assert len([p for p in ax.patches if not p.get_gid()]) == 2  # heads
    assert texts(ax) == ["1", "2", "−1"]


def test_four_units_of_figure_1_1_are_fully_connected():
    ax = plots.network(np.ones((4, 4)) - np.eye(4))
    assert len(ax.lines) == 6
    labels = [t for t in ax.texts if t.get_text() == "+1"]
    assert len(labels) == 6
    drawn(ax)
    boxes = [t.get_window_extent() for t in labels]
    assert not any(a.overlaps(b) for k, a in enumerate(boxes) for b in boxes[:k])
    for label, box in zip(labels, boxes, strict=True):  # each label touches the line it stands on only
        touched = [
            line for line in ax.lines if box.count_contains(ax.transData.transform(dense(line.get_xydata())))
        ]
        assert len(touched) == 1, label.get_position()


def dense(curve):
    t = np.linspace(0, len(curve) - 1, 400)
    return np.column_stack([np.interp(t, range(len(curve)), column) for column in curve.T])


def test_state_bias_and_self_connections():
    ax = plots.network([[1, 0], [0, 0]], state=[1, -1], bias=[0, -0.5])
    assert sorted(gids(ax.lines)) == ["b2", "w1,1"]
    units = {p.get_gid(): mpl.colors.to_hex(p.get_facecolor()) for p in ax.patches if p.get_gid()}
    assert units == {"unit 1": plots._canvas.ON_PAPER, "unit 2": plots.PAPER}  # ink that no theme turns
    assert ax.alt_text.endswith("w₁₁ = +1. Bias: 0, −0.5. State: +1, −1.")


def test_weights_can_stay_unprinted():
    assert texts(plots.network(SYMMETRIC, labels=False)) == ["1", "2"]


def test_units_stand_where_they_are_told_to():
    places = np.array([[0, 0], [30, 0], [0, 10.0]])  # in any scale
    ax = plots.network(FRUSTRATED, positions=places)
    at = {p.get_gid(): np.array(p.center) for p in ax.patches if p.get_gid()}
    found = np.array([at[f"unit {i}"] for i in (1, 2, 3)])
    np.testing.assert_allclose(found - found[0], places * 0.15)  # the nearest two as far as in a ring
    assert (places == [[0, 0], [30, 0], [0, 10]]).all()
    assert ax.alt_text == plots.network(FRUSTRATED).alt_text
    assert plots.network([[0]], positions=[[5, 5]]).get_figure()


def test_highlighted_weights_are_marked_and_told():
    lit = np.zeros((3, 3), bool)
    lit[2, 0] = True  # one direction of a pair is enough
    ax = plots.network(FRUSTRATED, highlight=lit)
    assert [gid for gid in gids(ax.lines) if gid.startswith("highlight")] == ["highlight w1,3=w3,1"]
    assert ax.alt_text.endswith("Highlighted: w₁₃ = w₃₁.")
    one_way = plots.network(ASYMMETRIC, highlight=np.array([[False, True], [False, False]]))
    assert [gid for gid in gids(one_way.lines) if gid.startswith("highlight")] == ["highlight w1,2"]
    assert "Highlighted" not in plots.network(FRUSTRATED, highlight=np.eye(3, dtype=bool)).alt_text


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"positions": np.zeros((3, 2))}, ValueError, "same place"),
        ({"positions": np.zeros((2, 2))}, ValueError, r"positions has shape \(2, 2\)"),
        ({"positions": [[0, np.inf]] * 3}, ValueError, "positions contains infinity"),
        ({"highlight": FRUSTRATED}, TypeError, "booleans"),
        ({"highlight": np.zeros((2, 2), bool)}, ValueError, r"highlight has shape \(2, 2\)"),
    ],
)
def test_bad_positions_and_highlights(options, error, message):
    with pytest.raises(error, match=message):
        plots.network(FRUSTRATED, **options)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (([[0, 1]],), "square"),
        ((np.zeros((17, 17)),), "at most 16"),
        ((ASYMMETRIC, [0, 1]), "to_bipolar"),
        ((ASYMMETRIC, [1, 1, 1]), "N = 2"),
        ((ASYMMETRIC, None, [1]), "bias"),
        (([[0, np.nan], [1, 0]],), "NaN"),
    ],
)
def test_bad_networks(arguments, message):
    with pytest.raises(ValueError, match=message):
        plots.network(*arguments)


def test_bad_labels():
    with pytest.raises(ValueError, match="labels is 'all'"):
        plots.network(ASYMMETRIC, labels="all")


# --- energy levels ------------------------------------------------------------------------------


def test_levels_and_minima_of_figure_1_4():
    ax = plots.energy_levels(Net(-FRUSTRATED))
    minima = {gid.removeprefix("minimum ") for gid in gids(ax.texts) if "minimum" in gid}
    assert minima == {"+−+", "−+−"}
    heights = {t.get_text(): t.get_position()[1] for t in ax.texts}
    assert heights["+−+"] == heights["−+−"] == -3 and heights["+++"] == 1
    downhill, level = (c for c in ax.collections if isinstance(c, LineCollection))
    assert (downhill.get_gid(), level.get_gid()) == ("downhill", "level")
    assert (len(downhill.get_segments()), len(level.get_segments())) == (6, 6)
    assert ax.alt_text.endswith("on 2 levels. Minima: −+− and +−+ at −3.")


def test_levels_of_the_frustrated_network():
    ax = plots.energy_levels(Net(FRUSTRATED), path=["-+-", "--+"])
    assert len([gid for gid in gids(ax.texts) if "minimum" in gid]) == 6
    assert gids(ax.lines) == ["path"]


def test_states_of_four_units_stand_in_columns_by_their_units_at_plus_one():
    """Every line leads to the next column, so none runs along a column behind other names."""
    W = np.array([[0, 1, 1, -2], [1, 0, -3, -3], [1, -3, 0, 3], [-2, -3, 3, 0]])
    ax = plots.energy_levels(Net(W))
    x = {t.get_text(): t.get_position()[0] for t in ax.texts}
    assert all(a < b for a, b in pairwise(x[name] for name in ("−−−−", "+−−−", "++−−", "+++−", "++++")))
    assert all(x[a] < x[b] for a in x for b in x if a.count("+") + 2 <= b.count("+"))


@pytest.mark.parametrize("N", [4, 5, 6, 8])
def test_names_of_minima_do_not_touch(N):
    rng = np.random.default_rng(N)
    W = np.triu(rng.normal(size=(N, N)), 1)
    ax = drawn(plots.energy_levels(Net(W + W.T)))
    boxes = [t.get_window_extent() for t in ax.texts]
    assert not any(a.overlaps(b) for k, a in enumerate(boxes) for b in boxes[:k])


def test_bad_networks_have_no_levels():
    with pytest.raises(ValueError, match="not symmetric"):
        plots.energy_levels(Net(ASYMMETRIC))
    with pytest.raises(ValueError, match="at most 8"):
        plots.energy_levels(Net(np.zeros((9, 9))))
    with pytest.raises(TypeError, match="net is ndarray"):
        plots.energy_levels(ASYMMETRIC)


# --- pictures -----------------------------------------------------------------------------------


def test_grid_shows_the_state():
    state = np.array([1, -1, -1, -1, 1, 1])
    ax = plots.grid(state, (2, 3), title="six")
    assert (ax.images[0].get_array() == state.reshape(2, 3)).all()
    assert ax.get_title() == "six"
    assert ax.alt_text.endswith("3 of 6 dark (+1); rows from the top: +−−, −++.")


@pytest.mark.parametrize(
    ("given", "shape"), [((9,), (3, 3)), ((5,), (1, 5)), ((2, 3), (2, 3)), ((4, 4), (4, 4))]
)
def test_shape_of_a_picture(given, shape):
    assert plots.grid(np.ones(given)).images[0].get_array().shape == shape


def test_grids_fill_rows():
    states = np.where(np.arange(28).reshape(7, 4) % 3, 1, -1)
    axes = plots.grids(states, titles=list("abcdefg"), columns=3)
    assert axes.shape == (7,) and [ax.get_title() for ax in axes] == list("abcdefg")
    assert len({ax.figure for ax in axes}) == 1
    left = [round(ax.get_position().x0, 6) for ax in axes]
    assert left[0] == left[3] == left[6] and len(set(left)) == 3
    for ax, state in zip(axes, states, strict=True):
        assert (ax.images[0].get_array().ravel() == state).all()


def test_grids_mark_cells():
    """A dot in the middle of each marked cell, and their number in the description."""
    states, marked = np.ones((2, 6), int), np.zeros((2, 6), bool)
    marked[1, [0, 5]] = True
    none, two = plots.grids(states, (2, 3), marked=marked)
    assert none.lines[0].get_xdata().tolist() == [] and none.alt_text.endswith("Marked: 0.")
    assert two.lines[0].get_xydata().tolist() == [[0, 0], [2, 1]] and two.alt_text.endswith("Marked: 2.")
    assert plots.grid([[1, -1], [1, 1]], marked=[[0 > 1, 1 > 0], [0 > 1, 0 > 1]]).lines[0].get_xdata() == [1]
    with pytest.raises(ValueError, match=r"marked has shape \(6,\); \(2, 6\) is wanted"):
        plots.grids(states, marked=marked[0])
    with pytest.raises(TypeError, match="marked holds values of type int64; booleans"):
        plots.grid(states[0], (2, 3), marked=states[0])


def test_hyphens_of_names_are_printed_as_minus_signs():
    bars, table = (
        plots.bars({"+--": 1, "well-known": 2}),
        plots.matrix([[1, 2]], rows=["+-"], columns=["-1", "a"]),
    )
    assert [label.get_text() for label in bars.get_yticklabels()] == ["+−−", "well-known"]
    assert [label.get_text() for label in (*table.get_yticklabels(), *table.get_xticklabels())] == [
        "+−",
        "−1",
        "a",
    ]


@pytest.mark.parametrize(
    ("draw", "message"),
    [
        (lambda: plots.grid([0, 1, 1, 0]), "to_bipolar"),
        (lambda: plots.grid([1, 1, 1, 1], (3, 2)), "3 x 2 = 6 cells.*4 units"),
        (lambda: plots.grid([1, 1, 1, 1], (4,)), r"\(rows, columns\)"),
        (lambda: plots.grid([]), "empty"),
        (lambda: plots.grids([[1, 1], [1, 1]], titles=["one"]), "titles"),
        (lambda: plots.grids(np.ones((0, 4))), "empty"),
    ],
)
def test_bad_pictures(draw, message):
    with pytest.raises(ValueError, match=message):
        draw()


@pytest.mark.parametrize(
    ("given", "shape", "wanted"),
    [
        ((9,), None, (3, 3)),
        ((5,), None, (1, 5)),
        ((2, 3), None, (2, 3)),
        ((6,), (3, 2), (3, 2)),
        ((2, 3), (1, 6), (1, 6)),
        ((1,), None, (1, 1)),
    ],
)
def test_grey_shows_the_numbers_in_their_shape(given, shape, wanted):
    state = np.random.default_rng(0).normal(size=given)
    before = state.copy()
    ax = plots.grey(state, shape, title="so")
    assert (ax.images[0].get_array() == state.reshape(wanted)).all() and (state == before).all()
    assert ax.get_title() == "so" and plots.grey(state).get_title() == ""
    rows, columns = wanted
    assert ax.alt_text.startswith(f"Picture of {rows} by {columns} cell")


def test_grey_runs_from_light_to_dark_and_stops_there():
    ax = plots.grey([-9.0, -1, -0.5, 0, 0.5, 1, 9], (1, 7))
    image = ax.images[0]
    colours = image.to_rgba(image.get_array())[0, :, :3]
    light = colours @ [0.299, 0.587, 0.114]
    assert (np.diff(light[1:6]) < -0.1).all()  # apart in grey, too
    assert (light[0], light[6]) == (light[1], light[5])
    assert mpl.colors.to_hex(colours[1]) == plots.PAPER and mpl.colors.to_hex(colours[5]) == plots.INK
    assert ax.alt_text == "Picture of 1 by 7 cells, values from −9 to 9."


@pytest.mark.parametrize("shaped", [False, True])
@pytest.mark.parametrize(("columns", "across"), [(None, 6), (1, 1), (3, 3), (9, 9)])
def test_greys_fill_rows(columns, across, shaped):
    import matplotlib.pyplot as plt

    before = plt.get_fignums()
    states = np.random.default_rng(1).uniform(-1, 1, (7, 2, 3))
    given = states if shaped else states.reshape(7, 6)
    axes = plots.greys(given, None if shaped else (2, 3), titles=list("abcdefg"), columns=columns)
    assert isinstance(axes, np.ndarray) and axes.shape == (7,)
    assert [ax.get_title() for ax in axes] == list("abcdefg")
    for ax, state in zip(axes, states, strict=True):
        assert (ax.images[0].get_array() == state).all() and ax.alt_text.startswith("Picture of 2 by 3")
    (figure,) = {ax.figure for ax in axes}
    assert figure.axes == list(axes) and plt.get_fignums() == before
    lefts = [round(ax.get_position().x0, 6) for ax in axes]
    assert len(set(lefts)) == min(across, 7) and lefts == [lefts[k % across] for k in range(7)]
    tops = [round(ax.get_position().y1, 6) for ax in axes]
    assert tops == [tops[k - k % across] for k in range(7)] and sorted(tops, reverse=True) == tops


@pytest.mark.parametrize("shape", [(8, 64), (24, 24), (30, 6)])
@pytest.mark.parametrize("B", [1, 4, 8])
def test_greys_do_not_overlap(B, shape):
    axes = plots.greys(np.zeros((B, *shape)), titles=[f"β = {k}" for k in range(B)])
    drawn(axes[0])
    boxes = [ax.get_tightbbox() for ax in axes]
    width, height = axes[0].figure.bbox.size
    for k, box in enumerate(boxes):
        assert box.x0 >= 0 and box.y0 >= 0 and box.x1 <= width and box.y1 <= height
        assert not any(box.overlaps(other) for other in boxes[:k])


@pytest.mark.parametrize(
    ("draw", "error", "message"),
    [
        (
            lambda: plots.grey([]),
            ValueError,
            r"state has shape \(0,\); \(N,\) or \(rows, columns\) is wanted",
        ),
        (lambda: plots.grey(0.5), ValueError, r"state has shape \(\);"),
        (lambda: plots.grey(np.ones((1, 2, 2))), ValueError, r"state has shape \(1, 2, 2\);"),
        (lambda: plots.grey([1, np.nan]), ValueError, "state contains NaN"),
        (lambda: plots.grey([[1, 2], [3]]), ValueError, "state has rows of different lengths"),
        (lambda: plots.grey(["a"]), TypeError, "state holds text"),
        (lambda: plots.grey([1j]), TypeError, "state holds complex numbers"),
        (lambda: plots.grey(None), TypeError, "state is None"),
        (lambda: plots.grey([1, 2], (2, 2)), ValueError, "shape is 2 x 2 = 4 cells, but state has 2 units"),
        (lambda: plots.grey([1, 2], 2), ValueError, r"shape is 2; \(rows, columns\) is wanted"),
        (lambda: plots.grey([1, 2], (2.0, 1)), TypeError, "shape is 2.0; an integer is wanted"),
        (
            lambda: plots.greys([1.0, 2]),
            ValueError,
            r"states has shape \(2,\); \(B, N\) or \(B, rows, columns\)",
        ),
        (lambda: plots.greys([]), ValueError, r"states has shape \(0,\);"),
        (lambda: plots.greys(np.ones((0, 4))), ValueError, r"states has shape \(0, 4\);"),
        (lambda: plots.greys(np.ones((1, 1, 1, 1))), ValueError, r"states has shape \(1, 1, 1, 1\);"),
        (lambda: plots.greys([[np.inf]]), ValueError, "states contains infinity"),
        (lambda: plots.greys([["a"]]), TypeError, "states holds text"),
        (
            lambda: plots.greys([[1], [2]], titles=["one"]),
            ValueError,
            r"titles is \['one'\]; a sequence of 2",
        ),
        (lambda: plots.greys([[1], [2]], titles="ab"), ValueError, "titles is 'ab'; a sequence of 2"),
        (lambda: plots.greys([[1], [2]], titles=2), ValueError, "titles is 2; a sequence of 2"),
        (lambda: plots.grids([[1], [-1]], titles=2), ValueError, "titles is 2; a sequence of 2"),
        (lambda: plots.greys([[1, 2]], columns=0), ValueError, "columns is 0"),
        (lambda: plots.greys([[1, 2]], columns=1.5), TypeError, "columns is 1.5; an integer is wanted"),
        (lambda: plots.greys([[1, 2, 3]], (2, 2)), ValueError, "shape is 2 x 2 = 4 cells"),
    ],
)
def test_bad_greys_are_named(draw, error, message):
    with pytest.raises(error, match=f"^{message}"):
        draw()


# --- traces -------------------------------------------------------------------------------------


def test_energy_trace_shows_every_change():
    ax = plots.energy_trace(TRAJECTORY)
    steps, dots = ax.lines
    np.testing.assert_array_equal(dots.get_xydata(), [[0, 3], [2, -0.5], [5, -1.25]])
    assert steps.get_xdata()[-1] > 5 and steps.get_ydata()[-1] == -1.25
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("updates", "energy E")
    assert "from 3 to −1.25 in 5 updates, falling at every change" in ax.alt_text
    assert ax.alt_text.endswith("ends in a fixed point.")


def test_energy_that_rises_is_told():
    rising = SimpleNamespace(times=[0, 1, 2], energies=[0.0, 1.0, -1.0])
    assert "rising at 1 of 2 changes" in plots.energy_trace(rising).alt_text


def test_overlap_trace_names_its_lines():
    patterns = np.array([[1, 1, 1], [-1, -1, -1]])
    ax = plots.overlap_trace(TRAJECTORY, patterns, names=["all", "none"])
    assert texts(ax) == ["all", "none"]
    assert "all from 0.33 to −1, none from −0.33 to 1" in ax.alt_text
    assert ax.get_ylim()[0] <= -1 and ax.get_ylim()[1] >= 1


def test_names_at_equal_overlaps_keep_apart():
    patterns = np.repeat([[-1, -1, -1]], 5, axis=0)
    ax = plots.overlap_trace(TRAJECTORY, patterns)
    heights = np.sort([t.get_position()[1] for t in ax.texts])
    assert len(heights) == 5 and np.diff(heights).min() > 0.14 and heights.max() <= 1


def test_of_many_patterns_three_are_named():
    ax = plots.overlap_trace(TRAJECTORY, np.repeat([[1, 1, 1]], 9, axis=0))
    assert len(ax.texts) == 3 and "the other 6 within ±1" in ax.alt_text


def test_raster_shows_units_over_time():
    ax = plots.raster(TRAJECTORY)
    assert (np.asarray(ax.images[0].get_array()) == TRAJECTORY.states.T).all()
    assert ax.yaxis_inverted()
    assert "3 units during a recall, 2 flips in 5 updates: from 2 units at +1 to 0." in ax.alt_text


@pytest.mark.parametrize("draw", [plots.energy_trace, plots.raster])
def test_what_is_no_trajectory_is_refused(draw):
    with pytest.raises(TypeError, match="trajectory is list"):
        draw([1, 2, 3])


def test_number_of_names_must_fit():
    with pytest.raises(ValueError, match="names"):
        plots.overlap_trace(TRAJECTORY, [[1, 1, 1]], names=["one", "two"])


# --- showing ------------------------------------------------------------------------------------


@pytest.fixture
def displayed(monkeypatch):
    calls = []
    monkeypatch.setattr("IPython.display.display", lambda data, **how: calls.append((data, how)))
    return calls


def test_show_displays_picture_and_description_once(displayed):
    ax = plots.transition_graph(ASYMMETRIC_TABLE)
    ax.set_title("Network 1")
    assert plots.show(ax) is None
    ((data, how),) = displayed
    assert how["raw"] and how["metadata"]["image/png"]["alt"] == f"Network 1: {ax.alt_text}"
    assert data["text/plain"] == f"Network 1: {ax.alt_text}"
    assert base64.b64decode(data["image/png"])[:8] == b"\x89PNG\r\n\x1a\n"
    assert html.unescape(data["text/html"].split('"')[1]) == f"Network 1: {ax.alt_text}"


def test_the_description_arrives_as_alt_text_of_the_same_picture():
    ax = plots.grid([1, -1, -1, 1])
    data, metadata = plots.mimebundle(ax.figure, 'more < less & "so on"')
    size = metadata["image/png"]
    assert data["text/html"] == (
        '<img alt="more &lt; less &amp; &quot;so on&quot;" '
        f'width="{size["width"]}" height="{size["height"]}" '
        'style="max-width: 100%; height: auto; background: white" '
        f'src="data:image/png;base64,{data["image/png"]}">'
    )


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("energy $E_2$ at $w_{ii} = -2$", "energy E₂ at wᵢᵢ = −2"),
        (r"$\mathrm{sgn}(h)$, $\log N$, $\lambda \leq \beta$", "sgn(h), log N, λ ≤ β"),
        (r"$x_{final}\,y$", "x_finaly"),
        ("5 $ and no more", "5 $ and no more"),
    ],
)
def test_a_description_reads_formulas_as_plain_text(text, heard):
    data, metadata = plots.mimebundle(Figure(figsize=(1, 1)), text)
    assert data["text/plain"] == metadata["image/png"]["alt"] == heard
    assert f'alt="{heard}"' in data["text/html"]


def test_show_takes_axes_arrays_and_figures(displayed):
    axes = plots.grids([[1, -1], [1, 1]])
    for what in (axes, list(axes), axes[0], axes[0].figure):
        plots.show(what)
    texts = [data["text/plain"] for data, _ in displayed]
    assert texts == [f"{axes[0].alt_text} {axes[1].alt_text}"] * 4


def test_show_closes_figures_of_pyplot(displayed):
    import matplotlib.pyplot as plt

    fig, ax = plt.subplots()
    ax.set(xlabel="time", ylabel="energy")
    plots.show(fig)
    assert not plt.fignum_exists(fig.number)
    assert displayed[0][0]["text/plain"] == "energy against time."
    plots.show(fig, alt="own words")
    assert displayed[1][0]["text/plain"] == "own words"


@pytest.mark.parametrize("what", [None, [], "ax", [1]])
def test_show_refuses_what_is_no_figure(what):
    with pytest.raises(TypeError, match="Axes"):
        plots.show(what)


def test_png_has_the_size_and_the_description_asked_for():
    from PIL import Image

    data = plots.png(Figure(figsize=(2, 1)), "a line − dotted", dpi=50)
    assert struct.unpack(">II", data[16:24]) == (100, 50)
    assert Image.open(io.BytesIO(data)).text["Description"] == "a line − dotted"


def pictures(fig):
    """The figure as matplotlib writes it, and as `plots.png` does."""
    from PIL import Image

    plain = io.BytesIO()
    fig.savefig(plain, format="png", dpi=120)
    return Image.open(plain), Image.open(io.BytesIO(plots.png(fig)))


def test_png_keeps_few_colours_where_few_will_do():
    fig = plots.transition_graph(ASYMMETRIC_TABLE).figure
    before, after = pictures(fig)
    assert after.mode == "P" and len(plots.png(fig)) < 0.6 * len(before.fp.getvalue())
    error = np.abs(np.subtract(before.convert("RGB"), after.convert("RGB"), dtype=int))
    assert error.mean() < 0.5 and np.quantile(error, 0.999) <= 12


def test_png_keeps_the_colours_of_a_photograph_and_what_shines_through():
    ax = Figure(figsize=(2, 2)).add_axes([0, 0, 1, 1])
    ax.imshow(np.random.default_rng(0).random((60, 60, 3)), interpolation="none")
    before, after = pictures(ax.figure)
    assert after.mode == "RGBA" and np.array_equal(before, after)
    fig = Figure(figsize=(1, 1), facecolor="none")
    before, after = pictures(fig)
    assert after.mode == "RGBA" and np.array_equal(before, after)


# --- one style ------------------------------------------------------------------------------------

CHARTS = [
    "curves",
    "energy_trace",
    "overlap_trace",
    "scatter",
    "bars",
    "tally",
    "fields_by_distance",
    "basin",
]
CHARTS += ["crosstalk", "energy_walk", "gain_curve", "branches", "energy_plane"]
WITH_LEGEND = ["curves", "fields_by_distance", "basin", "crosstalk", "energy_walk", "gain_curve", "branches"]


@pytest.mark.parametrize("given", [False, True])
@pytest.mark.parametrize("name", CHARTS)
def test_axes_with_numbers_share_one_style(name, given):
    ax = drawn(EVERY_PLOT[name](Figure().add_subplot() if given else None))
    assert not ax.spines["top"].get_visible() and not ax.spines["right"].get_visible()
    for axis in (ax.xaxis, ax.yaxis):
        assert axis.label.get_color() == plots.INK and axis.label.get_fontsize() == 10
        for tick in axis.get_ticklabels():
            assert (tick.get_fontsize(), tick.get_color()) == (9, plots.INK)


@pytest.mark.parametrize("name", EVERY_PLOT)
def test_letters_can_be_read_on_a_narrow_page(name):
    """A page of 566 pixels shrinks what is wider; no letter is then lower than 6 points."""
    ax = drawn(EVERY_PLOT[name](None))
    shrunk = min(1, 5.9 / ax.figure.get_size_inches()[0])
    letters = [t for t in ax.findobj(Text) if t.get_visible() and t.get_text().strip()]
    assert all(t.get_fontsize() * shrunk > 6 for t in letters)


@pytest.mark.parametrize("width", [2.9, 5.9])
@pytest.mark.parametrize("titled", [False, True])
@pytest.mark.parametrize("name", WITH_LEGEND)
def test_legends_stand_outside_the_data(name, titled, width):
    ax = plots.panels(1, size=width, height=2.9, titles=["a title"] if titled else None)[0]
    ax = drawn(EVERY_PLOT[name](ax))
    legend, (wide, high) = ax.get_legend().get_window_extent(), ax.figure.bbox.size
    assert legend.y0 >= ax.bbox.y1 - 1
    assert legend.x0 >= 0 and legend.x1 <= wide and legend.y1 <= high
    assert ax.bbox.width > 0.6 * wide  # the legend has not pushed the data aside
    title = ax.title.get_window_extent()
    assert not titled or (title.y0 >= legend.y1 - 2 and title.y1 <= high)
    named = [text.get_text() for text in ax.get_legend().get_texts()]
    assert len(named) == len(set(named)) and "^" not in "".join(named)


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("m = -1", "m = −1"),
        ("+--", "+−−"),
        ("x^10 and e^x", "x¹⁰ and eˣ"),
        ("self-connection, A-1", "self-connection, A-1"),
        ("$w = -1$", "$w = -1$"),
    ],
)
def test_titles_are_set_as_a_printer_does(written, printed):
    assert plots.panels(1, titles=[written])[0].get_title() == printed


def test_cells_are_ruled_where_they_are_large_enough():
    def ruled(side, across):
        axes = plots.grids(np.ones((across, side * side), int), (side, side), columns=across)
        return bool(axes[0].collections)

    assert ruled(10, 3) and ruled(10, 6) and ruled(20, 3)
    assert not ruled(24, 5)  # a face would drown in lines
    assert not ruled(10, 13)


def test_long_titles_of_pictures_are_wrapped_and_read_in_one():
    axes = plots.grids(np.ones((6, 4), int), titles=["three stored copies", *"bcdef"])
    assert axes[0].get_title() == "three stored\ncopies"
    boxes = [drawn(ax).title.get_window_extent() for ax in axes]
    assert not any(a.overlaps(b) for k, a in enumerate(boxes) for b in boxes[:k])
    assert plots._show.describe(axes[0].figure).startswith("three stored copies: Picture of 2 by 2")


# --- curves ---------------------------------------------------------------------------------------


def test_curves_draw_means_spreads_pieces_and_marks():
    ax = EVERY_PLOT["curves"](None)
    mean, first, second, mark = ax.lines
    assert mean.get_ydata() == pytest.approx([0.95, 0.6, 0.05])
    (spread,) = ax.collections
    assert [path.vertices[:, 1].tolist() for path in spread.get_paths()] == [[0.9, 1], [0.5, 0.7], [0, 0.1]]
    assert first.get_color() == second.get_color() != mean.get_color()
    assert first.get_xdata().tolist() == [1, 2] and second.get_xdata().tolist() == [2.5, 3]
    assert mark.get_xdata() == [2.5, 2.5] and texts(ax) == ["limit"]
    assert ax.alt_text == (
        "Share against load: measured 0.95 at 1, 0.6 at 2, 0.05 at 3; theory 1 at 1, 0.5 at 2; "
        "then 0.25 at 2.5, 0 at 3. Marked: limit at 2.5."
    )


def test_lines_that_spread_are_inside_their_axes():
    ax = plots.curves(
        {"a": ([0, 10, 20], [[1, 2], [3, 5], [6, 9]]), "b": ([0, 10, 20], [[3, 3], [3, 4], [0, 3]])}
    )
    (left, right), (low, high) = ax.get_xlim(), ax.get_ylim()
    assert left <= 0 and 20 <= right < 25 and -1 < low <= 0 and 9 <= high < 12


def test_a_short_logarithmic_axis_has_numbers_as_one_reads_them():
    ax = plots.curves({"a": ([1, 2, 3], [2, 30, 250])}, log="y")
    ax.figure.canvas.draw()
    low, high = ax.get_ylim()
    seen = [
        label.get_text()
        for y, label in zip(ax.get_yticks(), ax.get_yticklabels(), strict=True)
        if low < y < high
    ]
    assert seen == ["2", "5", "10", "20", "50", "100", "200"]
    assert not any(label.get_text() for label in ax.get_yticklabels(minor=True))


def test_curves_of_points_and_of_many_points():
    x = np.arange(101)
    ax = plots.curves({"cloud": (x, x % 7), "a line": (x, (x - 30) ** 2)}, dots=["cloud"], log="x")
    cloud, line = ax.lines
    assert cloud.get_linestyle() == "None" and cloud.get_marker() == "o"
    assert line.get_linestyle() != "None" and line.get_marker() in ("", "None")
    assert ax.get_xscale() == "log" and ax.get_yscale() == "linear"
    assert ax.alt_text == (
        "Y against x: cloud 101 points, from 0 to 6; “a line” 900 at 0, 25 at 25, 400 at 50, "
        "2025 at 75, 4900 at 100."
    )
    ax = plots.curves({"": ([0, 1, 2, 3, 4, 5, 6], [0, 1, 5, 1, 0, 0, 1e-13])})
    assert ax.get_legend() is None
    assert ax.alt_text.endswith(" 0 at 0, 5 at 2, 1 at 3, 0 at 4, 1e−13 at 6.")
    ax = plots.curves({"": (range(9), [0, 7, 0, 0, 0, 0, 0, -2, 0])})
    assert ax.alt_text.endswith(", highest 7 at 1, lowest −2 at 7.")


def test_energy_plane_shows_what_the_network_does():
    ax = EVERY_PLOT["energy_plane"](None)
    way, stars = ax.lines
    assert np.array_equal(way.get_xydata(), PLANE.recall([1, 0.2], record=True).states)
    assert stars.get_xydata().tolist() == [[1, 0], [0, 1]]
    (levels,) = (c for c in ax.collections)
    assert len(levels.levels) > 5
    assert "2 stars for the patterns. Recall from (1, 0.2) to (1, 0)." in ax.alt_text


# --- nothing overlaps, nothing is cut off ---------------------------------------------------------


def assert_readable(ax):
    box, (width, height) = drawn(ax).get_tightbbox(), ax.figure.bbox.size
    assert box.x0 >= 0 and box.y0 >= 0 and box.x1 <= width and box.y1 <= height
    # the number and the value of a unit stand closely in one circle and are left out
    labels = [t for t in ax.texts if t.get_bbox_patch() is not None]
    boxes = [t.get_window_extent() for t in labels]
    assert not any(a.overlaps(b) for k, a in enumerate(boxes) for b in boxes[:k])


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("N", [1, 2, 3, 4])
def test_labels_of_random_networks(N, seed):
    rng = np.random.default_rng([N, seed])
    weights, bias = rng.integers(-2, 3, (N, N)), rng.integers(-1, 2, N) / 2
    state = rng.choice([-1, 1], N)
    assert_readable(plots.network(weights, state, bias))
    assert_readable(plots.network(weights + weights.T, state, bias))
    assert_readable(plots.transition_graph(table(weights.tolist()), path=[0, 1]))
    assert_readable(plots.transition_graph(table(weights.tolist()), synchronous=True))
    if N < 4:
        assert_readable(plots.network(weights, bias=bias, labels="names"))


def test_the_lecture_in_panels_of_a_third_of_a_page():
    weights = np.array([[0, -1], [1, 0]])
    fig = Figure(figsize=(9, 3))
    axes = fig.subplots(1, 3)
    plots.network(weights, labels="names", ax=axes[0])
    plots.transition_graph(ASYMMETRIC_TABLE, ax=axes[1])
    plots.transition_graph(ASYMMETRIC_TABLE, synchronous=True, ax=axes[2])
    for ax in axes:
        assert_readable(ax)


# ------------------------------------------------------------------ what is handed in by mistake


NET_4 = binary.Network(learning.hebb([[1, 1, -1, 1]]))
FOUND = theory.fields([[1, 1, 1, 1], [1, -1, 1, -1]])


@pytest.mark.every(3)
@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: plots.panels(10**4), ValueError, "count is 10000; it must be between 1 and 100"),
        (lambda: plots.panels(2, columns=10**9), ValueError, "columns is 1000000000; it must be between"),
        (
            lambda: plots.panels(100, size=50),
            ValueError,
            "size is 50: the figure would have 5000 by 50 inches",
        ),
        (lambda: plots.panels(2, size="3"), TypeError, "size is '3'; a number is wanted"),
        (lambda: plots.panels(2, height=np.inf), ValueError, "height is inf"),
        (lambda: plots.panels(2, titles="ab"), ValueError, "titles is 'ab'; a sequence of 2 strings"),
        (lambda: plots.panels(1, titles=[None]), TypeError, "titles holds None; texts are wanted"),
        (
            lambda: plots.grid([1, 1, 1, -1], np.array([2, 2])),
            ValueError,
            r"shape is an array of shape \(2,\)",
        ),
        (lambda: plots.grid([1, 1], title=3), TypeError, "title is 3; a text is wanted"),
        (lambda: plots.curves({}), ValueError, "lines is .*; a mapping of 1 to 6 names"),
        (lambda: plots.curves({3: ([1], [1])}), TypeError, "a name in lines is 3; a text is wanted"),
        (
            lambda: plots.curves({"a": [1, 2, 3]}),
            ValueError,
            r"lines\['a'\] is .*; a pair \(x, y\) is wanted",
        ),
        (lambda: plots.curves({"a": ([1, 2], [1])}), ValueError, r"y of lines\['a'\] holds 1 entries for 2"),
        (lambda: plots.curves({"a": ([[1]], [1])}), ValueError, r"x of lines\['a'\] has shape \(1, 1\)"),
        (lambda: plots.curves({"a": ([1], [np.nan])}), ValueError, r"y of lines\['a'\]"),
        (lambda: plots.curves({"a": ([1], [1])}, dots=["b"]), ValueError, "dots names 'b'"),
        (lambda: plots.curves({"a": ([1], [1])}, log="z"), ValueError, "log is 'z'"),
        (lambda: plots.curves({"a": ([1], [1])}, marks=[1]), ValueError, r"marks is .*; a mapping"),
        (lambda: plots.curves({"a": ([1], [1])}, marks={"b": "c"}), TypeError, "a number in marks"),
        (lambda: plots.energy_plane(3), TypeError, "net is int; a network with energy and recall"),
        (lambda: plots.energy_plane(PLANE, [1, 2]), ValueError, r"cues has shape \(2,\); \(K, 2\)"),
        (lambda: plots.energy_plane(PLANE, reach=0), ValueError, "reach is 0"),
        (lambda: plots.grid([1, 1], ax=0), TypeError, "ax is int; a matplotlib Axes"),
        (lambda: plots.grids([[1, -1], [1]]), ValueError, "states has rows of different lengths"),
        (
            lambda: plots.grids(np.ones((2000, 4), int)),
            ValueError,
            "states holds 2000 pictures; at most 1000",
        ),
        (lambda: plots.grids([[0, 1]]), ValueError, "states holds 0/1 values"),
        (lambda: plots.matrix(np.eye(2), numbers=1), TypeError, "numbers is 1; True or False"),
        (lambda: plots.matrix(np.eye(60), numbers=True), ValueError, "values has 3600 entries; at most 2500"),
        (lambda: plots.matrix(np.eye(2), marked=np.eye(2)), TypeError, "marked holds values of type float64"),
        (lambda: plots.matrix(np.eye(2), rows=3), ValueError, "rows is 3; a sequence of 2 strings"),
        (
            lambda: plots.network(np.eye(2), labels=np.ones(3)),
            ValueError,
            r"labels is an array of shape \(3,\)",
        ),
        (
            lambda: plots.network(np.eye(2), labels=1),
            ValueError,
            "labels is 1; choose one of True, False, 'na",
        ),
        (lambda: plots.flow([0, 0], names=np.ones(3)), ValueError, r"names is an array of shape \(3,\)"),
        (lambda: plots.hypercube(2, path=3.5), TypeError, "path is 3.5; a list of states is wanted"),
        (lambda: plots.hypercube(2, path=[[1, [2]]]), ValueError, "path has rows of different lengths"),
        (lambda: plots.transition_graph([0, 1], synchronous="no"), TypeError, "synchronous is 'no'; True or"),
        (lambda: plots.crosstalk(np.eye(2)), TypeError, "fields is ndarray; what theory.fields returns is"),
        (lambda: plots.crosstalk(FOUND, 3), TypeError, "expected is int; what theory.crosstalk returns"),
        (lambda: plots.crosstalk(FOUND, gaussian=1), TypeError, "gaussian is 1; True or False"),
        (lambda: plots.crosstalk(FOUND, gaussian=True), ValueError, "gaussian is True, but expected is None"),
        (lambda: plots.energy_along([[0]], [1], 0), TypeError, "net is list; a network"),
        (lambda: plots.fields_by_distance(None, [1, 1]), TypeError, "net is NoneType; a network with field"),
        (
            lambda: plots.fields_by_distance(NET_4, [1, 1]),
            ValueError,
            "pattern has 2 units, but net has N = 4",
        ),
        (lambda: plots.energy_walk({"a": 3}, [[1, 1]]), TypeError, r"networks\['a'\] is int; a network"),
        (lambda: plots.energy_walk({"a": NET_4}, [[1, 1]]), ValueError, "networks: state has 2 units"),
        (
            lambda: plots.energy_walk({"a": NET_4}, [[1] * 4], marks=3),
            TypeError,
            "marks is 3; a list of numbers",
        ),
        (lambda: plots.energy_trace(NET_4.recall([1, 1, 1, 1])), ValueError, "trajectory: .* not recorded"),
        (lambda: plots.png(None), TypeError, "fig is NoneType; a matplotlib Figure"),
        (lambda: plots.png(plots.grid([1]).figure, dpi=10**9), ValueError, r"dpi is 1e\+09; it must lie in"),
        (lambda: plots.png(plots.grid([1]).figure, 3), TypeError, "alt is 3; a text is wanted"),
        (lambda: plots.show(plots.grid([1]), alt=3), TypeError, "alt is 3; a text is wanted"),
        (lambda: plots.show([[1, -1], [1]]), TypeError, "what is list; Axes"),
        (lambda: plots.show(np.broadcast_to(1, 10**12)), TypeError, "what is ndarray; Axes"),
    ],
)
def test_what_is_handed_in_by_mistake_is_named(call, error, words):
    with pytest.raises(error, match=words) as caught:
        call()
    assert len(str(caught.value)) < 300 and "truth value" not in str(caught.value)


def test_the_axis_of_the_cross_talk_says_what_is_counted():
    """The letter of chapter 06, whose cross-talk is multiplied by N s_i."""
    assert plots.crosstalk(FOUND).get_xlabel() == "cross-talk C / N"


# --- bars and points ----------------------------------------------------------------------------


def test_a_bar_shows_the_mean_and_its_number_the_spread():
    ax = plots.bars({"a": [3, 4, 8], "b": -2, "c": [1, 1]}, xlabel="flips")
    lengths = [bar.get_width() for bar in ax.patches]
    assert lengths == [5, -2, 1]
    assert [t.get_text() for t in ax.texts] == ["3 to 8", "−2", "1"]
    assert [t.get_text() for t in ax.get_yticklabels()] == ["a", "b", "c"]
    assert ax.alt_text == "Bars, flips: a 3 to 8, b −2, c 1."
    told = plots.bars({"a": [3, 4, 8], "c": [1, 1]}, means=True).alt_text
    assert told == "Bars: a 5 (3 to 8), c 1."


@pytest.mark.parametrize("values", [{"a": 250, "b": [220, 227]}, {"a": -3, "b": 2.5}, {"a": 0, "b": [0, 0]}])
def test_the_axis_of_bars_ends_where_the_longest_bar_ends(values):
    ax = drawn(plots.bars(values, xlabel="friends, of 250"))
    ends = [0, *np.concatenate([np.atleast_1d(each) for each in values.values()])]
    ticks = ax.get_xticks()
    assert ax.spines["bottom"].get_bounds() == (min(ends), max(ends))
    assert len(ticks) and min(ends) <= ticks.min() and ticks.max() <= max(ends)


@pytest.mark.parametrize("most", [6, 12, 20, 22, 26])
def test_there_is_no_mark_at_half_a_pattern(most):
    over = drawn(plots.curves({"share": (range(1, most + 1), range(1, most + 1))}))
    for ticks in [plots.bars({"stable": most}).get_xticks(), over.get_xticks(), over.get_yticks()]:
        assert (ticks == ticks.round()).all()


@pytest.mark.parametrize("panels", [False, True])
@pytest.mark.parametrize(
    "values", [{"a name of some length": [312, 344], "b": [0.25, 88]}, {"x": -4, "y": 8}]
)
def test_what_is_written_at_a_bar_stays_within_the_axes_and_clear_of_names(values, panels):
    given = plots.panels(2, size=3.2)[0] if panels else None
    ax = drawn(plots.bars(values, ax=given))
    inside = ax.get_window_extent()
    for text in ax.texts:
        box = text.get_window_extent()
        assert inside.x0 <= box.x0 and box.x1 <= inside.x1 + 2


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({}, "mapping of 1 to 40"),
        ([1, 2], "mapping"),
        ({"a": []}, "'a'"),
        ({"a": [[1]]}, "'a'"),
        ({1: 2}, "name"),
    ],
)
def test_bars_refuse(values, message):
    with pytest.raises((TypeError, ValueError), match=message):
        plots.bars(values)


@pytest.mark.parametrize(("slope", "told"), [(0, "y = 0"), (1, "y = x"), (-1, "y = −x"), (2, "y = 2 x")])
def test_points_are_counted_above_on_and_below_the_line(slope, told):
    rng = np.random.default_rng(3)
    x, y = rng.integers(-5, 6, 200) / 3, rng.integers(-5, 6, 200) / 3
    ax = plots.scatter(x, y, slope=slope)
    off = np.rint(3 * y) - slope * np.rint(3 * x)
    counts = [int((off > 0).sum()), int((off == 0).sum()), int((off < 0).sum())]
    assert f": {counts[0]} above the line {told}, {counts[1]} on it, {counts[2]} below." in ax.alt_text
    (above,) = (line for line in ax.lines if line.get_gid() == "above")
    assert len(above.get_xdata()) == counts[0]


def test_the_line_is_drawn_on_logarithmic_axes_too():
    ax = plots.scatter([10, 100, 1000], [9, 20, 50], slope=1)
    ax.set(xscale="log", yscale="log")
    (line,) = (line for line in drawn(ax).lines if line.get_gid() == "line")
    x, y = line.get_data()
    assert (x == y).all() and x.max() == 1000


def test_scatter_refuses():
    with pytest.raises(ValueError, match="x has 2 numbers and y has 1"):
        plots.scatter([1, 2], [1])
    with pytest.raises(ValueError, match=r"y has shape \(1, 2\)"):
        plots.scatter([1, 2], [[1, 2]])


def test_units_may_have_names():
    W = [[0, 1], [1, 0]]
    ax = plots.network(W, [1, -1], units=["Anna", "Ben"])
    assert ax.alt_text.endswith("The units are Anna and Ben.")
    assert {"Anna", "Ben"} <= {text.get_text() for text in ax.texts}
    assert not {"1", "2"} & {text.get_text() for text in ax.texts}
    with pytest.raises(ValueError, match="units holds 'Annabella'"):
        plots.network(W, units=["Annabella", "Ben"])
    with pytest.raises(ValueError, match="2 strings"):
        plots.network(W, units=["Anna"])


def test_a_level_flip_passes_below_the_states_between_its_ends():
    net = binary.Network([[0, 1, -1], [1, 0, 1], [-1, 1, 0]])  # six states in one row
    ax = plots.energy_levels(net)
    (arcs,) = [c for c in ax.collections if c.get_gid() == "level"]
    states = {t.get_text(): t.get_position() for t in ax.texts}
    bottom = min(y for _, y in states.values())
    by_span = {}
    for x, y in (arc.T for arc in arcs.get_segments()):
        passed = sum(x.min() + 0.1 < a < x.max() - 0.1 and b == bottom for a, b in states.values())
        by_span.setdefault(passed, set()).add(round(bottom - y.min(), 6))
        assert ax.get_ylim()[0] < y.min()
    (short,), (long,) = by_span[0], by_span[2]
    assert len(arcs.get_segments()) == 6 and long > 4 * short
