"""How good a plan is and how long it takes, beside other ways and other programs: one JSON line.

    python bench/planning.py [--day mixed|near|real] [--relays 2000] [--appeals 500] [--follows 700000]
                             [--seed 0] [--runs 5] [--alone]

Days are described in `_days.py`. Seconds are of one processor (user and system), the median of the runs after
the kernels are compiled; peers run in the same process, those that take over ten seconds once. `ratio` is the
plan's own certificate. Every way keeps the same budgets and rules and is told by the same `evaluate`.
`against` says how the plan stands: its geometric mean over that of the best other way, its least visibility
over that of most followed first, and how many times as fast as min-cost flow each of our ways is.
Peers need `pip install --group bench`; without it, or with --alone, they are left out, and the line says so.
Where there are at most 20,000 pairs, SCIP (half a minute) and CLARABEL bound it too, gains counted alone.
"""

import argparse
import importlib
import json
import math
import statistics
import time
from collections.abc import Callable
from typing import Any

import numpy as np
from _days import mixed_day, near_day, real_day

from colibri.compute.planning import (
    Problem,
    at_random,
    check,
    evaluate,
    most_followed_first,
    round_robin,
    solve,
    solve_wide,
    unaided,
)

LONG = 10.0
PAIRS_OF_EXACT_SOLVERS = 20_000
SCIP_SECONDS = 30.0


def processor_seconds(runs: int, work: Callable[[], Any]) -> tuple[float, Any]:
    """The median processor time of some runs, and what the last one gave."""
    taken: list[float] = []
    while len(taken) < runs and (not taken or taken[0] < LONG):
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


def plans(problem: Problem, seed: int, runs: int) -> dict[str, Any]:
    """The plan, without its bound, by greedy alone, and in turns."""
    found = {}
    for name, work in {
        "plan": lambda: solve(problem, seed=seed),
        "plan_without_bound": lambda: solve(problem, seed=seed, proof_limit=0),
        "greedy_alone": lambda: solve(problem, seed=seed, work_limit=0),
        "in_turns": lambda: solve_wide(problem),
        "in_turns_gains_alone": lambda: solve_wide(problem, overlap=False),
    }.items():
        seconds, plan = processor_seconds(runs, work)
        check(problem, plan.relay, plan.appeal)
        seen = evaluate(problem, plan.relay, plan.appeal)
        line = {"seconds": round(seconds, 3), "ratio": round(plan.ratio, 5)}
        found[name] = line | told(seen) | {"bound": round(plan.bound, 5)}
    return found


def others(problem: Problem, seed: int, runs: int, peers: Any) -> dict[str, Any]:
    """Ways without a plan, and other programs where they are installed."""
    ways: dict[str, Callable[[], Any]] = {
        "most_followed_first": lambda: most_followed_first(problem),
        "round_robin": lambda: round_robin(problem),
        "random": lambda: at_random(problem, seed=seed),
        "unaided": lambda: unaided(problem, seed=seed),
    }
    for name, peer in peers.PEERS.items() if peers else ():
        ways[name] = lambda peer=peer: peer(problem)
    found: dict[str, Any] = {}
    for name, way in ways.items():
        try:
            seconds, pairs = processor_seconds(runs if peers and name in peers.PEERS else 1, way)
        except MemoryError as error:
            found[name] = {"left_out": str(error)}
            continue
        check(problem, *pairs)
        found[name] = {"seconds": round(seconds, 3)} | told(evaluate(problem, *pairs))
    return found


def against(line: dict[str, Any], ours: list[str], theirs: list[str]) -> dict[str, Any]:
    """How our plan stands to the other ways, and how fast our ways are beside min-cost flow."""
    best = max(
        (name for name in theirs if "geometric_mean" in line[name]),
        key=lambda name: line[name]["geometric_mean"],
    )
    flow = line.get("ortools_min_cost_flow", {}).get("seconds")
    return {
        "best_other": best,
        "geometric_mean": round(line["plan"]["geometric_mean"] / line[best]["geometric_mean"], 3),
        "least": round(line["plan"]["least"] / line["most_followed_first"]["least"], 2),
        "times_as_fast_as_flow": {name: round(flow / line[name]["seconds"], 2) for name in ours}
        if flow
        else None,
    }


def bounds(problem: Problem, plan: dict[str, Any], peers: Any) -> dict[str, Any]:
    """What exact solvers prove of the day with gains counted alone, and the plan's share of it."""
    objective = problem.appeals * math.log(plan["geometric_mean"])
    found = {}
    for name, bound in {
        "clarabel": peers.divided_bound,
        "scip": lambda day: peers.integer_bound(day, SCIP_SECONDS),
    }.items():
        seconds, value = processor_seconds(1, lambda bound=bound: bound(problem))
        share = math.exp((objective - value) / problem.appeals)
        found[name] = {"seconds": round(seconds, 3), "bound": round(value, 5), "share": round(share, 5)}
    return found


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--day", choices=["mixed", "near", "real"], default="mixed")
    parser.add_argument("--relays", type=int, default=2000)
    parser.add_argument("--appeals", type=int, default=500)
    parser.add_argument("--follows", type=int, default=700_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--alone", action="store_true")
    given = parser.parse_args()
    try:
        peers = None if given.alone else importlib.import_module("_peers")
    except ModuleNotFoundError:
        peers = None
    small = mixed_day(40, 10, 2000)
    plans(small, 0, 1)
    if given.day == "real":
        problem = real_day(given.relays, given.appeals, given.seed)
    else:
        made = {"mixed": mixed_day, "near": near_day}[given.day]
        problem = made(given.relays, given.appeals, given.follows, given.seed)
    line: dict[str, Any] = {
        "bench": "planning",
        "day": given.day,
        "relays": problem.relays,
        "appeals": problem.appeals,
        "follows": int(problem.audience_member.size),
        "members": problem.members,
        "seed": given.seed,
        "runs": given.runs,
        "peers": peers is not None,
    }
    ours, theirs = plans(problem, given.seed, given.runs), others(problem, given.seed, given.runs, peers)
    line |= ours | theirs
    line["against"] = against(line, list(ours), list(theirs))
    if peers and problem.relays * problem.appeals <= PAIRS_OF_EXACT_SOLVERS:
        line["bounds"] = bounds(problem, line["plan"], peers)
    print(json.dumps(line))


if __name__ == "__main__":
    main()
