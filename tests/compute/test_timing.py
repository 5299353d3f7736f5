"""When to boost: awake audiences, a relay's own hours, and no message twice in a row."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from colibri.compute.timing import CHOICES, HOURS, USUAL, active_hours, choices, schedule

NOTHING = [0] * HOURS
counts = st.lists(st.integers(0, 50), min_size=HOURS, max_size=HOURS)


def test_without_posts_the_usual_hours_count_and_many_posts_speak_for_themselves():
    assert active_hours(NOTHING, NOTHING).argmax() == USUAL.argmax()

    posts, received = [20] * HOURS, [1] * HOURS
    received[6] = 400
    assert active_hours(posts, received).argmax() == 6
    received[6], posts[6] = 4, 1  # one lucky post is no habit yet
    often = active_hours([20] * 6 + [100] + [20] * 17, [1] * 6 + [400] + [1] * 17)
    assert active_hours(posts, received)[6] < 0.9 * often[6]


@given(counts, counts)
def test_activity_is_positive_and_its_mean_is_one(posts, received):
    active = active_hours(posts, received)

    assert active.mean() == pytest.approx(1.0)
    assert (active >= 0).all()


@given(counts, counts, st.floats(0, 30), st.floats(0.1, 24), st.integers(1, 6))
def test_as_much_activity_lies_between_any_two_moments(posts, received, first, length, count):
    active = active_hours(posts, received)
    moments = choices(active, first, first + length, count)

    def activity(begin: float, end: float) -> float:
        """Hour by hour (naive twin)."""
        total, at = 0.0, begin
        while at < end:
            following = min(np.floor(at) + 1, end)
            total += (following - at) * active[int(np.floor(at)) % HOURS]
            at = following
        return total

    assert moments.shape == (count, CHOICES)
    each = activity(first, first + length) / moments.size
    flat = moments.ravel().tolist()
    assert activity(first, flat[0]) == pytest.approx(each / 2, abs=1e-6)
    assert [activity(a, b) for a, b in itertools.pairwise(flat)] == pytest.approx(
        [each] * (moments.size - 1), abs=1e-6
    )


def closest(times: list[list[float]], appeals: list[list[int]]) -> float:
    """The least time between two boosts of one appeal."""
    by_appeal: dict[int, list[float]] = {}
    for hours, wanted in zip(times, appeals, strict=True):
        for hour, appeal in zip(hours, wanted, strict=True):
            by_appeal.setdefault(appeal, []).append(hour)
    gaps = [float(np.diff(sorted(hours)).min()) for hours in by_appeal.values() if len(hours) > 1]
    return min(gaps, default=np.inf)


def test_relays_who_carry_the_same_messages_do_not_boost_them_at_once():
    moments = [choices(np.ones(HOURS), 18, 22, 3)] * 2
    appeals = [[1, 2, 3], [1, 2, 3]]
    naive = [[18.67, 20.0, 21.33]] * 2

    assert closest(naive, appeals) == 0.0
    assert closest(schedule(moments, appeals, pause=0.5), appeals) >= 0.5


@given(
    st.lists(st.lists(st.integers(0, 5), min_size=1, max_size=3, unique=True), min_size=1, max_size=8),
    st.floats(0.1, 2.0),
)
def test_each_boost_has_its_own_share_and_every_relay_all_of_its_appeals(appeals, pause):
    moments = [choices(USUAL / USUAL.mean(), 18, 22, len(wanted)) for wanted in appeals]
    times = schedule(moments, appeals, pause=pause)

    for shares, hours in zip(moments, times, strict=True):
        assert all(hour in share for hour, share in zip(sorted(hours), shares, strict=True))
    assert times == schedule(moments, appeals, pause=pause)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: active_hours([0] * 23, NOTHING), "each hour"),
        (lambda: active_hours([-1] + [0] * 23, NOTHING), "negative"),
        (lambda: choices(USUAL, 18, 18, 1), "no time"),
        (lambda: choices(USUAL, 18, 20, 0), "no time for 0"),
    ],
)
def test_what_makes_no_sense_is_named(make, said):
    with pytest.raises(ValueError, match=said):
        make()
