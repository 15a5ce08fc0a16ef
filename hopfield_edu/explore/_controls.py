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
import textwrap
from collections.abc import Callable, Iterable, Mapping
from dataclasses import KW_ONLY, dataclass
from typing import Any, TypeVar

import ipywidgets as widgets
import numpy as np

from hopfield_edu import _check

SEEDS = 20  # the largest that a slider offers
Values = Mapping[str, Any]
Checked = Callable[[Any, str], Any]
F = TypeVar("F", bound=Callable[..., Any])


def _now(setting: Any, values: Values) -> Any:
    """A setting that may be a function of the other values."""
    return setting(values) if callable(setting) else setting


@dataclass(frozen=True)
class Control:
    """What is known of a control, or of an argument that has none (`given`).

    Attributes
    ----------
    label : str, or a function of the other values
        What stands before it; without a label there is no widget.
    meaning : str
        One or two sentences for the docstring, the last one without its full stop.
    default : value, or a function of the other values
        If it is a function, the signature has None.
    when : callable
        Whether it means anything, for the values of all controls.
    folded : bool
        Whether it is out of sight until more controls are asked for.
    check : callable
        ``check(value, name) -> value``, instead of that of its kind.
    drawn : callable
        The same for the drawing, which may take more than the widget offers.
    width : str
        Of the widget on the page.
    """

    label: Any
    meaning: str
    default: Any
    _: KW_ONLY
    when: Callable[[Values], bool] | None = None
    folded: bool = False
    check: Checked | None = None
    drawn: Checked | None = None
    width: str = ""
    kind: str = ""

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
        return widget


@dataclass(frozen=True)
class Whole(Control):
    """A slider of whole numbers."""

    low: Any = 0
    high: Any = 10
    step: int = 1

    def settings(self) -> tuple[Any, ...]:
        return self.low, self.high

    def proper(self, value: Any, name: str, values: Values) -> int:
        return _check.count(value, name, low=_now(self.low, values), high=_now(self.high, values))

    def widget(self, value: Any, values: Values) -> widgets.IntSlider:
        low, high = _now(self.low, values), _now(self.high, values)
        made = widgets.IntSlider(
            value, min=low, max=high, step=self.step, description=_now(self.label, values)
        )
        return self._sized(made, "280px")

    def adapt(self, widget: widgets.IntSlider, values: Values) -> None:
        super().adapt(widget, values)
        low, high = _now(self.low, values), _now(self.high, values)
        ends = {"max": high, "min": low} if low > widget.max else {"min": low, "max": high}
        for end, value in ends.items():  # neither must pass the other
            setattr(widget, end, value)

    def bounds(self) -> str:
        return "" if callable(self.low) or callable(self.high) else f", {self.low}..{self.high}"


@dataclass(frozen=True)
class Real(Whole):
    """A slider of numbers."""

    step: Any = 0.01
    readout: str = ".2f"

    def proper(self, value: Any, name: str, values: Values) -> float:
        return _check.number(value, name, low=_now(self.low, values), high=_now(self.high, values))

    def widget(self, value: Any, values: Values) -> Any:
        ends = {"min": _now(self.low, values), "max": _now(self.high, values), "step": self.step}
        made = widgets.FloatSlider(value, description=_now(self.label, values), **ends)
        made.readout_format = self.readout
        return self._sized(made, "280px")


@dataclass(frozen=True)
class Logarithmic(Real):
    """A slider of numbers above zero, on a logarithmic scale."""

    step: Any = 0.02  # of the logarithm
    readout: str = ".3g"

    def widget(self, value: Any, values: Values) -> widgets.FloatLogSlider:
        ends = {"min": float(np.log10(self.low)), "max": float(np.log10(self.high)), "step": self.step}
        made = widgets.FloatLogSlider(value, description=_now(self.label, values), **ends)
        made.readout_format = self.readout
        return self._sized(made, "300px")

    def adapt(self, widget: Any, values: Values) -> None:
        Control.adapt(self, widget, values)  # its ends stay


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
        return self._sized(
            widgets.Checkbox(value, description=_now(self.label, values), indent=False), "auto"
        )


def whole(label: str, meaning: str, default: Any, low: Any, high: Any, **how: Any) -> Whole:
    """A slider of whole numbers within [low, high]."""
    return Whole(label, meaning, default, low=low, high=high, **{"kind": "int", **how})


def real(label: str, meaning: str, default: Any, low: Any, high: Any, **how: Any) -> Real:
    """A slider of numbers within [low, high]."""
    return Real(label, meaning, default, low=low, high=high, **{"kind": "float", **how})


def logarithmic(label: str, meaning: str, default: Any, low: float, high: float, **how: Any) -> Logarithmic:
    """A slider of numbers within [low, high], on a logarithmic scale."""
    return Logarithmic(label, meaning, default, low=low, high=high, **{"kind": "float", **how})


def choice(label: str, meaning: str, default: Any, options: Any, **how: Any) -> Choice:
    """A list to choose from: values, or a mapping from what is shown to the value."""
    return Choice(label, meaning, default, options=options, **how)


def toggles(label: Any, meaning: str, default: Any, options: Any, tooltips: Any, **how: Any) -> Toggles:
    """A few choices, with a button and a tooltip for each."""
    return Toggles(label, meaning, default, options=options, tooltips=tuple(tooltips), **how)


def schedule(default: str, options: Mapping[str, Any], **how: Any) -> Choice:
    """A list of schedules; what others call "async" gets a pointer to our names."""
    names = tuple(options.values())
    how = {"check": lambda value, name: _check.schedule(value, names, name), **how}
    return choice("Schedule", "Who is updated when", default, options, **how)


def flag(label: str, meaning: str, default: bool, **how: Any) -> Flag:
    """A box to tick."""
    return Flag(label, meaning, default, **{"kind": "bool", **how})


def seed(label: str, meaning: str, default: int = 0, **how: Any) -> Whole:
    """A slider of seeds; a drawing takes any."""
    return whole(label, meaning, default, 0, SEEDS, **{"drawn": _check.count, **how})


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


def declared(controls: Mapping[str, Control], keyword: str = "") -> Callable[[F], F]:
    """Give a function the arguments that the controls declare; it gets the values of all, checked.

    Those from `keyword` on can be given by name only. The list of parameters goes into the docstring, before
    "Returns".
    """

    def decorate(function: F) -> F:
        return _decorated(function, controls, keyword, drawn=False)

    return decorate


def drawing(controls: Mapping[str, Control]) -> Callable[[F], F]:
    """The same for a function that draws: before the others it gets a figure, and checks it.

    The function itself lists the parameters, without defaults.
    """

    def decorate(function: F) -> F:
        return _decorated(function, controls, "", drawn=True)

    return decorate


def _decorated(function: F, controls: Mapping[str, Control], keyword: str, *, drawn: bool) -> F:
    signature = _signature(function, controls, keyword, drawn)

    @functools.wraps(function)
    def called(*args: Any, **named: Any) -> Any:
        arguments = _bound(signature, function.__name__, args, named)
        first = [_a_figure(arguments.pop("fig"))] if drawn else []
        return function(*first, **values_of(controls, arguments, drawn=drawn))

    setattr(called, "__signature__", signature)  # noqa: B010
    called.__doc__ = _documented(function.__doc__ or "", controls, drawn)
    return called  # type: ignore[return-value]


def _a_figure(fig: Any) -> Any:
    from matplotlib.figure import FigureBase

    return _check.instance(fig, "fig", FigureBase, "a matplotlib Figure")


def _signature(
    function: Any, controls: Mapping[str, Control], keyword: str, drawn: bool
) -> inspect.Signature:
    kind: Any = inspect.Parameter.POSITIONAL_OR_KEYWORD
    found = [inspect.Parameter("fig", kind)] if drawn else []
    for name, control in controls.items():
        kind = inspect.Parameter.KEYWORD_ONLY if name == keyword else kind
        found.append(inspect.Parameter(name, kind, default=_plain(control)))
    return inspect.Signature(found, return_annotation=function.__annotations__.get("return", Any))


def _bound(signature: inspect.Signature, name: str, args: Any, named: Any) -> dict[str, Any]:
    """What is given, by name; an argument that there is not is named."""
    try:
        return dict(signature.bind(*args, **named).arguments)
    except TypeError as error:
        raise TypeError(f"{name}: {error}") from None


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


def outside(controls: Iterable[str], values: Values, table: Mapping[str, Control]) -> set[str]:
    """The controls that mean nothing for these values."""
    return {name for name in controls if (when := table[name].when) and not when(values)}
