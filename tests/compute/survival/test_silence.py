"""What questions and answers make known, and what silence leaves open."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.survival import WORK, coverage, truth
from colibri.compute.survival import QUESTIONS, known_until, share_within

NEVER = float("nan")
SEARCHES = st.lists(
    st.tuples(st.integers(0, 500), st.integers(0, 500), st.integers(0, 400), st.integers(0, 5)),
    min_size=1,
    max_size=60,
)


def columns(rows):
    """Drawn searches as `known_until` takes them: what has no cause has not ended."""
    ages, heard, ended, causes = np.array(rows, dtype=np.float64).T
    causes = np.where(ended <= ages, causes, 0)
    return ages, np.minimum(heard, ages), np.where(causes > 0, ended, np.nan), causes


def test_a_search_is_known_until_the_last_question_answered():
    """Answered at a month, silent since: known until then, and the next question is the one left open."""
    found = known_until([200.0], [33.0], [NEVER], [0])
    assert found.times.tolist() == [30.0]
    assert found.silent.tolist() == [True]
    assert (found.next.tolist(), found.asked.tolist()) == ([61.0], [183.0])


def test_a_question_waits_two_weeks_before_silence_is_believed():
    """Asked ten days ago, nobody is silent yet."""
    assert known_until([24.0], [0.0], [NEVER], [0]).silent.tolist() == [False]
    assert known_until([28.0], [0.0], [NEVER], [0]).silent.tolist() == [True]


def test_a_job_told_at_once_counts_only_when_others_were_asked_too():
    """Found after five days and said so: at risk and met at the first question, once its answers are in."""
    early = known_until([10.0], [0.0], [5.0], [1])
    assert (early.times.tolist(), early.causes.tolist(), early.silent.tolist()) == ([0.0], [0], [False])
    later = known_until([30.0], [0.0], [5.0], [1])
    assert (later.times.tolist(), later.causes.tolist()) == ([14.0], [1])


def test_what_comes_after_a_year_is_still_searching_for_a_year():
    """The questions end after twelve months: a later job tells that there was none before."""
    found = known_until([500.0], [0.0], [400.0], [1])
    assert (found.times.tolist(), found.causes.tolist(), found.silent.tolist()) == ([365.0], [0], [False])


def test_the_share_within_six_months_with_nobody_silent_is_the_plain_one():
    """Four searches a year old, one of them found in time."""
    found = share_within(
        known_until([400.0] * 4, [400.0] * 3 + [0.0], [NEVER] * 3 + [100.0], [0, 0, 0, 1]), [1]
    )
    assert (found.people, found.known, found.silent) == (4, 4, 0)
    assert found.share == found.none == found.all == pytest.approx(0.25)


@given(SEARCHES)
def test_the_extremes_hold_the_estimate(rows):
    """If none of the silent found anything it is no more, if all did no less; counts add up."""
    known = known_until(*columns(rows))
    found = share_within(known, WORK)
    assert found.none - 1e-12 <= found.share <= found.all + 1e-12
    assert found.known + found.silent <= found.people == len(rows)
    assert np.all(np.isin(known.times, (0, *QUESTIONS)))
    assert not np.any(known.silent & (known.causes > 0))


def test_the_interval_holds_the_truth_as_often_as_it_says():
    """60 populations of 4,000 with seven in ten silent: 95 % of intervals hold the truth, give or take
    three standard errors of such a count; the mean error is small; the naive shares mislead by far."""
    told = coverage(60, 4000, seed=7)
    assert told["covered"] >= 0.95 - 3 * (0.95 * 0.05 / 60) ** 0.5
    assert abs(told["error"]) < 0.01
    assert told["silent"] == pytest.approx(0.7, abs=0.05)
    assert told["naive_of_all"] < truth() - 0.2
    assert told["naive_of_known"] > truth() + 0.2


def test_where_silence_speaks_the_extremes_hold_the_truth_and_the_interval_cannot():
    """Who found work answers more often: no interval repairs that, which is why the extremes stand beside."""
    told = coverage(10, 4000, seed=8, found_leave=0.3)
    assert told["covered"] < 0.5
    assert told["between"] == 1.0


@pytest.mark.parametrize(
    ("given_columns", "message"),
    [
        (([1.0], [0.0], [NEVER], [1]), "what has ended has a cause"),
        (([1.0], [0.0], [1.0], [0]), "what has ended has a cause"),
        (([-1.0], [0.0], [NEVER], [0]), "ages: a duration"),
        (([1.0, 2.0], [0.0], [NEVER], [0]), "one value each"),
    ],
)
def test_what_cannot_be_known_is_refused(given_columns, message):
    """Errors say what does not fit."""
    with pytest.raises(ValueError, match=message):
        known_until(*given_columns)


def test_a_share_of_nothing_is_refused():
    with pytest.raises(ValueError, match="at least one cause"):
        share_within(known_until([], [], [], []), ())
