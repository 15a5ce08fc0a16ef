"""The painter: draw a picture, spoil it, and watch the network bring it back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

import ipywidgets as widgets
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import ArrayLike, NDArray

from hopfield_edu import _check, binary, datasets, plots
from hopfield_edu import patterns as library
from hopfield_edu._types import ONE_BY_ONE
from hopfield_edu.explore import _own_pictures
from hopfield_edu.explore._base import Explorer, narrow, row, still_picture
from hopfield_edu.explore._controls import a_figure, declared, given, real, whole
from hopfield_edu.explore._grid import Grid
from hopfield_edu.explore._svg import Target, field, offer
from hopfield_edu.trajectory import Trajectory

BESIDE = (5.4, 2.8)  # inches of the figure: energy and overlaps side by side
TALL = ((0.05, 0.69, 0.42, 0.26), (0.53, 0.69, 0.42, 0.26), (0.17, 0.39, 0.69, 0.22), (0.17, 0.06, 0.69, 0.2))
LARGEST = 32  # cells along a side
SHELF = 8  # memories that fit on it
FRAMES = 40  # pictures of an animated recall, at most
FRAME_SECONDS = 0.08  # between them
MOST_NOISE = 0.5
MOST_STOPS = 60  # flips that can be clicked one by one
UPLOAD = "Put a picture of a file on the sheet; you can also drop the file onto it"


def _flips_done(now: Mapping[str, Any]) -> int:
    """How many flips there are to wind through."""
    return 0 if now.get("trajectory") is None else len(now["trajectory"].units)


CONTROLS = {
    "noise": real(
        "Noise added", "Fraction of cells spoiled at the start", 0.25, 0, MOST_NOISE, readout=".0%"
    ),
    "time": whole("Flips", "How far the recall has come", 0, 0, _flips_done, width="98%"),
}
ARGUMENTS = {
    "patterns": given(
        "The memories, at most 8: an array (M, N) of ±1, such as ``datasets.faces([1, 2])``, a list of "
        "pictures (rows, cols), a list of names of `patterns.named`, or a mapping from names to pictures. By "
        "default three of the named pictures, or none for a shape of your own"
    ),
    "shape": given(
        "Rows and columns of the sheet, up to 32 x 32; by default those of the pictures", kind="(int, int)"
    ),
    "noise": CONTROLS["noise"],
    "schedule": given(
        "Who is updated when",
        "random",
        kind='{"random", "ordered", "random-unit"}',
        check=lambda value, name: _check.schedule(value, ONE_BY_ONE, name),
    ),
    "rng": given("Seed of the noise and of the order of updates", 0, kind="int", check=_check.count),
}


def draw_painter(
    fig: Figure,
    state: ArrayLike,
    memories: Mapping[str, ArrayLike],
    trajectory: Trajectory | None = None,
    time: int = 0,
) -> str:
    """Energy and overlaps of a picture with the stored ones, now or `time` flips into a recall.

    Parameters
    ----------
    fig : Figure
    state : (N,) array of ±1
        The picture in front of the network.
    memories : mapping of str to (N,) array of ±1
        The stored pictures by name.
    trajectory : Trajectory, optional
        A recorded recall; `state` is then the one after `time` changes.
    time : int
        How far the recall has come.

    Returns
    -------
    str
        The sentence that goes with the picture.
    """
    a_figure(fig)
    state = _check.bipolar(state, "state", ndim=(1,))
    memories = _remembered(memories, state.size)
    _followed(trajectory, time, state.size)
    if narrow(fig, BESIDE[0]):
        left, right = fig.subplots(2, 1)
        fig.subplots_adjust(left=0.2, right=0.84, bottom=0.08, top=0.93, hspace=0.5)
    else:
        left, right = fig.subplots(1, 2, width_ratios=(1.15, 1))
        fig.subplots_adjust(left=0.1, right=0.88, bottom=0.17, top=0.88, wspace=0.5)
    net = network(memories, state.size)
    energies = [net.energy(state)] if trajectory is None else trajectory.energies
    _trace(left, energies, time, [net.energy(s) for s in memories.values()])
    _bars(right, memories, state, state if trajectory is None else trajectory.initial)
    offer(fig, _bars_on_offer(right, memories) | _flips_on_offer(left, trajectory))
    return _sentence(state, memories, trajectory, time)


def draw_recall(
    fig: Figure, memories: Mapping[str, ArrayLike], trajectory: Trajectory, shape: tuple[int, int]
) -> str:
    """A whole recall in one figure: the cue, the picture recalled, the energy and the overlaps.

    Parameters
    ----------
    fig : Figure
    memories : mapping of str to (N,) array of ±1
        The stored pictures by name.
    trajectory : Trajectory
        The recorded recall.
    shape : (int, int)
        Rows and columns of the picture.

    Returns
    -------
    str
        The sentence that goes with the figure.
    """
    a_figure(fig)
    rows, columns = _own_pictures.sides(shape)
    memories = _remembered(memories, rows * columns)
    _followed(trajectory, 0, rows * columns, needed=True)
    if narrow(fig):
        axes = [fig.add_axes(box) for box in TALL]
    else:
        axes = list(fig.subplots(1, 4, width_ratios=(1, 1, 1.3, 1.1)))
        fig.subplots_adjust(left=0.01, right=0.93, bottom=0.21, top=0.86, wspace=0.45)
    _picture(axes[0], trajectory.initial, shape, "cue")
    _picture(axes[1], trajectory.final, shape, f"after {_flips(trajectory.flips)}")
    net, last = network(memories, trajectory.final.size), len(trajectory.units)
    _trace(axes[2], trajectory.energies, last, [net.energy(s) for s in memories.values()])
    _bars(axes[3], memories, trajectory.final, trajectory.initial)
    return _sentence(trajectory.final, memories, trajectory, last)


def _remembered(memories: Any, N: int) -> dict[str, NDArray[np.int_]]:
    """The memories, each of N units; too many are refused."""
    _check.instance(memories, "memories", Mapping, "a mapping from names to pictures")
    if len(memories) > SHELF:
        raise ValueError(f"memories holds {len(memories)} pictures; the shelf holds {SHELF}")
    return {
        str(name): _check.bipolar(picture, f"memories[{name!r}]", ndim=(1,), units=N)
        for name, picture in memories.items()
    }


def _followed(trajectory: Any, time: int, N: int, *, needed: bool = False) -> None:
    """Refuse what is no recorded recall of N units, or a time beyond its end."""
    if trajectory is not None or needed:
        _check.instance(trajectory, "trajectory", Trajectory, "a recorded Trajectory")
        if trajectory.initial.shape != (N,):
            raise ValueError(f"trajectory has states of shape {trajectory.initial.shape}; ({N},) is wanted")
    _check.count(time, "time", high=0 if trajectory is None else len(trajectory.units))


def _picture(ax: Axes, state: NDArray[Any], shape: tuple[int, int], title: str) -> None:
    plots.grid(state, shape, ax=ax)
    ax.set_title(title, fontsize=10)


def _trace(ax: Axes, energies: Sequence[float], time: int, stored: Sequence[float]) -> None:
    """Energy against flips: done in ink, to come in grey; dotted lines at the stored pictures."""
    ends = [*energies, *stored]
    low, high = min(*ends, -1), max(*ends, 0)
    margin = 0.08 * (high - low)
    ax.set(xlim=(0, max(len(energies) - 1, 10)), ylim=(low - margin, high + margin))
    for energy in stored:
        ax.axhline(energy, color=plots.EXCITATORY, lw=1, ls=":")
    if stored:
        label = {"color": plots.EXCITATORY, "fontsize": 9, "va": "bottom"}
        ax.text(0.02, max(stored), "memories", transform=ax.get_yaxis_transform(), **label)
    ax.plot(energies, color="#c3c8cf", lw=1.5)
    ax.plot(energies[: time + 1], color=plots.INK, lw=2)
    ax.plot([time], [energies[time]], "o", color=plots.HIGHLIGHT, mec=plots.INK, ms=8, clip_on=False)
    ax.set_title("energy", fontsize=10, loc="left")
    ax.set_xlabel("flips", fontsize=9.5)
    ax.locator_params(nbins=4, integer=True)  # few: a picture spends most of its time on ticks
    _tidy(ax)
    ax.alt_text = (
        f"Energy along the recall: it starts at {_number(energies[0])}"
        f" and is {_number(energies[time])} after {_flips(time)}."
    )


def _bars(ax: Axes, memories: Mapping[str, ArrayLike], state: NDArray[Any], first: NDArray[Any]) -> None:
    """One bar per memory: its overlap with the state; a ring shows where the recall began."""
    ax.set(xlim=(-1.05, 1.05), xticks=[-1, 0, 1])
    ax.axvline(0, color=plots.INK, lw=1)
    ax.set_title("overlap m with each memory", fontsize=10, loc="left", x=-0.15)
    m = _overlaps(memories, state)
    for line, (value, before) in enumerate(zip(m, _overlaps(memories, first), strict=True)):
        winner = abs(value) == np.abs(m).max()
        ax.barh(line, value, height=0.55, color=plots.INK if winner else "#8d97a5")
        ax.plot([before], [line], "o", mfc="white", mec=plots.HIGHLIGHT, mew=2, ms=6, clip_on=False)
        number = {"va": "center", "fontsize": 9.5, "weight": "bold" if winner else "normal"}
        ax.text(1.12, line, _number(value, 2), **number)
    ax.set_yticks(range(len(m)), [name if len(name) <= 11 else f"{name[:10]}…" for name in memories])
    ax.set_ylim(max(len(m), 3) - 0.5, -0.5)
    _tidy(ax)
    ax.spines["left"].set_visible(False)
    ax.tick_params("y", length=0)
    listed = ", ".join(f"{name} {_number(value, 2)}" for name, value in zip(memories, m, strict=True))
    ax.alt_text = f"Overlaps: {listed}." if listed else "There is no memory to compare with."


def _bars_on_offer(ax: Axes, memories: Mapping[str, ArrayLike]) -> dict[str, Target]:
    """A click on the bar of a memory puts it on the sheet."""
    for line in range(len(memories)):
        field(ax, f"memory {line + 1}", (-1.05, line - 0.45), 2.1, 0.9)
    return {
        f"memory {k}": Target(f"{_called(name)}: put it on the sheet", {"load": name})
        for k, name in enumerate(memories, 1)
    }


def _flips_on_offer(ax: Axes, trajectory: Trajectory | None) -> dict[str, Target]:
    """A click on the course of the energy winds the recall to there."""
    T = 0 if trajectory is None else len(trajectory.units)
    if not 0 < T <= MOST_STOPS:
        return {}
    low, high = ax.get_ylim()
    for time in range(T + 1):
        field(ax, f"flip {time}", (time - 0.5, low), 1, high - low)
    return {f"flip {time}": Target(f"after {_flips(time)}", {"time": time}) for time in range(T + 1)}


def _tidy(ax: Axes) -> None:
    ax.spines[["top", "right"]].set_visible(False)
    ax.tick_params(labelsize=9)


def _sentence(
    state: NDArray[Any], memories: Mapping[str, ArrayLike], trajectory: Trajectory | None, time: int
) -> str:
    """What the picture is, how far the recall has come, and what it has come to."""
    if not memories:
        return (
            "Nothing is stored, so every total input is zero and every cell keeps its value. "
            "Draw something and store it."
        )
    m = _overlaps(memories, state)
    best = int(np.abs(m).argmax())
    name, overlap = _called(list(memories)[best]), _number(m[best], 2)
    agree = round((1 + m[best]) / 2 * state.size)
    if trajectory is None:
        told = f"This picture agrees with {name} in {agree} of {state.size} cells: overlap m = {overlap}. "
        if abs(m[best]) == 1:
            what = "It is the memory" if m[best] > 0 else "It is the inverse of the memory"
            return f"{told}{what} itself: spoil it, or draw on it, before you let the network work on it."
        return f"{told}Press Recall and let the network work on it."
    T = len(trajectory.units)
    if T == 0:
        return f"Nothing moves: this picture is stable. {_verdict(name, m[best])}"
    fell = f"the energy fell from {_number(trajectory.energies[0])} to"
    if time < T:
        return (
            f"After {time} of {_flips(T)} {fell} {_number(trajectory.energies[time])}. "
            f"Closest memory: {name}, m = {overlap}."
        )
    return (
        f"{_flips(T).capitalize()}, each of them downhill: {fell} {_number(trajectory.energies[T])}. "
        f"{_verdict(name, m[best])}"
    )


def _verdict(name: str, m: float) -> str:
    if m == 1:
        return f"It is {name}, cell by cell: m = 1."
    if m == -1:
        return f"It is the inverse of {name}: m = −1. The inverse of a memory is as stable as the memory."
    return (
        f"The network has settled in a picture that nobody stored. "
        f"Closest memory: {name}, m = {_number(m, 2)}."
    )


def network(memories: Mapping[str, ArrayLike], N: int) -> binary.Network:
    """Hebb's rule for the memories; without any, a network whose weights are all zero."""
    return binary.PatternNetwork(list(memories.values())) if memories else _blank(N)


@lru_cache(maxsize=2)
def _blank(N: int) -> binary.Network:
    return binary.Network(np.zeros((N, N)), scale=1 / N)


def _overlaps(memories: Mapping[str, ArrayLike], state: ArrayLike) -> NDArray[np.float64]:
    if not memories:
        return np.zeros(0)
    return np.asarray(library.overlap(state, list(memories.values())))


def _called(name: str) -> str:
    """A name in a sentence: 'the heart', but 'drawing 1'."""
    return f"the {name}" if name.isalpha() else name


def _number(value: float, digits: int = 1) -> str:
    """Rounded, with a real minus sign, and without a negative zero."""
    return f"{round(float(value), digits) + 0.0:.{digits}f}".replace("-", "−")


def _flips(count: int) -> str:
    return f"{count} flip" if count == 1 else f"{count} flips"


class Painter(Explorer):
    """What `painter` returns: the sheet, the memories, and the buttons as methods.

    Attributes
    ----------
    sheet : Grid
        The picture in front of the network; assign to ``sheet.picture`` to draw from code.
    memories : dict of str to (N,) array
        The stored pictures by name.
    trajectory : Trajectory or None
        The recall that is being shown.
    """

    def __init__(
        self,
        memories: Mapping[str, NDArray[np.int_]],
        shape: tuple[int, int],
        *,
        noise: float,
        schedule: str,
        rng: int,
    ) -> None:
        self.shape = _own_pictures.sides(shape, LARGEST)
        self.schedule = _check.schedule(schedule, ONE_BY_ONE)
        self.rng = _check.count(rng, "rng")
        N = self.shape[0] * self.shape[1]
        self.memories = _remembered(memories, N)
        noise = _check.number(noise, "noise", low=0, high=MOST_NOISE)
        self.trajectory: Trajectory | None = None
        self._states: NDArray[np.int_] = np.zeros((0, N), int)  # of the trajectory
        self._quiet = False  # whether a change is our own
        self.clean = next(iter(self.memories.values()), -np.ones(N, int))  # what noise is added to
        self._noise_seed = self.rng
        cell = min(28, 280 // max(self.shape))
        self.sheet = Grid(self.clean.reshape(self.shape), label="Picture", cell_size=cell)
        self.upload = widgets.FileUpload(
            accept="image/*,.txt", multiple=False, description="Picture file", tooltip=UPLOAD
        )
        self.upload.layout.width = "auto"
        self.upload.add_class("hopfield-upload")
        self.shelf = row()
        super().__init__(
            draw_painter,
            CONTROLS,
            {"noise": noise, "time": 0},
            name="painter",
            suggestion=(
                "draw a picture of your own, or drop one onto the sheet as a file. Store it, spoil it, and "
                "press Recall: what comes back?"
            ),
            size=BESIDE,
            stacked=(3.4, 4.8),
            themed=True,
        )
        self.noise, self.time = self.controls["noise"], self.controls["time"]
        self.noise.observe(lambda _: self._respoil(), "value")
        self.time.observe(lambda _: self._show_state(), "value")
        self.sheet.observe(lambda _: self._drawn_on(), "cells")
        self.sheet.on_drop(lambda name, content: self.attempt(lambda: self._take_file(name, content)))
        self.upload.observe(lambda change: self._uploaded(change["new"]), "value")
        self._fill_shelf()
        self._respoil()

    def arrange(self) -> list[widgets.Widget]:
        buttons = [
            self.button("Recall", "Let the network work until nothing changes", self.recall, "primary"),
            self.button("One flip", "Go on to the next cell that flips", self.step),
            self.button("Spoil anew", "Spoil the picture with other noise", self.spoil),
            self.button("Clear", "An empty sheet", self.clear),
            self.button("Store", "Store the picture on the sheet as a further memory", self.store),
        ]
        beside = widgets.VBox([self.image, self.controls["time"]], layout={"flex": "1 1 400px"})
        body = row(self.sheet, beside, grid_gap="12px")
        return [self.shelf, body, row(self.controls["noise"], *buttons, self.upload)]

    @property
    def parameters(self) -> dict[str, Any]:
        recall, time = self.trajectory, self.controls["time"].value
        return {
            "state": self.sheet.picture.ravel() if recall is None else self._states[time],
            "memories": self.memories,
            "trajectory": recall,
            "time": time,
        }

    def _settle(self) -> None:
        """The slider of the flips is there when there is something to wind; its place stays."""
        super()._settle()
        time = self.controls["time"]
        time.layout.visibility = "visible" if time.max else "hidden"

    def set(self, **changes: Any) -> None:
        """A click on a bar loads a memory; other changes are those of controls."""
        if "load" in changes:
            self.load(changes["load"])
        else:
            super().set(**changes)

    def load(self, name: str) -> None:
        """Put a memory on the sheet, unspoiled."""
        self._draw(self.memories[_check.one_of(name, "name", tuple(self.memories))])

    def clear(self) -> None:
        """An empty sheet."""
        self._draw(-np.ones_like(self.clean))

    def spoil(self, fraction: float | None = None) -> None:
        """Spoil the picture with new noise, in a given `fraction` of its cells, 0..0.5."""
        if fraction is not None:
            _check.number(fraction, "fraction", low=0, high=MOST_NOISE)
        self._noise_seed += 1
        with self._quietly():
            self.noise.value = (self.noise.value or 0.25) if fraction is None else fraction
        self._respoil()

    def store(self, name: str | None = None) -> None:
        """Store the picture on the sheet as one more memory."""
        if name is not None:
            _check.instance(name, "name", str, "text")
        if len(self.memories) >= SHELF:
            raise ValueError(f"The shelf is full: it holds {SHELF} memories. Forget one first.")
        picture = self.sheet.picture.ravel()
        if (picture < 0).all():
            raise ValueError("The sheet is blank: draw something on it first.")
        for known, stored in self.memories.items():
            if (stored == picture).all():
                raise ValueError(f"This picture is on the shelf already: it is {_called(known)}.")
        if name is None:
            numbers = [known.removeprefix("drawing ") for known in self.memories]
            taken = [int(n) for n in numbers if n.isdecimal() and len(n) < 9]
            name = f"drawing {1 + max(taken, default=0)}"
        elif name in self.memories:
            raise ValueError(f"name is {_check.shown(name)}, which is on the shelf already; forget it first")
        self._remember({**self.memories, name: picture})

    def take(
        self, picture: Any, *, threshold: float | str = "mean", dither: bool = False, dark: int = 1
    ) -> None:
        """Put a picture of any size on the sheet: a file, a photograph, shades of grey, a drawing in text.

        What it may be, and how it becomes ink and paper, is described with `datasets.picture`.
        """
        self._draw(datasets._picture_of(picture, "picture", self.shape, threshold, dither, dark))

    def _take_file(self, name: str, content: bytes) -> None:
        """A file from the page: its bytes, of which none say that it was too large to be sent."""
        if not content:
            raise ValueError(f"The file {_check.shown(name)} is empty, or larger than 8 MB: make it smaller.")
        text = name.lower().endswith(".txt")
        source = content.decode("utf-8", "replace") + "\n" if text else content
        self._draw(datasets._picture_of(source, f"The file {_check.shown(name)}", self.shape))

    def _uploaded(self, files: Sequence[Mapping[str, Any]]) -> None:
        for file in files:
            self.attempt(lambda file=file: self._take_file(file["name"], bytes(file["content"])))
        if files:
            self.upload.value = ()  # so that the same file can be chosen again

    def forget(self, name: str) -> None:
        """Take a memory out of the weights."""
        _check.one_of(name, "name", tuple(self.memories))
        self._remember({known: s for known, s in self.memories.items() if known != name})

    def recall(self, animate: bool = True) -> None:
        """Let the network work on the picture: flip by flip before your eyes, or at once."""
        animate = _check.flag(animate, "animate")
        self._start()
        if animate:
            self.play(self.time, self.time.max, FRAMES, FRAME_SECONDS)
        else:
            self.time.value = self.time.max

    def step(self) -> None:
        """Go on to the next flip."""
        self._start()
        self.time.value = min(self.time.value + 1, self.time.max)

    def _start(self) -> None:
        """A recall from what is on the sheet, unless one is under way."""
        self.stop()
        if self.trajectory is None or self.time.value == self.time.max:
            cue = self.sheet.picture.ravel()
            net = network(self.memories, cue.size)
            self._forget_recall()
            self.trajectory = net.recall(cue, self.schedule, rng=self.rng, record=True)
            self._states = self.trajectory.states
            self._settle()
            self._show_state()
            self.refresh()

    def _show_state(self) -> None:
        """The state that the time slider points to, with the cells that just flipped ringed."""
        if self.trajectory is not None and not self._quiet:
            t = self.time.value
            marked = self.trajectory.units[t - 1] if t else []
            with self._quietly():
                self.sheet.show(self._states[t], marked)

    def _draw(self, picture: NDArray[np.int_]) -> None:
        """Begin anew with an unspoiled picture."""
        self.clean = picture
        with self._quietly():
            self.noise.value = 0.0
        self._respoil()

    def _respoil(self) -> None:
        """Noise of the chosen strength on the clean picture. More noise keeps the spoiled cells."""
        if not self._quiet:
            self._forget_recall()
            spoiled = library.flip(self.clean, fraction=self.noise.value, rng=self._noise_seed)
            with self._quietly():
                self.sheet.show(spoiled)
            self.refresh()

    def _drawn_on(self) -> None:
        """The learner has drawn: what is on the sheet now is the clean picture."""
        if not self._quiet:
            self._draw(self.sheet.picture.ravel())

    def _forget_recall(self) -> None:
        self.stop()
        self.trajectory = None
        self.time.value = 0
        self._settle()

    def _remember(self, memories: dict[str, NDArray[np.int_]]) -> None:
        self.memories = memories
        self._forget_recall()
        with self._quietly():
            self.sheet.marked = []
        self._fill_shelf()
        self.refresh()

    def _fill_shelf(self) -> None:
        self.shelf.children = [
            widgets.HTML("<b>Memories</b>" if self.memories else "<b>No memories yet</b>"),
            *(self._slot(name, picture) for name, picture in self.memories.items()),
        ]

    def _slot(self, name: str, picture: NDArray[np.int_]) -> widgets.Widget:
        """A memory on the shelf: press its picture to load it, the cross to forget it."""
        thumbnail = Grid(
            picture.reshape(self.shape),
            label=f"Put {_called(name)} on the sheet",
            cell_size=max(2, 40 // max(self.shape)),
            thumbnail=True,
        )
        thumbnail.on_press(lambda: self.attempt(lambda: self.load(name)))
        cross = self.button("✕", f"Forget {_called(name)}", lambda: self.forget(name))
        cross.add_class("hopfield-forget")
        below = widgets.HBox([widgets.Label(name), cross])
        return widgets.VBox([thumbnail, below]).add_class("hopfield-memory")

    @contextmanager
    def _quietly(self) -> Iterator[None]:
        """Changes that we make ourselves are not the learner's."""
        before, self._quiet = self._quiet, True
        try:
            yield
        finally:
            self._quiet = before

    def still(self) -> tuple[dict[str, str], dict[str, Any]]:
        """The whole story at once: cue, recalled picture, energy and overlaps."""
        return self._story((8.6, 2.5))

    def stacked_still(self) -> tuple[dict[str, str], dict[str, Any]]:
        """The same for a narrow page."""
        return self._story((4.0, 6.2))

    def _story(self, size: tuple[float, float]) -> tuple[dict[str, str], dict[str, Any]]:
        self.flush()
        trajectory = self.trajectory
        if trajectory is None:
            cue = self.sheet.picture.ravel()
            trajectory = network(self.memories, cue.size).recall(
                cue, self.schedule, rng=self.rng, record=True
            )
        caption = _sentence(trajectory.final, self.memories, trajectory, len(trajectory.units))
        return still_picture(
            lambda figure: draw_recall(figure, self.memories, trajectory, self.shape),
            size,
            self.name,
            caption,
        )


@declared(ARGUMENTS, keyword="noise")
def painter(patterns: Any, shape: Any, noise: float, schedule: str, rng: int) -> Painter:
    """Draw a picture, spoil it, and watch the network bring it back.

    Draw on the sheet with mouse, finger or keyboard (arrow keys move, space or enter fills a cell), or drop a
    picture file onto it. A press on a memory, or on its bar, puts it on the sheet, the cross beside its name
    forgets it, Store keeps what is on the sheet. A recall updates one unit at a time and can be wound back
    with the slider, or with a click on the course of the energy.

    Returns
    -------
    Painter

    Examples
    --------
    >>> demo = painter(noise=0.3)
    >>> demo.recall(animate=False)
    >>> demo.caption.endswith("It is the heart, cell by cell: m = 1.")
    True
    >>> painter(datasets.faces([1, 20])).shape
    (24, 24)
    """
    if patterns is None and shape is not None and _own_pictures.sides(shape, LARGEST) != (10, 10):
        patterns = {}
    if isinstance(patterns, Mapping | list | tuple) and not len(patterns):
        blank = (10, 10) if shape is None else _own_pictures.sides(shape, LARGEST)
        return Painter({}, blank, noise=0.0, schedule=schedule, rng=rng)
    chosen = library.NAMES[:3] if patterns is None else patterns
    known = _own_pictures.pictures(chosen, shape, most=SHELF, noun="memory")
    memories = dict(zip(known.names, known.states, strict=True))
    return Painter(memories, known.shape, noise=noise, schedule=schedule, rng=rng)
