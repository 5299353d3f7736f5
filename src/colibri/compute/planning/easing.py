"""Readers who follow many relays: tolls that lead their relays to boost the same appeals.

Where the members' cap binds, boosts that are given one by one soon find every way closed. So here the cap may
be passed for a while, at a price: each reader shown too much asks a toll for one more appeal, which grows as
long as they are (as constraints grow heavier in breakout local search: Morris 1993). Relays in turn choose
again what is best after tolls: an appeal such a reader sees through another relay already costs nothing.
At last the boosts that still break the cap are taken back, those that cost least.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from colibri.compute.planning.day import OPEN, TAKEN, Day, give, slot_of, take
from colibri.compute.planning.fairness import rise
from colibri.compute.planning.filling import fill
from colibri.compute.planning.kernel import kernel

__all__ = ["Crowd", "crowd_of", "ease"]

PASSES = 60
"""Times each relay chooses again."""

FIRST, LAST = 0.004, 0.06
"""What a toll grows by for each appeal too many, in the first and the last pass, as a share of what a boost
brings on average."""


class Crowd(NamedTuple):
    """Members whose relays together offer more boosts than the members' cap leaves, by relay."""

    start: NDArray[np.int64]  # R+1
    member: NDArray[np.int64]
    before: NDArray[np.int32]  # appeals each member was shown before, U
    toll: NDArray[np.float64]  # U


def crowd_of(day: Day) -> Crowd:
    """The members for whom the cap can bind on a day with no boost; nobody where there is none."""
    before, toll = day.shown.copy(), np.zeros(day.shown.size)
    if day.member_cap < 0:
        return Crowd(np.zeros(day.start.size, dtype=np.int64), np.zeros(0, dtype=np.int64), before, toll)
    budget = np.diff(day.slot_start)
    offered = np.diff(_sums(budget[day.follow_relay])[day.follow_start])
    busy = (offered + before)[day.member] > day.member_cap
    start = _sums(busy)[day.start]
    return Crowd(start, day.member[busy].astype(np.int64), before, toll)


def _sums(values: NDArray[Any]) -> NDArray[np.int64]:
    """How much comes before each place, and all of it."""
    return np.concatenate(([0], np.cumsum(values, dtype=np.int64)))


def ease(day: Day, crowd: Crowd, rng: np.random.Generator, work_limit: int) -> int:
    """Give boosts to a day that has none, so that the members' cap holds; the work done.

    Within `work_limit` looks (one pass is made anyway) relays choose again, in an order drawn from `rng`.
    """
    fill(day._replace(member_cap=np.iinfo(np.int32).max))
    relays = np.flatnonzero(np.diff(day.slot_start) > 0)
    members, work = _members(crowd), 0
    for turn in range(PASSES):
        unit = float(np.median(day.visibility))
        brought, given, looks = _choose_again(day, crowd, rng.permutation(relays), unit)
        work += int(looks)
        over = np.maximum(0, day.shown[members] - np.maximum(crowd.before[members], day.member_cap))
        done = max((turn + 1) / PASSES, work / max(1, work_limit))
        if not over.any() or done >= 1.0:
            break
        step = FIRST * (LAST / FIRST) ** done * brought / max(1, given)
        if not np.isfinite(step):
            break  # what is seen by nobody yet is worth more than any toll
        crowd.toll[members] += step * over
    _relieve(day, members)
    return work


def _members(crowd: Crowd) -> NDArray[np.int64]:
    """The members of a crowd, each once, in order."""
    ordered = np.sort(crowd.member)
    return ordered[np.diff(ordered, prepend=-1) > 0]


@kernel
def _choose_again(day: Any, crowd: Any, order: Any, unit: float) -> Any:
    """Let each relay in `order` choose its boosts anew, given those of the others.

    What the boosts bring in all, how many they are, and the looks taken.
    """
    appeals = day.visibility.size
    brings, spared = np.empty(appeals), np.empty(appeals)
    met = np.zeros(appeals + 1, dtype=np.int64)  # the look in which each appeal was met last; how many looks
    most = 0
    for relay in order:
        most = max(most, crowd.start[relay + 1] - crowd.start[relay])
    room = np.empty(most, dtype=np.int64)
    chosen = np.empty(appeals, dtype=np.int64)
    total, given, looks = 0.0, 0, 0
    for relay in order:
        budget = day.slot_start[relay + 1] - day.slot_start[relay]
        _weigh(day, relay, unit, brings)
        looks += appeals + _count_room(day, crowd, relay, room, spared, met)
        count = 0
        while count < budget:
            full = _spare(day, crowd, relay, room, spared, met)
            best, least = -1, 0.0
            for appeal in range(appeals):
                if brings[appeal] > 0.0 and brings[appeal] - full + spared[appeal] > least:
                    least = brings[appeal] - full + spared[appeal]
                    best = appeal
            if best < 0:
                break
            total += brings[best]
            brings[best] = -1.0
            chosen[count] = best
            count += 1
            _fill_room(day, crowd, relay, best, room)
        given += count
        _change(day, relay, chosen[:count])
    return total, given, looks


@kernel
def _weigh(day: Any, relay: int, unit: float, brings: Any) -> None:
    """What each appeal would gain by a boost of the relay, which has none of them yet; -1: not possible."""
    chance = day.attention[relay]
    for appeal in range(brings.size):
        pair = day.pair[appeal, relay]
        brings[appeal] = -1.0
        gain = chance * day.unseen[appeal, relay] / unit
        now = day.visibility[appeal] / unit
        if pair == TAKEN:
            brings[appeal] = rise(day.alpha, now - gain / (1.0 - chance), now)
        elif pair == OPEN and day.received[appeal] < day.appeal_cap[appeal]:
            brings[appeal] = rise(day.alpha, now, now + gain)


@kernel
def _count_room(day: Any, crowd: Any, relay: int, room: Any, spared: Any, met: Any) -> int:
    """How many more appeals each follower in the crowd may be shown beside what others show; looks taken."""
    looks = 0
    for place in range(crowd.start[relay], crowd.start[relay + 1]):
        one = crowd.member[place]
        shown = _meet(day, one, relay, met, spared, 0.0)
        room[place - crowd.start[relay]] = day.member_cap - crowd.before[one] - shown
        looks += shown
    return looks


@kernel
def _meet(day: Any, one: int, but: int, met: Any, spared: Any, toll: float) -> int:
    """Meet the appeals a member is shown by others than one relay, each once; with a toll it is `spared`."""
    met[-1] += 1
    count = 0
    for follow in range(day.follow_start[one], day.follow_start[one + 1]):
        other = day.follow_relay[follow]
        if other == but:
            continue
        for slot in range(day.slot_start[other], day.slot_start[other + 1]):
            appeal = day.slot_appeal[slot]
            if appeal >= 0 and met[appeal] != met[-1]:
                met[appeal] = met[-1]
                count += 1
                if toll > 0.0:
                    spared[appeal] += toll
    return count


@kernel
def _spare(day: Any, crowd: Any, relay: int, room: Any, spared: Any, met: Any) -> float:
    """The tolls of one more appeal in all; `spared` is what those pay not who see an appeal already."""
    spared[:] = 0.0
    full = 0.0
    for place in range(crowd.start[relay], crowd.start[relay + 1]):
        one = crowd.member[place]
        if room[place - crowd.start[relay]] <= 0 and crowd.toll[one] > 0.0:
            full += crowd.toll[one]
            _meet(day, one, relay, met, spared, crowd.toll[one])
    return full


@kernel
def _fill_room(day: Any, crowd: Any, relay: int, appeal: int, room: Any) -> None:
    """Count an appeal for the followers in the crowd who do not see it through others."""
    pair = day.pair[appeal]
    for place in range(crowd.start[relay], crowd.start[relay + 1]):
        one = crowd.member[place]
        for follow in range(day.follow_start[one], day.follow_start[one + 1]):
            other = day.follow_relay[follow]
            if other != relay and pair[other] == TAKEN:
                break
        else:
            room[place - crowd.start[relay]] -= 1


@kernel
def _change(day: Any, relay: int, chosen: Any) -> None:
    """Give the relay these boosts in the place of those it has."""
    for slot in range(day.slot_start[relay], day.slot_start[relay + 1]):
        if day.slot_appeal[slot] >= 0:
            kept = False
            for place in range(chosen.size):
                if chosen[place] == day.slot_appeal[slot]:
                    chosen[place] = -1
                    kept = True
            if not kept:
                take(day, slot)
    for appeal in chosen:
        if appeal >= 0:
            give(day, relay, appeal)


@kernel
def _relieve(day: Any, members: Any) -> None:
    """Take back the appeals that cost least until no member is shown too much."""
    lost = np.zeros(day.visibility.size)
    for one in members:
        while day.shown[one] > day.member_cap:
            lost[:] = 0.0
            for follow in range(day.follow_start[one], day.follow_start[one + 1]):
                relay = day.follow_relay[follow]
                chance = day.attention[relay]
                for slot in range(day.slot_start[relay], day.slot_start[relay + 1]):
                    appeal = day.slot_appeal[slot]
                    if appeal >= 0:
                        share = chance * day.unseen[appeal, relay] / day.visibility[appeal]
                        lost[appeal] += max(share / (1.0 - chance), 1e-300)
            appeal = _least(lost)
            if appeal < 0:  # too much was shown before
                break
            _hide(day, one, appeal)


@kernel
def _least(lost: Any) -> int:
    """The appeal with the least of what is not zero."""
    best = -1
    for appeal in range(lost.size):
        if lost[appeal] > 0.0 and (best < 0 or lost[appeal] < lost[best]):
            best = appeal
    return best


@kernel
def _hide(day: Any, one: int, appeal: int) -> None:
    """Take an appeal back from every relay the member follows."""
    for follow in range(day.follow_start[one], day.follow_start[one + 1]):
        relay = day.follow_relay[follow]
        if day.pair[appeal, relay] == TAKEN:
            take(day, slot_of(day, relay, appeal))
