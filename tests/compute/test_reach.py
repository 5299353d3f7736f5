"""Distinct people, counted exactly."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from colibri.compute.classes import pack, unpack
from colibri.compute.reach import Reach, distinct, reach_of

HASHES = st.lists(st.integers(-(2**63), 2**63 - 1) | st.integers(0, 5), max_size=20)

KINDS = st.sampled_from([0, 1, 7, 569])


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


@given(
    st.lists(st.lists(st.tuples(st.integers(-3, 3) | st.integers(-(2**63), 2**63 - 1), KINDS)), max_size=4)
)
def test_reach_is_what_a_dictionary_of_people_says(audiences):
    """Each person once, with the largest class met, whatever repeats and whoever has the hash zero."""
    known: dict[int, int] = {}
    for person, kind in (one for audience in audiences for one in audience):
        known[person] = max(kind, known.get(person, 0))
    _, _, recruits = unpack(list(known.values()))
    reach = reach_of(
        [np.array([person for person, _ in audience], dtype=np.int64) for audience in audiences],
        [np.array([kind for _, kind in audience], dtype=np.int32) for audience in audiences],
    )
    assert reach == Reach(len(known), int(recruits.sum()), list(known.values()).count(0))


def test_many_audiences_fill_many_drawers():
    """Some 300,000 hashes, most of them several times, are counted as np.unique counts them."""
    rng = np.random.default_rng(1)
    people = rng.integers(-(2**63), 2**63 - 1, 150_000)
    audiences = np.array_split(rng.choice(people, 300_000), 50)
    assert distinct(audiences) == np.unique(np.concatenate(audiences)).size


def test_a_class_that_does_not_exist_is_named():
    """A class out of range would be counted somewhere else: refused."""
    with pytest.raises(ValueError, match="class: 570 is not between 0 and 569"):
        reach_of([np.array([1, 2])], [np.array([0, 570], dtype=np.int32)])


def test_nobody_reached_is_nobody_unknown():
    """Without audiences everything is zero."""
    assert distinct([]) == 0
    assert reach_of([], []) == Reach(0, 0, 0)
    assert reach_of([], []).share_unknown == 0.0


def test_each_hash_needs_its_class():
    """Lengths that differ are refused."""
    with pytest.raises(ValueError, match="one for each hash"):
        reach_of([np.array([1, 2], dtype=np.int64)], [np.array([0], dtype=np.int32)])
