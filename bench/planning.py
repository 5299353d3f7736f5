"""How good a plan is and how long it takes, beside ways of boosting without one: one JSON line.

    python bench/planning.py [--relays 2000] [--appeals 500] [--follows 700000] [--seed 0] [--runs 5]

Seconds are of one processor (user and system), the median of the runs after the kernels are
compiled. `ratio` is the plan's own certificate. The ways compared get the same budgets and rules;
their visibility is told by the same `evaluate`.
"""

import argparse
import json
import statistics
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from colibri.compute.classes import FAMILIES, REGIONS, RelevanceTable, pack, relevance
from colibri.compute.planning import (
    Problem,
    at_random,
    check,
    evaluate,
    most_followed_first,
    round_robin,
    solve,
    unaided,
)
from colibri.compute.warm import warm

BUDGET = 3


def made_day(
    relays: int, appeals: int, follows: int, seed: int = 0, member_cap: int | None = None
) -> Problem:
    """A day with about `follows` follows, prior 1, three boosts a relay and no cap on appeals.

    Audiences are log-normal in size (σ 1.3: a few relays have most followers). There are 0.45 members
    per follow; each audience draws its members with a density that favours the first ones, so that
    some follow dozens of relays. Of 60 % of members the trade is unknown, of 60 % the region, and 3 %
    recruit. Attention is gamma with mean .06, kept between .005 and .35.
    """
    rng = np.random.default_rng(seed)
    members = int(follows * 0.45)
    size = rng.lognormal(0.0, 1.3, relays)
    size = np.clip((size / size.sum() * follows).astype(int), 1, members // 3)
    audiences = [np.unique((members * rng.random(int(one)) ** 1.5).astype(np.uint32)) for one in size]
    known_family, known_region = rng.random(members) < 0.4, rng.random(members) < 0.4
    member_class = pack(
        rng.integers(1, len(FAMILIES) + 1, members) * known_family,
        rng.integers(1, len(REGIONS) + 1, members) * known_region,
        rng.random(members) < 0.03,
    )
    table = relevance(
        RelevanceTable(),
        rng.integers(1, len(FAMILIES) + 1, appeals),
        rng.integers(1, len(REGIONS) + 1, appeals),
    )
    return Problem(
        audience_start=np.cumsum([0, *[one.size for one in audiences]]),
        audience_member=np.concatenate(audiences),
        member_class=member_class,
        relevance=table,
        attention=np.clip(rng.gamma(4.0, 0.015, relays), 0.005, 0.35).astype(np.float32),
        budget=np.full(relays, BUDGET, dtype=np.int32),
        appeal_cap=np.full(appeals, relays, dtype=np.int32),
        prior=np.ones(appeals),
    )


def processor_seconds(runs: int, work: Callable[[], Any]) -> tuple[float, Any]:
    """The median processor time of some runs, and what the last one gave."""
    taken = []
    for _ in range(runs):
        began = time.process_time()
        result = work()
        taken.append(time.process_time() - began)
    return statistics.median(taken), result


def told(visibility: np.ndarray) -> dict[str, float]:
    return {
        "geometric_mean": round(float(np.exp(np.mean(np.log(visibility)))), 3),
        "least": round(float(visibility.min()), 3),
        "median": round(float(np.median(visibility)), 3),
        "total": round(float(visibility.sum()), 1),
    }


def measure(problem: Problem, seed: int, runs: int) -> dict[str, Any]:
    """The plan and the others on one problem."""
    seconds, plan = processor_seconds(runs, lambda: solve(problem, seed=seed))
    check(problem, plan.relay, plan.appeal)
    greedy_seconds, greedy = processor_seconds(runs, lambda: solve(problem, seed=seed, work_limit=0))
    ways: dict[str, Any] = {
        "plan": {"seconds": round(seconds, 3), "ratio": round(plan.ratio, 5), "settled": plan.settled}
        | told(plan.visibility),
        "greedy_alone": {"seconds": round(greedy_seconds, 3), "ratio": round(greedy.ratio, 5)}
        | told(greedy.visibility),
    }
    others: dict[str, Callable[[], Any]] = {
        "most_followed_first": lambda: most_followed_first(problem),
        "round_robin": lambda: round_robin(problem),
        "random": lambda: at_random(problem, seed=seed),
        "unaided": lambda: unaided(problem, seed=seed),
    }
    for name, way in others.items():
        taken, pairs = processor_seconds(1, way)
        check(problem, *pairs)
        ways[name] = {"seconds": round(taken, 3)} | told(evaluate(problem, *pairs))
    return ways


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--relays", type=int, default=2000)
    parser.add_argument("--appeals", type=int, default=500)
    parser.add_argument("--follows", type=int, default=700_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--runs", type=int, default=5)
    given = parser.parse_args()
    warm()
    problem = made_day(given.relays, given.appeals, given.follows, given.seed)
    print(
        json.dumps(
            {
                "bench": "planning",
                "relays": problem.relays,
                "appeals": problem.appeals,
                "follows": int(problem.audience_member.size),
                "members": problem.members,
                "seed": given.seed,
                "runs": given.runs,
            }
            | measure(problem, given.seed, given.runs)
        )
    )


if __name__ == "__main__":
    main()
