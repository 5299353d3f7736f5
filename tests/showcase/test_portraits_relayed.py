"""A portrait relayed in place of its person's message: one post, one appeal, and back in one tap."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from colibri.appeals.actions.claiming import set_publishing
from colibri.appeals.actions.intake import submit_form
from colibri.appeals.actions.lifecycle import accept_appeal, close_appeal, confirm_appeal, pause_appeal
from colibri.appeals.actions.publishing import standing_text
from colibri.appeals.models import Appeal, Publication
from colibri.networks.items import PostRef
from colibri.networks.registry import CAPABILITIES
from colibri.people.actions import give_role, suspend, withdraw_consent
from colibri.people.models import Consent, Identity
from colibri.relays.models import Boost
from colibri.showcase.actions import (
    change_portrait,
    erase_portrait,
    keep_portrait,
    relay_message,
    unlist_portrait,
)
from colibri.showcase.models import Portrait
from colibri.showcase.portrait_mails import told_link
from tests.rooms import AFTERNOON, TAG, Village
from tests.showcase.samples import portrait_of

SENTENCE = "Dix ans de chantier naval, et l'envie de transmettre."
OFFER = "Oui, relayer mon portrait à la place de mon message"
BACK = "Relayer de nouveau mon message"


def told(village: Village, name: str = "camille") -> Portrait:
    """Their public portrait, whose yes is written down."""
    person = village.account(name)
    consent = {"account": person, "collective": village.collective, "purpose": "be_portrayed"}
    Consent.objects.create(given_by="page", **consent)
    return portrait_of(village.collective, person)


def relayed(village: Village) -> tuple[Appeal, Portrait]:
    """A search whose own post is relayed, and a public portrait of its author."""
    appeal = village.relayed()
    Appeal.objects.filter(pk=appeal.pk).update(account=village.account("camille"))
    appeal.refresh_from_db()
    return appeal, told(village)


def says(portrait: Portrait, do: str) -> str:
    """What the page of the person told answers."""
    answer = Client().post(told_link(portrait), {"do": do}, follow=True).content.decode()
    if Portrait.objects.filter(pk=portrait.pk).exists():
        portrait.refresh_from_db()
    return answer


def page(portrait: Portrait) -> str:
    return Client().get(told_link(portrait)).content.decode()


def standing_in(village: Village) -> str:
    """The portrait is chosen and posted: the address of its post."""
    return Publication.objects.get(instead=True, state="live").uri


def day(village: Village, number: int) -> None:
    """The plan of a later day, and its evening."""
    village.at(AFTERNOON + timedelta(days=number))
    village.work("audiences.Audience")
    village.plans()
    village.at(AFTERNOON + timedelta(days=number, hours=6, minutes=25))
    village.work()


def test_the_portrait_is_posted_and_relayed_in_place_of_the_message(village):
    appeal, portrait = relayed(village)
    village.lends("rousserolle")
    assert OFFER in page(portrait)
    assert BACK in says(portrait, "relay")
    assert portrait.stands_for == appeal
    village.work()

    post = village.client("collectif").fetch_post(standing_in(village))
    assert SENTENCE in post.text
    assert settings.SITE_URL + portrait.get_absolute_url() in post.text
    assert TAG in post.hashtags
    village.plans()
    village.evening()
    assert village.standing() == {post.ref.uri}
    own = Publication.objects.get(instead=False)
    assert (own.state, own.uri) == ("live", appeal.source_uri)  # their own post stays where it is
    agreed = set(Consent.objects.filter(withdrawn_at=None).values_list("purpose", flat=True))
    assert agreed >= {"be_relayed", "be_portrayed", "publish_for_me"}
    shown = Client()
    shown.force_login(village.account("camille"))
    own_page = shown.get(reverse("appeals:claim", args=[appeal.public_id])).content.decode()
    assert "Dix ans de chantier naval" in own_page
    assert "à la place de votre message" in shown.get(portrait.get_absolute_url()).content.decode()


def test_whoever_boosted_the_message_is_not_asked_for_the_portrait_and_what_waited_ends(village):
    appeal, portrait = relayed(village)
    village.lends("rousserolle")
    village.lends("bergeronnette", automatic=False)
    village.plans()
    village.evening()
    assert sorted(village.states()) == ["given", "offered"]

    says(portrait, "relay")
    village.work()
    assert sorted(village.states()) == ["expired", "given"]
    assert village.standing() == {appeal.source_uri}  # what was given stays
    day(village, 1)
    new = Boost.objects.get(plan__day=timezone.localdate())
    assert new.offer.identity.handle == "bergeronnette"
    assert new.publication.instead


def by_message(portrait: Portrait, appeal: Appeal) -> None:
    says(portrait, "message")


def by_hiding(portrait: Portrait, appeal: Appeal) -> None:
    unlist_portrait(portrait, now=timezone.now())


def by_changing(portrait: Portrait, appeal: Appeal) -> None:
    change_portrait(portrait, portrait.subject, now=timezone.now())


def by_erasing(portrait: Portrait, appeal: Appeal) -> None:
    erase_portrait(portrait, now=timezone.now())


def by_not_being_portrayed(portrait: Portrait, appeal: Appeal) -> None:
    account, now = portrait.subject, timezone.now()
    withdraw_consent(portrait.collective, "be_portrayed", account=account, by="page", now=now)


def by_not_being_published(portrait: Portrait, appeal: Appeal) -> None:
    set_publishing(appeal, False, by="page", now=timezone.now())


GOES_ON = [by_message, by_hiding, by_changing, by_erasing, by_not_being_portrayed, by_not_being_published]


@pytest.mark.parametrize("ends", GOES_ON)
def test_whatever_ends_it_its_post_and_boosts_go_and_the_message_is_relayed_again(village, ends):
    appeal, portrait = relayed(village)
    village.lends("rousserolle")
    says(portrait, "relay")
    village.work()
    village.plans()
    village.evening()
    uri = standing_in(village)
    assert village.standing() == {uri}

    ends(portrait, appeal)
    village.work()
    assert village.standing() == set()
    assert uri in {change.uri for change in village.written("delete")}
    assert village.states() == ["undone"]
    assert not Portrait.objects.filter(stands_for__isnull=False).exists()
    assert not Publication.objects.filter(instead=True).exclude(text="").exists()
    village.lends("bergeronnette")
    day(village, 1)
    assert village.standing() == {appeal.source_uri}
    new = Boost.objects.get(state="given")
    assert new.offer.identity.handle == "bergeronnette"  # the other has carried this person already


@pytest.mark.parametrize("ends", ["found", "own_post_deleted", "shut_out"])
def test_when_the_search_ends_nothing_of_the_portrait_stays_on_the_network(village, ends):
    appeal, portrait = relayed(village)
    village.lends("rousserolle")
    says(portrait, "relay")
    village.work()
    village.plans()
    village.evening()

    if ends == "found":
        close_appeal(appeal, "found", by="page", now=timezone.now())
    elif ends == "shut_out":
        suspend(village.account("camille"), now=timezone.now())
    else:
        village.client("camille").delete(appeal.source_uri)
        village.hear()
    village.work()
    portrait.refresh_from_db()
    assert (village.standing(), village.states()) == (set(), ["undone"])
    assert Publication.objects.get(instead=True).state == "deleted"
    assert portrait.stands_for is None
    assert OFFER not in page(portrait)


def test_a_post_its_network_deleted_gives_way_to_the_message(village):
    appeal, portrait = relayed(village)
    village.lends("rousserolle")
    says(portrait, "relay")
    village.work()
    village.plans()
    village.client("collectif").delete(standing_in(village))
    village.evening()

    portrait.refresh_from_db()
    appeal.refresh_from_db()
    assert (appeal.state, portrait.stands_for) == ("active", None)
    day(village, 1)
    assert village.standing() == {appeal.source_uri}
    assert OFFER in page(portrait)
    says(portrait, "relay")
    village.work()
    assert portrait.stands_for == appeal


def test_it_can_be_chosen_again_once_the_former_post_is_gone(village):
    appeal, portrait = relayed(village)
    says(portrait, "relay")
    village.work()
    says(portrait, "message")
    assert OFFER not in page(portrait)
    assert "réessayez dans une minute" in says(portrait, "relay")
    assert portrait.stands_for is None

    village.work()
    assert OFFER in page(portrait)
    says(portrait, "relay")
    village.work()
    assert portrait.stands_for == appeal
    assert standing_in(village)


def test_a_message_the_collective_posted_itself_stays_and_yields(village):
    person, now = village.account("camille"), timezone.now()
    appeal = submit_form(village.collective, person, "Je cherche un CDI de soudeuse à Brest.", now=now)
    set_publishing(appeal, True, by="page", now=now)
    confirm_appeal(appeal, account=person, by="page", now=now)
    accept_appeal(appeal, by=village.animator, now=now)
    village.work()
    message = Publication.objects.get().uri
    portrait = told(village)
    village.lends("rousserolle")
    says(portrait, "relay")
    village.work()
    village.plans()
    village.evening()
    assert village.standing() == {standing_in(village)}

    relay_message(portrait, now=timezone.now())
    village.work()
    village.lends("bergeronnette")
    day(village, 1)
    assert village.standing() == {message}
    close_appeal(Appeal.objects.get(), "stopped", by="page", now=timezone.now())
    village.work()
    assert set(Publication.objects.values_list("state", flat=True)) == {"deleted"}


def test_relays_read_the_words_they_are_asked_to_pass_on(village):
    _appeal, portrait = relayed(village)
    offer = village.lends("rousserolle", automatic=False)
    says(portrait, "relay")
    village.work()
    village.plans()
    village.evening()

    (letter,) = [one for one in mail.outbox if one.to == ["rousserolle@example.org"]]
    assert SENTENCE in letter.body
    assert "cherche un CDI" not in letter.body
    relay = Client()
    relay.force_login(offer.identity.account)
    assert "chantier naval, et l" in relay.get(reverse("relays:today")).content.decode()


def test_a_post_that_never_left_never_leaves(village):
    _appeal, portrait = relayed(village)
    says(portrait, "relay")
    says(portrait, "message")
    village.work()

    assert not [one for one in village.written("post") if "collectif" in one.uri]
    assert Publication.objects.get(instead=True).state == "deleted"


def test_it_waits_while_the_search_is_paused(village):
    appeal, portrait = relayed(village)
    village.lends("rousserolle")
    says(portrait, "relay")
    pause_appeal(appeal)
    village.work()
    village.plans()
    village.evening()
    assert village.standing() == set()


def test_without_a_search_or_an_account_to_post_from_nothing_is_offered_or_done(village):
    portrait = told(village, "lou")
    assert "recherche" in page(portrait)
    assert OFFER not in page(portrait)
    says(portrait, "relay")
    assert portrait.stands_for is None

    _appeal, other = relayed(village)
    keep_portrait(other)
    other.refresh_from_db()
    assert "montre la voie" in page(other)
    says(other, "relay")
    assert other.stands_for is None

    Portrait.objects.filter(pk=other.pk).update(kind="search")
    Identity.objects.filter(collective=village.collective).update(refused_at=timezone.now())
    assert OFFER not in page(other)
    says(other, "relay")
    assert other.stands_for is None
    assert not Publication.objects.filter(instead=True).exists()


def test_only_one_of_two_portraits_stands_for_a_message(village):
    _appeal, first = relayed(village)
    second = portrait_of(village.collective, first.subject)
    says(first, "relay")
    says(second, "relay")
    first.refresh_from_db()
    assert (first.stands_for_id is not None, second.stands_for) == (True, None)


def test_only_the_person_told_chooses(village):
    _appeal, portrait = relayed(village)
    writer = village.account("plume")
    give_role(writer, village.collective, "relay")
    Portrait.objects.filter(pk=portrait.pk).update(author=writer)
    decide = reverse("showcase:decide_portrait", args=[portrait.public_id])
    for who in (writer, village.animator, village.account("passant")):
        browser = Client()
        browser.force_login(who)
        answers = [browser.post(decide, {"do": do, "version": 1}) for do in ("relay", "message")]
        assert {one.status_code for one in answers} <= {403, 404}
        assert "/portraits/yours/" not in browser.get(portrait.get_absolute_url()).content.decode()
    assert Client().post("/portraits/yours/forged/", {"do": "relay"}).status_code >= 400
    portrait.refresh_from_db()
    assert portrait.stands_for is None


@pytest.mark.parametrize("network", sorted(CAPABILITIES))
def test_the_address_and_the_hashtag_are_never_cut(village, network):
    link, limits = "https://colibri.example/portraits/abcdefghijk/", CAPABILITIES[network]
    for text in ("Rose, soudeuse\nDix ans.", "Rose, soudeuse\n" + "Dix ans de chantier naval. " * 400):
        post = standing_text(text, link, "fr", village.collective, limits)
        assert limits.measure(post) <= limits.character_limit
        assert post.endswith(f"\n{link}\n#{TAG}")
        assert "Rose, soudeuse\n" in post


def test_the_post_is_kept_apart_from_the_posts_one_may_choose(village):
    appeal, portrait = relayed(village)
    says(portrait, "relay")
    village.work()
    village.posts("camille", f"Toujours en recherche : soudeuse, CDI, à Brest. #{TAG}")

    states = Publication.objects.order_by("pk").values_list("instead", "state")
    assert list(states) == [(False, "live"), (True, "live"), (False, "beside")]
    appeal.refresh_from_db()
    assert appeal.state == "active"
    assert village.client("collectif").fetch_post(standing_in(village)).ref != PostRef(appeal.source_uri)
