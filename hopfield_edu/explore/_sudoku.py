"""A Sudoku that cools: type a puzzle, watch its digits find their places, see which rules are broken."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

import ipywidgets as widgets
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from hopfield_edu import plots, problems, thermal
from hopfield_edu._frozen import frozen
from hopfield_edu.explore import _gallery
from hopfield_edu.explore._base import Explorer, narrow
from hopfield_edu.explore._controls import choice, declared, drawing, given, seed, whole
from hopfield_edu.explore._light import Words
from hopfield_edu.explore._svg import Target, field, offer
from hopfield_edu.problems import _moves
from hopfield_edu.problems._sudoku import Sudoku as Problem
from hopfield_edu.problems._sudoku import as_text, clashes, possible

SWEEPS = 200
SMALL = "1.....3..2.....4"
HOWS = {
    "a winner in every cell, cooling": "winners",
    "single units, cooling": "annealing",
    "descent": "descent",
}
HEAT = {"winners": (0.7, 0.2), "annealing": (1.0, 0.15)}
WIDE = ((0.01, 0.03, 0.42, 0.94), (0.54, 0.56, 0.44, 0.36), (0.54, 0.14, 0.44, 0.26))
TIGHT = ((0.02, 0.38, 0.96, 0.6), (0.15, 0.245, 0.82, 0.1), (0.15, 0.055, 0.82, 0.09))


def _puzzles() -> dict[str, str]:
    """What there is to choose: names, and boards as text."""
    own = {f"no. {int(p.name)}, {p.givens} givens": as_text(p.board) for p in problems.puzzles()}
    return {"4 x 4": SMALL, **own}


def _own(value: Any, name: str) -> str:
    """A board as text, or nothing."""
    if isinstance(value, str) and not value.strip():
        return ""
    try:
        return as_text(problems.sudoku(value).board)
    except (ValueError, TypeError) as error:
        raise type(error)(str(error).replace("board", name, 1)) from None


CONTROLS = {
    "puzzle": choice(
        "Puzzle", "Which puzzle, as text", lambda _: _puzzles()["no. 4, 36 givens"], lambda _: _puzzles()
    ),
    "how": choice("Steps", "What a step is", "winners", HOWS),
    "sweep": whole("Sweep shown", "After how many sweeps the board is shown", SWEEPS, 0, SWEEPS),
    "rng": seed("Start no.", "Seed of the start and of all chance", 1),
    "board": given(
        "A puzzle of your own instead, as 16 or 81 digits with . for empty; a click on a cell changes it",
        "",
        check=_own,
    ),
}


class Course(NamedTuple):
    """The state, and its energy, after every sweep: (SWEEPS + 1, N) and (SWEEPS + 1,)."""

    problem: Problem
    states: NDArray[np.int_]
    energies: NDArray[np.float64]


@lru_cache(maxsize=32)
def asked(text: str) -> Problem:
    """The puzzle, as a problem with its weights."""
    return problems.sudoku(text)


@lru_cache(maxsize=32)
def course(text: str, how: str, rng: int) -> Course:
    """One start, sweep by sweep: the states through which `problems.solve` would go."""
    problem = asked(text)
    generator = np.random.default_rng(rng)
    if how == "winners":
        V = _moves.one_hot(problem, 1, generator)
        heat = thermal.anneal(*HEAT[how], SWEEPS)
        states = [V[0], *(V[0] for V in _moves.winning(problem, V, heat, generator))]
    else:
        states = _by_units(problem, how, generator)
    kept = frozen(np.array(states))
    return Course(problem, kept, frozen(np.asarray(problem.energy(kept))))


def _by_units(problem: Problem, how: str, generator: np.random.Generator) -> list[NDArray[np.int_]]:
    """The states after every sweep of a recall of single units."""
    V = problem._random(1, generator)
    if how == "annealing":
        heat = thermal.anneal(*HEAT[how], SWEEPS)
        run = problem.thermal().recall(2 * V - 1, heat, "random", rng=generator, record=True)[0]
    else:
        run = problem.network().recall(V, "random", rng=generator, max_sweeps=SWEEPS, record=True)[0]
    last = np.searchsorted(run.times, problem.N * np.arange(SWEEPS + 1), side="right") - 1
    return list((run.states[last] > 0).astype(int))


@drawing(CONTROLS)
def draw_sudoku(fig: Figure, puzzle: str, how: str, sweep: int, rng: int, board: str) -> str:
    """The board after some sweeps, with what breaks a rule, and the energy on the way.

    Returns
    -------
    str
        How far it is, and whether it is solved.
    """
    text = board or puzzle
    found = course(text, how, rng)
    boxes = TIGHT if narrow(fig) else WIDE
    left, trace, heat = (fig.add_axes(box) for box in boxes)
    _cells(left, found, sweep, narrow(fig))
    _trace(trace, found.energies, sweep)
    _temperature(heat, how, sweep)
    for r, c in np.ndindex(found.problem.board.shape):
        field(left, _gid(r, c), (c, r), 1, 1)
    offer(fig, _on_offer(text))
    return _told(found, how, sweep)


def _cells(ax: Axes, found: Course, sweep: int, small: bool) -> None:
    """Digits: givens black, others blue, red where a rule is broken; small ones where several are on."""
    problem, V = found.problem, found.states[sweep]
    n = len(problem.board)
    full = problem.read(V)
    bad = clashes(full) & (problem.board == 0)
    if bad.any():
        _gallery.boxes(ax, [(c, r, 1, 1) for r, c in np.argwhere(bad).tolist()], color="#f6d9d2", lw=0)
    known = problem.board > 0
    for here, colour, weight in (
        (known, plots.INK, "bold"),
        (bad & ~known, plots.INHIBITORY, "normal"),
        (~bad & ~known, plots.EXCITATORY, "normal"),
    ):
        digits = [(c + 0.5, r + 0.5, str(full[r, c])) for r, c in np.argwhere(here & (full > 0)).tolist()]
        look = {"ha": "center", "va": "center", "fontsize": {4: 26, 9: 15}[n]}
        ax.add_artist(Words(digits, color=colour, fontweight=weight, **look))
    _several(ax, problem, V, n)
    step = 2 if n == 4 else 3
    widths = [0.5 if k % step else 1.8 for k in range(n + 1)]
    ax.vlines(range(n + 1), 0, n, color=plots.INK, lw=widths, capstyle="projecting")
    ax.hlines(range(n + 1), 0, n, color=plots.INK, lw=widths, capstyle="projecting")
    ax.set(xlim=(-0.05, n + 0.05), ylim=(n + 0.05, -0.05), aspect="equal")
    ax.set_axis_off()
    rows = "; ".join(" ".join(str(d) if d else "empty" for d in row) for row in full)
    ax.alt_text = f"The board after {sweep} sweeps, row by row: {rows}. {int(bad.sum())} cells break a rule."


def _several(ax: Axes, problem: Problem, V: NDArray[np.int_], n: int) -> None:
    """Cells in which several digits are on."""
    crowded = []
    for cell in problem.groups:
        on = problem.units[[i for i in cell if V[i]]]
        if len(on) > 1:
            r, c = on[0][:2]
            crowded.append((c + 0.5, r + 0.5, "".join(map(str, on[:4, 2])) + "…"[: len(on) > 4]))
    ax.add_artist(Words(crowded, ha="center", va="center", fontsize=7, color=plots.INHIBITORY))


@lru_cache(maxsize=32)
def _on_offer(text: str) -> dict[str, Target]:
    """A click on a cell goes on to the next digit that may stand there, and then to none."""
    board = asked(text).board
    n, targets = len(board), {}
    for r, c in np.ndindex(n, n):
        other = board.copy()
        then = _next(other, r, c, int(board[r, c]), n)
        if not (other == 0).any():
            continue
        say = f"give a {then}" if then else "empty it"
        targets[_gid(r, c)] = Target(f"row {r + 1}, column {c + 1}: {say}", {"board": as_text(other)})
    return targets


def _gid(r: int, c: int) -> str:
    return f"cell {r + 1},{c + 1}"


def _next(board: NDArray[np.int_], r: int, c: int, now: int, n: int) -> int:
    """Put the next digit that leaves something for every empty cell into a cell of `board`; 0 is none."""
    board[r, c] = 0
    allowed = np.flatnonzero(possible(board)[r, c]) + 1
    for digit in allowed[allowed > now].tolist():
        board[r, c] = digit
        if possible(board)[board == 0].any(axis=1).all():
            return digit
    board[r, c] = 0
    return 0


def _trace(ax: Axes, E: NDArray[np.float64], sweep: int) -> None:
    """The energy after every sweep."""
    ax.plot(E, color="#8a94a1", lw=1)
    ax.plot(E[: sweep + 1], color=plots.INK, lw=1.4)
    ax.plot(sweep, E[sweep], "o", color=plots.HIGHLIGHT, mec=plots.INK, ms=8)
    ax.set(
        xlim=(-4, SWEEPS + 4),
        ylim=(-0.06 * E.max() - 0.5, 1.06 * E.max() + 0.5),
        xticks=(0, 50, 100, 150, 200),
    )
    ax.set_title("energy: 0 is a solution", fontsize=10.5, color=plots.INK)
    _plain(ax)
    ax.alt_text = f"The energy falls from {E[0]:.0f} to {E[-1]:.0f} in {SWEEPS} sweeps."


def _temperature(ax: Axes, how: str, sweep: int) -> None:
    """The temperature of every sweep."""
    T = thermal.anneal(*HEAT[how], SWEEPS) if how in HEAT else np.zeros(SWEEPS)
    ax.plot(np.arange(1, SWEEPS + 1), T, color=plots.INHIBITORY, lw=1.6)
    ax.axvline(sweep, color=plots.HIGHLIGHT, lw=2)
    ax.set(xlim=(-4, SWEEPS + 4), ylim=(-0.06, 1.1), xticks=(0, 50, 100, 150, 200), yticks=(0, 0.5, 1))
    ax.set_title("temperature", fontsize=10.5, color=plots.INK)
    ax.set_xlabel("sweep", fontsize=9.5, labelpad=1)
    _plain(ax)
    ax.alt_text = f"The temperature, from {T[0]:.2f} to {T[-1]:.2f}."


def _plain(ax: Axes) -> None:
    ax.tick_params(labelsize=9, length=2)
    for side in ("top", "right"):
        ax.spines[side].set_visible(False)


def _told(found: Course, how: str, sweep: int) -> str:
    problem, E = found.problem, found.energies
    V = found.states[sweep]
    givens = int((problem.board > 0).sum())
    after = f"After {sweep} sweep{'s'[: sweep != 1]} the energy is {E[sweep]:g}"
    start = f"{givens} givens leave {problem.N} units free. {after}"
    if problem.violations(V) == 0:
        return f"{start}: solved, no rule is broken."
    broken = f"{int(problem.violations(V))} broken rules (units too many or too few)"
    if sweep < SWEEPS:
        return f"{start}, with {broken}."
    known = "" if problem.best() is not None else " This board has no solution at all."
    return f"{start}, with {broken}: this start ends in a valley that is no solution.{known}"


class Sudoku(Explorer):
    """What `sudoku` returns; `text` is the box for a puzzle of one's own."""

    def arrange(self) -> list[widgets.Widget]:
        self.text = widgets.Text(
            value=self.given["board"],
            placeholder="own puzzle: 81 digits, . for empty",
            continuous_update=False,
            layout={"width": "260px", "max_width": "100%"},
        )
        self.text.add_class("hopfield-own-puzzle")
        self.text.observe(lambda change: self.attempt(lambda: self.take(change["new"])), "value")
        run = self.button("Run", "Show the sweeps one after the other", self.run)
        other = self.button("Another start", "The next seed", self.another)
        first, *others = self.bars(run, other)
        return [first, widgets.HBox([self.text]), *others, self.image]

    def take(self, text: str) -> None:
        """Solve a puzzle that was typed in; an empty text goes back to those in the list."""
        self.set(board=_own(text, "the puzzle"))

    def run(self) -> None:
        """From the first sweep to the last."""
        slider = self.controls["sweep"]
        if slider.value >= SWEEPS:
            slider.value = 0
        self.play(slider, SWEEPS, frames=40, seconds=0.15)

    def another(self) -> None:
        """The same puzzle from another start."""
        control = self.controls["rng"]
        control.value = (control.value + 1) % (control.max + 1)

    def _moved(self, change: Any) -> None:
        """Another puzzle of the list: the own one is put aside."""
        if not self._held and isinstance(change, dict) and change.get("owner") is self.controls["puzzle"]:
            self.given["board"] = ""
        super()._moved(change)


@declared(CONTROLS)
def sudoku(**given: Any) -> Sudoku:
    """A Sudoku as a network that cools: choose a puzzle or type your own, and watch it.

    Returns
    -------
    Sudoku

    Examples
    --------
    >>> sudoku(sweep=0).caption.split(". ")[0]
    '36 givens leave 116 units free'
    """
    return Sudoku(
        draw_sudoku,
        CONTROLS,
        given,
        name="sudoku",
        suggestion=(
            "press Run, then try other starts. Take the digits cell by cell, then unit by unit, then by mere "
            "descent. How few givens does the network manage? Click cells to make a puzzle of your own."
        ),
        themed=True,
        size=(8.6, 4.1),
        stacked=(4.4, 6.8),
    )
