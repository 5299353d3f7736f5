"""Moves and swaps on exact gains, after boosts were given."""

from typing import Any

import numpy as np

from colibri.compute.planning.day import BLOCKED, LEAST_STEP, OPEN, fits, give, take
from colibri.compute.planning.fairness import rise, slant
from colibri.compute.planning.kernel import kernel

__all__ = ["improve", "leave", "reopen"]


@kernel
def reopen(day: Any) -> None:
    """Ask again for what the members' cap refused before."""
    for appeal in range(day.visibility.size):
        pair = day.pair[appeal]
        for relay in range(pair.size):
            if pair[relay] == BLOCKED:
                pair[relay] = OPEN


@kernel
def note_rest(day: Any, appeal: int, rest: Any) -> None:
    """For each boost of the appeal, the visibility that would be left without it."""
    slot = day.head[appeal]
    while slot >= 0:
        relay = day.slot_relay[slot]
        chance = day.attention[relay]
        rest[slot] = day.visibility[appeal] - chance / (1.0 - chance) * day.unseen[appeal, relay]
        slot = day.after[slot]


@kernel
def improve(day: Any, order: Any, work_limit: int) -> int:
    """Replace a boost, or swap two relays' appeals, while that raises the aim; the work done.

    For each slot in `order` the best step is taken; a swap's gain is underestimated only (what one
    relay leaves is not yet counted for the other), so no step that is taken harms. Stops after a
    round without a step or after `work_limit` looks at a pair.
    """
    reopen(day)
    appeals: int = day.visibility.size
    slots: int = order.size
    rest = np.zeros(day.slot_appeal.size, dtype=np.float64)
    gain, price = np.zeros(appeals, dtype=np.float64), np.zeros(appeals, dtype=np.float64)
    fresh = np.zeros(day.attention.size, dtype=np.float64)
    for appeal in range(appeals):
        note_rest(day, appeal, rest)
    work = 0
    moved = True
    while moved:
        moved = False
        for slot in order:
            if day.slot_appeal[slot] < 0:
                continue
            work += appeals + slots
            if work > work_limit:
                return work
            other, appeal = _best_step(day, slot, rest, gain, price, fresh)
            if appeal >= 0 and _take_step(day, slot, other, appeal, rest):
                moved = True
        if moved:
            reopen(day)
    return work


@kernel
def leave(day: Any, slot: int) -> float:
    """What a step must bring to take back the boost of a slot: more where the plan before had it."""
    if day.inertia > 0.0:
        relay = day.slot_relay[slot]
        for place in range(day.slot_start[relay], day.slot_start[relay + 1]):
            if day.slot_before[place] == day.slot_appeal[slot]:
                return float(day.inertia)
    return 0.0


@kernel
def _best_step(day: Any, slot: int, rest: Any, gain: Any, price: Any, fresh: Any) -> Any:
    """The best (other slot or -1, appeal) for a slot's relay; appeal -1 where nothing helps.

    Visibilities are told as shares of that of the slot's appeal, so that no α over- or underflows, and
    a step is measured exactly only where its slope at hand promises more than the best one so far.
    `gain`, `price` (A) and `fresh` (R) are room to work in: what the relay would add to each appeal and
    what that is worth a unit, and what this appeal would have with each other relay in its place.
    """
    here = day.slot_appeal[slot]
    relay = day.slot_relay[slot]
    alpha = day.alpha
    now = day.visibility[here]
    best = LEAST_STEP + leave(day, slot)
    own = best
    best_other, best_appeal = -1, -1
    loss = rise(alpha, 1.0, rest[slot] / now)
    may_leave = day.received[here] > day.minimum[here]
    for appeal in range(gain.size):
        gain[appeal] = -np.inf
        if day.pair[appeal, relay] == OPEN:
            gain[appeal] = day.attention[relay] * day.unseen[appeal, relay] / now
            there = day.visibility[appeal] / now
            price[appeal] = slant(alpha, there)
            has_room = may_leave and day.received[appeal] < day.appeal_cap[appeal]
            if has_room and loss + price[appeal] * gain[appeal] > best:
                step = loss + rise(alpha, there, there + gain[appeal])
                if step > best:
                    best = step
                    best_appeal = appeal
    row, pair = day.unseen[here], day.pair[here]
    for partner in range(fresh.size):
        fresh[partner] = -np.inf
        if pair[partner] == OPEN:
            fresh[partner] = (rest[slot] + day.attention[partner] * row[partner]) / now
    for other in range(rest.size):
        appeal = day.slot_appeal[other]
        if appeal < 0 or gain[appeal] <= 0.0:
            continue
        then = fresh[day.slot_relay[other]]
        there = day.visibility[appeal] / now
        after = rest[other] / now + gain[appeal]
        if then - 1.0 + price[appeal] * (after - there) > best:
            step = rise(alpha, 1.0, then) + rise(alpha, there, after) - leave(day, other)
            if step > max(best, own):
                best = step
                best_other, best_appeal = other, appeal
    return best_other, best_appeal


@kernel
def _take_step(day: Any, slot: int, other: int, appeal: int, rest: Any) -> bool:
    """Move the slot to the appeal, or swap it with the other; undone where a cap or rounding forbids it."""
    here, relay = day.slot_appeal[slot], day.slot_relay[slot]
    now, there = day.visibility[here], day.visibility[appeal]
    partner = -1
    take(day, slot)
    if other >= 0:
        partner = day.slot_relay[other]
        take(day, other)
    done = fits(day, relay, appeal)
    if done:
        first = give(day, relay, appeal)
        second = -1
        if partner >= 0:
            done = fits(day, partner, here)
            if done:
                second = give(day, partner, here)
        if done:
            step = rise(day.alpha, 1.0, day.visibility[here] / now)
            done = step + rise(day.alpha, there / now, day.visibility[appeal] / now) > 0.0
            if not done and second >= 0:
                take(day, second)
        if not done:
            take(day, first)
    if not done:
        give(day, relay, here)
        if partner >= 0:
            give(day, partner, appeal)
        day.pair[appeal, relay] = BLOCKED
    note_rest(day, here, rest)
    note_rest(day, appeal, rest)
    return done
