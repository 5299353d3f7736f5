"""A plan made in parts that exchange what their boosts brought."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from colibri.compute.planning import check, evaluate, solve_wide
from colibri.compute.planning.kinds import sort_appeals
from colibri.compute.planning.parts import solve_in_parts
from colibri.compute.planning.turns import answer_in_turn, most_heard_first, open_circle
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


@given(tiny_problems(), st.integers(1, 3))
@settings(max_examples=200, deadline=None)
def test_parts_together_keep_every_rule_and_prove_their_share(problem, count):
    """Budgets, caps and pairs hold across parts, overlap is told exactly, no plan goes beyond the bound."""
    if problem.member_cap is not None and problem.member_cap < count:
        with pytest.raises(ValueError, match=r"member_cap: \d cannot be shared out"):
            solve_in_parts(problem, count)
        problem = dataclasses.replace(problem, member_cap=None)
    plan = solve_in_parts(problem, count)
    assert keeps_the_rules(problem, pairs_of(plan))
    assert plan.visibility == pytest.approx(naive_visibility(problem, pairs_of(plan)), rel=1e-5)
    if plan.carried.any():
        reached = naive_mean(1.0, plan.visibility[plan.carried])
        best = max(
            naive_mean(1.0, np.array(naive_visibility(problem, pairs))[plan.carried])
            for pairs in every_plan(problem)
        )
        assert plan.ratio <= reached / best * (1 + 1e-6)


def test_one_part_is_one_round_of_answers():
    """Turns of answers change nothing where there is nobody to exchange with."""
    problem = random_problem(60, 20, 4000, seed=1, member_cap=6)
    circle = open_circle(problem, sort_appeals(problem), overlap=True)
    answer_in_turn(circle, most_heard_first(problem))
    one = solve_in_parts(problem, 1)
    assert np.log(one.visibility).mean() == pytest.approx(np.log(circle.visibility).mean(), abs=1e-6)


@pytest.mark.parametrize("count", [2, 4])
def test_parts_lose_little_by_knowing_less(count):
    """On a day whose relays share members, parts come within eight hundredths of the plan made in one."""
    attention = np.random.default_rng(2).uniform(0.02, 0.1, 200)
    allowed = [np.flatnonzero(np.random.default_rng(one).random(50) < 0.8) for one in range(200)]
    problem = random_problem(
        200, 50, 20_000, seed=2, attention=attention, appeal_cap=np.full(50, 14),
        allowed=(np.cumsum([0, *map(len, allowed)]), np.concatenate(allowed)),
    )  # fmt: skip
    whole, plan = solve_wide(problem), solve_in_parts(problem, count)
    check(problem, plan.relay, plan.appeal)
    assert plan.visibility == pytest.approx(evaluate(problem, plan.relay, plan.appeal))
    assert plan.relay.size >= whole.relay.size - count
    assert np.log(plan.visibility).mean() > np.log(whole.visibility).mean() - 0.08


def test_what_parts_cannot_keep_is_refused():
    """No part at all, and a minimum, are named."""
    problem = random_problem(6, 3, 40, seed=1)
    with pytest.raises(ValueError, match="count: 0 parts"):
        solve_in_parts(problem, 0)
    with pytest.raises(ValueError, match="minimum: not kept"):
        solve_in_parts(dataclasses.replace(problem, minimum=[1, 0, 0]), 2)


@pytest.mark.server
def test_workers_of_a_cluster_make_the_same_plan():
    """Two processes of a Ray cluster on this machine give what the parts give here."""
    pytest.importorskip("ray", reason="Ray is not installed: pip install 'colibri[cluster]'")
    cluster = pytest.importorskip("colibri.config.plan.cluster")
    problem = random_problem(60, 20, 4000, seed=1, member_cap=6)
    try:
        plan = cluster.solve_cluster(problem, workers=2)
    finally:
        cluster.ray.shutdown()
    assert pairs_of(plan) == pairs_of(solve_in_parts(problem, 2))
