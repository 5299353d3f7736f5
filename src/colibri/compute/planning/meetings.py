"""Relays that meet in one follower, for whom the members' cap binds all of them together."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from colibri.compute.planning.day import Day
from colibri.compute.planning.kernel import kernel

__all__ = ["group_by_follower"]


def group_by_follower(
    day: Day, budget: NDArray[np.int64], most_shown: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Groups of relays, in two-array form: those of a group are all followed by one member.

    Members come from the one who follows most relays on; each gathers the relays no group has yet, where
    their budgets (int64, R) together exceed `most_shown`. Without such members both arrays hold no group.
    """
    if day.member_cap < 0:
        return np.zeros(1, dtype=np.int64), np.zeros(0, dtype=np.int64)
    follows = np.diff(day.follow_start)
    busy = np.flatnonzero(follows > 1)
    order = busy[np.argsort(-follows[busy], kind="stable")]
    group = np.full(budget.size, -1, dtype=np.int64)
    groups = _gather(day, order, budget, most_shown, group)
    relays = np.flatnonzero(group >= 0)
    relays = relays[np.argsort(group[relays], kind="stable")]
    start = np.zeros(groups + 1, dtype=np.int64)
    np.cumsum(np.bincount(group[relays], minlength=groups), out=start[1:])
    return start, relays


@kernel
def _gather(day: Any, order: Any, budget: Any, most_shown: int, group: Any) -> int:
    groups = 0
    for one in order:
        offered, met = 0, 0
        for follow in range(day.follow_start[one], day.follow_start[one + 1]):
            relay = day.follow_relay[follow]
            if group[relay] < 0 and budget[relay] > 0:
                offered += budget[relay]
                met += 1
        if met > 1 and offered > most_shown:
            for follow in range(day.follow_start[one], day.follow_start[one + 1]):
                relay = day.follow_relay[follow]
                if group[relay] < 0 and budget[relay] > 0:
                    group[relay] = groups
            groups += 1
    return groups
