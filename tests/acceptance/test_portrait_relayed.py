"""A portrait relayed like an appeal on a real Bluesky: posted for the message, reposted, taken back."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from colibri.appeals.actions.claiming import set_publishing
from colibri.appeals.actions.intake import submit_form
from colibri.appeals.actions.lifecycle import accept_appeal, confirm_appeal
from colibri.common.work import sweep
from colibri.config.day import finish_work, make_todays_plan
from colibri.people.models import Account
from colibri.relays.actions.planning import plan_day
from colibri.relays.models import Boost
from colibri.showcase.portrait_mails import told_link
from tests.guides.bluesky_town import Town
from tests.peers.bluesky_peer import GUARD
from tests.showcase.samples import portrait_of

pytestmark = pytest.mark.bluesky


@pytest.fixture
def town(transactional_db, settings, bluesky) -> Town:
    settings.GUARD = GUARD
    town = Town(bluesky)
    town.settle(followers=False)
    return town


def work() -> None:
    while sweep(now=timezone.now(), only={"appeals.Publication", "relays.Boost"}):
        pass


def test_it_is_posted_and_reposted_in_place_of_the_message_and_all_is_taken_back(town):
    now = timezone.now()
    collective = town.found_collective()
    camille = Account.objects.create_user("camille@example.org", name="Camille")
    appeal = submit_form(collective, camille, "Je suis soudeuse, je cherche un CDI à Brest.", now=now)
    set_publishing(appeal, True, by="page", now=now)
    confirm_appeal(appeal, account=camille, by="page", now=now)
    accept_appeal(appeal, by=Account.objects.get(email="animatrice@example.org"), now=now)
    work()
    (message,) = town.posted()
    portrait = portrait_of(collective, camille)
    page = told_link(portrait)

    Client().post(page, {"do": "relay"})
    work()
    (post,) = set(town.posted()) - {message}
    record = next(
        one["value"]
        for one in town.bluesky.records(town.people["colibri"].did, "app.bsky.feed.post")
        if one["uri"] == post
    )
    assert portrait.summary in record["text"]
    links = [
        feature["uri"] for facet in record["facets"] for feature in facet["features"] if "uri" in feature
    ]
    assert any(one.endswith(portrait.get_absolute_url()) for one in links)

    offer = town.lend("sauge", collective, automatic=True, now=now)
    town.remember_followers(offer, 0, now=now - timedelta(days=7))
    plan = make_todays_plan(collective, now=now)
    assert [boost.publication.uri for boost in plan.boosts.all()] == [post]
    finish_work("relays.Boost", now=now)
    assert town.reposted("sauge") == [post]

    Client().post(page, {"do": "unlist"})
    work()
    assert (town.posted(), town.reposted("sauge")) == ([message], [])
    assert Boost.objects.get().state == "undone"
    offer = town.lend("anis", collective, automatic=True, now=now)
    town.remember_followers(offer, 1, now=now - timedelta(days=7))
    tomorrow = plan_day(collective, plan.day + timedelta(days=1), now=timezone.now())
    sweep(now=timezone.now(), only={"relays.Plan"})
    assert [boost.publication.uri for boost in tomorrow.boosts.all()] == [message]
