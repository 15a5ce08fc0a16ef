"""Explorers: drawing at every corner, controls driven from code, errors shown, still pictures saved."""

import asyncio
import base64
import io
import itertools
import re
from datetime import UTC, datetime
from time import perf_counter

import ipywidgets as widgets
import numpy as np
import pytest
from matplotlib.figure import Figure
from PIL import Image

from hopfield_edu import binary, datasets, explore, learning, patterns, state_space
from hopfield_edu.explore import _base, _controls, _networks, _walk
from hopfield_edu.explore._grid import Grid
from hopfield_edu.explore._painter import network
from hopfield_edu.explore._transition_table import _truth

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
        monkeypatch.setattr(_base, "IDLE", 1000)
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

    @pytest.mark.parametrize(("rested", "told"), [(True, "Level 8."), (False, "Level 3.")])
    def test_a_move_waits_only_while_the_kernel_rests(self, rested, told):
        explorer = frame()

        async def move():
            explorer._free = perf_counter() + (-1 if rested else 1000)
            explorer.controls["level"].value = 8
            for _ in range(3):  # turns of the loop, which take no time
                await asyncio.sleep(0)
            return explorer.caption

        assert asyncio.run(move()) == told

    @pytest.mark.parametrize(
        ("moves", "drawn"),
        [((3, 4), [4, 5]), ((3, 8), [8, 13]), ((3, 1), [1]), ((3, 600), [600]), ((3, 4, 5), [4, 5, 6])],
    )
    def test_what_one_more_move_would_show_is_drawn_ahead(self, monkeypatch, moves, drawn):
        """Unless that is beyond the end of the slider; and no sooner than nothing has moved for a while."""
        monkeypatch.setattr(_base, "IDLE", 0.01)
        monkeypatch.setattr(_base, "QUICK", 100.0)  # a busy machine may take long over any picture
        explorer, seen = frame(), []
        draw = explorer.draw
        monkeypatch.setattr(explorer, "draw", lambda fig, level: seen.append(level) or draw(fig, level))

        async def move():
            for level in moves[1:]:
                explorer.controls["level"].value = level
                while explorer._due is not None:
                    await asyncio.sleep(0.001)
                shown = explorer.caption
                await asyncio.sleep(0.2)
                assert explorer.caption == shown == f"Level {level}."

        asyncio.run(move())
        assert seen == drawn

    @pytest.mark.parametrize("why", ["slow", "clicked", "wrong"])
    def test_nothing_is_drawn_ahead_if(self, monkeypatch, why):
        monkeypatch.setattr(_base, "IDLE", 0.01)
        monkeypatch.setattr(_base, "QUICK", 0.0 if why == "slow" else 10.0)
        explorer = frame()

        async def move():
            if why == "clicked":
                explorer.set(level=4)
            else:
                explorer.controls["level"].value = 8 if why == "wrong" else 4  # the next would be 13
            await asyncio.sleep(0.3)

        asyncio.run(move())
        assert len(explorer._lately) == 2 and explorer.error is None

    def test_a_picture_that_was_drawn_lately_is_not_drawn_again(self, monkeypatch):
        explorer, drawn = frame(), []
        draw, first = explorer.draw, explorer.picture
        monkeypatch.setattr(explorer, "draw", lambda fig, level: drawn.append(level) or draw(fig, level))
        for level in (8, 3, 8, 9, 3):
            explorer.controls["level"].value = level
        assert drawn == [8, 9] and explorer.caption == "Level 3." and explorer.picture == first

    @pytest.mark.parametrize(
        ("first", "second", "times"),
        [
            (np.zeros(2), np.ones(2), 2),
            (np.zeros(4), np.zeros((2, 2)), 2),
            (np.zeros(2), np.zeros(2), 1),
            ({"a": [np.zeros(2)]}, {"a": [np.zeros(2)]}, 1),
            ({"a": np.zeros(2)}, {"b": np.zeros(2)}, 2),
            ({"a": 0, "b": 1}, {"b": 1, "a": 0}, 2),  # a picture may show them in this order
            ((1, 2), [1, 2], 2),
            (1, True, 2),
            (np.array([[]], object), np.array([[]], object), 2),
            ({1}, {1}, 2),  # a set may have changed since
        ],
        ids=str,
    )
    def test_it_is_drawn_again_unless_it_is_drawn_from_the_same(self, first, second, times):
        drawn = []
        given = {"value": first}
        explorer = explore.Explorer(
            lambda fig, value: drawn.append(value) or "Drawn.",
            {"value": _controls.given("Anything")},
            given,
            name="x",
            suggestion="",
        )
        explorer.set(value=second)
        assert len(drawn) == times

    def test_an_array_that_has_changed_in_its_place_is_drawn_again(self):
        values = np.zeros(2)
        explorer = explore.Explorer(
            lambda fig, values: f"Sum {values.sum():g}.",
            {"values": _controls.given("An array")},
            {"values": values},
            name="x",
            suggestion="",
        )
        values[:] = 1
        explorer.refresh()
        assert explorer.caption == "Sum 2."

    def test_pictures_shown_long_ago_are_forgotten(self, monkeypatch):
        monkeypatch.setattr(_base, "RECENT", 2)
        explorer, drawn = frame(), []
        draw = explorer.draw
        monkeypatch.setattr(explorer, "draw", lambda fig, level: drawn.append(level) or draw(fig, level))
        for level in (8, 3, 9, 3, 8):
            explorer.controls["level"].value = level
        assert drawn == [8, 9, 8]

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

    def test_a_stroke_that_comes_too_late_is_dropped(self):
        grid = Grid(-np.ones((2, 2), int))
        self.message(grid, cells=bytes([1, 255, 255, 255]), stroke=[0, 1])
        assert grid.picture.tolist() == [[1, -1], [-1, -1]]
        grid.show(np.ones((2, 2), int))  # the page has not heard of it yet
        self.message(grid, cells=bytes([1, 255, 255, 1]), stroke=[0, 2])
        assert grid.picture.sum() == 4
        self.message(grid, cells=bytes([255, 1, 1, 1]), stroke=[1, 3])
        assert grid.picture.tolist() == [[-1, 1], [1, 1]]

    def test_a_dropped_file(self):
        grid, caught = Grid([[1, -1]]), []
        grid.on_drop(lambda name, content: caught.append((name, content)))
        grid._handle_custom_msg({"file": "cat.png"}, [memoryview(b"cat")])
        grid._handle_custom_msg({"file": "large.png"}, [])
        grid._handle_custom_msg("press", [])
        assert caught == [("cat.png", b"cat"), ("large.png", b"")]

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


def png(grey):
    """An array of greys as the bytes of a file."""
    buffer = io.BytesIO()
    Image.fromarray(grey).save(buffer, "PNG")
    return buffer.getvalue()


HEART = patterns.named("heart")
MEMORIES = {name: patterns.named(name) for name in patterns.NAMES[:3]}


@pytest.mark.usefixtures("unseen")
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

    def test_a_narrow_page_has_the_energy_above_the_overlaps(self):
        painter = explore.painter()
        painter.recall(animate=False)
        painter._measured(390)
        assert painter.figure_size[0] * 96 <= 390 and painter.figure_size[1] == 4.8
        figure = _base.blank_figure(painter.figure_size)
        painter.draw(figure, **painter.parameters)
        above, below = (ax.get_position() for ax in figure.axes)
        assert above.y0 > below.y1 and above.x0 == below.x0
        painter._measured(600)
        assert painter.figure_size == (5.4, 2.8)

    def test_a_saved_page_has_a_tall_picture_for_a_phone(self):
        painter = explore.painter()
        wide, tall = (
            re.search('width="([0-9]+)" height="([0-9]+)"', found()[0]["text/html"])
            for found in (painter.still, painter.stacked_still)
        )
        assert int(wide[1]) > 2 * int(wide[2]) and 1.4 * int(tall[1]) < int(tall[2])

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
        seen, told = [], []
        painter.sheet.observe(lambda _: seen.append(painter.time.value), "cells")
        painter._sentence.observe(lambda _: told.append((painter.time.value, painter.caption)), "value")

        async def watch():
            painter.recall()
            await painter._playing

        asyncio.run(watch())
        assert seen == list(range(1, 26))
        said = dict(told)  # what the sentence said of each stop of the slider, without lagging behind
        assert all(said[time].startswith(f"After {time} of 25 flips") for time in range(1, 25))
        assert said[25].endswith("m = 1.")

    def test_drawing_stops_the_animation(self):
        painter = explore.painter()

        async def interrupt():
            painter.recall()
            playing = painter._playing
            await asyncio.sleep(0.2)
            painter.sheet.picture = patterns.named("boat")
            await playing

        asyncio.run(interrupt())
        assert (painter.sheet.picture.ravel() == patterns.named("boat")).all()
        assert painter.trajectory is None

    def test_drawing_makes_a_new_clean_picture(self):
        painter = explore.painter()
        painter.sheet.picture = patterns.named("boat")
        assert painter.noise.value == 0
        painter.noise.value = 0.1
        assert (painter.sheet.picture.ravel() != patterns.named("boat")).sum() == 10

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
        assert (after == learning.hebb_add(before, patterns.named("boat"))).all()
        painter.sheet.picture = patterns.named("cup")
        painter.store()
        painter.forget("drawing 1")
        painter.sheet.picture = patterns.named("ring")
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
        for k in range(6):
            painter.sheet.picture = patterns.random(1, 100, k)[0]
            store.click()
        assert len(painter.memories) == 8
        assert "The shelf is full" in painter._alarm.value
        painter.forget("drawing 1")
        store.click()
        assert painter.error is None

    def test_nothing_blank_and_nothing_twice_is_stored(self):
        painter = explore.painter()
        painter.load("house")
        with pytest.raises(ValueError, match="on the shelf already: it is the house"):
            painter.store()
        painter.clear()
        painter.button("Store it", "", painter.store).click()
        assert "The sheet is blank" in painter._alarm.value and len(painter.memories) == 3
        painter.sheet.picture = np.ones(100, int)
        painter.store()
        assert list(painter.memories)[-1] == "drawing 1"

    def test_a_memory_itself_needs_no_recall(self):
        painter = explore.painter()
        painter.load("note")
        assert painter.caption.startswith("This picture agrees with the note in 100 of 100 cells")
        assert "spoil it, or draw on it" in painter.caption and "Press Recall" not in painter.caption
        painter.sheet.picture = -patterns.named("note")
        assert "the inverse of the memory itself" in painter.caption
        painter.spoil(0.1)
        assert "Press Recall" in painter.caption

    def test_there_is_a_slider_where_there_is_something_to_wind(self):
        painter = explore.painter()
        assert painter.time.layout.visibility == "hidden"
        painter.recall(animate=False)
        assert painter.time.layout.visibility == "visible" and painter.time.max == 25
        painter.load("heart")
        assert painter.time.layout.visibility == "hidden"
        painter.recall(animate=False)  # nothing moves
        assert painter.time.layout.visibility == "hidden"

    def test_bars_and_flips_can_be_clicked(self):
        painter = explore.painter()
        assert set(painter.targets) == {"memory 1", "memory 2", "memory 3"}
        painter.recall(animate=False)
        painter.click("flip 7")
        assert painter.time.value == 7 and painter.caption.startswith("After 7 of 25 flips")
        assert (painter.sheet.picture.ravel() == painter.trajectory.states[7]).all()
        painter.click("memory 2")
        assert (painter.sheet.picture.ravel() == patterns.named("house")).all()
        assert "house in 100 of 100 cells" in painter.caption and "flip 7" not in painter.targets

    def test_thumbnails_and_crosses(self):
        painter = explore.painter()
        slots = painter.shelf.children[1:]
        thumbnail, below = slots[1].children
        thumbnail._handle_custom_msg("press", [])
        assert (painter.sheet.picture.ravel() == patterns.named("house")).all()
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

    @pytest.mark.parametrize("shape", [(1, 1), (1, 32), (32, 1), (32, 32), (3, 7)])
    def test_every_shape(self, shape):
        painter = explore.painter(shape=shape)
        assert painter.caption.startswith("Nothing is stored") and painter.memories == {}
        painter.sheet.picture = np.ones(shape, int)
        painter.store()
        painter.spoil(0.3)
        painter.recall(animate=False)
        assert painter.error is None
        assert "image/png" in bundle(painter)[0]

    def test_a_picture_of_any_size_on_the_sheet(self):
        painter = explore.painter(shape=(6, 4))
        wanted = np.array([[1, 1, -1, -1]] * 3 + [[-1, -1, 1, -1]] * 3)
        grey = np.where(np.kron(wanted, np.ones((9, 9))) > 0, 20, 240).astype(np.uint8)
        for source in (grey, png(grey), "##..\n" * 3 + "..#.\n" * 3, wanted):
            painter.clear()
            painter.take(source)
            assert (painter.sheet.picture == wanted).all() and painter.error is None
        painter.take(grey, dark=-1)
        assert (painter.sheet.picture == -wanted).all()
        with pytest.raises(ValueError, match=r"^picture is some bytes, which is no picture"):
            painter.take(b"no picture")

    @pytest.mark.parametrize("way", ["upload", "drop"])
    def test_files_from_the_page(self, way):
        painter = explore.painter()

        def send(name, content):
            if way == "drop":
                painter.sheet._handle_custom_msg({"file": name}, [memoryview(content)])
            else:
                file = {"name": name, "type": "", "size": len(content), "content": memoryview(content)}
                painter.upload.value = (file | {"last_modified": datetime.fromtimestamp(0, UTC)},)
                assert painter.upload.value == ()

        boat = patterns.named("boat").reshape(10, 10)
        for _ in range(2):  # the same file twice
            painter.recall(animate=False)
            send("boat.png", png(np.where(np.kron(boat, np.ones((7, 7))) > 0, 0, 255).astype(np.uint8)))
            assert (painter.sheet.picture == boat).all() and painter.trajectory is None
            assert painter.noise.value == 0
        rows = ("".join("#" if cell > 0 else "." for cell in row) for row in boat[::-1])
        send("Boat.TXT", "\n".join(rows).encode())
        assert (painter.sheet.picture == boat[::-1]).all()
        for name, content, words in (
            ("cat.png", b"meow", "The file &#x27;cat.png&#x27; is some bytes, which is no picture"),
            ("cat.txt", b"meow", "The file &#x27;cat.txt&#x27; holds &#x27;e&#x27;; a drawing is made of"),
            ("large.png", b"", "is empty, or larger than 8 MB"),
        ):
            send(name, content)
            assert words in painter._alarm.value and (painter.sheet.picture == boat[::-1]).all()
        send("Boat.txt", b"#.")
        assert painter.error is None

    def test_a_full_shelf_from_the_start(self):
        painter = explore.painter(datasets.letters("ABCDEFGH"))
        with pytest.raises(ValueError, match="The shelf is full"):
            painter.store()
        assert len(painter.memories) == 8
        with pytest.raises(ValueError, match="memories holds 9 pictures; the shelf holds 8"):
            explore.Painter(
                dict(enumerate(datasets.letters()[:9])), (10, 10), noise=0, schedule="random", rng=0
            )

    def test_faces_and_other_shapes(self):
        faces = explore.painter(datasets.faces([1, 20]))
        assert faces.shape == (24, 24) and list(faces.memories) == ["memory 1", "memory 2"]
        faces.recall(animate=False)
        assert faces.caption.endswith("It is memory 1, cell by cell: m = 1.")
        flat = np.ones((2, 12), int)
        flat[1, :6] = -1
        assert explore.painter(flat, (3, 4)).shape == (3, 4) and explore.painter(flat).shape == (1, 12)
        assert explore.painter(flat.reshape(2, 2, 6)).shape == (2, 6)
        assert explore.painter({}, (5, 6)).memories == {}

    def test_memories_in_every_form(self):
        pictures = [patterns.named("cup"), patterns.named("ring")]
        forms = [
            ["cup", "ring"],
            {"cup": pictures[0], "ring": pictures[1]},
            np.array(pictures),
            np.reshape(pictures, (2, 10, 10)),
        ]
        stored = [[s.tolist() for s in explore.painter(form).memories.values()] for form in forms]
        assert all(each == stored[0] for each in stored)
        small = explore.painter({"a": [[1, -1, 1], [1, 1, 1]]})
        assert small.shape == (2, 3)

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            ({"patterns": ["unicorn"]}, "a name in patterns is .unicorn.; choose one of"),
            ({"patterns": [[[0, 1], [1, 0]]]}, "patterns holds 0/1"),
            (
                {"patterns": [[1, -1]], "shape": (2, 2)},
                "shape is 2 x 2, but patterns holds pictures of 2 cells",
            ),
            ({"patterns": [[[1, -1]]], "shape": (2, 1)}, "shape is 2 x 1, but patterns .* of 1 x 2 cells"),
            ({"patterns": "heart"}, "patterns is 'heart'; an array"),
            ({"patterns": 3}, "patterns is 3; an array"),
            ({"patterns": [[1, -1], [1]]}, "patterns holds pictures of different sizes"),
            ({"patterns": [["heart", 1]]}, "patterns holds text"),
            ({"patterns": np.ones((9, 4))}, "patterns holds 9 pictures; at most 8 .* write .picture."),
            ({"patterns": datasets.letters()[:9]}, "patterns holds 9 pictures; at most 8"),
            ({"patterns": np.ones((1, 1089))}, "patterns holds pictures of 1089 cells; at most 1024"),
            ({"patterns": np.full((1, 4), 255)}, "patterns holds values from 255 to 255.*datasets.picture"),
            ({"shape": (33, 3)}, "a side of shape is 33; it must be between 1 and 32"),
            ({"shape": 10}, "shape is 10; .rows, columns."),
            ({"noise": 0.7}, "noise is 0.7"),
            ({"noise": "much"}, "noise is 'much'"),
            ({"schedule": "synchronous"}, "schedule is 'synchronous'"),
            ({"rng": -1}, "rng is -1"),
            ({"rng": None}, "rng is None"),
        ],
    )
    def test_bad_arguments(self, arguments, message):
        with pytest.raises((ValueError, TypeError), match=f"^{message}") as caught:
            explore.painter(**arguments)
        assert len(str(caught.value)) < 250

    @pytest.mark.parametrize(
        ("call", "message"),
        [
            (lambda p: p.spoil(0.9), "fraction is 0.9"),
            (lambda p: p.store("heart"), "name is 'heart', which is on the shelf already"),
            (lambda p: p.store(3), "name is 3; text is wanted"),
            (lambda p: p.load("cup"), "name is 'cup'"),
            (lambda p: p.forget(0), "name is 0"),
            (lambda p: p.recall("yes"), "animate is 'yes'"),
            (
                lambda p: p.sheet.show(np.ones(9)),
                r"picture has shape \(9,\); \(10, 10\) or \(100,\) is wanted",
            ),
        ],
    )
    def test_bad_arguments_of_methods(self, call, message):
        with pytest.raises((ValueError, TypeError), match=f"^{message}"):
            call(explore.painter())

    def test_names_like_our_own_do_no_harm(self):
        painter = explore.painter({"drawing of a cup": patterns.named("cup"), "drawing 4": HEART})
        painter.store()
        assert list(painter.memories)[-1] == "drawing 5"

    @pytest.mark.parametrize("stored", range(4))
    def test_drawing_at_every_corner(self, stored):
        memories = dict(itertools.islice(MEMORIES.items(), stored))
        net = network(memories, 100)
        for state in (HEART, -HEART, np.ones(100, int)):
            figure = Figure((5, 3))
            assert explore.draw_painter(figure, state, memories)
            recall = net.recall(state, "random", rng=1, record=True)
            for time in {0, len(recall.units)}:
                figure = Figure((5, 3))
                assert explore.draw_painter(figure, recall.states[time], memories, recall, time)
                assert all(ax.alt_text for ax in figure.axes)

    def test_no_overlap_is_cut_off(self):
        for size, draw in (((5.4, 2.8), explore.draw_painter), ((8.6, 2.5), explore.draw_recall)):
            figure, memories = Figure(size), {"heart": HEART, "a name that is long": -HEART}
            way = network(MEMORIES, 100).recall(-HEART, "random", rng=0, record=True)
            draw(figure, *((-HEART, memories) if draw is explore.draw_painter else (memories, way, (10, 10))))
            figure.canvas.draw()
            numbers = [text for text in figure.axes[-1].texts if text.get_text() == "−1.00"]
            assert numbers and all(t.get_window_extent().x1 <= figure.bbox.x1 for t in numbers)

    def test_the_still_picture_tells_the_whole_recall(self):
        data, metadata = bundle(explore.painter())
        assert data["text/plain"].startswith("explore.painter: 25 flips, each of them downhill")
        assert "Overlaps: heart 1.00" in metadata["image/png"]["alt"]
        assert data["text/plain"] == bundle(explore.painter())[0]["text/plain"]


@pytest.mark.usefixtures("unseen")
class TestTwoUnits:
    @pytest.mark.every(7)
    @pytest.mark.parametrize("schedule", ["synchronous", "ordered", "random", "random-unit"])
    @pytest.mark.parametrize("ties", ["keep", 1, -1])
    @pytest.mark.parametrize("steps", [0, 1, 24])
    def test_drawing_at_every_corner(self, schedule, ties, steps):
        for weights in [(0, 0, 0, 0), (-2, 2, -2, 2), (2, 2, 2, 2), (-2, -2, -2, -2)]:
            figure = Figure((5.7, 4.3))
            options = {"schedule": schedule, "ties": ties, "steps": steps, "start": "+-", "rng": 20}
            assert explore.draw_two_units(figure, *weights, **options)
            assert all(ax.alt_text for ax in figure.axes)

    def test_the_sentence_says_why(self):
        explorer = explore.two_units(steps=1)
        assert explorer.caption.startswith(
            "Step 1, unit 1: h₁ = w₁₂y₂ = (−1)(−1) = +1: it turns to +1. −− → +−."
        )
        explorer = explore.two_units(0, 0, 1, 0, steps=1, ties=-1, start="+-")
        assert "no weight leads to unit 1: a tie, which counts as −1 here: it turns to −1" in explorer.caption
        explorer = explore.two_units(1, -1, -1, 0, steps=1, start="++")
        assert "(+1)(+1) + (−1)(+1) = 0: a tie: it keeps +1" in explorer.caption

    @pytest.mark.parametrize(
        ("schedule", "steps", "end"),
        [
            ("synchronous", 4, "A cycle of length 4 has closed: −− → +− → ++ → −+ → −−."),
            ("ordered", 4, "A cycle has closed, 4 updates or 2 sweeps long: −− → +− → ++ → −+ → −−."),
            ("random", 24, "only the waiting times are random."),
            ("random-unit", 24, "only the waiting times are random."),
        ],
    )
    def test_network_1_never_rests(self, schedule, steps, end):
        """Wiskott fig. 1.3, top, with the synchronous step of section 1.2 put right."""
        explorer = explore.two_units(schedule=schedule, steps=0)
        explorer.run()
        assert explorer.controls["steps"].value == steps and explorer.caption.endswith(end)

    def test_network_2_rests_unless_synchronous(self):
        """Wiskott fig. 1.3, bottom."""
        explorer = explore.two_units()
        explorer.preset.value = "network 2 (fig. 1.3)"
        ends = {}
        for schedule in ("synchronous", "ordered", "random", "random-unit"):
            explorer.reset()
            explorer.controls["schedule"].value = schedule
            explorer.run()
            ends[schedule] = explorer.caption
        assert "A cycle of length 2 has closed" in ends.pop("synchronous")
        assert all("is a fixed point" in end for end in ends.values())

    def test_step_run_and_reset(self):
        explorer = explore.two_units(steps=0)
        for count in range(1, 4):
            explorer.step()
            assert explorer.controls["steps"].value == count
        explorer.controls["steps"].value = 24
        explorer.step()
        assert explorer.controls["steps"].value == 24
        explorer.reset()
        assert explorer.caption == "Start in −−. Unit 1 would change if updated."

    def test_running_step_by_step(self):
        explorer = explore.two_units(steps=0)
        seen = []
        explorer.controls["steps"].observe(lambda change: seen.append(change["new"]), "value")

        async def watch():
            explorer.run()
            await explorer._playing

        asyncio.run(watch())
        assert seen == [1, 2, 3, 4]

    def test_presets_set_the_sliders_and_sliders_name_the_preset(self):
        explorer = explore.two_units()
        assert explorer.preset.value == "network 1 (fig. 1.3)"
        for name, weights in explore._two_units.PRESETS.items():
            explorer.preset.value = name
            assert tuple(explorer.controls[key].value for key in explore._two_units.WEIGHTS) == weights
        explorer.controls["w11"].value = 2
        assert explorer.preset.value == "your own"
        explorer.controls["w11"].value = 0
        assert explorer.preset.value == "no connections"

    def test_a_seed_is_offered_where_it_matters(self):
        explorer = explore.two_units()
        assert explorer.controls["rng"].disabled
        explorer.controls["schedule"].value = "random"
        assert not explorer.controls["rng"].disabled

    @pytest.mark.parametrize(
        "wrong", [{"w11": 3}, {"w12": 0.5}, {"schedule": "alphabetical"}, {"start": "+"}, {"steps": 25}]
    )
    def test_bad_arguments(self, wrong):
        with pytest.raises((ValueError, TypeError)):
            explore.two_units(**wrong)


class TestWalk:
    net = binary.Network([[0, -1], [1, 0]])

    @pytest.mark.parametrize("schedule", ["synchronous", "ordered", "random", "random-unit"])
    def test_a_shorter_walk_is_the_beginning_of_a_longer_one(self, schedule):
        long = _walk.walk(self.net, [1, 1], schedule, 20, "keep", 3)
        short = _walk.walk(self.net, [1, 1], schedule, 7, "keep", 3)
        assert (long.states[:8] == short.states).all() and long.updated[:7] == short.updated

    def test_random_sweeps_update_every_unit_once(self):
        net = binary.Network(learning.hebb(patterns.random(2, 4, rng=0)))
        course = _walk.walk(net, [1, 1, 1, 1], "random", 12, "keep", 0)
        assert all(sorted(course.updated[k : k + 4]) == [(0,), (1,), (2,), (3,)] for k in (0, 4, 8))

    @pytest.mark.parametrize("seed", range(10))
    def test_ordered_and_synchronous_walks_agree_with_the_library(self, seed):
        rng = np.random.default_rng(seed)
        net = binary.Network(rng.integers(-2, 3, (4, 4)))
        start = patterns.random(1, 4, rng)[0]
        for schedule, steps in (("ordered", 4), ("synchronous", 1)):
            for ties in ("keep", 1, -1):
                course = _walk.walk(net, start, schedule, steps, ties, 0)
                assert (course.states[-1] == net.sweep(start, schedule, ties=ties)).all()

    @pytest.mark.parametrize("seed", range(20))
    def test_wandering_agrees_with_the_recurrent_classes(self, seed):
        net = binary.Network(np.random.default_rng(seed).integers(-2, 3, (3, 3)))
        classes = state_space.recurrent_classes(state_space.successors(net))
        for code in range(8):
            expected = [c.tolist() for c in classes if code in c]
            found = _walk.wandering(net, state_space.decode(code, 3), "keep")
            assert found == (expected[0] if expected else [])


@pytest.mark.usefixtures("unseen")
class TestSchedules:
    @pytest.mark.every(3)
    @pytest.mark.parametrize("N", [3, 2, 4])
    def test_drawing_at_every_corner(self, N):
        for network_name, start, sweeps in itertools.product(_networks.names(N), ("-" * N, "+" * N), (1, 8)):
            figure = Figure((8.6, 3.6))
            assert explore.draw_schedules(figure, network_name, N, start, sweeps, rng=20)
            assert all(ax.alt_text for ax in figure.axes)

    def test_three_rivals(self):
        assert explore.schedules().caption == (
            "From −−−, synchronous updates lead to a cycle of 2 sweeps; ordered updates lead to the fixed "
            "point +−−; random updates lead to the fixed point −−+. The order of updates decides where "
            "this ends."
        )

    def test_the_schedules_may_agree(self):
        explorer = explore.schedules("friends", N=2, start="++")
        assert explorer.caption.endswith("Here the order makes no difference.")

    def test_another_number_of_units(self):
        explorer = explore.schedules()
        for N in (4, 2, 3):
            explorer.controls["N"].value = N
            assert explorer.error is None
            assert explorer.caption.startswith(f"From {'−' * N},")

    def test_outcomes_agree_with_the_library(self):
        for seed in range(10):
            explorer = explore.schedules("random, not symmetric", rng=seed)
            net = _networks.build("random, not symmetric", 3, seed)
            for schedule in ("synchronous", "ordered"):
                recall = net.recall([-1, -1, -1], schedule)
                end = {
                    "fixed point": f"the fixed point {_walk.name(recall.final)}",
                    "cycle": f"a cycle of {recall.cycle_length} sweeps",
                }[recall.outcome]
                assert f"{schedule} updates lead to {end}" in explorer.caption

    @pytest.mark.parametrize("wrong", [{"network": "five rivals"}, {"N": 5}, {"start": "++"}])
    def test_bad_arguments(self, wrong):
        with pytest.raises(ValueError):
            explore.schedules(**wrong)


@pytest.mark.usefixtures("unseen")
class TestHypercube:
    @pytest.mark.every(3)
    @pytest.mark.parametrize("N", [3, 2, 4])
    def test_drawing_at_every_corner(self, N):
        for network_name in _networks.names(N):
            for moves in ((), tuple(range(N)), (N - 1,) * 30):
                figure = Figure((8.6, 4.3))
                assert explore.draw_hypercube(figure, N, network_name, 7, "+" * N, moves)
                assert all(ax.alt_text for ax in figure.axes)

    def test_an_update_goes_along_one_edge_or_nowhere(self):
        explorer = explore.hypercube(2, "network 2 (fig. 1.3)", start="++", moves=())
        assert explorer.caption == "Start at the corner ++. Units 1 and 2 would flip now."
        explorer.update(1)
        assert "h₂ = w₂₁y₁ = (−1)(+1) = −1: it turns to −1. The network goes along one edge to +−." in (
            explorer.caption
        )
        explorer.update(0)
        assert "it stays at +1. The network goes nowhere, and stays at +−." in explorer.caption
        assert explorer.caption.endswith("no update leads away from it.")
        explorer.back()
        explorer.back()
        assert explorer.moves == () and "Start at the corner ++" in explorer.caption

    def test_first_view_goes_round_the_cube(self):
        explorer = explore.hypercube()
        assert explorer.moves == (0, 1, 2) and "+++" in explorer.caption

    def test_another_network_starts_anew(self):
        explorer = explore.hypercube()
        for key, value in {"N": 4, "network": "two couples", "start": "+--+", "rng": 3}.items():
            explorer.update(0)
            explorer.controls[key].value = value
            assert explorer.moves == () and explorer.error is None
        shown = [button.layout.display for button in explorer._updates]
        assert shown == [None] * 4
        explorer.controls["N"].value = 2
        assert [button.layout.display for button in explorer._updates] == [None, None, "none", "none"]

    def test_buttons(self):
        explorer = explore.hypercube(moves=())
        explorer._updates[2].click()
        assert explorer.moves == (2,)
        explorer.restart()
        assert explorer.moves == ()

    @pytest.mark.parametrize("wrong", [{"N": 5}, {"network": "x"}, {"start": "++"}, {"moves": [3]}])
    def test_bad_arguments(self, wrong):
        with pytest.raises(ValueError):
            explore.hypercube(**wrong)


NETWORK_1, NETWORK_2 = [[0, -1], [1, 0]], [[0, -1], [-1, 0]]
WRONG_ENTRIES = list(
    itertools.product((NETWORK_1, [[0, 0], [2, -1]]), ("keep", 1), ("random", "synchronous", "ordered"))
)


@pytest.mark.usefixtures("unseen")
class TestTransitionTable:
    def filled(self, table):
        """Fill in the whole table, rightly."""
        N = table.net.N
        for state, column in table.entries:
            code = table._truth[state_space.encode(patterns.from_label(state)), column]
            table.answer(state, state_space.label(code, N), column + 1)
        return table

    @pytest.mark.every(5)
    @pytest.mark.parametrize("schedule", ["random", "random-unit", "synchronous", "ordered"])
    @pytest.mark.parametrize("ties", ["keep", 1, -1])
    def test_all_right_shows_the_graph(self, schedule, ties):
        table = explore.transition_table([[0, 1], [0, 0]], schedule, ties=ties)
        assert not table.complete
        self.filled(table)
        assert table.complete and table.attempts == len(table.entries)
        size = 8 if schedule.startswith("random") else 4
        assert table.caption.endswith(f"All {size} entries are right: the graph shows your table.")
        figure = Figure((4, 4))
        explore.draw_transition_table(figure, **table.parameters)
        assert "Transition graph" in " ".join(ax.alt_text for ax in figure.axes)

    def test_three_units(self):
        table = self.filled(explore.transition_table([[0, 1, -1], [1, 0, 1], [-1, 1, 0]]))
        assert table.complete and len(table.entries) == 24 and table.error is None

    def test_nothing_is_given_away_before_an_attempt(self):
        table = explore.transition_table(NETWORK_1)
        assert table.caption.startswith("No entry of 8 yet.")
        texts = [widget.value for widget in (*table._marks.values(), table._sentence)]
        assert not any("h₁" in text for text in texts)

    @pytest.mark.parametrize(
        ("schedule", "state", "after", "unit", "said"),
        [
            ("random", "--", "++", 1, "can change unit 1 alone, but your entry changes unit 2"),
            (
                "random",
                "--",
                "--",
                1,
                "Look at unit 1: h₁ = w₁₂y₂ = (−1)(−1) = +1. Which value has this sign?",
            ),
            ("random", "--", "--", 1, "The first index is the unit that receives."),
            ("random", "--", "-+", 2, "The first index is the unit that receives."),
            ("synchronous", "--", "++", 1, "This is where one unit after the other would lead."),
            ("synchronous", "+-", "+-", 1, "Here only one unit has been updated."),
            ("synchronous", "--", "-+", 1, "Look at unit 1"),
            (
                "ordered",
                "--",
                "+-",
                1,
                "The sweep goes on: unit 2 is still to be updated, h₂ = w₂₁y₁ = (+1)(+1)",
            ),
            ("ordered", "-+", "-+", 1, "The sweep goes on: unit 2 is still to be updated"),
            ("ordered", "++", "-+", 1, "The sweep goes on: unit 2 is still to be updated"),
            ("ordered", "+-", "-+", 1, "opposite order"),
        ],
    )
    def test_what_is_said_about_a_wrong_entry(self, schedule, state, after, unit, said):
        table = explore.transition_table(NETWORK_1, schedule)
        table.answer(state, after, unit)
        assert ": not yet. " in table.caption and said in table.caption
        assert "✗" in table._marks[state, unit - 1].value

    def test_the_synchronous_step_in_place_of_a_sweep(self):
        table = explore.transition_table(NETWORK_2, "ordered")
        table.answer("++", "--")
        assert "This is the synchronous step." in table.caption

    def test_a_wrong_entry_at_a_tie(self):
        for ties, rule in (("keep", "keeps the value it has"), (1, "takes the value +1")):
            table = explore.transition_table([[0, 0], [1, 0]], ties=ties)
            table.answer("--", {"keep": "+-", 1: "--"}[ties])
            assert f"At a tie a unit {rule}." in table.caption

    def test_a_right_entry_says_why(self):
        table = explore.transition_table(NETWORK_1, "ordered")
        table.answer("--", "++")
        assert table.caption == (
            "From −− to ++: right. h₁ = w₁₂y₂ = (−1)(−1) = +1: it turns to +1; "
            "h₂ = w₂₁y₁ = (+1)(+1) = +1: it turns to +1. 1 of 4 entries are right."
        )
        assert "✓" in table._marks["--", 0].value

    @pytest.mark.every(5)
    @pytest.mark.parametrize(
        "case", WRONG_ENTRIES, ids=lambda case: f"w22 = {case[0][1][1]}-{case[1]}-{case[2]}"
    )
    def test_every_wrong_entry_gets_a_comment(self, case):
        weights, ties, schedule = case
        truth = _truth(binary.Network(weights), schedule, ties)
        for (code, column), right in np.ndenumerate(truth):
            for answer in set(range(4)) - {right}:
                cell = (state_space.label(code, 2), column)
                answers = {cell: state_space.label(answer, 2)}
                said = explore.draw_transition_table(Figure((4, 4)), weights, schedule, ties, answers, cell)
                assert "not yet" in said and "0 of" in said and len(said) > 70

    def test_clear(self):
        table = self.filled(explore.transition_table(NETWORK_2))
        table.clear()
        assert table.answers == {} and not table.complete
        assert table.caption.startswith("No entry of 8 yet.")
        assert all(mark.value.endswith("></b>") for mark in table._marks.values())

    def test_an_entry_corrected(self):
        table = explore.transition_table(NETWORK_2, "synchronous")
        table.answer("--", "--")
        table.answer("--", "++")
        assert table.attempts == 2 and "1 of 4 entries are right" in table.caption

    def test_the_still_version_is_an_empty_table(self):
        data, metadata = bundle(explore.transition_table(NETWORK_1))
        assert metadata == {} and "image/png" not in data
        assert data["text/html"].count("<tr>") == 5 and data["text/html"].count("<td>&nbsp;</td>") == 8
        assert "w₁₂ = −1, w₂₁ = +1" in data["text/plain"]

    def test_names_for_screen_readers_and_the_browser(self):
        table = explore.transition_table(NETWORK_1)
        entry = table.entries["-+", 1]
        assert entry.tooltip == "After −+: update unit 2"
        assert "hopfield-entry-mp-2" in entry._dom_classes

    @pytest.mark.parametrize(
        "wrong",
        [
            {"weights": [[0]]},
            {"weights": np.zeros((4, 4))},
            {"weights": [[0, 1]]},
            {"schedule": "alphabetical"},
            {"ties": 0},
        ],
    )
    def test_bad_arguments(self, wrong):
        with pytest.raises(ValueError):
            explore.transition_table(**wrong)
        table = explore.transition_table()
        with pytest.raises(ValueError):
            table.answer("---", "++")
        with pytest.raises(ValueError):
            table.answer("--", "+")


class TestNetworks:
    @pytest.mark.parametrize("N", [2, 3, 4])
    @pytest.mark.parametrize("seed", [0, 20])
    def test_random_weights(self, N, seed):
        for name, symmetric in _networks.RANDOM.items():
            W = _networks.weights(name, N, seed)
            assert set(W[~np.eye(N, dtype=bool)].tolist()) <= {-2, -1, 1, 2}
            assert not W.diagonal().any()
            assert (W == W.T).all() or not symmetric

    def test_the_frustrated_triangle_has_six_fixed_points(self):
        """Wiskott section 1.5."""
        counts = [
            len(state_space.fixed_points(_networks.build(name, 3, 0)))
            for name in ("frustrated triangle (fig. 1.4)", "satisfied triangle (fig. 1.4)")
        ]
        assert counts == [6, 2]


PICTURES = [explore.two_units, explore.schedules, explore.hypercube, explore.painter]


EVERY = [*PICTURES, explore.transition_table]


@pytest.mark.parametrize("make", PICTURES)
def test_every_explorer_keeps_a_still_picture(make):
    (data, metadata), (again, _) = bundle(make()), bundle(make())
    assert base64.b64decode(data["image/png"]).startswith(b"\x89PNG")
    assert data["text/plain"].startswith(f"explore.{make.__name__}: ")
    assert "\n" not in data["text/plain"]
    assert len(metadata["image/png"]["alt"]) > 60
    assert {**data, WIDGET: None} == {**again, WIDGET: None}


def test_every_control_of_two_units_redraws():
    explorer = explore.two_units(schedule="random", steps=6)
    for key, value in {
        "w11": 1,
        "w12": 2,
        "w21": 0,
        "w22": -1,
        "schedule": "synchronous",
        "start": "++",
        "steps": 2,
    }.items():
        before = explorer.picture
        explorer.controls[key].value = value
        assert explorer.picture != before, key


@pytest.mark.parametrize("make", EVERY)
def test_every_explorer_suggests_an_experiment(make):
    assert any("Try this:" in getattr(child, "value", "") for child in make().children)
    assert "Examples" in make.__doc__


def test_public_names():
    assert set(explore.__all__) <= set(dir(explore))
    drawn = [name for name in explore.__all__ if name.startswith("draw_")]
    assert drawn and all(callable(getattr(explore, name)) for name in drawn)
