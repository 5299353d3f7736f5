"""Distinct reach of many audiences, beside np.unique and a plain sort of the same ids: one JSON line.

    python bench/reach.py [--audiences 2000] [--follows 700000] [--seed 0] [--runs 5]

Hashes are 64-bit and drawn so that about 0.45 distinct people stand behind each follow. Seconds are
of one processor, the median of the runs.
"""

import argparse
import json
import statistics
import time
from collections.abc import Callable

import numpy as np

from colibri.compute.reach import distinct


def processor_seconds(runs: int, work: Callable[[], int]) -> tuple[float, int]:
    """The median processor time of some runs, and what the last one counted."""
    taken = []
    for _ in range(runs):
        began = time.process_time()
        count = work()
        taken.append(time.process_time() - began)
    return statistics.median(taken), count


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--audiences", type=int, default=2000)
    parser.add_argument("--follows", type=int, default=700_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--runs", type=int, default=5)
    given = parser.parse_args()
    rng = np.random.default_rng(given.seed)
    people = rng.integers(-(2**63), 2**63 - 1, int(given.follows * 0.45))
    follows = people[rng.integers(0, people.size, given.follows)]
    audiences = np.array_split(follows, given.audiences)
    seconds, count = processor_seconds(given.runs, lambda: distinct(audiences))
    unique_seconds, unique = processor_seconds(given.runs, lambda: np.unique(follows).size)
    sort_seconds, _ = processor_seconds(given.runs, lambda: np.sort(follows).size)
    if count != unique:
        raise SystemExit(f"distinct says {count}, np.unique {unique}")
    print(
        json.dumps(
            {
                "bench": "reach",
                "audiences": given.audiences,
                "follows": given.follows,
                "distinct": count,
                "seconds": round(seconds, 5),
                "ids_per_second": round(given.follows / seconds),
                "np_unique_seconds": round(unique_seconds, 5),
                "np_sort_seconds": round(sort_seconds, 5),
            }
        )
    )


if __name__ == "__main__":
    main()
