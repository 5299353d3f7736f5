"""Telling people on their devices: whom, what, when, and when no more.

The push service is a stand-in on loopback (`tests/peers/push_service.py`): browsers' own are not reached.
"""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from colibri.conversations.actions import answer, post_message, propose
from colibri.people.actions import add_device, choose_quiet_hours, give_role, notify, silence_notice
from colibri.people.actions.devices import DEVICES_MOST
from colibri.people.letters import Letter, register
from colibri.people.models import Account, Device, Notice, NoticeOff
from tests.conversations.samples import keys_for
from tests.peers.push_service import PushBrowser, push_service
from tests.rooms import everything_stored
from tests.sample_world import sample_world

NIGHT = datetime(2026, 11, 20, 22, 0, tzinfo=UTC)
"""Eleven in the evening in Paris."""


@pytest.fixture
def service(settings):
    with push_service() as one:
        settings.GUARD = one.guard
        yield one


@pytest.fixture
def lou(village, service):
    """Somebody who is told in one browser."""
    village.lou = village.account("lou")
    choose_quiet_hours(village.lou, 21, 8)
    village.browser = service.browser()
    add_device(village.lou, village.browser.subscription, name="Firefox", now=timezone.now())
    return village.lou


@pytest.fixture(autouse=True)
def _letters():
    register("bell", "news", lambda reader, about: Letter(f"News {about}", ("Long words.",), "", "/x/"))
    register("gone", "news", lambda reader, about: None)


def shown(service, browser):
    return [json.loads(browser.opens(one.body)) for one in service.handed]


def rings(village, **later):
    village.work("people.Notice")
    village.later(**later or {"minutes": 2})
    village.work("people.Device")


def test_what_is_new_rings_within_minutes_with_its_title_alone(village, service, lou):
    notify(lou, "bell", 1, now=timezone.now())
    rings(village)

    assert shown(service, village.browser) == [
        {"title": "News 1", "body": "", "link": "/x/", "tag": "bell.1"}
    ]
    assert service.handed[0].claims(service.origin)["sub"].startswith("mailto:")
    assert [sent.subject for sent in mail.outbox] == ["News 1"]
    rings(village, days=1)
    assert len(service.handed) == 1


def test_several_things_are_one_word(village, service, lou):
    for about in range(1, 4):
        notify(lou, "bell", about, now=timezone.now())
    rings(village)

    (told,) = shown(service, village.browser)
    assert told["title"] == "3 nouveautés pour vous"
    assert told["body"].splitlines() == ["News 1", "News 2", "News 3"]
    assert told["link"].endswith(reverse("home:mine"))


def test_a_second_word_waits_a_little_after_the_first(village, service, lou):
    notify(lou, "bell", 1, now=timezone.now())
    rings(village)
    notify(lou, "bell", 2, now=timezone.now())
    rings(village)
    assert len(service.handed) == 1
    rings(village, minutes=10)
    assert len(service.handed) == 2


def test_nobody_is_rung_at_night_and_hears_in_the_morning_what_is_still_true(village, service, lou):
    village.at(NIGHT)
    for letter in ("bell", "gone"):
        notify(lou, letter, 1, now=timezone.now())
    rings(village)
    rings(village, hours=7)
    assert service.handed == []

    rings(village, hours=3)
    assert [told["title"] for told in shown(service, village.browser)] == ["News 1"]


def test_quiet_hours_are_each_persons_own_by_their_own_clocks(village, service, lou):
    lou.time_zone = "America/Guadeloupe"
    lou.save()
    village.at(NIGHT)
    notify(lou, "bell", 1, now=timezone.now())
    rings(village)
    assert len(service.handed) == 1

    choose_quiet_hours(lou, 0, 23)
    notify(lou, "bell", 2, now=timezone.now())
    rings(village, minutes=20)
    assert len(service.handed) == 1


def test_hours_chosen_after_it_was_planned_count(village, service, lou):
    notify(lou, "bell", 1, now=timezone.now())
    village.work("people.Notice")
    choose_quiet_hours(lou, 0, 23)
    rings(village)
    assert service.handed == []


def test_a_kind_is_refused_on_devices_and_wanted_by_mail(village, service, lou):
    silence_notice(lou, "news", "push")
    notify(lou, "bell", 1, now=timezone.now())
    rings(village)
    assert (len(service.handed), len(mail.outbox)) == (0, 1)

    silence_notice(lou, "news")
    assert notify(lou, "bell", 2, now=timezone.now()) is None


def test_somebody_without_an_address_is_told_all_the_same(village, service, lou):
    Account.objects.filter(pk=lou.pk).update(email=None)
    lou.refresh_from_db()
    notify(lou, "bell", 1, now=timezone.now())
    rings(village)
    assert (len(service.handed), len(mail.outbox)) == (1, 0)
    assert Notice.objects.get().state == "sent"


@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_is_subscribed_no_more_is_forgotten(status, village, service, lou):
    service.status = status
    notify(lou, "bell", 1, now=timezone.now())
    rings(village)
    assert not Device.objects.exists()
    assert len(mail.outbox) == 1


def test_a_service_that_does_not_answer_is_asked_again_and_told_once(village, service, lou):
    service.status = 503
    notify(lou, "bell", 1, now=timezone.now())
    rings(village)
    service.status = 201
    rings(village)
    rings(village, hours=1)
    assert [one["title"] for one in shown(service, village.browser)] == ["News 1"] * 2
    assert (Device.objects.get().fault, Device.objects.get().waiting.count()) == ("", 0)


def test_a_service_that_refuses_for_good_keeps_nothing_waiting(village, service, lou):
    service.status = 403
    notify(lou, "bell", 1, now=timezone.now())
    rings(village)
    device = Device.objects.get()
    assert (device.fault, device.waiting.count(), device.due_at) == ("refused", 0, None)


def test_a_suspended_account_is_told_nothing_more(village, service, lou):
    notify(lou, "bell", 1, now=timezone.now())
    village.work("people.Notice")
    Account.objects.filter(pk=lou.pk).update(is_active=False)
    rings(village)
    assert service.handed == []


def test_a_device_goes_with_its_account(lou):
    lou.delete()
    assert not Device.objects.exists()


def test_nothing_somebody_wrote_or_their_name_is_on_a_device(village, service, lou):
    other = village.account("Temoin-aa11bb")
    for account, kind in ((lou, "seeker"), (other, "helper")):
        give_role(account, village.collective, kind)
        keys_for(account)
    talk = propose(village.collective, other, [lou], now=timezone.now())
    answer(talk.members.get(account=lou), yes=True, now=timezone.now())
    Notice.objects.all().delete()
    post_message(talk.members.get(account=other), 1, b"sealed", now=timezone.now())
    village.later(minutes=11)
    rings(village)

    told = shown(service, village.browser)[0]
    assert told["title"] == "Un message vous attend"
    assert "Temoin" not in json.dumps(told)


# The page


@pytest.fixture
def relay(db, client):
    account = sample_world().people["relay"]
    client.force_login(account)
    return account


def subscribe(client, browser, **more):
    one = browser.subscription
    typed = {"endpoint": one.endpoint, "p256dh": one.p256dh, "auth": one.auth, **more}
    agent = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/131.0 Mobile Safari/537.36"
    return client.post(reverse("people:device"), typed, headers={"User-Agent": agent})


def test_a_browser_is_added_known_again_and_ended(client, relay):
    subscribe(client, PushBrowser("https://push.example/2"))
    subscribe(client, PushBrowser("https://push.example/2"))
    page = client.get(reverse("people:hearing"))
    assert page.context["here"].name == "Chrome · Android"
    assert relay.devices.count() == 2

    client.post(reverse("people:end_device", args=[page.context["here"].pk]))
    assert [one.name for one in relay.devices.all()] == ["Firefox · Android"]


def test_whoever_signs_out_leaves_nothing_on_a_shared_computer(client, relay):
    subscribe(client, PushBrowser("https://push.example/2"))
    client.post(reverse("account_logout"))
    assert [one.name for one in relay.devices.all()] == ["Firefox · Android"]


def test_a_browser_belongs_to_whoever_asked_last(client, relay):
    browser = PushBrowser("https://push.example/2")
    subscribe(client, browser)
    other = Account.objects.get(email="stranger@example.org")
    client.force_login(other)
    subscribe(client, browser)
    assert [one.account for one in Device.objects.filter(name="Chrome · Android")] == [other]


@pytest.mark.parametrize(
    "more",
    [{"endpoint": "http://push.example/1"}, {"endpoint": "javascript:x"}, {"p256dh": "x"}, {"auth": ""}],
)
def test_what_is_no_subscription_is_refused_with_what_to_do(more, client, relay):
    answer = subscribe(client, PushBrowser("https://push.example/2"), **more)
    assert "bouton" in client.get(answer.url).content.decode()
    assert relay.devices.count() == 1


def test_no_account_has_devices_without_end(relay):
    for number in range(DEVICES_MOST + 3):
        browser = PushBrowser(f"https://push.example/{number}")
        add_device(
            relay, browser.subscription, name=str(number), now=timezone.now() + timedelta(minutes=number)
        )
    assert relay.devices.count() == DEVICES_MOST
    assert not relay.devices.filter(name="Firefox · Android").exists()


def test_nobody_ends_the_device_of_another_and_nobody_unknown_adds_one(client, relay):
    theirs = relay.devices.get()
    client.force_login(Account.objects.get(email="stranger@example.org"))
    assert client.post(reverse("people:end_device", args=[theirs.pk])).status_code == 404
    answer = subscribe(Client(), PushBrowser("https://push.example/2"))
    assert answer.status_code == 302
    assert [one.pk for one in Device.objects.all()] == [theirs.pk]


def test_the_hours_are_chosen_and_other_hours_than_a_day_has_are_not(client, relay):
    client.post(reverse("people:hearing"), {"quiet_from": "22", "quiet_until": "7"})
    relay.refresh_from_db()
    assert (relay.quiet_from, relay.quiet_until) == (22, 7)
    assert client.post(reverse("people:hearing"), {"quiet_from": "24", "quiet_until": "7"}).status_code == 422


def test_each_way_is_chosen_apart(client, relay):
    kinds, page = list(dict(NoticeOff.KINDS)), client.get(reverse("people:hearing"))
    assert page.context["ways_shown"] == "mail push"
    without = [kind for kind in kinds if kind != "news"]
    for pushed, off in ((without, [("news", "push")]), (kinds, [])):
        client.post(reverse("people:notice"), {"ways": "mail push", "mail": kinds, "push": pushed})
        assert list(NoticeOff.objects.filter(account=relay).values_list("kind", "way")) == off
    assert client.post(reverse("people:notice"), {"ways": "pigeon"}).status_code == 404
    assert client.post(reverse("people:notice"), {}).status_code == 404


def test_the_key_browsers_are_given_follows_from_the_installations(client, relay, settings):
    key = client.get(reverse("people:hearing")).context["key"]
    assert client.get(reverse("people:hearing")).context["key"] == key
    settings.PUSH_SECRET = "another"
    assert client.get(reverse("people:hearing")).context["key"] != key


def test_an_endpoint_stands_in_no_dump(relay):
    assert b"push.example" not in everything_stored()
