"""The plan being made: every pair's exact gain at hand, kept true as boosts are given and taken back.

For appeal a and relay r, `unseen[a, r]` is Σ relevance × the chance of not having seen a yet, over
the audience of r: boosting a through r brings attention_r × unseen[a, r]. It starts from one
histogram of classes per relay; afterwards a boost touches only the relays that share members with
it, found through the follows turned around (member -> relays).
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from colibri.compute.planning.fairness import sharpness
from colibri.compute.planning.kernel import kernel
from colibri.compute.planning.kinds import bring_alone
from colibri.compute.planning.problem import Problem

__all__ = [
    "BLOCKED",
    "CLOSED",
    "LEAST_STEP",
    "OPEN",
    "SURE",
    "TAKEN",
    "Day",
    "fits",
    "give",
    "missed",
    "open_day",
    "pairs_of",
    "slot_of",
    "take",
    "turn",
]

CLOSED, OPEN, TAKEN, BLOCKED = 0, 1, 2, 3
SURE = 1.0 - 1e-6
"""The search treats a higher attention as this one, so that a boost can be taken back by division."""

LEAST_STEP = 1e-9
"""A step counts when it is worth more than this share of the visibility of the appeal it is taken for."""


class Day(NamedTuple):
    """Arrays the kernels share; those of the problem are read-only, the others change in place."""

    start: NDArray[np.int64]
    member: NDArray[np.uint32]
    follow_start: NDArray[np.int64]  # the same follows turned around: member -> relays
    follow_relay: NDArray[np.int32]
    member_class: NDArray[np.int32]
    relevance: NDArray[np.float32]
    attention: NDArray[np.float64]
    appeal_cap: NDArray[np.int32]
    minimum: NDArray[np.int32]  # boosts an appeal keeps while others are sought for it
    member_cap: int  # -1: none
    alpha: float
    inertia: float  # what changing a boost of the plan before must bring at least
    pair: NDArray[np.uint8]  # A×R: CLOSED, OPEN, TAKEN or BLOCKED by the members' cap
    unseen: NDArray[np.float64]  # A×R
    visibility: NDArray[np.float64]
    slot_start: NDArray[np.int64]  # relay -> its boosts of the day
    slot_relay: NDArray[np.int32]
    slot_appeal: NDArray[np.int32]  # -1: not given yet
    slot_before: NDArray[np.int32]  # the appeal of the plan before, -1: none
    head: NDArray[np.int32]  # appeal -> its first slot; `after` and `before` link the others
    after: NDArray[np.int32]
    before: NDArray[np.int32]
    free: NDArray[np.int32]  # boosts each relay has left
    received: NDArray[np.int32]
    shown: NDArray[np.int32]  # member -> distinct appeals boosted to it, before and now


def open_day(problem: Problem, inertia: float = 0.0) -> Day:
    """A day with no boost given yet."""
    relays, appeals, members = problem.relays, problem.appeals, problem.members
    budget = np.minimum(problem.budget, appeals).astype(np.int32)
    slot_start = np.zeros(relays + 1, dtype=np.int64)
    np.cumsum(budget, out=slot_start[1:])
    slots = int(slot_start[-1])
    follow_start, follow_relay = turn(problem.audience_start, problem.audience_member, members)
    return Day(
        start=problem.audience_start,
        member=problem.audience_member,
        follow_start=follow_start,
        follow_relay=follow_relay,
        member_class=problem.member_class,
        relevance=problem.relevance,
        attention=np.minimum(problem.attention.astype(np.float64), SURE),
        appeal_cap=problem.appeal_cap,
        minimum=np.zeros(appeals, dtype=np.int32),
        member_cap=-1 if problem.member_cap is None else problem.member_cap,
        alpha=sharpness(problem.alpha),
        inertia=float(inertia),
        pair=_pairs(problem),
        unseen=_unseen(problem),
        visibility=problem.prior.copy(),
        slot_start=slot_start,
        slot_relay=np.repeat(np.arange(relays, dtype=np.int32), budget),
        slot_appeal=np.full(slots, -1, dtype=np.int32),
        slot_before=np.full(slots, -1, dtype=np.int32),
        head=np.full(appeals, -1, dtype=np.int32),
        after=np.full(slots, -1, dtype=np.int32),
        before=np.full(slots, -1, dtype=np.int32),
        free=budget,
        received=np.zeros(appeals, dtype=np.int32),
        shown=np.zeros(members, dtype=np.int32) if problem.shown is None else problem.shown.copy(),
    )


def pairs_of(day: Day) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Relays and appeals of the boosts given, in order of relay, then appeal."""
    given = np.flatnonzero(day.slot_appeal >= 0)
    given = given[np.lexsort((day.slot_appeal[given], day.slot_relay[given]))]
    return day.slot_relay[given], day.slot_appeal[given]


def _unseen(problem: Problem) -> NDArray[np.float64]:
    """What each relay's audience is worth to each appeal, before anybody saw it."""
    unseen = np.zeros((problem.appeals, problem.relays), dtype=np.float64)
    bring_alone(problem, problem.relevance, np.ones(problem.relays), unseen.T)
    return unseen


def _pairs(problem: Problem) -> NDArray[np.uint8]:
    if problem.allowed is None:
        return np.full((problem.appeals, problem.relays), OPEN, dtype=np.uint8)
    start, item = problem.allowed
    pair = np.full((problem.appeals, problem.relays), CLOSED, dtype=np.uint8)
    pair[item, np.repeat(np.arange(problem.relays), np.diff(start))] = OPEN
    return pair


@kernel
def turn(start: Any, member: Any, members: int) -> Any:
    """Follows turned around: where the relays of each member start (int64, U+1), and they (int32, E)."""
    turned_start = np.zeros(members + 1, dtype=np.int64)
    for place in range(member.size):
        turned_start[np.int64(member[place])] += 1
    total = 0
    for one in range(members + 1):
        total += int(turned_start[one])
        turned_start[one] = total  # where it ends: filled from the back, it is where it starts
    relay_of = np.empty(member.size, dtype=np.int32)
    for relay in range(start.size - 2, -1, -1):
        for place in range(start[relay], start[relay + 1]):
            follower = np.int64(member[place])
            turned_start[follower] -= 1
            relay_of[turned_start[follower]] = relay
    return turned_start, relay_of


@kernel
def missed(day: Any, one: int, pair: Any, but: int) -> float:
    """The chance that a member missed an appeal, given its row of `pair`, one relay left out.

    Above 1 (it is 2) where no other relay of the appeal is followed, which an attention of zero would hide.
    """
    chance = 1.0
    reached = False
    for follow in range(day.follow_start[one], day.follow_start[one + 1]):
        relay = day.follow_relay[follow]
        if pair[relay] == TAKEN and relay != but:
            chance *= 1.0 - day.attention[relay]
            reached = True
    return chance if reached else 2.0


@kernel
def _shift(day: Any, relay: int, appeal: int, sign: int) -> float:
    """Count the relay's audience as shown the appeal (sign 1) or no longer (-1); the visibility it brings."""
    attention = day.attention[relay]
    worth, unseen, pair = day.relevance[appeal], day.unseen[appeal], day.pair[appeal]
    total = 0.0
    for place in range(day.start[relay], day.start[relay + 1]):
        one = day.member[place]
        seen = attention * worth[day.member_class[one]]
        chance = missed(day, one, pair, relay)
        if chance > 1.0:
            if day.member_cap >= 0:
                day.shown[one] += sign
        else:
            seen *= chance
        if seen > 0.0:
            total += seen
            change = seen * sign
            for follow in range(day.follow_start[one], day.follow_start[one + 1]):
                unseen[day.follow_relay[follow]] -= change
    return total


@kernel
def fits(day: Any, relay: int, appeal: int) -> bool:
    """Whether no member of the relay's audience would be shown more appeals than the members' cap."""
    if day.member_cap < 0:
        return True
    for place in range(day.start[relay], day.start[relay + 1]):
        one = day.member[place]
        if day.shown[one] >= day.member_cap and missed(day, one, day.pair[appeal], relay) > 1.0:
            return False
    return True


@kernel
def give(day: Any, relay: int, appeal: int) -> int:
    """Give a boost in a free slot of the relay and return the slot."""
    slot = day.slot_start[relay]
    while day.slot_appeal[slot] >= 0:
        slot += 1
    day.visibility[appeal] += _shift(day, relay, appeal, 1)
    first = day.head[appeal]
    day.slot_appeal[slot] = appeal
    day.after[slot] = first
    day.before[slot] = -1
    if first >= 0:
        day.before[first] = slot
    day.head[appeal] = slot
    day.free[relay] -= 1
    day.received[appeal] += 1
    day.pair[appeal, relay] = TAKEN
    return int(slot)


@kernel
def take(day: Any, slot: int) -> None:
    """Take the boost of a slot back."""
    relay, appeal = day.slot_relay[slot], day.slot_appeal[slot]
    day.visibility[appeal] -= _shift(day, relay, appeal, -1)
    earlier, later = day.before[slot], day.after[slot]
    if earlier >= 0:
        day.after[earlier] = later
    else:
        day.head[appeal] = later
    if later >= 0:
        day.before[later] = earlier
    day.slot_appeal[slot] = -1
    day.free[relay] += 1
    day.received[appeal] -= 1
    day.pair[appeal, relay] = OPEN


@kernel
def slot_of(day: Any, relay: int, appeal: int) -> int:
    """The slot in which a relay boosts an appeal, -1 where it does not."""
    for slot in range(day.slot_start[relay], day.slot_start[relay + 1]):
        if day.slot_appeal[slot] == appeal:
            return int(slot)
    return -1
