"""Offers and the day's plan, as rows and as the network's own log tell them."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from colibri.audiences.models import Audience
from colibri.common.states import WrongMove
from colibri.people.actions import (
    block,
)
from colibri.people.models import Block
from colibri.relays.actions.boosts import accept_boost, decline_boost
from colibri.relays.actions.offers import change_offer
from colibri.relays.actions.planning import make_plan, plan_day
from colibri.relays.actions.timing import PAUSE
from colibri.relays.models import Boost, Digest, Plan
from tests.rooms import AFTERNOON, SEARCH, TAG, Village

ACCOUNTANT = f"Je suis comptable, je cherche un CDI à Lyon. #{TAG}"


@pytest.fixture
def evening(village: Village) -> Village:
    """One search and one automatic relay, planned; the boost is due tonight."""
    village.lends("relais")
    village.relayed()
    village.plans()
    return village


def boost() -> Boost:
    return Boost.objects.get()


# A day


def test_a_day_brings_the_post_to_the_relays_followers(village):
    village.lends("pic", followers=2)
    village.lends("geai", automatic=False)
    appeal = village.relayed()

    plan = village.plans()
    assert (plan.state, 0 < plan.ratio <= 1) == ("solved", True)
    assert village.states() == ["planned", "planned"]
    assert not village.written("boost")

    village.evening()
    assert sorted(village.states()) == ["given", "offered"]
    asked = Boost.objects.get(state="offered")
    accept_boost(asked, now=timezone.now())
    village.work()

    assert village.states() == ["given", "given"]
    assert {change.actor for change in village.written("boost")} == {"memory:pic", "memory:geai"}
    assert village.standing() == {appeal.source_uri}


def test_a_plan_is_made_once(evening):
    plan = Plan.objects.get()
    before = list(Boost.objects.values())

    plan_day(evening.collective, plan.day, now=timezone.now())
    Plan.objects.update(due_at=timezone.now())
    evening.work("relays.Plan")

    assert list(Boost.objects.values()) == before
    assert Plan.objects.count() == 1


def test_a_plan_is_written_whole_or_not_at_all(village, monkeypatch):
    village.lends("pic", automatic=False)
    village.relayed()
    plan = plan_day(village.collective, AFTERNOON.date(), now=timezone.now())

    def fails(*args, **kwargs):
        raise RuntimeError("no room for digests")

    with monkeypatch.context() as patch:
        patch.setattr(Digest.objects, "bulk_create", fails)
        with pytest.raises(RuntimeError):
            make_plan(plan)
    plan.refresh_from_db()

    assert (plan.state, Boost.objects.count()) == ("due", 0)
    village.work("relays.Plan")
    assert village.states() == ["planned"]


def test_a_second_worker_that_solved_the_same_day_changes_nothing(village):
    village.lends("pic")
    village.relayed()
    plan_day(village.collective, AFTERNOON.date(), now=timezone.now())
    one, other = Plan.objects.get(), Plan.objects.get()

    make_plan(one)
    with pytest.raises(WrongMove):
        make_plan(other)

    assert Boost.objects.count() == 1


def test_a_day_without_posts_is_planned_again_once_there_is_one(village):
    village.lends("pic")
    assert village.plans().state == "empty"

    village.relayed()
    assert village.plans().state == "solved"


# What an offer says


@pytest.mark.parametrize(
    "terms",
    [{"boosts_a_day": 0}, {"boosts_a_day": 21}, {"first_hour": 20, "last_hour": 20}, {"last_hour": 25}],
)
def test_terms_that_make_no_sense_are_refused_and_nothing_is_kept(village, terms):
    offer = village.lends("pic")

    with pytest.raises(ValidationError):
        change_offer(offer, by="page", now=timezone.now(), **terms)

    offer.refresh_from_db()
    assert (offer.boosts_a_day, offer.first_hour, offer.last_hour) == (3, 18, 22)


@pytest.mark.parametrize(
    ("terms", "planned"),
    [
        ({}, 1),
        ({"days": [4]}, 1),
        ({"days": [0, 1, 2, 3, 5, 6]}, 0),
        ({"paused_until": date(2026, 11, 20)}, 0),
        ({"paused_until": date(2026, 11, 19)}, 1),
        ({"families": ["H"]}, 1),
        ({"families": ["M"]}, 0),
        ({"regions": ["53"]}, 1),
        ({"regions": ["84"]}, 0),
    ],
    ids=str,
)
def test_only_what_the_offer_allows_is_planned(village, terms, planned):
    village.lends("pic", **terms)
    village.relayed()
    village.plans()

    assert Boost.objects.count() == planned


def test_a_relay_is_not_asked_beyond_their_budget(village):
    village.lends("pic", boosts_a_day=2)
    for number in range(4):
        village.relayed(f"camille-{number}")
    village.plans()

    assert Boost.objects.count() == 2


def test_no_appeal_takes_all_the_boosts(village):
    for number in range(12):
        village.lends(f"pic-{number}", boosts_a_day=1)
    for number in range(12):
        village.relayed(f"camille-{number}")
    village.plans()

    carried = list(Boost.objects.values_list("appeal", flat=True))
    assert len(carried) == 12
    assert max(carried.count(appeal) for appeal in carried) <= 4


def test_nobody_relays_their_own_search_from_any_of_their_accounts(village):
    village.lends("pic")
    village.opens("camille")
    village.connects("camille", name="pic")
    village.relayed("camille")
    village.plans()

    assert not Boost.objects.exists()


def test_a_relay_is_asked_only_for_posts_on_a_network_of_theirs(village):
    village.lends("pic")
    appeal = village.relayed()
    appeal.publications.update(network="bluesky")

    assert not village.plans().boosts.exists()


@pytest.mark.parametrize(
    "who",
    [
        "the relay",
        "the relay, by account",
        "the author",
        "the collective, the author",
        "the collective, the relay",
    ],
)
def test_blocked_people_are_kept_apart_before_the_plan_and_after(village, who):
    offer = village.lends("pic")
    appeal = village.relayed()
    appeal.account = village.account("camille")
    appeal.save()
    village.plans()

    if who == "the relay, by account":
        block(offer.identity.account, village.collective, person=appeal.account)
    elif who == "the relay":
        block(offer.identity.account, village.collective, identity=appeal.identity)
    elif who == "the author":
        block(appeal.account, village.collective, identity=offer.identity)
    else:
        shunned = appeal.identity if who.endswith("author") else offer.identity
        Block.objects.create(collective=village.collective, identity=shunned)
    village.evening()
    assert village.states() == ["expired"]
    village.later(hours=18)
    village.plans()

    assert not Boost.objects.filter(state="planned").exists()
    assert not village.written("boost")


@pytest.mark.parametrize(
    ("why", "planned_again"),
    [("not_today", True), ("not_this_one", False), ("not_this_trade", False), ("not_this_region", False)],
)
def test_the_next_plan_respects_what_was_declined(village, why, planned_again):
    village.lends("pic", automatic=False)
    village.relayed()
    village.plans()
    decline_boost(boost(), why)
    village.later(days=1)
    plan = village.plans()

    assert plan.boosts.exists() is planned_again
    with pytest.raises(WrongMove):
        accept_boost(Boost.objects.get(decline=why), now=timezone.now())


def test_declining_a_trade_leaves_others(village):
    village.lends("pic", automatic=False, boosts_a_day=1)
    village.relayed()
    village.plans()
    decline_boost(boost(), "not_this_trade")
    village.relayed("sasha", ACCOUNTANT)
    village.relayed("lou", SEARCH.replace("Brest", "Quimper"))
    village.later(days=1)

    assert [one.appeal.identity.handle for one in village.plans().boosts.all()] == ["sasha"]


def test_what_nobody_took_is_over_with_the_next_plan(village):
    village.lends("pic", automatic=False)
    village.relayed()
    village.plans()
    village.later(days=1)
    village.plans()

    assert village.states() == ["expired", "planned"]


def test_automatic_boosts_are_given_within_the_relays_hours(village):
    village.lends("pic", first_hour=18, last_hour=20)
    for number in range(3):
        village.relayed(f"camille-{number}")
    village.plans()

    due = sorted(timezone.localtime(one.due_at) for one in Boost.objects.all())
    assert [moment.strftime("%d %H:%M") for moment in due] == ["20 18:21", "20 19:04", "20 19:41"]


def test_two_relays_do_not_boost_one_message_at_the_same_moment(village):
    for handle in ("pic", "geai"):
        village.lends(handle, first_hour=18, last_hour=20, boosts_a_day=1)
    village.relayed()
    village.plans()

    first, second = sorted(one.due_at for one in Boost.objects.all())
    assert second - first >= timedelta(hours=PAUSE)


def test_boosts_go_where_the_relays_own_posts_were_heard(village):
    offer = village.lends("pic", first_hour=8, last_hour=24, boosts_a_day=1)
    hours = [(20, 1)] * 24
    hours[8] = (20, 2_000)  # 9 in Paris
    Audience.objects.filter(identity=offer.identity).update(hours=hours)
    village.at(AFTERNOON - timedelta(hours=9))
    village.relayed()
    village.plans()

    assert timezone.localtime(boost().due_at).hour == 9


def test_hours_already_over_are_tomorrows(village):
    village.lends("pic", first_hour=8, last_hour=10, boosts_a_day=1)
    village.relayed()
    village.plans()

    assert timezone.localtime(boost().due_at).strftime("%d %H:%M") == "21 09:00"
