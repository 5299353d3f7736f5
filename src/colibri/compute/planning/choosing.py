"""Which appeals a relay whose turn it is answers to: those to which its boosts are worth most."""

from typing import Any

import numpy as np

from colibri.compute.planning.fairness import merit
from colibri.compute.planning.kernel import kernel

__all__ = ["BEST", "rank"]

BEST = np.dtype([("value", np.float64), ("gain", np.float64), ("appeal", np.int64)])
"""Of the best appeals of a look: what a boost is worth, and what it brings."""


@kernel
def rank(circle: Any, relay: int, full: int, one: int, room: int) -> int:
    """Fill `best` with the appeals, at most `room`, to which a boost of the relay is worth most; how many.

    Where readers are full these are appeals that all of them are shown already, `one` of them among others.
    """
    held, least = 0, -np.inf
    alone, attention, best = circle.alone[relay], circle.attention[relay], circle.best
    kinds, visibility, saw = circle.kind, circle.visibility, circle.saw
    if circle.allowed_start.size > 0 or full > 0:
        for appeal in _possible(circle, relay, one):
            gain = np.float64(alone[kinds[appeal]]) - attention * saw[appeal]
            if gain > 0.0 and (full == 0 or circle.full[appeal] == full):
                value = _value(circle.alpha, visibility[appeal], gain)
                if value > least and _open(circle, relay, appeal):
                    held = _keep(best, held, room, value, gain, appeal)
                    least = best[room - 1].value if held == room else least
        return held
    start, queue = circle.kind_start, circle.queue
    for kind in range(alone.size):
        if alone[kind] <= 0.0 or _value(circle.alpha, circle.front[kind], np.float64(alone[kind])) <= least:
            continue
        for spot in range(start[kind], start[kind + 1]):
            appeal = queue[spot]
            gain = np.float64(alone[kind])
            value = _value(circle.alpha, visibility[appeal], gain)
            if value <= least:
                break  # those after it were seen more, and overlap can only take from what they are worth
            if saw[appeal] > 0.0:
                gain -= attention * saw[appeal]
                value = _value(circle.alpha, visibility[appeal], gain) if gain > 0.0 else least
            if value > least and _open(circle, relay, appeal):
                held = _keep(best, held, room, value, gain, appeal)
                least = best[room - 1].value if held == room else least
    return held


@kernel
def _possible(circle: Any, relay: int, one: int) -> Any:
    """The appeals a relay may carry: where it may carry any, and readers are full, those shown to one."""
    if circle.allowed_start.size > 0:
        return circle.allowed[circle.allowed_start[relay] : circle.allowed_start[relay + 1]]
    shown = circle.readers.shown
    count = shown[one - 1].count
    for index in range(count):
        circle.some[index] = shown[one + index].appeal
    return circle.some[:count]


@kernel
def _keep(best: Any, held: int, room: int, value: float, gain: float, appeal: int) -> int:
    """Put an appeal where it belongs among the best of a look; how many are held."""
    place = held if held < room else room - 1
    while place > 0 and best[place - 1].value < value:
        best[place] = best[place - 1]
        place -= 1
    best[place].value, best[place].gain, best[place].appeal = value, gain, appeal
    return min(held + 1, room)


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
