"""Figures that take less time, `explore._light`: the same pictures as matplotlib's own."""

import io
import re

import matplotlib
import pytest
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from hopfield_edu import explore
from hopfield_edu.explore import _light, _svg

NAMES = [n for n in explore.__all__ if n.islower() and not n.startswith("draw_")]
SETTINGS = {"svg.fonttype": "none", "svg.hashsalt": "x"}


def pair(size=(6, 3)):
    """A figure of matplotlib's and a light one."""
    made = Figure(figsize=size, facecolor="white"), _light.LightFigure(figsize=size, facecolor="white")
    for figure in made:
        FigureCanvasAgg(figure)
    return made


def written(figure):
    """The SVG as matplotlib saves it, or as we write it, without the numbers of artists."""
    with matplotlib.rc_context(SETTINGS):
        if isinstance(figure, _light.LightFigure):
            text = _light.written(figure, _svg.DPI, _svg._NOTHING)
        else:
            buffer = io.StringIO()
            figure.savefig(buffer, format="svg", dpi=_svg.DPI, metadata=_svg._NOTHING)
            text = buffer.getvalue()
    return re.sub(r' id="(?:patch|line2d|text|image)_\d+"', "", text)


@pytest.mark.parametrize("name", NAMES)
def test_every_explorer_has_the_picture_of_matplotlib(name):
    explorer = getattr(explore, name)()
    if hasattr(explorer, "recall"):
        explorer.recall()
    for size in {explorer._size, explorer._stacked or explorer._size}:
        theirs, ours = pair(size)
        assert explorer.draw(theirs, **explorer.parameters) == explorer.draw(ours, **explorer.parameters)
        assert written(ours) == written(theirs)


@pytest.mark.parametrize(
    "told",
    [
        lambda ax: None,
        lambda ax: ax.set_title("no ticks", loc="left") and ax.set_axis_off(),
        lambda ax: ax.set(xticks=[], yticks=[], xlabel="nothing", ylabel="beside it"),
        lambda ax: ax.tick_params(length=0, labelsize=7, labelcolor="red"),
        lambda ax: ax.set_xticks([0, 0.5, 1], ["a", "b", "c"], color="blue") and ax.tick_params(pad=9),
        lambda ax: (ax.tick_params(axis="x", rotation=30), ax.tick_params(which="both", color="green")),
        lambda ax: (ax.set_xticks([0.25], minor=True), ax.tick_params(which="minor", length=9)),
        lambda ax: (ax.tick_params(length=9), ax.tick_params(reset=True, pad=1)),
        lambda ax: (ax.set_yscale("log"), ax.set_ylim(1, 1000), ax.minorticks_on()),
        lambda ax: (ax.tick_params(length=9), ax.clear(), ax.plot([0, 1], [1, 0])),
        lambda ax: ax.plot([0, 1], [0, 1e9]),
    ],
)
def test_whatever_axes_are_told_about_their_ticks(told):
    for figure in (both := pair()):
        told(figure.add_subplot(1, 2, 1))
        figure.add_axes((0.6, 0.1, 0.3, 0.7)).set_title("two")
    assert written(both[1]) == written(both[0])


def test_words_are_as_if_each_was_written_by_itself():
    some = [(0.1, 0.2, "a word"), (0.5, 0.5, "y"), (0.9, 0.1, "a word"), (0.3, 0.9, "$x_1$")]
    looks = {}, {"ha": "center", "va": "top", "fontsize": 13, "color": "red", "fontweight": "bold"}
    theirs, ours = pair()
    one, other = theirs.add_subplot(), ours.add_subplot()
    for look in looks:
        for x, y, word in some:
            one.text(x, y, word, **look)
        other.add_artist(_light.Words([], **look))
        other.add_artist(_light.Words(some, **look))
    assert written(ours) == written(theirs)


def test_ticks_that_are_not_wanted_are_never_made():
    ax = _light.LightFigure().add_subplot()
    ax.set(xticks=[], yticks=[], xlim=(0, 2))
    ax.tick_params(length=0)
    ax.set_axis_off()
    ax.figure.draw_without_rendering()
    assert not {"majorTicks", "minorTicks"} & (vars(ax.xaxis).keys() | vars(ax.yaxis).keys())


def test_titles_stay_where_they_are():
    ax = _light.LightFigure().add_subplot()
    ax.xaxis.tick_top()
    title = ax.set_title("above")
    written(ax.figure)
    assert title.get_position() == (0.5, 1)


def test_other_axes_can_be_asked_for():
    figure = _light.LightFigure()
    assert type(figure.add_subplot(axes_class=Axes)) is Axes
    assert figure.add_axes((0, 0, 1, 1), projection="polar").name == "polar"
    assert figure.add_subplot(figure.axes[0]) is figure.axes[0]
    assert {type(ax) for ax in figure.subplots(2, 2).flat} == {_light.LightAxes}


def test_to_write_leaves_the_resolution_as_it_was():
    figure = _light.LightFigure(dpi=33)
    _light.written(figure, 120, {})
    assert figure.dpi == 33


def test_a_field_is_written_within_its_axes_and_not_seen():
    figure = _light.LightFigure(figsize=(4, 2))
    before = seen(figure)
    ax = figure.add_axes((0, 0, 1, 1))
    ax.set_axis_off()
    _svg.field(ax, "here", (0.5, 0.25), 0.25, 0.5)
    wanted = r'<g id="here">\s*<path d="([^"]*)" clip-path="url\(#(.*?)\)" style="fill: none"/>'
    ((path, clip),) = re.findall(wanted, text := written(figure))
    assert [float(n) for n in re.findall(r"[\d.]+", path)][:4] == [144, 108, 216, 108]
    assert re.search(rf'id="{clip}">\s*<rect x="0" y="0" width="288" height="144"', text)
    assert seen(figure) == before


def seen(figure):
    """The pixels."""
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    return bytes(canvas.buffer_rgba())
