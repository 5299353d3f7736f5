"""What decided each boost of a plan, as counts to be put in words; who is counted is never kept."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from colibri.appeals.models import Appeal
from colibri.audiences.models import Audience
from colibri.compute.classes import COUNT, unpack
from colibri.compute.planning import Plan as Solution
from colibri.compute.planning import Problem

__all__ = ["reasons_of"]


def reasons_of(
    problem: Problem, solution: Solution, audiences: Sequence[Audience], appeals: Sequence[Appeal]
) -> list[dict[str, int | bool]]:
    """For each boost: the relay's followers, those of the trade, of the region, those who recruit, those
    whom nobody else shows this message today; and whether it was seen little so far.
    """
    family, region, recruits = unpack(np.arange(COUNT))
    kinds = [np.bincount(one.kinds, minlength=COUNT) for one in audiences]
    seen_little = problem.prior <= np.median(problem.prior)
    alone = _alone(problem, solution)
    reasons: list[dict[str, int | bool]] = []
    for place, (relay, number) in enumerate(
        zip(solution.relay.tolist(), solution.appeal.tolist(), strict=True)
    ):
        appeal, known = appeals[number], kinds[relay]
        reasons.append({
            "followers": int(known.sum()),
            "same_trade": int(known[family == appeal.family].sum()) if appeal.family else 0,
            "same_region": int(known[region == appeal.region_number].sum()) if appeal.region_number else 0,
            "recruiters": int(known[recruits].sum()),
            "alone": int(alone[place]),
            "seen_little": bool(seen_little[number]),
        })  # fmt: skip
    return reasons


def _alone(problem: Problem, solution: Solution) -> NDArray[np.int64]:
    """For each boost, members of the audience who follow none of the appeal's other relays (int64)."""
    alone = np.zeros(solution.relay.size, dtype=np.int64)
    times = np.zeros(problem.members, dtype=np.int32)
    for appeal in np.unique(solution.appeal):
        places = np.flatnonzero(solution.appeal == appeal)
        members = [problem.audience(relay) for relay in solution.relay[places].tolist()]
        for one in members:
            times[one] += 1
        for place, one in zip(places.tolist(), members, strict=True):
            alone[place] = np.count_nonzero(times[one] == 1)
        for one in members:
            times[one] = 0
    return alone
