"""Letters to people: once for each thing, as it stands when they are sent, never against their will."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from colibri.people.actions import (
    choose_quiet_hours,
    disconnect_identity,
    notify,
    silence_notice,
    warn_before_ends,
)
from colibri.people.letters import Letter, register
from colibri.people.models import Credential, Notice, NoticeOff
from colibri.relays.models import Boost


def refused(village):
    """A relay whose account the network no longer accepts."""
    offer = village.lends("rousserolle")
    village.relayed()
    village.plans()
    village.world.revoke("rousserolle")
    village.evening()
    village.work()
    offer.identity.refresh_from_db()
    return offer.identity


def test_a_relay_whose_account_is_refused_is_told_once_with_the_way_back(village):
    identity = refused(village)
    village.work()

    assert Boost.objects.get().state == "failed"
    (sent,) = mail.outbox
    assert sent.to == [identity.account.email]
    assert "/identities/" in sent.body
    assert str(identity) in sent.subject


def test_the_animators_are_told_when_the_collectives_own_account_is_refused(village):
    village.posts("camille")
    village.world.revoke("collectif")
    village.work()
    village.work()

    (sent,) = mail.outbox
    assert sent.to == [village.animator.email]
    assert "/c/village/sources/" in sent.body


def test_whoever_must_renew_a_permission_hears_of_it_a_week_before_and_once(village):
    identity = village.lends("rousserolle").identity
    Credential.objects.filter(identity=identity).update(ends_at=timezone.now() + timedelta(days=30))
    for _week in range(6):
        warn_before_ends(now=timezone.now())
        village.work("people.Notice")
        village.later(days=5)

    (sent,) = mail.outbox
    assert sent.to == [identity.account.email]
    assert "est connecté jusqu’au 20 décembre 2026" in sent.subject
    assert "/identities/" in sent.body


def test_a_permission_renewed_before_the_mail_goes_is_not_spoken_of(village):
    identity = village.lends("rousserolle").identity
    Credential.objects.filter(identity=identity).update(ends_at=timezone.now() + timedelta(days=2))
    warn_before_ends(now=timezone.now())
    village.connects("rousserolle")
    village.work("people.Notice")

    assert (Notice.objects.get().state, mail.outbox) == ("dropped", [])


def test_whoever_disconnects_an_account_themselves_is_not_told(village):
    disconnect_identity(village.lends("rousserolle").identity)
    village.work()

    assert (Notice.objects.count(), mail.outbox) == (0, [])


def test_what_is_no_longer_true_when_it_would_be_sent_is_not(village):
    identity = refused(village)
    mail.outbox.clear()
    identity.refused_at = None
    identity.save()
    Notice.objects.update(state="planned", due_at=timezone.now())
    village.work()

    assert (Notice.objects.get().state, mail.outbox) == ("dropped", [])


def test_a_kind_one_does_not_want_is_not_written_and_each_mail_ends_its_kind(village):
    refused(village)
    (sent,) = mail.outbox
    link = re.search(r"http\S+(/quiet/\S+)", sent.body)[1]
    assert Client().post(link).status_code == 200
    assert NoticeOff.objects.get().kind == "service"
    assert sent.extra_headers["List-Unsubscribe"].endswith(f"{link}>")

    account = NoticeOff.objects.get().account
    assert notify(account, "account_refused", 1, once="again", now=timezone.now()) is None


def test_a_wish_to_hear_no_more_counts_until_the_last_moment(village):
    account = village.account("lou")
    notify(account, "appeal_ends", 1, now=timezone.now())
    silence_notice(account, "news")
    village.work()

    assert (Notice.objects.get().state, mail.outbox) == ("dropped", [])


def test_a_letter_is_of_a_kind_one_can_refuse():
    with pytest.raises(ValueError, match="no kind of mail"):
        register("prize", "advertising", lambda reader, about: None)


@pytest.fixture
def plain():
    register(
        "plain", "news", lambda reader, about: Letter(f"News {about}", ("Words.",), "See", f"/x/{about}/")
    )
    register("other", "helping", lambda reader, about: Letter(f"Help {about}", ("Words.",)))
    register("now", "workshops", lambda reader, about: Letter("Soon", ("Words.",)), prompt=True)


def test_what_is_due_together_comes_in_one_mail_that_ends_its_kinds(village, plain):
    lou = village.account("lou")
    for letter, about in (("plain", 1), ("other", 2), ("plain", 1)):
        notify(lou, letter, about, once=f"{Notice.objects.count()}", now=timezone.now())
    village.work("people.Notice")

    (sent,) = mail.outbox
    assert sent.subject == "2 nouveautés pour vous"
    assert (sent.body.count("News 1"), sent.body.count("Help 2"), sent.body.count("/x/1/")) == (1, 1, 1)
    assert {one.state for one in Notice.objects.all()} == {"sent"}
    Client().post(re.search(r"http\S+(/quiet/\S+)", sent.body)[1])
    assert set(NoticeOff.objects.values_list("kind", "way")) == {("news", "mail"), ("helping", "mail")}


def test_ten_messages_in_one_conversation_are_one_mail(village, plain):
    lou = village.account("lou")
    for number in range(10):
        notify(lou, "plain", 1, once=str(number), now=timezone.now() + timedelta(seconds=number))
    village.work("people.Notice")
    village.later(minutes=1)
    village.work("people.Notice")
    assert [sent.subject for sent in mail.outbox] == ["News 1"]


def test_after_three_mails_in_a_day_the_rest_wait_and_come_as_one(village, plain):
    lou = village.account("lou")
    for about in range(10):
        notify(lou, "plain", about, now=timezone.now())
        village.work("people.Notice")
        village.later(minutes=5)
    assert len(mail.outbox) == 3
    notify(lou, "now", 1, now=timezone.now())
    village.work("people.Notice")
    assert [sent.subject for sent in mail.outbox[3:]] == ["Soon"]

    for _hour in range(14):
        village.later(hours=1)
        village.work("people.Notice")
    assert [sent.subject for sent in mail.outbox[4:]] == ["7 nouveautés pour vous"]


def test_in_quiet_hours_mails_wait_and_come_as_one_in_the_morning(village, plain):
    lou, other = village.account("lou"), village.account("sol")
    choose_quiet_hours(lou, 21, 8)
    choose_quiet_hours(other, 3, 3)
    village.at(datetime(2026, 11, 20, 22, 0, tzinfo=UTC))  # eleven in the evening in Paris
    for about in range(2):
        notify(lou, "plain", about, now=timezone.now())
        village.work("people.Notice")
        village.later(hours=4)
    notify(other, "plain", 5, now=timezone.now())
    village.work("people.Notice")
    assert [sent.to for sent in mail.outbox] == [[other.email]]

    notify(lou, "now", 1, now=timezone.now())
    village.work("people.Notice")
    assert [sent.subject for sent in mail.outbox[1:]] == ["Soon"]

    village.later(hours=1, minutes=1)
    village.work("people.Notice")
    assert [sent.subject for sent in mail.outbox[2:]] == ["2 nouveautés pour vous"]


def test_what_waited_for_the_others_of_the_day_does_not_come_at_night(village, plain):
    lou = village.account("lou")
    choose_quiet_hours(lou, 21, 8)
    village.at(datetime(2026, 11, 20, 16, 0, tzinfo=UTC))
    for about in range(4):
        notify(lou, "plain", about, now=timezone.now())
        village.work("people.Notice")
        village.later(minutes=5)
    assert len(mail.outbox) == 3
    village.later(hours=7)
    village.work("people.Notice")
    assert len(mail.outbox) == 3
    village.later(hours=9)
    village.work("people.Notice")
    assert [sent.subject for sent in mail.outbox[3:]] == ["News 3"]


def test_the_hours_somebody_begins_with_are_the_installations(village, settings):
    settings.QUIET_FROM, settings.QUIET_UNTIL = 22, 7
    lou = village.account("lou")
    assert (lou.quiet_from, lou.quiet_until) == (22, 7)


def test_what_goes_with_another_is_lost_by_no_fault_of_the_mail_server(village, plain, settings):
    lou = village.account("lou")
    for about in range(2):
        notify(lou, "plain", about, now=timezone.now())
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    village.work("people.Notice")
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    village.later(minutes=5)
    village.work("people.Notice")

    assert [sent.subject for sent in mail.outbox] == ["2 nouveautés pour vous"]
