"""How boosts fall without a plan."""

import numpy as np
import pytest
from hypothesis import given, settings

from colibri.compute.planning import (
    at_random,
    check,
    evaluate,
    most_followed_first,
    round_robin,
    solve,
    unaided,
)
from tests.compute.planning_problems import problem_from, random_problem, tiny_problems

EVERY_WAY = [unaided, at_random, round_robin, most_followed_first]


@pytest.mark.parametrize("way", EVERY_WAY)
@given(problem=tiny_problems())
@settings(max_examples=40, deadline=None)
def test_every_way_keeps_the_rules(way, problem):
    """Budgets, caps, allowed pairs and the members' cap bind without a plan too."""
    check(problem, *way(problem))


@pytest.mark.parametrize("way", EVERY_WAY)
def test_budgets_are_spent_where_nothing_forbids_it(way):
    """With room for all, every relay gives all it offered, and the plan beats it in geometric mean."""
    problem = random_problem(60, 20, 2000, seed=3)
    relay, appeal = way(problem)
    assert np.bincount(relay, minlength=60).tolist() == problem.budget.tolist()
    assert np.log(evaluate(problem, relay, appeal)).sum() < solve(problem).objective


def test_unaided_the_seen_are_seen_more():
    """Boosts pile up on few appeals, where turns share them evenly."""
    problem = random_problem(300, 60, 1000, seed=1)
    piled = np.bincount(unaided(problem, seed=2)[1], minlength=60)
    shared = np.bincount(round_robin(problem)[1], minlength=60)
    drawn = np.bincount(at_random(problem, seed=2)[1], minlength=60)
    assert shared.max() - shared.min() <= 1
    assert piled.std() > 1.5 * drawn.std() > 0


def test_a_seed_gives_the_same_day_again():
    """The ways that draw are deterministic by seed."""
    problem = random_problem(30, 10, 200, seed=1)
    for way in (unaided, at_random):
        first, again, other = way(problem, seed=1), way(problem, seed=1), way(problem, seed=2)
        assert np.array_equal(first[1], again[1])
        assert not np.array_equal(first[1], other[1])


def test_most_followed_first_gives_each_audience_what_suits_it():
    """A relay whose readers matter to the second appeal boosts that one."""
    problem = problem_from(
        [[0, 1], [2]], [0, 0, 1], [[1.0, 0.1], [0.1, 1.0]], [0.5, 0.5], [1, 1], [1, 1], [1.0, 1.0]
    )
    relay, appeal = most_followed_first(problem)
    assert list(zip(relay.tolist(), appeal.tolist(), strict=True)) == [(0, 0), (1, 1)]
