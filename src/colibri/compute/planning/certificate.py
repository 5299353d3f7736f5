"""The certificate of a plan: what it reaches, what no plan can exceed, and the share between the two."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from colibri.compute.planning.day import Day
from colibri.compute.planning.fairness import log_mean, log_mean_of_sum, sharpness
from colibri.compute.planning.meetings import group_by_follower
from colibri.compute.planning.overlap import bent_lines, ceiling
from colibri.compute.planning.prices import Market, descend
from colibri.compute.planning.problem import Problem

__all__ = ["Certificate", "certify"]

ROUNDS = 64
"""Rounds of prices where nothing but budgets binds."""

ROUNDS_MOST = 800
"""Most rounds where caps bind too: their prices have to be found."""

OVERLAP_COUNTS = 0.001
"""Lines that count overlap are sought where overlap costs more than this in log mean visibility."""

ROUNDING = 1e-9
"""Added to the logarithm of a mean for rounding: a plan that is the best one keeps a bound just above it."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """`objective` and `bound` are logarithms of the generalised mean over the A' carried appeals, times A',
    plus log prior of the others: Σ log visibility where α is 1. `ratio` = exp((objective − bound) / A').
    """

    objective: float
    bound: float
    ratio: float


@dataclass(frozen=True, slots=True)
class _Lines:
    base: NDArray[np.float64]
    slope: NDArray[np.float64]


def certify(
    problem: Problem,
    day: Day,
    visibility: NDArray[np.float64],
    carried: NDArray[np.bool_],
    slope: NDArray[np.float64],
    divided: NDArray[np.float64],
    proof_limit: int,
) -> Certificate:
    """Prove how far a plan is from the best; at most `proof_limit` looks at a pair.

    `day` holds the plan, `slope` (float64, R×A) is what every pair brings alone, `divided` (float64, A) the
    visibility of the best divided plan, where prices start. With `proof_limit` 0 the bound is what visibility
    would be if every relay boosted every appeal.
    """
    count = int(carried.sum())
    fixed = float(np.log(visibility[~carried]).sum())
    reached = log_mean(problem.alpha, visibility[carried])
    if not count:
        return Certificate(fixed, fixed, 1.0)
    top = ceiling(problem)[carried]
    bound = log_mean(problem.alpha, top) + ROUNDING
    if proof_limit > 0:
        starts = [divided[carried], visibility[carried]]
        rule = _Rule(problem, day, carried, slope.shape[0] * count, proof_limit)
        lines = [_Lines(problem.prior[carried], np.ascontiguousarray(slope[:, carried]))]
        bound = min(bound, rule.bound(lines[0], top, starts, visibility[carried]))
        if _overlap_costs(problem, day, visibility, slope, carried, reached):
            base, bent = bent_lines(problem, day, slope)
            line = _Lines(base[carried], np.ascontiguousarray(bent[:, carried]))
            bound = min(bound, rule.bound(line, top, starts, visibility[carried]))
    ratio = math.exp(min(0.0, reached - bound))
    return Certificate(fixed + count * reached, fixed + count * bound, ratio)


def _overlap_costs(
    problem: Problem,
    day: Day,
    visibility: NDArray[np.float64],
    slope: NDArray[np.float64],
    carried: NDArray[np.bool_],
    reached: float,
) -> bool:
    given = day.slot_appeal >= 0
    relay, appeal = day.slot_relay[given], day.slot_appeal[given]
    alone = problem.prior.copy()
    np.add.at(alone, appeal, slope[relay, appeal])
    return log_mean(problem.alpha, np.maximum(alone, visibility)[carried]) > reached + OVERLAP_COUNTS


class _Rule:
    """What every bound of one plan shares: budgets, caps, groups, and the rounds that may be taken."""

    def __init__(
        self, problem: Problem, day: Day, carried: NDArray[np.bool_], pairs: int, proof_limit: int
    ) -> None:
        budget = np.minimum(problem.budget, problem.appeals).astype(np.int64)
        cap = problem.member_cap
        shown = problem.appeals if cap is None else cap
        if cap is not None:
            followed = np.diff(problem.audience_start) > 0
            budget = np.where(followed, np.minimum(budget, cap), budget)
        self.group_start, self.group_relay = group_by_follower(day, budget, shown)
        self.alone = np.setdiff1d(np.arange(problem.relays), self.group_relay).astype(np.int64)
        self.budget, self.cap, self.shown = budget, problem.appeal_cap[carried].astype(np.float64), shown
        self.alpha = float(problem.alpha) if math.isinf(problem.alpha) else sharpness(problem.alpha)
        self.told = problem.alpha
        binds = self.group_relay.size > 0 or bool(np.any(day.received[carried] >= self.cap))
        most = ROUNDS_MOST if binds else ROUNDS
        self.rounds = max(1, min(most, proof_limit // max(1, 2 * pairs)))

    def bound(
        self,
        lines: _Lines,
        top: NDArray[np.float64],
        starts: list[NDArray[np.float64]],
        visibility: NDArray[np.float64],
    ) -> float:
        """Logarithm of the highest mean any plan can have, from the better of two starts."""
        unit, count = float(visibility.min()), visibility.size
        market = Market(
            lines.base / unit, lines.slope / unit, top / unit, self.budget, self.cap,
            self.group_start, self.group_relay, self.alone, self.shown, self.alpha,
        )  # fmt: skip
        reached = visibility / unit
        best = math.inf
        for start in starts:
            if math.isinf(self.alpha):
                least = _least(market, start / unit, self.rounds)
                best = min(best, math.log(least) if least > 0.0 else math.inf)
            else:
                goal = _sum(self.alpha, reached)
                total = descend(market, start / unit, 0.0, goal, self.rounds)
                total += ROUNDING * max(1.0, abs(total))
                best = min(best, log_mean_of_sum(self.alpha, total, count))
        return best + math.log(unit) + ROUNDING


def _sum(alpha: float, visibility: NDArray[np.float64]) -> float:
    if alpha == 1.0:
        return float(np.log(visibility).sum())
    return float((visibility ** (1.0 - alpha)).sum() / (1.0 - alpha))


def _least(market: Market, start: NDArray[np.float64], rounds: int) -> float:
    """Bound the least visibility: a level no plan exceeds gives a lower one, until that hardly moves."""
    level = float(market.top.min())
    for _ in range(4):
        lower = descend(market, start, level, 1.0, rounds)
        if lower > level * (1.0 - 1e-3):
            return min(lower, level)
        level = lower * (1.0 + ROUNDING)
    return level
