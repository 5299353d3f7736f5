"""Distinct people, counted exactly."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from colibri.compute.classes import pack
from colibri.compute.reach import Reach, distinct, reach_of

HASHES = st.lists(st.integers(-(2**63), 2**63 - 1) | st.integers(0, 5), max_size=20)


@given(st.lists(HASHES, max_size=6))
def test_distinct_is_the_size_of_the_union(audiences):
    """Whatever repeats, inside an audience or across, it agrees with Python's sets."""
    arrays = [np.array(audience, dtype=np.int64) for audience in audiences]
    assert distinct(arrays) == len(set().union(*map(set, audiences)))


def test_distinct_leaves_the_audiences_as_they_were():
    """The arrays handed in are not sorted in place."""
    audience = np.array([3, 1, 2], dtype=np.int64)
    assert distinct([audience]) == 3
    assert audience.tolist() == [3, 1, 2]


def test_unsigned_hashes_are_as_good():
    """Hashes above 2**63 count too."""
    assert distinct([np.array([2**64 - 1, 0], dtype=np.uint64), np.array([0], dtype=np.uint64)]) == 2


def test_kinds_are_not_mixed():
    """Signed and unsigned together would be compared as floats: refused."""
    with pytest.raises(ValueError, match="all of one kind"):
        distinct([np.array([1], dtype=np.int64), np.array([1], dtype=np.uint64)])
    with pytest.raises(ValueError, match="float64"):
        distinct([np.array([1.0])])


def test_recruiters_and_strangers_are_counted_once():
    """Of four people in two audiences, one recruits and one is unknown; knowing wins over not knowing."""
    recruiter, trade, nothing = pack([0, 3, 0], [0, 0, 0], [1, 0, 0])
    reach = reach_of(
        [np.array([10, 20, 30], dtype=np.int64), np.array([20, 30, 40], dtype=np.int64)],
        [
            np.array([recruiter, nothing, trade], dtype=np.int32),
            np.array([trade, trade, nothing], dtype=np.int32),
        ],
    )
    assert reach == Reach(people=4, recruiters=1, unknown=1)
    assert reach.share_unknown == 0.25


def test_nobody_reached_is_nobody_unknown():
    """Without audiences everything is zero."""
    assert distinct([]) == 0
    assert reach_of([], []) == Reach(0, 0, 0)
    assert reach_of([], []).share_unknown == 0.0


def test_each_hash_needs_its_class():
    """Lengths that differ are refused."""
    with pytest.raises(ValueError, match="one for each hash"):
        reach_of([np.array([1, 2], dtype=np.int64)], [np.array([0], dtype=np.int32)])
