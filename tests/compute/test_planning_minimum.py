"""A minimum for each appeal, where it is feasible, and why where it is not."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from colibri.compute.planning import check, solve
from tests.compute.planning_problems import every_plan, problem_from, random_problem, tiny_problems


def with_minimum(problem, minimum):
    return problem_from(
        [problem.audience(relay) for relay in range(problem.relays)],
        problem.member_class, problem.relevance, problem.attention, problem.budget, problem.appeal_cap,
        problem.prior, allowed=problem.allowed, member_cap=problem.member_cap, minimum=minimum,
    )  # fmt: skip


def served(minimum, appeals) -> int:
    """Boosts that count towards a minimum."""
    return int(np.minimum(np.bincount(np.array(appeals, dtype=int), minlength=len(minimum)), minimum).sum())


@given(tiny_problems(allow_member_cap=False), st.data())
@settings(max_examples=300, deadline=None)
def test_no_other_plan_serves_more_of_the_minimum(problem, data):
    """Trying every plan: as many boosts of the minimum as can be are given, and what is missing is told."""
    minimum = data.draw(st.lists(st.integers(0, 3), min_size=problem.appeals, max_size=problem.appeals))
    problem = with_minimum(problem, minimum)
    plan = solve(problem)
    check(problem, plan.relay, plan.appeal)
    most = max(served(minimum, [appeal for _, appeal in pairs]) for pairs in every_plan(problem))
    assert served(minimum, plan.appeal) == most
    received = np.bincount(plan.appeal, minlength=problem.appeals)
    assert [one.appeal for one in plan.short] == np.flatnonzero(received < minimum).tolist()
    assert all(one.given == received[one.appeal] for one in plan.short)
    assert all(one.wanted == minimum[one.appeal] for one in plan.short)


@given(tiny_problems())
@settings(max_examples=100, deadline=None)
def test_the_members_cap_is_kept_before_any_minimum(problem):
    """What would show somebody too much is refused, and the appeal named."""
    minimum = np.full(problem.appeals, 2)
    problem = with_minimum(problem, minimum)
    plan = solve(problem)
    check(problem, plan.relay, plan.appeal)
    received = np.bincount(plan.appeal, minlength=problem.appeals)
    assert [one.appeal for one in plan.short] == np.flatnonzero(received < minimum).tolist()


def test_an_appeal_of_little_use_gets_its_minimum_all_the_same():
    """The aim alone would leave out whom boosts hardly help; improving does not take the minimum back."""
    worth = np.array([[1.0], [1.0], [0.0]])
    problem = problem_from([[0, 1], [2, 3], [4]], [0] * 5, worth, [0.5] * 3, [1] * 3, [3] * 3, [1.0] * 3)
    assert np.bincount(solve(problem).appeal, minlength=3)[2] == 0
    plan = solve(with_minimum(problem, [0, 0, 1]))
    assert np.bincount(plan.appeal, minlength=3)[2] == 1
    assert plan.short == ()


def test_why_a_minimum_cannot_be_is_said():
    """Its own cap, too few relays, or budgets that others of the same relays need as well."""
    audiences = [[0], [1], [2]]
    problem = problem_from(
        audiences, [0] * 3, np.ones((4, 1)), [0.5] * 3, [1, 1, 1], [1, 3, 3, 3], [1.0] * 4,
        allowed=([0, 1, 2, 4], [1, 1, 2, 3]), minimum=[2, 3, 1, 1],
    )  # fmt: skip
    why = {one.appeal: one for one in solve(problem).short}
    assert why[0].why == "relays"
    assert (why[1].why, why[1].relays) == ("relays", 2)
    both = [why[appeal] for appeal in (2, 3) if appeal in why]
    assert [(one.why, one.relays, one.boosts, one.appeals) for one in both] == [("budgets", 1, 1, 2)]
    capped = problem_from(audiences, [0] * 3, np.ones((1, 1)), [0.5] * 3, [1] * 3, [1], [1.0], minimum=[2])
    assert [one.why for one in solve(capped).short] == ["cap"]
    tired = problem_from(
        [[0], [0]], [0], np.ones((2, 1)), [0.5] * 2, [1] * 2, [2] * 2, [1.0] * 2, member_cap=1, minimum=[1, 1]
    )
    assert [one.why for one in solve(tired).short] == ["member_cap"]


@pytest.mark.parametrize("seed", [1, 2])
def test_a_crowded_day_gives_everybody_one_boost(seed):
    """As many boosts as appeals, each with few relays that may carry it: long paths find room."""
    rng = np.random.default_rng(seed)
    may = [sorted({place, int(rng.integers(60)), int(rng.integers(60))}) for place in range(60)]
    problem = random_problem(
        60, 60, 400, seed=seed, budget=np.ones(60), minimum=np.ones(60),
        allowed=(np.cumsum([0, *map(len, may)]), np.array(list(itertools.chain(*may)))),
    )  # fmt: skip
    plan = solve(problem)
    assert plan.short == ()
    assert np.bincount(plan.appeal, minlength=60).tolist() == [1] * 60
