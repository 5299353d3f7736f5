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

from colibri.compute.planning.choosing import BEST, rank
from colibri.compute.planning.fairness import sharpness
from colibri.compute.planning.kernel import kernel
from colibri.compute.planning.kinds import AHEAD, Kinds
from colibri.compute.planning.problem import Problem
from colibri.compute.planning.readers import SHOWN, Readers, no_readers, open_readers, place_on

__all__ = [
    "Circle",
    "answer_in_turn",
    "boosts_of",
    "go_on",
    "most_heard_first",
    "open_circle",
    "with_readers",
]

COPIED = 4096
"""Places of readers' lists that are usually copied at once."""

SAW_LEAST = np.float32(1e-30)
"""What somebody saw of an appeal counts for at least so much, that is nothing, and is above zero."""


class Circle(NamedTuple):
    """Arrays the kernels share."""

    readers: Readers  # with none where overlap is left out
    met: NDArray[np.int32]  # the appeals a relay's readers are shown by others, A + 1
    saw: NDArray[np.float64]  # what readers saw of an appeal already, A; above zero where it is among them
    full: NDArray[np.int32]  # readers who are shown as many as they may be, this appeal among them, A
    best: NDArray[np.void]  # of BEST: the best of them, from the largest
    ahead: NDArray[np.int64]  # of the next readers: how long their lists are, a look at their ends
    copied: NDArray[np.void]  # of SHOWN: their lists one after the other
    some: NDArray[np.int32]  # the appeals one reader is shown, A
    near: NDArray[np.int64]  # where the lists of readers begin who may be shown too much by the relay
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
    kind_start: NDArray[np.int64]
    queue: NDArray[np.int32]  # the appeals of each kind, least seen first
    place: NDArray[np.int32]  # of each appeal in `queue`
    front: NDArray[np.float64]  # the least visibility of each kind, which is of its first appeal


def open_circle(problem: Problem, kinds: Kinds, *, overlap: bool) -> Circle:
    """A circle in which nothing was given yet."""
    relays, appeals = problem.relays, problem.appeals
    slot_start = np.zeros(relays + 1, dtype=np.int64)
    budget = _budget(problem)
    np.cumsum(budget, out=slot_start[1:])
    empty = np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int32)
    allowed_start, allowed = empty if problem.allowed is None else problem.allowed
    queue = np.lexsort((problem.prior, kinds.kind)).astype(np.int32)
    kind_start = np.zeros(kinds.relevance.shape[0] + 1, dtype=np.int64)
    np.cumsum(np.bincount(kinds.kind, minlength=kinds.relevance.shape[0]), out=kind_start[1:])
    place = np.empty(appeals, dtype=np.int32)
    place[queue] = np.arange(appeals, dtype=np.int32)
    visibility = problem.prior.copy()
    most = int(np.diff(problem.audience_start).max(initial=0))
    return Circle(
        readers=open_readers(problem, budget) if overlap else no_readers(),
        met=np.empty(appeals + 1, dtype=np.int32),
        saw=np.zeros(appeals),
        full=np.zeros(appeals, dtype=np.int32),
        best=np.empty(int(budget.max(initial=0)), dtype=BEST),
        ahead=np.zeros((2, AHEAD), dtype=np.int64),
        copied=np.empty(COPIED, dtype=SHOWN),
        some=np.empty(appeals, dtype=np.int32),
        near=np.empty(0 if problem.member_cap is None else most, dtype=np.int64),
        attention=problem.attention.astype(np.float64),
        appeal_cap=problem.appeal_cap,
        member_cap=-1 if problem.member_cap is None else problem.member_cap,
        alpha=sharpness(problem.alpha),
        kind=kinds.kind,
        relevance=kinds.relevance,
        alone=kinds.alone,
        allowed_start=allowed_start,
        allowed=allowed,
        visibility=visibility,
        received=np.zeros(appeals, dtype=np.int32),
        slot_start=slot_start,
        slot_appeal=np.full(int(slot_start[-1]), -1, dtype=np.int32),
        kind_start=kind_start,
        queue=queue,
        place=place,
        front=_fronts(visibility, kind_start, queue),
    )


def with_readers(circle: Circle, problem: Problem) -> Circle:
    """The same circle, overlap counted from here on: nobody's readers are shown anything yet."""
    return circle._replace(readers=open_readers(problem, _budget(problem)))


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
    circle.front[:] = _fronts(visibility, circle.kind_start, circle.queue)
    answer_in_turn(circle, order)


def _fronts(
    visibility: NDArray[np.float64], kind_start: NDArray[np.int64], queue: NDArray[np.int32]
) -> NDArray[np.float64]:
    return visibility[queue[kind_start[:-1]]]


def _budget(problem: Problem) -> NDArray[np.int64]:
    """Boosts each relay can give without one follower being shown too much by it alone."""
    budget = np.minimum(problem.budget, problem.appeals).astype(np.int64)
    if problem.member_cap is None:
        return budget
    followed = np.diff(problem.audience_start) > 0
    return np.where(followed, np.minimum(budget, problem.member_cap), budget)


@kernel
def answer_in_turn(circle: Any, order: Any) -> None:
    """Let every relay in `order` give its best boosts; what it gave before is taken back, as if no reader
    were shown it.
    """
    cap = circle.member_cap
    for relay in order:
        first, last = circle.slot_start[relay], circle.slot_start[relay + 1]
        if first == last:
            continue
        for slot in range(first, last):
            if circle.slot_appeal[slot] >= 0:
                _take_back(circle, relay, slot)
        met, near, busiest = _look(circle, relay, cap - (last - first))
        full, one, held, taken = 0, 0, 0, 0
        for slot in range(first, last):
            if cap >= 0 and busiest + slot - first >= cap:
                full, one = _count_full(circle, near, first, slot)
            if slot == first or full > 0:
                held, taken = rank(circle, relay, full, one, last - slot), 0
            if taken == held:
                break
            appeal = circle.best[taken].appeal
            circle.slot_appeal[slot] = appeal
            circle.received[appeal] += 1
            circle.visibility[appeal] += circle.best[taken].gain
            _settle(circle, appeal)
            taken += 1
        if circle.readers.shown.size:
            _show(circle, relay, first, last)
            _forget(circle, met, near)


@kernel
def _look(circle: Any, relay: int, brink: int) -> tuple[Any, Any, Any]:
    """Note what the relay's readers are shown by others: how many appeals, how many readers are shown more
    than `brink` (where there is a members' cap), and how many appeals the busiest is."""
    met, near, busiest = 0, 0, 0
    start, head, shown = circle.readers
    if shown.size == 0:
        return met, near, busiest
    saw, met_now, copied = circle.saw, circle.met, circle.copied
    for origin in range(start[relay], start[relay + 1], AHEAD):
        some = min(AHEAD, start[relay + 1] - origin)
        count = _fetch(circle, origin, some)
        if count > copied.size:
            copied = np.empty(count, dtype=copied.dtype)
        end = 0
        for index in range(some):
            begin, long = np.int64(head[origin + index]) + 1, circle.ahead[0, index]
            for place in range(begin, begin + long):
                copied[end] = shown[place]
                end += 1
            if long > brink and circle.near.size:
                circle.near[near] = begin
                near += 1
            busiest = max(busiest, long)
        for place in range(end):
            appeal = np.uint32(copied[place].appeal)
            met_now[met] = appeal
            met += saw[appeal] == 0.0
            saw[appeal] += copied[place].saw
    return met, near, busiest


@kernel
def _fetch(circle: Any, origin: int, some: int) -> int:
    """How long the lists of some readers are, each and together, and their ends read once.

    Looks that wait for nothing are made side by side by the processor; what follows finds them near.
    """
    _, head, shown = circle.readers
    ahead, together = circle.ahead, 0
    for index in range(some):
        ahead[0, index] = shown[head[origin + index]].count
    for index in range(some):
        ahead[1, index] = shown[np.int64(head[origin + index]) + ahead[0, index]].appeal
        together += ahead[0, index]
    return together


@kernel
def _count_full(circle: Any, near: int, first: int, last: int) -> tuple[Any, Any]:
    """How many of the relay's readers are full, all in all and, in `full`, among those shown each appeal; and
    where the list of one of them begins.

    The slots from `first` to before `last` are boosts the relay gives already.
    """
    shown, full, one = circle.readers.shown, 0, 0
    _count_nobody(circle, near)
    for begin in circle.near[:near]:
        count = np.int64(shown[begin - 1].count)
        end = begin + count
        if count + last - first < circle.member_cap:
            continue
        for slot in range(first, last):
            if place_on(shown, begin, end, circle.slot_appeal[slot]) < 0:
                count += 1
        if count >= circle.member_cap:
            full, one = full + 1, begin
            for place in range(begin, end):
                circle.full[shown[place].appeal] += 1
    return full, one


@kernel
def _count_nobody(circle: Any, near: int) -> None:
    shown = circle.readers.shown
    for begin in circle.near[:near]:
        for place in range(begin, begin + shown[begin - 1].count):
            circle.full[shown[place].appeal] = 0


@kernel
def _show(circle: Any, relay: int, first: int, last: int) -> None:
    """Put the relay's boosts on the lists of its readers."""
    attention = np.float32(circle.attention[relay])
    start, head, shown = circle.readers
    slots, relevance, kinds, saw = circle.slot_appeal, circle.relevance, circle.kind, circle.saw
    while last > first and slots[last - 1] < 0:
        last -= 1
    for spot in range(start[relay], start[relay + 1]):
        begin = np.int64(head[spot]) + 1
        kind = shown[begin - 1].kind
        old = begin + shown[begin - 1].count
        end = old
        for slot in range(first, last):
            appeal = slots[slot]
            worth = relevance[kinds[appeal], kind]
            place = place_on(shown, begin, old, appeal) if saw[appeal] > 0.0 else -1
            if place >= 0:
                now = shown[place].saw
                shown[place].saw = max(now + (worth - now) * attention, SAW_LEAST)
            else:
                shown[end].appeal = appeal
                shown[end].saw = max(worth * attention, SAW_LEAST)
                end += 1
        shown[begin - 1].count = end - begin


@kernel
def _forget(circle: Any, met: int, near: int) -> None:
    _count_nobody(circle, near)
    for index in range(met):
        circle.saw[circle.met[index]] = 0.0


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
    circle.front[kind] = circle.visibility[circle.queue[first]]
