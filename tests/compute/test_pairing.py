"""Pairing: the best there is, by another solver and by trying everything; fair, steady, and told in words."""

import dataclasses
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ortools.graph.python import min_cost_flow

from colibri.compute.pairing import (
    ANY,
    Candidates,
    Helpers,
    Seekers,
    Weights,
    at_random,
    first_come,
    fitting,
    pair,
    reasons,
)


def seekers(count: int, **given: object) -> Seekers:
    """People who all ask for the same and have nothing in common with anybody, but for what is given."""
    plain = {"kind": 1, "languages": 1, "hours": ANY, "family": 0, "domain": 0, "region": 0}
    plain |= {"waited": 0.0, "known": -1, "own_trade": 0}
    return Seekers(**{name: given.get(name, np.full(count, value)) for name, value in plain.items()})


def helpers(count: int, **given: object) -> Helpers:
    plain = {"kinds": 1, "languages": 1, "hours": ANY, "families": ANY, "domain": 0, "region": 0}
    plain |= {"places": 1, "load": 0.0, "answers": 0.5}
    return Helpers(**{name: given.get(name, np.full(count, value)) for name, value in plain.items()})


def drawn(people: int, offers: int, seed: int, *, most: int = 3) -> tuple[Seekers, Helpers]:
    """A collective drawn by lot."""
    rng = np.random.default_rng(seed)
    family, theirs = rng.integers(0, 5, people), rng.integers(1, 5, offers)
    asking = Seekers(
        kind=1 << rng.integers(0, 3, people),
        languages=1 << (rng.random(people) < 0.2),
        hours=rng.integers(0, 8, people),
        family=family,
        domain=family * 10 + rng.integers(0, 3, people),
        region=rng.integers(0, 4, people),
        waited=rng.exponential(5, people).round(2),
        known=rng.integers(-1, offers, people) if offers else np.full(people, -1),
        own_trade=rng.random(people) < 0.1,
    )
    offering = Helpers(
        kinds=rng.integers(1, 8, offers),
        languages=1 | (rng.random(offers) < 0.3) * 2,
        hours=rng.integers(0, 8, offers),
        families=(1 << theirs) * (rng.random(offers) < 0.7),
        domain=theirs * 10 + rng.integers(0, 3, offers),
        region=rng.integers(0, 4, offers),
        places=rng.integers(0, most + 1, offers),
        load=rng.random(offers),
        answers=rng.random(offers),
    )
    return asking, offering


worlds = st.builds(drawn, st.integers(0, 12), st.integers(0, 6), st.integers(0, 10_000))


def points(candidates: Candidates) -> dict[tuple[int, int], int]:
    owner = np.repeat(np.arange(candidates.seekers), np.diff(candidates.start))
    weights = candidates.fit + candidates.urgency[owner]
    return dict(
        zip(zip(owner.tolist(), candidates.helper.tolist(), strict=True), weights.tolist(), strict=True)
    )


def by_flow(candidates: Candidates) -> int:
    """The highest sum, found as a flow of least cost."""
    flow = min_cost_flow.SimpleMinCostFlow()
    count = candidates.seekers
    end = count + candidates.places.size
    for (one, other), worth in points(candidates).items():
        flow.add_arc_with_capacity_and_unit_cost(one, count + other, 1, -worth)
    for one in range(count):
        flow.add_arc_with_capacity_and_unit_cost(one, end, 1, 0)
        flow.set_node_supply(one, 1)
    for other, places in enumerate(candidates.places.tolist()):
        flow.add_arc_with_capacity_and_unit_cost(count + other, end, places, 0)
    flow.set_node_supply(end, -count)
    assert flow.solve() == flow.OPTIMAL
    return -flow.optimal_cost()


def by_trying(candidates: Candidates) -> int:
    """The highest sum, by trying every pairing."""
    worth, best = points(candidates), 0
    choices = [
        [-1, *candidates.helper[candidates.start[i] : candidates.start[i + 1]]]
        for i in range(candidates.seekers)
    ]
    for chosen in product(*choices):
        counted = np.bincount([one for one in chosen if one >= 0], minlength=candidates.places.size)
        if (counted <= candidates.places).all():
            best = max(best, sum(worth[i, one] for i, one in enumerate(chosen) if one >= 0))
    return best


@given(worlds)
def test_no_pairing_is_better_and_the_prices_prove_it(world):
    candidates = fitting(*world)
    found = pair(candidates)
    worth = points(candidates)

    assert found.total == found.bound == (by_flow(candidates) if candidates.seekers else 0)
    assert found.total == sum(worth[i, one] for i, one in enumerate(found.helper.tolist()) if one >= 0)
    counted = np.bincount(found.helper[found.helper >= 0], minlength=candidates.places.size)
    assert (counted <= candidates.places).all()


@given(st.builds(drawn, st.integers(0, 5), st.integers(0, 4), st.integers(0, 10_000)))
def test_it_is_what_trying_everything_finds(world):
    candidates = fitting(*world)
    assert pair(candidates).total == by_trying(candidates)


def test_a_crowd_is_paired_as_well_as_by_a_flow():
    candidates = fitting(*drawn(400, 60, seed=3))
    assert pair(candidates).total == by_flow(candidates)


@given(worlds)
def test_a_pair_needs_the_kind_the_language_and_the_trade_where_it_matters(world):
    asking, offering = world
    may = set(points(fitting(asking, offering)))
    for one, other in product(range(asking.count), range(offering.count)):
        family = int(asking.family[one])
        of_trade = family and offering.families[other] >> family & 1
        of_trade |= asking.domain[one] == offering.domain[other]
        able = offering.kinds[other] & asking.kind[one] and offering.languages[other] & asking.languages[one]
        assert ((one, other) in may) == bool(able and (of_trade or not asking.own_trade[one]))


@given(worlds)
def test_whoever_waits_on_would_bring_no_more_than_whoever_was_preferred(world):
    """Nobody is passed over for somebody whose claim on the same helper is weaker."""
    candidates = fitting(*world)
    helper, worth = pair(candidates).helper, points(candidates)
    for (one, other), claim in worth.items():
        if helper[one] < 0:
            preferred = [two for two in range(candidates.seekers) if helper[two] == other]
            assert len(preferred) == candidates.places[other]
            assert all(worth[two, other] >= claim for two in preferred)


def test_who_waited_long_comes_before_a_newcomer_who_fits_better():
    """However much the newcomer has in common with the helper, and knows them: nobody waits for ever."""
    weights, days = Weights(), 0.0
    while weights.urgency(np.array([days]))[0] <= weights.fit_most:
        days += 1.0
    asking = seekers(2, waited=[0.0, days], family=[1, 0], domain=[12, 0], region=[5, 0], known=[0, -1])
    offering = helpers(1, families=[2], domain=[12], region=[5], answers=[1.0])

    assert pair(fitting(asking, offering)).helper.tolist() == [-1, 0]
    fresh = dataclasses.replace(asking, waited=np.zeros(2))
    assert pair(fitting(fresh, offering)).helper.tolist() == [0, -1]
    assert days < 31


def test_a_longer_wait_gets_who_answers_more_surely():
    asking = seekers(2, waited=[1.0, 9.0])
    offering = helpers(2, answers=[0.4, 0.9])
    assert pair(fitting(asking, offering)).helper.tolist() == [0, 1]


@given(worlds, st.randoms(use_true_random=False))
def test_the_order_people_come_in_changes_nothing_of_the_sum(world, random):
    asking, offering = world
    order = list(range(asking.count))
    random.shuffle(order)
    fields = dataclasses.fields(asking)
    shuffled = Seekers(**{field.name: getattr(asking, field.name)[order] for field in fields})
    assert pair(fitting(asking, offering)).total == pair(fitting(shuffled, offering)).total


@given(worlds, st.integers(0, 5))
def test_one_more_place_takes_nothing_away(world, which):
    asking, offering = world
    before = pair(fitting(asking, offering))
    more = offering.places.copy()
    more[which : which + 1] += 1
    after = pair(fitting(asking, dataclasses.replace(offering, places=more)))
    assert after.total >= before.total
    assert after.paired >= before.paired


def test_what_was_agreed_stays_when_somebody_slightly_better_comes():
    """Whom one knows is worth more than a helper of the same region who is new."""
    asking = seekers(1, known=[0], region=[3])
    assert pair(fitting(asking, helpers(2, region=[4, 3]))).helper.tolist() == [0]
    assert pair(fitting(seekers(1, region=[3]), helpers(2, region=[4, 3]))).helper.tolist() == [1]


@given(worlds)
def test_one_newcomer_moves_few(world):
    """With somebody more, as many as there are places on one way change hands, and nobody's helper is lost
    but one's."""
    asking, offering = world
    if not asking.count:
        return
    fields = dataclasses.fields(asking)
    fewer = Seekers(**{field.name: getattr(asking, field.name)[:-1] for field in fields})
    before, after = pair(fitting(fewer, offering)), pair(fitting(asking, offering))
    assert before.paired <= after.paired <= before.paired + 1


def test_those_kept_apart_are_not_paired():
    asking, offering = seekers(2), helpers(2)
    found = pair(fitting(asking, offering, apart=np.array([[0, 0], [1, 1]])))
    assert found.helper.tolist() == [1, 0]
    assert fitting(asking, offering, apart=np.array([[1, 0], [1, 1]])).nobody.tolist() == [1]


def test_nobody_speaks_of_people_and_not_of_places():
    """A helper who is full this week is still somebody."""
    candidates = fitting(seekers(2, kind=[1, 2]), helpers(1, places=[0]))
    assert candidates.nobody.tolist() == [1]
    assert pair(candidates).helper.tolist() == [-1, -1]


def test_reasons_are_told_weightiest_first():
    asking = seekers(
        2, family=[3, 3], domain=[31, 0], region=[2, 0], waited=[9.0, 0], known=[0, -1], hours=[4, 0]
    )
    offering = helpers(1, families=[8], domain=[31], region=[2], answers=[0.9], hours=[6])
    assert reasons(asking, offering, 0, 0) == (
        "known",
        "trade",
        "region",
        "hours",
        "answers",
        "free",
        "waited",
    )
    assert reasons(asking, offering, 1, 0) == ("family", "answers", "free")


def test_first_come_and_at_random_keep_to_the_places_too():
    asking, offering = drawn(60, 8, seed=5)
    candidates = fitting(asking, offering)
    for helper in (first_come(candidates, asking.waited), at_random(candidates, seed=1)):
        counted = np.bincount(helper[helper >= 0], minlength=8)
        assert (counted <= offering.places).all()
        worth = points(candidates)
        assert (
            sum(worth[i, one] for i, one in enumerate(helper.tolist()) if one >= 0) <= pair(candidates).total
        )


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("kind", [1, 3], r"kind\[1\]: 3 is more than one kind"),
        ("kind", [1, 0], r"kind\[1\]: 0 is no kind"),
        ("languages", [0, 1], r"languages\[0\]: 0 names no language"),
        ("waited", [1.0, -1.0], r"waited\[1\]: -1.0 is not 0"),
        ("waited", [1.0, float("nan")], r"waited\[1\]: nan is not a finite"),
        ("family", [1, 63], r"family\[1\]: 63 is not a family"),
        ("region", [1.5, 1], r"region\[0\]: 1.5 is not a whole"),
        ("known", [-2, 0], r"known\[0\]: -2 is not"),
        ("hours", [1], r"hours: expected 2 values"),
        ("own_trade", ["a", "b"], r"own_trade: expected numbers"),
    ],
)
def test_a_wrong_request_is_named_with_its_place(field, value, said):
    with pytest.raises(ValueError, match=said):
        seekers(2, **{field: value})


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("kinds", [0, 1], r"kinds\[0\]: 0 offers no kind"),
        ("places", [1, -1], r"places\[1\]: -1 is not"),
        ("places", [1, 2000], r"places\[1\]: 2000 is more"),
        ("load", [0.5, 1.5], r"load\[1\]: 1.5 is not between"),
        ("answers", [-0.1, 1], r"answers\[0\]: -0.1 is not between"),
    ],
)
def test_a_wrong_offer_is_named_with_its_place(field, value, said):
    with pytest.raises(ValueError, match=said):
        helpers(2, **{field: value})


def test_what_points_outside_is_named():
    with pytest.raises(ValueError, match=r"known\[1\]: 5 is none of the 2"):
        fitting(seekers(2, known=[0, 5]), helpers(2))
    with pytest.raises(ValueError, match=r"apart\[1\]"):
        fitting(seekers(2), helpers(2), apart=np.array([[0, 0], [0, 2]]))
    with pytest.raises(ValueError, match="patience: 0 is too little"):
        Weights(patience=0)
    with pytest.raises(ValueError, match="region: -1 is not"):
        Weights(region=-1)
