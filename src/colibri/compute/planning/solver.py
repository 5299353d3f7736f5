"""From a problem to a plan and its certificate."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from colibri.compute.planning.certificate import certify
from colibri.compute.planning.chains import chase
from colibri.compute.planning.day import OPEN, Day, fits, give, open_day, pairs_of, take
from colibri.compute.planning.easing import crowd_of, ease
from colibri.compute.planning.fairness import log_mean, sharpness
from colibri.compute.planning.filling import fill
from colibri.compute.planning.improvement import improve, reopen
from colibri.compute.planning.minimum import Shortfall, see_to_minimum
from colibri.compute.planning.plan import Plan
from colibri.compute.planning.problem import Problem
from colibri.compute.planning.relaxation import divide, round_off, single_gains
from colibri.compute.planning.visibility import evaluate, pairs_given
from colibri.compute.planning.wide import solve_wide

__all__ = ["PAIRS_MOST", "PROOF_LIMIT", "WORK_LIMIT", "solve"]

PAIRS_MOST = 2**27
"""Most relay × appeal pairs that get a table: 9 bytes each, and 16 to 48 more while it is used."""

WORK_LIMIT = 40_000_000
"""Default looks at a pair while improving: a fraction of a second on one core."""

PROOF_LIMIT = 300_000_000
"""Default looks at a pair while the bound is sought."""

DIVIDING = 0.1
"""Share of either limit that may go into the best divided plan."""

EASING = 0.9
"""Share of the work that may go into plans that pass the members' cap for a while."""

ROUNDS_LEAST, ROUNDS_MOST = 8, 128

STARTS = 6
"""Most starts drawn near the best divided plan, beside the greedy one."""

SHARPNESS = 3.0
"""How closely those starts keep to its shares."""


def solve(
    problem: Problem,
    *,
    seed: int = 0,
    work_limit: int = WORK_LIMIT,
    proof_limit: int = PROOF_LIMIT,
    start: tuple[ArrayLike, ArrayLike] | None = None,
    inertia: float = 0.0,
) -> Plan:
    """Plan a day: a start, then moves, swaps and ejection chains on exact gains, with its certificate.

    `start` (relays, appeals) is a plan to go on from; its boosts that are no longer possible are left
    out, and each of the others is changed only for more than `inertia` in log visibility of its appeal.
    Without it, greedy and, while work is left, roundings of the best divided plan are improved and the
    best is kept. Deterministic by `seed` and the same on any number of cores. Time grows with the
    follows, plus relays × appeals for gains and bound; beyond `PAIRS_MOST` pairs `solve_wide` plans the
    day. Raises ValueError where `start` or `inertia` does not fit.
    """
    if problem.relays * problem.appeals > PAIRS_MOST:
        return _solve_wide(problem, start, proof_limit)
    if not inertia >= 0.0:
        raise ValueError(f"inertia: {inertia!r} is not a number from 0 on")
    before = None if start is None else pairs_given(problem, *start)
    day = open_day(problem, inertia)
    slope = single_gains(problem, day)
    carried = (slope > 0.0).any(axis=0) & (problem.appeal_cap > 0)
    rounds = _rounds(slope.size, max(work_limit, proof_limit))
    budget = np.minimum(problem.budget, problem.appeals).astype(np.int64)
    divided, share = divide(problem.prior, slope, budget, sharpness(problem.alpha), rounds)
    order = np.random.default_rng(seed).permutation(day.slot_appeal.size)
    if before is None:
        work = _search(problem, day, order, share, carried, seed, work_limit)
    else:
        work = _go_on(day, order, *before, work_limit)
    short, more = _finish(problem, day, order, work_limit - work)
    relay, appeal = pairs_of(day)
    visibility = evaluate(problem, relay, appeal)
    certificate = certify(problem, day, visibility, carried, slope, divided, proof_limit)
    return Plan(
        relay=relay,
        appeal=appeal,
        visibility=visibility,
        objective=certificate.objective,
        bound=certificate.bound,
        ratio=certificate.ratio,
        carried=carried,
        short=short,
        work=work + more,
        settled=work + more <= work_limit,
    )


def _solve_wide(problem: Problem, start: object, proof_limit: int) -> Plan:
    if start is not None:
        raise ValueError(f"start: not used with more than {PAIRS_MOST} pairs; leave it out")
    return solve_wide(problem, prove=proof_limit > 0)


def _rounds(pairs: int, limit: int) -> int:
    return int(min(ROUNDS_MOST, max(ROUNDS_LEAST, DIVIDING * limit // max(1, pairs))))


def _search(
    problem: Problem,
    day: Day,
    order: NDArray[np.int64],
    share: NDArray[np.float64],
    carried: NDArray[np.bool_],
    seed: int,
    work_limit: int,
) -> int:
    """Leave the best of several improved starts in `day`; the work done."""
    best, most, work, at_hand = pairs_of(day), -np.inf, 0, False
    for number, begin in enumerate(_starts(problem, day, share, seed, work_limit)):
        if number and work + share.size >= work_limit:
            break
        _clear(day)
        work += begin(work_limit - work)
        fill(day)
        work += int(improve(day, order, work_limit - work))
        fill(day)
        reached = log_mean(problem.alpha, day.visibility[carried])
        at_hand = reached > most
        if at_hand:
            best, most = pairs_of(day), reached
    if not at_hand:
        _clear(day)
        _lay(day, *best)
    return work


def _starts(
    problem: Problem, day: Day, share: NDArray[np.float64], seed: int, work_limit: int
) -> Iterator[Callable[[int], int]]:
    """Ways to begin an empty day, told the work left; each says the work it did."""
    crowd = crowd_of(day)
    if crowd.member.size and work_limit > 0:
        yield lambda left: ease(day, crowd, np.random.default_rng([seed, 2]), int(EASING * left))
    yield lambda left: 0
    largest = np.argsort(-(day.attention * np.diff(problem.audience_start)), kind="stable")
    for weights in _weights(share, np.random.default_rng([seed, 1])):
        yield partial(_round_near, day, weights, largest)


def _round_near(day: Day, weights: NDArray[np.float64], largest: NDArray[np.int64], left: int) -> int:
    round_off(day, weights, largest)
    return min(weights.size, left)


def _go_on(
    day: Day, order: NDArray[np.int64], relays: NDArray[np.int64], appeals: NDArray[np.int64], work_limit: int
) -> int:
    """Improve the plan before, what can be kept of it; the work done."""
    _lay(day, relays, appeals)
    day.slot_before[:] = day.slot_appeal
    fill(day)
    return int(improve(day, order, work_limit))


def _finish(
    problem: Problem, day: Day, order: NDArray[np.int64], work_left: int
) -> tuple[tuple[Shortfall, ...], int]:
    """See to the minimum, then improve by moves, swaps and chains; what is short, and the work done."""
    fill(day)
    short = see_to_minimum(problem, day)
    work = 0
    for step in (improve, chase):
        if work <= work_left:
            work += int(step(day, order, work_left - work))
    fill(day)
    return short, work


def _weights(share: NDArray[np.float64], rng: np.random.Generator) -> Iterator[NDArray[np.float64]]:
    """The shares themselves, then shares times a random factor: orders in which relays may round off."""
    yield share
    for _ in range(STARTS - 1):
        yield share * np.exp(rng.gumbel(size=share.shape) / SHARPNESS)


def _clear(day: Day) -> None:
    for slot in np.flatnonzero(day.slot_appeal >= 0).tolist():
        take(day, slot)
    reopen(day)


def _lay(day: Day, relays: NDArray[Any], appeals: NDArray[Any]) -> None:
    """Give these boosts, where they may be."""
    for relay, appeal in zip(relays.tolist(), appeals.tolist(), strict=True):
        possible = day.pair[appeal, relay] == OPEN and day.free[relay] > 0
        if possible and day.received[appeal] < day.appeal_cap[appeal] and fits(day, relay, appeal):
            give(day, relay, appeal)
