"""The boosts every appeal gets at least, and which appeal cannot have them and why."""

from collections import deque
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from colibri.compute.planning.day import BLOCKED, CLOSED, OPEN, TAKEN, Day, fits, give, slot_of, take
from colibri.compute.planning.problem import Problem

__all__ = ["Shortfall", "see_to_minimum"]


@dataclass(frozen=True, slots=True)
class Shortfall:
    """An appeal that gets fewer boosts than its minimum.

    `why` is "cap" (the appeal's own cap is lower), "relays" (fewer relays may carry it), "budgets" (the
    `relays` relays that may carry it, or an appeal that could give way to it, offer `boosts` boosts
    together, all needed for the minimum of `appeals` appeals) or "member_cap" (what is left would show
    somebody too many appeals).
    """

    appeal: int
    wanted: int
    given: int
    why: str
    relays: int = 0
    boosts: int = 0
    appeals: int = 0


def see_to_minimum(problem: Problem, day: Day) -> tuple[Shortfall, ...]:
    """Give every appeal its minimum where that is feasible, those seen least first.

    An appeal takes a free boost, or one of an appeal that has more than its minimum, or makes others change
    relays (an augmenting path: Berge 1957), so that without a members' cap no other plan serves more of the
    minimum. `day.minimum` is then what each keeps while the plan is improved.
    """
    if problem.minimum is None:
        return ()
    day.minimum[:] = problem.minimum
    short: list[Shortfall] = []
    spent: set[int] = set()
    for appeal in np.argsort(problem.prior, kind="stable").tolist():
        wanted = int(problem.minimum[appeal])
        if day.received[appeal] < wanted:
            found = _serve(problem, day, appeal, wanted, spent)
            if found is not None:
                short.append(found)
    np.minimum(day.minimum, day.received, out=day.minimum)
    return tuple(sorted(short, key=lambda one: one.appeal))


def _serve(problem: Problem, day: Day, appeal: int, wanted: int, spent: set[int]) -> Shortfall | None:
    """Raise one appeal to what it wants; what is missing where that cannot be."""
    refused = False
    while day.received[appeal] < wanted:
        given = int(day.received[appeal])
        if day.received[appeal] >= day.appeal_cap[appeal]:
            return Shortfall(appeal, wanted, given, "cap")
        path, seen = _path(day, appeal, spent)
        if path and not _walk(day, path):
            refused = True
            continue
        if path:
            continue
        may = int(np.count_nonzero((day.pair[appeal] != CLOSED) & (problem.budget > 0)))
        if refused or (day.pair[appeal] == BLOCKED).any():
            return Shortfall(appeal, wanted, given, "member_cap")
        if may < wanted:
            return Shortfall(appeal, wanted, given, "relays", relays=may)
        spent.update(seen)
        relays = np.flatnonzero(_carriers(day, seen) & (problem.budget > 0))
        boosts = int(np.minimum(problem.budget, problem.appeals)[relays].sum())
        return Shortfall(appeal, wanted, given, "budgets", relays.size, boosts, len(seen))
    return None


def _carriers(day: Day, appeals: set[int]) -> NDArray[np.bool_]:
    chosen = sorted(appeals)
    return np.asarray(np.isin(day.pair[chosen], [OPEN, TAKEN]).any(axis=0))


def _path(day: Day, appeal: int, spent: set[int]) -> tuple[list[tuple[int, int, int]], set[int]]:
    """Steps (relay, appeal it drops or -1, appeal it takes) that give `appeal` one more boost, the last one
    first; none, and every appeal that would have had to give way, where there is no such path. A boost of the
    plan before gives way only where no other can.
    """
    reached: dict[int, tuple[int, int]] = {appeal: (-1, -1)}
    queue = deque([appeal])
    met: set[int] = set()
    tight: set[int] = set()
    last: list[tuple[int, int, int]] = []
    while queue:
        one = queue.popleft()
        for relay in np.flatnonzero(day.pair[one] == OPEN).tolist():
            if relay in met:
                continue
            met.add(relay)
            if day.free[relay] > 0:
                return _steps(reached, one, relay, -1), set()
            slots = slice(day.slot_start[relay], day.slot_start[relay + 1])
            before = set(day.slot_before[slots].tolist())
            for held in day.slot_appeal[slots].tolist():
                if held in spent:
                    tight = spent
                if held in reached or held in spent or held < 0:
                    continue
                if day.received[held] > day.minimum[held]:
                    if held not in before:
                        return _steps(reached, one, relay, held), set()
                    last = last or _steps(reached, one, relay, held)
                    continue
                reached[held] = (one, relay)
                queue.append(held)
    return last, set() if last else set(reached) | tight


def _steps(
    reached: dict[int, tuple[int, int]], taker: int, relay: int, dropped: int
) -> list[tuple[int, int, int]]:
    steps = [(relay, dropped, taker)]
    while reached[taker][0] >= 0:
        parent, relay = reached[taker]
        steps.append((relay, taker, parent))
        taker = parent
    return steps


def _walk(day: Day, steps: list[tuple[int, int, int]]) -> bool:
    """Take the steps of a path; all undone, and the pair refused, where the members' cap forbids one."""
    for done, (relay, dropped, taken) in enumerate(steps):
        if dropped >= 0:
            take(day, slot_of(day, relay, dropped))
        if fits(day, relay, taken):
            give(day, relay, taken)
            continue
        if dropped >= 0:
            give(day, relay, dropped)
        for other, left, gained in reversed(steps[:done]):
            take(day, slot_of(day, other, gained))
            if left >= 0:
                give(day, other, left)
        day.pair[taken, relay] = BLOCKED
        return False
    return True
