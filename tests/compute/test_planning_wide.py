"""Days too wide for a table of all pairs: relays answer in turn."""

import dataclasses
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from colibri.compute.planning import Problem, check, evaluate, readers, solve, solve_wide, solver
from colibri.compute.planning.kinds import sort_appeals
from tests.compute.planning_problems import (
    every_plan,
    keeps_the_rules,
    naive_mean,
    naive_visibility,
    pairs_of,
    random_problem,
    tiny_problems,
)

# One worker compiles the kernels of such days, and it begins early.
pytestmark = pytest.mark.xdist_group("wide")


@given(tiny_problems(), st.sampled_from([0.0, 0.5, 1.0, 3.0, math.inf]))
@settings(max_examples=500, deadline=None)
def test_no_plan_at_all_goes_beyond_the_bound_of_a_wide_day(problem, alpha):
    """Trying every plan: rules kept, visibility as counted member by member, the bound above the best."""
    problem = dataclasses.replace(problem, alpha=alpha)
    plan = solve_wide(problem)
    assert keeps_the_rules(problem, pairs_of(plan))
    assert plan.visibility == pytest.approx(naive_visibility(problem, pairs_of(plan)), rel=1e-5)
    if plan.carried.any():
        reached = naive_mean(alpha, plan.visibility[plan.carried])
        best = max(
            naive_mean(alpha, np.array(naive_visibility(problem, pairs))[plan.carried])
            for pairs in every_plan(problem)
        )
        assert plan.ratio <= reached / best * (1 + 1e-6)
    assert np.array_equal(plan.carried, solve(problem).carried)


@pytest.mark.parametrize("member_cap", [None, 3, 6])
def test_turns_keep_every_rule_on_a_larger_day(member_cap):
    """Budgets, caps, allowed pairs and the members' cap hold, overlap is exact, hardly a boost is left."""
    rng = np.random.default_rng(3)
    allowed = [np.flatnonzero(rng.random(20) < 0.6) for _ in range(60)]
    problem = random_problem(
        60, 20, 4000, seed=1, appeal_cap=np.full(20, 12), member_cap=member_cap,
        budget=rng.integers(0, 5, 60),
        allowed=(np.cumsum([0, *map(len, allowed)]), np.concatenate(allowed)),
    )  # fmt: skip
    plan = solve_wide(problem)
    check(problem, plan.relay, plan.appeal)
    assert plan.visibility == pytest.approx(evaluate(problem, plan.relay, plan.appeal), rel=1e-5)
    assert plan.relay.size > (30 if member_cap else 100)
    assert plan.objective <= plan.bound


def test_places_of_many_bytes_give_the_same_plan(monkeypatch):
    """Lists too long together for four bytes a place are told apart by eight, and nothing else changes."""
    problem = random_problem(60, 20, 4000, seed=5, member_cap=4)
    short = solve_wide(problem)
    monkeypatch.setattr(readers, "SHORT", 0)
    long = solve_wide(problem)
    assert pairs_of(long) == pairs_of(short)
    assert np.array_equal(long.visibility, short.visibility)


def test_turns_come_close_to_the_full_search():
    """On a day both can plan, the wide way reaches most of what search reaches, and proves its share."""
    attention = np.random.default_rng(2).uniform(0.02, 0.1, 200)
    problem = random_problem(200, 50, 20000, seed=2, attention=attention)
    search, turns = solve(problem), solve_wide(problem)
    mean = [np.log(plan.visibility).mean() for plan in (search, turns)]
    assert mean[0] - 0.05 < mean[1] < mean[0]
    assert turns.bound >= search.objective
    assert turns.ratio > 0.9


def test_gains_alone_are_told_as_such():
    """Without overlap several rounds are taken, and visibility is what boosts would bring alone."""
    problem = random_problem(60, 20, 4000, seed=4)
    plan = solve_wide(problem, overlap=False)
    check(problem, plan.relay, plan.appeal)
    assert np.all(plan.visibility >= evaluate(problem, plan.relay, plan.appeal) * (1 - 1e-6))
    alone = problem.prior.copy()
    for relay, appeal in pairs_of(plan):
        alone[appeal] += naive_visibility(problem, [(relay, appeal)])[appeal] - problem.prior[appeal]
    assert plan.visibility == pytest.approx(alone, rel=1e-5)


@given(tiny_problems())
@settings(max_examples=100, deadline=None)
def test_kinds_are_the_distinct_rows_of_relevance(problem):
    """Appeals of one kind have one row, and a boost alone brings what one member after another says."""
    kinds = sort_appeals(problem)
    assert np.array_equal(kinds.relevance[kinds.kind], problem.relevance)
    assert len({row.tobytes() for row in kinds.relevance}) == kinds.relevance.shape[0]
    for relay in range(problem.relays):
        for appeal in range(problem.appeals):
            brought = naive_visibility(problem, [(relay, appeal)])[appeal] - problem.prior[appeal]
            expected = brought if problem.budget[relay] > 0 else 0.0
            assert kinds.alone[relay, kinds.kind[appeal]] == pytest.approx(expected, rel=1e-5, abs=1e-6)


def test_solve_goes_the_wide_way_by_itself(monkeypatch):
    """Beyond the pairs that get a table, `solve` plans in turns."""
    problem = random_problem(30, 8, 300, seed=5)
    monkeypatch.setattr(solver, "PAIRS_MOST", 100)
    assert pairs_of(solve(problem)) == pairs_of(solve_wide(problem))
    with pytest.raises(ValueError, match="start: not used with more than 100 pairs"):
        solve(problem, start=([0], [0]))


def test_a_day_of_a_thousand_million_pairs_needs_no_table():
    """32,768 relays and as many appeals are planned in moments where audiences are small."""
    count = 2**15
    problem = Problem(
        np.arange(count + 1), np.arange(count), np.zeros(count), np.ones((count, 1)), np.full(count, 0.5),
        np.ones(count), np.ones(count), np.ones(count),
    )  # fmt: skip
    plan = solve(problem)
    assert np.bincount(plan.appeal).tolist() == [1] * count
    assert plan.ratio > 0.99


def test_what_a_wide_day_cannot_keep_is_refused():
    """A minimum, a members' cap without overlap, and too many kinds are named."""
    problem = random_problem(6, 3, 40, seed=1, minimum=[1, 0, 0])
    with pytest.raises(ValueError, match="minimum: not kept"):
        solve_wide(problem)
    with pytest.raises(ValueError, match="member_cap: kept only where overlap"):
        solve_wide(random_problem(6, 3, 40, seed=1, member_cap=2), overlap=False)
    many = 2**15 + 1
    wide = Problem(
        np.zeros(many + 1), [], [0], np.arange(many)[:, None], np.full(many, 0.5), np.ones(many),
        np.ones(many), np.ones(many),
    )  # fmt: skip
    with pytest.raises(ValueError, match="relevance: 32769 kinds of appeals × 32769 relays"):
        solve_wide(wide)
