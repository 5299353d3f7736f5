"""From a problem to a plan and its certificate."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from colibri.compute.planning.bound import carried, ceiling, first_order_bound, overlap_bound
from colibri.compute.planning.day import CLOSED, open_day
from colibri.compute.planning.problem import Problem
from colibri.compute.planning.search import fill, improve
from colibri.compute.planning.visibility import evaluate

__all__ = ["PAIRS_MOST", "WORK_LIMIT", "Plan", "solve"]

PAIRS_MOST = 2**27
"""Most relay × appeal pairs: 9 bytes each, and 16 to 32 more while the bound is sought, 3.4 to 5.5 GB."""

OVERLAP_COUNTS = 0.001
"""The bound that counts overlap is sought where overlap costs more than this in mean log visibility."""

WORK_LIMIT = 40_000_000
"""Default looks at a pair while improving: a fraction of a second on one core."""


@dataclass(frozen=True, eq=False)
class Plan:
    """Who relays whom, what it brings, and how far it can be from the best.

    `relay[i]` (int32) boosts `appeal[i]` (int32), in order of relay then appeal; `visibility`
    (float64, A) as `evaluate` says; `objective` is Σ log visibility and `bound` a proven upper bound
    on it for any plan; `ratio` = exp((objective − bound) / A') over the A' appeals of `carried`
    (bool, A: some relay may carry them to somebody to whom they matter), 1 where there is none: the
    geometric mean of visibility is at least this share of the best possible. `work` counts the
    looks the improvement took; `settled` says whether it ended because no step helped any more.
    """

    relay: NDArray[np.int32]
    appeal: NDArray[np.int32]
    visibility: NDArray[np.float64]
    objective: float
    bound: float
    ratio: float
    carried: NDArray[np.bool_]
    work: int
    settled: bool


def solve(problem: Problem, *, seed: int = 0, work_limit: int = WORK_LIMIT) -> Plan:
    """Plan a day: greedy, then moves and swaps on exact gains, with its certificate.

    Deterministic by `seed` (which orders the improvement) and the same on any number of cores.
    Time grows with the follows, plus relays × appeals for gains and bound. Raises ValueError where
    relays × appeals exceeds `PAIRS_MOST`.
    """
    if problem.relays * problem.appeals > PAIRS_MOST:
        raise ValueError(f"{problem.relays} relays × {problem.appeals} appeals exceed {PAIRS_MOST} pairs")
    day = open_day(problem)
    carriable = carried(problem, day)
    usable = np.where(problem.budget > 0, problem.attention.astype(np.float64), 0.0)
    slope = np.ascontiguousarray(np.where(day.pair == CLOSED, 0.0, day.unseen * usable).T)
    fill(day)
    order = np.random.default_rng(seed).permutation(day.slot_appeal.size)
    work = improve(day, order, work_limit)
    fill(day)
    given = np.flatnonzero(day.slot_appeal >= 0)
    given = given[np.lexsort((day.slot_appeal[given], day.slot_relay[given]))]
    relay, appeal = day.slot_relay[given], day.slot_appeal[given]
    visibility = evaluate(problem, relay, appeal)
    objective = float(np.sum(np.log(visibility)))
    count = int(carriable.sum())
    top = ceiling(problem)
    bound = first_order_bound(problem, slope, top, visibility)
    alone = problem.prior.copy()
    np.add.at(alone, appeal, slope[relay, appeal])
    if float(np.sum(np.log(alone))) - objective > OVERLAP_COUNTS * count:
        bound = min(bound, overlap_bound(problem, day, slope, top))
    ratio = float(np.exp(min(0.0, objective - bound) / count)) if count else 1.0
    return Plan(
        relay=relay,
        appeal=appeal,
        visibility=visibility,
        objective=objective,
        bound=bound,
        ratio=ratio,
        carried=carriable,
        work=int(work),
        settled=bool(work <= work_limit),
    )
