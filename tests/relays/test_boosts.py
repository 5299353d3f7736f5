"""Before each boost everything is asked again, and faults on the way leave one boost or none."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from colibri.appeals.actions.lifecycle import close_appeal, pause_appeal
from colibri.appeals.models import Appeal
from colibri.common import work
from colibri.common.states import WrongMove
from colibri.networks.errors import Unauthorised
from colibri.people.actions import (
    connect_identity,
    disconnect_identity,
    give_consent,
    withdraw_consent,
)
from colibri.people.models import Consent, Identity
from colibri.relays.actions.boosts import accept_boost
from colibri.relays.actions.offers import change_offer
from colibri.relays.models import Boost
from tests.rooms import AFTERNOON, TAG, Village, refusing_writes

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
