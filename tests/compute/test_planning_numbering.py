"""Members numbered by class: the same day, and a pass over its audiences that looks up blocks of numbers."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from colibri.compute.planning import Problem, check, evaluate, solve, solve_wide
from colibri.compute.planning.kinds import bring_alone
from colibri.compute.planning.numbering import SPARE, number_by_class, number_members
from tests.compute.planning_problems import naive_visibility, pairs_of, random_problem, tiny_problems


def brought(problem: Problem) -> np.ndarray:
    """What every boost brings alone, by the planner's pass over the audiences."""
    alone = np.zeros((problem.relays, problem.appeals), dtype=np.float32)
    bring_alone(problem, problem.relevance, problem.attention, alone)
    return alone


def brought_member_by_member(problem: Problem) -> list[list[float]]:
    """The same in plain Python."""
    worth = problem.relevance[:, problem.member_class].tolist()
    chance = problem.attention.tolist()
    return [
        [chance[relay] * sum(row[one] for one in problem.audience(relay).tolist()) for row in worth]
        for relay in range(problem.relays)
    ]


@given(st.lists(st.integers(0, 9), max_size=300), st.sampled_from([1, 40]))
@settings(max_examples=300, deadline=None)
def test_each_member_keeps_its_class_and_gets_a_number_of_its_own(classes, times):
    """Numbers differ, ascend inside a class, tell the class by their block, and few are nobody's."""
    member_class = np.repeat(np.array(classes, dtype=np.int32), times)
    number, by_number, block = number_by_class(member_class)
    assert np.unique(number).size == member_class.size
    assert by_number.size <= (1 + SPARE) * member_class.size
    assert np.array_equal(by_number[number], member_class)
    assert np.array_equal(by_number[:: 1 << block][number >> block], member_class)
    for one in set(classes):
        assert np.all(np.diff(number[member_class == one].astype(np.int64)) > 0)


@given(tiny_problems(allow_shown=True))
@settings(max_examples=300, deadline=None)
def test_a_tiny_day_is_the_same_day_however_its_members_are_numbered(problem):
    """What boosts bring alone is what one member after another says, and plans are worth the same."""
    numbered = number_members(problem)
    for day in (problem, numbered):
        expected = brought_member_by_member(day)
        assert np.allclose(brought(day), expected, rtol=1e-6, atol=0)
        one = np.zeros((day.relays, 1), dtype=np.float32)
        bring_alone(day, day.relevance[:1], day.attention, one)
        assert np.allclose(one[:, 0], [row[0] for row in expected], rtol=1e-6, atol=0)
    assert np.allclose(brought(numbered), brought(problem), rtol=1e-6, atol=0)
    plan = solve_wide(dataclasses.replace(numbered, shown=None))
    assert plan.visibility == pytest.approx(naive_visibility(problem, pairs_of(plan)), rel=1e-5)


@pytest.mark.parametrize("classes", [1, 4])
def test_blocks_span_many_members_and_plans_do_not_change(classes):
    """On a day with few classes a block is large; audiences stay in ascending order, rules are kept."""
    rng = np.random.default_rng(7)
    problem = random_problem(
        40, 12, 5000, seed=7, member_cap=5, member_class=rng.integers(0, classes, 5000),
        shown=rng.integers(0, 2, 5000),
    )  # fmt: skip
    numbered = number_members(problem)
    assert numbered.block > 5
    for relay in range(problem.relays):
        assert np.all(np.diff(numbered.audience(relay).astype(np.int64)) > 0)
    assert np.allclose(brought(numbered), brought_member_by_member(problem), rtol=1e-6)
    given = solve(numbered)
    check(problem, given.relay, given.appeal)
    assert given.visibility == pytest.approx(evaluate(problem, given.relay, given.appeal))
    free = random_problem(40, 12, 5000, seed=7)
    plan, again = solve_wide(free), solve_wide(number_members(free))
    assert pairs_of(again) == pairs_of(plan)
    assert again.visibility == pytest.approx(plan.visibility)
