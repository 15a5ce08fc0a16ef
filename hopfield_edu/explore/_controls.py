"""Controls declared once: signature, docstring, the check of the argument and the widget follow from it.

A table of controls, from names to declarations, belongs to an explorer and to its drawing::

    CONTROLS = {
        "M": whole("Patterns M", "Number of patterns", 20, 1, 40),
        "ties": choice("At a tie", "What a unit without total input does", "keep", TIES),
        "rng": seed("Draw no.", "Seed of the patterns", folded=True),
    }

Defaults, ends of ranges, options and labels may be functions of the values of the other controls: they follow
when those move. `when` says for which values a control means anything; where it does not, it is hidden.
"""

from __future__ import annotations

import functools
import inspect
import math
import textwrap
from collections.abc import Callable, Mapping
from dataclasses import KW_ONLY, dataclass
from typing import Any, TypeVar, cast

import ipywidgets as widgets
import numpy as np
from matplotlib.figure import FigureBase

from hopfield_edu import _check

SEEDS = 20  # the largest that a slider offers
SCHEDULES = {
    "synchronous": "synchronous",
    "ordered (1, 2, ...)": "ordered",
    "random order in each sweep": "random",
    "one random unit per step": "random-unit",
}
TIES = {"keeps its value": "keep", "becomes +1": 1, "becomes −1": -1}
Values = Mapping[str, Any]
Checked = Callable[[Any, str], Any]
F = TypeVar("F", bound=Callable[..., Any])


def _now(setting: Any, values: Values) -> Any:
    """A setting that may be a function of the other values."""
    return setting(values) if callable(setting) else setting


@dataclass(frozen=True)
class Control:
    """What is known of a control, or of an argument that has none (`given`)."""

    label: Any  # what stands before it, or a function of the other values; without a label there is no widget
    meaning: str  # for the docstring, without the last full stop
    default: Any  # if it is a function of the other values, the signature has None
    _: KW_ONLY
    when: Callable[[Values], bool] | None = None  # whether it means anything; else it is hidden
    folded: bool = False  # out of sight until more controls are asked for
    check: Checked | None = None  # `check(value, name) -> value`, instead of that of its kind
    drawn: Checked | None = None  # the same for the drawing, which may take more than the widget offers
    width: str = ""  # on the page
    kind: str = ""  # for the docstring

    @property
    def dynamic(self) -> bool:
        """Whether it depends on other values."""
        return any(callable(setting) for setting in (self.default, *self.settings()))

    def settings(self) -> tuple[Any, ...]:
        """What may depend on other values besides the default."""
        return ()

    def checked(self, value: Any, name: str, values: Values, *, drawn: bool = False) -> Any:
        """The value, if it is right; a message says what is wrong with the argument `name`."""
        own = self.drawn if drawn and self.drawn else self.check
        return own(value, name) if own else self.proper(value, name, values)

    def proper(self, value: Any, name: str, values: Values) -> Any:
        """The check of its kind."""
        return value

    def widget(self, value: Any, values: Values) -> Any:
        """A widget that shows a value."""
        raise NotImplementedError

    def adapt(self, widget: Any, values: Values) -> None:
        """Let label, and range or options, follow the other values."""
        widget.description = _now(self.label, values)

    def bounds(self) -> str:
        """The range in words, for the docstring."""
        return ""

    def named(self) -> str:
        """Type or choices, for the docstring."""
        words = [self.kind] if self.kind else []
        return ", ".join([*words, "optional"] if callable(self.default) or self.default is None else words)

    def _sized(self, widget: Any, width: str) -> Any:
        widget.layout.width, widget.style.description_width = self.width or width, "initial"
        widget.layout.max_width = "100%"  # of a narrow page
        return widget


@dataclass(frozen=True)
class Number(Control):
    """A slider."""

    low: Any
    high: Any
    form: Any = widgets.IntSlider
    step: float = 1
    readout: str = "d"

    def settings(self) -> tuple[Any, ...]:
        return self.low, self.high

    def ends(self, values: Values) -> tuple[Any, Any]:
        """The range for these values."""
        return _now(self.low, values), _now(self.high, values)

    def proper(self, value: Any, name: str, values: Values) -> Any:
        check = _check.count if self.kind == "int" else _check.number
        low, high = self.ends(values)
        if self.form is widgets.FloatLogSlider and isinstance(value, float):
            # its ends are powers, and 10 ** log10(20) is a little above 20
            value = next((end for end in (low, high) if math.isclose(value, end, rel_tol=1e-12)), value)
        return check(value, name, low=low, high=high)

    def widget(self, value: Any, values: Values) -> Any:
        (low, high), step = self.ends(values), self.step
        if self.form is widgets.FloatLogSlider:
            low, high = float(np.log10(low)), float(np.log10(high))
            step = _step_through(float(np.log10(value)), low, step)
        how = {"min": low, "max": high, "step": step, "readout_format": self.readout}
        return self._sized(self.form(value=value, description=_now(self.label, values), **how), "250px")

    def adapt(self, widget: Any, values: Values) -> None:
        super().adapt(widget, values)
        if callable(self.low) or callable(self.high):
            low, high = self.ends(values)
            ends = {"max": high, "min": low} if low > widget.max else {"min": low, "max": high}
            for end, value in ends.items():  # neither must pass the other
                setattr(widget, end, value)

    def bounds(self) -> str:
        return "" if callable(self.low) or callable(self.high) else f", {self.low}..{self.high}"


def _step_through(value: float, low: float, step: float) -> float:
    """A step near `step` that leads from `low` to `value`: a browser moves what lies between two steps."""
    return (value - low) / max(1, round((value - low) / step)) if value > low else step


@dataclass(frozen=True)
class Choice(Control):
    """A list to choose from: values, or a mapping from what is shown to the value."""

    options: Any = ()

    def settings(self) -> tuple[Any, ...]:
        return (self.options,)

    def offered(self, values: Values) -> dict[str, Any]:
        """What is shown, and the value that stands for it."""
        options = _now(self.options, values)
        return dict(options) if isinstance(options, Mapping) else {str(value): value for value in options}

    def proper(self, value: Any, name: str, values: Values) -> Any:
        return _check.one_of(value, name, tuple(self.offered(values).values()))

    def widget(self, value: Any, values: Values) -> widgets.Dropdown:
        options = tuple(self.offered(values).items())  # as `adapt` would: nothing moves at first
        made = widgets.Dropdown(description=_now(self.label, values), options=options, value=value)
        return self._sized(made, "auto")

    def adapt(self, widget: widgets.Dropdown, values: Values) -> None:
        super().adapt(widget, values)
        options = self.offered(values)
        if (items := tuple(options.items())) != widget.options:
            before, widget.options = widget.value, items
            widget.value = before if before in options.values() else self._fallback(options, values)

    def _fallback(self, options: dict[str, Any], values: Values) -> Any:
        default = _now(self.default, values)
        return default if default in options.values() else next(iter(options.values()))

    def named(self) -> str:
        if callable(self.options) or self.kind:
            return super().named()
        values = (f'"{v}"' if isinstance(v, str) else str(v) for v in self.offered({}).values())
        return f"{{{', '.join(values)}}}"


@dataclass(frozen=True)
class Toggles(Choice):
    """A button for each choice, with its tooltip."""

    tooltips: tuple[str, ...] = ()

    def widget(self, value: Any, values: Values) -> widgets.ToggleButtons:
        options = tuple(self.offered(values).items())
        made = widgets.ToggleButtons(
            description=self.label, options=options, value=value, tooltips=self.tooltips
        )
        made.style.button_width = "48px"
        return self._sized(made, "168px")


@dataclass(frozen=True)
class Flag(Control):
    """A box to tick."""

    def proper(self, value: Any, name: str, values: Values) -> bool:
        return _check.flag(value, name)

    def widget(self, value: Any, values: Values) -> widgets.Checkbox:
        made = widgets.Checkbox(value, description=_now(self.label, values), indent=False)
        return self._sized(made, "auto")


def whole(label: Any, meaning: str, default: Any, low: Any, high: Any, **how: Any) -> Number:
    """A slider of whole numbers within [low, high]."""
    return Number(label, meaning, default, low=low, high=high, **{"kind": "int", **how})


def real(label: Any, meaning: str, default: Any, low: Any, high: Any, **how: Any) -> Number:
    """A slider of numbers within [low, high]."""
    form = {"form": widgets.FloatSlider, "step": 0.01, "readout": ".2f"}
    return whole(label, meaning, default, low, high, **{"kind": "float", **form, **how})


def logarithmic(label: Any, meaning: str, default: Any, low: float, high: float, **how: Any) -> Number:
    """A slider of numbers within [low, high], on a logarithmic scale: its step is that of the logarithm."""
    form = {"form": widgets.FloatLogSlider, "step": 0.02, "readout": ".3g"}
    return real(label, meaning, default, low, high, **{**form, **how})


def choice(label: str, meaning: str, default: Any, options: Any, **how: Any) -> Choice:
    """A list to choose from: values, or a mapping from what is shown to the value."""
    return Choice(label, meaning, default, options=options, **how)


def toggles(label: Any, meaning: str, default: Any, options: Any, tooltips: Any, **how: Any) -> Toggles:
    """A few choices, with a button and a tooltip for each."""
    return Toggles(label, meaning, default, options=options, tooltips=tuple(tooltips), **how)


def schedule(default: str, options: Mapping[str, Any] = SCHEDULES, **how: Any) -> Choice:
    """A list of schedules; what others call "async" gets a pointer to our names."""
    names = tuple(options.values())
    how = {"check": lambda value, name: _check.schedule(value, names, name), **how}
    return choice("Schedule", "Who is updated when", default, options, **how)


def ties(**how: Any) -> Choice:
    """What a unit does whose total input is zero."""
    meaning = "The value of a unit whose total input is zero"
    return choice("At a tie", meaning, "keep", TIES, **how)


def flag(label: str, meaning: str, default: bool, **how: Any) -> Flag:
    """A box to tick."""
    return Flag(label, meaning, default, **{"kind": "bool", **how})


def seed(label: str, meaning: str, default: int = 0, **how: Any) -> Number:
    """A slider of seeds; a drawing takes any."""
    return whole(label, meaning, default, 0, SEEDS, **{"drawn": _check.count, **how})


def chance(label: str) -> Number:
    """A slider of seeds for the schedules that need one."""
    random = lambda now: now["schedule"].startswith("random")  # noqa: E731
    return seed(label, "Seed of the random schedules", when=random)


def given(meaning: str, default: Any = None, **how: Any) -> Control:
    """An argument without a widget."""
    return Control("", meaning, default, **how)


def values_of(controls: Mapping[str, Control], given: Values, *, drawn: bool = False) -> dict[str, Any]:
    """The values of all controls: those that are given, checked, and defaults for the others.

    None stands for a default that depends on other values; those that depend on none come first.
    """
    found = {name: given.get(name, _plain(control)) for name, control in controls.items()}
    for name, control in sorted(controls.items(), key=lambda item: item[1].dynamic):
        value = found[name]
        if value is None and callable(control.default):
            value = control.default(found)
        if value is not None or control.default is not None:
            value = control.checked(value, name, found, drawn=drawn)
        found[name] = value
    return found


def _plain(control: Control) -> Any:
    return None if callable(control.default) else control.default


def declared(controls: Mapping[str, Control], keyword: str = "", *, drawn: bool = False) -> Callable[[F], F]:
    """Give a function the arguments that the controls declare; it gets the values of all, checked.

    Those from `keyword` on can be given by name only. The list of parameters goes into the docstring, before
    "Returns".
    """

    def decorate(function: F) -> F:
        signature = _signature(controls, keyword, drawn)

        @functools.wraps(function)
        def called(*args: Any, **named: Any) -> Any:
            try:
                arguments = dict(signature.bind(*args, **named).arguments)
            except TypeError as error:  # names the argument, but not the function
                raise TypeError(f"{function.__name__}: {error}") from None
            figure = [a_figure(arguments.pop("fig"))] if drawn else []
            return function(*figure, **values_of(controls, arguments, drawn=drawn))

        called.__signature__ = signature  # type: ignore[attr-defined]
        called.__doc__ = _documented(function.__doc__ or "", controls, drawn)
        return cast(F, called)

    return decorate


def drawing(controls: Mapping[str, Control]) -> Callable[[F], F]:
    """The same for a function that draws: before the others it gets a figure, and checks it.

    The function itself lists the parameters, without defaults.
    """
    return declared(controls, drawn=True)


def a_figure(fig: Any) -> Any:
    """Refuse what is no figure, nor a part of one."""
    return _check.instance(fig, "fig", FigureBase, "a matplotlib Figure")


def _signature(controls: Mapping[str, Control], keyword: str, drawn: bool) -> inspect.Signature:
    kind: Any = inspect.Parameter.POSITIONAL_OR_KEYWORD
    found = [inspect.Parameter("fig", kind)] if drawn else []
    for name, control in controls.items():
        kind = inspect.Parameter.KEYWORD_ONLY if name == keyword else kind
        found.append(inspect.Parameter(name, kind, default=_plain(control)))
    return inspect.Signature(found)


def _documented(doc: str, controls: Mapping[str, Control], drawn: bool) -> str:
    """The docstring with a list of the parameters."""
    doc = inspect.cleandoc(doc)
    lines = ["Parameters", "----------", *(["fig : Figure"] if drawn else [])]
    for name, control in controls.items():
        bounds = "" if drawn and control.drawn else control.bounds()
        text = textwrap.wrap(f"{control.meaning}{bounds}.", 100)
        lines += [f"{name} : {control.named()}", *(f"    {line}" for line in text)]
    before, returns, after = doc.partition("Returns\n-------")
    return "\n".join([before.rstrip(), "", *lines, "", returns + after]).rstrip() + "\n"
