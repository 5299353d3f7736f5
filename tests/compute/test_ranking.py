"""Who is listened to: honest about chance, and deaf to those who only applaud each other."""

import itertools
import math
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import gamma

from colibri.compute.ranking import (
    ALIKE,
    INSIDE_MOST,
    INSIDE_WEIGHT,
    LEVEL,
    TOGETHER_LEAST,
    _quantile,
    heard,
    ranking,
)

POSTS = 20


def naive(author, members, post, reactor) -> list[float]:
    """`heard` again, in plain sets."""
    counted = [0.0] * len(author)
    for one, name in enumerate(members):
        seen = {p: set() for p in range(len(author)) if author[p] == one}
        for p, r in zip(post, reactor, strict=True):
            if p in seen and r != name:
                seen[p].add(r)
        label = groups_of(seen)
        outer, inner = (
            {p: roots(label[r] for r in who if (r in members) == ranked) for p, who in seen.items()}
            for ranked in (False, True)
        )
        asked = INSIDE_WEIGHT * sum(inner.values())
        share = min(1.0, INSIDE_MOST * sum(outer.values()) / asked) if asked else 0.0
        for p in seen:
            counted[p] = outer[p] + share * INSIDE_WEIGHT * inner[p]
    return counted


def groups_of(seen: dict[int, set[int]]) -> dict[int, int]:
    acts: dict[int, set[int]] = {}
    for p, who in seen.items():
        for r in who:
            acts.setdefault(r, set()).add(p)
    label = {r: r for r in acts}
    loyal = [r for r in acts if len(acts[r]) >= TOGETHER_LEAST]
    for _, a, b in itertools.product(loyal, loyal, loyal):
        if len(acts[a] & acts[b]) >= ALIKE * len(acts[a] | acts[b]):
            label[a] = label[b] = min(label[a], label[b])
    return label


def roots(labels) -> float:
    return sum(math.sqrt(number) for number in Counter(labels).values())


reactions = st.lists(st.tuples(st.integers(0, 11), st.integers(0, 7)), max_size=90)


@given(reactions)
def test_it_counts_as_its_naive_twin(pairs):
    author, members = [0] * 6 + [1] * 6, [0, 1]
    post, reactor = [p for p, _ in pairs], [r for _, r in pairs]

    assert heard(author, members, post, reactor).counted == pytest.approx(
        naive(author, members, post, reactor)
    )


@given(reactions, st.randoms(use_true_random=False))
def test_neither_order_nor_repetition_matters(pairs, random):
    author, members = [0] * 6 + [1] * 6, [0, 1]
    again = [*pairs, *pairs]
    random.shuffle(again)
    once, twice = (
        heard(author, members, [p for p, _ in all_], [r for _, r in all_]) for all_ in (pairs, again)
    )

    assert once.counted == pytest.approx(twice.counted)
    assert (once.given == twice.given).all()


@given(reactions, st.integers(0, 11))
def test_one_more_person_from_outside_never_counts_against_anybody(pairs, where):
    author, members = [0] * 6 + [1] * 6, [0, 1]
    more = [*pairs, (where, 99)]
    before, after = (
        heard(author, members, [p for p, _ in all_], [r for _, r in all_]).counted.sum()
        for all_ in (pairs, more)
    )
    assert after >= before + 1 - 1e-9


def honest(rng, rates, followers):
    """Reactions of strangers: each post of each account meets Poisson(rate x followers) distinct people."""
    author = np.repeat(np.arange(len(rates)), POSTS)
    post, reactor = [], []
    for number, one in enumerate(author):
        people = rng.choice(10**9, rng.poisson(rates[one] * followers[one]), replace=False) + 10**6
        post += [number] * people.size
        reactor += people.tolist()
    return author, np.array(post, np.int64), np.array(reactor, np.int64)


def town(rng, count=30):
    followers = rng.integers(200, 5_000, count)
    rates = rng.gamma(4.0, 0.002 / 4.0, count)
    return rates, followers


@pytest.mark.parametrize("zeal", [1.0, 0.5], ids=["on every post", "on a random half"])
def test_bots_that_boost_each_other_gain_nothing(zeal):
    """Thirty honest accounts; twenty more that opted in only to react to each other's posts."""
    rng = np.random.default_rng(7)
    rates, followers = town(rng)
    author, post, reactor = honest(rng, rates, followers)
    bots = np.arange(30, 50)
    author = np.concatenate([author, np.repeat(bots, POSTS)])
    for number in np.flatnonzero(author >= 30):
        boosting = bots[rng.random(bots.size) < zeal]
        post, reactor = np.append(post, [number] * boosting.size), np.append(reactor, boosting)
    everybody = np.concatenate([followers, np.full(20, 300)])
    members = np.arange(50)

    naively = ranking(author, np.bincount(post, minlength=author.size), everybody)
    assert naively.place[30:].max() <= 30  # counted one by one, they come before nearly everybody
    found = heard(author, members, post, reactor)
    assert found.counted[author >= 30].sum() == 0
    ranked = ranking(author, found.counted, everybody)
    assert ranked.place[30:].min() > 30
    alone = ranking(author[author < 30], found.counted[author < 30], followers)
    assert ranked.rate[:30] == pytest.approx(alone.rate, rel=0.1)  # the mean is a little lower


def test_friends_who_are_ranked_help_a_little_and_no_more():
    """Somebody heard by strangers, whom forty ranked accounts applaud on every post."""
    rng = np.random.default_rng(3)
    author, post, reactor = honest(rng, [0.005], [2_000])
    members = np.arange(41)
    alone = heard(author, members, post, reactor).counted.sum()
    post = np.append(post, np.repeat(np.arange(POSTS), 40))
    reactor = np.append(reactor, np.tile(np.arange(1, 41), POSTS))
    helped = heard(author, members, post, reactor).counted.sum()

    assert alone < helped <= alone * (1 + INSIDE_MOST) + 1e-9


def test_a_clique_from_outside_counts_as_the_root_of_its_number():
    post = np.repeat(np.arange(POSTS), 100)
    reactor = np.tile(np.arange(1_000, 1_100), POSTS)
    found = heard([0] * POSTS, [0], post, reactor)

    assert found.counted == pytest.approx([10.0] * POSTS)
    assert found.given.tolist() == [100] * POSTS


def test_nobody_counts_on_their_own_posts():
    assert heard([0, 1], [5, 6], [0, 1, 1], [5, 6, 6]).counted.tolist() == [0.0, 0.0]


def test_intervals_hold_the_truth_as_often_as_they_say():
    rng = np.random.default_rng(11)
    held = []
    for _ in range(40):
        rates, followers = town(rng, 60)
        author = np.repeat(np.arange(60), POSTS)
        viral = rng.gamma(1.0, 1.0, author.size)  # one post in ten flies: more than chance
        ranked = ranking(author, rng.poisson((rates * followers)[author] * viral), followers)
        held += ((ranked.low <= rates) & (rates <= ranked.high)).tolist()
        assert ranked.dispersion > 1.5

    assert LEVEL - 0.05 < np.mean(held) < LEVEL + 0.06


def test_few_posts_are_drawn_to_the_mean_and_their_place_is_open():
    author = np.array([0] + [1] * 200 + [2] * 200)
    counted = np.array([40.0] + [4.0] * 200 + [1.0] * 200)
    ranked = ranking(author, counted, [1_000, 1_000, 1_000])

    assert ranked.rate[0] < 40 / 1_000
    assert ranked.high[0] - ranked.low[0] > 3 * (ranked.high[1] - ranked.low[1])
    assert (ranked.first[1], ranked.last[1]) != (ranked.first[2], ranked.last[2])
    assert all(ranked.first <= ranked.place)
    assert all(ranked.place <= ranked.last)


def test_where_only_chance_differs_all_share_the_first_place():
    ranked = ranking([0, 0, 1, 1], [5, 5, 5, 5], [100, 100])

    assert ranked.place.tolist() == [1, 1]
    assert (ranked.first.tolist(), ranked.last.tolist()) == ([1, 1], [2, 2])


@pytest.mark.parametrize("nothing", [([], [], [10, 20]), ([0], [0], [10, 20]), ([0], [3], [0, 0])])
def test_where_nothing_was_heard_nobody_is_before_anybody(nothing):
    assert ranking(*nothing).place.tolist() == [1, 1]


@pytest.mark.parametrize("side", [0.05, 0.5, 0.95])
def test_quantiles_are_those_of_the_gamma_distribution(side):
    shapes = np.array([0.05, 0.3, 1.0, 2.5, 17.0, 180.0, 999.0, 1_001.0, 50_000.0])

    assert _quantile(shapes, side) == pytest.approx(gamma.ppf(side, shapes), rel=2e-5)


@pytest.mark.parametrize(
    "wrong", [([2], [0], [], []), ([0], [0], [1], [3]), ([0], [0], [0], [3, 4]), ([-1], [0], [], [])]
)
def test_an_index_out_of_range_is_named(wrong):
    with pytest.raises(ValueError):
        heard(*wrong)
