"""What the ready experiments repeat: one set of patterns, or a few, and what comes of it."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from typing import Any

import numpy as np

from hopfield_edu import binary, learning, patterns, thermal
from hopfield_edu._types import Array, States
from hopfield_edu.experiments._critical import KEPT, each_overlap

BACK = 0.95  # the overlap from which on a memory counts as recalled from a spoiled cue
CUTS = ("weights", "one way", "units")
SPARE = 0.4  # the load below which a network without weight matrix is faster; it does the same
QUENCH = 20  # sweeps at temperature zero, at the end
LEVELS = 40  # of noise, up to half of all units

Found = dict[str, float]


def _stored(N: int, load: float, rng: np.random.Generator) -> States:
    """Random patterns for a load; one at least."""
    return patterns.random(max(1, round(load * N)), N, rng)


def retrieval(N: int, load: float, wrong: float, cues: int, rng: np.random.Generator) -> Found:
    """Recall by Hebb's rule from some of the memories, of which a share of the units is wrong."""
    stored = _stored(N, load, rng)
    wanted, few = stored[:cues], load < SPARE
    net = binary.PatternNetwork(stored) if few else binary.Network(learning.hebb(stored))
    m = each_overlap(net.recall(patterns.flip(wanted, fraction=wrong, rng=rng)).final, wanted)
    return {"overlap": m.mean(), "recalled": (m > KEPT).mean(), "stable": net.is_fixed_point(wanted).mean()}


def basin(N: int, load: float, cues: int, rng: np.random.Generator) -> Found:
    """How many units of a memory may be wrong: flipped one after the other, until recall fails."""
    stored = _stored(N, load, rng)
    net, wrong = binary.Network(learning.hebb(stored)), np.arange(LEVELS + 1) / (2 * LEVELS)
    radii = []
    for s in stored[:cues]:
        spoiled = np.where(rng.permutation(N) < np.rint(wrong * N)[:, None], -s, s)
        back = each_overlap(net.recall(spoiled).final, s) > BACK
        failed = LEVELS + 1 if back.all() else int(back.argmin())  # the first level that fails
        radii.append(wrong[max(failed - 1, 0)])
    return {"radius": float(np.mean(radii))}


def unstable(N: int, load: float, rng: np.random.Generator) -> Found:
    """The share of the units of all memories that one update would turn."""
    stored = _stored(N, load, rng)
    h = binary.PatternNetwork(stored).field(stored)
    return {"error": float((h * stored < 0).mean())}


def _perceptron(margin: float) -> Callable[[States], Array]:
    return lambda stored: learning.perceptron(stored, margin=margin, max_epochs=100).weights


RULES: dict[str, Callable[[States], Array]] = {
    "Hebb": learning.hebb,
    "Storkey": learning.storkey,
    "pseudo-inverse": learning.pseudo_inverse,
    "perceptron": _perceptron(0.0),
    "with margin": _perceptron(0.9),
}


def learned(
    rule: str, N: int, load: float, overlap: float, wrong: float, cues: int, rng: np.random.Generator
) -> Found:
    """Which memories a rule makes stable, and which come back from spoiled cues."""
    stored = patterns.correlated(max(1, round(load * N)), N, overlap, rng)
    net = binary.Network(RULES[rule](stored))
    wanted = stored[:cues]
    end = net.recall(patterns.flip(wanted, fraction=wrong, rng=rng), max_sweeps=100).final
    stable = net.is_fixed_point(stored)
    return {"stable": stable.mean(), "recalled": (each_overlap(end, wanted) > BACK).mean()}


def heated(
    N: int, load: float, temperature: float, sweeps: int, cues: int, rng: np.random.Generator
) -> Found:
    """The overlap that is left of some memories after so many sweeps at a temperature."""
    stored = _stored(N, load, rng)
    net = thermal.Network(learning.hebb(stored), scale=1 / N)
    start = stored[:cues]
    end = net.recall(start, temperature, sweeps=sweeps, rng=rng).final
    return {"overlap": float(each_overlap(end, start).mean())}


def freed(N: int, memories: int, temperature: float, sweeps: int, rng: np.random.Generator) -> Found:
    """The share of the mixtures of three memories that end in a memory after so many noisy sweeps."""
    stored = patterns.random(memories, N, rng)
    triples = np.array(list(combinations(range(memories), 3)))
    start = np.sign(stored[triples].sum(axis=1))
    net = thermal.Network(learning.hebb(stored), scale=1 / N)
    heat = [temperature] * sweeps + [0.0] * QUENCH
    end = net.recall(start, heat, ties="keep", rng=rng).final
    m = np.abs(end @ stored.T / N).max(axis=1)
    return {"freed": float((m > BACK).mean())}


def damaged(
    N: int, load: float, cut: str, share: float, wrong: float, cues: int, rng: np.random.Generator
) -> Found:
    """The overlap of what is left of a network with some memories, recalled from spoiled cues."""
    stored = _stored(N, load, rng)
    wanted = np.resize(stored, (cues, N))
    how: dict[str, Any] = {"of": "units"} if cut == "units" else {"one_way": cut == "one way"}
    W = thermal.lesion(learning.hebb(stored), share, rng, **how)
    end = binary.Network(W).recall(patterns.flip(wanted, fraction=wrong, rng=rng), max_sweeps=100).final
    alive = W.any(axis=1)
    return {"overlap": float((end * wanted)[:, alive].mean()) if alive.any() else 0.0}
