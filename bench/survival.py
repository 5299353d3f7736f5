"""Searches whose end is known for some: coverage of the truth, the naive share, time; one JSON line.

    python bench/survival.py [--people 20000] [--times 500] [--large 100000] [--seed 0] [--runs 5]

`--times` populations are drawn in which the share back at work within six months is known. Searches begin
over a year and a half; whoever was asked may answer no more, from one question to the next, until about seven
in ten are silent. Told: how often the 95 % interval holds the truth, the mean error, the naive shares, and
the same where those who found work answer more often (silence that speaks), beside what the two extremes of
the silent leave open. Then processor seconds for `--large` searches with a time each of their own.
"""

import argparse
import json
import math
import statistics
import time
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from colibri.compute.survival import (
    QUESTIONS,
    Known,
    aalen_johansen,
    kaplan_meier,
    known_until,
    share_within,
)

HAZARDS = np.array([0.0016, 0.0012, 0.0003, 0.0006, 0.0004])
"""A day: found through the collective, found otherwise, own business, training, stopped."""
WORK = (1, 2, 3)
HORIZON = 183.0


@dataclass(frozen=True)
class Population:
    """Columns of `known_until`, each of one value per search."""

    ages: NDArray[np.float64]
    heard: NDArray[np.float64]
    ended: NDArray[np.float64]
    causes: NDArray[np.int64]


def truth() -> float:
    """The share back at work within six months, with nobody silent and everybody followed so long."""
    total = float(HAZARDS.sum())
    return float(HAZARDS[:3].sum()) / total * -math.expm1(-total * HORIZON)


def population(
    rng: np.random.Generator, people: int, *, leaves: float = 0.32, found_leave: float | None = None
) -> Population:
    """Draw searches: `leaves` is the chance to answer no more from one question to the next.

    With `found_leave` those who are back at work have their own chance to leave one unanswered.
    """
    questions = np.asarray(QUESTIONS, dtype=np.float64)
    ages = rng.uniform(0, 540, people)
    when = rng.exponential(1 / HAZARDS.sum(), people)
    what = rng.choice(len(HAZARDS), people, p=HAZARDS / HAZARDS.sum()) + 1
    stays = rng.geometric(leaves, people) - 1
    if found_leave is not None:
        stays = np.where(
            np.isin(what, WORK) & (when < 365),
            np.searchsorted(questions, when) + (rng.random(people) > found_leave),
            stays,
        )
    asked = np.searchsorted(questions + 7, ages, side="right")
    answered = np.minimum(stays, asked)
    window = np.searchsorted(questions, when)
    told = window < answered
    day = np.concatenate(([0.0], questions))
    heard = day[np.minimum(answered, window)]
    return Population(ages, heard, np.where(told, when, np.nan), np.where(told, what, 0))


def coverage(times: int, people: int, seed: int, **silence: float) -> dict[str, float]:
    """What many populations tell together."""
    rng = np.random.default_rng(seed)
    rows, true = [], truth()
    for _ in range(times):
        drawn = population(rng, people, **silence)
        found = share_within(known_until(drawn.ages, drawn.heard, drawn.ended, drawn.causes), WORK)
        work = np.isin(drawn.causes, WORK) & (drawn.ended <= HORIZON)
        old = drawn.ages >= HORIZON
        rows.append(
            (
                found.low <= true <= found.high,
                found.share - true,
                found.silence,
                work[old].mean(),
                np.isin(drawn.causes, WORK).sum() / np.count_nonzero(drawn.causes),
                found.none <= true <= found.all,
                found.none,
                found.all,
            )
        )
    names = ("covered", "error", "silent", "naive_of_all", "naive_of_known", "between", "none", "all")
    means = np.asarray(rows, dtype=np.float64).mean(axis=0).tolist()
    return dict(zip(names, (round(one, 5) for one in means), strict=True))


def seconds(runs: int, people: int, seed: int) -> dict[str, float]:
    """Processor seconds, the median of the runs, for one large population."""
    drawn = population(np.random.default_rng(seed), people)
    ended = np.where(np.isnan(drawn.ended), drawn.ages, drawn.ended)
    taken: dict[str, list[float]] = {"share": [], "kaplan_meier": [], "aalen_johansen": []}
    for _ in range(runs):
        for name, work in (
            ("share", lambda: share_within(_known(drawn), WORK)),
            ("kaplan_meier", lambda: kaplan_meier(ended, drawn.causes > 0)),
            ("aalen_johansen", lambda: aalen_johansen(ended, drawn.causes, wanted=5)),
        ):
            began = time.process_time()
            work()
            taken[name].append(time.process_time() - began)
    return {name: round(statistics.median(all_of), 4) for name, all_of in taken.items()}


def _known(drawn: Population) -> Known:
    return known_until(drawn.ages, drawn.heard, drawn.ended, drawn.causes)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--times", type=int, default=500)
    parser.add_argument("--large", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--runs", type=int, default=5)
    given = parser.parse_args()
    print(
        json.dumps(
            {
                "bench": "survival",
                "people": given.people,
                "times": given.times,
                "truth": round(truth(), 5),
                "silence_that_says_nothing": coverage(given.times, given.people, given.seed),
                "silence_that_speaks": coverage(
                    max(given.times // 10, 1), given.people, given.seed + 1, found_leave=0.3
                ),
                "large": given.large,
                "seconds": seconds(given.runs, given.large, given.seed),
            }
        )
    )


if __name__ == "__main__":
    main()
