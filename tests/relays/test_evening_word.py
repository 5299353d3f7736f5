"""The evening's messages told on a device, to relays who asked for it, as long as one waits."""

import json
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from colibri.people.actions import add_device, silence_notice
from colibri.people.models import Account
from colibri.relays.actions.boosts import decline_boost
from colibri.relays.models import Boost, Digest
from tests.peers.push_service import push_service
from tests.rooms import AFTERNOON

SIX = AFTERNOON + timedelta(hours=2)


@pytest.fixture
def told(village, settings):
    """What the relay's browser shows of today's message, at six in the evening."""
    with push_service() as service:
        settings.GUARD = service.guard
        offer = village.lends("geai", automatic=False)
        village.geai, browser = offer.identity.account, service.browser()
        add_device(village.geai, browser.subscription, name="Firefox", now=timezone.now())
        village.relayed()
        village.plans()

        def evening():
            village.at(SIX)
            village.work("relays.Digest")
            village.work("people.Notice")
            village.later(minutes=2)
            village.work("people.Device")
            return [json.loads(browser.opens(one.body)) for one in service.handed]

        yield evening


def test_a_relay_is_told_by_mail_and_on_their_device(village, told):
    (word,) = told()
    assert word["title"] == "Un message attend votre partage"
    assert word["link"].endswith("/today/")
    assert len(mail.outbox) == 1


def test_a_relay_who_wants_no_mail_or_has_no_address_is_told_on_their_device(village, told):
    Account.objects.filter(pk=village.geai.pk).update(email=None)
    assert len(told()) == 1
    assert (mail.outbox, Digest.objects.get().state, Boost.objects.get().state) == ([], "sent", "offered")


def test_nothing_is_told_when_nothing_waits_any_more_or_nobody_wants_it(village, told):
    silence_notice(village.geai, "digest", "push")
    assert told() == []
    assert len(mail.outbox) == 1


def test_what_was_declined_meanwhile_is_not_spoken_of(village, told):
    village.at(SIX)
    village.work("relays.Digest")
    decline_boost(Boost.objects.get(), "not_today")
    assert told() == []
