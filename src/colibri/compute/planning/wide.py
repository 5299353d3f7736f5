"""Plan and certificate of a day too wide for a table of all pairs."""

import math
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from colibri.compute.planning.certificate import ROUNDING, Certificate
from colibri.compute.planning.fairness import log_mean, log_mean_of_sum, rise, sharpness, worth
from colibri.compute.planning.kernel import kernel
from colibri.compute.planning.kinds import Kinds, sort_appeals
from colibri.compute.planning.overlap import ceiling
from colibri.compute.planning.plan import Plan
from colibri.compute.planning.problem import Problem
from colibri.compute.planning.turns import (
    Circle,
    answer_in_turn,
    boosts_of,
    most_heard_first,
    open_circle,
    with_readers,
)

__all__ = ["refuse_what_is_not_kept", "solve_wide", "with_proof"]

ROUNDS = 6
"""Most rounds of answers before overlap is counted, which take hardly any time."""

CALM = 1e-4
"""A round that raises the mean by no more than this share is the last: on large days the second."""

PROOF_ROUNDS = 8
"""Rounds of prices."""

SINGLE = 2.0**-22
"""What single precision can hide of a gain, as a share of it, and more."""


class Stalls(NamedTuple):
    """What one price for each of K kinds is sought for, visibility in units of `unit`."""

    prior: NDArray[np.float64]
    alone: NDArray[np.float32]  # R×K
    unit: float
    start: NDArray[np.int64]  # kind -> its appeals in `queue`, by prior and so by Δ, from the largest
    queue: NDArray[np.int64]
    budget: NDArray[np.int64]
    alpha: float


def solve_wide(problem: Problem, *, overlap: bool = True, prove: bool = True) -> Plan:
    """Plan a day of any size: relays answer in turn (see `turns`), first with gains counted alone, in several
    rounds, and then, the most heard first, with overlap.

    With `overlap` False gains are counted as if no member followed two relays, and `visibility` then is more
    than `evaluate` says. Without `prove` the bound is what visibility would be if every relay boosted every
    appeal. Raises ValueError where a minimum is asked for, where the members' cap shall be kept with
    `overlap` False or members were shown appeals before, and where relays × kinds of appeals is too much.
    """
    refuse_what_is_not_kept(problem)
    if problem.member_cap is not None and not overlap:
        raise ValueError("member_cap: kept only where overlap is looked at")
    kinds = sort_appeals(problem)
    circle, order = open_circle(problem, kinds, overlap=False), most_heard_first(problem)
    _answer_alone(circle, order, problem.alpha)
    if overlap:
        answer_in_turn(with_readers(circle, problem), order)
    relay, appeal = boosts_of(circle)
    return with_proof(problem, kinds, relay, appeal, circle.visibility, prove=prove)


def _answer_alone(circle: Circle, order: NDArray[np.int64], alpha: float) -> None:
    """Rounds in which gains are counted alone, from the beginning and from the end by turns."""
    reached, back = -math.inf, order[::-1].copy()
    for number in range(ROUNDS):
        answer_in_turn(circle, back if number % 2 else order)
        before, reached = reached, log_mean(alpha, circle.visibility)
        if reached - before <= CALM:
            break


def refuse_what_is_not_kept(problem: Problem) -> None:
    """Raise ValueError for what relays who answer in turn cannot keep."""
    if problem.minimum is not None and problem.minimum.any():
        raise ValueError("minimum: not kept on a day this wide; leave it out")
    if problem.member_cap is not None and problem.shown is not None and problem.shown.any():
        raise ValueError("shown: not kept on a day this wide; leave it out")


def with_proof(
    problem: Problem,
    kinds: Kinds,
    relay: NDArray[np.int32],
    appeal: NDArray[np.int32],
    visibility: NDArray[np.float64],
    *,
    prove: bool = True,
) -> Plan:
    """These boosts as a plan with its certificate."""
    carried = _carried(problem, kinds)
    certificate = _certify(problem, kinds, visibility, carried, prove=prove)
    return Plan(
        relay=relay,
        appeal=appeal,
        visibility=visibility,
        objective=certificate.objective,
        bound=certificate.bound,
        ratio=certificate.ratio,
        carried=carried,
        short=(),
        work=int(np.minimum(problem.budget, problem.appeals).sum()),
        settled=False,
    )


def _carried(problem: Problem, kinds: Kinds) -> NDArray[np.bool_]:
    """Appeals (bool, A) that some relay may carry to somebody to whom they matter."""
    room = problem.appeal_cap > 0
    if problem.allowed is None:
        reached = np.asarray((kinds.alone > 0).any(axis=0))
        return np.asarray(reached[kinds.kind] & room)
    start, item = problem.allowed
    relay = np.repeat(np.arange(problem.relays), np.diff(start))
    found = np.zeros(problem.appeals, dtype=np.bool_)
    found[item[kinds.alone[relay, kinds.kind[item]] > 0]] = True
    return np.asarray(found & room)


def _certify(
    problem: Problem,
    kinds: Kinds,
    visibility: NDArray[np.float64],
    carried: NDArray[np.bool_],
    *,
    prove: bool,
) -> Certificate:
    """The bound of `prices` with one price for all appeals of a kind.

    Caps and allowed pairs are left out, which can only raise it.
    """
    count = int(carried.sum())
    fixed = float(np.log(visibility[~carried]).sum())
    if not count:
        return Certificate(fixed, fixed, 1.0)
    reached = log_mean(problem.alpha, visibility[carried])
    if prove and not math.isinf(problem.alpha):
        bound = _proven(problem, kinds, visibility, carried)
    else:
        bound = log_mean(problem.alpha, ceiling(problem)[carried]) + ROUNDING
    return Certificate(fixed + count * reached, fixed + count * bound, math.exp(min(0.0, reached - bound)))


def _proven(
    problem: Problem, kinds: Kinds, visibility: NDArray[np.float64], carried: NDArray[np.bool_]
) -> float:
    unit, number = float(visibility[carried].min()), kinds.relevance.shape[0]
    level = np.array(
        [_middle(visibility[carried & (kinds.kind == one)], unit) for one in range(number)], dtype=np.float64
    )
    queue = np.flatnonzero(carried)
    queue = queue[np.lexsort((problem.prior[queue], kinds.kind[queue]))]
    start = np.zeros(number + 1, dtype=np.int64)
    np.cumsum(np.bincount(kinds.kind[queue], minlength=number), out=start[1:])
    budget = np.minimum(problem.budget, problem.appeals).astype(np.int64)
    alpha = sharpness(problem.alpha)
    reached = float(sum(worth(alpha, seen) for seen in (visibility[carried] / unit).tolist()))
    stalls = Stalls(problem.prior / unit, kinds.alone, unit, start, queue, budget, alpha)
    total = _descend(stalls, level / unit, reached)
    total += ROUNDING * max(1.0, abs(total))
    return log_mean_of_sum(problem.alpha, total, queue.size) + math.log(unit) + ROUNDING


def _descend(stalls: Stalls, level: NDArray[np.float64], reached: float) -> float:
    """The least bound met from these levels on, by subgradient steps in their logarithms as in `prices`."""
    slope = np.empty(level.size)
    best, ahead, best_level = math.inf, math.inf, level
    for _ in range(PROOF_ROUNDS):
        total = float(_bound(stalls, level, slope))
        if total < best:
            best, best_level = total, level
            ahead = min(ahead, 0.5 * (best - reached))
        else:
            ahead *= 0.5
        length = float(np.sum(slope**2))
        if length <= 0.0 or ahead <= 0.0:
            break
        level = level * np.exp(np.clip(-(total - best + ahead) / length * slope, -0.5, 0.5))
    return min(best, float(_bound(stalls, best_level, slope)))


def _middle(visibility: NDArray[np.float64], usual: float) -> float:
    return float(np.median(visibility)) if visibility.size else usual


@kernel
def _bound(stalls: Any, level: Any, slope: Any) -> float:
    """Σ φ(prior) and each relay's best boosts Δ at the prices f′(level).

    `slope` (K) is filled with what the bound falls by when the logarithm of a price grows.
    """
    price = np.empty(level.size)
    slope[:] = 0.0
    total = 0.0
    for kind in range(level.size):
        price[kind] = 1.0 if stalls.alpha == 0.0 else level[kind] ** (-stalls.alpha)
        for spot in range(stalls.start[kind], stalls.start[kind + 1]):
            base = stalls.prior[stalls.queue[spot]]
            held = base if stalls.alpha == 0.0 else max(level[kind], base)
            total += worth(stalls.alpha, held) - price[kind] * (held - base)
            slope[kind] += price[kind] * (held - base)
    most = 0
    for relay in range(stalls.budget.size):
        most = max(most, stalls.budget[relay])
    best = np.empty((3, most))  # value, kind, and what of it is bought at the price
    for relay in range(stalls.budget.size):
        if stalls.budget[relay] > 0:
            for place in range(_answer(stalls, relay, level, price, best)):
                total += best[0, place]
                slope[np.int64(best[1, place])] -= best[2, place]
    return total


@kernel
def _answer(stalls: Any, relay: int, level: Any, price: Any, best: Any) -> int:
    """Fill `best` with the relay's best boosts; how many."""
    room, held, least = stalls.budget[relay], 0, 0.0
    alone, scale = stalls.alone[relay], (1.0 + SINGLE) / stalls.unit
    for kind in range(level.size):
        gain = np.float64(alone[kind]) * scale
        if price[kind] * gain <= least:
            continue
        for spot in range(stalls.start[kind], stalls.start[kind + 1]):
            base = stalls.prior[stalls.queue[spot]]
            brings = _brings(stalls.alpha, base, gain, level[kind], price[kind])
            if brings <= least:
                break
            place = held if held < room else room - 1
            while place > 0 and best[0, place - 1] < brings:
                best[:, place] = best[:, place - 1]
                place -= 1
            best[0, place] = brings
            best[1, place] = kind
            best[2, place] = price[kind] * max(0.0, min(gain, level[kind] - base))
            held = min(held + 1, room)
            if held == room:
                least = best[0, room - 1]
    return held


@kernel
def _brings(alpha: float, base: float, gain: float, level: float, price: float) -> float:
    """Δ of one boost: at the price up to the level, and beyond it what f says."""
    if alpha == 0.0:
        return gain
    if base >= level:
        return rise(alpha, base, base + gain)
    if base + gain <= level:
        return price * gain
    return price * (level - base) + rise(alpha, level, base + gain)
