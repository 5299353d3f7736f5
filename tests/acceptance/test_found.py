"""Somebody found work: one tap in a mail, and all that was lent is given back on a real Bluesky and a real
ActivityPub server; relays are thanked, the portrait asks what becomes of it, the figures move.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from colibri.appeals.actions.claiming import keep_corrections
from colibri.appeals.actions.lifecycle import accept_appeal
from colibri.appeals.models import Appeal, Note
from colibri.common.work import sweep
from colibri.config.day import finish_work, make_todays_plan
from colibri.federation.actions.speaking import OWN_CAPABILITIES
from colibri.federation.queries import actor_of
from colibri.impact.actions import plan_editions
from colibri.impact.models import FollowUp, Outcome, Told
from colibri.impact.queries.dashboard import board_of
from colibri.networks.registry import CAPABILITIES
from colibri.people.actions import give_role
from colibri.people.models import Account, Collective, Identity
from colibri.relays.models import Boost
from tests.guides.bluesky_town import Town
from tests.impact.crowd import searches_of
from tests.networks.bluesky.story import REPOST
from tests.peers.bluesky_peer import GUARD, Member
from tests.peers.fedify_peer import Fedify, fedify_server
from tests.peers.process import wait_until
from tests.showcase.samples import portrait_of

pytestmark = pytest.mark.bluesky

TAG = "hirondellesR"
SEARCH = f"<p>Je suis soudeuse, je cherche un CDI à Brest, dix ans d'expérience. #{TAG}</p>"
RELAYS = ("sauge", "anis", "thym")


@dataclass
class Place:
    """A collective on both networks, whose seeker writes on one and has an address here."""

    fedify: Fedify
    collective: Collective
    actor: Identity
    town: Town
    seeker: Account

    def work(self, later: timedelta = timedelta()) -> None:
        while sweep(now=timezone.now() + later):
            pass

    def until(self, ready: Any) -> bool:
        """Work until something is so."""

        def look() -> bool:
            self.work()
            return bool(ready())

        return wait_until(look)

    def member(self, name: str) -> Member:
        return self.town.people[name]

    def reposts(self) -> set[str]:
        """What stands on the PDS: the posts the relays repost."""
        return {uri for name in RELAYS for uri in self.town.reposted(name)}

    def letters_to(self, *names: str) -> list[Any]:
        wanted = {f"{name}@example.org" for name in names}
        return [one for one in mail.outbox if wanted & set(one.to)]


@pytest.fixture
def place(transactional_db, live_server, settings, monkeypatch, bluesky, tmp_path) -> Iterator[Place]:
    settings.SITE_URL, settings.FEDERATION = live_server.url, True
    settings.ALLOWED_HOSTS, settings.GUARD = ["*"], GUARD
    if "mastodon" not in CAPABILITIES:
        monkeypatch.setitem(CAPABILITIES, "mastodon", OWN_CAPABILITIES)
    cache.clear()
    collective = Collective.objects.create(
        slug="hirondelles", name="Les Hirondelles", supporters_hashtag="hirondelles", seekers_hashtag=TAG
    )
    town = Town(bluesky)
    town.settle(followers=False)
    town.connect_collective(collective)
    seeker = Account.objects.create_user("camille@example.org", name="Camille")
    actor = actor_of(collective)
    assert actor is not None
    with fedify_server(tmp_path) as fedify:
        yield Place(fedify, collective, actor, town, seeker)


def relayed(place: Place) -> Appeal:
    """Heard on the one network, confirmed on the site, accepted; posted and boosted on the other."""
    here = place.actor.actor_id
    place.fedify.does("camille", "create", here, id="search", content=SEARCH, mention=here, hashtags=[TAG])
    uri = f"{place.fedify.actor('camille')}/notes/search"
    assert place.until(lambda: Note.objects.filter(appeal__source_uri=uri, state="sent").exists())
    appeal = Appeal.objects.get(source_uri=uri)
    keep_corrections(appeal, place.seeker, {}, publish=True, now=timezone.now())
    animator = Account.objects.create_user("animatrice@example.org", name="Sauge")
    give_role(animator, place.collective, "animator")
    accept_appeal(appeal, by=animator, now=timezone.now())
    assert place.until(lambda: place.fedify.received("Announce"))
    assert place.until(place.town.posted)
    for number, name in enumerate(RELAYS):
        offer = place.town.lend(name, place.collective, automatic=True, now=timezone.now())
        place.town.remember_followers(offer, number, now=timezone.now() - timedelta(days=7))
    plan = make_todays_plan(place.collective, now=timezone.now())
    assert plan.boosts.count() == len(RELAYS)
    finish_work("relays.Boost", now=timezone.now())
    return appeal


def asked(place: Place, appeal: Appeal) -> str:
    """Two weeks have passed, and the question has come by mail: the address of its page."""
    two_weeks_ago = timezone.now() - timedelta(days=14, minutes=1)
    FollowUp.objects.filter(appeal=appeal).update(began_at=two_weeks_ago, due_at=timezone.now())
    place.work()
    (question,) = place.letters_to("camille")
    return urlsplit(re.search(r"http\S+/outcome/\S+/", question.body).group()).path


def nine_others(collective: Collective) -> None:
    """Nine who told this month what became of the search they began last month."""
    now = timezone.localtime()
    last_month = (now.date().replace(day=1) - timedelta(days=1)).replace(day=1)
    days = (now.date() - last_month.replace(day=5)).days - 1
    searches_of(collective, last_month, [("53", "H2913", "found_elsewhere", days)] * 9)
    Outcome.objects.update(told_at=now)


def test_one_tap_gives_back_all_that_was_lent(place):
    nine_others(place.collective)
    appeal = relayed(place)
    (post,) = place.town.posted()
    assert place.reposts() == {post}
    portrait = portrait_of(place.collective, place.seeker)
    page = asked(place, appeal)
    assert board_of(place.collective, now=timezone.now()).share is None  # of nine nothing is told

    answer = Client().post(page, {"answer": "found_here"}, follow=True)
    assert "Merveilleux" in answer.content.decode()

    # On the real networks: every repost and the post itself are gone, each taken back once.
    assert place.until(lambda: not place.reposts() and not place.town.posted())
    for name in RELAYS:
        key = Boost.objects.get(offer__identity__actor_id=place.member(name).did).key
        events = place.town.repost_events(name)
        assert events == [("create", f"{REPOST}/{key}"), ("delete", f"{REPOST}/{key}")]
    assert place.until(lambda: place.fedify.received("Undo"))
    (announced,), (undone,) = place.fedify.received("Announce"), place.fedify.received("Undo")
    assert announced["object"] == appeal.source_uri
    assert undone["object"]["id"] == announced["id"]

    # Relays are thanked an hour later, each once; nobody is named.
    assert place.letters_to(*RELAYS) == []
    place.work(timedelta(hours=1, minutes=1))
    place.work(timedelta(hours=2))
    letters = place.letters_to(*RELAYS)
    assert sorted(one.to[0] for one in letters) == sorted(f"{name}@example.org" for name in RELAYS)
    assert not [one for one in letters if "camille" in one.body.lower() or "Brest" in one.body]

    # The portrait stays until its person was asked, and goes without an answer.
    public = portrait.get_absolute_url()
    assert Client().get(public).status_code == 200
    assert [one for one in place.letters_to("camille") if "/portraits/yours/" in one.body]
    place.work(timedelta(days=7, minutes=5))
    assert Client().get(public).status_code == 404

    look_at_the_figures(place)


def look_at_the_figures(place: Place) -> None:
    """The tenth who found: nothing is told of nine. An answer counts once its question has waited for all."""
    cache.clear()
    later = timezone.now() + timedelta(days=60)
    board = board_of(place.collective, now=later)
    assert board.share is not None
    assert (board.share.people, board.percent["share"]) == (10, 100)
    plan_editions(now=later)
    sweep(now=later, only={"impact.Edition"})
    assert Told.objects.get(measure="outcomes", dimension="").number == 10
    shown = Client().get("/c/hirondelles/figures/").content.decode()
    assert "<dd>10</dd>" in shown
