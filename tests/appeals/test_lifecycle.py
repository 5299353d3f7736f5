"""Accepting, publishing in somebody's name, pausing, renewing, ending, and readers' answers."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone

from colibri.appeals.actions.answers import (
    PER_APPEAL,
    PER_ORIGIN,
    PER_SENDER,
    TooMany,
    release_answer,
    report_answer,
    verify_answer,
    write_answer,
)
from colibri.appeals.actions.claiming import set_publishing
from colibri.appeals.actions.intake import submit_form
from colibri.appeals.actions.lifecycle import (
    LASTS,
    NeedsConsent,
    accept_appeal,
    close_appeal,
    confirm_appeal,
    expire_appeals,
    pause_appeal,
    refuse_appeal,
    renew_appeal,
    resume_appeal,
)
from colibri.appeals.models import Answer, Appeal, Publication
from colibri.common.states import WrongMove
from colibri.common.work import sweep
from colibri.people.actions import connect_identity, give_consent, withdraw_consent
from colibri.people.models import Account, Consent
from tests.rooms import Village, everything_stored

WORDS = "Notre chantier cherche une soudeuse, parlons-en."


def from_form(village: Village, *, publish: bool = True) -> Appeal:
    """A search written on the site and accepted; its author has no account on the network."""
    account, now = village.account("lou"), timezone.now()
    appeal = submit_form(village.collective, account, "Je cherche un CDI de soudeuse à Brest.", now=now)
    if publish:
        set_publishing(appeal, True, by="page", now=now)
    confirm_appeal(appeal, account=account, by="page", now=now)
    accept_appeal(appeal, by=village.animator, now=now)
    return appeal


def on_the_network(village: Village) -> list[str]:
    """The collective's posts that stand."""
    gone = {change.uri for change in village.written("delete")}
    return [one.uri for one in village.written("post") if one.uri not in gone and "collectif" in one.uri]


# Deciding


def test_nothing_is_accepted_without_consent(village):
    appeal = village.invited()
    Appeal.objects.update(state="submitted")
    appeal.refresh_from_db()

    with pytest.raises(NeedsConsent):
        accept_appeal(appeal, by=village.animator, now=timezone.now())
    with pytest.raises(NeedsConsent):
        accept_appeal(appeal, by=None, now=timezone.now())
    assert Appeal.objects.get().state == "submitted"


def test_what_was_accepted_cannot_be_refused_by_somebody_slower(village):
    appeal = village.relayed()
    with pytest.raises(WrongMove):
        refuse_appeal(appeal, "rules", by=None, now=timezone.now())

    assert Appeal.objects.get().state == "active"


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(
    connection.vendor == "sqlite", reason="SQLite in memory has one writer: shown by stale rows"
)
def test_two_animators_in_two_connections_accept_at_once_and_one_is_first(village):
    appeal = village.invited()
    village.says("camille", appeal, "oui")
    animators = [village.animator, village.account("autre")]
    ready = Barrier(2)

    def accept(animator: Account) -> str:
        mine = Appeal.objects.get(pk=appeal.pk)
        ready.wait(10)
        try:
            accept_appeal(mine, by=animator, now=timezone.now())
        except WrongMove:
            return "late"
        finally:
            connection.close()
        return "first"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(accept, animators)) == ["first", "late"]


# Published in somebody's name


def test_the_collective_publishes_where_the_author_has_no_post_and_agreed(village):
    appeal = from_form(village)
    assert (appeal.state, on_the_network(village)) == ("accepted", [])
    village.work()
    appeal.refresh_from_db()

    assert appeal.state == "active"
    [uri] = on_the_network(village)
    assert (Publication.objects.get().uri, Publication.objects.get().state) == (uri, "live")
    text = village.client("collectif").fetch_post(uri).text
    assert "soudeuse à Brest" in text
    assert "#villageR" in text


def test_without_that_consent_nothing_is_published(village):
    appeal = from_form(village, publish=False)
    village.work()
    appeal.refresh_from_db()

    assert (appeal.state, on_the_network(village)) == ("accepted", [])


def test_withdrawing_it_deletes_the_post_and_giving_it_again_publishes_anew(village):
    appeal = from_form(village)
    village.work()
    set_publishing(appeal, False, by="page", now=timezone.now())
    village.work()
    assert (on_the_network(village), Publication.objects.get().state) == ([], "deleted")

    appeal.refresh_from_db()
    set_publishing(appeal, True, by="page", now=timezone.now())
    village.work()
    assert (len(on_the_network(village)), Publication.objects.get().state) == (1, "live")


def test_a_post_withdrawn_before_it_left_never_leaves(village):
    appeal = from_form(village)
    set_publishing(appeal, False, by="page", now=timezone.now())
    village.work()

    assert not [change for change in village.written("post") if "collectif" in change.uri]


def test_an_answer_lost_while_publishing_leaves_one_post_and_withdrawing_none(village):
    appeal = from_form(village)
    village.world.fail("publish", "answer_lost")
    village.work()
    assert Publication.objects.get().state == "planned"
    assert len(on_the_network(village)) == 1

    set_publishing(appeal, False, by="page", now=timezone.now())
    village.later(minutes=10)
    village.work()
    assert (on_the_network(village), Publication.objects.get().state) == ([], "deleted")


def test_consent_withdrawn_while_the_network_is_being_spoken_to_takes_the_post_down(village):
    appeal = from_form(village)
    real = village.world.publish

    def withdrawn_meanwhile(*args):
        ref = real(*args)
        close_appeal(appeal, "stopped", by="page", now=timezone.now())
        return ref

    village.world.publish = withdrawn_meanwhile
    village.work()
    village.later(minutes=10)
    village.work()

    assert (on_the_network(village), Publication.objects.get().state) == ([], "deleted")


def test_a_post_a_refused_account_could_not_publish_leaves_once_it_is_connected_again(village):
    from_form(village)
    village.world.revoke("collectif")
    village.work()
    assert Publication.objects.get().state == "failed"

    token = village.world.token_of("collectif")
    connect_identity("memory", "collectif", token, server=village.address, collective=village.collective)
    village.work()
    assert (len(on_the_network(village)), Appeal.objects.get().state) == (1, "active")


@pytest.mark.parametrize("ending", ["found", "stopped"])
def test_whatever_ends_it_the_collectives_post_goes_and_every_yes_ends(village, ending):
    appeal = from_form(village)
    village.work()
    close_appeal(appeal, ending, by="page", now=timezone.now())
    village.work()

    assert on_the_network(village) == []
    assert not Consent.objects.filter(withdrawn_at=None).exists()
    close_appeal(Appeal.objects.get(), "stopped", by="page", now=timezone.now())
    assert Appeal.objects.get().ending == ending


def test_a_yes_outlives_one_of_two_searches_and_ends_with_the_last(village):
    first, second = village.relayed(), from_form(village)
    Appeal.objects.filter(pk=second.pk).update(identity=first.identity, state="refused", refusal="internship")
    close_appeal(first, "found", by="page", now=timezone.now())
    assert Consent.objects.filter(withdrawn_at=None).exists()
    second.refresh_from_db()
    assert second.state == "refused"

    close_appeal(second, "stopped", by="page", now=timezone.now())
    assert not Consent.objects.filter(withdrawn_at=None).exists()


def test_a_withdrawn_consent_closes_every_appeal_of_its_author_by_account_or_by_post(village):
    first = village.relayed()
    second = from_form(village)
    Appeal.objects.filter(pk=second.pk).update(state="refused")
    Appeal.objects.filter(pk=first.pk).update(account=second.account)
    give_consent(village.collective, "be_relayed", account=second.account, by="page", now=timezone.now())
    withdraw_consent(
        village.collective, "be_relayed", account=second.account, identity=first.identity, by="page",
        now=timezone.now(),
    )  # fmt: skip

    assert set(Appeal.objects.values_list("state", "ending")) == {("closed", "withdrawn")}


# Time


def test_an_appeal_expires_after_its_time_and_its_author_renews_it(village):
    appeal = village.relayed()
    assert appeal.expires_at == appeal.accepted_at + LASTS
    village.later(days=29)
    assert expire_appeals(now=timezone.now()) == 0
    village.later(days=2)
    assert expire_appeals(now=timezone.now()) == 1

    appeal.refresh_from_db()
    renew_appeal(appeal, now=timezone.now())
    appeal.refresh_from_db()
    assert appeal.state == "active"
    assert appeal.expires_at - timezone.now() > LASTS - timedelta(minutes=1)
    assert expire_appeals(now=timezone.now()) == 0


def test_a_pause_ends_by_resuming_and_nothing_else_is_resumed(village):
    appeal = village.relayed()
    pause_appeal(appeal)
    resume_appeal(appeal, now=timezone.now())
    assert appeal.state == "active"

    Appeal.objects.update(state="expired")
    appeal.refresh_from_db()
    with pytest.raises(WrongMove):
        resume_appeal(appeal, now=timezone.now())


# Readers' answers


@pytest.fixture
def open_to_answers(village: Village) -> Appeal:
    appeal = from_form(village)
    village.work()
    Appeal.objects.update(accepts_answers=True)
    appeal.refresh_from_db()
    return appeal


def answer(
    appeal: Appeal, text: str = WORDS, *, email: str = "patronne@example.org", origin: str = "o"
) -> Answer:
    written = write_answer(
        appeal, name="Lise", email=email, text=text, origin=origin, language="fr", now=timezone.now()
    )
    sweep(now=timezone.now(), only={"appeals.Answer"})
    written.refresh_from_db()
    return written


def test_an_answer_waits_for_its_writers_address_and_is_then_forwarded(village, open_to_answers):
    written = answer(open_to_answers)
    [proof] = mail.outbox
    assert proof.to == ["patronne@example.org"]
    assert "lou@example.org" not in proof.body
    village.work()
    assert len(mail.outbox) == 1

    verify_answer(written, now=timezone.now())
    village.work()
    forwarded = mail.outbox[1]
    assert forwarded.to == ["lou@example.org"]
    assert WORDS in forwarded.body
    assert (Answer.objects.get().state, len(mail.outbox)) == ("forwarded", 2)
    report_answer(Answer.objects.get())
    assert Answer.objects.get().state == "reported"


def test_the_words_and_the_address_are_sealed_at_rest(village, open_to_answers):
    answer(open_to_answers)
    kept = everything_stored()

    assert WORDS.encode() not in kept
    assert b"patronne@example.org" not in kept


@pytest.mark.parametrize(
    "text",
    [
        "Payez d'abord les frais de dossier par Western Union.",
        "Écrivez-moi sur WhatsApp.",
        "Envoyez votre IBAN et votre carte d'identité.",
    ],
)
def test_what_looks_like_a_scam_is_held_for_a_human(village, open_to_answers, text):
    written = answer(open_to_answers, text)
    verify_answer(written, now=timezone.now())
    village.work()
    assert (Answer.objects.get().state, len(mail.outbox)) == ("held", 1)

    release_answer(Answer.objects.get(), now=timezone.now())
    village.work()
    assert (Answer.objects.get().state, len(mail.outbox)) == ("forwarded", 2)


@pytest.mark.parametrize(
    ("most", "varied"),
    [
        (PER_SENDER, {"origin": "place-{}"}),
        (PER_ORIGIN, {"email": "lise-{}@example.org"}),
    ],
)
def test_nobody_writes_without_end(village, open_to_answers, most, varied):
    def nth(number: int) -> Answer:
        return answer(open_to_answers, **{name: form.format(number) for name, form in varied.items()})

    for number in range(most):
        nth(number)
    with pytest.raises(TooMany):
        nth(most)
    village.later(days=1, minutes=1)
    assert nth(most).state == "unverified"


def test_nobody_silences_a_form_for_others_by_unproven_words_and_a_flood_is_held(village, open_to_answers):
    def nth(number: int) -> Answer:
        return answer(open_to_answers, email=f"lise-{number}@example.org", origin=f"place-{number}")

    for number in range(2 * PER_APPEAL):
        nth(number)
    assert nth(-1).state == "unverified"
    Answer.objects.update(state="forwarded")
    late = nth(-2)
    verify_answer(late, now=timezone.now())

    assert (late.state, late.suspicion) == ("held", "flood")


@pytest.mark.parametrize(
    "hidden",
    [
        {"text": "Écrivez-moi sur Whats\u200bApp pour la suite."},
        {"text": "Faites un vire\u00adment avant lundi."},
        {"text": "Envoyez-le par Western  \n Union."},
        {"text": "Voir\nhttps://a.example\nhttps://b.example\nhttps://c.example"},
        {"text": "Un mot pour vous de ma part.", "name": "WhatsApp +33 6 00 00 00 00"},
        {"text": "Par ｗｅｓｔｅｒｎ ｕｎｉｏｎ, merci beaucoup."},
    ],
)
def test_a_scam_that_hides_its_words_is_held_too(village, open_to_answers, hidden):
    now = timezone.now()
    written = write_answer(
        open_to_answers,
        **{"name": "Lise", "email": "x@example.org", "origin": "o", **hidden},
        language="fr",
        now=now,
    )
    verify_answer(written, now=now)

    assert written.state == "held"


def test_an_answer_that_comes_after_the_end_is_not_forwarded(village, open_to_answers):
    written = answer(open_to_answers)
    close_appeal(open_to_answers, "found", by="page", now=timezone.now())
    verify_answer(written, now=timezone.now())
    village.work("appeals.Answer")

    assert (Answer.objects.get().state, len(mail.outbox)) == ("held", 1)
