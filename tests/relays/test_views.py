"""Relays' pages and the links of their mails, walked through as relays do."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from colibri.appeals.actions.lifecycle import close_appeal
from colibri.appeals.models import Appeal, Message, Publication
from colibri.common.signing import token
from colibri.networks.items import Draft
from colibri.networks.memory import MemoryNetwork, worlds
from colibri.networks.memory.world import World as MemoryWorld
from colibri.people.actions import connect_identity, give_consent
from colibri.people.models import Account, Block, Collective, Consent, Identity, NoticeOff
from colibri.relays.actions.boosts import work_on_boost
from colibri.relays.actions.digests import send_digest
from colibri.relays.actions.offers import make_offer
from colibri.relays.models import Boost, Digest, Offer, Plan
from colibri.relays.words import reason_words
from tests.sample_world import DAY, EVENING, account

pytestmark = pytest.mark.django_db

ADDRESS = "memory:relays-pages"
REASON = {"followers": 60, "same_trade": 12, "same_region": 40, "recruiters": 3, "seen_little": True}
TERMS = {
    "mode": "ask",
    "boosts_a_day": "2",
    "first_hour": "18",
    "last_hour": "21",
    "days": ["0", "4"],
    "families": ["H"],
    "regions": ["53"],
    "paused_until": "",
    "agree": "on",
}


@pytest.fixture
def network():
    made = MemoryWorld()
    worlds.register("relays-pages", made)
    for handle in ("relay", "seeker"):
        made.open_account(handle)
    yield made
    worlds.forget(ADDRESS)


@pytest.fixture
def collective() -> Collective:
    return Collective.objects.create(
        slug="hirondelles",
        name="Les Hirondelles",
        supporters_hashtag="hirondelles",
        seekers_hashtag="hirondellesR",
    )


@pytest.fixture
def relay() -> Account:
    return account("relay")


@pytest.fixture
def identity(network, relay) -> Identity:
    return connect_identity("memory", "relay", network.token_of("relay"), server=ADDRESS, account=relay)


@pytest.fixture
def appeal(network, collective) -> Appeal:
    """A welder's search, published by its author and being relayed."""
    author = connect_identity(
        "memory", "seeker", network.token_of("seeker"), server=ADDRESS, account=account("seeker")
    )
    client = MemoryNetwork(network, network.token_of("seeker"))
    post = client.publish(Draft("Soudeuse à Brest, je cherche un CDI.", client.new_key()))
    made = Appeal.objects.create(
        collective=collective,
        account=author.account,
        identity=author,
        state="active",
        occupation="H2913",
        place="Brest",
        contracts=["cdi"],
    )
    Message.objects.create(appeal=made, text="Soudeuse à Brest, je cherche un CDI.")
    Publication.objects.create(appeal=made, identity=author, network="memory", state="live", uri=post.uri)
    give_consent(collective, "be_relayed", account=author.account, by="page", now=EVENING)
    return made


@pytest.fixture
def boost(identity, appeal) -> Boost:
    """The relay is asked for this appeal today."""
    offer = make_offer(identity, appeal.collective, by="page", now=EVENING, automatic=False)
    plan = Plan.objects.create(collective=appeal.collective, day=DAY, state="solved", made_at=EVENING)
    return Boost.objects.create(
        plan=plan, offer=offer, appeal=appeal, publication=appeal.publications.get(), reason=REASON
    )


@pytest.fixture
def signed_in(client, relay):
    client.force_login(relay)
    return client


def decide(client, boost: Boost, what: str, **more: str):
    return client.post(reverse("relays:decide", args=[boost.pk]), {"do": what, **more}, follow=True)


def tap_link(boost: Boost) -> str:
    return reverse("relays:tap", args=[token("boost", boost.pk)])


def lend(client, collective: Collective, **more):
    return client.post(reverse("relays:offer", args=[collective.slug]), {**TERMS, **more})


# Today


def test_todays_message_is_shown_with_its_reason_and_given_by_a_tap(signed_in, boost, network):
    page = signed_in.get(reverse("relays:today"), headers={"Accept-Language": "en"}).content.decode()
    assert "Soudeuse à Brest" in page
    assert "12 in this trade, 40 in this region and 3 who recruit" in " ".join(page.split())

    decide(signed_in, boost, "give")
    boost.refresh_from_db()
    assert boost.state == "giving"

    work_on_boost(boost)
    assert len(network.standing_boosts()) == 1
    assert 'value="undo"' in signed_in.get(reverse("relays:today")).content.decode()


def test_a_relay_learns_that_somebody_they_carried_has_found_work(signed_in, boost, appeal):
    decide(signed_in, boost, "give")
    boost.refresh_from_db()
    work_on_boost(boost)
    english = {"Accept-Language": "en"}
    assert "has found work" not in signed_in.get(reverse("relays:today"), headers=english).content.decode()

    close_appeal(appeal, "found", by="page", now=EVENING)

    page = signed_in.get(reverse("relays:today"), headers=english).content.decode()
    assert "1 person you carried has found work." in page


def test_a_second_tap_gives_nothing_twice_and_says_so(signed_in, boost):
    decide(signed_in, boost, "give")

    answer = decide(signed_in, boost, "give")

    assert answer.status_code == 200
    assert [message.level_tag for message in answer.context["messages"]][-1] == "warning"


def test_a_message_is_declined_with_a_reason(signed_in, boost):
    decide(signed_in, boost, "decline", why="not_this_trade")

    boost.refresh_from_db()
    assert (boost.state, boost.decline) == ("declined", "not_this_trade")


def test_a_boost_is_taken_back(signed_in, boost, network):
    decide(signed_in, boost, "give")
    boost.refresh_from_db()
    work_on_boost(boost)

    decide(signed_in, boost, "undo")
    boost.refresh_from_db()
    work_on_boost(boost)

    assert network.standing_boosts() == ()


def test_somebody_is_blocked_from_their_message(signed_in, relay, boost):
    decide(signed_in, boost, "block")

    boost.refresh_from_db()
    assert boost.state == "declined"
    assert Block.objects.get(account=relay).identity == boost.appeal.identity


def test_somebody_who_wrote_on_the_site_is_blocked_as_well_and_can_be_let_near_again(signed_in, relay, boost):
    writer = account("writer")
    Appeal.objects.filter(pk=boost.appeal_id).update(identity=None, account=writer, occupation="H2913")
    decide(signed_in, boost, "block")

    made = Block.objects.get(account=relay)
    assert (made.identity, made.person) == (None, writer)
    page = signed_in.get(reverse("people:blocks")).content.decode()
    assert made.known_as in page
    assert writer.email not in page
    signed_in.post(reverse("people:end_block", args=[made.pk]))
    assert not Block.objects.exists()


def test_nobody_decides_for_another(client, boost):
    client.force_login(account("stranger"))

    assert decide(client, boost, "give").status_code == 404


def test_a_choice_nobody_offered_does_nothing(signed_in, boost):
    answer = decide(signed_in, boost, "explode")

    boost.refresh_from_db()
    assert boost.state == "planned"
    assert [message.level_tag for message in answer.context["messages"]] == ["error"]


def test_who_lends_nothing_is_told_where_to_begin(signed_in):
    assert reverse("home:index") in signed_in.get(reverse("relays:today")).content.decode()


def test_a_refused_account_leads_to_connecting_it_again(signed_in, boost, identity):
    Identity.objects.filter(pk=identity.pk).update(refused_at=EVENING)

    page = signed_in.get(reverse("relays:today")).content.decode()
    assert reverse("people:identities") in page

    answer = decide(signed_in, boost, "give")
    boost.refresh_from_db()
    assert boost.state == "planned"
    assert [message.level_tag for message in answer.context["messages"]] == ["error"]


# The link of the mail


def test_the_link_of_the_mail_gives_without_signing_in(client, boost):
    page = client.get(tap_link(boost))
    boost.refresh_from_db()
    assert (page.status_code, boost.state) == (200, "planned")

    client.post(tap_link(boost), {"do": "give"})
    boost.refresh_from_db()
    assert boost.state == "giving"
    assert client.get(tap_link(boost)).status_code == 200


def test_the_link_of_the_mail_declines_too_but_neither_undoes_nor_blocks(client, boost):
    for what in ("undo", "block"):
        client.post(tap_link(boost), {"do": what})
    boost.refresh_from_db()
    assert boost.state == "planned"
    assert not Block.objects.exists()

    client.post(tap_link(boost), {"do": "decline", "why": "not_today"})
    boost.refresh_from_db()
    assert (boost.state, boost.decline) == ("declined", "not_today")


def test_the_link_of_the_mail_lasts_three_days(client, boost):
    link = tap_link(boost)

    with time_machine.travel(timezone.now() + timedelta(days=3, minutes=1), tick=False):
        answer = client.post(link, {"do": "give"})

    boost.refresh_from_db()
    assert (answer.status_code, boost.state) == (410, "planned")


def test_a_link_for_something_else_gives_nothing(client, boost):
    link = reverse("relays:tap", args=[token("unsubscribe", boost.pk)])

    assert client.post(link, {"do": "give"}).status_code == 410


def test_a_tap_after_the_author_ended_it_gives_nothing(client, boost, appeal):
    Appeal.objects.filter(pk=appeal.pk).update(state="closed")

    client.post(tap_link(boost), {"do": "give"})

    boost.refresh_from_db()
    assert boost.state == "expired"
    assert client.get(tap_link(boost)).status_code == 200


# The mail


def test_the_mail_carries_each_message_with_its_link_and_a_way_to_silence_it(boost, relay):
    send_digest(Digest.objects.create(plan=boost.plan, account=relay))

    (sent,) = mail.outbox
    html = sent.alternatives[0][0]
    for body in (sent.body, html):
        assert "Soudeuse à Brest" in body
        assert "/tap/" in body
        assert "/quiet/" in body
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert Client().get(re.search(r"http\S+(/tap/\S+)", sent.body)[1]).status_code == 200


def test_a_mail_program_silences_the_mails_by_one_post_without_any_cookie(relay):
    link = reverse("people:quiet", args=[token("quiet", f"digest.{relay.pk}")])
    program = Client(enforce_csrf_checks=True)

    assert program.get(link).status_code == 200
    assert not NoticeOff.objects.exists()
    assert program.post(link, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert NoticeOff.objects.get().account == relay


# The standing offer


def test_who_has_no_account_connected_is_led_to_connect_one_and_back(signed_in, collective):
    path = reverse("relays:offer", args=[collective.slug])

    assert f"{reverse('people:identities')}?next={path}" in signed_in.get(path).content.decode()


def test_an_account_is_lent_under_the_relays_own_terms(signed_in, identity, collective):
    lend(signed_in, collective)

    offer = Offer.objects.get()
    assert (offer.boosts_a_day, offer.first_hour, offer.last_hour, offer.automatic) == (2, 18, 21, False)
    assert (offer.days, offer.families, offer.regions) == ([0, 4], ["H"], ["53"])
    assert Consent.objects.get(withdrawn_at=None).purpose == "be_asked"


def test_without_a_yes_nothing_is_lent_and_what_was_chosen_stays(signed_in, identity, collective):
    answer = lend(signed_in, collective, agree="")

    assert answer.status_code == 422
    assert answer.context["form"].errors["agree"]
    assert 'value="2"' in answer.content.decode()
    assert not Offer.objects.exists()


def test_automatic_boosting_needs_a_yes_of_its_own(signed_in, identity, collective):
    lend(signed_in, collective)

    assert lend(signed_in, collective, mode="automatic", agree="").status_code == 422
    lend(signed_in, collective, mode="automatic")

    assert Offer.objects.get().automatic
    assert Consent.objects.get(withdrawn_at=None).purpose == "boost_for_me"


def test_hours_that_end_before_they_begin_are_told_beside_the_field(signed_in, identity, collective):
    answer = lend(signed_in, collective, first_hour="20", last_hour="8")

    assert answer.context["form"].errors["last_hour"]


def test_leaving_can_take_back_all_that_stands(signed_in, boost, network):
    decide(signed_in, boost, "give")
    boost.refresh_from_db()
    work_on_boost(boost)
    path = reverse("relays:leave", args=[boost.offer.collective.slug, boost.offer.identity_id])

    signed_in.post(path, {"undo": "1"})

    boost.refresh_from_db()
    assert boost.state == "undoing"
    assert Offer.objects.get().ended_at is not None
    assert not Consent.objects.filter(identity=boost.offer.identity, withdrawn_at=None).exists()


# The reason in words


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_reason_counts_readers_and_never_names_one(language):
    with translation.override(language):
        words = reason_words(REASON)
        alone = reason_words({"followers": 60, "same_trade": 1})
        nothing = reason_words({"followers": 60})

    assert re.findall(r"\d+", words) == ["60", "12", "40", "3"]
    assert re.findall(r"\d+", alone) == ["60", "1"]
    assert re.findall(r"\d+", nothing) == ["60"]
    assert reason_words({}) == ""


def test_the_reason_tells_when_most_readers_meet_the_message_through_nobody_else():
    with translation.override("en"):
        most, few, all_ = (reason_words({"followers": 60, "alone": alone}) for alone in (45, 20, 60))

    assert "45 of them meet this message through nobody but you" in most
    assert "nobody but you" not in few + all_
