"""People are asked now and then; a job that is told undoes everything and thanks everybody, naming nobody."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from colibri.appeals.actions.lifecycle import accept_appeal, close_appeal, renew_appeal
from colibri.appeals.actions.notes import note_text
from colibri.appeals.actions.reminding import remind_authors
from colibri.appeals.models import Appeal, Note, Publication
from colibri.common.signing import token
from colibri.compute.survival import QUESTIONS
from colibri.impact.actions import choose_channel
from colibri.impact.models import FollowUp, Outcome
from colibri.impact.queries import relays_before
from colibri.people.actions import give_consent, silence_notice
from colibri.people.models import Account, Consent


def asked(village, *relays: str) -> FollowUp:
    """A search with an address to write to, carried this evening by the relays named."""
    for relay in relays:
        village.lends(relay)
    village.relayed()
    Appeal.objects.update(account=village.account("camille"))
    if relays:
        village.plans()
        village.evening()
    return FollowUp.objects.select_related("appeal__collective").get()


def after(village, **much: float) -> None:
    """Time passes, and what was due is done, with what that brings about."""
    village.later(**much)
    for _round in range(2):
        village.work("impact.FollowUp", "people.Notice", "appeals.Note", "relays.Boost")


def link() -> str:
    """The link of the newest mail."""
    return re.search(r"http\S+/outcome/\S+/", mail.outbox[-1].body).group()


def taps(answer: str, address: str = "", **more: str):
    """One tap on the page of the newest mail, by a browser that is nobody's."""
    return Client().post(address or link(), {"answer": answer, **more}, follow=True)


def test_the_questions_come_on_their_days_and_end_after_a_year(village):
    follow_up = asked(village)
    days = []
    for _turn in range(80):
        before = len(mail.outbox)
        after(village, days=5)
        if len(mail.outbox) > before:
            days.append((timezone.now() - follow_up.began_at).days)
    follow_up.refresh_from_db()

    assert [day // 5 for day in days] == [-(-day // 5) for day in QUESTIONS]
    assert (follow_up.state, follow_up.due_at) == ("over", None)


def test_nobody_is_asked_twice_in_a_week(village):
    """While a mail asks whether the message is to be renewed, the question after a month is left out."""
    follow_up = asked(village)
    after(village, days=28)
    remind_authors(now=timezone.now())
    village.work("people.Notice")
    sent = len(mail.outbox)
    after(village, days=3)

    assert len(mail.outbox) == sent
    follow_up.refresh_from_db()
    assert follow_up.asked == 2


def test_after_a_long_silence_of_ours_one_question_is_enough(village):
    follow_up = asked(village)
    after(village, days=95)

    assert len(mail.outbox) == 1
    follow_up.refresh_from_db()
    assert follow_up.asked == 4
    assert (follow_up.due_at - follow_up.began_at).days == 122


def test_a_job_found_through_the_collective_undoes_all_and_thanks_each_relay_once(village):
    """One tap in the mail: boosts taken back on the network, relays thanked, nobody named."""
    follow_up = asked(village, "relais", "colporteuse")
    assert len(village.standing()) == 1
    after(village, days=14)
    page = taps("found_here")
    after(village, minutes=1)

    assert "Merveilleux" in page.content.decode()
    appeal = Appeal.objects.get()
    assert (appeal.state, appeal.ending) == ("closed", "found")
    assert village.standing() == set()
    outcome = Outcome.objects.get()
    assert {str(boost.offer.identity) for boost in relays_before(outcome)} == {"@relais", "@colporteuse"}
    follow_up.refresh_from_db()
    assert (follow_up.state, follow_up.due_at) == ("told", None)

    Client().post(link(), {"details": "1", "word": "Merci à vous tous !", "since": "2026-11-30"})
    thanked = len(mail.outbox)
    taps("found_here", link())
    after(village, hours=1)
    letters = mail.outbox[thanked:]
    assert sorted(letter.to[0] for letter in letters) == ["colporteuse@example.org", "relais@example.org"]
    for letter in letters:
        assert "Merci à vous tous !" in letter.body
        assert "camille" not in letter.body.lower()
        assert "Brest" not in letter.body


def test_looking_at_the_page_changes_nothing(village):
    follow_up = asked(village)
    after(village, days=14)
    page = Client().get(link()).content.decode()

    assert page.count('name="answer"') == 8  # one of them is how to be asked
    assert "Devenir relais" not in page
    follow_up.refresh_from_db()
    assert (follow_up.state, Appeal.objects.get().state) == ("going", "active")


def test_who_still_looks_is_heard_and_asked_again(village):
    follow_up = asked(village)
    after(village, days=14)
    taps("looking")
    follow_up.refresh_from_db()
    assert timezone.now() - follow_up.heard_at < timedelta(minutes=1)

    after(village, days=16)
    assert len(mail.outbox) == 2


def test_who_renews_a_message_still_looks(village):
    follow_up = asked(village)
    village.later(days=20)
    renew_appeal(Appeal.objects.get(), now=timezone.now())
    follow_up.refresh_from_db()

    assert timezone.now() - follow_up.heard_at < timedelta(minutes=1)


@pytest.mark.parametrize("way", ["the page", "the mail program"])
def test_it_stops_when_told(village, way):
    follow_up = asked(village)
    after(village, days=14)
    if way == "the page":
        taps("unsaid")
    else:
        silence_notice(village.account("camille"), "follow_up")
    sent = len(mail.outbox)
    after(village, days=200)

    assert len(mail.outbox) == sent
    assert Appeal.objects.get().state == "active"
    follow_up.refresh_from_db()
    assert follow_up.state in ("stopped", "going")


@pytest.mark.parametrize("tapped", ["business", "training", "stopped"])
def test_other_ends_end_the_search_and_thank_nobody_for_a_job(village, tapped):
    asked(village, "relais")
    after(village, days=14)
    sent = len(mail.outbox)
    taps(tapped)
    after(village, hours=2)

    assert (Appeal.objects.get().ending, Outcome.objects.get().kind) == ("stopped", tapped)
    assert village.standing() == set()
    assert len(mail.outbox) == sent


def test_a_wrong_tap_is_corrected(village):
    asked(village)
    after(village, days=14)
    taps("stopped")
    taps("found_elsewhere")

    assert (Appeal.objects.get().ending, Outcome.objects.get().kind) == ("found", "found_elsewhere")


def test_a_search_ended_as_found_elsewhere_on_the_site_is_asked_how(village):
    asked(village)
    close_appeal(Appeal.objects.get(), "found", by="page", now=timezone.now())
    after(village, hours=1)

    assert Outcome.objects.get().kind == "found"
    taps("found_here")
    assert Outcome.objects.get().kind == "found_here"


def test_a_search_ended_otherwise_tells_nothing_and_is_asked_no_more(village):
    follow_up = asked(village)
    close_appeal(Appeal.objects.get(), "deleted", by="network", now=timezone.now())
    follow_up.refresh_from_db()

    assert (follow_up.state, follow_up.due_at) == ("stopped", None)
    assert not Outcome.objects.exists()


def test_without_an_address_the_question_is_a_private_note_and_its_link_works(village):
    village.relayed()
    for days in (14, 16):
        after(village, days=days)
    note = Note.objects.get(kind="follow_up")
    replies = [
        change for change in village.written("reply") if change.subject == Publication.objects.get().uri
    ]

    assert note.state == "sent"
    assert len(replies) == 3  # the invitation, and two questions
    assert mail.outbox == []
    page = taps("training", re.search(r"http\S+/outcome/[^/\s]+/", note_text(note)).group())
    assert "formation" in page.content.decode()
    assert Outcome.objects.get().kind == "training"


def test_a_person_chooses_how_they_are_asked(village):
    follow_up = asked(village)
    choose_channel(follow_up, "note")
    after(village, days=14)

    assert mail.outbox == []
    assert Note.objects.get(kind="follow_up").state == "sent"
    taps("mail", f"/outcome/{token('follow_up', follow_up.pk)}/")
    after(village, days=16)
    assert len(mail.outbox) == 1


def test_only_relays_who_agreed_to_be_named_can_be_named(village):
    follow_up = asked(village, "relais", "colporteuse")
    relay = Account.objects.get(email="relais@example.org")
    give_consent(follow_up.appeal.collective, "be_listed", account=relay, by="page", now=timezone.now())
    after(village, days=14)
    page = taps("found_here").content.decode()
    assert "@relais" in page
    assert "@colporteuse" not in page

    unnamed = Client().post(link(), {"details": "1", "through": "999"})
    assert unnamed.status_code == 422


def test_a_day_to_come_is_refused_and_nothing_typed_is_lost(village):
    asked(village)
    after(village, days=14)
    taps("found_here")
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    page = Client().post(link(), {"details": "1", "since": tomorrow, "word": "Un grand merci"})

    assert page.status_code == 422
    assert "Un grand merci" in page.content.decode()
    assert Outcome.objects.get().word == ""


def test_a_strange_tap_and_a_strange_link_do_nothing(village):
    follow_up = asked(village)
    address = f"/outcome/{token('follow_up', follow_up.pk)}/"

    assert "choisissez" in taps("moon", address).content.decode().lower()
    assert Client().post(f"/outcome/{token('boost', follow_up.pk)}/", {"answer": "found"}).status_code == 410
    assert not Outcome.objects.exists()


def test_causes_are_not_asked_whether_they_found_work(village):
    appeal = village.invited()
    village.says("camille", appeal, "Oui !")
    Appeal.objects.update(kind="cause")
    Consent.objects.update(purpose="carry_cause")
    appeal.refresh_from_db()
    accept_appeal(appeal, by=village.animator, now=timezone.now())
    assert not FollowUp.objects.exists()
