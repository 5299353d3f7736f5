"""Pairing those who ask with those who offer, beside first-come-first-served and by lot: one JSON line.

    python bench/pairing.py [--seekers 10000] [--helpers 1000] [--places 11] [--seed 0]

Everybody is drawn by `--seed`: seven kinds of help, of which a helper gives about three; four languages, one
spoken by all helpers and the others by 20, 5 and 2 in a hundred; `--places` on the average for each helper.
Seconds are of one processor, weighing every pair included, after the kernels are compiled. `optimum` is the
bound the prices prove. `fit_share` is what people have in common beside the most there could be if nobody's
wait counted. `longest_wait` is, in days, that of whoever still waits afterwards and could be helped by
somebody; no pairing can make it shorter than `by_wait_alone`. First come chooses the best helper still
free, whoever waited longest first.
"""

import argparse
import json
import time
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from colibri.compute.pairing import Candidates, Helpers, Seekers, at_random, first_come, fitting, pair

ASKED = (0.25, 0.10, 0.25, 0.05, 0.20, 0.05, 0.10)


def made_world(seekers: int, helpers: int, places: int, seed: int) -> tuple[Seekers, Helpers]:
    """A collective drawn by lot."""
    rng = np.random.default_rng(seed)
    family, theirs = rng.integers(1, 15, seekers), rng.integers(1, 15, helpers)
    asking = Seekers(
        kind=1 << rng.choice(7, seekers, p=ASKED),
        languages=1 << rng.choice(4, seekers, p=[0.93, 0.04, 0.02, 0.01]),
        hours=rng.integers(1, 64, seekers),
        family=family,
        domain=family * 10 + rng.integers(0, 8, seekers),
        region=rng.integers(1, 19, seekers),
        waited=rng.exponential(6, seekers).round(2),
        known=np.full(seekers, -1),
        own_trade=np.zeros(seekers),
    )
    kinds = rng.random((helpers, 7)) < 0.4
    kinds[np.arange(helpers), rng.integers(0, 7, helpers)] = True
    offering = Helpers(
        kinds=kinds @ (1 << np.arange(7)),
        languages=1 | (rng.random((helpers, 3)) < (0.2, 0.05, 0.02)) @ np.array([2, 4, 8]),
        hours=rng.integers(1, 64, helpers),
        families=(1 << theirs) * (rng.random(helpers) < 0.6),
        domain=theirs * 10 + rng.integers(0, 8, helpers),
        region=rng.integers(1, 19, helpers),
        places=rng.integers(max(1, places // 2), places + places // 2 + 1, helpers),
        load=np.zeros(helpers),
        answers=rng.beta(5, 2, helpers),
    )
    return asking, offering


def told(
    candidates: Candidates, waited: NDArray[np.float64], helper: NDArray[np.int32], most: int
) -> dict[str, float]:
    """How a pairing serves everybody."""
    owner = np.repeat(np.arange(candidates.seekers), np.diff(candidates.start))
    chosen = candidates.helper == helper[owner]
    left = (helper < 0) & (np.diff(candidates.start) > 0)
    total = candidates.fit[chosen].sum() + candidates.urgency[owner[chosen]].sum()
    return {
        "total": int(total),
        "fit_share": round(float(candidates.fit[chosen].sum() / most), 4),
        "still_waiting": int(left.sum()),
        "longest_wait": round(float(waited[left].max(initial=0.0)), 2),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seekers", type=int, default=10_000)
    parser.add_argument("--helpers", type=int, default=1_000)
    parser.add_argument("--places", type=int, default=11)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    pair(fitting(*made_world(20, 5, 2, seed=0)))
    asking, offering = made_world(given.seekers, given.helpers, given.places, given.seed)
    began = time.process_time()
    candidates = fitting(asking, offering)
    found = pair(candidates)
    seconds = time.process_time() - began
    most = pair(replace(candidates, urgency=np.zeros_like(candidates.urgency))).fit
    # Who can be helped together is a matroid: the heaviest by waiting alone leaves the shortest longest wait.
    by_wait = np.rint(asking.waited * 1_000).astype(candidates.urgency.dtype) + 1
    least = pair(replace(candidates, fit=np.zeros_like(candidates.fit), urgency=by_wait))
    ways = {
        "paired": found.helper,
        "first_come": first_come(candidates, asking.waited),
        "at_random": at_random(candidates, seed=given.seed),
        "by_wait_alone": least.helper,
    }
    figures = {name: told(candidates, asking.waited, helper, most) for name, helper in ways.items()}
    print(
        json.dumps(
            {
                "bench": "pairing",
                "seekers": given.seekers,
                "helpers": given.helpers,
                "places": int(offering.places.sum()),
                "pairs": int(candidates.helper.size),
                "seconds": round(seconds, 2),
                "optimum": found.bound,
                "ratio": found.total / found.bound,
                **figures,
            }
        )
    )


if __name__ == "__main__":
    main()
