"""Explorers: drawing at every corner, controls driven from code, errors shown, still pictures saved."""

import asyncio
import base64
import itertools

import ipywidgets as widgets
import numpy as np
import pytest
from matplotlib.figure import Figure

from hopfield_edu import explore, learning, patterns
from hopfield_edu.explore._base import blank_figure
from hopfield_edu.explore._grid import Grid
from hopfield_edu.explore.painting import network

WIDGET = "application/vnd.jupyter.widget-view+json"


def bundle(explorer):
    return explorer._repr_mimebundle_()


def frame(**changes):
    """A small explorer of its own, to test what all of them share."""

    def draw_frame(fig, level):
        if level == 13:
            raise ValueError("13 brings bad luck")
        ax = fig.subplots()
        ax.plot([0, level])
        ax.alt_text = f"A line up to {level}."
        return f"Level {level}."

    slider = widgets.IntSlider(3, min=0, max=1000)
    options = {"name": "frame", "suggestion": "move it", "size": (2, 1)} | changes
    return explore.Explorer(draw_frame, {"level": slider}, **options)


class TestExplorer:
    def test_a_control_changes_picture_and_sentence(self):
        explorer = frame()
        before = explorer.picture
        explorer.controls["level"].value = 7
        assert explorer.caption == "Level 7."
        assert explorer.picture != before
        explorer.controls["level"].value = 3
        assert explorer.picture == before

    def test_an_error_is_shown_and_goes_away(self):
        explorer = frame()
        explorer.controls["level"].value = 13
        assert isinstance(explorer.error, ValueError)
        alarm = explorer._alarm
        assert "13 brings bad luck" in alarm.value and alarm.layout.display is None
        explorer.controls["level"].value = 14
        assert explorer.error is None and alarm.layout.display == "none"

    def test_an_error_in_a_fresh_explorer_belongs_to_the_caller(self):
        with pytest.raises(ZeroDivisionError):
            explore.Explorer(lambda fig: 1 / 0, {}, name="bad", suggestion="")

    def test_an_error_of_a_button_is_shown(self):
        explorer = frame()
        button = explorer.button("Bad luck", "", lambda: 1 / 0)
        button.click()
        assert "ZeroDivisionError" in explorer._alarm.value
        assert "hopfield-button-bad-luck" in button._dom_classes

    def test_text_in_an_error_or_sentence_is_not_html(self):
        explorer = explore.Explorer(lambda fig: "<b>&", {}, name="x", suggestion="<i>")
        assert "&lt;b&gt;&amp;" in explorer._sentence.value
        assert not any("<i>" in child.value for child in explorer.children[1:-1])

    def test_fast_moves_are_answered_with_the_last_one(self, monkeypatch):
        explorer = frame()
        drawn = []
        draw = explorer.draw
        monkeypatch.setattr(explorer, "draw", lambda fig, level: drawn.append(level) or draw(fig, level))

        async def burst():
            for level in range(100, 160):
                explorer.controls["level"].value = level
                if level % 10 == 0:
                    await asyncio.sleep(0)
            await asyncio.sleep(0.3)

        asyncio.run(burst())
        assert drawn[-1] == 159 and explorer.caption == "Level 159."
        assert len(drawn) <= 3

    def test_a_waiting_drawing_is_done_when_the_picture_is_asked_for(self):
        explorer = frame()

        async def move_and_look():
            before = explorer.picture
            explorer.controls["level"].value = 8
            assert explorer.caption == "Level 3."
            return before != explorer.picture and explorer.caption

        assert asyncio.run(move_and_look()) == "Level 8."
        explorer.controls["level"].value = 9  # the loop of the burst is gone; this is drawn at once
        assert explorer.caption == "Level 9."

    def test_a_drawing_left_in_a_dead_loop_does_not_block_the_next(self):
        explorer = frame()

        async def move():
            explorer.controls["level"].value = 8

        asyncio.run(move())
        explorer.controls["level"].value = 9
        assert explorer.caption == "Level 9."

    def test_still_picture_with_description(self):
        data, metadata = bundle(frame())
        assert base64.b64decode(data["image/png"]).startswith(b"\x89PNG")
        assert data["text/plain"] == "explore.frame: Level 3."
        assert metadata["image/png"]["alt"] == "Level 3. A line up to 3."
        assert metadata["image/png"]["width"] == 192
        assert WIDGET in data

    def test_the_bundle_is_the_same_every_time_but_for_the_model(self):
        first, second = bundle(frame())[0], bundle(frame())[0]
        assert first.pop(WIDGET) != second.pop(WIDGET)
        assert first == second

    def test_hooks_for_the_browser(self):
        explorer = frame(name="two_words")
        assert {"hopfield-explorer", "hopfield-two-words"} <= set(explorer._dom_classes)
        assert "hopfield-control-level" in explorer.controls["level"]._dom_classes


class TestGrid:
    def message(self, grid, **state):
        """What the page sends when somebody draws."""
        buffers = [[name] for name, value in state.items() if isinstance(value, bytes)]
        data = {"method": "update", "state": {}, "buffer_paths": buffers}
        data["state"] = {k: v for k, v in state.items() if not isinstance(v, bytes)}
        raw = [memoryview(value) for value in state.values() if isinstance(value, bytes)]
        grid._handle_msg({"content": {"data": data}, "buffers": raw})

    def test_from_python(self):
        grid = Grid([[1, -1, 1], [-1, -1, 1]])
        assert (grid.rows, grid.cols) == (2, 3)
        grid.picture = [[-1, -1, -1], [1, 1, 1]]
        assert grid.cells == bytes([255, 255, 255, 1, 1, 1])
        assert grid.picture.tolist() == [[-1, -1, -1], [1, 1, 1]]

    def test_from_the_page(self):
        grid = Grid(-np.ones((2, 2), int))
        seen = []
        grid.observe(lambda change: seen.append(grid.picture.tolist()), "cells")
        self.message(grid, cells=bytes([1, 255, 255, 1]))
        assert seen == [[[1, -1], [-1, 1]]]

    @pytest.mark.parametrize("cells", [b"\x01", b"\x01\x01\x01\x02", b"\x00\x01\x01\x01"])
    def test_nonsense_is_refused(self, cells):
        grid = Grid(np.ones((2, 2), int))
        with pytest.raises(Exception, match="cells must hold 2 x 2"):
            grid.cells = cells
        assert grid.picture.sum() == 4

    def test_a_pressed_thumbnail(self):
        grid = Grid([[1, -1]], thumbnail=True)
        pressed = []
        grid.on_press(lambda: pressed.append(1))
        grid._handle_custom_msg("press", [])
        grid._handle_custom_msg("something else", [])
        assert pressed == [1]

    def test_wrong_pictures(self):
        with pytest.raises(ValueError, match="0/1"):
            Grid([[0, 1], [1, 0]])
        with pytest.raises(ValueError, match="shape"):
            Grid([1, -1])


HEART = patterns.named("heart").ravel()
MEMORIES = {name: patterns.named(name).ravel() for name in patterns.NAMES[:3]}


class TestPainter:
    def test_first_view_is_a_spoiled_memory(self):
        painter = explore.painter()
        assert list(painter.memories) == list(patterns.NAMES[:3])
        assert (painter.sheet.picture.ravel() != HEART).sum() == 25
        assert "m = 0.50" in painter.caption

    def test_recall_brings_it_back(self):
        painter = explore.painter()
        painter.recall(animate=False)
        assert (painter.sheet.picture.ravel() == HEART).all()
        assert painter.caption.startswith("25 flips, each of them downhill: the energy fell from ")
        assert painter.caption.endswith("It is the heart, cell by cell: m = 1.")
        assert np.all(np.diff(painter.trajectory.energies) < 0)

    def test_winding_back_shows_the_cell_that_flipped(self):
        painter = explore.painter()
        cue = painter.sheet.picture.ravel()
        painter.recall(animate=False)
        painter.time.value = 1
        (changed,) = np.flatnonzero(painter.sheet.picture.ravel() != cue)
        assert painter.sheet.marked == [changed]
        assert painter.caption.startswith("After 1 of 25 flips")
        painter.time.value = 0
        assert (painter.sheet.picture.ravel() == cue).all() and painter.sheet.marked == []

    def test_one_flip_at_a_time(self):
        painter = explore.painter()
        cue = painter.sheet.picture.ravel()
        for flips in range(1, 26):
            painter.step()
            assert (painter.sheet.picture.ravel() != cue).sum() == flips
        painter.step()  # the recall is over: a new one finds nothing to do
        assert painter.caption.startswith("Nothing moves: this picture is stable. It is the heart")

    def test_animated_recall_shows_states_in_between(self):
        painter = explore.painter()
        seen = []
        painter.sheet.observe(lambda _: seen.append(painter.time.value), "cells")

        async def watch():
            painter.recall()
            await painter._playing

        asyncio.run(watch())
        assert seen == list(range(1, 26))
        assert painter.caption.endswith("m = 1.")

    def test_drawing_stops_the_animation(self):
        painter = explore.painter()

        async def interrupt():
            painter.recall()
            playing = painter._playing
            await asyncio.sleep(0.2)
            painter.sheet.picture = patterns.named("boat")
            await playing

        asyncio.run(interrupt())
        assert (painter.sheet.picture == patterns.named("boat")).all()
        assert painter.trajectory is None

    def test_drawing_makes_a_new_clean_picture(self):
        painter = explore.painter()
        painter.sheet.picture = patterns.named("boat")
        assert painter.noise.value == 0
        painter.noise.value = 0.1
        assert (painter.sheet.picture != patterns.named("boat")).sum() == 10

    def test_more_noise_keeps_the_spoiled_cells_and_less_restores_them(self):
        painter = explore.painter(noise=0)
        painter.noise.value = 0.2
        few = painter.sheet.picture.ravel() != HEART
        painter.noise.value = 0.4
        many = painter.sheet.picture.ravel() != HEART
        assert few.sum() == 20 and many.sum() == 40 and many[few].all()
        painter.noise.value = 0
        assert (painter.sheet.picture.ravel() == HEART).all()

    def test_spoil_draws_other_noise_but_the_same_in_every_run(self):
        one, two = explore.painter(), explore.painter()
        first = one.sheet.cells
        one.spoil(), two.spoil()
        assert one.sheet.cells != first
        assert one.sheet.cells == two.sheet.cells
        one.spoil(0.4)
        assert (one.sheet.picture.ravel() != HEART).sum() == 40

    def test_store_and_forget_are_hebb_and_its_inverse(self):
        painter = explore.painter()
        before = network(painter.memories, 100).weights
        painter.sheet.picture = patterns.named("boat")
        painter.store()
        after = network(painter.memories, 100).weights
        assert list(painter.memories)[-1] == "drawing 1"
        assert (after == learning.hebb_add(before, patterns.named("boat").ravel())).all()
        painter.store()
        painter.forget("drawing 1")
        painter.store()
        assert list(painter.memories)[-2:] == ["drawing 2", "drawing 3"]
        painter.forget("drawing 2"), painter.forget("drawing 3")
        assert (network(painter.memories, 100).weights == before).all()

    def test_what_is_forgotten_does_not_come_back(self):
        painter = explore.painter()
        painter.forget("heart")
        painter.recall(animate=False)
        assert (painter.sheet.picture.ravel() != HEART).any()

    def test_no_memory_left(self):
        painter = explore.painter()
        for name in list(painter.memories):
            painter.forget(name)
        assert painter.caption.startswith("Nothing is stored")
        painter.recall(animate=False)
        assert painter.error is None and painter.caption.startswith("Nothing is stored")
        assert "image/png" in bundle(painter)[0]

    def test_the_shelf_fills_up(self):
        painter = explore.painter()
        store = painter.button("Store it", "", painter.store)
        for _ in range(6):
            store.click()
        assert len(painter.memories) == 8
        assert "The shelf is full" in painter._alarm.value
        painter.forget("drawing 1")
        store.click()
        assert painter.error is None

    def test_thumbnails_and_crosses(self):
        painter = explore.painter()
        slots = painter.shelf.children[1:]
        thumbnail, below = slots[1].children
        thumbnail._handle_custom_msg("press", [])
        assert (painter.sheet.picture == patterns.named("house")).all()
        below.children[1].click()
        assert "house" not in painter.memories and len(painter.shelf.children) == 3

    def test_an_inverse_and_a_spurious_state_are_named(self):
        painter = explore.painter()
        painter.sheet.picture = -patterns.named("heart")
        painter.recall(animate=False)
        assert "inverse of the heart" in painter.caption
        mixture = np.sign(sum(MEMORIES.values()))
        painter.sheet.picture = mixture.reshape(10, 10)
        painter.recall(animate=False)
        assert painter.caption.startswith("Nothing moves: this picture is stable.")
        assert "a picture that nobody stored" in painter.caption

    @pytest.mark.parametrize("shape", [(1, 1), (1, 16), (16, 1), (16, 16), (3, 7)])
    def test_every_shape(self, shape):
        painter = explore.painter(shape=shape)
        assert painter.caption.startswith("Nothing is stored") and painter.memories == {}
        painter.sheet.picture = np.ones(shape, int)
        painter.store()
        painter.spoil(0.3)
        painter.recall(animate=False)
        assert painter.error is None
        assert "image/png" in bundle(painter)[0]

    def test_memories_in_every_form(self):
        pictures = [patterns.named("cup"), patterns.named("ring")]
        forms = [
            ["cup", "ring"],
            {"cup": pictures[0], "ring": pictures[1]},
            np.array(pictures),
            np.array([picture.ravel() for picture in pictures]),
        ]
        stored = [[s.tolist() for s in explore.painter(form).memories.values()] for form in forms]
        assert all(each == stored[0] for each in stored)
        small = explore.painter({"a": [[1, -1, 1], [1, 1, 1]]})
        assert small.shape == (2, 3)

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            ({"patterns": ["unicorn"]}, "unicorn"),
            ({"patterns": [[[0, 1], [1, 0]]]}, "0/1"),
            ({"patterns": [[1, -1]], "shape": (2, 2)}, "units"),
            ({"shape": (17, 3)}, "shape"),
            ({"noise": 0.7}, "noise"),
            ({"schedule": "synchronous"}, "schedule"),
        ],
    )
    def test_bad_arguments(self, arguments, message):
        with pytest.raises((ValueError, TypeError), match=message):
            explore.painter(**arguments)

    @pytest.mark.parametrize("stored", range(4))
    def test_drawing_at_every_corner(self, stored):
        memories = dict(itertools.islice(MEMORIES.items(), stored))
        net = network(memories, 100)
        for state in (HEART, -HEART, np.ones(100, int)):
            figure = blank_figure((5, 3))
            assert explore.draw_painter(figure, state, memories)
            recall = net.recall(state, "random", rng=1, record=True)
            for time in {0, len(recall.units)}:
                figure = Figure((5, 3))
                assert explore.draw_painter(figure, recall.states[time], memories, recall, time)
                assert all(ax.alt_text for ax in figure.axes)

    def test_the_still_picture_tells_the_whole_recall(self):
        data, metadata = bundle(explore.painter())
        assert data["text/plain"].startswith("explore.painter: 25 flips, each of them downhill")
        assert "Overlaps: heart 1.00" in metadata["image/png"]["alt"]
        assert data["text/plain"] == bundle(explore.painter())[0]["text/plain"]


def test_public_names():
    assert set(explore.__all__) <= set(dir(explore))
    drawn = [name for name in explore.__all__ if name.startswith("draw_")]
    assert drawn and all(callable(getattr(explore, name)) for name in drawn)
