"""Temperature: the binary network with units that decide by chance, and what becomes of it in the end.

    P(y_i becomes +1) = 1 / (1 + exp(-2 h_i / T))          p(y) = exp(-E(y) / T) / Z

(Glauber 1963; one unit after the other it is Gibbs sampling, or the heat bath.) Temperatures are measured
like energies, so with `scale`. At T = 0 this is the binary network, except that a tie is a coin.
"""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike

from hopfield_edu import _check, _glauber, _schedule, binary, state_space
from hopfield_edu._frozen import Frozen
from hopfield_edu._types import Array, Reals, Rng, Schedule, States
from hopfield_edu.trajectory import Trajectory

MOST_STEPS = 1e13  # of arithmetic in one recall: a minute or so in long runs of many replicas
MAX_UNITS = 10  # of `transitions`, a matrix of 4^N numbers
MAX_SHUFFLED = 7  # of them over all orders

CoinTies = Literal["coin", "keep"]


class Network(Frozen):
    """A binary network of N units at a temperature.

    Parameters
    ----------
    weights : (N, N) array
        w_ij is the weight from unit j to unit i. Need not be symmetric.
    bias : (N,) array, optional
        Constant input b_i to each unit; zero if not given.
    scale : float
        A positive factor, such as Hebb's 1/N, on weights and bias. Here it counts: T is compared with it.

    Attributes
    ----------
    weights, bias, scale, N, is_symmetric
        As for `binary.Network`.
    cold : binary.Network
        The same network without noise.

    Notes
    -----
    With symmetric weights and a zero diagonal, updates of single units leave the Boltzmann distribution as
    it is, whatever the schedule. Synchronous updates do not, and self-connections spoil it.

    Examples
    --------
    >>> net = Network([[0, 1], [1, 0]])  # two units that want to agree
    >>> net.chance([1, 1], temperature=2).round(3)
    array([0.731, 0.731])
    >>> net.recall([1, -1], temperature=0.1, sweeps=5, rng=0).final
    array([-1, -1])
    """

    _fixed = frozenset({"cold"})

    def __init__(self, weights: ArrayLike, bias: ArrayLike | None = None, scale: float = 1.0):
        self.cold = binary.Network(weights, bias, scale)

    def __repr__(self) -> str:
        return f"thermal {self.cold!r}"

    @property
    def weights(self) -> Array:
        return self.cold.weights

    @property
    def bias(self) -> Array:
        return self.cold.bias

    @property
    def scale(self) -> float:
        return self.cold.scale

    @property
    def N(self) -> int:
        return self.cold.N

    @property
    def is_symmetric(self) -> bool:
        return self.cold.is_symmetric

    def field(self, state: ArrayLike) -> Reals:
        """The total input into every unit: `binary.Network.field`.

        Examples
        --------
        >>> Network([[0, 1], [1, 0]]).field([1, -1])
        array([-1.,  1.])
        """
        return self.cold.field(state)

    def energy(self, state: ArrayLike) -> Any:
        """E = -1/2 sum_ij w_ij y_i y_j - sum_i b_i y_i, times `scale`: `binary.Network.energy`.

        Examples
        --------
        >>> Network([[0, 1], [1, 0]]).energy([[1, 1], [1, -1]])
        array([-1.,  1.])
        """
        return self.cold.energy(state)

    def chance(self, state: ArrayLike, temperature: float) -> Reals:
        """The probability that each unit is +1 after its update: 1 / (1 + exp(-2h/T)).

        Parameters
        ----------
        state : (N,) or (B, N) array of ±1
        temperature : float
            At zero the chances are 0 and 1, and one half at a tie.

        Returns
        -------
        P : array of the same shape

        Examples
        --------
        >>> net = Network([[0, 1, 1], [1, 0, -1], [1, -1, 0]])
        >>> net.chance([1, 1, 1], temperature=2).round(3)
        array([0.881, 0.5  , 0.5  ])
        >>> net.chance([1, 1, 1], temperature=0)
        array([1. , 0.5, 0.5])
        """
        h, T = self.field(state), _temperature(temperature)
        if T == 0:
            return np.asarray((1 + np.sign(h)) / 2)
        with np.errstate(over="ignore"):  # of h / T: then the chance is 0 or 1
            return np.asarray((1 + np.tanh(h / T)) / 2)

    def update(self, state: ArrayLike, i: int, temperature: float, rng: Rng) -> States:
        """The state after unit i (from 0) has been updated: +1 with its `chance`, otherwise -1.

        Examples
        --------
        >>> Network([[0, 1], [1, 0]]).update([1, -1], 1, temperature=0.1, rng=0)
        array([1, 1])
        """
        y = _check.bipolar(state, "state", ndim=(1,), units=self.N).copy()
        i = _check.count(i, "i (the unit)", high=self.N - 1)
        chance = self.chance(y, temperature)[i]
        y[i] = 1 if _check.generator(rng, "an update").random() < chance else -1
        return y

    def recall(
        self,
        state: ArrayLike,
        temperature: ArrayLike,
        schedule: Schedule = "ordered",
        *,
        rng: Rng | None = None,
        sweeps: int | None = None,
        order: ArrayLike | None = None,
        ties: CoinTies = "coin",
        record: bool = False,
    ) -> Trajectory:
        """Run the network at a temperature, or through a sequence of them, for a number of sweeps.

        Parameters
        ----------
        state : (N,) or (B, N) array of ±1
            One state, or a batch of replicas that run independently.
        temperature : float or (sweeps,) array
            At least zero, in the units of the energy: one for all sweeps, or one for each (`anneal`).
        schedule : {"ordered", "synchronous", "random", "random-unit"}
            As in `binary.Network.recall`. "random-unit" is Glauber's own, "ordered" the usual Gibbs sampler.
        rng : int or numpy.random.Generator
            Needed. Each row draws its orders and its coins from streams of its own, so that its course does
            not depend on the other rows; its orders are those of `binary.Network.recall`.
        sweeps : int
            How many, N updates each; not needed with a sequence of temperatures.
        order : (N,) array, optional
            The fixed order of ``"ordered"``.
        ties : {"coin", "keep"}
            What a field of exactly zero does at temperature zero. A coin is the limit of low temperatures;
            with "keep" a recall at T = 0 makes every flip of `binary.Network.recall`, and no other.
        record : bool
            Keep the way, flip by flip.

        Returns
        -------
        Trajectory
            Its outcome is "fixed point" if the last temperature is zero and no update would change the final
            state any more, otherwise "step limit".

        Examples
        --------
        >>> net = Network([[0, 1], [1, 0]])
        >>> run = net.recall([[1, -1]] * 1000, temperature=1.0, sweeps=10, rng=0)
        >>> agree = (run.final.prod(axis=1) == 1).mean()  # by Boltzmann e / (e + 1/e) = 0.881
        >>> print(f"{agree:.1f}")
        0.9
        >>> net.recall([1, -1], [1.0, 0.5, 0], rng=1)
        Trajectory: fixed point; sweeps: 1, flips: 1
        """
        cue = _check.bipolar(state, "state", units=self.N)
        batch, record = np.atleast_2d(cue), _check.flag(record, "record")
        heat = _temperatures(temperature, sweeps)
        keep = _check.one_of(ties, "ties", ("coin", "keep")) == "keep"
        work = batch.size * heat.size
        _check.budget(steps=work * self.N, numbers=4 * work * record, most=MOST_STEPS, state=state)
        streams = _check.generator(rng, "a recall at a temperature").spawn(len(batch))
        kind = _schedule.Schedule.of(self.N, schedule, order, rng, len(batch), streams=streams)
        coins = [stream.spawn(1)[0] for stream in streams] if kind.draw else streams
        w = self.cold._exact
        inner = np.minimum(heat * (w.factor / self.scale), _check.LARGEST)
        run = _glauber.run(w, batch, kind, coins, inner, keep, record)
        return self.cold._trajectory(cue, run, record)

    def sample(
        self,
        state: ArrayLike,
        temperature: float,
        schedule: Schedule = "ordered",
        *,
        rng: Rng,
        sweeps: int,
        burn: int = 0,
        every: int = 1,
    ) -> States:
        """The states after every `every`-th sweep, once the first `burn` sweeps are over.

        Parameters
        ----------
        state, temperature, schedule, rng
            As for `recall`; one temperature.
        sweeps : int
            Sweeps after the first `burn`.
        burn : int
            Sweeps in which the start is to be forgotten.
        every : int
            Keep one state in so many sweeps.

        Returns
        -------
        states : (sweeps // every, N) or (sweeps // every, B, N) array

        Examples
        --------
        >>> net = Network([[0, 1], [1, 0]])
        >>> net.sample([1, 1], 1.0, rng=0, sweeps=1000, burn=10).shape
        (1000, 2)
        """
        y, T = _check.bipolar(state, "state", units=self.N), _temperature(temperature)
        sweeps, every = _check.sweeps(sweeps, "sweeps"), _check.sweeps(every, "every")
        burn = _check.count(burn, "burn", high=_check.SWEEPS)
        _check.budget(numbers=y.size * (sweeps // every), sweeps=sweeps)
        rng = _check.generator(rng, "a sample")
        if burn:
            y = self.recall(y, T, schedule, rng=rng, sweeps=burn).final
        kept = np.empty((sweeps // every, *y.shape), int)
        for k in range(len(kept)):
            kept[k] = y = self.recall(y, T, schedule, rng=rng, sweeps=every).final
        return kept


def boltzmann(net: Network | binary.Network, temperature: float) -> Reals:
    """The Boltzmann distribution exp(-E/T) / Z over all states of a small network, exactly.

    Parameters
    ----------
    net : thermal.Network or binary.Network
        Symmetric weights, at most 20 units.
    temperature : float
        At zero all states of lowest energy share the probability, the limit of low temperatures.

    Returns
    -------
    p : (2^N,) array
        In the order of `state_space.all_states`; the sum is 1.

    Examples
    --------
    >>> boltzmann(Network([[0, 1], [1, 0]]), temperature=2).round(3)
    array([0.366, 0.134, 0.134, 0.366])
    """
    cold, T = _cold(net), _temperature(temperature)
    if not cold.is_symmetric:
        raise ValueError("net has weights that are not symmetric; a Boltzmann distribution needs an energy")
    E = state_space.energies(cold)
    E -= E.min()
    if T == 0:
        p = (E <= 1e-12 * (1 + abs(E).max())).astype(float)
    else:
        with np.errstate(over="ignore", under="ignore"):
            p = np.exp(-E / T)
    return p / p.sum()


def distance(states: ArrayLike, p: ArrayLike) -> float:
    """How far samples are from a distribution: half the sum of |share - p| over all states, between 0 and 1.

    Even independent draws are not at distance 0. With R of them it is about the sum of
    sqrt(p (1 - p) / (2 pi R)), which is what a sampler must be compared with.

    Parameters
    ----------
    states : (R, N) array of ±1
    p : (2^N,) array
        The probability of every state, such as `boltzmann`.

    Returns
    -------
    distance : float
        Total variation distance.

    Examples
    --------
    >>> distance([[1, 1], [-1, -1]], [0.5, 0, 0, 0.5]), distance([[1, 1], [1, 1]], [0.5, 0, 0, 0.5])
    (0.0, 0.5)
    """
    y = np.atleast_2d(_check.bipolar(states, "states"))
    q = _check.vector(p, "p", 2 ** _check.count(y.shape[1], "the number of units of states", high=20))
    if q.min() < 0 or abs(q.sum() - 1) > 1e-9:
        raise ValueError(f"p adds up to {q.sum():g}, its smallest is {q.min():g}; probabilities are wanted")
    shares = np.bincount(state_space.encode(y), minlength=q.size) / len(y)
    return float(np.abs(shares - q).sum() / 2)


def transitions(
    net: Network | binary.Network, temperature: float, schedule: Schedule = "random-unit"
) -> Reals:
    """The chance to get from every state into every other: in one step, or in one sweep.

    Parameters
    ----------
    net : thermal.Network or binary.Network
        At most 10 units; weights need not be symmetric.
    temperature : float
    schedule : {"random-unit", "synchronous", "ordered", "random"}
        The first two: one step, of one unit drawn at random or of all units. The others: one sweep, in order,
        or in the mean over all orders (at most 7 units).

    Returns
    -------
    P : (2^N, 2^N) array
        P[a, b] is the chance to be in state b after state a; every row adds up to 1. A distribution p (a
        row) becomes p @ P.

    Examples
    --------
    >>> net = Network([[0, 1], [1, 0]])
    >>> P, p = transitions(net, 2.0), boltzmann(net, 2.0)
    >>> flow = p[:, None] * P  # detailed balance: as much from a to b as from b to a
    >>> bool(np.allclose(flow, flow.T)), bool(np.allclose(p @ transitions(net, 2.0, "synchronous"), p))
    (True, False)
    """
    cold, N = _cold(net), net.N
    kind = _check.schedule(schedule)
    most = MAX_SHUFFLED if kind == "random" else MAX_UNITS
    if N > most:
        raise ValueError(f"net has N = {N} units; transitions of at most {most} are computed here")
    states = state_space.all_states(N)
    chance = Network(cold.weights, cold.bias, cold.scale).chance(states, temperature)
    one = np.eye(2**N)
    if kind == "synchronous":
        on = states > 0
        return np.prod(np.where(on[None], chance[:, None], 1 - chance[:, None]), axis=2)
    if kind == "random-unit":
        return np.mean([_updated(one, chance[:, i], i) for i in range(N)], axis=0)
    if kind == "ordered":
        for i in range(N):
            one = _updated(one, chance[:, i], i)
        return one
    means = {0: one}  # of all orders of a set of units: the last of them may be any
    for units in range(1, 2**N):
        last = [i for i in range(N) if units >> i & 1]
        parts = [_updated(means[units & ~(1 << i)], chance[:, i], i) for i in last]
        means[units] = np.mean(parts, axis=0)
    return means[2**N - 1]


def _updated(P: Array, chance: Array, i: int) -> Array:
    """Rows of probabilities of states, after unit i has been updated with its `chance` to be +1."""
    p, on = P.reshape(len(P), -1, 2, 1 << i), chance.reshape(-1, 2, 1 << i)  # in the middle: y_i
    halves = [(p * (1 - on)).sum(axis=2), (p * on).sum(axis=2)]
    return np.stack(halves, axis=2).reshape(P.shape)


def anneal(
    high: float, low: float, sweeps: int, *, shape: Literal["geometric", "linear"] = "geometric"
) -> Reals:
    """A schedule of falling temperatures, one for each sweep, from `high` to `low`.

    Parameters
    ----------
    high, low : float
        First and last temperature; ``"geometric"`` needs them above zero.
    sweeps : int
    shape : {"geometric", "linear"}
        Whether the temperature falls by the same factor (Kirkpatrick, Gelatt and Vecchi 1983) or by the same
        amount from sweep to sweep.

    Returns
    -------
    temperatures : (sweeps,) array

    Examples
    --------
    >>> anneal(4, 1, 3), anneal(4, 0, 3, shape="linear")
    (array([4., 2., 1.]), array([4., 2., 0.]))
    """
    shape = _check.one_of(shape, "shape", ("geometric", "linear"))
    sweeps = _check.sweeps(sweeps, "sweeps")
    high = _check.positive(high, "high", zero=shape == "linear")
    low = _check.positive(low, "low", zero=shape == "linear")
    if low > high:
        raise ValueError(f"low is {low:g}, above high = {high:g}; temperatures are to fall")
    if shape == "linear":
        return np.linspace(high, low, sweeps)
    return np.geomspace(high, low, sweeps)


def barrier(net: Network | binary.Network, start: ArrayLike, end: ArrayLike) -> float:
    """How far the energy rises on a way from one state to another: an upper bound of the barrier.

    Only units in which the two differ are flipped, and of these always the one that costs least next. Other
    ways, with detours, may stay lower.

    Parameters
    ----------
    net : thermal.Network or binary.Network
        Symmetric weights.
    start, end : (N,) array of ±1

    Returns
    -------
    height : float
        The highest energy on the way minus that of the start, at least 0.

    Examples
    --------
    >>> s = np.ones(10, int)
    >>> barrier(Network(np.ones((10, 10)) - np.eye(10), scale=1 / 10), s, -s)  # one memory: N / 2
    5.0
    """
    cold = _cold(net)
    if not cold.is_symmetric:
        raise ValueError("net has weights that are not symmetric; a barrier needs an energy")
    y = _check.bipolar(start, "start", ndim=(1,), units=cold.N).copy()
    goal = _check.bipolar(end, "end", ndim=(1,), units=cold.N)
    w = cold._exact
    h = w.product(y[None].astype(w.dtype))[0].astype(float) + w.b
    E, top, left = 0.0, 0.0, y != goal
    while left.any():
        cost = np.where(left, 2 * (y * h - w.diagonal), np.inf)
        i = int(cost.argmin())
        E, top, left[i] = E + cost[i], max(top, E + cost[i]), False
        y[i] = -y[i]
        h += 2 * y[i] * w.sent(i).astype(float)
    return float(cold.scale * (top / w.factor))


def lesion(
    weights: ArrayLike,
    share: float,
    rng: Rng,
    *,
    of: Literal["weights", "units"] = "weights",
    one_way: bool = False,
) -> Array:
    """A copy of the weights with a share of connections, or of units, cut.

    Parameters
    ----------
    weights : (N, N) array
    share : float
        Between 0 and 1; the number is rounded.
    rng : int or numpy.random.Generator
    of : {"weights", "units"}
        Cut pairs of units apart, i from j and j from i; or cut units off, with all that they send and hear.
    one_way : bool
        Of weights: cut each direction on its own, so that symmetry is lost.

    Returns
    -------
    weights : (N, N) array
        A new array, zero where it is cut. Self-connections go with their unit only. A unit that has been cut
        off has a row of zeros; leave it out when you measure an overlap.

    Examples
    --------
    >>> W = np.ones((4, 4)) - np.eye(4)
    >>> int(lesion(W, 0.5, 0).sum()), int(lesion(W, 0.5, 0, of="units").sum())
    (6, 2)
    """
    W = np.array(_check.weights(weights))
    share, one_way = _check.fraction(share, "share"), _check.flag(one_way, "one_way")
    of, rng = _check.one_of(of, "of", ("weights", "units")), _check.generator(rng, "a lesion")
    N = len(W)
    if of == "units":
        if one_way:
            raise ValueError('one_way belongs to of="weights"; a unit is cut off as a whole')
        gone = rng.permutation(N)[: round(share * N)]
        W[gone] = W[:, gone] = 0
        return W
    rows, columns = np.nonzero(~np.eye(N, dtype=bool)) if one_way else np.triu_indices(N, 1)
    cut = rng.permutation(rows.size)[: round(share * rows.size)]
    W[rows[cut], columns[cut]] = 0
    if not one_way:
        W[columns[cut], rows[cut]] = 0
    return W


def _cold(net: Any) -> binary.Network:
    """The network without noise of one or the other kind."""
    wanted = "a thermal.Network or a binary.Network"
    found: Any = _check.instance(net, "net", (Network, binary.Network), wanted)
    return found.cold if isinstance(found, Network) else found


def _temperature(value: Any) -> float:
    return _check.positive(value, "temperature", zero=True)


def _temperatures(temperature: Any, sweeps: Any) -> Reals:
    """One temperature for each sweep."""
    if np.ndim(temperature) == 0:
        T = _temperature(temperature)
        if sweeps is None:
            raise ValueError("sweeps is missing: at one temperature a recall needs their number")
        return np.full(_check.sweeps(sweeps, "sweeps"), T)
    heat = _check.real_array(temperature, "temperature").astype(float)
    if heat.ndim != 1 or heat.size == 0:
        raise ValueError(f"temperature has shape {heat.shape}; a number or one for each sweep is wanted")
    if heat.min() < 0:
        raise ValueError(f"temperature contains {heat.min():g}; temperatures of at least 0 are wanted")
    _check.sweeps(heat.size, "the number of entries of temperature")
    if sweeps is not None and _check.sweeps(sweeps, "sweeps") != heat.size:
        raise ValueError(f"sweeps is {sweeps}, but temperature has {heat.size} entries, one for each sweep")
    return heat
