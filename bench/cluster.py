"""A plan made in parts by workers of a local Ray cluster, against the plan made in one: one JSON line.

    python bench/cluster.py [--size 1] [--day mixed|near] [--workers 2] [--member-cap N] [--seed 0]

Size 1 is 2,000 relays, 500 appeals and 700,000 follows (`_days.py`). Seconds are of the clock, with the
kernels compiled; those in parts hold the start of the workers. `mean` and `least` are visibility in parts as
a share of visibility in one. Needs `pip install 'colibri[cluster]'`.
"""

import argparse
import dataclasses
import json
import time
from collections.abc import Callable

import numpy as np
import ray
from _days import mixed_day, near_day

from colibri.compute.planning import Plan, check, solve_wide
from colibri.compute.planning.parts import solve_in_parts
from colibri.config.plan.cluster import solve_cluster


def timed(work: Callable[[], Plan]) -> tuple[float, Plan]:
    began = time.monotonic()
    plan = work()
    return round(time.monotonic() - began, 3), plan


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--size", type=int, default=1)
    parser.add_argument("--day", choices=["mixed", "near"], default="mixed")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--member-cap", type=int)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    made = {"mixed": mixed_day, "near": near_day}[given.day]
    problem = made(2000 * given.size, 500 * given.size, 700_000 * given.size, given.seed)
    problem = dataclasses.replace(problem, member_cap=given.member_cap)
    small = mixed_day(40, 10, 2000)
    solve_wide(small)
    ray.init(num_cpus=given.workers, include_dashboard=False, log_to_driver=False)
    solve_cluster(small, given.workers)
    seconds_one, one = timed(lambda: solve_wide(problem))
    seconds_here, here = timed(lambda: solve_in_parts(problem, given.workers))
    seconds_parts, parts = timed(lambda: solve_cluster(problem, given.workers))
    check(problem, parts.relay, parts.appeal)
    if not (np.array_equal(here.relay, parts.relay) and np.array_equal(here.appeal, parts.appeal)):
        raise SystemExit("the plan differs with where its parts are made")
    mean = float(np.exp(np.log(parts.visibility).mean() - np.log(one.visibility).mean()))
    line = {
        "bench": "cluster",
        "day": given.day,
        "relays": problem.relays,
        "appeals": problem.appeals,
        "follows": int(problem.audience_member.size),
        "member_cap": given.member_cap,
        "workers": given.workers,
        "ray": ray.__version__,
        "seconds_in_one": seconds_one,
        "seconds_in_parts_in_one_process": seconds_here,
        "seconds_in_parts": seconds_parts,
        "mean": round(mean, 5),
        "least": round(float(parts.visibility.min() / one.visibility.min()), 5),
        "ratio_in_one": round(one.ratio, 5),
        "ratio_in_parts": round(parts.ratio, 5),
    }
    print(json.dumps(line))
    ray.shutdown()


if __name__ == "__main__":
    main()
