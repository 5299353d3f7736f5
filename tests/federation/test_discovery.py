"""Servers find a collective's actor by its handle, its id and its page, and read what it shows."""

import json
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.utils import timezone

from colibri.federation.actions.actors import ensure_actor, rotate_key
from colibri.federation.models import ActorKey
from colibri.networks.activitypub.people import peer_of
from colibri.people.actions import client_for
from colibri.people.models import Collective, Identity

WEBFINGER = "https://colibri.example/.well-known/webfinger?resource="


@pytest.mark.parametrize(
    "resource",
    [
        "acct:hirondelles@colibri.example",
        "acct:@Hirondelles@COLIBRI.example",
        "https://colibri.example/actors/hirondelles",
        "https://colibri.example/c/hirondelles/",
    ],
)
def test_the_actor_is_found(home, resource):
    answer = home.get(WEBFINGER + resource)

    assert answer["Content-Type"] == "application/jrd+json"
    found = answer.json()
    assert found["subject"] == "acct:hirondelles@colibri.example"
    assert [link["href"] for link in found["links"] if link["rel"] == "self"] == [home.actor.actor_id]


@pytest.mark.parametrize(
    ("resource", "status"),
    [
        ("", 400),
        ("hirondelles", 400),
        ("acct:hirondelles", 400),
        ("mailto:a@colibri.example", 400),
        ("http://[", 400),
        ("acct:hirondelles@elsewhere.example", 404),
        ("acct:nobody@colibri.example", 404),
        ("https://colibri.example/actors/nobody", 404),
    ],
)
def test_what_is_no_resource_is_400_and_what_is_not_here_404(home, resource, status):
    assert home.get(WEBFINGER + resource).status_code == status


def test_the_actor_shows_itself_to_servers_and_leads_browsers_to_its_page(home):
    answer = home.get(home.actor.actor_id)
    shown = json.loads(answer.content)

    assert answer["Content-Type"] == "application/activity+json"
    assert "Accept" in answer["Vary"]
    assert shown["type"] == "Service"
    assert {tag["name"] for tag in shown["tag"]} == {"#hirondelles", "#hirondellesR"}
    assert "<a href" in shown["summary"]
    assert shown["endpoints"]["sharedInbox"] == "https://colibri.example/inbox"
    assert peer_of(shown).keys == ((shown["publicKey"]["id"], shown["publicKey"]["publicKeyPem"]),)
    browser = home.get(home.actor.actor_id, accept="text/html")
    assert (browser.status_code, browser["Location"]) == (302, "https://colibri.example/c/hirondelles/")


def test_a_new_key_is_shown_with_the_old_one_for_a_week(home, time_machine):
    rotate_key(home.actor, now=timezone.now())
    both = json.loads(home.get(home.actor.actor_id).content)["publicKey"]
    assert [key["id"] for key in both] == [key.key_id for key in ActorKey.objects.order_by("-pk")]

    time_machine.move_to(timezone.now() + timedelta(days=8))
    one = json.loads(home.get(home.actor.actor_id).content)["publicKey"]
    assert one["id"] == ActorKey.objects.get(retired_at=None).key_id


def test_what_runs_here_is_told_and_the_icon_is_there(home):
    link = home.get("/.well-known/nodeinfo").json()["links"][0]
    told = home.get(link["href"]).json()
    assert (told["version"], told["software"]["name"], told["protocols"]) == (
        "2.1",
        "colibri",
        ["activitypub"],
    )
    meta = ElementTree.fromstring(home.get("/.well-known/host-meta").content)
    assert "{uri}" in meta[0].attrib["template"]
    icon = json.loads(home.get(home.actor.actor_id).content)["icon"]["url"]
    assert icon.endswith("federation/actor.png")


def test_a_private_key_is_never_shown(home):
    assert b"PRIVATE" not in home.get(home.actor.actor_id).content


def test_a_collective_has_one_actor_that_speaks_without_signing_in(home):
    again = ensure_actor(home.collective, now=timezone.now())

    assert again == home.actor
    assert Identity.objects.filter(collective=home.collective).count() == 1
    who = client_for(home.actor).whoami()
    assert (who.id, who.handle) == (home.actor.actor_id, "hirondelles@colibri.example")


def test_without_encryption_and_without_the_switch_nobody_is_an_actor(db, settings):
    settings.FEDERATION = False
    made = Collective.objects.create(slug="c", name="C", supporters_hashtag="c", seekers_hashtag="cR")

    assert not Identity.objects.filter(collective=made).exists()


def test_the_collectives_page_asked_as_a_server_asks_leads_to_the_actor(home):
    answer = home.get("/c/hirondelles/")
    assert (answer.status_code, answer["Location"]) == (302, home.actor.actor_id)

    browser = home.get("/c/hirondelles/", accept="text/html")
    assert (browser.status_code, "Accept" in browser["Vary"]) == (200, True)
