"""The best pairing there is, with prices that prove it."""

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from colibri.compute.pairing.fit import Candidates
from colibri.compute.planning.kernel import kernel

__all__ = ["Pairing", "pair"]

FAR = np.int64(2**60)
HELPERS_MOST = 10_000


@dataclass(frozen=True, eq=False)
class Pairing:
    """Who is helped by whom: `helper` (int32, N), -1 for those who wait on.

    `total` is the sum of fit and urgency of all pairs, `fit` that of fit alone. `bound` is what no pairing
    can exceed, from the prices: equal to `total`, which proves that the pairing is best.
    """

    helper: NDArray[np.int32]
    total: int
    fit: int
    bound: int

    @property
    def paired(self) -> int:
        """How many found a helper."""
        return int(np.count_nonzero(self.helper >= 0))


def pair(candidates: Candidates) -> Pairing:
    """Pair so that the sum of fit and urgency is the highest there is.

    One seeker after another finds the shortest way to a free place or to whoever gives way at the least
    loss (Hungarian method with capacities: Kuhn 1955, Jonker and Volgenant 1987); those with most to gain
    come first, so that most of the others are told at once that they wait on. The same input gives the
    same pairing. What each pair of helpers could hand over is kept: raises ValueError beyond 10,000 helpers.
    """
    if candidates.places.size > HELPERS_MOST:
        raise ValueError(f"places: {candidates.places.size} helpers, at most {HELPERS_MOST} at once")
    weight = candidates.fit.astype(np.int64) + np.repeat(candidates.urgency, np.diff(candidates.start))
    best = np.zeros(candidates.seekers, dtype=np.int64)
    filled = np.flatnonzero(np.diff(candidates.start))
    if filled.size:
        best[filled] = np.maximum.reduceat(weight, candidates.start[filled])
    order = np.argsort(-best, kind="stable")
    state = _begun(candidates, weight)
    _assign(state, order)
    total, fit = _sums(candidates, state.match)
    helped = np.flatnonzero(state.match >= 0)
    spared = state.worth[helped] - state.price[state.match[helped]]
    bound = int(spared.sum() + (state.price * candidates.places).sum())
    return Pairing(state.match, total, fit, bound)


def _sums(candidates: Candidates, match: NDArray[np.int32]) -> tuple[int, int]:
    """The points of a pairing: with urgency, and of fit alone."""
    owner = np.repeat(np.arange(candidates.seekers), np.diff(candidates.start))
    chosen = candidates.helper == match[owner]
    fit = int(candidates.fit[chosen].sum(dtype=np.int64))
    return fit + int(candidates.urgency[owner[chosen]].sum()), fit


class _State(NamedTuple):
    """What the kernels share: the pairs, the pairing so far, its prices, and one search."""

    start: Any
    helper: Any
    weight: Any
    places: Any
    match: Any  # each seeker's helper
    worth: Any  # the weight of that pair
    taken: Any  # each helper's seekers
    count: Any  # how many these are
    weakest: Any  # the one of them with the least weight
    price: Any  # of one place of each helper
    loss: Any  # the least lost when one of a helper's seekers moves on to another helper
    mover: Any  # the seeker who would
    far: Any  # how far each helper is in this search
    came_from: Any  # from which helper, -1: from the seeker who searches
    done: Any


def _begun(candidates: Candidates, weight: NDArray[np.int64]) -> _State:
    seekers, helpers = candidates.seekers, candidates.places.size
    most = int(candidates.places.max(initial=0)) + 1
    return _State(
        candidates.start,
        candidates.helper,
        weight,
        candidates.places,
        match=np.full(seekers, -1, dtype=np.int32),
        worth=np.zeros(seekers, dtype=np.int64),
        taken=np.full((helpers, most), -1, dtype=np.int32),
        count=np.zeros(helpers, dtype=np.int64),
        weakest=np.full(helpers, -1, dtype=np.int32),
        price=np.zeros(helpers, dtype=np.int64),
        loss=np.full((helpers, helpers), FAR, dtype=np.int64),
        mover=np.full((helpers, helpers), -1, dtype=np.int32),
        far=np.full(helpers, FAR, dtype=np.int64),
        came_from=np.full(helpers, -1, dtype=np.int32),
        done=np.zeros(helpers, dtype=np.bool_),
    )


@kernel
def _assign(state: Any, order: Any) -> None:
    """Give each seeker in turn the best that leaves everybody together best off."""
    for seeker in order:
        gain = np.int64(0)
        for edge in range(state.start[seeker], state.start[seeker + 1]):
            one = state.helper[edge]
            if state.places[one] > 0:
                gain = max(gain, state.weight[edge] - state.price[one])
        if gain == 0:
            continue
        end, leaving, least = _search(state, seeker, gain)
        for one in range(state.price.size):
            if state.done[one] and state.far[one] < least:
                state.price[one] += least - state.far[one]
        if end >= 0:
            _shift(state, seeker, end, leaving)


@kernel
def _search(state: Any, seeker: Any, gain: Any) -> Any:
    """Dijkstra's way from a seeker over helpers, each step as long as what it loses.

    The helper it ends at (-1: the seeker waits), who leaves there (-1: a place was free) and its length.
    """
    helpers = state.price.size
    for one in range(helpers):
        state.far[one], state.done[one] = FAR, state.places[one] == 0
    end: Any = np.int64(-1)
    leaving: Any = np.int64(-1)
    least: Any = gain
    nearest: Any = np.int64(-1)
    length: Any = least
    for edge in range(state.start[seeker], state.start[seeker + 1]):
        other = np.int64(state.helper[edge])
        if state.places[other] > 0:
            state.far[other] = gain + state.price[other] - state.weight[edge]
            state.came_from[other] = -1
            if state.far[other] < length:
                nearest, length = other, state.far[other]
    while nearest >= 0:
        if state.count[nearest] < state.places[nearest]:
            return nearest, np.int64(-1), length
        state.done[nearest] = True
        weakest = np.int64(state.weakest[nearest])
        base = length - state.price[nearest]
        if base + state.worth[weakest] < least:
            end, leaving, least = nearest, weakest, base + state.worth[weakest]
        loss, current = state.loss[nearest], nearest
        nearest, length = np.int64(-1), least
        for one in range(helpers):
            if state.done[one]:
                continue
            reach = base + loss[one] + state.price[one]
            if reach < state.far[one]:
                state.far[one], state.came_from[one] = reach, current
            if state.far[one] < length:
                nearest, length = np.int64(one), state.far[one]
    return end, leaving, least


@kernel
def _shift(state: Any, seeker: Any, end: Any, leaving: Any) -> None:
    """Everybody on the way moves on by one helper."""
    if leaving >= 0:
        state.match[leaving] = -1
    while end >= 0:
        before = np.int64(state.came_from[end])
        comes = np.int64(seeker) if before < 0 else np.int64(state.mover[before, end])
        if leaving < 0:
            state.taken[end, state.count[end]] = comes
            state.count[end] += 1
        else:
            for place in range(state.count[end]):
                if state.taken[end, place] == leaving:
                    state.taken[end, place] = comes
        state.match[comes] = end
        _weigh(state, end)
        end, leaving = before, comes


@kernel
def _weigh(state: Any, one: Any) -> None:
    """Count anew who of a helper's seekers is weakest, and who would move on at what loss."""
    loss, mover = state.loss[one], state.mover[one]
    loss[:] = FAR
    lowest = FAR
    for place in range(state.count[one]):
        seeker = state.taken[one, place]
        first, last = state.start[seeker], state.start[seeker + 1]
        for edge in range(first, last):
            if state.helper[edge] == one:
                state.worth[seeker] = state.weight[edge]
        worth = state.worth[seeker]
        if worth < lowest:
            lowest, state.weakest[one] = worth, seeker
        for edge in range(first, last):
            other = state.helper[edge]
            if worth - state.weight[edge] < loss[other]:
                loss[other], mover[other] = worth - state.weight[edge], seeker
