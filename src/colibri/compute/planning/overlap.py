"""Lines above visibility that count overlap, chosen member by member at a good plan.

For a member u the chance of having seen appeal a is 1 − Π(1 − a_r x_r) over the relays r it follows:

- first order: Σ a_r x_r, since a boost never brings more than it would bring alone
  (Nemhauser, Wolsey and Fisher 1978);
- tangent at a plan S: with w_r = −log(1 − a_r), 1 − exp(−Σ w_r x_r) is exact on plans and concave;
- product: with A = 1 − Π(1 − a_r) over the relays of S and B over the others, the chance is p + q − pq
  with p ≤ A and q ≤ B, and pq ≥ pB + Aq − AB (McCormick 1976); p and q take their first-order lines.

The last two are short enough to be proven here, and the tests attack all three by brute force.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from colibri.compute.planning.day import SURE, TAKEN, Day
from colibri.compute.planning.kernel import kernel
from colibri.compute.planning.problem import Problem

__all__ = ["bent_lines", "ceiling"]

ROUNDING = 1e-9


def ceiling(problem: Problem) -> NDArray[np.float64]:
    """Visibility (float64, A) if every relay boosted every appeal: no plan goes beyond."""
    active = np.where(problem.budget > 0, problem.attention.astype(np.float64), 0.0)
    chance = np.ones(problem.members)
    _lower(problem.audience_start, problem.audience_member, active, chance)
    classes = problem.relevance.shape[1]
    seen = np.bincount(problem.member_class, weights=1.0 - chance, minlength=classes)
    reach = np.array([float(np.sum(row * seen)) for row in problem.relevance.astype(np.float64)])
    highest: NDArray[np.float64] = (problem.prior + reach) * (1.0 + ROUNDING)
    return highest


@kernel
def _lower(start: Any, member: Any, attention: Any, chance: Any) -> None:
    for relay in range(start.size - 1):
        for place in range(start[relay], start[relay + 1]):
            chance[member[place]] *= 1.0 - attention[relay]


def bent_lines(
    problem: Problem, day: Day, slope: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """`base` (float64, A) and a slope (float64, R×A) with visibility ≤ base + Σ slope x for every plan x.

    `day` holds a good plan; `slope` is what every pair brings alone. Members the plan does not show an
    appeal keep the first-order line.
    """
    by_appeal, base = np.ascontiguousarray(slope.T), problem.prior + _sure_slack(problem)
    chance = problem.attention.astype(np.float64)
    usual = np.minimum(1.0, problem.budget / max(1, problem.appeals))
    _bend(day, -np.log1p(-day.attention), chance, usual, by_appeal, base)
    return np.maximum(base, problem.prior), np.ascontiguousarray(by_appeal.T)


def _sure_slack(problem: Problem) -> NDArray[np.float64]:
    """What lowering attention to `SURE` can hide from each appeal."""
    sure = np.flatnonzero(problem.attention > SURE)
    if not sure.size:
        return np.zeros(problem.appeals)
    members = np.unique(np.concatenate([problem.audience(int(relay)) for relay in sure]))
    worth = problem.relevance[:, problem.member_class[members]].sum(axis=1, dtype=np.float64)
    slack: NDArray[np.float64] = (1.0 - SURE) * worth
    return slack


@kernel
def _bend(day: Any, weight: Any, attention: Any, usual: Any, slope: Any, base: Any) -> None:
    """Give the members a plan reaches their best line: `slope` (A×R) and `base` (A) change in place."""
    done = np.full(day.member_class.size, -1, dtype=np.int64)
    for appeal in range(base.size):
        pair = day.pair[appeal]
        slot = day.head[appeal]
        while slot >= 0:
            relay = day.slot_relay[slot]
            for place in range(day.start[relay], day.start[relay + 1]):
                one = np.int64(day.member[place])
                worth = day.relevance[appeal, day.member_class[one]]
                if done[one] != appeal and worth > 0.0:
                    done[one] = appeal
                    bent = _bend_one(day, one, pair, weight, attention, usual, worth, slope[appeal])
                    base[appeal] += worth * bent
            slot = day.after[slot]


@kernel
def _bend_one(
    day: Any, one: Any, pair: Any, weight: Any, attention: Any, usual: Any, worth: float, slope: Any
) -> float:
    """Replace one member's first-order line where another is lower half-way to a usual day; its base."""
    miss, others = 1.0, 1.0
    here, elsewhere, here_usual, tangent_here, tangent_usual = 0.0, 0.0, 0.0, 0.0, 0.0
    for follow in range(day.follow_start[one], day.follow_start[one + 1]):
        relay = day.follow_relay[follow]
        if slope[relay] <= 0.0:
            continue
        tangent_usual += weight[relay] * usual[relay]
        if pair[relay] == TAKEN:
            miss *= 1.0 - day.attention[relay]
            here += attention[relay]
            here_usual += attention[relay] * usual[relay]
            tangent_here += weight[relay]
        else:
            others *= 1.0 - attention[relay]
            elsewhere += attention[relay] * usual[relay]
    seen, rest = 1.0 - miss, 1.0 - others
    first = here + here_usual + elsewhere
    tangent = 2.0 * seen + miss * (tangent_usual - tangent_here)
    product = 2.0 * seen * rest + others * (here + here_usual) + miss * elsewhere
    if first <= tangent and first <= product:
        return 0.0
    for follow in range(day.follow_start[one], day.follow_start[one + 1]):
        relay = day.follow_relay[follow]
        if slope[relay] > 0.0:
            if tangent <= product:
                slope[relay] += worth * (miss * weight[relay] - attention[relay])
            elif pair[relay] == TAKEN:
                slope[relay] += worth * attention[relay] * (others - 1.0)
            else:
                slope[relay] += worth * attention[relay] * (miss - 1.0)
    if tangent <= product:
        return seen - miss * tangent_here
    return seen * rest
