"""Days on which the members' cap binds: relays are led to boost alike."""

import numpy as np
import pytest

from colibri.compute.planning import check, evaluate, solve
from colibri.compute.planning.day import open_day, pairs_of
from colibri.compute.planning.easing import crowd_of, ease
from tests.compute.planning_problems import keeps_the_rules, random_problem


def crowded(seed: int, **more):
    """A day whose readers follow several relays each, and may be shown four appeals."""
    return random_problem(80, 30, 600, seed=seed, **({"member_cap": 4} | more))


def test_the_crowd_is_whoever_may_be_offered_more_than_the_cap():
    """Counted in plain Python: members whose relays' budgets add up to more."""
    problem = crowded(1, budget=np.arange(80) % 4)
    crowd = crowd_of(open_day(problem))
    offered = [
        sum(int(problem.budget[relay]) for relay in range(80) if one in problem.audience(relay))
        for one in range(problem.members)
    ]

    for relay in range(80):
        found = crowd.member[crowd.start[relay] : crowd.start[relay + 1]].tolist()
        assert found == [one for one in problem.audience(relay).tolist() if offered[one] > 4]


def test_what_readers_were_shown_before_counts():
    """Who was shown four appeals already is shown no other; who was shown one, three at most."""
    before = np.arange(600) % 5
    problem = crowded(2, shown=before)
    plan = solve(problem)
    check(problem, plan.relay, plan.appeal)

    assert plan.relay.size > 0
    assert keeps_the_rules(problem, list(zip(plan.relay.tolist(), plan.appeal.tolist(), strict=True)))
    relay = next(one for one in range(80) if np.any(before[problem.audience(one)] == 4))
    with pytest.raises(ValueError, match=r"member_cap: member \d+ is shown 5"):
        check(problem, [relay], [0])
    with pytest.raises(ValueError, match=r"shown\[1\]: -1 is negative"):
        crowded(2, shown=[0, -1] + [0] * 598)


def test_nobody_is_crowded_without_a_cap():
    assert crowd_of(open_day(crowded(1, member_cap=None))).member.size == 0


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("work_limit", [0, 2_000_000])
def test_an_eased_day_keeps_every_rule_and_its_books(seed, work_limit):
    """However much work was left, the cap holds at the end, and gains are still exact."""
    problem = crowded(seed, appeal_cap=np.full(30, 12))
    day = open_day(problem)
    ease(day, crowd_of(day), np.random.default_rng(seed), work_limit)
    relay, appeal = pairs_of(day)

    assert keeps_the_rules(problem, list(zip(relay.tolist(), appeal.tolist(), strict=True)))
    check(problem, relay, appeal)
    assert day.visibility == pytest.approx(evaluate(problem, relay, appeal), rel=1e-9)


@pytest.mark.parametrize("alpha", [0.0, 0.5, 1.0, 2.0, np.inf])
def test_relays_led_to_boost_alike_bring_more_than_boosts_given_one_by_one(alpha):
    """Where the cap bites, greedy finds its ways closed: the plan is above it, and well above the fairer."""
    problem = crowded(3, alpha=alpha)
    greedy, plan = solve(problem, work_limit=0), solve(problem)
    more = 0.05 * problem.appeals if alpha >= 1.0 else 0.0

    assert greedy.objective + more <= plan.objective <= plan.bound
