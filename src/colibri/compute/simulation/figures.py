"""A course of days in a few figures."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from colibri.compute.simulation.course import Course
from colibri.compute.simulation.world import World

__all__ = ["STAYED", "Summary", "fair_week", "gini", "summary"]

STAYED = 7
"""Days an appeal was there at least, to be compared with others by its visibility a day."""
WORST = 0.1
"""The share of appeals that wait longest, whose wait is told."""


@dataclass(frozen=True, slots=True)
class Summary:
    """Visibility a day (of appeals that stayed a week): `least`, `median`; `total` of all, counted days.

    `gini` (0: all alike, towards 1: one has all) of visibility a day; `wait` is how many days pass until an
    appeal has had as much as a fair week brings: its median, and the mean of the tenth that waits longest,
    where those who left before count the days they stayed; `never` counts these. `found` is a share.
    """

    appeals: int
    boosts: int
    least: float
    median: float
    total: float
    gini: float
    wait: float
    wait_worst: float
    never: int
    found: float


def summary(world: World, course: Course, *, fair: float) -> Summary:
    """Figures of the appeals that arrived from `world.counted_from` on; `fair` is `fair_week` of the world.

    Raises ValueError where no appeal stayed a week.
    """
    counted = world.arrival >= world.counted_from
    gain, present = course.gain[:, counted], course.present[:, counted]
    days = present.sum(axis=0)
    a_day = (gain.sum(axis=0) / np.maximum(days, 1))[days >= STAYED]
    if not a_day.size:
        raise ValueError(f"arrival: no appeal stayed {STAYED} days from day {world.counted_from} on")
    enough = np.cumsum(gain, axis=0) >= fair
    reached = enough.any(axis=0)
    waits = np.where(reached, np.argmax(enough, axis=0) - world.arrival[counted] + 1, days)
    # Who arrived in the last days had no time to have enough: nothing is known of their wait.
    knowable = reached | (world.arrival[counted] + world.stay[counted] <= world.days) | course.found[counted]
    longest = np.sort(waits[knowable])[::-1]
    worst = longest[: max(1, round(WORST * longest.size))] if longest.size else np.zeros(1)
    return Summary(
        appeals=int(counted.sum()),
        boosts=int(course.boosts[counted].sum()),
        least=float(a_day.min()),
        median=float(np.median(a_day)),
        total=float(course.gain[world.counted_from :].sum()),
        gini=gini(a_day),
        wait=float(np.median(longest)) if longest.size else 0.0,
        wait_worst=float(worst.mean()),
        never=int(np.count_nonzero(~reached & knowable)),
        found=float(course.found[counted].mean()),
    )


def fair_week(course: Course) -> float:
    """What seven days bring on average, in the course of a policy that favours nobody."""
    return float(7.0 * course.gain.sum() / max(1, np.count_nonzero(course.present)))


def gini(values: ArrayLike) -> float:
    """The Gini coefficient of amounts (float64, n): half their mean difference, beside their mean.

    0 where all are zero. Raises ValueError for none or a negative one.
    """
    amounts: NDArray[np.float64] = np.sort(np.asarray(values, np.float64))
    if not amounts.size or amounts[0] < 0:
        raise ValueError("values: expected amounts of 0 or more")
    total, n = amounts.sum(), amounts.size
    if total == 0.0:
        return 0.0
    rank = 2.0 * np.arange(1, n + 1) - n - 1
    return float(rank @ amounts / (n * total))
