"""Beyond the first circle: how many boost in turn, under the independent cascade.

Whoever boosts somebody's post gets one try to move each of those who boost them: with the chance of the
edge they boost it too, and so on. The model and the weighted cascade are those of Kempe, Kleinberg and Tardos
(2003). It is counted in two ways: forward, cascade after cascade, and by reverse-reachable sets (Borgs,
Brautbar, Chayes and Lucier 2014): sets drawn once say the spread of any number of starts.
"""

from dataclasses import dataclass
from math import sqrt
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from colibri.compute.planning.kernel import kernel

__all__ = ["Influence", "ReverseSets", "Spread", "influence_of", "reverse_sets", "spread_of"]

CONFIDENT = 1.959963984540054
"""The normal quantile of an interval that holds in 95 of 100 cases."""


@dataclass(frozen=True, slots=True)
class Spread:
    """How much a start moves on average, the start itself included: `mean` within `low` and `high` (95 %).

    `drawn` is how many cascades or sets it was counted on.
    """

    mean: float
    low: float
    high: float
    drawn: int


@dataclass(frozen=True, eq=False)
class Influence:
    """Who may move whom, N people and E edges: whom `u` may move stands in `target[start[u]:start[u + 1]]`.

    `start` (int64, N+1), `target` (int32, E), `chance` (float64, E, 0 to 1). Raises ValueError naming the
    field and the first offending index.
    """

    start: NDArray[np.int64]
    target: NDArray[np.int32]
    chance: NDArray[np.float64]

    def __post_init__(self) -> None:
        start, target = np.asarray(self.start, np.int64), np.asarray(self.target, np.int32)
        chance = np.asarray(self.chance, np.float64)
        if start.ndim != 1 or start.size == 0 or start[0] != 0:
            raise ValueError("start[0]: is not 0, where the first one's begin")
        _refuse("start", start, np.r_[False, start[1:] < start[:-1]], "is less than the one before it")
        if start[-1] != target.size or target.size != chance.size:
            raise ValueError(
                f"start[{start.size - 1}]: {start[-1]} edges, {target.size} targets, {chance.size} chances"
            )
        _refuse("target", target, (target < 0) | (target >= start.size - 1), f"is not below {start.size - 1}")
        _refuse("chance", chance, ~((chance >= 0) & (chance <= 1)), "is not between 0 and 1")
        for name, value in (("start", start), ("target", target), ("chance", chance)):
            object.__setattr__(self, name, value)

    @property
    def people(self) -> int:
        """How many people, N."""
        return int(self.start.size - 1)

    @property
    def reversed(self) -> "Influence":
        """The same edges, from whom they may move to who may move them."""
        source = np.repeat(np.arange(self.people, dtype=np.int32), np.diff(self.start))
        return _edges(self.target, source, self.chance, self.people)


def influence_of(booster: ArrayLike, boosted: ArrayLike, times: ArrayLike, people: int) -> Influence:
    """The weighted cascade of past boosts: `booster[i]` boosted `boosted[i]` `times[i]` times.

    Who boosted ten times, three of them Ada, is moved by Ada with chance .3; of several lines for one pair
    the times add up. Raises ValueError naming the field and the first offending index.
    """
    who, whom = np.asarray(booster, np.int64), np.asarray(boosted, np.int64)
    count = np.asarray(times, np.float64)
    if not who.shape == whom.shape == count.shape or who.ndim != 1:
        raise ValueError("booster, boosted, times: expected three lists of one length")
    for name, value in (("booster", who), ("boosted", whom)):
        _refuse(name, value, (value < 0) | (value >= people), f"is not below {people}")
    _refuse("times", count, ~(np.isfinite(count) & (count >= 0)), "is not a count")
    pairs, place = np.unique(who * people + whom, return_inverse=True)
    together = np.bincount(place, weights=count, minlength=pairs.size)
    who, whom = pairs // people, pairs % people
    kept = (together > 0) & (who != whom)
    who, whom, together = who[kept], whom[kept], together[kept]
    given = np.bincount(who, weights=together, minlength=people)
    return _edges(whom, who, together / given[who], people)


def spread_of(
    influence: Influence,
    start: ArrayLike,
    *,
    cascades: int = 10_000,
    seed: int = 0,
    worth: ArrayLike | None = None,
) -> Spread:
    """Play `cascades` from all of `start` (people, int) at once. `worth` (float64, N) weighs each person
    moved, 1 where it is None. The same by `seed`, whatever the machine.
    """
    begin, value = _people("start", start, influence.people), _worth(worth, influence.people)
    total, squares = _play(
        influence.start,
        _packed(influence),
        begin,
        value,
        cascades,
        np.uint64(seed),
    )
    mean = total / cascades
    spare = sqrt(max(squares / cascades - mean * mean, 0.0) / cascades) * CONFIDENT
    return Spread(mean, mean - spare, mean + spare, cascades)


@dataclass(frozen=True, eq=False)
class ReverseSets:
    """Sets of those who could have moved somebody drawn by chance: set i is `member[start[i]:start[i + 1]]`.

    `total` is what all people are worth together.
    """

    start: NDArray[np.int64]
    member: NDArray[np.int32]
    people: int
    total: float

    def spread(self, start: ArrayLike) -> Spread:
        """The spread of some people at once: the share of sets that hold one of them (interval of Wilson)."""
        chosen = np.zeros(self.people, dtype=np.bool_)
        chosen[_people("start", start, self.people)] = True
        drawn = self.start.size - 1
        share = int(_held(self.start, self.member, chosen)) / drawn
        middle = share + CONFIDENT**2 / (2 * drawn)
        spare = CONFIDENT * sqrt(share * (1 - share) / drawn + CONFIDENT**2 / (4 * drawn * drawn))
        scale = self.total / (1 + CONFIDENT**2 / drawn)
        return Spread(share * self.total, (middle - spare) * scale, (middle + spare) * scale, drawn)


def reverse_sets(
    influence: Influence, count: int, *, seed: int = 0, worth: ArrayLike | None = None
) -> ReverseSets:
    """Draw `count` people, each as often as they are worth, and for each all who could have moved them."""
    value, back = _worth(worth, influence.people), influence.reversed
    rng = np.random.default_rng(seed)
    ends = np.cumsum(value)
    roots = np.searchsorted(ends, rng.random(count) * ends[-1], side="right").astype(np.int32)
    start, member = _reach_back(back.start, _packed(back), roots, np.uint64(seed))
    return ReverseSets(start, member, influence.people, float(ends[-1]))


def _edges(source: NDArray[Any], target: NDArray[Any], chance: NDArray[Any], people: int) -> Influence:
    order = np.lexsort((target, source))
    start = np.concatenate(([0], np.cumsum(np.bincount(source, minlength=people))))
    return Influence(start, target[order].astype(np.int32), chance[order])


def _refuse(field: str, values: NDArray[Any], wrong: NDArray[np.bool_], why: str) -> None:
    if wrong.any():
        first = int(np.argmax(wrong))
        raise ValueError(f"{field}[{first}]: {values[first]} {why}")


def _people(field: str, chosen: ArrayLike, people: int) -> NDArray[np.int32]:
    found = np.unique(np.asarray(chosen, dtype=np.int64).reshape(-1))
    _refuse(field, found, (found < 0) | (found >= people), f"is not below {people}")
    return found.astype(np.int32)


def _worth(worth: ArrayLike | None, people: int) -> NDArray[np.float64]:
    if worth is None:
        return np.ones(people)
    value = np.asarray(worth, dtype=np.float64)
    if value.shape != (people,):
        raise ValueError(f"worth: expected {people} values, found {value.size}")
    _refuse("worth", value, ~(np.isfinite(value) & (value >= 0)), "is not a weight")
    if not value.sum() > 0:
        raise ValueError("worth: nobody is worth anything")
    return value


def _packed(influence: Influence) -> NDArray[np.uint64]:
    """Each edge as one number, so that it is read at once: below the person, above the chance of 32 bits."""
    chance = np.minimum(np.round(influence.chance * 2.0**32), SURE).astype(np.uint64)
    return (chance << np.uint64(32)) | influence.target.astype(np.uint64)


SURE = 2**32 - 1
"""The chance that stands for certain; others are off by 2^-33 at most."""


@kernel
def _mixed(state: Any) -> Any:
    """The next of a fast sequence of 64 random bits (splitmix64, Steele, Lea and Flood 2014)."""
    z = state
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))


STEP, LOW = np.uint64(0x9E3779B97F4A7C15), np.uint64(2**32 - 1)


@kernel
def _play(start: Any, packed: Any, begin: Any, worth: Any, cascades: int, seed: Any) -> Any:
    """The sum of what was moved, and of its squares, over all cascades."""
    people = start.size - 1
    moved_in = np.full(people, -1, dtype=np.int32)
    line = np.empty(people, dtype=np.int32)
    total, squares = 0.0, 0.0
    for cascade in range(cascades):
        state = _mixed(seed * STEP + np.uint64(cascade + 1))
        first, last, sum_moved = 0, begin.size, 0.0
        for place in range(begin.size):
            line[place] = begin[place]
            moved_in[begin[place]] = cascade
            sum_moved += worth[begin[place]]
        while first < last:
            who = line[first]
            first += 1
            for edge in range(start[who], start[who + 1]):
                other = np.int64(packed[edge] & LOW)
                if moved_in[other] == cascade:
                    continue
                chance = packed[edge] >> np.uint64(32)
                if chance < SURE:
                    state += STEP
                    if (_mixed(state) >> np.uint64(32)) >= chance:
                        continue
                moved_in[other] = cascade
                line[last] = other
                last += 1
                sum_moved += worth[other]
        total += sum_moved
        squares += sum_moved * sum_moved
    return total, squares


@kernel
def _reach_back(start: Any, packed: Any, roots: Any, seed: Any) -> Any:
    """For each root all who could have moved it, one set after the other."""
    people = start.size - 1
    seen_in = np.full(people, -1, dtype=np.int32)
    begins = np.zeros(roots.size + 1, dtype=np.int64)
    member = np.empty(max(4 * roots.size, people), dtype=np.int32)
    count = 0
    for number in range(roots.size):
        if member.size - count < people:
            member = np.concatenate((member, np.empty(member.size, dtype=np.int32)))
        state = _mixed(seed * STEP + np.uint64(number + 1))
        first = count
        member[count] = roots[number]
        seen_in[roots[number]] = number
        count += 1
        while first < count:
            who = member[first]
            first += 1
            for edge in range(start[who], start[who + 1]):
                other = np.int64(packed[edge] & LOW)
                if seen_in[other] == number:
                    continue
                chance = packed[edge] >> np.uint64(32)
                if chance < SURE:
                    state += STEP
                    if (_mixed(state) >> np.uint64(32)) >= chance:
                        continue
                seen_in[other] = number
                member[count] = other
                count += 1
        begins[number + 1] = count
    return begins, member[:count].copy()


@kernel
def _held(start: Any, member: Any, chosen: Any) -> int:
    """How many sets hold somebody chosen."""
    held = 0
    for number in range(start.size - 1):
        for place in range(start[number], start[number + 1]):
            if chosen[member[place]]:
                held += 1
                break
    return held
