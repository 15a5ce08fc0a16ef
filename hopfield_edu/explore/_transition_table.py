"""The transition table by hand: one entry for every state and update, checked as it is filled in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import ipywidgets as widgets
import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from hopfield_edu import _check, binary, plots, state_space
from hopfield_edu.explore import _networks, _walk
from hopfield_edu.explore._base import Explorer, row
from hopfield_edu.explore._controls import declared, drawing, given
from hopfield_edu.explore._svg import Target, offer

Cell = tuple[str, int]  # a state such as "+-", and a column from 0
MARKS = {"right": ("✓", "#0b6e99"), "wrong": ("✗", "#c8553d"), "open": ("", "#c8553d")}


def _small(weights: Any, name: str) -> NDArray[Any]:
    """Weights of two or three units."""
    W = _check.weights(weights, name)
    if len(W) not in (2, 3):
        raise ValueError(f"{name} has {len(W)} units; a table is made for 2 or 3")
    return W


CONTROLS = {
    "weights": given(
        "2 or 3 units; by default network 1 of the lecture",
        ((0, -1), (1, 0)),
        check=_small,
        kind="(N, N) array",
    ),
    "schedule": given(
        "For the random schedules the table has a column for the update of every unit, for the others one",
        "random",
        check=lambda value, name: _check.schedule(value, name=name),
        kind='{"random", "random-unit", "synchronous", "ordered"}',
    ),
    "ties": given(
        "The value of a unit whose total input is zero", "keep", check=_check.ties, kind='{"keep", 1, -1}'
    ),
}
ENTRIES = {
    "answers": given(
        'The next state by state and column, such as ``{("--", 0): "+-"}``',
        kind="mapping of (str, int) to str",
    ),
    "latest": given("The entry that has just been made", kind="(str, int)"),
}


@drawing(CONTROLS | ENTRIES)
def draw_transition_table(
    fig: Figure,
    weights: NDArray[Any],
    schedule: str,
    ties: Any,
    answers: Mapping[Cell, str] | None,
    latest: Cell | None,
) -> str:
    """The network in the state of the latest entry; once every entry is right, the graph of them.

    Returns
    -------
    str
        What to say about the latest entry, and how far the table has come.

    Notes
    -----
    Wiskott, *Hopfield Networks*, section 1.2 and figure 1.3.
    """
    net = binary.Network(weights)
    answers = _entries(net.N, schedule, answers, latest)
    truth = _truth(net, schedule, ties)
    right = sum(_is_right(truth, cell, answer) for cell, answer in answers.items())
    state = None if latest is None else state_space.decode(_code(latest[0]), net.N)
    labels = "names" if net.N == 2 else True
    plots.network(net.weights, state, labels=labels, ax=fig.add_axes((0, 0.6, 1, 0.4)))
    below = fig.add_axes((0, 0, 1, 0.62))
    offer(fig, _on_offer(truth, schedule, answers))
    if right == truth.size:
        plots.transition_graph(truth if truth.shape[1] > 1 else truth[:, 0], ax=below)
    elif latest and _is_right(truth, latest, answers[latest]):
        plots.hypercube(net.N, path=[latest[0], answers[latest]], ax=below)
    else:
        plots.hypercube(net.N, state=None if latest is None else _code(latest[0]), ax=below)
    if latest is None:
        return f"No entry of {truth.size} yet. Choose the state that follows, and read what is said about it."
    said = _comment(net, truth, schedule, ties, latest, answers[latest])
    if right == truth.size:
        return f"{said} All {truth.size} entries are right: the graph shows your table."
    return f"{said} {right} of {truth.size} entries are right."


def _next(truth: NDArray[np.int_], answers: Mapping[Cell, str]) -> Cell | None:
    """The first entry of the table that is not right yet."""
    labels = state_space.label(np.arange(len(truth)), len(truth).bit_length() - 1)
    cells = ((label, column) for label in labels for column in range(truth.shape[1]))
    return next((c for c in cells if c not in answers or not _is_right(truth, c, answers[c])), None)


def _on_offer(truth: NDArray[np.int_], schedule: str, answers: Mapping[Cell, str]) -> dict[str, Target]:
    """A click on a corner enters it as what follows in the next entry that is not right yet."""
    cell, N = _next(truth, answers), len(truth).bit_length() - 1
    if cell is None:
        return {}
    title = _titles(N, schedule)[cell[1]]
    return {
        f"state {shown}": Target(
            f"enter {shown} after {_pretty(cell[0])}, {title}",
            {"answers": {**answers, cell: label}, "latest": cell},
        )
        for shown, label in _networks.starts(N).items()
    }


def _titles(N: int, schedule: str) -> list[str]:
    """What stands above the columns."""
    if schedule == "synchronous":
        return ["all units at once"]
    if schedule == "ordered":
        return [f"units {', '.join(str(i + 1) for i in range(N))} in turn"]
    return [f"update unit {i + 1}" for i in range(N)]


def _entries(N: int, schedule: str, answers: Any, latest: Any) -> Mapping[Cell, str]:
    """The answers; what is no entry of the table is refused."""
    answers = {} if answers is None else answers
    states = tuple(_networks.starts(N).values())
    cells = {(state, k) for state in states for k in range(N if schedule.startswith("random") else 1)}
    for cell, answer in _check.instance(answers, "answers", Mapping, "a mapping").items():
        if cell not in cells or not isinstance(answer, str) or answer not in states:
            given, wanted = (
                f"{_check.shown(cell)}: {_check.shown(answer)}",
                f"{(states[0], 0)}: {states[1]!r}",
            )
            raise ValueError(f"answers holds {given}; entries such as {wanted} are wanted")
    if latest is not None and not (isinstance(latest, tuple) and latest in list(answers)):
        raise ValueError(f"latest is {_check.shown(latest)}; it must be a key of answers")
    return answers


def _truth(net: binary.Network, schedule: str, ties: Any) -> NDArray[np.int_]:
    """(2^N, columns) codes of the right entries."""
    if schedule == "synchronous":
        return state_space.synchronous_map(net, ties)[:, None]
    if schedule == "ordered":
        return state_space.ordered_map(net, ties=ties)[:, None]
    return state_space.successors(net, ties)


def _code(label: str) -> int:
    return list(_networks.starts(len(label)).values()).index(label)


def _is_right(truth: NDArray[np.int_], cell: Cell, answer: str) -> bool:
    return truth[_code(cell[0]), cell[1]] == _code(answer)


def _comment(
    net: binary.Network, truth: NDArray[Any], schedule: str, ties: Any, cell: Cell, answer: str
) -> str:
    """Right, with the reason; or wrong, with what to look at again."""
    state = state_space.decode(_code(cell[0]), net.N)
    where = f"From {_walk.name(state)} to {_pretty(answer)}"
    if _is_right(truth, cell, answer):
        return f"{where}: right. {_reason(net, state, schedule, ties, cell[1])}"
    given = state_space.decode(_code(answer), net.N)
    look = {"synchronous": _look_synchronous, "ordered": _look_ordered}.get(schedule, _look_single)
    return f"{where}: not yet. {look(net, state, given, ties, cell[1])}"


def _reason(net: binary.Network, state: NDArray[Any], schedule: str, ties: Any, column: int) -> str:
    """Why a right entry is right: the total inputs and what they do, in the order of the updates."""
    N = net.N
    order = {"synchronous": [tuple(range(N))], "ordered": [(i,) for i in range(N)]}
    parts = []
    for units in order.get(schedule, [(column,)]):
        after = state.copy()
        for i in units:
            after[i] = net.update(state, i, ties)[i]
            effect = _walk.effect(net, state, after, i, ties)
            parts.append(f"{_walk.total_input(net, state, i)}: {effect}")
        state = after
    return f"{'; '.join(parts)}."


def _look_single(net: binary.Network, state: NDArray[Any], given: NDArray[Any], ties: Any, i: int) -> str:
    others = [j for j in range(net.N) if j != i and given[j] != state[j]]
    if others:
        return (
            f"The update of unit {i + 1} can change unit {i + 1} alone, "
            f"but your entry changes unit {others[0] + 1}."
        )
    return _look_at_unit(net, state, given, ties, i)


def _look_synchronous(
    net: binary.Network, state: NDArray[Any], given: NDArray[Any], ties: Any, _: int
) -> str:
    code, answer = state_space.encode(state), state_space.encode(given)
    if answer == state_space.ordered_map(net, ties=ties)[code]:
        return (
            "This is where one unit after the other would lead. At once means that every unit still sees "
            "the old values of the others."
        )
    if given.tolist() in [net.update(state, i, ties).tolist() for i in range(net.N)]:
        return "Here only one unit has been updated. All units are updated, at once."
    right = state_space.decode(state_space.synchronous_map(net, ties)[code], net.N)
    return _look_at_unit(net, state, given, ties, int(np.flatnonzero(right != given)[0]))


def _look_ordered(net: binary.Network, state: NDArray[Any], given: NDArray[Any], ties: Any, _: int) -> str:
    code, answer = state_space.encode(state), state_space.encode(given)
    for i in reversed(range(net.N)):
        before = _after_units(net, state, range(i), ties)
        if (given == before).all():
            rest = f"unit {i + 1} is still to be updated, {_walk.total_input(net, before, i)}"
            return f"The sweep goes on: {rest}."
    if answer == state_space.synchronous_map(net, ties)[code]:
        return (
            "This is the synchronous step. In an ordered sweep unit 2 already sees the new value of unit 1."
        )
    backwards = state_space.ordered_map(net, np.arange(net.N)[::-1], ties)
    if answer == backwards[code]:
        return "This is the sweep in the opposite order. Unit 1 comes first."
    return "Go through the sweep one unit at a time: the state after unit 1 is what unit 2 sees."


def _look_at_unit(net: binary.Network, state: NDArray[Any], given: NDArray[Any], ties: Any, i: int) -> str:
    """What reaches unit i; the last step, from its sign to the value, is left to the learner."""
    if _walk.field(net, state, i) == 0:
        rule = "keeps the value it has" if ties == "keep" else f"takes the value {_walk.signed(ties)}"
        return f"Look at unit {i + 1}: {_walk.total_input(net, state, i)}. At a tie a unit {rule}."
    transposed = binary.Network(net.weights.T).update(state, i, ties)
    index = (
        " Did you take the weight in the other direction? The first index is the unit that receives."
        if transposed[i] == given[i]
        else ""
    )
    return f"Look at unit {i + 1}: {_walk.total_input(net, state, i)}. Which value has this sign?{index}"


def _after_units(net: binary.Network, state: NDArray[Any], units: Iterable[int], ties: Any) -> NDArray[Any]:
    for i in units:
        state = net.update(state, i, ties)
    return state


def _pretty(label: str) -> str:
    return label.replace("-", "−")


class TransitionTable(Explorer):
    """What `transition_table` returns.

    Attributes
    ----------
    answers : dict of (str, int) to str
        The entries made, by state and column (from 0).
    attempts : int
        How many entries have been made, wrong ones included.
    """

    def __init__(self, **given: Any) -> None:
        self.net, self.schedule = binary.Network(given["weights"]), given["schedule"]
        self.attempts = 0
        self._titles = _titles(self.net.N, self.schedule)
        self._truth = _truth(self.net, self.schedule, given["ties"])
        self._states = _networks.starts(self.net.N)
        cells = [(label, k) for label in self._states.values() for k in range(len(self._titles))]
        self.entries = {cell: self._entry(cell) for cell in cells}
        self._marks = {cell: widgets.HTML(layout={"width": "18px"}) for cell in cells}
        super().__init__(
            draw_transition_table,
            CONTROLS | ENTRIES,
            {**given, "answers": {}, "latest": None},
            name="transition_table",
            suggestion=(
                "fill in one row, then look whether the row of the opposite state, with all signs changed, "
                "needs any work at all. A click on a corner enters it where the frame is."
            ),
            size=(4.2, 4.6),
            themed=True,
        )

    @property
    def answers(self) -> dict[Cell, str]:
        return self.given["answers"]

    def _entry(self, cell: Cell) -> widgets.Dropdown:
        """The list to choose an entry from."""
        tooltip = f"After {_pretty(cell[0])}: {self._titles[cell[1]]}"
        entry = widgets.Dropdown(options=self._states, value=None, tooltip=tooltip, layout={"width": "76px"})
        entry.observe(lambda change: self._answered(cell, change["new"]), "value")
        return entry.add_class(f"hopfield-entry-{_spell(cell[0])}-{cell[1] + 1}")

    def arrange(self) -> list[widgets.Widget]:
        cells = [widgets.HTML(f"<b>{title}</b>") for title in ("state", *self._titles)]
        for printed, label in self._states.items():
            cells.append(widgets.HTML(f"<b>{printed}</b>"))
            for cell in ((label, column) for column in range(len(self._titles))):
                cells.append(widgets.HBox([self.entries[cell], self._marks[cell]]))
        columns = f"52px repeat({len(self._titles)}, auto)"
        layout = {"grid_template_columns": columns, "grid_gap": "0 8px", "align_items": "center"}
        table = widgets.GridBox(cells, layout=layout | {"flex": "0 0 auto"})
        clear = self.button("Clear the table", "Take all entries back", self.clear)
        left = widgets.VBox([table, clear], layout={"align_items": "flex-start", "grid_gap": "8px"})
        left.layout.flex = "0 0 auto"
        return [row(left, self.image, grid_gap="8px 24px")]

    @property
    def complete(self) -> bool:
        """Whether every entry is right."""
        right = [_is_right(self._truth, cell, answer) for cell, answer in self.answers.items()]
        return sum(right) == self._truth.size

    def answer(self, state: str, after: str, unit: int = 1) -> None:
        """Make an entry, as if chosen from its list. Units are counted from 1, as in the table."""
        known = tuple(_networks.starts(self.net.N).values())
        columns = len(self._titles)
        cell = (_check.one_of(state, "state", known), _check.count(unit, "unit", low=1, high=columns) - 1)
        self.entries[cell].value = _check.one_of(after, "after", known)

    def clear(self) -> None:
        """Take all entries back."""
        with self.together():
            for entry in self.entries.values():
                entry.value = None

    def click(self, gid: str, index: int = 0) -> None:
        then = self._offered(gid, index)
        cell = then["latest"]
        self.attempt(lambda: self.answer(cell[0], then["answers"][cell], cell[1] + 1))

    def _answered(self, cell: Cell, answer: str | None) -> None:
        others = {key: value for key, value in self.answers.items() if key != cell}
        if answer is None:
            self.set(answers=others, latest=None)
        else:
            self.attempts += 1
            self.set(answers={**others, cell: answer}, latest=cell)

    def _settle(self) -> None:
        """Mark what is right or wrong, and the entry that a click on a corner makes."""
        super()._settle()
        following = _next(self._truth, self.answers)
        for cell, entry in self.entries.items():
            answer = self.answers.get(cell)
            kind = "open" if answer is None else "right" if _is_right(self._truth, cell, answer) else "wrong"
            mark, colour = MARKS[kind]
            self._marks[cell].value = f'<b class="hopfield-mark-{kind}" style="color: {colour}">{mark}</b>'
            (entry.add_class if cell == following else entry.remove_class)("hopfield-next")

    def still(self) -> tuple[dict[str, str], dict[str, Any]]:
        """An empty table, to be filled in on paper."""
        head = "".join(f"<th>{title}</th>" for title in ("state", *self._titles))
        blank = "<td>&nbsp;</td>" * len(self._titles)
        labels = self._states
        body = "".join(f"<tr><td>{printed}</td>{blank}</tr>" for printed in labels)
        caption = f"Which state follows? {_weights_told(self.net)}"
        where = "On this page it is for pen and paper; in JupyterLab every answer is checked."
        data = {
            "text/html": f"<table><caption>{caption} {where}</caption><tr>{head}</tr>{body}</table>",
            "text/plain": f"explore.transition_table: {caption} {len(labels)} states.",
        }
        return data, {}


@declared(CONTROLS, keyword="ties")
def transition_table(**given: Any) -> TransitionTable:
    """Work out the transitions of a small network by hand; every entry is checked (Wiskott fig. 1.3).

    Returns
    -------
    TransitionTable

    Examples
    --------
    >>> table = transition_table([[0, -1], [1, 0]], "synchronous")
    >>> table.answer("--", "-+")
    >>> print(table.caption)
    From −− to −+: not yet. Look at unit 1: h₁ = w₁₂y₂ = (−1)(−1) = +1. Which value has this sign? ...
    """
    return TransitionTable(**given)


def _spell(label: str) -> str:
    """A state as part of a CSS class: 'mp' for '-+'."""
    return label.replace("-", "m").replace("+", "p")


def _weights_told(net: binary.Network) -> str:
    nonzero = zip(*np.nonzero(net.weights), strict=True)
    told = ", ".join(f"w{_walk.sub(i, j)} = {_walk.signed(net.weights[i, j])}" for i, j in nonzero)
    return f"Weights: {told}." if told else "All weights are zero."
