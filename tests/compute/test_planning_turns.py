"""Relays who answer in turn give what one who looks at every reader and every appeal would give."""

import numpy as np
import pytest

from colibri.compute.planning import Problem
from colibri.compute.planning.kinds import sort_appeals
from colibri.compute.planning.turns import (
    answer_in_turn,
    boosts_of,
    most_heard_first,
    open_circle,
    with_readers,
)
from tests.compute.planning_problems import random_problem


def naive_turns(problem: Problem) -> list[tuple[int, int]]:
    """The same turns in plain Python, reader by reader."""
    given: list[tuple[int, int]] = []
    missed = np.ones((problem.members, problem.appeals))
    shown: list[set[int]] = [set() for _ in range(problem.members)]
    visibility = problem.prior.copy()
    worth = problem.relevance[:, problem.member_class].T.astype(np.float64)
    for relay in most_heard_first(problem).tolist():
        readers = problem.audience(relay)
        gain = float(problem.attention[relay]) * (worth[readers] * missed[readers]).sum(axis=0)
        now: list[int] = []
        for _ in range(min(int(problem.budget[relay]), problem.appeals)):
            may = set(range(problem.appeals)) - set(now)
            if problem.allowed is not None:
                start, item = problem.allowed
                may &= set(item[start[relay] : start[relay + 1]].tolist())
            may = {one for one in may if [a for _, a in given].count(one) < problem.appeal_cap[one]}
            for reader in readers.tolist():
                if problem.member_cap is not None and len(shown[reader] | set(now)) >= problem.member_cap:
                    may &= shown[reader]
            may = {one for one in may if gain[one] > 0.0}
            if not may:
                break
            best = max(may, key=lambda one: gain[one] / visibility[one])
            now.append(best)
            given.append((relay, best))
        for appeal in now:
            visibility[appeal] += gain[appeal]
        for reader in readers.tolist():
            shown[reader] |= set(now)
            missed[reader, now] *= 1.0 - float(problem.attention[relay])
    return sorted(given)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("member_cap", [None, 3, 6])
@pytest.mark.parametrize("some_pairs", [False, True])
def test_a_turn_gives_what_a_look_at_every_reader_says(seed, member_cap, some_pairs):
    """Overlap, the members' cap, appeals' caps and allowed pairs, appeals of three kinds."""
    rng = np.random.default_rng(seed)
    kinds = rng.uniform(0.1, 2.0, (3, 4))
    allowed = [np.flatnonzero(rng.random(12) < 0.7) for _ in range(30)]
    problem = random_problem(
        30, 12, 800, seed=seed, relevance=kinds[rng.integers(0, 3, 12)], budget=rng.integers(0, 4, 30),
        appeal_cap=rng.integers(3, 12, 12), prior=rng.uniform(0.5, 3.0, 12), member_cap=member_cap,
        allowed=(np.cumsum([0, *map(len, allowed)]), np.concatenate(allowed)) if some_pairs else None,
    )  # fmt: skip
    circle = with_readers(open_circle(problem, sort_appeals(problem), overlap=False), problem)
    answer_in_turn(circle, most_heard_first(problem))
    relay, appeal = boosts_of(circle)
    assert list(zip(relay.tolist(), appeal.tolist(), strict=True)) == naive_turns(problem)
    assert not circle.saw.any()
    assert not circle.full.any()
