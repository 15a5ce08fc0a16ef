"""A check of a function that also knows mistakes by how all their results look."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from typing import Any

from hopfield_edu.feedback._cards import Verdict
from hopfield_edu.feedback._core import FunctionCheck, Outcome
from hopfield_edu.feedback._running import Probe

Trials = list[tuple[Any, ...]]
Sign = Callable[[list[Any], list[Any], Trials], bool]  # of the results, the right ones, and the inputs


class TellingCheck(FunctionCheck):
    """Knows mistakes that come out differently each time: `signs` look at all results, right and wrong.

    ``signs[name](seen, wanted, trials)`` gets the results as they are; the name is that of a mistake. They
    are asked when nothing else explains all results; those of `first` even before slips of Python.
    """

    def __init__(
        self,
        *parts: Any,
        signs: Mapping[str, Sign] | None = None,
        first: Mapping[str, Sign] | None = None,
        **rest: Any,
    ) -> None:
        super().__init__(*parts, **rest)
        self._first, self._signs = first or {}, signs or {}

    def _unnamed(
        self, trials: Trials, seen: list[Outcome], wanted: list[Outcome], wrong: list[int], probe: Probe
    ) -> Verdict:
        told = self._by_sign(self._first, trials, seen, wanted, wrong, probe)
        if told is None:
            verdict = super()._unnamed(trials, seen, wanted, wrong, probe)
            if verdict.mistake is None:
                told = self._by_sign(self._signs, trials, seen, wanted, wrong, probe)
        return verdict if told is None else told

    def _by_sign(
        self,
        signs: Mapping[str, Sign],
        trials: Trials,
        seen: list[Outcome],
        wanted: list[Outcome],
        wrong: list[int],
        probe: Probe,
    ) -> Verdict | None:
        values = [o.value for o in seen], [o.value for o in wanted], trials
        for name, sign in signs.items() if not any(o.error for o in seen) else ():
            with contextlib.suppress(Exception):  # results that are no numbers show no sign
                if sign(*values):
                    message = next(m.message for m in self._mistakes if m.name == name)
                    details = self._details(trials[wrong[0]], seen[wrong[0]], wanted[wrong[0]])
                    return self._not_yet(name, message + self._also(probe), details)
        return None
