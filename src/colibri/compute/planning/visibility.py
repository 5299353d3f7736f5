"""What a plan brings, and whether it keeps to the rules: plain NumPy, independent of the solver."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from colibri.compute.planning.problem import Problem

__all__ = ["check", "evaluate", "pairs_given"]


def evaluate(problem: Problem, relay: ArrayLike, appeal: ArrayLike) -> NDArray[np.float64]:
    """Visibility (float64, A) of every appeal when `relay[i]` boosts `appeal[i]`.

    It is prior + Σ_u relevance[a, class u] · (1 − Π_r (1 − attention_r)) over the relays r of a
    that u follows. Budgets and caps are not looked at here (see `check`). Raises ValueError for an
    index out of range or a pair given twice.
    """
    relays, appeals = pairs_given(problem, relay, appeal)
    visibility = problem.prior.copy()
    miss_chance = 1.0 - problem.attention.astype(np.float64)
    for wanted in np.flatnonzero(np.bincount(appeals, minlength=problem.appeals)):
        carriers = relays[appeals == wanted]
        audiences = [problem.audience(int(carrier)) for carrier in carriers]
        members = np.concatenate(audiences)
        if not members.size:
            continue
        chances = np.repeat(miss_chance[carriers], [audience.size for audience in audiences])
        order = np.argsort(members, kind="stable")
        members = members[order]
        first = np.flatnonzero(np.r_[True, members[1:] != members[:-1]])
        seen = 1.0 - np.multiply.reduceat(chances[order], first)
        worth = problem.relevance[wanted, problem.member_class[members[first]]].astype(np.float64)
        visibility[wanted] += float(np.sum(worth * seen))
    return visibility


def check(problem: Problem, relay: ArrayLike, appeal: ArrayLike) -> None:
    """Raise ValueError naming the first rule a plan breaks: pair, `allowed`, `budget` or a cap."""
    relays, appeals = pairs_given(problem, relay, appeal)
    given = np.bincount(relays, minlength=problem.relays)
    if np.any(given > problem.budget):
        broken = int(np.argmax(given > problem.budget))
        raise ValueError(f"budget[{broken}]: {given[broken]} boosts, {problem.budget[broken]} offered")
    received = np.bincount(appeals, minlength=problem.appeals)
    if np.any(received > problem.appeal_cap):
        broken = int(np.argmax(received > problem.appeal_cap))
        most = problem.appeal_cap[broken]
        raise ValueError(f"appeal_cap[{broken}]: {received[broken]} boosts, at most {most}")
    if problem.allowed is not None:
        start, item = problem.allowed
        for index, (carrier, wanted) in enumerate(zip(relays, appeals, strict=True)):
            if wanted not in item[start[carrier] : start[carrier + 1]]:
                raise ValueError(f"allowed: relay {carrier} may not carry appeal {wanted} (pair {index})")
    if problem.member_cap is not None and relays.size:
        shown = np.zeros(problem.members, dtype=np.int64)
        before = np.zeros_like(shown) if problem.shown is None else problem.shown
        for wanted in np.unique(appeals):
            audiences = [problem.audience(int(carrier)) for carrier in relays[appeals == wanted]]
            shown[np.unique(np.concatenate(audiences))] += 1
        total = np.where(shown > 0, shown + before, 0)
        if np.any(total > problem.member_cap):
            broken = int(np.argmax(total > problem.member_cap))
            raise ValueError(
                f"member_cap: member {broken} is shown {total[broken]} appeals, at most {problem.member_cap}"
            )


def pairs_given(
    problem: Problem, relay: ArrayLike, appeal: ArrayLike
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Relays and appeals (int64). Raises ValueError for an index out of range or a pair given twice."""
    relays = np.asarray(relay, dtype=np.int64)
    appeals = np.asarray(appeal, dtype=np.int64)
    if relays.shape != appeals.shape or relays.ndim != 1:
        raise ValueError(
            f"relay and appeal: expected two lists of one length, not {relays.shape}, {appeals.shape}"
        )
    for field, values, count in (("relay", relays, problem.relays), ("appeal", appeals, problem.appeals)):
        outside = (values < 0) | (values >= count)
        if outside.any():
            first = int(np.argmax(outside))
            raise ValueError(f"{field}[{first}]: {values[first]} is not below {count}")
    order = np.lexsort((appeals, relays))
    repeated = (np.diff(relays[order]) == 0) & (np.diff(appeals[order]) == 0)
    if repeated.any():
        first = int(order[int(np.argmax(repeated)) + 1])
        raise ValueError(f"relay[{first}]: relay {relays[first]} boosts appeal {appeals[first]} twice")
    return relays, appeals
