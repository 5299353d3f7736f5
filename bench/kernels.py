"""How close the loops that touch every follow come to what memory allows: one JSON line.

    python bench/kernels.py [--relays 20000] [--appeals 5000] [--follows 7000000] [--seed 0] [--runs 5]

Nanoseconds of one processor a follow, medians of the runs, on a mixed day (`_days.py`). `read` adds up the
follows in order, `read_at` the classes of the members they name, which is what looking members up takes;
`pass` is the planner's own pass over the audiences, with one kind of appeals and with all of them, and
`numbered_pass` the same where members are numbered by class, which took `number`.
`write_at` writes the members' hashes, 8 bytes each, to random places of a table twice as large; `distinct`
counts the distinct hashes of all relays together. Sketches (`pip install --group bench`) are HyperLogLog and
Theta of `datasketches`, 4,096 entries each: what a union takes, and their error against the exact count.
"""

import argparse
import json
import statistics
import time
from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import Any

import numpy as np
from _days import mixed_day
from numpy.typing import NDArray

from colibri.compute.planning import Problem
from colibri.compute.planning.kernel import kernel
from colibri.compute.planning.kinds import bring_alone, sort_appeals
from colibri.compute.planning.numbering import number_members
from colibri.compute.reach import distinct

ENTRIES = 12
"""Binary logarithm of a sketch's entries."""


@kernel
def read(values: Any) -> int:
    total = np.uint64(0)
    for value in values:
        total += np.uint64(value)
    return int(total)


@kernel
def read_at(values: Any, places: Any) -> int:
    total = np.uint64(0)
    for place in places:
        total += np.uint64(values[place])
    return int(total)


@kernel
def write_at(table: Any, places: Any, values: Any) -> None:
    for index in range(places.size):
        table[places[index]] = values[index]


def seconds(runs: int, work: Callable[[], Any]) -> float:
    """The median processor time of some runs, after one that compiles."""
    work()
    taken = []
    for _ in range(runs):
        began = time.process_time()
        work()
        taken.append(time.process_time() - began)
    return statistics.median(taken)


def passes(problem: Problem, runs: int) -> dict[str, float]:
    """The pass over the audiences beside reading in order and reading at the members' places."""
    rows = sort_appeals(problem).relevance
    follows = problem.audience_member
    classes = problem.member_class.astype(np.uint16)
    found = {"read": seconds(runs, lambda: read(follows))}
    found["read_at"] = seconds(runs, lambda: read_at(classes, follows))
    found["number"] = seconds(runs, lambda: number_members(problem))
    for name, day in (("pass", problem), ("numbered_pass", number_members(problem))):
        for kinds, some in (("", rows[:1]), ("_of_all_kinds", rows)):
            alone = np.zeros((problem.relays, some.shape[0]), dtype=np.float32)
            found[name + kinds] = seconds(runs, partial(bring_alone, day, some, day.attention, alone))
    return found


def unions(audiences: list[NDArray[np.int64]], rng: np.random.Generator, runs: int) -> dict[str, float]:
    """Counting the distinct hashes of all audiences beside random writes of as many, a sort and np.unique."""
    together = np.concatenate(audiences)
    table = np.zeros(1 << (2 * together.size - 1).bit_length(), dtype=np.int64)
    places = rng.integers(0, table.size, together.size)
    found = {"write_at": seconds(runs, lambda: write_at(table, places, together))}
    found["distinct"] = seconds(runs, lambda: distinct(audiences))
    found["np_sort"] = seconds(runs, lambda: np.sort(together))
    found["np_unique"] = seconds(1, lambda: np.unique(together))
    return found


def sketched(audiences: list[NDArray[np.int64]], exact: int) -> dict[str, Any]:
    """What the union of the audiences' sketches takes and says."""
    try:
        made = import_module("datasketches")
    except ModuleNotFoundError as error:
        return {"left_out": str(error)}
    found: dict[str, Any] = {}
    for name, sketch, union, result in (
        (
            "hyperloglog",
            lambda: made.hll_sketch(ENTRIES),
            made.hll_union(ENTRIES),
            lambda one: one.get_result(),
        ),
        (
            "theta",
            lambda: made.update_theta_sketch(ENTRIES),
            made.theta_union(ENTRIES),
            lambda one: one.get_result(),
        ),
    ):
        sketches = [sketch() for _ in audiences]
        for one, audience in zip(sketches, audiences, strict=True):
            for value in audience.tolist():
                one.update(value)
        began = time.process_time()
        for one in sketches:
            union.update(one)
        taken = time.process_time() - began
        joined = result(union)
        found[name] = {
            "microseconds_a_union": round(taken * 1e6 / len(audiences), 2),
            "error": round(joined.get_estimate() / exact - 1, 5),
            "low_95": round(joined.get_lower_bound(2) / exact - 1, 5),
            "high_95": round(joined.get_upper_bound(2) / exact - 1, 5),
        }
    return found


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--relays", type=int, default=20_000)
    parser.add_argument("--appeals", type=int, default=5_000)
    parser.add_argument("--follows", type=int, default=7_000_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--runs", type=int, default=5)
    given = parser.parse_args()
    problem = mixed_day(given.relays, given.appeals, given.follows, given.seed)
    rng = np.random.default_rng(given.seed)
    hashes = rng.integers(-(2**63), 2**63 - 1, problem.members)[problem.audience_member]
    audiences = np.split(hashes, problem.audience_start[1:-1])
    found = passes(problem, given.runs) | unions(audiences, rng, given.runs)
    exact = distinct(audiences)
    if exact != np.unique(problem.audience_member).size:
        raise SystemExit(f"distinct says {exact}, and that is not so")
    line: dict[str, Any] = {
        "bench": "kernels",
        "relays": problem.relays,
        "follows": int(problem.audience_member.size),
        "members": problem.members,
        "distinct_members": exact,
    }
    line |= {name: round(one * 1e9 / hashes.size, 2) for name, one in found.items()}
    line["share_of_reading_in_order"] = round(found["read"] / found["numbered_pass"], 3)
    line["share_of_reading_at_places"] = round(found["read_at"] / found["pass"], 3)
    line["share_of_random_writes"] = round(found["write_at"] / found["distinct"], 3)
    print(json.dumps(line | {"sketches": sketched(audiences, exact)}))


if __name__ == "__main__":
    main()
