"""Greedy start, then moves and swaps, on exact gains."""

from typing import Any

import numpy as np

from colibri.compute.planning.day import BLOCKED, OPEN, fits, give, take
from colibri.compute.planning.kernel import kernel

__all__ = ["fill", "improve"]

SHORT_LIST = 16

LEAST_STEP = 1e-9
"""A step counts when it multiplies the product of visibilities by more than 1 + this."""


@kernel
def fill(day: Any) -> None:
    """Give boosts until none helps: each time the pair that multiplies its appeal's visibility most.

    That is the steepest step of Σ log visibility. Nemhauser, Wolsey and Fisher (1978) show greedy
    reaches at least half of the best of a monotone submodular aim under such budgets. Lazy as in
    Minoux (1978): gains only fall, so an appeal's few best relays are kept and the others looked at
    again only when those fall below the first one left out.
    """
    appeals = day.unseen.shape[0]
    kept = np.full((appeals, SHORT_LIST), -1, dtype=np.int64)
    left_out = np.full(appeals, np.inf)
    best = np.full(appeals, -1, dtype=np.int64)
    ratio = np.zeros(appeals, dtype=np.float64)
    for appeal in range(appeals):
        _choose(day, appeal, kept, left_out, best, ratio)
    while True:
        appeal = -1
        highest = LEAST_STEP
        for one in range(appeals):
            if ratio[one] > highest:
                highest = ratio[one]
                appeal = one
        if appeal < 0:
            return
        relay = best[appeal]
        if day.free[relay] > 0:
            if fits(day, relay, appeal):
                give(day, relay, appeal)
            else:
                day.pair[appeal, relay] = BLOCKED
        _choose(day, appeal, kept, left_out, best, ratio)


@kernel
def _choose(day: Any, appeal: int, kept: Any, left_out: Any, best: Any, ratio: Any) -> None:
    """Set the appeal's best relay (-1: none) and by how much it would raise log visibility."""
    best[appeal] = -1
    ratio[appeal] = 0.0
    if day.received[appeal] >= day.appeal_cap[appeal]:
        return
    pair, unseen = day.pair[appeal], day.unseen[appeal]
    for _ in range(2):
        most = 0.0
        for index in range(SHORT_LIST):
            relay = kept[appeal, index]
            if relay >= 0 and pair[relay] == OPEN and day.free[relay] > 0:
                gain = day.attention[relay] * unseen[relay]
                if gain > most:
                    most = gain
                    best[appeal] = relay
        if most >= left_out[appeal]:
            ratio[appeal] = most / day.visibility[appeal]
            return
        left_out[appeal] = _shortlist(day, pair, unseen, kept[appeal])


@kernel
def _shortlist(day: Any, pair: Any, unseen: Any, kept: Any) -> float:
    """Keep the relays that bring most; the most that one left out can bring."""
    value = np.zeros(SHORT_LIST)
    kept[:] = -1
    left_out = 0.0
    for relay in range(unseen.size):
        gain = day.attention[relay] * unseen[relay]
        if gain > left_out and pair[relay] == OPEN and day.free[relay] > 0:
            place = SHORT_LIST - 1
            left_out = max(left_out, value[place])
            if gain <= value[place]:
                left_out = max(left_out, gain)
                continue
            while place > 0 and value[place - 1] < gain:
                value[place] = value[place - 1]
                kept[place] = kept[place - 1]
                place -= 1
            value[place] = gain
            kept[place] = relay
    return left_out


@kernel
def _note_rest(day: Any, appeal: int, rest: Any) -> None:
    """For each boost of the appeal, the visibility that would be left without it."""
    slot = day.head[appeal]
    while slot >= 0:
        relay = day.slot_relay[slot]
        chance = day.attention[relay]
        rest[slot] = day.visibility[appeal] - chance / (1.0 - chance) * day.unseen[appeal, relay]
        slot = day.after[slot]


@kernel
def improve(day: Any, order: Any, work_limit: int) -> int:
    """Replace a boost, or swap two relays' appeals, while that raises Σ log visibility; the work done.

    For each slot in `order` the best step is taken; a swap's gain is underestimated only (what one
    relay leaves is not yet counted for the other), so no step that is taken harms. Stops after a
    round without a step or after `work_limit` looks at a pair.
    """
    appeals: int = day.visibility.size
    for appeal in range(appeals):
        for relay in range(day.attention.size):
            if day.pair[appeal, relay] == BLOCKED:
                day.pair[appeal, relay] = OPEN
    slots: int = order.size
    rest = np.zeros(day.slot_appeal.size, dtype=np.float64)
    gain = np.zeros(appeals, dtype=np.float64)
    taken_over = np.zeros(day.attention.size, dtype=np.float64)
    for appeal in range(appeals):
        _note_rest(day, appeal, rest)
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
            other, appeal = _best_step(day, slot, rest, gain, taken_over)
            if appeal >= 0 and _take_step(day, slot, other, appeal, rest):
                moved = True
    return work


@kernel
def _best_step(day: Any, slot: int, rest: Any, gain: Any, taken_over: Any) -> Any:
    """The best (other slot or -1, appeal) for a slot's relay; appeal -1 where nothing helps.

    `gain` (A) and `taken_over` (R) are room to work in: by how much the relay would multiply another
    appeal's visibility, and what share another relay in its place would leave of this one's.
    """
    here = day.slot_appeal[slot]
    relay = day.slot_relay[slot]
    now = day.visibility[here]
    best = 1.0 + LEAST_STEP
    best_other, best_appeal = -1, -1
    for appeal in range(gain.size):
        gain[appeal] = -np.inf
        if day.pair[appeal, relay] == OPEN:
            gain[appeal] = day.attention[relay] * day.unseen[appeal, relay]
            if day.received[appeal] < day.appeal_cap[appeal]:
                after = rest[slot] / now * (1.0 + gain[appeal] / day.visibility[appeal])
                if after > best:
                    best = after
                    best_appeal = appeal
    row, pair = day.unseen[here], day.pair[here]
    for partner in range(taken_over.size):
        taken_over[partner] = 0.0
        if pair[partner] == OPEN:
            taken_over[partner] = (rest[slot] + day.attention[partner] * row[partner]) / now
    for other in range(rest.size):
        appeal = day.slot_appeal[other]
        if appeal >= 0:
            after = taken_over[day.slot_relay[other]] * (rest[other] + gain[appeal])
            if after > best * day.visibility[appeal]:
                best = after / day.visibility[appeal]
                best_other, best_appeal = other, appeal
    return best_other, best_appeal


@kernel
def _take_step(day: Any, slot: int, other: int, appeal: int, rest: Any) -> bool:
    """Move the slot to the appeal, or swap it with the other; undone where a cap or rounding forbids it."""
    here, relay = day.slot_appeal[slot], day.slot_relay[slot]
    before = day.visibility[here] * day.visibility[appeal]
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
        if done and day.visibility[here] * day.visibility[appeal] <= before:
            done = False
            if second >= 0:
                take(day, second)
        if not done:
            take(day, first)
    if not done:
        give(day, relay, here)
        if partner >= 0:
            give(day, partner, appeal)
    _note_rest(day, here, rest)
    _note_rest(day, appeal, rest)
    return done
