"""What a plan is worth, and that plans keep their promises."""

import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from colibri.compute.planning import PRIOR_LEAST, check, evaluate, solve
from tests.compute.planning_problems import (
    every_plan,
    keeps_the_rules,
    naive_objective,
    naive_visibility,
    pairs_of,
    problem_from,
    random_problem,
    tiny_problems,
)


@given(tiny_problems(), st.data())
@settings(max_examples=150, deadline=None)
def test_visibility_agrees_with_counting_member_by_member(problem, data):
    """`evaluate` says what a plain loop over members says, for any set of pairs."""
    every = [(relay, appeal) for relay in range(problem.relays) for appeal in range(problem.appeals)]
    pairs = data.draw(st.lists(st.sampled_from(every), unique=True))
    found = evaluate(problem, [relay for relay, _ in pairs], [appeal for _, appeal in pairs])
    assert found == pytest.approx(naive_visibility(problem, pairs), rel=1e-9)


@given(tiny_problems(), st.data())
@settings(max_examples=100, deadline=None)
def test_another_boost_never_harms_and_brings_less_the_later_it_comes(problem, data):
    """Visibility is monotone and submodular."""
    every = [(relay, appeal) for relay in range(problem.relays) for appeal in range(problem.appeals)]
    larger = data.draw(st.lists(st.sampled_from(every), unique=True))
    smaller = [pair for pair in larger if data.draw(st.booleans())]
    extra = data.draw(st.sampled_from(every))
    assume(extra not in larger)

    def worth(pairs):
        return evaluate(problem, [relay for relay, _ in pairs], [appeal for _, appeal in pairs])

    early = worth([*smaller, extra]) - worth(smaller)
    late = worth([*larger, extra]) - worth(larger)
    assert np.all(late >= -1e-9)
    assert np.all(early >= late - 1e-9)


@given(tiny_problems(allow_shown=True))
@settings(max_examples=1000, deadline=None)
def test_no_plan_at_all_goes_beyond_the_bound(problem):
    """Trying every plan: the bound is at least the best, the plan keeps every rule and is not far below."""
    plan = solve(problem)
    best = max(naive_objective(problem, pairs) for pairs in every_plan(problem))
    assert plan.bound >= best
    assert keeps_the_rules(problem, pairs_of(plan))
    check(problem, plan.relay, plan.appeal)
    assert plan.objective <= best + 1e-6
    assert plan.objective == pytest.approx(naive_objective(problem, pairs_of(plan)), rel=1e-9, abs=1e-9)
    empty = naive_objective(problem, [])
    if problem.member_cap is None:
        assert plan.objective - empty >= 0.5 * (best - empty) - 1e-6


@given(tiny_problems(allow_member_cap=False))
@settings(max_examples=100, deadline=None)
def test_the_ratio_is_the_distance_to_the_bound_per_appeal_that_can_be_carried(problem):
    """`ratio` = exp((objective − bound) / A'), and appeals nobody can show to anyone keep their prior."""
    plan = solve(problem)
    count = int(plan.carried.sum())
    expected = math.exp(min(0.0, plan.objective - plan.bound) / count) if count else 1.0
    assert plan.ratio == pytest.approx(expected)
    assert 0.0 < plan.ratio <= 1.0
    assert np.array_equal(plan.visibility[~plan.carried], problem.prior[~plan.carried])


@pytest.mark.parametrize("member_cap", [None, 4])
def test_a_larger_plan_keeps_every_rule(member_cap):
    """Budgets, caps, allowed pairs and the members' cap hold together on 60 relays and 20 appeals."""
    rng = np.random.default_rng(3)
    allowed = [np.flatnonzero(rng.random(20) < 0.6) for _ in range(60)]
    problem = random_problem(
        60, 20, 400, seed=1, appeal_cap=np.full(20, 7), member_cap=member_cap, budget=rng.integers(0, 5, 60),
        allowed=(np.cumsum([0, *map(len, allowed)]), np.concatenate(allowed)),
    )  # fmt: skip
    plan = solve(problem)
    check(problem, plan.relay, plan.appeal)
    assert keeps_the_rules(problem, pairs_of(plan))
    assert plan.relay.size > 20
    assert plan.objective <= plan.bound


def test_improving_beats_greedy_alone():
    """Moves and swaps raise the objective of greedy, and the bound stays above."""
    problem = random_problem(60, 20, 2000, seed=5)
    greedy, improved = solve(problem, work_limit=0), solve(problem)
    assert greedy.objective < improved.objective <= improved.bound
    assert improved.settled
    assert not greedy.settled


def test_the_plan_is_close_to_the_bound_on_a_middling_day():
    """On 200 relays and 50 appeals the certificate is above .95."""
    attention = np.random.default_rng(2).uniform(0.02, 0.1, 200)
    plan = solve(random_problem(200, 50, 5000, seed=2, attention=attention))
    assert plan.ratio > 0.95


@pytest.mark.parametrize("cap", [4, 8])
def test_the_bound_knows_the_caps_of_appeals(cap):
    """Where caps leave most of the boosts unused, the certificate stays tight."""
    attention = np.random.default_rng(2).uniform(0.02, 0.1, 100)
    plan = solve(random_problem(100, 25, 4000, seed=2, attention=attention, appeal_cap=np.full(25, cap)))
    assert plan.relay.size == 25 * cap
    assert plan.ratio > 0.95


def test_one_seed_gives_one_plan():
    """Solving twice with a seed gives the same plan to the bit."""
    problem = random_problem(80, 25, 3000, seed=7)
    first, second = solve(problem, seed=11), solve(problem, seed=11)
    assert np.array_equal(first.relay, second.relay)
    assert np.array_equal(first.appeal, second.appeal)
    assert (first.objective, first.bound) == (second.objective, second.bound)


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=15, deadline=None)
def test_names_do_not_matter(seed):
    """Renumbering relays, members and appeals leaves visibility the same, and the bound but for rounding."""
    rng = np.random.default_rng(seed)
    problem = random_problem(12, 6, 60, seed=seed % 1000)
    relays, appeals, members = (rng.permutation(count) for count in (12, 6, 60))
    place = np.argsort(members)
    renamed = problem_from(
        [place[problem.audience(int(relay))] for relay in relays],
        problem.member_class[members],
        problem.relevance[appeals],
        problem.attention[relays],
        problem.budget[relays],
        problem.appeal_cap[appeals],
        problem.prior[appeals],
    )
    plan = solve(problem)
    there = np.argsort(relays)[plan.relay], np.argsort(appeals)[plan.appeal]
    assert evaluate(renamed, *there) == pytest.approx(plan.visibility[appeals], rel=1e-9)
    assert solve(renamed).bound >= plan.objective
    assert plan.bound >= solve(renamed).objective


def test_whoever_was_seen_least_comes_first():
    """With one boost to give, it goes to the appeal with the least prior visibility."""
    problem = problem_from([[0, 1, 2]], [0, 0, 0], np.ones((3, 1)), [0.5], [1], [1, 1, 1], [4.0, 0.5, 9.0])
    assert solve(problem).appeal.tolist() == [1]


def test_a_prior_of_zero_is_raised_to_the_least_one():
    """The logarithm stays finite for an appeal nobody saw yet."""
    problem = problem_from([[0]], [0], np.ones((1, 1)), [0.5], [0], [1], [0.0])
    assert problem.prior.tolist() == [PRIOR_LEAST]
    assert solve(problem).objective == pytest.approx(math.log(PRIOR_LEAST))


@pytest.mark.parametrize(
    ("relays", "appeals"),
    [([], 0), ([], 2), ([[0]], 0), ([[], []], 2)],
    ids=["nothing", "no relay", "no appeal", "empty audiences"],
)
def test_a_day_with_nothing_to_plan_has_an_empty_plan(relays, appeals):
    """No relay, no appeal or no audience: no boost, and a ratio of one."""
    count = len(relays)
    problem = problem_from(
        relays, [0], np.ones((appeals, 1)), np.full(count, 0.5), np.ones(count), np.ones(appeals),
        np.ones(appeals),
    )  # fmt: skip
    plan = solve(problem)
    assert plan.relay.size == 0
    assert plan.ratio == 1.0


def test_evaluate_refuses_pairs_that_do_not_exist():
    """An index out of range or a pair given twice is named."""
    problem = random_problem(3, 2, 10, seed=0)
    with pytest.raises(ValueError, match=r"relay\[1\]: 3 is not below 3"):
        evaluate(problem, [0, 3], [0, 0])
    with pytest.raises(ValueError, match=r"appeal\[0\]: -1"):
        evaluate(problem, [0], [-1])
    with pytest.raises(ValueError, match="relay 1 boosts appeal 0 twice"):
        evaluate(problem, [1, 0, 1], [0, 0, 0])


def test_check_names_the_rule_that_is_broken():
    """Over budget, over a cap, a forbidden pair: each is told."""
    audiences, classes, worth = [[0, 1], [1]], [0, 0], np.ones((2, 1))
    problem = problem_from(audiences, classes, worth, [0.5, 0.5], [1, 2], [2, 1], [1, 1])
    with pytest.raises(ValueError, match=r"budget\[0\]: 2 boosts, 1 offered"):
        check(problem, [0, 0], [0, 1])
    with pytest.raises(ValueError, match=r"appeal_cap\[1\]: 2 boosts, at most 1"):
        check(problem, [0, 1], [1, 1])
    narrow = problem_from(
        audiences, classes, worth, [0.5, 0.5], [1, 2], [2, 1], [1, 1],
        allowed=([0, 1, 2], [0, 1]), member_cap=1,
    )  # fmt: skip
    with pytest.raises(ValueError, match="relay 1 may not carry appeal 0"):
        check(narrow, [1], [0])
    with pytest.raises(ValueError, match="member_cap: member 1 is shown 2"):
        check(narrow, [0, 1], [0, 1])
