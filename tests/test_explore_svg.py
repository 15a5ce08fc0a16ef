"""What all explorers share: controls declared once, and pictures as SVG whose marks can be clicked."""

import ast
import inspect
import math
import re
import subprocess
import sys
from pathlib import Path

import pytest
from ipywidgets import FloatLogSlider
from matplotlib.figure import Figure
from matplotlib.text import Text

from hopfield_edu import datasets, explore, patterns, plots
from hopfield_edu.explore import _base, _controls, _svg
from hopfield_edu.explore._controls import (
    choice,
    declared,
    drawing,
    flag,
    given,
    logarithmic,
    real,
    seed,
    whole,
)
from hopfield_edu.explore._svg import Drag, Target, field, offer

FOLDER = Path(explore.__file__).parent
EXPLORERS = [name for name in explore.__all__ if name.islower() and not name.startswith("draw_")]
ENDS = {"same": [3], "other": range(4)}


def offered(now):
    return ENDS[now["kind"]]


CONTROLS = {
    "M": whole("Patterns", "Number of patterns", 3, 1, lambda now: 10 if now["large"] else 5),
    "x": real("x", "A number", 0.5, 0, 1, folded=True),
    "beta": logarithmic("β", "How cold it is", 0.1, 0.01, 10),
    "kind": choice("Kind", "What is wanted", "same", list(ENDS)),
    "which": choice("Which", "One of them; by default the last", lambda now: max(offered(now)), offered),
    "large": flag("Large", "Whether more is possible", False),
    "rng": seed("Draw", "Seed of the patterns", when=lambda now: now["kind"] == "other", folded=True),
    "more": given("Anything else", check=lambda value, name: value),
}


@drawing(CONTROLS)
def draw_small(fig, M, x, beta, kind, which, large, rng, more):
    """A small drawing.

    Returns
    -------
    str
    """
    ax = fig.subplots()
    ax.plot(range(M), gid="steps", marker="o", ls="")
    ax.bar(0, M)[0].set_gid("bar")
    ax.alt_text = f"{M} dots."
    steps = Target([f"dot {k + 1}" for k in range(M)], [{"M": k + 1} for k in range(M)])
    field(ax, "area", (0, 1), 1, 4)
    drag = Drag(lambda x, y: {"x": x, "M": round(y)}, (x, M), (0, 1, 1, 5), "area", 0.1)
    bar = Target("the bar: other kind", {"kind": "other", "more": "clicked"}, drag)
    offer(fig, {"steps": steps, "bar": bar})
    size = "narrow" if _base.narrow(fig) else "wide"
    return f"M = {M}, kind = {kind}, which = {which}, rng = {rng}, more = {more}, {size}."


class Small(explore.Explorer):
    """An explorer of its own, to test what all of them share."""


@declared(CONTROLS, keyword="kind")
def small(**given):
    """A small explorer.

    Returns
    -------
    Small

    Examples
    --------
    >>> 1
    1
    """
    return Small(
        draw_small, CONTROLS, given, name="small", suggestion="move it", size=(8.6, 2), stacked=(4, 4)
    )


def shown(widget):
    return widget.layout.display != "none"


class TestDeclarations:
    def test_signature(self):
        found = inspect.signature(small).parameters
        assert list(found) == list(CONTROLS)
        assert [p.default for p in found.values()] == [3, 0.5, 0.1, "same", None, False, 0, None]
        assert next(name for name, p in found.items() if p.kind is p.KEYWORD_ONLY) == "kind"
        assert list(inspect.signature(draw_small).parameters) == ["fig", *CONTROLS]

    def test_docstring(self):
        doc = inspect.getdoc(small)
        assert doc.startswith(
            "A small explorer.\n\nParameters\n----------\nM : int\n    Number of patterns.\n"
        )
        for part in (
            "x : float\n    A number, 0..1.",
            'kind : {"same", "other"}\n    What is wanted.',
            "rng : int\n    Seed of the patterns, 0..20.",
            "\n\nReturns\n-------\nSmall\n\nExamples\n--------\n>>> 1",
        ):
            assert part in doc
        assert "fig : Figure\nM : int" in draw_small.__doc__
        assert "Seed of the patterns.\n" in draw_small.__doc__  # a drawing takes any

    @pytest.mark.parametrize(
        ("wrong", "words"),
        [
            ({"M": 6}, "M is 6; it must be between 1 and 5"),
            ({"M": None}, "M is None; an integer is wanted"),
            ({"x": "much"}, "x is 'much'; a number is wanted"),
            ({"beta": 11}, "beta is 11; it must lie in"),
            ({"kind": "odd"}, "kind is 'odd'; choose one of 'same', 'other'"),
            ({"which": 0}, "which is 0; choose one of 3"),
            ({"large": 1}, "large is 1; True or False is wanted"),
            ({"rng": 21}, "rng is 21; it must be between 0 and 20"),
            ({"colour": 1}, "small: got an unexpected keyword argument 'colour'"),
        ],
    )
    def test_what_is_wrong_is_named(self, wrong, words):
        with pytest.raises((ValueError, TypeError), match=f"^{re.escape(words)}"):
            small(**wrong)

    def test_a_drawing_takes_what_it_can(self):
        assert "rng = 1000" in draw_small(Figure(), rng=1000)
        with pytest.raises(ValueError, match="rng is -1"):
            draw_small(Figure(), rng=-1)
        with pytest.raises(TypeError, match="a matplotlib Figure is wanted"):
            draw_small("figure")

    def test_ranges_and_options_follow(self):
        explorer = small()
        M, which = explorer.controls["M"], explorer.controls["which"]
        explorer.controls["large"].value = True
        assert M.max == 10
        M.value = 9
        explorer.controls["large"].value = False
        assert (M.max, M.value) == (5, 5) and "M = 5" in explorer.caption
        explorer.controls["kind"].value = "other"
        assert [value for _, value in which.options] == [0, 1, 2, 3] and which.value == 3
        which.value = 1
        explorer.controls["kind"].value = "same"
        assert which.value == 3 and "which = 3" in explorer.caption

    def test_what_means_nothing_is_hidden(self):
        explorer = small()
        rng = explorer.controls["rng"]
        assert not shown(rng) and rng.disabled
        explorer.controls["kind"].value = "other"
        assert shown(rng) and not rng.disabled

    def test_no_control_is_wider_than_the_page(self):
        for explorer in (small(), explore.one_pattern(), explore.frustration_triangle()):
            assert {control.layout.max_width for control in explorer.controls.values()} == {"100%"}

    def test_few_controls_are_visible_at_first(self):
        explorer = small()
        assert not shown(explorer._fold) and explorer._fold.children == (
            explorer.controls["x"],
            explorer.controls["rng"],
        )
        explorer._more.value = True
        assert shown(explorer._fold) and explorer._more.description == _base.FEWER

    def test_one_move_is_one_drawing(self, monkeypatch):
        explorer, drawn = small(), []
        draw = explorer.draw
        monkeypatch.setattr(explorer, "draw", lambda fig, **now: drawn.append(now) or draw(fig, **now))
        explorer.controls["kind"].value = "other"  # which and rng follow
        explorer.set(M=1, x=0.1, kind="same")
        assert len(drawn) == 2 and explorer.error is None


class TestPicture:
    def test_the_same_figure_gives_the_same_bytes(self):
        pictures = [small().image.svg for _ in range(2)]
        assert pictures[0] == pictures[1] and pictures[0].startswith("<svg")

    def test_it_leaves_the_page_alone(self):
        svg = small().image.svg
        assert "<style" not in svg and "font-family" not in svg and "\n" not in svg and "<metadata" not in svg

    def test_letters_are_letters_and_images_are_whole(self):
        figure = Figure()
        ax = figure.subplots()
        ax.set_title("Letters −1")
        ax.imshow([[0, 1], [1, 0]], interpolation="none")
        svg = _svg.as_svg(figure)
        assert "Letters −1</text>" in svg
        (image,) = re.findall(r'base64,([^"]*)"', svg)
        assert not re.search(r"\s", image)

    def test_a_click(self):
        explorer = small()
        picture = explorer.image
        assert picture.targets == {"steps": ["dot 1", "dot 2", "dot 3"], "bar": "the bar: other kind"}
        picture._handle_custom_msg({"gid": "steps", "index": 1}, [])
        assert explorer.controls["M"].value == 2 and len(picture.targets["steps"]) == 2
        picture._handle_custom_msg({"gid": "bar", "index": 0}, [])
        assert "kind = other" in explorer.caption and "more = clicked" in explorer.caption

    @pytest.mark.parametrize(
        "message",
        [
            {"gid": "axes_1", "index": 0},
            {"gid": "steps", "index": 3},
            {"gid": "steps", "index": -1},
            {"gid": "bar", "index": 1},
            {"gid": "bar"},
            {"gid": ["bar"], "index": 0},
            {"width": 0},
            {"width": "wide"},
            "press",
            None,
        ],
    )
    def test_a_message_that_means_nothing(self, message):
        explorer = small()
        before = explorer.image.svg
        explorer.image._handle_custom_msg(message, [])
        assert explorer.image.svg == before and explorer.error is None

    def test_a_drag(self):
        explorer = small()
        picture = explorer.image
        assert picture.drags == {"bar": {"at": (0.5, 3), "box": (0, 1, 1, 5), "area": "area", "step": 0.1}}
        for at, x, M in (([0.25, 2], 0.25, 2), ([7, 4.2], 1, 4), ([-1e300, -3], 0, 1), ([1, 10**30], 1, 5)):
            time = picture.moved + 1
            picture._handle_custom_msg({"drag": "bar", "at": at, "time": time}, [])
            assert (explorer.controls["x"].value, explorer.controls["M"].value) == (x, M)
            assert picture.drags["bar"]["at"] == (x, M) and picture.moved == time
        explorer.drag("bar", 0.5, 3)
        assert "M = 3" in explorer.caption and picture.moved == time
        with pytest.raises(ValueError, match="gid is 'steps'; this can be clicked, but not dragged"):
            explorer.drag("steps", 0, 2)
        with pytest.raises(TypeError, match="y is 'up'; a number is wanted"):
            explorer.drag("bar", 0, "up")

    def test_a_drag_that_means_nothing(self):
        explorer = small()
        before, right = explorer.image.svg, {"drag": "bar", "at": [0, 2], "time": 1}
        wrong = {
            "drag": ("axes_1", "steps", ["bar"], None),
            "at": (None, "02", [2], [0, 2, 2], [[0], 2], {"x": 0, "y": 2}, [0, math.nan], [-math.inf, 2])
            + tuple([x, 2] for x in (None, "0", True, 10**400)),
            "time": ("now", 1.5, None),
        }
        for key, values in wrong.items():
            for value in values:
                explorer.image._handle_custom_msg({**right, key: value}, [])
                assert explorer.image.svg == before and explorer.error is None, value
        explorer.image._handle_custom_msg(right, [])
        assert explorer.image.svg != before

    def test_it_follows_the_width_of_the_page(self):
        explorer = small()
        tell = lambda width: explorer.image._handle_custom_msg({"width": width}, [])  # noqa: E731
        tell(900)
        assert explorer.figure_size == (8.6, 2) and "narrow" not in explorer.caption
        tell(566)
        assert explorer.figure_size == (512 / 96, 4) and "narrow" in explorer.caption
        before = explorer.image.svg
        tell(570)
        assert explorer.image.svg == before
        tell(200)
        assert explorer.figure_size == (4, 4)
        assert explorer.image.layout.width == "384px"
        tell(860)
        assert "narrow" not in explorer.caption

    def test_without_anywidget_there_is_a_png(self, monkeypatch):
        monkeypatch.setattr(_svg, "anywidget", None)
        explorer = small()
        assert bytes(explorer.picture).startswith(b"\x89PNG")
        explorer.click("bar")
        assert "kind = other" in explorer.caption


def test_a_kernel_without_anywidget():
    """Everything can be imported, pictures are PNG, and only the sheet to draw on is missing."""
    code = """
import sys
sys.modules["anywidget"] = None
from hopfield_edu import explore
print(bytes(explore.crosstalk(3).picture)[1:4])
try:
    explore.painter()
except ImportError as error:
    print(error)
"""
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert told.splitlines() == [
        "b'PNG'",
        "To draw on a grid needs the package anywidget: pip install anywidget",
    ]


def click_once(name, gid, index):
    """A click works, and what it changes shows."""
    explorer = getattr(explore, name)()
    before, shown = str(explorer.parameters), (explorer.image.svg, explorer.caption)
    explorer.click(gid, index)
    assert explorer.error is None, gid
    changed = (explorer.image.svg, explorer.caption) != shown
    assert changed or str(explorer.parameters) == before, f"{gid} does not show"


def clicks(explorer):
    return [(gid, index) for gid, target in explorer.targets.items() for index in range(target.markers)]


@pytest.mark.parametrize("name", EXPLORERS)
class TestEveryExplorer:
    def test_what_is_on_offer_is_there_and_has_a_name(self, name):
        explorer = getattr(explore, name)()
        names = [
            n for t in explorer.targets.values() for n in ([t.name] if isinstance(t.name, str) else t.name)
        ]
        assert all(names) and len(set(names)) == len(names)
        for gid, target in explorer.targets.items():
            assert len(re.findall(f'id="{re.escape(gid)}"', explorer.image.svg)) == 1, gid
            if target.drag:
                (x, y), (left, low, right, high) = target.drag.at, target.drag.box
                assert left <= x <= right and low <= y <= high and isinstance(target.name, str)
                assert len(re.findall(f'id="{re.escape(target.drag.area)}"', explorer.image.svg)) == 1, gid
            if target.markers > 1 or not isinstance(target.name, str):
                group = explorer.image.svg.split(f'id="{gid}"')[1].split("</g> </g>")[0]
                assert group.count("<use ") >= target.markers

    @pytest.mark.every(3)
    def test_a_click_draws(self, name):
        every = clicks(getattr(explore, name)())
        for gid, index in every[:: max(1, len(every) - 1)]:
            click_once(name, gid, index)

    @pytest.mark.slow
    def test_every_click_draws(self, name):
        for gid, index in clicks(getattr(explore, name)())[:40]:
            click_once(name, gid, index)

    @pytest.mark.slow
    def test_every_control_goes_to_its_ends(self, name):
        explorer = getattr(explore, name)()
        for key, control in explorer.controls.items():
            if hasattr(control, "options"):
                ends = [option[1] if isinstance(option, tuple) else option for option in control.options]
            elif isinstance(control, FloatLogSlider):
                ends = [10**control.min, 10**control.max]
            else:
                ends = [control.min, control.max] if hasattr(control, "max") else [True, False]
            for end in ends:
                control.value = end
                assert explorer.error is None, (key, end)
                size = len(explorer.image.svg.encode())
                assert size < 100_000, (key, end)

    def test_a_picture_is_not_too_large(self, name):
        assert len(getattr(explore, name)().image.svg.encode()) < 100_000

    @pytest.mark.every(3)
    @pytest.mark.parametrize("width", [480, 566])
    def test_letters_can_be_read_on_a_narrow_page(self, name, width):
        explorer = getattr(explore, name)()
        explorer.image._handle_custom_msg({"width": width}, [])
        svg = explorer.image.svg
        (units,) = re.findall(r'<svg[^>]*viewBox="0 0 ([\d.]+) ', svg)
        on_page = min(width - _base.PADDING, 96 * explorer.figure_size[0]) / float(units)
        sizes = [float(size) for size in re.findall(r"font(?:-size)?: (?:\w+ )*([\d.]+)px", svg)]
        assert min(sizes) * on_page >= 9

    @pytest.mark.every(3)
    @pytest.mark.parametrize("width", [480, 860])
    def test_no_letter_is_cut_off(self, name, width, monkeypatch):
        drawn, draw = {}, Text.draw
        monkeypatch.setattr(
            Text, "draw", lambda text, renderer: drawn.update({text: 1}) or draw(text, renderer)
        )
        explorer = getattr(explore, name)()
        drawn.clear()
        explorer._lately.clear()
        explorer._width = width
        explorer.redraw()
        assert drawn
        for text in drawn:
            left, low, right, high = text.get_window_extent().extents
            box = text.figure.figure.bbox
            inside = box.x0 - 2 < left and right < box.x1 + 2 and box.y0 - 2 < low and high < box.y1 + 2
            assert inside or not text.get_text().strip(), text.get_text()

    def test_the_description_reaches_the_page(self, name):
        assert len(getattr(explore, name)().image.description) > 30


def luminance(colour):
    """Relative luminance of "#rrggbb", as WCAG defines it."""
    parts = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, other):
    low, high = sorted(map(luminance, (one, other)))
    return (high + 0.05) / (low + 0.05)


TURNED = dict(re.findall(r'"(#\w{6})": "(\w+)"', (FOLDER / "svg.js").read_text(encoding="utf-8")))
DARK = dict(re.findall(r"--hp-(\w+): (?:var\([^,]*, )?(#\w+)", (FOLDER / "svg.css").read_text()))


class TestDarkTheme:
    def test_letters_stand_out(self):
        assert set(TURNED.values()) <= {*DARK}
        for name in ("ink", "quiet", "blue", "red", "amber"):
            assert contrast(DARK[name], "#111111") >= 4.5, name
        assert contrast(DARK["ink"], DARK["pale"]) >= 4.5
        assert (
            contrast(plots._canvas.ON_INK, plots.INK) >= 4.5 <= contrast(plots._canvas.ON_PAPER, plots.PAPER)
        )
        assert contrast(plots._canvas.ON_PAPER, plots.HIGHLIGHT) >= 4.5

    @pytest.mark.parametrize("name", EXPLORERS)
    def test_every_letter_turns_or_stands_on_a_cell(self, name):
        explorer = getattr(explore, name)()
        assert explorer.image.themed  # every drawing has been looked at
        letters = re.findall(r"<text[^>]*?style=\"[^\"]*?fill: (#\w{6})", explorer.image.svg)
        assert letters and set(letters) <= {*TURNED, plots._canvas.ON_INK, plots._canvas.ON_PAPER}


def kind(gid):
    """What a mark is called in the table: "unit 1" is a unit, "w1,2" a weight."""
    return "weight" if re.match(r"w\d", gid) else gid.split()[0]


def clickable(name):
    """The kinds of marks of an explorer, before and after what its first button does."""
    explorer = getattr(explore, name)()
    found = set(map(kind, explorer.targets))
    if name == "painter":
        explorer.recall(animate=False)
        found |= {*map(kind, explorer.targets), "cell"}  # of the sheet
    if name == "tour":
        explorer.set(picked=0)
        found |= set(map(kind, explorer.targets))  # where the city may go
    return found


def test_the_table_of_what_can_be_clicked():
    """The table in the docstring of the package is that of the targets."""
    rows = re.findall(r"^`(\w+)` +(.*)$", explore.__doc__, re.MULTILINE)
    table = {name: {part.split(":")[0].strip() for part in told.split(";")} for name, told in rows}
    assert table == {name: found for name in EXPLORERS if (found := clickable(name))}
    assert [name for name, _ in rows] == sorted(table)


NO_CONTROLS = {"_transition_table"}  # the lists are the entries of the table
MADE_OF = {
    "Dropdown",
    "IntSlider",
    "FloatSlider",
    "FloatLogSlider",
    "Checkbox",
    "ToggleButtons",
    "SelectionSlider",
}


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.py")), ids=lambda path: path.stem)
def test_no_explorer_wires_its_own_controls(path):
    """Controls are made in one place, from their declarations."""
    calls = [node.func for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
    called = {getattr(func, "attr", getattr(func, "id", "")) for func in calls}
    by_hand = bool(called & MADE_OF)
    assert by_hand == (path.stem in {"_controls", *NO_CONTROLS})


def test_largest_pictures():
    for explorer in (
        explore.crosstalk(40, 200),
        explore.crosstalk(40, 200, 0.5),
        explore.two_units(steps=24),
        explore.one_pattern(patterns=datasets.faces([1]), wrong=200),
        explore.one_pattern(patterns=patterns.random(1, 1024, 0), wrong=512),
        explore.schedules(N=4, sweeps=8),
        explore.energy_landscape("four rivals", steps=24),
        explore.hypercube(4, moves=[0, 1, 2, 3] * 9),
    ):
        assert len(explorer.image.svg.encode()) < 100_000, explorer.name


def test_bad_declarations_are_found_when_they_are_used():
    with pytest.raises(NotImplementedError):
        _controls.Control("label", "meaning", 0).widget(0, {})


class TestClicks:
    """What a click means where it is more than to set a control."""

    def test_hypercube(self):
        explorer = explore.hypercube()
        explorer.click("unit 1")
        assert explorer.moves == (0, 1, 2, 0) and "along one edge to −++" in explorer.caption
        explorer.click("input 1")
        assert explorer.moves == (0, 1, 2, 0, 0) and "goes nowhere" in explorer.caption
        explorer.click("state +−−")
        assert explorer.moves == () and explorer.caption.startswith("Start at the corner +−−.")

    def test_schedules(self):
        explorer = explore.schedules()
        explorer.click("unit 2")
        assert explorer.caption.startswith("From −+−, synchronous")
        state = explorer.targets["column random 1"].name.split()[-1]
        explorer.click("column random 1")
        assert explorer.caption.startswith(f"From {state}, ")

    def test_energy_landscape(self):
        explorer = explore.energy_landscape()
        explorer.click("unit 3")
        assert explorer.caption.startswith("Start in +++−, at energy 0.")  # from ++--, where the ball was
        explorer.click("minimum −−++")
        assert explorer.caption.endswith("At rest in −−++: no state lies deeper.")

    def test_frustration_triangle(self):
        explorer = explore.frustration_triangle()
        for value in (0, -1, 1):
            explorer.click("w1,2=w2,1")
            assert explorer.controls["w12"].value == value and explorer.error is None
        explorer.click("unit 3")
        assert "In ++−, " in explorer.caption
        explorer.click("column state +−−")
        assert "In +−−, " in explorer.caption
        explorer.click("state −+−")
        assert "In −+−, " in explorer.caption

    def test_one_pattern(self):
        explorer = explore.one_pattern()
        explorer.click("cue 52")
        assert explorer.controls["wrong"].value == 52 and "The inverse comes out" in explorer.caption
        explorer = explore.one_pattern("random, no. 1", 8)
        assert len(explorer.targets) == 9
        explorer.click("cue 0")
        assert explorer.caption.endswith("The pattern stays.")

    def test_transition_table(self):
        table = explore.transition_table([[0, -1], [1, 0]])
        framed = lambda: [c for c, entry in table.entries.items() if "hopfield-next" in entry._dom_classes]  # noqa: E731
        assert framed() == [("--", 0)]
        table.click("state −−")
        assert table.answers == {("--", 0): "--"} and framed() == [("--", 0)]  # wrong: once more
        table.click("state +−")
        assert table.entries["--", 0].value == "+-" and framed() == [("--", 1)] and table.attempts == 2
        assert table.targets["state ++"].name == "enter ++ after −−, update unit 2"
        for label in ("−−", "+−", "++", "−+", "−−", "−+", "++"):
            table.click(f"state {label}")
        assert table.complete and table.attempts == 9 and not table.targets and not framed()

    def test_clearing_a_table_draws_once(self, monkeypatch):
        table, drawn = explore.transition_table(), []
        table.click("state +−"), table.click("state −−")
        draw = table.draw
        monkeypatch.setattr(table, "draw", lambda fig, **now: drawn.append(now) or draw(fig, **now))
        table._lately.clear()  # or the empty table would be shown again without drawing
        table.clear()
        assert len(drawn) == 1 and table.answers == {}

    def test_unit_names_stand_beside_runs_of_any_length(self):
        for sweeps in (1, 8):
            figure = Figure((8.6, 3.6))
            explore.draw_schedules(figure, N=2, sweeps=sweeps)
            figure.canvas.draw()
            names = [text for text in figure.axes[1].texts if text.get_text().startswith("unit")]
            assert names and all(text.get_window_extent().x0 > 0.3 * figure.bbox.width for text in names)
