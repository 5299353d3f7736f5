"""How the planner grows: days from 0.7 million follows on, one JSON line for each size.

    python bench/scale.py [--sizes 1,10] [--seed 0] [--member-cap 60] [--runs 3]

Size 1 is 2,000 relays, 500 appeals and 700,000 follows; size 100 is 200,000 relays, 50,000 appeals and 70
million follows, and takes 6 GB and some minutes. Members are numbered by class, as `colibri plan` does it.
Seconds are of one processor (user and system), medians of the runs, with the kernels compiled: in the first
one a virtual machine may have to ask its host for memory. Memory is the most the process took so far, the day
itself included. `first_order` counts gains alone; `exact` counts overlap and
keeps the members' cap; `read` is one streaming sum of follows.
"""

import argparse
import dataclasses
import json
import resource
import statistics
import time
from collections.abc import Callable
from typing import Any

import numpy as np
from _days import mixed_day

from colibri.compute.planning import Problem, solve_wide
from colibri.compute.planning.numbering import number_members


def measured(runs: int, work: Callable[[], Any]) -> tuple[float, Any]:
    taken = []
    for _ in range(runs):
        began = time.process_time()
        result = work()
        taken.append(time.process_time() - began)
    return round(statistics.median(taken), 3), result


def gigabytes() -> float:
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20, 2)


def told(problem: Problem, seconds: float, plan: Any) -> dict[str, Any]:
    return {
        "seconds": seconds,
        "nanoseconds_a_follow": round(seconds * 1e9 / problem.audience_member.size),
        "gigabytes": gigabytes(),
        "boosts": int(plan.relay.size),
        "geometric_mean": round(float(np.exp(np.log(plan.visibility).mean())), 3),
        "least": round(float(plan.visibility.min()), 3),
        "ratio": round(plan.ratio, 4),
    }


def measure(size: int, seed: int, member_cap: int, runs: int) -> dict[str, Any]:
    problem = number_members(mixed_day(2000 * size, 500 * size, 700_000 * size, seed))
    line: dict[str, Any] = {
        "bench": "scale",
        "relays": problem.relays,
        "appeals": problem.appeals,
        "follows": int(problem.audience_member.size),
        "members": problem.members,
        "gigabytes_of_the_day": gigabytes(),
        "member_cap": member_cap,
    }
    line["read"], _ = measured(runs, lambda: int(problem.audience_member.sum(dtype=np.uint64)))
    seconds, plan = measured(runs, lambda: solve_wide(problem, overlap=False))
    line["first_order"] = told(problem, seconds, plan)
    capped = dataclasses.replace(problem, member_cap=member_cap)
    del plan
    seconds, plan = measured(runs, lambda: solve_wide(capped))
    line["exact"] = told(problem, seconds, plan)
    return line


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="1,10")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--member-cap", type=int, default=60)
    parser.add_argument("--runs", type=int, default=3)
    given = parser.parse_args()
    small = mixed_day(200, 50, 20_000)
    solve_wide(small, overlap=False)
    solve_wide(dataclasses.replace(small, member_cap=9))
    for size in given.sizes.split(","):
        print(json.dumps(measure(int(size), given.seed, given.member_cap, given.runs)), flush=True)


if __name__ == "__main__":
    main()
