"""An animator reads every word of a cause before everybody does, in the version that becomes public."""

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from colibri.appeals.models import Appeal
from colibri.causes.models import Ally, Cause, Change, News
from colibri.people.models import Account
from tests.causes.test_story import WORDS, accepted, begun, browser, link_of
from tests.rooms import Village, village

__all__ = ["village"]

DAY = reverse("home:day", args=["village"])
OTHER = {**WORDS, "goal": "de l'argent, vite", "story": "Versez sur mon compte."}


def animator(village: Village) -> Client:
    client = Client()
    client.force_login(village.animator)
    return client


def writes(village: Village, cause: Cause, **words: str):
    page = reverse("causes:write", args=[cause.appeal.public_id])
    return browser(village, "rosalie").post(page, {**WORDS, **words}, follow=True)


def submitted(village: Village) -> Cause:
    cause = begun(village)
    page = reverse("causes:decide", args=[cause.appeal.public_id])
    browser(village, "rosalie").post(page, {"do": "publish"})
    return cause


def judges(village: Village, cause: Cause, do: str, row: int):
    page = reverse("causes:changes", args=[cause.appeal.public_id])
    return animator(village).post(page, {"do": do, "row": row}, follow=True)


def page_of(cause: Cause) -> str:
    return Client().get(cause.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    "changed", [{"story": OTHER["story"]}, {"deadline": "2027-02-01"}, {"news": "Versez."}]
)
def test_what_is_accepted_is_what_was_read(village, changed):
    cause = submitted(village)
    read = cause.appeal.message.version
    card = animator(village).get(DAY).content.decode()
    for words in (WORDS["goal"], "15 décembre 2026", "On y scie du chêne", WORDS["media_contact"]):
        assert words in card
    if "news" in changed:
        group = reverse("causes:group", args=[cause.appeal.public_id])
        browser(village, "rosalie").post(group, {"do": "news", "text": changed["news"], "public": "on"})
    else:
        writes(village, cause, **changed)

    late = animator(village).post(DAY, {"do": "accept", "row": cause.appeal_id, "version": read})

    assert late.status_code == 409
    assert Appeal.objects.get(kind="cause").state == "submitted"
    newest = cause.appeal.message.version
    animator(village).post(DAY, {"do": "accept", "row": cause.appeal_id, "version": newest})
    assert Appeal.objects.get(kind="cause").accepted_at is not None


def test_what_is_kept_as_it_was_is_no_new_version(village):
    cause = submitted(village)
    writes(village, cause)
    assert cause.appeal.message.version == 1


def test_changed_words_wait_while_the_former_stand(village):
    cause = accepted(village)
    kept = writes(village, cause, **OTHER)
    assert "attend l’équipe" in kept.content.decode().replace("'", "’").replace("&#x27;", "’")
    assert WORDS["goal"] in page_of(cause)
    assert "Versez" not in page_of(cause)
    village.work()
    assert any(village.animator.email in one.to and "à lire" in one.subject for one in mail.outbox)
    assert WORDS["title"] in animator(village).get(DAY).content.decode()

    first = Change.objects.get()
    writes(village, cause, **{**OTHER, "story": "Versez tout."})
    late = judges(village, cause, "words-agree", first.pk)
    assert "Versez tout." in late.content.decode()
    assert "Versez" not in page_of(cause)
    judges(village, cause, "words-decline", Change.objects.get().pk)
    assert "Versez" not in page_of(cause)
    form = browser(village, "rosalie").get(reverse("causes:write", args=[cause.appeal.public_id]))
    assert "Versez tout." in form.content.decode()  # nothing typed is lost
    village.work()
    assert any("reste comme" in one.subject for one in mail.outbox if one.to == ["rosalie@example.org"])

    writes(village, cause, needs="Deux repreneurs")
    judges(village, cause, "words-agree", Change.objects.get().pk)
    assert "Deux repreneurs" in page_of(cause)
    assert not Change.objects.exists()


def test_news_of_a_public_cause_waits_too(village):
    cause = accepted(village)
    group = reverse("causes:group", args=[cause.appeal.public_id])
    for text in ("Une offre est là.", "Versez sur mon compte."):
        browser(village, "rosalie").post(group, {"do": "news", "text": text, "public": "on"})
    assert "offre est là" not in page_of(cause)

    good, bad = News.objects.order_by("pk")
    judges(village, cause, "news-agree", good.pk)
    judges(village, cause, "news-decline", bad.pk)
    judges(village, cause, "news-agree", bad.pk)  # decided already

    assert "offre est là" in page_of(cause)
    assert "Versez" not in page_of(cause)


def test_what_an_animator_writes_stands_at_once(village):
    cause = accepted(village)
    page = reverse("causes:write", args=[cause.appeal.public_id])
    animator(village).post(page, {**WORDS, "needs": "Deux repreneurs"})
    assert "Deux repreneurs" in page_of(cause)


def test_only_the_collectives_animators_judge(village):
    cause = accepted(village)
    writes(village, cause, **OTHER)
    change, page = Change.objects.get(), reverse("causes:changes", args=[cause.appeal.public_id])
    village.account("basile")
    for name in ("rosalie", "basile"):
        assert browser(village, name).get(page).status_code == 404
        assert browser(village, name).post(page, {"do": "words-agree", "row": change.pk}).status_code == 404
    assert judges(village, cause, "words-agree", 0).status_code == 200  # it no longer waits
    assert judges(village, cause, "everything", change.pk).status_code == 404
    assert "Versez" not in page_of(cause)


def test_a_private_group_is_not_shown_to_animators(village):
    cause = begun(village)
    assert animator(village).get(cause.get_absolute_url()).status_code == 404
    assert animator(village).get(reverse("causes:group", args=[cause.appeal.public_id])).status_code == 404


@pytest.mark.parametrize("day", ["9999-12-31", "2199-01-01", "2027-12-01"])
def test_its_date_is_within_a_year(village, day):
    cause = submitted(village)
    told = writes(village, cause, deadline=day)
    assert told.status_code == 422
    assert "On y scie du chêne" in told.content.decode()
    assert f"{Cause.objects.get().deadline}" == WORDS["deadline"]
    new = browser(village, "rosalie").post(
        reverse("causes:begin", args=["village"]), {**WORDS, "deadline": day}
    )
    assert new.status_code == 422


def test_it_is_refused_for_a_reason_that_fits(village):
    cause = submitted(village)
    card = animator(village).get(DAY).content.decode()
    assert 'value="unproven"' in card
    assert 'value="internship"' not in card
    wrong = animator(village).post(DAY, {"do": "refuse", "row": cause.appeal_id, "reason": "internship"})
    assert wrong.status_code == 404
    animator(village).post(DAY, {"do": "refuse", "row": cause.appeal_id, "reason": "unproven"})
    assert Appeal.objects.get(kind="cause").refusal == "unproven"
    own = browser(village, "rosalie").get(cause.get_absolute_url()).content.decode()
    assert "ne peut être vérifié" in own


def test_who_begins_a_cause_says_their_name(village):
    rosalie = village.account("rosalie")
    Account.objects.filter(pk=rosalie.pk).update(name="")
    page = reverse("causes:begin", args=["village"])
    nameless = browser(village, "rosalie").post(page, {**WORDS, "name": " "})
    assert nameless.status_code == 422
    assert not Ally.objects.exists()
    browser(village, "rosalie").post(page, {**WORDS, "name": "Rosalie Pic"})
    assert Ally.objects.get().name == "Rosalie Pic"
    village.account("basile")
    invited = browser(village, "basile").get(link_of(village, Cause.objects.get(), "rosalie"))
    assert "Rosalie Pic" in invited.content.decode()
