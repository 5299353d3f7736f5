"""The best plan if boosts could be divided and audiences did not overlap, and whole plans near it."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from colibri.compute.planning.day import OPEN, Day, fits, give
from colibri.compute.planning.kernel import kernel
from colibri.compute.planning.problem import Problem

__all__ = ["divide", "round_off", "single_gains"]

ROOM = 12
"""How many appeals beyond its budget a relay's best answer may touch."""


def single_gains(problem: Problem, day: Day) -> NDArray[np.float64]:
    """What every pair would bring alone (float64, R×A), 0 where it may not be; asked of an empty day."""
    usable = np.where(problem.budget > 0, problem.attention.astype(np.float64), 0.0)
    return np.ascontiguousarray(np.where(day.pair == OPEN, day.unseen * usable, 0.0).T)


def divide(
    base: NDArray[np.float64],
    slope: NDArray[np.float64],
    budget: NDArray[np.int64],
    alpha: float,
    rounds: int,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Visibility (float64, A) and shares (float64, R×A) when relays in turn pour their budgets; no caps.

    Where f′ falls, one relay's best answer to the others is water filling: everybody it serves ends at
    f′(v) slope = λ. Such turns climb to the optimum of a smooth concave aim (Tseng 2001). For α = 0 every
    unit is worth the same, and a relay's best answer is its largest gains.
    """
    visibility, share = base.copy(), np.zeros(slope.shape)
    if alpha == 0.0:
        for relay in np.flatnonzero(budget > 0):
            best = np.argsort(-slope[relay], kind="stable")[: budget[relay]]
            share[relay, best] = slope[relay, best] > 0.0
        return visibility + (share * slope).sum(axis=0), share
    root = slope if alpha == 1.0 else slope ** (1.0 / alpha)
    _pour_in_turns(slope, root, share, visibility, budget, rounds)
    return visibility, share


@kernel
def _pour_in_turns(slope: Any, root: Any, share: Any, visibility: Any, budget: Any, rounds: int) -> None:
    relays, appeals = slope.shape
    most = 0
    for relay in range(relays):
        most = max(most, budget[relay])
    room = min(appeals, most + ROOM)
    depth, which = np.empty(room), np.empty(room, dtype=np.int64)
    for _ in range(rounds):
        for relay in range(relays):
            if budget[relay] > 0:
                here, width, part = slope[relay], root[relay], share[relay]
                held = _deepest(here, width, part, visibility, depth, which)
                _pour(here, width, part, visibility, depth, which, held, budget[relay])


@kernel
def _deepest(slope: Any, root: Any, share: Any, visibility: Any, depth: Any, which: Any) -> int:
    """The least depths, visibility without the relay over `root`, in order; how many of them.

    Shares of the appeals left out are emptied.
    """
    held, room = 0, depth.size
    limit = np.inf
    for appeal in range(slope.size):
        here = slope[appeal]
        rest = visibility[appeal] - share[appeal] * here
        if here <= 0.0 or rest >= limit * root[appeal]:
            if share[appeal] > 0.0:
                _empty(slope, share, visibility, appeal)
            continue
        now = rest / root[appeal]
        place = held if held < room else room - 1
        if held == room and share[which[place]] > 0.0:
            _empty(slope, share, visibility, which[place])
        while place > 0 and depth[place - 1] > now:
            depth[place] = depth[place - 1]
            which[place] = which[place - 1]
            place -= 1
        depth[place] = now
        which[place] = appeal
        held = min(held + 1, room)
        if held == room:
            limit = depth[room - 1]
    return held


@kernel
def _empty(slope: Any, share: Any, visibility: Any, appeal: int) -> None:
    visibility[appeal] -= slope[appeal] * share[appeal]
    share[appeal] = 0.0


@kernel
def _pour(
    slope: Any, root: Any, share: Any, visibility: Any, depth: Any, which: Any, held: int, budget: int
) -> None:
    """Raise one level over the depths until the budget is used; each appeal takes at most one boost."""
    level = np.inf
    if held > budget:
        low, high = depth[0], depth[0]
        for index in range(held):
            appeal = which[index]
            high = max(high, depth[index] + slope[appeal] / root[appeal])
        for _ in range(45):
            level = 0.5 * (low + high)
            used = 0.0
            for index in range(held):
                if depth[index] >= level:
                    break
                appeal = which[index]
                used += min(1.0, (level - depth[index]) * root[appeal] / slope[appeal])
            if used > budget:
                high = level
            else:
                low = level
        level = low
    for index in range(held):
        appeal = which[index]
        now = min(1.0, max(0.0, (level - depth[index]) * root[appeal] / slope[appeal]))
        if now != share[appeal]:
            visibility[appeal] += slope[appeal] * (now - share[appeal])
            share[appeal] = now


@kernel
def round_off(day: Any, share: Any, largest: Any) -> None:
    """Give each relay, in the order `largest`, its greatest shares that still fit."""
    for relay in largest:
        while day.free[relay] > 0:
            best, most = -1, 0.0
            for appeal in range(share.shape[1]):
                if (
                    share[relay, appeal] > most
                    and day.pair[appeal, relay] == OPEN
                    and day.received[appeal] < day.appeal_cap[appeal]
                    and fits(day, relay, appeal)
                ):
                    best, most = appeal, share[relay, appeal]
            if best < 0:
                break
            give(day, relay, best)
