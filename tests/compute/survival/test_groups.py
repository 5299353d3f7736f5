"""Groups are compared, and nothing is told of fewer than ten people."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lifelines.statistics import multivariate_logrank_test

from bench.survival import WORK, population
from colibri.compute.survival import LEAST, compare, known_until, merge_small, runs_of
from colibri.compute.survival.groups import log_rank

COUNTS = st.dictionaries(st.text("abcdef", min_size=1, max_size=3), st.integers(0, 40), max_size=12)


@pytest.mark.parametrize("groups", [2, 3, 4, 5])
def test_log_rank_equals_lifelines(groups):
    """Ties, several groups, odd and even degrees of freedom: to 1e-8."""
    rng = np.random.default_rng(groups)
    group = rng.integers(0, groups, 700)
    times = np.round(rng.exponential(60 + 10 * group))
    events = rng.random(700) < 0.6
    theirs = multivariate_logrank_test(times, group, events)
    assert log_rank(times, events, group) == pytest.approx(theirs.p_value, abs=1e-8)


@given(COUNTS)
def test_parts_hold_everybody_once_and_never_fewer_than_ten(counts):
    """Whatever the sizes; k-anonymity with k = 10."""
    parts = merge_small(counts)
    if sum(counts.values()) < LEAST:
        assert parts == ()
        return
    assert sorted(label for part in parts for label in part) == sorted(counts)
    sizes = [sum(counts[label] for label in part) for part in parts]
    assert all(size >= LEAST for size in sizes)


@given(COUNTS)
def test_no_sum_of_parts_differs_from_another_by_fewer_than_ten(counts):
    """Total less any parts: nobody, or ten and more."""
    sizes = [sum(counts[label] for label in part) for part in merge_small(counts)]
    total = sum(sizes)
    for chosen in range(2 ** min(len(sizes), 8)):
        rest = total - sum(size for place, size in enumerate(sizes) if chosen >> place & 1)
        assert rest == 0 or rest >= LEAST


def test_the_smallest_of_the_large_joins_one_that_is_too_small():
    """Brittany's three are told with Normandy's eleven, not as what the total lacks."""
    assert merge_small({"84": 40, "53": 3, "28": 11}) == (("84",), ("28", "53"))
    assert merge_small({"84": 40, "53": 6, "28": 5}) == (("84",), ("53", "28"))
    assert merge_small({"84": 9}) == ()


@given(st.lists(st.integers(0, 30), max_size=40), st.lists(st.integers(0, 30), max_size=10))
def test_runs_hold_ten_and_never_change_when_months_are_added(counts, more):
    """What was told once stays as it was told: the next telling only adds."""
    runs = runs_of(counts)
    assert all(sum(counts[first : last + 1]) >= LEAST for first, last in runs)
    assert [first for first, _last in runs] == [0, *(last + 1 for _first, last in runs)][: len(runs)]
    assert runs_of(counts + more)[: len(runs)] == runs


def drawn(seed: int, people: int):
    one = population(np.random.default_rng(seed), people, leaves=0.1)
    return known_until(one.ages, one.heard, one.ended, one.causes)


def test_a_group_of_nine_is_not_shown_alone():
    """It is told together with others, and the total less the shown groups is never the nine."""
    known = drawn(3, 600)
    spoken = np.flatnonzero(known.times > 0)
    labels = ["town"] * 600
    for place in spoken[:9]:
        labels[place] = "village"
    for place in spoken[9:120]:
        labels[place] = "suburb"
    found = compare(labels, known, WORK)
    assert [group.labels for group in found.groups] == [("town",), ("suburb", "village")]
    assert sum(group.share.people for group in found.groups) == 600


def test_a_true_difference_is_seen_and_chance_is_not():
    """Two groups of one population seldom differ; one that was given work more often does."""
    known = drawn(4, 3000)
    labels = ["a", "b"] * 1500
    assert compare(labels, known, WORK).chance > 0.01
    helped = ["a" if cause == 1 and place % 2 else "b" for place, cause in enumerate(known.causes)]
    assert compare(helped, known, WORK).chance < 0.001


def test_a_group_that_is_all_silent_is_not_shown_as_a_share_of_nothing():
    """Nobody of it is known: it is told with others, never as 0 %."""
    known = drawn(6, 300)
    labels = [
        "silent" if silent and not until else "town"
        for silent, until in zip(known.silent, known.times, strict=True)
    ]
    assert [group.labels for group in compare(labels, known, WORK).groups] == [("town", "silent")]


def test_few_people_or_one_group_compare_nothing():
    assert compare(["a"] * 5, drawn(5, 5), WORK).groups == ()
    alone = compare(["a"] * 200, drawn(5, 200), WORK)
    assert (len(alone.groups), alone.chance) == (1, None)
    with pytest.raises(ValueError, match="3 for 200 searches"):
        compare(["a", "b", "c"], drawn(5, 200), WORK)
    with pytest.raises(ValueError, match="negative"):
        merge_small({"a": -1})
