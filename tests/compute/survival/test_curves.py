"""Kaplan–Meier and Aalen–Johansen, beside lifelines and beside their definitions."""

import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lifelines import AalenJohansenFitter, KaplanMeierFitter

from colibri.compute.survival import aalen_johansen, kaplan_meier

SEARCHES = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 3)), min_size=1, max_size=60)


@pytest.mark.parametrize("seed", range(4))
def test_kaplan_meier_equals_lifelines(seed):
    """Ties included: shares and exponential Greenwood intervals to 1e-8."""
    rng = np.random.default_rng(seed)
    times = np.round(rng.exponential(100, 2000), seed % 2)
    events = rng.random(2000) < 0.4
    ours = kaplan_meier(times, events)
    theirs = KaplanMeierFitter().fit(times, events)
    share = theirs.survival_function_.loc[ours.times].to_numpy()[:, 0]
    between = theirs.confidence_interval_.loc[ours.times].to_numpy()
    np.testing.assert_allclose(ours.share, share, atol=1e-8, rtol=0)
    np.testing.assert_allclose(ours.low, between[:, 0], atol=1e-8, rtol=0)
    np.testing.assert_allclose(ours.high, between[:, 1], atol=1e-8, rtol=0)


@pytest.mark.parametrize("seed", range(4))
def test_aalen_johansen_equals_lifelines(seed):
    """Each of three competing causes: shares, standard errors and intervals to 1e-8."""
    rng = np.random.default_rng(seed)
    times, causes = rng.exponential(100, 1500), rng.integers(0, 4, 1500)
    for cause, ours in enumerate(aalen_johansen(times, causes, wanted=3), start=1):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # lifelines takes logarithms of 0 before the first event
            theirs = AalenJohansenFitter().fit(times, causes, event_of_interest=cause)
        places = slice(int(np.argmax(ours.share > 0)), -1)
        at = ours.times[places]
        share = theirs.cumulative_density_.loc[at].to_numpy()[:, 0]
        between = theirs.confidence_interval_.loc[at].to_numpy()
        np.testing.assert_allclose(ours.share[places], share, atol=1e-8, rtol=0)
        np.testing.assert_allclose(ours.se[places], np.sqrt(theirs.variance_.loc[at]), atol=1e-8, rtol=0)
        np.testing.assert_allclose(ours.low[places], between.min(axis=1), atol=1e-8, rtol=0)
        np.testing.assert_allclose(ours.high[places], between.max(axis=1), atol=1e-8, rtol=0)


@given(SEARCHES)
def test_several_events_may_share_a_time(rows):
    """The naive twin, time by time: the product of those who stay, the sum of those who leave by each way."""
    times, causes = np.array(rows).T
    found = aalen_johansen(times, causes, wanted=3)
    staying, met = 1.0, [0.0, 0.0, 0.0]
    for place, moment in enumerate(sorted(set(times.tolist()))):
        at_risk = int((times >= moment).sum())
        here = [int(((times == moment) & (causes == cause)).sum()) for cause in (1, 2, 3)]
        met = [sofar + staying * many / at_risk for sofar, many in zip(met, here, strict=True)]
        staying *= 1 - sum(here) / at_risk
        assert [one.share[place] for one in found] == pytest.approx(met)
        assert found[0].at_risk[place] == at_risk


@given(SEARCHES)
def test_shares_grow_stay_in_bounds_and_add_up(rows):
    """What was met by any cause and what still searches are everybody; intervals hold their share."""
    times, causes = np.array(rows).T
    found = aalen_johansen(times, causes, wanted=3)
    still = kaplan_meier(times, causes > 0)
    assert sum(one.share for one in found) + still.share == pytest.approx(np.ones(still.times.size))
    for one in found:
        assert np.all(np.diff(one.share) >= 0)
        assert np.all((one.low >= 0) & (one.high <= 1))
        assert np.all((one.low <= one.share + 1e-12) & (one.share <= one.high + 1e-12))


@given(SEARCHES, st.randoms(use_true_random=False))
def test_the_order_of_people_says_nothing(rows, random):
    """Shuffled rows give the same curves."""
    shuffled = rows[:]
    random.shuffle(shuffled)
    one, other = (aalen_johansen(*np.array(each).T, wanted=3)[1] for each in (rows, shuffled))
    np.testing.assert_array_equal(one.share, other.share)
    np.testing.assert_array_equal(one.se, other.se)


def test_without_censoring_the_share_is_the_plain_one():
    """Where everything is known, nothing needs estimating."""
    found = aalen_johansen([1, 2, 3, 4], [1, 2, 1, 2], wanted=2)[0]
    assert found.at(3)[0] == pytest.approx(0.5)
    assert found.at(0.5) == (0.0, 0.0, 0.0, 0.0)


def test_nobody_is_no_error():
    """An empty collective has empty curves."""
    assert aalen_johansen([], [], wanted=2)[0].at(10) == (0.0, 0.0, 0.0, 0.0)
    assert kaplan_meier([], []).share.size == 0


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: aalen_johansen([-1.0], [1], wanted=1), r"times\[0\]: -1.0 is not a duration"),
        (lambda: aalen_johansen([1.0], [2], wanted=1), r"causes\[0\]: 2 is not between 0 and 1"),
        (lambda: aalen_johansen([1.0, 2.0], [1], wanted=1), r"shapes \(2,\) and \(1,\)"),
        (lambda: kaplan_meier([np.nan], [1]), r"times\[0\]: nan"),
        (lambda: kaplan_meier([1.0], [1], level=95), "level: 95 is not between"),
    ],
)
def test_what_cannot_be_estimated_is_refused(call, message):
    """Errors name the field and the place."""
    with pytest.raises(ValueError, match=message):
        call()
