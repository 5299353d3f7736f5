"""Offers, the day's plan, boosts and their undoing, as rows and as the network's own log tell them."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.utils import timezone

from colibri.appeals.actions.lifecycle import close_appeal, pause_appeal
from colibri.appeals.models import Appeal
from colibri.common import work
from colibri.common.states import WrongMove
from colibri.networks.errors import Unauthorised
from colibri.people.actions import (
    block,
    connect_identity,
    disconnect_identity,
    give_consent,
    withdraw_consent,
)
from colibri.people.models import Block, Consent, Identity
from colibri.relays.actions.boosts import accept_boost, decline_boost, undo_one
from colibri.relays.actions.offers import change_offer, end_offer
from colibri.relays.actions.planning import make_plan, plan_day
from colibri.relays.models import Boost, Digest, Plan
from tests.rooms import AFTERNOON, SEARCH, TAG, Village, refusing_writes

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
    "who", ["the relay", "the author", "the collective, the author", "the collective, the relay"]
)
def test_blocked_people_are_kept_apart_before_the_plan_and_after(village, who):
    offer = village.lends("pic")
    appeal = village.relayed()
    appeal.account = village.account("camille")
    appeal.save()
    village.plans()

    if who == "the relay":
        block(offer.identity.account, village.collective, appeal.identity)
    elif who == "the author":
        block(appeal.account, village.collective, offer.identity)
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
    assert [moment.strftime("%d %H:%M") for moment in due] == ["20 18:20", "20 19:00", "20 19:40"]


def test_hours_already_over_are_tomorrows(village):
    village.lends("pic", first_hour=8, last_hour=10, boosts_a_day=1)
    village.relayed()
    village.plans()

    assert timezone.localtime(boost().due_at).strftime("%d %H:%M") == "21 09:00"


# Before the boost: everything is asked again


def test_a_relay_who_withdraws_consent_after_the_plan_boosts_nothing(evening):
    identity = Identity.objects.get(handle="relais")
    withdraw_consent(evening.collective, "boost_for_me", identity=identity, by="page", now=timezone.now())
    evening.evening()

    assert evening.states() == ["expired"]
    assert not evening.written("boost")


def test_consent_given_and_withdrawn_for_all_of_ones_accounts_counts_for_each(evening):
    identity = Identity.objects.get(handle="relais")
    Consent.objects.filter(purpose="boost_for_me").delete()
    give_consent(evening.collective, "boost_for_me", account=identity.account, by="page", now=timezone.now())
    assert evening.states() == ["planned"]
    withdraw_consent(
        evening.collective, "boost_for_me", account=identity.account, by="page", now=timezone.now()
    )

    assert evening.states() == ["expired"]


def test_withdrawing_in_one_collective_leaves_the_other_alone(evening):
    identity = Identity.objects.get(handle="relais")
    other = type(evening.collective).objects.create(
        slug="autre", supporters_hashtag="a", seekers_hashtag="aR"
    )
    give_consent(other, "boost_for_me", identity=identity, by="page", now=timezone.now())
    withdraw_consent(other, "boost_for_me", identity=identity, by="page", now=timezone.now())

    assert evening.states() == ["planned"]


def test_who_prefers_to_be_asked_keeps_tonights_messages(evening):
    change_offer(evening.collective.offers.get(), by="page", now=timezone.now(), automatic=False)
    evening.evening()

    assert evening.states() == ["planned"]
    accept_boost(boost(), now=timezone.now())
    evening.work()
    assert evening.states() == ["given"]


def test_a_pause_and_a_smaller_budget_hold_from_this_evening_on(village):
    offer = village.lends("pic")
    for number in range(3):
        village.relayed(f"camille-{number}")
    village.plans()

    change_offer(offer, by="page", now=timezone.now(), boosts_a_day=2)
    assert sorted(village.states()) == ["expired", "planned", "planned"]
    change_offer(offer, by="page", now=timezone.now(), paused_until=date(2026, 12, 1))
    village.evening()
    assert not village.written("boost")


def test_a_post_deleted_between_intake_and_boost_is_noticed_and_ends_its_appeal(evening):
    appeal = Appeal.objects.get()
    evening.client("camille").delete(appeal.source_uri)
    evening.evening()
    appeal.refresh_from_db()

    assert evening.states() == ["failed"]
    assert (appeal.state, appeal.ending) == ("closed", "deleted")
    assert not evening.written("boost")


def test_an_appeal_paused_after_the_plan_is_not_boosted(evening):
    pause_appeal(Appeal.objects.get())
    evening.evening()

    assert evening.states() == ["expired"]
    assert not evening.written("boost")


def test_a_token_revoked_in_the_middle_of_the_day_stops_that_relay_alone(village):
    village.lends("pic")
    village.lends("geai")
    village.relayed()
    village.plans()
    village.world.revoke("pic")
    village.evening()

    assert sorted(village.states()) == ["failed", "given"]
    assert Identity.objects.get(handle="pic").refused_at is not None
    village.later(hours=18)
    village.relayed("sasha", ACCOUNTANT)
    assert {one.offer.identity.handle for one in village.plans().boosts.all()} == {"geai"}


def test_a_relay_who_connects_again_is_planned_again(evening):
    evening.world.revoke("relais")
    evening.evening()
    token = evening.world.token_of("relais")
    account = evening.account("relais")
    connect_identity("memory", "relais", token, server=evening.address, account=account)
    evening.later(hours=18)
    evening.plans()
    evening.later(hours=6)
    evening.work()

    assert evening.states() == ["failed", "given"]


def test_a_relay_who_disconnects_gives_nothing_more(evening):
    disconnect_identity(Identity.objects.get(handle="relais"))
    evening.evening()

    assert evening.states() == ["expired"]
    assert not evening.written("boost")


def test_an_accepted_boost_of_a_refused_account_says_so(village):
    village.lends("pic", automatic=False)
    village.relayed()
    village.plans()
    Identity.objects.filter(handle="pic").update(refused_at=timezone.now())

    with pytest.raises(Unauthorised):
        accept_boost(boost(), now=timezone.now())
    assert village.states() == ["planned"]


def test_two_taps_are_one_boost(village):
    village.lends("pic", automatic=False)
    village.relayed()
    village.plans()
    one, other = boost(), boost()
    accept_boost(one, now=timezone.now())
    with pytest.raises(WrongMove):
        accept_boost(other, now=timezone.now())
    village.work()

    assert len(village.written("boost")) == 1


# Faults on the way


def test_an_answer_lost_after_the_boost_leaves_one_boost_in_the_log(evening):
    evening.world.fail("boost", "answer_lost", times=3)
    evening.evening()
    for _try in range(4):
        evening.later(minutes=10)
        evening.work()

    assert evening.states() == ["given"]
    assert len(evening.written("boost")) == 1


def test_a_boost_whose_answer_was_lost_is_taken_back_when_the_relay_withdraws(evening):
    evening.world.fail("boost", "answer_lost")
    evening.evening()
    assert evening.states() == ["giving"]
    identity = Identity.objects.get(handle="relais")
    withdraw_consent(evening.collective, "boost_for_me", identity=identity, by="page", now=timezone.now())
    evening.later(minutes=10)
    evening.work()

    assert (len(evening.written("boost")), evening.standing()) == (1, set())


def test_a_boost_that_never_succeeds_is_given_up_visibly(evening):
    evening.world.fail("boost", "server_fault", times=None)
    evening.evening()
    for _try in range(work.ATTEMPTS_MOST):
        evening.later(hours=2)
        evening.work()

    given_up = boost()
    assert (given_up.state, given_up.due_at, given_up.tries) == ("failed", None, work.ATTEMPTS_MOST)
    assert "server fault" in given_up.problem


def test_what_was_given_up_but_may_stand_is_taken_back_with_the_rest(evening):
    evening.world.fail("boost", "answer_lost", times=None)
    evening.evening()
    for _try in range(work.ATTEMPTS_MOST):
        evening.later(hours=2)
        evening.work()
    assert (evening.states(), len(evening.standing())) == (["failed"], 1)

    close_appeal(Appeal.objects.get(), "found", by="page", now=timezone.now())
    evening.work()
    assert (evening.states(), evening.standing()) == (["undone"], set())


@pytest.mark.django_db(transaction=True)  # a refused write would end the transaction of other tests
def test_with_a_database_that_cannot_be_written_nothing_reaches_the_network(evening):
    evening.at(AFTERNOON + timedelta(hours=7))
    with refusing_writes():
        evening.work()

    assert not evening.written("boost")
    evening.work()
    assert len(evening.written("boost")) == 1


# Taking back


def carried(village: Village, relays: int = 3) -> Appeal:
    """A search that as many relays have boosted."""
    for number in range(relays):
        village.lends(f"pic-{number}")
    appeal = village.relayed()
    village.plans()
    village.evening()
    assert len(village.world.standing_boosts()) == relays
    return appeal


@pytest.mark.parametrize("words", ["J'ai trouvé !", "stop"])
def test_found_or_stopped_undoes_every_boost_on_the_network(village, words):
    appeal = carried(village)
    village.says("camille", appeal, words)
    village.work()

    assert village.states() == ["undone"] * 3
    assert len(village.written("undo_boost")) == 3
    assert village.world.standing_boosts() == ()


def test_undoing_survives_faults_and_lost_answers(village):
    appeal = carried(village)
    village.world.fail("undo_boost", "rate_limit", times=2, seconds=60)
    village.world.fail("undo_boost", "answer_lost", times=2)
    close_appeal(appeal, "found", by="page", now=timezone.now())
    for _try in range(4):
        village.work()
        village.later(minutes=15)

    assert village.states() == ["undone"] * 3
    assert len(village.written("undo_boost")) == 3


def test_what_a_refused_relay_could_not_take_back_is_taken_back_once_connected_again(village):
    appeal = carried(village, 1)
    village.world.revoke("pic-0")
    close_appeal(appeal, "found", by="page", now=timezone.now())
    village.work()
    assert (village.states(), len(village.standing())) == (["failed"], 1)

    token = village.world.token_of("pic-0")
    connect_identity("memory", "pic-0", token, server=village.address, account=village.account("pic-0"))
    village.work()
    assert (village.states(), village.standing()) == (["undone"], set())


def test_a_relay_takes_back_one_boost(village):
    carried(village, 2)
    first = Boost.objects.order_by("pk")[0]
    undo_one(first, now=timezone.now())
    village.work()

    assert sorted(village.states()) == ["given", "undone"]


@pytest.mark.parametrize("undo", [False, True])
def test_a_relay_leaves_with_or_without_taking_back(village, undo):
    carried(village, 1)
    offer = village.collective.offers.get()
    stood = end_offer(offer, undo=undo, by="page", now=timezone.now())
    village.work()

    assert stood == (1 if undo else 0)
    assert village.states() == (["undone"] if undo else ["given"])
    assert not Consent.objects.filter(identity=offer.identity, withdrawn_at=None).exists()
    village.later(hours=18)
    village.relayed("sasha", ACCOUNTANT)
    assert village.plans().state == "empty"


# The evening's mail


def test_the_digest_leaves_once_with_its_name_and_a_way_to_stop_it(village, smtp_server, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", smtp_server.port
    smtp_server.clear()
    village.lends("pic", automatic=False)
    village.relayed()
    village.plans()
    village.evening()
    Digest.objects.update(due_at=timezone.now())
    village.work()

    [received] = smtp_server.wait_for(1)
    assert len(smtp_server.messages) == 1
    assert received.recipients == ["pic@example.org"]
    digest = Digest.objects.get()
    assert (digest.state, received.message["Message-ID"]) == ("sent", digest.message_id)
    assert received.message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert received.message["List-Unsubscribe"].strip().startswith(f"<{settings.SITE_URL}/")
    for kind in ("plain", "html"):
        assert "soudeuse" in received.body(kind)
    assert village.states() == ["offered"]


def test_a_mail_server_that_is_down_is_tried_again_under_the_same_name(village, settings):
    village.lends("pic", automatic=False)
    village.relayed()
    village.plans()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", down)
        village.evening()
    digest = Digest.objects.get()
    assert (digest.state, digest.attempts) == ("planned", 1)

    village.later(minutes=5)
    village.work()
    [sent] = mail.outbox
    assert sent.extra_headers["Message-ID"] == digest.message_id


def down(self, messages):
    raise ConnectionRefusedError


def test_where_nothing_is_left_to_ask_no_mail_leaves(village):
    village.lends("pic", automatic=False)
    appeal = village.relayed()
    village.plans()
    Appeal.objects.filter(pk=appeal.pk).update(state="paused")
    village.evening()

    assert (Digest.objects.get().state, mail.outbox) == ("dropped", [])
