"""How good any plan could be: an upper bound proven by Lagrangian duality.

Let v_a ≤ base_a + Σ_r slope_ra x_ra hold for every plan x, and v_a ≤ ceiling_a. For any price
y_a ≥ 0 of visibility and any price μ_a ≥ 0 of an appeal's cap k_a,

    Σ_a log v_a ≤ Σ_a [max_{v ≤ ceiling_a} (log v − y_a v) + y_a base_a + μ_a k_a]
                  + Σ_r (the b_r largest positive values of y_a slope_ra − μ_a)

because log v_a = (log v_a − y_a v_a) + y_a v_a, and what is left to choose is one relay's best
boosts at these prices. The members' cap is left out, which can only raise the right-hand side.
Any prices give a valid bound, so stopping early is safe. They are looked for at 1 / v_a, first by water
filling relay after relay, where the value is the gap of Frank and Wolfe (1956), then by subgradient
steps that also move μ.

The lines are sums of one line for each member u, whose chance of having seen a is 1 − Π(1 − a_r x_r):

- first order: Σ a_r x_r, since a boost never brings more than it would bring alone;
- tangent at a plan S: with w_r = −log(1 − a_r), 1 − exp(−Σ w_r x_r) is exact on plans and concave;
- product: with A = 1 − Π(1 − a_r) over the relays of S and B over the others, the chance is p + q − pq
  with p ≤ A and q ≤ B, and pq ≥ pB + Aq − AB (McCormick 1976); p and q take their first-order lines.

Nemhauser, Wolsey and Fisher (1978) is the source of the first; the other two are short enough to be
proven here, and the tests attack all three by brute force.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from colibri.compute.planning.day import OPEN, SURE, TAKEN, Day
from colibri.compute.planning.kernel import kernel
from colibri.compute.planning.problem import Problem

__all__ = ["carried", "ceiling", "first_order_bound", "overlap_bound"]

ROUNDS = 32
FARTHEST, DEAREST = 10.0, 1e6
"""Prices stay in a range where rounding is no matter: log y this near its start, m at most this."""

CAPPED_ROUNDS, CAPPED_WORK = 800, 300_000_000
"""Most rounds, and looks at a pair, where the appeals' caps bind: their prices have to be found too."""

ROUNDING = 1e-9
"""Added per appeal for rounding: a plan that is the best one keeps a bound just above it."""


def carried(problem: Problem, day: Day) -> NDArray[np.bool_]:
    """The appeals (bool, A) some relay may carry to somebody to whom they matter; asked of an empty day."""
    willing = (problem.budget > 0) & (problem.attention > 0)
    pairs = (day.pair == OPEN) & (day.unseen > 0) & willing[None, :]
    found: NDArray[np.bool_] = pairs.any(axis=1) & (problem.appeal_cap > 0)
    return found


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


def first_order_bound(
    problem: Problem,
    slope: NDArray[np.float64],
    top: NDArray[np.float64],
    visibility: NDArray[np.float64],
    rounds: int = ROUNDS,
) -> float:
    """Upper bound on Σ log visibility from gains without overlap.

    `slope` (float64, R×A) is 0 where a pair is not allowed; `top` from `ceiling`; `visibility` of a
    good plan says where prices start.
    """
    return _bound(problem, problem.prior.copy(), slope, top, visibility, rounds)


def overlap_bound(
    problem: Problem, day: Day, slope: NDArray[np.float64], top: NDArray[np.float64], rounds: int = ROUNDS
) -> float:
    """Upper bound on Σ log visibility with overlap counted, from lines chosen member by member.

    `day` holds a good plan; `slope` as for `first_order_bound`. Members the plan does not show an
    appeal keep the first-order line.
    """
    by_appeal, base = np.ascontiguousarray(slope.T), problem.prior + _sure_slack(problem)
    chance = problem.attention.astype(np.float64)
    usual = np.minimum(1.0, problem.budget / max(1, problem.appeals))
    _bend(day, -np.log1p(-day.attention), chance, usual, by_appeal, base)
    bent = np.ascontiguousarray(by_appeal.T)
    return _bound(problem, np.maximum(base, problem.prior), bent, top, day.visibility, rounds)


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


def _sure_slack(problem: Problem) -> NDArray[np.float64]:
    """What lowering attention to `SURE` can hide from each appeal."""
    sure = np.flatnonzero(problem.attention > SURE)
    if not sure.size:
        return np.zeros(problem.appeals)
    members = np.unique(np.concatenate([problem.audience(int(relay)) for relay in sure]))
    worth = problem.relevance[:, problem.member_class[members]].sum(axis=1, dtype=np.float64)
    slack: NDArray[np.float64] = (1.0 - SURE) * worth
    return slack


def _bound(
    problem: Problem,
    base: NDArray[np.float64],
    slope: NDArray[np.float64],
    top: NDArray[np.float64],
    visibility: NDArray[np.float64],
    rounds: int,
) -> float:
    budget = np.minimum(problem.budget, problem.appeals).astype(np.int64)
    cap = problem.appeal_cap.astype(np.float64)
    target = float(np.sum(np.log(visibility)))
    level, count = _level(base, slope, budget, rounds)
    if np.any(count > cap + 0.01):
        rounds = max(rounds, min(CAPPED_ROUNDS, CAPPED_WORK // max(1, slope.size)))
    value = _descend(base, slope, top, budget, cap, level, target, rounds)
    return float(min(value, _descend(base, slope, top, budget, cap, visibility, target, 1))) + (
        ROUNDING * problem.appeals
    )


@kernel
def _level(base: Any, slope: Any, budget: Any, rounds: int) -> Any:
    """Visibility and boosts (A) of the best divided plan, caps left out: relays in turn pour their budgets.

    One relay's best answer to the others is water filling (the deepest ratios v / slope first), and
    such turns climb to the optimum of a smooth concave aim (Tseng 2001).
    """
    relays, appeals = slope.shape
    most = 0
    for relay in range(relays):
        most = max(most, budget[relay])
    room = min(appeals, most + 12)
    share = np.zeros((relays, appeals))
    visibility = base.copy()
    depth, which = np.empty(room), np.empty(room, dtype=np.int64)
    for _ in range(rounds):
        for relay in range(relays):
            if budget[relay] > 0:
                held = _deepest(slope[relay], share[relay], visibility, depth, which, room)
                _pour(slope[relay], share[relay], visibility, depth, which, held, budget[relay])
    return visibility, share.sum(axis=0)


@kernel
def _deepest(slope: Any, share: Any, visibility: Any, depth: Any, which: Any, room: int) -> int:
    """The `room` least depths v / slope − share, in order; how many of them. Shares left out are emptied."""
    held = 0
    limit = np.inf
    for appeal in range(slope.size):
        here = slope[appeal]
        if here <= 0.0 or visibility[appeal] - share[appeal] * here >= limit * here:
            if share[appeal] > 0.0 and here > 0.0:
                visibility[appeal] -= here * share[appeal]
                share[appeal] = 0.0
            continue
        now = visibility[appeal] / here - share[appeal]
        place = held if held < room else room - 1
        if held == room:
            _drop(slope, share, visibility, which[place])
        while place > 0 and depth[place - 1] > now:
            depth[place] = depth[place - 1]
            which[place] = which[place - 1]
            place -= 1
        depth[place] = now
        which[place] = appeal
        held = min(held + 1, room)
        if held == room:
            limit = depth[room - 1]
    return held


@kernel
def _drop(slope: Any, share: Any, visibility: Any, appeal: int) -> None:
    if share[appeal] > 0.0:
        visibility[appeal] -= slope[appeal] * share[appeal]
        share[appeal] = 0.0


@kernel
def _pour(slope: Any, share: Any, visibility: Any, depth: Any, which: Any, held: int, budget: int) -> None:
    """Raise one level over the depths until the budget is used; each appeal takes at most one boost."""
    level = np.inf
    if held > budget:
        low, high = depth[0], depth[budget - 1] + 1.0
        for _ in range(45):
            level = 0.5 * (low + high)
            used = 0.0
            for index in range(held):
                if depth[index] >= level:
                    break
                used += min(1.0, level - depth[index])
            if used > budget:
                high = level
            else:
                low = level
        level = low
    for index in range(held):
        appeal = which[index]
        now = min(1.0, max(0.0, level - depth[index]))
        if now != share[appeal]:
            visibility[appeal] += slope[appeal] * (now - share[appeal])
            share[appeal] = now


@kernel
def _descend(
    base: Any, slope: Any, top: Any, budget: Any, cap: Any, visibility: Any, target: float, rounds: int
) -> float:
    """The least bound met from prices 1 / visibility and free caps on, by subgradient steps.

    The bound is convex in log y and in m = μ k, where subgradients are without unit. A step aims at a
    level between the least bound and `target`, a plan's objective; the level comes nearer, and the search
    goes back to the best prices, when rounds bring nothing (Polyak 1969; Goffin and Kiwiel 1999).
    """
    appeals = base.size
    first = -np.log(np.minimum(visibility, top))
    at = first.copy()
    toll = np.zeros(appeals)
    best_at, best_toll = at.copy(), toll.copy()
    price = np.empty(appeals)
    slant, toll_slant = np.empty(appeals), np.empty(appeals)
    reply, count = np.empty(appeals), np.empty(appeals)
    best, ahead, idle = np.inf, np.inf, 0
    for _ in range(rounds):
        value = _value(base, slope, top, budget, cap, at, toll, price, slant, reply, count)
        idle += 1
        if value < best:
            if value < best - 0.1 * ahead or best == np.inf:
                idle = 0
            best = value
            best_at[:] = at
            best_toll[:] = toll
            ahead = min(ahead, 0.5 * (best - target))
        elif idle >= 6:
            idle = 0
            ahead *= 0.5
            at[:] = best_at
            toll[:] = best_toll
            continue
        length = 0.0
        for appeal in range(appeals):
            slant[appeal] += price[appeal] * reply[appeal]
            toll_slant[appeal] = (cap[appeal] - count[appeal]) / max(1.0, cap[appeal])
            if toll[appeal] <= 0.0 and toll_slant[appeal] > 0.0:
                toll_slant[appeal] = 0.0
            length += slant[appeal] ** 2 + toll_slant[appeal] ** 2
        if length <= 0.0 or ahead <= 0.0:
            break
        step = (value - best + ahead) / length
        for appeal in range(appeals):
            moved = at[appeal] - step * slant[appeal]
            at[appeal] = min(max(moved, first[appeal] - FARTHEST), first[appeal] + FARTHEST)
            toll[appeal] = min(max(0.0, toll[appeal] - step * toll_slant[appeal]), DEAREST)
    return float(best)


@kernel
def _value(
    base: Any, slope: Any, top: Any, budget: Any, cap: Any, at: Any, toll: Any,
    price: Any, slant: Any, reply: Any, count: Any,
) -> float:  # fmt: skip
    """The bound at some prices; `price`, `slant`, `reply` and `count` (A) are filled for the next step."""
    cap_price = np.empty(base.size)
    value = 0.0
    for appeal in range(base.size):
        price[appeal] = np.exp(at[appeal])
        cap_price[appeal] = toll[appeal] / max(1.0, cap[appeal])
        held = min(1.0 / price[appeal], top[appeal])
        value += np.log(held) + price[appeal] * (base[appeal] - held) + cap_price[appeal] * cap[appeal]
        slant[appeal] = -price[appeal] * held
    return value + _answer(slope, budget, price, cap_price, base, reply, count)


@kernel
def _answer(slope: Any, budget: Any, price: Any, cap_price: Any, base: Any, reply: Any, count: Any) -> float:
    """Each relay's best boosts at these prices: their value, and the visibility they would make."""
    relays, appeals = slope.shape
    reply[:] = base
    count[:] = 0.0
    most = 0
    for relay in range(relays):
        most = max(most, budget[relay])
    value = np.empty(most)
    which = np.empty(most, dtype=np.int64)
    total = 0.0
    for relay in range(relays):
        room = budget[relay]
        if room == 0:
            continue
        held = 0
        least = 0.0
        row = slope[relay]
        for appeal in range(appeals):
            worth = price[appeal] * row[appeal] - cap_price[appeal]
            if worth > least:
                place = held if held < room else room - 1
                while place > 0 and value[place - 1] < worth:
                    value[place] = value[place - 1]
                    which[place] = which[place - 1]
                    place -= 1
                value[place] = worth
                which[place] = appeal
                held = min(held + 1, room)
                if held == room:
                    least = value[room - 1]
        for place in range(held):
            total += value[place]
            reply[which[place]] += row[which[place]]
            count[which[place]] += 1.0
    return total
