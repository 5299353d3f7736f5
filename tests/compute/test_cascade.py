"""What a boost moves beyond the first circle, against every possible course of small networks."""

import itertools
import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from colibri.compute.cascade import Influence, influence_of, reverse_sets, spread_of

REFERENCE = os.environ.get("COLIBRI_REFERENCE_DATA", "")


def edges_of(influence: Influence) -> list[tuple[int, int, float]]:
    source = np.repeat(np.arange(influence.people), np.diff(influence.start))
    return list(zip(source.tolist(), influence.target.tolist(), influence.chance.tolist(), strict=True))


def exactly(influence: Influence, start: set[int], worth: list[float] | None = None) -> float:
    """The mean over all 2^E ways in which each edge does or does not move (naive twin)."""
    edges = edges_of(influence)
    value = worth or [1.0] * influence.people
    mean = 0.0
    for live in itertools.product((False, True), repeat=len(edges)):
        chance = 1.0
        moved = set(start)
        for on, (_who, _whom, p) in zip(live, edges, strict=True):
            chance *= p if on else 1 - p
        for _round in range(influence.people):
            moved |= {whom for on, (who, whom, _p) in zip(live, edges, strict=True) if on and who in moved}
        mean += chance * sum(value[one] for one in moved)
    return mean


@st.composite
def networks(draw) -> Influence:
    people = draw(st.integers(2, 6))
    pairs = [(a, b) for a in range(people) for b in range(people) if a != b]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=8))
    times = [draw(st.integers(1, 4)) for _ in chosen]
    return influence_of([a for a, _ in chosen], [b for _, b in chosen], times, people)


@given(networks(), st.data())
def test_both_counts_hold_what_every_course_together_gives(influence, data):
    start = data.draw(st.sets(st.integers(0, influence.people - 1), min_size=1, max_size=3))
    worth = data.draw(
        st.lists(st.sampled_from([0.5, 1.0, 3.0]), min_size=influence.people, max_size=influence.people)
    )
    truth = exactly(influence, start, worth)
    forward = spread_of(influence, sorted(start), cascades=4_000, seed=3, worth=worth)
    back = reverse_sets(influence, 20_000, seed=3, worth=worth).spread(sorted(start))

    for counted in (forward, back):
        spare = 3 * (counted.high - counted.low) / 2 + 1e-9  # three times the interval: hypothesis tries many
        assert counted.low <= counted.mean <= counted.high or counted.mean == pytest.approx(counted.high)
        assert abs(counted.mean - truth) <= spare


@given(networks(), st.data())
def test_more_starts_never_move_less_and_bring_ever_less_more(influence, data):
    people = range(influence.people)
    few = data.draw(st.sets(st.sampled_from(people), max_size=3))
    more = few | data.draw(st.sets(st.sampled_from(people), max_size=2))
    one = data.draw(st.sampled_from(people))
    sets = reverse_sets(influence, 500, seed=1)

    def spread(start: set[int]) -> float:
        return sets.spread(sorted(start)).mean

    assert spread(few) <= spread(more)
    assert spread(few | {one}) - spread(few) >= spread(more | {one}) - spread(more) - 1e-9


def test_the_chance_is_the_share_of_past_boosts_and_lines_of_one_pair_add_up():
    influence = influence_of([1, 1, 1, 2, 2], [0, 0, 2, 0, 2], [2, 1, 7, 5, 4], 3)

    assert edges_of(influence) == [(0, 1, pytest.approx(0.3)), (0, 2, 1.0), (2, 1, pytest.approx(0.7))]
    assert edges_of(influence.reversed) == [
        (1, 0, pytest.approx(0.3)),
        (1, 2, pytest.approx(0.7)),
        (2, 0, 1.0),
    ]


def test_the_same_seed_gives_the_same_and_another_another():
    influence = influence_of([1, 2, 3, 3], [0, 0, 1, 2], [1, 1, 2, 1], 4)
    first, again, other = (spread_of(influence, [0], cascades=200, seed=seed) for seed in (5, 5, 6))

    assert first == again
    assert first != other
    sets = [reverse_sets(influence, 50, seed=seed).member.tolist() for seed in (5, 5, 6)]
    assert sets[0] == sets[1] != sets[2]


def test_who_moves_nobody_moves_themselves_alone():
    nobody = influence_of([], [], [], 3)

    assert spread_of(nobody, [1]).mean == 1.0
    assert reverse_sets(nobody, 3_000).spread([0, 1, 2]).mean == 3.0


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: influence_of([0, 5], [1, 1], [1, 1], 3), r"booster\[1\]: 5 is not below 3"),
        (lambda: influence_of([0], [-1], [1], 3), r"boosted\[0\]: -1 is not below 3"),
        (lambda: influence_of([0], [1], [float("nan")], 3), r"times\[0\]: nan is not a count"),
        (lambda: influence_of([0], [1], [-2], 3), r"times\[0\]: -2.0 is not a count"),
        (lambda: influence_of([0, 1], [1], [1], 3), "three lists of one length"),
        (lambda: Influence([0, 2], [0], [0.5]), r"start\[1\]: 2 edges, 1 targets"),
        (lambda: Influence([0, 2, 1], [0, 0], [0.5, 0.5]), r"start\[2\]: 1 is less"),
        (lambda: Influence([1, 1], [0], [0.5]), r"start\[0\]"),
        (lambda: Influence([0, 1], [4], [0.5]), r"target\[0\]: 4 is not below 1"),
        (lambda: Influence([0, 1], [0], [1.5]), r"chance\[0\]: 1.5 is not between"),
        (lambda: spread_of(influence_of([0], [1], [1], 2), [2]), r"start\[0\]: 2 is not below 2"),
        (lambda: reverse_sets(influence_of([0], [1], [1], 2), 5, worth=[1]), "worth: expected 2"),
        (lambda: reverse_sets(influence_of([0], [1], [1], 2), 5, worth=[1, -1]), r"worth\[1\]: -1.0"),
        (lambda: reverse_sets(influence_of([0], [1], [1], 2), 5, worth=[0, 0]), "nobody is worth"),
    ],
)
def test_what_makes_no_sense_is_named(make, said):
    with pytest.raises(ValueError, match=said):
        make()


@pytest.mark.skipif(
    not REFERENCE, reason="COLIBRI_REFERENCE_DATA is not set: it names the folder with graphs/retweets.csv.gz"
)
def test_both_counts_agree_within_a_hundredth_on_a_real_retweet_network():
    table = np.loadtxt(
        Path(REFERENCE) / "graphs" / "retweets.csv.gz", delimiter=",", skiprows=1, dtype=np.int64
    )
    influence = influence_of(table[:, 0], table[:, 1], table[:, 2], int(table[:, :2].max()) + 1)
    most_boosted = np.argsort(np.bincount(table[:, 1], weights=table[:, 2]))[-50:]
    long = spread_of(influence, most_boosted, cascades=20_000, seed=1)
    quick = reverse_sets(influence, 1_000_000, seed=2).spread(most_boosted)

    assert quick.mean == pytest.approx(long.mean, rel=0.01)
    assert quick.low < long.mean < quick.high
