"""A plan for any size: relays, the most heard first, answer in turn, and need no table of all pairs.

Appeals of one kind matter alike to everybody, so that what a relay would bring one of them alone is known
once for the kind; and of a kind, whoever was seen least comes first. A relay thus looks at the head of each
kind, and apart from that only at the appeals its own followers are shown already, where overlap counts: each
member keeps a list of those. Time and memory grow with follows, with relays × kinds and with how often relays
meet in their followers, not with relays × appeals.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from colibri.compute.planning.fairness import merit, sharpness
from colibri.compute.planning.kernel import kernel
from colibri.compute.planning.kinds import AHEAD, Kinds
from colibri.compute.planning.problem import Problem

__all__ = ["Circle", "answer_in_turn", "boosts_of", "go_on", "most_heard_first", "open_circle"]

MEMBER = np.dtype([("first", np.int64), ("shown", np.int32), ("kind", np.int32)], align=True)
"""Of each member: where its list starts (-1: it follows one relay, and needs none), how long it is, and its
class; side by side, for one look at memory."""

SHOWN = np.dtype([("appeal", np.int32), ("saw", np.float32)], align=True)
"""Of each appeal on a member's list: the member's relevance to it times the chance of having seen it."""

SIGHT = np.dtype([("met_by", np.int32), ("saw", np.float64)], align=True)
"""Of each appeal: the look in which it was met last, and what its followers saw of it already."""


class Circle(NamedTuple):
    """Arrays the kernels share."""

    start: NDArray[np.int64]
    member: NDArray[np.uint32]
    people: NDArray[np.void]  # of MEMBER, U; empty where overlap is left out
    shown: NDArray[np.void]  # of SHOWN: the members' lists
    sight: NDArray[np.void]  # of SIGHT, A: room to work in
    full: NDArray[np.int32]  # followers who are shown as many as they may be, this appeal among them, A
    met: NDArray[np.int32]  # the appeals met in a look, A
    ahead: NDArray[
        np.int64
    ]  # of the next followers: where their lists start, how long they are, a look at them
    attention: NDArray[np.float64]
    appeal_cap: NDArray[np.int32]
    member_cap: int  # -1: none
    alpha: float
    kind: NDArray[np.int32]  # of each appeal
    relevance: NDArray[np.float32]  # class × kind
    alone: NDArray[np.float32]  # relay × kind: what a boost brings alone
    allowed_start: NDArray[np.int64]  # empty: every pair is allowed
    allowed: NDArray[np.int32]
    visibility: NDArray[np.float64]
    received: NDArray[np.int32]
    slot_start: NDArray[np.int64]
    slot_appeal: NDArray[np.int32]  # -1: not given
    kind_start: NDArray[np.int64]
    queue: NDArray[np.int32]  # the appeals of each kind, least seen first
    place: NDArray[np.int32]  # of each appeal in `queue`


def open_circle(problem: Problem, kinds: Kinds, *, overlap: bool) -> Circle:
    """A circle in which nothing was given yet."""
    relays, appeals = problem.relays, problem.appeals
    slot_start = np.zeros(relays + 1, dtype=np.int64)
    np.cumsum(_budget(problem), out=slot_start[1:])
    people, shown = _lists(problem) if overlap else (np.zeros(0, dtype=MEMBER), np.zeros(0, dtype=SHOWN))
    sight = np.zeros(appeals, dtype=SIGHT)
    sight["met_by"] = -1
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
        people=people,
        shown=shown,
        sight=sight,
        full=np.zeros(appeals, dtype=np.int32),
        met=np.empty(appeals, dtype=np.int32),
        ahead=np.zeros((3, AHEAD), dtype=np.int64),
        attention=problem.attention.astype(np.float64),
        appeal_cap=problem.appeal_cap,
        member_cap=-1 if problem.member_cap is None else problem.member_cap,
        alpha=sharpness(problem.alpha),
        kind=kinds.kind,
        relevance=np.ascontiguousarray(kinds.relevance.T),
        alone=kinds.alone,
        allowed_start=allowed_start,
        allowed=allowed,
        visibility=problem.prior.copy(),
        received=np.zeros(appeals, dtype=np.int32),
        slot_start=slot_start,
        slot_appeal=np.full(int(slot_start[-1]), -1, dtype=np.int32),
        kind_start=kind_start,
        queue=queue,
        place=place,
    )


def most_heard_first(problem: Problem) -> NDArray[np.int64]:
    """The order in which relays answer."""
    return np.argsort(-(problem.attention * np.diff(problem.audience_start)), kind="stable")


def boosts_of(circle: Circle) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Relays and appeals of the boosts given, in order of relay, then appeal."""
    given = np.flatnonzero(circle.slot_appeal >= 0)
    count = np.diff(circle.slot_start)
    relay, appeal = np.repeat(np.arange(count.size, dtype=np.int32), count)[given], circle.slot_appeal[given]
    order = np.lexsort((appeal, relay))
    return relay[order], appeal[order]


def go_on(circle: Circle, order: NDArray[np.int64], visibility: NDArray[np.float64]) -> None:
    """Let these relays, who gave nothing yet, answer to appeals that have this visibility by now."""
    circle.visibility[:] = visibility
    circle.queue[:] = np.lexsort((visibility, circle.kind))
    circle.place[circle.queue] = np.arange(circle.queue.size, dtype=np.int32)
    circle.sight["met_by"] = -1
    answer_in_turn(circle, order, 1)


def _budget(problem: Problem) -> NDArray[np.int64]:
    """Boosts each relay can give without one follower being shown too much by it alone."""
    budget = np.minimum(problem.budget, problem.appeals).astype(np.int64)
    if problem.member_cap is None:
        return budget
    followed = np.diff(problem.audience_start) > 0
    return np.where(followed, np.minimum(budget, problem.member_cap), budget)


def _lists(problem: Problem) -> tuple[NDArray[np.void], NDArray[np.void]]:
    """An empty list for each member, with room for every boost of the relays they follow."""
    people = np.zeros(problem.members, dtype=MEMBER)
    people["kind"] = problem.member_class
    room = _make_room(problem.audience_start, problem.audience_member, _budget(problem), people)
    return people, np.zeros(room, dtype=SHOWN)


@kernel
def _make_room(start: Any, member: Any, budget: Any, people: Any) -> int:
    for relay in range(start.size - 1):
        for place in range(start[relay], start[relay + 1]):
            one = member[place]
            people[one].first += budget[relay]
            people[one].shown += 1
    total = 0
    for one in range(people.size):
        room = people[one].first
        people[one].first = total if people[one].shown > 1 else -1
        total += room if people[one].shown > 1 else 0
        people[one].shown = 0
    return int(total)


@kernel
def answer_in_turn(circle: Any, order: Any, rounds: int) -> None:
    """Let every relay in `order` give its best boosts; with overlap left out, again in further rounds."""
    look = 0
    for _ in range(rounds):
        for relay in order:
            first, last = circle.slot_start[relay], circle.slot_start[relay + 1]
            if first == last:
                continue
            for slot in range(first, last):
                if circle.slot_appeal[slot] >= 0:
                    _take_back(circle, relay, slot)
            look += 1
            met, busiest, full = _look(circle, relay, look, first, first)
            for slot in range(first, last):
                given = slot - first
                if circle.member_cap >= 0 and given > 0 and busiest + given >= circle.member_cap:
                    look += 1
                    met, busiest, full = _look(circle, relay, look, first, slot)
                appeal, gain = _best(circle, relay, look, met, full)
                if appeal < 0:
                    break
                circle.slot_appeal[slot] = appeal
                circle.received[appeal] += 1
                circle.visibility[appeal] += gain
                _settle(circle, appeal)
            if circle.people.size:
                _show(circle, relay, first, last, look)


@kernel
def _look(circle: Any, relay: int, look: int, first: int, last: int) -> tuple[Any, Any, Any]:
    """Note what the relay's followers are shown by others, and which of them are full.

    The slots from `first` to `last` are boosts the relay gives already, and count for whether followers are
    full. How many appeals were met, how many the busiest follower is shown, and how many followers are full.
    """
    met, busiest, full = 0, 0, 0
    if circle.people.size == 0:
        return met, busiest, full
    lists, sight, met_now, cap = circle.shown, circle.sight, circle.met, circle.member_cap
    final = circle.start[relay + 1]
    for origin in range(circle.start[relay], final, AHEAD):
        some = min(AHEAD, final - origin)
        _fetch(circle, origin, some)
        for index in range(some):
            begin, count = circle.ahead[0, index], circle.ahead[1, index]
            end = begin + count
            for place in range(begin, end):
                appeal = lists[place].appeal
                if sight[appeal].met_by != look:
                    sight[appeal].met_by = look
                    sight[appeal].saw = lists[place].saw
                    circle.full[appeal] = 0
                    met_now[met] = appeal
                    met += 1
                else:
                    sight[appeal].saw += lists[place].saw
            if cap >= 0:
                for slot in range(first, last):
                    if _place(lists, begin, end, circle.slot_appeal[slot]) < 0:
                        count += 1
                if count >= cap:
                    full += 1
                    for place in range(begin, end):
                        circle.full[lists[place].appeal] += 1
            if count > busiest:
                busiest = count
    return met, busiest, full


@kernel
def _fetch(circle: Any, origin: int, some: int) -> None:
    """Where the lists of some followers stand, and their ends read once.

    Looks that wait for nothing are made side by side by the processor; what follows finds them near.
    """
    people, lists, member, ahead = circle.people, circle.shown, circle.member, circle.ahead
    for index in range(some):
        one = member[origin + index]
        ahead[0, index] = people[one].first
        ahead[1, index] = people[one].shown
    for index in range(some):
        if ahead[1, index] > 0:
            ahead[2, index] = (
                lists[ahead[0, index]].appeal + lists[ahead[0, index] + ahead[1, index] - 1].appeal
            )


@kernel
def _place(lists: Any, begin: int, end: int, appeal: int) -> int:
    """Where an appeal stands on a member's list, -1 where it does not."""
    for place in range(begin, end):
        if lists[place].appeal == appeal:
            return int(place)
    return -1


@kernel
def _show(circle: Any, relay: int, first: int, last: int, look: int) -> None:
    """Put the relay's boosts on the lists of its followers, where there are others to compare with."""
    attention = np.float32(circle.attention[relay])
    people, lists, member, slots = circle.people, circle.shown, circle.member, circle.slot_appeal
    relevance, kinds = circle.relevance, circle.kind
    while last > first and slots[last - 1] < 0:
        last -= 1
    for spot in range(circle.start[relay], circle.start[relay + 1]):
        one = member[spot]
        begin, count = people[one].first, int(people[one].shown)
        if begin < 0:
            continue
        end = begin + count
        for slot in range(first, last):
            appeal = slots[slot]
            worth = relevance[people[one].kind, kinds[appeal]]
            place = -1
            if circle.sight[appeal].met_by == look:
                place = _place(lists, begin, begin + count, appeal)
            if place >= 0:
                lists[place].saw += (worth - lists[place].saw) * attention
            else:
                lists[end].appeal = appeal
                lists[end].saw = worth * attention
                end += 1
        people[one].shown = end - begin


@kernel
def _best(circle: Any, relay: int, look: int, met: int, full: int) -> Any:
    """The appeal to which one more boost of the relay is worth most, and what it brings; -1: none."""
    best, most, brings = -1, -np.inf, 0.0
    alone, attention = circle.alone[relay], circle.attention[relay]
    chosen = circle.allowed_start.size > 0
    first = circle.allowed_start[relay] if chosen else 0
    count = circle.allowed_start[relay + 1] - first if chosen else met
    for index in range(count):
        appeal = circle.allowed[first + index] if chosen else circle.met[index]
        here = circle.sight[appeal]
        is_met = here.met_by == look
        gain = np.float64(alone[circle.kind[appeal]])
        if is_met:
            gain -= attention * here.saw
        fits = full == 0 or (is_met and circle.full[appeal] == full)
        if fits and gain > 0.0:
            value = _value(circle.alpha, circle.visibility[appeal], gain)
            if value > most and _open(circle, relay, appeal):
                best, most, brings = appeal, value, gain
    if chosen or full > 0:
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
            if circle.sight[appeal].met_by != look and _open(circle, relay, appeal):
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
def _take_back(circle: Any, relay: int, slot: int) -> None:
    appeal = circle.slot_appeal[slot]
    circle.slot_appeal[slot] = -1
    circle.received[appeal] -= 1
    circle.visibility[appeal] -= np.float64(circle.alone[relay, circle.kind[appeal]])
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
