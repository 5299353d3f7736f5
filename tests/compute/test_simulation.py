"""Replayed weeks: what happens happens whoever decides, nobody boosts one message twice, figures by hand."""

from dataclasses import replace
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from colibri.compute.planning import Problem, check, evaluate
from colibri.compute.simulation import POLICIES, World, fair_week, gini, imagined, replay, summary
from colibri.compute.simulation.flow import FLOW, most_flow

SMALL = {"relays": 12, "follows": 300, "arrivals": 20, "weeks": 2}
EVERY = POLICIES | {"flow": FLOW}


@pytest.fixture(scope="module")
def world() -> World:
    return imagined(**SMALL, seed=3)


@pytest.mark.parametrize("name", EVERY)
def test_a_course_keeps_to_what_happens(world, name):
    course = replay(world, EVERY[name], seed=1)

    first = np.argmax(course.present, axis=0)
    assert (first == world.arrival).all()
    stayed = course.present.sum(axis=0)
    assert (stayed <= world.stay).all()
    assert (course.found | (stayed == np.minimum(world.stay, world.days - world.arrival))).all()
    assert (course.gain[~course.present] == 0).all()
    assert course.gain.sum() > 0
    assert (course.boosts <= world.relays).all()  # no relay boosts one appeal twice
    assert course.boosts.sum() <= world.budget.sum() * world.days


@pytest.mark.parametrize("name", EVERY)
def test_a_course_is_the_same_each_time(world, name):
    once, again = (replay(world, EVERY[name], seed=1) for _ in range(2))

    assert (once.gain == again.gain).all()


def test_those_who_forget_boost_nothing_and_are_the_same_under_every_policy(world):
    nobody = replay(replace(world, forgets=np.ones(world.relays)), POLICIES["plan"])
    assert nobody.gain.sum() == nobody.boosts.sum() == 0

    all_ = replay(replace(world, forgets=np.zeros(world.relays)), POLICIES["round_robin"])
    some = replay(world, POLICIES["round_robin"])
    assert some.boosts.sum() < all_.boosts.sum()


def test_who_is_seen_finds_sooner(world):
    seen = replace(world, found_usual=0.0, found_seen=10.0, luck=np.full(world.appeals, 1e-6))
    course = replay(seen, POLICIES["plan"])
    assert course.found.all()
    assert ((course.gain > 0).sum(axis=0) == 1).all()  # gone the day after they were seen

    unlucky = replace(world, luck=np.full(world.appeals, np.inf))
    assert not replay(unlucky, POLICIES["plan"]).found.any()


def test_the_plan_leaves_nobody_behind(world):
    courses = {name: replay(world, policy) for name, policy in POLICIES.items()}
    fair = fair_week(courses["random"])
    told = {name: summary(world, course, fair=fair) for name, course in courses.items()}

    assert told["plan"].least > max(told[name].least for name in ("unaided", "random", "round_robin"))
    assert told["plan"].gini < told["unaided"].gini


def test_figures_by_hand():
    world = World(
        audience_start=np.array([0, 1]),
        audience_member=np.array([0], dtype=np.uint32),
        member_class=np.zeros(1, dtype=np.int32),
        attention=np.array([0.5], dtype=np.float32),
        budget=np.array([1], dtype=np.int32),
        forgets=np.zeros(1),
        relevance=np.ones((2, 1), dtype=np.float32),
        arrival=np.array([0, 0], dtype=np.int32),
        stay=np.array([8, 8], dtype=np.int32),
        luck=np.full(2, np.inf),
        days=10,
    )
    course = replay(world, POLICIES["round_robin"])

    assert course.gain.sum(axis=1).tolist() == [0.5, 0.5] + [0.0] * 8  # then both were boosted by all
    assert fair_week(course) == pytest.approx(7 * 1.0 / 16)
    told = summary(world, course, fair=0.5)
    assert (told.least, told.median, told.total, told.gini) == (0.5 / 8, 0.5 / 8, 1.0, 0.0)
    assert (told.wait, told.wait_worst, told.never, told.found) == (1.5, 2.0, 0, 0.0)
    more = summary(world, course, fair=0.6)
    assert (more.wait, more.never) == (8.0, 2)  # as long as they stayed


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=30))
def test_gini_is_half_the_mean_difference_beside_the_mean(amounts):
    n, total = len(amounts), sum(amounts)
    expected = sum(abs(a - b) for a, b in product(amounts, repeat=2)) / (2 * n * total) if total else 0.0

    assert gini(amounts) == pytest.approx(expected)
    assert 0 <= gini(amounts) < 1
    assert gini([3 * one for one in reversed(amounts)]) == pytest.approx(gini(amounts))


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6))
def test_the_flow_is_the_best_of_all_that_use_as_many_boosts(seed):
    rng = np.random.default_rng(seed)
    relays, appeals = 3, 3
    audiences = [np.flatnonzero(rng.random(6) < 0.6) for _ in range(relays)]
    allowed = [np.flatnonzero(rng.random(appeals) < 0.8) for _ in range(relays)]
    problem = Problem(
        audience_start=np.cumsum([0, *map(len, audiences)]),
        audience_member=np.concatenate(audiences).astype(np.uint32),
        member_class=rng.integers(0, 2, 6).astype(np.int32),
        relevance=rng.random((appeals, 2)).astype(np.float32),
        attention=rng.random(relays).astype(np.float32),
        budget=rng.integers(0, 3, relays).astype(np.int32),
        appeal_cap=rng.integers(0, 3, appeals).astype(np.int32),
        prior=np.ones(appeals),
        allowed=(np.cumsum([0, *map(len, allowed)]), np.concatenate(allowed).astype(np.int32)),
    )
    alone = {
        (r, a): float(evaluate(problem, [r], [a])[a] - 1.0)
        for r in range(relays)
        for a in allowed[r].tolist()
    }

    def worth(pairs) -> tuple[int, float]:
        return len(pairs), sum(alone[pair] for pair in pairs)

    def kept(pairs) -> bool:
        try:
            check(problem, [r for r, _ in pairs], [a for _, a in pairs])
        except ValueError:
            return False
        return True

    best = max(
        worth(pairs) for size in range(len(alone) + 1) for pairs in combinations(alone, size) if kept(pairs)
    )
    relay, appeal = most_flow(problem)
    check(problem, relay, appeal)
    found = worth(list(zip(relay.tolist(), appeal.tolist(), strict=True)))
    assert found[0] == best[0]
    assert found[1] == pytest.approx(best[1], abs=2e-3)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"budget": np.ones(3, np.int32)}, "budget: expected 12"),
        ({"forgets": np.full(12, 1.5)}, r"forgets\[0\]"),
        ({"counted_from": 99}, "counted_from: 99"),
        ({"found_seen": -1.0}, "negative"),
    ],
)
def test_a_world_that_makes_no_sense_is_named(world, change, said):
    with pytest.raises(ValueError, match=said):
        replace(world, **change)


def test_what_cannot_be_told_is_not():
    with pytest.raises(ValueError, match="weeks: 0"):
        imagined(**SMALL | {"weeks": 0})
    short = imagined(**SMALL, seed=3)
    course = replay(replace(short, stay=np.ones(short.appeals, np.int32)), POLICIES["plan"])
    with pytest.raises(ValueError, match="no appeal stayed"):
        summary(short, course, fair=1.0)
    with pytest.raises(ValueError, match="0 or more"):
        gini([])
