"""Boosts given one by one, each time the one that helps most."""

from typing import Any

import numpy as np

from colibri.compute.planning.day import BLOCKED, LEAST_STEP, OPEN, fits, give
from colibri.compute.planning.fairness import merit
from colibri.compute.planning.kernel import kernel

__all__ = ["fill"]

SHORT_LIST = 16


@kernel
def fill(day: Any) -> None:
    """Give boosts until none helps: each time the pair that raises the aim most.

    Nemhauser, Wolsey and Fisher (1978) show greedy reaches at least half of the best of a monotone
    submodular aim under such budgets. Lazy as in Minoux (1978): gains only fall, so an appeal's few
    best relays are kept and the others looked at again only when those fall below the first one left out.
    """
    appeals = day.unseen.shape[0]
    kept = np.full((appeals, SHORT_LIST), -1, dtype=np.int64)
    left_out = np.full(appeals, np.inf)
    best = np.full(appeals, -1, dtype=np.int64)
    worth = np.full(appeals, -np.inf)
    for appeal in range(appeals):
        _choose(day, appeal, kept, left_out, best, worth)
    while True:
        appeal = -1
        highest = -np.inf
        for one in range(appeals):
            if best[one] >= 0 and (appeal < 0 or worth[one] > highest):
                highest = worth[one]
                appeal = one
        if appeal < 0:
            return
        relay = best[appeal]
        if day.free[relay] > 0:
            if fits(day, relay, appeal):
                give(day, relay, appeal)
            else:
                day.pair[appeal, relay] = BLOCKED
        _choose(day, appeal, kept, left_out, best, worth)


@kernel
def _choose(day: Any, appeal: int, kept: Any, left_out: Any, best: Any, worth: Any) -> None:
    """Set the appeal's best relay (-1: none) and what it would add to the aim."""
    best[appeal] = -1
    if day.received[appeal] >= day.appeal_cap[appeal]:
        return
    pair, unseen = day.pair[appeal], day.unseen[appeal]
    for _ in range(2):
        most = LEAST_STEP * day.visibility[appeal]
        for index in range(SHORT_LIST):
            relay = kept[appeal, index]
            if relay >= 0 and pair[relay] == OPEN and day.free[relay] > 0:
                gain = day.attention[relay] * unseen[relay]
                if gain > most:
                    most = gain
                    best[appeal] = relay
        if most >= left_out[appeal]:
            if best[appeal] >= 0:
                worth[appeal] = merit(day.alpha, day.visibility[appeal], most)
            return
        best[appeal] = -1
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
