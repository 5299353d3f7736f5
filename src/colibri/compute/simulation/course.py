"""Day after day: who is there, who boosts whom, what it brings, who leaves."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from colibri.compute.planning import Problem, evaluate
from colibri.compute.simulation.policies import Policy
from colibri.compute.simulation.world import World

__all__ = ["Course", "replay"]

HALF_LIFE = 7.0
"""Days after which visibility received counts half, for whoever plans."""
SHARE_MOST = 4
"""Where a policy is capped: no appeal gets more than this many times an even share of a day's boosts."""
PRIOR = 1.0
"""Visibility everybody is taken to have had before the first day."""


@dataclass(frozen=True, eq=False)
class Course:
    """What the days brought each of N appeals: `gain` (float64, days×N) visibility of each day, zero where it
    was not there; `present` (bool, days×N); `found` (bool, N); `boosts` (int64, N)."""

    gain: NDArray[np.float64]
    present: NDArray[np.bool_]
    found: NDArray[np.bool_]
    boosts: NDArray[np.int64]


def replay(
    world: World, policy: Policy, *, seed: int = 0, progress: Callable[[int], None] = lambda day: None
) -> Course:
    """Play the world's days under one policy; `progress` is told each day as it ends.

    No relay boosts one appeal twice. Who forgets on which day is drawn from `seed` alone, so that every
    policy meets the same days; nobody who plans knows of it before.
    """
    rng = np.random.default_rng(seed)
    gain = np.zeros((world.days, world.appeals))
    present = np.zeros((world.days, world.appeals), dtype=np.bool_)
    found = np.zeros(world.appeals, dtype=np.bool_)
    boosts = np.zeros(world.appeals, dtype=np.int64)
    given = np.zeros((world.relays, world.appeals), dtype=np.bool_)
    prior, chance = np.full(world.appeals, PRIOR), np.zeros(world.appeals)
    for day in range(world.days):
        forgotten = rng.random(world.relays) < world.forgets
        there = (world.arrival <= day) & (day < world.arrival + world.stay) & ~found
        present[day] = there
        active = np.flatnonzero(there)
        if active.size:
            problem = _problem(world, active, given, prior, capped=policy.capped)
            relay, appeal = policy.choose(problem, boosts[active], seed + day)
            kept = ~forgotten[relay]
            relay, appeal = relay[kept], appeal[kept]
            gain[day, active] = evaluate(problem, relay, appeal) - problem.prior
            given[relay, active[appeal]] = True
            boosts += np.bincount(active[appeal], minlength=world.appeals)
        chance += np.where(there, world.found_usual + world.found_seen * gain[day], 0.0)
        found |= there & (chance > world.luck)
        prior = PRIOR + (prior - PRIOR + gain[day]) * 0.5 ** (1.0 / HALF_LIFE)
        progress(day)
    return Course(gain, present, found, boosts)


def _problem(
    world: World,
    active: NDArray[np.int64],
    given: NDArray[np.bool_],
    prior: NDArray[np.float64],
    *,
    capped: bool,
) -> Problem:
    open_to = ~given[:, active]
    start = np.concatenate(([0], np.cumsum(open_to.sum(axis=1)))).astype(np.int64)
    share = SHARE_MOST * int(world.budget.sum()) // active.size
    most = max(share, 3) if capped else world.relays
    return Problem(
        audience_start=world.audience_start,
        audience_member=world.audience_member,
        member_class=world.member_class,
        relevance=world.relevance[active],
        attention=world.attention,
        budget=world.budget,
        appeal_cap=np.full(active.size, most, dtype=np.int32),
        prior=prior[active],
        allowed=(start, np.nonzero(open_to)[1].astype(np.int32)),
    )
