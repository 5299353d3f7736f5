"""The ways of sharing a day's boosts that are compared."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from colibri.compute.planning import (
    Problem,
    at_random,
    least_shared_first,
    most_followed_first,
    round_robin,
    solve,
    unaided,
)

__all__ = ["POLICIES", "Pairs", "Policy"]

Pairs = tuple[NDArray[np.int32], NDArray[np.int32]]

WORK_LIMIT = 10_000_000
"""Looks of the plan on each day: a quarter of a real day's, since a simulation plans dozens."""


@dataclass(frozen=True, slots=True)
class Policy:
    """`choose(problem, boosts, seed)` gives relays and appeals; `boosts` (int64, A) were received before.

    `capped` says whether it keeps to the plan's rule that no appeal gets many times an even share.
    """

    choose: Callable[[Problem, NDArray[np.int64], int], Pairs]
    capped: bool = False


def _planned(problem: Problem, boosts: NDArray[np.int64], seed: int) -> Pairs:
    plan = solve(problem, seed=seed, work_limit=WORK_LIMIT, proof_limit=0)
    return plan.relay, plan.appeal


POLICIES = {
    "plan": Policy(_planned, capped=True),
    "unaided": Policy(lambda problem, boosts, seed: unaided(problem, seed=seed)),
    "most_followed_first": Policy(lambda problem, boosts, seed: most_followed_first(problem)),
    "round_robin": Policy(lambda problem, boosts, seed: round_robin(problem)),
    "least_shared_first": Policy(lambda problem, boosts, seed: least_shared_first(problem, boosts)),
    "random": Policy(lambda problem, boosts, seed: at_random(problem, seed=seed)),
}
"""By name. Rules alone differ: all see the same relays, appeals and pairs that may be made."""
