"""Ejection chains: one boost changes its appeal, that appeal lets another go, and so on.

After Glover (1996), Lin and Kernighan (1973): steps that harm for a while are taken, and the best
beginning of the chain is kept.
"""

from typing import Any

import numpy as np

from colibri.compute.planning.day import LEAST_STEP, OPEN, fits, give, slot_of, take
from colibri.compute.planning.fairness import rise
from colibri.compute.planning.improvement import leave
from colibri.compute.planning.kernel import kernel

__all__ = ["chase"]

DEPTH = 8
"""Most boosts that change in one chain."""

PATIENCE = 0.05
"""A chain ends where it has lost more than this in mean log visibility of one appeal."""


@kernel
def chase(day: Any, order: Any, work_limit: int) -> int:
    """Try a chain from every slot in `order`, again until none helps or the work is used; the work done."""
    relay, source, target = np.empty(DEPTH, np.int64), np.empty(DEPTH, np.int64), np.empty(DEPTH, np.int64)
    work = 0
    moved = True
    while moved:
        moved = False
        for slot in order:
            if work > work_limit:
                return work
            if day.slot_appeal[slot] >= 0:
                gained, looks = _chain(day, slot, relay, source, target)
                work += looks
                moved = moved or gained
    return work


@kernel
def _chain(day: Any, slot: int, relay: Any, source: Any, target: Any) -> Any:
    """Walk one chain and keep its best beginning; whether there is one, and the looks taken."""
    unit = day.visibility[day.slot_appeal[slot]]
    total, best = 0.0, LEAST_STEP
    length, kept, looks = 0, 0, 0
    while length < DEPTH and slot >= 0:
        one, here = day.slot_relay[slot], day.slot_appeal[slot]
        if length == 0 and day.received[here] <= day.minimum[here]:
            break
        looks += day.visibility.size
        there, _ = _target(day, one, here, unit)
        if there < 0:
            break
        total -= leave(day, slot)
        before_here, before_there = day.visibility[here] / unit, day.visibility[there] / unit
        take(day, slot)
        if not fits(day, one, there):
            give(day, one, here)
            break
        give(day, one, there)
        total += rise(day.alpha, before_here, day.visibility[here] / unit)
        total += rise(day.alpha, before_there, day.visibility[there] / unit)
        relay[length], source[length], target[length] = one, here, there
        length += 1
        if total > best and day.received[there] <= day.appeal_cap[there]:
            best, kept = total, length
        slot, promise, more = _eject(day, there, one, unit)
        looks += more
        if slot < 0 or total + promise < -PATIENCE:
            break
    for step in range(length - 1, kept - 1, -1):
        take(day, slot_of(day, relay[step], target[step]))
        give(day, relay[step], source[step])
    return kept > 0, looks


@kernel
def _target(day: Any, relay: int, here: int, unit: float) -> Any:
    """The other appeal to which a relay would bring most, and how much; -1 where it may carry none."""
    best, most = -1, 0.0
    for appeal in range(day.visibility.size):
        if appeal != here and day.pair[appeal, relay] == OPEN:
            now = day.visibility[appeal] / unit
            gain = rise(day.alpha, now, now + day.attention[relay] * day.unseen[appeal, relay] / unit)
            if gain > most:
                most = gain
                best = appeal
    return best, most


@kernel
def _eject(day: Any, appeal: int, but: int, unit: float) -> Any:
    """The slot an appeal had best let go, what that promises, and the looks taken."""
    best, most, looks = -1, -np.inf, 0
    slot = day.head[appeal]
    while slot >= 0:
        relay = day.slot_relay[slot]
        if relay != but:
            chance = day.attention[relay]
            now = day.visibility[appeal] / unit
            rest = now - chance / (1.0 - chance) * day.unseen[appeal, relay] / unit
            other, gain = _target(day, relay, appeal, unit)
            looks += day.visibility.size
            step = rise(day.alpha, now, rest) + gain
            if other >= 0 and step > most:
                most = step
                best = slot
        slot = day.after[slot]
    return best, most, looks
