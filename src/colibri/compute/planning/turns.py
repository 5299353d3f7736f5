"""A plan for any size: relays, the most heard first, answer in turn, and need no table of all pairs.

Appeals of one kind matter alike to everybody, so that what a relay would bring one of them alone is known once
for the kind; and of a kind, whoever was seen least comes first. A relay thus looks at the head of each kind, and
apart from that only at the appeals its own followers are shown already, where overlap counts: those are found
through the follows turned around. Time and memory grow with follows, with relays × kinds and with the meetings
of relays in their followers, not with relays × appeals.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from colibri.compute.planning.day import turn
from colibri.compute.planning.fairness import merit, sharpness
from colibri.compute.planning.kernel import kernel
from colibri.compute.planning.kinds import Kinds
from colibri.compute.planning.problem import Problem

__all__ = ["Circle", "answer_in_turn", "open_circle"]


class Circle(NamedTuple):
    """Arrays the kernels share."""

    start: NDArray[np.int64]
    member: NDArray[np.uint32]
    follow_start: NDArray[np.int64]  # member -> relays; empty where overlap is left out
    follow_relay: NDArray[np.int32]
    member_class: NDArray[np.int32]
    attention: NDArray[np.float64]
    appeal_cap: NDArray[np.int32]
    member_cap: int  # -1: none
    alpha: float
    kind: NDArray[np.int32]  # of each appeal
    relevance: NDArray[np.float32]  # kind × class
    alone: NDArray[np.float32]  # relay × kind: what a boost brings alone
    allowed_start: NDArray[np.int64]  # empty: every pair is allowed
    allowed: NDArray[np.int32]
    visibility: NDArray[np.float64]
    received: NDArray[np.int32]
    slot_start: NDArray[np.int64]
    slot_appeal: NDArray[np.int32]  # -1: not given
    slot_brings: NDArray[np.float64]  # what the boost added when it was given
    kind_start: NDArray[np.int64]
    queue: NDArray[np.int32]  # the appeals of each kind, least seen first
    place: NDArray[np.int32]  # of each appeal in `queue`


class Sight(NamedTuple):
    """What one relay's followers are shown by the others: room to work in, A each."""

    seen_by: NDArray[np.int64]  # the turn in which the appeal was met
    seen_of: NDArray[np.int64]  # the follower who was looked at last
    missed: NDArray[np.float64]  # chance that this follower missed it
    lost: NDArray[np.float64]  # relevance of those who saw it already, by their chance of having seen it
    full: NDArray[np.int32]  # followers shown as many as they may be, this appeal among them
    met: NDArray[np.int32]  # the appeals met, and of one follower
    own: NDArray[np.int32]


def open_circle(problem: Problem, kinds: Kinds, *, overlap: bool) -> Circle:
    """A circle in which nothing was given yet."""
    relays, appeals = problem.relays, problem.appeals
    slot_start = np.zeros(relays + 1, dtype=np.int64)
    np.cumsum(np.minimum(problem.budget, appeals), out=slot_start[1:])
    if overlap:
        follow_start, follow_relay = turn(problem.audience_start, problem.audience_member, problem.members)
    else:
        follow_start, follow_relay = np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int32)
    empty = np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int32)
    allowed_start, allowed = empty if problem.allowed is None else problem.allowed
    queue = np.lexsort((problem.prior, kinds.kind)).astype(np.int32)
    kind_start = np.zeros(kinds.relevance.shape[0] + 1, dtype=np.int64)
    np.cumsum(np.bincount(kinds.kind, minlength=kinds.relevance.shape[0]), out=kind_start[1:])
    place = np.empty(appeals, dtype=np.int32)
    place[queue] = np.arange(appeals, dtype=np.int32)
    return Circle(
        start=problem.audience_start,
        member=problem.audience_member,
        follow_start=follow_start,
        follow_relay=follow_relay,
        member_class=problem.member_class,
        attention=problem.attention.astype(np.float64),
        appeal_cap=problem.appeal_cap,
        member_cap=-1 if problem.member_cap is None else problem.member_cap,
        alpha=sharpness(problem.alpha),
        kind=kinds.kind,
        relevance=kinds.relevance,
        alone=kinds.alone,
        allowed_start=allowed_start,
        allowed=allowed,
        visibility=problem.prior.copy(),
        received=np.zeros(appeals, dtype=np.int32),
        slot_start=slot_start,
        slot_appeal=np.full(int(slot_start[-1]), -1, dtype=np.int32),
        slot_brings=np.zeros(int(slot_start[-1])),
        kind_start=kind_start,
        queue=queue,
        place=place,
    )


@kernel
def answer_in_turn(circle: Any, order: Any, rounds: int) -> None:
    """Let every relay in `order` take back its boosts and give its best ones, round after round."""
    appeals = circle.visibility.size
    sight = Sight(
        np.full(appeals, -1, dtype=np.int64), np.full(appeals, -1, dtype=np.int64), np.ones(appeals),
        np.zeros(appeals), np.zeros(appeals, dtype=np.int32), np.empty(appeals, dtype=np.int32),
        np.empty(appeals, dtype=np.int32),
    )  # fmt: skip
    turn_now = np.int64(0)
    for _ in range(rounds):
        for relay in order:
            first, last = circle.slot_start[relay], circle.slot_start[relay + 1]
            if first == last:
                continue
            for slot in range(first, last):
                if circle.slot_appeal[slot] >= 0:
                    _take_back(circle, slot)
            turn_now += 1
            met, busiest, full = _look(circle, sight, relay, turn_now)
            for slot in range(first, last):
                given = slot - first
                if circle.member_cap >= 0 and given > 0 and busiest + given >= circle.member_cap:
                    turn_now += 1
                    met, busiest, full = _look(circle, sight, relay, turn_now)
                appeal, gain = _best(circle, sight, relay, turn_now, met, full)
                if appeal < 0:
                    break
                _give(circle, slot, appeal, gain)


@kernel
def _look(circle: Any, sight: Any, relay: int, turn_now: Any) -> Any:
    """Note what the relay's followers are shown by others and, of its own boosts, by itself.

    How many appeals were met, how many the busiest follower is shown, and how many followers are full.
    """
    met, busiest, full = 0, 0, 0
    if circle.follow_start.size == 0:
        return met, busiest, full
    for spot in range(circle.start[relay], circle.start[relay + 1]):
        one = np.int64(circle.member[spot])
        token = spot + turn_now * circle.member.size
        shown = 0
        kind_of_one = circle.member_class[one]
        for follow in range(circle.follow_start[one], circle.follow_start[one + 1]):
            other = circle.follow_relay[follow]
            for slot in range(circle.slot_start[other], circle.slot_start[other + 1]):
                appeal = circle.slot_appeal[slot]
                if appeal < 0:
                    break
                if sight.seen_by[appeal] != turn_now:
                    sight.seen_by[appeal] = turn_now
                    sight.lost[appeal] = 0.0
                    sight.full[appeal] = 0
                    sight.met[met] = appeal
                    met += 1
                if sight.seen_of[appeal] != token:
                    sight.seen_of[appeal] = token
                    sight.missed[appeal] = 1.0
                    sight.own[shown] = appeal
                    shown += 1
                if other != relay:
                    saw = sight.missed[appeal] * circle.attention[other]
                    sight.missed[appeal] -= saw
                    sight.lost[appeal] += saw * circle.relevance[circle.kind[appeal], kind_of_one]
        busiest = max(busiest, shown)
        if circle.member_cap >= 0 and shown >= circle.member_cap:
            full += 1
            for index in range(shown):
                sight.full[sight.own[index]] += 1
    return met, busiest, full


@kernel
def _best(circle: Any, sight: Any, relay: int, turn_now: Any, met: int, full: int) -> Any:
    """The appeal to which one more boost of the relay is worth most, and what it brings; -1: none."""
    best, most, brings = -1, -np.inf, 0.0
    alone, attention = circle.alone[relay], circle.attention[relay]
    if circle.allowed_start.size:
        for index in range(circle.allowed_start[relay], circle.allowed_start[relay + 1]):
            appeal = circle.allowed[index]
            here = sight.seen_by[appeal] == turn_now
            gain = alone[circle.kind[appeal]] - (attention * sight.lost[appeal] if here else 0.0)
            fits = full == 0 or (here and sight.full[appeal] == full)
            if fits and gain > 0.0 and _open(circle, relay, appeal):
                value = _value(circle.alpha, circle.visibility[appeal], gain)
                if value > most:
                    best, most, brings = appeal, value, gain
        return best, brings
    for index in range(met):
        appeal = sight.met[index]
        gain = alone[circle.kind[appeal]] - attention * sight.lost[appeal]
        if sight.full[appeal] == full and gain > 0.0 and _open(circle, relay, appeal):
            value = _value(circle.alpha, circle.visibility[appeal], gain)
            if value > most:
                best, most, brings = appeal, value, gain
    if full > 0:
        return best, brings
    for kind in range(alone.size):
        gain = np.float64(alone[kind])
        if gain <= 0.0:
            continue
        for spot in range(circle.kind_start[kind], circle.kind_start[kind + 1]):
            appeal = circle.queue[spot]
            value = _value(circle.alpha, circle.visibility[appeal], gain)
            if value <= most:
                break
            if sight.seen_by[appeal] != turn_now and _open(circle, relay, appeal):
                best, most, brings = appeal, value, gain
                break
    return best, brings


@kernel
def _open(circle: Any, relay: int, appeal: int) -> bool:
    if circle.received[appeal] >= circle.appeal_cap[appeal]:
        return False
    for slot in range(circle.slot_start[relay], circle.slot_start[relay + 1]):
        if circle.slot_appeal[slot] == appeal:
            return False
    return True


@kernel
def _value(alpha: float, now: Any, gain: Any) -> float:
    if alpha == 1.0:
        return float(gain / now)  # in the order of log(1 + gain / now), without the logarithm
    return merit(alpha, now, gain)


@kernel
def _give(circle: Any, slot: int, appeal: int, gain: float) -> None:
    circle.slot_appeal[slot] = appeal
    circle.slot_brings[slot] = gain
    circle.received[appeal] += 1
    circle.visibility[appeal] += gain
    _settle(circle, appeal)


@kernel
def _take_back(circle: Any, slot: int) -> None:
    appeal = circle.slot_appeal[slot]
    circle.slot_appeal[slot] = -1
    circle.received[appeal] -= 1
    circle.visibility[appeal] -= circle.slot_brings[slot]
    _settle(circle, appeal)


@kernel
def _settle(circle: Any, appeal: int) -> None:
    """Move an appeal to its place in the queue of its kind."""
    kind = circle.kind[appeal]
    first, last = circle.kind_start[kind], circle.kind_start[kind + 1]
    spot = circle.place[appeal]
    now = circle.visibility[appeal]
    while spot + 1 < last and circle.visibility[circle.queue[spot + 1]] < now:
        circle.queue[spot] = circle.queue[spot + 1]
        circle.place[circle.queue[spot]] = spot
        spot += 1
    while spot > first and circle.visibility[circle.queue[spot - 1]] > now:
        circle.queue[spot] = circle.queue[spot - 1]
        circle.place[circle.queue[spot]] = spot
        spot -= 1
    circle.queue[spot] = appeal
    circle.place[appeal] = spot
