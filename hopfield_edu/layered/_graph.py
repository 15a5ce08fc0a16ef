"""Any graph of layers, and the hierarchical memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hopfield_edu import _check
from hopfield_edu._frozen import frozen
from hopfield_edu.layered._coupled import Coupled, checked_layers, each_tau
from hopfield_edu.layered._lagrangians import Layer, softmax, tanh

Array = NDArray[np.float64]
Pair = tuple[int, int]


class Graph(Coupled):
    """Layers that are joined as you like: in a chain, from which a hierarchy is made, in a ring, or all.

    A state holds the currents of layer 0, then of layer 1, ...: (n,) or (B, n), n the sum of the sizes.
    `start` makes it, `split` takes it apart. (Krotov 2021; Scholarpedia eqs. 14 to 18, fig. 7.)

    Parameters
    ----------
    layers : list of Layer
        Their kinds, one for each.
    sizes : list of int
        Their numbers of units.
    weights : dict
        ``{(a, b): W}`` with W of shape (sizes[a], sizes[b]): W_ij is the weight from unit j of layer b to
        unit i of layer a, and also the one back. ``{(a, a): W}`` joins units inside a layer; that W is
        symmetric.
    taus : float or list of float
        A time constant for all layers, or for each.
    bias : dict, optional
        ``{a: (sizes[a],) array}``: input currents of some layers; zero for all others.

    Examples
    --------
    Three units, three parts, two wholes. Of the three layers, the topmost decides for its first unit:

    >>> parts, wholes = 4 * np.eye(3), [[3, 3, 0], [0, 0, 3]]
    >>> net = Graph([tanh(), softmax(2), softmax(2)], [3, 3, 2], {(1, 0): parts, (2, 1): wholes})
    >>> end = net.recall(net.start({0: [1, 0, -1]})).final
    >>> net.split(net.output(end))[2].round(2)
    array([1., 0.])
    """

    _fixed = frozenset({"layers", "sizes", "weights", "taus", "tau", "bias", "blocks", "deaf"})

    def __init__(
        self,
        layers: Sequence[Layer],
        sizes: Sequence[int],
        weights: Mapping[Pair, ArrayLike],
        taus: ArrayLike = 1.0,
        *,
        bias: Mapping[int, ArrayLike] | None = None,
    ):
        self.layers, self.sizes = checked_layers(layers, sizes)
        self._links = _links(weights, self.sizes)
        self.taus = frozen(np.repeat(each_tau(taus, len(self.sizes)), self.sizes))
        self.tau = float(self.taus.max())
        self.deaf: frozenset[Pair] = frozenset()
        self._inputs = frozen(self._filled({} if bias is None else bias, "bias", (1,)))

    def __repr__(self) -> str:
        return f"{type(self).__name__}: {self._told()}"

    def __setstate__(self, state: dict[str, Any]) -> None:
        super().__setstate__(state)
        for array in (self._inputs, *(W for _, W in self._links)):
            frozen(array)

    @cached_property
    def bias(self) -> Array:
        """Input currents of all units, layer by layer."""
        return self._inputs

    @property
    def blocks(self) -> dict[Pair, Array]:
        """The weights between layers, as they were given."""
        return dict(self._links)

    @property
    def weights(self) -> Array:
        """(n, n) array: w_IJ from J to I, between any two units. Symmetric, unless a layer is `cut`."""
        n = sum(self.sizes)
        _check.budget(numbers=n**2, **self._blamed())
        W = np.zeros((n, n))
        for (a, b), block in self._links:
            for to, by, part in ((a, b, block), (b, a, block.T)):
                if (to, by) not in self.deaf:
                    W[self._own[to], self._own[by]] = part
        return W

    def start(self, currents: Mapping[int, ArrayLike]) -> Array:
        """A state with these currents of some layers, {a: (K,) or (B, K) array}, and zero in the others."""
        return self._filled(currents, "currents", (1, 2))

    def with_bias(self, bias: Mapping[int, ArrayLike]) -> Graph:
        """The same network with other input currents, {a: (sizes[a],) array}: another picture to look at."""
        return self._changed(_inputs=frozen(self._filled(bias, "bias", (1,))))

    def cut(self, a: int, b: int) -> Graph:
        """The same network, but layer a no longer hears layer b; b still hears a.

        Its weights are not symmetric any more: `energy` is that of the network before, and may rise.
        """
        a, b = (_check.count(x, name, high=len(self.sizes) - 1) for x, name in ((a, "a"), (b, "b")))
        if not {(a, b), (b, a)} & set(self.blocks):
            raise ValueError(f"a, b = {a}, {b}: between these layers there are no weights to cut")
        return self._changed(deaf=self.deaf | {(a, b)})

    def _changed(self, **attributes: Any) -> Graph:
        other = object.__new__(type(self))
        other.__setstate__({**self.__getstate__(), **attributes})
        return other

    def _blamed(self) -> dict[str, Any]:
        """The arguments that make it large."""
        return {"sizes": list(self.sizes)}

    def _heard(self, g: Array) -> Array:
        return self._sums(g, self.deaf)

    def _felt(self, g: Array) -> Array:
        return self._sums(g, frozenset())

    def _sums(self, g: Array, deaf: frozenset[Pair]) -> Array:
        sums, parts = np.zeros_like(g), self._parts(g)
        for (a, b), W in self._links:
            if (a, b) not in deaf:
                sums[..., self._own[a]] += parts[b] @ W.T
            if a != b and (b, a) not in deaf:
                sums[..., self._own[b]] += parts[a] @ W
        return sums

    def _filled(self, given: Mapping[int, ArrayLike], name: str, ndim: tuple[int, ...]) -> Array:
        """An array of all units from parts of it: those of some layers, and zero for the others."""
        parts = _parts_of(given, name, self.sizes, ndim)
        rows = {part.shape[0] for part in parts.values() if part.ndim == 2}
        if len(rows) > 1:
            raise ValueError(f"{name} has batches of {sorted(rows)} rows; the same number is wanted for each")
        whole = np.zeros((*rows, sum(self.sizes)))
        for a, part in parts.items():
            whole[..., self._own[a]] = part
        return whole


def _parts_of(given: Any, name: str, sizes: tuple[int, ...], ndim: tuple[int, ...]) -> dict[int, Array]:
    wanted = f"a dict of arrays, {{0: ({sizes[0]},) array}}"
    if not isinstance(given, Mapping):
        raise TypeError(f"{name} is {_check.shown(given)}; {wanted} is wanted, by number of the layer")
    parts = {}
    for a, values in given.items():
        a = _check.count(a, f"a layer in {name}", high=len(sizes) - 1)
        array = _check.states(values, f"{name}[{a}]", sizes[a])
        if array.ndim not in ndim:
            raise ValueError(f"{name}[{a}] has shape {array.shape}; ({sizes[a]},) is wanted")
        parts[a] = array
    return parts


def _links(weights: Any, sizes: tuple[int, ...]) -> tuple[tuple[Pair, Array], ...]:
    """The pairs of layers with their weights, each pair once."""
    if not isinstance(weights, Mapping):
        shape = f"({sizes[-1]}, {sizes[0]})"
        raise TypeError(
            f"weights is {_check.shown(weights)}; a dict is wanted, such as {{({len(sizes) - 1}, 0): W}} "
            f"with W of shape {shape}"
        )
    links: dict[Pair, Array] = {}
    for pair, values in weights.items():
        a, b = _pair(pair, len(sizes))
        if (b, a) in links:
            raise ValueError(f"weights has ({b}, {a}) and ({a}, {b}); one is enough, for both directions")
        links[a, b] = frozen(_block(values, f"weights[{a}, {b}]", (sizes[a], sizes[b]), a == b))
    return tuple(links.items())


def _pair(pair: Any, count: int) -> Pair:
    if not isinstance(pair, tuple) or len(pair) != 2:
        raise TypeError(
            f"weights has the key {_check.shown(pair)}; a pair of layers, such as (1, 0), is wanted"
        )
    a, b = (_check.count(x, "a layer in weights", high=count - 1) for x in pair)
    return a, b


def _block(values: ArrayLike, name: str, shape: tuple[int, int], inside: bool) -> Array:
    array = _check.real_array(values, name)
    if array.shape != shape:
        turned = f"; transpose it: {name}.T" if array.shape == shape[::-1] else ""
        raise ValueError(f"{name} has shape {array.shape}; {shape} is wanted{turned}")
    if inside:
        array = _check.weights(array, name, symmetric=True)
    return np.array(array, dtype=float)


def hierarchy(
    parts: Sequence[ArrayLike],
    wholes: ArrayLike,
    *,
    weight: float = 80.0,
    beta: float = 0.1,
    taus: Sequence[float] = (1.0, 0.3, 0.3),
) -> Graph:
    """A memory of three levels: pixels, parts, and wholes, which are made of one part of each kind.

    Pixels are tanh units. The parts of one kind (the mouths, say) are a softmax layer, and so are the wholes.
    (Scholarpedia fig. 7.) What a picture does not show is filled in from above: the parts that are seen call
    up a whole, the whole calls up its other parts, these their pixels.

    Parameters
    ----------
    parts : list of (K, N) arrays
        For each kind its K templates of N pixels, zero where the kind has none.
    wholes : (M, len(parts)) array of int
        For each whole the number of its part, of each kind.
    weight : float
        Between a whole and its parts.
    beta : float
        Inverse temperature of the softmax layers.
    taus : three floats
        Time constants of pixels, parts and wholes.

    Returns
    -------
    net : Graph
        Layer 0 are the pixels, 1, 2, ... the kinds of parts, the last one the wholes.

    Examples
    --------
    Two kinds of two parts, two pixels each; two wholes. The second kind is hidden.

    >>> one, two = [[4, 4, 0, 0], [4, -4, 0, 0]], [[0, 0, 4, 4], [0, 0, 4, -4]]
    >>> net = hierarchy([one, two], [[0, 1], [1, 0]], weight=8, beta=1)
    >>> end = net.with_bias({0: [1, 1, 0, 0]}).recall(net.start({})).final
    >>> np.sign(net.split(end)[0])
    array([ 1.,  1.,  1., -1.])
    """
    templates = [
        _templates(given, k) for k, given in enumerate(_check.listed(parts, "parts", "arrays", high=1000))
    ]
    if not templates or len({array.shape[1] for array in templates}) != 1:
        raise ValueError("parts must be arrays of the same number of pixels, at least one")
    table = _table(wholes, [len(array) for array in templates])
    w, top = _check.positive(weight, "weight"), len(templates) + 1
    sizes = [templates[0].shape[1], *(len(array) for array in templates), len(table)]
    _check.budget(numbers=4 * sizes[0] * sum(sizes) + len(table) * sum(sizes), sizes=sizes)
    weights: dict[Pair, ArrayLike] = {(k, 0): array for k, array in enumerate(templates, 1)}
    for k, array in enumerate(templates, 1):
        weights[top, k] = w * np.eye(len(array))[table[:, k - 1]]
    pixels, part, whole = each_tau(_three(taus), 3)
    layers = [tanh(), *[softmax(beta)] * len(templates), softmax(beta)]
    return Graph(layers, sizes, weights, [pixels, *[part] * len(templates), whole])


def _templates(given: ArrayLike, k: int) -> Array:
    array = _check.real_array(given, f"parts[{k}]")
    if array.ndim != 2 or array.size == 0:
        raise ValueError(f"parts[{k}] has shape {array.shape}; (K, N) is wanted, one template per row")
    return np.asarray(array, dtype=float)


def _table(wholes: ArrayLike, counts: list[int]) -> NDArray[np.intp]:
    table = _check.real_array(wholes, "wholes")
    if table.ndim != 2 or table.size == 0 or table.shape[1] != len(counts):
        raise ValueError(f"wholes has shape {table.shape}; (M, {len(counts)}) is wanted, a part of each kind")
    if (table != np.floor(table)).any() or (table < 0).any() or (table >= counts).any():
        raise ValueError("wholes must hold numbers of parts: 0, 1, ... below the number of parts of the kind")
    return table.astype(np.intp)


def _three(taus: Any) -> Any:
    if np.shape(_check.real_array(taus, "taus")) != (3,):
        raise ValueError("taus must be three numbers: of pixels, parts and wholes")
    return taus
