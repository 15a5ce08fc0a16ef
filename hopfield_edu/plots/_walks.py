"""The energy along a walk through the states, for several networks at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from hopfield_edu import _check
from hopfield_edu.plots import _canvas, _given, _style

STYLES = ("--", "-.", (0, (5, 1, 1, 1, 1, 1)), ":", "-", (0, (8, 2)))


def energy_walk(
    networks: Mapping[str, Any],
    walk: ArrayLike,
    *,
    marks: Sequence[int] = (),
    ax: Axes | None = None,
) -> Axes:
    """Energies along a walk, each network's divided by its own depth, so that the deepest place is -1.

    Parameters
    ----------
    networks : mapping of str to network
        Anything with `energy`, by the name that stands in the legend; at most six. Each must have a state
        of negative energy on the walk.
    walk : (T, N) array of ±1
        States, such as those of `dense.path`.
    marks : sequence of int, optional
        Places on the walk, from 0, to be marked on the axis besides its ends.
    ax : Axes, optional

    Returns
    -------
    ax : Axes
        With a description in ``ax.alt_text``.

    Raises
    ------
    TypeError, ValueError
        If `walk` holds no states, there are no networks or too many, a mark lies beside the walk, or an
        energy is nowhere negative.

    Examples
    --------
    >>> from hopfield_edu import dense
    >>> net = dense.Network([[1, 1, 1]], dense.power(3))
    >>> ax = energy_walk({"x^3": net}, dense.path([-1, 1, 1], [1, 1, 1]))
    >>> ax.lines[0].get_ydata().round(2)
    array([-0.04, -1.  ])
    """
    states = _check.bipolar(walk, "walk", ndim=(2,))
    if not isinstance(networks, Mapping) or not 1 <= len(networks) <= len(STYLES):
        raise ValueError(f"networks must be a mapping of 1 to {len(STYLES)} names to networks")
    marks = _check.listed(marks, "marks", "numbers", high=_given.MOST)
    places = [_check.count(mark, "a number in marks", high=len(states) - 1) for mark in marks]
    ax = _style.chart(ax, (_style.PAGE, 3.4), "units changed so far", "energy / depth")
    told = []
    for (name, net), style in zip(networks.items(), STYLES, strict=False):
        _given.having(net, f"networks[{_check.shown(name)}]", "energy", "a network with energy")
        E = np.asarray(_given.asked("networks", net.energy, states))
        if not np.isfinite(E).all() or E.min() >= 0:
            raise ValueError(f"the energy of {name} is not negative (and finite) anywhere on this walk")
        ax.plot(E / -E.min(), ls=style, lw=1.8, color=_canvas.INK, label=name)
        told.append(f"{name} " + ", ".join(f"{E[t] / -E.min():.2f}" for t in (0, *places, len(E) - 1)))
    ax.set_xticks([0, *places, len(states) - 1])
    _style.legend(ax)
    ax.alt_text = (
        f"Energy along a walk of {_canvas.counted(len(states) - 1, 'step')}, divided by its depth; at the "
        f"start, the marks and the end: {'; '.join(told)}."
    ).replace("-", "−")
    return ax
