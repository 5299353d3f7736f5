"""The public page of an appeal and the answers to it, as their visitors walk through them."""

import json
import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from colibri.appeals.actions.answers import PER_SENDER, forward_answer, verify_answer
from colibri.appeals.models import Answer, Appeal, Message
from colibri.common.signing import token
from colibri.common.work import sweep
from colibri.people.models import Account
from tests.sample_world import World, sample_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return sample_world()


@pytest.fixture
def appeal(world: World) -> Appeal:
    return Appeal.objects.get(public_id=world.values["public_id"])


def page(appeal: Appeal, name: str = "appeal") -> str:
    return reverse(f"appeals:{name}", args=[appeal.public_id])


# The public page


def test_everybody_reads_a_relayed_appeal_with_its_description_for_machines(client, appeal):
    Appeal.objects.filter(pk=appeal.pk).update(place="Brest", contracts=["cdi"])

    answer = client.get(page(appeal))

    text = answer.content.decode()
    assert answer.status_code == 200
    assert "Soudeuse à Brest" in text
    assert f'rel="canonical" href="{settings.SITE_URL}{page(appeal)}"' in text
    assert "noindex" not in text
    document = json.loads(re.search(r"ld\+json\">(.*?)</script>", text)[1])
    assert (document["@type"], document["areaServed"]["name"]) == ("Demand", "Brest")


def test_a_message_cannot_end_the_script_that_describes_it(client, appeal):
    Message.objects.filter(appeal=appeal).update(text="</script><script>alert(1)</script>")

    text = client.get(page(appeal)).content.decode()

    assert "<script>alert" not in text
    assert json.loads(re.search(r"ld\+json\">(.*?)</script>", text)[1])["description"].startswith("</script>")


@pytest.mark.parametrize("state", ["draft", "submitted", "accepted", "refused"])
def test_what_is_not_relayed_yet_is_for_its_author_and_the_animators_alone(client, world, appeal, state):
    Appeal.objects.filter(pk=appeal.pk).update(state=state)
    seen = {}
    for who in ("nobody", "stranger", "relay", "seeker", "animator"):
        client.logout()
        if world.people[who]:
            client.force_login(world.people[who])
        seen[who] = client.get(page(appeal)).status_code

    assert seen == {"nobody": 404, "stranger": 404, "relay": 404, "seeker": 200, "animator": 200}


def test_who_found_work_is_congratulated_and_their_words_are_gone(client, appeal):
    Appeal.objects.filter(pk=appeal.pk).update(state="closed", ending="found")

    text = client.get(page(appeal), headers={"accept-language": "en"}).content.decode()

    assert "has found work" in text
    assert "noindex" in text
    assert "Soudeuse" not in text


def test_an_appeal_that_was_stopped_is_nobodys_business(client, appeal):
    Appeal.objects.filter(pk=appeal.pk).update(state="closed", ending="stopped")

    assert client.get(page(appeal)).status_code == 404


def test_the_page_never_shows_the_authors_address(client, appeal):
    assert appeal.account.email not in client.get(page(appeal)).content.decode()


# Answers


def answer_form(**changes: str) -> dict[str, str]:
    words = "Bonjour, notre chantier naval cherche quelqu'un comme vous."
    return {"name": "Lou", "email": "lou@example.org", "text": words, **changes}


def test_a_readers_words_go_from_the_page_to_the_author_through_one_confirmed_link(client, appeal):
    sent = client.post(page(appeal), answer_form(), follow=True, headers={"accept-language": "en"})
    assert "we sent a link" in sent.content.decode()
    sweep(now=timezone.now(), only={"appeals.Answer"})
    [message] = mail.outbox
    link = re.search(r"http://\S+(/answer/\S+)", message.body)[1]

    assert client.get(link).status_code == 200
    assert Answer.objects.latest("pk").state == "unverified"  # a mail scanner that looks changes nothing

    assert client.post(link).status_code == 200
    assert Answer.objects.latest("pk").state == "forwarding"
    assert client.post(link).status_code == 200  # a second click is no error


def test_the_author_receives_the_words_with_a_way_to_answer_and_to_report(client, appeal):
    forwarding = Answer.objects.get(state="unverified")
    verify_answer(forwarding, now=timezone.now())
    forward_answer(forwarding)

    [message] = mail.outbox
    assert message.to == [appeal.account.email]
    assert message.reply_to == ["lou@example.org"], "a reply goes to the reader, not to the site"
    for body in (message.body, message.alternatives[0][0]):
        assert "Notre chantier cherche" in body
        assert "lou@example.org" in body
    link = re.search(r"http://[^/]+(/report/\S+)", message.body)[1]
    assert client.get(link).status_code == 200


def test_words_that_smell_of_fraud_wait_for_an_animator(client, appeal):
    client.post(page(appeal), answer_form(text="Envoyez les frais de dossier par Western Union."))
    answer = Answer.objects.latest("pk")

    client.post(reverse("appeals:verify", args=[token("answer", answer.pk)]))

    answer.refresh_from_db()
    assert (answer.state, answer.suspicion) == ("held", "money")


def test_a_flood_is_stopped_with_the_words_kept_in_the_form(client, appeal):
    for _one in range(PER_SENDER):
        assert client.post(page(appeal), answer_form()).status_code == 302

    refused = client.post(page(appeal), answer_form(text="Encore un mot de ma part."))

    assert refused.status_code == 429
    assert "Encore un mot de ma part." in refused.content.decode()


def test_a_mail_server_that_is_down_loses_no_words_and_holds_nobody_up(client, appeal, settings):
    working = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    assert client.post(page(appeal), answer_form()).status_code == 302
    written = Answer.objects.latest("pk")
    sweep(now=timezone.now(), only={"appeals.Answer"})
    written.refresh_from_db()
    assert (written.state, written.fault) == ("written", "retryable")

    settings.EMAIL_BACKEND = working
    sweep(now=timezone.now() + timedelta(minutes=5), only={"appeals.Answer"})
    written.refresh_from_db()
    assert written.state == "unverified"


def test_the_way_to_answer_is_the_writers_address_and_nothing_more(client, appeal):
    client.post(page(appeal), answer_form(name="Eve\r\nVotre compte", email="boss?cc=x&body=y@example.org"))
    written = Answer.objects.latest("pk")
    verify_answer(written, now=timezone.now())
    forward_answer(written)

    html = mail.outbox[-1].alternatives[0][0]
    assert "mailto:boss%3Fcc%3Dx%26body%3Dy@example.org" in html
    assert "Eve Votre compte" in html


def test_without_the_authors_wish_there_is_no_form_and_no_way_around_it(client, appeal):
    Appeal.objects.filter(pk=appeal.pk).update(accepts_answers=False)
    before = Answer.objects.count()

    assert b'name="email"' not in client.get(page(appeal)).content
    client.post(page(appeal), answer_form())

    assert Answer.objects.count() == before


def test_without_an_address_of_the_author_nothing_is_promised(client, world, appeal):
    held, waiting = Answer.objects.get(state="held"), Answer.objects.get(state="unverified")
    Account.objects.filter(pk=appeal.account_id).update(email=None)

    assert b'name="email"' not in client.get(page(appeal)).content
    said = client.post(
        reverse("appeals:verify", args=[token("answer", waiting.pk)]), headers={"accept-language": "en"}
    )
    assert "cannot be written to" in said.content.decode()

    client.force_login(world.people["animator"])
    day = reverse("home:day", args=[appeal.collective.slug])
    assert b'value="release"' not in client.get(day).content
    assert client.post(day, {"do": "release", "row": held.pk}).status_code == 409
    assert client.post(day, {"do": "reject", "row": held.pk}).status_code == 302


def test_one_tap_reports_an_answer(client, world):
    link = reverse("appeals:report", args=[world.values["appeals:report.token"]])

    assert client.get(link).status_code == 200
    assert client.post(link).status_code == 200

    assert Answer.objects.filter(state="reported").count() == 1


def test_an_altered_link_says_so_and_does_nothing(client, world):
    answer = client.post(reverse("appeals:verify", args=["altered"]))

    assert answer.status_code == 410
    assert Answer.objects.filter(state="unverified").count() == 1


# Operators


def test_the_administration_never_shows_readers_words(client, world):
    client.force_login(world.people["operator"])
    answer = Answer.objects.latest("pk")

    text = client.get(reverse("admin:appeals_answer_change", args=[answer.pk])).content.decode()
    listed = client.get(reverse("admin:appeals_answer_changelist")).content.decode()

    assert "chantier" not in text + listed
    assert "lou@example.org" not in text + listed
