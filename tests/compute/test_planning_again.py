"""Planning from a plan that stands: yesterday's, or this morning's when something changed."""

import dataclasses

import numpy as np
import pytest

from colibri.compute.planning import check, solve
from tests.compute.planning_problems import random_problem


def pairs(plan) -> set[tuple[int, int]]:
    return set(zip(plan.relay.tolist(), plan.appeal.tolist(), strict=True))


@pytest.fixture(scope="module")
def morning():
    return random_problem(80, 20, 1500, seed=3, attention=np.random.default_rng(3).uniform(0.02, 0.1, 80))


def test_a_good_plan_is_kept(morning):
    """Solving again from a settled plan changes nothing."""
    plan = solve(morning)
    again = solve(morning, start=(plan.relay, plan.appeal))
    assert pairs(again) == pairs(plan)
    assert again.ratio == pytest.approx(plan.ratio, rel=1e-3)


def test_when_a_relay_drops_out_little_changes(morning):
    """With inertia only few of the other boosts move, and the plan stays as good but for that relay."""
    plan = solve(morning)
    budget = morning.budget.copy()
    budget[plan.relay[0]] = 0
    later = dataclasses.replace(morning, budget=budget)
    calm = solve(later, start=(plan.relay, plan.appeal), inertia=0.02)
    check(later, calm.relay, calm.appeal)
    anew = solve(later)
    kept = {pair for pair in pairs(plan) if pair[0] != plan.relay[0]}
    assert len(kept - pairs(calm)) <= 0.1 * len(kept)
    assert len(kept - pairs(calm)) < len(kept - pairs(anew))
    assert calm.objective >= anew.objective - 20 * 0.02


def test_an_urgent_appeal_finds_room(morning):
    """An appeal that comes at noon takes boosts over, from few others."""
    appeals = morning.appeals
    closed = dataclasses.replace(morning, appeal_cap=np.r_[0, morning.appeal_cap[1:]])
    plan = solve(closed)
    noon = solve(morning, start=(plan.relay, plan.appeal), inertia=0.02)
    received = np.bincount(noon.appeal, minlength=appeals)
    assert received[0] >= 3
    assert len(pairs(plan) - pairs(noon)) <= 0.05 * len(pairs(plan))
    assert noon.visibility[0] > 0.5 * solve(morning).visibility[0]


def test_what_cannot_be_kept_is_left_out(morning):
    """Boosts beyond a budget or a cap are dropped; boosts of nobody are refused."""
    crowd = (np.zeros(10, dtype=int), np.arange(10))
    plan = solve(morning, start=crowd, inertia=1e9)
    check(morning, plan.relay, plan.appeal)
    assert set(plan.appeal[plan.relay == 0].tolist()) == {0, 1, 2}
    with pytest.raises(ValueError, match=r"relay\[1\]: 80 is not below 80"):
        solve(morning, start=([0, 80], [0, 0]))
    with pytest.raises(ValueError, match="inertia: -1"):
        solve(morning, inertia=-1)
    with pytest.raises(ValueError, match="inertia: nan"):
        solve(morning, inertia=float("nan"))
