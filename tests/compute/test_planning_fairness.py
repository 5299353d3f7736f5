"""How fair: one number from the total to the least seen, with one meaning everywhere."""

import dataclasses
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from colibri.compute.planning import check, solve
from colibri.compute.planning.fairness import log_mean, log_mean_of_sum, merit, rise, slant, worth
from tests.compute.planning_problems import (
    every_plan,
    naive_mean,
    naive_visibility,
    random_problem,
    tiny_problems,
)

ALPHAS = [0.0, 0.5, 1.0, 2.0, 5.0, math.inf]
seen = st.floats(0.01, 1000.0)


@pytest.mark.parametrize("alpha", ALPHAS)
@given(st.lists(seen, min_size=1, max_size=6))
def test_the_mean_is_the_generalised_mean(alpha, values):
    """Arithmetic, geometric, harmonic and least are four points of one line."""
    assert log_mean(alpha, np.array(values)) == pytest.approx(math.log(naive_mean(alpha, values)), abs=1e-9)


@pytest.mark.parametrize("alpha", ALPHAS[:-1])
@given(st.lists(seen, min_size=1, max_size=6), st.floats(0.001, 10.0))
def test_sums_slopes_and_steps_belong_together(alpha, values, gain):
    """Σ f gives the mean back, a step is the difference of two f, its slope at hand promises no less."""
    total = sum(worth(alpha, value) for value in values)
    assert log_mean_of_sum(alpha, total, len(values)) == pytest.approx(log_mean(alpha, np.array(values)))
    now = values[0]
    step = rise(alpha, now, now + gain)
    assert step == pytest.approx(worth(alpha, now + gain) - worth(alpha, now), rel=1e-6, abs=1e-9)
    assert step <= slant(alpha, now) * gain * (1 + 1e-9)
    assert math.exp(merit(alpha, now, gain)) == pytest.approx(step, rel=1e-5, abs=1e-12)
    assert merit(alpha, now, 0.0) == -math.inf


@given(tiny_problems(), st.sampled_from(ALPHAS))
@settings(max_examples=700, deadline=None)
def test_no_plan_at_all_goes_beyond_the_bound_for_any_alpha(problem, alpha):
    """Trying every plan, the mean of the best one is at most what the certificate allows."""
    problem = dataclasses.replace(problem, alpha=alpha)
    plan = solve(problem)
    check(problem, plan.relay, plan.appeal)
    if not plan.carried.any():
        assert plan.ratio == 1.0
        return
    reached = naive_mean(alpha, plan.visibility[plan.carried])
    best = max(
        naive_mean(alpha, np.array(naive_visibility(problem, pairs))[plan.carried])
        for pairs in every_plan(problem)
    )
    assert reached <= best * (1 + 1e-9)
    assert plan.ratio <= reached / best * (1 + 1e-7)


def test_a_higher_alpha_lifts_the_least_seen_and_costs_total():
    """From the total to the least: each step gives up some of the one for the other."""
    attention = np.random.default_rng(4).uniform(0.02, 0.1, 120)
    problem = random_problem(120, 30, 3000, seed=4, attention=attention)
    plans = [solve(dataclasses.replace(problem, alpha=alpha)) for alpha in (0.0, 1.0, math.inf)]
    total = [plan.visibility.sum() for plan in plans]
    least = [plan.visibility.min() for plan in plans]
    assert total[0] > total[1] > total[2]
    assert least[0] < least[1] < least[2]
    assert [plan.ratio > 0.92 for plan in plans] == [True, True, True]


def test_the_order_of_two_plans_of_one_alpha_is_that_of_their_means():
    """`objective` grows with the mean the ratio compares, whatever α."""
    problem = random_problem(40, 10, 500, seed=9, alpha=3.0)
    poor, good = solve(problem, work_limit=0), solve(problem)
    assert good.objective >= poor.objective
    assert good.objective == pytest.approx(10 * log_mean(3.0, good.visibility))
