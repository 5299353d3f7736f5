"""Attention from what audiences do with posts."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from colibri.compute.engagement import (
    ATTENTION_LEAST,
    ATTENTION_MOST,
    ATTENTION_USUAL,
    attention,
    engagement,
)


def test_many_posts_speak_for_themselves_and_few_lean_on_the_collective():
    """Two identities with the same raw rate: the one with one post ends nearer the mean."""
    found = engagement([5000, 20, 100, 900, 5], [500, 2, 500, 500, 500], [1000, 1000, 1000, 1000, 1000])
    assert found.mean < 0.01
    often, once = abs(found.rate[0] - 0.01), abs(found.rate[1] - 0.01)
    assert often < once
    assert found.mean < found.rate[1] < 0.01


def test_the_mean_and_weight_are_recovered_from_made_up_rates():
    """Where rates come from a known gamma distribution, its mean and weight are found again."""
    rng = np.random.default_rng(4)
    shape, scale = 2.0, 0.005
    true = rng.gamma(shape, scale, 4000)
    posts, followers = np.full(4000, 20), np.full(4000, 100)
    seen = rng.poisson(true * posts * followers)
    found = engagement(seen, posts, followers)
    assert found.mean == pytest.approx(shape * scale, rel=0.05)
    assert found.prior_weight == pytest.approx(1 / scale, rel=0.15)
    raw = seen / (posts * followers)
    assert np.mean((found.rate - true) ** 2) < np.mean((raw - true) ** 2)


def test_identities_that_differ_by_chance_alone_all_get_the_mean():
    """No more spread than Poisson explains: one rate for all."""
    found = engagement([10, 10, 10], [1, 1, 1], [100, 100, 100])
    assert found.rate.tolist() == pytest.approx([0.1] * 3)
    assert math.isinf(found.prior_weight)


def test_an_identity_without_posts_gets_the_mean():
    """Nothing measured is neither zero nor an error."""
    found = engagement([900, 10, 0], [10, 10, 0], [100, 100, 500])
    assert found.rate[2] == pytest.approx(found.mean)
    nobody = engagement([0], [0], [10])
    assert nobody.rate.tolist() == [0.0]
    assert attention(nobody.rate, nobody.mean).tolist() == pytest.approx([ATTENTION_USUAL])


@given(st.lists(st.tuples(st.integers(0, 500), st.integers(0, 50), st.integers(0, 5000)), max_size=12))
def test_shrinking_stays_between_the_raw_rate_and_the_mean(rows):
    """Every estimate lies between what was measured and the mean."""
    columns = np.array(rows, dtype=np.float64).reshape(-1, 3).T
    found = engagement(*columns)
    for (interactions, posts, followers), rate in zip(rows, found.rate, strict=True):
        raw = interactions / (posts * followers) if posts * followers else found.mean
        low, high = sorted((raw, found.mean))
        assert low - 1e-9 <= rate <= high + 1e-9


def test_attention_is_usual_at_the_mean_and_grows_with_engagement():
    """The mean gives the usual chance; double gives two usual chances; extremes are kept in range."""
    found = attention([0.0, 0.5, 1.0, 2.0, 1000.0], 1.0)
    assert found[2] == pytest.approx(ATTENTION_USUAL)
    assert found[3] == pytest.approx(1 - (1 - ATTENTION_USUAL) ** 2)
    assert found[0] == pytest.approx(ATTENTION_LEAST)
    assert found[4] == pytest.approx(ATTENTION_MOST)
    assert np.all(np.diff(found) > 0)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: engagement([-1], [1], [1]), r"interactions\[0\]: -1.0 is not a count"),
        (lambda: engagement([1], [np.nan], [1]), r"posts\[0\]: nan"),
        (lambda: engagement([1, 2], [1], [1]), r"\[2, 1, 1\] values"),
        (lambda: engagement([[1]], [[1]], [[1]]), "expected one dimension"),
        (lambda: attention([1], 1.0, usual=1.0), "usual: 1.0 is not between"),
        (lambda: attention([1], -1.0), "mean: -1.0"),
    ],
)
def test_what_cannot_be_measured_is_refused(call, message):
    """Errors name the field and the place."""
    with pytest.raises(ValueError, match=message):
        call()
