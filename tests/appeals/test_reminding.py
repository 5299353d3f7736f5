"""Before a message's time is over its author is asked, by mail or on the network, and a yes renews it."""

from datetime import timedelta

from django.core import mail
from django.utils import timezone

from colibri.appeals.actions.lifecycle import expire_appeals, renew_appeal
from colibri.appeals.actions.reminding import remind_authors
from colibri.appeals.models import Appeal, Note
from colibri.networks.items import PostRef


def tick(village) -> int:
    expire_appeals(now=timezone.now())
    asked = remind_authors(now=timezone.now())
    village.work()
    return asked


def reminders() -> list[mail.EmailMessage]:
    """Mails that lead to the message; what became of the search is asked by others."""
    return [sent for sent in mail.outbox if "/mine/" in sent.body]


def test_an_author_with_an_address_hears_of_it_before_and_after_once_each(village):
    appeal = village.relayed()
    Appeal.objects.update(account=village.account("camille"))
    village.later(days=20)
    assert tick(village) == 0
    village.later(days=8)
    assert (tick(village), tick(village)) == (1, 0)
    village.later(days=4)
    assert (tick(village), tick(village)) == (1, 0)

    before, after = (f"{sent.subject}\n{sent.body}" for sent in reminders())
    assert "quelques jours" in before
    assert "quelques jours" not in after
    assert f"/a/{appeal.public_id}/mine/" in reminders()[0].body


def test_a_renewed_message_is_asked_about_again_a_month_later(village):
    appeal = village.relayed()
    Appeal.objects.update(account=village.account("camille"))
    for _month in range(2):
        village.later(days=28)
        assert tick(village) == 1
        appeal.refresh_from_db()
        renew_appeal(appeal, now=timezone.now())

    assert len(reminders()) == 2


def test_an_author_without_an_address_is_asked_on_the_network_and_a_yes_renews(village):
    appeal = village.relayed()
    village.later(days=28)
    assert tick(village) == 1
    note = Note.objects.get(kind="reminder")
    assert (note.state, mail.outbox) == ("sent", [])

    village.client("camille").reply(PostRef(note.uri), "Oui", key="yes")
    village.later(days=3)
    village.hear()
    appeal.refresh_from_db()
    assert appeal.expires_at > timezone.now() + timedelta(days=29)

    village.later(days=28)
    assert tick(village) == 1
    assert Note.objects.get(kind="reminder").uri != note.uri
